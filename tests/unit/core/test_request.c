/* A place of safety asked of another centre, the side that asks: what is told, what an answer does, what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "request_side.h"

#define SHIP 200000001u

static const struct rcc_place_state *
port(void)
{
	const struct rcc_place_state *place =
	    rcc_place_named(&side_watch.core, order_incident(&side_watch, 1), "PORT B");

	assert_non_null(place);
	return place;
}

static void
bring_aboard(uint32_t men, uint32_t infants)
{
	struct rcc_move_persons *move = &watch_command(&side_watch, RCC_COMMAND_PERSONS, 0)->u.persons;

	move->incident.v = 1;
	move->from = RCC_WHERE_AT_RISK;
	move->to = RCC_WHERE_ABOARD;
	move->to_ship.v = SHIP;
	move->count.men = men;
	move->count.infants = infants;
	move->more_found = 1;
	assert_true(watch_step(&side_watch) > 0);
	assert_null(watch_event(&side_watch, RCC_EVENT_COMMAND_REFUSED));
}

static void
need(enum rcc_need_kind kind, uint32_t quantity, const char *words)
{
	struct rcc_need *body = &watch_command(&side_watch, RCC_COMMAND_NEED, 0)->u.need;

	body->incident.v = 1;
	body->state = RCC_NEED_ASKED;
	body->kind = kind;
	body->ship.v = SHIP;
	body->quantity = quantity;
	watch_text(body->text, sizeof body->text, words);
	watch_step(&side_watch);
	assert_non_null(watch_event(&side_watch, RCC_EVENT_NEED_CHANGED));
}

static void
test_what_is_told(void **state)
{
	(void)state;
	side_start();
	bring_aboard(9, 2);
	need(RCC_NEED_WATER, 30, "for all");
	need(RCC_NEED_MEDEVAC, 1, "Mrs N. is ill");
	need(RCC_NEED_WATER, 12, "more");
	ask_begin(1, "MRCC B");
	watch_see(&side_watch, SHIP, (struct rcc_pos){352000000, 126000000}, 120);
	watch_step(&side_watch);
	assert_int_equal(port()->step_at_ms[RCC_PLACE_ASKED], side_watch.core.at_ms);
	assert_int_equal(watch_event(&side_watch, RCC_EVENT_PLACE_STEPPED)->u.place_stepped.request.v, 1);
	const struct rcc_centre_owed *owed = request_owes();
	assert_non_null(owed);
	assert_int_equal(owed->peer.v, side_peer);
	const struct rcc_place_request *body = &owed->request;
	assert_int_equal(body->step, RCC_REQUEST_ASK);
	assert_int_equal(body->number, order_incident(&side_watch, 1)->number);
	assert_int_equal(body->record.seq, side_watch.core.seq);
	assert_string_equal(body->place, "PORT B");
	assert_int_equal(body->pos.lat_e7, 359000000);
	assert_int_equal(body->ship.v, SHIP);
	assert_true(body->ship_name[0] != '\0');
	assert_int_equal(body->ship_pos.lat_e7, 352000000);
	assert_int_equal(body->aboard.men, 9);
	assert_int_equal(body->aboard.infants, 2);
	/* Kinds and quantities alone: in words somebody may be named. */
	assert_string_equal(body->needs, "medevac 1, water 42");
	assert_int_equal(body->range_m, rcc_geo_range_m(body->ship_pos, body->pos));
	assert_int_equal(body->eta_min, rcc_geo_eta_min(body->range_m, 120));
	assert_string_equal(body->text, "tonight, please");
	assert_int_equal(rcc_core_subject(&side_watch.core, &side_watch.entry.cause).v, SHIP);
}

static void
test_whom_no_link_reaches(void **state)
{
	(void)state;
	side_start();
	assert_int_equal(ask(1, "Harbour master"), 1);
	assert_int_not_equal(side_enrol_centre("MRCC BY VOICE", 903, "", RCC_SHARE_ALL), 0);
	assert_int_equal(ask(1, "MRCC BY VOICE"), 1);
	/* An officer's key is no centre. */
	uint32_t officer = watch_enrol(&side_watch, RCC_ROLE_OFFICER, 0);
	assert_int_equal(ask(1, rcc_peer_find(&side_watch.core, (struct rcc_peer_id){officer})->name), 1);
	assert_null(request_owes());
	assert_int_equal(side_watch.core.request_last, 0);
	watch_revoke(&side_watch, "MRCC B", "left");
	assert_int_equal(ask(1, "MRCC B"), 1);
	assert_int_equal(side_watch.core.request_last, 0);
	/* Offered and refused are typed as ever, whoever is named. */
	ask_begin(1, "MRCC B")->step = RCC_PLACE_OFFERED;
	assert_int_equal(watch_step(&side_watch), 1);
}

