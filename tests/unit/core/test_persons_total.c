/* How many persons a case has: more are found, a count is typed twice, the table is full. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "crowd.h"

static void
test_more_than_known(void **state)
{
	(void)state;
	/* The case's own number rises, in the record; a recount of alerts takes nobody back. */
	crowd_begin(20);
	crowd_survivors(1, 0, crowd_families);
	assert_int_equal(watch_step(&crowd_watch), 3);
	assert_int_equal(watch_event(&crowd_watch, RCC_EVENT_FACTS_REVISED)->u.facts.persons, 24);
	assert_int_equal(order_incident(&crowd_watch, 1)->persons, 24);
	crowd_balance(24, 0, 24);
	order_classify(&crowd_watch, 1, RCC_POS_NONE, 0, 23, "the skipper says so");
	assert_true(watch_is_refused(&crowd_watch, RCC_REFUSAL_RANGE, "classify.persons"));
	order_classify(&crowd_watch, 1, RCC_POS_NONE, 0, 30, "the skipper says so");
	crowd_balance(30, 6, 24);
}

/* Typed twice, a count would make people: that more were found than the case knew of is said as such. */
static void
test_a_count_typed_twice(void **state)
{
	(void)state;
	crowd_begin(10);
	crowd_move(RCC_WHERE_AT_RISK, 0, RCC_WHERE_ABOARD, SHIP_A)->count.men = 8;
	assert_int_equal(watch_step(&crowd_watch), 1);
	assert_int_equal(crowd_watch.entry.event[0].u.persons_moved.body.more_found, 0);
	crowd_move(RCC_WHERE_AT_RISK, 0, RCC_WHERE_ABOARD, SHIP_A)->count.men = 8;
	watch_step(&crowd_watch);
	assert_true(watch_is_refused(&crowd_watch, RCC_REFUSAL_RANGE, "persons.more_found"));
	crowd_balance(10, 2, 8);
	struct rcc_move_persons *move = crowd_move(RCC_WHERE_AT_RISK, 0, RCC_WHERE_ABOARD, SHIP_A);
	move->count.men = 8;
	move->more_found = 1;
	assert_int_equal(watch_step(&crowd_watch), 2);
	assert_int_equal(crowd_watch.entry.event[0].u.persons_moved.body.more_found, 1);
	crowd_balance(16, 0, 16);
	/* Said where no more are counted than were known of, it says nothing. */
	move = crowd_move(RCC_WHERE_ABOARD, SHIP_A, RCC_WHERE_LANDED, 0);
	move->count.men = 1;
	move->more_found = 1;
	watch_step(&crowd_watch);
	assert_int_equal(crowd_watch.entry.event[0].u.persons_moved.body.more_found, 0);
	/* Of a case that knows no number the first count is the number. */
	crowd_begin(0);
	crowd_move(RCC_WHERE_AT_RISK, 0, RCC_WHERE_ABOARD, SHIP_A)->count.men = 8;
	assert_int_equal(watch_step(&crowd_watch), 2);
	crowd_balance(8, 0, 8);
}

/* A table to the brim: what is new is refused by name, nothing of it is lost; what is closed leaves first. */
static void
test_full(void **state)
{
	(void)state;
	crowd_begin(85);
	struct rcc_alert alert = watch_alert(RCC_SOURCE_OFFICER, 500000002);
	watch_say(&crowd_watch, 0, &alert);
	struct rcc_survivors *other = crowd_survivors(2, 0, (struct rcc_persons){.men = 7});
	other->incident.v = 2;
	watch_step(&crowd_watch);
	for (uint32_t i = 1; i < RCC_ABOARD_MAX; i++) {
		struct rcc_move_persons *move = crowd_move(RCC_WHERE_AT_RISK, 0, RCC_WHERE_ABOARD, 300000000 + i);
		move->count.adults = 1;
		move->more_found = 1;
		watch_step(&crowd_watch);
	}
	assert_int_equal(crowd_watch.core.aboard_count, RCC_ABOARD_MAX);
	struct rcc_move_persons *more = crowd_move(RCC_WHERE_AT_RISK, 0, RCC_WHERE_MISSING, 0);
	more->count.adults = 1;
	more->more_found = 1;
	watch_step(&crowd_watch);
	assert_true(watch_is_refused(&crowd_watch, RCC_REFUSAL_FULL, "persons.to"));
	crowd_survivors(1, 0, (struct rcc_persons){.men = 1});
	watch_step(&crowd_watch);
	assert_true(watch_is_refused(&crowd_watch, RCC_REFUSAL_FULL, "survivors"));
	/* Between places that are known nothing is full. */
	crowd_move(RCC_WHERE_ABOARD, 300000001, RCC_WHERE_ABOARD, 300000002)->count.adults = 1;
	assert_int_equal(watch_step(&crowd_watch), 1);
	crowd_close_anyhow(2);
	crowd_survivors(1, 0, (struct rcc_persons){.men = 1});
	watch_step(&crowd_watch);
	assert_int_equal(watch_events(&crowd_watch, RCC_EVENT_SURVIVORS_REPORTED), 1);
	assert_int_equal(watch_events(&crowd_watch, RCC_EVENT_INCIDENT_EVICTED), 1);
	assert_int_equal(crowd_watch.core.aboard_count, RCC_ABOARD_MAX);
	/* More than are known to be in danger, and others have survivors: they may have come over to her; nothing is moved. */
	assert_int_equal(watch_events(&crowd_watch, RCC_EVENT_PERSONS_MOVED), 0);
	crowd_balance(RCC_ABOARD_MAX - 1, 0, RCC_ABOARD_MAX - 1);
}

