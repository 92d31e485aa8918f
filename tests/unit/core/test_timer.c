/* The core's clocks: when each rings, in which order, what a late or false one does; and which commands want a scene. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "watch.h"

static struct watch watch;

static void
assert_next(int64_t in_ms)
{
	assert_int_equal(rcc_core_deadline_ms(&watch.core), in_ms == INT64_MAX ? INT64_MAX : watch.now_ms + in_ms);
}

/* Says that a clock has run out, whether it has or not; returns the number of events. */
static uint32_t
ring(enum rcc_timer timer, uint32_t id)
{
	watch_command(&watch, RCC_COMMAND_DUE, 0)->u.due = (struct rcc_due){timer, id};
	return watch_step(&watch);
}

static void
test_no_clock(void **state)
{
	(void)state;
	watch_start(&watch);
	assert_next(INT64_MAX);
	assert_false(rcc_core_due(&watch.core, INT64_MAX - 1, &watch.entry.cause));
	for (int timer = 1; timer <= RCC_TIMER_LAST; timer++)
		assert_int_equal(ring((enum rcc_timer)timer, 1), 0);
}

static void
test_relay(void **state)
{
	(void)state;
	struct rcc_alert alert = watch_alert(RCC_SOURCE_DSC, 500000001);

	watch_start(&watch);
	uint32_t ship = watch_fleet(&watch, 200000001, 1);
	watch_say(&watch, 0, &alert);
	assert_int_equal(watch_events(&watch, RCC_EVENT_BROADCAST_ISSUED), 0);
	assert_next(60000);
	assert_false(rcc_core_due(&watch.core, watch.now_ms + 59999, &watch.entry.cause));
	assert_int_equal(ring(RCC_TIMER_RELAY, 1), 0);
	/* Silence means go, at the very millisecond. */
	assert_int_equal(watch_wait(&watch, 60000, 5), 1);
	assert_int_equal(watch.entry.cause.kind, RCC_COMMAND_DUE);
	assert_int_equal(watch.entry.cause.origin.role, RCC_ROLE_ADMIN);
	assert_int_equal(watch_event(&watch, RCC_EVENT_BROADCAST_ISSUED)->u.broadcast.kind,
	                 RCC_BROADCAST_DISTRESS_RELAY);
	assert_int_equal(watch_event(&watch, RCC_EVENT_BROADCAST_ISSUED)->u.broadcast.by.v, 0);
	assert_int_equal(watch_event(&watch, RCC_EVENT_DELIVERIES_QUEUED)->u.queued.row[0].peer.v, ship);
	/* Once. */
	assert_int_equal(ring(RCC_TIMER_RELAY, 1), 0);
	assert_next(120000);
}

static void
test_ledger(void **state)
{
	(void)state;
	struct rcc_alert alert = watch_alert(RCC_SOURCE_OFFICER, 500000001);

	watch_start(&watch);
	watch_fleet(&watch, 200000001, 70);
	watch_say(&watch, 0, &alert);
	assert_int_equal(watch_stored(&watch, 7, 1), 1);
	assert_next(120000);
	assert_int_equal(watch_wait(&watch, 119999, 5), 0);
	assert_int_equal(watch_wait(&watch, 1, 5), 1);
	assert_int_equal(watch_events(&watch, RCC_EVENT_DELIVERIES_FLAGGED), 2);
	assert_int_equal(watch.entry.event[0].u.flagged.flag, RCC_FLAG_NOT_STORED);
	assert_int_equal(watch.entry.event[0].u.flagged.count + watch.entry.event[1].u.flagged.count, 69);
	assert_int_equal(ring(RCC_TIMER_FLAG, 1), 0);
	assert_next(180000);
	assert_int_equal(ring(RCC_TIMER_UNREACHABLE, 1), 0);
	assert_int_equal(watch_wait(&watch, 180000, 5), 1);
	assert_int_equal(watch.entry.event[0].u.flagged.flag, RCC_FLAG_USE_OTHER_CHANNEL);
	assert_int_equal(rcc_delivery_find(&watch.core, (struct rcc_peer_id){1}, 1)->state, RCC_DELIVERY_UNREACHABLE);
	assert_int_equal(rcc_delivery_find(&watch.core, (struct rcc_peer_id){7}, 1)->state, RCC_DELIVERY_STORED);
	assert_next(INT64_MAX);
	/* It may still arrive. */
	assert_int_equal(watch_stored(&watch, 1, 1), 1);
	assert_int_equal(rcc_delivery_find(&watch.core, (struct rcc_peer_id){1}, 1)->state, RCC_DELIVERY_STORED);
	/* All stored: no clock at all. */
	watch_start(&watch);
	watch_fleet(&watch, 200000001, 1);
	watch_say(&watch, 0, &alert);
	watch_stored(&watch, 1, 1);
	assert_next(INT64_MAX);
}

