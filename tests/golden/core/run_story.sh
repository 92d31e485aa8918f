#!/bin/bash
# Plays a story and compares its trace with the one that was reviewed. With RCC_ACCEPT=1 the trace is written instead: read
# the difference, it is the review.
#
# Usage: run_story.sh BIN_DIR STORY.scn          through the core, on a fake clock
#        run_story.sh BIN_DIR --live STORY.scn   against a daemon of its own, with keys, links and the real clock
set -euo pipefail
usage='usage: run_story.sh BIN_DIR [--live] STORY.scn'
bin=$(cd "${1:?$usage}" && pwd)
shift
live=
if [ "${1:-}" = --live ]; then
	live=yes
	shift
fi
story=${1:?$usage}
trace=${story%.scn}.trace
scratch=$(mktemp -d)
pid=
finish() {
	if [ -n "$pid" ]; then
		kill "$pid" 2>/dev/null || true
		wait "$pid" 2>/dev/null || true
	fi
	rm -rf "$scratch"
}
trap finish EXIT

# Two plays at most: on a busy machine a line may be told a second late, which is no fault.
tries=2
play_live() {
	local state=$scratch/state.$tries waited=0
	"$bin/rcc-sim" story --print-config "$story" >"$scratch/rccd.conf"
	"$bin/rccd" -c "$scratch/rccd.conf" --state-dir "$state" --ships 'tcp://127.0.0.1:*' \
		--operations 'tcp://127.0.0.1:*' --live 'tcp://127.0.0.1:*' 2>"$scratch/rccd.log" &
	pid=$!
	until grep -qs '\bserving\b' "$scratch/rccd.log"; do
		waited=$((waited + 1))
		if [ "$waited" -gt 200 ] || ! kill -0 "$pid" 2>/dev/null; then
			cat "$scratch/rccd.log" >&2
			echo "FAILED: rccd does not serve" >&2
			exit 1
		fi
		sleep 0.1
	done
	"$bin/rcc-sim" story --state-dir "$state" "$story" >"$scratch/trace"
	kill "$pid"
	wait "$pid"
	pid=
}

if [ -z "$live" ]; then
	"$bin/rcc-sim" story "$story" >"$scratch/trace"
	if [ -n "${RCC_ACCEPT:-}" ]; then
		cp "$scratch/trace" "$trace"
		echo "accepted: $trace"
		exit 0
	fi
	diff -u "$trace" "$scratch/trace"
else
	play_live
	until diff -u "$trace" "$scratch/trace"; do
		tries=$((tries - 1))
		[ "$tries" -gt 0 ] || exit 1
		# Only the time of a line may differ: another line, or another order, is a fault at the first sight of it.
		diff <(cut -c7- "$trace") <(cut -c7- "$scratch/trace") >/dev/null || exit 1
		echo "played once more: the machine may have been late"
		play_live
	done
fi
[ -s "$trace" ] || {
	echo "FAILED: the trace is empty" >&2
	exit 1
}
echo "$(basename "$story"): $(wc -l <"$trace") lines as reviewed"
