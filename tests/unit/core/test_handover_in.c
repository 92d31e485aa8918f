/* Handovers, the side that is offered a case: taken over, refused, withdrawn; and what strangers say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/carried.h"
#include "core/persons.h"
#include "core/place.h"
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

/* ---- what goes with the case ---- */

static const struct rcc_mmsi astrid = {200000001};

/* The other offers a case of so many, and has counted 49: one dead, 48 all aboard ASTRID, who fear; PORT B is unsafe; water is asked for. */
static void
offer_with_all(uint8_t number, uint32_t persons)
{
	struct rcc_centre *said = side_begin_heard(side_theirs(number), RCC_HANDOVER_OFFER);
	struct rcc_carried *carried = &said->carried;

	said->snapshot[0].persons = persons;
	carried->persons_count = 2;
	carried->persons[0] = (struct rcc_carried_persons){.where = RCC_WHERE_ABOARD,
	                                                   .ship = astrid,
	                                                   .count = {.men = 40, .women = 8, .families = 3},
	                                                   .first_at_ms = side_watch.now_ms - 5 * RCC_MS_PER_HOUR,
	                                                   .protection_stated = 1,
	                                                   .safe_hours = 24};
	carried->persons[1] = (struct rcc_carried_persons){.where = RCC_WHERE_DEAD, .count = {.adults = 1}};
	carried->place_count = 1;
	carried->place[0] = (struct rcc_carried_place){.pos = RCC_POS_NONE, .is_unsafe = 1, .is_feared = 1};
	watch_text(carried->place[0].name, sizeof carried->place[0].name, "PORT B");
	watch_text(carried->place[0].text, sizeof carried->place[0].text, "people are taken back from there");
	carried->need_count = 1;
	carried->need[0] = (struct rcc_carried_need){RCC_NEED_WATER, astrid, 200};
	(void)watch_step(&side_watch);
	assert_int_equal(side_newest(side_watch.core.incident_last)->carried.persons_count, 2);
}

static bool
owes(uint32_t incident, enum rcc_duty_rule rule, struct rcc_mmsi ship)
{
	const struct rcc_duty *row = rcc_duty_of(&side_watch.core, (struct rcc_incident_id){incident}, rule, ship, 0);

	return row != NULL && rcc_duty_is_open(row);
}

static void
test_people_come_with_the_case(void **state)
{
	static const struct rcc_mmsi centre;

	(void)state;
	side_start();
	offer_with_all(9, 50);
	uint32_t ours = side_watch.core.incident_last;
	struct rcc_incident_id id = {ours};
	assert_int_equal(rcc_persons_accounted(&side_watch.core, id), 0);
	side_order(ours, RCC_HANDOVER_ACCEPT);
	assert_int_equal(side_newest(ours)->stage, RCC_HANDOVER_ACCEPTED);
	assert_int_equal(rcc_persons_ship_aboard(&side_watch.core, id, astrid), 48);
	assert_int_equal(rcc_persons_count_at(&side_watch.core, id, RCC_WHERE_DEAD), 1);
	assert_int_equal(rcc_persons_at_risk(&side_watch.core, id), 1);
	assert_int_equal(order_incident(&side_watch, ours)->persons, 50);
	assert_false(rcc_persons_is_disputed(&side_watch.core, id));
	assert_true(owes(ours, RCC_DUTY_RULE_DISEMBARK, centre) && owes(ours, RCC_DUTY_RULE_REVIEW_FEAR, centre) &&
	            owes(ours, RCC_DUTY_RULE_REFER, centre) && owes(ours, RCC_DUTY_RULE_CARE, astrid));
	assert_int_equal(rcc_persons_first_aboard_ms(&side_watch.core, id), side_watch.now_ms - 5 * RCC_MS_PER_HOUR);
	const struct rcc_place_state *port =
	    rcc_place_named(&side_watch.core, order_incident(&side_watch, ours), "PORT B");
	assert_non_null(port);
	assert_true(port->is_unsafe && port->is_feared);
	assert_string_equal(port->unsafe_reason, "people are taken back from there");
	assert_int_equal(rcc_needs_open(&side_watch.core, id), 1);
	/* Somebody looks at it in time, whether or not the duty to answer has a clock. */
	const struct rcc_need_line *water =
	    rcc_need_find(&side_watch.core, (struct rcc_need_id){side_watch.core.need_last});
	assert_true(water != NULL && water->due_at_ms > side_watch.now_ms);
	/* The fear is of every place, here as there. */
	assert_true(rcc_place_is_fear_stated(&side_watch.core, order_incident(&side_watch, ours)));
}

/* The other centre offers a case of six, who are aboard one ship: for what it says of them, before watch_step(). */
static struct rcc_carried_persons *
six_aboard(void)
{
	struct rcc_centre *said = side_begin_heard(side_theirs(11), RCC_HANDOVER_OFFER);

	said->snapshot[0].persons = 6;
	said->carried.persons_count = 1;
	return &said->carried.persons[0];
}

