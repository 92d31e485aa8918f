#include "proto/wire_arena.h"

#include <assert.h>
#include <stdalign.h>
#include <string.h>

#include "rcc/limits.h"

#define ALIGNMENT alignof(max_align_t)

struct rcc_arena
rcc_arena_open(size_t limit)
{
	assert(limit <= RCC_UNPACK_ENTRY_ARENA_MAX);
	return (struct rcc_arena){.base = rcc_arena_memory(), .limit = limit};
}

void *
rcc_arena_take(struct rcc_arena *arena, size_t size)
{
	size_t left = arena->limit - arena->used;
	if (size > left || left - size < 2 * ALIGNMENT) {
		arena->is_exhausted = true;
		return NULL;
	}
	uint8_t *block = arena->base + arena->used + ALIGNMENT;
	memcpy(block - ALIGNMENT, &size, sizeof size);
	arena->used += ALIGNMENT + (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	return block;
}

size_t
rcc_arena_size_of(const void *block)
{
	size_t size = 0;
	memcpy(&size, (const uint8_t *)block - ALIGNMENT, sizeof size);
	return size;
}

static void *
allocate(void *context, size_t size)
{
	return rcc_arena_take(context, size);
}

static void
release(void *context, void *block)
{
	(void)context;
	(void)block;
}

ProtobufCAllocator
rcc_arena_allocator(struct rcc_arena *arena)
{
	return (ProtobufCAllocator){.alloc = allocate, .free = release, .allocator_data = arena};
}
