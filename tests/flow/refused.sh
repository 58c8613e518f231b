#!/bin/bash
# What nothing can be had of is refused by its right name; what something can be had of goes on.
# shellcheck source=tests/flow/lib.sh
. "$(dirname "$0")/lib.sh"

mkdir "$work/in"
head -c 20000 "$sample/scan0021.png" >"$work/in/cut.png"
head -c 60000 "$sample/scan0012.jpg" >"$work/in/cut.jpg"
gzip -c README.md >"$work/in/letters.gz"
printf '<!DOCTYPE html><html><body><p>one<p>two<div>three</div></body></html>' >"$work/in/page.html"
try () { "$docket" try --json "$work/in/$1" | jq -r "$2"; }
ok 'a picture cut off so that none of it can be shown is refused as damaged' same 'refused damaged' "$(try cut.png '"\(.outcome) \(.reason.code)"')"
ok 'a photo cut off is read as far as it goes' same 'partial damaged' "$(try cut.jpg '"\(.outcome) \(.warnings[0].code)"')"
ok 'a web page is refused, and called what it is' same 'refused unsupported text/html' \
  "$(try page.html '"\(.outcome) \(.reason.code) \(.media_type)"')"
ok 'an archive is refused, and called what it is' same 'refused application/gzip' "$(try letters.gz '"\(.outcome) \(.media_type)"')"

fresh_store
ok 'ingest says so by its exit status' exits 1 "$docket" ingest --wait "$work/in"
ok 'refused files lie in quarantine, each beside its reason' same 3 "$(find "$store/quarantine" -name '*.reason.txt' | wc -l)"
ok 'the balance holds' is_clean
