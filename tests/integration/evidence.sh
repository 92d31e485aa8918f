#!/bin/bash
# A master gets proof of what the ship was asked and what it answered: each ship its own pack and no other's, signed by the
# centre, verified with its public key alone. The centre's own tool makes the same pack, and finds words that the record does
# not hold, whoever signed them. Nobody who was rescued, and nobody who called, is named in one.
# covers R10 R29 R47 OB10
#
# Usage: evidence.sh BIN_DIR TOOL_DIR
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
bin=$(cd "${1:?usage: evidence.sh BIN_DIR TOOL_DIR}" && pwd)
tools=$(cd "${2:?usage: evidence.sh BIN_DIR TOOL_DIR}" && pwd)
# shellcheck source=tests/integration/centre_lib.sh
. "$here/centre_lib.sh"

start_centre
enrol ASTRID vessel --mmsi 247111111
enrol BOREAS vessel --mmsi 247222222
open_session ASTRID
open_session BOREAS

# shellcheck disable=SC2317 # called by await
is_heard() { has_line "$2" "$scratch/$1.out"; }
# shellcheck disable=SC2317
has_answers() { [ "$(lines_of 'accepted .*entry' "$scratch/$1.out")" -ge "$2" ]; }

# A story's actors have keys of their own for as long as it is played.
story() {
	printf '%s\n' "$2" >"$scratch/$1.scn"
	play_story "$scratch/$1.scn"
}

echo "a distress by telephone, told to two ships"
story positions 'title "where they are"
feed LAMPEDUSA
officer MATE
at 00:00 LAMPEDUSA position 247111111 pos=35-20.00N,012-30.00E sog=12
at 00:00 LAMPEDUSA position 247222222 pos=35-40.00N,012-00.00E sog=10 cog=270
at 00:00 MATE watch officer="the mate"
at 00:01 end'
ctl open --by phone --pos '35-12.40N 012-36.05E' --nature sinking --persons 14 --category distress --text 'two rafts' \
	--contact 'Amina Caller, 0039340123' >/dev/null || fail "the entry is refused"
ctl relay 1 >/dev/null 2>&1 || true
for ship in ASTRID BOREAS; do
	await 10 is_heard "$ship" 'MAYDAY RELAY.*sinking' || fail "$ship does not hear of it: $(cat "$scratch/$ship.out")"
done
tell ASTRID read latest '"Master of Astrid"'
tell ASTRID answer latest proceeding --eta 95min
await 10 has_answers ASTRID 2 || fail "ASTRID is not answered: $(cat "$scratch/ASTRID.out")"
tell BOREAS answer latest unable --reason too-far --text '"eleven hours away"'
await 10 has_answers BOREAS 1 || fail "BOREAS is not answered: $(cat "$scratch/BOREAS.out")"

# Enough words for a pack of several pages.
for hour in 1 2 3 4 5 6 7 8 9 10 11 12 13 14; do
	tell ASTRID answer latest proceeding --eta "${hour}h" --text '"the sea is high and we make good what way we can against it, all hands are well"'
done
await 20 has_answers ASTRID 16 || fail "ASTRID is not answered: $(cat "$scratch/ASTRID.out")"

echo "what she is asked, what she reports, and what is none of her business"
story work 'title "the work"
feed MALTA
officer WATCH
at 00:00 WATCH task I1 kind=requisition ship=247111111 text="make for the rafts" consulted="BOREAS is eleven hours away"
at 00:01 MALTA position 247111111 pos=35-13.00N,012-35.00E sog=11
at 00:01 WATCH survivors I1 ship=247111111 women=4 children=2 text="Amina Survivor has a fever"
at 00:02 WATCH need I1 ship=247111111 state=asked kind=medical-advice text="Amina Survivor has a fever"
at 00:02 WATCH need I1 ship=247111111 state=asked kind=water quantity=100 text="100 litres"
at 00:02 WATCH place I1 step=checked name="Lampedusa" checks=rescue-ends,safety,needs,onward
at 00:03 WATCH place I1 step=assigned name="Lampedusa" ship=247111111 text="berth 2"
at 00:03 WATCH place I1 step=objected name="Lampedusa" ship=247111111 text="too far with 20 aboard"
at 00:04 WATCH note I1 kind=obstruction ship=247111111 authority="a patrol boat" text="ordered her to leave"
at 00:04 WATCH note I1 kind=complaint ship=247111111 text="Amina Survivor complains of the mate"
at 00:05 WATCH note I1 kind=violence ship=247222222 text="shots at BOREAS"
at 00:06 WATCH task I1 kind=release text="all aboard ASTRID, thank you"
at 00:07 end'
# What a centre does not take yet is in no pack.
takes() { ! has_line "refused: unsupported ($1" "$scratch/story.out"; }
ctl cancel 1 --reason 'all rescued' >/dev/null || fail "cancel is refused"
await 10 is_heard ASTRID 'all rescued' || fail "ASTRID does not hear the end: $(cat "$scratch/ASTRID.out")"

