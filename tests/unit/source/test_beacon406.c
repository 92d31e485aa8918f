/*
 * 406 MHz beacons: messages from an encoder of its own, written from the bit tables of C/S T.001 and T.018 and not from
 * the decoder, say what was put in; one flipped bit is found; tests stay tests and ship security stays restricted.
 */
#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "proto/source/bch.h"
#include "proto/source/source.h"

/* 2026-11-23T03:12:07Z */
#define AT_MS INT64_C(1795403527000)

/* ---- the encoder: bits in the order in which they are sent ---- */

struct bits {
	char c[260];
	size_t len;
};

static void
put(struct bits *bits, uint32_t value, uint32_t width)
{
	assert_true(width == 32 || value >> width == 0);
	for (uint32_t i = width; i-- > 0;)
		bits->c[bits->len++] = (value >> i & 1) != 0 ? '1' : '0';
}

static void
put_text(struct bits *bits, const char *text)
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
put_parity(struct bits *bits, size_t from, const char *generator)
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

static void
put_bch_1(struct bits *bits)
{
	assert_int_equal(bits->len, 61);
	put_parity(bits, 0, "1001101101100111100011");
}

static void
put_bch_2(struct bits *bits)
{
	assert_int_equal(bits->len, 108);
	put_parity(bits, 82, "1010100111001");
}

static void
put_bch_second(struct bits *bits)
{
	assert_int_equal(bits->len, 202);
	put_parity(bits, 0, "1110001111110101110000101110111110011110010010111");
}

static void
hex_of(const struct bits *bits, char hex[65])
{
	assert_true(bits->len % 4 == 0 && bits->len / 4 < 65);
	for (size_t i = 0; i < bits->len / 4; i++) {
		const char *c = bits->c + 4 * i;
		hex[i] = "0123456789ABCDEF"[(c[0] - '0') * 8 + (c[1] - '0') * 4 + (c[2] - '0') * 2 + (c[3] - '0')];
	}
	hex[bits->len / 4] = '\0';
}

/* ---- the decoder ---- */

static struct rcc_heard
read_text(const char *text)
{
	struct rcc_heard heard;
	const struct rcc_raw raw = {.bytes = (const uint8_t *)text, .len = strlen(text), .at_ms = AT_MS};

	rcc_source_read("beacon406", &raw, &heard);
	assert_int_equal(heard.kind, RCC_HEARD_ALERT);
	assert_int_equal(heard.alert.source, RCC_SOURCE_BEACON406);
	return heard;
}

static struct rcc_alert
read_bits(const struct bits *bits)
{
	char hex[65];

	hex_of(bits, hex);
	struct rcc_alert alert = read_text(hex).alert;
	assert_int_equal(alert.category, RCC_CATEGORY_DISTRESS);
	assert_int_equal(alert.nature, RCC_NATURE_BEACON);
	return alert;
}

/* Not decoded at all: the bytes are for a person. */
static bool
is_unread(const char *text)
{
	struct rcc_alert alert = read_text(text).alert;

	return alert.marks == RCC_ALERT_NEEDS_READING && alert.text[0] == '\0' && alert.beacon[0] == '\0';
}

static void
assert_near(int32_t e7, double deg, double within_deg)
{
	double off = (double)e7 / 1e7 - deg;

	assert_true(off <= within_deg && off >= -within_deg);
}

/* ---- first generation ---- */

static struct bits
location_start(uint32_t country, uint32_t code)
{
	struct bits bits = {.len = 0};

	put(&bits, 2, 2);
	put(&bits, country, 10);
	put(&bits, code, 4);
	return bits;
}

/* 35 deg 20 min 12 s S, 12 deg 31 min 36 s W: coarse to the quarter of a degree, and what is missing. */
static void
put_standard_pos(struct bits *bits)
{
	put(bits, 1, 1);
	put(bits, 35 * 4 + 1, 9);
	put(bits, 1, 1);
	put(bits, 12 * 4 + 2, 10);
	put_bch_1(bits);
	put(bits, 0xD, 4);
	put(bits, 3, 2);
	put(bits, 1, 1); /* plus 5 min 12 s */
	put(bits, 5, 5);
	put(bits, 3, 4);
	put(bits, 1, 1); /* plus 1 min 36 s */
	put(bits, 1, 5);
	put(bits, 9, 4);
	put_bch_2(bits);
}

