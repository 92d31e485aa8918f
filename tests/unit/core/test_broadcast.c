/* Who is told: every ship, alike; who is called on to respond; whom an officer must call by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "rcc/units.h"
#include "watch.h"

#define CASUALTY 500000001u
#define FIRST_SHIP 200000001u

static struct watch watch;

/* Begins an officer's distress at 0 N 0 E. */
static void
begin(uint32_t casualty)
{
	struct rcc_alert *alert = &watch_command(&watch, RCC_COMMAND_ALERT, 0)->u.alert;

	*alert = watch_alert(RCC_SOURCE_OFFICER, casualty);
	alert->pos = (struct rcc_pos){0, 0};
}

/* A place this many miles east of the casualty, within a metre. */
static struct rcc_pos
miles_east(uint32_t miles)
{
	return (struct rcc_pos){.lat_e7 = 0, .lon_e7 = (int32_t)(miles * 166367)};
}

/* The row of a peer in the last entry. */
static const struct rcc_delivery_row *
row_of(uint32_t peer)
{
	for (uint32_t i = 0; i < watch.entry.event_count; i++) {
		const struct rcc_deliveries_queued *queued = &watch.entry.event[i].u.queued;
		for (uint32_t j = 0; watch.entry.event[i].kind == RCC_EVENT_DELIVERIES_QUEUED && j < queued->count;
		     j++) {
			if (queued->row[j].peer.v == peer)
				return &queued->row[j];
		}
	}
	return NULL;
}

static uint32_t
called_on(uint32_t ships)
{
	uint32_t called = 0;

	for (uint32_t peer = 1; peer <= ships; peer++)
		called += row_of(peer)->called_on;
	return called;
}

static void
set_respond(uint32_t eta_min, uint32_t count)
{
	struct rcc_rules rules = watch_rules();

	rules.respond_eta_min = eta_min;
	rules.respond_count = count;
	watch_rule(&watch, &rules);
}

static void
test_everybody(void **state)
{
	(void)state;
	watch_start(&watch);
	uint32_t first = watch_fleet(&watch, FIRST_SHIP, 130);
	watch_enrol(&watch, RCC_ROLE_FEED, 2320001);
	watch_enrol(&watch, RCC_ROLE_OFFICER, 0);
	watch_revoke(&watch, "7 PEER", "sold");
	begin(CASUALTY);
	watch_step(&watch);
	/* Three lists: 64, 64, 1; in the order of enrolment; each ship's own number 1. */
	assert_int_equal(watch_events(&watch, RCC_EVENT_DELIVERIES_QUEUED), 3);
	for (uint32_t peer = first; peer < first + 130; peer++) {
		const struct rcc_delivery_row *row = row_of(peer);
		assert_int_equal(row == NULL, peer == 7);
		if (row == NULL)
			continue;
		assert_int_equal(row->number, 1);
		assert_int_equal(row->range_m, RCC_RANGE_UNKNOWN_M);
		assert_int_equal(row->bearing_ddeg, RCC_BEARING_UNKNOWN_DDEG);
		assert_int_equal(row->eta_min, RCC_ETA_UNKNOWN_MIN);
	}
	assert_null(row_of(131));
	assert_null(row_of(132));
	assert_null(watch_event(&watch, RCC_EVENT_LEDGER_FULL));
}

static void
test_no_ship(void **state)
{
	(void)state;
	watch_start(&watch);
	begin(CASUALTY);
	watch_step(&watch);
	assert_int_equal(watch_events(&watch, RCC_EVENT_BROADCAST_ISSUED), 1);
	assert_int_equal(watch_events(&watch, RCC_EVENT_DELIVERIES_QUEUED), 0);
	assert_int_equal(watch.core.broadcast[0].recipients, 0);
}

