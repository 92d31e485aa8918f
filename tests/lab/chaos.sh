#!/bin/bash
# A bad day on the links: ships behind satellites of 2.4 kbit/s and 600 ms, lines of 64 kbit/s and whatever loses a fifth of its packets;
# links go and come, the centre and the ships' programs are killed and started again, while officers call and ships raise distress.
# When it is over each distress is in the record once, each call is aboard each ship, and the centre's ledger is what the ships' own
# disks say.
#
# Usage: chaos.sh BIN_DIR TOOLS_DIR      RCC_SECONDS: how long it lasts (default 60; 3600 for a release), RCC_SHIPS (default 5; 20),
#                                        RCC_SEED: another day
set -euo pipefail
bin=$(cd "${1:?usage: chaos.sh BIN_DIR TOOLS_DIR}" && pwd)
tools=$(cd "${2:?usage: chaos.sh BIN_DIR TOOLS_DIR}" && pwd)
# shellcheck source=tests/lab/lab_lib.sh
. "$(dirname "$0")/lab_lib.sh"
command -v sqlite3 >/dev/null || skip "sqlite3 is missing"
seconds=${RCC_SECONDS:-60}
count=${RCC_SHIPS:-5}
seed=${RCC_SEED:-1}
# The same seed gives the same day, as far as machines allow. draw N: 0..N-1 in $drawn.
state_of_chance=$seed
draw() {
	state_of_chance=$(((state_of_chance * 1103515245 + 12345) & 0x7fffffff))
	drawn=$(((state_of_chance >> 8) % $1))
}
kinds=('--loss 0' '--loss 5' '--loss 20' '--rate 64000 --queue 64000 --loss 0' '--rate 64000 --queue 64000 --loss 20')

# board SHIP: her session begins, or begins anew.
declare -A crew_pid=()
board() {
	local ship=$1 fd
	rm -f "$scratch/$ship.in"
	mkfifo "$scratch/$ship.in"
	ip netns exec "$coast-$ship" "$bin/rcc-crew" --plain --to "tcp://10.77.${link_number[$ship]}.1:$port" --server-key "$server_key" \
		--key "$scratch/$ship.key" --name "$ship" --pos '35-30.00N 012-10.00E' <"$scratch/$ship.in" >>"$scratch/$ship.out" 2>&1 &
	crew_pid[$ship]=$!
	pids+=("$!")
	exec {fd}>"$scratch/$ship.in"
	session_fd[$ship]=$fd
}
# kill_crew SHIP: without a word to anybody.
kill_crew() {
	local fd=${session_fd[$1]}
	slay "${crew_pid[$1]}"
	exec {fd}>&-
}
store() { sqlite3 -readonly "$scratch/$1.key.db" "$2"; }

start_centre
ships_of_day=()
for i in $(seq "$count"); do
	ship=SHIP$i
	ships_of_day+=("$ship")
	# shellcheck disable=SC2086 # several words
	sail "$ship" ${kinds[$(((i - 1) % ${#kinds[@]}))]}
	enrol "$ship" vessel --mmsi $((247100000 + i))
	board "$ship"
done
for ship in "${ships_of_day[@]}"; do
	await 180 has_line 'welcome:' "$scratch/$ship.out" || fail "$ship is not welcomed: $(tail -n 3 "$scratch/$ship.out")"
done

declare -A up_at=() alive_at=() raised=()
opened=0 raised_count=0 cuts=0 centre_kills=0 crew_kills=0 centre_at=0
end=$((SECONDS + seconds))
echo "a day of $seconds s with $count ships, seed $seed"
while [ "$SECONDS" -lt "$end" ]; do
	for ship in "${ships_of_day[@]}"; do
		if [ "${up_at[$ship]:-0}" -ne 0 ] && [ "$SECONDS" -ge "${up_at[$ship]}" ]; then
			order "$ship" up >/dev/null
			up_at[$ship]=0
		fi
		if [ "${alive_at[$ship]:-0}" -ne 0 ] && [ "$SECONDS" -ge "${alive_at[$ship]}" ]; then
			board "$ship"
			alive_at[$ship]=0
		fi
	done
	if [ "$centre_at" -ne 0 ] && [ "$SECONDS" -ge "$centre_at" ]; then
		start_centre
		centre_at=0
	fi
	draw "$count"
	ship=${ships_of_day[$drawn]}
	draw 10
	case $drawn in
	0 | 1)
		draw 40
		if [ "${up_at[$ship]:-0}" -eq 0 ]; then
			order "$ship" down >/dev/null
			up_at[$ship]=$((SECONDS + 3 + drawn))
			cuts=$((cuts + 1))
		fi
		;;
	2)
		draw 8
		if [ "$centre_at" -eq 0 ]; then
			slay "$rccd_pid"
			centre_at=$((SECONDS + drawn))
			centre_kills=$((centre_kills + 1))
		fi
		;;
	3)
		draw 10
		if [ "${alive_at[$ship]:-0}" -eq 0 ]; then
			kill_crew "$ship"
			alive_at[$ship]=$((SECONDS + 1 + drawn))
			crew_kills=$((crew_kills + 1))
		fi
		;;
	4 | 5 | 6)
		draw 60
		if [ "$centre_at" -eq 0 ] && ctl open --by phone --pos "$(printf '35-%02d.00N 012-36.05E' "$drawn")" --nature fire --persons 5 --text "call $opened" >/dev/null; then
			opened=$((opened + 1))
		fi
		;;
	7)
		# Whoever is alive aboard raises it, whatever her link does.
		if [ "${alive_at[$ship]:-0}" -eq 0 ] && [ "${raised[$ship]:-0}" -eq 0 ]; then
			tell "$ship" distress --yes --nature fire --persons 7 --pos '"35-12.40N 012-36.05E"'
			raised[$ship]=1
			raised_count=$((raised_count + 1))
		fi
		;;
	8)
		draw 30
		order "$ship" "loss $drawn" >/dev/null
		;;
	9)
		last=$(ctl --json incidents 2>/dev/null | jq -rs 'map(select(.status == "open")) | .[0].incident // empty' || true)
		[ -z "$last" ] || ctl cancel "$last" --reason 'found' >/dev/null || true
		;;
	esac
	sleep 1