static void
standard_location_says_what_was_sent(void **state)
{
	(void)state;
	for (uint32_t code = 2; code <= 14; code++) {
		if (code >= 8 && code <= 13 && code != 12)
			continue;
		struct bits bits = location_start(247, code);
		put(&bits, 123456, 20); /* MMSI, or whatever the protocol has here */
		put(&bits, code == 12 ? 0 : 5, 4);
		put_standard_pos(&bits);
		struct rcc_alert alert = read_bits(&bits);
		assert_near(alert.pos.lat_e7, -(35 + 20 / 60.0 + 12 / 3600.0), 1e-7);
		assert_near(alert.pos.lon_e7, -(12 + 31 / 60.0 + 36 / 3600.0), 1e-7);
		assert_int_equal(alert.pos_at_ms, AT_MS);
		assert_in_range(alert.pos_radius_m, 88, 500);
		assert_non_null(strstr(alert.text, "country 247"));
		assert_non_null(strstr(alert.text, "BCH ok"));
		assert_int_equal(alert.casualty.v, code == 2 || code == 12 ? 247123456 : 0);
		assert_int_equal(alert.marks, code == 12 ? RCC_ALERT_RESTRICTED : 0);
		assert_int_equal(alert.class, code == 14 ? RCC_CLASS_TEST : RCC_CLASS_LIVE);
		assert_string_equal(alert.beacon + 10, "FFBFF");
	}
}

static void
national_location_says_what_was_sent(void **state)
{
	(void)state;
	for (uint32_t code = 8; code <= 15; code++) {
		if (code == 9 || (code >= 12 && code <= 14))
			continue;
		for (uint32_t has_offset = 0; has_offset <= 1; has_offset++) {
			struct bits bits = location_start(503, code);
			put(&bits, 4711, 18);
			put(&bits, 0, 1); /* 35 deg 44 min N, 115 deg 28 min E */
			put(&bits, 35, 7);
			put(&bits, 22, 5);
			put(&bits, 0, 1);
			put(&bits, 115, 8);
			put(&bits, 14, 5);
			put_bch_1(&bits);
			put(&bits, 6, 3);
			put(&bits, has_offset, 1);
			put(&bits, 3, 2);
			put(&bits, 0, 1); /* minus 1 min 8 s */
			put(&bits, 1, 2);
			put(&bits, 2, 4);
			put(&bits, 1, 1); /* plus 40 s */
			put(&bits, 0, 2);
			put(&bits, 10, 4);
			put(&bits, 0, 6);
			put_bch_2(&bits);
			struct rcc_alert alert = read_bits(&bits);
			assert_near(alert.pos.lat_e7, 35 + (44 * 60 - (has_offset != 0 ? 68 : 0)) / 3600.0, 1e-7);
			assert_near(alert.pos.lon_e7, 115 + (28 * 60 + (has_offset != 0 ? 40 : 0)) / 3600.0, 1e-7);
			assert_int_equal(alert.pos_radius_m < 1000, has_offset);
			assert_int_equal(alert.class, code == 15 ? RCC_CLASS_TEST : RCC_CLASS_LIVE);
			assert_string_equal(alert.beacon + 9, "F81FE0");
		}
	}
}

