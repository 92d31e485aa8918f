/* What needs an officer now: the order in which it is told, and the command that follows. */
#define _POSIX_C_SOURCE 200809L
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ctl/tasks.h"
#include "place.h"

#define DOCUMENT_MAX 262144

#define CASE(number, more)                                                                                             \
	"{\"class\":\"INCIDENT\",\"incident\":\"2026-000" number "\",\"incident_id\":" number                          \
	",\"opened\":\"2026-11-23T03:0" number ":00.000Z\"," more "}"
#define REQUEST(direction, stage, overdue)                                                                             \
	"{\"class\":\"REQUEST\",\"id\":4,\"centre\":\"MRCC B\",\"mode\":\"live\",\"place\":\"PORT "                    \
	"B\",\"direction\":\"" direction "\",\"stage\":\"" stage "\",\"overdue\":" overdue                             \
	",\"asked\":\"2026-11-23T03:01:00.000Z\"}"
#define LIVE "\"mode\":\"live\",\"phase\":\"distress\",\"status\":\"open\""

static void
take(struct rcc_ctl_tasks *tasks, const char *line)
{
	json_t *row = json_loads(line, 0, NULL);
	assert_non_null(row);
	rcc_ctl_tasks_take(tasks, row);
	json_decref(row);
}

/* Each line, what it asks for, and the command. */
static const struct {
	const char *line, *what, *command;
} asked[] = {
    {CASE("1", LIVE ",\"relay\":\"waits-for-position\",\"no_position_overdue\":true"), "no-position",
     "rccctl classify 2026-0001 --pos POS --reason TEXT"},
    {CASE("1", LIVE ",\"relay\":\"sent\",\"conflict\":true"), "conflict",
     "rccctl classify 2026-0001 --pos POS --reason TEXT"},
    {CASE("1", LIVE ",\"relay\":\"held\""), "held", "rccctl relay 2026-0001"},
    {CASE("1", LIVE ",\"relay\":\"officer\""), "officer", "rccctl relay 2026-0001"},
    {CASE("1", LIVE ",\"relay\":\"scheduled\",\"relay_due\":\"2026-11-23T03:02:00.000Z\""), "scheduled",
     "rccctl relay 2026-0001"},
    {CASE("1", LIVE ",\"relay\":\"cancelled\""), "close", "rccctl closing 2026-0001"},
    {CASE("1", LIVE ",\"relay\":\"sent\",\"called_anew\":true"), "new",
     "rccctl classify 2026-0001 --verified --reason TEXT"},
    {CASE("1", LIVE ",\"relay\":\"sent\",\"stranded\":[{\"ship\":\"STAR\",\"aboard\":48,\"cannot\":\"disabled\"}]"),
     "stranded", "rccctl rank 2026-0001"},
    {CASE("1", LIVE ",\"relay\":\"sent\",\"fear_of\":\"TRIPOLI\""), "fear",
     "rccctl place 2026-0001 \"TRIPOLI\" reviewed --text TEXT"},
    {CASE("1", LIVE ",\"relay\":\"sent\",\"second_officer_for\":\"SFAX\""), "second-officer",
     "rccctl places 2026-0001"},
    {CASE("1", LIVE ",\"relay\":\"sent\",\"by_voice\":2"), "tell-by-voice", "rccctl release 2026-0001 --ship MMSI"},
    {CASE("1", LIVE ",\"relay\":\"sent\",\"handover\":{\"direction\":\"in\",\"stage\":\"offered\"}"), "handover",
     "rccctl handover 2026-0001 accept --officer NAME"},
    {CASE("1", LIVE ",\"relay\":\"sent\",\"handover\":{\"direction\":\"out\",\"stage\":\"offered\",\"overdue\":true}"),
     "handover", "rccctl handovers"},
    {CASE("1", LIVE ",\"relay\":\"sent\",\"handover\":{\"direction\":\"out\",\"stage\":\"contested\"}"), "handover",
     "rccctl handovers"},
    {CASE("1",
          "\"mode\":\"live\",\"phase\":\"distress\",\"status\":\"transferred\",\"relay\":\"sent\",\"recipients\":2,"
          "\"handover\":{\"direction\":\"out\",\"stage\":\"confirmed\",\"centre\":\"MRCC B\"}"),
     "handover", "rccctl cancel 2026-0001 --theirs-over --reason TEXT"},
    {REQUEST("in", "asked", "false"), "place-request", "rccctl request 4 offered --officer NAME"},
    {REQUEST("in", "asked", "true"), "place-request", "rccctl request 4 offered --officer NAME"},
    {REQUEST("out", "asked", "true"), "place-request", "rccctl request 4 withdrawn --reason TEXT"},
    {REQUEST("out", "not-taken", "false"), "place-request", "rccctl request 4 withdrawn --reason TEXT"},
    {CASE("1", LIVE ",\"relay\":\"sent\",\"recipients\":0"), "nobody-told", "rccctl rank 2026-0001"},
    {CASE("1", LIVE ",\"relay\":\"sent\",\"recipients\":9,\"left_out\":2"), "nobody-told", "rccctl rank 2026-0001"},
    {CASE("1", "\"mode\":\"live\",\"status\":\"suspended\",\"relay\":\"suspended\",\"review_due\":true"), "review-due",
     "rccctl resume 2026-0001 --reason TEXT"},
    {CASE("1", "\"mode\":\"live\",\"status\":\"new\",\"relay\":\"sent\""), "new",
     "rccctl classify 2026-0001 --verified --reason TEXT"},
    {CASE("1", LIVE ",\"relay\":\"sent\",\"recipients\":1,\"only_casualty_told\":true"), "nobody-told",
     "rccctl rank 2026-0001"},
    {CASE("1", LIVE ",\"relay\":\"sent\",\"recipients\":3,\"withdrawn\":true"), "withdrawn",
     "rccctl cancel 2026-0001 --reason TEXT"},
    {CASE("1", LIVE ",\"relay\":\"cancelled\",\"persons_aboard\":82"), "close", "rccctl closing 2026-0001"},
    {"{\"class\":\"ALERT\",\"lane\":\"not-recorded\",\"lat\":36.1,\"lon\":12.5}", "not-recorded", "rccctl alerts"},
    {"{\"class\":\"ALERT\",\"id\":7,\"lane\":\"quarantine\",\"verdict\":\"unenrolled\"}", "quarantine",
     "rccctl alert 7"},
    {"{\"class\":\"ALERT\",\"id\":7,\"lane\":\"quarantine\",\"escalated\":true}", "escalated", "rccctl alert 7"},
    {"{\"class\":\"ALERT\",\"id\":7,\"lane\":\"needs-reading\"}", "needs-reading", "rccctl alert 7"},
    {"{\"class\":\"ALERT\",\"id\":7,\"lane\":\"quarantine\",\"flood_alerts\":900,\"flood_sender\":4}", "flood",
     "rccctl flood 4"},
    {"{\"class\":\"PLAN\",\"id\":2,\"name\":\"GIULIA\",\"overdue\":true}", "overdue",
     "rccctl plan arrived --name \"GIULIA\""},
    {"{\"class\":\"DUTY\",\"id\":9,\"incident\":\"2026-0001\",\"incident_id\":1,\"state\":\"overdue\","
     "\"law\":\"SAR Convention annex 4.7.1\",\"what\":\"designate\"}",
     "duty-overdue", "rccctl duties 2026-0001"},
    {"{\"class\":\"DUTY\",\"id\":9,\"incident\":\"2026-0001\",\"incident_id\":1,\"state\":\"overdue\","
     "\"rule\":\"coordinator\",\"law\":\"SAR Convention annex 4.7.1\",\"what\":\"designate\"}",
     "duty-overdue", "rccctl coordinate 2026-0001 --ship MMSI"},
    {"{\"class\":\"DUTY\",\"id\":9,\"incident\":\"2026-0001\",\"incident_id\":1,\"state\":\"excused\","
     "\"debtor\":\"ship\",\"rule\":\"task\",\"mmsi\":\"247123456\",\"what\":\"answer the task\","
     "\"changed\":\"2026-11-23T03:01:00.000Z\"}",
     "turned-down", "rccctl rank 2026-0001"},
    {"{\"class\":\"NEED\",\"id\":3,\"incident\":\"2026-0001\",\"incident_id\":1,\"kind\":\"medevac\","
     "\"state\":\"asked\"}",
     "need-overdue", "rccctl need --id 3 --state WORD"},
    {"{\"class\":\"NEED\",\"id\":3,\"incident\":\"2026-0001\",\"incident_id\":1,\"kind\":\"water\",\"overdue\":"
     "true}",
     "need-overdue", "rccctl need --id 3 --state WORD"},
    {"{\"class\":\"SUGGESTION\",\"alert\":3,\"incident\":\"2026-0001\",\"incident_id\":1,\"reason\":\"same "
     "name\"}",
     "suggestion", "rccctl join 3 2026-0001 --reason TEXT"},
};

