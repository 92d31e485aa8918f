#!/bin/bash
# A mate alone with the screens of rcc-crew, in a real terminal (tmux), against a real centre: alarm, acknowledgement, answer, update,
# cancel, a link that goes and comes back, survivors, a distress of her own and its withdrawal, an exercise, and the extract for
# the log book. Usage: screens.sh BIN_DIR [TOOLS_DIR]
set -euo pipefail
bin=$(cd "${1:?usage: screens.sh BIN_DIR}" && pwd)
# shellcheck source=tests/integration/centre_lib.sh
. "$(dirname "$0")/centre_lib.sh"
# shellcheck source=tests/integration/screen_lib.sh
. "$(dirname "$0")/screen_lib.sh"

case=$year-0001
duty() { ctl --json duties "$case" | jq -r "select(.class == \"SHIP_DUTY\" and .mmsi == \"247320100\") | .$1"; }
says() { [ "$(duty answer)" = "$1" ]; }
answers_with() { await 15 says "$1" || fail "the centre has \"$(duty answer)\", not $1: $(screen TRADER)"; }
read_by() { ctl --json deliveries "$case" | jq -r 'select(.read_by != null) | .read_by' | tells -x "$1"; }
sounded() { [ "$(grep -c -- "$1" "$scratch/sounds" 2>/dev/null || true)" -ge "$2" ]; }

# A link that is lost shows after three beats.
echo "beat_s = 2.0;" >"$scratch/rccd.conf"
start_centre -c "$scratch/rccd.conf"
enrol TRADER vessel --mmsi 247320100 --owner merchant
enrol ROSSI officer

echo "a quiet watch: class, time, link, palette, sound, and keys on one screen of 80 by 24"
# shellcheck disable=SC2016 # expanded by the command itself
bridge TRADER 80 24 -- --mmsi 247320100 --pos '35-30.00N 012-10.00E' \
	--alarm-command 'echo "$RCC_ALARM $RCC_CLASS $RCC_INCIDENT $$" >>"$HOME/sounds"; [ -e "$HOME/short" ] || exec sleep 60'
mux pipe-pane -t TRADER "cat >>'$scratch/raw'"
shows TRADER '^ LIVE | ..:..:..Z | link up, heard .* ago | day | sound on'
shows TRADER 'WATCH: nothing is open'
shows TRADER 'Own position: 35-30.00N 012-10.00E, typed'
shows TRADER 'a ack  p proceed  u unable  o on scene  Enter show  v plot  D DISTRESS  ? keys$'

echo "an alarm: seen, heard, silenced, and still not acknowledged"
remote ROSSI open --by phone --pos '35-12.40N 012-36.05E' --persons 14 --nature flooding --text 'wooden boat, taking water' >/dev/null
case=$(ctl --json incidents | jq -r .incident)
shows TRADER '\*\*\* ALARM \*\*\* 1 not acknowledged'
shows TRADER "> !! ALARM CALLED ON $case  27.6 NM 130 T"
shows TRADER "..:..Z flooding, 14 persons; by telephone: wooden boat, taking water"
await 10 sounded "^alarm live $case" 1 || fail "the alarm command was not run"

rings() { [ "$(tr -cd '\a' <"$scratch/raw" | wc -c)" -ge "$1" ]; }
await 20 rings 2 || fail "the bell does not ring again and again"
sounding=$(awk 'END { print $4 }' "$scratch/sounds")
kill -0 "$sounding" || fail "the alarm command does not go on"
press TRADER m
shows TRADER 'MUTED [12]:'
is_quiet() { ! kill -0 "$sounding" 2>/dev/null; }
await 10 is_quiet || fail "silence does not end the alarm command"
has TRADER '\*\*\* ALARM' || fail "silence was taken for an acknowledgement: $(screen TRADER)"
ctl --json deliveries "$case" | tells '"read_by"' && fail "the centre believes that somebody has read it"

