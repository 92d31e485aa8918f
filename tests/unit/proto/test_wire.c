/* Every body, command and event there and back; the same bytes as protobuf-c's own Envelope; failures leave no trace. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "proto/wire.h"
#include "proto/wire_scan.h"
#include "rcc.pb-c.h"
#include "support.h"

#define ROUNDS 60
#define ENTRY_ROUNDS 12

static struct rcc_envelope sent, got, again;
static struct rcc_entry entry_sent, entry_got;
static uint8_t bytes[RCC_PAYLOAD_MAX + 4096];
static uint8_t second[RCC_PAYLOAD_MAX + 4096];

static void
round_trip(uint32_t kind, struct test_random *random)
{
	struct rcc_wire_fault fault = {.field = ""};
	size_t len = 0;
	size_t second_len = 0;
	test_generate_envelope(kind, &sent, random);
	assert_null(test_envelope_invalid(&sent));
	assert_int_equal(rcc_wire_encode(&sent, bytes, sizeof bytes, &len), RCC_OK);
	assert_int_equal(rcc_wire_decode(bytes, len, &got, &fault), RCC_OK);
	assert_null(test_envelope_difference(&sent, &got));
	assert_null(test_envelope_invalid(&got));
	assert_int_equal(rcc_wire_encode(&got, second, sizeof second, &second_len), RCC_OK);
	assert_int_equal(second_len, len);
	assert_memory_equal(second, bytes, len);
}

static void
test_every_body_there_and_back(void **state)
{
	(void)state;
	struct test_random random = {.state = 1};
	uint32_t kinds = 0;
	for (uint32_t kind = 0; kind <= RCC_BODY_LAST; kind++) {
		if (!test_is_body(kind))
			continue;
		kinds++;
		for (int i = 0; i < ROUNDS; i++)
			round_trip(kind, &random);
	}
	assert_int_equal(kinds, 61);
}

static void
entry_round_trip(uint32_t command, uint32_t event, uint32_t max, struct test_random *random)
{
	size_t len = 0;
	size_t second_len = 0;
	test_generate_entry(&entry_sent, command, event, max, random);
	assert_int_equal(rcc_wire_encode_entry(&entry_sent, bytes, sizeof bytes, &len), RCC_OK);
	assert_int_equal(rcc_wire_decode_entry(bytes, len, &entry_got), RCC_OK);
	assert_null(test_difference(&rcc_map_payload, &entry_sent, &entry_got));
	assert_null(test_invalid(&rcc_map_payload, &entry_got));
	assert_int_equal(rcc_wire_encode_entry(&entry_got, second, sizeof second, &second_len), RCC_OK);
	assert_int_equal(second_len, len);
	assert_memory_equal(second, bytes, len);
}

static void
test_every_command_there_and_back(void **state)
{
	(void)state;
	struct test_random random = {.state = 2};
	for (uint32_t kind = 1; kind <= RCC_COMMAND_LAST; kind++) {
		for (int i = 0; i < ENTRY_ROUNDS; i++)
			entry_round_trip(kind, 0, 2, &random);
	}
}

static void
test_every_event_there_and_back(void **state)
{
	(void)state;
	struct test_random random = {.state = 3};
	for (uint32_t kind = 1; kind <= RCC_EVENT_LAST; kind++) {
		for (int i = 0; i < ENTRY_ROUNDS; i++)
			entry_round_trip(0, kind, 3, &random);
	}
}

/* An alert to every ship there can be: the largest entry that the core makes. */
static void
test_largest_entry_fits(void **state)
{
	(void)state;
	struct test_random random = {.state = 4};
	size_t len = 0;
	test_generate_entry(&entry_sent, RCC_COMMAND_ALERT, 0, 1, &random);
	entry_sent.cause.scene.count = RCC_SCENE_SHIPS_MAX;
	for (uint32_t i = 0; i < RCC_SCENE_SHIPS_MAX; i++) {
		struct rcc_scene_ship *ship = &entry_sent.cause.scene.ship[i];
		ship->mmsi.v = 200000000 + i * 10000;
		ship->pos.lat_e7 = (int32_t)test_random_between(&random, -RCC_LAT_E7_MAX, RCC_LAT_E7_MAX);
		ship->pos.lon_e7 = (int32_t)test_random_between(&random, -RCC_LON_E7_MAX, RCC_LON_E7_MAX);
		ship->sog_dkn = (uint32_t)test_random_between(&random, 0, 1022);
		ship->seen_at_ms = INT64_C(1800000000000) + test_random_between(&random, 0, 3600000);
	}
	entry_sent.event_count = 4 + RCC_PEERS_MAX / RCC_DELIVERY_ROWS_MAX;
	for (uint32_t e = 0; e < entry_sent.event_count; e++) {
		struct rcc_event *event = &entry_sent.event[e];
		memset(&event->u, 0, sizeof event->u);
		event->kind = RCC_EVENT_DELIVERIES_QUEUED;
		event->u.queued.broadcast.v = 1;
		event->u.queued.count = RCC_DELIVERY_ROWS_MAX;
		for (uint32_t i = 0; i < RCC_DELIVERY_ROWS_MAX; i++)
			event->u.queued.row[i] = (struct rcc_delivery_row){
			    .peer = {1 + e * RCC_DELIVERY_ROWS_MAX + i},
			    .number = 1000 + i,
			    .range_m = (uint32_t)test_random_between(&random, 0, 20000000),
			    .bearing_ddeg = 3599,
			    .eta_min = 100000,
			    .called_on = i % 2,
			};
	}
	assert_int_equal(rcc_wire_encode_entry(&entry_sent, bytes, sizeof bytes, &len), RCC_OK);
	assert_in_range(len, 300000, 700000);
	assert_int_equal(rcc_wire_decode_entry(bytes, len, &entry_got), RCC_OK);
	assert_null(test_difference(&rcc_map_payload, &entry_sent, &entry_got));
	/* And in an envelope, as subscribers and auditors get it. */
	struct rcc_wire_fault fault = {.field = ""};
	size_t envelope_len = 0;
	test_generate_envelope(RCC_BODY_ENTRY, &sent, &random);
	sent.u.entry.payload = bytes;
	sent.u.entry.payload_len = (uint32_t)len;
	assert_int_equal(rcc_wire_encode(&sent, second, sizeof second, &envelope_len), RCC_OK);
	assert_int_equal(rcc_wire_decode(second, envelope_len, &got, &fault), RCC_OK);
	assert_true(got.u.entry.payload >= second && got.u.entry.payload < second + envelope_len);
	assert_memory_equal(got.u.entry.payload, bytes, len);
}

