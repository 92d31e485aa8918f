#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "crew/crew.h"
#include "desk.h"

static void
test_four_keys_from_alarm_to_answer(void **state)
{
	struct desk *desk = *state;

	desk_press(desk, "a");
	assert_int_equal(desk->screen.line_count, 1);
	desk_assert_line(desk, 0, "read 7 \"A. Mate\"");
	rcc_board_read(&desk->board, 7, "A. Mate", DESK_NOW_MS);
	desk_press(desk, "p");
	assert_int_equal(desk->screen.kind, RCC_SCREEN_ANSWER);
	assert_string_equal(desk->screen.edit.text, "95min");
	desk_press(desk, "\n");
	assert_int_equal(desk->screen.line_count, 1);
	desk_assert_line(desk, 0, "answer 2026-0012 proceeding --eta \"95min\" --by \"A. Mate\"");
	assert_int_equal(desk->screen.kind, RCC_SCREEN_ALERT);
	/* The answer alone: that it acknowledges as well is the verb's. */
	desk_take(desk, 8, 12, RCC_CLASS_LIVE);
	desk_press(desk, "o\n");
	assert_int_equal(desk->screen.line_count, 1);
	desk_assert_line(desk, 0, "answer 2026-0012 on-scene --by \"A. Mate\"");
}

static void
test_the_eta_is_edited(void **state)
{
	struct desk *desk = *state;

	/* The first character replaces what was proposed. */
	desk_press(desk, "p2h\n");
	desk_assert_line(desk, 0, "answer 2026-0012 proceeding --eta \"2h\" --by \"A. Mate\"");
	desk_press(desk, "psoon\n");
	assert_int_equal(desk->screen.line_count, 0);
	assert_int_equal(desk->screen.edit.field, RCC_FIELD_ETA);
	rcc_screen_key(&desk->screen, RCC_KEY_BACKSPACE);
	for (int i = 0; i < 3; i++) {
		rcc_screen_key(&desk->screen, RCC_KEY_BACKSPACE);
	}
	desk_press(desk, "1h35\n");
	desk_assert_line(desk, 0, "answer 2026-0012 proceeding --eta \"1h35\" --by \"A. Mate\"");
	/* Without a speed the proposal says on what it stands. */
	desk->board.cases[0].last.eta_min = RCC_ETA_UNKNOWN_MIN;
	desk_press(desk, "p");
	assert_true(desk->screen.answer.is_assumed);
	assert_string_equal(desk->screen.edit.text, "145min");
	desk_press(desk, "\033");
	assert_int_equal(desk->screen.line_count, 0);
	assert_int_equal(desk->screen.kind, RCC_SCREEN_ALERT);
}

static void
test_unable_takes_a_reason_by_its_number(void **state)
{
	struct desk *desk = *state;

	desk_press(desk, "u\n");
	assert_int_equal(desk->screen.line_count, 0);
	assert_int_equal(desk->screen.kind, RCC_SCREEN_ANSWER);
	desk_press(desk, "9");
	assert_int_equal(desk->screen.answer.reason, RCC_REASON_NONE);
	desk_press(desk, "4\n");
	desk_assert_line(desk, 0, "answer 2026-0012 unable --reason too-far --by \"A. Mate\"");
	/* Another reason needs its words; a quote in them ends nothing. */
	desk_press(desk, "u8\n\n");
	assert_int_equal(desk->screen.line_count, 0);
	desk_press(desk, "the \"boat\" left\n\n");
	desk_assert_line(desk, 0,
	                 "answer 2026-0012 unable --reason other --text \"the \\\"boat\\\" left\" --by \"A. Mate\"");
}

static void
test_a_distress_is_two_deliberate_keys(void **state)
{
	struct desk *desk = *state;

	desk->board.own =
	    (struct rcc_board_own){.pos = {.lat_e7 = 352066667, .lon_e7 = 126008333}, .at_ms = DESK_NOW_MS - 1000};
	desk_press(desk, "D");
	assert_int_equal(desk->screen.kind, RCC_SCREEN_DISTRESS);
	assert_int_equal(desk->screen.line_count, 0);
	desk_press(desk, "S");
	assert_int_equal(desk->screen.line_count, 1);
	desk_assert_line(desk, 0, "distress --yes");
	/* A second press of the same key does not send it again. */
	desk_press(desk, "S");
	assert_int_equal(desk->screen.line_count, 0);
	desk_press(desk, "\033");
	desk_press(desk, "D6n23\ntall in the \"raft\"\no36 12\neS");
	desk_assert_line(desk, 0,
	                 "distress --yes --exercise --nature sinking --pos \"36-00.00N 012-00.00E\" --persons 23 "
	                 "--text \"all in the \\\"raft\\\"\"");
	/* From any screen, and from the middle of another form. */
	desk_press(desk, "\033u3D");
	assert_int_equal(desk->screen.kind, RCC_SCREEN_DISTRESS);
	/* A position that is too old is not where we are. */
	desk->board.own.at_ms = DESK_NOW_MS - INT64_C(3600000);
	desk_press(desk, "S");
	desk_assert_line(desk, 0, "distress --yes");
	desk_press(desk, "\033D\033");
	assert_int_equal(desk->screen.line_count, 0);
}

