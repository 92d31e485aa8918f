/* Where the persons of a case are: nobody vanishes, and no family is split in silence. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "crowd.h"
#include "rcc/units.h"

static void
test_first_report_is_a_recovery(void **state)
{
	(void)state;
	crowd_begin(85);
	crowd_balance(85, 85, 0);
	assert_int_equal(rcc_persons_first_aboard_ms(&crowd_watch.core, crowd_case), 0);
	crowd_take_families();
	crowd_balance(85, 61, 24);
	const struct rcc_event *moved = watch_event(&crowd_watch, RCC_EVENT_PERSONS_MOVED);
	assert_non_null(moved);
	assert_int_equal(moved->u.persons_moved.by.v, 1);
	assert_int_equal(moved->u.persons_moved.body.to_ship.v, SHIP_A);
	assert_int_equal(moved->u.persons_moved.body.happened_at_ms, crowd_watch.now_ms);
	assert_int_equal(rcc_persons_first_aboard_ms(&crowd_watch.core, crowd_case), crowd_watch.now_ms);
	/* The same again moves nobody. */
	crowd_survivors(1, 0, crowd_families);
	assert_int_equal(watch_step(&crowd_watch), 1);
	crowd_balance(85, 61, 24);
	assert_false(rcc_persons_is_disputed(&crowd_watch.core, crowd_case));
	assert_false(rcc_persons_closes(&crowd_watch.core, crowd_case));
}

static void
test_a_ship_speaks_for_herself(void **state)
{
	(void)state;
	crowd_begin(10);
	/* Ship B names ship A: it is B that has them. */
	crowd_survivors(2, SHIP_A, (struct rcc_persons){.adults = 3});
	watch_step(&crowd_watch);
	assert_int_equal(rcc_persons_ship_aboard(&crowd_watch.core, crowd_case, (struct rcc_mmsi){SHIP_A}), 0);
	assert_int_equal(rcc_persons_ship_aboard(&crowd_watch.core, crowd_case, (struct rcc_mmsi){SHIP_B}), 3);
	/* What an officer heard by radio is of the ship that is named; she need not be registered. */
	crowd_survivors(0, 0, (struct rcc_persons){.adults = 3});
	watch_step(&crowd_watch);
	assert_true(watch_is_refused(&crowd_watch, RCC_REFUSAL_RANGE, "survivors.ship"));
	crowd_survivors(0, STRANGER, (struct rcc_persons){.adults = 4});
	watch_step(&crowd_watch);
	crowd_balance(10, 3, 7);
}

static void
test_both_numbers_stay(void **state)
{
	(void)state;
	crowd_begin(85);
	crowd_take_families();
	crowd_survivors(1, 0, (struct rcc_persons){.men = 13, .women = 8, .children = 6, .families = 4});
	assert_int_equal(watch_step(&crowd_watch), 1);
	const struct rcc_aboard *row = rcc_persons_row(&crowd_watch.core, crowd_case, RCC_WHERE_ABOARD,
	                                               (struct rcc_mmsi){SHIP_A}, (struct rcc_place_id){0});
	assert_int_equal(rcc_persons_sum(&row->report.aboard), 27);
	assert_int_equal(rcc_persons_sum(&row->count), 24);
	assert_true(rcc_persons_is_disputed(&crowd_watch.core, crowd_case));
	/* Three more were at risk and are aboard: a move settles it. */
	crowd_move(RCC_WHERE_AT_RISK, 0, RCC_WHERE_ABOARD, SHIP_A)->count.men = 3;
	assert_int_equal(watch_step(&crowd_watch), 1);
	assert_false(rcc_persons_is_disputed(&crowd_watch.core, crowd_case));
	crowd_balance(85, 58, 27);
}

