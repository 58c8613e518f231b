#!/bin/bash
# What reading costs: one core a page, pages that are equal once, a bound on memory; and who goes first.
# shellcheck source=tests/flow/lib.sh disable=SC2119
. "$(dirname "$0")/lib.sh"
# shellcheck disable=SC2046
gcc -o "$work/append-tiff" "$(dirname "$0")/append-tiff.c" $(pkg-config --cflags --libs libtiff-4) || exit 1
letter=$ROOT/tests/fixtures/extract/crooked.tif
fresh_store

# of EVENT KEY : the values of KEY in the lines of EVENT of the last run. reading KEY : the same of pages that were read, not bound.
ingest () { env -u OMP_THREAD_LIMIT "$docket" ingest --wait --verbose "$@" >"$work/out" 2>"$work/log"; }
of () { grep " event=$1 " "$work/log" | grep -o " $2=[^ ]*" | cut -d= -f2; }
reading () { grep ' event=worked ' "$work/log" | grep -v ' engine_ms=0 ' | grep -o " $1=[^ ]*" | cut -d= -f2; }

ok 'a letter is read' ingest "$letter"
one_core () { [ "$(reading cpu_ms)" -le $(($(reading wall_ms) * 105 / 100 + 20)) ] || { cat "$work/log"; return 1; }; }
ok 'by one core, whatever the environment says of OpenMP' one_core
ok 'the run ends by telling what it cost' test "$(of ended cpu_ms)" -ge "$(reading cpu_ms)"
ok 'a child has less than 350 MB' test "$(of ended peak_mb)" -lt 350
words () { "$docket" show --text "$@" | tr -d '\f'; }

for page in 1 2 3 4; do "$work/append-tiff" "$work/again.tif" "$letter" 0; done
ok 'a scan of the same sheet four times is taken in' ingest "$work/again.tif"
ok 'its pages are looked up' same 4 "$(of ended looked_up)"
ok 'none is read' same '' "$(reading page)"
for page in 1 4; do ok "page $page has the words of the letter" same "$(words '#1')" "$(words --page=$page '#2')"; done
equal_pages () { "$docket" status --json | jq -c .pages; }
ok 'status counts them' same '{"recognised":5,"equal":4}' "$(equal_pages)"
ok 'everything holds' is_clean
stages () { in_store "SELECT group_concat(pixel_key IS NOT NULL) FROM page"; }
ok 'the catalogue made anew knows the keys' "$docket" rebuild
ok 'of all pages' same 1,1,1,1,1 "$(stages)"

# Two letters are in the store before anybody works; the one from the counter came last.
mkdir -p "$store/inbox/counter"
printf '  counter:\n    channel: counter\n    urgent: true\n' >>"$store/docket.yaml"
for page in 1 2 3; do "$work/append-tiff" "$work/long.tif" "$ROOT/tests/fixtures/extract/three-pages.tif" $((page - 1)); done
printf 'Dear Sirs,\nmy kettle broke.\n' >"$work/post.txt"
printf 'Dear Sirs,\nmy lamp never came, and I stand at your counter.\n' >"$work/counter.txt"
"$docket" ingest "$work/long.tif" "$work/post.txt" >/dev/null
"$docket" ingest --profile counter "$work/counter.txt" >/dev/null
ok 'all are worked on' ingest --jobs 1 "$work/counter.txt" "$work/post.txt" "$work/long.tif"
first_filed () { in_store "SELECT document FROM ledger WHERE activity = 'document.filed' AND document > 2 ORDER BY seq LIMIT 1"; }
ok 'what came over the counter is filed first' same 5 "$(first_filed)"
echo "1..$n"