static void
test_a_distress_is_withdrawn_in_words(void **state)
{
	struct desk *desk = *state;

	desk_press(desk, "DS");
	desk_press(desk, "C");
	assert_int_equal(desk->screen.edit.field, RCC_FIELD_NONE);
	desk->board.distress.is_on = true;
	desk_press(desk, "C");
	assert_int_equal(desk->screen.line_count, 0);
	desk_press(desk, "sent by mistake\n");
	desk_assert_line(desk, 0, "withdraw --yes --text \"sent by mistake\"");
	desk_press(desk, "C\033");
	assert_int_equal(desk->screen.line_count, 0);
	/* It shows what is on, not an empty form. */
	desk_press(desk, "wD");
	assert_true(desk->screen.distress.is_sent);
}

static void
test_survivors_are_counted_and_read_back(void **state)
{
	struct desk *desk = *state;

	desk_press(desk, "s\n");
	assert_false(desk->screen.report.is_review);
	desk_press(desk, "12");
	rcc_screen_key(&desk->screen, RCC_KEY_DOWN);
	desk_press(desk, "5");
	rcc_screen_key(&desk->screen, RCC_KEY_RIGHT);
	rcc_screen_key(&desk->screen, RCC_KEY_DOWN);
	desk_press(desk, " ");
	assert_int_equal(rcc_screen_report_sum(&desk->screen), 17);
	desk_press(desk, "S");
	assert_int_equal(desk->screen.line_count, 0);
	assert_true(desk->screen.report.is_review);
	/* What is read back cannot be changed by a stray digit. */
	desk_press(desk, "9S");
	assert_int_equal(desk->screen.line_count, 2);
	desk_assert_line(desk, 0, "survivors 2026-0012 --yes --men \"12\" --women \"5\"");
	desk_assert_line(desk, 1, "need 2026-0012 medevac");
	/* A need that was asked for is not asked again with the next count. */
	desk_press(desk, "sSS");
	assert_int_equal(desk->screen.line_count, 1);
}

static void
test_every_row_of_the_report_is_an_option(void **state)
{
	struct desk *desk = *state;
	struct rcc_parsed parsed;
	char *words[RCC_CREW_WORDS_MAX + 2];
	char name[] = "rcc-crew";
	int exit_code = 0;

	desk_press(desk, "s");
	for (uint32_t i = 0; i < RCC_SCREEN_ROWS; i++) {
		snprintf(desk->screen.report.value[i], sizeof desk->screen.report.value[i], "%s",
		         rcc_screen_row(i)->kind == RCC_ROW_NUMBER ? "1" : "yes");
	}
	desk_press(desk, "SS");
	assert_int_equal(desk->screen.line_count, 1 + RCC_SCREEN_ROWS - RCC_SCREEN_ROWS_LEFT);
	for (uint32_t i = 0; i < desk->screen.line_count; i++) {
		words[0] = name;
		int count = rcc_crew_split(desk->screen.line[i], words + 1, RCC_CREW_WORDS_MAX);

		assert_true(count > 0);
		words[count + 1] = NULL;
		assert_int_equal(rcc_options_parse(&rcc_crew_program, count + 1, words, &parsed, &exit_code), RCC_OK);
		assert_int_equal(parsed.operand_count, i == 0 ? 2 : 3);
	}
}

