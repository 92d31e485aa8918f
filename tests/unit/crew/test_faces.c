#define _POSIX_C_SOURCE 200809L
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "bridge.h"
#include "crew/screen_model.h"

#define NOW_MS INT64_C(1790000000000)

static struct rcc_inbox_row
call(void)
{
	struct rcc_inbox_row row;

	memset(&row, 0, sizeof row);
	row.delivery.number = 7;
	row.delivery.incident.v = 12;
	row.delivery.incident_year = 2026;
	row.delivery.incident_number = 12;
	row.delivery.kind = RCC_BROADCAST_DISTRESS_RELAY;
	row.delivery.class = RCC_CLASS_LIVE;
	row.delivery.pos = RCC_POS_NONE;
	row.delivery.called_on = 1;
	return row;
}

/* What the screens leave to be said is said as if it had been typed. */
static void
test_both_faces_send_the_same(void **state)
{
	struct bridge *place = *state;
	char output[OUTPUT_MAX];
	struct rcc_screen *screen = calloc(1, sizeof *screen);

	assert_non_null(screen);
	bridge_open_offline(place);
	assert_int_equal(rcc_crew_board_open(&place->crew), RCC_OK);
	rcc_screen_init(screen, place->crew.board, "A. Mate");
	screen->at_ms = rcc_crew_at_ms();
	rcc_screen_key(screen, 'D');
	rcc_screen_key(screen, '6');
	screen->at_ms += RCC_SCREEN_STEP_MS;
	rcc_screen_key(screen, 'S');
	bridge_listen(place);
	rcc_crew_line(&place->crew, screen->line[0]);
	bridge_heard(place, output);
	assert_int_equal(place->crew.message->kind, RCC_BODY_ALERT);
	assert_int_equal(place->crew.message->u.alert.nature, RCC_NATURE_SINKING);
	assert_true(place->crew.board->distress.is_on);
	assert_int_equal(place->crew.board->distress.word.entry_seq, 0);
	bridge_play(place, "withdraw --text \"by mistake\"\nno\nwithdraw --text \"by mistake\"\nSEND\n", output);
	assert_non_null(strstr(output, "WITHDRAWAL of our own distress: by mistake"));
	assert_int_equal(place->crew.message->u.alert.marks, RCC_ALERT_SELF_CANCEL);
	assert_int_equal(place->crew.message->u.alert.nature, RCC_NATURE_SINKING);
	assert_true(place->crew.board->distress.is_on);
	assert_int_equal(rcc_client_outbox_count(place->crew.client), 2);
	bridge_play(place, "position 35-12.40N 012-36.05E\nSEND\nwatch\nplot\nsilence\n", output);
	assert_non_null(strstr(output, "we are at 35-12.40N 012-36.05E"));
	assert_non_null(strstr(output, "OUR OWN DISTRESS IS ON since"));
	assert_non_null(strstr(output, "our position: 35-12.40N 012-36.05E"));
	free(place->crew.board);
	place->crew.board = NULL;
	free(screen);
}

