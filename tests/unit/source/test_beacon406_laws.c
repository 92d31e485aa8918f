/*
 * Laws of 406 MHz beacons of both generations: one flipped bit is found, both alignments are one beacon, tests stay tests,
 * ship security stays restricted, and how the digits are written changes nothing.
 */
#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "beacon406_encoder.h"
#include "proto/source/bch.h"

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
	struct beacon_bits first = beacon_location_start(247, 7);
	beacon_put(&first, 239, 10);
	beacon_put(&first, 4350, 14);
	beacon_put_standard_pos(&first);
	assert_int_equal(beacon_read_bits(&first).marks, 0);
	/* Bit 0 makes it a short message, whose second field is not there. */
	for (size_t i = 0; i < first.len; i++) {
		first.c[i] ^= 1;
		struct rcc_alert alert = beacon_read_bits(&first);
		assert_true(is_marked_wrong(&alert));
		assert_non_null(strstr(alert.text, "BCH wrong"));
		first.c[i] ^= 1;
	}
}

static struct beacon_bits
second(uint32_t tac, uint32_t is_test, uint32_t rotating)
{
	struct beacon_bits bits = {.len = 0};

	beacon_put(&bits, tac, 16);
	beacon_put(&bits, 321, 14);
	beacon_put(&bits, 229, 10);
	beacon_put(&bits, 1, 1);
	beacon_put(&bits, 0, 1);
	beacon_put(&bits, is_test, 1);
	beacon_put(&bits, 1, 1); /* 33.5 S, 151.25 E */
	beacon_put(&bits, 33, 7);
	beacon_put(&bits, 1 << 14, 15);
	beacon_put(&bits, 0, 1);
	beacon_put(&bits, 151, 8);
	beacon_put(&bits, 1 << 13, 15);
	beacon_put(&bits, 1, 3);
	beacon_put(&bits, 229654321, 30);
	beacon_put(&bits, 9999, 14);
	beacon_put(&bits, 1, 3);
	beacon_put(&bits, rotating == 15 ? 0 : 0x3FFF, 14);
	beacon_put(&bits, rotating, 4);
	beacon_put(&bits, rotating == 15 ? 63 : 2, 6);
	beacon_put(&bits, rotating == 15 ? 2047 : 90, 11);
	beacon_put(&bits, rotating == 15 ? 0x7FFFFFF : 0, 27);
	return bits;
}

/* Two zeros over: before (ground segment) or after (as transmitted). */
static struct beacon_bits
filled(const struct beacon_bits *bits, bool is_before)
{
	struct beacon_bits whole = {.len = 0};

	if (is_before)
		beacon_put(&whole, 0, 2);
	memcpy(whole.c + whole.len, bits->c, bits->len);
	whole.len += bits->len;
	if (!is_before)
		beacon_put(&whole, 0, 2);
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
		struct beacon_bits bits = second(tacs[i / 8], 0, rotating);
		if (has_parity)
			beacon_put_bch_second(&bits);
		struct beacon_bits whole = filled(&bits, is_before);
		struct rcc_alert alert = beacon_read_bits(&whole);
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
	struct beacon_bits bits = second(40001, 0, 0);
	beacon_put_bch_second(&bits);
	for (size_t i = 0; i < 250; i++) {
		struct beacon_bits whole = filled(&bits, true);
		whole.c[2 + i] ^= 1;
		struct rcc_alert alert = beacon_read_bits(&whole);
		assert_true(is_marked_wrong(&alert));
	}
}

static void
tests_are_never_live(void **state)
{
	(void)state;
	for (uint32_t is_test = 0; is_test <= 1; is_test++) {
		struct beacon_bits bits = second(300, is_test, 0);
		beacon_put_bch_second(&bits);
		struct beacon_bits whole = filled(&bits, true);
		struct rcc_alert alert = beacon_read_bits(&whole);
		assert_int_equal(alert.class, is_test != 0 ? RCC_CLASS_TEST : RCC_CLASS_LIVE);
		/* Its identity says the same. */
		struct rcc_alert id = beacon_read_text(alert.beacon).alert;
		assert_int_equal(id.class, alert.class);
		assert_string_equal(id.beacon, alert.beacon);
		assert_int_equal(id.casualty.v, alert.casualty.v);
		char cut[16] = {0};
		memcpy(cut, alert.beacon, 15);
		assert_int_equal(beacon_read_text(cut).alert.class, alert.class);
		assert_string_equal(beacon_read_text(cut).alert.beacon, cut);
	}
	for (uint32_t code = 0; code < 8; code++) {
		struct beacon_bits bits = beacon_user_start(247, code);
		beacon_put(&bits, 0, 14);
		beacon_put(&bits, 0, 32);
		beacon_put_user_pos(&bits);
		assert_int_equal(beacon_read_bits(&bits).class,
		                 code == 0 || code == 7 ? RCC_CLASS_TEST : RCC_CLASS_LIVE);
	}
}

static void
self_test_is_told_by_synchronization(void **state)
{
	(void)state;
	for (uint32_t is_self_test = 0; is_self_test <= 1; is_self_test++) {
		struct beacon_bits message = beacon_location_start(247, 2);
		struct beacon_bits whole = {.len = 0};
		beacon_put(&message, 123456, 20);
		beacon_put(&message, 0, 4);
		beacon_put_standard_pos(&message);
		beacon_put(&whole, 0x7FFF, 15);
		beacon_put(&whole, is_self_test != 0 ? 0x0D0 : 0x02F, 9);
		memcpy(whole.c + whole.len, message.c, message.len);
		whole.len += message.len;
		struct rcc_alert alert = beacon_read_bits(&whole);
		assert_int_equal(alert.class, is_self_test != 0 ? RCC_CLASS_TEST : RCC_CLASS_LIVE);
		assert_int_equal(alert.casualty.v, 247123456);
	}
}

static void
ship_security_is_restricted_in_every_form(void **state)
{
	(void)state;
	/* Long, short, identity, and with every parity bit wrong. */
	struct beacon_bits bits = beacon_location_start(247, 12);
	char hex[65];
	beacon_put(&bits, 77, 20);
	beacon_put(&bits, 0, 4);
	beacon_put_standard_pos(&bits);
	assert_int_equal(beacon_read_bits(&bits).marks, RCC_ALERT_RESTRICTED);
	beacon_hex_of(&bits, hex);
	hex[22] = '\0';
	assert_int_equal(beacon_read_text(hex).alert.marks, RCC_ALERT_RESTRICTED);
	assert_int_equal(beacon_read_text(beacon_read_bits(&bits).beacon).alert.marks, RCC_ALERT_RESTRICTED);
	for (size_t i = 61; i < 82; i++)
		bits.c[i] ^= 1;
	struct rcc_alert alert = beacon_read_bits(&bits);
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
		struct rcc_alert alert = beacon_read_text(same[i]).alert;
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
			assert_true(beacon_is_unread(text));
	}
	assert_true(beacon_is_unread("400E77A1FCFFBFG"));
	assert_true(beacon_is_unread("400E77A1FCFFBFF 1D0EA08C52FFBF"));
	assert_true(beacon_is_unread("400E77A1FCFFBFF\n1D0EA08C52FFBFF"));
	assert_true(beacon_is_unread("HEX:"));
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
