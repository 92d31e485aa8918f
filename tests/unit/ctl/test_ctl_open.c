/* An officer's entry against a centre under the test's thumb: what is asked, what is sent, what is not. */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "place.h"
#include "rcc/units.h"

static void
test_a_report_by_flags(void **state)
{
	struct place *place = *state;
	const struct rcc_alert *alert = &place->order->u.open.alert;
	place->option[RCC_CTL_OPTION_BY] = "radio";
	place->option[RCC_CTL_OPTION_POS] = "35 12 24 N 12 36 3 E";
	place->option[RCC_CTL_OPTION_POS_TIME] = "-20min";
	place->option[RCC_CTL_OPTION_RADIUS] = "0.5";
	place->option[RCC_CTL_OPTION_NATURE] = "sinking";
	place->option[RCC_CTL_OPTION_PERSONS] = "14";
	place->option[RCC_CTL_OPTION_CATEGORY] = "urgency";
	place->option[RCC_CTL_OPTION_NAME] = "ASTRID";
	place->option[RCC_CTL_OPTION_CALLSIGN] = "LABC";
	place->option[RCC_CTL_OPTION_MMSI] = "257123450";
	place->option[RCC_CTL_OPTION_BEACON] = "adce0228c40401c";
	place->option[RCC_CTL_OPTION_CONTACT] = "A. Caller, 000";
	place->option[RCC_CTL_OPTION_INCIDENT] = "2026-0002";
	place->option[RCC_CTL_OPTION_TEXT] = "two rafts";
	int64_t now_ms = rcc_ctl_now_ms();
	assert_int_equal(place_run(place, rcc_ctl_verb_open, ""), RCC_EXIT_OK);
	assert_int_equal(place->count, 1);
	assert_int_equal(place->order->kind, RCC_BODY_OPEN);
	assert_int_equal(alert->source, RCC_SOURCE_OFFICER);
	assert_int_equal(alert->class, RCC_CLASS_LIVE);
	assert_int_equal(alert->pos.lat_e7, 352066667);
	assert_int_equal(alert->pos.lon_e7, 126008333);
	assert_true(alert->pos_at_ms >= now_ms - 20 * RCC_MS_PER_MIN && alert->pos_at_ms < now_ms);
	assert_int_equal(alert->pos_radius_m, 926);
	assert_int_equal(alert->nature, RCC_NATURE_SINKING);
	assert_int_equal(alert->category, RCC_CATEGORY_URGENCY);
	assert_int_equal(alert->persons, 14);
	assert_int_equal(alert->casualty.v, 257123450);
	assert_string_equal(alert->name, "ASTRID");
	assert_string_equal(alert->callsign, "LABC");
	assert_string_equal(alert->beacon, "ADCE0228C40401C");
	assert_string_equal(alert->text, "by radio: two rafts");
	assert_string_equal(place->order->u.open.contact, "A. Caller, 000");
	assert_int_equal(place->order->u.open.incident.v, 8);
	assert_non_null(strstr(place->out, "position: 35-12.40N 012-36.05E\n"));
}

static void
test_another_centre_and_an_exercise(void **state)
{
	struct place *place = *state;
	place->option[RCC_CTL_OPTION_BY] = "rcc";
	place->option[RCC_CTL_OPTION_CENTRE] = "MRCC ROMA";
	place->option[RCC_CTL_OPTION_TEXT] = "yacht overdue";
	place->option[RCC_CTL_OPTION_CLASS] = "exercise";
	assert_int_equal(place_run(place, rcc_ctl_verb_open, ""), RCC_EXIT_OK);
	assert_int_equal(place->order->u.open.alert.source, RCC_SOURCE_RCC);
	assert_int_equal(place->order->u.open.alert.class, RCC_CLASS_EXERCISE);
	assert_false(rcc_pos_is_known(place->order->u.open.alert.pos));
	assert_string_equal(place->order->u.open.alert.text, "from MRCC ROMA: yacht overdue");
	assert_string_equal(place->order->u.open.public_reason, "");
	place->option[RCC_CTL_OPTION_PUBLIC] = "the master asks for open help";
	assert_int_equal(place_run(place, rcc_ctl_verb_open, ""), RCC_EXIT_OK);
	assert_string_equal(place->order->u.open.public_reason, "the master asks for open help");
	place->option[RCC_CTL_OPTION_PUBLIC] = "";
	assert_int_equal(place_run(place, rcc_ctl_verb_open, ""), RCC_EXIT_USAGE);
	assert_int_equal(place->count, 0);
}

