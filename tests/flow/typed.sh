#!/bin/bash
# What people type: cases of what was said on the telephone or at the counter, notes, messages with attachments, and all that can be wrong with it.
# shellcheck source=tests/flow/lib.sh disable=SC2016
source "$(dirname "$0")/lib.sh"
export DOCKET_NOW=2026-11-23T09:00:00Z
fresh_store --country ES --lang es

case_is () { "$docket" case show "$1" --json | jq -r "$2"; }
state () { case_is "$1" '"\(.status) \(.reason)"'; }
entries () { in_store 'select count(*) from ledger'; }
refused () { local words=$1; shift; exits 64 "$@" && says "$words" "$@"; }
long () { head -c "$1" /dev/zero | tr '\0' "${2:-x}"; }
call () { "$docket" case open --channel phone --json "$@" | jq -r .number; }
settle () { "$docketd" --store "$store" --once --quiet; }

# By telephone and at the counter
said='La lavadora no funciona desde ayer y exige que vayan hoy.'
one=$(call --text "$said" --set sender='Ana Gil Ruiz' --set phone='699 222 333' --set subject=product/defective)
ok "a call is a case at once, with a number" same D-2026-000001-45 "$one"
ok "nobody has begun" same 'not_started ' "$(state "$one")"
ok "its clock runs from today" same '2026-11-23 ok' "$(case_is "$one" '.deadlines[0] | "\(.start) \(.state)"')"
ok "the call is the first word in its chain" same "hear phone $said" "$(case_is "$one" '.chain[] | select(.act == "hear") | "\(.act) \(.channel) \(.text)"')"
ok "who called is a contact" same 'Ana Gil Ruiz' "$("$docket" contact show '699 222 333' --json | jq -r .name)"
two=$(call --text "$said" --set sender='Ana Gil Ruiz' --set phone='+34 699 222 333' --on 2026-11-20)
ok "the same words once more are another call" same D-2026-000002-42 "$two"
ok "of the same person" same 2 "$("$docket" contact show 699222333 --json | jq '.cases | length')"
ok "whose clock runs from the day of the call" same 2026-11-20 "$(case_is "$two" '.deadlines[0].start')"
three=$("$docket" case open --channel counter --text 'Pregunta por el horario de la tienda.' --set kind=question --json | jq -r .number)
ok "a question at the counter has no clock" same 0 "$(case_is "$three" '.deadlines | length')"
settle
ok "docketd reads what was typed as it reads a letter" same "es product/defective" "$("$docket" show "$one/1" --json | jq -r '"\(.language) \(.subject.value)"')"
ok "what the person said of it stays" same question "$("$docket" show "$three/1" --json | jq -r .kind.value)"
ok "it is found" same "$one/1 $two/1" "$("$docket" search lavadora --json | jq -r .number | sort | xargs)"
ok "and filed" same 3 "$(find "$store/filed" -type f | wc -l)"
before=$(entries)
ok "a case needs to know how" refused '--channel is missing. It is written: docket case open --channel phone --text TEXT' "$docket" case open --text x
ok "and what was said" refused 'there is nothing in it' "$docket" case open --channel phone --text ' '
ok "a channel is a word" refused 'the channels are paper' "$docket" case open --channel 'by phone' --text x
ok "a kind is one of five" refused 'complaint suggestion thanks question other' "$docket" case open --channel phone --text x --set kind=rant
ok "nobody calls tomorrow" refused 'is still to come' "$docket" case open --channel phone --text x --on 2026-11-24
ok "a file that is not there is named" refused 'no-such-file: there is no such file' "$docket" case open --channel phone --text x --attach "$work/no-such-file"
ok "of all this nothing was kept" same "$before" "$(entries)"

