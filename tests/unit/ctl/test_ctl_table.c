/* JSON rows as tables: recorded lines in, exact text out. */
#define _POSIX_C_SOURCE 200809L
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ctl/table.h"

static const struct rcc_ctl_column columns[] = {
    {"INCIDENT", "incident", RCC_CTL_CELL_TEXT, false}, {"POB", "persons", RCC_CTL_CELL_TEXT, true},
    {"POSITION", NULL, RCC_CTL_CELL_POS, false},        {"OPENED", "opened", RCC_CTL_CELL_TIME, false},
    {"ETA", "eta_min", RCC_CTL_CELL_MINUTES, true},     {"STORED", "ms", RCC_CTL_CELL_SECONDS, true},
    {"HELD", "held", RCC_CTL_CELL_TEXT, false},         {"WARNINGS", NULL, RCC_CTL_CELL_MARKS, false},
    {"NAME", "name", RCC_CTL_CELL_TEXT, false},         {NULL, NULL, RCC_CTL_CELL_TEXT, false},
};

struct output {
	char *text;
	size_t len;
	FILE *file;
};

static void
open_output(struct output *output)
{
	output->text = NULL;
	output->file = open_memstream(&output->text, &output->len);
	assert_non_null(output->file);
}

static void
assert_output(struct output *output, const char *want)
{
	assert_int_equal(fclose(output->file), 0);
	assert_string_equal(output->text, want);
	free(output->text);
}

static void
add(struct rcc_ctl_table *table, const char *line)
{
	json_t *row = json_loads(line, 0, NULL);
	assert_non_null(row);
	assert_true(rcc_ctl_table_add(table, row));
	json_decref(row);
}

static void
test_columns_are_aligned_and_unknown_is_a_dash(void **state)
{
	(void)state;
	struct rcc_ctl_table table;
	struct output output;
	open_output(&output);
	rcc_ctl_table_init(&table, columns, output.file);
	add(&table, "{\"incident\":\"2026-0001\",\"persons\":14,\"lat\":35.2066667,\"lon\":-12.6,"
	            "\"opened\":\"2026-11-23T03:12:06.100Z\",\"eta_min\":95,\"ms\":4,\"held\":true,"
	            "\"flagged\":true,\"needs_reading\":true,\"name\":\"ASTRID\"}");
	add(&table, "{\"incident\":\"2026-0002\",\"eta_min\":59,\"ms\":61234,\"held\":false}");
	rcc_ctl_table_flush(&table);
	rcc_ctl_table_fini(&table);
	assert_output(
	    &output,
	    "INCIDENT   POB  POSITION              OPENED                  ETA   STORED  HELD  WARNINGS               "
	    "NAME\n"
	    "2026-0001   14  35-12.40N 012-36.00W  2026-11-23T03:12:06Z   1h35   0.004s  yes   needs-reading,flagged  "
	    "ASTRID\n"
	    "2026-0002    -  -                     -                     59min  61.234s  no    -                      "
	    "-\n");
}

static void
test_an_empty_table_prints_nothing(void **state)
{
	(void)state;
	struct rcc_ctl_table table;
	struct output output;
	open_output(&output);
	rcc_ctl_table_init(&table, columns, output.file);
	rcc_ctl_table_flush(&table);
	rcc_ctl_table_fini(&table);
	assert_output(&output, "");
}

static const struct rcc_ctl_column two[] = {
    {"SHIP", "ship", RCC_CTL_CELL_TEXT, false},
    {"TEXT", "text", RCC_CTL_CELL_TEXT, false},
    {NULL, NULL, RCC_CTL_CELL_TEXT, false},
};

/* The header comes once, and a later page keeps the widths of the first. */
static void
test_pages_stay_aligned(void **state)
{
	(void)state;
	struct rcc_ctl_table table;
	struct output output;
	open_output(&output);
	rcc_ctl_table_init(&table, two, output.file);
	add(&table, "{\"ship\":\"BOREAS\",\"text\":\"a\"}");
	rcc_ctl_table_flush(&table);
	add(&table, "{\"ship\":\"X\",\"text\":\"b\"}");
	rcc_ctl_table_flush(&table);
	rcc_ctl_table_flush(&table);
	rcc_ctl_table_fini(&table);
	assert_output(&output, "SHIP    TEXT\n"
	                       "BOREAS  a\n"
	                       "X       b\n");
}