static void
test_wrong_flags_send_nothing(void **state)
{
	struct place *place = *state;
	static char longest[RCC_TEXT_MAX + 1];
	static const struct {
		enum rcc_ctl_option option;
		const char *value;
	} wrong[] = {
	    {RCC_CTL_OPTION_BY, "fax"},
	    {RCC_CTL_OPTION_POS, "35-99.0N 1E"},
	    {RCC_CTL_OPTION_POS_TIME, "yesterday"},
	    {RCC_CTL_OPTION_POS_TIME, "+2h"},
	    {RCC_CTL_OPTION_RADIUS, "-1"},
	    {RCC_CTL_OPTION_NATURE, "not-stated"},
	    {RCC_CTL_OPTION_NATURE, "boredom"},
	    {RCC_CTL_OPTION_PERSONS, "0"},
	    {RCC_CTL_OPTION_PERSONS, "many"},
	    {RCC_CTL_OPTION_CATEGORY, "routine"},
	    {RCC_CTL_OPTION_BEACON, "ADCE"},
	    {RCC_CTL_OPTION_BEACON, "ADCE0228C40401G"},
	    {RCC_CTL_OPTION_MMSI, "12"},
	    {RCC_CTL_OPTION_CALLSIGN, "TOOLONGSIGN"},
	    {RCC_CTL_OPTION_INCIDENT, "26-1"},
	    {RCC_CTL_OPTION_CLASS, "real"},
	    {RCC_CTL_OPTION_CENTRE, "MRCC ROMA"},
	    {RCC_CTL_OPTION_BY, "rcc"},
	    {RCC_CTL_OPTION_TEXT, longest},
	};
	memset(longest, 'x', sizeof longest - 1);
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		place_forget_options(place);
		place->option[RCC_CTL_OPTION_BY] = "phone";
		place->option[RCC_CTL_OPTION_POS] = "35N 12E";
		place->option[wrong[i].option] = wrong[i].value;
		assert_int_equal(place_run(place, rcc_ctl_verb_open, ""), RCC_EXIT_USAGE);
		assert_int_equal(place->count, 0);
		assert_string_equal(place->out, "");
	}
	/* Nothing known; how it came in not told; no such case; no question and no flag. */
	place_forget_options(place);
	place->option[RCC_CTL_OPTION_BY] = "phone";
	assert_int_equal(place_run(place, rcc_ctl_verb_open, ""), RCC_EXIT_USAGE);
	place->option[RCC_CTL_OPTION_RADIUS] = "3";
	place->option[RCC_CTL_OPTION_TEXT] = "a flare";
	assert_int_equal(place_run(place, rcc_ctl_verb_open, ""), RCC_EXIT_USAGE);
	place->option[RCC_CTL_OPTION_RADIUS] = NULL;
	place->option[RCC_CTL_OPTION_INCIDENT] = "2026-0099";
	assert_int_equal(place_run(place, rcc_ctl_verb_open, ""), RCC_EXIT_FAILED);
	place->option[RCC_CTL_OPTION_INCIDENT] = NULL;
	place->option[RCC_CTL_OPTION_BY] = NULL;
	assert_int_equal(place_run(place, rcc_ctl_verb_open, ""), RCC_EXIT_USAGE);
	place_forget_options(place);
	assert_int_equal(place_run(place, rcc_ctl_verb_open, "y\n"), RCC_EXIT_USAGE);
	assert_int_equal(place->count, 0);
}

