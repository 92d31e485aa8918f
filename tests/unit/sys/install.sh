#!/bin/sh
# Installs into a folder of its own, under several prefixes, and follows the units to what they name.
# usage: install.sh BUILD_FOLDER
set -eu

build=$1
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT

fail() {
	echo "FAILED: $*" >&2
	exit 1
}

# word FILE KEY: the value of KEY=VALUE
word() { sed -n "s/^$2=//p" "$1"; }

for prefix in /usr /usr/local /opt/rescue; do
	stage=$root$prefix-stage
	mkdir -p "$stage"
	DESTDIR=$stage cmake --install "$build" --prefix "$prefix" >"$root/log" || fail "$(cat "$root/log")"
	for unit in rccd.service rcc-feed@.service; do
		file=$stage$prefix/lib/systemd/system/$unit
		[ -f "$file" ] || fail "$prefix: $unit is not installed"
		start=$(word "$file" ExecStart)
		[ -x "$stage${start%% *}" ] || fail "$prefix: $unit starts ${start%% *}, which is not there"
		for page in $(word "$file" Documentation); do
			case $page in
			man:*)
				section=${page#*\(}
				page=$prefix/share/man/man${section%\)}/$(echo "${page#man:}" | tr '(' . | tr -d ')').gz
				[ -e "$build/docs/man/rccd.8" ] || continue
				;;
			esac
			[ -f "$stage${page#file:}" ] || fail "$prefix: $unit names $page, which is not there"
		done
	done
	start=$(word "$stage$prefix/lib/systemd/system/rccd.service" ExecStart)
	config=${start##*--config }
	[ "$config" = /etc/rccd/rccd.conf ] || fail "$prefix: rccd reads $config"
	"$stage${start%% *}" --config "$stage$config" --check-config || fail "$prefix: the installed rccd.conf is not right"
	strange=$(find "$stage" -type f ! -path "$stage$prefix/*" ! -path "$stage/etc/rccd/*")
	[ -z "$strange" ] || fail "$prefix: outside the prefix and /etc/rccd: $strange"
	for name in rccctl rcc-feed rcc-crew rcc-replay rcc-sim; do
		[ -x "$stage$prefix/bin/$name" ] || fail "$prefix: $name is not installed"
		[ -s "$stage$prefix/share/bash-completion/completions/$name" ] || fail "$prefix: $name has no completion"
	done
	[ -f "$stage$prefix/share/doc/rccd/docs/programs.md" ] || fail "$prefix: the documents are not installed"
done

# An operator's settings outlive the next installation.
echo 'centre = "OURS";' >"$stage/etc/rccd/rccd.conf"
DESTDIR=$stage cmake --install "$build" --prefix "$prefix" >"$root/log" || fail "$(cat "$root/log")"
grep -q OURS "$stage/etc/rccd/rccd.conf" || fail "rccd.conf was overwritten"
echo "installed under /usr, /usr/local and /opt/rescue: every unit finds its program and its settings"
