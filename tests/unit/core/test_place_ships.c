/* Places of safety and ships: changes of place, arrivals, what a master's word does and does not do, bounds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/duty_internal.h"
#include "harbour.h"
#include "rcc/units.h"

static void
test_a_change_of_place_adds_up(void **state)
{
	(void)state;
	harbour_start();
	harbour_check(ROSSI, RCC_CHECKS_ALL, false, "");
	struct rcc_place *place = harbour_step(ROSSI, RCC_PLACE_ASSIGNED);
	place->ship.v = SHIP_MMSI;
	place->extra_nm = 40;
	place->extra_h = 4;
	watch_step(&harbour_watch);
	harbour_check(ROSSI, RCC_CHECKS_ALL, false, "");
	place = harbour_step(ROSSI, RCC_PLACE_CHECKED);
	watch_text(place->name, sizeof place->name, "PORTO NUOVO");
	place->checks = RCC_CHECKS_ALL;
	watch_step(&harbour_watch);
	place = harbour_step(ROSSI, RCC_PLACE_ASSIGNED);
	watch_text(place->name, sizeof place->name, "Porto Nuovo");
	place->ship.v = SHIP_MMSI;
	place->extra_nm = 65;
	place->extra_h = 7;
	watch_step(&harbour_watch);
	assert_non_null(strstr(harbour_told(), "PORTO NUOVO. It replaces PORT OF LOS."));
	assert_int_equal(harbour_watch.entry.event[0].u.place_stepped.body.step, RCC_PLACE_WITHDRAWN);
	assert_int_equal(harbour_watch.entry.event[0].u.place_stepped.is_replaced, 1);
	assert_false(harbour_row()->is_assigned);
	/* And back again: each way counts. */
	place = harbour_step(ROSSI, RCC_PLACE_ASSIGNED);
	place->ship.v = SHIP_MMSI;
	place->extra_nm = 10;
	watch_step(&harbour_watch);
	place = harbour_step(ROSSI, RCC_PLACE_ASSIGNED);
	place->ship.v = OTHER_MMSI;
	place->extra_nm = 5;
	watch_step(&harbour_watch);
	const struct rcc_incident *incident = order_incident(&harbour_watch, 1);
	struct rcc_deviation sum = rcc_place_deviation(&harbour_watch.core, incident, (struct rcc_mmsi){SHIP_MMSI});
	assert_int_equal(sum.extra_nm, 115);
	assert_int_equal(sum.extra_h, 11);
	assert_int_equal(sum.places, 2);
	sum = rcc_place_deviation(&harbour_watch.core, incident, (struct rcc_mmsi){0});
	assert_int_equal(sum.extra_nm, 120);
}

static void
test_where_she_went_is_a_fact(void **state)
{
	(void)state;
	harbour_start();
	harbour_check(ROSSI, RCC_CHECKS_ALL, false, "");
	harbour_assign(ROSSI, false, "");
	struct rcc_place *place = harbour_step(ROSSI, RCC_PLACE_REACHED);
	watch_text(place->name, sizeof place->name, "ELSEWHERE");
	harbour_text(place, "no berth at the other");
	place->ship.v = SHIP_MMSI;
	watch_step(&harbour_watch);
	/* The order to go to the other may still be on its way to her. */
	assert_int_equal(harbour_watch.entry.event_count, 4);
	assert_int_equal(harbour_watch.entry.event[1].u.place_stepped.is_unassigned, 1);
	const struct rcc_event *told = watch_event(&harbour_watch, RCC_EVENT_BROADCAST_ISSUED);
	assert_non_null(told);
	assert_non_null(strstr(told->u.broadcast.text, "not asked to go to PORT OF LOS any more"));
	assert_non_null(strstr(told->u.broadcast.text, "ashore at ELSEWHERE"));
	assert_int_equal(watch_events(&harbour_watch, RCC_EVENT_DELIVERIES_QUEUED), 1);
	assert_false(harbour_row()->is_assigned);
	assert_null(
	    rcc_place_of_ship(&harbour_watch.core, order_incident(&harbour_watch, 1), (struct rcc_mmsi){SHIP_MMSI}));
	place = harbour_step(ROSSI, RCC_PLACE_REACHED);
	watch_text(place->name, sizeof place->name, "ELSEWHERE");
	place->ship.v = SHIP_MMSI;
	watch_step(&harbour_watch);
	harbour_refused(RCC_REFUSAL_WRONG_STATE, "place.step");
	/* Nobody is sent anywhere any more. */
	harbour_say(ROSSI, RCC_PLACE_WITHDRAWN, "over");
	harbour_refused(RCC_REFUSAL_WRONG_STATE, "place.step");
}

