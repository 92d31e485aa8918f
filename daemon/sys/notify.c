#define _GNU_SOURCE

#include <stdio.h>
#include <string.h>
#include <systemd/sd-daemon.h>

#include "sys/sys.h"

/* Longest status line that `systemctl status` is given. */
#define STATUS_MAX 255

/* One line only: a newline would begin a further assignment to the service manager. */
static void
notify_with(const char *prefix, const char *status_line)
{
	char state[STATUS_MAX + 32];

	snprintf(state, sizeof state, "%sSTATUS=%.*s", prefix, STATUS_MAX, status_line);
	for (char *c = state + strlen(prefix); *c != '\0'; c++) {
		if (*c == '\n' || *c == '\r') {
			*c = ' ';
		}
	}
	/* without a service manager nobody listens, and that is no error */
	(void)sd_notify(0, state);
}

void
rcc_notify_ready(const char *status_line)
{
	notify_with("READY=1\n", status_line);
}

void
rcc_notify_status(const char *status_line)
{
	notify_with("", status_line);
}

void
rcc_notify_stopping(void)
{
	(void)sd_notify(0, "STOPPING=1");
}

int64_t
rcc_notify_watchdog(int64_t monotonic_ms)
{
	/* one process, one watchdog: a ping costs a system call and turns come in thousands a second */
	static int64_t pinged_ms;
	uint64_t interval_us = 0;

	if (sd_watchdog_enabled(0, &interval_us) <= 0) {
		return 0;
	}
	int64_t interval_ms = (int64_t)(interval_us / 1000);

	if (pinged_ms == 0 || monotonic_ms - pinged_ms >= interval_ms / 2) {
		(void)sd_notify(0, "WATCHDOG=1");
		pinged_ms = monotonic_ms;
	}
	return interval_ms;
}
