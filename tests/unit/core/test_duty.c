/* Duties that end, and come again: who coordinates, who is released, who is called anew, and from when a clock runs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/closing.h"
#include "core/duty.h"
#include "core/rank.h"
#include "crowd.h"
#include "rcc/units.h"

static const struct rcc_mmsi centre, ship_a = {SHIP_A}, ship_b = {SHIP_B};

static const struct rcc_incident *
incident(void)
{
	return order_incident(&crowd_watch, crowd_case.v);
}

static bool
is_released(uint32_t peer, struct rcc_mmsi ship)
{
	return rcc_rank_is_released(&crowd_watch.core, incident(),
	                            rcc_peer_find(&crowd_watch.core, (struct rcc_peer_id){peer}),
	                            rcc_answer_of(&crowd_watch.core, incident(), ship));
}

/* Two ships are called; A is there and coordinates, B is there too. */
static void
begin_with_coordinator(void)
{
	crowd_begin(20);
	crowd_answer(1, RCC_ANSWER_PROCEEDING);
	crowd_answer(2, RCC_ANSWER_PROCEEDING);
	crowd_take_task(RCC_TASK_COORDINATE, SHIP_A);
	crowd_answer(1, RCC_ANSWER_ON_SCENE);
	crowd_answer(2, RCC_ANSWER_ON_SCENE);
	assert_int_equal(rcc_duty_coordinator(&crowd_watch.core, incident()).v, SHIP_A);
	assert_false(crowd_is_open(RCC_DUTY_RULE_COORDINATOR, centre));
}

/* Who is done, or released, coordinates no more: those who stay need another. */
static void
test_coordinator_is_out(void **state)
{
	(void)state;
	begin_with_coordinator();
	crowd_answer(1, RCC_ANSWER_DONE);
	assert_int_equal(rcc_duty_coordinator(&crowd_watch.core, incident()).v, 0);
	assert_true(crowd_is_open(RCC_DUTY_RULE_COORDINATOR, centre));

	begin_with_coordinator();
	crowd_take_task(RCC_TASK_RELEASE, SHIP_A);
	assert_true(is_released(1, ship_a));
	assert_int_equal(rcc_duty_coordinator(&crowd_watch.core, incident()).v, 0);
	assert_true(crowd_is_open(RCC_DUTY_RULE_COORDINATOR, centre));
	crowd_take_task(RCC_TASK_COORDINATE, SHIP_B);
	crowd_answer(2, RCC_ANSWER_ON_SCENE);
	assert_int_equal(rcc_duty_coordinator(&crowd_watch.core, incident()).v, SHIP_B);
	assert_false(crowd_is_open(RCC_DUTY_RULE_COORDINATOR, centre));
}

/* She was released, and all are called anew: she coordinates no more, and comes back as one of them. */
static void
test_released_stays_relieved(void **state)
{
	(void)state;
	begin_with_coordinator();
	crowd_take_task(RCC_TASK_RELEASE, SHIP_A);
	watch_cancel(&crowd_watch, 1, "found");
	crowd_watch.now_ms += 1000;
	watch_relay(&crowd_watch, 1, RCC_RELAY_RELEASE, "not found after all");
	crowd_answer(2, RCC_ANSWER_ON_SCENE);
	assert_int_equal(rcc_duty_coordinator(&crowd_watch.core, incident()).v, 0);
	assert_true(crowd_is_open(RCC_DUTY_RULE_COORDINATOR, centre));
	/* Of two who were designated, the one of now. */
	crowd_take_task(RCC_TASK_COORDINATE, SHIP_B);
	crowd_answer(2, RCC_ANSWER_ON_SCENE);
	crowd_answer(1, RCC_ANSWER_ON_SCENE);
	assert_int_equal(rcc_duty_coordinator(&crowd_watch.core, incident()).v, SHIP_B);
}

