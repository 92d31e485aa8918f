#!/bin/bash
# The manual pages: no formatter warns of them, each has its sections, and what a program takes is what its page shows, no more and
# no less. A page that lacks an option, or has one too many, is found. Usage: pages.sh BIN_DIR PAGES_DIR TREE
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
bin=$(cd "${1:?usage: pages.sh BIN_DIR PAGES_DIR TREE}" && pwd)
pages=$(cd "${2:?usage: pages.sh BIN_DIR PAGES_DIR TREE}" && pwd)
tree=$(cd "${3:?usage: pages.sh BIN_DIR PAGES_DIR TREE}" && pwd)
# shellcheck source=tests/integration/lib.sh
. "$here/lib.sh"
for tool in scdoc man groff col; do
	command -v "$tool" >/dev/null || { echo "pages: $tool is not installed"; exit 77; }
done
programs=(rccd rccctl rcc-crew rcc-feed rcc-replay rcc-sim)

# show PAGE: as people read it, each paragraph in one line.
show() { MANWIDTH=4000 man -l "$1" 2>/dev/null | col -bx; }
# section NAME: that part of what is shown on standard input.
section() { awk -v name="$1" '/^[A-Z]/ { inside = $0 == name; next } inside' "$2"; }
# compare PROGRAM PAGE: prints what differs.
compare() {
	local program=$1 page=$2
	show "$page" >"$scratch/shown"
	section OPTIONS "$scratch/shown" | sed -nE 's/^ {7}(-., )?--([a-z-]+).*/\2/p' | sort >"$scratch/shown.options"
	section VERBS "$scratch/shown" | sed -nE 's/^ {7}([a-z-]+).*/\1/p' | sort >"$scratch/shown.verbs"
	diff "$scratch/$program.options" "$scratch/shown.options" | sed -nE 's/^< /the page lacks --/p; s/^> /there is no --/p'
	diff "$scratch/$program.verbs" "$scratch/shown.verbs" | sed -nE 's/^< /the page lacks the verb /p; s/^> /there is no verb /p'
	# Elsewhere in the text: an option of this program, or of another one that stands in the same paragraph.
	local option other line
	grep -oE -e '--[a-z][a-z-]*' "$scratch/shown" | sed 's/^--//' | sort -u | comm -23 - "$scratch/$program.options" |
		while read -r option; do
			while IFS= read -r line; do
				for other in "${programs[@]}"; do
					[[ $line != *"$other"* ]] || ! grep -qx -e "$option" "$scratch/$other.options" || continue 2
				done
				echo "there is no --$option, of which it tells:$line"
			done < <(grep -E -e "--$option([^a-z-]|\$)" "$scratch/shown")
		done
}

for program in "${programs[@]}"; do
	LC_ALL=C "$bin/$program" --help >"$scratch/$program.help"
	sed -nE 's/^  (-., |    )--([a-z-]+).*/\2/p' "$scratch/$program.help" | sort >"$scratch/$program.options"
	awk '/^verbs:/ { inside = 1; next } /^$/ { inside = 0 } inside && /^  [a-z]/ { print $1 }' "$scratch/$program.help" |
		sort >"$scratch/$program.verbs"
done
count=0
for page in "$pages"/*.[1-8]; do
	name=$(basename "$page")
	MANWIDTH=80 man --warnings -E UTF-8 -l -Tutf8 -Z "$page" 2>"$scratch/warnings" >/dev/null
	groff -mandoc -ww -k -Tutf8 -z "$page" 2>>"$scratch/warnings"
	[ ! -s "$scratch/warnings" ] || fail "$name: $(cat "$scratch/warnings")"
	show "$page" >"$scratch/$name.txt"
	wanted=(NAME SYNOPSIS DESCRIPTION FILES 'SEE ALSO')
	[[ ! -x $bin/${name%.*} ]] || wanted+=(VERBS OPTIONS ENVIRONMENT 'EXIT STATUS' EXAMPLES)
	for heading in "${wanted[@]}"; do
		grep -qx "$heading" "$scratch/$name.txt" || fail "$name has no $heading"
	done
	# Every page that it names is one of ours, or one of other programs.
	for other in $(sed -n '/^SEE ALSO/,$p' "$scratch/$name.txt" | grep -oE '\b(rcc[a-z.-]*)\([0-9]\)' | tr -d ')' | tr '(' .); do
		[ -e "$pages/$other" ] || fail "$name names $other"
	done
	count=$((count + 1))
done
[ "$count" -eq "$(find "$tree/docs/man" -name '*.scd.in' | wc -l)" ] || fail "$count pages were made"

for program in "${programs[@]}"; do
	page=$(echo "$pages/$program".[18])
	differs=$(compare "$program" "$page")
	[ -z "$differs" ] || fail "$program: $differs"
	# What the comparison is worth: a page without --help, and one with --never, are found.
	grep -v -e '--help\|\\-\\-help' "$page" >"$scratch/lacking.1"
	compare "$program" "$scratch/lacking.1" | tells 'the page lacks --help' || fail "$program: an option that its page lacks is not found"
	sed 's/^\.SH FILES/\\fB\\-\\-never\\fR is no option.\n&/' "$page" >"$scratch/more.1"
	compare "$program" "$scratch/more.1" | tells 'there is no --never' || fail "$program: an option that is none is not found"
done

{
	sed -nE 's/^RCC_CONFIG_[A-Z]+\("([a-z0-9_.]+)".*/\1/p' "$tree/daemon/sys/config.def"
	sed -nE 's/^RCC_DUTY\([A-Z_]+, [0-9]+, "[A-Z0-9]+", [A-Z]+, "[a-z-]+", "([a-z_]+)".*/rules.duty.\1/p' "$tree/include/rcc/duties.def"
} | sort >"$scratch/keys"
[ "$(wc -l <"$scratch/keys")" -gt 40 ] || fail "no keys were found"
section OPTIONS "$scratch/rccd.conf.5.txt" | sed -nE 's/^ {7}([a-z0-9_.]+)$/\1/p' | sort >"$scratch/shown.keys"
diff "$scratch/keys" "$scratch/shown.keys" || fail "the keys of rccd.conf are not those of its page"
echo "pages: $count pages without a warning; $(wc -l <"$scratch/keys") keys, and every verb and option of ${#programs[@]} programs"
