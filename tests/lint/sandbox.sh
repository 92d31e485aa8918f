#!/bin/bash
# The unit files keep their programs in a sandbox: systemd's own score of exposure, 0 to 10, is at most 1.5 for each (design: 10).
# Usage: sandbox.sh TREE      Exit code 77: systemd-analyze is missing.
set -euo pipefail
tree=${1:?usage: sandbox.sh TREE}
most=1.5
command -v systemd-analyze >/dev/null || { echo "sandbox: systemd-analyze is missing"; exit 77; }
bad=0
for unit in "$tree"/systemd/*.service; do
	score=$(systemd-analyze security --offline=true --no-pager "$unit" 2>/dev/null | sed -n 's/.*exposure level for [^:]*: \([0-9.]*\).*/\1/p')
	echo "sandbox: ${unit##*/}: ${score:-no score}, at most $most"
	awk -v score="${score:-99}" -v most="$most" 'BEGIN { exit !(score <= most) }' || bad=1
done
exit "$bad"
