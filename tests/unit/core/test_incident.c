/* From alerts to incidents: joining, phases, "silence means go", holding, releasing, cancelling, closing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "watch.h"

static struct watch watch;

static const struct rcc_incident *
incident_of(uint32_t id)
{
	const struct rcc_incident *incident = rcc_incident_find(&watch.core, (struct rcc_incident_id){id});
	assert_non_null(incident);
	return incident;
}

static void
say(enum rcc_source source, uint32_t casualty)
{
	struct rcc_alert alert = watch_alert(source, casualty);
	watch_say(&watch, 0, &alert);
}

static enum rcc_broadcast_kind
kind_issued(void)
{
	const struct rcc_event *event = watch_event(&watch, RCC_EVENT_BROADCAST_ISSUED);
	return event == NULL ? (enum rcc_broadcast_kind)0 : event->u.broadcast.kind;
}

/* What each source opens, and when the machine relays it by itself. */
static void
test_sources(void **state)
{
	(void)state;
	static const struct {
		enum rcc_source source;
		enum rcc_phase phase;
		int64_t relayed_after_ms; /* -1 = never */
	} rows[] = {
	    {RCC_SOURCE_CREW, RCC_PHASE_DISTRESS, 0},
	    {RCC_SOURCE_AIS_BEACON, RCC_PHASE_DISTRESS, 0},
	    {RCC_SOURCE_AIS_STATUS, RCC_PHASE_UNCERTAINTY, -1},
	    {RCC_SOURCE_DSC, RCC_PHASE_DISTRESS, 60000},
	    {RCC_SOURCE_SIT185, RCC_PHASE_DISTRESS, 60000},
	    {RCC_SOURCE_BEACON406, RCC_PHASE_DISTRESS, 60000},
	    {RCC_SOURCE_OFFICER, RCC_PHASE_DISTRESS, 0},
	    {RCC_SOURCE_OVERDUE, RCC_PHASE_UNCERTAINTY, -1},
	    {RCC_SOURCE_RCC, RCC_PHASE_DISTRESS, 0},
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		watch_start(&watch);
		say(rows[i].source, 500000001);
		assert_int_equal(watch_event(&watch, RCC_EVENT_INCIDENT_OPENED)->u.opened.phase, rows[i].phase);
		assert_int_equal(incident_of(1)->status, RCC_INCIDENT_NEW);
		int64_t due_at_ms = watch_event(&watch, RCC_EVENT_RELAY_SCHEDULED)->u.scheduled.due_at_ms;
		assert_int_equal(due_at_ms,
		                 rows[i].relayed_after_ms < 0 ? 0 : WATCH_START_MS + rows[i].relayed_after_ms);
		assert_int_equal(kind_issued(), rows[i].relayed_after_ms == 0 ? RCC_BROADCAST_DISTRESS_RELAY : 0);
	}
	/* A text that an officer accepted as an alert. */
	watch_start(&watch);
	say(RCC_SOURCE_AIS_TEXT, 500000001);
	watch_decide(&watch, 1, RCC_DECISION_ACCEPT, "they need help");
	assert_int_equal(watch_event(&watch, RCC_EVENT_INCIDENT_OPENED)->u.opened.phase, RCC_PHASE_ALERT);
	assert_int_equal(kind_issued(), 0);
}

/* A clock that is set for a doubtful source rings for nothing until something makes it a distress. */
static void
test_no_distress_no_relay(void **state)
{
	(void)state;
	struct rcc_rules rules = watch_rules();

	watch_start(&watch);
	rules.relay_after_ms[RCC_SOURCE_AIS_STATUS] = 1000;
	watch_rule(&watch, &rules);
	say(RCC_SOURCE_AIS_STATUS, 500000001);
	assert_int_equal(watch_event(&watch, RCC_EVENT_RELAY_SCHEDULED)->u.scheduled.due_at_ms, watch.now_ms + 1000);
	assert_int_equal(watch_wait(&watch, 1000, 2), 0);
	say(RCC_SOURCE_DSC, 500000001);
	assert_int_equal(kind_issued(), RCC_BROADCAST_DISTRESS_RELAY);
}

