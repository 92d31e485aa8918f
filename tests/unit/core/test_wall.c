/* What others report of a ship that called in secret, and what she says herself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "laws.h"
#include "order.h"
#include "rcc/units.h"

#define ATTACKED 247000123
#define BEACON_15 "9CB404B002A136A"

static struct watch watch;
static uint32_t feed;

/* A ship security alert stands as case 1. */
static void
start(void)
{
	struct rcc_alert secret = watch_alert(RCC_SOURCE_BEACON406, ATTACKED);

	watch_start(&watch);
	watch_fleet(&watch, 200000001, 3);
	feed = watch_enrol(&watch, RCC_ROLE_FEED, 2320001);
	secret.marks = RCC_ALERT_RESTRICTED;
	watch_text(secret.beacon, sizeof secret.beacon, BEACON_15);
	watch_say(&watch, feed, &secret);
	assert_true(watch.core.incident[0].is_restricted);
}

static void
assert_kept(uint32_t alert)
{
	assert_int_equal(order_alert(&watch, alert)->incident.v, 1);
	assert_int_equal(watch_events(&watch, RCC_EVENT_BROADCAST_ISSUED), 0);
	assert_null(laws_of_state(&watch.core));
}

static void
test_reports_are_kept(void **state)
{
	(void)state;
	struct rcc_alert report = watch_alert(RCC_SOURCE_OFFICER, ATTACKED);
	struct rcc_alert by_beacon = watch_alert(RCC_SOURCE_RCC, 0);
	const struct rcc_key stranger = watch_key(77);

	start();
	order_open(&watch, 0, &report);
	assert_kept(2);
	order_open(&watch, 0, &report);
	assert_int_equal(order_alert(&watch, 2)->count, 2);
	watch_text(by_beacon.beacon, sizeof by_beacon.beacon, BEACON_15);
	order_open(&watch, 0, &by_beacon);
	assert_kept(3);
	/* Days later as on the first: as long as the case is open. */
	watch.now_ms += 7 * RCC_MS_PER_DAY;
	watch_text(report.text, sizeof report.text, "the company again");
	order_open(&watch, 0, &report);
	assert_kept(4);
	/* Somebody who says she is in distress, and a person who believes it. */
	watch_command_of(&watch, RCC_COMMAND_ALERT, &stranger)->u.alert = watch_alert(RCC_SOURCE_CREW, ATTACKED);
	watch_step(&watch);
	assert_int_equal(order_alert(&watch, 5)->lane, RCC_LANE_QUARANTINE);
	watch_decide(&watch, 5, RCC_DECISION_ACCEPT, "plausible");
	assert_kept(5);
}

static void
test_what_is_public(void **state)
{
	(void)state;
	struct rcc_alert report = watch_alert(RCC_SOURCE_OFFICER, ATTACKED);
	struct rcc_alert call = watch_alert(RCC_SOURCE_AIS_BEACON, ATTACKED);

	start();
	/* Her own open call. */
	watch_say(&watch, feed, &call);
	assert_int_equal(order_alert(&watch, 2)->incident.v, 2);
	assert_int_equal(watch_events(&watch, RCC_EVENT_BROADCAST_ISSUED), 1);
	order_open(&watch, 0, &report);
	assert_kept(3);
	/* The same words, now public: no repeat of what nobody may hear. */
	struct rcc_open *open = &watch_command(&watch, RCC_COMMAND_OPEN, 0)->u.open;
	open->alert = report;
	watch_text(open->public_reason, sizeof open->public_reason, "the master asks for open help");
	watch_step(&watch);
	assert_int_equal(order_alert(&watch, 4)->incident.v, 2);
	/* And the reverse. */
	order_open(&watch, 0, &report);
	assert_int_equal(order_alert(&watch, 3)->count, 2);
	/* An exercise about her is no report of her. */
	report.class = RCC_CLASS_EXERCISE;
	order_open(&watch, 0, &report);
	assert_int_equal(order_alert(&watch, 5)->incident.v, 3);
	assert_false(watch.core.incident[2].is_restricted);
	/* When the secret is over, she is a ship like any other. */
	order_close(&watch, 1, RCC_OUTCOME_NO_DISTRESS, "drill of the company");
	report.class = RCC_CLASS_LIVE;
	watch_text(report.text, sizeof report.text, "engine room on fire");
	order_open(&watch, 0, &report);
	assert_int_equal(order_alert(&watch, 6)->incident.v, 2);
	assert_null(laws_of_state(&watch.core));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_reports_are_kept),
	    cmocka_unit_test(test_what_is_public),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
