/* Sailing plans: a promise is kept by a report, an arrival or a position heard, and a broken one opens a case. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "order.h"
#include "rcc/units.h"

#define SHIP_MMSI 247000001u
#define OTHER_MMSI 247000002u
#define MIN_MS RCC_MS_PER_MIN
#define GRACE_MIN 30

static struct watch watch;
static uint32_t ship, other, officer;
static const struct rcc_pos here = {352000000, 126000000};

static void
start(void)
{
	watch_start(&watch);
	ship = watch_fleet(&watch, SHIP_MMSI, 2);
	other = ship + 1;
	officer = watch_enrol(&watch, RCC_ROLE_OFFICER, 0);
}

/* Says something about a plan; times in minutes from now, 0 = none. */
static void
say(uint32_t peer, enum rcc_plan_action action, uint32_t mmsi, const char *name, uint32_t every_min, int64_t eta_min)
{
	struct rcc_plan *plan = &watch_command(&watch, RCC_COMMAND_PLAN, peer)->u.plan;

	plan->action = action;
	plan->mmsi.v = mmsi;
	plan->pos = RCC_POS_NONE;
	plan->interval_min = every_min;
	plan->eta_at_ms = eta_min == 0 ? 0 : watch.now_ms + eta_min * MIN_MS;
	watch_text(plan->name, sizeof plan->name, name);
	watch_step(&watch);
}

static const struct rcc_plan_state *
plan(uint32_t id)
{
	return rcc_plan_find(&watch.core, (struct rcc_plan_id){id});
}

/* When the plan is due, in minutes since the start. */
static void
assert_due(uint32_t id, int64_t minutes)
{
	assert_non_null(plan(id));
	assert_int_equal(plan(id)->due_at_ms, WATCH_START_MS + minutes * MIN_MS);
}

/* Lets the clock of the first plan run out, with a ship in the scene or without. */
static void
run_out(uint32_t seen_mmsi, int64_t seen_at_ms)
{
	struct rcc_command due;

	assert_true(rcc_core_due(&watch.core, watch.now_ms, &due));
	assert_int_equal(due.u.due.timer, RCC_TIMER_OVERDUE);
	watch_command(&watch, RCC_COMMAND_DUE, 0)->u.due = due.u.due;
	if (seen_mmsi != 0) {
		watch_see(&watch, seen_mmsi, here, 80);
		watch.entry.cause.scene.ship[0].seen_at_ms = seen_at_ms;
	}
	watch_step(&watch);
}

static void
test_due_times(void **state)
{
	(void)state;
	static const struct {
		uint32_t every_min;
		int64_t eta_min, due_min;
	} cases[] = {{60, 0, 60}, {0, 300, 300}, {60, 300, 60}, {60, 40, 40}, {60, 60, 60}, {1, 0, 1}};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		start();
		say(ship, RCC_PLAN_FILE, 0, "", cases[i].every_min, cases[i].eta_min);
		assert_due(1, cases[i].due_min);
		assert_int_equal(plan(1)->body.mmsi.v, SHIP_MMSI);
		assert_int_equal(rcc_core_deadline_ms(&watch.core),
		                 WATCH_START_MS + (cases[i].due_min + GRACE_MIN) * MIN_MS);
	}
	/* No promise at all, and one that is broken already. */
	start();
	say(ship, RCC_PLAN_FILE, 0, "", 0, 0);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_RANGE, "plan.eta_at_ms"));
	say(ship, RCC_PLAN_FILE, 0, "", 60, -1);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_RANGE, "plan.eta_at_ms"));
	say(ship, RCC_PLAN_REPORT, 0, "", 0, 0);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_NOT_FOUND, "plan"));
	say(ship, RCC_PLAN_ARRIVED, 0, "", 0, 0);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_NOT_FOUND, "plan"));
}

