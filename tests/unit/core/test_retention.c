/* Legal holds, erasures, purges: what is kept, what may go, and when the machine looks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/retention.h"
#include "order.h"
#include "rcc/units.h"

static struct watch watch;

static struct rcc_retention *
begin(enum rcc_retention_step step)
{
	struct rcc_retention *order = &watch_command(&watch, RCC_COMMAND_RETENTION, 0)->u.retention;

	order->step = step;
	watch_text(order->reason, sizeof order->reason, "as the law of this coast asks");
	return order;
}

static void
refused(enum rcc_refusal reason, const char *field)
{
	(void)watch_step(&watch);
	assert_true(watch_is_refused(&watch, reason, field));
}

static void
taken(void)
{
	(void)watch_step(&watch);
	assert_int_equal(watch_events(&watch, RCC_EVENT_RETENTION_CHANGED), 1);
}

/* A case of an alert with a caller's particulars, told by an officer. */
static void
start(void)
{
	struct rcc_alert alert = watch_alert(RCC_SOURCE_OFFICER, 211000001);

	watch_start_with_feed(&watch, 1);
	alert.sealed_len = 80;
	memset(alert.sealed, 7, alert.sealed_len);
	order_open(&watch, 0, &alert);
	assert_int_equal(watch.core.incident_last, 1);
	assert_int_equal(watch.core.alert_last, 1);
}

static void
close_it(void)
{
	(void)order_close(&watch, 1, RCC_OUTCOME_FALSE_ALERT, "a hoax");
	assert_int_equal(watch_events(&watch, RCC_EVENT_INCIDENT_CLOSED), 1);
}

static void
test_a_hold_keeps(void **state)
{
	(void)state;
	start();
	begin(RCC_RETENTION_ERASE)->alert.v = 1;
	refused(RCC_REFUSAL_WRONG_STATE, "retention.incident"); /* the case is open: somebody may have to call back */
	close_it();
	begin(RCC_RETENTION_HOLD)->incident.v = 1;
	taken();
	assert_true(rcc_retention_keeps_case(order_incident(&watch, 1)));
	begin(RCC_RETENTION_ERASE)->alert.v = 1;
	refused(RCC_REFUSAL_WRONG_STATE, "retention.incident");
	begin(RCC_RETENTION_HOLD)->incident.v = 1;
	refused(RCC_REFUSAL_WRONG_STATE, "retention.step");
	begin(RCC_RETENTION_LIFT)->incident.v = 1;
	taken();
	begin(RCC_RETENTION_ERASE)->alert.v = 1;
	taken();
	assert_int_equal(watch_event(&watch, RCC_EVENT_RETENTION_CHANGED)->u.retention_changed.incident.v, 1);
	assert_true(rcc_alert_find(&watch.core, (struct rcc_alert_id){1})->is_erased);
	/* Once. And who asks what it said is told that it is gone. */
	begin(RCC_RETENTION_ERASE)->alert.v = 1;
	refused(RCC_REFUSAL_WRONG_STATE, "retention.alert");
	struct rcc_unseal *unseal = &watch_command(&watch, RCC_COMMAND_UNSEAL, 0)->u.unseal;
	unseal->alert.v = 1;
	watch_text(unseal->reason, sizeof unseal->reason, "to call back");
	refused(RCC_REFUSAL_NOT_FOUND, "unseal.key");
}

static void
test_what_is_no_order(void **state)
{
	(void)state;
	start();
	begin(RCC_RETENTION_HOLD)->incident.v = 9;
	refused(RCC_REFUSAL_NOT_FOUND, "retention.incident");
	begin(RCC_RETENTION_HOLD)->incident.v = 1;
	watch.entry.cause.u.retention.reason[0] = '\0';
	refused(RCC_REFUSAL_REASON_MISSING, "retention.reason");
	begin(RCC_RETENTION_ERASE);
	refused(RCC_REFUSAL_RANGE, "retention.alert");
	begin(RCC_RETENTION_ERASE)->note = 4711;
	refused(RCC_REFUSAL_NOT_FOUND, "retention.note");
	begin(RCC_RETENTION_PURGE)->before_at_ms = 1;
	refused(RCC_REFUSAL_RANGE, "retention.what");
	begin(RCC_RETENTION_PURGE)->what = RCC_KEPT_SEALED;
	refused(RCC_REFUSAL_RANGE, "retention.before_at_ms");
	struct rcc_retention *order = begin(RCC_RETENTION_PURGE);
	order->what = RCC_KEPT_TRACKS;
	order->before_at_ms = watch.now_ms + RCC_MS_PER_DAY;
	refused(RCC_REFUSAL_RANGE, "retention.before_at_ms");
	order = begin(RCC_RETENTION_PURGE);
	order->what = RCC_KEPT_TRACKS;
	order->class = RCC_CLASS_TEST;
	order->before_at_ms = 1;
	refused(RCC_REFUSAL_RANGE, "retention.class");
	/* Whoever has the watch does not purge. */
	order = begin(RCC_RETENTION_PURGE);
	order->what = RCC_KEPT_TRACKS;
	order->before_at_ms = 1;
	watch.entry.cause.origin.role = RCC_ROLE_OFFICER;
	refused(RCC_REFUSAL_NOT_ALLOWED, "retention.step");
}

