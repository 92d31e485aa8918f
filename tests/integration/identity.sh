#!/bin/bash
# Who is who: a stranger and a revoked key can report a distress and nothing else, and it waits for a person; the operations
# port lets only its own in; an officer works over the network, an auditor looks and does not touch.
#
# Usage: identity.sh BIN_DIR TOOL_DIR
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
bin=$(cd "${1:?usage: identity.sh BIN_DIR TOOL_DIR}" && pwd)
command -v sqlite3 >/dev/null || { echo "identity: sqlite3 is missing"; exit 77; }
# shellcheck source=tests/integration/centre_lib.sh
. "$here/centre_lib.sh"

# Deliveries on a ship's disk. Its store is read, since a further connection would take the place of the one under test.
stored_on() { sqlite3 "$scratch/$1.key.db" 'SELECT count(*) FROM inbox'; }
has_stored() { [ "$(stored_on "$1")" = "$2" ]; }
alert_of() { ctl --json alerts | jq -r "select(.mmsi == \"$1\") | .$2"; }
key_of() { "$bin/rcc-crew" --to "$ships" --server-key "$server_key" --key "$scratch/$1.key" key 2>/dev/null | tail -n 1; }
call() { crew "$1" distress --yes --pos '35-12.40N 012-36.05E' --nature fire --mmsi "$2" --timeout 10 >>"$scratch/calls.out"; }

start_centre
enrol NEAR vessel --mmsi 247111111
enrol SOLD vessel --mmsi 247222222
enrol CALLER vessel --mmsi 247333333
enrol WATCH officer
enrol COURT auditor
ctl keygen "$scratch/STRANGER.key" >/dev/null
open_session NEAR
open_session SOLD
open_session STRANGER
has_line 'takes you for guest' "$scratch/STRANGER.out" || fail "the stranger is more than a guest"

echo "a stranger's distress is recorded, and no ship hears of it"
call STRANGER 672000001 || fail "the stranger's distress is not accepted"
expect "lane" quarantine "$(alert_of 672000001 lane)"
expect "sender" unenrolled "$(alert_of 672000001 verdict)"
expect "incidents" 0 "$(ctl --json incidents | jq -s length)"
refused 69 remote STRANGER --timeout 2 status
refused 69 remote NEAR --timeout 2 status
stranger=$(key_of STRANGER)
expect "where the stranger was seen" "operations no ships guest" \
	"$(ctl --json peers | jq -rs --arg key "$stranger" 'map(select(.key == $key)) | sort_by(.port) | map("\(.port) \(.admission)") | join(" ")')"

ctl peers | tells 'operations .* no ' || fail "the table of keys does not tell the port that said no: $(ctl peers)"
for what in "vessel 999000001" "alert 4711"; do
	# shellcheck disable=SC2086 # a verb and its operand
	code=0 && "$bin/rccctl" --state-dir "$state" --json $what >"$scratch/nothing.out" 2>"$scratch/nothing.err" || code=$?
	expect "exit code of $what" 1 "$code"
	expect "lines on standard output and standard error" "0 1" \
		"$(wc -l <"$scratch/nothing.out") $(wc -l <"$scratch/nothing.err")"
done

echo "an enrolled crew's distress reaches the ships, and not the stranger"
call CALLER 247333333 || fail "the distress is not accepted"
await 10 has_stored NEAR 1 || fail "NEAR was not told"
await 10 has_stored SOLD 1 || fail "SOLD was not told"
expect "told to the stranger" 0 "$(stored_on STRANGER)"

echo "a revoked ship hears nothing from then on, on the connection that it has"
ctl revoke SOLD --reason 'sold' >/dev/null || fail "SOLD cannot be revoked"
remote WATCH cancel "$year"-0001 2>/dev/null && fail "cancelled without a reason"
number=$(ctl --json incidents | jq -r .incident)
remote WATCH cancel "$number" --reason 'fire is out' >"$scratch/cancel.out" 2>&1 || fail "the officer cannot cancel"
await 10 has_stored NEAR 2 || fail "NEAR was not told of the cancel"
expect "told to the revoked ship" 1 "$(stored_on SOLD)"
call SOLD 247222222 || fail "the revoked ship's distress is not accepted"
expect "lane" quarantine "$(alert_of 247222222 lane)"
expect "sender" revoked "$(alert_of 247222222 verdict)"

echo "an auditor looks and does not touch; an officer decides; neither administers"
remote COURT --json alerts 2>"$scratch/said" | jq -es 'any(.[]; .mmsi == "672000001")' >/dev/null ||
	fail "the auditor does not see the alert: $(cat "$scratch/said")"
stranger_alert=$(alert_of 672000001 id)
refused 77 remote COURT accept "$stranger_alert" --reason 'no business of mine'
refused 77 remote WATCH revoke NEAR --reason 'no business of mine'
remote WATCH accept "$stranger_alert" --reason 'confirmed by an aircraft' >"$scratch/accept.out" 2>&1 ||
	fail "the officer cannot accept: $(cat "$scratch/accept.out")"
await 10 has_stored NEAR 3 || fail "NEAR was not told of the accepted distress"
expect "told to the revoked ship" 1 "$(stored_on SOLD)"
expect "told to the stranger" 0 "$(stored_on STRANGER)"

echo "an officer in a hurry is put off and not turned away, and does not look like an attack"
for _ in 1 2 3 4 5 6 7 8; do
	remote WATCH status >"$scratch/paced.out" 2>&1 || fail "the officer is turned away: $(cat "$scratch/paced.out")"
done
expect "the officer's row" "WATCH officer operations later" \
	"$(ctl --json peers | jq -r 'select(.port and .name == "WATCH") | "\(.name) \(.role) \(.port) \(.admission)"')"

echo "a revoked officer is out"
ctl revoke WATCH --reason 'end of service' >/dev/null || fail "WATCH cannot be revoked"
refused 69 remote WATCH --timeout 2 status
for name in NEAR SOLD STRANGER; do
	close_session "$name"
done
stop "$rccd_pid"
"$bin/rcc-replay" verify "$state" >"$scratch/verify.out" 2>&1 || fail "the record does not verify"
echo "identity: nobody got further than they may, no distress was turned away"
