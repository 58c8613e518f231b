#!/bin/bash
# Letters that say the same: a scan of a scan, post and e-mail; and letters that many people copied.
# shellcheck source=tests/flow/lib.sh disable=SC2016
source "$(dirname "$0")/lib.sh"

# body NAME : a letter of some length, signed NAME.
body () {
  cat <<END
$1
12 Mill Lane
Ludlow SY8 2AB

2 November 2026

Dear Sir or Madam,

I am writing to complain about the reading lamp that I ordered from your autumn catalogue. When the parcel was
delivered last Thursday the carton had been crushed on one side, and the glass shade inside was broken into several
pieces. The driver refused to take it back and told me to telephone your warehouse, which I did on three occasions,
only to be passed from one department to another without anybody being able to help me.

Please send a replacement within the next fortnight, or return the whole of the purchase price together with the
postage. I enclose photographs of the carton and of the broken shade for your information.

Yours faithfully,
$1
END
}
# noisy SHARE SEED <TEXT : of each 100 letters about SHARE are read as others that look alike.
noisy () { awk -v share="$1" -v seed="$2" 'BEGIN { srand (seed); from = "eocaltinhurmsbg"; to = "coeeitlubnvn8hq" } { out = ""; n = split ($0, c, ""); for (i = 1; i <= n; i++) { k = index (from, c[i]); out = out (k > 0 && rand () * 100 < share * 1.5 ? substr (to, k, 1) : c[i]) } print out }'; }
settle () { "$docketd" --store "$store" --once --quiet; }
take () { for file; do "$docket" ingest --received 2026-11-03 "$work/$file" >/dev/null; settle; done; }
doc () { "$docket" show --json "$1" | jq -r "$2"; }
number () { doc "$1" .number; }
listed () { "$docket" list --json "$@" | jq -r .document | xargs; }
fresh_store --country GB

body 'Joan Harker' >"$work/first.txt"
body 'Joan Harker' | noisy 2 7 >"$work/two.txt"
{ body 'Joan Harker' | tr '\n' ' ' | fold -s -w 60; echo; } >"$work/mail.txt"
body 'Joan Harker' | noisy 5 11 >"$work/five.txt"
take first.txt two.txt mail.txt five.txt
case=$(doc '#1' .case.number)
ok "a scan with 2 % of its letters misread is a copy" same "$case/2 $case/1" "$(number '#2') $(doc '#2' .copy_of)"
ok "so is the same letter in other lines" same "$case/1" "$(doc '#3' .copy_of)"
ok "and a scan with 5 %" same "$case/1" "$(doc '#4' .copy_of)"
ok "the reason is told" same 'join:copy' "$("$docket" why --json '#2' | jq -r 'select(.name == "case") | .because[-1].rule')"
ok "the first names its copies" same "$case/2 $case/3 $case/4" "$(doc '#1' '.copies | join(" ")')"
ok "the list shows the letter once" same 1 "$(listed)"
ok "or all of them" same '1 2 3 4' "$(listed --all)"
ok "saying of which it is a copy" says "copy of $case/1" "$docket" list --all
ok "diff prints the words that differ" exits 1 "$docket" diff '#1' '#2'
ok "as they stand in each" same true "$("$docket" diff --json '#1' '#2' | jq -s 'length > 0 and all(.[]; .words | length > 0)')"
ok "and nothing where none do" exits 0 "$docket" diff '#1' '#3'

# Many people, one letter
body 'Tom Ellis' >"$work/tom.txt"
body 'Ann Marsh' >"$work/ann.txt"
sed 's/reading lamp/reading lamp no. 7/; s/^12 Mill Lane/Customer no. 9001-554\n&/' "$work/first.txt" >"$work/customer.txt"
sed '/^Please send/i Since I wrote this my daughter has cut her hand on the glass, and the doctor has put four stitches into it, which your insurance must pay.\n' "$work/first.txt" >"$work/more.txt"
sed 's/^2 November/30 October/' "$work/first.txt" >"$work/date.txt"
take tom.txt ann.txt more.txt date.txt
ok "the same words of other people are letters of theirs" same '1 1' "$(for n in 5 6; do number "#$n" | cut -d/ -f2; done | xargs)"
ok "which are no copies" same 'null null' "$(for n in 5 6; do doc "#$n" .copy_of; done | xargs)"
ok "a sentence more is another letter" same null "$(doc '#7' .copy_of)"
ok "so is the same letter of another day" same null "$(doc '#8' .copy_of)"

