/*
 * feed.h - what happens to each line that gpsd gives: a report into the batch, an alert out at once.
 */
#ifndef RCC_FEED_H
#define RCC_FEED_H

#include "feed/batch.h"
#include "feed/gps.h"
#include "feed/out.h"
#include "feed/own.h"
#include "feed/repeat.h"

struct rcc_feed {
	struct rcc_feed_gps gps;
	struct rcc_feed_batch batch;
	struct rcc_feed_own own;
	struct rcc_feed_repeats repeats;
	struct rcc_feed_out out;
	bool time_told;       /* that the receiver's clock is wrong */
	uint64_t no_position; /* reports dropped because they state no valid one */
	uint64_t replaced;    /* reports replaced in a batch by a newer one of the same ship */
	uint64_t lines;
	char vdm[RCC_FEED_RAW_LINE_MAX + 1]; /* the last !--VDM line: what the next AIS object was made from */
};

/* The line just read (gps->line, gps->data), at this time. */
void rcc_feed_take(struct rcc_feed *feed, int64_t at_ms, int64_t mono_ms);
/* Sends the batches that are due. */
void rcc_feed_flush(struct rcc_feed *feed, int64_t mono_ms);
/* Sends what is left in them. */
void rcc_feed_finish(struct rcc_feed *feed);

#endif
