#!/bin/bash
# Whole programs: a ship reports whom she has, an officer moves some, what does not fit is refused in words, and the balance
# closes; a need is asked, promised and met. Usage: persons.sh BIN_DIR [TOOLS_DIR]
set -euo pipefail
bin=$(cd "${1:?usage: persons.sh BIN_DIR}" && pwd)
# shellcheck source=tests/integration/centre_lib.sh
. "$(dirname "$0")/centre_lib.sh"
command -v jq >/dev/null || { echo "persons: jq is not installed"; exit 77; }

balance() { ctl --json persons "$year"-0001 | jq -r "select(.class == \"BALANCE\") | .$1"; }
is_called() { grep -q 'MAYDAY RELAY '"$year"'-0001' "$scratch/ASTRID.out"; }
is_said() { [ "$(balance aboard)" = "$1" ]; }

start_centre
enrol ASTRID vessel --mmsi 257123450
enrol BOREAS vessel --mmsi 244670316
open_session ASTRID
ctl open --by phone --pos '35-12.40N 012-36.05E' --persons 60 --nature flooding --text 'wooden boat' >/dev/null
await 15 is_called || fail "ASTRID was not called: $(cat "$scratch/ASTRID.out")"

# Read back before it goes; SEND sends it.
tell ASTRID 'survivors latest --men 30 --women 12 --children 6 --infants 2 --families 5 --safe-hours 12 --protection'
tell ASTRID 'SEND'
await 15 is_said 50 || fail "the report is not in the ledger: $(cat "$scratch/ASTRID.out")"
grep -q 'SURVIVORS aboard: 50: 30 men, 12 women, 6 children, 2 infants, 5 families' "$scratch/ASTRID.out" ||
	fail "the counts were not read back"
expect "at risk" 10 "$(balance at_risk)"
expect "one report in the record" 1 "$(ctl --json persons "$year"-0001 | jq -s '[.[] | select(.reported)] | length')"

# A family is not split in silence, and nobody moves who is not there.
refused 1 "$bin/rccctl" --state-dir "$state" persons "$year"-0001 --from-ship 257123450 --to-ship 244670316 --women 4 --children 3
grep -q 'say --family together' "$scratch/said" || fail "the refusal is not in words: $(cat "$scratch/said")"
refused 1 "$bin/rccctl" --state-dir "$state" persons "$year"-0001 --from-ship 257123450 --to-ship 244670316 --men 31 --family together
grep -q 'not so many of them' "$scratch/said" || fail "the refusal is not in words: $(cat "$scratch/said")"
ctl persons "$year"-0001 --from-ship 257123450 --to-ship 244670316 --women 4 --children 3 --families 2 --family together >/dev/null
expect "nobody vanished on the way" 50 "$(balance aboard)"
ctl survivors "$year"-0001 --ship 211000009 --adults 8 --text 'fishing boat by VHF 16' >/dev/null
ctl persons "$year"-0001 --from at-risk --to missing --men 2 >/dev/null
expect "closes" true "$(balance closes)"
expect "the sum" 60 "$(ctl --json persons "$year"-0001 | jq 'select(.class == "BALANCE") |
	.at_risk + .aboard + .landed + .missing + .dead + .safe_alone + .unknown_outcome + .never')"

# Another number is shown beside ours until it is settled.
crew BOREAS inbox >/dev/null
crew BOREAS survivors latest --women 4 --children 4 --families 2 --yes >/dev/null
expect "disputed" true "$(balance disputed)"
expect "closes" false "$(balance closes)"
ctl persons "$year"-0001 | tee "$scratch/persons" | tells 'DISPUTED: she says 8, the ledger has 7' ||
	fail "the dispute is not shown: $(cat "$scratch/persons")"
crew BOREAS survivors latest --women 4 --children 3 --families 2 --yes >/dev/null
expect "settled" true "$(balance closes)"

crew BOREAS need latest water --quantity 200 --text 'drinking water, litres' >/dev/null
expect "asked" asked "$(ctl --json needs | jq -r .state)"
ctl need --id 1 --state promised --text 'by ASTRID' >/dev/null
crew BOREAS need latest --id 1 --state met >/dev/null
expect "nothing is open" 0 "$(balance needs_open)"
expect "met" met "$(ctl --json needs "$year"-0001 | jq -r .state)"

# All of it is there after a restart.
ctl --json persons "$year"-0001 >"$scratch/before"
ctl --json needs "$year"-0001 >>"$scratch/before"
close_session ASTRID
stop "$rccd_pid"
start_centre
ctl --json persons "$year"-0001 >"$scratch/after"
ctl --json needs "$year"-0001 >>"$scratch/after"
diff "$scratch/before" "$scratch/after" || fail "the ledger is another one after a restart"

# Help is needed no more by those in danger; who has survivors aboard is told that these stay in her care (SOLAS V/33.6).
crew BOREAS answer latest on-scene >/dev/null
refused 1 "$bin/rccctl" --state-dir "$state" cancel "$year"-0001 --reason '.'
ctl release "$year"-0001 --ship 244670316 --text 'the others complete it' >"$scratch/release" 2>&1 ||
	fail "not released: $(cat "$scratch/release")"
