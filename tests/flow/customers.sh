#!/bin/bash
# What the company knows of its numbers and customers helps to read a letter, and a list that is wrong is told.
# shellcheck source=tests/flow/lib.sh disable=SC2016
source "$(dirname "$0")/lib.sh"
cd "$work" || exit 1

fresh_store --country GB
field () { "$docket" show "$1" --json | jq -r --arg name "$2" '[.. | objects | select(.name? == $name and has("value")) | .value][0]'; }
field_is () { [ "$(field "$1" "$2")" = "$3" ]; }
# A letter whose customer number and e-mail address are misread, each in one place.
misread () { printf 'Grace Oakes\ng.oakes@qost.example\n14 May 2026\n\nCustomer no.: 55-20939\n\nDear Sirs,\nthe %s leaks.\nYours faithfully\nGrace Oakes\n' "$1"; }
list () { printf 'number;name;email\n55-20931;Grace Oakes;g.oakes@post.example\n55-20981;Peter Lowe;p.lowe@post.example\n'; }
misread kettle >one.txt
misread teapot >two.txt

ok "without a list a letter says what it says" "$docket" ingest --wait one.txt
ok "its number is kept as read" same 55-20939 "$(field "#1" customer_no)"
sed -i "s/^customers:.*/customers: customers.csv/; s/^numbers:.*/numbers: { customer: '55-#####' }/" "$store/docket.yaml"
ok "a list that is not there is told" says customers.csv "$docket" status
list >"$store/customers.csv"
ok "with the list the letter is taken" "$docket" ingest --wait two.txt
ok "the number becomes that of the one customer whom the letter names" same 55-20931 "$(field "#2" customer_no)"
ok "and so does the address" same g.oakes@post.example "$(field "#2" email)"

misread boiler >three.txt
sed -i 's/55-20931;Grace Oakes/55-20931;Graham Ochs/; s/g.oakes@post/g.ochs@post/' "$store/customers.csv"
start_docketd
list | sed 's/55-20931/55-20938/' >"$store/customers.new" && mv "$store/customers.new" "$store/customers.csv"
sleep 2
cp three.txt "$inbox"
ok "a list that is changed while docketd runs is the one that counts" within 30 field_is "#3" customer_no 55-20938
stop_docketd
