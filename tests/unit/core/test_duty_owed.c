/* Duties that go on until they are really done: who is waited for, who is told, who is referred, and which line was meant. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/closing.h"
#include "core/duty.h"
#include "crowd.h"
#include "rcc/units.h"

#define ARRIVE_MIN 30

static const struct rcc_mmsi centre, ship_a = {SHIP_A};

static const struct rcc_duty *
line(enum rcc_duty_rule rule, struct rcc_mmsi ship)
{
	return rcc_duty_of(&crowd_watch.core, crowd_case, rule, ship, 0);
}

static bool
is_open(enum rcc_duty_rule rule, struct rcc_mmsi ship)
{
	return line(rule, ship) != NULL && rcc_duty_is_open(line(rule, ship));
}

static void
begin(uint32_t persons, uint32_t arrive_min)
{
	struct rcc_rules rules = watch_rules();

	crowd_begin(persons);
	rules.duty_ms[RCC_DUTY_RULE_ARRIVE] = (uint32_t)(arrive_min * RCC_MS_PER_MIN);
	watch_rule(&crowd_watch, &rules);
}

static void
answer(enum rcc_answer_kind kind, uint32_t eta_min)
{
	struct rcc_answer *said = &watch_command(&crowd_watch, RCC_COMMAND_ANSWER, 1)->u.answer;

	*said = (struct rcc_answer){.incident = crowd_case, .number = 1, .kind = kind, .eta_min = eta_min};
	said->reason = kind == RCC_ANSWER_UNABLE ? RCC_REASON_DISABLED : RCC_REASON_NONE;
	(void)watch_step(&crowd_watch);
	assert_int_equal(watch_events(&crowd_watch, RCC_EVENT_ANSWERED), 1);
}

/* ---- who is waited for ---- */

static void
test_missed(void **state)
{
	(void)state;
	begin(20, ARRIVE_MIN);
	answer(RCC_ANSWER_PROCEEDING, 20);
	int64_t due_at_ms = crowd_watch.now_ms + 50 * RCC_MS_PER_MIN;
	assert_int_equal(line(RCC_DUTY_RULE_ARRIVE, ship_a)->due_at_ms, due_at_ms);
	(void)watch_wait(&crowd_watch, 49 * RCC_MS_PER_MIN, 999);
	assert_int_equal(line(RCC_DUTY_RULE_ARRIVE, ship_a)->state, RCC_DUTY_OPEN);
	(void)watch_wait(&crowd_watch, 2 * RCC_MS_PER_MIN, 999);
	assert_int_equal(line(RCC_DUTY_RULE_ARRIVE, ship_a)->state, RCC_DUTY_OVERDUE);
	/* What she has taken on is still hers. */
	assert_int_equal(line(RCC_DUTY_RULE_ASSIST, ship_a)->state, RCC_DUTY_ACKNOWLEDGED);
	/* Without a time she is as late as before; with one she has until then. */
	answer(RCC_ANSWER_PROCEEDING, RCC_ETA_UNKNOWN_MIN);
	assert_int_equal(line(RCC_DUTY_RULE_ARRIVE, ship_a)->state, RCC_DUTY_OVERDUE);
	answer(RCC_ANSWER_PROCEEDING, 60);
	assert_int_equal(line(RCC_DUTY_RULE_ARRIVE, ship_a)->state, RCC_DUTY_OPEN);
	assert_true(line(RCC_DUTY_RULE_ARRIVE, ship_a)->is_late);
	assert_int_equal(line(RCC_DUTY_RULE_ARRIVE, ship_a)->due_at_ms,
	                 crowd_watch.now_ms + (60 + ARRIVE_MIN) * RCC_MS_PER_MIN);
}

static enum rcc_duty_state
after(enum rcc_answer_kind kind)
{
	begin(20, ARRIVE_MIN);
	answer(RCC_ANSWER_PROCEEDING, 20);
	answer(kind, RCC_ETA_UNKNOWN_MIN);
	return line(RCC_DUTY_RULE_ARRIVE, ship_a)->state;
}

