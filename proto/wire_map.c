/*
 * One walk over a table of rows serves three purposes: BUILD reads our struct and writes protobuf-c's, CHECK reads
 * protobuf-c's and names what is out of bounds, FILL reads protobuf-c's and writes ours. Sub-messages are pushed on a
 * stack of frames instead of recursing, so that the depth is bounded by the tables and not by the bytes.
 */
#include "proto/wire_map.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "proto/wire_leaf.h"

/* payload -> event -> alert_recorded -> alert is the deepest. */
#define DEPTH_MAX 6

enum op { OP_BUILD = 1, OP_CHECK = 2, OP_FILL = 3 };

struct frame {
	const struct rcc_map *map;
	const struct rcc_map_row *via; /* the row below that led here; NULL at the bottom */
	uint32_t row;                  /* next row to do */
	const uint8_t *from;
	uint8_t *to;
	uint32_t element, elements; /* of a REPEATED row */
	const void *const *list;    /* its protobuf-c messages */
};

struct walk {
	enum op op;
	struct rcc_arena *arena;
	uint32_t depth;
	struct frame frame[DEPTH_MAX];
};

static void
push(struct walk *walk, const struct rcc_map *map, const struct rcc_map_row *via, const void *from, void *to)
{
	assert(walk->depth < DEPTH_MAX);
	walk->frame[walk->depth++] = (struct frame){.map = map, .via = via, .from = from, .to = to};
}

static enum rcc_refusal
enter_sub(struct walk *walk, const struct rcc_map_row *row, const uint8_t *from, uint8_t *to)
{
	const struct rcc_map *map = row->u.sub;
	if (walk->op == OP_BUILD) {
		/* A row with a count (a scene) is left out when it is empty. */
		if (row->own_count != RCC_MAP_NONE && rcc_leaf_u32_at(from, row->own_count) == 0)
			return RCC_LEAF_GOOD;
		void *child = rcc_leaf_new(walk->arena, map->descriptor);
		if (child == NULL)
			return RCC_REFUSAL_TOO_LARGE;
		rcc_leaf_put_pointer(to, row->pb, child);
		push(walk, map, row, from + row->own, child);
		return RCC_LEAF_GOOD;
	}
	const void *child = rcc_leaf_pointer_at(from, row->pb);
	push(walk, map, row, child == NULL ? map->empty : child, to == NULL ? NULL : to + row->own);
	return RCC_LEAF_GOOD;
}

/* Where the element of a repeated row is read from and written to. */
static void
place_element(const struct walk *walk, struct frame *frame)
{
	size_t offset = (size_t)frame->element * frame->via->own_size;
	const struct frame *below = frame - 1;
	frame->row = 0;
	if (walk->op == OP_BUILD) {
		frame->from = below->from + frame->via->own + offset;
		/* The list was made by us, in the arena: writable. */
		memcpy(&frame->to, &frame->list[frame->element], sizeof frame->to);
		return;
	}
	frame->from = frame->list[frame->element];
	frame->to = below->to == NULL ? NULL : below->to + frame->via->own + offset;
}

/* Makes `count` empty messages and the list of them. */
static enum rcc_refusal
build_list(struct walk *walk, const struct rcc_map_row *row, size_t count, uint8_t *to)
{
	const ProtobufCMessageDescriptor *descriptor = row->u.sub->descriptor;
	void **list = rcc_arena_take(walk->arena, count * sizeof *list);
	for (size_t i = 0; list != NULL && i < count; i++) {
		list[i] = rcc_leaf_new(walk->arena, descriptor);
		if (list[i] == NULL)
			return RCC_REFUSAL_TOO_LARGE;
	}
	if (list == NULL)
		return RCC_REFUSAL_TOO_LARGE;
	rcc_leaf_put_pointer(to, row->pb, list);
	memcpy(to + row->pb_count, &count, sizeof count);
	return RCC_LEAF_GOOD;
}

static enum rcc_refusal
enter_repeated(struct walk *walk, const struct rcc_map_row *row, const uint8_t *from, uint8_t *to)
{
	size_t count = 0;
	if (walk->op == OP_BUILD)
		count = rcc_leaf_u32_at(from, row->own_count);
	else
		memcpy(&count, from + row->pb_count, sizeof count);
	if (count > (size_t)row->max)
		return RCC_REFUSAL_TOO_LARGE;
	if (count < (size_t)row->min)
		return RCC_REFUSAL_RANGE;
	if (walk->op == OP_FILL)
		rcc_leaf_put_u32(to, row->own_count, (uint32_t)count);
	if (count == 0)
		return RCC_LEAF_GOOD;
	enum rcc_refusal reason = walk->op == OP_BUILD ? build_list(walk, row, count, to) : RCC_LEAF_GOOD;
	if (reason != RCC_LEAF_GOOD)
		return reason;
	push(walk, row->u.sub, row, NULL, NULL);
	struct frame *frame = &walk->frame[walk->depth - 1];
	frame->elements = (uint32_t)count;
	frame->list = rcc_leaf_pointer_at(walk->op == OP_BUILD ? to : from, row->pb);
	place_element(walk, frame);
	return RCC_LEAF_GOOD;
}