/* An old place of ours goes as old, a still older one not at all; and no word is left out of a line in silence. */
static void
test_what_is_sent_is_what_was_said(void **state)
{
	struct bridge *place = *state;
	char output[OUTPUT_MAX];

	bridge_open_offline(place);
	assert_int_equal(rcc_crew_board_open(&place->crew), RCC_OK);
	int64_t seen_at_ms = rcc_crew_at_ms() - INT64_C(300000);
	place->crew.own = (struct rcc_pos){.lat_e7 = 360000000, .lon_e7 = 120000000};
	place->crew.own_at_ms = seen_at_ms;
	bridge_play(place, "distress --nature fire\nSEND\n", output);
	assert_int_equal(place->crew.message->u.alert.pos.lat_e7, 360000000);
	assert_int_equal(place->crew.message->u.alert.pos_at_ms, seen_at_ms);
	place->crew.own_at_ms = rcc_crew_at_ms() - RCC_BOARD_FIX_MAX_MS - 1000;
	bridge_play(place, "distress --nature fire\nSEND\n", output);
	assert_false(rcc_pos_is_known(place->crew.message->u.alert.pos));
	/* Read back before it counts: what was dropped moves nobody. */
	struct rcc_pos before = place->crew.own;
	bridge_play(place, "position 35 12 24 N 12 36 3 E\nno\n", output);
	assert_non_null(strstr(output, "position read back: 35-12.40N 012-36.05E"));
	assert_non_null(strstr(output, "from where we were"));
	assert_memory_equal(&place->crew.own, &before, sizeof before);
	/* Nor does an exercise, or a distress that was dropped. */
	bridge_play(place, "distress --pos \"34-00.00N 013-00.00E\" --exercise\nSEND\n", output);
	assert_memory_equal(&place->crew.own, &before, sizeof before);
	bridge_play(place, "distress --pos \"34-00.00N 013-00.00E\"\nno\n", output);
	assert_memory_equal(&place->crew.own, &before, sizeof before);
	bridge_play(place, "distress --pos \"34-00.00N 013-00.00E\"\nSEND\n", output);
	assert_int_equal(place->crew.own.lat_e7, 340000000);
	bridge_play(place, "position 35 12 24 N 12 36 3 E\nSEND\n", output);
	assert_non_null(strstr(output, "we are at 35-12.40N 012-36.05E"));
	assert_int_equal(place->crew.own.lat_e7, 352066667);
	struct rcc_inbox_row row = call();
	rcc_board_take(place->crew.board, &row);
	uint32_t waiting = rcc_client_outbox_count(place->crew.client);
	bridge_play(place, "answer latest proceeding 95min\n", output);
	assert_int_equal(place->crew.exit, RCC_EXIT_USAGE);
	assert_int_equal(rcc_client_outbox_count(place->crew.client), waiting);
	free(place->crew.board);
	place->crew.board = NULL;
}

/* A call that the disk did not take sounds, can be acknowledged, and is answered. */
static void
test_a_full_disk_stops_no_answer(void **state)
{
	struct bridge *place = *state;
	struct rcc_inbox_row row = call();
	char output[OUTPUT_MAX];

	bridge_open_offline(place);
	assert_int_equal(rcc_crew_board_open(&place->crew), RCC_OK);
	rcc_board_take(place->crew.board, &row);
	bridge_play(place, "read 8 mate\n", output);
	assert_int_equal(rcc_board_sound(place->crew.board, NOW_MS), RCC_BOARD_ALARM);
	bridge_play(place, "read 7 mate\n", output);
	assert_non_null(strstr(output, "acknowledged here alone"));
	assert_int_equal(rcc_board_sound(place->crew.board, NOW_MS), RCC_BOARD_QUIET);
	/* Who answers has read it: the next call of the case needs no word of its own. */
	row.delivery.number = 9;
	rcc_board_take(place->crew.board, &row);
	assert_int_equal(rcc_board_sound(place->crew.board, NOW_MS), RCC_BOARD_ALARM);
	bridge_play(place, "answer 2026-0012 proceeding --eta 2h --by mate\n", output);
	assert_non_null(strstr(output, "acknowledged here alone"));
	assert_int_equal(rcc_board_sound(place->crew.board, NOW_MS), RCC_BOARD_QUIET);
	assert_int_equal(place->crew.message->kind, RCC_BODY_ANSWER);
	assert_int_equal(place->crew.message->u.answer.incident.v, 12);
	assert_int_equal(place->crew.message->u.answer.number, 9);
	free(place->crew.board);
	place->crew.board = NULL;
}

int
main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, bridge_setup, bridge_teardown)
	const struct CMUnitTest tests[] = {
	    TEST(test_both_faces_send_the_same),
	    TEST(test_what_is_sent_is_what_was_said),
	    TEST(test_a_full_disk_stops_no_answer),
	};
	if (rcc_client_init() != RCC_OK) {
		return 1;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
