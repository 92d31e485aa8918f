#!/bin/bash
# Builds the Debian packages and tries them in a clean Debian 12 of their own (debootstrap, chroot, no systemd running): install, a
# ship's message there and back, upgrade, remove, install again, purge. Takes root, a network and minutes, so it is no part of ctest.
#
# Usage: try.sh [FOLDER]     FOLDER keeps the release build, the packages and the base system (default: build/package)
# shellcheck disable=SC2016 # ${Package} and the like are dpkg's own
set -euo pipefail
tree=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mkdir -p "${1:-$tree/build/package}" && cd "${1:-$tree/build/package}" && pwd)
# shellcheck source=tests/integration/lib.sh
. "$tree/tests/integration/lib.sh"
[ "$EUID" -eq 0 ] || { echo "try.sh: run this as root" >&2; exit 1; }
for tool in debootstrap cpack dpkg-shlibdeps jq sqlite3 cmark-gfm; do
	command -v "$tool" >/dev/null || { echo "try.sh: $tool is not installed" >&2; exit 1; }
done

root=$scratch/root
# shellcheck disable=SC2317 # called by the trap
leave() {
	finish_pids
	umount "$root/proc" 2>/dev/null || true
	finish
}
trap leave EXIT
say() { printf '%4d s  %s\n' "$SECONDS" "$*"; }
inside() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 HOME=/root DEBIAN_FRONTEND=noninteractive "$@"; }
quietly() { "$@" >"$scratch/quiet.log" 2>&1 || fail "$*"; }
expect() { [ "$2" = "$3" ] || fail "$1: expected \"$2\", got \"$3\""; }
# modes EXPECTED PATH...: mode, owner and group of what is installed.
modes() { expect "$2" "$1" "$(inside stat -c '%a %U:%G' "$2")"; }
gone() { [ ! -e "$root$1" ] || fail "$1 is still there"; }
there() { [ -e "$root$1" ] || fail "$1 is not there"; }
apt() { quietly inside apt-get -y "$@"; }
purge() { quietly inside env "$@" dpkg --purge rccd; }
# guide PATTERN [FOLDER]: the command of docs/operators.md that begins so, as it stands there, typed in that folder.
guide() {
	local line
	line=$(sed -n "s/^    \\(sudo $1.*\\)/\\1/p" "$tree/docs/operators.md" | sed -n 1p)
	[ -n "$line" ] || fail "docs/operators.md has no $1"
	quietly inside bash -c 'sudo() { env "$@"; }; cd "$1"; eval "$2"' guide "${2:-/}" "$line"
}

# ---- packages ----

