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

#include "core/closing.h"
#include "core/duty.h"
#include "core/handover.h"
#include "core/place.h"
#include "core/told.h"
#include "crowd.h"
#include "rcc/units.h"

static const struct rcc_mmsi centre, ship_a = {SHIP_A};

static const struct rcc_incident *
incident(uint32_t id)
{
	return rcc_incident_find(&crowd_watch.core, (struct rcc_incident_id){id});
}

/* Both ships have stored the call. */
static void
begin_told(void)
{
	crowd_begin(0);
	assert_true(watch_stored(&crowd_watch, 1, 1) > 0);
	assert_true(watch_stored(&crowd_watch, 2, 1) > 0);
}

static void
cancel(uint32_t id)
{
	crowd_watch.now_ms += 1000;
	watch_cancel(&crowd_watch, id, "no distress");
	assert_int_equal(watch_event(&crowd_watch, RCC_EVENT_BROADCAST_ISSUED)->u.broadcast.kind, RCC_BROADCAST_CANCEL);
}

/* Told, cancelled, and both have the cancel. */
static void
begin_over(void)
{
	begin_told();
	cancel(1);
	watch_stored(&crowd_watch, 1, 2);
	watch_stored(&crowd_watch, 2, 2);
}

/* She has stored all that was made for her. */
static void
store_all(uint32_t peer)
{
	assert_true(watch_stored(&crowd_watch, peer, crowd_watch.core.peer[peer - 1].delivery_last) > 0);
}

static uint32_t
change_key(void)
{
	watch_revoke(&crowd_watch, rcc_peer_find(&crowd_watch.core, (struct rcc_peer_id){1})->name, "lost");
	return watch_enrol(&crowd_watch, RCC_ROLE_VESSEL, SHIP_A);
}

static void
answer_by_voice(uint32_t ship, enum rcc_answer_kind kind)
{
	crowd_watch.now_ms += 1000;
	struct rcc_answer *answer = &watch_command(&crowd_watch, RCC_COMMAND_ANSWER, 0)->u.answer;
	*answer = (struct rcc_answer){.incident = crowd_case, .kind = kind, .ship = {ship}, .eta_min = 60};
	watch_step(&crowd_watch);
	assert_int_equal(watch_events(&crowd_watch, RCC_EVENT_ANSWERED), 1);
}

static void
notice(int64_t for_ms)
{
	crowd_watch.now_ms += 1000;
	struct rcc_relay *relay = &watch_command(&crowd_watch, RCC_COMMAND_RELAY, 0)->u.relay;
	*relay = (struct rcc_relay){.incident = crowd_case,
	                            .action = RCC_RELAY_NOTICE,
	                            .reason = "keep a look-out",
	                            .expires_at_ms = crowd_watch.now_ms + for_ms};
	watch_step(&crowd_watch);
	assert_int_equal(watch_events(&crowd_watch, RCC_EVENT_BROADCAST_ISSUED), 1);
}

static void
place(enum rcc_place_step step, uint32_t ship)
{
	crowd_watch.now_ms += 1000;
	struct rcc_place *said = &watch_command(&crowd_watch, RCC_COMMAND_PLACE, 0)->u.place;
	*said = (struct rcc_place){.incident = crowd_case,
	                           .step = step,
	                           .pos = RCC_POS_NONE,
	                           .ship = {ship},
	                           .checks = step == RCC_PLACE_CHECKED ? RCC_CHECKS_ALL : 0};
	watch_text(said->name, sizeof said->name, "PORT OF LOS");
	watch_text(said->text, sizeof said->text, step == RCC_PLACE_CHECKED ? "" : "as told");
	watch_step(&crowd_watch);
	assert_true(watch_events(&crowd_watch, RCC_EVENT_PLACE_STEPPED) > 0);
}

/* An alert of another vessel, which nobody is told of: its place is not known. */
static void
open_second(void)
{
	struct rcc_alert alert = watch_alert(RCC_SOURCE_OFFICER, 500000002);

	crowd_watch.now_ms += 1000;
	alert.pos = RCC_POS_NONE;
	watch_say(&crowd_watch, 0, &alert);
	assert_int_equal(crowd_watch.core.incident_last, 2);
}

static void
join_to_second(void)
{
	crowd_watch.now_ms += 1000;
	struct rcc_join_order *join = &watch_command(&crowd_watch, RCC_COMMAND_JOIN, 0)->u.join;
	*join = (struct rcc_join_order){.from = crowd_case, .incident = {2}, .reason = "one vessel"};
	watch_step(&crowd_watch);
	assert_int_equal(incident(1)->outcome, RCC_OUTCOME_JOINED);
}

static enum rcc_refusal
close_refused(uint32_t id)
{
	return rcc_closing_refusal(&crowd_watch.core, incident(id), RCC_OUTCOME_NO_DISTRESS);
}

