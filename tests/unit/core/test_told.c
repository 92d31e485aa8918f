/*
 * A live case is over for a ship when she knows it: what ends what she was told, and what does not. Each story here once closed a case
 * over a ship that was still looking, or left a case that nobody could close.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "told_side.h"

static const struct rcc_mmsi centre, ship_a = {SHIP_A};

static void
test_a_release_that_never_left(void **state)
{
	(void)state;
	told_begin();
	crowd_answer(1, RCC_ANSWER_PROCEEDING);
	crowd_take_task(RCC_TASK_RELEASE, SHIP_A);
	told_cancel(1);
	told_store(2);
	told_assert_one_word(1, ship_a);
	/* Stored, the cancel ends it without a word. */
	told_begin();
	crowd_answer(1, RCC_ANSWER_PROCEEDING);
	crowd_take_task(RCC_TASK_RELEASE, SHIP_A);
	told_cancel(1);
	told_store(1);
	told_store(2);
	assert_int_equal(told_refused(1), 0);
}

/* Released by voice, and then her new key stores the call that still stands: she was called again. */
static void
test_a_release_before_a_call(void **state)
{
	(void)state;
	told_begin();
	crowd_answer(1, RCC_ANSWER_PROCEEDING);
	watch_revoke(&crowd_watch, rcc_peer_find(&crowd_watch.core, (struct rcc_peer_id){1})->name, "lost");
	crowd_take_task(RCC_TASK_RELEASE, SHIP_A);
	uint32_t again = watch_enrol(&crowd_watch, RCC_ROLE_VESSEL, SHIP_A);
	told_store(again);
	told_cancel(1);
	told_store(2);
	told_assert_one_word(1, ship_a);
}

static void
test_the_cancel_of_an_earlier_call(void **state)
{
	(void)state;
	told_over();
	uint32_t again = told_change_key();
	crowd_watch.now_ms += 1000;
	watch_relay(&crowd_watch, 1, RCC_RELAY_RELEASE, "a distress after all");
	told_store(again);
	told_store(2);
	told_cancel(1);
	told_store(2);
	told_assert_one_word(1, ship_a);
}

static void
test_a_notice_after_a_cancel(void **state)
{
	(void)state;
	told_over();
	crowd_watch.now_ms += 1000;
	struct rcc_set_phase *phase = &watch_command(&crowd_watch, RCC_COMMAND_PHASE, 0)->u.phase;
	*phase = (struct rcc_set_phase){.incident = crowd_case, .phase = RCC_PHASE_ALERT, .reason = "less"};
	watch_step(&crowd_watch);
	told_notice(3 * RCC_MS_PER_DAY);
	told_store(1);
	told_store(2);
	told_cancel(1);
	told_store(2);
	told_assert_one_word(1, ship_a);
}

/* The one that she has goes on for days; a shorter one, which never came to her, has run out. */
static void
test_a_shorter_notice_that_never_came(void **state)
{
	(void)state;
	struct rcc_alert alert = watch_alert(RCC_SOURCE_OFFICER, 500000001);

	watch_start(&crowd_watch);
	watch_fleet(&crowd_watch, SHIP_A, 2);
	alert.category = RCC_CATEGORY_URGENCY;
	watch_say(&crowd_watch, 0, &alert);
	told_notice(3 * RCC_MS_PER_DAY);
	told_store(1);
	told_store(2);
	told_notice(RCC_MS_PER_HOUR);
	told_store(2);
	(void)watch_wait(&crowd_watch, 2 * RCC_MS_PER_HOUR, 999);
	assert_true(told_case(1)->is_notice_over);
	assert_int_equal(watch_close(&crowd_watch, 1, "found"), 1);
	assert_true(watch_is_refused(&crowd_watch, RCC_REFUSAL_CANCEL_FIRST, "close.incident"));
	told_cancel(1);
	told_assert_one_word(1, ship_a);
}