static void
test_not_waited_for(void **state)
{
	(void)state;
	assert_int_equal(after(RCC_ANSWER_ON_SCENE), RCC_DUTY_DISCHARGED);
	assert_int_equal(after(RCC_ANSWER_DONE), RCC_DUTY_DISCHARGED);
	assert_int_equal(after(RCC_ANSWER_UNABLE), RCC_DUTY_EXCUSED);
	assert_int_equal(after(RCC_ANSWER_NEED_DETAIL), RCC_DUTY_OPEN);
	struct rcc_task *task = &watch_command(&crowd_watch, RCC_COMMAND_TASK, 0)->u.task;
	*task = (struct rcc_task){.incident = crowd_case, .kind = RCC_TASK_RELEASE, .ship = ship_a};
	(void)watch_step(&crowd_watch);
	assert_int_equal(line(RCC_DUTY_RULE_ARRIVE, ship_a)->state, RCC_DUTY_SUPERSEDED);
	/* Without the clock, as in a record of before, the numbers of the lines are what they were. */
	begin(20, 0);
	answer(RCC_ANSWER_PROCEEDING, 20);
	assert_null(line(RCC_DUTY_RULE_ARRIVE, ship_a));
}

/* ---- who is told ---- */

static void
name_casualty(uint32_t mmsi)
{
	struct rcc_classify *classify = &watch_command(&crowd_watch, RCC_COMMAND_CLASSIFY, 0)->u.classify;

	classify->incident = crowd_case;
	classify->pos = RCC_POS_NONE;
	classify->casualty.v = mmsi;
	watch_text(classify->reason, sizeof classify->reason, "it is she");
	(void)watch_step(&crowd_watch);
	assert_int_equal(watch_events(&crowd_watch, RCC_EVENT_BROADCAST_ISSUED), 1);
}

static void
test_other_casualty(void **state)
{
	(void)state;
	crowd_begin(20);
	struct rcc_note *note = &watch_command(&crowd_watch, RCC_COMMAND_NOTE, 0)->u.note;
	*note = (struct rcc_note){.incident = crowd_case, .kind = RCC_NOTE_CASUALTY_TOLD};
	watch_text(note->text, sizeof note->text, "by VHF 16");
	(void)watch_step(&crowd_watch);
	assert_int_equal(line(RCC_DUTY_RULE_TELL_CASUALTY, centre)->state, RCC_DUTY_DISCHARGED);
	/* More of the same ship is no news to her; another one has heard nothing. */
	(void)order_classify(&crowd_watch, crowd_case.v, RCC_POS_NONE, RCC_NATURE_SINKING, 0, "sinking now");
	assert_int_equal(watch_events(&crowd_watch, RCC_EVENT_BROADCAST_ISSUED), 1);
	assert_false(is_open(RCC_DUTY_RULE_TELL_CASUALTY, centre));
	name_casualty(500000002);
	assert_true(is_open(RCC_DUTY_RULE_TELL_CASUALTY, centre));
}

/* ---- who is referred ---- */

static void
refer_to(enum rcc_service service, uint32_t persons, bool is_accepted)
{
	struct rcc_referral *referral = &watch_command(&crowd_watch, RCC_COMMAND_REFERRAL, 0)->u.referral;

	*referral = (struct rcc_referral){.incident = crowd_case, .persons = persons, .is_accepted = is_accepted};
	referral->service = service;
	watch_text(referral->to, sizeof referral->to, "Red Cross");
	(void)watch_step(&crowd_watch);
	assert_int_equal(watch_events(&crowd_watch, RCC_EVENT_REFERRED), 1);
}

static void
refer(uint32_t persons, bool is_accepted)
{
	refer_to(RCC_SERVICE_SHELTER, persons, is_accepted);
}

static void
move(enum rcc_where from, enum rcc_where to, uint32_t adults)
{
	crowd_move(from, from == RCC_WHERE_ABOARD ? SHIP_A : 0, to, to == RCC_WHERE_ABOARD ? SHIP_A : 0)->count.adults =
	    adults;
	(void)watch_step(&crowd_watch);
	assert_int_equal(watch_events(&crowd_watch, RCC_EVENT_PERSONS_MOVED), 1);
}

