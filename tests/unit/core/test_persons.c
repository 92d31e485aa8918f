/* Where the persons of a case are: nobody vanishes, and no family is split in silence. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/persons.h"
#include "order.h"
#include "rcc/units.h"

#define SHIP_A 200000001u
#define SHIP_B 200000002u
#define STRANGER 211000009u

static struct watch watch;
static const struct rcc_incident_id case1 = {1};

/* A case of `persons` at risk, told by an officer, and two registered ships. */
static void
begin(uint32_t persons)
{
	struct rcc_alert alert = watch_alert(RCC_SOURCE_OFFICER, 500000001);

	watch_start(&watch);
	watch_fleet(&watch, SHIP_A, 2);
	alert.persons = persons;
	watch_say(&watch, 0, &alert);
}

/* An officer's move between places that need no ship; the caller changes what it wants. */
static struct rcc_move_persons *
say_move(enum rcc_where from, uint32_t from_ship, enum rcc_where to, uint32_t to_ship)
{
	struct rcc_move_persons *move = &watch_command(&watch, RCC_COMMAND_PERSONS, 0)->u.persons;

	move->incident = case1;
	move->from = from;
	move->to = to;
	move->from_ship.v = from_ship;
	move->to_ship.v = to_ship;
	return move;
}

static struct rcc_survivors *
say_survivors(uint32_t peer, uint32_t ship, struct rcc_persons aboard)
{
	struct rcc_survivors *said = &watch_command(&watch, RCC_COMMAND_SURVIVORS, peer)->u.survivors;

	said->incident = case1;
	said->ship.v = ship;
	said->aboard = aboard;
	return said;
}

static const struct rcc_persons families_aboard = {.men = 10, .women = 8, .children = 6, .families = 4};

/* Twenty-four persons, four families among them, aboard ship A. */
static void
take_families(void)
{
	say_survivors(1, 0, families_aboard);
	assert_int_equal(watch_step(&watch), 2);
	assert_int_equal(rcc_persons_ship_aboard(&watch.core, case1, (struct rcc_mmsi){SHIP_A}), 24);
}

static void
assert_balance(uint32_t total, uint32_t at_risk, uint32_t aboard)
{
	assert_int_equal(rcc_persons_total(&watch.core, case1), total);
	assert_int_equal(rcc_persons_at_risk(&watch.core, case1), at_risk);
	assert_int_equal(rcc_persons_aboard_total(&watch.core, case1), aboard);
	assert_int_equal(rcc_persons_accounted(&watch.core, case1), total - at_risk);
}

static void
test_first_report_is_a_recovery(void **state)
{
	(void)state;
	begin(85);
	assert_balance(85, 85, 0);
	assert_int_equal(rcc_persons_first_aboard_ms(&watch.core, case1), 0);
	take_families();
	assert_balance(85, 61, 24);
	const struct rcc_event *moved = watch_event(&watch, RCC_EVENT_PERSONS_MOVED);
	assert_non_null(moved);
	assert_int_equal(moved->u.persons_moved.by.v, 1);
	assert_int_equal(moved->u.persons_moved.body.to_ship.v, SHIP_A);
	assert_int_equal(moved->u.persons_moved.body.happened_at_ms, watch.now_ms);
	assert_int_equal(rcc_persons_first_aboard_ms(&watch.core, case1), watch.now_ms);
	/* The same again moves nobody. */
	say_survivors(1, 0, families_aboard);
	assert_int_equal(watch_step(&watch), 1);
	assert_balance(85, 61, 24);
	assert_false(rcc_persons_is_disputed(&watch.core, case1));
	assert_false(rcc_persons_closes(&watch.core, case1));
}