static void
test_numbers(void **state)
{
	(void)state;
	watch_start(&watch);
	say(RCC_SOURCE_AIS_STATUS, 500000001);
	say(RCC_SOURCE_AIS_STATUS, 500000002);
	assert_int_equal(incident_of(2)->year, 2026);
	assert_int_equal(incident_of(2)->number, 2);
	watch.now_ms += INT64_C(351) * 86400000; /* 2027-01-01 */
	say(RCC_SOURCE_AIS_STATUS, 500000003);
	assert_int_equal(incident_of(3)->year, 2027);
	assert_int_equal(incident_of(3)->number, 1);
}

static void
test_joining(void **state)
{
	(void)state;
	struct rcc_alert alert;

	watch_start(&watch);
	say(RCC_SOURCE_AIS_STATUS, 500000001);
	/* The same casualty by another way: one case, raised, relayed at once with the first word on each fact. */
	alert = watch_alert(RCC_SOURCE_CREW, 500000001);
	alert.pos.lat_e7 += 5;
	alert.nature = RCC_NATURE_FIRE;
	alert.persons = 7;
	watch_text(alert.name, sizeof alert.name, "SEA FOX");
	watch_say(&watch, 0, &alert);
	assert_int_equal(watch_event(&watch, RCC_EVENT_ALERT_JOINED)->u.joined.why, RCC_JOIN_MMSI);
	assert_int_equal(watch_event(&watch, RCC_EVENT_PHASE_RAISED)->u.raised.phase, RCC_PHASE_DISTRESS);
	assert_int_equal(watch_events(&watch, RCC_EVENT_POSITION_REVISED), 1);
	assert_int_equal(watch_events(&watch, RCC_EVENT_FACTS_REVISED), 1);
	assert_int_equal(kind_issued(), RCC_BROADCAST_DISTRESS_RELAY);
	assert_int_equal(incident_of(1)->source, RCC_SOURCE_CREW);
	assert_int_equal(incident_of(1)->persons, 7);
	assert_int_equal(incident_of(1)->nature, RCC_NATURE_FIRE);
	assert_string_equal(incident_of(1)->name, "SEA FOX");
	/* A later one with other facts changes none of them, nor lowers the phase. */
	alert = watch_alert(RCC_SOURCE_OVERDUE, 500000001);
	alert.pos = RCC_POS_NONE;
	alert.nature = RCC_NATURE_SINKING;
	alert.persons = 9;
	watch_text(alert.name, sizeof alert.name, "SEE FUCHS");
	watch_say(&watch, 0, &alert);
	assert_int_equal(watch.entry.event_count, 2); /* recorded, joined */
	assert_int_equal(incident_of(1)->phase, RCC_PHASE_DISTRESS);
	assert_int_equal(incident_of(1)->persons, 7);
	assert_int_equal(watch.core.incident_count, 1);
}

/* Each missing fact by itself. */
static void
test_facts(void **state)
{
	(void)state;
	struct rcc_alert alert;

	watch_start(&watch);
	say(RCC_SOURCE_AIS_STATUS, 500000001);
	alert = watch_alert(RCC_SOURCE_OVERDUE, 500000001);
	alert.persons = 3;
	watch_say(&watch, 0, &alert);
	assert_int_equal(watch_event(&watch, RCC_EVENT_FACTS_REVISED)->u.facts.persons, 3);
	alert.source = RCC_SOURCE_DSC;
	alert.nature = RCC_NATURE_ADRIFT;
	watch_say(&watch, 0, &alert);
	assert_int_equal(watch_event(&watch, RCC_EVENT_FACTS_REVISED)->u.facts.nature, RCC_NATURE_ADRIFT);
	alert.source = RCC_SOURCE_RCC;
	watch_text(alert.name, sizeof alert.name, "SEA FOX");
	watch_say(&watch, 0, &alert);
	const struct rcc_facts_revised *facts = &watch_event(&watch, RCC_EVENT_FACTS_REVISED)->u.facts;
	assert_string_equal(facts->name, "SEA FOX");
	assert_int_equal(facts->persons, 3);
	assert_int_equal(facts->nature, RCC_NATURE_ADRIFT);
}