static void
test_what_a_line_asks_for(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++) {
		struct rcc_ctl_tasks tasks = {.task = NULL};
		take(&tasks, asked[i].line);
		assert_int_equal(tasks.count, 1);
		assert_string_equal(rcc_ctl_task_word(tasks.task[0].kind), asked[i].what);
		assert_string_equal(tasks.task[0].command, asked[i].command);
		assert_true(tasks.task[0].text[0] != '\0');
		rcc_ctl_tasks_fini(&tasks);
	}
}

/* The clock of a duty or a need says nothing of the sea: its case does. */
static void
test_a_duty_is_known_by_its_case(void **state)
{
	(void)state;
	struct rcc_ctl_tasks tasks = {.task = NULL};
	take(&tasks, CASE("1", LIVE ",\"relay\":\"sent\",\"nature\":\"fire\",\"persons\":3,\"name\":\"MARTA\""));
	take(&tasks,
	     "{\"class\":\"DUTY\",\"id\":9,\"incident\":\"2026-0001\",\"state\":\"overdue\",\"name\":\"OCEAN\"}");
	take(&tasks, "{\"class\":\"NEED\",\"id\":3,\"incident\":\"2026-0001\",\"kind\":\"water\",\"overdue\":true}");
	assert_int_equal(tasks.count, 2);
	for (size_t i = 0; i < tasks.count; i++)
		assert_string_equal(tasks.task[i].head, "distress, fire, 3 persons, MARTA");
	rcc_ctl_tasks_fini(&tasks);
}

