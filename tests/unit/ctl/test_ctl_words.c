/* What stands under a row: recorded lines in, sentences out. */
#define _POSIX_C_SOURCE 200809L
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ctl/table.h"
#include "ctl/words.h"
#include "rcc/text.h"

static void
assert_words(const char *line, const char *want)
{
	char text[RCC_CTL_WORDS_SIZE];
	json_t *row = json_loads(line, 0, NULL);
	assert_non_null(row);
	rcc_ctl_words_format(row, text);
	json_decref(row);
	assert_string_equal(text, want);
}

#define PLACES                                                                                                         \
	"\"places\":[{\"lat\":35.2066667,\"lon\":12.6008333,\"percent\":50},{\"lat\":36.1,\"lon\":-13.05,\"percent\":" \
	"50}]"

static void
test_several_places(void **state)
{
	(void)state;
	assert_words("{\"class\":\"INCIDENT\"," PLACES "}",
	             "it may be at 35-12.40N 012-36.05E (50 %) or 36-06.00N 013-03.00W (50 %)\n");
	assert_words("{\"class\":\"BROADCAST\",\"places\":[{\"lat\":1,\"lon\":2},{\"lat\":3,\"lon\":4}]}",
	             "it may be at 01-00.00N 002-00.00E or 03-00.00N 004-00.00E\n");
	assert_words("{\"class\":\"INCIDENT\",\"conflict\":true," PLACES "}",
	             "CONFLICT: its sources contradict each other; it may be at 35-12.40N 012-36.05E (50 %) or "
	             "36-06.00N 013-03.00W (50 %); classify --pos settles it\n");
}

static void
test_ships_that_go_along(void **state)
{
	(void)state;
	assert_words("{\"class\":\"HANDOVER\",\"stage\":\"offered\"}", "");
	assert_words(
	    "{\"class\":\"HANDOVER\",\"cut\":true,\"ships\":["
	    "{\"mmsi\":\"247320100\",\"ship\":\"AURORA\",\"answer\":\"proceeding\",\"eta\":\"2026-11-23T04:10:00."
	    "000Z\","
	    "\"orders\":[\"requisition\",\"coordinate\"],\"unanswered\":true,\"order\":\"take them aboard\","
	    "\"place\":\"PORT A\"},"
	    "{\"mmsi\":\"235000004\",\"answer\":\"unable\",\"cannot\":\"too-far\",\"orders\":[],\"unanswered\":false},"
	    "{\"mmsi\":\"235000005\",\"orders\":[\"assist\"],\"unanswered\":true}]}",
	    "ship AURORA: proceeding, ETA 2026-11-23T04:10Z; REQUISITIONED; ON-SCENE COORDINATOR (not answered "
	    "yet): take them aboard; on her way to PORT A\n"
	    "ship 235000004: unable, too-far\n"
	    "ship 235000005: has not answered; has a task (not answered yet)\n"
	    "NOT ALL THAT IS KNOWN WENT ALONG: read their report (rccctl handover INC report)\n");
}

static void
test_how_a_case_stands(void **state)
{
	(void)state;
	assert_words("{\"class\":\"INCIDENT\",\"status\":\"open\"}", "");
	assert_words("{\"class\":\"INCIDENT\",\"review\":\"2026-11-23T09:00:00.000Z\"}",
	             "suspended until 2026-11-23T09:00:00Z, or until new developments\n");
	assert_words("{\"class\":\"INCIDENT\",\"review\":\"2026-11-23T09:00:00.000Z\",\"review_due\":true}",
	             "REVIEW IS DUE since 2026-11-23T09:00:00Z: resume it, close it, or suspend it anew\n");
	assert_words("{\"class\":\"INCIDENT\",\"restricted\":true,\"no_position_overdue\":true}",
	             "RESTRICTED: ship security, for officers alone, never for ships\n"
	             "NO POSITION in time: find one (classify --pos)\n");
	assert_words("{\"class\":\"INCIDENT\",\"part_of\":{\"incident\":\"2026-0001\",\"incident_id\":1}}",
	             "part of 2026-0001\n");
	assert_words("{\"class\":\"INCIDENT\",\"parts\":3,\"parts_open\":2,\"persons_in_parts\":57}",
	             "mass rescue: parts 3, of them open 2, persons in the parts 57\n");
}

