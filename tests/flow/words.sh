#!/bin/bash
# The words of the pages: those broken over lines are found, and read in fields, whole; the text stays as printed.
# shellcheck source=tests/flow/lib.sh disable=SC2016
source "$(dirname "$0")/lib.sh"

fresh_store --country HU
printf 'Budapest, 2026. már-\ncius 12.\n\nTisztelt Ügyfélszolgálat!\n\nA számlával kapcsolatos rekla-\nmációmra nem válaszoltak. Kérem a javí-\n\ftást, vagy a vételár visszafizetését.\n\nÜdvözlettel:\nSzabó Ilona\n' >"$work/hu.txt"
printf 'Madame, Monsieur,\n\nMa récla\u00ad\nmation concerne la com\u2010\nmande n° A-\n4711 : le rendez-\nvous du 2026-\n03-12 a été annulé.\n\nJeanne Delmas\n' >"$work/fr.txt"
(cd "$work" && "$docket" ingest --wait hu.txt fr.txt) >/dev/null
found () { "$docket" search --json "$1" | jq -r '"\(.document).\(.page)"' | xargs; }
field () { "$docket" show --json "$1" | jq -r --arg n "$2" '[.fields[] | select(.name == $n) | .value] | join(" ")'; }
raw () { "$docket" show --json "$1" | jq -r --arg n "$2" '[.fields[] | select(.name == $n) | .raw] | join(" ")'; }

ok "a word broken over a line end is found whole" same 1.1 "$(found reklamáció)"
ok "in a phrase too" same 1.1 "$(found '"kapcsolatos reklamációmra nem"')"
ok "and shown as printed, both parts marked" says '[rekla- mációmra]' "$docket" search reklamáció
ok "a soft hyphen breaks a word as well" same 2.1 "$(found '"ma réclamation concerne"')"
ok "and so does the hyphen of typesetters" same 2.1 "$(found commande)"
ok "a word broken over a page end is found on the page where it begins" same 1.1 "$(found javítást)"
ok "a hyphen that is part of a number stays" same 2.1 "$(found '"A-4711"')"
ok "one that is part of a word does no harm" same 2.1 "$(found 'rendez-vous')"
ok "a date whose month is broken is read" same 2026-03-12 "$(field '#1' letter_date)"
ok "and quoted as one reads it" same '2026. március 12' "$(raw '#1' letter_date)"
ok "an order number broken at its hyphen is read whole" same A-4711 "$(field '#2' order_no)"
ok "the text keeps its lines as printed" says $'rekla-\nmációmra' "$docket" show --text '#1'
ok "a broken word counts for the kind of letter" same complaint "$("$docket" show --json '#1' | jq -r .kind.value)"
