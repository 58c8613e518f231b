#!/bin/bash
# shellcheck disable=SC2154
# Speed and accuracy of docket beside its peers, in one run on this machine. Pages and letters with truth lie outside of the project, in
# $DOCKET_BENCH_DATA (default ../shared/data). Besides, and alone where they are missing, pages are measured that docket draws and damages itself (pages.c).
# Usage: tests/bench/run.sh [speed|cores|recogniser|memory|accuracy|pdf|steps|text|clocks|ledger|own-pages]…, default all: what is named behind own-pages
# is measured on these (nothing behind it: all that reads pages). EVERY=N takes only every N-th page, QUICK=1 every fourth.
# The whole `steps` on pages from outside writes its table into doc/recognition.md.
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck disable=SC2034
data=${DOCKET_BENCH_DATA:-../shared/data}
build=${BUILD:-build}
jobs=$(nproc)
for part in lib speed accuracy pdf steps understanding clocks ledger; do
  # shellcheck source=/dev/null
  source "tests/bench/$part.sh"
done

bench_samples () {
  local n wall=0 cpu=0
  n=$(find samples/mail -type f | wc -l)
  seconds "$build/docket" try --json --jobs "$jobs" samples/mail/*
  echo "Sample mail: $n files in $wall s, $cpu s of CPU"
}

bench_own-pages () {
  choose_pages own
  echo "On $(wc -l <"$work/pages") pages that docket drew itself:"
}

if [ $# -eq 0 ]; then
  set -- speed cores recogniser memory accuracy pdf steps text clocks ledger
  [ ! -d "$data/ocr" ] || set -- "$@" own-pages speed cores recogniser accuracy pdf
fi
[ "${!#}" != own-pages ] || set -- "$@" speed cores recogniser memory accuracy pdf steps
bench_samples
if [ -d "$data/ocr" ]; then
  [ "$1" = own-pages ] || choose_pages data
else
  echo "There are no pages with truth at $data (DOCKET_BENCH_DATA)."
  [ "$1" = own-pages ] || bench_own-pages
fi
for part; do echo; "bench_$part"; done
