#!/bin/bash
# What another vocabulary would decide about letters that are understood already, and how they are understood anew.
# shellcheck source=tests/flow/lib.sh disable=SC2016
source "$(dirname "$0")/lib.sh"

letter () { printf 'Joan Harker\n12 Mill Lane\n\n3 November 2026\n\nDear Sir or Madam,\n\n%s\n\nYours faithfully,\nJoan Harker\n' "$2" >"$work/$1"; }
letter kettle.txt 'Thank you very much for the kind help with my kettle. Your staff were wonderful.'
letter lamp.txt 'I am writing to complain. The lamp arrived broken, and I want my money back.'
letter zorgle.txt 'The zorgle on the wall is not like the zorgle of last year, and it hums.'
letter zorgle2.txt 'My neighbour has a zorgle as well. His zorgle does not hum, mine hums at night.'
letter zorgle3.txt 'A third zorgle was put up by the door; this zorgle is green.'
fresh_store --country GB
"$docket" ingest --wait --jobs 1 --received 2026-11-20 "$work"/{kettle,lamp,zorgle,zorgle2,zorgle3}.txt >/dev/null
doc () { "$docket" show --json "$1" | jq -r "$2"; }
replay () { "$docket" replay --json "$@" | jq -r "select(has(\"documents\")) | $query"; }
settle () { "$docketd" --store "$store" --once --quiet; }
lamp='#2' zorgle='#3' zorgle2='#4' zorgle3='#5' 
query='"\(.documents) \(.changed) \(.moved) \(.by_person) \(.failed)"'
entries () { in_store "select count(*) from ledger"; }

ok "the letters are understood" same 5 "$(documents)"
ok "under the same configuration nothing would change" same '5 0 0 0 0' "$(replay)"
before=$(entries) was=$(doc "$zorgle" .subject.value)
"$docket" review --set kind=question --set subject=general "$zorgle2" >/dev/null
accepted=$("$docket" show --json "$zorgle3" | jq -c '[.kind.value, .subject.value]')
"$docket" review --accept "$zorgle3" >/dev/null
settle
sed -i 's/^  general:/  zorgle:\n    label: {en: zorgle}\n    cue: {en: {8: [zorgle]}}\n  general:/' "$store/vocabulary/subjects.yaml"
decided=$(entries)
ok "a new concept would change the letter about it, and none that a person decided" same '5 1 0 2 0' "$(replay)"
query='.subject.changes[] | "\(.was) \(.would) \(.documents)"'
ok "from subject to subject" same "$was zorgle 1" "$(replay)"
query='.subject | "\(.was_doubtful) \(.would_doubtful)"'
ok "and fewer are uncertain" same '1 0' "$(replay "$zorgle")"
ok "the letter is told, with old and new value" says "subject $was → zorgle" "$docket" replay "$zorgle"
ok "in the language asked for" says 'document examiné' "$docket" replay --lang fr "$zorgle"
query=.documents
ok "a sample is as large as asked" same 2 "$(replay --sample 2)"
ok "a named document alone is looked at" same 1 "$(replay "$lamp")"
ok "a sample larger than all is all" same 5 "$(replay --sample 100)"
ok "nothing was written so far" same "$decided" "$(entries)"
ok "the corrections before were the only entries" test "$decided" -gt "$before"
ok "an unknown document is refused" exits 1 "$docket" replay D-2026-999999-00
ok "a sample of a named document is wrong usage" exits 64 "$docket" replay --sample 2 "$lamp"
ok "a sample below zero too" exits 64 "$docket" replay --sample -2

page=$(in_store 'select substr (blob, 1, 2) || "/" || substr (blob, 3) from page where document = 2')
mv "$store/objects/$page" "$work/page"
ok "of a letter whose pages are lost nothing is known" says '1 document could not be looked at' "$docket" replay
mv "$work/page" "$store/objects/$page"
number=$(doc "$zorgle" .number)
old=$store/filed/$(doc "$zorgle" '.folder + "/" + .name')
start_docketd --quiet
"$docket" replay --apply >"$work/said"
ok "applied, it is understood anew" says '1 document is understood anew under configuration version 2' cat "$work/said"
decided_is () { same "$1" "$(doc "$zorgle" .subject.value)"; }
ok "by docketd, under the new version" within 20 decided_is zorgle
ok "which why names" says 'configuration version 2' "$docket" why "$zorgle"
ok "what was decided before is kept" says "subject: $was" "$docket" why --all "$zorgle"
ok "its number stays" same "$number" "$(doc "$zorgle" .number)"
ok "it comes to rest" within 20 at_rest
ok "its name follows" says zorgle doc "$zorgle" .name
ok "the old name is gone" test ! -e "$old"
ok "search finds it under its new subject" says "$number" "$docket" search subject:zorgle hums
ok "what a person decided stays" same 'question general' "$(doc "$zorgle2" '"\(.kind.value) \(.subject.value)"')"
ok "and what a person accepted" same "$accepted" "$("$docket" show --json "$zorgle3" | jq -c '[.kind.value, .subject.value]')"
ok "the ledger says that it was sent back" same 1 "$(in_store "select count(*) from ledger where activity = 'document.sent_back'")"
ok "then nothing would change any more" says ' 0 would be decided otherwise' "$docket" replay
stop_docketd
ok "the store is clean" is_clean
"$docket" rebuild >/dev/null
ok "the catalogue made anew from the ledger knows it" decided_is zorgle

# A taxonomy of other names
sed -i 's/en: General/en: Miscellany/' "$store/taxonomy/folders.yaml"
query='"\(.changed) \(.moved)"'
ok "another folder alone would move letters" same '0 1' "$(replay "$zorgle")"
"$docket" replay --apply >"$work/said"
ok "without docketd it says that they wait" says "docketd does not run" cat "$work/said"
settle
ok "then they lie there" says /Miscellany/2026 doc "$zorgle" .folder
ok "the store is clean again" is_clean

# Bad configuration, an interruption
cp "$store/vocabulary/subjects.yaml" "$work/good.yaml"
echo 'nonsense: 1' >>"$store/vocabulary/subjects.yaml"
ok "a wrong vocabulary is told with its place" says 'vocabulary/subjects.yaml:' "$docket" replay
ok "as a configuration error" exits 78 "$docket" replay
cp "$work/good.yaml" "$store/vocabulary/subjects.yaml"
for i in $(seq 150); do sed "s/lamp/lamp number $i/" "$work/lamp.txt" >"$work/many-$i.txt"; done
"$docket" ingest --wait --received 2026-11-23 "$work"/many-*.txt >/dev/null
interrupted () { "$docket" replay --apply >"$work/said" 2>&1 & local pid=$!; sleep 0.1; kill -INT $pid; wait $pid; }
before=$(entries)
interrupted
ok "Ctrl-C ends it, and nothing was sent back" same "$before" "$(entries)"
ok "no worker is left" within 5 bash -c '! pgrep -f "^$0/docket-worker" -P '$$ "$BUILD"
echo "1..$n"
