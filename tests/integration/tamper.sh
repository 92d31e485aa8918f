#!/bin/bash
# The record of a night, as the daemon wrote it: untouched it verifies, as a backup too; forged in any column it does not, and
# the first bad entry is named. A cut tail shows against a checkpoint that a ship kept.
#
# Usage: tamper.sh BIN_DIR TOOL_DIR
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
bin=$(cd "${1:?usage: tamper.sh BIN_DIR TOOL_DIR}" && pwd)
command -v sqlite3 >/dev/null || { echo "tamper: sqlite3 is missing"; exit 77; }
# shellcheck source=tests/integration/centre_lib.sh
. "$here/centre_lib.sh"

story=$here/../golden/core/button.scn
"$bin/rcc-sim" story --print-config "$story" >"$scratch/rccd.conf"
start_centre -c "$scratch/rccd.conf"

# A ship that listens all night, and keeps the checkpoints.
enrol KEEPER vessel --mmsi 247999999
open_session KEEPER
sqlite3 "$state/journal.db" "VACUUM INTO '$scratch/early.db'"
play_story "$story"
head_seq=$(status head_seq)
has_witness() { crew KEEPER witness >"$scratch/witness" && [ "$(cut -d' ' -f3 "$scratch/witness")" -ge "$1" ]; }
closed=$(ctl --json watch --from 1 --count "$head_seq" | jq -r 'select(.event == "incident-closed") | .seq')
[ -n "$closed" ] || fail "the story did not close its incident"
await 20 has_witness "$closed" || fail "the ship has no checkpoint: $(cat "$scratch/witness")"

audit() { "$bin/rcc-replay" --json verify "$@" >"$scratch/audit.json" 2>"$scratch/audit.log"; }
must_be_whole() { audit "$@" || fail "$*: $(cat "$scratch/audit.json" "$scratch/audit.log")"; }
must_be_whole "$state" # while the daemon runs
must_be_whole "$state" --witness "$scratch/witness"
sqlite3 "$state/journal.db" "VACUUM INTO '$scratch/whole.db'"
[ ! -e "$scratch/whole.db-wal" ] || fail "the backup has a -wal"
must_be_whole "$scratch/whole.db" --witness "$scratch/witness"
expect "entries in the backup" "$head_seq" "$(jq .entries "$scratch/audit.json")"
stop "$rccd_pid"
must_be_whole "$state" --witness "$scratch/witness"

# forged WHAT BAD_SEQ SQL...: on a copy, with the guards taken away as a forger would.
forgeries=0
forged() {
	local what=$1 bad_seq=$2 code=0
	cp "$scratch/whole.db" "$scratch/forged.db"
	sqlite3 "$scratch/forged.db" "DROP TRIGGER entry_no_update; DROP TRIGGER entry_no_delete; DROP TRIGGER entry_no_gap;
		CREATE TABLE other AS SELECT * FROM entry; $3; DROP TABLE other;" || fail "$what: the forger failed"
	audit "$scratch/forged.db" || code=$?
	expect "$what: exit code" 1 "$code"
	expect "$what: first bad entry" "$bad_seq" "$(jq -r '.bad_seq // "none"' "$scratch/audit.json")"
	expect "$what: entries before it" "$((bad_seq - 1))" "$(jq .entries "$scratch/audit.json")"
	"$bin/rcc-replay" verify "$scratch/forged.db" >"$scratch/said" 2>&1 && fail "$what: verified"
	has_line "damaged at entry $bad_seq:" "$scratch/said" || fail "$what: $(cat "$scratch/said")"
	forgeries=$((forgeries + 1))
}
flipped() { echo "CAST(substr($1, 1, $2 - 1) || X'$3' || substr($1, $2 + 1) AS BLOB)"; }
# A byte that differs from the one there.
other_byte() {
	local byte
	byte=$(sqlite3 "$scratch/whole.db" "SELECT hex(substr($1, $2, 1)) FROM entry WHERE seq = $3")
	printf '%02X' $((16#$byte ^ 1))
}
for row in 1 2 $((head_seq / 2)) $((head_seq - 1)) "$head_seq"; do
	at=$(($(sqlite3 "$scratch/whole.db" "SELECT length(payload) FROM entry WHERE seq = $row") / 2))
	forged "payload of $row" "$row" \
		"UPDATE entry SET payload = $(flipped payload "$at" "$(other_byte payload "$at" "$row")") WHERE seq = $row"
	forged "hash of $row" "$row" \
		"UPDATE entry SET hash = $(flipped hash 7 "$(other_byte hash 7 "$row")") WHERE seq = $row"
	forged "time of $row" "$row" "UPDATE entry SET at_ms = at_ms + 1 WHERE seq = $row"
done
middle=$((head_seq / 2))
forged "number of $middle" "$middle" "UPDATE entry SET seq = seq + 1000000 WHERE seq = $middle"
forged "entry $middle deleted" "$middle" "DELETE FROM entry WHERE seq = $middle"
forged "first entry deleted" 1 "DELETE FROM entry WHERE seq = 1"
forged "entries $middle and $((middle + 1)) swapped" "$middle" \
	"UPDATE entry SET (payload, hash, at_ms) = (SELECT payload, hash, at_ms FROM other WHERE seq = 2 * $middle + 1 - entry.seq)
		WHERE seq IN ($middle, $middle + 1)"
forged "entry $middle doubled at the end" "$((head_seq + 1))" \
	"INSERT INTO entry SELECT $head_seq + 1, at_ms, payload, hash FROM other WHERE seq = $middle"

# A file that lost its end: what is left is read as far as it goes, and never called whole.
size=$(stat -c %s "$scratch/whole.db")
cut_after=
for percent in 98 90 80 70 60; do
	head -c $((size * percent / 100)) "$scratch/whole.db" >"$scratch/cut.db"
	! audit "$scratch/cut.db" || fail "a file cut to $percent % is called whole"
	good=$("$bin/rcc-replay" verify "$scratch/cut.db" 2>&1 | sed -n 's/.*entries 1 to \([0-9]*\) are good.*/\1/p' || true)
	[ -z "$good" ] || cut_after="$cut_after $percent%:$good"
done
[ -n "$cut_after" ] || fail "nothing is read of a cut file: $(cat "$scratch/audit.json")"
echo "of a file that was cut, entries are good up to:$cut_after"

# The record as it was in the evening is whole in itself; the ship knows better.
must_be_whole "$scratch/early.db"
early=$(jq .entries "$scratch/audit.json")
! audit "$scratch/early.db" --witness "$scratch/witness" || fail "a cut tail was not noticed"
expect "first missing entry" "$((early + 1))" "$(jq .bad_seq "$scratch/audit.json")"
echo "$head_seq entries: $forgeries forgeries found and named, a tail cut after $early of $head_seq found by the witness"