echo "each ship gets its own pack"
crew ASTRID pack latest -o "$scratch/astrid.pack" >"$scratch/said" || fail "no pack: $(cat "$scratch/said")"
has_line '^whole: .* lines, signed by .*, of centre .*; ship 247111111 ASTRID in incident ' "$scratch/said" || fail "$(cat "$scratch/said")"
crew BOREAS pack 1 -o "$scratch/boreas.pack" >/dev/null || fail "no pack for BOREAS"
member() { jq -r "select(.class == \"$2\") | .$3" "$scratch/$1.pack"; }
expect "calls to ASTRID" 'distress-relay true
requisition true
task true
release false
cancel false' "$(jq -r 'select(.class == "CALL") | "\(.kind) \(.called_on)"' "$scratch/astrid.pack")"
expect "her answers" '15 proceeding' "$(member astrid ANSWER answer | uniq -c | sed 's/^ *//')"
[ "$(wc -c <"$scratch/astrid.pack")" -gt 12288 ] || fail "it is one page"
expect "the answer of BOREAS, for the log" 'considered it unreasonable or unnecessary to proceed: too far to be of help in time' \
	"$(member boreas ANSWER log)"
expect "read once" 1 "$(jq -c 'select(.class == "READ")' "$scratch/astrid.pack" | wc -l)"
[ "$(jq -c 'select(.class == "STORED")' "$scratch/astrid.pack" | wc -l)" -ge 3 ] || fail "her calls are not stored"
expect "her duty to answer, until she was released" 'superseded false' \
	"$(jq -r 'select(.class == "DUTY" and .word == "answer") | "\(.state) \(.late)"' "$scratch/astrid.pack")"
expect "of BOREAS it is excused" excused "$(jq -r 'select(.class == "DUTY" and .word == "answer") | .state' "$scratch/boreas.pack")"
[ "$(jq -c 'select(.class == "TRACK")' "$scratch/astrid.pack" | wc -l)" -ge 1 ] || fail "no position of ASTRID"
wanted=('note: obstruction, a patrol boat' 'make for the rafts' 'all aboard ASTRID')
! takes survivors || wanted+=('survivors aboard 247111111: 4 women, 2 children')
! takes need || wanted+=('water')
! takes place || wanted+=('berth 2' 'too far with 20 aboard')
for words in "${wanted[@]}"; do
	has_line "$words" "$scratch/astrid.pack" || fail "\"$words\" is missing: $(cat "$scratch/astrid.pack")"
done
for words in Amina Survivor Caller 0039340123 fever '100 litres' complain 'eleven hours' BOREAS 247222222 'shots' Master 'ordered her'; do
	has_line "$words" "$scratch/astrid.pack" && fail "\"$words\" is in her pack"
done
for words in Amina ASTRID 247111111 'make for the rafts' 'a patrol boat'; do
	has_line "$words" "$scratch/boreas.pack" && fail "\"$words\" is in the pack of BOREAS"
done

echo "how a ship steered when she was told, from her track"
steered() { [ "$(ctl --json duties "$year"-0001 | jq -r 'select(.class == "SHIP_DUTY" and .name == "BOREAS") | .course_before')" = elsewhere ]; }
await 20 steered || fail "the track of BOREAS is not read: $(ctl --json duties "$year"-0001 | grep SHIP_DUTY)"

echo "nobody else gets one"
enrol LATE vessel --mmsi 247333333
refused 1 crew LATE pack 1 -o "$scratch/none.pack"
refused 1 crew ASTRID pack 77 -o "$scratch/none.pack"
refused 2 crew ASTRID pack 1
ctl keygen "$scratch/stranger.key" >/dev/null
refused 77 crew stranger pack 1 -o "$scratch/none.pack"
[ ! -e "$scratch/none.pack" ] || fail "a refused pack was written"

echo "the centre's own tool makes the same pack"
facts() { grep -vE '^\{"class":"(PACK|TRACK|CHECKPOINT|SIGNATURE)"' "$1" | sed 's/,"chain":.*//'; }
"$bin/rcc-replay" pack "$state" 1 247111111 -o "$scratch/again.pack" || fail "rcc-replay makes none"
diff <(facts "$scratch/astrid.pack") <(facts "$scratch/again.pack") || fail "the two packs differ"
"$bin/rcc-replay" pack "$state" 1 BOREAS >"$scratch/again.pack" || fail "rcc-replay makes none by name"
diff <(facts "$scratch/boreas.pack") <(facts "$scratch/again.pack") || fail "the two packs of BOREAS differ"

