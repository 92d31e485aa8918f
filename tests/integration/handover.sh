#!/bin/bash
# Two centres on loopback hand cases to each other: taken over, refused, not answered; and either is killed without warning
# after each step that it has recorded. Afterwards exactly one has the case, both tell the same of it, and both records verify.
#
# Usage: handover.sh BIN_DIR TOOL_DIR
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
usage='usage: handover.sh BIN_DIR TOOL_DIR'
bin=$(cd "${1:?$usage}" && pwd)
# shellcheck source=tests/integration/two_lib.sh
. "$here/two_lib.sh"
command -v sqlite3 >/dev/null || { echo "skipped: sqlite3 is missing"; exit 77; }

# The centre is killed as soon as its log says that this step is on its disk: before or after it has told anybody.
trap_pid=
kill_after() { # kill_after CENTRE STEP
	local victim=${pid[$1]} log=$scratch/$1.log of='*'
	# What is still to be said of the case before is not meant; B gives this one a number that nobody knows yet.
	[ "$1" = B ] || of=$case_id
	(
		tail -n 0 -F "$log" 2>/dev/null | while IFS= read -r line; do
			# shellcheck disable=SC2027 # what is not quoted is a pattern
			if [[ $line == *"handover: incident "$of": $2, now"* ]]; then
				kill -9 "$victim"
				break
			fi
		done
	) &
	trap_pid=$!
	pids+=("$trap_pid")
	sleep 0.1 # tail has to stand at the end of the log
}
# Was it killed? Then the trap has ended.
untrap() {
	kill "$trap_pid" 2>/dev/null || true
	wait "$trap_pid" 2>/dev/null || true
}

# ---- what they tell ----

row() { at "$1" --json handovers | jq -r "select(.handover == \"$handover\") | .$2" 2>/dev/null; } # row CENTRE KEY
has_stage() { [ "$(row "$1" stage)" = "$2" ]; }
is_stage() { has_stage A "$1" && has_stage B "$1"; }
status_of() { at "$1" --json incidents | jq -r "select(.incident == \"$2\") | .status"; }
number_at() { row "$1" incident; }
has_offer() {
	up "$1"
	[ -n "$(row "$1" stage)" ]
}

# offer: opens a case at A and offers it to B; $case is its number, $handover its name on both sides.
ships=0
open_case() {
	ships=$((ships + 1))
	at A --json open --by radio --name "CASE $ships" --mmsi "$((211000000 + ships))" --pos "35-12.40N 012-36.05E" --nature fire \
		--persons 7 --text "engine room fire" >"$scratch/open.json" || fail "no case can be opened"
	case_id=$(jq -er .incident_id "$scratch/open.json")
	case=$(at A --json incidents | jq -er "select(.incident_id == $case_id) | .incident")
}
offer() {
	local before
	before=$(name_of_handover)
	# It may be killed before it has read it, or while it answers: what counts is the record.
	await 20 is_recorded "$before" || fail "the offer of $case is not in the record"
}
name_of_handover() { at A --json handovers | jq -r "select(.incident == \"$case\") | .handover" | sed -n 1p || true; }
is_recorded() {
	up A
	at A handover "$case" --to 'MRCC B' --reason "they are nearer" >/dev/null || true
	up A
	handover=$(name_of_handover)
	[ -n "$handover" ] && [ "$handover" != "$1" ]
}
knows_number() {
	up "$1"
	number=$(number_at "$1" || true)
	[ -n "$number" ]
}
answer() { # answer CENTRE STEP
	local centre=$1
	shift
	up "$centre"
	await 30 has_offer "$centre" || fail "$centre has not got the offer of $case"
	await 20 knows_number "$centre" || fail "$centre does not know the case"
	await 20 is_answered "$centre" "$1" || fail "$centre cannot answer the offer of $case"
}
is_answered() {
	up "$1"
	at "$1" handover "$number" "$2" --officer 'Officer B' --reason "as agreed" >/dev/null || true
	up "$1"
	[ -n "$(row "$1" stage)" ] && ! has_stage "$1" offered
}
# settled STAGE: both tell this, and nothing is owed.
settled() {
	bring_up
	await 40 is_stage "$1" || fail "$what: expected $1, A tells $(row A stage), B tells $(row B stage)"
}
checks=0
check_holder() { # check_holder A|B
	local a b
	a=$(status_of A "$case")
	b=$(status_of B "$(number_at B || true)")
	case $1 in
	A) expect "$what: A alone has it" "open transferred" "$a $b" ;;
	B) expect "$what: B alone has it" "transferred open" "$a $b" ;;
	esac
	checks=$((checks + 1))
}

