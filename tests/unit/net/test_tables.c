/*
 * test_tables.c - pace and routes: the two tables of net, without a socket.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "net/pace.h"
#include "net/route.h"

static struct rcc_key
key_of(uint32_t number)
{
	struct rcc_key key = {{0}};

	memcpy(key.b, &number, sizeof number);
	return key;
}

static void
route_of(uint32_t number, uint8_t ret_route[RCC_ROUTE_SIZE])
{
	ret_route[0] = 0;
	memcpy(ret_route + 1, &number, sizeof number);
}

static void
burst_then_one_per_interval(void **state)
{
	static const struct rcc_pace_rate rate = {.interval_ms = 1000, .burst = 3};
	struct rcc_pace_mark mark = {0};
	int64_t now_ms = 1700000000000;

	(void)state;
	for (int i = 0; i < 3; i++) {
		assert_true(rcc_pace_mark_may(&mark, &rate, now_ms));
	}
	assert_false(rcc_pace_mark_may(&mark, &rate, now_ms));
	assert_false(rcc_pace_mark_may(&mark, &rate, now_ms + 999));
	assert_true(rcc_pace_mark_may(&mark, &rate, now_ms + 1000));
	assert_false(rcc_pace_mark_may(&mark, &rate, now_ms + 1000));
	/* the burst comes back with rest, and no more than the burst */
	now_ms += 3600000;
	for (int i = 0; i < 3; i++) {
		assert_true(rcc_pace_mark_may(&mark, &rate, now_ms));
	}
	assert_false(rcc_pace_mark_may(&mark, &rate, now_ms));
	/* what was refused costs nothing */
	for (int i = 0; i < 100; i++) {
		assert_false(rcc_pace_mark_may(&mark, &rate, now_ms));
	}
	assert_true(rcc_pace_mark_may(&mark, &rate, now_ms + 1000));
}

static void
each_has_its_own_pace(void **state)
{
	struct rcc_pace *pace = calloc(1, sizeof *pace);

	(void)state;
	assert_non_null(pace);
	rcc_pace_init(pace, 42, (struct rcc_pace_rate){.interval_ms = 1000, .burst = 1});
	for (uint32_t i = 1; i <= 1000; i++) {
		struct rcc_key key = key_of(i);

		assert_true(rcc_pace_may(pace, key.b, 5000));
	}
	unsigned again = 0;

	for (uint32_t i = 1; i <= 1000; i++) {
		struct rcc_key key = key_of(i);

		again += rcc_pace_may(pace, key.b, 5000);
	}
	/* a row that overflowed forgets one; 1,000 in 16,384 places hardly ever do */
	assert_true(again < 10);
	free(pace);
}

static void
a_million_names_do_not_stop_the_table(void **state)
{
	struct rcc_pace *pace = calloc(1, sizeof *pace);

	(void)state;
	assert_non_null(pace);
	rcc_pace_init(pace, 7, (struct rcc_pace_rate){.interval_ms = 1000, .burst = 1});
	for (uint32_t i = 1; i <= 1000000; i++) {
		struct rcc_key key = key_of(i);

		assert_true(rcc_pace_may(pace, key.b, 1000 + i));
	}
	struct rcc_key last = key_of(1000000);

	assert_false(rcc_pace_may(pace, last.b, 1001000));
	free(pace);
}

static void
only_own_ids_are_kept(void **state)
{
	struct rcc_routes *routes = calloc(1, sizeof *routes);
	struct rcc_key key = key_of(1);

	(void)state;
	assert_non_null(routes);
	assert_true(rcc_route_is_own((const uint8_t *)"\0abcd", 5));
	assert_int_equal(rcc_routes_set(routes, &key, (const uint8_t *)"abcde", 5), RCC_E_RANGE);
	assert_int_equal(rcc_routes_set(routes, &key, (const uint8_t *)"\0abc", 4), RCC_E_RANGE);
	assert_int_equal(rcc_routes_set(routes, &key, (const uint8_t *)"", 0), RCC_E_RANGE);
	assert_null(rcc_routes_find(routes, &key));
	rcc_routes_remove(routes, &key);
	assert_int_equal(routes->count, 0);
	free(routes);
}

