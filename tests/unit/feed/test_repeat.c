/* Beacons and DSC lines: the first at once, then one a minute, and every change at once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "feed/repeat.h"

/* 0.1 nautical mile of latitude is 1/600 degree. */
#define TENTH_NM_E7 16667

static struct rcc_feed_repeats repeats;

static int
setup(void **state)
{
	(void)state;
	rcc_feed_repeats_init(&repeats);
	return 0;
}

static struct rcc_alert
beacon_at(uint32_t mmsi, int32_t lat_e7, int32_t lon_e7)
{
	return (struct rcc_alert){
	    .source = RCC_SOURCE_AIS_BEACON, .class = RCC_CLASS_LIVE, .casualty = {mmsi}, .pos = {lat_e7, lon_e7}};
}

static void
send(const struct rcc_alert *alert, int64_t mono_ms)
{
	assert_true(rcc_feed_alert_due(&repeats, alert, mono_ms));
	rcc_feed_alert_sent(&repeats, alert, mono_ms);
}

static void
first_at_once_then_one_a_minute(void **state)
{
	(void)state;
	struct rcc_alert alert = beacon_at(970123456, 355000000, 125000000);
	send(&alert, 1000);
	for (int64_t burst_ms = 3000; burst_ms < 61000; burst_ms += 2000) {
		assert_false(rcc_feed_alert_due(&repeats, &alert, burst_ms));
	}
	send(&alert, 61000);
	assert_false(rcc_feed_alert_due(&repeats, &alert, 61001));
}

static void
a_signal_not_sent_stays_due(void **state)
{
	(void)state;
	struct rcc_alert alert = beacon_at(970123456, 355000000, 125000000);
	assert_true(rcc_feed_alert_due(&repeats, &alert, 1000));
	assert_true(rcc_feed_alert_due(&repeats, &alert, 1001));
}

static void
moved_beacon_is_sent_at_once(void **state)
{
	(void)state;
	struct rcc_alert alert = beacon_at(970123456, 355000000, 125000000);
	send(&alert, 1000);
	struct rcc_alert near = beacon_at(970123456, 355000000 + TENTH_NM_E7 - 10, 125000000);
	assert_false(rcc_feed_alert_due(&repeats, &near, 2000));
	struct rcc_alert far = beacon_at(970123456, 355000000 + TENTH_NM_E7 + 10, 125000000);
	send(&far, 2000);
	assert_false(rcc_feed_alert_due(&repeats, &far, 3000));
	/* At 60 degrees north a degree of longitude is half as long. */
	struct rcc_alert north = beacon_at(970000001, 600000000, 100000000);
	send(&north, 1000);
	struct rcc_alert east = beacon_at(970000001, 600000000, 100000000 + 2 * TENTH_NM_E7 - 50);
	assert_false(rcc_feed_alert_due(&repeats, &east, 2000));
	east.pos.lon_e7 += 100;
	assert_true(rcc_feed_alert_due(&repeats, &east, 2000));
}

static void
drift_adds_up(void **state)
{
	(void)state;
	struct rcc_alert alert = beacon_at(970123456, 355000000, 125000000);
	send(&alert, 1000);
	alert.pos.lat_e7 += 10000;
	assert_false(rcc_feed_alert_due(&repeats, &alert, 2000));
	alert.pos.lat_e7 += 10000;
	assert_true(rcc_feed_alert_due(&repeats, &alert, 3000));
}

static void
date_line_is_no_move(void **state)
{
	(void)state;
	struct rcc_alert east = beacon_at(970123456, 0, 1799999990);
	struct rcc_alert west = beacon_at(970123456, 0, -1799999990);
	send(&east, 1000);
	assert_false(rcc_feed_alert_due(&repeats, &west, 2000));
}

static void
first_position_is_news(void **state)
{
	(void)state;
	struct rcc_alert text = beacon_at(970123456, 0, 0);
	text.pos = RCC_POS_NONE;
	send(&text, 1000);
	assert_false(rcc_feed_alert_due(&repeats, &text, 2000));
	struct rcc_alert fix = beacon_at(970123456, 355000000, 125000000);
	send(&fix, 3000);
	/* A text without position in between does not make it forget where the beacon was. */
	send(&text, 63000);
	assert_false(rcc_feed_alert_due(&repeats, &fix, 64000));
}

