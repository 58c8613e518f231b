#!/bin/bash
# make install into a folder of its own, and the installed docket at work from there.
# shellcheck source=tests/flow/lib.sh disable=SC2016
source "$(dirname "$0")/lib.sh"

root=$work/root
ok "make install succeeds" make --no-print-directory BUILD="$BUILD" DESTDIR="$root" prefix=/usr install
unset DOCKET_DATA DOCKET_STORE
export PATH="$root/usr/bin:$PATH"
cd "$work" || exit 1
hash -r
ok "docket and docketd are found on the path" same "$root/usr/bin/docket $root/usr/bin/docketd" "$(command -v docket docketd | xargs)"
ok "the worker is not: nobody calls it by hand" same 'no docket-worker' "$(command -v docket-worker || echo no docket-worker)"
ok "the version is that of the sources" same "docket $(cat "$ROOT/VERSION")" "$(docket --version)"
ok "init finds the configuration installed beside the program" docket init --country HU mail
ok "vocabulary, policies, calendars and taxonomy are in the store" diff -r "$ROOT/conf/calendars" mail/calendars
export DOCKET_STORE=$work/mail
ok "ingest finds its worker, models and vocabulary" docket ingest --wait "$sample/scan0040.tif" "$sample/javaslat.txt"
ok "search finds the letter, in the names of Hungary" says 'kérdés - jótállás' docket search mosogatógépet
ok "and its sentences" says 'A fájl' docket try --lang hu missing.pdf
ok "docketd runs from there" docketd --store mail --once --quiet
ok "the store is clean" docket verify --full
for page in docket.1 docket-try.1 docket-query.7 docket.yaml.5 docketd.8; do
  ok "man $page is installed" test -s "$root/usr/share/man/man${page##*.}/$page"
done
listed () { "$docket" --help | sed -n 's/^  \([a-z]*\) .*/\1/p'; }
ok "every command has a page" same '' "$(for command in $(listed); do [ -s "$root/usr/share/man/man1/docket-$command.1" ] || echo "$command"; done)"
ok "nothing of the source tree is written into what is installed" same '' "$(grep -r -l -F "$ROOT" "$root" || true)"
