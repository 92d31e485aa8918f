#include "view/json.h"

#include <assert.h>
#include <string.h>

#include "rcc/text.h"

/* Digits of UINT64_MAX, and the most decimals that rcc_json_fixed() writes. */
#define DIGITS_MAX 20
#define DECIMALS_MAX 9

void
rcc_json_init(struct rcc_json *json, char *bytes, size_t size)
{
	assert(size > 0);
	*json = (struct rcc_json){.bytes = bytes, .size = size};
	bytes[0] = '\0';
}

static void
put(struct rcc_json *json, const char *bytes, size_t len)
{
	/* One byte of the room belongs to the final NUL. */
	if (json->is_full || len > json->size - 1 - json->at) {
		json->is_full = true;
		return;
	}
	memcpy(json->bytes + json->at, bytes, len);
	json->at += len;
}

static void
put_char(struct rcc_json *json, char c)
{
	put(json, &c, 1);
}

static void
put_text(struct rcc_json *json, const char *text)
{
	put(json, text, strlen(text));
}

/* Length of the UTF-8 character at bytes (RFC 3629: no surrogates, nothing overlong, nothing past U+10FFFF); 0 = none. */
static size_t
utf8_len(const uint8_t *bytes, size_t len)
{
	uint8_t lead = bytes[0];
	uint8_t low = 0x80;
	uint8_t high = 0xbf;
	size_t need;
	if (lead < 0x80)
		return 1;
	if (lead >= 0xc2 && lead <= 0xdf)
		need = 2;
	else if (lead >= 0xe0 && lead <= 0xef)
		need = 3;
	else if (lead >= 0xf0 && lead <= 0xf4)
		need = 4;
	else
		return 0;
	/* The four lead bytes whose second byte has a narrower range of its own. */
	if (lead == 0xe0)
		low = 0xa0;
	else if (lead == 0xed)
		high = 0x9f;
	else if (lead == 0xf0)
		low = 0x90;
	else if (lead == 0xf4)
		high = 0x8f;
	if (len < need || bytes[1] < low || bytes[1] > high)
		return 0;
	for (size_t i = 2; i < need; i++) {
		if ((bytes[i] & 0xc0) != 0x80)
			return 0;
	}
	return need;
}

static void
put_escaped(struct rcc_json *json, uint8_t c)
{
	static const char digits[] = "0123456789abcdef";
	if (c == '"' || c == '\\') {
		put_char(json, '\\');
		put_char(json, (char)c);
	} else if (c == '\n') {
		put_text(json, "\\n");
	} else if (c == '\r') {
		put_text(json, "\\r");
	} else if (c == '\t') {
		put_text(json, "\\t");
	} else {
		put_text(json, "\\u00");
		put_char(json, digits[c >> 4]);
		put_char(json, digits[c & 15]);
	}
}

static bool
is_plain(uint8_t c)
{
	return c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
}

static void
put_string(struct rcc_json *json, const uint8_t *bytes, size_t len)
{
	size_t i = 0;
	put_char(json, '"');
	while (i < len) {
		size_t run = i;
		while (run < len && is_plain(bytes[run]))
			run++;
		put(json, (const char *)bytes + i, run - i);
		i = run;
		if (i == len)
			break;
		size_t n = utf8_len(bytes + i, len - i);
		if (n == 0)
			put_text(json, "\xef\xbf\xbd");
		else if (n == 1)
			put_escaped(json, bytes[i]);
		else
			put(json, (const char *)bytes + i, n);
		i += n == 0 ? 1 : n;
	}
	put_char(json, '"');
}

static void
put_key(struct rcc_json *json, const char *key)
{
	if (json->at > json->len && json->bytes[json->at - 1] != '{')
		put_char(json, ',');
	put_char(json, '"');
	put_text(json, key);
	put_text(json, "\":");
}

/* Decimal digits with at least min_digits of them. */
static void
put_digits(struct rcc_json *json, uint64_t value, unsigned min_digits)
{
	char digits[DIGITS_MAX];
	size_t at = sizeof digits;
	unsigned written = 0;
	while (value != 0 || written < min_digits) {
		digits[--at] = (char)('0' + value % 10);
		value /= 10;
		written++;
	}
	put(json, digits + at, sizeof digits - at);
}

void
rcc_json_begin(struct rcc_json *json, const char *class_name)
{
	json->at = json->len;
	json->is_full = false;
	put_char(json, '{');
	rcc_json_text(json, "class", class_name);
}

bool
rcc_json_end(struct rcc_json *json)
{
	put_text(json, "}\n");
	if (!json->is_full)
		json->len = json->at;
	json->at = json->len;
	json->bytes[json->len] = '\0';
	return !json->is_full;
}

