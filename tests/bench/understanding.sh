# shellcheck shell=bash disable=SC2154
# tests/bench/understanding.sh - kind, language and fields of texts with truth. Sourced by run.sh.

score_text () { python3 "$data/text/score.py" "$@" --json >"$work/score.json" && jq -r "$filter" "$work/score.json"; }
bench_text () {
  [ -d "$data/text" ] || { echo "There are no letters with truth at $data: understanding is not measured."; return; }
  local noise set filter
  echo "Understanding, as the data's own score counts it (.ocr2 and .ocr5: with 2 and 5 % of the characters misread)"
  for noise in "" .ocr2 .ocr5; do
    for set in kind lang; do
      tail -n +2 "$data/text/$set$noise.tsv" | cut -f1,4 | "$build/tests/bench/classify" "${set/lang/language}" conf >"$work/answer.tsv"
      filter='.all | "n \(.n), accuracy \(.accuracy * 1000 | round / 1000), macro-F1 \(.macro_f1 * 1000 | round / 1000), calibration error \(.ece * 1000 | round / 1000), alone at 95 % precision \(.auto_at_95 * 1000 | round / 1000)"'
      echo "$set$noise: $(score_text $set "$data/text/$set$noise.tsv" "$work/answer.tsv")"
    done
    "$build/tests/bench/fields" <"$data/text/fields$noise.jsonl" >"$work/fields.jsonl"
    filter='.all.fields | to_entries | map("\(.key) \(.value.f1 * 100 | round / 100)") | join(", ")'
    echo "fields$noise, F1: $(score_text fields "$data/text/fields$noise.jsonl" "$work/fields.jsonl")"
  done
}
