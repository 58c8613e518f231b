#!/bin/bash
# Names and folders by templates: looked at before, applied when asked, put back; names that people give.
# shellcheck source=tests/flow/lib.sh disable=SC2016
source "$(dirname "$0")/lib.sh"

letter () { printf '%s\n12 Mill Lane\n\n3 November 2026\n\nDear Sir or Madam,\n\nI am writing to complain. %s\n\nYours faithfully,\n%s\n' "$2" "$3" "$2" >"$work/$1"; }
letter lamp.txt 'Joan Harker' 'The lamp arrived broken, and I want my money back. My order number: A-47110.'
letter kettle.txt 'Peter Woolley' 'The kettle arrived broken, and I want my money back.'
letter chair.txt 'Joan Harker' 'This lamp arrived broken in its box too, and I want my money back.'
letter sofa.txt 'Anne Tilley' 'The sofa arrived broken, and I want my money back.'
fresh_store --country GB
env DOCKET_NOW=$late "$docket" ingest --wait --jobs 1 --received 2026-11-23 "$work"/{lamp,kettle,chair}.txt >/dev/null
of () { "$docket" show --json "$1" | jq -r "$2"; }
place () { of "$1" '.folder + "/" + .name'; }
places () { for i in '#1' '#2' '#3'; do place "$i"; done; }
files () { (cd "$store/filed" && find . -type f | sort); }
lies () { test -f "$store/filed/$(place "$1")"; }
preview () { "$docket" names preview --json "$@" | jq -r "$query"; }
lint () { "$docket" names lint --json "$@" | jq -r 'select(.finding) | "\(.template) \(.finding) \(.what) \(.count)/\(.of)"'; }
entries () { in_store 'select count(*) from ledger'; }
settle () { "$docketd" --store "$store" --once --quiet; }
set_name () { sed -i "s/^name: .*/name: '$1'/" "$store/docket.yaml"; }
set_folder () { sed -i "s|^folder: .*|folder: '$1'|" "$store/taxonomy/folders.yaml"; }
counts='select(has("documents")) | "\(.documents) \(.changed) \(.collisions) \(.by_person)"'

# As shipped
first=$(places)
ok "as shipped, a name has date, kind, subject and sender" says '2026-11-03 complaint - ' place '#1'
ok "and its folder kind, subject and year of receipt" says 'Complaints/' place '#1'
ok "of two equal names the second has its docket number" says "Joan Harker - $(of '#3' .number | tr / ' ').txt" place '#3'
query=$counts
ok "under the same templates nothing would change" same '3 0 1 0' "$(preview)"
before=$(entries)

# Looking before
ok "a template is tried without being in force" same '3 3 0 0' "$(preview --template '{number}')"
query='select(.document == 1) | .would.name'
ok "it says the new name" same "$(of '#1' .number | tr / ' ').txt" "$(preview --template '{number}')"
ok "with the forms of a template" same 'A-47110 JOAN 03.11.26.txt' "$(preview --template '[{order_no} ]{sender:5:upper} {date:DD.MM.YY}')"
query='select(.would) | .would.name'
ok "what has no value vanishes with its brackets" same 'PETER 03.11.26.txt' "$(preview --template '[{order_no} ]{sender:5:upper} {date:DD.MM.YY}' '#2')"
query='select(.document == 2) | .would.folder'
ok "a folder too is tried" same "2026/$(of '#2' .number | cut -d/ -f1)/23" "$(preview --folder '{year}/{case}/{day}')"
query=$counts
ok "collisions are counted" same '3 3 2 0' "$(preview --template '{kind}' --folder '{year}')"
ok "a sample is as large as asked" same '2 2 0 0' "$(preview --template '{number}' --sample 2)"
ok "it is told in the language asked for" says 'documentos examinados' "$docket" names preview --lang es
ok "an unknown placeholder is told, with those that are allowed" says 'character 1: unknown placeholder {nam}; allowed are date' "$docket" names preview --template '{nam}'
ok "as wrong usage" exits 64 "$docket" names preview --template '{nam}'
ok "so is a template for apply" exits 64 "$docket" names apply --template '{number}'
ok "and no part" exits 64 "$docket" names
ok "an unknown document is refused" exits 1 "$docket" names preview D-2026-999999-00
ok "nothing was written so far" same "$before" "$(entries)"

