/* What was done, as the record tells it: which case, which ships, what may belong to it; and why something was not done. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "place.h"

static struct rcc_entry entry;
static char inc1[] = "2026-0001";

static struct rcc_event *
add(enum rcc_event_kind kind)
{
	struct rcc_event *event = &entry.event[entry.event_count++];
	memset(event, 0, sizeof *event);
	event->kind = kind;
	return event;
}

/* A report that opened 2026-0001 (id 7), of which `ships` ships were told. */
static void
tell_of_an_opening(struct place *place, uint32_t ships)
{
	memset(&entry, 0, sizeof entry);
	entry.cause.kind = RCC_COMMAND_OPEN;
	entry.cause.at_ms = INT64_C(1795403527000);
	entry.cause.origin.role = RCC_ROLE_ADMIN;
	struct rcc_alert *alert = &entry.cause.u.open.alert;
	*alert =
	    (struct rcc_alert){.source = RCC_SOURCE_OFFICER, .class = RCC_CLASS_LIVE, .pos = {350000000, 120000000}};
	struct rcc_event *event = add(RCC_EVENT_ALERT_RECORDED);
	event->u.alert = (struct rcc_alert_recorded){
	    .alert = {3}, .lane = RCC_LANE_INCIDENT, .verdict = RCC_VERDICT_MATCH, .body = *alert};
	add(RCC_EVENT_INCIDENT_OPENED)->u.opened = (struct rcc_incident_opened){.incident = {7},
	                                                                        .year = 2026,
	                                                                        .number = 1,
	                                                                        .alert = {3},
	                                                                        .class = RCC_CLASS_LIVE,
	                                                                        .phase = RCC_PHASE_DISTRESS,
	                                                                        .source = RCC_SOURCE_OFFICER,
	                                                                        .pos = {350000000, 120000000}};
	add(RCC_EVENT_ALERT_JOINED)->u.joined =
	    (struct rcc_alert_joined){.alert = {3}, .incident = {7}, .why = RCC_JOIN_OPENED};
	add(RCC_EVENT_SUGGESTED)->u.suggested =
	    (struct rcc_suggested){.alert = {3}, .incident = {8}, .why = RCC_JOIN_NEAR, .score = 55};
	add(RCC_EVENT_RELAY_SCHEDULED)->u.scheduled =
	    (struct rcc_relay_scheduled){.incident = {7}, .due_at_ms = entry.cause.at_ms};
	add(RCC_EVENT_BROADCAST_ISSUED)->u.broadcast =
	    (struct rcc_broadcast_issued){.broadcast = {1},
	                                  .incident = {7},
	                                  .kind = RCC_BROADCAST_DISTRESS_RELAY,
	                                  .revision = 1,
	                                  .pos = {350000000, 120000000}};
	if (ships > 0) {
		event = add(RCC_EVENT_DELIVERIES_QUEUED);
		event->u.queued.broadcast.v = 1;
		event->u.queued.count = ships;
		for (uint32_t i = 0; i < ships; i++)
			event->u.queued.row[i] =
			    (struct rcc_delivery_row){.peer = {i + 1}, .number = 1, .range_m = 1, .eta_min = 1};
	}
	place->entry = &entry;
}

static int
open_by_phone(struct place *place)
{
	place->option[RCC_CTL_OPTION_BY] = "phone";
	place->option[RCC_CTL_OPTION_POS] = "35N 12E";
	return place_run(place, rcc_ctl_verb_open, "");
}

static void
test_a_receipt_tells_what_happened(void **state)
{
	struct place *place = *state;
	tell_of_an_opening(place, 2);
	assert_int_equal(open_by_phone(place), RCC_EXIT_OK);
	assert_non_null(strstr(place->out, "done: entry 1 of the journal, "));
	assert_non_null(strstr(place->out, "\n  incident 2026-0001 opened (distress, live)"));
	assert_non_null(strstr(place->out,
	                       "\n  alert 3 may belong to 2026-0002: near in space and time, 55 of 100 (rccctl "
	                       "join 3 2026-0002 --reason TEXT)\n"));
	assert_non_null(strstr(place->out, "\n  goes to 2 ships\n"));
	/* What the officer has just typed, and a clock that ran out at once, are no news. */
	assert_null(strstr(place->out, "from the local socket"));
	assert_null(strstr(place->out, "told at once"));
	tell_of_an_opening(place, 1);
	assert_int_equal(open_by_phone(place), RCC_EXIT_OK);
	assert_non_null(strstr(place->out, "\n  goes to 1 ship\n"));
}

