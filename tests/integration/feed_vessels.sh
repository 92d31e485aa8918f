#!/bin/bash
# A recording goes into a real gpsd, on to rcc-feed, and must come out as the same vessels that gpsdecode finds in it.
#
# Usage: feed_vessels.sh BIN_DIR [--dry] [RECORDING]
#   --dry      only up to what rcc-feed would send; otherwise through a real rccd to `rccctl vessels` as well
#   RECORDING  NMEA 0183 lines; default: the bundled one, and $RCC_AIS_DATA/*.nmea, *.aivdm where that is set
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
		for file in "$RCC_AIS_DATA"/*.nmea "$RCC_AIS_DATA"/*.aivdm; do
			[ ! -e "$file" ] || recordings+=("$file")
		done
	fi
fi
PATH=$PATH:/usr/sbin
for tool in gpsd gpsdecode jq; do
	command -v "$tool" >/dev/null || { echo "feed_vessels: $tool is missing" >&2; exit 77; }
done

# shellcheck source=tests/integration/feed_lib.sh
. "$here/feed_lib.sh"

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
		# What decoders make of a raw line is their tests' business.
		grep -E '^(ALERT|RAW)' "$scratch/feed.out" | grep -v 'CDDSC,20,0000000000' | sed '/^RAW/s/ => .*//' \
			>"$scratch/alerts.got"
		diff "$here/feed_sample.alerts" "$scratch/alerts.got" >"$scratch/diff.log" || fail "other alerts than expected"
		echo "${file##*/}, dry run: $(wc -l <"$scratch/alerts.got") alerts and DSC lines as expected"
	fi
}

seen_vessels() {
	ctl --json vessels >"$scratch/vessels.json" || return 1
	jq -r 'select(.class == "VESSEL" and has("lat")) | .mmsi' "$scratch/vessels.json" | sort -u >"$scratch/mmsi.got"
	jq -r 'select(.class == "VESSEL" and has("name")) | .mmsi + " " + .name' "$scratch/vessels.json" |
		sort >"$scratch/names.got"
	cmp -s "$scratch/mmsi.want" "$scratch/mmsi.got" && [ -z "$(comm -23 "$scratch/names.want" "$scratch/names.got")" ]
}

check_centre() {
	local file=$1
	rm -rf "$scratch/state" "$scratch/feed.key" "$scratch"/*.log
	start_centre 'tcp://127.0.0.1:*'
	enrol_feed
	start_gpsd
	start_feed --batch-ms 200
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
