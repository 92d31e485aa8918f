#!/bin/bash
# Compares every form at every stage with the file that was reviewed; the after-action report is what is exchanged of good practice (R58). Usage: run_golden.sh RENDER_CASE
set -euo pipefail
program=${1:?usage: run_golden.sh RENDER_CASE}
here=$(cd "$(dirname "$0")" && pwd)
bad=0
count=0
for stage in draft notice relay update places cancel; do
	for form in voice navtex cap cot geojson sitrep sitrep-full search-action after-action; do
		golden=$here/$stage.$form
		count=$((count + 1))
		if [ -n "${RCC_ACCEPT:-}" ]; then
			"$program" "$stage" "$form" >"$golden"
		else
			diff -u "$golden" <("$program" "$stage" "$form") || bad=1
		fi
	done
done
[ $bad -eq 0 ] && echo "$count forms as reviewed"
exit $bad