static void
test_an_officer_withdraws(void **state)
{
	(void)state;
	harbour_start();
	harbour_check(ROSSI, RCC_CHECKS_ALL, false, "");
	harbour_assign(ROSSI, false, "");
	harbour_say(ROSSI, RCC_PLACE_WITHDRAWN, "");
	harbour_refused(RCC_REFUSAL_REASON_MISSING, "place.text");
	harbour_say(ROSSI, RCC_PLACE_WITHDRAWN, "the quay is full");
	assert_non_null(
	    strstr(harbour_told(),
	           "Withdrawn as a place of safety: PORT OF LOS. Do not go there; the centre seeks another. the "
	           "quay is full"));
	assert_false(harbour_row()->is_assigned);
	char long_text[RCC_TEXT_MAX + 1];
	memset(long_text, 'x', RCC_TEXT_MAX);
	long_text[RCC_TEXT_MAX] = '\0';
	harbour_assign(ROSSI, false, long_text);
	harbour_refused(RCC_REFUSAL_TOO_LARGE, "place.text");
}

static void
test_who_says_what(void **state)
{
	(void)state;
	harbour_start();
	for (enum rcc_place_step step = RCC_PLACE_ASKED; step <= RCC_PLACE_STEP_LAST; step++) {
		bool is_ships = step == RCC_PLACE_PREFERRED || step == RCC_PLACE_OBJECTED || step == RCC_PLACE_FEARED;
		struct rcc_place *place = harbour_step(SHIP, step);
		harbour_text(place, "we say");
		watch_step(&harbour_watch);
		assert_int_equal(watch_is_refused(&harbour_watch, RCC_REFUSAL_NOT_ALLOWED, "place.step"), !is_ships);
	}
	/* She speaks for herself alone; an officer says for whom. */
	harbour_step(SHIP, RCC_PLACE_PREFERRED)->ship.v = OTHER_MMSI;
	watch_step(&harbour_watch);
	harbour_refused(RCC_REFUSAL_NOT_ALLOWED, "place.ship");
	harbour_say(ROSSI, RCC_PLACE_PREFERRED, "");
	harbour_refused(RCC_REFUSAL_RANGE, "place.ship");
	/* What does not belong to a step is not passed over. */
	harbour_step(ROSSI, RCC_PLACE_PREFERRED)->ship.v = OTHER_MMSI;
	harbour_watch.entry.cause.u.place.is_unsafe = 1;
	watch_step(&harbour_watch);
	harbour_refused(RCC_REFUSAL_RANGE, "place.is_unsafe");
	harbour_step(ROSSI, RCC_PLACE_CHECKED)->extra_nm = 4;
	watch_step(&harbour_watch);
	harbour_refused(RCC_REFUSAL_RANGE, "place.extra_nm");
	harbour_step(ROSSI, RCC_PLACE_CHECKED)->place.v = 99;
	watch_step(&harbour_watch);
	harbour_refused(RCC_REFUSAL_NOT_FOUND, "place.place");
	watch_text(harbour_step(ROSSI, RCC_PLACE_CHECKED)->name, RCC_NAME_MAX + 1, "ANOTHER");
	harbour_watch.entry.cause.u.place.place.v = 1;
	watch_step(&harbour_watch);
	harbour_refused(RCC_REFUSAL_RANGE, "place.name");
}

/* ---- a master's objection ---- */

