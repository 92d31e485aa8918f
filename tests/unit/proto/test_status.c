/* Statuses have a sentence each; a fault keeps one line for the operator. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "rcc/status.h"

static void
test_every_status_has_a_text(void **state)
{
	(void)state;
	for (unsigned status = RCC_OK; status <= RCC_E_TIMEOUT; status++) {
		const char *text = rcc_status_text((enum rcc_status)status);
		assert_string_not_equal(text, "unknown status");
		assert_in_range(strlen(text), 4, RCC_FAULT_TEXT_MAX);
	}
	unsigned beyond = RCC_E_TIMEOUT + 1;
	assert_string_equal(rcc_status_text((enum rcc_status)beyond), "unknown status");
}

static void
test_fault(void **state)
{
	(void)state;
	struct rcc_fault fault;
	assert_int_equal(rcc_fault_set(&fault, RCC_E_IO, "%s: %d", "file", 5), RCC_E_IO);
	assert_int_equal(fault.status, RCC_E_IO);
	assert_string_equal(fault.text, "file: 5");
	assert_int_equal(rcc_fault_set(NULL, RCC_E_BUSY, "%s", "nobody asks"), RCC_E_BUSY);
	/* Longer than it holds: cut, and still a string. */
	char longer[2 * RCC_FAULT_TEXT_MAX];
	memset(longer, 'x', sizeof longer - 1);
	longer[sizeof longer - 1] = '\0';
	assert_int_equal(rcc_fault_set(&fault, RCC_E_CONFIG, "%s", longer), RCC_E_CONFIG);
	assert_int_equal(strlen(fault.text), RCC_FAULT_TEXT_MAX);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_every_status_has_a_text),
	    cmocka_unit_test(test_fault),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
