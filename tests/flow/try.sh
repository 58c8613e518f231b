#!/bin/bash
# docket try on the sample mail: its form to the letter, its order, its options, what it knows, and that ingest comes to the same.
# shellcheck source=tests/flow/lib.sh disable=SC2016
source "$(dirname "$0")/lib.sh"
here=$ROOT/tests/flow
out=$work/try.json
samples=("$sample"/*)

# try_to FILE ARGUMENT… : the objects into FILE.
try_to () { local file=$1; shift; "$docket" try --json --received 2026-11-23 "$@" >"$file"; }
valid () { local wrong; wrong=$(jq -r -f "$here/validate-try.jq" "$1" 2>&1) && same "" "$wrong"; }
names () { jq -r '.path | split("/") | last' "$1"; }
# right FIELD FILTER : on how many samples the field of truth.jsonl is what the filter finds.
right () {
  jq -n --slurpfile truth "$ROOT/samples/truth.jsonl" --slurpfile tried "$out" \
    "[\$truth[] as \$t | \$tried[] | select((.path | split(\"/\") | last) == \$t.file and (\$t.$1 as \$wanted | $2))] | length"
}
at_least () { [ "$2" -ge "$1" ] || { echo "$2 of ${#samples[@]}, wanted $1"; return 1; }; }

ok "try takes all samples and ends with 0" try_to "$out" --text "$work/text" "${samples[@]}"
ok "its objects are as promised, to the letter" valid "$out"
ok "there is one for each sample, in the order given" same "$(basename -a "${samples[@]}")" "$(names "$out")"
ok "the path is the one given" same "$(printf '%s\n' "${samples[@]}")" "$(jq -r .path "$out")"
ok "each of them is ok" same ok "$(jq -r .outcome "$out" | sort -u)"
ok "the kind of every sample is right" at_least 21 "$(right kind '.kind.value == $wanted')"
ok "the subject, or one above or below it, is right on 10" at_least 10 "$(right subject '.subject.value as $v
  | ($v + "/" | startswith($wanted + "/")) or ($wanted + "/" | startswith($v + "/"))')"
ok "the date of the letter is right on 20" at_least 20 "$(right letter_date '[.fields[] | select(.name == "letter_date").value][0] == $wanted')"
ok "the sender is right on 19" at_least 19 "$(right sender '[.fields[] | select(.name == "sender").value][0] == $wanted')"
ok "the language is right on all" same "${#samples[@]}" "$(right language '.language == $wanted')"
ok "the number of pages is right on all" same "${#samples[@]}" "$(right pages '(.pages | length) == $wanted')"
ok "the word that only this letter has is read on 20" at_least 20 "$(right word '[.pages[].text] | join("\n") | contains($wanted)')"
ok "bar codes are read where they stand, and nowhere else" same "${#samples[@]}" "$(right barcode '[.barcodes[].value] == [$wanted // empty]')"

shuffled=("${samples[20]}" "${samples[11]}" "${samples[3]}" "${samples[10]}" "${samples[0]}")
try_to "$work/jobs1" --jobs 1 "${shuffled[@]}"
try_to "$work/jobs4" --jobs 4 "${shuffled[@]}"
ok "one job and four give the same, in the order of the inputs" cmp "$work/jobs1" "$work/jobs4"
ok "that order is the one asked for" same "$(basename -a "${shuffled[@]}")" "$(names "$work/jobs4")"

ok "--text writes a file for each input" same "${#samples[@]}" "$(find "$work/text" -name '*.txt' | wc -l)"
ok "the text file is named after the input without its last extension" test -s "$work/text/Réclamation Lefèvre.txt"
jq -j 'select(.path | endswith("szkennelt_0004.tif")) | [.pages[].text] | join("\f")' "$out" >"$work/wanted.txt"
ok "its pages are those of the object, parted by form feeds" cmp "$work/wanted.txt" "$work/text/szkennelt_0004.txt"

mkdir -p "$work/in/a" "$work/in/b"
printf 'Dear Sir or Madam,\n\nMy kettle arrived broken and I want my money back.\n\nYours faithfully,\nJoan Harker\n' >"$work/in/a/note.txt"
printf 'Dear Sir or Madam,\n\nThank you very much for the kettle.\n' >"$work/in/b/note.txt"
: >"$work/in/empty.txt"
printf '%%PDF-1.4\nand nothing more' >"$work/in/broken.pdf"
head -c 4000 /dev/zero >"$work/in/zeros.bin"
cd "$work/in" || exit 1
ok "one refused input makes the status 1" exits 1 try_to "$work/mixed" --text "$work/mixed-text" \
  a/note.txt missing.pdf empty.txt broken.pdf zeros.bin /dev/null b/note.txt
ok "refused inputs have their object, valid too" valid "$work/mixed"
ok "outcomes and reasons are those of the inputs, in their order" same \
  'ok refused:unreadable refused:empty refused:damaged refused:unsupported refused:unreadable ok' \
  "$(jq -r '.outcome + (if .reason then ":" + .reason.code else "" end)' "$work/mixed" | xargs)"
ok "the reason is a sentence a clerk understands" \
  says 'The file is not there or may not be read.' jq -r 'select(.path == "missing.pdf").reason.text' "$work/mixed"
ok "--lang says it in another language" says 'Le fichier' "$docket" try --lang fr --json missing.pdf
ok "a second input of the same stem is named in full" same 'note.txt note.txt.txt' "$(cd "$work/mixed-text" && echo *)"
ok "and has the text of the second input" grep -q 'Thank you' "$work/mixed-text/note.txt.txt"
(cd "$work/in" && "$docket" try --json --text "$work/three" a/note.txt b/note.txt a/note.txt >/dev/null)
ok "a third of the same name takes the place of none" same 'note.txt note.txt.2.txt note.txt.txt' "$(cd "$work/three" && echo *)"

ok "a folder stands for the files in it and below it" same 'a/note.txt b/note.txt' "$("$docket" try --json a b | jq -r .path | xargs)"
mkdir "$work/in/hollow"
ok "one without a file is wrong usage" exits 64 "$docket" try hollow
ok "and says what it lacks" says 'hollow: no file lies in this folder' "$docket" try hollow
rmdir "$work/in/hollow"

policies () { "$docket" try --json --received "$2" --country "$1" a/note.txt | jq -r '.deadlines[] | .policy + " " + .due' | xargs; }
ok "--country GB counts by the rules of the United Kingdom" same 'GB-DISP/final 2027-01-01' "$(policies GB 2026-11-06)"
ok "--country FR by those of France" same 'FR-ACPR/ack 2026-12-04 FR-ACPR/final 2027-01-23' "$(policies FR 2026-11-23)"
ok "--country HU by those of Hungary" same 'HU-FGYTV/final 2026-12-12' "$(policies HU 2026-11-12)"
ok "without it by those of Spain, from the day given" same 'ES-LEY10-2025/final 2026-12-23' "$(try_to /dev/stdout a/note.txt | jq -r '.deadlines[] | .policy + " " + .due')"
ok "the received day is the one given" same '2026-11-23 option' "$(jq -r '.received | .date + " " + .source' "$out" | sort -u)"
ok "without it, it is today in the country" same "today $(TZ=Europe/Madrid date +%F)" "$("$docket" try --json a/note.txt | jq -r '.received | .source + " " + .date')"
ok "received day and country are shown" says 'received 2026-11-23, country GB' "$docket" try --received 2026-11-23 --country GB a/note.txt
ok "names and folders are in the language of the country" says 'Panaszok/' "$docket" try --country HU a/note.txt
ok "a country that is none is wrong usage" exits 64 "$docket" try --country XX a/note.txt
ok "a day that is none is wrong usage" exits 64 "$docket" try --received 2026-02-30 a/note.txt
ok "so is a number of jobs below nothing" exits 64 "$docket" try --jobs -2 a/note.txt
ok "no file at all is wrong usage" exits 64 "$docket" try
cd "$ROOT" || exit 1

fresh_store --country ES
env DOCKET_NOW=$late "$docket" ingest --wait --received 2026-11-23 "$sample" >/dev/null
for id in $(seq ${#samples[@]}); do "$docket" show --json "#$id"; done >"$work/show.json"
comparable () { jq -cS 'del(.path, .document, .number, .stage, .review, .case, .receipts, .copies, .copy_of)' "$1"; }
ok "show --json after ingest has the same keys and values as try, for every sample" \
  diff <(comparable "$out") <(comparable "$work/show.json")
fresh_store --country FR
ok "in a store, try goes by the settings of the store" says 'FR-ACPR/final' "$docket" try "$work/in/a/note.txt"
ok "and shows its country" says 'country FR' "$docket" try "$work/in/a/note.txt"
ok "nothing of it is kept" same 0 "$(documents)"
sed -i 's/^poll_s: .*/poll_s: never/' "$store/docket.yaml"
ok "while a setting of the store is wrong, it says where and goes by no other" says "docket.yaml:$(grep -n '^poll_s' "$store/docket.yaml" | cut -d: -f1):9: poll_s is \"never\"" "$docket" try "$work/in/a/note.txt"
ok "and ends with 78" exits 78 "$docket" try "$work/in/a/note.txt"