echo "acknowledged and answered with four keys, within 20 seconds"
began=$SECONDS
press TRADER m a
hides TRADER 'ALARM'
await 10 read_by 'OFFICER OF THE WATCH' || fail "the centre does not know who has read it: $(ctl --json deliveries "$case")"
# What is pasted is text: none of its letters is a key, and none of its lines an Enter.
mux set-buffer -b mail $'on deck\nengine slow\nDISABLED\n'
mux paste-buffer -p -b mail -t TRADER
shows TRADER 'text was pasted where nothing is typed'
hides TRADER 'ON SCENE'
lacks TRADER 'we answered' || fail "a pasted text has answered: $(screen TRADER)"
# So it is where the terminal does not say that it pastes: a serial console, an old emulator.
press TRADER Escape
mux set-buffer -b mail $'please proceed to berth four\nunable today\non deck\nSend\n'
mux paste-buffer -b mail -t TRADER
shows TRADER 'text was pasted where nothing is typed'
sleep 1
hides TRADER 'ON SCENE'
lacks TRADER 'we answered' || fail "a text that no terminal marked has answered: $(screen TRADER)"
lacks TRADER 'ANSWER:' || fail "a text that no terminal marked is a key: $(screen TRADER)"
press TRADER p
shows TRADER 'ANSWER: WE ARE PROCEEDING'
shows TRADER 'proposed for the speed the CENTRE reckons with, known or not; or type 95min'
shows TRADER 'time to the scene (Enter sends): 140min_'
press TRADER Enter
answers_with proceeding
[ $((SECONDS - began)) -le 20 ] || fail "from the first key to the centre's ledger it took $((SECONDS - began)) s"
expect "the ETA that was proposed" 140 "$(duty answer_eta_min)"
shows TRADER 'we answered: PROCEEDING, 2 h 20 min: the centre has it, '
press TRADER w
shows TRADER 'The centre has your words: ..:..:..Z, entry [0-9]'

echo "an update is news, an order by name is an alarm"
remote ROSSI classify "$case" --pos '35-20.00N 012-20.00E' --persons 20 --verified --reason 'seen from the air' >/dev/null
shows TRADER '! NEWS CALLED ON'
shows TRADER '12.9 NM 141 T'
press TRADER a
hides TRADER 'NEWS'
# A command that has ended is run again, until somebody acknowledges.
: >"$scratch/sounds"
touch "$scratch/short"
ctl requisition "$case" --ship 247320100 --consulted 'TRADER alone' --text 'you are the nearest' >/dev/null
shows TRADER '!! ALARM REQUISITIONED'
await 20 sounded "^alarm live $case" 2 || fail "the alarm command was run once: $(cat "$scratch/sounds")"
press TRADER Enter
shows TRADER 'SOLAS V/33.2'
shows TRADER 'the requisition stands: you are the nearest'
press TRADER a
hides TRADER 'ALARM'
# What was answered before is no answer to the requisition.
shows TRADER 'NOT ANSWERED: p proceeding, u unable'
rm "$scratch/short"

echo "how to act stands with the case, and whether anybody aboard has read it"
remote ROSSI conduct-card --text 'Treat everybody with humanity. Keep families together.' >/dev/null
press TRADER w Enter PageDown
shows TRADER 'CONDUCT CARD 1, NOT READ'
shows TRADER 'Keep families together'

echo "unable, with a reason for the log"
press TRADER u
shows TRADER '4  we are too far away to arrive in time to help'
press TRADER 3
shows TRADER '> 3  our cargo would endanger those whom we rescue'
press TRADER r
types TRADER 'gas "carrier"'
press TRADER Enter Enter
answers_with unable
shows TRADER "reason: our cargo would endanger those whom we rescue gas \"carrier\""
press TRADER o
shows TRADER 'ANSWER: WE ARE ON SCENE'
shows TRADER 'BUT WE ARE 12.9 NM FROM IT, by our own position'
press TRADER Enter
answers_with on-scene

echo "survivors: counts by group and needs, read back before they go"
press TRADER s
shows TRADER 'SURVIVORS aboard us'
press TRADER 1 2 Down 5 Right Down Space Enter
shows TRADER 'READ IT BACK'
shows TRADER "SURVIVORS aboard us, $case: 17"
press TRADER S
aboard() { [ "$(ctl --json persons "$case" | jq -r 'select(.class == "BALANCE") | .aboard')" = 17 ]; }
await 15 aboard || fail "the centre does not count 17: $(ctl --json persons "$case")"
needs_one() { ctl --json needs "$case" | tells medevac; }
await 15 needs_one || fail "the centre knows of no need: $(ctl --json needs "$case")"

