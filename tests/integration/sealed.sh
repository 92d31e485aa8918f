#!/bin/bash
# A caller's particulars, and what a note of violence says: nowhere in the record in plain, read by an officer and the record says so, refused to an auditor, one
# number is one caller, all of it again after a restart; and erased with the key, while the record still verifies.
#
# Usage: sealed.sh BIN_DIR TOOL_DIR
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
bin=$(cd "${1:?usage: sealed.sh BIN_DIR TOOL_DIR}" && pwd)
tools=$(cd "${2:?usage: sealed.sh BIN_DIR TOOL_DIR}" && pwd)
for tool in sqlite3 xxd; do
	command -v "$tool" >/dev/null || { echo "sealed: $tool is missing"; exit 77; }
done
# shellcheck source=tests/integration/centre_lib.sh
. "$here/centre_lib.sh"

# say KIND ID CONTACT TEXT: what the centre answers.
say() { "$tools/telephone" "ipc://$state/control.sock" "$@" || fail "no answer to $*"; }
word() { cut -d' ' -f"$1" <<<"$2"; }
alert_field() { ctl --json alert "$1" | jq -r "$2"; }
must_verify() { "$bin/rcc-replay" verify "$state" >"$scratch/said" 2>&1 || fail "$1: $(cat "$scratch/said")"; }
# nowhere TEXT FILE...: not as it is and not in hexadecimal, in letters of either case.
nowhere() {
	local text=$1 file hex
	shift
	hex=$(printf %s "$text" | xxd -p | tr -d '\n')
	for file in "$@"; do
		[ -f "$file" ] || continue
		grep -qaiF -- "$text" "$file" && fail "\"$text\" stands in ${file##*/}"
		grep -qaiF -- "$hex" "$file" && fail "\"$text\" stands in ${file##*/} in hexadecimal"
	done
	return 0
}

contact='Marco Bianchi +39 340 7654321'
start_centre
enrol WATCH officer
enrol COURT auditor
expect "mode of sealed.db" 600 "$(stat -c %a "$state/sealed.db")"

echo "a report by telephone is taken, and its particulars are sealed"
first=$(say open 1 "$contact" 'taking water')
expect "answer" accepted "$(word 1 "$first")"
expect "words of the answer" 4 "$(wc -w <<<"$first")"
alert=$(word 3 "$first")
expect "sealed" true "$(alert_field "$alert" .contact_sealed)"
expect "text" 'taking water' "$(alert_field "$alert" .text)"
expect "the same message again" "$first" "$(say open 1 "$contact" 'taking water')"
expect "other words under its id" "refused conflict" "$(say open 1 'Marco +39 340 7654399' 'taking water' | cut -d' ' -f1,2)"

echo "the same number, written otherwise, is suggested as the same caller; another one is not"
second=$(say open 2 '0039-340-7654321, his wife' 'he calls again')
other=$(say open 3 'Anna 0044 20 7946 0958' 'red flare')
[ "$(word 4 "$second")" != "$(word 4 "$first")" ] || fail "two reports far from each other became one case by themselves"
suggested() { ctl --json alert "$1" | jq -r '[.suggestions[]? | select(.why == "contact") | .incident] | join(" ")'; }
expect "suggested for the second call" "$year"-0001 "$(suggested "$(word 3 "$second")")"
expect "suggested for another number" '' "$(suggested "$(word 3 "$other")")"

echo "tag and sealed bytes of a sender's own making are dropped"
spoofed=$(say alert 4 '' 'MAYDAY')
expect "sealed by the sender" null "$(alert_field "$(word 3 "$spoofed")" .contact_sealed)"
without=$(say open 5 '' 'no contact was given')
expect "sealed by the officer" null "$(alert_field "$(word 3 "$without")" .contact_sealed)"
expect "marked by the officer" null "$(alert_field "$(word 3 "$without")" .contact_lost)"
expect "words of the answer without a contact" 4 "$(wc -w <<<"$without")"

echo "an officer reads it, and the record says who and why"
refused 2 ctl contact "$alert"
expect "contact" "$contact" "$(remote WATCH contact "$alert" --reason 'call back')"
expect "contact as JSON" "$contact" "$(ctl --json contact "$alert" --reason 'again' | jq -r .contact)"
head_seq=$(status head_seq)
expect "read in the record" 'call back,again' \
	"$(ctl --json watch --from 1 --count "$head_seq" | jq -rs '[.[] | select(.event == "unsealed") | .text | sub(".*: "; "")] | join(",")')"
ctl watch --from 1 --count "$head_seq" >"$scratch/watched"
has_line "WATCH read the caller's particulars: call back" "$scratch/watched" || fail "who read it is not told"
"$bin/rcc-replay" timeline "$state" "$year"-0001 >"$scratch/timeline" || fail "no timeline"
has_line "caller's particulars read, \"call back\"" "$scratch/timeline" || fail "the timeline does not tell that it was read"
refused 77 remote COURT contact "$alert" --reason 'curious'
refused 1 ctl contact "$(word 3 "$without")" --reason 'nothing is sealed'
refused 1 ctl contact 4711 --reason 'no such alert'
expect "refusals and readings" "$((head_seq + 2))" "$(status head_seq)"

