#include "feed/tally.h"

#include <stdio.h>
#include <string.h>

const char *
rcc_feed_fate_word(enum rcc_feed_fate fate)
{
#define RCC_FEED_FATE_WORD(name, word) word,
	static const char *const words[] = {RCC_FEED_FATE_LIST(RCC_FEED_FATE_WORD)};
#undef RCC_FEED_FATE_WORD
	return words[fate];
}

/* Repeats and routine were read and understood: nobody need look at them. */
static bool
is_lost_on_us(enum rcc_feed_fate fate)
{
	return fate == RCC_FEED_FATE_GARBLED || fate == RCC_FEED_FATE_INCOMPLETE || fate == RCC_FEED_FATE_UNREADABLE ||
	       fate == RCC_FEED_FATE_WITHHELD || fate == RCC_FEED_FATE_OTHER;
}

void
rcc_feed_tally_count(struct rcc_feed_tally *tally, enum rcc_feed_fate fate, uint32_t lines, const uint8_t *bytes,
                     size_t len, int64_t at_ms)
{
	struct rcc_feed_last *last = &tally->last;
	tally->fate[fate] += lines;
	if (!is_lost_on_us(fate) || len == 0) {
		return;
	}
	*last = (struct rcc_feed_last){.is_there = true, .why = fate, .at_ms = at_ms};
	last->len = (uint32_t)(len < sizeof last->bytes ? len : sizeof last->bytes);
	memcpy(last->bytes, bytes, last->len);
}

bool
rcc_feed_tally_due(const struct rcc_feed_tally *tally, uint64_t welcomes, bool is_end, int64_t mono_ms)
{
	bool is_changed = tally->lines + tally->texts != tally->told_heard || tally->waiting != tally->told_waiting;
	if (welcomes == 0) {
		return false;
	}
	if (welcomes != tally->told_welcomes || (is_end && is_changed)) {
		return true;
	}
	return is_changed && mono_ms - tally->told_mono_ms >= RCC_FEED_TALLY_MS;
}

void
rcc_feed_tally_told(struct rcc_feed_tally *tally, uint64_t welcomes, int64_t mono_ms)
{
	tally->told_heard = tally->lines + tally->texts;
	tally->told_waiting = tally->waiting;
	tally->told_welcomes = welcomes;
	tally->told_mono_ms = mono_ms;
}

void
rcc_feed_tally_fill(const struct rcc_feed_tally *tally, struct rcc_tally *ret_sums)
{
	const struct rcc_feed_last *last = &tally->last;
	memset(ret_sums, 0, sizeof *ret_sums);
	ret_sums->lines = tally->lines;
	ret_sums->texts = tally->texts;
	ret_sums->waiting = tally->waiting;
	ret_sums->alert = tally->fate[RCC_FEED_FATE_ALERT];
	ret_sums->raw = tally->fate[RCC_FEED_FATE_RAW];
	ret_sums->report = tally->fate[RCC_FEED_FATE_REPORT];
	ret_sums->vessel_data = tally->fate[RCC_FEED_FATE_STATIC];
	ret_sums->own = tally->fate[RCC_FEED_FATE_OWN];
	ret_sums->repeats = tally->fate[RCC_FEED_FATE_REPEATED];
	ret_sums->routine = tally->fate[RCC_FEED_FATE_ROUTINE];
	ret_sums->garbled = tally->fate[RCC_FEED_FATE_GARBLED];
	ret_sums->incomplete = tally->fate[RCC_FEED_FATE_INCOMPLETE];
	ret_sums->unreadable = tally->fate[RCC_FEED_FATE_UNREADABLE];
	ret_sums->withheld = tally->fate[RCC_FEED_FATE_WITHHELD];
	ret_sums->other = tally->fate[RCC_FEED_FATE_OTHER];
	if (last->is_there) {
		(void)snprintf(ret_sums->last_why, sizeof ret_sums->last_why, "%s", rcc_feed_fate_word(last->why));
		ret_sums->last_at_ms = last->at_ms;
		ret_sums->last_len = last->len;
		memcpy(ret_sums->last, last->bytes, last->len);
	}
}
