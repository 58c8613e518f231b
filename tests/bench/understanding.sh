# shellcheck shell=bash disable=SC2154
# tests/bench/understanding.sh - kind, subject, language and fields: on docket's own letters, and on texts with truth where they are. Sourced by run.sh.

# score TASK GOLD ANSWERS [ARGUMENT…], shown through the jq filter $filter.
score_text () { python3 "$data/text/score.py" "$@" --json >"$work/score.json" && jq -r "$filter" "$work/score.json"; }
rounded='def r: . * 1000 | round / 1000; '

# answers QUESTION FILE COLUMN: what docket says of the texts in that column, as it is shipped.
answers () { tail -n +2 "$2" | cut -f1,"$3" | "$build/tests/bench/classify" "$1" conf "$build/seed.model" >"$work/answer.tsv"; }

bench_own_letters () {
  echo "Kinds of docket's own letters, each trade told by what was learnt from the others"
  "$build/tests/bench/learn" folds conf conf/letters/*.tsv
}

# luck ANSWERS: the calibration error that answers of these confidences (third column) would show on the average if each
# meant what it says: so much comes from their small number alone.
luck () {
  awk -F'\t' 'BEGIN { srand (1) } { c[NR] = $3; bin[NR] = int ($3 * 10); if (bin[NR] > 9) bin[NR] = 9 }
    END { for (draw = 0; draw < 300; draw++) {
        split ("", off)
        for (i = 1; i <= NR; i++) off[bin[i]] += c[i] - (rand () < c[i])
        for (b in off) sum += off[b] < 0 ? -off[b] : off[b] }
      printf "%.3f", sum / 300 / NR }' "$1"
}

# what_it_is_worth ANSWERS: of lines "truth<TAB>answer<TAB>confidence".
what_it_is_worth () {
  sort -t "$(printf '\t')" -k3,3gr "$1" | awk -F'\t' '
    { ok = $1 == $2; n++; right += ok; were[$1]++; said[$2]++; hit[$1] += ok; b = int($3 * 10); if (b > 9) b = 9; off[b] += $3 - ok
      if (right >= 0.95 * n) alone = n }
    END { for (k in were) { f += 2 * hit[k] / (were[k] + said[k]); kinds++ }
      for (b in off) ece += off[b] < 0 ? -off[b] : off[b]
      printf "n %d, accuracy %.3f, macro-F1 %.3f, calibration error %.3f, alone at 95 %% precision %.2f\n", n, right / n, f / kinds, ece / n, alone / n }'
}

# bench_kinds_of FILE
bench_kinds_of () {
  local share letters=$work/unseen.tsv
  grep -vP '^(#|id\t)' "$1" >"$letters"
  for share in 0 0.02 0.05; do
    cut -f1,7 "$letters" | MISREAD=$share "$build/tests/bench/classify" kind conf "$build/seed.model" | cut -f2,3 |
      paste <(cut -f2 "$letters") - >"$work/answer.tsv"
    echo "  of the characters misread $share: $(what_it_is_worth "$work/answer.tsv") (error by luck alone $(luck "$work/answer.tsv"))"
  done
}

# The same before and after some of them were corrected, each told by what had not seen it.
bench_corrected () {
  { printf 'id\tlang\tkind\ttext\n'
    grep -vP '^(#|id\t)' "$1" | awk -F'\t' -v OFS='\t' '{ print $1, substr ($1, 1, 2), $2, $7 }'
  } >"$work/corrected.tsv"
  "$build/tests/bench/learn" corrected conf "$work/corrected.tsv" conf/letters/*.tsv
}

# framed FILE COLUMN: the letters of FILE, each between an address, a greeting and an ending of its language.
framed () {
  awk -F'\t' -v OFS='\t' -v column="$2" '/^(#|id\t)/ { next }
    NR == FNR { n[$1]++; above[$1, n[$1]] = $2; below[$1, n[$1]] = $3; next }
    { l = substr ($1, 1, 2); no = FNR % n[l] + 1; $column = above[l, no] $column below[l, no]; print }' tests/fixtures/classify/frames.tsv "$1"
}

# bench_pages_of FILE: pages that are no message to anybody.
bench_pages_of () {
  local share
  for share in 0 0.05; do
    grep -vP '^(#|id\t)' "$1" | cut -f1,7 | MISREAD=$share "$build/tests/bench/classify" kind conf "$build/seed.model" |
      awk -F'\t' -v share="$share" -v least="$(threshold)" '{ n++; other += $2 == "other"; wrong += $2 != "other" && $3 >= least }
        END { printf "  of the characters misread %s: n %d, other %.3f, surely another kind %.3f\n", share, n, other / n, wrong / n }'
  done
}

# The confidence from which on the shipped model's answers are filed alone.
threshold () { head -c 4000 "$build/seed.model" | sed -n '2{s/.*"kind":{[^}]*"threshold":\([0-9.]*\).*/\1/p;q}'; }