static void
test_grace(void **state)
{
	(void)state;
	start();
	say(ship, RCC_PLAN_FILE, 0, "", 60, 0);
	assert_int_equal(watch_wait(&watch, (60 + GRACE_MIN) * MIN_MS - 1, 8), 0);
	watch.now_ms += 1;
	run_out(0, 0);
	assert_non_null(watch_event(&watch, RCC_EVENT_PLAN_OVERDUE));
	const struct rcc_incident *incident = order_incident(&watch, 1);
	assert_non_null(incident);
	assert_int_equal(incident->phase, RCC_PHASE_UNCERTAINTY);
	assert_int_equal(incident->source, RCC_SOURCE_OVERDUE);
	assert_int_equal(incident->casualty.v, SHIP_MMSI);
	/* Never relayed by itself, and found once. */
	watch_wait(&watch, 48 * RCC_MS_PER_HOUR, 64);
	assert_int_equal(order_incident(&watch, 1)->broadcasts, 0);
	assert_int_equal(watch.core.incident_count, 1);
	assert_true(plan(1)->is_overdue);
	/* Heard again, it is looked for again; the case is an officer's to close. */
	say(ship, RCC_PLAN_REPORT, 0, "", 0, 0);
	assert_false(plan(1)->is_overdue);
	assert_int_equal(order_incident(&watch, 1)->status, RCC_INCIDENT_NEW);
}

static void
test_report(void **state)
{
	(void)state;
	start();
	say(ship, RCC_PLAN_FILE, 0, "", 60, 300);
	watch.now_ms += 50 * MIN_MS;
	say(ship, RCC_PLAN_REPORT, 0, "", 0, 0);
	assert_due(1, 110);
	/* The last report before arrival promises the arrival. */
	watch.now_ms += 220 * MIN_MS;
	say(ship, RCC_PLAN_REPORT, 0, "", 0, 0);
	assert_due(1, 300);
	/* Late and heard: looked for in an hour. */
	watch.now_ms += 40 * MIN_MS;
	say(ship, RCC_PLAN_REPORT, 0, "", 0, 0);
	assert_due(1, 370);
	/* A report may promise another arrival. */
	say(ship, RCC_PLAN_REPORT, 0, "", 0, 20);
	assert_due(1, 330);
}

static void
test_heard_by_position(void **state)
{
	(void)state;
	start();
	say(ship, RCC_PLAN_FILE, 0, "", 60, 0);
	watch.now_ms += (60 + GRACE_MIN) * MIN_MS;
	run_out(SHIP_MMSI, watch.now_ms - 10 * MIN_MS);
	assert_null(watch_event(&watch, RCC_EVENT_PLAN_OVERDUE));
	assert_int_equal(watch_events(&watch, RCC_EVENT_PLAN_HEARD), 1);
	assert_due(1, 60 + GRACE_MIN - 10 + 60);
	assert_int_equal(watch.core.incident_count, 0);
	/* Another ship's position says nothing; nor one from before the last report, nor one as old as the promise. */
	static const struct {
		uint32_t mmsi;
		int64_t age_min;
	} useless[] = {{OTHER_MMSI, 10}, {SHIP_MMSI, 90}, {SHIP_MMSI, 60}};
	for (size_t i = 0; i < sizeof useless / sizeof useless[0]; i++) {
		start();
		say(ship, RCC_PLAN_FILE, 0, "", 60, 0);
		watch.now_ms += (60 + GRACE_MIN) * MIN_MS;
		run_out(useless[i].mmsi, watch.now_ms - useless[i].age_min * MIN_MS);
		assert_non_null(watch_event(&watch, RCC_EVENT_PLAN_OVERDUE));
	}
	/* Promised an arrival, and heard at sea: late, but there. */
	start();
	say(ship, RCC_PLAN_FILE, 0, "", 0, 120);
	watch.now_ms += (120 + GRACE_MIN) * MIN_MS;
	run_out(SHIP_MMSI, watch.now_ms - MIN_MS);
	assert_null(watch_event(&watch, RCC_EVENT_PLAN_OVERDUE));
	assert_due(1, 120 + GRACE_MIN + 60);
}

/* A position from before the last report says nothing that the report did not. */
static void
test_heard_before_the_report(void **state)
{
	(void)state;
	start();
	say(ship, RCC_PLAN_FILE, 0, "", 0, 120);
	watch.now_ms += 100 * MIN_MS;
	say(ship, RCC_PLAN_REPORT, 0, "", 0, 0);
	assert_due(1, 120);
	watch.now_ms += (20 + GRACE_MIN) * MIN_MS;
	run_out(SHIP_MMSI, watch.now_ms - 55 * MIN_MS);
	assert_non_null(watch_event(&watch, RCC_EVENT_PLAN_OVERDUE));
}