/* What a shell reads from a file has several lines, and ends with one. */
static void
test_a_text_of_several_lines(void **state)
{
	struct place *place = *state;
	static char text[RCC_TEXT_MAX + 1];
	place->option[RCC_CTL_OPTION_BY] = "email";
	place->option[RCC_CTL_OPTION_TEXT] = "two rafts\r\n\nfourteen persons\n";
	place->option[RCC_CTL_OPTION_CONTACT] = "A. Caller\n000";
	assert_int_equal(place_run(place, rcc_ctl_verb_open, ""), RCC_EXIT_OK);
	assert_string_equal(place->order->u.open.alert.text, "by e-mail: two rafts fourteen persons");
	assert_string_equal(place->order->u.open.contact, "A. Caller 000");
	/* As long as it may be, with what stands before it; a line end after it counts nothing. */
	memset(text, 'x', RCC_TEXT_MAX - strlen("by e-mail: "));
	text[RCC_TEXT_MAX - strlen("by e-mail: ")] = '\n';
	place->option[RCC_CTL_OPTION_TEXT] = text;
	assert_int_equal(place_run(place, rcc_ctl_verb_open, ""), RCC_EXIT_OK);
	assert_int_equal(strlen(place->order->u.open.alert.text), RCC_TEXT_MAX);
	place->option[RCC_CTL_OPTION_TEXT] = "latin \xe9";
	assert_int_equal(place_run(place, rcc_ctl_verb_open, ""), RCC_EXIT_USAGE);
}

/* ---- the checklist ---- */

/* Where, when, how sure, what, how grave, how many, name, call sign, MMSI, beacon, call back, by, else, case. */
static void
test_a_checklist_is_read_back_and_sent_after_y(void **state)
{
	struct place *place = *state;
	const struct rcc_open *open = &place->order->u.open;
	place->option[RCC_CTL_OPTION_INTERACTIVE] = "";
	assert_int_equal(
	    place_run(
	        place, rcc_ctl_verb_open,
	        "35.2067 12.6008\n\n3\nfire\ndistress\n4\nBELLA\n\n\n\nA. Caller, 000\nphone\nsmoke\n2026-0001\ny\n"),
	    RCC_EXIT_OK);
	assert_int_equal(place->count, 1);
	assert_int_equal(open->alert.pos.lat_e7, 352067000);
	assert_int_equal(open->alert.pos_at_ms, 0);
	assert_int_equal(open->alert.pos_radius_m, 5556);
	assert_int_equal(open->alert.nature, RCC_NATURE_FIRE);
	assert_int_equal(open->alert.category, RCC_CATEGORY_DISTRESS);
	assert_int_equal(open->alert.persons, 4);
	assert_string_equal(open->alert.name, "BELLA");
	assert_string_equal(open->alert.text, "by telephone: smoke");
	assert_string_equal(open->contact, "A. Caller, 000");
	assert_int_equal(open->incident.v, 7);
	assert_non_null(strstr(place->out, "A report to MRCC TEST."));
	assert_non_null(strstr(place->out, "35 degrees 12.40 minutes NORTH, 12 degrees 36.05 minutes EAST"));
	const char *whole = strstr(place->out, "Read it all back:");
	assert_non_null(whole);
	assert_non_null(strstr(whole, "35-12.40N 012-36.05E"));
	assert_non_null(strstr(whole, "it was there   not known"));
	assert_non_null(strstr(whole, "4 persons"));
}

static void
test_nothing_known_but_a_caller_is_a_report(void **state)
{
	struct place *place = *state;
	place->option[RCC_CTL_OPTION_INTERACTIVE] = "";
	/* Without a position nobody asks when it was there, and how sure that is. */
	assert_int_equal(place_run(place, rcc_ctl_verb_open, "\n\n\n\n\n\n\n\nA. Caller, 000\n\n\n\ny\n"), RCC_EXIT_OK);
	assert_int_equal(place->count, 1);
	assert_false(rcc_pos_is_known(place->order->u.open.alert.pos));
	assert_string_equal(place->order->u.open.alert.text, "");
	assert_string_equal(place->order->u.open.contact, "A. Caller, 000");
	/* Nobody and nothing: told, and asked again. */
	assert_int_equal(place_run(place, rcc_ctl_verb_open, "\n\n\n\n\n\n\n\n\n\n\n\ny\nn\n"), RCC_EXIT_FAILED);
	assert_non_null(strstr(place->out, "nothing is known yet"));
	assert_int_equal(place->count, 0);
}

