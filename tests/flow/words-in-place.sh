#!/bin/bash
# The words in filed PDFs lie on the ink: every word as hOCR has it, against the same word as pdftotext finds it, for pictures and for PDFs of scanned
# pages, straight and slanted, turned and cropped; and all else in those PDFs is as it came.
# shellcheck source=tests/flow/lib.sh disable=SC2016
source "$(dirname "$0")/lib.sh"
# shellcheck source=tests/flow/words-lib.sh
source "$ROOT/tests/flow/words-lib.sh"

# A PDF that docket made, with its text taken out again and its pages as the sed script PAGES makes them: what a scanner might have sent.
scan_from () { qpdf --qdf --object-streams=disable "$1" - | LC_ALL=C sed -e '/^BT 3 Tr/,/^ET/d' -e "$3" | fix-qdf >"$work/qdf.pdf" && qpdf --deterministic-id "$work/qdf.pdf" "$2"; }
lie_right () { local mean missing; read -r mean missing <<<"$(overlap "$1")"; echo "mean $mean, missing $missing" | tee -a "$work/overlaps"; awk -v m="$mean" -v n="$missing" 'BEGIN { exit !(m >= 0.85 && n == 0) }'; }
at_most_longer () { [ "$(stat -c %s "$2")" -le $(($(stat -c %s "$1") * 105 / 100)) ] || stat -c '%s %n' "$1" "$2"; }

fresh_store --country GB
cd "$sample" || exit 1
pictures=(scan0012.jpg fax_20261104_1022.tif szkennelt_0004.tif scan0021.png IMG_20261109_174502.jpg)
"$docket" ingest --wait --jobs 2 "${pictures[@]}" >/dev/null
for i in "${!pictures[@]}"; do
  ok "the words of ${pictures[i]} lie where they were read" lie_right $((i + 1))
done
ok "a PDF is hardly longer than the JPEG in it" at_most_longer scan0012.jpg "$(filed 1)"
ok "from which the very JPEG comes again" same "$(sha256sum scan0012.jpg | cut -d' ' -f1)" "$(pictures_of "$(filed 1)")"
cd "$ROOT" || exit 1

scans=$work/scans
mkdir "$scans"
shifted='s|^  /Type /Page$|& /CropBox [ 20 30 575 800 ]|'
scan_from "$(filed 1)" "$scans/straight.pdf" ''
for turn in 90 180 270; do scan_from "$(filed 1)" "$scans/turned-$turn.pdf" "s|^  /Rotate 0\$|  /Rotate $turn|"; done
scan_from "$(filed 1)" "$scans/cropped.pdf" "$shifted"
scan_from "$(filed 1)" "$scans/turned-cropped.pdf" "$shifted;s|^  /Rotate 0\$|  /Rotate 90|"
scan_from "$(filed 2)" "$scans/fax.pdf" ''
scan_from "$(filed 5)" "$scans/photo.pdf" ''
qpdf --empty --pages "$scans/straight.pdf" "$scans/fax.pdf" "$scans/turned-180.pdf" -- --deterministic-id "$scans/several.pdf"
qpdf --object-streams=generate --deterministic-id "$scans/straight.pdf" "$scans/packed.pdf"

fresh_store --country GB
names=("$scans"/*.pdf)
"$docket" ingest --wait --jobs 2 "${names[@]}" >/dev/null
for i in "${!names[@]}"; do
  name=$(basename "${names[i]}") pdf=$(filed $((i + 1)))
  ok "$name has no words when it comes" same '' "$(pdf_words "${names[i]}")"
  ok "its words lie where they were read" lie_right $((i + 1))
  ok "qpdf finds nothing wrong" qpdf --check "$pdf"
  ok "it has as many pages" same "$(qpdf --show-npages "${names[i]}")" "$(qpdf --show-npages "$pdf")"
  ok "with the very pictures" same "$(pictures_of "${names[i]}")" "$(pictures_of "$pdf")"
done
ok "a turned page is shown upright" same 0 "$(pdfinfo "$(filed 8)" | sed -n 's/^Page rot: *//p')"
ok "a PDF of one scan is hardly longer with its words" at_most_longer "$scans/straight.pdf" "$(filed 7)"
sums () { for id in $(seq ${#names[@]}); do sha256sum <"$(filed "$id")"; done; }
sums >"$work/first"
fresh_store --country GB
"$docket" ingest --wait --jobs 2 "${names[@]}" >/dev/null
ok "the same files give the same bytes in another store" cmp "$work/first" <(sums)

fresh_store --country GB
qpdf --encrypt '' owner 256 -- "$scans/straight.pdf" "$work/restricted.pdf"
head -c 60000 "$scans/straight.pdf" >"$work/cut.pdf"
"$docket" ingest --wait "$work/restricted.pdf" "$work/cut.pdf" >/dev/null
ok "a restricted PDF is filed as it came" cmp "$work/restricted.pdf" "$(filed 1)"
ok "but was read" test "$(read_words 1 | wc -l)" -gt 100
ok "nothing is wrong with the store" is_clean
sort "$work/overlaps" | sed "s/^/# /"
