/*
 * Every bound, just inside and just outside: the value is changed in protobuf-c's struct, packed, and must be refused
 * under its dotted name. Driven by the tables; a list of literal bounds below keeps the tables themselves honest.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "proto/wire.h"
#include "proto/wire_scan.h"
#include "rcc.pb-c.h"
#include "support.h"

#define LONG_TEXT 2048

static struct rcc_envelope made, got;
static uint8_t bytes[RCC_PAYLOAD_MAX + 4096];
static uint8_t body_bytes[RCC_PAYLOAD_MAX + 4096];
static struct test_random rng;

/* Wraps a packed body in an envelope and decodes it. */
static enum rcc_status
decode_body(uint32_t kind, const uint8_t *body, size_t body_len, struct rcc_wire_fault *ret_fault)
{
	static const uint8_t id[RCC_MSG_ID_SIZE] = {9};
	uint8_t *at = bytes;
	rcc_scan_put_tag(&at, 1, RCC_WIRE_VARINT);
	rcc_scan_put_varint(&at, 1);
	rcc_scan_put_bytes(&at, 2, id, sizeof id);
	rcc_scan_put_tag(&at, 5, RCC_WIRE_VARINT);
	rcc_scan_put_varint(&at, 1);
	rcc_scan_put_bytes(&at, kind, body, body_len);
	return rcc_wire_decode(bytes, (size_t)(at - bytes), &got, ret_fault);
}

/* A row under test: the way down to its struct inside a body, one SUB or REPEATED row at most. */
struct place {
	uint32_t kind;
	const struct rcc_map_row *via; /* NULL = the body itself */
	const struct rcc_map_row *row;
	ProtobufCMessage *top;
	uint8_t *message; /* struct that holds the row's field */
};

/* A body whose list may be empty, and is, has no row to try: another is made. */
#define BODIES_MAX 1000

static void
generate(const struct place *place)
{
	uint32_t count = 0;
	for (int i = 0; i < BODIES_MAX && count == 0; i++) {
		test_generate_envelope(place->kind, &made, &rng);
		if (place->via == NULL || place->via->kind != RCC_MAP_REPEATED)
			return;
		memcpy(&count, (const uint8_t *)&made.u + place->via->own_count, sizeof count);
	}
	assert_true(count > 0);
}

/* Builds a fresh valid body. */
static void
place_make(struct place *place)
{
	const struct rcc_map *map = rcc_wire_bodies[place->kind].map;
	struct rcc_arena arena = rcc_arena_open(RCC_UNPACK_ENTRY_ARENA_MAX);
	struct rcc_map_fault fault = {.field = ""};
	generate(place);
	assert_int_equal(rcc_map_build(map, &made.u, &arena, &place->top, &fault), RCC_OK);
	place->message = (uint8_t *)place->top;
	if (place->via != NULL)
		memcpy(&place->message, place->message + place->via->pb, sizeof place->message);
	if (place->via == NULL || place->via->kind != RCC_MAP_REPEATED)
		return;
	/* A list of pointers: the first message in it. */
	const uint8_t *list = place->message;
	memcpy(&place->message, list, sizeof(void *));
}

static void
expect(struct place *place, const char *field, enum rcc_refusal reason)
{
	char name[RCC_FIELD_MAX + 1];
	struct rcc_wire_fault fault = {.field = ""};
	size_t len = protobuf_c_message_pack(place->top, body_bytes);
	enum rcc_status status = decode_body(place->kind, body_bytes, len, &fault);
	if (reason == 0) {
		if (status != RCC_OK)
			print_error("%s.%s: refused at its bound\n", rcc_wire_bodies[place->kind].name, field);
		assert_int_equal(status, RCC_OK);
		return;
	}
	snprintf(name, sizeof name, "%s%s%s.%s", rcc_wire_bodies[place->kind].name, place->via != NULL ? "." : "",
	         place->via != NULL ? place->via->name : "", field);
	if (status == RCC_OK)
		print_error("%s was taken\n", name);
	assert_int_equal(status, rcc_map_status(reason));
	assert_string_equal(fault.field, name);
	assert_int_equal(fault.reason, reason);
	assert_int_equal(fault.body_kind, place->kind);
}

static const enum rcc_refusal taken = (enum rcc_refusal)0;

