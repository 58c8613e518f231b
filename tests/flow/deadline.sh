#!/bin/bash
# docket deadline: dates worked out by hand from the calendars of four countries, each with its trap; then wrong questions.
# shellcheck source=tests/flow/lib.sh disable=SC2016
source "$(dirname "$0")/lib.sh"
cd "$work" || exit 1
unset DOCKET_STORE

json () { "$docket" deadline --json "$@"; }
# name | rule | calendar | received | due | work by | why it is a trap
while IFS='|' read -r rule calendar received due work_by why; do
  ok "$rule of $calendar from $received ends on $due: $why" same "$due $work_by ok" \
    "$(json --rule "$rule" --calendar "$calendar" --received "$received" | jq -r '.due + " " + .work_by + " " + .state')"
done <<'END'
15wd|ES|2026-11-23|2026-12-15|2026-12-15|8 December is a holiday
15wd|ES-AN|2026-11-23|2026-12-16|2026-12-16|Andalusia is off on Monday the 7th too
10ouvrables|FR|2026-04-24|2026-05-07|2026-05-07|Saturdays count, 1 May does not
2months|FR|2026-12-31|2027-02-28|2027-02-26|a month without a 31st, ended by a Sunday
30cd|HU|2026-11-12|2026-12-12|2026-12-12|a Saturday that is worked by decree
15wd|HU|2026-12-01|2026-12-21|2026-12-21|that Saturday counts, 24 December does not
10wd|HU|2026-08-07|2026-08-24|2026-08-24|8 August is worked, the 20th and 21st are off
8weeks|GB|2026-11-06|2027-01-01|2026-12-31|a bank holiday moves no end
3wd|GB|2026-12-24|2026-12-31|2026-12-31|Boxing Day is made up for on Monday the 28th
15wd|GB|2026-12-10|2027-01-05|2027-01-05|over the turn of the year
35wd|GB|2026-12-10|2027-02-02|2027-02-02|over the turn of the year, farther
1months|ES|2027-01-30|2027-02-28|2027-02-26|a day number that February lacks
15cd|US|2026-11-22|2026-12-07|2026-12-07|days of the calendar
60cd|US|2026-11-22|2027-01-21|2027-01-21|days of the calendar, farther
48h|ES|2026-11-23T09:30|2026-11-25T09:30:00+01:00|2026-11-25|hours end at an instant, with its offset
8wh|ES|2026-11-27T16:00|2026-11-30T16:00:00+01:00|2026-11-30|hours in which the firm is open
15wd|ES-CN-TENERIFE|2027-01-25|2027-02-16|2027-02-16|a day of the island, over its region and country
15wd|ES-EX|2027-09-27|2027-10-20|2027-10-20|a region that keeps Assumption in October
24h|GB|2026-10-24T18:00|2026-10-25T17:00:00+00:00|2026-10-23|an hour is an hour when summer time ends
END
ok "a policy knows its rule and its calendar" same '2months FR FR-ACPR/final 2027-01-23 2027-01-22' \
  "$(json --policy FR-ACPR/final --received 2026-11-23 | jq -r '[.rule, .calendar, .policy, .due, .work_by] | join(" ")')"
ok "the answer has its keys" same 'calendar calendar_version due policy policy_version rule start state trace work_by' \
  "$(json --rule 15wd --calendar ES --received 2026-11-23 | jq -r 'keys | join(" ")')"
trace () { json --rule 15wd --calendar ES --received 2026-11-23 | jq -r "$1"; }
ok "the trace counts fifteen days" same 15 "$(trace '[.trace[] | select(.counted)] | length')"
ok "misses no day from the start to the end" same 23 "$(trace '[.trace[].date] | unique | length')"
ok "counts from the day after the start" same 'false start' "$(trace '.trace[0] | "\(.counted) \(.why)"')"
ok "and says why a day is not counted" same 'holiday:Immaculate Conception' "$(trace '.trace[] | select(.date == "2026-12-08").why')"
ok "a person is told the day, too" says 'due       Tue 2026-12-15' "$docket" deadline --rule 15wd --calendar ES --received 2026-11-23

