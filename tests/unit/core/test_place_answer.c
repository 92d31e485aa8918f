/* A place of safety and what a master says to it as an answer; the same harbour under another name; a landing where it is not safe. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/carried.h"
#include "core/duty.h"
#include "core/persons.h"
#include "harbour.h"

static const struct rcc_mmsi ship = {SHIP_MMSI};
static const struct rcc_incident_id first = {1};

static uint32_t
answer(uint32_t number, enum rcc_answer_kind kind, const char *text)
{
	struct rcc_answer *said = &watch_command(&harbour_watch, RCC_COMMAND_ANSWER, SHIP)->u.answer;

	*said = (struct rcc_answer){.incident = first,
	                            .number = number,
	                            .kind = kind,
	                            .reason = kind == RCC_ANSWER_UNABLE ? RCC_REASON_OTHER : RCC_REASON_NONE,
	                            .eta_min = RCC_ETA_UNKNOWN_MIN};
	watch_text(said->text, sizeof said->text, text);
	return watch_step(&harbour_watch);
}

static void
be_there_as_coordinator(void)
{
	harbour_start();
	struct rcc_task *task = &watch_command(&harbour_watch, RCC_COMMAND_TASK, ROSSI)->u.task;
	*task = (struct rcc_task){.incident = first, .kind = RCC_TASK_COORDINATE, .ship = ship};
	watch_step(&harbour_watch);
	(void)answer(2, RCC_ANSWER_ON_SCENE, "");
	assert_int_equal(rcc_duty_coordinator(&harbour_watch.core, order_incident(&harbour_watch, 1)).v, SHIP_MMSI);
}

/* He answers as the message invites him to: that is an objection, and touches nothing else of her. */
static void
test_unable_to_a_place_is_an_objection(void **state)
{
	(void)state;
	be_there_as_coordinator();
	harbour_check(ROSSI, RCC_CHECKS_ALL, false, "");
	harbour_assign(ROSSI, false, "");
	assert_non_null(harbour_told());
	assert_true(answer(3, RCC_ANSWER_UNABLE, "PORT OF LOS is not safe for them") != 0);
	assert_int_equal(harbour_row()->objections, 1);
	assert_string_equal(harbour_row()->objection, "PORT OF LOS is not safe for them");
	const struct rcc_incident *incident = order_incident(&harbour_watch, 1);
	assert_int_equal(rcc_answer_of(&harbour_watch.core, incident, ship)->body.kind, RCC_ANSWER_ON_SCENE);
	assert_int_equal(rcc_duty_coordinator(&harbour_watch.core, incident).v, SHIP_MMSI);
	assert_int_equal(rcc_duty_of(&harbour_watch.core, first, RCC_DUTY_RULE_ASSIST, ship, 0)->state,
	                 RCC_DUTY_DISCHARGED);
}

/* Nor does a task that she cannot do, once she has come, take back that she came. */
static void
test_unable_to_a_task_is_of_the_task(void **state)
{
	(void)state;
	be_there_as_coordinator();
	struct rcc_task *task = &watch_command(&harbour_watch, RCC_COMMAND_TASK, ROSSI)->u.task;
	*task = (struct rcc_task){
	    .incident = first, .kind = RCC_TASK_ASSIST, .ship = ship, .text = "take the eight of the raft"};
	watch_step(&harbour_watch);
	(void)answer(3, RCC_ANSWER_UNABLE, "no ladder");
	const struct rcc_incident *incident = order_incident(&harbour_watch, 1);
	assert_int_equal(rcc_answer_of(&harbour_watch.core, incident, ship)->body.kind, RCC_ANSWER_ON_SCENE);
	assert_int_equal(rcc_duty_of(&harbour_watch.core, first, RCC_DUTY_RULE_DO_TASK, ship, 0)->state,
	                 RCC_DUTY_EXCUSED);
	assert_int_equal(rcc_duty_coordinator(&harbour_watch.core, incident).v, SHIP_MMSI);
	/* To the call itself it is what it says. */
	(void)answer(1, RCC_ANSWER_UNABLE, "the engine has failed");
	assert_int_equal(rcc_answer_of(&harbour_watch.core, order_incident(&harbour_watch, 1), ship)->body.kind,
	                 RCC_ANSWER_UNABLE);
}

static void
check_at(const char *name, int32_t lat_e7, bool is_unsafe)
{
	struct rcc_place *place = harbour_step(ROSSI, RCC_PLACE_CHECKED);

	watch_text(place->name, sizeof place->name, name);
	place->pos = (struct rcc_pos){.lat_e7 = lat_e7, .lon_e7 = 130000000};
	place->checks = RCC_CHECKS_ALL;
	place->is_unsafe = is_unsafe;
	harbour_text(place, is_unsafe ? "people disappear there" : "");
	watch_step(&harbour_watch);
}

