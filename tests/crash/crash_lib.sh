#!/bin/bash
# Helpers of the tests that put a recorder between the real daemon and its disk; sourced. Wants $bin, $tools and $crash.
: "${bin:?}" "${tools:?}" "${crash:?}"

# shellcheck source=tests/integration/centre_lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../integration/centre_lib.sh"
command -v jq >/dev/null || { echo "jq is not installed"; exit 77; }
clients=5
printf 'rules: { flood_per_min = 0; };\n' >"$scratch/rccd.conf"

# recorded NAME [VARIABLE...]: a new centre whose disk is written down in $scratch/NAME/disk; four feeds and a ship are enrolled.
recorded() {
	local name=$1 i
	shift
	state=$scratch/$name/state
	mkdir -p "$scratch/$name/stream"
	mkdir -m 700 "$state"
	unset ships operations live
	: >"$scratch/rccd.log"
	env "$@" LD_PRELOAD="$crash/libdisk_record.so" RCC_DISK_DIR="$state" RCC_DISK_LOG="$scratch/$name/disk" \
		"$bin/rccd" --state-dir "$state" --ships 'tcp://127.0.0.1:*' --operations 'tcp://127.0.0.1:*' \
		--live 'tcp://127.0.0.1:*' --config "$scratch/rccd.conf" 2>>"$scratch/rccd.log" &
	rccd_pid=$!
	pids+=("$rccd_pid")
	await 20 has_line '^serving' "$scratch/rccd.log" || fail "rccd does not serve"
	learn_endpoints
	for ((i = 0; i < clients - 1; i++)); do
		enrol "$i" feed
	done
	enrol "$((clients - 1))" vessel --mmsi 247320100
	mv "$scratch"/[0-9]*.key "$scratch/$name/stream/"
}

# stream NAME SECONDS: alerts from all feeds at once, each until it is accepted; the receipts are in $scratch/NAME/stream.
stream() {
	mkfifo "$scratch/$1/more"
	"$tools/alert_stream" "$ships" "$server_key" "$scratch/$1/stream" $clients 1 <"$scratch/$1/more" >"$scratch/stream.out" \
		2>"$scratch/stream.log" &
	local stream_pid=$!
	pids+=("$stream_pid")
	exec 5>"$scratch/$1/more"
	sleep "$2"
	exec 5>&-
	wait "$stream_pid" || fail "the stream: $(cat "$scratch/stream.out" "$scratch/stream.log")"
	forget "$stream_pid"
}
