#!/bin/sh
# Every requirement (R01 to R62) and obligation (OB01 to OB12, OB20 to OB52) is played by a story, or docs/coverage.md has the
# reason why none does. Prints the table: number, stories or reason. Usage: coverage.sh TREE
#   1. every story says what it covers, in numbers that there are
#   2. what a story shows stands in what was reviewed beside it (shows.awk), and every number that stories cover is shown by one
#   3. every number has one row in docs/coverage.md, with a reason if no story covers it and none if one does
#   4. what a row names is there: a name without a slash is a story that says so itself, everything else a path; one of the tests that
#      show a number which no story covers says so itself, by the number
#   5. what is said to be missing although a story covers the number stands at a number that a story covers
set -eu
lint=$(cd "$(dirname "$0")" && pwd)
cd "${1:?usage: coverage.sh TREE}"
page=docs/coverage.md
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for number in $(seq 1 62); do printf 'R%02d\n' "$number"; done >"$work/numbers"
for number in $(seq 1 12) $(seq 20 52); do printf 'OB%02d\n' "$number"; done >>"$work/numbers"

find tests/golden -name '*.scn' -type f | LC_ALL=C sort >"$work/stories"
[ -s "$work/stories" ] || { echo "coverage: nothing was checked" >&2; exit 2; }
while read -r story; do
	name=$(basename "$story" .scn)
	words=$(sed -nE 's/^covers( |$)/\1/p' "$story")
	[ -n "$(printf '%s' "$words" | tr -d '[:space:]')" ] || echo "coverage: $story does not say what it covers" >>"$work/bad"
	for word in $words; do
		grep -qxF -e "$word" "$work/numbers" || echo "coverage: $story covers $word, which is no requirement or obligation" >>"$work/bad"
		echo "$word $name"
	done
	# What was reviewed beside it: its trace, what an officer saw of its case, and the packs of its ships.
	set -- "$story"
	for file in "${story%.scn}.trace" "${story%.scn}.record" "${story%.scn}"_*.pack; do
		[ ! -e "$file" ] || set -- "$@" "$file"
	done
	awk -v covers=" $(printf '%s' "$words" | tr '\n' ' ') " -v bad="$work/bad" -f "$lint/shows.awk" "$@" >>"$work/shows"
done <"$work/stories" >"$work/covers"

# number TAB shown by TAB reason, and number TAB missing, as they stand in the tables of the page.
# shellcheck disable=SC2016 # $ is awk's
row='function bare(text) { gsub(/^ +| +$/, "", text); return text }
	/^\| number \|/ { table = bare($3) }
	!/^\|/ { table = "" }
	/^\| (R|OB)[0-9]+ \|/'
awk -F'|' "$row"' && table == "what it asks" { print bare($2) "\t" bare($4) "\t" bare($5) }' "$page" >"$work/rows"
awk -F'|' "$row"' && table == "what is missing" { print bare($2) "\t" bare($3) }' "$page" >"$work/missing"
[ -s "$work/rows" ] || { echo "coverage: $page has no table" >&2; exit 2; }

# Prints the table; what is wrong goes to its own file.
awk -F'\t' -v bad="$work/bad" -v page="$page" '
	function wrong(text) { print "coverage: " text >>bad }
	FILENAME ~ /numbers$/ { numbers[++count] = $0; known[$0] = 1; next }
	FILENAME ~ /covers$/ { split($0, pair, " "); stories[pair[1]] = stories[pair[1]] " " pair[2]; next }
	FILENAME ~ /shows$/ { proved[$1] = 1; next }
	FILENAME ~ /missing$/ {
		if (!($1 in stories)) wrong(page ": what is missing of " $1 " belongs into its reason: no story covers it")
		if ($2 == "") wrong(page ": " $1 " does not say what is missing")
		parts++
		next
	}
	!($1 in known) { wrong(page " has a row of " $1 ", which is no requirement or obligation"); next }
	$1 in shown { wrong(page " has two rows of " $1); next }
	{
		shown[$1] = $2
		reason[$1] = $3
		if ($2 != "-" && $2 !~ /`[^`]+`/) wrong(page ": " $1 " names nothing that shows it, and has no -")
		names = $2
		while (match(names, /`[^`]+`/)) {
			name = substr(names, RSTART + 1, RLENGTH - 2)
			names = substr(names, RSTART + RLENGTH)
			if (name ~ /\//) {
				if (name ~ /^tests\/[A-Za-z0-9_.\/-]+$/ && system("grep -qsw " $1 " \"" name "\"") == 0) says[$1] = 1
				if (name !~ /^[A-Za-z0-9_.\/-]+$/ || system("test -e \"" name "\"") != 0) wrong(page ": " $1 " names " name ", which is not there")
			} else if (index(stories[$1] " ", " " name " ") == 0)
				wrong(page ": " $1 " names the story " name ", which is not there or does not cover it")
		}
	}
	END {
		for (i = 1; i <= count; i++) {
			number = numbers[i]
			kind = reason[number]
			sub(/:.*/, "", kind)
			if (!(number in shown)) wrong(page " has no row of " number)
			if (number in stories) {
				total["stories"]++
				printf "%-5s%s\n", number, stories[number]
				if (!(number in proved)) wrong(number " is covered by" stories[number] ", and none of them shows it")
				if (reason[number] != "" && reason[number] != "-")
					wrong(number " is covered by" stories[number] ": its reason in " page " is out of date")
				continue
			}
			printf "%-5s -%s\n", number, kind == "" ? "" : " " kind
			if (reason[number] !~ /^(another test|document|not built|not software): [^ ]/)
				wrong(number " is covered by no story, and " page " does not say why: another test, document, not built, not software")
			else if ((kind == "another test" || kind == "document") && shown[number] !~ /`[^`]*\/[^`]*`/)
				wrong(page ": " number " does not name its " kind)
			else if (kind == "another test" && !says[number])
				wrong(page ": " number ": none of the tests that its row names says that it is of " number)
			total[kind]++
		}
		printf "coverage: %d numbers: %d by stories (%d of them in part), %d by another test, %d by a document, %d not built, " \
			"%d not software\n", count, total["stories"], parts, total["another test"], total["document"], \
			total["not built"], total["not software"]
	}' "$work/numbers" "$work/covers" "$work/shows" "$work/missing" "$work/rows"
[ ! -e "$work/bad" ] || { cat "$work/bad"; exit 1; }
