/* What people need is asked, promised and met, or refused with a reason; each has a clock. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/duty.h"
#include "core/persons.h"
#include "rcc/units.h"
#include "watch.h"

#define SHIP_A 200000001u

static struct watch watch;
static const struct rcc_incident_id case1 = {1};

static void
begin(void)
{
	struct rcc_alert alert = watch_alert(RCC_SOURCE_OFFICER, 500000001);

	watch_start(&watch);
	watch_fleet(&watch, SHIP_A, 2);
	watch_say(&watch, 0, &alert);
}

static uint32_t
say(uint32_t peer, struct rcc_need need, const char *text)
{
	struct rcc_need *body = &watch_command(&watch, RCC_COMMAND_NEED, peer)->u.need;

	*body = need;
	if (body->incident.v == 0)
		body->incident = case1;
	watch_text(body->text, sizeof body->text, text);
	return watch_step(&watch);
}

static uint32_t
ask_medevac(void)
{
	return say(1, (struct rcc_need){.state = RCC_NEED_ASKED, .kind = RCC_NEED_MEDEVAC, .quantity = 2}, "burns");
}

static uint32_t
change(uint32_t peer, enum rcc_need_state state, const char *text)
{
	return say(peer, (struct rcc_need){.need = {1}, .state = state}, text);
}

static void
test_asked_promised_met(void **state)
{
	(void)state;
	begin();
	assert_int_equal(ask_medevac(), 1);
	const struct rcc_need_line *need = rcc_need_find(&watch.core, (struct rcc_need_id){1});
	assert_non_null(need);
	assert_int_equal(need->ship.v, SHIP_A);
	assert_int_equal(need->quantity, 2);
	assert_int_equal(need->due_at_ms, watch.now_ms + 30 * RCC_MS_PER_MIN);
	assert_string_equal(need->text, "burns");
	assert_int_equal(rcc_needs_open(&watch.core, case1), 1);
	watch.now_ms += RCC_MS_PER_MIN;
	assert_int_equal(change(0, RCC_NEED_PROMISED, "helicopter in 40 min"), 1);
	need = rcc_need_find(&watch.core, (struct rcc_need_id){1});
	assert_int_equal(need->state, RCC_NEED_PROMISED);
	assert_int_equal(need->due_at_ms, watch.now_ms + 30 * RCC_MS_PER_MIN);
	assert_string_equal(need->text, "burns");
	assert_string_equal(need->answer, "helicopter in 40 min");
	assert_int_equal(need->kind, RCC_NEED_MEDEVAC);
	assert_int_equal(change(1, RCC_NEED_MET, ""), 1);
	need = rcc_need_find(&watch.core, (struct rcc_need_id){1});
	assert_int_equal(need->due_at_ms, 0);
	assert_int_equal(rcc_needs_open(&watch.core, case1), 0);
	/* It is over: who needs it again asks anew. */
	change(0, RCC_NEED_PROMISED, "");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_WRONG_STATE, "need.state"));
	ask_medevac();
	assert_int_equal(watch.core.need_last, 2);
}

static void
test_who_may(void **state)
{
	(void)state;
	begin();
	ask_medevac();
	/* Promises and refusals come from the centre; another ship's need is not hers. */
	change(1, RCC_NEED_PROMISED, "");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_NOT_ALLOWED, "need.state"));
	change(2, RCC_NEED_WITHDRAWN, "");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_NOT_ALLOWED, "need.need"));
	change(0, RCC_NEED_REFUSED, "");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_REASON_MISSING, "need.text"));
	assert_int_equal(change(0, RCC_NEED_REFUSED, "no helicopter flies in this weather"), 1);
	/* An officer asks for a ship that called by radio. */
	say(0, (struct rcc_need){.state = RCC_NEED_ASKED, .kind = RCC_NEED_WATER}, "");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_RANGE, "need.ship"));
	assert_int_equal(
	    say(0, (struct rcc_need){.state = RCC_NEED_ASKED, .kind = RCC_NEED_WATER, .ship = {211000009}}, ""), 1);
	assert_int_equal(rcc_need_find(&watch.core, (struct rcc_need_id){2})->ship.v, 211000009);
}

