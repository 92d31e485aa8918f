/* Handovers, the side that is offered a case: taken over, refused, withdrawn; and what strangers say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "handover_side.h"

static void
test_taken_over(void **state)
{
	(void)state;
	side_start();
	side_heard(side_theirs(1), RCC_HANDOVER_OFFER);
	assert_int_equal(side_watch.core.incident_last, 2);
	assert_int_equal(order_incident(&side_watch, 2)->source, RCC_SOURCE_RCC);
	assert_int_equal(order_incident(&side_watch, 2)->phase, RCC_PHASE_DISTRESS);
	/* People in distress do not wait for an agreement between offices. */
	assert_int_equal(watch_event(&side_watch, RCC_EVENT_BROADCAST_ISSUED)->u.broadcast.kind,
	                 RCC_BROADCAST_DISTRESS_RELAY);
	assert_false(side_holds(2));
	side_assert_owes((enum rcc_handover_step)0);
	assert_int_equal(side_heard(side_theirs(1), RCC_HANDOVER_OFFER), 0);
	side_heard(side_theirs(1), RCC_HANDOVER_CONFIRM);
	assert_int_equal(side_watch.entry.event_count, 0);
	side_order(2, RCC_HANDOVER_ACCEPT);
	assert_true(side_holds(2) && rcc_handover_is_shared(side_newest(2)));
	assert_string_equal(side_told(), "");
	side_assert_owes(RCC_HANDOVER_ACCEPT);
	side_order(2, RCC_HANDOVER_OFFER);
	side_assert_refused(RCC_REFUSAL_WRONG_STATE, "handover.incident");
	side_heard(side_theirs(1), RCC_HANDOVER_CONFIRM);
	assert_int_equal(side_newest(2)->stage, RCC_HANDOVER_CONFIRMED);
	assert_string_equal(side_told(), "MRCC TEST coordinates from now on.");
	assert_true(side_holds(2) && !rcc_handover_is_shared(side_newest(2)));
	side_heard(side_theirs(1), RCC_HANDOVER_CONTEST);
	assert_int_equal(side_newest(2)->stage, RCC_HANDOVER_CONTESTED);
}

static void
test_not_taken_over(void **state)
{
	(void)state;
	side_start();
	side_heard(side_theirs(1), RCC_HANDOVER_OFFER);
	side_order(2, RCC_HANDOVER_REFUSE);
	assert_int_equal(side_status(2), RCC_INCIDENT_TRANSFERRED);
	assert_string_equal(side_told(), "MRCC B coordinates.");
	side_assert_owes(RCC_HANDOVER_REFUSE);
	side_heard(side_theirs(2), RCC_HANDOVER_OFFER);
	assert_int_equal(side_newest(2)->handover.b[1], 2); /* the same case again */
	assert_int_equal(side_watch.core.incident_last, 2);
	side_heard(side_theirs(2), RCC_HANDOVER_WITHDRAW);
	assert_int_equal(side_newest(2)->stage, RCC_HANDOVER_WITHDRAWN);
	side_order(2, RCC_HANDOVER_ACCEPT);
	side_assert_refused(RCC_REFUSAL_WRONG_STATE, "handover.incident");
}

static void
test_a_case_that_we_had_ourselves_stays(void **state)
{
	(void)state;
	side_start();
	side_begin_heard(side_theirs(1), RCC_HANDOVER_OFFER)->snapshot[0].casualty.v = 211000001;
	watch_step(&side_watch);
	assert_int_equal(side_watch.core.incident_last, 1);
	assert_int_equal(side_newest(1)->stage, RCC_HANDOVER_OFFERED);
	assert_true(side_holds(1));
	side_order(1, RCC_HANDOVER_REFUSE);
	assert_int_equal(side_status(1), RCC_INCIDENT_OPEN);
}

static void
test_withdrawn_after_our_acceptance(void **state)
{
	(void)state;
	side_start();
	side_heard(side_theirs(1), RCC_HANDOVER_OFFER);
	side_order(2, RCC_HANDOVER_ACCEPT);
	side_heard(side_theirs(1), RCC_HANDOVER_WITHDRAW);
	side_assert_refused(RCC_REFUSAL_WRONG_STATE, "centre.step");
	assert_int_equal(side_newest(2)->stage, RCC_HANDOVER_ACCEPTED);
	/* They do not know of it any more: we act, and somebody telephones. */
	side_receipt(side_theirs(1), RCC_REFUSAL_NOT_FOUND);
	assert_int_equal(side_newest(2)->stage, RCC_HANDOVER_CONTESTED);
	assert_true(side_holds(2));
}