static void
half_degree_protocols_say_what_was_sent(void **state)
{
	(void)state;
	for (uint32_t code = 9; code <= 13; code += 4) {
		for (uint32_t type = 0; type < 4; type++) {
			struct bits bits = location_start(227, code);
			put(&bits, type, 2);
			put(&bits, 333, 10);
			put(&bits, 4444, 14);
			put(&bits, 0, 1); /* 43.5 N, 7 E */
			put(&bits, 87, 8);
			put(&bits, 0, 1);
			put(&bits, 14, 9);
			put_bch_1(&bits);
			put(&bits, 0, 8);
			put(&bits, 0, 1); /* minus 15 min 56 s */
			put(&bits, 15, 4);
			put(&bits, 14, 4);
			put(&bits, 1, 1); /* plus 4 s */
			put(&bits, 0, 4);
			put(&bits, 1, 4);
			put_bch_2(&bits);
			struct rcc_alert alert = read_bits(&bits);
			assert_near(alert.pos.lat_e7, 43.5 - (15 * 60 + 56) / 3600.0, 1e-7);
			assert_near(alert.pos.lon_e7, 7 + 4 / 3600.0, 1e-7);
			assert_int_equal(alert.class, type == 3 ? RCC_CLASS_TEST : RCC_CLASS_LIVE);
			if (code == 13 || type == 2)
				assert_non_null(strstr(alert.text, "TAC 333 serial 4444"));
		}
	}
}

static struct bits
user_start(uint32_t country, uint32_t code)
{
	struct bits bits = {.len = 0};

	put(&bits, 3, 2);
	put(&bits, country, 10);
	put(&bits, code, 3);
	return bits;
}

/* 22 deg 12 min S, 114 deg 32 min E */
static void
put_user_pos(struct bits *bits)
{
	put_bch_1(bits);
	put(bits, 1, 1);
	put(bits, 1, 1);
	put(bits, 22, 7);
	put(bits, 3, 4);
	put(bits, 0, 1);
	put(bits, 114, 8);
	put(bits, 8, 4);
	put_bch_2(bits);
}

static void
user_protocols_say_what_was_sent(void **state)
{
	(void)state;
	static const struct {
		uint32_t code;
		const char *text; /* six or seven characters */
		const char *callsign;
		uint32_t casualty;
	} row[] = {
	    {1, " I-ABCD", "I-ABCD", 0}, {2, "123456", "", 247123456}, {2, "IBXY  ", "IBXY", 0},
	    {2, "  IA12", "IA12", 0},    {2, "000000", "", 0},
	};
	for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
		struct bits bits = user_start(247, row[i].code);
		put_text(&bits, row[i].text);
		if (row[i].code == 2)
			put_text(&bits, "3");
		put(&bits, 0, 2);
		put(&bits, 1, 2);
		put_user_pos(&bits);
		struct rcc_alert alert = read_bits(&bits);
		assert_string_equal(alert.callsign, row[i].callsign);
		assert_int_equal(alert.casualty.v, row[i].casualty);
		assert_near(alert.pos.lat_e7, -22.2, 1e-7);
		assert_near(alert.pos.lon_e7, 114 + 32 / 60.0, 1e-7);
		assert_non_null(strstr(alert.text, "homing 121.5 MHz"));
		assert_int_equal(alert.marks, 0);
	}
}

static void
radio_call_sign_has_decimal_figures(void **state)
{
	(void)state;
	struct bits bits = user_start(525, 6);
	put_text(&bits, "YDB4");
	put(&bits, 8, 4);
	put(&bits, 4, 4);
	put(&bits, 10, 4); /* space */
	put_text(&bits, "0");
	put(&bits, 0, 2);
	put(&bits, 2, 2);
	put_user_pos(&bits);
	struct rcc_alert alert = read_bits(&bits);
	assert_string_equal(alert.callsign, "YDB484");
	assert_non_null(strstr(alert.text, "homing 9 GHz SART"));
}

