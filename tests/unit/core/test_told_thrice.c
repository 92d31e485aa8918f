/*
 * Who is left out of sight when the end is told: by a join, a full table, a word about others, an order or a place that was given by voice,
 * an old message that comes late. And that what was left out can be settled.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "told_side.h"

static const struct rcc_mmsi centre, ship_a = {SHIP_A}, ship_b = {SHIP_B}, stranger = {STRANGER};

static bool
is_owed(uint32_t id, struct rcc_mmsi ship)
{
	return rcc_told_is_owed(&crowd_watch.core, told_case(id), ship);
}

static void
revoke(uint32_t peer)
{
	crowd_watch.now_ms += 1000;
	watch_revoke(&crowd_watch, rcc_peer_find(&crowd_watch.core, (struct rcc_peer_id){peer})->name, "lost");
}

static void
open_another(uint32_t casualty)
{
	struct rcc_alert alert = watch_alert(RCC_SOURCE_OFFICER, casualty);

	crowd_watch.now_ms += 1000;
	alert.pos = RCC_POS_NONE;
	watch_say(&crowd_watch, 0, &alert);
}

static void
join(uint32_t from, uint32_t into)
{
	crowd_watch.now_ms += 1000;
	(void)order_join_all(&crowd_watch, from, into, "one vessel");
	assert_int_equal(told_case(from)->outcome, RCC_OUTCOME_JOINED);
}

/* Unplaced cases, until one of those that are closed would have to leave. */
static void
fill_memory(void)
{
	for (uint32_t i = 0; i < RCC_INCIDENTS_MAX; i++)
		open_another(510000001 + i);
	assert_int_equal(crowd_watch.core.incident_count, RCC_INCIDENTS_MAX);
}

static bool
is_released(uint32_t incident, uint32_t ship)
{
	crowd_task(RCC_TASK_RELEASE, ship)->incident.v = incident;
	watch_step(&crowd_watch);
	return watch_events(&crowd_watch, RCC_EVENT_TASKED) == 1;
}

static void
discharge(void)
{
	const struct rcc_duty *line = rcc_duty_of(&crowd_watch.core, crowd_case, RCC_DUTY_RULE_TELL_END, centre, 0);

	assert_non_null(line);
	crowd_watch.now_ms += 1000;
	struct rcc_duty_order *order = &watch_command(&crowd_watch, RCC_COMMAND_DUTY, 0)->u.duty;
	*order = (struct rcc_duty_order){.duty = line->id, .state = RCC_DUTY_DISCHARGED, .reason = "told by telephone"};
	watch_step(&crowd_watch);
	assert_int_equal(watch_events(&crowd_watch, RCC_EVENT_DUTY_CHANGED), 1);
}

/* An alert of no position: no ship is called on. */
static void
begin_uncalled(uint32_t ships)
{
	watch_start(&crowd_watch);
	watch_fleet(&crowd_watch, SHIP_A, ships);
	open_another(500000001);
}

/* ---- what is joined, and what leaves memory ---- */

static void
test_the_middle_of_a_chain_of_joins_stays(void **state)
{
	(void)state;
	told_begin();
	told_cancel(1);
	told_store(2);
	told_open_second();
	open_another(500000003);
	join(1, 2);
	join(2, 3);
	told_cancel(3);
	told_store(2);
	fill_memory();
	assert_non_null(told_case(2));
	assert_int_equal(told_refused(3), RCC_REFUSAL_UNTOLD);
}

static void
test_a_joined_case_stays_for_who_is_told_by_voice(void **state)
{
	(void)state;
	told_begin();
	crowd_answer(1, RCC_ANSWER_PROCEEDING);
	told_cancel(1);
	told_open_second();
	join(1, 2);
	revoke(1);
	told_store(2);
	assert_false(crowd_is_open(RCC_DUTY_RULE_TELL_END, centre));
	fill_memory();
	assert_non_null(told_case(1));
	told_cancel(2);
	told_store(2);
	assert_int_equal(told_refused(2), RCC_REFUSAL_UNTOLD);
}

