/* Handovers, the side that offers: what an officer may do when, what the other's word does, who has the case, who is told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "handover_side.h"

static void
test_offer_and_confirm(void **state)
{
	(void)state;
	side_start();
	side_order(1, RCC_HANDOVER_OFFER);
	struct rcc_msg_id id = side_newest(1)->handover;
	assert_int_equal(side_newest(1)->stage, RCC_HANDOVER_OFFERED);
	assert_true(side_holds(1) && rcc_handover_is_shared(side_newest(1)));
	side_assert_owes(RCC_HANDOVER_OFFER);
	assert_int_equal(side_newest(1)->snapshot.source, RCC_SOURCE_RCC);
	assert_int_equal(side_newest(1)->snapshot.category, RCC_CATEGORY_DISTRESS);
	assert_int_equal(side_newest(1)->snapshot.casualty.v, 211000001);
	assert_int_equal(side_receipt(id, (enum rcc_refusal)0), 1);
	side_assert_owes((enum rcc_handover_step)0);
	assert_int_equal(side_receipt(id, (enum rcc_refusal)0), 0);
	side_heard(id, RCC_HANDOVER_ACCEPT);
	assert_int_equal(watch_events(&side_watch, RCC_EVENT_HANDOVER_CHANGED), 2);
	assert_string_equal(side_told(), "Coordination has passed to MRCC B");
	assert_int_equal(watch_event(&side_watch, RCC_EVENT_BROADCAST_ISSUED)->u.broadcast.kind, RCC_BROADCAST_UPDATE);
	assert_int_equal(side_status(1), RCC_INCIDENT_TRANSFERRED);
	assert_false(side_holds(1));
	assert_int_equal(side_newest(1)->stage, RCC_HANDOVER_CONFIRMED);
	assert_int_equal(side_newest(1)->their_number, 70);
	side_assert_owes(RCC_HANDOVER_CONFIRM);
	/* Again, or late: nothing. */
	assert_int_equal(side_heard(id, RCC_HANDOVER_ACCEPT), 0);
	assert_int_equal(side_heard(id, RCC_HANDOVER_REFUSE), 0);
	side_order(1, RCC_HANDOVER_WITHDRAW);
	side_assert_refused(RCC_REFUSAL_WRONG_STATE, "handover.incident");
}

static void
test_what_is_not_ours_is_not_decided_here(void **state)
{
	(void)state;
	side_start();
	side_order(1, RCC_HANDOVER_OFFER);
	side_heard(side_newest(1)->handover, RCC_HANDOVER_ACCEPT);
	watch_relay(&side_watch, 1, RCC_RELAY_RELEASE, "now");
	side_assert_refused(RCC_REFUSAL_WRONG_STATE, "relay.incident");
	order_phase(&side_watch, 1, RCC_PHASE_ALERT, "less");
	side_assert_refused(RCC_REFUSAL_WRONG_STATE, "phase.incident");
	order_suspend(&side_watch, 1, RCC_MS_PER_HOUR, "dark");
	side_assert_refused(RCC_REFUSAL_WRONG_STATE, "suspend.incident");
	side_order(1, RCC_HANDOVER_OFFER);
	side_assert_refused(RCC_REFUSAL_WRONG_STATE, "handover.incident");
	/* Its duties are another's. */
	for (uint32_t i = 0; i < side_watch.core.duty_top; i++) {
		if (side_watch.core.duty[i].incident.v == 1)
			assert_false(rcc_duty_is_open(&side_watch.core.duty[i]));
	}
	/* A new signal of the same casualty opens a case of its own, and ships are told at once. */
	struct rcc_alert alert = watch_alert(RCC_SOURCE_AIS_BEACON, 211000001);
	watch_say(&side_watch, side_peer - 1, &alert);
	assert_int_equal(side_watch.core.incident_last, 2);
	assert_int_equal(watch_events(&side_watch, RCC_EVENT_BROADCAST_ISSUED), 1);
	/* Ships that the other coordinates are not stood down by a slip: only when it says that it is over. */
	watch_cancel(&side_watch, 1, "a slip");
	assert_true(watch_is_refused(&side_watch, RCC_REFUSAL_WRONG_STATE, "cancel.is_theirs_over"));
	assert_int_equal(watch_events(&side_watch, RCC_EVENT_BROADCAST_ISSUED), 0);
	struct rcc_cancel *cancel = &watch_command(&side_watch, RCC_COMMAND_CANCEL, 0)->u.cancel;
	cancel->incident.v = 1;
	cancel->is_theirs_over = 1;
	watch_text(cancel->reason, sizeof cancel->reason, "rescued by the other centre");
	watch_step(&side_watch);
	assert_int_equal(watch_events(&side_watch, RCC_EVENT_BROADCAST_ISSUED), 1);
	order_close(&side_watch, 1, RCC_OUTCOME_NO_DISTRESS, "over");
	assert_int_equal(side_status(1), RCC_INCIDENT_CLOSED);
}

