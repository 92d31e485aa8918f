#!/bin/bash
# docs/sources.md by the text alone: in a copy of the tree, its example is written, built, recorded and tried as the page says,
# and what comes out is what the page shows.
#
# Usage: sources_page.sh TREE
set -euo pipefail
tree=$(cd "${1:?usage: sources_page.sh TREE}" && pwd)
for tool in cmake ninja gcc; do
	command -v "$tool" >/dev/null || { echo "sources_page: $tool is missing" >&2; exit 77; }
done
[ ! -e "$tree/proto/source/inmarsatc.c" ] || { echo "sources_page: inmarsatc is a source of this tree already" >&2; exit 77; }
# shellcheck source=tests/integration/lib.sh
. "$tree/tests/integration/lib.sh"
page=$tree/docs/sources.md
mkdir "$scratch/tree"
tar -C "$tree" --exclude=./build --exclude=./.git -cf - . | tar -C "$scratch/tree" -xf -
cd "$scratch/tree"

# fence LANGUAGE N: what stands in the Nth block of this language.
fence() {
	awk -v open="\`\`\`$1" -v wanted="$2" '
		inside && /^```/ { inside = 0 }
		inside && n == wanted
		$0 == open { inside = 1; n++ }' "$page"
}
# block PATTERN: the indented block that begins with a line like this, empty lines in it included.
block() {
	awk -v pattern="$1" '
		!inside && /^    / && $0 ~ pattern { inside = 1 }
		inside && !/^    / && !/^$/ { exit }
		inside { sub(/^    /, ""); print }' "$page"
}
# same NAME: what came out is what the page shows, but for empty lines at the end.
same() {
	[ "$(cat "$scratch/page")" = "$(cat "$scratch/real")" ] || { diff "$scratch/page" "$scratch/real" || true; fail "$1: not as the page shows"; }
	[ -s "$scratch/real" ] || fail "$1: nothing came out"
}

echo "its three steps"
fence c 1 >proto/source/inmarsatc.c
fence c 2 >>proto/source/sources.def
fence markdown 1 >"$scratch/row"
sed -i "/^| \`beacon406\` |/r $scratch/row" docs/sources.md
block '^    mkdir -p tests/golden' >"$scratch/recordings"
for file in proto/source/inmarsatc.c "$scratch/row" "$scratch/recordings"; do [ -s "$file" ] || fail "the page has no ${file##*/}"; done
# shellcheck source=/dev/null
. "$scratch/recordings"

echo "its build: warnings are errors"
{ cmake --preset dev && cmake --build --preset dev --target golden_source fuzz_inmarsatc_corpus rcc-feed; } >"$scratch/build.log" 2>&1 ||
	fail "it does not build"

echo "its results"
RCC_ACCEPT=1 ctest --preset dev -R '^golden_inmarsatc$' >"$scratch/ctest.log" 2>&1 || fail "the recordings are not read"
block '^    ==> ' >"$scratch/page"
head -n 20 tests/golden/source/inmarsatc/*.expect >"$scratch/real"
same "the recordings"
ctest --preset dev --no-tests=error -R '^(golden_inmarsatc|fuzz_inmarsatc_corpus)$' >"$scratch/ctest.log" 2>&1 || fail "its tests fail"

echo "its dry run"
# shellcheck disable=SC2016 # a dollar of the page
block '^    [$] printf .*--dry-run$' >"$scratch/dry"
sed -n '1s/^[$] //p' "$scratch/dry" >"$scratch/command"
sed 1d "$scratch/dry" >"$scratch/page"
# shellcheck source=/dev/null
. "$scratch/command" >"$scratch/real" 2>"$scratch/feed.log"
same "the dry run"

echo "its house rules"
for lint in docs words; do "tests/lint/$lint.sh" . >"$scratch/lint.log" || fail "the house rules refuse it: $lint"; done
if command -v clang-format >/dev/null; then
	clang-format --dry-run -Werror proto/source/inmarsatc.c || fail "clang-format would write it differently"
fi
echo "sources_page: the page's example is built, read and shown as the page says"
