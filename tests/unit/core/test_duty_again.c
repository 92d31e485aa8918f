/* Duties that are owed again: what was settled stands; nobody goes; who never went is not done. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/duty.h"
#include "core/rank.h"
#include "crowd.h"
#include "rcc/units.h"

static const struct rcc_mmsi centre, ship_a = {SHIP_A};

/* What was settled stays: called anew she owes anew, on another line. */
static void
test_settled_lines_stand(void **state)
{
	(void)state;
	crowd_begin(20);
	crowd_answer(1, RCC_ANSWER_ON_SCENE);
	const struct rcc_duty *first = rcc_duty_of(&crowd_watch.core, crowd_case, RCC_DUTY_RULE_ASSIST, ship_a, 0);
	struct rcc_duty before = *first;
	assert_int_equal(before.state, RCC_DUTY_DISCHARGED);
	(void)order_suspend(&crowd_watch, crowd_case.v, 6 * RCC_MS_PER_HOUR, "searched until dark");
	crowd_watch.now_ms += RCC_MS_PER_HOUR;
	(void)order_resume(&crowd_watch, crowd_case.v, "a light was seen");
	const struct rcc_duty *again = rcc_duty_of(&crowd_watch.core, crowd_case, RCC_DUTY_RULE_ASSIST, ship_a, 0);
	assert_true(again != first && rcc_duty_is_open(again) && again->id.v > first->id.v);
	assert_memory_equal(first, &before, offsetof(struct rcc_duty, previous));
}

/* The one who was going cannot: somebody is to be found who can, and the line says so until one goes. */
static void
test_nobody_is_bound(void **state)
{
	(void)state;
	crowd_begin(20);
	assert_false(crowd_is_open(RCC_DUTY_RULE_UNITS, centre));
	crowd_answer(1, RCC_ANSWER_PROCEEDING);
	assert_false(crowd_is_open(RCC_DUTY_RULE_UNITS, centre));
	struct rcc_answer *said = &watch_command(&crowd_watch, RCC_COMMAND_ANSWER, 1)->u.answer;
	*said = (struct rcc_answer){
	    .incident = crowd_case, .number = 1, .kind = RCC_ANSWER_UNABLE, .reason = RCC_REASON_DISABLED};
	(void)watch_step(&crowd_watch);
	assert_true(crowd_is_open(RCC_DUTY_RULE_UNITS, centre));
	crowd_answer(2, RCC_ANSWER_PROCEEDING);
	assert_false(crowd_is_open(RCC_DUTY_RULE_UNITS, centre));
	crowd_take_task(RCC_TASK_RELEASE, SHIP_B);
	assert_true(crowd_is_open(RCC_DUTY_RULE_UNITS, centre));
	watch_cancel(&crowd_watch, crowd_case.v, "it is over");
	assert_false(crowd_is_open(RCC_DUTY_RULE_UNITS, centre));
}

/* Called off, and called again by a new signal: what was answered before counts for nothing, and an officer has it to evaluate. */
static void
test_called_anew_after_a_cancel(void **state)
{
	(void)state;
	crowd_begin(20);
	uint32_t casualty = watch_enrol(&crowd_watch, RCC_ROLE_VESSEL, 500000001);
	const struct rcc_incident *incident = rcc_incident_find(&crowd_watch.core, crowd_case);
	crowd_answer(1, RCC_ANSWER_PROCEEDING);
	const struct rcc_answer_state *answer = rcc_answer_of(&crowd_watch.core, incident, ship_a);
	assert_false(rcc_rank_is_past(&crowd_watch.core, incident, answer));
	crowd_watch.now_ms += 1000;
	watch_cancel(&crowd_watch, crowd_case.v, "a false alert");
	assert_false(rcc_rank_is_called_anew(&crowd_watch.core, incident));
	crowd_watch.now_ms += RCC_MS_PER_MIN;
	struct rcc_alert alert = watch_alert(RCC_SOURCE_CREW, 500000001);
	assert_true(watch_say(&crowd_watch, casualty, &alert) > 0);
	(void)watch_wait(&crowd_watch, 10 * RCC_MS_PER_MIN, 99);
	assert_true(rcc_incident_is_standing(incident));
	assert_true(rcc_rank_is_called_anew(&crowd_watch.core, incident));
	assert_true(rcc_rank_is_past(&crowd_watch.core, incident, answer));
	assert_true(crowd_is_open(RCC_DUTY_RULE_UNITS, centre));
	crowd_answer(1, RCC_ANSWER_PROCEEDING);
	assert_false(rcc_rank_is_past(&crowd_watch.core, incident, answer));
	assert_false(crowd_is_open(RCC_DUTY_RULE_UNITS, centre));
	struct rcc_classify *verified = &watch_command(&crowd_watch, RCC_COMMAND_CLASSIFY, 0)->u.classify;
	*verified = (struct rcc_classify){.incident = crowd_case, .verified = 1, .reason = "she called by radio"};
	watch_step(&crowd_watch);
	assert_false(rcc_rank_is_called_anew(&crowd_watch.core, incident));
}

/* Who never went is not done with what she was called for. */
static void
test_done_without_going(void **state)
{
	(void)state;
	crowd_begin(20);
	crowd_answer(1, RCC_ANSWER_DONE);
	assert_true(crowd_is_open(RCC_DUTY_RULE_ASSIST, ship_a));
	crowd_answer(1, RCC_ANSWER_PROCEEDING);
	crowd_answer(1, RCC_ANSWER_DONE);
	assert_int_equal(crowd_state_of(RCC_DUTY_RULE_ASSIST, ship_a), RCC_DUTY_DISCHARGED);
}

/* An officer promises, and forgets: the line rings a second time. */
static void
test_a_promise_has_a_clock(void **state)
{
	(void)state;
	struct rcc_rules rules = watch_rules();

	crowd_begin(20);
	rules.duty_ms[RCC_DUTY_RULE_MEET_NEED] = 30 * RCC_MS_PER_MIN;
	watch_rule(&crowd_watch, &rules);
	struct rcc_need *need = &watch_command(&crowd_watch, RCC_COMMAND_NEED, 1)->u.need;
	*need = (struct rcc_need){.incident = crowd_case, .state = RCC_NEED_ASKED, .kind = RCC_NEED_MEDEVAC};
	(void)watch_step(&crowd_watch);
	need = &watch_command(&crowd_watch, RCC_COMMAND_NEED, 0)->u.need;
	*need = (struct rcc_need){.incident = crowd_case, .need = {1}, .state = RCC_NEED_PROMISED};
	watch_text(need->text, sizeof need->text, "soon");
	(void)watch_step(&crowd_watch);
	const struct rcc_duty *row = rcc_duty_of(&crowd_watch.core, crowd_case, RCC_DUTY_RULE_MEET_NEED, centre, 1);
	assert_int_equal(row->state, RCC_DUTY_ACKNOWLEDGED);
	assert_int_equal(row->due_at_ms, crowd_watch.core.at_ms + 30 * RCC_MS_PER_MIN);
	(void)watch_wait(&crowd_watch, 31 * RCC_MS_PER_MIN, 999);
	assert_int_equal(row->state, RCC_DUTY_OVERDUE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_settled_lines_stand),        cmocka_unit_test(test_nobody_is_bound),
	    cmocka_unit_test(test_called_anew_after_a_cancel), cmocka_unit_test(test_done_without_going),
	    cmocka_unit_test(test_a_promise_has_a_clock),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
