#!/bin/bash
# The power is cut: a recorder writes down what the real daemon does to its disk while alerts stream in, and the disk is made as it may
# be at random moments of it, torn at sectors. Nothing that was accepted by then is missing, doubled or elsewhere; every record
# verifies and is gone on with. A record with synchronous=NORMAL is caught by the same images.
#
# Usage: power_cut.sh BIN_DIR TOOL_DIR CRASH_DIR          RCC_IMAGES=200   RCC_SEED=406
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
usage='usage: power_cut.sh BIN_DIR TOOL_DIR CRASH_DIR'
bin=$(cd "${1:?$usage}" && pwd)
tools=$(cd "${2:?$usage}" && pwd)
crash=$(cd "${3:?$usage}" && pwd)
# shellcheck source=tests/crash/crash_lib.sh
. "$here/crash_lib.sh"

images=${RCC_IMAGES:-200}
seed=${RCC_SEED:-406}

# record NAME SECONDS [VARIABLE...]: what a new centre does to its disk in that time; then it is killed.
record() {
	recorded "$1" "${@:3}"
	stream "$1" "$2"
	slay "$rccd_pid"
	[ -s "$scratch/$1/disk" ] || fail "nothing was recorded"
}

# try NAME COUNT: the verdict is in $scratch/NAME.out.
try() {
	mkdir -p "$scratch/$1/images"
	"$crash/crash_images" "$scratch/$1/disk" "$scratch/$1/stream/receipts" "$scratch/$1/state" "$scratch/$1/images" \
		"$2" "$seed" >"$scratch/$1.out" 2>"$scratch/$1.log"
}

record full 3
try full "$images" || fail "synchronous=FULL: $(cat "$scratch/full.out")"
echo "as it is: $(cat "$scratch/full.out")"

# The real daemon goes on with what such a disk holds.
started=0
for image in "$scratch/full/images"/*; do
	if [ ! -e "$image/journal.db" ] || [ ! -e "$image/sign.key" ] || [ "$started" -ge 5 ]; then
		continue
	fi
	state=$image
	chmod 700 "$image"
	chmod 600 "$image"/*
	unset ships operations live
	: >"$scratch/rccd.log"
	start_centre --config "$scratch/rccd.conf"
	expect "degraded" false "$(status degraded)"
	stop "$rccd_pid"
	"$bin/rcc-replay" verify --tables "$image" >"$scratch/verify.out" 2>&1 || fail "it does not verify: $(cat "$scratch/verify.out")"
	started=$((started + 1))
done
[ "$started" -gt 0 ] || fail "no image had a record to start with"
echo "$started of these disks were started with and gone on with"

# The same images catch a record that promises less.
record normal 2 RCC_DISK_SYNC=NORMAL
if try normal 50; then
	fail "synchronous=NORMAL is not caught: $(cat "$scratch/normal.out")"
fi
grep -q '(in 0 images)' "$scratch/normal.out" && fail "synchronous=NORMAL loses nothing: $(cat "$scratch/normal.out")"
echo "with synchronous=NORMAL, caught: $(cat "$scratch/normal.out")"
