# shellcheck shell=bash disable=SC2154
# What deadlines cost: CASES of them (default 100000) looked at again as every night.
bench_clocks () {
  local folder
  folder=$(mktemp -d)
  echo "Clocks"
  "$build/tests/bench/clocks" "$folder/store" "${CASES:-100000}" conf
  rm -rf "$folder"
}
