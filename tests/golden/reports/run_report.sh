#!/bin/bash
# Keeps a story as a journal, makes a report of it (of a year: R54), in words and as JSON, and compares both with the one that was read line by line.
# Every key of the JSON stands in docs/json.md under its class. With RCC_ACCEPT=1 the report is written instead: read the difference.
#
# Usage: run_report.sh BIN_DIR STORY_JOURNAL SOURCE_DIR STORY.scn GOLDEN VERB [ARGUMENT...]
set -euo pipefail
usage='usage: run_report.sh BIN_DIR STORY_JOURNAL SOURCE_DIR STORY.scn GOLDEN VERB [ARGUMENT...]'
bin=${1:?$usage} story_journal=${2:?$usage} source=${3:?$usage} story=${4:?$usage} golden=${5:?$usage} verb=${6:?$usage}
shift 6
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

mkdir "$scratch/state"
"$story_journal" "$story" "$scratch/state"
"$bin/rcc-replay" "$verb" "$scratch/state" "$@" >"$scratch/report"
"$bin/rcc-replay" --json "$verb" "$scratch/state" "$@" >"$scratch/json"
{
	cat "$scratch/report"
	echo '== as JSON'
	cat "$scratch/json"
} >"$scratch/both"

while IFS= read -r line; do
	class=$(sed -E 's/^\{"class":"([A-Z_]+)".*/\1/' <<<"$line")
	told=$(awk -F'|' -v head="## $class" '/^## / { inside = $0 == head } inside && /^\| `/ { print $2 }' "$source/docs/json.md")
	for key in $(grep -oE '[{,]"[a-z0-9_]+":' <<<"$line" | tr -d '{,":' | sort -u); do
		# shellcheck disable=SC2016 # the backtick is a character here
		if [ "$key" != class ] && ! grep -qF "\`$key\`" <<<"$told"; then
			echo "FAILED: docs/json.md does not tell the key $key of $class" >&2
			exit 1
		fi
	done
done <"$scratch/json"

if [ -n "${RCC_ACCEPT:-}" ]; then
	cp "$scratch/both" "$golden"
	echo "accepted: $golden"
	exit 0
fi
diff -u "$golden" "$scratch/both"
if [ ! -s "$scratch/report" ] || [ ! -s "$scratch/json" ]; then
	echo "FAILED: the report is empty" >&2
	exit 1
fi
echo "$(basename "$golden"): $(wc -l <"$golden") lines as reviewed"