/* A name from a ship must not move the cursor, clear the screen or start a new row. */
static void
test_names_cannot_steer_the_terminal(void **state)
{
	(void)state;
	struct rcc_ctl_table table;
	struct output output;
	open_output(&output);
	rcc_ctl_table_init(&table, two, output.file);
	add(&table, "{\"ship\":\"\\u001b[2JEVIL\\n\\u007f\",\"text\":\"csi \\u009b31m \\u00e9\"}");
	rcc_ctl_table_flush(&table);
	rcc_ctl_table_fini(&table);
	assert_output(&output, "SHIP        TEXT\n"
	                       "?[2JEVIL??  csi ?31m \xc3\xa9\n");
}

static void
test_width_is_in_characters(void **state)
{
	(void)state;
	struct rcc_ctl_table table;
	struct output output;
	open_output(&output);
	assert_int_equal(rcc_ctl_text_width("\xc3\x85SNE"), 4);
	rcc_ctl_table_init(&table, two, output.file);
	add(&table, "{\"ship\":\"\xc3\x85SNE\",\"text\":\"a\"}");
	add(&table, "{\"ship\":\"ASNES\",\"text\":\"b\"}");
	rcc_ctl_table_flush(&table);
	rcc_ctl_table_fini(&table);
	assert_output(&output, "SHIP   TEXT\n"
	                       "\xc3\x85SNE   a\n"
	                       "ASNES  b\n");
}

/* Only the last column may be long; a cut shows. */
static void
test_long_cells_are_cut_at_a_character(void **state)
{
	(void)state;
	struct rcc_ctl_table table;
	struct output output;
	json_t *added = json_object();
	char name[2 * 41 + 1] = "";
	open_output(&output);
	for (size_t i = 0; i < sizeof name - 1; i++)
		name[i] = i % 2 == 0 ? '\xc3' : '\xa9';
	assert_int_equal(json_object_set_new(added, "ship", json_string(name)), 0);
	assert_int_equal(
	    json_object_set_new(added, "text", json_string("0123456789012345678901234567890123456789012345")), 0);
	rcc_ctl_table_init(&table, two, output.file);
	assert_true(rcc_ctl_table_add(&table, added));
	json_decref(added);
	rcc_ctl_table_flush(&table);
	rcc_ctl_table_fini(&table);
	assert_int_equal(fclose(output.file), 0);
	const char *row = strchr(output.text, '\n') + 1;
	const char *cut = strstr(row, "\xe2\x80\xa6");
	assert_non_null(cut);
	assert_int_equal(cut - row, 39 * 2);
	assert_non_null(strstr(row, "0123456789012345678901234567890123456789012345\n"));
	free(output.text);
}

static void
test_details_name_every_member_once(void **state)
{
	(void)state;
	struct output output;
	open_output(&output);
	json_t *row = json_loads("{\"class\":\"ALERT\",\"id\":3,\"lat\":35.2066667,\"lon\":12.6,\"pos_radius_m\":50,"
	                         "\"eta_min\":61,\"raw\":\"$CDDSC\\r\\n\",\"counters\":{\"received\":3,\"full\":0}}",
	                         0, NULL);
	assert_non_null(row);
	rcc_ctl_details_print(row, NULL, output.file);
	json_decref(row);
	assert_output(&output, "id            3\n"
	                       "position      35-12.40N 012-36.00E\n"
	                       "pos radius m  50\n"
	                       "eta min       1h01\n"
	                       "raw           $CDDSC\n"
	                       "counters:\n"
	                       "received      3\n"
	                       "full          0\n");
}

/* A text of another centre is read line by line; what could steer the terminal is still shown as ?. */
static void
test_raw_texts_keep_their_lines(void **state)
{
	(void)state;
	struct output output;
	open_output(&output);
	json_t *row = json_loads("{\"class\":\"ALERT\",\"id\":3,\"raw\":\"1. DISTRESS\\r\\n\\r\\n2.\\tHEX \\u001b[2J "
	                         "\\u009b31m \\u00e9\\nEND\"}",
	                         0, NULL);
	assert_non_null(row);
	rcc_ctl_details_print(row, NULL, output.file);
	json_decref(row);
	assert_output(&output, "id     3\n"
	                       "raw    1. DISTRESS\n"
	                       "       \n"
	                       "       2.\\x09HEX \\x1b[2J \\x9b31m \xc3\xa9\n"
	                       "       END\n");
	/* One odd byte makes no hexadecimal riddle of a text; bytes that are none stay as they are. */
	open_output(&output);
	row = json_loads(
	    "{\"class\":\"ALERT\",\"id\":3,\"raw_hex\":\"312e2044495354524553530d0a322e2048455807e90d0a\"}", 0, NULL);
	assert_non_null(row);
	rcc_ctl_details_print(row, NULL, output.file);
	json_decref(row);
	assert_output(&output, "id       3\n"
	                       "raw hex  312e2044495354524553530d0a322e2048455807e90d0a\n"
	                       "the same as text:\n"
	                       "         1. DISTRESS\n"
	                       "         2. HEX\\x07\\xe9\n");
	open_output(&output);
	row = json_loads("{\"class\":\"ALERT\",\"raw_hex\":\"fffe2ff0adce0228c40401c1\"}", 0, NULL);
	assert_non_null(row);
	rcc_ctl_details_print(row, NULL, output.file);
	json_decref(row);
	assert_output(&output, "raw hex  fffe2ff0adce0228c40401c1\n");
}

