/* What a tired hand does at 3 a.m.: keys that nobody sees, a drill beside a distress, a call that moves under the finger. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "crew/crew.h"
#include "crew/keys.h"
#include "desk.h"

static const char *
said(const struct desk *desk)
{
	const char *text = rcc_screen_said(&desk->screen, 0);

	return text != NULL ? text : "";
}

static void
test_a_window_too_small_takes_only_what_it_shows(void **state)
{
	struct desk *desk = *state;

	desk->screen.is_small = true;
	desk_press(desk, "a");
	assert_int_equal(desk->screen.line_count, 0);
	assert_non_null(strstr(said(desk), "not in a window this small"));
	desk_press(desk, "p\no\nu1\n");
	assert_int_equal(desk->screen.line_count, 0);
	assert_int_equal(desk->screen.kind, RCC_SCREEN_WATCH);
	desk_press(desk, "m");
	assert_true(desk->screen.wants_silence);
	/* A distress is two keys in any window. */
	desk_press(desk, "DS");
	desk_assert_line(desk, 0, "distress --yes");
}

static void
test_a_position_follows_the_distress(void **state)
{
	struct desk *desk = *state;

	desk->board.distress = (struct rcc_board_distress){.is_on = true,
	                                                   .class = RCC_CLASS_LIVE,
	                                                   .nature = RCC_NATURE_FIRE,
	                                                   .persons = 12,
	                                                   .pos = RCC_POS_NONE,
	                                                   .word = {.at_ms = DESK_NOW_MS}};
	desk_press(desk, "Do36-00N 012-00E\n");
	desk_assert_line(desk, 0, "distress --yes --nature fire --pos \"36-00.00N 012-00.00E\" --persons 12");
	/* Nothing typed sends nothing. */
	desk_press(desk, "g\n");
	assert_int_equal(desk->screen.line_count, 0);
	/* And the other pages stay one key away. */
	desk_press(desk, "v");
	assert_int_equal(desk->screen.kind, RCC_SCREEN_PLOT);
	desk_press(desk, "Di");
	assert_int_equal(desk->screen.kind, RCC_SCREEN_INBOX);
}

/* Degrees, minutes and seconds with their signs; and what could not be kept for sending is no distress. */
static void
test_a_distress_goes_as_it_was_read_back(void **state)
{
	struct desk *desk = *state;

	desk_press(desk, "Do35 30'15\"N 12 10'30\"E\nS");
	desk_assert_line(desk, 0, "distress --yes --pos \"35-30.25N 012-10.50E\"");
	assert_true(desk->screen.distress.is_sent);
	rcc_screen_not_sent(&desk->screen);
	assert_false(desk->screen.distress.is_sent);
	assert_true(desk->screen.distress.is_refused);
	desk_press(desk, "S");
	desk_assert_line(desk, 0, "distress --yes --pos \"35-30.25N 012-10.50E\"");
	assert_false(desk->screen.distress.is_refused);
}

/* An answer is to the call that was read when the form was opened, and to no other. */
static void
test_an_answer_stays_with_its_call(void **state)
{
	struct desk *desk = *state;

	desk_press(desk, "p");
	desk_take(desk, 8, 12, RCC_CLASS_LIVE);
	desk_press(desk, "2h\n");
	assert_int_equal(desk->screen.line_count, 0);
	assert_int_equal(desk->screen.kind, RCC_SCREEN_ALERT);
	assert_non_null(strstr(said(desk), "NOTHING WAS SENT"));
	desk_press(desk, "p2h\n");
	assert_non_null(strstr(desk->screen.line[0], "answer 2026-0012 proceeding --eta \"2h\""));
	desk_press(desk, "u4");
	desk->board.cases[0].is_over = true;
	desk_press(desk, "\n");
	assert_int_equal(desk->screen.line_count, 0);
}

static void
test_no_drill_over_a_distress(void **state)
{
	struct desk *desk = *state;

	desk->board.distress.is_on = true;
	desk->board.distress.class = RCC_CLASS_LIVE;
	desk_press(desk, "xe");
	assert_int_equal(desk->screen.kind, RCC_SCREEN_DRILL);
	assert_non_null(strstr(said(desk), "no time for an exercise"));
	/* Nor is what is added to it. */
	desk_press(desk, "DNe");
	assert_int_equal(rcc_screen_class(&desk->screen), RCC_CLASS_LIVE);
	assert_non_null(strstr(said(desk), "as live as it is"));
}

static void
test_what_was_acknowledged_is_said_and_what_is_left(void **state)
{
	struct desk *desk = *state;

	desk_take(desk, 8, 13, RCC_CLASS_LIVE);
	desk_press(desk, "a");
	assert_string_equal(said(desk), "acknowledged 2026-0012 by A. Mate; 1 other case is not acknowledged");
	rcc_board_read(&desk->board, 7, "A. Mate", DESK_NOW_MS);
	rcc_screen_fresh(&desk->screen);
	assert_non_null(strstr(said(desk), "now chosen, because it is not acknowledged: 2026-0013"));
	desk->screen.at_ms += 1000;
	desk_press(desk, "a");
	assert_non_null(strstr(said(desk), "acknowledged 2026-0013 by A. Mate; nothing else waits"));
}

