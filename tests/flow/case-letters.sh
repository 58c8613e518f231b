#!/bin/bash
# Letters that go out, written from templates: what is filled in, what keeps one from being sent, what is wrong with a file.
# shellcheck source=tests/flow/lib.sh disable=SC2016
source "$(dirname "$0")/lib.sh"
case_is () { "$docket" case show "$1" --json | jq -r "$2"; }
letter_of () { "$docket" case letter "$@"; }
call () { "$docket" case open --channel phone --json --text "$1" "${@:2}" | jq -r .number; }
export DOCKET_NOW=2026-12-29T09:00:00Z
fresh_store --country ES
sed -i "s/^entity: .*/entity: 'Ejemplo, S.A.'/" "$store/docket.yaml"
"$docket" user add eva --title 'Eva Llorente' >/dev/null
a=$(call "Me cobraron dos veces la factura y exijo la devolución." --set sender="Rosario Vidal" --set language=es --set subject=billing/wrong-amount)
"$docket" case transfer "$a" --to eva --text "su barrio" >/dev/null

ok "eight letters and two blocks are shipped, in four languages" same "8 en fr es hu 2" "$("$docket" template list --json | jq -rs '"\(map(select(.template)) | length) \(map(.languages // empty | join(" ")) | unique | join("|")) \(map(select(.block)) | length)"')"
ok "nothing is wrong with them" "$docket" template lint
before=$(case_is "$a" .version)
ok "a letter is looked at before it is sent" says "Recibirá nuestra respuesta a más tardar el 21 de enero de 2027." "$docket" template show acknowledgement "$a"
ok "which does nothing" same "$before" "$(case_is "$a" .version)"
ok "what is still to be said is seen at its place" same "{text} {promise}" "$("$docket" template show holding "$a" | grep -o '{[a-z]*}' | paste -sd ' ')"
ok "in another language, too" says "You will have our answer by 21 January 2027 at the latest." "$docket" template show acknowledgement "$a" --in en

ok "no letter promises a day that is over" same 0 "$(DOCKET_NOW=2027-02-01T09:00:00Z "$docket" template show acknowledgement "$a" | grep -c 'a más tardar')"

"$docket" case tell "$a" --template acknowledgement --channel email >/dev/null
ok "an acknowledgement has number, name, dates and subject of the case, and who signs for the firm" same "6" "$(letter_of "$a" | grep -c -E "^Hemos recibido su comunicación: $a\$|^Estimado/a Rosario Vidal:\$|que recibimos el 29 de diciembre de 2026. Asunto: [a-z ]+. La registramos .* $a, que|a más tardar el 21 de enero de 2027|^Eva Llorente\$|^Ejemplo, S.A.\$")"
ok "no place is left open in it" same 0 "$(letter_of "$a" | grep -c '[][{}]')"
ok "it is what the customer was told" same "tell acknowledgement es email" "$(case_is "$a" '.chain[] | select(.act == "tell") | "\(.act) \(.template) \(.language) \(.channel)"')"
ok "and the waiting is over" same 0 "$(DOCKET_NOW=2026-12-31T09:00:00Z case_is "$a" .waiting_days)"

ok "a holding letter without its day is not sent" says "{promise}" "$docket" case hold "$a" --template holding --text "Falta un informe."
ok "nor one without a reason" says "--text" "$docket" case hold "$a" --template holding --until 2027-01-15
"$docket" case hold "$a" --template holding --text "Falta un informe." --until 2027-01-15 >/dev/null
ok "with both it is, and promises the day" same "2027-01-15 1" "$(case_is "$a" '.deadlines[] | select(.kind == "promise") | .due') $(letter_of "$a" | grep -c '15 de enero de 2027')"
"$docket" case ask "$a" info_requested --template request-information --text "¿Qué día fue?" >/dev/null
ok "what is asked by a letter waits for the customer" same "pending_customer info_requested" "$(case_is "$a" '"\(.status) \(.reason)"')"
ok "a letter is for one act" says "is for “ask info_requested”, not for “tell”" "$docket" case tell "$a" --template request-information --text x
ok "an unknown one is told which there are" says "final-rejected" "$docket" case tell "$a" --template thanks
ok "an unknown language is told which there are" says "en fr es hu" "$docket" case tell "$a" --template acknowledgement --in de
ok "--in alone is refused" exits 64 "$docket" case tell "$a" --in fr

# The end.
"$docket" case cause "$a" billing >/dev/null
ok "a final answer waits until its outcome is said" says "not said yet" "$docket" case close "$a" resolved --template final-rejected --text "No."
"$docket" case outcome "$a" rejected >/dev/null
before=$(case_is "$a" .version)
ok "closing a rejected case with a letter for one that is upheld is refused" exits 64 "$docket" case close "$a" resolved --template final-upheld --text "Sí."
ok "it is for others" says "is for cases with the outcome upheld" "$docket" case close "$a" resolved --template final-upheld --text "Sí."
ok "as is sending it alone" says "is for cases with the outcome upheld" "$docket" case final "$a" --template final-upheld --text "Sí."
ok "nothing was done" same "$before pending_customer" "$(case_is "$a" '"\(.version) \(.status)"')"
printf 'letter: own\nact: final\ntexts:\n  es: {subject: "S {number}", body: "{text}"}\n' >"$store/templates/own.yaml"
ok "and with one of the firm's own that lacks the out-of-court block" says "the template own lacks the block {out-of-court}" "$docket" case close "$a" resolved --template own --text "No."
ok "and lint says so beforehand" says "own.yaml:4:7: own lacks the block out-of-court: it cannot answer cases whose outcome needs that" "$docket" template lint
ok "with the languages it lacks" says "own says nothing in the language hu" "$docket" template lint
ok "by exit status as well" exits 1 "$docket" template lint
"$docket" case close "$a" resolved --template final-rejected --text "Son dos meses distintos." >/dev/null
ok "with the letter that has it the case is answered and closed" same "closed resolved met" "$(case_is "$a" '"\(.status) \(.reason) \(.deadlines[] | select(.kind == "final") | .state)"')"
ok "the letter has the words of its law" says "Junta Arbitral de Consumo" letter_of "$a"
ok "the chain says what was in it" same "final-rejected out-of-court" "$(case_is "$a" '.chain[] | select(.act == "final") | "\(.template) \(.blocks)"')"
ok "the timeline shows its subject alone" same 1 "$("$docket" case show "$a" | grep -c "final-rejected — Respuesta a su reclamación $a\$")"

b=$(call "La factura es incorrecta y exijo la devolución." --set sender="Pilar Herrero" --set language=es)
"$docket" case outcome "$b" upheld >/dev/null; "$docket" case cause "$b" billing >/dev/null
"$docket" case final "$b" --template final-upheld --text "Lo devolvemos." >/dev/null
"$docket" case outcome "$b" rejected >/dev/null
ok "an outcome that changed after the letter cannot be closed with it" says "final-upheld lacks the block {out-of-court}" "$docket" case close "$b" resolved
DOCKET_NOW=2027-02-20T09:00:00Z "$docketd" --store "$store" --once --quiet
ok "nor by time" same "pending_customer no_end" "$(case_is "$b" '"\(.status) \(.alerts[0].reason)"')"
"$docket" case final "$b" --template final-rejected --text "No." >/dev/null
ok "until the right letter went out" "$docket" case close "$b" resolved

# The law chooses the words.
c=$(call "Vous avez perdu mes données, c'est inacceptable." --set sender="Jean Martin" --set language=fr --set subject=privacy/request)
"$docket" case outcome "$c" rejected >/dev/null
ok "a case of two laws has the words of both, in the language of the case" same "2 fr" "$("$docket" case final "$c" --template final-rejected --text "Non." >/dev/null; letter_of "$c" | grep -c -E "CNIL|Junta Arbitral") $("$docket" case letter "$c" --json | jq -r .language)"
sed -i 's/^country: .*/country: FR/' "$store/docket.yaml"
d=$(call "Ma facture est fausse." --set sender="Anne Petit" --set language=fr)
"$docket" case outcome "$d" rejected >/dev/null
ok "a law that wants the outside body named has none go out without" says "docket.yaml names no outside_body" "$docket" case final "$d" --template final-rejected --text "Non."
ok "and lint tells" says "a place for outside_body" "$docket" template lint
sed -i "s/^outside_body:.*/outside_body: 'Médiateur de l’exemple, 1 rue de la Paix, Paris'/" "$store/docket.yaml"
"$docket" case final "$d" --template final-rejected --text "Non." >/dev/null
ok "once it is named it stands in the letter" says "1 rue de la Paix" letter_of "$d"

# A law that wants the customer told in every final answer, also of a complaint that is upheld.
sed -i -e 's/^country: .*/country: GB/' -e 's/^outside_body:.*/outside_body:/' "$store/docket.yaml"
e=$(call "My loan was charged twice." --set sender="Joan Harker" --set language=en)
"$docket" case outcome "$e" upheld >/dev/null; "$docket" case cause "$e" billing >/dev/null
printf 'letter: own\nact: final\noutcomes: [upheld]\ntexts:\n  en: {subject: "S {number}", body: "{text}"}\n' >"$store/templates/own.yaml"
ok "under a law that wants it in every final answer an upheld complaint needs the block, too" says "the template own lacks the block {out-of-court}" "$docket" case close "$e" resolved --template own --text "Yes."
ok "which lint says beforehand" says "own lacks the block out-of-court" "$docket" template lint
rm "$store/templates/own.yaml"
"$docket" case close "$e" resolved --template final-upheld --text "We pay it back." >/dev/null
ok "the letter that is shipped has it there" same 1 "$(letter_of "$e" | grep -c 'Financial Ombudsman Service, free of charge')"

# A holding letter that names a day after the eight weeks.
h=$(call "My loan was charged twice." --set sender="Joan Harker" --set language=en)
due=$(case_is "$h" '.deadlines[] | select(.kind == "final") | .due')
ok "the clock of the final answer is that of the law" same "2027-02-23" "$due"
"$docket" case hold "$h" --template holding --until 2027-02-23 --text "A report is missing." >/dev/null
ok "a holding letter within the eight weeks needs no more" same 0 "$(letter_of "$h" | grep -c Ombudsman)"
"$docket" case hold "$h" --template holding --until 2027-02-24 --text "A report is missing." >/dev/null
ok "one that names a day after them says that the Ombudsman may be asked now, and where" same "1 1 1" "$(letter_of "$h" | grep -c 'you may now refer it to the Financial Ombudsman Service') $(letter_of "$h" | grep -c 'leaflet is enclosed') $(letter_of "$h" | grep -c 'www.financial-ombudsman.org.uk')"
ok "the chain says so, too" same "holding late-answer" "$(case_is "$h" '[.chain[] | select(.act == "hold")][-1] | "\(.template) \(.blocks)"')"
printf 'letter: own\nact: hold\ntexts:\n  en: {subject: "S {number}", body: "{text} {promise}"}\n' >"$store/templates/own.yaml"
ok "one of the firm's own that lacks the block is refused" says "the template own lacks the block {late-answer}" "$docket" case hold "$h" --template own --until 2027-02-24 --text "x"
ok "within the eight weeks it goes out" "$docket" case hold "$h" --template own --until 2027-02-20 --text "x"
ok "lint tells beforehand" says "own lacks the block late-answer: it cannot name a day after the legal end" "$docket" template lint
rm "$store/templates/own.yaml"
sed -i 's/^country: .*/country: ES/' "$store/docket.yaml"
f=$(call "La factura es incorrecta." --set language=es); "$docket" case outcome "$f" upheld >/dev/null
"$docket" case final "$f" --template final-upheld --text "Sí." >/dev/null
ok "under other laws it leaves no trace" same "0 Atentamente," "$(letter_of "$f" | grep -c -E 'Junta|Ombudsman') $(letter_of "$f" | grep -A 2 Lamentamos | tail -n 1)"
ok "who writes and is no user of docket does not sign" same 0 "$(letter_of "$f" | grep -c "^$(id -un)\$")"
ok "a firm of that country under no such law is not sent there" same 0 "$(sed -i -e 's/^country: .*/country: GB/' -e 's/^policy:.*/policy: EU-BASE/' -e 's/^outside_body:.*/outside_body: Retail ADR, London/' "$store/docket.yaml"; g=$(call "My kettle arrived broken." --set language=en); "$docket" case outcome "$g" rejected >/dev/null; "$docket" case final "$g" --template final-rejected --text "No." >/dev/null; letter_of "$g" | grep -c Ombudsman)"
sed -i -e 's/^country: .*/country: FR/' -e 's/^policy:.*/policy:/' -e "s/^outside_body:.*/outside_body: 'Médiateur, Paris'/" "$store/docket.yaml"

# Files with mistakes.
printf 'letter: own\nact: final\ntexts:\n  es: {subject: "S {number}", body: "{txt}"}\n' >"$store/templates/own.yaml"
ok "an unknown placeholder is named with its place and what is allowed" says "templates/own.yaml:4:" "$docket" template lint
ok "by name" says "unknown placeholder {txt}; allowed are number, customer" "$docket" template lint
ok "the blocks among them" says "text, late-answer, out-of-court" "$docket" template lint
ok "the last good configuration stays in force" "$docket" case tell "$d" --template acknowledgement
printf 'letter: own\nact: phone\ntexts: {es: {subject: S, body: B}}\n' >"$store/templates/own.yaml"
ok "an act that no letter is, is told" says "tell" "$docket" template lint
printf 'block: number\nwordings: [{source: x, texts: {es: B}}]\n' >"$store/templates/own.yaml"
ok "a block has no name of a placeholder" says "own" "$docket" template lint
rm "$store/templates/own.yaml"
ok "the catalogue made anew says the same" same "$(case_is "$a" .)" "$("$docket" rebuild >/dev/null; case_is "$a" .)"
ok "the store is clean" is_clean
