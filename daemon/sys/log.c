#define _GNU_SOURCE

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sys/sys.h"

/* One line, and one write(2): lines of several processes on one terminal do not mix. */
#define LINE_MAX_BYTES 1024

/* The one setting of the log; see sys.h. */
static enum rcc_log_level log_level = RCC_LOG_INFO;

void
rcc_log_set_level(enum rcc_log_level level)
{
	log_level = level;
}

/* Is stderr the journal's own stream? Then it reads the priority; anywhere else "<6>" is noise (systemd.exec(5)). */
static bool
is_journal(void)
{
	const char *stream = getenv("JOURNAL_STREAM");
	struct stat info;
	char own[64];

	if (stream == NULL || fstat(STDERR_FILENO, &info) != 0) {
		return false;
	}
	snprintf(own, sizeof own, "%ju:%ju", (uintmax_t)info.st_dev, (uintmax_t)info.st_ino);
	return strcmp(stream, own) == 0;
}

static const char *
level_word(enum rcc_log_level level)
{
	switch (level) {
	case RCC_LOG_ERROR:
		return "error ";
	case RCC_LOG_WARNING:
		return "warning ";
	case RCC_LOG_DEBUG:
		return "debug ";
	case RCC_LOG_INFO:
		break;
	}
	return "";
}

void
rcc_log(enum rcc_log_level level, const char *event_name, const char *format, ...)
{
	char line[LINE_MAX_BYTES + 2];
	char prefix[16];
	va_list arguments;

	if (level > log_level) {
		return;
	}
	snprintf(prefix, sizeof prefix, "<%d>", (int)level);
	int len = snprintf(line, LINE_MAX_BYTES, "%s%s: ", is_journal() ? prefix : level_word(level), event_name);

	if (len < 0 || len >= LINE_MAX_BYTES) {
		len = 0;
	}
	va_start(arguments, format);
	vsnprintf(line + len, (size_t)(LINE_MAX_BYTES - len), format, arguments);
	va_end(arguments);
	/* what a stranger sent may stand in the text: it must not begin a line of its own, nor move the cursor */
	for (char *c = line; *c != '\0'; c++) {
		if ((unsigned char)*c < ' ' || *c == 0x7f) {
			*c = '?';
		}
	}
	size_t end = strlen(line);

	line[end] = '\n';
	if (write(STDERR_FILENO, line, end + 1) < 0) {
		return; /* nowhere to complain */
	}
}