static void
test_regrouping(void **state)
{
	(void)state;
	crowd_begin(85);
	crowd_survivors(1, 0, (struct rcc_persons){.adults = 5});
	watch_step(&crowd_watch);
	crowd_survivors(1, 0, (struct rcc_persons){.men = 3, .women = 2, .pregnant = 1});
	watch_step(&crowd_watch);
	assert_int_equal(watch_event(&crowd_watch, RCC_EVENT_SURVIVORS_REPORTED)->u.survivors_reported.is_regrouped, 1);
	struct rcc_persons aboard =
	    rcc_persons_at(&crowd_watch.core, crowd_case, RCC_WHERE_ABOARD, (struct rcc_mmsi){SHIP_A});
	assert_int_equal(aboard.men, 3);
	assert_int_equal(aboard.pregnant, 1);
	assert_int_equal(aboard.adults, 0);
	/* Who knows less of the same people takes nothing back. */
	crowd_survivors(1, 0, (struct rcc_persons){.adults = 5});
	watch_step(&crowd_watch);
	aboard = rcc_persons_at(&crowd_watch.core, crowd_case, RCC_WHERE_ABOARD, (struct rcc_mmsi){SHIP_A});
	assert_int_equal(aboard.men, 3);
	assert_false(rcc_persons_is_disputed(&crowd_watch.core, crowd_case));
	crowd_balance(85, 80, 5);
}

/* A ship that gave all of hers to another, and whose old report comes late, has not saved them twice. */
static void
test_nobody_is_saved_twice(void **state)
{
	(void)state;
	crowd_begin(85);
	crowd_take_families();
	crowd_move(RCC_WHERE_ABOARD, SHIP_A, RCC_WHERE_ABOARD, SHIP_B)->count = crowd_families;
	assert_int_equal(watch_step(&crowd_watch), 1);
	crowd_balance(85, 61, 24);
	crowd_survivors(1, 0, crowd_families);
	assert_int_equal(watch_step(&crowd_watch), 1);
	crowd_balance(85, 61, 24);
	assert_true(rcc_persons_is_disputed(&crowd_watch.core, crowd_case));
	crowd_survivors(1, 0, (struct rcc_persons){0});
	watch_step(&crowd_watch);
	assert_false(rcc_persons_is_disputed(&crowd_watch.core, crowd_case));
}

/* Nobody has counted families; children are with somebody all the same (R43). */
static void
test_children_are_parted_from_nobody_unsaid(void **state)
{
	(void)state;
	crowd_begin(10);
	crowd_survivors(1, 0, (struct rcc_persons){.women = 2, .children = 3});
	watch_step(&crowd_watch);
	crowd_move(RCC_WHERE_ABOARD, SHIP_A, RCC_WHERE_ABOARD, SHIP_B)->count.children = 3;
	watch_step(&crowd_watch);
	assert_true(watch_is_refused(&crowd_watch, RCC_REFUSAL_RANGE, "persons.family"));
	crowd_move(RCC_WHERE_ABOARD, SHIP_A, RCC_WHERE_LANDED, 0)->count.women = 2;
	watch_step(&crowd_watch);
	assert_true(watch_is_refused(&crowd_watch, RCC_REFUSAL_RANGE, "persons.family"));
	struct rcc_move_persons *move = crowd_move(RCC_WHERE_ABOARD, SHIP_A, RCC_WHERE_ABOARD, SHIP_B);
	move->count.women = 1;
	move->count.children = 1;
	assert_int_equal(watch_step(&crowd_watch), 1);
	/* All that are left go together. */
	move = crowd_move(RCC_WHERE_ABOARD, SHIP_A, RCC_WHERE_LANDED, 0);
	move->count.women = 1;
	move->count.children = 2;
	assert_int_equal(watch_step(&crowd_watch), 1);
}

