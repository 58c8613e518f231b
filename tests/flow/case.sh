#!/bin/bash
# A case in the hands of people: from the first act to its end, refusals that say what is missing, transfer, alerts, merging and taking that back, two people at
# once, lists by what is waited for, and all of it again after the catalogue was made anew.
# shellcheck source=tests/flow/lib.sh disable=SC2016
source "$(dirname "$0")/lib.sh"
export DOCKET_NOW=2026-12-28T09:00:00Z
fresh_store --country ES
for i in 1 2 3; do
  printf 'Muy señores míos:\nLa factura %s de noviembre es incorrecta y exijo la devolución de %s,30 euros. Nadie contesta a mis reclamaciones.\nAtentamente,\nRosario Vidal %s\n' "$i" "7$i" "$i" >"$work/letter$i.txt"
done
for i in 1 2 3; do "$docket" ingest --wait "$work/letter$i.txt" >"$work/ingest" || exit 1; done
number () { "$docket" list --json | jq -r .number | sort | sed -n "$1s|/.*||p"; }
a=$(number 1) b=$(number 2) c=$(number 3)
on () { DOCKET_NOW=$1T09:00:00Z "${@:2}"; }
case_is () { "$docket" case show "$1" --json | jq -r "$2"; }
state () { case_is "$1" '"\(.status) \(.reason)"'; }
version () { case_is "$1" .version; }
numbers () { "$docket" case list "$@" --json | jq -r .number; }

ok "three letters are three cases" same "$(printf '%s\n' "$a" "$b" "$c")" "$(numbers | sort)"
ok "nobody has begun" same "not_started " "$(state "$a")"
ok "what was received waits since that day" same 3 "$(DOCKET_NOW=2026-12-31T09:00:00Z case_is "$a" .waiting_days)"

ok "somebody looks into it" "$docket" case work "$a" investigating
ok "and that is its status" same "pending_company investigating" "$(state "$a")"
ok "it cannot be closed as resolved yet, and what is missing is named" says "missing: outcome, cause, final answer" "$docket" case close "$a" resolved
ok "which is wrong usage" exits 64 "$docket" case close "$a" resolved
ok "a reason that there is none is refused with those there are" says "allowed are resolved, withdrawn, no_reply (no reply)" "$docket" case close "$a" tired
ok "the customer is asked" "$docket" case ask "$a" info_requested --text "¿Qué contador?"
ok "and waited for" same "pending_customer info_requested" "$(state "$a")"
ok "a telephone call comes in" "$docket" case hear "$a" --channel phone --text "El del sótano"
ok "which is our turn again" same "pending_company triage" "$(state "$a")"
ok "an outcome is set" "$docket" case outcome "$a" upheld
ok "and a cause" "$docket" case cause "$a" billing/wrong-amount
ok "the final answer goes out" "$docket" case final "$a" --text "Le devolvemos el importe."
ok "in time: the deadline is met" same met "$(case_is "$a" '.deadlines[] | select(.kind == "final").state')"
ok "now it is closed" "$docket" case close "$a" resolved
ok "as resolved" same "closed resolved" "$(state "$a")"
ok "its chain has all that was said, in order" same "case.opened work ask hear outcome cause final close" \
  "$(case_is "$a" '[.chain[].act | select(test("^deadline|contact|proposed") | not)] | join(" ")')"
ok "who did it stands with each" same 8 "$(case_is "$a" '[.chain[] | select(.actor | startswith("user:"))] | length')"

ok "thanks to a closed case change nothing" "$docket" case hear "$a" --thanks --text "Gracias"
ok "it stays closed" same "closed resolved" "$(state "$a")"
ok "another message opens it again" "$docket" case hear "$a" --text "Sigue sin resolverse"
ok "in a second round" same "pending_company 2" "$(case_is "$a" '"\(.status) \(.round)"')"
ok "what was met stays met" same met "$(case_is "$a" '.deadlines[] | select(.kind == "final").state')"

ok "and another final answer is due, by the firm's own clock" same "service $("$docket" deadline --json --policy ES-LEY10-2025/final --received 2026-12-28 | jq -r .due)" \
  "$(case_is "$a" '.deadlines[] | select(.kind == "final-2") | "\(.clock) \(.due)"')"
ok "which the list names" same "$(case_is "$a" '.deadlines[] | select(.kind == "final-2").due')" "$("$docket" case list --json | jq -r "select(.number == \"$a\").due")"
ok "and the case calls so" says "final answer (ES-LEY10-2025/final, running)" "$docket" case show "$a"
ok "something done in it changes nothing of that" "$docket" case work "$a" investigating
ok "it has one version" same 1 "$(case_is "$a" '.deadlines[] | select(.kind == "final-2").version')"
ok "the second final answer meets it" eval '"$docket" case final "$a" --text "Otra vez." >/dev/null; same met "$(case_is "$a" ".deadlines[] | select(.kind == \"final-2\").state")"'
ok "heard again, it is our turn" "$docket" case hear "$a" --text "Gracias, ya está, pero una cosa más."

ok "a transfer without a reason is refused" says "docket case transfer NUMBER --to OWNER --text WHY" "$docket" case transfer "$b" --to eva
ok "with one it is done" "$docket" case transfer "$b" --to eva --text "conoce los contadores"
ok "the owner is the new one" same eva "$(case_is "$b" .owner)"
ok "the deadline is the same" same "$(case_is "$c" '.deadlines[0].due')" "$(case_is "$b" '.deadlines[0].due')"
ok "her cases are found by her name" same "$b" "$(numbers --owner eva)"

