#include <string.h>

#include "rcc/text.h"
#include "support_visit.h"

/* ---- compare ---- */

static size_t
column_width(const struct rcc_column *column)
{
	return column->kind == RCC_COLUMN_DELTA_S64 ? sizeof(int64_t) : sizeof(uint32_t);
}

static uint32_t
column_count(const struct rcc_map_row *row, const uint8_t *own)
{
	return row->own_count == RCC_MAP_NONE ? (uint32_t)row->max : u32_at(own, row->own_count);
}

static bool
same_columns(struct visit *visit, const struct rcc_map_row *row, const uint8_t *a, const uint8_t *b)
{
	uint32_t count = column_count(row, a);
	if (count != column_count(row, b))
		return false;
	for (uint32_t c = 0; c < row->number; c++) {
		const struct rcc_column *column = &row->u.column[c];
		visit->failed = column->name;
		for (uint32_t i = 0; i < count; i++) {
			size_t offset = row->own + (size_t)i * row->own_size + column->own;
			if (memcmp(a + offset, b + offset, column_width(column)) != 0)
				return false;
		}
	}
	return true;
}

static bool
same_borrowed(const struct rcc_map_row *row, const uint8_t *a, const uint8_t *b)
{
	const uint8_t *first = NULL;
	const uint8_t *second = NULL;
	memcpy(&first, a + row->own, sizeof first);
	memcpy(&second, b + row->own, sizeof second);
	return memcmp(first, second, u32_at(a, row->own_count)) == 0;
}

static bool
same_row(struct visit *visit, const struct rcc_map_row *row, uint8_t *a, const uint8_t *b)
{
	const uint8_t *x = a + row->own;
	const uint8_t *y = b + row->own;
	bool has_count = row->kind == RCC_MAP_FLAGGED || row->kind == RCC_MAP_COUNTED ||
	                 row->kind == RCC_MAP_BORROWED || row->kind == RCC_MAP_REPEATED || row->kind == RCC_MAP_ONEOF;
	if (has_count && u32_at(a, row->own_count) != u32_at(b, row->own_count))
		return false;
	switch (row->kind) {
	case RCC_MAP_U32:
	case RCC_MAP_OPTIONAL:
		return memcmp(x, y, sizeof(uint32_t)) == 0;
	case RCC_MAP_I64:
	case RCC_MAP_BITS:
		return memcmp(x, y, sizeof(int64_t)) == 0;
	case RCC_MAP_TEXT:
	case RCC_MAP_BYTES:
	case RCC_MAP_FLAGGED:
		return memcmp(x, y, row->own_size) == 0;
	case RCC_MAP_COUNTED:
		return memcmp(x, y, row->is_bulk ? u32_at(a, row->own_count) : row->own_size) == 0;
	case RCC_MAP_BORROWED:
		return same_borrowed(row, a, b);
	case RCC_MAP_POS:
		return memcmp(x, y, sizeof(struct rcc_pos)) == 0;
	case RCC_MAP_COLUMNS:
		return same_columns(visit, row, a, b);
	case RCC_MAP_SUB:
	case RCC_MAP_REPEATED:
	case RCC_MAP_ONEOF:
		return true;
	}
	return false;
}

/* The visitor's `a` is writable for the generator only; comparing and judging do not write. */
static uint8_t *
unconst(const void *own)
{
	uint8_t *writable = NULL;
	memcpy(&writable, &own, sizeof writable);
	return writable;
}

const char *
test_difference(const struct rcc_map *map, const void *a, const void *b)
{
	struct visit visit = {.row = same_row};
	return test_visit_all(&visit, map, unconst(a), b) ? NULL : visit.failed;
}

const char *
test_envelope_difference(const struct rcc_envelope *a, const struct rcc_envelope *b)
{
	if (a->protocol != b->protocol || a->kind != b->kind || a->class != b->class)
		return "header";
	if (a->claimed_at_ms != b->claimed_at_ms || memcmp(&a->id, &b->id, sizeof a->id) != 0 ||
	    memcmp(&a->reply_to, &b->reply_to, sizeof a->reply_to) != 0)
		return "header";
	return test_difference(rcc_wire_bodies[a->kind].map, &a->u, &b->u);
}

