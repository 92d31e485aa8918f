/*
 * Tables to the brim. A limit met is never silent: closed cases leave memory first, then a person is told what did not
 * fit.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "laws.h"
#include "watch.h"

#define FIRST_SHIP 200000000u
#define FIRST_CASUALTY 500000000u
/* Not a divisor of the ledger's size, so that a broadcast fits in part. */
#define SHIPS 12000u
/* What is left for all that is not the end of something. */
#define LINES (RCC_DELIVERIES_MAX - RCC_DELIVERIES_KEPT)
#define BROADCASTS (RCC_BROADCASTS_MAX - RCC_BROADCASTS_KEPT)

static struct watch watch;

static void
assert_laws(void)
{
	const char *broken = laws_of_state(&watch.core);
	if (broken != NULL)
		fail_msg("%s", broken);
}

static uint32_t
rows_queued(void)
{
	uint32_t rows = 0;

	for (uint32_t i = 0; i < watch.entry.event_count; i++) {
		if (watch.entry.event[i].kind == RCC_EVENT_DELIVERIES_QUEUED)
			rows += watch.entry.event[i].u.queued.count;
	}
	return rows;
}

/* A distress of a casualty reported by the centre; returns its incident. */
static uint32_t
open_case(uint32_t casualty, enum rcc_source source)
{
	struct rcc_alert alert = watch_alert(source, casualty);
	assert_true(watch_say(&watch, 0, &alert) > 0);
	const struct rcc_event *joined = watch_event(&watch, RCC_EVENT_ALERT_JOINED);
	assert_non_null(joined);
	return joined->u.joined.incident.v;
}

/* The casualty of a relayed case is heard two miles from where it was: an update. */
static void
move_case(uint32_t casualty, uint32_t step)
{
	struct rcc_alert alert = watch_alert(RCC_SOURCE_OFFICER, casualty);

	alert.pos.lat_e7 += step % 2 == 0 ? 0 : 400000;
	assert_true(watch_say(&watch, 0, &alert) > 0);
}

/* Updates of a relayed case until the ledger holds no more lines; the last one fits in part. */
static void
fill_ledger(uint32_t casualty)
{
	for (uint32_t step = 1; watch.core.delivery_count < LINES; step++)
		move_case(casualty, step);
}

static void
test_peers(void **state)
{
	(void)state;
	watch_start(&watch);
	assert_int_equal(watch_fleet(&watch, FIRST_SHIP, RCC_PEERS_MAX), 1);
	assert_int_equal(watch_enrol(&watch, RCC_ROLE_VESSEL, FIRST_SHIP + RCC_PEERS_MAX), 0);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_FULL, "enrol"));
	/* Keys are never forgotten: a revoked one leaves no place. */
	assert_int_equal(watch_revoke(&watch, "17 PEER", "sold"), 1);
	assert_int_equal(watch_enrol(&watch, RCC_ROLE_FEED, 0), 0);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_FULL, "enrol"));

	/* The longest entry there is: every ship but the revoked one. */
	assert_int_equal(open_case(FIRST_CASUALTY, RCC_SOURCE_OFFICER), 1);
	assert_int_equal(rows_queued(), RCC_PEERS_MAX - 1);
	assert_null(watch_event(&watch, RCC_EVENT_LEDGER_FULL));
	/* Nobody stored it: every ship is named, in one entry. */
	assert_int_equal(watch_wait(&watch, 120000, 2), 1);
	uint32_t flagged = 0;
	for (uint32_t i = 0; i < watch.entry.event_count; i++)
		flagged += watch.entry.event[i].u.flagged.count;
	assert_int_equal(flagged, RCC_PEERS_MAX - 1);
	assert_laws();
}

