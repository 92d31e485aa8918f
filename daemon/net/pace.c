#include "net/pace.h"

#include <assert.h>
#include <string.h>

uint64_t
rcc_pace_hash(uint64_t seed, const uint8_t id[RCC_PACE_ID_SIZE])
{
	/* the finalizer of splitmix64, chained over four words */
	uint64_t hash = seed;

	for (int i = 0; i < RCC_PACE_ID_SIZE; i += 8) {
		uint64_t word;

		memcpy(&word, id + i, sizeof word);
		hash = (hash ^ word) + UINT64_C(0x9e3779b97f4a7c15);
		hash = (hash ^ (hash >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
		hash = (hash ^ (hash >> 27)) * UINT64_C(0x94d049bb133111eb);
		hash ^= hash >> 31;
	}
	return hash;
}

void
rcc_pace_init(struct rcc_pace *pace, uint64_t seed, struct rcc_pace_rate rate)
{
	assert(rate.interval_ms > 0 && rate.burst > 0);
	pace->seed = seed;
	pace->rate = rate;
}

bool
rcc_pace_mark_may(struct rcc_pace_mark *mark, const struct rcc_pace_rate *rate, int64_t now_ms)
{
	int64_t due_ms = mark->due_ms > now_ms ? mark->due_ms : now_ms;

	if (due_ms - now_ms > (rate->burst - 1) * rate->interval_ms) {
		return false;
	}
	mark->due_ms = due_ms + rate->interval_ms;
	return true;
}

bool
rcc_pace_may(struct rcc_pace *pace, const uint8_t id[RCC_PACE_ID_SIZE], int64_t now_ms)
{
	uint64_t row = rcc_pace_hash(pace->seed, id) & (RCC_PACE_ROWS - 1);
	struct rcc_pace_slot *first = &pace->slot[row * RCC_PACE_WAYS];
	struct rcc_pace_slot *oldest = first;

	for (struct rcc_pace_slot *slot = first; slot < first + RCC_PACE_WAYS; slot++) {
		if (slot->mark.due_ms != 0 && memcmp(slot->id, id, RCC_PACE_ID_SIZE) == 0) {
			return rcc_pace_mark_may(&slot->mark, &pace->rate, now_ms);
		}
		if (slot->mark.due_ms < oldest->mark.due_ms) {
			oldest = slot;
		}
	}
	memcpy(oldest->id, id, RCC_PACE_ID_SIZE);
	oldest->mark.due_ms = 0;
	return rcc_pace_mark_may(&oldest->mark, &pace->rate, now_ms);
}
