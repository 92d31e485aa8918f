/* Places of safety: what blocks one, and who may decide otherwise. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/closing.h"
#include "core/duty.h"
#include "harbour.h"
#include "rcc/units.h"

static void
keep_sent(void *context, const struct rcc_obstacle *obstacle)
{
	if (obstacle->kind == RCC_OBSTACLE_SENT)
		*(struct rcc_obstacle *)context = *obstacle;
}

static void
test_a_place_is_assigned_when_nothing_stands_against_it(void **state)
{
	(void)state;
	harbour_start();
	harbour_say(ROSSI, RCC_PLACE_ASKED, "");
	harbour_refused(RCC_REFUSAL_RANGE, "place.authority");
	struct rcc_place *place = harbour_step(ROSSI, RCC_PLACE_ASKED);
	watch_text(place->authority, sizeof place->authority, "HARBOUR MASTER");
	assert_int_equal(watch_step(&harbour_watch), 1);
	harbour_assign(ROSSI, false, "");
	harbour_refused(RCC_REFUSAL_PLACE_UNCHECKED, "place.checks");
	harbour_check(ROSSI, RCC_CHECKS_ALL & ~RCC_CHECK_ONWARD, false, "");
	harbour_assign(ROSSI, false, "");
	harbour_refused(RCC_REFUSAL_PLACE_UNCHECKED, "place.checks");
	harbour_check(ROSSI, RCC_CHECKS_ALL, false, "");
	place = harbour_step(ROSSI, RCC_PLACE_ASSIGNED);
	place->ship.v = SHIP_MMSI;
	place->pos = (struct rcc_pos){355000000, 126000000};
	place->extra_nm = 40;
	harbour_text(place, "pilot on VHF 12");
	assert_int_equal(watch_step(&harbour_watch), 3);
	assert_non_null(strstr(harbour_told(), "PORT OF LOS, 35-30.00N 012-36.00E. pilot on VHF 12"));
	assert_true(harbour_row()->is_assigned);
	assert_int_equal(harbour_row()->broadcast.v, harbour_watch.core.broadcast_last);
	harbour_assign(ROSSI, false, "");
	harbour_refused(RCC_REFUSAL_WRONG_STATE, "place.ship");
	place = harbour_step(0, RCC_PLACE_REACHED);
	place->ship.v = SHIP_MMSI;
	watch_step(&harbour_watch);
	assert_false(harbour_row()->is_assigned);
	assert_false(harbour_row()->is_unassigned);
	assert_int_equal(harbour_row()->reached_at_ms, harbour_watch.now_ms);
}

static void
test_what_is_unsafe_is_not_assigned(void **state)
{
	(void)state;
	harbour_start();
	harbour_check(ROSSI, RCC_CHECKS_ALL, true, "");
	harbour_refused(RCC_REFUSAL_REASON_MISSING, "place.text");
	harbour_check(ROSSI, RCC_CHECKS_ALL, true, "people are held there");
	harbour_assign(ROSSI, false, "");
	harbour_refused(RCC_REFUSAL_PLACE_UNSAFE, "place.is_unsafe");
	/* Who flagged it does not lift it alone, nor somebody without a name, nor anybody without a reason. */
	harbour_check(BIANCHI, RCC_CHECKS_ALL, false, "");
	harbour_refused(RCC_REFUSAL_REASON_MISSING, "place.text");
	harbour_check(ROSSI, RCC_CHECKS_ALL, false, "it is better now");
	harbour_refused(RCC_REFUSAL_TWO_OFFICERS, "place.is_unsafe");
	harbour_check(0, RCC_CHECKS_ALL, false, "it is better now");
	harbour_refused(RCC_REFUSAL_TWO_OFFICERS, "place.is_unsafe");
	harbour_check(BIANCHI, RCC_CHECKS_ALL, false, "UNHCR on the spot confirms");
	assert_int_equal(rcc_place_blocks(harbour_port()), 0);
	/* Who found it safe against the other's word sends nobody there alone as well. */
	harbour_assign(BIANCHI, false, "");
	harbour_refused(RCC_REFUSAL_TWO_OFFICERS, "place.is_unsafe");
	harbour_assign(ROSSI, false, "");
	assert_true(harbour_row()->is_assigned);
}

static void
survivors_fear(void)
{
	struct rcc_survivors *said = &watch_command(&harbour_watch, RCC_COMMAND_SURVIVORS, SHIP)->u.survivors;

	*said = (struct rcc_survivors){.incident = {1}, .aboard = {.men = 3}, .protection_stated = 1};
	(void)watch_step(&harbour_watch);
	assert_int_equal(watch_events(&harbour_watch, RCC_EVENT_SURVIVORS_REPORTED), 1);
}