static void
test_withdrawn_before_it_came(void **state)
{
	(void)state;
	side_start();
	side_heard(side_theirs(1), RCC_HANDOVER_WITHDRAW);
	assert_int_equal(side_watch.entry.event_count, 1);
	assert_int_equal(side_heard(side_theirs(1), RCC_HANDOVER_OFFER), 0);
	assert_int_equal(side_watch.core.incident_last, 1);
}

static void
test_strangers_and_lies(void **state)
{
	static const struct rcc_msg_id none = {{0}};
	(void)state;

	side_start();
	side_heard(side_theirs(1), RCC_HANDOVER_ACCEPT);
	side_assert_refused(RCC_REFUSAL_NOT_FOUND, "centre.handover");
	side_order(1, RCC_HANDOVER_OFFER);
	struct rcc_msg_id id = side_newest(1)->handover;
	/* Only our own shell says that something is stored. */
	side_heard(id, RCC_HANDOVER_STORED);
	side_assert_refused(RCC_REFUSAL_RANGE, "centre.step");
	side_heard(id, RCC_HANDOVER_SILENT);
	side_assert_refused(RCC_REFUSAL_RANGE, "centre.step");
	/* Another centre accepts what was not offered to it. */
	uint32_t real = side_peer;
	side_peer = side_enrol_centre("MRCC C", 905, "tcp://192.0.2.3:8407", RCC_SHARE_ALL);
	side_heard(id, RCC_HANDOVER_ACCEPT);
	side_assert_refused(RCC_REFUSAL_NOT_FOUND, "centre.handover");
	/* A feed is no centre. */
	side_peer = real - 1;
	side_heard(id, RCC_HANDOVER_ACCEPT);
	side_assert_refused(RCC_REFUSAL_NOT_ALLOWED, "centre");
	assert_int_equal(side_status(1), RCC_INCIDENT_OPEN);
	/* An offer without a case. */
	side_peer = real;
	side_begin_heard(side_theirs(3), RCC_HANDOVER_OFFER)->snapshot_count = 0;
	watch_step(&side_watch);
	side_assert_refused(RCC_REFUSAL_RANGE, "centre.snapshot");
	/* What a centre has no business to say of a signal is not taken from it. */
	struct rcc_centre *said = side_begin_heard(side_theirs(4), RCC_HANDOVER_OFFER);
	said->snapshot[0].source = RCC_SOURCE_CREW;
	said->snapshot[0].marks = RCC_ALERT_NEEDS_READING | RCC_ALERT_RESTRICTED;
	said->snapshot[0].contact = 7;
	said->snapshot[0].raw_len = 3;
	watch_step(&side_watch);
	const struct rcc_alert *alert = &watch_event(&side_watch, RCC_EVENT_ALERT_RECORDED)->u.alert.body;
	assert_int_equal(alert->source, RCC_SOURCE_RCC);
	assert_int_equal(alert->marks & (RCC_ALERT_NEEDS_READING | RCC_ALERT_RESTRICTED), 0);
	assert_int_equal(alert->contact, 0);
	assert_int_equal(alert->raw_len, 0);
	assert_memory_not_equal(&side_newest(1)->handover, &none, sizeof none);
}

static void
test_settled_ones_make_room(void **state)
{
	(void)state;
	side_start();
	for (uint32_t i = 0; i < RCC_HANDOVERS_MAX; i++) {
		side_order(1, RCC_HANDOVER_OFFER);
		assert_int_equal(side_newest(1)->stage, RCC_HANDOVER_OFFERED);
		struct rcc_msg_id id = side_newest(1)->handover;
		side_receipt(id, (enum rcc_refusal)0);
		side_heard(id, RCC_HANDOVER_REFUSE);
	}
	uint32_t last = side_newest(1)->id;
	side_order(1, RCC_HANDOVER_OFFER);
	assert_int_equal(side_newest(1)->id, last + 1);
	/* Only what is settled: offers that nobody has answered stay, and one more is refused. */
	for (uint8_t i = 1; i < RCC_HANDOVERS_MAX; i++)
		assert_true(side_heard(side_theirs(i), RCC_HANDOVER_OFFER) > 0);
	side_heard(side_theirs(200), RCC_HANDOVER_OFFER);
	side_assert_refused(RCC_REFUSAL_FULL, "centre");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_taken_over),
	    cmocka_unit_test(test_not_taken_over),
	    cmocka_unit_test(test_a_case_that_we_had_ourselves_stays),
	    cmocka_unit_test(test_withdrawn_after_our_acceptance),
	    cmocka_unit_test(test_withdrawn_before_it_came),
	    cmocka_unit_test(test_strangers_and_lies),
	    cmocka_unit_test(test_settled_ones_make_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