close_session ASTRID
close_session BOREAS
stop "$rccd_pid"
sign_key=$(cat "$state/sign.pub")

echo "without the centre: the public key is enough"
"$bin/rcc-replay" verify-pack "$scratch/astrid.pack" --key "$sign_key" >"$scratch/said" || fail "$(cat "$scratch/said")"
cat "$scratch/said"
"$bin/rcc-crew" --key "$scratch/ASTRID.key" verify-pack "$scratch/boreas.pack" >/dev/null || fail "the ship cannot verify it"
"$bin/rcc-replay" verify --key "$sign_key" --witness \
	<(jq -r 'select(.class == "CHECKPOINT") | .text' "$scratch/astrid.pack") "$state" >/dev/null || fail "its checkpoint is no witness"

echo "with the record: every line is what it says"
compare() { "$bin/rcc-replay" verify-pack "$1" --key "$sign_key" --journal "$state"; }
compare "$scratch/astrid.pack" >"$scratch/said" || fail "$(cat "$scratch/said")"
has_line '^the journal says the same: [0-9]* lines' "$scratch/said" || fail "$(cat "$scratch/said")"
compare "$scratch/boreas.pack" >/dev/null || fail "the pack of BOREAS is not what the record says"

echo "forged: found"
# forged WHAT LINE: of $scratch/forged.pack.
forged() {
	refused 1 "$bin/rcc-replay" verify-pack "$scratch/forged.pack" --key "$sign_key"
	has_line "line $2: " "$scratch/said" || fail "$1: $(cat "$scratch/said")"
}
line_of() { grep -n -- "$1" "$scratch/astrid.pack" | sed -n 1p | cut -d: -f1; }
answer_line=$(line_of '"class":"ANSWER"')
sed 's/"answer":"proceeding"/"answer":"unable"/' "$scratch/astrid.pack" >"$scratch/forged.pack"
forged "another word" "$answer_line"
sed "${answer_line}d" "$scratch/astrid.pack" >"$scratch/forged.pack"
forged "a missing line" "$answer_line"
sed -n "${answer_line}{h;d};p;$((answer_line + 1)){x;p}" "$scratch/astrid.pack" >"$scratch/forged.pack"
forged "another order" "$answer_line"
head -c -1 "$scratch/astrid.pack" >"$scratch/forged.pack"
forged "cut" "$(wc -l <"$scratch/astrid.pack")"
head -n -1 "$scratch/astrid.pack" >"$scratch/forged.pack"
forged "without its signature" "$(wc -l <"$scratch/astrid.pack")"
{ cat "$scratch/astrid.pack"; echo '{}'; } >"$scratch/forged.pack"
forged "something behind it" "$(($(wc -l <"$scratch/astrid.pack") + 1))"
"$tools/pack_forge" "$state/sign.key" "$scratch/astrid.pack" '"answer":"proceeding"' '"answer":"unable"' >"$scratch/forged.pack"
"$bin/rcc-replay" verify-pack "$scratch/forged.pack" --key "$sign_key" >/dev/null || fail "the forger did not sign well"
refused 1 compare "$scratch/forged.pack"
has_line "line $answer_line is not what the journal says" "$scratch/said" || fail "$(cat "$scratch/said")"
grep 'line .* is not' "$scratch/said"

echo "another key, and none"
other_key=$(printf '%s' "$sign_key" | tr 'a-y' 'b-z')
refused 1 "$bin/rcc-replay" verify-pack "$scratch/astrid.pack" --key "$other_key"
cp "$state/journal.db" "$scratch/journal.db"
refused 1 "$bin/rcc-replay" pack "$scratch/journal.db" 1 247111111 -o "$scratch/unsigned.pack"
has_line 'NOT SIGNED' "$scratch/said" || fail "it does not say that it is not signed"
refused 1 "$bin/rcc-replay" verify-pack "$scratch/unsigned.pack"
has_line 'nobody has signed it' "$scratch/said" || fail "$(cat "$scratch/said")"
"$bin/rcc-replay" pack "$scratch/journal.db" 1 247111111 --state-dir "$state" >/dev/null || fail "--state-dir has no key"
echo "evidence: $(wc -l <"$scratch/astrid.pack") lines for ASTRID, $(wc -c <"$scratch/astrid.pack") bytes"