static void
test_ends(void **state)
{
	(void)state;
	static const enum rcc_plan_action ways[] = {RCC_PLAN_ARRIVED, RCC_PLAN_CANCEL};

	for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
		start();
		say(ship, RCC_PLAN_FILE, 0, "", 60, 0);
		say(ship, ways[i], 0, "", 0, 0);
		assert_int_equal(watch_event(&watch, RCC_EVENT_PLAN_ENDED)->u.plan_ended.how, ways[i]);
		assert_null(plan(1));
		assert_int_equal(watch_wait(&watch, 48 * RCC_MS_PER_HOUR, 8), 0);
	}
	/* A new plan takes the place of the one before. */
	start();
	say(ship, RCC_PLAN_FILE, 0, "", 60, 0);
	say(ship, RCC_PLAN_FILE, 0, "", 120, 0);
	assert_int_equal(watch_event(&watch, RCC_EVENT_PLAN_ENDED)->u.plan_ended.how, RCC_PLAN_FILE);
	assert_null(plan(1));
	assert_due(2, 120);
	assert_int_equal(watch.core.plan_count, 1);
}

static void
test_whose(void **state)
{
	(void)state;
	start();
	/* A ship speaks for itself alone. */
	say(ship, RCC_PLAN_FILE, OTHER_MMSI, "", 60, 0);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_NOT_ALLOWED, "plan.mmsi"));
	say(other, RCC_PLAN_FILE, 0, "", 60, 0);
	say(ship, RCC_PLAN_ARRIVED, OTHER_MMSI, "", 0, 0);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_NOT_ALLOWED, "plan.mmsi"));
	/* An officer for anybody, by number or by name. */
	say(officer, RCC_PLAN_REPORT, OTHER_MMSI, "", 0, 0);
	assert_int_equal(watch_events(&watch, RCC_EVENT_PLAN_HEARD), 1);
	say(officer, RCC_PLAN_FILE, 0, "AMAL", 0, 60);
	assert_string_equal(plan(2)->body.name, "AMAL");
	say(officer, RCC_PLAN_FILE, 0, "", 0, 60);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_RANGE, "plan.name"));
	/* A name is of vessels without a number: nobody takes it from them. */
	say(officer, RCC_PLAN_FILE, 247000009, "AMAL", 0, 90);
	assert_int_equal(watch.core.plan_count, 3);
	say(officer, RCC_PLAN_ARRIVED, 0, "AMAL", 0, 0);
	assert_null(plan(2));
	assert_non_null(plan(3));
	/* Exercises promise nothing. */
	watch_command(&watch, RCC_COMMAND_PLAN, officer)->u.plan =
	    (struct rcc_plan){.action = RCC_PLAN_FILE, .mmsi = {247000010}, .interval_min = 5, .pos = RCC_POS_NONE};
	watch.entry.cause.origin.class = RCC_CLASS_EXERCISE;
	watch_step(&watch);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_NOT_LIVE, "plan"));
}

/* What the plan told is what the case begins with, and a later distress of the ship is the same case. */
static void
test_case(void **state)
{
	(void)state;
	struct rcc_alert call = watch_alert(RCC_SOURCE_DSC, SHIP_MMSI);

	start();
	struct rcc_plan *filed = &watch_command(&watch, RCC_COMMAND_PLAN, ship)->u.plan;
	filed->action = RCC_PLAN_FILE;
	filed->pos = here;
	filed->persons = 4;
	filed->interval_min = 60;
	watch_text(filed->name, sizeof filed->name, "BRAVE");
	watch_text(filed->text, sizeof filed->text, "to the Kerkennah bank");
	watch_step(&watch);
	watch.now_ms += (60 + GRACE_MIN) * MIN_MS;
	run_out(0, 0);
	assert_int_equal(order_incident(&watch, 1)->persons, 4);
	assert_int_equal(order_incident(&watch, 1)->pos.lat_e7, here.lat_e7);
	assert_int_equal(order_incident(&watch, 1)->pos_at_ms, WATCH_START_MS);
	assert_string_equal(order_incident(&watch, 1)->name, "BRAVE");
	assert_non_null(strstr(order_alert(&watch, 1)->body.text, "to the Kerkennah bank"));
	watch_say(&watch, officer, &call);
	assert_int_equal(order_alert(&watch, 2)->incident.v, 1);
	assert_int_equal(order_incident(&watch, 1)->phase, RCC_PHASE_DISTRESS);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_due_times),
	    cmocka_unit_test(test_grace),
	    cmocka_unit_test(test_report),
	    cmocka_unit_test(test_heard_by_position),
	    cmocka_unit_test(test_heard_before_the_report),
	    cmocka_unit_test(test_ends),
	    cmocka_unit_test(test_whose),
	    cmocka_unit_test(test_case),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
