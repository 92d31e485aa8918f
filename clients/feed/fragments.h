/*
 * fragments.h - the sentences of one AIS message put together, by sequence number and channel, in bounded memory. Pure.
 *
 * A message whose sentences do not all come, or whose place another one needs, comes out as well: the beginning of a safety
 * text is for a person.
 */
#ifndef RCC_FEED_FRAGMENTS_H
#define RCC_FEED_FRAGMENTS_H

#include "feed/nmea.h"
#include "rcc/limits.h"

/* Messages begun at a time: sequence numbers are ten to a channel and station, and each is done within a second. */
#define RCC_FEED_FRAGMENTS_MAX 16
/* The sentences of one message come from one slot after the other, 27 ms each; the lines between may be slow. */
#define RCC_FEED_FRAGMENT_WAIT_MS 10000

/* The sentences of one message, one to a line, as they came. */
struct rcc_feed_message {
	char key[16];
	uint32_t total, lines; /* lines = 0: free */
	uint32_t have;         /* bit 0 = the first sentence is there */
	int64_t began_mono_ms;
	size_t len;
	uint8_t bytes[RCC_RAW_MAX];
};
/* Zeroed = empty. */
struct rcc_feed_fragments {
	struct rcc_feed_message message[RCC_FEED_FRAGMENTS_MAX];
};

/*
 * Takes a sentence of a message of several, at most RCC_NMEA_LINE_MAX long. True: *ret_message came out, either whole with this
 * sentence, or another one, incomplete, that had to leave for it (lines < total).
 */
bool rcc_feed_fragments_add(struct rcc_feed_fragments *fragments, const struct rcc_feed_part *part, const uint8_t *line,
                            size_t len, int64_t mono_ms, struct rcc_feed_message *ret_message);
/* True: *ret_message has waited too long, and is out. Call until false; with INT64_MAX for everything that is left. */
bool rcc_feed_fragments_expire(struct rcc_feed_fragments *fragments, int64_t mono_ms,
                               struct rcc_feed_message *ret_message);

#endif
