# shellcheck shell=bash disable=SC2034,SC2154
# tests/bench/lib.sh - what the benches share: time, stores, pages with truth and tables. Sourced by run.sh.

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
docket=$PWD/$build/docket
export OMP_THREAD_LIMIT=1 LC_ALL=C.UTF-8
unset DOCKET_STORE DOCKET_NOW DOCKET_CRASH_AT
every=${EVERY:-1}
[ -z "${QUICK:-}" ] || every=${EVERY:-4}

calculate () { awk "BEGIN { printf \"%.${2:-2}f\", ($1) }"; }
load () { cut -d' ' -f1 /proc/loadavg; }
# goal VALUE <=|>= GOAL : "ok", or "missed".
goal () { awk "BEGIN { exit !($1 $2 $3) }" && echo ok || echo missed; }

# seconds COMMAND… : runs it, and leaves wall and CPU seconds of it and its children in $wall and $cpu.
seconds () {
  local TIMEFORMAT='%R %U %S' out user system
  out=$({ time "$@" >"$work/out" 2>"$work/err" || touch "$work/failed"; } 2>&1)
  read -r wall user system <<<"$out"
  cpu=$(calculate "$user + $system")
  [ ! -e "$work/failed" ] || { rm "$work/failed"; echo "  (failed: $1 ${2:-}: $(tail -n 1 "$work/err" | cut -c1-120))"; }
}

# timed WHO PAGES COMMAND… : adds its time to that of WHO.
declare -A walls cpus counts
timed () {
  local who=$1 pages=$2
  shift 2
  seconds "$@"
  walls[$who]=$(calculate "${walls[$who]:-0} + $wall") cpus[$who]=$(calculate "${cpus[$who]:-0} + $cpu") counts[$who]=$((${counts[$who]:-0} + pages))
}
time_row () { # WHO NAME
  printf '%-52s %6d %8.1f %8.1f %10.1f %10.2f\n' "$2" "${counts[$1]}" "${walls[$1]}" "${cpus[$1]}" "$(calculate "${counts[$1]} * 60 / ${walls[$1]}")" "$(calculate "${cpus[$1]} / ${counts[$1]}")"
}
# ratio_row OURS THEIRS NAME GOAL : how many pages ours does while theirs does one. The goal is of the wall.
ratio_row () {
  local by_wall by_cpu
  by_wall=$(calculate "${walls[$2]} / ${counts[$2]} / (${walls[$1]} / ${counts[$1]})") by_cpu=$(calculate "${cpus[$2]} / ${counts[$2]} / (${cpus[$1]} / ${counts[$1]})")
  printf '%-52s %8s %8s %10s  %s\n' "$3" "$by_wall" "$by_cpu" ">= $4" "$(goal "$by_wall" '>=' "$4")"
}

# new_store LANGUAGES : $store, in which people write these ("en", or "en, fr").
new_store () {
  store=$work/store-$((stores = ${stores:-0} + 1))
  "$docket" init --country GB "$store" >/dev/null
  sed -i '/^languages:/d' "$store/docket.yaml"
  echo "languages: [$1]" >>"$store/docket.yaml"
  export DOCKET_STORE=$store
}
drop_store () { rm -rf "$store"; unset DOCKET_STORE; }

# --- pages with truth ---

# $work/pages: lines "path TAB language (eng) TAB synthetic or real"; $work/ocr/manifest.tsv: the same pages as the score knows them.
take_data () {
  local manifest=$work/ocr/manifest.tsv
  ln -s "$(realpath "$data/ocr/truth")" "$work/ocr/truth"
  head -n 1 "$data/ocr/manifest.tsv" | sed 's/^file/#file/' >"$manifest"
  tail -n +2 "$data/ocr/manifest.tsv" | sort | awk -v every="$every" 'NR % every == 0' >"$work/ocr/chosen"
  sed 's|^pages/syn_|synth/syn_|' "$work/ocr/chosen" >>"$manifest" # the name by which its score knows the made letters
  awk -F'\t' -v d="$data/ocr/" -v OFS='\t' '{ print d $1, $2, ($1 ~ /syn_/ ? "synthetic" : "real") }' "$work/ocr/chosen" >"$work/pages"
  score () { python3 "$data/ocr/score.py" "$1" --manifest "$work/ocr/manifest.tsv" --strict 2>/dev/null; }
}
# Letters that docket draws and damages itself (tests/bench/pages.tsv).
take_own () {
  local manifest=$work/ocr/manifest.tsv
  "$build/tests/bench/pages" tests/bench/pages.tsv "$work/ocr"
  mv "$manifest" "$work/drawn"
  awk -v every="$every" 'NR == 1 || (NR - 1) % every == 0' "$work/drawn" >"$manifest"
  tail -n +2 "$manifest" | awk -F'\t' -v d="$work/ocr/" -v OFS='\t' '{ print d $1, $2, "synthetic" }' >"$work/pages"
  score () { "$build/tests/bench/score" "$1" --manifest "$work/ocr/manifest.tsv"; }
}
# choose_pages data|own : from here on these are measured; what was counted before is forgotten.
choose_pages () {
  page_set=$1
  rm -rf "$work"/{ocr,docket,tesseract,steps,peaks}
  mkdir "$work/ocr"
  walls=() cpus=() counts=()
  "take_$page_set"
}
# letters [LANGUAGE] : paths of the made letters in it.
letters () { awk -F'\t' -v l="${1:-}" '$3 == "synthetic" && (l == "" || $2 == l) { print $1 }' "$work/pages"; }
short_of () { case $1 in eng) echo en ;; fra) echo fr ;; spa) echo es ;; hun) echo hu ;; esac; }
languages=(eng fra spa hun)

# --- docket and its peers ---

# tesseract_pages MODELS OUT FILE… : plain tesseract, one process a page and one core each.
tesseract_one () { tesseract "$3" "$2/$(basename "${3%.*}")" -l "$1" >/dev/null 2>&1 || true; }
export -f tesseract_one
tesseract_pages () {
  local models=$1 out=$2
  shift 2
  mkdir -p "$out"
  printf '%s\0' "$@" | xargs -0 -n 1 -P "$jobs" bash -c 'tesseract_one "$@"' tesseract_one "$models" "$out"
}
# Lines that docket ingest ended with are kept for their peaks.
ingest () { "$docket" ingest --wait --verbose "$@" 2>"$work/log" || { tail -n 1 "$work/log" >&2; return 1; }; sed -n 's/.*peak_mb=//p' "$work/log" | tail -n 1 >>"$work/peaks"; }
ocr_pdf () { env -u OMP_THREAD_LIMIT ocrmypdf -q -j "$jobs" "$@"; }