static void
try_u32(struct place *place, int64_t value, bool is_optional, enum rcc_refusal reason)
{
	if (value < 0 || value > UINT32_MAX)
		return;
	uint32_t narrow = (uint32_t)value;
	place_make(place);
	memcpy(place->message + place->row->pb, &narrow, sizeof narrow);
	if (is_optional)
		memcpy(place->message + place->row->pb_count, &place->row->number, sizeof narrow);
	/* A bool above 1 packs as 1: the row cannot be broken that way. */
	if (narrow > 1 && place->row->max == 1 && place->row->min == 0)
		return;
	expect(place, place->row->name, reason);
}

static void
try_i64(struct place *place, int64_t value, enum rcc_refusal reason)
{
	place_make(place);
	memcpy(place->message + place->row->pb, &value, sizeof value);
	expect(place, place->row->name, reason);
}

static void
try_text(struct place *place, const char *text, enum rcc_refusal reason)
{
	place_make(place);
	memcpy(place->message + place->row->pb, &text, sizeof text);
	expect(place, place->row->name, reason);
}

static void
text_bounds(struct place *place)
{
	char text[LONG_TEXT] = {0};
	size_t max = place->row->own_size - 1;
	memset(text, 'x', max);
	try_text(place, text, taken);
	text[max] = 'x';
	try_text(place, text, RCC_REFUSAL_TOO_LARGE);
	try_text(place, "line\nbreak", place->row->own_size > 10 ? RCC_REFUSAL_MALFORMED : RCC_REFUSAL_TOO_LARGE);
	try_text(place, "\xff", RCC_REFUSAL_MALFORMED);
	try_text(place, "", place->row->min == 0 ? taken : RCC_REFUSAL_RANGE);
}

static void
try_binary(struct place *place, size_t len, enum rcc_refusal reason)
{
	static uint8_t data[RCC_PAYLOAD_MAX + 1];
	ProtobufCBinaryData binary = {.len = len, .data = data};
	place_make(place);
	memcpy(place->message + place->row->pb, &binary, sizeof binary);
	expect(place, place->row->name, reason);
}

static void
binary_bounds(struct place *place)
{
	const struct rcc_map_row *row = place->row;
	if (row->kind == RCC_MAP_BYTES || row->kind == RCC_MAP_FLAGGED) {
		try_binary(place, row->own_size, taken);
		try_binary(place, row->own_size - 1, RCC_REFUSAL_MALFORMED);
		try_binary(place, row->own_size + 1, RCC_REFUSAL_MALFORMED);
		try_binary(place, 0, row->min == 0 ? taken : RCC_REFUSAL_RANGE);
		return;
	}
	try_binary(place, (size_t)row->max, taken);
	try_binary(place, (size_t)row->max + 1, RCC_REFUSAL_TOO_LARGE);
	try_binary(place, 0, row->min == 0 ? taken : RCC_REFUSAL_RANGE);
}

static void
try_pos(struct place *place, int32_t lat_e7, int32_t lon_e7, enum rcc_refusal reason)
{
	Rcc__V1__Pos pos;
	Rcc__V1__Pos *pointer = &pos;
	rcc__v1__pos__init(&pos);
	pos.lat_e7 = lat_e7;
	pos.lon_e7 = lon_e7;
	place_make(place);
	memcpy(place->message + place->row->pb, &pointer, sizeof pointer);
	expect(place, place->row->name, reason);
}

static void
pos_bounds(struct place *place)
{
	void *none = NULL;
	try_pos(place, RCC_LAT_E7_MAX, RCC_LON_E7_MAX, taken);
	try_pos(place, -RCC_LAT_E7_MAX, -RCC_LON_E7_MAX, taken);
	try_pos(place, RCC_LAT_E7_MAX + 1, 0, RCC_REFUSAL_RANGE);
	try_pos(place, -RCC_LAT_E7_MAX - 1, 0, RCC_REFUSAL_RANGE);
	try_pos(place, 0, RCC_LON_E7_MAX + 1, RCC_REFUSAL_RANGE);
	try_pos(place, 0, -RCC_LON_E7_MAX - 1, RCC_REFUSAL_RANGE);
	try_pos(place, RCC_POS_UNKNOWN_E7, RCC_POS_UNKNOWN_E7, RCC_REFUSAL_RANGE);
	place_make(place);
	memcpy(place->message + place->row->pb, &none, sizeof none);
	expect(place, place->row->name, place->row->min == 0 ? taken : RCC_REFUSAL_RANGE);
}

