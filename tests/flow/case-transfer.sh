#!/bin/bash
# A case is handed over: the new owner hears of it in working time, deadlines stay, and timeline, map and figures show it.
# shellcheck source=tests/flow/lib.sh disable=SC2016
source "$(dirname "$0")/lib.sh"
case_is () { "$docket" case show "$1" --json | jq -r "$2"; }
call () { "$docket" case open --channel phone --json --text "$1" --set sender="$2" | jq -r .number; }
# told_on INSTANT OWNER : the day on which OWNER is to hear of a transfer that is made then.
told_on () { DOCKET_NOW=$1 "$docket" case transfer "$a" --to "$2" --text "su barrio" --json | jq -r ".alerts[] | select(.reason == \"transferred\" and .owner == \"$2\") | .due"; }
deadlines () { case_is "$a" '[.deadlines[] | {kind, due, state, version}]'; }
export DOCKET_NOW=2026-11-23T09:00:00Z
fresh_store --country ES
for user in eva tom ana pal; do "$docket" user add $user >/dev/null; done
a=$(call "La factura es incorrecta y exijo la devolución." "Rosario Vidal")
"$docket" case transfer "$a" --to pal --text "la primera" >/dev/null
before=$(deadlines)

# Madrid is an hour ahead of UTC; the office closes at five.
ok "in the morning before the office opens it is for today" same 2026-11-24 "$(told_on 2026-11-24T05:30:00Z tom)"
ok "in the afternoon as well" same 2026-11-24 "$(told_on 2026-11-24T15:59:00Z eva)"
ok "when the office has closed it waits for the next morning" same 2026-11-25 "$(told_on 2026-11-24T16:00:00Z tom)"
ok "on a Friday night for Monday" same 2026-11-30 "$(told_on 2026-11-27T20:00:00Z eva)"
ok "on a Sunday too" same 2026-11-30 "$(told_on 2026-11-29T10:00:00Z tom)"
ok "before a holiday for the day behind it" same 2026-12-09 "$(told_on 2026-12-07T18:00:00Z eva)"
"$docket" user absent tom --from 2026-12-09 --to 2026-12-10 >/dev/null
ok "and for the day on which who is away is back" same 2026-12-11 "$(told_on 2026-12-09T09:00:00Z tom)"
ok "deadlines stay as they were" same "$before" "$(deadlines)"
due=$(case_is "$a" '.deadlines[0].due')
ok "but when the law wants an answer by today, nothing waits for the morning" same "$due" "$(told_on "${due}T22:00:00Z" eva)"
ok "the timeline has each with its reason" same "9 su barrio" "$(case_is "$a" '[.chain[] | select(.act == "transfer")] | "\(length) \(last.text)"')"
ok "and people read it" says "transferred → eva — su barrio" "$docket" case show "$a"
ok "what the new owner does ends the notice" same 0 "$(DOCKET_NOW=2026-12-28T09:00:00Z "$docket" case work "$a" investigating --json | jq '[.alerts[] | select(.reason == "transferred")] | length')"

# The map and M15, of four answered cases: two handed to another team, one within a team and to who stands in, one never.
DOCKET_NOW=2026-12-28T09:00:00Z "$docket" case final "$a" >/dev/null
mkdir -p "$store/allocation"
printf 'teams:\n  money: {users: [eva, tom]}\nrules: []\n' >"$store/allocation/rules.yaml"
b=$(call "El ascensor está averiado." "Carmen Montero")
"$docket" case transfer "$b" --to eva --text "la primera" >/dev/null
"$docket" case transfer "$b" --to tom --text "mismo equipo" >/dev/null
DOCKET_NOW=2026-12-01T09:00:00Z "$docket" user absent tom --from 2026-12-02 --to 2026-12-03 --substitute ana >/dev/null
DOCKET_NOW=2026-12-02T09:00:00Z "$docket" case transfer "$b" --to ana --text "la sustituye" >/dev/null
DOCKET_NOW=2026-12-02T09:00:00Z "$docket" case final "$b" >/dev/null
c=$(call "El ruido no cesa." "Benito Lucas")
"$docket" case final "$c" >/dev/null
d=$(call "Sin respuesta." "Luis Prado")
"$docket" case transfer "$d" --to eva --text x >/dev/null
"$docket" case transfer "$d" --to pal --text x >/dev/null
e=$(call "El portal no abre." "Ana Prieto")
for owner in pal eva pal eva; do "$docket" case transfer "$e" --to $owner --text "otra vez" >/dev/null; done
"$docket" case final "$e" >/dev/null
report () { rm -rf "$work/out"; DOCKET_NOW=2026-12-30T09:00:00Z "$docket" report process --out "$work/out" "$@" >/dev/null; }
report
rows () { tail -n +2 "$work/out/data/process-$1.csv" | tr -d '\r'; }
ok "the map has the way through a transfer" same "transfer transfer" "$(rows steps | awk -F, '$1 == "transfer" && $3 == "transfer" { print $1, $3 }')"
ok "cases that were answered are counted by how often they changed teams" same "0:2 1:1 2:0 3:1" "$(rows handovers | awk -F, '{ printf "%s%s:%s", sep, $1, $3; sep = " " }')"
report --lang en
ok "with how many and how often" says "2 of 4 answered cases were handed over" cat "$work/out/process.html"
ok "the page begins with how many cases there were and how long they took to be answered" same "1 1" "$(grep -c '<dt>Cases</dt>' "$work/out/process.html") $(grep -c '<dt>To the final answer</dt>' "$work/out/process.html")"
ok "in days from receipt to answer, half and nine of ten of them" same 1 "$(grep -c 'half of 4; nine of ten: ' "$work/out/process.html")"
report --from 2026-12-03
ok "those answered in the period count, whenever they came" same "0:0 1:1 2:0 3:0" "$(rows handovers | awk -F, '{ printf "%s%s:%s", sep, $1, $3; sep = " " }')"
ok "the store is clean" is_clean
