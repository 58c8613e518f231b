#!/bin/bash
# Rules that contradict: each is told at start with file, line and what is allowed, or by docket deadline lint with the two that do not fit.
# shellcheck source=tests/flow/lib.sh disable=SC2016
source "$(dirname "$0")/lib.sh"
export DOCKET_NOW=2026-11-23T10:00:00Z
fresh_store --country ES
cp -r "$store" "$work/clean"
# with CHANGE : a clean store with that change of its files.
with () { rm -rf "$store"; cp -r "$work/clean" "$store"; (cd "$store" && eval "$1"); }
lint () { "$docket" deadline lint "$@"; }
pack=policies/ES-LEY10-2025.yaml calendar=calendars/ES.yaml
own () { printf 'pack: OWN\n%s\nduties:\n  - {kind: %s, rule: %s, effective_from: 2020-01-01, source: the board}\n' "$1" "$2" "$3"; }

for country in ES ES-AN FR HU GB US; do
  ok "nothing contradicts in what is shipped for $country" "$docket" deadline lint --store "$("$docket" init "$work/$country" --country "$country" >/dev/null; echo "$work/$country")"
done

# What is wrong by itself is told at start, by status and by lint alike, and the last version stays in force.
while IFS='|' read -r change said; do
  with "$change"
  ok "wrong: $change" says "$said" "$docket" status
  ok "lint tells it likewise: $said" says "$said" lint
  ok "as a configuration error" exits 78 lint
done <<END
sed -i 's/rule: 5cd/rule: 5days/' $pack|$pack:25:11: 5days is no rule; a rule is a number from 1 to 9999
sed -i 's/effective_to: 2026-12-27/effective_to: 2019-12-27/' $pack|$pack:18:19: effective_to lies before effective_from
sed -i 's/effective_to: 2026-12-27/effective_to: 2027-12-27/' $pack|$pack:20:5: ES-LEY10-2025/final stands here twice for the same days
sed -i 's/^calendar: ES/calendar: ES\\ncalendar: FR/' $pack|$pack:14:1: calendar stands twice; the first is in line 13
sed -i 's/^calendar: ES/calendar: ES\\ncountries: [Spain]/' $pack|$pack:14:12: countries holds "Spain"; a country is a code such as ES or ES-AN
printf '  - {date: 2026-12-08, kind: extra_work, names: {en: X}}\\n' >>$calendar|the day stands here twice
sed -i 's/^covered_to.*/&\\npublished_to: 2015-01-01/' $calendar|$calendar:17:15: published_to lies before covered_from
sed -i 's/^covered_to.*/&\\ncounted_to: 2035-01-01/' $calendar|$calendar:17:13: counted_to lies outside covered_from and covered_to
cp $calendar calendars/ESP.yaml|calendars/ESP.yaml:12:7: code is ES, but the file is called ESP.yaml
sed -i 's/^parent: ES/parent: EQ/' calendars/ES-AN.yaml|calendars/ES-AN.yaml:4:9: there is no calendar EQ; there are ES-AN
END

# What contradicts another file is told by lint, with the places of both.
while IFS='|' read -r change said; do
  with "$change"
  ok "contradicts: $change" says "$said" lint
  ok "and is a finding" exits 1 lint
  ok "which nothing waits for" says 'configuration version 1 is in force' "$docket" status
done <<END
own 'countries: [ES]' final 60wd >policies/OWN.yaml|policies/OWN.yaml:4:5: OWN/final ends later than ES-LEY10-2025/final (2027-02-19, 2026-12-23): where a case has both, the earlier one holds
own 'kinds: [complaint]' final 60wd >policies/OWN.yaml; sed -i 's/^policy:.*/policy: OWN/' docket.yaml|policies/OWN.yaml:4:5: OWN/final ends on 2027-02-19, which is later than ES-LEY10-2025/final, the law
own 'kinds: [complaint]' ack 2wd >policies/OWN.yaml; sed -i 's/^policy:.*/policy: OWN/' docket.yaml|docket.yaml:24:9: the pack OWN has no such clock as ES-LEY10-2025/final
sed -i 's/^policy:.*/policy: FR-ACPR/' docket.yaml|docket.yaml:24:9: the pack FR-ACPR is that of another country than ES
sed -i 's/effective_from: 2026-12-28/effective_from: 2027-06-01/' $pack|$pack:20:5: ES-LEY10-2025/final is not in force from 2026-12-28 to 2027-05-31
own 'kinds: [grumble]' final 5wd >policies/OWN.yaml|policies/OWN.yaml:2:8: the vocabulary has no kind “grumble”
sed -i 's/billing.undue-charge/billing\/nonsense/' $pack|$pack:24:5: the vocabulary has no subject “billing/nonsense”
printf '  - {kind: more, rule: 2wd, when: holding, extends: final, effective_from: 2026-12-28, source: x}\\n' >>$pack|ES-LEY10-2025/more takes the place of ES-LEY10-2025/final, but ends before it
printf '  - {date: 2026-12-25, kind: holiday, names: {en: X}}\\n' >>calendars/ES-AN.yaml|2026-12-25 stands in calendars/ES.yaml already, as holiday
END
with "own 'countries: [ES]' final 60wd >policies/OWN.yaml"
ok "in French" says 'dans un dossier qui a les deux, la première date vaut' lint --lang fr
ok "for a program, once for each version of the law" same 'two_packs OWN/final ES-LEY10-2025/final 2' "$(lint --json | jq -rs 'map(select(.finding)) | "\(.[0].finding) \(.[0].what) \(.[0].other) \(length)"')"
ok "which has the count" same 2 "$(lint --json | jq -r 'select(.findings) | .findings')"
