#include <stdalign.h>

#include "proto/wire_arena.h"
#include "rcc/limits.h"

/* The one mutable object of proto/: eight megabytes that cost nothing until a message needs them. */
static alignas(max_align_t) uint8_t memory[RCC_UNPACK_ENTRY_ARENA_MAX];

uint8_t *
rcc_arena_memory(void)
{
	return memory;
}
