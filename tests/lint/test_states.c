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
#define MARK_STATUS "<!-- table: incident status"
#define MARK_PHASE "<!-- table: phases"
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

/* One line of a table as the rules have it: "| new | open | officer | an officer acts on it |". */
static void
expected_row(const struct rcc_move *move, const char *from, const char *to, char text[LINE_SIZE])
{
	size_t at = add(text, 0, LINE_SIZE, "| ");

	at = add(text, at, LINE_SIZE, from);
	at = add(text, at, LINE_SIZE, " | ");
	at = add(text, at, LINE_SIZE, to);
	at = add(text, at, LINE_SIZE, (move->by & RCC_BY_MACHINE) != 0 ? " | machine, officer | " : " | officer | ");
	at = add(text, at, LINE_SIZE, move->why);
	add(text, at, LINE_SIZE, " |\n");
}

/* Where the rows of the table behind a mark begin. */
static const char *
rows_of(const char *mark)
{
	const char *at = strstr(page, mark);

	assert_non_null(at);
	/* The mark, the heading and the rule under it stand before the first row. */
	for (int i = 0; i < 3; i++) {
		at = strchr(at, '\n');
		assert_non_null(at);
		at++;
	}
	return at;
}

static const char *
expect(const char *at, const char *row)
{
	if (strncmp(at, row, strlen(row)) != 0)
		fail_msg("%s: expected the row\n%sfound\n%.120s", PAGE, row, at);
	return at + strlen(row);
}

static void
incident_status_moves_as_documented(void **state)
{
	char row[LINE_SIZE];
	(void)state;

	read_page();
	const char *at = rows_of(MARK_STATUS);
	for (int from = RCC_INCIDENT_NEW; from <= RCC_INCIDENT_STATUS_LAST; from++) {
		for (int to = RCC_INCIDENT_NEW; to <= RCC_INCIDENT_STATUS_LAST; to++) {
			const struct rcc_move *move =
			    rcc_incident_move((enum rcc_incident_status)from, (enum rcc_incident_status)to);
			if (move == NULL)
				continue;
			expected_row(move, rcc_incident_status_word((enum rcc_incident_status)from),
			             rcc_incident_status_word((enum rcc_incident_status)to), row);
			at = expect(at, row);
		}
	}
	assert_true(*at != '|');
}

static void
phases_move_as_documented(void **state)
{
	char row[LINE_SIZE];
	(void)state;

	read_page();
	const char *at = rows_of(MARK_PHASE);
	for (int from = RCC_PHASE_UNCERTAINTY; from <= RCC_PHASE_LAST; from++) {
		for (int to = RCC_PHASE_UNCERTAINTY; to <= RCC_PHASE_LAST; to++) {
			const struct rcc_move *move = rcc_phase_move((enum rcc_phase)from, (enum rcc_phase)to);
			if (move == NULL)
				continue;
			expected_row(move, rcc_phase_word((enum rcc_phase)from), rcc_phase_word((enum rcc_phase)to),
			             row);
			at = expect(at, row);
		}
	}
	assert_true(*at != '|');
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(incident_status_moves_as_documented),
	                                   cmocka_unit_test(phases_move_as_documented)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