static void
test_a_receipt_says_that_nobody_is_told(void **state)
{
	struct place *place = *state;
	tell_of_an_opening(place, 0);
	assert_int_equal(open_by_phone(place), RCC_EXIT_OK);
	assert_non_null(strstr(place->out, "\n  NO SHIP IS TOLD: none is registered that may hear of it\n"));
}

static void
test_a_receipt_for_programs_is_one_object(void **state)
{
	struct place *place = *state;
	place->ctl.is_json = true;
	tell_of_an_opening(place, 2);
	assert_int_equal(open_by_phone(place), RCC_EXIT_OK);
	assert_ptr_equal(strchr(place->out, '\n'), place->out + strlen(place->out) - 1);
	json_t *row = json_loads(place->out, 0, NULL);
	assert_string_equal(json_string_value(json_object_get(row, "class")), "ENTRY");
	assert_int_equal(json_integer_value(json_object_get(row, "ships_told")), 2);
	json_t *events = json_object_get(row, "events");
	assert_int_equal(json_array_size(events), entry.event_count);
	assert_string_equal(json_string_value(json_object_get(json_array_get(events, 1), "event")), "incident-opened");
	json_decref(row);
}

/* The record does not answer: what was done is done. */
static void
test_a_receipt_without_the_record_is_a_receipt(void **state)
{
	struct place *place = *state;
	assert_int_equal(open_by_phone(place), RCC_EXIT_OK);
	assert_non_null(strstr(place->out, "done: entry 1 of the journal, "));
	assert_null(strstr(place->out, "opened"));
	place->ctl.is_json = true;
	assert_int_equal(open_by_phone(place), RCC_EXIT_OK);
	assert_null(strstr(place->out, "events"));
}

/* ---- refusals ---- */

#define CASE(more) "{\"class\":\"INCIDENT\",\"incident\":\"2026-0001\",\"incident_id\":7,\"mode\":\"live\"," more "}\n"
#define OTHER(more) "{\"class\":\"INCIDENT\",\"incident\":\"2026-0002\",\"incident_id\":8,\"mode\":\"live\"," more "}\n"
#define ALERT(more) "{\"class\":\"ALERT\",\"id\":5,\"mode\":\"live\"," more "}\n"
#define OPEN "\"status\":\"open\",\"phase\":\"alert\",\"broadcasts\":1"

