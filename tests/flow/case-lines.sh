#!/bin/bash
# What a handler reads on the screen: each line of a case says what was done, each refusal what to type, an empty list that it is empty.
# shellcheck source=tests/flow/lib.sh disable=SC2016
source "$(dirname "$0")/lib.sh"
export DOCKET_NOW=2026-11-23T10:00:00Z
fresh_store --country GB
shown () { "$docket" case show "$a" --lang "${1:-en}"; }

ok "a list without cases says so" says "No case is like that." "$docket" case list
ok "to a program it says nothing" same "" "$("$docket" case list --json)"
ok "no alerts are told, too" says "No alert waits." "$docket" case alerts
ok "a feed without alerts is one all the same" says "END:VCALENDAR" "$docket" case alerts --ics

"$docket" user add ann --title 'Ann Bright' --languages en,fr --role lead --capacity 3 >/dev/null
"$docket" user add tom >/dev/null
ok "an absence is seen as soon as it is typed" says "away 2026-11-30 to 2026-12-04, ann stands in" "$docket" user absent tom --from 2026-11-30 --to 2026-12-04 --substitute ann
ok "and on the list" says "away 2026-11-30 to 2026-12-04, ann stands in" "$docket" user list
ok "which tells what else is known of people" says "Ann Bright; lead; en, fr; at most 3 open cases" "$docket" user list
ok "so does the list for programs" same "3 2026-11-30 ann" "$("$docket" user list --json | jq -rs '"\(.[0].capacity) \(.[1].absences[0] | "\(.from) \(.substitute)")"')"
ok "an absence that is over is none to tell" same 0 "$(DOCKET_NOW=2026-12-05T10:00:00Z "$docket" user list | grep -c away)"

a=$("$docket" case open --channel phone --json --text "I was charged twice and want my money back." --set sender="Joan Harker" | jq -r .number)
ok "what a word may be is told where it is missing" says "docket case ask NUMBER info_requested|offer_made" "$docket" case ask "$a"
ok "that a case is missing, too" says "docket case ask NUMBER" "$docket" case ask
ok "no outcome is told as none" says '“won” is no outcome; allowed are upheld' "$docket" case outcome "$a" won
ok "a subject without those above it is told with them" says "billing/wrong-amount" "$docket" case cause "$a" wrong-amount
ok "a transfer without a reason is told the option" says "--text" "$docket" case transfer "$a" --to ann
"$docket" case transfer "$a" --to ann --text "speaks French" >/dev/null
"$docket" case ask "$a" info_requested --text "Which month?" >/dev/null
"$docket" case remind "$a" >/dev/null
ok "silence is that after the reminder" says "days of silence after the reminder" "$docket" case close "$a" no_reply

"$docket" case auto "$a" bounce >/dev/null
ok "a letter that came back is told in words" says "automatic message: a letter of ours came back" shown
ok "a colon stands apart in French" says "message automatique : un courrier de notre part est revenu" shown fr
ok "an alert that is done is not moved" says "alert done" shown
"$docket" case alert "$a" --move 2 --on 2026-11-25 >/dev/null
ok "nor the other way" says "alert moved 2026-11-25" shown
"$docket" case clock "$a" final-payments >/dev/null
ok "a duty that holds is told so" says "holds here, too: final-payments" shown
"$docket" case clock "$a" final-payments --off >/dev/null
ok "and one that does not" says "does not hold here after all: final-payments" shown
"$docket" case outcome "$a" upheld >/dev/null; "$docket" case cause "$a" billing/wrong-amount >/dev/null
"$docket" case final "$a" --text "We pay it back." >/dev/null; "$docket" case close "$a" resolved >/dev/null
"$docket" case hear "$a" --channel phone --thanks --text "Bless you." >/dev/null
ok "thanks are told as thanks" says "customer said thank you, telephone — Bless you." shown
"$docket" case hear "$a" --channel phone --text "It is still not paid." >/dev/null
ok "what opens a case again is told so" says "customer wrote or called, telephone → reopened — It is still not paid." shown
ok "once" same 1 "$(shown | grep -c reopened)"
b=$("$docket" case open --channel phone --json --text "I was charged twice in May." --set sender="Joan Harker" | jq -r .number)
"$docket" case join "$b/1" "$a" >/dev/null
ok "a letter that joined is told in words" says "letter joined" shown
ok "no line has a code where there are words" same 0 "$(for l in en fr es hu; do shown "$l"; done | grep -c -E '(case|alert|deadline)[_.]|bounce')"
ok "the store is clean" is_clean

# Clocks whose kind is a word of the pack's own, and one whose date nobody can know.
fresh_store --country GB
sed -i 's/^policy:.*/policy: UK-LG/' "$store/docket.yaml"
a=$("$docket" case open --channel phone --json --text "My bin was not emptied; I complain." --set sender="Joan Harker" | jq -r .number)
"$docket" case tell "$a" --template acknowledgement >/dev/null
"$docket" case final "$a" --text "We came." >/dev/null
"$docket" case escalate "$a" --text "I want a review." >"$work/second"
ok "the acknowledgement of a review is no review" says ": acknowledge (UK-LG/stage2-ack, running)" cat "$work/second"
"$docket" deadline "$a" --lang en >"$work/clocks"
ok "the clocks of a case tell how many days they counted, and which they passed over" same "counted   5 days|skipped   2 days of weekends" "$(grep -A 7 'UK-LG/ack.*(met, ' "$work/clocks" | grep -E '^(counted|skipped)' | paste -sd '|')"
"$docket" report --lang en >/dev/null
ok "in the report, too" same 1 "$(grep -l '>acknowledge<' "$store"/reports/*/lifecycle.html | wc -l)"
export DOCKET_NOW=2028-12-10T10:00:00Z
fresh_store --country HU
a=$("$docket" case open --channel phone --json --text "Panaszt teszek: kétszer számláztak." --set sender="Kovács Ilona" | jq -r .number)
ok "where a date cannot be known the case is not called in good time" same "unknown" "$("$docket" case show "$a" --json | jq -r .deadline)"
ok "in words" says "not known" "$docket" case show "$a" --lang en
ok "each template is counted once" says "10 templates looked at" "$docket" template lint

# The file of a customer.
"$docket" case tell "$a" --template acknowledgement >/dev/null
printf 'Első sor.\nMásodik sor.\n' | "$docket" case tell "$a" --text - >/dev/null
file () { "$docket" contact show '#1' --lang en; }
ok "a letter is one line in the file of the customer" says "wrote to the customer — Megkaptuk megkeresését: $a" file
ok "as is what was said on several" says "wrote to the customer — Első sor. Második sor." file
ok "without a sign of the terminal" same 0 "$(file | grep -c '\\x0A')"
ok "a case that is of nobody is told so" says "is of nobody known now" "$docket" contact assign "$a/1" none --lang en