void
rcc_json_text(struct rcc_json *json, const char *key, const char *text)
{
	rcc_json_text_n(json, key, (const uint8_t *)text, strlen(text));
}

void
rcc_json_text_n(struct rcc_json *json, const char *key, const uint8_t *bytes, size_t len)
{
	put_key(json, key);
	put_string(json, bytes, len);
}

/* Absolute value; INT64_MIN has one too. */
static uint64_t
magnitude(int64_t value)
{
	return value < 0 ? UINT64_C(0) - (uint64_t)value : (uint64_t)value;
}

void
rcc_json_int(struct rcc_json *json, const char *key, int64_t value)
{
	put_key(json, key);
	if (value < 0)
		put_char(json, '-');
	put_digits(json, magnitude(value), 1);
}

void
rcc_json_uint(struct rcc_json *json, const char *key, uint64_t value)
{
	put_key(json, key);
	put_digits(json, value, 1);
}

void
rcc_json_bool(struct rcc_json *json, const char *key, bool value)
{
	put_key(json, key);
	put_text(json, value ? "true" : "false");
}

void
rcc_json_fixed(struct rcc_json *json, const char *key, int64_t value, unsigned decimals)
{
	uint64_t rest = magnitude(value);
	uint64_t unit = 1;
	assert(decimals <= DECIMALS_MAX);
	for (unsigned i = 0; i < decimals; i++)
		unit *= 10;
	put_key(json, key);
	if (value < 0)
		put_char(json, '-');
	put_digits(json, rest / unit, 1);
	rest %= unit;
	if (rest == 0)
		return;
	while (rest % 10 == 0) {
		rest /= 10;
		decimals--;
	}
	put_char(json, '.');
	put_digits(json, rest, decimals);
}

void
rcc_json_time(struct rcc_json *json, const char *key, int64_t at_ms)
{
	char text[RCC_TIME_TEXT_SIZE];
	assert(at_ms != 0);
	rcc_json_text(json, key, rcc_time_format(text, at_ms));
}

void
rcc_json_hex(struct rcc_json *json, const char *key, const uint8_t *bytes, size_t len)
{
	static const char digits[] = "0123456789abcdef";
	put_key(json, key);
	put_char(json, '"');
	for (size_t i = 0; i < len; i++) {
		put_char(json, digits[bytes[i] >> 4]);
		put_char(json, digits[bytes[i] & 15]);
	}
	put_char(json, '"');
}

void
rcc_json_key(struct rcc_json *json, const char *key, const struct rcc_key *value)
{
	char text[RCC_KEY_TEXT_SIZE];
	rcc_json_text(json, key, rcc_key_format(text, value));
}

void
rcc_json_text_if(struct rcc_json *json, const char *key, const char *text)
{
	if (text[0] != '\0')
		rcc_json_text(json, key, text);
}

void
rcc_json_uint_if(struct rcc_json *json, const char *key, uint64_t value)
{
	if (value != 0)
		rcc_json_uint(json, key, value);
}

void
rcc_json_time_if(struct rcc_json *json, const char *key, int64_t at_ms)
{
	if (at_ms != 0)
		rcc_json_time(json, key, at_ms);
}

void
rcc_json_mmsi_if(struct rcc_json *json, const char *key, struct rcc_mmsi mmsi)
{
	char text[RCC_MMSI_TEXT_SIZE];
	if (mmsi.v != 0)
		rcc_json_text(json, key, rcc_mmsi_format(text, mmsi));
}

void
rcc_json_pos_if(struct rcc_json *json, struct rcc_pos pos)
{
	if (!rcc_pos_is_known(pos))
		return;
	rcc_json_fixed(json, "lat", pos.lat_e7, 7);
	rcc_json_fixed(json, "lon", pos.lon_e7, 7);
}

void
rcc_json_open(struct rcc_json *json, const char *key)
{
	put_key(json, key);
	put_char(json, '{');
}

void
rcc_json_close(struct rcc_json *json)
{
	put_char(json, '}');
}

void
rcc_json_list(struct rcc_json *json, const char *key)
{
	put_key(json, key);
	put_char(json, '[');
}

void
rcc_json_item(struct rcc_json *json)
{
	if (json->at > 0 && json->bytes[json->at - 1] != '[')
		put_char(json, ',');
	put_char(json, '{');
}

void
rcc_json_list_text(struct rcc_json *json, const char *text)
{
	if (json->at > 0 && json->bytes[json->at - 1] != '[')
		put_char(json, ',');
	put_string(json, (const uint8_t *)text, strlen(text));
}

void
rcc_json_list_end(struct rcc_json *json)
{
	put_char(json, ']');
}
