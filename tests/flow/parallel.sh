#!/bin/bash
# Many at once: two hundred people who hand in letters at the same time get two hundred numbers, and of two who write into a case at the same
# time one is told to look again.
# shellcheck source=tests/flow/lib.sh disable=SC2016,SC2034,SC2154
source "$(dirname "$0")/lib.sh"

fresh_store --country GB
many=200
# Letters of people who have nothing to do with each other: names, things and sentences differ.
first=(Ada Bruno Clara Dennis Edith Frank Gwen Hugo Irene Jack Kate Leo Mary Ned)
last=(Archer Boyle Cotton Drummond Everett Fielding Gardner Hobbs Irving Jessop Kendall Lowther Marsden)
thing=(kettle carpet bicycle wardrobe lantern camera mattress fridge rucksack piano tent)
what=('never arrived, although it was promised for Monday' 'came in pieces and smells of smoke' 'has the wrong colour and scratches on both sides'
  'stopped after one week and nobody answers the telephone' 'cost twice what your shop in the High Street had told me' 'was left in the rain by your driver'
  'is half as large as in the catalogue')
pick () { local -n list=$1; echo "${list[$2 % ${#list[@]}]}"; }
for i in $(seq $many); do
  name="$(pick first "$i") $(pick last $((i / 3)))"
  printf '%s\nE-mail: writer%d@example.org\nOrder number: %d\n\nDear Sir or Madam,\n\nI am writing to complain about the %s that I bought for %d.50 pounds.\nIt %s. My %s of last year %s, too.\n\nYours faithfully,\n%s\n' \
    "$name" "$i" $((410000 + i * 137)) "$(pick thing "$i")" $((40 + i * 3)) "$(pick what "$i")" "$(pick thing $((i / 11)))" "$(pick what $((i / 7)))" "$name" >"$work/letter-$i.txt"
done
start_docketd --quiet
ok "$many people hand in a letter at once, while docketd runs" xargs -P 50 -n 1 env DOCKET_NOW=$late "$docket" ingest --received 2026-11-23 < <(printf '%s\n' "$work"/letter-*.txt)
ok "all are taken in" within 60 test "$(receipts)" = $many
ok "and come to rest" within 240 at_rest
numbers=$("$docket" list --json | jq -r '.number | sub("/.*"; "")')
ok "they have $many numbers" same $many "$(sort -u <<<"$numbers" | wc -l)"
ok "from the first to the last without a gap" same "$(seq $many)" "$(cut -d- -f3 <<<"$numbers" | sort -n | sed 's/^0*//')"
# D is 13; a whole number less its hyphens leaves 1 when it is divided by 97.
ok "each with its check digits" same 1 "$(while IFS=- read -r _ year serial check; do echo $((10#13$year$serial$check % 97)); done <<<"$numbers" | sort -u)"
ok "no number with two digits swapped leads to a case" test -z "$(head -5 <<<"$numbers" | sed -E 's/^(.*)(.)(.)$/\1\3\2/' | while read -r n; do grep -q -F -x "$n" <<<"$numbers" || "$docket" case show --json "$n" 2>/dev/null; done)"
stop_docketd
ok "everything holds" is_clean

# two N VERSION : two writers at the same time, who both saw VERSION; their exit states in $states, what they were told in $work/said-A and -B.
two () {
  local writer pid=()
  for writer in A B; do
    (
      "$docket" case hear "$case" --channel phone --version "$2" --text "words $1 of writer $writer" >"$work/said-$writer" 2>&1
      echo $? >"$work/state-$writer"
    ) &
    pid+=($!)
  done
  wait "${pid[@]}"
  states=$(sort -n "$work/state-A" "$work/state-B" | xargs)
}
version () { "$docket" case show "$case" --json | jq .version; }
case=$(head -1 <<<"$numbers")
wrong=
for round in $(seq 20); do
  two "$round" "$(version)"
  loser=$([ "$(cat "$work/state-A")" = 0 ] && echo B || echo A)
  [ "$states" = "0 75" ] || wrong+="round $round: exits $states; "
  grep -q "words $round of writer $loser" "$work/said-$loser" || wrong+="round $round: $loser does not see the own words; "
  grep -q "somebody acted" "$work/said-$loser" || wrong+="round $round: $loser is not told why; "
  "$docket" case hear "$case" --channel phone --version "$(version)" --text "words $round of writer $loser" >/dev/null || wrong+="round $round: $loser cannot write again; "
done
ok "of two who write at once exactly one succeeds, twenty times; the other sees what was to be written, and writes again" same "" "$wrong"
ok "nothing is lost and nothing is there twice" same "$(for i in $(seq 20); do echo "words $i of writer A"; echo "words $i of writer B"; done | sort)" \
  "$("$docket" case show "$case" --json | jq -r '.chain[] | select(.act == "hear").text' | sort)"
ok "and everything still holds" is_clean
