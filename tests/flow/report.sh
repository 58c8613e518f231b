#!/bin/bash
# docket report: its numbers are those of list and balance, its periods hold, and no letter writes into its pages.
# shellcheck source=tests/flow/lib.sh disable=SC2016
source "$(dirname "$0")/lib.sh"

export DOCKET_NOW=2026-11-23T10:00:00Z
fresh_store --country GB
hostile='<script>alert(1)</script>'
for name in one two; do
  printf 'Dear Sir,\n\nThe %s lamp of order %s arrived broken & I want my <b>money</b> back.\n\nYours faithfully,\nTim <img src=x> Rowe\n' "$hostile" $name >"$work/$name.txt"
done
printf '%%PDF-1.4\nand nothing more' >"$work/broken.pdf"
cp "$work/one.txt" "$work/again.txt"
"$docket" ingest --wait --received 2026-11-02 "$sample/javaslat.txt" "$sample/trekking question.txt" "$work/one.txt" >/dev/null
"$docket" ingest --wait --received 2026-11-16 "$sample/suggestion piscine.txt" "$sample/sugerencia gimnasio.txt" "$work/two.txt" "$work/broken.pdf" "$work/again.txt" >/dev/null

out=$work/out
ok "report writes its pages and names them" same "$out/index.html $out/lifecycle.html $out/content.html $out/process.html" "$("$docket" report --out "$out" | xargs)"
table () { jq -c ".rows[]" "$out/data/$1.json"; }
ok "each table is there as CSV and as JSON" same "$(cd "$out/data" && printf '%s\n' *.csv | sed 's/csv$//')" "$(cd "$out/data" && printf '%s\n' *.json | sed 's/json$//')"
ok "--json names every file" same "$(find "$out" -type f | sort)" "$("$docket" report --json --out "$out" | jq -r .path | sort)"

# The same numbers
balance=$("$docket" balance --json)
ok "receipts stand where balance says" same "$(jq -c '[.filed, .duplicate, .quarantined, .in_flight, .seen]' <<<"$balance")" \
  "$(table lifecycle-received | jq -sc 'map({(.place): .receipts}) | add | [.filed, .duplicate, .quarantined, .in_flight, .all]')"
counts () { "$docket" list --json | jq -s -c "map(select(.name != null).$1) | group_by(.) | map({(.[0]): length}) | add"; }
told () { table "content-$1" | jq -s -c "map(select(.documents > 0) | {(.$2): .documents}) | add | del(.all)"; }
same_json () { same "$(jq -cS . <<<"$1")" "$(jq -cS . <<<"$2")"; }
ok "kinds are counted as list has them" same_json "$(counts kind)" "$(told kinds kind)"
ok "languages too" same_json "$(counts language)" "$(told languages language)"
ok "deadlines are those of the documents" same "$(for id in $("$docket" list --json | jq -r 'select(.due).document'); do
    "$docket" show --json "#$id" | jq -r '(.number | split("/")[0]) as $n | .deadlines[] | "\($n) \(.due)"'; done | sort | xargs)" \
  "$(table lifecycle-deadlines | jq -r '.number + " " + .due' | sort | xargs)"
ok "the CSV has the rows of the JSON" same "$(table content-kinds | jq -r '"\(.kind),\(.documents)"')" "$(tail -n +2 "$out/data/content-kinds.csv" | tr -d '\r' | cut -d, -f1,3)"
ok "and so has the page" grep -q -E "<th scope=\"row\">suggestion</th><td[^>]*>$("$docket" list --json | jq -s 'map(select(.kind == "suggestion")) | length')</td>" "$out/content.html"

# Periods
out=$work/part
"$docket" report --from 2026-11-10 --to 2026-11-30 --out "$out" >/dev/null
ok "--from and --to leave out what came earlier" same '{"filed":3,"quarantined":1,"duplicate":1}' \
  "$(table lifecycle-received | jq -sc 'map({(.place): .receipts}) | add | {filed, quarantined, duplicate}')"
ok "the tables say which period they cover" same '2026-11-10 2026-11-30' "$(jq -r '.period | .from + " " + .to' "$out/data/content-kinds.json")"
"$docket" report lifecycle --from 2027-01-01 --to 2027-01-31 --out "$work/none" >/dev/null
ok "a report alone is written alone" same 'no' "$([ -e "$work/none/content.html" ] && echo yes || echo no)"
ok "a period without letters has none" same 0 "$(jq .n "$work/none/data/lifecycle-received.json")"
ok "without --out it lies in reports/ of the store, by its day" says "$store/reports/2026-11-23/content.html" "$docket" report
"$docket" report --out "$work/again" >/dev/null
ok "the same data give the same bytes" diff -r "$work/again" "$work/out"
ok "there a number leads to the filed document, elsewhere not" same "1 0" "$(for f in "$store/reports/2026-11-23" "$work/out"; do grep -c -m1 "href=.../../filed/" "$f/lifecycle.html"; done | xargs)"
ok "the store is not changed by it" is_clean

# Whatever a letter says
pages=("$work/out"/*.html)
ok "no letter brings markup into a page" same '' "$(grep -h -o -i -E '<(script|img|b)[ >]' "${pages[@]}")"
ok "what it says is shown as text" grep -q -F '&lt;script&gt;' "$work/out/content.html"
ok "pages ask nothing of the network" same '' "$(grep -h -o -i -E '(src|href)="?https?:' "${pages[@]}")"
for language in en es fr hu; do
  "$docket" report --lang $language --out "$work/$language" >/dev/null
  ok "in $language the page says so" grep -q "<html lang=\"$language\"" "$work/$language/content.html"
done
ok "each language has its own words" same 4 "$(cat "$work"/{en,es,fr,hu}/content.html | grep -o '<h1>[^<]*' | sort -u | wc -l)"

empty=$("$docket" report process --lang en --out "$work/empty" >/dev/null && grep -c 'class="finding"' "$work/empty/process.html")
ok "of cases in which nothing was done the report of the process finds nothing" same 0 "$empty"
first=$("$docket" list --json | jq -r '.number // empty' | head -1 | cut -d/ -f1)
"$docket" case work "$first" >/dev/null && "$docket" case note "$first" --text 'called back' >/dev/null
"$docket" report process --lang fr --out "$work/ways" >/dev/null
ok "the ways of cases are told in words" grep -q '<th scope="row">traitement' "$work/ways/process.html"
ok "and to scripts in codes" grep -q '^work[ ,]' "$work/ways/data/process-variants.csv"

ok "an unknown report is wrong usage" exits 64 "$docket" report weather
ok "told with those there are" says 'there are lifecycle, content' "$docket" report weather
ok "a period that ends before it begins too" exits 64 "$docket" report --from 2026-12-01 --to 2026-11-01