/* She coordinated when it was over, and has not answered the new call: it is not she who coordinates. */
static void
test_called_anew_without_coordinator(void **state)
{
	(void)state;
	begin_with_coordinator();
	watch_cancel(&crowd_watch, 1, "found");
	assert_int_equal(rcc_duty_coordinator(&crowd_watch.core, incident()).v, SHIP_A);
	crowd_watch.now_ms += 1000;
	watch_relay(&crowd_watch, 1, RCC_RELAY_RELEASE, "not found after all");
	crowd_answer(2, RCC_ANSWER_PROCEEDING);
	assert_int_equal(rcc_duty_coordinator(&crowd_watch.core, incident()).v, 0);
	assert_true(crowd_is_open(RCC_DUTY_RULE_COORDINATOR, centre));
}

/* The only one that comes cannot, or comes back after she was done. */
static void
test_unable_and_back(void **state)
{
	(void)state;
	crowd_begin(20);
	crowd_answer(1, RCC_ANSWER_PROCEEDING);
	assert_true(crowd_is_open(RCC_DUTY_RULE_COORDINATOR, centre));
	crowd_watch.now_ms += 1000;
	struct rcc_answer *said = &watch_command(&crowd_watch, RCC_COMMAND_ANSWER, 1)->u.answer;
	*said = (struct rcc_answer){
	    .incident = crowd_case, .number = 1, .kind = RCC_ANSWER_UNABLE, .reason = RCC_REASON_DISABLED};
	watch_step(&crowd_watch);
	assert_false(crowd_is_open(RCC_DUTY_RULE_COORDINATOR, centre));

	begin_with_coordinator();
	crowd_answer(1, RCC_ANSWER_DONE);
	assert_true(crowd_is_open(RCC_DUTY_RULE_COORDINATOR, centre));
	/* She comes again: who coordinates is to be said again. What she did before stands. */
	crowd_answer(1, RCC_ANSWER_PROCEEDING);
	assert_int_equal(rcc_duty_coordinator(&crowd_watch.core, incident()).v, 0);
	assert_true(crowd_is_open(RCC_DUTY_RULE_COORDINATOR, centre));
	assert_int_equal(crowd_state_of(RCC_DUTY_RULE_COORDINATE, ship_a), RCC_DUTY_DISCHARGED);
	crowd_take_task(RCC_TASK_COORDINATE, SHIP_A);
	crowd_answer(1, RCC_ANSWER_PROCEEDING);
	assert_int_equal(rcc_duty_coordinator(&crowd_watch.core, incident()).v, SHIP_A);
}

/* A ship that nobody knows is not tasked: she would never hear of it, and owe it all the same. */
static void
test_nobody_knows_her(void **state)
{
	(void)state;
	crowd_begin(20);
	(void)crowd_task(RCC_TASK_REQUISITION, STRANGER);
	watch_step(&crowd_watch);
	assert_true(watch_is_refused(&crowd_watch, RCC_REFUSAL_NOT_FOUND, "task.ship"));
	struct rcc_answer *said = &watch_command(&crowd_watch, RCC_COMMAND_ANSWER, 0)->u.answer;
	*said = (struct rcc_answer){.incident = crowd_case, .kind = RCC_ANSWER_NEED_DETAIL, .ship = {STRANGER}};
	watch_step(&crowd_watch);
	assert_int_equal(watch_events(&crowd_watch, RCC_EVENT_ANSWERED), 1);
	crowd_take_task(RCC_TASK_REQUISITION, STRANGER);
	crowd_take_task(RCC_TASK_RELEASE, STRANGER);
}

