/*
 * First-generation 406 MHz beacons: messages from an encoder of its own, written from the bit tables of C/S T.001 and not
 * from the decoder, say what was put in.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "beacon406_encoder.h"

static void
assert_near(int32_t e7, double deg, double within_deg)
{
	double off = (double)e7 / 1e7 - deg;

	assert_true(off <= within_deg && off >= -within_deg);
}

static void
standard_location_says_what_was_sent(void **state)
{
	(void)state;
	for (uint32_t code = 2; code <= 14; code++) {
		if (code >= 8 && code <= 13 && code != 12)
			continue;
		struct beacon_bits bits = beacon_location_start(247, code);
		beacon_put(&bits, 123456, 20); /* MMSI, or whatever the protocol has here */
		beacon_put(&bits, code == 12 ? 0 : 5, 4);
		beacon_put_standard_pos(&bits);
		struct rcc_alert alert = beacon_read_bits(&bits);
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
			struct beacon_bits bits = beacon_location_start(503, code);
			beacon_put(&bits, 4711, 18);
			beacon_put(&bits, 0, 1); /* 35 deg 44 min N, 115 deg 28 min E */
			beacon_put(&bits, 35, 7);
			beacon_put(&bits, 22, 5);
			beacon_put(&bits, 0, 1);
			beacon_put(&bits, 115, 8);
			beacon_put(&bits, 14, 5);
			beacon_put_bch_1(&bits);
			beacon_put(&bits, 6, 3);
			beacon_put(&bits, has_offset, 1);
			beacon_put(&bits, 3, 2);
			beacon_put(&bits, 0, 1); /* minus 1 min 8 s */
			beacon_put(&bits, 1, 2);
			beacon_put(&bits, 2, 4);
			beacon_put(&bits, 1, 1); /* plus 40 s */
			beacon_put(&bits, 0, 2);
			beacon_put(&bits, 10, 4);
			beacon_put(&bits, 0, 6);
			beacon_put_bch_2(&bits);
			struct rcc_alert alert = beacon_read_bits(&bits);
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
			struct beacon_bits bits = beacon_location_start(227, code);
			beacon_put(&bits, type, 2);
			beacon_put(&bits, 333, 10);
			beacon_put(&bits, 4444, 14);
			beacon_put(&bits, 0, 1); /* 43.5 N, 7 E */
			beacon_put(&bits, 87, 8);
			beacon_put(&bits, 0, 1);
			beacon_put(&bits, 14, 9);
			beacon_put_bch_1(&bits);
			beacon_put(&bits, 0, 8);
			beacon_put(&bits, 0, 1); /* minus 15 min 56 s */
			beacon_put(&bits, 15, 4);
			beacon_put(&bits, 14, 4);
			beacon_put(&bits, 1, 1); /* plus 4 s */
			beacon_put(&bits, 0, 4);
			beacon_put(&bits, 1, 4);
			beacon_put_bch_2(&bits);
			struct rcc_alert alert = beacon_read_bits(&bits);
			assert_near(alert.pos.lat_e7, 43.5 - (15 * 60 + 56) / 3600.0, 1e-7);
			assert_near(alert.pos.lon_e7, 7 + 4 / 3600.0, 1e-7);
			assert_int_equal(alert.class, type == 3 ? RCC_CLASS_TEST : RCC_CLASS_LIVE);
			if (code == 13 || type == 2)
				assert_non_null(strstr(alert.text, "TAC 333 serial 4444"));
		}
	}
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
		struct beacon_bits bits = beacon_user_start(247, row[i].code);
		beacon_put_text(&bits, row[i].text);
		if (row[i].code == 2)
			beacon_put_text(&bits, "3");
		beacon_put(&bits, 0, 2);
		beacon_put(&bits, 1, 2);
		beacon_put_user_pos(&bits);
		struct rcc_alert alert = beacon_read_bits(&bits);
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
	struct beacon_bits bits = beacon_user_start(525, 6);
	beacon_put_text(&bits, "YDB4");
	beacon_put(&bits, 8, 4);
	beacon_put(&bits, 4, 4);
	beacon_put(&bits, 10, 4); /* space */
	beacon_put_text(&bits, "0");
	beacon_put(&bits, 0, 2);
	beacon_put(&bits, 2, 2);
	beacon_put_user_pos(&bits);
	struct rcc_alert alert = beacon_read_bits(&bits);
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
		struct beacon_bits bits = beacon_user_start(366, 3);
		beacon_put(&bits, type, 3);
		beacon_put(&bits, 1, 1);
		if (type == 1) {
			beacon_put_text(&bits, "KLM");
			beacon_put(&bits, 4095, 12);
		} else if (type == 3) {
			beacon_put(&bits, 0xABCDEF, 24);
			beacon_put(&bits, 2, 6);
		} else {
			beacon_put(&bits, 77777, 20);
			beacon_put(&bits, 0, 10);
		}
		beacon_put(&bits, 610, 10);
		beacon_put(&bits, 0, 2);
		beacon_put_user_pos(&bits);
		struct rcc_alert alert = beacon_read_bits(&bits);
		assert_non_null(strstr(alert.text, words[type]));
		assert_non_null(strstr(alert.text, "TAC 610"));
		const char *id = type == 1 ? "aircraft operator KLM, serial 4095" : "serial 77777";
		assert_non_null(strstr(alert.text, type == 3 ? "aircraft 24-bit address ABCDEF" : id));
		assert_int_equal(alert.marks, type == 5 || type == 7 ? RCC_ALERT_NEEDS_READING : 0);
		assert_int_equal(alert.class, RCC_CLASS_LIVE);
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
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
