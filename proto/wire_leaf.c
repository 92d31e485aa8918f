#include "proto/wire_leaf.h"

#include <assert.h>

#include "rcc.pb-c.h"
#include "rcc/text.h"

static int64_t
i64_at(const uint8_t *base, uint32_t offset)
{
	int64_t value = 0;
	memcpy(&value, base + offset, sizeof value);
	return value;
}

static ProtobufCBinaryData
binary_at(const uint8_t *base, uint32_t offset)
{
	ProtobufCBinaryData binary;
	memcpy(&binary, base + offset, sizeof binary);
	return binary;
}

static bool
is_zero(const uint8_t *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (bytes[i] != 0)
			return false;
	}
	return true;
}

void *
rcc_leaf_new(struct rcc_arena *arena, const ProtobufCMessageDescriptor *descriptor)
{
	void *message = rcc_arena_take(arena, descriptor->sizeof_message);
	if (message != NULL)
		protobuf_c_message_init(descriptor, message);
	return message;
}

/* ---- build ---- */

static enum rcc_refusal
build_bytes(struct rcc_arena *arena, const uint8_t *bytes, size_t len, uint8_t *to, uint32_t offset)
{
	if (len == 0)
		return RCC_LEAF_GOOD;
	ProtobufCBinaryData binary = {.len = len, .data = rcc_arena_take(arena, len)};
	if (binary.data == NULL)
		return RCC_REFUSAL_TOO_LARGE;
	memcpy(binary.data, bytes, len);
	memcpy(to + offset, &binary, sizeof binary);
	return RCC_LEAF_GOOD;
}

static enum rcc_refusal
build_text(struct rcc_arena *arena, const struct rcc_map_row *row, const char *text, uint8_t *to)
{
	const char *end = memchr(text, '\0', row->own_size);
	if (end == NULL)
		return RCC_REFUSAL_TOO_LARGE;
	if (end == text)
		return RCC_LEAF_GOOD;
	size_t size = (size_t)(end - text) + 1;
	char *copy = rcc_arena_take(arena, size);
	if (copy == NULL)
		return RCC_REFUSAL_TOO_LARGE;
	memcpy(copy, text, size);
	rcc_leaf_put_pointer(to, row->pb, copy);
	return RCC_LEAF_GOOD;
}

static enum rcc_refusal
build_pos(struct rcc_arena *arena, const struct rcc_map_row *row, const uint8_t *own, uint8_t *to)
{
	struct rcc_pos pos;
	memcpy(&pos, own, sizeof pos);
	if (!rcc_pos_is_known(pos))
		return RCC_LEAF_GOOD;
	Rcc__V1__Pos *message = rcc_leaf_new(arena, &rcc__v1__pos__descriptor);
	if (message == NULL)
		return RCC_REFUSAL_TOO_LARGE;
	message->lat_e7 = pos.lat_e7;
	message->lon_e7 = pos.lon_e7;
	rcc_leaf_put_pointer(to, row->pb, message);
	return RCC_LEAF_GOOD;
}

static enum rcc_refusal
build_counted(struct rcc_arena *arena, const struct rcc_map_row *row, const uint8_t *from, uint8_t *to)
{
	uint32_t len = rcc_leaf_u32_at(from, row->own_count);
	if (len > row->max)
		return RCC_REFUSAL_TOO_LARGE;
	const uint8_t *bytes = from + row->own;
	if (row->kind == RCC_MAP_BORROWED)
		bytes = rcc_leaf_pointer_at(from, row->own);
	return build_bytes(arena, bytes, len, to, row->pb);
}

static enum rcc_refusal
build_flagged(struct rcc_arena *arena, const struct rcc_map_row *row, const uint8_t *from, uint8_t *to)
{
	uint32_t flag = rcc_leaf_u32_at(from, row->own_count);
	if (flag > 1)
		return RCC_REFUSAL_RANGE;
	return build_bytes(arena, from + row->own, flag == 1 ? row->own_size : 0, to, row->pb);
}

static void
build_optional(const struct rcc_map_row *row, const uint8_t *from, uint8_t *to)
{
	uint32_t value = rcc_leaf_u32_at(from, row->own);
	if (value == row->unknown)
		return;
	rcc_leaf_put_u32(to, row->pb, value);
	rcc_leaf_put_u32(to, row->pb_count, row->number);
}

