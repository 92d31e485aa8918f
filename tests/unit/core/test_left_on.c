/* A beacon heard on after a person settled its case: left on, or calling anew. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "watch.h"

static struct watch watch;
static uint32_t feed;

static void
start(void)
{
	watch_start(&watch);
	(void)watch_fleet(&watch, 200000001, 1);
	feed = watch_enrol(&watch, RCC_ROLE_FEED, 2320001);
}

/* The last entry recorded an alert in this lane under this verdict. */
static void
assert_recorded(enum rcc_lane lane, enum rcc_verdict verdict)
{
	const struct rcc_event *event = watch_event(&watch, RCC_EVENT_ALERT_RECORDED);

	assert_non_null(event);
	assert_int_equal(event->u.alert.lane, lane);
	assert_int_equal(event->u.alert.verdict, verdict);
	assert_int_equal(watch_events(&watch, RCC_EVENT_ALERT_JOINED), lane == RCC_LANE_INCIDENT);
}

/* Says the alert again: the signal number that the core counts, or 0 for a line of its own. */
static void
assert_repeats(uint32_t peer, const struct rcc_alert *alert, uint32_t count)
{
	watch_say(&watch, peer, alert);
	const struct rcc_event *event = watch_event(&watch, RCC_EVENT_ALERT_REPEATED);
	assert_int_equal(event == NULL, count == 0);
	assert_int_equal(watch_events(&watch, RCC_EVENT_ALERT_RECORDED), count == 0);
	if (event != NULL)
		assert_int_equal(event->u.repeated.count, count);
}

/* A beacon goes on by itself: heard on after a person settled its case, it waits for a person. */
static void
test_beacon_left_on(void **state)
{
	(void)state;
	struct rcc_alert alert = watch_alert(RCC_SOURCE_AIS_BEACON, 970000001);

	start();
	watch_say(&watch, feed, &alert);
	assert_int_equal(watch_events(&watch, RCC_EVENT_BROADCAST_ISSUED), 1);
	watch_cancel(&watch, 1, "recovered");
	watch_close(&watch, 1, "recovered");
	watch.now_ms += 60000;
	assert_repeats(feed, &alert, 0);
	assert_recorded(RCC_LANE_NEEDS_READING, RCC_VERDICT_MATCH);
	/* On and on: one line, also when it was dismissed. */
	watch.now_ms += 600000;
	assert_repeats(feed, &alert, 2);
	watch_decide(&watch, 2, RCC_DECISION_DISMISS, "left on in the raft");
	watch.now_ms += 600000;
	assert_repeats(feed, &alert, 3);
	/* Quiet for more than ten minutes, then again: that is news. */
	watch.now_ms += 600001;
	assert_repeats(feed, &alert, 0);
	assert_recorded(RCC_LANE_INCIDENT, RCC_VERDICT_MATCH);
	assert_int_equal(watch_events(&watch, RCC_EVENT_BROADCAST_ISSUED), 1);
	/* Another beacon of another raft never waits for that. */
	watch_cancel(&watch, 2, "recovered");
	alert.casualty.v++;
	assert_repeats(feed, &alert, 0);
	assert_int_equal(watch_events(&watch, RCC_EVENT_BROADCAST_ISSUED), 1);
}

/* What nobody had settled calls anew: another place, slowly reached as well, or the first certain one. */
static void
test_beacon_moved(void **state)
{
	(void)state;
	struct rcc_alert alert = watch_alert(RCC_SOURCE_AIS_BEACON, 970000001);
	struct rcc_alert text = watch_alert(RCC_SOURCE_SIT185, 0);

	start();
	watch_say(&watch, feed, &alert);
	watch_cancel(&watch, 1, "recovered");
	watch_close(&watch, 1, "recovered");
	/* Half a mile at a time, heard for longer than its quiet time. */
	alert.pos.lat_e7 += 83333;
	assert_repeats(feed, &alert, 0);
	assert_recorded(RCC_LANE_NEEDS_READING, RCC_VERDICT_MATCH);
	watch.now_ms += 590000;
	alert.pos.lat_e7 += 80000;
	assert_repeats(feed, &alert, 2);
	watch.now_ms += 590000;
	alert.pos.lat_e7 += 80000;
	assert_repeats(feed, &alert, 0);
	assert_recorded(RCC_LANE_INCIDENT, RCC_VERDICT_MATCH);
	assert_int_equal(watch_events(&watch, RCC_EVENT_BROADCAST_ISSUED), 1);
	/* Two places by satellite; settled; then one of them is said to be the right one. */
	watch_text(text.beacon, sizeof text.beacon, "400E77A1FCFFBFF");
	text.candidate_count = 2;
	text.candidate[0] = (struct rcc_candidate){text.pos, 60};
	text.candidate[1] = (struct rcc_candidate){{text.pos.lat_e7 + 40000000, text.pos.lon_e7}, 40};
	assert_repeats(feed, &text, 0);
	watch_close(&watch, 3, "switched on by mistake");
	text.pos_radius_m = 5000;
	text.candidate[0].pos.lat_e7 += 300000;
	text.pos = text.candidate[0].pos;
	assert_repeats(feed, &text, 0);
	assert_recorded(RCC_LANE_NEEDS_READING, RCC_VERDICT_MATCH);
	text.candidate_count = 0;
	text.marks = RCC_ALERT_POS_CONFIRMED;
	assert_repeats(feed, &text, 0);
	assert_recorded(RCC_LANE_INCIDENT, RCC_VERDICT_MATCH);
}

/* What a stranger says of a beacon, or what a person made of the stranger, must not keep the true one waiting. */
static void
test_beacon_and_stranger(void **state)
{
	(void)state;
	const struct rcc_key stranger = watch_key(77);
	const struct rcc_alert alert = watch_alert(RCC_SOURCE_AIS_BEACON, 970000001);

	for (int is_dismissed = 0; is_dismissed <= 1; is_dismissed++) {
		start();
		watch_command_of(&watch, RCC_COMMAND_ALERT, &stranger)->u.alert = alert;
		watch_step(&watch);
		assert_recorded(RCC_LANE_QUARANTINE, RCC_VERDICT_UNENROLLED);
		if (is_dismissed != 0)
			watch_decide(&watch, 1, RCC_DECISION_DISMISS, "hoax");
		assert_repeats(feed, &alert, 0);
		assert_recorded(RCC_LANE_INCIDENT, RCC_VERDICT_MATCH);
		assert_int_equal(watch_events(&watch, RCC_EVENT_BROADCAST_ISSUED), 1);
	}
	/* Nor an unreadable burst of the same beacon. */
	start();
	struct rcc_alert burst = alert;
	burst.marks = RCC_ALERT_NEEDS_READING;
	watch_say(&watch, feed, &burst);
	assert_repeats(feed, &alert, 0);
	assert_recorded(RCC_LANE_INCIDENT, RCC_VERDICT_MATCH);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_beacon_left_on),
	    cmocka_unit_test(test_beacon_moved),
	    cmocka_unit_test(test_beacon_and_stranger),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