static void
test_what_an_alert_tells(void **state)
{
	(void)state;
	assert_words(
	    "{\"class\":\"ALERT\",\"id\":5,\"notes\":[\"its position is old\",\"heard through another station\"],"
	    "\"escalated\":true,\"beacon\":\"ADCE0228C40401C\",\"contact_sealed\":true,\"suggestions\":[{"
	    "\"incident\":\"2026-0001\",\"incident_id\":1,\"why\":\"callsign\",\"score\":85}]}",
	    "note: its position is old\nnote: heard through another station\n"
	    "IT HAS WAITED TOO LONG: accept or dismiss it\nbeacon ADCE0228C40401C\n"
	    "who called, and how to call back, is sealed in the record\n"
	    "may belong to 2026-0001: same call sign, 85 of 100 (rccctl join 5 2026-0001)\n");
	assert_words(
	    "{\"class\":\"ALERT\",\"id\":5,\"same_beacon\":[{\"alert\":7,\"mode\":\"test\",\"lane\":\"test\"}]}",
	    "SAME BEACON as alert 7, which is test (test): compare them (rccctl alert 7)\n");
}

static void
test_a_flood_is_one_line(void **state)
{
	(void)state;
	assert_words("{\"class\":\"ALERT\",\"id\":5,\"sender\":\"MALTA\",\"flood_alerts\":941,\"flood_sender\":3}",
	             "and 940 more like it: rccctl flood MALTA\n");
	assert_words("{\"class\":\"ALERT\",\"sender\":\"COAST STATION 1\",\"flood_alerts\":2,\"flood_sender\":3}",
	             "and 1 more like it: rccctl flood \"COAST STATION 1\"\n");
	assert_words("{\"class\":\"ALERT\",\"flood_alerts\":2,\"flood_sender\":3}",
	             "and 1 more like it: rccctl flood 3\n");
	assert_words("{\"class\":\"ALERT\",\"flood_alerts\":1,\"flood_sender\":3}", "");
}

/* Every reason that JSON may name has its sentence, and none is left as a word. */
static void
test_every_reason_has_its_sentence(void **state)
{
	(void)state;
	for (int i = 1; i <= RCC_JOIN_LAST; i++) {
		char line[256];
		char text[RCC_CTL_WORDS_SIZE];
		snprintf(line, sizeof line,
		         "{\"class\":\"ALERT\",\"id\":1,\"suggestions\":[{\"incident\":\"2026-0001\",\"why\":\"%s\","
		         "\"score\":1}]}",
		         rcc_join_word((enum rcc_join)i));
		json_t *row = json_loads(line, 0, NULL);
		rcc_ctl_words_format(row, text);
		json_decref(row);
		assert_non_null(strstr(text, rcc_join_text((enum rcc_join)i)));
	}
}

/* More than fits is left out as whole sentences; nothing is written past the end. */
static void
test_too_much_is_left_out_whole(void **state)
{
	(void)state;
	char long_note[1024];
	char text[RCC_CTL_WORDS_SIZE];
	json_t *row = json_pack("{s:s, s:[]}", "class", "ALERT", "notes");
	memset(long_note, 'x', sizeof long_note - 1);
	long_note[sizeof long_note - 1] = '\0';
	for (int i = 0; i < 8; i++)
		assert_int_equal(json_array_append_new(json_object_get(row, "notes"), json_string(long_note)), 0);
	rcc_ctl_words_format(row, text);
	json_decref(row);
	assert_true(strlen(text) < sizeof text);
	assert_int_equal(text[strlen(text) - 1], '\n');
	assert_int_equal(strlen(text) % (sizeof long_note - 1 + strlen("note: \n")), 0);
}

/* The sentences stand under their row, indented, and text of ships cannot steer the terminal there either. */
static void
test_words_stand_under_their_row(void **state)
{
	(void)state;
	static const struct rcc_ctl_column columns[] = {{"INCIDENT", "incident", RCC_CTL_CELL_TEXT, false},
	                                                {"PART OF", "part_of.incident", RCC_CTL_CELL_TEXT, false},
	                                                {NULL, NULL, RCC_CTL_CELL_TEXT, false}};
	struct rcc_ctl_table table;
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);
	json_t *first = json_loads(
	    "{\"class\":\"INCIDENT\",\"incident\":\"2026-0002\",\"part_of\":{\"incident\":\"a\\u001b[2J\"}}", 0, NULL);
	json_t *second = json_loads("{\"class\":\"INCIDENT\",\"incident\":\"2026-0003\"}", 0, NULL);
	rcc_ctl_table_init(&table, columns, out);
	assert_true(rcc_ctl_table_add(&table, first));
	assert_true(rcc_ctl_table_add(&table, second));
	rcc_ctl_table_flush(&table);
	rcc_ctl_table_fini(&table);
	json_decref(first);
	json_decref(second);
	fclose(out);
	assert_string_equal(text, "INCIDENT   PART OF\n"
	                          "2026-0002  a?[2J\n"
	                          "    part of a?[2J\n"
	                          "2026-0003  -\n");
	free(text);
}

