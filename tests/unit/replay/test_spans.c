/* Lengths of time, and what they are in the middle and at worst. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "replay/spans.h"

static void
test_percentiles(void **state)
{
	(void)state;
	struct rcc_spans spans = {0};

	assert_int_equal(rcc_spans_add(&spans, 40), RCC_OK);
	rcc_spans_sort(&spans);
	assert_int_equal(rcc_spans_percentile(&spans, 1), 40);
	assert_int_equal(rcc_spans_percentile(&spans, 50), 40);
	assert_int_equal(rcc_spans_percentile(&spans, 100), 40);
	/* Of an even number the lower one of the middle: a time that there was. */
	assert_int_equal(rcc_spans_add(&spans, 10), RCC_OK);
	rcc_spans_sort(&spans);
	assert_int_equal(rcc_spans_percentile(&spans, 50), 10);
	assert_int_equal(rcc_spans_percentile(&spans, 51), 40);
	rcc_spans_fini(&spans);
	assert_int_equal(spans.count, 0);
	/* 1000 down to 1: more than the first room. */
	for (int64_t ms = 1000; ms > 0; ms--)
		assert_int_equal(rcc_spans_add(&spans, ms), RCC_OK);
	rcc_spans_sort(&spans);
	assert_int_equal(rcc_spans_percentile(&spans, 1), 10);
	assert_int_equal(rcc_spans_percentile(&spans, 50), 500);
	assert_int_equal(rcc_spans_percentile(&spans, 95), 950);
	assert_int_equal(rcc_spans_percentile(&spans, 100), 1000);
	rcc_spans_fini(&spans);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_percentiles)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
