#!/bin/bash
# A year later an auditor has a file and a public key. What the centre knew at a second, the record as time passed, a report that a
# court can print; a witness on another machine that saw the tail which a copy lost, a piece of the record, and what is erased. And
# what was recorded is played into a centre for training, and into no other.
# covers R06 R14
#
# Usage: auditor.sh BIN_DIR TOOL_DIR
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
bin=$(cd "${1:?usage: auditor.sh BIN_DIR TOOL_DIR}" && pwd)
tools=$(cd "${2:?usage: auditor.sh BIN_DIR TOOL_DIR}" && pwd)
command -v sqlite3 >/dev/null || { echo "auditor: sqlite3 is missing"; exit 77; }
# shellcheck source=tests/integration/centre_lib.sh
. "$here/centre_lib.sh"

replay() { "$bin/rcc-replay" "$@"; }
says() { grep -qE -- "$1" "$scratch/said" || fail "\"$1\" is not in: $(cat "$scratch/said")"; }
says_not() { ! grep -qE -- "$1" "$scratch/said" || fail "\"$1\" is in: $(cat "$scratch/said")"; }
# good COMMAND..., refused CODE COMMAND...: what it said is in $scratch/said.
good() { "$@" >"$scratch/said" 2>&1 || fail "$*: $(cat "$scratch/said")"; }
now() { date -u +%Y-%m-%dT%H:%M:%S.%3NZ; }

echo 'beat_s = 1.0;' >"$scratch/rccd.conf"
start_centre --config "$scratch/rccd.conf"
enrol KEEPER vessel --mmsi 247111111 --owner merchant
enrol GUARD auditor
enrol ROSSI officer
open_session KEEPER

echo "a witness on another machine listens to what the centre publishes"
"$bin/rcc-replay" witness "$live" --server-key "$server_key" --key "$scratch/GUARD.key" -o "$scratch/heard.txt" >"$scratch/witness.log" 2>&1 &
witness_pid=$!
pids+=("$witness_pid")
refused 2 replay witness "$live" -o "$scratch/heard.txt"
refused 2 replay witness "$state"
# Nobody is there; and a key that begins like an option is a key.
refused 69 replay witness tcp://127.0.0.1:9 --once --silence 1 --server-key '-w2/SomW>)ogg-HIJ9a{+HWjXzm@)hi6xt25V{**' --key "$scratch/GUARD.key" -o "$scratch/nobody.txt"
says 'has said nothing for 1 s'
refused 2 replay witness "$live" --silence 0 --server-key "$server_key" --key "$scratch/GUARD.key" -o "$scratch/nobody.txt"

echo "a night"
quiet=$(now)
printf '%s\n' 'title "where she is"' 'feed LAMPEDUSA' 'officer MATE' 'at 00:00 MATE watch officer="the mate"' 'at 00:00 LAMPEDUSA position 247111111 pos=35-20.00N,012-30.00E sog=12' \
	'at 00:00 LAMPEDUSA position 538004321 pos=35-18.00N,012-31.00E sog=9' 'at 00:02 end' >"$scratch/where.scn"
play_story "$scratch/where.scn"
remote ROSSI open --by phone --pos '35-12.40N 012-36.05E' --nature sinking --persons 14 --text 'two rafts, Amina called' \
	--contact 'Amina Caller, 0039340123' >/dev/null
