/*
 * log.h - one line per happening on stderr, "event_name: text", with systemd's priority prefix when it listens.
 */
#ifndef RCC_FEED_LOG_H
#define RCC_FEED_LOG_H

#include <stdbool.h>
#include <stdint.h>

enum rcc_feed_level { RCC_FEED_ERROR = 3, RCC_FEED_WARNING = 4, RCC_FEED_NOTICE = 5, RCC_FEED_INFO = 6 };

void rcc_feed_log(enum rcc_feed_level level, const char *event_name, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* What may happen a thousand times a second is told once in a while, with how often it happened since. Zeroed = never. */
struct rcc_feed_limit {
	bool is_told;
	int64_t told_mono_ms;
	uint64_t count;
};
/* Counts one more; true: tell it now, it was *ret_count times. */
bool rcc_feed_limit_passed(struct rcc_feed_limit *limit, int64_t every_ms, int64_t mono_ms, uint64_t *ret_count);

#endif
