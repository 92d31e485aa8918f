/* A place of safety that another centre asks for: what an officer answers, and changes; what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "request_side.h"

static void
test_answered_and_changed_once(void **state)
{
	(void)state;
	side_start();
	struct rcc_place_request *body = said_begin(side_theirs(1), RCC_REQUEST_ASK, 0);
	body->ship.v = 247000001;
	body->aboard.women = 4;
	watch_text(body->needs, sizeof body->needs, "water 4");
	assert_int_equal(watch_step(&side_watch), 1);
	assert_true(request_row(1)->is_incoming);
	assert_int_equal(request_row(1)->asked.aboard.women, 4);
	assert_int_equal(request_row(1)->heard_record.seq, 500);
	/* It waits for an officer, and owes nothing; it is no case of ours. */
	assert_null(request_owes());
	assert_int_equal(side_watch.core.incident_last, 1);
	assert_int_equal(said(side_theirs(1), RCC_REQUEST_ASK, 0), 0);
	answer_begin(1, RCC_REQUEST_OFFER)->pos = (struct rcc_pos){350000000, 140000000};
	watch_step(&side_watch);
	const struct rcc_centre_owed *owed = request_owes();
	assert_int_equal(owed->request.step, RCC_REQUEST_OFFER);
	assert_int_equal(owed->request.turn, 1);
	assert_int_equal(owed->request.pos.lat_e7, 350000000);
	assert_int_equal(owed->request.answers.seq, 500);
	assert_string_equal(owed->request.officer, "OFFICER A");
	assert_int_equal(owed->request.aboard.women, 0);
	struct rcc_msg_id first = owed->id;
	answer(1, RCC_REQUEST_OFFER);
	side_assert_refused(RCC_REFUSAL_WRONG_STATE, "request.step");
	answer(1, RCC_REQUEST_REFUSE);
	owed = request_owes();
	assert_int_equal(owed->request.step, RCC_REQUEST_REFUSE);
	assert_int_equal(owed->request.turn, 2);
	assert_memory_not_equal(&owed->id, &first, sizeof first);
	answer(1, RCC_REQUEST_OFFER);
	side_assert_refused(RCC_REFUSAL_WRONG_STATE, "request.request");
	/* They took no note of it: that is seen, and the answer stays what was said. */
	said_receipt(side_theirs(1), RCC_REFUSAL_WRONG_STATE);
	assert_int_equal(request_row(1)->stage, RCC_REQUEST_REFUSED);
	assert_int_equal(request_row(1)->said_refusal, RCC_REFUSAL_WRONG_STATE);
	assert_null(request_owes());
}

static void
test_what_an_answer_wants(void **state)
{
	(void)state;
	side_start();
	said(side_theirs(1), RCC_REQUEST_ASK, 0);
	answer_begin(1, RCC_REQUEST_OFFER)->officer[0] = '\0';
	watch_step(&side_watch);
	side_assert_refused(RCC_REFUSAL_RANGE, "request.officer");
	answer_begin(1, RCC_REQUEST_REFUSE)->text[0] = '\0';
	watch_step(&side_watch);
	side_assert_refused(RCC_REFUSAL_REASON_MISSING, "request.text");
	answer_begin(1, RCC_REQUEST_REFUSE)->pos = (struct rcc_pos){1, 1};
	watch_step(&side_watch);
	side_assert_refused(RCC_REFUSAL_RANGE, "request.pos");
	answer(1, RCC_REQUEST_WITHDRAW);
	side_assert_refused(RCC_REFUSAL_WRONG_STATE, "request.step");
	answer(2, RCC_REQUEST_OFFER);
	side_assert_refused(RCC_REFUSAL_NOT_FOUND, "request.request");
	/* Late here as well: nobody looks for a berth unseen. */
	watch_wait(&side_watch, 900000, 20);
	assert_true(request_row(1)->is_late);
	/* An offer needs no words. */
	answer_begin(1, RCC_REQUEST_OFFER)->text[0] = '\0';
	assert_int_equal(watch_step(&side_watch), 1);
}

static void
test_what_is_asked_badly(void **state)
{
	(void)state;
	side_start();
	said_begin(side_theirs(1), RCC_REQUEST_ASK, 0)->place[0] = '\0';
	watch_step(&side_watch);
	side_assert_refused(RCC_REFUSAL_RANGE, "place_request.place");
	said_begin(side_theirs(1), RCC_REQUEST_ASK, 0)->number = 0;
	watch_step(&side_watch);
	side_assert_refused(RCC_REFUSAL_RANGE, "place_request.number");
	said_begin(side_theirs(1), RCC_REQUEST_ASK, 0)->aboard.pregnant = 1;
	watch_step(&side_watch);
	side_assert_refused(RCC_REFUSAL_RANGE, "place_request.aboard");
	uint32_t real = side_peer;
	side_peer = side_enrol_centre("MRCC EXERCISE", 904, "tcp://192.0.2.4:8407", RCC_SHARE_EXERCISE);
	said(side_theirs(1), RCC_REQUEST_ASK, 0);
	side_assert_refused(RCC_REFUSAL_NOT_LIVE, "place_request");
	said_begin(side_theirs(1), RCC_REQUEST_ASK, 0);
	side_watch.entry.cause.origin.class = RCC_CLASS_EXERCISE;
	assert_int_equal(watch_step(&side_watch), 1);
	assert_int_equal(request_row(1)->class, RCC_CLASS_EXERCISE);
	answer(1, RCC_REQUEST_OFFER);
	assert_int_equal(request_owes()->class, RCC_CLASS_EXERCISE);
	/* The same name by another centre is another request. */
	side_peer = real;
	assert_int_equal(said(side_theirs(1), RCC_REQUEST_ASK, 0), 1);
	assert_int_equal(side_watch.core.request_last, 2);
}

static void
test_withdrawn_by_them(void **state)
{
	(void)state;
	side_start();
	said(side_theirs(1), RCC_REQUEST_ASK, 0);
	assert_int_equal(said(side_theirs(1), RCC_REQUEST_WITHDRAW, 0), 1);
	assert_int_equal(said(side_theirs(1), RCC_REQUEST_WITHDRAW, 0), 0);
	answer(1, RCC_REQUEST_OFFER);
	side_assert_refused(RCC_REFUSAL_WRONG_STATE, "request.request");
	/* It overtook what it withdraws: that is over when it comes. */
	said(side_theirs(2), RCC_REQUEST_WITHDRAW, 0);
	assert_int_equal(request_row(2)->stage, RCC_REQUEST_WITHDRAWN);
	assert_int_equal(said(side_theirs(2), RCC_REQUEST_ASK, 0), 0);
	assert_int_equal(request_row(2)->stage, RCC_REQUEST_WITHDRAWN);
}

static void
test_whom_we_cannot_call(void **state)
{
	(void)state;
	side_start();
	said(side_theirs(1), RCC_REQUEST_ASK, 0);
	answer(1, RCC_REQUEST_OFFER);
	assert_non_null(request_owes());
	watch_revoke(&side_watch, "MRCC B", "moves");
	assert_null(request_owes());
	/* By its key: the word goes to its new address. */
	assert_int_not_equal(side_enrol_centre("MRCC B", 901, "tcp://192.0.2.9:8407", RCC_SHARE_ALL), 0);
	assert_int_equal(request_owes()->peer.v, side_watch.core.peer_count);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_answered_and_changed_once), cmocka_unit_test(test_what_an_answer_wants),
	    cmocka_unit_test(test_what_is_asked_badly),       cmocka_unit_test(test_withdrawn_by_them),
	    cmocka_unit_test(test_whom_we_cannot_call),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
