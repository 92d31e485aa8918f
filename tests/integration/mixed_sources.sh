#!/bin/bash
# A day's recordings of every source at the same time, with damaged calls and a receiver's other sentences between them, each
# by its own way into rcc-feed and on to a real centre: nothing disappears. Every line fed is recorded at the centre or stands
# there under one word, every signal received is counted under one word, and what is recorded has the bytes that came in.
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
# What is left of calls after damage: each must be recorded as it is.
# shellcheck disable=SC2016 # dollars of NMEA
printf '%s\n' '$CDDSE' 'CDDSC,12,2470123450,12,05,00,0354001230,2258,,,S,E*63' \
	'$CDDSX,12,2470123450,12,05,00,0354001230,2258,,,S,E*63' '$CDD,12,2470123450,12,05,00,0354001230,2258,,,S,E*63' \
	'$CDDSC12,2470123450,12,05,00,0354001230,2258,,,S,E*63' '$cddsc,12,2470123450,12,05,00,0354001230,2258,,,S,E*63' \
	'!AIVDX,1,1,,A,1>M;`h>P00Pq>70DD38>4?vt0000,0*1D' >"$scratch/damaged"
# What a receiver says besides, and the end of a line that was just opened: none of it wakes anybody.
# shellcheck disable=SC2016
printf '%s\n' '9,A,4807.038,N,01131.000,E,022.4,084.4,230394,003.1,W*6A' \
	'$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47' '$GPHDT,274.07,T*03' '$CDHBT,60,A,1*03' \
	'$GPTXT,01,01,02,DSC module ok*07' >"$scratch/ordinary"
cat "$scratch/damaged" "$scratch/ordinary" >>"$scratch/sentences"
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
ctl --json status | jq '.feeds[0]' >"$scratch/told.json"
ctl status >"$scratch/status.txt"
run_feed --nmea /dev/null
wait "$feed_pid" || fail "not everything is accepted"
forget "$feed_pid"

# ---- nothing disappears ----

told=$(grep '^stopped' "$scratch/feed.log" | sed -n 1p)
# read_of WORD, handed_on WORD: the figure before it in the last line of the feed that had the inputs.
read_of() { sed -E "s/^stopped: (.*[^0-9])?([0-9]+) $1.*/\2/" <<<"${told%%read:*}"; }
handed_on() { sed -E "s/.*[^0-9]([0-9]+) $1[,;].*/\1/" <<<"${told#*handed on}"; }
# told WORD: as the feed told the centre when it stopped.
told() { jq -er ".$1" "$scratch/told.json"; }
fed=$((sentences + beacons + texts))
expect "lines and texts fed, as the centre knows" "$fed" "$(told heard)"
expect "what still waits at the end" 0 "$(told waiting)"
expect "handed on and not" "$fed" $(($(told handed_on) + $(told not_handed_on)))
expect "each under its word" "$fed" "$(jq '.alert + .raw_signals + .report + .vessel_data + .own + .repeats + .routine +
	.garbled + .incomplete + .unreadable + .withheld + .other' "$scratch/told.json")"
ordinary=$(wc -l <"$scratch/ordinary")
[ "$(told other)" -ge "$ordinary" ] || fail "of $ordinary ordinary lines $(told other) are counted as such"
[ -n "$(told last)" ] || fail "the last line that was not handed on is not told"
grep -q '^FEED .*OTHER' "$scratch/status.txt" || fail "rccctl status does not show the feed: $(cat "$scratch/status.txt")"
grep '^FEED ' -A 1 "$scratch/status.txt"
expect "lines read" $((sentences + beacons)) "$(read_of lines)"
expect "texts read" "$texts" "$(read_of texts)"

ctl --json status >"$scratch/status.json"
ctl --json alerts >"$scratch/alerts.json"
jq -r '.sources[] | "\(.source): received \(.received) = alerts \(.alerts) + unread \(.unread) + positions \(.positions)" +
	" + routine \(.routine) + again \(.again) + not recorded \(.not_recorded)"' "$scratch/status.json"
expect "sources where a signal disappeared" "" "$(jq -r '.sources[]
	| select(.received != .alerts + .unread + .positions + .routine + .again + .not_recorded) | .source' "$scratch/status.json")"
# On a slow machine the feed sends again what it waits for too long: then a signal is received twice, and counted as again.
taken=$(jq '[.sources[] | .alerts + .unread + .positions + .routine] | add' "$scratch/status.json")
expect "lines and texts fed, recorded at the centre or counted there under a word" "$fed" "$(jq --argjson taken "$taken" '$taken
	+ .alert + .report + .vessel_data + .own + .repeats + .routine + .garbled + .incomplete + .unreadable + .withheld + .other' \
	"$scratch/told.json")"
echo "fed $fed = taken by the centre's decoders $taken + counted by the feed $((fed - taken))"
for source in dsc sit185 beacon406; do
	counted=$(jq ".sources[] | select(.source == \"$source\") | .alerts + .unread" "$scratch/status.json")
	[ "$counted" -gt 0 ] || fail "nothing is recorded of $source"
	expect "signals of $source that officers see" "$counted" \
		"$(jq -s "map(select(.source == \"$source\") | .signals) | add" "$scratch/alerts.json")"
done
# Those that the feed read, and those that came as they are for a person to read.
ais_unread=$(jq '.sources[] | select(.source == "ais") | .alerts + .unread' "$scratch/status.json")
expect "alerts of AIS that officers see" $(($(handed_on alerts) + ais_unread)) \
	"$(jq -s 'map(select(.source | startswith("ais-")) | .signals) | add' "$scratch/alerts.json")"

echo "each alert has the bytes that came in"
expect "alerts without their bytes" "" "$(jq -r 'select(has("raw") or has("raw_hex") | not) | .id' "$scratch/alerts.json")"
{ cat "$scratch/sentences" "$scratch/beacon406"; find "$scratch/inbox/taken" -type f -exec cat {} +; } | tr -d '\r' |
	sort -u >"$scratch/heard"
jq -r '.raw // empty' "$scratch/alerts.json" | tr -d '\r' | sort -u >"$scratch/kept"
expect "lines that nobody said" "" "$(comm -13 "$scratch/heard" "$scratch/kept" | sed '/^$/d')"

while IFS= read -r line; do
	jq -e --arg raw "$line" -s 'any(.raw == $raw)' "$scratch/alerts.json" >/dev/null ||
		fail "the damaged call is not recorded: $line"
done <"$scratch/damaged"
while IFS= read -r line; do
	grep -qxF -- "$line" "$scratch/kept" && fail "an ordinary line woke somebody: $line"
done <"$scratch/ordinary"

stop "$rccd_pid"
"$bin/rcc-replay" verify --tables "$state" >"$scratch/verify.out" 2>&1 || fail "the record does not verify: $(cat "$scratch/verify.out")"
echo "mixed_sources: $(jq -s length "$scratch/alerts.json") alerts, and nothing disappeared"
