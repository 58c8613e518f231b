#!/bin/bash
# The second stage of a complaint: asked for by a person or by a letter, only after a final answer and in time, with clocks of its own, in other hands, and taken
# back without a trace in the first.
# shellcheck source=tests/flow/lib.sh disable=SC2016
source "$(dirname "$0")/lib.sh"
export DOCKET_NOW=2026-03-02T09:00:00Z
fresh_store --country GB
sed -i 's/^policy:.*/policy: UK-LG/' "$store/docket.yaml"
sed -i 's/^calendar: GB/&\nreview_within: 28cd/' "$store/policies/UK-LG.yaml"
for i in 1 2 3 4; do
  printf 'Dear Sirs,\nI am writing to complain. Your bill %s is wrong and I demand a refund of %s.30 pounds. Nobody answers my letters.\nYours faithfully,\nMargaret Ellwood %s\n' "$i" "7$i" "$i" >"$work/letter$i.txt"
done
for i in 1 2 3 4; do "$docket" ingest --wait "$work/letter$i.txt" >"$work/ingest" || exit 1; done
number () { "$docket" list --json | jq -r .number | sort | sed -n "$1s|/.*||p"; }
a=$(number 1) b=$(number 2) c=$(number 3) d=$(number 4)
for each in "$a" "$b" "$c" "$d"; do "$docket" review "$each/1" --set kind=complaint >/dev/null; done
at () { DOCKET_NOW=$1T09:00:00Z "${@:2}"; }
case_is () { "$docket" case show "$1" --json | jq -r "$2"; }
state () { case_is "$1" '"\(.status) \(.reason)"'; }
clock () { case_is "$1" ".deadlines[] | select(.kind == \"$2\") | (.due // \"none\") + \" \" + .state"; }
answer () { at "$2" "$docket" case outcome "$1" rejected >/dev/null; at "$2" "$docket" case cause "$1" billing >/dev/null; at "$2" "$docket" case final "$1" --text "We do not agree." >/dev/null; }

ok "a complaint without a final answer has no second stage, and what is missing is named" says "missing: final answer" "$docket" case escalate "$a"
ok "which is wrong usage" exits 64 "$docket" case escalate "$a"
"$docket" case transfer "$a" --to eva --text "her street" >/dev/null
"$docket" case tell "$a" --text "We have it" >/dev/null
ok "the first stage has the clocks of the first stage alone" same "ack stage1" "$(case_is "$a" '[.deadlines[].kind] | sort | join(" ")')"
answer "$a" 2026-03-10
at 2026-03-11 "$docket" case close "$a" resolved >/dev/null
before=$(case_is "$a" 'del(.chain, .version, .second_stage)')

ok "after the time that the pack gives it is refused" says "could be asked for until 2026-04-07" at 2026-04-08 "$docket" case escalate "$a"
ok "on its last day it is opened, by telephone too" at 2026-04-07 "$docket" case escalate "$a" --channel phone --text "Ms Ellwood wants somebody else to look"
s=$(case_is "$a" .second_stage)
ok "as a case of its own, which names the first" same "2 $a not_started" "$(case_is "$s" '"\(.stage) \(.parent) \(.status)"')"
ok "the first is what it was" same "$before" "$(case_is "$a" 'del(.chain, .version, .second_stage)')"
ok "its chain says what went on elsewhere" same "$s" "$(case_is "$a" '.chain[] | select(.act == "escalate").subject')"
ok "the review is to be acknowledged, five working days from its being asked for" same "2026-04-14 ok" "$(clock "$s" stage2-ack)"
ok "and nothing else is due yet" same stage2-ack "$(case_is "$s" '[.deadlines[].kind] | join(" ")')"
ok "with every day told" same "2026-04-07 start" "$("$docket" deadline --json "$s" | jq -r '.trace[0] | .date + " " + .why')"
ok "there is nobody who may have it: the lead is told" same 1 "$(case_is "$s" '.alerts | length')"
ok "its owner is nobody" same "" "$(case_is "$s" .owner)"
ok "asked for its letter, docket says that it has none, and what shows it" says "$s is a case without a letter of its own; docket case show $s" "$docket" show "$s"
ok "who had the first stage cannot have it" says "had the first stage" at 2026-04-08 "$docket" case transfer "$s" --to eva --text "she knows it"
ok "somebody else can" at 2026-04-08 "$docket" case transfer "$s" --to tom --text "new eyes"
ok "a second one is refused, and named" says "its second stage is $s" at 2026-04-08 "$docket" case escalate "$a"
ok "a third stage there is not" says "there is no third" at 2026-04-08 "$docket" case escalate "$s"
at 2026-04-09 "$docket" case tell "$s" --text "We look again" >/dev/null
ok "the acknowledgement is met" same "2026-04-14 met" "$(clock "$s" stage2-ack)"
ok "and the twenty working days of the answer begin with it" same "2026-05-08 ok" "$(clock "$s" stage2)"
at 2026-04-20 "$docket" case hold "$s" --text "A surveyor comes" --until 2026-06-01 >/dev/null
ok "a holding letter extends them to forty" same "2026-06-08 ok" "$(clock "$s" stage2-extended)"
ok "in place of the twenty" same "2026-05-08 withdrawn" "$(clock "$s" stage2)"
ok "and the day it names is kept as a promise, beside the law" same "2026-06-01 ok service" "$(clock "$s" promise) $(case_is "$s" '.deadlines[] | select(.kind == "promise").clock')"
ok "it is listed with its stage" same 2 "$("$docket" case list --json | jq -r "select(.number == \"$s\").stage")"
ok "it cannot be closed as resolved without what a case needs" says "missing: outcome, cause, final answer" at 2026-05-20 "$docket" case close "$s" resolved
answer "$s" 2026-05-20
ok "its answer meets the clocks of its stage" same "2026-06-08 met 2026-06-01 met" "$(clock "$s" stage2-extended) $(clock "$s" promise)"
ok "it is closed" at 2026-05-21 "$docket" case close "$s" resolved
ok "with its own outcome" same "closed resolved rejected" "$(case_is "$s" '"\(.status) \(.reason) \(.outcome)"')"
ok "an outside body comes after it" at 2026-06-02 "$docket" case refer "$s" --to "Housing Ombudsman"
ok "without a name it does not" says "docket case refer NUMBER --to BODY" at 2026-06-02 "$docket" case refer "$s"
ok "and leaves the case closed" same "closed resolved" "$(state "$s")"

