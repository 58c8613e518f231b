#!/bin/bash
# The vocabulary of the house: what its words find, what is wrong with them, and a change that is shown, made and taken back.
# shellcheck source=tests/flow/lib.sh disable=SC2016
source "$(dirname "$0")/lib.sh"

letter () { printf 'Joan Harker\n12 Mill Lane\n\n3 November 2026\n\nDear Sir or Madam,\n\n%s\n\nYours faithfully,\nJoan Harker\n' "$2" >"$work/$1"; }
letter 1.txt 'Thank you very much for the kind help with my kettle. Your staff were wonderful.'
letter 2.txt 'The zorgle on the wall is not like the zorgle of last year, and it hums.'
letter 3.txt 'My neighbour has a zorgle as well. His zorgle does not hum, mine hums at night.'
fresh_store --country GB
env DOCKET_NOW=$late "$docket" ingest --wait --jobs 1 --received 2026-11-23 "$work"/{1,2,3}.txt >/dev/null
doc () { "$docket" show --json "$1" | jq -r "$2"; }
settle () { "$docketd" --store "$store" --once --quiet; }
entries () { in_store "select count(*) from ledger"; }
subject_is () { same "$2" "$(doc "$1" .subject.value)"; }
vocab () { "$docket" vocab "$@"; }

# What the words find
hits () { vocab list --json "$1" | jq -r "select(.path == \"$2\").labels[] | select(.text == \"$3\") | \"\\(.letters) \\(.counted)\""; }
ok "a word is found in one letter of three" same '1 1' "$(hits subject service staff)"
ok "all concepts are listed, with their labels" says 'subject delivery/not-received (not received): ' vocab list
ok "in the language asked for" says 'kind thanks (köszönet): ' vocab list kind --lang hu
ok "the letters are counted" says '3 letters looked at' vocab list
ok "an unknown scheme is wrong usage" exits 64 vocab list moods
ok "and the answer names those that there are" says 'there are field follow-up form kind sign subject urgency' vocab list moods

# A change, shown
before=$(entries) was=$(doc "#2" .subject.value)
mkdir "$work/new"
sed 's/^  general:/  zorgle:\n    label: {en: zorgle}\n    cue: {en: {4: [zorgle]}}\n  general:/' "$store/vocabulary/subjects.yaml" >"$work/new/subjects.yaml"
ok "a difference names the new labels" says '+ subject zorgle: en “zorgle” (cue, 4)' vocab diff "$work/new/subjects.yaml"
ok "and the letters that would be decided otherwise" says '3 documents looked at: 2 would be decided otherwise' vocab diff "$work/new"
ok "in JSON too" same '["subject zorgle: en “zorgle” (label, 1)","subject zorgle: en “zorgle” (cue, 4)"]' "$(vocab diff --json "$work/new" | jq -sc 'map(.added // empty)')"
ok "nothing was written" same "$before" "$(entries)"
ok "nor put into the store" same 0 "$(grep -c zorgle "$store/vocabulary/subjects.yaml")"
mkdir -p "$work/whole/vocabulary" "$work/whole/taxonomy"
cp "$work/new/subjects.yaml" "$work/whole/vocabulary/"
sed 's/^  delivery:/  zorgle: {code: "99", en: Zorgles}\n  delivery:/' "$store/taxonomy/folders.yaml" >"$work/whole/taxonomy/folders.yaml"
ok "a folder of both tells the folder too" says '/Zorgles/2026' vocab diff "$work/whole"
kind=$(doc '#2' .kind.value)
sed "s/^  $kind:/&\n    file: {en: missive}/;/^  $kind:/,/label/{/^    file: {en: [^m]/d}" "$store/vocabulary/kinds.yaml" >"$work/kinds.yaml"
ok "another name of a kind tells the names that would change" says ' missive' vocab diff "$work/kinds.yaml"
ok "and nothing else" says ' 0 would be decided otherwise, ' vocab diff "$work/kinds.yaml"
ok "the same files would change nothing" says 'in force already' vocab diff "$store/vocabulary"

