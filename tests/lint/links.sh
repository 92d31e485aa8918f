#!/bin/sh
# Every link and every path that the documentation names exists. Usage: links.sh TREE
set -eu
cd "${1:?usage: links.sh TREE}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for page in README.md CHANGELOG.md $(find docs -name '*.md' | LC_ALL=C sort); do
	folder=$(dirname "$page")
	# [text](target): relative to the page; the rest of the web is not ours to check.
	grep -oE '\]\([^)#: ]+(#[^)]*)?\)' "$page" | sed -E 's/^\]\(//; s/(#.*)?\)$//' | while read -r target; do
		[ -e "$folder/$target" ] || echo "links: $page links to $target, which is not there"
		echo x >>"$work/count"
	done
	# `daemon/core/step.c`: from the top of the tree; patterns and pieces of code are not paths.
	# shellcheck disable=SC2016 # the backtick is a character here
	grep -oE '`(include|daemon|proto|clients|tests|docs|systemd|po|\.ci)/[A-Za-z0-9_./-]+`' "$page" | tr -d '`' |
		while read -r target; do
			[ -e "$target" ] || echo "links: $page names $target, which is not there"
			echo x >>"$work/count"
		done
done >"$work/missing"
cat "$work/missing"
[ -s "$work/count" ] || { echo "links: nothing was checked" >&2; exit 2; }
[ ! -s "$work/missing" ] || exit 1
echo "links: $(wc -l <"$work/count") links and paths lead somewhere"
