#!/bin/bash
# Ships declare what they can do, an officer ranks those that could help, and whether all were told alike is counted: against a
# real centre with a picture of some ships, of which two are registered.
#
# Usage: ranking.sh BIN_DIR TOOL_DIR
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
bin=$(cd "${1:?usage: ranking.sh BIN_DIR TOOL_DIR}" && pwd)
# shellcheck source=tests/integration/centre_lib.sh
. "$here/centre_lib.sh"

printf 'rules: { unreachable_after_s = 1; flag_after_s = 0.5; parity_ships = 1; parity_every_min = 0.02; };\n' >"$scratch/rccd.conf"
start_centre --config "$scratch/rccd.conf"
enrol LAMPEDUSA feed
# said FILE PATTERN; width FILE: no line is longer than a screen.
said() { has_line "$2" "$1" || fail "\"$2\" is not in: $(cat "$1")"; }
width() { [ "$(wc -L <"$1")" -le 80 ] || fail "longer than 80 characters: $(cat "$1")"; }

echo "a picture of twelve ships"
"$bin/rcc-sim" fleet --ships 12 --seed 4 --duration 30 --no-wait --start "$(date -u +%Y-%m-%dT%H:%M:%SZ)" >"$scratch/fleet.nmea"
"$bin/rcc-feed" --to "$ships" --server-key "$server_key" --key "$scratch/LAMPEDUSA.key" --nmea "$scratch/fleet.nmea" \
	2>"$scratch/feed.log" || fail "the feed failed"
# shellcheck disable=SC2317 # called by await
are_seen() { [ "$(ctl --json vessels | jq -s 'map(select(.kind == "ship" and .lat)) | length')" -ge 12 ]; }
await 10 are_seen || fail "the picture holds $(ctl vessels)"
mapfile -t seen < <(ctl --json vessels | jq -r 'select(.kind == "ship" and .lat) | .mmsi')
enrol TRADER vessel --mmsi "${seen[0]}" --owner merchant
enrol HOPE vessel --mmsi "${seen[1]}" --owner ngo

echo "a crew declares its ship; wrong keys and units are told; a file does as well"
crew HOPE profile >"$scratch/keys.out"
said "$scratch/keys.out" '^freeboard .*lowest edge'
printf '%s\n' '# ballast, summer crew' 'freeboard=0.9' '' 'rescue-boats=2 # RIBs' 'boat-sea=5' 'places-sheltered=90' \
	>"$scratch/hope.profile"
crew HOPE profile max-speed=14.5 doctors=1 fuel-hours=60 water=400 --file "$scratch/hope.profile" --checked now --missing 'oxygen' \
	>"$scratch/hope.out" || fail "not accepted: $(cat "$scratch/hope.out")"
said "$scratch/hope.out" 'max-speed: 14.5 kn'
crew HOPE profile --company 'HOPE AT SEA' --company-contact 'operations desk' --policy 'charter 2024' >/dev/null || fail "no company"
refused 2 crew HOPE profile --company 'a name of more bytes than forty, which is too long'
refused 2 crew HOPE profile max-speed=14kn
refused 2 crew HOPE profile speed=14
refused 2 crew HOPE profile boat-sea=10
refused 2 crew HOPE profile --checked 2999-01-01T00:00:00Z

echo "an officer types what another master says, by name"
ctl profile TRADER freeboard=6.5 rescue-boats=1 boat-sea=3 crane=no cradles=0 doctors=0 paramedics=0 fuel-hours=300 >/dev/null ||
	fail "not accepted"
refused 1 ctl profile NOBODY water=1
refused 1 ctl profile 999999999 water=1
refused 2 ctl profile TRADER owner=ngo
ctl profile "${seen[1]}" >"$scratch/profile.out"
said "$scratch/profile.out" '^missing .*oxygen'
said "$scratch/profile.out" '^max-speed  *14.5  kn'
said "$scratch/profile.out" 'NOT DECLARED: '
said "$scratch/profile.out" '^company  *HOPE AT SEA'
width "$scratch/profile.out"
ctl profile HOPE --policy - >/dev/null || fail "a policy cannot be taken back"
expect "company" 'HOPE AT SEA, operations desk, null' "$(ctl --json profile HOPE |
	jq -r 'select(.class == "PROFILE") | "\(.company), \(.company_contact), \(.policy)"')"
