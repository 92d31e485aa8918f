#!/bin/bash
# Whole programs: a ship's computer whose clock is wrong is told by how much, on the screen and in lines; one that is right is not.
# Usage: crew_clock.sh BIN_DIR [TOOLS_DIR]
set -euo pipefail
bin=$(cd "${1:?usage: crew_clock.sh BIN_DIR}" && pwd)
# shellcheck source=tests/integration/centre_lib.sh
. "$(dirname "$0")/centre_lib.sh"
command -v faketime >/dev/null || { echo "crew_clock: faketime is not installed"; exit 77; }

echo 'beat_s = 1.0;' >"$scratch/rccd.conf"
start_centre --config "$scratch/rccd.conf"
enrol AURORA vessel --mmsi 247123456

# aboard FAKE: a session of lines of some seconds, its clock set off by so much; what it said is in $scratch/lines.
aboard() {
	{
		sleep 6
		echo status
		echo quit
	} | HOME=$scratch FAKETIME_DONT_FAKE_MONOTONIC=1 faketime -f "$1" "$bin/rcc-crew" --plain --to "$ships" --server-key "$server_key" \
		--key "$scratch/AURORA.key" --link shore --budget 0 --name AURORA >"$scratch/lines" 2>&1
}
for off in '+14m AHEAD' '-14m BEHIND'; do
	aboard "${off% *}"
	[ "$(grep -c "OUR CLOCK IS 14 min ${off#* } \(OF \)*THE CENTRE'S" "$scratch/lines")" = 2 ] ||
		fail "a clock that is set $off is not told once, and again by status: $(cat "$scratch/lines")"
done
aboard +20s
! has_line 'OUR CLOCK' "$scratch/lines" || fail "a clock that is right is told to be wrong: $(cat "$scratch/lines")"
echo "crew_clock: told of 14 minutes ahead and behind, and not of 20 seconds"
