#!/bin/bash
# Two centres on loopback, and a place of safety that one asks of the other: asked while the other is down, offered while the one
# that asked is, assigned after the four checks alone, taken back, not answered, withdrawn; and either is killed without warning
# around each step. Afterwards both tell the same, each answer was taken once, and both records verify.
#
# Usage: place_request.sh BIN_DIR TOOL_DIR
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
usage='usage: place_request.sh BIN_DIR TOOL_DIR'
bin=$(cd "${1:?$usage}" && pwd)
# shellcheck source=tests/integration/two_lib.sh
. "$here/two_lib.sh"
command -v sqlite3 >/dev/null || { echo "skipped: sqlite3 is missing"; exit 77; }

# row CENTRE KEY: of the request that is looked at, by its name, which both have.
row() { at "$1" --json requests | jq -r "select(.request == \"$request\") | .$2" 2>/dev/null || true; }
has_stage() { up "$1" && [ "$(row "$1" stage)" = "$2" ]; }
is_stage() { has_stage A "$1" && has_stage B "$1"; }
settled() { await 40 is_stage "$1" || fail "$what: expected $1, A tells $(row A stage), B tells $(row B stage)"; }
is_stored() { [ "$(row "$1" stored)" = true ]; }
# place NAME KEY: one member of a place of the case, at A.
place() { at A --json places "$case" | jq -r "select(.class == \"PLACE\" and .name == \"$1\") | .$2"; }
tasks() { at "$1" --json queue | jq -r 'select(.what == "place-request" and (.command | contains("requests") | not)) | .command' | sed 's/ --state-dir [^ ]*//'; }
# ask NAME: of B, for the case; $request is its name on both sides.
ask() {
	at A --json place "$case" "$1" asked --authority 'MRCC B' --pos '35-54.00N 014-30.00E' --text 'tonight, please' \
		>"$scratch/ask.json" || fail "$1 cannot be asked"
	request=$(at A --json requests | jq -r "select(.id == $(jq -er .request "$scratch/ask.json")) | .request")
	[ -n "$request" ] || fail "no request for $1: $(cat "$scratch/ask.json")"
}
answer() { at B request "$(row B id)" "$@" --officer 'Lt Vella' >"$scratch/answer.out" || fail "$what: cannot answer $*"; }

start A
start B
introduce
began=$SECONDS
at A open --by radio --pos '35-12.40N 012-36.05E' --nature sinking --persons 14 --text 'two rafts' >/dev/null || fail "no case"
case=$(at A --json incidents | jq -er .incident)
at A answer "$case" on-scene --ship 235009999 --text 'by VHF 16' >/dev/null || fail "no answer typed"
at A survivors "$case" --ship 235009999 --men 9 --women 4 --infants 1 --injured 2 >/dev/null || fail "no survivors"
at A need "$case" --kind medevac --ship 235009999 --quantity 2 --text 'Mrs N. is very ill' >/dev/null || fail "no need"

what="by voice"
at A place "$case" 'PORT V' asked --authority 'Harbour master V' >"$scratch/voice.out" || fail "not asked"
has_line 'over the link' "$scratch/voice.out" && fail "it says that a voice goes over the link: $(cat "$scratch/voice.out")"
expect "nothing is asked of a centre" "" "$(at A --json requests)"

what="asked while B is down, and A is killed before B is back"
slay B
at A place "$case" 'PORT B' asked --authority 'MRCC B' --pos '35-54.00N 014-30.00E' >"$scratch/asked.out" || fail "not asked"
has_line 'it goes to that centre over the link, as request 1' "$scratch/asked.out" || fail "$(cat "$scratch/asked.out")"
request=$(at A --json requests | jq -er .request)
expect "B has it" false "$(row A stored)"
slay A
start A
start B
settled asked
await 20 is_stored A || fail "A does not know that B has it"
expect "who asks" 'MRCC A' "$(row B centre)"
expect "whose case" "$case" "$(row B their_incident)"
expect "how many" 14 "$(row B persons)"
expect "of them" '9 4 1 2' "$(row B men) $(row B women) $(row B infants) $(row B injured)"
expect "what they need" 'medevac 2' "$(row B needs)"
at B --json requests | tells 'Mrs N' && fail "the words of a need have left"
expect "what B's officers are told" "rccctl request 1 offered --officer NAME" "$(tasks B)"
expect "what A's are" "" "$(tasks A)"

