/* Handovers, one side at a time: what an officer may do when, what the other's word does, who has the case, who is told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/duty.h"
#include "core/handover.h"
#include "order.h"
#include "rcc/units.h"

static struct watch watch;
static uint32_t peer; /* the other centre */

static uint32_t
enrol_centre(const char *name, uint32_t key, const char *endpoint, enum rcc_share share)
{
	struct rcc_enrol *enrol = &watch_command(&watch, RCC_COMMAND_ENROL, 0)->u.enrol;

	watch_text(enrol->name, sizeof enrol->name, name);
	enrol->role = RCC_ROLE_PEER;
	enrol->key = watch_key(key);
	watch_text(enrol->endpoint, sizeof enrol->endpoint, endpoint);
	enrol->share = (uint32_t)share;
	watch_step(&watch);
	return watch_event(&watch, RCC_EVENT_PEER_ENROLLED) == NULL ? 0 : watch.core.peer_count;
}

/* Two ships, a feed, another centre, and a case of ours that the ships were told of. */
static void
start(void)
{
	struct rcc_rules rules = watch_rules();
	struct rcc_alert alert = watch_alert(RCC_SOURCE_OFFICER, 211000001);

	watch_start_with_feed(&watch, 2);
	rules.handover_ms = 900000;
	watch_rule(&watch, &rules);
	peer = enrol_centre("MRCC B", 901, "tcp://192.0.2.1:8407", RCC_SHARE_ALL);
	assert_int_not_equal(peer, 0);
	order_open(&watch, 0, &alert);
	assert_int_equal(watch.core.incident_last, 1);
}

static uint32_t
order(uint32_t incident, enum rcc_handover_step step)
{
	struct rcc_handover *body = &watch_command(&watch, RCC_COMMAND_HANDOVER, 0)->u.handover;

	body->incident.v = incident;
	body->step = step;
	watch_text(body->centre, sizeof body->centre, "MRCC B");
	watch_text(body->officer, sizeof body->officer, "OFFICER A");
	watch_text(body->reason, sizeof body->reason, "better placed");
	return watch_step(&watch);
}

static struct rcc_msg_id
theirs(uint8_t number)
{
	return (struct rcc_msg_id){{0xb0, number}};
}

/* The other centre says a step of this handover. */
static struct rcc_centre *
begin_heard(struct rcc_msg_id handover, enum rcc_handover_step step)
{
	struct rcc_centre *said = &watch_command(&watch, RCC_COMMAND_CENTRE, peer)->u.centre;

	said->handover = handover;
	said->step = step;
	said->incident.v = 70;
	said->year = 2026;
	said->number = 70;
	said->record.seq = 500;
	watch_text(said->officer, sizeof said->officer, "OFFICER B");
	if (step == RCC_HANDOVER_OFFER) {
		said->snapshot_count = 1;
		said->snapshot[0] = watch_alert(RCC_SOURCE_RCC, 211000002);
		said->snapshot[0].category = RCC_CATEGORY_DISTRESS;
	}
	return said;
}

static uint32_t
heard(struct rcc_msg_id handover, enum rcc_handover_step step)
{
	begin_heard(handover, step);
	return watch_step(&watch);
}

/* What our shell heard: the other has it on its disk, or says why not. */
static uint32_t
receipt(struct rcc_msg_id handover, enum rcc_refusal refusal)
{
	struct rcc_command *command = watch_command(&watch, RCC_COMMAND_CENTRE, peer);

	memset(&command->origin.msg_id, 0, sizeof command->origin.msg_id);
	command->u.centre.handover = handover;
	command->u.centre.step = RCC_HANDOVER_STORED;
	command->u.centre.refusal = refusal;
	return watch_step(&watch);
}

static const struct rcc_handover_state *
newest(uint32_t incident)
{
	const struct rcc_handover_state *row = rcc_handover_of(&watch.core, (struct rcc_incident_id){incident});

	assert_non_null(row);
	return row;
}

static enum rcc_incident_status
status(uint32_t incident)
{
	return order_incident(&watch, incident)->status;
}

static bool
holds(uint32_t incident)
{
	return rcc_handover_holds(&watch.core, order_incident(&watch, incident));
}

static const char *
told(void)
{
	const struct rcc_event *event = watch_event(&watch, RCC_EVENT_BROADCAST_ISSUED);

	return event == NULL ? "" : event->u.broadcast.text;
}

