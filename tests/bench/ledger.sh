# shellcheck shell=bash disable=SC2034,SC2154
# tests/bench/ledger.sh - a store with a million ledger entries: what a screen asks, status, verify and rebuild. Sourced by run.sh.

# ms_row NAME LIMIT COMMAND… : milliseconds of the whole command, the shortest of five: what else runs on the machine only lengthens it.
ms_row () {
  local name=$1 limit=$2 ms
  shift 2
  "$@" >/dev/null 2>&1
  ms=$(for _ in 1 2 3 4 5; do seconds "$@"; calculate "$wall * 1000" 0; echo; done | sort -n | head -n 1)
  printf '%-46s %8s %10s ms  <= %4s  %s\n' "$name" "" "$ms" "$limit" "$(goal "$ms" '<=' "$limit")"
}
# whole_row NAME ACT : seconds and memory of what goes through all of it.
whole_row () {
  local s mb differences
  read -r s mb differences < <("$build/tests/bench/ledger" "$2" "$store" | tail -n 1)
  printf '%-46s %8s %10s s, at most %s MB, %s differences\n' "$1" "" "$s" "$mb" "$differences"
}

bench_ledger () {
  local entries=${ENTRIES:-1000000} line name rows ms
  new_store en
  seconds "$build/tests/bench/ledger" make "$store" "$entries"
  echo "A ledger: $(cat "$work/out"), made in $wall s ($cpu s of CPU); docket.db $(du -m "$store/docket.db" | cut -f1) MB. Load $(load)."
  printf '%-46s %8s %13s\n' "Questions of a screen, within the program" rows "ms"
  while IFS=$'\t' read -r name rows ms; do
    printf '%-46s %8s %10s ms  <= %4s  %s\n' "$name" "$rows" "$ms" 50 "$(goal "$ms" '<=' 50)"
  done < <("$build/tests/bench/ledger" ask "$store")
  echo "Whole commands, from start to end"
  ms_row "docket status" 200 "$docket" status --json
  ms_row "docket case list --limit 50" 200 "$docket" case list --limit 50
  ms_row "docket case list --owner --waiting --alert" 200 "$docket" case list --limit 50 --owner eva --waiting 5 --alert overdue
  ms_row "docket list --limit 50" 200 "$docket" list --limit 50
  ms_row "docket list --limit 50 --after" 200 "$docket" list --limit 50 --after "#$((entries / 36))"
  ms_row "docket review --limit 50" 200 "$docket" review --limit 50
  echo "The whole ledger"
  for name in xes csv; do
    seconds "$docket" export log --format $name --out "$work/log.$name"
    printf '%-46s %8s %10s s, %s MB\n' "docket export log --format $name" "" "$wall" "$(du -m "$work/log.$name" | cut -f1)"
  done
  rm -f "$work"/log.*
  whole_row verify verify
  whole_row rebuild rebuild
  edit_line
  drop_store
}

# One digit of one line in the middle is another: verify names the entry.
edit_line () {
  local log seq
  log=$(ls "$store"/ledger/*.log | tail -n 1)
  seq=$((${ENTRIES:-1000000} / 2))
  sed -i -E "/\"seq\":$seq,/s/\"time_us\":(.)/\"time_us\":9/" "$log"
  "$build/tests/bench/ledger" verify "$store" >"$work/out"
  printf '%-46s %8s %10s\n' "a line edited by hand is named" "" "$(grep -q -F "ledger $seq " "$work/out" && echo yes || echo "no: $(head -n 2 "$work/out")")"
}
