# shellcheck shell=bash disable=SC2154
# tests/bench/accuracy.sh - what was read, against what stands there, beside plain tesseract. Sourced by run.sh.

# A turned page, by the end of its name, has to be turned back by so much clockwise.
wanted_turn () {
  case $1 in
    *_rot90 | *_rotL) echo 90 ;;
    *_rot180) echo 180 ;;
    *_rot270) echo 270 ;;
    *) echo 0 ;;
  esac
}

# Lines "group TAB pages TAB CER TAB WER TAB F1".
scores () { score "$1" | awk 'NR > 1 { group = $1; for (i = 2; i <= NF - 5; i++) group = group " " $i; print group "\t" $(NF - 4) "\t" $(NF - 3) "\t" $(NF - 2) "\t" $NF }'; }

# What is asked of a row: GROUP CER F1 of docket, CER F1 of tesseract.
judge () {
  awk -v group="$1" -v c="$2" -v f="$3" -v pc="$4" -v pf="$5" 'BEGIN {
    if (group == "synthetic") { print (c <= 1.0 && f >= 0.975 ? "ok" : "missed") ", CER <= 1.0, F1 >= 0.975"; exit }
    if (group == "real") { print (f >= pf + 0.02 ? "ok" : "missed") ", F1 >= + 0.02"; exit }
    if (group ~ /^degradation rot/) { print (c <= 0.5 ? "ok" : "missed") ", CER <= 0.5"; exit }
    if (group ~ /^degradation (fax|salt|dark|photocopy)/) { print (c < pc ? "ok" : "missed") ", CER < plain"; exit }
    if (group ~ /^degradation/) { print (c <= pc ? "ok" : "missed") ", CER <= plain"; exit }
    if (group ~ /^source/) print (f > pf || f == 1 ? "ok" : "missed") ", F1 > plain" }'
}
print_scores () {
  local group pages cer wer f1 tess_cer tess_wer tess_f1
  printf '%-44s %5s | %7s %7s %7s | %7s %7s %7s | %s\n' "" pages "CER %" "WER %" F1 "CER %" "WER %" F1 goal
  printf '%-44s %5s | %-23s | %-23s |\n' "" "" "docket, not told" "tesseract, told"
  while IFS=$'\t' read -r group pages cer wer f1 _ _ tess_cer tess_wer tess_f1; do
    printf '%-44s %5s | %7s %7s %7s | %7s %7s %7s | %s\n' "$group" "$pages" "$cer" "$wer" "$f1" "$tess_cer" "$tess_wer" "$tess_f1" "$(judge "$group" "$cer" "$f1" "$tess_cer" "$tess_f1")"
  done < <(paste <(scores "$1") <(scores "$2"))
}
print_turns () {
  local path turn wrong=0 missed=0 n=0 stem wanted
  while IFS=$'\t' read -r path turn _; do
    stem=$(basename "${path%.*}") wanted=$(wanted_turn "$stem") n=$((n + 1))
    [ "$turn" != "$wanted" ] || continue
    if [ "$turn" = 0 ]; then missed=$((missed + 1)); else wrong=$((wrong + 1)); fi
    echo "  $stem was turned by $turn instead of $wanted"
  done <"$work/found"
  echo "Turns: $wrong of $n pages turned wrongly (goal 0), $missed left lying: $(goal $wrong '<=' 0)"
}
print_languages () {
  local path language kind found right=0 n=0
  while IFS=$'\t' read -r path language kind; do
    [ "$kind" = synthetic ] || continue
    found=$(awk -F'\t' -v p="$path" '$1 == p { print $3 }' "$work/found") n=$((n + 1))
    if [ "$found" = "$(short_of "$language")" ]; then right=$((right + 1)); else echo "  $(basename "$path") is said to be in \"$found\", not $language"; fi
  done <"$work/pages"
  local share
  share=$(calculate "100 * $right / $n" 1)
  echo "Language of letters, four possible: $share % right of $n, goal >= 99 %: $(goal "$share" '>=' 99)"
}
bench_accuracy () {
  local language files
  mkdir -p "$work/docket" "$work/tesseract"
  mapfile -t files < <(cut -f1 "$work/pages")
  echo "Accuracy, ${#files[@]} pages"
  "$docket" try --json --jobs "$jobs" --text "$work/docket" "${files[@]}" >"$work/tried" || true
  jq -r '[.path, (.pages[0].rotation // 0), (.language // "")] | @tsv' "$work/tried" >"$work/found"
  for language in "${languages[@]}"; do
    mapfile -t files < <(awk -F'\t' -v l="$language" '$2 == l { print $1 }' "$work/pages")
    [ ${#files[@]} -eq 0 ] || tesseract_pages "$language" "$work/tesseract" "${files[@]}"
  done
  print_scores "$work/docket" "$work/tesseract"
  print_turns
  print_languages
}
