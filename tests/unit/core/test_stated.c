/* What officers stated of a case goes with it when it is joined to another, and comes back with it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "laws.h"
#include "order.h"
#include "rcc/units.h"

static struct watch watch;
static uint32_t feed;
static const struct rcc_pos here = {352000000, 126000000};
static const struct rcc_pos near_here = {352010000, 126000000}; /* 0.06 nm */
static const struct rcc_pos far_off = {362000000, 126000000};   /* 60 nm */

static void
start(void)
{
	watch_start(&watch);
	watch_fleet(&watch, 200000001, 2);
	feed = watch_enrol(&watch, RCC_ROLE_FEED, 2320001);
}

static const struct rcc_incident *
incident(uint32_t id)
{
	return order_incident(&watch, id);
}

/* A call that says where and who it is, or does not, typed by an officer. */
static void
phone(struct rcc_pos pos, uint32_t persons)
{
	struct rcc_alert alert = watch_alert(RCC_SOURCE_OFFICER, 0);

	alert.pos = pos;
	alert.pos_at_ms = 0;
	alert.persons = persons;
	alert.nature = RCC_NATURE_NOT_STATED;
	watch_text(alert.text, sizeof alert.text, "by telephone");
	order_open(&watch, 0, &alert);
	watch.now_ms += 1000;
}

static void
state_who(uint32_t id, uint32_t casualty, const char *name)
{
	struct rcc_classify *classify = &watch_command(&watch, RCC_COMMAND_CLASSIFY, 0)->u.classify;

	classify->incident.v = id;
	classify->pos = RCC_POS_NONE;
	classify->casualty.v = casualty;
	classify->verified = 1;
	watch_text(classify->name, sizeof classify->name, name);
	watch_text(classify->reason, sizeof classify->reason, "her owner by telephone");
	watch_step(&watch);
	watch.now_ms += 1000;
}

static void
state_what(uint32_t id, struct rcc_pos pos, enum rcc_nature nature, uint32_t persons)
{
	order_classify(&watch, id, pos, nature, persons, "the caller again");
	watch.now_ms += 1000;
}

/* The example: a call without a position, and one of which an officer found out all that is known. */
static void
test_taken_over(void **state)
{
	(void)state;
	start();
	phone(RCC_POS_NONE, 0);
	phone(RCC_POS_NONE, 0);
	state_what(2, here, RCC_NATURE_SINKING, 55);
	state_who(2, 247000099, "AURORA");
	assert_int_equal(incident(2)->broadcasts, 2);
	struct rcc_incident before = *incident(1);
	order_join_all(&watch, 2, 1, "the same boat");
	assert_int_equal(incident(1)->nature, RCC_NATURE_SINKING);
	assert_int_equal(incident(1)->persons, 55);
	assert_int_equal(incident(1)->casualty.v, 247000099);
	assert_string_equal(incident(1)->name, "AURORA");
	assert_memory_equal(&incident(1)->pos, &here, sizeof here);
	assert_true(incident(1)->is_verified);
	/* The call goes on under the other number before the ships hear that this one is over. */
	assert_int_equal(incident(1)->broadcasts, 1);
	assert_false(incident(1)->is_cancelled);
	assert_true(incident(1)->last_broadcast.v < incident(2)->last_broadcast.v);
	assert_true(incident(2)->is_cancelled);
	watch.now_ms += 1000;
	order_split(&watch, 2, "two boats");
	assert_int_equal(incident(1)->nature, before.nature);
	assert_int_equal(incident(1)->persons, before.persons);
	assert_int_equal(incident(1)->casualty.v, before.casualty.v);
	assert_string_equal(incident(1)->name, before.name);
	assert_false(rcc_pos_is_known(incident(1)->pos));
	assert_false(incident(1)->is_verified);
	assert_int_equal(incident(2)->nature, RCC_NATURE_SINKING);
	assert_int_equal(incident(2)->persons, 55);
	assert_memory_equal(&incident(2)->pos, &here, sizeof here);
	assert_true(incident(2)->is_verified);
	assert_false(incident(2)->is_cancelled);
	assert_null(laws_of_state(&watch.core));
}

/* What the survivor states itself it keeps; of two numbers the larger, whichever case it is of. */
static void
test_own_first(void **state)
{
	(void)state;
	for (uint32_t larger = 1; larger <= 2; larger++) {
		start();
		phone(here, 3);
		phone(near_here, 4);
		state_what(1, RCC_POS_NONE, RCC_NATURE_FIRE, larger == 1 ? 55 : 15);
		state_what(2, RCC_POS_NONE, RCC_NATURE_SINKING, larger == 2 ? 55 : 15);
		order_join_all(&watch, 2, 1, "the same boat");
		assert_int_equal(incident(1)->nature, RCC_NATURE_FIRE);
		assert_int_equal(incident(1)->persons, 55);
		watch.now_ms += 1000;
		/* Of both, and after they were one: this corrects. */
		state_what(1, RCC_POS_NONE, RCC_NATURE_NOT_STATED, 20);
		phone(near_here, 0);
		order_join_all(&watch, 3, 1, "counted anew");
		assert_int_equal(incident(1)->persons, 20);
		watch.now_ms += 1000;
		order_split(&watch, 2, "two boats");
		assert_int_equal(incident(1)->persons, 20);
		assert_int_equal(incident(2)->persons, larger == 2 ? 55 : 15);
	}
}

