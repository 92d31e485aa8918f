/*
 * What was received, for a person to read: a text of another centre is read by its numbered paragraphs, and one odd byte must
 * not turn it into hexadecimal digits.
 */
#include <stdlib.h>
#include <string.h>

#include "ctl/table.h"
#include "librcc/i18n.h"

/* Of so many bytes one may be no text. */
#define ODD_ONE_IN 8

static bool
is_plain(unsigned char c)
{
	return c >= 0x20 && c != 0x7f;
}

/* U+0080..U+009F steer some terminals as well: in UTF-8 they are c2 80..c2 9f. */
static bool
is_c1(const char *text)
{
	return (unsigned char)text[0] == 0xc2 && (unsigned char)text[1] >= 0x80 && (unsigned char)text[1] <= 0x9f;
}

/* Bytes that are no UTF-8 are in an alphabet that nobody knows: each is shown by its number. */
static void
print_bytes(FILE *out, const char *text, size_t len, int width, bool is_utf8)
{
	bool is_open = false; /* a line has begun and has not ended */
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];
		bool has_next = i + 1 < len;
		if (c == '\r' && has_next && text[i + 1] == '\n')
			continue;
		is_open = c != '\n';
		if (is_utf8 && has_next && is_c1(text + i)) {
			i++;
			fprintf(out, "\\x%02x", (unsigned char)text[i]);
			continue;
		}
		if (!is_open)
			fprintf(out, "\n%*s", has_next ? width : 0, "");
		else if (is_plain(c) && (c < 0x80 || is_utf8))
			fputc(c, out);
		else
			fprintf(out, "\\x%02x", c);
	}
	if (is_open)
		fputc('\n', out);
}

void
rcc_ctl_lines_print(FILE *out, const char *text, int width)
{
	print_bytes(out, text, strlen(text), width, true);
}

static int
digit(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *at = strchr(digits, c);
	return c == '\0' || at == NULL ? -1 : (int)(at - digits);
}

static bool
decode(const char *hex, char *bytes, size_t *ret_odd)
{
	*ret_odd = 0;
	for (; hex[0] != '\0' && hex[1] != '\0'; hex += 2) {
		int high = digit(hex[0]);
		int low = digit(hex[1]);
		if (high < 0 || low < 0)
			return false;
		unsigned char c = (unsigned char)(high * 16 + low);
		bool is_text = c == '\n' || c == '\r' || c == '\t' || (is_plain(c) && c < 0x80);
		*ret_odd += is_text ? 0 : 1;
		*bytes++ = (char)c;
	}
	return true;
}

void
rcc_ctl_hex_print(FILE *out, const char *hex, int width)
{
	size_t odd;
	size_t len = strlen(hex) / 2;
	char *bytes = malloc(len + 1);
	if (bytes != NULL && decode(hex, bytes, &odd) && odd <= len / ODD_ONE_IN) {
		fprintf(out, "%s\n%*s", _("the same as text:"), width, "");
		print_bytes(out, bytes, len, width, false);
	}
	free(bytes);
}
