/* What a case is about: told by its alerts, contradicted by some, corrected by few, averaged by nobody. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "order.h"
#include "rcc/units.h"

#define BEACON "1EEC8D2D3AFFBFF"
#define CASUALTY 247000001u
/* Some 30 nm. */
#define FAR_E7 5000000
#define STATED_MAX 256

static struct watch watch;
static uint32_t feed, ship;
static const struct rcc_pos here = {352000000, 126000000}, there = {331000000, 183000000};

static void
start(void)
{
	struct rcc_rules rules = watch_rules();

	watch_start(&watch);
	rules.relay_after_ms[RCC_SOURCE_SIT185] = 0;
	rules.relay_after_ms[RCC_SOURCE_DSC] = 0;
	watch_rule(&watch, &rules);
	ship = watch_fleet(&watch, CASUALTY, 1);
	feed = watch_enrol(&watch, RCC_ROLE_FEED, 2320001);
}

static const struct rcc_incident *
incident(void)
{
	return order_incident(&watch, 1);
}

static void
assert_at(struct rcc_pos pos, uint32_t candidates, bool is_conflict)
{
	assert_int_equal(incident()->pos.lat_e7, pos.lat_e7);
	assert_int_equal(incident()->pos.lon_e7, pos.lon_e7);
	assert_int_equal(incident()->candidate_count, candidates);
	assert_int_equal(incident()->is_conflict, is_conflict);
}

static bool
is_candidate(struct rcc_pos pos)
{
	for (uint32_t i = 0; i < incident()->candidate_count; i++) {
		if (incident()->candidate[i].pos.lat_e7 == pos.lat_e7 &&
		    incident()->candidate[i].pos.lon_e7 == pos.lon_e7)
			return true;
	}
	return false;
}

static struct rcc_alert
sit185(struct rcc_pos a)
{
	struct rcc_alert alert = watch_alert(RCC_SOURCE_SIT185, CASUALTY);

	watch_text(alert.beacon, sizeof alert.beacon, BEACON);
	alert.pos = a;
	alert.nature = RCC_NATURE_BEACON;
	return alert;
}

/* Both sides of a Doppler solution, the first the likelier. */
static struct rcc_alert
doppler(struct rcc_pos a, struct rcc_pos b)
{
	struct rcc_alert alert = sit185(a);

	alert.candidate_count = 2;
	alert.candidate[0] = (struct rcc_candidate){a, 64};
	alert.candidate[1] = (struct rcc_candidate){b, 36};
	return alert;
}

static void
say(enum rcc_source source, struct rcc_pos pos, uint32_t marks)
{
	struct rcc_alert alert = watch_alert(source, CASUALTY);

	alert.pos = pos;
	alert.marks = marks;
	watch_say(&watch, feed, &alert);
}

static void
test_doppler_settled(void **state)
{
	(void)state;
	struct rcc_alert both = doppler(here, there);
	struct rcc_pos near_there = {there.lat_e7 + 10000, there.lon_e7};
	struct rcc_alert confirmed = sit185(near_there);

	/* By the next pass of the same beacon. */
	start();
	watch_say(&watch, feed, &both);
	assert_at(here, 2, false);
	confirmed.marks = RCC_ALERT_POS_CONFIRMED;
	watch_text(confirmed.text, sizeof confirmed.text, "position confirmation");
	watch_say(&watch, feed, &confirmed);
	assert_at(near_there, 0, false);
	/* By the ship's own call at one of the two. */
	start();
	watch_say(&watch, feed, &both);
	say(RCC_SOURCE_DSC, near_there, 0);
	assert_at(near_there, 0, false);
	/* By what was known before: the other side is no second place. */
	start();
	say(RCC_SOURCE_DSC, near_there, 0);
	watch_say(&watch, feed, &both);
	assert_at(near_there, 0, false);
	/* By an officer. */
	start();
	watch_say(&watch, feed, &both);
	order_classify(&watch, 1, there, RCC_NATURE_NOT_STATED, 0, "an aircraft has seen it");
	assert_at(there, 0, false);
}