/* Who fears for himself fears each place until it has been looked at; neither a word in the ledger nor another place's review is that. */
static void
test_a_fear_of_no_place_is_of_each(void **state)
{
	(void)state;
	harbour_start();
	harbour_check(ROSSI, RCC_CHECKS_ALL, false, "");
	survivors_fear();
	harbour_assign(ROSSI, false, "");
	harbour_refused(RCC_REFUSAL_PLACE_UNSAFE, "place.is_unsafe");
	struct rcc_duty_order *word = &watch_command(&harbour_watch, RCC_COMMAND_DUTY, 0)->u.duty;
	word->duty = rcc_duty_of(&harbour_watch.core, (struct rcc_incident_id){1}, RCC_DUTY_RULE_REVIEW_FEAR,
	                         (struct rcc_mmsi){0}, 0)
	                 ->id;
	word->state = RCC_DUTY_EXCUSED;
	watch_text(word->reason, sizeof word->reason, "x");
	(void)watch_step(&harbour_watch);
	harbour_assign(ROSSI, false, "");
	harbour_refused(RCC_REFUSAL_PLACE_UNSAFE, "place.is_unsafe");
	struct rcc_place *place = harbour_step(ROSSI, RCC_PLACE_REVIEWED);
	watch_text(place->name, sizeof place->name, "PORTO NUOVO");
	harbour_text(place, "they do not fear this one");
	(void)watch_step(&harbour_watch);
	assert_false(rcc_place_is_fear_stated(&harbour_watch.core, order_incident(&harbour_watch, 1)));
	harbour_assign(ROSSI, false, "");
	harbour_refused(RCC_REFUSAL_PLACE_UNSAFE, "place.is_unsafe");
	harbour_say(ROSSI, RCC_PLACE_REVIEWED, "they fear the shore that they left, not this one");
	harbour_assign(ROSSI, false, "");
	assert_true(harbour_row()->is_assigned);
}

/* A port that one case has flagged is not safe for the next one. */
static void
test_unsafe_in_another_case(void **state)
{
	(void)state;
	struct rcc_alert alert = watch_alert(RCC_SOURCE_OFFICER, 211000077);

	harbour_start();
	harbour_check(ROSSI, RCC_CHECKS_ALL, true, "people are taken back from there");
	order_open(&harbour_watch, 0, &alert);
	uint32_t other = harbour_watch.core.incident_last;
	struct rcc_place *place = harbour_step(ROSSI, RCC_PLACE_CHECKED);
	place->incident.v = other;
	place->checks = RCC_CHECKS_ALL;
	(void)watch_step(&harbour_watch);
	place = harbour_step(ROSSI, RCC_PLACE_ASSIGNED);
	place->incident.v = other;
	place->ship.v = SHIP_MMSI;
	(void)watch_step(&harbour_watch);
	assert_true(watch_is_refused(&harbour_watch, RCC_REFUSAL_PLACE_UNSAFE, "place.is_unsafe"));
}

