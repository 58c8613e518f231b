#!/bin/bash
# What was promised of clocks and statuses, sentence by sentence: calendars that end or grow, regional holidays, the two clocks, waiting days, the end of a case,
# thanks and complaints to a closed one, lists by what calls.
# shellcheck source=tests/flow/lib.sh disable=SC2016
source "$(dirname "$0")/lib.sh"
case_is () { "$docket" case show "$1" --json | jq -r "$2"; }
clock () { case_is "$1" ".deadlines[] | select(.kind == \"$2\") | (.due // \"none\") + \" \" + .state"; }
number () { "$docket" list --json | jq -r .number | sort | sed -n "$1s|/.*||p"; }
numbers () { "$docket" case list "$@" --json | jq -r .number; }
at () { DOCKET_NOW=$1 "${@:2}"; }
complain () { printf 'Muy señores míos:\nLa factura %s de noviembre es incorrecta y exijo la devolución de %s,30 euros. Nadie contesta a mis reclamaciones.\nAtentamente,\n%s\n%s\n' "$1" "7$1" "$2" "${3:-}"; }
people=(- 'Rosario Vidal' 'Carmen Montero' 'Pilar Herrero')
take () { for i in $(seq "$1"); do complain "$i" "${people[$i]}" "rosario$i@example.es" >"$work/letter$i.txt"; done; for i in $(seq "$1"); do "$docket" ingest --wait "$work/letter$i.txt" >"$work/ingest" || exit 1; "$docket" review "$(number "$i")/1" --set kind=complaint >/dev/null; done; }
anew () { "$docketd" --store "$store" --once --quiet; }
pack () { printf 'pack: OWN\ncalendar: %s\nduties:\n' "$1"; shift; printf '  - {%s, effective_from: 2025-01-01, source: "a law"}\n' "$@"; }
own () { pack "$@" >"$store/policies/OWN.yaml"; sed -i 's/^policy:.*/policy: OWN/' "$store/docket.yaml"; }

# A calendar that ends.
export DOCKET_NOW=2027-12-20T09:00:00Z
fresh_store --country ES
own ES 'kind: final, rule: 15wd'
sed -i 's/^covered_to: .*/covered_to: 2027-12-31/' "$store/calendars/ES.yaml"
sed -i '/date: 2028/d' "$store/calendars/ES.yaml"
take 3
a=$(number 1) b=$(number 2) c=$(number 3)
ok "a deadline that needs days of a year without a calendar has no date" same "none calendar_missing" "$(clock "$a" final)"
ok "is shown so" says "calendar" "$docket" case show "$a"
ok "and calls for somebody, in every such case" same "3 no_date" "$("$docket" case alerts --json | jq -rs '"\(length) \([.[].reason] | unique | join(" "))"')"
ok "with a sentence that names law and calendar" says "OWN/final" "$docket" case alerts
anew
ok "once, however often it is looked at" same 3 "$("$docket" case alerts --json | wc -l)"
cp "${DOCKET_DATA:-conf}/calendars/ES.yaml" "$store/calendars/ES.yaml"
anew
ok "the calendar that comes gives all of them their date" same "2028-01-11 ok 2028-01-11 ok 2028-01-11 ok" "$(clock "$a" final) $(clock "$b" final) $(clock "$c" final)"
ok "with an event in each" same 3 "$(in_store "select count(*) from ledger where activity = 'deadline.set' and actor = 'docketd' and json_extract(payload, '\$.due') = '2028-01-11'")"
ok "and nobody is called any more" same 0 "$("$docket" case alerts --json | wc -l)"
ok "the store is clean" is_clean

# A regional holiday: the first vector becomes the second.
export DOCKET_NOW=2026-11-23T09:00:00Z
fresh_store --country ES-MD
own ES 'kind: final, rule: 15wd'
cp "$store/calendars/ES-MD.yaml" "$work/ES-MD.yaml"
sed -i '/date: 2026-12-07/d' "$store/calendars/ES-MD.yaml"
take 3
a=$(number 1) b=$(number 2) c=$(number 3)
ok "without the region's Monday the fifteen days end on the fifteenth" same "2026-12-15 ok" "$(clock "$a" final)"
at 2026-12-15T09:00:00Z "$docket" case final "$b" >/dev/null
at 2026-12-15T09:00:00Z "$docket" case close "$c" withdrawn >/dev/null
cp "$work/ES-MD.yaml" "$store/calendars/ES-MD.yaml"
at 2026-12-16T09:00:00Z anew
ok "with it an open case ends a day later" same "2026-12-16 ok" "$(clock "$a" final)"
ok "one that was answered on the fifteenth keeps its record" same "2026-12-15 met" "$(clock "$b" final)"
ok "and so does a closed one" same "2026-12-15" "$(clock "$c" final | cut -d' ' -f1)"
ok "the trace names the holiday" same 1 "$("$docket" deadline --json "$a" | jq -s '[.[] | select(.due == "2026-12-16")][0].trace | map(select(.date == "2026-12-07" and (.why | startswith("holiday")))) | length')"