static void
test_refused_and_withdrawn(void **state)
{
	(void)state;
	side_start();
	side_order(1, RCC_HANDOVER_OFFER);
	side_heard(side_newest(1)->handover, RCC_HANDOVER_REFUSE);
	assert_int_equal(side_newest(1)->stage, RCC_HANDOVER_REFUSED);
	assert_true(side_holds(1) && !rcc_handover_is_shared(side_newest(1)));
	side_assert_owes(RCC_HANDOVER_OFFER); /* it has answered, and the receipt will follow */
	side_order(1, RCC_HANDOVER_OFFER);
	struct rcc_msg_id id = side_newest(1)->handover;
	side_order(1, RCC_HANDOVER_WITHDRAW);
	assert_int_equal(side_newest(1)->stage, RCC_HANDOVER_WITHDRAWN);
	assert_true(side_holds(1) && rcc_handover_is_shared(side_newest(1)));
	side_receipt(id, (enum rcc_refusal)0);
	assert_false(rcc_handover_is_shared(side_newest(1)));
}

static void
test_acceptance_that_crosses_a_withdrawal_stands(void **state)
{
	(void)state;
	side_start();
	side_order(1, RCC_HANDOVER_OFFER);
	struct rcc_msg_id id = side_newest(1)->handover;
	side_order(1, RCC_HANDOVER_WITHDRAW);
	side_receipt(id, RCC_REFUSAL_WRONG_STATE);
	assert_true(rcc_handover_is_shared(side_newest(1)));
	side_heard(id, RCC_HANDOVER_ACCEPT);
	assert_int_equal(side_newest(1)->stage, RCC_HANDOVER_CONFIRMED);
	assert_int_equal(side_status(1), RCC_INCIDENT_TRANSFERRED);
}

static void
test_late_acceptance_of_a_case_that_is_over(void **state)
{
	(void)state;
	side_start();
	side_order(1, RCC_HANDOVER_OFFER);
	struct rcc_msg_id id = side_newest(1)->handover;
	watch_close(&side_watch, 1, "false alert");
	side_assert_refused(RCC_REFUSAL_WRONG_STATE, "close.incident");
	side_order(1, RCC_HANDOVER_WITHDRAW);
	watch_cancel(&side_watch, 1, "over");
	order_close(&side_watch, 1, RCC_OUTCOME_NO_DISTRESS, "over");
	assert_int_equal(side_status(1), RCC_INCIDENT_CLOSED);
	side_heard(id, RCC_HANDOVER_ACCEPT);
	assert_int_equal(side_newest(1)->stage, RCC_HANDOVER_CONTESTED);
	side_assert_owes(RCC_HANDOVER_CONTEST);
}

static void
test_silence(void **state)
{
	(void)state;
	side_start();
	side_order(1, RCC_HANDOVER_OFFER);
	watch_wait(&side_watch, 899000, 50);
	assert_false(side_newest(1)->is_late);
	watch_wait(&side_watch, 2000, 50);
	assert_true(side_newest(1)->is_late);
	assert_int_equal(side_newest(1)->stage, RCC_HANDOVER_OFFERED);
	assert_true(side_holds(1));
	/* Once. */
	watch_wait(&side_watch, 10 * RCC_MS_PER_MIN, 50);
	assert_null(watch_event(&side_watch, RCC_EVENT_HANDOVER_CHANGED));
	/* And it can still be accepted. */
	side_heard(side_newest(1)->handover, RCC_HANDOVER_ACCEPT);
	assert_int_equal(side_status(1), RCC_INCIDENT_TRANSFERRED);
}

