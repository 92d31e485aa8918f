/* How wide the screen is on which an officer reads, and sentences that keep to it. */
#define _DEFAULT_SOURCE
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "ctl/ctl.h"
#include "ctl/table.h"

#define WIDTH_USUAL 80
#define WIDTH_MIN 40
#define WIDTH_MAX 1000

static size_t
clamp(uint64_t width)
{
	return width < WIDTH_MIN ? WIDTH_MIN : (size_t)width;
}

size_t
rcc_ctl_terminal_width(FILE *out)
{
	struct winsize size;
	uint64_t columns;
	const char *told = getenv("COLUMNS");
	int fd = fileno(out);
	/* A file or a pipe has no edge: what reads it finds a row on one line. */
	if (fd < 0 || isatty(fd) == 0)
		return 0;
	if (told != NULL && rcc_ctl_uint_parse(told, WIDTH_MAX, &columns))
		return clamp(columns);
	if (ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return clamp(size.ws_col);
	return WIDTH_USUAL;
}

void
rcc_ctl_wrap_print(FILE *out, const char *indent, const char *hang, const char *text, size_t limit)
{
	char word[RCC_CTL_CELL_SIZE];
	size_t at = rcc_ctl_text_width(indent);
	bool is_first = true;
	fputs(indent, out);
	while (*text != '\0' && limit != 0) {
		size_t len = strcspn(text, " ");
		/* A longer word does not exist: the whole text is one cell, or one sentence. */
		snprintf(word, sizeof word, "%.*s", (int)len, text);
		size_t width = rcc_ctl_text_width(word);
		if (!is_first && at + 1 + width > limit) {
			fprintf(out, "\n%s", hang);
			at = rcc_ctl_text_width(hang);
		} else if (!is_first) {
			fputc(' ', out);
			at++;
		}
		fputs(word, out);
		at += width;
		is_first = false;
		text += len + strspn(text + len, " ");
	}
	fprintf(out, "%s\n", text);
}