/* Nobody else is there or comes: nobody is needed to coordinate them. */
static void
test_last_one_is_out(void **state)
{
	(void)state;
	crowd_begin(20);
	crowd_answer(1, RCC_ANSWER_PROCEEDING);
	crowd_take_task(RCC_TASK_COORDINATE, SHIP_A);
	crowd_answer(1, RCC_ANSWER_ON_SCENE);
	crowd_answer(1, RCC_ANSWER_DONE);
	assert_false(crowd_is_open(RCC_DUTY_RULE_COORDINATOR, centre));

	crowd_begin(20);
	crowd_answer(1, RCC_ANSWER_PROCEEDING);
	crowd_take_task(RCC_TASK_COORDINATE, SHIP_A); /* and she has not answered that */
	crowd_take_task(RCC_TASK_RELEASE, SHIP_A);
	assert_false(crowd_is_open(RCC_DUTY_RULE_COORDINATOR, centre));
	assert_int_equal(crowd_state_of(RCC_DUTY_RULE_COORDINATE, ship_a), RCC_DUTY_SUPERSEDED);
}

/* Another is designated: the first is relieved, and what she acknowledged stands as she did it. */
static void
test_relieved(void **state)
{
	(void)state;
	begin_with_coordinator();
	uint64_t acknowledged_seq = crowd_watch.core.seq;
	crowd_take_task(RCC_TASK_COORDINATE, SHIP_B);
	const struct rcc_duty *row = rcc_duty_of(&crowd_watch.core, crowd_case, RCC_DUTY_RULE_COORDINATE, ship_a, 0);
	assert_int_equal(row->state, RCC_DUTY_DISCHARGED);
	assert_true(row->changed_seq <= acknowledged_seq);
	assert_int_equal(incident()->coordinator.v, SHIP_B);
	assert_int_equal(rcc_duty_coordinator(&crowd_watch.core, incident()).v, 0); /* she has not said so yet */
}

/* A ship that comes again after her release is no longer released. */
static void
test_back_after_release(void **state)
{
	(void)state;
	begin_with_coordinator();
	crowd_take_task(RCC_TASK_RELEASE, SHIP_B);
	assert_true(is_released(2, ship_b));
	assert_false(is_released(1, ship_a));
	crowd_answer(2, RCC_ANSWER_PROCEEDING);
	assert_false(is_released(2, ship_b));
	/* And an update calls on her as on the others. */
	assert_true(order_classify(&crowd_watch, 1, RCC_POS_NONE, RCC_NATURE_SINKING, 0, "seen") > 0);
	const struct rcc_event *queued = watch_event(&crowd_watch, RCC_EVENT_DELIVERIES_QUEUED);
	assert_non_null(queued);
	assert_int_equal(queued->u.queued.count, 2);
	assert_int_equal(queued->u.queued.row[1].called_on, 1);
}

/* Enrolled after she said by voice that she is unable: what she has said stands. */
static void
test_unable_and_enrolled_later(void **state)
{
	(void)state;
	crowd_begin(20);
	crowd_watch.now_ms += 1000;
	struct rcc_answer *said = &watch_command(&crowd_watch, RCC_COMMAND_ANSWER, 0)->u.answer;
	*said = (struct rcc_answer){
	    .incident = crowd_case, .kind = RCC_ANSWER_UNABLE, .reason = RCC_REASON_CARGO_HAZARD, .ship = {STRANGER}};
	watch_step(&crowd_watch);
	assert_int_equal(watch_events(&crowd_watch, RCC_EVENT_ANSWERED), 1);
	crowd_watch.now_ms += 1000;
	assert_true(watch_enrol(&crowd_watch, RCC_ROLE_VESSEL, STRANGER) != 0);
	const struct rcc_event *queued = watch_event(&crowd_watch, RCC_EVENT_DELIVERIES_QUEUED);
	assert_non_null(queued);
	assert_int_equal(queued->u.queued.row[0].called_on, 0);
	assert_false(crowd_is_open(RCC_DUTY_RULE_ASSIST, (struct rcc_mmsi){STRANGER}));
	/* Nor by an update; but by a new call, as all are. */
	assert_true(order_classify(&crowd_watch, 1, RCC_POS_NONE, RCC_NATURE_SINKING, 0, "seen") > 0);
	queued = watch_event(&crowd_watch, RCC_EVENT_DELIVERIES_QUEUED);
	assert_int_equal(queued->u.queued.count, 3);
	assert_int_equal(queued->u.queued.row[2].called_on, 0);
	watch_cancel(&crowd_watch, 1, "found");
	crowd_watch.now_ms += 1000;
	watch_relay(&crowd_watch, 1, RCC_RELAY_RELEASE, "not found after all");
	queued = watch_event(&crowd_watch, RCC_EVENT_DELIVERIES_QUEUED);
	assert_int_equal(queued->u.queued.row[2].called_on, 1);
}