static void
test_refusals(void **state)
{
	(void)state;
	begin();
	say(1, (struct rcc_need){.state = RCC_NEED_MET, .kind = RCC_NEED_WATER}, "");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_RANGE, "need.state"));
	say(1, (struct rcc_need){.state = RCC_NEED_ASKED}, "");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_RANGE, "need.kind"));
	say(1, (struct rcc_need){.state = RCC_NEED_ASKED, .kind = RCC_NEED_OTHER}, "");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_REASON_MISSING, "need.text"));
	say(1, (struct rcc_need){.incident = {7}, .state = RCC_NEED_ASKED, .kind = RCC_NEED_FOOD}, "");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_NOT_FOUND, "need.incident"));
	change(0, RCC_NEED_MET, "");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_NOT_FOUND, "need.need"));
	ask_medevac();
	say(0, (struct rcc_need){.incident = {2}, .need = {1}, .state = RCC_NEED_MET}, "");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_NOT_FOUND, "need.need"));
}

static void
test_evicted(void **state)
{
	(void)state;
	begin();
	ask_medevac();
	watch_cancel(&watch, 1, "all are found");
	/* Whom a ship asks for stands in the way, whatever the case turned out to be. */
	watch_close(&watch, 1, "all are found");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_DUTIES_OPEN, "close.incident"));
	struct rcc_duty_order *word = &watch_command(&watch, RCC_COMMAND_DUTY, 0)->u.duty;
	const struct rcc_mmsi centre = {0};
	word->duty = rcc_duty_of(&watch.core, case1, RCC_DUTY_RULE_MEET_NEED, centre, 1)->id;
	word->state = RCC_DUTY_DISCHARGED;
	watch_text(word->reason, sizeof word->reason, "the hospital sends a boat");
	assert_true(watch_step(&watch) != 0);
	watch_close(&watch, 1, "all are found");
	/* What was asked is still answered. */
	assert_int_equal(change(0, RCC_NEED_MET, ""), 1);
	/* What a ship asks for after that opens the case again: somebody is there who needs it. */
	ask_medevac();
	assert_int_equal(watch_events(&watch, RCC_EVENT_INCIDENT_RESUMED), 1);
	assert_int_equal(watch_events(&watch, RCC_EVENT_NEED_CHANGED), 1);
	assert_int_equal(rcc_incident_find(&watch.core, case1)->status, RCC_INCIDENT_OPEN);
	(void)say(0, (struct rcc_need){.need = {2}, .state = RCC_NEED_WITHDRAWN}, "");
	watch_close(&watch, 1, "all are found");
	const struct rcc_event evicted = {.kind = RCC_EVENT_INCIDENT_EVICTED, .u.incident_ref.incident = {1}};
	rcc_core_apply(&watch.core, &evicted);
	assert_int_equal(watch.core.need_count, 0);
	assert_null(rcc_need_find(&watch.core, (struct rcc_need_id){1}));
}

static void
test_full(void **state)
{
	(void)state;
	begin();
	for (uint32_t i = 0; i < RCC_NEEDS_MAX; i++)
		assert_int_equal(ask_medevac(), 1);
	ask_medevac();
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_FULL, "need"));
	/* What was asked is answered all the same. */
	assert_int_equal(change(0, RCC_NEED_MET, ""), 1);
	assert_int_equal(rcc_needs_open(&watch.core, case1), RCC_NEEDS_MAX - 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_asked_promised_met),
	    cmocka_unit_test(test_who_may),
	    cmocka_unit_test(test_refusals),
	    cmocka_unit_test(test_evicted),
	    cmocka_unit_test(test_full),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
