#!/bin/bash
# Who gets which case: rules, absences and substitutes; nobody there, users who are gone, rules that contradict each other.
# shellcheck source=tests/flow/lib.sh disable=SC2016
source "$(dirname "$0")/lib.sh"

# bill NAME POSTCODE TOWN : a letter about a bill.
bill () { printf 'Estimados señores:\n\nQuiero reclamar por la factura %s: me han cobrado dos veces el mismo importe.\n\nAtentamente,\n%s\nCalle Triana 8, %s %s\n' "$RANDOM" "$1" "$2" "$3"; }
take () { taken=$((${taken:-0} + 1)); printf '%s' "$1" >"$work/letter-$taken.txt"; env DOCKET_NOW=$late "$docket" ingest --wait --received 2026-11-23 "$work/letter-$taken.txt" >/dev/null; }
canarias () { take "$(bill "$1" 35003 'Las Palmas de Gran Canaria')"; }
owner () { "$docket" show "#$1" --json | jq -r .case.owner; }
fact () { "$docket" why "#$1" --json | jq -r 'select(.fact == "case.allocated") | "\(.rule)/\(.owner)/\(.reason)"'; }
alerts () { in_store "select owner || ': ' || text from alert where not done"; }
open () { "$docket" user list --json | jq -r "select(.user == \"$1\").open"; }
away () { "$docket" user absent "$1" --from 2020-01-01 --to 2099-12-31 "${@:2}" >/dev/null; }

fresh_store --country ES --lang es
take "$(bill 'Rosa Vega Mora' 28013 Madrid)"
ok "without rules a case belongs to the owner of its drop folder" same '/' "$(owner 1)/$(fact 1)"
for user in eva luis; do ok "a user is added: $user" says "$user  present, 0 open cases" "$docket" user add $user --languages es,en; done
"$docket" user add anna --role lead --title 'Anna "la jefa"' >/dev/null
"$docket" user add pal --languages hu >/dev/null
ok "twice is refused" exits 1 "$docket" user add eva
ok "so is a name that is none" exits 64 "$docket" user add '../eva'
cat >"$store/allocation/rules.yaml" <<'END'
teams:
  b: { lead: anna, users: [pal, eva, luis] }
  turns: { users: [luis, eva] }
rules:
  - { name: canarias, subject: billing, language: es, region: ES-CN, team: b, method: least_open }
  - { name: madrid, language: es, region: ES-MD, team: turns, method: round_robin }
END

# Scenario 11
canarias 'Carmen Ortega Ruiz'
ok "billing, es, Canarias goes to the team, to who speaks Spanish" same canarias/eva/least_open "$(fact 2)"
canarias 'Pedro Alonso Gil'
ok "then to who has the fewest open cases" same luis "$(owner 3)"
"$docket" case transfer "$("$docket" show '#3' --json | jq -r .case.number)" --to anna --text 'Sabe más' >/dev/null
canarias 'Marta Soler Font'
ok "which counts anew each time" same luis "$(owner 4)"
away luis
canarias 'Nuria Prats Vila'
ok "who is absent is passed over" same eva "$(owner 5)"
away eva
canarias 'Jorge Blanco Rey'
ok "with all absent the case stays unassigned" same /canarias//nobody "$(owner 6)/$(fact 6)"
ok "and the lead is alerted" says 'anna: Nadie pudo tomar este expediente' alerts
ok "why says it in words" says 'owner: nobody — nobody is there who may take it (rule canarias)' "$docket" why '#6'
"$docket" user add mar >/dev/null
away eva --substitute mar
sed -i '/to: 2099-12-31 }$/d' "$store/users/eva.yaml"
canarias 'Silvia Roca Mas'
ok "a substitute stands in where nobody else is there" same canarias/mar/substitute "$(fact 7)"