grep -q 'BOREAS HAS 7 SURVIVORS ABOARD' "$scratch/release" || fail "the officer is not told: $(cat "$scratch/release")"
grep -q 'ASTRID HAS' "$scratch/release" && fail "a release of one ship speaks of another: $(cat "$scratch/release")"
ctl cancel "$year"-0001 --reason 'all persons are recovered' >"$scratch/cancel"
for ship in 'ASTRID HAS 43' 'BOREAS HAS 7'; do
	grep -q "$ship SURVIVORS ABOARD" "$scratch/cancel" || fail "the officer is not told: $(cat "$scratch/cancel")"
done
crew BOREAS show latest >"$scratch/show"
grep -q 'YOU HAVE SURVIVORS ABOARD' "$scratch/show" || fail "she is not told: $(cat "$scratch/show")"
grep -q 'aboard our ship, as the centre counts: 7' "$scratch/show" || fail "how many is not said: $(cat "$scratch/show")"
grep -q 'resume your voyage' "$scratch/show" && fail "she is sent away with survivors aboard: $(cat "$scratch/show")"
expect "still owed" open "$(ctl --json duty "$year"-0001 | jq -r 'select(.rule == "disembark") | .state')"

# More than were found are in danger, and the officer ends it all the same: it is said at once, and the queue goes on saying it.
ctl open --by phone --pos '35-40.40N 012-36.05E' --persons 14 --nature sinking --text 'raft' >/dev/null
crew BOREAS inbox >/dev/null
crew BOREAS survivors latest --men 6 --yes >/dev/null
ctl cancel "$year"-0002 --reason 'all persons are recovered' >"$scratch/cancel"
grep -q 'NOBODY HAS SAID WHAT BECAME OF 8 PERSONS' "$scratch/cancel" || fail "the cancel is silent of them: $(cat "$scratch/cancel")"
ctl --json queue | jq -r 'select(.incident == "'"$year"'-0002" and .what == "nobody-goes") | .text' | tells '8 ARE STILL AT RISK AND NO SHIP IS CALLED' ||
	fail "the queue does not say it: $(ctl --json queue)"

# Survivors who are found after a case was closed are counted in it: nobody is turned away for coming late.
ctl open --by phone --pos '36-10.40N 012-36.05E' --nature fire --text 'lights' >/dev/null
crew ASTRID inbox >/dev/null
crew BOREAS inbox >/dev/null
ctl cancel "$year"-0003 --reason 'fishing lights' >/dev/null
for name in ASTRID BOREAS; do crew "$name" inbox >/dev/null; done
ctl close "$year"-0003 --outcome no-distress --reason 'fishing lights' >"$scratch/close" 2>&1 || fail "not closed: $(cat "$scratch/close")"
crew BOREAS survivors "$year"-0003 --men 5 --yes >"$scratch/late" 2>&1 || fail "survivors are refused: $(cat "$scratch/late")"
expect "the case goes on" open "$(ctl --json show "$year"-0003 | jq -r 'select(.class == "INCIDENT") | .status')"
expect "they are counted" 5 "$(ctl --json persons "$year"-0003 | jq -r 'select(.class == "BALANCE") | .aboard')"
# "Latest" is what the crew has seen: what comes in by the way is read before anything is said of it.
ctl open --by phone --pos '36-40.40N 012-36.05E' --persons 9 --nature sinking --text 'yacht' >/dev/null
refused 1 crew BOREAS answer latest proceeding --eta 1h
cp "$scratch/crew.log" "$scratch/said"
grep -q 'new calls have come in just now' "$scratch/said" || fail "an unseen call is answered: $(cat "$scratch/said")"
expect "nobody has answered it" 0 "$(ctl --json show "$year-0004" | jq -r 'select(.class == "INCIDENT") | .answered')"
# What waits at the centre is shown with what lies here unshown: the newest is in it, and last.
ctl open --by phone --pos '37-10.40N 012-36.05E' --persons 3 --nature fire --text 'trawler' >/dev/null
crew ASTRID wait alert 5 >"$scratch/waited" 2>&1 || fail "no alert: $(cat "$scratch/waited")"
grep 'MAYDAY RELAY' "$scratch/waited" | sed -n '$p' | tells "$year-0005" || fail "the newest call is not shown: $(cat "$scratch/waited")"
# The inbox counts calls, the centre counts cases: a number alone that is of both says nothing to either.
crew BOREAS inbox >/dev/null
refused 1 crew BOREAS answer 4 proceeding --eta 1h
has_line "4 may be call 4 of the inbox, of case $year-0002, or case $year-0004: write which case" "$scratch/crew.log" ||
	fail "a number of two things is taken: $(cat "$scratch/crew.log")"
refused 1 crew BOREAS answer 7 proceeding --eta 1h
has_line "call 7 of the inbox is of case $year-0003: write the case so" "$scratch/crew.log" ||
	fail "the number of a call names no case, and she is not told: $(cat "$scratch/crew.log")"

# The latest call tells that its case is over, and another one is open: nothing is said of either until the crew names one.
ctl cancel "$year"-0005 --reason 'put out' >/dev/null
crew ASTRID inbox >/dev/null
for verb in 'answer latest proceeding --eta 1h' 'answer latest unable --reason damage' 'survivors latest --men 2 --yes' 'need latest water'; do
	# shellcheck disable=SC2086 # a verb and its operands
	refused 2 crew ASTRID $verb
	has_line 'of a case that is over; name the one' "$scratch/crew.log" || fail "$verb: she is not told why: $(cat "$scratch/crew.log")"
done
crew ASTRID answer "$year"-0004 proceeding --eta 1h >/dev/null || fail "the case that she names is not answered"
cat "$scratch/persons"
echo "persons: the balance of 60 closes over three ships, and after a restart"
