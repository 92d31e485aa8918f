#!/bin/bash
# Every Cursor on Target event is read by an XML parser and by a TAK library, neither of them ours.
# Usage: read_cot.sh RENDER_CASE BUILD_DIR
set -euo pipefail
program=${1:?usage: read_cot.sh RENDER_CASE BUILD_DIR}
readers=${2:?}/readers
here=$(cd "$(dirname "$0")" && pwd)
command -v xmllint >/dev/null || { echo "skipped: no xmllint (libxml2-utils)"; exit 77; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
for stage in draft notice relay update places cancel; do
	"$program" "$stage" cot >"$scratch/$stage.xml"
	xmllint --noout "$scratch/$stage.xml"
done
[ -d "$readers/node_modules/@tak-ps/node-cot" ] || {
	echo "well-formed; skipped: no @tak-ps/node-cot in $readers (tests/run puts it there)"
	exit 77
}
node "$here/read_cot.mjs" "$readers" "$scratch"