# Bad files
printf 'scheme: subject\nconcepts:\n  zorgle: {label: {en: zorgle}, colour: red}\n' >"$work/bad.yaml"
ok "a wrong file is told with its place" says 'vocabulary/bad.yaml:3:33: unknown key' vocab diff "$work/bad.yaml"
ok "as a configuration error" exits 78 vocab apply "$work/bad.yaml"
printf 'scheme: subject\nconcepts:\n  delivery: {label: {en: zorgle}}\n' >"$work/double.yaml"
ok "a concept of another file is not taken twice" says 'the concept delivery stands twice, also at vocabulary/' vocab apply "$work/double.yaml"
printf 'colour: red\n' >"$work/other.yaml"
ok "a file that is neither is refused" says 'neither a vocabulary' vocab diff "$work/other.yaml"
ok "a file that is not there too" exits 1 vocab diff "$work/nothing.yaml"
mkdir "$work/empty"
ok "and an empty folder" says 'there is no file of a vocabulary' vocab diff "$work/empty"
ok "without a path it is wrong usage" exits 64 vocab diff
ok "an unknown word too" exits 64 vocab mend
ok "options of other parts too" exits 64 vocab lint --out x
ok "none of them changed anything" same "$before" "$(entries)"

ok "of the vocabulary that came with docket lint finds nothing to do" exits 0 vocab lint
ok "but counts what could be said" says 'came with docket: docket vocab lint --all' vocab lint
ok "and says it where it is asked for" exits 1 vocab lint --all
ok "no other part has that option" exits 64 vocab list --all

# Made and taken back
start_docketd --quiet
vocab apply "$work/whole" >"$work/said"
ok "it is applied" says '2 documents are understood anew under configuration version 2' cat "$work/said"
ok "the letter is understood anew" within 20 subject_is '#2' zorgle
ok "under the new version" says 'configuration version 2' "$docket" why '#2'
rests () { at_rest && says "$1" doc "$2" .folder; }
ok "its folder follows" within 20 rests /Zorgles/2026 '#2'
ok "the store has the new file" cmp "$work/new/subjects.yaml" "$store/vocabulary/subjects.yaml"
ok "and nothing else was left there" test ! -e "$store/vocabulary/.new-subjects.yaml"
ok "a second time changes nothing" says 'in force already' vocab apply "$work/whole"
ok "nor does a replay" says ' 0 would be decided otherwise, 0 only' "$docket" replay
"$docket" review --set subject=service '#3' >/dev/null
vocab undo >"$work/said"
ok "it is taken back" says ' under configuration version 3' cat "$work/said"
ok "the letter is understood as before" within 20 subject_is '#2' "$was"
ok "what a person decided meanwhile stays" same service "$(doc '#3' .subject.value)"
ok "the files are as before" same 0 "$(cat "$store"/vocabulary/*.yaml "$store"/taxonomy/*.yaml | grep -c -i zorgle)"
vocab undo >/dev/null
ok "taking that back is the change again" within 20 subject_is '#2' zorgle
ok "it comes to rest" within 20 at_rest
printf 'scheme: colour\nconcepts:\n  red: {label: {en: red, fr: rouge, es: rojo, hu: piros}}\n' >"$work/colour.yaml"
vocab apply "$work/colour.yaml" >/dev/null
ok "a new file comes in" same colour "$(vocab list --json colour | jq -r .scheme)"
vocab undo >/dev/null
ok "and goes out again" test ! -e "$store/vocabulary/colour.yaml"
stop_docketd
ok "the store is clean" is_clean
fresh_store --country GB
ok "a new store has nothing to take back" says 'no version of the configuration has another vocabulary' vocab undo

# What is wrong with it
cat >"$store/vocabulary/words.yaml" <<'YAML'
scheme: mood
concepts:
  glad:
    label: {en: glad, fr: content, es: contento}
    cue: {en: {1: [so merry, mer*, merry, ha*], 0: [glad rags, not a bit]}}
  cross:
    label: {en: cross, fr: fâché, es: enfadado, hu: mérges}
    cue: {en: [so merry, cross], fr: ["*"]}
