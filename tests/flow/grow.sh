#!/bin/bash
# A scanner that closes its TIFF after each page and pauses for seconds: what it wrote so far is searchable, and in the end it is one
# document, whole, under one docket number.
# shellcheck source=tests/flow/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck disable=SC2046
gcc -o "$work/append-tiff" "$(dirname "$0")/append-tiff.c" $(pkg-config --cflags --libs libtiff-4) || exit 1
pages=(scan0007 'change of address' szkennelt_0004 scan0040)
words=(Ellwood Whitlock Fenyves Villámház)
scan_page () { "$work/append-tiff" "$inbox/$1" "$sample/${pages[$2]}.tif" 0; }
finds () { [ "$("$docket" search --json "$1" | wc -l)" -ge 1 ]; }
finds_all () { local word; for word in "${words[@]}"; do finds "$word" || return 1; done; }
# whole FILE : one receipt of one document with the four pages and a number, nothing else.
whole () {
  same "1|1|4|1" "$(in_store "select count(*), count(distinct document.id), max(document.pages), (select count(*) from cases)
    from receipt join document on document.id = document where receipt.name = '$1'")"
}
gone () { [ ! -e "$inbox/$1" ]; }

fresh_store
start_docketd
for i in 0 1 2 3; do
  scan_page slow.tif $i
  [ $i -gt 0 ] || ok 'the first page can be found while the second is not yet scanned' within 20 finds Ellwood
  sleep 4
  cp "$inbox/slow.tif" "$work/slow.tif"
done
number=$("$docket" list --json | jq -r .number)
ok 'the pages that came later are found' within 60 finds_all
ok 'all is at rest while the source still waits for more pages' within 20 at_rest
ok 'the source is still there' test -e "$inbox/slow.tif"
ok 'there is one receipt of one document with four pages, and one case' whole slow.tif
ok 'its docket number is the one it had with its first page' same "$number" "$("$docket" list --json | jq -r .number)"
ok 'its bytes are those of the file' same 1 "$(kept "$work/slow.tif")"
ok 'the store is clean' is_clean
ok 'the searchable PDF in filed/ has the four pages' same 4 "$(find "$store/filed" -name '*.pdf' -exec pdfinfo {} \; | awk '/^Pages/ { print $2 }')"
ok 'after half a minute of silence the source is gone' within 40 gone slow.tif
ok 'nothing was taken twice' same 1 "$(receipts)"

two_receipts () { same 2 "$(receipts)"; }
# The next scan may get the number of the file that is gone.
for i in 0 1; do scan_page next.tif $i; done
ok 'a new file with the same first page is a letter of its own' within 20 two_receipts
within 30 at_rest
stop_docketd
ok 'an orderly end leaves no source behind' gone next.tif
ok 'the store is clean' is_clean

# docketd dies between pages, and the scanner goes on.
fresh_store
start_docketd
scan_page killed.tif 0
ok 'the first page is found' within 20 finds Ellwood
kill_docketd
scan_page killed.tif 1
start_docketd
sleep 3
kill_docketd
scan_page killed.tif 2
start_docketd
sleep 4
scan_page killed.tif 3
ok 'the pages that came while nobody looked are found' within 60 finds_all
within 20 at_rest
ok 'it is one document all the same' whole killed.tif
kill_docketd
start_docketd
ok 'a source that was taken before the last kill is gone in the end' within 50 gone killed.tif
ok 'nothing was taken twice' same 1 "$(receipts)"
ok 'the store is clean' is_clean
stop_docketd
"$docket" rebuild >/dev/null
ok 'a catalogue made anew says the same' whole killed.tif
ok 'and is clean' is_clean

fresh_store
cp "$sample/scan0007.tif" "$inbox/once.tif"
ok 'docketd --once takes a TIFF' "$docketd" --store "$store" --once --quiet
ok 'and keeps no source' gone once.tif
ok 'which is then searchable' finds Ellwood
