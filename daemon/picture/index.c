/*
 * index.c - two ways to a slot: by MMSI (hash), and by the time it was heard (list).
 */
#include <assert.h>

#include "picture/impl.h"

/* Fibonacci hashing: MMSIs of one flag or one beacon maker differ in their low digits only. */
static uint32_t
home_of(const struct rcc_picture_impl *impl, uint32_t mmsi)
{
	return (uint32_t)((mmsi * UINT64_C(11400714819323198485)) >> 32) & impl->hash_mask;
}

uint32_t
rcc_picture_hash_find(const struct rcc_picture_impl *impl, uint32_t mmsi)
{
	uint32_t at = home_of(impl, mmsi);

	while (impl->bucket[at].mmsi != 0) {
		if (impl->bucket[at].mmsi == mmsi) {
			return impl->bucket[at].slot;
		}
		at = (at + 1) & impl->hash_mask;
	}
	return RCC_SLOT_NONE;
}

void
rcc_picture_hash_insert(struct rcc_picture_impl *impl, uint32_t mmsi, uint32_t slot)
{
	uint32_t at = home_of(impl, mmsi);

	while (impl->bucket[at].mmsi != 0) {
		assert(impl->bucket[at].mmsi != mmsi);
		at = (at + 1) & impl->hash_mask;
	}
	impl->bucket[at] = (struct rcc_picture_bucket){.mmsi = mmsi, .slot = slot};
}

void
rcc_picture_hash_remove(struct rcc_picture_impl *impl, uint32_t mmsi)
{
	uint32_t hole = home_of(impl, mmsi);

	while (impl->bucket[hole].mmsi != mmsi) {
		assert(impl->bucket[hole].mmsi != 0);
		hole = (hole + 1) & impl->hash_mask;
	}
	/* Closing the gap instead of leaving a tombstone keeps searches short however many vessels come and go. */
	for (uint32_t at = (hole + 1) & impl->hash_mask; impl->bucket[at].mmsi != 0; at = (at + 1) & impl->hash_mask) {
		uint32_t from_home = (at - home_of(impl, impl->bucket[at].mmsi)) & impl->hash_mask;
		if (from_home >= ((at - hole) & impl->hash_mask)) {
			impl->bucket[hole] = impl->bucket[at];
			hole = at;
		}
	}
	impl->bucket[hole] = (struct rcc_picture_bucket){.mmsi = 0};
}

void
rcc_picture_order_push(struct rcc_picture_impl *impl, uint32_t slot, int64_t heard_at_ms)
{
	struct rcc_picture_links *links = &impl->links[slot];

	links->heard_at_ms = heard_at_ms;
	links->older = impl->newest;
	links->newer = RCC_SLOT_NONE;
	if (impl->newest == RCC_SLOT_NONE) {
		impl->oldest = slot;
	} else {
		impl->links[impl->newest].newer = slot;
		if (impl->links[impl->newest].heard_at_ms > heard_at_ms) {
			impl->is_order_broken = true;
		}
	}
	impl->newest = slot;
}

void
rcc_picture_order_remove(struct rcc_picture_impl *impl, uint32_t slot)
{
	const struct rcc_picture_links *links = &impl->links[slot];

	if (links->older == RCC_SLOT_NONE) {
		impl->oldest = links->newer;
	} else {
		impl->links[links->older].newer = links->newer;
	}
	if (links->newer == RCC_SLOT_NONE) {
		impl->newest = links->older;
	} else {
		impl->links[links->newer].older = links->older;
	}
}

/*
 * The daemon's clock never runs backwards, so this happens only after the picture was rebuilt from stored tracks. The
 * sort for queries serves here too: milliseconds since 1970 are exact in a double.
 */
void
rcc_picture_order_repair(struct rcc_picture_impl *impl)
{
	size_t count = 0;

	if (!impl->is_order_broken) {
		return;
	}
	for (uint32_t slot = impl->oldest; slot != RCC_SLOT_NONE; slot = impl->links[slot].newer) {
		impl->hit[count++] = (struct rcc_picture_hit){
		    .chord2 = (double)impl->links[slot].heard_at_ms, .slot = slot, .mmsi = impl->node[slot].mmsi};
	}
	rcc_hits_sort(impl, count);
	impl->oldest = RCC_SLOT_NONE;
	impl->newest = RCC_SLOT_NONE;
	for (size_t i = 0; i < count; i++) {
		uint32_t slot = impl->hit[i].slot;
		rcc_picture_order_push(impl, slot, impl->links[slot].heard_at_ms);
	}
	impl->is_order_broken = false;
}
