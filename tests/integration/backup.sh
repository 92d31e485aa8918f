#!/bin/bash
# A backup is made while alerts stream in, looked at and signed; a restore takes it back only if it is what was signed, and the centre
# goes on with it as the same centre. What was tampered with, or lies where something is already, is refused.
#
# Usage: backup.sh BIN_DIR TOOL_DIR
set -euo pipefail
bin=$(cd "${1:?usage: backup.sh BIN_DIR TOOL_DIR}" && pwd)
tools=$(cd "${2:?usage: backup.sh BIN_DIR TOOL_DIR}" && pwd)
# shellcheck source=tests/integration/centre_lib.sh
. "$(dirname "$0")/centre_lib.sh"
command -v jq >/dev/null || { echo "backup: jq is not installed"; exit 77; }

printf 'rules: { flood_per_min = 0; };\n' >"$scratch/rccd.conf"
start_centre --config "$scratch/rccd.conf"
mkdir "$scratch/stream" "$scratch/safe"
for i in 0 1 2 3; do enrol "$i" feed; done
mv "$scratch"/[0-9]*.key "$scratch/stream/"
ctl open --by phone --contact 'Ms Rossi, +39 000' --pos '35-12.40N 012-36.05E' --nature flooding --persons 14 --text 'wooden boat' >/dev/null
mkfifo "$scratch/more"
"$tools/alert_stream" "$ships" "$server_key" "$scratch/stream" 4 0 <"$scratch/more" >"$scratch/stream.out" 2>"$scratch/stream.log" &
stream_pid=$!
pids+=("$stream_pid")
exec 5>"$scratch/more"
sleep 0.5

safe=$scratch/safe
refused 2 ctl backup "$safe/one" --sealed "$safe/one"
[ ! -e "$safe/one" ] || fail "a backup that was refused left something behind"
"$bin/rccctl" --state-dir "$state" backup "$safe/one" --sealed "$safe/sealed" --keys "$safe/keys" >"$scratch/made" 2>&1 ||
	fail "no backup: $(cat "$scratch/made")"
grep -q '^whole up to entry [0-9]* of .*; 5 files' "$scratch/made" || fail "it does not say what it has: $(cat "$scratch/made")"
expect "modes" "700 600 600 600" "$(stat -c %a "$safe/one" "$safe/one/journal.db" "$safe/keys/sign.key" "$safe/one/manifest.txt" | paste -sd' ')"
refused 1 ctl backup "$safe/one"
head=$(sed -n 's/^head \([0-9]*\) .*/\1/p' "$safe/one/manifest.txt")
sleep 0.4
exec 5>&-
wait "$stream_pid" || fail "the stream: $(cat "$scratch/stream.out" "$scratch/stream.log")"
forget "$stream_pid"
[ "$(status entries)" -gt "$head" ] || fail "nothing was recorded after the backup: it was no busy centre"
sign_key=$(status sign_key)
stop "$rccd_pid"
"$bin/rcc-replay" verify "$safe/one/journal.db" --key "$sign_key" >"$scratch/verify" 2>&1 || fail "the copy: $(cat "$scratch/verify")"

restore() { "$bin/rccctl" restore "$safe/${2:-one}" --into "$1" --sealed "$safe/sealed" --keys "$safe/keys" "${@:3}"; }
refused 1 restore "$state"
refused 1 restore "$scratch/foreign" one --key "$server_key"
grep -q 'signed with another key' "$scratch/said" || fail "another centre's backup: $(cat "$scratch/said")"
# One bit of a record, a line of the manifest, a file that is missing.
cp -r "$safe/one" "$safe/bit"
printf '\x01' | dd of="$safe/bit/journal.db" bs=1 seek=5000 conv=notrunc 2>/dev/null
refused 1 restore "$scratch/bit" bit
grep -q 'NOT RESTORED' "$scratch/said" || fail "a changed record: $(cat "$scratch/said")"
cp -r "$safe/one" "$safe/line"
sed -i 's/^head [0-9]*/head 1/' "$safe/line/manifest.txt"
refused 1 restore "$scratch/line" line
grep -q 'is not what a centre has signed' "$scratch/said" || fail "a changed manifest: $(cat "$scratch/said")"
cp -r "$safe/one" "$safe/less"
rm "$safe/less/tracks.db"
refused 1 restore "$scratch/less" less

restore "$scratch/restored" one --key "$sign_key" >"$scratch/said" 2>&1 || fail "not restored: $(cat "$scratch/said")"
grep -q "restored into .*: whole up to entry $head" "$scratch/said" || fail "what is restored is not said: $(cat "$scratch/said")"
state=$scratch/restored
unset ships operations live
start_centre --config "$scratch/rccd.conf"
expect "degraded" false "$(status degraded)"
expect "the same centre for its ships" "$server_key" "$(cat "$scratch/restored/server.pub")"
expect "its record goes on" "$((head + 1))" "$(ctl --json watch --from "$((head + 1))" --count 1 | jq -r .seq)"
ctl contact 1 --reason 'to call back' >"$scratch/contact" 2>&1 || fail "what was sealed cannot be read: $(cat "$scratch/contact")"
grep -q 'Ms Rossi' "$scratch/contact" || fail "what was sealed is lost: $(cat "$scratch/contact")"
echo "backup: a busy centre copied at entry $head, verified, signed, restored, and gone on with; $(cat "$scratch/made")"
