/* Ships' answers and orders go along with a case, and bind at the centre that takes it over as they bound at the other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/carried.h"
#include "core/persons.h"
#include "core/place.h"
#include "core/told.h"
#include "handover_side.h"
#include "proto/wire.h"

/* The first two are enrolled here, the others are not. */
static const struct rcc_mmsi astrid = {200000001};
static const struct rcc_mmsi boreas = {200000002};
static const struct rcc_mmsi calypso = {235000003};
static const struct rcc_mmsi dione = {235000004};

static struct rcc_carried gone;

static void
type_answer(uint32_t incident, struct rcc_mmsi ship, enum rcc_answer_kind kind, uint32_t eta_min)
{
	struct rcc_answer *answer = &watch_command(&side_watch, RCC_COMMAND_ANSWER, 0)->u.answer;

	*answer = (struct rcc_answer){
	    .incident = {incident}, .kind = kind, .eta_min = eta_min, .ship = ship, .reason = RCC_REASON_NONE};
	if (kind == RCC_ANSWER_UNABLE)
		answer->reason = RCC_REASON_TOO_FAR;
	assert_true(watch_step(&side_watch) > 0);
}

static void
order(uint32_t incident, struct rcc_mmsi ship, enum rcc_task_kind kind, const char *text)
{
	struct rcc_task *task = &watch_command(&side_watch, RCC_COMMAND_TASK, 0)->u.task;

	*task = (struct rcc_task){.incident = {incident}, .kind = kind, .ship = ship};
	task->contact_min = kind == RCC_TASK_RELEASE ? 0 : 30;
	watch_text(task->text, sizeof task->text, text);
	watch_text(task->consulted, sizeof task->consulted, "the masters that answered");
	assert_true(watch_step(&side_watch) > 0);
	assert_non_null(watch_event(&side_watch, RCC_EVENT_TASKED));
}

static void
step_place(uint32_t incident, enum rcc_place_step what, struct rcc_mmsi ship, const char *text)
{
	struct rcc_place *place = &watch_command(&side_watch, RCC_COMMAND_PLACE, 0)->u.place;

	*place = (struct rcc_place){.incident = {incident}, .step = what, .pos = RCC_POS_NONE, .ship = ship};
	place->checks = what == RCC_PLACE_CHECKED ? RCC_CHECKS_ALL : 0;
	watch_text(place->name, sizeof place->name, "PORT A");
	watch_text(place->text, sizeof place->text, text);
	assert_true(watch_step(&side_watch) > 0);
	assert_non_null(watch_event(&side_watch, RCC_EVENT_PLACE_STEPPED));
}

static const struct rcc_carried_ship *
ship_in(const struct rcc_carried *carried, struct rcc_mmsi ship)
{
	for (uint32_t i = 0; i < carried->ship_count; i++) {
		if (carried->ship[i].ship.v == ship.v)
			return &carried->ship[i];
	}
	return NULL;
}

/* A case of ours with four ships: requisitioned and proceeding, coordinator unasked, done with, unable. */
static void
start_with_ships(void)
{
	side_start();
	type_answer(1, astrid, RCC_ANSWER_PROCEEDING, 90);
	order(1, astrid, RCC_TASK_REQUISITION, "take the persons aboard");
	type_answer(1, astrid, RCC_ANSWER_PROCEEDING, 90);
	order(1, boreas, RCC_TASK_COORDINATE, "coordinate on scene");
	type_answer(1, calypso, RCC_ANSWER_UNABLE, RCC_ETA_UNKNOWN_MIN);
	type_answer(1, dione, RCC_ANSWER_PROCEEDING, 200);
	step_place(1, RCC_PLACE_CHECKED, (struct rcc_mmsi){0}, "");
	step_place(1, RCC_PLACE_ASSIGNED, astrid, "");
	step_place(1, RCC_PLACE_OBJECTED, astrid, "no berth for our draught");
	rcc_carried_of(&side_watch.core, order_incident(&side_watch, 1), &gone);
}

