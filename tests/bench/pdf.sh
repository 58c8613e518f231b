# shellcheck shell=bash disable=SC2154
# tests/bench/pdf.sh - what the searchable PDFs are like. Sourced by run.sh.
# shellcheck source=tests/flow/words-lib.sh
source tests/flow/words-lib.sh

# One page of each damage and of each source, as many as two dozen.
some_pages () { cut -f1 "$work/pages" | grep -v 'webp$' | awk -F/ '{ kind = $NF; sub(/[.][^.]*$/, "", kind); if (kind ~ /^syn_/) sub(/^.*_/, "", kind); else sub(/_.*$/, "", kind) } !(kind in seen) && n < 24 { seen[kind]; n++; print }'; }
bytes_of () { stat -c %s "$1"; }
# With the library that img2pdf brings for the python of the system.
same_pixels () {
  pdfimages -png "$2" "$work/taken" 2>/dev/null && /usr/bin/python3 - "$1" "$work/taken-000.png" <<'END' 2>/dev/null
import sys
from PIL import Image
def pixels(path):
    image = Image.open(path)
    return image.size, image.convert("RGB").tobytes()
sys.exit(pixels(sys.argv[1]) != pixels(sys.argv[2]))
END
}
# "same" when the picture comes again out of the PDF as it went in: the very file for JPEG, the very stream for what img2pdf puts into a PDF as it came;
# "pixels" when only every pixel does, as from TIFF in several strips
# or PNG with transparency, which PDF cannot carry.
original () { # PICTURE PDF
  local given
  given=$(pictures_of "$2")
  case $1 in
    *.jpg | *.jpeg) [ "$(sha256sum <"$1" | cut -d' ' -f1)" != "$given" ] || { echo same; return; } ;;
    *) ! img2pdf --output "$work/reference.pdf" "$1" >/dev/null 2>&1 || [ "$(pictures_of "$work/reference.pdf")" != "$given" ] || { echo same; return; } ;;
  esac
  if same_pixels "$1" "$2"; then echo pixels; else echo other; fi
}
bench_pdf () {
  local files i pdf mean missing words clean same sum=0 ratio worst=0 all_in=0 all_out=0 bad=0 changed=0
  mapfile -t files < <(some_pages)
  new_store "en, fr, es, hu"
  "$docket" ingest --wait --jobs "$jobs" "${files[@]}" >/dev/null
  echo "Searchable PDFs"
  printf '%-44s %8s %8s %8s %8s %9s %6s\n' "" words overlap astray qpdf picture size
  for i in "${!files[@]}"; do
    pdf=$(filed $((i + 1)))
    read -r mean missing <<<"$(overlap $((i + 1)))"
    words=$(pdf_words "$pdf" | wc -l)
    clean=clean same=$(original "${files[i]}" "$pdf")
    qpdf --check "$pdf" >/dev/null 2>&1 || { clean=damaged bad=$((bad + 1)); }
    [ "$same" != other ] || changed=$((changed + 1))
    ratio=$(calculate "$(bytes_of "$pdf") / $(bytes_of "${files[i]}")" 3)
    all_in=$((all_in + $(bytes_of "${files[i]}"))) all_out=$((all_out + $(bytes_of "$pdf")))
    sum=$(calculate "$sum + $mean" 3)
    printf '%-44s %8s %8s %8s %8s %9s %6s\n' "$(basename "${files[i]}")" "$words" "$mean" "$missing" "$clean" "$same" "$ratio"
    worst=$(calculate "$ratio > $worst ? $ratio : $worst" 3)
  done
  drop_store
  mean=$(calculate "$sum / ${#files[@]}" 3) ratio=$(calculate "$all_out / $all_in" 3)
  echo "mean overlap $mean, goal >= 0.8: $(goal "$mean" '>=' 0.8); damaged $bad: $(goal $bad '<=' 0); pictures changed $changed: $(goal $changed '<=' 0)"
  echo "size of all $ratio of the pictures, the worst $worst, goal <= 1.05: $(goal "$worst" '<=' 1.05)"
}
