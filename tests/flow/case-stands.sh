#!/bin/bash
# How a case stands after what was done in it, as those see it who read lists, reports and the case itself: merged and parted again, answered, opened again;
# and what is typed wrong.
# shellcheck source=tests/flow/lib.sh disable=SC2016
source "$(dirname "$0")/lib.sh"
export DOCKET_NOW=2026-11-23T09:00:00Z
fresh_store --country ES
printf 'Muy señores míos:\nLa factura 71 de noviembre es incorrecta y exijo la devolución de 71,30 euros. Nadie contesta a mis reclamaciones.\nAtentamente,\nRosario Vidal\n' >"$work/a.txt"
printf 'Muy señores míos:\nPresento una reclamación: el ascensor lleva tres semanas averiado y nadie viene a repararlo.\nAtentamente,\nBenito Lucas\n' >"$work/b.txt"
"$docket" ingest --wait "$work/a.txt" "$work/b.txt" >"$work/ingest" || exit 1
a=$("$docket" list --json | jq -r 'select(.sender == "Rosario Vidal").number' | cut -d/ -f1)
b=$("$docket" list --json | jq -r 'select(.sender == "Benito Lucas").number' | cut -d/ -f1)
case_is () { "$docket" case show "$1" --json | jq -r "$2"; }
listed () { "$docket" case list --all --json | jq -r "select(.number == \"$1\") | .due"; }
register_of () { "$docket" list --json | jq -r "select(.number | startswith(\"$1\")) | .due"; }
stands () { case_is "$1" 'del(.chain, .version)'; }

# Whoever opens a case sees at once whose it is and what came.
ok "a case names its customer" says "cliente                 Rosario Vidal" "$docket" case show "$a" --lang es
ok "and its letters, by the names that they are filed under" says "$a/1: $("$docket" list --json | jq -r --arg n "$a/1" 'select(.number == $n).name')" "$docket" case show "$a"
ok "so it does for programs" same "Rosario Vidal $a/1" "$(case_is "$a" '"\(.customer) \(.documents[0] | select(.name | endswith("Rosario Vidal.txt")).number)"')"

# Both have the same clocks, so the one gave the other nothing that it did not have.
a_before=$(stands "$a") b_before=$(stands "$b") due=$(listed "$a")
"$docket" case merge "$b" "$a" >"$work/merge"
ok "two cases that have the same clocks are parted again" "$docket" case unmerge "$b"
ok "the one that the other went into stands as before, at once" same "$a_before" "$(stands "$a")"
ok "so does the other" same "$b_before" "$(stands "$b")"
ok "and the date of the first is on the list" same "$due" "$(listed "$a")"

# One that has no clock of its own takes that of the other, keeps it while it goes on, and loses it with it.
"$docket" review --set kind=thanks "$b/1" >"$work/review"
ok "a letter that does not complain has no date" same null "$(listed "$b")"
"$docket" case merge "$a" "$b" >"$work/merge"
ok "its case takes the date of the complaint that goes on in it" same "$due" "$(listed "$b")"
"$docket" case work "$b" investigating >"$work/work"
ok "and keeps it whatever is done" same "$due" "$(listed "$b")"
ok "the register names it for both letters" same "$(printf '%s\n' "$due" "$due")" "$("$docket" list --json | jq -r .due)"
"$docket" case unmerge "$a" >"$work/unmerge"
ok "parted again, the complaint has it alone" same "$due null" "$(listed "$a") $(listed "$b")"
"$docket" review --set kind=complaint "$b/1" >"$work/review"

# Answered, or closed: nothing is due.
"$docket" case close "$b" withdrawn >"$work/close"
"$docket" case final "$a" --text "Le devolvemos el importe." >"$work/final"
late () { DOCKET_NOW=2027-02-01T09:00:00Z "$@"; }
report_says () { rm -rf "$work/report"; late "$docket" report lifecycle --lang en --out "$work/report" && late cat "$work/report/data/lifecycle-$1.csv"; }
ok "of an answered case nothing is overdue" same 0 "$(report_says due | grep ^overdue | cut -d, -f3)"
ok "and it is none of the nearest due dates" same 0 "$(report_says deadlines | grep -c "$a")"
ok "the register names no date" same null "$(register_of "$a")"
ok "nor of a case that was closed unanswered" same null "$(register_of "$b")"
ok "nor does the list of cases" same null "$(listed "$b")"
ok "and it is not past due" same fine "$(late case_is "$b" .deadline)"

