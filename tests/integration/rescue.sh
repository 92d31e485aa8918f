#!/bin/bash
# A rescue of eighty-five with the real programs, from the call to the last survivor ashore: two merchant ships, one of an NGO and a
# patrol vessel; a port refuses, another is not safe; a transfer, a medical evacuation, two who are never found. The situation reports,
# the ledger, the balance and the packs of all four ships are compared line by line with what was read (rescue/), and the record verifies.
# The same rescue with its clocks is the story tests/golden/day/rescue.scn. Usage: rescue.sh BIN_DIR [TOOLS_DIR]
set -euo pipefail
bin=$(cd "${1:?usage: rescue.sh BIN_DIR}" && pwd)
# shellcheck source=tests/integration/centre_lib.sh
. "$(dirname "$0")/centre_lib.sh"
command -v jq >/dev/null || { echo "rescue: jq is not installed"; exit 77; }

case=$year-0001
declare -A mmsi=([TRADER]=247320100 [STAR]=209055433 [BIRD]=211555600 [PATROL]=247999100)
ships_in_order='TRADER STAR BIRD PATROL'
is_heard() { grep -q -- "$2" "$scratch/$1.out"; }
hears() { await 15 is_heard "$1" "$2" || fail "$1 does not hear \"$2\": $(cat "$scratch/$1.out")"; }
balance() { ctl --json persons "$case" | jq -r "select(.class == \"BALANCE\") | .$1"; }
duty() { ctl --json duties "$case" | jq -r "select(.class == \"DUTY\" and .rule == \"$1\") | .$2" | sed -n 1p; }
ship() { ctl --json duties "$case" | jq -r "select(.class == \"SHIP_DUTY\" and .mmsi == \"${mmsi[$1]}\") | .$2"; }
says() { [ "$(ship "$1" answer)" = "$2" ]; }
place() { remote "${officer:-ROSSI}" place "$case" "$@"; }
blocked() {
	refused 1 place "${@:2}"
	grep -q -- "$1" "$scratch/said" || fail "\"$1\" is not in: $(cat "$scratch/said")"
}

