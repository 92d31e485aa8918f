/*
 * log.h - one line per happening on stderr, "event_name: text", with systemd's priority prefix when it listens.
 */
#ifndef RCC_FEED_LOG_H
#define RCC_FEED_LOG_H

enum rcc_feed_level { RCC_FEED_ERROR = 3, RCC_FEED_WARNING = 4, RCC_FEED_NOTICE = 5, RCC_FEED_INFO = 6 };

void rcc_feed_log(enum rcc_feed_level level, const char *event_name, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