static void
test_who_may_be_offered_what(void **state)
{
	struct rcc_alert alert = watch_alert(RCC_SOURCE_OFFICER, 211000009);
	(void)state;

	side_start();
	side_order(9, RCC_HANDOVER_OFFER);
	side_assert_refused(RCC_REFUSAL_NOT_FOUND, "handover.incident");
	struct rcc_handover *body = &watch_command(&side_watch, RCC_COMMAND_HANDOVER, 0)->u.handover;
	*body = (struct rcc_handover){.incident = {1}, .step = RCC_HANDOVER_OFFER, .centre = "MRCC B"};
	watch_step(&side_watch);
	side_assert_refused(RCC_REFUSAL_REASON_MISSING, "handover.reason");
	body = &watch_command(&side_watch, RCC_COMMAND_HANDOVER, 0)->u.handover;
	*body =
	    (struct rcc_handover){.incident = {1}, .step = RCC_HANDOVER_OFFER, .centre = "NOBODY", .reason = "nearer"};
	watch_step(&side_watch);
	side_assert_refused(RCC_REFUSAL_NOT_FOUND, "handover.centre");
	static const enum rcc_handover_step not_said[] = {RCC_HANDOVER_CONFIRM, RCC_HANDOVER_CONTEST,
	                                                  RCC_HANDOVER_STORED, RCC_HANDOVER_SILENT};
	for (size_t i = 0; i < sizeof not_said / sizeof not_said[0]; i++) {
		side_order(1, not_said[i]);
		side_assert_refused(RCC_REFUSAL_RANGE, "handover.step");
	}
	side_order(1, RCC_HANDOVER_ACCEPT);
	side_assert_refused(RCC_REFUSAL_WRONG_STATE, "handover.incident");
	/* A ship security alert is never told to anybody; a test neither. */
	alert.marks = RCC_ALERT_RESTRICTED;
	order_open(&side_watch, 0, &alert);
	side_order(2, RCC_HANDOVER_OFFER);
	side_assert_refused(RCC_REFUSAL_RESTRICTED, "handover.incident");
	side_order(1, RCC_HANDOVER_OFFER);
	side_order(1, RCC_HANDOVER_OFFER);
	side_assert_refused(RCC_REFUSAL_WRONG_STATE, "handover.incident");
}

static void
test_what_may_leave_is_data(void **state)
{
	struct rcc_handover *body;
	(void)state;

	side_start();
	assert_int_not_equal(side_enrol_centre("MRCC DRILL", 902, "tcp://192.0.2.2:8407", RCC_SHARE_EXERCISE), 0);
	assert_int_not_equal(side_enrol_centre("MRCC DEAF", 903, "", RCC_SHARE_ALL), 0);
	assert_int_equal(side_enrol_centre("MRCC BAD", 904, "ipc:///tmp/x", RCC_SHARE_ALL), 0);
	side_assert_refused(RCC_REFUSAL_RANGE, "enrol.endpoint");
	assert_int_equal(side_enrol_centre("MRCC BAD", 904, "tcp://192.0.2.1:0", RCC_SHARE_ALL), 0);
	body = &watch_command(&side_watch, RCC_COMMAND_HANDOVER, 0)->u.handover;
	*body =
	    (struct rcc_handover){.incident = {1}, .step = RCC_HANDOVER_OFFER, .centre = "MRCC DRILL", .reason = "why"};
	watch_step(&side_watch);
	side_assert_refused(RCC_REFUSAL_NOT_LIVE, "handover.incident");
	body = &watch_command(&side_watch, RCC_COMMAND_HANDOVER, 0)->u.handover;
	*body =
	    (struct rcc_handover){.incident = {1}, .step = RCC_HANDOVER_OFFER, .centre = "MRCC DEAF", .reason = "why"};
	watch_step(&side_watch);
	side_assert_refused(RCC_REFUSAL_UNSUPPORTED, "handover.centre");
	/* And what comes in from there, too. */
	side_peer = side_watch.core.peer_count - 1;
	side_heard(side_theirs(1), RCC_HANDOVER_OFFER);
	side_assert_refused(RCC_REFUSAL_NOT_LIVE, "centre.snapshot");
}