seen=$(version "$b")
ok "one of two people acts" "$docket" case work "$b" approval --version "$seen"
ok "the second, who saw what was before, is told" says "somebody acted" "$docket" case ask "$b" offer_made --version "$seen" --text "Ofrecemos 20 euros"
ok "to try again" exits 75 "$docket" case ask "$b" offer_made --version "$seen" --text "Ofrecemos 20 euros"
ok "and shown what was to be written" says "Ofrecemos 20 euros" "$docket" case ask "$b" offer_made --version "$seen" --text "Ofrecemos 20 euros"
ok "and how it stands now" says "waiting for approval" "$docket" case ask "$b" offer_made --version "$seen" --text "Ofrecemos 20 euros"
ok "nothing of it was kept" same "pending_company approval" "$(state "$b")"

ok "an alert for tomorrow" "$docket" case alert "$b" --on 2026-12-29 --text "llamar"
ok "one for today" "$docket" case alert "$c" --on 2026-12-28 --text "escribir; ya"
ok "and one for yesterday" on 2026-12-27 "$docket" case alert "$a" --on 2026-12-27
ok "show three states" same "$(printf '%s upcoming\n%s today\n%s overdue\n' "$b" "$c" "$a" | sort)" "$("$docket" case list --json | jq -r '"\(.number) \(.alert)"' | sort)"
ok "by which cases are found" same "$c" "$(numbers --alert today)"
ok "a day later they are others" same "$(printf '%s\n' "$a" "$c" | sort)" "$(on 2026-12-29 numbers --alert overdue | sort)"
ok "a calendar program can read them" says 'SUMMARY:'"$c"' escribir\; ya' "$docket" case alerts --ics
ok "one is done" "$docket" case alert "$c" --done "$("$docket" case alerts --json | jq -r "select(.number == \"$c\").id")"
ok "and gone" same "$c" "$(numbers --alert none)"

ok "who waits five days is found" same "$c" "$(on 2027-01-02 numbers --status not_started --waiting 5)"
ok "not a day earlier" same "" "$(on 2027-01-01 numbers --status not_started --waiting 5)"

due=$(case_is "$b" '.deadlines[0].due')
before=$(case_is "$c" 'del(.chain, .version, .waiting_days, .days_elapsed)')
ok "two cases are made one" "$docket" case merge "$c" "$b" --text "la misma factura"
ok "the one is closed as merged" same "closed merged $b" "$(in_store "select status || ' ' || reason || ' ' || (select number from cases m where m.id = c.merged_into) from cases c where number = '$c'")"
ok "its number leads to the other" same "$b" "$(case_is "$c" .number)"
ok "which has its documents too" same 2 "$(case_is "$b" '.documents | length')"
ok "and the earlier deadline" same "$due" "$(case_is "$b" '.deadlines[0].due')"
ok "a merged case is not listed" same "$b" "$(numbers --status pending_company | grep -v "$a")"
ok "the merge is taken back" "$docket" case unmerge "$c"
ok "and the case is what it was" same "$before" "$(case_is "$c" 'del(.chain, .version, .waiting_days, .days_elapsed)')"
ok "the other one too" same 1 "$(case_is "$b" '.documents | length')"
ok "a case that was not merged cannot be parted" says "was not merged" "$docket" case unmerge "$c"

ok "a pointer to another system is kept" "$docket" case link "$b" "https://crm.example/4711" --label CRM
ok "and shown" same "https://crm.example/4711" "$(case_is "$b" '.links[0].uri')"
ok "and removed" "$docket" case link "$b" --remove 1
ok "an act of tomorrow is refused" says "is still to come" "$docket" case work "$b" --on 2026-12-29
ok "an unknown case is named" says "there is no case" "$docket" case show D-2026-009999
ok "with the number that was perhaps meant" says "did you mean D-2026-009999-" "$docket" case show D-2026-009999
ok "a number that was mistyped is told so" says "was misread or mistyped" "$docket" case show D-2026-009999-01
ok "an unknown act is named" says "nothing that is done in a case" "$docket" case polish "$b"

# Letters that name a case.
"$docket" case ask "$b" info_requested --text "¿Qué factura?" >"$work/ask"
printf 'Su referencia: %s\n\nMuy señores míos:\nadjunto la factura que me piden y exijo la devolución de los 72,30 euros.\nRosario Vidal 2\n' "$b" >"$work/answer.txt"
"$docket" ingest --wait "$work/answer.txt" >"$work/ingest"
ok "a letter with its number is heard: it is our turn" same "pending_company triage" "$(state "$b")"
ok "and stands in the chain" same 1 "$(case_is "$b" '[.chain[] | select(.act == "hear" and .document != null)] | length')"
"$docket" case close "$b" withdrawn >"$work/close"
printf 'Su referencia: %s\n\nMuchísimas gracias por su amabilidad y por la ayuda de todo el equipo. Estoy encantada con el trato recibido.\nRosario Vidal 2\n' "$b" >"$work/thanks.txt"
"$docket" ingest --wait "$work/thanks.txt" >"$work/ingest"
ok "thanks for a closed case are filed with it" same 3 "$(case_is "$b" '.documents | length')"
ok "and leave it closed" same "closed withdrawn" "$(state "$b")"
printf 'Su referencia: %s\n\nMuy señores míos:\nla avería sigue sin resolverse, es inaceptable. Exijo una solución inmediata y presento una nueva reclamación.\nRosario Vidal 2\n' "$b" >"$work/still.txt"
"$docket" ingest --wait "$work/still.txt" >"$work/ingest"
ok "what is still not solved opens it again" same "pending_company 2" "$(case_is "$b" '"\(.status) \(.round)"')"

"$docket" case list --all --json >"$work/before"
ok "everything holds" is_clean
ok "the catalogue made anew" "$docket" rebuild
ok "has the same cases" cmp "$work/before" <("$docket" case list --all --json)
ok "and everything still holds" is_clean