static void
test_full_batch_is_small(void **state)
{
	(void)state;
	struct test_random random = {.state = 5};
	size_t len = 0;
	test_generate_envelope(RCC_BODY_POSITION_BATCH, &sent, &random);
	sent.u.positions.count = RCC_BATCH_MAX;
	for (uint32_t i = 0; i < RCC_BATCH_MAX; i++)
		sent.u.positions.report[i] = (struct rcc_report){
		    .mmsi = {200000000 + (uint32_t)test_random_between(&random, 0, 500000000)},
		    .pos = {.lat_e7 = 350000000 + (int32_t)i * 90001, .lon_e7 = 120000000 - (int32_t)i * 70001},
		    .at_ms = INT64_C(1800000000000) + i * 17,
		    .sog_dkn = i,
		    .cog_ddeg = i * 50,
		    .heading_deg = RCC_HEADING_UNKNOWN_DEG,
		    .nav_status = i % 16,
		    .message_type = 1 + i % 3,
		};
	assert_int_equal(rcc_wire_encode(&sent, bytes, sizeof bytes, &len), RCC_OK);
	assert_in_range(len, 900, 1600);
}

/* The contract says Envelope; we write its header by hand: protobuf-c must make and read the same bytes. */
static void
test_header_is_protobufs(void **state)
{
	(void)state;
	struct test_random random = {.state = 6};
	for (uint32_t kind = 0; kind <= RCC_BODY_LAST; kind++) {
		if (!test_is_body(kind))
			continue;
		size_t len = 0;
		test_generate_envelope(kind, &sent, &random);
		assert_int_equal(rcc_wire_encode(&sent, bytes, sizeof bytes, &len), RCC_OK);
		Rcc__V1__Envelope *envelope = rcc__v1__envelope__unpack(NULL, len, bytes);
		assert_non_null(envelope);
		assert_int_equal(envelope->protocol, 1);
		assert_int_equal(envelope->body_case, kind);
		assert_int_equal(envelope->claimed_at_ms, sent.claimed_at_ms);
		assert_int_equal(envelope->class_, sent.class);
		assert_int_equal(envelope->id.len, RCC_MSG_ID_SIZE);
		assert_memory_equal(envelope->id.data, sent.id.b, RCC_MSG_ID_SIZE);
		assert_int_equal(rcc__v1__envelope__get_packed_size(envelope), len);
		rcc__v1__envelope__pack(envelope, second);
		assert_memory_equal(second, bytes, len);
		rcc__v1__envelope__free_unpacked(envelope, NULL);
	}
}