ctl smc 1 --name 'Lt Verdi' --reason 'the watch changes' >/dev/null
# shellcheck disable=SC2317 # called by await
hears() { has_line "$2" "$scratch/$1.out"; }
await 15 hears KEEPER 'MAYDAY RELAY' || fail "KEEPER hears nothing"
tell KEEPER read latest '"Master Bruno"'
tell KEEPER answer latest proceeding --eta 95 --text '"with all speed"'
# shellcheck disable=SC2317
answered() { ctl --json deliveries 1 | jq -e 'select(.answer == "proceeding")' >/dev/null; }
await 15 answered || fail "KEEPER has not answered"
ctl answer 1 unable --ship 235009999 --reason other-rescue >/dev/null
ctl note 1 complaint --text 'the mate of KEEPER struck Amina Secret' >/dev/null
ctl note 1 consultation --authority 'John Smith, duty doctor' --text 'asked' >/dev/null
ctl note 1 obstruction --authority 'a patrol boat' --text 'Obstructed Secretly' >/dev/null
sleep_until_next_second() { local s; s=$(date +%s); await 3 test_second "$s"; }
# shellcheck disable=SC2317
test_second() { [ "$(date +%s)" -gt "$1" ]; }
# A key that nobody enrolled: it waits for a person, and stands in no case.
crew STRANGER distress --yes --nature fire --pos '35-40.00N 012-10.00E' >/dev/null || fail "a stranger's distress is not taken"
sleep_until_next_second
known=$(now)
sleep_until_next_second
sqlite3 "$state/journal.db" "VACUUM INTO '$scratch/early.db'"
ctl cancel 1 --reason 'all ashore' >/dev/null
ctl persons 1 --from at-risk --to safe-alone --men 14 >/dev/null
await 15 hears KEEPER 'all ashore' || fail "KEEPER does not hear the end"
nothing_left() { [ -z "$(ctl --json closing 1)" ]; }
for duty in $(ctl --json duties 1 | jq -r 'select(.class == "DUTY" and .open) | .id'); do
	ctl duty "$duty" discharged --reason 'done by telephone' >/dev/null 2>&1 || true
done
await 20 nothing_left || fail "something is left: $(ctl closing 1)"
ctl close 1 --outcome rescued --reason 'all safe' >/dev/null
has_heard() { [ -s "$scratch/heard.txt" ]; }
await 20 has_heard || fail "the witness kept nothing: $(cat "$scratch/witness.log")"
enrol LATER vessel --mmsi 247111999
head_seq=$(status head_seq)

echo "who comes when nothing happens any more hears what there is"
good replay witness "$live" --once --server-key "$server_key" --key "$scratch/GUARD.key" -o "$scratch/late.txt"
expect "the last one" "$(tail -n 1 "$scratch/heard.txt")" "$(cat "$scratch/late.txt")"

echo "the same from the file, once, and on another machine"
good replay witness "$state" --once -o "$scratch/kept.txt"
says '^kept: entry '
good replay witness "$state" --once -o "$scratch/kept.txt"
says_not '^kept'
stop "$rccd_pid"
good replay witness "$state" --once -o "$scratch/kept.txt"
sqlite3 "$state/journal.db" "VACUUM INTO '$scratch/whole.db'"
for file in heard kept; do
	good replay verify "$state" --witness "$scratch/$file.txt"
	# What a ship says after the last checkpoint that the listener heard, it has not seen.
	says '^whole (as far as it goes, )?since 20.* until 20.*: [0-9]+ entries'
	refused 1 replay verify "$scratch/early.db" --witness "$scratch/$file.txt"
	says 'tail missing: the witness saw entry'
done
good replay verify "$scratch/early.db"
says 'whole as far as it goes, since 20.* until 20'
says 'the tables for people .* were not compared'
good replay verify "$state" --tables --witness "$scratch/heard.txt"
says_not 'were not compared'
says 'the tables for people say what the entries say'
# A witness whose centre lost its tail says so, and keeps what it has.
refused 1 replay witness "$scratch/early.db" --once -o "$scratch/kept.txt"
says 'tail missing'
# The power went while a line was written: what is whole counts, and is gone on with.
{ cat "$scratch/kept.txt"; head -c 40 "$scratch/kept.txt"; } >"$scratch/torn.txt"
good replay verify "$state" --witness "$scratch/torn.txt"
says 'the last line was cut off, and is not counted'
good replay witness "$state" --once -o "$scratch/torn.txt"
says 'the last line was cut off, and is taken away'
cmp "$scratch/kept.txt" "$scratch/torn.txt" || fail "another file than it was"
printf '%s' "$(cat "$scratch/kept.txt")" >"$scratch/torn.txt"
good replay witness "$state" --once -o "$scratch/torn.txt"
cmp "$scratch/kept.txt" "$scratch/torn.txt" || fail "another file than it was"
printf 'a letter' >"$scratch/letter.txt"
refused 1 replay witness "$state" --once -o "$scratch/letter.txt"
expect "it is left alone" 'a letter' "$(cat "$scratch/letter.txt")"
# A witness that saw less than there is proves no more than it saw.
head -n 1 "$scratch/heard.txt" >"$scratch/first.txt"
seen=$(sqlite3 "$state/journal.db" 'SELECT min(seq) FROM checkpoint WHERE seq > 0')
good replay verify "$state" --witness "$scratch/first.txt"
says "whole as far as it goes, .* a witness saw entry $seen, and only a later one"
good replay --json verify "$state" --witness "$scratch/first.txt"
expect "witnessed" "$seen" "$(jq -r .witnessed_seq "$scratch/said")"
echo 'nonsense' >"$scratch/other.txt"
refused 1 replay witness "$state" --once -o "$scratch/other.txt"
says 'other.txt:1: is no checkpoint'

