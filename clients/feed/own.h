/*
 * own.h - the ship's own position out of gpsd's fixes: how often, and which of them can be believed. Pure.
 */
#ifndef RCC_FEED_OWN_H
#define RCC_FEED_OWN_H

#include <gps.h>

#include "rcc/message.h"

/*
 * A fix whose time is further from its arrival than this has a wrong clock behind it: a receiver that lost whole GPS
 * weeks (1,024 weeks back), or a recording.
 */
#define RCC_FEED_FIX_TIME_MAX_MS 120000

struct rcc_feed_own {
	struct rcc_mmsi mmsi; /* 0 = own position is not sent */
	int64_t every_ms;
	int64_t sent_mono_ms; /* monotonic; 0 = never */
};

void rcc_feed_own_init(struct rcc_feed_own *own, struct rcc_mmsi mmsi, int64_t every_ms);

/*
 * Takes a fix that arrived at at_ms. RCC_OK: send *ret_report now; *ret_time_doubted tells that the receiver's time could
 * not be believed and the arrival stands in it. RCC_E_AGAIN: not due, or not a position. RCC_E_RANGE: outside the globe.
 */
RCC_MUST_USE enum rcc_status rcc_feed_own_take(struct rcc_feed_own *own, const struct gps_fix_t *fix, int64_t at_ms,
                                               int64_t mono_ms, struct rcc_report *ret_report, bool *ret_time_doubted);

#endif
