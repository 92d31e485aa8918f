#!/bin/bash
# A ship and a feed come to be known by one line; a line is used once, by whoever brings it, and not after its time. Keys are changed, by
# whom is known here, and whatever ends that on the way, the ship is never locked out.
#
# Usage: join.sh BIN_DIR
set -euo pipefail
bin=$(cd "${1:?usage: join.sh BIN_DIR}" && pwd)
# shellcheck source=tests/integration/centre_lib.sh
. "$(dirname "$0")/centre_lib.sh"
command -v jq >/dev/null || { echo "join: jq is not installed"; exit 77; }
here=$PWD
HOME=$scratch/home
mkdir -p "$HOME"
export HOME
start_centre
peers() { ctl --json peers | jq -r "select(.id != null and .name == \"$1\" and .revoked == null) | \"\(.role) \(.mmsi // \"-\")\""; }
entries() { status head_seq; }

# ---- one line ----

line=$(ctl invite "MV AURORA" --role vessel --mmsi 247123456 --owner merchant --expires +6h)
[ "$(printf '%s\n' "$line" | wc -l)" = 1 ] || fail "an invitation is one line: $line"
expect "what the line begins with" "rccd://${ships#tcp://}/" "$(printf '%s' "$line" | cut -d/ -f1-3)/"
expect "enrolled before she came" "" "$(peers "MV AURORA")"
code=$(printf '%s' "$line" | cut -d/ -f5)
grep -aqi -- "$code" "$state"/journal.db* && fail "the record holds the code of an invitation that nobody has used"

# A code that was never given opens nothing, and leaves no entry, however often it is tried.
before=$(entries)
wrong=${line/$code/00112233445566778899AABBCCDDEEFF}
for try in 1 2 3; do
	refused 77 "$bin/rcc-crew" join "$wrong" --link shore --timeout 10 --key "$scratch/thief$try.key" --config "$scratch/thief.conf"
	tells 'opens nothing' "$scratch/said" || fail "a wrong code: $(cat "$scratch/said")"
done
expect "entries of wrong codes" "$before" "$(entries)"
[ ! -e "$scratch/thief.conf" ] || fail "settings of a stranger"
refused 2 "$bin/rcc-crew" join 'rccd://nowhere' --key "$scratch/x.key"
refused 2 "$bin/rcc-crew" join "${line%/*}/12345" --key "$scratch/x.key"

# It is open until somebody uses it.
invited() { ctl --json peers | jq -r 'select(.class == "INVITATION") | "\(.name) \(.role) \(.mmsi)"'; }
expect "who is invited" "MV AURORA vessel 247123456" "$(invited)"
ctl peers | tells '^MV AURORA .*vessel .*247123456' || fail "not shown: $(ctl peers)"
ctl peers | tells "$code" && fail "the code is shown"
# Nobody asks a ship for help who is only invited.
refused 1 ctl profile 'MV AURORA' max-speed=14

# As she types it on board, where nothing is set up: key and settings are made, and everything else needs no option.
"$bin/rcc-crew" join "$line" --link shore >"$scratch/joined" 2>&1 || fail "she cannot join: $(cat "$scratch/joined")"
tells 'joined: ' "$scratch/joined" || fail "$(cat "$scratch/joined")"
expect "who she is" "vessel 247123456" "$(peers "MV AURORA")"
expect "who is invited still" "" "$(invited)"
expect "rights of her key" 600 "$(stat -c %a "$HOME/.config/rcc/ship.key")"
expect "rights of her settings" 600 "$(stat -c %a "$HOME/.config/rcc/client.conf")"
aurora() { "$bin/rcc-crew" --link shore "$@"; }
aurora status >"$scratch/status" 2>&1 || fail "her settings do not do: $(cat "$scratch/status")"
aurora distress --yes --pos '35-12.40N 012-36.05E' --nature fire >"$scratch/call" 2>&1 || fail "her distress: $(cat "$scratch/call")"
expect "verdict on her distress" match "$(ctl --json alerts | jq -rs '.[0].verdict')"

# The line is used up, for a thief and for herself.
refused 77 "$bin/rcc-crew" join "$line" --link shore --timeout 10 --key "$scratch/thief.key" --config "$scratch/thief.conf"
"$bin/rcc-crew" join "$line" --link shore >"$scratch/again" 2>&1 || fail "again by herself: $(cat "$scratch/again")"
tells 'is there already and was left' "$scratch/again" || fail "again: $(cat "$scratch/again")"