static const struct refusal {
	enum rcc_body_kind kind;
	uint32_t incident, other, alert;
	bool is_hold;
	enum rcc_refusal reason;
	const char *incidents, *alerts, *why;
} refusals[] = {
    {RCC_BODY_PHASE, 7, 0, 0, false, RCC_REFUSAL_WRONG_STATE, CASE(OPEN), "", "2026-0001 is at 'alert' already"},
    {RCC_BODY_CANCEL, 7, 0, 0, false, RCC_REFUSAL_WRONG_STATE, CASE(OPEN), "",
     "2026-0001 is cancelled already; `rccctl deliveries`"},
    {RCC_BODY_CANCEL, 7, 0, 0, false, RCC_REFUSAL_WRONG_STATE, CASE("\"status\":\"new\",\"broadcasts\":0"), "",
     "no ship was told of 2026-0001"},
    {RCC_BODY_CANCEL, 7, 0, 0, false, RCC_REFUSAL_WRONG_STATE, CASE("\"status\":\"closed\",\"outcome\":\"rescued\""),
     "", "is closed (rescued): resume it first (rccctl resume"},
    {RCC_BODY_RESUME, 7, 0, 0, false, RCC_REFUSAL_WRONG_STATE, CASE("\"status\":\"closed\",\"outcome\":\"joined\""), "",
     "another case has its alerts now"},
    {RCC_BODY_RESUME, 7, 0, 0, false, RCC_REFUSAL_WRONG_STATE, CASE(OPEN), "", "it goes on already"},
    {RCC_BODY_SUSPEND, 7, 0, 0, false, RCC_REFUSAL_WRONG_STATE,
     CASE("\"status\":\"suspended\",\"review\":\"2026-11-23T09:00:00.000Z\""), "",
     "suspended already, until 2026-11-23T09"},
    {RCC_BODY_RELAY, 7, 0, 0, false, RCC_REFUSAL_WRONG_STATE, CASE("\"status\":\"suspended\""), "",
     "is suspended: resume it first"},
    {RCC_BODY_RELAY, 7, 0, 0, false, RCC_REFUSAL_WRONG_STATE, CASE(OPEN), "",
     "the ships have been told of 2026-0001 already"},
    {RCC_BODY_RELAY, 7, 0, 0, true, RCC_REFUSAL_WRONG_STATE, CASE(OPEN), "", "it cannot be held any more"},
    {RCC_BODY_RELAY, 7, 0, 0, false, RCC_REFUSAL_NOT_LIVE, CASE("\"status\":\"new\""), "", "2026-0001 is a test"},
    {RCC_BODY_RELAY, 7, 0, 0, false, RCC_REFUSAL_NO_POSITION, CASE("\"status\":\"new\""), "",
     "rccctl classify 2026-0001 --pos POS"},
    {RCC_BODY_CLOSE, 7, 0, 0, false, RCC_REFUSAL_CANCEL_FIRST, CASE(OPEN), "", "rccctl cancel 2026-0001"},
    {RCC_BODY_CLOSE, 9, 0, 0, false, RCC_REFUSAL_NOT_FOUND, CASE(OPEN), "", "write it as YYYY-NNNN"},
    {RCC_BODY_GROUP, 7, 8, 0, false, RCC_REFUSAL_WRONG_STATE,
     CASE(OPEN) OTHER(OPEN ",\"part_of\":{\"incident\":\"2026-0001\"}"), "", "round in a circle"},
    {RCC_BODY_GROUP, 7, 8, 0, false, RCC_REFUSAL_WRONG_STATE,
     CASE(OPEN) OTHER(OPEN ",\"part_of\":{\"incident\":\"2026-0009\"}"), "", "2026-0002 is itself a part of 2026-0009"},
    {RCC_BODY_GROUP, 7, 8, 0, false, RCC_REFUSAL_WRONG_STATE,
     CASE(OPEN) OTHER("\"status\":\"closed\",\"outcome\":\"rescued\""), "", "2026-0002 is closed (rescued)"},
    {RCC_BODY_GROUP, 7, 8, 0, false, RCC_REFUSAL_WRONG_STATE, CASE(OPEN ",\"parts_open\":1") OTHER(OPEN), "",
     "has parts of its own"},
    {RCC_BODY_GROUP, 7, 7, 0, false, RCC_REFUSAL_WRONG_STATE, CASE(OPEN), "", "cannot be part of itself"},
    {RCC_BODY_GROUP, 7, 0, 0, false, RCC_REFUSAL_WRONG_STATE, CASE(OPEN), "", "stands alone already"},
    {RCC_BODY_DECIDE, 0, 0, 5, false, RCC_REFUSAL_WRONG_STATE, CASE(OPEN), ALERT("\"lane\":\"test\""),
     "alert 5 is a test"},
    {RCC_BODY_DECIDE, 0, 0, 5, false, RCC_REFUSAL_WRONG_STATE, CASE(OPEN),
     ALERT("\"lane\":\"dismissed\",\"decided\":\"2026-11-23T03:00:00.000Z\""),
     "dismissed already, since 2026-11-23T03"},
    {RCC_BODY_DECIDE, 0, 0, 5, false, RCC_REFUSAL_WRONG_STATE, CASE("\"status\":\"closed\",\"outcome\":\"rescued\""),
     ALERT("\"lane\":\"incident\",\"incident\":\"2026-0001\",\"incident_id\":7"), "it stands in 2026-0001"},
    {RCC_BODY_DECIDE, 0, 0, 6, false, RCC_REFUSAL_NOT_FOUND, CASE(OPEN), ALERT("\"lane\":\"test\""),
     "there is no alert 6"},
    {RCC_BODY_UNSEAL, 0, 0, 5, false, RCC_REFUSAL_WRONG_STATE, CASE(OPEN), ALERT("\"lane\":\"incident\""),
     "nobody who can be called back"},
    {RCC_BODY_SPLIT, 0, 0, 5, false, RCC_REFUSAL_WRONG_STATE, CASE(OPEN),
     ALERT("\"lane\":\"incident\",\"incident\":\"2026-0001\",\"incident_id\":7"), "the only one of 2026-0001"},
    {RCC_BODY_SPLIT, 0, 0, 5, false, RCC_REFUSAL_NOT_FOUND, CASE(OPEN), ALERT("\"lane\":\"quarantine\""),
     "stands in no case"},
    {RCC_BODY_SPLIT, 0, 0, 5, false, RCC_REFUSAL_WRONG_STATE, CASE("\"status\":\"closed\",\"outcome\":\"rescued\""),
     ALERT("\"lane\":\"incident\",\"incident\":\"2026-0001\",\"incident_id\":7"), "resume it first"},
    {RCC_BODY_JOIN, 7, 0, 5, false, RCC_REFUSAL_WRONG_STATE, CASE(OPEN),
     ALERT("\"lane\":\"incident\",\"incident\":\"2026-0001\",\"incident_id\":7"), "stands in 2026-0001 already"},
    {RCC_BODY_JOIN, 7, 0, 5, false, RCC_REFUSAL_NOT_LIVE, CASE(OPEN),
     "{\"class\":\"ALERT\",\"id\":5,\"mode\":\"exercise\"}\n", "one is exercise and 2026-0001 is live"},
    {RCC_BODY_JOIN, 7, 7, 0, false, RCC_REFUSAL_WRONG_STATE, CASE(OPEN), "", "cannot be joined to itself"},
    {RCC_BODY_PLAN, 0, 0, 0, false, RCC_REFUSAL_NOT_FOUND, CASE(OPEN), "", "no sailing plan of 'GIULIA'"},
    {RCC_BODY_REVOKE, 0, 0, 0, false, RCC_REFUSAL_NOT_FOUND, CASE(OPEN), "", "nobody by the name of 'ASTRID'"},
};

