#!/bin/bash
# Every story against a daemon of its own, all at the same time: a story takes as long as it tells.
# Usage: run_stories_live.sh BIN_DIR
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
bin=$(cd "${1:?usage: run_stories_live.sh BIN_DIR}" && pwd)
scratch=$(mktemp -d)
pids=()
# shellcheck disable=SC2317 # called by the trap
finish() {
	local pid
	for pid in "${pids[@]}"; do
		kill "$pid" 2>/dev/null || true
	done
	wait
	rm -rf "$scratch"
}
trap finish EXIT

names=()
for story in "$here"/*.scn; do
	name=$(basename "$story" .scn)
	"$here/run_story.sh" "$bin" --live "$story" >"$scratch/$name.out" 2>&1 &
	pids+=("$!")
	names+=("$name")
done
[ ${#names[@]} -gt 0 ] || {
	echo "FAILED: there is no story" >&2
	exit 1
}
again=()
for i in "${!names[@]}"; do
	if ! wait "${pids[$i]}"; then
		again+=("${names[$i]}")
	fi
	cat "$scratch/${names[$i]}.out"
done
pids=()
# A machine that was late while all of them ran is given its time: once more, one by one.
bad=0
for name in "${again[@]}"; do
	echo "$name: once more, alone"
	"$here/run_story.sh" "$bin" --live "$here/$name.scn" || {
		echo "FAILED: $name"
		bad=1
	}
done
exit $bad