static void
assert_refused(enum rcc_refusal reason, const char *field)
{
	if (!watch_is_refused(&watch, reason, field))
		fail_msg("not refused with %u (%s)", (unsigned)reason, field);
}

static void
assert_owes(enum rcc_handover_step step)
{
	struct rcc_centre_owed owed;

	for (uint32_t slot = 0; slot < RCC_HANDOVERS_MAX; slot++) {
		if (!rcc_core_centre_owed(&watch.core, slot, &owed))
			continue;
		assert_int_equal(owed.body.step, step);
		assert_int_equal(owed.peer.v, peer);
		assert_true(owed.body.record.seq > 0 && owed.body.record.seq <= watch.core.seq);
		return;
	}
	assert_int_equal(step, 0);
}

/* ---- we offer ---- */

static void
test_offer_and_confirm(void **state)
{
	(void)state;
	start();
	order(1, RCC_HANDOVER_OFFER);
	struct rcc_msg_id id = newest(1)->handover;
	assert_int_equal(newest(1)->stage, RCC_HANDOVER_OFFERED);
	assert_true(holds(1) && rcc_handover_is_shared(newest(1)));
	assert_owes(RCC_HANDOVER_OFFER);
	assert_int_equal(newest(1)->snapshot.source, RCC_SOURCE_RCC);
	assert_int_equal(newest(1)->snapshot.category, RCC_CATEGORY_DISTRESS);
	assert_int_equal(newest(1)->snapshot.casualty.v, 211000001);
	assert_int_equal(receipt(id, (enum rcc_refusal)0), 1);
	assert_owes((enum rcc_handover_step)0);
	assert_int_equal(receipt(id, (enum rcc_refusal)0), 0);
	heard(id, RCC_HANDOVER_ACCEPT);
	assert_int_equal(watch_events(&watch, RCC_EVENT_HANDOVER_CHANGED), 2);
	assert_string_equal(told(), "Coordination has passed to MRCC B");
	assert_int_equal(watch_event(&watch, RCC_EVENT_BROADCAST_ISSUED)->u.broadcast.kind, RCC_BROADCAST_UPDATE);
	assert_int_equal(status(1), RCC_INCIDENT_TRANSFERRED);
	assert_false(holds(1));
	assert_int_equal(newest(1)->stage, RCC_HANDOVER_CONFIRMED);
	assert_int_equal(newest(1)->their_number, 70);
	assert_owes(RCC_HANDOVER_CONFIRM);
	/* Again, or late: nothing. */
	assert_int_equal(heard(id, RCC_HANDOVER_ACCEPT), 0);
	assert_int_equal(heard(id, RCC_HANDOVER_REFUSE), 0);
	order(1, RCC_HANDOVER_WITHDRAW);
	assert_refused(RCC_REFUSAL_WRONG_STATE, "handover.incident");
}

static void
test_what_is_not_ours_is_not_decided_here(void **state)
{
	(void)state;
	start();
	order(1, RCC_HANDOVER_OFFER);
	heard(newest(1)->handover, RCC_HANDOVER_ACCEPT);
	watch_relay(&watch, 1, RCC_RELAY_RELEASE, "now");
	assert_refused(RCC_REFUSAL_WRONG_STATE, "relay.incident");
	order_phase(&watch, 1, RCC_PHASE_ALERT, "less");
	assert_refused(RCC_REFUSAL_WRONG_STATE, "phase.incident");
	order_suspend(&watch, 1, RCC_MS_PER_HOUR, "dark");
	assert_refused(RCC_REFUSAL_WRONG_STATE, "suspend.incident");
	order(1, RCC_HANDOVER_OFFER);
	assert_refused(RCC_REFUSAL_WRONG_STATE, "handover.incident");
	/* Its duties are another's. */
	for (uint32_t i = 0; i < watch.core.duty_top; i++) {
		if (watch.core.duty[i].incident.v == 1)
			assert_false(rcc_duty_is_open(&watch.core.duty[i]));
	}
	/* A new signal of the same casualty opens a case of its own, and ships are told at once. */
	struct rcc_alert alert = watch_alert(RCC_SOURCE_AIS_BEACON, 211000001);
	watch_say(&watch, peer - 1, &alert);
	assert_int_equal(watch.core.incident_last, 2);
	assert_int_equal(watch_events(&watch, RCC_EVENT_BROADCAST_ISSUED), 1);
	/* When it is over there, it can be ended here. */
	watch_cancel(&watch, 1, "rescued by the other centre");
	order_close(&watch, 1, RCC_OUTCOME_NO_DISTRESS, "over");
	assert_int_equal(status(1), RCC_INCIDENT_CLOSED);
}