static void
test_a_ship_speaks_for_herself(void **state)
{
	(void)state;
	begin(10);
	/* Ship B names ship A: it is B that has them. */
	say_survivors(2, SHIP_A, (struct rcc_persons){.adults = 3});
	watch_step(&watch);
	assert_int_equal(rcc_persons_ship_aboard(&watch.core, case1, (struct rcc_mmsi){SHIP_A}), 0);
	assert_int_equal(rcc_persons_ship_aboard(&watch.core, case1, (struct rcc_mmsi){SHIP_B}), 3);
	/* What an officer heard by radio is of the ship that is named; she need not be registered. */
	say_survivors(0, 0, (struct rcc_persons){.adults = 3});
	watch_step(&watch);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_RANGE, "survivors.ship"));
	say_survivors(0, STRANGER, (struct rcc_persons){.adults = 4});
	watch_step(&watch);
	assert_balance(10, 3, 7);
}

static void
test_both_numbers_stay(void **state)
{
	(void)state;
	begin(85);
	take_families();
	say_survivors(1, 0, (struct rcc_persons){.men = 13, .women = 8, .children = 6, .families = 4});
	assert_int_equal(watch_step(&watch), 1);
	const struct rcc_aboard *row =
	    rcc_persons_row(&watch.core, case1, RCC_WHERE_ABOARD, (struct rcc_mmsi){SHIP_A}, (struct rcc_place_id){0});
	assert_int_equal(rcc_persons_sum(&row->report.aboard), 27);
	assert_int_equal(rcc_persons_sum(&row->count), 24);
	assert_true(rcc_persons_is_disputed(&watch.core, case1));
	/* Three more were at risk and are aboard: a move settles it. */
	say_move(RCC_WHERE_AT_RISK, 0, RCC_WHERE_ABOARD, SHIP_A)->count.men = 3;
	assert_int_equal(watch_step(&watch), 1);
	assert_false(rcc_persons_is_disputed(&watch.core, case1));
	assert_balance(85, 58, 27);
}

static void
test_regrouping(void **state)
{
	(void)state;
	begin(85);
	say_survivors(1, 0, (struct rcc_persons){.adults = 5});
	watch_step(&watch);
	say_survivors(1, 0, (struct rcc_persons){.men = 3, .women = 2, .pregnant = 1});
	watch_step(&watch);
	assert_int_equal(watch_event(&watch, RCC_EVENT_SURVIVORS_REPORTED)->u.survivors_reported.is_regrouped, 1);
	struct rcc_persons aboard = rcc_persons_at(&watch.core, case1, RCC_WHERE_ABOARD, (struct rcc_mmsi){SHIP_A});
	assert_int_equal(aboard.men, 3);
	assert_int_equal(aboard.pregnant, 1);
	assert_int_equal(aboard.adults, 0);
	/* Who knows less of the same people takes nothing back. */
	say_survivors(1, 0, (struct rcc_persons){.adults = 5});
	watch_step(&watch);
	aboard = rcc_persons_at(&watch.core, case1, RCC_WHERE_ABOARD, (struct rcc_mmsi){SHIP_A});
	assert_int_equal(aboard.men, 3);
	assert_false(rcc_persons_is_disputed(&watch.core, case1));
	assert_balance(85, 80, 5);
}

/* A ship that gave all of hers to another, and whose old report comes late, has not saved them twice. */
static void
test_nobody_is_saved_twice(void **state)
{
	(void)state;
	begin(85);
	take_families();
	say_move(RCC_WHERE_ABOARD, SHIP_A, RCC_WHERE_ABOARD, SHIP_B)->count = families_aboard;
	assert_int_equal(watch_step(&watch), 1);
	assert_balance(85, 61, 24);
	say_survivors(1, 0, families_aboard);
	assert_int_equal(watch_step(&watch), 1);
	assert_balance(85, 61, 24);
	assert_true(rcc_persons_is_disputed(&watch.core, case1));
	say_survivors(1, 0, (struct rcc_persons){0});
	watch_step(&watch);
	assert_false(rcc_persons_is_disputed(&watch.core, case1));
}

