#!/bin/bash
# A coast of network namespaces: the centre ashore, each ship behind a link of her own (sea_link). Sourced; wants $bin and $tools,
# gives what centre_lib.sh gives. Exit code 77 where namespaces cannot be made.
: "${bin:?}" "${tools:?}"
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=tests/integration/centre_lib.sh
. "$here/../integration/centre_lib.sh"

skip() { echo "skipped: $*"; exit 77; }
command -v ip >/dev/null || skip "ip (iproute2) is missing"
command -v jq >/dev/null || skip "jq is missing"
[ "$EUID" -eq 0 ] || skip "only root may make network namespaces"
[ -w /dev/net/tun ] || skip "/dev/net/tun is missing: the links are TUN devices"
coast=rcc$$
spaces=()
# space NAME: a namespace of this test.
space() {
	ip netns add "$coast-$1" 2>"$scratch/netns.log" || skip "network namespaces are not allowed here: $(cat "$scratch/netns.log")"
	spaces+=("$coast-$1")
	ip -n "$coast-$1" link set lo up
}
# shellcheck disable=SC2317 # called by the trap
leave_coast() {
	local name
	finish_pids
	for name in "${spaces[@]}"; do ip netns del "$name" 2>/dev/null || true; done
	finish
}
trap leave_coast EXIT
ashore() { ip netns exec "$coast-shore" "$@"; }
# aboard SHIP COMMAND...
aboard() { ip netns exec "$coast-$1" "${@:2}"; }

space shore
declare -A link_fd=() link_number=()
links=0
# sail SHIP [OPTION...]: a ship and her link, with options of sea_link.
sail() {
	local ship=$1 fd
	shift
	space "$ship"
	links=$((links + 1))
	mkfifo "$scratch/$ship.orders"
	"$tools/sea_link" --seed "$links" "$@" "$coast-shore" "$coast-$ship" "$links" <"$scratch/$ship.orders" >"$scratch/$ship.link" 2>>"$scratch/links.log" &
	pids+=("$!")
	exec {fd}>"$scratch/$ship.orders"
	rm "$scratch/$ship.orders"
	link_fd[$ship]=$fd
	link_number[$ship]=$links
	await 10 has_line '^open$' "$scratch/$ship.link" || fail "the link of $ship is not there: $(cat "$scratch/links.log")"
}
# order SHIP ORDER: to her link; prints the answer.
order() {
	local before
	before=$(wc -l <"$scratch/$1.link")
	echo "$2" >&"${link_fd[$1]}"
	# shellcheck disable=SC2317 # called by await
	answered() { [ "$(wc -l <"$scratch/$1.link")" -gt "$2" ]; }
	await 5 answered "$1" "$before" || fail "the link of $1 does not answer"
	tail -n 1 "$scratch/$1.link"
}
# cost SHIP: bytes that went over her link so far, both ways.
cost() { order "$1" count | jq '.to_shore.bytes + .to_ship.bytes'; }

# The centre listens on every address of the shore, so that each link reaches it. `ships` of centre_lib.sh is its port.
port=8406
launch() {
	ip netns exec "$coast-shore" "$bin/rccd" --state-dir "$state" --ships "tcp://0.0.0.0:$port" --operations "tcp://127.0.0.1:*" --live "tcp://127.0.0.1:*" \
		"$@" 2>>"$scratch/rccd.log" 5>&- &
	rccd_pid=$!
	pids+=("$rccd_pid")
}
# crew SHIP VERB...: her terminal for one verb, over her link.
crew() {
	local name=$1
	shift
	aboard "$name" "$bin/rcc-crew" --to "tcp://10.77.${link_number[$name]}.1:$port" --server-key "$server_key" --key "$scratch/$name.key" \
		--name "$name" "$@" 2>>"$scratch/$name.log"
}
