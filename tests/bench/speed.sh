# shellcheck shell=bash disable=SC2154
# tests/bench/speed.sh - time and memory of reading, beside peers on the same pages. Sourced by run.sh.

# All readers take the pages of a language one after the other, every second time in the other order, so that the machine's noise falls on all.
read_pictures () { # ROUND LANGUAGE FILE…
  local round=$1 language=$2 n who
  shift 2
  n=$#
  local readers=(known told right four)
  [ $((round % 2)) -eq 0 ] || readers=(four right told known)
  for who in "${readers[@]}"; do
    case $who in
      known) new_store "$(short_of "$language")"; timed known "$n" ingest --jobs "$jobs" "$@"; drop_store ;;
      told) new_store "en, fr, es, hu"; timed told "$n" ingest --jobs "$jobs" "$@"; drop_store ;;
      right) timed right "$n" tesseract_pages "$language" "$work/right" "$@" ;;
      four) timed four "$n" tesseract_pages eng+fra+spa+hun "$work/four" "$@" ;;
    esac
  done
}
read_pdf () { # ROUND LANGUAGE PAGES PDF
  local who readers=(pdf plain full)
  [ $(($1 % 2)) -eq 0 ] || readers=(full plain pdf)
  for who in "${readers[@]}"; do
    case $who in
      pdf) new_store "$(short_of "$2")"; timed pdf "$3" ingest --jobs "$jobs" "$4"; drop_store ;;
      plain) timed plain "$3" ocr_pdf -l "$2" "$4" "$work/plain.pdf" ;;
      full) timed full "$3" ocr_pdf --deskew --clean --rotate-pages -l "$2" "$4" "$work/full.pdf" ;;
    esac
  done
}
bench_speed () {
  local language round=0 files first
  echo "Speed, $jobs cores, load $(load)"
  for language in "${languages[@]}"; do
    mapfile -t files < <(letters "$language" | grep -v 'webp$')
    [ ${#files[@]} -gt 0 ] || continue
    read_pictures $round "$language" "${files[@]}"
    first=("${files[@]:0:8}")
    img2pdf --rotation=ifvalid --output "$work/$language.pdf" "${first[@]}" >/dev/null 2>"$work/err" || { echo "  (no PDF of $language: $(tail -n 1 "$work/err"))"; continue; }
    read_pdf $round "$language" ${#first[@]} "$work/$language.pdf"
    round=$((round + 1))
  done
  printf '%-52s %6s %8s %8s %10s %10s\n' "" pages "wall s" "CPU s" pages/min "CPU s/page"
  time_row known "pictures: docket ingest, language known"
  time_row told "pictures: docket ingest, one of four, not told"
  time_row right "pictures: tesseract, right language"
  time_row four "pictures: tesseract, eng+fra+spa+hun"
  time_row pdf "PDF: docket ingest, language known"
  time_row plain "PDF: ocrmypdf"
  time_row full "PDF: ocrmypdf --deskew --clean --rotate-pages"
  printf '%-52s %8s %8s %10s\n' "docket, language known, as fast as" wall CPU goal
  ratio_row pdf full "ocrmypdf --deskew --clean --rotate-pages" 10
  ratio_row pdf plain "ocrmypdf" 5
  ratio_row known right "tesseract, right language" 1.0
  ratio_row known four "tesseract, eng+fra+spa+hun" 2.2
  ratio_row told right "  not told: tesseract, right language" 1.0
  ratio_row told four "  not told: tesseract, eng+fra+spa+hun" 2.2
  echo "load at the end $(load)"
}

bench_cores () {
  local files who round by
  mapfile -t files < <(letters)
  for round in 1 2; do
    for who in one two; do
      new_store "en, fr, es, hu"
      case $who in one) timed one ${#files[@]} ingest --jobs 1 "${files[@]}" ;; two) timed two ${#files[@]} ingest --jobs 2 "${files[@]}" ;; esac
      drop_store
    done
  done
  by=$(calculate "${walls[one]} / ${walls[two]}")
  echo "Two cores, ${#files[@]} pages $round times, load $(load): --jobs 1 ${walls[one]} s wall, ${cpus[one]} s CPU; --jobs 2 ${walls[two]} s wall, ${cpus[two]} s CPU; $by times as fast, goal >= 1.9: $(goal "$by" '>=' 1.9)"
}

# What the recogniser took is told by the children that used it, in the last line of the very run whose CPU is measured.
of_run () { sed -n "s/.* event=ended .* $1=\([0-9]*\).*/\1/p" "$work/log"; }
recogniser_row () { # NAME PAGES : of what was timed as NAME
  local others loading
  others=$(calculate "100 * (1 - ${engine[$1]} / 1000 / ${cpus[$1]})" 1) loading=$(calculate "100 * ${models[$1]} / 1000 / ${cpus[$1]}" 1)
  printf '%-24s %6d %10s %10s %12s %12s %8s\n' "$1" "${counts[$1]}" "${cpus[$1]}" "$(calculate "${engine[$1]} / 1000")" "$loading" "$(calculate "$others - $loading" 1)" "$(goal "$(calculate "$others - $loading" 1)" '<=' 12)"
}
bench_recogniser () {
  local language files
  local -A engine models
  note_run () { engine[$1]=$((${engine[$1]:-0} + $(of_run engine_ms))) models[$1]=$((${models[$1]:-0} + $(of_run models_ms))); }
  echo "All that is not the recogniser, load $(load): CPU of whole runs of docket ingest, its children included"
  for language in "${languages[@]}"; do
    mapfile -t files < <(letters "$language")
    [ ${#files[@]} -gt 0 ] || continue
    new_store "$(short_of "$language")"
    timed "a run a language" ${#files[@]} ingest --jobs 1 "${files[@]}"
    note_run "a run a language"
    drop_store
  done
  mapfile -t files < <(letters)
  new_store "en, fr, es, hu"
  timed "all in one run" ${#files[@]} ingest --jobs 1 "${files[@]}"
  note_run "all in one run"
  drop_store
  printf '%-24s %6s %10s %10s %12s %12s %8s\n' "" pages "CPU s" "engine s" "models %" "others %" "<= 12"
  recogniser_row "a run a language"
  recogniser_row "all in one run"
}

# Drawn from a letter of the sample mail, so that every kind has the same page; and pages that other benches took in before.
bench_memory () {
  local kind peak letter="samples/mail/mérőállás.pdf" drawn=(pdftoppm -r 300 -png -f 1 -l 1 -singlefile)
  echo "Memory of a child at its peak, A4 at 300 dpi, goal < 350 MB"
  "${drawn[@]}" "$letter" "$work/colour"
  "${drawn[@]}" -gray "$letter" "$work/grey"
  "${drawn[@]}" -mono "$letter" "$work/bilevel"
  for kind in colour grey bilevel; do
    new_store "en, fr, es, hu"
    ingest --jobs 1 "$work/$kind.png" >"$work/out"
    drop_store
    peak=$(tail -n 1 "$work/peaks")
    printf '  %-24s %s MB  %s\n' "$kind" "$peak" "$(goal "$peak" '<' 350)"
  done
  peak=$(sort -n "$work/peaks" | tail -n 1)
  printf '  %-24s %s MB  %s\n' "all that was taken in" "$peak" "$(goal "$peak" '<' 350)"
}