/* ---- judge ---- */

static bool
good_columns(struct visit *visit, const struct rcc_map_row *row, const uint8_t *own)
{
	uint32_t count = column_count(row, own);
	if (count < row->min || count > row->max)
		return false;
	for (uint32_t c = 0; c < row->number; c++) {
		const struct rcc_column *column = &row->u.column[c];
		visit->failed = column->name;
		for (uint32_t i = 0; i < count; i++) {
			const uint8_t *at = own + row->own + (size_t)i * row->own_size + column->own;
			int64_t value = u32_at(at, 0);
			if (column->kind == RCC_COLUMN_DELTA_S64)
				value = i64_at(at, 0);
			else if (column->kind == RCC_COLUMN_DELTA_S32)
				value = (int32_t)u32_at(at, 0);
			bool is_unknown = column->has_unknown && value == column->unknown;
			if (!is_unknown && (value < column->min || value > column->max))
				return false;
		}
	}
	return true;
}

static bool
good_text(const struct rcc_map_row *row, const char *own)
{
	char copy[RCC_TEXT_MAX + 1];
	const char *end = memchr(own, '\0', row->own_size);
	if (end == NULL || end - own < row->min)
		return false;
	for (const char *c = end; c < own + row->own_size; c++) {
		if (*c != '\0')
			return false;
	}
	return rcc_text_copy(copy, sizeof copy, own, (size_t)(end - own)) == RCC_OK;
}

static bool
good_pos(const struct rcc_map_row *row, const uint8_t *own)
{
	struct rcc_pos pos;
	memcpy(&pos, own + row->own, sizeof pos);
	if (!rcc_pos_is_known(pos))
		return row->min == 0;
	return pos.lat_e7 >= -RCC_LAT_E7_MAX && pos.lat_e7 <= RCC_LAT_E7_MAX && pos.lon_e7 >= -RCC_LON_E7_MAX &&
	       pos.lon_e7 <= RCC_LON_E7_MAX;
}

static bool
good_row(struct visit *visit, const struct rcc_map_row *row, uint8_t *own, const uint8_t *same)
{
	(void)same;
	int64_t value = 0;
	switch (row->kind) {
	case RCC_MAP_U32:
		value = u32_at(own, row->own);
		return value >= row->min && value <= row->max;
	case RCC_MAP_OPTIONAL:
		value = u32_at(own, row->own);
		return value == row->unknown || (value >= row->min && value <= row->max);
	case RCC_MAP_I64:
		value = i64_at(own, row->own);
		return value >= row->min && value <= row->max;
	case RCC_MAP_TEXT:
		return good_text(row, (const char *)own + row->own);
	case RCC_MAP_FLAGGED:
		return u32_at(own, row->own_count) <= 1;
	case RCC_MAP_COUNTED:
	case RCC_MAP_BORROWED:
	case RCC_MAP_REPEATED:
	case RCC_MAP_ONEOF:
		value = u32_at(own, row->own_count);
		return value >= row->min && value <= row->max;
	case RCC_MAP_POS:
		return good_pos(row, own);
	case RCC_MAP_COLUMNS:
		return good_columns(visit, row, own);
	case RCC_MAP_BITS:
	case RCC_MAP_BYTES:
	case RCC_MAP_SUB:
		return true;
	}
	return false;
}

const char *
test_invalid(const struct rcc_map *map, const void *own)
{
	struct visit visit = {.row = good_row};
	uint8_t *writable = unconst(own);
	return test_visit_all(&visit, map, writable, writable) ? NULL : visit.failed;
}

const char *
test_envelope_invalid(const struct rcc_envelope *envelope)
{
	if (envelope->protocol < RCC_PROTOCOL_MIN || envelope->protocol > RCC_PROTOCOL_MAX)
		return "protocol";
	if (envelope->class < RCC_CLASS_LIVE || envelope->class > RCC_CLASS_LAST)
		return "class";
	if (envelope->claimed_at_ms < 0 || envelope->claimed_at_ms > INT64_C(253402300799999))
		return "claimed_at_ms";
	if (!test_is_body((uint32_t)envelope->kind))
		return "body";
	return test_invalid(rcc_wire_bodies[envelope->kind].map, &envelope->u);
}
