#include "render/write.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define DECIMALS_MAX 9

void
rcc_draft_init(struct rcc_draft *out, char *bytes, size_t size)
{
	assert(size > 0);
	*out = (struct rcc_draft){.bytes = bytes, .size = size};
	bytes[0] = '\0';
}

enum rcc_status
rcc_draft_end(struct rcc_draft *out)
{
	if (!out->is_full)
		return RCC_OK;
	out->bytes[0] = '\0';
	return RCC_E_FULL;
}

static void
put_bytes(struct rcc_draft *out, const char *bytes, size_t len)
{
	/* One byte of the room belongs to the final NUL. */
	if (out->is_full || len > out->size - 1 - out->len) {
		out->is_full = true;
		return;
	}
	memcpy(out->bytes + out->len, bytes, len);
	out->len += len;
	out->bytes[out->len] = '\0';
}

void
rcc_draft_put(struct rcc_draft *out, const char *format, ...)
{
	size_t room = out->size - out->len;
	va_list args;

	if (out->is_full)
		return;
	va_start(args, format);
	int written = vsnprintf(out->bytes + out->len, room, format, args);
	va_end(args);
	if (written < 0 || (size_t)written >= room)
		out->is_full = true;
	else
		out->len += (size_t)written;
}

/* Length of the UTF-8 character at c (RFC 3629: no surrogates, nothing overlong, nothing past U+10FFFF); 0 = none. */
static size_t
rune_len(const uint8_t *c)
{
	uint8_t low = c[0] == 0xe0 ? 0xa0 : c[0] == 0xf0 ? 0x90 : 0x80;
	uint8_t high = c[0] == 0xed ? 0x9f : c[0] == 0xf4 ? 0x8f : 0xbf;
	size_t len = c[0] < 0x80 ? 1 : c[0] < 0xc2 ? 0 : c[0] < 0xe0 ? 2 : c[0] < 0xf0 ? 3 : c[0] < 0xf5 ? 4 : 0;

	if (len < 2)
		return len;
	if (c[1] < low || c[1] > high)
		return 0;
	for (size_t i = 2; i < len; i++) {
		if ((c[i] & 0xc0) != 0x80)
			return 0;
	}
	return len;
}

uint32_t
rcc_rune_next(const char **at)
{
	static const uint8_t first_bits[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
	const uint8_t *c = (const uint8_t *)*at;
	size_t len = rune_len(c);
	uint32_t rune = c[0] & first_bits[len];

	if (c[0] == 0)
		return 0;
	*at += len == 0 ? 1 : len;
	if (len == 0)
		return RCC_RUNE_BAD;
	for (size_t i = 1; i < len; i++)
		rune = rune << 6 | (c[i] & 0x3fu);
	return rune;
}

/* XML 1.0, production 2: what may stand in a document at all. */
static bool
is_xml(uint32_t rune)
{
	return rune >= 0x20 && rune != 0x7f && rune != 0xfffe && rune != 0xffff && rune != RCC_RUNE_BAD;
}

void
rcc_draft_xml(struct rcc_draft *out, const char *text)
{
	for (const char *at = text; *at != '\0';) {
		const char *from = at;
		uint32_t rune = rcc_rune_next(&at);
		if (rune == '&')
			put_bytes(out, "&amp;", 5);
		else if (rune == '<')
			put_bytes(out, "&lt;", 4);
		else if (rune == '>')
			put_bytes(out, "&gt;", 4);
		else if (rune == '"')
			put_bytes(out, "&quot;", 6);
		else if (!is_xml(rune))
			put_bytes(out, "?", 1);
		else
			put_bytes(out, from, (size_t)(at - from));
	}
}

void
rcc_draft_json(struct rcc_draft *out, const char *text)
{
	put_bytes(out, "\"", 1);
	for (const char *at = text; *at != '\0';) {
		const char *from = at;
		uint32_t rune = rcc_rune_next(&at);
		if (rune == '"' || rune == '\\')
			rcc_draft_put(out, "\\%c", (char)rune);
		else if (rune < 0x20)
			rcc_draft_put(out, "\\u%04x", (unsigned)rune);
		else if (rune == RCC_RUNE_BAD)
			put_bytes(out, "\xef\xbf\xbd", 3);
		else
			put_bytes(out, from, (size_t)(at - from));
	}
	put_bytes(out, "\"", 1);
}

void
rcc_draft_fixed(struct rcc_draft *out, int64_t value, unsigned decimals)
{
	uint64_t rest = value < 0 ? UINT64_C(0) - (uint64_t)value : (uint64_t)value;
	uint64_t unit = 1;

	assert(decimals > 0 && decimals <= DECIMALS_MAX);
	for (unsigned i = 0; i < decimals; i++)
		unit *= 10;
	rcc_draft_put(out, "%s%llu.%0*llu", value < 0 ? "-" : "", (unsigned long long)(rest / unit), (int)decimals,
	              (unsigned long long)(rest % unit));
}

/* Bytes of the first `most` characters of a text, or of all. */
static size_t
bytes_of(const char *text, size_t most, size_t *ret_runes)
{
	const char *at = text;
	size_t runes = 0;

	while (*at != '\0' && runes < most) {
		(void)rcc_rune_next(&at);
		runes++;
	}
	*ret_runes = runes;
	return (size_t)(at - text);
}

void
rcc_draft_wrap(struct rcc_draft *out, const char *text, size_t width)
{
	assert(width > 0);
	for (const char *at = text + strspn(text, " "); *at != '\0'; at += strspn(at, " ")) {
		size_t runes;
		size_t len = bytes_of(at, width, &runes);
		bool is_cut = at[len] != '\0' && at[len] != ' ';
		/* Back to the blank before the word that does not fit, if there is one. */
		for (size_t i = len; is_cut && i > 0; i--) {
			if (at[i - 1] == ' ') {
				len = i - 1;
				break;
			}
		}
		while (len > 0 && at[len - 1] == ' ')
			len--;
		put_bytes(out, at, len);
		put_bytes(out, "\n", 1);
		at += len;
	}
}
