#!/bin/bash
# The completion of each program, sourced as bash does it, asked as readline does it. Usage: completion.sh BIN_DIR COMPLETIONS_DIR
set -euo pipefail
bin=$(cd "${1:?usage: completion.sh BIN_DIR COMPLETIONS_DIR}" && pwd)
made=$(cd "${2:?usage: completion.sh BIN_DIR COMPLETIONS_DIR}" && pwd)
# shellcheck source=tests/integration/lib.sh
. "$(dirname "$0")/lib.sh"
mkdir "$scratch/here"
cd "$scratch/here"
touch a.key b.key

# offers WORD...: what completion gives for the last word of this line.
offers() {
	COMP_WORDS=("$@")
	COMP_CWORD=$(($# - 1))
	COMPREPLY=()
	local function
	function=$(complete -p "$1" | sed -E 's/.* -F ([^ ]+) .*/\1/')
	"$function" || true
	printf '%s\n' "${COMPREPLY[@]}" | sort | paste -sd' '
}
# completes WANTED WORD...
completes() {
	local got
	got=$(offers "${@:2}")
	[ "$got" = "$1" ] || fail "${*:2}: expected \"$1\", got \"$got\""
}

for program in rccd rccctl rcc-crew rcc-feed rcc-replay rcc-sim; do
	"$bin/$program" --completion bash | diff - "$made/$program" || fail "$program: another completion is installed"
	# shellcheck disable=SC1090 # made while building
	. "$made/$program"
	LC_ALL=C "$bin/$program" --help >"$scratch/help"
	# Every verb at the beginning, and every option.
	awk '/^verbs:/ { inside = 1; next } /^$/ { inside = 0 } inside && /^  [a-z]/ { print $1 }' "$scratch/help" >"$scratch/wanted"
	sed -nE 's/^  (-., |    )(--[a-z-]+).*/\2/p' "$scratch/help" >>"$scratch/wanted"
	sort -o "$scratch/wanted" "$scratch/wanted"
	offers "$program" '' | tr ' ' '\n' | grep -vx -- -- | diff "$scratch/wanted" - || fail "$program: not every verb and option is offered"
done
completes 'deliveries' rccctl del
completes 'server-key' rccctl --json serv
completes '--hold' rccctl relay 1 --ho
completes '' rccctl cancel 1 --ho
completes '--reason' rccctl --json cancel 1 --re
completes '--men' rcc-crew survivors latest --me
completes '--name --nature' rcc-crew distress --na
completes '' rcc-crew distress --me
completes '--station' rcc-replay render x 1 --sta
completes '--sart --sart-period --sart-test' rcc-sim fleet --sart
completes '--state-dir' rccd --sta
# The argument of an option, and an operand, are names of files.
completes 'a.key b.key' rccctl --key-file ''
completes 'a.key' rcc-feed -k a
complete -p rcc-replay | tells -- '-o default' || fail "an operand is not completed as a file"
echo "completion: six programs, every verb and option"
