/* The lines of `rccctl watch`: every kind of event has its word and its sentence. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ctl/summary.h"
#include "rcc/text.h"

#define DOCUMENT_MAX 262144

struct fixture {
	struct rcc_ctl_names names;
	struct rcc_entry entry;
	char text[RCC_CTL_SUMMARY_SIZE];
};

static int
set_up(void **state)
{
	*state = calloc(1, sizeof(struct fixture));
	assert_non_null(*state);
	return 0;
}

static int
tear_down(void **state)
{
	free(*state);
	return 0;
}

static const char *
summary(struct fixture *fixture, const struct rcc_event *event)
{
	memset(fixture->text, '#', sizeof fixture->text);
	rcc_ctl_names_learn(&fixture->names, event);
	rcc_ctl_summary_format(&fixture->names, &fixture->entry, event, fixture->text);
	assert_non_null(memchr(fixture->text, '\0', sizeof fixture->text));
	return fixture->text;
}

/* All zero but the kind: nothing is written past the end, nothing is empty, no two kinds share a word. */
static void
test_every_kind_has_a_word_and_a_sentence(void **state)
{
	struct fixture *fixture = *state;
	static char document[DOCUMENT_MAX];
	FILE *file = fopen(RCC_SOURCE_DIR "/docs/json.md", "r");
	assert_non_null(file);
	assert_true(fread(document, 1, sizeof document - 1, file) > 0);
	fclose(file);
	for (uint32_t kind = 1; kind <= RCC_EVENT_LAST; kind++) {
		static struct rcc_event event;
		char quoted[64];
		memset(&event, 0, sizeof event);
		event.kind = (enum rcc_event_kind)kind;
		assert_true(strlen(summary(fixture, &event)) > 0);
		assert_string_not_equal(rcc_event_word(event.kind), "unknown");
		snprintf(quoted, sizeof quoted, "`%s`", rcc_event_word(event.kind));
		assert_non_null(strstr(document, quoted));
		for (uint32_t other = 1; other < kind; other++)
			assert_string_not_equal(rcc_event_word((enum rcc_event_kind)other), rcc_event_word(event.kind));
	}
}

static void
test_names_are_learned_from_events(void **state)
{
	struct fixture *fixture = *state;
	static struct rcc_event event;
	event = (struct rcc_event){.kind = RCC_EVENT_DELIVERY_STORED};
	event.u.stored = (struct rcc_delivery_stored){.peer = {2}, .number = 5};
	assert_string_equal(summary(fixture, &event), "key 2 has stored delivery 5");

	event = (struct rcc_event){.kind = RCC_EVENT_PEER_ENROLLED};
	event.u.enrolled =
	    (struct rcc_peer_enrolled){.peer = {2}, .enrol = {.name = "BOREAS", .role = RCC_ROLE_VESSEL}};
	assert_string_equal(summary(fixture, &event), "BOREAS enrolled as vessel");

	event = (struct rcc_event){.kind = RCC_EVENT_DELIVERY_STORED};
	event.u.stored = (struct rcc_delivery_stored){.peer = {2}, .number = 5};
	assert_string_equal(summary(fixture, &event), "BOREAS has stored delivery 5");
}

static void
test_an_answer_in_words(void **state)
{
	struct fixture *fixture = *state;
	static struct rcc_event event;
	rcc_ctl_names_set_incident(&fixture->names, (struct rcc_incident_id){9}, 2026, 12);
	rcc_ctl_names_set_peer(&fixture->names, (struct rcc_peer_id){2}, "BOREAS");
	event = (struct rcc_event){.kind = RCC_EVENT_ANSWERED};
	event.u.answered.peer.v = 2;
	event.u.answered.answer =
	    (struct rcc_answer){.incident = {9}, .kind = RCC_ANSWER_PROCEEDING, .eta_min = 65, .text = "two boats"};
	assert_string_equal(summary(fixture, &event), "2026-0012: BOREAS answers proceeding, ETA 1h05: two boats");
	event.u.answered.answer = (struct rcc_answer){
	    .incident = {9}, .kind = RCC_ANSWER_UNABLE, .reason = RCC_REASON_TOO_FAR, .eta_min = RCC_ETA_UNKNOWN_MIN};
	assert_string_equal(summary(fixture, &event), "2026-0012: BOREAS answers unable, too-far");
	/* An incident that shares the slot, but not the id, is not given its number. */
	event.u.answered.answer.incident.v = 9 + RCC_CTL_NUMBERS_MAX;
	assert_string_equal(summary(fixture, &event), "incident 4105: BOREAS answers unable, too-far");
}