# Others
take "$(bill 'Rosa Vega Mora' 28013 Madrid)"
ok "with nobody of the second team there, mar stands in there too" same mar "$(owner 8)"
sed -i '/absences/,$d' "$store/users/eva.yaml" "$store/users/luis.yaml"
for name in 'Ines Duran Sol' 'Raul Pons Vidal' 'Olga Marin Cano'; do take "$(bill "$name" 28013 Madrid)"; done
ok "in turn" same 'luis eva luis' "$(owner 9) $(owner 10) $(owner 11)"
take "$(bill 'Teo Lara Pino' 41001 Sevilla)"
ok "a case that no rule holds for is nobody's, and the lead told" same '//no_rule' "$(owner 12)$(fact 12)"
printf '  - { name: same person, existing_owner: true }\n' >"$work/rule"
sed -i "/^rules:/r $work/rule" "$store/allocation/rules.yaml"
printf 'Estimados señores:\n\nLa entrega no llegó nunca y quiero una solución.\n\nAtentamente,\nAna Gil Soto\nana@ejemplo.es\nCalle Triana 8, 35003 Las Palmas\n' >"$work/ana.txt"
"$docket" ingest --wait "$work/ana.txt" >/dev/null
number=$("$docket" show '#13' --json | jq -r .case.number)
"$docket" case transfer "$number" --to anna --text 'La conoce' >/dev/null
take "$(printf 'Estimados señores:\n\nMe gustaría saber el horario de la tienda de la calle Mayor.\n\nUn saludo,\nAna Gil Soto\nana@ejemplo.es\n')"
joined () { [ "$("$docket" show '#14' --json | jq -r .case.number)" = "$number" ]; }
ok "who has another open case of the person gets this one, too" eval 'joined || same "same person/anna/existing" "$(fact 14)"'

# Substitutes in a circle
"$docket" user add ada --languages es >/dev/null && "$docket" user add bea --languages es >/dev/null
away ada --substitute bea && away bea --substitute ada
sed "s/^rules:/&\n  - { name: circle, language: es, region: ES-AR, user: ada }/" "$store/allocation/rules.yaml" >"$work/rules" && cp "$work/rules" "$store/allocation/rules.yaml"
take "$(bill 'Noa Prado Luz' 50001 Zaragoza)"
ok "who stand in for each other in a circle take nothing: the case is nobody's" same circle//nobody "$(fact 15)"
ok "the lead is told" says 'Nadie pudo tomar este expediente según la regla «circle»' alerts
ok "and the list of users says it of both" same 2 "$("$docket" user list --lang en | grep -c 'nobody stands in')"
ok "nobody stands in for themselves" says 'cannot stand in for themselves' "$docket" user absent luis --from 2026-12-01 --to 2026-12-02 --substitute luis
ok "a capacity is a number from 0 on" says 'allowed is a whole number from 0' "$docket" user add carl --capacity -4
ok "a language is a code" says 'there is no such language' "$docket" user add carl --languages spanish
ok "a name is not a book" exits 64 "$docket" user add "$(head -c 300 /dev/zero | tr '\0' x)"
ok "a title is a line" exits 64 "$docket" user add carl --title $'a\nb'
ok "what is missing is told with how it is written" says 'docket user absent NAME --from DATE' "$docket" user absent
ok "an option of another act is named" says 'not for remove; it is for absent' "$docket" user remove eva --from 2026-12-01
ok "refusals are in the language asked for: fr" says 'utilisateur nobody' "$docket" user remove nobody --lang fr
ok "es" says 'ya hay un usuario eva' "$docket" user add eva --lang es
ok "hu" says 'Így kell írni: docket user list' "$docket" user list eva --lang hu
ok "nobody was added" exits 1 test -e "$store/users/carl.yaml"
"$docket" user remove ada >/dev/null && "$docket" user remove bea >/dev/null
sed -i '/name: circle/d' "$store/allocation/rules.yaml"

# Two who write the same file
for day in 1 2 3 4; do { exits 75 "$docket" user absent eva --from "2020-01-0$day" --to "2020-01-0$day" >/dev/null 2>&1 && echo later; } & done >"$work/later"
wait
ok "of four who change a user at once none loses another's change unknowingly" same 4 "$(($(grep -c later "$work/later") + $(grep -c 'from: 2020-01-0' "$store/users/eva.yaml")))"
sed -i '/absences/,$d' "$store/users/eva.yaml"
sed "s/^rules:/&\n  - { name: ghost, language: es, region: ES-AR, user: ghost }/" "$store/allocation/rules.yaml" >"$work/rules" && cp "$work/rules" "$store/allocation/rules.yaml"
ok "whom a rule names and who is no user, the list of users tells" same unknown "$("$docket" user list --json | jq -r 'select(.user == "ghost").state')"
sed -i '/name: ghost/d' "$store/allocation/rules.yaml"

# Users who are gone
ok "a user with open cases can go" says 'no user any more' "$docket" user remove mar
ok "the list names the cases that nobody has" same '2 unknown' "$("$docket" user list --json | jq -r 'select(.user == "mar") | "\(.open) \(.state)"')"
ok "status too" same 2 "$("$docket" status --json | jq '.unowned[] | select(.owner == "mar").cases')"
ok "in words" says 'Open cases of “mar”, who is no user: 2' "$docket" status
ok "and each has an alert" same 2 "$(alerts | grep -c 'mar, que tenía este expediente')"