/* Every row has the same value in the column, in whatever way the column tells it. */
static void
try_column(struct place *place, const struct rcc_column *column, int64_t value, size_t extra, enum rcc_refusal reason)
{
	int64_t wide[RCC_BATCH_MAX + 2] = {value};
	uint32_t narrow[RCC_BATCH_MAX + 2] = {0};
	size_t count = 0;
	place_make(place);
	memcpy(&count, place->message + place->row->u.column[0].pb_count, sizeof count);
	count += extra;
	for (size_t i = 0; i < count; i++)
		narrow[i] = (uint32_t)value;
	void *cell = column->kind == RCC_COLUMN_PLAIN ? (void *)narrow : (void *)wide;
	memcpy(place->message + column->pb, &cell, sizeof cell);
	memcpy(place->message + column->pb_count, &count, sizeof count);
	expect(place, column->name, reason);
}

static void
column_bounds(struct place *place)
{
	for (uint32_t c = 0; c < place->row->number; c++) {
		const struct rcc_column *column = &place->row->u.column[c];
		bool is_plain = column->kind == RCC_COLUMN_PLAIN;
		try_column(place, column, column->min, 0, taken);
		try_column(place, column, column->max, 0, taken);
		bool is_mark = column->has_unknown && column->unknown == column->max + 1;
		try_column(place, column, column->max + (is_mark ? 2 : 1), 0, RCC_REFUSAL_RANGE);
		if (!is_plain || column->min > 0)
			try_column(place, column, column->min - 1, 0, RCC_REFUSAL_RANGE);
		/* One cell more than the others; for the first column that is one cell less of the second. */
		if (c > 0)
			try_column(place, column, column->min, 1, RCC_REFUSAL_MALFORMED);
	}
}

static void
row_bounds(struct place *place)
{
	const struct rcc_map_row *row = place->row;
	bool is_optional = row->kind == RCC_MAP_OPTIONAL;
	switch (row->kind) {
	case RCC_MAP_U32:
	case RCC_MAP_OPTIONAL:
		try_u32(place, row->min, is_optional, taken);
		try_u32(place, row->max, is_optional, taken);
		try_u32(place, row->min - 1, is_optional, RCC_REFUSAL_RANGE);
		try_u32(place, row->max + (is_optional && row->unknown == row->max + 1 ? 2 : 1), is_optional,
		        RCC_REFUSAL_RANGE);
		if (is_optional)
			try_u32(place, row->unknown, true, taken);
		return;
	case RCC_MAP_I64:
		try_i64(place, row->min, taken);
		try_i64(place, row->max, taken);
		try_i64(place, row->min - 1, RCC_REFUSAL_RANGE);
		try_i64(place, (int64_t)((uint64_t)row->max + 1), RCC_REFUSAL_RANGE);
		return;
	case RCC_MAP_TEXT:
		text_bounds(place);
		return;
	case RCC_MAP_BYTES:
	case RCC_MAP_FLAGGED:
	case RCC_MAP_COUNTED:
	case RCC_MAP_BORROWED:
		binary_bounds(place);
		return;
	case RCC_MAP_POS:
		pos_bounds(place);
		return;
	case RCC_MAP_COLUMNS:
		column_bounds(place);
		return;
	case RCC_MAP_BITS:
	case RCC_MAP_SUB:
	case RCC_MAP_REPEATED:
	case RCC_MAP_ONEOF:
		return;
	}
}

static void
test_every_bound_of_every_body(void **state)
{
	(void)state;
	rng.state = 21;
	uint32_t tried = 0;
	for (uint32_t kind = 0; kind <= RCC_BODY_LAST; kind++) {
		if (!test_is_body(kind))
			continue;
		const struct rcc_map *map = rcc_wire_bodies[kind].map;
		for (uint32_t r = 0; r < map->rows; r++, tried++) {
			const struct rcc_map_row *row = &map->row[r];
			struct place place = {.kind = kind, .row = row};
			row_bounds(&place);
			bool is_way = row->kind == RCC_MAP_SUB || row->kind == RCC_MAP_REPEATED;
			for (uint32_t s = 0; is_way && s < row->u.sub->rows; s++, tried++) {
				struct place inner = {.kind = kind, .via = row, .row = &row->u.sub->row[s]};
				row_bounds(&inner);
			}
		}
	}
	assert_in_range(tried, 300, 600);
}

/* ---- literal bounds, written down a second time ---- */

struct literal {
	uint32_t kind;
	uint32_t number; /* of a varint field in the body */
	uint64_t good, bad;
	const char *field;
};

