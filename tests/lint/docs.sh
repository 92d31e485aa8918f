#!/bin/sh
# Nothing that a person can type is missing from what a person can read. Usage: docs.sh TREE
#   every key of daemon/sys/config.def is in systemd/rccd.conf
#   every key of include/rcc/profile.def is in docs/profile.md
#   every library that tests/run installs to build is in README.md and clients/demo/run
#   every verb and option in a program's tables is in README.md or docs/
#   every source of proto/source/sources.def has a row in docs/sources.md, and every row a source
set -eu
cd "${1:?usage: docs.sh TREE}"
bad=0
count=0

missing() {
	echo "docs: $1"
	bad=1
}

# A dotted key stands inside its groups there: its last part is followed by = or, for a group, by a colon.
# shellcheck disable=SC2013 # keys hold no blanks
for key in $(sed -nE 's/^[A-Z_]+\( *"?([a-z][a-z0-9_.]*).*/\1/p' daemon/sys/config.def); do
	count=$((count + 1))
	grep -qE "(^|[^a-z0-9_])${key##*.} *[=:]" systemd/rccd.conf || missing "key $key is not in systemd/rccd.conf"
done

rows_of_sources=$(awk '/^\| source \|/ { inside = 1 } !/^\|/ { inside = 0 } inside' docs/sources.md)
sources=$(sed -nE 's/^RCC_SOURCE\(([a-z0-9_]+),.*/\1/p' proto/source/sources.def)
for source in $sources; do
	count=$((count + 1))
	printf '%s\n' "$rows_of_sources" | grep -qF "| \`$source\` |" || missing "source $source has no row in the table of docs/sources.md"
done
# shellcheck disable=SC2016 # backticks are characters here
for source in $(printf '%s\n' "$rows_of_sources" | sed -nE 's/^\| `([a-z0-9_]+)` \|.*/\1/p'); do
	printf '%s\n' "$sources" | grep -qx "$source" || missing "docs/sources.md has a row of $source: no such source"
done

# Every library of the build can be installed by whoever reads only the README, or runs only the demonstration.
if [ -f tests/run ]; then
	for package in $(sed -n '/^packages_build=(/,/)$/p' tests/run | tr -s '() \t' '\n' | grep -E '^lib.*-dev$'); do
		count=$((count + 1))
		grep -qF -e "$package" README.md || missing "package $package is not in README.md"
		grep -qF -e "$package" clients/demo/run || missing "package $package is not in clients/demo/run"
	done
fi

# Every key that a ship can declare.
# shellcheck disable=SC2013 # keys hold no blanks
for key in $(sed -nE 's/^RCC_PROFILE\([A-Z0-9_]+, [0-9]+, "([a-z0-9-]+)".*/\1/p' include/rcc/profile.def); do
	count=$((count + 1))
	grep -qF "| \`$key\` |" docs/profile.md || missing "profile key $key is not in docs/profile.md"
done

# Rows of the tables that parse the command line: {"name", ...
rows() {
	find daemon clients -name '*.[ch]' -type f -exec cat {} + | awk -v kind="struct $1" '
		$0 ~ kind " " && /\[[^]]*\] *= *\{/ { inside = 1 }
		/^\};/ { inside = 0 }
		inside {
			line = $0
			while (match(line, /\{ *"[a-z0-9-]+"/)) {
				name = substr(line, RSTART, RLENGTH)
				gsub(/[{" ]/, "", name)
				print name
				line = substr(line, RSTART + RLENGTH)
			}
		}' | sort -u
}
pages=$(find docs -name '*.md' -o -name '*.scd')
for verb in $(rows rcc_verb); do
	count=$((count + 1))
	# shellcheck disable=SC2086 # paths of this tree hold no blanks
	grep -qE "(^|[^a-z-])$verb([^a-z-]|\$)" README.md $pages || missing "verb $verb is in no page"
done
for option in $(rows rcc_option) $(rows option); do
	count=$((count + 1))
	# shellcheck disable=SC2086
	grep -qE -e "--$option([^a-z-]|\$)" README.md $pages || missing "option --$option is in no page"
done
[ $count -gt 0 ] || { echo "docs: nothing was checked" >&2; exit 2; }
[ $bad -eq 0 ] && echo "docs: $count keys, verbs, options and sources are described"
exit $bad
