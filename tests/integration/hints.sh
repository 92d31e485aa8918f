#!/bin/bash
# Whole programs: what an officer or a crew reads after a mistake says which option is meant, what is in the way and which
# command helps; a command that is printed can be typed as it stands. Usage: hints.sh BIN_DIR [TOOLS_DIR]
set -euo pipefail
bin=$(cd "${1:?usage: hints.sh BIN_DIR}" && pwd)
# shellcheck source=tests/integration/centre_lib.sh
. "$(dirname "$0")/centre_lib.sh"
tree=$(cd "$(dirname "$0")/../.." && pwd)
command -v jq >/dev/null || { echo "hints: jq is not installed"; exit 77; }

case=$year-0001
# says CODE WORDS VERB...: refused with that exit code, and these words are in it.
says() {
	local code=$1 words=$2
	shift 2
	refused "$code" "$bin/rccctl" --state-dir "$state" "$@"
	grep -qF -e "$words" "$scratch/said" || fail "$*: '$words' is not in: $(cat "$scratch/said")"
}
# has WORDS FILE
has() { grep -qF -e "$1" "$2" || fail "'$1' is not in: $(cat "$2")"; }
has_not() { ! grep -qF -e "$1" "$2" || fail "'$1' is in: $(cat "$2")"; }

# ---- help: of one verb nothing of another, and its operands ----
for program in rccctl rcc-crew; do
	"$bin/$program" --help | sed -n '/^verbs:/,/^options/p' | sed -nE 's/^  ([a-z-]+)( .*|$)/\1/p' >"$scratch/verbs"
	[ "$(wc -l <"$scratch/verbs")" -gt 15 ] || fail "$program --help lists no verbs"
	while read -r verb; do
		"$bin/$program" help "$verb" >"$scratch/help" || fail "$program has no help of $verb"
		has "usage: $program [OPTION ...] $verb" "$scratch/help"
		# The words of an option that several verbs take begin with their names.
		grep -E '^ +(-., )?--[a-z-]+' "$scratch/help" | sed -E 's/^ +(-., )?--[a-z-]+( [A-Z|]+)? +//' >"$scratch/words" || true
		for other in answer survivors plan open notice sitrep enrol need; do
			! grep -qE "^$other(, [a-z]+)*: |; $other(, [a-z]+)*: " "$scratch/words" || fail "$program help $verb tells of $other: $(cat "$scratch/help")"
		done
	done <"$scratch/verbs"
done
"$bin/rccctl" help requisition >"$scratch/help"
has 'requisition INC' "$scratch/help"
"$bin/rccctl" help answer >"$scratch/help"
has 'danger-to-ship' "$scratch/help"
refused 2 "$bin/rcc-crew" help nothing

# ---- each field that the core refuses is typed as something, and each option is one ----
sed -nE 's/^FIELD\("([a-z_.]+)", "(.*)"\)$/\1 \2/p' "$tree/clients/librcc/fields.def" >"$scratch/fields"
{ "$bin/rccctl" --help; "$bin/rcc-crew" --help; } >"$scratch/options"
while read -r field words; do
	case $words in
	--) ;;
	--*) has " ${words%% *} " "$scratch/options" ;;
	esac