static void
test_literal_bounds(void **state)
{
	(void)state;
	static const struct literal literals[] = {
	    {RCC_BODY_POSITION, 1, 999999999, 1000000000, "position.mmsi"},
	    {RCC_BODY_POSITION, 3, 253402300799999, 253402300800000, "position.at_ms"},
	    {RCC_BODY_POSITION, 4, 1023, 1024, "position.sog_dkn"},
	    {RCC_BODY_POSITION, 5, 3600, 3601, "position.cog_ddeg"},
	    {RCC_BODY_POSITION, 6, 359, 360, "position.heading_deg"},
	    {RCC_BODY_POSITION, 6, 511, 512, "position.heading_deg"},
	    {RCC_BODY_POSITION, 7, 15, 16, "position.nav_status"},
	    {RCC_BODY_POSITION, 8, 27, 28, "position.message_type"},
	    {RCC_BODY_ALERT, 1, 10, 11, "alert.source"},
	    {RCC_BODY_ALERT, 1, 1, 0, "alert.source"},
	    {RCC_BODY_ALERT, 2, 3, 4, "alert.class"},
	    {RCC_BODY_ALERT, 2, 1, 0, "alert.class"},
	    {RCC_BODY_ALERT, 3, 999999999, 1000000000, "alert.casualty_mmsi"},
	    {RCC_BODY_ALERT, 4, 0, 1000000000, "alert.relay_mmsi"},
	    {RCC_BODY_ALERT, 5, 12, 13, "alert.nature"},
	    {RCC_BODY_ALERT, 10, 65535, 65536, "alert.marks"},
	    {RCC_BODY_ALERT, 22, 253402300799999, 253402300800000, "alert.signal_at_ms"},
	    {RCC_BODY_ALERT, 23, 3, 4, "alert.beacon_kind"},
	    {RCC_BODY_STORED, 1, 1, 0, "stored.number"},
	    {RCC_BODY_ANSWER, 1, 1, 0, "answer.incident"},
	    {RCC_BODY_ANSWER, 3, 5, 6, "answer.kind"},
	    {RCC_BODY_ANSWER, 4, 8, 9, "answer.reason"},
	    {RCC_BODY_ENROL, 2, 8, 9, "enrol.role"},
	    {RCC_BODY_ENROL, 2, 2, 1, "enrol.role"},
	    {RCC_BODY_ENROL, 4, 5, 6, "enrol.owner"},
	    {RCC_BODY_RELAY, 2, 3, 4, "relay.action"},
	    {RCC_BODY_CLOSE, 2, 5, 6, "close.outcome"},
	    {RCC_BODY_DECIDE, 2, 2, 0, "decide.decision"},
	    {RCC_BODY_VIEW, 1, 24, 25, "view.what"},
	    {RCC_BODY_PROFILE, 4, 253402300799999, 253402300800000, "profile.checked_at_ms"},
	    {RCC_BODY_CENTRE, 2, 8, 9, "centre.step"},
	    {RCC_BODY_PLACE_REQUEST, 2, 6, 7, "place_request.step"},
	    {RCC_BODY_PLACE_REQUEST, 11, 2, 3, "place_request.turn"},
	    {RCC_BODY_REQUEST, 1, 1, 0, "request.request"},
	    {RCC_BODY_REQUEST, 2, 6, 7, "request.step"},
	    {RCC_BODY_RETENTION, 1, 4, 5, "retention.step"},
	    {RCC_BODY_RETENTION, 5, 2, 3, "retention.what"},
	    {RCC_BODY_CATCHUP, 2, 48, 49, "catchup.max"},
	    {RCC_BODY_CATCHUP, 1, 1, UINT64_C(1) << 63, "catchup.from_seq"},
	    {RCC_BODY_REFUSED, 1, 32, 33, "refused.reason"},
	    {RCC_BODY_DELIVERY, 6, 11, 12, "delivery.kind"},
	    {RCC_BODY_CIRCULAR, 1, 10, 9, "circular.kind"},
	    {RCC_BODY_DELIVERY, 20, 3599, 3601, "delivery.bearing_ddeg"},
	};
	rng.state = 22;
	for (size_t i = 0; i < sizeof literals / sizeof literals[0]; i++) {
		const struct literal *literal = &literals[i];
		struct rcc_wire_fault fault = {.field = ""};
		struct place place = {.kind = literal->kind};
		place_make(&place);
		size_t len = protobuf_c_message_pack(place.top, body_bytes);
		/* Of a field given twice the last one counts. */
		uint8_t *at = body_bytes + len;
		rcc_scan_put_tag(&at, literal->number, RCC_WIRE_VARINT);
		rcc_scan_put_varint(&at, literal->good);
		assert_int_equal(decode_body(literal->kind, body_bytes, (size_t)(at - body_bytes), &fault), RCC_OK);
		at = body_bytes + len;
		rcc_scan_put_tag(&at, literal->number, RCC_WIRE_VARINT);
		rcc_scan_put_varint(&at, literal->bad);
		assert_int_equal(decode_body(literal->kind, body_bytes, (size_t)(at - body_bytes), &fault),
		                 RCC_E_RANGE);
		assert_string_equal(fault.field, literal->field);
		assert_int_equal(fault.reason, RCC_REFUSAL_RANGE);
	}
}

