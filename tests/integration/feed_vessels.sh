#!/bin/bash
# A recording goes into a real gpsd, on to rcc-feed, and must come out as the same vessels that gpsdecode finds in it.
#
# Usage: feed_vessels.sh BIN_DIR [--dry] [RECORDING]
#   --dry      only up to what rcc-feed would send; otherwise through a real rccd to `rccctl vessels` as well
#   RECORDING  NMEA 0183 lines; default: the bundled one, and $RCC_AIS_DATA/*.nmea where that is set
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
bin=$(cd "${1:?usage: feed_vessels.sh BIN_DIR [--dry] [RECORDING]}" && pwd)
shift
dry=no
if [ "${1:-}" = --dry ]; then
	dry=yes
	shift
fi
recordings=("$@")
if [ ${#recordings[@]} -eq 0 ]; then
	recordings=("$here/feed_sample.nmea")
	if [ -n "${RCC_AIS_DATA:-}" ]; then
		recordings+=("$RCC_AIS_DATA"/*.nmea)
	fi
fi
PATH=$PATH:/usr/sbin
for tool in gpsd gpsdecode jq; do
	command -v "$tool" >/dev/null || { echo "feed_vessels: $tool is missing" >&2; exit 77; }
done

scratch=$(mktemp -d)
chmod 711 "$scratch"
export HOME=$scratch
pids=()
finish() {
	local pid
	for pid in "${pids[@]}"; do
		kill "$pid" 2>/dev/null || true
	done
	wait 2>/dev/null || true
	rm -rf "$scratch"
}
trap finish EXIT

fail() {
	echo "FAILED: $*" >&2
	local log
	for log in "$scratch"/*.log; do
		[ -s "$log" ] && { echo "--- ${log##*/}" >&2; tail -n 15 "$log" >&2; }
	done
	exit 1
}

# Asks every tenth of a second, for at most $1 seconds, until the command says yes.
await() {
	local tries=$(($1 * 10))
	shift
	while ! "$@"; do
		tries=$((tries - 1))
		[ "$tries" -gt 0 ] || return 1
		sleep 0.1
	done
}

# A port that nobody listens on now, of either protocol.
free_port() {
	local port
	while :; do
		port=$((20000 + (RANDOM << 15 | RANDOM) % 12000))
		if ! grep -qi ":$(printf %04X "$port") " /proc/net/tcp /proc/net/udp; then
			echo "$port"
			return
		fi
	done
}

is_listening() { grep -qi ":$(printf %04X "$1") 00000000:0000 0A" /proc/net/tcp; }
is_bound_udp() { grep -qi ":$(printf %04X "$1") " /proc/net/udp; }
has_line() { grep -q "$1" "$2"; }

# Bytes that wait in the UDP socket of this port.
queued() {
	local wanted local_address queues _
	wanted=$(printf %04X "$1")
	while read -r _ local_address _ _ queues _; do
		if [ "${local_address#*:}" = "$wanted" ]; then
			echo $((16#${queues#*:}))
			return
		fi
	done </proc/net/udp
	echo 0
}

# One datagram per line, never more than gpsd has taken: a full socket buffer would drop lines without a word.
play() {
	local port=$1 file=$2 line count=0
	exec 3>"/dev/udp/127.0.0.1/$port"
	while IFS= read -r line || [ -n "$line" ]; do
		line=${line%$'\r'}
		case $line in
		'' | '#'*) continue ;;
		esac
		printf '%s\r\n' "$line" >&3
		count=$((count + 1))
		if [ $((count % 100)) -eq 0 ]; then
			while [ "$(queued "$port")" -gt 0 ]; do sleep 0.005; done
		fi
	done <"$file"
	exec 3>&-
}

start_gpsd() {
	gpsd_port=$(free_port)
	udp_port=$(free_port)
	gpsd -N -S "$gpsd_port" "udp://127.0.0.1:$udp_port" >"$scratch/gpsd.log" 2>&1 &
	gpsd_pid=$!
	pids+=("$gpsd_pid")
	await 10 is_listening "$gpsd_port" || fail "gpsd does not listen"
}

stop() {
	kill "$1"
	wait "$1" || fail "a program ended with $?"
}

# What gpsd itself finds in the recording: "MMSI" of ships with a position, "MMSI NAME" of those that state one.
expect() {
	grep -v '^#' "$1" | gpsdecode -j 2>/dev/null >"$scratch/decoded.json"
	jq -r 'select(.class == "AIS" and (.type | IN(1, 2, 3, 18, 19, 27))
		and (.lat | fabs) <= 90 and (.lon | fabs) <= 180 and .mmsi > 0 and .mmsi <= 999999999)
		| "00000000\(.mmsi)"[-9:]' "$scratch/decoded.json" | sort -u >"$scratch/mmsi.want"
	jq -r 'select(.class == "AIS" and (.type | IN(5, 19, 24)) and .mmsi > 0 and .mmsi <= 999999999)
		| (.shipname // "") as $name | select($name | test("[^ @]"))
		| "00000000\(.mmsi)"[-9:] + " " + ($name | sub("[ @]+$"; ""))' "$scratch/decoded.json" |
		awk '{ last[$1] = $0 } END { for (mmsi in last) print last[mmsi] }' | sort >"$scratch/names.want"
	[ -s "$scratch/mmsi.want" ] || fail "gpsdecode finds no vessel in $1"
}

# Every expected vessel and no other; every expected name.
compare() {
	diff "$scratch/mmsi.want" "$scratch/mmsi.got" >"$scratch/diff.log" || fail "$1: other vessels than gpsdecode finds"
	comm -23 "$scratch/names.want" "$scratch/names.got" >"$scratch/diff.log"
	[ ! -s "$scratch/diff.log" ] || fail "$1: other names than gpsdecode finds"
	echo "$1: $(wc -l <"$scratch/mmsi.got") vessels, $(wc -l <"$scratch/names.got") names: the same as gpsdecode"
}

# With --dry-run, up to a last line that marks the end.
check_dry() {
	# shellcheck disable=SC2016 # a dollar of NMEA
	local file=$1 marker='$CDDSC,20,0000000000,00,21,26,0000000000,0000,,,S,*29'
	start_gpsd
	"$bin/rcc-feed" --gpsd "127.0.0.1:$gpsd_port" --dry-run >"$scratch/feed.out" 2>"$scratch/feed.log" &
	local feed_pid=$!
	pids+=("$feed_pid")
	await 10 has_line '^gpsd_connected' "$scratch/feed.log" || fail "rcc-feed does not connect to gpsd"
	await 10 is_bound_udp "$udp_port" || fail "gpsd does not open its source"
	play "$udp_port" "$file"
	printf '%s\r\n' "$marker" >"/dev/udp/127.0.0.1/$udp_port"
	await 30 has_line '^RAW dsc .CDDSC,20,0000000000' "$scratch/feed.out" || fail "the last line does not come out"
	stop "$feed_pid"
	stop "$gpsd_pid"
	sed -n 's/^POSITION \([0-9]*\) .*/\1/p' "$scratch/feed.out" | sort -u >"$scratch/mmsi.got"
	awk '/^STATIC .* name=/ { at = index($0, " name="); last[$2] = $2 " " substr($0, at + 6) }
		END { for (mmsi in last) print last[mmsi] }' "$scratch/feed.out" | sort >"$scratch/names.got"
	compare "${file##*/}, dry run"
	if [ "$file" = "$here/feed_sample.nmea" ]; then
		grep -E '^(ALERT|RAW)' "$scratch/feed.out" | grep -v 'CDDSC,20,0000000000' >"$scratch/alerts.got"
		diff "$here/feed_sample.alerts" "$scratch/alerts.got" >"$scratch/diff.log" || fail "other alerts than expected"
		echo "${file##*/}, dry run: $(wc -l <"$scratch/alerts.got") alerts and DSC lines as expected"
	fi
}

seen_vessels() {
	"$bin/rccctl" --state-dir "$scratch/state" --json vessels >"$scratch/vessels.json" 2>"$scratch/ctl.log" || return 1
	jq -r 'select(.class == "VESSEL" and has("lat")) | .mmsi' "$scratch/vessels.json" | sort -u >"$scratch/mmsi.got"
	jq -r 'select(.class == "VESSEL" and has("name")) | .mmsi + " " + .name' "$scratch/vessels.json" |
		sort >"$scratch/names.got"
	cmp -s "$scratch/mmsi.want" "$scratch/mmsi.got" && [ -z "$(comm -23 "$scratch/names.want" "$scratch/names.got")" ]
}

is_up() { "$bin/rccctl" --state-dir "$scratch/state" --json status >"$scratch/status.json" 2>"$scratch/ctl.log"; }

check_centre() {
	local file=$1 rccd_pid feed_pid key endpoint
	rm -rf "$scratch/state" "$scratch/feed.key"
	"$bin/rccd" --state-dir "$scratch/state" --ships 'tcp://127.0.0.1:*' --operations 'tcp://127.0.0.1:*' \
		--live 'tcp://127.0.0.1:*' >"$scratch/rccd.log" 2>&1 &
	rccd_pid=$!
	pids+=("$rccd_pid")
	await 10 is_up || fail "rccd does not answer"
	endpoint=$(jq -er '.endpoints.ships // .ships' "$scratch/status.json") || fail "STATUS names no endpoint for ships"
	key=$("$bin/rccctl" --state-dir "$scratch/state" keygen "$scratch/feed.key")
	"$bin/rccctl" --state-dir "$scratch/state" enrol "Coast station" --role feed --key "$key" >/dev/null ||
		fail "the feed cannot be enrolled"
	start_gpsd
	"$bin/rcc-feed" --gpsd "127.0.0.1:$gpsd_port" --to "$endpoint" --key "$scratch/feed.key" --batch-ms 200 \
		--server-key "$("$bin/rccctl" --state-dir "$scratch/state" server-key)" 2>"$scratch/feed.log" &
	feed_pid=$!
	pids+=("$feed_pid")
	await 10 has_line '^gpsd_connected' "$scratch/feed.log" || fail "rcc-feed does not connect to gpsd"
	await 10 has_line '^centre_connected' "$scratch/feed.log" || fail "rcc-feed does not connect to rccd"
	await 10 is_bound_udp "$udp_port" || fail "gpsd does not open its source"
	play "$udp_port" "$file"
	await 30 seen_vessels || { compare "${file##*/}, rccctl vessels"; fail "rccctl vessels differs"; }
	compare "${file##*/}, rccctl vessels"
	stop "$feed_pid"
	stop "$gpsd_pid"
	stop "$rccd_pid"
}

for recording in "${recordings[@]}"; do
	expect "$recording"
	check_dry "$recording"
	[ "$dry" = yes ] || check_centre "$recording"
done
