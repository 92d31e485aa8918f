/*
 * What is asked of whom, and who has heard it: the ship in distress is not asked, one that was not reached is not late, one
 * that is relieved hears so, and nobody is let go by a slip.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/closing.h"
#include "core/duty.h"
#include "crowd.h"
#include "rcc/units.h"

static const struct rcc_mmsi centre, ship_a = {SHIP_A};

static const struct rcc_duty *
line_of(enum rcc_duty_rule rule, struct rcc_mmsi ship)
{
	const struct rcc_duty *row = rcc_duty_of(&crowd_watch.core, crowd_case, rule, ship, 0);

	assert_non_null(row);
	return row;
}

static void
begin_timed(void)
{
	struct rcc_rules rules = watch_rules();

	crowd_begin(20);
	rules.duty_ms[RCC_DUTY_RULE_ASSIST] = 10 * RCC_MS_PER_MIN;
	rules.duty_ms[RCC_DUTY_RULE_DO_TASK] = 10 * RCC_MS_PER_MIN;
	watch_rule(&crowd_watch, &rules);
	watch_cancel(&crowd_watch, 1, "to begin again, with clocks");
	crowd_watch.now_ms += 1000;
	assert_true(watch_relay(&crowd_watch, 1, RCC_RELAY_RELEASE, "now") > 0);
}

/* A case whose place nobody knows: no ship is told of it by itself. */
static void
begin_untold(uint32_t ships)
{
	struct rcc_alert alert = watch_alert(RCC_SOURCE_OFFICER, 500000001);

	watch_start(&crowd_watch);
	watch_fleet(&crowd_watch, SHIP_A, ships);
	alert.pos = RCC_POS_NONE;
	watch_say(&crowd_watch, 0, &alert);
}

/* The key of the first ship is revoked. */
static void
lose_key(void)
{
	assert_true(
	    watch_revoke(&crowd_watch, rcc_peer_find(&crowd_watch.core, (struct rcc_peer_id){1})->name, "lost") > 0);
}

/* Who was never reached is not late; her clock begins when the call is on her disk. */
static void
test_an_unreached_ship_is_not_late(void **state)
{
	(void)state;
	begin_timed();
	assert_true(watch_stored(&crowd_watch, 2, 3) > 0);
	(void)watch_wait(&crowd_watch, 30 * RCC_MS_PER_MIN, 999);
	assert_int_equal(line_of(RCC_DUTY_RULE_ASSIST, (struct rcc_mmsi){SHIP_B})->state, RCC_DUTY_OVERDUE);
	assert_int_equal(line_of(RCC_DUTY_RULE_ASSIST, ship_a)->state, RCC_DUTY_OPEN);
	assert_false(line_of(RCC_DUTY_RULE_ASSIST, ship_a)->is_late);
	assert_int_equal(line_of(RCC_DUTY_RULE_ASSIST, ship_a)->due_at_ms, 0);
	/* What is stored of the call before begins no clock of this one. */
	assert_true(watch_stored(&crowd_watch, 1, 3) > 0);
	assert_int_equal(line_of(RCC_DUTY_RULE_ASSIST, ship_a)->due_at_ms, crowd_watch.now_ms + 10 * RCC_MS_PER_MIN);
	(void)watch_wait(&crowd_watch, 11 * RCC_MS_PER_MIN, 999);
	assert_int_equal(line_of(RCC_DUTY_RULE_ASSIST, ship_a)->state, RCC_DUTY_OVERDUE);
	assert_true(line_of(RCC_DUTY_RULE_ASSIST, ship_a)->is_late);
}

