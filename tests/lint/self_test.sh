#!/bin/sh
# A lint that finds nothing proves nothing: plants one violation after another in a copy of the tree and expects the
# lint to fail and to name it. Usage: self_test.sh LINT TREE   (LINT: the name of any lint here)
set -eu
here=$(cd "$(dirname "$0")" && pwd)
lint=${1:?usage: self_test.sh LINT TREE}
tree=$(cd "${2:?usage: self_test.sh LINT TREE}" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
planted=0
# Files by this name are left out of the copy: what these lints find stands in others, and a smaller tree is read sooner.
case $lint in
layers | size | words | format) left_out='*.c' ;;
shell) left_out='*.sh' ;;
*) left_out= ;;
esac

fresh() {
	rm -rf "$work/tree"
	mkdir "$work/tree"
	for part in include proto daemon clients tests systemd docs po README.md CMakeLists.txt; do
		[ ! -e "$tree/$part" ] || cp -R "$tree/$part" "$work/tree/"
	done
	[ -z "$left_out" ] || find "$work/tree" -type f -name "$left_out" -delete
}

# expect WORD COMMAND...: the command fails, and says WORD.
expect() {
	word=$1
	shift
	planted=$((planted + 1))
	if "$@" >"$work/out" 2>&1; then
		echo "self test: $lint did not notice: $word"
		exit 1
	fi
	grep -qF -e "$word" "$work/out" || { echo "self test: $lint failed without naming $word:"; cat "$work/out"; exit 1; }
}

# plant FILE LINE... : appends to a file of the copy.
plant() {
	fresh
	file=$1
	shift
	printf '%s\n' "$@" >>"$work/tree/$file"
}

