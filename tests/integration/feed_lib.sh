#!/bin/bash
# Helpers of the feed's integration tests; sourced. Wants $bin, gives $scratch.
: "${bin:?}"

# shellcheck source=tests/integration/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

stop() {
	kill "$1"
	wait "$1" || fail "a program ended with $?"
}

# start_centre SHIPS_ENDPOINT [OPTION ...]: an rccd on $scratch/state; its process id is $rccd_pid, its endpoint $ships.
start_centre() {
	local endpoint=$1
	shift
	"$bin/rccd" --state-dir "$scratch/state" --ships "$endpoint" --operations 'tcp://127.0.0.1:*' \
		--live 'tcp://127.0.0.1:*' "$@" >>"$scratch/rccd.log" 2>&1 &
	rccd_pid=$!
	pids+=("$rccd_pid")
	await 10 is_up || fail "rccd does not answer"
	ships=$(jq -er .ships "$scratch/status.json") || fail "STATUS names no endpoint for ships"
}

ctl() { "$bin/rccctl" --state-dir "$scratch/state" "$@" 2>>"$scratch/ctl.log"; }
is_up() { ctl --json status >"$scratch/status.json"; }

# A feed's key, enrolled.
enrol_feed() {
	local key
	key=$(ctl keygen "$scratch/feed.key") || fail "no key for the feed"
	ctl enrol "Coast station" --role feed --key "$key" >/dev/null || fail "the feed cannot be enrolled"
	server_key=$(ctl server-key) || fail "no key of the centre"
}

# start_feed [OPTION...]: between the gpsd and the centre started last; its process id is $feed_pid.
start_feed() {
	"$bin/rcc-feed" --gpsd "127.0.0.1:$gpsd_port" --to "$ships" --key "$scratch/feed.key" --server-key "$server_key" \
		"$@" >>"$scratch/feed.log" 2>&1 &
	feed_pid=$!
	pids+=("$feed_pid")
}
