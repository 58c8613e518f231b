#!/bin/bash
# Speed and accuracy of docket beside its peers, in one run on this machine. The pages and letters with truth lie outside of the project,
# in $DOCKET_BENCH_DATA (default ../shared/data); without them only the sample mail is timed, and that is said.
# Usage: tests/bench/run.sh [ocr|text]…, default both. EVERY=N takes only every N-th page.
set -euo pipefail
cd "$(dirname "$0")/../.."
data=${DOCKET_BENCH_DATA:-../shared/data}
build=${BUILD:-build}
jobs=$(nproc)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export OMP_THREAD_LIMIT=1 LC_ALL=C.UTF-8
unset DOCKET_STORE

# seconds COMMAND… : runs it, and leaves wall and CPU seconds of it and its children in $wall and $cpu.
seconds () {
  local TIMEFORMAT='%R %U %S' out
  out=$({ time "$@" >"$work/out" 2>"$work/err" || true; } 2>&1)
  read -r wall user system <<<"$out"
  cpu=$(awk "BEGIN { print $user + $system }")
}
row () { printf '%-34s %7s %9s %9s %9s %9s %9s\n' "$@"; }

tesseract_one () { tesseract "$1" "$3/$(basename "${1%.*}")" -l "$2" >/dev/null 2>&1 || true; }
export -f tesseract_one

# Both read the same pages in the same batches, one after the other, so that the machine's noise falls on both.
bench_ocr () {
  local manifest=$work/ocr/manifest.tsv batch=8
  mkdir -p "$work/docket" "$work/tesseract" "$work/ocr"
  ln -s "$(realpath "$data/ocr/truth")" "$work/ocr/truth"
  tail -n +2 "$data/ocr/manifest.tsv" | sort | awk -v every="${EVERY:-1}" 'NR % every == 0' >"$work/ocr/chosen"
  cut -f1,2 "$work/ocr/chosen" >"$work/pages"
  sed 's|^pages/syn_|synth/syn_|' "$work/ocr/chosen" >"$manifest" # the name by which its score knows the made letters
  local n docket_wall=0 docket_cpu=0 tess_wall=0 tess_cpu=0
  n=$(wc -l <"$work/pages")
  split -l $batch "$work/pages" "$work/batch."
  for part in "$work"/batch.*; do
    mapfile -t files < <(cut -f1 "$part" | sed "s|^|$data/ocr/|")
    seconds "$build/docket" try --json --jobs "$jobs" --text "$work/docket" "${files[@]}"
    docket_wall=$(awk "BEGIN { print $docket_wall + $wall }") docket_cpu=$(awk "BEGIN { print $docket_cpu + $cpu }")
    seconds xargs -a <(awk -F'\t' -v d="$data/ocr/" -v o="$work/tesseract" '{ print d $1; print $2; print o }' "$part") -d '\n' -n 3 -P "$jobs" \
      bash -c 'tesseract_one "$@"' tesseract_one
    tess_wall=$(awk "BEGIN { print $tess_wall + $wall }") tess_cpu=$(awk "BEGIN { print $tess_cpu + $cpu }")
  done
  echo "Reading: $n pages, $jobs at once, load $(cut -d' ' -f1 /proc/loadavg)"
  row "" pages "wall s" "CPU s" "pages/min" "CER %" F1
  for who in docket tesseract; do
    local w=$docket_wall c=$docket_cpu name="docket try (language not told)"
    [ $who = docket ] || { w=$tess_wall c=$tess_cpu name="tesseract (language told)"; }
    read -r cer f1 < <(python3 "$data/ocr/score.py" "$work/$who" --manifest "$manifest" --strict 2>/dev/null | awk '$1 == "all" { print $3, $6 }') || true
    row "$name" "$n" "$(printf %.1f "$w")" "$(printf %.1f "$c")" "$(awk "BEGIN { printf \"%.1f\", $n * 60 / $w }")" "${cer:-?}" "${f1:-?}"
  done
  awk "BEGIN { printf \"docket / tesseract: wall %.2f, CPU %.2f\\n\", $docket_wall / $tess_wall, $docket_cpu / $tess_cpu }"
  for group in synthetic real; do
    for who in docket tesseract; do
      echo "$who, $group: $(python3 "$data/ocr/score.py" "$work/$who" --manifest "$manifest" --strict --brief |
        awk -v g="$group" '$1 == g { printf "%d pages, CER %s %%, WER %s %%, F1 %s", $2, $3, $4, $6 }')"
    done
  done
}

score_text () { python3 "$data/text/score.py" "$@" --json >"$work/score.json" && jq -r "$filter" "$work/score.json"; }
bench_text () {
  local noise set filter
  echo "Understanding, as the data's own score counts it (.ocr2 and .ocr5: with 2 and 5 % of the characters misread)"
  for noise in "" .ocr2 .ocr5; do
    for set in kind lang; do
      tail -n +2 "$data/text/$set$noise.tsv" | cut -f1,4 | "$build/tests/bench/classify" "${set/lang/language}" conf >"$work/answer.tsv"
      filter='.all | "n \(.n), accuracy \(.accuracy * 1000 | round / 1000), macro-F1 \(.macro_f1 * 1000 | round / 1000), calibration error \(.ece * 1000 | round / 1000), alone at 95 % precision \(.auto_at_95 * 1000 | round / 1000)"'
      echo "$set$noise: $(score_text $set "$data/text/$set$noise.tsv" "$work/answer.tsv")"
    done
    "$build/tests/bench/fields" <"$data/text/fields$noise.jsonl" >"$work/fields.jsonl"
    filter='.all.fields | to_entries | map("\(.key) \(.value.f1 * 100 | round / 100)") | join(", ")'
    echo "fields$noise, F1: $(score_text fields "$data/text/fields$noise.jsonl" "$work/fields.jsonl")"
  done
}

bench_samples () {
  local n
  n=$(find samples/mail -type f | wc -l)
  seconds "$build/docket" try --json --jobs "$jobs" samples/mail/*
  echo "Sample mail: $n files in $wall s, $cpu s of CPU"
}

bench_samples
if [ ! -d "$data" ]; then
  echo "There are no pages with truth at $data (DOCKET_BENCH_DATA): accuracy is not measured."
  exit 0
fi
for what in "${@:-ocr text}"; do
  for one in $what; do echo; "bench_$one"; done
done