static void
test_ledger(void **state)
{
	(void)state;
	watch_start(&watch);
	watch_fleet(&watch, FIRST_SHIP, SHIPS);
	uint32_t incident = open_case(FIRST_CASUALTY, RCC_SOURCE_OFFICER);
	assert_int_equal(rows_queued(), SHIPS);
	fill_ledger(FIRST_CASUALTY);

	/* The last update reached as many ships as there were lines; the others are counted. */
	const struct rcc_event *full = watch_event(&watch, RCC_EVENT_LEDGER_FULL);
	assert_non_null(full);
	assert_int_equal(full->u.ledger_full.missing, SHIPS - LINES % SHIPS);
	assert_int_equal(rows_queued(), LINES % SHIPS);
	assert_laws();

	/* A ship enrolled now can get no line of the standing call: that is said too. */
	assert_int_not_equal(watch_enrol(&watch, RCC_ROLE_VESSEL, FIRST_SHIP + SHIPS), 0);
	full = watch_event(&watch, RCC_EVENT_LEDGER_FULL);
	assert_non_null(full);
	assert_int_equal(full->u.ledger_full.missing, 1);
	assert_int_equal(full->u.ledger_full.broadcast.v, watch.core.broadcast_last);

	/* Lines are kept for the cancel: every ship hears of the end, she too for whom none was left of the call. */
	assert_true(watch_cancel(&watch, incident, "found") > 0);
	assert_int_equal(rows_queued(), SHIPS + 1);
	assert_null(watch_event(&watch, RCC_EVENT_LEDGER_FULL));
	assert_int_equal(watch_close(&watch, incident, "found"), 1);

	/* The next distress takes the closed case's lines. */
	uint32_t next = open_case(FIRST_CASUALTY + 1, RCC_SOURCE_OFFICER);
	assert_int_equal(watch_events(&watch, RCC_EVENT_INCIDENT_EVICTED), 1);
	assert_int_equal(rows_queued(), SHIPS + 1);
	assert_null(watch_event(&watch, RCC_EVENT_LEDGER_FULL));
	assert_null(rcc_incident_find(&watch.core, (struct rcc_incident_id){incident}));
	assert_non_null(rcc_incident_find(&watch.core, (struct rcc_incident_id){next}));
	assert_int_equal(watch.core.delivery_count, SHIPS + 1);
	assert_laws();
}

/* Closed cases that hold no lines must not leave in vain, nor use up the entry's room for the ships. */
static void
test_ledger_behind_false_alarms(void **state)
{
	(void)state;
	watch_start(&watch);
	watch_fleet(&watch, FIRST_SHIP, SHIPS);
	for (uint32_t i = 0; i < 900; i++) {
		uint32_t incident = open_case(FIRST_CASUALTY + 1 + i, RCC_SOURCE_AIS_STATUS);
		assert_int_equal(watch_close(&watch, incident, "status set by mistake"), 1);
	}
	uint32_t incident = open_case(FIRST_CASUALTY, RCC_SOURCE_OFFICER);
	fill_ledger(FIRST_CASUALTY);
	assert_true(watch_cancel(&watch, incident, "found") > 0);
	assert_int_equal(watch_close(&watch, incident, "found"), 1);

	open_case(FIRST_CASUALTY + 1, RCC_SOURCE_OFFICER);
	assert_int_equal(rows_queued(), SHIPS);
	assert_null(watch_event(&watch, RCC_EVENT_LEDGER_FULL));
	assert_int_equal(watch_events(&watch, RCC_EVENT_INCIDENT_EVICTED), 1);
	assert_laws();
}

static void
test_incidents(void **state)
{
	(void)state;
	struct rcc_alert alert;

	watch_start(&watch);
	watch_fleet(&watch, FIRST_SHIP, 2);
	for (uint32_t i = 1; i < RCC_INCIDENTS_MAX; i++)
		assert_int_equal(open_case(FIRST_CASUALTY + i, RCC_SOURCE_AIS_STATUS), i);

	/* The last place is for what finds none; whoever opens it is still a distress, and relayed as one. */
	alert = watch_alert(RCC_SOURCE_OFFICER, 600000001);
	watch_say(&watch, 0, &alert);
	const struct rcc_event *joined = watch_event(&watch, RCC_EVENT_ALERT_JOINED);
	assert_int_equal(joined->u.joined.why, RCC_JOIN_OVERFLOW);
	assert_int_equal(joined->u.joined.incident.v, RCC_INCIDENTS_MAX);
	assert_int_equal(rows_queued(), 2);

	/* The next ones join it, in front of an officer. */
	for (uint32_t i = 2; i < 5; i++) {
		alert = watch_alert(RCC_SOURCE_OFFICER, 600000000 + i);
		watch_say(&watch, 0, &alert);
		joined = watch_event(&watch, RCC_EVENT_ALERT_JOINED);
		assert_int_equal(joined->u.joined.why, RCC_JOIN_OVERFLOW);
		assert_int_equal(joined->u.joined.incident.v, RCC_INCIDENTS_MAX);
		assert_int_equal(watch_events(&watch, RCC_EVENT_INCIDENT_OPENED), 0);
	}
	assert_laws();

	/* One case closed: its place goes to the next distress, which is relayed like any other. */
	assert_int_equal(watch_close(&watch, 7, "false alert"), 1);
	alert = watch_alert(RCC_SOURCE_OFFICER, 600000009);
	watch_say(&watch, 0, &alert);
	assert_int_equal(watch_events(&watch, RCC_EVENT_INCIDENT_EVICTED), 1);
	assert_int_equal(watch_events(&watch, RCC_EVENT_INCIDENT_OPENED), 1);
	assert_int_equal(rows_queued(), 2);
	/* Two closed: an ordinary place again. */
	assert_int_equal(watch_close(&watch, 8, "false alert"), 1);
	assert_int_equal(watch_close(&watch, 9, "false alert"), 1);
	alert = watch_alert(RCC_SOURCE_OFFICER, 600000010);
	watch_say(&watch, 0, &alert);
	assert_int_equal(watch_events(&watch, RCC_EVENT_INCIDENT_EVICTED), 2);
	assert_int_equal(watch_event(&watch, RCC_EVENT_ALERT_JOINED)->u.joined.why, RCC_JOIN_OPENED);
	assert_int_equal(rows_queued(), 2);
	assert_laws();
}

