#!/bin/bash
# What a report must not say. Cases for research hold no name, number, call sign, word, place, officer or centre of their story, no
# day and no exact figure; the record of a company holds nothing of another one. The restricted case is in no report.
#
# Usage: private.sh BIN_DIR STORY_JOURNAL STORY_DIR
set -euo pipefail
usage='usage: private.sh BIN_DIR STORY_JOURNAL STORY_DIR'
bin=${1:?$usage} story_journal=${2:?$usage} stories=${3:?$usage}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
fail() {
	echo "FAILED: $1" >&2
	exit 1
}
# make STORY: its journal; replay ARGUMENT...
make() {
	rm -rf "$scratch/state"
	mkdir "$scratch/state"
	"$story_journal" "$1" "$scratch/state"
}
# silent FILE WORD...: none of the words is in it.
silent() {
	local file=$1 word
	shift
	for word in "$@"; do
		if grep -qiF -e "$word" "$file"; then fail "$(basename "$file") says \"$word\": $(grep -iF -m1 -e "$word" "$file")"; fi
	done
}

echo "research: nothing that tells whose the cases were"
story=$stories/reports/research.scn
make "$story"
"$bin/rcc-replay" research "$scratch/state" >"$scratch/research"
[ "$(grep -c RESEARCH_CASE "$scratch/research")" -eq 10 ] || fail "not ten cases: $(cat "$scratch/research")"
# Whoever is declared, every number of nine digits, everything that somebody said or was called.
mapfile -t words < <({
	sed -nE 's/^(ship|feed|officer|guest) ([^ ]+).*/\2/p' "$story"
	grep -oE '[0-9]{9}' "$story"
	grep -oE '(name|callsign)=[A-Za-z0-9]+' "$story" | cut -d= -f2
	grep -oE '"[^"]+"' "$story" | tr -d '"'
	printf '%s\n' 'MRCC STORY' 8F7C0007B023018D1FC0369CC42CF3 hash seq
} | sort -u)
[ "${#words[@]}" -gt 60 ] || fail "only ${#words[@]} words of the story were found"
silent "$scratch/research" "${words[@]}"
# The same words are in the record: the search would find them.
"$bin/rcc-replay" timeline "$scratch/state" >"$scratch/timeline"
found=0
for word in "${words[@]}"; do if grep -qF -e "$word" "$scratch/timeline"; then found=$((found + 1)); fi; done
[ "$found" -gt 50 ] || fail "the record itself tells only $found of these words"
# No day, no case number, no fraction of a degree, no number of persons.
if grep -qE '[0-9]{4}-[0-9]{2}-[0-9]{2}|2026-[0-9]{4}|[0-9]\.[0-9]|"persons":[0-9]' "$scratch/research"; then
	fail "too exact: $(cat "$scratch/research")"
fi
# Lines of one month and cell come five at a time, or not at all.
grep -oE '"month":"[^"]*"(,"lat":-?[0-9]+,"lon":-?[0-9]+,"cell_deg":[0-9]+)?' "$scratch/research" | sort | uniq -c |
	while read -r count crowd; do [ "$count" -ge 5 ] || fail "a crowd of $count: $crowd"; done
grep -qx '{"class":"RESEARCH","cases":12,"released":10,"suppressed":2,"k":5}' "$scratch/research" || fail "the sum: $(tail -1 "$scratch/research")"

echo "company: nothing of another one, and nothing of who was saved"
make "$stories/core/company.scn"
for form in '' --json; do
	# shellcheck disable=SC2086 # no option is no word
	"$bin/rcc-replay" $form company "$scratch/state" 'NORTH LINE' >"$scratch/company"
	grep -q 'BALTIC-STAR' "$scratch/company" || fail "a ship is missing: $(cat "$scratch/company")"
	silent "$scratch/company" SEA-HOPE 211333000 'HOPE AT SEA' 'EAST LINE' 'desk in the east' 'chart of the east' 'Capt Berg' WATCH 972123456
done
"$bin/rcc-replay" company "$scratch/state" 'EAST LINE' >"$scratch/company"
silent "$scratch/company" OCEAN-TRADER 'NORTH LINE' 'falls of the rescue boat' 'cargo-hazard' 'distress-relay'
code=0
"$bin/rcc-replay" company "$scratch/state" 'NO LINE' >"$scratch/company" 2>/dev/null || code=$?
if [ "$code" -ne 1 ] || [ -s "$scratch/company" ]; then fail "a company that nobody named has a record"; fi
make "$stories/reports/review.scn"
"$bin/rcc-replay" company "$scratch/state" 'NORTH LINE' >"$scratch/company"
grep -q 'arrived' "$scratch/company" || fail "her part in the case is missing: $(cat "$scratch/company")"
silent "$scratch/company" SEA-HOPE BRAVE 211333000 247888000 'HOPE AT SEA' men women persons 'no onward' 'PORT B' 'PORT C' clinic ROSSI

echo "review: a year, and no other; the restricted case is not there"
"$bin/rcc-replay" review "$scratch/state" --year 2026 >"$scratch/review"
silent "$scratch/review" beacon406 restricted STRANGER OCEAN-TRADER ROSSI 2026-0007
"$bin/rcc-replay" review "$scratch/state" --year 2025 >"$scratch/review"
grep -q 'live cases 0' "$scratch/review" || fail "cases of another year: $(cat "$scratch/review")"
for year in 26 20x6 -123 99999 0000; do
	code=0
	"$bin/rcc-replay" review "$scratch/state" --year "$year" >/dev/null 2>&1 || code=$?
	[ "$code" -eq 2 ] || fail "--year $year is taken"
done
code=0
"$bin/rcc-replay" review "$scratch/state" >/dev/null 2>&1 || code=$?
[ "$code" -eq 2 ] || fail "a review of no year is made"
echo "nothing was told that must not be"
