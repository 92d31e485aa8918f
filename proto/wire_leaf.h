/*
 * wire_leaf.h - single values between our structs and protobuf-c's; the engine's hands. Used by wire_map.c alone.
 *
 * Values are copied by memcpy at table offsets, so that no pointer is ever cast to a type that it does not have.
 */
#ifndef RCC_PROTO_WIRE_LEAF_H
#define RCC_PROTO_WIRE_LEAF_H

#include <string.h>

#include "proto/wire_map.h"

/* No refusal. */
#define RCC_LEAF_GOOD ((enum rcc_refusal)0)

static inline uint32_t
rcc_leaf_u32_at(const uint8_t *base, uint32_t offset)
{
	uint32_t value = 0;
	memcpy(&value, base + offset, sizeof value);
	return value;
}

static inline void
rcc_leaf_put_u32(uint8_t *base, uint32_t offset, uint32_t value)
{
	memcpy(base + offset, &value, sizeof value);
}

static inline const void *
rcc_leaf_pointer_at(const uint8_t *base, uint32_t offset)
{
	const void *pointer = NULL;
	memcpy(&pointer, base + offset, sizeof pointer);
	return pointer;
}

static inline void
rcc_leaf_put_pointer(uint8_t *base, uint32_t offset, const void *pointer)
{
	memcpy(base + offset, &pointer, sizeof pointer);
}

/* An empty protobuf-c message in the arena; NULL when it does not fit. */
void *rcc_leaf_new(struct rcc_arena *arena, const ProtobufCMessageDescriptor *descriptor);

/* Each returns RCC_LEAF_GOOD or why not. Pre: the row is not SUB, REPEATED or ONEOF. */
enum rcc_refusal rcc_leaf_build(struct rcc_arena *arena, const struct rcc_map_row *row, const uint8_t *own,
                                uint8_t *pb);
enum rcc_refusal rcc_leaf_check(const struct rcc_map_row *row, const uint8_t *pb, const char **ret_name);
void rcc_leaf_fill(const struct rcc_map_row *row, const uint8_t *pb, uint8_t *own);

#endif