static void
test_refused_and_withdrawn(void **state)
{
	(void)state;
	start();
	order(1, RCC_HANDOVER_OFFER);
	heard(newest(1)->handover, RCC_HANDOVER_REFUSE);
	assert_int_equal(newest(1)->stage, RCC_HANDOVER_REFUSED);
	assert_true(holds(1) && !rcc_handover_is_shared(newest(1)));
	assert_owes(RCC_HANDOVER_OFFER); /* it has answered, and the receipt will follow */
	order(1, RCC_HANDOVER_OFFER);
	struct rcc_msg_id id = newest(1)->handover;
	order(1, RCC_HANDOVER_WITHDRAW);
	assert_int_equal(newest(1)->stage, RCC_HANDOVER_WITHDRAWN);
	assert_true(holds(1) && rcc_handover_is_shared(newest(1)));
	receipt(id, (enum rcc_refusal)0);
	assert_false(rcc_handover_is_shared(newest(1)));
}

static void
test_acceptance_that_crosses_a_withdrawal_stands(void **state)
{
	(void)state;
	start();
	order(1, RCC_HANDOVER_OFFER);
	struct rcc_msg_id id = newest(1)->handover;
	order(1, RCC_HANDOVER_WITHDRAW);
	receipt(id, RCC_REFUSAL_WRONG_STATE);
	assert_true(rcc_handover_is_shared(newest(1)));
	heard(id, RCC_HANDOVER_ACCEPT);
	assert_int_equal(newest(1)->stage, RCC_HANDOVER_CONFIRMED);
	assert_int_equal(status(1), RCC_INCIDENT_TRANSFERRED);
}

static void
test_late_acceptance_of_a_case_that_is_over(void **state)
{
	(void)state;
	start();
	order(1, RCC_HANDOVER_OFFER);
	struct rcc_msg_id id = newest(1)->handover;
	watch_close(&watch, 1, "false alert");
	assert_refused(RCC_REFUSAL_WRONG_STATE, "close.incident");
	order(1, RCC_HANDOVER_WITHDRAW);
	watch_cancel(&watch, 1, "over");
	order_close(&watch, 1, RCC_OUTCOME_NO_DISTRESS, "over");
	assert_int_equal(status(1), RCC_INCIDENT_CLOSED);
	heard(id, RCC_HANDOVER_ACCEPT);
	assert_int_equal(newest(1)->stage, RCC_HANDOVER_CONTESTED);
	assert_owes(RCC_HANDOVER_CONTEST);
}

static void
test_silence(void **state)
{
	(void)state;
	start();
	order(1, RCC_HANDOVER_OFFER);
	watch_wait(&watch, 899000, 50);
	assert_false(newest(1)->is_late);
	watch_wait(&watch, 2000, 50);
	assert_true(newest(1)->is_late);
	assert_int_equal(newest(1)->stage, RCC_HANDOVER_OFFERED);
	assert_true(holds(1));
	/* Once. */
	watch_wait(&watch, 10 * RCC_MS_PER_MIN, 50);
	assert_null(watch_event(&watch, RCC_EVENT_HANDOVER_CHANGED));
	/* And it can still be accepted. */
	heard(newest(1)->handover, RCC_HANDOVER_ACCEPT);
	assert_int_equal(status(1), RCC_INCIDENT_TRANSFERRED);
}

