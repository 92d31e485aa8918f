#!/bin/bash
# SIGHUP: a changed clock is in force at once and stands in the record; what is wrong changes nothing; what cannot change while running
# is named, and waits. Nobody who is connected notices.
#
# Usage: reload.sh BIN_DIR TOOL_DIR
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
bin=$(cd "${1:?usage: reload.sh BIN_DIR TOOL_DIR}" && pwd)
# shellcheck source=tests/integration/centre_lib.sh
. "$here/centre_lib.sh"

mkdir "$state"
settings() { printf '%s\n' "$@" >"$scratch/rccd.conf"; }
# reload WORD: asks for it, and waits for one more line that begins so.
reload() {
	local before
	before=$(lines_of "$1" "$scratch/rccd.log")
	kill -HUP "$rccd_pid"
	more() { [ "$(lines_of "$1" "$scratch/rccd.log")" -gt "$2" ]; }
	await 5 more "$1" "$before" || fail "no \"$1\" after SIGHUP"
}
flagged() { [ "$(ctl --json deliveries "$1" | jq -s 'map(select(.flagged)) | length')" = "$2" ]; }
quiet() { ctl open --by phone --pos '35-12.40N 012-36.05E' --nature fire --persons 3 --text "$1" >/dev/null; }

settings 'centre = "MRCC FIRST";'
start_centre --config "$scratch/rccd.conf"
"$bin/rcc-crew" --key "$scratch/A.key" key >"$scratch/A.pub" 2>>"$scratch/ctl.log"
ctl enrol AURORA --role vessel --mmsi 247111111 --key "$scratch/A.pub" >/dev/null
quiet first
sleep 1
flagged 1 0 || fail "flagged before its time"

echo "a changed clock is in force at once, and an entry names it"
entries=$(status entries)
settings 'centre = "MRCC SECOND";' 'rules = { flag_after_s = 0.5; unreachable_after_s = 2; };'
reload '^reloaded'
await 5 flagged 1 1 || fail "the new clock does not count"
expect "centre" "MRCC SECOND" "$(status centre)"
[ "$(status entries)" -gt "$entries" ] || fail "no entry tells of it"

echo "what is wrong changes nothing, and says where"
settings 'centre = "MRCC THIRD";' 'rules = { flag_after_s = nonsense; };'
entries=$(status entries)
reload '^error reload_failed: nothing is changed: .*rccd.conf:2'
settings 'rules = { flag_after_s = 5; unreachable_after_s = 4; };' 'centre = "MRCC THIRD"'
expect "centre" "MRCC SECOND" "$(status centre)"
rm "$scratch/rccd.conf"
reload '^error reload_failed'
expect "centre" "MRCC SECOND" "$(status centre)"

echo "what waits for a restart is named, and the rest is in force"
settings 'centre = "MRCC FOURTH";' 'beat_s = 3;' 'training = 1;' 'endpoints = { http = "tcp://127.0.0.1:1"; };'
reload '^reloaded'
for key in beat_s training endpoints.http; do
	has_line "^warning reload_waits: $key " "$scratch/rccd.log" || fail "nobody says that $key waits"
done
expect "what waits" 3 "$(lines_of '^warning reload_waits' "$scratch/rccd.log")"
expect "centre" "MRCC FOURTH" "$(status centre)"
expect "training" null "$(status training)"
expect "endpoint of ships" "$ships" "$(status ships)"

echo "many at once are one or more, and a killed daemon keeps the last"
for _ in {1..50}; do kill -HUP "$rccd_pid"; done
await 5 answers || fail "it does not answer after fifty"
stop "$rccd_pid"
"$bin/rcc-replay" verify --tables "$state" >"$scratch/verify.out" || fail "the record does not verify: $(cat "$scratch/verify.out")"
"$bin/rcc-replay" recheck "$state" >"$scratch/recheck.out" || fail "another decision: $(cat "$scratch/recheck.out")"
"$bin/rcc-replay" timeline "$state" >"$scratch/timeline.out"
for centre in FIRST SECOND FOURTH; do
	has_line "< run MRCC $centre, build" "$scratch/timeline.out" || fail "MRCC $centre is not in the timeline"
done
! has_line 'MRCC THIRD' "$scratch/timeline.out" || fail "a wrong file stands in the record"
echo "in force at once, in the record, and nothing of what was wrong"
