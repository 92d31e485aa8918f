#!/bin/bash
# Twenty ships and fifty who listen to the live feed stop reading, and hundreds of calls go out: the others hear theirs as before, the
# daemon does not grow, and whoever reads again has all of it.
#
# Usage: slow_readers.sh BIN_DIR TOOL_DIR          RCC_STREAM_S=15
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
usage='usage: slow_readers.sh BIN_DIR TOOL_DIR'
bin=$(cd "${1:?$usage}" && pwd)
tools=$(cd "${2:?$usage}" && pwd)
# shellcheck source=tests/integration/centre_lib.sh
. "$here/centre_lib.sh"

ships_stopped=20
listeners=50
stream_s=${RCC_STREAM_S:-15}
# The memory that slow readers may cost, in kB: what lies ready for each of them is bounded.
grown_max_kb=65536
# A latency below this is as good as any other on a machine that does something else too.
quick_ms=50

printf 'beat_s = 1.0;\nrules: { flood_per_min = 0; };\n' >"$scratch/rccd.conf"
start_centre --config "$scratch/rccd.conf"
enrol GOOD vessel --mmsi 247320100
open_session GOOD
slow=()
for ((i = 0; i < ships_stopped; i++)); do
	enrol "SLOW$i" vessel --mmsi $((247330000 + i))
	open_session "SLOW$i"
	slow+=("${session_pid[SLOW$i]}")
done
enrol GUARD auditor
for ((i = 0; i < listeners; i++)); do
	"$bin/rcc-replay" witness "$live" --server-key "$server_key" --key "$scratch/GUARD.key" -o "$scratch/heard$i.txt" \
		>"$scratch/witness$i.log" 2>&1 &
	pids+=("$!")
	slow+=("$!")
done
mkdir "$scratch/stream"
for ((i = 0; i < 4; i++)); do enrol "$i" feed; done
mv "$scratch"/[0-3].key "$scratch/stream/"

resident_kb() { sed -n 's/^VmRSS:[[:space:]]*\([0-9]*\).*/\1/p' "/proc/$rccd_pid/status"; }
opened=0
# shellcheck disable=SC2317 # called by await
reader_is_done() { ctl --json deliveries "$(ctl --json incidents | jq -r .incident_id | sort -n | tail -n 1)" | jq -e 'select(.ship == "GOOD") | .stored' >/dev/null; }
# latency_ms: the median, of eleven calls, from the record to the disk of the ship that reads.
latency_ms() {
	local i
	for ((i = 0; i < 11; i++)); do
		opened=$((opened + 1))
		ctl open --by phone --pos "3$((opened % 9))-00.00N 012-00.00E" --persons 2 --nature sinking --mmsi $((503000000 + opened)) \
			--text "boat $opened" >/dev/null || fail "the case is not taken"
	done
	await 20 reader_is_done || fail "the ship that reads has not all of it: $(tail -n 3 "$scratch/GOOD.out")"
	for i in $(ctl --json incidents | jq -r '.incident_id' | sort -n | tail -n 11); do
		ctl --json deliveries "$i" | jq -r 'select(.ship == "GOOD" and .stored != null) | "\(.queued) \(.stored)"'
	done | while read -r queued stored; do
		echo $((($(date -d "$stored" +%s%N) - $(date -d "$queued" +%s%N)) / 1000000))
	done | sort -n | sed -n 6p
}

before_ms=$(latency_ms)
[ -n "$before_ms" ] || fail "nothing is stored by the ship that reads: $(tail "$scratch/GOOD.out")"
before_kb=$(resident_kb)
for pid in "${slow[@]}"; do kill -STOP "$pid"; done
stopped_at=$(status entries)
mkfifo "$scratch/more"
"$tools/alert_stream" "$ships" "$server_key" "$scratch/stream" 4 0 40 <"$scratch/more" >"$scratch/stream.out" 2>"$scratch/stream.log" &
stream_pid=$!
pids+=("$stream_pid")
exec 5>"$scratch/more"
sleep "$stream_s"
exec 5>&-
wait "$stream_pid" || fail "the stream: $(cat "$scratch/stream.out" "$scratch/stream.log")"
forget "$stream_pid"
cat "$scratch/stream.out"
during_ms=$(latency_ms)
during_kb=$(resident_kb)
[ -n "$during_ms" ] || fail "nothing is stored any more by the ship that reads"
echo "to the ship that reads: $before_ms ms before, $during_ms ms while $ships_stopped ships and $listeners listeners do not; memory $before_kb kB, then $during_kb kB"
[ $((during_kb - before_kb)) -le "$grown_max_kb" ] || fail "slow readers cost $((during_kb - before_kb)) kB"
[ "$during_ms" -le $((2 * before_ms)) ] || [ "$during_ms" -le "$quick_ms" ] || fail "the others wait for those that do not read"

for pid in "${slow[@]}"; do kill -CONT "$pid"; done
# shellcheck disable=SC2317 # called by await
nothing_waits() { [ "$(status unstored)" = 0 ]; }
await 90 nothing_waits || fail "not everything is stored: $(status unstored) lines"
# Who listens again hears the latest that was signed, whatever it missed.
signed=$(sqlite3 "$state/journal.db" 'SELECT max(seq) FROM checkpoint')
[ "$signed" -gt "$stopped_at" ] || fail "nothing was signed meanwhile"
# shellcheck disable=SC2317 # called by await
all_heard() {
	local i
	for ((i = 0; i < listeners; i++)); do
		[ "$(sed -n 's/^kept: entry //p' "$scratch/witness$i.log" | tail -n 1)" -gt "$stopped_at" ] 2>/dev/null || return 1
	done
}
await 90 all_heard || fail "somebody heard nothing again: $(tail -n 1 "$scratch"/witness*.log)"
stop "$rccd_pid"
"$bin/rcc-replay" verify --tables "$state" >"$scratch/verify.out" 2>&1 || fail "the record does not verify: $(cat "$scratch/verify.out")"
for ((i = 0; i < listeners; i++)); do
	"$bin/rcc-replay" --json verify "$state" --witness "$scratch/heard$i.txt" >"$scratch/verify.out" 2>&1 ||
		fail "listener $i: $(cat "$scratch/verify.out")"
	[ "$(jq .witnessed_seq "$scratch/verify.out")" -gt "$stopped_at" ] || fail "listener $i heard nothing again"
done
echo "all of it is stored by all ships; each of $listeners listeners is a witness (signed up to $signed)"
# They are killed by the shell's trap, and it would tell of each.
finish_pids 2>/dev/null
pids=()
