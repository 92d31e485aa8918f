/* Floods: more new alerts in a minute than people can read wait for a person; nobody else waits for them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "order.h"
#include "rcc/units.h"

#define LIMIT 3

static struct watch watch;
static uint32_t feed, other, ship, officer, next_mmsi;

static void
start(uint32_t limit)
{
	struct rcc_rules rules = watch_rules();

	watch_start(&watch);
	rules.flood_per_min = limit;
	watch_rule(&watch, &rules);
	ship = watch_fleet(&watch, 200000001, 1);
	feed = watch_enrol(&watch, RCC_ROLE_FEED, 2320001);
	other = watch_enrol(&watch, RCC_ROLE_FEED, 2320002);
	officer = watch_enrol(&watch, RCC_ROLE_OFFICER, 0);
	next_mmsi = 247000001;
}

/* A new alert of a casualty of its own; returns its line. */
static const struct rcc_alert_state *
say(uint32_t peer, enum rcc_source source, enum rcc_class class)
{
	struct rcc_alert alert = watch_alert(source, next_mmsi++);

	alert.class = class;
	watch_say(&watch, peer, &alert);
	assert_non_null(watch_event(&watch, RCC_EVENT_ALERT_RECORDED));
	return order_alert(&watch, watch.core.alert_last);
}

static void
assert_lane(const struct rcc_alert_state *row, enum rcc_lane lane, enum rcc_verdict verdict)
{
	assert_int_equal(row->lane, lane);
	assert_int_equal(row->verdict, verdict);
}

static void
test_limit(void **state)
{
	(void)state;
	start(LIMIT);
	for (uint32_t i = 0; i < LIMIT; i++)
		assert_lane(say(feed, RCC_SOURCE_DSC, RCC_CLASS_LIVE), RCC_LANE_INCIDENT, RCC_VERDICT_MATCH);
	/* Those above are recorded, wait for a person, and are told of once. */
	for (uint32_t i = 0; i < 4; i++) {
		const struct rcc_alert_state *row = say(feed, RCC_SOURCE_AIS_BEACON, RCC_CLASS_LIVE);
		assert_lane(row, RCC_LANE_QUARANTINE, RCC_VERDICT_FLOOD);
		assert_int_equal(row->incident.v, 0);
		assert_int_equal(row->suggestion_count, 0);
		assert_int_equal(watch_events(&watch, RCC_EVENT_FLOOD_BEGAN), i == 0);
		assert_int_equal(watch_events(&watch, RCC_EVENT_BROADCAST_ISSUED), 0);
	}
	assert_int_equal(watch.core.incident_count, LIMIT);
	assert_int_equal(rcc_peer_find(&watch.core, (struct rcc_peer_id){feed})->flood_at_ms, watch.now_ms);
	/* A person lets one of them through, and the ships hear of it at once. */
	watch_decide(&watch, LIMIT + 1, RCC_DECISION_ACCEPT, "real");
	assert_int_equal(watch_events(&watch, RCC_EVENT_BROADCAST_ISSUED), 1);
}

static void
test_window(void **state)
{
	(void)state;
	start(LIMIT);
	for (uint32_t i = 0; i < LIMIT; i++)
		say(feed, RCC_SOURCE_DSC, RCC_CLASS_LIVE);
	watch.now_ms += RCC_MS_PER_MIN - 1;
	assert_lane(say(feed, RCC_SOURCE_DSC, RCC_CLASS_LIVE), RCC_LANE_QUARANTINE, RCC_VERDICT_FLOOD);
	/* The minute that began with the first is over. */
	watch.now_ms += 1;
	for (uint32_t i = 0; i < LIMIT; i++)
		assert_lane(say(feed, RCC_SOURCE_DSC, RCC_CLASS_LIVE), RCC_LANE_INCIDENT, RCC_VERDICT_MATCH);
	assert_lane(say(feed, RCC_SOURCE_DSC, RCC_CLASS_LIVE), RCC_LANE_QUARANTINE, RCC_VERDICT_FLOOD);
	assert_int_equal(watch_events(&watch, RCC_EVENT_FLOOD_BEGAN), 1);
}