static enum rcc_refusal
enter_oneof(struct walk *walk, const struct rcc_map_row *row, const uint8_t *from, uint8_t *to)
{
	uint32_t kind = walk->op == OP_BUILD ? rcc_leaf_u32_at(from, row->own_count)
	                                     : rcc_leaf_u32_at(from, row->pb_count) - row->number;
	/* Some numbers are kept free. */
	if (kind == 0 || kind > row->max || row->u.choice[kind] == NULL)
		return RCC_REFUSAL_RANGE;
	const struct rcc_map *map = row->u.choice[kind];
	if (walk->op == OP_BUILD) {
		void *child = rcc_leaf_new(walk->arena, map->descriptor);
		if (child == NULL)
			return RCC_REFUSAL_TOO_LARGE;
		rcc_leaf_put_pointer(to, row->pb, child);
		rcc_leaf_put_u32(to, row->pb_count, row->number + kind);
		push(walk, map, row, from + row->own, child);
		return RCC_LEAF_GOOD;
	}
	if (walk->op == OP_FILL) {
		/* Bytes of the other members would make equal events differ. */
		memset(to + row->own, 0, row->own_size);
		rcc_leaf_put_u32(to, row->own_count, kind);
	}
	push(walk, map, row, rcc_leaf_pointer_at(from, row->pb), to == NULL ? NULL : to + row->own);
	return RCC_LEAF_GOOD;
}

static enum rcc_refusal
do_row(struct walk *walk, const struct frame *frame, const struct rcc_map_row *row, const char **ret_name)
{
	const uint8_t *from = frame->from;
	uint8_t *to = frame->to;
	*ret_name = row->name;
	if (row->kind == RCC_MAP_SUB)
		return enter_sub(walk, row, from, to);
	if (row->kind == RCC_MAP_REPEATED)
		return enter_repeated(walk, row, from, to);
	if (row->kind == RCC_MAP_ONEOF)
		return enter_oneof(walk, row, from, to);
	if (walk->op == OP_BUILD)
		return rcc_leaf_build(walk->arena, row, from, to);
	if (walk->op == OP_CHECK)
		return rcc_leaf_check(row, from, ret_name);
	rcc_leaf_fill(row, from, to);
	return RCC_LEAF_GOOD;
}

/* Writes the dotted name of the refused field. */
static void
name_fault(const struct walk *walk, const char *root, const char *name, struct rcc_map_fault *ret_fault)
{
	int used = snprintf(ret_fault->field, sizeof ret_fault->field, "%s", root);
	for (uint32_t i = 1; i <= walk->depth; i++) {
		const char *part = i == walk->depth ? name : walk->frame[i].via->name;
		if (used < 0 || (size_t)used >= sizeof ret_fault->field)
			return;
		used += snprintf(ret_fault->field + used, sizeof ret_fault->field - (size_t)used, "%s%s",
		                 used > 0 ? "." : "", part);
	}
}

static enum rcc_status
walk_all(struct walk *walk, const char *root, struct rcc_map_fault *ret_fault)
{
	while (walk->depth > 0) {
		struct frame *frame = &walk->frame[walk->depth - 1];
		if (frame->row < frame->map->rows) {
			const struct rcc_map_row *row = &frame->map->row[frame->row++];
			/* Entering pushes a frame; a refusal must name the frame that holds the row. */
			uint32_t depth = walk->depth;
			const char *name = NULL;
			enum rcc_refusal reason = do_row(walk, frame, row, &name);
			if (reason == RCC_LEAF_GOOD)
				continue;
			walk->depth = depth;
			ret_fault->reason = reason;
			name_fault(walk, root, name, ret_fault);
			return rcc_map_status(reason);
		}
		frame->element++;
		if (frame->element < frame->elements)
			place_element(walk, frame);
		else
			walk->depth--;
	}
	return RCC_OK;
}

enum rcc_status
rcc_map_status(enum rcc_refusal reason)
{
	if (reason == RCC_REFUSAL_MALFORMED)
		return RCC_E_MALFORMED;
	if (reason == RCC_REFUSAL_TOO_LARGE)
		return RCC_E_TOO_LARGE;
	if (reason == RCC_REFUSAL_UNSUPPORTED || reason == RCC_REFUSAL_VERSION)
		return RCC_E_UNSUPPORTED;
	return RCC_E_RANGE;
}

enum rcc_status
rcc_map_build(const struct rcc_map *map, const void *own, struct rcc_arena *arena, ProtobufCMessage **ret_message,
              struct rcc_map_fault *ret_fault)
{
	struct walk walk = {.op = OP_BUILD, .arena = arena};
	void *message = rcc_leaf_new(arena, map->descriptor);
	if (message == NULL)
		return RCC_E_TOO_LARGE;
	push(&walk, map, NULL, own, message);
	enum rcc_status status = walk_all(&walk, "", ret_fault);
	if (status == RCC_OK)
		*ret_message = message;
	return status;
}

enum rcc_status
rcc_map_check(const struct rcc_map *map, const char *name, const ProtobufCMessage *message,
              struct rcc_map_fault *ret_fault)
{
	struct walk walk = {.op = OP_CHECK};
	push(&walk, map, NULL, message, NULL);
	return walk_all(&walk, name, ret_fault);
}

void
rcc_map_fill(const struct rcc_map *map, const ProtobufCMessage *message, void *own)
{
	struct walk walk = {.op = OP_FILL};
	struct rcc_map_fault fault = {.field = ""};
	push(&walk, map, NULL, message, own);
	enum rcc_status status = walk_all(&walk, "", &fault);
	assert(status == RCC_OK);
	(void)status;
}