ok "where the calendar ends no date is made up" same 'null calendar_missing' \
  "$(json --rule 3wd --calendar GB --received 2040-12-24 | jq -r '"\(.due) \(.state)"')"
ok "that is a finding" exits 1 "$docket" deadline --rule 3wd --calendar GB --received 2040-12-24
ok "told with the file to fill in" says 'calendars/GB.yaml' "$docket" deadline --rule 3wd --calendar GB --received 2040-12-24

state () { json "$@" | jq -r '(.due // "none") + " " + .state'; }
ok "holidays that nobody has decreed yet count, and that is said" same '2028-05-04 expected' \
  "$(state --rule 15wd --calendar ES-AN --received 2028-04-11)"
ok "to a person too" says 'provisional: the holidays from Sat 2028-01-01 on are not decreed yet' \
  "$docket" deadline --rule 15wd --calendar ES-AN --received 2028-04-11
ok "an end on a Sunday stays" same '2027-02-28 ok' "$(state --rule 2months --calendar FR --received 2026-12-31)"
ok "or moves to Monday" same '2027-03-01 ok' "$(state --rule 2months --roll next --calendar FR --received 2026-12-31)"
ok "or back to Friday" same '2027-02-26 ok' "$(state --rule 2months --roll previous --calendar FR --received 2026-12-31)"
ok "what comes after five has come the next day" same '2026-11-26 ok' \
  "$(state --rule 2wd --after-hours --calendar ES --received 2026-11-23T17:05)"
ok "a clock may stand" same '2026-12-17 ok' "$(state --rule 15wd --calendar ES --received 2026-11-23 --pause 2026-11-24..2026-11-27)"
ok "or be suspended" same 'none suspended' "$(state --rule 15wd --calendar ES --received 2026-11-23 --pause 2026-11-24..)"
ok "the clock of a law does not stand" same '2027-02-01 ok' \
  "$(state --policy ES-LEY10-2025/final --received 2027-01-11 --pause 2027-01-12..2027-01-20)"
ok "and says so" says 'does not stop' "$docket" deadline --policy ES-LEY10-2025/final --received 2027-01-11 --pause 2027-01-12..2027-01-20
ok "a stage is counted from what was sent" same '2026-11-24 ok' \
  "$(state --policy UK-LG/stage1 --received 2026-11-06 --event ack=2026-11-10)"
ok "a person reads the days in Hungarian" says 'amíg a határidő állt' \
  "$docket" deadline --lang hu --rule 15wd --calendar HU --received 2026-11-02 --pause 2026-11-03..2026-11-06
ok "in Hungary days are counted to the last decree" same 'none calendar_missing' "$(state --rule 15wd --calendar HU --received 2026-12-18)"
ok "the file to extend and its key are named" says 'enters the days of 2027 in calendars/HU.yaml, then moves counted_to' \
  "$docket" deadline --rule 15wd --calendar HU --received 2026-12-18
ok "calendar days end there on their day, marked" same '2027-01-17 expected' "$(state --rule 30cd --calendar HU --received 2026-12-18)"
ok "an end that a decree might make a working day is not moved" same '2027-01-16 expected' \
  "$(state --rule 15cd --roll next --calendar HU --received 2027-01-01)"

while IFS='|' read -r options said; do
  read -ra words <<<"$options"
  ok "wrong usage: $options" exits 64 "$docket" deadline "${words[@]}"
  ok "that says: $said" says "$said" "$docket" deadline "${words[@]}"