/* A ship enrolled after the officer was told of all the others: its own line is watched as theirs were. */
static void
test_ledger_of_late_ship(void **state)
{
	(void)state;
	struct rcc_alert alert = watch_alert(RCC_SOURCE_OFFICER, 500000001);

	watch_start(&watch);
	watch_fleet(&watch, 200000001, 2);
	watch_say(&watch, 0, &alert);
	assert_int_equal(watch_wait(&watch, 300000, 5), 2);
	watch.now_ms += 3600000;
	watch_fleet(&watch, 200000003, 1);
	assert_next(120000);
	assert_int_equal(watch_wait(&watch, 120000, 5), 1);
	const struct rcc_deliveries_flagged *flagged = &watch.entry.event[0].u.flagged;
	assert_int_equal(flagged->count, 1);
	assert_int_equal(flagged->row[0].peer.v, 3);
	assert_int_equal(flagged->flag, RCC_FLAG_NOT_STORED);
	assert_next(180000);
	assert_int_equal(watch_wait(&watch, 180000, 5), 1);
	assert_int_equal(watch.entry.event[0].u.flagged.count, 1);
	assert_int_equal(watch.entry.event[0].u.flagged.flag, RCC_FLAG_USE_OTHER_CHANNEL);
	assert_int_equal(rcc_delivery_find(&watch.core, (struct rcc_peer_id){3}, 1)->state, RCC_DELIVERY_UNREACHABLE);
	assert_next(INT64_MAX);
	/* The next one stores it in time: no clock is left, though others are still not reached. */
	watch_fleet(&watch, 200000004, 1);
	assert_next(120000);
	watch_stored(&watch, 4, 1);
	assert_next(INT64_MAX);
	/* And the one after that has its full time again. */
	watch.now_ms += 3600000;
	watch_fleet(&watch, 200000005, 1);
	assert_next(120000);
	/* Likewise where every line was stored. */
	watch_start(&watch);
	watch_fleet(&watch, 200000001, 1);
	watch_say(&watch, 0, &alert);
	watch_stored(&watch, 1, 1);
	watch.now_ms += 3600000;
	watch_fleet(&watch, 200000002, 1);
	assert_next(120000);
}

static void
test_quarantine(void **state)
{
	(void)state;
	struct rcc_key key = watch_key(99);

	watch_start(&watch);
	watch_command_of(&watch, RCC_COMMAND_ALERT, &key)->u.alert = watch_alert(RCC_SOURCE_CREW, 500000001);
	watch_step(&watch);
	assert_next(300000);
	assert_int_equal(ring(RCC_TIMER_QUARANTINE, 1), 0);
	assert_int_equal(watch_wait(&watch, 300000, 5), 1);
	assert_int_equal(watch_event(&watch, RCC_EVENT_QUARANTINE_ESCALATED)->u.alert_ref.alert.v, 1);
	assert_true(rcc_alert_find(&watch.core, (struct rcc_alert_id){1})->is_escalated);
	assert_next(INT64_MAX);
	/* What cannot be read waits no longer than what is not trusted. */
	struct rcc_alert alert = watch_alert(RCC_SOURCE_AIS_TEXT, 500000002);
	watch_say(&watch, 0, &alert);
	assert_next(300000);
	assert_int_equal(watch_decide(&watch, 2, RCC_DECISION_DISMISS, "weather"), 1);
	assert_next(INT64_MAX);
}