# Two clocks: the law's never stands, the firm's own does. Madrid is an hour ahead of UTC.
export DOCKET_NOW=2026-11-19T08:00:00Z
fresh_store --country ES
own ES 'kind: final, rule: 15wd' 'kind: target, rule: 40wh, clock: service, stops: true'
take 1
a=$(number 1)
law=$(clock "$a" final)
ok "the service clock has an end by the hour" same "2026-11-25T17:00:00+01:00 ok" "$(clock "$a" target)"
ok "it is told apart from the law's" same "legal service" "$(case_is "$a" '[.deadlines[].clock] | join(" ")')"
at 2026-11-20T16:00:00Z "$docket" case ask "$a" info_requested >/dev/null
ok "while the customer is waited for from Friday at five it stands" same "none suspended" "$(clock "$a" target)"
at 2026-11-23T09:00:00Z "$docket" case hear "$a" --channel phone >/dev/null
ok "until Monday at ten, which is one working hour" same "2026-11-26T10:00:00+01:00 ok" "$(clock "$a" target)"
ok "and shown as such" same 60 "$(at 2026-11-23T09:00:00Z case_is "$a" .paused_minutes)"
ok "the law's end is what it was" same "$law" "$(clock "$a" final)"

# An answer by the hour.
own ES 'kind: first, rule: 24h' 'kind: final, rule: 15wd'
export DOCKET_NOW=2026-11-24T10:00:00Z
anew
complain 8 "Rosario Vidal 8" >"$work/h.txt"; "$docket" ingest --wait "$work/h.txt" >/dev/null
h=$(number 2)
"$docket" review "$h/1" --set kind=complaint >/dev/null
at 2026-11-25T10:00:01Z "$docket" case tell "$h" >/dev/null
ok "a word that came a second after the hours were over is late" same "2026-11-25T11:00:00+01:00 missed" "$(clock "$h" first)"

# Waiting days.
export DOCKET_NOW=2026-11-16T09:00:00Z
fresh_store --country ES
take 2
a=$(number 1) b=$(number 2)
"$docket" case tell "$a" >/dev/null
for day in 23 24 25; do at 2026-11-${day}T09:00:00Z "$docket" case hear "$a" --channel phone >/dev/null; done
thursday=2026-11-26T09:00:00Z
ok "who wrote on Monday, Tuesday and Wednesday without an answer waits three days on Thursday" same 3 "$(at $thursday case_is "$a" .waiting_days)"
ok "while the list by latest activity shows Wednesday, on top" same "$a 2026-11-25" "$(at $thursday "$docket" case list --latest --json | head -1 | jq -r '"\(.number) \(.latest)"')"
at $thursday "$docket" case auto "$a" --text "out of office" >/dev/null
ok "after an automatic message still three" same 3 "$(at $thursday case_is "$a" .waiting_days)"
at $thursday "$docket" case tell "$a" >/dev/null
ok "after a person's none" same 0 "$(at $thursday case_is "$a" .waiting_days)"

state=$(case_is "$a" '"\(.status) \(.reason)"')
printf 'Ref: %s\n\nRespuesta automática: estoy fuera de la oficina hasta el lunes. Gracias por su mensaje.\nRosario Vidal\n' "$a" >"$work/out.txt"
cases=$("$docket" case list --all --json | wc -l)
at $thursday "$docket" ingest --wait "$work/out.txt" >/dev/null
ok "an out-of-office answer moves nothing" same "$state" "$(case_is "$a" '"\(.status) \(.reason)"')"
ok "is kept with its case" same "auto $a/2" "$(case_is "$a" '([.chain[] | select(.document != null and .act != "case.opened") | .act] | map(select(. == "auto")) | first) + " " + .documents[1].number')"
ok "and opens none" same "$cases" "$("$docket" case list --all --json | wc -l)"
for _ in $(seq 53); do at $thursday "$docket" case auto "$a" >/dev/null; done
ok "fifty in a row are told of, once" same "too_many" "$("$docket" case alerts --json | jq -r .reason)"
at $thursday "$docket" case auto "$a" bounce >/dev/null
ok "and a letter of ours that came back is" same "bounced too_many" "$("$docket" case alerts --json | jq -r .reason | sort | paste -sd ' ')"