# What is typed wrong is refused with what is allowed.
fresh_store --country ES
"$docket" ingest --wait --received 2026-11-20 "$work/a.txt" >"$work/ingest"
a=$("$docket" list --json | jq -r .number | cut -d/ -f1)
refused () { local words=$1; shift; says "$words" "$@" && exits 64 "$@"; }
before=$(stands "$a")
for act in "final $a" "tell $a --text x" "hear $a" "note $a --text x" "refer $a --to CNMC"; do
  # shellcheck disable=SC2086
  ok "$act: nothing is done before the letter came" refused "came on 2026-11-20: nothing was done in it on 2026-11-19" "$docket" case $act --on 2026-11-19
  # shellcheck disable=SC2086
  ok "$act: nor tomorrow" refused "is still to come" "$docket" case $act --on 2026-11-24
done
ok "a cause is a subject" refused "the vocabulary has no subject" "$docket" case cause "$a" nonsense
ok "a pointer is an address" refused "such as https://crm.example/77 or crm:77" "$docket" case link "$a" 'not a uri'
ok "not a bare word" refused "such as https://" "$docket" case link "$a" 4711
ok "there is no post by pigeon" refused "the channels are paper email" "$docket" case hear "$a" --channel pigeon
ok "nothing is nothing to tell" refused "there is nothing in it" "$docket" case tell "$a" --text ''
ok "an alert is not for yesterday" refused "today or a day to come" "$docket" case alert "$a" --on 2026-11-22
ok "nor for the next century" refused "more than 10 years ahead" "$docket" case alert "$a" --on 2126-11-23
ok "nor is an answer promised for it" refused "within 24 months" "$docket" case hold "$a" --until 2126-11-23
ok "it came on a day of this age" refused "is the year right" "$docket" case received "$a" --on 1890-01-01 --text 'sello'
ok "no letter comes in 2036" refused "2036-01-01: that is more than 5 years ahead" "$docket" ingest --received 2036-01-01 "$work/b.txt"
ok "nor in 1890" refused "1890-01-01: that is more than 50 years ago" "$docket" ingest --received 1890-01-01 "$work/b.txt"
ok "nothing of it was kept" same "$before 1" "$(stands "$a") $(receipts)"
ok "without users, a case goes to whoever is named" "$docket" case transfer "$a" --to nobodyknown --text 'lo conoce'
"$docket" user add ana >"$work/user"
ok "with users, to one of them" refused "the users are ana" "$docket" case transfer "$a" --to somebodyelse --text 'lo conoce'

# What a case shows of itself, and of the cases that went into it.
fresh_store --country ES
"$docket" ingest --wait "$work/a.txt" "$work/b.txt" >"$work/ingest"
a=$("$docket" list --json | jq -r 'select(.sender == "Rosario Vidal").number' | cut -d/ -f1)
b=$("$docket" list --json | jq -r 'select(.sender == "Benito Lucas").number' | cut -d/ -f1)
"$docket" case transfer "$b" --to eva --text 'conoce los ascensores' >"$work/transfer"
"$docket" case note "$b" --text 'llamó el portero' >"$work/note"
"$docket" case alert "$b" --on 2026-11-24 --text 'llamar al técnico' >"$work/alert"
"$docket" case link "$b" crm:77 --label CRM >"$work/link"
"$docket" case merge "$b" "$a" --text 'el mismo edificio' >"$work/merge"
shown () { "$docket" case show "$@"; }
ok "the case names what went into it and who had that" says "$b (eva)" shown "$a"
ok "the chain has the line" says "closed: merged → $a · $b — el mismo edificio" shown "$a"
ok "and what was said in the other" says 'llamó el portero' shown "$a"
ok "its alert is the alert of the case" same "upcoming" "$(case_is "$a" .alert)"
ok "on the list too" same "overdue" "$(DOCKET_NOW=2026-12-01T09:00:00Z "$docket" case list --json | jq -r "select(.number == \"$a\").alert")"
ok "its pointer is there" says 'crm:77' shown "$a"
ok "and can be taken away" says 'pointer removed' "$docket" case link "$a" --remove 1
ok "its alert can be done" says 'alert done' "$docket" case alert "$a" --done "$(case_is "$a" '.alerts[0].id')"
ok "and is gone from the list" same none "$("$docket" case list --json | jq -r "select(.number == \"$a\").alert")"
"$docket" case alert "$b" --on 2026-11-25 >"$work/alert"
ok "an alert by the number that was merged is one of the case" same upcoming "$("$docket" case list --json | jq -r "select(.number == \"$a\").alert")"
ok "a case that went into another is not merged with it again" says 'one that went into it' "$docket" case merge "$a" "$b"
"$docket" case list --all --json >"$work/before"
ok "made anew it stands the same" eval '"$docket" rebuild >/dev/null; cmp "$work/before" <("$docket" case list --all --json)'
"$docket" case unmerge "$b" >"$work/unmerge"
ok "parted, the case shows nothing of it" same 0 "$(shown "$a" | grep -c 'portero')"
ok "times are those of the firm" says '2026-11-23 10:00  docketd  opened' shown "$a"
ok "what was taken back is told as such" says "reopened: merge taken back → $a" shown "$b"
"$docket" case hear "$a" --channel phone >"$work/hear"
ok "a channel has its word" says 'message du client, téléphone' shown "$a" --lang fr
ok "a deadline says which and for when" says 'deadline set: final answer 2026-12-23, running' shown "$a"
ok "a transfer says to whom" says 'transferred → eva — conoce' shown "$b"
ok "an alert says for when" says 'alert set 2026-11-25 → ' shown "$a"
"$docket" case final "$a" >"$work/final"
for word in fr:respecté es:cumplido hu:teljesítve; do ok "met in ${word%%:*}" says "${word#*:}" shown "$a" --lang "${word%%:*}"; done
ok "no reason is told as such" refused 'close needs a reason: resolved' "$docket" case close "$a" ''
ok "what is open is not reopened" refused 'this one is open' "$docket" case reopen "$a"
ok "what is not done in a case is told with what is" refused 'there are open list alerts show work' "$docket" case bogus "$a"

