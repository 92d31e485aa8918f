#!/bin/sh
# Every ship is told alike, and nobody is asked who they are: what the rules cannot see, they cannot weigh (R11, R42, R60).
# Usage: neutral.sh TREE
#   1. no field of a message, event or table is about nationality, status, faith or the like (SAR Convention, annex 2.1.10)
#   2. what tells of persons, survivors or needs has counts and flags: no name, age, status, route or the like of anybody
#   3. no key of a view, in code or in docs/json.md, is about either
#   4. the kind of owner, which is recorded for parity statistics only, is read by no rule of the core but the measure itself
#   5. what a ship says of her company is taken in, stored, hashed and shown, and read by no rule
#   6. what that measure found is read by no rule either: it is told to people, and decides nothing
set -eu
cd "${1:?usage: neutral.sh TREE}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Comments may name what fields may not.
strip() {
	awk '{
		line = $0
		gsub(/\/\/.*/, "", line)
		while (1) {
			if (inside) {
				end = index(line, "*/")
				if (!end) { line = ""; break }
				line = substr(line, end + 2)
				inside = 0
			}
			start = index(line, "/*")
			if (!start) break
			rest = substr(line, start + 2)
			end = index(rest, "*/")
			if (end) line = substr(line, 1, start - 1) " " substr(rest, end + 2)
			else { line = substr(line, 1, start - 1); inside = 1; print FILENAME ":" FNR ":" line; line = ""; break }
		}
		print FILENAME ":" FNR ":" line
	}' "$1"
}

# Of nobody who is saved: not even beside a count.
of_nobody='name|names|surname|firstname|age|ages|birth|gender|status|route|origin|document|documents|identity|photo|phone|address|language'
words='nation(al|ality|alities)?|citizen(ship)?|migrant|migration|refugee|asylum|ethnic(ity)?|religion|faith|passport|visa|smuggl(er|ing)'
schema=$(find proto/rcc.proto include/rcc daemon/core daemon/journal daemon/view/view_rank.c -name '*.proto' -o -name '*.[ch]' | LC_ALL=C sort)
for file in $schema; do
	strip "$file"
done >"$work/code"
[ -s "$work/code" ] || { echo "neutral: nothing was checked" >&2; exit 2; }
grep -iE "(^|[^a-z])($words)([^a-z]|\$)" "$work/code" >"$work/found" || true

# The messages about persons, their rows in the core, and the keys that show them: identifiers alone.
{
	awk '/^message (Persons|MovePersons|Survivors|SurvivorsReported|PersonsMoved|Need|NeedChanged) \{/ { inside = 1 }
		inside { line = $0; sub(/\/\/.*/, "", line); print FILENAME ":" FNR ":" line }
		/^\}/ { inside = 0 }' proto/rcc.proto
	awk '/^struct rcc_(persons|move_persons|survivors|need) \{/ { inside = 1 }
		inside { line = $0; sub(/\/\*.*/, "", line); print FILENAME ":" FNR ":" line }
		/^\};/ { inside = 0 }' include/rcc/work.h
	strip daemon/core/state_persons.h
} | sed -E 's/RCC_[A-Z_]+//g' >"$work/persons"
grep -oE '"[a-z_]+"' daemon/view/view_persons.c | sed 's|^|daemon/view/view_persons.c:|' >>"$work/persons"
awk -F'|' '/^## / { inside = $0 ~ /^## (PERSONS|BALANCE|NEED)$/ } inside && /^\| `/ { print FILENAME ":" FNR ":" $2 }' \
	docs/json.md >>"$work/persons"
[ "$(wc -l <"$work/persons")" -gt 100 ] || { echo "neutral: what tells of persons was not found" >&2; exit 2; }
grep -iE "(^|[^a-z])($of_nobody|$words)([^a-z]|\$)" "$work/persons" >>"$work/found" || true
awk -F'|' '/^\| `/ { print FILENAME ":" FNR ":" $2 }' docs/json.md | grep -iE "(^|[^a-z])($words)([^a-z]|\$)" >>"$work/found" || true

# Taken in, stored, hashed and told (peer, door, apply, digest, trace): nothing else. One exception: parity.c counts how ships of
# each kind of owner were told, because only who counts it can show that all are told alike (s003 par. 39). It reads the
# ledger and writes one event of statistics.
grep -E '^daemon/core/' "$work/code" | grep -E '(\.|>|_|\b)owner\b|RCC_OWNER_' |
	grep -vE '^daemon/core/(state(_kept)?\.h|peer\.c|door\.c|apply[a-z_]*\.c|digest[a-z_]*\.c|trace[a-z_]*\.c|parity\.c):' >"$work/rules" || true

# The view that ranks ships names them, and reads nothing else of who they are.
grep -E '^daemon/view/view_rank\.c:' "$work/code" | grep -E '(\.|>|_|\b)owner\b|RCC_OWNER_' >>"$work/rules" || true

# Who runs a ship stands in her profile, for the record; it is a text that the one rule of profiles looks at to see that
# something was said.
grep -E '^daemon/(core/|view/view_rank\.c)' "$work/code" | grep -E '(\.|>)(company|company_contact|policy|company_at_ms)\b|_has_company\(' |
	grep -vE '^daemon/core/(state_profile\.h|apply_work\.c|digest_work\.c|profile\.c):' >"$work/runs" || true

# Its clock, its event and the state that holds it; a rule that asks for more would act on it.
grep -E '^daemon/core/' "$work/code" | grep -iE 'parity|RCC_PARTED' |
	grep -vE '^daemon/core/(state(_kept)?\.h|core_internal\.h|parity\.[ch]|apply[a-z_]*\.c|digest[a-z_]*\.c):' |
	grep -vE 'RCC_TIMER_PARITY|rcc_parity_(deadline_ms|due)\(' >"$work/acts" || true

[ ! -s "$work/found" ] || { cat "$work/found"; echo "neutral: no field may say who somebody is"; }
[ ! -s "$work/rules" ] || { cat "$work/rules"; echo "neutral: no rule may read the kind of owner"; }
[ ! -s "$work/runs" ] || { cat "$work/runs"; echo "neutral: no rule may read who runs a ship"; }
[ ! -s "$work/acts" ] || { cat "$work/acts"; echo "neutral: no rule may act on what parity measures"; }
[ ! -s "$work/found" ] && [ ! -s "$work/rules" ] && [ ! -s "$work/runs" ] && [ ! -s "$work/acts" ] || exit 1
echo "neutral: $(wc -l <"$work/code") lines hold nothing about who somebody is"
