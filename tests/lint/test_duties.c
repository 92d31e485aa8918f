/*
 * test_duties.c - the table in docs/duties.md has a line for every rule of the ledger, with its law as the code has it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/duty.h"
#include "rcc/types.h"

#define PAGE RCC_SOURCE_DIR "/docs/duties.md"
/* The page is some 8 kB. */
#define PAGE_MAX 65536
#define ROW_SIZE 512

static char page[PAGE_MAX];

static void
row(const char *id, const char *word, const char *debtor, const char *clock, const char *law, const char *what)
{
	char text[ROW_SIZE];
	int len = snprintf(text, sizeof text, "| %s | `%s` | %s | %s | %s | %s |", id, word, debtor, clock, law, what);

	assert_in_range(len, 1, sizeof text - 1);
	if (strstr(page, text) == NULL)
		fail_msg("docs/duties.md has no row that begins: %s", text);
}

#define CENTRE "centre"
#define SHIP "ship"
static void
test_every_rule_has_its_row(void **state)
{
	unsigned rules = 0;
	unsigned rows = 0;

	(void)state;
#define RCC_DUTY(name, number, id, debtor, word, key, minutes, law, what)                                              \
	row(id, word, debtor, "`" key "` | " #minutes, law, what);                                                     \
	rules++;
#define RCC_DUTY_UNTIMED(name, number, id, debtor, word, law, what)                                                    \
	row(id, word, debtor, " | ", law, what);                                                                       \
	rules++;
#include "rcc/duties.def"
#undef RCC_DUTY
#undef RCC_DUTY_UNTIMED
	for (const char *at = page; (at = strstr(at, "\n| ")) != NULL; at++)
		rows++;
	/* One more is the heading. */
	assert_int_equal(rows, rules + 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_every_rule_has_its_row)};
	FILE *file = fopen(PAGE, "r");

	if (file == NULL || fread(page, 1, sizeof page - 1, file) == 0 || fclose(file) != 0)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