check_layers() {
	for case in \
		'daemon/core/core.h|#include <time.h>|<time.h>' \
		'daemon/core/core.h|#include "journal/journal.h"|daemon/journal/journal.h' \
		'daemon/net/net.h|#include "journal/journal.h"|daemon/journal/journal.h' \
		'daemon/picture/picture.h|#include "core/core.h"|daemon/core/core.h' \
		'proto/source/source.h|#include "../wire.h"|proto/wire.h' \
		'clients/librcc/options.h|#include "core/core.h"|daemon/core/core.h' \
		'daemon/journal/journal.h|#include "rcc.pb-c.h"|rcc.pb-c.h' \
		'include/rcc/types.h|#include <stdio.h>|<stdio.h>' \
		'daemon/journal/journal.h|int rcc_x(void *s) { return zmq_close(s); }|zmq_' \
		'daemon/net/net.h|int rcc_x(void *s) { return sqlite3_close(s); }|sqlite3_' \
		'daemon/view/view.h|struct Rcc__V1__Envelope;|Rcc__'; do
		file=${case%%|*}
		rest=${case#*|}
		plant "$file" "${rest%|*}"
		expect "${rest##*|}" "$here/layers.sh" "$work/tree"
	done
}

check_size() {
	fresh
	{
		printf 'void\nrcc_long(void)\n{\n'
		seq 80 | sed 's/.*/\trcc_step();/'
		printf '}\n'
	} >"$work/tree/daemon/core/planted.c"
	expect rcc_long "$here/size.sh" "$work/tree"
	fresh
	printf 'void\nrcc_deep(void)\n{\n\tif (a)\n\t\tif (b)\n\t\t\tif (c)\n\t\t\t\tif (d)\n\t\t\t\t\te();\n}\n' \
		>"$work/tree/daemon/core/planted.c"
	expect rcc_deep "$here/size.sh" "$work/tree"
	fresh
	printf 'static int counter;\n' >"$work/tree/daemon/core/planted.c"
	expect counter "$here/size.sh" "$work/tree"
	fresh
	seq 501 | sed 's|.*|/* a long file */|' >"$work/tree/daemon/core/planted.c"
	expect '501 lines' "$here/size.sh" "$work/tree"
}

check_words() {
	# The words are put together here, so that this file passes its own lint.
	for case in "daemon/core/core.h|/* TO""DO */|unfinished" "README.md|FIX""ME|unfinished" \
		"daemon/sys/sys.h|x = ato""i(y);|no bound" "daemon/sys/sys.h|str""cpy(a, b);|no bound" \
		"daemon/sys/sys.h|spr""intf(a, b);|no bound" "tests/planted.c|usle""ep(100);|time in tests" \
		"daemon/core/core.h|#ifdef NDE""BUG|asserts"; do
		file=${case%%|*}
		rest=${case#*|}
		plant "$file" "${rest%|*}"
		expect "${rest##*|}" "$here/words.sh" "$work/tree"
	done
}

check_format() {
	plant daemon/core/core.h 'int  rcc_badly( void ) ;'
	code=0
	"$here/format.sh" "$tree" >/dev/null 2>&1 || code=$?
	[ $code -ne 77 ] || { echo "format: clang-format 14 is not installed"; exit 77; }
	expect clang-format "$here/format.sh" "$work/tree"
}

check_docs() {
	fresh
	echo 'RCC_KEY(planted_key, "text")' >>"$work/tree/daemon/sys/config.def"
	expect planted_key "$here/docs.sh" "$work/tree"
	fresh
	printf 'static const struct rcc_verb verbs[] = {\n\t{"plantedverb", "", "x"},\n};\n' >"$work/tree/clients/planted.c"
	expect plantedverb "$here/docs.sh" "$work/tree"
	fresh
	printf 'static const struct rcc_option options[] = {\n\t{"plantedoption", 0, NULL, "x"},\n};\n' \
		>"$work/tree/clients/planted.c"
	expect plantedoption "$here/docs.sh" "$work/tree"
	plant proto/source/sources.def 'RCC_SOURCE(plantedsource, whole, "x")'
	expect plantedsource "$here/docs.sh" "$work/tree"
	fresh
	# shellcheck disable=SC2016 # backticks are characters here
	sed -i 's/^| `dsc` |/| `plantedrow` | | |\n&/' "$work/tree/docs/sources.md"
	expect plantedrow "$here/docs.sh" "$work/tree"
}

check_shell() {
	command -v shellcheck >/dev/null || { echo "shell: shellcheck is not installed"; exit 77; }
	fresh
	echo '#!/bin/sh' >"$work/tree/tests/planted"
	echo "cd \$1" >>"$work/tree/tests/planted"
	expect planted "$here/shell.sh" "$work/tree"
	printf '#!/bin/bash\nset -euo pipefail\ncat /etc/passwd | %s root\n' 'grep -q' >"$work/tree/tests/planted"
	expect "leaves early" "$here/shell.sh" "$work/tree"
}

check_links() {
	plant README.md '[text](docs/planted.md)'
	expect docs/planted.md "$here/links.sh" "$work/tree"
	# shellcheck disable=SC2016 # the backtick is a character here
	plant docs/architecture.md 'See `daemon/core/planted.c`.'
	expect daemon/core/planted.c "$here/links.sh" "$work/tree"
}

check_neutral() {
	plant proto/rcc.proto 'message Planted { string nationality = 1; }'
	expect nationality "$here/neutral.sh" "$work/tree"
	plant include/rcc/message.h 'struct rcc_planted { char asylum[4]; };'
	expect asylum "$here/neutral.sh" "$work/tree"
	fresh
	sed -i 's/^message Survivors {/&\n  string survivor_name = 30;/' "$work/tree/proto/rcc.proto"
	expect survivor_name "$here/neutral.sh" "$work/tree"
	fresh
	# shellcheck disable=SC2016 # the backtick is a character here
	sed -i 's/^## NEED$/&\n| `status` | of the person | |/' "$work/tree/docs/json.md"
	expect status "$here/neutral.sh" "$work/tree"
	fresh
	echo 'static int weigh(const struct rcc_peer *peer) { return peer->owner == 2; }' >"$work/tree/daemon/core/planted.c"
	expect 'kind of owner' "$here/neutral.sh" "$work/tree"
	fresh
	echo 'static bool weigh(const struct rcc_core *core) { return core->parity.parted_at_ms != 0; }' >"$work/tree/daemon/core/planted.c"
	expect 'act on what parity' "$here/neutral.sh" "$work/tree"
	fresh
	echo 'static int weigh(const struct rcc_peer *peer) { return peer->owner == 2; }' >>"$work/tree/daemon/view/view_rank.c"
	expect 'kind of owner' "$here/neutral.sh" "$work/tree"
	fresh
	echo 'static int weigh(const struct rcc_profile *profile) { return profile->company[0]; }' >>"$work/tree/daemon/core/rank.c"
	expect 'who runs a ship' "$here/neutral.sh" "$work/tree"
}

# The copy as it was, but for what a story of another name would leave: one copy is enough for what reads docs and stories alone.
again() {
	rm -f "${story%.scn}"[._]*
	cp "$tree/docs/coverage.md" "$tree_page"
}

# row NUMBER REST: puts another row in the place of a number's own in docs/coverage.md of the copy.
row() {
	again
	sed -i "s#^| $1 | [^|]* | [^|]* | [^|]*|\$#| $1 | $2#" "$tree_page"
}

# shows LINE...: a story that covers OB01 and has these lines, beside a trace of two, a record and a pack.
shows() {
	printf '%s\n' 'title "planted"' 'covers OB01' "$@" >"$story"
	printf '%s\n' '00:01 < WATCH: I1, note: planted by one' '00:01 = I1, note: "planted" as a fact' >"${story%.scn}.trace"
}

check_shows() {
	shows 'shows OB01 "planted by nobody"'
	expect 'planted.scn shows OB01 by what was not reviewed with it: planted by nobody' "$here/coverage.sh" "$work/tree"
	shows 'shows OB01 "planted by one"'
	expect 'planted.scn shows OB01 by what was only said: planted by one' "$here/coverage.sh" "$work/tree"
	shows 'shows OB02 "note: "planted" as a fact"'
	expect 'planted.scn shows OB02, which it does not cover' "$here/coverage.sh" "$work/tree"
	shows 'shows OB01 "as a fact"'
	expect 'planted.scn shows OB01 by less than 12 characters: as a fact' "$here/coverage.sh" "$work/tree"
	for line in 'shows OB01' 'shows OB01 planted as a fact' 'shows "note: "planted" as a fact"' 'shows OB01 "planted" # twice'; do
		shows "$line"
		expect 'planted.scn line 3 is not: shows NUMBER "TEXT"' "$here/coverage.sh" "$work/tree"
	done
	shows 'shows OB01 "note: "planted" as a fact"'
	rm "${story%.scn}.trace"
	expect 'planted.scn shows OB01 by what was not reviewed with it' "$here/coverage.sh" "$work/tree"
	# What stands there is taken, with its quotes; in a record and in a pack as well.
	shows 'shows OB01 "note: "planted" as a fact"' 'shows OB01 "planted in a record"' 'shows OB01 "planted in a pack"'
	echo 'planted in a record' >"${story%.scn}.record"
	echo 'planted in a pack' >"${story%.scn}_211000001.pack"
	"$here/coverage.sh" "$work/tree" >"$work/out" || { echo "self test: coverage refuses what is shown:"; cat "$work/out"; exit 1; }
}

check_coverage() {
	tree_page=$work/tree/docs/coverage.md
	story=$work/tree/tests/golden/core/planted.scn
	fresh
	"$here/coverage.sh" "$work/tree" >/dev/null || { echo "self test: coverage refuses the tree as it is"; exit 1; }
	again
	printf 'title "planted"\ncovers R63\n' >"$story"
	expect 'planted.scn covers R63' "$here/coverage.sh" "$work/tree"
	again
	printf 'title "planted"\ncovers OB13\n' >"$story"
	expect 'planted.scn covers OB13' "$here/coverage.sh" "$work/tree"
	again
	printf 'title "planted"\n' >"$story"
	expect 'planted.scn does not say' "$here/coverage.sh" "$work/tree"
	check_shows
	# No story and no reason; a reason and a story.
	row OB47 'asks | - | |'
	expect 'OB47 is covered by no story' "$here/coverage.sh" "$work/tree"
	row OB47 'asks | - | because |'
	expect 'OB47 is covered by no story' "$here/coverage.sh" "$work/tree"
	again
	printf 'title "planted"\ncovers OB47\n' >"$story"
	expect 'OB47 is covered by planted: its reason' "$here/coverage.sh" "$work/tree"
	# What is named is not there, does not say so, or is not named.
	# shellcheck disable=SC2016 # backticks are characters here
	{
		row OB47 'asks | `planted_story` | not software: planted |'
		expect planted_story "$here/coverage.sh" "$work/tree"
		row OB47 'asks | `button` | not software: planted |'
		expect 'OB47 names the story button' "$here/coverage.sh" "$work/tree"
		row OB47 'asks | `tests/unit/planted.c` | another test: planted |'
		expect tests/unit/planted.c "$here/coverage.sh" "$work/tree"
		row OB47 'asks | `tests/unit/core/test_roles.c` | another test: planted |'
		expect 'none of the tests that its row names says that it is of OB47' "$here/coverage.sh" "$work/tree"
	}
	row OB47 'asks | - | another test: planted |'
	expect 'OB47 does not name its another test' "$here/coverage.sh" "$work/tree"
	# Rows too few, too many, unknown.
	again
	sed -i '/^| OB47 |/d' "$tree_page"
	expect 'no row of OB47' "$here/coverage.sh" "$work/tree"
	again
	sed -i '/^| OB47 |/{p;}' "$tree_page"
	expect 'two rows of OB47' "$here/coverage.sh" "$work/tree"
	again
	sed -i 's/^| OB47 |/| OB19 |/' "$tree_page"
	expect 'a row of OB19' "$here/coverage.sh" "$work/tree"
	again
	echo '| OB47 | planted |' >>"$tree_page"
	expect 'what is missing of OB47' "$here/coverage.sh" "$work/tree"
	# A number that no story shows any more.
	again
	find "$work/tree/tests/golden" -name '*.scn' -exec sed -i '/^shows OB51 /d' {} +
	expect 'and none of them shows it' "$here/coverage.sh" "$work/tree"
}

# archive LINE...: compiles a source made of these lines into planted.a.
archive() {
	printf '%s\n' "$@" >"$work/planted.c"
	"${CC:-cc}" -std=c17 -fPIC -fno-common -c "$work/planted.c" -o "$work/planted.o"
	rm -f "$work/planted.a"
	ar rc "$work/planted.a" "$work/planted.o"
}

check_purity() {
	archive '#include <time.h>' 'long rcc_x(void) { return (long)time(0); }'
	expect time "$here/purity.sh" "$work/planted.a"
	archive '#include <stdlib.h>' 'void *rcc_x(void) { return malloc(8); }'
	expect malloc "$here/purity.sh" "$work/planted.a"
	archive 'static int counter;' 'int rcc_x(void) { return ++counter; }'
	expect counter "$here/purity.sh" "$work/planted.a"
	archive 'static const char *word = "a";' 'const char *rcc_x(void) { return word; }' 'void rcc_y(const char *w) { word = w; }'
	expect word "$here/purity.sh" "$work/planted.a"
	archive 'static const char *const words[] = {"a", "b"};' 'const char *rcc_x(int i) { return words[i]; }'
	"$here/purity.sh" "$work/planted.a" >/dev/null || { echo "self test: purity refuses a constant table"; exit 1; }
}

check_po() {
	plant clients/crew/terms.c 'const char *rcc_planted(void) { return _("planted sentence"); }'
	expect 'run it' "$here/po.sh" "$work/tree"
	"$work/tree/po/update" >/dev/null
	expect 'lacks "planted sentence"' "$here/po.sh" "$work/tree"
	fresh
	sed -i 's/^msgstr "nous sommes à %s"$/msgstr "nous sommes à %u"/' "$work/tree/po/fr.po"
	expect 'format' "$here/po.sh" "$work/tree"
}

check_sandbox() {
	command -v systemd-analyze >/dev/null || exit 77
	fresh
	sed -i '/^ProtectSystem=/d; /^PrivateDevices=/d; /^NoNewPrivileges=/d; /^CapabilityBoundingSet=/d; /^SystemCallFilter=/d' "$work/tree/systemd/rccd.service"
	expect 'rccd.service' "$here/sandbox.sh" "$work/tree"
}

check_symbols() {
	archive 'int helper(void) { return 1; }'
	expect helper "$here/symbols.sh" "$work/planted.a"
	archive 'int counter = 1;'
	expect counter "$here/symbols.sh" "$work/planted.a"
	archive 'static int helper(void) { return 1; }' 'int rcc_x(void) { return helper(); }'
	"$here/symbols.sh" "$work/planted.a" >/dev/null || { echo "self test: symbols refuses rcc_x"; exit 1; }
}

"check_$lint"
echo "self test: $lint noticed all $planted violations"