/* Some of them have said that they fear to be landed: it goes with them, and where they go ashore is not left out by accident. */
static void
test_a_fear_goes_with_them(void **state)
{
	(void)state;
	crowd_begin(10);
	crowd_survivors(1, 0, (struct rcc_persons){.men = 4})->protection_stated = 1;
	watch_step(&crowd_watch);
	crowd_move(RCC_WHERE_ABOARD, SHIP_A, RCC_WHERE_ABOARD, SHIP_B)->count.men = 4;
	assert_int_equal(watch_step(&crowd_watch), 1);
	static const struct rcc_place_id nowhere;
	assert_false(
	    rcc_persons_row(&crowd_watch.core, crowd_case, RCC_WHERE_ABOARD, (struct rcc_mmsi){SHIP_A}, nowhere)
	        ->is_protection_stated);
	assert_true(rcc_persons_row(&crowd_watch.core, crowd_case, RCC_WHERE_ABOARD, (struct rcc_mmsi){SHIP_B}, nowhere)
	                ->is_protection_stated);
	crowd_move(RCC_WHERE_ABOARD, SHIP_B, RCC_WHERE_LANDED, 0)->count.men = 4;
	watch_step(&crowd_watch);
	assert_true(watch_is_refused(&crowd_watch, RCC_REFUSAL_PLACE_UNSAFE, "persons.reason"));
	struct rcc_move_persons *move = crowd_move(RCC_WHERE_ABOARD, SHIP_B, RCC_WHERE_LANDED, 0);
	move->count.men = 4;
	watch_text(move->reason, sizeof move->reason, "by helicopter, to the hospital");
	assert_int_equal(watch_step(&crowd_watch), 1);
}

static void
test_families(void **state)
{
	(void)state;
	crowd_begin(85);
	crowd_take_families();
	crowd_move(RCC_WHERE_ABOARD, SHIP_A, RCC_WHERE_ABOARD, SHIP_B)->count =
	    (struct rcc_persons){.men = 2, .women = 2, .children = 2, .families = 2};
	watch_step(&crowd_watch);
	assert_true(watch_is_refused(&crowd_watch, RCC_REFUSAL_RANGE, "persons.family"));
	struct rcc_move_persons *move = crowd_move(RCC_WHERE_ABOARD, SHIP_A, RCC_WHERE_ABOARD, SHIP_B);
	move->count.men = 2;
	move->family = RCC_FAMILY_SPLIT;
	watch_step(&crowd_watch);
	assert_true(watch_is_refused(&crowd_watch, RCC_REFUSAL_REASON_MISSING, "persons.reason"));
	/* Two families do not stay together in one person. */
	move = crowd_move(RCC_WHERE_ABOARD, SHIP_A, RCC_WHERE_ABOARD, SHIP_B);
	move->count = (struct rcc_persons){.men = 2, .families = 2};
	move->family = RCC_FAMILY_TOGETHER;
	watch_step(&crowd_watch);
	assert_true(watch_is_refused(&crowd_watch, RCC_REFUSAL_RANGE, "persons.family"));
	move = crowd_move(RCC_WHERE_ABOARD, SHIP_A, RCC_WHERE_ABOARD, SHIP_B);
	move->count = (struct rcc_persons){.men = 2, .women = 2, .children = 2, .families = 2};
	move->family = RCC_FAMILY_TOGETHER;
	assert_int_equal(watch_step(&crowd_watch), 1);
	move = crowd_move(RCC_WHERE_ABOARD, SHIP_A, RCC_WHERE_LANDED, 0);
	move->count = (struct rcc_persons){.women = 1};
	move->family = RCC_FAMILY_SPLIT;
	watch_text(move->reason, sizeof move->reason, "medical evacuation by helicopter, one place");
	assert_int_equal(watch_step(&crowd_watch), 1);
	const struct rcc_aboard *row = rcc_persons_row(&crowd_watch.core, crowd_case, RCC_WHERE_ABOARD,
	                                               (struct rcc_mmsi){SHIP_A}, (struct rcc_place_id){0});
	assert_true(row->has_split);
	assert_int_equal(row->count.families, 2);
	crowd_balance(85, 61, 23);
	/* Who dies is not separated by a decision of ours. */
	crowd_move(RCC_WHERE_ABOARD, SHIP_B, RCC_WHERE_DEAD, 0)->count.men = 1;
	assert_int_equal(watch_step(&crowd_watch), 1);
}

