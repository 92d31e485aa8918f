#!/bin/bash
# What an officer enters and decides, against a real centre: reports by telephone and radio, by flags and line by line; a further
# call in a case; join, split and their undo; phase, suspension, resumption, classification, a mass rescue; a sailing plan that is
# not kept; an exercise that only a ship which takes part hears of; what may belong together.
#
# Usage: officer_entry.sh BIN_DIR TOOL_DIR
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
bin=$(cd "${1:?usage: officer_entry.sh BIN_DIR TOOL_DIR}" && pwd)
# shellcheck source=tests/integration/centre_lib.sh
. "$here/centre_lib.sh"

printf 'rules: { overdue_grace_min = 0; };\n' >"$scratch/rccd.conf"
start_centre --config "$scratch/rccd.conf"
enrol PLAYER vessel --mmsi 247111111
enrol OTHER vessel --mmsi 247222222
enrol OFFICER officer
open_session PLAYER
open_session OTHER

# incident N KEY: one member of a case; alert N KEY: of an alert. null: it is absent.
incident() { ctl --json incidents | jq -r "select(.incident_id == $1) | .$2"; }
alert() { ctl --json alerts | jq -r "select(.id == $1) | .$2"; }
# said FILE PATTERN
said() { has_line "$2" "$1" || fail "\"$2\" is not in: $(cat "$1")"; }

echo "a radio call, by flags; the position is read back"
remote OFFICER open --by radio --pos '35 12 24 N 12 36 3 E' --nature sinking --persons 14 --name ASTRID --callsign LABC \
	--category distress --text 'two rafts' --contact 'A. Caller, 000' >"$scratch/open.out" || fail "not accepted"
said "$scratch/open.out" '^position: 35-12.40N 012-36.05E$'
said "$scratch/open.out" '^alert 1 in case '
said "$scratch/open.out" '^  incident .* opened (distress, live)'
said "$scratch/open.out" '^  goes to 2 ships$'
expect "source" officer "$(alert 1 source)"
expect "text" 'by radio: two rafts' "$(alert 1 text)"
expect "persons" 14 "$(incident 1 persons)"
# shellcheck disable=SC2317 # called by await
is_heard() { has_line "$2" "$scratch/$1.out"; }
await 10 is_heard OTHER 'MAYDAY RELAY.*sinking' || fail "OTHER does not hear of it: $(cat "$scratch/OTHER.out")"
number() { incident "$1" incident; }
first=$(number 1)

# why STATUS WORDS COMMAND...: it is refused, and the sentence says why.
why() {
	local status=$1 words=$2
	shift 2
	refused "$status" ctl "$@"
	tail -n 1 "$scratch/ctl.log" >"$scratch/why.err"
	said "$scratch/why.err" "$words"
}
echo "what was refused is told with its reason, and what needs an officer with its command"
why 1 "at 'distress' already" phase "$first" distress --reason test
why 1 'have been told of .* already' relay "$first"
# Who is not accounted for comes before what ships have been told.
why 1 'Not every person is accounted for' close "$first" --outcome rescued --reason test
why 1 'cancel .* --reason TEXT' close "$first" --outcome no-distress --reason test
why 1 'there is no alert 99' accept 99 --reason test
why 1 'is the only one of' split 1 --reason test
ctl queue >"$scratch/queue.out"
said "$scratch/queue.out" "^$first: distress, sinking, 14 persons, ASTRID, since "
said "$scratch/queue.out" "rccctl .*classify $first --verified --reason TEXT"

echo "wrong entries send nothing"
entries=$(status entries)
refused 2 ctl open --by radio --pos '35-99.00N 012-36.05E'
refused 2 ctl open --by fax --text x
refused 2 ctl open --by phone
refused 2 ctl open --by rcc --text x
refused 1 ctl open --by phone --text x --incident 1999-0001
refused 2 ctl phase "$first" panic --reason test
refused 2 ctl suspend "$first" --review -1h --reason test
expect "entries" "$entries" "$(status entries)"

echo "a telephone call, line by line: a bad position is asked again, an answer is taken back, and what was read back is sent"
# Where, when, how sure, what, how grave, how many, name, call sign, MMSI, beacon, call back, by, else, case.
printf '%s\n' '35-77N 1E' '35-12.50N 012-36.10E' -20min '<' -10min 1 flooding '<' fire '' 3 '' LABC '' '' 'B. Caller, 001' phone \
	'smoke over the rafts' '' y | ctl open -i >"$scratch/list.out" || fail "not accepted: $(cat "$scratch/list.out")"