echo "what a note of violence says is sealed as well: who asks gives a reason, and the record says so"
words='shots over the bow, told to leave'
ctl note "$year"-0001 violence --ship 257123450 --authority 'a patrol boat' --text "$words" >"$scratch/noted"
has_line 'note: violence, a patrol boat' "$scratch/noted" || fail "the receipt does not tell of the note: $(cat "$scratch/noted")"
ctl note "$year"-0001 flag-state --authority Panama --text 'told by telephone' >/dev/null
expect "the diary" 'violence sealed,flag-state told by telephone' \
	"$(ctl --json notes "$year"-0001 | jq -rs '[.[] | .kind + " " + (if .restricted then "sealed" else .text end)] | join(",")')"
note=$(ctl --json notes "$year"-0001 | jq -rs '.[0].id')
refused 2 ctl read-note "$note"
refused 77 remote COURT read-note "$note" --reason 'curious'
expect "what it says" "$words" "$(remote WATCH read-note "$note" --reason 'report to the flag')"
expect "what it says as JSON" "$words" "$(ctl --json read-note "$note" --reason 'again' | jq -r .text)"
refused 1 ctl read-note $((note + 1)) --reason 'it is not sealed'
refused 1 ctl read-note 4711 --reason 'no such note'
"$bin/rcc-replay" timeline "$state" "$year"-0001 >"$scratch/timeline" || fail "no timeline"
has_line "what note $note says was read, \"report to the flag\"" "$scratch/timeline" || fail "the timeline does not tell who read it"

echo "nothing of it stands in the record, in the log, or in what is published"
ctl --json watch --from 1 --count "$(status head_seq)" >"$scratch/watched.json"
files=("$state"/journal.db* "$state"/tracks.db* "$scratch/rccd.log" "$scratch/watched.json" "$state"/sealed.db*)
for text in "$contact" 'Bianchi' '340 7654321' '3407654321' '340-7654321' 'over the bow' '7946 0958' 'his wife' '393407654321' '7654399'; do
	nowhere "$text" "${files[@]}"
done
must_verify "with sealed entries"
"$bin/rcc-replay" recheck "$state" >"$scratch/said" 2>&1 || fail "the core decides otherwise: $(cat "$scratch/said")"

echo "after a restart it is all there"
stop "$rccd_pid"
nowhere 'Bianchi' "$state"/*
start_centre
expect "contact after the restart" "$contact" "$(ctl contact "$alert" --reason 'next watch')"
expect "the note after the restart" "$words" "$(ctl read-note "$note" --reason 'next watch')"
third=$(say open 6 'Marco (0039) 340 7654321' 'third call')
[ -n "$(suggested "$(word 3 "$third")")" ] || fail "no suggestion after the restart"
expect "the same message after the restart" "$first" "$(say open 1 "$contact" 'taking water')"
expect "whoever has the keys opens both" "$contact
$contact" "$("$tools/sealed_keys" "$state" open "$alert")"

echo "the key destroyed is the particulars erased, of this report alone, and the record verifies"
"$tools/sealed_keys" "$state" erase "$alert" || fail "the key cannot be destroyed"
refused 1 ctl contact "$alert" --reason 'too late'
tail -n 1 "$scratch/ctl.log" | tells "sealed is erased" || fail "it is not said that they were erased"
"$tools/sealed_keys" "$state" open "$alert" 2>/dev/null && fail "what was erased can be opened"
expect "the other contact" '0039-340-7654321, his wife' "$(ctl contact "$(word 3 "$second")" --reason 'still there')"
must_verify "after the erasure"

echo "without sealed.db a report is taken all the same, and the officer is told to use paper"
stop "$rccd_pid"
mv "$state/sealed.db" "$scratch/sealed.db"
rm -f "$state"/sealed.db-*
mkdir "$state/sealed.db"
start_centre
has_line '\bsealed_failed:' "$scratch/rccd.log" || fail "the log does not tell"
lost=$(say open 7 "$contact" 'fourth call')
expect "answer" "accepted lost" "$(cut -d' ' -f1,5 <<<"$lost")"
expect "sealed" null "$(alert_field "$(word 3 "$lost")" .contact_sealed)"
expect "marked" "true fourth call" "$(alert_field "$(word 3 "$lost")" '"\(.contact_lost) \(.text)"')"
expect "the same message again" "$lost" "$(say open 7 "$contact" 'fourth call')"
refused 1 ctl contact "$(word 3 "$second")" --reason 'no keys now'
refused 1 ctl note "$year"-0001 violence --text 'this cannot be sealed now'
expect "what cannot be sealed is not recorded" 2 "$(ctl --json notes "$year"-0001 | jq -s length)"
refused 1 ctl contact "$(word 3 "$second")" --reason 'no keys now'
tail -n 1 "$scratch/ctl.log" | tells "cannot be opened now" || fail "it is not said why they cannot be read"
nowhere 'Bianchi' "$state"/journal.db* "$scratch/rccd.log"
rmdir "$state/sealed.db"
mv "$scratch/sealed.db" "$state/sealed.db"
expect "sealed again, without a restart" 4 "$(say open 8 "$contact" 'fifth call' | wc -w)"
expect "the other contact" '0039-340-7654321, his wife' "$(ctl contact "$(word 3 "$second")" --reason 'there again')"
must_verify "at the end"
nowhere 'Bianchi' "$state"/* "$scratch/rccd.log"
stop "$rccd_pid"
echo "sealed: passed"
