#!/bin/bash
# 200 files arrive while docketd, docket-worker and its children are killed at random: each is there exactly once.
# shellcheck source=tests/flow/lib.sh disable=SC2119
. "$(dirname "$0")/lib.sh"
fresh_store
RANDOM=20261123
mkdir "$work/mail"

words=(kettle umbrella lantern saddle violin carpet mirror ladder teapot blanket)
for i in $(seq 150); do letter "${words[i % 10]} number $i" >"$work/mail/letter $i.txt"; done
i=0
for file in "$sample"/*.tif "$sample"/*.pdf "$sample"/*.webp "$sample"/*.png "$sample"/*.txt; do cp "$file" "$work/mail/sample $((++i)).${file##*.}"; done
for file in "$sample"/fax*.tif; do # further scans: the same pictures, other bytes
  for k in 1 2 3; do { cat "$file"; printf 'copy %d' $k; } >"$work/mail/copy $((++i)).tif"; done
done
for k in 1 2 3 4 5 6; do printf '%%PDF-1.4\nbroken %d\n%%%%EOF\n' $k >"$work/mail/broken $k.pdf"; done
for k in $(seq $((200 - $(find "$work/mail" -type f | wc -l)))); do cp "$work/mail/letter $k.txt" "$work/mail/again $k.txt"; done
contents=$(sha256sum "$work"/mail/* | cut -d' ' -f1 | sort -u)
ok 'there are 200 files, some of them twice' test "$(find "$work/mail" -type f | wc -l)" -eq 200 -a "$(wc -l <<<"$contents")" -lt 200

# The worker's processes, parent and children.
workers () { pgrep -f -- "$BUILD/docket-worker" | while read -r pid; do grep -q -z -F "$store" "/proc/$pid/environ" 2>/dev/null && echo "$pid"; done; }
one_of () { local all=("$@"); [ $# -eq 0 ] || echo "${all[RANDOM % $#]}"; }
start () { "$docketd" --store "$store" 2>>"$store.log" & daemon=$!; }
start
(cd "$work/mail" && for file in *; do cp -- "$file" "$inbox/.$file" && mv -- "$inbox/.$file" "$inbox/$file"; sleep 0.15; done) &
dropper=$!
daemons=0 helpers=0
while [ $((daemons + helpers)) -lt 20 ]; do
  sleep "$((1 + RANDOM % 3)).$((RANDOM % 10))"
  # shellcheck disable=SC2046
  victim=$(one_of $(workers))
  if [ $((RANDOM % 2)) -eq 0 ] || [ -z "$victim" ]; then
    kill_docketd 2>/dev/null
    daemons=$((daemons + 1))
    start
  else
    kill -9 "$victim"
    helpers=$((helpers + 1))
  fi
done
wait $dropper
echo "# killed docketd $daemons times, docket-worker or a child $helpers times"
ok 'both were killed' test $daemons -ge 5 -a $helpers -ge 3
ok 'all come to rest' within 400 at_rest
stop_docketd
ok 'each file is a receipt' same 200 "$(receipts)"
ok 'each content is a document, once' same "$contents" "$(in_store 'select blob from document where parent is null order by blob')"
whole () { local sha; for sha in $contents; do same "$sha" "$(sha256sum <"$store/objects/${sha:0:2}/${sha:2}" | cut -d' ' -f1)" || return 1; done; }
ok 'each content is kept whole' whole
ok 'the broken ones are in quarantine, nothing else is' same 6 "$(in_store "select count(*) from document where stage = 'quarantined'")"
ok 'no letter lost a page to a kill' same 0 "$(in_store "select count(*) from document where outcome = 'partial'")"
ok 'docket numbers have no gap' same "$(in_store 'select count(*) from cases')" "$(in_store 'select max(serial) from cases')"
ok 'the drop folder is empty' same 0 "$(find "$inbox" -type f | wc -l)"
ok 'every document at rest has its one name in filed/' same "$(in_store "select count(*) from document where stage = 'rest'")" "$(find "$store/filed" -type f | wc -l)"
ok 'the store is clean' is_clean
