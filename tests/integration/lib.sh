#!/bin/bash
# What every integration test begins with; sourced. Gives $scratch, ends the processes in pids, tells what went wrong.

scratch=$(mktemp -d)
chmod 711 "$scratch" # gpsd gives up root and still reads what is in it
export HOME=$scratch LC_ALL=C.UTF-8 TZ=UTC0
# Cases are numbered within a year.
# shellcheck disable=SC2034 # for those who source this
year=$(date -u +%Y)
pids=()
# Numbers of processes that have ended are given again, to anybody's: only a child of this shell is ours.
is_child() { [ "$(sed -n 's/^PPid:[[:space:]]*//p' "/proc/$1/status" 2>/dev/null)" = "$$" ]; }
# shellcheck disable=SC2317 # called by the trap
finish_pids() {
	local pid
	for pid in "${pids[@]}"; do
		! is_child "$pid" || kill -9 "$pid" 2>/dev/null || true
	done
	wait 2>/dev/null || true
}
# shellcheck disable=SC2317
finish() {
	finish_pids
	[ -z "${RCC_KEEP:-}" ] || { echo "kept: $scratch" && return; }
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

# await SECONDS COMMAND...: asks twenty times a second until the command says yes.
await() {
	local tries=$(($1 * 20))
	shift
	while ! "$@"; do
		tries=$((tries - 1))
		[ "$tries" -gt 0 ] || return 1
		sleep 0.05
	done
}

# has_line PATTERN FILE
has_line() { grep -qs -- "$1" "$2"; }

# tells PATTERN: standard input has such a line. Read to its end: a reader that leaves early ends the writer by SIGPIPE, and
# with it the whole pipeline.
tells() {
	local all
	all=$(cat)
	grep -q "$@" <<<"$all"
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

# start_gpsd [OPTION...]: of sentences that come by UDP; its process id is $gpsd_pid, its ports $gpsd_port and $udp_port.
# shellcheck disable=SC2120 # options of gpsd, if any
start_gpsd() {
	gpsd_port=$(free_port)
	udp_port=$(free_port)
	gpsd -N "$@" -S "$gpsd_port" "udp://127.0.0.1:$udp_port" >"$scratch/gpsd.log" 2>&1 &
	gpsd_pid=$!
	pids+=("$gpsd_pid")
	await 10 is_listening "$gpsd_port" || fail "gpsd does not listen"
}
