#!/bin/bash
# One file for each person over every address: found at registration, merged and unmerged exactly, filled from the customer list; made anew from the ledger.
# shellcheck source=tests/flow/lib.sh disable=SC2016
source "$(dirname "$0")/lib.sh"

take () { env DOCKET_NOW=$late "$docket" ingest --wait --received 2026-11-23 "$@" >/dev/null; }
file () { "$docket" contact show "$@" --json; }
number () { "$docket" show "$1" --json | jq -r .case.number; }
counts () { file "$1" | jq -c '[(.cases | length), (.documents | length), (.messages | length), (.pointers | length)]'; }
entries () { in_store 'select count(*) from ledger'; }
contact_of () { in_store "select root from contact join cases on contact.id = cases.contact join document on document.case_id = cases.id where document.id = $1"; }

# Scenario 18: one person with three addresses.
fresh_store --country ES --lang es
printf 'Estimados señores:\n\nQuiero reclamar por la factura de marzo: me han cobrado dos veces.\nMi número de cliente es 4711-22.\n\nAtentamente,\nJosé García López\nCalle León y Castillo 12, 35003 Las Palmas de Gran Canaria\njose.garcia@ejemplo.es\n' >"$work/a.txt"
printf 'Estimados señores:\n\nSigo sin respuesta a mi reclamación sobre el cobro doble.\n\nAtentamente,\nJosé García López\nJOSE.GARCIA@ejemplo.es\nTel. 612 345 678\n' >"$work/b.txt"
printf 'Estimados señores:\n\nEl pedido nunca llegó y exijo una solución.\n\nAtentamente,\nJ. García López\nTel. +34 612 345 678\njgl@trabajo.example.es\n' >"$work/c.txt"
printf 'Estimados señores:\n\nLes escribo desde mi casa: el pedido nunca llegó.\n\nAtentamente,\nJosé García López\npepe@casa.example.es\n' >"$work/d.txt"
for letter in a b c d; do take "$work/$letter.txt"; done
ok "the same e-mail leads to the same person" same 1 "$(contact_of 2)"
ok "so does a phone number with a name" same 1 "$(contact_of 3)"
ok "a name alone does not" same 2 "$(contact_of 4)"
ok "it is only proposed" same '[2,1,"name"]' "$("$docket" contact list --proposals --json | jq -c '[.contact, .other, .reason]')"
ok "in words too" says 'may be #1' "$docket" contact list --proposals
ok "who gives a customer number is a customer, where he lives is known" same 'client ES-CN' "$(file 1 | jq -r '"\(.lifecycle) \(.region)"')"
"$docket" case hear "$(number '#1')" --channel phone --text 'Llamó y pregunta por su dinero.' >/dev/null
"$docket" case link "$(number '#4')" 'crm:case/77' --label CRM >/dev/null
ok "the file lists what was said on the phone" same '[2,3,2,0]' "$(counts 1)"
file 1 >"$work/one.before" && file 2 >"$work/two.before"
ok "the two are merged" says 'is merged into #1' "$docket" contact merge '#1' '#2'
ok "every document, message, case and pointer is in one file" same '[3,4,2,1]' "$(counts 1)"
ok "over all addresses" same 3 "$(file 1 | jq '[.points[] | select(.type == "email")] | length')"
ok "the other's number leads there too" same 1 "$(file 2 | jq .contact)"
ok "so does each of the addresses" same '1 1 1' "$(for a in pepe@casa.example.es jgl@trabajo.example.es 612345678; do file "$a" | jq .contact; done | xargs)"
ok "nothing is proposed any more" same '' "$("$docket" contact list --proposals)"
ok "undone, the first file is as it was" eval '"$docket" contact unmerge 2 >/dev/null; file 1 | diff - "$work/one.before"'
ok "and the second" eval 'file 2 | diff - "$work/two.before"'
ok "once more cannot be undone" exits 1 "$docket" contact unmerge 2
ok "they can be told apart" exits 0 "$docket" contact apart 1
ok "then nobody asks again" same '' "$("$docket" contact list --proposals)"
ok "a case can be given to another" exits 0 "$docket" contact assign "$(number '#3')" '#2'
ok "which counts" same '[2,2,0,1]' "$(counts 2)"
ok "people are found without accents, by the beginnings of words" same 2 "$("$docket" contact find 'garc jos' --json | wc -l)"
ok "and by the beginning of an e-mail" same 2 "$("$docket" contact find pepe@ --json | jq .contact)"

# Cases by their customer
listed () { "$docket" case list --json "$@" | wc -l; }
ok "cases are listed by e-mail, whatever the address of the letter" same 2 "$(listed --email Pepe@casa.example.es --name jose)"
ok "by words of a name, without accents" same 3 "$(listed --name 'garcía lopez')"
ok "together with other conditions" same '0 1' "$(listed --name garcia --status closed) $(listed --name garcia --email jose.garcia@ejemplo.es --status not_started)"
ok "nobody has none" same '0 0' "$(listed --name zzz) $(listed --email nobody@ejemplo.es)"
ok "what is no e-mail is refused" exits 64 "$docket" case list --email pepe

