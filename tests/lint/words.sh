#!/bin/sh
# Words that do not belong into this tree: unfinished work, C functions that cannot be used safely, sleeping tests.
# Usage: words.sh TREE
set -eu
cd "${1:?usage: words.sh TREE}"
bad=0

# refuse PATTERN REASON FILE...: prints every line that holds the pattern.
refuse() {
	pattern=$1
	reason=$2
	shift 2
	[ $# -gt 0 ] || return 0
	if grep -nE "$pattern" /dev/null "$@"; then
		echo "words: $reason"
		bad=1
	fi
}

sources=$(find include proto daemon clients tests -name '*.[ch]' -type f | LC_ALL=C sort)
tests=$(find tests -name '*.c' -type f | LC_ALL=C sort)
prose=$(find include proto daemon clients tests systemd docs po .ci CMakeLists.txt README.md -type f \
	! -path '*/corpus/*' ! -path 'tests/golden/*' ! -name 'words.sh' ! -name '*.po' ! -name '*.pot' 2>/dev/null | LC_ALL=C sort)
files=$(printf '%s\n' "$sources" | grep -c . || true)
[ "$files" -gt 0 ] || { echo "words: nothing was checked" >&2; exit 2; }

# shellcheck disable=SC2086 # paths of this tree hold no blanks
{
	refuse '\b(TODO|FIXME|XXX|HACK)\b' 'unfinished work belongs into an issue or a decision record' $prose
	refuse '\b(strcpy|strcat|sprintf|vsprintf|gets|atoi|atol|atoll|atof|strtok|strtok_r|alloca|tmpnam|mktemp)\(' \
		'these functions have no bound or no error' $sources
	refuse '\b(sleep|usleep|nanosleep|clock_nanosleep|thrd_sleep)\(' \
		'time in tests is fake, or waited for on a descriptor' $tests
	refuse '\bNDEBUG\b' 'asserts are on in every build' $sources
	refuse '^[^"]*\b(goto)\b +(again|retry|restart|start|begin|loop)\b' 'goto goes forward, to one exit' $sources
	refuse ' +$' 'blanks at the end of a line' $sources
}
[ $bad -eq 0 ] && echo "words: $files C files are clean"
exit $bad