static void
test_offer_assigns_nothing(void **state)
{
	(void)state;
	side_start();
	ask(1, "MRCC B");
	struct rcc_msg_id id = request_row(1)->asked.request;
	assert_int_equal(said_receipt(id, (enum rcc_refusal)0), 1);
	assert_null(request_owes());
	assert_int_equal(said_receipt(id, (enum rcc_refusal)0), 0);
	said_begin(id, RCC_REQUEST_OFFER, 1)->pos = (struct rcc_pos){358000000, 144000000};
	assert_int_equal(watch_step(&side_watch), 2);
	const struct rcc_place_stepped *stepped = &watch_event(&side_watch, RCC_EVENT_PLACE_STEPPED)->u.place_stepped;
	assert_int_equal(stepped->body.step, RCC_PLACE_OFFERED);
	assert_string_equal(stepped->body.authority, "MRCC B");
	assert_int_equal(stepped->record[0].seq, 500);
	assert_int_equal(stepped->record[0].hash.b[0], 9);
	assert_int_equal(stepped->request.v, 1);
	assert_int_equal(port()->said_record.seq, 500);
	assert_int_equal(port()->pos.lat_e7, 358000000);
	assert_int_equal(request_row(1)->stage, RCC_REQUEST_OFFERED);
	/* The four checks stand. */
	struct rcc_place *place = ask_begin(1, "");
	place->step = RCC_PLACE_ASSIGNED;
	place->ship.v = SHIP;
	watch_step(&side_watch);
	side_assert_refused(RCC_REFUSAL_PLACE_UNCHECKED, "place.checks");
	/* Said again, under whatever id: nothing. */
	assert_int_equal(said(id, RCC_REQUEST_OFFER, 1), 0);
	/* Typed by an officer, it is nobody's record. */
	ask_begin(1, "MRCC B")->step = RCC_PLACE_OFFERED;
	watch_step(&side_watch);
	assert_int_equal(port()->said_record.seq, 0);
}

static void
check_and_assign(void)
{
	struct rcc_place *place = ask_begin(1, "");

	place->step = RCC_PLACE_CHECKED;
	place->checks = RCC_CHECKS_ALL;
	watch_step(&side_watch);
	place = ask_begin(1, "");
	place->step = RCC_PLACE_ASSIGNED;
	place->ship.v = SHIP;
	watch_step(&side_watch);
	assert_true(rcc_place_ship_of(&side_watch.core, port(), place->ship)->is_assigned);
}

static void
test_taken_back(void **state)
{
	(void)state;
	side_start();
	ask(1, "MRCC B");
	struct rcc_msg_id id = request_row(1)->asked.request;
	said(id, RCC_REQUEST_OFFER, 1);
	check_and_assign();
	said_begin(id, RCC_REQUEST_REFUSE, 2)->text[0] = '\0';
	watch_step(&side_watch);
	side_assert_refused(RCC_REFUSAL_REASON_MISSING, "place_request.text");
	said_begin(id, RCC_REQUEST_REFUSE, 2)->record.seq = 0;
	watch_step(&side_watch);
	side_assert_refused(RCC_REFUSAL_RANGE, "place_request.record");
	said_begin(id, RCC_REQUEST_REFUSE, 2)->officer[0] = '\0';
	watch_step(&side_watch);
	side_assert_refused(RCC_REFUSAL_RANGE, "place_request.officer");
	said(id, RCC_REQUEST_REFUSE, 2);
	assert_true(port()->is_refused);
	/* By itself, as when an officer types it: she goes there no more, and hears why. */
	assert_int_equal(watch_events(&side_watch, RCC_EVENT_PLACE_STEPPED), 2);
	assert_false(rcc_place_ship_of(&side_watch.core, port(), (struct rcc_mmsi){SHIP})->is_assigned);
	assert_non_null(strstr(side_told(), "its authority refuses"));
	/* The overtaken first word, and a third one. */
	assert_int_equal(said(id, RCC_REQUEST_OFFER, 1), 0);
	said(id, RCC_REQUEST_OFFER, 2);
	side_assert_refused(RCC_REFUSAL_WRONG_STATE, "place_request.turn");
	said(id, RCC_REQUEST_OFFER, 0);
	side_assert_refused(RCC_REFUSAL_RANGE, "place_request.turn");
	assert_int_equal(request_row(1)->stage, RCC_REQUEST_REFUSED);
}

