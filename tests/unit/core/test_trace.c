/*
 * An entry in words. The stories in tests/golden/core compare whole watches; here is every kind of cause and event once,
 * and how text that does not fit is cut.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "watch.h"

#define TEXT_SIZE 65536

static struct watch watch;
static char text[TEXT_SIZE], again[TEXT_SIZE];

/* The last entry says exactly this. */
static void
assert_says(const char *expected)
{
	size_t len = rcc_trace_format(&watch.core, &watch.entry, text, sizeof text);

	assert_in_range(len, 1, sizeof text - 1);
	assert_int_equal(len, strlen(text));
	assert_string_equal(text, expected);
}

static void
test_peers(void **state)
{
	(void)state;
	watch_start(&watch);
	assert_says("< run MRCC TEST, build test\n");
	watch_enrol(&watch, RCC_ROLE_VESSEL, 200000001);
	assert_says("< centre: enrol 1 PEER as vessel\n= 1 PEER enrolled as vessel\n");
	watch_command(&watch, RCC_COMMAND_SILENCE, 0)->u.silence = (struct rcc_silence){.peer = {1}, .is_silent = 1};
	watch_step(&watch);
	assert_says("< picture: 1 PEER gives no position\n= 1 PEER is silent\n");
	watch_command(&watch, RCC_COMMAND_SILENCE, 0)->u.silence =
	    (struct rcc_silence){.peer = {1}, .heard_at_ms = WATCH_START_MS};
	watch_step(&watch);
	assert_says("< picture: 1 PEER is heard again\n= 1 PEER is heard again\n");
	watch_revoke(&watch, "1 PEER", "sold");
	assert_says("< centre: revoke 1 PEER, \"sold\"\n= 1 PEER revoked\n");
	watch_revoke(&watch, "1 PEER", "sold");
	assert_says("< centre: revoke 1 PEER, \"sold\"\n= refused: not-found (revoke.name)\n");
}

static void
test_distress(void **state)
{
	(void)state;
	struct rcc_alert alert = watch_alert(RCC_SOURCE_CREW, 200000001);

	watch_start(&watch);
	watch_fleet(&watch, 200000001, 2);
	alert.persons = 4;
	alert.nature = RCC_NATURE_FIRE;
	watch_text(alert.text, sizeof alert.text, "engine room");
	watch_command(&watch, RCC_COMMAND_ALERT, 1)->u.alert = alert;
	watch_see(&watch, 200000002, (struct rcc_pos){353000000, 126000000}, 100);
	watch_see(&watch, 300000001, (struct rcc_pos){351000000, 126000000}, 100);
	watch_step(&watch);
	assert_says("< 1 PEER: alert crew, live, casualty 200000001, fire, at 35-12.00N 012-36.00E, 4 persons, "
	            "\"engine room\"\n"
	            "= A1 recorded: incident, sender match\n"
	            "= I1 opened at distress, live, casualty 200000001, at 35-12.00N 012-36.00E\n"
	            "= A1 -> I1, opened\n"
	            "= I1 is to be relayed at once\n"
	            "> B1 distress-relay of I1, revision 1, by the machine, not yet verified, at 35-12.00N 012-36.00E, "
	            "\"engine room\"\n"
	            "> B1 to 1 PEER #1: range unknown, informed\n"
	            "> B1 to 2 PEER #1: 6.0 nm, 180 deg, 36 min, called on to respond\n"
	            "= call list of B1: 300000001, 6.0 nm, 000 deg, 36 min\n");
	watch_sent(&watch, 2, 1);
	assert_says("< net: sent to 1\n= 2 PEER #1 sent\n");
	watch_stored(&watch, 2, 1);
	assert_says("< 2 PEER: stored up to #1\n= 2 PEER stored up to #1\n");
	watch_read(&watch, 2, 1, "2nd mate");
	assert_says("< 2 PEER: read #1 by 2nd mate\n= 2 PEER #1 read by 2nd mate\n");
	watch_answer(&watch, 2, 1, 1, RCC_ANSWER_PROCEEDING);
	assert_says("< 2 PEER: answer to I1: proceeding, ETA 90 min\n= 2 PEER answers I1: proceeding, ETA 90 min\n");
	struct rcc_answer *answer = &watch_command(&watch, RCC_COMMAND_ANSWER, 2)->u.answer;
	*answer = (struct rcc_answer){{1}, 1, RCC_ANSWER_UNABLE, RCC_REASON_TOO_FAR, 5, "master", "no fuel", {0}, 0};
	watch_step(&watch);
	assert_says("< 2 PEER: answer to I1: unable, too-far, \"no fuel\"\n"
	            "= 2 PEER answers I1: unable, too-far, \"no fuel\"\n");
	watch_wait(&watch, 120000, 1);
	assert_says("< clock: B1 is not stored everywhere\n= 1 PEER #1 is not stored\n");
	watch_wait(&watch, 180000, 1);
	assert_says("< clock: B1 needs another channel\n= 1 PEER #1 unreachable: use another channel\n");
	watch_cancel(&watch, 1, "fire is out");
	assert_says("< centre: cancel I1, \"fire is out\"\n"
	            "> B2 cancel of I1, revision 2, by an officer, verified, at 35-12.00N 012-36.00E, \"fire is out\"\n"
	            "> B2 to 1 PEER #2: range unknown, informed\n"
	            "> B2 to 2 PEER #2: range unknown, informed\n");
	watch_stored(&watch, 2, 2);
	assert_says("< 2 PEER: stored up to #2\n= 2 PEER stored up to #2\n");
	watch_close(&watch, 1, "fire is out");
	assert_says("< centre: close I1, no-distress, \"fire is out\"\n= I1 closed: no-distress, \"fire is out\"\n");
}

