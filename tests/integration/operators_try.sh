#!/bin/bash
# Every command of docs/operators.md, in the order in which it stands there; those of docs/operateurs.md are the same but for the words
# in quotes. What takes root or a service manager is played by functions of the same name; packages are installed and purged for real
# by tests/package/try.sh. Usage: operators_try.sh BIN_DIR TREE
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
bin=$(cd "${1:?usage: operators_try.sh BIN_DIR TREE}" && pwd)
tree=$(cd "${2:?usage: operators_try.sh BIN_DIR TREE}" && pwd)
page=docs/operators.md
# shellcheck source=tests/integration/lib.sh
. "$here/lib.sh"
command -v sqlite3 >/dev/null || { echo "operators_try: sqlite3 is missing"; exit 77; }

# "<!-- test: NAME -->" is something that happens meanwhile: a function of this test.
commands() { sed -nE 's/^<!-- test: ([a-z]+) -->/\1/p; s/^    //p' "$1"; }
commands "$tree/$page" >"$scratch/lines"
bare() { commands "$1" | sed 's/"[^"]*"/""/g'; }
diff <(bare "$tree/$page") <(bare "$tree/docs/operateurs.md") || fail "docs/operateurs.md has other commands"
[ "$(wc -l <"$scratch/lines")" -gt 70 ] || fail "$page has no lines to try"
# Places and ports of this test; there is no user rccd here.
year=$(date -u +%Y)
sed -i -e "s|/var/lib/rccd|$scratch/state|g; s|/etc/rccd|$scratch/etc|g; s|/srv/|$scratch/|g; s|\b2026-\(000[0-9]\)|$year-\1|g" \
	-e 's/ -o rccd -g rccd//' -e "s/\*:8406/127.0.0.1:8406/; s/\*:8407/127.0.0.1:8407/; s/rcc.example:/127.0.0.1:/" "$scratch/lines"
for port in 8406 8407 8408 8409; do
	sed -i "s/:$port\\b/:$(free_port)/g" "$scratch/lines"
done
mkdir "$scratch/etc" "$scratch/desk"
cp "$tree/systemd/rccd.conf" "$scratch/etc/rccd.conf"
sed -i "s|^#state_dir = .*|state_dir = \"$scratch/state\";|" "$scratch/etc/rccd.conf"

cat >"$scratch/roles.sh" <<'END'
sudo() { while [ "$1" = -u ]; do shift 2; done; case $1 in *=*) env "$@" ;; *) "$@" ;; esac; }
rccctl() { case $1 in -e) command rccctl "$@" ;; *) command rccctl --state-dir "$scratch/state" "$@" ;; esac; }
env() { local IFS=' '; echo "for real in tests/package/try.sh: $*"; }
apt-get() {
	local word
	for word in "$@"; do
		case $word in
		install | remove | purge | -y | rccd | ./rccd_\*.deb | ./rcc-clients_\*.deb | ./rcc-doc_\*.deb) ;;
		*) echo "apt-get: what is $word?" >&2 && return 1 ;;
		esac
	done
}
# There is no such user here; tests/package/try.sh has one.
chown() { [ "$1 $2" = '-R rccd:rccd' ] && [ -d "$3" ]; }
journalctl() { [ "$2" = rccd ] && cat "$scratch/rccd.log"; }
start() {
	local name options=()
	# What the page has not configured yet takes a port that nobody else has.
	for name in ships operations live; do
		grep -q "^[[:space:]]*$name = " "$scratch/etc/rccd.conf" || options+=("--$name" 'tcp://127.0.0.1:*')
	done
	: >"$scratch/serving"
	command rccd --config "$scratch/etc/rccd.conf" "${options[@]}" 2> >(tee -a "$scratch/rccd.log" >"$scratch/serving") &
	daemon=$!
	await 20 grep -qs '^serving' "$scratch/serving"
}
end() { kill "$daemon" && wait "$daemon"; }
systemctl() {
	[ "$2" = rccd ] && [ -f "$tree/systemd/$2.service" ] || return 1
	case $1 in
	start) start ;;
	stop) end ;;
	restart) end && start ;;
	reload) kill -HUP "$daemon" ;;
	status) kill -0 "$daemon" ;;
	*) return 1 ;;
	esac
}
# On board of a ship that has no settings yet.
rcc-crew() { case $1 in join) HOME=$scratch/boreas command rcc-crew "$@" ;; *) command rcc-crew "$@" ;; esac; }
# A ship is connected when the centre signs its record.
minute() { sleep 65; }
# A byte of an entry changes behind the daemon's back; it says so, and serves on.
damage() {
	end
	sqlite3 "$scratch/state/journal.db" "DROP TRIGGER entry_no_update; UPDATE entry SET payload = CAST(payload || X'00' AS BLOB) WHERE seq = 3"
	start
	rccctl status | grep -x 'degraded  *yes' >/dev/null || { echo "a damaged record is not told"; return 1; }
}
END
{
	echo 'set -euo pipefail'
	echo "scratch='$scratch'; tree='$tree'; PATH='$bin':\$PATH; cd '$scratch/desk'"
	sed -n '/^await()/,/^}/p' "$here/lib.sh"
	cat "$scratch/roles.sh"
	echo "trap 'kill \$(jobs -p) 2>/dev/null || true' EXIT"
	echo 'start'
	# The line that failed is the last that was told.
	while IFS= read -r line; do
		printf 'printf "> %%s\\n" %q\n%s\n' "$line" "$line"
	done <"$scratch/lines"
} >"$scratch/try.sh"
bash "$scratch/try.sh" >"$scratch/out.log" 2>&1 || { cat "$scratch/out.log"; fail "it does not run as $page says"; }

says() { grep -q -- "$1" "$scratch/out.log" || { cat "$scratch/out.log"; fail "\"$1\" is not in what it shows"; }; }
says 'the configuration is right'
says '^joined: MRCC EXAMPLE knows the key in'
says 'MRCC EXAMPLE'
says 'EXERCISE EXERCISE EXERCISE'
says 'MAYDAY RELAY'
says '^ok$'
says '^rccd_incidents_open '
says '^whole'
says 'damaged at entry 3'
says '^damaged'
[ "$(grep -c '^degraded  *no' "$scratch/out.log")" -ge 3 ] || fail "the centre does not serve at the end"
echo "operators_try: $(wc -l <"$scratch/lines") lines of $page run as they stand"
