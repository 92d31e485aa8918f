#include "support.h"

#include <assert.h>
#include <string.h>

#include "support_visit.h"

/* Messages waiting for their visit: an entry's events, and what hangs on one of them. */
#define PENDING_MAX (RCC_EVENTS_MAX + 16)
/* Bulk bytes are generated up to this, except once in a while. */
#define BULK_USUAL 300
#define PAYLOAD_USUAL 900

uint64_t
test_random_next(struct test_random *random)
{
	uint64_t z = random->state += UINT64_C(0x9e3779b97f4a7c15);
	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

int64_t
test_random_between(struct test_random *random, int64_t low, int64_t high)
{
	uint64_t span = (uint64_t)high - (uint64_t)low;
	uint64_t value = test_random_next(random);
	/* The ends are where mistakes live: each comes up one time in eight. */
	uint64_t choice = test_random_next(random) % 8;
	if (choice == 0)
		return low;
	if (choice == 1)
		return high;
	return (int64_t)((uint64_t)low + (span == UINT64_MAX ? value : value % (span + 1)));
}

/* ---- visiting every row of a struct ---- */

struct pending {
	const struct rcc_map *map;
	uint8_t *a;
	const uint8_t *b; /* the same as a where only one struct is visited */
};

struct worklist {
	uint32_t count;
	struct pending item[PENDING_MAX];
};

static void
queue(struct worklist *list, const struct rcc_map *map, uint8_t *a, const uint8_t *b)
{
	assert(list->count < PENDING_MAX);
	list->item[list->count++] = (struct pending){map, a, b};
}

static void
queue_children(struct worklist *list, const struct rcc_map_row *row, uint8_t *a, const uint8_t *b)
{
	if (row->kind == RCC_MAP_SUB)
		queue(list, row->u.sub, a + row->own, b + row->own);
	if (row->kind == RCC_MAP_ONEOF)
		queue(list, row->u.choice[u32_at(a, row->own_count)], a + row->own, b + row->own);
	for (uint32_t i = 0; row->kind == RCC_MAP_REPEATED && i < u32_at(a, row->own_count); i++) {
		size_t offset = row->own + (size_t)i * row->own_size;
		queue(list, row->u.sub, a + offset, b + offset);
	}
}

bool
test_visit_all(struct visit *visit, const struct rcc_map *map, uint8_t *a, const uint8_t *b)
{
	struct worklist list = {.count = 0};
	queue(&list, map, a, b);
	while (list.count > 0) {
		struct pending now = list.item[--list.count];
		for (uint32_t i = 0; i < now.map->rows; i++) {
			const struct rcc_map_row *row = &now.map->row[i];
			visit->failed = row->name;
			if (!visit->row(visit, row, now.a, now.b))
				return false;
			queue_children(&list, row, now.a, now.b);
		}
	}
	return true;
}

/* ---- generate ---- */

static void
generate_text(struct test_random *random, const struct rcc_map_row *row, char *own)
{
	static const char *const letters[] = {
	    "a", "Z", "0", " ", "-", "\xc3\xa9", "\xd7\xa9", "\xe2\x82\xac", "\xf0\x9f\x9b\x9f"};
	size_t want = (size_t)test_random_between(random, row->min, (int64_t)row->own_size - 1);
	size_t len = 0;
	memset(own, 0, row->own_size);
	while (len < want) {
		const char *letter = letters[test_random_next(random) % (sizeof letters / sizeof letters[0])];
		if (len + strlen(letter) > want)
			letter = "x";
		memcpy(own + len, letter, strlen(letter));
		len += strlen(letter);
	}
}

static void
generate_bytes(struct test_random *random, uint8_t *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++)
		bytes[i] = (uint8_t)test_random_next(random);
	/* All zero means absent. */
	if (len > 0)
		bytes[0] |= 1;
}