static void
test_outcomes(void **state)
{
	(void)state;
	crowd_begin(10);
	crowd_move(RCC_WHERE_AT_RISK, 0, RCC_WHERE_MISSING, 0)->count.adults = 2;
	assert_int_equal(watch_step(&crowd_watch), 1);
	assert_int_equal(rcc_persons_missing(&crowd_watch.core, crowd_case), 2);
	crowd_move(RCC_WHERE_AT_RISK, 0, RCC_WHERE_UNKNOWN, 0)->count.adults = 3;
	watch_step(&crowd_watch);
	assert_true(watch_is_refused(&crowd_watch, RCC_REFUSAL_REASON_MISSING, "persons.reason"));
	struct rcc_move_persons *move = crowd_move(RCC_WHERE_AT_RISK, 0, RCC_WHERE_UNKNOWN, 0);
	move->count.adults = 3;
	watch_text(move->reason, sizeof move->reason, "the second boat was not seen again");
	watch_step(&crowd_watch);
	crowd_move(RCC_WHERE_MISSING, 0, RCC_WHERE_ABOARD, SHIP_A)->count.adults = 1;
	watch_step(&crowd_watch);
	crowd_move(RCC_WHERE_AT_RISK, 0, RCC_WHERE_NEVER, 0)->count.adults = 1;
	watch_step(&crowd_watch);
	assert_true(watch_is_refused(&crowd_watch, RCC_REFUSAL_REASON_MISSING, "persons.reason"));
	crowd_move(RCC_WHERE_AT_RISK, 0, RCC_WHERE_SAFE_ALONE, 0)->count.men = 5;
	watch_step(&crowd_watch);
	crowd_balance(10, 0, 1);
	assert_true(rcc_persons_closes(&crowd_watch.core, crowd_case));
	/* Those aboard a ship go ashore somewhere: that they are safe by themselves wants to be said why. */
	crowd_move(RCC_WHERE_ABOARD, SHIP_A, RCC_WHERE_SAFE_ALONE, 0)->count.adults = 1;
	watch_step(&crowd_watch);
	assert_true(watch_is_refused(&crowd_watch, RCC_REFUSAL_REASON_MISSING, "persons.reason"));
	/* Somebody is at risk again. */
	crowd_move(RCC_WHERE_ABOARD, SHIP_A, RCC_WHERE_AT_RISK, 0)->count.adults = 1;
	watch_step(&crowd_watch);
	crowd_balance(10, 1, 0);
	assert_false(rcc_persons_closes(&crowd_watch.core, crowd_case));
}

static void
test_dead_are_counted_apart(void **state)
{
	(void)state;
	crowd_begin(10);
	crowd_survivors(1, 0, (struct rcc_persons){.men = 4})->dead = 2;
	watch_step(&crowd_watch);
	crowd_balance(10, 6, 4);
	assert_int_equal(rcc_persons_dead_unmoved(&crowd_watch.core, crowd_case), 2);
	assert_true(rcc_persons_is_disputed(&crowd_watch.core, crowd_case));
	/* R36: a later report that does not speak of them takes nobody back; an officer does, who says why. */
	crowd_survivors(1, 0, (struct rcc_persons){.men = 4});
	watch_step(&crowd_watch);
	assert_int_equal(rcc_persons_dead_unmoved(&crowd_watch.core, crowd_case), 2);
	crowd_survivors(0, SHIP_A, (struct rcc_persons){.men = 4});
	watch_step(&crowd_watch);
	assert_int_equal(rcc_persons_dead_unmoved(&crowd_watch.core, crowd_case), 2);
	struct rcc_survivors *said = crowd_survivors(0, SHIP_A, (struct rcc_persons){.men = 4});
	said->dead = 1;
	watch_text(said->text, sizeof said->text, "the master counted one of them twice");
	watch_step(&crowd_watch);
	assert_int_equal(rcc_persons_dead_unmoved(&crowd_watch.core, crowd_case), 1);
	crowd_survivors(1, 0, (struct rcc_persons){.men = 4})->dead = 2;
	watch_step(&crowd_watch);
	crowd_move(RCC_WHERE_AT_RISK, 0, RCC_WHERE_DEAD, 0)->count = (struct rcc_persons){.men = 1, .children = 1};
	watch_step(&crowd_watch);
	assert_int_equal(rcc_persons_dead_unmoved(&crowd_watch.core, crowd_case), 0);
	assert_false(rcc_persons_is_disputed(&crowd_watch.core, crowd_case));
}