# Transfer keeps deadlines; closing asks for what is missing.
before=$(case_is "$a" '[.deadlines[] | {kind, due, state}]')
at $thursday "$docket" case transfer "$a" --to eva --text "su barrio" >/dev/null
ok "a transfer with a reason keeps the deadlines" same "$before" "$(case_is "$a" '[.deadlines[] | {kind, due, state}]')"
ok "and stands in the chain with its reason" same "eva su barrio" "$(case_is "$a" '.chain[] | select(.act == "transfer") | "\(.subject) \(.text)"')"
ok "closing without a cause is refused and names what is missing" says "missing: outcome, cause, final answer" at $thursday "$docket" case close "$a" resolved
at $thursday "$docket" case outcome "$a" rejected >/dev/null; at $thursday "$docket" case final "$a" >/dev/null
ok "and with all but the cause it names the cause alone" says "missing: cause" at $thursday "$docket" case close "$a" resolved

# Thanks and a complaint to a closed case, by letter.
at $thursday "$docket" case cause "$a" billing >/dev/null; at $thursday "$docket" case close "$a" resolved >/dev/null
printf 'Su referencia: %s\n\nMuchísimas gracias por su amabilidad y por la ayuda de todo el equipo. Estoy encantada con el trato recibido.\nRosario Vidal\n' "$a" >"$work/thanks.txt"
at 2026-11-27T09:00:00Z "$docket" ingest --wait "$work/thanks.txt" >/dev/null
ok "a thank you to a closed case is filed as thanks" same thanks "$(case_is "$a" '.documents[2].kind')"
ok "and does not open it again, which the chain shows" same "closed true" "$(case_is "$a" '[.chain[] | select(.act == "hear")] | last | "\(.status) \(.thanks)"')"
ok "for words that are shown" says "gracias" "$docket" why "$a/3"
printf 'Su referencia: %s\n\nMuy señores míos:\nla avería sigue sin resolverse, es inaceptable. Exijo una solución inmediata y presento una nueva reclamación.\nRosario Vidal\n' "$a" >"$work/still.txt"
at 2026-11-30T09:00:00Z "$docket" ingest --wait "$work/still.txt" >/dev/null
ok "what is still not solved opens it again, which the chain shows" same "pending_company false" "$(case_is "$a" '[.chain[] | select(.act == "hear")] | last | "\(.status) \(.thanks)"')"
ok "for words that are shown, too" says "Exijo" "$docket" why "$a/4"
at 2026-12-01T09:00:00Z "$docket" case close "$a" withdrawn >/dev/null
printf 'Su referencia: %s\n\nMuy señores míos:\nla misma avería ha vuelto, es inaceptable. Exijo una solución y presento una nueva reclamación.\nRosario Vidal\n' "$a" >"$work/again.txt"
at 2027-01-15T09:00:00Z "$docket" ingest --wait "$work/again.txt" >/dev/null
ok "long after it was closed a letter opens a case that follows it" same "$a 1 not_started" "$(at 2027-01-15T09:00:00Z case_is "$(numbers --status not_started | grep -v "$b")" '"\(.follow_up_of) \(.stage) \(.status)"')"
ok "and leaves it closed" same closed "$(case_is "$a" .status)"

# Alerts and lists.
export DOCKET_NOW=2026-11-16T09:00:00Z
fresh_store --country ES
take 3
a=$(number 1) b=$(number 2) c=$(number 3)
export DOCKET_NOW=2026-11-23T09:00:00Z
DOCKET_NOW=2026-11-22T09:00:00Z "$docket" case alert "$a" --on 2026-11-22 >/dev/null; "$docket" case alert "$b" --on 2026-11-23 >/dev/null; "$docket" case alert "$c" --on 2026-11-24 >/dev/null
ok "alerts of yesterday, today and tomorrow are three words" same "overdue today upcoming" "$("$docket" case alerts --json | jq -rs 'map(.state) | join(" ")')"
"$docket" review "$b/1" --set "sender=Carmen Montero" >/dev/null
ok "filters combine: e-mail, name, status, waiting days and alert" same "$b" "$(numbers --email rosario2@example.es --name "carmen montero" --status not_started --waiting 5 --alert today)"
ok "and each of them can leave it out" same "" "$(numbers --email rosario2@example.es --alert overdue; numbers --email rosario1@example.es --alert today; numbers --name "carmen montero" --waiting 8; numbers --name carmen --status closed)"