# ---- they know each other: that is data, enrolled on both sides ----

start A
start B
introduce
began=$SECONDS

# ---- without a fault ----

what="taken over"
open_case
# Two ships that are registered nowhere have answered by radio; one of them is requisitioned, and on her way to a port.
at A answer "$case" proceeding --ship 235000003 --eta +90min >/dev/null || fail "no answer can be typed"
at A answer "$case" unable --ship 235000004 --reason too-far >/dev/null || fail "no refusal can be typed"
at A requisition "$case" --ship 235000003 --consulted "both, 235000003 is nearer" --text "take them aboard" >/dev/null || fail "she cannot be requisitioned"
at A answer "$case" proceeding --ship 235000003 --eta +90min >/dev/null || fail "no answer can be typed"
at A coordinate "$case" --ship 235000003 --every 30 >/dev/null || fail "she cannot be named coordinator"
at A place "$case" "PORT A" checked --checks rescue-ends,safety,needs,onward >/dev/null || fail "no place can be checked"
at A place "$case" "PORT A" assigned --ship 235000003 >/dev/null || fail "no place can be assigned"
offer
await 20 has_offer B || fail "B has not got the offer"
expect "B tells who offers" "MRCC A" "$(row B centre)"
expect "B has not taken it" offered "$(row B stage)"
at B incidents >"$scratch/incidents.txt"
has_line "offered by MRCC A, offered: theirs, until an officer here accepts it" "$scratch/incidents.txt" || fail "$(cat "$scratch/incidents.txt")"
at A incidents >"$scratch/incidents.txt"
has_line "offered to MRCC B, offered: ours; they may have accepted it already" "$scratch/incidents.txt" || fail "$(cat "$scratch/incidents.txt")"
at B handover "$(row B incident)" report >"$scratch/report.txt" || fail "B cannot read the report"
for line in 'SAR SITREP 1, FULL FORM' 'TO MRCC B' 'D. NUMBER OF PERSONS' 'M. FUTURE PLANS'; do
	has_line "$line" "$scratch/report.txt" || fail "\"$line\" is not in the report: $(cat "$scratch/report.txt")"
done
at A sitreps "$case" | cmp -s - "$scratch/report.txt" || fail "B has another report than A sent"
at B handovers >"$scratch/handovers.txt"
for line in 'ship 235000003: proceeding, ETA ' 'REQUISITIONED; ON-SCENE COORDINATOR (not answered yet)' 'on her way to PORT A' 'ship 235000004: unable, too-far'; do
	has_line "$line" "$scratch/handovers.txt" || fail "B's officer does not read \"$line\" before he answers: $(cat "$scratch/handovers.txt")"
done
answer B accept
settled confirmed
check_holder B
# What binds the ships there binds them here: their answers, the requisition, the coordinator with her timer, where she goes.
number=$(row B incident)
at B --json duties "$number" >"$scratch/duties.json"
# duty MMSI WORD: its state at B
duty() { jq -r --arg mmsi "$1" --arg rule "$2" 'select(.class == "DUTY" and .mmsi == $mmsi and .rule == $rule) | .state' "$scratch/duties.json" | sed -n 1p; }
expect "the requisition at B" acknowledged "$(duty 235000003 comply)"
expect "the coordinator at B" open "$(duty 235000003 coordinate)"
expect "her timer at B" open "$(duty 235000003 contact)"
expect "why the other cannot come, at B" too-far "$(jq -r 'select(.class == "SHIP_DUTY" and .mmsi == "235000004") | .reason' "$scratch/duties.json")"
at B places "$number" >"$scratch/places.txt"
has_line "PORT A" "$scratch/places.txt" || fail "B does not know where she is on her way to"
has_line "235000003" "$scratch/places.txt" || fail "B does not know who is on her way to PORT A: $(cat "$scratch/places.txt")"
# She hears from both that it is over: B cannot close over her, and A still owes it as well.
at B closing "$number" >"$scratch/closing.txt" || true
has_line "235000003" "$scratch/closing.txt" || fail "B would close over a ship on her way: $(cat "$scratch/closing.txt")"
at A handovers | sed -n 1,2p
at B handovers | sed -n 1,2p
# What another centre has is not decided here, and a withdrawal comes too late.
at A handover "$case" withdraw --reason "no" >/dev/null && fail "a withdrawal after the acceptance was taken"
at A relay "$case" >/dev/null && fail "a relay of a case that another centre has was taken"