/* A ship in distress does not come to her own help, neither by her own word nor by an officer's. */
static void
test_the_casualty_is_no_help(void **state)
{
	(void)state;
	struct rcc_alert alert = watch_alert(RCC_SOURCE_CREW, SHIP_A);

	watch_start(&crowd_watch);
	watch_fleet(&crowd_watch, SHIP_A, 1);
	watch_say(&crowd_watch, 1, &alert);
	/* The call went to her alone: nobody has been told. */
	assert_int_equal(watch_events(&crowd_watch, RCC_EVENT_DELIVERIES_QUEUED), 1);
	assert_true(crowd_is_open(RCC_DUTY_RULE_RELAY, centre));
	(void)watch_answer(&crowd_watch, 1, 1, 1, RCC_ANSWER_PROCEEDING);
	assert_true(watch_is_refused(&crowd_watch, RCC_REFUSAL_IN_DISTRESS, "answer.incident"));
	crowd_watch.now_ms += 1000;
	struct rcc_answer *said = &watch_command(&crowd_watch, RCC_COMMAND_ANSWER, 0)->u.answer;
	*said = (struct rcc_answer){.incident = crowd_case, .kind = RCC_ANSWER_ON_SCENE, .ship = ship_a};
	watch_step(&crowd_watch);
	assert_true(watch_is_refused(&crowd_watch, RCC_REFUSAL_IN_DISTRESS, "answer.incident"));
	assert_false(crowd_is_open(RCC_DUTY_RULE_COORDINATOR, centre));
	/* Another ship hears it: that is told. */
	crowd_watch.now_ms += 1000;
	uint32_t other = watch_enrol(&crowd_watch, RCC_ROLE_VESSEL, SHIP_B);
	assert_true(other != 0);
	/* What lies queued for her has told her nothing yet. */
	assert_true(crowd_is_open(RCC_DUTY_RULE_RELAY, centre));
	assert_true(watch_stored(&crowd_watch, other, 1) != 0);
	assert_false(crowd_is_open(RCC_DUTY_RULE_RELAY, centre));
}

/* Two coordinators would be none: who was named before hears who it is now, and owes no reports any more. */
static void
test_a_relieved_coordinator_hears_so(void **state)
{
	(void)state;
	crowd_begin(20);
	crowd_task(RCC_TASK_COORDINATE, SHIP_A)->contact_min = 30;
	watch_step(&crowd_watch);
	crowd_answer(1, RCC_ANSWER_PROCEEDING);
	assert_true(crowd_is_open(RCC_DUTY_RULE_CONTACT, ship_a));
	crowd_take_task(RCC_TASK_COORDINATE, SHIP_B);
	assert_false(crowd_is_open(RCC_DUTY_RULE_CONTACT, ship_a));
	assert_int_equal(watch_events(&crowd_watch, RCC_EVENT_BROADCAST_ISSUED), 2);
	uint32_t told = 0;
	for (uint32_t i = 0; i < crowd_watch.entry.event_count; i++) {
		const struct rcc_event *event = &crowd_watch.entry.event[i];
		if (event->kind == RCC_EVENT_BROADCAST_ISSUED &&
		    strstr(event->u.broadcast.text, "you are on-scene coordinator no more") != NULL)
			told = event->u.broadcast.broadcast.v;
	}
	assert_true(told != 0);
	const struct rcc_broadcast *message = rcc_broadcast_find(&crowd_watch.core, (struct rcc_broadcast_id){told});
	assert_non_null(rcc_delivery_of(&crowd_watch.core, message, (struct rcc_peer_id){1}));
	assert_null(rcc_delivery_of(&crowd_watch.core, message, (struct rcc_peer_id){2}));
	/* Named once more, nobody is relieved. */
	crowd_take_task(RCC_TASK_COORDINATE, SHIP_B);
	assert_int_equal(watch_events(&crowd_watch, RCC_EVENT_BROADCAST_ISSUED), 1);
}

/* SOLAS V/33.4: help is needed while persons are in danger. All are let go with a reason, or one by name. */
static void
test_nobody_lets_every_ship_go_by_a_slip(void **state)
{
	(void)state;
	crowd_begin(20);
	crowd_answer(1, RCC_ANSWER_PROCEEDING);
	crowd_task(RCC_TASK_RELEASE, 0)->text[0] = '\0';
	watch_step(&crowd_watch);
	assert_true(watch_is_refused(&crowd_watch, RCC_REFUSAL_ALL_SHIPS, "task.ship"));
	crowd_take_task(RCC_TASK_RELEASE, SHIP_A);
	crowd_take_task(RCC_TASK_RELEASE, 0);
	/* When all are aboard, it needs no words. */
	crowd_begin(4);
	crowd_survivors(1, 0, (struct rcc_persons){.men = 4});
	watch_step(&crowd_watch);
	crowd_task(RCC_TASK_RELEASE, 0)->text[0] = '\0';
	watch_step(&crowd_watch);
	assert_int_equal(watch_events(&crowd_watch, RCC_EVENT_TASKED), 1);
}

/* Whoever heard that it is over is called anew before she is asked for anything. */
static void
test_nothing_is_asked_of_what_is_over(void **state)
{
	static const enum rcc_task_kind kinds[] = {RCC_TASK_ASSIST, RCC_TASK_REQUISITION, RCC_TASK_COORDINATE};

	(void)state;
	crowd_begin(20);
	watch_cancel(&crowd_watch, 1, "found");
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		(void)crowd_task(kinds[i], SHIP_A);
		watch_step(&crowd_watch);
		assert_true(watch_is_refused(&crowd_watch, RCC_REFUSAL_IS_OVER, "task.ship"));
	}
	crowd_watch.now_ms += 1000;
	assert_true(watch_relay(&crowd_watch, 1, RCC_RELAY_RELEASE, "not found after all") > 0);
	crowd_take_task(RCC_TASK_ASSIST, SHIP_A);
}