static void
test_what_is_not_asked(void **state)
{
	(void)state;
	side_start();
	ask(1, "MRCC B");
	ask(1, "MRCC B");
	side_assert_refused(RCC_REFUSAL_WRONG_STATE, "place.authority");
	/* A case of ship security asks nobody. */
	struct rcc_alert alert = watch_alert(RCC_SOURCE_BEACON406, 211000009);
	alert.marks = RCC_ALERT_RESTRICTED;
	watch_say(&side_watch, 3, &alert);
	assert_true(order_incident(&side_watch, 2)->is_restricted);
	ask(2, "MRCC B");
	side_assert_refused(RCC_REFUSAL_RESTRICTED, "place.incident");
	/* Exercises go to those that share them alone; a case that another centre has is that one's. */
	assert_int_not_equal(side_enrol_centre("MRCC EXERCISE", 904, "tcp://192.0.2.4:8407", RCC_SHARE_EXERCISE), 0);
	ask(1, "MRCC EXERCISE");
	side_assert_refused(RCC_REFUSAL_NOT_LIVE, "place.authority");
	assert_int_equal(side_watch.core.request_last, 1);
	assert_int_not_equal(side_enrol_centre("MRCC C", 905, "tcp://192.0.2.5:8407", RCC_SHARE_ALL), 0);
	side_order(1, RCC_HANDOVER_OFFER);
	side_heard(side_newest(1)->handover, RCC_HANDOVER_ACCEPT);
	assert_int_equal(side_status(1), RCC_INCIDENT_TRANSFERRED);
	/* Said as soon as the case has gone. */
	assert_int_equal(request_row(1)->stage, RCC_REQUEST_WITHDRAWN);
	ask(1, "MRCC C");
	side_assert_refused(RCC_REFUSAL_WRONG_STATE, "place.incident");
}

static void
test_strangers_and_lies(void **state)
{
	(void)state;
	side_start();
	ask(1, "MRCC B");
	struct rcc_msg_id id = request_row(1)->asked.request;
	said((struct rcc_msg_id){{1, 2, 3}}, RCC_REQUEST_OFFER, 1);
	side_assert_refused(RCC_REFUSAL_NOT_FOUND, "place_request.request");
	/* One that was not asked. */
	uint32_t real = side_peer;
	side_peer = side_enrol_centre("MRCC C", 905, "tcp://192.0.2.5:8407", RCC_SHARE_ALL);
	said(id, RCC_REQUEST_OFFER, 1);
	side_assert_refused(RCC_REFUSAL_NOT_FOUND, "place_request.request");
	/* A feed is no centre. */
	side_peer = real - 1;
	said(id, RCC_REQUEST_OFFER, 1);
	side_assert_refused(RCC_REFUSAL_NOT_ALLOWED, "place_request");
	side_peer = real;
	/* Only our own shell says that something is stored, only our clock that nobody answers, and what we asked is ours. */
	said(id, RCC_REQUEST_STORED, 0);
	side_assert_refused(RCC_REFUSAL_RANGE, "place_request.step");
	said(id, RCC_REQUEST_SILENT, 0);
	side_assert_refused(RCC_REFUSAL_RANGE, "place_request.step");
	said(id, RCC_REQUEST_WITHDRAW, 0);
	side_assert_refused(RCC_REFUSAL_WRONG_STATE, "place_request.step");
	said(id, RCC_REQUEST_ASK, 0);
	side_assert_refused(RCC_REFUSAL_DUPLICATE, "place_request.request");
	answer(1, RCC_REQUEST_OFFER);
	side_assert_refused(RCC_REFUSAL_WRONG_STATE, "request.step");
	/* An exercise answers no live case. */
	said_begin(id, RCC_REQUEST_OFFER, 1);
	side_watch.entry.cause.origin.class = RCC_CLASS_EXERCISE;
	watch_step(&side_watch);
	side_assert_refused(RCC_REFUSAL_NOT_LIVE, "place_request");
	assert_int_equal(request_row(1)->stage, RCC_REQUEST_ASKED);
	assert_int_equal(port()->step_at_ms[RCC_PLACE_OFFERED], 0);
}

static void
test_silence_and_not_taken(void **state)
{
	(void)state;
	side_start();
	ask(1, "MRCC B");
	watch_wait(&side_watch, 899999, 20);
	assert_false(request_row(1)->is_late);
	watch_wait(&side_watch, 1, 20);
	assert_true(request_row(1)->is_late);
	assert_int_equal(request_row(1)->stage, RCC_REQUEST_ASKED);
	struct rcc_msg_id id = request_row(1)->asked.request;
	said_receipt(id, RCC_REFUSAL_FULL);
	assert_int_equal(request_row(1)->stage, RCC_REQUEST_NOT_TAKEN);
	assert_int_equal(request_row(1)->said_refusal, RCC_REFUSAL_FULL);
	assert_null(request_owes());
	said(id, RCC_REQUEST_OFFER, 1);
	side_assert_refused(RCC_REFUSAL_WRONG_STATE, "place_request.request");
	/* Anew, under another name. */
	ask(1, "MRCC B");
	assert_memory_not_equal(&request_row(2)->asked.request, &id, sizeof id);
}

