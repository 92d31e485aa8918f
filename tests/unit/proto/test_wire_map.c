/* The tables against the contract: each field of each message has exactly one row, under its name, at its place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "rcc.pb-c.h"
#include "rcc/text.h"
#include "support.h"

#define MAPS_MAX 160

struct found {
	uint32_t count;
	const struct rcc_map *map[MAPS_MAX];
};

static void
add(struct found *found, const struct rcc_map *map)
{
	for (uint32_t i = 0; i < found->count; i++) {
		if (found->map[i] == map)
			return;
	}
	assert_true(found->count < MAPS_MAX);
	found->map[found->count++] = map;
}

/* Some numbers are kept free. */
static void
add_choices(struct found *found, const struct rcc_map_row *row)
{
	for (uint32_t k = 1; row->kind == RCC_MAP_ONEOF && k <= row->max; k++) {
		if (row->u.choice[k] != NULL)
			add(found, row->u.choice[k]);
	}
}

/* Every map that can be reached from an envelope or an entry. */
static void
find_all(struct found *found)
{
	found->count = 0;
	add(found, &rcc_map_payload);
	for (uint32_t kind = 0; kind <= RCC_BODY_LAST; kind++) {
		if (test_is_body(kind))
			add(found, rcc_wire_bodies[kind].map);
	}
	for (uint32_t i = 0; i < found->count; i++) {
		for (uint32_t r = 0; r < found->map[i]->rows; r++) {
			const struct rcc_map_row *row = &found->map[i]->row[r];
			if (row->kind == RCC_MAP_SUB || row->kind == RCC_MAP_REPEATED)
				add(found, row->u.sub);
			add_choices(found, row);
		}
	}
}

static bool
type_fits(enum rcc_map_kind kind, ProtobufCType type)
{
	bool is_32 = type == PROTOBUF_C_TYPE_UINT32 || type == PROTOBUF_C_TYPE_BOOL || type == PROTOBUF_C_TYPE_ENUM;
	bool is_64 = type == PROTOBUF_C_TYPE_INT64 || type == PROTOBUF_C_TYPE_UINT64;
	switch (kind) {
	case RCC_MAP_U32:
		return is_32;
	case RCC_MAP_I64:
		return is_64;
	case RCC_MAP_BITS:
		return type == PROTOBUF_C_TYPE_FIXED64;
	case RCC_MAP_OPTIONAL:
		return type == PROTOBUF_C_TYPE_UINT32;
	case RCC_MAP_TEXT:
		return type == PROTOBUF_C_TYPE_STRING;
	case RCC_MAP_BYTES:
	case RCC_MAP_FLAGGED:
	case RCC_MAP_COUNTED:
	case RCC_MAP_BORROWED:
		return type == PROTOBUF_C_TYPE_BYTES;
	case RCC_MAP_POS:
	case RCC_MAP_SUB:
	case RCC_MAP_REPEATED:
	case RCC_MAP_ONEOF:
		return type == PROTOBUF_C_TYPE_MESSAGE;
	case RCC_MAP_COLUMNS:
		return false;
	}
	return false;
}

/* Is this the row of that field? Fails the test if it is, but not as it should be. */
static uint32_t
row_covers(const struct rcc_map_row *row, const ProtobufCFieldDescriptor *field)
{
	if (row->kind == RCC_MAP_COLUMNS) {
		uint32_t covered = 0;
		for (uint32_t c = 0; c < row->number; c++) {
			const struct rcc_column *column = &row->u.column[c];
			if (column->pb != field->offset)
				continue;
			bool is_delta = column->kind != RCC_COLUMN_PLAIN;
			assert_string_equal(column->name, field->name);
			assert_int_equal(column->pb_count, field->quantifier_offset);
			assert_int_equal(field->label, PROTOBUF_C_LABEL_REPEATED);
			assert_int_equal(is_delta, field->type == PROTOBUF_C_TYPE_SINT64);
			assert_true(field->flags & PROTOBUF_C_FIELD_FLAG_PACKED);
			covered++;
		}
		return covered;
	}
	if (row->pb != field->offset)
		return 0;
	assert_true(type_fits(row->kind, field->type));
	if (row->kind == RCC_MAP_ONEOF) {
		assert_true(field->id > row->number && field->id <= row->number + row->max);
		assert_ptr_equal(field->descriptor, row->u.choice[field->id - row->number]->descriptor);
		assert_int_equal(row->pb_count, field->quantifier_offset);
		return 1;
	}
	assert_string_equal(row->name, field->name);
	assert_int_equal(row->kind == RCC_MAP_REPEATED, field->label == PROTOBUF_C_LABEL_REPEATED);
	if (row->kind == RCC_MAP_OPTIONAL) {
		assert_int_equal(row->number, field->id);
		assert_int_equal(row->pb_count, field->quantifier_offset);
	}
	if (row->kind == RCC_MAP_SUB || row->kind == RCC_MAP_REPEATED)
		assert_ptr_equal(field->descriptor, row->u.sub->descriptor);
	/* An enum's last value in the contract is the last that the row lets in. */
	if (field->type == PROTOBUF_C_TYPE_ENUM) {
		const ProtobufCEnumDescriptor *values = field->descriptor;
		assert_int_equal(values->values[values->n_values - 1].value, row->max);
	}
	return 1;
}

static uint32_t
messages_in_contract(void)
{
	char line[512];
	uint32_t count = 0;
	FILE *file = fopen(RCC_SOURCE_DIR "/proto/rcc.proto", "r");
	assert_non_null(file);
	while (fgets(line, sizeof line, file) != NULL)
		count += strncmp(line, "message ", 8) == 0 ? 1 : 0;
	assert_int_equal(fclose(file), 0);
	return count;
}

