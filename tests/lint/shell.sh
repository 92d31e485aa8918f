#!/bin/sh
# Every script is clean for shellcheck, and under pipefail no reader leaves its writer (who then dies of SIGPIPE, sometimes).
# Usage: shell.sh TREE. Exit 77 (skipped) without that program.
set -eu
cd "${1:?usage: shell.sh TREE}"
command -v shellcheck >/dev/null || { echo "shell: shellcheck is not installed"; exit 77; }
scripts=$(grep -rlE '^#!/bin/(ba)?sh' .ci .githooks tests clients systemd docs 2>/dev/null | LC_ALL=C sort)
[ -n "$scripts" ] || { echo "shell: nothing was checked" >&2; exit 2; }
# shellcheck disable=SC2086 # paths of this tree hold no blanks
early=$(grep -lE '^set .*pipefail' $scripts | xargs grep -nE "\| *(grep -[a-zA-Z]*q|head -n)|\| *jq .*first\(inputs" || true)
[ -z "$early" ] || { echo "shell: a reader that leaves early: use tells (tests/integration/lib.sh) or sed -n 1p" && echo "$early"; exit 1; } >&2
# shellcheck disable=SC2086 # paths of this tree hold no blanks
shellcheck $scripts
echo "shell: $(printf '%s\n' "$scripts" | grep -c .) scripts are clean"