# A person knows better
ok "a copy that is split off is none any more" "$docket" case split '#2'
settle
ok "it stands for itself" same null "$(doc '#2' .copy_of)"
ok "the store is whole" is_clean
before=$(listed)
"$docket" rebuild >/dev/null
ok "made anew from the ledger it says the same" same "$before" "$(listed)"
settle
body 'Joan Harker' | noisy 2 23 >"$work/again.txt"
take again.txt
ok "and knows the letters again" test "$(doc '#9' .copy_of)" != null
body 'Joan Fielding' >"$work/joan.txt"
take joan.txt
ok "a first name in common makes nobody the same" same null "$(doc '#10' .copy_of)"

# What a person says of a letter holds for its copies
fresh_store --country GB
sed -i 's/^certain:.*/certain: 0.999/' "$store/docket.yaml"
to_review () { "$docket" review --json | jq -r .document | xargs; }
decided () { "$docket" show --json "$1" | jq -r '"\(.kind.value) \(.subject.value)"'; }
said_of () { "$docket" why --json "$1" | jq -r 'select(.name == "kind") | "\(.by) \(.copied_of)"'; }
take first.txt two.txt mail.txt
case=$(doc '#1' .case.number)
machine=$(decided '#2')
me=user:$(id -un)
ok "a letter in doubt is asked about, and so are its copies" same '1 2 3' "$(to_review)"
"$docket" review --set kind=question --set subject=billing '#1' >/dev/null
ok "once a person has decided, nothing is asked again" same '' "$(to_review)"
settle
ok "the copies are what the person said" same 'question billing/question billing' "$(decided '#2')/$(decided '#3')"
ok "by that person, of the first" same "$me $case/1" "$(said_of '#2')"
ok "why tells it in words" says "said of $case/1, which says the same" "$docket" why '#3'
ok "it is one example to learn from" same 1 "$("$docket" status --json | jq .model.new)"
take five.txt
ok "a copy that comes later is not asked about" same '' "$(to_review)"
ok "and is the same" same 'question billing' "$(decided '#4')"
"$docket" review --set kind=thanks '#3' >/dev/null
"$docket" review --set kind=suggestion '#1' >/dev/null
ok "the last word holds, but for a copy that somebody said otherwise of" same 'suggestion thanks suggestion' "$(for n in 2 3 4; do decided "#$n" | cut -d' ' -f1; done | xargs)"
"$docket" case split '#2'
settle
ok "split off, a copy is what docket made of it" same "$machine" "$(decided '#2')"
ok "and is asked about again" same 2 "$(to_review)"
ok "the others are not" same 'suggestion billing' "$(decided '#4')"
before=$(for n in 1 2 3 4; do "$docket" why --all --json "#$n"; done; to_review)
"$docket" rebuild >/dev/null
ok "made anew from the ledger it says the same" same "$before" "$(for n in 1 2 3 4; do "$docket" why --all --json "#$n"; done; to_review)"
ok "the store is whole" is_clean
"$docket" case split '#1'
settle
ok "when the first leaves, its copies are what docket made of them" same 'complaint delivery' "$(decided '#4')"
fresh_store --country GB
sed -i 's/^certain:.*/certain: 0.999/' "$store/docket.yaml"
take first.txt two.txt
"$docket" review --accept '#2' >/dev/null
ok "what is accepted of a copy holds for the first, too" same '' "$(to_review)"
ok "by the person who accepted it" same "$me $(number '#2')" "$(said_of '#1')"
echo "1..$n"