/* An update calls on nobody who is unable or released: the next nearest takes her place. A new call calls on all again. */
static void
test_unable_is_not_called_on_again(void **state)
{
	(void)state;
	watch_start(&watch);
	set_respond(1, 2);
	watch_fleet(&watch, FIRST_SHIP, 4);
	begin(CASUALTY);
	for (uint32_t i = 0; i < 4; i++)
		watch_see(&watch, FIRST_SHIP + i, miles_east(10 + i), 100);
	watch_step(&watch);
	assert_int_equal(called_on(4), 2);
	assert_int_equal(row_of(2)->called_on, 1);
	watch_answer(&watch, 1, 1, 0, RCC_ANSWER_UNABLE);
	struct rcc_task *release = &watch_command(&watch, RCC_COMMAND_TASK, 0)->u.task;
	release->incident.v = 1;
	release->kind = RCC_TASK_RELEASE;
	release->ship.v = FIRST_SHIP + 1;
	watch_step(&watch);
	struct rcc_classify *classify = &watch_command(&watch, RCC_COMMAND_CLASSIFY, 0)->u.classify;
	*classify =
	    (struct rcc_classify){.incident = {1}, .persons = 30, .pos = RCC_POS_NONE, .reason = "seen from the air"};
	for (uint32_t i = 0; i < 4; i++)
		watch_see(&watch, FIRST_SHIP + i, miles_east(10 + i), 100);
	watch_step(&watch);
	assert_int_equal(watch_event(&watch, RCC_EVENT_BROADCAST_ISSUED)->u.broadcast.kind, RCC_BROADCAST_UPDATE);
	assert_int_equal(row_of(1)->called_on, 0);
	assert_int_equal(row_of(2)->called_on, 0);
	assert_int_equal(row_of(3)->called_on, 1);
	assert_int_equal(row_of(4)->called_on, 1);
}

/* The master reads that others were asked before her, not what they said, and how often she is to report; what does not fit stays in the record alone. */
static void
test_words_of_a_task(void **state)
{
	(void)state;
	watch_start(&watch);
	watch_fleet(&watch, FIRST_SHIP, 1);
	begin(CASUALTY);
	watch_step(&watch);
	struct rcc_task task = {.incident = {1},
	                        .kind = RCC_TASK_REQUISITION,
	                        .ship = {FIRST_SHIP},
	                        .contact_min = 30,
	                        .text = "proceed",
	                        .consulted = "AURORA and BOREAS"};
	watch_command(&watch, RCC_COMMAND_TASK, 0)->u.task = task;
	watch_step(&watch);
	/* Nobody has answered: nobody was asked, whatever an officer types. */
	assert_string_equal(watch_event(&watch, RCC_EVENT_BROADCAST_ISSUED)->u.broadcast.text,
	                    "proceed; report every 30 min");
	(void)watch_answer(&watch, 1, 1, 0, RCC_ANSWER_NEED_DETAIL);
	watch_command(&watch, RCC_COMMAND_TASK, 0)->u.task = task;
	watch_step(&watch);
	assert_string_equal(
	    watch_event(&watch, RCC_EVENT_BROADCAST_ISSUED)->u.broadcast.text,
	    "proceed; chosen after asking the masters that answered (SOLAS V/33.2); report every 30 min");
	memset(task.text, 'x', RCC_TEXT_MAX - 25);
	watch_command(&watch, RCC_COMMAND_TASK, 0)->u.task = task;
	watch_step(&watch);
	const char *text = watch_event(&watch, RCC_EVENT_BROADCAST_ISSUED)->u.broadcast.text;
	assert_string_equal(text + RCC_TEXT_MAX - 25, "; report every 30 min");
	task =
	    (struct rcc_task){.incident = {1}, .kind = RCC_TASK_COORDINATE, .ship = {FIRST_SHIP}, .contact_min = 1440};
	watch_command(&watch, RCC_COMMAND_TASK, 0)->u.task = task;
	watch_step(&watch);
	assert_string_equal(watch_event(&watch, RCC_EVENT_BROADCAST_ISSUED)->u.broadcast.text, "report every 1440 min");
}

static void
test_legs(void **state)
{
	(void)state;
	watch_start(&watch);
	watch_fleet(&watch, FIRST_SHIP, 5);
	begin(CASUALTY);
	watch_see(&watch, FIRST_SHIP, miles_east(10), 100);                     /* 10 kn */
	watch_see(&watch, FIRST_SHIP + 1, miles_east(10), 49);                  /* drifting: 12 kn assumed */
	watch_see(&watch, FIRST_SHIP + 2, miles_east(10), RCC_SOG_UNKNOWN_DKN); /* likewise */
	watch_see(&watch, FIRST_SHIP + 3, miles_east(10), 50);                  /* slow, and believed */
	watch_step(&watch);
	assert_int_equal(row_of(1)->range_m, 18520);
	assert_int_equal(row_of(1)->bearing_ddeg, 2700);
	assert_int_equal(row_of(1)->eta_min, 60);
	assert_int_equal(row_of(2)->eta_min, 50);
	assert_int_equal(row_of(3)->eta_min, 50);
	assert_int_equal(row_of(4)->eta_min, 120);
	assert_int_equal(row_of(5)->eta_min, RCC_ETA_UNKNOWN_MIN);
}