static void
test_a_revoked_centre_is_told_nothing(void **state)
{
	(void)state;
	side_start();
	side_order(1, RCC_HANDOVER_OFFER);
	side_assert_owes(RCC_HANDOVER_OFFER);
	watch_revoke(&side_watch, "MRCC B", "key lost");
	side_assert_owes((enum rcc_handover_step)0);
	/* Enrolled anew at another address, with the same key: it goes on. */
	assert_int_not_equal(side_enrol_centre("MRCC B", 901, "tcp://192.0.2.9:8407", RCC_SHARE_ALL), 0);
	side_peer = side_watch.core.peer_count;
	side_assert_owes(RCC_HANDOVER_OFFER);
	side_heard(side_newest(1)->handover, RCC_HANDOVER_ACCEPT);
	assert_int_equal(side_status(1), RCC_INCIDENT_TRANSFERRED);
}

static void
test_taken_back(void **state)
{
	(void)state;
	side_start();
	side_order(1, RCC_HANDOVER_OFFER);
	side_heard(side_newest(1)->handover, RCC_HANDOVER_ACCEPT);
	order_resume(&side_watch, 1, "they have lost their power");
	assert_int_equal(side_status(1), RCC_INCIDENT_OPEN);
	assert_int_equal(side_newest(1)->stage, RCC_HANDOVER_CONTESTED);
	assert_true(side_holds(1));
	side_assert_owes(RCC_HANDOVER_CONTEST);
	/* One offer settles it. */
	side_order(1, RCC_HANDOVER_OFFER);
	side_heard(side_newest(1)->handover, RCC_HANDOVER_ACCEPT);
	assert_int_equal(side_status(1), RCC_INCIDENT_TRANSFERRED);
}

static bool
is_owed(enum rcc_duty_rule rule, uint32_t ship, uint32_t subject)
{
	const struct rcc_duty *row =
	    rcc_duty_of(&side_watch.core, order_incident(&side_watch, 1)->id, rule, (struct rcc_mmsi){ship}, subject);

	return row != NULL && rcc_duty_is_open(row);
}

/* What was owed to those aboard, and has not been done meanwhile, is owed again by whoever has the case back. */
static void
test_people_are_owed_again(void **state)
{
	static const uint32_t ship = 200000001;

	(void)state;
	side_start();
	struct rcc_survivors *aboard = &watch_command(&side_watch, RCC_COMMAND_SURVIVORS, 1)->u.survivors;
	*aboard = (struct rcc_survivors){.incident = {1}, .aboard = {.men = 3}, .protection_stated = 1};
	(void)watch_step(&side_watch);
	assert_int_equal(watch_events(&side_watch, RCC_EVENT_SURVIVORS_REPORTED), 1);
	struct rcc_need *need = &watch_command(&side_watch, RCC_COMMAND_NEED, 1)->u.need;
	*need = (struct rcc_need){.incident = {1}, .state = RCC_NEED_ASKED, .kind = RCC_NEED_WATER};
	(void)watch_step(&side_watch);
	assert_true(is_owed(RCC_DUTY_RULE_MEET_NEED, 0, 1));
	side_order(1, RCC_HANDOVER_OFFER);
	side_heard(side_newest(1)->handover, RCC_HANDOVER_ACCEPT);
	static const enum rcc_duty_rule rules[] = {RCC_DUTY_RULE_SEEK_PLACE, RCC_DUTY_RULE_REFER,
	                                           RCC_DUTY_RULE_DISEMBARK, RCC_DUTY_RULE_REVIEW_FEAR};
	for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
		assert_false(is_owed(rules[i], 0, 0));
	assert_false(is_owed(RCC_DUTY_RULE_CARE, ship, 0));
	order_resume(&side_watch, 1, "they have lost their power");
	for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
		assert_true(is_owed(rules[i], 0, 0));
	assert_true(is_owed(RCC_DUTY_RULE_CARE, ship, 0));
	assert_true(is_owed(RCC_DUTY_RULE_MEET_NEED, 0, 1));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_offer_and_confirm),
	    cmocka_unit_test(test_what_is_not_ours_is_not_decided_here),
	    cmocka_unit_test(test_refused_and_withdrawn),
	    cmocka_unit_test(test_acceptance_that_crosses_a_withdrawal_stands),
	    cmocka_unit_test(test_late_acceptance_of_a_case_that_is_over),
	    cmocka_unit_test(test_silence),
	    cmocka_unit_test(test_who_may_be_offered_what),
	    cmocka_unit_test(test_what_may_leave_is_data),
	    cmocka_unit_test(test_a_revoked_centre_is_told_nothing),
	    cmocka_unit_test(test_taken_back),
	    cmocka_unit_test(test_people_are_owed_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
