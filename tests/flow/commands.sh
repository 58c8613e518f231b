#!/bin/bash
# The commands of docket as a person types them, on a store with the sample mail and two files that cannot be read.
# shellcheck source=tests/flow/lib.sh disable=SC2016
source "$(dirname "$0")/lib.sh"

: >"$work/empty.txt"
printf '%%PDF-1.4\nand nothing more' >"$work/broken.pdf"
fresh_store --country ES
total=$(find "$sample" -type f | wc -l)
ok "ingest ends with 1 when a file is refused" exits 1 env DOCKET_NOW=$late "$docket" ingest --wait --received 2026-11-23 "$sample" "$work/empty.txt" "$work/broken.pdf"
number_of () { "$docket" list --json | jq -r "select(.name != null and (.name | contains(\"$1\"))).number"; }
said () { "$docket" "$@" 2>&1; }
finds () { local words=$1; shift; said=$("$docket" search "$@"); grep -q -F -- "$words" <<<"$said" || { echo "$said"; return 1; }; }
speaks () { said=$("$docket" "${@:3}" --lang "$1" 2>&1); grep -q -F -- "$2" <<<"$said" || { echo "$said"; return 1; }; }
pages () { "$docket" search --json --limit 1000 "$@" | wc -l; }
json_holds () { local filter=$1; shift; "$@" | jq -e "$filter" || { "$@"; return 1; }; }

# init, up, wrong words
ok "init will not touch a store that is there" says 'holds a store already' "$docket" init "$store"
ok "nor end with 0" exits 1 "$docket" init "$store"
ok "a country that is none is wrong usage" exits 64 "$docket" init --country XX "$work/none"
ok "and makes no folder" test ! -e "$work/none"
("$docket" up "$store" >"$work/up" 2>&1 & echo $! >"$work/up.pid"; wait)&
within 10 test -s "$work/up"
ok "the first line of up says where to drop files" same \
  "docket works on $store: drop files into $inbox; stop with Ctrl-C." "$(head -1 "$work/up")"
within 10 status_is running true
ok "a second up is to try again later" exits 75 "$docket" up "$store"
ok "reindex while docketd runs too" exits 75 "$docket" reindex
kill -INT "$(cat "$work/up.pid")"
ok "interrupted, it frees the store" within 10 status_is running false
ok "an unknown command is wrong usage" exits 64 "$docket" frobnicate
ok "and named" says 'there is no command “frobnicate”' "$docket" frobnicate
ok "a store that is not there is wrong usage" exits 64 "$docket" status --store "$work/nowhere"
ok "and named" says "there is no store at $work/nowhere" "$docket" status --store "$work/nowhere"
ok "even where another would do" exits 64 "$docket" try --store "$work/nowhere" samples/mail/javaslat.txt
ok "a number below nothing is told as it was written" says '--limit takes a number from 1 to 1000' "$docket" search --limit -3 gas
ok "an option before the command is told its place" says '--store: options stand behind the command' "$docket" --store x status
ok "an unknown option is wrong usage" exits 64 "$docket" list --frobnicate
ok "and named" says '--frobnicate is no option here; see docket list --help' "$docket" list --frobnicate
ok "a word too many is wrong usage" exits 64 "$docket" status now
ok "a language that docket does not speak is wrong usage" exits 64 "$docket" list --lang de
ok "no store is wrong usage" exits 64 env -u DOCKET_STORE -C "$work" "$docket" list
helps () { for command in $("$docket" --help | sed -n 's/^  \([a-z]*\) .*/\1/p'); do says Usage: "$docket" "$command" --help || return 1; done; }
ok "every command has a help" helps