/* All within the time, though they are more than the number. */
static void
test_called_on_by_time(void **state)
{
	(void)state;
	watch_start(&watch);
	set_respond(60, 2);
	watch_fleet(&watch, FIRST_SHIP, 6);
	begin(CASUALTY);
	for (uint32_t i = 0; i < 6; i++)
		watch_see(&watch, FIRST_SHIP + i, miles_east(7 + i), 100);
	watch_step(&watch);
	/* 7, 8, 9, 10 miles at ten knots are within the hour. */
	assert_int_equal(called_on(6), 4);
	assert_int_equal(row_of(4)->called_on, 1);
	assert_int_equal(row_of(5)->called_on, 0);
}

/* Ships at 20, 25 and twice 50 miles, the last three as long under way; `count` of them are wanted. */
static void
call_nearest(uint32_t count)
{
	watch_start(&watch);
	set_respond(1, count);
	watch_fleet(&watch, FIRST_SHIP, 6);
	begin(CASUALTY);
	watch_see(&watch, FIRST_SHIP + 1, miles_east(50), 100);
	watch_see(&watch, FIRST_SHIP + 2, miles_east(25), 50);
	watch_see(&watch, FIRST_SHIP + 3, miles_east(50), 100);
	watch_see(&watch, FIRST_SHIP + 4, miles_east(20), 100);
	watch_step(&watch);
	assert_int_equal(called_on(6), count);
}

/* The nearest in time, though none is within it; ties by range, then by enrolment; unknown places last. */
static void
test_called_on_by_number(void **state)
{
	(void)state;
	static const uint32_t order[] = {5, 3, 2, 4, 1, 6};

	for (uint32_t count = 1; count <= 6; count++) {
		call_nearest(count);
		for (uint32_t i = 0; i < 6; i++)
			assert_int_equal(row_of(order[i])->called_on, i < count);
	}
	/* More wanted than have a place: those without are called on too, somebody must be. */
	watch_start(&watch);
	set_respond(1, 3);
	watch_fleet(&watch, FIRST_SHIP, 6);
	begin(CASUALTY);
	watch_see(&watch, FIRST_SHIP + 5, miles_east(50), 100);
	watch_step(&watch);
	assert_int_equal(called_on(6), 3);
	assert_int_equal(row_of(6)->called_on, 1);
	assert_int_equal(row_of(1)->called_on, 1);
	assert_int_equal(row_of(2)->called_on, 1);
}

static void
test_called_on_bounds(void **state)
{
	(void)state;
	watch_start(&watch);
	set_respond(1, 0);
	watch_fleet(&watch, FIRST_SHIP, 300);
	begin(CASUALTY);
	watch_step(&watch);
	assert_int_equal(called_on(300), 0);
	/* More than can be named as nearest: the bound, not more and not fewer. */
	set_respond(1, RCC_PEERS_MAX);
	begin(CASUALTY + 1);
	watch_step(&watch);
	assert_int_equal(called_on(300), 256);
	/* Exactly as many as there are. */
	watch_start(&watch);
	set_respond(1, 4);
	watch_fleet(&watch, FIRST_SHIP, 4);
	begin(CASUALTY);
	watch_step(&watch);
	assert_int_equal(called_on(4), 4);
}

/* The casualty hears that help is sought; it is not called upon, and takes nobody's place. */
static void
test_casualty(void **state)
{
	(void)state;
	watch_start(&watch);
	set_respond(60, 2);
	watch_fleet(&watch, FIRST_SHIP, 3);
	begin(FIRST_SHIP);
	watch_see(&watch, FIRST_SHIP, (struct rcc_pos){0, 0}, 0);
	watch_see(&watch, FIRST_SHIP + 1, miles_east(300), 100);
	watch_step(&watch);
	assert_int_equal(row_of(1)->called_on, 0);
	assert_int_equal(row_of(1)->range_m, 0);
	assert_int_equal(row_of(2)->called_on, 1);
	assert_int_equal(row_of(3)->called_on, 1);
	assert_null(watch_event(&watch, RCC_EVENT_CALL_LISTED));
}

