// What @dec112/cap-ts makes of each alert. Usage: read_cap.mjs READERS FOLDER
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const [readers, folder] = process.argv.slice(2);
const { CAP_1_2 } = createRequire(`${readers}/`)('@dec112/cap-ts');
const read = async (stage) => CAP_1_2.Alert.fromXML(readFileSync(`${folder}/${stage}.xml`, 'utf8'));
const is = (value, name) => assert.equal(value, CAP_1_2[name], name);

// Times in UTC are written "-00:00" and never "Z" (CAP 1.2, 3.3.2); identifiers hold no blank, comma, < or & (3.2.1).
for (const stage of ['draft', 'notice', 'relay', 'update', 'places', 'cancel']) {
	const alert = await read(stage);
	const info = alert.info_list[0];
	assert.match(alert.sent, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d-00:00$/);
	assert.match(alert.identifier, /^[^\s,<&]+$/);
	assert.match(alert.sender, /^[^\s,<&]+$/);
	is(alert.scope, 'Alert_scope_public_');
	is(info.category_list[0], 'Alert_info_list_info_category_list_category_rescue');
	for (const circle of info.area_list[0].circle_list)
		assert.match(circle, /^-?\d+\.\d+,-?\d+\.\d+ \d+\.\d+$/);
}

const relay = await read('relay');
is(relay.status, 'Alert_status_actual');
is(relay.msgType, 'Alert_msgType_alert');
is(relay.info_list[0].urgency, 'Alert_info_list_info_urgency_immediate');
is(relay.info_list[0].severity, 'Alert_info_list_info_severity_extreme');
is(relay.info_list[0].responseType_list[0], 'Alert_info_list_info_responseType_list_responseType_execute');
// 3,000 m of uncertainty are 3 km.
assert.deepEqual(relay.info_list[0].area_list[0].circle_list, ['35.2066667,12.6008333 3.000']);

const update = await read('update');
is(update.msgType, 'Alert_msgType_update');
assert.equal(update.references, `MRCC-TEST,${relay.identifier},${relay.sent}`);

const places = await read('places');
const ring = places.info_list[0].area_list[0].polygon_list[0].split(' ');
assert.ok(ring.length >= 4);
assert.equal(ring[0], ring.at(-1));

const cancel = await read('cancel');
is(cancel.msgType, 'Alert_msgType_cancel');
is(cancel.info_list[0].responseType_list[0], 'Alert_info_list_info_responseType_list_responseType_allClear');
assert.equal(cancel.references.split(' ').length, 2);

// A notice asks for help and binds nobody: no duty, no distress in any word of it.
const notice = await read('notice');
is(notice.info_list[0].responseType_list[0], 'Alert_info_list_info_responseType_list_responseType_monitor');
assert.doesNotMatch(readFileSync(`${folder}/notice.xml`, 'utf8'), /distress|MAYDAY|SOLAS|Execute|Immediate/i);
assert.ok(notice.info_list[0].expires > notice.sent);
is((await read('draft')).status, 'Alert_status_draft');
console.log('6 alerts read by @dec112/cap-ts');
