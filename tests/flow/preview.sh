#!/bin/bash
# Small pictures of pages: upright, of the width asked for, made by a shut-in child, kept in tmp/ and free to be deleted.
# shellcheck source=tests/flow/lib.sh disable=SC2016
source "$(dirname "$0")/lib.sh"
export DOCKET_DATA=$ROOT/conf

fresh_store --country HU
printf 'A letter of words alone.\n' >"$work/note.txt"
printf '%%PDF-1.4\nand nothing more' >"$work/broken.pdf"
cp "$ROOT/tests/fixtures/extract/locked.pdf" "$ROOT/tests/fixtures/extract/three-pages.tif" "$work"
(cd "$sample" && "$docket" ingest --wait IMG_20261109_174502.jpg "Résiliation Marchand.pdf" "$work/three-pages.tif" "$work/note.txt" \
  "$work/broken.pdf" "$work/locked.pdf") >/dev/null
preview () { "$docket" show --preview "$@"; }
# width FILE, height FILE : of a PNG.
width () { od -An -tu1 -j16 -N4 "$1" | awk '{ print (($1 * 256 + $2) * 256 + $3) * 256 + $4 }'; }
height () { od -An -tu1 -j20 -N4 "$1" | awk '{ print (($1 * 256 + $2) * 256 + $3) * 256 + $4 }'; }
pictures () { find "$store/tmp" -name 'preview-*' | wc -l; }

ok "a preview is written" preview '#1' --out "$work/1.png"
ok "800 pixels wide" same 800 "$(width "$work/1.png")"
ok "a photo that lay on its side stands upright" test "$(height "$work/1.png")" -gt 1000
ok "it has the shape of the page that the words are on" same "$(width "$work/1.png")" \
  "$("$docket" show --alto '#1' | grep -o '<Page .*' | sed -E 's/.* WIDTH="([0-9]*)" HEIGHT="([0-9]*)".*/\1 \2/' | awk -v h="$(height "$work/1.png")" '{ printf "%.0f", h * $1 / $2 }')"
ok "of the second page of a PDF, 200 wide" preview '#2' --page 2 --width 200 --out "$work/2.png"
ok "it is that wide" same 200 "$(width "$work/2.png")"
ok "as JPEG where the name says so" preview '#3' --page 3 --out "$work/3.JPG"
ok "it is one" same ffd8ff "$(od -An -tx1 -N3 "$work/3.JPG" | tr -d ' ')"
ok "the pictures are kept for a while" same 3 "$(pictures)"
touch -d '2 days ago' "$store"/tmp/preview-*
ok "until another is made a day and a half later" preview '#3' --page 1 --width 64 --out "$work/later.png"
ok "then they are gone" same 1 "$(pictures)"
rm "$store"/tmp/preview-*
ok "deleted, they are made again" preview '#1' --out "$work/again.png"
ok "with the same bytes" cmp "$work/1.png" "$work/again.png"
printf 'no picture' >"$(find "$store/tmp" -name 'preview-*')"
ok "one that was spoilt is made anew" preview '#1' --out "$work/again.png"
ok "as it was" cmp "$work/1.png" "$work/again.png"
chmod 0500 "$store/tmp"
ok "where nothing can be kept it is made all the same" preview '#2' --page 1 --width 100 --out "$work/unkept.png"
chmod 0700 "$store/tmp"
ok "nothing is wrong with the store" is_clean

ok "a text without pages has no picture" says 'is a text without pages: there is no picture of it' preview '#4' --out "$work/4.png"
ok "a damaged file says so" says 'The file is damaged or incomplete' preview '#5' --out "$work/5.png"
ok "and ends with 1" exits 1 preview '#5' --out "$work/5.png"
ok "no file is left" test ! -e "$work/5.png"
ok "a locked one is told in the language asked for" says 'jelszó' preview '#6' --out "$work/6.png" --lang hu
ok "a page that is not there is a finding" says 'has no page 4' preview '#3' --page 4 --out "$work/x.png"
ok "without a file to write to it is wrong usage" exits 64 preview '#1'
ok "so is a file that is no picture" exits 64 preview '#1' --out "$work/1.gif"
ok "and a width that nobody can see" exits 64 preview '#1' --width 3 --out "$work/x.png"

# What a taken-over parser would do, by the hooks of the sanitized build.
act () { DOCKET_TEST_HOOK="preview:$1::" DOCKET_TEST_CPU_S=3 "$BUILD/san/docket" show --preview '#2' --page 2 --width 333 --out "$work/hostile.png"; }
for act in open connect exec; do ok "$act is forbidden to the child" says 'no preview of' act $act; done
ok "a loop is ended" says 'took too long' act loop
ok "too much memory is not given" says 'more memory than allowed' act allocate
ok "a crash is its own" says 'Reading the file failed' act crash
ok "a flood is cut off" says 'more content than docket accepts' act flood
ok "none of them left a file" test ! -e "$work/hostile.png"
ok "nor a picture that is kept" same 0 "$(find "$store/tmp" -name 'preview-*-333-*' | wc -l)"