static void
assert_same_duties(void)
{
	assert_int_equal(harbour_watch.core.duty_top, harbour_other.core.duty_top);
	for (uint32_t i = 0; i < harbour_watch.core.duty_top; i++) {
		const struct rcc_duty *a = &harbour_watch.core.duty[i];
		const struct rcc_duty *b = &harbour_other.core.duty[i];
		assert_int_equal(a->rule, b->rule);
		assert_int_equal(a->ship.v, b->ship.v);
		assert_int_equal(a->state, b->state);
		assert_int_equal(a->is_late, b->is_late);
		assert_int_equal(a->opened_at_ms, b->opened_at_ms);
		assert_int_equal(a->changed_at_ms, b->changed_at_ms);
		assert_int_equal(a->due_at_ms, b->due_at_ms);
	}
}

/* The same story twice, once with a master who objects again and again: every duty, answer and call stands alike. */
static void
test_an_objection_never_counts(void **state)
{
	struct watch *worlds[] = {&harbour_watch, &harbour_other};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct watch *to = worlds[i];
		harbour_start_in(to);
		struct rcc_task *task = &watch_command(to, RCC_COMMAND_TASK, ROSSI)->u.task;
		task->incident.v = 1;
		task->kind = RCC_TASK_COORDINATE;
		task->ship.v = SHIP_MMSI;
		task->contact_min = 10;
		watch_step(to);
		watch_answer(to, SHIP, 1, 1, RCC_ANSWER_PROCEEDING);
		for (int round = 0; round < 20; round++) {
			to->now_ms += 4 * RCC_MS_PER_MIN;
			struct rcc_place *place = harbour_step_in(to, ROSSI, RCC_PLACE_CHECKED);
			place->checks = RCC_CHECKS_ALL;
			watch_step(to);
			if (to == &harbour_other) {
				struct rcc_place *said = harbour_step_in(to, SHIP, RCC_PLACE_OBJECTED);
				watch_text(said->text, sizeof said->text, "they fear for their lives");
				assert_int_equal(watch_step(to), 1);
				assert_int_equal(to->entry.event[0].kind, RCC_EVENT_PLACE_STEPPED);
			}
			(void)watch_wait(to, 0, 100);
		}
		struct rcc_alert alert = watch_alert(RCC_SOURCE_AIS_BEACON, 500000002);
		watch_say(to, FEED, &alert);
	}
	assert_same_duties();
	assert_int_equal(rcc_place_ship_of(&harbour_other.core,
	                                   rcc_place_find(&harbour_other.core, (struct rcc_place_id){1}),
	                                   (struct rcc_mmsi){SHIP_MMSI})
	                     ->objections,
	                 20);
	/* The next call: the same ships, called on alike. */
	const struct rcc_event *a = watch_event(&harbour_watch, RCC_EVENT_DELIVERIES_QUEUED);
	const struct rcc_event *b = watch_event(&harbour_other, RCC_EVENT_DELIVERIES_QUEUED);
	assert_non_null(a);
	assert_memory_equal(&a->u.queued, &b->u.queued, sizeof a->u.queued);
	const struct rcc_answer_state *answer = &harbour_watch.core.answer[0];
	assert_memory_equal(&answer->body, &harbour_other.core.answer[0].body, sizeof answer->body);
}

/* ---- duties and telling ---- */

static void
send_there(uint32_t ship, enum rcc_place_step step)
{
	harbour_step(ROSSI, step)->ship.v = ship;
	assert_true(watch_step(&harbour_watch) > 0);
	assert_null(watch_event(&harbour_watch, RCC_EVENT_COMMAND_REFUSED));
}

/* So many men go from the danger aboard, or from aboard her to the shore. */
static void
move_men(uint32_t ship, bool is_ashore, uint32_t men)
{
	struct rcc_move_persons *move = &watch_command(&harbour_watch, RCC_COMMAND_PERSONS, 0)->u.persons;

	move->incident.v = 1;
	move->from = is_ashore ? RCC_WHERE_ABOARD : RCC_WHERE_AT_RISK;
	move->to = is_ashore ? RCC_WHERE_LANDED : RCC_WHERE_ABOARD;
	move->from_ship.v = is_ashore ? ship : 0;
	move->to_ship.v = is_ashore ? 0 : ship;
	move->count.men = men;
	move->more_found = !is_ashore;
	assert_true(watch_step(&harbour_watch) > 0);
	assert_null(watch_event(&harbour_watch, RCC_EVENT_COMMAND_REFUSED));
}

