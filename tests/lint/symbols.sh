#!/bin/sh
# Every name that a library or program of ours gives to the linker begins with rcc_. Usage: symbols.sh FILE...
set -eu
[ $# -ge 1 ] || { echo "usage: symbols.sh ARCHIVE-OR-PROGRAM..." >&2; exit 2; }
# Besides ours: main, and what the linker and the C start files put into every program.
linker='main|_start|_init|_fini|_end|_edata|_etext|__bss_start|data_start|__data_start|__dso_handle|_IO_stdin_used|__TMC_END__'
# The daemon's, in place of the C library's: docs/adr/0030.
linker="$linker|accept4"
count=0
bad=0
for file in "$@"; do
	names=$(nm -g --defined-only "$file" 2>/dev/null | awk 'NF == 3 { print $2, $3 }' | sort -u)
	count=$((count + $(printf '%s\n' "$names" | grep -c . || true)))
	# R and V/W of copy relocations (stdout@GLIBC) carry a version: they are the C library's.
	wrong=$(printf '%s\n' "$names" | awk '{ print $2 }' | grep -v '@' | grep -Ev "^(rcc_|$linker\$)" || true)
	if [ -n "$wrong" ]; then
		bad=1
		printf '%s\n' "$wrong" | sed "s|^|symbols: $(basename "$file") exports |"
	fi
done
[ "$count" -gt 0 ] || { echo "symbols: nothing was checked" >&2; exit 2; }
[ $bad -eq 0 ] && echo "symbols: $count exported names in $# files begin with rcc_"
exit $bad