static void
test_a_release_reaches_the_part_that_was_open_to_all(void **state)
{
	struct rcc_alert alert = watch_alert(RCC_SOURCE_DSC, 500000009);

	(void)state;
	told_begin();
	alert.marks = RCC_ALERT_RESTRICTED;
	crowd_watch.now_ms += 1000;
	watch_say(&crowd_watch, watch_enrol(&crowd_watch, RCC_ROLE_FEED, 0), &alert);
	assert_true(told_case(2)->is_restricted);
	crowd_answer(1, RCC_ANSWER_PROCEEDING);
	told_cancel(1);
	told_store(2);
	join(1, 2);
	revoke(1);
	assert_true(rcc_told_is_joined(&crowd_watch.core, told_case(2), ship_a));
	assert_true(is_released(2, SHIP_A));
	assert_false(rcc_told_is_joined(&crowd_watch.core, told_case(2), ship_a));
}

/* Another centre takes this case. */
static void
hand_over(uint32_t incident)
{
	struct rcc_enrol *enrol = &watch_command(&crowd_watch, RCC_COMMAND_ENROL, 0)->u.enrol;

	watch_text(enrol->name, sizeof enrol->name, "MRCC B");
	enrol->role = RCC_ROLE_PEER;
	enrol->key = watch_key(901);
	watch_text(enrol->endpoint, sizeof enrol->endpoint, "tcp://192.0.2.1:8407");
	watch_step(&crowd_watch);
	crowd_watch.now_ms += 1000;
	struct rcc_handover *offer = &watch_command(&crowd_watch, RCC_COMMAND_HANDOVER, 0)->u.handover;
	offer->incident.v = incident;
	offer->step = RCC_HANDOVER_OFFER;
	watch_text(offer->centre, sizeof offer->centre, "MRCC B");
	watch_text(offer->officer, sizeof offer->officer, "A");
	watch_text(offer->reason, sizeof offer->reason, "better placed");
	watch_step(&crowd_watch);
	struct rcc_msg_id id = watch_event(&crowd_watch, RCC_EVENT_HANDOVER_CHANGED)->u.handover_changed.handover;
	crowd_watch.now_ms += 1000;
	struct rcc_centre *accept =
	    &watch_command(&crowd_watch, RCC_COMMAND_CENTRE, crowd_watch.core.peer_count)->u.centre;
	accept->handover = id;
	accept->step = RCC_HANDOVER_ACCEPT;
	accept->incident.v = 70;
	accept->year = 2026;
	accept->number = 70;
	accept->record.seq = 500;
	watch_text(accept->officer, sizeof accept->officer, "B");
	watch_step(&crowd_watch);
	assert_int_equal(told_case(incident)->status, RCC_INCIDENT_TRANSFERRED);
}

static void
test_a_release_by_voice_reaches_what_another_centre_has(void **state)
{
	(void)state;
	told_begin();
	crowd_answer(1, RCC_ANSWER_PROCEEDING);
	told_cancel(1);
	told_store(2);
	told_open_second();
	join(1, 2);
	hand_over(2);
	/* With her key in force the other centre's word is the one that counts. */
	assert_false(is_released(2, SHIP_A));
	revoke(1);
	assert_true(is_released(2, SHIP_A));
	assert_false(rcc_told_is_joined(&crowd_watch.core, told_case(2), ship_a));
}

/* ---- what was said, and of whom ---- */

static void
test_a_line_of_a_typed_answer_may_be_out_after_a_kill(void **state)
{
	struct rcc_rules rules = watch_rules();

	(void)state;
	crowd_begin(0);
	told_store(2);
	told_by_voice(SHIP_A, RCC_ANSWER_UNABLE);
	crowd_watch.now_ms += 1000;
	watch_rule(&crowd_watch, &rules);
	told_cancel(1);
	told_store(2);
	told_assert_one_word(1, ship_a);
}

static void
test_who_comes_to_an_old_task_after_the_end_is_owed_it(void **state)
{
	(void)state;
	told_begin();
	crowd_answer(1, RCC_ANSWER_ON_SCENE);
	crowd_take_task(RCC_TASK_ASSIST, SHIP_A);
	told_store(1);
	told_cancel(1);
	told_store(1);
	told_store(2);
	assert_int_equal(told_refused(1), 0);
	crowd_watch.now_ms += 1000;
	watch_answer(&crowd_watch, 1, 1, 2, RCC_ANSWER_PROCEEDING);
	assert_int_not_equal(told_refused(1), 0);
	assert_true(is_owed(1, ship_a));
	discharge();
	assert_false(is_owed(1, ship_a));
}