static void
generate_counted(struct test_random *random, const struct rcc_map_row *row, uint8_t *own)
{
	int64_t most = row->is_bulk && test_random_next(random) % 16 != 0 ? BULK_USUAL : row->max;
	uint32_t len = (uint32_t)test_random_between(random, row->min, most);
	if (!row->is_bulk)
		memset(own + row->own, 0, row->own_size);
	generate_bytes(random, own + row->own, len);
	put_u32(own, row->own_count, len);
}

static struct rcc_pos
generate_pos(struct test_random *random)
{
	return (struct rcc_pos){
	    .lat_e7 = (int32_t)test_random_between(random, -RCC_LAT_E7_MAX, RCC_LAT_E7_MAX),
	    .lon_e7 = (int32_t)test_random_between(random, -RCC_LON_E7_MAX, RCC_LON_E7_MAX),
	};
}

static void
generate_columns(struct test_random *random, const struct rcc_map_row *row, uint8_t *own)
{
	/* Scenes are long: mostly a few ships, now and then all of them. */
	int64_t most = row->max > 64 && test_random_next(random) % 32 != 0 ? 40 : row->max;
	uint32_t count = (uint32_t)test_random_between(random, row->min, most);
	if (row->own_count == RCC_MAP_NONE)
		count = (uint32_t)row->max;
	else
		put_u32(own, row->own_count, count);
	uint64_t left_out = test_random_next(random);
	for (uint32_t c = 0; c < row->number; c++) {
		const struct rcc_column *column = &row->u.column[c];
		bool is_left_out = column->may_be_absent && (left_out >> c & 1) != 0;
		for (uint32_t i = 0; i < count; i++) {
			uint8_t *at = own + row->own + (size_t)i * row->own_size + column->own;
			int64_t value = test_random_between(random, column->min, column->max);
			if (is_left_out || (column->has_unknown && test_random_next(random) % 8 == 0))
				value = column->unknown;
			/* Little-endian or not: narrow first, then copy the narrow one. */
			uint32_t narrow = (uint32_t)value;
			if (column->kind == RCC_COLUMN_DELTA_S64)
				memcpy(at, &value, sizeof value);
			else
				memcpy(at, &narrow, sizeof narrow);
		}
	}
}

static void
generate_optional(struct test_random *random, const struct rcc_map_row *row, uint8_t *own)
{
	uint32_t value = (uint32_t)test_random_between(random, row->min, row->max);
	put_u32(own, row->own, test_random_next(random) % 3 == 0 ? row->unknown : value);
}

static void
generate_borrowed(struct test_random *random, const struct rcc_map_row *row, uint8_t *own)
{
	static const uint8_t payload[PAYLOAD_USUAL] = {7, 1, 4};
	const uint8_t *pointer = payload;
	put_u32(own, row->own_count, (uint32_t)test_random_between(random, 1, PAYLOAD_USUAL));
	memcpy(own + row->own, &pointer, sizeof pointer);
}

static void
generate_fixed(struct test_random *random, const struct rcc_map_row *row, uint8_t *own)
{
	bool is_present = row->min == 1 || test_random_next(random) % 4 != 0;
	memset(own + row->own, 0, row->own_size);
	if (row->kind == RCC_MAP_FLAGGED)
		put_u32(own, row->own_count, is_present ? 1 : 0);
	if (is_present)
		generate_bytes(random, own + row->own, row->own_size);
}

