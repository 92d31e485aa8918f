#!/bin/bash
# What docs/crew-card.md says to type is typed in a session of a ship, in that order, in both languages the same; and each language fits
# one sheet. Usage: crew_card.sh BIN_DIR TREE [CARD.html]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
bin=$(cd "${1:?usage: crew_card.sh BIN_DIR TREE}" && pwd)
card=$(cd "${2:?usage: crew_card.sh BIN_DIR TREE}" && pwd)/docs/crew-card.md
# shellcheck source=tests/integration/centre_lib.sh
. "$here/centre_lib.sh"
command -v jq >/dev/null || { echo "crew_card: jq is missing"; exit 77; }

awk '/page-break-after/ { second = 1; next } { print > (second ? two : one) }' one="$scratch/english" two="$scratch/french" "$card"
for language in english french; do
	# The last column of a row.
	# shellcheck disable=SC2016 # backticks are characters here
	sed -nE 's/^\|.*\| `([^`]+)` \|$/\1/p' "$scratch/$language" >"$scratch/$language.lines"
	# A sheet of A4 at 10 points has 60 lines of 100 characters; a longer line of the card takes two.
	lines=$(LC_ALL=C.UTF-8 awk '/^$|^<!--|^\|---/ { next } { n += int((length($0) + 99) / 100) } END { print n }' "$scratch/$language")
	[ "$lines" -le 60 ] || fail "the card in $language takes $lines lines"
done
# On paper, where a printer for pages of that kind is there: one page of A4 for each language.
printed() {
	if command -v weasyprint >/dev/null; then
		weasyprint "$1" "$2" 2>/dev/null
	else
		HOME=$scratch chromium --headless --no-sandbox --disable-gpu --no-pdf-header-footer "--print-to-pdf=$2" "$1" >/dev/null 2>&1
	fi
}
if [ -n "${3:-}" ] && command -v pdfinfo >/dev/null && { command -v weasyprint || command -v chromium; } >/dev/null; then
	printed "$3" "$scratch/card.pdf" || fail "the card cannot be printed"
	expect "pages of the card" 2 "$(pdfinfo "$scratch/card.pdf" | awk '/^Pages:/ { print $2 }')"
	pdfinfo "$scratch/card.pdf" | tells 'A4' || fail "it is not printed on A4"
	pdftotext -f 2 -l 2 "$scratch/card.pdf" - | tells "Carte d'équipage" || fail "the second page is not the French one"
else
	echo "(not printed: weasyprint or chromium, pdfinfo, or the page itself is missing)"
fi
# Each key of the card is a key of the screens.
# shellcheck disable=SC2016 # backticks are characters here
sed -nE 's/^\|.*\| `([^`]+)` \| `[^`]+` \|$/\1/p' "$scratch/english" "$scratch/french" | sort -u >"$scratch/keys"
[ "$(wc -l <"$scratch/keys")" -ge 10 ] || fail "the card has no keys"
while IFS= read -r key; do
	sed -n '/^### The screens/,/^## /p' "$(dirname "$card")/programs.md" | sed -n 's/^| \(.*\) | .*/\1/p' | tells -F -- "\`$key\`" || fail "no screen has the key $key"
done <"$scratch/keys"
[ "$(wc -l <"$scratch/english.lines")" -ge 15 ] || fail "the card has no lines to try"
diff "$scratch/english.lines" "$scratch/french.lines" || fail "the languages do not say the same"

start_centre
enrol AURORA vessel --mmsi 247123456
mkdir "$scratch/aboard"
cd "$scratch/aboard"
open_session AURORA
# type_line LINE: and wait until something is said to it.
type_line() {
	local before
	before=$(wc -l <"$scratch/AURORA.out")
	tell AURORA "$1"
	# shellcheck disable=SC2317 # called by await
	is_answered() { [ "$(wc -l <"$scratch/AURORA.out")" -gt "$before" ]; }
	await 20 is_answered || fail "nothing is said to: $1"
}
# shellcheck disable=SC2317 # called by await
hears() { has_line "$1" "$scratch/AURORA.out"; }
while IFS= read -r line; do
	# Her own distress is a test, so that what follows is about the case of others.
	if [[ $line == show* ]]; then
		ctl open --by phone --pos '35-13.00N 012-40.00E' --nature flooding --persons 16 >/dev/null
		await 20 hears 'MAYDAY RELAY' || fail "AURORA does not hear it: $(cat "$scratch/AURORA.out")"
	fi
	type_line "${line/#distress /distress --test }"
done <"$scratch/english.lines"
# A line that fails ends the session with its exit code.
close_session AURORA
expect "her distress is recorded" 1 "$(ctl --json alerts | jq -s 'map(select(.nature == "fire" and .persons == 9)) | length')"
expect "her answer" on-scene "$(ctl --json duties 1 | jq -r 'select(.class == "SHIP_DUTY" and .mmsi == "247123456") | .answer')"
expect "aboard" 16 "$(ctl --json persons 1 | jq -r 'select(.class == "BALANCE") | .aboard')"
expect "needs" 'medevac water' "$(ctl --json needs | jq -r .kind | sort | paste -sd' ')"
expect "places" 2 "$(ctl --json places 1 | jq -r 'select(.class == "PLACE") | .name' | sort -u | wc -l)"
[ -s case.pack ] || fail "no pack"
echo "crew_card: $(wc -l <"$scratch/english.lines") lines typed as they stand, one sheet for each language"