/* Against a plain array of what should be there: 200,000 random steps over more keys than fit. */
static void
routes_equal_a_plain_model(void **state)
{
	enum { KEYS = RCC_PEERS_MAX + 1000 };
	struct rcc_routes *routes = calloc(1, sizeof *routes);
	uint32_t *model = calloc(KEYS, sizeof *model);
	size_t count = 0;
	uint32_t random = 12345;

	(void)state;
	assert_non_null(routes);
	assert_non_null(model);
	routes->seed = 99;
	for (uint32_t step = 1; step <= 200000; step++) {
		random = random * 1664525u + 1013904223u;
		uint32_t i = (random >> 8) % KEYS;
		struct rcc_key key = key_of(i);
		uint8_t route[RCC_ROUTE_SIZE];

		if ((random & 0xf0) == 0) {
			rcc_routes_remove(routes, &key);
			count -= model[i] != 0;
			model[i] = 0;
			continue;
		}
		bool fits = model[i] != 0 || count < RCC_PEERS_MAX;

		route_of(step, route);
		assert_int_equal(rcc_routes_set(routes, &key, route, sizeof route), fits ? RCC_OK : RCC_E_FULL);
		count += fits && model[i] == 0;
		model[i] = fits ? step : model[i];
	}
	assert_int_equal(routes->count, count);
	assert_true(count > RCC_PEERS_MAX / 2);
	for (uint32_t i = 0; i < KEYS; i++) {
		struct rcc_key key = key_of(i);
		uint8_t route[RCC_ROUTE_SIZE];
		const uint8_t *found = rcc_routes_find(routes, &key);

		route_of(model[i], route);
		assert_int_equal(found != NULL, model[i] != 0);
		assert_true(found == NULL || memcmp(found, route, sizeof route) == 0);
	}
	free(model);
	free(routes);
}

/* Keys that all want the last slot: searching and removing must go round the end. */
static void
removal_goes_round_the_end(void **state)
{
	struct rcc_routes *routes = calloc(1, sizeof *routes);
	struct rcc_key key[4];
	size_t found = 0;
	uint8_t route[RCC_ROUTE_SIZE];

	(void)state;
	assert_non_null(routes);
	for (uint32_t i = 0; found < 4; i++) {
		struct rcc_key candidate = key_of(i);

		if ((rcc_pace_hash(0, candidate.b) & (RCC_ROUTE_SLOTS - 1)) == RCC_ROUTE_SLOTS - 1) {
			key[found++] = candidate;
		}
	}
	for (uint32_t i = 0; i < 4; i++) {
		route_of(i, route);
		assert_int_equal(rcc_routes_set(routes, &key[i], route, sizeof route), RCC_OK);
	}
	for (uint32_t gone = 0; gone < 4; gone++) {
		rcc_routes_remove(routes, &key[gone]);
		for (uint32_t i = 0; i < 4; i++) {
			const uint8_t *left = rcc_routes_find(routes, &key[i]);

			route_of(i, route);
			assert_int_equal(left != NULL, i > gone);
			assert_true(left == NULL || memcmp(left, route, sizeof route) == 0);
		}
	}
	free(routes);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(burst_then_one_per_interval),
	    cmocka_unit_test(each_has_its_own_pace),
	    cmocka_unit_test(a_million_names_do_not_stop_the_table),
	    cmocka_unit_test(only_own_ids_are_kept),
	    cmocka_unit_test(routes_equal_a_plain_model),
	    cmocka_unit_test(removal_goes_round_the_end),
	};

	return cmocka_run_group_tests_name("tables", tests, NULL, NULL);
}