fresh_store --country HU
ok "in an empty register search finds nothing, which is no failure" same '0 pages: the register is empty' "$("$docket" search kettle || echo failed)"
echo 'Dear Sir, thank you for the kettle.' >"$work/kettle.txt"
ok "ingest without docketd says who will work" says 'docketd does not run' "$docket" ingest "$work/kettle.txt"
ok "before it is worked on, search says that nothing is searchable yet" says 'nothing is searchable yet' "$docket" search kettle
ok "a file given twice is taken in once" says '1 was here already' "$docket" ingest "$work/kettle.txt"
ok "and has one receipt" same 1 "$(receipts)"
ok "with --wait it is worked on" says ' → ' "$docket" ingest --wait "$work/kettle.txt"
table () { "$docket" ingest "$@" | sed -n 's/^ \+\([0-9]\+\) .*/\1/p' | xargs; }
cp "$work/kettle.txt" "$work/copy.txt"
ok "its bytes under another name are a further receipt" same '1 1' "$(table "$work/copy.txt" | cut -d' ' -f1,2)"
ok "which is here already when it comes again, and of none taken in none is known by its bytes" same '0 0 0 0 1 0' "$(table "$work/copy.txt")"
store=$work/store-1 inbox=$store/inbox/default
export DOCKET_STORE=$store

# status, list, balance, verify
ok "status has its keys" json_holds '(keys - ["running", "in_flight", "waiting", "not_taken", "left", "queue", "review", "urgent", "quarantine", "index_lag", "pages", "free_bytes",
  "sandbox", "configuration", "model", "blind", "unowned", "calendars"]) == [] and .running == false and .in_flight == 0 and .quarantine == 2 and .review > 0 and .index_lag == 0
  and .queue == [] and .free_bytes > 0 and .sandbox.sufficient and .configuration == {version: 1, state: "ok", error: null, completed: []}' "$docket" status --json
ok "list has a line for each document" same $((total + 2)) "$(documents)"
ok "its table has a line more, the heading" same $((total + 3)) "$("$docket" list | wc -l)"
numbers () { "$docket" list --json | jq -r '.number // empty | split("/")[0]' | sort | cut -d- -f3 | xargs; }
ok "docket numbers have no gap" same "$(seq -f %06g "$total" | xargs)" "$(numbers)"
ok "balance puts each receipt in one place" json_holds ".day == null and .seen == $total + 2 and .filed == $total and .quarantined == 2
  and .duplicate == 0 and .disposed == 0 and .in_flight == 0 and .waiting == 0 and .missing == []" "$docket" balance --json
ok "balance of the day has them all" json_holds ".seen == $total + 2" "$docket" balance --json --day "${late%T*}"
ok "balance of another day has none" json_holds '.day == "2020-02-29" and .seen == 0' "$docket" balance --json --day 2020-02-29
ok "a day that is none is wrong usage" exits 64 "$docket" balance --day 2026-02-30
ok "verify finds nothing wrong" json_holds '.differences == 0 and .checked.blobs > 0 and .checked.rows > 0 and .checked.entries > 0
  and .checked.indexed == '"$total" "$docket" verify --full --json

# show, why
number=$(number_of Okafor)
same_document () { same "$("$docket" show --json "$number")" "$("$docket" show --json "$1")"; }
ok "show finds a document by its number" same_document "$number"
ok "by the number of its case" same_document "${number%/*}"
ok "by lower-case letters" same_document "${number,,}"
ok "by #id" same_document "#$("$docket" show --json "$number" | jq .document)"
ok "show tells the number, the sender and the name" says "complaint - Daniel Okafor" sed 's/reclamación - dañado en el transporte/complaint/' <("$docket" show "$number")
ok "show --text prints what is read" says 'bookcase' "$docket" show --text "$number"
ok "a subject is told in the reader's words, and by the path one types" speaks hu 'sérült csomag (delivery/damaged)' show "$number"
ok "in why too" speaks fr 'colis endommagé (delivery/damaged)' why "$number"
ok "an unknown number is a finding" exits 1 "$docket" show D-2026-999999-00
ok "named, with what a number looks like" says 'there is no document “bookcase”; a docket number looks like D-2026-000001-' "$docket" show bookcase
ok "one without its check digits is told them" says "did you mean ${number%/*}?" "$docket" show "$(cut -d- -f1-3 <<<"$number")"
ok "one with wrong check digits is told to be misread" says 'was misread or mistyped' "$docket" show "$(cut -d- -f1-3 <<<"$number")-00"
on_80_columns () { script -qec "stty cols 80; '$docket' list" /dev/null | tr -d '\r'; }
ok "on a terminal of 80 columns no line of list is longer" same '' "$(on_80_columns | grep -E '.{81}')"
ok "and the dates are there" grep -q '2026-12-2[0-9]' <(on_80_columns)
ok "without users, that is said" says 'docket user add NAME' "$docket" user list
ok "a report that begins after today is wrong usage" exits 64 "$docket" report --from 2999-01-01
ok "an unknown id too" says 'there is no document #99' "$docket" show '#99'

