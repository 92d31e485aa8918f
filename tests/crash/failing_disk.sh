#!/bin/bash
# The disk fails at the n-th call: a sync that returns EIO, whose outcome nobody knows, or a write that finds no room. The real daemon
# acknowledges nothing that it could not keep, says that it is degraded, opens its record anew and goes on; every alert that was
# accepted is in it once.
#
# Usage: failing_disk.sh BIN_DIR TOOL_DIR CRASH_DIR          RCC_CALLS="25 26 ..."
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
usage='usage: failing_disk.sh BIN_DIR TOOL_DIR CRASH_DIR'
bin=$(cd "${1:?$usage}" && pwd)
tools=$(cd "${2:?$usage}" && pwd)
crash=$(cd "${3:?$usage}" && pwd)
# shellcheck source=tests/crash/crash_lib.sh
. "$here/crash_lib.sh"

# The first calls make the keys and the record; a start that fails is refused and leaves nothing behind: other tests show that.
calls=${RCC_CALLS:-40 41 47 58 75}
failed=0
for kind in sync write; do
	for n in $calls; do
		[ "$kind" = sync ] || n=$((4 * n))
		name=$kind-$n
		recorded "$name" RCC_DISK_FAIL="$kind $n 3"
		stream "$name" 1
		has_line '^degraded\|error degraded' "$scratch/rccd.log" && failed=$((failed + 1))
		expect "it goes on after $kind $n" false "$(status degraded)"
		stop "$rccd_pid"
		"$tools/receipts_check" "$state/journal.db" "$scratch/$name/stream/receipts" >"$scratch/check.out" 2>&1 ||
			fail "$kind $n: the record is not what was accepted: $(cat "$scratch/check.out")"
		"$bin/rcc-replay" verify --tables "$state" >"$scratch/verify.out" 2>&1 || fail "$kind $n: $(cat "$scratch/verify.out")"
		echo "$kind $n: $(cat "$scratch/check.out")"
	done
done
[ "$failed" -gt 0 ] || fail "no failure was met: the calls are not those of the record"
echo "$failed of these runs lost the disk for a moment, and none lost or doubled an alert"