static void
assign_to(const char *name)
{
	struct rcc_place *place = harbour_step(BIANCHI, RCC_PLACE_ASSIGNED);

	watch_text(place->name, sizeof place->name, name);
	place->ship = ship;
	watch_step(&harbour_watch);
}

/* A dock of a harbour that is not safe is that harbour, whatever it is called; one ten miles off is another. */
static void
test_another_name_is_no_other_harbour(void **state)
{
	(void)state;
	harbour_start();
	check_at("PORT C", 330000000, true);
	check_at("DOCK 4", 330100000, false);
	check_at("PORT FAR", 332000000, false);
	assign_to("DOCK 4");
	harbour_refused(RCC_REFUSAL_PLACE_UNSAFE, "place.is_unsafe");
	assign_to("PORT FAR");
	assert_int_equal(watch_events(&harbour_watch, RCC_EVENT_PLACE_STEPPED), 1);
}

static void
land(const char *why)
{
	struct rcc_move_persons *move = &watch_command(&harbour_watch, RCC_COMMAND_PERSONS, ROSSI)->u.persons;

	*move = (struct rcc_move_persons){.incident = first,
	                                  .from = RCC_WHERE_ABOARD,
	                                  .from_ship = ship,
	                                  .to = RCC_WHERE_LANDED,
	                                  .place = harbour_port()->id,
	                                  .count = {.adults = 9}};
	watch_text(move->reason, sizeof move->reason, why);
	watch_step(&harbour_watch);
}

/* A rescue ends at a place of safety: ashore elsewhere stops no clock. */
static void
test_a_landing_in_danger_settles_nothing(void **state)
{
	(void)state;
	harbour_start();
	struct rcc_move_persons *move = &watch_command(&harbour_watch, RCC_COMMAND_PERSONS, ROSSI)->u.persons;
	*move = (struct rcc_move_persons){.incident = first,
	                                  .from = RCC_WHERE_AT_RISK,
	                                  .to = RCC_WHERE_ABOARD,
	                                  .to_ship = ship,
	                                  .count = {.adults = 9}};
	watch_step(&harbour_watch);
	harbour_check(ROSSI, RCC_CHECKS_ALL, true, "people disappear there");
	struct rcc_place *place = harbour_step(ROSSI, RCC_PLACE_REACHED);
	place->ship = ship;
	watch_step(&harbour_watch);
	land("");
	harbour_refused(RCC_REFUSAL_PLACE_UNSAFE, "persons.reason");
	land("the master had no fuel for more");
	const struct rcc_mmsi centre = {0};
	const struct rcc_duty *duty = rcc_duty_of(&harbour_watch.core, first, RCC_DUTY_RULE_DISEMBARK, centre, 0);
	assert_int_equal(rcc_persons_aboard_total(&harbour_watch.core, first), 0);
	assert_true(rcc_duty_is_open(duty));
}

/* More places than go along with a case: those that something stands against do, however long ago that was said. */
static void
test_what_stands_against_a_place_goes_along(void **state)
{
	(void)state;
	static struct rcc_carried carried;
	bool has_port = false;

	harbour_start();
	harbour_check(ROSSI, 0, true, "people are taken back from there");
	for (uint32_t i = 0; i < RCC_CARRIED_PLACES_MAX + 3; i++) {
		struct rcc_place *place = harbour_step(ROSSI, RCC_PLACE_ASKED);
		memset(place->name, 0, sizeof place->name);
		(void)snprintf(place->name, sizeof place->name, "QUAY %u", i);
		watch_text(place->authority, sizeof place->authority, "THE HARBOUR");
		assert_true(watch_step(&harbour_watch) > 0);
	}
	rcc_carried_of(&harbour_watch.core, order_incident(&harbour_watch, 1), &carried);
	assert_int_equal(carried.place_count, RCC_CARRIED_PLACES_MAX);
	assert_int_equal(carried.is_cut, 1);
	for (uint32_t i = 0; i < carried.place_count; i++)
		has_port |= strcmp(carried.place[i].name, "PORT OF LOS") == 0 && carried.place[i].is_unsafe != 0;
	assert_true(has_port);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_unable_to_a_place_is_an_objection),
	    cmocka_unit_test(test_unable_to_a_task_is_of_the_task),
	    cmocka_unit_test(test_another_name_is_no_other_harbour),
	    cmocka_unit_test(test_a_landing_in_danger_settles_nothing),
	    cmocka_unit_test(test_what_stands_against_a_place_goes_along),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