enum rcc_refusal
rcc_leaf_build(struct rcc_arena *arena, const struct rcc_map_row *row, const uint8_t *from, uint8_t *to)
{
	const uint8_t *own = from + row->own;
	switch (row->kind) {
	case RCC_MAP_U32:
		memcpy(to + row->pb, own, sizeof(uint32_t));
		return RCC_LEAF_GOOD;
	case RCC_MAP_I64:
	case RCC_MAP_BITS:
		memcpy(to + row->pb, own, sizeof(uint64_t));
		return RCC_LEAF_GOOD;
	case RCC_MAP_OPTIONAL:
		build_optional(row, from, to);
		return RCC_LEAF_GOOD;
	case RCC_MAP_TEXT:
		return build_text(arena, row, (const char *)own, to);
	case RCC_MAP_BYTES:
		/* A value that may be absent is left out when it is all zero; one that may not is sent as it is. */
		return build_bytes(arena, own, row->min == 0 && is_zero(own, row->own_size) ? 0 : row->own_size, to,
		                   row->pb);
	case RCC_MAP_FLAGGED:
		return build_flagged(arena, row, from, to);
	case RCC_MAP_COUNTED:
	case RCC_MAP_BORROWED:
		return build_counted(arena, row, from, to);
	case RCC_MAP_POS:
		return build_pos(arena, row, own, to);
	case RCC_MAP_COLUMNS:
		return rcc_columns_build(row, from, arena, to);
	case RCC_MAP_SUB:
	case RCC_MAP_REPEATED:
	case RCC_MAP_ONEOF:
		break;
	}
	assert(false && "not a leaf");
	return RCC_LEAF_GOOD;
}

/* ---- check ---- */

static enum rcc_refusal
check_text(const struct rcc_map_row *row, const char *text)
{
	char scratch[RCC_TEXT_MAX + 1];
	assert(row->own_size <= sizeof scratch);
	size_t len = 0;
	/* The block's size, not strlen: a NUL inside would hide the rest of the text from whoever reads the record. */
	if (text != NULL && text != protobuf_c_empty_string)
		len = rcc_arena_size_of(text) - 1;
	if (len < (size_t)row->min)
		return RCC_REFUSAL_RANGE;
	if (len == 0)
		return RCC_LEAF_GOOD;
	enum rcc_status status = rcc_text_copy(scratch, row->own_size, text, len);
	if (status == RCC_OK)
		return RCC_LEAF_GOOD;
	return status == RCC_E_TOO_LARGE ? RCC_REFUSAL_TOO_LARGE : RCC_REFUSAL_MALFORMED;
}

static enum rcc_refusal
check_fixed(const struct rcc_map_row *row, const uint8_t *from)
{
	ProtobufCBinaryData binary = binary_at(from, row->pb);
	if (binary.len == 0)
		return row->min == 0 ? RCC_LEAF_GOOD : RCC_REFUSAL_RANGE;
	return binary.len == row->own_size ? RCC_LEAF_GOOD : RCC_REFUSAL_MALFORMED;
}

static enum rcc_refusal
check_counted(const struct rcc_map_row *row, const uint8_t *from)
{
	ProtobufCBinaryData binary = binary_at(from, row->pb);
	if (binary.len > (size_t)row->max)
		return RCC_REFUSAL_TOO_LARGE;
	return binary.len < (size_t)row->min ? RCC_REFUSAL_RANGE : RCC_LEAF_GOOD;
}

static enum rcc_refusal
check_pos(const struct rcc_map_row *row, const Rcc__V1__Pos *pos)
{
	if (pos == NULL)
		return row->min == 0 ? RCC_LEAF_GOOD : RCC_REFUSAL_RANGE;
	bool is_good = pos->lat_e7 >= -RCC_LAT_E7_MAX && pos->lat_e7 <= RCC_LAT_E7_MAX &&
	               pos->lon_e7 >= -RCC_LON_E7_MAX && pos->lon_e7 <= RCC_LON_E7_MAX;
	return is_good ? RCC_LEAF_GOOD : RCC_REFUSAL_RANGE;
}

static enum rcc_refusal
check_number(const struct rcc_map_row *row, int64_t value)
{
	return value >= row->min && value <= row->max ? RCC_LEAF_GOOD : RCC_REFUSAL_RANGE;
}

static enum rcc_refusal
check_optional(const struct rcc_map_row *row, const uint8_t *from)
{
	uint32_t value = rcc_leaf_u32_at(from, row->pb);
	if (rcc_leaf_u32_at(from, row->pb_count) == 0 || value == row->unknown)
		return RCC_LEAF_GOOD;
	return check_number(row, value);
}

