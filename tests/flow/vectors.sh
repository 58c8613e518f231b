#!/bin/bash
# Twelve deadlines worked out by hand beside the engine, each with its trap, with every day that was counted, skipped or passed over.
# shellcheck source=tests/flow/lib.sh disable=SC2016
source "$(dirname "$0")/lib.sh"
cd "$work" || exit 1
unset DOCKET_STORE

# The trace in one line: spans of days counted alike as FROM..TO, and what is not counted by its reason.
short='def d: .date[5:]; [.trace[] | {d: d, w: (if .why == "working" or .why == "weekend" then .why else .why end), c: .counted}]
  | reduce .[] as $s ([]; if length > 0 and .[-1].w == $s.w and ($s.w == "working" or $s.w == "weekend")
      then .[-1].to = $s.d else . + [$s + {to: $s.d}] end)
  | map((if .d == .to then .d else .d + ".." + .to end) + (if .c then "+" else "-" end) + (if .w == "working" then "" elif .w == "weekend" then "we" else .w end))
  | join(" ")'

# vector NAME DUE WORK_BY TRACE OPTION…
vector () {
  local name=$1 due=$2 work_by=$3 trace=$4
  shift 4
  "$docket" deadline --json "$@" >answer.json
  ok "$name ends on $due" same "$due $work_by ok" "$(jq -r '.due + " " + .work_by + " " + .state' answer.json)"
  ok "$name tells each day" same "$trace" "$(jq -r "$short" answer.json)"
}

vector V1 2026-12-15 2026-12-15 \
  '11-23-start 11-24..11-27+ 11-28..11-29-we 11-30..12-04+ 12-05-we 12-06-holiday:Constitution Day 12-07+ 12-08-holiday:Immaculate Conception 12-09..12-11+ 12-12..12-13-we 12-14..12-15+' \
  --rule 15wd --calendar ES --received 2026-11-23
vector V2 2026-12-16 2026-12-16 \
  '11-23-start 11-24..11-27+ 11-28..11-29-we 11-30..12-04+ 12-05-we 12-06-holiday:Constitution Day 12-07-holiday:Monday after Constitution Day 12-08-holiday:Immaculate Conception 12-09..12-11+ 12-12..12-13-we 12-14..12-16+' \
  --rule 15wd --calendar ES-MD --received 2026-11-23
vector V3 2026-05-07 2026-05-07 \
  '04-24-start 04-25+ 04-26-we 04-27..04-30+ 05-01-holiday:Labour Day 05-02+ 05-03-we 05-04..05-07+' \
  --policy FR-ACPR/ack --received 2026-04-24
vector V4 2027-02-28 2027-02-26 '12-31-start 02-26+work_by 02-27..02-28-we 02-28+end:month_end' \
  --policy FR-ACPR/final --received 2026-12-31
vector V5 2026-12-12 2026-12-12 '11-12-start 12-12+end' --policy HU-FGYTV/final --received 2026-11-12
vector V6 2026-12-21 2026-12-21 \
  '12-01-start 12-02..12-04+ 12-05..12-06-we 12-07..12-11+ 12-12+extra_work:Working Saturday, in place of 2026-12-24 12-13-we 12-14..12-18+ 12-19..12-20-we 12-21+' \
  --policy HU-MNB/final-payments --received 2026-12-01
vector V7 2026-08-24 2026-08-24 \
  '08-07-start 08-08+extra_work:Working Saturday, in place of 2026-08-21 08-09-we 08-10..08-14+ 08-15..08-16-we 08-17..08-19+ 08-20-holiday:State Foundation Day 08-21-holiday:Rest day, worked on 2026-08-08 08-22..08-23-we 08-24+' \
  --rule 10wd --calendar HU --received 2026-08-07
vector V8 2027-01-01 2026-12-31 "11-06-start 12-31+work_by 01-01-holiday:New Year's Day 01-01+end" \
  --policy GB-DISP/final --received 2026-11-06
vector V9 2026-12-31 2026-12-31 \
  '12-24-start 12-25-holiday:Christmas Day 12-26..12-27-we 12-28-holiday:Boxing Day (substitute) 12-29..12-31+' \
  --policy GB-DISP/summary --received 2026-12-24T11:00
vector V10a 2027-01-05 2027-01-05 \
  "12-10-start 12-11+ 12-12..12-13-we 12-14..12-18+ 12-19..12-20-we 12-21..12-24+ 12-25-holiday:Christmas Day 12-26..12-27-we 12-28-holiday:Boxing Day (substitute) 12-29..12-31+ 01-01-holiday:New Year's Day 01-02..01-03-we 01-04..01-05+" \
  --policy GB-DISP/final-payments --received 2026-12-10
vector V10b 2027-02-02 2027-02-02 \
  "12-10-start 12-11+ 12-12..12-13-we 12-14..12-18+ 12-19..12-20-we 12-21..12-24+ 12-25-holiday:Christmas Day 12-26..12-27-we 12-28-holiday:Boxing Day (substitute) 12-29..12-31+ 01-01-holiday:New Year's Day 01-02..01-03-we 01-04..01-08+ 01-09..01-10-we 01-11..01-15+ 01-16..01-17-we 01-18..01-22+ 01-23..01-24-we 01-25..01-29+ 01-30..01-31-we 02-01..02-02+" \
  --policy GB-DISP/holding-payments --received 2026-12-10
vector V11 2027-02-28 2027-02-26 '01-30-start 02-26+work_by 02-27..02-28-we 02-28+end:month_end' \
  --rule 1months --calendar ES --received 2027-01-30
vector V12a 2026-12-07 2026-12-07 '11-22-start 12-07+end' --policy US-CFPB/first --received 2026-11-22
vector V12b 2027-01-21 2027-01-21 '11-22-start 01-21+end' --policy US-CFPB/final --received 2026-11-22

# What each trap would have given.
ok "V5 without the decreed Saturday would be worked by Friday" same 2026-12-11 "$("$docket" deadline --json --rule 30cd --calendar FR --received 2026-11-12 | jq -r .work_by)"
ok "V3 by Monday to Friday is five days late" same 2026-05-12 "$("$docket" deadline --json --rule 10wd --calendar FR --received 2026-04-24 | jq -r .due)"
ok "V4 rolled would be the first of March" same 2027-03-01 "$("$docket" deadline --json --rule 2months --roll next --calendar FR --received 2026-12-31 | jq -r .due)"
