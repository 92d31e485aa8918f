#!/bin/bash
# A record that was damaged is never extended: the centre serves degraded, shows what it hears and confirms nothing. An officer sets it
# aside with one command; the centre goes on from its good entries, says so in the first entry of the new epoch, and its ships know
# that they have seen more. The damaged file stays as it was, to the last byte.
#
# Usage: new_epoch.sh BIN_DIR TOOL_DIR
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
bin=$(cd "${1:?usage: new_epoch.sh BIN_DIR TOOL_DIR}" && pwd)
command -v sqlite3 >/dev/null || { echo "new_epoch: sqlite3 is missing"; exit 77; }
# shellcheck source=tests/integration/centre_lib.sh
. "$here/centre_lib.sh"

new_epoch() { "$bin/rccctl" --state-dir "$state" new-epoch "$@"; }
verify() { "$bin/rcc-replay" verify "$state" "$@" >"$scratch/said" 2>&1; }
told() { has_line "$1" "$scratch/said" || fail "\"$1\" is not in: $(cat "$scratch/said")"; }

start_centre
enrol AURORA vessel --mmsi 247123456
open_session AURORA
open_case() { ctl open --by phone --pos '35-12.40N 012-36.05E' --nature flooding --persons "$1" --text "boat of $1"; }
open_case 14 >/dev/null
await 10 has_line 'boat of 14' "$scratch/AURORA.out" || fail "AURORA hears nothing"
# While it serves, or is whole, nothing is set aside; and nobody does it without a name and a reason.
refused 1 new_epoch --officer 'Lt Rossi' --reason 'as an exercise'
told 'NO NEW EPOCH: '
refused 2 new_epoch --reason 'nobody'
refused 2 new_epoch --officer 'Lt Rossi' --reason '.'
good=$(status head_seq)
open_case 15 >/dev/null
await 10 has_line 'boat of 15' "$scratch/AURORA.out" || fail "AURORA hears nothing"
has_witness() { crew AURORA witness >"$scratch/witness" && [ "$(cut -d' ' -f3 "$scratch/witness")" -gt "$good" ]; }
stop "$rccd_pid"
sqlite3 "$state/journal.db" "VACUUM INTO '$scratch/whole.db'"
refused 1 new_epoch --officer 'Lt Rossi' --reason 'as an exercise'
told 'the record verifies up to entry'

echo "one byte of an entry is another: the centre hears, and confirms nothing"
sqlite3 "$state/journal.db" "DROP TRIGGER entry_no_update;
	UPDATE entry SET payload = CAST(substr(payload, 1, 9) || X'FF' || substr(payload, 11) AS BLOB) WHERE seq = $((good + 1));
	CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;"
! verify || fail "a damaged record is called whole"
told "damaged at entry $((good + 1)):"
cp "$state/journal.db" "$scratch/damaged.db"
launch
is_degraded() { [ "$(status degraded)" = true ]; }
await 20 is_degraded || fail "it does not serve degraded: $(tail -n 3 "$scratch/rccd.log")"
refused 1 open_case 16
stop "$rccd_pid"
cmp -s "$state/journal.db" "$scratch/damaged.db" || fail "a damaged record was written"

echo "a new epoch: one command, and it records again"
new_epoch --officer 'Lt Rossi' --reason 'the disk is replaced' >"$scratch/said" || fail "no new epoch: $(cat "$scratch/said")"
told "the new epoch begins with entries 1 to $good"
aside=$(echo "$state"/damaged-*)
cmp -s "$aside/journal.db" "$scratch/damaged.db" || fail "what was set aside is not the damaged file"
digest=$(sha256sum "$scratch/damaged.db" | cut -d' ' -f1)
told "SHA-256 $digest"
expect "nobody else reads it" 700 "$(stat -c %a "$aside")"
start_centre
expect "it records" false "$(status degraded)"
expect "its first entry is the new epoch's" "$((good + 1))" "$(ctl --json watch --from $((good + 1)) --count 1 | jq -r .seq)"
[ ! -e "$state/epoch.pending" ] || fail "the note of the new epoch is left"
verify --tables || fail "the new record does not verify: $(cat "$scratch/said")"
told "A NEW EPOCH begins with entry $((good + 1)), .*, opened by Lt Rossi (the disk is replaced): the record before was damaged"
told "SHA-256 $digest"
expect "as JSON" "$((good + 1)) $digest" "$("$bin/rcc-replay" --json verify "$state" | jq -r '.epochs[0] | "\(.damaged_seq) \(.digest)"')"
expect "the case of before goes on" 14 "$(ctl --json incidents | jq -r .persons)"
open_case 17 >/dev/null
await 15 has_line 'boat of 17' "$scratch/AURORA.out" || fail "AURORA hears nothing of the new epoch: $(tail -n 20 "$scratch/AURORA.out")"
"$bin/rcc-replay" timeline "$state" >"$scratch/said" || fail "no timeline"
told 'NEW EPOCH by Lt Rossi, "the disk is replaced"; the record before was damaged'
"$bin/rcc-replay" recheck "$state" >"$scratch/said" 2>&1 || fail "an audit decides otherwise: $(cat "$scratch/said")"

echo "a second start says it no second time, and a table of contents that was altered damages no entry"
stop "$rccd_pid"
start_centre
expect "one epoch" 1 "$("$bin/rcc-replay" --json verify "$state" | jq '.epochs | length')"
head_seq=$(status head_seq)
stop "$rccd_pid"
sqlite3 "$state/journal.db" "DROP TRIGGER entry_no_delete"
launch
await 20 is_degraded || fail "a record without its guard is extended"
stop "$rccd_pid"
new_epoch --officer 'Lt Rossi' --reason 'a trigger is gone' >"$scratch/said" || fail "no new epoch: $(cat "$scratch/said")"
told "the new epoch begins with entries 1 to $head_seq"
start_centre
expect "two epochs" 2 "$("$bin/rcc-replay" --json verify "$state" | jq '.epochs | length')"
stop "$rccd_pid"
echo "new_epoch: entries 1 to $good of a damaged record go on, and a new one after $head_seq"
