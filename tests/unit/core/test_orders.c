/* Officers' orders on one case: what is taken, what is refused and why, and the clock of a suspended search. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "order.h"
#include "rcc/units.h"

#define HOUR_MS RCC_MS_PER_HOUR

static struct watch watch;
static uint32_t feed;
static const struct rcc_pos here = {352000000, 126000000};

static void
start(void)
{
	feed = watch_start_with_feed(&watch, 2);
}

static void
say(enum rcc_source source, uint32_t casualty)
{
	struct rcc_alert alert = watch_alert(source, casualty);

	watch_say(&watch, feed, &alert);
}

static const struct rcc_incident *
incident(uint32_t id)
{
	return order_incident(&watch, id);
}

/* The last broadcast of the last entry; 0 = there was none. */
static enum rcc_broadcast_kind
told(void)
{
	const struct rcc_event *event = watch_event(&watch, RCC_EVENT_BROADCAST_ISSUED);

	return event == NULL ? (enum rcc_broadcast_kind)0 : event->u.broadcast.kind;
}

static void
assert_refused(enum rcc_refusal reason, const char *field)
{
	if (!watch_is_refused(&watch, reason, field))
		fail_msg("not refused with %u (%s)", (unsigned)reason, field);
}

static void
test_phase(void **state)
{
	(void)state;
	start();
	order_phase(&watch, 1, RCC_PHASE_ALERT, "why");
	assert_refused(RCC_REFUSAL_NOT_FOUND, "phase.incident");
	say(RCC_SOURCE_AIS_STATUS, 247000001);
	order_phase(&watch, 1, RCC_PHASE_ALERT, "");
	assert_refused(RCC_REFUSAL_REASON_MISSING, "phase.reason");
	order_phase(&watch, 1, RCC_PHASE_UNCERTAINTY, "it is there");
	assert_refused(RCC_REFUSAL_WRONG_STATE, "phase.phase");
	order_phase(&watch, 1, RCC_PHASE_ALERT, "no answer on VHF");
	assert_int_equal(told(), 0);
	/* Raised to distress by a person: the ships are told in the same turn, as of something verified. */
	order_phase(&watch, 1, RCC_PHASE_DISTRESS, "family");
	assert_int_equal(told(), RCC_BROADCAST_DISTRESS_RELAY);
	/* Lowered with a reason: what binds masters is taken back in the same turn, once. */
	order_phase(&watch, 1, RCC_PHASE_ALERT, "skipper answers");
	assert_int_equal(incident(1)->phase, RCC_PHASE_ALERT);
	assert_int_equal(told(), RCC_BROADCAST_CANCEL);
	order_phase(&watch, 1, RCC_PHASE_UNCERTAINTY, "in port");
	assert_int_equal(told(), 0);
	/* A signal raises it again by itself. */
	say(RCC_SOURCE_DSC, 247000001);
	assert_int_equal(incident(1)->phase, RCC_PHASE_DISTRESS);
	order_close(&watch, 1, RCC_OUTCOME_NO_DISTRESS, "over");
	order_phase(&watch, 1, RCC_PHASE_ALERT, "why");
	assert_refused(RCC_REFUSAL_WRONG_STATE, "phase.incident");
}

static void
test_suspend_refusals(void **state)
{
	(void)state;
	start();
	order_suspend(&watch, 1, HOUR_MS, "why");
	assert_refused(RCC_REFUSAL_NOT_FOUND, "suspend.incident");
	say(RCC_SOURCE_AIS_BEACON, 970000001);
	order_suspend(&watch, 1, HOUR_MS, "");
	assert_refused(RCC_REFUSAL_REASON_MISSING, "suspend.reason");
	order_suspend(&watch, 1, 0, "no time to come");
	assert_refused(RCC_REFUSAL_RANGE, "suspend.review_at_ms");
	order_suspend(&watch, 1, -HOUR_MS, "a time that was");
	assert_refused(RCC_REFUSAL_RANGE, "suspend.review_at_ms");
	order_suspend(&watch, 1, 366 * RCC_MS_PER_DAY + 1, "no review");
	assert_refused(RCC_REFUSAL_RANGE, "suspend.review_at_ms");
	order_suspend(&watch, 1, 366 * RCC_MS_PER_DAY, "the latest");
	assert_int_equal(incident(1)->status, RCC_INCIDENT_SUSPENDED);
	order_suspend(&watch, 1, HOUR_MS, "twice");
	assert_refused(RCC_REFUSAL_WRONG_STATE, "suspend.incident");
	watch_relay(&watch, 1, RCC_RELAY_RELEASE, "");
	assert_refused(RCC_REFUSAL_WRONG_STATE, "relay.incident");
}