static void
test_a_fear_is_reviewed_first(void **state)
{
	(void)state;
	harbour_start();
	harbour_check(ROSSI, RCC_CHECKS_ALL, false, "");
	harbour_say(ROSSI, RCC_PLACE_REVIEWED, "nobody fears it");
	harbour_refused(RCC_REFUSAL_WRONG_STATE, "place.step");
	harbour_say(SHIP, RCC_PLACE_FEARED, "");
	assert_int_equal(harbour_watch.entry.event_count, 1);
	assert_int_equal(harbour_port()->fear_ship.v, SHIP_MMSI);
	const struct rcc_duty *duty =
	    rcc_duty_of(&harbour_watch.core, (struct rcc_incident_id){1}, RCC_DUTY_RULE_REVIEW_FEAR,
	                (struct rcc_mmsi){0}, harbour_port()->id.v);
	assert_non_null(duty);
	assert_true(rcc_duty_is_open(duty) && duty->due_at_ms == harbour_watch.now_ms + 60 * RCC_MS_PER_MIN);
	harbour_assign(ROSSI, false, "");
	harbour_refused(RCC_REFUSAL_PLACE_UNSAFE, "place.is_unsafe");
	harbour_say(ROSSI, RCC_PLACE_REVIEWED, "");
	harbour_refused(RCC_REFUSAL_REASON_MISSING, "place.text");
	harbour_say(SHIP, RCC_PLACE_REVIEWED, "they changed their mind");
	harbour_refused(RCC_REFUSAL_NOT_ALLOWED, "place.step");
	harbour_say(ROSSI, RCC_PLACE_REVIEWED, "spoken with them by interpreter: another port of that name");
	assert_int_equal(duty->state, RCC_DUTY_DISCHARGED);
	harbour_assign(ROSSI, false, "");
	assert_true(harbour_row()->is_assigned);
	/* A later fear ends the assignment, is told to her, and opens the duty again. */
	harbour_say(SHIP, RCC_PLACE_FEARED, "");
	assert_int_equal(watch_events(&harbour_watch, RCC_EVENT_PLACE_STEPPED), 2);
	assert_int_equal(harbour_watch.entry.event[1].u.place_stepped.body.step, RCC_PLACE_WITHDRAWN);
	assert_int_equal(harbour_watch.entry.event[1].u.place_stepped.blocked, RCC_PLACE_BLOCK_FEARED);
	assert_non_null(strstr(harbour_told(), "because survivors fear it. Do not go there"));
	assert_int_equal(watch_event(&harbour_watch, RCC_EVENT_BROADCAST_ISSUED)->u.broadcast.by.v, 0);
	assert_false(harbour_row()->is_assigned);
	/* What was reviewed stays so; what is feared now is owed anew. */
	assert_int_equal(duty->state, RCC_DUTY_DISCHARGED);
	assert_true(
	    rcc_duty_is_open(rcc_duty_of(&harbour_watch.core, duty->incident, duty->rule, duty->ship, duty->subject)));
	/* A review that finds it true flags the place. */
	harbour_text(harbour_step(ROSSI, RCC_PLACE_REVIEWED), "it is true");
	harbour_watch.entry.cause.u.place.is_unsafe = 1;
	watch_step(&harbour_watch);
	assert_int_equal(rcc_place_blocks(harbour_port()), RCC_PLACE_BLOCK_UNSAFE);
}

static void
test_two_officers(void **state)
{
	(void)state;
	harbour_start();
	harbour_check(ROSSI, RCC_CHECKS_ALL, true, "people are held there");
	harbour_say(SHIP, RCC_PLACE_OBJECTED, "");
	harbour_refused(RCC_REFUSAL_REASON_MISSING, "place.text");
	harbour_say(SHIP, RCC_PLACE_OBJECTED, "48 people aboard fear for their lives");
	assert_int_equal(harbour_row()->objections, 1);
	harbour_assign(ROSSI, true, "");
	harbour_refused(RCC_REFUSAL_REASON_MISSING, "place.text");
	harbour_assign(0, true, "the ship sinks");
	harbour_refused(RCC_REFUSAL_NOT_ALLOWED, "place.is_override");
	harbour_assign(ROSSI, true, "the ship sinks");
	assert_int_equal(harbour_watch.entry.event_count, 1);
	assert_int_equal(harbour_watch.entry.event[0].u.place_stepped.is_pending, 1);
	assert_false(harbour_row()->is_assigned);
	assert_null(harbour_told());
	harbour_assign(ROSSI, true, "the ship sinks, I say");
	harbour_refused(RCC_REFUSAL_TWO_OFFICERS, "place.is_override");
	harbour_assign(BIANCHI, true, "no other port within her range");
	const struct rcc_place_stepped *stepped =
	    &watch_event(&harbour_watch, RCC_EVENT_PLACE_STEPPED)->u.place_stepped;
	assert_int_equal(stepped->first.v, ROSSI);
	assert_int_equal(stepped->by.v, BIANCHI);
	assert_int_equal(stepped->overridden, RCC_PLACE_BLOCK_UNSAFE);
	assert_string_equal(stepped->first_reason, "the ship sinks");
	assert_string_equal(stepped->body.text, "no other port within her range");
	assert_string_equal(stepped->objection, "48 people aboard fear for their lives");
	assert_non_null(strstr(harbour_told(),
	                       "Two officers decided so although it is flagged unsafe. Your objection is on record "
	                       "and never counts against your ship. No law obliges a master to go where life is "
	                       "at risk."));
	assert_true(harbour_row()->is_assigned && harbour_port()->is_unsafe);
	assert_string_equal(harbour_row()->first_reason, "the ship sinks");
	/* What they knew does not end it; what comes up later does: their word does not cover it. */
	harbour_check(VERDI, RCC_CHECKS_ALL, true, "still held there");
	assert_true(harbour_row()->is_assigned);
	harbour_say(OTHER, RCC_PLACE_FEARED, "");
	assert_false(harbour_row()->is_assigned);
}