# Notes and messages
"$docket" case work "$one" investigating >/dev/null
ok "a note moves nothing" eval '"$docket" case note "$one" --text "Llamar mañana" >/dev/null; same "pending_company investigating" "$(state "$one")"'
ok "but it begins the work" eval '"$docket" case note "$two" --text "Es la misma" >/dev/null; same "pending_company triage" "$(state "$two")"'
printf 'the offer' >"$work/offer.pdf" && printf 'its terms' >"$work/terms \"A\".pdf"
"$docket" case ask "$one" offer_made --channel email --text 'Le ofrecemos otra.' --attach "$work/offer.pdf" --attach "$work/terms \"A\".pdf" >/dev/null
ok "a message has its attachments" same 'offer.pdf 9 true|terms "A".pdf 9 true' "$(case_is "$one" '[.chain[] | select(.act == "ask") | .attachments[] | "\(.name) \(.size) \(.present)"] | join("|")')"
ok "in words too" says 'attachment 2: terms "A".pdf (9 bytes)' "$docket" case show "$one" --lang en
ok "they are given back as they were" eval '"$docket" case attachment "$one" 1 --out "$work/back.pdf" >/dev/null && cmp "$work/offer.pdf" "$work/back.pdf"'
ok "over no file that is there" says 'there is a file already' "$docket" case attachment "$one" 1 --out "$work/back.pdf"
ok "an attachment of another case is none of this one" says 'has no attachment 1' "$docket" case attachment "$two" 1 --out "$work/other.pdf"
"$docket" case hear "$one" --channel counter --text 'Trae el recibo' --attach "$work/offer.pdf" >/dev/null
ok "what comes in has them as well" same offer.pdf "$(case_is "$one" '.chain[] | select(.act == "hear" and .channel == "counter").attachments[0].name')"
ok "two files with the same bytes are one object" same 1 "$(in_store "select count(*) from blob b where (select count(*) from attachment a where a.blob = b.sha256) = 2")"
"$docket" case close "$three" out_of_scope >/dev/null
ok "a closed case takes a note" eval '"$docket" case note "$three" --text "Volvió a preguntar" >/dev/null; same "closed out_of_scope" "$(state "$three")"'

# What is typed wrong
before=$(entries)
ok "a word too many is told" refused '“now” is a word too many. It is written: docket case work NUMBER' "$docket" case work "$one" triage now
ok "a word that is missing, too" refused 'docket case close NUMBER resolved|withdrawn' "$docket" case close "$one"
ok "an act that takes no word takes none" refused 'a word too many' "$docket" case hear "$one" phone
ok "an option that is not for it is refused, with what it is for" refused '--label is not for note; it is for link' "$docket" case note "$one" --label x
ok "a cause is a subject of the vocabulary" refused 'has no subject “nonsense”' "$docket" case cause "$one" nonsense
ok "an owner is a line" refused 'one line of at most' "$docket" case transfer "$one" --to $'a\nb' --text x
ok "not a book" refused 'one line of at most' "$docket" case transfer "$one" --to "$(long 10000)" --text x
ok "a pointer has no blanks" refused 'without blanks' "$docket" case link "$one" 'crm 4711'
ok "nor is it a book" refused 'at most 2000 bytes' "$docket" case link "$one" "crm:$(long 3000)"
"$docket" case alert "$one" --on 2026-11-30 --text uno >/dev/null
alert=$("$docket" case alerts --json | jq .id)
ok "an alert of another case is none of this one" says 'has no open alert' "$docket" case alert "$two" --done "$alert"
ok "a folder cannot be attached" refused 'no regular file' "$docket" case tell "$one" --text x --attach "$work"
ok "nothing of it was kept but the alert" same "$((before + 1))" "$(entries)"

