#!/bin/bash
# Nobody is shown what is not on the disk: of a report and a question that come in one breath, the report is accepted first, and
# the list that is shown then has it.
#
# Usage: committed_only.sh BIN_DIR TOOL_DIR
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
bin=$(cd "${1:?usage: committed_only.sh BIN_DIR TOOL_DIR}" && pwd)
tools=$(cd "${2:?usage: committed_only.sh BIN_DIR TOOL_DIR}" && pwd)
# shellcheck source=tests/integration/centre_lib.sh
. "$here/centre_lib.sh"

start_centre
for round in 1 2 3; do
	# Both wait at its door when it goes on: it takes them in one turn.
	kill -STOP "$rccd_pid"
	"$tools/telephone" "ipc://$state/control.sock" look "$round" '' 'seen in the same breath' >"$scratch/look" &
	looking=$!
	pids+=("$looking")
	sleep 0.5
	kill -CONT "$rccd_pid"
	wait "$looking" || fail "no answers: $(cat "$scratch/look")"
	forget "$looking"
	expect "answers in order" 'accepted shown' "$(cut -d' ' -f1 "$scratch/look" | xargs)"
	expect "cases shown" "shown $round" "$(tail -1 "$scratch/look")"
done
stop "$rccd_pid"
echo "done"