/* Nothing but this ship stands in the way, and an officer's word that she was told ends that. */
static void
assert_one_word_is_missing(uint32_t id, struct rcc_mmsi ship)
{
	assert_true(rcc_told_is_owed(&crowd_watch.core, incident(1), ship));
	assert_int_equal(close_refused(id), RCC_REFUSAL_UNTOLD);
	const struct rcc_duty *line = rcc_duty_of(&crowd_watch.core, crowd_case, RCC_DUTY_RULE_TELL_END, centre, 0);
	assert_non_null(line);
	assert_true(rcc_duty_is_open(line));
	crowd_watch.now_ms += 1000;
	struct rcc_duty_order *order = &watch_command(&crowd_watch, RCC_COMMAND_DUTY, 0)->u.duty;
	*order =
	    (struct rcc_duty_order){.duty = line->id, .state = RCC_DUTY_DISCHARGED, .reason = "her owner told her"};
	watch_step(&crowd_watch);
	assert_int_equal(close_refused(id), 0);
}

static void
test_a_release_that_never_left(void **state)
{
	(void)state;
	begin_told();
	crowd_answer(1, RCC_ANSWER_PROCEEDING);
	crowd_take_task(RCC_TASK_RELEASE, SHIP_A);
	cancel(1);
	store_all(2);
	assert_one_word_is_missing(1, ship_a);
	/* Stored, the cancel ends it without a word. */
	begin_told();
	crowd_answer(1, RCC_ANSWER_PROCEEDING);
	crowd_take_task(RCC_TASK_RELEASE, SHIP_A);
	cancel(1);
	store_all(1);
	store_all(2);
	assert_int_equal(close_refused(1), 0);
}

/* Released by voice, and then her new key stores the call that still stands: she was called again. */
static void
test_a_release_before_a_call(void **state)
{
	(void)state;
	begin_told();
	crowd_answer(1, RCC_ANSWER_PROCEEDING);
	watch_revoke(&crowd_watch, rcc_peer_find(&crowd_watch.core, (struct rcc_peer_id){1})->name, "lost");
	crowd_take_task(RCC_TASK_RELEASE, SHIP_A);
	uint32_t again = watch_enrol(&crowd_watch, RCC_ROLE_VESSEL, SHIP_A);
	store_all(again);
	cancel(1);
	store_all(2);
	assert_one_word_is_missing(1, ship_a);
}

static void
test_the_cancel_of_an_earlier_call(void **state)
{
	(void)state;
	begin_over();
	uint32_t again = change_key();
	crowd_watch.now_ms += 1000;
	watch_relay(&crowd_watch, 1, RCC_RELAY_RELEASE, "a distress after all");
	store_all(again);
	store_all(2);
	cancel(1);
	store_all(2);
	assert_one_word_is_missing(1, ship_a);
}

static void
test_a_notice_after_a_cancel(void **state)
{
	(void)state;
	begin_over();
	crowd_watch.now_ms += 1000;
	struct rcc_set_phase *phase = &watch_command(&crowd_watch, RCC_COMMAND_PHASE, 0)->u.phase;
	*phase = (struct rcc_set_phase){.incident = crowd_case, .phase = RCC_PHASE_ALERT, .reason = "less"};
	watch_step(&crowd_watch);
	notice(3 * RCC_MS_PER_DAY);
	store_all(1);
	store_all(2);
	cancel(1);
	store_all(2);
	assert_one_word_is_missing(1, ship_a);
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
	notice(3 * RCC_MS_PER_DAY);
	store_all(1);
	store_all(2);
	notice(RCC_MS_PER_HOUR);
	store_all(2);
	(void)watch_wait(&crowd_watch, 2 * RCC_MS_PER_HOUR, 999);
	assert_true(incident(1)->is_notice_over);
	assert_int_equal(watch_close(&crowd_watch, 1, "found"), 1);
	assert_true(watch_is_refused(&crowd_watch, RCC_REFUSAL_CANCEL_FIRST, "close.incident"));
	cancel(1);
	assert_one_word_is_missing(1, ship_a);
}

/* When everybody had the end, the machine settled that; who comes afterwards is told anew, on a line of its own. */
static void
test_who_comes_after_the_end(void **state)
{
	(void)state;
	begin_over();
	assert_false(crowd_is_open(RCC_DUTY_RULE_TELL_END, centre));
	uint32_t other = watch_enrol(&crowd_watch, RCC_ROLE_VESSEL, SHIP_A + 7);
	crowd_watch.now_ms += 1000;
	watch_answer(&crowd_watch, other, 1, 0, RCC_ANSWER_ON_SCENE);
	assert_int_equal(close_refused(1), RCC_REFUSAL_UNTOLD);
	/* A release on her disk ends it. */
	crowd_take_task(RCC_TASK_RELEASE, SHIP_A + 7);
	assert_int_equal(close_refused(1), RCC_REFUSAL_UNTOLD);
	store_all(other);
	assert_int_equal(close_refused(1), 0);
	assert_false(crowd_is_open(RCC_DUTY_RULE_TELL_END, centre));
	/* And so does a word. */
	crowd_answer(other, RCC_ANSWER_NEED_DETAIL);
	assert_one_word_is_missing(1, (struct rcc_mmsi){SHIP_A + 7});
}

