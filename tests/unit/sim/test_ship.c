/* Simulated ships stay plausible: identities, measures, and water under the keel. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "rcc/units.h"
#include "sim/ship.h"

#define FLEET 500
#define START_MS INT64_C(1764000000000)

static struct rcc_ship fleet[FLEET];

static int
make_fleet(void **state)
{
	struct rcc_random random = {.state = 1};

	(void)state;
	for (uint32_t i = 0; i < FLEET; i++) {
		rcc_ship_make(&fleet[i], rcc_area_find("sicily"), i, START_MS, &random);
	}
	return 0;
}

static void
known_places_are_land_or_water(void **state)
{
	const struct rcc_area *area = rcc_area_find("sicily");

	(void)state;
	assert_null(rcc_area_find("atlantis"));
	assert_true(rcc_area_is_water(area, 35.5, 12.0));
	assert_true(rcc_area_is_water(area, 36.5, 12.5));
	assert_true(rcc_area_is_water(area, 36.9, 13.2));
	assert_false(rcc_area_is_water(area, 35.51, 12.59)); /* Lampedusa */
	assert_false(rcc_area_is_water(area, 35.90, 14.45)); /* Malta */
	assert_false(rcc_area_is_water(area, 36.79, 11.99)); /* Pantelleria */
	assert_false(rcc_area_is_water(area, 37.50, 14.00)); /* Caltanissetta */
	assert_false(rcc_area_is_water(area, 35.83, 10.60)); /* Sousse */
	assert_false(rcc_area_is_water(area, 36.80, 11.00)); /* Cap Bon */
	assert_false(rcc_area_is_water(area, 43.00, 10.00));
}

static int
by_mmsi(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a;
	uint32_t y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static void
identities_are_well_formed_and_differ(void **state)
{
	static uint32_t mmsi[FLEET];

	(void)state;
	for (uint32_t i = 0; i < FLEET; i++) {
		uint32_t imo = fleet[i].imo;
		uint32_t sum = 0;
		uint32_t rest = imo / 10;
		mmsi[i] = fleet[i].mmsi;
		assert_in_range(fleet[i].mmsi, 201000000, 775999999);
		assert_true(strlen(fleet[i].name) >= 3);
		assert_in_range(strlen(fleet[i].callsign), 4, RCC_AIS_CALLSIGN_MAX);
		for (uint32_t weight = 2; weight <= 7; weight++) {
			sum += rest % 10 * weight;
			rest /= 10;
		}
		assert_true(imo == 0 || sum % 10 == imo % 10);
	}
	qsort(mmsi, FLEET, sizeof mmsi[0], by_mmsi);
	for (uint32_t i = 1; i < FLEET; i++) {
		assert_true(mmsi[i] != mmsi[i - 1]);
	}
}

static void
fleet_is_mixed(void **state)
{
	uint32_t class_b = 0;
	uint32_t long_range = 0;
	uint32_t anchored = 0;
	uint32_t cargo = 0;

	(void)state;
	for (uint32_t i = 0; i < FLEET; i++) {
		class_b += !fleet[i].is_class_a;
		long_range += fleet[i].is_long_range;
		anchored += fleet[i].sog_kn < 0.1;
		cargo += fleet[i].ship_type / 10 == 7;
	}
	assert_in_range(class_b, FLEET / 6, FLEET / 2);
	assert_in_range(long_range, 1, FLEET / 10);
	assert_in_range(anchored, 1, FLEET / 10);
	assert_in_range(cargo, FLEET / 6, FLEET / 2);
}

static void
the_same_seed_makes_the_same_fleet(void **state)
{
	struct rcc_random random = {.state = 1};
	struct rcc_random other = {.state = 2};
	struct rcc_ship ship;

	(void)state;
	rcc_ship_make(&ship, rcc_area_find("sicily"), 0, START_MS, &random);
	assert_memory_equal(&ship, &fleet[0], sizeof ship);
	rcc_ship_make(&ship, rcc_area_find("sicily"), 0, START_MS, &other);
	assert_memory_not_equal(&ship, &fleet[0], sizeof ship);
}

/* A day at sea, a step a minute: nobody runs aground, nobody jumps. */
static void
ships_stay_on_the_water(void **state)
{
	const struct rcc_area *area = rcc_area_find("sicily");
	struct rcc_random random = {.state = 9};

	(void)state;
	for (uint32_t i = 0; i < FLEET; i++) {
		struct rcc_ship ship = fleet[i];
		for (int64_t minute = 1; minute <= 24 * 60; minute++) {
			double lat = ship.lat_deg;
			double lon = ship.lon_deg;
			double moved_nm;
			rcc_ship_sail(&ship, area, START_MS + minute * RCC_MS_PER_MIN, &random);
			assert_true(rcc_area_is_water(area, ship.lat_deg, ship.lon_deg));
			moved_nm = hypot((ship.lat_deg - lat) * 60.0, (ship.lon_deg - lon) * 60.0 * cos(0.62));
			assert_true(moved_nm <= ship.sog_kn / 60.0 * 1.05 + 1e-9);
		}
	}
}

static void
reporting_rates_are_those_of_the_standard(void **state)
{
	struct rcc_ship ship = {.is_class_a = true, .sog_kn = 10.0};

	(void)state;
	assert_int_equal(rcc_ship_interval_ms(&ship), 10000);
	ship.sog_kn = 14.1;
	assert_int_equal(rcc_ship_interval_ms(&ship), 6000);
	ship.sog_kn = 23.5;
	assert_int_equal(rcc_ship_interval_ms(&ship), 2000);
	ship.sog_kn = 0.0;
	ship.nav_status = 1;
	assert_int_equal(rcc_ship_interval_ms(&ship), 180000);
	ship.is_class_a = false;
	assert_int_equal(rcc_ship_interval_ms(&ship), 180000);
	ship.sog_kn = 5.0;
	assert_int_equal(rcc_ship_interval_ms(&ship), 30000);
}

static void
messages_say_what_the_ship_is(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < FLEET; i++) {
		struct rcc_ais_message position = rcc_ship_position(&fleet[i]);
		struct rcc_ais_message far = rcc_ship_long_range(&fleet[i]);
		struct rcc_ais_message fixed = rcc_ship_static(&fleet[i], 1);
		struct rcc_ais_bits bits;
		assert_int_equal(rcc_ais_encode(&position, &bits), RCC_OK);
		assert_int_equal(rcc_ais_encode(&far, &bits), RCC_OK);
		assert_int_equal(rcc_ais_encode(&fixed, &bits), RCC_OK);
		assert_int_equal(position.type, fleet[i].is_class_a ? 1 : 18);
		assert_int_equal(fixed.type, fleet[i].is_class_a ? 5 : 24);
		assert_true(fabs(position.lat / 600000.0 - fleet[i].lat_deg) < 1e-6);
		assert_true(fabs(position.lon / 600000.0 - fleet[i].lon_deg) < 1e-6);
		assert_true(position.sog_dkn == 0 ? position.cog_ddeg == 3600 : position.cog_ddeg < 3600);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(known_places_are_land_or_water),
	    cmocka_unit_test(identities_are_well_formed_and_differ),
	    cmocka_unit_test(fleet_is_mixed),
	    cmocka_unit_test(the_same_seed_makes_the_same_fleet),
	    cmocka_unit_test(ships_stay_on_the_water),
	    cmocka_unit_test(reporting_rates_are_those_of_the_standard),
	    cmocka_unit_test(messages_say_what_the_ship_is),
	};

	return cmocka_run_group_tests(tests, make_fleet, NULL);
}
