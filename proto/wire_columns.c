/* Many equal rows as packed columns: no tag and no allocation per row, and neighbours cost their difference only. */
#include <assert.h>
#include <string.h>

#include "proto/wire_map.h"

static size_t
count_at(const uint8_t *base, uint32_t offset)
{
	size_t count = 0;
	memcpy(&count, base + offset, sizeof count);
	return count;
}

static uint32_t
u32_at(const uint8_t *base, uint32_t offset)
{
	uint32_t value = 0;
	memcpy(&value, base + offset, sizeof value);
	return value;
}

static const void *
cells_at(const uint8_t *base, uint32_t offset)
{
	const void *cells = NULL;
	memcpy(&cells, base + offset, sizeof cells);
	return cells;
}

static bool
is_within(const struct rcc_column *column, int64_t value)
{
	return (value >= column->min && value <= column->max) || (column->has_unknown && value == column->unknown);
}

static bool
plain_is_good(const struct rcc_column *column, const uint32_t *cell, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (!is_within(column, cell[i]))
			return false;
	}
	return true;
}

static bool
delta_is_good(const struct rcc_column *column, const int64_t *cell, size_t count)
{
	int64_t value = 0;
	for (size_t i = 0; i < count; i++) {
		if (__builtin_add_overflow(value, cell[i], &value) || !is_within(column, value))
			return false;
	}
	return true;
}

enum rcc_refusal
rcc_columns_check(const struct rcc_map_row *row, const uint8_t *pb, const char **ret_name)
{
	/* The first column is never left out: it tells how many rows there are. */
	size_t count = count_at(pb, row->u.column[0].pb_count);
	*ret_name = row->u.column[0].name;
	if (count > (size_t)row->max)
		return RCC_REFUSAL_TOO_LARGE;
	if (count < (size_t)row->min)
		return RCC_REFUSAL_RANGE;
	for (uint32_t c = 0; c < row->number; c++) {
		const struct rcc_column *column = &row->u.column[c];
		size_t cells = count_at(pb, column->pb_count);
		*ret_name = column->name;
		if (cells == 0 && column->may_be_absent)
			continue;
		if (cells != count)
			return RCC_REFUSAL_MALFORMED;
		const void *cell = cells_at(pb, column->pb);
		bool is_good = column->kind == RCC_COLUMN_PLAIN ? plain_is_good(column, cell, count)
		                                                : delta_is_good(column, cell, count);
		if (!is_good)
			return RCC_REFUSAL_RANGE;
	}
	return (enum rcc_refusal)0;
}

/* One value of a row of ours. */
static int64_t
value_get(const struct rcc_column *column, const uint8_t *own)
{
	int64_t wide = 0;
	int32_t narrow = 0;
	switch (column->kind) {
	case RCC_COLUMN_PLAIN:
	case RCC_COLUMN_DELTA_U32:
		return u32_at(own, column->own);
	case RCC_COLUMN_DELTA_S32:
		memcpy(&narrow, own + column->own, sizeof narrow);
		return narrow;
	case RCC_COLUMN_DELTA_S64:
		memcpy(&wide, own + column->own, sizeof wide);
		return wide;
	}
	assert(false && "column kind");
	return 0;
}

static void
build_plain(const struct rcc_column *column, const uint8_t *own, size_t own_size, size_t count, uint32_t *cell)
{
	for (size_t i = 0; i < count; i++)
		cell[i] = u32_at(own + i * own_size, column->own);
}

/* Wraps on purpose: a difference that does not fit is of values that the check refuses. */
static void
build_delta(const struct rcc_column *column, const uint8_t *own, size_t own_size, size_t count, int64_t *cell)
{
	uint64_t before = 0;
	for (size_t i = 0; i < count; i++) {
		uint64_t value = (uint64_t)value_get(column, own + i * own_size);
		cell[i] = (int64_t)(value - before);
		before = value;
	}
}

static bool
is_all_unknown(const struct rcc_column *column, const uint8_t *own, size_t own_size, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (value_get(column, own + i * own_size) != column->unknown)
			return false;
	}
	return true;
}

enum rcc_refusal
rcc_columns_build(const struct rcc_map_row *row, const uint8_t *own, struct rcc_arena *arena, uint8_t *pb)
{
	size_t count = row->own_count == RCC_MAP_NONE ? (size_t)row->max : u32_at(own, row->own_count);
	if (count > (size_t)row->max)
		return RCC_REFUSAL_TOO_LARGE;
	const uint8_t *first = own + row->own;
	for (uint32_t c = 0; count > 0 && c < row->number; c++) {
		const struct rcc_column *column = &row->u.column[c];
		if (column->may_be_absent && is_all_unknown(column, first, row->own_size, count))
			continue;
		bool is_plain = column->kind == RCC_COLUMN_PLAIN;
		void *cell = rcc_arena_take(arena, count * (is_plain ? sizeof(uint32_t) : sizeof(int64_t)));
		if (cell == NULL)
			return RCC_REFUSAL_TOO_LARGE;
		if (is_plain)
			build_plain(column, first, row->own_size, count, cell);
		else
			build_delta(column, first, row->own_size, count, cell);
		memcpy(pb + column->pb, &cell, sizeof cell);
		memcpy(pb + column->pb_count, &count, sizeof count);
	}
	return (enum rcc_refusal)0;
}

static void
fill_plain(const struct rcc_column *column, const uint32_t *cell, size_t count, uint8_t *own, size_t own_size)
{
	for (size_t i = 0; i < count; i++)
		memcpy(own + i * own_size + column->own, &cell[i], sizeof cell[i]);
}

static void
fill_unknown(const struct rcc_column *column, size_t count, uint8_t *own, size_t own_size)
{
	for (size_t i = 0; i < count; i++)
		memcpy(own + i * own_size + column->own, &column->unknown, sizeof column->unknown);
}

static void
fill_delta(const struct rcc_column *column, const int64_t *cell, size_t count, uint8_t *own, size_t own_size)
{
	int64_t value = 0;
	for (size_t i = 0; i < count; i++) {
		uint8_t *at = own + i * own_size + column->own;
		value += cell[i];
		if (column->kind == RCC_COLUMN_DELTA_S64) {
			memcpy(at, &value, sizeof value);
			continue;
		}
		/* Checked against min and max before: the low half is the value. */
		uint32_t narrow = (uint32_t)value;
		memcpy(at, &narrow, sizeof narrow);
	}
}

void
rcc_columns_fill(const struct rcc_map_row *row, const uint8_t *pb, uint8_t *own)
{
	size_t count = count_at(pb, row->u.column[0].pb_count);
	uint8_t *first = own + row->own;
	if (row->own_count != RCC_MAP_NONE) {
		uint32_t narrow = (uint32_t)count;
		memcpy(own + row->own_count, &narrow, sizeof narrow);
	}
	for (uint32_t c = 0; c < row->number; c++) {
		const struct rcc_column *column = &row->u.column[c];
		const void *cell = cells_at(pb, column->pb);
		if (count_at(pb, column->pb_count) == 0)
			fill_unknown(column, count, first, row->own_size);
		else if (column->kind == RCC_COLUMN_PLAIN)
			fill_plain(column, cell, count, first, row->own_size);
		else
			fill_delta(column, cell, count, first, row->own_size);
	}
}
