/*
 * test_states.c - the table of states in docs/architecture.md is the table that the rules obey.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/state.h"
#include "rcc/text.h"

#define PAGE RCC_SOURCE_DIR "/docs/architecture.md"
#define MARK "<!-- table: incident status"
/* The page is some 10 kB. */
#define PAGE_MAX 65536
#define LINE_SIZE 256

static char page[PAGE_MAX];

static void
read_page(void)
{
	FILE *file = fopen(PAGE, "r");

	assert_non_null(file);
	size_t len = fread(page, 1, sizeof page - 1, file);
	assert_int_equal(fclose(file), 0);
	assert_in_range(len, 1, sizeof page - 2);
	page[len] = '\0';
}

/* Appends formatted text; the whole table is far below the size. */
static size_t
add(char *text, size_t at, size_t size, const char *piece)
{
	int len = snprintf(text + at, size - at, "%s", piece);

	assert_in_range(len, 0, size - at - 1);
	return at + (size_t)len;
}

/* One line of the table as the rules have it: "| new | | yes | yes |". */
static void
expected_row(enum rcc_incident_status from, char text[LINE_SIZE])
{
	size_t at = add(text, 0, LINE_SIZE, "| ");

	at = add(text, at, LINE_SIZE, rcc_incident_status_word(from));
	at = add(text, at, LINE_SIZE, " |");
	for (int to = RCC_INCIDENT_NEW; to <= RCC_INCIDENT_STATUS_LAST; to++)
		at = add(text, at, LINE_SIZE,
		         rcc_incident_may_move(from, (enum rcc_incident_status)to) ? " yes |" : " |");
	add(text, at, LINE_SIZE, "\n");
}

static void
incident_status_moves_as_documented(void **state)
{
	char row[LINE_SIZE];

	(void)state;
	read_page();
	const char *at = strstr(page, MARK);
	assert_non_null(at);
	/* The mark, the heading and the rule under it stand before the first row. */
	for (int i = 0; i < 3; i++) {
		at = strchr(at, '\n');
		assert_non_null(at);
		at++;
	}
	for (int from = RCC_INCIDENT_NEW; from <= RCC_INCIDENT_STATUS_LAST; from++) {
		expected_row((enum rcc_incident_status)from, row);
		assert_int_equal(strncmp(at, row, strlen(row)), 0);
		at += strlen(row);
	}
	assert_true(*at == '\n');
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(incident_status_moves_as_documented)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
