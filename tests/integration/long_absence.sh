#!/bin/bash
# A ship is out of reach while a case is updated again and again. When she comes back she is brought what stands now, once; what was
# overtaken is not brought, not shown, and not said to be aboard her. Meanwhile another ship has heard every word.
#
# Usage: long_absence.sh BIN_DIR [TOOLS_DIR]          RCC_UPDATES=500
set -euo pipefail
bin=$(cd "${1:?usage: long_absence.sh BIN_DIR}" && pwd)
# shellcheck source=tests/integration/centre_lib.sh
. "$(dirname "$0")/centre_lib.sh"
command -v jq >/dev/null || { echo "long_absence: jq is not installed"; exit 77; }

updates=${RCC_UPDATES:-500}
lines() { ctl --json deliveries "$year-0001" | jq -s "[.[] | select(.ship == \"$1\" and .state == \"$2\")] | length"; }
has_all() { [ "$(lines NEAR stored)" -gt "$updates" ]; }
comes_to() { [ "$(ctl --json deliveries "$year-0001" | jq -rs '[.[] | select(.ship == "FAR" and .state == "stored")] | length')" = "$1" ]; }

start_centre
enrol NEAR vessel --mmsi 257123450
enrol FAR vessel --mmsi 244670316
open_session NEAR
ctl open --by phone --pos '35-12.40N 012-36.05E' --persons 60 --nature flooding --text 'wooden boat' >/dev/null
crew FAR inbox >"$scratch/first"
grep -q 'MAYDAY RELAY' "$scratch/first" || fail "FAR did not hear of it at first: $(cat "$scratch/first")"
for ((i = 1; i <= updates; i++)); do
	ctl classify "$year-0001" --pos "$(printf '35-%02d.%02dN 012-36.05E' $((12 + i / 100)) $((i % 100)))" --reason 'drift' >/dev/null ||
		fail "update $i is refused"
done
await 60 has_all || fail "NEAR has not heard every word: $(lines NEAR stored) of $((updates + 1))"
expect "brought to FAR so far" 1 "$(lines FAR stored)"
expect "overtaken before she had them" "$((updates - 1))" "$(lines FAR cancelled)"

# She is back: one message, and it is the newest.
crew FAR status >"$scratch/status" 2>&1 || fail "FAR is not back: $(cat "$scratch/status")"
await 10 comes_to 2 || fail "FAR was not brought it: $(lines FAR stored)"
expect "overtaken, and never said to be aboard" "$((updates - 1))" "$(lines FAR cancelled)"
crew FAR inbox >"$scratch/inbox" 2>&1
expect "what her crew reads" 2 "$(grep -c 'MAYDAY RELAY' "$scratch/inbox")"
crew FAR show latest >"$scratch/latest"
grep -q "delivery $((updates + 1)), " "$scratch/latest" || fail "the latest is not the newest: $(cat "$scratch/latest")"
expect "nothing is owed to her any more" 0 "$(status unstored)"
"$bin/rcc-replay" verify --tables "$state" >"$scratch/verify" 2>&1 || fail "the record does not verify: $(cat "$scratch/verify")"
echo "long_absence: $updates updates while she was away cost her one message; the other ship had all of them"
