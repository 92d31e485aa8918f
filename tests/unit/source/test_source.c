/* What decoders share, and where texts of a source are cut. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "proto/source/source.h"

/* 2026-11-23T03:12:00Z */
#define AT_MS INT64_C(1795403520000)
#define HOUR_MS INT64_C(3600000)

static void
expect_trimmed(const char *text, size_t len)
{
	const struct rcc_raw raw = {.bytes = (const uint8_t *)text, .len = strlen(text), .at_ms = AT_MS};

	assert_int_equal(rcc_source_trimmed(&raw), len);
}

static void
line_ends_at_the_end_are_no_text(void **state)
{
	(void)state;
	expect_trimmed("SOS", 3);
	expect_trimmed("SOS\n", 3);
	expect_trimmed("SOS \r\n\r\n", 3);
	expect_trimmed("SOS\nTWO\n", 7);
	expect_trimmed("\n \r", 0);
}

static void
the_nearest_instant_of_a_time_of_day(void **state)
{
	(void)state;
	assert_int_equal(rcc_source_time(3, 12, AT_MS), AT_MS);
	assert_int_equal(rcc_source_time(3, 11, AT_MS), AT_MS - 60000);
	assert_int_equal(rcc_source_time(3, 13, AT_MS), AT_MS + 60000);
	/* The evening before, and of two equally near the earlier. */
	assert_int_equal(rcc_source_time(23, 12, AT_MS), AT_MS - 4 * HOUR_MS);
	assert_int_equal(rcc_source_time(15, 11, AT_MS), AT_MS + 12 * HOUR_MS - 60000);
	assert_int_equal(rcc_source_time(15, 12, AT_MS), AT_MS - 12 * HOUR_MS);
	/* Shortly before midnight, of one shortly after it. */
	assert_int_equal(rcc_source_time(0, 5, AT_MS + 20 * HOUR_MS), AT_MS + 20 * HOUR_MS + 53 * 60000);
	assert_int_equal(rcc_source_time(24, 0, AT_MS), 0);
	assert_int_equal(rcc_source_time(12, 60, AT_MS), 0);
	assert_int_equal(rcc_source_time(12, 0, 0), 0);
}

static size_t
first(const char *source, const char *text)
{
	return rcc_source_find(source)->length((const uint8_t *)text, strlen(text));
}

static void
each_source_cuts_its_texts(void **state)
{
	(void)state;
	assert_int_equal(first("dsc", "ONE\nTWO\n"), 8);
	assert_int_equal(first("beacon406", "ONE\r\nTWO\r\n"), 3);
	assert_int_equal(first("beacon406", "ONE"), 3);
	assert_int_equal(first("beacon406", "\nTWO"), 1);
	assert_int_equal(first("sit185", "DISTRESS ALERT\nEND OF MESSAGE\nDISTRESS COSPAS-SARSAT ALERT\n"), 30);
	for (size_t i = 0; rcc_source_at(i) != NULL; i++) {
		assert_int_equal(first(rcc_source_at(i)->name, ""), 0);
		assert_in_range(first(rcc_source_at(i)->name, "x\n"), 1, 2);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(line_ends_at_the_end_are_no_text),
	    cmocka_unit_test(the_nearest_instant_of_a_time_of_day),
	    cmocka_unit_test(each_source_cuts_its_texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