static void
test_no_position(void **state)
{
	(void)state;
	struct rcc_alert alert = watch_alert(RCC_SOURCE_CREW, 500000001);

	watch_start(&watch);
	watch_fleet(&watch, 200000001, 1);
	alert.pos = RCC_POS_NONE;
	watch_say(&watch, 0, &alert);
	assert_next(300000);
	assert_int_equal(ring(RCC_TIMER_NO_POSITION, 1), 0);
	assert_int_equal(ring(RCC_TIMER_RELAY, 1), 0);
	assert_int_equal(watch_wait(&watch, 300000, 5), 1);
	assert_int_equal(watch_event(&watch, RCC_EVENT_NO_POSITION_OVERDUE)->u.incident_ref.incident.v, 1);
	assert_next(INT64_MAX);
	/* A drill has no such clock, nor has a doubtful status. */
	alert.casualty.v++;
	alert.class = RCC_CLASS_EXERCISE;
	watch_say(&watch, 0, &alert);
	alert.casualty.v++;
	alert.class = RCC_CLASS_LIVE;
	alert.source = RCC_SOURCE_AIS_STATUS;
	watch_say(&watch, 0, &alert);
	assert_int_equal(watch.core.incident_count, 3);
	assert_next(INT64_MAX);
}

/* The oldest first; of one instant, incidents before alerts before broadcasts. */
static void
test_order(void **state)
{
	(void)state;
	struct rcc_rules rules = watch_rules();
	struct rcc_alert alert = watch_alert(RCC_SOURCE_AIS_TEXT, 500000001);
	static const enum rcc_timer order[] = {RCC_TIMER_FLAG, RCC_TIMER_NO_POSITION, RCC_TIMER_QUARANTINE,
	                                       RCC_TIMER_UNREACHABLE};

	watch_start(&watch);
	rules.flag_after_ms = 1000;
	watch_rule(&watch, &rules);
	watch_fleet(&watch, 200000001, 1);
	watch_say(&watch, 0, &alert);
	alert = watch_alert(RCC_SOURCE_OFFICER, 500000002);
	watch_say(&watch, 0, &alert);
	alert = watch_alert(RCC_SOURCE_OFFICER, 500000003);
	alert.pos = RCC_POS_NONE;
	watch_say(&watch, 0, &alert);
	watch.now_ms += 300000;
	for (size_t i = 0; i < sizeof order / sizeof order[0]; i++) {
		rcc_entry_clear(&watch.entry);
		assert_true(rcc_core_due(&watch.core, watch.now_ms, &watch.entry.cause));
		assert_int_equal(watch.entry.cause.u.due.timer, order[i]);
		assert_true(watch_step(&watch) > 0);
	}
	assert_next(INT64_MAX);
}

/* Does the command that was begun want a scene at this latitude? INT32_MAX: none. */
static void
assert_scene(int32_t lat_e7)
{
	struct rcc_pos centre = RCC_POS_NONE;

	assert_int_equal(rcc_core_wants_scene(&watch.core, &watch.entry.cause, &centre), lat_e7 != INT32_MAX);
	assert_int_equal(centre.lat_e7, lat_e7);
}

