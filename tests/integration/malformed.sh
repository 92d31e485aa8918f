#!/bin/bash
# Hostile bytes from every kind of sender: each message is answered with its reason or counted, what may be a distress is
# kept for a person, and the centre serves the next distress as if nothing had been.
#
# Usage: malformed.sh BIN_DIR TOOL_DIR [CORPUS]     RCC_MUTATIONS=1500 (of each sender)   RCC_SEED=406
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
usage='usage: malformed.sh BIN_DIR TOOL_DIR [CORPUS]'
bin=$(cd "${1:?$usage}" && pwd)
tools=$(cd "${2:?$usage}" && pwd)
corpus=${3:-$here/../fuzz/corpus/envelope}
# shellcheck source=tests/integration/centre_lib.sh
. "$here/centre_lib.sh"

# Nothing is grouped here: each alert is counted by itself.
printf 'rules: { flood_per_min = 0; };\n' >"$scratch/rccd.conf"
start_centre --debug --config "$scratch/rccd.conf"
enrol ship vessel --mmsi 247320100
enrol feed feed
enrol officer officer
malformed=$(status counters.malformed)
bad_frames=$(status counters.bad_frames)

"$tools/hostile" "$ships" "$operations" "$server_key" "$scratch" "$corpus" "${RCC_MUTATIONS:-1500}" "${RCC_SEED:-406}" \
	>"$scratch/hostile.out" 2>"$scratch/hostile.log" || fail "hostile: $(cat "$scratch/hostile.out")"
cat "$scratch/hostile.out"
kill -0 "$rccd_pid" 2>/dev/null || fail "rccd ended"

sum() { awk -v key="$1" '{ for (i = 1; i < NF; i++) if ($i == key) total += $(i + 1) } END { print total + 0 }' "$scratch/hostile.out"; }
expect "malformed messages counted" "$(sum malformed)" "$(($(status counters.malformed) - malformed))"
expect "messages of two frames counted" 4 "$(($(status counters.bad_frames) - bad_frames))"
expect "still able to record" false "$(status degraded)"
unread=$(ctl --json alerts | jq -s '[.[] | select(.lane == "needs-reading" or .lane == "quarantine") | .signals] | add // 0')
[ "$unread" -ge "$(sum recorded)" ] || fail "$(sum recorded) may be a distress, only $unread wait for a person"

# And a crew in distress is heard.
crew ship distress --yes --pos '35-12.40N 012-36.05E' --nature fire --mmsi 247320100 --text 'after the storm' \
	>"$scratch/distress.out" || fail "the distress is not accepted: $(cat "$scratch/distress.out")"
ctl --json incidents | jq -es 'any(.[]; .mmsi == "247320100" and .status != "closed")' >/dev/null || fail "no incident"
stop "$rccd_pid"
"$bin/rcc-replay" verify "$state" >"$scratch/verify.out" 2>&1 || fail "the record does not verify: $(cat "$scratch/verify.out")"
"$bin/rcc-replay" recheck "$state" >"$scratch/recheck.out" 2>&1 || fail "recheck: $(cat "$scratch/recheck.out")"
echo "$(sum sent) messages: $(sum answered) answered, $(sum silent) taken in silence as they should, $(sum malformed) malformed;" \
	"$unread signals wait for a person"
