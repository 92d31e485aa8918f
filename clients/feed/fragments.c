#include "feed/fragments.h"

#include <assert.h>
#include <string.h>

/* Lets a message out of the table. */
static void
release(struct rcc_feed_message *row, struct rcc_feed_message *ret_message)
{
	*ret_message = *row;
	row->lines = 0;
}

/* The message's own row, a free one, or the oldest. */
static struct rcc_feed_message *
row_for(struct rcc_feed_fragments *fragments, const struct rcc_feed_part *part)
{
	struct rcc_feed_message *best = &fragments->message[0];
	for (size_t i = 0; i < RCC_FEED_FRAGMENTS_MAX; i++) {
		struct rcc_feed_message *row = &fragments->message[i];
		if (row->lines > 0 && row->total == part->total && strcmp(row->key, part->key) == 0) {
			return row;
		}
		if (best->lines > 0 && (row->lines == 0 || row->began_mono_ms < best->began_mono_ms)) {
			best = row;
		}
	}
	return best;
}

/* Does the sentence belong to what stands in the row? The same number again begins a new message. */
static bool
continues(const struct rcc_feed_message *row, const struct rcc_feed_part *part, size_t len)
{
	return row->lines > 0 && row->total == part->total && strcmp(row->key, part->key) == 0 &&
	       (row->have & 1u << (part->number - 1)) == 0 && len + 1 <= sizeof row->bytes - row->len;
}

bool
rcc_feed_fragments_add(struct rcc_feed_fragments *fragments, const struct rcc_feed_part *part, const uint8_t *line,
                       size_t len, int64_t mono_ms, struct rcc_feed_message *ret_message)
{
	struct rcc_feed_message *row = row_for(fragments, part);
	bool is_out = false;
	assert(len < sizeof row->bytes && part->total > 1);
	if (!continues(row, part, len)) {
		if (row->lines > 0) {
			release(row, ret_message);
			is_out = true;
		}
		*row = (struct rcc_feed_message){.total = part->total, .began_mono_ms = mono_ms};
		memcpy(row->key, part->key, sizeof row->key);
	}
	if (row->len > 0) {
		row->bytes[row->len++] = '\n';
	}
	memcpy(row->bytes + row->len, line, len);
	row->len += len;
	row->lines++;
	row->have |= 1u << (part->number - 1);
	/* Its first sentence alone never completes a message: one comes out at most. */
	if (row->lines == row->total) {
		release(row, ret_message);
		is_out = true;
	}
	return is_out;
}

bool
rcc_feed_fragments_expire(struct rcc_feed_fragments *fragments, int64_t mono_ms, struct rcc_feed_message *ret_message)
{
	for (size_t i = 0; i < RCC_FEED_FRAGMENTS_MAX; i++) {
		struct rcc_feed_message *row = &fragments->message[i];
		if (row->lines > 0 && mono_ms - row->began_mono_ms >= RCC_FEED_FRAGMENT_WAIT_MS) {
			release(row, ret_message);
			return true;
		}
	}
	return false;
}
