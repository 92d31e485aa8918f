/* Doubts: each has its edge, none of them stops an alert. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "order.h"
#include "rcc/units.h"

#define CASUALTY 247000001u
#define MINUTE_E7 166667

static struct watch watch;
static uint32_t feed;

static void
start(void)
{
	feed = watch_start_with_feed(&watch, 0);
	watch.now_ms += 12 * RCC_MS_PER_HOUR;
}

/* The doubts about an alert that comes now; the alert itself stands whatever they are. */
static uint32_t
marks_of(const struct rcc_alert *alert)
{
	uint32_t before = watch.core.alert_last;

	watch_command(&watch, RCC_COMMAND_ALERT, feed)->u.alert = *alert;
	watch_step(&watch);
	assert_int_equal(watch.core.alert_last, before + 1);
	assert_int_equal(order_alert(&watch, before + 1)->lane, RCC_LANE_INCIDENT);
	return order_alert(&watch, before + 1)->body.marks;
}

static struct rcc_alert
alert_at(int32_t lat_e7, int32_t lon_e7, int64_t age_ms)
{
	struct rcc_alert alert = watch_alert(RCC_SOURCE_DSC, CASUALTY);

	alert.pos = (struct rcc_pos){lat_e7, lon_e7};
	alert.pos_at_ms = watch.now_ms - age_ms;
	return alert;
}

static void
test_times(void **state)
{
	(void)state;
	static const struct {
		int64_t age_ms;
		uint32_t marks;
	} cases[] = {
	    {0, 0},
	    {-2 * RCC_MS_PER_MIN, 0},
	    {-2 * RCC_MS_PER_MIN - 1, RCC_ALERT_TIME_FUTURE},
	    {-RCC_MS_PER_DAY, RCC_ALERT_TIME_FUTURE},
	    {6 * RCC_MS_PER_HOUR, 0},
	    {6 * RCC_MS_PER_HOUR + 1, RCC_ALERT_TIME_STALE},
	    {3650 * RCC_MS_PER_DAY, RCC_ALERT_TIME_STALE},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		start();
		struct rcc_alert alert = alert_at(352000000, 126000000, cases[i].age_ms);
		assert_int_equal(marks_of(&alert), cases[i].marks);
	}
	/* A time that is not known is no doubt; one without a place is. */
	start();
	struct rcc_alert alert = alert_at(352000000, 126000000, 0);
	alert.pos_at_ms = 0;
	assert_int_equal(marks_of(&alert), 0);
	start();
	alert.pos = RCC_POS_NONE;
	alert.signal_at_ms = watch.now_ms + RCC_MS_PER_HOUR;
	assert_int_equal(marks_of(&alert), RCC_ALERT_TIME_FUTURE);
}

static void
test_zero(void **state)
{
	(void)state;
	static const struct {
		int32_t lat_e7, lon_e7;
		bool is_zero;
	} cases[] = {
	    {0, 0, true},        {166666, 166666, true}, {-166666, -166666, true}, {166667, 0, false},
	    {0, -166667, false}, {0, 126000000, false},  {352000000, 0, false},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		start();
		struct rcc_alert alert = alert_at(cases[i].lat_e7, cases[i].lon_e7, 0);
		assert_int_equal((marks_of(&alert) & RCC_ALERT_POS_ZERO) != 0, cases[i].is_zero);
	}
}

static void
test_inland(void **state)
{
	(void)state;
	start();
	struct rcc_alert sahara = alert_at(230000000, 120000000, 0);
	assert_int_equal(marks_of(&sahara), RCC_ALERT_POS_INLAND);
	/* Aircraft and people are on land by right, unless their message may say another thing than was sent. */
	for (enum rcc_beacon_kind kind = RCC_BEACON_NOT_STATED; kind <= RCC_BEACON_LAST; kind++) {
		bool is_of_land = kind == RCC_BEACON_ELT || kind == RCC_BEACON_PLB;
		start();
		sahara = alert_at(230000000, 120000000, 0);
		sahara.source = RCC_SOURCE_BEACON406;
		sahara.beacon_kind = kind;
		assert_int_equal(marks_of(&sahara), is_of_land ? 0 : RCC_ALERT_POS_INLAND);
		start();
		sahara = alert_at(230000000, 120000000, 0);
		sahara.source = RCC_SOURCE_BEACON406;
		sahara.beacon_kind = kind;
		sahara.marks = RCC_ALERT_CHECKSUM_WRONG;
		assert_int_equal(marks_of(&sahara), RCC_ALERT_POS_INLAND | RCC_ALERT_CHECKSUM_WRONG);
	}
	start();
	struct rcc_alert strait = alert_at(352000000, 126000000, 0);
	assert_int_equal(marks_of(&strait), 0);
}

/* 70 kn for the time between, two miles of noise, and both uncertainties: no farther. */
static void
test_jump(void **state)
{
	(void)state;
	static const struct {
		int32_t minutes;
		int64_t after_ms;
		uint32_t radius_m;
		bool is_jump;
	} cases[] = {
	    {1, 0, 0, false},
	    {3, 0, 0, true},
	    {3, 0, 1852, false},
	    {4, 0, 1852, true},
	    {71, RCC_MS_PER_HOUR, 0, false},
	    {74, RCC_MS_PER_HOUR, 0, true},
	    {74, RCC_MS_PER_HOUR, 2 * 1852, false},
	    {600, 6 * RCC_MS_PER_HOUR, 0, true},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		start();
		struct rcc_alert first = alert_at(352000000, 126000000, 0);
		assert_int_equal(marks_of(&first), 0);
		watch.now_ms += cases[i].after_ms;
		struct rcc_alert second = alert_at(352000000 + cases[i].minutes * MINUTE_E7, 126000000, 0);
		second.source = RCC_SOURCE_BEACON406;
		second.pos_radius_m = cases[i].radius_m;
		assert_int_equal((marks_of(&second) & RCC_ALERT_POS_JUMP) != 0, cases[i].is_jump);
	}
}