/* Who goes ashore from a ship that was sent to a place goes ashore there, unless the officer says another. */
static void
test_landed_where_she_was_sent(void **state)
{
	(void)state;
	crowd_begin(5);
	crowd_survivors(1, 0, (struct rcc_persons){.men = 5});
	watch_step(&crowd_watch);
	struct rcc_place step = {.incident = crowd_case,
	                         .step = RCC_PLACE_CHECKED,
	                         .checks = RCC_CHECKS_ALL,
	                         .name = "PORT A",
	                         .pos = RCC_POS_NONE};
	watch_command(&crowd_watch, RCC_COMMAND_PLACE, 0)->u.place = step;
	watch_step(&crowd_watch);
	crowd_move(RCC_WHERE_ABOARD, SHIP_A, RCC_WHERE_LANDED, 0)->count.men = 1;
	watch_step(&crowd_watch);
	assert_int_equal(crowd_watch.entry.event[0].u.persons_moved.body.place.v, 0);
	step.step = RCC_PLACE_ASSIGNED;
	step.checks = 0;
	step.ship.v = SHIP_A;
	watch_command(&crowd_watch, RCC_COMMAND_PLACE, 0)->u.place = step;
	watch_step(&crowd_watch);
	crowd_move(RCC_WHERE_ABOARD, SHIP_A, RCC_WHERE_LANDED, 0)->count.men = 1;
	watch_step(&crowd_watch);
	assert_int_equal(crowd_watch.entry.event[0].u.persons_moved.body.place.v, 1);
	step.step = RCC_PLACE_REACHED;
	watch_command(&crowd_watch, RCC_COMMAND_PLACE, 0)->u.place = step;
	watch_step(&crowd_watch);
	crowd_move(RCC_WHERE_ABOARD, SHIP_A, RCC_WHERE_LANDED, 0)->count.men = 1;
	watch_step(&crowd_watch);
	assert_int_equal(crowd_watch.entry.event[0].u.persons_moved.body.place.v, 1);
	struct rcc_move_persons *move = crowd_move(RCC_WHERE_ABOARD, SHIP_A, RCC_WHERE_LANDED, 0);
	move->count.men = 1;
	move->place.v = 9;
	watch_step(&crowd_watch);
	assert_true(watch_is_refused(&crowd_watch, RCC_REFUSAL_NOT_FOUND, "persons.place"));
}

/* Ships are called anew in the very step: they read the number of now, not that of the case that was closed. */
static void
test_resumed_with_their_number(void **state)
{
	(void)state;
	crowd_begin(5);
	crowd_move(RCC_WHERE_AT_RISK, 0, RCC_WHERE_LANDED, 0)->count.men = 5;
	watch_step(&crowd_watch);
	crowd_close_anyhow(1);
	struct rcc_resume *resume = &watch_command(&crowd_watch, RCC_COMMAND_RESUME, 0)->u.resume;
	*resume = (struct rcc_resume){.incident = crowd_case, .persons = 4, .reason = "a raft"};
	watch_step(&crowd_watch);
	assert_true(watch_is_refused(&crowd_watch, RCC_REFUSAL_RANGE, "resume.persons"));
	resume = &watch_command(&crowd_watch, RCC_COMMAND_RESUME, 0)->u.resume;
	*resume = (struct rcc_resume){.incident = crowd_case, .persons = 7, .reason = "a raft"};
	watch_step(&crowd_watch);
	const struct rcc_event *called = watch_event(&crowd_watch, RCC_EVENT_BROADCAST_ISSUED);
	assert_non_null(called);
	assert_int_equal(called->u.broadcast.kind, RCC_BROADCAST_DISTRESS_RELAY);
	assert_int_equal(called->u.broadcast.persons, 7);
	crowd_balance(7, 2, 0);
	const struct rcc_incident *incident = rcc_incident_find(&crowd_watch.core, crowd_case);
	assert_true((incident->stated & RCC_STATED_PERSONS) != 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_more_than_known),
	    cmocka_unit_test(test_a_count_typed_twice),
	    cmocka_unit_test(test_full),
	    cmocka_unit_test(test_landed_where_she_was_sent),
	    cmocka_unit_test(test_resumed_with_their_number),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
