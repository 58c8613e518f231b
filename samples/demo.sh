#!/bin/bash
# The main job on the sample mail: a store, docketd, files dropped into its folder, then what a clerk, a searcher and a manager do.
# Usage: samples/demo.sh [STORE], by default build/demo, which is made anew.
set -euo pipefail
cd "$(dirname "$0")/.."
store=${1:-build/demo}
docket=${BUILD:-build}/docket
if [ -e "$store" ] && [ ! -e "$store/docket.yaml" ]; then
  echo "$store is no store; the demo leaves it alone" >&2
  exit 1
fi
rm -rf "$store"
$docket init "$store" --country ES
DOCKET_STORE=$(realpath "$store")
export DOCKET_STORE
$docket up &
running=$!
trap 'kill $running 2>/dev/null || true' EXIT

echo
echo "Dropping $(find samples/mail -type f | wc -l) files into $store/inbox/default …"
start=$SECONDS
cp samples/mail/* "$store/inbox/default/"
until $docket status --json | grep -q '"in_flight":0,"waiting":0'; do
  kill -0 $running || { echo "docketd ended" >&2; exit 1; }
  sleep 0.2
done
echo "All of it is filed and searchable after $((SECONDS - start)) s."
kill -INT $running
wait $running || true

echo
$docket list
echo
$docket verify --full
$docket balance
echo
for query in frigorifico bookcase '"salle tonic"'; do
  echo "docket search $query"
  $docket search "$query"
  echo
done
$docket report
