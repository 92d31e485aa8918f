/* Own position: which fixes are believed, how often they are sent, whose time they carry. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <math.h>

#include "feed/own.h"

#define AT_MS INT64_C(1795000000123)
#define EVERY_MS 10000

static struct rcc_feed_own own;

static int
setup(void **state)
{
	(void)state;
	rcc_feed_own_init(&own, (struct rcc_mmsi){244670316}, EVERY_MS);
	return 0;
}

/* A fix whose time is this far from AT_MS. */
static struct gps_fix_t
fix_off(int64_t off_ms)
{
	struct gps_fix_t fix;
	memset(&fix, 0, sizeof fix);
	fix.mode = MODE_3D;
	fix.latitude = 35.5;
	fix.longitude = -12.25;
	fix.speed = 5.144444;
	fix.track = 44.96;
	fix.time.tv_sec = (time_t)((AT_MS + off_ms) / 1000);
	fix.time.tv_nsec = (long)((AT_MS + off_ms) % 1000 * 1000000);
	return fix;
}

static void
fix_becomes_a_report(void **state)
{
	(void)state;
	struct gps_fix_t fix = fix_off(-1500);
	struct rcc_report report;
	bool doubted = true;
	assert_int_equal(rcc_feed_own_take(&own, &fix, AT_MS, 1000, &report, &doubted), RCC_OK);
	assert_false(doubted);
	assert_int_equal(report.mmsi.v, 244670316);
	assert_int_equal(report.pos.lat_e7, 355000000);
	assert_int_equal(report.pos.lon_e7, -122500000);
	assert_int_equal(report.at_ms, AT_MS - 1500);
	assert_int_equal(report.sog_dkn, 100);
	assert_int_equal(report.cog_ddeg, 450);
	assert_int_equal(report.heading_deg, RCC_HEADING_UNKNOWN_DEG);
	assert_int_equal(report.nav_status, RCC_NAV_STATUS_UNKNOWN);
	assert_int_equal(report.message_type, 0);
}

static void
at_most_every_ten_seconds(void **state)
{
	(void)state;
	struct gps_fix_t fix = fix_off(0);
	struct rcc_report report;
	bool doubted;
	assert_int_equal(rcc_feed_own_take(&own, &fix, AT_MS, 1000, &report, &doubted), RCC_OK);
	assert_int_equal(rcc_feed_own_take(&own, &fix, AT_MS, 10999, &report, &doubted), RCC_E_AGAIN);
	assert_int_equal(rcc_feed_own_take(&own, &fix, AT_MS, 11000, &report, &doubted), RCC_OK);
}

static void
wrong_clock_gives_way_to_arrival(void **state)
{
	(void)state;
	const int64_t off_ms[] = {-120001, 120001, -INT64_C(1024) * 7 * 86400 * 1000, -AT_MS};
	for (size_t i = 0; i < sizeof off_ms / sizeof off_ms[0]; i++) {
		struct gps_fix_t fix = fix_off(off_ms[i]);
		struct rcc_report report;
		bool doubted = false;
		(void)setup(NULL);
		assert_int_equal(rcc_feed_own_take(&own, &fix, AT_MS, 1000, &report, &doubted), RCC_OK);
		assert_true(doubted);
		assert_int_equal(report.at_ms, AT_MS);
	}
	struct gps_fix_t late = fix_off(-120000);
	struct rcc_report report;
	bool doubted = true;
	(void)setup(NULL);
	assert_int_equal(rcc_feed_own_take(&own, &late, AT_MS, 1000, &report, &doubted), RCC_OK);
	assert_false(doubted);
	assert_int_equal(report.at_ms, AT_MS - 120000);
}

static void
no_fix_no_report(void **state)
{
	(void)state;
	struct rcc_report report;
	bool doubted;
	struct gps_fix_t fix = fix_off(0);
	fix.mode = MODE_NO_FIX;
	assert_int_equal(rcc_feed_own_take(&own, &fix, AT_MS, 1000, &report, &doubted), RCC_E_AGAIN);
	fix = fix_off(0);
	fix.latitude = (double)NAN;
	assert_int_equal(rcc_feed_own_take(&own, &fix, AT_MS, 1000, &report, &doubted), RCC_E_AGAIN);
	fix = fix_off(0);
	fix.longitude = (double)INFINITY;
	assert_int_equal(rcc_feed_own_take(&own, &fix, AT_MS, 1000, &report, &doubted), RCC_E_AGAIN);
	fix = fix_off(0);
	fix.latitude = 90.0001;
	assert_int_equal(rcc_feed_own_take(&own, &fix, AT_MS, 1000, &report, &doubted), RCC_E_RANGE);
	fix = fix_off(0);
	fix.longitude = -180.0001;
	assert_int_equal(rcc_feed_own_take(&own, &fix, AT_MS, 1000, &report, &doubted), RCC_E_RANGE);
	/* None of these spent the turn of a good one. */
	fix = fix_off(0);
	assert_int_equal(rcc_feed_own_take(&own, &fix, AT_MS, 1000, &report, &doubted), RCC_OK);
}

static void
without_mmsi_nothing_is_sent(void **state)
{
	(void)state;
	struct rcc_report report;
	bool doubted;
	struct gps_fix_t fix = fix_off(0);
	rcc_feed_own_init(&own, (struct rcc_mmsi){0}, EVERY_MS);
	assert_int_equal(rcc_feed_own_take(&own, &fix, AT_MS, 1000, &report, &doubted), RCC_E_AGAIN);
}

static void
motion_at_its_edges(void **state)
{
	(void)state;
	const struct {
		double speed, track;
		uint32_t sog_dkn, cog_ddeg;
	} cases[] = {
	    {(double)NAN, (double)NAN, RCC_SOG_UNKNOWN_DKN, RCC_COG_UNKNOWN_DDEG},
	    {-1, -0.1, RCC_SOG_UNKNOWN_DKN, RCC_COG_UNKNOWN_DDEG},
	    {1e300, 360.1, 1022, RCC_COG_UNKNOWN_DDEG},
	    {0, 359.97, 0, 0},
	    {0.0257223, 360, 1, 0},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct gps_fix_t fix = fix_off(0);
		struct rcc_report report;
		bool doubted;
		(void)setup(NULL);
		fix.speed = cases[i].speed;
		fix.track = cases[i].track;
		assert_int_equal(rcc_feed_own_take(&own, &fix, AT_MS, 1000, &report, &doubted), RCC_OK);
		assert_int_equal(report.sog_dkn, cases[i].sog_dkn);
		assert_int_equal(report.cog_ddeg, cases[i].cog_ddeg);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(fix_becomes_a_report, setup),
	    cmocka_unit_test_setup(at_most_every_ten_seconds, setup),
	    cmocka_unit_test_setup(wrong_clock_gives_way_to_arrival, setup),
	    cmocka_unit_test_setup(no_fix_no_report, setup),
	    cmocka_unit_test_setup(without_mmsi_nothing_is_sent, setup),
	    cmocka_unit_test_setup(motion_at_its_edges, setup),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
