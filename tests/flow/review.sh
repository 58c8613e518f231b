#!/bin/bash
# What a person corrects, accepts and releases, what becomes of names, deadlines and search, and settings changed meanwhile.
# shellcheck source=tests/flow/lib.sh disable=SC1112,SC2016
source "$(dirname "$0")/lib.sh"

letter () { printf 'Joan Harker\n12 Mill Lane\n\n3 November 2026\n\nDear Sir or Madam,\n\n%s\n\nYours faithfully,\nJoan Harker\n' "$2" >"$work/$1"; }
letter kettle.txt 'I write to thank you and your colleagues for the kind help with my kettle. We are most grateful, your staff were wonderful.'
letter lamp.txt 'I am writing to complain. The lamp arrived broken, and I want my money back.'
letter lamp2.txt 'I am writing to complain. The lamp arrived broken, and I want my money back. This is the second lamp.'
printf '%%PDF-1.4\nand nothing more' >"$work/broken.pdf"
fresh_store --country FR
settle () { "$docketd" --store "$store" --once --quiet; }
take () { env DOCKET_NOW=$late "$docket" ingest --received 2026-11-23 "$@" >/dev/null; }
doc () { "$docket" show --json "$1" | jq -r "$2"; }
filed () { doc "$1" '.folder + "/" + .name'; }
found () { "$docket" search --json "$@" | jq -r .document | sort | xargs; }
correct () { "$docket" review "$@" && settle; }
take "$work/kettle.txt" "$work/broken.pdf" "$work/lamp.txt"
settle

# Quarantine
quarantined="$store/quarantine/000002 broken.pdf"
ok "a refused file lies in quarantine as it came" cmp "$work/broken.pdf" "$quarantined"
ok "read-only" same 444 "$(stat -c %a "$quarantined")"
ok "beside a sentence in the language of the store" same 'Le fichier est' "$(cut -d' ' -f1-3 "$quarantined.reason.txt")"
ok "balance counts it" same 1 "$("$docket" balance --json | jq .quarantined)"
ok "review lists it, with the reason" says '#2 broken.pdf: in quarantine. The file is damaged' "$docket" review
ok "in the language asked for" says 'Le fichier est' "$docket" review --lang fr '#2'
ok "release takes it out" says '#2 broken.pdf: ' "$docket" review --release '#2'
ok "of the folder too" test ! -e "$quarantined"
ok "and puts it on its way" status_is in_flight 1
settle
ok "it is tried again, and refused again" test -e "$quarantined.reason.txt"
ok "what is not in quarantine cannot be released" exits 64 "$docket" review --release '#1'

# Corrections
before=$(filed '#1')
ok "a letter of thanks has no deadline" same '[]' "$(doc '#1' .deadlines)"
ok "it is corrected to a complaint" correct --set kind=complaint '#1'
ok "its name and folder say so" same 'Réclamations réclamation' "$(filed '#1' | sed -E 's|^([^/]*)/.*/2026-11-03 ([^ ]*) .*|\1 \2|')"
ok "it lies there, the same bytes" cmp "$work/kettle.txt" "$store/filed/$(filed '#1')"
ok "the old name is gone" test ! -e "$store/filed/$before"
ok "search finds it under its new kind" same '1 3' "$(found kind:complaint)"
ok "and no more under the old one" same '' "$(found kind:thanks)"
ok "it has deadlines now" same 'FR-ACPR/ack 2026-12-04 FR-ACPR/final 2027-01-23' "$(doc '#1' '.deadlines[] | .policy + " " + .due' | xargs)"
ok "why tells who decided" says "kind: complaint — decided by user:" "$docket" why '#1'
ok "and with --all what docket had decided" says "kind: thanks — decided, confidence" "$docket" why --all '#1'
ok "subject, sender and date are corrected at once" correct --set subject=delivery/not-received --set 'sender=Jean Dupont' --set letter_date=2026-11-01 '#1'
ok "and all of them are in the name" same 'Réclamations/Livraison/2026/2026-11-01 réclamation - livraison non reçue - Jean Dupont.txt' "$(filed '#1')"
ok "search finds the new sender" same 1 "$(found from:dupont)"
ok "the old sender is not the sender any more" same 3 "$(found from:harker)"
ok "corrected back to thanks, its deadlines are withdrawn" correct --set kind=thanks '#1'
ok "none is left" same '[]' "$(doc '#1' .deadlines)"

