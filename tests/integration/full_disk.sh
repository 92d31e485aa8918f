#!/bin/bash
# The disk is full: every sender is told that nothing is confirmed, officers still see what there is, the daemon says that it
# is degraded, and goes on by itself when there is room again. What was kept aboard meanwhile is then recorded.
#
# Usage: full_disk.sh BIN_DIR TOOL_DIR     needs the right to mount a small tmpfs; skipped (77) without
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
bin=$(cd "${1:?usage: full_disk.sh BIN_DIR TOOL_DIR}" && pwd)
# shellcheck source=tests/integration/centre_lib.sh
. "$here/centre_lib.sh"

mkdir "$state"
if ! mount -t tmpfs -o size=8m,mode=700 tmpfs "$state" 2>/dev/null; then
	echo "full_disk: skipped, no tmpfs may be mounted here"
	exit 77
fi
# shellcheck disable=SC2317 # called by the trap
unmount() {
	finish_pids
	umount "$state" 2>/dev/null || umount -l "$state"
	finish
}
trap unmount EXIT
fill() { head -c 64m /dev/zero >"$state/ballast" 2>/dev/null || true; }
is_degraded() { [ "$(status degraded)" = "$1" ]; }
healthz() { curl --silent --max-time 5 --output /dev/null --write-out '%{http_code}' "http://127.0.0.1:$port/healthz"; }
is_health() { [ "$(healthz)" = "$1" ]; }
distress() { crew "$1" distress --yes --pos '35-12.40N 012-36.05E' --nature fire --mmsi "$2" --timeout "$3"; }

start_centre --http 'tcp://127.0.0.1:*'
port=$(sed -n 's/^monitored.* port \([0-9]*\)$/\1/p' "$scratch/rccd.log")
enrol FIRST vessel --mmsi 247111111
enrol SECOND vessel --mmsi 247222222
distress FIRST 247111111 10 >"$scratch/first.out" || fail "the first distress is not accepted"
entries=$(status entries)

expect "healthz" 200 "$(healthz)"

echo "the disk is full: monitoring hears it before anybody is in distress"
fill
await 20 is_health 503 || fail "/healthz is well where nothing can be recorded"

echo "told so at once, and still shown"
refused 69 distress SECOND 247222222 3
has_line 'NOT CONFIRMED' "$scratch/crew.log" || fail "the crew is not told"
await 5 is_degraded true || fail "the centre does not say that it is degraded"
expect "incidents shown" 1 "$(ctl --json incidents | jq -s length)"
expect "entries" "$entries" "$(status entries)"
expect "what is shown of the second" "not-recorded fire" \
	"$(ctl --json alerts | jq -r 'select(.mmsi == "247222222") | "\(.lane) \(.nature)"')"

echo "room again: the centre goes on by itself, and the kept distress is recorded once"
rm "$state/ballast"
await 20 is_degraded false || fail "the centre does not recover"
await 20 is_health 200 || fail "/healthz stays ill"
crew SECOND wait accepted 60 >"$scratch/second.out" || fail "what was kept is not recorded: $(cat "$scratch/second.out")"
expect "incidents" 2 "$(ctl --json incidents | jq -s length)"
expect "signals of SECOND" 1 "$(ctl --json alerts | jq -s 'map(select(.mmsi == "247222222")) | .[0].signals')"

expect "lane of the second now" incident "$(ctl --json alerts | jq -r 'select(.mmsi == "247222222") | .lane')"

echo "a start on a full disk serves degraded; with room again the run and its rules stand in the record"
entries=$(status entries)
stop "$rccd_pid"
rm -f "$state"/tracks.db*
fill
start_centre
await 5 is_degraded true || fail "the centre does not say that it starts degraded"
expect "incidents shown" 2 "$(ctl --json incidents | jq -s length)"
rm "$state/ballast"
await 20 is_degraded false || fail "the centre does not recover from a degraded start"
expect "entries" $((entries + 1)) "$(status entries)"
"$bin/rcc-replay" timeline "$state" | tail -n 2 | tells '< run ' || fail "the run is not in the record"

digest=$(status digest)
stop "$rccd_pid"
"$bin/rcc-replay" verify --tables "$state" >"$scratch/verify.out" 2>&1 || fail "the record does not verify: $(cat "$scratch/verify.out")"
"$bin/rcc-replay" recheck "$state" >"$scratch/recheck.out" 2>&1 || fail "recheck: $(cat "$scratch/recheck.out")"
"$bin/rcc-replay" digest "$state" | tells "$digest" || fail "the daemon's state is not the record's"
tail -n 1 "$scratch/recheck.out"
