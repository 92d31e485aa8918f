/* The order of ships that could help: each term by itself, what is not known, who is left out, and ties. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/rank.h"
#include "order.h"
#include "rcc/units.h"
#include "watch.h"

static struct watch watch;
static struct rcc_profile_values values;

#define NOW_MS WATCH_START_MS
#define PLACE ((struct rcc_pos){350000000, 126000000})

/* A case of 60 persons in a calm sea at 35 N. */
static struct rcc_rank_case
case_of(void)
{
	return (struct rcc_rank_case){.place_count = 1,
	                              .place = {PLACE},
	                              .persons = 60,
	                              .sea_state = 3,
	                              .assumed_speed_dkn = 120,
	                              .now_ms = NOW_MS};
}

/* 20 miles north of it, 14 kn, seen a minute ago, nothing declared. */
static struct rcc_rank_ship
ship_of(uint32_t mmsi)
{
	return (struct rcc_rank_ship){.mmsi = {mmsi},
	                              .pos = {353333333, 126000000},
	                              .seen_at_ms = NOW_MS - RCC_MS_PER_MIN,
	                              .sog_dkn = 140,
	                              .nav_status = 0};
}

static struct rcc_rank_ship
declared(void)
{
	struct rcc_rank_ship ship = ship_of(211333000);

	rcc_profile_clear(&values);
	ship.profile = &values;
	return ship;
}

static struct rcc_rank
rank_of(const struct rcc_rank_ship *ship)
{
	struct rcc_rank_case of = case_of();
	return rcc_rank_ship(&of, ship);
}

static void
test_eta(void **state)
{
	(void)state;
	struct rcc_rank_ship ship = declared();
	struct rcc_rank rank = rank_of(&ship);

	assert_int_equal(rank.basis, RCC_SPEED_OBSERVED);
	assert_int_equal(rank.speed_dkn, 140);
	assert_in_range(rank.eta_min, 85, 87);
	assert_int_equal(rank.eta_class, 2);
	assert_int_equal(rank.age_ms, RCC_MS_PER_MIN);
	values.v[RCC_PROFILE_MAX_SPEED] = 200;
	rank = rank_of(&ship);
	assert_int_equal(rank.basis, RCC_SPEED_DECLARED);
	assert_in_range(rank.eta_min, 59, 61);
	/* Stopped, and nothing declared: the rules' speed. */
	rcc_profile_clear(&values);
	ship.sog_dkn = 2;
	rank = rank_of(&ship);
	assert_int_equal(rank.basis, RCC_SPEED_ASSUMED);
	assert_int_equal(rank.speed_dkn, 120);
	/* Several places: the nearest. */
	struct rcc_rank_case of = case_of();
	of.place_count = 2;
	of.place[1] = ship.pos;
	rank = rcc_rank_ship(&of, &ship);
	assert_int_equal(rank.range_m, 0);
	assert_int_equal(rank.eta_class, 0);
}

static enum rcc_fit
recovery(const struct rcc_rank_ship *ship, uint32_t sea_state)
{
	struct rcc_rank_case of = case_of();

	of.sea_state = sea_state;
	return rcc_rank_ship(&of, ship).recovery;
}

static void
test_recovery(void **state)
{
	(void)state;
	struct rcc_rank_ship ship = declared();

	assert_int_equal(recovery(&ship, 3), RCC_FIT_UNKNOWN);
	values.v[RCC_PROFILE_FREEBOARD] = 20;
	assert_int_equal(recovery(&ship, 3), RCC_FIT_GOOD);
	assert_int_equal(recovery(&ship, RCC_PROFILE_UNKNOWN), RCC_FIT_GOOD);
	/* Too rough for hands; the rest is not known. */
	assert_int_equal(recovery(&ship, 6), RCC_FIT_UNKNOWN);
	values.v[RCC_PROFILE_FREEBOARD] = 65;
	assert_int_equal(recovery(&ship, 3), RCC_FIT_UNKNOWN);
	values.v[RCC_PROFILE_RESCUE_BOATS] = 1;
	values.v[RCC_PROFILE_BOAT_SEA] = 4;
	assert_int_equal(recovery(&ship, 4), RCC_FIT_GOOD);
	assert_int_equal(recovery(&ship, 5), RCC_FIT_UNKNOWN);
	values.v[RCC_PROFILE_CRANE] = 0;
	values.v[RCC_PROFILE_CRADLES] = 0;
	assert_int_equal(recovery(&ship, 5), RCC_FIT_POOR);
	/* The sea is not known: the boat may do. */
	assert_int_equal(recovery(&ship, RCC_PROFILE_UNKNOWN), RCC_FIT_UNKNOWN);
	values.v[RCC_PROFILE_CRADLES] = 1;
	assert_int_equal(recovery(&ship, 9), RCC_FIT_GOOD);
}