/* Values of an alert as another program would write them with plain protobuf. */
static void
test_alert_made_by_protobuf(void **state)
{
	(void)state;
	uint8_t id[RCC_MSG_ID_SIZE] = {1, 2, 3};
	uint8_t raw[] = "$CDDSC,12,2320010000,00,05,00,1503601233,0312,,,S,E*24";
	char name[] = "MV Example";
	Rcc__V1__Pos pos;
	rcc__v1__pos__init(&pos);
	pos.lat_e7 = 352066667;
	pos.lon_e7 = -126008333;
	Rcc__V1__Alert alert;
	rcc__v1__alert__init(&alert);
	alert.source = RCC__V1__SOURCE__SOURCE_DSC;
	alert.class_ = RCC__V1__CLASS__CLASS_TEST;
	alert.casualty_mmsi = 232001000;
	alert.relay_mmsi = 2320001;
	alert.nature = RCC__V1__NATURE__NATURE_SINKING;
	alert.pos = &pos;
	alert.pos_at_ms = 1800000000123;
	alert.signal_at_ms = 1800000000999;
	alert.beacon_kind = RCC__V1__BEACON_KIND__BEACON_KIND_PLB;
	alert.pos_radius_m = 3704;
	alert.persons = 57;
	alert.marks = 17;
	alert.name = name;
	alert.raw.data = raw;
	alert.raw.len = sizeof raw - 1;
	Rcc__V1__Envelope envelope;
	rcc__v1__envelope__init(&envelope);
	envelope.protocol = 1;
	envelope.id.data = id;
	envelope.id.len = sizeof id;
	envelope.class_ = RCC__V1__CLASS__CLASS_LIVE;
	envelope.body_case = RCC__V1__ENVELOPE__BODY_ALERT;
	envelope.alert = &alert;
	size_t len = rcc__v1__envelope__pack(&envelope, bytes);
	struct rcc_wire_fault fault = {.field = ""};
	assert_int_equal(rcc_wire_decode(bytes, len, &got, &fault), RCC_OK);
	const struct rcc_alert *a = &got.u.alert;
	assert_int_equal(a->source, RCC_SOURCE_DSC);
	assert_int_equal(a->class, RCC_CLASS_TEST);
	assert_int_equal(a->casualty.v, 232001000);
	assert_int_equal(a->relay.v, 2320001);
	assert_int_equal(a->nature, RCC_NATURE_SINKING);
	assert_int_equal(a->pos.lat_e7, 352066667);
	assert_int_equal(a->pos.lon_e7, -126008333);
	assert_true(a->pos_at_ms == 1800000000123);
	assert_true(a->signal_at_ms == 1800000000999);
	assert_int_equal(a->beacon_kind, RCC_BEACON_PLB);
	assert_int_equal(a->pos_radius_m, 3704);
	assert_int_equal(a->persons, 57);
	assert_int_equal(a->marks, 17);
	assert_string_equal(a->name, "MV Example");
	assert_string_equal(a->callsign, "");
	assert_int_equal(a->raw_len, sizeof raw - 1);
	assert_memory_equal(a->raw, raw, sizeof raw - 1);
}

