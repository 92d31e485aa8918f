#!/bin/bash
# More connections than the daemon has descriptors for, all silent: it neither ends nor spins, connected ships and local officers
# are served, a distress from a ship that comes meanwhile is taken, and the log says what happens.
#
# Usage: descriptors.sh BIN_DIR TOOL_DIR
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
bin=$(cd "${1:?usage: descriptors.sh BIN_DIR TOOL_DIR}" && pwd)
# shellcheck source=tests/integration/centre_lib.sh
. "$here/centre_lib.sh"

mkdir "$state"
LIMIT=96 FLOOD=400
used() { find "/proc/$rccd_pid/fd" -mindepth 1 -maxdepth 1 | wc -l; }
ticks() { awk '{ print $14 + $15 }' "/proc/$rccd_pid/stat"; }
# flood: opens connections that say nothing, until it is ended.
flood() {
	local fd open=()
	for ((i = 0; i < FLOOD; i++)); do
		{ exec {fd}<>"/dev/tcp/127.0.0.1/${ships##*:}"; } 2>/dev/null && open+=("$fd")
	done
	echo "${#open[@]}" >"$scratch/opened"
	# Those that were closed come again and again.
	while sleep 0.2; do
		for ((i = 0; i < 20; i++)); do
			(exec 9<>"/dev/tcp/127.0.0.1/${ships##*:}" && sleep 0.1) 2>/dev/null || true
		done
	done
}
has_opened() { [ -s "$scratch/opened" ]; }
is_back() { [ "$(used)" -le "$1" ]; }

(
	ulimit -Sn $LIMIT
	ulimit -Hn $LIMIT
	exec "$bin/rccd" --state-dir "$state" --ships 'tcp://127.0.0.1:*' --operations 'tcp://127.0.0.1:*' --live 'tcp://127.0.0.1:*' \
		2>>"$scratch/rccd.log" 5>&-
) &
rccd_pid=$!
pids+=("$rccd_pid")
await 20 serves_again 0 || fail "rccd does not serve"
learn_endpoints
enrol AURORA vessel --mmsi 247111111
enrol BOREAS vessel --mmsi 247222222
open_session AURORA
connected() { [ "$(status connected)" -ge 1 ]; }
await 20 connected || fail "AURORA does not connect"
quiet=$(used)

echo "silent connections up to the limit, and beyond"
flood &
flooder=$!
pids+=("$flooder")
await 30 has_opened || fail "the connections cannot be opened"
[ "$(cat "$scratch/opened")" -gt "$LIMIT" ] || fail "too few connections to prove anything: $(cat "$scratch/opened")"
[ "$(used)" -gt $((LIMIT / 2)) ] || fail "the connections take no descriptors: $(used)"
await 10 has_line '^error turned_away: ' "$scratch/rccd.log" || fail "nobody says what happens"
before=$(ticks)
sleep 3
spent=$(($(ticks) - before))
[ "$spent" -lt $((3 * $(getconf CLK_TCK) / 2)) ] || fail "it spins: $spent ticks in 3 s"
for _ in {1..20}; do ctl --timeout 5 --json status >"$scratch/status.json" || fail "no local officer gets in"; done
[ "$(jq -r .counters.turned_away "$scratch/status.json")" -gt 0 ] || fail "the count does not tell"
expect "ships connected" true "$(jq '.connected >= 1' "$scratch/status.json")"
crew BOREAS distress --yes --pos '35-12.40N 012-36.05E' --nature fire --mmsi 247222222 --timeout 60 >"$scratch/distress.out" ||
	fail "no distress gets in: $(cat "$scratch/distress.out")"
expect "stored by the ship that was connected" 1 "$(for _ in {1..50}; do
	stored=$(ctl --json deliveries 1 | jq -s 'map(select(.state == "stored")) | length')
	[ "$stored" = 1 ] && break
	sleep 0.2
done; echo "$stored")"

echo "they go, and everything is as before"
kill "$flooder"
wait "$flooder" 2>/dev/null || true
forget "$flooder"
await 60 is_back $((quiet + 4)) || fail "descriptors stay taken: $(used), $quiet before"
crew BOREAS status >"$scratch/status.out" || fail "no ship gets in again"
"$bin/rcc-replay" verify "$state" >/dev/null || fail "the record does not verify"
stop "$rccd_pid"
echo "$(cat "$scratch/opened") silent connections, a limit of $LIMIT descriptors, $spent ticks in 3 s: nobody who is in distress waited for them"