# ais NAME LAT LON SOG_KN COG_DEG: a class A position report (ITU-R M.1371-5 table 48) in a !AIVDM sentence.
ais() {
	awk -v mmsi="${mmsi[$1]}" -v lat="$2" -v lon="$3" -v sog="$4" -v cog="$5" -v second="$(date -u +%S)" '
		function put(value, width,    i) {
			if (value < 0) value += 2 ^ width
			for (i = width - 1; i >= 0; i--) bits = bits (int(value / 2 ^ i) % 2)
		}
		BEGIN {
			put(1, 6); put(0, 2); put(mmsi, 30); put(0, 4); put(128, 8); put(int(sog * 10 + 0.5), 10); put(1, 1)
			put(int(lon * 600000 + 0.5), 28); put(int(lat * 600000 + 0.5), 27); put(int(cog * 10 + 0.5), 12); put(511, 9)
			put(second + 0, 6); put(0, 25)
			for (i = 1; i <= length(bits); i += 6) {
				value = 0
				for (k = 0; k < 6; k++) value = value * 2 + substr(bits, i + k, 1)
				payload = payload sprintf("%c", value < 40 ? value + 48 : value + 56)
			}
			print "AIVDM,1,1,,A," payload ",0"
		}'
}
# sail FILE: what a coast station hears of the ships, each as "NAME LAT LON SOG COG".
sail() {
	local name lat lon sog cog body sum i
	while read -r name lat lon sog cog; do
		body=$(ais "$name" "$lat" "$lon" "$sog" "$cog")
		sum=0
		for ((i = 0; i < ${#body}; i++)); do sum=$((sum ^ $(printf '%d' "'${body:i:1}"))); done
		printf '!%s*%02X\r\n' "$body" "$sum"
	done >"$scratch/heard.nmea"
	"$bin/rcc-feed" --to "$ships" --server-key "$server_key" --key "$scratch/LAMPEDUSA.key" --nmea "$scratch/heard.nmea" \
		2>>"$scratch/feed.log" || fail "the coast station hears nothing: $(cat "$scratch/feed.log")"
}
is_at() { [ "$(ctl --json vessels | jq -r "select(.mmsi == \"${mmsi[$1]}\") | .cog_deg")" = "$2" ]; }
steered() { [ "$(ship "$1" course_before)" = "$2" ]; }
steers() { [ "$(ship "$1" course)" = "$2" ]; }

# as_read NAME FILE: every line of it is as it was read by people (rescue/NAME). What differs from night to night is not compared: times,
# hashes, what a link took. RCC_ACCEPT=1 writes it anew.
readings=$(cd "$(dirname "$0")" && pwd)/rescue
as_read() {
	sed -E '/^done:/d; s/[0-9]{6} UTC [A-Z]{3} [0-9]{2}/DTG/g; s/20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z/TIME/g; s/\b20[0-9]{2}-0/YYYY-0/g' "$2" >"$scratch/$1.read"
	[ -z "${RCC_ACCEPT:-}" ] || cp "$scratch/$1.read" "$readings/$1"
	diff "$readings/$1" "$scratch/$1.read" || fail "$1 is not what was read"
}
# ledger: who owes what, and what each ship could know, knew, said, did.
ledger() {
	ctl --json duties "$case" | jq -r '
		if .class == "DUTY" then "\(.rule)\(if .mmsi then " of \(.name // .mmsi)" else "" end): \(.state)\(if .overdue_at or .late then ", late" else "" end)\(
			if .reason then ", \(.reason)" else "" end)"
		else "\(.name // .mmsi): " + ([to_entries[] | select(.key | IN("class", "incident", "incident_id", "mmsi", "name", "answer_eta_min") | not) |
			if (.value | type) == "string" and (.value | test("^20[0-9]{2}-")) then "\(.key)" else "\(.key) \(.value)" end] | join(", ")) end'
}
# pack_lines FILE: the case, calls, answers, work and duties in their order; when each came and was stored differs from night to night.
pack_lines() {
	jq -r 'select(.class | IN("SENT", "STORED", "READ", "FLAGGED", "TRACK", "PACK", "CHECKPOINT", "SIGNATURE") | not) |
		del(.seq, .time, .hash, .chain, .duty, .range_m, .bearing_deg, .eta_min, .changed_seq, .changed_hash) | to_entries | map("\(.key) \(.value)") | join(", ")' "$1"
}

start_centre
enrol LAMPEDUSA feed
enrol TRADER vessel --mmsi 247320100 --owner merchant
enrol STAR vessel --mmsi 209055433 --owner merchant
enrol BIRD vessel --mmsi 211555600 --owner ngo
enrol PATROL vessel --mmsi 247999100 --owner state
enrol ROSSI officer
enrol BIANCHI officer
for name in $ships_in_order; do open_session "$name"; done
sail <<-END
	TRADER 35.50 12.50 12 90
	STAR 35.00 12.1667 14 270
	BIRD 35.3333 12.3333 10 300
	PATROL 35.4833 12.60 18 45
END
await 10 is_at PATROL 45 || fail "the picture does not hold them: $(ctl vessels)"
sleep 2 # tracks are written once a second

echo "a boat without a name: all four are told, whoever owns them"
remote ROSSI open --by phone --pos '35-12.40N 012-36.05E' --persons 85 --nature flooding --text 'wooden boat, taking water' >/dev/null
case=$(ctl --json incidents | jq -r .incident)
for name in $ships_in_order; do hears "$name" "MAYDAY RELAY $case"; done
expect "told" 4 "$(ctl --json incidents | jq -r .recipients)"
expect "told how far it is, and how long" "4 of 4" \
	"$(ctl --json deliveries "$case" | jq -rs 'map(select(.range_nm > 5 and .range_nm < 40 and .eta_min > 20)) | "\(length) of 4"')"
ctl smc "$case" --name 'Lt Rossi' >/dev/null
expect "one coordinates the mission" discharged "$(duty smc state)"
ctl comms "$case" --control 'VHF 16' --on-scene 'VHF 6' >/dev/null
ctl sitrep "$case" --to 'MRCC B' >"$scratch/sitrep"
as_read initial.sitrep "$scratch/sitrep"
tell TRADER 'answer latest proceeding --eta 95'
await 15 says TRADER proceeding || fail "TRADER has not answered: $(ctl duties "$case")" # or nobody comes, for a moment
tell STAR 'answer latest unable --reason cargo-hazard --text "gas carrier"'
tell BIRD 'answer latest proceeding --eta 80'
tell PATROL 'answer latest proceeding --eta 50'
for name in TRADER BIRD PATROL; do await 15 says "$name" proceeding || fail "$name has not answered: $(ctl duties "$case")"; done
await 15 says STAR unable || fail "STAR has not answered"
expect "the law lets her stay away for a reason" excused "$(ship STAR assist)"

echo "who said so is seen to turn to the scene, and who does not is seen as well"
turn() {
	sail <<-END
		TRADER 35.49 12.503 12 164
		STAR 35.00 12.14 14 270
		BIRD 35.33 12.34 10 120
		PATROL 35.47 12.60 18 180
	END
}
turn
for name in TRADER BIRD PATROL; do
	await 10 steers "$name" towards || fail "$name is not seen to turn: $(ctl --json duties "$case")"
	await 10 steered "$name" elsewhere || fail "$name before: $(ctl --json duties "$case")"
done
# Her track is looked at every half minute.
has_turned() { turn && sleep 3 && [ "$(ship "$1" towards_since)" != null ]; }
for name in TRADER BIRD PATROL; do
	await 50 has_turned "$name" || fail "nobody says since when $name comes: $(ctl --json duties "$case")"
done
expect "STAR" "elsewhere, null" "$(ship STAR course), $(ship STAR towards_since)"

echo "one is requisitioned, one coordinates"
ctl requisition "$case" --ship "${mmsi[BIRD]}" --consulted 'TRADER and BIRD; BIRD has two boats and a doctor' --text 'you have the boats' >/dev/null
ctl coordinate "$case" --ship "${mmsi[PATROL]}" --every 60 --text 'coordinate on scene' >/dev/null
hears BIRD 'you have the boats'
hears PATROL 'coordinate on scene'
tell BIRD 'answer latest proceeding --eta 78'
complies() { [ "$(duty comply state)" = acknowledged ]; }
await 15 complies || fail "BIRD does not comply: $(ctl duties "$case")"
for name in PATROL BIRD TRADER; do
	tell "$name" 'answer latest on-scene'
	await 15 says "$name" on-scene || fail "$name is not on scene: $(ctl duties "$case")"
done

echo "people are taken aboard, counted by their own ships"
crew BIRD survivors latest --men 28 --women 16 --children 8 --unaccompanied 2 --infants 4 --pregnant 2 --injured 3 --families 9 --safe-hours 24 --yes >/dev/null
crew TRADER survivors latest --men 18 --women 5 --families 3 --safe-hours 6 --protection --yes >/dev/null
crew PATROL survivors latest --men 2 --injured 2 --yes >/dev/null
expect "aboard" 83 "$(balance aboard)"
expect "still at risk" 2 "$(balance at_risk)"
crew BIRD need latest medevac --quantity 1 --text 'burns, one woman' >/dev/null
ctl need --id 1 --state promised --text 'helicopter from the island' >/dev/null

echo "a transfer that keeps families together, and an evacuation that cannot, with its reason"
refused 1 ctl persons "$case" --from-ship "${mmsi[TRADER]}" --to-ship "${mmsi[BIRD]}" --men 17 --women 5
ctl persons "$case" --from-ship "${mmsi[TRADER]}" --to-ship "${mmsi[BIRD]}" --men 18 --women 5 --families 3 --family together >/dev/null
ctl persons "$case" --from-ship "${mmsi[BIRD]}" --to landed --women 1 --injured 1 --family split --reason 'the only place in the helicopter' >/dev/null
crew BIRD need latest --id 1 --state met >/dev/null
ctl persons "$case" --from at-risk --to missing --men 2 >/dev/null
expect "nobody vanished" 85 "$(ctl --json persons "$case" | jq 'select(.class == "BALANCE") |
	.at_risk + .aboard + .landed + .missing + .dead + .safe_alone + .unknown_outcome + .never')"

echo "one port refuses, one is not safe, and none is final before the fear is reviewed"
place 'PORT A' refused --authority 'Harbour master A' --text 'no berth' >/dev/null
place 'PORT B' checked --checks rescue-ends,safety,needs,onward --unsafe --text 'people are taken back from there' >/dev/null
blocked 'unsafe' 'PORT B' assigned --ship "${mmsi[BIRD]}"
tell BIRD 'place latest "PORT B" objected --text "I will not take them there"'
objects() { ctl places "$case" | tells "BIRD OBJECTS"; }
await 15 objects || fail "the objection is not kept: $(ctl places "$case")"
place 'PORT C' checked --checks rescue-ends,safety,needs,onward >/dev/null
blocked 'refused' 'PORT C' assigned --ship "${mmsi[BIRD]}"
officer=BIANCHI place 'PORT C' reviewed --text 'they fear the shore that they left, not this one' >/dev/null
place 'PORT C' assigned --ship "${mmsi[BIRD]}" --extra-nm 60 --extra-h 6 >/dev/null
place 'PORT C' assigned --ship "${mmsi[PATROL]}" >/dev/null
hears BIRD 'Place of safety for the survivors aboard: PORT C'
expect "her way is counted" 60 "$(ctl --json places "$case" | jq -r 'select(.class == "DISEMBARKATION") | .extra_nm')"
ctl release "$case" --others-comply --text 'BIRD has all' >/dev/null
hears TRADER 'BIRD has all'
expect "released" true "$(ship TRADER released)"
expect "she that complies stays" false "$(ship BIRD released)"
expect "who coordinated is released: the case needs another, red at once" overdue "$(duty coordinator state)"
ctl coordinate "$case" --ship "${mmsi[BIRD]}" --text 'coordinate from now on' >/dev/null
hears BIRD 'coordinate from now on'
tell BIRD 'answer latest on-scene'
coordinates() {
	[ -n "$(ctl --json duties "$case" | jq "select(.class == \"DUTY\" and .rule == \"coordinate\" and .state == \"discharged\" and
		.mmsi == \"${mmsi[BIRD]}\")")" ]
}
await 15 coordinates || fail "BIRD does not coordinate: $(ctl duties "$case")"
expect "and has one" discharged "$(duty coordinator state)"

echo "the situation report, from the record"
ctl sitrep "$case" --to 'MRCC B' --full >"$scratch/sitrep"
grep -q 'SITREP' "$scratch/sitrep" || fail "no report: $(cat "$scratch/sitrep")"
for line in 'ABOARD RESCUING SHIPS: 82' 'LANDED: 1' 'MISSING: 2' 'ON-SCENE COORDINATOR: BIRD'; do
	grep -q "$line" "$scratch/sitrep" || fail "\"$line\" is not in: $(cat "$scratch/sitrep")"
done
as_read full.sitrep "$scratch/sitrep"

echo "ashore"
place 'PORT C' reached --ship "${mmsi[PATROL]}" >/dev/null
ctl persons "$case" --from-ship "${mmsi[PATROL]}" --to landed --men 2 --injured 2 >/dev/null
place 'PORT C' reached --ship "${mmsi[BIRD]}" >/dev/null
ctl persons "$case" --from-ship "${mmsi[BIRD]}" --to landed --men 46 --women 20 --children 8 --unaccompanied 2 --infants 4 --pregnant 2 --injured 2 --families 12 --family together >/dev/null
expect "all are ashore, and their ships not yet released" open "$(duty disembark state)"
ctl closing "$case" >"$scratch/said"
grep -q '^duty .*refer the survivors' "$scratch/said" || fail "that nobody is referred yet does not stand in the way: $(cat "$scratch/said")"
ctl referral "$case" child-protection --authority 'guardian' --persons 2 --accepted >/dev/null
expect "two of them are not all" open "$(duty refer state)"
ctl referral "$case" shelter --authority 'PREFECTURE C' --persons 81 --accepted >/dev/null
expect "the two may be among the others: no sum tells" open "$(duty refer state)"
ctl duty "$(duty refer id)" discharged --reason 'two with the guardian, 81 in the shelter: all 83' >/dev/null
expect "all are referred" discharged "$(duty refer state)"

echo "it is not closed while two are missing, a duty is open and a ship does not know, and says so with the list"
close_session STAR
remote ROSSI cancel "$case" --reason 'all that could be found are ashore' >/dev/null
for name in TRADER BIRD PATROL; do hears "$name" 'all that could be found are ashore'; done
expect "the clock has stopped" discharged "$(duty disembark state)"
crew BIRD need latest interpreter >/dev/null
refused 1 remote ROSSI close "$case" --outcome rescued --reason 'landed'
for line in '^missing  *2' '^untold .*STAR' '^duty .*answer what a ship asks for'; do
	grep -q "$line" "$scratch/said" || fail "\"$line\" is not in the list: $(cat "$scratch/said")"
done
grep -q '^untold .*BIRD' "$scratch/said" && fail "who has stored it is called untold: $(cat "$scratch/said")"
ctl --json queue | jq -r 'select(.what == "close") | .text' | tells '1 ship has not stored' || fail "the queue says that all know: $(ctl --json queue)"
ctl need --id 2 --state withdrawn --text 'they are ashore' >/dev/null
open_session STAR
hears STAR 'all that could be found are ashore'
ctl persons "$case" --from missing --to unknown-outcome --men 2 --reason 'searched until dark by two ships and a helicopter' >/dev/null
nothing_left() { [ -z "$(ctl --json closing "$case")" ]; }
await 20 nothing_left || fail "something is left: $(ctl closing "$case")"
ctl sitrep "$case" --full --final --to 'MRCC B' --text '83 landed at PORT C, 2 of unknown outcome' >"$scratch/sitrep"
as_read final.sitrep "$scratch/sitrep"
remote ROSSI close "$case" --outcome rescued --reason '83 landed, 2 of unknown outcome' >/dev/null
expect "the balance closes" true "$(balance closes)"
expect "unknown is a number, not a gap" 2 "$(balance unknown_outcome)"
expect "nothing is owed" 0 "$(ctl --json duties "$case" | jq -s '[.[] | select(.class == "DUTY" and .open)] | length')"

ledger | LC_ALL=C sort >"$scratch/ledger"
as_read ledger "$scratch/ledger"
ctl persons "$case" >"$scratch/balance"
as_read balance "$scratch/balance"
ctl places "$case" >"$scratch/places"
as_read places "$scratch/places"

echo "four masters take their proof along, and the record verifies without the centre"
for name in $ships_in_order; do
	crew "$name" pack "$case" -o "$scratch/$name.pack" >/dev/null || fail "no pack for $name: $(tail -n 3 "$scratch/crew.log")"
	crew "$name" verify-pack "$scratch/$name.pack" >"$scratch/$name.verified" 2>&1 || fail "$name: $(cat "$scratch/$name.verified")"
	pack_lines "$scratch/$name.pack" >"$scratch/$name.lines" || fail "the pack of $name is no JSON lines"
	as_read "$name.pack" "$scratch/$name.lines"
done
grep -q 'I will not take them there' "$scratch/BIRD.pack" || fail "her master's objection is not in her pack"
grep -q 'cargo-hazard' "$scratch/STAR.pack" || fail "the reason is not in the pack of STAR"
stop "$rccd_pid"
"$bin/rcc-replay" verify --tables "$state/journal.db" >"$scratch/verify" 2>&1 || fail "$(cat "$scratch/verify")"
"$bin/rcc-replay" recheck "$state/journal.db" >"$scratch/recheck" 2>&1 || fail "$(cat "$scratch/recheck")"
cat "$scratch/verify" "$scratch/recheck"
echo "rescue: 85 persons, 83 landed, 2 of unknown outcome; $(wc -l <"$scratch/BIRD.pack") lines of proof for BIRD"
