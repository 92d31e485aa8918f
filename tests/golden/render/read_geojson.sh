#!/bin/bash
# Every FeatureCollection is read by GDAL, and by jq, neither of them ours. Usage: read_geojson.sh RENDER_CASE BUILD_DIR
set -euo pipefail
program=${1:?usage: read_geojson.sh RENDER_CASE BUILD_DIR}
command -v ogrinfo >/dev/null || { echo "skipped: no ogrinfo (gdal-bin)"; exit 77; }
command -v jq >/dev/null || { echo "skipped: no jq"; exit 77; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
fail() {
	echo "FAILED: $1"
	exit 1
}
for stage in draft notice relay update places cancel; do
	"$program" "$stage" geojson >"$scratch/$stage.json"
	# RFC 7946: no other reference system, and nothing that is not a feature with properties.
	jq -e 'has("crs") | not' "$scratch/$stage.json" >/dev/null || fail "$stage: a reference system"
	jq -e '.type == "FeatureCollection" and all(.features[]; .type == "Feature" and has("geometry") and has("properties"))' \
		"$scratch/$stage.json" >/dev/null || fail "$stage: not a feature collection"
	# Longitude first, both on the globe.
	jq -e 'all(.features[] | select(.geometry != null) | .geometry.coordinates;
		length == 2 and .[0] >= -180 and .[0] <= 180 and .[1] >= -90 and .[1] <= 90)' \
		"$scratch/$stage.json" >/dev/null || fail "$stage: a position off the globe"
	ogrinfo -ro -al "$scratch/$stage.json" >"$scratch/$stage.txt" 2>"$scratch/$stage.err"
	[ ! -s "$scratch/$stage.err" ] || fail "$stage: $(cat "$scratch/$stage.err")"
done
grep -q 'Feature Count: 3' "$scratch/relay.txt" || fail "relay: not three features"
grep -q 'Feature Count: 7' "$scratch/places.txt" || fail "places: not a casualty, four places and two ships"
grep -q "name (String) = Sant'Àgata & <Figli>" "$scratch/relay.txt" || fail "relay: the name is not as it was typed"
grep -q 'POINT (12.6008333 35.2066667)' "$scratch/relay.txt" || fail "relay: not at the casualty's position"
grep -q 'WGS 84' "$scratch/relay.txt" || fail "relay: not in WGS 84"
echo "6 collections read by $(ogrinfo --version | cut -d, -f1) and jq"