/* Alerts of the survivor may tell of more people than were stated of the other; an alert that was corrected tells none. */
static void
test_persons_of_alerts(void **state)
{
	(void)state;
	start();
	phone(here, 60);
	phone(near_here, 70);
	state_what(2, RCC_POS_NONE, RCC_NATURE_NOT_STATED, 55);
	order_join_all(&watch, 2, 1, "the same boat");
	assert_int_equal(incident(1)->persons, 60);
	struct rcc_alert alert = watch_alert(RCC_SOURCE_OFFICER, 0);
	alert.persons = 50;
	order_open(&watch, 1, &alert);
	assert_int_equal(incident(1)->persons, 55);
}

static void
test_two_places(void **state)
{
	(void)state;
	start();
	phone(RCC_POS_NONE, 0);
	phone(RCC_POS_NONE, 0);
	state_what(1, here, RCC_NATURE_NOT_STATED, 0);
	state_what(2, near_here, RCC_NATURE_NOT_STATED, 0);
	order_join_all(&watch, 2, 1, "the same boat");
	assert_int_equal(incident(1)->candidate_count, 0);
	assert_memory_equal(&incident(1)->pos, &here, sizeof here);
	start();
	phone(RCC_POS_NONE, 0);
	phone(RCC_POS_NONE, 0);
	state_what(1, here, RCC_NATURE_NOT_STATED, 0);
	state_what(2, far_off, RCC_NATURE_NOT_STATED, 0);
	order_join_all(&watch, 2, 1, "the same boat");
	assert_true(incident(1)->is_conflict);
	assert_int_equal(incident(1)->candidate_count, 2);
	assert_memory_equal(&incident(1)->candidate[0].pos, &here, sizeof here);
	assert_memory_equal(&incident(1)->candidate[1].pos, &far_off, sizeof far_off);
	/* The ships are told of both. */
	const struct rcc_broadcast *told = rcc_broadcast_at(&watch.core, incident(1)->newest_broadcast);
	assert_true(told != NULL && told->candidate_count == 2);
	watch.now_ms += 1000;
	/* An officer settles it, and that stays through counting anew. */
	state_what(1, far_off, RCC_NATURE_NOT_STATED, 0);
	phone(far_off, 0);
	order_join_all(&watch, 3, 1, "counted anew");
	assert_int_equal(incident(1)->candidate_count, 0);
	assert_memory_equal(&incident(1)->pos, &far_off, sizeof far_off);
}

/* A case that was joined to one that was joined: the last one speaks for all, and each takes its own back. */
static void
test_chain(void **state)
{
	(void)state;
	start();
	for (uint32_t i = 0; i < 3; i++)
		phone(here, 0);
	state_what(3, RCC_POS_NONE, RCC_NATURE_SINKING, 55);
	order_join_all(&watch, 3, 2, "one boat");
	watch.now_ms += 1000;
	order_join_all(&watch, 2, 1, "one boat");
	assert_int_equal(incident(1)->nature, RCC_NATURE_SINKING);
	assert_int_equal(incident(1)->persons, 55);
	watch.now_ms += 1000;
	order_split(&watch, 2, "two boats");
	assert_int_equal(incident(1)->persons, 55);
	assert_int_equal(incident(2)->persons, 0);
	watch.now_ms += 1000;
	order_split(&watch, 3, "three boats");
	assert_int_equal(incident(1)->persons, 0);
	assert_int_equal(incident(1)->nature, RCC_NATURE_NOT_STATED);
	assert_int_equal(incident(3)->persons, 55);
}

/* A cancel of the survivor takes back what was vouched for in either. */
static void
test_cancel_unvouches(void **state)
{
	(void)state;
	start();
	phone(here, 0);
	phone(here, 0);
	state_who(2, 0, "AURORA");
	order_join_all(&watch, 2, 1, "one boat");
	assert_true(incident(1)->is_verified);
	watch.now_ms += 1000;
	watch_cancel(&watch, 1, "a false alert");
	assert_false(incident(1)->is_verified);
	phone(here, 0);
	order_join_all(&watch, 3, 1, "counted anew");
	assert_false(incident(1)->is_verified);
}

/* An alert in front of a person when the position was stated comes in with news, not with what was settled. */
static void
test_came_later(void **state)
{
	(void)state;
	start();
	struct rcc_alert stranger = watch_alert(RCC_SOURCE_AIS_TEXT, 970000001);
	phone(RCC_POS_NONE, 0);
	stranger.pos = far_off;
	stranger.pos_at_ms = 0;
	watch_say(&watch, feed, &stranger);
	state_what(1, here, RCC_NATURE_NOT_STATED, 0);
	order_join(&watch, 2, 1, "read");
	assert_int_equal(incident(1)->candidate_count, 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_taken_over),
	    cmocka_unit_test(test_own_first),
	    cmocka_unit_test(test_persons_of_alerts),
	    cmocka_unit_test(test_two_places),
	    cmocka_unit_test(test_chain),
	    cmocka_unit_test(test_cancel_unvouches),
	    cmocka_unit_test(test_came_later),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
