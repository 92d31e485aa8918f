#!/bin/bash
# What a feed says of its own key: how to enrol it, that it is a ship's, or nothing; and how it ends when it cannot begin.
#
# Usage: feed_keys.sh BIN_DIR TOOL_DIR
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
bin=$(cd "${1:?usage: feed_keys.sh BIN_DIR TOOL_DIR}" && pwd)
# shellcheck source=tests/integration/centre_lib.sh
. "$here/centre_lib.sh"

# feed KEY WORD: runs rcc-feed with that key until its log has the word; there is no gpsd, and none is needed.
feed() {
	: >"$scratch/feed.log"
	"$bin/rcc-feed" --gpsd 127.0.0.1:9 --to "$ships" --server-key "$server_key" --key "$scratch/$1.key" --name "Coast 7" \
		>"$scratch/feed.log" 2>&1 &
	local pid=$!
	pids+=("$pid")
	await 10 has_line "$2" "$scratch/feed.log" || fail "$1: no $2 in the log"
	stop "$pid"
}
# ends CODE OPTION...
ends() { refused "$1" "$bin/rcc-feed" --gpsd 127.0.0.1:9 "${@:2}"; }

start_centre
feed STRANGER '^not_enrolled'
has_line "rccctl enrol \"Coast 7\" --role feed --key '" "$scratch/feed.log" || fail "it does not say how to enrol it"
enrol SHIP vessel --mmsi 247111111
feed SHIP '^wrong_role'
has_line 'a feed takes a key of its own' "$scratch/feed.log" || fail "it does not say what is wrong with a ship's key"
enrol COAST feed
feed COAST '^centre_connected'
! has_line 'enrol' "$scratch/feed.log" || fail "it asks to be enrolled although it is"

link=(--to "$ships" --server-key "$server_key")
ends 2 --server-key "$server_key" --key "$scratch/COAST.key"
ends 2 "${link[@]}" --key "$scratch/COAST.key" --batch-ms x
echo 'tto = "tcp://127.0.0.1:1";' >"$scratch/feed.conf"
ends 78 --config "$scratch/feed.conf"
chmod 644 "$scratch/COAST.key"
ends 78 "${link[@]}" --key "$scratch/COAST.key"
ends 78 "${link[@]}" --key "$scratch/no/such/folder/feed.key"
ends 1 "${link[@]}" --key "$scratch/STRANGER.key" --outbox "$scratch/no/such/folder/feed.db"
stop "$rccd_pid"
echo "feed_keys: each key is told what it is, and nobody is asked twice"