/* Who asks about what she is bound for is still bound for it. */
static void
test_by_voice_she_asks(void **state)
{
	(void)state;
	begin_told();
	answer_by_voice(STRANGER, RCC_ANSWER_PROCEEDING);
	answer_by_voice(STRANGER, RCC_ANSWER_NEED_DETAIL);
	cancel(1);
	store_all(1);
	store_all(2);
	assert_int_equal(close_refused(1), RCC_REFUSAL_UNTOLD);
	assert_int_equal(rcc_closing_by_voice(&crowd_watch.core, incident(1)), 1);
	crowd_take_task(RCC_TASK_RELEASE, STRANGER);
	assert_int_equal(close_refused(1), 0);
}

static void
test_a_join_hides_nobody(void **state)
{
	(void)state;
	begin_told();
	cancel(1);
	store_all(2);
	open_second();
	join_to_second();
	assert_one_word_is_missing(2, ship_a);
	/* With a call that still stood, and a key that was lost. */
	begin_told();
	watch_revoke(&crowd_watch, rcc_peer_find(&crowd_watch.core, (struct rcc_peer_id){1})->name, "lost");
	open_second();
	join_to_second();
	store_all(2);
	cancel(2);
	store_all(2);
	assert_one_word_is_missing(2, ship_a);
}

/* Who comes by voice comes to the case that goes on. */
static void
test_a_join_carries_who_comes_by_voice(void **state)
{
	(void)state;
	begin_told();
	answer_by_voice(STRANGER, RCC_ANSWER_PROCEEDING);
	cancel(1);
	store_all(1);
	store_all(2);
	open_second();
	join_to_second();
	assert_non_null(rcc_answer_of(&crowd_watch.core, incident(2), (struct rcc_mmsi){STRANGER}));
	assert_int_equal(close_refused(2), RCC_REFUSAL_UNTOLD);
	crowd_task(RCC_TASK_RELEASE, STRANGER)->incident.v = 2;
	watch_step(&crowd_watch);
	assert_int_equal(watch_events(&crowd_watch, RCC_EVENT_TASKED), 1);
	assert_int_equal(close_refused(2), 0);
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
		assert_true(incident(1)->is_restricted);
		answer_by_voice(ships[i], RCC_ANSWER_PROCEEDING);
		assert_int_equal(close_refused(1), RCC_REFUSAL_UNTOLD);
		crowd_take_task(RCC_TASK_RELEASE, ships[i]);
		assert_int_equal(watch_events(&crowd_watch, RCC_EVENT_BROADCAST_ISSUED), 0);
		assert_int_equal(close_refused(1), 0);
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
	assert_true(rcc_closing_is_heard(&crowd_watch.core, incident(1)));
	cancel(1);
	assert_one_word_is_missing(1, ship_a);
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
	cancel(1);
	assert_one_word_is_missing(1, ship_a);
}

/* She goes on to a place that is withdrawn, until she has the withdrawal. */
static void
test_the_withdrawal_of_a_place_comes(void **state)
{
	(void)state;
	begin_over();
	place(RCC_PLACE_CHECKED, 0);
	place(RCC_PLACE_ASSIGNED, SHIP_A);
	store_all(1);
	place(RCC_PLACE_WITHDRAWN, SHIP_A);
	assert_one_word_is_missing(1, ship_a);
	/* A cancel takes the order to go nowhere back that is still on its way, but not this. */
	begin_told();
	place(RCC_PLACE_CHECKED, 0);
	place(RCC_PLACE_ASSIGNED, SHIP_A);
	store_all(1);
	place(RCC_PLACE_WITHDRAWN, SHIP_A);
	cancel(1);
	assert_int_equal(rcc_core_next_unstored(&crowd_watch.core, (struct rcc_peer_id){1}, 0), 3);
	store_all(1);
	store_all(2);
	assert_int_equal(close_refused(1), 0);
	/* Who has reached a place goes nowhere else. */
	begin_over();
	place(RCC_PLACE_CHECKED, 0);
	place(RCC_PLACE_ASSIGNED, SHIP_A);
	store_all(1);
	place(RCC_PLACE_REACHED, SHIP_A);
	assert_int_equal(close_refused(1), 0);
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