static void
test_who_may_be_offered_what(void **state)
{
	struct rcc_alert alert = watch_alert(RCC_SOURCE_OFFICER, 211000009);
	(void)state;

	start();
	order(9, RCC_HANDOVER_OFFER);
	assert_refused(RCC_REFUSAL_NOT_FOUND, "handover.incident");
	struct rcc_handover *body = &watch_command(&watch, RCC_COMMAND_HANDOVER, 0)->u.handover;
	*body = (struct rcc_handover){.incident = {1}, .step = RCC_HANDOVER_OFFER, .centre = "MRCC B"};
	watch_step(&watch);
	assert_refused(RCC_REFUSAL_REASON_MISSING, "handover.reason");
	body = &watch_command(&watch, RCC_COMMAND_HANDOVER, 0)->u.handover;
	*body =
	    (struct rcc_handover){.incident = {1}, .step = RCC_HANDOVER_OFFER, .centre = "NOBODY", .reason = "nearer"};
	watch_step(&watch);
	assert_refused(RCC_REFUSAL_NOT_FOUND, "handover.centre");
	static const enum rcc_handover_step not_said[] = {RCC_HANDOVER_CONFIRM, RCC_HANDOVER_CONTEST,
	                                                  RCC_HANDOVER_STORED, RCC_HANDOVER_SILENT};
	for (size_t i = 0; i < sizeof not_said / sizeof not_said[0]; i++) {
		order(1, not_said[i]);
		assert_refused(RCC_REFUSAL_RANGE, "handover.step");
	}
	order(1, RCC_HANDOVER_ACCEPT);
	assert_refused(RCC_REFUSAL_WRONG_STATE, "handover.incident");
	/* A ship security alert is never told to anybody; a test neither. */
	alert.marks = RCC_ALERT_RESTRICTED;
	order_open(&watch, 0, &alert);
	order(2, RCC_HANDOVER_OFFER);
	assert_refused(RCC_REFUSAL_RESTRICTED, "handover.incident");
	order(1, RCC_HANDOVER_OFFER);
	order(1, RCC_HANDOVER_OFFER);
	assert_refused(RCC_REFUSAL_WRONG_STATE, "handover.incident");
}

static void
test_what_may_leave_is_data(void **state)
{
	struct rcc_handover *body;
	(void)state;

	start();
	assert_int_not_equal(enrol_centre("MRCC DRILL", 902, "tcp://192.0.2.2:8407", RCC_SHARE_EXERCISE), 0);
	assert_int_not_equal(enrol_centre("MRCC DEAF", 903, "", RCC_SHARE_ALL), 0);
	assert_int_equal(enrol_centre("MRCC BAD", 904, "ipc:///tmp/x", RCC_SHARE_ALL), 0);
	assert_refused(RCC_REFUSAL_RANGE, "enrol.endpoint");
	assert_int_equal(enrol_centre("MRCC BAD", 904, "tcp://192.0.2.1:0", RCC_SHARE_ALL), 0);
	body = &watch_command(&watch, RCC_COMMAND_HANDOVER, 0)->u.handover;
	*body =
	    (struct rcc_handover){.incident = {1}, .step = RCC_HANDOVER_OFFER, .centre = "MRCC DRILL", .reason = "x"};
	watch_step(&watch);
	assert_refused(RCC_REFUSAL_NOT_LIVE, "handover.incident");
	body = &watch_command(&watch, RCC_COMMAND_HANDOVER, 0)->u.handover;
	*body =
	    (struct rcc_handover){.incident = {1}, .step = RCC_HANDOVER_OFFER, .centre = "MRCC DEAF", .reason = "x"};
	watch_step(&watch);
	assert_refused(RCC_REFUSAL_UNSUPPORTED, "handover.centre");
	/* And what comes in from there, too. */
	peer = watch.core.peer_count - 1;
	heard(theirs(1), RCC_HANDOVER_OFFER);
	assert_refused(RCC_REFUSAL_NOT_LIVE, "centre.snapshot");
}

static void
test_a_revoked_centre_is_told_nothing(void **state)
{
	(void)state;
	start();
	order(1, RCC_HANDOVER_OFFER);
	assert_owes(RCC_HANDOVER_OFFER);
	watch_revoke(&watch, "MRCC B", "key lost");
	assert_owes((enum rcc_handover_step)0);
	/* Enrolled anew at another address, with the same key: it goes on. */
	assert_int_not_equal(enrol_centre("MRCC B", 901, "tcp://192.0.2.9:8407", RCC_SHARE_ALL), 0);
	peer = watch.core.peer_count;
	assert_owes(RCC_HANDOVER_OFFER);
	heard(newest(1)->handover, RCC_HANDOVER_ACCEPT);
	assert_int_equal(status(1), RCC_INCIDENT_TRANSFERRED);
}

