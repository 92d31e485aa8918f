#!/bin/bash
# Helpers of the tests that run a whole centre; sourced. Wants $bin, gives $scratch.
: "${bin:?}"

# shellcheck source=tests/integration/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# expect WHAT WANTED GOT
expect() { [ "$2" = "$3" ] || fail "$1: expected \"$2\", got \"$3\""; }
# refused CODE COMMAND...: it ends with that exit code; what it said is in $scratch/said.
refused() {
	local wanted=$1 code=0
	shift
	"$@" >"$scratch/said" 2>&1 || code=$?
	[ "$code" = "$wanted" ] || fail "expected exit code $wanted, got $code: $* ($(cat "$scratch/said"))"
}

# ---- the centre ----

state=$scratch/state
: >"$scratch/rccd.log"
ctl() { "$bin/rccctl" --state-dir "$state" "$@" 2>>"$scratch/ctl.log"; }
# status KEY: one member of STATUS.
status() { ctl --json status | jq -r ".$1"; }
lines_of() { grep -c -- "$1" "$2" || true; }
serves_again() {
	kill -0 "$rccd_pid" 2>/dev/null || fail "rccd ended"
	[ "$(lines_of '^serving\b' "$scratch/rccd.log")" -gt "$1" ]
}
# launch OPTION...: starts rccd without waiting. The endpoints of the first start are used again by later ones.
launch() {
	"$bin/rccd" --state-dir "$state" --ships "${ships:-tcp://127.0.0.1:*}" --operations "${operations:-tcp://127.0.0.1:*}" \
		--live "${live:-tcp://127.0.0.1:*}" "$@" 2>>"$scratch/rccd.log" 5>&- &
	rccd_pid=$!
	pids+=("$rccd_pid")
}
# shellcheck disable=SC2120 # options of rccd, if any
start_centre() {
	local before
	before=$(lines_of '^serving\b' "$scratch/rccd.log")
	launch "$@"
	await 20 serves_again "$before" || fail "rccd does not serve"
	learn_endpoints
}
answers() { ctl --timeout 1 --json status >/dev/null; }
learn_endpoints() {
	ctl --json status >"$scratch/status.json" || fail "rccd does not answer"
	ships=$(jq -er .ships "$scratch/status.json")
	operations=$(jq -er .operations "$scratch/status.json")
	live=$(jq -er .live "$scratch/status.json")
	server_key=$(jq -er .server_key "$scratch/status.json")
	printf '%s\n' "$server_key" >"$scratch/server.pub"
}
forget() {
	local pid kept=()
	for pid in "${pids[@]}"; do
		[ "$pid" = "$1" ] || kept+=("$pid")
	done
	pids=("${kept[@]}")
}
# stop PID: asks it to end and expects that it ends well.
stop() {
	kill "$1"
	wait "$1" || fail "a program ended with $?"
	forget "$1"
}
slay() {
	kill -9 "$1"
	wait "$1" 2>/dev/null || true
	forget "$1"
}

# enrol NAME ROLE [OPTION...]: makes $scratch/NAME.key and enrols it.
enrol() {
	local name=$1 role=$2 key
	shift 2
	key=$(ctl keygen "$scratch/$name.key") || fail "no key for $name"
	ctl enrol "$name" --role "$role" --key "$key" "$@" >/dev/null || fail "$name cannot be enrolled"
}
# crew NAME VERB...: a ship's terminal for one verb. retry quickly: this is no satellite link.
crew() {
	local name=$1
	shift
	"$bin/rcc-crew" --to "$ships" --server-key "$server_key" --key "$scratch/$name.key" --link shore --name "$name" "$@" \
		2>>"$scratch/crew.log"
}
# open_session NAME: the ship's terminal stays on; what it shows is in $scratch/NAME.out. tell NAME VERB... types a line.
declare -A session_pid=() session_fd=()
open_session() {
	local name=$1 fd before
	mkfifo "$scratch/$name.in"
	touch "$scratch/$name.out"
	before=$(lines_of '\bwelcome:' "$scratch/$name.out")
	"$bin/rcc-crew" --plain --to "$ships" --server-key "$server_key" --key "$scratch/$name.key" --link shore --name "$name" \
		<"$scratch/$name.in" >>"$scratch/$name.out" 2>&1 &
	session_pid[$name]=$!
	pids+=("$!")
	exec {fd}>"$scratch/$name.in"
	session_fd[$name]=$fd
	rm "$scratch/$name.in"
	# shellcheck disable=SC2317 # called by await
	is_welcome() { [ "$(lines_of '\bwelcome:' "$scratch/$name.out")" -gt "$before" ]; }
	await 15 is_welcome || fail "$name is not welcomed: $(cat "$scratch/$name.out")"
}
tell() { printf '%s\n' "${*:2}" >&"${session_fd[$1]}"; }
close_session() {
	tell "$1" quit
	local fd=${session_fd[$1]}
	exec {fd}>&-
	wait "${session_pid[$1]}" || fail "the terminal of $1 ended with $?"
	forget "${session_pid[$1]}"
}
# remote NAME VERB...: rccctl with that key, over the operations port.
remote() {
	local name=$1
	shift
	"$bin/rccctl" -e "${operations#tcp://}" --server-key "$scratch/server.pub" --key-file "$scratch/$name.key" "$@"
}
# plays STORY: its actions against the centre, as they would come.
play_story() { "$bin/rcc-sim" story --state-dir "$state" "$1" >"$scratch/story.out" || fail "the story cannot be played"; }