static void
test_flags(void **state)
{
	(void)state;
	crowd_begin(10);
	crowd_survivors(1, 0, (struct rcc_persons){.men = 4})->protection_stated = 1;
	watch_step(&crowd_watch);
	assert_true(rcc_persons_protection_stated(&crowd_watch.core, crowd_case));
	/* A later silence takes it not back. */
	crowd_survivors(1, 0, (struct rcc_persons){.men = 4})->safe_hours = 12;
	watch_step(&crowd_watch);
	assert_true(rcc_persons_protection_stated(&crowd_watch.core, crowd_case));
}

static void
assert_refused(const struct rcc_move_persons *move, enum rcc_refusal reason, const char *field)
{
	watch_command(&crowd_watch, RCC_COMMAND_PERSONS, 0)->u.persons = *move;
	watch_step(&crowd_watch);
	if (!watch_is_refused(&crowd_watch, reason, field))
		fail_msg("not refused at %s", field);
}

static void
test_refusals(void **state)
{
	(void)state;
	crowd_begin(85);
	crowd_take_families();
	const struct rcc_move_persons good = {.incident = crowd_case,
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
	move.happened_at_ms = crowd_watch.now_ms + 1;
	assert_refused(&move, RCC_REFUSAL_RANGE, "persons.happened_at_ms");
	move = good;
	move.from_ship.v = STRANGER;
	assert_refused(&move, RCC_REFUSAL_NOT_FOUND, "persons.from");
	/* All go, and with them all their families. */
	move = good;
	move.count = (struct rcc_persons){.men = 10, .women = 8, .children = 6};
	assert_refused(&move, RCC_REFUSAL_RANGE, "persons.count.families");
	move = (struct rcc_move_persons){.incident = crowd_case,
	                                 .from = RCC_WHERE_AT_RISK,
	                                 .to = RCC_WHERE_MISSING,
	                                 .count = {.men = RCC_PERSONS_MAX - 23}};
	assert_refused(&move, RCC_REFUSAL_RANGE, "persons.count");
	crowd_survivors(2, 0, (struct rcc_persons){.men = 1, .injured = 2});
	watch_step(&crowd_watch);
	assert_true(watch_is_refused(&crowd_watch, RCC_REFUSAL_RANGE, "survivors.aboard.injured"));
	crowd_balance(85, 61, 24);
}

/* A case that holds persons does not end as a part of another without them. */
static void
test_joining(void **state)
{
	(void)state;
	crowd_begin(85);
	struct rcc_alert alert = watch_alert(RCC_SOURCE_OFFICER, 500000002);
	watch_say(&crowd_watch, 0, &alert);
	crowd_take_families();
	order_join_all(&crowd_watch, 1, 2, "the same boat");
	assert_true(watch_is_refused(&crowd_watch, RCC_REFUSAL_PERSONS_OPEN, "join.from"));
	order_join(&crowd_watch, 1, 2, "the same boat");
	assert_true(watch_is_refused(&crowd_watch, RCC_REFUSAL_PERSONS_OPEN, "join.alert"));
	struct rcc_move_persons *move = crowd_move(RCC_WHERE_ABOARD, SHIP_A, RCC_WHERE_NEVER, 0);
	move->count = crowd_families;
	watch_text(move->reason, sizeof move->reason, "counted in the other case");
	assert_int_equal(watch_step(&crowd_watch), 1);
	order_join_all(&crowd_watch, 1, 2, "the same boat");
	assert_int_equal(order_incident(&crowd_watch, 1)->status, RCC_INCIDENT_CLOSED);
}

/* Whom somebody has aboard is nobody's false alert. */
static void
test_no_word_closes_it_over_people(void **state)
{
	static const enum rcc_outcome outcomes[] = {RCC_OUTCOME_RESCUED, RCC_OUTCOME_FALSE_ALERT,
	                                            RCC_OUTCOME_NO_DISTRESS, RCC_OUTCOME_NOT_FOUND};

	(void)state;
	crowd_begin(85);
	crowd_take_families();
	watch_cancel(&crowd_watch, 1, "all are found");
	for (size_t i = 0; i < sizeof outcomes / sizeof outcomes[0]; i++) {
		(void)order_close(&crowd_watch, 1, outcomes[i], "a word");
		assert_true(watch_is_refused(&crowd_watch, RCC_REFUSAL_PERSONS_OPEN, "close.incident"));
	}
}

/* A close that is refused has told nobody anything: the ships go on. */
static void
test_a_refused_close_tells_nobody(void **state)
{
	(void)state;
	crowd_begin(85);
	crowd_take_families();
	(void)order_close(&crowd_watch, 1, RCC_OUTCOME_FALSE_ALERT, "nobody there");
	assert_true(watch_is_refused(&crowd_watch, RCC_REFUSAL_PERSONS_OPEN, "close.incident"));
	assert_int_equal(watch_events(&crowd_watch, RCC_EVENT_BROADCAST_ISSUED), 0);
	assert_false(order_incident(&crowd_watch, 1)->is_cancelled);
}

static void
test_closed_and_evicted(void **state)
{
	(void)state;
	crowd_begin(85);
	crowd_take_families();
	crowd_close_anyhow(1);
	crowd_survivors(2, 0, crowd_families);
	watch_step(&crowd_watch);
	/* Nobody says "too late" to survivors: the case is open again, and they are counted. */
	assert_int_equal(watch_events(&crowd_watch, RCC_EVENT_INCIDENT_RESUMED), 1);
	assert_int_equal(watch_events(&crowd_watch, RCC_EVENT_SURVIVORS_REPORTED), 1);
	assert_int_equal(order_incident(&crowd_watch, 1)->status, RCC_INCIDENT_OPEN);
	assert_int_equal(crowd_watch.core.aboard_count, 2);
	/* An officer types it into no closed case by mistake. */
	crowd_close_anyhow(1);
	crowd_survivors(0, SHIP_A, crowd_families);
	watch_step(&crowd_watch);
	assert_true(watch_is_refused(&crowd_watch, RCC_REFUSAL_WRONG_STATE, "survivors.incident"));
	const struct rcc_event evicted = {.kind = RCC_EVENT_INCIDENT_EVICTED, .u.incident_ref.incident = {1}};
	rcc_core_apply(&crowd_watch.core, &evicted);
	assert_int_equal(crowd_watch.core.aboard_count, 0);
	assert_true(crowd_watch.core.aboard_free != 0);
	assert_int_equal(rcc_persons_total(&crowd_watch.core, crowd_case), 0);
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
	    cmocka_unit_test(test_children_are_parted_from_nobody_unsaid),
	    cmocka_unit_test(test_a_fear_goes_with_them),
	    cmocka_unit_test(test_outcomes),
	    cmocka_unit_test(test_dead_are_counted_apart),
	    cmocka_unit_test(test_flags),
	    cmocka_unit_test(test_refusals),
	    cmocka_unit_test(test_joining),
	    cmocka_unit_test(test_no_word_closes_it_over_people),
	    cmocka_unit_test(test_a_refused_close_tells_nobody),
	    cmocka_unit_test(test_closed_and_evicted),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