static void
test_a_quarantined_alert_says_what_to_do(void **state)
{
	struct fixture *fixture = *state;
	static struct rcc_event event;
	event = (struct rcc_event){.kind = RCC_EVENT_ALERT_RECORDED};
	event.u.alert.alert.v = 4;
	event.u.alert.lane = RCC_LANE_QUARANTINE;
	event.u.alert.verdict = RCC_VERDICT_UNENROLLED;
	event.u.alert.body = (struct rcc_alert){.source = RCC_SOURCE_CREW,
	                                        .class = RCC_CLASS_LIVE,
	                                        .casualty = {257123450},
	                                        .pos = {352066667, 126000000},
	                                        .nature = RCC_NATURE_SINKING};
	assert_string_equal(summary(fixture, &event),
	                    "alert 4 (crew, live) from a guest, unenrolled: 257123450 35-12.40N 012-36.00E, sinking -> "
	                    "quarantine: accept or dismiss it");
}

/* Who told the ships: a name, the machine, or somebody on the local socket. */
static void
test_a_broadcast_names_who_issued_it(void **state)
{
	struct fixture *fixture = *state;
	static struct rcc_event event;
	rcc_ctl_names_set_incident(&fixture->names, (struct rcc_incident_id){9}, 2026, 12);
	rcc_ctl_names_set_peer(&fixture->names, (struct rcc_peer_id){3}, "WATCH 1");
	event = (struct rcc_event){.kind = RCC_EVENT_BROADCAST_ISSUED};
	event.u.broadcast = (struct rcc_broadcast_issued){
	    .broadcast = {1}, .incident = {9}, .kind = RCC_BROADCAST_DISTRESS_RELAY, .revision = 1};
	fixture->entry.cause.kind = RCC_COMMAND_DUE;
	assert_string_equal(summary(fixture, &event),
	                    "2026-0012: distress-relay 1 issued by the machine, not yet verified");
	fixture->entry.cause.kind = RCC_COMMAND_RELAY;
	assert_string_equal(summary(fixture, &event),
	                    "2026-0012: distress-relay 1 issued by the local socket, not yet verified");
	event.u.broadcast.by.v = 3;
	event.u.broadcast.kind = RCC_BROADCAST_CANCEL;
	assert_string_equal(summary(fixture, &event), "2026-0012: cancel 1 issued by WATCH 1");
}

static void
test_a_relay_that_is_due_says_so(void **state)
{
	struct fixture *fixture = *state;
	static struct rcc_event event;
	rcc_ctl_names_set_incident(&fixture->names, (struct rcc_incident_id){9}, 2026, 12);
	event = (struct rcc_event){.kind = RCC_EVENT_RELAY_SCHEDULED};
	event.u.scheduled = (struct rcc_relay_scheduled){.incident = {9}, .due_at_ms = INT64_C(1795403527250)};
	fixture->entry.cause.at_ms = event.u.scheduled.due_at_ms;
	assert_string_equal(summary(fixture, &event), "2026-0012: the ships are told at once");
	fixture->entry.cause.at_ms -= 60000;
	assert_string_equal(summary(fixture, &event),
	                    "2026-0012: the ships are told at 2026-11-23T03:12:07.250Z unless held");
	event.u.scheduled.due_at_ms = 0;
	assert_string_equal(summary(fixture, &event), "2026-0012: the ships are told when an officer says so");
}

/* A clock that runs tells nobody where to go. */
static void
test_no_ship_is_told_without_a_position(void **state)
{
	struct fixture *fixture = *state;
	static struct rcc_event event;
	event = (struct rcc_event){.kind = RCC_EVENT_INCIDENT_OPENED};
	event.u.opened = (struct rcc_incident_opened){.incident = {9},
	                                              .year = 2026,
	                                              .number = 12,
	                                              .class = RCC_CLASS_LIVE,
	                                              .phase = RCC_PHASE_DISTRESS,
	                                              .pos = RCC_POS_NONE};
	assert_non_null(strstr(summary(fixture, &event), "2026-0012 opened"));
	event = (struct rcc_event){.kind = RCC_EVENT_RELAY_SCHEDULED};
	event.u.scheduled = (struct rcc_relay_scheduled){.incident = {9}, .due_at_ms = 1};
	fixture->entry.cause.at_ms = 1;
	assert_string_equal(summary(fixture, &event), "2026-0012: waits for a position: no ship is told yet");
	event.u.scheduled.due_at_ms = 60001;
	assert_string_equal(summary(fixture, &event), "2026-0012: waits for a position: no ship is told yet");
	/* Where it is changes nothing about whose word is waited for. */
	event.u.scheduled.due_at_ms = 0;
	assert_string_equal(summary(fixture, &event), "2026-0012: the ships are told when an officer says so");
	event = (struct rcc_event){.kind = RCC_EVENT_POSITION_REVISED};
	event.u.revised = (struct rcc_position_revised){.incident = {9}, .pos = {352066667, 126000000}};
	(void)summary(fixture, &event);
	event = (struct rcc_event){.kind = RCC_EVENT_RELAY_SCHEDULED};
	event.u.scheduled = (struct rcc_relay_scheduled){.incident = {9}, .due_at_ms = 1};
	assert_string_equal(summary(fixture, &event), "2026-0012: the ships are told at once");
	/* The same from the line of a view, where a position that is not known is absent. */
	json_t *row =
	    json_loads("{\"class\":\"INCIDENT\",\"incident\":\"2026-0012\",\"incident_id\":9,\"mode\":\"live\","
	               "\"relay\":\"waits-for-position\"}",
	               0, NULL);
	rcc_ctl_names_learn_row(&fixture->names, row);
	assert_string_equal(summary(fixture, &event), "2026-0012: waits for a position: no ship is told yet");
	json_object_set_new(row, "mode", json_string("test"));
	rcc_ctl_names_learn_row(&fixture->names, row);
	assert_string_equal(summary(fixture, &event), "2026-0012: a test: no ship is told");
	json_decref(row);
}

