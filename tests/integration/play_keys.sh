#!/bin/bash
# The auditor at a terminal: a night is played with keys - pause, the next entry, a minute forward and back, faster, the end.
# Usage: play_keys.sh BIN_DIR STORY_JOURNAL STORY.scn
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
bin=$(cd "${1:?usage: play_keys.sh BIN_DIR STORY_JOURNAL STORY.scn}" && pwd)
story_journal=${2:?usage: play_keys.sh BIN_DIR STORY_JOURNAL STORY.scn}
story=${3:?usage: play_keys.sh BIN_DIR STORY_JOURNAL STORY.scn}
# shellcheck source=tests/integration/lib.sh
. "$here/lib.sh"
server_key='' ships=''
# shellcheck source=tests/integration/screen_lib.sh
. "$here/screen_lib.sh"

mkdir "$scratch/record"
"$story_journal" "$story" "$scratch/record"
mux new-session -d -s AUDITOR -x 120 -y 50 "$bin/rcc-replay play '$scratch/record' --speed 1; sleep 60"
shows AUDITOR 'space: pause; n: next'
entries() { screen AUDITOR | grep -c '^#[0-9]* 20' || true; }
shows AUDITOR '#1 20'

echo "a pause holds it, and n shows the next entry all the same"
press AUDITOR Space
shows AUDITOR 'paused: space goes on'
before=$(entries)
press AUDITOR n
more() { [ "$(entries)" -gt "$before" ]; }
await 10 more || fail "n shows nothing: $(screen AUDITOR)"

echo "a minute forward, a minute back"
press AUDITOR f
shows AUDITOR '^at 20'
mux clear-history -t AUDITOR
press AUDITOR b b b b
# Back at the beginning the first entry is shown again.
again() { [ "$(screen AUDITOR | grep -c '^#1 20' || true)" -ge 1 ] && [ "$(screen AUDITOR | grep -c '^at 20' || true)" -ge 4 ]; }
await 10 again || fail "b does not go back: $(screen AUDITOR)"

echo "faster, slower, going on"
press AUDITOR + +
shows AUDITOR '4 times as fast'
press AUDITOR -
shows AUDITOR '2 times as fast'
press AUDITOR Space
shows AUDITOR 'going on'

echo "beyond the end it shows the last entry, and says that it was the last"
last=$("$bin/rcc-replay" timeline "$scratch/record" --json | jq -s 'map(.seq // empty) | max')
for _ in $(seq 40); do
	press AUDITOR f f f f f f f f f f f f f f f f f f f f
done
shows AUDITOR 'end of the record'
screen AUDITOR | tells "^#$last 20" || fail "the last entry, $last, is not shown: $(screen AUDITOR)"
