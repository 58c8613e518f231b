#!/bin/bash
# What lies in filed/: of a picture, and of a PDF of pictures, a PDF whose invisible words lie on the printed ones, of a PDF or text with words of
# its own the file as it came.
# shellcheck source=tests/flow/lib.sh disable=SC2016
source "$(dirname "$0")/lib.sh"

fresh_store --country GB
pictures=("scan0012.jpg" "IMG_20261109_174502.jpg" "szkennelt_0004.tif" "gracias hotel.webp" "fax_20261104_1022.tif" "Résiliation Marchand.pdf")
kept=("Reclamación Martínez.pdf" "trekking question.txt")
(cd "$sample" && "$docket" ingest --wait --jobs 2 "${pictures[@]}" "${kept[@]}") >/dev/null
for id in $(seq 8); do "$docket" show --json "#$id" >"$work/$id.json"; done
filed () { echo "$store/filed/$(jq -r '.folder + "/" + .name' "$work/$1.json")"; }
sha () { sha256sum "$1" | cut -d' ' -f1; }

# The words of a PDF, each an object with page, text and box in points.
pdf_words () {
  pdftotext -bbox "$1" - | awk '/<page / { page++ } /<word / { match($0, />.*<\/word>/); t = substr($0, RSTART + 1, RLENGTH - 8)
    split($0, v, "\""); gsub(/&amp;/, "\\&", t); gsub(/&lt;/, "<", t); gsub(/&gt;/, ">", t); gsub(/["\\]/, "", t)
    printf "{\"page\":%d,\"text\":\"%s\",\"box\":[%s,%s,%s,%s]}\n", page, t, v[2], v[4], v[6], v[8] }'
}
# How well words quoted in the JSON coincide with the same words of the PDF: intersection over union of their boxes, and how many they are.
overlap () {
  jq -n --slurpfile d "$work/$1.json" --slurpfile words <(pdf_words "$(filed "$1")") '
    def plain: gsub("[^\\p{L}\\p{N}]+"; "");
    def area: ([.[2] - .[0], 0] | max) * ([.[3] - .[1], 0] | max);
    def joint($b): [([.[0], $b[0]] | max), ([.[1], $b[1]] | max), ([.[2], $b[2]] | min), ([.[3], $b[3]] | min)] | area;
    def union: [(map(.[0]) | min), (map(.[1]) | min), (map(.[2]) | max), (map(.[3]) | max)];
    $d[0] as $d
    | [($d.kind.because[], $d.subject.because[], ($d.fields[] | {page, box, text: .raw})) | select(.text | test("[\\n]") | not)
       | (.text | [splits(" +")] | map(plain)) as $quote
       | $d.pages[.page - 1].dpi as $dpi | (.box | map(. * 72 / $dpi)) as $box | .page as $page
       | [$words[] | select(.page == $page)] as $here
       | [range($here | length) as $i | $here[$i:$i + ($quote | length)] | select(map(.text | plain) == $quote) | map(.box) | union
          | joint($box) / (area + ($box | area) - joint($box))] | select(length > 0) | max]
    | {n: length, mean: (add / length)}'
}
coincide () { jq -e --argjson n "$2" '.n >= $n and .mean >= 0.8' <<<"$(overlap "$1")" || { overlap "$1"; return 1; }; }

for i in "${!pictures[@]}"; do
  id=$((i + 1)) name=${pictures[i]}
  pdf=$(filed $id)
  ok "$name is filed as a PDF" same "%PDF-" "$(head -c 5 "$pdf")"
  ok "that qpdf finds nothing wrong with" qpdf --check "$pdf"
  ok "with as many pages as were read" same "$(jq '.pages | length' "$work/$id.json")" "$(pdfinfo "$pdf" | sed -n 's/^Pages: *//p')"
  ok "whose words lie where they are printed" coincide $id 3
  ok "and are the words of the page" same "$(jq -r '.pages[0].text' "$work/$id.json" | tr -s '[:space:]' '\n' | sort)" \
    "$(pdftotext -l 1 -nodiag "$pdf" - | tr -s '[:space:]\f' '\n' | sort)"
  ok "its fonts are embedded" same '' "$(pdffonts "$pdf" | tail -n +3 | awk '$(NF-4) != "yes"')"
  ok "the original is kept as it came" cmp "$sample/$name" "$store/objects/$(sha "$sample/$name" | sed 's|^..|&/|')"
done
for i in "${!kept[@]}"; do
  id=$((i + 7)) name=${kept[i]}
  file=$(filed $id)
  ok "$name is filed as it came" same "$(sha "$sample/$name")" "$(sha "$file")"
  ok "with its ending" same "${name##*.}" "${file##*.}"
  ok "as a link to the original" test "$file" -ef "$store/objects/$(sha "$file" | sed 's|^..|&/|')"
done
ok "nothing in filed/ can be written to" same '444' "$(find "$store/filed" -type f -printf '%m\n' | sort -u)"
ok "nor in objects/" same '444' "$(find "$store/objects" -type f -printf '%m\n' | sort -u)"
ok "all of filed/ are links into objects/" same '' "$(find "$store/filed" -type f -links 1)"
ok "the turned photo is upright: wider than high are its words" test "$(pdf_words "$(filed 2)" | jq -s 'map(select((.text | length) > 6) | select(.box[2] - .box[0] < .box[3] - .box[1])) | length')" -eq 0
rm -rf "$store/filed"
"$docket" reindex >/dev/null
ok "filed/ deleted is made anew by reindex" test -s "$(filed 1)"
ok "and nothing is wrong then" is_clean
