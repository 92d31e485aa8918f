#!/bin/bash
# The centre says where it is blind, and that its clock was set: a feed whose receiver is gone, and one that is gone itself, stand among
# what needs an officer; they leave it when something is heard again. A clock that is set on or back while cases run is told.
#
# Usage: blind.sh BIN_DIR [TOOLS_DIR]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
bin=$(cd "${1:?usage: blind.sh BIN_DIR}" && pwd)
PATH=$PATH:/usr/sbin
for tool in gpsd jq faketime; do
	command -v "$tool" >/dev/null || { echo "blind: $tool is missing" >&2; exit 77; }
done
# shellcheck source=tests/integration/feed_lib.sh
. "$here/feed_lib.sh"

position='!AIVDM,1,1,,A,13HOI:0P0000VOHLCnHQKwvL05Ip,0*23'
hear() { printf '%s\r\n' "$position" >"/dev/udp/127.0.0.1/$udp_port"; }
queue() { ctl --json queue | jq -r "select(.what == \"$1\") | .text"; }
is_blind() { queue feed-silent | tells "Coast station HEARS NOTHING"; }
# shellcheck disable=SC2317 # called by await
sees() { hear; ! is_blind; }

printf 'rules: { silence_after_min = 0.1; };\n' >"$scratch/rccd.conf"
start_centre 'tcp://127.0.0.1:*' --config "$scratch/rccd.conf"
enrol_feed
start_gpsd
# shellcheck disable=SC2119
start_feed
await 10 has_line '^centre_connected' "$scratch/feed.log" || fail "rcc-feed does not connect to rccd"
await 10 is_bound_udp "$udp_port" || fail "gpsd does not open its source"

echo "nothing was ever heard; then a ship is"
await 20 is_blind || fail "a feed that has heard nothing for six seconds is not in the queue: $(ctl queue)"
has_line '^warning feed_silent: Coast station' "$scratch/rccd.log" || fail "the log does not say so: $(cat "$scratch/rccd.log")"
[ "$(ctl --json status | jq -r '.silent_feeds[0].feed')" = 'Coast station' ] || fail "STATUS does not name it"
[ "$(ctl --json peers | jq -r 'select(.role == "feed") | .silent')" = true ] || fail "peers does not say so"
await 20 sees || fail "it hears a ship, and is said to hear nothing"

echo "its receiver is gone: the program is there, and nothing is heard"
kill "$gpsd_pid"
wait "$gpsd_pid" 2>/dev/null || true
await 30 is_blind || fail "a feed without a receiver is not in the queue"
[ "$(ctl --json peers | jq -r 'select(.role == "feed") | .connected')" = true ] || fail "the feed's program is gone too"
gpsd -N -S "$gpsd_port" "udp://127.0.0.1:$udp_port" >>"$scratch/gpsd.log" 2>&1 &
gpsd_pid=$!
pids+=("$gpsd_pid")
await 60 sees || fail "its receiver is back, and it is said to hear nothing"

echo "its program is gone"
kill -9 "$feed_pid"
wait "$feed_pid" 2>/dev/null || true
await 30 is_blind || fail "a feed whose program is gone is not in the queue"
stop "$rccd_pid"

echo "the clock of the centre is set on an hour, and back"
library=$(dpkg -L libfaketime | grep 'libfaketime\.so\.1$')
echo +0 >"$scratch/offset"
FAKETIME_DONT_FAKE_MONOTONIC=1 FAKETIME_NO_CACHE=1 FAKETIME_TIMESTAMP_FILE="$scratch/offset" LD_PRELOAD="$library" \
	start_centre 'tcp://127.0.0.1:*' --config "$scratch/rccd.conf"
[ -z "$(queue clock-stepped)" ] || fail "a clock that was not set is said to have been: $(queue clock-stepped)"
echo +1h >"$scratch/offset"
# shellcheck disable=SC2317 # called by await
says_clock() { [ "$(ctl --json status | jq -r .clock_steps)" = "$1" ]; }
await 10 says_clock 1 || fail "the clock was set, and nobody is told"
[ "$(ctl --json status | jq -r '.clock_step_ms >= 3599000 and .clock_step_ms <= 3601000')" = true ] || fail "not by an hour: $(ctl --json status)"
await 5 has_line '^error clock_stepped: .* 3[56][0-9][0-9] s' "$scratch/rccd.log" || fail "the log does not say so: $(tail -n 3 "$scratch/rccd.log")"
faketime -f +1h "$bin/rccctl" --state-dir "$scratch/state" queue | tells "CLOCK WENT 3[56][0-9][0-9] s ON" || fail "the queue does not say so: $(ctl queue)"
echo +0 >"$scratch/offset"
await 10 says_clock 2 || fail "the clock was set back, and nobody is told"
[ "$(ctl --json status | jq -r '.clock_step_ms < -3599000')" = true ] || fail "not back by an hour: $(ctl --json status)"
echo "blind: a feed without receiver, one without program, and a clock that was set are told"
