#!/bin/bash
# The pages that the benches draw: their table names texts that are there, and every kind of damage in four languages.
# shellcheck source=tests/flow/lib.sh
source "$(dirname "$0")/lib.sh"
table=tests/bench/pages.tsv
lines () { grep -v -e '^#' -e '^language' $table; }

missing_messages () {
  lines | awk -F'\t' '$8 !~ /^letter/ { n = split($8, id, " "); for (i = 2; i <= n; i++) print $1, id[i] }' | while read -r language id; do
    grep -q -P "^$id\t" "conf/letters/$language-full.tsv" || echo "$id"
  done
}
missing_letters () { lines | sed -n 's/.*\tletter //p' | while read -r name; do [ -f "samples/letters/$name.txt" ] || echo "$name"; done; }
missing_frames () {
  lines | awk -F'\t' '$8 !~ /^letter/ { split($8, part, " "); print $1, part[1] }' | while read -r language no; do
    [ "$no" -ge 1 ] && [ "$no" -le "$(grep -c -P "^$language\t" tests/fixtures/classify/frames.tsv)" ] || echo "$language $no"
  done
}
ok "there are 48 pages" same 48 "$(lines | wc -l)"
ok "twelve are in each language" same "$(printf '%s\n' "12 en" "12 es" "12 fr" "12 hu")" "$(lines | cut -f1 | sort | uniq -c | sed 's/^ *//')"
ok "every message that they are made of is among docket's letters" same "" "$(missing_messages)"
ok "every letter of the sample mail that they show is there" same "" "$(missing_letters)"
ok "every frame is there" same "" "$(missing_frames)"
ok "no page has the number of another" same "" "$(lines | cut -f1,2 | sort | uniq -d)"
