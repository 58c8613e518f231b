#!/bin/bash
# Killed at any of its fault points, docket ends in the same store once it runs again.
# shellcheck source=tests/flow/lib.sh disable=SC2119,SC2317
. "$(dirname "$0")/lib.sh"
export DOCKET_DATA=$ROOT/conf
# Fault points are docketd's and docket's; the worker that they start may be the quick one.
san=$work/san
mkdir "$san"
cp "$BUILD/san/docketd" "$BUILD/san/docket" "$BUILD/docket-worker" "$san/"

# What one letter, the same again and a broken PDF are kept as; with a scan, that too.
fill () {
  letter kettle >"$1/kettle.txt"
  letter kettle >"$1/kettle again.txt"
  printf '%%PDF-1.4\nthis is none\n%%%%EOF\n' >"$1/broken.pdf"
  [ -z "${2:-}" ] || cp "$sample/fax_20261104_1022.tif" "$1/fax.tif"
}
outline () { "$docket" list --store "$1" --json | jq -c '[.stage, .kind, .subject, .language, .outcome, .folder, .name]' | sort; }
is_whole () { # STORE DOCUMENTS RECEIPTS
  "$docket" verify --full --store "$1" && "$docket" balance --store "$1" &&
    same "$2|$3|0|0" "$("$docket" list --store "$1" --json | wc -l)|$("$docket" balance --store "$1" --json | jq -r '"\(.seen)|\(.in_flight)|\(.waiting)"')"
}
settle () { timeout 100 "$docketd" --store "$1" --once --quiet; }