static void
test_withdrawn(void **state)
{
	(void)state;
	side_start();
	ask(1, "MRCC B");
	struct rcc_msg_id id = request_row(1)->asked.request;
	answer_begin(1, RCC_REQUEST_WITHDRAW)->text[0] = '\0';
	watch_step(&side_watch);
	side_assert_refused(RCC_REFUSAL_REASON_MISSING, "request.text");
	answer(9, RCC_REQUEST_WITHDRAW);
	side_assert_refused(RCC_REFUSAL_NOT_FOUND, "request.request");
	answer(1, RCC_REQUEST_STORED);
	side_assert_refused(RCC_REFUSAL_RANGE, "request.step");
	answer(1, RCC_REQUEST_WITHDRAW);
	assert_int_equal(request_owes()->request.step, RCC_REQUEST_WITHDRAW);
	/* What is withdrawn says no more of the people. */
	assert_int_equal(request_owes()->request.ship.v, 0);
	answer(1, RCC_REQUEST_WITHDRAW);
	side_assert_refused(RCC_REFUSAL_WRONG_STATE, "request.request");
	said(id, RCC_REQUEST_OFFER, 1);
	side_assert_refused(RCC_REFUSAL_WRONG_STATE, "place_request.request");
	/* The end of a case withdraws by itself; an answer that crosses it comes too late. */
	ask(1, "MRCC B");
	watch_cancel(&side_watch, 1, "over");
	order_close(&side_watch, 1, RCC_OUTCOME_NO_DISTRESS, "over");
	assert_int_equal(request_row(2)->stage, RCC_REQUEST_WITHDRAWN);
	assert_int_equal(request_owes()->request.step, RCC_REQUEST_WITHDRAW);
	said(request_row(2)->asked.request, RCC_REQUEST_OFFER, 1);
	side_assert_refused(RCC_REFUSAL_WRONG_STATE, "place_request.incident");
}

static void
test_a_full_table(void **state)
{
	(void)state;
	side_start();
	uint32_t first = side_peer;
	for (uint32_t i = 0; i < RCC_REQUESTS_MAX / RCC_REQUESTS_OF_CENTRE_MAX; i++) {
		char name[] = "MRCC 0";
		name[5] = (char)('0' + i);
		side_peer = i == 0 ? first : side_enrol_centre(name, 910 + i, "tcp://192.0.2.9:8407", RCC_SHARE_ALL);
		for (uint32_t k = 1; k <= RCC_REQUESTS_OF_CENTRE_MAX; k++)
			assert_int_equal(
			    said(side_theirs((uint8_t)(i * RCC_REQUESTS_OF_CENTRE_MAX + k)), RCC_REQUEST_ASK, 0), 1);
		/* One that asks and asks leaves room for others. */
		said(side_theirs(200), RCC_REQUEST_ASK, 0);
		side_assert_refused(RCC_REFUSAL_FULL, "place_request");
	}
	side_peer = side_enrol_centre("MRCC LAST", 940, "tcp://192.0.2.9:8407", RCC_SHARE_ALL);
	said(side_theirs(200), RCC_REQUEST_ASK, 0);
	side_assert_refused(RCC_REFUSAL_FULL, "place_request");
	side_peer = first;
	ask(1, "MRCC B");
	side_assert_refused(RCC_REFUSAL_FULL, "request");
	assert_null(rcc_place_named(&side_watch.core, order_incident(&side_watch, 1), "PORT B"));
	/* What is answered, and known there, makes room: the oldest first. */
	for (uint32_t i = 2; i <= 3; i++) {
		answer(i, RCC_REQUEST_REFUSE);
		assert_int_equal(rcc_request_slot(&side_watch.core), i == 2 ? RCC_REQUESTS_MAX : 1);
		said_receipt(side_theirs((uint8_t)i), (enum rcc_refusal)0);
	}
	ask(1, "MRCC B");
	assert_null(rcc_request_find(&side_watch.core, (struct rcc_request_id){2}));
	assert_non_null(rcc_request_find(&side_watch.core, (struct rcc_request_id){3}));
	assert_int_equal(request_row(RCC_REQUESTS_MAX + 1)->stage, RCC_REQUEST_ASKED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_what_is_told),          cmocka_unit_test(test_whom_no_link_reaches),
	    cmocka_unit_test(test_offer_assigns_nothing), cmocka_unit_test(test_taken_back),
	    cmocka_unit_test(test_what_is_not_asked),     cmocka_unit_test(test_strangers_and_lies),
	    cmocka_unit_test(test_silence_and_not_taken), cmocka_unit_test(test_withdrawn),
	    cmocka_unit_test(test_a_full_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
