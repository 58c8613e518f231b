#!/bin/bash
# Files that come page by page, with pauses, or change while they are looked at: each is taken once, when it is whole.
# shellcheck source=tests/flow/lib.sh disable=SC2119
. "$(dirname "$0")/lib.sh"
fresh_store
start_docketd

# le16 N…, le32 N… : little endian.
le16 () { local v; for v; do printf '%b' "\\x$(printf %02x $((v & 255)))\\x$(printf %02x $((v >> 8 & 255)))"; done; }
le32 () { local v; for v; do le16 $((v & 65535)) $((v >> 16 & 65535)); done; }
# A grey page of 64 × 64 for offset $1: its pixels, all $2, then its directory.
tiff_page () {
  local entry
  head -c 4096 /dev/zero | tr '\0' "\\$2"
  le16 9
  for entry in 256:64 257:64 258:8 259:1 262:1 273:"$1" 277:1 278:64 279:4096; do
    le16 "${entry%:*}" 4
    le32 1 "${entry#*:}"
  done
  le32 0
}
# Appends page $2 to the TIFF $1 as scanners do: first the page, then the pointer to it. Descriptor 3 is the file's end.
append_page () {
  local page=$((8 + ($2 - 1) * 4210)) pointer=$((4 + ($2 - 1) * 4210))
  [ "$2" -gt 1 ] || { printf 'II*\0'; le32 0; } >&3
  tiff_page $page $((200 + $2)) >&3
  le32 $((page + 4096)) | dd of="$1" bs=1 seek=$pointer conv=notrunc status=none
}
pdf_by_parts () { # the writer closes it after each
  local size=$((($(stat -c %s "$sample/Suggestion route 46.pdf") + 6) / 7)) i
  for i in 0 1 2 3 4 5 6; do
    tail -c +$((i * size + 1)) "$sample/Suggestion route 46.pdf" | head -c $size >>"$inbox/parts.pdf"
    sleep 3
  done
}
tiff_kept_open () { local i; exec 3>"$inbox/open.tif"; for i in 1 2 3 4; do append_page "$inbox/open.tif" $i; sleep 5; done; }
tiff_reopened () {
  local i
  for i in $(seq 16); do
    exec 3>>"$inbox/reopened.tif"
    append_page "$inbox/reopened.tif" "$i"
    exec 3>&-
    sleep 1
  done
}
text_by_lines () { exec 3>"$inbox/lines.txt"; local i; for i in $(seq 10); do letter "line$i" >&3; sleep 2; done; }
writers=()
for writer in pdf_by_parts tiff_kept_open tiff_reopened text_by_lines; do $writer & writers+=($!); done

# A name whose content is written over and replaced all the time.
pad () { cat "$1"; head -c 300000 /dev/zero | tr '\0' '%' | fold -w 70; printf '\n%%%%EOF\n'; }
pad "$sample/mérőállás.pdf" >"$work/a.pdf"
pad "$sample/Reclamación Martínez.pdf" >"$work/b.pdf"
for i in $(seq 60); do
  cat "$work/a.pdf" >"$inbox/changing.pdf"
  cp "$work/b.pdf" "$inbox/.new"
  mv "$inbox/.new" "$inbox/changing.pdf"
  sleep 0.0$((i % 10))
done
sleep 8
ok 'nothing is taken of what is still being written' same 0 \
  "$(in_store "select count(*) from receipt where name in ('parts.pdf', 'open.tif', 'reopened.tif', 'lines.txt')")"
wait "${writers[@]}"
ok 'when all is written, all comes to rest' within 60 at_rest
once () { same "1|$2" "$(in_store "select count(*), max(document.pages) from receipt join document on document.id = document where receipt.name = '$1'")"; }
ok 'a PDF written by parts is taken once and whole' once parts.pdf 1
ok 'its bytes are those of the file' same 1 "$(kept "$sample/Suggestion route 46.pdf")"
ok 'a TIFF that stays open for 20 s is taken once, with its four pages' once open.tif 4
ok 'a TIFF that is opened anew for each of 16 pages is taken once, with all of them' once reopened.tif 16
ok 'a text written line by line is taken once' once lines.txt 1
ok 'with its last line' says line10 "$docket" search --json line10
ok 'a file that changes while it is copied is taken' test "$(in_store "select count(*) from receipt where name = 'changing.pdf'")" -ge 1
known_only () {
  in_store "select distinct blob from document join receipt on document.id = document where receipt.name = 'changing.pdf'" >"$work/blobs" &&
    ! grep -v -e "$(sha256sum <"$work/a.pdf" | cut -c1-64)" -e "$(sha256sum <"$work/b.pdf" | cut -c1-64)" "$work/blobs"
}
ok 'it is never a mixture' known_only
ok 'the store is clean' is_clean

# A file whose end never comes.
head -c 9000 "$sample/Suggestion route 46.pdf" >"$inbox/cut.pdf"
sleep 8
ok 'a PDF without its end waits in the drop folder' test -e "$inbox/cut.pdf"
ok 'status counts it as waiting' status_is waiting 1
ok 'after half a minute of silence it is taken as it is' within 40 at_rest
ok 'and is not called whole' same 1 "$(in_store "select count(*) from document join receipt on document.id = document where receipt.name = 'cut.pdf' and outcome <> 'ok'")"
