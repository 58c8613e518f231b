#!/bin/bash
# A catalogue that was cut, a ledger that somebody edited: said clearly, named, and mended from what is whole.
# shellcheck source=tests/flow/lib.sh disable=SC2016,SC2154
source "$(dirname "$0")/lib.sh"

fails () { ! "$@" >"$work/said" 2>&1; }

fresh_store --country GB
for i in $(seq 12); do letter "teapot number $i" >"$work/$i.txt"; done
"$docket" ingest --wait --received 2026-11-02 "$work"/?.txt "$work"/1?.txt >/dev/null 2>&1
"$docket" list --json >"$work/before"
ok "twelve letters are in the store" same 12 "$(wc -l <"$work/before")"

sqlite3 "$store/docket.db" 'pragma wal_checkpoint(truncate)' >/dev/null
size=$(stat -c %s "$store/docket.db")
for part in $((size / 2)) 5000 100 0; do
  cp "$store/docket.db" "$work/whole.db"
  truncate -s $part "$store/docket.db"
  for command in "status" "list" "case list" "verify"; do
    # shellcheck disable=SC2086
    ok "cut to $part bytes: docket $command fails" fails "$docket" $command
    ok "and says what helps" grep -q 'docket.db.*`docket rebuild` makes it anew' "$work/said"
  done
  ok "docket rebuild makes it anew" "$docket" rebuild
  ok "with the same content" diff "$work/before" <("$docket" list --json)
  ok "and everything holds" is_clean
done

# The payload of an entry in the middle is another: in the file only, then in both.
seq=$(in_store "select seq from ledger where activity = 'case.opened' order by seq limit 1 offset 5")
log=$(ls "$store"/ledger/*.log)
cp "$log" "$work/log"
sed -i "/\"seq\":$seq,/s/not_started/pending_xxx/" "$log"
ok "a line edited by hand is found" exits 1 "$docket" verify
ok "and named" same "ledger $seq" "$("$docket" verify --json | jq -r 'select(.what) | "\(.what) \(.id)"')"
cp "$log" "$work/edited"
sqlite3 "$store/docket.db" "update ledger set payload = replace (payload, 'not_started', 'pending_xxx') where seq = $seq"
ok "edited in the catalogue too, it is still named" says "\"id\":\"$seq\"" "$docket" verify --json
ok "a rebuild says so" says "ledger entry $seq: its hash does not fit" "$docket" rebuild
cp "$work/log" "$log"
ok "with the right file the rebuild is clean" "$docket" rebuild
ok "and everything holds" is_clean
sed -i "/\"seq\":$seq,/d" "$log"
ok "a line that was taken out is named" says "\"id\":\"$seq\"" "$docket" verify --json
cp "$work/log" "$log"
head -c $(($(stat -c %s "$log") - 200)) "$work/log" >"$log"
ok "a ledger file that was cut is told" says 'shorter than what was committed' "$docket" verify