static void
test_referred_all(void **state)
{
	(void)state;
	crowd_begin(14);
	move(RCC_WHERE_AT_RISK, RCC_WHERE_ABOARD, 10);
	move(RCC_WHERE_ABOARD, RCC_WHERE_LANDED, 6);
	refer(4, true);
	assert_true(is_open(RCC_DUTY_RULE_REFER, centre));
	refer(10, false);
	assert_true(is_open(RCC_DUTY_RULE_REFER, centre));
	/* The four who are still aboard will come ashore too. */
	refer(2, true);
	assert_true(is_open(RCC_DUTY_RULE_REFER, centre));
	refer(4, true);
	assert_int_equal(line(RCC_DUTY_RULE_REFER, centre)->state, RCC_DUTY_DISCHARGED);
	/* Who only goes ashore has been referred; who is saved later has not. */
	move(RCC_WHERE_ABOARD, RCC_WHERE_LANDED, 4);
	assert_false(is_open(RCC_DUTY_RULE_REFER, centre));
	move(RCC_WHERE_AT_RISK, RCC_WHERE_LANDED, 3);
	assert_true(is_open(RCC_DUTY_RULE_REFER, centre));
	refer(3, true);
	assert_false(is_open(RCC_DUTY_RULE_REFER, centre));
	/* Accepted before they are found. */
	refer(1, true);
	move(RCC_WHERE_AT_RISK, RCC_WHERE_LANDED, 1);
	assert_false(is_open(RCC_DUTY_RULE_REFER, centre));
}

/* A clinic and a shelter take the same five: the other five are in nobody's care. */
static void
test_referred_twice(void **state)
{
	(void)state;
	crowd_begin(14);
	move(RCC_WHERE_AT_RISK, RCC_WHERE_LANDED, 10);
	refer_to(RCC_SERVICE_MEDICAL, 5, true);
	refer_to(RCC_SERVICE_SHELTER, 5, true);
	assert_true(is_open(RCC_DUTY_RULE_REFER, centre));
	refer_to(RCC_SERVICE_SHELTER, 5, true);
	assert_false(is_open(RCC_DUTY_RULE_REFER, centre));
}

static void
say_referred(void)
{
	struct rcc_duty_order *order = &watch_command(&crowd_watch, RCC_COMMAND_DUTY, 0)->u.duty;

	order->duty = line(RCC_DUTY_RULE_REFER, centre)->id;
	order->state = RCC_DUTY_DISCHARGED;
	watch_text(order->reason, sizeof order->reason, "a crew with a home");
	(void)watch_step(&crowd_watch);
}

static void
test_referred_by_word(void **state)
{
	(void)state;
	crowd_begin(14);
	move(RCC_WHERE_AT_RISK, RCC_WHERE_ABOARD, 10);
	/* A word alone refers nobody. */
	say_referred();
	assert_int_equal(watch_events(&crowd_watch, RCC_EVENT_DUTY_CHANGED), 0);
	assert_int_equal(watch_events(&crowd_watch, RCC_EVENT_COMMAND_REFUSED), 1);
	refer_to(RCC_SERVICE_SHELTER, 4, true);
	say_referred();
	assert_int_equal(watch_events(&crowd_watch, RCC_EVENT_DUTY_CHANGED), 1);
	move(RCC_WHERE_ABOARD, RCC_WHERE_LANDED, 10);
	assert_int_equal(line(RCC_DUTY_RULE_REFER, centre)->state, RCC_DUTY_DISCHARGED);
}

/* ---- how many they were ---- */

static void
note_number(void *context, const struct rcc_obstacle *obstacle)
{
	if (obstacle->kind == RCC_OBSTACLE_NUMBER)
		*(uint32_t *)context += obstacle->count;
}

static uint32_t
untold(enum rcc_outcome outcome)
{
	uint32_t count = 0;

	(void)rcc_closing_obstacles(&crowd_watch.core, order_incident(&crowd_watch, crowd_case.v), outcome, note_number,
	                            &count);
	return count;
}

