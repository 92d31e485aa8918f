#!/bin/bash
# The same screens at the end of a line: over SSH, in French, each palette in its turn, through alarm, answer, update, own distress,
# link loss and return, and cancel at 80 by 24; and over a serial console (VT100, no size told), in English. What is cut says so, so
# that no banner may end in three dots. Usage: screens_far.sh BIN_DIR [TOOLS_DIR]
set -euo pipefail
bin=$(cd "${1:?usage: screens_far.sh BIN_DIR}" && pwd)
export PATH=$PATH:/usr/sbin:/sbin
# shellcheck source=tests/integration/centre_lib.sh
. "$(dirname "$0")/centre_lib.sh"
# shellcheck source=tests/integration/screen_lib.sh
. "$(dirname "$0")/screen_lib.sh"
for tool in sshd ssh ssh-keygen socat; do
	command -v "$tool" >/dev/null || { echo "screens_far: $tool is not installed"; exit 77; }
done

# A door of our own: a key of the host, one of the guest, on loopback, for whoever runs this test.
start_door() {
	door=$(free_port)
	ssh-keygen -q -t ed25519 -N '' -f "$scratch/host"
	ssh-keygen -q -t ed25519 -N '' -f "$scratch/guest"
	cp "$scratch/guest.pub" "$scratch/allowed"
	[ "$EUID" -ne 0 ] || mkdir -p /run/sshd
	"$(command -v sshd)" -D -e -f /dev/null -p "$door" -h "$scratch/host" -o ListenAddress=127.0.0.1 -o PidFile=none -o UsePAM=no \
		-o StrictModes=no -o PermitRootLogin=prohibit-password -o PasswordAuthentication=no -o AcceptEnv='LANG*' \
		-o AuthorizedKeysFile="$scratch/allowed" 2>"$scratch/sshd.log" &
	pids+=("$!")
	await 10 is_listening "$door" || { echo "screens_far: no sshd runs here: $(tail -n 1 "$scratch/sshd.log")"; exit 77; }
}
# far NAME [ENVIRONMENT...] -- [OPTION...]: the screens of a ship, at the other end of an SSH connection.
far() {
	local name=$1 environment=()
	shift
	while [ "$1" != -- ]; do
		environment+=("$1")
		shift
	done
	shift
	mux new-session -d -s "$name" -x 80 -y 24 ssh -tt -p "$door" -i "$scratch/guest" -o UserKnownHostsFile="$scratch/known" \
		-o StrictHostKeyChecking=accept-new -o IdentitiesOnly=yes "$(id -un)@127.0.0.1" \
		env "HOME=$scratch" TERM=screen-256color "${environment[@]}" "$bin/rcc-crew" --to "$ships" --server-key "'$server_key'" --key "$scratch/$name.key" \
		--link shore --name "$name" "$@"
}
# whole NAME: neither the banner nor the line of keys is cut.
whole() {
	screen "$1" | sed -n '2p;$p' | tells '…' && fail "a line is cut: $(screen "$1")"
	return 0
}

echo "beat_s = 1.0;" >"$scratch/rccd.conf"
start_centre -c "$scratch/rccd.conf"
enrol ALBA vessel --mmsi 247320200 --owner ngo
enrol BORA vessel --mmsi 247320300 --owner merchant
start_door

echo "over SSH, in French: the alarm by day"
ctl open --by phone --pos '35-12.40N 012-36.05E' --persons 14 --nature collision --text 'wooden boat' >/dev/null
far ALBA LC_ALL=C.UTF-8 LANGUAGE=fr -- --pos "'35-30.00N 012-10.00E'"
shows ALBA '!! ALARME APPELÉ À RÉPONDRE '"$year"'-0001'
shows ALBA 'abordage, 14 personnes'
whole ALBA
echo "by night: acknowledged and answered"
press ALBA c
shows ALBA '| nuit |'
wears ALBA '38;5;88'
press ALBA p
shows ALBA 'Entrée ENVOIE'
press ALBA Enter
# shellcheck disable=SC2317 # called by await
is_answered() { ctl --json deliveries 1 | tells '"answer":"proceeding"'; }
await 20 is_answered || fail "the centre has no answer: $(screen ALBA)"
shows ALBA 'notre réponse : NOUS FAISONS ROUTE'
hides ALBA 'ALARME'
echo "in high contrast: an update, our own distress, and the centre gone"
press ALBA c w
shows ALBA '| contraste |'
ctl classify 1 --persons 20 --reason 'counted' >/dev/null
shows ALBA 'NOUVEAU : 1'
press ALBA D
sleep 1
press ALBA S
shows ALBA 'NOTRE DÉTRESSE EST EN COURS'
shows ALBA 'REÇUE\|REÇU'
whole ALBA
# A second case: an alarm beside our distress, then no link: three banners on eighty columns.
ctl open --by phone --pos '35-20.00N 012-30.00E' --persons 3 --nature fire --text 'yacht' >/dev/null
shows ALBA 'ALARME'
whole ALBA
stop "$rccd_pid"
shows ALBA 'SANS LIAISON'
screen ALBA | sed -n 2p | tells 'ALARME.*DÉTRESSE.*SANS LIAISON' || fail "the banner does not say all three: $(screen ALBA | sed -n 2p)"
whole ALBA
start_centre -c "$scratch/rccd.conf"
hides ALBA 'SANS LIAISON'
shows ALBA 'liaison établie'
echo "withdrawn, cancelled, over"
press ALBA C
shows ALBA 'Entrée ENVOIE le retrait'
press ALBA Enter
shows ALBA 'retrait : émise .*REÇUE'
ctl cancel 1 --reason 'all ashore' >/dev/null
press ALBA w
shows ALBA 'TERMINÉ '"$year"'-0001'
whole ALBA
press ALBA q q
ended() { ! mux has-session -t ALBA 2>/dev/null; }
await 20 ended || fail "the connection stays: $(screen ALBA)"

echo "over a serial console: a VT100 that tells no size"
cat >"$scratch/console" <<END
#!/bin/sh
exec env HOME="$scratch" TERM=vt100 LC_ALL=C "$bin/rcc-crew" --to $ships --server-key "$scratch/server.pub" --key "$scratch/BORA.key" --link shore --name BORA
END
chmod +x "$scratch/console"
mux new-session -d -s BORA -x 80 -y 24 socat -,raw,echo=0 "EXEC:$scratch/console,pty,setsid,ctty"
shows BORA 'ALARM CALLED ON'
shows BORA 'a ack  p proceed'
LC_ALL=C screen BORA | LC_ALL=C tells '[^ -~]' && fail "there are signs beyond ASCII: $(screen BORA)"
press BORA a
# shellcheck disable=SC2317 # called by await
is_read() { ctl --json deliveries 3 | jq -r 'select(.ship == "BORA") | .read_by' | tells '^OFFICER OF THE WATCH$'; }
await 20 is_read || fail "nobody has read it: $(screen BORA)"
press BORA p
shows BORA 'ANSWER: WE ARE PROCEEDING'
press BORA Tab
press BORA Escape
press BORA q q
echo "screens_far: SSH, a serial line, three palettes, and nothing cut"
