#!/bin/bash
# Helpers of the tests that run two centres, A and B, on loopback; sourced. Wants $bin, gives $scratch.
: "${bin:?}"

# shellcheck source=tests/integration/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

expect() { [ "$2" = "$3" ] || fail "$1: expected \"$2\", got \"$3\""; }

# ---- two centres, A and B ----

declare -A pid=() operations=([A]='tcp://127.0.0.1:*' [B]='tcp://127.0.0.1:*') minutes=([A]=15 [B]=15)
other() { [ "$1" = A ] && echo B || echo A; }
at() { # at CENTRE VERB...
	local centre=$1
	shift
	"$bin/rccctl" --state-dir "$scratch/$centre" --timeout 2 "$@" 2>>"$scratch/ctl.log"
}
lines_of() { grep -c -- "$1" "$2" || true; }
serves() { [ "$(lines_of '^serving\b' "$scratch/$1.log")" -gt "$2" ]; }
start() {
	local centre=$1 before
	printf 'centre = "MRCC %s";\nrules: { handover_min = %s; };\n' "$centre" "${minutes[$centre]}" >"$scratch/$centre.conf"
	touch "$scratch/$centre.log"
	before=$(lines_of '^serving\b' "$scratch/$centre.log")
	"$bin/rccd" --config "$scratch/$centre.conf" --state-dir "$scratch/$centre" --ships 'tcp://127.0.0.1:*' \
		--operations "${operations[$centre]}" --live 'tcp://127.0.0.1:*' 2>>"$scratch/$centre.log" &
	pid[$centre]=$!
	pids+=("$!")
	await 20 serves "$centre" "$before" || fail "$centre does not serve"
	operations[$centre]=$(at "$centre" --json status | jq -er .operations)
}
slay() {
	if [ -n "${pid[$1]}" ]; then
		kill -9 "${pid[$1]}" 2>/dev/null || true
		wait "${pid[$1]}" 2>/dev/null || true
	fi
	pid[$1]=
}
stop() {
	kill "${pid[$1]}"
	wait "${pid[$1]}" || fail "$1 ended with $?"
	pid[$1]=
}
is_up() { [ -n "${pid[$1]}" ] && kill -0 "${pid[$1]}" 2>/dev/null; }
bring_up() {
	local centre
	for centre in A B; do
		up "$centre"
	done
}
up() { is_up "$1" || { slay "$1" && start "$1"; }; }

# They know each other: that is data, enrolled on both sides.
introduce() {
	local centre peer
	for centre in A B; do
		peer=$(other "$centre")
		at "$centre" enrol "MRCC $peer" --role peer --key "$(at "$peer" server-key)" --address "${operations[$peer]}" >/dev/null ||
			fail "$peer cannot be enrolled"
	done
}
# records_verify: both records are whole, and decide the same again.
records_verify() {
	local centre
	for centre in A B; do
		"$bin/rcc-replay" verify --tables "$scratch/$centre" >"$scratch/verify.out" 2>&1 || fail "$centre: $(cat "$scratch/verify.out")"
		echo "$centre: $(head -n 1 "$scratch/verify.out")"
		"$bin/rcc-replay" recheck "$scratch/$centre" >"$scratch/recheck.out" 2>&1 || fail "$centre: $(cat "$scratch/recheck.out")"
		echo "$centre: $(tail -n 1 "$scratch/recheck.out")"
	done
}