static void
test_what_goes(void **state)
{
	(void)state;
	start_with_ships();
	assert_int_equal(gone.ship_count, 4);
	const struct rcc_carried_ship *ship = ship_in(&gone, astrid);
	assert_non_null(ship);
	assert_int_equal(ship->answer, RCC_ANSWER_PROCEEDING);
	assert_int_equal(ship->eta_at_ms, ship->said_at_ms + 90 * RCC_MS_PER_MIN);
	assert_int_equal(ship->orders, RCC_CARRIED_ORDERS_REQUISITION);
	assert_int_equal(ship->unanswered, 0);
	assert_int_equal(ship->contact_min, 30);
	assert_true(ship->place == 1 && gone.place[0].checks == RCC_CHECKS_ALL);
	assert_non_null(strstr(ship->text, "take the persons aboard"));
	ship = ship_in(&gone, boreas);
	assert_true(ship != NULL && ship->answer == 0);
	assert_int_equal(ship->orders, RCC_CARRIED_ORDERS_COORDINATE);
	assert_int_equal(ship->unanswered, RCC_CARRIED_ORDERS_COORDINATE);
	ship = ship_in(&gone, calypso);
	assert_true(ship != NULL && ship->answer == RCC_ANSWER_UNABLE && ship->reason == RCC_REASON_TOO_FAR);
	assert_true(ship_in(&gone, dione) != NULL && ship_in(&gone, dione)->orders == 0);
	assert_int_equal(gone.objection_count, 1);
	assert_string_equal(gone.objection[0].text, "no berth for our draught");
	/* Who is released stands under no order, and who heard that it is over under none either. */
	order(1, astrid, RCC_TASK_RELEASE, "the others are enough");
	rcc_carried_of(&side_watch.core, order_incident(&side_watch, 1), &gone);
	assert_int_equal(ship_in(&gone, astrid) == NULL ? 0 : ship_in(&gone, astrid)->orders, 0);
}

/* The same four come to us, with none of them enrolled here but ASTRID. */
static uint32_t
take_over(void)
{
	struct rcc_centre *said = side_begin_heard(side_theirs(3), RCC_HANDOVER_OFFER);

	said->carried = gone;
	for (uint32_t i = 0; i < said->carried.ship_count; i++) {
		if (said->carried.ship[i].ship.v == boreas.v)
			said->carried.ship[i].ship.v = 235000002;
	}
	(void)watch_step(&side_watch);
	uint32_t ours = side_watch.core.incident_last;
	side_order(ours, RCC_HANDOVER_ACCEPT);
	assert_int_equal(side_newest(ours)->stage, RCC_HANDOVER_ACCEPTED);
	return ours;
}

static enum rcc_duty_state
state_of(uint32_t incident, enum rcc_duty_rule rule, struct rcc_mmsi ship)
{
	const struct rcc_duty *row = rcc_duty_of(&side_watch.core, (struct rcc_incident_id){incident}, rule, ship, 0);

	return row == NULL ? (enum rcc_duty_state)0 : row->state;
}

static void
test_what_comes(void **state)
{
	static const struct rcc_mmsi named = {235000002};

	(void)state;
	start_with_ships();
	uint32_t ours = take_over();
	assert_int_equal(ours, 2);
	const struct rcc_incident *incident = order_incident(&side_watch, ours);
	assert_int_equal(state_of(ours, RCC_DUTY_RULE_COMPLY, astrid), RCC_DUTY_ACKNOWLEDGED);
	assert_int_equal(state_of(ours, RCC_DUTY_RULE_COORDINATE, named), RCC_DUTY_OPEN);
	assert_int_equal(incident->coordinator.v, named.v);
	assert_int_equal(state_of(ours, RCC_DUTY_RULE_CONTACT, named), RCC_DUTY_OPEN);
	const struct rcc_answer_state *answer = rcc_answer_of(&side_watch.core, incident, calypso);
	assert_true(answer != NULL && answer->is_typed && answer->body.reason == RCC_REASON_TOO_FAR);
	assert_string_equal(answer->body.by, "MRCC B");
	assert_int_equal(state_of(ours, RCC_DUTY_RULE_ASSIST, dione), RCC_DUTY_ACKNOWLEDGED);
	const struct rcc_place_state *port = rcc_place_of_ship(&side_watch.core, incident, astrid);
	assert_true(port != NULL && strcmp(port->name, "PORT A") == 0);
	const struct rcc_place_ship *row = rcc_place_ship_of(&side_watch.core, port, astrid);
	assert_string_equal(row->objection, "no berth for our draught");
	/* She that is on her way, and has no message of ours, hears from an officer here that it is over. */
	assert_true(rcc_told_is_owed(&side_watch.core, incident, dione));
	/* No message of ours went out: she has theirs. */
	if (incident->newest_directed != 0)
		fail_msg("%s", rcc_broadcast_at(&side_watch.core, incident->newest_directed)->text);
	/* And all of it goes on to a third. */
	static struct rcc_carried on;
	rcc_carried_of(&side_watch.core, incident, &on);
	assert_int_equal(on.ship_count, 4);
	assert_int_equal(ship_in(&on, named)->unanswered, RCC_CARRIED_ORDERS_COORDINATE);
	assert_int_equal(ship_in(&on, astrid)->orders, RCC_CARRIED_ORDERS_REQUISITION);
}

