// What @tak-ps/node-cot, which checks each event against its own schema, makes of them. Usage: read_cot.mjs READERS FOLDER
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [readers, folder] = process.argv.slice(2);
const { default: CoT } = await import(pathToFileURL(`${readers}/node_modules/@tak-ps/node-cot/dist/index.js`));
const read = (stage) => new CoT(readFileSync(`${folder}/${stage}.xml`, 'utf8'));

for (const stage of ['draft', 'notice', 'relay', 'update', 'places', 'cancel']) {
	const feature = read(stage).to_geojson();
	assert.equal(feature.properties.callsign, "Sant'Àgata & <Figli>");
	assert.equal(feature.id, 'rccd.MRCC TEST.2026-0001');
	assert.equal(feature.geometry.type, 'Point');
}
const relay = read('relay').to_geojson();
assert.equal(relay.properties.type, 'b-a-o-tbl');
assert.deepEqual(relay.geometry.coordinates.slice(0, 2), [12.6008333, 35.2066667]);
assert.ok(relay.properties.stale > relay.properties.time);

// The end is stale at once; a missing craft is no emergency.
const cancel = read('cancel').to_geojson();
assert.equal(cancel.properties.type, 'b-a-o-can');
assert.equal(cancel.properties.stale, cancel.properties.time);
assert.equal(read('notice').to_geojson().properties.type, 'a-u-S-X-M');
assert.equal(read('notice').raw.event.detail.emergency, undefined);
assert.throws(() => new CoT(readFileSync(`${folder}/relay.xml`, 'utf8').replace(' lat=', ' lut=')));
console.log('6 events read by @tak-ps/node-cot');