static void
serial_user_types(void **state)
{
	(void)state;
	static const char *const words[8] = {"ELT",        "ELT", "float-free EPIRB", "ELT", "non-float-free EPIRB",
	                                     "spare type", "PLB", "spare type"};
	for (uint32_t type = 0; type < 8; type++) {
		struct bits bits = user_start(366, 3);
		put(&bits, type, 3);
		put(&bits, 1, 1);
		if (type == 1) {
			put_text(&bits, "KLM");
			put(&bits, 4095, 12);
		} else if (type == 3) {
			put(&bits, 0xABCDEF, 24);
			put(&bits, 2, 6);
		} else {
			put(&bits, 77777, 20);
			put(&bits, 0, 10);
		}
		put(&bits, 610, 10);
		put(&bits, 0, 2);
		put_user_pos(&bits);
		struct rcc_alert alert = read_bits(&bits);
		assert_non_null(strstr(alert.text, words[type]));
		assert_non_null(strstr(alert.text, "TAC 610"));
		const char *id = type == 1 ? "aircraft operator KLM, serial 4095" : "serial 77777";
		assert_non_null(strstr(alert.text, type == 3 ? "aircraft 24-bit address ABCDEF" : id));
		assert_int_equal(alert.marks, type == 5 || type == 7 ? RCC_ALERT_NEEDS_READING : 0);
		assert_int_equal(alert.class, RCC_CLASS_LIVE);
	}
}

/* ---- laws ---- */

static bool
is_marked_wrong(const struct rcc_alert *alert)
{
	uint32_t both = RCC_ALERT_CHECKSUM_WRONG | RCC_ALERT_NEEDS_READING;

	return (alert->marks & both) == both;
}

static void
one_flipped_bit_is_found(void **state)
{
	(void)state;
	struct bits first = location_start(247, 7);
	put(&first, 239, 10);
	put(&first, 4350, 14);
	put_standard_pos(&first);
	assert_int_equal(read_bits(&first).marks, 0);
	/* Bit 0 makes it a short message, whose second field is not there. */
	for (size_t i = 0; i < first.len; i++) {
		first.c[i] ^= 1;
		struct rcc_alert alert = read_bits(&first);
		assert_true(is_marked_wrong(&alert));
		assert_non_null(strstr(alert.text, "BCH wrong"));
		first.c[i] ^= 1;
	}
}

static struct bits
second(uint32_t tac, uint32_t is_test, uint32_t rotating)
{
	struct bits bits = {.len = 0};

	put(&bits, tac, 16);
	put(&bits, 321, 14);
	put(&bits, 229, 10);
	put(&bits, 1, 1);
	put(&bits, 0, 1);
	put(&bits, is_test, 1);
	put(&bits, 1, 1); /* 33.5 S, 151.25 E */
	put(&bits, 33, 7);
	put(&bits, 1 << 14, 15);
	put(&bits, 0, 1);
	put(&bits, 151, 8);
	put(&bits, 1 << 13, 15);
	put(&bits, 1, 3);
	put(&bits, 229654321, 30);
	put(&bits, 9999, 14);
	put(&bits, 1, 3);
	put(&bits, rotating == 15 ? 0 : 0x3FFF, 14);
	put(&bits, rotating, 4);
	put(&bits, rotating == 15 ? 63 : 2, 6);
	put(&bits, rotating == 15 ? 2047 : 90, 11);
	put(&bits, rotating == 15 ? 0x7FFFFFF : 0, 27);
	return bits;
}

/* Two zeros over: before (ground segment) or after (as transmitted). */
static struct bits
filled(const struct bits *bits, bool is_before)
{
	struct bits whole = {.len = 0};

	if (is_before)
		put(&whole, 0, 2);
	memcpy(whole.c + whole.len, bits->c, bits->len);
	whole.len += bits->len;
	if (!is_before)
		put(&whole, 0, 2);
	return whole;
}

static void
both_alignments_are_one_beacon(void **state)
{
	(void)state;
	static const uint32_t tacs[] = {1, 230, 920, 9999, 16383, 16384, 40000, 65520};

	for (size_t i = 0; i < sizeof tacs / sizeof tacs[0] * 8; i++) {
		bool has_parity = (i & 1) != 0, is_before = (i & 2) != 0;
		uint32_t rotating = (i & 4) != 0 ? 15 : 0;
		struct bits bits = second(tacs[i / 8], 0, rotating);
		if (has_parity)
			put_bch_second(&bits);
		struct bits whole = filled(&bits, is_before);
		struct rcc_alert alert = read_bits(&whole);
		assert_int_equal(alert.casualty.v, 229654321);
		assert_int_equal(alert.epirb_link, RCC_EPIRB_LINK(9999));
		assert_int_equal(alert.pos.lat_e7, -335000000);
		assert_int_equal(alert.pos.lon_e7, 1512500000);
		assert_int_equal(alert.marks, rotating == 15 ? RCC_ALERT_SELF_CANCEL : 0);
		assert_int_equal(AT_MS - alert.pos_at_ms, rotating == 15 ? 0 : 90 * 60000);
		assert_int_equal(strlen(alert.beacon), 23);
		assert_int_equal(alert.class, RCC_CLASS_LIVE);
	}
}