/* A new pass gives a new pair: it takes the place of the old one. */
static void
test_doppler_again(void **state)
{
	(void)state;
	struct rcc_pos here_2 = {here.lat_e7 + 300000, here.lon_e7}, there_2 = {there.lat_e7 - 300000, there.lon_e7};
	struct rcc_alert both = doppler(here, there), again = doppler(there_2, here_2);

	start();
	watch_say(&watch, feed, &both);
	watch_text(again.text, sizeof again.text, "second pass");
	watch_say(&watch, feed, &again);
	assert_at(there_2, 2, false);
	assert_true(is_candidate(here_2) && is_candidate(there_2));
}

static void
test_doppler_against_another(void **state)
{
	(void)state;
	struct rcc_alert both = doppler(here, there);
	struct rcc_pos elsewhere = {here.lat_e7 + FAR_E7, here.lon_e7};

	/* A third place, told before: all three are held open. */
	start();
	say(RCC_SOURCE_DSC, elsewhere, 0);
	watch_say(&watch, feed, &both);
	assert_at(elsewhere, 3, true);
	assert_true(is_candidate(here) && is_candidate(there) && is_candidate(elsewhere));
	/* And told after. */
	start();
	watch_say(&watch, feed, &both);
	say(RCC_SOURCE_DSC, elsewhere, 0);
	assert_at(here, 3, true);
	assert_true(is_candidate(here) && is_candidate(there) && is_candidate(elsewhere));
}

static void
test_conflict(void **state)
{
	(void)state;
	struct rcc_pos elsewhere = {here.lat_e7 + FAR_E7, here.lon_e7};
	struct rcc_pos moved = {elsewhere.lat_e7 + 5000, elsewhere.lon_e7}, third = {here.lat_e7 - FAR_E7, here.lon_e7};

	start();
	say(RCC_SOURCE_DSC, here, 0);
	say(RCC_SOURCE_BEACON406, elsewhere, 0);
	assert_at(here, 2, true);
	/* The one that contradicts goes on moving: its candidate moves, there is no third. */
	say(RCC_SOURCE_BEACON406, moved, 0);
	assert_at(here, 2, true);
	assert_true(is_candidate(moved) && is_candidate(here) && !is_candidate(elsewhere));
	/* What one source confirms of itself does not refute another. */
	say(RCC_SOURCE_SIT185, moved, RCC_ALERT_POS_CONFIRMED);
	assert_at(here, 2, true);
	/* A third contradiction is kept as well; a person ends it. */
	say(RCC_SOURCE_AIS_STATUS, third, 0);
	assert_at(here, 3, true);
	order_classify(&watch, 1, moved, RCC_NATURE_NOT_STATED, 0, "seen by a ship");
	assert_at(moved, 0, false);
}

static void
test_acknowledgement(void **state)
{
	(void)state;
	struct rcc_alert echo = watch_alert(RCC_SOURCE_DSC, CASUALTY);
	struct rcc_pos elsewhere = {here.lat_e7 + FAR_E7, here.lon_e7};

	echo.marks = RCC_ALERT_ACKNOWLEDGED;
	echo.relay.v = 2470201;
	echo.pos = elsewhere;
	echo.persons = 5;
	echo.nature = RCC_NATURE_FIRE;
	/* What is known it contradicts in nothing; what is not it adds. */
	start();
	struct rcc_alert call = watch_alert(RCC_SOURCE_DSC, CASUALTY);
	call.nature = RCC_NATURE_SINKING;
	watch_say(&watch, feed, &call);
	watch_say(&watch, feed, &echo);
	assert_at(here, 0, false);
	assert_int_equal(incident()->nature, RCC_NATURE_SINKING);
	assert_int_equal(incident()->persons, 5);
	/* A call without a place. */
	start();
	call.pos = RCC_POS_NONE;
	call.nature = RCC_NATURE_NOT_STATED;
	watch_say(&watch, feed, &call);
	watch_say(&watch, feed, &echo);
	assert_at(elsewhere, 0, false);
	assert_int_equal(incident()->nature, RCC_NATURE_FIRE);
}