static void
test_a_purge_by_order(void **state)
{
	(void)state;
	start();
	int64_t opened_ms = order_incident(&watch, 1)->opened_at_ms;
	(void)watch_wait(&watch, 3 * RCC_MS_PER_DAY, 999);
	struct rcc_retention *order = begin(RCC_RETENTION_PURGE);
	order->what = RCC_KEPT_SEALED;
	order->before_at_ms = watch.now_ms;
	taken();
	for (uint32_t class = 1; class <= RCC_CLASS_LAST; class ++)
		assert_true(rcc_retention_sealed_before_ms(&watch.core, (enum rcc_class) class) >= opened_ms);
	order = begin(RCC_RETENTION_PURGE);
	order->what = RCC_KEPT_TRACKS;
	order->before_at_ms = watch.now_ms;
	taken();
	/* The open case keeps what is round it, and its caller's particulars. */
	assert_int_equal(rcc_retention_tracks_before_ms(&watch.core), opened_ms - RCC_RETENTION_MARGIN_MS);
	assert_true(rcc_retention_keeps_time(&watch.core, opened_ms));
	assert_false(rcc_retention_keeps_time(&watch.core, opened_ms - 2 * RCC_RETENTION_MARGIN_MS));
	assert_true(rcc_retention_keeps_alert(&watch.core, rcc_alert_find(&watch.core, (struct rcc_alert_id){1})));
	close_it();
	assert_int_equal(rcc_retention_tracks_before_ms(&watch.core), watch.core.retention.tracks_before_ms);
	assert_false(rcc_retention_keeps_time(&watch.core, opened_ms));
	/* An earlier time later on takes nothing back. */
	order = begin(RCC_RETENTION_PURGE);
	order->what = RCC_KEPT_TRACKS;
	order->before_at_ms = 5;
	taken();
	assert_true(rcc_retention_tracks_before_ms(&watch.core) > opened_ms);
}

static void
test_the_machine_looks_once_a_day(void **state)
{
	(void)state;
	struct rcc_rules rules = watch_rules();

	watch_start_with_feed(&watch, 1);
	rules.keep_tracks_days = 2;
	rules.keep_test_days = 4;
	watch_rule(&watch, &rules);
	int64_t began_ms = watch.core.retention.since_ms;
	assert_int_equal(rcc_core_deadline_ms(&watch.core), began_ms + 2 * RCC_MS_PER_DAY);
	assert_true(watch_wait(&watch, 2 * RCC_MS_PER_DAY, 999) > 0);
	/* Of tests nothing is old enough yet. */
	assert_int_equal(watch_events(&watch, RCC_EVENT_RETENTION_CHANGED), 1);
	assert_int_equal(watch.core.retention.sealed_before_ms[RCC_CLASS_TEST], 0);
	const struct rcc_retention_changed *changed =
	    &watch_event(&watch, RCC_EVENT_RETENTION_CHANGED)->u.retention_changed;
	assert_int_equal(changed->keep_days, 2);
	assert_int_equal(changed->body.what, RCC_KEPT_TRACKS);
	assert_int_equal(rcc_core_deadline_ms(&watch.core), watch.core.retention.looked_at_ms + RCC_MS_PER_DAY);
	assert_true(watch_wait(&watch, RCC_MS_PER_DAY, 999) > 0);
	assert_true(watch_wait(&watch, RCC_MS_PER_DAY, 999) > 0);
	assert_int_equal(watch_events(&watch, RCC_EVENT_RETENTION_CHANGED), 2);
	assert_true(watch.core.retention.sealed_before_ms[RCC_CLASS_TEST] >= began_ms);
	assert_int_equal(watch.core.retention.sealed_before_ms[RCC_CLASS_LIVE], 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_a_hold_keeps),
	    cmocka_unit_test(test_what_is_no_order),
	    cmocka_unit_test(test_a_purge_by_order),
	    cmocka_unit_test(test_the_machine_looks_once_a_day),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
