/* A join of unequal cases, and the split that takes it back: holds, suspensions, phases, clocks and parts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "laws.h"
#include "order.h"
#include "rcc/units.h"

#define HOUR_MS RCC_MS_PER_HOUR
static struct watch watch;
static struct laws_story story;
static uint32_t feed;

static void
start(void)
{
	watch_start(&watch);
	watch_fleet(&watch, 200000001, 2);
	feed = watch_enrol(&watch, RCC_ROLE_FEED, 2320001);
}

static const struct rcc_incident *
incident(uint32_t id)
{
	return order_incident(&watch, id);
}

/* A second later, so that every order has its own time. */
static void
say(enum rcc_source source, uint32_t casualty)
{
	struct rcc_alert alert = watch_alert(source, casualty);

	alert.pos.lat_e7 += (int32_t)(casualty % 100) * 10000;
	watch.now_ms += 1000;
	watch_say(&watch, feed, &alert);
}

static void
hold(uint32_t id, const char *reason)
{
	watch.now_ms += 1000;
	watch_relay(&watch, id, RCC_RELAY_HOLD, reason);
	assert_true(incident(id)->is_relay_held);
}

static void
join(uint32_t from, uint32_t into)
{
	watch.now_ms += 1000;
	order_join_all(&watch, from, into, "one ship");
	assert_int_equal(incident(from)->status, RCC_INCIDENT_CLOSED);
}

static void
split(uint32_t alert)
{
	watch.now_ms += 1000;
	order_split(&watch, alert, "two ships");
	assert_null(laws_of_state(&watch.core));
}

static bool
is_standing(uint32_t id)
{
	return incident(id)->broadcasts > 0 && !incident(id)->is_cancelled;
}

/* ---- holds ---- */

static void
test_hold_goes_along(void **state)
{
	(void)state;
	start();
	say(RCC_SOURCE_DSC, 247000001);
	say(RCC_SOURCE_DSC, 247000002);
	hold(2, "her master says it is a mistake");
	join(2, 1);
	const struct rcc_event *event = watch_event(&watch, RCC_EVENT_RELAY_HELD);
	assert_non_null(event);
	assert_string_equal(event->u.held.reason, "her master says it is a mistake");
	assert_true(incident(1)->is_relay_held);
	watch_wait(&watch, 10 * RCC_MS_PER_MIN, 20);
	assert_int_equal(incident(1)->broadcasts, 0);
	/* The hold goes back to where an officer had put it, and the other is relayed as it would have been. */
	split(2);
	assert_true(incident(2)->is_relay_held);
	assert_string_equal(incident(2)->hold_reason, "her master says it is a mistake");
	assert_false(incident(1)->is_relay_held);
	assert_true(is_standing(1));
	watch_wait(&watch, 10 * RCC_MS_PER_MIN, 20);
	assert_int_equal(incident(2)->broadcasts, 0);
}

static void
test_held_survivor(void **state)
{
	(void)state;
	start();
	say(RCC_SOURCE_DSC, 247000001);
	say(RCC_SOURCE_DSC, 247000002);
	hold(1, "her master says it is a mistake");
	join(2, 1);
	assert_null(watch_event(&watch, RCC_EVENT_RELAY_SCHEDULED));
	watch_wait(&watch, 10 * RCC_MS_PER_MIN, 20);
	assert_int_equal(incident(1)->broadcasts, 0);
	/* What is split off a held case is held, for the officer to release. */
	split(2);
	assert_true(incident(1)->is_relay_held);
	assert_true(incident(2)->is_relay_held);
	assert_string_equal(incident(2)->hold_reason, "her master says it is a mistake");
	/* And so is what never was a case of its own. */
	say(RCC_SOURCE_BEACON406, 247000001);
	assert_int_equal(order_alert(&watch, 3)->incident.v, 1);
	split(3);
	assert_int_equal(order_alert(&watch, 3)->incident.v, 3);
	assert_true(incident(3)->is_relay_held);
	watch_wait(&watch, 10 * RCC_MS_PER_MIN, 20);
	assert_int_equal(incident(2)->broadcasts + incident(3)->broadcasts, 0);
	watch_relay(&watch, 3, RCC_RELAY_RELEASE, "");
	assert_true(is_standing(3));
}

