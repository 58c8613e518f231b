#!/bin/bash
# A store that was made by an older docket, under today's: nothing that docket reads by is missing, what the company wrote stays.
# shellcheck source=tests/flow/lib.sh disable=SC2016
source "$(dirname "$0")/lib.sh"

# What an older docket came with: it had the words of fields, names and forms, and three signs, in its code.
fresh_store
rm -rf "$store"
old=$work/conf
new=${DOCKET_DATA:-$ROOT/conf}
rm "$old/vocabulary/"{fields,names,forms}.yaml
awk '/^  [a-z-]+:/ {skip = !/^  (negation|contrast|heading):/} /^  # / {note = note $0 "\n"; next} !skip {printf "%s", note; print} {note = ""}' \
  "$new/vocabulary/signs.yaml" >"$old/vocabulary/signs.yaml"
older () { DOCKET_DATA=$old "$@"; }
letter () { printf 'Joan Harker\n12 Mill Lane\nNorwich NR1 3QG\n\n3 November 2026\n\nCustomer number: 55-28117\nOrder no: AF-558120\n\nDear Sir or Madam,\n\n%s\n\nYours faithfully,\nJoan Harker\n' "$2" >"$work/$1"; }
letter lamp.txt 'I am writing to complain. The lamp arrived broken, and I demand a refund of £120.00.'
letter kettle.txt 'Thank you very much for the kind help with my kettle. Your staff were wonderful.'
older fresh_store --country GB
older "$docket" ingest --wait --jobs 1 --received 2026-11-20 "$work/lamp.txt" >/dev/null
fields () { "$docket" show --json "$1" | jq -r '[.fields[].name] | unique | join (" ")'; }
has_field () { [[ " $(fields "$1") " = *" $2 "* ]]; }
lacks_field () { ! has_field "$@"; }
settle () { "$docketd" --store "$store" --once --quiet; }
completed () { "$docket" status --json | jq -r ".configuration.completed | $1"; }
state () { "$docket" status --json | jq -r '"\(.configuration.version) \(.configuration.state)"'; }
entries () { in_store "select count(*) from ledger"; }

ok "the older store has nothing of fields in its vocabulary" same 0 "$(grep -l '^scheme: field' "$store"/vocabulary/*.yaml | wc -l)"
ok "and three signs" same 3 "$(grep -c '^  [a-z]*:$' "$store/vocabulary/signs.yaml")"
ok "without words no customer number was found" lacks_field '#1' customer_no
ok "to its own docket nothing is missing" same 0 "$(older completed length)"

# Today's docket
before=$(entries)
ok "status counts what came with docket" says 'word lists by which docket reads are in no file of vocabulary/ and are read as they came with docket' "$docket" status
ok "in the language asked for" says 'ne sont dans aucun fichier de vocabulary/' "$docket" status --lang fr
ok "names it as JSON" same true "$(completed 'any (.scheme == "field" and .concept == "customer-number") and any (.scheme == "sign" and .concept == "ending") and any (.scheme == "form")')"
ok "and none of the company's own" same 0 "$(completed 'map (select (.scheme == "kind" or .scheme == "subject")) | length')"
ok "the configuration is another one then" same '1 changed' "$(state)"
ok "a look changes nothing" same "$before" "$(entries)"
ok "lint counts it" says 'word lists by which docket reads are in no file' "$docket" vocab lint
ok "and names it when asked" says 'shipped/fields.yaml' "$docket" vocab lint --all
ok "what was found there is no finding of the company's" exits 0 "$docket" vocab lint
ok "a letter is tried by it" same 55-28117 "$("$docket" try --json --received 2026-11-20 "$work/lamp.txt" | jq -r '.fields[] | select(.name == "customer_no").value')"
ok "replay tells what would be found now" says 'customer number – → 55-28117' "$docket" replay '#1'