YAML
cat >"$store/vocabulary/signs.yaml" <<'YAML'
scheme: sign
concepts:
  negation: {label: {en: not, fr: pas, es: "no", hu: nem}, cue: {en: {2: [never]}}}
YAML
lint () { "$docket" vocab lint --lang "${speaks:-en}" | grep -E '^vocabulary/(words|signs)'; }
found () { says "$@" lint; }
ok "lint tells a concept without a label in a language" found 'words.yaml:4:5: glad has no label in Hungarian'
ok "the same words under two concepts" found 'words.yaml:8:16: “so merry” stands also under glad, vocabulary/words.yaml:5:20'
ok "the same words twice in one" found 'words.yaml:8:26: “cross” stands in this concept already, vocabulary/words.yaml:7:17'
ok "words that another label stands for" found 'words.yaml:5:36: “merry” has no effect, since “mer*” stands for it too, vocabulary/words.yaml:5:30'
ok "too short a beginning" found 'words.yaml:5:43: “ha*” stands for too many words'
ok "a label that is every word" found 'words.yaml:8:39: “*” is every word'
ok "a weight 0 that hides nothing" same 1 "$(lint | grep -c 'has the weight 0')"
ok "namely that one" found '“not a bit” has the weight 0'
ok "a weight that has no effect" found 'signs.yaml:3:75: “never” is a sign'
speaks=fr
ok "in the language asked for" found 'importe quel mot'
speaks=en
ok "it ends with status 1" exits 1 vocab lint
ok "in JSON with codes" same 'covered short zero' "$(vocab lint --json | jq -r 'select(.file == "vocabulary/words.yaml" and .line == 5).code' | sort | xargs)"
cat >"$store/vocabulary/words.yaml" <<'YAML'
scheme: mood
concepts:
  glad: {label: {en: glad, fr: content, es: contento, hu: vidám}}
YAML
rm "$store/vocabulary"/{subjects,trades,signs}.yaml
cat >"$store/vocabulary/kinds.yaml" <<'YAML'
scheme: kind
concepts:
  complaint: {label: {en: complaint, fr: réclamation, es: reclamación, hu: panasz}, cue: {en: [it never came, lamp, sundial]}}
  suggestion: {label: {en: suggestion, fr: suggestion, es: sugerencia, hu: javaslat}, cue: {en: [would be nice]}}
  thanks: {label: {en: thanks, fr: merci, es: gracias, hu: köszönet}, cue: {en: [thank you, lantern]}}
  question: {label: {en: question, fr: question, es: consulta, hu: kérdés}, cue: {en: [thank, when]}}
  other: {label: {en: other, fr: autre, es: otro, hu: egyéb}}
YAML
ok "what is right leaves nothing to say" exits 0 vocab lint
for i in $(seq 60); do
  what='I ask for your answer by letter'
  [ $((i % 3)) -eq 0 ] && what='It never came, and the lantern is not here'
  [ $((i % 3)) -eq 1 ] && what='Thank you for the lantern that your shop sent to us'
  letter "many-$i.txt" "This is letter number $i about the lamp on my desk. $what."
done
env DOCKET_NOW=$late "$docket" ingest --wait --received 2026-11-23 "$work"/many-*.txt >/dev/null
of () { "$docket" search --json "$1" | jq -r '"#\(.document)"' | sort -u; }
of came | xargs "$docket" review --set kind=complaint >/dev/null
of sent | xargs "$docket" review --set kind=thanks >/dev/null
of answer | xargs "$docket" review --set kind=question >/dev/null
settle
ok "a word that stands in no letter is told" says '“sundial” stands in none of 60 letters' vocab lint
ok "with its place" says 'vocabulary/kinds.yaml:3:117: “sundial”' vocab lint
ok "one that stands nearly everywhere" says '“lamp” stands in 60 of 60 letters' vocab lint
ok "one that always lies in a longer one" says '“thank” never counts: in all 20 letters with it, it lies inside a longer label such as “thank you”' vocab lint
ok "one that stands in many, all of its own kind, is not" same 0 "$(vocab lint | grep -c 'it never came')"
echo "1..$n"
