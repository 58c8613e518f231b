#!/bin/bash
# What is refused is told in the language of the person, with the form of the very act: a missing word, a word too many, an option that it cannot be without.
# shellcheck source=tests/flow/lib.sh disable=SC1112,SC2016
source "$(dirname "$0")/lib.sh"
export DOCKET_NOW=2026-11-23T10:00:00Z
fresh_store --country GB
"$docket" user add ann >/dev/null
a=$("$docket" case open --channel phone --json --text "I was charged twice." --set sender="Joan Harker" | jq -r .number)
refused () { local words=$1; shift; exits 64 "$@" && says "$words" "$@"; }

ok "a word too many is named, with the form of that act" refused '“ann” is a word too many. It is written: docket case transfer NUMBER --to OWNER --text WHY' "$docket" case transfer "$a" ann
ok "in French" refused '« ann » est un mot de trop. Cela s’écrit : docket case transfer NUMÉRO --to RESPONSABLE --text MOTIF' "$docket" case transfer "$a" ann --lang fr
ok "in Spanish" refused '«ann» es una palabra de más. Se escribe: docket case transfer NÚMERO --to RESPONSABLE --text MOTIVO' "$docket" case transfer "$a" ann --lang es
ok "in Hungarian" refused '„ann”: ez fölös szó. Így kell írni: docket case transfer SZÁM --to FELELŐS --text INDOK' "$docket" case transfer "$a" ann --lang hu
ok "by the environment, too" refused 'Se escribe: docket case transfer' env LC_ALL=es_ES.UTF-8 "$docket" case transfer "$a" ann
ok "what is missing is an option" refused 'il manque --to.' "$docket" case transfer "$a" --text x --lang fr
ok "or a word" refused 'valami hiányzik. Így kell írni: docket case outcome SZÁM upheld|partly' "$docket" case outcome "$a" --lang hu
ok "an unknown option is told in the language that follows it" refused '--frob no es ninguna opción aquí' "$docket" case show "$a" --frob --lang es
ok "one without its value, too" refused '--waiting : cette valeur' "$docket" case list --waiting x --lang fr
acts=$("$docket" case nothing --lang en 2>&1 | sed 's/.*there are //')
ok "every act of a case has its form, in every language" same "" "$(for l in en fr es hu; do for act in $acts; do "$docket" case "$act" 1 2 3 4 --lang "$l" 2>&1 | grep -q -F "docket case $act" || echo "$l $act"; done; done | grep -v ' open$')"
ok "so has every act of contacts" same "" "$(for l in en fr es hu; do for act in list show set merge unmerge apart assign import; do "$docket" contact "$act" 1 2 3 4 --lang "$l" 2>&1 | grep -q -F ": docket contact $act" || echo "$l $act"; done; done)"

ok "codes are explained in words" refused 'partly (fondée en partie)' "$docket" case outcome "$a" won --lang fr
ok "what a case lacks to be closed is told in words" refused 'hiányzik: az eredmény, az ok, a végső válasz' "$docket" case close "$a" resolved --lang hu
ok "why a case is closed, too" refused 'está cerrado (no deseado)' eval '"$docket" case close "$a" spam >/dev/null; "$docket" case work "$a" --lang es'
ok "a number without its check digits is told the whole" says '¿quería decir D-2026-000001-45?' "$docket" case show D-2026-000001 --lang es
ok "nothing at all is no note" refused '--text is missing' "$docket" case note "$a"