static void
test_others_are_untouched(void **state)
{
	(void)state;
	start(LIMIT);
	for (uint32_t i = 0; i < 2 * LIMIT; i++)
		say(feed, RCC_SOURCE_DSC, RCC_CLASS_LIVE);
	assert_lane(say(other, RCC_SOURCE_DSC, RCC_CLASS_LIVE), RCC_LANE_INCIDENT, RCC_VERDICT_MATCH);
	struct rcc_alert button = watch_alert(RCC_SOURCE_CREW, 200000001);
	watch_say(&watch, ship, &button);
	assert_lane(order_alert(&watch, watch.core.alert_last), RCC_LANE_INCIDENT, RCC_VERDICT_MATCH);
	assert_int_equal(watch_events(&watch, RCC_EVENT_BROADCAST_ISSUED), 1);
}

/* Nobody counts what officers type, nor what strangers say: those wait in quarantine anyway. */
static void
test_who_is_counted(void **state)
{
	(void)state;
	struct rcc_key stranger = watch_key(77);

	start(LIMIT);
	for (uint32_t i = 0; i < 2 * LIMIT; i++)
		assert_lane(say(officer, RCC_SOURCE_OFFICER, RCC_CLASS_LIVE), RCC_LANE_INCIDENT, RCC_VERDICT_MATCH);
	for (uint32_t i = 0; i < 2 * LIMIT; i++) {
		watch_command_of(&watch, RCC_COMMAND_ALERT, &stranger)->u.alert =
		    watch_alert(RCC_SOURCE_CREW, next_mmsi++);
		watch_step(&watch);
		assert_lane(order_alert(&watch, watch.core.alert_last), RCC_LANE_QUARANTINE, RCC_VERDICT_UNENROLLED);
	}
	/* No limit is no flood. */
	start(0);
	for (uint32_t i = 0; i < 100; i++)
		assert_lane(say(feed, RCC_SOURCE_DSC, RCC_CLASS_LIVE), RCC_LANE_INCIDENT, RCC_VERDICT_MATCH);
}

static void
test_repeats_are_no_flood(void **state)
{
	(void)state;
	struct rcc_alert alert = watch_alert(RCC_SOURCE_AIS_BEACON, 970000001);

	start(LIMIT);
	for (uint32_t i = 0; i < 20; i++)
		watch_say(&watch, feed, &alert);
	assert_int_equal(order_alert(&watch, 1)->count, 20);
	assert_lane(say(feed, RCC_SOURCE_DSC, RCC_CLASS_LIVE), RCC_LANE_INCIDENT, RCC_VERDICT_MATCH);
	/* Nor does a known case wait because its station floods. */
	for (uint32_t i = 0; i < LIMIT; i++)
		say(feed, RCC_SOURCE_DSC, RCC_CLASS_LIVE);
	watch_say(&watch, feed, &alert);
	assert_int_equal(order_alert(&watch, 1)->count, 21);
}

static void
test_tests_stay_tests(void **state)
{
	(void)state;
	start(LIMIT);
	for (uint32_t i = 0; i < 3 * LIMIT; i++)
		assert_lane(say(feed, RCC_SOURCE_AIS_BEACON, RCC_CLASS_TEST), RCC_LANE_TEST, RCC_VERDICT_MATCH);
	/* Nor do a test round and an exercise use up what a distress needs. */
	for (uint32_t i = 0; i < LIMIT; i++)
		assert_lane(say(feed, RCC_SOURCE_DSC, RCC_CLASS_EXERCISE), RCC_LANE_INCIDENT, RCC_VERDICT_MATCH);
	assert_lane(say(feed, RCC_SOURCE_DSC, RCC_CLASS_EXERCISE), RCC_LANE_QUARANTINE, RCC_VERDICT_FLOOD);
	for (uint32_t i = 0; i < LIMIT; i++)
		assert_lane(say(feed, RCC_SOURCE_DSC, RCC_CLASS_LIVE), RCC_LANE_INCIDENT, RCC_VERDICT_MATCH);
	/* What was doubted for its sender keeps that doubt. */
	start(LIMIT);
	for (uint32_t i = 0; i < 2 * LIMIT; i++)
		assert_lane(say(feed, RCC_SOURCE_CREW, RCC_CLASS_LIVE), RCC_LANE_QUARANTINE, RCC_VERDICT_ID_MISMATCH);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_limit),
	    cmocka_unit_test(test_window),
	    cmocka_unit_test(test_others_are_untouched),
	    cmocka_unit_test(test_who_is_counted),
	    cmocka_unit_test(test_repeats_are_no_flood),
	    cmocka_unit_test(test_tests_stay_tests),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
