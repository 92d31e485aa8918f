/*
 * What is no end, though it looked like one: an answer that somebody typed, an older cancel that comes late, a word that was said before,
 * a join. And that a case which is over for everybody can be closed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "told_side.h"

static const struct rcc_mmsi centre, ship_a = {SHIP_A}, ship_b = {SHIP_B}, stranger = {STRANGER};

static void
revoke(uint32_t peer)
{
	crowd_watch.now_ms += 1000;
	watch_revoke(&crowd_watch, rcc_peer_find(&crowd_watch.core, (struct rcc_peer_id){peer})->name, "lost");
}

static void
call_anew(void)
{
	crowd_watch.now_ms += 1000;
	assert_true(watch_relay(&crowd_watch, 1, RCC_RELAY_RELEASE, "a distress after all") > 0);
}

/* As joined a case is closed by a join alone. */
static void
test_nobody_closes_as_joined(void **state)
{
	(void)state;
	told_over();
	struct rcc_close *close = &watch_command(&crowd_watch, RCC_COMMAND_CLOSE, 0)->u.close;
	*close = (struct rcc_close){.incident = crowd_case, .outcome = RCC_OUTCOME_JOINED, .reason = "over"};
	watch_step(&crowd_watch);
	assert_true(watch_is_refused(&crowd_watch, RCC_REFUSAL_RANGE, "close.outcome"));
}

/* What an officer types of her says nothing of what lies on her disk. */
static void
test_a_typed_answer_brings_no_cancel(void **state)
{
	(void)state;
	told_over();
	call_anew();
	told_store(1);
	told_store(2);
	told_cancel(1);
	told_store(2);
	told_by_voice(SHIP_A, RCC_ANSWER_UNABLE);
	told_assert_one_word(1, ship_a);
	/* And a call that never left, answered by radio, does not come after its end. */
	crowd_begin(0);
	told_store(2);
	told_by_voice(SHIP_A, RCC_ANSWER_UNABLE);
	told_cancel(1);
	assert_int_equal(rcc_core_next_unstored(&crowd_watch.core, (struct rcc_peer_id){1}, 0), 2);
}

/* She has the cancel before her and comes all the same: that it is stored is reported after she has said so. */
static void
test_she_comes_in_spite_of_the_cancel(void **state)
{
	(void)state;
	told_begin();
	told_cancel(1);
	told_store(2);
	crowd_watch.now_ms += 1000;
	watch_answer(&crowd_watch, 1, 1, 2, RCC_ANSWER_ON_SCENE);
	crowd_watch.now_ms += 1000;
	told_store(1);
	assert_true(rcc_told_is_owed(&crowd_watch.core, told_case(1), ship_a));
	assert_int_not_equal(told_refused(1), 0);
	/* The two crossed: then it is an end. */
	told_begin();
	crowd_answer(1, RCC_ANSWER_PROCEEDING);
	told_cancel(1);
	told_store(2);
	told_store(1);
	assert_int_equal(told_refused(1), 0);
}

/* In one turn all entries have one time; which was first is known all the same. */
static void
test_the_same_moment(void **state)
{
	(void)state;
	told_begin();
	told_cancel(1);
	told_store(2);
	told_store(1);
	watch_answer(&crowd_watch, 1, 1, 0, RCC_ANSWER_ON_SCENE);
	assert_true(rcc_told_is_owed(&crowd_watch.core, told_case(1), ship_a));
}

/* The cancel of the round before comes late, when she has said that she comes to the call of this one. */
static void
test_the_cancel_of_the_round_before_comes_late(void **state)
{
	(void)state;
	told_begin();
	told_cancel(1);
	told_store(2);
	call_anew();
	told_store(2);
	told_by_voice(SHIP_A, RCC_ANSWER_PROCEEDING);
	crowd_watch.now_ms += 1000;
	assert_true(watch_stored(&crowd_watch, 1, 2) > 0);
	told_cancel(1);
	told_store(2);
	assert_true(rcc_told_is_owed(&crowd_watch.core, told_case(1), ship_a));
	told_assert_one_word(1, ship_a);
}

