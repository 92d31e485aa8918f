/* Sentences of one message: together when all are there, and out as they are when they never will be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "feed/fragments.h"

static struct rcc_feed_fragments table;
static struct rcc_feed_message out;

static int
setup(void **state)
{
	(void)state;
	memset(&table, 0, sizeof table);
	return 0;
}

/* A sentence "TOTAL,NUMBER,SEQUENCE"; true: a message came out. */
static bool
add(uint32_t total, uint32_t number, uint32_t sequence, int64_t mono_ms)
{
	struct rcc_feed_part part = {.total = total, .number = number};
	char line[32];
	(void)snprintf(part.key, sizeof part.key, "AIVDM %u A", sequence);
	int len = snprintf(line, sizeof line, "%u,%u,%u", total, number, sequence);
	return rcc_feed_fragments_add(&table, &part, (const uint8_t *)line, (size_t)len, mono_ms, &out);
}

static void
expect_out(uint32_t lines, uint32_t total, const char *text)
{
	assert_int_equal(out.lines, lines);
	assert_int_equal(out.total, total);
	assert_int_equal(out.len, strlen(text));
	assert_memory_equal(out.bytes, text, out.len);
}

static void
together_in_any_order_and_between_others(void **state)
{
	(void)state;
	assert_false(add(2, 1, 1, 0));
	assert_false(add(3, 3, 2, 10));
	assert_true(add(2, 2, 1, 20));
	expect_out(2, 2, "2,1,1\n2,2,1");
	assert_false(add(3, 1, 2, 30));
	assert_true(add(3, 2, 2, 40));
	expect_out(3, 3, "3,3,2\n3,1,2\n3,2,2");
	assert_false(rcc_feed_fragments_expire(&table, INT64_MAX, &out));
}

/* Sequence numbers come round: the same sentence again is of the next message. */
static void
the_same_number_again_begins_anew(void **state)
{
	(void)state;
	assert_false(add(3, 1, 1, 0));
	assert_false(add(3, 2, 1, 0));
	assert_true(add(3, 1, 1, 100));
	expect_out(2, 3, "3,1,1\n3,2,1");
	assert_false(add(3, 2, 1, 100));
	assert_true(add(3, 3, 1, 100));
	expect_out(3, 3, "3,1,1\n3,2,1\n3,3,1");
}

static void
what_never_comes_is_not_waited_for(void **state)
{
	(void)state;
	assert_false(add(2, 1, 1, 1000));
	assert_false(add(2, 1, 2, 2000));
	assert_false(rcc_feed_fragments_expire(&table, 1000 + RCC_FEED_FRAGMENT_WAIT_MS - 1, &out));
	assert_true(rcc_feed_fragments_expire(&table, 1000 + RCC_FEED_FRAGMENT_WAIT_MS, &out));
	expect_out(1, 2, "2,1,1");
	assert_false(rcc_feed_fragments_expire(&table, 1000 + RCC_FEED_FRAGMENT_WAIT_MS, &out));
	assert_true(rcc_feed_fragments_expire(&table, INT64_MAX, &out));
	expect_out(1, 2, "2,1,2");
}

/* The oldest leaves, whole lines and all. */
static void
a_full_table_lets_the_oldest_go(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < RCC_FEED_FRAGMENTS_MAX; i++) {
		assert_false(add(2, 1, 100 + i, 1000 - (int64_t)i));
	}
	assert_true(add(2, 1, 7, 2000));
	char text[32];
	(void)snprintf(text, sizeof text, "2,1,%u", 100 + RCC_FEED_FRAGMENTS_MAX - 1);
	expect_out(1, 2, text);
	assert_true(add(2, 2, 7, 2000));
	expect_out(2, 2, "2,1,7\n2,2,7");
}

/* Sentences longer than any message has: what was there comes out, the long one begins anew. */
static void
no_message_outgrows_its_place(void **state)
{
	(void)state;
	static uint8_t line[1023];
	struct rcc_feed_part part = {.total = 9, .key = "AIVDM 1 A"};
	memset(line, 'x', sizeof line);
	for (part.number = 1; part.number <= 3; part.number++) {
		bool is_out = rcc_feed_fragments_add(&table, &part, line, sizeof line, 0, &out);
		assert_false(is_out && part.number < 3);
	}
	assert_true(rcc_feed_fragments_add(&table, &part, line, sizeof line, 0, &out));
	assert_true(out.lines < 9 && out.len <= sizeof out.bytes);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(together_in_any_order_and_between_others, setup),
	    cmocka_unit_test_setup(the_same_number_again_begins_anew, setup),
	    cmocka_unit_test_setup(what_never_comes_is_not_waited_for, setup),
	    cmocka_unit_test_setup(a_full_table_lets_the_oldest_go, setup),
	    cmocka_unit_test_setup(no_message_outgrows_its_place, setup),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