static void
test_families(void **state)
{
	(void)state;
	begin(85);
	take_families();
	say_move(RCC_WHERE_ABOARD, SHIP_A, RCC_WHERE_ABOARD, SHIP_B)->count =
	    (struct rcc_persons){.men = 2, .women = 2, .children = 2, .families = 2};
	watch_step(&watch);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_RANGE, "persons.family"));
	struct rcc_move_persons *move = say_move(RCC_WHERE_ABOARD, SHIP_A, RCC_WHERE_ABOARD, SHIP_B);
	move->count.men = 2;
	move->family = RCC_FAMILY_SPLIT;
	watch_step(&watch);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_REASON_MISSING, "persons.reason"));
	/* Two families do not stay together in one person. */
	move = say_move(RCC_WHERE_ABOARD, SHIP_A, RCC_WHERE_ABOARD, SHIP_B);
	move->count = (struct rcc_persons){.men = 2, .families = 2};
	move->family = RCC_FAMILY_TOGETHER;
	watch_step(&watch);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_RANGE, "persons.family"));
	move = say_move(RCC_WHERE_ABOARD, SHIP_A, RCC_WHERE_ABOARD, SHIP_B);
	move->count = (struct rcc_persons){.men = 2, .women = 2, .children = 2, .families = 2};
	move->family = RCC_FAMILY_TOGETHER;
	assert_int_equal(watch_step(&watch), 1);
	move = say_move(RCC_WHERE_ABOARD, SHIP_A, RCC_WHERE_LANDED, 0);
	move->count = (struct rcc_persons){.women = 1};
	move->family = RCC_FAMILY_SPLIT;
	watch_text(move->reason, sizeof move->reason, "medical evacuation by helicopter, one place");
	assert_int_equal(watch_step(&watch), 1);
	const struct rcc_aboard *row =
	    rcc_persons_row(&watch.core, case1, RCC_WHERE_ABOARD, (struct rcc_mmsi){SHIP_A}, (struct rcc_place_id){0});
	assert_true(row->has_split);
	assert_int_equal(row->count.families, 2);
	assert_balance(85, 61, 23);
	/* Who dies is not separated by a decision of ours. */
	say_move(RCC_WHERE_ABOARD, SHIP_B, RCC_WHERE_DEAD, 0)->count.men = 1;
	assert_int_equal(watch_step(&watch), 1);
}

static void
test_outcomes(void **state)
{
	(void)state;
	begin(10);
	say_move(RCC_WHERE_AT_RISK, 0, RCC_WHERE_MISSING, 0)->count.adults = 2;
	assert_int_equal(watch_step(&watch), 1);
	assert_int_equal(rcc_persons_missing(&watch.core, case1), 2);
	say_move(RCC_WHERE_AT_RISK, 0, RCC_WHERE_UNKNOWN, 0)->count.adults = 3;
	watch_step(&watch);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_REASON_MISSING, "persons.reason"));
	struct rcc_move_persons *move = say_move(RCC_WHERE_AT_RISK, 0, RCC_WHERE_UNKNOWN, 0);
	move->count.adults = 3;
	watch_text(move->reason, sizeof move->reason, "the second boat was not seen again");
	watch_step(&watch);
	say_move(RCC_WHERE_MISSING, 0, RCC_WHERE_ABOARD, SHIP_A)->count.adults = 1;
	watch_step(&watch);
	say_move(RCC_WHERE_AT_RISK, 0, RCC_WHERE_NEVER, 0)->count.adults = 1;
	watch_step(&watch);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_REASON_MISSING, "persons.reason"));
	say_move(RCC_WHERE_AT_RISK, 0, RCC_WHERE_SAFE_ALONE, 0)->count.men = 5;
	watch_step(&watch);
	assert_balance(10, 0, 1);
	assert_true(rcc_persons_closes(&watch.core, case1));
	/* Somebody is at risk again. */
	say_move(RCC_WHERE_ABOARD, SHIP_A, RCC_WHERE_AT_RISK, 0)->count.adults = 1;
	watch_step(&watch);
	assert_balance(10, 1, 0);
	assert_false(rcc_persons_closes(&watch.core, case1));
}

static void
test_more_than_known(void **state)
{
	(void)state;
	/* The case's own number rises, in the record; a recount of alerts takes nobody back. */
	begin(20);
	say_survivors(1, 0, families_aboard);
	assert_int_equal(watch_step(&watch), 3);
	assert_int_equal(watch_event(&watch, RCC_EVENT_FACTS_REVISED)->u.facts.persons, 24);
	assert_int_equal(order_incident(&watch, 1)->persons, 24);
	assert_balance(24, 0, 24);
	order_classify(&watch, 1, RCC_POS_NONE, 0, 23, "the skipper says so");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_RANGE, "classify.persons"));
	order_classify(&watch, 1, RCC_POS_NONE, 0, 30, "the skipper says so");
	assert_balance(30, 6, 24);
}

