#!/bin/bash
# Every way into rcc-feed without a gpsd, against a real centre: UDP, a TCP server that dies and comes back, a serial line that
# goes away, standard input, files and a watched folder; what goes in comes out of `rccctl alerts`, byte for byte.
#
# Usage: feed_inputs.sh BIN_DIR TOOL_DIR
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
bin=$(cd "${1:?usage: feed_inputs.sh BIN_DIR TOOL_DIR}" && pwd)
tools=$(cd "${2:?usage: feed_inputs.sh BIN_DIR TOOL_DIR}" && pwd)
command -v jq >/dev/null || { echo "feed_inputs: jq is missing" >&2; exit 77; }
# shellcheck source=tests/integration/feed_lib.sh
. "$here/feed_lib.sh"

# ---- what is heard ----

# with_sum SENTENCE: its checksum behind it.
with_sum() {
	local text=${1:1} sum=0 i
	for ((i = 0; i < ${#text}; i++)); do
		sum=$((sum ^ $(printf '%d' "'${text:i:1}")))
	done
	printf '%s*%02X' "$1" "$sum"
}
# dsc N: a distress of its own each time.
# shellcheck disable=SC2016 # a dollar of NMEA
dsc() { with_sum "\$CDDSC,12,33804$(printf %04d "$1")0,12,06,00,1423108312,2019,,,S,E"; }
sart='!AIVDM,1,1,,A,1>M;`h>P00Pq>70DD38>4?vt0000,0*1D'
mob='!AIVDM,1,1,,A,1>O5e@>P00Pq>70DD38>4?vt0000,0*3C'
epirb='!AIVDM,1,1,,A,1>Pwih>P00Pq>70DD38>4?vt0000,0*45'

# ---- what the centre has ----

# raws: every alert's bytes, as a JSON text on a line each.
raws() { ctl --json alerts | jq -c 'select(.class == "ALERT") | .raw // .raw_hex'; }
# has_raw BYTES
has_raw() {
	ctl --json alerts | jq -e --arg raw "$1" -s 'any(.class == "ALERT" and .raw == $raw)' >/dev/null
}
arrives() { await 15 has_raw "$1" || fail "$2 does not arrive at the centre; it has $(raws)"; }
lines_of() { grep -c -- "$1" "$scratch/feed.log" || true; }
is_connected() { [ "$(lines_of '^input_connected')" -ge "$1" ]; }
is_lost() { [ "$(lines_of '^input_lost')" -ge "$1" ]; }

# run_feed OPTION...: rcc-feed beside the centre; its process id is $feed_pid.
run_feed() {
	: >"$scratch/feed.log"
	"$bin/rcc-feed" --to "$ships" --key "$scratch/feed.key" --server-key "$server_key" --batch-ms 100 "$@" \
		<&0 >>"$scratch/feed.log" 2>&1 4>&- &
	feed_pid=$!
	pids+=("$feed_pid")
}
# feed_ends CODE
feed_ends() {
	local code=0
	wait "$feed_pid" || code=$?
	[ "$code" = "$1" ] || fail "rcc-feed ended with $code, not with $1"
}
# The law: every line and text read stands under one word.
check_sum() {
	local line read together
	line=$(grep '^stopped' "$scratch/feed.log") || fail "rcc-feed does not tell its sums"
	read=$(sed -E 's/^stopped: ([0-9]+) lines and ([0-9]+) texts read.*/\1 + \2/' <<<"$line")
	together=$(sed -E 's/.*together ([0-9]+);.*/\1/' <<<"$line")
	local words
	words=$(sed -E 's/.* read: (.*), together.*/\1/; s/[a-z]+ ([0-9]+)(, )?/\1 + /g; s/ \+ $//' <<<"$line")
	[ $((read)) -eq "$together" ] || fail "not every line is counted: $line"
	[ $((words)) -eq "$together" ] || fail "a line is counted twice or not at all: $line"
}
sees_vessel() { ctl --json vessels | jq -e --arg mmsi "$1" -s 'any(.mmsi == $mmsi and has("lat"))' >/dev/null; }

# Nothing is grouped here: a thousand calls of one feed are a thousand lines.
printf 'rules: { flood_per_min = 0; };\n' >"$scratch/rccd.conf"
start_centre 'tcp://127.0.0.1:*' --config "$scratch/rccd.conf"
enrol_feed

# Meanwhile one that nobody answers: its end is awaited at the end.
printf '%s\n' "$(dsc 90)" "$(dsc 91)" >"$scratch/alone.nmea"
"$bin/rcc-feed" --to tcp://127.0.0.1:9 --key "$scratch/alone.key" --server-key "$server_key" --outbox "$scratch/alone.db" \
	--nmea "$scratch/alone.nmea" 2>"$scratch/alone.log" &
alone_pid=$!
pids+=("$alone_pid")

echo "UDP: one sentence to a datagram, with and without a line end, and one that is too long"
port=$(free_port)
run_feed --nmea "udp://127.0.0.1:$port"
await 10 is_connected 1 || fail "rcc-feed does not listen"
await 10 has_line '^centre_connected' "$scratch/feed.log" || fail "rcc-feed does not connect to rccd"
printf '%s\r\n' "$sart" >"/dev/udp/127.0.0.1/$port"
printf '%s' "$(dsc 1)" >"/dev/udp/127.0.0.1/$port"
printf '%2000s' x >"/dev/udp/127.0.0.1/$port"
printf '\\s:coast,c:%s*00\\%s\r\n' "$(date +%s)" '!AIVDM,1,1,,A,13cc=j0P1sPtK<0Db1H9:GGp0000,0*1E' >"/dev/udp/127.0.0.1/$port"
arrives "$sart" "a beacon by UDP"
arrives "$(dsc 1)" "a call by UDP"
await 10 sees_vessel 247123400 || fail "a ship heard by UDP is not seen"
stop "$feed_pid"
has_line '^line_unreadable' "$scratch/feed.log" || fail "the line that is too long is not told"
check_sum

echo "TCP: the server dies with half a call on the line, and comes back"
mkfifo "$scratch/lines"
# serve KIND WHERE: a receiver; lines for it go to descriptor 4.
serve() {
	"$tools/line_source" "$1" "$2" <"$scratch/lines" 2>>"$scratch/source.log" 4>&- &
	source_pid=$!
	pids+=("$source_pid")
	exec 4>"$scratch/lines"
}
port=$(free_port)
run_feed --nmea "tcp://127.0.0.1:$port"
await 10 is_lost 1 || fail "a server that is not there is not told"
serve tcp "$port"
await 20 is_connected 1 || fail "rcc-feed does not connect to the server"
printf '%s\r\n' "$(dsc 2)" >&4
arrives "$(dsc 2)" "a call by TCP"
# shellcheck disable=SC2016 # a dollar of NMEA
printf '$CDDSC,12,33804' >&4
exec 4>&-
wait "$source_pid"
# shellcheck disable=SC2016
arrives '$CDDSC,12,33804' "half a call, for a person to read,"
await 10 is_lost 2 || fail "the lost server is not told"
serve tcp "$port"
await 20 is_connected 2 || fail "rcc-feed does not come back to the server"
printf '%s\r\n%s\r\n' "$mob" "$(dsc 3)" >&4
arrives "$mob" "a beacon after the server came back"
arrives "$(dsc 3)" "a call after the server came back"
exec 4>&-
stop "$feed_pid"
check_sum

echo "a serial line, pulled out and put in again"
serve pty "$scratch/tty"
is_there() { [ -e "$scratch/tty" ]; }
await 10 is_there || fail "no pseudo terminal"
run_feed --nmea "serial://$scratch/tty?baud=38400"
await 10 is_connected 1 || fail "rcc-feed does not open the line"
printf '%s\r\n%s\r\n' "$epirb" "$(dsc 4)" >&4
arrives "$epirb" "a beacon by the serial line"
arrives "$(dsc 4)" "a call by the serial line"
exec 4>&-
wait "$source_pid"
await 10 is_lost 1 || fail "the line that is gone is not told"
serve pty "$scratch/tty"
await 20 is_connected 2 || fail "rcc-feed does not open the line again"
printf '%s\r\n' "$(dsc 5)" >&4
arrives "$(dsc 5)" "a call by the serial line after it came back"
exec 4>&-
stop "$feed_pid"
check_sum

echo "standard input, to its end"
run_feed --nmea - < <(printf '%s\n' "$(dsc 6)" "$(dsc 7)" "not a sentence" "$(dsc 8)")
feed_ends 0
for n in 6 7 8; do has_raw "$(dsc "$n")" || fail "call $n of standard input is missing"; done
has_line '^stopped: 4 lines and 0 texts read:' "$scratch/feed.log" || fail "not four lines"
check_sum

echo "an expansion in three sentences, the later ones without the ship: all of it stands in the case"
# A case of its own by its MMSI; a second ship calls between them.
call=$(with_sum "\$CDDSC,12,2470123450,12,05,00,0354001230,2258,,,S,E")
first=$(with_sum "\$CDDSE,3,1,A,2470123450,00,12345678")
second=$(with_sum "\$CDDSE,3,2,,,02,0035")
third=$(with_sum "\$CDDSE,3,3,,,06,0112")
run_feed --nmea - < <(printf '%s\n' "$call" "$first" "$(dsc 9)" "$second" "$third")
feed_ends 0
has_raw "$first" || fail "the first part does not go out at once"
has_raw "$first"$'\n'"$second" || fail "the second part does not come with the first: $(raws | grep CDDSE)"
has_raw "$first"$'\n'"$second"$'\n'"$third" || fail "the third part does not come with those before it"
persons() { ctl --json incidents | jq -r 'select(.mmsi == "247012345") | .persons'; }
[ "$(persons)" = 112 ] || fail "112 persons of the third part are not in the case: $(ctl --json incidents | grep 247012345)"
check_sum

echo "a file of a thousand calls: more than fit into any queue, and all of them arrive"
# shellcheck disable=SC2016 # a dollar of NMEA
printf '$CDDSC,12,33804%s0,12,06,00,1423108312,2019,,,S,E\n' {1000..1999} >"$scratch/calls.nmea"
run_feed --nmea "$scratch/calls.nmea"
feed_ends 0
has_line 'handed on 0 reports.* 1000 raw' "$scratch/feed.log" || fail "not a thousand: $(grep stopped "$scratch/feed.log")"
[ "$(raws | grep -c 'CDDSC,12,338041')" -eq 1000 ] || fail "the centre has $(raws | grep -c 'CDDSC,12,338041') of a thousand calls"
check_sum

echo "beacon messages and a file of texts"
printf '%s\n' '# two bursts' 'FFFE2F8E0D0990014710021963C85C7009F5' '' '8E0D0990014710021963C85C7009F5' >"$scratch/beacons"
printf 'DISTRESS COSPAS-SARSAT ALERT\nONE\nEND OF MESSAGE\nDISTRESS COSPAS-SARSAT ALERT\nTWO\nEND OF MESSAGE\n' >"$scratch/texts"
run_feed --beacon "$scratch/beacons" --text "$scratch/texts"
feed_ends 0
has_raw 'FFFE2F8E0D0990014710021963C85C7009F5' || fail "the first beacon message is missing"
# The second burst is the same message of the same beacon without its first 24 bits: it is counted upon the first.
bursts() { ctl --json alerts | jq -n '[inputs | select(.beacon != null) | .signals] | add'; }
[ "$(bursts)" = 2 ] || fail "the second beacon message is missing"
has_raw $'DISTRESS COSPAS-SARSAT ALERT\nONE\nEND OF MESSAGE\n' || fail "the first text is missing: $(raws | grep DISTRESS)"
has_raw $'DISTRESS COSPAS-SARSAT ALERT\nTWO\nEND OF MESSAGE\n' || fail "the second text is missing"
has_line '^stopped: 4 lines and 2 texts read:' "$scratch/feed.log" || fail "not four lines and two texts"
check_sum

echo "texts of a source that comes line by line, and of one that this feed does not know"
run_feed --text "$scratch/beacons" --text-as beacon406
feed_ends 0
has_line '^stopped: 0 lines and 3 texts read:' "$scratch/feed.log" || fail "not three texts, one a line"
if has_line '^source_unknown' "$scratch/feed.log"; then fail "a source of ours is called unknown"; fi
printf 'MAYDAY\nTWO BOATS\n' >"$scratch/unknown"
run_feed --text "$scratch/unknown" --text-as sosboy
feed_ends 0
has_line '^source_unknown: source sosboy is not known to this version' "$scratch/feed.log" || fail "it is not told"
has_raw $'MAYDAY\nTWO BOATS\n' || fail "the text of an unknown source is not sent as it is"
check_sum

echo "a folder: what was there, what is renamed into it, what is written into it while the feed runs"
mkdir "$scratch/inbox"
printf 'TO RCC\nWAS THERE\nEND OF MESSAGE\n' >"$scratch/inbox/a.txt"
touch -d '1 minute ago' "$scratch/inbox/a.txt"
run_feed --text "$scratch/inbox"
arrives $'TO RCC\nWAS THERE\nEND OF MESSAGE\n' "a text that was there"
printf 'TO RCC\nRENAMED\nEND OF MESSAGE\n' >"$scratch/inbox/.b.part"
mv "$scratch/inbox/.b.part" "$scratch/inbox/b.txt"
arrives $'TO RCC\nRENAMED\nEND OF MESSAGE\n' "a text that was renamed into the folder"
printf 'TO RCC\nWRITTEN\nEND OF MESSAGE\n' >"$scratch/inbox/c.txt"
arrives $'TO RCC\nWRITTEN\nEND OF MESSAGE\n' "a text that was written into the folder"
is_taken() { [ -e "$scratch/inbox/taken/$1" ] && [ ! -e "$scratch/inbox/$1" ]; }
for name in a.txt b.txt c.txt; do await 10 is_taken "$name" || fail "$name is not moved"; done

echo "the centre dies, a text comes in, the feed dies: the file stays; both come back, and it arrives"
kill -9 "$rccd_pid"
wait "$rccd_pid" 2>/dev/null || true
printf 'TO RCC\nNOBODY LISTENS\nEND OF MESSAGE\n' >"$scratch/inbox/d.txt"
await 10 has_line '^centre_lost' "$scratch/feed.log" || true
[ -e "$scratch/inbox/d.txt" ] || fail "the file left before anybody had its text"
kill -9 "$feed_pid"
wait "$feed_pid" 2>/dev/null || true
touch -d '1 minute ago' "$scratch/inbox/d.txt"
start_centre "$ships" --config "$scratch/rccd.conf"
run_feed --text "$scratch/inbox"
arrives $'TO RCC\nNOBODY LISTENS\nEND OF MESSAGE\n' "the text that waited in the folder"
await 10 is_taken d.txt || fail "d.txt is not moved"

echo "a text longer than a message: its beginning arrives, and it is told"
printf 'TO RCC\nLONG %20000s\nEND OF MESSAGE\n' x >"$scratch/inbox/.e"
mv "$scratch/inbox/.e" "$scratch/inbox/e.txt"
await 10 is_taken e.txt || fail "the long text is not taken"
has_line '^signal_cut' "$scratch/feed.log" || fail "that it was cut is not told"
raws | tells 'TO RCC.nLONG' || fail "the long text does not arrive"
stop "$feed_pid"
check_sum

echo "nobody accepts: the end of input is not the end of the story"
feed_pid=$alone_pid
feed_ends 1
has_line '^not_all_accepted: 2 alerts' "$scratch/alone.log" || fail "what is left is not told"
key=$("$bin/rcc-crew" --key "$scratch/alone.key" key) || fail "no public key"
ctl enrol "Alone" --role feed --key "${key##*[[:space:]]}" >/dev/null || fail "the feed cannot be enrolled"
"$bin/rcc-feed" --to "$ships" --key "$scratch/alone.key" --server-key "$server_key" --outbox "$scratch/alone.db" \
	--nmea /dev/null 2>"$scratch/alone.log" || fail "what was left is not sent at the next start"
for n in 90 91; do has_raw "$(dsc "$n")" || fail "call $n is missing after the next start"; done

echo "a dry run needs no centre, and moves no file"
stop "$rccd_pid"
"$bin/rcc-feed" --dry-run --nmea "$scratch/calls.nmea" >"$scratch/dry.out" 2>"$scratch/dry.log" || fail "a dry run needs a centre"
[ "$(grep -c '^RAW dsc ' "$scratch/dry.out")" -eq 1000 ] || fail "a dry run does not print each call"
echo "feed_inputs: what went in came out, and every line is counted"