settle
ok "docketd makes it a version" same '2 ok' "$(state)"
settle
ok "once" same '2 ok' "$(state)"
"$docket" replay --apply >/dev/null
settle
ok "replayed, the letter has its customer number" has_field '#1' customer_no
ok "and its order number" has_field '#1' order_no
ok "why names the version that has the words" says 'configuration version 2' "$docket" why '#1'
"$docket" ingest --wait --jobs 1 --received 2026-11-21 "$work/kettle.txt" >/dev/null
ok "a new letter too" has_field '#2' customer_no
ok "nothing would be decided otherwise under what is in force" same 0 "$("$docket" replay --json | jq 'select(has("documents")).changed')"
ok "the store is whole" is_clean
ok "and is made anew from its ledger" "$docket" rebuild
ok "whole again" is_clean
ok "search finds both" same 2 "$("$docket" search --json faithfully | grep -c '"document"')"
ok "reports are made" "$docket" report --out "$work/reports"

# The company's word goes before docket's
count=$(completed length)
printf 'scheme: field\nconcepts:\n  customer-number: {label: {en: customer number}}\n  order-number: {label: {en: order number}, cue: {en: [lamp ticket]}}\n' >"$store/vocabulary/own.yaml"
ok "a concept of the store's own is no longer completed" same $((count - 2)) "$(completed length)"
settle
letter ticket.txt 'I am writing to complain. The lamp with the ticket arrived broken.'
sed -i 's/^Order no:/Lamp ticket:/' "$work/ticket.txt"
"$docket" ingest --wait --jobs 1 --received 2026-11-21 "$work/ticket.txt" >/dev/null
ok "one without words is wanted empty" lacks_field '#3' customer_no
ok "one with other words is read by these" has_field '#3' order_no
ok "all others stay completed" has_field '#3' letter_date

# Wrong files: the last version that was valid is one of an older docket
older fresh_store --country GB
echo 'countri: GB' >>"$store/docket.yaml"
settle
ok "where the files are wrong, what was in force is completed" same '2 invalid' "$(state)"
"$docket" ingest --wait --jobs 1 --received 2026-11-20 "$work/lamp.txt" >/dev/null
ok "and letters are read by it" has_field '#1' customer_no
sed -i '/^countri/d' "$store/docket.yaml"
settle
ok "put right, they are in force as they were" same '2 ok' "$(state)"

# The company takes the new files
"$docket" vocab apply "$new" >/dev/null
ok "taken from docket, nothing is missing" same 0 "$(completed length)"
ok "and what is in force is what the files say" same '3 ok' "$(state)"
ok "taking it back misses it again" says 'word lists by which docket reads' bash -c '"$0" vocab undo >/dev/null; "$0" status' "$docket"
ok "the store is whole" is_clean

# A store of an older docket, whose catalogue has another version: the tables of version 1 are those of today
sqlite3 "$store/docket.db" 'pragma user_version = 1'
ok "the catalogue of an older docket is brought up" "$docket" list
ok "with a copy beside it" test -f "$store/docket.db.v1"
ok "and is whole" is_clean
start_docketd --quiet
sqlite3 "$store/docket.db" 'pragma user_version = 1'
ok "while an older docketd works, it is left alone" exits 75 "$docket" list
ok "which is told" says 'an older docketd works on' "$docket" list
stop_docketd
ok "and goes on when that has ended" "$docket" list

# A store of tomorrow's docket under today's
sqlite3 "$store/docket.db" 'pragma user_version = 99; pragma wal_checkpoint (truncate)' >/dev/null
content () { sha256sum "$store/docket.db" "$store"/ledger/*; find "$store" -path "$store/tmp" -prune -o -type f ! -name 'docket.db-*' -print | sort | sha256sum; }
refuses () { says 'docket.db has version 99, this program knows versions up to' "$@" && exits 1 "$@"; }
cp "$work/lamp.txt" "$inbox/late.txt"
touch -d '-1 hour' "$inbox/late.txt"
content >"$work/before"
for act in list status verify rebuild reindex replay report train review "vocab list" "ingest $work/kettle.txt"; do
  ok "docket ${act%% /*} refuses a newer store" refuses "$docket" $act
done
ok "docketd too" refuses "$docketd" --store "$store" --once
ok "nothing was changed" same "$(cat "$work/before")" "$(content)"

echo "1..$n"