/* An alert of a stranger whose key is number `seed`. */
static void
say_as_guest(uint32_t seed, enum rcc_class class)
{
	struct rcc_key key = watch_key(seed);
	struct rcc_command *command = watch_command_of(&watch, RCC_COMMAND_ALERT, &key);

	command->u.alert = watch_alert(RCC_SOURCE_CREW, FIRST_CASUALTY + seed);
	command->u.alert.class = class;
	watch_step(&watch);
	assert_int_equal(watch_events(&watch, RCC_EVENT_ALERT_RECORDED), 1);
}

static uint32_t
evicted(void)
{
	const struct rcc_event *event = watch_event(&watch, RCC_EVENT_ALERT_EVICTED);
	return event == NULL ? 0 : event->u.alert_ref.alert.v;
}

static void
test_alerts(void **state)
{
	(void)state;
	uint32_t open_alert, closed_alert;

	watch_start(&watch);
	say_as_guest(1, RCC_CLASS_LIVE); /* will have escalated */
	watch_wait(&watch, 300000, 1);
	uint32_t incident = open_case(600000001, RCC_SOURCE_AIS_STATUS);
	open_alert = watch.core.alert_last;
	assert_int_not_equal(incident, 0);
	incident = open_case(600000002, RCC_SOURCE_AIS_STATUS);
	closed_alert = watch.core.alert_last;
	assert_int_equal(watch_close(&watch, incident, "false"), 1);
	say_as_guest(2, RCC_CLASS_LIVE); /* will be dismissed */
	uint32_t dismissed = watch.core.alert_last;
	assert_int_equal(watch_decide(&watch, dismissed, RCC_DECISION_DISMISS, "hoax"), 1);
	say_as_guest(3, RCC_CLASS_TEST);
	uint32_t test = watch.core.alert_last;
	for (uint32_t i = 10; watch.core.alert_count < RCC_ALERTS_MAX; i++)
		say_as_guest(i, RCC_CLASS_LIVE);

	/* What a person has settled leaves first, what waits for one last. */
	const uint32_t order[] = {dismissed, test, closed_alert, open_alert, 1, test + 1, test + 2};
	for (size_t i = 0; i < sizeof order / sizeof order[0]; i++) {
		say_as_guest(20000 + (uint32_t)i, RCC_CLASS_LIVE);
		assert_int_equal(evicted(), order[i]);
		assert_int_equal(watch.core.alert_count, RCC_ALERTS_MAX);
	}
	assert_laws();
	/* A repeat needs no place. */
	struct rcc_key key = watch_key(20000);
	watch_command_of(&watch, RCC_COMMAND_ALERT, &key)->u.alert =
	    watch_alert(RCC_SOURCE_CREW, FIRST_CASUALTY + 20000);
	assert_int_equal(watch_step(&watch), 1);
	assert_int_equal(watch_events(&watch, RCC_EVENT_ALERT_REPEATED), 1);
}