done

echo "it is over: $cuts links cut, the centre killed $centre_kills times, ships' programs $crew_kills times; $opened calls, $raised_count ships in distress"
[ "$centre_at" -eq 0 ] || start_centre
for ship in "${ships_of_day[@]}"; do
	order "$ship" up >/dev/null
	order "$ship" 'loss 0' >/dev/null
	[ "${alive_at[$ship]:-0}" -eq 0 ] || board "$ship"
done
# shellcheck disable=SC2317 # called by await
is_settled() {
	[ "$(status unstored)" = 0 ] || return 1
	for ship in "${ships_of_day[@]}"; do
		[ "$(store "$ship" 'select count(*) from outbox where answered_at_ms is null')" = 0 ] || return 1
	done
}
settling=$SECONDS
await 600 is_settled || fail "not settled: $(status unstored) lines unstored; $(for ship in "${ships_of_day[@]}"; do echo "$ship $(store "$ship" 'select count(*) from outbox where answered_at_ms is null')"; done)"
settled=$((SECONDS - settling))
for ship in "${ships_of_day[@]}"; do kill_crew "$ship"; done
stop "$rccd_pid"

# ---- what the centre says of each ship, and what her disk says ----
ledger() { sqlite3 -readonly "$state/journal.db" "$1"; }
lines=0
for ship in "${ships_of_day[@]}"; do
	peer=$(ledger "select peer_id from peer where name = '$ship'")
	ledger "select number, broadcast_id from delivery where peer_id = $peer and stored_at_ms is not null order by number" >"$scratch/ledger"
	store "$ship" 'select number, broadcast from inbox order by number' >"$scratch/aboard"
	cmp -s "$scratch/ledger" "$scratch/aboard" || fail "$ship: the ledger and her disk differ: $(diff "$scratch/ledger" "$scratch/aboard" | head -5)"
	lines=$((lines + $(wc -l <"$scratch/ledger")))
	# What never came aboard was overtaken by something of the same case that did.
	left=$(ledger "select count(*) from delivery d join broadcast b using (broadcast_id) where d.peer_id = $peer and d.stored_at_ms is null and not exists
		(select 1 from delivery e join broadcast c using (broadcast_id) where e.peer_id = d.peer_id and c.incident_id = b.incident_id
		and e.number > d.number and e.stored_at_ms is not null)")
	expect "lines of $ship that never came, and nothing later did" 0 "$left"
	doubled=$(store "$ship" 'select count(*) - count(distinct number) from inbox')
	expect "numbers doubled aboard $ship" 0 "$doubled"
	posted=$(store "$ship" "select count(*) from outbox where refusal is not null")
	expect "words of $ship refused" 0 "$posted"
done
[ "$lines" -gt 0 ] || fail "nothing came aboard anybody"
heard=$(ledger "select count(*) from alert a join peer p on p.peer_id = a.sender_peer_id where p.role = 'vessel'")
expect "ships in distress in the record" "$raised_count" "$heard"
"$bin/rcc-replay" verify --tables "$state" >"$scratch/verify" 2>&1 || fail "the record does not verify: $(cat "$scratch/verify")"
echo "chaos: settled $settled s after the links were whole; $lines lines stored aboard $count ships, each as the ledger says; $raised_count of $raised_count distress signals in the record once"