static void
test_what_is_over_or_told_asks_for_nothing(void **state)
{
	(void)state;
	static const char *const lines[] = {
	    CASE("1", LIVE ",\"relay\":\"sent\""),
	    CASE("1", LIVE
	         ",\"relay\":\"sent\",\"handover\":{\"direction\":\"out\",\"stage\":\"offered\",\"overdue\":false}"),
	    CASE("1", LIVE ",\"relay\":\"sent\",\"handover\":{\"direction\":\"in\",\"stage\":\"confirmed\"}"),
	    CASE("1", "\"mode\":\"live\",\"status\":\"closed\",\"relay\":\"cancelled\",\"conflict\":true"),
	    CASE("1", "\"mode\":\"test\",\"status\":\"new\",\"relay\":\"test\""),
	    CASE("1", "\"mode\":\"live\",\"status\":\"suspended\",\"relay\":\"suspended\""),
	    "{\"class\":\"ALERT\",\"id\":7,\"lane\":\"incident\"}",
	    "{\"class\":\"ALERT\",\"id\":7,\"lane\":\"test\"}",
	    "{\"class\":\"PLAN\",\"id\":2,\"name\":\"GIULIA\",\"overdue\":false}",
	    "{\"class\":\"DUTY\",\"id\":9,\"incident\":\"2026-0001\",\"incident_id\":1,\"state\":\"open\"}",
	    "{\"class\":\"NEED\",\"id\":3,\"incident\":\"2026-0001\",\"incident_id\":1,\"kind\":\"water\"}",
	    "{\"class\":\"STATUS\"}",
	    REQUEST("out", "asked", "false"),
	    REQUEST("out", "offered", "false"),
	    REQUEST("in", "refused", "false"),
	    REQUEST("in", "withdrawn", "false"),
	};
	struct rcc_ctl_tasks tasks = {.task = NULL};
	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
		take(&tasks, lines[i]);
	assert_int_equal(tasks.count, 0);
	rcc_ctl_tasks_fini(&tasks);
}