/* What she told us herself later than that centre heard her counts. */
static void
test_her_own_later_word_counts(void **state)
{
	(void)state;
	start_with_ships();
	struct rcc_centre *said = side_begin_heard(side_theirs(4), RCC_HANDOVER_OFFER);
	said->carried = gone;
	(void)watch_step(&side_watch);
	uint32_t ours = side_watch.core.incident_last;
	type_answer(ours, dione, RCC_ANSWER_UNABLE, RCC_ETA_UNKNOWN_MIN);
	side_order(ours, RCC_HANDOVER_ACCEPT);
	assert_int_equal(rcc_answer_of(&side_watch.core, order_incident(&side_watch, ours), dione)->body.kind,
	                 RCC_ANSWER_UNABLE);
}

/* An order to a place against which something stands is no order of this centre, whoever gave it there. */
static void
test_no_override_is_inherited(void **state)
{
	(void)state;
	start_with_ships();
	struct rcc_carried blocked = gone;
	blocked.place[0].is_feared = 1;
	struct rcc_centre *said = side_begin_heard(side_theirs(5), RCC_HANDOVER_OFFER);
	said->carried = blocked;
	(void)watch_step(&side_watch);
	uint32_t ours = side_watch.core.incident_last;
	side_order(ours, RCC_HANDOVER_ACCEPT);
	assert_null(rcc_place_of_ship(&side_watch.core, order_incident(&side_watch, ours), astrid));
}

/* It comes back, and the place where we had sent her has become unsafe there: she is called off, by a message. */
static void
test_back_with_an_unsafe_place(void **state)
{
	(void)state;
	start_with_ships();
	side_order(1, RCC_HANDOVER_OFFER);
	side_heard(side_newest(1)->handover, RCC_HANDOVER_ACCEPT);
	assert_int_equal(side_status(1), RCC_INCIDENT_TRANSFERRED);
	assert_non_null(rcc_place_of_ship(&side_watch.core, order_incident(&side_watch, 1), astrid));
	struct rcc_centre *said = side_begin_heard(side_theirs(6), RCC_HANDOVER_OFFER);
	said->snapshot[0] = watch_alert(RCC_SOURCE_RCC, 211000001);
	said->snapshot[0].category = RCC_CATEGORY_DISTRESS;
	said->carried.place_count = 1;
	said->carried.place[0] = (struct rcc_carried_place){.pos = RCC_POS_NONE, .is_unsafe = 1};
	watch_text(said->carried.place[0].name, sizeof said->carried.place[0].name, "PORT A");
	watch_text(said->carried.place[0].text, sizeof said->carried.place[0].text, "people are taken from there");
	(void)watch_step(&side_watch);
	side_order(1, RCC_HANDOVER_ACCEPT);
	assert_int_equal(side_status(1), RCC_INCIDENT_OPEN);
	assert_null(rcc_place_of_ship(&side_watch.core, order_incident(&side_watch, 1), astrid));
	assert_non_null(strstr(side_told(), "PORT A"));
}

static void
test_impossible_ships(void **state)
{
	(void)state;
	start_with_ships();
	for (int i = 0; i < 4; i++) {
		struct rcc_centre *said = side_begin_heard(side_theirs((uint8_t)(10 + i)), RCC_HANDOVER_OFFER);
		said->carried = gone;
		if (i == 0)
			said->carried.ship[0].unanswered = RCC_CARRIED_ORDERS_TASK;
		else if (i == 1)
			said->carried.ship[0].place = said->carried.place_count + 1;
		else if (i == 2)
			said->carried.ship[0] = (struct rcc_carried_ship){.ship = astrid, .answer = RCC_ANSWER_UNABLE};
		else
			said->carried.objection[0].place = said->carried.place_count + 1;
		(void)watch_step(&side_watch);
		side_assert_refused(RCC_REFUSAL_RANGE, i == 3 ? "centre.carried.objection" : "centre.carried.ship");
	}
}

static void
fill(char *text, size_t size)
{
	memset(text, 'x', size - 1);
	text[size - 1] = '\0';
}
#define FILL(array) fill((array), sizeof(array))