/* On a terminal columns that do not fit stand under their row, with their titles; nothing is cut, nothing unknown is shown. */
static void
test_a_narrow_terminal_gets_every_fact(void **state)
{
	(void)state;
	struct rcc_ctl_table table;
	struct output output;
	open_output(&output);
	rcc_ctl_table_init(&table, columns, output.file);
	assert_int_equal(table.limit, 0);
	table.limit = 60;
	add(&table, "{\"incident\":\"2026-0001\",\"persons\":14,\"lat\":35.2066667,\"lon\":-12.6,"
	            "\"opened\":\"2026-11-23T03:12:06.100Z\",\"ms\":4,\"held\":true,"
	            "\"name\":\"A NAME OF MORE THAN FORTY CHARACTERS, WHICH IS NEVER CUT HERE\"}");
	add(&table, "{\"incident\":\"2026-0002\",\"ms\":61234,\"held\":false}");
	rcc_ctl_table_flush(&table);
	rcc_ctl_table_fini(&table);
	assert_output(&output, "INCIDENT   POB  POSITION              OPENED\n"
	                       "2026-0001   14  35-12.40N 012-36.00W  2026-11-23T03:12:06Z\n"
	                       "    STORED 0.004s  HELD yes\n"
	                       "    NAME A NAME OF MORE THAN FORTY CHARACTERS, WHICH IS\n"
	                       "      NEVER CUT HERE\n"
	                       "2026-0002    -  -                     -\n"
	                       "    STORED 61.234s  HELD no\n");
}

/* What is wide enough stays as it is in a file. */
static void
test_a_wide_terminal_changes_nothing(void **state)
{
	(void)state;
	struct rcc_ctl_table table;
	struct output output;
	open_output(&output);
	rcc_ctl_table_init(&table, two, output.file);
	table.limit = 40;
	add(&table, "{\"ship\":\"BOREAS\",\"text\":\"a\"}");
	add(&table, "{\"ship\":\"X\"}");
	rcc_ctl_table_flush(&table);
	rcc_ctl_table_fini(&table);
	assert_output(&output, "SHIP    TEXT\n"
	                       "BOREAS  a\n"
	                       "X       -\n");
}

static void
test_positions_off_the_globe_are_not_shown(void **state)
{
	(void)state;
	static const struct rcc_ctl_column column = {"POSITION", NULL, RCC_CTL_CELL_POS, false};
	static const char *const rows[] = {"{\"lat\":91,\"lon\":0}", "{\"lat\":0,\"lon\":181}", "{\"lat\":0}",
	                                   "{\"lat\":\"35\",\"lon\":12}"};
	char text[RCC_CTL_CELL_SIZE];
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		json_t *row = json_loads(rows[i], 0, NULL);
		rcc_ctl_cell_format(text, row, &column);
		assert_string_equal(text, "-");
		json_decref(row);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_columns_are_aligned_and_unknown_is_a_dash),
	    cmocka_unit_test(test_an_empty_table_prints_nothing),
	    cmocka_unit_test(test_pages_stay_aligned),
	    cmocka_unit_test(test_names_cannot_steer_the_terminal),
	    cmocka_unit_test(test_width_is_in_characters),
	    cmocka_unit_test(test_long_cells_are_cut_at_a_character),
	    cmocka_unit_test(test_details_name_every_member_once),
	    cmocka_unit_test(test_raw_texts_keep_their_lines),
	    cmocka_unit_test(test_a_narrow_terminal_gets_every_fact),
	    cmocka_unit_test(test_a_wide_terminal_changes_nothing),
	    cmocka_unit_test(test_positions_off_the_globe_are_not_shown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
