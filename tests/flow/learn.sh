#!/bin/bash
# docketd learns from what people correct: by itself, without harm when it is killed, and back again; and blind checks of what is filed alone.
# shellcheck source=tests/flow/lib.sh disable=SC2016
source "$(dirname "$0")/lib.sh"

# Letters of a sort that no shipped letter is of.
rota () { printf 'Dear Sirs,\n\nthe quarterly glasshouse rota number %s is enclosed for the allotment wardens.\nPlease find the watering days overleaf.\n\nYours,\nMargaret Ellwood\n' "$1" >"$work/rota-$1.txt"; }
take () { env DOCKET_NOW=$late "$docket" ingest --wait --received 2026-11-23 "$@" >/dev/null; }
models () { "$docket" train --list --json | jq -c '[.version, .state, .in_force, .corrections]'; }
model () { "$docket" status --json | jq -r ".model.$1"; }
model_is () { same "$1" "$(model version)"; }
kind_of () { "$docket" list --json | jq -r "select(.document == $1).kind"; }
logged () { grep -q "event=$1" "$store.log"; }
names () { "$docket" train --list --json | jq -c '[.version, .name, .state, .kind]'; }

fresh_store --country GB --lang en
ok "at first the model that came with docket is in force" same '[0,"seed",true,0]' "$(models)"
ok "there is nothing to learn before anybody says anything" says 'there is nothing to learn' "$docket" train
ok "and nothing to go back to" exits 1 "$docket" train --undo
for i in $(seq 11); do rota "$i"; done
take "$work"/rota-?.txt "$work/rota-10.txt"
before=$(kind_of 1)
other=suggestion
[ "$before" != suggestion ] || other=thanks
for i in $(seq 10); do "$docket" review --set "kind=$other" "#$i" >/dev/null || break; done
ok "ten corrections are waiting" same 10 "$(model new)"
start_docketd
ok "docketd learns from them by itself" within 240 model_is 1
ok "from all of them" same '[0,"seed",false,0] [1,"adopted",true,10]' "$(models | xargs -d '\n')"
ok "without looking at the letters again that came with docket" same 0 "$(grep -c event=letters_kept "$store.log")"
ok "then nothing is new" same 0 "$(model new)"
ok "status says what is in force" says 'learnt from 10 corrections' "$docket" status
name=$("$docket" train --list --json | jq -r 'select(.in_force).name')
ok "its worker takes the new model" within 30 logged 'worker.*model=1'
cp "$work/rota-11.txt" "$inbox/"
arrived () { [ "$(documents)" = 11 ] && at_rest; }
ok "a like letter comes" within 60 arrived
ok "and is understood otherwise" same "$other" "$(kind_of 11)"
ok "why names the model" says "model: $name" "$docket" why '#11'
ok "what people decided stays" same "$other" "$(kind_of 1)"

# Killed while it learns
"$docket" review --set kind=question '#11' >/dev/null
"$docket" train >"$work/answer" 2>&1 & asks=$!
seconds_of_training () { "$docket" status --json | jq -e '.model.training_s | numbers >= 0'; }
begun () { [ "$(grep -c event=training_begun "$store.log")" -ge 2 ]; }
ok "asked to, it learns at once" within 60 begun
ok "status tells that it learns" seconds_of_training
ok "in words, too" says 'docket is learning (for ' "$docket" status
kill_docketd
ok "and no longer once it is killed" same null "$(model training_s)"
kill "$asks" 2>/dev/null
wait "$asks" 2>/dev/null
ok "killed meanwhile, the old model stays" same '1 adopted' "$("$docket" train --list --json | jq -r 'select(.in_force) | "\(.version) \(.state)"')"
ok "nothing is wrong with the store" is_clean
script -qec "$docket train" /dev/null </dev/null >"$work/terminal" 2>&1
ok "without docketd the command learns by itself" says 'Version 2 (' cat "$work/terminal"
ok "and tells on a terminal for how long it has been at it" says 'docket is learning (for ' cat "$work/terminal"
ok "from one more" same '[2,"adopted",true,11]' "$(models | tail -n 1)"
ok "which is over then" same null "$(model training_s)"
ok "once is enough" says 'Nobody has corrected anything since version 2' "$docket" train

# Undo, and the catalogue made anew
ok "undo goes back" says 'Version 1 ('"$name"') is in force again' "$docket" train --undo
ok "which is a fact of the ledger" same 1 "$(in_store "select count(*) from ledger where activity = 'model.undone'")"
ok "and holds" same '1 0' "$(model version) $(model new)"
all=$(names)
"$docket" rebuild >/dev/null
ok "a catalogue made anew has the same models" same "$all" "$(names)"
ok "the same is in force" model_is 1
ok "corrections stand" same "question $other" "$(kind_of 11) $(kind_of 10)"
ok "and the store is clean" is_clean

# Blind checks
fresh_store --country GB --lang en
sed -i 's/^blind_check:.*/blind_check: 1/; s/^certain:.*/certain: 0.3/' "$store/docket.yaml"
for thing in kettle toaster; do
  printf 'Dear Sirs,\n\nI am writing to complain. My order: the %s arrived broken on 3 November 2026, and I want my money back.\nThis is unacceptable.\n\nYours faithfully,\nJoan Harker\n' "$thing" >"$work/$thing.txt"
done
take "$work/kettle.txt"
take "$work/toaster.txt"
review () { "$docket" review --json "$1" | jq -c '[.review, .kind, .subject]'; }
ok "what is sure is drawn for a blind check" same '[["blind"],null,null]' "$(review '#1')"
ok "review does not say what docket decided" same 0 "$("$docket" review '#1' | grep -c -i complaint)"
ok "its deadline is none the less certain" same ok "$("$docket" show --json '#1' | jq -r '[.deadlines[].state] | unique | join(" ")')"
ok "it cannot be accepted unread" exits 64 "$docket" review --accept '#1'
ok "and it is said why in the person's language" says 'un control a ciegas' "$docket" review --lang es --accept '#1'
ok "a person says the kind" "$docket" review --set kind=complaint '#1'
ok "or another" "$docket" review --set kind=question '#2'
ok "and it is asked no more" same '[[],"complaint","delivery/damaged"]' "$(review '#1')"
ok "status counts how often docket erred" same '[2,1,0.5,"complaint"]' "$("$docket" status --json | jq -c '[.blind.n, .blind.wrong, .blind.rate, .blind.kinds[0].kind]')"
ok "and says how sure that is" says '1 wrong of 2 (50%; between 9% and 91%)' "$docket" status
"$docket" report --out "$work/out" >/dev/null
ok "the report has it by kind" same '["all",2,1] ["complaint",2,1]' "$(jq -c '.rows[] | [.kind, .checked, .wrong]' "$work/out/data/lifecycle-blind.json" | xargs -d '\n')"
ok "the ledger knows both answers" same '1 0' "$(in_store "select json_extract (payload, '\$.agrees') from ledger where activity = 'blind.checked' order by seq" | xargs)"
ok "a blind check is an example" same 2 "$(model new)"
ok "the store is clean" is_clean
echo "1..$n"
