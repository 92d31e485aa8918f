#!/bin/bash
# A day's recordings of every source at the same time, each by its own way into rcc-feed and on to a real centre: nothing
# disappears. What the feed handed on is what the centre received, every signal received is counted under one word, and what
# is recorded has the bytes that came in.
#
# Usage: mixed_sources.sh BIN_DIR TOOL_DIR
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
usage='usage: mixed_sources.sh BIN_DIR TOOL_DIR'
bin=$(cd "${1:?$usage}" && pwd)
: "${2:?$usage}"
recordings=$here/../golden/source
for tool in jq sqlite3; do
	command -v $tool >/dev/null || { echo "mixed_sources: $tool is missing" >&2; exit 77; }
done
# shellcheck source=tests/integration/centre_lib.sh
. "$here/centre_lib.sh"

# ---- what is heard ----

# lines SOURCE: of its recordings, without what is said about them; texts_of: the same, a file each, into a folder.
lines() { sed -s '/^#/d; $a\' "$recordings/$1"/*.rec | sed '/^\r*$/d'; }
lines dsc >"$scratch/dsc"
lines ais >"$scratch/ais"
lines beacon406 >"$scratch/beacon406"
mkdir "$scratch/texts" "$scratch/inbox"
for file in "$recordings"/sit185/*.rec; do
	sed '/^# /d' "$file" >"$scratch/texts/$(basename "$file" .rec)"
done
# By turns, as receivers on one line would be heard.
paste -d '\n' "$scratch/dsc" "$scratch/ais" | sed '/^$/d' >"$scratch/sentences"
texts=$(find "$scratch/texts" -type f | wc -l)
sentences=$(wc -l <"$scratch/sentences")
beacons=$(wc -l <"$scratch/beacon406")
echo "heard: $sentences sentences of DSC and AIS, $beacons messages of 406 MHz beacons, $texts SIT 185 texts"

# ---- into the centre ----

# All of it comes within a minute from one key, which is no flood here: a line for each is wanted.
printf 'rules: { flood_per_min = 0; };\n' >"$scratch/rccd.conf"
start_centre --config "$scratch/rccd.conf"
enrol feed feed
udp_port=$(free_port)
# run_feed OPTION...
run_feed() {
	"$bin/rcc-feed" --to "$ships" --server-key "$server_key" --key "$scratch/feed.key" --outbox "$scratch/feed.db" \
		--batch-ms 100 "$@" <&0 2>>"$scratch/feed.log" &
	feed_pid=$!
	pids+=("$feed_pid")
}
run_feed --nmea "udp://127.0.0.1:$udp_port" --text "$scratch/inbox" --beacon - < <(cat "$scratch/beacon406")
await 10 is_bound_udp "$udp_port" || fail "rcc-feed does not listen"
await 10 has_line '^centre_connected' "$scratch/feed.log" || fail "rcc-feed does not connect"
for file in "$scratch/texts"/*; do
	mv "$file" "$scratch/inbox/"
done &
texts_pid=$!
play "$udp_port" "$scratch/sentences"
wait "$texts_pid"
has_read() { [ "$(queued "$udp_port")" = 0 ] && [ "$(find "$scratch/inbox/taken" -type f | wc -l)" = "$texts" ]; }
await 20 has_read || fail "rcc-feed does not take everything"
# What waits for the rest of its message is told at the end; what is in the outbox then is sent at the next start.
stop "$feed_pid"
run_feed --nmea /dev/null
wait "$feed_pid" || fail "not everything is accepted"
forget "$feed_pid"

# ---- nothing disappears ----

told=$(grep '^stopped' "$scratch/feed.log" | head -n 1)
handed_on() { sed -E "s/.* ([0-9]+) $1[,;].*/\1/" <<<"${told#*handed on}"; }
echo "$told"

ctl --json status | jq -c '.sources[]'
ctl --json alerts >/tmp/mixed_alerts.json
jq -r '.source' /tmp/mixed_alerts.json | sort | uniq -c
jq -s '[group_by(.source)[] | {(.[0].source): (map(.signals)|add)}]|add' /tmp/mixed_alerts.json
sqlite3 "$state/journal.db" "select source,lane,count(*),sum(signals_count) from alert group by 1,2"