static void
test_taken_back(void **state)
{
	(void)state;
	start();
	order(1, RCC_HANDOVER_OFFER);
	heard(newest(1)->handover, RCC_HANDOVER_ACCEPT);
	order_resume(&watch, 1, "they have lost their power");
	assert_int_equal(status(1), RCC_INCIDENT_OPEN);
	assert_int_equal(newest(1)->stage, RCC_HANDOVER_CONTESTED);
	assert_true(holds(1));
	assert_owes(RCC_HANDOVER_CONTEST);
	/* One offer settles it. */
	order(1, RCC_HANDOVER_OFFER);
	heard(newest(1)->handover, RCC_HANDOVER_ACCEPT);
	assert_int_equal(status(1), RCC_INCIDENT_TRANSFERRED);
}

/* ---- they offer ---- */

static void
test_taken_over(void **state)
{
	(void)state;
	start();
	heard(theirs(1), RCC_HANDOVER_OFFER);
	assert_int_equal(watch.core.incident_last, 2);
	assert_int_equal(order_incident(&watch, 2)->source, RCC_SOURCE_RCC);
	assert_int_equal(order_incident(&watch, 2)->phase, RCC_PHASE_DISTRESS);
	/* People in distress do not wait for an agreement between offices. */
	assert_int_equal(watch_event(&watch, RCC_EVENT_BROADCAST_ISSUED)->u.broadcast.kind,
	                 RCC_BROADCAST_DISTRESS_RELAY);
	assert_false(holds(2));
	assert_owes((enum rcc_handover_step)0);
	assert_int_equal(heard(theirs(1), RCC_HANDOVER_OFFER), 0);
	heard(theirs(1), RCC_HANDOVER_CONFIRM);
	assert_int_equal(watch.entry.event_count, 0);
	order(2, RCC_HANDOVER_ACCEPT);
	assert_true(holds(2) && rcc_handover_is_shared(newest(2)));
	assert_string_equal(told(), "");
	assert_owes(RCC_HANDOVER_ACCEPT);
	order(2, RCC_HANDOVER_OFFER);
	assert_refused(RCC_REFUSAL_WRONG_STATE, "handover.incident");
	heard(theirs(1), RCC_HANDOVER_CONFIRM);
	assert_int_equal(newest(2)->stage, RCC_HANDOVER_CONFIRMED);
	assert_string_equal(told(), "MRCC TEST coordinates from now on.");
	assert_true(holds(2) && !rcc_handover_is_shared(newest(2)));
	heard(theirs(1), RCC_HANDOVER_CONTEST);
	assert_int_equal(newest(2)->stage, RCC_HANDOVER_CONTESTED);
}

static void
test_not_taken_over(void **state)
{
	(void)state;
	start();
	heard(theirs(1), RCC_HANDOVER_OFFER);
	order(2, RCC_HANDOVER_REFUSE);
	assert_int_equal(status(2), RCC_INCIDENT_TRANSFERRED);
	assert_string_equal(told(), "MRCC B coordinates.");
	assert_owes(RCC_HANDOVER_REFUSE);
	heard(theirs(2), RCC_HANDOVER_OFFER);
	assert_int_equal(newest(2)->handover.b[1], 2); /* the same case again */
	assert_int_equal(watch.core.incident_last, 2);
	heard(theirs(2), RCC_HANDOVER_WITHDRAW);
	assert_int_equal(newest(2)->stage, RCC_HANDOVER_WITHDRAWN);
	order(2, RCC_HANDOVER_ACCEPT);
	assert_refused(RCC_REFUSAL_WRONG_STATE, "handover.incident");
}

static void
test_a_case_that_we_had_ourselves_stays(void **state)
{
	(void)state;
	start();
	begin_heard(theirs(1), RCC_HANDOVER_OFFER)->snapshot[0].casualty.v = 211000001;
	watch_step(&watch);
	assert_int_equal(watch.core.incident_last, 1);
	assert_int_equal(newest(1)->stage, RCC_HANDOVER_OFFERED);
	assert_true(holds(1));
	order(1, RCC_HANDOVER_REFUSE);
	assert_int_equal(status(1), RCC_INCIDENT_OPEN);
}

static void
test_withdrawn_after_our_acceptance(void **state)
{
	(void)state;
	start();
	heard(theirs(1), RCC_HANDOVER_OFFER);
	order(2, RCC_HANDOVER_ACCEPT);
	heard(theirs(1), RCC_HANDOVER_WITHDRAW);
	assert_refused(RCC_REFUSAL_WRONG_STATE, "centre.step");
	assert_int_equal(newest(2)->stage, RCC_HANDOVER_ACCEPTED);
	/* They do not know of it any more: we act, and somebody telephones. */
	receipt(theirs(1), RCC_REFUSAL_NOT_FOUND);
	assert_int_equal(newest(2)->stage, RCC_HANDOVER_CONTESTED);
	assert_true(holds(2));
}

