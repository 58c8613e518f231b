# shellcheck shell=bash disable=SC2034
# tests/flow/lib.sh - what flow tests share: a store of their own, the built programs, and sentences that pass or fail. Sourced by each.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
ROOT=$PWD
BUILD=${BUILD:-$ROOT/build}
docket=$BUILD/docket
docketd=$BUILD/docketd
sample=$ROOT/samples/mail
work=$(mktemp -d)
n=0
late=2026-12-31T09:00:00Z # for DOCKET_NOW, where letters are taken in that came on a day of their own
unset DOCKET_STORE DOCKET_NOW DOCKET_CRASH_AT
export LC_ALL=C.UTF-8 LANG=C.UTF-8

finish () {
  for pid in $(jobs -p); do kill -9 "$pid" 2>/dev/null; done
  wait 2>/dev/null
  rm -rf "$work"
}
trap finish EXIT

# ok SENTENCE COMMAND… : the sentence holds when the command succeeds.
ok () {
  local sentence=$1
  shift
  n=$((n + 1))
  if "$@" >"$work/.out" 2>&1; then
    echo "ok $n - $sentence"
  else
    echo "not ok $n - $sentence"
    { echo "# $sentence: $*"; head -c 3000 "$work/.out"; } >&2
  fi
}
# same WANTED GIVEN, exits WANTED COMMAND…, says WORDS COMMAND… : for use with ok.
same () { [ "$1" = "$2" ] || { echo "wanted: $1"; echo "given:  $2"; return 1; }; }
exits () { local wanted=$1 status=0; shift; "$@" || status=$?; same "$wanted" "$status"; }
says () { local words=$1 said; shift; said=$("$@" 2>&1); grep -q -F -- "$words" <<<"$said" || { echo "$said"; return 1; }; }
# within SECONDS COMMAND… : it succeeds some time before they are over.
within () { local end=$(($(date +%s%N) / 1000000 + $1 * 1000)); shift; until "$@" >/dev/null 2>&1; do [ $(($(date +%s%N) / 1000000)) -lt $end ] || return 1; sleep 0.1; done; }

# A new store at $store, for the commands too. Nothing is drawn for a blind check there, since that is chance.
fresh_store () {
  [ -d "$work/conf" ] || { cp -r "${DOCKET_DATA:-$ROOT/conf}" "$work/conf" && sed -i 's/^blind_check: .*/blind_check: 0/' "$work/conf/docket.yaml"; }
  store=$work/store-$((stores = ${stores:-0} + 1))
  DOCKET_DATA=$work/conf "$docket" init "$store" "$@" >/dev/null || exit 1
  export DOCKET_STORE=$store
  inbox=$store/inbox/default
}
# Starts docketd; its log is $store.log, its process $daemon.
start_docketd () { "$docketd" --store "$store" "$@" 2>>"$store.log" & daemon=$!; within 20 status_is running true; }
stop_docketd () { kill -INT "$daemon" 2>/dev/null; wait "$daemon" 2>/dev/null; }
kill_docketd () { kill -9 "$daemon" 2>/dev/null; wait "$daemon" 2>/dev/null; }
status_is () { "$docket" status --json | jq -e --arg k "$1" --argjson v "$2" '.[$k] == $v' >/dev/null; }
at_rest () { "$docket" status --json | jq -e '.in_flight == 0 and .waiting == 0' >/dev/null; }
documents () { "$docket" list --json | wc -l; }
receipts () { "$docket" balance --json | jq .seen; }
is_clean () { "$docket" verify --full && "$docket" balance; }

# in_store SQL : asks the catalogue. kept FILE : how many documents have these very bytes, each in an object that is whole.
in_store () { sqlite3 -readonly "$store/docket.db" "$1"; }
kept () {
  local sha
  sha=$(sha256sum -- "$1" | cut -d' ' -f1)
  [ "$(sha256sum <"$store/objects/${sha:0:2}/${sha:2}" | cut -d' ' -f1)" = "$sha" ] && in_store "select count(*) from document where blob = '$sha'"
}
# letter WORD : a short letter of its own, in which WORD can be found.
letter () { printf 'Dear Sirs,\n\nI am writing to complain about the %s that I ordered from you.\nIt never arrived.\n\nYours faithfully,\nMargaret Ellwood\n' "$1"; }