/* Looked for with the first word to an authority; disembarked when the last survivor is ashore, wherever ships are. */
static void
test_what_settles_the_duties(void **state)
{
	static const struct rcc_mmsi centre;
	struct rcc_core *core = &harbour_watch.core;

	(void)state;
	harbour_start();
	move_men(SHIP_MMSI, false, 2);
	move_men(OTHER_MMSI, false, 1);
	struct rcc_incident_id incident = {1};
	const struct rcc_duty *seek = rcc_duty_of(core, incident, RCC_DUTY_RULE_SEEK_PLACE, centre, 0);
	const struct rcc_duty *disembark = rcc_duty_of(core, incident, RCC_DUTY_RULE_DISEMBARK, centre, 0);
	assert_int_equal(seek->state, RCC_DUTY_OPEN);
	send_there(SHIP_MMSI, RCC_PLACE_PREFERRED);
	assert_int_equal(seek->state, RCC_DUTY_OPEN);
	harbour_check(ROSSI, RCC_CHECKS_ALL, false, "");
	assert_int_equal(seek->state, RCC_DUTY_DISCHARGED);
	send_there(SHIP_MMSI, RCC_PLACE_ASSIGNED);
	send_there(OTHER_MMSI, RCC_PLACE_ASSIGNED);
	send_there(SHIP_MMSI, RCC_PLACE_REACHED);
	move_men(SHIP_MMSI, true, 2);
	send_there(OTHER_MMSI, RCC_PLACE_REACHED);
	assert_int_equal(disembark->state, RCC_DUTY_OPEN);
	move_men(OTHER_MMSI, true, 1);
	assert_int_equal(disembark->state, RCC_DUTY_DISCHARGED);
}

/* Survivors fear something and name no place: no place is final before an officer has reviewed it. */
static void
test_a_fear_of_no_place_in_particular(void **state)
{
	struct rcc_survivors *said;

	(void)state;
	harbour_start();
	harbour_check(ROSSI, RCC_CHECKS_ALL, false, "");
	said = &watch_command(&harbour_watch, RCC_COMMAND_SURVIVORS, 0)->u.survivors;
	said->incident.v = 1;
	said->ship.v = SHIP_MMSI;
	said->aboard.men = 2;
	said->protection_stated = 1;
	assert_true(watch_step(&harbour_watch) > 0);
	harbour_step(ROSSI, RCC_PLACE_ASSIGNED)->ship.v = SHIP_MMSI;
	(void)watch_step(&harbour_watch);
	const struct rcc_event *refused = watch_event(&harbour_watch, RCC_EVENT_COMMAND_REFUSED);
	assert_non_null(refused);
	assert_int_equal(refused->u.refused.reason, RCC_REFUSAL_PLACE_UNSAFE);
	struct rcc_place *review = harbour_step(ROSSI, RCC_PLACE_REVIEWED);
	watch_text(review->text, sizeof review->text, "they fear another shore");
	assert_true(watch_step(&harbour_watch) > 0);
	assert_null(watch_event(&harbour_watch, RCC_EVENT_COMMAND_REFUSED));
	send_there(SHIP_MMSI, RCC_PLACE_ASSIGNED);
}