static void
test_not_joining(void **state)
{
	(void)state;
	struct rcc_alert alert = watch_alert(RCC_SOURCE_DSC, 500000001);

	watch_start(&watch);
	say(RCC_SOURCE_AIS_STATUS, 500000001);
	/* A drill does not mix with the real thing. */
	alert.class = RCC_CLASS_EXERCISE;
	watch_say(&watch, 0, &alert);
	assert_int_equal(watch.core.incident_count, 2);
	/* Unknown casualties are not one. */
	say(RCC_SOURCE_DSC, 0);
	say(RCC_SOURCE_RCC, 0);
	assert_int_equal(watch.core.incident_count, 4);
	/* A day and a millisecond later. */
	watch.now_ms += 86400001;
	say(RCC_SOURCE_OVERDUE, 500000001);
	assert_int_equal(watch.core.incident_count, 5);
	/* Closed. */
	watch_close(&watch, 5, "home");
	say(RCC_SOURCE_OVERDUE, 500000001);
	assert_int_equal(watch.core.incident_count, 6);
}

/* A faster source brings the relay forward; a slower one never puts it off. */
static void
test_relay_comes_forward(void **state)
{
	(void)state;
	struct rcc_alert alert = watch_alert(RCC_SOURCE_DSC, 500000001);

	watch_start(&watch);
	say(RCC_SOURCE_AIS_STATUS, 500000001);
	watch_say(&watch, 0, &alert);
	assert_int_equal(incident_of(1)->relay_due_at_ms, watch.now_ms + 60000);
	watch.now_ms += 30000;
	say(RCC_SOURCE_BEACON406, 500000001);
	assert_int_equal(watch_events(&watch, RCC_EVENT_RELAY_SCHEDULED), 0);
	assert_int_equal(watch_wait(&watch, 30000, 3), 1);
	assert_int_equal(kind_issued(), RCC_BROADCAST_DISTRESS_RELAY);
	/* After it was relayed no clock is set again. */
	say(RCC_SOURCE_CREW, 500000001);
	assert_int_equal(watch_events(&watch, RCC_EVENT_RELAY_SCHEDULED), 0);

	watch_start(&watch);
	watch_say(&watch, 0, &alert);
	say(RCC_SOURCE_CREW, 500000001);
	assert_int_equal(watch_event(&watch, RCC_EVENT_RELAY_SCHEDULED)->u.scheduled.due_at_ms, watch.now_ms);
	assert_int_equal(kind_issued(), RCC_BROADCAST_DISTRESS_RELAY);
}

static void
test_place_comes_later(void **state)
{
	(void)state;
	struct rcc_alert alert = watch_alert(RCC_SOURCE_CREW, 500000001);

	watch_start(&watch);
	alert.pos = RCC_POS_NONE;
	watch_say(&watch, 0, &alert);
	assert_int_equal(kind_issued(), 0);
	watch_relay(&watch, 1, RCC_RELAY_RELEASE, "");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_NO_POSITION, "relay.incident"));
	watch.now_ms += 1000;
	alert.pos = (struct rcc_pos){1, 1};
	watch_say(&watch, 0, &alert);
	assert_int_equal(kind_issued(), RCC_BROADCAST_DISTRESS_RELAY);
}

static void
test_hold(void **state)
{
	(void)state;
	watch_start(&watch);
	watch_relay(&watch, 1, RCC_RELAY_HOLD, "no");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_NOT_FOUND, "relay.incident"));
	say(RCC_SOURCE_DSC, 500000001);
	watch_relay(&watch, 1, RCC_RELAY_HOLD, "");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_REASON_MISSING, "relay.reason"));
	assert_int_equal(watch_relay(&watch, 1, RCC_RELAY_HOLD, "calling them back"), 1);
	assert_string_equal(watch_event(&watch, RCC_EVENT_RELAY_HELD)->u.held.reason, "calling them back");
	assert_int_equal(incident_of(1)->status, RCC_INCIDENT_OPEN);
	assert_int_equal(rcc_core_deadline_ms(&watch.core), INT64_MAX);
	assert_int_equal(watch_wait(&watch, 600000, 3), 0);
	/* Held again, for another reason; and a stronger signal does not overrule the officer. */
	assert_int_equal(watch_relay(&watch, 1, RCC_RELAY_HOLD, "spoke to the master"), 1);
	say(RCC_SOURCE_CREW, 500000001);
	assert_int_equal(kind_issued(), 0);
	/* Released: told, and verified by a person. */
	watch_relay(&watch, 1, RCC_RELAY_RELEASE, "confirmed by radio");
	assert_int_equal(kind_issued(), RCC_BROADCAST_DISTRESS_RELAY);
	assert_int_equal(watch_event(&watch, RCC_EVENT_BROADCAST_ISSUED)->u.broadcast.verified, 1);
	assert_string_equal(watch_event(&watch, RCC_EVENT_BROADCAST_ISSUED)->u.broadcast.text, "confirmed by radio");
	watch_relay(&watch, 1, RCC_RELAY_HOLD, "too late");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_WRONG_STATE, "relay.incident"));
}

