#!/bin/bash
# What lands in a drop folder, under whatever name: a letter is taken once, anything else is left alone.
# shellcheck source=tests/flow/lib.sh disable=SC2119
. "$(dirname "$0")/lib.sh"
fresh_store
printf '  kept:\n    channel: paper\n    keep_taken: true\n' >>"$store/docket.yaml"
finds () { "$docket" search --json "$1" | grep -q .; }
start_docketd

cp "$sample/Résiliation Marchand.pdf" "$inbox/"
ok 'a PDF that is copied whole is searchable within 10 s' within 10 finds Marchand
letter umbrella >"$inbox/first.txt"
ok 'a text, whose end nothing shows, is searchable within 10 s' within 10 finds umbrella
letter umbrella >"$inbox/second.txt"
ok 'the same bytes again are noticed' within 10 grep -q 'event=taken .*duplicate=1' "$store.log"
ok 'they are a second receipt of the same document' same '1|2' \
  "$(in_store "select count(distinct document), count(*) from receipt where name in ('first.txt', 'second.txt')")"
ok 'the balance counts the duplicate' says '"duplicate":1' "$docket" balance --json

# What is no letter.
letter elsewhere >"$work/elsewhere.txt"
ln -s "$work/elsewhere.txt" "$inbox/link.txt"
mkdir "$work/folder"
letter linked >"$work/folder/linked.txt"
ln -s "$work/folder" "$inbox/link"
mkfifo "$inbox/pipe.pdf"
mkdir "$inbox/folder.pdf"
letter bundled >"$inbox/folder.pdf/bundled.txt"
letter hidden >"$inbox/.hidden.txt"
letter unfinished >"$inbox/download.pdf.part"
letter backup >"$inbox/backup.txt~"
# What is one.
mkdir -p "$inbox/monday/post 1"
letter nested >"$inbox/monday/post 1/nested.txt"
odd=($'new\nline.txt' $'\e[31mred.txt' $'not \xff\xfe utf-8.txt' "$(head -c 251 /dev/zero | tr '\0' x).txt"
  $'right \u202e to left txt.exe' '-rf' $'tab\t"quote"\'; rm *.txt' 'con.txt.' ' ')
for i in "${!odd[@]}"; do letter "oddity$i" >"$inbox/${odd[i]}"; done
# What goes again before it is taken, or takes another name.
letter vanished >"$inbox/vanished.txt"
letter renamed >"$inbox/renamed.txt"
sleep 0.7
rm "$inbox/vanished.txt"
mv "$inbox/renamed.txt" "$inbox/renamed to this.txt"

all_odd () { local i; for i in "${!odd[@]}"; do finds "oddity$i" || return 1; done; }
ok 'names with newline, escape, wrong UTF-8, 255 bytes, overrides, dashes, blanks are taken' within 20 all_odd
ok 'a letter in a sub-folder is taken' within 10 finds nested
ok 'a file that takes another name while it waits is taken' within 10 finds renamed
shown () { "$docket" list && "$docket" list --json && "$docket" balance && find "$store/filed"; }
ok 'no name that is shown or filed holds a control character or an override' \
  exits 1 grep -P '[\x00-\x09\x0b-\x1f\x7f]|[\x{202a}-\x{202e}]' <(shown)
ok 'all of them are UTF-8' iconv -f UTF-8 -t UTF-8 -o /dev/null <(shown)
letter finished >>"$inbox/download.pdf.part"
mv "$inbox/download.pdf.part" "$inbox/download.txt"
ok 'a download is taken once it has its name' within 10 finds finished
ok 'links, pipes, folders named like files, hidden and unfinished names stay' same \
  './.hidden.txt ./backup.txt~ ./folder.pdf ./folder.pdf/bundled.txt ./link ./link.txt ./pipe.pdf ' \
  "$(cd "$inbox" && find . -mindepth 1 ! -path './monday*' | LC_ALL=C sort | tr '\n' ' ')"
for word in elsewhere linked bundled hidden backup vanished; do ok "$word is not taken" exits 1 finds $word; done

letter kept >"$store/inbox/kept/kept.txt"
ok 'a profile with keep_taken moves the source to taken/' within 15 test -e "$store/taken/kept/kept.txt"
ok 'the file is the same' cmp "$store/taken/kept/kept.txt" <(letter kept)
letter 'other kept' >"$store/inbox/kept/kept.txt"
ok 'the next of the same name does not replace it' within 15 test -e "$store/taken/kept/kept (2).txt"

ok 'a second docketd refuses with exit 75' exits 75 "$docketd" --store "$store"
letter ingested >"$work/ingested.txt"
ok 'docket ingest --wait beside docketd ends well' "$docket" ingest --wait "$work/ingested.txt"
ok 'the letter is searchable then' finds ingested
ok 'the file stays where it is' test -e "$work/ingested.txt"
ok 'docket ingest of the same file says that it was taken before' says 'taken in before' "$docket" ingest "$work/ingested.txt"
cp "$work/ingested.txt" "$work/again.txt"
ok 'docket ingest of the same bytes says that it is a second receipt' says 'second receipt' "$docket" ingest "$work/again.txt"
ok 'all comes to rest' within 20 at_rest
stop_docketd

start_docketd --no-inotify
letter polled >"$inbox/polled.txt"
ok 'without events the rescan alone takes a letter' within 10 finds polled
stop_docketd
letter alone >"$work/alone.txt"
ok 'docket ingest --wait does the work itself when no docketd runs' "$docket" ingest --wait "$work/alone.txt"
ok 'that letter is searchable too' finds alone
: >"$work/empty.pdf"
ok 'an empty file is refused with exit 1' exits 1 "$docket" ingest --wait "$work/empty.pdf"
ok 'and lies in quarantine with a reason' test -s "$(find "$store/quarantine" -name '*empty*.reason.txt' | head -1)"
ok 'there are as many documents as different letters, and one receipt for each file' same '20|22' "$(documents)|$(receipts)"
ok 'the store is clean' is_clean
