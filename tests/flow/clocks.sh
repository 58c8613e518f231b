#!/bin/bash
# Clocks of cases in a store: a new regional holiday moves open ones and no others, old versions stay, a privacy request has its month, hours keep their time,
# the service clock stands while the customer is waited for.
# shellcheck source=tests/flow/lib.sh disable=SC2016
source "$(dirname "$0")/lib.sh"
export DOCKET_NOW=2027-11-22T09:30:00Z
fresh_store --country ES-AN
letter () { printf 'Muy señores míos:\nLa factura %s de noviembre es incorrecta y exijo la devolución de %s,30 euros. Nadie contesta a mis reclamaciones.\nAtentamente,\nRosario Vidal\n' "$1" "7$1" >"$work/letter$1.txt"; }
for i in 1 2 3; do letter $i; done
cat >"$store/policies/OWN.yaml" <<'END'
pack: OWN
calendar: ES-AN
countries: [ES]
duties:
  - {kind: first, rule: 24h, effective_from: 2027-01-01, clock: service, source: "our promise"}
  - {kind: target, rule: 8wh, effective_from: 2027-01-01, clock: service, stops: true, source: "our promise"}
END
"$docket" ingest --wait "$work"/letter*.txt >"$work/ingest" || exit 1
number () { "$docket" list --json | jq -r .number | sort | sed -n "$1s|/.*||p"; }
a=$(number 1) b=$(number 2) c=$(number 3)
due () { "$docket" case show "$1" --json | jq -r --arg k "$2" '.deadlines[] | select(.kind == $k) | (.due // "none") + " " + .state'; }
versions () { sqlite3 "$store/docket.db" "SELECT d.due FROM deadline d JOIN cases c ON c.id = d.case_id WHERE c.number = '$1' AND d.kind = 'final' ORDER BY d.version"; }
for each in "$a" "$b" "$c"; do "$docket" review "$each/1" --accept >/dev/null; done

ok "the law's fifteen working days pass over the holidays of the region" same '2027-12-15 ok' "$(due "$a" final)"
ok "an hour clock keeps its time of day" same '2027-11-23T10:30:00+01:00 ok' "$(due "$a" first)"
ok "opening hours run to the next day" same '2027-11-23T10:30:00+01:00 ok' "$(due "$a" target)"

ok "the customer is asked" "$docket" case ask "$a" info_requested --text "¿Qué factura?"
ok "the firm's own clock stands" same 'none suspended' "$(due "$a" target)"
ok "the question answers within the promised day, by the clock of hours" same '2027-11-23T10:30:00+01:00 met' "$(due "$a" first)"
ok "the law's does not" same '2027-12-15 ok' "$(due "$a" final)"
DOCKET_NOW=2027-11-23T08:30:00Z "$docket" case hear "$a" --text "La de noviembre" >/dev/null
ok "with the answer of the next morning it has its eight open hours left" same '2027-11-24T09:30:00+01:00 ok' "$(due "$a" target)"

ok "one case is answered" "$docket" case final "$b" --text "Le devolvemos el importe."
ok "its clock is met" same '2027-12-15 met' "$(due "$b" final)"
sed -i '/date: 2027-08-16/a\  - {date: 2027-12-07, kind: holiday, names: {en: "A new bridge day"}}' "$store/calendars/ES-AN.yaml"
"$docketd" --store "$store" --once --quiet
ok "a holiday that comes up moves what is open" same '2027-12-16 ok' "$(due "$a" final)"
ok "not what was met" same '2027-12-15 met' "$(due "$b" final)"
"$docket" deadline --json "$c" >"$work/versions"
ok "why, and what it was before, is told day by day" same '2027-12-16 true 2027-12-15 false' \
  "$(jq -r 'select(.kind == "final" and .state == "ok") | .due + " " + (.trace | any(.why | endswith("A new bridge day")) | tostring)' "$work/versions" | head -2 | paste -sd ' ')"
ok "to a person, too" says 'Tue 2027-12-07: A new bridge day' "$docket" deadline "$c"
ok "the old version stays" same "2027-12-15 2027-12-16" "$(versions "$c" | uniq | paste -sd ' ')"
ok "and is not written again" same "$(versions "$c")" "$("$docketd" --store "$store" --once --quiet; versions "$c")"

cat >"$work/privacy.txt" <<'END'
Muy señores míos:
En virtud del artículo 15 del RGPD solicito acceso a mis datos personales y una copia de los datos que conservan sobre mí.
Atentamente,
Elena Prieto
END
"$docket" ingest --wait "$work/privacy.txt" >"$work/ingest" || exit 1
p=$(number 4)
"$docket" review "$p/1" --set subject=privacy/request --set kind=question >/dev/null
ok "a privacy request has its month, whatever its kind" same '2027-12-22 ok' "$(due "$p" final)"
"$docket" case hold "$p" --text "Necesitamos más tiempo." >/dev/null
ok "and two months more once the person was told" same '2028-02-22 expected' "$(due "$p" final-extended)"
ok "in place of the first" same '2027-12-22 withdrawn' "$(due "$p" final)"
ok "a case tells what its clocks rest on" says '2027-12-16' "$docket" case show "$a"
ok "the catalogue made anew has the same clocks" same "$(for each in "$a" "$b" "$p"; do due "$each" final; done)" \
  "$("$docket" rebuild >/dev/null; for each in "$a" "$b" "$p"; do due "$each" final; done)"
ok "the store is clean" is_clean

DOCKET_NOW=2027-11-22T23:59:56Z start_docketd
ok "at the turn of the day all open clocks are looked at" within 30 grep -q 'looked deadlines=[1-9]' "$store.log"
stop_docketd
ok "which changes nothing here" same "2027-12-15 2027-12-16" "$(versions "$c" | uniq | paste -sd ' ')"

sed -i 's/rule: 24h/rule: 24h, start: end nothing/' "$store/policies/OWN.yaml"
"$docketd" --store "$store" --once --quiet 2>"$work/log"
ok "contradictory rules do not come into force" same '2027-12-16 ok' "$(due "$a" final)"
ok "and status says where they are wrong" says 'policies/OWN.yaml:5:' "$docket" status