/* Who did not say her name, and is enrolled, is told to the ships by it; and her withdrawal tells them nothing. */
static void
test_the_casualty_has_a_name(void **state)
{
	(void)state;
	struct rcc_alert alert = watch_alert(RCC_SOURCE_CREW, FIRST_SHIP);

	watch_start(&watch);
	watch_fleet(&watch, FIRST_SHIP, 2);
	alert.persons = 9;
	watch_say(&watch, 1, &alert);
	assert_string_equal(watch_event(&watch, RCC_EVENT_BROADCAST_ISSUED)->u.broadcast.name, "1 PEER");
	alert.marks = RCC_ALERT_SELF_CANCEL;
	alert.pos.lat_e7 += 10000000;
	alert.persons = 0;
	watch_say(&watch, 1, &alert);
	assert_true(watch_decide(&watch, 2, RCC_DECISION_ACCEPT, "her master by radio") > 0);
	assert_int_equal(watch_events(&watch, RCC_EVENT_ALERT_JOINED), 1);
	assert_int_equal(watch_events(&watch, RCC_EVENT_BROADCAST_ISSUED), 0);
	const struct rcc_incident *incident = rcc_incident_find(&watch.core, (struct rcc_incident_id){1});
	assert_int_equal(incident->persons, 9);
	assert_int_not_equal(incident->pos.lat_e7, alert.pos.lat_e7);
	assert_false(incident->is_verified);
}

static void
test_call_list(void **state)
{
	(void)state;
	watch_start(&watch);
	watch_fleet(&watch, FIRST_SHIP, 2);
	watch_revoke(&watch, "2 PEER", "left the scheme");
	begin(CASUALTY);
	watch_see(&watch, FIRST_SHIP, miles_east(1), 100);     /* registered: it has a line of its own */
	watch_see(&watch, FIRST_SHIP + 1, miles_east(9), 100); /* no longer */
	for (uint32_t i = 0; i < 40; i++)
		watch_see(&watch, 300000000 + i, miles_east(29 - i / 2), 100);
	watch_see(&watch, 400000000, miles_east(31), 100); /* too far */
	watch_see(&watch, CASUALTY, miles_east(0), 0);
	watch_step(&watch);
	const struct rcc_call_listed *list = &watch_event(&watch, RCC_EVENT_CALL_LISTED)->u.call_list;
	assert_int_equal(list->count, RCC_CALL_ROWS_MAX);
	/* The nearest first; of two as near, the lower MMSI. */
	assert_int_equal(list->row[0].mmsi.v, FIRST_SHIP + 1);
	assert_int_equal(list->row[0].eta_min, 54);
	assert_int_equal(list->row[0].bearing_ddeg, 2700);
	assert_int_equal(list->row[1].mmsi.v, 300000038);
	assert_int_equal(list->row[2].mmsi.v, 300000039);
	assert_int_equal(list->row[3].mmsi.v, 300000036);
	for (uint32_t i = 1; i < list->count; i++)
		assert_true(list->row[i - 1].range_m <= list->row[i].range_m);
	/* A cancel asks nobody to be called. */
	watch_command(&watch, RCC_COMMAND_CANCEL, 0)->u.cancel =
	    (struct rcc_cancel){.incident = {1}, .reason = "found"};
	watch_see(&watch, 300000000, miles_east(3), 100);
	watch_step(&watch);
	assert_null(watch_event(&watch, RCC_EVENT_CALL_LISTED));
	assert_int_equal(row_of(1)->called_on, 0);
}

static void
test_words(void **state)
{
	(void)state;
	struct rcc_alert alert = watch_alert(RCC_SOURCE_DSC, CASUALTY);

	watch_start(&watch);
	watch_fleet(&watch, FIRST_SHIP, 1);
	watch_text(alert.text, sizeof alert.text, "first words");
	watch_say(&watch, 0, &alert);
	alert.source = RCC_SOURCE_OVERDUE;
	watch_text(alert.text, sizeof alert.text, "later words");
	watch_say(&watch, 0, &alert);
	alert.source = RCC_SOURCE_AIS_STATUS;
	watch_text(alert.text, sizeof alert.text, "");
	watch_say(&watch, 0, &alert);
	/* Another case's words are not ours. */
	alert.casualty.v++;
	watch_text(alert.text, sizeof alert.text, "not ours");
	watch_say(&watch, 0, &alert);
	watch_wait(&watch, 60000, 1);
	assert_string_equal(watch_event(&watch, RCC_EVENT_BROADCAST_ISSUED)->u.broadcast.text, "later words");
}

/* Who stands behind it. */
static void
test_by(void **state)
{
	(void)state;
	const struct rcc_broadcast_issued *issued;

	watch_start(&watch);
	uint32_t officer = watch_enrol(&watch, RCC_ROLE_OFFICER, 0);
	struct rcc_alert alert = watch_alert(RCC_SOURCE_OFFICER, CASUALTY);
	watch_say(&watch, officer, &alert);
	issued = &watch_event(&watch, RCC_EVENT_BROADCAST_ISSUED)->u.broadcast;
	assert_int_equal(issued->by.v, 0); /* the machine's relay of an officer's report */
	assert_int_equal(issued->verified, 0);
	watch_command(&watch, RCC_COMMAND_CANCEL, officer)->u.cancel =
	    (struct rcc_cancel){.incident = {1}, .reason = "found"};
	watch_step(&watch);
	issued = &watch_event(&watch, RCC_EVENT_BROADCAST_ISSUED)->u.broadcast;
	assert_int_equal(issued->by.v, officer);
	assert_int_equal(issued->verified, 1);
	assert_int_equal(issued->revision, 2);
}