static void
test_broadcasts(void **state)
{
	(void)state;
	struct rcc_alert alert;

	watch_start(&watch);
	watch_fleet(&watch, FIRST_SHIP, 1);
	uint32_t incident = open_case(FIRST_CASUALTY, RCC_SOURCE_OFFICER);
	for (uint32_t step = 1; watch.core.broadcast_count < BROADCASTS; step++)
		move_case(FIRST_CASUALTY, step);
	assert_laws();

	/* One more distress: recorded, opened, not relayed; an officer is told, and no clock rings for ever. */
	alert = watch_alert(RCC_SOURCE_DSC, FIRST_CASUALTY + 1);
	watch_say(&watch, 0, &alert);
	uint32_t second = watch_event(&watch, RCC_EVENT_ALERT_JOINED)->u.joined.incident.v;
	assert_int_equal(watch_wait(&watch, 60000, 10), 1);
	assert_int_equal(watch_events(&watch, RCC_EVENT_COMMAND_REFUSED), 1);
	assert_true(rcc_core_deadline_ms(&watch.core) > watch.now_ms);
	assert_int_equal(watch_relay(&watch, second, RCC_RELAY_RELEASE, ""), 2);
	assert_int_equal(watch_event(&watch, RCC_EVENT_COMMAND_REFUSED)->u.refused.reason, RCC_REFUSAL_FULL);
	assert_laws();

	/* A closed case makes room. */
	struct rcc_incident *first =
	    &watch.core
	         .incident[rcc_incident_find(&watch.core, (struct rcc_incident_id){incident}) - watch.core.incident];
	assert_int_equal(first->broadcasts, BROADCASTS);
	/* And to tell its end there is. */
	watch_cancel(&watch, incident, "found");
	assert_int_equal(rows_queued(), 1);
	assert_int_equal(watch_close(&watch, incident, "found"), 1);
	assert_true(watch_relay(&watch, second, RCC_RELAY_RELEASE, "") > 0);
	assert_int_equal(watch_event(&watch, RCC_EVENT_BROADCAST_ISSUED)->u.broadcast.incident.v, second);
}

/* A ship was ordered to a case that is another one: without room for the word that it is over, it is not. */
static void
test_a_join_without_room(void **state)
{
	(void)state;
	struct rcc_alert alert = watch_alert(RCC_SOURCE_OFFICER, FIRST_CASUALTY + 1);

	watch_start(&watch);
	watch_fleet(&watch, FIRST_SHIP, 1);
	alert.pos = RCC_POS_NONE;
	watch_say(&watch, 0, &alert);
	alert.casualty.v = FIRST_CASUALTY + 2;
	watch_say(&watch, 0, &alert);
	struct rcc_task *task = &watch_command(&watch, RCC_COMMAND_TASK, 0)->u.task;
	*task = (struct rcc_task){.incident = {2}, .kind = RCC_TASK_ASSIST, .ship = {FIRST_SHIP}, .text = "look"};
	watch_step(&watch);
	assert_true(watch_stored(&watch, 1, 1) > 0);
	/* She is not at work for it, and hears all the same that it is over. */
	assert_true(watch_answer(&watch, 1, 2, 1, RCC_ANSWER_UNABLE) > 0);
	open_case(FIRST_CASUALTY, RCC_SOURCE_OFFICER);
	for (uint32_t step = 1; watch.core.broadcast_count < BROADCASTS; step++)
		move_case(FIRST_CASUALTY, step);
	for (uint32_t i = 0; i < 2; i++) {
		struct rcc_join_order *join = &watch_command(&watch, RCC_COMMAND_JOIN, 0)->u.join;
		*join = (struct rcc_join_order){.from = {2}, .incident = {1}, .reason = "one vessel"};
		watch_step(&watch);
		if (i == 1)
			break;
		assert_true(watch_is_refused(&watch, RCC_REFUSAL_FULL, "join.from"));
		/* The long case leaves: there is room. */
		watch_cancel(&watch, 3, "found");
		assert_int_equal(watch_close(&watch, 3, "found"), 1);
	}
	assert_int_equal(watch_event(&watch, RCC_EVENT_BROADCAST_ISSUED)->u.broadcast.kind, RCC_BROADCAST_CANCEL);
	assert_laws();
}