# Each decision is a line "name: value — …"; below it, what it rests on. That it is in no kind we know of, and the language, rest on no words.
has_reasons () {
  for id in $(seq "$total"); do
    "$docket" why "#$id" | awk -v id="$id" '
      function end() { if (decision != "" && !reasons && decision !~ /^(language|kind: other)/ && decision !~ /not sure/) { print id, decision; bad = 1 } }
      /^contact: #[0-9]+ .* — .*, score [01]\.[0-9][0-9]$/ { next }
      /^[A-Za-z -]+: / { end(); decision = $0; reasons = 0; if ($0 !~ /confidence [01]\.[0-9][0-9], configuration version 1(, model: [0-9a-z]+)?$/) { print id, $0; bad = 1 }; next }
      /^    “.+” \(rule [a-z]+(:[a-z0-9-]+)?, page [0-9]+, (box [0-9]+ [0-9]+ [0-9]+ [0-9]+|characters [0-9]+ to [0-9]+)\)$/ { reasons++; next }
      { print id, $0; bad = 1 }
      END { end(); exit bad }' || return 1
  done
}
ok "why names rule, words, page and place of every decision of every sample" has_reasons
decisions () { "$docket" why --json "$1" | jq -r .name | sort -u | xargs; }
ok "kind, subject and language are always decided" same "$total" "$(for id in $(seq "$total"); do decisions "#$id"; done | grep -c 'kind.* language.* subject')"

# search
for words in 'frigorífico frigorifico Martínez' 'décodeur decodeur Lefèvre' 'konyhabútor konyhabutor Szőllősi' 'spectacles SPECTACLE Pemberton'; do
  read -r with without sender <<<"$words"
  ok "$with is found" finds "$sender" "$with"
  ok "and without its accents, or in another form: $without" finds "$sender" "$without"
done
ok "the words found are marked" finds '[frigorífico]' frigorifico
ok "a phrase is found" finds Marchand '"salle tonic"'
ok "but not with its words in another order" same 0 "$(pages '"tonic salle"')"
ok "a word that must not be there leaves pages out" same 0 "$(pages bookcase -cracked)"
ok "OR finds either" same 2 "$(pages boiler OR bookcase)"
ok "* stands for any ending" finds Pemberton 'spectac*'
in_list () { "$docket" list --json | jq -r "select($1).number" | sort | xargs; }
by_query () { "$docket" search --json --limit 1000 "$@" | jq -r .number | sort -u | xargs; }
for kind in complaint suggestion thanks question other; do
  ok "kind:$kind finds the documents that list has so" same "$(in_list ".kind == \"$kind\"")" "$(by_query "kind:$kind")"
done
for language in en es fr hu; do
  ok "lang:$language finds the documents that list has so" same "$(in_list ".language == \"$language\"")" "$(by_query "lang:$language")"