/* Typed twice, a count would make people: that more were found than the case knew of is said as such. */
static void
test_a_count_typed_twice(void **state)
{
	(void)state;
	begin(10);
	say_move(RCC_WHERE_AT_RISK, 0, RCC_WHERE_ABOARD, SHIP_A)->count.men = 8;
	assert_int_equal(watch_step(&watch), 1);
	assert_int_equal(watch.entry.event[0].u.persons_moved.body.more_found, 0);
	say_move(RCC_WHERE_AT_RISK, 0, RCC_WHERE_ABOARD, SHIP_A)->count.men = 8;
	watch_step(&watch);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_RANGE, "persons.more_found"));
	assert_balance(10, 2, 8);
	struct rcc_move_persons *move = say_move(RCC_WHERE_AT_RISK, 0, RCC_WHERE_ABOARD, SHIP_A);
	move->count.men = 8;
	move->more_found = 1;
	assert_int_equal(watch_step(&watch), 2);
	assert_int_equal(watch.entry.event[0].u.persons_moved.body.more_found, 1);
	assert_balance(16, 0, 16);
	/* Said where no more are counted than were known of, it says nothing. */
	move = say_move(RCC_WHERE_ABOARD, SHIP_A, RCC_WHERE_LANDED, 0);
	move->count.men = 1;
	move->more_found = 1;
	watch_step(&watch);
	assert_int_equal(watch.entry.event[0].u.persons_moved.body.more_found, 0);
	/* Of a case that knows no number the first count is the number. */
	begin(0);
	say_move(RCC_WHERE_AT_RISK, 0, RCC_WHERE_ABOARD, SHIP_A)->count.men = 8;
	assert_int_equal(watch_step(&watch), 2);
	assert_balance(8, 0, 8);
}

static void
test_dead_are_counted_apart(void **state)
{
	(void)state;
	begin(10);
	say_survivors(1, 0, (struct rcc_persons){.men = 4})->dead = 2;
	watch_step(&watch);
	assert_balance(10, 6, 4);
	assert_int_equal(rcc_persons_dead_unmoved(&watch.core, case1), 2);
	assert_true(rcc_persons_is_disputed(&watch.core, case1));
	say_move(RCC_WHERE_AT_RISK, 0, RCC_WHERE_DEAD, 0)->count = (struct rcc_persons){.men = 1, .children = 1};
	watch_step(&watch);
	assert_int_equal(rcc_persons_dead_unmoved(&watch.core, case1), 0);
	assert_false(rcc_persons_is_disputed(&watch.core, case1));
}

static void
test_flags(void **state)
{
	(void)state;
	begin(10);
	say_survivors(1, 0, (struct rcc_persons){.men = 4})->protection_stated = 1;
	watch_step(&watch);
	assert_true(rcc_persons_protection_stated(&watch.core, case1));
	/* A later silence takes it not back. */
	say_survivors(1, 0, (struct rcc_persons){.men = 4})->safe_hours = 12;
	watch_step(&watch);
	assert_true(rcc_persons_protection_stated(&watch.core, case1));
}

static void
assert_refused(const struct rcc_move_persons *move, enum rcc_refusal reason, const char *field)
{
	watch_command(&watch, RCC_COMMAND_PERSONS, 0)->u.persons = *move;
	watch_step(&watch);
	if (!watch_is_refused(&watch, reason, field))
		fail_msg("not refused at %s", field);
}