# A megabyte, quotes, lines, and names that never end
yes ñ | head -c 1572864 | tr -d '\n' >"$work/megabyte"
ok "a note of a megabyte is kept" eval '"$docket" case note "$two" --text - <"$work/megabyte" >/dev/null'
ok "whole" eval '"$docket" case show "$two" --json | jq -rj ".chain[-1].text" | cmp - "$work/megabyte"'
ok "people are shown its beginning" test "$("$docket" case show "$two" | wc -c)" -lt 20000
ok "one byte more is refused, not cut" says 'at most 1048576 bytes; attach a longer one as a file' eval '{ cat "$work/megabyte"; printf x; } | "$docket" case note "$two" --text -'
ok "what is no UTF-8 is refused" says 'is not UTF-8' eval 'printf "\377" | "$docket" case note "$two" --text -'
odd=$'Ana "la\n<jefa>" O\'Neill; Gil, \\ SL'
ok "a text of any signs comes back as it was" eval '"$docket" case note "$two" --text "$odd" >/dev/null; same "$odd" "$(case_is "$two" ".chain[-1].text")"'
ok "a name on two lines is refused" refused 'a value on one line is needed' "$docket" case open --channel phone --text x --set "sender=$odd"
call --text 'Se queja del precio.' --set "sender=\"Ana\" <O'Neill>; Gil, \\ SL" >/dev/null
ok "one with quotes is a name" same "\"Ana\" <O'Neill>; Gil, \\ SL" "$("$docket" contact find "o'neill" --json | jq -r .name)"
ok "one of 10,000 letters is none" refused 'at most 1000 bytes' "$docket" case open --channel phone --text x --set "sender=$(long 10000)"
ok "nor is it the name of a contact" refused 'at most 1000 bytes' "$docket" contact set 699222333 --name "$(long 10000)"
ok "which is not empty, nor two lines" eval 'refused "a line" "$docket" contact set 699222333 --name " " && refused "a line" "$docket" contact set 699222333 --name "$odd"'
call --text 'Se queja del precio.' --set "sender=$(long 990) Gil" >/dev/null
settle
ok "a name of a thousand letters is filed, cut" same 1 "$(find "$store/filed" -name "*xxx*" | wc -l)"
ok "and found whole" same 994 "$("$docket" contact find gil --json | jq -r '.name | length' | sort -n | tail -1)"

# Two at once
seen=$(case_is "$one" .version)
"$docket" case work "$one" approval --version "$seen" >/dev/null
stale () { "$docket" case ask "$one" info_requested --version "$seen" --text '¿Qué modelo?' --channel phone --json 2>/dev/null; }
ok "the second of two who act at once is told to try again" exits 75 stale
ok "sees how the case stands" same approval "$(stale | jq -r 'select(.number).reason')"
ok "and keeps what they wrote" same 'ask info_requested ¿Qué modelo? phone' "$(stale | jq -r 'select(.draft).draft | "\(.act) \(.reason) \(.text) \(.channel)"')"

before=$(entries)
ok "a merge is no exception" exits 75 "$docket" case merge "$one" "$two" --version "$seen"
ok "nor is an alert" exits 75 "$docket" case alert "$one" --on 2026-12-01 --version "$seen"
ok "nothing of theirs was done" same "$before" "$(entries)"
ok "with the version that is, it is done" exits 0 "$docket" case alert "$one" --on 2026-12-01 --version "$(case_is "$one" .version)"

for i in $(seq 10); do call --text "Llamada $i" >"$work/number-$i" & done
wait
ok "ten who type at once have ten numbers without a gap" same "$(seq -f 'D-2026-0000%02g' 6 15 | xargs)" "$(sed 's/-[0-9]*$//' "$work"/number-* | sort | xargs)"