static void
test_signal_does_not_mask_the_real_one(void **state)
{
	(void)state;
	struct rcc_alert test = beacon_at(970123456, 355000000, 125000000);
	test.class = RCC_CLASS_TEST;
	send(&test, 1000);
	struct rcc_alert live = beacon_at(970123456, 355000000, 125000000);
	send(&live, 1500);
	struct rcc_alert status = beacon_at(970123456, 355000000, 125000000);
	status.source = RCC_SOURCE_AIS_STATUS;
	send(&status, 1600);
	struct rcc_alert other = beacon_at(970123457, 355000000, 125000000);
	send(&other, 1700);
}

static void
another_text_is_another_signal(void **state)
{
	(void)state;
	struct rcc_alert text = {.source = RCC_SOURCE_AIS_TEXT,
	                         .class = RCC_CLASS_LIVE,
	                         .casualty = {244670316},
	                         .pos = RCC_POS_NONE,
	                         .text = "TAKING WATER"};
	send(&text, 1000);
	assert_false(rcc_feed_alert_due(&repeats, &text, 2000));
	memcpy(text.text, "SINKING", sizeof "SINKING");
	send(&text, 2000);
}

static void
full_table_forgets_the_longest_silent(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < RCC_FEED_BEACONS_MAX; i++) {
		struct rcc_alert alert = beacon_at(970000000 + i, 355000000, 125000000);
		send(&alert, 1000 + i);
	}
	struct rcc_alert one_more = beacon_at(972000000, 355000000, 125000000);
	send(&one_more, 3000);
	struct rcc_alert first = beacon_at(970000000, 355000000, 125000000);
	struct rcc_alert second = beacon_at(970000001, 355000000, 125000000);
	assert_true(rcc_feed_alert_due(&repeats, &first, 3001));
	assert_false(rcc_feed_alert_due(&repeats, &second, 3001));
	assert_false(rcc_feed_alert_due(&repeats, &one_more, 3001));
}

static void
identical_line_once_a_minute(void **state)
{
	(void)state;
	const char *dsc = "$CDDSC,12,3380400790,12,06,00,1423108312,2019,,,S,E*6A";
	const char *other = "$CDDSC,12,3380400790,12,05,00,1423108312,2019,,,S,E*69";
	assert_true(rcc_feed_line_due(&repeats, dsc, 1000));
	rcc_feed_line_sent(&repeats, dsc, 1000);
	assert_false(rcc_feed_line_due(&repeats, dsc, 60999));
	assert_true(rcc_feed_line_due(&repeats, other, 1000));
	assert_true(rcc_feed_line_due(&repeats, dsc, 61000));
	rcc_feed_line_sent(&repeats, dsc, 61000);
	assert_false(rcc_feed_line_due(&repeats, dsc, 62000));
	assert_false(rcc_feed_line_due(&repeats, "", 62000));
}

static void
lines_beyond_the_table_pass(void **state)
{
	(void)state;
	char longer[RCC_FEED_LINE_MAX + 2];
	memset(longer, 'X', sizeof longer - 1);
	longer[sizeof longer - 1] = '\0';
	rcc_feed_line_sent(&repeats, longer, 1000);
	assert_true(rcc_feed_line_due(&repeats, longer, 1001));
	char line[] = "$CDDSC,000";
	for (int i = 0; i <= RCC_FEED_LINES_MAX; i++) {
		line[7] = (char)('0' + i / 100);
		line[8] = (char)('0' + i / 10 % 10);
		line[9] = (char)('0' + i % 10);
		assert_true(rcc_feed_line_due(&repeats, line, 1000 + i));
		rcc_feed_line_sent(&repeats, line, 1000 + i);
	}
	assert_true(rcc_feed_line_due(&repeats, "$CDDSC,000", 2000));
	assert_false(rcc_feed_line_due(&repeats, "$CDDSC,001", 2000));
	assert_false(rcc_feed_line_due(&repeats, line, 2000));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(first_at_once_then_one_a_minute, setup),
	    cmocka_unit_test_setup(a_signal_not_sent_stays_due, setup),
	    cmocka_unit_test_setup(moved_beacon_is_sent_at_once, setup),
	    cmocka_unit_test_setup(drift_adds_up, setup),
	    cmocka_unit_test_setup(date_line_is_no_move, setup),
	    cmocka_unit_test_setup(first_position_is_news, setup),
	    cmocka_unit_test_setup(test_signal_does_not_mask_the_real_one, setup),
	    cmocka_unit_test_setup(another_text_is_another_signal, setup),
	    cmocka_unit_test_setup(full_table_forgets_the_longest_silent, setup),
	    cmocka_unit_test_setup(identical_line_once_a_minute, setup),
	    cmocka_unit_test_setup(lines_beyond_the_table_pass, setup),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
