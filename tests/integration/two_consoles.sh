#!/bin/bash
# Two programs with one ship's key: the calls stay with the screen that has them, whatever is run beside it; when it ends, the one
# that is left asks for them. Usage: two_consoles.sh BIN_DIR [TOOLS_DIR]
set -euo pipefail
bin=$(cd "${1:?usage: two_consoles.sh BIN_DIR}" && pwd)
# shellcheck source=tests/integration/centre_lib.sh
. "$(dirname "$0")/centre_lib.sh"
# shellcheck source=tests/integration/screen_lib.sh
. "$(dirname "$0")/screen_lib.sh"

start_centre
enrol AURORA vessel --mmsi 247123456
bridge AURORA 100 30 -- --pos '35-30.00N 012-10.00E'
shows AURORA 'link up'

echo "a session of lines comes and goes beside the screens, and a verb alone: the next call sounds on the screens"
{
	echo watch
	sleep 2
	echo status
	echo quit
} | HOME=$scratch "$bin/rcc-crew" --plain --to "$ships" --server-key "$server_key" --key "$scratch/AURORA.key" --link shore --name AURORA >"$scratch/lines"
tells "another rcc-crew with this key is running: the centre's calls come to it" <"$scratch/lines" || fail "it does not say who has the calls: $(cat "$scratch/lines")"
HOME=$scratch "$bin/rcc-crew" --to "$ships" --server-key "$server_key" --key "$scratch/AURORA.key" --link shore --name AURORA status >/dev/null
ctl open --by phone --pos '35-12.40N 012-36.05E' --persons 14 --nature flooding >/dev/null
shows AURORA 'ALARM CALLED ON '"$year"'-0001'

echo "what is said beside the screen, from the same store, stands on it; so does what is acknowledged there"
hides AURORA 'PROCEEDING'
HOME=$scratch "$bin/rcc-crew" --to "$ships" --server-key "$server_key" --key "$scratch/AURORA.key" --link shore --name AURORA answer latest proceeding --eta +40min >/dev/null
shows AURORA 'PROCEEDING'
hides AURORA 'ALARM CALLED ON'

echo "an order that stands is on the page whatever is asked after it; so is another screen with the same store"
ctl requisition "$year-0001" --ship 247123456 --consulted 'all' --text 'proceed' >/dev/null
ctl coordinate "$year-0001" --ship 247123456 --every 60 >/dev/null
ctl assist "$year-0001" --ship 247123456 --text 'search sector NORTH' >/dev/null
ctl assist "$year-0001" --ship 247123456 --text 'take VHF 72' >/dev/null
for minute in 1 2 3 4 5 6 7 8 9; do ctl classify "$year-0001" --pos "35-1$minute.40N 012-36.05E" --reason drift >/dev/null; done
press AURORA w
shows AURORA 'REQUISITIONED + ON-SCENE COORDINATOR'
press AURORA Enter
shows AURORA 'the requisition stands: proceed'
shows AURORA 'we coordinate on scene'
shows AURORA 'take VHF 72'
shows AURORA 'before that .*search sector NORTH'
press AURORA a w
bridge LIKE 100 30 -- --store "$scratch/AURORA.key.db" --key "$scratch/AURORA.key" --name AURORA --pos '35-30.00N 012-10.00E'
shows LIKE 'REQUISITIONED + ON-SCENE COORDINATOR'
HOME=$scratch "$bin/rcc-crew" --to "$ships" --server-key "$server_key" --key "$scratch/AURORA.key" --link shore --name AURORA answer "$year-0001" on-scene >/dev/null
shows AURORA 'ON SCENE'
shows LIKE 'ON SCENE'
press LIKE q q
ctl cancel "$year-0001" --reason 'found' >/dev/null
shows AURORA 'ENDED'
press AURORA a

echo "a second screen says that the calls go to the first, and has them when that one ends"
ln "$scratch/AURORA.key" "$scratch/SECOND.key"
bridge SECOND 100 30 -- --pos '35-30.00N 012-10.00E'
shows SECOND 'link up'
shows SECOND 'ANOTHER rcc-crew'
ctl open --by phone --pos '35-14.00N 012-30.00E' --persons 3 --nature fire >/dev/null
shows AURORA 'ALARM CALLED ON '"$year"'-0002'
press AURORA q q
shows SECOND 'ALARM CALLED ON '"$year"'-0002'
hides SECOND 'ANOTHER rcc-crew'
ctl open --by phone --pos '35-16.00N 012-30.00E' --persons 5 --nature grounding >/dev/null
shows SECOND 'ALARM CALLED ON '"$year"'-0003'
echo "two_consoles: no call was drawn away from the screen that sounds it"