static void
test_a_word_about_others_covers_nobody_who_gets_a_key_later(void **state)
{
	(void)state;
	told_begin();
	told_by_voice(STRANGER, RCC_ANSWER_PROCEEDING);
	told_cancel(1);
	told_store(1);
	discharge();
	assert_true(is_owed(1, stranger));
	crowd_watch.now_ms += 1000;
	assert_int_not_equal(watch_enrol(&crowd_watch, RCC_ROLE_VESSEL, STRANGER), 0);
	told_assert_one_word(1, stranger);
}

static void
test_an_order_by_voice_is_remembered(void **state)
{
	(void)state;
	told_begin();
	told_by_voice(STRANGER, RCC_ANSWER_UNABLE);
	crowd_take_task(RCC_TASK_ASSIST, STRANGER);
	told_cancel(1);
	told_store(1);
	told_store(2);
	assert_int_equal(told_refused(1), RCC_REFUSAL_UNTOLD);
	assert_true(is_released(1, STRANGER));
	assert_int_equal(told_refused(1), 0);
}

static void
test_an_order_by_voice_is_carried_into_a_join(void **state)
{
	(void)state;
	told_begin();
	told_by_voice(STRANGER, RCC_ANSWER_UNABLE);
	crowd_take_task(RCC_TASK_ASSIST, STRANGER);
	told_open_second();
	told_join();
	assert_true(is_owed(2, stranger));
	assert_true(is_released(2, STRANGER));
	assert_false(is_owed(2, stranger));
}

/* ---- old messages that come late ---- */

static void
test_an_old_cancel_is_no_end_of_a_notice(void **state)
{
	(void)state;
	told_begin();
	told_cancel(1);
	assert_true(watch_sent(&crowd_watch, 1, 2) > 0);
	told_store(2);
	crowd_watch.now_ms += 1000;
	(void)order_phase(&crowd_watch, 1, RCC_PHASE_ALERT, "less");
	told_notice(3 * RCC_MS_PER_DAY);
	told_store(2);
	told_by_voice(SHIP_A, RCC_ANSWER_PROCEEDING);
	crowd_watch.now_ms += 1000;
	assert_true(watch_stored(&crowd_watch, 1, 2) > 0);
	told_cancel(1);
	told_store(2);
	told_assert_one_word(1, ship_a);
}

static void
test_an_old_release_is_no_end_of_a_new_order(void **state)
{
	(void)state;
	begin_uncalled(1);
	crowd_take_task(RCC_TASK_ASSIST, SHIP_A);
	told_store(1);
	crowd_take_task(RCC_TASK_RELEASE, SHIP_A);
	assert_true(watch_sent(&crowd_watch, 1, 2) > 0);
	crowd_take_task(RCC_TASK_ASSIST, SHIP_A);
	told_by_voice(SHIP_A, RCC_ANSWER_PROCEEDING);
	crowd_watch.now_ms += 1000;
	assert_true(watch_stored(&crowd_watch, 1, 2) > 0);
	told_cancel(1);
	told_assert_one_word(1, ship_a);
}

/* ---- places of safety ---- */

static void
test_a_place_that_was_left_after_the_end_has_a_line(void **state)
{
	(void)state;
	told_over();
	told_place(RCC_PLACE_CHECKED, 0);
	told_place(RCC_PLACE_ASSIGNED, SHIP_A);
	told_store(1);
	revoke(1);
	told_place(RCC_PLACE_WITHDRAWN, SHIP_A);
	told_assert_one_word(1, ship_a);
}

static void
test_a_release_leaves_her_place_to_a_word(void **state)
{
	(void)state;
	told_begin();
	crowd_answer(1, RCC_ANSWER_PROCEEDING);
	told_place(RCC_PLACE_CHECKED, 0);
	told_place(RCC_PLACE_ASSIGNED, SHIP_A);
	told_store(1);
	revoke(1);
	told_place(RCC_PLACE_WITHDRAWN, SHIP_A);
	told_cancel(1);
	told_store(2);
	assert_true(is_released(1, SHIP_A));
	told_assert_one_word(1, ship_a);
}

static void
test_a_place_told_by_voice_and_withdrawn_by_its_authority(void **state)
{
	(void)state;
	told_over();
	told_place(RCC_PLACE_CHECKED, 0);
	told_place(RCC_PLACE_ASSIGNED, STRANGER);
	crowd_watch.now_ms += 1000;
	struct rcc_place *place = &watch_command(&crowd_watch, RCC_COMMAND_PLACE, 0)->u.place;
	*place = (struct rcc_place){.incident = crowd_case, .step = RCC_PLACE_REFUSED, .pos = RCC_POS_NONE};
	watch_text(place->name, sizeof place->name, "PORT OF LOS");
	watch_text(place->text, sizeof place->text, "no berth");
	watch_text(place->authority, sizeof place->authority, "PORT AUTHORITY");
	watch_step(&crowd_watch);
	assert_true(watch_events(&crowd_watch, RCC_EVENT_PLACE_STEPPED) > 0);
	told_assert_one_word(1, stranger);
}

