#!/bin/bash
# What is promised of two writers, of merged numbers and of letters to closed cases, sentence by sentence, in all four languages.
# shellcheck source=tests/flow/lib.sh disable=SC2016
source "$(dirname "$0")/lib.sh"
case_is () { "$docket" case show "$1" --json | jq -r "$2"; }
call () { "$docket" case open --channel phone --json --text "$1" --set sender="$2" --set language="${3:-es}" | jq -r .number; }
at () { DOCKET_NOW=$1 "${@:2}"; }
export DOCKET_NOW=2026-11-23T09:00:00Z
fresh_store --country ES

# Two answer at once.
a=$(call "La factura es incorrecta y exijo la devolución." "Rosario Vidal")
seen=$(case_is "$a" .version)
printf 'Primera línea de Eva.\nSegunda línea de Eva.\n' | "$docket" case tell "$a" --text - --version "$seen" >/dev/null
second () { printf 'Primera línea de Tom.\nSegunda línea de Tom.\n' | "$docket" case final "$a" --text - --version "$seen" --lang en "$@"; }
ok "the second of two who answer at once is told to try again" exits 75 second
second >"$work/second" 2>&1
ok "sees the text of the first, line by line" same "Primera línea de Eva. Segunda línea de Eva." "$(sed -n '/^Written meanwhile/,$p' "$work/second" | sed -n 2,3p | paste -sd ' ')"
ok "and the own, to be used again" same "Primera línea de Tom. Segunda línea de Tom." "$(tail -n 2 <(grep -v '^docket' "$work/second") | paste -sd ' ')"
second --json >"$work/second" 2>/dev/null
ok "a program gets both" same "Eva Tom final" "$(jq -rs '"\(.[0].chain[-1].text | .[17:20]) \(.[1].draft.text | .[17:20]) \(.[1].draft.act)"' "$work/second")"
ok "of the second nothing was done" same "pending_company 1" "$(case_is "$a" '"\(.status) \([.chain[] | select(.act == "tell" or .act == "final")] | length)"')"
seen=$(case_is "$a" .version)
"$docket" case tell "$a" --template acknowledgement >/dev/null
ok "a letter of the first is shown whole" says "clave identificativa" "$docket" case tell "$a" --template acknowledgement --version "$seen"

ok "an alert of nobody's case reminds who set it, by their name" same "$(id -un)" "$("$docket" case alert "$a" --on 2026-12-01 --json | jq -r '.alerts[-1].owner')"

# A merge, and mail to the merged number meanwhile.
b=$(call "El ascensor está averiado desde hace tres semanas." "Carmen Montero")
"$docket" case alert "$b" --on 2026-11-30 --text "llamar" >/dev/null
"$docketd" --store "$store" --once --quiet
stands () { case_is "$1" 'del(.chain, .version)'; }
a_before=$(stands "$a") b_before=$(stands "$b")
"$docket" case merge "$b" "$a" --text "el mismo edificio" >/dev/null
ok "after a merge the number of the one leads to the other" same "$a" "$(case_is "$b" .number)"
printf 'Ref: %s\n\nMuy señores míos:\nadjunto el presupuesto del ascensor que me pidieron.\nCarmen Montero\n' "$b" >"$work/mail.txt"
"$docket" ingest --wait "$work/mail.txt" >"$work/ingest"
mail=$(case_is "$a" '.documents[-1].number')
ok "a letter to that number is one of the case that goes on" same "$a/2" "$mail"
ok "and is heard there" same "hear" "$(case_is "$a" '[.chain[] | select(.document != null and .act == "hear")][-1].act')"
"$docket" case unmerge "$b" >/dev/null
ok "taken back, the one has its deadlines, documents, alerts and number again" same "$b_before" "$(stands "$b")"
ok "the other has its own, and the letter that came meanwhile" same "$(jq -S 'del(.documents, .waiting_since, .waiting_days, .status, .reason)' <<<"$a_before") $mail" "$(stands "$a" | jq -S 'del(.documents, .waiting_since, .waiting_days, .status, .reason)') $(case_is "$a" '.documents[-1].number')"
ok "the store is clean" is_clean

# Thanks, and what is still not solved, to a closed case.
thanks () {
  case $1 in
    en) printf 'Your ref.: %s\n\nDear Mr Hale,\nI just wanted to say thank you for sorting this out so quickly. You were very kind.\nRuth Keane\n' "$2" ;;
    fr) printf 'Votre référence : %s\n\nMadame,\nun grand merci pour votre aide et votre gentillesse, tout est réglé. Je suis ravie.\nOdile Faure\n' "$2" ;;
    es) printf 'Su referencia: %s\n\nEstimada señora:\nmil gracias por su ayuda y su amabilidad, todo ha quedado resuelto. Estoy encantado.\nLuis Rey\n' "$2" ;;
    hu) printf 'Hivatkozási szám: %s\n\nTisztelt Asszonyom!\nNagyon köszönöm a gyors segítséget és a kedvességét, minden rendben van.\nKiss Edit\n' "$2" ;;
  esac
}
unsolved () {
  case $1 in
    en) printf 'Your ref.: %s\n\nDear Mr Hale,\nthe leak is still not solved, whatever you wrote. This is unacceptable and I demand a repair.\nRuth Keane\n' "$2" ;;
    fr) printf 'Votre référence : %s\n\nMadame,\nle problème n’est toujours pas résolu, c’est inadmissible. J’exige une réparation.\nOdile Faure\n' "$2" ;;
    es) printf 'Su referencia: %s\n\nEstimada señora:\nla avería sigue sin resolverse, es inaceptable. Exijo una reparación inmediata.\nLuis Rey\n' "$2" ;;
    hu) printf 'Hivatkozási szám: %s\n\nTisztelt Asszonyom!\nA hiba még mindig nincs megoldva, ez elfogadhatatlan. Követelem a javítást.\nKiss Edit\n' "$2" ;;
  esac
}
for language in en fr es hu; do
  c=$(call "complaint of $language" "Somebody $language" "$language")
  "$docket" case close "$c" withdrawn >/dev/null
  thanks "$language" "$c" >"$work/thanks-$language.txt"
  at 2026-11-24T09:00:00Z "$docket" ingest --wait "$work/thanks-$language.txt" >"$work/ingest"
  ok "$language: thanks to a closed case are filed as thanks and leave it closed" same "closed thanks true" "$(case_is "$c" '"\(.status) \(.documents[-1].kind) \([.chain[] | select(.act == "hear")][-1].thanks)"')"
  ok "$language: for words that are shown" says "vocabulary:thanks" "$docket" why "$(case_is "$c" '.documents[-1].number')"
  unsolved "$language" "$c" >"$work/unsolved-$language.txt"
  at 2026-11-25T09:00:00Z "$docket" ingest --wait "$work/unsolved-$language.txt" >"$work/ingest"
  ok "$language: what is still not solved opens it again" same "pending_company 2 false" "$(case_is "$c" '"\(.status) \(.round) \([.chain[] | select(.act == "hear")][-1].thanks)"')"
  ok "$language: for words that are shown, too" says "vocabulary:complaint" "$docket" why "$(case_is "$c" '.documents[-1].number')"
done
ok "the store is clean" is_clean