# What would be refused leaves no entry either: its code may still be good.
one=$(ctl invite CETUS --role vessel --mmsi 247000003)
two=$(ctl invite CETUS2 --role vessel --mmsi 247000003)
"$bin/rcc-crew" join - --link shore --key "$scratch/cetus.key" --config "$scratch/cetus.conf" <<<"$one" >/dev/null 2>&1 || fail "a line on standard input"
before=$(entries)
refused 77 "$bin/rcc-crew" join "$two" --link shore --timeout 10 --key "$scratch/cetus2.key" --config "$scratch/cetus2.conf"
expect "entries of an invitation that something stands against" "$before" "$(entries)"
grep -aqi -- "$(printf '%s' "$two" | cut -d/ -f5)" "$state"/journal.db* && fail "the record holds a code that may still be used"
# A line for a ship is none for a feed, and its end cannot be changed.
refused 2 "$bin/rcc-feed" join "$two" --key "$scratch/x.key" --config "$scratch/x.conf"
refused 77 "$bin/rcc-crew" join "${two%/*}/247000099" --link shore --timeout 10 --key "$scratch/x.key" --config "$scratch/x.conf"
# A key that was taken back does not come in again.
ctl revoke CETUS --reason stolen >/dev/null
three=$(ctl invite CETUS --role vessel --mmsi 247000003)
refused 77 "$bin/rcc-crew" join "$three" --link shore --timeout 10 --key "$scratch/cetus.key" --config "$scratch/y.conf"
tells 'put its file away' "$scratch/said" || fail "a key that was taken back: $(cat "$scratch/said")"

# In small letters, as somebody has typed it from paper; a feed; taken back; a name that is taken.
small=$(ctl invite COAST --role feed | tr '[:upper:]' '[:lower:]')
"$bin/rcc-feed" join "$small" --key "$scratch/coast.key" --config "$scratch/coast.conf" >"$scratch/joined" 2>&1 ||
	fail "a feed cannot join: $(cat "$scratch/joined")"
expect "who the feed is" "feed -" "$(peers COAST)"
line=$(ctl invite BOREAS --role vessel --mmsi 247000002)
ctl invite BOREAS --lift >/dev/null
refused 77 "$bin/rcc-crew" join "$line" --link shore --timeout 10 --key "$scratch/boreas.key" --config "$scratch/boreas.conf"
refused 1 ctl invite "MV AURORA" --role vessel --mmsi 247000009
refused 2 ctl invite ROSSI --role officer
refused 2 ctl invite BOREAS --role vessel --mmsi 247000002 --expires -1h

# Its time is over.
until=$(($(date +%s) + 2))
line=$(ctl invite BOREAS --role vessel --mmsi 247000002 --expires "$(date -u -d "@$until" +%FT%TZ)")
has_passed() { [ "$(date +%s)" -gt "$until" ]; }
await 20 has_passed || fail "time stands still"
refused 77 "$bin/rcc-crew" join "$line" --link shore --timeout 10 --key "$scratch/late.key" --config "$scratch/late.conf"

# ---- on the officer's terminal ----

command -v tmux >/dev/null && {
	tmux -f /dev/null -L "join$$" new-session -d -x 100 -y 50 \
		"$bin/rccctl --state-dir '$state' invite BOREAS --role vessel --mmsi 247000002; read -r _"
	shows_code() { tmux -L "join$$" capture-pane -p >"$scratch/pane" && [ "$(grep -c '█' "$scratch/pane" || true)" -ge 20 ]; }
	await 20 shows_code || fail "no QR code on the terminal: $(cat "$scratch/pane")"
	tmux -L "join$$" kill-server
}

# ---- another key ----

old=$(aurora key)
cp "$HOME/.config/rcc/ship.key" "$scratch/stolen.key"
ctl cancel 1 --reason 'fire is out' >/dev/null
aurora inbox >/dev/null 2>&1
before=$(ctl --json deliveries 1 | jq -s '[.[] | select(.mmsi == "247123456")] | length')
aurora rekey >"$scratch/rekeyed" 2>&1 || fail "no new key: $(cat "$scratch/rekeyed")"
new=$(aurora key)
[ "$old" != "$new" ] || fail "her key is the old one"
aurora status >"$scratch/status" 2>&1 || fail "her new key does not do"
expect "who she is now" "vessel 247123456" "$(peers "MV AURORA")"
expect "her ledger" "$before" "$(ctl --json deliveries 1 | jq -s '[.[] | select(.mmsi == "247123456")] | length')"
"$bin/rcc-crew" --key "$scratch/stolen.key" --store "$scratch/stolen.db" --link shore answer 1 proceeding --timeout 5 >"$scratch/said" 2>&1 && fail "the old key still answers for her"
# Ended after the centre knew, before the file was put in its place: the same call finishes it.
cp "$HOME/.config/rcc/ship.key" "$scratch/kept.key"
aurora rekey >/dev/null 2>&1 || fail "a second new key"
mv "$HOME/.config/rcc/ship.key" "$HOME/.config/rcc/ship.key.next"
cp "$scratch/kept.key" "$HOME/.config/rcc/ship.key"
aurora status >"$scratch/status" 2>&1 || true
tells 'rcc-crew rekey' "$scratch/status" || fail "after half a change she is not told what to do: $(cat "$scratch/status")"
aurora rekey >"$scratch/rekeyed" 2>&1 || fail "half a change is not finished: $(cat "$scratch/rekeyed")"
aurora status >/dev/null 2>&1 || fail "locked out after half a change"
expect "her keys, all in all" 1 "$(ctl --json peers | jq -s '[.[] | select(.id != null and .mmsi == "247123456")] | length')"
# An officer's, from elsewhere.
enrol ROSSI officer
"$bin/rccctl" rekey -e "${operations#tcp://}" --server-key "$server_key" --key-file "$scratch/ROSSI.key" >"$scratch/rekeyed" 2>&1 ||
	fail "no new key for an officer: $(cat "$scratch/rekeyed")"