/* Ships hold a call of one of the two: the other's hold is over, and the record says so; the undo brings it back. */
static void
test_told_ends_hold(void **state)
{
	(void)state;
	for (uint32_t held = 1; held <= 2; held++) {
		uint32_t told = 3 - held;
		start();
		say(held == 1 ? RCC_SOURCE_DSC : RCC_SOURCE_AIS_BEACON, held == 1 ? 247000001 : 970000001);
		say(held == 2 ? RCC_SOURCE_DSC : RCC_SOURCE_AIS_BEACON, held == 2 ? 247000002 : 970000002);
		assert_true(is_standing(told));
		hold(held, "not believed");
		join(2, 1);
		const struct rcc_event *event = watch_event(&watch, RCC_EVENT_HOLD_ENDED);
		assert_non_null(event);
		assert_int_equal(event->u.hold_ended.incident.v, held);
		assert_true(is_standing(1));
		assert_false(incident(1)->is_relay_held);
		split(2);
		assert_true(incident(held)->is_relay_held);
		assert_false(is_standing(held));
		assert_true(is_standing(told));
		assert_string_equal(incident(held)->hold_reason, "not believed");
	}
}

/* An officer who released what two cases had become has released both. */
static void
test_released_in_between(void **state)
{
	(void)state;
	start();
	say(RCC_SOURCE_DSC, 247000001);
	say(RCC_SOURCE_DSC, 247000002);
	hold(2, "not believed");
	join(2, 1);
	watch_relay(&watch, 1, RCC_RELAY_RELEASE, "");
	split(2);
	assert_false(incident(2)->is_relay_held);
	assert_true(is_standing(1));
	watch_wait(&watch, 10 * RCC_MS_PER_MIN, 20);
	assert_true(is_standing(2));
}

/* ---- what the survivor was ---- */

/* Suspended at ALERT, and nobody was told; the other is a distress that the ships hold a call of. */
static void
suspended_and_distress(void)
{
	start();
	say(RCC_SOURCE_AIS_STATUS, 247000001);
	order_phase(&watch, 1, RCC_PHASE_ALERT, "no answer");
	order_suspend(&watch, 1, 6 * HOUR_MS, "night");
	say(RCC_SOURCE_AIS_BEACON, 970000002);
	assert_true(is_standing(2));
	join(2, 1);
	assert_int_equal(incident(1)->status, RCC_INCIDENT_OPEN);
	assert_int_equal(incident(1)->phase, RCC_PHASE_DISTRESS);
	assert_true(is_standing(1));
	assert_true(incident(2)->is_cancelled);
}

static void
test_survivor_restored(void **state)
{
	(void)state;
	suspended_and_distress();
	int64_t review_at_ms = watch.now_ms;
	split(2);
	const struct rcc_event *event = watch_event(&watch, RCC_EVENT_JOIN_UNDONE);
	assert_non_null(event);
	assert_int_equal(event->u.undone.restored, 1);
	assert_int_equal(incident(1)->status, RCC_INCIDENT_SUSPENDED);
	assert_int_equal(incident(1)->phase, RCC_PHASE_ALERT);
	assert_int_equal(incident(1)->source, RCC_SOURCE_AIS_STATUS);
	assert_in_range(incident(1)->review_at_ms, review_at_ms + 5 * HOUR_MS, review_at_ms + 6 * HOUR_MS);
	assert_int_equal(incident(1)->relay_due_at_ms, 0);
	/* Nobody had been called to it; the call of the other is there first. */
	assert_true(incident(1)->is_cancelled);
	assert_true(is_standing(2));
	assert_true(incident(2)->last_broadcast.v < incident(1)->last_broadcast.v);
}

/* The ships had been told that the search is suspended: they hear it again. */
static void
test_suspension_told_again(void **state)
{
	(void)state;
	start();
	say(RCC_SOURCE_AIS_BEACON, 970000001);
	order_suspend(&watch, 1, 6 * HOUR_MS, "night");
	say(RCC_SOURCE_AIS_BEACON, 970000002);
	join(2, 1);
	assert_true(is_standing(1));
	split(2);
	assert_int_equal(incident(1)->status, RCC_INCIDENT_SUSPENDED);
	const struct rcc_broadcast *newest = rcc_broadcast_at(&watch.core, incident(1)->newest_broadcast);
	assert_true(newest != NULL && newest->kind == RCC_BROADCAST_SUSPENDED);
}

/* Somebody has worked on it since: an order, or a signal. Nothing of that is swept away. */
static void
test_survivor_acted_on(void **state)
{
	(void)state;
	for (int is_signal = 0; is_signal < 2; is_signal++) {
		suspended_and_distress();
		if (is_signal != 0)
			say(RCC_SOURCE_DSC, 247000001);
		else
			order_classify(&watch, 1, RCC_POS_NONE, RCC_NATURE_FIRE, 0, "smoke is seen");
		split(2);
		const struct rcc_event *event = watch_event(&watch, RCC_EVENT_JOIN_UNDONE);
		assert_non_null(event);
		assert_int_equal(event->u.undone.restored, 0);
		assert_int_equal(incident(1)->status, RCC_INCIDENT_OPEN);
		assert_int_equal(incident(1)->phase, RCC_PHASE_DISTRESS);
		assert_true(is_standing(1));
	}
}