/* SOLAS V/33.3: that the requisitioned ship complies is a fact, not a word. */
static void
test_others_comply(void **state)
{
	(void)state;
	crowd_begin(20);
	crowd_answer(1, RCC_ANSWER_PROCEEDING);
	crowd_answer(2, RCC_ANSWER_PROCEEDING);
	crowd_task(RCC_TASK_RELEASE, 0)->others_comply = 1;
	watch_step(&crowd_watch);
	assert_true(watch_is_refused(&crowd_watch, RCC_REFUSAL_NONE_COMPLIES, "task.others_comply"));
	crowd_take_task(RCC_TASK_REQUISITION, SHIP_A);
	crowd_task(RCC_TASK_RELEASE, 0)->others_comply = 1;
	watch_step(&crowd_watch);
	assert_true(watch_is_refused(&crowd_watch, RCC_REFUSAL_NONE_COMPLIES, "task.others_comply"));
	crowd_answer(1, RCC_ANSWER_PROCEEDING);
	assert_true(crowd_is_open(RCC_DUTY_RULE_RELEASE, centre));
	crowd_task(RCC_TASK_RELEASE, 0)->others_comply = 1;
	watch_step(&crowd_watch);
	assert_int_equal(watch_events(&crowd_watch, RCC_EVENT_TASKED), 1);
	assert_false(crowd_is_open(RCC_DUTY_RULE_RELEASE, centre));
	assert_false(is_released(1, ship_a));
	assert_true(is_released(2, ship_b));
}

/* After a cancel everybody is asked anew, also those who had answered the first call. */
static void
test_called_anew(void **state)
{
	(void)state;
	crowd_begin(20);
	crowd_answer(1, RCC_ANSWER_PROCEEDING);
	crowd_answer(1, RCC_ANSWER_ON_SCENE);
	assert_false(crowd_is_open(RCC_DUTY_RULE_ASSIST, ship_a));
	watch_cancel(&crowd_watch, 1, "found");
	crowd_watch.now_ms += 1000;
	watch_relay(&crowd_watch, 1, RCC_RELAY_RELEASE, "not found after all");
	assert_int_equal(watch_events(&crowd_watch, RCC_EVENT_BROADCAST_ISSUED), 1);
	assert_true(crowd_is_open(RCC_DUTY_RULE_ASSIST, ship_a));
	assert_true(crowd_is_open(RCC_DUTY_RULE_ASSIST, ship_b));
}

/* Ashore without having been aboard a ship of the record: they are referred like the others. */
static void
test_landed_at_once(void **state)
{
	(void)state;
	crowd_begin(3);
	crowd_move(RCC_WHERE_AT_RISK, 0, RCC_WHERE_LANDED, 0)->count.adults = 3;
	watch_step(&crowd_watch);
	assert_int_equal(watch_events(&crowd_watch, RCC_EVENT_PERSONS_MOVED), 1);
	assert_true(crowd_is_open(RCC_DUTY_RULE_REFER, centre));
	assert_int_equal(rcc_closing_refusal(&crowd_watch.core, incident(), RCC_OUTCOME_RESCUED),
	                 RCC_REFUSAL_DUTIES_OPEN);
}

