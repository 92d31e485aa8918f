/*
 * expansion.h - the sentences of one DSC expansion (DSE) that came on one line, put together. Pure.
 *
 * Why:    a DSE after the first may leave out the ship (IEC 61162-1): only whoever hears them in order knows whose it is.
 *         None waits: each goes out at once, with those before it that it belongs to.
 */
#ifndef RCC_FEED_EXPANSION_H
#define RCC_FEED_EXPANSION_H

#include "feed/repeat.h"

/* Sentences of one expansion: their number has one digit. */
#define RCC_FEED_EXPANSION_PARTS_MAX 9
/* Expansions followed at a time; beyond, the oldest is forgotten. */
#define RCC_FEED_EXPANSIONS_MAX 8
/* They come one right after the other: what comes later than this after the last is no part of it. */
#define RCC_FEED_EXPANSION_OPEN_MS 10000
/* Bytes of one, tag blocks included, far below what the centre keeps; a sentence that finds no room goes out alone. */
#define RCC_FEED_EXPANSION_MAX 2048

struct rcc_feed_expansion {
	uint32_t total;        /* sentences; 0 = free */
	uint32_t have;         /* bit n - 1: sentence n has come */
	char address[12];      /* whose, as the sentences write it */
	int64_t heard_mono_ms; /* the latest sentence */
	size_t len;            /* of the lines, a line feed between them */
	uint8_t bytes[RCC_FEED_EXPANSION_MAX];
	size_t same_len; /* of the sentences without their tag blocks, likewise */
	char same[RCC_FEED_LINE_MAX + 1];
};
/* Zeroed = none. */
struct rcc_feed_expansions {
	struct rcc_feed_expansion row[RCC_FEED_EXPANSIONS_MAX];
};

/* What goes out. */
struct rcc_feed_call {
	const uint8_t *bytes; /* the line, or those of its expansion so far; borrowed from the caller or the table */
	size_t len;
	const char *same; /* makes a repeat: no tag block's time is in it */
	size_t same_len;
};

/*
 * Takes a line with a DSC or DSE at `from`. A sound DSE that says that it is one of several is put to the expansion that it
 * continues: by its ship, or, if it names none, to the only one that can want it.
 */
void rcc_feed_expansion_take(struct rcc_feed_expansions *expansions, const uint8_t *line, size_t len, size_t from,
                             int64_t mono_ms, struct rcc_feed_call *ret_call);

#endif