/* One message to all that were to go there; who is not registered is told by voice, and the record shows it. */
static void
test_who_is_told(void **state)
{
	(void)state;
	harbour_start();
	harbour_check(ROSSI, RCC_CHECKS_ALL, false, "");
	send_there(SHIP_MMSI, RCC_PLACE_ASSIGNED);
	send_there(OTHER_MMSI, RCC_PLACE_ASSIGNED);
	send_there(235009999, RCC_PLACE_ASSIGNED);
	assert_int_equal(harbour_watch.entry.event_count, 1);
	assert_int_equal(harbour_watch.entry.event[0].u.place_stepped.broadcast.v, 0);
	harbour_check(BIANCHI, RCC_CHECKS_ALL, true, "mines in the roads");
	assert_int_equal(watch_events(&harbour_watch, RCC_EVENT_PLACE_STEPPED), 4);
	assert_int_equal(watch_events(&harbour_watch, RCC_EVENT_BROADCAST_ISSUED), 1);
	assert_int_equal(watch_event(&harbour_watch, RCC_EVENT_DELIVERIES_QUEUED)->u.queued.count, 2);
	for (uint32_t i = 1; i <= 3; i++) {
		const struct rcc_place_stepped *stepped = &harbour_watch.entry.event[i].u.place_stepped;
		bool is_registered = stepped->body.ship.v != 235009999;
		assert_int_equal(stepped->body.step, RCC_PLACE_WITHDRAWN);
		assert_int_equal(stepped->blocked, RCC_PLACE_BLOCK_UNSAFE);
		assert_int_equal(stepped->broadcast.v, is_registered ? harbour_watch.core.broadcast_last : 0);
	}
}

/* ---- bounds ---- */

static void
test_no_case_takes_all_places(void **state)
{
	(void)state;
	harbour_start();
	for (uint32_t i = 0; i <= RCC_PLACES_OF_CASE_MAX; i++) {
		struct rcc_place *place = harbour_step(SHIP, RCC_PLACE_PREFERRED);
		snprintf(place->name, sizeof place->name, "PORT %u", i);
		watch_step(&harbour_watch);
	}
	harbour_refused(RCC_REFUSAL_FULL, "place");
	assert_int_equal(harbour_watch.core.place_count, RCC_PLACES_OF_CASE_MAX);
	for (uint32_t i = 1; i <= RCC_SHIPS_OF_PLACE_MAX; i++) {
		struct rcc_place *place = harbour_step(ROSSI, RCC_PLACE_PREFERRED);
		snprintf(place->name, sizeof place->name, "PORT 0");
		place->ship.v = 300000000 + i;
		watch_step(&harbour_watch);
	}
	harbour_refused(RCC_REFUSAL_FULL, "place");
	/* Closed cases give their places back. */
	watch_cancel(&harbour_watch, 1, "over");
	watch_close(&harbour_watch, 1, "no distress");
	rcc_entry_clear(&harbour_watch.entry);
	struct rcc_event evicted = {.kind = RCC_EVENT_INCIDENT_EVICTED};
	evicted.u.incident_ref.incident.v = 1;
	rcc_core_apply(&harbour_watch.core, &evicted);
	assert_int_equal(harbour_watch.core.place_count, 0);
	assert_int_equal(harbour_watch.core.place_ship_count, 0);
	assert_true(harbour_watch.core.place_free != 0 && harbour_watch.core.place_ship_free != 0);
}

static void
test_no_join_leaves_a_ship_on_her_way(void **state)
{
	(void)state;
	harbour_start();
	struct rcc_alert alert = watch_alert(RCC_SOURCE_AIS_BEACON, 500000002);
	watch_say(&harbour_watch, FEED, &alert);
	harbour_check(ROSSI, RCC_CHECKS_ALL, false, "");
	harbour_assign(ROSSI, false, "");
	order_join_all(&harbour_watch, 1, 2, "the same boat");
	harbour_refused(RCC_REFUSAL_WRONG_STATE, "join.from");
	harbour_say(ROSSI, RCC_PLACE_WITHDRAWN, "one case");
	order_join_all(&harbour_watch, 1, 2, "the same boat");
	assert_int_equal(order_incident(&harbour_watch, 1)->status, RCC_INCIDENT_CLOSED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_a_change_of_place_adds_up),
	    cmocka_unit_test(test_where_she_went_is_a_fact),
	    cmocka_unit_test(test_an_officer_withdraws),
	    cmocka_unit_test(test_who_says_what),
	    cmocka_unit_test(test_an_objection_never_counts),
	    cmocka_unit_test(test_no_case_takes_all_places),
	    cmocka_unit_test(test_no_join_leaves_a_ship_on_her_way),
	    cmocka_unit_test(test_what_settles_the_duties),
	    cmocka_unit_test(test_a_fear_of_no_place_in_particular),
	    cmocka_unit_test(test_who_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
