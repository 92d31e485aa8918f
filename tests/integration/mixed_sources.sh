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
command -v jq >/dev/null || { echo "mixed_sources: jq is missing" >&2; exit 77; }
# shellcheck source=tests/integration/centre_lib.sh
. "$here/centre_lib.sh"

# ---- what is heard ----

# lines SOURCE: of its recordings, without what is said about them; texts_of: the same, a file each, into a folder.
lines() { awk '!/^#/ && !/^\r*$/' "$recordings/$1"/*.rec; }
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
# read_of WORD, handed_on WORD: the figure before it in the last line of the feed that had the inputs.
read_of() { sed -E "s/^stopped: (.*[^0-9])?([0-9]+) $1.*/\2/" <<<"${told%%read:*}"; }
handed_on() { sed -E "s/.*[^0-9]([0-9]+) $1[,;].*/\1/" <<<"${told#*handed on}"; }
expect "lines read" $((sentences + beacons)) "$(read_of lines)"
expect "texts read" "$texts" "$(read_of texts)"

ctl --json status >"$scratch/status.json"
ctl --json alerts >"$scratch/alerts.json"
jq -r '.sources[] | "\(.source): received \(.received) = alerts \(.alerts) + unread \(.unread) + positions \(.positions)" +
	" + routine \(.routine) + again \(.again) + not recorded \(.not_recorded)"' "$scratch/status.json"
expect "sources where a signal disappeared" "" "$(jq -r '.sources[]
	| select(.received != .alerts + .unread + .positions + .routine + .again + .not_recorded) | .source' "$scratch/status.json")"
# On a slow machine the feed sends again what it waits for too long: then a signal is received twice, and counted so.
received=$(jq '[.sources[].received] | add' "$scratch/status.json")
[ "$received" -ge "$(handed_on raw)" ] || fail "of $(handed_on raw) signals that were handed on $received were received"
for source in dsc sit185 beacon406; do
	counted=$(jq ".sources[] | select(.source == \"$source\") | .alerts + .unread" "$scratch/status.json")
	[ "$counted" -gt 0 ] || fail "nothing is recorded of $source"
	expect "signals of $source that officers see" "$counted" \
		"$(jq -s "map(select(.source == \"$source\") | .signals) | add" "$scratch/alerts.json")"
done
expect "alerts of AIS that officers see" "$(handed_on alerts)" \
	"$(jq -s 'map(select(.source | startswith("ais-")) | .signals) | add' "$scratch/alerts.json")"

echo "each alert has the bytes that came in"
expect "alerts without their bytes" "" "$(jq -r 'select(has("raw") or has("raw_hex") | not) | .id' "$scratch/alerts.json")"
{ cat "$scratch/sentences" "$scratch/beacon406"; find "$scratch/inbox/taken" -type f -exec cat {} +; } | tr -d '\r' |
	sort -u >"$scratch/heard"
jq -r '.raw // empty' "$scratch/alerts.json" | tr -d '\r' | sort -u >"$scratch/kept"
expect "lines that nobody said" "" "$(comm -13 "$scratch/heard" "$scratch/kept" | sed '/^$/d')"

stop "$rccd_pid"
"$bin/rcc-replay" verify "$state" >"$scratch/verify.out" 2>&1 || fail "the record does not verify: $(cat "$scratch/verify.out")"
echo "mixed_sources: $(jq -s length "$scratch/alerts.json") alerts, and nothing disappeared"