# Taken back.
answer "$b" 2026-03-10
at 2026-03-12 "$docket" case hear "$b" --channel phone --text "I am not content" >/dev/null
ok "a customer who is not content makes it our turn" same "pending_company triage" "$(state "$b")"
at 2026-03-13 "$docket" case escalate "$b" >/dev/null
t=$(case_is "$b" .second_stage)
ok "once that is a review, the first stage waits as it did after its answer" same "pending_customer final_sent" "$(state "$b")"
ok "taken back, it is our turn again" at 2026-03-16 "$docket" case unescalate "$t" --text "it was a question"
ok "with the day on which the customer called" same "pending_company triage 2026-03-12" "$(case_is "$b" '"\(.status) \(.reason) \(.waiting_since)"')"
ok "the number of the second leads to the first" same "$b" "$(case_is "$t" .number)"
ok "which has none any more" same null "$(case_is "$b" .second_stage)"
ok "and taken back again, it has" same "$t" "$(at 2026-03-17 "$docket" case unmerge "$t" >/dev/null; case_is "$b" .second_stage)"
ok "and rests" same "pending_customer final_sent" "$(state "$b")"

# By letter.
answer "$c" 2026-03-10
at 2026-03-11 "$docket" case close "$c" resolved >/dev/null
printf 'Your reference: %s\n\nDear Sirs,\nI received your answer of 10 March. I do not accept it and request a review of your decision by somebody who was not involved.\nYours faithfully,\nMargaret Ellwood 3\n' "$c" >"$work/review.txt"
at 2026-03-20 "$docket" ingest --wait "$work/review.txt" >"$work/ingest"
r=$(case_is "$c" .second_stage)
ok "a letter that asks for a review opens the second stage" same "2 $c 2026-03-20" "$(case_is "$r" '"\(.stage) \(.parent) \(.received)"')"
ok "with itself as its first letter" same "$r/1" "$(case_is "$r" '.documents[0].number')"
ok "and the first stays closed" same "closed resolved 1" "$(case_is "$c" '"\(.status) \(.reason) \(.round)"')"
ok "the words that say so are shown" says "request a review" "$docket" why "$r/1"
ok "its clock runs from that letter" same "2026-03-27" "$(clock "$r" stage2-ack | cut -d' ' -f1)"
ok "it is not moved back alone" says "docket case unescalate" "$docket" case join "$r/1" "$c"
printf 'Your reference: %s\n\nDear Sirs,\nhere are the photographs that I forgot. The bill is still wrong.\nYours faithfully,\nMargaret Ellwood 3\n' "$c" >"$work/more.txt"
at 2026-03-23 "$docket" ingest --wait "$work/more.txt" >"$work/ingest"
ok "what comes later with the old number belongs to the review" same "2 1" "$(case_is "$r" '.documents | length') $(case_is "$c" '.documents | length')"
answer "$d" 2026-03-10
printf 'Your reference: %s\n\nDear Sirs,\nI request a review of your decision.\nMargaret Ellwood 4\n' "$d" >"$work/late.txt"
at 2026-04-20 "$docket" ingest --wait "$work/late.txt" >"$work/ingest"
ok "after its time a letter opens none" same "null 2" "$(case_is "$d" .second_stage) $(case_is "$d" '.documents | length')"
ok "but is heard" same "pending_company triage" "$(state "$d")"

