#!/bin/bash
# Attacks from outside and from a ship that means ill, each by itself: they learn nothing, and stop nothing. After each of them a crew in
# distress is heard as before, no ship has heard what was not for her, and the centre's memory is what it was.
#
# Usage: attacks.sh BIN_DIR TOOL_DIR
set -euo pipefail
bin=$(cd "${1:?usage: attacks.sh BIN_DIR TOOL_DIR}" && pwd)
tools=$(cd "${2:?usage: attacks.sh BIN_DIR TOOL_DIR}" && pwd)
# shellcheck source=tests/integration/centre_lib.sh
. "$(dirname "$0")/centre_lib.sh"
command -v jq >/dev/null || { echo "attacks: jq is not installed"; exit 77; }

start_centre
enrol ship vessel --mmsi 247000001
enrol other vessel --mmsi 247000002
enrol SAFE vessel --mmsi 247000003
enrol officer officer
ctl keygen "$scratch/guest.key" >/dev/null
memory() { sed -n 's/^VmRSS:[[:space:]]*\([0-9]*\).*/\1/p' "/proc/$rccd_pid/status"; }
try() { timeout 120 "$tools/attacks" "$ships" "$operations" "$live" "$server_key" "$scratch" "$1" >>"$scratch/attacks.out" 2>"$scratch/attacks.log"; }
calls=0
# A crew in distress is heard: at once, and in a case of its own.
heard() {
	calls=$((calls + 1))
	crew SAFE distress --yes --pos "3$calls-12.40N 012-36.05E" --nature fire --mmsi 247000003 --text "call $calls" --timeout 10 >"$scratch/call" ||
		fail "after $1 a distress is not accepted: $(cat "$scratch/call")"
}

crew SAFE status >/dev/null 2>&1
before=$(memory)
for step in no-key guest-asks other-ship replay squat giant stampede; do
	try "$step" || fail "$step: $(cat "$scratch/attacks.log")"
	kill -0 "$rccd_pid" 2>/dev/null || fail "$step: rccd ended"
	expect "$step: still able to record" false "$(status degraded)"
	heard "$step"
	echo "$step: nothing learned, nothing stopped"
done
cat "$scratch/attacks.out"
after=$(memory)
[ "$after" -lt $((before + 65536)) ] || fail "the attacks cost memory: $before kB before, $after kB after"

# What was said in another's name: no position of hers, no word of hers in the ledger; the distress waits for a person.
expect "a position in another's name" 0 "$(ctl --json vessels | jq -s '[.[] | select(.mmsi == "247000002" and .lat != null and .lat < 1)] | length')"
expect "an answer in another's name" 0 "$(ctl --json duties 1 2>/dev/null | jq -s '[.[] | select(.class == "SHIP_DUTY" and .mmsi == "247000002" and .answer != null)] | length')"
expect "a distress in another's name" "quarantine id-mismatch" \
	"$(ctl --json alerts | jq -rs '[.[] | select(.mmsi == "247000002" and .sender == "ship")][0] | "\(.lane) \(.verdict)"')"
# Told to nobody who is not enrolled.
expect "who has lines of the calls" "SAFE other ship" "$(ctl --json incidents | jq -r .incident_id | while read -r id; do ctl --json deliveries "$id"; done |
	jq -r 'select(.class == "DELIVERY") | .ship' | LC_ALL=C sort -u | xargs)"
stop "$rccd_pid"
"$bin/rcc-replay" verify "$state" >"$scratch/verify.out" 2>&1 || fail "the record does not verify: $(cat "$scratch/verify.out")"
echo "attacks: seven kinds, memory $before kB before and $after kB after"