ok "a complaint of which docket is not sure has provisional deadlines" same 'provisional provisional' "$(doc '#3' '.deadlines[].state' | xargs)"
ok "it waits for review" says 'lamp.txt: complaint, ' "$docket" review '#3'
ok "saying what is uncertain" says ' uncertain' "$docket" review '#3'
ok "show says so too" says ', not sure (' "$docket" show '#3'
ok "it is accepted" correct --accept '#3'
ok "then they are certain" same 'ok ok' "$(doc '#3' '.deadlines[].state' | xargs)"
ok "show says no more that docket is not sure" same 0 "$("$docket" show '#3' | grep -c 'not sure')"
ok "and it waits no more" same 0 "$("$docket" review --json | jq -c 'select(.document == 3)' | wc -l)"
named=$(filed '#1')
ok "after a reindex" says '2 documents' "$docket" reindex
ok "corrections stand" same "$named thanks" "$(filed '#1') $(doc '#1' .kind.value)"
ok "and are found" same 1 "$(found kind:thanks from:dupont)"
ok "nothing is wrong with the store" is_clean

for wrong in kind=banana subject=nothing/at-all letter_date=2026-02-30 deadline=soon colour=red kind= kind \
  language=klingon language=xx folder=/etc folder=a/../.. amount=lots iban=ES7890000418650200051333 email=nobody $'sender=two\tlines'; do
  ok "--set $wrong is wrong usage" exits 64 "$docket" review --set "$wrong" '#1'
done
ok "and says what is wrong" says 'the vocabulary has no such kind' "$docket" review --set kind=banana '#1'
ok "and which subjects there are" says 'delivery/not-received' "$docket" review --set subject=nothing/at-all '#1'
ok "a date of another form is refused in words of the person's language" says 'il faut une date telle que' "$docket" review --lang fr --set letter_date=6.11.2026 '#1'
ok "and so is a sum" says 'összeg kell' "$docket" review --lang hu --set amount=95 '#1'
ok "an account number may be typed in groups" correct --set 'iban=fr76 3000 6000 0112 3456 7890 189' '#1'
ok "and is kept without blanks" says 'FR7630006000011234567890189' "$docket" show '#1'
ok "what stands nowhere in the letter is taken out" correct --set sender= --set iban= '#1'
ok "and shown no more" same 0 "$("$docket" show --json '#1' | jq '[.fields[] | select(.name == "sender" or .name == "iban")] | length')"
ok "nor listed" same null "$("$docket" list --json | jq -r 'select(.document == 1).sender')"
ok "the reason is a person" says 'IBAN: none — decided by ' "$docket" why '#1'
ok "and docket does not say otherwise later" same 0 "$("$docket" replay --json '#1' | jq -s 'map(select(.document == 1)) | length')"
ok "a language cannot be taken out" exits 64 "$docket" review --set language= '#1'
ok "the sender is given again" correct --set 'sender=Jean Dupont' '#1'
ok "none of them changed anything" same "$named" "$(filed '#1')"
ok "nobody is accepted by mistake" exits 64 "$docket" review --accept

