#!/bin/bash
# What it costs to be on watch behind a satellite link, bytes of IP in both directions: a ship whose receiver tells where she is, and
# one that has been called and has answered. From the second minute on, when everything is said that is said once. And what one call costs
# of a ship that closes her link between her calls.
#
# Usage: idle.sh BIN_DIR TOOLS_DIR      RCC_MINUTES: how long to look (default 30); an hour is reckoned from it
#                                       RCC_SHIPS: which of IDLE, CALLED and RESTS (default all)
set -euo pipefail
bin=$(cd "${1:?usage: idle.sh BIN_DIR TOOLS_DIR}" && pwd)
tools=$(cd "${2:?usage: idle.sh BIN_DIR TOOLS_DIR}" && pwd)
# shellcheck source=tests/lab/lab_lib.sh
. "$(dirname "$0")/lab_lib.sh"
minutes=${RCC_MINUTES:-30}
declare -A most=([IDLE]=8000 [CALLED]=64000 [CALL]=4000)
every=2
wanted=${RCC_SHIPS:-IDLE CALLED RESTS}
hour=0 open=0 call=0

# watch SHIP MMSI [OPTION...]: her session stays on; a gpsd of her own gives the place, from a line that is fed once a second.
watch() {
	local fd
	sail "$1"
	enrol "$1" vessel --mmsi "$2"
	mkfifo "$scratch/$1.in"
	ip netns exec "$coast-$1" gpsd -N -S 2947 "udp://127.0.0.1:5000" >"$scratch/$1.gpsd" 2>&1 &
	pids+=("$!")
	# shellcheck disable=SC2016 # the inner shell's own
	ip netns exec "$coast-$1" bash -c 'while :; do
		line="GPRMC,$(date -u +%H%M%S.00),A,3530.000,N,01210.000,E,010.0,090.0,$(date -u +%d%m%y),,,A" sum=0
		for ((i = 0; i < ${#line}; i++)); do sum=$((sum ^ $(printf %d "'"'"'${line:i:1}"))); done
		printf "\$%s*%02X\r\n" "$line" "$sum" >/dev/udp/127.0.0.1/5000
		sleep 1
	done' >/dev/null 2>&1 &
	pids+=("$!")
	ip netns exec "$coast-$1" "$bin/rcc-crew" --plain --gpsd 127.0.0.1:2947 --mmsi "$2" --to "tcp://10.77.${link_number[$1]}.1:$port" \
		--server-key "$server_key" --key "$scratch/$1.key" --name "$1" "${@:3}" <"$scratch/$1.in" >>"$scratch/$1.out" 2>&1 &
	pids+=("$!")
	exec {fd}>"$scratch/$1.in"
	session_fd[$1]=$fd
	await 120 has_line 'welcome:' "$scratch/$1.out" || fail "$1 is not welcomed: $(cat "$scratch/$1.out")"
}

start_centre
declare -A before=()
if tells IDLE <<<"$wanted"; then
	watch IDLE 247100001
	sleep 90
	before[IDLE]=$(cost IDLE)
	begin=$(date +%s)
	sleep $((minutes * 60))
	spent=$(($(cost IDLE) - before[IDLE]))
	hour=$((spent * 3600 / ($(date +%s) - begin)))
	tell IDLE status
	await 10 has_line 'link cost:' "$scratch/IDLE.out" || fail "she does not say what it costs"
	echo "on watch: $spent bytes in $minutes min, $hour an hour (at most ${most[IDLE]}); she reckons $(sed -n 's/.*link cost: //p' "$scratch/IDLE.out")"
	[ -n "$(ctl --json vessel 247100001 | jq '.lat // empty')" ] || fail "the centre does not know where she is"
fi

if tells CALLED <<<"$wanted"; then
	watch CALLED 247100002
	ctl open --by phone --pos '35-12.40N 012-36.05E' --nature fire --persons 5 >/dev/null
	await 120 has_line 'MAYDAY RELAY' "$scratch/CALLED.out" || fail "CALLED hears nothing"
	tell CALLED answer latest proceeding --eta 2h --by Mate
	sleep 60
	before[CALLED]=$(cost CALLED)
	begin=$(date +%s)
	sleep $((minutes * 20))
	spent=$(($(cost CALLED) - before[CALLED]))
	open=$((spent * 3600 / ($(date +%s) - begin)))
	echo "with a case open: $spent bytes in $((minutes / 3)) min, $open an hour (at most ${most[CALLED]})"
	ctl cancel "$year-0001" --reason 'put out' >/dev/null
fi

if tells RESTS <<<"$wanted"; then
	watch RESTS 247100003 --call-in "$every"
	sleep 60
	# Half way between two calls, as at the end.
	before[RESTS]=$(cost RESTS)
	sleep $((minutes / every * every * 60))
	spent=$(($(cost RESTS) - before[RESTS]))
	call=$((spent / (minutes / every)))
	echo "calling in every $every min: $spent bytes in $minutes min, $call a call (at most ${most[CALL]})"
fi
if [ "$hour" -gt "${most[IDLE]}" ] || [ "$open" -gt "${most[CALLED]}" ] || [ "$call" -gt "${most[CALL]}" ]; then fail "it costs more than the budget"; fi