static void
test_jump_of_whom(void **state)
{
	(void)state;
	/* Another casualty, another class, and two sides of one Doppler solution have not jumped. */
	start();
	struct rcc_alert first = alert_at(352000000, 126000000, 0);
	marks_of(&first);
	struct rcc_alert other = alert_at(372000000, 126000000, 0);
	other.casualty.v = CASUALTY + 1;
	assert_int_equal(marks_of(&other), 0);
	struct rcc_alert drill = alert_at(372000000, 126000000, 0);
	drill.class = RCC_CLASS_EXERCISE;
	assert_int_equal(marks_of(&drill), 0);
	struct rcc_alert doppler = alert_at(372000000, 126000000, 0);
	doppler.source = RCC_SOURCE_SIT185;
	doppler.candidate_count = 2;
	doppler.candidate[0] = (struct rcc_candidate){doppler.pos, 60};
	doppler.candidate[1] = (struct rcc_candidate){first.pos, 40};
	assert_int_equal(marks_of(&doppler), 0);
	/* The same beacon without a ship's number has. */
	start();
	struct rcc_alert beacon = alert_at(352000000, 126000000, 0);
	beacon.casualty.v = 0;
	beacon.source = RCC_SOURCE_SIT185;
	watch_text(beacon.beacon, sizeof beacon.beacon, "1EEC8D2D3AFFBFF");
	marks_of(&beacon);
	beacon.source = RCC_SOURCE_BEACON406;
	beacon.pos.lat_e7 += 60 * MINUTE_E7;
	assert_int_equal(marks_of(&beacon), RCC_ALERT_POS_JUMP);
}

/* Where the live picture saw the ship counts as well. */
static void
test_jump_from_picture(void **state)
{
	(void)state;
	for (int is_far = 0; is_far < 2; is_far++) {
		start();
		struct rcc_alert call = alert_at(352000000 + (is_far != 0 ? 60 : 1) * MINUTE_E7, 126000000, 0);
		watch_command(&watch, RCC_COMMAND_ALERT, feed)->u.alert = call;
		watch_see(&watch, CASUALTY, (struct rcc_pos){352000000, 126000000}, 100);
		watch_step(&watch);
		assert_int_equal(order_alert(&watch, 1)->body.marks, is_far != 0 ? RCC_ALERT_POS_JUMP : 0);
		assert_int_equal(order_alert(&watch, 1)->lane, RCC_LANE_INCIDENT);
	}
}

/* Every doubt at once, and the distress is relayed like any other. */
static void
test_stands(void **state)
{
	(void)state;
	start();
	struct rcc_alert first = alert_at(352000000, 126000000, 0);
	marks_of(&first);
	struct rcc_alert doubtful = alert_at(0, 0, 7 * RCC_MS_PER_HOUR);
	doubtful.source = RCC_SOURCE_AIS_BEACON;
	assert_int_equal(marks_of(&doubtful), RCC_ALERT_TIME_STALE | RCC_ALERT_POS_ZERO | RCC_ALERT_POS_JUMP);
	assert_int_equal(watch_events(&watch, RCC_EVENT_BROADCAST_ISSUED), 1);
}

/* Who is called there is told, until an officer has said where it is. */
static void
test_ships_are_told(void **state)
{
	(void)state;
	struct rcc_alert alert = watch_alert(RCC_SOURCE_OFFICER, 500000001);
	struct rcc_delivery_msg delivery;

	watch_start(&watch);
	watch_fleet(&watch, 200000001, 1);
	alert.pos = (struct rcc_pos){228000000, 55000000};
	order_open(&watch, 0, &alert);
	assert_int_equal(rcc_incident_doubts(&watch.core, order_incident(&watch, 1)), RCC_ALERT_POS_INLAND);
	assert_int_equal(rcc_core_delivery(&watch.core, (struct rcc_peer_id){1}, 1, &delivery), RCC_OK);
	assert_int_equal(delivery.doubts, RCC_ALERT_POS_INLAND);
	alert.pos = (struct rcc_pos){352000000, 126000000};
	order_classify(&watch, 1, alert.pos, RCC_NATURE_NOT_STATED, 0, "a digit was wrong");
	assert_int_equal(rcc_incident_doubts(&watch.core, order_incident(&watch, 1)), 0);
	assert_int_equal(rcc_core_delivery(&watch.core, (struct rcc_peer_id){1}, 2, &delivery), RCC_OK);
	assert_int_equal(delivery.doubts, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_times),        cmocka_unit_test(test_zero),
	    cmocka_unit_test(test_inland),       cmocka_unit_test(test_jump),
	    cmocka_unit_test(test_jump_of_whom), cmocka_unit_test(test_jump_from_picture),
	    cmocka_unit_test(test_stands),       cmocka_unit_test(test_ships_are_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
