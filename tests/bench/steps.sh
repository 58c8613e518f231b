# shellcheck shell=bash disable=SC2154
# tests/bench/steps.sh - what each step of reading costs and brings. Sourced by run.sh.

steps_table=doc/recognition.md
steps_begin='<!-- steps: made by tests/bench/steps.sh -->'
steps_end='<!-- end of steps -->'
step_names=(turn border despeckle thicken scale whiten even deskew second spaces spelling noise paragraphs flatten order lost strokes)

read_some () { "$build/tests/bench/read" --steps "$work/steps" "$step_hints" "$@" >"$work/steps/cost.$$"; }
export -f read_some
# "CER F1" of the pages of KIND, read with STEP left out; a dash where there are none.
step_score () { score "$work/steps/$1" | awk -v g="$2" '$1 == g { print $3 " | " $NF; found = 1 } END { if (!found) print "– | –" }'; }
# "STEP ACTED CHANGED RATIO": on how many pages it acted (or - where the record does not tell) and made another text, and CPU with it to without.
step_costs () {
  cat "$work"/steps/cost.* | awk '{ name = $(NF - 4); page = $0; sub(/ [^ ]* [^ ]* [^ ]* [^ ]* [^ ]*$/, "", page); ms[name] += $(NF - 3); n[name]++; acted[name] += $(NF - 1); changed[name] += $NF }
    END { for (name in ms) printf "%s %d %d %.3f\n", name, acted[name], changed[name], ms["all"] / n["all"] / (ms[name] / n[name]) }'
}
make_steps_table () {
  local name acted changed ratio
  echo "| step | named on | changed | CPU, with to without | CER % made letters | F1 | CER % real pages | F1 |"
  echo "|---|---|---|---|---|---|---|---|"
  echo "| (all steps) | | | | $(step_score all synthetic) | $(step_score all real) |"
  for name in "${step_names[@]}"; do
    read -r _ acted changed ratio < <(step_costs | grep "^$name ")
    case $name in turn | second | spaces | spelling | noise | lost | strokes) acted= ;; esac
    echo "| $name | $acted | $changed | $ratio | $(step_score "$name" synthetic) | $(step_score "$name" real) |"
  done
}
write_steps_table () {
  [ -f $steps_table ] || return 0
  awk -v begin="$steps_begin" -v end="$steps_end" -v table="$work/table" '$0 == end { on = 0 } !on { print } $0 == begin { on = 1; while ((getline line <table) > 0) print line }' $steps_table >"$work/doc"
  cat "$work/doc" >$steps_table
}
bench_steps () {
  mkdir -p "$work/steps"
  export work build step_hints=name # of the files tells the language
  echo "Steps of reading, each left out in turn, $(wc -l <"$work/pages") pages, load $(load)"
  cut -f1 "$work/pages" | xargs -d '\n' -n 4 -P "$jobs" bash -c 'read_some "$@"' read_some
  make_steps_table | tee "$work/table"
  if [ "$every" = 1 ] && [ "$page_set" = data ]; then write_steps_table; fi
}
