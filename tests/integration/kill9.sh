#!/bin/bash
# The centre is killed without warning again and again while alerts stream in. Afterwards every alert that got its receipt
# is in the record once, where the receipt says, and none had two effects; the ship was told of each.
#
# Usage: kill9.sh BIN_DIR TOOL_DIR          RCC_KILLS=200   RCC_SEED=406   RCC_SPEED=1
#
# RCC_SPEED=150 RCC_KILLS=1000: the wall clock runs so much faster (faketime), so that a day passes while they last.
set -euo pipefail
speed=${RCC_SPEED:-1}
if [ "$speed" != 1 ] && [ -z "${FAKETIME_SHARED:-}" ]; then
	command -v faketime >/dev/null || { echo "kill9: faketime is missing"; exit 77; }
	# What machines wait for each other runs as it is: it is the day that is short.
	FAKETIME_DONT_FAKE_MONOTONIC=1 exec faketime -f "+0 x$speed" "$0" "$@"
fi
[ "$speed" = 1 ] || sleep() { env -u LD_PRELOAD sleep "$@"; }
here=$(cd "$(dirname "$0")" && pwd)
usage='usage: kill9.sh BIN_DIR TOOL_DIR'
bin=$(cd "${1:?$usage}" && pwd)
tools=$(cd "${2:?$usage}" && pwd)
# shellcheck source=tests/integration/centre_lib.sh
. "$here/centre_lib.sh"

kills=${RCC_KILLS:-200}
RANDOM=${RCC_SEED:-406}
clients=5

# Nothing is grouped here: every beacon of a stream wakes the ships.
printf 'rules: { flood_per_min = 0; };\n' >"$scratch/rccd.conf"
start_centre --config "$scratch/rccd.conf"
mkdir "$scratch/stream"
for ((i = 0; i < clients - 1; i++)); do
	enrol "$i" feed
done
enrol "$((clients - 1))" vessel --mmsi 247320100
mv "$scratch"/[0-9]*.key "$scratch/stream/"

# Nothing is closed here: of a longer stream memory would be full before the last kill.
period_ms=$((kills * 3 / 10 > 40 ? kills * 3 / 10 : 40))
mkfifo "$scratch/more"
"$tools/alert_stream" "$ships" "$server_key" "$scratch/stream" $clients 1 "$period_ms" <"$scratch/more" >"$scratch/stream.out" \
	2>"$scratch/stream.log" &
stream_pid=$!
pids+=("$stream_pid")
exec 5>"$scratch/more"

# What it takes of the machine, as it was before each kill: kB of memory, descriptors, bytes of the journal beside the record.
sample() {
	local rss files wal
	rss=$(sed -n 's/^VmRSS:[[:space:]]*\([0-9]*\).*/\1/p' "/proc/$rccd_pid/status" 2>/dev/null || true)
	files=$(find "/proc/$rccd_pid/fd" -mindepth 1 2>/dev/null | wc -l || true)
	wal=$(stat -c %s "$state/journal.db-wal" 2>/dev/null || echo 0)
	echo "${rss:-0} ${files:-0} $wal" >>"$scratch/samples"
}
began=$(date +%s)
served=$(lines_of '^serving\b' "$scratch/rccd.log")
for ((i = 0; i < kills; i++)); do
	# The moment of the kill is the test: while it starts (the record is verified and replayed), or under load.
	sleep "0.$((200 + RANDOM % 650))"
	kill -0 "$stream_pid" 2>/dev/null || fail "the stream ended"
	sample
	kill -9 "$rccd_pid" 2>/dev/null || fail "rccd ended by itself"
	wait "$rccd_pid" 2>/dev/null || true
	forget "$rccd_pid"
	launch --config "$scratch/rccd.conf"
done
under_load=$(($(lines_of '^serving\b' "$scratch/rccd.log") - served))
passed=$(($(date +%s) - began))
if [ "$speed" = 1 ]; then
	echo "$kills kills in $passed s, $under_load of them while it served"
else
	echo "$kills kills in $((passed / 3600)) h $((passed / 60 % 60)) min of its clock, $under_load of them while it served"
fi
[ "$under_load" -ge $((kills / 4)) ] || fail "only $under_load of $kills kills came while it served"
awk -v kills="$kills" '
	{ rss = $1 > 0 ? $1 : rss; if (NR <= kills / 4 && rss > first) first = rss; if (NR > kills * 3 / 4 && rss > last) last = rss
	  files = $2 > files ? $2 : files; wal = $3 > wal ? $3 : wal }
	END { printf "memory at most %d kB in the first quarter of the time, %d kB in the last; at most %d descriptors, %d kB of write-ahead log\n", first, last, files, wal / 1024
	      exit wal > 64 * 1024 * 1024 || files > 64 }' "$scratch/samples" || fail "it takes more and more: $(tail -n 3 "$scratch/samples")"
await 30 answers || fail "rccd does not answer any more"
exec 5>&-
wait "$stream_pid" || fail "the stream: $(cat "$scratch/stream.out" "$scratch/stream.log")"
forget "$stream_pid"
cat "$scratch/stream.out"
learn_endpoints
! has_line '^start_failed' "$scratch/rccd.log" || fail "rccd could not start once"

# At rest, a day's clocks ring no more between the question and the end.
if [ "$speed" != 1 ]; then
	stop "$rccd_pid"
	unset LD_PRELOAD
	start_centre --config "$scratch/rccd.conf"
fi
# The state in memory is what the record says, and every decision is what the rules say.
expect "unstored deliveries" 0 "$(status unstored)"
digest=$(status digest)
entries=$(status entries)
stop "$rccd_pid"
"$tools/receipts_check" "$state/journal.db" "$scratch/stream/receipts" || fail "the record is not what was accepted"
"$bin/rcc-replay" verify --tables "$state" >"$scratch/verify.out" 2>&1 || fail "the record does not verify: $(cat "$scratch/verify.out")"
head -n 1 "$scratch/verify.out"
"$bin/rcc-replay" recheck "$state" >"$scratch/recheck.out" 2>&1 || fail "recheck: $(cat "$scratch/recheck.out")"
tail -n 1 "$scratch/recheck.out"
"$bin/rcc-replay" digest "$state" >"$scratch/digest.out"
has_line "$digest" "$scratch/digest.out" || fail "the daemon's digest $digest is not the record's: $(cat "$scratch/digest.out")"
echo "digest $digest after $entries entries: the same in the daemon and in the record"