static void
test_words(void **state)
{
	(void)state;
	struct rcc_alert alert = watch_alert(RCC_SOURCE_AIS_BEACON, 974301234);

	start();
	alert.nature = RCC_NATURE_BEACON;
	alert.epirb_link = 0;
	watch_say(&watch, feed, &alert);
	/* The 406 MHz half names the ship: hers is the case. */
	alert.source = RCC_SOURCE_BEACON406;
	alert.epirb_link = RCC_EPIRB_LINK(1234);
	alert.casualty.v = CASUALTY;
	watch_say(&watch, feed, &alert);
	assert_int_equal(incident()->casualty.v, CASUALTY);
	/* More than "a beacon sounds" is taken; another station's other word is not. */
	alert.source = RCC_SOURCE_DSC;
	alert.nature = RCC_NATURE_FIRE;
	alert.persons = 12;
	watch_text(alert.name, sizeof alert.name, "IONA");
	watch_say(&watch, feed, &alert);
	alert.source = RCC_SOURCE_SIT185;
	alert.nature = RCC_NATURE_FLOODING;
	alert.persons = 3;
	watch_text(alert.name, sizeof alert.name, "JONA");
	watch_say(&watch, feed, &alert);
	assert_int_equal(incident()->nature, RCC_NATURE_FIRE);
	assert_int_equal(incident()->persons, 12);
	assert_string_equal(incident()->name, "IONA");
	/* Her crew knows better. */
	alert.source = RCC_SOURCE_CREW;
	watch_say(&watch, ship, &alert);
	assert_int_equal(incident()->nature, RCC_NATURE_FLOODING);
	assert_int_equal(incident()->persons, 3);
}

/* Who, what and how many, as an officer stated it, stay through later alerts, splits and joins. */
static void
test_statements_survive(void **state)
{
	(void)state;
	struct rcc_alert crew = watch_alert(RCC_SOURCE_CREW, CASUALTY);

	start();
	crew.nature = RCC_NATURE_FIRE;
	crew.persons = 4;
	watch_say(&watch, ship, &crew);
	struct rcc_classify *classify = &watch_command(&watch, RCC_COMMAND_CLASSIFY, 0)->u.classify;
	classify->incident.v = 1;
	classify->pos = RCC_POS_NONE;
	classify->nature = RCC_NATURE_COLLISION;
	classify->persons = 40;
	classify->casualty.v = 247000099;
	watch_text(classify->name, sizeof classify->name, "AURORA");
	watch_text(classify->reason, sizeof classify->reason, "her owner by telephone");
	watch_step(&watch);
	crew.persons = 5;
	watch_text(crew.text, sizeof crew.text, "one more in the water");
	watch_say(&watch, ship, &crew);
	assert_int_equal(order_alert(&watch, 2)->incident.v, 1);
	order_split(&watch, 2, "another ship");
	order_join(&watch, 2, 1, "not at all");
	assert_int_equal(incident()->nature, RCC_NATURE_COLLISION);
	assert_int_equal(incident()->persons, 40);
	assert_int_equal(incident()->casualty.v, 247000099);
	assert_string_equal(incident()->name, "AURORA");
}

/* ---- nobody averages ---- */

static struct rcc_pos stated[STATED_MAX];
static uint32_t stated_count;

static struct rcc_pos
state_pos(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	struct rcc_pos pos = {340000000 + (int32_t)(*seed >> 12) % 30000000,
	                      120000000 + (int32_t)(*seed >> 10) % 50000000};

	/* Half of them near one that was stated: they agree with it. */
	if (stated_count > 0 && (*seed >> 30) < 2) {
		pos = stated[(*seed >> 20) % stated_count];
		pos.lat_e7 += 1 + (int32_t)((*seed >> 8) % 4000);
	}
	assert_true(stated_count < STATED_MAX);
	stated[stated_count++] = pos;
	return pos;
}

static void
assert_stated(struct rcc_pos pos)
{
	for (uint32_t i = 0; i < stated_count; i++) {
		if (stated[i].lat_e7 == pos.lat_e7 && stated[i].lon_e7 == pos.lon_e7)
			return;
	}
	fail_msg("a position that nobody stated: %d %d", pos.lat_e7, pos.lon_e7);
}

