#!/bin/bash
# Speed and accuracy of docket beside its peers, in one run on this machine. The pages and letters with truth lie outside of the project,
# in $DOCKET_BENCH_DATA (default ../shared/data); without them the sample mail is measured, and that is said.
# Usage: tests/bench/run.sh [speed|cores|recogniser|memory|accuracy|pdf|steps|text|clocks|ledger]…, default all. EVERY=N takes only every N-th page, QUICK=1 every fourth.
# The whole `steps` writes its table into doc/recognition.md.
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

bench_samples
choose_pages
[ $# -gt 0 ] || set -- speed cores recogniser memory accuracy pdf steps text clocks ledger
for part; do echo; "bench_$part"; done
