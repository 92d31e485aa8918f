#!/bin/bash
# Makes the report of a story's first case and compares it with the one that was reviewed, in English and in French. What is random in
# each record, its id, is masked. With RCC_ACCEPT=1 the expectation is written instead: look at it in a browser and read the difference.
#
# Usage: report_golden.sh BIN_DIR STORY_RECORD STORY.scn [TRACKS]
set -euo pipefail
usage='usage: report_golden.sh BIN_DIR STORY_RECORD STORY.scn [TRACKS]'
bin=$(cd "${1:?$usage}" && pwd)
record=${2:?$usage}
story=${3:?$usage}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
fail() {
	echo "FAILED: $*" >&2
	exit 1
}

"$record" "$story" "$scratch" "${@:4}" || fail "the story cannot be recorded"
for language in en fr; do
	report=$scratch/$language.html
	golden=${story%.scn}.$language.html
	"$bin/rcc-replay" report "$scratch" 2026-0001 --html --lang "$language" --witness "$scratch/witness.txt" -o "$report" ||
		fail "no report"
	sed -E 's/(journal )[0-9a-f]{32}/\1(random)/' "$report" >"$scratch/masked"

	# One file: nothing is fetched, nothing runs.
	! grep -iE '<(script|link|iframe|object|embed|img)|@import|url\(|src=|href=|[[:space:]]on[a-z]+=' "$report" || fail "$language: something is fetched or runs"
	grep -q "<html lang=\"$language\">" "$report" || fail "$language: another language"
	# The parser of libxml2 knows HTML 4: it stumbles over the names of a drawing alone.
	if command -v xmllint >/dev/null; then
		xmllint --html --noout "$report" 2>"$scratch/said" || fail "$language: xmllint refuses it"
		! grep 'error' "$scratch/said" | grep -vE 'Tag (svg|g|path|circle|rect|polyline|text|title) invalid' ||
			fail "$language: it is not well formed"
	fi
	# Nobody's name, and none of the words about survivors.
	for word in Rossi ROSSI Bianchi BIANCHI burns 'wet, cold' 'fear to be taken back' helicopter\ from; do
		! grep -qF "$word" "$report" || fail "$language: \"$word\" is in it"
	done
	# On paper, by a browser: whole pages of A4, the first line on the first page, and the last page not a few lines of nothing.
	if command -v chromium >/dev/null && command -v pdftotext >/dev/null; then
		HOME=$scratch chromium --headless --no-sandbox --disable-gpu --no-pdf-header-footer "--print-to-pdf=$scratch/$language.pdf" \
			"file://$report" >/dev/null 2>&1 || fail "$language: it cannot be printed"
		pdfinfo "$scratch/$language.pdf" >"$scratch/pages"
		grep -q '^Page size:.*A4' "$scratch/pages" || fail "$language: it is not printed on A4: $(cat "$scratch/pages")"
		pages=$(awk '/^Pages:/ { print $2 }' "$scratch/pages")
		{ [ "$pages" -ge 4 ] && [ "$pages" -le 12 ]; } || fail "$language: $pages pages"
		pdftotext -layout -f 1 -l 1 "$scratch/$language.pdf" "$scratch/text"
		grep -q '2026-0001' "$scratch/text" || fail "$language: the first page does not say which case"
		pdftotext -layout "$scratch/$language.pdf" "$scratch/text"
		for word in 35-12.40N OCEAN-TRADER 'PORT B' 'proceed, you have the boats'; do
			grep -qF "$word" "$scratch/text" || fail "$language: \"$word\" is not on paper"
		done
		echo "printed: $pages pages of A4"
	else
		echo "(not printed: no chromium, or no pdftotext)"
	fi
	if [ -n "${RCC_ACCEPT:-}" ]; then
		cp "$scratch/masked" "$golden"
		echo "accepted: $golden"
	else
		diff -u "$golden" "$scratch/masked" || fail "$language: another report"
		echo "$(basename "$golden"): $(wc -c <"$golden") bytes as reviewed"
	fi
done