/* Joins are taken back one after the other, the last one first. */
static void
test_last_first(void **state)
{
	(void)state;
	suspended_and_distress();
	say(RCC_SOURCE_AIS_BEACON, 970000003);
	join(3, 1);
	split(3);
	assert_int_equal(incident(1)->phase, RCC_PHASE_DISTRESS);
	assert_int_equal(incident(1)->status, RCC_INCIDENT_OPEN);
	split(2);
	assert_int_equal(incident(1)->phase, RCC_PHASE_ALERT);
	assert_int_equal(incident(1)->status, RCC_INCIDENT_SUSPENDED);
}

/* A case of several alerts comes back one by one; only the last one makes the survivor what it was. */
static void
test_one_by_one(void **state)
{
	(void)state;
	start();
	say(RCC_SOURCE_AIS_STATUS, 247000001);
	say(RCC_SOURCE_DSC, 247000002);
	say(RCC_SOURCE_BEACON406, 247000002);
	assert_int_equal(order_alert(&watch, 3)->incident.v, 2);
	join(2, 1);
	assert_int_equal(incident(1)->phase, RCC_PHASE_DISTRESS);
	split(2);
	assert_int_equal(incident(1)->phase, RCC_PHASE_DISTRESS);
	watch.now_ms += 1000;
	order_join(&watch, 3, 2, "hers as well");
	assert_int_equal(incident(1)->phase, RCC_PHASE_UNCERTAINTY);
	assert_int_equal(incident(1)->relay_due_at_ms, 0);
	watch_wait(&watch, 10 * RCC_MS_PER_MIN, 20);
	assert_int_equal(incident(1)->broadcasts, 0);
	assert_true(is_standing(2));
}

/* The clock that the join brought forward runs as it had run. */
static void
test_clock_restored(void **state)
{
	(void)state;
	start();
	say(RCC_SOURCE_DSC, 247000001);
	int64_t due_at_ms = incident(1)->relay_due_at_ms;
	say(RCC_SOURCE_DSC, 247000002);
	hold(2, "not believed");
	join(2, 1);
	split(2);
	assert_int_equal(incident(1)->relay_due_at_ms, due_at_ms);
	watch_wait(&watch, 2 * RCC_MS_PER_MIN, 20);
	assert_true(is_standing(1));
}

/* ---- ships that were told ---- */

/* Told of a case whose search is suspended: they lose no call by a join. */
static void
test_never_called_off(void **state)
{
	(void)state;
	for (int is_suspended = 0; is_suspended < 2; is_suspended++) {
		start();
		say(RCC_SOURCE_AIS_STATUS, 247000001);
		say(RCC_SOURCE_AIS_BEACON, 970000002);
		if (is_suspended != 0)
			order_suspend(&watch, 2, 6 * HOUR_MS, "night");
		else
			order_phase(&watch, 2, RCC_PHASE_ALERT, "seen to be safe for now");
		join(2, 1);
		/* Lowered is cancelled: nobody holds a call that a join could take away. */
		if (is_suspended == 0) {
			assert_false(is_standing(1));
			continue;
		}
		assert_true(is_standing(1));
		assert_true(incident(1)->last_broadcast.v < incident(2)->last_broadcast.v);
		/* And none by the split. */
		split(2);
		watch_wait(&watch, RCC_MS_PER_MIN, 5);
		assert_true(is_standing(2));
		assert_false(is_standing(1));
		assert_int_equal(incident(1)->phase, RCC_PHASE_UNCERTAINTY);
	}
}

/* The alert that told the place has gone from memory: where ships were called to stands in the survivor. */
static void
test_last_word(void **state)
{
	(void)state;
	struct rcc_alert alert = watch_alert(RCC_SOURCE_OFFICER, 0);

	start();
	alert.pos = RCC_POS_NONE;
	order_open(&watch, 0, &alert);
	say(RCC_SOURCE_AIS_BEACON, 970000002);
	struct rcc_pos told = incident(2)->broadcast_pos;
	watch.core.alert[1].body.pos = RCC_POS_NONE;
	join(2, 1);
	assert_memory_equal(&incident(1)->pos, &told, sizeof told);
	assert_true(is_standing(1));
}

/* ---- parts ---- */

static void
test_parts_go_along(void **state)
{
	(void)state;
	start();
	for (uint32_t i = 1; i <= 4; i++)
		say(RCC_SOURCE_AIS_BEACON, 970000000 + i);
	order_group(&watch, 2, 1, "boat 1");
	order_group(&watch, 4, 3, "boat 2");
	join(1, 3);
	assert_int_equal(incident(2)->parent.v, 3);
	assert_int_equal(incident(4)->parent.v, 3);
	split(1);
	assert_int_equal(incident(2)->parent.v, 1);
	assert_int_equal(incident(4)->parent.v, 3);
	/* What an officer grouped anew stays where it was put. */
	join(1, 3);
	order_group(&watch, 2, 0, "alone");
	split(1);
	assert_int_equal(incident(2)->parent.v, 0);
	assert_null(laws_of_state(&watch.core));
}

