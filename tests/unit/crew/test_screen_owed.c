/* What is not asked of us: our own distress, what is over, what the centre has lost; and what a slip of a key does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "crew/crew.h"
#include "desk.h"
#include "rcc/phrases.h"

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

/* What we said, and that the centre has it. */
static void
say(struct desk *desk, const struct rcc_envelope *message, int64_t at_ms)
{
	struct rcc_posted posted = {.posted_at_ms = at_ms, .entry_seq = 9, .entry_at_ms = at_ms};

	rcc_board_posted(&desk->board, message, &posted);
}

/* On scene, and sent to a place of safety: the answer is to that, and takes nothing back of what was said to the call. */
static void
test_an_order_is_answered_alone(void **state)
{
	struct desk *desk = *state;
	struct rcc_inbox_row order = desk_row_of(8, 12, RCC_CLASS_LIVE);
	struct rcc_envelope answer = {.class = RCC_CLASS_LIVE,
	                              .kind = RCC_BODY_ANSWER,
	                              .u.answer = {.incident = {12}, .kind = RCC_ANSWER_ON_SCENE}};
	struct rcc_envelope objection = {
	    .class = RCC_CLASS_LIVE, .kind = RCC_BODY_PLACE, .u.place = {.incident = {12}, .step = RCC_PLACE_OBJECTED}};

	desk->board.own = (struct rcc_board_own){.pos = {350000000, 120000000}, .at_ms = DESK_NOW_MS, .sog_dkn = 120};
	desk_press(desk, "p");
	assert_false(desk->screen.answer.is_to_order);
	assert_string_not_equal(desk->screen.answer.eta, "");
	desk_press(desk, "\033");
	say(desk, &answer, DESK_NOW_MS + 1000);
	order.delivery.kind = RCC_BROADCAST_TASK;
	order.stored_at_ms = DESK_NOW_MS + 2000;
	rcc_board_take(&desk->board, &order);
	const struct rcc_board_case *c = rcc_board_find(&desk->board, (struct rcc_incident_id){12});
	assert_true(rcc_board_owes_answer(&desk->board, c, DESK_NOW_MS));
	desk_press(desk, "p");
	assert_true(desk->screen.answer.is_to_order);
	assert_string_equal(desk->screen.answer.eta, "");
	desk_press(desk, "\n");
	desk_assert_line(desk, 0, "answer 2026-0012 proceeding --by \"A. Mate\"");
	answer.u.answer.kind = RCC_ANSWER_PROCEEDING;
	answer.u.answer.number = 8;
	say(desk, &answer, DESK_NOW_MS + 3000);
	assert_int_equal(c->answer.kind, RCC_ANSWER_ON_SCENE);
	assert_int_equal(c->order_answer.kind, RCC_ANSWER_PROCEEDING);
	assert_false(rcc_board_owes_answer(&desk->board, c, DESK_NOW_MS));
	/* The next one wants one of its own; an objection is one. */
	order.delivery.number = 9;
	order.stored_at_ms = DESK_NOW_MS + 4000;
	rcc_board_take(&desk->board, &order);
	assert_true(rcc_board_owes_answer(&desk->board, c, DESK_NOW_MS));
	say(desk, &objection, DESK_NOW_MS + 5000);
	assert_true(c->is_objected);
	assert_false(rcc_board_owes_answer(&desk->board, c, DESK_NOW_MS));
}

/* She never answered the call, and says that she goes to another place: that answers the order alone. */
static void
test_an_order_elsewhere_answers_no_call(void **state)
{
	struct desk *desk = *state;
	struct rcc_inbox_row order = desk_row_of(8, 12, RCC_CLASS_LIVE);
	struct rcc_envelope answer = {
	    .class = RCC_CLASS_LIVE,
	    .kind = RCC_BODY_ANSWER,
	    .u.answer = {.incident = {12}, .kind = RCC_ANSWER_PROCEEDING, .eta_min = 240, .number = 8}};

	order.delivery.kind = RCC_BROADCAST_TASK;
	order.delivery.pos.lat_e7 += 10000000;
	order.stored_at_ms = DESK_NOW_MS;
	rcc_board_take(&desk->board, &order);
	say(desk, &answer, DESK_NOW_MS + 1000);
	const struct rcc_board_case *c = rcc_board_find(&desk->board, (struct rcc_incident_id){12});
	assert_int_equal(c->answer.kind, 0);
	assert_int_equal(c->order_answer.kind, RCC_ANSWER_PROCEEDING);
}

/* What is added to a live distress is live, whatever keys are pressed; and is not what was said before. */
static void
test_more_of_a_live_distress_is_live(void **state)
{
	struct desk *desk = *state;

	desk_press(desk, "DtFIRE\n");
	desk_press(desk, "S");
	desk_assert_line(desk, 0, "distress --yes --text \"FIRE\"");
	desk->board.distress =
	    (struct rcc_board_distress){.is_on = true, .class = RCC_CLASS_LIVE, .word = {.at_ms = DESK_NOW_MS}};
	desk_press(desk, "NeetCO2\nS");
	desk_assert_line(desk, 0, "distress --yes --text \"CO2\"");
	assert_int_equal(desk->screen.distress.class, RCC_CLASS_LIVE);
}

