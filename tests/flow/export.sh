#!/bin/bash
# The event log: what was done in cases is read back from XES and CSV in the order in which it was done, and nobody's letter is in it.
# shellcheck source=tests/flow/lib.sh disable=SC2016
source "$(dirname "$0")/lib.sh"

# The edges of the acts, "a>b 2", a line each, from a list "NUMBER TAB ACTIVITY".
edges () { awk -F'\t' '$2 !~ /^case[.](work|ask|hear)$/ { next } $1 == number { count[last ">" $2]++ } { number = $1; last = $2 } END { for (e in count) print e, count[e] }' | sort; }
from_csv () { "$docket" export log --format csv "$@" | tr -d '\r' | tail -n +2 | awk -F, -v OFS='\t' '{ print $1, $2 }'; }
from_xes () {
  "$docket" export log | sed 's/ xmlns="[^"]*"//' >"$work/log.xes"
  xmllint --xpath '//trace/string[@key="concept:name"]/@value | //event/string[@key="concept:name"]/@value' "$work/log.xes" |
    sed 's/^ *value="//; s/"$//' | awk -v OFS='\t' '/^D-/ { number = $1; next } { print number, $1 }'
}

fresh_store --country ES --lang es
for i in 1 2 3; do letter "teapot number $i" >"$work/$i.txt"; done
"$docket" ingest --wait --received 2026-11-02 "$work/1.txt" "$work/2.txt" >/dev/null 2>&1
"$docket" ingest --wait --received 2026-11-09 "$work/3.txt" >/dev/null 2>&1
mapfile -t number < <("$docket" list --json | jq -r '.number | sub("/.*"; "")')
for i in 0 1; do
  "$docket" case work "${number[i]}" investigating >/dev/null
  "$docket" case ask "${number[i]}" info_requested --text "Secret question" >/dev/null
done
"$docket" case hear "${number[1]}" --text "Secret answer" >/dev/null
"$docket" case ask "${number[1]}" info_requested --text "Another secret question" >/dev/null

wanted=$'case.ask>case.hear 1\ncase.hear>case.ask 1\ncase.work>case.ask 2'
ok "XES read back has the edges of what was done" same "$wanted" "$(from_xes | edges)"
ok "CSV has the same" same "$wanted" "$(from_csv | edges)"
ok "both have the same events in the same order" diff <(from_xes) <(from_csv)
ok "XES is well-formed" xmllint --noout "$work/log.xes"
ok "with all its extensions" same 'concept lifecycle org time' "$(xmllint --xpath '/log/extension/@prefix' "$work/log.xes" | sed 's/.*="//; s/"//' | sort | xargs)"
ok "and every event has activity, time, resource and transition" same 0 "$(xmllint --xpath 'count(//event[not(string[@key="concept:name"] and date[@key="time:timestamp"] and string[@key="org:resource"] and string[@key="lifecycle:transition"])])' "$work/log.xes")"
ok "times rise strictly in every case" test -z "$("$docket" export log --format csv | awk -F, 'NR > 1 { if ($1 == number && $3 <= time) print; number = $1; time = $3 }')"
ok "and events that were moved say so" test "$(xmllint --xpath 'count(//int[@key="nudged_us"])' "$work/log.xes")" -gt 0
ok "nothing that somebody wrote is in it" exits 1 grep -i -E 'secret|teapot|Ellwood' "$work/log.xes"
ok "cases of a week only" same "${number[2]}" "$(from_csv --from 2026-11-03 | cut -f1 | sort -u)"
ok "or before one" same 2 "$(from_csv --to 2026-11-03 | cut -f1 | sort -u | wc -l)"
ok "a file is written whole" "$docket" export log --out "$work/all.xes"
ok "the same as on the standard output" cmp "$work/all.xes" <("$docket" export log)
ok "and told in the language asked for" says '3 expedientes' "$docket" export log --lang es --out "$work/all.xes"
ok "or as JSON" same 3 "$("$docket" export log --format csv --json --out "$work/all.csv" | jq .cases)"
ok "an unknown format is wrong usage" exits 64 "$docket" export log --format pdf
ok "so is a date that is none" exits 64 "$docket" export log --from yesterday
ok "and an export of what there is not" exits 64 "$docket" export moon
ok "a full disk is told" exits 75 bash -c '"$0" export log >/dev/full' "$docket"
ok "a folder that is not there is named" says 'no-such-folder' "$docket" export log --out "$work/no-such-folder/x"

# The documents as plain files.
ok "the filed documents are copied" says '3 documents copied' "$docket" export files "$work/tree"
ok "as they lie in filed/" diff -r --exclude='*.json' "$store/filed" "$work/tree"
ok "each with JSON beside it" same "$("$docket" list --json | jq -r .number | sort)" "$(find "$work/tree" -name '*.json' -exec jq -r .number {} + | sort)"
ok "that says what the letter says" says teapot cat "$(find "$work/tree" -name '*.json' | head -1)"
ok "those of a week only" same 1 "$("$docket" export files "$work/week" --from 2026-11-03 --json | jq .documents)"
ok "a folder that holds something is not written to" exits 64 "$docket" export files "$work/tree"
ok "nor without a folder named" exits 64 "$docket" export files
rm -f "$store"/objects/*/"$(in_store 'select substr (placed, 3) from document where id = 2')"
ok "a document whose object is lost is named" says '#2' "$docket" export files "$work/again"