done <"$scratch/fields"
# What programs alone say to each other is typed by nobody.
grep -rhoE '"[a-z]+\.[a-z_]+\.?"' "$tree"/daemon/core/*.c | tr -d '"' | grep -vE '\.(h|def)$|^(centre|hello|pack|stored|read|position|view|sent)\.' |
	sort -u >"$scratch/refused"
[ "$(wc -l <"$scratch/refused")" -gt 80 ] || fail "the core refuses nothing"
while read -r field; do
	grep -q "^$field " "$scratch/fields" || fail "clients/librcc/fields.def does not say how $field is typed"
done <"$scratch/refused"

# ---- a case ----
start_centre
enrol AURORA vessel --mmsi 247123456
ctl open --by phone --pos '35-12.40N 012-36.05E' --nature flooding --persons 14 --text 'wooden boat' >/dev/null
says 1 '--authority, place.authority' place "$case" 'PORT A' asked
says 2 '--authority: it has 60 bytes' place "$case" 'PORT A' asked --authority "$(printf 'x%.0s' $(seq 60))"
says 77 'two officers, each by a key of their own' place "$case" 'PORT A' assigned --ship 247123456 --override --text 'the only one'
says 1 'there is no case 9;' persons 9
says 1 'there is no case 9:' cancel 9 --reason test
says 1 'there is no incident '"$year"'-0009' show "$year"-0009
crew AURORA wait alert 20 >/dev/null
crew AURORA survivors latest --men 1 --women 1 --pregnant 3 --yes >/dev/null 2>&1 && fail "three of one are pregnant"
has '--pregnant 3: there are 1 at most' "$scratch/crew.log"
says 1 '--pregnant, survivors.aboard.pregnant' survivors "$case" --ship 247123456 --men 1 --pregnant 3

ctl persons "$case" --from at-risk --to never --men 4 --reason 'counted twice' >/dev/null
says 1 'persons INC --from never --to at-risk --reason TEXT' classify "$case" --persons 3 --reason test
ctl classify "$case" --persons 16 --verified --reason 'seen from the air' >"$scratch/receipt"
has '16 persons, verified: seen' "$scratch/receipt"
has 'it says: flooding, 16 persons' "$scratch/receipt"
ctl closing "$case" >"$scratch/closing"
has "persons $case --from at-risk --to WHERE" "$scratch/closing"

# A printed command goes to the same centre, also where its folder has a blank in its name.
ln -s "$state" "$scratch/a centre"
"$bin/rccctl" --state-dir "$scratch/a centre" open --by phone --nature fire --text 'no position' >/dev/null
"$bin/rccctl" --state-dir "$scratch/a centre" --json queue | jq -r 'select(.what == "no-position") | .command' >"$scratch/command"
has "rccctl --state-dir '$scratch/a centre' classify $year-0002" "$scratch/command"
typed=$(sed -e "s|^rccctl |'$bin/rccctl' |" -e "s|POS|'35-12.40N 012-36.05E'|" -e "s|TEXT|seen|" "$scratch/command")
bash -c "$typed" >/dev/null || fail "what queue prints cannot be typed: $typed"
"$bin/rccctl" --state-dir "$scratch/a centre" closing "$case" >"$scratch/closing"
has "rccctl --state-dir '$scratch/a centre' persons $case" "$scratch/closing"

# Advice that can be followed: what is closed takes no number any more.
ctl persons "$year"-0002 >"$scratch/persons"
has 'classify '"$year"'-0002 --persons N' "$scratch/persons"
ctl cancel "$year"-0002 --reason 'put out' >/dev/null
ctl close "$year"-0002 --outcome no-distress --reason 'put out' >/dev/null
ctl persons "$year"-0002 >"$scratch/persons"
has 'nobody ever said how many there were' "$scratch/persons"
has_not 'classify' "$scratch/persons"

# ---- it is over for her ----
ctl release "$case" --ship 247123456 --text 'another has them' >/dev/null
crew AURORA inbox >/dev/null
crew AURORA answer latest "done" >"$scratch/said" || true
has "the latest is $case, of which we are RELEASED" "$scratch/said"

# ---- closed, and resumed ----
ctl persons "$case" --from at-risk --to safe-alone --men 12 >/dev/null
ctl cancel "$case" --reason 'all ashore' >/dev/null
# She has called by this program, which comes and goes: until it is back she may be on the way.
says 1 'has not been told that it is over' close "$case" --outcome no-distress --reason 'to be opened again'
crew AURORA inbox >/dev/null
ctl close "$case" --outcome no-distress --reason 'to be opened again' >/dev/null
ctl resume "$case" --reason 'debris sighted' >"$scratch/receipt"
has 'it says: flooding, 16 persons' "$scratch/receipt"
has 'THE PERSONS ARE THOSE OF BEFORE' "$scratch/receipt"
ctl cancel "$case" --reason 'nothing there' >/dev/null
crew AURORA inbox >/dev/null
ctl close "$case" --outcome no-distress --reason 'nothing there' >/dev/null
says 1 '--persons, resume.persons' resume "$case" --persons 15 --reason 'a raft'
ctl resume "$case" --persons 18 --reason 'two more on a raft' >"$scratch/receipt"
has 'it says: flooding, 18 persons' "$scratch/receipt"
has_not 'THOSE OF BEFORE' "$scratch/receipt"

# ---- a join calls nobody off what she alone was ordered to ----
ctl open --by phone --nature fire --text 'seen from the shore' >/dev/null
ctl open --by radio --nature fire --text 'smoke, no position' >/dev/null
ctl assist "$year"-0003 --ship 247123456 --text 'look along the coast' >/dev/null
crew AURORA inbox >/dev/null
# Of a case that is over nothing binds her: what she alone was ordered to would end unsaid.
ctl open --by radio --nature fire --text 'smoke, no position either' >/dev/null
ctl assist "$year"-0005 --ship 247123456 --text 'and here' >/dev/null
ctl cancel "$year"-0005 --reason 'a bonfire' >/dev/null
says 1 "release her first, or order her to $year-0005, if that goes on" join --from "$year"-0003 "$year"-0005 --reason 'one fire'
# To one that goes on her order goes along.
ctl join --from "$year"-0003 "$year"-0004 --reason 'one fire' >/dev/null
crew AURORA inbox >"$scratch/said"
has "TASK FOR YOUR SHIP $year-0004" "$scratch/said"

# ---- the key that a pack is compared with: itself, or a file ----
crew AURORA pack "$case" -o "$scratch/aurora.pack" >/dev/null || fail "no pack"
jq -r 'select(.class == "SIGNATURE") | .key' "$scratch/aurora.pack" >"$scratch/centre.key"
"$bin/rcc-replay" verify-pack "$scratch/aurora.pack" --key "$scratch/centre.key" >/dev/null || fail "a key in a file is not taken"
"$bin/rcc-replay" verify-pack "$scratch/aurora.pack" --key "$(cat "$scratch/centre.key")" >/dev/null || fail "the key itself is not taken"
"$bin/rccctl" keygen "$scratch/other.key" >"$scratch/other.pub"
refused 1 "$bin/rcc-replay" verify-pack "$scratch/aurora.pack" --key "$scratch/other.pub"
refused 2 "$bin/rcc-replay" verify-pack "$scratch/aurora.pack" --key "$scratch/nothing.key"
echo "hints: $(wc -l <"$scratch/refused") fields, $(wc -l <"$scratch/options") lines of help, $case closed and resumed"
