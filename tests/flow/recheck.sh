#!/bin/bash
# Deadlines follow the calendars: what could not be known is known once the calendar reaches it, and nothing is written twice.
# shellcheck source=tests/flow/lib.sh
. "$(dirname "$0")/lib.sh"

fresh_store --country ES
entries () { "$docket" verify --json | tail -1 | jq .checked.entries; }
due () { "$docket" show --json '#1' | jq -r '.deadlines[0].due'; }
env DOCKET_NOW=2028-12-31T09:00:00Z "$docket" ingest --wait --received 2028-12-20 "$sample/scan0012.jpg" >/dev/null
ok "a deadline beyond the end of the calendar is not guessed" same null "$(due)"
before=$(entries)
"$docketd" --store "$store" --once --quiet
ok "a start without a change appends nothing about deadlines" same "$before" "$(entries)"
sed -i 's/covered_to: 2028-12-31/covered_to: 2029-12-31/' "$store/calendars/ES.yaml"
"$docketd" --store "$store" --once --quiet
ok "an extended calendar gives the date" same 2029-01-11 "$(due)"
rm -rf "$store/tmp"
ok "a store without its tmp/ works on" exits 0 "$docketd" --store "$store" --once --quiet
ok "the store is clean" is_clean