/* Columns as another program would write them: the first value, then differences; unknown columns left out. */
static void
test_batch_made_by_protobuf(void **state)
{
	(void)state;
	uint8_t id[RCC_MSG_ID_SIZE] = {1};
	uint32_t mmsi[] = {232001000, 970123456};
	int64_t lat[] = {900000000, -1800000000};
	int64_t lon[] = {-1800000000, 3600000000};
	int64_t at[] = {1800000000000, -250};
	Rcc__V1__PositionBatch batch;
	rcc__v1__position_batch__init(&batch);
	batch.n_mmsi = batch.n_lat_e7 = batch.n_lon_e7 = batch.n_at_ms = 2;
	batch.mmsi = mmsi;
	batch.lat_e7 = lat;
	batch.lon_e7 = lon;
	batch.at_ms = at;
	Rcc__V1__Envelope envelope;
	rcc__v1__envelope__init(&envelope);
	envelope.protocol = 1;
	envelope.id.data = id;
	envelope.id.len = sizeof id;
	envelope.class_ = RCC__V1__CLASS__CLASS_LIVE;
	envelope.body_case = RCC__V1__ENVELOPE__BODY_POSITION_BATCH;
	envelope.position_batch = &batch;
	size_t len = rcc__v1__envelope__pack(&envelope, bytes);
	struct rcc_wire_fault fault = {.field = ""};
	assert_int_equal(rcc_wire_decode(bytes, len, &got, &fault), RCC_OK);
	const struct rcc_report *report = got.u.positions.report;
	assert_int_equal(got.u.positions.count, 2);
	assert_int_equal(report[1].mmsi.v, 970123456);
	assert_int_equal(report[0].pos.lat_e7, 900000000);
	assert_int_equal(report[1].pos.lat_e7, -900000000);
	assert_int_equal(report[0].pos.lon_e7, -1800000000);
	assert_int_equal(report[1].pos.lon_e7, 1800000000);
	assert_true(report[1].at_ms == 1799999999750);
	assert_int_equal(report[1].sog_dkn, RCC_SOG_UNKNOWN_DKN);
	assert_int_equal(report[1].cog_ddeg, RCC_COG_UNKNOWN_DDEG);
	assert_int_equal(report[1].heading_deg, RCC_HEADING_UNKNOWN_DEG);
	assert_int_equal(report[1].nav_status, RCC_NAV_STATUS_UNKNOWN);
	assert_int_equal(report[1].message_type, 0);
}

static void
test_failure_leaves_outputs_alone(void **state)
{
	(void)state;
	struct test_random random = {.state = 7};
	size_t len = 0;
	struct rcc_wire_fault fault = {.field = "before", .body_kind = 4711};
	test_generate_envelope(RCC_BODY_ALERT, &sent, &random);
	sent.u.alert.nature = RCC_NATURE_FIRE;
	assert_int_equal(rcc_wire_encode(&sent, bytes, sizeof bytes, &len), RCC_OK);
	assert_int_equal(rcc_wire_decode(bytes, len, &got, &fault), RCC_OK);
	assert_string_equal(fault.field, "before");
	/* The last byte of a message belongs to its last field: one byte less cannot be read. */
	memcpy(&again, &got, sizeof got);
	assert_int_equal(rcc_wire_decode(bytes, len - 1, &got, &fault), RCC_E_MALFORMED);
	assert_memory_equal(&again, &got, sizeof got);
	assert_int_equal(fault.body_kind, RCC_BODY_ALERT);
	assert_true(fault.may_be_distress);
	assert_memory_equal(&fault.id, &sent.id, sizeof sent.id);
	/* Too small a buffer. */
	size_t untouched = 99;
	assert_int_equal(rcc_wire_encode(&sent, bytes, len - 1, &untouched), RCC_E_TOO_LARGE);
	assert_int_equal(untouched, 99);
	test_generate_entry(&entry_sent, 0, 0, 1, &random);
	assert_int_equal(rcc_wire_encode_entry(&entry_sent, bytes, sizeof bytes, &len), RCC_OK);
	assert_int_equal(rcc_wire_encode_entry(&entry_sent, bytes, len - 1, &untouched), RCC_E_TOO_LARGE);
	assert_int_equal(untouched, 99);
}

