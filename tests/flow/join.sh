#!/bin/bash
# Follow-ups join their case: by number, by reference line, by who wrote when about what; a person joins and splits.
# shellcheck source=tests/flow/lib.sh disable=SC2016
source "$(dirname "$0")/lib.sh"

# write FILE NAME DATE TEXT…
write () { local file=$1 name=$2 date=$3; shift 3; { printf '%s\n12 Mill Lane\nLudlow SY8 2AB\n\n%s\n\nDear Sir or Madam,\n\n' "$name" "$date"; printf '%s\n' "$@"; printf '\nYours faithfully,\n%s\n' "$name"; } >"$work/$file"; }
settle () { "$docketd" --store "$store" --once --quiet; }
take () { local day=$1; shift; for file; do env DOCKET_NOW=$late "$docket" ingest --received "$day" "$work/$file" >/dev/null; settle; done; }
doc () { "$docket" show --json "$1" | jq -r "$2"; }
number () { doc "$1" .number; }
case_of () { doc "$1" .case.number; }
due () { doc "$1" '.deadlines[] | .due' | sort | xargs; }
rule () { "$docket" why --json "$1" | jq -r 'select(.name == "case") | .because[].rule' | xargs; }
asks () { doc "$1" '.review | index("join") != null'; }
fresh_store --country GB

write lamp.txt 'Joan Harker' '2 November 2026' 'Customer no. 4470-118. Order no. SF-559021.' 'I am writing to complain. The lamp I ordered arrived broken, and I want my money back.'
write mower.txt 'Tom Ellis' '3 November 2026' 'I am writing to complain about the lawn mower that never arrived. Order no. SF-660314.'
take 2026-11-03 lamp.txt mower.txt
lamp=$(case_of '#1')
mower=$(case_of '#2')
first_due=$(due '#1')

# By docket number
write number.txt 'J. Harker' '9 November 2026' "Your reference: $lamp" 'Here are the photographs of the lamp. I am still waiting, and I complain about that too.'
garbled=$(sed -E 's/^D-2026-0000/D 2O26 OOOO/; s/-/ /g' <<<"$lamp")
write garbled.txt 'Mrs Harker' '10 November 2026' "Re: $garbled" 'I enclose the receipt.'
digit=$(sed -E 's/^(D-2026-00000)./\17/' <<<"$lamp")
[ "$digit" != "$lamp" ] || digit=$(sed -E 's/^(D-2026-00000)./\18/' <<<"$lamp")
write wrong.txt 'Mrs Harker' '10 November 2026' "Re: $digit" 'I enclose the guarantee.'
write foreign.txt 'Paul Reeve' '10 November 2026' 'Our order D-2026-000099-11 was for kettles. Please send a price list.'
take 2026-11-10 number.txt garbled.txt wrong.txt foreign.txt
ok "a letter with the number joins the case" same "$lamp/2" "$(number '#3')"
ok "because of the number on the page" same "$lamp" "$("$docket" why --json '#3' | jq -r 'select(.name == "case") | .because[0].text')"
ok "by this rule" same join:docket-number "$(rule '#3')"
ok "the clocks of the case go on as they are" same "$first_due" "$(due '#3')"
ok "nobody is asked" same false "$(asks '#3')"
ok "letters read for digits, blanks for hyphens: the check digits prove it" same "$lamp/3 join:docket-number-repaired" "$(number '#4') $(rule '#4')"
ok "a number with a digit wrong joins no case by itself" same true "$(asks '#5')"
ok "and opens none" same "$lamp/4" "$(number '#5')"
ok "review asks about it" says "that it belongs to $lamp is uncertain" "$docket" review '#5'
ok "a number that nobody has is none" same "false 1" "$(asks '#6') $(doc '#6' '.number | split("/")[1]')"
"$docket" review --accept '#5'
ok "a person says that it is right" same false "$(asks '#5')"

