#!/bin/sh
# Holds the units against their aim: exposure 1.5 or less, correct syntax, users that can be made. 77 = no systemd here.
# usage: systemd_units.sh SYSTEMD_FOLDER
set -eu

folder=$1
exposure_max=15 # tenths

command -v systemd-analyze >/dev/null && command -v systemd-sysusers >/dev/null || exit 77

for unit in rccd.service rcc-feed@.service; do
	table=$(systemd-analyze security --offline=true --no-pager --threshold=$exposure_max "$folder/$unit") || {
		echo "$table" >&2
		exit 1
	}
	echo "$table" | tail -n 1
	for setting in Type=notify WatchdogSec= Restart=always StateDirectory= LimitCORE=0; do
		grep -q "^$setting" "$folder/$unit" || {
			echo "$unit: $setting is missing" >&2
			exit 1
		}
	done
	[ "$unit" = rccd.service ] || ! grep -q '^ExecReload=' "$folder/$unit" || {
		echo "$unit: promises a reload that does not exist" >&2
		exit 1
	}
	# every line is known to systemd; that the program is not installed here is no fault of the unit
	faults=$(systemd-analyze verify --man=no --recursive-errors=no "$folder/$unit" 2>&1 | grep -F "$unit" |
		grep -v "is not executable" || true)
	[ -z "$faults" ] || {
		echo "$faults" >&2
		exit 1
	}
done

for user in rccd rcc-feed; do
	users=$(systemd-sysusers --dry-run "$folder/$user.sysusers" 2>&1)
	echo "$users"
	id "$user" >/dev/null 2>&1 || echo "$users" | grep -q "Creating user '$user'" || {
		echo "$user.sysusers does not make $user" >&2
		exit 1
	}
	grep -q "^d /var/lib/$user 0700 $user $user -\$" "$folder/$user.tmpfiles" || {
		echo "$user.tmpfiles does not make /var/lib/$user for $user alone" >&2
		exit 1
	}
done
