#!/bin/bash
# A restart changes nothing: what was known is known, what was not stored on board is sent again, what was said twice has one
# effect. A second daemon is refused, and a damaged record is shown but never extended.
#
# Usage: restart.sh BIN_DIR TOOL_DIR
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
usage='usage: restart.sh BIN_DIR TOOL_DIR'
bin=$(cd "${1:?$usage}" && pwd)
tools=$(cd "${2:?$usage}" && pwd)
command -v sqlite3 >/dev/null || { echo "restart: sqlite3 is missing"; exit 77; }
# shellcheck source=tests/integration/centre_lib.sh
. "$here/centre_lib.sh"

# What officers see, without what only tells of this run.
views() {
	local verb
	for verb in alerts incidents peers 'deliveries 1'; do
		# shellcheck disable=SC2086 # a verb and its operand
		ctl --json $verb | jq -cS 'del(.connected, .last_heard)' | grep -v '"admission"'
	done
}
digest_of_record() { "$bin/rcc-replay" digest "$state" | grep -oE '[0-9a-f]{16}' | sed -n 1p; }

echo "the service manager hears that it is ready, and then that it lives"
"$tools/notify_listen" "$scratch/notify" >"$scratch/notified" 2>"$scratch/notify.log" &
pids+=("$!")
await 5 test -S "$scratch/notify" || fail "no socket for notifications"
export NOTIFY_SOCKET=$scratch/notify WATCHDOG_USEC=400000
start_centre
unset NOTIFY_SOCKET WATCHDOG_USEC
await 5 has_line 'READY=1' "$scratch/notified" || fail "no READY=1"
pings() { [ "$(lines_of 'WATCHDOG=1' "$scratch/notified")" -ge "$1" ]; }
await 10 pings 4 || fail "no WATCHDOG=1: $(cat "$scratch/notified")"

echo "a second daemon on the same state is refused"
refused 1 "$bin/rccd" --state-dir "$state" --ships 'tcp://127.0.0.1:*' --operations 'tcp://127.0.0.1:*' --live 'tcp://127.0.0.1:*'
has_line "another daemon (process $rccd_pid) uses this state directory" "$scratch/said" || fail "$(cat "$scratch/said")"

echo "a distress; one ship stores it, the other has no link"
enrol CALLER vessel --mmsi 247111111
enrol LISTENER vessel --mmsi 247222222
enrol ABSENT vessel --mmsi 247333333
open_session LISTENER
crew CALLER distress --yes --pos '35-12.40N 012-36.05E' --nature fire --mmsi 247111111 >"$scratch/distress.out" ||
	fail "the distress is not accepted"
is_stored() { [ "$(ctl --json deliveries 1 | jq -r "select(.ship == \"$1\") | .state")" = stored ]; }
await 10 is_stored LISTENER || fail "LISTENER has not stored it: $(ctl --json deliveries 1)"
close_session LISTENER
# What was given to connections is recorded after it was given: only then nothing more happens.
is_quiet() {
	local seq
	seq=$(status entries)
	[ "$seq" = "${quiet_seq:-}" ] && return 0
	quiet_seq=$seq
	return 1
}
await 10 is_quiet || fail "the record does not come to rest"
views >"$scratch/before.json"
digest=$(status digest)
stop "$rccd_pid"
has_line 'STOPPING=1' "$scratch/notified" || fail "no STOPPING=1"
expect "digest of the record" "$digest" "$(digest_of_record)"
"$bin/rcc-replay" --json verify --tables "$state" >"$scratch/audit.json" || fail "the record does not verify"
expect "signed up to the end" "$(jq .entries "$scratch/audit.json")" "$(jq .signed_seq "$scratch/audit.json")"

echo "after the restart all is as it was, and the absent ship gets what it missed"
start_centre
views >"$scratch/after.json"
diff "$scratch/before.json" "$scratch/after.json" || fail "the restart changed what officers see"
open_session ABSENT
await 10 is_stored ABSENT || fail "ABSENT was not sent it again"
close_session ABSENT
slay "$rccd_pid"

echo "a message that was posted while the centre was away is the same message however often it comes"
refused 69 crew LISTENER distress --yes --pos '35-30.00N 012-10.00E' --nature sinking --mmsi 247222222 --timeout 1
sqlite3 "$scratch/LISTENER.key.db" "VACUUM INTO '$scratch/copy.db'"
start_centre
entry_of() { sed -n 's/^.*accepted .*, entry \([0-9]*\)$/\1/p' "$1" | sed -n 1p; }
crew LISTENER wait accepted 20 >"$scratch/first.out" || fail "the outbox is not sent: $(cat "$scratch/first.out")"
stop "$rccd_pid"
start_centre
crew LISTENER --store "$scratch/copy.db" wait accepted 20 >"$scratch/again.out" || fail "no answer to the repeat"
[ -n "$(entry_of "$scratch/first.out")" ] || fail "no receipt: $(cat "$scratch/first.out")"
expect "entry of the receipt" "$(entry_of "$scratch/first.out")" "$(entry_of "$scratch/again.out")"
expect "incidents" 2 "$(ctl --json incidents | jq -s length)"
expect "times heard" 1 "$(ctl --json alerts | jq -s 'map(select(.mmsi == "247222222")) | .[0].signals')"
stop "$rccd_pid"

echo "a damaged record is shown, named, and never extended"
rows=$(sqlite3 "$state/journal.db" 'SELECT max(seq) FROM entry')
bad=$((rows - 3))
guard=$(sqlite3 "$state/journal.db" "SELECT sql FROM sqlite_master WHERE name = 'entry_no_update'")
sqlite3 "$state/journal.db" "DROP TRIGGER entry_no_update;
	UPDATE entry SET payload = CAST(substr(payload, 1, length(payload) - 1) || X'FF' AS BLOB) WHERE seq = $bad;
	$guard; PRAGMA wal_checkpoint(TRUNCATE)" >/dev/null
sum=$(sqlite3 "$state/journal.db" 'SELECT hex(payload), hex(hash) FROM entry' | sha256sum)
start_centre
expect "degraded" true "$(status degraded)"
has_line "entry $bad:" "$scratch/rccd.log" || fail "the bad entry is not named"
[ "$(ctl --json incidents | jq -s length)" -ge 1 ] || fail "the good part is not shown"
refused 69 crew CALLER distress --yes --pos '35-12.40N 012-36.05E' --nature sinking --mmsi 247111111 --timeout 3
has_line 'NOT CONFIRMED' "$scratch/said" || has_line 'NOT CONFIRMED' "$scratch/crew.log" || fail "the crew is not told"
stop "$rccd_pid"
expect "the damaged record" "$sum" "$(sqlite3 "$state/journal.db" 'SELECT hex(payload), hex(hash) FROM entry' | sha256sum)"
echo "restart: nothing lost, nothing doubled, nothing extended"
