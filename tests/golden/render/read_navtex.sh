#!/bin/bash
# Every NAVTEX message goes through a telegraph modem that is not ours, five bits a character, and comes back as it was: what is
# not in the alphabet would not. Usage: read_navtex.sh RENDER_CASE BUILD_DIR
set -euo pipefail
program=${1:?usage: read_navtex.sh RENDER_CASE BUILD_DIR}
command -v minimodem >/dev/null || { echo "skipped: no minimodem"; exit 77; }
export LC_ALL=C
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
fail() {
	echo "FAILED: $1"
	exit 1
}
for stage in draft notice relay update places cancel; do
	text=$scratch/$stage.txt
	"$program" "$stage" navtex >"$text"
	# NAVTEX manual: the heading, the end, lines of 40.
	[[ $(head -1 "$text") =~ ^ZCZC\ MD[0-9]{2}$ ]] || fail "$stage: $(head -1 "$text")"
	[ "$(tail -1 "$text")" = NNNN ] || fail "$stage: no NNNN"
	! grep -qE '^.{41}' "$text" || fail "$stage: a line of more than 40 characters"
	! grep -qE "[^-A-Z0-9 ?:().,'=/+]" "$text" || fail "$stage: $(grep -E "[^-A-Z0-9 ?:().,'=/+]" "$text")"
	minimodem --quiet --tx --baudot rtty -f "$scratch/tone.wav" <"$text"
	# The modem's table is the American one, which has no plus sign.
	minimodem --quiet --rx --baudot rtty -f "$scratch/tone.wav" | tr -d '\r' | tr '+' ')' >"$scratch/back.txt"
	diff <(tr '+' ')' <"$text") "$scratch/back.txt" || fail "$stage: it does not come back as it was"
done
grep -q '^ZCZC MD00$' "$scratch/relay.txt" || fail "a relay is not numbered 00"
! grep -q 'MAYDAY\|DISTRESS\|ASSIST\|SOLAS' "$scratch/notice.txt" || fail "a notice speaks of a distress"
grep -q '^CANCEL THIS MESSAGE' "$scratch/notice.txt" || fail "a notice has no end"
echo "6 messages read back from $(minimodem --version 2>&1 | sed -n 1p)"
