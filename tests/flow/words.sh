#!/bin/bash
# The words of the pages and where they stand, in the formats of others; those broken over lines are found, and read in fields, whole; the text stays as printed.
# shellcheck source=tests/flow/lib.sh disable=SC2016
source "$(dirname "$0")/lib.sh"

fresh_store --country HU
printf 'Budapest, 2026. már-\ncius 12.\n\nTisztelt Ügyfélszolgálat!\n\nA számlával kapcsolatos rekla-\nmációmra nem válaszoltak. Kérem a javí-\n\ftást, vagy a vételár visszafizetését.\n\nÜdvözlettel:\nSzabó Ilona\n' >"$work/hu.txt"
printf 'Madame, Monsieur,\n\nMa récla\u00ad\nmation concerne la com\u2010\nmande n° A-\n4711 : le rendez-\nvous du 2026-\n03-12 a été annulé.\n\nJeanne Delmas\n' >"$work/fr.txt"
(cd "$work" && "$docket" ingest --wait hu.txt fr.txt) >/dev/null
found () { "$docket" search --json "$1" | jq -r '"\(.document).\(.page)"' | xargs; }
field () { "$docket" show --json "$1" | jq -r --arg n "$2" '[.fields[] | select(.name == $n) | .value] | join(" ")'; }
raw () { "$docket" show --json "$1" | jq -r --arg n "$2" '[.fields[] | select(.name == $n) | .raw] | join(" ")'; }

ok "a word broken over a line end is found whole" same 1.1 "$(found reklamáció)"
ok "in a phrase too" same 1.1 "$(found '"kapcsolatos reklamációmra nem"')"
ok "and shown as printed, both parts marked" says '[rekla- mációmra]' "$docket" search reklamáció
ok "a soft hyphen breaks a word as well" same 2.1 "$(found '"ma réclamation concerne"')"
ok "and so does the hyphen of typesetters" same 2.1 "$(found commande)"
ok "a word broken over a page end is found on the page where it begins" same 1.1 "$(found javítást)"
ok "a hyphen that is part of a number stays" same 2.1 "$(found '"A-4711"')"
ok "one that is part of a word does no harm" same 2.1 "$(found 'rendez-vous')"
ok "a date whose month is broken is read" same 2026-03-12 "$(field '#1' letter_date)"
ok "and quoted as one reads it" same '2026. március 12' "$(raw '#1' letter_date)"
ok "an order number broken at its hyphen is read whole" same A-4711 "$(field '#2' order_no)"
ok "the text keeps its lines as printed" says $'rekla-\nmációmra' "$docket" show --text '#1'
ok "a broken word counts for the kind of letter" same complaint "$("$docket" show --json '#1' | jq -r .kind.value)"

# hOCR and ALTO
(cd "$sample" && "$docket" ingest --wait "Résiliation Marchand.pdf" scan0012.jpg fax_20261104_1022.tif) >/dev/null
hocr () { xmllint --nonet --xpath "$2" <("$docket" show --hocr "$1" "${@:3}" | sed 's/ xmlns="[^"]*"//') 2>/dev/null; }
alto () { xmllint --nonet --xpath "$2" <("$docket" show --alto "$1" "${@:3}" | sed 's/ xmlns="[^"]*"//') 2>/dev/null; }
unescaped () { sed 's/&quot;/"/g; s/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g'; }
text () { "$docket" show --text "$@" | tr -s '[:space:]\f' '\n' | sed '/^$/d'; }
well_formed () { for id in 3 4 5; do "$docket" show "$1" "#$id" --out "$work/out.xml" && xmllint --nonet --noout "$work/out.xml" || return 1; done; }
ok "hOCR is well-formed" well_formed --hocr
ok "ALTO is well-formed" well_formed --alto
for id in 3 4 5; do
  pages=$("$docket" show --json "#$id" | jq '.pages | length')
  ok "hOCR of #$id has a page for each page" same "$pages" "$(hocr "#$id" 'count(//div[@class="ocr_page"])')"
  ok "ALTO too" same "$pages" "$(alto "#$id" 'count(//Page)')"
  ok "hOCR has the words of the text" same "$(text "#$id")" "$(hocr "#$id" '//span[@class="ocrx_word"]/text()' | unescaped)"
  ok "ALTO has as many, and the same letters" same "$(text "#$id" | tr -d '\n')" \
    "$(alto "#$id" '//String/@CONTENT | //HYP/@CONTENT' | sed -E 's/^ ?CONTENT="(.*)"$/\1/' | unescaped | tr -d '\n')"
  ok "every level of hOCR lies in the one above" same 0 "$(hocr "#$id" 'count(//span[@class="ocrx_word"][not(../@class="ocr_line" and ../../@class="ocr_par"
    and ../../../@class="ocr_carea" and ../../../../@class="ocr_page")])')"
  ok "no word of ALTO leaves its page" same 0 "$(alto "#$id" 'count(//String[@HPOS < 0 or @VPOS < 0 or @WIDTH < 1 or @HEIGHT < 1
    or @HPOS + @WIDTH > ancestor::Page/@WIDTH or @VPOS + @HEIGHT > ancestor::Page/@HEIGHT])')"
  ok "nor has an id twice" same '' "$("$docket" show --alto "#$id" | grep -oE ' ID="[^"]*"' | sort | uniq -d)"
done
ok "a page alone can be had" same 'page_2' "$(alto '#3' 'string(//Page/@ID)' --page 2)"
ok "the file is named as it came" same 'Résiliation Marchand.pdf' "$(alto '#3' 'string(//fileName)')"
ok "embedded words are sure" same 1.00 "$(alto '#3' 'string(//String/@WC)' --page 1)"
ok "the skewed page has a slope" test "$(hocr '#3' 'string(//span[@class="ocr_line"]/@title)' --page 2 | grep -oE 'baseline 0\.0[12]')" != ''
ok "the text of one page is that page" says ATTESTATION "$docket" show --text --page 2 '#3'
ok "a text without pages is refused" says 'is a text without pages: its words have no place' "$docket" show --hocr '#1'
ok "with 1" exits 1 "$docket" show --alto '#1'
ok "a page that is not there is a finding" says 'has no page 3' "$docket" show --alto '#3' --page 3
ok "two formats at once are wrong usage" exits 64 "$docket" show --alto --hocr '#3'
ok "so are two documents in one file" exits 64 "$docket" show --alto '#3' '#4'
ok "and a page of what has none to choose" exits 64 "$docket" show --page 1 '#3'
ok "a file that cannot be written is told" says "write $work/none/a.xml" "$docket" show --hocr '#3' --out "$work/none/a.xml"
