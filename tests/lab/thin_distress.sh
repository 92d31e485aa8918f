#!/bin/bash
# A cold distress over a satellite link of 2.4 kbit/s, 600 ms each way, with 0, 5 and 20 % of the packets lost: accepted in time, and
# its relay stored and answered by another ship on a like link. Each ship has a link of her own; all of one loss call at once.
#
# Usage: thin_distress.sh BIN_DIR TOOLS_DIR      RCC_TRIES: ships for each loss (default 6; 50 for the figure of a release)
set -euo pipefail
bin=$(cd "${1:?usage: thin_distress.sh BIN_DIR TOOLS_DIR}" && pwd)
tools=$(cd "${2:?usage: thin_distress.sh BIN_DIR TOOLS_DIR}" && pwd)
# shellcheck source=tests/lab/lab_lib.sh
. "$(dirname "$0")/lab_lib.sh"
tries=${RCC_TRIES:-6}
read -ra losses <<<"${RCC_LOSSES:-0 5 20}"
declare -A most_s=([0]=20 [5]=30 [20]=60)

start_centre
mmsi=247100000
# ship NAME LOSS: enrolled, and behind a link.
ship() {
	mmsi=$((mmsi + 1))
	sail "$1" --loss "$2"
	enrol "$1" vessel --mmsi "$mmsi"
}
# distress NAME: how long it took, in ms, in $scratch/NAME.ms; "late" if it was not accepted.
distress() {
	local begin
	begin=$(date +%s%3N)
	if crew "$1" distress --yes --nature flooding --pos '35-12.40N 012-36.05E' --persons 14 --timeout 110 >"$scratch/$1.said"; then
		echo $(($(date +%s%3N) - begin)) >"$scratch/$1.ms"
	else
		echo late >"$scratch/$1.ms"
	fi
}

echo "one distress at each loss, stored and answered by another ship on a like link"
for loss in "${losses[@]}"; do
	ship "CALLS$loss" "$loss"
	ship "HEARS$loss" "$loss"
	touch "$scratch/HEARS$loss.out"
	mkfifo "$scratch/HEARS$loss.in"
	aboard "HEARS$loss" true
	ip netns exec "$coast-HEARS$loss" "$bin/rcc-crew" --plain --to "tcp://10.77.${link_number[HEARS$loss]}.1:$port" --server-key "$server_key" \
		--key "$scratch/HEARS$loss.key" --name "HEARS$loss" <"$scratch/HEARS$loss.in" >>"$scratch/HEARS$loss.out" 2>&1 &
	pids+=("$!")
	exec {fd}>"$scratch/HEARS$loss.in"
	session_fd[HEARS$loss]=$fd
done
for loss in "${losses[@]}"; do
	await 120 has_line 'welcome:' "$scratch/HEARS$loss.out" || fail "HEARS$loss is not welcomed: $(cat "$scratch/HEARS$loss.out")"
done
for loss in "${losses[@]}"; do
	begin=$(date +%s)
	distress "CALLS$loss"
	[ "$(cat "$scratch/CALLS$loss.ms")" != late ] || fail "at $loss % the distress was not accepted: $(cat "$scratch/CALLS$loss.log")"
	case=$(ctl --json alerts | jq -rs "map(select(.sender == \"CALLS$loss\")) | .[0].incident")
	await 120 has_line "MAYDAY RELAY: incident $case" "$scratch/HEARS$loss.out" || fail "HEARS$loss does not hear $case: $(tail -n 30 "$scratch/HEARS$loss.out"; order "HEARS$loss" count; ashore ss -tinH; ctl deliveries "$case")"
	tell "HEARS$loss" answer "$case" proceeding --eta 2h --by Mate
	# shellcheck disable=SC2317 # called by await
	answered() { ctl --json deliveries "$case" | jq -r "select(.ship == \"HEARS$loss\") | .answer" | tells '^proceeding$'; }
	await 120 answered || fail "the answer of HEARS$loss does not come: $(tail -n 4 "$scratch/HEARS$loss.out")"
	echo "  $loss %: accepted after $(cat "$scratch/CALLS$loss.ms") ms, stored and answered within $(($(date +%s) - begin)) s; the caller's link carried $(cost "CALLS$loss") bytes"
	ctl cancel "$case" --reason 'next' >/dev/null
	fd=${session_fd[HEARS$loss]}
	tell "HEARS$loss" quit
	exec {fd}>&-
done

echo "$tries cold calls at each loss"
for loss in "${losses[@]}"; do
	callers=()
	for i in $(seq "$tries"); do
		ship "S${loss}x$i" "$loss"
	done
	for i in $(seq "$tries"); do
		distress "S${loss}x$i" &
		callers+=("$!")
	done
	wait "${callers[@]}"
	for i in $(seq "$tries"); do cat "$scratch/S${loss}x$i.ms"; done | sort -n >"$scratch/times"
	late=$(lines_of late "$scratch/times")
	# Nearest rank: of 50, the 48th.
	rank=$(((95 * tries + 99) / 100))
	p50=$(sed -n "$(((tries + 1) / 2))p" <(grep -v late "$scratch/times"))
	p95=$(sed -n "${rank}p" <(grep -v late "$scratch/times"))
	echo "  $loss %: accepted $((tries - late)) of $tries; p50 ${p50:-never} ms, p95 ${p95:-never} ms, at most ${most_s[$loss]}000"
	[ "${p95:-999999}" -le "${most_s[$loss]}000" ] || fail "at $loss % the 95th of 100 takes longer than ${most_s[$loss]} s: $(tr '\n' ' ' <"$scratch/times")"
done
alerts=$(ctl --json alerts | jq -s 'map(select(.id != null)) | length')
expect "alerts in the record, none lost and none doubled" $((${#losses[@]} * (tries + 1))) "$alerts"
