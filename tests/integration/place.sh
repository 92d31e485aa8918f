#!/bin/bash
# A place of safety against a real centre: a master prefers, objects and tells of a fear from his own terminal; officers check and
# assign, are refused and read back what stands in the way; two of them decide over a warning, one alone cannot, and the ship
# gets it as a message of her own that tells what protects her master.
#
# Usage: place.sh BIN_DIR TOOL_DIR
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
bin=$(cd "${1:?usage: place.sh BIN_DIR TOOL_DIR}" && pwd)
# shellcheck source=tests/integration/centre_lib.sh
. "$here/centre_lib.sh"

start_centre
enrol RESCUER vessel --mmsi 247111111
enrol ROSSI officer
enrol BIANCHI officer
open_session RESCUER
# said FILE PATTERN
said() { has_line "$2" "$1" || fail "\"$2\" is not in: $(cat "$1")"; }
# place NAME KEY: one member of a place.
place() { ctl --json places "$case" | jq -r "select(.class == \"PLACE\" and .name == \"$1\") | .$2"; }
# shellcheck disable=SC2317 # called by await
is_heard() { has_line "$1" "$scratch/RESCUER.out"; }

remote ROSSI open --by radio --pos '35-12.40N 012-36.05E' --nature sinking --persons 48 --name ASTRID --category distress \
	--text 'two rafts' >"$scratch/open.out" || fail "not accepted"
await 10 is_heard 'MAYDAY RELAY.*sinking' || fail "the ship does not hear of it"
case=$(ctl --json incidents | jq -r .incident)
refused 2 ctl place "$case" 'PORT B' going
refused 2 ctl place "$case" 'PORT B' checked
refused 2 ctl place "$case" 'PORT B' checked --checks rescue-ends,bread
ctl places "$case" >"$scratch/places.out"
said "$scratch/places.out" '^no place of safety has been named'

echo "a master says where he would go, from his own terminal"
refused 2 crew RESCUER place latest 'PORT A' objected
tell RESCUER 'place latest "PORT A" preferred --text "agents there"'
await 10 is_heard 'the centre takes it into account' || fail "not said"
# shellcheck disable=SC2317 # called by await
is_preferred() { [ "$(place 'PORT A' 'ships[0].state')" = not-assigned ]; }
await 10 is_preferred || fail "not recorded"

echo "nothing is assigned that is not checked; what is missing is read back"
refused 1 remote ROSSI place "$case" 'port a' assigned --ship 247111111
said "$scratch/said" 'Not all four checks of this place are answered yes'
said "$scratch/said" 'BLOCKED: its four checks have not been answered'
remote ROSSI place "$case" 'PORT A' checked --checks rescue-ends,safety >"$scratch/checked"
said "$scratch/checked" 'BLOCKED: these checks are not answered yes: needs, onward'
remote ROSSI place "$case" 'PORT A' refused --authority 'Harbour master A' --text 'no berth' >/dev/null
expect "blocked" 'unchecked refused' "$(place 'PORT A' 'blocked | join(" ")')"

echo "an unsafe place, a fear, an objection; one officer is not two"
remote ROSSI place "$case" 'PORT B' checked --checks rescue-ends --unsafe --text 'people are detained there' >/dev/null
tell RESCUER 'place latest "PORT B" feared --text "some fear for their lives"'
tell RESCUER 'place latest "PORT B" objected --text "I will not take them there"'
# shellcheck disable=SC2317 # called by await
is_objected() { [ "$(place 'PORT B' 'ships[0].objections')" = 1 ]; }
await 10 is_objected || fail "no objection: $(ctl --json places "$case")"
await 10 is_heard 'never counts against your ship' || fail "the master is not told"
refused 77 ctl place "$case" 'PORT B' assigned --ship 247111111 --override --text 'nowhere else'
remote ROSSI place "$case" 'PORT B' assigned --ship 247111111 --override --text 'nowhere else' >"$scratch/half"
said "$scratch/half" 'NOTHING IS DECIDED for RESCUER: ROSSI wants it (nowhere else); another officer decides until'
refused 1 remote ROSSI place "$case" 'PORT B' assigned --ship 247111111 --override --text 'I say so again'
said "$scratch/said" 'It takes two enrolled officers'
expect "assigned" null "$(place 'PORT B' 'ships[0].assigned')"
remote BIANCHI place "$case" 'PORT B' assigned --ship 247111111 --override --text 'the ship sinks' --extra-nm 40 >/dev/null
await 10 is_heard 'Two officers decided so although it is flagged unsafe, survivors fear it' || fail "she is not told"
said "$scratch/RESCUER.out" 'Your objection is on record and never counts against your ship. No law obliges a master'
expect "both" 'ROSSI BIANCHI true' "$(place 'PORT B' 'ships[0] | "\(.first) \(.by) \(.override)"')"
expect "unsafe still" true "$(place 'PORT B' unsafe)"

