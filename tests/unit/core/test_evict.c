/* A closed incident leaves memory with all its rows; nothing of others is touched, and its slots are used again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "laws.h"
#include "order.h"
#include "watch.h"

#define SHIPS 5

static struct watch watch;

static void
call_ships(uint32_t casualty)
{
	struct rcc_alert alert = watch_alert(RCC_SOURCE_OFFICER, casualty);
	watch_say(&watch, 0, &alert);
}

static void
evict(uint32_t incident)
{
	const struct rcc_event event = {.kind = RCC_EVENT_INCIDENT_EVICTED, .u.incident_ref.incident = {incident}};
	rcc_core_apply(&watch.core, &event);
	assert_null(laws_of_state(&watch.core));
}

/* Closes a case with two broadcasts and an answer of each ship. */
static void
end_case(uint32_t incident)
{
	for (uint32_t ship = 1; ship <= SHIPS; ship++)
		watch_answer(&watch, ship, incident, 0, RCC_ANSWER_PROCEEDING);
	/* A false alert that no ship has heard of is taken back with its close; ships that have are told first. */
	(void)order_close(&watch, incident, RCC_OUTCOME_FALSE_ALERT, "found");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_CANCEL_FIRST, "close.incident"));
	watch_cancel(&watch, incident, "found");
	/* Whoever has heard of it has to be told that it is over: before that it is not closed. */
	watch_close(&watch, incident, "found");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_UNTOLD, "close.incident"));
	for (uint32_t ship = 1; ship <= SHIPS; ship++) {
		watch_answer(&watch, ship, incident, 0, RCC_ANSWER_DONE);
		watch_stored(&watch, ship, rcc_peer_find(&watch.core, (struct rcc_peer_id){ship})->delivery_last);
	}
	assert_int_equal(watch_close(&watch, incident, "found"), 1);
}

static void
test_evict(void **state)
{
	(void)state;
	watch_start(&watch);
	watch_fleet(&watch, 200000001, SHIPS);
	/* Three cases; the lines of the middle one lie between the others'. */
	for (uint32_t i = 0; i < 3; i++)
		call_ships(500000001 + i);
	call_ships(500000002);
	end_case(2);
	evict(2);
	assert_null(rcc_incident_find(&watch.core, (struct rcc_incident_id){2}));
	assert_null(rcc_alert_find(&watch.core, (struct rcc_alert_id){2}));
	assert_null(rcc_broadcast_find(&watch.core, (struct rcc_broadcast_id){2}));
	assert_null(rcc_delivery_find(&watch.core, (struct rcc_peer_id){1}, 2));
	assert_non_null(rcc_delivery_find(&watch.core, (struct rcc_peer_id){1}, 1));
	assert_non_null(rcc_delivery_find(&watch.core, (struct rcc_peer_id){1}, 3));
	assert_int_equal(watch.core.incident_count, 2);
	assert_int_equal(watch.core.broadcast_count, 2);
	assert_int_equal(watch.core.alert_count, 2);
	assert_int_equal(watch.core.answer_count, 0);
	assert_int_equal(watch.core.delivery_count, 2 * SHIPS);
	/* A word about a line that left memory: nothing to do, or "not there". */
	assert_int_equal(watch_sent(&watch, 1, 2), 0);
	watch_read(&watch, 1, 2, "master");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_NOT_FOUND, "read.number"));
	watch_answer(&watch, 1, 2, 2, RCC_ANSWER_DONE);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_NOT_FOUND, "answer.incident"));
	/* Stored up to 6, of which 2, 4 and 5 are gone. */
	call_ships(500000004);
	assert_int_equal(watch_stored(&watch, 1, 6), 1);
	assert_null(laws_of_state(&watch.core));
}

/* Numbers go on, slots come back: memory does not grow with the cases that were. */
static void
test_reuse(void **state)
{
	(void)state;
	watch_start(&watch);
	watch_fleet(&watch, 200000001, SHIPS);
	for (uint32_t i = 1; i <= 20; i++) {
		call_ships(500000000 + i);
		assert_int_equal(watch.core.incident_last, i);
		end_case(i);
		evict(i);
		assert_int_equal(watch.core.incident_top, 1);
		assert_int_equal(watch.core.alert_top, 1);
		assert_int_equal(watch.core.broadcast_top, 2);
		assert_int_equal(watch.core.delivery_top, 2 * SHIPS);
		assert_int_equal(watch.core.answer_top, SHIPS);
	}
	assert_int_equal(watch.core.peer[0].delivery_last, 40);
	assert_int_equal(watch.core.peer[0].newest_delivery, 0);
	assert_int_equal(watch.core.delivery_count + watch.core.answer_count, 0);
	assert_int_equal(rcc_core_deadline_ms(&watch.core), INT64_MAX);
}

/* Two worlds with the same story and the same evictions have the same digest, whatever lay in the slots before. */
static void
test_nothing_is_left(void **state)
{
	(void)state;
	watch_start(&watch);
	watch_fleet(&watch, 200000001, SHIPS);
	call_ships(500000001);
	end_case(1);
	uint32_t peers = watch.core.peer_count;
	evict(1);
	for (uint32_t i = 0; i < watch.core.alert_top; i++)
		assert_int_equal(watch.core.alert[i].id.v, 0);
	for (uint32_t i = 0; i < watch.core.delivery_top; i++)
		assert_int_equal(watch.core.delivery[i].peer.v, 0);
	for (uint32_t i = 0; i < watch.core.answer_top; i++)
		assert_int_equal(watch.core.answer[i].peer.v, 0);
	assert_int_equal(watch.core.peer_count, peers);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_evict),
	    cmocka_unit_test(test_reuse),
	    cmocka_unit_test(test_nothing_is_left),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
