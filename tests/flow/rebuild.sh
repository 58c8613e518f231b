#!/bin/bash
# What is derived may be deleted: catalogue, index, filed tree. All of it comes back the same, and work goes on after it.
# shellcheck source=tests/flow/lib.sh disable=SC2119
. "$(dirname "$0")/lib.sh"
fresh_store
for file in 'fax_20261104_1022.tif' 'mérőállás.pdf' 'javaslat.txt' 'trekking question.txt' 'suggestion piscine.txt'; do
  cp "$sample/$file" "$inbox/"
done
cp "$sample/javaslat.txt" "$inbox/javaslat again.txt"
printf '%%PDF-1.4\nthis is none\n%%%%EOF\n' >"$inbox/broken.pdf"
once () { timeout 100 "$docketd" --store "$store" --once 2>"$work/once.log"; }
once
numbered () { "$docket" list --json | jq -r 'select(.number != null and .kind != null) | "#\(.document)"'; }
"$docket" review --set kind=complaint "$(numbered | head -1)" >/dev/null
once
ok 'five letters, a duplicate and a broken file are in the store' same '6|7' "$(documents)|$(receipts)"
ok 'four or more of them are numbered' test "$(numbered | wc -l)" -ge 4

everything () {
  "$docket" list --json
  "$docket" status --json | jq -c '[.review, .quarantine, .index_lag, .in_flight]'
  "$docket" balance --json
  for id in $(numbered); do "$docket" show --json "$id"; "$docket" why --json --all "$id"; done
}
tree () { (cd "$store" && find filed quarantine -type f -exec sha256sum {} + | sort); }
found () { for word in Patagonia kilowatt piscine számla; do "$docket" search --json "$word"; done; }
everything >"$work/before"
tree >"$work/tree"
found >"$work/found"
ok 'search finds something to compare' test "$(wc -l <"$work/found")" -ge 2

rm -f "$store"/docket.db*
ok 'without its catalogue, docket rebuild makes one' "$docket" rebuild
everything >"$work/after"
ok 'list, balance, show and why say the same as before, history included' diff "$work/before" "$work/after"
ok 'the store is clean' is_clean
once
ok 'nothing was recognised again' exits 1 grep -E 'stage=(identify|read|understand)' "$work/once.log"
ok 'search finds the same' diff "$work/found" <(found)
ok 'filed/ and quarantine/ hold the same' diff "$work/tree" <(tree)

rm -rf "$store/filed"
ok 'verify tells that names are missing in filed/' exits 1 "$docket" verify
once
ok 'the next start of docketd brings filed/ back' diff "$work/tree" <(tree)
rm -rf "$store/filed"
ok 'docket reindex runs' "$docket" reindex
ok 'docket reindex brings filed/ back' diff "$work/tree" <(tree)
rm -rf "$store/quarantine"
once
ok 'the next start of docketd brings quarantine/ back' diff "$work/tree" <(tree)

rm -rf "$store/index"
ok 'verify tells that documents are not searchable' says 'not searchable' "$docket" verify
"$docket" reindex 2>"$work/once.log" >/dev/null
ok 'docket reindex finds the same again' diff "$work/found" <(found)
rm -rf "$store/index"
once
ok 'so does the next start of docketd' diff "$work/found" <(found)
ok 'which recognised nothing again' exits 1 grep -E 'stage=(identify|read|understand)' "$work/once.log"
head -c 3000 /dev/urandom >"$(find "$store/index" -name '*.glass' -size +0 | head -1)"
once
ok 'a damaged index is made anew as well' diff "$work/found" <(found)
ok 'the store is clean after all of it' is_clean

bound=$(sqlite3 "$store/docket.db" 'SELECT bound FROM document WHERE bound != blob LIMIT 1')
rm -f "$store/objects/${bound:0:2}/${bound:2}"
rm -rf "$store"/filed/*
once
ok 'a searchable PDF that was lost with its name is made again, the same bytes' \
  same "$bound" "$(sha256sum "$store/objects/${bound:0:2}/${bound:2}" | cut -d' ' -f1)"
ok 'the store is clean with the new one' is_clean

rm -f "$store"/docket.db*
"$docket" rebuild >/dev/null
highest () { "$docket" list --json | jq -s 'map(select(.number) | .number | split("-")[2] | tonumber) | max'; }
last=$(highest)
letter 'grandfather clock' >"$inbox/clock.txt"
once
ok 'after a rebuild the next letter gets the next number' same $((last + 1)) "$(highest)"
ok 'it is searchable' says '**grandfather**' "$docket" search --json grandfather
cp "$inbox/../../filed/$("$docket" list --json | jq -s -r 'map(select(.number)) | last | "\(.folder)/\(.name)"')" "$inbox/clock again.txt"
once
ok 'and its bytes are known' says '"duplicate":2' "$docket" balance --json
ok 'the store is clean with it' is_clean

# A backup as docket-store(5) tells how to make one, of a store in which nothing is in quarantine.
fresh_store
cp "$sample/javaslat.txt" "$inbox/"
once
copy=$work/copy
mkdir "$copy"
for part in ledger objects docket.yaml vocabulary taxonomy policies calendars templates users allocation; do cp -a "$store/$part" "$copy/"; done
ok 'a copy of ledger, objects and settings gets a catalogue' "$docket" rebuild --store "$copy"
ok 'and an index' "$docket" reindex --store "$copy"
store=$copy DOCKET_STORE=$copy
inbox=$copy/inbox/default
ok 'what was in the store is found in it' says 'javaslat' "$docket" search --json no:D-*
ok 'it is clean' is_clean
once
letter 'grandfather clock' >"$inbox/clock.txt"
once
ok 'and mail that is put into its drop folder is taken in' same 2 "$(documents)"
ok 'with the next number' same 2 "$(highest)"