"$bin/rccctl" -e "${operations#tcp://}" --server-key "$server_key" --key-file "$scratch/ROSSI.key" incidents >/dev/null || fail "her new key does not do"

stop "$rccd_pid"
start_centre
aurora status >/dev/null 2>&1 || fail "not known after a restart"
# ---- the centre's own key ----

echo "the centre's next key is announced, kept aboard, and tried when the one before brings no connection"
enrol KEEPER vessel --mmsi 247000901
enrol AWAY vessel --mmsi 247000902
open_session KEEPER
crew AWAY status >/dev/null || fail "AWAY is not known"
old=$server_key
refused 1 "$bin/rccd" --state-dir "$state" --switch-key
tells 'another daemon' "$scratch/said" || fail "it is switched under a daemon: $(cat "$scratch/said")"
next=$("$bin/rccd" --state-dir "$state" --next-key | sed -n 's/^the next key: //p')
[ "${#next}" = 40 ] || fail "there is no next key: $next"
[ "$next" != "$old" ] || fail "the next key is the one of today"
expect "made once" "$next" "$("$bin/rccd" --state-dir "$state" --next-key | sed -n 's/^the next key: //p')"
expect "its rights" 600 "$(stat -c %a "$state/server.key.next")"
expect "announced before it is asked for" null "$(status next_server_key)"
kill -HUP "$rccd_pid"
# shellcheck disable=SC2317 # called by await
is_announced() { [ "$(status next_server_key)" = "$next" ]; }
await 10 is_announced || fail "it is not announced: $(ctl --json status)"
# shellcheck disable=SC2317 # called by await
knows() { [ "$(ctl --json peers | jq -r 'select(.name == "KEEPER") | .knows_next_key')" = true ]; }
await 30 knows || fail "KEEPER does not hear of it: $(ctl --json peers)"
expect "who was away" false "$(ctl --json peers | jq -r 'select(.name == "AWAY") | .knows_next_key')"
crew AWAY status >/dev/null
expect "who comes hears of it" true "$(ctl --json peers | jq -r 'select(.name == "AWAY") | .knows_next_key')"
stop "$rccd_pid"
"$bin/rccd" --state-dir "$state" --switch-key >"$scratch/switched" || fail "it cannot be switched"
tells -F "the key from now on: $next" "$scratch/switched" || fail "$(cat "$scratch/switched")"
refused 1 "$bin/rccd" --state-dir "$state" --switch-key
start_centre
expect "the centre's key now" "$next" "$server_key"
# shellcheck disable=SC2317 # called by await
is_back() { [ "$(ctl --json peers | jq -r 'select(.name == "KEEPER") | .connected')" = true ]; }
await 60 is_back || fail "KEEPER does not come back: $(cat "$scratch/KEEPER.out")"
# Who was not there in between finds it by herself, with the settings of before; and holds to it.
server_key=$old
crew AWAY --timeout 60 distress --yes --nature fire --pos '35-40.00N 012-10.00E' >"$scratch/call" || fail "AWAY is locked out: $(cat "$scratch/call")"
crew AWAY --timeout 5 status >"$scratch/status" || fail "AWAY has forgotten it: $(cat "$scratch/status")"
server_key=$next
close_session KEEPER

stop "$rccd_pid"
"$bin/rcc-replay" verify --tables "$state" >"$scratch/verify.out" 2>&1 || fail "the record does not verify: $(cat "$scratch/verify.out")"
"$bin/rcc-replay" recheck "$state" >"$scratch/recheck" 2>&1 || fail "$(cat "$scratch/recheck")"
cd "$here"
echo "join: by one line, once; keys changed without a ship being locked out"
