#!/bin/bash
# The model that comes with docket: every build learns the same, so that the sanitized one may take that of the plain one.
# shellcheck source=tests/flow/lib.sh
source "$(dirname "$0")/lib.sh"

mkdir -p "$work/small/letters"
cp -r conf/docket.yaml conf/vocabulary "$work/small/"
for language in en fr es hu; do
  head -n 150 "conf/letters/$language-subjects.tsv" >"$work/small/letters/$language-subjects.tsv"
  cp "conf/letters/$language-mail.tsv" "conf/letters/$language-frames.tsv" "$work/small/letters/"
done
seed () { "$1/docket-seed" "$work/small" "$work/$2.model" "$work/$2.letters"; }
ok "a model is made of a few letters" seed "$BUILD" plain
ok "the sanitized build makes one" seed "$BUILD/san" sanitized
ok "which is the same" cmp "$work/plain.model" "$work/sanitized.model"
ok "and so is what is kept of the letters" cmp "$work/plain.letters" "$work/sanitized.letters"
printf 'en-1\tpraise\t-\t-\t-\t-\t-\tFine.\n' >"$work/small/letters/bad.tsv"
ok "a line that is no letter stops it" exits 1 seed "$BUILD" plain

# make, of a tree in which everything is there and only the letters are changed.
mkdir -p "$work/tree"
cp -r Makefile VERSION conf "$work/tree/"
is_made () { make -s -q -C "$work/tree" "$@" -o build/docket-seed build/seed.model; }
mkdir "$work/tree/build"
touch -d '1 hour ago' "$work/tree"/conf/{letters,vocabulary}/* "$work/tree"/conf/{letters,vocabulary}
touch -d '30 minutes ago' "$work/tree/build/docket-seed" "$work/tree/build/seed.model"
ok "make leaves a model that is of the letters" is_made
ok "a letter that is newer makes it anew" exits 1 is_made -W conf/letters/en.tsv
rm "$work/tree/conf/letters/en-dry.tsv"
ok "and so do letters that were taken out" exits 1 is_made
echo "1..$n"