static void
test_number_untold(void **state)
{
	(void)state;
	crowd_begin(0);
	/* Of nobody there is no number to be vouched for. */
	assert_int_equal(untold(RCC_OUTCOME_RESCUED), 0);
	move(RCC_WHERE_AT_RISK, RCC_WHERE_LANDED, 5);
	assert_int_equal(untold(RCC_OUTCOME_RESCUED), 5);
	assert_int_equal(untold(RCC_OUTCOME_FALSE_ALERT), 0);
	assert_int_equal(
	    rcc_closing_refusal(&crowd_watch.core, order_incident(&crowd_watch, crowd_case.v), RCC_OUTCOME_RESCUED),
	    RCC_REFUSAL_PERSONS_OPEN);
	/* The very number that was found, said by somebody. */
	assert_true(order_classify(&crowd_watch, crowd_case.v, RCC_POS_NONE, 0, 5, "the survivors say so") > 0);
	assert_int_equal(untold(RCC_OUTCOME_RESCUED), 0);
	crowd_begin(5);
	move(RCC_WHERE_AT_RISK, RCC_WHERE_LANDED, 5);
	assert_int_equal(untold(RCC_OUTCOME_RESCUED), 0);
}

/* ---- which line was meant ---- */

/* The event as another build recorded it: with another number for the same line. */
static void
replay(struct rcc_duty_changed changed)
{
	struct rcc_event event = {.kind = RCC_EVENT_DUTY_CHANGED};

	event.u.duty_changed = changed;
	rcc_core_apply(&crowd_watch.core, &event);
}

static void
test_meant(void **state)
{
	(void)state;
	crowd_begin(20);
	struct rcc_duty_id act = line(RCC_DUTY_RULE_COORDINATE_CASE, centre)->id;
	struct rcc_duty_id tell = line(RCC_DUTY_RULE_TELL_CASUALTY, centre)->id;
	struct rcc_duty_changed changed = {
	    .duty = act, .rule = RCC_DUTY_RULE_TELL_CASUALTY, .incident = crowd_case, .state = RCC_DUTY_EXCUSED};
	replay(changed);
	assert_true(is_open(RCC_DUTY_RULE_COORDINATE_CASE, centre));
	assert_int_equal(line(RCC_DUTY_RULE_TELL_CASUALTY, centre)->state, RCC_DUTY_EXCUSED);
	/* A rule that this build has no line of changes nothing. */
	changed.rule = RCC_DUTY_RULE_SEEK_PLACE;
	replay(changed);
	assert_true(is_open(RCC_DUTY_RULE_COORDINATE_CASE, centre));
	/* Records of before tell the number alone. */
	changed.rule = 0;
	replay(changed);
	assert_int_equal(line(RCC_DUTY_RULE_COORDINATE_CASE, centre)->state, RCC_DUTY_EXCUSED);
	assert_int_not_equal(act.v, tell.v);
}

static void
test_recorded_with_rule(void **state)
{
	(void)state;
	begin(20, ARRIVE_MIN);
	answer(RCC_ANSWER_PROCEEDING, 20);
	(void)watch_wait(&crowd_watch, 50 * RCC_MS_PER_MIN, 999);
	const struct rcc_event *event = watch_event(&crowd_watch, RCC_EVENT_DUTY_CHANGED);
	assert_non_null(event);
	assert_int_equal(event->u.duty_changed.rule, RCC_DUTY_RULE_ARRIVE);
	assert_int_equal(event->u.duty_changed.ship.v, SHIP_A);
	assert_int_equal(event->u.duty_changed.incident.v, crowd_case.v);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_missed),
	    cmocka_unit_test(test_not_waited_for),
	    cmocka_unit_test(test_other_casualty),
	    cmocka_unit_test(test_referred_all),
	    cmocka_unit_test(test_referred_twice),
	    cmocka_unit_test(test_referred_by_word),
	    cmocka_unit_test(test_number_untold),
	    cmocka_unit_test(test_meant),
	    cmocka_unit_test(test_recorded_with_rule),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