said "$scratch/list.out" "'35-77N 1E' is not a position"
said "$scratch/list.out" '35 degrees 12.50 minutes NORTH, 12 degrees 36.10 minutes EAST'
said "$scratch/list.out" '^alert 2 in case '
expect "nature" fire "$(alert 2 nature)"
expect "radius" 1852 "$(alert 2 pos_radius_m)"
entries=$(status entries)
# shellcheck disable=SC2317 # called by refused
answers_of() { printf '%s\n' "$@" | ctl open -i; }
refused 1 answers_of '35-12.50N 012-36.10E' '' '' fire '' '' '' '' '' '' '' phone '' '' n
refused 1 answers_of '35-12.50N 012-36.10E'
expect "entries" "$entries" "$(status entries)"

echo "the same call sign is suggested, not joined; an officer joins it, and splits it again"
expect "suggestion" "2 $first callsign" "$(ctl --json suggestions | jq -r 'select(.alert == 2 and .why == "callsign") | "\(.alert) \(.incident) \(.why)"')"
ctl suggestions >"$scratch/suggestions.out"
said "$scratch/suggestions.out" 'same call sign'
said "$scratch/suggestions.out" "rccctl .*join 2 $first"
ctl join 2 "$first" --reason 'same call sign' >/dev/null || fail "not joined"
expect "incident of the alert" 1 "$(alert 2 incident_id)"
expect "empty case" 'closed joined' "$(incident 2 status) $(incident 2 outcome)"
refused 1 ctl join 99 "$first" --reason test
ctl split 2 --reason 'another vessel' >/dev/null || fail "not split"
expect "incident of the alert" 2 "$(alert 2 incident_id)"
expect "status after the split" open "$(incident 2 status)"
second=$(number 2)
ctl join --from "$second" "$first" --reason 'it is her after all' >/dev/null || fail "the case is not joined"
expect "incident of the alert" 1 "$(alert 2 incident_id)"
ctl split 2 --reason 'no, it is not' >/dev/null || fail "not split"

echo "a further call in the same case"
ctl open --by phone --incident "$first" --persons 15 --text 'fifteen aboard' >"$scratch/further.out" || fail "not accepted"
said "$scratch/further.out" "^alert 3 in case $first\$"
expect "persons" 15 "$(incident 1 persons)"

echo "phase, classification, suspension, resumption"
ctl phase "$second" alert --reason 'under control' >/dev/null || fail "the phase is not set"
expect "phase" alert "$(incident 2 phase)"
ctl classify "$first" --pos '35-13.00N 012-37.00E' --nature capsizing --persons 16 --verified --reason 'seen from the air' \
	>"$scratch/classify.out" || fail "not classified"
said "$scratch/classify.out" '^position: 35-13.00N 012-37.00E$'
expect "nature" capsizing "$(incident 1 nature)"
expect "persons" 16 "$(incident 1 persons)"
expect "verified" true "$(incident 1 verified)"
ctl suspend "$first" --review +6h --reason 'searched until dark' >/dev/null || fail "not suspended"
expect "status" suspended "$(incident 1 status)"
ctl incidents >"$scratch/incidents.out"
said "$scratch/incidents.out" '^    suspended until 2'
await 10 is_heard OTHER 'SEARCH SUSPENDED' || fail "OTHER is not told: $(tail "$scratch/OTHER.out")"
ctl resume "$first" --reason 'first light' >/dev/null || fail "not resumed"
expect "status" open "$(incident 1 status)"

echo "a mass rescue"
ctl group "$second" --under "$first" --reason 'of the same ferry' >/dev/null || fail "not grouped"
expect "part of" "$first" "$(incident 2 part_of.incident)"
ctl show "$first" >"$scratch/show.out"
said "$scratch/show.out" 'mass rescue: parts 1, of them open 1, persons in the parts 3'
refused 1 ctl group "$first" --under "$second" --reason test
ctl render 1 --as voice >"$scratch/voice.out" || fail "not rendered by its id"
said "$scratch/voice.out" 'MAYDAY RELAY'
ctl sitreps 1 >"$scratch/sitreps.out" || fail "its reports are not shown by its id"
said "$scratch/sitreps.out" 'no situation report'
ctl group "$second" --alone --reason 'it is not' >/dev/null || fail "not alone"
expect "part of" null "$(incident 2 part_of)"