static void
test_what_is_not_live_says_so(void **state)
{
	struct desk *desk = *state;

	assert_int_equal(rcc_screen_class(&desk->screen), RCC_CLASS_LIVE);
	desk_take(desk, 8, 13, RCC_CLASS_EXERCISE);
	desk->screen.chosen.v = 13;
	desk_press(desk, "\n");
	assert_int_equal(rcc_screen_class(&desk->screen), RCC_CLASS_EXERCISE);
	desk_press(desk, "p");
	assert_int_equal(rcc_screen_class(&desk->screen), RCC_CLASS_EXERCISE);
	/* A page that shows all cases is live as long as one of them is. */
	desk_press(desk, "\033\033v");
	assert_int_equal(rcc_screen_class(&desk->screen), RCC_CLASS_LIVE);
	desk->board.cases[0].last.class = RCC_CLASS_EXERCISE;
	assert_int_equal(rcc_screen_class(&desk->screen), RCC_CLASS_EXERCISE);
	desk->board.cases[0].last.class = RCC_CLASS_LIVE;
	desk_press(desk, "D");
	assert_int_equal(rcc_screen_class(&desk->screen), RCC_CLASS_LIVE);
	desk_press(desk, "ee");
	assert_int_equal(rcc_screen_class(&desk->screen), RCC_CLASS_TEST);
	desk_press(desk, "\033x");
	assert_int_equal(rcc_screen_class(&desk->screen), RCC_CLASS_EXERCISE);
	desk_press(desk, "j");
	desk_assert_line(desk, 0, "drill join");
	desk->board.is_in_drill = true;
	desk_press(desk, "j");
	desk_assert_line(desk, 0, "drill leave");
	desk_press(desk, "e");
	assert_int_equal(desk->screen.distress.class, RCC_CLASS_EXERCISE);
	desk_press(desk, "S");
	desk_assert_line(desk, 0, "distress --yes --exercise");
}

static void
test_a_new_call_is_never_acknowledged_unseen(void **state)
{
	struct desk *desk = *state;

	/* The one that is looked at stays while it is not acknowledged. */
	desk_take(desk, 8, 13, RCC_CLASS_LIVE);
	assert_int_equal(desk->screen.chosen.v, 12);
	desk_press(desk, "a");
	desk_assert_line(desk, 0, "read 7 \"A. Mate\"");
	rcc_board_read(&desk->board, 7, "A. Mate", DESK_NOW_MS);
	rcc_screen_fresh(&desk->screen);
	assert_int_equal(desk->screen.chosen.v, 13);
	/* A finger that was on its way to the key finds nothing to do. */
	desk_press(desk, "a");
	assert_int_equal(desk->screen.line_count, 0);
	desk->screen.at_ms += 1000;
	desk_press(desk, "a");
	desk_assert_line(desk, 0, "read 8 \"A. Mate\"");
	/* What is being typed or answered is not taken away. */
	desk_press(desk, "p");
	desk_take(desk, 9, 14, RCC_CLASS_LIVE);
	assert_int_equal(desk->screen.chosen.v, 13);
}

static void
test_the_next_call_is_chosen_when_one_is_dealt_with(void **state)
{
	struct desk *desk = *state;

	desk_take(desk, 8, 13, RCC_CLASS_LIVE);
	desk_press(desk, "ap\n");
	rcc_board_read(&desk->board, 7, "A. Mate", DESK_NOW_MS);
	desk_press(desk, "w");
	assert_int_equal(desk->screen.chosen.v, 13);
	desk_press(desk, "a");
	assert_int_equal(desk->screen.line_count, 0);
	desk->screen.at_ms += 1000;
	desk_press(desk, "a");
	desk_assert_line(desk, 0, "read 8 \"A. Mate\"");
}

static void
test_what_is_over_is_not_what_a_key_means(void **state)
{
	struct desk *desk = *state;
	struct rcc_inbox_row cancel = desk_row_of(8, 12, RCC_CLASS_LIVE);

	cancel.delivery.kind = RCC_BROADCAST_CANCEL;
	rcc_board_take(&desk->board, &cancel);
	desk_press(desk, "a");
	assert_int_equal(desk->screen.line_count, 2);
	rcc_board_read(&desk->board, 7, "A. Mate", DESK_NOW_MS);
	rcc_board_read(&desk->board, 8, "A. Mate", DESK_NOW_MS);
	struct rcc_inbox_row other = desk_row_of(9, 13, RCC_CLASS_LIVE);
	rcc_board_take(&desk->board, &other);
	rcc_screen_look(&desk->screen);
	assert_int_equal(desk->screen.chosen.v, 13);
}