static void
test_half_a_decision_lapses(void **state)
{
	(void)state;
	harbour_start();
	harbour_check(ROSSI, RCC_CHECKS_ALL, true, "people are held there");
	harbour_assign(ROSSI, true, "the ship sinks");
	harbour_watch.now_ms += RCC_MS_PER_HOUR + 1;
	harbour_assign(BIANCHI, true, "the ship sinks");
	assert_int_equal(harbour_watch.entry.event[0].u.place_stepped.is_pending, 1);
	/* What comes up between the two words: the first was about something else. */
	harbour_say(SHIP, RCC_PLACE_OBJECTED, "never");
	harbour_assign(ROSSI, true, "the ship sinks");
	assert_int_equal(harbour_watch.entry.event[0].u.place_stepped.is_pending, 1);
	harbour_say(SHIP, RCC_PLACE_FEARED, "");
	harbour_assign(BIANCHI, true, "the ship sinks");
	assert_int_equal(harbour_watch.entry.event[0].u.place_stepped.is_pending, 1);
	/* Whose key is revoked has no say any more. */
	watch_revoke(&harbour_watch, "5 PEER", "off duty");
	harbour_assign(ROSSI, true, "the ship sinks");
	assert_int_equal(harbour_watch.entry.event[0].u.place_stepped.is_pending, 1);
	harbour_watch.now_ms += RCC_MS_PER_HOUR;
	harbour_assign(VERDI, true, "the ship sinks");
	assert_true(harbour_row()->is_assigned);
	assert_int_equal(harbour_row()->overridden, RCC_PLACE_BLOCK_UNSAFE | RCC_PLACE_BLOCK_FEARED);
}

static void
test_a_port_that_refuses(void **state)
{
	(void)state;
	harbour_start();
	harbour_check(ROSSI, RCC_CHECKS_ALL, false, "");
	harbour_assign(ROSSI, true, "quickly");
	harbour_refused(RCC_REFUSAL_WRONG_STATE, "place.is_override"); /* nothing to decide over */
	harbour_assign(ROSSI, false, "");
	struct rcc_place *place = harbour_step(ROSSI, RCC_PLACE_REFUSED);
	watch_text(place->authority, sizeof place->authority, "HARBOUR MASTER");
	watch_step(&harbour_watch);
	assert_non_null(strstr(harbour_told(), "because its authority refuses. "));
	assert_false(harbour_row()->is_assigned);
	/* The port is not the centre's: no two officers open it. */
	harbour_assign(ROSSI, false, "");
	harbour_refused(RCC_REFUSAL_WRONG_STATE, "place.authority");
	harbour_assign(ROSSI, true, "they must");
	harbour_refused(RCC_REFUSAL_WRONG_STATE, "place.authority");
	place = harbour_step(ROSSI, RCC_PLACE_OFFERED);
	watch_text(place->authority, sizeof place->authority, "MINISTRY");
	watch_step(&harbour_watch);
	harbour_assign(ROSSI, false, "");
	assert_true(harbour_row()->is_assigned);
}

/* One port is written in many ways; a mistyped one would land people where nobody is. */
static void
test_a_name_is_its_letters(void **state)
{
	(void)state;
	assert_true(rcc_place_is_name("Port-A", "PORT A."));
	assert_true(rcc_place_is_name("PORTA", "port a"));
	assert_false(rcc_place_is_name("PORT A", "PORT B"));
	assert_false(rcc_place_is_name("PORT A", "PORT A2"));
	assert_false(rcc_place_is_name("PORT A2", "PORT A"));
	harbour_start();
	struct rcc_place *place = harbour_step(ROSSI, RCC_PLACE_REACHED);
	place->ship.v = SHIP_MMSI;
	(void)watch_step(&harbour_watch);
	harbour_refused(RCC_REFUSAL_REASON_MISSING, "place.text");
	place = harbour_step(ROSSI, RCC_PLACE_REACHED);
	place->ship.v = SHIP_MMSI;
	harbour_text(place, "she went in there by herself");
	assert_int_equal(watch_step(&harbour_watch), 1);
}

/* A ship that is on her way to a place of safety stands in the way of closing, whatever the case was. */
static void
test_who_is_sent_is_told_before_it_is_over(void **state)
{
	(void)state;
	harbour_start();
	harbour_check(ROSSI, RCC_CHECKS_ALL, false, "");
	harbour_assign(ROSSI, false, "");
	assert_true(harbour_row()->is_assigned);
	const struct rcc_incident *incident = rcc_incident_find(&harbour_watch.core, (struct rcc_incident_id){1});
	struct rcc_obstacle sent = {.count = 0};
	(void)rcc_closing_obstacles(&harbour_watch.core, incident, RCC_OUTCOME_FALSE_ALERT, keep_sent, &sent);
	assert_int_equal(sent.ship.v, SHIP_MMSI);
	struct rcc_place *place = harbour_step(ROSSI, RCC_PLACE_WITHDRAWN);
	place->ship.v = SHIP_MMSI;
	harbour_text(place, "it was no distress");
	watch_step(&harbour_watch);
	sent = (struct rcc_obstacle){.count = 0};
	(void)rcc_closing_obstacles(&harbour_watch.core, incident, RCC_OUTCOME_FALSE_ALERT, keep_sent, &sent);
	assert_int_equal(sent.ship.v, 0);
}