# A stranger with the number of somebody else
write thief.txt 'Paul Dupont' '11 November 2026' "Your reference: $lamp" 'I complain: send the money for the lamp to me instead. My e-mail is paul@dupont.example.'
take 2026-11-11 thief.txt
ok "a stranger's letter with the number joins the case" same "$lamp" "$(case_of '#7')"
ok "but a person is asked" same true "$(asks '#7')"
ok "and told why" says 'other-sender' "$docket" why --json '#7'
ok "why says whose contact it is, and whose letter" says 'but the letter is of somebody else: Paul Dupont' "$docket" why '#7'
ok "nothing of it is taken for the customer" same "" "$("$docket" contact show '#1' --json | grep -i -o 'paul@dupont')"
ok "of the customer's own letters it says the contact alone" same 1 "$("$docket" why '#1' | grep -c 'contact: #1')"
words_of_contact () { "$docket" why --json "$1" | jq -r 'select(.name == "contact") | .because[]?.rule' | xargs; }
ok "and the words by which somebody new was looked for" says signature words_of_contact '#1'
ok "but none of a letter that took the contact of its case" same "" "$(words_of_contact '#3')"
"$docket" case split '#7' >/dev/null
settle
ok "split off, it has a contact of its own" says 'Paul Dupont' "$docket" contact find paul@dupont.example

# By reference line and by matter
write line.txt 'R. Harker' '12 November 2026' 'Your ref. SF-559021' 'My wife is away, so I send you her photographs.'
write matter.txt 'Tom Ellis' '16 November 2026' 'I wrote to you on 3 November. The lawn mower has still never arrived.'
write order.txt 'Tom Ellis' '17 November 2026' 'About the mower, order no. SF-660314: your driver rang, but he had not got it.'
take 2026-11-17 line.txt matter.txt order.txt
ok "a reference line with the order of one open case" same "$lamp join:reference-line" "$(case_of '#8') $(rule '#8' | grep -o join:reference-line)"
ok "who wrote, that it goes on, and with a letter of which day" same "$mower" "$(case_of '#9')"
ok "with these reasons" says 'join:date-of-letter' rule '#9'
ok "the order number and who wrote" same "$mower" "$(case_of '#10')"

# Who wrote never suffices
write other.txt 'Joan Harker' '18 November 2026' 'Customer no. 4470-118.' 'May I ask when your shop in Leeds is open on Sundays?'
write stranger.txt 'Ann Marsh' '18 November 2026' 'I am writing to complain about the lawn mower that never arrived. Order no. SF-771200.'
take 2026-11-18 other.txt stranger.txt
ok "the same customer with another matter does not join" test "$(case_of '#11')" != "$lamp"
ok "neither does a stranger with the same matter" same "1 false" "$(doc '#12' '.number | split("/")[1]') $(asks '#12')"

# A person joins and splits
own=$(case_of '#11')
ok "a person joins it" says "#11" echo "#11 $("$docket" case join '#11' "$lamp")"
settle
ok "it has the next number of the case" same "$lamp/7" "$(number '#11')"
ok "its own number leads to the case" same "$lamp/1" "$(number "$own")"
ok "and NUMBER/1 still to the letter" same "$lamp/7" "$(number "$own/1")"
ok "why says who decided" says "case: $lamp — decided by user:" "$docket" why '#11'
ok "what is in the case already does not join it again" exits 1 "$docket" case join '#11' "$lamp"
ok "a person splits it off" "$docket" case split '#11'
settle
ok "it gets a number that nobody had" test "$(case_of '#11')" != "$own" -a "$(case_of '#11')" != "$lamp"
ok "its numbers of before still lead to it" same "$(number '#11') $(number '#11')" "$(number "$own/1") $(number "$lamp/7")"
ok "what stands alone cannot be split" exits 64 "$docket" case split '#12'
ok "a complaint that is split off has clocks of its own" "$docket" case split '#3'
settle
ok "from its own receipt" same '2026-11-10' "$(doc '#3' '.deadlines[0].start')"
ok "those of the case it left stay" same "$first_due" "$(due '#1')"
ok "the first letter of a case may leave it too" "$docket" case split '#1'
settle
ok "NUMBER leads to the one that is first now" same "$lamp/3" "$(number "$lamp")"
ok "what is not there is named" exits 1 "$docket" case join '#3' D-2026-000777-10
ok "wrong words are refused" exits 64 "$docket" case split

# A closed case is not opened again by a letter: the one that was merged away leads to the open one.
ok "numbers of a year have no gap" same "$(in_store 'select max(serial) from cases')" "$(in_store 'select count(*) from cases')"
ok "the store is whole" is_clean
before=$("$docket" list --json | jq -c '[.document, .number]')
"$docket" rebuild >/dev/null
ok "made anew from the ledger it says the same" same "$before" "$("$docket" list --json | jq -c '[.document, .number]')"
settle
write again.txt 'Tom Ellis' '20 November 2026' 'Order no. SF-660314: the mower has come at last.'
take 2026-11-20 again.txt
ok "and letters are known again" same "$mower" "$(case_of '#13')"
ok "all that was decided is in order" is_clean
