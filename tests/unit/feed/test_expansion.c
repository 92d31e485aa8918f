/* Sentences of one expansion go out at once, each with those before it; none is put to a ship that it may not be of. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "feed/expansion.h"

#define LINE_SIZE 256

static struct rcc_feed_expansions expansions;
static struct rcc_feed_call call;
static char line[LINE_SIZE];

static int
setup(void **state)
{
	(void)state;
	memset(&expansions, 0, sizeof expansions);
	return 0;
}

/* The sentence with its checksum, behind that tag block. */
static const char *
sentence(const char *tag, const char *body)
{
	uint8_t sum = 0;
	for (const char *at = body; *at != '\0'; at++) {
		sum ^= (uint8_t)*at;
	}
	(void)snprintf(line, sizeof line, "%s$%s*%02X", tag, body, sum);
	return line;
}

/* Takes it, and gives the number of lines that go out. */
static unsigned
take_tagged(const char *tag, const char *body, int64_t mono_ms)
{
	(void)sentence(tag, body);
	rcc_feed_expansion_take(&expansions, (const uint8_t *)line, strlen(line), strlen(tag), mono_ms, &call);
	unsigned lines = 1;
	for (size_t i = 0; i < call.len; i++) {
		lines += call.bytes[i] == '\n' ? 1 : 0;
	}
	return lines;
}

static unsigned
take(const char *body, int64_t mono_ms)
{
	return take_tagged("", body, mono_ms);
}

static bool
has(const char *text)
{
	char bytes[RCC_FEED_EXPANSION_MAX + 1];
	assert_true(call.len < sizeof bytes);
	memcpy(bytes, call.bytes, call.len);
	bytes[call.len] = '\0';
	return strstr(bytes, text) != NULL;
}

#define A1 "CDDSE,3,1,A,2470123450,00,12345678"
#define A2 "CDDSE,3,2,A,2470123450,02,0035"
#define B1 "CDDSE,3,1,A,2480000010,00,11112222"
#define B2 "CDDSE,3,2,A,2480000010,02,0100"
#define UNNAMED_2 "CDDSE,3,2,,,02,0035"
#define UNNAMED_3 "CDDSE,3,3,,,06,0112"

static void
in_order(void **state)
{
	(void)state;
	assert_int_equal(take("CDDSC,12,2470123450,12,05,00,0354001230,2258,,,S,E", 0), 1);
	assert_int_equal(take(A1, 0), 1);
	assert_int_equal(take(UNNAMED_2, 100), 2);
	assert_int_equal(take_tagged("\\c:1795403527*00\\", UNNAMED_3, 200), 3);
	assert_true(has("2470123450,00") && has("02,0035") && has("06,0112") && has("c:1795403527"));
	/* What makes a repeat has no time in it. */
	assert_null(memchr(call.same, '\\', call.same_len));
}

static void
a_gap_is_no_reason_to_wait(void **state)
{
	(void)state;
	assert_int_equal(take(A1, 0), 1);
	assert_int_equal(take(UNNAMED_3, 100), 2);
	/* The one that was missing names its ship. */
	assert_int_equal(take(A2, 200), 3);
	/* One that does not, and would have to come before: alone. */
	assert_int_equal(take(UNNAMED_2, 300), 1);
}

static void
two_ships_by_turns(void **state)
{
	(void)state;
	assert_int_equal(take(A1, 0), 1);
	assert_int_equal(take(B1, 0), 1);
	assert_int_equal(take(A2, 100), 2);
	assert_true(has("2470123450") && !has("2480000010"));
	assert_int_equal(take(B2, 100), 2);
	assert_true(has("2480000010") && !has("2470123450"));
	/* Whose the last is, nobody can know. */
	assert_int_equal(take(UNNAMED_3, 200), 1);
}

static void
who_called_earlier_wants_nothing(void **state)
{
	(void)state;
	assert_int_equal(take(A1, 0), 1);
	assert_int_equal(take(UNNAMED_2, RCC_FEED_EXPANSION_OPEN_MS), 1);
	assert_int_equal(take(UNNAMED_3, RCC_FEED_EXPANSION_OPEN_MS), 1);
}

static void
heard_twice(void **state)
{
	(void)state;
	char first[RCC_FEED_LINE_MAX + 1] = "", second[RCC_FEED_LINE_MAX + 1] = "";
	assert_int_equal(take(A1, 0), 1);
	assert_int_equal(take(A1, 10), 1);
	assert_int_equal(take(UNNAMED_2, 20), 2);
	memcpy(first, call.same, call.same_len);
	assert_int_equal(take(UNNAMED_2, 30), 1);
	memcpy(second, call.same, call.same_len);
	assert_string_equal(first, second);
	/* The same words, and another ship that may have said them. */
	assert_int_equal(take(B1, 40), 1);
	assert_int_equal(take(UNNAMED_2, 50), 1);
	assert_memory_equal(call.same, line, call.same_len);
	/* Another first sentence begins another expansion. */
	assert_int_equal(take("CDDSE,3,1,A,2470123450,00,99998888", 60), 1);
	assert_int_equal(take(A2, 70), 2);
	assert_false(has("12345678"));
}

static void
what_stands_alone(void **state)
{
	(void)state;
	static const char *const alone[] = {"CDDSE,1,1,A,2470123450,06,0112",
	                                    "CDDSE,3,4,A,2470123450,06,0112",
	                                    "CDDSE,0,1,A,2470123450",
	                                    "CDDSE,3,,A,2470123450",
	                                    "CDDSE",
	                                    "CDDSE,3,2,A,24701234500000,06,0112"};
	for (size_t i = 0; i < sizeof alone / sizeof alone[0]; i++) {
		assert_int_equal(take(alone[i], 0), 1);
		assert_int_equal(take(alone[i], 0), 1);
	}
	assert_int_equal(take(A1, 0), 1);
	/* Damaged, or behind noise. */
	(void)sentence("", A2);
	line[strlen(line) - 1] ^= 1;
	rcc_feed_expansion_take(&expansions, (const uint8_t *)line, strlen(line), 0, 0, &call);
	assert_ptr_equal(call.bytes, line);
	assert_int_equal(take_tagged("xx", A2, 0), 1);
	assert_int_equal(take(A2, 0), 2);
}

/* More than there is room for: each goes out all the same. */
static void
many_and_long(void **state)
{
	(void)state;
	char body[LINE_SIZE];
	for (unsigned ship = 0; ship < 3 * RCC_FEED_EXPANSIONS_MAX; ship++) {
		(void)snprintf(body, sizeof body, "CDDSE,9,1,A,2470%05u0,00,12345678", ship);
		assert_int_equal(take(body, ship), 1);
	}
	for (unsigned number = 2; number <= RCC_FEED_EXPANSION_PARTS_MAX; number++) {
		(void)snprintf(body, sizeof body, "CDDSE,9,%u,A,247000000%u,%0160u", number, 0u, 1u);
		assert_true(take(body, 100) <= number);
		assert_true(call.len >= strlen(line));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(in_order, setup),
	    cmocka_unit_test_setup(a_gap_is_no_reason_to_wait, setup),
	    cmocka_unit_test_setup(two_ships_by_turns, setup),
	    cmocka_unit_test_setup(who_called_earlier_wants_nothing, setup),
	    cmocka_unit_test_setup(heard_twice, setup),
	    cmocka_unit_test_setup(what_stands_alone, setup),
	    cmocka_unit_test_setup(many_and_long, setup),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