static void
test_a_place_told_by_voice_and_withdrawn_by_message(void **state)
{
	(void)state;
	told_over();
	told_place(RCC_PLACE_CHECKED, 0);
	told_place(RCC_PLACE_ASSIGNED, STRANGER);
	crowd_watch.now_ms += 1000;
	assert_int_not_equal(watch_enrol(&crowd_watch, RCC_ROLE_VESSEL, STRANGER), 0);
	told_place(RCC_PLACE_WITHDRAWN, STRANGER);
	told_assert_one_word(1, stranger);
}

/* ---- what is kept back ---- */

static uint32_t
order_until_full(enum rcc_task_kind kind)
{
	uint32_t made = 0;

	for (; made <= RCC_BROADCASTS_MAX; made++) {
		(void)crowd_task(kind, SHIP_B);
		watch_step(&crowd_watch);
		if (watch_event(&crowd_watch, RCC_EVENT_BROADCAST_ISSUED) == NULL)
			break;
		told_store(2);
	}
	return made;
}

static void
test_releases_leave_room_for_the_cancel(void **state)
{
	(void)state;
	told_begin();
	assert_in_range(order_until_full(RCC_TASK_ASSIST), 1, RCC_BROADCASTS_MAX);
	assert_in_range(order_until_full(RCC_TASK_RELEASE), 1, RCC_BROADCASTS_KEPT / 2);
	told_cancel(1);
	told_store(1);
	told_store(2);
	assert_int_equal(told_refused(1), 0);
	assert_false(is_owed(1, ship_b));
}

static void
test_of_what_is_kept_each_case_has_one_line(void **state)
{
	(void)state;
	told_begin();
	told_cancel(1);
	const struct rcc_duty *line = rcc_duty_of(&crowd_watch.core, crowd_case, RCC_DUTY_RULE_TELL_END, centre, 0);
	discharge();
	/* As if many cases that are still open held the rest. */
	uint32_t others = RCC_DUTIES_MAX - RCC_DUTIES_KEPT - crowd_watch.core.duty_count;
	crowd_watch.core.duty_count += others;
	told_by_voice(SHIP_A, RCC_ANSWER_PROCEEDING);
	const struct rcc_duty *again = rcc_duty_of(&crowd_watch.core, crowd_case, RCC_DUTY_RULE_TELL_END, centre, 0);
	assert_ptr_equal(again, line);
	assert_true(rcc_duty_is_open(again));
	crowd_watch.core.duty_count -= others;
	told_assert_one_word(1, ship_a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_the_middle_of_a_chain_of_joins_stays),
	    cmocka_unit_test(test_a_joined_case_stays_for_who_is_told_by_voice),
	    cmocka_unit_test(test_a_release_reaches_the_part_that_was_open_to_all),
	    cmocka_unit_test(test_a_release_by_voice_reaches_what_another_centre_has),
	    cmocka_unit_test(test_a_line_of_a_typed_answer_may_be_out_after_a_kill),
	    cmocka_unit_test(test_who_comes_to_an_old_task_after_the_end_is_owed_it),
	    cmocka_unit_test(test_a_word_about_others_covers_nobody_who_gets_a_key_later),
	    cmocka_unit_test(test_an_order_by_voice_is_remembered),
	    cmocka_unit_test(test_an_order_by_voice_is_carried_into_a_join),
	    cmocka_unit_test(test_an_old_cancel_is_no_end_of_a_notice),
	    cmocka_unit_test(test_an_old_release_is_no_end_of_a_new_order),
	    cmocka_unit_test(test_a_place_that_was_left_after_the_end_has_a_line),
	    cmocka_unit_test(test_a_release_leaves_her_place_to_a_word),
	    cmocka_unit_test(test_a_place_told_by_voice_and_withdrawn_by_its_authority),
	    cmocka_unit_test(test_a_place_told_by_voice_and_withdrawn_by_message),
	    cmocka_unit_test(test_releases_leave_room_for_the_cancel),
	    cmocka_unit_test(test_of_what_is_kept_each_case_has_one_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
