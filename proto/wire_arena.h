/*
 * wire_arena.h - bounded memory for protobuf-c: one bump allocator, emptied before each message.
 *
 * Why:    protobuf-c allocates per field, so that few bytes can ask for much memory (64 kB of empty sub-messages
 *         became 1.57 MB when measured). Here the bound is ours, and nothing ever reaches malloc.
 * Blocks: each remembers its size, which shows text that holds a NUL (protobuf-c hands out C strings).
 */
#ifndef RCC_PROTO_WIRE_ARENA_H
#define RCC_PROTO_WIRE_ARENA_H

#include <protobuf-c/protobuf-c.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct rcc_arena {
	uint8_t *base;
	size_t used, limit;
	bool is_exhausted; /* something was asked for that did not fit */
};

/*
 * RCC_UNPACK_ENTRY_ARENA_MAX bytes, aligned for any type: the process's one arena. In a file of its own, so that a test whose
 * other side is a thread can give each thread its own.
 */
uint8_t *rcc_arena_memory(void);
/* Empties the process's one arena and bounds it. Pre: limit <= RCC_UNPACK_ENTRY_ARENA_MAX. */
struct rcc_arena rcc_arena_open(size_t limit);
/* NULL when the bound is reached; aligned for any type; not cleared. */
void *rcc_arena_take(struct rcc_arena *arena, size_t size);
/* Size that was asked for. Pre: `block` came from rcc_arena_take(). */
size_t rcc_arena_size_of(const void *block);
/* The arena as protobuf-c wants it; freeing does nothing. */
ProtobufCAllocator rcc_arena_allocator(struct rcc_arena *arena);

#endif