static void
one_flipped_bit_is_found_in_the_second(void **state)
{
	(void)state;
	struct bits bits = second(40001, 0, 0);
	put_bch_second(&bits);
	for (size_t i = 0; i < 250; i++) {
		struct bits whole = filled(&bits, true);
		whole.c[2 + i] ^= 1;
		struct rcc_alert alert = read_bits(&whole);
		assert_true(is_marked_wrong(&alert));
	}
}

static void
tests_are_never_live(void **state)
{
	(void)state;
	for (uint32_t is_test = 0; is_test <= 1; is_test++) {
		struct bits bits = second(300, is_test, 0);
		put_bch_second(&bits);
		struct bits whole = filled(&bits, true);
		struct rcc_alert alert = read_bits(&whole);
		assert_int_equal(alert.class, is_test != 0 ? RCC_CLASS_TEST : RCC_CLASS_LIVE);
		/* Its identity says the same. */
		struct rcc_alert id = read_text(alert.beacon).alert;
		assert_int_equal(id.class, alert.class);
		assert_string_equal(id.beacon, alert.beacon);
		assert_int_equal(id.casualty.v, alert.casualty.v);
		char cut[16] = {0};
		memcpy(cut, alert.beacon, 15);
		assert_int_equal(read_text(cut).alert.class, alert.class);
		assert_string_equal(read_text(cut).alert.beacon, cut);
	}
	for (uint32_t code = 0; code < 8; code++) {
		struct bits bits = user_start(247, code);
		put(&bits, 0, 14);
		put(&bits, 0, 32);
		put_user_pos(&bits);
		assert_int_equal(read_bits(&bits).class, code == 0 || code == 7 ? RCC_CLASS_TEST : RCC_CLASS_LIVE);
	}
}

static void
self_test_is_told_by_synchronization(void **state)
{
	(void)state;
	for (uint32_t is_self_test = 0; is_self_test <= 1; is_self_test++) {
		struct bits message = location_start(247, 2);
		struct bits whole = {.len = 0};
		put(&message, 123456, 20);
		put(&message, 0, 4);
		put_standard_pos(&message);
		put(&whole, 0x7FFF, 15);
		put(&whole, is_self_test != 0 ? 0x0D0 : 0x02F, 9);
		memcpy(whole.c + whole.len, message.c, message.len);
		whole.len += message.len;
		struct rcc_alert alert = read_bits(&whole);
		assert_int_equal(alert.class, is_self_test != 0 ? RCC_CLASS_TEST : RCC_CLASS_LIVE);
		assert_int_equal(alert.casualty.v, 247123456);
	}
}

static void
ship_security_is_restricted_in_every_form(void **state)
{
	(void)state;
	/* Long, short, identity, and with every parity bit wrong. */
	struct bits bits = location_start(247, 12);
	char hex[65];
	put(&bits, 77, 20);
	put(&bits, 0, 4);
	put_standard_pos(&bits);
	assert_int_equal(read_bits(&bits).marks, RCC_ALERT_RESTRICTED);
	hex_of(&bits, hex);
	hex[22] = '\0';
	assert_int_equal(read_text(hex).alert.marks, RCC_ALERT_RESTRICTED);
	assert_int_equal(read_text(read_bits(&bits).beacon).alert.marks, RCC_ALERT_RESTRICTED);
	for (size_t i = 61; i < 82; i++)
		bits.c[i] ^= 1;
	struct rcc_alert alert = read_bits(&bits);
	assert_true(is_marked_wrong(&alert) && (alert.marks & RCC_ALERT_RESTRICTED) != 0);
}