/* Of two ships that cannot go on with survivors aboard each is told. */
static void
test_each_stranded_ship_is_told(void **state)
{
	(void)state;
	struct rcc_ctl_tasks tasks = {.task = NULL};
	take(&tasks, CASE("1", LIVE ",\"relay\":\"sent\",\"stranded\":[{\"ship\":\"STAR\",\"aboard\":48,\"cannot\":"
	                            "\"disabled\"},{\"ship\":\"BIRD\",\"aboard\":3,\"cannot\":\"damage\"}]"));
	assert_int_equal(tasks.count, 2);
	assert_non_null(strstr(tasks.task[0].text, "STAR, 48 SURVIVORS ABOARD, CANNOT GO ON (disabled)"));
	assert_non_null(strstr(tasks.task[1].text, "BIRD, 3 SURVIVORS ABOARD, CANNOT GO ON (damage)"));
	rcc_ctl_tasks_fini(&tasks);
}

static void
test_the_most_urgent_comes_first(void **state)
{
	(void)state;
	/* Backwards. */
	static const char *const lines[] = {
	    CASE("9", "\"mode\":\"exercise\",\"phase\":\"distress\",\"status\":\"open\",\"relay\":\"held\",\"nature\":"
	              "\"sinking\""),
	    CASE("8", LIVE ",\"relay\":\"cancelled\""),
	    CASE("7", "\"mode\":\"live\",\"phase\":\"uncertainty\",\"status\":\"open\",\"relay\":\"officer\""),
	    CASE("6", "\"mode\":\"live\",\"phase\":\"alert\",\"status\":\"open\",\"relay\":\"officer\",\"nature\":"
	              "\"sinking\""),
	    CASE("5", LIVE ",\"relay\":\"waits-for-position\",\"nature\":\"beacon\""),
	    CASE("4", LIVE ",\"relay\":\"held\",\"nature\":\"adrift\""),
	    CASE("3",
	         "\"mode\":\"live\",\"phase\":\"distress\",\"status\":\"new\",\"relay\":\"sent\",\"nature\":\"fire\""),
	    CASE("2", LIVE ",\"relay\":\"held\",\"nature\":\"fire\""),
	    CASE("1", LIVE ",\"relay\":\"held\",\"nature\":\"sinking\""),
	    CASE("0", LIVE ",\"relay\":\"held\",\"nature\":\"man-overboard\""),
	};
	struct rcc_ctl_tasks tasks = {.task = NULL};
	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
		take(&tasks, lines[i]);
	rcc_ctl_tasks_sort(&tasks);
	assert_int_equal(tasks.count, 10);
	for (size_t i = 0; i < tasks.count; i++) {
		char number[32];
		snprintf(number, sizeof number, "2026-000%zu", i);
		assert_string_equal(tasks.task[i].incident, number);
	}
	rcc_ctl_tasks_fini(&tasks);
}