echo "a centre whose record was set back signs what its witness knows better"
home=$state
cp -rp "$state" "$scratch/back"
rm -f "$scratch/back"/journal.db*
cp "$scratch/early.db" "$scratch/back/journal.db"
state=$scratch/back
start_centre --config "$scratch/rccd.conf"
has_refused() { has_line 'its record is not what it was' "$scratch/witness.log"; }
ctl cancel 1 --reason 'a slip' >/dev/null
await 90 has_refused || fail "the witness takes it: $(cat "$scratch/witness.log")"
stop "$rccd_pid"
state=$home

echo "a piece of the record begins later"
# piece FIRST FILE [SQL]: the entries from FIRST on, and what a forger did to them
piece() {
	cp "$scratch/whole.db" "$2"
	sqlite3 "$2" "DROP TRIGGER entry_no_update; DROP TRIGGER entry_no_delete; DELETE FROM entry WHERE seq < $1; ${3:-}"
}
signed=$(sqlite3 "$scratch/whole.db" 'SELECT min(seq) FROM checkpoint WHERE seq > 0')
piece 4 "$scratch/piece.db"
refused 1 replay verify "$scratch/piece.db"
says 'damaged at entry 1: entry 1 is missing'
good replay verify "$scratch/piece.db" --piece
says "a piece: entries 4 to $head_seq; the 3 before are not here"
says 'entry 4 is taken at its word'
[ "$signed" -lt "$head_seq" ] || fail "no entry follows the first checkpoint"
piece $((signed + 1)) "$scratch/piece.db"
good replay verify "$scratch/piece.db" --piece --witness "$scratch/heard.txt"
says "a piece: entries $((signed + 1)) to"
says_not 'taken at its word'
good replay --json verify "$scratch/piece.db" --piece
expect "first of the piece" "$((signed + 1)) true" "$(jq -r '"\(.first_seq) \(.first_proven)"' "$scratch/said")"
piece $((signed + 1)) "$scratch/piece.db" "UPDATE entry SET payload = CAST(payload || X'00' AS BLOB) WHERE seq = $((signed + 1))"
refused 1 replay verify "$scratch/piece.db" --piece
says "damaged at entry $((signed + 1)): its hash does not follow"
piece 4 "$scratch/piece.db" "DELETE FROM entry WHERE seq = 6"
refused 1 replay verify "$scratch/piece.db" --piece
says 'damaged at entry 6: entry 6 is missing'

echo "what was known at a second, by time of arrival"
good replay asof "$state" "$quiet"
says 'no case was in memory'
good replay asof "$state" "$known"
says 'quarantine, by crew.*, of .*: fire at 35-40.00N 012-10.00E'
says 'persons 14: at risk 14, aboard 0, landed 0, missing 0$'
says '^'"$year"'-0001 open, distress phase: sinking|^20[0-9][0-9]-0001 open, distress phase: sinking'
says 'persons 14: at risk 14'
says '247111111 KEEPER.*answered proceeding'
says 'to be called one by one.*: 1 ships'
says '538004321, [0-9.]+ nm'
says '247111111 KEEPER 35-20.00N 012-30.00E, 12.0 kn'
says 'duties: [0-9]+, of which'
good replay asof "$state" "$(now)"
says 'persons 14: at risk 0, aboard 0, landed 0, missing 0, safe by their own means 14$'
says '0001 closed, distress'
good replay --json asof "$state" "$known"
expect "classes" "ALERT ASOF BROADCAST CALL DELIVERY DUTY INCIDENT SHIP_DUTY VESSEL" \
	"$(jq -r .class "$scratch/said" | sort -u | tr '\n' ' ' | sed 's/ $//')"
expect "not yet closed" open "$(jq -r 'select(.class == "INCIDENT") | .status' "$scratch/said")"
refused 2 replay asof "$state" yesterday
refused 2 replay asof "$state"

