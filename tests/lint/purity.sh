#!/bin/sh
# Shows that the core is pure: what it asks of the machine is on a short list, and it keeps no state of its own.
# Usage: purity.sh librcc_core.a [librcc_text.a]   (the second is checked in the same way)
set -eu
here=$(cd "$(dirname "$0")" && pwd)
[ $# -ge 1 ] || { echo "usage: purity.sh ARCHIVE..." >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

sed 's/#.*//' "$here/purity.allow" | tr -s ' \t' '\n' | grep . | sort -u >"$work/allowed"
nm --defined-only "$@" 2>/dev/null | awk 'NF == 3 { print $3 }' | sort -u >"$work/defined"
nm --undefined-only "$@" 2>/dev/null | awk '$1 == "U" { print $2 }' | sort -u >"$work/undefined"
[ -s "$work/defined" ] || { echo "purity: no symbols in $*" >&2; exit 2; }

bad=0
sort -u "$work/allowed" "$work/defined" | comm -23 "$work/undefined" - >"$work/foreign"
if [ -s "$work/foreign" ]; then
	bad=1
	while read -r symbol; do
		echo "purity: the core must not need $symbol:"
		nm -A --undefined-only "$@" | awk -v s="$symbol" '$NF == s { print "\t" $1 }'
	done <"$work/foreign"
fi

# Constants that hold pointers lie in .data.rel.ro, which the loader makes read-only: only truly writable sections count.
objdump -t "$@" | awk '
	/^[0-9a-f]+ / && / O / && ($(NF - 2) ~ /^(\.data|\.bss|\.tdata|\.tbss|\*COM\*)/) && $(NF - 2) !~ /^\.data\.rel\.ro/ {
		print "purity: writable object at file scope: " $NF " in " $(NF - 2)
	}' >"$work/writable"
if [ -s "$work/writable" ]; then
	bad=1
	cat "$work/writable"
fi
[ $bad -eq 0 ] && echo "purity: $(wc -l <"$work/undefined") outside names, all on the list; nothing writable"
exit $bad