static void
test_each_field_has_one_row(void **state)
{
	(void)state;
	struct found found;
	find_all(&found);
	/* All messages of the contract but Envelope (its header is read by hand) and Pos (a kind of row). */
	assert_int_equal(found.count, messages_in_contract() - 2);
	for (uint32_t i = 0; i < found.count; i++) {
		const struct rcc_map *map = found.map[i];
		for (unsigned f = 0; f < map->descriptor->n_fields; f++) {
			uint32_t covered = 0;
			for (uint32_t r = 0; r < map->rows; r++)
				covered += row_covers(&map->row[r], &map->descriptor->fields[f]);
			if (covered != 1)
				print_error("%s.%s has %u rows\n", map->descriptor->name,
				            map->descriptor->fields[f].name, covered);
			assert_int_equal(covered, 1);
		}
	}
}

/* The bodies' table against the oneof of Envelope: number, name and message. */
static void
test_bodies_are_the_envelopes(void **state)
{
	(void)state;
	const ProtobufCMessageDescriptor *envelope = &rcc__v1__envelope__descriptor;
	uint32_t bodies = 0;
	for (unsigned f = 0; f < envelope->n_fields; f++) {
		const ProtobufCFieldDescriptor *field = &envelope->fields[f];
		if (field->id < 10)
			continue;
		bodies++;
		assert_true(test_is_body(field->id));
		assert_string_equal(rcc_wire_bodies[field->id].name, field->name);
		assert_ptr_equal(rcc_wire_bodies[field->id].map->descriptor, field->descriptor);
	}
	for (uint32_t kind = 0; kind <= RCC_BODY_LAST; kind++)
		bodies -= test_is_body(kind) ? 1 : 0;
	assert_int_equal(bodies, 0);
}

/* docs/protocol.md names each body with its number, and each refusal with its word. */
static void
test_page_names_every_body_and_refusal(void **state)
{
	(void)state;
	static char page[65536];
	char wanted[96];
	FILE *file = fopen(RCC_SOURCE_DIR "/docs/protocol.md", "r");
	assert_non_null(file);
	size_t len = fread(page, 1, sizeof page - 1, file);
	assert_int_equal(fclose(file), 0);
	assert_in_range(len, 1000, sizeof page - 2);
	for (uint32_t kind = 0; kind <= RCC_BODY_LAST; kind++) {
		if (!test_is_body(kind))
			continue;
		snprintf(wanted, sizeof wanted, "| %u | `%s` |", kind, rcc_wire_bodies[kind].name);
		assert_non_null(strstr(page, wanted));
	}
	for (unsigned reason = 1; reason <= RCC_REFUSAL_LAST; reason++) {
		snprintf(wanted, sizeof wanted, "| `%s` | %u |", rcc_refusal_word((enum rcc_refusal)reason), reason);
		assert_non_null(strstr(page, wanted));
	}
}

/* Event and command names in the contract follow our enums; a hole would be found by the round trips. */
static void
test_kinds_are_complete(void **state)
{
	(void)state;
	assert_int_equal(rcc__v1__event__descriptor.n_fields, RCC_EVENT_KINDS);
	assert_int_equal(rcc__v1__command__descriptor.n_fields, RCC_COMMAND_KINDS + 4);
}

static void
test_status_of_a_reason(void **state)
{
	(void)state;
	assert_int_equal(rcc_map_status(RCC_REFUSAL_MALFORMED), RCC_E_MALFORMED);
	assert_int_equal(rcc_map_status(RCC_REFUSAL_TOO_LARGE), RCC_E_TOO_LARGE);
	assert_int_equal(rcc_map_status(RCC_REFUSAL_UNSUPPORTED), RCC_E_UNSUPPORTED);
	assert_int_equal(rcc_map_status(RCC_REFUSAL_VERSION), RCC_E_UNSUPPORTED);
	assert_int_equal(rcc_map_status(RCC_REFUSAL_RANGE), RCC_E_RANGE);
}

/* Each way in which building a message can run out of memory is refused, never dereferenced. */
static void
test_build_in_too_little_memory(void **state)
{
	(void)state;
	static struct rcc_entry entry;
	struct test_random random = {.state = 11};
	struct rcc_map_fault fault = {.field = ""};
	for (uint32_t kind = 1; kind <= RCC_EVENT_LAST; kind++) {
		test_generate_entry(&entry, 1 + kind % RCC_COMMAND_LAST, kind, 2, &random);
		size_t limit = 0;
		enum rcc_status status = RCC_E_TOO_LARGE;
		while (status != RCC_OK) {
			struct rcc_arena arena = rcc_arena_open(limit);
			ProtobufCMessage *message = NULL;
			status = rcc_map_build(&rcc_map_payload, &entry, &arena, &message, &fault);
			assert_true(status == RCC_OK || (status == RCC_E_TOO_LARGE && arena.is_exhausted));
			assert_int_equal(message == NULL, status != RCC_OK);
			limit += 48;
			assert_true(limit < RCC_UNPACK_ENTRY_ARENA_MAX);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_each_field_has_one_row),
	    cmocka_unit_test(test_bodies_are_the_envelopes),
	    cmocka_unit_test(test_page_names_every_body_and_refusal),
	    cmocka_unit_test(test_kinds_are_complete),
	    cmocka_unit_test(test_status_of_a_reason),
	    cmocka_unit_test(test_build_in_too_little_memory),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