/* She coordinates on scene until she says that she cannot. */
static void
test_who_cannot_coordinates_no_more(void **state)
{
	struct desk *desk = *state;
	struct rcc_inbox_row order = desk_row_of(8, 12, RCC_CLASS_LIVE);
	struct rcc_envelope answer = {.class = RCC_CLASS_LIVE,
	                              .kind = RCC_BODY_ANSWER,
	                              .u.answer = {.incident = {12}, .kind = RCC_ANSWER_UNABLE}};

	/* What she said before is no answer to that. */
	say(desk, &answer, DESK_NOW_MS);
	order.delivery.kind = RCC_BROADCAST_COORDINATE;
	order.stored_at_ms = DESK_NOW_MS + 1000;
	rcc_board_take(&desk->board, &order);
	const struct rcc_board_case *c = rcc_board_find(&desk->board, (struct rcc_incident_id){12});
	assert_true(c->is_coordinator);
	say(desk, &answer, DESK_NOW_MS + 2000);
	assert_false(c->is_coordinator);
}

/* On her way to them, and sent elsewhere first: what it takes to them is no proposal for that. */
static void
test_an_order_to_another_place(void **state)
{
	struct desk *desk = *state;
	struct rcc_inbox_row order = desk_row_of(8, 12, RCC_CLASS_LIVE);

	desk->board.own = (struct rcc_board_own){.pos = {350000000, 120000000}, .at_ms = DESK_NOW_MS, .sog_dkn = 120};
	order.delivery.kind = RCC_BROADCAST_TASK;
	order.stored_at_ms = DESK_NOW_MS;
	rcc_board_take(&desk->board, &order);
	const struct rcc_board_case *c = rcc_board_find(&desk->board, (struct rcc_incident_id){12});
	assert_false(rcc_board_is_to_order(&desk->board, c, 8));
	order.delivery.number = 9;
	order.delivery.pos.lat_e7 += 10000000;
	rcc_board_take(&desk->board, &order);
	assert_true(rcc_board_is_to_order(&desk->board, c, 9));
	/* An answer to what came before it, or to all of the case, is none to it. */
	assert_false(rcc_board_is_to_order(&desk->board, c, 8));
	assert_false(rcc_board_is_to_order(&desk->board, c, 0));
}

/* Sent to a place of safety, and disabled: to the order alone, or of all that she was called for; the form says which. */
static void
test_unable_of_the_whole_case(void **state)
{
	struct desk *desk = *state;
	struct rcc_inbox_row order = desk_row_of(8, 12, RCC_CLASS_LIVE);
	struct rcc_envelope answer = {.class = RCC_CLASS_LIVE,
	                              .kind = RCC_BODY_ANSWER,
	                              .u.answer = {.incident = {12}, .kind = RCC_ANSWER_ON_SCENE, .number = 7}};

	say(desk, &answer, DESK_NOW_MS + 1000);
	order.delivery.kind = RCC_BROADCAST_TASK;
	order.delivery.pos = RCC_POS_NONE;
	memcpy(order.delivery.text, RCC_PHRASE_PLACED "PORT C.", sizeof RCC_PHRASE_PLACED "PORT C.");
	order.stored_at_ms = DESK_NOW_MS + 2000;
	rcc_board_take(&desk->board, &order);
	const struct rcc_board_case *c = rcc_board_find(&desk->board, (struct rcc_incident_id){12});
	desk_press(desk, "u1");
	assert_true(desk->screen.answer.is_to_order);
	desk_press(desk, "\n");
	desk_assert_line(desk, 0, "answer 2026-0012 unable --reason disabled --by \"A. Mate\"");
	answer.u.answer = (struct rcc_answer){
	    .incident = {12}, .kind = RCC_ANSWER_UNABLE, .reason = RCC_REASON_DISABLED, .number = 8};
	say(desk, &answer, DESK_NOW_MS + 3000);
	assert_int_equal(c->answer.kind, RCC_ANSWER_ON_SCENE);
	assert_int_equal(c->order_answer.kind, RCC_ANSWER_UNABLE);
	desk_press(desk, "u1o");
	assert_true(desk->screen.answer.is_whole);
	desk_press(desk, "\n");
	desk_assert_line(desk, 0, "answer 2026-0012 unable --reason disabled --whole --by \"A. Mate\"");
	answer.u.answer.number = 0;
	say(desk, &answer, DESK_NOW_MS + 4000);
	assert_int_equal(c->answer.kind, RCC_ANSWER_UNABLE);
}

