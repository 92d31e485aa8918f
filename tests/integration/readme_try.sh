#!/bin/bash
# "Try it by hand" of README.md, line by line as it stands there, but for the ports. Usage: readme_try.sh BIN_DIR TREE
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
bin=$(cd "${1:?usage: readme_try.sh BIN_DIR TREE}" && pwd)
tree=$(cd "${2:?usage: readme_try.sh BIN_DIR TREE}" && pwd)
# shellcheck source=tests/integration/lib.sh
. "$here/lib.sh"

awk '/^## / { inside = $0 == "## Try it by hand" } inside && /^    / { sub(/^    /, ""); print }' "$tree/README.md" >"$scratch/lines"
[ "$(wc -l <"$scratch/lines")" -gt 20 ] || fail "README.md has no lines to try"
for port in 18406 18407 18408; do
	sed -i "s/:$port\\b/:$(free_port)/g" "$scratch/lines"
done
# Where it was built, and a folder that is thrown away; whatever fails ends it, and so does the end.
sed -i -e "s|^export PATH=[^ ]*|export PATH=$bin:\$PATH|" -e "s|^cd \"\$(mktemp -d)\"|mkdir '$scratch/try'; cd '$scratch/try'|" "$scratch/lines"
{
	echo 'set -euo pipefail'
	echo "trap 'kill \$(jobs -p) 2>/dev/null || true' EXIT"
	cat "$scratch/lines"
} >"$scratch/try.sh"
bash "$scratch/try.sh" >"$scratch/out.log" 2>&1 || { cat "$scratch/out.log"; fail "it does not run as README.md says"; }
cp "$scratch/try/rccd.log" "$scratch/rccd.log"

says() { grep -q -- "$1" "$scratch/out.log" || { cat "$scratch/out.log"; fail "\"$1\" is not in what it shows"; }; }
says 'MAYDAY RELAY'
says 'OB01\|SOLAS V/33.1'
says '^untold .*MV AURORA'
says 'closed: rescued'
says 'signature\|signed'
says '^whole'
echo "readme_try: $(wc -l <"$scratch/lines") lines run as they stand, $(wc -l <"$scratch/out.log") lines of what they show"