# … by hand, while nothing runs
"$docket" user add zoe --languages es >/dev/null
eleven=$("$docket" show '#11' --json | jq -r .case.number)
"$docket" case transfer "$eleven" --to zoe --text 'Es su barrio' >/dev/null
told () { "$docket" case alerts --json | jq -r "select(.about == \"zoe\" and .reason == \"owner_gone\") | \"\(.number) \(.owner) \(.reason) \(.state)\""; }
rm "$store/users/zoe.yaml"
ok "a user whose file is deleted by hand has left cases: the alerts tell" same "$eleven anna owner_gone today" "$(told)"
ok "once" same "$eleven anna owner_gone today" "$(told)"
ok "the case is as it was" same zoe "$("$docket" case show "$eleven" --json | jq -r .owner)"
ok "status says whose it is" same 1 "$("$docket" status --json | jq '.unowned[] | select(.owner == "zoe").cases')"
"$docket" user add zoe --languages es >/dev/null
ok "who is back has the cases again, and nobody is reminded" same '' "$(told)"
start_docketd
rm "$store/users/zoe.yaml"
ok "docketd tells it by itself" within 20 eval '[ "$(in_store "select count(*) from alert where about = '"'zoe'"' and reason = '"'owner_gone'"' and not done")" = 1 ]'
stop_docketd
ok "a case goes to users only, who are named" says 'there is no user zoe; the users are anna eva luis pal' "$docket" case transfer "$eleven" --to zoe --text x
ok "given to another, nothing is left to be told" eval '"$docket" case transfer "$eleven" --to luis --text "Lo conoce" >/dev/null; same "" "$(told)"'
ok "who has it now is told" same "luis Se le ha traspasado este expediente: Lo conoce" "$("$docket" case alerts --json | jq -r "select(.number == \"$eleven\") | \"\(.owner) \(.text)\"")"
ok "until something is done" eval '"$docket" case work "$eleven" >/dev/null; same "" "$("$docket" case alerts --json | jq -r "select(.number == \"$eleven\").id")"'

"$docket" case alert "$eleven" --on 2026-12-01 --text 'mío' >/dev/null
"$docket" case transfer "$eleven" --to eva --text 'Vuelve' >/dev/null
ok "an alert that a person has set goes on" same 'mío' "$("$docket" case alerts --json | jq -r "select(.number == \"$eleven\" and .reason == \"\").text")"
"$docket" case transfer "$eleven" --to luis --text 'Lo conoce' >/dev/null

# A letter that leaves its case
split_off () { "$docket" case join "#$1" "$eleven" >/dev/null; "$docketd" --store "$store" --once --quiet; "$docket" case split "#$1" >/dev/null; "$docketd" --store "$store" --once --quiet; }
split_off 3
ok "a letter that is split off is given by the rules" same 'canarias least_open' "$(fact 3 | tail -1 | cut -d/ -f1,3 --output-delimiter=' ')"
split_off 12
ok "where no rule holds, who had the case keeps it, and why is noted" same '/luis/split' "$(fact 12 | tail -1)"

# Rules that contradict each other
cp "$store/allocation/rules.yaml" "$work/rules.yaml"
printf '  - { name: again, subject: billing/double-charge, language: es, region: ES-CN, user: anna }\n' >>"$store/allocation/rules.yaml"
ok "a rule that can never apply is told by its place" says 'allocation/rules.yaml:8:5: rule again can never apply: rule canarias before it takes all of its cases' "$docket" status
canarias 'Lola Nieto Paz'
ok "meanwhile the last good rules hold" same canarias "$(fact 16 | cut -d/ -f1)"
cp "$work/rules.yaml" "$store/allocation/rules.yaml"
ok "a rule for a team that is not there is refused" eval 'sed "s/team: b/team: c/" "$work/rules.yaml" >"$store/allocation/rules.yaml"; says "there is no team c" "$docket" status'
cp "$work/rules.yaml" "$store/allocation/rules.yaml"
ok "nothing is wrong with the store" is_clean
in_store 'select id, owner from cases; select * from allocation' >"$work/before"
"$docket" rebuild >/dev/null
ok "made anew from the ledger all cases have their owners" eval 'in_store "select id, owner from cases; select * from allocation" | diff - "$work/before"'
echo "1..$n"