refused 2 ctl profile HOPE --policy "$(printf '%081d' 0)"
expect "places" 90 "$(ctl --json profile HOPE | jq -r 'select(.class == "PROFILE") | .places_free')"

echo "ranked by time first; every term and what is missing is shown; registered or not"
read -r lat lon < <(ctl --json vessel "${seen[1]}" | jq -r '"\(.lat + 0.2) \(.lon)"')
ctl open --by radio --pos "$lat $lon" --nature sinking --persons 60 --text 'two rafts' >/dev/null || fail "no case"
incident=$(ctl --json incidents | jq -r .incident)
ctl rank "$incident" >"$scratch/rank.out"
cat "$scratch/rank.out"
width "$scratch/rank.out"
said "$scratch/rank.out" 'sea state not known'
said "$scratch/rank.out" 'not told: lifejackets'
said "$scratch/rank.out" 'not registered: call her'
ctl --json rank "$incident" >"$scratch/rank.json"
expect "order" "$(jq -s '[.[] | select(.class == "RANK") | .order] | sort' "$scratch/rank.json")" \
	"$(jq -s '[.[] | select(.class == "RANK") | .order]' "$scratch/rank.json")"
expect "hope" 'declared good good good' "$(jq -r --arg m "${seen[1]}" \
	'select(.mmsi == $m) | "\(.speed_is) \(.recovery) \(.capacity) \(.medical)"' "$scratch/rank.json")"
[ "$(jq -s '[.[] | select(.class == "RANK" and (.registered | not) and .recovery == "unknown")] | length' "$scratch/rank.json")" -gt 0 ] ||
	fail "no unregistered ship is ranked"
expect "owner" 0 "$(grep -c owner "$scratch/rank.json" || true)"

echo "a master who cannot is left out, with the reason"
crew HOPE inbox >/dev/null
crew HOPE answer latest unable --reason cargo-hazard >/dev/null || fail "no answer"
expect "excluded" 'EXCLUDED unable cargo-hazard' "$(ctl --json rank "$incident" | jq -r --arg m "${seen[1]}" \
	'select(.mmsi == $m) | "\(.class) \(.why) \(.reason)"')"
ctl rank "$incident" >"$scratch/rank.out"
said "$scratch/rank.out" 'NOT RANKED'
width "$scratch/rank.out"

echo "whoever is tasked is shown with what she lacks"
ctl assist "$incident" --ship "${seen[0]}" --text 'make lee' >"$scratch/assist.out"
said "$scratch/assist.out" 'what is known of her for this case'
cat "$scratch/assist.out"

echo "one ship has stored the call, the other is without a link: they are not told alike, and the alarm opens"
# shellcheck disable=SC2317 # called by await
is_parted() { [ "$(ctl --json parity | jq -r 'select(.class == "PARITY_STATE") | "\(.told_alike) \(.alarm_since != null)"')" = 'false true' ]; }
await 20 is_parted || fail "$(ctl parity)"
ctl parity >"$scratch/parity.out"
cat "$scratch/parity.out"
said "$scratch/parity.out" 'NOT TOLD ALIKE: delivery rates'
width "$scratch/parity.out"
expect "warning" true "$(status not_told_alike)"
ctl queue >"$scratch/queue.out"
said "$scratch/queue.out" 'SHIPS ARE NOT TOLD ALIKE'
said "$scratch/queue.out" ' parity$'
ctl status >"$scratch/status.out"
said "$scratch/status.out" 'SHIPS ARE NOT TOLD ALIKE'

echo "it comes back: the alarm closes, and the record tells both"
crew TRADER inbox >/dev/null
# shellcheck disable=SC2317 # called by await
is_alike() { [ "$(status not_told_alike)" = null ]; }
await 20 is_alike || fail "$(ctl parity)"
stop "$rccd_pid"
"$bin/rcc-replay" verify --tables "$state/journal.db" >"$scratch/verify.out" 2>&1 || fail "$(cat "$scratch/verify.out")"