/* In the other case she had said that she cannot; in this one she comes. */
static void
test_a_join_carries_her_latest_word(void **state)
{
	(void)state;
	told_begin();
	told_open_second();
	told_by_voice(STRANGER, RCC_ANSWER_PROCEEDING);
	struct rcc_answer *answer = &watch_command(&crowd_watch, RCC_COMMAND_ANSWER, 0)->u.answer;
	*answer = (struct rcc_answer){
	    .incident = {2}, .kind = RCC_ANSWER_UNABLE, .reason = RCC_REASON_DISABLED, .ship = stranger};
	watch_step(&crowd_watch);
	told_cancel(1);
	told_store(1);
	told_store(2);
	told_join();
	assert_true(rcc_told_is_owed(&crowd_watch.core, told_case(2), stranger));
	/* Split off again, she comes to the case that it was. */
	crowd_watch.now_ms += 1000;
	struct rcc_split *split = &watch_command(&crowd_watch, RCC_COMMAND_SPLIT, 0)->u.split;
	*split = (struct rcc_split){.alert = {1}, .reason = "two after all"};
	watch_step(&crowd_watch);
	assert_int_not_equal(told_case(1)->status, RCC_INCIDENT_CLOSED);
	assert_true(rcc_told_is_owed(&crowd_watch.core, told_case(1), stranger));
}

/* She came to the case that was joined away, and lost her key: the one release is of both. */
static void
test_a_release_is_of_what_was_joined(void **state)
{
	(void)state;
	told_begin();
	crowd_answer(1, RCC_ANSWER_PROCEEDING);
	told_cancel(1);
	told_store(2);
	told_open_second();
	told_join();
	revoke(1);
	assert_true(rcc_told_is_joined(&crowd_watch.core, told_case(2), ship_a));
	crowd_task(RCC_TASK_RELEASE, SHIP_A)->incident.v = 2;
	watch_step(&crowd_watch);
	assert_int_equal(watch_events(&crowd_watch, RCC_EVENT_TASKED), 1);
	assert_false(rcc_told_is_joined(&crowd_watch.core, told_case(2), ship_a));
}

/* She came by voice, and is enrolled since, out of reach: a line says that she is to be told. */
static void
test_a_key_for_who_came_by_voice(void **state)
{
	(void)state;
	told_begin();
	told_by_voice(STRANGER, RCC_ANSWER_PROCEEDING);
	told_cancel(1);
	told_store(1);
	told_store(2);
	assert_false(crowd_is_open(RCC_DUTY_RULE_TELL_END, centre));
	assert_int_not_equal(watch_enrol(&crowd_watch, RCC_ROLE_VESSEL, STRANGER), 0);
	told_assert_one_word(1, stranger);
}

/* Who is done, or cannot, acts on nothing any more; what she was sent is looked for in her lines. */
static void
test_who_is_done_is_not_waited_for(void **state)
{
	struct rcc_alert alert = watch_alert(RCC_SOURCE_DSC, 500000009);

	(void)state;
	alert.marks = RCC_ALERT_RESTRICTED;
	watch_start(&crowd_watch);
	watch_fleet(&crowd_watch, SHIP_A, 2);
	watch_say(&crowd_watch, watch_enrol(&crowd_watch, RCC_ROLE_FEED, 0), &alert);
	told_by_voice(SHIP_A, RCC_ANSWER_PROCEEDING);
	assert_int_equal(told_refused(1), RCC_REFUSAL_UNTOLD);
	told_by_voice(SHIP_A, RCC_ANSWER_DONE);
	assert_int_equal(told_refused(1), 0);
}

