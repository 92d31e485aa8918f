#!/bin/sh
# The name of a build: of a commit, of what was changed since or was added, and of what there is where there is no history.
# Usage: build_stamp.sh TREE. Exit 77 (skipped) without git.
set -eu
tree=$(cd "${1:?usage: build_stamp.sh TREE}" && pwd)
command -v git >/dev/null || { echo "build_stamp: git is not installed"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "FAILED: $*"; exit 1; }
name() {
	cmake -DSOURCE="$1" -DVERSION=1.2.3 -DOUTPUT="$work/stamp.h" -P "$tree/include/build_stamp.cmake"
	sed -n 's/^#define RCC_BUILD "\(.*\)"$/\1/p' "$work/stamp.h"
}
# $1 is a pattern.
# shellcheck disable=SC2254
is() { case $2 in $1) ;; *) fail "named \"$2\", not \"$1\": $3" ;; esac; }

mkdir -p "$work/a/daemon" "$work/a/clients" "$work/a/proto" "$work/a/include"
echo 'int one;' >"$work/a/daemon/one.c"
echo '# made' >"$work/a/CMakeLists.txt"
first=$(name "$work/a")
is '1.2.3+source.????????' "$first" "no history"
echo 'int two;' >"$work/a/daemon/one.c"
[ "$(name "$work/a")" != "$first" ] || fail "another source has the same name"
git -C "$work/a" -c init.defaultBranch=main init -q
git -C "$work/a" add .
git -C "$work/a" -c user.name=a -c user.email=a@example.org commit -qm one
commit=1.2.3+$(git -C "$work/a" rev-parse --short=12 HEAD)
is "$commit" "$(name "$work/a")" "of a commit"
echo 'int three;' >"$work/a/daemon/one.c"
changed=$(name "$work/a")
is "$commit.????????" "$changed" "changed since"
git -C "$work/a" config diff.context 9
git -C "$work/a" config color.diff always
[ "$(name "$work/a")" = "$changed" ] || fail "settings of git change the name"
echo 'int four;' >"$work/a/daemon/four.c"
[ "$(name "$work/a")" != "$changed" ] || fail "a source that was added does not change the name"
# In the history of something else.
mkdir -p "$work/a/vendor/b/daemon"
echo 'int one;' >"$work/a/vendor/b/daemon/one.c"
echo '# made' >"$work/a/vendor/b/CMakeLists.txt"
is '1.2.3+source.????????' "$(name "$work/a/vendor/b")" "a copy inside another history"
echo "build_stamp: named after what it is built from"