# A case ends by time, or calls for somebody.
own ES 'kind: final, rule: 15wd'
anew
for each in "$a" "$b"; do "$docket" case final "$each" >/dev/null; done
"$docket" case outcome "$a" upheld >/dev/null; "$docket" case cause "$a" billing >/dev/null; "$docket" case final "$a" >/dev/null
"$docket" case ask "$c" info_requested >/dev/null
at 2026-12-01T09:00:00Z "$docket" case remind "$c" >/dev/null
at 2026-12-14T09:00:00Z anew
ok "a customer who is silent for thirteen days after a reminder is waited for" same pending_customer "$(case_is "$c" .status)"
at 2026-12-15T09:00:00Z anew
ok "after fourteen the case is closed, and says after which reminder" same "closed no_reply true" "$(case_is "$c" '"\(.status) \(.reason) \([.chain[] | select(.act == "close")][0].text | contains("2026-12-01"))"')"
at 2026-12-22T09:00:00Z anew
ok "an answered one waits thirty days" same pending_customer "$(case_is "$a" .status)"
at 2026-12-23T09:00:00Z anew
ok "and is resolved then" same "closed resolved docketd" "$(case_is "$a" '"\(.status) \(.reason) \([.chain[] | select(.act == "close")][0].actor)"')"
ok "one without an outcome stays open" same pending_customer "$(case_is "$b" .status)"
at 2026-12-24T09:00:00Z anew
ok "and calls for somebody, once" same 1 "$("$docket" case alerts --json | jq -r 'select(.reason == "no_end").number' | grep -c "$b")"

# Another day of receipt.
complain 9 "Rosario Vidal" >"$work/late.txt"; "$docket" ingest --wait "$work/late.txt" >/dev/null
d=$(numbers --status not_started | head -1)
"$docket" review "$d/1" --set kind=complaint >/dev/null
ok "a letter that was scanned on Monday is counted from then" same "2026-12-15" "$(clock "$d" final | cut -d' ' -f1)"
ok "another day of receipt needs a reason" says "docket case received NUMBER --on DATE --text WHY" "$docket" case received "$d" --on 2026-11-19
ok "with one it is set" "$docket" case received "$d" --on 2026-11-19 --text "stamp of the mailroom"
ok "and the clocks are counted from it" same "2026-12-11 2026-11-19" "$(clock "$d" final | cut -d' ' -f1) $(case_is "$d" .received)"
ok "as is the waiting" same 4 "$(case_is "$d" .waiting_days)"
ok "the old version of the deadline is kept" same "2026-12-15 2026-12-11" "$(in_store "select group_concat(due, ' ') from (select distinct d.due as due from deadline d join cases c on c.id = d.case_id where c.number = '$d' order by d.version)")"
ok "the store is clean" is_clean

# Two laws differ.
export DOCKET_NOW=2027-11-22T09:30:00Z
fresh_store --country ES
take 1
a=$(number 1)
"$docket" review "$a/1" --set subject=privacy/request >/dev/null
ok "where two laws differ the earlier end holds" same "2027-12-15" "$(clock "$a" final | cut -d' ' -f1)"
ok "and the owner is told which" same "two_laws final" "$("$docket" case alerts --json | jq -r '"\(.reason) \(.about)"')"
ok "with both dates" says "2027-12-22" "$docket" case alerts
anew
ok "once" same 1 "$("$docket" case alerts --json | wc -l)"
ok "a duty that not every case has is named where it is not known" says "undue-charge" "$docket" case clock "$a" payments
ok "and holds where a person says so" "$docket" case clock "$a" undue-charge
ok "from the letter on" same "2027-11-27" "$(clock "$a" undue-charge | cut -d' ' -f1)"
ok "until it is taken back" same withdrawn "$("$docket" case clock "$a" undue-charge --off >/dev/null; clock "$a" undue-charge | cut -d' ' -f2)"
ok "the catalogue made anew says the same" same "$("$docket" case show "$a" --json)" "$("$docket" rebuild >/dev/null; "$docket" case show "$a" --json)"
ok "the store is clean" is_clean