what="refused"
open_case
offer
answer B refuse
settled refused
check_holder A

what="withdrawn"
open_case
offer
await 20 has_offer B || fail "B has not got the offer"
at A handover "$case" withdraw --reason "we can manage" >/dev/null || fail "no withdrawal"
settled withdrawn
check_holder A

# ---- the acceptance while the one that offered is down: both act, and both say so ----

what="accepted while A is down"
open_case
offer
await 20 has_offer B || fail "B has not got the offer"
slay A
answer B accept
expect "$what: stage at B" accepted "$(row B stage)"
expect "$what: B tells who acts" "both act until they have confirmed that they let go" "$(row B who)"
start A
settled confirmed
check_holder B

# ---- what goes with it: nobody is counted anew, and no fear is forgotten ----

what="with everybody in it"
open_case
at A survivors "$case" --ship 247320100 --men 4 --women 2 --families 1 --protection --safe-hours 24 >/dev/null || fail "no survivors"
at A need "$case" --ship 247320100 --kind water --quantity 100 >/dev/null || fail "no need"
at A place "$case" 'PORT B' checked --checks none --unsafe --text 'people are taken back from there' >/dev/null || fail "no place"
offer
answer B accept
settled confirmed
check_holder B
balance() { at "$1" --json persons "$2" | jq -r 'select(.class == "BALANCE") | "\(.at_risk) \(.aboard) \(.first_aboard)"'; }
expect "$what: as A counted" "$(balance A "$case")" "$(balance B "$number")"
expect "$what: one is still sought, six are aboard" "1 6" "$(balance B "$number" | cut -d' ' -f1,2)"
expect "$what: the unsafe place" "true people are taken back from there" \
	"$(at B --json places "$number" | jq -r 'select(.name == "PORT B") | "\(.unsafe) \(.unsafe_reason)"')"
at B place "$number" 'PORT B' assigned --ship 247320100 >/dev/null 2>&1 && fail "a ship is sent where A knew that it is not safe"
expect "$what: who gave the case is not asked for it any more" "" "$(at A --json queue | jq -r 'select(.what == "need-overdue") | .text')"
expect "$what: who has it is" 1 "$(at B --json queue | jq -s '[.[] | select(.what == "need-overdue")] | length')"
expect "$what: the need" "water 100" "$(at B --json needs "$number" | jq -r '"\(.kind) \(.quantity)"')"
for rule in disembark review-fear refer care meet-need; do
	expect "$what: $rule" true "$(at B --json duties "$number" | jq -r "select(.rule == \"$rule\") | .open")"
done

# ---- nobody answers: the case stays, it is told, and can be withdrawn and offered anew ----

what="not answered"
stop A
minutes[A]=0.02
start A
slay B
open_case
offer
is_overdue() { [ "$(row A overdue)" = true ]; }
await 20 is_overdue || fail "A does not tell that nobody answers"
expect "$what: the case stays" open "$(status_of A "$case")"
has_line "handover.*silent, now offered" "$scratch/A.log" || fail "nothing in the log tells of it"
at A handover "$case" withdraw --reason "they are silent" >/dev/null || fail "no withdrawal"
first=$handover
offer
[ "$handover" != "$first" ] || fail "it cannot be offered anew"
slay A
bring_up
answer B accept
settled confirmed
check_holder B
stop A
minutes[A]=15
start A

# ---- taken back by an officer: both act, both know, and one offer settles it ----

what="taken back"
at A resume "$case" --reason "we do not hear them" >/dev/null || fail "no taking back"
settled contested
at A incidents >"$scratch/incidents.txt"
has_line "CONTESTED with MRCC B" "$scratch/incidents.txt" || fail "A does not say that it is contested"
at B incidents >"$scratch/incidents.txt"
has_line "CONTESTED with MRCC A" "$scratch/incidents.txt" || fail "B does not say that it is contested"
offer
answer B accept
settled confirmed
check_holder B

# ---- killed after each step, on either side ----