/* Who is on her way and has lost her key since hears no end: somebody has to tell her by voice. */
static void
test_a_revoked_ship_is_told_by_voice(void **state)
{
	(void)state;
	crowd_begin(0);
	crowd_answer(1, RCC_ANSWER_PROCEEDING);
	crowd_watch.now_ms += 1000;
	lose_key();
	watch_cancel(&crowd_watch, 1, "no distress");
	assert_true(watch_stored(&crowd_watch, 2, 2) > 0);
	const struct rcc_incident *incident = rcc_incident_find(&crowd_watch.core, crowd_case);
	assert_int_equal(rcc_closing_by_voice(&crowd_watch.core, incident), 1);
	assert_int_equal(rcc_closing_refusal(&crowd_watch.core, incident, RCC_OUTCOME_NO_DISTRESS), RCC_REFUSAL_UNTOLD);
	crowd_take_task(RCC_TASK_RELEASE, SHIP_A);
	assert_int_equal(rcc_closing_by_voice(&crowd_watch.core, incident), 0);
	assert_int_equal(rcc_closing_refusal(&crowd_watch.core, incident, RCC_OUTCOME_NO_DISTRESS), 0);
}

static enum rcc_refusal
close_refused(enum rcc_outcome outcome)
{
	return rcc_closing_refusal(&crowd_watch.core, rcc_incident_find(&crowd_watch.core, crowd_case), outcome);
}

/* She stored the call, said nothing and lost her key: nothing that is sent tells her that it is over. */
static void
test_a_silent_ship_that_lost_her_key(void **state)
{
	(void)state;
	crowd_begin(0);
	assert_true(watch_stored(&crowd_watch, 1, 1) > 0);
	lose_key();
	watch_cancel(&crowd_watch, 1, "no distress");
	assert_true(watch_stored(&crowd_watch, 2, 2) > 0);
	assert_int_equal(close_refused(RCC_OUTCOME_FALSE_ALERT), RCC_REFUSAL_UNTOLD);
	/* Told on the telephone, and written down. */
	const struct rcc_duty *line = line_of(RCC_DUTY_RULE_TELL_END, centre);
	assert_true(rcc_duty_is_open(line));
	struct rcc_duty_order *order = &watch_command(&crowd_watch, RCC_COMMAND_DUTY, 0)->u.duty;
	*order =
	    (struct rcc_duty_order){.duty = line->id, .state = RCC_DUTY_DISCHARGED, .reason = "her owner told her"};
	watch_step(&crowd_watch);
	assert_int_equal(close_refused(RCC_OUTCOME_FALSE_ALERT), 0);
}

/* On her way, and her key goes when the cancel is out and not stored: by voice. */
static void
test_a_key_lost_after_the_cancel(void **state)
{
	(void)state;
	crowd_begin(0);
	assert_true(watch_stored(&crowd_watch, 1, 1) > 0);
	crowd_answer(1, RCC_ANSWER_PROCEEDING);
	crowd_watch.now_ms += 1000;
	watch_cancel(&crowd_watch, 1, "no distress");
	assert_true(watch_stored(&crowd_watch, 2, 2) > 0);
	lose_key();
	assert_int_equal(close_refused(RCC_OUTCOME_NO_DISTRESS), RCC_REFUSAL_UNTOLD);
	crowd_take_task(RCC_TASK_RELEASE, SHIP_A);
	assert_int_equal(close_refused(RCC_OUTCOME_NO_DISTRESS), 0);
}

/* She stored the call, and got a new key when the cancel was on its way to the old one: the new one alone does not tell her. */
static void
test_a_key_changed_after_the_cancel(void **state)
{
	(void)state;
	crowd_begin(0);
	assert_true(watch_stored(&crowd_watch, 1, 1) > 0);
	watch_cancel(&crowd_watch, 1, "no distress");
	assert_true(watch_stored(&crowd_watch, 2, 2) > 0);
	lose_key();
	assert_int_not_equal(watch_enrol(&crowd_watch, RCC_ROLE_VESSEL, SHIP_A), 0);
	assert_int_equal(close_refused(RCC_OUTCOME_FALSE_ALERT), RCC_REFUSAL_UNTOLD);
	const struct rcc_duty *line = line_of(RCC_DUTY_RULE_TELL_END, centre);
	assert_true(rcc_duty_is_open(line));
	struct rcc_duty_order *order = &watch_command(&crowd_watch, RCC_COMMAND_DUTY, 0)->u.duty;
	*order = (struct rcc_duty_order){.duty = line->id, .state = RCC_DUTY_DISCHARGED, .reason = "her mate said so"};
	watch_step(&crowd_watch);
	assert_int_equal(close_refused(RCC_OUTCOME_FALSE_ALERT), 0);
}