echo "the plot, and where we are, typed and read back"
press TRADER w v
shows TRADER 'PLOT, north up, rings 5 NM; O is us'
shows TRADER "X  12.9 NM 141 T $case"
press TRADER g
types TRADER '35-20.00N 012-20.00'
shows TRADER 'cannot be read yet'
types TRADER E
shows TRADER 'reads 35-20.00N 012-20.00E, 12.9 NM 141 T from our last position'
press TRADER Enter
shows TRADER "X   0.0 NM 000 T $case"
# What is typed is where the centre has the ship, without any AIS.
placed() { ctl --json vessel 247320100 | tells '35-20.00N 012-20.00E\|35\.33333.*12\.33333'; }
await 15 placed || fail "the centre does not know where TRADER is: $(ctl --json vessel 247320100)"
press TRADER Escape

echo "the link is lost, what is said meanwhile is kept, and all comes back"
rung=$(tr -cd '\a' <"$scratch/raw" | wc -c)
slay "$rccd_pid"
await 60 has TRADER 'NO LINK TO THE CENTRE' || fail "nobody says that the link is lost: $(screen TRADER)"
shows TRADER '^ LIVE | ..:..:..Z | link DOWN, heard '
await 10 rings $((rung + 1)) || fail "the bell does not say that the link is lost"
press TRADER Enter f Enter
press TRADER w
shows TRADER 'NOT YET ACCEPTED: 1 of our messages'
start_centre -c "$scratch/rccd.conf"
hides TRADER 'NO LINK'
answers_with 'done'
hides TRADER 'NOT YET ACCEPTED'

echo "it is over: news until somebody has read it, then the watch is empty"
remote ROSSI cancel "$case" --reason 'all aboard TRADER' >/dev/null
shows TRADER "! NEWS SURVIVORS ABOARD $case"
press TRADER Enter
shows TRADER 'YOU HAVE SURVIVORS ABOARD'
hides TRADER 'resume your voyage'
press TRADER a w
shows TRADER "SURVIVORS ABOARD $case"
# They are ashore, and she says so: now it is over for her.
press TRADER f Enter w
shows TRADER 'WATCH: nothing is open'
press TRADER i
shows TRADER 'INBOX: [0-9]*, the latest first'
press TRADER Down Down Enter
shows TRADER 'WHAT WAS SAID'
shows TRADER 'stored here'
press TRADER w

echo "a distress of our own: two keys, what was received at once, no time ends it, and an orderly withdrawal"
began_ms=$(date +%s%3N)
press TRADER D
shows TRADER 'DISTRESS OF OUR OWN SHIP: S SENDS IT. Nothing is sent yet'
press TRADER 6
# A word typed in capitals has a D and an S too: the second step comes no faster than anybody means it.
left_ms=$((430 - ($(date +%s%3N) - began_ms)))
[ "$left_ms" -le 0 ] || sleep "0.$(printf %03d "$left_ms")"
press TRADER S
shows TRADER 'distress: said ..:..:..Z, RECEIVED by RCC ..:..:..Z, entry [0-9]'
took_ms=$(($(date +%s%3N) - began_ms))
echo "from the first key of a distress to RECEIVED on the screen: $took_ms ms"
[ "$took_ms" -le 2000 ] || fail "from the first key of a distress to RECEIVED it took $took_ms ms"
shows TRADER 'THE CENTRE CALLS SHIPS; WHO HEARS IT IS NOT KNOWN HERE, ask it: sinking at'
shows TRADER 'sinking at 35-20.00N 012-20.00E'
ours=$(ctl --json incidents | jq -r 'select(.phase == "distress" and .status != "closed") | .incident' | sort | tail -n 1)
[ "$ours" != "$case" ] || fail "no case was opened"
press TRADER C
types TRADER 'sent by mistake'
press TRADER Enter
shows TRADER 'withdrawal: said ..:..:..Z, RECEIVED by RCC'
has TRADER 'OUR DISTRESS IS ON' || fail "a withdrawal alone has ended it"
withdrawn() { ctl --json alerts | jq -r 'select(.self_cancel == true) | .text' | tells 'sent by mistake'; }
await 10 withdrawn || fail "the centre does not see the withdrawal: $(ctl --json alerts)"
remote ROSSI cancel "$ours" --reason 'sent by mistake' >/dev/null
shows TRADER 'our distress is over'
shows TRADER 'the centre ended it'

