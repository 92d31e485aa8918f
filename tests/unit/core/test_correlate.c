/* Which signals speak of the same people: what the machine joins by itself, and what it only suggests. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "order.h"
#include "rcc/units.h"

/* A minute of latitude, in 1e-7 degrees. */
#define MINUTE_E7 166667
#define BEACON_23 "9CB404B002A136A096004D2"
#define BEACON_15 "9CB404B002A136A"

static struct watch watch;
static uint32_t feed;

static void
start(void)
{
	feed = watch_start_with_feed(&watch, 0);
}

static struct rcc_alert
beacon_alert(enum rcc_source source, const char *beacon)
{
	struct rcc_alert alert = watch_alert(source, 0);

	watch_text(alert.beacon, sizeof alert.beacon, beacon);
	return alert;
}

/* Why the last alert stands where it does; 0 = it stands nowhere. */
static enum rcc_join
join_of(const struct rcc_alert *alert)
{
	watch_say(&watch, feed, alert);
	const struct rcc_event *event = watch_event(&watch, RCC_EVENT_ALERT_JOINED);
	return event == NULL ? (enum rcc_join)0 : event->u.joined.why;
}

static void
assert_suggested(uint32_t n, uint32_t incident, enum rcc_join why, uint32_t score)
{
	const struct rcc_alert_state *row = order_alert(&watch, watch.core.alert_last);

	assert_true(row->suggestion_count > n);
	assert_int_equal(row->suggestion[n].incident.v, incident);
	assert_int_equal(row->suggestion[n].why, why);
	assert_int_equal(row->suggestion[n].score, score);
}

static void
assert_not_suggested(void)
{
	assert_int_equal(order_alert(&watch, watch.core.alert_last)->suggestion_count, 0);
}

static void
test_beacon(void **state)
{
	(void)state;
	struct rcc_alert first = beacon_alert(RCC_SOURCE_SIT185, BEACON_23);
	struct rcc_alert second = beacon_alert(RCC_SOURCE_BEACON406, BEACON_15);
	struct rcc_alert third = beacon_alert(RCC_SOURCE_RCC, "9CB404B002A136B");

	start();
	assert_int_equal(join_of(&first), RCC_JOIN_OPENED);
	assert_int_equal(join_of(&second), RCC_JOIN_BEACON);
	third.pos = RCC_POS_NONE;
	assert_int_equal(join_of(&third), RCC_JOIN_OPENED); /* another in its fifteenth digit */
	/* The other way round. */
	start();
	assert_int_equal(join_of(&second), RCC_JOIN_OPENED);
	assert_int_equal(join_of(&first), RCC_JOIN_BEACON);
	/* As long as the window, to its last millisecond. */
	start();
	assert_int_equal(join_of(&first), RCC_JOIN_OPENED);
	watch.now_ms += (int64_t)watch_rules().join_window_ms;
	assert_int_equal(join_of(&second), RCC_JOIN_BEACON);
	/* Nobody's beacon is not everybody's. */
	start();
	first.beacon[0] = '\0';
	second.beacon[0] = '\0';
	assert_int_equal(join_of(&first), RCC_JOIN_OPENED);
	assert_int_equal(join_of(&second), RCC_JOIN_OPENED);
}

static void
test_mmsi_window(void **state)
{
	(void)state;
	for (int is_late = 0; is_late < 2; is_late++) {
		struct rcc_alert first = watch_alert(RCC_SOURCE_DSC, 247000001);
		struct rcc_alert second = watch_alert(RCC_SOURCE_BEACON406, 247000001);
		start();
		assert_int_equal(join_of(&first), RCC_JOIN_OPENED);
		watch.now_ms += (int64_t)watch_rules().join_window_ms + is_late;
		assert_int_equal(join_of(&second), is_late != 0 ? RCC_JOIN_OPENED : RCC_JOIN_MMSI);
		assert_not_suggested();
	}
	/* Two that name nobody are not one. */
	struct rcc_alert nobody = watch_alert(RCC_SOURCE_DSC, 0);
	start();
	assert_int_equal(join_of(&nobody), RCC_JOIN_OPENED);
	assert_int_equal(join_of(&nobody), RCC_JOIN_OPENED);
}