static bool
generate_row(struct visit *visit, const struct rcc_map_row *row, uint8_t *own, const uint8_t *same)
{
	struct test_random *random = visit->random;
	(void)same;
	int64_t wide = test_random_between(random, row->min, row->max);
	struct rcc_pos pos = generate_pos(random);
	switch (row->kind) {
	case RCC_MAP_U32:
		put_u32(own, row->own, (uint32_t)wide);
		return true;
	case RCC_MAP_BITS:
		wide = (int64_t)test_random_next(random);
		memcpy(own + row->own, &wide, sizeof wide);
		return true;
	case RCC_MAP_I64:
		memcpy(own + row->own, &wide, sizeof wide);
		return true;
	case RCC_MAP_OPTIONAL:
		generate_optional(random, row, own);
		return true;
	case RCC_MAP_TEXT:
		generate_text(random, row, (char *)own + row->own);
		return true;
	case RCC_MAP_BYTES:
	case RCC_MAP_FLAGGED:
		generate_fixed(random, row, own);
		return true;
	case RCC_MAP_COUNTED:
		generate_counted(random, row, own);
		return true;
	case RCC_MAP_BORROWED:
		generate_borrowed(random, row, own);
		return true;
	case RCC_MAP_POS:
		if (row->min == 0 && test_random_next(random) % 3 == 0)
			pos = RCC_POS_NONE;
		memcpy(own + row->own, &pos, sizeof pos);
		return true;
	case RCC_MAP_COLUMNS:
		generate_columns(random, row, own);
		return true;
	case RCC_MAP_REPEATED:
		put_u32(own, row->own_count, (uint32_t)wide);
		return true;
	case RCC_MAP_ONEOF:
		memset(own + row->own, 0, row->own_size);
		/* A number that is kept free stands for the next one. */
		put_u32(own, row->own_count, (uint32_t)wide + (row->u.choice[wide] == NULL ? 1 : 0));
		return true;
	case RCC_MAP_SUB:
		return true;
	}
	return false;
}

void
test_generate(const struct rcc_map *map, void *own, struct test_random *random)
{
	struct visit visit = {.row = generate_row, .random = random};
	bool is_done = test_visit_all(&visit, map, own, own);
	assert(is_done);
	(void)is_done;
}

bool
test_is_body(uint32_t kind)
{
	return kind <= RCC_BODY_LAST && rcc_wire_bodies[kind].name != NULL;
}

void
test_generate_envelope(uint32_t kind, struct rcc_envelope *envelope, struct test_random *random)
{
	envelope->protocol = RCC_PROTOCOL_MAX;
	envelope->kind = (enum rcc_body_kind)kind;
	envelope->class = (enum rcc_class)test_random_between(random, 1, RCC_CLASS_LAST);
	envelope->claimed_at_ms = test_random_between(random, 0, INT64_C(253402300799999));
	generate_bytes(random, envelope->id.b, sizeof envelope->id.b);
	memset(&envelope->reply_to, 0, sizeof envelope->reply_to);
	if (test_random_next(random) % 2 == 0)
		generate_bytes(random, envelope->reply_to.b, sizeof envelope->reply_to.b);
	test_generate(rcc_wire_bodies[kind].map, &envelope->u, random);
}

/* The choices of a map's one ONEOF row. */
static const struct rcc_map *const *
choices_of(const struct rcc_map *map)
{
	for (uint32_t i = 0; i < map->rows; i++) {
		if (map->row[i].kind == RCC_MAP_ONEOF)
			return map->row[i].u.choice;
	}
	return NULL;
}

void
test_generate_entry(struct rcc_entry *entry, uint32_t command, uint32_t first_event, uint32_t max,
                    struct test_random *random)
{
	const struct rcc_map *command_map = rcc_map_payload.row[0].u.sub;
	const struct rcc_map *event_map = rcc_map_payload.row[1].u.sub;
	test_generate(command_map, &entry->cause, random);
	/* A number that is kept free stands for the next one. */
	if (command != 0 && choices_of(command_map)[command] == NULL)
		command++;
	if (command != 0) {
		memset(&entry->cause.u, 0, sizeof entry->cause.u);
		entry->cause.kind = (enum rcc_command_kind)command;
		test_generate(choices_of(command_map)[command], &entry->cause.u, random);
	}
	entry->event_count = (uint32_t)test_random_between(random, 1, max);
	for (uint32_t i = 0; i < entry->event_count; i++)
		test_generate(event_map, &entry->event[i], random);
	if (first_event != 0) {
		memset(&entry->event[0].u, 0, sizeof entry->event[0].u);
		entry->event[0].kind = (enum rcc_event_kind)first_event;
		test_generate(choices_of(event_map)[first_event], &entry->event[0].u, random);
	}
}
