#!/bin/bash
# Vocabularies to and from SKOS: what goes out comes back the same, others' come in, what is no Turtle is told with its place.
# shellcheck source=tests/flow/lib.sh disable=SC2016
source "$(dirname "$0")/lib.sh"

fresh_store --country GB
cd "$work" || exit 1
vocab () { "$docket" vocab "$@"; }
cat >"$store/vocabulary/moods.yaml" <<'YAML'
scheme: mood
concepts:
  glad:
    label: {en: glad, fr: content, es: contento, hu: vidám}
    file: {en: joy}
    implies: {thanks: 0.25}
    alternative: {en: [merry, "no: not sad"], hu: {1: [víg*], 0.5: [derűs]}}
    misspelling: {en: [gald]}
    ocr: {en: [g1ad]}
    abbreviation: {en: [v. g.]}
    cue: {en: {2: [over the * moon], 0: [glad rags], -0.5: ["\"glad\""]}}
  merry:
    broader: glad
    label: {en: very merry}
YAML

# Out and in again
ok "all schemes go out" vocab export all.ttl
ok "as Turtle to the terminal too" cmp all.ttl <(vocab export)
ok "with names, other words and cues" test "$(grep -c -E 'skos:(pref|alt|hidden)Label' all.ttl)" -gt 100
ok "a code of the taxonomy is the notation" says 'skos:notation "37"' cat all.ttl
ok "both directions of broader" grep -q -F 'skos:narrower subject:defective' all.ttl
ok "a name for files is kept" says 'docket:fileForm "joy"@en' cat all.ttl
ok "one scheme goes out alone" same 1 "$(vocab export --scheme mood | grep -c 'skos:ConceptScheme')"
ok "an unknown one is wrong usage" exits 64 vocab export --scheme tunes
for scheme in kind sign subject mood; do
  ok "the scheme $scheme comes back" vocab import all.ttl --scheme $scheme --out $scheme.yaml
done
cat >expected.yaml <<'YAML'
scheme: mood
concepts:
  glad:
    label: {en: glad, fr: content, es: contento, hu: vidám}
    file: {en: joy}
    implies: {thanks: 0.25}
    alternative:
      en: [merry, "no: not sad"]
      hu:
        1: [víg*]
        0.5: [derűs]
    misspelling:
      en: [gald]
    ocr:
      en: [g1ad]
    abbreviation:
      en: [v. g.]
    cue:
      en:
        2: [over the * moon]
        0: [glad rags]
        -0.5: ["\"glad\""]
  merry:
    broader: glad
    label: {en: very merry}
YAML
ok "byte for byte in the canonical form" cmp expected.yaml mood.yaml
mkdir same
cp kind.yaml same/kinds.yaml; cp sign.yaml same/signs.yaml; cp mood.yaml same/moods.yaml
ok "which stands for the same words" same '' "$(vocab diff same/signs.yaml | grep '^[+-]'; vocab diff same/moods.yaml | grep '^[+-]')"
rm "$store/vocabulary/trades.yaml"
cp subject.yaml "$store/vocabulary/subjects.yaml"
cp same/*.yaml "$store/vocabulary/"
ok "gone out once more it is the same Turtle" cmp all.ttl <(vocab export)
for scheme in kind sign subject mood; do
  ok "and $scheme the same file" cmp $scheme.yaml <(vocab import all.ttl --scheme $scheme 2>/dev/null)
done
ok "several schemes at once are refused, and named" says 'choose one by --scheme: field follow-up form kind mood sign subject urgency' vocab import all.ttl
ok "as wrong input" exits 78 vocab import all.ttl

# A tool of others leaves out what is ours alone
cat <<'TTL' >plain.ttl
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<urn:docket:scheme:tune> a skos:ConceptScheme .
<urn:docket:scheme:tune#song> a skos:Concept ; skos:prefLabel "song"@en ; skos:altLabel "air"@en ; skos:hiddenLabel "sogn"@en .
TTL
ok "plain SKOS is enough" same 'scheme: tune concepts: song: label: {en: song} alternative: en: [air] misspelling: en: [sogn]' "$(vocab import plain.ttl 2>/dev/null | xargs -d '\n' | tr -s ' ')"

# A thesaurus of others
foreign=$ROOT/tests/fixtures/vocab/garden.ttl
cat >expected.yaml <<'YAML'
scheme: garden
concepts:
  tools:
    label: {en: tools, fr: outils, hu: eszközök}
    alternative:
      en: [garden tools, implements]
    misspelling:
      en: [toolz]
  spade-shovel:
    broader: tools
    label: {en: "spade, shovel", fr: "pelle \"à trou\""}
    alternative:
      es: ["no"]
  mower:
    broader: tools
    label: {en: lawn mower}
  lawn:
    label: {en: lawn, fr: pelouse}
# Their folders, as in taxonomy/:
#   tools: {code: G1}
YAML
vocab import "$foreign" --scheme garden --out garden.yaml 2>said
ok "a thesaurus of others comes in" cmp expected.yaml garden.yaml
ok "what was taken is said" says 'garden: 4 concepts with 12 labels' cat said
ok "what was left out too: languages" says 'left out: 2 labels in other languages' cat said
ok "concepts without a name" says 'left out: 1 concept without a label' cat said
ok "a second broader concept" says 'left out: 1 link to a second broader concept' cat said
ok "in the language asked for" says '4 fogalom' vocab import --lang hu "$foreign"
ok "in JSON" same '4 2 1 1' "$(vocab import --json --scheme garden --out x.yaml "$foreign" | jq -r '"\(.concepts) \(.left_out.languages) \(.left_out.nameless) \(.left_out.broader)"')"
ok "it can be applied" says '+ garden tools/mower: en “lawn mower” (label, 1)' vocab apply garden.yaml
ok "and is a scheme then" says 'garden tools (tools)' vocab list garden
ok "which goes out" says 'garden:mower' vocab export --scheme garden

# No Turtle
bad () { printf '@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n%b' "$2" >bad.ttl; says "$1" vocab import --scheme ring bad.ttl; }
ok "a text without end is told with its line" bad 'bad.ttl:3:29: this is no Turtle' '<a> a skos:Concept ;\n  skos:prefLabel "broken@en .\n'
ok "an undeclared prefix with its place" bad 'bad.ttl:3:3: the prefix “foo:” is not declared' '<a> a skos:Concept ;\n  foo:label "x"@en .\n'
ok "what is no statement at all" bad 'bad.ttl:2:' 'this is no turtle'
ok "bytes that are no UTF-8" bad 'bad.ttl:2:1: this is no Turtle' '\xff\xfe'
ok "a circle" bad 'is broader than itself' '<a> a skos:Concept ; skos:prefLabel "a"@en ; skos:broader <b> . <b> a skos:Concept ; skos:prefLabel "b"@en ; skos:broader <a> .'
ok "an id that another scheme has" bad 'bad.ttl:1:1: the scheme kind of the store has a concept complaint already' '<complaint> a skos:Concept ; skos:prefLabel "a"@en .'
ok "a file without concepts" bad 'no concept with a label' ''
ok "all as wrong input" exits 78 vocab import bad.ttl
: >bad.ttl
ok "an empty file" says 'this file names no concept scheme' vocab import bad.ttl
ok "a file that is not there" exits 1 vocab import nothing.ttl
ok "a folder that is not there" exits 1 vocab import --scheme garden --out nowhere/x.yaml "$foreign"
ok "without a file it is wrong usage" exits 64 vocab import
echo "1..$n"