static void
test_release(void **state)
{
	(void)state;
	struct rcc_alert alert = watch_alert(RCC_SOURCE_CREW, 500000002);

	watch_start(&watch);
	say(RCC_SOURCE_AIS_STATUS, 500000001);
	/* An officer who releases makes it a distress. */
	watch_relay(&watch, 1, RCC_RELAY_RELEASE, "");
	assert_int_equal(watch_event(&watch, RCC_EVENT_PHASE_RAISED)->u.raised.alert.v, 0);
	assert_int_equal(incident_of(1)->phase, RCC_PHASE_DISTRESS);
	assert_int_equal(incident_of(1)->status, RCC_INCIDENT_OPEN);
	assert_int_equal(kind_issued(), RCC_BROADCAST_DISTRESS_RELAY);
	watch_relay(&watch, 1, RCC_RELAY_RELEASE, "");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_WRONG_STATE, "relay.incident"));
	/* Not a drill. */
	alert.class = RCC_CLASS_EXERCISE;
	watch_say(&watch, 0, &alert);
	watch_relay(&watch, 2, RCC_RELAY_RELEASE, "");
	assert_int_equal(watch_events(&watch, RCC_EVENT_DELIVERIES_QUEUED), 0);
	/* Once verified, updates are too. */
	alert = watch_alert(RCC_SOURCE_DSC, 500000001);
	alert.pos.lat_e7 += 400000;
	watch_say(&watch, 0, &alert);
	assert_int_equal(kind_issued(), RCC_BROADCAST_UPDATE);
	assert_int_equal(watch_event(&watch, RCC_EVENT_BROADCAST_ISSUED)->u.broadcast.verified, 1);
}

static void
test_cancel_and_close(void **state)
{
	(void)state;
	watch_start(&watch);
	watch_cancel(&watch, 1, "why");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_NOT_FOUND, "cancel.incident"));
	watch_close(&watch, 1, "why");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_NOT_FOUND, "close.incident"));
	say(RCC_SOURCE_CREW, 500000001);
	watch_cancel(&watch, 1, "");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_REASON_MISSING, "cancel.reason"));
	watch_close(&watch, 1, "");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_REASON_MISSING, "close.reason"));
	watch_close(&watch, 1, "all safe");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_CANCEL_FIRST, "close.incident"));
	watch_cancel(&watch, 1, "all safe");
	assert_int_equal(kind_issued(), RCC_BROADCAST_CANCEL);
	assert_true(incident_of(1)->is_cancelled);
	watch_cancel(&watch, 1, "again");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_WRONG_STATE, "cancel.incident"));
	/* Cancelled: an officer may call again. */
	watch_relay(&watch, 1, RCC_RELAY_RELEASE, "they are sinking after all");
	assert_int_equal(kind_issued(), RCC_BROADCAST_DISTRESS_RELAY);
	assert_int_equal(incident_of(1)->broadcasts, 3);
	watch_cancel(&watch, 1, "now really");
	assert_int_equal(watch_close(&watch, 1, "all safe"), 1);
	assert_int_equal(watch_event(&watch, RCC_EVENT_INCIDENT_CLOSED)->u.closed.outcome, RCC_OUTCOME_NO_DISTRESS);
	assert_int_equal(incident_of(1)->closed_at_ms, watch.now_ms);
	/* Closed is the end. */
	watch_cancel(&watch, 1, "why");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_WRONG_STATE, "cancel.incident"));
	watch_close(&watch, 1, "why");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_WRONG_STATE, "close.incident"));
	watch_relay(&watch, 1, RCC_RELAY_RELEASE, "");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_WRONG_STATE, "relay.incident"));
}