static void
test_a_bad_answer_is_asked_again(void **state)
{
	struct place *place = *state;
	place->option[RCC_CTL_OPTION_INTERACTIVE] = "";
	assert_int_equal(
	    place_run(place, rcc_ctl_verb_open,
	              "35-99.00N 012-36.05E\n35,20N 12E\n35-12.40N 012-36.05E\n25:00\n+3h\n\nfar\n\nboredom\n?\nfire\n"
	              "\nmany\n3\n\nTOOLONGSIGN\n\n12\n\nABC\n\n\nfax\nradio\n\n2026-0099\n\ny\n"),
	    RCC_EXIT_OK);
	assert_int_equal(place->count, 1);
	assert_int_equal(place->order->u.open.alert.pos.lat_e7, 352066667);
	assert_int_equal(place->order->u.open.alert.nature, RCC_NATURE_FIRE);
	assert_int_equal(place->order->u.open.alert.persons, 3);
	assert_int_equal(place->order->u.open.incident.v, 0);
	static const char *const told[] = {"'35-99.00N 012-36.05E' is not a position",
	                                   "is not a position",
	                                   "'25:00' is not a time",
	                                   "still to come",
	                                   "give nautical miles",
	                                   "one of these words: fire",
	                                   "man-overboard or beacon",
	                                   "a number from 1",
	                                   "at most 8 bytes",
	                                   "nine digits",
	                                   "15 or 23 hexadecimal digits",
	                                   "phone, radio, email"};
	for (size_t i = 0; i < sizeof told / sizeof told[0]; i++)
		assert_non_null(strstr(place->out, told[i]));
}

/* One back, another answer; what hangs on an answer that was taken back goes with it. */
static void
test_going_back_and_taking_back(void **state)
{
	struct place *place = *state;
	const struct rcc_alert *alert = &place->order->u.open.alert;
	place->option[RCC_CTL_OPTION_INTERACTIVE] = "";
	assert_int_equal(
	    place_run(
	        place, rcc_ctl_verb_open,
	        "<\n35-12.40N 012-36.05E\n-20min\n<\n<\n36-00.00N 013-00.00E\n\n2\nfire\n<\nsinking\n\n\n\n\n\n\n\n\n\n"
	        "a flare\n\n<\n<\na red flare\n\ny\n"),
	    RCC_EXIT_OK);
	assert_non_null(strstr(place->out, "this is the first question"));
	assert_non_null(strstr(place->out, "[35-12.40N 012-36.05E]"));
	/* A time that was typed as "so long ago" stays where it was while the officer types on. */
	assert_non_null(strstr(place->out, "When was it there (UTC)? [2"));
	assert_null(strstr(place->out, "[-20min]"));
	assert_int_equal(alert->pos.lat_e7, 360000000);
	assert_true(alert->pos_at_ms != 0);
	assert_int_equal(alert->nature, RCC_NATURE_SINKING);
	assert_string_equal(alert->text, "a red flare");
	assert_int_equal(
	    place_run(place, rcc_ctl_verb_open, "35-12.40N 012-36.05E\n-20min\n<\n<\n-\nfire\n\n\n\n\n\n\n\n\n\n\ny\n"),
	    RCC_EXIT_OK);
	assert_false(rcc_pos_is_known(alert->pos));
	assert_int_equal(alert->pos_at_ms, 0);
	assert_int_equal(alert->nature, RCC_NATURE_FIRE);
}

static void
test_flags_are_answers_already(void **state)
{
	struct place *place = *state;
	place->option[RCC_CTL_OPTION_INTERACTIVE] = "";
	place->option[RCC_CTL_OPTION_POS] = "35-12.40N 012-36.05E";
	place->option[RCC_CTL_OPTION_CLASS] = "exercise";
	place->option[RCC_CTL_OPTION_INCIDENT] = "2026-0002";
	assert_int_equal(place_run(place, rcc_ctl_verb_open, "\n\n\n\n\n\n\n\n\n\n\n\n\n\ny\n"), RCC_EXIT_OK);
	assert_int_equal(place->order->u.open.alert.pos.lat_e7, 352066667);
	assert_int_equal(place->order->u.open.alert.class, RCC_CLASS_EXERCISE);
	assert_int_equal(place->order->u.open.incident.v, 8);
	assert_non_null(strstr(place->out, "EXERCISE EXERCISE EXERCISE"));
	assert_non_null(strstr(place->out, "EXERCISE: reaches only ships that take part"));
}