static void
test_lists_are_bounded(void **state)
{
	(void)state;
	static Rcc__V1__Static vessel[RCC_BATCH_MAX + 1];
	static Rcc__V1__Static *list[RCC_BATCH_MAX + 1];
	struct rcc_wire_fault fault = {.field = ""};
	Rcc__V1__StaticBatch batch;
	rcc__v1__static_batch__init(&batch);
	batch.vessel = list;
	for (size_t i = 0; i < RCC_BATCH_MAX + 1; i++) {
		rcc__v1__static__init(&vessel[i]);
		vessel[i].mmsi = 232001000;
		list[i] = &vessel[i];
	}
	static const size_t counts[] = {0, RCC_BATCH_MAX, RCC_BATCH_MAX + 1};
	static const enum rcc_status wanted[] = {RCC_E_RANGE, RCC_OK, RCC_E_TOO_LARGE};
	for (size_t i = 0; i < 3; i++) {
		batch.n_vessel = counts[i];
		size_t len = rcc__v1__static_batch__pack(&batch, body_bytes);
		assert_int_equal(decode_body(RCC_BODY_STATIC_BATCH, body_bytes, len, &fault), wanted[i]);
		if (wanted[i] != RCC_OK)
			assert_string_equal(fault.field, "static_batch.vessel");
	}
	uint32_t mmsi[RCC_BATCH_MAX + 1];
	for (size_t i = 0; i < RCC_BATCH_MAX + 1; i++)
		mmsi[i] = 1;
	Rcc__V1__PositionBatch positions;
	rcc__v1__position_batch__init(&positions);
	positions.mmsi = mmsi;
	positions.n_mmsi = RCC_BATCH_MAX + 1;
	size_t len = rcc__v1__position_batch__pack(&positions, body_bytes);
	assert_int_equal(decode_body(RCC_BODY_POSITION_BATCH, body_bytes, len, &fault), RCC_E_TOO_LARGE);
	assert_string_equal(fault.field, "position_batch.mmsi");
	positions.n_mmsi = 1;
	len = rcc__v1__position_batch__pack(&positions, body_bytes);
	assert_int_equal(decode_body(RCC_BODY_POSITION_BATCH, body_bytes, len, &fault), RCC_E_MALFORMED);
	assert_string_equal(fault.field, "position_batch.lat_e7");
	assert_int_equal(decode_body(RCC_BODY_POSITION_BATCH, body_bytes, 0, &fault), RCC_E_RANGE);
}

/* Differences that leave 64 bits must not wrap around into the range. */
static void
test_differences_do_not_wrap(void **state)
{
	(void)state;
	struct rcc_wire_fault fault = {.field = ""};
	uint32_t mmsi[] = {1, 1, 1};
	int64_t zero[] = {0, 0, 0};
	int64_t at[] = {1, INT64_MAX, 1};
	Rcc__V1__PositionBatch batch;
	rcc__v1__position_batch__init(&batch);
	batch.n_mmsi = batch.n_lat_e7 = batch.n_lon_e7 = batch.n_at_ms = 3;
	batch.mmsi = mmsi;
	batch.lat_e7 = zero;
	batch.lon_e7 = zero;
	batch.at_ms = at;
	size_t len = rcc__v1__position_batch__pack(&batch, body_bytes);
	assert_int_equal(decode_body(RCC_BODY_POSITION_BATCH, body_bytes, len, &fault), RCC_E_RANGE);
	assert_string_equal(fault.field, "position_batch.at_ms");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_every_bound_of_every_body),
	    cmocka_unit_test(test_literal_bounds),
	    cmocka_unit_test(test_lists_are_bounded),
	    cmocka_unit_test(test_differences_do_not_wrap),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
