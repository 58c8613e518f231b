#!/bin/bash
# The demo: the sample mail through a drop folder, as whoever sees docket for the first time runs it.
# shellcheck source=tests/flow/lib.sh disable=SC2016
source "$(dirname "$0")/lib.sh"

export BUILD
said=$work/said
ok "the demo ends by itself, well" timeout 300 bash -c 'samples/demo.sh "$1" >"$2" 2>&1' demo "$work/demo" "$said"
total=$(find "$sample" -type f | wc -l)
ok "it tells where to drop files" grep -q "drop files into $work/demo/inbox/default" "$said"
ok "all of the mail is in its table" same "$total" "$(grep -c '^D-2026-[0-9]*-[0-9][0-9]/1 ' <(sed '/^docket search/,$d' "$said"))"
ok "verify and balance find nothing missing" same '0 differences 0 missing' "$(grep -o '[0-9]* differences$' "$said") $(grep -o '[0-9]* missing$' "$said")"
hits () { awk -v n="$1" '/^docket search/ { i++ } i == n && /, page [0-9]+: / { hits++ } END { print hits + 0 }' "$said"; }
for which in 1 2 3; do
  ok "search $which has a hit" test "$(hits $which)" -ge 1
done
report=$(grep -m1 'index\.html$' "$said")
ok "it names a report, which is there" test -s "$report"
ok "nothing of docket runs any more" same '' "$(pgrep -f "$work/demo" || true)"
ok "a folder that is no store is left alone" bash -c 'mkdir "$1" && ! samples/demo.sh "$1" && [ -d "$1" ]' demo "$work/other"
