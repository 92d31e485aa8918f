#include "feed/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

/* One line of the log, its end cut when longer. */
#define LINE_SIZE 768

void
rcc_feed_log(enum rcc_feed_level level, const char *event_name, const char *format, ...)
{
	char text[LINE_SIZE];
	va_list args;
	va_start(args, format);
	int len = vsnprintf(text, sizeof text, format, args);
	va_end(args);
	if (len < 0) {
		return;
	}
	/* Set by systemd when stderr is the journal (systemd.exec(5)). */
	if (getenv("JOURNAL_STREAM") != NULL) {
		fprintf(stderr, "<%d>%s: %s\n", (int)level, event_name, text);
	} else {
		fprintf(stderr, "%s: %s\n", event_name, text);
	}
}

bool
rcc_feed_limit_passed(struct rcc_feed_limit *limit, int64_t every_ms, int64_t mono_ms, uint64_t *ret_count)
{
	limit->count++;
	if (limit->is_told && mono_ms - limit->told_mono_ms < every_ms) {
		return false;
	}
	*ret_count = limit->count;
	limit->is_told = true;
	limit->told_mono_ms = mono_ms;
	limit->count = 0;
	return true;
}