static void
test_waiting(void **state)
{
	(void)state;
	struct rcc_alert alert = watch_alert(RCC_SOURCE_DSC, 500000001);

	watch_start(&watch);
	watch_say(&watch, 0, &alert);
	assert_says("< centre: alert dsc, live, casualty 500000001, not-stated, at 35-12.00N 012-36.00E\n"
	            "= A1 recorded: incident, sender match\n"
	            "= I1 opened at distress, live, casualty 500000001, at 35-12.00N 012-36.00E\n"
	            "= A1 -> I1, opened\n"
	            "= I1 is relayed in 60 s unless held\n");
	watch_relay(&watch, 1, RCC_RELAY_HOLD, "calling back");
	assert_says("< centre: hold relay of I1\n= I1 relay held, \"calling back\"\n");
	alert.pos.lat_e7 = 0;
	watch_say(&watch, 0, &alert);
	assert_says("< centre: alert dsc, live, casualty 500000001, not-stated, at 00-00.00N 012-36.00E\n"
	            "= A1 heard 2 times\n"
	            "= I1 has positions that contradict each other, it may be at 35-12.00N 012-36.00E or at 00-00.00N "
	            "012-36.00E\n");
	watch_relay(&watch, 1, RCC_RELAY_RELEASE, "");
	assert_says("< centre: release relay of I1\n"
	            "> B1 distress-relay of I1, revision 1, by an officer, verified, at 35-12.00N 012-36.00E, it may "
	            "be at 35-12.00N 012-36.00E or at 00-00.00N 012-36.00E, doubtful: pos-jump, "
	            "doubtful: pos-inland\n");
	alert = watch_alert(RCC_SOURCE_CREW, 500000002);
	alert.pos = RCC_POS_NONE;
	struct rcc_key key = watch_key(9);
	watch_command_of(&watch, RCC_COMMAND_ALERT, &key)->u.alert = alert;
	watch_step(&watch);
	assert_says("< guest: alert crew, live, casualty 500000002, not-stated, at unknown\n"
	            "= A2 recorded: quarantine, sender unenrolled\n");
	watch_wait(&watch, 300000, 1);
	assert_says("< clock: A2 waits for a person\n= A2 escalated: nobody has decided on it\n");
	watch_decide(&watch, 2, RCC_DECISION_ACCEPT, "known voice");
	watch_wait(&watch, 300000, 1);
	assert_says("< clock: I2 has no position\n= I2 still has no position: an officer must find one\n");
}