# The file of customers
printf 'Número de cliente;Nombre;Dirección;Correo electrónico;Estado;Idioma\n4711-22;José García López;;;antiguo cliente;español\n1002;Ana Pérez Ruiz;Calle Mayor 3, 28013 Madrid;ana@ejemplo.es;;\n;Sin Número;;;;\n1004;Luz Gil;;nada;;\n' >"$work/clientes.csv"
ok "a list of customers is taken, the bad lines named" exits 1 "$docket" contact import "$work/clientes.csv"
before=$(entries)
ok "each by number, with a sentence" says 'line 4: no customer number; the line is not taken' "$docket" contact import "$work/clientes.csv"
ok "in the language asked for" says 'línea 5: «nada» no es un correo electrónico' "$docket" contact import --lang es "$work/clientes.csv"
ok "a second time changes nothing" same "$before" "$(entries)"
ok "the list says who was a customer" same former "$(file 4711-22 | jq -r .lifecycle)"
ok "and who is one" same '"client" "ES-MD"' "$(file 1002 | jq -c '.lifecycle, .region' | xargs -d '\n')"
ok "a file that names no columns is refused" says 'does not name the columns' "$docket" contact import "$work/a.txt"
printf 'number;name;email\n2001;"Ana\nGil Mora";anamora@ejemplo.es\n2002;"Luis Rey;luisrey@ejemplo.es\n2003;Eva Sanz;eva@ejemplo.es\n' >"$work/unclosed.csv"
ok "a quotation mark that is never closed swallows no lines unnoticed" says 'line 4: a quotation mark is never closed; from there on nothing is taken' "$docket" contact import "$work/unclosed.csv"
ok "a name on two lines is one" same 'Ana Gil Mora' "$(file 2001 | jq -r .name)"
ok "what is another's is not taken from him" says 'has it; merge the two' "$docket" contact set 1002 --add email=pepe@casa.example.es
ok "but can be shared" exits 0 "$docket" contact set 1002 --add email=pepe@casa.example.es --shared --language fr
ok "then it leads to several" says 'leads to several' "$docket" contact show pepe@casa.example.es
ok "nonsense is refused" exits 64 "$docket" contact set 1002 --country Spain
ok "nobody is an answer" exits 1 "$docket" contact show nobody@ejemplo.es

# A sender who was misread
printf 'Estimados señores:\n\nEl televisor nunca funcionó y exijo que lo cambien.\n\nAtentamente,\nBruno Salas Rey\nana@ejemplo.es\nTel. 699 111 222\n' >"$work/misread.txt"
take "$work/misread.txt"
points () { file "$1" | jq -r '[.points[].value] | sort | join(" ")'; }
before=$(file 1002)
ok "an e-mail that was misread leads to somebody else" same "$(jq .contact <<<"$before")" "$(contact_of 5)"
"$docket" review --set email=bruno@ejemplo.es '#5' >/dev/null
bruno=$(contact_of 5)
ok "corrected, the case has a contact of its own" same '699 111 222 Bruno Salas Rey bruno@ejemplo.es' "$(points "#$bruno")"
ok "and nothing of it stays with the other" eval 'points 1002 | grep -q -v -e Bruno -e 699'
"$docket" review --set email=ana@ejemplo.es '#5' >/dev/null
ok "corrected back, it leads back" same "$(jq .contact <<<"$before")" "$(contact_of 5)"
"$docket" review --set email=bruno@ejemplo.es --set sender='Bruno Salas Roy' '#5' >/dev/null
ok "a name that is corrected is the name of the contact that the letter made" same 'Bruno Salas Roy' "$(file bruno@ejemplo.es | jq -r .name)"
"$docket" contact assign "$(number '#5')" 1002 >/dev/null
"$docket" review --set email=other@ejemplo.es '#5' >/dev/null
ok "what a person said of the contact stays" same "$(jq .contact <<<"$before")" "$(contact_of 5)"

all () { "$docket" contact list --json; for c in 1 2 1002 1004; do file "$c"; done; }
all >"$work/all"
ok "nothing is wrong with the store" is_clean
"$docket" rebuild >/dev/null
ok "the catalogue made anew knows them all the same" eval 'all | diff - "$work/all"'
ok "and verifies" is_clean
ok "no person stands in the part of the ledger that is never erased" same 0 "$(grep -h '"activity":"contact\|"activity":"case.contact' "$store"/ledger/*.log | grep -c -i -e 'garc' -e 'ejemplo' -e '35003')"
echo "1..$n"

# An address speaks for the country that it shows, and for no other.
fresh_store --country ES --lang es
printf 'Karim Benhaddou\n14 montée du Phare\n44990 Port-Saint-Yves\n\nMadame, Monsieur,\n\nje vous adresse une réclamation : la facture de novembre est fausse et personne ne répond à mes courriers.\n\nVeuillez agréer, Madame, Monsieur, mes salutations distinguées.\n\nKarim Benhaddou\nkarim@benhaddou.example\n' >"$work/karim.txt"
printf 'Helen Marsden\n7 Ash Grove\nLeeds LS6 2AB\n\nDear Sir or Madam,\n\nI am writing to complain about the boiler that your engineer left broken.\n\nYours faithfully,\nHelen Marsden\nhelen@marsden.example\n' >"$work/helen.txt"
take "$work/karim.txt" "$work/helen.txt"
where () { "$docket" contact show "$1" --json | jq -r '"\(.name) \(.country) \(.region)"'; }
ok "a French letter is not from Aragón" says 'Benhaddou FR FR-PDL' where karim@benhaddou.example
ok "nor one from Leeds from Spain" says 'Marsden GB ' where helen@marsden.example
