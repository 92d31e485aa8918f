#!/bin/bash
# A ship that calls in: her link is closed between calls, what she says goes at once, what waits for her comes with the next call, and her
# screen says when that is. The centre's officers see meanwhile that she does not have it.
#
# Usage: call_in.sh BIN_DIR [TOOLS_DIR]
set -euo pipefail
bin=$(cd "${1:?usage: call_in.sh BIN_DIR}" && pwd)
# shellcheck source=tests/integration/centre_lib.sh
. "$(dirname "$0")/centre_lib.sh"
# shellcheck source=tests/integration/screen_lib.sh
. "$(dirname "$0")/screen_lib.sh"

start_centre
enrol AURORA vessel --mmsi 247123456
bridge AURORA 100 30 -- --call-in 1 --mmsi 247123456 --pos '35-30.00N 012-10.00E'
connected() { [ "$(ctl --json peers | jq -r 'select(.name == "AURORA") | .connected')" = "$1" ]; }
shows AURORA 'link up'
await 15 connected true || fail "she does not call in"
shows AURORA 'calls in, next in [0-9]* s'
await 15 connected false || fail "her link stays open"
lacks AURORA 'NO LINK' || fail "a link that is closed on purpose is said to be lost: $(screen AURORA)"

echo "what waits for her comes with the next call, and is not said to be aboard before"
ctl open --by phone --pos '35-12.40N 012-36.05E' --persons 14 --nature flooding >/dev/null
sleep 3
lacks AURORA 'ALARM' || fail "a closed link has brought a call"
expect "not aboard her yet" 0 "$(ctl --json deliveries "$year-0001" | jq -s 'map(select(.ship == "AURORA" and .stored != null)) | length')"
rings() { has AURORA 'ALARM CALLED ON'; }
await 70 rings || fail "the next call does not bring it: $(screen AURORA)"
press AURORA a p Enter
shows AURORA 'PROCEEDING.*the centre has it'
await 20 connected false || fail "her link stays open after the answer"

echo "a distress calls at once"
shows AURORA 'calls in, next in'
began=$SECONDS
press AURORA D 6
sleep 1
press AURORA S
shows AURORA 'RECEIVED by'
[ $((SECONDS - began)) -le 15 ] || fail "it took $((SECONDS - began)) s"
refused 2 "$bin/rcc-crew" --call-in 300 --key "$scratch/AURORA.key" status
echo "call_in: closed between calls; a call came with the next one, a distress went at once"