static void
test_scenes(void **state)
{
	(void)state;
	struct rcc_alert alert = watch_alert(RCC_SOURCE_AIS_STATUS, 200000001);
	const int32_t lat_e7 = alert.pos.lat_e7;

	watch_start(&watch);
	uint32_t ship = watch_fleet(&watch, 200000001, 1);
	watch_command(&watch, RCC_COMMAND_ENROL, 0)->u.enrol.role = RCC_ROLE_VESSEL;
	assert_scene(INT32_MAX); /* nothing was broadcast */
	watch_command(&watch, RCC_COMMAND_ALERT, 0)->u.alert = alert;
	assert_scene(lat_e7);
	watch_step(&watch);
	watch_command(&watch, RCC_COMMAND_RELAY, 0)->u.relay.incident.v = 1;
	assert_scene(lat_e7);
	watch_command(&watch, RCC_COMMAND_CANCEL, 0)->u.cancel.incident.v = 1;
	assert_scene(lat_e7);
	watch_command(&watch, RCC_COMMAND_CANCEL, 0)->u.cancel.incident.v = 2;
	assert_scene(INT32_MAX);
	watch_command(&watch, RCC_COMMAND_DUE, 0)->u.due = (struct rcc_due){RCC_TIMER_RELAY, 1};
	assert_scene(lat_e7);
	watch_command(&watch, RCC_COMMAND_DUE, 0)->u.due = (struct rcc_due){RCC_TIMER_FLAG, 1};
	assert_scene(INT32_MAX);

	/* The crew's button without a position: it joins a case whose place is known, and is relayed there. */
	alert.source = RCC_SOURCE_CREW;
	alert.casualty.v = 0;
	alert.pos = RCC_POS_NONE;
	watch_command(&watch, RCC_COMMAND_ALERT, ship)->u.alert = alert;
	assert_scene(lat_e7);
	watch_see(&watch, 200000001, (struct rcc_pos){352000000, 130000000}, 100);
	watch_step(&watch);
	const struct rcc_event *queued = watch_event(&watch, RCC_EVENT_DELIVERIES_QUEUED);
	assert_int_not_equal(queued->u.queued.row[0].range_m, RCC_RANGE_UNKNOWN_M);

	/* Broadcast now: a ship that is enrolled wants to know how far it is; a feed does not. */
	watch_command(&watch, RCC_COMMAND_ENROL, 0)->u.enrol.role = RCC_ROLE_VESSEL;
	assert_scene(lat_e7);
	watch_command(&watch, RCC_COMMAND_ENROL, 0)->u.enrol.role = RCC_ROLE_FEED;
	assert_scene(INT32_MAX);
}

static void
test_scenes_of_waiting_alerts(void **state)
{
	(void)state;
	struct rcc_alert alert = watch_alert(RCC_SOURCE_AIS_TEXT, 500000001);
	static const enum rcc_command_kind others[] = {RCC_COMMAND_RUN,  RCC_COMMAND_REVOKE, RCC_COMMAND_STORED,
	                                               RCC_COMMAND_READ, RCC_COMMAND_ANSWER, RCC_COMMAND_CLOSE,
	                                               RCC_COMMAND_SENT, RCC_COMMAND_SILENCE};

	watch_start(&watch);
	watch_say(&watch, 0, &alert);
	watch_command(&watch, RCC_COMMAND_DECIDE, 0)->u.decide.alert.v = 1;
	assert_scene(alert.pos.lat_e7);
	watch_command(&watch, RCC_COMMAND_DECIDE, 0)->u.decide.alert.v = 2;
	assert_scene(INT32_MAX);
	/* Without a place of its own: that of the case it would join, once there is one. */
	alert.casualty.v = 500000002;
	alert.pos = RCC_POS_NONE;
	watch_say(&watch, 0, &alert);
	watch_command(&watch, RCC_COMMAND_DECIDE, 0)->u.decide.alert.v = 2;
	assert_scene(INT32_MAX);
	alert = watch_alert(RCC_SOURCE_AIS_STATUS, 500000002);
	watch_say(&watch, 0, &alert);
	watch_command(&watch, RCC_COMMAND_DECIDE, 0)->u.decide.alert.v = 2;
	assert_scene(alert.pos.lat_e7);
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
		watch_command(&watch, others[i], 0);
		assert_scene(INT32_MAX);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_no_clock),
	    cmocka_unit_test(test_relay),
	    cmocka_unit_test(test_ledger),
	    cmocka_unit_test(test_ledger_of_late_ship),
	    cmocka_unit_test(test_quarantine),
	    cmocka_unit_test(test_no_position),
	    cmocka_unit_test(test_order),
	    cmocka_unit_test(test_scenes),
	    cmocka_unit_test(test_scenes_of_waiting_alerts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
