/*
 * batch.h - reports and static data gathered into full messages; of several reports of one ship the newest stays. Pure.
 */
#ifndef RCC_FEED_BATCH_H
#define RCC_FEED_BATCH_H

#include "rcc/message.h"

struct rcc_feed_batch {
	int64_t wait_ms;     /* a batch is sent when this old, or full */
	int64_t reports_due; /* monotonic; 0 = empty */
	int64_t statics_due;
	struct rcc_position_batch positions;
	struct rcc_static_batch statics;
};

void rcc_feed_batch_init(struct rcc_feed_batch *batch, int64_t wait_ms);

/* True: it took the place of an older report of the same ship. Pre: not full (send when due after each addition). */
bool rcc_feed_batch_report(struct rcc_feed_batch *batch, const struct rcc_report *report, int64_t mono_ms);
/* The same; what the newer one does not state is kept from the older one. */
bool rcc_feed_batch_static(struct rcc_feed_batch *batch, const struct rcc_static *vessel, int64_t mono_ms);

bool rcc_feed_batch_reports_due(const struct rcc_feed_batch *batch, int64_t mono_ms);
bool rcc_feed_batch_statics_due(const struct rcc_feed_batch *batch, int64_t mono_ms);
/* Milliseconds until one of them is due; `idle_ms` if both are empty. */
int64_t rcc_feed_batch_wait_ms(const struct rcc_feed_batch *batch, int64_t mono_ms, int64_t idle_ms);
void rcc_feed_batch_clear_reports(struct rcc_feed_batch *batch);
void rcc_feed_batch_clear_statics(struct rcc_feed_batch *batch);

#endif