echo "an exercise says so everywhere, and never looks live"
press TRADER Escape w a x j
shows TRADER 'We take part in exercises since ..:..:..Z\.'
remote ROSSI open --by radio --class exercise --pos '35-12.40N 012-36.05E' --nature fire --text 'drill' >/dev/null
press TRADER w
shows TRADER 'EXERCISE !! ALARM'
shows TRADER '^ EXERCISE \*\*\* ALARM'
press TRADER Enter
shows TRADER '^ EXERCISE | '
shows TRADER '^EXERCISE EXERCISE EXERCISE EXERCISE EXERCISE EXERCISE EXERCISE EXERCISE EXERCISE$'
shows TRADER 'nobody is in danger'
screen TRADER | tells 'MAYDAY\|CALLED ON TO RESPOND\|LIVE' && fail "an exercise looks live: $(screen TRADER)"
press TRADER a
hides TRADER 'ALARM'

echo "nobody ends a watch by accident; ended, the terminal is as it was, and the log book has its extract"
press TRADER w q
shows TRADER 'q again ends the watch'
press TRADER q
gone() { ! mux has-session -t TRADER 2>/dev/null; }
await 10 gone || fail "q does not end it"
log() { "$bin/rcc-crew" --key "$scratch/TRADER.key" --name TRADER --mmsi 247320100 log "$@"; }
crew TRADER survivors "$case" --men 13 --women 5 --text 'one says that his name is Amin' --yes >/dev/null
# She was in distress before, and is again: each stands in its own case.
remote ROSSI close "$ours" --outcome false-alert --reason 'sent by mistake' >"$scratch/said" 2>&1 || fail "not closed: $(cat "$scratch/said")"
crew TRADER --mmsi 247320100 distress --yes --nature fire --pos '35-50.00N 012-50.00E' >/dev/null
again=$(ctl --json incidents | jq -r 'select(.nature == "fire") | .incident' | sort | tail -n 1)
crew TRADER inbox | tells "$again" || fail "nothing came of $again"
crew TRADER need "$case" medical-advice --text 'Amin has a fever' >/dev/null
stop "$rccd_pid"
log "$case" >"$scratch/log.txt" || fail "no extract"
for line in 'RECEIVED: MAYDAY RELAY' 'Position: 35-12.40N 012-36.05E' 'Acknowledged .*Z by OFFICER OF THE WATCH' 'SENT: UNABLE' \
	'Reason (SOLAS V/33.1): our cargo would endanger those whom we rescue' "In our words: gas \"carrier\"" \
	'Time to the scene: 2 h 20 min' 'Recorded by the centre .*Z, entry [0-9]*, signed receipt' 'Aboard: 17 persons'; do
	grep -q -- "$line" "$scratch/log.txt" || fail "\"$line\" is not in the extract: $(cat "$scratch/log.txt")"
done
grep -q 'Aboard: 18 persons' "$scratch/log.txt" || fail "the last count is not in it"
grep -q 'Amin' "$scratch/log.txt" && fail "the extract tells who was rescued"
log "$ours" | tells 'WITHDRAWAL OF OUR OWN DISTRESS' || fail "her own distress is not in its extract"
log "$ours" | tells 'SENT: OUR OWN DISTRESS' || fail "her distress is not in its extract: $(log "$ours")"
log "$ours" | tells 'Nature: fire' && fail "another distress of hers is in this one"
log "$again" | tells 'Nature: fire' || fail "her second distress is in no extract of '$again': $(log "$again")"
log "$again" | tells 'WITHDRAWAL' && fail "what she withdrew before is in the second"
log "$case" --html -o "$scratch/log.html" >/dev/null || fail "no page"
xmllint --html --noout "$scratch/log.html" 2>"$scratch/html.said" || fail "no HTML: $(cat "$scratch/html.said")"
grep -qE 'src=|href=|url\(' "$scratch/log.html" && fail "the page needs other files"
expect "nobody else reads it" 600 "$(stat -c %a "$scratch/log.html")"
echo "screens: alarm to answer in four keys; $(wc -l <"$scratch/log.txt") lines for the log book"
