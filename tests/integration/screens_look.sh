#!/bin/bash
# How the screens of rcc-crew look: day, night and high contrast with few colours and with many, none told by colour alone; UTF-8 and
# ASCII; 80 by 24, 200 by 60 and too small; English and French; and a position that moves, from a real gpsd.
# Usage: screens_look.sh BIN_DIR [TOOLS_DIR]
set -euo pipefail
bin=$(cd "${1:?usage: screens_look.sh BIN_DIR}" && pwd)
export PATH=$PATH:/usr/sbin:/sbin
# shellcheck source=tests/integration/centre_lib.sh
. "$(dirname "$0")/centre_lib.sh"
# shellcheck source=tests/integration/screen_lib.sh
. "$(dirname "$0")/screen_lib.sh"

keys_end() { screen "$1" | tail -n 1 | tells -e "$2\$" || fail "the keys are cut: $(screen "$1" | tail -n 1)"; }
size_of() {
	local line width=0 height=0
	while IFS= read -r line; do
		[ ${#line} -le "$width" ] || width=${#line}
		height=$((height + 1))
	done < <(screen "$1")
	echo "${width}x$height"
}
is_size() { [ "$(size_of "$1")" = "$2" ]; }

start_centre
enrol ALBA vessel --mmsi 247320200 --owner fishing
enrol BORA vessel --mmsi 247320300 --owner ngo
enrol CIRO vessel --mmsi 247320400 --owner merchant
ctl open --by phone --pos '35-12.40N 012-36.05E' --persons 14 --nature flooding --text 'wooden boat' >/dev/null

echo "eight colours: day leaves the terminal's own, night is red, and what is owed stands out without any"
bridge ALBA 80 24 TERM=screen -- --pos '35-30.00N 012-10.00E'
shows ALBA '!! ALARM CALLED ON'
escape=$'\e'
wears ALBA '31m \*\*\* ALARM'
wears ALBA '\[1mWATCH'
inked ALBA '40m' && fail "day is drawn on a ground of its own"
press ALBA c
shows ALBA '| night |'
wears ALBA "$escape\\[.*31.*40"
press ALBA c
shows ALBA '| contrast |'
wears ALBA "$escape\\[.*1.*37.*40"
has ALBA '> !! ALARM CALLED ON' || fail "a palette changes what is said"
press ALBA c
shows ALBA '| day |'

echo "256 colours: a red so dim that the eyes stay in the dark"
bridge BORA 80 24 TERM=screen-256color -- --pos '35-30.00N 012-10.00E' --palette night
shows BORA '| night |'
wears BORA "$escape\\[.*38;5;88"
mux capture-pane -e -p -t BORA | tells "$escape\\[[0-9;]*\\(3[2-7]\\|9[0-7]\\|38;5;15\\|38;5;9\\)m" && fail "something is bright at night"
press BORA c
wears BORA "97m.*40m"
no_colour() { "$bin/rcc-crew" --key "$scratch/BORA.key" --palette pink status; }
refused 2 no_colour

echo "another size in the middle of the watch"
mux resize-window -t ALBA -x 200 -y 60
await 20 is_size ALBA 200x60 || fail "200x60 is not used: $(size_of ALBA)"
shows ALBA 'a ack .* D DISTRESS  ? keys'
press ALBA v
shows ALBA 'PLOT, north up'
mux resize-window -t ALBA -x 60 -y 15
shows ALBA 'this window is too small: 80 columns and 24 lines'
press ALBA a
shows ALBA 'not in a window this small'
ctl --json deliveries "$year"-0001 | tells '"read_by"' && fail "a key that nobody saw the meaning of acknowledged a call"
has ALBA '\*\*\* ALARM' || fail "a small window hides the alarm"
mux resize-window -t ALBA -x 80 -y 24
await 20 is_size ALBA 80x24 || fail "80x24 is not used: $(size_of ALBA)"
shows ALBA 'PLOT, north up'
press ALBA w
shows ALBA 'Own position: 35-30.00N'

echo "ASCII: no sign beyond it, letters without their marks"
bridge CIRO 80 24 LC_ALL=C.UTF-8 LANGUAGE=fr -- --ascii --pos '35-30.00N 012-10.00E'
shows CIRO 'VEILLE : 1 en cours'
shows CIRO 'Le centre n.a encore aucune'
shows CIRO 'APPELE A REPONDRE '"$year"'-0001  27.6 NM'
shows CIRO 'envahissement, 14 personnes; par telephone'
shows CIRO '^+-*+$'
LC_ALL=C screen CIRO | LC_ALL=C tells '[^ -~]' && fail "there are signs beyond ASCII: $(screen CIRO)"
press CIRO q q
mux kill-session -t ALBA

echo "French, on a computer that has no French locale; no line of keys is cut"
locale -a | tells -i '^fr_' && echo "(this one has)"
bridge ALBA 80 24 LC_ALL= LC_MESSAGES= LANG=fr_FR.UTF-8 -- --pos '35-30.00N 012-10.00E'
shows ALBA '^ RÉEL | ..:..:..Z | liaison établie'
shows ALBA '!! ALARME APPELÉ À RÉPONDRE '"$year"'-0001  27.6 NM'
keys_end ALBA 'v plan  D DÉTRESSE  ?'
press ALBA a Enter
shows ALBA 'VOUS ÊTES APPELÉ À PRÊTER ASSISTANCE'
shows ALBA 'SOLAS V/33.1'
keys_end ALBA 'f fini  Échap'
press ALBA u
shows ALBA '4  nous sommes trop loin pour arriver à temps'
keys_end ALBA "Échap n'envoie rien"
press ALBA Escape s
shows ALBA 'RESCAPÉS à bord, '"$year"'-0001 : 0'
shows ALBA 'NOS BESOINS'
keys_end ALBA 'Échap'
press ALBA Escape D
shows ALBA "DÉTRESSE DE NOTRE NAVIRE : S L'ENVOIE"
shows ALBA 'm homme à la mer'
keys_end ALBA 'Échap non'
press ALBA Escape x
shows ALBA '^EXERCICE EXERCICE EXERCICE'
keys_end ALBA 'Échap'
press ALBA '?'
shows ALBA 'son nom forme le cadre'
press ALBA v
shows ALBA 'PLAN, nord en haut'
keys_end ALBA 'Échap'
press ALBA i
shows ALBA 'MAYDAY RELAY (relais de détresse) '"$year"'-0001'
# What the centre's machine adds to an officer's words is said in the crew's language; his own words stand.
ctl coordinate "$year-0001" --ship 247320200 --every 30 --text 'coordonnez' >/dev/null
press ALBA w
shows ALBA 'coordonnez; rendez compte toutes les 30 min'
ctl place "$year-0001" 'PORT C' checked --checks rescue-ends,safety,needs,onward >/dev/null
ctl survivors "$year-0001" --ship 247320200 --men 2 --text 'by radio' >/dev/null
ctl place "$year-0001" 'PORT C' assigned --ship 247320200 >/dev/null
shows ALBA 'Lieu sûr pour les rescapés à bord : PORT C'
press ALBA a w q q
LC_ALL=C.UTF-8 LANGUAGE=fr "$bin/rcc-crew" --key "$scratch/ALBA.key" --name ALBA log latest --html -o "$scratch/fr.html" >/dev/null
grep -q '<html lang="fr">' "$scratch/fr.html" || fail "the page does not say its language"
grep -q 'Accusé de réception' "$scratch/fr.html" || fail "the extract is not French"

echo "the words of a plain session are French too, its verbs are not"
LC_ALL=C.UTF-8 LANGUAGE=fr "$bin/rcc-crew" --key "$scratch/ALBA.key" --to "$ships" --server-key "$server_key" --link shore inbox |
	tells 'lu par OFFICIER DE QUART' || fail "the inbox is not French"

echo "the plain session on a terminal: the same board, and no screens"
mux kill-session -t BORA
bridge BORA 80 24 -- --plain --pos '35-30.00N 012-10.00E'
shows BORA 'welcome: RCC takes you for vessel'
types BORA watch
press BORA Enter
shows BORA 'CALLED ON, 27.6 NM 130 T, NOT ACKNOWLEDGED'
types BORA 'read latest mate'
press BORA Enter
types BORA plot
press BORA Enter
shows BORA ''"$year"'-0001: 35-12.40N 012-36.05E, 27.6 NM 130 T'
types BORA watch
press BORA Enter
shows BORA 'CALLED ON, 27.6 NM 130 T$'
types BORA quit
press BORA Enter

command -v gpsd >/dev/null || { echo "screens_look: no gpsd: a position that moves was not tried"; exit 77; }
echo "a receiver aboard: position, course, ships near us; range and ETA move with us"
# nmea WORDS: one sentence with its checksum, to gpsd.
nmea() {
	local sum=0 i
	for ((i = 0; i < ${#1}; i++)); do sum=$((sum ^ $(printf '%d' "'${1:i:1}"))); done
	printf '%s%s*%02X\r\n' "${2:-$}" "$1" "$sum" >"/dev/udp/127.0.0.1/$udp_port"
}
# sail LATITUDE: 18 knots to the south-east from there, until the screen shows it. A fix every second, as receivers give it.
fix_at() {
	nmea "GPRMC,$(date -u +%H%M%S.00),A,$1,N,01210.000,E,18.0,130.0,$(date -u +%d%m%y),,,A"
	nmea "GPGGA,$(date -u +%H%M%S.00),$1,N,01210.000,E,1,08,1.0,0.0,M,0.0,M,,"
}
sails() {
	fix_at "$1"
	has BORA "$2"
}
start_gpsd
bridge BORA 80 24 -- --mmsi 247320300 --gpsd "127.0.0.1:$gpsd_port"
await 30 sails 3530.000 'Own position: 35-30.00N 012-10.00E, 18.0 kn 130 T, receiver, [0-9] s old' ||
	fail "the receiver is not heard: $(screen BORA)"
shows BORA '27.6 NM 130 T, 1 h 3[0-9] min'
await 30 sails 3522.000 'CALLED ON '"$year"'-0001  23\.[0-9] NM 11[0-9] T, 1 h 1[0-9] min' ||
	fail "the range does not move with the ship: $(screen BORA)"
press BORA p
shows BORA 'min at 18.0 kn'
shows BORA 'proposed from range and speed'
press BORA Escape Escape v
# A report of position (ITU-R M.1371-5, message 1) of 247320100, at 35-25N 012-20E.
sights() {
	fix_at 3522.000
	nmea 'AIVDM,1,1,,A,13co>90P1s0pMB0D@wl3Q2lD0000,0' '!'
	has BORA "$1"
}
await 30 sights 'A  *8\.[67] NM 0[67][0-9] T 247320100' || fail "the ship near us is not on the plot: $(screen BORA)"
shows BORA 'PLOT, north up'
echo "in traffic: those in distress before all ships, and what finds no line is counted"
"$bin/rcc-sim" fleet --ships 150 --interval 1 --duration 5 --udp "127.0.0.1:$udp_port" >/dev/null &
pids+=($!)
press BORA - - -
await 30 sights 'and [0-9]* more' || fail "no traffic: $(screen BORA)"
screen BORA | sed -n 6p | tells "X  *[0-9.]* NM 1[0-9][0-9] T $year-0001" || fail "the casualty is not first: $(screen BORA)"
screen BORA | grep -o '[NO]  *[0-9.]* NM' >/dev/null && fail "a ship has the letter of north, or ours: $(screen BORA)"
press BORA a
shows BORA 'acknowledged\|NOT ACKNOWLEDGED'
press BORA w q q
echo "screens_look: three palettes, two languages, three sizes, and a ship that moves"
