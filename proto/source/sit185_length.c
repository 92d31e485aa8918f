/*
 * sit185_length.c - where one SIT 185 message ends in a text of several.
 *
 * A message ends with its closing lines, or where the next one begins: with an envelope ("/00042 00000/5030/17 304 1918")
 * or a title. A title without its number begins a message only behind a closing line: in free text it is a quotation.
 */
#include <string.h>

#include "proto/source/sit185.h"
#include "proto/source/sit185_text.h"

/* As much of a line as tells what it is. */
#define LINE_MAX_SIZE 96

enum line {
	LINE_OTHER = 1,
	LINE_BLANK = 2,
	LINE_ENVELOPE = 3,
	LINE_TITLE = 4,       /* with its number */
	LINE_PLAIN_TITLE = 5, /* without */
	LINE_END = 6,         /* END OF MESSAGE */
	LINE_TRAILER = 7,     /* /LASSIT, /ENDMSG */
};

static size_t
line_length(const uint8_t *bytes, size_t len)
{
	const uint8_t *end = memchr(bytes, '\n', len);

	return end == NULL ? len : (size_t)(end - bytes) + 1;
}

/* The beginning of a line in capitals, blanks before it skipped. */
static void
copy_line(const uint8_t *bytes, size_t len, char to[LINE_MAX_SIZE])
{
	size_t at = 0;
	size_t size = 0;

	while (at < len && bytes[at] <= ' ')
		at++;
	for (; at < len && size + 1 < LINE_MAX_SIZE; at++) {
		uint8_t c = bytes[at];
		c = c <= ' ' ? ' ' : c;
		to[size++] = (char)(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
	}
	while (size > 0 && to[size - 1] == ' ')
		size--;
	to[size] = '\0';
}

/* "/00042 00000/..." or "/00042/...": the number of a message; "/122/503A/012/01" is its second line. */
static bool
is_envelope(const char *line)
{
	return line[0] == '/' && strspn(line + 1, "0123456789") == 5 && (line[6] == ' ' || line[6] == '/');
}

/* "1. ", "(1) ", "1 "; NULL if it is not paragraph 1. */
static const char *
behind_one(const char *line)
{
	line += *line == '(' ? 1 : 0;
	if (*line != '1')
		return NULL;
	line++;
	if (*line != '.' && *line != ')' && *line != ' ')
		return NULL;
	return line + strspn(line, ".) ");
}

static enum line
line_of(const uint8_t *bytes, size_t len)
{
	char line[LINE_MAX_SIZE] = "";
	const char *end = NULL;

	copy_line(bytes, len, line);
	if (line[0] == '\0')
		return LINE_BLANK;
	if (is_envelope(line))
		return LINE_ENVELOPE;
	if (strncmp(line, "/LASSIT", 7) == 0 || strncmp(line, "/ENDMSG", 7) == 0)
		return LINE_TRAILER;
	if (rcc_sit185_at(line, "END OF MESSAGE", &end))
		return LINE_END;
	bool is_alert = rcc_sit185_has(line, "COSPAS SARSAT") || rcc_sit185_has(line, "COSPAS") ||
	                rcc_sit185_has(line, "DISTRESS") || rcc_sit185_has(line, "SHIP SECURITY");
	if (behind_one(line) != NULL && is_alert)
		return LINE_TITLE;
	if (rcc_sit185_at(line, "DISTRESS COSPAS SARSAT", &end) ||
	    rcc_sit185_at(line, "SHIP SECURITY COSPAS SARSAT", &end))
		return LINE_PLAIN_TITLE;
	return LINE_OTHER;
}

/* Does another message begin in these bytes? */
static bool
has_start(const uint8_t *bytes, size_t len)
{
	for (size_t at = 0; at < len;) {
		size_t used = line_length(bytes + at, len - at);
		enum line line = line_of(bytes + at, used);
		if (line == LINE_ENVELOPE || line == LINE_TITLE || line == LINE_PLAIN_TITLE)
			return true;
		at += used;
	}
	return false;
}

size_t
rcc_sit185_length(const uint8_t *bytes, size_t len)
{
	bool has_envelope = false;
	bool has_title = false;
	bool is_closed = false;

	for (size_t at = 0; at < len;) {
		size_t used = line_length(bytes + at, len - at);
		enum line line = line_of(bytes + at, used);
		bool is_closing = line == LINE_END || line == LINE_TRAILER;
		if (is_closed && !is_closing && line != LINE_BLANK)
			return has_start(bytes + at, len - at) ? at : len;
		if (line == LINE_ENVELOPE && (has_envelope || has_title))
			return at;
		if (line == LINE_TITLE && has_title)
			return at;
		has_envelope = has_envelope || line == LINE_ENVELOPE;
		has_title = has_title || line == LINE_TITLE || line == LINE_PLAIN_TITLE;
		is_closed = is_closed || is_closing;
		at += used;
	}
	return len;
}