kills=0
fired=0
is_withdrawn() {
	up A
	at A handover "$case" withdraw --reason "we can manage" >/dev/null || true
	up A
	has_stage A withdrawn
}
run() { # run WHAT VICTIM STEP ANSWER STAGE HOLDER
	local victim=$2 step=$3 said=$4
	what="$1, $victim killed after its $step"
	bring_up
	open_case
	local starts
	starts=$(lines_of '^serving\b' "$scratch/$victim.log")
	kill_after "$victim" "$step"
	offer
	up B
	if [ "$said" = withdraw ]; then
		await 30 has_offer B || fail "$what: B has not got the offer"
		await 20 is_withdrawn || fail "$what: it cannot be withdrawn"
	else
		answer B "$said"
	fi
	# The last steps come by themselves: time for the trap, if they are what it waits for.
	for _ in 1 2 3 4 5 6 7 8 9 10 11 12; do
		is_up "$victim" || break
		! is_stage "$5" || break
		sleep 0.25
	done
	untrap
	settled "$5"
	check_holder "$6"
	kills=$((kills + 1))
	[ "$(lines_of '^serving\b' "$scratch/$victim.log")" -eq "$starts" ] || fired=$((fired + 1))
}
for step in offer accept confirm stored; do run "taken over" A "$step" accept confirmed B; done
for step in offer accept confirm stored; do run "taken over" B "$step" accept confirmed B; done
for step in offer refuse stored; do run "refused" A "$step" refuse refused A; done
for step in offer refuse stored; do run "refused" B "$step" refuse refused A; done
for step in offer withdraw stored; do run "withdrawn" A "$step" withdraw withdrawn A; done
for step in offer withdraw; do run "withdrawn" B "$step" withdraw withdrawn A; done
# Nobody answers in time, and A is killed as it says so; then the one that was silent is killed as it answers, or is too late.
wait_for_kill() {
	for ((i = 0; i < 40; i++)); do
		is_up "$1" || break
		sleep 0.25
	done
	untrap
}
time_out() { # time_out ANSWER STAGE HOLDER
	what="not answered, A killed after its silent, then $1"
	bring_up
	slay B
	open_case
	starts=$(lines_of '^serving\b' "$scratch/A.log")
	kill_after A silent
	offer
	wait_for_kill A
	up A
	await 20 is_overdue || fail "$what: A does not tell that nobody answers"
	expect "$what: the case stays" open "$(status_of A "$case")"
	kills=$((kills + 1))
	[ "$(lines_of '^serving\b' "$scratch/A.log")" -eq "$starts" ] || fired=$((fired + 1))
	up B
	await 30 has_offer B || fail "$what: B has not got the offer"
	if [ "$1" = withdraw ]; then
		await 20 is_withdrawn || fail "$what: it cannot be withdrawn"
	else
		kill_after B "$1"
		answer B "$1"
		wait_for_kill B
	fi
	settled "$2"
	check_holder "$3"
}
stop A
minutes[A]=0.02
start A
time_out accept confirmed B
time_out refuse refused A
time_out withdraw withdrawn A
stop A
minutes[A]=15
start A
slain=$(($(lines_of '^serving\b' "$scratch/A.log") + $(lines_of '^serving\b' "$scratch/B.log")))
# A step may be over before the trap has read of it, on a busy machine: then nobody is killed, and little is shown.
[ "$fired" -ge $((kills - 2)) ] || fail "of $kills kills only $fired came in time"
echo "$kills handovers, $fired with a kill after a step, $checks in all, $slain starts, $((SECONDS - began)) s"

# ---- the records ----

stop A
stop B
records_verify
for centre in A B; do
	sqlite3 -separator '|' "$scratch/$centre/journal.db" \
		"SELECT written_at_ms, text FROM diary WHERE what = 'handover-changed' ORDER BY seq, event" >"$scratch/$centre.diary"
done
# In the order of time: whoever let go did so after the other had recorded that it has the case; nobody ever was without.
passed=$(grep -c ': confirm.*now confirmed' "$scratch/A.diary")
taken=$(grep -c 'handover from MRCC A: accept ' "$scratch/B.diary")
[ "$passed" -eq "$taken" ] || fail "A let go $passed times, B took over $taken times"
paste -d '|' <(grep 'handover from MRCC A: accept ' "$scratch/B.diary" | cut -d '|' -f 1) \
	<(grep ': confirm.*now confirmed' "$scratch/A.diary" | cut -d '|' -f 1) >"$scratch/order"
awk -F '|' '$1 > $2 { exit 1 }' "$scratch/order" || fail "A let go before B had it: $(cat "$scratch/order")"
echo "$passed cases passed: each was at B before A let go"