/* Told late, it happened when it happened: the clock runs from then, and one that has run out rings at once. */
static void
test_told_late(void **state)
{
	(void)state;
	crowd_begin(20);
	struct rcc_rules rules = watch_rules();
	rules.duty_ms[RCC_DUTY_RULE_DISEMBARK] = 12 * RCC_MS_PER_HOUR;
	rules.duty_ms[RCC_DUTY_RULE_SEEK_PLACE] = RCC_MS_PER_HOUR;
	watch_rule(&crowd_watch, &rules);
	crowd_watch.now_ms += 20 * RCC_MS_PER_HOUR;
	int64_t then_ms = crowd_watch.now_ms - 2 * RCC_MS_PER_HOUR;
	struct rcc_move_persons *move = crowd_move(RCC_WHERE_AT_RISK, 0, RCC_WHERE_ABOARD, SHIP_A);
	move->count.adults = 20;
	move->happened_at_ms = then_ms;
	watch_step(&crowd_watch);
	const struct rcc_duty *row = rcc_duty_of(&crowd_watch.core, crowd_case, RCC_DUTY_RULE_DISEMBARK, centre, 0);
	assert_non_null(row);
	assert_int_equal(row->due_at_ms, then_ms + 12 * RCC_MS_PER_HOUR);
	/* No word stops it while they are aboard. */
	struct rcc_duty_order *word = &watch_command(&crowd_watch, RCC_COMMAND_DUTY, 0)->u.duty;
	*word = (struct rcc_duty_order){.duty = row->id, .state = RCC_DUTY_DISCHARGED, .reason = "done somehow"};
	watch_step(&crowd_watch);
	assert_true(watch_is_refused(&crowd_watch, RCC_REFUSAL_WRONG_STATE, "duty.duty"));
	/* To look for a place was due an hour ago. */
	row = rcc_duty_of(&crowd_watch.core, crowd_case, RCC_DUTY_RULE_SEEK_PLACE, centre, 0);
	assert_non_null(row);
	assert_int_equal(row->state, RCC_DUTY_OPEN);
	assert_true(watch_wait(&crowd_watch, 1000, 99) > 0);
	assert_int_equal(row->state, RCC_DUTY_OVERDUE);
	/* Half a day aboard is a warning, a whole day an alarm, counted from when it began. */
	row = rcc_duty_of(&crowd_watch.core, crowd_case, RCC_DUTY_RULE_DISEMBARK, centre, 0);
	(void)watch_wait(&crowd_watch, 11 * RCC_MS_PER_HOUR, 999);
	assert_int_equal(row->state, RCC_DUTY_OVERDUE);
	assert_int_equal(row->due_at_ms, then_ms + 24 * RCC_MS_PER_HOUR);
}

/* Survivors of one ship fear; what was reviewed is theirs: those of another are heard too. */
static void
test_fear_of_each_ship(void **state)
{
	(void)state;
	crowd_begin(20);
	crowd_survivors(1, 0, (struct rcc_persons){.adults = 5})->protection_stated = 1;
	watch_step(&crowd_watch);
	assert_true(crowd_is_open(RCC_DUTY_RULE_REVIEW_FEAR, centre));
	struct rcc_place *place = &watch_command(&crowd_watch, RCC_COMMAND_PLACE, 0)->u.place;
	*place = (struct rcc_place){
	    .incident = crowd_case, .step = RCC_PLACE_REVIEWED, .name = "PORT A", .pos = RCC_POS_NONE};
	watch_text(place->text, sizeof place->text, "heard, it is another shore");
	watch_step(&crowd_watch);
	assert_int_equal(crowd_state_of(RCC_DUTY_RULE_REVIEW_FEAR, centre), RCC_DUTY_DISCHARGED);
	/* Said again by the same ship: nothing new. */
	crowd_survivors(1, 0, (struct rcc_persons){.adults = 5})->protection_stated = 1;
	watch_step(&crowd_watch);
	assert_false(crowd_is_open(RCC_DUTY_RULE_REVIEW_FEAR, centre));
	crowd_survivors(2, 0, (struct rcc_persons){.adults = 4})->protection_stated = 1;
	watch_step(&crowd_watch);
	assert_true(crowd_is_open(RCC_DUTY_RULE_REVIEW_FEAR, centre));
}