static void
test_capacity_medical_endurance(void **state)
{
	(void)state;
	struct rcc_rank_ship ship = declared();
	struct rcc_rank rank = rank_of(&ship);

	assert_int_equal(rank.capacity, RCC_FIT_UNKNOWN);
	assert_int_equal(rank.medical, RCC_FIT_UNKNOWN);
	assert_int_equal(rank.endurance, RCC_FIT_UNKNOWN);
	values.v[RCC_PROFILE_PLACES_OPEN] = 60;
	values.v[RCC_PROFILE_DOCTORS] = 0;
	values.v[RCC_PROFILE_FUEL_HOURS] = 9;
	rank = rank_of(&ship);
	assert_int_equal(rank.capacity, RCC_FIT_GOOD);
	assert_int_equal(rank.medical, RCC_FIT_UNKNOWN);
	/* 1h26 there and back, six hours on scene. */
	assert_int_equal(rank.need_h, 3 + RCC_RANK_SCENE_H);
	assert_int_equal(rank.endurance, RCC_FIT_GOOD);
	values.v[RCC_PROFILE_SURVIVORS_ABOARD] = 1;
	values.v[RCC_PROFILE_PARAMEDICS] = 0;
	values.v[RCC_PROFILE_FUEL_HOURS] = 8;
	rank = rank_of(&ship);
	assert_int_equal(rank.capacity, RCC_FIT_POOR);
	assert_int_equal(rank.places, 59);
	assert_int_equal(rank.medical, RCC_FIT_POOR);
	assert_int_equal(rank.endurance, RCC_FIT_POOR);
	/* How many there are is not known: no ship is too small, but one that is full. */
	struct rcc_rank_case of = case_of();
	of.persons = 0;
	assert_int_equal(rcc_rank_ship(&of, &ship).capacity, RCC_FIT_UNKNOWN);
	values.v[RCC_PROFILE_SURVIVORS_ABOARD] = 60;
	assert_int_equal(rcc_rank_ship(&of, &ship).capacity, RCC_FIT_POOR);
}

static void
assert_out(const struct rcc_rank_ship *ship, enum rcc_rank_out out)
{
	struct rcc_rank rank = rank_of(ship);

	assert_int_equal(rank.out, out);
	assert_string_not_equal(rcc_rank_out_word(out), "unknown");
}

static void
test_left_out(void **state)
{
	(void)state;
	struct rcc_rank_ship ship = declared();

	assert_out(&ship, RCC_RANK_IN);
	values.v[RCC_PROFILE_AVAILABLE] = 0;
	assert_out(&ship, RCC_RANK_NOT_AVAILABLE);
	values.v[RCC_PROFILE_AVAILABLE] = 1;
	assert_out(&ship, RCC_RANK_IN);
	ship.nav_status = 2;
	assert_out(&ship, RCC_RANK_NOT_COMMAND);
	ship.nav_status = 6;
	assert_out(&ship, RCC_RANK_NOT_COMMAND);
	ship = declared();
	ship.pos = RCC_POS_NONE;
	assert_out(&ship, RCC_RANK_NO_POSITION);
	ship = declared();
	ship.seen_at_ms = NOW_MS - RCC_RANK_AGE_MAX_MS - 1;
	assert_out(&ship, RCC_RANK_OLD_POSITION);
	ship.seen_at_ms = 0;
	assert_out(&ship, RCC_RANK_NO_POSITION);
	ship = declared();
	ship.has_answered = true;
	ship.answer = RCC_ANSWER_PROCEEDING;
	assert_out(&ship, RCC_RANK_IN);
	ship.answer = RCC_ANSWER_UNABLE;
	ship.reason = RCC_REASON_CARGO_HAZARD;
	assert_out(&ship, RCC_RANK_UNABLE);
	assert_int_equal(rank_of(&ship).reason, RCC_REASON_CARGO_HAZARD);
	ship.reason = RCC_REASON_RELEASED;
	assert_out(&ship, RCC_RANK_RELEASED);
	ship = declared();
	ship.is_released = true;
	assert_out(&ship, RCC_RANK_RELEASED);
	ship.is_in_distress = true;
	assert_out(&ship, RCC_RANK_IN_DISTRESS);
	ship.is_casualty = true;
	assert_out(&ship, RCC_RANK_CASUALTY);
	ship = declared();
	struct rcc_rank_case of = case_of();
	of.place_count = 0;
	assert_int_equal(rcc_rank_ship(&of, &ship).out, RCC_RANK_NO_RANGE);
}

