#!/bin/bash
# What a feed heard while nobody listened is told all the same (OB25): the centre is down, a beacon sounds, the feed itself is
# killed, gpsd is restarted; then all come back, and the centre has each alert once.
#
# Usage: feed_outage.sh BIN_DIR
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
bin=$(cd "${1:?usage: feed_outage.sh BIN_DIR}" && pwd)
PATH=$PATH:/usr/sbin
for tool in gpsd jq; do
	command -v "$tool" >/dev/null || { echo "feed_outage: $tool is missing" >&2; exit 77; }
done
# shellcheck source=tests/integration/feed_lib.sh
. "$here/feed_lib.sh"

# AIS-SART 970123456 and MOB-AIS 972123456 active at 35-30.0N 012-30.0E; a DSC distress of 338040079.
sart='!AIVDM,1,1,,A,1>M;`h>P00Pq>70DD38>4?vt0000,0*1D'
mob='!AIVDM,1,1,,A,1>O5e@>P00Pq>70DD38>4?vt0000,0*3C'
# shellcheck disable=SC2016 # a dollar of NMEA
dsc='$CDDSC,12,3380400790,12,06,00,1423108312,2019,,,S,E*6A'

hear() { printf '%s\r\n' "$1" >"/dev/udp/127.0.0.1/$udp_port"; }
alerts() { ctl --json alerts | jq -r "select(.class == \"ALERT\") | $1" | sort; }
has_alerts() { [ "$(alerts .id | wc -l)" -ge "$1" ]; }
lines_of() { grep -c "$1" "$scratch/feed.log" || true; }
is_connected_again() { [ "$(lines_of '^gpsd_connected')" -gt "$1" ]; }
waiting() { sqlite3 "$scratch/feed.db" 'SELECT count(*) FROM outbox WHERE answered_at_ms IS NULL' 2>/dev/null || echo 0; }
has_waiting() { [ "$(waiting)" -ge "$1" ]; }

start_centre 'tcp://127.0.0.1:*'
enrol_feed
start_gpsd
start_feed --outbox "$scratch/feed.db"
await 10 has_line '^centre_connected' "$scratch/feed.log" || fail "rcc-feed does not connect to rccd"
await 10 is_bound_udp "$udp_port" || fail "gpsd does not open its source"

echo "all is well: a beacon arrives"
hear "$sart"
await 10 has_alerts 1 || fail "the first beacon does not arrive"

echo "the centre is killed; a second beacon and a DSC call sound"
kill -9 "$rccd_pid"
wait "$rccd_pid" 2>/dev/null || true
hear "$mob"
hear "$dsc"
await 10 has_waiting 2 || fail "the outbox does not hold what was heard"

echo "the feed is killed too, and starts again"
kill -9 "$feed_pid"
wait "$feed_pid" 2>/dev/null || true
start_feed --outbox "$scratch/feed.db"
await 10 is_connected_again 1 || fail "the feed does not come back to gpsd"

echo "the centre comes back"
start_centre "$ships"
await 40 has_alerts 3 || fail "what the outbox held does not arrive: $(alerts .source)"
diff - <(alerts '"\(.source) \(.mmsi // "-") \(.signals)"') <<-'END' || fail "not these three alerts, each heard once"
	ais-beacon 970123456 1
	ais-beacon 972123456 1
	dsc 338040079 1
END

echo "gpsd is restarted: the feed finds it again by itself"
stop "$gpsd_pid"
await 10 has_line '^gpsd_lost' "$scratch/feed.log" || fail "the lost gpsd is not told"
gpsd -N -S "$gpsd_port" "udp://127.0.0.1:$udp_port" >>"$scratch/gpsd.log" 2>&1 &
gpsd_pid=$!
pids+=("$gpsd_pid")
await 20 is_connected_again 2 || fail "the feed does not find the new gpsd"
await 10 is_bound_udp "$udp_port" || fail "the new gpsd does not open its source"
hear '!AIVDM,1,1,,A,1>Pwih>P00Pq>70DD38>4?vt0000,0*45'
await 10 has_alerts 4 || fail "the beacon after the restart of gpsd does not arrive"
stop "$feed_pid"
stop "$gpsd_pid"
stop "$rccd_pid"
echo "four signals, four alerts, none lost, none twice"
