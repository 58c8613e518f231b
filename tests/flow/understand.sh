#!/bin/bash
# What docket makes of letters that say next to nothing, too much, or nothing that it can read: an answer, or an honest "not sure".
# shellcheck source=tests/flow/lib.sh disable=SC2016
source "$(dirname "$0")/lib.sh"
cd "$work" || exit 1
out=$work/try.json

printf 'Gracias\n' >word.txt
for i in $(seq 200); do printf 'Sheet %d of what I enclose. The parcel never arrived.\n\f' "$i"; done >pages.txt
printf 'La factura de mayo es incorrecta y nadie contesta desde hace tres semanas.\n\nLa facture de mai est fausse et personne ne répond depuis trois semaines.\n\n' >three.txt
printf 'A májusi számla hibás, és három hete senki sem veszi fel a telefont.\n' >>three.txt
printf 'Rosario Vidal\n' >signature.txt
printf '4711 0815\n12 345 67 890\n' >digits.txt
printf 'أود أن أشتكي من التأخير في تسليم الطرد الذي طلبته منذ شهر ولم يصل بعد\n' >arabic.txt
printf 'Name: ________\nAddress: ________\nDate: __.__.____\nSignature: ________\n[ ] yes [ ] no\n' >form.txt
printf '   \n\n' >blank.txt
letters=(arabic.txt blank.txt digits.txt form.txt pages.txt signature.txt three.txt word.txt)

value () { jq -r --arg path "$1" "select(.path == \$path) | $2" "$out"; }
unsure () { same "true true" "$(value "$1" '"\(.kind.undecided) \(.subject.undecided)"')"; }

ok "all of them are taken and end well" "$docket" try --json "${letters[@]}"
"$docket" try --json "${letters[@]}" >"$out"
ok "each has an answer" same "${#letters[@]}" "$(wc -l <"$out")"
ok "none has an empty name or folder" same "" "$(jq -r 'select((.name | length) < 5 or (.folder | length) == 0).path' "$out")"
ok "none is sure of a kind without a word that shows it" same "" "$(jq -r 'select((.kind.undecided | not) and (.kind.because | length) == 0).path' "$out")"
ok "none is sure of a subject without a word that shows it" same "" "$(jq -r 'select((.subject.undecided | not) and (.subject.because | length) == 0).path' "$out")"
ok "one word of thanks is thanks" same thanks "$(value word.txt .kind.value)"
ok "two hundred pages that say one thing are about that" same "complaint delivery/not-received" "$(value pages.txt '"\(.kind.value) \(.subject.value)"')"
ok "a complaint in three languages is one" same complaint "$(value three.txt .kind.value)"
ok "its languages are all named" same "es fr hu" "$(value three.txt '[.language, (.pages[0].paragraphs // [] | .[].language)] | unique | join(" ")')"
for letter in signature digits arabic blank; do ok "of $letter.txt neither kind nor subject is sure" unsure $letter.txt; done
ok "another script is named" same ar "$(value arabic.txt .language)"
ok "digits have no language" same und "$(value digits.txt .language)"
ok "a form is no complaint" same other "$(value form.txt .kind.value)"