/* Who has no key is not always a guest. */
static void
test_an_officer_on_the_local_socket_is_no_guest(void **state)
{
	struct fixture *fixture = *state;
	static struct rcc_event event;
	event = (struct rcc_event){.kind = RCC_EVENT_ALERT_RECORDED};
	event.u.alert.alert.v = 4;
	event.u.alert.lane = RCC_LANE_INCIDENT;
	event.u.alert.verdict = RCC_VERDICT_MATCH;
	event.u.alert.body =
	    (struct rcc_alert){.source = RCC_SOURCE_OFFICER, .class = RCC_CLASS_LIVE, .pos = RCC_POS_NONE};
	fixture->entry.cause.kind = RCC_COMMAND_OPEN;
	fixture->entry.cause.origin.role = RCC_ROLE_ADMIN;
	assert_non_null(strstr(summary(fixture, &event), "alert 4 (officer, live) from the local socket,"));
	fixture->entry.cause.kind = RCC_COMMAND_DUE;
	assert_non_null(strstr(summary(fixture, &event), "from the machine,"));
	fixture->entry.cause.kind = RCC_COMMAND_ALERT;
	fixture->entry.cause.origin.role = RCC_ROLE_GUEST;
	assert_non_null(strstr(summary(fixture, &event), "from a guest,"));
}

static void
test_a_suggestion_says_how_to_follow_it(void **state)
{
	struct fixture *fixture = *state;
	static struct rcc_event event;
	rcc_ctl_names_set_incident(&fixture->names, (struct rcc_incident_id){9}, 2026, 12);
	event = (struct rcc_event){.kind = RCC_EVENT_SUGGESTED};
	event.u.suggested = (struct rcc_suggested){.alert = {3}, .incident = {9}, .why = RCC_JOIN_NAME, .score = 60};
	assert_string_equal(
	    summary(fixture, &event),
	    "alert 3 may belong to 2026-0012: same name, 60 of 100 (rccctl join 3 2026-0012 --reason TEXT)");
}

/* The longest texts of every field: cut, never past the end. */
static void
test_the_longest_texts_fit(void **state)
{
	struct fixture *fixture = *state;
	for (uint32_t kind = 1; kind <= RCC_EVENT_LAST; kind++) {
		static struct rcc_event event;
		memset(&event, 0, sizeof event);
		event.kind = (enum rcc_event_kind)kind;
		switch ((int)kind) {
		case RCC_EVENT_ANSWERED:
			memset(event.u.answered.answer.text, 'x', RCC_TEXT_MAX);
			break;
		case RCC_EVENT_ALERT_RECORDED:
			memset(event.u.alert.body.name, 'x', RCC_NAME_MAX);
			break;
		case RCC_EVENT_BROADCAST_ISSUED:
			memset(event.u.broadcast.text, 'x', RCC_TEXT_MAX);
			break;
		case RCC_EVENT_INCIDENT_CLOSED:
			memset(event.u.closed.reason, 'x', RCC_TEXT_MAX);
			break;
		default:
			break;
		}
		assert_true(strlen(summary(fixture, &event)) < RCC_CTL_SUMMARY_SIZE - 1);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_every_kind_has_a_word_and_a_sentence, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_names_are_learned_from_events, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_an_answer_in_words, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_a_quarantined_alert_says_what_to_do, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_a_broadcast_names_who_issued_it, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_a_relay_that_is_due_says_so, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_no_ship_is_told_without_a_position, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_an_officer_on_the_local_socket_is_no_guest, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_a_suggestion_says_how_to_follow_it, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_the_longest_texts_fit, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