static void
test_a_time_of_the_day_is_a_time_to_go(void **state)
{
	struct desk *desk = *state;

	/* 2026-09-21T14:13:20Z */
	desk_press(desk, "p16:00\n");
	desk_assert_line(desk, 0, "answer 2026-0012 proceeding --eta \"107min\" --by \"A. Mate\"");
	desk_press(desk, "p14:00Z\n");
	desk_assert_line(desk, 0, "answer 2026-0012 proceeding --eta \"1427min\" --by \"A. Mate\"");
	desk_press(desk, "p25:00\n");
	assert_int_equal(desk->screen.line_count, 0);
	assert_non_null(strstr(said(desk), "cannot be read"));
	/* Control-U clears it; no time at all is asked about once. */
	desk_press(desk, "\025\n");
	assert_int_equal(desk->screen.line_count, 0);
	assert_non_null(strstr(said(desk), "no time is typed"));
	desk_press(desk, "\n");
	desk_assert_line(desk, 0, "answer 2026-0012 proceeding --by \"A. Mate\"");
}

static void
test_a_remark_goes_with_the_time(void **state)
{
	struct desk *desk = *state;

	desk_press(desk, "p2h\twith a doctor\n");
	assert_int_equal(desk->screen.line_count, 0);
	desk_press(desk, "\n");
	desk_assert_line(desk, 0, "answer 2026-0012 proceeding --eta \"2h\" --text \"with a doctor\" --by \"A. Mate\"");
}

static void
test_words_of_a_report_begin_with_their_first_letter(void **state)
{
	struct desk *desk = *state;

	desk_press(desk, "s4");
	for (int i = 0; i < 14; i++) {
		rcc_screen_key(&desk->screen, RCC_KEY_DOWN);
	}
	desk_press(desk, "marsala\n");
	assert_false(desk->screen.wants_silence);
	desk_press(desk, "SS");
	desk_assert_line(desk, 0, "survivors 2026-0012 --yes --men \"4\" --next-port \"marsala\"");
}

static void
test_a_page_is_scrolled_to_its_end_and_no_further(void **state)
{
	struct desk *desk = *state;

	desk_press(desk, "\n");
	desk->screen.scroll_max = 3;
	for (int i = 0; i < 9; i++) {
		rcc_screen_key(&desk->screen, RCC_KEY_DOWN);
	}
	assert_int_equal(desk->screen.scroll, 3);
	rcc_screen_key(&desk->screen, RCC_KEY_UP);
	assert_int_equal(desk->screen.scroll, 2);
}

/* Words in capitals that somebody types, or pastes, where nothing is typed into: they hold a D and an S, and nobody is in distress. */
static void
test_text_raises_no_distress(void **state)
{
	struct desk *desk = *state;
	static const char *const texts[] = {"DISABLED", "ALL HANDS", "RAIDS", "DS", "BIRDS OVER DECKS"};

	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		for (int64_t between_ms = 0; between_ms <= 300; between_ms += 150) {
			desk->screen.at_ms += 10000;
			for (const char *key = texts[i]; *key != '\0'; key++) {
				desk->screen.line_count = 0;
				rcc_screen_key(&desk->screen, (uint32_t)(unsigned char)*key);
				desk->screen.at_ms += between_ms;
				assert_int_equal(desk->screen.line_count, 0);
				assert_false(desk->screen.distress.is_sent);
			}
			desk_press(desk, "\033\033");
		}
	}
	/* Whoever pressed it is told why it did nothing. */
	desk_press(desk, "A");
	assert_non_null(strstr(rcc_screen_said(&desk->screen, 0), "Caps Lock"));
	assert_int_equal(desk->screen.line_count, 0);
	/* Two steps, each meant, in half a second. */
	desk->screen.at_ms += 10000;
	rcc_screen_key(&desk->screen, 'D');
	desk->screen.at_ms += RCC_SCREEN_STEP_MS;
	rcc_screen_key(&desk->screen, 'S');
	assert_true(desk->screen.distress.is_sent);
	desk_assert_line(desk, 0, "distress --yes");
}

/* Keys that come at once: so few as an answer takes are keys, a held key is one, arrows part them; more are somebody's words. */
static void
test_what_is_text(void **state)
{
	static const uint32_t held[] = {'j', 'j', 'j', 'j', 'j', 'j', 'j'};
	static const uint32_t parted[] = {'1', '2', RCC_KEY_DOWN, '5', RCC_KEY_RIGHT, '7', '8', ' ', RCC_KEY_ENTER};
	static const uint32_t answer[] = {'a', 'p', '9', '5', RCC_KEY_ENTER};
	static const uint32_t words[] = {'o', 'n', ' ', RCC_KEY_ENTER, 'd', 'e', 'c', 'k'};

	(void)state;
	assert_false(rcc_keys_are_text(held, sizeof held / sizeof held[0]));
	assert_false(rcc_keys_are_text(parted, sizeof parted / sizeof parted[0]));
	assert_false(rcc_keys_are_text(answer, sizeof answer / sizeof answer[0]));
	assert_true(rcc_keys_are_text(words, sizeof words / sizeof words[0]));
	assert_false(rcc_keys_are_text(words, 0));
}

int
main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, desk_open, desk_close)
	const struct CMUnitTest tests[] = {
	    TEST(test_a_window_too_small_takes_only_what_it_shows),
	    TEST(test_a_position_follows_the_distress),
	    TEST(test_a_distress_goes_as_it_was_read_back),
	    TEST(test_an_answer_stays_with_its_call),
	    TEST(test_no_drill_over_a_distress),
	    TEST(test_what_was_acknowledged_is_said_and_what_is_left),
	    TEST(test_a_time_of_the_day_is_a_time_to_go),
	    TEST(test_a_remark_goes_with_the_time),
	    TEST(test_words_of_a_report_begin_with_their_first_letter),
	    TEST(test_a_page_is_scrolled_to_its_end_and_no_further),
	    TEST(test_text_raises_no_distress),
	    cmocka_unit_test(test_what_is_text),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