# A complaint about the answer that does not say the words.
f=$(at 2026-03-02 "$docket" case open --channel phone --json --text "The bins of our street are never emptied, and I complain about it." --set sender="Ruth Amis" | jq -r .number)
answer "$f" 2026-03-10
perhaps () { "$docket" case alerts --json | jq -r "select(.number == \"$f\" and .reason == \"perhaps_review\").text"; }
wrote () { printf 'Your reference: %s\n\nDear Sirs,\n%s\nRuth Amis\n' "$f" "$2" >"$work/perhaps-$1.txt"; at "$1" "$docket" ingest --wait "$work/perhaps-$1.txt" >"$work/ingest"; }
wrote 2026-03-11 "I am writing to complain again: your crew was rude, the street is filthy, this is unacceptable and I am very disappointed."
ok "a complaint in an answered case opens no second stage by itself" same null "$(case_is "$f" .second_stage)"
ok "but its owner is asked whether it asks for a review, and told how" same "$f/2 complains about the answer: does it ask for a review? Then docket case escalate $f/2 opens the second stage." "$(perhaps)"
wrote 2026-03-12 "I complain once more: the bins are still full, this is unacceptable, it stinks and I am furious."
ok "once" same 1 "$(perhaps | wc -l)"
at 2026-03-13 "$docket" case escalate "$f/2" >/dev/null
ok "until it is opened" same "" "$(perhaps)"

"$docket" case list --all --json >"$work/before"
ok "the event log has it with the first" same 1 "$("$docket" export log --format csv | grep -c "^$c,case.escalate,")"
ok "and the second with its stage" same 2 "$("$docket" export log --format csv | tr -d '\r' | awk -F, -v n="$r" '$1 == n { print $NF; exit }')"
ok "everything holds" is_clean
ok "the catalogue made anew" "$docket" rebuild
ok "has the same cases" cmp "$work/before" <("$docket" case list --all --json)
ok "and everything still holds" is_clean

# In whose hands: the rules pass over who had the first stage.
fresh_store --country GB
sed -i 's/^policy:.*/policy: UK-LG/' "$store/docket.yaml"
for user in eva tom; do "$docket" user add "$user" >/dev/null; done
"$docket" user add lea --role lead >/dev/null
printf 'teams:\n  all: { lead: lea, users: [eva, tom] }\nrules:\n  - { name: hers, language: en, user: eva }\n  - { name: rest, team: all, method: least_open }\n' >"$store/allocation/rules.yaml"
for i in 1 2; do
  printf 'Dear Sirs,\nI am writing to complain. Your bill %s is wrong and I demand a refund of %s.30 pounds. Nobody answers my letters.\nYours faithfully,\nMargaret Ellwood\n' "$i" "7$i" >"$work/hers$i.txt"
  "$docket" ingest --wait "$work/hers$i.txt" >/dev/null
done
a=$(number 1) b=$(number 2)
for each in "$a" "$b"; do "$docket" review "$each/1" --set kind=complaint >/dev/null; answer "$each" 2026-03-10; done
ok "the first stage is hers by a rule" same eva "$(case_is "$a" .owner)"
at 2026-03-11 "$docket" case escalate "$a" >/dev/null
ok "the second goes by the next rule to somebody else" same tom "$(case_is "$(case_is "$a" .second_stage)" .owner)"
ok "without an alert" same 0 "$("$docket" case alerts --json | jq -c 'select(.reason == "unallocated")' | wc -l)"
"$docket" user absent tom --from 2026-03-01 --to 2026-04-01 >/dev/null
at 2026-03-12 "$docket" case escalate "$b" >/dev/null
ok "when that one is absent it is nobody's" same "" "$(case_is "$(case_is "$b" .second_stage)" .owner)"
ok "and the lead is told" same lea "$("$docket" case alerts --json | jq -r 'select(.reason == "unallocated").owner')"
ok "the store is clean" is_clean

fresh_store --country ES
printf 'Muy señores míos:\nLa factura 9 de noviembre es incorrecta y exijo la devolución de 79,30 euros.\nRosario Vidal\n' >"$work/es.txt"
"$docket" ingest --wait "$work/es.txt" >/dev/null
e=$(number 1)
answer "$e" 2026-03-10
ok "where no pack knows a second stage, there is none" says "second_stage: true" at 2026-03-11 "$docket" case escalate "$e"
sed -i 's/^second_stage: false/second_stage: true/' "$store/docket.yaml"
ok "but where the firm wants one" at 2026-03-11 "$docket" case escalate "$e"
s=$(case_is "$e" .second_stage)
printf 'Muy señores míos:\nAdjunto las fotos del contador.\nRosario Vidal\n' >"$work/fotos.txt"
at 2026-03-12 "$docket" ingest --wait "$work/fotos.txt" >/dev/null
ok "a letter is moved to it though it has none yet" at 2026-03-13 "$docket" case join '#2' "$s"
ok "as its first" same "$s/1" "$("$docket" show "$s" --json | jq -r .number)"
ok "the store is clean" is_clean
