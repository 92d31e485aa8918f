#!/bin/sh
# rccd --check-config: file and command line together, exit code 78 and one sentence for what cannot work.
# usage: check_config.sh RCCD
set -eu

rccd=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
file=$folder/rccd.conf

# judge CODE SETTINGS OPTION...
judge() {
	wanted=$1
	echo "$2" >"$file"
	shift 2
	code=0
	"$rccd" --config "$file" --check-config "$@" >"$folder/said" 2>&1 || code=$?
	if [ "$code" != "$wanted" ] || [ "$(wc -l <"$folder/said")" != 1 ]; then
		echo "FAILED: $code instead of $wanted for '$(cat "$file")' $*: $(cat "$folder/said")" >&2
		exit 1
	fi
}

judge 0 ''
judge 0 'endpoints: { live = ""; };' --ships 'tcp://*:8406'
judge 78 'endpoints: { ships = "tcp://*:70000"; };'
judge 78 'endpoints: { ships = "tcp://*:8407"; operations = "tcp://*:8407"; };'
judge 78 'state_dir = "var/rccd";'
judge 78 '' --ships nonsense
judge 78 '' --operations tcp://127.0.0.1:8406
judge 78 '' --state-dir relative
judge 78 'centr = "X";'
echo "what cannot work is refused before it is tried"
