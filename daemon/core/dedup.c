/*
 * dedup.c - which messages were taken: the same id gets the same answer and never a second effect.
 *
 * A ring of the latest RCC_DEDUP_MAX ids with a hash index; what fell out of it is found in the journal by its caller.
 */
#include <assert.h>
#include <string.h>

#include "core/core_internal.h"

static bool
is_set(const struct rcc_msg_id *id)
{
	static const struct rcc_msg_id none = {{0}};
	return memcmp(id, &none, sizeof none) != 0;
}

/*
 * Whoever chooses ids that fall into one bucket would make every look-up walk them all, and the whole centre wait: what spreads them is
 * not known outside. It orders nothing and is no part of the state.
 */
uint32_t
rcc_seen_bucket(const struct rcc_core *core, const struct rcc_msg_id *id)
{
	uint64_t hash = core->seen_seed;

	for (size_t i = 0; i < sizeof id->b; i += sizeof hash) {
		uint64_t word;
		memcpy(&word, &id->b[i], sizeof word);
		hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
		hash ^= hash >> 32;
	}
	return (uint32_t)hash % RCC_SEEN_BUCKETS;
}

enum rcc_seen
rcc_core_seen(const struct rcc_core *core, const struct rcc_origin *origin, uint64_t *ret_seq)
{
	if (!is_set(&origin->msg_id))
		return RCC_SEEN_NEVER;
	if (origin->conflict_seq != 0) {
		*ret_seq = origin->conflict_seq;
		return RCC_SEEN_OTHER_BYTES;
	}
	uint32_t slot1 = core->seen_bucket[rcc_seen_bucket(core, &origin->msg_id)];
	while (slot1 != 0) {
		const struct rcc_seen_message *seen = &core->seen[slot1 - 1];
		if (memcmp(&seen->id, &origin->msg_id, sizeof seen->id) == 0 &&
		    memcmp(&seen->key, &origin->key, sizeof seen->key) == 0) {
			*ret_seq = seen->seq;
			return seen->fingerprint == origin->fingerprint ? RCC_SEEN_SAME : RCC_SEEN_OTHER_BYTES;
		}
		slot1 = seen->next;
	}
	return RCC_SEEN_NEVER;
}

static void
unlink_slot(struct rcc_core *core, uint32_t slot)
{
	struct rcc_seen_message *seen = &core->seen[slot];
	uint32_t *link = &core->seen_bucket[rcc_seen_bucket(core, &seen->id)];

	while (*link != slot + 1) {
		assert(*link != 0);
		link = &core->seen[*link - 1].next;
	}
	*link = seen->next;
}

void
rcc_dedup_remember(struct rcc_core *core, const struct rcc_origin *origin, uint64_t seq)
{
	uint64_t before;

	/* The first message with an id is the one that counts; a conflict is recorded beside it. */
	if (!is_set(&origin->msg_id) || rcc_core_seen(core, origin, &before) != RCC_SEEN_NEVER)
		return;
	uint32_t slot = core->seen_next;
	struct rcc_seen_message *seen = &core->seen[slot];
	if (seen->seq != 0)
		unlink_slot(core, slot);
	uint32_t bucket = rcc_seen_bucket(core, &origin->msg_id);
	*seen = (struct rcc_seen_message){.key = origin->key,
	                                  .id = origin->msg_id,
	                                  .seq = seq,
	                                  .fingerprint = origin->fingerprint,
	                                  .next = core->seen_bucket[bucket]};
	core->seen_bucket[bucket] = slot + 1;
	core->seen_next = (slot + 1) % RCC_DEDUP_MAX;
}
