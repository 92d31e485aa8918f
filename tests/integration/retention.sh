#!/bin/bash
# Legal hold, erasure and purge by order: each is an entry, what is to go goes once the entry is on the disk, also after a kill and
# after an older sealed.db came back from a backup; the record verifies, and an auditor sees what went, when and under which rule.
#
# Usage: retention.sh BIN_DIR TOOL_DIR
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
bin=$(cd "${1:?usage: retention.sh BIN_DIR TOOL_DIR}" && pwd)
command -v sqlite3 >/dev/null || { echo "retention: sqlite3 is missing"; exit 77; }
# shellcheck source=tests/integration/centre_lib.sh
. "$here/centre_lib.sh"

keys() { sqlite3 "file:$state/sealed.db?mode=ro" 'SELECT count(*) FROM seal_key'; }
keys_are() { [ "$(keys)" = "$1" ]; }
report() { ctl open --by phone --text "$1" --contact "$2" --name "$1" "${@:3}" >/dev/null; }
end_case() {
	ctl cancel "$1" --reason 'nobody was in danger' >/dev/null
	ctl close "$1" --outcome false-alert --reason 'a hoax' >/dev/null
}

start_centre
enrol WATCH officer
report ANNA 'Anna +44 20 7946 0958' --pos '35-12.40N 012-36.05E'
report BRUNO 'Bruno +39 340 7654321' --pos '37-12.40N 015-36.05E'
report CARLA 'Carla +33 1 99 00 12 34' --pos '33-12.40N 018-36.05E'
ctl note "$year"-0002 violence --authority 'a patrol boat' --text 'shots over the bow' >/dev/null
expect "keys" 4 "$(keys)"

echo "what is open keeps what it has; a hold keeps it when it is closed"
refused 1 ctl erase alert 1 --reason 'asked for by the caller'
tail -n 1 "$scratch/ctl.log" | tells 'open' || fail "it is not said why: $(tail -n 1 "$scratch/ctl.log")"
end_case 1
end_case 2
remote WATCH legal-hold 1 --reason 'inquiry of the prosecutor' >/dev/null
expect "shown" true "$(ctl --json incidents --all | jq -r 'select(.incident_id == 1) | .legal_hold')"
refused 1 ctl erase alert 1 --reason 'asked for by the caller'
refused 77 remote WATCH purge sealed --before -1min --reason 'not for an officer'
refused 2 ctl purge sealed --reason 'from before when?'
refused 2 ctl purge everything --before -1min --reason test
refused 2 ctl erase case 1 --reason test

echo "an erasure takes one caller's particulars and nobody else's, after a kill as well"
sqlite3 "$state/sealed.db" ".backup '$scratch/older.db'"
ctl erase alert 2 --reason 'asked for by the caller' >/dev/null
await 10 keys_are 3 || fail "the key is still there"
refused 1 ctl contact 2 --reason 'to call back'
expect "the other" 'Anna +44 20 7946 0958' "$(ctl contact 1 --reason 'to call back')"
expect "shown" true "$(ctl --json alert 2 | jq -r .contact_erased)"
kill -9 "$rccd_pid"
wait "$rccd_pid" 2>/dev/null || true
rm -f "$state"/sealed.db*
cp "$scratch/older.db" "$state/sealed.db"
expect "a backup has it still" 4 "$(keys)"
start_centre
await 10 keys_are 3 || fail "what was erased came back with the backup"
refused 1 ctl contact 2 --reason 'to call back'

echo "a purge takes what is old, but nothing of a case that is open or on hold"
sleep 1
ctl purge sealed --before "$(date -u +%Y-%m-%dT%H:%M:%SZ)" --reason 'retention schedule 7' >/dev/null
sleep 3
expect "round the open case everything is kept" 3 "$(keys)"
end_case 3
await 10 keys_are 3 || true
expect "the hold keeps what is round its case" 'Anna +44 20 7946 0958' "$(ctl contact 1 --reason 'still there')"
ctl legal-hold 1 --lift --reason 'inquiry closed, file 17' >/dev/null
ctl purge sealed --before "$(date -u +%Y-%m-%dT%H:%M:%SZ)" --reason 'retention schedule 7, once more' >/dev/null
await 10 keys_are 0 || fail "$(keys) keys are still there"
ctl purge tracks --before -1min --reason 'retention schedule 7' >/dev/null

echo "the record verifies, and says what went, when and under which rule"
"$bin/rcc-replay" verify "$state" >"$scratch/said" 2>&1 || fail "$(cat "$scratch/said")"
for line in 'incident 1: legal-hold, "inquiry of the prosecutor"' 'incident 2: erased what the caller of alert 2 left, "asked for by the caller"' \
	'incident 1: hold-lifted, "inquiry closed, file 17"' 'purged sealed from before .*"retention schedule 7, once more"' \
	'purged tracks from before .*"retention schedule 7"' 'the keys of 4 of these 4 are destroyed'; do
	grep -q -- "$line" "$scratch/said" || fail "\"$line\" is not in: $(cat "$scratch/said")"
done
expect "as JSON" 'legal-hold erased purged hold-lifted purged purged' \
	"$("$bin/rcc-replay" --json verify "$state" | jq -r '[.retention[].step] | join(" ")')"
"$bin/rcc-replay" recheck "$state" >"$scratch/said" 2>&1 || fail "the core decides otherwise: $(cat "$scratch/said")"
stop "$rccd_pid"
echo "retention: what is to go goes, and what is kept stays"

# The report of the case has each reason that was given for it.
"$bin/rcc-replay" report "$state" 1 --html --lang en -o "$scratch/report.html" || fail "no report"
for reason in 'inquiry of the prosecutor' 'inquiry closed, file 17'; do
	tells -F -- "$reason" <"$scratch/report.html" || fail "\"$reason\" is not in the report"
done
