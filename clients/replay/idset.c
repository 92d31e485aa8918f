#include "replay/idset.h"

#include <assert.h>
#include <stdlib.h>

#define FIRST_SIZE 64

void
rcc_idset_fini(struct rcc_idset *set)
{
	free(set->slot);
	*set = (struct rcc_idset){0};
}

/* Open addressing; the table is never more than half full, so a free slot ends every search. */
static size_t
find_slot(const uint64_t *slot, size_t size, uint64_t value)
{
	size_t i = (size_t)(value * UINT64_C(0x9e3779b97f4a7c15) >> 20) & (size - 1);

	while (slot[i] != 0 && slot[i] != value)
		i = (i + 1) & (size - 1);
	return i;
}

static enum rcc_status
grow(struct rcc_idset *set)
{
	size_t size = set->size == 0 ? FIRST_SIZE : 2 * set->size;
	uint64_t *slot = calloc(size, sizeof *slot);

	if (slot == NULL)
		return RCC_E_FULL;
	for (size_t i = 0; i < set->size; i++) {
		if (set->slot[i] != 0)
			slot[find_slot(slot, size, set->slot[i])] = set->slot[i];
	}
	free(set->slot);
	set->slot = slot;
	set->size = size;
	return RCC_OK;
}

enum rcc_status
rcc_idset_add(struct rcc_idset *set, uint64_t value)
{
	assert(value != 0);
	if (2 * (set->count + 1) > set->size && grow(set) != RCC_OK)
		return RCC_E_FULL;
	size_t i = find_slot(set->slot, set->size, value);
	if (set->slot[i] == 0)
		set->count++;
	set->slot[i] = value;
	return RCC_OK;
}

bool
rcc_idset_has(const struct rcc_idset *set, uint64_t value)
{
	return set->size != 0 && set->slot[find_slot(set->slot, set->size, value)] == value;
}