# Lint
ok "lint finds a placeholder that is never filled" same 'name never_filled phone 3/3' "$(lint --template '{sender} {number}[ {phone}]')"
ok "lint finds what is often missing" same 'name often_missing order_no 2/3' "$(lint --template '{number} {order_no}')"
ok "but not in brackets" same '' "$(lint --template '{number}[ {order_no}]')"
ok "nor with a text of its own" same '' "$(lint --template '{number} {order_no|none}')"
ok "lint finds a template that tells nothing apart" same 'name nothing_distinct null 0/3' "$(lint --template '{kind} {date}' | head -n 1)"
ok "and that all collide" same 'name collides null 2/3' "$(lint --template '{kind} {date}' --folder '{year}' | tail -n 1)"
ok "lint finds reserved words" same 'folder reserved CON 0/3' "$(lint --template '{number}' --folder 'CON/{year}')"
ok "lint finds what is too long" same 'name too_long null 2/3' "$(lint --template "{number} {order_no|$(printf 'long %.0s' {1..40})end}")"
ok "findings end with 1" exits 1 "$docket" names lint --template '{kind}'
ok "none with 0" exits 0 "$docket" names lint --template '{number}'
ok "and a sentence" says 'nothing is wrong with the templates' "$docket" names lint --template '{number}'

# Only the configuration changes
set_name '{received:YYYY-MM} {sender|nobody} {number}'
set_folder '{year}/{kind}'
settle
ok "a changed template alone renames nothing" same "$first" "$(places)"
ok "but the next letter is named by it" exits 0 env DOCKET_NOW=$late "$docket" ingest --wait --received 2026-12-24 "$work/sofa.txt"
ok "in the new folder" says '2026/' place '#4'
query=$counts
ok "the preview says what would change" same '4 3 0 0' "$(preview)"

# Applied, and put back
number=$(of '#1' .number | tr / ' ')
ok "applied to one document, without docketd, it is done at once" says '1 document gets another name' "$docket" names apply '#1'
ok "it has its new name" same "2026/Complaints/2026-11 Joan Harker $number.txt" "$(place '#1')"
ok "and lies there" lies '#1'
ok "the old name is gone" test ! -e "$store/filed/$(head -n 1 <<<"$first")"
ok "search finds it" says "$(of '#1' .number)" "$docket" search lamp
ok "the ledger tells the place before" same "$(head -n 1 <<<"$first")" "$(in_store "select json_extract(p.payload, '$.was') from ledger l join ledger_personal p using (seq) where document = 1 and activity = 'document.filed' order by seq desc limit 1")"
start_docketd --quiet
ok "docketd does it where it runs" says 'docketd does it' "$docket" names apply
ok "for the others too" within 20 at_rest
named () { same "$1" "$(files | wc -l)" && same 0 "$(preview | cut -d' ' -f2)"; }
ok "then nothing would change, and each document has one name" named 4
second=$(places)
ok "again it changes nothing" says 'every document has the name' "$docket" names apply
stop_docketd
ok "the store is clean" is_clean
ok "undo puts back what the last run changed" says '2 documents get their former names back' "$docket" names undo
ok "to the very names" same "$(tail -n 2 <<<"$first")" "$(tail -n 2 <<<"$(places)")"
ok "but not what another run changed" same "$(head -n 1 <<<"$second")" "$(place '#1')"
ok "a second undo finds nothing" says 'no former name' "$docket" names undo
ok "to an entry of the ledger, all goes back" says '1 document gets its former name' "$docket" names undo --to "$before"
ok "to the first names" same "$first" "$(places)"
ok "and each lies there alone" same 4 "$(files | wc -l)"
ok "after an undo the templates may be applied again" says '3 documents get other names' "$docket" names apply
ok "with the same names as before" same "$second" "$(places)"
ok "one document goes back by its number" says '1 document gets its former name' "$docket" names undo "$(of '#2' .number)"
ok "alone" same "$(sed -n 2p <<<"$first")" "$(place '#2')"
ok "the letter that never had another has none" exits 1 "$docket" names undo '#4'
mkdir "$work/new"
sed 's/^  general:/  kettle:\n    label: {en: kettle}\n    cue: {en: {4: [kettle, the kettle, kettle arrived, arrived broken, money back]}}\n  general:/' "$store/vocabulary/subjects.yaml" >"$work/new/subjects.yaml"
"$docket" vocab apply "$work/new" >/dev/null
settle
ok "another vocabulary decides otherwise" same kettle "$(of '#2' .subject.value)"
ok "and leaves the name that was put back" same "$(sed -n 2p <<<"$first")" "$(place '#2')"
"$docket" vocab undo >/dev/null
settle
ok "also when it is taken back" same "$(sed -n 2p <<<"$first")" "$(place '#2')"

