#!/bin/bash
# Helpers of the tests that sit at a crew's screens; sourced after centre_lib.sh. A tmux of their own is the terminal.
: "${bin:?}" "${scratch:?}"

command -v tmux >/dev/null || { echo "screens: tmux is not installed"; exit 77; }
command -v jq >/dev/null || { echo "screens: jq is not installed"; exit 77; }

mux() { tmux -S "$scratch/tmux" -f /dev/null "$@"; }
# The terminal is no child of this shell: it goes by its socket, with what runs in it.
# shellcheck disable=SC2317 # called by the trap
finish_screens() {
	mux kill-server 2>/dev/null || true
	finish
}
trap finish_screens EXIT
# A server whose last window is gone ends itself, just when the next one is asked for: one stays open.
mux new-session -d -s IDLE -x 80 -y 24 'exec sleep 600'
pids+=("$(mux display-message -p '#{pid}')")
# shellcheck disable=SC2154 # centre_lib.sh sets server_key and ships
# bridge NAME COLUMNS LINES [ENVIRONMENT...] -- [OPTION...]: the screens of a ship, in a window of that size.
bridge() {
	local name=$1 columns=$2 lines=$3 environment=() before
	shift 3
	while [ "$1" != -- ]; do
		environment+=("$1")
		shift
	done
	shift
	mux new-session -d -s "$name" -x "$columns" -y "$lines" env "HOME=$scratch" "${environment[@]}" "$bin/rcc-crew" --to "$ships" \
		--server-key "$server_key" --key "$scratch/$name.key" --link shore --name "$name" "$@"
	before=$(mux display-message -p '#{pid}')
	case " ${pids[*]} " in
	*" $before "*) ;;
	*) pids+=("$before") ;;
	esac
}
press() { mux send-keys -t "$1" "${@:2}"; }
# A person sees that a field is open before she types into it.
types() { sleep 0.1; mux send-keys -t "$1" -l "$2"; sleep 0.1; }
screen() { mux capture-pane -p -t "$1"; }
# What is on the screen, in one line: words may be broken over two.
has() { screen "$1" | tells -e "$2"; }
lacks() { ! has "$1" "$2"; }
shows() { await 20 has "$1" "$2" || fail "the screen of $1 does not show \"$2\":
$(screen "$1")"; }
hides() { await 20 lacks "$1" "$2" || fail "the screen of $1 still shows \"$2\":
$(screen "$1")"; }
# With what a terminal is told of colours.
inked() { mux capture-pane -e -p -t "$1" | tells -e "$2"; }
wears() { await 20 inked "$1" "$2" || fail "the screen of $1 is not drawn with $2: $(mux capture-pane -e -p -t "$1" | cat -v | head -n 6)"; }