/* When everybody had the end, the machine settled that; who comes afterwards is told anew, on a line of its own. */
static void
test_who_comes_after_the_end(void **state)
{
	(void)state;
	told_over();
	assert_false(crowd_is_open(RCC_DUTY_RULE_TELL_END, centre));
	uint32_t other = watch_enrol(&crowd_watch, RCC_ROLE_VESSEL, SHIP_A + 7);
	crowd_watch.now_ms += 1000;
	watch_answer(&crowd_watch, other, 1, 0, RCC_ANSWER_ON_SCENE);
	assert_int_equal(told_refused(1), RCC_REFUSAL_UNTOLD);
	/* A release on her disk ends it. */
	crowd_take_task(RCC_TASK_RELEASE, SHIP_A + 7);
	assert_int_equal(told_refused(1), RCC_REFUSAL_UNTOLD);
	told_store(other);
	assert_int_equal(told_refused(1), 0);
	assert_false(crowd_is_open(RCC_DUTY_RULE_TELL_END, centre));
	/* And so does a word. */
	crowd_answer(other, RCC_ANSWER_NEED_DETAIL);
	told_assert_one_word(1, (struct rcc_mmsi){SHIP_A + 7});
}

/* Who asks about what she is bound for is still bound for it. */
static void
test_by_voice_she_asks(void **state)
{
	(void)state;
	told_begin();
	told_by_voice(STRANGER, RCC_ANSWER_PROCEEDING);
	told_by_voice(STRANGER, RCC_ANSWER_NEED_DETAIL);
	told_cancel(1);
	told_store(1);
	told_store(2);
	assert_int_equal(told_refused(1), RCC_REFUSAL_UNTOLD);
	assert_int_equal(rcc_closing_by_voice(&crowd_watch.core, told_case(1)), 1);
	crowd_take_task(RCC_TASK_RELEASE, STRANGER);
	assert_int_equal(told_refused(1), 0);
}

static void
test_a_join_hides_nobody(void **state)
{
	(void)state;
	told_begin();
	told_cancel(1);
	told_store(2);
	told_open_second();
	told_join();
	told_assert_one_word(2, ship_a);
	/* With a call that still stood, and a key that was lost. */
	told_begin();
	watch_revoke(&crowd_watch, rcc_peer_find(&crowd_watch.core, (struct rcc_peer_id){1})->name, "lost");
	told_open_second();
	told_join();
	told_store(2);
	told_cancel(2);
	told_store(2);
	told_assert_one_word(2, ship_a);
}

/* Who comes by voice comes to the case that goes on. */
static void
test_a_join_carries_who_comes_by_voice(void **state)
{
	(void)state;
	told_begin();
	told_by_voice(STRANGER, RCC_ANSWER_PROCEEDING);
	told_cancel(1);
	told_store(1);
	told_store(2);
	told_open_second();
	told_join();
	assert_non_null(rcc_answer_of(&crowd_watch.core, told_case(2), (struct rcc_mmsi){STRANGER}));
	assert_int_equal(told_refused(2), RCC_REFUSAL_UNTOLD);
	crowd_task(RCC_TASK_RELEASE, STRANGER)->incident.v = 2;
	watch_step(&crowd_watch);
	assert_int_equal(watch_events(&crowd_watch, RCC_EVENT_TASKED), 1);
	assert_int_equal(told_refused(2), 0);
}

/* No message goes out of a restricted case: whoever said that she comes is told by voice, with a key or without. */
static void
test_behind_the_wall(void **state)
{
	static const uint32_t ships[] = {SHIP_A, STRANGER};
	struct rcc_alert alert = watch_alert(RCC_SOURCE_DSC, 500000009);

	(void)state;
	alert.marks = RCC_ALERT_RESTRICTED;
	for (size_t i = 0; i < 2; i++) {
		watch_start(&crowd_watch);
		watch_fleet(&crowd_watch, SHIP_A, 2);
		watch_say(&crowd_watch, watch_enrol(&crowd_watch, RCC_ROLE_FEED, 0), &alert);
		assert_true(told_case(1)->is_restricted);
		told_by_voice(ships[i], RCC_ANSWER_PROCEEDING);
		assert_int_equal(told_refused(1), RCC_REFUSAL_UNTOLD);
		crowd_take_task(RCC_TASK_RELEASE, ships[i]);
		assert_int_equal(watch_events(&crowd_watch, RCC_EVENT_BROADCAST_ISSUED), 0);
		assert_int_equal(told_refused(1), 0);
		/* Nothing else is asked of her there. */
		crowd_task(RCC_TASK_ASSIST, ships[i]);
		watch_step(&crowd_watch);
		assert_true(watch_is_refused(&crowd_watch, RCC_REFUSAL_RESTRICTED, "task.incident"));
	}
}