echo "a sailing plan that is not kept opens a case; one that is kept does not"
in_s() { date -u -d "+$1 seconds" +%Y-%m-%dT%H:%M:%SZ; }
ctl plan file --name GIULIA --eta "$(in_s 2)" --persons 4 --text 'Lampedusa to Licata' >/dev/null || fail "no plan"
ctl plan file --name MARTA --eta "$(in_s 2)" >/dev/null || fail "no plan"
ctl plan arrived --name MARTA >/dev/null || fail "not arrived"
refused 1 ctl plan report --name NOBODY
expect "plans" GIULIA "$(ctl --json plans | jq -r .name)"
is_overdue() { [ "$(ctl --json plans | jq -r 'select(.name == "GIULIA") | .overdue')" = true ]; }
await 15 is_overdue || fail "the plan is not overdue: $(ctl --json plans)"
expect "phase of the overdue" uncertainty "$(ctl --json incidents | jq -r 'select(.source == "overdue") | .phase')"
ctl plans >"$scratch/plans.out"
said "$scratch/plans.out" '^    OVERDUE: no report'
tell PLAYER plan file --every 60 --persons 5
filed() { [ "$(ctl --json plans | jq -r 'select(.mmsi == "247111111") | .interval_min')" = 60 ]; }
await 10 filed || fail "the ship's plan is not filed: $(cat "$scratch/PLAYER.out")"

echo "an exercise reaches the ship that takes part, and no other"
tell PLAYER drill join
await 10 is_heard PLAYER 'exercises reach this ship for' || fail "$(cat "$scratch/PLAYER.out")"
# shellcheck disable=SC2317
takes_part() { ctl watch --from 1 --count "$(status entries)" | tells 'PLAYER takes part in exercises'; }
await 10 takes_part || fail "the centre does not know that PLAYER takes part"
ctl open --by radio --class exercise --pos '36-00.00N 013-00.00E' --nature fire --text 'drill' >"$scratch/drill.out" ||
	fail "not accepted"
await 10 is_heard PLAYER 'EXERCISE.*ALERT.*distress relay' || fail "PLAYER hears no exercise: $(tail "$scratch/PLAYER.out")"
ctl open --by radio --pos '36-30.00N 013-30.00E' --nature collision >/dev/null || fail "not accepted"
await 10 is_heard OTHER 'MAYDAY RELAY.*collision' || fail "OTHER hears nothing more"
await 10 is_heard PLAYER 'MAYDAY RELAY.*collision' || fail "PLAYER hears nothing more"
! has_line EXERCISE "$scratch/OTHER.out" || fail "OTHER heard of an exercise"
expect "lines of the exercise without its mark" 0 "$(grep -A9 'EXERCISE.*ALERT' "$scratch/PLAYER.out" | sed '/MAYDAY/,$d' | grep -vc EXERCISE || true)"
close_session PLAYER
close_session OTHER

echo "a case without a position says that nobody is told; one that was closed says by whom and why"
ctl open --by phone --nature fire --name MARTA --text "$(printf 'smoke\nno position\n')" >"$scratch/lost.out" || fail "not accepted"
said "$scratch/lost.out" 'waits for a position: no ship is told yet'
lost=$(sed -n 's/^alert [0-9]* in case //p' "$scratch/lost.out")
ctl queue >"$scratch/queue.out"
said "$scratch/queue.out" "rccctl .*classify $lost --pos POS --reason TEXT"
ctl close "$lost" --outcome no-distress --reason 'she called again' >/dev/null || fail "not closed"
ctl show "$lost" >"$scratch/show.out"
said "$scratch/show.out" "^\* $lost closed, no-distress, by the local socket: she called again\$"
ctl --json show "$lost" >"$scratch/show.json"
expect "event" incident-closed "$(jq -r 'select(.class == "EVENT") | .event' "$scratch/show.json")"
! ctl incidents | tells "^$lost" || fail "a closed case is listed"
ctl incidents --all | tells "^$lost" || fail "a closed case is not listed with --all"
stop "$rccd_pid"
"$bin/rcc-replay" timeline "$state" >"$scratch/timeline.out" || fail "no timeline"
said "$scratch/timeline.out" 'waits for a position: no ship is told yet'
"$bin/rcc-replay" recheck "$state" >"$scratch/recheck.out" || fail "an audit decides otherwise: $(cat "$scratch/recheck.out")"
echo "officer_entry: entered, decided, undone, told to whom it concerns"
