#!/bin/bash
# A full disk: intake pauses and loses nothing; once there is room, everything goes on by itself.
# shellcheck source=tests/flow/lib.sh disable=SC2119
[ "$(id -u)" -eq 0 ] || exec unshare -rm "$0" # a user may mount a tmpfs in name spaces of their own
. "$(dirname "$0")/lib.sh"
disk=$work/disk
mkdir "$disk"
trap 'kill -9 $(jobs -p) 2>/dev/null; wait; umount -l "$disk"; finish' EXIT
mount -t tmpfs -o size=160m tmpfs "$disk" || { echo 'not ok - a small file system to fill'; exit 1; }
export DOCKET_STORE=$disk/store
store=$DOCKET_STORE
inbox=$store/inbox/default
"$docket" init "$store" >/dev/null
finds () { "$docket" search --json "$1" | grep -q .; }
# leave MIB : fills the disk but for so much.
leave () {
  rm -f "$disk/ballast"
  head -c $(($(stat -f -c '%a * %S' "$disk") - $1 * 1048576)) /dev/zero >"$disk/ballast"
}
lives () { kill -0 "$daemon"; }
intact () { cmp "$inbox/during.txt" <(letter during) && cmp "$inbox/fax.tif" "$sample/fax_20261104_1022.tif" && cmp "$inbox/route.pdf" "$sample/Suggestion route 46.pdf"; }

start_docketd
letter before >"$inbox/before.txt"
ok 'with room, a letter is taken and searchable' within 15 finds before
leave 30
letter during >"$inbox/during.txt"
cp "$sample/fax_20261104_1022.tif" "$inbox/fax.tif"
cp "$sample/Suggestion route 46.pdf" "$inbox/route.pdf"
ok 'below its reserve docketd says that it pauses' within 15 grep -q 'event=paused reason=disk_full' "$store.log"
sleep 6
ok 'the sources are where they were, untouched' intact
ok 'docketd lives' lives
ok 'status shows them as waiting' status_is waiting 3
room_is_told () { "$docket" status --json | jq -e '.free_bytes < 40000000'; }
ok 'status shows how little room is left' room_is_told
ok 'and says in words that nothing is begun' says 'begins no new work' "$docket" status
ok 'what was searchable still is' finds before
leave 100
ok 'with room again, it goes on by itself' within 60 at_rest
ok 'and status is silent about it' exits 1 grep -q 'begins no new work' <("$docket" status)
ok 'all are filed' same 'rest rest rest rest ' "$("$docket" list --json | jq -r .stage | tr '\n' ' ')"
is_empty () { [ -z "$(find "$1" -type f)" ]; }
ok 'the drop folder is empty once a TIFF was silent for 30 s' within 45 is_empty "$inbox"
ok 'the store is clean' is_clean

# No reserve at all, reached by others while docketd runs and while the command writes.
leave 0
ok 'docket ingest on a disk without any room exits with 75' exits 75 "$docket" ingest "$sample/scan0007.tif"
ok 'and says that the disk is full, in the language asked for' says 'docket ingest: el disco está lleno' "$docket" ingest --lang es "$sample/scan0007.tif"
cp "$sample/scan0007.tif" "$work/late.tif"
rm -f "$disk/ballast"
ok 'docketd outlived it' within 20 lives
cp "$work/late.tif" "$inbox/late.tif"
leave 70
( sleep 0.5; head -c 80000000 /dev/zero >"$disk/more" ) 2>/dev/null &
filler=$!
for i in $(seq 30); do letter "many$i" >"$inbox/many$i.txt"; done
wait $filler
sleep 8
ok 'docketd outlives a disk that fills up under its hands' lives
rm -f "$disk/more" "$disk/ballast"
ok 'then all comes to rest by itself' within 60 at_rest
ok 'each letter is there once' same '35|35' "$(documents)|$(receipts)"
stop_docketd
ok 'the store is clean again' is_clean