/* Her program says that somebody has read it, and no more: she has it. */
static void
test_who_read_it_has_it(void **state)
{
	(void)state;
	crowd_begin(0);
	watch_read(&crowd_watch, 1, 1, "2nd officer");
	assert_true(rcc_closing_is_heard(&crowd_watch.core, told_case(1)));
	told_cancel(1);
	told_assert_one_word(1, ship_a);
}

/* That an order went out is known only when the case is closed: she is told, or an officer says how. */
static void
test_an_order_that_was_on_its_way(void **state)
{
	(void)state;
	struct rcc_alert alert = watch_alert(RCC_SOURCE_OFFICER, 500000001);

	watch_start(&crowd_watch);
	watch_fleet(&crowd_watch, SHIP_A, 1);
	alert.pos = RCC_POS_NONE;
	watch_say(&crowd_watch, 0, &alert);
	crowd_take_task(RCC_TASK_ASSIST, SHIP_A);
	assert_int_equal(watch_close(&crowd_watch, 1, "a hoax"), 1);
	assert_null(rcc_duty_of(&crowd_watch.core, crowd_case, RCC_DUTY_RULE_TELL_END, centre, 0));
	assert_true(watch_sent(&crowd_watch, 1, 1) > 0);
	assert_true(crowd_is_open(RCC_DUTY_RULE_TELL_END, centre));
}

/* The centre ended without a word: what lay queued may have gone out in its last moment. */
static void
test_what_lay_queued_at_a_restart(void **state)
{
	(void)state;
	crowd_begin(0);
	struct rcc_rules rules = watch_rules();
	watch_rule(&crowd_watch, &rules);
	told_cancel(1);
	told_assert_one_word(1, ship_a);
}

/* She goes on to a place that is withdrawn, until she has the withdrawal. */
static void
test_the_withdrawal_of_a_place_comes(void **state)
{
	(void)state;
	told_over();
	told_place(RCC_PLACE_CHECKED, 0);
	told_place(RCC_PLACE_ASSIGNED, SHIP_A);
	told_store(1);
	told_place(RCC_PLACE_WITHDRAWN, SHIP_A);
	told_assert_one_word(1, ship_a);
	/* A cancel takes the order to go nowhere back that is still on its way, but not this. */
	told_begin();
	told_place(RCC_PLACE_CHECKED, 0);
	told_place(RCC_PLACE_ASSIGNED, SHIP_A);
	told_store(1);
	told_place(RCC_PLACE_WITHDRAWN, SHIP_A);
	told_cancel(1);
	assert_int_equal(rcc_core_next_unstored(&crowd_watch.core, (struct rcc_peer_id){1}, 0), 3);
	told_store(1);
	told_store(2);
	assert_int_equal(told_refused(1), 0);
	/* Who has reached a place goes nowhere else. */
	told_over();
	told_place(RCC_PLACE_CHECKED, 0);
	told_place(RCC_PLACE_ASSIGNED, SHIP_A);
	told_store(1);
	told_place(RCC_PLACE_REACHED, SHIP_A);
	assert_int_equal(told_refused(1), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_a_release_that_never_left),
	    cmocka_unit_test(test_a_release_before_a_call),
	    cmocka_unit_test(test_the_cancel_of_an_earlier_call),
	    cmocka_unit_test(test_a_notice_after_a_cancel),
	    cmocka_unit_test(test_a_shorter_notice_that_never_came),
	    cmocka_unit_test(test_who_comes_after_the_end),
	    cmocka_unit_test(test_by_voice_she_asks),
	    cmocka_unit_test(test_a_join_hides_nobody),
	    cmocka_unit_test(test_a_join_carries_who_comes_by_voice),
	    cmocka_unit_test(test_behind_the_wall),
	    cmocka_unit_test(test_who_read_it_has_it),
	    cmocka_unit_test(test_an_order_that_was_on_its_way),
	    cmocka_unit_test(test_what_lay_queued_at_a_restart),
	    cmocka_unit_test(test_the_withdrawal_of_a_place_comes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
