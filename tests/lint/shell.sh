#!/bin/sh
# Every script is clean for shellcheck. Usage: shell.sh TREE. Exit 77 (skipped) without that program.
set -eu
cd "${1:?usage: shell.sh TREE}"
command -v shellcheck >/dev/null || { echo "shell: shellcheck is not installed"; exit 77; }
scripts=$(grep -rlE '^#!/bin/(ba)?sh' .ci .githooks tests clients systemd 2>/dev/null | LC_ALL=C sort)
[ -n "$scripts" ] || { echo "shell: nothing was checked" >&2; exit 2; }
# shellcheck disable=SC2086 # paths of this tree hold no blanks
shellcheck $scripts
echo "shell: $(printf '%s\n' "$scripts" | grep -c .) scripts are clean"
