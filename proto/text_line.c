/* text_line.c - a line that is put together from pieces. */
#include "proto/text_line.h"

#include <stdarg.h>
#include <stdio.h>

void
rcc_line_put(struct line *line, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	int len = vsnprintf(line->text + line->len, line->size - line->len, format, arguments);
	va_end(arguments);
	if (len > 0)
		line->len += (size_t)len < line->size - line->len ? (size_t)len : line->size - line->len - 1;
}