static void
test_cancel_goes_where_the_relay_went(void **state)
{
	(void)state;
	struct rcc_alert alert = watch_alert(RCC_SOURCE_OFFICER, CASUALTY);
	const struct rcc_pos told = alert.pos;

	watch_start(&watch);
	watch_say(&watch, 0, &alert);
	alert.pos.lat_e7 += 10; /* less than an update is made for */
	watch_say(&watch, 0, &alert);
	watch_cancel(&watch, 1, "found");
	assert_int_equal(watch_event(&watch, RCC_EVENT_BROADCAST_ISSUED)->u.broadcast.pos.lat_e7, told.lat_e7);
}

/* A ship that is enrolled while ships are being called hears of each standing call, and of no other. */
static void
test_catch_up(void **state)
{
	(void)state;
	watch_start(&watch);
	watch_fleet(&watch, FIRST_SHIP, 1);
	for (uint32_t i = 0; i < 4; i++) {
		begin(CASUALTY + i);
		watch_step(&watch);
	}
	begin(FIRST_SHIP + 1); /* of the ship that is enrolled below */
	watch_step(&watch);
	watch_cancel(&watch, 1, "found");
	watch_cancel(&watch, 2, "found");
	watch_close(&watch, 2, "found");
	struct rcc_alert alert = watch_alert(RCC_SOURCE_DSC, CASUALTY + 9); /* not yet relayed */
	watch_say(&watch, 0, &alert);

	struct rcc_enrol *enrol = &watch_command(&watch, RCC_COMMAND_ENROL, 0)->u.enrol;
	*enrol =
	    (struct rcc_enrol){.name = "LATE", .role = RCC_ROLE_VESSEL, .mmsi = {FIRST_SHIP + 1}, .key = watch_key(9)};
	watch_see(&watch, FIRST_SHIP + 1, miles_east(5), 100);
	watch_step(&watch);
	assert_int_equal(watch_events(&watch, RCC_EVENT_DELIVERIES_QUEUED), 3);
	for (uint32_t i = 1; i <= 3; i++) {
		const struct rcc_deliveries_queued *queued = &watch.entry.event[i].u.queued;
		assert_int_equal(queued->count, 1);
		assert_int_equal(queued->row[0].number, i);
		assert_int_equal(queued->row[0].range_m, 9260);
		assert_int_equal(queued->row[0].called_on,
		                 0); /* the third is her own: in distress, she is called to none */
	}
	/* Neither a feed nor an officer is called. */
	watch_enrol(&watch, RCC_ROLE_FEED, 0);
	assert_int_equal(watch.entry.event_count, 1);
	/* Nobody knows where she is; but fewer were called than the rule wants, and of those who are called she is the nearest. */
	enrol = &watch_command(&watch, RCC_COMMAND_ENROL, 0)->u.enrol;
	*enrol =
	    (struct rcc_enrol){.name = "FAR", .role = RCC_ROLE_VESSEL, .mmsi = {FIRST_SHIP + 2}, .key = watch_key(10)};
	watch_step(&watch);
	assert_int_equal(watch_events(&watch, RCC_EVENT_DELIVERIES_QUEUED), 3);
	for (uint32_t i = 1; i <= 3; i++)
		assert_int_equal(watch.entry.event[i].u.queued.row[0].called_on, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_everybody),
	    cmocka_unit_test(test_no_ship),
	    cmocka_unit_test(test_unable_is_not_called_on_again),
	    cmocka_unit_test(test_words_of_a_task),
	    cmocka_unit_test(test_legs),
	    cmocka_unit_test(test_called_on_by_time),
	    cmocka_unit_test(test_called_on_by_number),
	    cmocka_unit_test(test_called_on_bounds),
	    cmocka_unit_test(test_casualty),
	    cmocka_unit_test(test_the_casualty_has_a_name),
	    cmocka_unit_test(test_call_list),
	    cmocka_unit_test(test_words),
	    cmocka_unit_test(test_by),
	    cmocka_unit_test(test_cancel_goes_where_the_relay_went),
	    cmocka_unit_test(test_catch_up),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