static void
fill_people(struct rcc_carried *carried)
{
	carried->persons_count = RCC_CARRIED_PERSONS_MAX;
	for (uint32_t i = 0; i < RCC_CARRIED_PERSONS_MAX; i++) {
		static const struct rcc_persons most = {9999, 9999, 9999, 9999, 9999, 9999, 9999, 9999, 9999, 9999};
		carried->persons[i] = (struct rcc_carried_persons){.where = RCC_WHERE_ABOARD,
		                                                   .ship = astrid,
		                                                   .count = most,
		                                                   .first_at_ms = side_watch.now_ms,
		                                                   .protection_stated = 1,
		                                                   .safe_hours = 99,
		                                                   .languages = 1,
		                                                   .is_disputed = 1,
		                                                   .reported = most,
		                                                   .dead = 9999};
	}
	carried->place_count = RCC_CARRIED_PLACES_MAX;
	for (uint32_t i = 0; i < RCC_CARRIED_PLACES_MAX; i++) {
		carried->place[i] = (struct rcc_carried_place){{0}, {-352000000, -126000000}, {0}, 1,      1,  1,
		                                               1,   RCC_CHECKS_ALL,           1,   astrid, {0}};
		FILL(carried->place[i].name);
		FILL(carried->place[i].authority);
		FILL(carried->place[i].text);
	}
	carried->need_count = RCC_CARRIED_NEEDS_MAX;
	for (uint32_t i = 0; i < RCC_CARRIED_NEEDS_MAX; i++)
		carried->need[i] = (struct rcc_carried_need){RCC_NEED_WATER, astrid, 99999};
}

static void
fill_ships(struct rcc_carried *carried)
{
	carried->ship_count = RCC_CARRIED_SHIPS_MAX;
	for (uint32_t i = 0; i < RCC_CARRIED_SHIPS_MAX; i++) {
		carried->ship[i] = (struct rcc_carried_ship){astrid,
		                                             RCC_ANSWER_UNABLE,
		                                             RCC_REASON_OTHER,
		                                             side_watch.now_ms,
		                                             side_watch.now_ms,
		                                             RCC_CARRIED_ORDERS_ALL,
		                                             RCC_CARRIED_ORDERS_ALL,
		                                             RCC_CONTACT_MIN_MAX,
		                                             RCC_CARRIED_PLACES_MAX,
		                                             {0}};
		FILL(carried->ship[i].text);
	}
	carried->objection_count = RCC_CARRIED_OBJECTIONS_MAX;
	for (uint32_t i = 0; i < RCC_CARRIED_OBJECTIONS_MAX; i++) {
		carried->objection[i].place = 1;
		carried->objection[i].ship = astrid;
		FILL(carried->objection[i].text);
	}
}

/* With every list full and every text as long as it may be, an offer is still one message. */
static void
test_the_largest_offer_fits(void **state)
{
	static struct rcc_envelope envelope = {
	    .protocol = RCC_PROTOCOL_MAX, .id = {{1}}, .class = RCC_CLASS_LIVE, .kind = RCC_BODY_CENTRE};
	static uint8_t bytes[2 * RCC_MESSAGE_MAX];
	struct rcc_centre *said = &envelope.u.centre;
	struct rcc_carried *carried = &said->carried;
	size_t len = 0;

	(void)state;
	*said = (struct rcc_centre){.step = RCC_HANDOVER_OFFER,
	                            .incident = {UINT32_MAX},
	                            .year = 2026,
	                            .number = UINT32_MAX,
	                            .decided_at_ms = side_watch.now_ms,
	                            .record = {.seq = UINT32_MAX},
	                            .snapshot_count = 1,
	                            .report_len = RCC_REPORT_MAX};
	FILL(said->officer);
	FILL(said->reason);
	memset(said->report, 'x', RCC_REPORT_MAX);
	said->snapshot[0] = watch_alert(RCC_SOURCE_RCC, 211000001);
	FILL(said->snapshot[0].text);
	FILL(said->snapshot[0].name);
	fill_people(carried);
	fill_ships(carried);
	assert_int_equal(rcc_wire_encode(&envelope, bytes, sizeof bytes, &len), RCC_OK);
	assert_in_range(len, RCC_MESSAGE_MAX / 2, RCC_MESSAGE_MAX);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_what_goes),
	    cmocka_unit_test(test_what_comes),
	    cmocka_unit_test(test_her_own_later_word_counts),
	    cmocka_unit_test(test_no_override_is_inherited),
	    cmocka_unit_test(test_back_with_an_unsafe_place),
	    cmocka_unit_test(test_impossible_ships),
	    cmocka_unit_test(test_the_largest_offer_fits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