# Equal names, and settings changed while docketd runs
take "$work/lamp2.txt"
settle
ok "two letters of one name have two names" test "$(filed '#4')" != "$(filed '#3')"
ok "each its own bytes" cmp "$work/lamp2.txt" "$store/filed/$(filed '#4')"
setting () { sed -i "s/^$1:.*/$1: $2/" "$store/docket.yaml"; }
configuration () { "$docket" status --json | jq -r ".configuration.$1"; }
version_is () { same "$1" "$(configuration version)"; }
start_docketd --quiet
setting ascii true
ok "changed settings become a version of their own" within 15 version_is 2
ok "and are in force" same ok "$(configuration state)"
take "$work/kettle.txt"
letter radio.txt 'I am writing to complain. The radio arrived broken, and I want my money back.'
take "$work/radio.txt"
ok "the next letter is filed" within 15 at_rest
ok "under a name without accents" same 'Reclamations/Livraison' "$(doc '#5' .folder | cut -d/ -f1,2)"
ok "that is decided under the new version" says 'configuration version 2' "$docket" why '#5'
setting certain 7
line=$(grep -n ^certain: "$store/docket.yaml" | cut -d: -f1)
ok "wrong settings are told with file, line and column" within 15 says "docket.yaml:$line:10: certain" "$docket" status
ok "the last good version stays in force" same '2 invalid' "$(configuration version) $(configuration state)"
letter clock.txt 'I am writing to complain. The clock arrived broken, and I want my money back.'
cp "$work/clock.txt" "$inbox/"
taken () { [ ! -e "$inbox/clock.txt" ] && at_rest; }
ok "and work goes on under it" within 15 taken
ok "to a name in the register" says 'configuration version 2' "$docket" why '#6'
stop_docketd
setting certain auto
lost () { mv "$store/$1" "$work/lost"; "$docketd" --once --quiet; says "version 2 stays in force" "$docket" status && says "$2" "$docket" status; local told=$?; mv "$work/lost" "$store/$1"; return $told; }
ok "a vocabulary that is gone is no vocabulary without words" lost vocabulary 'no file in it has concepts of the scheme kind'
ok "nor is a taxonomy without folders" lost taxonomy 'taxonomy:1:1: no file is in it'
ok "without a policy it is said that there is none" lost policies 'there are none'
"$docketd" --once --quiet
ok "the store is clean" is_clean
name=$store/filed/$(filed '#1')
rm "$name"
ok "balance tells a lost name from a lost original" says 'its name in filed/ is missing: docket reindex makes it anew' "$docket" balance
object=$store/objects/$(in_store 'select substr (blob, 1, 2) || "/" || substr (blob, 3) from document where id = 3')
mv "$object" "$work/object"
ok "of which only a backup has another" says 'its original is missing: restore it from a backup' "$docket" balance
mv "$work/object" "$object"
"$docket" reindex >/dev/null
ok "it is as docket said" is_clean

# A scan of which a page is lost
head -c 14000 "$ROOT/tests/fixtures/extract/three-pages.tif" >"$work/cut.tif"
env DOCKET_NOW=$late "$docket" ingest --wait --received 2026-11-23 "$work/cut.tif" >/dev/null
cut="#$("$docket" list --json | jq -s 'last.document')"
ok "a document that was read in part says which page is damaged" says 'page 3: The file is damaged' "$docket" show "$cut"
ok "review asks to look at that page" says 'page 3 could not be read' "$docket" review "$cut"
ok "until somebody did" "$docket" review --accept "$cut"
ok "then it asks no more" same '' "$("$docket" review "$cut" | grep -o 'could not be read')"

# A sheet without a word: 64 by 64 white pixels as TIFF, whose nine entries stand behind the first eight bytes
entry () { printf "\\x$(printf %02x $(($1 % 256)))\\x01\\x04\\x00\\x01\\x00\\x00\\x00\\x$(printf %02x $(($2 % 256)))\\x$(printf %02x $(($2 / 256)))\\x00\\x00"; }
{ printf 'II*\0\10\0\0\0\11\0'; entry 0 64; entry 1 64; entry 2 1; entry 3 1; entry 6 0; entry 17 122; entry 21 1; entry 22 64; entry 23 512; printf '\0\0\0\0'; head -c 512 /dev/zero; } >"$work/white.tif"
take "$work/white.tif"
settle
ok "of a sheet without a word a person is told that there was none" says 'not one word could be read on it' "$docket" review
ok "in any of the languages" says 'aucun mot n’a pu y être lu' "$docket" review --lang fr