# What people decide
"$docket" review --set sender='Mary Poole' '#1' >/dev/null
settle
ok "a correction renames by the templates in force" says 'Mary Poole' place '#1'
ok "and what was corrected or understood anew is left alone by undo" says '2 documents were decided on since' "$docket" names undo
"$docket" review --set name='My own name.txt' --set 'folder=By hand/Special' '#3' >/dev/null
settle
ok "a person gives name and folder" same 'By hand/Special/My own name.txt' "$(place '#3')"
ok "which lies there" lies '#3'
ok "why tells who" says 'name of the file: My own name.txt' "$docket" why '#3'
ok "but no field of the letter is called so" same '' "$(of '#3' '.fields[] | select(.name == "name").value')"
query=$counts
ok "templates let it be" same '4 1 0 1' "$(preview)"
"$docket" names apply >/dev/null
ok "also when they are applied" same 'By hand/Special/My own name.txt' "$(place '#3')"
ok "and undo does" exits 64 "$docket" names undo '#3'
"$docket" review --set name='my own name' --set 'folder=By hand/Special' '#2' >/dev/null
settle
ok "the same name again gets the docket number" same "By hand/Special/my own name - $(of '#2' .number | tr / ' ').txt" "$(place '#2')"
"$docket" review --set name= --set folder= '#3' >/dev/null
settle
ok "withdrawn, the template names it again" same "2026/Complaints/2026-11 Joan Harker $(of '#3' .number | tr / ' ').txt" "$(place '#3')"
ok "a name with / is wrong usage" exits 64 "$docket" review --set name=a/b '#3'
ok "nor is a folder outside of filed/ taken" exits 64 "$docket" review --set folder='../../../etc' '#3'
"$docket" review --set folder='-rf' --set name='-rf: *' '#3' >/dev/null
settle
ok "a hostile name stays in filed/ and is harmless" says 'rf.txt' place '#3'
ok "where it lies" lies '#3'

# A profile of its own
sed -i "s/^profiles:/profiles:\n  fax:\n    channel: fax\n    name: '{channel} {original} {received:DD.MM.YYYY}'/" "$store/docket.yaml"
letter 'a fax.txt' 'Ralph Denby' 'The desk arrived broken, and I want my money back.'
env DOCKET_NOW=$late "$docket" ingest --wait --profile fax --received 2026-12-28 "$work/a fax.txt" >/dev/null
ok "what comes by a profile is named by its own template" same 'fax a fax 28.12.2026.txt' "$(of '#5' .name)"
ok "which lint names where something is wrong with it" same 'profiles.fax.name never_filled phone 1/1' "$(sed -i 's/{channel} {original}/{channel}[ {phone}] {original}/' "$store/docket.yaml" && lint | grep fax)"

# Bad configuration
cp "$store/docket.yaml" "$work/good.yaml"
set_name '{date} {nobody}'
ok "a wrong template is told with file, line, column and character" says "docket.yaml:$(grep -n '^name:' "$store/docket.yaml" | cut -d: -f1):7: name: character 8: unknown placeholder {nobody}" "$docket" names preview
ok "as a configuration error" exits 78 "$docket" names apply
cp "$work/good.yaml" "$store/docket.yaml"
ok "the store is clean to the end" is_clean
after=$(places)
"$docket" rebuild >/dev/null
ok "the catalogue made anew from the ledger has the same names" same "$after" "$(places)"
echo "1..$n"