static void
assert_before(const struct rcc_rank *a, const struct rcc_rank *b)
{
	assert_true(rcc_rank_compare(a, b) < 0);
	assert_true(rcc_rank_compare(b, a) > 0);
}

/* ETA first, then recovery fit, capacity, medical, endurance, distance. */
static void
test_order(void **state)
{
	(void)state;
	struct rcc_rank_ship ship = ship_of(211333000);
	const struct rcc_rank base = rank_of(&ship);
	struct rcc_rank other = base;

	other.mmsi.v++;
	other.eta_class = base.eta_class + 1;
	other.recovery = RCC_FIT_GOOD;
	assert_before(&base, &other);
	other.eta_class = base.eta_class;
	other.capacity = RCC_FIT_POOR;
	assert_before(&other, &base);
	other.recovery = base.recovery;
	assert_before(&base, &other);
	other.capacity = base.capacity;
	other.medical = RCC_FIT_GOOD;
	other.endurance = RCC_FIT_POOR;
	assert_before(&other, &base);
	other.medical = base.medical;
	assert_before(&base, &other);
	other.endurance = base.endurance;
	other.range_m = base.range_m - 1;
	assert_before(&other, &base);
	other.range_m = base.range_m;
	assert_before(&base, &other);
	/* Minutes within one class do not outweigh the rest. */
	other.eta_min = base.eta_min + 5;
	other.medical = RCC_FIT_GOOD;
	assert_before(&other, &base);
	other.out = RCC_RANK_UNABLE;
	assert_before(&base, &other);
	/* Of two that are too small the larger. */
	struct rcc_rank small = base;
	struct rcc_rank large = base;
	small.capacity = RCC_FIT_POOR;
	small.places = 10;
	large.capacity = RCC_FIT_POOR;
	large.places = 40;
	large.mmsi.v = 999000000;
	assert_before(&large, &small);
}

/* The first digits of an MMSI are the flag's: no tie goes by them. */
static void
test_ties_do_not_go_by_flag(void **state)
{
	(void)state;
	struct rcc_rank_ship ship = ship_of(211333000);
	struct rcc_rank a = rank_of(&ship);
	struct rcc_rank b = a;
	static const uint32_t flags[] = {201000000, 247000000, 351000000, 636000000, 775000000};

	for (size_t i = 0; i < 5; i++) {
		for (size_t j = 0; j < 5; j++) {
			a.mmsi.v = flags[i] + 123456;
			b.mmsi.v = flags[j] + 123457;
			assert_before(&a, &b);
		}
	}
	a.mmsi.v = 984711234; /* a craft of a ship, MID 471 */
	b.mmsi.v = 982011235;
	assert_before(&a, &b);
}

static void
test_sea_state(void **state)
{
	(void)state;
	assert_int_equal(rcc_rank_sea_state("wind NW 6, sea 5, rain"), 5);
	assert_int_equal(rcc_rank_sea_state("sea state 4"), 4);
	assert_int_equal(rcc_rank_sea_state("sea=3"), 3);
	assert_int_equal(rcc_rank_sea_state("sea 4."), 4);
	assert_int_equal(rcc_rank_sea_state("sea 45"), RCC_PROFILE_UNKNOWN);
	assert_int_equal(rcc_rank_sea_state("sea rough"), RCC_PROFILE_UNKNOWN);
	assert_int_equal(rcc_rank_sea_state("swell 2 m, undersea 5"), RCC_PROFILE_UNKNOWN);
	assert_int_equal(rcc_rank_sea_state("sea"), RCC_PROFILE_UNKNOWN);
	assert_int_equal(rcc_rank_sea_state(""), RCC_PROFILE_UNKNOWN);
}

