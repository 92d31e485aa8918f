#!/bin/bash
# What monitoring asks over HTTP: /healthz is well only while a distress could be recorded (a full disk: full_disk.sh), /metrics are
# the numbers of `rccctl status` and name nobody; who only looks, or is silent, keeps no distress waiting.
#
# Usage: health.sh BIN_DIR TOOL_DIR
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
bin=$(cd "${1:?usage: health.sh BIN_DIR TOOL_DIR}" && pwd)
# shellcheck source=tests/integration/centre_lib.sh
. "$here/centre_lib.sh"

mkdir "$state"
# page PATH OPTION...: the page; its code is in $scratch/code.
page() {
	local path=$1
	shift
	curl --silent --max-time 20 --write-out '%{stderr}%{http_code}' "$@" "http://127.0.0.1:$port$path" 2>"$scratch/code"
}
code() { cat "$scratch/code"; }
# metric NAME: its figure.
metric() { page /metrics | jq -Rr --arg name "$1" 'split(" ") | select(.[0] == $name) | .[1]'; }

echo "nothing is served that nobody asked for; what cannot be served keeps it from starting"
start_centre
expect "lines of monitored" 0 "$(lines_of '^monitored' "$scratch/rccd.log")"
refused 78 "$bin/rccd" --state-dir "$scratch/other" --http ipc:///tmp/x --check-config
has_line 'endpoints.http' "$scratch/said" || fail "it does not say what is wrong: $(cat "$scratch/said")"
stop "$rccd_pid"
mkdir "$scratch/other"
refused 78 "$bin/rccd" --state-dir "$scratch/other" --ships '' --operations '' --live '' --http tcp://localhost:8409 --check-config
has_line 'numeric address' "$scratch/said" || fail "it does not say what is wrong: $(cat "$scratch/said")"

start_centre --http 'tcp://127.0.0.1:*'
port=$(sed -n 's/^monitored.* port \([0-9]*\)$/\1/p' "$scratch/rccd.log")
echo "/healthz and nothing else, and only to be read"
expect "healthz" "ok" "$(page /healthz)"
expect "code" 200 "$(code)"
for path in / /healthz/ /metrics/.. '//' '/%00'; do
	page "$path" --path-as-is >"$scratch/page"
	expect "code of $path" 404 "$(code)"
done
page /healthz --request POST --data-binary 'x=1' >/dev/null || true
expect "code of a POST" 405 "$(code)"
page /metrics --request DELETE >/dev/null
expect "code of a DELETE" 405 "$(code)"

echo "/metrics are the numbers of status, each with its type, and name nobody"
enrol AURORA vessel --mmsi 247111111
expect "incidents" 0 "$(metric rccd_incidents_open)"
crew AURORA distress --yes --pos '35-12.40N 012-36.05E' --nature fire --mmsi 247111111 --text 'CALL MARIA' --timeout 10 \
	>"$scratch/distress.out" || fail "the distress is not accepted"
sleep 1 # the numbers are made once a second
ctl --json status >"$scratch/status.json"
page /metrics >"$scratch/metrics"
expect "code" 200 "$(code)"
for pair in incidents_open:rccd_incidents_open entries:rccd_entries_total peers:rccd_keys_enrolled vessels:rccd_vessels; do
	expect "${pair#*:}" "$(jq -r ".${pair%%:*}" "$scratch/status.json")" \
		"$(awk -v name="${pair#*:}" '$1 == name { print $2 }' "$scratch/metrics")"
done
for what in malformed refused; do
	expect "$what" "$(jq -r ".counters.$what" "$scratch/status.json")" \
		"$(awk -v name="rccd_messages_total{what=\"$what\"}" '$1 == name { print $2 }' "$scratch/metrics")"
done
expect "lines of sources" "$(jq '.sources | length * 7' "$scratch/status.json")" \
	"$(lines_of '^rccd_signals_total{source="[a-z0-9-]*",what="[a-z_]*"}' "$scratch/metrics")"
awk '/^# TYPE / { type[$3] = $4; next }
	/^# HELP / { next }
	!match($0, /^[a-z_]+(\{[a-z]+="[a-z0-9_-]+"(,[a-z]+="[a-z0-9_-]+")?\})? -?[0-9]+$/) { print "not a sample: " $0; bad = 1 }
	{ name = $1; sub(/\{.*/, "", name); if (!(name in type)) { print "without a type: " $0; bad = 1 }
	  if ($1 in seen) { print "twice: " $0; bad = 1 } seen[$1] = 1; count++ }
	END { exit bad || count < 30 }' "$scratch/metrics" || fail "not in the text form of Prometheus"
! grep -E 'AURORA|MARIA|2471111|35-12|TEST' "$scratch/metrics" || fail "the numbers name somebody"

echo "connections that say nothing are closed, and keep no distress waiting"
for fd in {1..20}; do
	# shellcheck disable=SC2094 # a socket
	(exec 9<>"/dev/tcp/127.0.0.1/$port" && cat <&9 >/dev/null) &
	silent[fd]=$!
	pids+=("$!")
done
enrol BOREAS vessel --mmsi 247222222
crew BOREAS distress --yes --pos '35-20.00N 012-40.00E' --nature flooding --mmsi 247222222 --timeout 4 >"$scratch/second.out" ||
	fail "a distress waits for those who only look"
is_over() { ! kill -0 "$1" 2>/dev/null; }
for fd in {1..20}; do
	await 30 is_over "${silent[fd]}" || fail "a silent connection stays"
	forget "${silent[fd]}"
done
expect "healthz" "ok" "$(page /healthz)"
stop "$rccd_pid"
echo "200 while a distress can be recorded, $(wc -l <"$scratch/metrics") lines of numbers, 20 silent connections closed"