/* An officer has stated whose case it is: her own signals find it. */
static void
test_stated_mmsi(void **state)
{
	(void)state;
	struct rcc_alert report = watch_alert(RCC_SOURCE_OFFICER, 0);
	struct rcc_alert call = watch_alert(RCC_SOURCE_DSC, 247000001);

	start();
	order_open(&watch, 0, &report);
	struct rcc_classify *classify = &watch_command(&watch, RCC_COMMAND_CLASSIFY, 0)->u.classify;
	classify->incident.v = 1;
	classify->pos = RCC_POS_NONE;
	classify->casualty.v = 247000001;
	watch_text(classify->reason, sizeof classify->reason, "named by her owner");
	watch_step(&watch);
	assert_int_equal(join_of(&call), RCC_JOIN_MMSI);
}

static void
test_epirb_halves(void **state)
{
	(void)state;
	static const struct {
		int32_t minutes_e7;
		bool is_one;
	} cases[] = {{0, true}, {MINUTE_E7 * 49, true}, {MINUTE_E7 * 51, false}};

	for (size_t i = 0; i < 2 * sizeof cases / sizeof cases[0]; i++) {
		struct rcc_alert ais = watch_alert(RCC_SOURCE_AIS_BEACON, 974301234);
		struct rcc_alert told = beacon_alert(RCC_SOURCE_BEACON406, BEACON_23);
		bool is_ais_first = i % 2 == 0;
		told.epirb_link = RCC_EPIRB_LINK(1234);
		told.casualty.v = 229123456;
		told.pos.lat_e7 += cases[i / 2].minutes_e7;
		start();
		assert_int_equal(join_of(is_ais_first ? &ais : &told), RCC_JOIN_OPENED);
		assert_int_equal(join_of(is_ais_first ? &told : &ais),
		                 cases[i / 2].is_one ? RCC_JOIN_EPIRB_AIS : RCC_JOIN_OPENED);
		if (!cases[i / 2].is_one)
			assert_suggested(0, 1, RCC_JOIN_EPIRB_AIS, 60);
		else
			assert_int_equal(order_incident(&watch, 1)->casualty.v, 229123456);
	}
	/* Other digits, and a number that is no EPIRB's. */
	struct rcc_alert told = beacon_alert(RCC_SOURCE_BEACON406, BEACON_23);
	struct rcc_alert other = watch_alert(RCC_SOURCE_AIS_BEACON, 974301235);
	struct rcc_alert sart = watch_alert(RCC_SOURCE_AIS_BEACON, 970301234);
	told.epirb_link = RCC_EPIRB_LINK(1234);
	start();
	join_of(&told);
	assert_int_equal(join_of(&other), RCC_JOIN_OPENED);
	assert_int_equal(join_of(&sart), RCC_JOIN_OPENED);
}

/* Four cases that one call may belong to, each for a reason of its own: the three best, best first. */
static void
test_weak_keys_in_order(void **state)
{
	(void)state;
	struct rcc_alert alert = watch_alert(RCC_SOURCE_RCC, 0);
	struct rcc_pos here = alert.pos;

	start();
	alert.pos.lat_e7 = here.lat_e7 + 300 * MINUTE_E7;
	watch_text(alert.name, sizeof alert.name, "M/V  Aurora");
	watch_say(&watch, feed, &alert);
	memset(alert.name, 0, sizeof alert.name);
	alert.pos = here;
	order_open(&watch, 0, &alert);
	alert.pos = RCC_POS_NONE;
	watch_text(alert.callsign, sizeof alert.callsign, "9HA1234");
	order_open(&watch, 0, &alert);
	memset(alert.callsign, 0, sizeof alert.callsign);
	alert.contact = 77;
	order_open(&watch, 0, &alert);
	assert_int_equal(watch.core.incident_count, 4);

	alert.pos = here;
	watch_text(alert.callsign, sizeof alert.callsign, "9HA1234");
	watch_text(alert.name, sizeof alert.name, "MV AURORA");
	order_open(&watch, 0, &alert);
	assert_int_equal(watch.core.incident_count, 5);
	assert_int_equal(order_alert(&watch, 5)->suggestion_count, 3);
	assert_suggested(0, 4, RCC_JOIN_CONTACT, 90);
	assert_suggested(1, 3, RCC_JOIN_CALLSIGN, 85);
	assert_suggested(2, 2, RCC_JOIN_NEAR, 70);
	/* The name alone. */
	alert.contact = 0;
	memset(alert.callsign, 0, sizeof alert.callsign);
	alert.pos = RCC_POS_NONE;
	order_close(&watch, 5, RCC_OUTCOME_FALSE_ALERT, "why");
	watch_text(alert.text, sizeof alert.text, "another call");
	order_open(&watch, 0, &alert);
	assert_suggested(0, 1, RCC_JOIN_NAME, 60);
	assert_int_equal(order_alert(&watch, 6)->suggestion_count, 1);
}

