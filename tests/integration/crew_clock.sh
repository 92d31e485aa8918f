#!/bin/bash
# Whole programs: a ship's computer whose clock is wrong is told by how much, on the screen and in lines; one that is right is not.
# What is said and ends by a wrong clock stands on the screen as it is, also when the clock is set right meanwhile.
# Usage: crew_clock.sh BIN_DIR [TOOLS_DIR]
set -euo pipefail
bin=$(cd "${1:?usage: crew_clock.sh BIN_DIR}" && pwd)
# shellcheck source=tests/integration/centre_lib.sh
. "$(dirname "$0")/centre_lib.sh"
# shellcheck source=tests/integration/screen_lib.sh
. "$(dirname "$0")/screen_lib.sh"
command -v faketime >/dev/null || { echo "crew_clock: faketime is not installed"; exit 77; }

echo 'beat_s = 1.0;' >"$scratch/rccd.conf"
start_centre --config "$scratch/rccd.conf"
enrol AURORA vessel --mmsi 247123456

# aboard FAKE [OPTION...]: a session of lines of some seconds, its clock set off by so much; what it said is in $scratch/lines.
aboard() {
	local fake=$1
	{
		sleep 6
		echo status
		echo quit
	} | HOME=$scratch FAKETIME_DONT_FAKE_MONOTONIC=1 faketime -f "$fake" "$bin/rcc-crew" --plain --to "$ships" --server-key "$server_key" \
		--key "$scratch/AURORA.key" --name AURORA "${@:2}" >"$scratch/lines" 2>&1
}

# told [OPTION...]: of a clock that is off both ways.
told() {
	local off
	for off in '+14m AHEAD' '-14m BEHIND'; do
		aboard "${off% *}" "$@"
		[ "$(grep -c "OUR CLOCK IS 14 min ${off#* } \(OF \)*THE CENTRE'S" "$scratch/lines")" = 2 ] ||
			fail "a clock that is set $off is not told once, and again by status ($*): $(cat "$scratch/lines")"
	done
}
told --link shore --budget 0
# Minutes pass between two beats on a ship's link: the Welcome tells it.
told --link ship --budget 8
aboard +20s --link shore --budget 0
! has_line 'OUR CLOCK' "$scratch/lines" || fail "a clock that is right is told to be wrong: $(cat "$scratch/lines")"

# What the clock aboard says is in a file: it is set while the program runs.
echo +14m >"$scratch/offset"
library=$(dpkg -L libfaketime | grep 'libfaketime\.so\.1$')
bridge AURORA 100 30 FAKETIME_DONT_FAKE_MONOTONIC=1 FAKETIME_NO_CACHE=1 "FAKETIME_TIMESTAMP_FILE=$scratch/offset" "LD_PRELOAD=$library" -- \
	--mmsi 247123456 --pos '35-30.00N 012-10.00E'
shows AURORA "OUR CLOCK IS 14 min AHEAD OF THE CENTRE"
ctl open --by phone --pos '35-12.40N 012-36.05E' --persons 14 --nature flooding >/dev/null
shows AURORA 'ALARM CALLED ON'
echo +0 >"$scratch/offset"
hides AURORA 'OUR CLOCK IS'
press AURORA a p Enter
shows AURORA 'PROCEEDING.*the centre has it'
crew AURORA observe 'smoke' >/dev/null
sleep 2
shows AURORA 'PROCEEDING.*the centre has it'
crew AURORA watch | tells 'PROCEEDING' || fail "read anew, her answer is lost"

# The centre ends our distress minutes before it began, by our clock.
echo +14m >"$scratch/offset"
shows AURORA "CLOCK"
press AURORA D 6
sleep 1
press AURORA S
shows AURORA 'OUR DISTRESS IS ON'
shows AURORA 'RECEIVED by'
ctl cancel "$year-0002" --reason 'false alarm' >/dev/null
shows AURORA 'our distress is over'
echo "crew_clock: told of 14 minutes ahead and behind, and not of 20 seconds"