/* Cancelled, and heard again: it is not over. The clock of the source runs anew, and nobody has verified it yet. */
static void
test_after_cancel(void **state)
{
	(void)state;
	struct rcc_alert alert = watch_alert(RCC_SOURCE_CREW, 500000001);

	watch_start(&watch);
	watch_say(&watch, 0, &alert);
	watch_cancel(&watch, 1, "all safe");
	watch_say(&watch, 0, &alert);
	assert_int_equal(watch_events(&watch, RCC_EVENT_ALERT_REPEATED), 1);
	assert_int_equal(kind_issued(), RCC_BROADCAST_DISTRESS_RELAY);
	assert_int_equal(watch_event(&watch, RCC_EVENT_BROADCAST_ISSUED)->u.broadcast.verified, 0);
	assert_false(incident_of(1)->is_cancelled);
	/* By another way, that has a clock: it rings, unless an officer holds it or closes the case. */
	watch_cancel(&watch, 1, "all safe");
	alert.source = RCC_SOURCE_DSC;
	watch_say(&watch, 0, &alert);
	assert_int_equal(kind_issued(), 0);
	assert_int_equal(watch_event(&watch, RCC_EVENT_RELAY_SCHEDULED)->u.scheduled.due_at_ms, watch.now_ms + 60000);
	assert_int_equal(watch_wait(&watch, 60000, 2), 1);
	assert_int_equal(kind_issued(), RCC_BROADCAST_DISTRESS_RELAY);
	watch_cancel(&watch, 1, "all safe");
	watch_say(&watch, 0, &alert);
	assert_int_equal(watch_close(&watch, 1, "set off by mistake, switched off"), 1);
	assert_int_equal(watch_wait(&watch, 60000, 2), 0);
	/* A status that is often false starts none. */
	watch_start(&watch);
	alert.source = RCC_SOURCE_CREW;
	watch_say(&watch, 0, &alert);
	watch_cancel(&watch, 1, "all safe");
	alert.source = RCC_SOURCE_AIS_STATUS;
	watch_say(&watch, 0, &alert);
	assert_int_equal(watch_events(&watch, RCC_EVENT_RELAY_SCHEDULED), 0);
	assert_int_equal(kind_issued(), 0);
}

/* The casualty's own crew, and an officer, correct what was known; the ships are told of it. */
static void
test_corrections(void **state)
{
	(void)state;
	struct rcc_alert alert = watch_alert(RCC_SOURCE_CREW, 500000001);

	watch_start(&watch);
	alert.persons = 4;
	watch_say(&watch, 0, &alert);
	/* The same words once more: a count, and no ship is rung again. */
	watch_say(&watch, 0, &alert);
	assert_int_equal(watch_events(&watch, RCC_EVENT_ALERT_REPEATED), 1);
	assert_int_equal(kind_issued(), 0);
	alert.persons = 5;
	alert.nature = RCC_NATURE_FIRE;
	watch_say(&watch, 0, &alert);
	assert_int_equal(watch_event(&watch, RCC_EVENT_FACTS_REVISED)->u.facts.persons, 5);
	assert_int_equal(watch_event(&watch, RCC_EVENT_FACTS_REVISED)->u.facts.nature, RCC_NATURE_FIRE);
	assert_int_equal(kind_issued(), RCC_BROADCAST_UPDATE);
	alert.source = RCC_SOURCE_OFFICER;
	alert.persons = 6;
	watch_say(&watch, 0, &alert);
	assert_int_equal(incident_of(1)->persons, 6);
	assert_int_equal(kind_issued(), RCC_BROADCAST_UPDATE);
	/* Nobody else does; and nothing stated takes nothing back. */
	alert.source = RCC_SOURCE_DSC;
	alert.persons = 9;
	watch_say(&watch, 0, &alert);
	assert_int_equal(watch_events(&watch, RCC_EVENT_FACTS_REVISED), 0);
	alert = watch_alert(RCC_SOURCE_CREW, 500000001);
	watch_text(alert.text, sizeof alert.text, "we are in the raft, north side");
	watch_say(&watch, 0, &alert);
	assert_int_equal(incident_of(1)->persons, 6);
	/* New words alone are news for ships on their way. */
	assert_int_equal(kind_issued(), RCC_BROADCAST_UPDATE);
}

