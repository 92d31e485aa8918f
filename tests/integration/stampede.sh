#!/bin/bash
# The centre is killed and comes back, and a whole fleet with it, each ship with a key of her own, all in the same moment: each is welcomed
# within a minute, and who calls in distress among them is accepted first of all.
#
# Usage: stampede.sh BIN_DIR [TOOLS_DIR]      RCC_SHIPS (default 1000; 5000 for a release)
set -euo pipefail
bin=$(cd "${1:?usage: stampede.sh BIN_DIR}" && pwd)
tool=$bin/../tests/bench/fleet
# shellcheck source=tests/integration/centre_lib.sh
. "$(dirname "$0")/centre_lib.sh"
command -v jq >/dev/null || { echo "stampede: jq is not installed"; exit 77; }
[ -x "$tool" ] || { echo "stampede: $tool is not built"; exit 77; }
fleet=${RCC_SHIPS:-1000}
if [ "$(ulimit -n)" -lt $((2 * fleet + 200)) ]; then
	ulimit -n $((2 * fleet + 200)) 2>/dev/null || { echo "stampede: too few descriptors are allowed for $fleet ships"; exit 77; }
fi

start_centre
mkfifo "$scratch/orders"
"$tool" back "$state/control.sock" "$ships" "$server_key" "$rccd_pid" "$fleet" <"$scratch/orders" >"$scratch/fleet" 2>"$scratch/fleet.log" &
fleet_pid=$!
pids+=("$fleet_pid")
exec {orders}>"$scratch/orders"
await 240 has_line '"class":"FLEET"' "$scratch/fleet" || fail "the fleet does not gather: $(cat "$scratch/fleet.log")"
slay "$rccd_pid"
# From here the clock runs: they try while nobody is there, and come as one when somebody is.
echo go >&"$orders"
sleep 2
start_centre
# shellcheck disable=SC2317 # called by await
is_back() { has_line '"class":"BACK"' "$scratch/fleet"; }
await 130 is_back || fail "they do not come back: $(cat "$scratch/fleet" "$scratch/fleet.log")"
wait "$fleet_pid" || fail "the fleet ended with $?: $(cat "$scratch/fleet.log")"
forget "$fleet_pid"
said=$(grep '"class":"BACK"' "$scratch/fleet")
expect "ships welcomed" "$fleet" "$(jq .welcomed <<<"$said")"
back=$(jq .back_ms <<<"$said")
distress=$(jq .distress_ms <<<"$said")
[ "$back" -le 60000 ] || fail "the last of $fleet ships was back after $back ms"
if [ "$distress" -lt 0 ] || [ "$distress" -gt "$back" ] || [ "$distress" -gt 20000 ]; then fail "the distress was accepted after $distress ms of $back"; fi
[ "$(ctl --json status | jq .counters.admitted)" -ge "$fleet" ] || fail "only $(ctl --json status | jq .counters.admitted) of $fleet were let in by their keys"
expect "the distress is in the record, once" 1 "$(ctl --json alerts | jq -s 'map(select(.id != null)) | length')"
stop "$rccd_pid"
echo "stampede: $fleet ships back after $back ms, the distress among them accepted after $distress ms"