version=$(sed -nE 's/^project\(rccd VERSION ([0-9.]+).*/\1/p' "$tree/CMakeLists.txt")
later=${version%.*}.$((${version##*.} + 1))
say "a release build, and packages of $version and $later"
quietly cmake -S "$tree" -B "$work/release" -G Ninja -DCMAKE_BUILD_TYPE=RelWithDebInfo -DCMAKE_INSTALL_PREFIX=/usr
quietly cmake --build "$work/release" -j "${JOBS:-$(nproc)}" --target rccd rccctl rcc-crew rcc-feed rcc-replay rcc-sim rcc_man rcc_card rcc_catalogues rcc_changelog
for number in "$version" "$later"; do
	rm -rf "$work/debs-$number"
	quietly cpack --config "$work/release/CPackConfig.cmake" -G DEB -D CPACK_PACKAGE_VERSION="$number" -B "$work/debs-$number"
	rm -rf "$work/debs-$number/_CPack_Packages"
	expect "packages of $number" 3 "$(find "$work/debs-$number" -name '*.deb' | wc -l)"
done
for package in "$work/debs-$version"/*.deb; do
	say "$(dpkg-deb -f "$package" Package Version Architecture | sed 's/^[^:]*: //' | paste -sd' '): $(dpkg-deb -f "$package" Depends)"
done
if command -v lintian >/dev/null; then
	lintian --allow-root --fail-on error "$work/debs-$version"/*.deb >"$scratch/lintian.log" 2>&1 || fail "lintian"
	say "lintian: no error, $(grep -c '^W:' "$scratch/lintian.log" || true) warnings"
fi

# ---- a clean Debian 12 ----

base=$work/bookworm.tar
if [ -z "$(find "$base" -mtime -7 2>/dev/null)" ]; then
	say "a clean Debian 12, by debootstrap"
	quietly debootstrap --variant=minbase bookworm "$scratch/base" "${RCC_MIRROR:-http://deb.debian.org/debian}"
	tar -C "$scratch/base" -cf "$base.new" . && mv "$base.new" "$base"
	rm -rf "$scratch/base"
fi
mkdir "$root"
tar -C "$root" -xf "$base"
mount -t proc proc "$root/proc"
cp /etc/resolv.conf "$root/etc/resolv.conf"
for number in "$version" "$later"; do
	mkdir -p "$root/debs/$number"
	cp "$work/debs-$number"/*.deb "$root/debs/$number/"
done
printf 'APT::Install-Recommends "false";\nAPT::Sandbox::User "root";\n' >"$root/etc/apt/apt.conf.d/90try"
apt update

# install VERSION: rccd, clients and documents of that version.
install() { guide 'apt-get install' "/debs/$1"; }
install "$version"
say "installed: $(inside dpkg-query -W -f '${Package} ${Version} ${Status}; ' rccd rcc-clients rcc-doc)"
modes '755 root:root' /usr/sbin/rccd
modes '755 root:root' /usr/bin/rccctl
modes '644 root:root' /etc/rccd/rccd.conf
modes '644 root:root' /usr/lib/systemd/system/rccd.service
modes '700 rccd:rccd' /var/lib/rccd
modes '700 rcc-feed:rcc-feed' /var/lib/rcc-feed
for page in man8/rccd.8 man5/rccd.conf.5 man5/rcc-journal.5 man7/rcc-protocol.7 man1/rccctl.1 man1/rcc-crew.1; do
	# A small system leaves manual pages out (dpkg.cfg.d); the package has them.
	inside dpkg -L rccd rcc-clients | tells -x "/usr/share/man/$page.gz" || fail "no $page"
done
there /usr/share/bash-completion/completions/rccctl
inside dpkg -L rcc-clients | tells -x /usr/share/locale/fr/LC_MESSAGES/rccd.mo || fail "no French"
expect "what is a conffile" /etc/rccd/rccd.conf "$(inside dpkg-query -W -f '${Conffiles}' rccd | awk 'NF { print $1 }')"
quietly inside rccd --config /etc/rccd/rccd.conf --check-config
[ -z "$(find /proc/[0-9]*/root -maxdepth 0 -lname "$root" 2>/dev/null)" ] || fail "something was started without systemd"

# ---- as the unit starts it, but in the foreground ----

ships=tcp://127.0.0.1:$(free_port)
operations=tcp://127.0.0.1:$(free_port)
live=tcp://127.0.0.1:$(free_port)
start() {
	inside install -d -o rccd -g rccd -m 750 /run/rccd
	: >"$scratch/rccd.log"
	chroot --userspec=rccd:rccd "$root" env -i PATH=/usr/bin RUNTIME_DIRECTORY=/run/rccd /usr/sbin/rccd --config /etc/rccd/rccd.conf \
		--ships "$ships" --operations "$operations" --live "$live" 2>>"$scratch/rccd.log" &
	rccd_pid=$!
	pids+=("$rccd_pid")
	await 20 has_line '^serving' "$scratch/rccd.log" || fail "rccd does not serve"
	expect "who runs it" rccd "$(inside stat -c %U "/proc/$rccd_pid")"
}
stop() {
	kill "$rccd_pid"
	wait "$rccd_pid" || fail "rccd ended with $?"
	pids=()
}
ctl() { inside rccctl "$@" 2>>"$scratch/ctl.log" || fail "rccctl $*"; }
crew() { inside rcc-crew --to "$ships" --server-key /root/centre.pub --key "/root/$1.key" --link shore --name "$1" "${@:2}" 2>>"$scratch/crew.log"; }
ship() { crew "$@" || fail "$*"; }
verify() { inside rcc-replay verify /var/lib/rccd "$@" >"$scratch/verify.log" 2>&1 || fail "the record does not verify"; }
whole() { sed -n 1p "$scratch/verify.log"; }

start
ctl status | tells '^centre  *RCC' || fail "rccctl status does not tell the centre"
modes '600 rccd:rccd' /var/lib/rccd/sign.key
ctl server-key >"$root/root/centre.pub"
enrol() {
	ship "$1" key >"$root/root/$1.pub"
	ctl enrol "$1" --role vessel --owner merchant --mmsi "$2" --key "/root/$1.pub" >/dev/null
}
# The guide alone, as it stands there, with what was installed: a ship is enrolled, a drill held, the record verified.
drill=$(sed -n '/^    rcc-crew --key aurora.key key/,/^    rccctl enrol "MV AURORA"/s/^    //p; /^    aurora() /,/^    rccctl close .*drill ends/s/^    //p' "$tree/docs/operators.md" |
	sed "s|tcp://rcc.example:8406|$ships|; s/2026-/$(date -u +%Y)-/")
for line in 'enrol "MV AURORA"' 'drill join' 'wait alert' 'deliveries' 'close'; do
	grep -q "$line" <<<"$drill" || fail "docs/operators.md has no $line in its drill"
done
inside bash -euc "cd /root; $drill" >"$scratch/drill.log" 2>&1 || fail "the drill of the guide: $(cat "$scratch/drill.log")"
for line in 'EXERCISE EXERCISE EXERCISE' 'MV AURORA.*proceeding'; do
	grep -q "$line" "$scratch/drill.log" || fail "\"$line\" is not in the drill of the guide: $(cat "$scratch/drill.log")"
done
verify
say "the guide's ship enrolled, its drill held: $(whole)"
enrol CALYPSO 247999888
enrol BOREAS 247320100
ship BOREAS --mmsi 247320100 distress --yes --pos '35-12.40N 012-36.05E' --nature fire --persons 9 >/dev/null
ship CALYPSO wait alert 20 | tells 'MAYDAY RELAY' || fail "CALYPSO does not hear it"
ship CALYPSO answer latest proceeding --eta 95min >/dev/null
ctl deliveries 2 | tells 'CALYPSO.*proceeding' || fail "the answer is not in the ledger"
say "rccd serves as user rccd; a distress went out, and an answer came back"
# What a ship keeps of the record, before anything else happens to it: the centre signs after a minute with news.
for _ in 1 2 3 4 5 6 7 8 9; do
	crew CALYPSO wait alert 10 >/dev/null || true
	! crew CALYPSO witness >"$root/root/witness.txt" || break
done
[ -s "$root/root/witness.txt" ] || fail "CALYPSO has no checkpoint"
number=$(ctl --json incidents | jq -r "select(.mode == \"live\") | .incident")
stop
verify
before=$(inside rcc-replay --json verify /var/lib/rccd | jq -r .entries)
say "the record: $(whole)"

# ---- upgrade ----

echo 'centre = "OURS";' >>"$root/etc/rccd/rccd.conf"
# As an older version made it: tables for people that this one has otherwise.
sqlite3 "$root/var/lib/rccd/journal.db" "DROP TABLE plan; ALTER TABLE peer DROP COLUMN flood_at_ms; CREATE TABLE older(x)"
install "$later"
expect "version" "$later" "$(inside dpkg-query -W -f '${Version}' rccd)"
tail -n 1 "$root/etc/rccd/rccd.conf" | tells OURS || fail "the settings were overwritten"
# still_there WHAT: the case and every entry before are in the record that this start goes on with.
still_there() {
	start
	expect "$1: the case" "$number" "$(ctl --json incidents | jq -r "select(.mode == \"live\") | .incident")"
	expect "$1: settings" OURS "$(ctl --json status | jq -r .centre)"
	stop
	verify --witness /root/witness.txt
	local now
	now=$(inside rcc-replay --json verify /var/lib/rccd | jq -r .entries)
	[ "$now" -gt "$before" ] || fail "$1: $now entries, there were $before"
	before=$now
	say "$1: $(whole)"
}
# Bytes 60 to 63 of an SQLite file: its user version.
expect "format of the record" 00000001 "$(od -An -tx1 -j60 -N4 "$root/var/lib/rccd/journal.db" | tr -d ' ')"
still_there "upgraded to $later (the record's format is 1, as before)"
tables() { sqlite3 "$root/var/lib/rccd/journal.db" "SELECT group_concat(name, ' ') FROM (SELECT name FROM sqlite_schema WHERE name IN ('plan', 'older') ORDER BY name)"; }
expect "tables after the upgrade" plan "$(tables)"
say "the tables for people were made again from the entries"

# ---- remove, install again ----

guide 'apt-get remove'
gone /usr/sbin/rccd
there /var/lib/rccd/journal.db
there /etc/rccd/rccd.conf
say "removed: the record and the settings are kept"
install "$later"
still_there "installed again"

# ---- purge ----

apt purge rccd
there /var/lib/rccd/journal.db
there /var/lib/rccd/sealed.db
gone /etc/rccd/rccd.conf
grep -q 'the records are kept' "$scratch/quiet.log" || fail "purge does not say that it keeps the records"
say "purged, and nobody answered: $(grep 'are kept' "$scratch/quiet.log")"
install "$later"
echo no | purge DEBIAN_FRONTEND=teletype
there /var/lib/rccd/journal.db
grep -q 'Delete the records' "$scratch/quiet.log" || fail "purge did not ask"
say "purged with the answer no: the record is kept"
install "$later"
verify --witness /root/witness.txt
echo yes | purge DEBIAN_FRONTEND=teletype
gone /var/lib/rccd
say "purged with the answer yes: the record is deleted"
install "$later"
start
stop
there /var/lib/rccd/journal.db
purge RCCD_PURGE_RECORDS=maybe
there /var/lib/rccd/journal.db
install "$later"
guide 'RCCD_PURGE_RECORDS=yes'
gone /var/lib/rccd
say "purged with RCCD_PURGE_RECORDS=yes: the record is deleted"
apt purge rcc-clients rcc-doc
gone /usr/bin/rccctl
gone /usr/share/doc/rccd
say "package: everything as it should be"
