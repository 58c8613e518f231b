# shellcheck shell=bash disable=SC2154
# tests/flow/words-lib.sh - where the words of a filed PDF stand, as hOCR has it and as pdftotext finds it, and the pictures in it. Sourced by the flow of
# filed PDFs and by the bench; $docket, $store and $work are theirs.

# Quotes and what is written as an entity differ between the two.
plain () { sed "s/&[a-z0-9#]*;/_/g; s/['\"]/_/g"; }
filed () { echo "$store/filed/$("$docket" show --json "#$1" | jq -r '.folder + "/" + .name')"; }
pdf_words () {
  pdftotext -bbox -cropbox "$1" - | awk '/<page / { page++ } /<word / { match($0, />.*<\/word>/); t = substr($0, RSTART + 1, RLENGTH - 8)
    split($0, v, "\""); print page, v[2], v[4], v[6], v[8], t }' | plain
}
# In points of the pages of the PDF, whose sizes are told without their turn.
read_words () {
  awk '/<page / { split($0, v, "\""); width[++pages] = v[2]; height[pages] = v[4] }
    /class=.ocr_page/ { page++; match($0, /bbox [0-9 ]+/); split(substr($0, RSTART + 5, RLENGTH - 5), b, " ")
      side = (b[3] > b[4]) != (width[page] > height[page])
      x = (side ? height[page] : width[page]) / b[3]; y = (side ? width[page] : height[page]) / b[4] }
    /^<span class="ocrx_word"/ { match($0, /bbox [0-9 ]+/); split(substr($0, RSTART + 5, RLENGTH - 5), b, " "); match($0, />[^<]*</)
      print page, b[1] * x, b[2] * y, b[3] * x, b[4] * y, substr($0, RSTART + 1, RLENGTH - 2) }' \
    <(pdftotext -bbox -cropbox "$(filed "$1")" -) <("$docket" show --hocr "#$1" | sed 's/<span class="ocrx_word"/\n&/g') | plain
}
# "MEAN MISSING": intersection over union, of each word with the nearest of the same text on its page.
overlap () {
  awk 'function min(a, b) { return a < b ? a : b } function max(a, b) { return a > b ? a : b }
    NR == FNR { i = ++n[$1 " " $6]; for (k = 2; k < 6; k++) at[$1 " " $6, i, k] = $k; next }
    { key = $1 " " $6; best = 0
      for (i = 1; i <= n[key]; i++) {
        w = min($4, at[key, i, 4]) - max($2, at[key, i, 2]); h = min($5, at[key, i, 5]) - max($3, at[key, i, 3])
        if (w > 0 && h > 0) { common = w * h; both = ($4 - $2) * ($5 - $3) + (at[key, i, 4] - at[key, i, 2]) * (at[key, i, 5] - at[key, i, 3]); best = max(best, common / (both - common)) } }
      sum += best; words++; missing += best == 0 }
    END { printf "%.3f %d\n", (words > 0 ? sum / words : 0), missing }' <(pdf_words "$(filed "$1")") <(read_words "$1")
}
pictures_of () { rm -rf "$work/pictures"; mkdir "$work/pictures"; pdfimages -all "$1" "$work/pictures/p" && sha256sum "$work"/pictures/* | cut -d' ' -f1; }