static void
test_answers(void **state)
{
	(void)state;
	const uint32_t ships = 17;
	uint32_t first;

	watch_start(&watch);
	first = watch_fleet(&watch, FIRST_SHIP, ships);
	for (uint32_t i = 1; watch.core.answer_count < RCC_ANSWERS_MAX; i++) {
		uint32_t incident = open_case(FIRST_CASUALTY + i, RCC_SOURCE_AIS_STATUS);
		for (uint32_t ship = 0; ship < ships && watch.core.answer_count < RCC_ANSWERS_MAX; ship++)
			assert_int_equal(watch_answer(&watch, first + ship, incident, 0, RCC_ANSWER_UNABLE), 1);
	}
	uint32_t last = watch.core.incident_last;

	/* Nothing closed: a new answer finds no place and its ship is told so; a changed one needs none. */
	assert_int_equal(watch_answer(&watch, first + ships - 1, last, 0, RCC_ANSWER_PROCEEDING), 1);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_FULL, "answer"));
	assert_int_equal(watch_answer(&watch, first, last, 0, RCC_ANSWER_PROCEEDING), 1);
	assert_int_equal(watch_events(&watch, RCC_EVENT_ANSWERED), 1);

	/* A broadcast needs no place among the answers. */
	uint32_t alarm = open_case(FIRST_CASUALTY, RCC_SOURCE_OFFICER);
	assert_int_equal(rows_queued(), ships);
	assert_int_equal(watch_close(&watch, 3, "false alert"), 1);
	move_case(FIRST_CASUALTY, 1);
	assert_int_equal(rows_queued(), ships);
	assert_int_equal(watch_events(&watch, RCC_EVENT_INCIDENT_EVICTED), 0);

	/* An answer takes the place of those of a closed case, not of one that has none. */
	assert_int_equal(watch_close(&watch, 2, "false alert"), 1);
	assert_int_equal(watch_answer(&watch, first, alarm, 0, RCC_ANSWER_PROCEEDING), 2);
	assert_int_equal(watch_event(&watch, RCC_EVENT_INCIDENT_EVICTED)->u.incident_ref.incident.v, 2);
	assert_int_equal(watch.core.answer_count, RCC_ANSWERS_MAX - ships + 1);
	assert_laws();
}

/* The answer is for the very case that leaves memory to make room for it. */
static void
test_answer_to_the_closed(void **state)
{
	(void)state;
	uint32_t first, incident = 0;

	watch_start(&watch);
	first = watch_fleet(&watch, FIRST_SHIP, 17);
	for (uint32_t i = 1; watch.core.answer_count < RCC_ANSWERS_MAX; i++) {
		incident = open_case(FIRST_CASUALTY + i, RCC_SOURCE_AIS_STATUS);
		for (uint32_t ship = 0; ship < 17 && watch.core.answer_count < RCC_ANSWERS_MAX; ship++)
			assert_int_equal(watch_answer(&watch, first + ship, incident, 0, RCC_ANSWER_UNABLE), 1);
	}
	assert_int_equal(watch_close(&watch, incident, "false alert"), 1);
	assert_int_equal(watch_answer(&watch, first + 16, incident, 0, RCC_ANSWER_UNABLE), 2);
	assert_int_equal(watch_events(&watch, RCC_EVENT_INCIDENT_EVICTED), 1);
	assert_int_equal(watch_events(&watch, RCC_EVENT_COMMAND_REFUSED), 1);
	assert_laws();
}

/* More standing calls than one entry has events: what a new ship does not get is said. */
static void
test_many_standing_calls(void **state)
{
	(void)state;
	const uint32_t calls = RCC_EVENTS_MAX + 20;

	watch_start(&watch);
	watch_fleet(&watch, FIRST_SHIP, 1);
	for (uint32_t i = 0; i < calls; i++)
		open_case(FIRST_CASUALTY + i, RCC_SOURCE_OFFICER);
	assert_int_not_equal(watch_enrol(&watch, RCC_ROLE_VESSEL, FIRST_SHIP + 1), 0);
	uint32_t queued = rows_queued();
	assert_in_range(queued, RCC_EVENTS_MAX - 16, calls - 1);
	assert_true(watch_event(&watch, RCC_EVENT_LEDGER_FULL) != NULL);
	assert_laws();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_peers),
	    cmocka_unit_test(test_ledger),
	    cmocka_unit_test(test_ledger_behind_false_alarms),
	    cmocka_unit_test(test_incidents),
	    cmocka_unit_test(test_alerts),
	    cmocka_unit_test(test_broadcasts),
	    cmocka_unit_test(test_a_join_without_room),
	    cmocka_unit_test(test_answers),
	    cmocka_unit_test(test_answer_to_the_closed),
	    cmocka_unit_test(test_many_standing_calls),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