/* She says another number than the other centre counted, and that one is dead: it is as open here as it was there. */
static void
test_a_dispute_comes_with_the_case(void **state)
{
	(void)state;
	side_start();
	*six_aboard() = (struct rcc_carried_persons){.where = RCC_WHERE_ABOARD,
	                                             .ship = astrid,
	                                             .count = {.men = 6},
	                                             .is_disputed = 1,
	                                             .reported = {.men = 9},
	                                             .dead = 1};
	(void)watch_step(&side_watch);
	uint32_t ours = side_watch.core.incident_last;
	struct rcc_incident_id id = {ours};
	side_order(ours, RCC_HANDOVER_ACCEPT);
	assert_int_equal(rcc_persons_ship_aboard(&side_watch.core, id, astrid), 6);
	assert_true(rcc_persons_is_disputed(&side_watch.core, id));
	assert_false(rcc_persons_closes(&side_watch.core, id));
	static const struct rcc_place_id nowhere;
	const struct rcc_aboard *row = rcc_persons_row(&side_watch.core, id, RCC_WHERE_ABOARD, astrid, nowhere);
	assert_true(row != NULL && rcc_persons_sum(&row->report.aboard) == 9 && row->report.dead == 1);
	/* And it goes on with it, to a third. */
	static struct rcc_carried on;
	rcc_carried_of(&side_watch.core, order_incident(&side_watch, ours), &on);
	assert_int_equal(on.persons_count, 1);
	assert_true(on.persons[0].is_disputed != 0 && rcc_persons_sum(&on.persons[0].reported) == 9 &&
	            on.persons[0].dead == 1);
}

/* Whose number it is goes with it, and how long she can keep them safely runs from when she said so, not from the hand-over. */
static void
test_who_said_it_and_when_goes_along(void **state)
{
	(void)state;
	static const struct rcc_place_id nowhere;
	for (uint32_t counted = 0; counted < 2; counted++) {
		side_start();
		int64_t said_ms = side_watch.now_ms - 3 * 3600000;
		*six_aboard() = (struct rcc_carried_persons){.where = RCC_WHERE_ABOARD,
		                                             .ship = astrid,
		                                             .count = {.men = 6},
		                                             .safe_hours = 12,
		                                             .said_at_ms = said_ms,
		                                             .is_counted = counted};
		(void)watch_step(&side_watch);
		uint32_t ours = side_watch.core.incident_last;
		side_order(ours, RCC_HANDOVER_ACCEPT);
		const struct rcc_aboard *row = rcc_persons_row(&side_watch.core, (struct rcc_incident_id){ours},
		                                               RCC_WHERE_ABOARD, astrid, nowhere);
		assert_non_null(row);
		assert_int_equal(row->reported_at_ms, said_ms);
		assert_int_equal(row->is_report_counted, counted);
		assert_int_equal(rcc_peer_find(&side_watch.core, row->reported_by)->role, RCC_ROLE_PEER);
		static struct rcc_carried on;
		rcc_carried_of(&side_watch.core, order_incident(&side_watch, ours), &on);
		assert_int_equal(on.persons[0].said_at_ms, said_ms);
		assert_int_equal(on.persons[0].is_counted, counted);
	}
}

/* More were counted there than the case was of: what ships are told of it next has the number of those that there are. */
static void
test_more_come_than_were_known(void **state)
{
	(void)state;
	side_start();
	offer_with_all(10, 9);
	uint32_t ours = side_watch.core.incident_last;
	const struct rcc_incident *incident = order_incident(&side_watch, ours);
	assert_int_equal(incident->persons, 9);
	side_order(ours, RCC_HANDOVER_ACCEPT);
	assert_int_equal(incident->persons, 49);
}

/* It comes back, and the other has counted on: a difference shows, and nobody is counted twice. */
static void
test_back_with_other_numbers(void **state)
{
	(void)state;
	side_start();
	struct rcc_survivors *aboard = &watch_command(&side_watch, RCC_COMMAND_SURVIVORS, 1)->u.survivors;
	*aboard = (struct rcc_survivors){.incident = {1}, .aboard = {.men = 40}};
	(void)watch_step(&side_watch);
	side_order(1, RCC_HANDOVER_OFFER);
	assert_int_equal(side_newest(1)->carried.persons_count, 1);
	assert_int_equal(side_newest(1)->carried.persons[0].count.men, 40);
	side_heard(side_newest(1)->handover, RCC_HANDOVER_ACCEPT);
	assert_int_equal(side_status(1), RCC_INCIDENT_TRANSFERRED);
	offer_with_all(10, 50);
	assert_int_equal(side_watch.core.incident_last, 1);
	side_order(1, RCC_HANDOVER_ACCEPT);
	assert_int_equal(side_status(1), RCC_INCIDENT_OPEN);
	assert_int_equal(rcc_persons_ship_aboard(&side_watch.core, (struct rcc_incident_id){1}, astrid), 40);
	assert_true(rcc_persons_is_disputed(&side_watch.core, (struct rcc_incident_id){1}));
}

static void
test_impossible_people(void **state)
{
	(void)state;
	side_start();
	struct rcc_centre *said = side_begin_heard(side_theirs(9), RCC_HANDOVER_OFFER);
	said->carried.persons_count = 1;
	said->carried.persons[0] = (struct rcc_carried_persons){.where = RCC_WHERE_ABOARD, .count = {.men = 3}};
	(void)watch_step(&side_watch);
	side_assert_refused(RCC_REFUSAL_RANGE, "centre.carried.persons");
	said = side_begin_heard(side_theirs(9), RCC_HANDOVER_OFFER);
	said->carried.place_count = 1;
	said->carried.place[0] = (struct rcc_carried_place){.pos = RCC_POS_NONE, .is_refused = 1};
	watch_text(said->carried.place[0].name, sizeof said->carried.place[0].name, "PORT B");
	(void)watch_step(&side_watch);
	side_assert_refused(RCC_REFUSAL_RANGE, "centre.carried.place");
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
	    cmocka_unit_test(test_people_come_with_the_case),
	    cmocka_unit_test(test_a_dispute_comes_with_the_case),
	    cmocka_unit_test(test_who_said_it_and_when_goes_along),
	    cmocka_unit_test(test_more_come_than_were_known),
	    cmocka_unit_test(test_back_with_other_numbers),
	    cmocka_unit_test(test_impossible_people),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