static void
test_resume_refusals(void **state)
{
	(void)state;
	start();
	order_resume(&watch, 1, "why");
	assert_refused(RCC_REFUSAL_NOT_FOUND, "resume.incident");
	say(RCC_SOURCE_AIS_BEACON, 970000001);
	order_resume(&watch, 1, "it goes on anyway");
	assert_refused(RCC_REFUSAL_WRONG_STATE, "resume.incident");
	order_suspend(&watch, 1, HOUR_MS, "night");
	order_resume(&watch, 1, "");
	assert_refused(RCC_REFUSAL_REASON_MISSING, "resume.reason");
	order_resume(&watch, 1, "an aircraft is free");
	assert_int_equal(told(), RCC_BROADCAST_DISTRESS_RELAY);
	/* One that was closed by mistake comes back under its number; one that was joined away does not. */
	watch_cancel(&watch, 1, "over");
	order_close(&watch, 1, RCC_OUTCOME_NO_DISTRESS, "over");
	order_resume(&watch, 1, "the wrong case");
	assert_int_equal(incident(1)->status, RCC_INCIDENT_OPEN);
	say(RCC_SOURCE_DSC, 247000001);
	order_join_all(&watch, 2, 1, "one ship");
	order_resume(&watch, 2, "why");
	assert_refused(RCC_REFUSAL_WRONG_STATE, "resume.incident");
}

static void
test_review(void **state)
{
	(void)state;
	start();
	say(RCC_SOURCE_AIS_BEACON, 970000001);
	order_suspend(&watch, 1, 6 * HOUR_MS, "night");
	assert_int_equal(told(), RCC_BROADCAST_SUSPENDED);
	watch_wait(&watch, 6 * HOUR_MS - 1, 64);
	assert_false(incident(1)->is_review_due);
	watch_wait(&watch, 1, 64);
	assert_true(incident(1)->is_review_due);
	assert_int_equal(watch_events(&watch, RCC_EVENT_REVIEW_DUE), 1);
	assert_int_equal(incident(1)->status, RCC_INCIDENT_SUSPENDED);
	/* It is said once. */
	assert_int_equal(watch_wait(&watch, 48 * HOUR_MS, 64), 0);
	order_resume(&watch, 1, "looked at again");
	assert_int_equal(incident(1)->review_at_ms, 0);
	assert_false(incident(1)->is_review_due);
}

static void
test_classify(void **state)
{
	(void)state;
	start();
	order_classify(&watch, 1, here, RCC_NATURE_FIRE, 1, "why");
	assert_refused(RCC_REFUSAL_NOT_FOUND, "classify.incident");
	struct rcc_alert alert = watch_alert(RCC_SOURCE_DSC, 247000001);
	alert.pos = RCC_POS_NONE;
	alert.persons = 3;
	watch_say(&watch, feed, &alert);
	order_classify(&watch, 1, here, RCC_NATURE_FIRE, 1, "");
	assert_refused(RCC_REFUSAL_REASON_MISSING, "classify.reason");
	/* What is not stated stays. */
	order_classify(&watch, 1, RCC_POS_NONE, RCC_NATURE_FIRE, 0, "smoke is seen");
	assert_int_equal(incident(1)->nature, RCC_NATURE_FIRE);
	assert_int_equal(incident(1)->persons, 3);
	assert_false(rcc_pos_is_known(incident(1)->pos));
	assert_int_equal(told(), 0);
	/* A place is what the ships have waited for. */
	order_classify(&watch, 1, here, RCC_NATURE_NOT_STATED, 0, "seen from the cape");
	assert_int_equal(incident(1)->nature, RCC_NATURE_FIRE);
	assert_int_equal(told(), RCC_BROADCAST_DISTRESS_RELAY);
	watch_cancel(&watch, 1, "over");
	order_close(&watch, 1, RCC_OUTCOME_NO_DISTRESS, "over");
	order_classify(&watch, 1, here, RCC_NATURE_FIRE, 1, "why");
	assert_refused(RCC_REFUSAL_WRONG_STATE, "classify.incident");
}

static void
test_group(void **state)
{
	(void)state;
	struct rcc_alert drill = watch_alert(RCC_SOURCE_DSC, 247000009);
	struct rcc_alert secret = watch_alert(RCC_SOURCE_BEACON406, 247000010);

	start();
	for (uint32_t i = 1; i <= 3; i++)
		say(RCC_SOURCE_DSC, 247000000 + i);
	drill.class = RCC_CLASS_EXERCISE;
	watch_say(&watch, feed, &drill);
	secret.marks = RCC_ALERT_RESTRICTED;
	watch_say(&watch, feed, &secret);
	order_group(&watch, 9, 1, "why");
	assert_refused(RCC_REFUSAL_NOT_FOUND, "group.incident");
	order_group(&watch, 1, 9, "why");
	assert_refused(RCC_REFUSAL_NOT_FOUND, "group.parent");
	order_group(&watch, 2, 1, "");
	assert_refused(RCC_REFUSAL_REASON_MISSING, "group.reason");
	order_group(&watch, 1, 1, "itself");
	assert_refused(RCC_REFUSAL_WRONG_STATE, "group.parent");
	order_group(&watch, 2, 0, "part of nothing");
	assert_refused(RCC_REFUSAL_WRONG_STATE, "group.parent");
	order_group(&watch, 4, 1, "an exercise");
	assert_refused(RCC_REFUSAL_NOT_LIVE, "group.parent");
	order_group(&watch, 5, 1, "ship security");
	assert_refused(RCC_REFUSAL_RESTRICTED, "group.parent");
	order_group(&watch, 1, 5, "ship security");
	assert_refused(RCC_REFUSAL_RESTRICTED, "group.parent");
	order_group(&watch, 2, 1, "one departure");
	assert_int_equal(incident(2)->parent.v, 1);
	/* One level: a part has no parts, and what has parts is no part. */
	order_group(&watch, 3, 2, "a part of a part");
	assert_refused(RCC_REFUSAL_WRONG_STATE, "group.parent");
	order_group(&watch, 1, 3, "what has parts");
	assert_refused(RCC_REFUSAL_WRONG_STATE, "group.parent");
	order_close(&watch, 1, RCC_OUTCOME_NO_DISTRESS, "why");
	assert_refused(RCC_REFUSAL_PARTS_OPEN, "close.incident");
	order_group(&watch, 2, 0, "another departure");
	assert_int_equal(incident(2)->parent.v, 0);
	order_close(&watch, 1, RCC_OUTCOME_NO_DISTRESS, "why");
	order_group(&watch, 3, 1, "under one that is closed");
	assert_refused(RCC_REFUSAL_WRONG_STATE, "group.parent");
	order_group(&watch, 1, 3, "one that is closed");
	assert_refused(RCC_REFUSAL_WRONG_STATE, "group.incident");
}

