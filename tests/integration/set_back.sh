#!/bin/bash
# A backup is restored, and what came after it is lost to the centre: a ship that stays connected says so, raises her own distress
# anew, and takes a new case under an old number for what it is. Usage: set_back.sh BIN_DIR
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
bin=$(cd "${1:?usage: set_back.sh BIN_DIR}" && pwd)
# shellcheck source=tests/integration/centre_lib.sh
. "$here/centre_lib.sh"
command -v jq >/dev/null || { echo "set_back: jq is missing"; exit 77; }

echo "beat_s = 2.0;" >"$scratch/rccd.conf"
start_centre -c "$scratch/rccd.conf"
enrol AURORA vessel --mmsi 247123456
enrol BORA vessel --mmsi 247555555
stop "$rccd_pid"
cp -a "$state" "$scratch/backup"
start_centre -c "$scratch/rccd.conf"
open_session AURORA
open_session BORA
shows() { has_line "$2" "$scratch/$1.out"; }

echo "after the backup: a case of others, and a distress of our own"
ctl open --by phone --pos '35-12.40N 012-36.05E' --nature fire --persons 3 >/dev/null
await 20 shows BORA 'MAYDAY RELAY: incident .*-0001' || fail "BORA does not hear it: $(cat "$scratch/BORA.out")"
tell BORA answer latest proceeding --eta 2h --by Mate
await 20 shows BORA 'accepted .*, entry' || fail "BORA is not answered"
tell AURORA distress --nature flooding --pos '"36-00.00N 013-00.00E"' --persons 9
tell AURORA SEND
await 20 shows AURORA 'accepted .*, entry' || fail "AURORA is not answered: $(cat "$scratch/AURORA.out")"
expect "alerts" 2 "$(ctl --json alerts | jq -s length)"

echo "the backup is put back: what came after it is gone, and the ship raises her distress anew"
slay "$rccd_pid"
rm -r "$state"
cp -a "$scratch/backup" "$state"
start_centre -c "$scratch/rccd.conf"
await 40 shows AURORA 'THE CENTRE HAS LOST THE END OF ITS RECORD' || fail "AURORA does not say it: $(cat "$scratch/AURORA.out")"
shows AURORA 'it is raised again now' || fail "her distress is not raised: $(cat "$scratch/AURORA.out")"
raised() { ctl --json alerts | jq -e 'select(.nature == "flooding" and .persons == 9)' >/dev/null; }
await 20 raised || fail "the centre has no distress: $(ctl --json alerts)"
ctl --json alerts | tells 'the record of the centre was set back' || fail "nothing says why it came again"
await 20 shows BORA 'THE CENTRE HAS LOST THE END OF ITS RECORD' || fail "BORA does not say it: $(cat "$scratch/BORA.out")"
# BORA had no distress of hers to raise.
expect "alerts" 1 "$(ctl --json alerts | jq -s length)"

echo "number 1 is another case now, and nothing of the old one stands beside it"
await 20 shows BORA '9 persons' || fail "BORA does not hear the new case: $(cat "$scratch/BORA.out")"
tell BORA watch
await 10 shows BORA 'MAYDAY RELAY .*-0001, flooding, 36-00.00N 013-00.00E' || fail "the board has the old case: $(tail -n 12 "$scratch/BORA.out")"
lines=$(wc -l <"$scratch/BORA.out")
tell BORA watch
tell BORA status
await 10 shows BORA 'our key:' || fail "no status"
tail -n "+$lines" "$scratch/BORA.out" >"$scratch/board"
grep -A 3 'flooding, 36-00.00N' "$scratch/board" | tells 'PROCEEDING' && fail "an answer to the old case stands with the new one"
# Those on fire are where they were, although the centre knows nothing of them: the case stays before everybody's eyes.
grep -A 3 'fire, 35-12.40N' "$scratch/board" | tells 'LOST BY THE CENTRE' || fail "the lost case is gone: $(cat "$scratch/board")"
tell BORA log latest
tell BORA inbox
await 10 shows BORA 'fire, 35-12.40N.*; LOST: the centre was set back' || fail "the inbox does not tell it: $(tail "$scratch/BORA.out")"

echo "said once: a centre that goes on is not set back again"
said=$(lines_of 'LOST THE END' "$scratch/AURORA.out")
stop "$rccd_pid"
start_centre -c "$scratch/rccd.conf"
accepted=$(lines_of 'accepted .*, entry' "$scratch/AURORA.out")
tell AURORA drill join
joined() { [ "$(lines_of 'accepted .*, entry' "$scratch/AURORA.out")" -gt "$accepted" ]; }
await 20 joined || fail "AURORA does not go on: $(tail -n 5 "$scratch/AURORA.out")"
expect "sentences of a record set back" "$said" "$(lines_of 'LOST THE END' "$scratch/AURORA.out")"
close_session AURORA
close_session BORA
