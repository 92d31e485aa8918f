#!/bin/bash
# Every CAP alert is read by an XML parser and by a CAP library, neither of them ours, and says there what it should.
# With RCC_CAP_XSD=CAP-v1.2.xsd, the schema that OASIS publishes, it is validated as well.
# Usage: read_cap.sh RENDER_CASE BUILD_DIR
set -euo pipefail
program=${1:?usage: read_cap.sh RENDER_CASE BUILD_DIR}
readers=${2:?}/readers
here=$(cd "$(dirname "$0")" && pwd)
command -v xmllint >/dev/null || { echo "skipped: no xmllint (libxml2-utils)"; exit 77; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
for stage in draft notice relay update places cancel; do
	"$program" "$stage" cap >"$scratch/$stage.xml"
	xmllint --noout "$scratch/$stage.xml"
	[ -z "${RCC_CAP_XSD:-}" ] || xmllint --noout --schema "$RCC_CAP_XSD" "$scratch/$stage.xml"
done
# Text comes out as it was typed, through another program's eyes.
description=$(xmllint --xpath 'string(//*[local-name()="description"])' "$scratch/relay.xml")
[[ $description == *"Sant'Àgata & <Figli>, MMSI 247999000"* ]] || { echo "FAILED: $description"; exit 1; }
[ -d "$readers/node_modules/@dec112/cap-ts" ] || {
	echo "well-formed; skipped: no @dec112/cap-ts in $readers (tests/run puts it there)"
	exit 77
}
node "$here/read_cap.mjs" "$readers" "$scratch"