static void
test_positions_names_and_lines_are_typed(void **state)
{
	struct desk *desk = *state;
	struct rcc_pos pos;

	desk_press(desk, "g35-12.40N 012-");
	assert_false(rcc_screen_typed_pos(&desk->screen, &pos));
	desk_press(desk, "36.05E");
	assert_true(rcc_screen_typed_pos(&desk->screen, &pos));
	assert_int_equal(pos.lat_e7, 352066667);
	desk_press(desk, "\n");
	desk_assert_line(desk, 0, "position --yes \"35-12.40N 012-36.05E\"");
	desk_press(desk, "g35 12 24 N 12 36 3 E\n");
	desk_assert_line(desk, 0, "position --yes \"35-12.40N 012-36.05E\"");
	desk_press(desk, "gnowhere\n");
	assert_int_equal(desk->screen.line_count, 0);
	assert_int_equal(desk->screen.edit.field, RCC_FIELD_OWN_POS);
	desk_press(desk, "\033:plan file --eta 6h\n");
	desk_assert_line(desk, 0, "plan file --eta 6h");
	assert_true(desk->screen.is_typed);
	desk_press(desk, "wb");
	rcc_screen_key(&desk->screen, 'Z');
	rcc_screen_key(&desk->screen, 0xe9);
	rcc_screen_key(&desk->screen, 0x1f6a2);
	rcc_screen_key(&desk->screen, RCC_KEY_BACKSPACE);
	desk_press(desk, "\n");
	assert_string_equal(desk->screen.by, "Z\xc3\xa9");
}

static void
test_nobody_ends_a_watch_by_accident(void **state)
{
	struct desk *desk = *state;

	desk_press(desk, "q");
	assert_false(desk->screen.is_over);
	desk_press(desk, "wq");
	assert_false(desk->screen.is_over);
	desk_press(desk, "q");
	assert_true(desk->screen.is_over);
}

static void
test_keys_lead_where_they_say(void **state)
{
	struct desk *desk = *state;

	desk_press(desk, "v");
	assert_int_equal(desk->screen.kind, RCC_SCREEN_PLOT);
	desk_press(desk, "+++-");
	assert_int_equal(desk->screen.zoom, 2);
	desk_press(desk, "\033?");
	assert_int_equal(desk->screen.kind, RCC_SCREEN_HELP);
	desk_press(desk, "\033l");
	assert_int_equal(desk->screen.kind, RCC_SCREEN_SAID);
	desk->screen.inbox_last = 7;
	desk_press(desk, "wi");
	assert_int_equal(desk->screen.inbox_at, 7);
	rcc_screen_key(&desk->screen, RCC_KEY_DOWN);
	assert_int_equal(desk->screen.inbox_at, 6);
	desk_press(desk, "\n");
	desk_assert_line(desk, 0, "show 6");
	desk_press(desk, "wc");
	assert_int_equal(desk->screen.palette, RCC_PALETTE_NIGHT);
	desk_press(desk, "cc");
	assert_int_equal(desk->screen.palette, RCC_PALETTE_DAY);
	desk_press(desk, "m");
	assert_true(desk->screen.wants_silence);
	assert_int_equal(desk->screen.line_count, 0);
	for (int i = 0; i < 3 * RCC_SCREEN_SAID_MAX; i++) {
		rcc_screen_say(&desk->screen, i % 2 == 0 ? "even" : "odd");
	}
	assert_string_equal(rcc_screen_said(&desk->screen, 0), "odd");
	assert_string_equal(rcc_screen_said(&desk->screen, 1), "even");
	assert_null(rcc_screen_said(&desk->screen, RCC_SCREEN_SAID_MAX));
}

int
main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, desk_open, desk_close)
	const struct CMUnitTest tests[] = {
	    TEST(test_four_keys_from_alarm_to_answer),
	    TEST(test_the_eta_is_edited),
	    TEST(test_unable_takes_a_reason_by_its_number),
	    TEST(test_a_distress_is_two_deliberate_keys),
	    TEST(test_a_distress_is_withdrawn_in_words),
	    TEST(test_survivors_are_counted_and_read_back),
	    TEST(test_every_row_of_the_report_is_an_option),
	    TEST(test_what_is_not_live_says_so),
	    TEST(test_a_new_call_is_never_acknowledged_unseen),
	    TEST(test_the_next_call_is_chosen_when_one_is_dealt_with),
	    TEST(test_what_is_over_is_not_what_a_key_means),
	    TEST(test_positions_names_and_lines_are_typed),
	    TEST(test_nobody_ends_a_watch_by_accident),
	    TEST(test_keys_lead_where_they_say),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
