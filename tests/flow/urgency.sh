#!/bin/bash
# What cannot wait: found on the first page, first in the queue, first in review, and a person may say that it can wait.
# shellcheck source=tests/flow/lib.sh disable=SC2016
source "$(dirname "$0")/lib.sh"

letter () { printf '%s\n12 Mill Lane\nLudlow SY8 2AB\n\n3 November 2026\n\nDear Sir or Madam,\n\n%s\n\nYours faithfully,\n%s\n' "$2" "$3" "$2" >"$work/$1"; }
letter lamp.txt 'Joan Harker' 'I am writing to complain. The lamp I ordered arrived broken, and I want my money back.'
letter gas.txt 'Tom Ellis' 'Since your fitter left there is a strong smell of gas in the kitchen, and I want you to come today.'
letter fine.txt 'Ann Marsh' 'Your fitter came on Monday. There is no smell of gas any more. Thank you very much.'
printf 'Danger Ltd\n12 Fire Station Road\nLeeds\n\nDear Sirs,\n\nplease send us your price list for kettles.\n\nYours faithfully,\nP. Danger\n' >"$work/firm.txt"
fresh_store --country GB
settle () { "$docketd" --store "$store" --once --quiet; }
take () { env DOCKET_NOW=$late "$docket" ingest --received 2026-11-23 "$@" >/dev/null; }
listed () { "$docket" list --json "$@" | jq -r .document | xargs; }
doc () { "$docket" show --json "$1" | jq -r "$2"; }
take "$work/lamp.txt" "$work/fine.txt" "$work/firm.txt" "$work/gas.txt"
settle

ok "the letter that smells of gas is urgent" same danger "$(doc '#4' .urgency.value)"
ok "because of these words" same 'smell of gas' "$(doc '#4' '.urgency.because[0].text')"
ok "why says so" says 'urgency: danger — decided' "$docket" why '#4'
ok "only that one" same 4 "$(listed --urgent)"
ok "the list shows it" says 'danger' "$docket" list
ok "in the language asked for" says 'peligro' "$docket" list --lang es
ok "status counts it" same 1 "$("$docket" status --json | jq .urgent)"
ok "what is denied or only named is not" same 'null null null' "$(for n in 1 2 3; do doc "#$n" .urgency; done | xargs)"
ok "it was told from the first page" same document.urgent "$(in_store "select activity from ledger where document = 4 and activity in ('document.urgent', 'document.understood') order by seq limit 1")"
ok "review lists what is urgent first" same 4 "$("$docket" review --json | jq .document | head -1)"
ok "and says so" says 'urgent: danger' "$docket" review '#4'
ok "a person may say that it can wait" "$docket" review --set urgency=none '#4'
settle
ok "then it is not listed any more" same '' "$(listed --urgent)"
ok "or that another cannot" "$docket" review --set urgency=vulnerable '#1'
settle
ok "which is listed then" same 1 "$(listed --urgent)"
ok "what is no urgency is refused" exits 64 "$docket" review --set urgency=soon '#1'
ok "the store is whole" is_clean
"$docket" rebuild >/dev/null
ok "made anew from the ledger it says the same" same 1 "$(listed --urgent)"
ok "try tells it too" same danger "$("$docket" try --json "$work/gas.txt" | jq -r .urgency.value)"
ok "and is silent where there is none" same false "$("$docket" try --json "$work/lamp.txt" | jq 'has("urgency")')"
ok "to people as well" says "urgency                 danger" "$docket" try --lang en "$work/gas.txt"

# The pages of what is urgent come before the first pages of others.
fresh_store --country GB
{ printf 'Tom Ellis\n3 November 2026\n\nDear Sirs,\n\nyour heater caught fire and my son was injured.\n'; for i in $(seq 2 25); do printf '\fPage %d of what the hospital wrote.\n' "$i"; done; } >"$work/long.txt"
for i in $(seq 1 20); do letter "plain$i.txt" "Joan Harker $i" "The lamp number $i that I ordered arrived broken."; done
take "$work/long.txt" "$work"/plain*.txt
settle
ok "25 urgent pages wait for few of 20 letters that came with them" test "$(in_store "select count(*) from cases c where id < (select case_id from document where id = 1)")" -lt 10
ok "25 pages that are not, for all of them" test "$(sed 's/caught fire/is blue/; s/injured/pleased/' "$work/long.txt" >"$work/calm.txt"; fresh_store --country GB; take "$work/calm.txt" "$work"/plain*.txt; settle; in_store "select count(*) from cases c where id < (select case_id from document where id = 1)")" -ge 10
