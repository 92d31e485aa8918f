#!/bin/bash
# Everybody who is not in the case (R37): ships read the conduct card and bulletins, and say what they see; an agency hears whom to
# prepare for and nothing else; a file that was attached is shown to be the same one, and a changed one is not.
#
# Usage: partners.sh BIN_DIR TOOL_DIR
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
bin=$(cd "${1:?usage: partners.sh BIN_DIR TOOL_DIR}" && pwd)
# shellcheck source=tests/integration/centre_lib.sh
. "$here/centre_lib.sh"

start_centre
enrol AURORA vessel --mmsi 247111111 --owner merchant
enrol WATCH officer
enrol CLINIC agency
enrol COURT auditor
open_session AURORA

# shellcheck disable=SC2317 # called by await
shows() { has_line "$2" "$scratch/$1.out"; }
# circular NUMBER KEY: of a ship's line.
line() { ctl --json circulars "$1" | jq -r "select(.class == \"CIRCULAR_LINE\") | .$2"; }

echo "the conduct card reaches a ship, is read there, and the centre knows by whom"
remote WATCH conduct-card --text 'Treat everybody with humanity. Keep families together.' >"$scratch/said" || fail "not accepted"
has_line 'goes to 1 ship' "$scratch/said" || fail "whom does it go to? $(cat "$scratch/said")"
await 10 shows AURORA 'conduct card' || fail "AURORA does not see it: $(cat "$scratch/AURORA.out")"
has_line 'MAYDAY\|CALLED ON' "$scratch/AURORA.out" && fail "a card sounds like a distress: $(cat "$scratch/AURORA.out")"
tell AURORA read latest Master
# shellcheck disable=SC2317 # called by await
is_read() { [ "$(line 1 read_by)" = Master ]; }
await 10 is_read || fail "not read by Master: $(ctl --json circulars 1)"
expect "state" read "$(line 1 state)"
tell AURORA watch
await 10 shows AURORA 'conduct card 1: show 1' || fail "the plain watch knows of no card: $(tail "$scratch/AURORA.out")"
remote WATCH bulletin --text 'two boats seen off Zuwara' --expires +2h >/dev/null || fail "not accepted"
await 10 shows AURORA 'two boats seen off Zuwara' || fail "AURORA does not see it: $(cat "$scratch/AURORA.out")"
refused 2 remote WATCH bulletin --text 'x' --expires -2h
refused 2 remote WATCH conduct-card
refused 77 remote COURT bulletin --text 'an auditor tells ships nothing'

echo "what a ship sees goes to the watch"
tell AURORA observe '"empty rubber boat, 34-10N 012-30E"'
# shellcheck disable=SC2317 # called by await
is_observed() { [ "$(ctl --json observations | jq -r .text)" = 'empty rubber boat, 34-10N 012-30E' ]; }
await 10 is_observed || fail "not observed: $(ctl --json observations)"
expect "by" AURORA "$(ctl --json observations | jq -r .ship)"
expect "open cases" 0 "$(status incidents_open)"

echo "an agency hears whom to prepare for, and nothing else"
remote WATCH open --by phone --pos '35-12.40N 012-36.05E' --persons 12 --category distress --text 'wooden boat' >/dev/null ||
	fail "not accepted"
remote WATCH persons 1 --from at-risk --to-ship 247111111 --men 5 --women 4 --children 3 >/dev/null || fail "not accepted"
remote WATCH need 1 --ship 247111111 --kind medevac --text 'burns, one man' >/dev/null || fail "not accepted"
expect "aboard" 12 "$(remote CLINIC --json persons | jq -r .aboard)"
expect "children" 3 "$(remote CLINIC --json persons 1 | jq -r 'select(.class == "PERSONS" and .where == "aboard") | .children')"
expect "need" medevac "$(remote CLINIC --json needs | jq -r .kind)"
for verb in alerts incidents peers vessels 'deliveries 1' 'duties 1' 'notes 1' 'show 1' 'rank 1' status circulars; do
	# shellcheck disable=SC2086 # a verb and its operand
	refused 77 remote CLINIC $verb
done
refused 77 remote CLINIC note 1 other --text 'an agency writes nothing'
"$bin/rcc-replay" verify --tables "$state" >/dev/null || fail "the record does not verify"