static void
case_spaces_labels_and_comments_change_nothing(void **state)
{
	(void)state;
	static const char *const same[] = {
	    "400E77A1FCFFBFF",
	    "400e77a1fcffbff",
	    "400E7 7A1FC FFBFF",
	    "\r\n 400E77A1FCFFBFF \r\n",
	    "HEX:400E77A1FCFFBFF",
	    "HEX: 400E77A1FCFFBFF",
	    "hex id 400E77A1FCFFBFF",
	    "BEACON:400E77A1FCFFBFF",
	    "BEACON = 400E77A1FCFFBFF",
	    "400E77A1FCFFBFF # heard twice",
	    "Beacon ID: 400E77A1\nFCFFBFF by phone",
	};
	for (size_t i = 0; i < sizeof same / sizeof same[0]; i++) {
		struct rcc_alert alert = read_text(same[i]).alert;
		assert_string_equal(alert.beacon, "400E77A1FCFFBFF");
		assert_int_equal(alert.marks, 0);
	}
}

static void
other_lengths_are_for_a_person(void **state)
{
	(void)state;
	char text[80];

	for (size_t len = 1; len < sizeof text; len++) {
		memset(text, 'A', len);
		text[len] = '\0';
		bool is_length = len == 15 || len == 22 || len == 30 || len == 51 || len == 63;
		/* 36 without synchronization and 23 without an identity's bits are none. */
		if (!is_length)
			assert_true(is_unread(text));
	}
	assert_true(is_unread("400E77A1FCFFBFG"));
	assert_true(is_unread("400E77A1FCFFBFF 1D0EA08C52FFBF"));
	assert_true(is_unread("400E77A1FCFFBFF\n1D0EA08C52FFBFF"));
	assert_true(is_unread("HEX:"));
}

static void
bch_knows_the_published_words(void **state)
{
	(void)state;
	/* C/S T.018 appendix B.1, 202 bits and the parity printed there. */
	static const char whole[] = "0039823D32618658622811F0000000000003FFF004030680258";
	static const char parity[] = "010010010010101001001111110001010111101001001001";
	uint8_t bits[250];

	for (size_t i = 0; i < 202; i++) {
		char c = whole[(i + 2) / 4];
		int value = isdigit((unsigned char)c) ? c - '0' : c - 'A' + 10;
		bits[i] = (uint8_t)(value >> (3 - (i + 2) % 4) & 1);
	}
	for (size_t i = 0; i < 48; i++)
		bits[202 + i] = parity[i] == '1' ? 1 : 0;
	assert_true(rcc_bch_is_good(&rcc_bch_second, bits, 250));
	for (size_t i = 0; i < 250; i++) {
		bits[i] ^= 1;
		assert_false(rcc_bch_is_good(&rcc_bch_second, bits, 250));
		bits[i] ^= 1;
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(standard_location_says_what_was_sent),
	    cmocka_unit_test(national_location_says_what_was_sent),
	    cmocka_unit_test(half_degree_protocols_say_what_was_sent),
	    cmocka_unit_test(user_protocols_say_what_was_sent),
	    cmocka_unit_test(radio_call_sign_has_decimal_figures),
	    cmocka_unit_test(serial_user_types),
	    cmocka_unit_test(one_flipped_bit_is_found),
	    cmocka_unit_test(both_alignments_are_one_beacon),
	    cmocka_unit_test(one_flipped_bit_is_found_in_the_second),
	    cmocka_unit_test(tests_are_never_live),
	    cmocka_unit_test(self_test_is_told_by_synchronization),
	    cmocka_unit_test(ship_security_is_restricted_in_every_form),
	    cmocka_unit_test(case_spaces_labels_and_comments_change_nothing),
	    cmocka_unit_test(other_lengths_are_for_a_person),
	    cmocka_unit_test(bch_knows_the_published_words),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
