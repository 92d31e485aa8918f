#!/bin/sh
# The template holds the sentences of the sources, and each translation has all that a crew may see. Usage: po.sh TREE
# Exit 77 (skipped) without gettext.
set -eu
cd "${1:?usage: po.sh TREE}"
for tool in xgettext msgmerge msgfmt msgattrib; do
	command -v $tool >/dev/null || { echo "po: gettext is not installed"; exit 77; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bad=0
count=0

mkdir "$work/tree"
cp -R po clients include "$work/tree/"
"$work/tree/po/update" >/dev/null
cmp -s po/rccd.pot "$work/tree/po/rccd.pot" || { echo "po: po/rccd.pot is not what po/update makes of the sources: run it"; bad=1; }
for translation in po/*.po; do
	[ -e "$translation" ] || continue
	count=$((count + 1))
	# A %s too many or too few would crash at sea.
	msgfmt --check --output-file=/dev/null "$translation" || bad=1
	# What crews, officers and auditors read.
	msgattrib --no-wrap --only-fuzzy "$work/tree/$translation" >"$work/open"
	msgattrib --no-wrap --untranslated "$work/tree/$translation" >>"$work/open"
	awk -v file="$translation" '
		/^msgid / && !/^msgid ""$/ { print "po: " file " lacks " substr($0, 7); bad = 1 }
		END { exit bad }' "$work/open" || bad=1
done
[ "$count" -gt 0 ] || { echo "po: nothing was checked" >&2; exit 2; }
[ $bad -eq 0 ] && echo "po: $(grep -c '^msgid' po/rccd.pot) sentences, $count translation complete"
exit $bad