# For calendar programs
feed () { "$docket" case alerts --ics "$@"; }
"$docket" case alert "$two" --on 2026-12-02 --to luis --text "$(printf 'Teléfono; “ñandú”, \\ %s\nsegunda' "$(yes 'áéíóú ' | head -20 | tr -d '\n')")" >/dev/null
ok "every line ends as RFC 5545 wants it" same 0 "$(feed | grep -c -v $'\r$')"
ok "none has more than 75 bytes" same '' "$(feed | LC_ALL=C awk 'length ($0) > 76')"
ok "no character is cut by a fold" eval 'feed | iconv -f UTF-8 -t UTF-8 >/dev/null'
ok "unfolded and unescaped, it is what was typed" says 'Teléfono\; “ñandú”\, \\ áéíóú áéíóú' eval "feed | tr -d '\r' | sed -z 's/\n //g'"
ok "a line end in it is written as one" says '\nsegunda' eval "feed | tr -d '\r' | sed -z 's/\n //g'"
ok "each event has a UID of its own and a time stamp" same '3 3 3' "$(feed | grep -c BEGIN:VEVENT) $(feed | grep '^UID:' | sort -u | wc -l) $(feed | grep -c '^DTSTAMP:20261123T090000Z')"
ok "whose feed it is can be said" same 1 "$(feed --owner luis | grep -c BEGIN:VEVENT)"
ok "one without alerts is a calendar still" same 'BEGIN:VTIMEZONE' "$(feed --owner nobody | tr -d '\r' | grep BEGIN:VTIMEZONE)"

# What asks for nothing
four=$("$docket" case open --channel counter --text 'Gracias por la ayuda de ayer.' --set kind=thanks --json | jq -r .number)
five=$("$docket" case open --channel phone --text 'Quiere saber qué datos suyos hay.' --set kind=question --set subject=privacy/request --json | jq -r .number)
ok "a complaint is answered before it is closed" refused 'its letter #1 complains' "$docket" case close "$one" no_answer_needed
ok "what a law wants answered, too" refused 'a law wants an answer' "$docket" case close "$five" no_answer_needed
ok "in Hungarian as well" refused 'törvény ír elő választ' "$docket" case close "$five" no_answer_needed --lang hu
ok "neither was closed" same "pending_company|not_started" "$(case_is "$one" .status)|$(case_is "$five" .status)"
ok "thanks need no answer" eval '"$docket" case close "$four" no_answer_needed --text "Pasado al equipo" >/dev/null; same "closed no_answer_needed" "$(state "$four")"'
ok "nobody waits for one then" same 0 "$("$docket" case list --json | grep -c "$four")"
ok "which is taken back as any closing is" eval '"$docket" case reopen "$four" >/dev/null; same "pending_company triage" "$(state "$four")"'
"$docket" case close "$four" no_answer_needed >/dev/null
settle
"$docket" review --set kind=thanks "$two/1" >/dev/null
ok "a complaint that a person calls thanks needs none either" eval '"$docket" case close "$two" no_answer_needed >/dev/null; same "closed no_answer_needed" "$(state "$two")"'
"$docket" case reopen "$two" >/dev/null
"$docket" report process --out "$work/process" >/dev/null
ok "the report counts what was closed why" same 'no_answer_needed,no requiere respuesta,3,0.7500 out_of_scope,no nos compete,1,0.2500' "$(tail -n +2 "$work/process/data/process-closings.csv" | tr -d '\r' | xargs -d '\n')"

# What vanishes
ok "nothing is wrong with the store" is_clean
in_store 'select * from attachment; select id, owner, status from cases; select * from alert' >"$work/before"
"$docket" rebuild >/dev/null
ok "made anew from the ledger it is the same" eval 'in_store "select * from attachment; select id, owner, status from cases; select * from alert" | diff - "$work/before"'
chmod -R u+w "$store/objects" && rm "$store/objects/$(in_store 'select substr(blob, 1, 2) || "/" || substr(blob, 3) from attachment where id = 2')"
ok "an attachment whose bytes are gone is told in the case" same false "$(case_is "$one" '.chain[].attachments[] | select(.id == 2).present')"
ok "when it is asked for, with what to do" says 'docket verify names what is lost, a backup has it' "$docket" case attachment "$one" 2 --out "$work/gone.pdf"
ok "leaving no file" test ! -e "$work/gone.pdf"
ok "and verify names it" exits 1 "$docket" verify
echo "1..$n"