/* What the state knows of a ship. */
static void
test_from_the_state(void **state)
{
	(void)state;
	watch_start(&watch);
	uint32_t first = watch_fleet(&watch, 211000001, 3);
	struct rcc_alert alert = watch_alert(RCC_SOURCE_AIS_BEACON, 211000001);
	assert_true(watch_say(&watch, 0, &alert) > 0);
	alert.casualty.v = 211000002;
	assert_true(watch_say(&watch, 0, &alert) > 0);
	const struct rcc_incident *incident = order_incident(&watch, 1);
	assert_true(watch_answer(&watch, first + 2, 1, 0, RCC_ANSWER_PROCEEDING) > 0);
	struct rcc_note *note = &watch_command(&watch, RCC_COMMAND_NOTE, 0)->u.note;
	note->incident.v = 1;
	note->kind = RCC_NOTE_SCENE;
	watch_text(note->text, sizeof note->text, "wind 7, sea state 6");
	assert_int_equal(watch_step(&watch), 1);

	struct rcc_rank_case of = rcc_rank_case_of(&watch.core, incident, watch.now_ms);
	assert_int_equal(of.sea_state, 6);
	assert_int_equal(of.place_count, 1);
	struct rcc_rank_ship ship = ship_of(211000001);
	rcc_rank_know(&watch.core, incident, &ship);
	assert_true(ship.is_casualty && !ship.is_in_distress && !ship.has_answered);
	ship = ship_of(211000002);
	rcc_rank_know(&watch.core, incident, &ship);
	assert_true(!ship.is_casualty && ship.is_in_distress);
	ship = ship_of(211000003);
	rcc_rank_know(&watch.core, incident, &ship);
	assert_true(ship.has_answered && ship.answer == RCC_ANSWER_PROCEEDING && ship.profile != NULL);
	/* Not registered: nothing declared, and ranked like the others. */
	ship = ship_of(211000009);
	rcc_rank_know(&watch.core, incident, &ship);
	assert_true(ship.profile == NULL && !ship.has_answered);
	assert_int_equal(rcc_rank_ship(&of, &ship).out, RCC_RANK_IN);
}

/* Who is aboard already needs a place, and is not sought any more. */
static void
test_survivors_aboard(void **state)
{
	(void)state;
	struct rcc_rank_ship ship = declared();
	values.v[RCC_PROFILE_PLACES_OPEN] = 60;
	ship.aboard = 50;
	assert_int_equal(rank_of(&ship).places, 10);
	values.v[RCC_PROFILE_SURVIVORS_ABOARD] = 55;
	assert_int_equal(rank_of(&ship).places, 5);

	watch_start(&watch);
	assert_true(watch_fleet(&watch, 211000001, 2) > 0);
	struct rcc_alert alert = watch_alert(RCC_SOURCE_AIS_BEACON, 972000001);
	alert.persons = 10;
	assert_true(watch_say(&watch, 0, &alert) > 0);
	assert_int_equal(rcc_rank_case_of(&watch.core, order_incident(&watch, 1), watch.now_ms).persons, 10);
	struct rcc_move_persons *move = &watch_command(&watch, RCC_COMMAND_PERSONS, 0)->u.persons;
	*move = (struct rcc_move_persons){.incident = {1},
	                                  .from = RCC_WHERE_AT_RISK,
	                                  .to = RCC_WHERE_ABOARD,
	                                  .to_ship = {211000001},
	                                  .count = {.adults = 4}};
	assert_true(watch_step(&watch) > 0);
	assert_non_null(watch_event(&watch, RCC_EVENT_PERSONS_MOVED));
	assert_int_equal(rcc_rank_case_of(&watch.core, order_incident(&watch, 1), watch.now_ms).persons, 6);
	ship = ship_of(211000001);
	rcc_rank_know(&watch.core, order_incident(&watch, 1), &ship);
	assert_int_equal(ship.aboard, 4);
	struct rcc_shortfall lack[RCC_WANT_LAST];
	assert_int_equal(rcc_rank_missing(&watch.core, order_incident(&watch, 1), ship.mmsi, lack), RCC_WANT_LAST);
	assert_int_equal(lack[0].need, 6);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_eta),
	    cmocka_unit_test(test_recovery),
	    cmocka_unit_test(test_capacity_medical_endurance),
	    cmocka_unit_test(test_left_out),
	    cmocka_unit_test(test_order),
	    cmocka_unit_test(test_ties_do_not_go_by_flag),
	    cmocka_unit_test(test_sea_state),
	    cmocka_unit_test(test_from_the_state),
	    cmocka_unit_test(test_survivors_aboard),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
