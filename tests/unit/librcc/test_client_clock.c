/* Does our clock agree with the centre's? What waited on the way says nothing of our clock. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "librcc/client_internal.h"

#define BEAT_MS 30000
#define START_MS INT64_C(1795000000000)

static struct rcc_client *client;
static int64_t now_ms;

static int
begin(void **state)
{
	(void)state;
	client = calloc(1, sizeof *client);
	if (client == NULL)
		return -1;
	client->welcome.beat_ms = BEAT_MS;
	now_ms = 1000000;
	return 0;
}

static int
end(void **state)
{
	(void)state;
	free(client);
	return 0;
}

/* A beat that was sent `waited_ms` ago, heard by a clock that is `ahead_ms` ahead. */
static void
hear(int64_t waited_ms, int64_t ahead_ms)
{
	rcc_client_note_clock(client, START_MS + now_ms - waited_ms, now_ms, START_MS + now_ms + ahead_ms);
}

static void
test_ahead_after_three(void **state)
{
	(void)state;
	for (uint32_t beat = 1; beat <= 4; beat++) {
		hear(200, 14 * 60000);
		assert_int_equal(rcc_client_clock_off_ms(client), beat < 3 ? 0 : 14 * 60000 + 200);
		now_ms += BEAT_MS;
	}
	/* Set right, it is right at once. */
	hear(200, 0);
	assert_int_equal(rcc_client_clock_off_ms(client), 0);
}

static void
test_behind_at_once(void **state)
{
	(void)state;
	hear(5000, -14 * 60000);
	assert_int_equal(rcc_client_clock_off_ms(client), -14 * 60000 + 5000);
	for (uint32_t beat = 0; beat < RCC_CLOCK_BEATS; beat++) {
		now_ms += BEAT_MS;
		hear(200, 0);
	}
	assert_int_equal(rcc_client_clock_off_ms(client), 0);
}

/* The link stood still, and what waited comes at once, the oldest first: the clock is right all the same. */
static void
test_what_waited(void **state)
{
	(void)state;
	for (uint32_t burst = 0; burst < 4; burst++) {
		for (int64_t waited_ms = 10 * BEAT_MS; waited_ms > 0; waited_ms -= BEAT_MS) {
			hear(waited_ms, 0);
			now_ms += 10;
			assert_int_equal(rcc_client_clock_off_ms(client), 0);
		}
		now_ms += 10 * BEAT_MS;
	}
}

static void
test_just_under_a_minute(void **state)
{
	(void)state;
	for (uint32_t beat = 0; beat < 4; beat++) {
		hear(0, beat % 2 == 0 ? RCC_CLIENT_CLOCK_OFF_MS - 1 : 1 - RCC_CLIENT_CLOCK_OFF_MS);
		now_ms += BEAT_MS;
		assert_int_equal(rcc_client_clock_off_ms(client), 0);
	}
	/* A centre that does not say what time it is. */
	rcc_client_note_clock(client, 0, now_ms, START_MS);
	assert_int_equal(rcc_client_clock_off_ms(client), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_ahead_after_three, begin, end),
	    cmocka_unit_test_setup_teardown(test_behind_at_once, begin, end),
	    cmocka_unit_test_setup_teardown(test_what_waited, begin, end),
	    cmocka_unit_test_setup_teardown(test_just_under_a_minute, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