static void
note_dispute(void *context, const struct rcc_obstacle *obstacle)
{
	if (obstacle->kind == RCC_OBSTACLE_DISPUTED)
		*(struct rcc_obstacle *)context = *obstacle;
}

static struct rcc_obstacle
dispute(void)
{
	struct rcc_obstacle last = {.count = 0};

	(void)rcc_closing_obstacles(&crowd_watch.core, incident(), RCC_OUTCOME_RESCUED, note_dispute, &last);
	return last;
}

/* Two numbers stand in the way of an end until one gives way. */
static void
test_disputed(void **state)
{
	(void)state;
	crowd_begin(5);
	crowd_survivors(1, 0, (struct rcc_persons){.adults = 5});
	watch_step(&crowd_watch);
	assert_int_equal(dispute().kind, 0);
	crowd_survivors(1, 0, (struct rcc_persons){.adults = 4});
	watch_step(&crowd_watch);
	assert_int_equal(dispute().ship.v, SHIP_A);
	assert_int_equal(dispute().count, 4);
	/* She counts again. */
	crowd_survivors(1, 0, (struct rcc_persons){.adults = 5});
	watch_step(&crowd_watch);
	assert_int_equal(dispute().kind, 0);
}

/* Nobody said how many they are: each ship's first report is of people taken out of the danger. */
static void
test_number_not_told(void **state)
{
	(void)state;
	crowd_begin(0);
	crowd_survivors(1, 0, (struct rcc_persons){.adults = 10});
	watch_step(&crowd_watch);
	crowd_survivors(2, 0, (struct rcc_persons){.adults = 12});
	watch_step(&crowd_watch);
	assert_int_equal(dispute().kind, 0);
	crowd_balance(22, 0, 22);
	assert_true(crowd_is_open(RCC_DUTY_RULE_CARE, ship_b));
}

/* They were ten, and ten were counted: four that another ship has may be of these, also when these are ashore. */
static void
test_more_than_told(void **state)
{
	(void)state;
	crowd_begin(10);
	crowd_survivors(1, 0, (struct rcc_persons){.adults = 10});
	watch_step(&crowd_watch);
	crowd_survivors(2, 0, (struct rcc_persons){.adults = 4});
	watch_step(&crowd_watch);
	assert_int_equal(dispute().ship.v, SHIP_B);
	crowd_move(RCC_WHERE_ABOARD, SHIP_A, RCC_WHERE_LANDED, 0)->count.adults = 10;
	watch_step(&crowd_watch);
	crowd_survivors(2, 0, (struct rcc_persons){.adults = 4});
	watch_step(&crowd_watch);
	assert_int_equal(dispute().ship.v, SHIP_B);
	crowd_balance(10, 0, 0);
	/* An officer says that they are others. */
	struct rcc_move_persons *move = crowd_move(RCC_WHERE_AT_RISK, 0, RCC_WHERE_ABOARD, SHIP_B);
	move->count.adults = 4;
	move->more_found = 1;
	watch_step(&crowd_watch);
	assert_int_equal(dispute().kind, 0);
	crowd_balance(14, 0, 4);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_coordinator_is_out),
	    cmocka_unit_test(test_released_stays_relieved),
	    cmocka_unit_test(test_called_anew_without_coordinator),
	    cmocka_unit_test(test_unable_and_back),
	    cmocka_unit_test(test_nobody_knows_her),
	    cmocka_unit_test(test_last_one_is_out),
	    cmocka_unit_test(test_relieved),
	    cmocka_unit_test(test_back_after_release),
	    cmocka_unit_test(test_unable_and_enrolled_later),
	    cmocka_unit_test(test_others_comply),
	    cmocka_unit_test(test_called_anew),
	    cmocka_unit_test(test_landed_at_once),
	    cmocka_unit_test(test_told_late),
	    cmocka_unit_test(test_fear_of_each_ship),
	    cmocka_unit_test(test_disputed),
	    cmocka_unit_test(test_number_not_told),
	    cmocka_unit_test(test_more_than_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