static void
test_near_gate(void **state)
{
	(void)state;
	struct rcc_alert first = watch_alert(RCC_SOURCE_RCC, 0);
	struct rcc_alert second = first;

	/* Two positions without uncertainty at the same time: three times 500 m of each. */
	start();
	order_open(&watch, 0, &first);
	second.pos.lat_e7 += MINUTE_E7 * 161 / 100; /* 2,984 m */
	order_open(&watch, 0, &second);
	assert_suggested(0, 1, RCC_JOIN_NEAR, 31);
	start();
	order_open(&watch, 0, &first);
	second.pos.lat_e7 = first.pos.lat_e7 + MINUTE_E7 * 163 / 100;
	order_open(&watch, 0, &second);
	assert_not_suggested();
	/* An hour on, a craft of 25 kn may be 25 nm away; after six hours nearness says nothing. */
	start();
	order_open(&watch, 0, &first);
	watch.now_ms += RCC_MS_PER_HOUR;
	second.pos.lat_e7 = first.pos.lat_e7 + MINUTE_E7 * 25;
	order_open(&watch, 0, &second);
	assert_int_equal(order_alert(&watch, 2)->suggestion[0].why, RCC_JOIN_NEAR);
	start();
	order_open(&watch, 0, &first);
	watch.now_ms += 6 * RCC_MS_PER_HOUR + 1;
	order_open(&watch, 0, &first);
	assert_not_suggested();
}

static void
test_walls(void **state)
{
	(void)state;
	struct rcc_alert live = watch_alert(RCC_SOURCE_DSC, 247000001);
	struct rcc_alert drill = watch_alert(RCC_SOURCE_BEACON406, 247000001);
	struct rcc_alert secret = watch_alert(RCC_SOURCE_SIT185, 247000001);

	watch_text(live.callsign, sizeof live.callsign, "9HA1234");
	memcpy(drill.callsign, live.callsign, sizeof live.callsign);
	memcpy(secret.callsign, live.callsign, sizeof live.callsign);
	drill.class = RCC_CLASS_EXERCISE;
	secret.marks = RCC_ALERT_RESTRICTED;
	start();
	assert_int_equal(join_of(&live), RCC_JOIN_OPENED);
	assert_int_equal(join_of(&drill), RCC_JOIN_OPENED);
	assert_not_suggested();
	assert_int_equal(join_of(&secret), RCC_JOIN_OPENED);
	assert_not_suggested();
	/* Behind each wall the same keys hold. */
	secret.source = RCC_SOURCE_BEACON406;
	assert_int_equal(join_of(&secret), RCC_JOIN_MMSI);
	assert_int_equal(order_alert(&watch, 4)->incident.v, 3);
	drill.source = RCC_SOURCE_RCC;
	order_open(&watch, 0, &drill);
	assert_int_equal(order_alert(&watch, 5)->incident.v, 2);
	/* A test belongs to nothing. */
	live.class = RCC_CLASS_TEST;
	assert_int_equal(join_of(&live), 0);
	assert_not_suggested();
}

/* What no machine may act upon is compared, and told with the strength of its key. */
static void
test_for_a_person(void **state)
{
	(void)state;
	struct rcc_alert call = watch_alert(RCC_SOURCE_DSC, 247000001);
	struct rcc_alert withdrawal = call;

	withdrawal.marks = RCC_ALERT_SELF_CANCEL;
	start();
	join_of(&call);
	assert_int_equal(join_of(&withdrawal), 0);
	assert_suggested(0, 1, RCC_JOIN_MMSI, 95);
	/* A case that is closed is nobody's any more. */
	order_close(&watch, 1, RCC_OUTCOME_NO_DISTRESS, "master: all well");
	watch_text(withdrawal.text, sizeof withdrawal.text, "again");
	withdrawal.marks |= RCC_ALERT_NEEDS_READING;
	assert_int_equal(join_of(&withdrawal), 0);
	assert_not_suggested();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_beacon),
	    cmocka_unit_test(test_mmsi_window),
	    cmocka_unit_test(test_stated_mmsi),
	    cmocka_unit_test(test_epirb_halves),
	    cmocka_unit_test(test_weak_keys_in_order),
	    cmocka_unit_test(test_near_gate),
	    cmocka_unit_test(test_walls),
	    cmocka_unit_test(test_for_a_person),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
