/* text_line.h - a line that is put together from pieces. For the writers of lines in this folder alone. */
#ifndef RCC_TEXT_LINE_H
#define RCC_TEXT_LINE_H

#include <stddef.h>

/* text is the caller's, of size bytes (at least 1), ended by NUL; len is what it holds so far, always below size. */
struct line {
	char *text;
	size_t size, len;
};

/* Appends, and cuts where the room ends. */
void rcc_line_put(struct line *line, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