static void
assert_told_as_stated(void)
{
	for (uint32_t i = 0; i < watch.entry.event_count; i++) {
		const struct rcc_event *event = &watch.entry.event[i];
		if (event->kind != RCC_EVENT_BROADCAST_ISSUED)
			continue;
		assert_stated(event->u.broadcast.pos);
		for (uint32_t j = 0; j < event->u.broadcast.candidate_count; j++)
			assert_stated(event->u.broadcast.candidate[j].pos);
	}
}

static void
say_random(uint32_t *seed)
{
	static const enum rcc_source sources[] = {RCC_SOURCE_DSC, RCC_SOURCE_BEACON406, RCC_SOURCE_RCC,
	                                          RCC_SOURCE_AIS_STATUS};
	struct rcc_pos a = state_pos(seed);
	struct rcc_alert alert = sit185(a);
	uint32_t what = (*seed >> 9) % 6;

	(void)snprintf(alert.text, sizeof alert.text, "%u", *seed);
	if (what < 2)
		alert = doppler(a, state_pos(seed));
	else if (what == 2)
		alert.marks = RCC_ALERT_POS_CONFIRMED;
	else if (what < 5)
		alert.source = sources[(*seed >> 13) % 4];
	watch.now_ms += 1000 + (*seed >> 11);
	if (what < 5)
		watch_say(&watch, feed, &alert);
	else
		order_classify(&watch, 1, a, RCC_NATURE_NOT_STATED, 0, "random");
}

static void
test_nobody_averages(void **state)
{
	(void)state;
	uint32_t told = 0;

	for (uint32_t sequence = 1; sequence <= 100; sequence++) {
		uint32_t seed = sequence * 2654435761u;
		start();
		stated_count = 0;
		for (uint32_t i = 0; i < 20; i++) {
			say_random(&seed);
			assert_told_as_stated();
			told += watch_events(&watch, RCC_EVENT_BROADCAST_ISSUED);
			watch_wait(&watch, 1, 8);
			assert_told_as_stated();
		}
	}
	assert_true(told > 500);
}

/* A position of next year is of the time when it came: the ones that follow are newer, and one of this morning is older. */
static void
test_a_time_to_come_holds_nothing(void **state)
{
	static const struct {
		int64_t ahead_ms, pos_at_off_ms;
		bool is_moved;
	} cases[] = {
	    {365 * RCC_MS_PER_DAY, 0, true},
	    {365 * RCC_MS_PER_DAY, -RCC_MS_PER_HOUR, false},
	    {365 * RCC_MS_PER_DAY, 365 * RCC_MS_PER_DAY, true},
	    {0, 0, true},
	    {0, -RCC_MS_PER_HOUR, false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		start();
		watch.now_ms += 2 * RCC_MS_PER_HOUR;
		struct rcc_alert first = sit185(here);
		first.pos_at_ms = watch.now_ms + cases[i].ahead_ms;
		watch_say(&watch, feed, &first);
		assert_at(here, 0, false);
		watch.now_ms += 20 * RCC_MS_PER_MIN;
		struct rcc_alert second = sit185((struct rcc_pos){here.lat_e7 + 100000, here.lon_e7});
		second.pos_at_ms = watch.now_ms + cases[i].pos_at_off_ms;
		watch_text(second.text, sizeof second.text, "next pass");
		watch_say(&watch, feed, &second);
		assert_at(cases[i].is_moved ? second.pos : here, 0, false);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_doppler_settled),
	    cmocka_unit_test(test_doppler_again),
	    cmocka_unit_test(test_doppler_against_another),
	    cmocka_unit_test(test_conflict),
	    cmocka_unit_test(test_acknowledgement),
	    cmocka_unit_test(test_words),
	    cmocka_unit_test(test_statements_survive),
	    cmocka_unit_test(test_nobody_averages),
	    cmocka_unit_test(test_a_time_to_come_holds_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