/* The order that was refused. */
static void
fill(struct rcc_envelope *message, const struct refusal *refusal)
{
	const struct rcc_incident_id incident = {refusal->incident};
	const struct rcc_incident_id other = {refusal->other};
	const struct rcc_alert_id alert = {refusal->alert};
	memset(message, 0, sizeof *message);
	message->kind = refusal->kind;
	if (refusal->kind == RCC_BODY_PHASE)
		message->u.phase = (struct rcc_set_phase){.incident = incident, .phase = RCC_PHASE_ALERT};
	else if (refusal->kind == RCC_BODY_CANCEL)
		message->u.cancel.incident = incident;
	else if (refusal->kind == RCC_BODY_CLOSE)
		message->u.close.incident = incident;
	else if (refusal->kind == RCC_BODY_RESUME)
		message->u.resume.incident = incident;
	else if (refusal->kind == RCC_BODY_SUSPEND)
		message->u.suspend.incident = incident;
	else if (refusal->kind == RCC_BODY_RELAY)
		message->u.relay = (struct rcc_relay){.incident = incident,
		                                      .action = refusal->is_hold ? RCC_RELAY_HOLD : RCC_RELAY_RELEASE};
	else if (refusal->kind == RCC_BODY_GROUP)
		message->u.group = (struct rcc_group){.incident = incident, .parent = other};
	else if (refusal->kind == RCC_BODY_JOIN)
		message->u.join = (struct rcc_join_order){.alert = alert, .from = other, .incident = incident};
	else if (refusal->kind == RCC_BODY_DECIDE)
		message->u.decide.alert = alert;
	else if (refusal->kind == RCC_BODY_UNSEAL)
		message->u.unseal.alert = alert;
	else if (refusal->kind == RCC_BODY_SPLIT)
		message->u.split.alert = alert;
	else if (refusal->kind == RCC_BODY_PLAN)
		memcpy(message->u.plan.name, "GIULIA", sizeof "GIULIA");
	else
		memcpy(message->u.revoke.name, "ASTRID", sizeof "ASTRID");
}

static void
test_a_refusal_is_told_with_its_reason(void **state)
{
	struct place *place = *state;
	char why[RCC_CTL_WHY_SIZE];
	assert_int_equal(rcc_ctl_connect(&place->ctl), RCC_EXIT_OK);
	for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
		const struct rcc_refused refused = {.reason = refusals[i].reason};
		place->incidents = refusals[i].incidents;
		place->alerts = refusals[i].alerts;
		fill(place->ctl.message, &refusals[i]);
		assert_true(rcc_ctl_explain(&place->ctl, &refused, why));
		if (strstr(why, refusals[i].why) == NULL)
			fail_msg("%s: %s", refusals[i].why, why);
	}
	/* What the case does not explain is left to the code's own sentence. */
	const struct rcc_refused degraded = {.reason = RCC_REFUSAL_DEGRADED};
	assert_false(rcc_ctl_explain(&place->ctl, &degraded, why));
}

static void
test_a_refused_order_fails(void **state)
{
	struct place *place = *state;
	char phase[] = "alert";
	place->refusal = RCC_REFUSAL_WRONG_STATE;
	place->incidents = CASE(OPEN);
	place->option[RCC_CTL_OPTION_REASON] = "x";
	place->operand[0] = inc1;
	place->operand[1] = phase;
	place->ctl.operand_count = 2;
	assert_int_equal(place_run(place, rcc_ctl_verb_phase, ""), RCC_EXIT_FAILED);
	assert_string_equal(place->out, "");
}

int
main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, place_setup, place_teardown)
	const struct CMUnitTest tests[] = {
	    TEST(test_a_receipt_tells_what_happened),        TEST(test_a_receipt_says_that_nobody_is_told),
	    TEST(test_a_receipt_for_programs_is_one_object), TEST(test_a_receipt_without_the_record_is_a_receipt),
	    TEST(test_a_refusal_is_told_with_its_reason),    TEST(test_a_refused_order_fails),
	};
	if (rcc_client_init() != RCC_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