done <<'END'
--rule 15xx --calendar ES --received 2026-11-23|15xx is no rule
--rule 0wd --calendar ES --received 2026-11-23|0wd is no rule
--rule 15wd --received 2026-11-23|--rule needs --calendar
--rule 15wd --calendar ES|--received DATE is needed
--rule 15wd --calendar QQ --received 2026-11-23|there is no calendar QQ; there are
--rule 15wd --calendar ES --received tomorrow|tomorrow is no date
--policy FR-ACPR --received 2026-11-23|there is no policy FR-ACPR; FR-ACPR has the kinds
--rule 15wd --calendar ES --received 2026-11-23 --roll sideways|next, previous or none
--rule 15wd --calendar ES --received 2026-11-23 --pause 2026-11-24|write FROM..TO
--rule 15wd --calendar ES --received 2026-11-23 --pause 2026-11-24..2026-11-23|ends before it begins
--rule 15wd --calendar ES --received 2026-11-23 --event ack=2026-11-24|--event goes with --policy
--rule 15wd --calendar ES --received 9999-12-32|no date
--policy FR-ACPR/final --received 2026-11-23 --roll next|go with --rule
--policy UK-LG/stage1 --received 2026-11-23|add --event ack=DATE
--policy UK-LG/stage1 --received 2026-11-23 --event tea=2026-11-24|events are ack
--policy UK-LG/stage1 --received 2026-11-23 --event ack|write EVENT=DATE
--rule 15wd --policy FR-ACPR/final --calendar ES --received 2026-11-23|either --policy PACK/KIND or --rule RULE
END

fresh_store --country ES
sed -i '/^days:/a\  - {date: 2026-12-14, kind: holiday, names: {en: "Town Fair"}}' "$store/calendars/ES.yaml"
ok "a store has its own calendars" says 'Town Fair' "$docket" deadline --rule 15wd --calendar ES --received 2026-11-23

fresh_store --country ES
sed -i 's/    rule: 5cd/    rule: 5 days/' "$store/policies/ES-LEY10-2025.yaml"
ok "a wrong rule of a pack is a configuration error" exits 78 "$docket" deadline --policy ES-FIN/final --received 2026-11-23
ok "with its place" says 'policies/ES-LEY10-2025.yaml:25:11: 5 days is no rule' "$docket" deadline --policy ES-FIN/final --received 2026-11-23
fresh_store --country ES
printf '  - {kind: final, rule: 3wd, effective_from: 2027-01-01, source: another}\n' >>"$store/policies/ES-LEY10-2025.yaml"
ok "two final clocks of one pack for the same days are one too" says 'ES-LEY10-2025/final stands here twice for the same days' \
  "$docket" deadline --policy ES-FIN/final --received 2026-11-23

fresh_store --country HU
sed -i 's/^policy:.*/policy: HU-MNB/' "$store/docket.yaml"
ok "nobody is told while the calendar is far from its end" same 0 "$(DOCKET_NOW=2026-10-01T09:00:00Z "$docket" status --json | jq '.calendars | length')"
export DOCKET_NOW=2026-11-02T09:00:00Z
ok "six weeks before docket status tells from when payments have no date" same '2026-12-10 HU-MNB/final-payments counted_to' \
  "$("$docket" status --json | jq -r '.calendars[] | select(.state == "calendar_missing") | "\(.from) \(.policy) \(.key)"')"
ok "in words, with what to do" says 'Enter the days of 2027 in calendars/HU.yaml' "$docket" status
sed -i 's/rule: 15wd/rule: 15days/' "$store/policies/HU-MNB.yaml"
ok "a wrong file does not keep status from telling it, with its place" says 'configuration version 1 stays in force, for the files are wrong:' "$docket" status
ok "nor of the calendars of the version in force" same true "$("$docket" status --json | jq '.calendars | length > 0')"
sed -i 's/rule: 15days/rule: 15wd/' "$store/policies/HU-MNB.yaml"
ok "in Hungarian" says 'nem lesz határidejük: 2026. dec. 10.' "$docket" status --lang hu