static void
test_close(void **state)
{
	(void)state;
	start();
	order_close(&watch, 1, RCC_OUTCOME_NO_DISTRESS, "why");
	assert_refused(RCC_REFUSAL_NOT_FOUND, "close.incident");
	say(RCC_SOURCE_AIS_BEACON, 970000001);
	order_close(&watch, 1, RCC_OUTCOME_NO_DISTRESS, "");
	assert_refused(RCC_REFUSAL_REASON_MISSING, "close.reason");
	/* No outcome but a false alert is told by closing: who was called out is called off first. */
	static const enum rcc_outcome outcomes[] = {RCC_OUTCOME_RESCUED, RCC_OUTCOME_NO_DISTRESS,
	                                            RCC_OUTCOME_NOT_FOUND};
	for (size_t i = 0; i < sizeof outcomes / sizeof outcomes[0]; i++) {
		order_close(&watch, 1, outcomes[i], "why");
		assert_refused(RCC_REFUSAL_CANCEL_FIRST, "close.incident");
	}
	order_suspend(&watch, 1, HOUR_MS, "night");
	order_close(&watch, 1, RCC_OUTCOME_NOT_FOUND, "suspended is not called off");
	assert_refused(RCC_REFUSAL_CANCEL_FIRST, "close.incident");
	order_close(&watch, 1, RCC_OUTCOME_FALSE_ALERT, "a test on deck");
	assert_int_equal(told(), RCC_BROADCAST_CANCEL);
	assert_int_equal(incident(1)->status, RCC_INCIDENT_CLOSED);
	assert_int_equal(incident(1)->outcome, RCC_OUTCOME_FALSE_ALERT);
	order_close(&watch, 1, RCC_OUTCOME_NO_DISTRESS, "twice");
	assert_refused(RCC_REFUSAL_WRONG_STATE, "close.incident");
	/* Nobody was called out: nobody is called off. */
	say(RCC_SOURCE_AIS_STATUS, 247000001);
	order_close(&watch, 2, RCC_OUTCOME_NO_DISTRESS, "a wrong setting");
	assert_int_equal(told(), 0);
	assert_int_equal(incident(2)->status, RCC_INCIDENT_CLOSED);
}

static void
test_open(void **state)
{
	(void)state;
	struct rcc_alert report = watch_alert(RCC_SOURCE_DSC, 247000001);

	start();
	order_open(&watch, 0, &report);
	assert_refused(RCC_REFUSAL_RANGE, "open.alert.source");
	report.source = RCC_SOURCE_OFFICER;
	order_open(&watch, 7, &report);
	assert_refused(RCC_REFUSAL_NOT_FOUND, "open.incident");
	say(RCC_SOURCE_DSC, 247000002);
	report.class = RCC_CLASS_EXERCISE;
	order_open(&watch, 1, &report);
	assert_refused(RCC_REFUSAL_NOT_LIVE, "open.incident");
	report.class = RCC_CLASS_LIVE;
	report.marks = RCC_ALERT_RESTRICTED;
	order_open(&watch, 1, &report);
	assert_refused(RCC_REFUSAL_RESTRICTED, "open.incident");
	report.marks = 0;
	order_open(&watch, 1, &report);
	assert_int_equal(watch_event(&watch, RCC_EVENT_ALERT_JOINED)->u.joined.why, RCC_JOIN_OFFICER);
	assert_int_equal(order_alert(&watch, 2)->incident.v, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_phase),           cmocka_unit_test(test_suspend_refusals),
	    cmocka_unit_test(test_resume_refusals), cmocka_unit_test(test_review),
	    cmocka_unit_test(test_classify),        cmocka_unit_test(test_group),
	    cmocka_unit_test(test_close),           cmocka_unit_test(test_open),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
