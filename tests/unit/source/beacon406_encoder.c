/* beacon406_encoder.c - 406 MHz messages, bit by bit. */
#include "beacon406_encoder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

void
beacon_put(struct beacon_bits *bits, uint32_t value, uint32_t width)
{
	assert_true(width == 32 || value >> width == 0);
	for (uint32_t i = width; i-- > 0;)
		bits->c[bits->len++] = (value >> i & 1) != 0 ? '1' : '0';
}

void
beacon_put_text(struct beacon_bits *bits, const char *text)
{
	static const char characters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ -/0123456789";
	static const char *const codes[] = {
	    "111000", "110011", "101110", "110010", "110000", "110110", "101011", "100101", "101100", "111010",
	    "111110", "101001", "100111", "100110", "100011", "101101", "111101", "101010", "110100", "100001",
	    "111100", "101111", "111001", "110111", "110101", "110001", "100100", "011000", "010111", "001101",
	    "011101", "011001", "010000", "001010", "000001", "010101", "011100", "001100", "000011",
	};
	for (; *text != '\0'; text++) {
		const char *at = strchr(characters, *text);
		assert_non_null(at);
		memcpy(bits->c + bits->len, codes[at - characters], 6);
		bits->len += 6;
	}
}

/* Long division as on paper, over the characters. */
static void
put_parity(struct beacon_bits *bits, size_t from, const char *generator)
{
	char work[320];
	size_t count = bits->len - from, degree = strlen(generator) - 1;

	memcpy(work, bits->c + from, count);
	memset(work + count, '0', degree);
	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; work[i] == '1' && j < degree; j++)
			work[i + 1 + j] = work[i + 1 + j] == generator[1 + j] ? '0' : '1';
	}
	memcpy(bits->c + bits->len, work + count, degree);
	bits->len += degree;
}

void
beacon_put_bch_1(struct beacon_bits *bits)
{
	assert_int_equal(bits->len, 61);
	put_parity(bits, 0, "1001101101100111100011");
}

void
beacon_put_bch_2(struct beacon_bits *bits)
{
	assert_int_equal(bits->len, 108);
	put_parity(bits, 82, "1010100111001");
}

void
beacon_put_bch_second(struct beacon_bits *bits)
{
	assert_int_equal(bits->len, 202);
	put_parity(bits, 0, "1110001111110101110000101110111110011110010010111");
}

void
beacon_hex_of(const struct beacon_bits *bits, char hex[65])
{
	assert_true(bits->len % 4 == 0 && bits->len / 4 < 65);
	for (size_t i = 0; i < bits->len / 4; i++) {
		const char *c = bits->c + 4 * i;
		hex[i] = "0123456789ABCDEF"[(c[0] - '0') * 8 + (c[1] - '0') * 4 + (c[2] - '0') * 2 + (c[3] - '0')];
	}
	hex[bits->len / 4] = '\0';
}

/* ---- the decoder ---- */

struct rcc_heard
beacon_read_text(const char *text)
{
	struct rcc_heard heard;
	const struct rcc_raw raw = {.bytes = (const uint8_t *)text, .len = strlen(text), .at_ms = AT_MS};

	rcc_source_read("beacon406", &raw, &heard);
	assert_int_equal(heard.kind, RCC_HEARD_ALERT);
	assert_int_equal(heard.alert.source, RCC_SOURCE_BEACON406);
	return heard;
}

struct rcc_alert
beacon_read_bits(const struct beacon_bits *bits)
{
	char hex[65];

	beacon_hex_of(bits, hex);
	struct rcc_alert alert = beacon_read_text(hex).alert;
	assert_int_equal(alert.category, RCC_CATEGORY_DISTRESS);
	assert_int_equal(alert.nature, RCC_NATURE_BEACON);
	return alert;
}

/* Not decoded at all: the bytes are for a person. */
bool
beacon_is_unread(const char *text)
{
	struct rcc_alert alert = beacon_read_text(text).alert;

	return alert.marks == RCC_ALERT_NEEDS_READING && alert.text[0] == '\0' && alert.beacon[0] == '\0';
}

/* ---- beginnings and positions of messages ---- */

struct beacon_bits
beacon_location_start(uint32_t country, uint32_t code)
{
	struct beacon_bits bits = {.len = 0};

	beacon_put(&bits, 2, 2);
	beacon_put(&bits, country, 10);
	beacon_put(&bits, code, 4);
	return bits;
}

/* 35 deg 20 min 12 s S, 12 deg 31 min 36 s W: coarse to the quarter of a degree, and what is missing. */
void
beacon_put_standard_pos(struct beacon_bits *bits)
{
	beacon_put(bits, 1, 1);
	beacon_put(bits, 35 * 4 + 1, 9);
	beacon_put(bits, 1, 1);
	beacon_put(bits, 12 * 4 + 2, 10);
	beacon_put_bch_1(bits);
	beacon_put(bits, 0xD, 4);
	beacon_put(bits, 3, 2);
	beacon_put(bits, 1, 1); /* plus 5 min 12 s */
	beacon_put(bits, 5, 5);
	beacon_put(bits, 3, 4);
	beacon_put(bits, 1, 1); /* plus 1 min 36 s */
	beacon_put(bits, 1, 5);
	beacon_put(bits, 9, 4);
	beacon_put_bch_2(bits);
}

struct beacon_bits
beacon_user_start(uint32_t country, uint32_t code)
{
	struct beacon_bits bits = {.len = 0};

	beacon_put(&bits, 3, 2);
	beacon_put(&bits, country, 10);
	beacon_put(&bits, code, 3);
	return bits;
}

/* 22 deg 12 min S, 114 deg 32 min E */
void
beacon_put_user_pos(struct beacon_bits *bits)
{
	beacon_put_bch_1(bits);
	beacon_put(bits, 1, 1);
	beacon_put(bits, 1, 1);
	beacon_put(bits, 22, 7);
	beacon_put(bits, 3, 4);
	beacon_put(bits, 0, 1);
	beacon_put(bits, 114, 8);
	beacon_put(bits, 8, 4);
	beacon_put_bch_2(bits);
}
