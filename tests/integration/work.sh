#!/bin/bash
# Whole programs: tasks, answers by radio, the diary and the watch by rccctl; the ledger has a line for each duty, and a case
# is not closed before all of it is done. Usage: work.sh BIN_DIR [TOOLS_DIR]
set -euo pipefail
bin=$(cd "${1:?usage: work.sh BIN_DIR}" && pwd)
# shellcheck source=tests/integration/centre_lib.sh
. "$(dirname "$0")/centre_lib.sh"
command -v jq >/dev/null || { echo "work: jq is not installed"; exit 77; }

case=$year-0001
why() {
	local words=$1
	shift
	refused 1 "$bin/rccctl" --state-dir "$state" "$@"
	grep -q -- "$words" "$scratch/said" || fail "$*: '$words' is not in: $(cat "$scratch/said")"
}
usage() {
	local words=$1
	shift
	refused 2 "$bin/rccctl" --state-dir "$state" "$@"
	grep -q -- "$words" "$scratch/said" || fail "$*: '$words' is not in: $(cat "$scratch/said")"
}
duty() { ctl --json duties "$case" | jq -r "select(.class == \"DUTY\" and .rule == \"$1\") | .$2"; }
ship() { ctl --json duties "$case" | jq -r "select(.class == \"SHIP_DUTY\" and .mmsi == \"$1\") | .$2"; }
open_now() { ctl --json closing "$case" | jq -r '.kind + " " + (.rule // .obligation // .mmsi // (.count | tostring))' | sort | tr '\n' ','; }
is_heard() { grep -q "$2" "$scratch/$1.out"; }

start_centre
enrol ASTRID vessel --mmsi 257123450
enrol BOREAS vessel --mmsi 244670316
open_session ASTRID
open_session BOREAS
ctl open --by phone --pos '35-12.40N 012-36.05E' --persons 12 --nature flooding --text 'wooden boat' >/dev/null
await 15 is_heard ASTRID "MAYDAY RELAY $case" || fail "ASTRID was not called: $(cat "$scratch/ASTRID.out")"
await 15 is_heard BOREAS "MAYDAY RELAY $case" || fail "BOREAS was not called: $(cat "$scratch/BOREAS.out")"

# The mission coordinator.
expect "nobody coordinates" open "$(duty smc state)"
usage 'say who coordinates' smc "$case"
ctl smc "$case" --name 'Lt Rossi' >/dev/null
expect "somebody coordinates" discharged "$(duty smc state)"
why 'reason' smc "$case" --name 'Lt Bianchi'
ctl smc "$case" --name 'Lt Bianchi' --reason 'change of watch' >/dev/null

# A ship without a key, by radio: she has a line in the ledger as soon as she says something.
usage 'SOLAS V/33.1' answer "$case" unable --ship 235009999
usage 'is not an answer' answer "$case" perhaps --ship 235009999
ctl answer "$case" unable --ship 235009999 --reason danger-to-ship --text 'deck cargo shifted' >/dev/null
expect "she is excused" unable "$(ship 235009999 answer)"
expect "her reason" danger-to-ship "$(ship 235009999 reason)"
expect "she has no key" false "$(ship 235009999 registered)"
tell ASTRID 'answer latest proceeding --eta 40'
is_coming() { [ "$(ship 257123450 answer)" = proceeding ]; }
await 15 is_coming || fail "ASTRID's answer is not in the ledger: $(ctl duties "$case")"

# Tasks reach the ship by name, and are refused without what the law asks for.
usage 'V/33.2' requisition "$case" --ship 257123450
ctl requisition "$case" --ship 257123450 --consulted 'ASTRID, BOREAS and 235009999; ASTRID is nearest' --text 'proceed to the boat' >/dev/null
await 15 is_heard ASTRID 'proceed to the boat' || fail "ASTRID has not got her requisition: $(cat "$scratch/ASTRID.out")"
expect "she owes it" true "$(duty comply open)"
ctl coordinate "$case" --ship 257123450 --every 30 --text 'coordinate on scene' >/dev/null
await 15 is_heard ASTRID 'coordinate on scene' || fail "ASTRID has not got her task: $(cat "$scratch/ASTRID.out")"
grep -q 'proceed to the boat' "$scratch/BOREAS.out" && fail "BOREAS heard what was for ASTRID alone"
usage 'who talks where' comms "$case"
# She was requisitioned and cannot: that is said to the officer, whose clock ran for her, and not only written down.
tell ASTRID 'answer latest unable --reason disabled'
has_turned_down() { ctl --json queue | jq -r 'select(.what == "turned-down") | .text' | tells 'ASTRID CANNOT DO IT'; }
await 15 has_turned_down || fail "nobody hears that she cannot: $(ctl --json queue)"
tell ASTRID 'answer latest proceeding --eta 40'
await 15 is_coming || fail "ASTRID does not come again: $(ctl duties "$case")"
ctl coordinate "$case" --ship 257123450 --every 30 --text 'coordinate on scene again' >/dev/null
await 15 is_heard ASTRID 'coordinate on scene again' || fail "ASTRID has not got her task: $(cat "$scratch/ASTRID.out")"
ctl comms "$case" --control 'VHF 16' --on-scene 'VHF 6' >/dev/null