# What is killed, and what is run again after it: KIND_act STORE with the sanitized programs, KIND_mend STORE with the others.
drop_act () { timeout 100 "$san/docketd" --store "$1" --once; }
drop_mend () { settle "$1" && is_whole "$1" 2 3 && same 0 "$(find "$1/inbox/default" -type f | wc -l)"; }
scan_act () { drop_act "$1"; }
scan_mend () { settle "$1" && is_whole "$1" 3 4 && same 0 "$(find "$1/inbox/default" -type f | wc -l)"; }
ingest_act () { timeout 100 "$san/docket" ingest --store "$1" --wait "$work"/letters/*; [ $? -le 1 ]; }
ingest_mend () { timeout 100 "$docket" ingest --store "$1" --wait "$work"/letters/*; settle "$1" && is_whole "$1" 2 3; }
correct () { timeout 100 "$1/docket" review --store "$2" --set kind=thanks "#$(jq -s -r 'map(select(.name))[0].document' <("$docket" list --store "$2" --json))"; }
review_act () { correct "$san" "$1"; }
review_mend () {
  "$docket" why --store "$1" --json "#$(jq -s -r 'map(select(.name))[0].document' <("$docket" list --store "$1" --json))" |
    jq -s -e 'map(select(.name == "kind"))[0].human' || correct "$BUILD" "$1"
  settle "$1" && is_whole "$1" 2 3 && same 1 "$(find "$1/filed" -type f -name '*kettle*' -o -type f -path '*filed*' | wc -l)"
}
rename_act () { drop_act "$1"; }
rename_mend () { review_mend "$1"; }
# Killed before all were asked for, a person asks again.
templates_act () { timeout 100 "$san/docket" names apply --store "$1"; }
one_name_each () { same "$2" "$(find "$1/filed" -type f | wc -l)"; }
templates_mend () { settle "$1" && "$docket" names apply --store "$1" && is_whole "$1" 2 3 && one_name_each "$1" 1; }
undo_act () { timeout 100 "$san/docket" names undo --store "$1"; }
undo_mend () { settle "$1" && "$docket" names undo --store "$1" && is_whole "$1" 2 3 && one_name_each "$1" 1; }

# try_at KIND N : a line "point|what came of it" into KIND-N.said.
try_at () {
  local store=$work/$1-$2 status=0 point
  (DOCKET_CRASH_AT=$2 "$1_act" "$store") >"$store.log" 2>&1 || status=$?
  point=$(sed -n 's/.*fault n=.*point=//p' "$store.log")
  [ $status -ne 0 ] || point='none: ended by itself'
  if [ $status -eq 0 ] || [ -n "$point" ] && "$1_mend" "$store" >>"$store.log" 2>&1 && diff "$work/$1.outline" <(outline "$store") >>"$store.log"; then
    echo "$point|good" >"$store.said"
  else
    echo "$point|bad, n=$2, status $status: $(tail -n 4 "$store.log" | tr '\n' ' ')" >"$store.said"
  fi
}
lay () { cp -a "$work/$1" "$work/$1-$2"; }
# points KIND STEP : every STEP-th point, twice as many at a time as there are cores; the stores of those to come ripen meanwhile.
points () {
  local kind=$1 step=$2 at_once=$((2 * $(nproc))) i
  local ahead=$((2 * at_once * step))
  for i in $(seq 1 "$step" "$ahead"); do lay "$kind" "$i"; done
  sleep 2
  for ((i = 1; i <= 1000; i += step)); do
    [ "$(jobs -r -p | wc -l)" -lt $at_once ] || wait -n
    ! grep -q -s 'ended by itself' "$work/$kind"-*.said || break
    lay "$kind" $((i + ahead))
    try_at "$kind" "$i" 2>/dev/null &
  done
  wait
  cat "$work/$kind"-*.said >"$work/$kind.said"
  passed=$(grep -c -v 'ended by itself' "$work/$kind.said")
  kinds=$(grep -v 'ended by itself' "$work/$kind.said" | cut -d'|' -f1 | sort -u | wc -l)
  rm -rf "$work/$kind"-*
}
none_bad () { ! grep -v '|good$' "$work/$1.said"; }

for kind in drop scan ingest; do
  fresh_store
  sed -i 's/^languages: .*/languages: [en]/' "$store/docket.yaml" # fewer models start faster
  mv "$store" "$work/$kind"
done
unset DOCKET_STORE
fill "$work/drop/inbox/default"
fill "$work/scan/inbox/default" scan
mkdir "$work/letters"
fill "$work/letters"
for kind in drop scan; do
  cp -a "$work/$kind" "$work/$kind-unharmed"
  settle "$work/$kind-unharmed"
  outline "$work/$kind-unharmed" >"$work/$kind.outline"
done
cp "$work/drop.outline" "$work/ingest.outline"
ok 'unharmed, the letters end as two documents and three receipts' is_whole "$work/drop-unharmed" 2 3
cp -a "$work/drop-unharmed" "$work/review"
cp -a "$work/drop-unharmed" "$work/rename"
correct "$BUILD" "$work/rename" >/dev/null
cp -a "$work/rename" "$work/review-unharmed"
settle "$work/review-unharmed"
outline "$work/review-unharmed" | tee "$work/review.outline" >"$work/rename.outline"
ok 'a correction changes the name' exits 1 cmp "$work/review.outline" "$work/drop.outline"
cp -a "$work/drop-unharmed" "$work/templates"
sed -i "s/^name: .*/name: '{received} {number}'/" "$work/templates/docket.yaml"
cp -a "$work/templates" "$work/undo"
"$docket" names apply --store "$work/undo" >/dev/null
outline "$work/undo" >"$work/templates.outline"
cp "$work/drop.outline" "$work/undo.outline"
ok 'another template changes the name' exits 1 cmp "$work/templates.outline" "$work/drop.outline"
rm -rf "$work"/*-unharmed

for kind in drop:1:60 ingest:1:60 review:1:4 rename:1:10 templates:3:10 undo:3:10 scan:7:10; do
  least=${kind##*:} step=${kind#*:}
  kind=${kind%%:*} step=${step%%:*}
  points "$kind" "$step"
  echo "# $kind: killed at $passed points of $kinds kinds"
  ok "$kind: whatever the point, the next run ends in the same store" none_bad "$kind"
  ok "$kind: at least $least points were really passed" test "$passed" -ge "$least"
done