/* The verb: one headline for a case, its sentences, and the commands; an object for each task for programs. */
static void
test_the_screen(void **state)
{
	struct place *place = *state;
	place->incidents =
	    CASE("1", LIVE ",\"relay\":\"waits-for-position\",\"conflict\":true,\"nature\":\"fire\",\"persons\":3,"
	                   "\"name\":\"MAR\\u001bTA\"") "\n";
	assert_int_equal(place_run(place, rcc_ctl_verb_queue, ""), RCC_EXIT_OK);
	assert_string_equal(place->out, "2026-0001: distress, fire, 3 persons, MAR?TA, since 2026-11-23T03:01:00Z\n"
	                                "    NO POSITION: no ship is told yet\n"
	                                "        rccctl classify 2026-0001 --pos POS --reason TEXT\n"
	                                "    CONFLICT: its sources contradict each other about the position\n"
	                                "        rccctl classify 2026-0001 --pos POS --reason TEXT\n");
	place->ctl.is_json = true;
	assert_int_equal(place_run(place, rcc_ctl_verb_queue, ""), RCC_EXIT_OK);
	assert_ptr_equal(strstr(place->out, "{\"class\":\"TASK\",\"rank\":1,\"what\":\"no-position\","), place->out);
	assert_non_null(strstr(place->out, "\n{\"class\":\"TASK\",\"rank\":2,\"what\":\"conflict\","));
	place->ctl.is_json = false;
	place->incidents = CASE("1", LIVE ",\"relay\":\"cancelled\",\"status\":\"closed\"") "\n";
	assert_int_equal(place_run(place, rcc_ctl_verb_queue, ""), RCC_EXIT_OK);
	assert_string_equal(place->out, "nothing needs an officer now\n");
	assert_int_equal(place->count, 0);
}

/* Every word of a task stands in the document that programs are written from. */
static void
test_every_word_is_documented(void **state)
{
	(void)state;
	static char document[DOCUMENT_MAX];
	FILE *file = fopen(RCC_SOURCE_DIR "/docs/json.md", "r");
	assert_non_null(file);
	assert_true(fread(document, 1, sizeof document - 1, file) > 0);
	fclose(file);
	const char *section = strstr(document, "## TASK");
	assert_non_null(section);
	for (int kind = 1; kind <= RCC_CTL_TASK_LAST; kind++) {
		char quoted[64];
		snprintf(quoted, sizeof quoted, "`%s`", rcc_ctl_task_word((enum rcc_ctl_task_kind)kind));
		assert_non_null(strstr(section, quoted));
	}
}

/* Closed cases are left out of the list for people, and counted. */
static void
test_closed_cases_are_left_out(void **state)
{
	struct place *place = *state;
	place->incidents = CASE("1", "\"status\":\"closed\"") "\n" CASE("2", "\"status\":\"open\"") "\n";
	assert_int_equal(place_run(place, rcc_ctl_verb_incidents, ""), RCC_EXIT_OK);
	assert_null(strstr(place->out, "2026-0001"));
	assert_non_null(strstr(place->out, "2026-0002"));
	assert_non_null(strstr(place->out, "1 closed case is left out (--all)\n"));
	place->option[RCC_CTL_OPTION_ALL] = "";
	assert_int_equal(place_run(place, rcc_ctl_verb_incidents, ""), RCC_EXIT_OK);
	assert_non_null(strstr(place->out, "2026-0001"));
	assert_null(strstr(place->out, "left out"));
	place->option[RCC_CTL_OPTION_ALL] = NULL;
	place->ctl.is_json = true;
	assert_int_equal(place_run(place, rcc_ctl_verb_incidents, ""), RCC_EXIT_OK);
	assert_non_null(strstr(place->out, "2026-0001"));
}

int
main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, place_setup, place_teardown)
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_what_a_line_asks_for),
	    cmocka_unit_test(test_a_duty_is_known_by_its_case),
	    cmocka_unit_test(test_what_is_over_or_told_asks_for_nothing),
	    cmocka_unit_test(test_each_stranded_ship_is_told),
	    cmocka_unit_test(test_the_most_urgent_comes_first),
	    cmocka_unit_test(test_every_word_is_documented),
	    TEST(test_the_screen),
	    TEST(test_closed_cases_are_left_out),
	};
	if (rcc_client_init() != RCC_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