enum rcc_refusal
rcc_leaf_check(const struct rcc_map_row *row, const uint8_t *from, const char **ret_name)
{
	switch (row->kind) {
	case RCC_MAP_U32:
		return check_number(row, rcc_leaf_u32_at(from, row->pb));
	case RCC_MAP_I64:
		return check_number(row, i64_at(from, row->pb));
	case RCC_MAP_BITS:
		return RCC_LEAF_GOOD;
	case RCC_MAP_OPTIONAL:
		return check_optional(row, from);
	case RCC_MAP_TEXT:
		return check_text(row, rcc_leaf_pointer_at(from, row->pb));
	case RCC_MAP_BYTES:
	case RCC_MAP_FLAGGED:
		return check_fixed(row, from);
	case RCC_MAP_COUNTED:
	case RCC_MAP_BORROWED:
		return check_counted(row, from);
	case RCC_MAP_POS:
		return check_pos(row, rcc_leaf_pointer_at(from, row->pb));
	case RCC_MAP_COLUMNS:
		return rcc_columns_check(row, from, ret_name);
	case RCC_MAP_SUB:
	case RCC_MAP_REPEATED:
	case RCC_MAP_ONEOF:
		break;
	}
	assert(false && "not a leaf");
	return RCC_LEAF_GOOD;
}

/* ---- fill ---- */

static void
fill_text(const struct rcc_map_row *row, const char *text, uint8_t *own)
{
	size_t len = text == NULL ? 0 : strlen(text);
	memcpy(own, len == 0 ? "" : text, len);
	memset(own + len, 0, row->own_size - len);
}

static void
fill_bytes(const struct rcc_map_row *row, const uint8_t *from, uint8_t *to)
{
	ProtobufCBinaryData binary = binary_at(from, row->pb);
	uint8_t *own = to + row->own;
	if (binary.len > 0)
		memcpy(own, binary.data, binary.len);
	/* View pages are a megabyte: they get a final NUL only, if there is room for one. */
	size_t rest = row->own_size - binary.len;
	memset(own + binary.len, 0, row->is_bulk && rest > 0 ? 1 : rest);
	if (row->kind == RCC_MAP_COUNTED)
		rcc_leaf_put_u32(to, row->own_count, (uint32_t)binary.len);
	else if (row->kind == RCC_MAP_FLAGGED)
		rcc_leaf_put_u32(to, row->own_count, binary.len > 0 ? 1 : 0);
}

static void
fill_borrowed(const struct rcc_map_row *row, const uint8_t *from, uint8_t *to)
{
	ProtobufCBinaryData binary = binary_at(from, row->pb);
	rcc_leaf_put_u32(to, row->own_count, (uint32_t)binary.len);
	rcc_leaf_put_pointer(to, row->own, binary.data);
}

static void
fill_pos(const Rcc__V1__Pos *message, uint8_t *own)
{
	struct rcc_pos pos = RCC_POS_NONE;
	if (message != NULL)
		pos = (struct rcc_pos){.lat_e7 = message->lat_e7, .lon_e7 = message->lon_e7};
	memcpy(own, &pos, sizeof pos);
}

void
rcc_leaf_fill(const struct rcc_map_row *row, const uint8_t *from, uint8_t *to)
{
	switch (row->kind) {
	case RCC_MAP_U32:
		memcpy(to + row->own, from + row->pb, sizeof(uint32_t));
		return;
	case RCC_MAP_I64:
	case RCC_MAP_BITS:
		memcpy(to + row->own, from + row->pb, sizeof(uint64_t));
		return;
	case RCC_MAP_OPTIONAL:
		rcc_leaf_put_u32(to, row->own,
		                 rcc_leaf_u32_at(from, row->pb_count) == 0 ? row->unknown
		                                                           : rcc_leaf_u32_at(from, row->pb));
		return;
	case RCC_MAP_TEXT:
		fill_text(row, rcc_leaf_pointer_at(from, row->pb), to + row->own);
		return;
	case RCC_MAP_BYTES:
	case RCC_MAP_FLAGGED:
	case RCC_MAP_COUNTED:
		fill_bytes(row, from, to);
		return;
	case RCC_MAP_BORROWED:
		fill_borrowed(row, from, to);
		return;
	case RCC_MAP_POS:
		fill_pos(rcc_leaf_pointer_at(from, row->pb), to + row->own);
		return;
	case RCC_MAP_COLUMNS:
		rcc_columns_fill(row, from, to);
		return;
	case RCC_MAP_SUB:
	case RCC_MAP_REPEATED:
	case RCC_MAP_ONEOF:
		break;
	}
	assert(false && "not a leaf");
}