echo "a file is evidence by its content"
printf 'the boat at 14:20' >"$scratch/photo.jpg"
cp "$scratch/photo.jpg" "$scratch/copy.jpg"
printf 'the boat at 14:21' >"$scratch/changed.jpg"
: >"$scratch/empty.jpg"
refused 2 remote WATCH attach 1 "$scratch/photo.jpg" --text 'nobody collected it'
refused 1 remote WATCH attach 1 "$scratch/empty.jpg" --authority 'Bosun' --text 'empty'
refused 1 remote WATCH attach 1 "$scratch/none.jpg" --authority 'Bosun' --text 'none'
refused 1 remote WATCH custody 1 "$scratch/photo.jpg" --authority 'Prosecutor' --text 'nobody has attached it'
remote WATCH attach 1 "$scratch/photo.jpg" --authority 'Bosun, AURORA' --text 'the boat' >/dev/null || fail "not accepted"
remote WATCH custody 1 "$scratch/copy.jpg" --authority 'Prosecutor' --text 'by courier' >/dev/null || fail "not accepted"
remote WATCH attached 1 "$scratch/copy.jpg" >"$scratch/chain" || fail "the same file is another one"
has_line 'evidence: Bosun, AURORA' "$scratch/chain" || fail "who collected it? $(cat "$scratch/chain")"
has_line 'custody: Prosecutor' "$scratch/chain" || fail "who has it? $(cat "$scratch/chain")"
expect "digest" "$(sha256sum "$scratch/photo.jpg" | cut -d' ' -f1)" \
	"$(ctl --json notes 1 | jq -r 'select(.kind == "evidence") | .digest')"
refused 1 remote WATCH attached 1 "$scratch/changed.jpg"
has_line 'NOT THE SAME' "$scratch/said" || fail "$(cat "$scratch/said")"

echo "a task says which card applies, and how far it had come"
remote WATCH assist 1 --ship 247111111 --text 'stay beside her' >"$scratch/said" || fail "not accepted"
has_line 'conduct card 1, read by her' "$scratch/said" || fail "$(cat "$scratch/said")"
await 10 shows AURORA 'conduct card 1 applies' || fail "AURORA is not told: $(tail "$scratch/AURORA.out")"

echo "what she saw of the case is in the extract for her log"
tell AURORA observe '"smoke to the north" latest'
tell AURORA observe '"wind W 5, sea 3" latest --weather'
tell AURORA log latest
await 10 shows AURORA 'SENT: OBSERVATION' || fail "not in the log: $(tail -30 "$scratch/AURORA.out")"
shows AURORA 'In our words: smoke to the north' || fail "$(tail -30 "$scratch/AURORA.out")"
shows AURORA 'SENT: WEATHER AND SEA ON SCENE' || fail "$(tail -30 "$scratch/AURORA.out")"

echo "a call goes before bulletins, however many wait"
close_session AURORA
for i in 1 2 3 4 5 6; do
	remote WATCH bulletin --text "bulletin number $i of the night" >/dev/null || fail "not accepted"
done
remote WATCH open --by phone --pos '35-40.00N 012-50.00E' --persons 3 --category distress --text 'second boat' >/dev/null ||
	fail "not accepted"
: >"$scratch/AURORA.out"
open_session AURORA
await 10 shows AURORA 'bulletin number 6' || fail "not all has come: $(cat "$scratch/AURORA.out")"
place_of() { grep -n -m1 -- "$1" "$scratch/AURORA.out" | cut -d: -f1; }
[ "$(place_of 'ALERT .*MAYDAY RELAY')" -lt "$(place_of 'bulletin number 2')" ] ||
	fail "a bulletin went before a distress: $(cat "$scratch/AURORA.out")"

echo "a ship whose store is lost gets again what still stands"
# shellcheck disable=SC2317 # called by await
all_stored() { [ "$(ctl --json deliveries 2 | jq -r .state | sort -u)" = stored ]; }
await 10 all_stored || fail "not stored: $(ctl deliveries 2)"
close_session AURORA
rm -f "$scratch"/AURORA.key.db*
: >"$scratch/AURORA.out"
open_session AURORA
await 10 shows AURORA 'ALERT .*MAYDAY RELAY '"$year"'-0002' || fail "the call is lost: $(cat "$scratch/AURORA.out")"
await 10 shows AURORA 'conduct card 1' || fail "the card is lost: $(cat "$scratch/AURORA.out")"
remote WATCH bulletin --text 'after the loss' >/dev/null || fail "not accepted"
await 10 shows AURORA 'after the loss' || fail "nothing comes any more: $(cat "$scratch/AURORA.out")"
# shellcheck disable=SC2317 # called by await
is_after_stored() { [ "$(ctl --json circulars | jq -r 'select(.text == "after the loss") | .stored')" = 1 ]; }
await 10 is_after_stored || fail "what comes later is not acknowledged"

echo "to an agency no ship, no name and no words"
remote WATCH place 1 'PORT A' feared --ship 247111111 --text 'they say they were beaten there' >/dev/null || fail "not accepted"
for verb in persons 'persons 1' 'needs' 'needs 1' 'places 1'; do
	# shellcheck disable=SC2086 # a verb and its operand
	remote CLINIC --json $verb >"$scratch/agency" || fail "$verb is refused"
	has_line 'AURORA\|247111111\|WATCH\|burns\|beaten\|protection' "$scratch/agency" && fail "$verb tells too much: $(cat "$scratch/agency")"
done

echo "all of it after a restart"
before=$(ctl --json circulars | jq -cS 'del(.current)')
slay "$rccd_pid"
start_centre
expect "circulars" "$before" "$(ctl --json circulars | jq -cS 'del(.current)')"
stop "$rccd_pid"
"$bin/rcc-replay" recheck "$state/journal.db" >/dev/null || fail "the record does not replay"
echo "done"