/* Requisitioned, and sent to a place before she has answered: p answers the requisition, and then the order. */
static void
test_a_requisition_is_answered_first(void **state)
{
	struct desk *desk = *state;
	struct rcc_inbox_row order = desk_row_of(8, 12, RCC_CLASS_LIVE);
	struct rcc_envelope answer = {.class = RCC_CLASS_LIVE,
	                              .kind = RCC_BODY_ANSWER,
	                              .u.answer = {.incident = {12}, .kind = RCC_ANSWER_PROCEEDING, .number = 7}};

	desk->board.own = (struct rcc_board_own){.pos = {350000000, 120000000}, .at_ms = DESK_NOW_MS, .sog_dkn = 120};
	say(desk, &answer, DESK_NOW_MS + 1000);
	order.delivery.kind = RCC_BROADCAST_REQUISITION;
	order.stored_at_ms = DESK_NOW_MS + 2000;
	rcc_board_take(&desk->board, &order);
	order.delivery.number = 9;
	order.delivery.kind = RCC_BROADCAST_TASK;
	memcpy(order.delivery.text, RCC_PHRASE_PLACED "PORT C.", sizeof RCC_PHRASE_PLACED "PORT C.");
	rcc_board_take(&desk->board, &order);
	const struct rcc_board_case *c = rcc_board_find(&desk->board, (struct rcc_incident_id){12});
	assert_true(rcc_board_owes_answer(&desk->board, c, DESK_NOW_MS));
	desk_press(desk, "p");
	assert_string_not_equal(desk->screen.answer.eta, "");
	desk_press(desk, "\n");
	assert_non_null(strstr(desk->screen.line[0], "proceeding --eta"));
	assert_non_null(strstr(desk->screen.line[0], " --whole"));
	answer.u.answer.number = 0;
	say(desk, &answer, DESK_NOW_MS + 3000);
	assert_false(c->is_named_open);
	desk_press(desk, "p\n");
	desk_assert_line(desk, 0, "answer 2026-0012 proceeding --by \"A. Mate\"");
}

/* A live call is chosen over a drill that nobody has acknowledged; and what was begun as more of a distress that is over asks again. */
static void
test_live_before_a_drill(void **state)
{
	struct desk *desk = *state;

	desk_press(desk, "a");
	rcc_board_read(&desk->board, 7, "A. Mate", DESK_NOW_MS);
	desk_press(desk, "w");
	desk_take(desk, 8, 13, RCC_CLASS_EXERCISE);
	rcc_screen_fresh(&desk->screen);
	assert_int_equal(desk->screen.chosen.v, 13);
	desk_take(desk, 9, 14, RCC_CLASS_LIVE);
	rcc_screen_fresh(&desk->screen);
	assert_int_equal(desk->screen.chosen.v, 14);
}

static void
test_more_of_a_distress_that_is_over(void **state)
{
	struct desk *desk = *state;

	desk->screen.at_ms += 10000;
	desk->board.distress =
	    (struct rcc_board_distress){.is_on = true, .class = RCC_CLASS_LIVE, .word = {.at_ms = DESK_NOW_MS}};
	desk_press(desk, "DN1");
	desk->board.distress.is_on = false;
	desk->screen.at_ms += 10000;
	desk_press(desk, "S");
	assert_int_equal(desk->screen.line_count, 0);
	desk->screen.at_ms += 10000;
	desk_press(desk, "S");
	assert_int_equal(desk->screen.line_count, 1);
}

/* A scope shows where it is, not what was said: it is read before it is acknowledged. */
static void
test_nothing_is_acknowledged_on_the_plot(void **state)
{
	struct desk *desk = *state;

	desk_press(desk, "va");
	assert_int_equal(desk->screen.line_count, 0);
	assert_int_equal(desk->screen.kind, RCC_SCREEN_ALERT);
	desk_press(desk, "a");
	desk_assert_line(desk, 0, "read 7 \"A. Mate\"");
}

/* What is added to a distress says nothing else anew. */
static void
test_what_is_not_said_again_stands(void **state)
{
	struct desk *desk = *state;
	struct rcc_envelope alert = {
	    .class = RCC_CLASS_LIVE,
	    .kind = RCC_BODY_ALERT,
	    .u.alert = {.nature = RCC_NATURE_SINKING, .persons = 5, .pos = {350000000, 120000000}}};

	say(desk, &alert, DESK_NOW_MS);
	alert.u.alert = (struct rcc_alert){.nature = RCC_NATURE_NOT_STATED, .pos = RCC_POS_NONE};
	say(desk, &alert, DESK_NOW_MS + 1000);
	assert_int_equal(desk->board.distress.nature, RCC_NATURE_SINKING);
	assert_int_equal(desk->board.distress.persons, 5);
	assert_true(rcc_pos_is_known(desk->board.distress.pos));
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
	    TEST(test_an_order_is_answered_alone),
	    TEST(test_an_order_elsewhere_answers_no_call),
	    TEST(test_more_of_a_live_distress_is_live),
	    TEST(test_who_cannot_coordinates_no_more),
	    TEST(test_an_order_to_another_place),
	    TEST(test_unable_of_the_whole_case),
	    TEST(test_a_requisition_is_answered_first),
	    TEST(test_live_before_a_drill),
	    TEST(test_more_of_a_distress_that_is_over),
	    TEST(test_nothing_is_acknowledged_on_the_plot),
	    TEST(test_what_is_not_said_again_stands),
	    TEST(test_a_count_is_typed_anew_and_has_to_be_possible),
	    TEST(test_a_time_of_the_day_is_a_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