static bool
is_ordered(const char *text, bool names_place)
{
	struct rcc_task *task = &watch_command(&harbour_watch, RCC_COMMAND_TASK, ROSSI)->u.task;

	*task = (struct rcc_task){
	    .incident = {1}, .kind = RCC_TASK_ASSIST, .ship = {SHIP_MMSI}, .names_place = names_place};
	watch_text(task->text, sizeof task->text, text);
	watch_step(&harbour_watch);
	if (watch_event(&harbour_watch, RCC_EVENT_TASKED) != NULL)
		return true;
	harbour_refused(RCC_REFUSAL_PLACE_UNSAFE, "task.text");
	return false;
}

/* Where two officers are wanted to send her, no free words of one do it. */
static void
test_free_words_send_nobody_there(void **state)
{
	(void)state;
	harbour_start();
	assert_true(is_ordered("land them at PORT OF LOS", false));
	harbour_check(ROSSI, RCC_CHECKS_ALL, true, "people are held there");
	static const char *const orders[] = {"land them at PORT OF LOS", "port-of-los at once", "go to Port  of Los.",
	                                     "(PORT OF LOS)"};
	for (size_t i = 0; i < sizeof orders / sizeof orders[0]; i++)
		assert_false(is_ordered(orders[i], false));
	/* Part of another word is another place; and who warns her says that it is no order. */
	assert_true(is_ordered("wait off PORT OF LOSINJ", false));
	assert_true(is_ordered("AIRPORT OF LOS", false));
	assert_true(is_ordered("do not go to PORT OF LOS", true));
	harbour_check(BIANCHI, RCC_CHECKS_ALL, false, "UNHCR on the spot confirms");
	assert_true(is_ordered("land them at PORT OF LOS", false));
}

/* Nor do the words that go with an order to a safe one, or with its withdrawal; that place itself they may name. */
static void
test_no_other_place_in_the_words(void **state)
{
	(void)state;
	harbour_start();
	struct rcc_place *place = harbour_step(ROSSI, RCC_PLACE_CHECKED);
	watch_text(place->name, sizeof place->name, "CAPE ILL");
	place->is_unsafe = true;
	harbour_text(place, "people are held there");
	(void)watch_step(&harbour_watch);
	harbour_check(ROSSI, RCC_CHECKS_ALL, false, "");
	harbour_assign(ROSSI, false, "or Cape Ill, which is nearer");
	harbour_refused(RCC_REFUSAL_PLACE_UNSAFE, "place.text");
	harbour_assign(ROSSI, false, "PORT OF LOS has berth 4 for you");
	assert_true(harbour_row()->is_assigned);
	for (int is_named = 1; is_named >= 0; is_named--) {
		place = harbour_step(ROSSI, RCC_PLACE_WITHDRAWN);
		place->ship.v = SHIP_MMSI;
		harbour_text(place, is_named != 0 ? "land at CAPE ILL" : "PORT OF LOS is full");
		(void)watch_step(&harbour_watch);
		assert_int_equal(harbour_row()->is_assigned, is_named);
		if (is_named != 0)
			harbour_refused(RCC_REFUSAL_PLACE_UNSAFE, "place.text");
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_a_place_is_assigned_when_nothing_stands_against_it),
	    cmocka_unit_test(test_what_is_unsafe_is_not_assigned),
	    cmocka_unit_test(test_a_fear_is_reviewed_first),
	    cmocka_unit_test(test_a_fear_of_no_place_is_of_each),
	    cmocka_unit_test(test_unsafe_in_another_case),
	    cmocka_unit_test(test_two_officers),
	    cmocka_unit_test(test_half_a_decision_lapses),
	    cmocka_unit_test(test_a_port_that_refuses),
	    cmocka_unit_test(test_a_name_is_its_letters),
	    cmocka_unit_test(test_free_words_send_nobody_there),
	    cmocka_unit_test(test_no_other_place_in_the_words),
	    cmocka_unit_test(test_who_is_sent_is_told_before_it_is_over),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