static void
test_withdrawn_before_it_came(void **state)
{
	(void)state;
	start();
	heard(theirs(1), RCC_HANDOVER_WITHDRAW);
	assert_int_equal(watch.entry.event_count, 1);
	assert_int_equal(heard(theirs(1), RCC_HANDOVER_OFFER), 0);
	assert_int_equal(watch.core.incident_last, 1);
}

static void
test_strangers_and_lies(void **state)
{
	static const struct rcc_msg_id none = {{0}};
	(void)state;

	start();
	heard(theirs(1), RCC_HANDOVER_ACCEPT);
	assert_refused(RCC_REFUSAL_NOT_FOUND, "centre.handover");
	order(1, RCC_HANDOVER_OFFER);
	struct rcc_msg_id id = newest(1)->handover;
	/* Only our own shell says that something is stored. */
	heard(id, RCC_HANDOVER_STORED);
	assert_refused(RCC_REFUSAL_RANGE, "centre.step");
	heard(id, RCC_HANDOVER_SILENT);
	assert_refused(RCC_REFUSAL_RANGE, "centre.step");
	/* Another centre accepts what was not offered to it. */
	uint32_t real = peer;
	peer = enrol_centre("MRCC C", 905, "tcp://192.0.2.3:8407", RCC_SHARE_ALL);
	heard(id, RCC_HANDOVER_ACCEPT);
	assert_refused(RCC_REFUSAL_NOT_FOUND, "centre.handover");
	/* A feed is no centre. */
	peer = real - 1;
	heard(id, RCC_HANDOVER_ACCEPT);
	assert_refused(RCC_REFUSAL_NOT_ALLOWED, "centre");
	assert_int_equal(status(1), RCC_INCIDENT_OPEN);
	/* An offer without a case. */
	peer = real;
	begin_heard(theirs(3), RCC_HANDOVER_OFFER)->snapshot_count = 0;
	watch_step(&watch);
	assert_refused(RCC_REFUSAL_RANGE, "centre.snapshot");
	/* What a centre has no business to say of a signal is not taken from it. */
	struct rcc_centre *said = begin_heard(theirs(4), RCC_HANDOVER_OFFER);
	said->snapshot[0].source = RCC_SOURCE_CREW;
	said->snapshot[0].marks = RCC_ALERT_NEEDS_READING | RCC_ALERT_RESTRICTED;
	said->snapshot[0].contact = 7;
	said->snapshot[0].raw_len = 3;
	watch_step(&watch);
	const struct rcc_alert *alert = &watch_event(&watch, RCC_EVENT_ALERT_RECORDED)->u.alert.body;
	assert_int_equal(alert->source, RCC_SOURCE_RCC);
	assert_int_equal(alert->marks & (RCC_ALERT_NEEDS_READING | RCC_ALERT_RESTRICTED), 0);
	assert_int_equal(alert->contact, 0);
	assert_int_equal(alert->raw_len, 0);
	assert_memory_not_equal(&newest(1)->handover, &none, sizeof none);
}

static void
test_settled_ones_make_room(void **state)
{
	(void)state;
	start();
	for (uint32_t i = 0; i < RCC_HANDOVERS_MAX; i++) {
		order(1, RCC_HANDOVER_OFFER);
		assert_int_equal(newest(1)->stage, RCC_HANDOVER_OFFERED);
		struct rcc_msg_id id = newest(1)->handover;
		receipt(id, (enum rcc_refusal)0);
		heard(id, RCC_HANDOVER_REFUSE);
	}
	uint32_t last = newest(1)->id;
	order(1, RCC_HANDOVER_OFFER);
	assert_int_equal(newest(1)->id, last + 1);
	/* Only what is settled: offers that nobody has answered stay, and one more is refused. */
	for (uint8_t i = 1; i < RCC_HANDOVERS_MAX; i++)
		assert_true(heard(theirs(i), RCC_HANDOVER_OFFER) > 0);
	heard(theirs(200), RCC_HANDOVER_OFFER);
	assert_refused(RCC_REFUSAL_FULL, "centre");
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