static void
test_parts_in_the_way(void **state)
{
	(void)state;
	start();
	for (uint32_t i = 1; i <= 4; i++)
		say(RCC_SOURCE_AIS_BEACON, 970000000 + i);
	order_group(&watch, 2, 1, "boat 1");
	order_group(&watch, 4, 3, "boat 2");
	order_join_all(&watch, 1, 4, "a part cannot be a parent");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_PARTS_OPEN, "join.from"));
	order_join_all(&watch, 1, 2, "nor its own part");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_PARTS_OPEN, "join.from"));
	order_join(&watch, 1, 2, "its only alert neither");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_PARTS_OPEN, "join.alert"));
	assert_int_not_equal(incident(1)->status, RCC_INCIDENT_CLOSED);
	/* A part that is opened again finds what its parent has become. */
	watch_cancel(&watch, 2, "found");
	order_close(&watch, 2, RCC_OUTCOME_RESCUED, "found");
	join(1, 3);
	order_resume(&watch, 2, "one is missing");
	assert_int_equal(incident(2)->parent.v, 3);
	split(1);
	assert_int_equal(incident(2)->parent.v, 1);
}

/* ---- anything ---- */

static uint32_t
next_random(uint32_t *seed, uint32_t below)
{
	*seed = *seed * 1664525u + 1013904223u;
	return (*seed >> 16) % below;
}

static void
give_random_order(uint32_t *seed)
{
	static const struct rcc_pos place = {353000000, 126000000};
	uint32_t alert = 1 + next_random(seed, watch.core.alert_last);
	uint32_t into = 1 + next_random(seed, watch.core.incident_last);
	uint32_t other = 1 + next_random(seed, watch.core.incident_last);
	uint32_t what = next_random(seed, 12);

	watch.now_ms += 1000;
	if (what < 2)
		order_join(&watch, alert, into, "random");
	else if (what < 4)
		order_join_all(&watch, other, into, "random");
	else if (what < 7)
		order_split(&watch, alert, "random");
	else if (what == 7)
		watch_relay(&watch, into, RCC_RELAY_HOLD, "random");
	else if (what == 8)
		order_group(&watch, other, next_random(seed, 2) * into, "random");
	else if (what == 9)
		order_suspend(&watch, into, HOUR_MS, "random");
	else if (what == 10)
		order_phase(&watch, into, (enum rcc_phase)(1 + next_random(seed, 3)), "random");
	else
		order_classify(&watch, into, place, RCC_NATURE_SINKING, next_random(seed, 50), "random");
}

static void
assert_lawful(void)
{
	const char *broken = laws_of_entry(&story, &watch.core, &watch.entry);

	if (broken == NULL)
		broken = laws_of_state(&watch.core);
	if (broken != NULL)
		fail_msg("law broken: %s", broken);
}

static void
test_random_orders(void **state)
{
	(void)state;
	for (uint32_t sequence = 1; sequence <= 50; sequence++) {
		uint32_t seed = sequence * 2654435761u;
		memset(&story, 0, sizeof story);
		start();
		for (uint32_t i = 0; i < watch.core.peer_count; i++)
			story.number[i + 1] = watch.core.peer[i].delivery_last;
		for (uint32_t i = 0; i < 6; i++) {
			say(i % 3 == 0   ? RCC_SOURCE_AIS_STATUS
			    : i % 3 == 1 ? RCC_SOURCE_DSC
			                 : RCC_SOURCE_AIS_BEACON,
			    (i % 3 == 2 ? 970000001 : 247000001) + i % 5);
			assert_lawful();
		}
		for (uint32_t i = 0; i < 40; i++) {
			give_random_order(&seed);
			assert_lawful();
			if (next_random(&seed, 4) != 0)
				continue;
			watch_wait(&watch, RCC_MS_PER_MIN, 1);
			if (watch.entry.cause.kind == RCC_COMMAND_DUE)
				assert_lawful();
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_hold_goes_along),   cmocka_unit_test(test_held_survivor),
	    cmocka_unit_test(test_told_ends_hold),    cmocka_unit_test(test_released_in_between),
	    cmocka_unit_test(test_survivor_restored), cmocka_unit_test(test_suspension_told_again),
	    cmocka_unit_test(test_survivor_acted_on), cmocka_unit_test(test_last_first),
	    cmocka_unit_test(test_one_by_one),        cmocka_unit_test(test_clock_restored),
	    cmocka_unit_test(test_never_called_off),  cmocka_unit_test(test_last_word),
	    cmocka_unit_test(test_parts_go_along),    cmocka_unit_test(test_parts_in_the_way),
	    cmocka_unit_test(test_random_orders),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