echo "another place takes its stead; the way is counted; the last of them is ashore"
remote BIANCHI place "$case" 'PORT C' offered --authority 'Ministry C' --pos '36-48.00N 014-30.00E' >/dev/null
remote BIANCHI place "$case" 'PORT C' checked --checks rescue-ends,safety,needs,onward >/dev/null
remote BIANCHI place "$case" 'PORT C' assigned --ship 247111111 --extra-nm 25 --extra-h 2 --text 'pilot on VHF 12' >/dev/null
await 10 is_heard 'PORT C, 36-48.00N 014-30.00E. It replaces PORT B. pilot on VHF 12' || fail "she is not told of the change"
expect "deviation" '65 2 PORT C' "$(ctl --json places "$case" | jq -r 'select(.class == "DEVIATION") | "\(.extra_nm) \(.extra_h) \(.place)"')"
# "We cannot" to that order is her objection to the place, and she is on scene still; that she can do nothing more at all is said of the case.
answer_is() { [ "$(ctl --json duties "$case" | jq -r 'select(.class == "SHIP_DUTY" and .mmsi == "247111111") | .answer')" = "$1" ]; }
tell RESCUER 'answer latest on-scene'
await 10 answer_is on-scene || fail "she is not on scene: $(ctl duties "$case")"
tell RESCUER 'answer latest unable --reason danger-to-ship --text "no pilot in this swell"'
await 10 is_heard 'alone; of the case nothing has changed' || fail "she does not hear what she has said: $(cat "$scratch/RESCUER.out")"
objects() { ctl places "$case" | tells 'RESCUER OBJECTS.*no pilot in this swell'; }
await 10 objects || fail "her objection is not kept: $(ctl places "$case")"
answer_is on-scene || fail "her objection to a place took back that she is on scene"
tell RESCUER 'survivors latest --men 48 --yes'
tell RESCUER 'answer latest unable --reason disabled --whole'
await 10 answer_is unable || fail "nobody knows that she can do nothing more: $(ctl duties "$case")"
ctl --json queue | jq -e 'select(.what == "stranded") | .text' | tells 'RESCUER, 48 SURVIVORS ABOARD, CANNOT GO ON (disabled)' || fail "the queue is silent: $(ctl queue)"
log_of() { "$bin/rcc-crew" --key "$scratch/RESCUER.key" --name RESCUER log "$case"; }
expect "her log book says which 'we cannot' was of the order alone" 1 "$(log_of | grep -c 'To delivery [0-9]*, .*: of that order alone, and not of the case')"
expect "and it says both" 2 "$(log_of | grep -c 'SENT: UNABLE')"
tell RESCUER 'answer latest on-scene'
await 10 answer_is on-scene || fail "she is not on scene again: $(ctl duties "$case")"
remote BIANCHI place "$case" 'PORT C' reached --ship 247111111 --text '48 of 48' >/dev/null
ctl places "$case" >"$scratch/places.out"
said "$scratch/places.out" 'RESCUER has reached it'
said "$scratch/places.out" 'OVER A WARNING, by two officers: ROSSI (nowhere else) and BIANCHI (the ship sinks)'
said "$scratch/places.out" 'THE MASTER OF RESCUER OBJECTS, which never counts against the ship: I will not take them there'
"$bin/rcc-replay" report "$state" 1 --html --lang en -o "$scratch/report.html" || fail "no report"
tells '<td class="n">[^<]*[0-9][^<]*\*</td>' <"$scratch/report.html" || fail "no call is marked as answered by the answer to a later message"
tells '<td class="n">[^<]*[0-9]</td>\|<td class="n">[^<]*[0-9] [a-z]*</td>' <"$scratch/report.html" || fail "no message is answered itself"
"$bin/rcc-replay" recheck "$state" >"$scratch/verify" 2>&1 || fail "an audit decides otherwise: $(cat "$scratch/verify")"
