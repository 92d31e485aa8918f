#!/bin/bash
# One sender floods the centre with a thousand alerts at once. Every one is in the record, those above the limit are grouped
# for a person and wake no ship, and ships that call for help for the first time meanwhile wait no longer for it.
#
# Usage: flood.sh BIN_DIR TOOL_DIR
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
flood=1000
# rules.flood_per_min as it comes: this test runs the rules as they are installed.
limit=30
# A median in the flood may be so many times the one in quiet: two noisy cores, which the flooder shares. What it must show
# is that nobody waits behind the flood, which takes a hundred times as long.
ratio_max=3

# shellcheck disable=SC2119 # nothing to add
start_centre
echo "enrolling a flooder, a ship that listens and $((2 * calls)) ships that call"
enrol ship vessel --mmsi 247320100
enrol flooder feed
for ((i = 0; i < 2 * calls; i++)); do
	enrol "$i" vessel --mmsi $((247400000 + i))
done

"$tools/flood" "$ships" "$server_key" "$scratch" $calls $flood >"$scratch/flood.out" 2>"$scratch/flood.log" ||
	fail "not everything was taken and told: $(cat "$scratch/flood.out")"
value() { sed -n "s/^$1=//p" "$scratch/flood.out"; }
ms() { printf '%d.%d' $(($1 / 1000)) $(($1 % 1000 / 100)); }

echo "$flood alerts were accepted in $(value flood_ms) ms"
printf 'first distress to broadcast: quiet p50 %s ms, p99 %s ms (%s calls); in the flood p50 %s ms, p99 %s ms (%s calls)\n' \
	"$(ms "$(value quiet_p50_us)")" "$(ms "$(value quiet_p99_us)")" "$(value quiet_calls)" \
	"$(ms "$(value flooded_p50_us)")" "$(ms "$(value flooded_p99_us)")" "$(value flooded_calls)"

echo "those who call meanwhile wait no longer"
[ "$(value flooded_calls)" -ge $((calls / 4)) ] || fail "only $(value flooded_calls) calls were made while the flood lasted"
[ "$(value flooded_p50_us)" -lt $((ratio_max * $(value quiet_p50_us))) ] ||
	fail "in the flood a call takes $(value flooded_p50_us) us, in quiet $(value quiet_p50_us) us: more than $ratio_max times"

echo "every one of them is in the record"
expect "accepted alerts of the flood" $flood "$(value flood_accepted)"
sqlite3 "$state/journal.db" "VACUUM INTO '$scratch/copy.db'"
query() { sqlite3 "$scratch/copy.db" "$1"; }
of_flood="source = 'ais-beacon' AND casualty_mmsi BETWEEN '970100000' AND '970199999'"
expect "recorded alerts of the flood" $flood "$(query "SELECT count(DISTINCT casualty_mmsi) FROM alert WHERE $of_flood")"
expect "rows of the flood" $flood "$(query "SELECT count(*) FROM alert WHERE $of_flood")"
expect "alerts up to the limit" $limit "$(query "SELECT count(*) FROM alert WHERE $of_flood AND lane = 'incident'")"
expect "alerts above the limit" $((flood - limit)) \
	"$(query "SELECT count(*) FROM alert WHERE $of_flood AND lane = 'quarantine' AND verdict = 'flood'")"
calls_recorded=$(query "SELECT count(*) FROM alert WHERE source = 'crew' AND lane = 'incident'")
expect "recorded calls" $(($(value quiet_calls) + $(value flooded_calls))) "$calls_recorded"

echo "officers see the flood as one line, and that it began"
ctl --json alerts >"$scratch/alerts.json"
expect "lines of the flood" 1 "$(jq -s 'map(select(has("flood_alerts"))) | length' "$scratch/alerts.json")"
expect "alerts in that line" $((flood - limit)) "$(jq -s 'map(select(has("flood_alerts"))) | .[0].flood_alerts' "$scratch/alerts.json")"
expect "lines of everything" $((limit + 1 + calls_recorded)) "$(jq -s length "$scratch/alerts.json")"
ctl --json watch --from 1 --count "$(status entries)" >"$scratch/watch.json" || fail "the record cannot be watched"
expect "floods that began" 1 "$(jq -s 'map(select(.event == "flood-began")) | length' "$scratch/watch.json")"

echo "no ship was woken more often than the limit"
expect "broadcasts of the flood that the ship heard" $limit "$(value flood_heard)"
expect "broadcasts of the flood" $limit \
	"$(ctl --json incidents | jq -s 'map(select(.mmsi | startswith("9701")) | .broadcasts) | add')"

stop "$rccd_pid"
"$bin/rcc-replay" verify "$state" >"$scratch/verify.out" 2>&1 || fail "the record does not verify: $(cat "$scratch/verify.out")"
"$bin/rcc-replay" recheck "$state" >"$scratch/recheck.out" 2>&1 || fail "recheck: $(cat "$scratch/recheck.out")"
echo "flood: recorded to the last, grouped, and nobody waited behind it"