# Who works here.
fresh_store --country ES
"$docket" ingest --wait "$work/a.txt" >"$work/ingest"
a=$("$docket" list --json | jq -r .number | cut -d/ -f1)
ok "a role that there is none is wrong usage" refused 'docket user: role is "boss"; allowed are handler, lead' "$docket" user add ana --role boss
"$docket" user add ana >"$work/user"
ok "so is an absence that ends before it begins" refused 'docket user: an absence ends before it begins' "$docket" user absent ana --from 2026-12-10 --to 2026-12-01
ok "a case of nobody is told as such" says 'Open cases of nobody: 1' "$docket" status
for word in fr:'sans responsable : 1' es:'sin responsable: 1' hu:'felelős nélkül: 1'; do ok "in ${word%%:*}" says "${word#*:}" "$docket" status --lang "${word%%:*}"; done
"$docket" case transfer "$a" --to ana --text 'lo conoce' >"$work/transfer"
"$docket" user remove ana >"$work/user"
ok "who is removed is listed while a case is left" says 'ana  no user, 1 open case' "$docket" user list

# However often cases went into one another, each alert is one of the case that goes on.
fresh_store --country ES
numbers=()
for name in Uno Dos Tres Cuatro Cinco; do
  numbers+=("$("$docket" case open --channel phone --text "Nadie contesta a mi reclamación." --set sender="$name Vidal" --json | jq -r .number)")
done
"$docket" case alert "${numbers[0]}" --on 2026-11-24 >"$work/alert"
for i in 0 1 2 3; do "$docket" case merge "${numbers[$i]}" "${numbers[$((i + 1))]}" >"$work/merge"; done
alert_of () { "$docket" case list --json | jq -r "select(.number == \"$1\").alert"; }
ok "an alert is on the list four merges on" same upcoming "$(alert_of "${numbers[4]}")"
ok "as in the case itself" same upcoming "$(case_is "${numbers[4]}" .alert)"
"$docket" case unmerge "${numbers[2]}" >"$work/unmerge"
ok "a merge in between that is taken back takes it away" same "none upcoming" "$(alert_of "${numbers[4]}") $(alert_of "${numbers[2]}")"
"$docket" case merge "${numbers[2]}" "${numbers[4]}" >"$work/merge"
"$docket" case alert "${numbers[0]}" --on 2026-11-23 >"$work/alert"
ok "another way round it comes back, with what is set by the first number" same today "$(alert_of "${numbers[4]}")"
ok "the store is clean" is_clean

# What a list tells at one look.
fresh_store --country ES
printf 'Muy señores míos:\nLa factura 71 de noviembre es incorrecta y exijo la devolución de 71,30 euros. Nadie contesta a mis reclamaciones.\nAtentamente,\nRosario Vidal\n' >"$work/late.txt"
"$docket" ingest --wait "$work/late.txt" >"$work/ingest"
c=$("$docket" list --json | jq -r .number | cut -d/ -f1)
"$docket" review --set kind=complaint --set subject=billing/wrong-amount "$c/1" >"$work/review"
due=$(listed "$c")
on () { DOCKET_NOW=$1T09:00:00Z "$docket" case list; }
ok "a date that is still to come has no mark" exits 1 grep -q '[!?]' <(on "$due")
ok "one that has passed has" says "$due !" on 2027-03-01
"$docket" case cause "$c" billing/wrong-amount >"$work/cause"
ok "a cause is told in words, with what one types" says 'cause                   wrong amount (billing/wrong-amount)' "$docket" case show "$c"
ok "in the language asked for" says '(billing/wrong-amount)' "$docket" case show --lang hu "$c"
ok "a case is a dossier, and is closed as one" says 'clos le' "$docket" case close "$c" withdrawn --lang fr