echo "what is erased, and what left by its age"
good replay verify "$state"
says 'sealed: particulars of 1 callers, words of 2 notes'
says 'erased: the keys of 0 of these 3 are destroyed'
says 'the record holds no legal hold, no erasure and no purge'
"$tools/sealed_keys" "$state" erase 1 || fail "the key cannot be destroyed"
sqlite3 "$state/tracks.db" 'DELETE FROM track'
good replay verify "$state" --witness "$scratch/heard.txt"
says 'erased: the keys of 1 of these 3 are destroyed; the record verifies without them'
says 'tracks: the file holds none any more'
expect "erased, for programs" 1 "$(replay --json verify "$state" | jq .keys_destroyed)"
good replay asof "$state" "$known"
says 'the file of tracks holds none: none was kept, or somebody deleted them'
good replay verify "$scratch/whole.db"
says 'sealed.db does not lie beside the journal'
good replay recheck "$state"
says '^rechecked: '
says 'every entry is what these rules decide'
# Another centre's key proves nothing against this record: it is not called damaged.
refused 1 replay verify "$state" --key "$server_key"
says 'not the record of the centre whose key you gave'
says_not 'damaged'

echo "the record as time passed"
good replay play "$state" --speed 100000 --incident 1
says '^#[0-9]+ 20'
says 'closed'
says_not 'enrol'
refused 2 replay play "$state" --speed 0
refused 1 replay play "$state" --from 2099-01-01T00:00:00Z
good replay play "$state" --speed 1000000 --from "$known"
says_not 'sinking'
# It does wait: a quarter of the time that the case took.
replay --json timeline "$state" 1 | jq -r .time >"$scratch/times"
span=$(($(date -d "$(tail -n 1 "$scratch/times")" +%s%3N) - $(date -d "$(sed -n 1p "$scratch/times")" +%s%3N)))
begin=$(date +%s%3N)
good replay play "$state" --speed 4 --incident 1
took=$(($(date +%s%3N) - begin))
[ "$took" -ge $((span / 4 - 20)) ] || fail "a case of $span ms took $took ms"

echo "a report to be printed, in two languages, with nobody in it"
for language in en fr; do
	good replay report "$state" 1 --html --lang "$language" -o "$scratch/report.html"
	cp "$scratch/report.html" "$scratch/said"
	says "<html lang=\"$language\">"
	says_not 'Amina|Secret|0039340123|39340123|Bruno|Verdi|ROSSI|the mate|a patrol boat|John Smith'
	says 'with all speed'
	# What a person ordered at the centre's own socket, no machine did.
	says_not 'by the machine|par la machine'
	says '247111111|KEEPER'
	says '<svg '
	# A reason that was given by its number is said once.
	says 'engaged in another rescue<|engagé dans un autre sauvetage<'
done
says 'Le compte est juste'
good env LANGUAGE=fr LC_ALL=C.UTF-8 "$bin/rcc-replay" report "$state" 1
says '<html lang="fr">'
refused 2 replay report "$state" 1 --lang tlh
refused 1 replay report "$state" 77
says 'knows no incident 77'

echo "into a centre for training as an exercise, and into no other"
mv "$state" "$scratch/record"
start_centre
enrol TEACHER officer
refused 77 replay play "$scratch/record" --to "$ships" --server-key "$server_key" --key "$scratch/TEACHER.key" --speed 100000
says 'runs no exercise.*Nothing was sent'
expect "nothing came" 0 "$(ctl --json alerts | wc -l)"
stop "$rccd_pid"
echo 'training = 1;' >"$scratch/training.conf"
start_centre --config "$scratch/training.conf"
expect "it says so" true "$(status training)"
ctl keygen "$scratch/STRANGER.key" >/dev/null
refused 77 replay play "$scratch/record" --to "$ships" --server-key "$server_key" --key "$scratch/STRANGER.key" --speed 100000
says 'does not know our key as an officer'
refused 2 replay play "$scratch/record" --to "$ships"
good replay play "$scratch/record" --to "$ships" --server-key "$server_key" --key "$scratch/TEACHER.key" --speed 100000 --incident 1
says 'sent as exercise: accepted, entry'
expect "it is there as an exercise" exercise "$(ctl --json incidents | jq -r .mode)"
expect "nothing else is" 1 "$(ctl --json alerts | wc -l)"
echo "auditor: $head_seq entries, $(wc -l <"$scratch/heard.txt") checkpoints heard, a piece, a second, a report and a drill"