# The diary, and a duty that an officer settles.
usage 'not a kind of note' note "$case" gossip --text x
ctl note "$case" casualty-told --text 'told by telephone that ships come' >/dev/null
ctl note "$case" flag-state --authority Panama --text 'told by telephone' --when -10min >/dev/null
usage 'is settled as' duty 1 open --reason test
why 'no such\|not-found\|not found' duty 999 discharged --reason test

# Twelve aboard ASTRID: the place, the referral and the landing are owed now.
ctl persons "$case" --from at-risk --to-ship 257123450 --men 8 --women 4 >/dev/null
ctl --json queue | jq -r 'select(.what == "no-place") | .text' | tells '12 survivors are aboard ships that are SENT TO NO PLACE' ||
	fail "nobody hears that they have nowhere to go: $(ctl --json queue)"
expect "a place is owed" open "$(duty seek-place state)"
usage 'how many' referral "$case" medical --authority 'Croce Rossa'
ctl referral "$case" medical --authority 'Croce Rossa' --persons 12 >/dev/null
expect "offered is not taken" open "$(duty refer state)"
ctl referral "$case" medical --authority 'Croce Rossa' --persons 12 --accepted >/dev/null
expect "they are referred" discharged "$(duty refer state)"

# What stands in the way of closing it.
why 'Not every person is accounted for' close "$case" --outcome rescued --reason landed
# Who comes by voice hears of no release that is sent: the officer is told whom to tell.
ctl answer "$case" proceeding --ship 235009999 --eta 5h >/dev/null
ctl requisition "$case" --ship 257123450 --consulted 'ASTRID: she has them' --text 'keep them aboard' >/dev/null
await 15 is_heard ASTRID 'keep them aboard' || fail "ASTRID has not got it: $(cat "$scratch/ASTRID.out")"
tell ASTRID 'answer latest proceeding --eta 10'
complies() { duty comply state | tells acknowledged; }
await 15 complies || fail "ASTRID does not comply: $(ctl duties "$case")"
ctl release "$case" --others-comply --text 'ASTRID has all of them' >"$scratch/released"
has_line "235009999 COMES BY VOICE, and is sent nothing: TELL HER, then rccctl .*release $case --ship 235009999" "$scratch/released" ||
	fail "nobody hears that she goes on: $(cat "$scratch/released")"
tells 'ASTRID COMES BY VOICE' <"$scratch/released" && fail "who complies is called off"
ctl cancel "$case" --reason 'all recovered' >/dev/null
why 'rccctl .*closing '"$year"'-0001' close "$case" --outcome rescued --reason landed
grep -q '^aboard .* ASTRID' "$scratch/said" || fail "the refusal has no list: $(cat "$scratch/said")"
ctl closing "$case" >"$scratch/closing"
grep -q 'aboard' "$scratch/closing" || fail "who is aboard does not stand in the way: $(cat "$scratch/closing")"
echo "stands in the way: $(open_now)"
ctl persons "$case" --from-ship 257123450 --to landed --men 8 --women 4 >/dev/null
expect "the ship is free of them" discharged "$(duty disembark state)"
seek=$(duty seek-place id)
ctl duty "$seek" discharged --reason 'the port master was asked by telephone' >/dev/null
nothing_left() { [ -z "$(ctl --json closing "$case")" ]; }
for ship in $(ctl --json closing "$case" | jq -r 'select(.kind == "untold") | .mmsi'); do
	case $ship in
	257123450 | 244670316) ;;
	*) ctl release "$case" --ship "$ship" --text 'told by VHF 16' >/dev/null ;;
	esac
done
await 20 nothing_left || fail "something is left: $(ctl closing "$case")"
ctl close "$case" --outcome rescued --reason 'twelve landed' >/dev/null
expect "nothing is owed" 0 "$(ctl --json duties "$case" | jq -s '[.[] | select(.class == "DUTY" and .open)] | length')"

# The watch goes over with what is open; the ledger is the same after a restart.
ctl open --by phone --pos '35-12.40N 012-36.05E' --persons 9 --text 'wooden boat' >/dev/null
other=$year-0002
ctl smc "$other" --name 'Lt Verdi' >/dev/null
ctl survivors "$other" --ship 257123450 --men 4 >/dev/null
ctl need "$other" --ship 257123450 --kind water --quantity 20 >/dev/null
ctl place "$other" 'POZZALLO' asked --authority 'harbour master' >/dev/null
ctl watch-over 'Lt Bianchi' >/dev/null
ctl watch-over 'Lt Verdi' --text 'nine in the water' >"$scratch/over"
for word in ' 9 .* live' 'SOLAS V/33' water POZZALLO 'nothing is open between'; do
	grep -q "$word" "$scratch/over" || fail "who takes the watch does not read $word: $(cat "$scratch/over")"
done
ctl watch --from 1 --count "$(ctl --json status | jq .entries)" >"$scratch/events"
grep -q 'watch to Lt Verdi.*from Lt Bianchi, 1 open; case 2, 9 persons, .* duties, 1 needs' "$scratch/events" ||
	fail "the list is not in the record: $(grep watch "$scratch/events")"
before=$(ctl --json duties "$case" | sha256sum)
stop "$rccd_pid"
start_centre
expect "the ledger after a restart" "$before" "$(ctl --json duties "$case" | sha256sum)"
ctl duties "$case" | tee "$scratch/duties" | tells 'SOLAS V/33.2' || fail "the ledger does not name its law: $(cat "$scratch/duties")"
echo "work: $(wc -l <"$scratch/duties") lines of the ledger, $case closed"