/* The order to go to a place is on her disk; that it is withdrawn no message can tell her. */
static void
test_a_place_withdrawn_by_voice(void **state)
{
	(void)state;
	told_over();
	told_place(RCC_PLACE_CHECKED, 0);
	told_place(RCC_PLACE_ASSIGNED, SHIP_A);
	told_store(1);
	revoke(1);
	told_place(RCC_PLACE_WITHDRAWN, SHIP_A);
	assert_int_equal(watch_events(&crowd_watch, RCC_EVENT_BROADCAST_ISSUED), 0);
	assert_true(rcc_told_is_owed(&crowd_watch.core, told_case(1), ship_a));
	/* An order that had not left when it was withdrawn never does. */
	told_over();
	told_place(RCC_PLACE_CHECKED, 0);
	told_place(RCC_PLACE_ASSIGNED, SHIP_A);
	told_place(RCC_PLACE_WITHDRAWN, SHIP_A);
	assert_int_equal(rcc_core_next_unstored(&crowd_watch.core, (struct rcc_peer_id){1}, 0), 4);
	assert_int_equal(told_refused(1), 0);
}

/* What was to be told before the case went on covers nothing that is ordered in it since. */
static void
test_an_old_line_covers_no_new_order(void **state)
{
	struct rcc_alert alert = watch_alert(RCC_SOURCE_OFFICER, 500000001);

	(void)state;
	watch_start(&crowd_watch);
	watch_fleet(&crowd_watch, SHIP_A, 2);
	alert.pos = RCC_POS_NONE;
	watch_say(&crowd_watch, 0, &alert);
	crowd_take_task(RCC_TASK_ASSIST, SHIP_A);
	assert_int_equal(watch_close(&crowd_watch, 1, "a hoax"), 1);
	assert_true(watch_sent(&crowd_watch, 1, 1) > 0);
	assert_true(crowd_is_open(RCC_DUTY_RULE_TELL_END, centre));
	(void)order_resume(&crowd_watch, crowd_case.v, "no hoax");
	assert_false(crowd_is_open(RCC_DUTY_RULE_TELL_END, centre));
	crowd_take_task(RCC_TASK_ASSIST, SHIP_B);
	told_store(2);
	assert_int_equal(told_refused(1), RCC_REFUSAL_UNTOLD);
	assert_true(rcc_told_is_owed(&crowd_watch.core, told_case(1), ship_b));
}

/* More alerts, and ships that come by voice, than one entry holds: what does not fit stays, and is joined by the next word. */
static void
test_a_long_join(void **state)
{
	(void)state;
	told_begin();
	for (uint32_t i = 0; i < 130; i++) {
		struct rcc_alert alert = watch_alert(RCC_SOURCE_OFFICER, 500000001);
		crowd_watch.now_ms += 1000;
		watch_text(alert.text, sizeof alert.text, "again");
		watch_say(&crowd_watch, 0, &alert);
		told_by_voice(STRANGER + 1 + i, RCC_ANSWER_PROCEEDING);
	}
	told_open_second();
	uint32_t joins = 0;
	for (; told_case(1)->status != RCC_INCIDENT_CLOSED && joins < 9; joins++) {
		crowd_watch.now_ms += 1000;
		struct rcc_join_order *join = &watch_command(&crowd_watch, RCC_COMMAND_JOIN, 0)->u.join;
		*join = (struct rcc_join_order){.from = crowd_case, .incident = {2}, .reason = "one vessel"};
		watch_step(&crowd_watch);
	}
	assert_int_equal(told_case(1)->outcome, RCC_OUTCOME_JOINED);
	assert_true(rcc_told_is_owed(&crowd_watch.core, told_case(2), (struct rcc_mmsi){STRANGER + 130}));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_nobody_closes_as_joined),
	    cmocka_unit_test(test_a_typed_answer_brings_no_cancel),
	    cmocka_unit_test(test_she_comes_in_spite_of_the_cancel),
	    cmocka_unit_test(test_the_same_moment),
	    cmocka_unit_test(test_the_cancel_of_the_round_before_comes_late),
	    cmocka_unit_test(test_a_join_carries_her_latest_word),
	    cmocka_unit_test(test_a_release_is_of_what_was_joined),
	    cmocka_unit_test(test_a_key_for_who_came_by_voice),
	    cmocka_unit_test(test_who_is_done_is_not_waited_for),
	    cmocka_unit_test(test_a_place_withdrawn_by_voice),
	    cmocka_unit_test(test_an_old_line_covers_no_new_order),
	    cmocka_unit_test(test_a_long_join),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