/* A case of which all ships were not told, and one was ordered by a message of her own: she is told that it is over. */
static void
test_who_was_ordered_alone_is_told(void **state)
{
	(void)state;
	begin_untold(2);
	assert_int_equal(watch_events(&crowd_watch, RCC_EVENT_BROADCAST_ISSUED), 0);
	crowd_take_task(RCC_TASK_ASSIST, SHIP_A);
	/* Nothing has gone to her yet: it is taken back unsent. */
	assert_int_equal(close_refused(RCC_OUTCOME_FALSE_ALERT), 0);
	assert_true(watch_sent(&crowd_watch, 1, 1) > 0);
	struct rcc_close *close = &watch_command(&crowd_watch, RCC_COMMAND_CLOSE, 0)->u.close;
	*close = (struct rcc_close){.incident = crowd_case, .outcome = RCC_OUTCOME_FALSE_ALERT, .reason = "a hoax"};
	watch_step(&crowd_watch);
	assert_true(watch_is_refused(&crowd_watch, RCC_REFUSAL_CANCEL_FIRST, "close.incident"));
	watch_cancel(&crowd_watch, 1, "a hoax");
	/* And to her alone: the other one has never heard of it. */
	const struct rcc_event *queued = watch_event(&crowd_watch, RCC_EVENT_DELIVERIES_QUEUED);
	assert_non_null(queued);
	assert_int_equal(queued->u.queued.count, 1);
	assert_int_equal(queued->u.queued.row[0].peer.v, 1);
	assert_int_equal(close_refused(RCC_OUTCOME_FALSE_ALERT), RCC_REFUSAL_UNTOLD);
	assert_true(watch_stored(&crowd_watch, 1, 2) > 0);
	assert_int_equal(close_refused(RCC_OUTCOME_FALSE_ALERT), 0);
}

/* An order that has not gone out when the case is closed never goes out. */
static void
test_no_order_of_a_case_that_is_closed(void **state)
{
	(void)state;
	begin_untold(1);
	crowd_take_task(RCC_TASK_ASSIST, SHIP_A);
	assert_int_equal(rcc_core_next_unstored(&crowd_watch.core, (struct rcc_peer_id){1}, 0), 1);
	assert_int_equal(watch_close(&crowd_watch, 1, "a hoax"), 1);
	assert_int_equal(rcc_core_next_unstored(&crowd_watch.core, (struct rcc_peer_id){1}, 0), 0);
}

/* What was ordered in a case that turns out to be another one is told with the join. */
static void
test_who_was_ordered_in_a_joined_case_is_told(void **state)
{
	(void)state;
	struct rcc_alert alert = watch_alert(RCC_SOURCE_OFFICER, 500000001);

	watch_start(&crowd_watch);
	watch_fleet(&crowd_watch, SHIP_A, 1);
	alert.pos = RCC_POS_NONE;
	watch_say(&crowd_watch, 0, &alert);
	alert.casualty.v = 500000002;
	watch_say(&crowd_watch, 0, &alert);
	assert_int_equal(crowd_watch.core.incident_last, 2);
	/* Of both, so that the join calls her off nothing. */
	for (uint32_t incident = 2; incident > 0; incident--) {
		struct rcc_task *task = &watch_command(&crowd_watch, RCC_COMMAND_TASK, 0)->u.task;
		*task = (struct rcc_task){
		    .incident = {incident}, .kind = RCC_TASK_ASSIST, .ship = {SHIP_A}, .text = "look for her"};
		watch_step(&crowd_watch);
	}
	assert_true(watch_stored(&crowd_watch, 1, 2) > 0);
	struct rcc_join_order *join = &watch_command(&crowd_watch, RCC_COMMAND_JOIN, 0)->u.join;
	*join = (struct rcc_join_order){.from = {2}, .incident = {1}, .reason = "one vessel"};
	watch_step(&crowd_watch);
	const struct rcc_event *told = watch_event(&crowd_watch, RCC_EVENT_BROADCAST_ISSUED);
	assert_non_null(told);
	assert_int_equal(told->u.broadcast.kind, RCC_BROADCAST_CANCEL);
	assert_int_equal(told->u.broadcast.incident.v, 2);
	assert_int_equal(watch_event(&crowd_watch, RCC_EVENT_DELIVERIES_QUEUED)->u.queued.row[0].peer.v, 1);
}