done
ok "subject: finds what lies below it" same "$(in_list '.subject // "" | startswith("delivery")')" "$(by_query subject:delivery)"
ok "and so does list" same "$(in_list '.subject // "" | startswith("delivery")')" "$("$docket" list --json --subject delivery | jq -r .number | sort | xargs)"
ok "from: finds by the sender" same "$number" "$(by_query from:okafor)"
ok "no: by the number" same "$number" "$(by_query "no:${number%/*}")"
ok "fields and words go together" same "$number" "$(by_query kind:complaint lang:en shelves)"
ok "a word before a colon that is no field is told those there are" speaks hu '„sender:” nem mező; ezek vannak: kind: subject:' search sender:nobody
ok "a telephone number is found without its blanks" same "$number" "$(by_query 07700900175)"
ok "a misspelt word is told, with one that is meant" speaks es '«frigorifoci» no está en ninguna página; ¿quería decir «frigorífico»?' search frigorifoci
ok "no hit is no failure" exits 0 "$docket" search xyzzyplugh
ok "a query that cannot be understood is wrong usage" exits 64 "$docket" search '"salle tonic'
ok "and says what to write" says 'write a second "' "$docket" search '"salle tonic'
ok "so is a kind that is none" says 'there is no kind “banana”' "$docket" search kind:banana
ok "so is a subject that is none" exits 64 "$docket" search subject:nope
ok "and the subjects there are, are named" says 'subject:nope: the vocabulary has no such subject; there are general delivery' "$docket" search kettle subject:nope
ok "a language that is none" says 'lang:zz: there is no such language; a code of ISO 639-1 such as en fr es hu' "$docket" search lang:zz
ok "in list too" exits 64 "$docket" list --language zz
ok "a kind that is none" says '--kind foo: the vocabulary has no such kind; there are complaint suggestion thanks question other' "$docket" list --kind foo
ok "a subject that is none" exits 64 "$docket" list --subject delivery/nope
ok "a profile that is none" says 'it has default' "$docket" ingest --profile nope "$work/kettle.txt"
ok "a language of a user that is none" exits 64 "$docket" user add zoe --languages en,zz
ok "what nobody has, but could, is no failure" exits 0 "$docket" list --language pt --kind suggestion
ok "nor in a search" same '0 pages' "$("$docket" search lang:pt subject:delivery)"
ok "--limit and --offset show a part" same 'limit 2 of more' "limit $("$docket" search --json --limit 2 --offset 1 kind:complaint | wc -l) of more"

# sentences in the four languages
reason () { "$docket" show --json --lang "$1" "#$((total + 1))" | jq -r .reason.text; }
ok "the reason of a refusal is said in English" same 'The file has no content.' "$(reason en | grep -o '^[^.]*\.')"
ok "in Spanish" same 'El archivo' "$(reason es | cut -d' ' -f1,2)"
ok "in French" same 'Le fichier' "$(reason fr | cut -d' ' -f1,2)"
ok "in Hungarian" same 'fájl' "$(reason hu | grep -o -m1 fájl | head -1)"
ok "\$LANG chooses it" says 'Le fichier' env LC_ALL= LC_MESSAGES= LANG=fr_FR.UTF-8 "$docket" show "#$((total + 1))"
ok "\$LC_MESSAGES does before it" says 'El archivo' env LC_ALL= LC_MESSAGES=es_ES.UTF-8 LANG=fr_FR.UTF-8 "$docket" show "#$((total + 1))"
ok "\$LC_ALL before both" says 'The file' env LC_ALL=C.UTF-8 LC_MESSAGES=es_ES.UTF-8 LANG=fr_FR.UTF-8 "$docket" show "#$((total + 1))"
while IFS='|' read -r language words command; do
  read -ra command <<<"$command"
  ok "${command[0]} in $language: $words" speaks "$language" "$words" "${command[@]}"
done <<END
fr|réclamation|list
es|existe el tipo «foo»|search kind:foo
fr|une parenthèse ( n’est pas fermée|search (kettle
hu|legalább 3 betű álljon a * előtt|search ke*
es|un paréntesis ) no cierra nada|search )
fr|#1 n’est pas en quarantaine|review --release #1
hu|nevezze meg az iratokat|review --accept
es|no existe el informe «nope»|report nope
fr|--page et --out vont avec|show --page 1 #1
hu|nincs előtte másik|train --undo
es|no existe el esquema nope|vocab list nope
fr|« nope » est un mot de trop|report lifecycle nope
hu|a docket.yaml fájlban nincs ilyen profil; ezek vannak: default|ingest --profile nope x
es|indique qué exportar|export
fr|la période finit avant de commencer|report --from 2026-02-01 --to 2026-01-01
es|remitente|show $number
hu|panasz|show $number
fr|pays GB|try --country gb $work/kettle.txt
es|página 1: |search frigorifico
hu|karanténban|review
es|2 documentos en cuarentena|status
fr|réceptions|balance
hu|0 eltérés|verify
es|decidido, confianza 0,|why $number
fr|déjà pris en charge|ingest $work/empty.txt
hu|határnap|deadline --rule 15wd --calendar ES --received 2026-11-23
fr|il n’y a pas de document #99|show #99
END
ok "without a store, that is said in the language asked for" says 'no hay almacén' env -u DOCKET_STORE -C "$work" "$docket" list --lang es
ok "--json has codes in any language" same "$("$docket" show --json --lang hu "$number" | jq -c .kind)" "$("$docket" show --json "$number" | jq -c .kind)"
counts () { "$docket" status --lang "$1" | grep -F "$2"; }
echo "one" >"$inbox/one.txt"
ok "one file waits, two wait" counts en '1 file waits in the drop folders'
echo "two" >"$inbox/two.txt"
ok "in every language" counts fr '2 fichiers attendent dans les dossiers de dépôt'
ok "both are named" says 'inbox/default/two.txt: waits its turn' "$docket" status
mv "$inbox/one.txt" "$inbox/one.tmp"
ok "one with the name of what is not finished is told how it can be taken" says 'inbox/default/one.tmp: its name says that it is not finished; give it another name when it is' "$docket" status
ok "it waits for nobody" json_holds '.waiting == 1 and .not_taken == 1 and [.left[] | .why] == ["unfinished", "waits"]' "$docket" status --json
mv "$inbox/two.txt" "$store/inbox/two.txt"
ok "a file beside the drop folders is told its place" speaks es 'inbox/two.txt: docket.yaml no tiene ningún perfil con ese nombre' status
rm "$inbox/one.tmp" "$store/inbox/two.txt"
cp "$sample/scan0012.jpg" "$work/scan0012-again.jpg"
env DOCKET_NOW=$late "$docket" ingest --received 2026-11-25 "$work/scan0012-again.jpg" >/dev/null
again=$("$docket" list --json | jq -r 'select(.name != null and (.name | contains("Okafor"))).number')
ok "a second receipt of the same bytes is told by show" says '2026-11-25, scan0012-again.jpg' "$docket" show "$again"
ok "in --json with its source" json_holds '[.receipts[] | .date + " " + .source + " " + .name] == ["2026-11-23 ingest scan0012.jpg", "2026-11-25 ingest scan0012-again.jpg"]' \
  "$docket" show --json "$again"
ok "list knows the sender" says 'Daniel Okafor' "$docket" list

# reindex; verify of a damaged store
before=$("$docket" search --json --limit 1000 kind:complaint OR kind:thanks | jq -c 'del(.score)' | sort)
mkdir "$work/away" && mv "$work/store-2/index" "$work/away/" && cp -r "$store/index" "$work/store-2/index"
ok "verify finds what the index of another store holds too much" says '"id":"#9","problem":"is searchable, but there is no such document' \
  env DOCKET_STORE="$work/store-2" "$docket" verify --json
ok "and that it is ahead of the ledger" says 'newer than the ledger' env DOCKET_STORE="$work/store-2" "$docket" verify
rm -rf "$store/index"
ok "verify misses a deleted index" exits 1 "$docket" verify
ok "reindex makes it anew" says "$total documents" "$docket" reindex
ok "searches find the same as before" same "$before" "$("$docket" search --json --limit 1000 kind:complaint OR kind:thanks | jq -c 'del(.score)' | sort)"
sum=$(sha256sum <"$sample/scan0012.jpg")
object=$store/objects/${sum:0:2}/${sum:2:62}
chmod 644 "$object" && printf X | dd of="$object" bs=1 seek=5000 conv=notrunc status=none
ok "verify --full finds a changed original and names it" says "${sum:2:62}\",\"problem\":\"has other content than its name says\"" \
  "$docket" verify --full --json
ok "and says to a person which letter it was" says "The original of D-2026-" "$docket" verify --full
ok "and what to do" says "was changed: restore it from a backup" "$docket" verify --full
ok "and ends with 1" exits 1 "$docket" verify --full
sed -i 's/^certain: .*/certain: 7/' "$store/docket.yaml"
line=$(grep -n ^certain: "$store/docket.yaml" | cut -d: -f1)
ok "a wrong setting is a configuration error" exits 78 "$docket" deadline --policy ES-LEY10-2025/final --received 2026-11-23
ok "that begins with file, line and column" says "docket.yaml:$line:10: certain" "$docket" deadline --policy ES-LEY10-2025/final --received 2026-11-23
ok "and speaks the language of who asks" says "certain es «7»; se admite auto" "$docket" status --lang es
ok "while the rest goes on with the last good settings" exits 0 "$docket" list
