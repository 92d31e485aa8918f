/*
 * repeat.h - which signal of a beacon is sent on: the first at once, then one a minute, or at once when it moved. Pure.
 *
 * Why:    a beacon sends eight bursts a minute for days and several stations hear it; the centre needs the first second
 *         and every change, not each burst.
 * Order:  ask with _due(), send, then _sent(): a signal that could not be sent leaves the next one due at once.
 */
#ifndef RCC_FEED_REPEAT_H
#define RCC_FEED_REPEAT_H

#include "rcc/message.h"

#define RCC_FEED_REPEAT_MS 60000
/* 0.1 nautical mile. */
#define RCC_FEED_MOVED_M 185.2
/* Beacons followed at a time: a liner's lifeboats and rafts. When full, the one silent longest is forgotten. */
#define RCC_FEED_BEACONS_MAX 512
/* DSC lines remembered: a minute of a busy coast station. */
#define RCC_FEED_LINES_MAX 128
/*
 * Longer lines are never taken for repeats. NMEA 0183 allows 82 characters; the sentences of an expansion are one line here,
 * and nine of them are rare.
 */
#define RCC_FEED_LINE_MAX 480

struct rcc_feed_beacon {
	bool used;
	uint32_t mmsi;
	enum rcc_source source;
	enum rcc_class class;
	bool is_damaged;             /* a whole signal after a damaged one is news */
	char text[RCC_TEXT_MAX + 1]; /* only for texts, where another text is another signal */
	struct rcc_pos pos;          /* last one sent */
	int64_t sent_mono_ms;
};
struct rcc_feed_line {
	char text[RCC_FEED_LINE_MAX + 1]; /* empty = free */
	int64_t sent_mono_ms;
};
struct rcc_feed_repeats {
	struct rcc_feed_beacon beacon[RCC_FEED_BEACONS_MAX];
	struct rcc_feed_line line[RCC_FEED_LINES_MAX];
};

void rcc_feed_repeats_init(struct rcc_feed_repeats *repeats);

/* True: send this alert now. */
bool rcc_feed_alert_due(const struct rcc_feed_repeats *repeats, const struct rcc_alert *alert, int64_t mono_ms);
void rcc_feed_alert_sent(struct rcc_feed_repeats *repeats, const struct rcc_alert *alert, int64_t mono_ms);

/* True: the same line was not sent within RCC_FEED_REPEAT_MS. */
bool rcc_feed_line_due(const struct rcc_feed_repeats *repeats, const char *line, int64_t mono_ms);
void rcc_feed_line_sent(struct rcc_feed_repeats *repeats, const char *line, int64_t mono_ms);

#endif