what="offered while A is down, and B is killed before A is back"
slay A
answer offered --pos '35-50.00N 014-28.00E' --text 'berth 3 from 18 UTC'
slay B
start B
start A
settled offered
await 20 is_stored B || fail "B does not know that A has it"
expect "the authority" 'MRCC B' "$(place 'PORT B' authority)"
expect "the evidence" "$(row A their_entry)" "$(place 'PORT B' their_entry)"
expect "where" 35.8333333 "$(place 'PORT B' lat)"
[ "$(place 'PORT B' offered)" != null ] || fail "the place is not offered"
# The entry that A names is the one in which B's officer said so.
sqlite3 "$scratch/B/journal.db" "SELECT text FROM diary WHERE seq = $(row A their_entry)" | tells 'offered by Lt Vella' ||
	fail "entry $(row A their_entry) of B is not the offer"
expect "B's queue" "" "$(tasks B)"

what="an offer is no assignment"
at A place "$case" 'PORT B' assigned --ship 235009999 >/dev/null && fail "it was assigned unchecked"
at A place "$case" 'PORT B' checked --checks rescue-ends,safety,needs,onward >/dev/null || fail "not checked"
at A place "$case" 'PORT B' assigned --ship 235009999 >/dev/null || fail "not assigned"
expect "she is to go there" assigned "$(place 'PORT B' 'ships[0].state')"
at B request 1 offered --officer 'Lt Vella' >/dev/null && fail "offered twice"
at B request 1 refused --officer 'Lt Vella' --reason '' >/dev/null && fail "refused without a reason"

what="taken back, and both are killed"
answer refused --reason 'the quay is closed'
slay A
slay B
bring_up
settled refused
expect "she is called off" withdrawn "$(place 'PORT B' 'ships[0].state')"
expect "what stands against it" refused "$(place 'PORT B' 'blocked[0]')"
at B request 1 offered --officer 'Lt Vella' >/dev/null && fail "an answer was changed twice"

what="nobody answers"
for centre in A B; do
	stop "$centre"
	minutes[$centre]=0.02
	start "$centre"
done
ask 'PORT C'
is_overdue() { [ "$(row A overdue)" = true ] && [ "$(row B overdue)" = true ]; }
await 20 is_overdue || fail "nobody tells that nobody answers"
expect "A's queue" "rccctl request 2 withdrawn --reason TEXT" "$(tasks A)"
expect "B's queue" "rccctl request 2 offered --officer NAME" "$(tasks B)"
has_line 'request 2: silent, now asked' "$scratch/A.log" || fail "nothing in the log tells of it"
at A request 2 withdrawn --reason 'found nearer' >/dev/null || fail "not withdrawn"
settled withdrawn

what="a case that is over"
ask 'PORT D'
settled asked
at A persons "$case" --from-ship 235009999 --to safe-alone --men 9 --women 4 --infants 1 --injured 2 --reason 'their own boat is repaired, and they sail on' >/dev/null || fail "they are not ashore"
at A cancel "$case" --reason 'a drifting buoy' >/dev/null || fail "not cancelled"
# Who came by radio is told by radio, and that is written down.
at A release "$case" --ship 235009999 --text 'told on VHF 16' >/dev/null || fail "not released"
at A close "$case" --outcome no-distress --reason 'a drifting buoy' >"$scratch/close.out" 2>&1 && fail "closed with an open need"
grep -q 'answer what a ship asks for' "$scratch/close.out" || fail "an open need does not stand in the way: $(cat "$scratch/close.out")"
for need in $(at A --json needs "$case" | jq 'select(.state == "asked") | .id'); do
	at A need --id "$need" --state withdrawn --text 'they have gone' >/dev/null || fail "not withdrawn"
done
# She was sent to port B by radio, and the machine took that back: somebody has told her.
at A close "$case" --outcome no-distress --reason 'a drifting buoy' >"$scratch/close.out" 2>&1 && fail "closed over a ship that may be on her way"
untold=$(at A --json duties "$case" | jq 'select(.class == "DUTY" and .rule == "tell-end" and .open) | .id')
at A duty "$untold" discharged --reason 'told on VHF 16' >/dev/null || fail "not told"
at A close "$case" --outcome no-distress --reason 'a drifting buoy' >"$scratch/close.out" 2>&1 || fail "not closed: $(cat "$scratch/close.out")"
settled withdrawn
at B request 3 offered --officer 'Lt Vella' >/dev/null && fail "a case that is over was offered a place"

# ---- the records ----

stop A
stop B
records_verify
steps() { sqlite3 "$scratch/A/journal.db" "SELECT count(*) FROM diary WHERE what = 'place-stepped' AND text LIKE '%$1 by MRCC B%their record%'"; }
expect "offers taken" 1 "$(steps offered)"
expect "refusals taken" 1 "$(steps refused)"
echo "asked, offered, assigned, taken back, not answered, withdrawn: each once, $((SECONDS - began)) s"