static void
test_close_before_relay(void **state)
{
	(void)state;
	watch_start(&watch);
	say(RCC_SOURCE_DSC, 500000001);
	assert_int_equal(watch_close(&watch, 1, "hoax, admitted"), 1);
	assert_int_equal(watch_wait(&watch, 60000, 3), 0);
	assert_int_equal(watch.core.broadcast_count, 0);
}

static void
test_cancel_without_relay(void **state)
{
	(void)state;
	watch_start(&watch);
	say(RCC_SOURCE_DSC, 500000001);
	watch_cancel(&watch, 1, "nobody was told");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_WRONG_STATE, "cancel.incident"));
}

static void
test_moves(void **state)
{
	(void)state;
	/* Bits of RCC_BY_*. */
	static const uint32_t may[RCC_INCIDENT_STATUS_LAST + 1][RCC_INCIDENT_STATUS_LAST + 1] = {
	    [RCC_INCIDENT_NEW] = {[RCC_INCIDENT_OPEN] = 2,
	                          [RCC_INCIDENT_CLOSED] = 2,
	                          [RCC_INCIDENT_SUSPENDED] = 2,
	                          [RCC_INCIDENT_TRANSFERRED] = 3},
	    [RCC_INCIDENT_OPEN] =
	        {[RCC_INCIDENT_CLOSED] = 2, [RCC_INCIDENT_SUSPENDED] = 2, [RCC_INCIDENT_TRANSFERRED] = 3},
	    [RCC_INCIDENT_TRANSFERRED] = {[RCC_INCIDENT_OPEN] = 2, [RCC_INCIDENT_CLOSED] = 2},
	    [RCC_INCIDENT_SUSPENDED] = {[RCC_INCIDENT_OPEN] = 3, [RCC_INCIDENT_CLOSED] = 2},
	    [RCC_INCIDENT_CLOSED] = {[RCC_INCIDENT_OPEN] = 3},
	};

	for (int from = 1; from <= RCC_INCIDENT_STATUS_LAST; from++) {
		for (int to = 1; to <= RCC_INCIDENT_STATUS_LAST; to++) {
			for (uint32_t by = 1; by <= 2; by++)
				assert_int_equal(rcc_incident_may_move((enum rcc_incident_status)from,
				                                       (enum rcc_incident_status)to, by),
				                 (may[from][to] & by) != 0);
		}
	}
	/* The machine raises a phase; only a person lowers one. */
	for (int from = 1; from <= RCC_PHASE_LAST; from++) {
		for (int to = 1; to <= RCC_PHASE_LAST; to++) {
			assert_int_equal(rcc_phase_may_move((enum rcc_phase)from, (enum rcc_phase)to, RCC_BY_MACHINE),
			                 to > from);
			assert_int_equal(rcc_phase_may_move((enum rcc_phase)from, (enum rcc_phase)to, RCC_BY_OFFICER),
			                 to != from);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_sources),
	    cmocka_unit_test(test_no_distress_no_relay),
	    cmocka_unit_test(test_numbers),
	    cmocka_unit_test(test_joining),
	    cmocka_unit_test(test_facts),
	    cmocka_unit_test(test_not_joining),
	    cmocka_unit_test(test_relay_comes_forward),
	    cmocka_unit_test(test_place_comes_later),
	    cmocka_unit_test(test_hold),
	    cmocka_unit_test(test_release),
	    cmocka_unit_test(test_cancel_and_close),
	    cmocka_unit_test(test_after_cancel),
	    cmocka_unit_test(test_corrections),
	    cmocka_unit_test(test_close_before_relay),
	    cmocka_unit_test(test_cancel_without_relay),
	    cmocka_unit_test(test_moves),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
