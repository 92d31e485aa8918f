/* What was joined by hand out of a lane, and the split that takes it back: nobody has vouched for it, so it calls no ship. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "laws.h"
#include "order.h"
#include "rcc/units.h"

static struct watch watch;
static uint32_t feed;

static void
start(void)
{
	feed = watch_start_with_feed(&watch, 2);
}

static void
say(enum rcc_source source)
{
	struct rcc_alert alert = watch_alert(source, 247000001);

	watch_say(&watch, feed, &alert);
}

/* A damaged call: for a person, at the place of the others. */
static uint32_t
say_damaged(uint32_t casualty, int32_t north_e7)
{
	struct rcc_alert alert = watch_alert(RCC_SOURCE_DSC, casualty);

	alert.pos.lat_e7 += north_e7;
	alert.marks = RCC_ALERT_NEEDS_READING | RCC_ALERT_CHECKSUM_WRONG;
	watch_say(&watch, feed, &alert);
	return watch.core.alert_last;
}

/* A crew's words from a sender that may not say them: quarantine. */
static uint32_t
say_unknown(void)
{
	struct rcc_alert alert = watch_alert(RCC_SOURCE_CREW, 247000004);

	watch_say(&watch, feed, &alert);
	return watch.core.alert_last;
}

/* What waited in a lane before it was joined by hand waits there again, and no case is opened for it. */
static void
test_split_returns_to_the_lane(void **state)
{
	(void)state;
	start();
	say(RCC_SOURCE_DSC);
	uint32_t reading = say_damaged(247000002, 0), dismissed = say_damaged(247000003, 0);
	watch_decide(&watch, dismissed, RCC_DECISION_DISMISS, "a greeting");
	uint32_t refused = say_unknown();
	const uint32_t alert[] = {reading, dismissed, refused};
	const enum rcc_lane lane[] = {RCC_LANE_NEEDS_READING, RCC_LANE_DISMISSED, RCC_LANE_QUARANTINE};
	for (size_t i = 0; i < 3; i++) {
		for (int twice = 0; twice < 2; twice++) {
			order_join(&watch, alert[i], 1, "the same");
			assert_int_equal(order_alert(&watch, alert[i])->lane, RCC_LANE_INCIDENT);
			order_split(&watch, alert[i], "not the same");
			assert_int_equal(order_alert(&watch, alert[i])->lane, lane[i]);
			assert_int_equal(order_alert(&watch, alert[i])->incident.v, 0);
			assert_int_equal(order_alert(&watch, alert[i])->decided_at_ms == 0,
			                 lane[i] != RCC_LANE_DISMISSED);
		}
	}
	assert_int_equal(watch.core.incident_count, 1);
	assert_null(laws_of_state(&watch.core));
	/* A person accepts it, and it is a distress like any other: split off it is a case. */
	watch_decide(&watch, reading, RCC_DECISION_ACCEPT, "heard on channel 16");
	assert_int_equal(watch.core.incident_count, 2);
}

/* It had raised the phase, and the clock runs: taken out again in time it calls no ship. */
static void
test_split_in_time_calls_nobody(void **state)
{
	(void)state;
	start();
	say(RCC_SOURCE_AIS_STATUS);
	uint32_t damaged = say_damaged(247000002, 0);
	order_join(&watch, damaged, 1, "the same");
	assert_int_equal(order_incident(&watch, 1)->phase, RCC_PHASE_DISTRESS);
	order_split(&watch, damaged, "not the same");
	assert_int_equal(order_incident(&watch, 1)->phase, RCC_PHASE_UNCERTAINTY);
	(void)watch_wait(&watch, RCC_MS_PER_HOUR, 100);
	assert_int_equal(watch.core.broadcast_last, 0);
}

/* Ships hold a call, and what comes or goes says the same of the casualty: they hear nothing of it. */
static void
test_what_changes_nothing_is_not_told(void **state)
{
	(void)state;
	start();
	say(RCC_SOURCE_DSC);
	(void)watch_wait(&watch, RCC_MS_PER_HOUR, 100);
	assert_int_equal(watch.core.broadcast_last, 1);
	uint32_t damaged = say_damaged(247000001, 100);
	order_join(&watch, damaged, 1, "the same");
	order_split(&watch, damaged, "not the same");
	assert_int_equal(watch.core.broadcast_last, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_split_returns_to_the_lane),
	    cmocka_unit_test(test_split_in_time_calls_nobody),
	    cmocka_unit_test(test_what_changes_nothing_is_not_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