# joined NUMBER: letters of so many messages of one kind and language each, as "language-kind<TAB>text".
joined () {
  cat tests/fixtures/classify/kinds.tsv tests/fixtures/classify/kinds2.tsv tests/fixtures/classify/kinds3.tsv | grep -vP '^(#|id\t)' |
    awk -F'\t' -v number="$1" '$2 != "other" { sort = substr ($1, 1, 2) "-" $2; text[sort] = text[sort] (n[sort]++ % number == 0 ? "" : "\\n\\n") $7
      if (n[sort] % number == 0) { print sort "\t" text[sort]; text[sort] = "" } }'
}
bench_long_letters () {
  local number
  for number in 4 12 30; do
    joined "$number" | "$build/tests/bench/classify" kind conf "$build/seed.model" |
      awk -F'\t' -v number="$number" '{ n++; right += substr ($1, 4) == $2; other += $2 == "other" }
        END { printf "  of %d messages: n %d, accuracy %.3f, taken for a page %.3f\n", number, n, right / n, other / n }'
  done
}

bench_unseen_kinds () {
  echo "Kinds of letters whose writers had seen nothing of docket, and which nobody who changes cues or letters reads"
  bench_kinds_of tests/fixtures/classify/kinds.tsv
  echo "The same of later ones, by other hands"
  bench_kinds_of tests/fixtures/classify/kinds2.tsv
  bench_corrected tests/fixtures/classify/kinds2.tsv
  echo "The same of plain messages, by others again, of which some were read while framed letters were mended"
  bench_kinds_of tests/fixtures/classify/kinds3.tsv
  echo "These as letters: between addresses, references, greeting and signature"
  framed tests/fixtures/classify/kinds3.tsv 7 >"$work/framed.tsv"
  bench_kinds_of "$work/framed.tsv"
  echo "Messages as people type them, two fifths with small words that mislead, by hands of which other messages are learnt from"
  bench_kinds_of tests/fixtures/classify/kinds4.tsv
}