static void
test_nothing_is_sent_without_y(void **state)
{
	struct place *place = *state;
	static const char *const ends[] = {"", "35-12.40N 012-36.05E\n",
	                                   "35-12.40N 012-36.05E\n\n\n\n\n\n\n\n\n\n\n\n\n\n",
	                                   "35-12.40N 012-36.05E\n\n\n\n\n\n\n\n\n\n\n\n\n\nn\n",
	                                   "35-12.40N 012-36.05E\n\n\n\n\n\n\n\n\n\n\n\n\n\nsend\nno\n"};
	place->option[RCC_CTL_OPTION_INTERACTIVE] = "";
	for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
		assert_int_equal(place_run(place, rcc_ctl_verb_open, ends[i]), RCC_EXIT_FAILED);
		assert_int_equal(place->count, 0);
	}
}

/* n asks which answer is wrong, and only that one is asked again. */
static void
test_one_answer_is_corrected(void **state)
{
	struct place *place = *state;
	const struct rcc_alert *alert = &place->order->u.open.alert;
	place->option[RCC_CTL_OPTION_INTERACTIVE] = "";
	assert_int_equal(place_run(place, rcc_ctl_verb_open,
	                           "35-12.40N 012-36.05E\n\n\nfire\n\n3\nBELLA\n\n\n\n\nphone\n\n\n"
	                           "n\n99\n13\nnature\n4\nsinking\nn\n6\n4\nn\n16\nexercise\ny\n"),
	                 RCC_EXIT_OK);
	assert_int_equal(place->count, 1);
	assert_int_equal(alert->nature, RCC_NATURE_SINKING);
	assert_int_equal(alert->persons, 4);
	assert_int_equal(alert->class, RCC_CLASS_EXERCISE);
	assert_int_equal(alert->pos.lat_e7, 352066667);
	assert_string_equal(alert->name, "BELLA");
	assert_non_null(strstr(place->out, "Which number is wrong?"));
	assert_non_null(strstr(place->out, "give the number of a line above"));
	assert_non_null(strstr(place->out, "EXERCISE: only ships that take part are told. Send?"));
}

/* What y sets in motion stands before it, and so do the words that can be chosen. */
static void
test_the_last_question_says_who_is_told(void **state)
{
	struct place *place = *state;
	static const struct {
		const char *lines, *told;
	} runs[] = {
	    {"35-12.40N 012-36.05E\n\n\nfire\n\n\n\n\n\n\n\n\n\n\n",
	     "DISTRESS: 12 ships are told at once. Send? (y/n)"},
	    {"35-12.40N 012-36.05E\n\n\nfire\n\n\n\n\n\n\n\n\n\n\n",
	     "category       not known: IT IS TREATED AS DISTRESS"},
	    {"\nfire\n\n\n\n\n\n\n\n\n\n\n", "DISTRESS WITHOUT A POSITION: no ship is told before there is one. Send?"},
	    {"35-12.40N 012-36.05E\n\n\nadrift\nurgency\n\n\n\n\n\n\n\n\n\n",
	     "URGENCY: no ship is told until an officer says so. Send?"},
	    {"\nfire\n\n\n\n\n\n\n\n\n\n2026-0001\n",
	     "A FURTHER CALL in 2026-0001: its ships are told what changes. Send?"},
	    {"", "  (phone, radio, email, or rcc for another centre's alert)\nHow did it come in?"},
	    {"",
	     "  (distress: grave and imminent danger; urgency: help is needed; safety: a warning)\nHow grave is it?"},
	};
	place->option[RCC_CTL_OPTION_INTERACTIVE] = "";
	for (size_t i = 0; i < sizeof runs / sizeof runs[0]; i++) {
		const char *lines = runs[i].lines[0] != '\0' ? runs[i].lines : runs[0].lines;
		assert_int_equal(place_run(place, rcc_ctl_verb_open, lines), RCC_EXIT_FAILED);
		assert_non_null(strstr(place->out, runs[i].told));
	}
}