static void
test_joining(void **state)
{
	(void)state;
	struct rcc_alert alert = watch_alert(RCC_SOURCE_AIS_STATUS, 500000001);

	watch_start(&watch);
	watch_say(&watch, 0, &alert);
	assert_non_null(strstr((rcc_trace_format(&watch.core, &watch.entry, text, sizeof text), text),
	                       "= I1 is relayed only by an officer\n"));
	alert.source = RCC_SOURCE_DSC;
	alert.nature = RCC_NATURE_SINKING;
	alert.pos = RCC_POS_NONE;
	watch_say(&watch, 0, &alert);
	assert_says("< centre: alert dsc, live, casualty 500000001, sinking, at unknown\n"
	            "= A2 recorded: incident, sender match\n"
	            "= A2 -> I1, joined: same MMSI\n"
	            "= I1 raised to distress\n"
	            "= I1 is now known as sinking, persons not stated\n"
	            "= I1 is relayed in 60 s unless held\n");
	watch_wait(&watch, 60000, 1);
	assert_non_null(strstr((rcc_trace_format(&watch.core, &watch.entry, text, sizeof text), text),
	                       "< clock: relay of I1\n> B1"));
	alert.source = RCC_SOURCE_AIS_TEXT;
	watch_say(&watch, 0, &alert);
	watch_decide(&watch, 3, RCC_DECISION_DISMISS, "weather report");
	assert_says("< centre: dismiss A3, \"weather report\"\n= A3 dismissed, \"weather report\"\n");
}

/* What needs full tables or years, said by events that a test makes. */
static void
test_rare_events(void **state)
{
	(void)state;
	struct rcc_event *event = watch.entry.event;

	watch_start(&watch);
	watch_command(&watch, RCC_COMMAND_STORED, 0);
	memset(event, 0, 7 * sizeof *event);
	event[0] = (struct rcc_event){.kind = RCC_EVENT_ALERT_EVICTED, .u.alert_ref.alert = {7}};
	event[1] = (struct rcc_event){.kind = RCC_EVENT_INCIDENT_EVICTED, .u.incident_ref.incident = {8}};
	event[2] = (struct rcc_event){.kind = RCC_EVENT_LEDGER_FULL, .u.ledger_full = {{9}, 3}};
	event[3] = (struct rcc_event){.kind = RCC_EVENT_MESSAGE_CONFLICT};
	event[4] = (struct rcc_event){.kind = RCC_EVENT_ALERT_JOINED, .u.joined = {{7}, {8}, RCC_JOIN_OVERFLOW}};
	event[5] = (struct rcc_event){.kind = RCC_EVENT_PEER_REVOKED, .u.revoked.peer = {5}};
	event[6] = (struct rcc_event){.kind = RCC_EVENT_DELIVERY_STORED, .u.stored = {{6}, 2, 0}};
	watch.entry.event_count = 7;
	assert_says("< centre: stored up to #0\n"
	            "= A7 left memory\n"
	            "= I8 left memory\n"
	            "= ledger full: 3 ships of B9 must be called another way\n"
	            "= conflict: the same message id came with other bytes\n"
	            "= A7 -> I8, joined: the table of incidents is full\n"
	            "= ? revoked\n"
	            "= ? stored up to #2\n");
}

/* As snprintf: the length it would have, the text cut and ended. */
static void
test_cut(void **state)
{
	(void)state;
	watch_start(&watch);
	watch_enrol(&watch, RCC_ROLE_VESSEL, 200000001);
	size_t len = rcc_trace_format(&watch.core, &watch.entry, text, sizeof text);
	assert_int_equal(rcc_trace_format(&watch.core, &watch.entry, NULL, 0), len);
	for (size_t size = 1; size <= len + 1; size++) {
		memset(again, 'x', sizeof again);
		assert_int_equal(rcc_trace_format(&watch.core, &watch.entry, again, size), len);
		assert_int_equal(strlen(again), size - 1);
		assert_memory_equal(again, text, size - 1);
		assert_int_equal(again[size], 'x');
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_peers),   cmocka_unit_test(test_distress),    cmocka_unit_test(test_waiting),
	    cmocka_unit_test(test_joining), cmocka_unit_test(test_rare_events), cmocka_unit_test(test_cut),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