static void
test_refusals(void **state)
{
	(void)state;
	begin(85);
	take_families();
	const struct rcc_move_persons good = {.incident = case1,
	                                      .from = RCC_WHERE_ABOARD,
	                                      .from_ship = {SHIP_A},
	                                      .to = RCC_WHERE_ABOARD,
	                                      .to_ship = {SHIP_B},
	                                      .count = {.men = 1},
	                                      .family = RCC_FAMILY_TOGETHER};
	struct rcc_move_persons move = good;
	move.incident.v = 9;
	assert_refused(&move, RCC_REFUSAL_NOT_FOUND, "persons.incident");
	move = good;
	move.to_ship.v = SHIP_A;
	assert_refused(&move, RCC_REFUSAL_RANGE, "persons.to");
	move = good;
	move.from_ship.v = 0;
	assert_refused(&move, RCC_REFUSAL_RANGE, "persons.from_ship");
	move = good;
	move.to = RCC_WHERE_MISSING;
	assert_refused(&move, RCC_REFUSAL_RANGE, "persons.to_ship");
	move = good;
	move.place.v = 1;
	assert_refused(&move, RCC_REFUSAL_RANGE, "persons.place");
	move = good;
	move.count.men = 0;
	assert_refused(&move, RCC_REFUSAL_RANGE, "persons.count");
	move = good;
	move.count.men = 11;
	assert_refused(&move, RCC_REFUSAL_RANGE, "persons.count.men");
	move = good;
	move.count.unaccompanied = 1;
	assert_refused(&move, RCC_REFUSAL_RANGE, "persons.count.unaccompanied");
	move = good;
	move.count.pregnant = 1;
	assert_refused(&move, RCC_REFUSAL_RANGE, "persons.count.pregnant");
	move = good;
	move.happened_at_ms = watch.now_ms + 1;
	assert_refused(&move, RCC_REFUSAL_RANGE, "persons.happened_at_ms");
	move = good;
	move.from_ship.v = STRANGER;
	assert_refused(&move, RCC_REFUSAL_NOT_FOUND, "persons.from");
	/* All go, and with them all their families. */
	move = good;
	move.count = (struct rcc_persons){.men = 10, .women = 8, .children = 6};
	assert_refused(&move, RCC_REFUSAL_RANGE, "persons.count.families");
	move = (struct rcc_move_persons){.incident = case1,
	                                 .from = RCC_WHERE_AT_RISK,
	                                 .to = RCC_WHERE_MISSING,
	                                 .count = {.men = RCC_PERSONS_MAX - 23}};
	assert_refused(&move, RCC_REFUSAL_RANGE, "persons.count");
	say_survivors(2, 0, (struct rcc_persons){.men = 1, .injured = 2});
	watch_step(&watch);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_RANGE, "survivors.aboard.injured"));
	assert_balance(85, 61, 24);
}

/* A case that holds persons does not end as a part of another without them. */
static void
test_joining(void **state)
{
	(void)state;
	begin(85);
	struct rcc_alert alert = watch_alert(RCC_SOURCE_OFFICER, 500000002);
	watch_say(&watch, 0, &alert);
	take_families();
	order_join_all(&watch, 1, 2, "the same boat");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_PERSONS_OPEN, "join.from"));
	order_join(&watch, 1, 2, "the same boat");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_PERSONS_OPEN, "join.alert"));
	struct rcc_move_persons *move = say_move(RCC_WHERE_ABOARD, SHIP_A, RCC_WHERE_NEVER, 0);
	move->count = families_aboard;
	watch_text(move->reason, sizeof move->reason, "counted in the other case");
	assert_int_equal(watch_step(&watch), 1);
	order_join_all(&watch, 1, 2, "the same boat");
	assert_int_equal(order_incident(&watch, 1)->status, RCC_INCIDENT_CLOSED);
}

/* As in a record of before: nobody closes it so today. */
static void
close_anyhow(uint32_t incident)
{
	const struct rcc_event closed = {.kind = RCC_EVENT_INCIDENT_CLOSED,
	                                 .u.closed = {.incident = {incident}, .outcome = RCC_OUTCOME_RESCUED}};

	watch_cancel(&watch, incident, "all are found");
	rcc_core_apply(&watch.core, &closed);
}

