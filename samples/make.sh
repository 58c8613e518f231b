#!/bin/sh
# Builds the maker of the sample mail and runs it: samples/letters -> samples/mail.
set -eu
cd "$(dirname "$0")/.."
build=$(mktemp -d)
trap 'rm -rf "$build"' EXIT
# shellcheck disable=SC2046
${CC:-cc} -std=c17 -O2 -D_GNU_SOURCE -I. -Wall -Wextra -o "$build/make-samples" samples/*.c \
  $(pkg-config --cflags --libs glib-2.0 pangocairo cairo-pdf lept libtiff-4) -lm
mkdir -p samples/mail
"$build/make-samples" samples