/* A new key does not make her another ship: she heard of it, and has to hear its end. */
static void
test_a_ship_with_a_new_key_is_told(void **state)
{
	(void)state;
	crowd_begin(0);
	assert_true(watch_stored(&crowd_watch, 1, 1) > 0);
	lose_key();
	uint32_t again = watch_enrol(&crowd_watch, RCC_ROLE_VESSEL, SHIP_A);
	assert_int_not_equal(again, 0);
	watch_cancel(&crowd_watch, 1, "no distress");
	assert_true(watch_stored(&crowd_watch, 2, 2) > 0);
	assert_int_equal(close_refused(RCC_OUTCOME_FALSE_ALERT), RCC_REFUSAL_UNTOLD);
	assert_true(watch_stored(&crowd_watch, again,
	                         rcc_peer_find(&crowd_watch.core, (struct rcc_peer_id){again})->delivery_last) > 0);
	assert_int_equal(close_refused(RCC_OUTCOME_FALSE_ALERT), 0);
}

/* Released by a message of her own that she has stored, she needs no other one. */
static void
test_who_was_released_alone_is_told(void **state)
{
	(void)state;
	begin_untold(1);
	crowd_take_task(RCC_TASK_ASSIST, SHIP_A);
	assert_true(watch_stored(&crowd_watch, 1, 1) > 0);
	crowd_take_task(RCC_TASK_RELEASE, SHIP_A);
	const struct rcc_incident *incident = rcc_incident_find(&crowd_watch.core, crowd_case);
	assert_true(rcc_closing_is_ordered(&crowd_watch.core, incident));
	assert_true(watch_stored(&crowd_watch, 1, 2) > 0);
	assert_false(rcc_closing_is_ordered(&crowd_watch.core, incident));
	assert_int_equal(watch_close(&crowd_watch, 1, "a hoax"), 1);
}

/* One kind of service takes nobody in twice. */
static void
test_nobody_is_referred_twice(void **state)
{
	(void)state;
	crowd_begin(20);
	crowd_move(RCC_WHERE_AT_RISK, 0, RCC_WHERE_LANDED, 0)->count.adults = 20;
	watch_step(&crowd_watch);
	for (uint32_t i = 0; i < 3; i++) {
		static const uint32_t persons[] = {19, 2, 1};
		struct rcc_referral *referral = &watch_command(&crowd_watch, RCC_COMMAND_REFERRAL, 0)->u.referral;
		*referral = (struct rcc_referral){
		    .incident = crowd_case, .service = RCC_SERVICE_SHELTER, .persons = persons[i], .is_accepted = 1};
		watch_text(referral->to, sizeof referral->to, "prefecture");
		watch_step(&crowd_watch);
		if (i == 1)
			assert_true(watch_is_refused(&crowd_watch, RCC_REFUSAL_TOO_MANY, "referral.persons"));
		else
			assert_int_equal(watch_events(&crowd_watch, RCC_EVENT_REFERRED), 1);
	}
	assert_false(crowd_is_open(RCC_DUTY_RULE_REFER, centre));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_an_unreached_ship_is_not_late),
	    cmocka_unit_test(test_the_casualty_is_no_help),
	    cmocka_unit_test(test_a_relieved_coordinator_hears_so),
	    cmocka_unit_test(test_nobody_lets_every_ship_go_by_a_slip),
	    cmocka_unit_test(test_nothing_is_asked_of_what_is_over),
	    cmocka_unit_test(test_a_revoked_ship_is_told_by_voice),
	    cmocka_unit_test(test_a_key_lost_after_the_cancel),
	    cmocka_unit_test(test_a_key_changed_after_the_cancel),
	    cmocka_unit_test(test_a_silent_ship_that_lost_her_key),
	    cmocka_unit_test(test_who_was_ordered_alone_is_told),
	    cmocka_unit_test(test_who_was_released_alone_is_told),
	    cmocka_unit_test(test_no_order_of_a_case_that_is_closed),
	    cmocka_unit_test(test_who_was_ordered_in_a_joined_case_is_told),
	    cmocka_unit_test(test_a_ship_with_a_new_key_is_told),
	    cmocka_unit_test(test_nobody_is_referred_twice),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
