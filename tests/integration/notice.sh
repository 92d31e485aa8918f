#!/bin/bash
# A craft is missing, against a real centre: ships are asked for a look-out and called on for nothing; it becomes a distress and
# the relay replaces the notice; each form is printed as it is to be sent; situation reports are numbered and read back.
#
# Usage: notice.sh BIN_DIR TOOL_DIR
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
bin=$(cd "${1:?usage: notice.sh BIN_DIR TOOL_DIR}" && pwd)
# shellcheck source=tests/integration/centre_lib.sh
. "$here/centre_lib.sh"

start_centre
enrol PLAYER vessel --mmsi 247111111
enrol OFFICER officer
open_session PLAYER

# incident KEY: one member of the case. null: it is absent.
incident() { ctl --json incidents | jq -r "select(.incident_id == 1) | .$1"; }
# said FILE PATTERN
said() { has_line "$2" "$1" || fail "\"$2\" is not in: $(cat "$1")"; }
# shellcheck disable=SC2317 # called by await
is_heard() { has_line "$1" "$scratch/PLAYER.out"; }

remote OFFICER open --by phone --pos '35-12.40N 012-36.05E' --persons 4 --name GIULIA --category urgency \
	--text 'engine dead, no answer since 18:00' >/dev/null || fail "not accepted"
number=$(incident incident)

echo "a notice asks, and calls on nobody"
refused 2 remote OFFICER notice "$number"
refused 2 remote OFFICER notice "$number" --text x --expires -1h
remote OFFICER notice "$number" --text 'white yacht, 4 persons' --expires +3h >"$scratch/notice.out" || fail "not accepted"
said "$scratch/notice.out" '^expires: '
expect "relay" notice "$(incident relay)"
await 10 is_heard 'NOTICE OF A MISSING CRAFT' || fail "PLAYER does not hear of it: $(cat "$scratch/PLAYER.out")"
await 10 is_heard 'nobody is called on: you are asked to keep a look-out' || fail "$(cat "$scratch/PLAYER.out")"
has_line 'MAYDAY\|SOLAS\|CALLED ON TO RESPOND' "$scratch/PLAYER.out" && fail "a notice names a duty: $(cat "$scratch/PLAYER.out")"
expect "called on" false "$(ctl --json deliveries "$number" | jq -r .called_on)"

echo "its forms"
refused 2 remote OFFICER render "$number"
refused 2 remote OFFICER render "$number" --as navtex
refused 2 remote OFFICER render "$number" --as voice --station V
remote OFFICER render "$number" --as navtex --station V >"$scratch/navtex"
expect "first line" 'ZCZC VD01' "$(head -1 "$scratch/navtex")"
expect "last line" NNNN "$(tail -1 "$scratch/navtex")"
remote OFFICER render "$number" --as voice >"$scratch/voice"
expect "first line" 'PAN PAN, PAN PAN, PAN PAN' "$(head -1 "$scratch/voice")"

echo "it becomes a distress: the relay replaces it, and no notice follows"
remote OFFICER phase "$number" distress --reason 'flares seen' >/dev/null || fail "not accepted"
expect "relay" sent "$(incident relay)"
await 10 is_heard 'MAYDAY RELAY' || fail "PLAYER does not hear of it: $(cat "$scratch/PLAYER.out")"
refused 1 remote OFFICER notice "$number" --text 'too late'
remote OFFICER render "$number" --as voice >"$scratch/voice"
expect "first line" 'MAYDAY RELAY, MAYDAY RELAY, MAYDAY RELAY' "$(head -1 "$scratch/voice")"
remote OFFICER render "$number" --as geojson | jq -e '.features | length == 2' >/dev/null || fail "not a casualty and a ship"
remote OFFICER render "$number" --as cap | tells '<msgType>Update</msgType>' || fail "the relay names nothing that it replaces"

echo "situation reports"
refused 1 remote OFFICER sitrep "$number" --final
remote OFFICER sitrep "$number" --to 'MRCC MALTA' >"$scratch/sitrep" || fail "not accepted"
said "$scratch/sitrep" '^SAR SITREP 1, SHORT FORM$'
remote OFFICER sitrep "$number" --full --text 'helicopter asked for' >"$scratch/sitrep" || fail "not accepted"
said "$scratch/sitrep" '^SAR SITREP 2, FULL FORM$'
remote OFFICER sitreps "$number" >"$scratch/sitreps"
expect "reports" 2 "$(lines_of '^SAR SITREP ' "$scratch/sitreps")"
said "$scratch/sitreps" '^TO MRCC MALTA$'
said "$scratch/sitreps" '^   helicopter asked for$'
remote OFFICER cancel "$number" --reason 'towed in' >/dev/null || fail "not accepted"
remote OFFICER sitrep "$number" --full --final --text 'towed in' >"$scratch/sitrep" || fail "not accepted"
said "$scratch/sitrep" '^N. CONCLUSION$'
remote OFFICER render "$number" --as after-action >"$scratch/after"
said "$scratch/after" 'revision 2, distress-relay, .*: 1 ships, 1 called on'

echo "the record holds it all"
stop "$rccd_pid"
"$bin/rcc-replay" recheck "$state/journal.db" >/dev/null || fail "the record does not replay"
"$bin/rcc-replay" render "$state/journal.db" "$number" --as after-action >"$scratch/after" || fail "no report out of the record"
said "$scratch/after" 'revision 2, distress-relay, .*: 1 ships, 1 called on'
seq=$(sed -n 's/^done: entry \([0-9]*\) of the journal.*/\1/p' "$scratch/notice.out")
"$bin/rcc-replay" render "$state/journal.db" "$number" --as voice --at "$seq" >"$scratch/voice" || fail "no words out of the record"
expect "first line" 'PAN PAN, PAN PAN, PAN PAN' "$(head -1 "$scratch/voice")"
echo "done"
