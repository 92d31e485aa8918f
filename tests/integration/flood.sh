#!/bin/bash
# Two senders flood the centre, one with a stream of alerts and one with all of them at once. Every one is in the record,
# those above the limit are grouped for a person and wake no ship, and ships that call for help for the first time
# meanwhile do not wait behind them.
#
# Usage: flood.sh BIN_DIR TOOL_DIR          RCC_RATIO_MAX=3 RCC_BURST_RATIO_MAX=8
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
usage='usage: flood.sh BIN_DIR TOOL_DIR'
bin=$(cd "${1:?$usage}" && pwd)
tools=$(cd "${2:?$usage}" && pwd)
for tool in jq sqlite3; do
	command -v $tool >/dev/null || { echo "flood: $tool is missing" >&2; exit 77; }
done
# shellcheck source=tests/integration/centre_lib.sh
. "$here/centre_lib.sh"

calls=40
stream=1000
burst=3000
# rules.flood_per_min as it comes: this test runs the rules as they are installed.
limit=30
# A median in the stream may be so many times the one in quiet: two noisy cores, which the flooder shares.
ratio_max=${RCC_RATIO_MAX:-3}
# In the burst the centre does all it can do: a call waits for the turn that is being taken, and for nothing else.
burst_ratio_max=${RCC_BURST_RATIO_MAX:-8}

# shellcheck disable=SC2119 # nothing to add
start_centre
echo "enrolling two flooders, a ship that listens and $((3 * calls)) ships that call"
enrol ship vessel --mmsi 247320100
enrol stream feed
enrol burst feed
for ((i = 0; i < 3 * calls; i++)); do
	enrol "$i" vessel --mmsi $((247400000 + i))
done

timeout 220 "$tools/flood" "$ships" "$server_key" "$scratch" $calls $stream $burst >"$scratch/flood.out" 2>"$scratch/flood.log" ||
	fail "not everything was taken and told: $(cat "$scratch/flood.out")"
value() { sed -n "s/^$1=//p" "$scratch/flood.out"; }
ms() { printf '%d.%d' $(($1 / 1000)) $(($1 % 1000 / 100)); }
# tell PHASE WORDS: and, beside the quiet, how many times as long.
tell() {
	local p50
	p50=$(value "$1_p50_us")
	printf '%-24s p50 %6s ms (%d.%d x), p99 %6s ms, %s calls\n' "$2:" "$(ms "$p50")" $((p50 / quiet)) \
		$((p50 * 10 / quiet % 10)) "$(ms "$(value "$1_p99_us")")" "$(value "$1_calls")"
}
quiet=$(value quiet_p50_us)
echo "$stream alerts were accepted in $(value stream_ms) ms, then $burst more in $(value burst_ms) ms"
echo "from the first distress of a ship to the broadcast at another:"
tell quiet "all is quiet"
tell in_stream "a stream of alerts"
tell in_burst "all alerts at once"

echo "those who call meanwhile do not wait behind the flood"
expect "calls while it was quiet" $calls "$(value quiet_calls)"
[ "$(value in_stream_calls)" -ge $((calls / 2)) ] || fail "only $(value in_stream_calls) calls while the stream lasted"
[ "$(value in_burst_calls)" -ge 3 ] || fail "only $(value in_burst_calls) calls while the burst lasted"
[ "$(value in_stream_p50_us)" -lt $((ratio_max * quiet)) ] || fail "in the stream a call takes more than $ratio_max times as long"
[ "$(value in_burst_p50_us)" -lt $((burst_ratio_max * quiet)) ] ||
	fail "in the burst a call takes more than $burst_ratio_max times as long"

sqlite3 "$state/journal.db" "VACUUM INTO '$scratch/copy.db'"
query() { sqlite3 "$scratch/copy.db" "$1"; }
ctl --json alerts >"$scratch/alerts.json"
ctl --json incidents >"$scratch/incidents.json"
peer_id() { ctl --json peers | jq -s "map(select(.name == \"$1\")) | .[0].id"; }
# check_flood NAME COUNT DIGITS: of the beacons whose numbers begin so.
check_flood() {
	local name=$1 count=$2 digits=$3 of_flood lines
	echo "$name: every one of $count is in the record, $limit woke the ships, the others are one line"
	of_flood="source = 'ais-beacon' AND casualty_mmsi LIKE '$digits%'"
	expect "accepted alerts" "$count" "$(value "${name}_accepted")"
	expect "recorded alerts" "$count" "$(query "SELECT count(DISTINCT casualty_mmsi) FROM alert WHERE $of_flood")"
	expect "recorded rows" "$count" "$(query "SELECT count(*) FROM alert WHERE $of_flood")"
	expect "alerts up to the limit" $limit "$(query "SELECT count(*) FROM alert WHERE $of_flood AND lane = 'incident'")"
	expect "alerts above it" $((count - limit)) \
		"$(query "SELECT count(*) FROM alert WHERE $of_flood AND lane = 'quarantine' AND verdict = 'flood'")"
	lines=$(jq -s "map(select(.flood_sender == $(peer_id "$name")))" "$scratch/alerts.json")
	expect "lines of the flood" 1 "$(jq length <<<"$lines")"
	expect "alerts in that line" $((count - limit)) "$(jq '.[0].flood_alerts' <<<"$lines")"
	expect "broadcasts that the ship heard" $limit "$(value "${name}_heard")"
	expect "broadcasts" $limit \
		"$(jq -s "map(select((.mmsi // \"\") | startswith(\"$digits\")) | .broadcasts) | add" "$scratch/incidents.json")"
}
check_flood stream $stream 9701
check_flood burst $burst 9702

echo "nothing else is there, and that both floods began is in the record"
calls_made=$(($(value quiet_calls) + $(value in_stream_calls) + $(value in_burst_calls)))
expect "recorded calls" $calls_made "$(query "SELECT count(*) FROM alert WHERE source = 'crew' AND lane = 'incident'")"
expect "lines of all alerts" $((2 * (limit + 1) + calls_made)) "$(jq -s length "$scratch/alerts.json")"
ctl --json watch --from 1 --count "$(status entries)" >"$scratch/watch.json" || fail "the record cannot be watched"
expect "floods that began" 2 "$(jq -s 'map(select(.event == "flood-began")) | length' "$scratch/watch.json")"

stop "$rccd_pid"
"$bin/rcc-replay" verify --tables "$state" >"$scratch/verify.out" 2>&1 || fail "the record does not verify: $(cat "$scratch/verify.out")"
"$bin/rcc-replay" recheck "$state" >"$scratch/recheck.out" 2>&1 || fail "recheck: $(cat "$scratch/recheck.out")"
echo "flood: recorded to the last, grouped, and nobody waited behind them"
