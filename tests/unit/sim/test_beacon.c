/* A beacon's bursts: eight messages within 14 of 60 seconds, texts in every fourth burst, one burst for a test. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sim/beacon.h"

#define START_MS INT64_C(1764000000000)

static const struct rcc_pos place = {.lat_e7 = 355000000, .lon_e7 = 125000000};

static void
bursts_come_once_a_minute(void **state)
{
	struct rcc_beacon beacon;

	(void)state;
	rcc_beacon_init(&beacon, 970010001, false, place, START_MS, 60000);
	for (int64_t burst = 0; burst < 9; burst++) {
		for (int64_t n = 0; n < 8; n++) {
			bool is_text = burst % 4 == 0 && (n == 4 || n == 5);
			struct rcc_ais_message message;
			assert_int_equal(rcc_beacon_due_ms(&beacon), START_MS + burst * 60000 + n * 2000);
			message = rcc_beacon_next(&beacon);
			assert_int_equal(message.type, is_text ? RCC_AIS_SAFETY_TO_ALL : RCC_AIS_POSITION_A);
			assert_int_equal(message.mmsi, 970010001);
			if (is_text) {
				assert_string_equal(message.text, "SART ACTIVE");
			} else {
				assert_int_equal(message.nav_status, 14);
			}
		}
	}
}

static void
test_is_one_burst(void **state)
{
	struct rcc_beacon beacon;
	uint32_t texts = 0;
	uint32_t count = 0;

	(void)state;
	rcc_beacon_init(&beacon, 972010001, true, place, START_MS, 60000);
	while (rcc_beacon_due_ms(&beacon) != INT64_MAX && count < 100) {
		struct rcc_ais_message message = rcc_beacon_next(&beacon);
		count++;
		if (message.type == RCC_AIS_SAFETY_TO_ALL) {
			assert_string_equal(message.text, "MOB TEST");
			texts++;
		} else {
			assert_int_equal(message.nav_status, 15);
		}
	}
	assert_int_equal(count, 8);
	assert_int_equal(texts, 2);
}

static void
beacon_starts_at_its_place_and_drifts(void **state)
{
	struct rcc_beacon beacon;
	struct rcc_ais_message message;

	(void)state;
	rcc_beacon_init(&beacon, 974010001, false, place, START_MS, 60000);
	message = rcc_beacon_next(&beacon);
	assert_int_equal(message.lat, 21300000);
	assert_int_equal(message.lon, 7500000);
	while (rcc_beacon_due_ms(&beacon) < START_MS + 3600000) {
		message = rcc_beacon_next(&beacon);
	}
	message = rcc_beacon_next(&beacon);
	/* 0.8 nm to 130 degrees: 0.514 south; 1/10,000 minute is 1/10,000 nm of latitude. */
	assert_in_range(21300000 - message.lat, 5100, 5185);
	assert_true(message.lon > 7500000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(bursts_come_once_a_minute),
	    cmocka_unit_test(test_is_one_burst),
	    cmocka_unit_test(beacon_starts_at_its_place_and_drifts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
