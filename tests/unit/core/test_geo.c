/*
 * Distances and bearings against published figures: Geoscience Australia's Flinders Peak - Buninyong line, the WGS 84
 * quarter meridian and equator, and the near-antipodal pair on which Vincenty's iteration fails.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/geo.h"

struct leg {
	struct rcc_pos from, to;
	uint32_t range_m, bearing_ddeg;
};

static void
test_published_figures(void **state)
{
	(void)state;
	static const struct leg legs[] = {
	    {{-379510334, 1444248679}, {-376528211, 1439264955}, 54972, 3069},
	    {{-376528211, 1439264955}, {-379510334, 1444248679}, 54972, 1272},
	    {{0, 0}, {900000000, 0}, 10001966, 0},
	    {{900000000, 450000000}, {-900000000, 450000000}, 20003931, 1800},
	    {{0, 0}, {0, 10000000}, 111319, 900},
	    {{0, 10000000}, {0, 0}, 111319, 2700},
	    {{0, 0}, {0, 1800000000}, 20003931, 0},
	    {{0, 0}, {5000000, 1795000000}, 19936289, 257},
	};

	for (size_t i = 0; i < sizeof legs / sizeof legs[0]; i++) {
		uint32_t range_m = 0;
		uint32_t bearing_ddeg = 0;
		rcc_geo_leg(legs[i].from, legs[i].to, &range_m, &bearing_ddeg);
		assert_int_equal(range_m, legs[i].range_m);
		assert_int_equal(bearing_ddeg, legs[i].bearing_ddeg);
		assert_int_equal(rcc_geo_range_m(legs[i].from, legs[i].to), range_m);
		assert_int_equal(rcc_geo_bearing_ddeg(legs[i].from, legs[i].to), bearing_ddeg);
		assert_int_equal(rcc_geo_range_m(legs[i].to, legs[i].from), range_m);
	}
}

static void
test_edges_of_the_chart(void **state)
{
	(void)state;
	/* Across the antimeridian it is one degree, not 359. */
	struct rcc_pos west = {0, 1795000000};
	struct rcc_pos east = {0, -1795000000};
	assert_int_equal(rcc_geo_range_m(west, east), 111319);
	assert_int_equal(rcc_geo_bearing_ddeg(west, east), 900);
	assert_int_equal(rcc_geo_bearing_ddeg(east, west), 2700);
	/* Both names of the antimeridian are one place; so is a pole at every longitude. */
	assert_int_equal(rcc_geo_range_m((struct rcc_pos){5, 1800000000}, (struct rcc_pos){5, -1800000000}), 0);
	assert_int_equal(rcc_geo_range_m((struct rcc_pos){900000000, 0}, (struct rcc_pos){900000000, 1200000000}), 0);
	assert_int_equal(rcc_geo_range_m(west, west), 0);
	/* From the pole every way is south; to the pole, north. */
	assert_int_equal(rcc_geo_bearing_ddeg((struct rcc_pos){450000000, 70000000}, (struct rcc_pos){900000000, 0}),
	                 0);
	/* A bearing that rounds to 360 degrees is north. */
	assert_int_equal(rcc_geo_bearing_ddeg((struct rcc_pos){0, 0}, (struct rcc_pos){100000000, -10}), 0);
	/* Less than half a metre is none. */
	assert_int_equal(rcc_geo_range_m((struct rcc_pos){0, 0}, (struct rcc_pos){40, 0}), 0);
	assert_int_equal(rcc_geo_range_m((struct rcc_pos){0, 0}, (struct rcc_pos){50, 0}), 1);
}

static void
test_unknown(void **state)
{
	(void)state;
	struct rcc_pos here = {1, 1};
	uint32_t range_m = 0;
	uint32_t bearing_ddeg = 0;

	rcc_geo_leg(here, RCC_POS_NONE, &range_m, &bearing_ddeg);
	assert_int_equal(range_m, RCC_RANGE_UNKNOWN_M);
	assert_int_equal(bearing_ddeg, RCC_BEARING_UNKNOWN_DDEG);
	assert_int_equal(rcc_geo_range_m(RCC_POS_NONE, here), RCC_RANGE_UNKNOWN_M);
	assert_int_equal(rcc_geo_bearing_ddeg(RCC_POS_NONE, here), RCC_BEARING_UNKNOWN_DDEG);
	assert_int_equal(rcc_geo_eta_min(RCC_RANGE_UNKNOWN_M, 100), RCC_ETA_UNKNOWN_MIN);
}

static void
test_eta(void **state)
{
	(void)state;
	/* Ten knots, ten miles: an hour. A metre more: the next minute. */
	assert_int_equal(rcc_geo_eta_min(10 * 1852, 100), 60);
	assert_int_equal(rcc_geo_eta_min(10 * 1852 + 1, 100), 61);
	assert_int_equal(rcc_geo_eta_min(0, 1), 0);
	assert_int_equal(rcc_geo_eta_min(1, 1022), 1);
	/* Half the world at a tenth of a knot: no overflow. 20003931 m * 600 / 1852 = 6480755.2 min */
	assert_int_equal(rcc_geo_eta_min(20003931, 1), 6480756);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_published_figures),
	    cmocka_unit_test(test_edges_of_the_chart),
	    cmocka_unit_test(test_unknown),
	    cmocka_unit_test(test_eta),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
