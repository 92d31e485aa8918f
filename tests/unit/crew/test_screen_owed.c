/* What is not asked of us: our own distress, what is over, what the centre has lost; and what a slip of a key does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "crew/crew.h"
#include "desk.h"

static void
test_our_own_distress_asks_us_for_nothing(void **state)
{
	struct desk *desk = *state;
	struct rcc_inbox_row ours = desk_row_of(8, 13, RCC_CLASS_LIVE);

	ours.delivery.casualty = desk->board.own_mmsi;
	rcc_board_take(&desk->board, &ours);
	desk->screen.chosen = ours.delivery.incident;
	for (const char *key = "puonf"; *key != '\0'; key++) {
		char keys[] = {*key, '\n', '\0'};

		desk->screen.kind = RCC_SCREEN_ALERT;
		desk_press(desk, keys);
		assert_int_equal(desk->screen.line_count, 0);
		assert_int_not_equal(desk->screen.kind, RCC_SCREEN_ANSWER);
	}
	desk->screen.kind = RCC_SCREEN_ALERT;
	desk_press(desk, "s");
	assert_int_equal(desk->screen.kind, RCC_SCREEN_ALERT);
}

static void
test_what_is_over_is_not_answered(void **state)
{
	struct desk *desk = *state;
	struct rcc_inbox_row cancel = desk_row_of(8, 12, RCC_CLASS_LIVE);

	cancel.delivery.kind = RCC_BROADCAST_CANCEL;
	rcc_board_take(&desk->board, &cancel);
	desk->screen.kind = RCC_SCREEN_ALERT;
	desk_press(desk, "p\n");
	assert_int_equal(desk->screen.line_count, 0);
	/* Those aboard are reported all the same. */
	desk->screen.kind = RCC_SCREEN_ALERT;
	desk_press(desk, "s");
	assert_int_equal(desk->screen.kind, RCC_SCREEN_SURVIVORS);
}

/* News of what ended lies chosen; an alarm takes its place, so that no key is of the wrong case. */
static void
test_an_alarm_goes_before_news(void **state)
{
	struct desk *desk = *state;
	struct rcc_inbox_row cancel = desk_row_of(8, 12, RCC_CLASS_LIVE);

	rcc_board_read(&desk->board, 7, "A. Mate", DESK_NOW_MS);
	cancel.delivery.kind = RCC_BROADCAST_CANCEL;
	rcc_board_take(&desk->board, &cancel);
	rcc_screen_fresh(&desk->screen);
	assert_int_equal(desk->screen.chosen.v, 12);
	desk_take(desk, 9, 14, RCC_CLASS_LIVE);
	assert_int_equal(desk->screen.chosen.v, 14);
}

/* A centre that was set back gives a number again: the people of the first case are where they were. */
static void
test_a_lost_case_stays_before_our_eyes(void **state)
{
	struct desk *desk = *state;
	struct rcc_inbox_row again = desk_row_of(7, 12, RCC_CLASS_LIVE);
	uint32_t order[RCC_BOARD_CASES_MAX];

	again.delivery.issued_at_ms = DESK_NOW_MS;
	again.delivery.persons = 40;
	rcc_board_take(&desk->board, &again);
	assert_int_equal(rcc_board_list(&desk->board, DESK_NOW_MS, order), 2);
	const struct rcc_board_case *lost = rcc_board_find(&desk->board, (struct rcc_incident_id){12 | RCC_BOARD_LOST});
	assert_non_null(lost);
	assert_true(lost->is_lost);
	assert_int_equal(rcc_board_find(&desk->board, (struct rcc_incident_id){12})->last.persons, 40);
	/* No answer of ours goes to the wrong case. */
	desk->screen.chosen = lost->last.incident;
	desk->screen.kind = RCC_SCREEN_ALERT;
	desk_press(desk, "p\n");
	assert_int_equal(desk->screen.line_count, 0);
}

static void
test_a_count_is_typed_anew_and_has_to_be_possible(void **state)
{
	struct desk *desk = *state;

	desk_press(desk, "s9\033");
	desk_press(desk, "s2\t4\t\t\t\t\t9\n");
	/* Nine pregnant of four women: it is not even read back. */
	assert_false(desk->screen.report.is_review);
	assert_string_equal(desk->screen.report.value[0], "2");
	desk_press(desk, "\t");
	for (int i = 0; i < 25; i++) {
		desk_press(desk, "\t");
	}
	desk_press(desk, "3\n");
	assert_true(desk->screen.report.is_review);
	assert_string_equal(desk->screen.report.value[6], "3");
}

static void
test_a_time_of_the_day_is_a_time(void **state)
{
	uint32_t min = 0;

	(void)state;
	assert_true(rcc_crew_eta_parse("95min", DESK_NOW_MS, &min));
	assert_int_equal(min, 95);
	/* 1790000000000 is 14:13:20 UTC. */
	assert_true(rcc_crew_eta_parse("16:00", DESK_NOW_MS, &min));
	assert_int_equal(min, 107);
	assert_true(rcc_crew_eta_parse("14:00Z", DESK_NOW_MS, &min));
	assert_int_equal(min, 1427);
	assert_false(rcc_crew_eta_parse("25:00", DESK_NOW_MS, &min));
	assert_false(rcc_crew_eta_parse("soon", DESK_NOW_MS, &min));
}

int
main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, desk_open, desk_close)
	const struct CMUnitTest tests[] = {
	    TEST(test_our_own_distress_asks_us_for_nothing),
	    TEST(test_what_is_over_is_not_answered),
	    TEST(test_an_alarm_goes_before_news),
	    TEST(test_a_lost_case_stays_before_our_eyes),
	    TEST(test_a_count_is_typed_anew_and_has_to_be_possible),
	    TEST(test_a_time_of_the_day_is_a_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