static void
test_open_cases_near_by_are_listed(void **state)
{
	struct place *place = *state;
	place->incidents =
	    "{\"class\":\"INCIDENT\",\"incident\":\"2026-0001\",\"incident_id\":1,\"status\":\"new\",\"mode\":\"live\","
	    "\"nature\":\"fire\",\"persons\":3,\"name\":\"MARTA\",\"lat\":35.4,\"lon\":12.6}\n"
	    "{\"class\":\"INCIDENT\",\"incident\":\"2026-0002\",\"incident_id\":2,\"status\":\"open\",\"mode\":"
	    "\"live\","
	    "\"lat\":35.22,\"lon\":12.6}\n"
	    "{\"class\":\"INCIDENT\",\"incident\":\"2026-0003\",\"incident_id\":3,\"status\":\"closed\",\"mode\":"
	    "\"live\","
	    "\"lat\":35.21,\"lon\":12.6}\n"
	    "{\"class\":\"INCIDENT\",\"incident\":\"2026-0004\",\"incident_id\":4,\"status\":\"open\",\"mode\":"
	    "\"live\","
	    "\"lat\":36.9,\"lon\":12.6}\n"
	    "{\"class\":\"INCIDENT\",\"incident\":\"2026-0005\",\"incident_id\":5,\"status\":\"open\",\"mode\":"
	    "\"exercise\","
	    "\"lat\":35.21,\"lon\":12.6}\n"
	    "{\"class\":\"INCIDENT\",\"incident\":\"2026-0006\",\"incident_id\":6,\"status\":\"open\",\"mode\":"
	    "\"live\","
	    "\"name\":\"BELLA\",\"lat\":38.0,\"lon\":12.6}\n";
	place->option[RCC_CTL_OPTION_INTERACTIVE] = "";
	assert_int_equal(place_run(place, rcc_ctl_verb_open,
	                           "35-12.40N 012-36.05E\n\n\nfire\n\n\nBELLA\n\n\n\n\n\n\n2026-0002\ny\n"),
	                 RCC_EXIT_OK);
	assert_int_equal(place->order->u.open.incident.v, 2);
	const char *list = strstr(place->out, "open cases that it may belong to:\n");
	assert_non_null(list);
	const char *nearest = strstr(list, "    2026-0002  nature not stated, 0.8 nm from it\n");
	const char *second = strstr(list, "    2026-0001  fire, 3 persons, MARTA, 11.6 nm from it\n");
	const char *same = strstr(list, "    2026-0006  nature not stated, BELLA, ");
	assert_true(nearest != NULL && second > nearest && same > second);
	assert_null(strstr(list, "2026-0003"));
	assert_null(strstr(list, "2026-0004"));
	assert_null(strstr(list, "2026-0005"));
}

/* Ctrl-C is waiting when the first question is put: it counts more than what was typed. */
static void
test_an_interrupt_sends_nothing(void **state)
{
	struct place *place = *state;
	sigset_t signals;
	sigset_t before;
	sigemptyset(&signals);
	sigaddset(&signals, SIGINT);
	assert_int_equal(pthread_sigmask(SIG_BLOCK, &signals, &before), 0);
	assert_int_equal(pthread_kill(pthread_self(), SIGINT), 0);
	place->option[RCC_CTL_OPTION_INTERACTIVE] = "";
	assert_int_equal(place_run(place, rcc_ctl_verb_open, "35-12.40N 012-36.05E\n\n\n\n\n\n\n\n\n\n\n\n\n\ny\n"),
	                 RCC_EXIT_FAILED);
	assert_int_equal(place->count, 0);
	assert_null(strstr(place->out, "Send?"));
	assert_int_equal(pthread_sigmask(SIG_SETMASK, &before, NULL), 0);
}

int
main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, place_setup, place_teardown)
	const struct CMUnitTest tests[] = {
	    TEST(test_a_report_by_flags),
	    TEST(test_another_centre_and_an_exercise),
	    TEST(test_wrong_flags_send_nothing),
	    TEST(test_a_text_of_several_lines),
	    TEST(test_one_answer_is_corrected),
	    TEST(test_the_last_question_says_who_is_told),
	    TEST(test_open_cases_near_by_are_listed),
	    TEST(test_a_checklist_is_read_back_and_sent_after_y),
	    TEST(test_nothing_known_but_a_caller_is_a_report),
	    TEST(test_a_bad_answer_is_asked_again),
	    TEST(test_going_back_and_taking_back),
	    TEST(test_flags_are_answers_already),
	    TEST(test_nothing_is_sent_without_y),
	    TEST(test_an_interrupt_sends_nothing),
	};
	if (rcc_client_init() != RCC_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