static void
test_encode_refuses_what_it_would_not_read(void **state)
{
	(void)state;
	struct test_random random = {.state = 8};
	size_t len = 0;
	test_generate_envelope(RCC_BODY_ALERT, &sent, &random);
	sent.u.alert.raw_len = RCC_RAW_MAX + 1;
	assert_int_equal(rcc_wire_encode(&sent, bytes, sizeof bytes, &len), RCC_E_RANGE);
	test_generate_envelope(RCC_BODY_ALERT, &sent, &random);
	memset(sent.u.alert.name, 'x', sizeof sent.u.alert.name);
	assert_int_equal(rcc_wire_encode(&sent, bytes, sizeof bytes, &len), RCC_E_RANGE);
	test_generate_envelope(RCC_BODY_ALERT, &sent, &random);
	sent.u.alert.pos = (struct rcc_pos){.lat_e7 = RCC_LAT_E7_MAX + 1, .lon_e7 = 0};
	assert_int_equal(rcc_wire_encode(&sent, bytes, sizeof bytes, &len), RCC_E_RANGE);
	test_generate_envelope(RCC_BODY_POSITION_BATCH, &sent, &random);
	sent.u.positions.count = RCC_BATCH_MAX + 1;
	assert_int_equal(rcc_wire_encode(&sent, bytes, sizeof bytes, &len), RCC_E_RANGE);
	sent.u.positions.count = 0;
	assert_int_equal(rcc_wire_encode(&sent, bytes, sizeof bytes, &len), RCC_E_RANGE);
	test_generate_envelope(RCC_BODY_STATIC_BATCH, &sent, &random);
	sent.u.statics.count = RCC_BATCH_MAX + 1;
	assert_int_equal(rcc_wire_encode(&sent, bytes, sizeof bytes, &len), RCC_E_RANGE);
	test_generate_envelope(RCC_BODY_ACCEPTED, &sent, &random);
	sent.u.accepted.is_signed = 2;
	assert_int_equal(rcc_wire_encode(&sent, bytes, sizeof bytes, &len), RCC_E_RANGE);
	test_generate_envelope(RCC_BODY_BEAT, &sent, &random);
	sent.protocol = RCC_PROTOCOL_MAX + 1;
	assert_int_equal(rcc_wire_encode(&sent, bytes, sizeof bytes, &len), RCC_E_RANGE);
	sent.protocol = RCC_PROTOCOL_MAX;
	uint32_t beyond = RCC_BODY_LAST + 1;
	sent.kind = (enum rcc_body_kind)beyond;
	assert_int_equal(rcc_wire_encode(&sent, bytes, sizeof bytes, &len), RCC_E_RANGE);
	/* The daemon may leave out its id; a client may not: it is what makes a repeat harmless. */
	sent.kind = RCC_BODY_BEAT;
	memset(&sent.id, 0, sizeof sent.id);
	assert_int_equal(rcc_wire_encode(&sent, bytes, sizeof bytes, &len), RCC_OK);
	test_generate_envelope(RCC_BODY_HELLO, &sent, &random);
	memset(&sent.id, 0, sizeof sent.id);
	assert_int_equal(rcc_wire_encode(&sent, bytes, sizeof bytes, &len), RCC_E_RANGE);
	test_generate_entry(&entry_sent, 0, 0, 1, &random);
	entry_sent.event_count = 0;
	assert_int_equal(rcc_wire_encode_entry(&entry_sent, bytes, sizeof bytes, &len), RCC_E_RANGE);
	entry_sent.event_count = RCC_EVENTS_MAX + 1;
	assert_int_equal(rcc_wire_encode_entry(&entry_sent, bytes, sizeof bytes, &len), RCC_E_RANGE);
	entry_sent.event_count = 1;
	beyond = RCC_EVENT_LAST + 1;
	entry_sent.event[0].kind = (enum rcc_event_kind)beyond;
	assert_int_equal(rcc_wire_encode_entry(&entry_sent, bytes, sizeof bytes, &len), RCC_E_RANGE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_every_body_there_and_back),
	    cmocka_unit_test(test_every_command_there_and_back),
	    cmocka_unit_test(test_every_event_there_and_back),
	    cmocka_unit_test(test_largest_entry_fits),
	    cmocka_unit_test(test_full_batch_is_small),
	    cmocka_unit_test(test_header_is_protobufs),
	    cmocka_unit_test(test_alert_made_by_protobuf),
	    cmocka_unit_test(test_batch_made_by_protobuf),
	    cmocka_unit_test(test_failure_leaves_outputs_alone),
	    cmocka_unit_test(test_encode_refuses_what_it_would_not_read),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