static void
test_status_shows_what_came_from_where(void **state)
{
	(void)state;
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);
	json_t *row = json_loads(
	    "{\"class\":\"STATUS\",\"centre\":\"X\",\"sources\":[{\"source\":\"dsc\",\"received\":12,\"alerts\":2,"
	    "\"unread\":1,\"positions\":0,\"routine\":8,\"again\":1,\"not_recorded\":0}]}",
	    0, NULL);
	rcc_ctl_details_print(row, NULL, out);
	json_decref(row);
	fclose(out);
	assert_string_equal(text, "centre   X\n"
	                          "SOURCE  RECEIVED  ALERTS  UNREAD  POSITIONS  ROUTINE  AGAIN  NOT RECORDED\n"
	                          "dsc           12       2       1          0        8      1             0\n");
	free(text);
}

/* What stands against a place of safety, and what is said of each ship there. */
static void
test_a_place_of_safety(void **state)
{
	(void)state;
	assert_words("{\"class\":\"PLACE\",\"id\":1,\"blocked\":[\"unchecked\",\"refused\"],\"missing\":[\"safety\"],"
	             "\"authority\":\"PORT\",\"refusal\":\"no berth\",\"ships\":[]}",
	             "BLOCKED: its four checks have not been answered (place checked)\n"
	             "BLOCKED: PORT refuses: no berth\n");
	assert_words(
	    "{\"class\":\"PLACE\",\"checked\":\"2026-11-23T02:50:00.000Z\",\"blocked\":[\"unchecked\",\"unsafe\","
	    "\"feared\"],\"missing\":[\"needs\",\"onward\"],\"unsafe_since\":\"2026-11-23T02:50:00.000Z\","
	    "\"unsafe_by\":\"ROSSI\",\"unsafe_reason\":\"people are held there\",\"ships\":[{\"mmsi\":"
	    "\"244670316\",\"state\":\"not-assigned\",\"objections\":2,\"objection\":\"never\","
	    "\"waits_after\":\"ROSSI\",\"waits_reason\":\"nowhere else\",\"waits_until\":"
	    "\"2026-11-23T04:00:00.000Z\"}]}",
	    "BLOCKED: these checks are not answered yes: needs, onward\n"
	    "BLOCKED: UNSAFE since 2026-11-23T02:50Z, said by ROSSI: people are held there\n"
	    "BLOCKED: survivors have stated a fear, and no officer has reviewed that (place reviewed)\n"
	    "THE MASTER OF 244670316 OBJECTS, which never counts against the ship: never\n"
	    "NOTHING IS DECIDED for 244670316: ROSSI wants it (nowhere else); another officer decides until "
	    "2026-11-23T04:00Z with place ... assigned --override --text\n");
	assert_words(
	    "{\"class\":\"PLACE\",\"blocked\":[],\"ships\":[{\"mmsi\":\"244670316\",\"ship\":\"BOREAS\",\"state\":"
	    "\"assigned\",\"assigned\":\"2026-11-23T03:00:00.000Z\",\"told\":\"stored\",\"override\":true,"
	    "\"first\":\"ROSSI\",\"first_reason\":\"a\",\"by\":\"BIANCHI\",\"text\":\"b\",\"extra_nm\":40}]}",
	    "BOREAS is sent here since 2026-11-23T03:00Z by BIANCHI; the message to her: stored\n"
	    "OVER A WARNING, by two officers: ROSSI (a) and BIANCHI (b)\n"
	    "BOREAS deviates 40 nm and 0 h for it\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_several_places),
	    cmocka_unit_test(test_how_a_case_stands),
	    cmocka_unit_test(test_ships_that_go_along),
	    cmocka_unit_test(test_what_an_alert_tells),
	    cmocka_unit_test(test_a_flood_is_one_line),
	    cmocka_unit_test(test_every_reason_has_its_sentence),
	    cmocka_unit_test(test_too_much_is_left_out_whole),
	    cmocka_unit_test(test_words_stand_under_their_row),
	    cmocka_unit_test(test_status_shows_what_came_from_where),
	    cmocka_unit_test(test_a_place_of_safety),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