/* Whom somebody has aboard is nobody's false alert. */
static void
test_no_word_closes_it_over_people(void **state)
{
	static const enum rcc_outcome outcomes[] = {RCC_OUTCOME_RESCUED, RCC_OUTCOME_FALSE_ALERT,
	                                            RCC_OUTCOME_NO_DISTRESS, RCC_OUTCOME_NOT_FOUND};

	(void)state;
	begin(85);
	take_families();
	watch_cancel(&watch, 1, "all are found");
	for (size_t i = 0; i < sizeof outcomes / sizeof outcomes[0]; i++) {
		(void)order_close(&watch, 1, outcomes[i], "a word");
		assert_true(watch_is_refused(&watch, RCC_REFUSAL_PERSONS_OPEN, "close.incident"));
	}
}

static void
test_closed_and_evicted(void **state)
{
	(void)state;
	begin(85);
	take_families();
	close_anyhow(1);
	say_survivors(2, 0, families_aboard);
	watch_step(&watch);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_WRONG_STATE, "survivors.incident"));
	assert_int_equal(watch.core.aboard_count, 1);
	const struct rcc_event evicted = {.kind = RCC_EVENT_INCIDENT_EVICTED, .u.incident_ref.incident = {1}};
	rcc_core_apply(&watch.core, &evicted);
	assert_int_equal(watch.core.aboard_count, 0);
	assert_int_equal(watch.core.aboard_free, 1);
	assert_int_equal(rcc_persons_total(&watch.core, case1), 0);
}

/* A table to the brim: what is new is refused by name, nothing of it is lost; what is closed leaves first. */
static void
test_full(void **state)
{
	(void)state;
	begin(85);
	struct rcc_alert alert = watch_alert(RCC_SOURCE_OFFICER, 500000002);
	watch_say(&watch, 0, &alert);
	struct rcc_survivors *other = say_survivors(2, 0, (struct rcc_persons){.men = 7});
	other->incident.v = 2;
	watch_step(&watch);
	for (uint32_t i = 1; i < RCC_ABOARD_MAX; i++) {
		struct rcc_move_persons *move = say_move(RCC_WHERE_AT_RISK, 0, RCC_WHERE_ABOARD, 300000000 + i);
		move->count.adults = 1;
		move->more_found = 1;
		watch_step(&watch);
	}
	assert_int_equal(watch.core.aboard_count, RCC_ABOARD_MAX);
	struct rcc_move_persons *more = say_move(RCC_WHERE_AT_RISK, 0, RCC_WHERE_MISSING, 0);
	more->count.adults = 1;
	more->more_found = 1;
	watch_step(&watch);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_FULL, "persons.to"));
	say_survivors(1, 0, (struct rcc_persons){.men = 1});
	watch_step(&watch);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_FULL, "survivors"));
	/* Between places that are known nothing is full. */
	say_move(RCC_WHERE_ABOARD, 300000001, RCC_WHERE_ABOARD, 300000002)->count.adults = 1;
	assert_int_equal(watch_step(&watch), 1);
	close_anyhow(2);
	say_survivors(1, 0, (struct rcc_persons){.men = 1});
	assert_int_equal(watch_step(&watch), 4);
	assert_int_equal(watch_events(&watch, RCC_EVENT_INCIDENT_EVICTED), 1);
	assert_int_equal(watch.core.aboard_count, RCC_ABOARD_MAX);
	assert_balance(RCC_ABOARD_MAX, 0, RCC_ABOARD_MAX);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_first_report_is_a_recovery),
	    cmocka_unit_test(test_a_ship_speaks_for_herself),
	    cmocka_unit_test(test_both_numbers_stay),
	    cmocka_unit_test(test_regrouping),
	    cmocka_unit_test(test_nobody_is_saved_twice),
	    cmocka_unit_test(test_families),
	    cmocka_unit_test(test_outcomes),
	    cmocka_unit_test(test_more_than_known),
	    cmocka_unit_test(test_a_count_typed_twice),
	    cmocka_unit_test(test_dead_are_counted_apart),
	    cmocka_unit_test(test_flags),
	    cmocka_unit_test(test_refusals),
	    cmocka_unit_test(test_joining),
	    cmocka_unit_test(test_no_word_closes_it_over_people),
	    cmocka_unit_test(test_closed_and_evicted),
	    cmocka_unit_test(test_full),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