bench_kinds () {
  local noise
  for noise in "" .ocr2 .ocr5; do
    answers kind "$data/text/kind$noise.tsv" 4
    filter="$rounded"'.all | "n \(.n), accuracy \(.accuracy | r), macro-F1 \(.macro_f1 | r), calibration error \(.ece | r), alone at 95 % precision \(.auto_at_95 | r)"'
    echo "  kind$noise: $(score_text kind "$data/text/kind$noise.tsv" "$work/answer.tsv") (error by luck alone $(luck "$work/answer.tsv"))"
    filter="$rounded"'.all | "n \(.n), macro-F1 \(.macro_f1 | r)"'
    echo "  kind$noise, written letters: $(score_text kind "$data/text/kind$noise.tsv" "$work/answer.tsv" --only written)"
  done
  "$build/tests/bench/learn" corrected conf "$data/text/kind.tsv" conf/letters/*.tsv
}

# The data names eight subjects of a shop; docket's own stand beside them.
bench_subjects () {
  local name='{"product":"product_quality","service":"staff_conduct","guarantee":"after_sales","account":"website"}'
  grep -P '\tcompany\t' "$data/text/subject.tsv" | cut -f1,3 | "$build/tests/bench/classify" subject conf "$build/seed.model" |
    jq -rR --argjson name "$name" 'split("\t") | (.[1] | split("/")[0]) as $top | [.[0], $name[$top] // $top, .[2]] | @tsv' >"$work/answer.tsv"
  filter="$rounded"'.all | "n \(.n), accuracy \(.accuracy | r), macro-F1 \(.macro_f1 | r), calibration error \(.ece | r), alone at 95 % precision \(.auto_at_95 | r)"'
  echo "  subject, company: $(score_text subject "$data/text/subject.tsv" "$work/answer.tsv" --taxonomy company)"
}

# bench_subjects_of FILE: of letters about one of the eight, which the data's score counts likewise.
bench_subjects_of () {
  { printf 'id\tlang\ttext\tsubject\tsource\ttaxonomy\tfold\n'
    grep -P '^..-s' "$1" | awk -F'\t' -v OFS='\t' '{ print $1, substr ($1, 1, 2), $7, $4, "own", "company", 0 }'
  } >"$work/blind.tsv"
  tail -n +2 "$work/blind.tsv" | cut -f1,3 | "$build/tests/bench/classify" subject conf "$build/seed.model" |
    jq -rR '{"service":"staff","account":"website"} as $name | split("\t") | (.[1] | split("/")[0]) as $top | [.[0], $name[$top] // $top, .[2]] | @tsv' >"$work/answer.tsv"
  paste <(cut -f4 "$work/blind.tsv" | tail -n +2) <(cut -f2,3 "$work/answer.tsv") >"$work/pairs.tsv"
  what_it_is_worth "$work/pairs.tsv"
}

bench_no_letters () {
  echo "Pages that are no letters, by the hands that wrote those which are learnt from"
  bench_pages_of tests/fixtures/classify/pages.tsv
  echo "The same in English and Spanish by others"
  bench_pages_of tests/fixtures/classify/pages2.tsv
  echo "Long letters, each joined out of messages of one kind and language"
  bench_long_letters
}

bench_unseen_subjects () {
  echo "Subjects of letters whose writers had seen nothing of docket, kept apart likewise"
  echo "  $(bench_subjects_of tests/fixtures/classify/subjects-blind.tsv)"
  echo "  later ones, by other hands: $(bench_subjects_of tests/fixtures/classify/subjects2.tsv)"
  framed tests/fixtures/classify/subjects2.tsv 7 >"$work/framed.tsv"
  echo "  these as letters, between addresses and signature: $(bench_subjects_of "$work/framed.tsv")"
}

bench_languages () {
  local noise
  for noise in "" .ocr2 .ocr5; do
    answers language "$data/text/lang$noise.tsv" 4
    filter="$rounded"'to_entries | map("\(.key) \(.value.accuracy | r)") | join(", ") + ", calibration error"'
    echo "  language$noise, right: $(score_text lang "$data/text/lang$noise.tsv" "$work/answer.tsv") $(jq "$rounded .all.ece | r" "$work/score.json")"
  done
}

bench_fields () {
  local noise
  for noise in "" .ocr2 .ocr5; do
    "$build/tests/bench/fields" <"$data/text/fields$noise.jsonl" >"$work/fields.jsonl"
    filter="$rounded"'.all | "micro-F1 \(.micro.f1 | r), precision of amount \(.fields.amount.p | r), of IBAN \(.fields.iban.p | r); F1: " + (.fields | to_entries | map("\(.key) \(.value.f1 | r)") | join(", "))'
    echo "  fields$noise: $(score_text fields "$data/text/fields$noise.jsonl" "$work/fields.jsonl")"
  done
}

# Precision and recall of each field in letters that nobody who changes rules has read, and in those that rules were made from.
bench_written_fields () {
  echo "Fields of 72 plain letters by another hand, which nobody who changes rules has read (precision/recall)"
  "$build/tests/bench/fields" tests/fixtures/classify/fields4.jsonl
  echo "Fields of 40 hard letters - chats, forms, trade letters, many countries - unseen likewise"
  "$build/tests/bench/fields" tests/fixtures/classify/fields6.jsonl
  echo "Fields of 50 letters, French and Spanish, a third of them hard, unseen likewise"
  "$build/tests/bench/fields" tests/fixtures/classify/fields8.jsonl
  echo "Fields of 40 hard letters and of 50 mixed ones by the same hands, from which rules were made"
  "$build/tests/bench/fields" tests/fixtures/classify/fields5.jsonl
  "$build/tests/bench/fields" tests/fixtures/classify/fields9.jsonl
}

# What a page costs: all texts of a file, with the time that starting takes by itself taken off.
bench_cost () {
  local n
  n=$(($(wc -l <"$data/text/kind.tsv") - 1))
  tail -n +2 "$data/text/kind.tsv" | cut -f1,4 >"$work/texts.tsv"
  local TIMEFORMAT=%U all empty
  all=$({ time "$build/tests/bench/classify" all conf "$build/seed.model" <"$work/texts.tsv" >/dev/null; } 2>&1)
  empty=$({ time "$build/tests/bench/classify" all conf "$build/seed.model" </dev/null >/dev/null; } 2>&1)
  awk -v a="$all" -v e="$empty" -v n="$n" 'BEGIN { printf "  understanding costs %.1f ms of CPU a letter, and %.2f s once\n", (a - e) / n * 1000, e }'
}

bench_text () {
  bench_own_letters
  bench_unseen_kinds
  bench_no_letters
  bench_unseen_subjects
  bench_written_fields
  [ -d "$data/text" ] || { echo "There are no letters with truth at $data: understanding is not measured on them."; return; }
  local filter
  echo "Understanding of texts never learnt from, as the data's own score counts it (.ocr2 and .ocr5: with 2 and 5 % of the characters misread)"
  bench_kinds
  bench_subjects
  bench_languages
  bench_fields
  bench_cost
}
