/* What ends our distress on the board: the centre's word on what it has received of us, whatever any clock aboard says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "crew/board.h"
#include "desk.h"
#include "rcc/units.h"

#define NOW_MS DESK_NOW_MS
#define OWN_MMSI 247000001u

static struct rcc_envelope *message;

static int
begin(void **state)
{
	struct rcc_board *board = calloc(1, sizeof *board);

	message = calloc(1, sizeof *message);
	assert_true(board != NULL && message != NULL);
	rcc_board_init(board, (struct rcc_mmsi){OWN_MMSI});
	*state = board;
	return 0;
}

static int
end(void **state)
{
	free(*state);
	free(message);
	return 0;
}

/* Our distress, said at a time of our clock; the centre's receipt of it, at a time of its own: 0 = not yet. */
static void
distress(struct rcc_board *board, uint8_t id, int64_t at_ms, int64_t entry_at_ms)
{
	const struct rcc_posted posted = {.id = {.b = {id}},
	                                  .posted_at_ms = at_ms,
	                                  .entry_seq = entry_at_ms != 0 ? id : 0,
	                                  .entry_at_ms = entry_at_ms};

	message->kind = RCC_BODY_ALERT;
	message->class = RCC_CLASS_LIVE;
	memset(&message->u.alert, 0, sizeof message->u.alert);
	rcc_board_posted(board, message, &posted);
}

/* The centre says this of a case about us, at a time of its clock. */
static void
says(struct rcc_board *board, uint32_t number, uint32_t incident, enum rcc_broadcast_kind kind, int64_t at_ms)
{
	struct rcc_inbox_row row = desk_row_of(number, incident, RCC_CLASS_LIVE);

	row.delivery.kind = kind;
	row.delivery.casualty.v = OWN_MMSI;
	row.delivery.issued_at_ms = at_ms;
	row.stored_at_ms = at_ms;
	rcc_board_take(board, &row);
}

static void
test_a_clock_that_is_ahead(void **state)
{
	struct rcc_board *board = *state;

	distress(board, 1, NOW_MS + 14 * RCC_MS_PER_MIN, NOW_MS);
	says(board, 1, 9, RCC_BROADCAST_DISTRESS_RELAY, NOW_MS + 10);
	assert_true(board->distress.is_on && board->distress.is_relayed);
	says(board, 2, 9, RCC_BROADCAST_CANCEL, NOW_MS + 1000);
	assert_false(board->distress.is_on);
	assert_int_equal(board->distress.ended_at_ms, NOW_MS + 1000);
}

/* A clock that is behind: what the centre ended before it had our words is another distress. */
static void
test_an_end_from_before(void **state)
{
	struct rcc_board *board = *state;

	says(board, 1, 9, RCC_BROADCAST_DISTRESS_RELAY, NOW_MS - 60000);
	says(board, 2, 9, RCC_BROADCAST_CANCEL, NOW_MS - 1000);
	distress(board, 1, NOW_MS - 14 * RCC_MS_PER_MIN, 0);
	/* While the centre does not have it, nothing that it says ends it. */
	says(board, 3, 9, RCC_BROADCAST_DISTRESS_RELAY, NOW_MS - 900);
	says(board, 4, 9, RCC_BROADCAST_CANCEL, NOW_MS - 800);
	assert_true(board->distress.is_on);
	const struct rcc_accepted accepted = {.entry = {.seq = 7, .at_ms = NOW_MS}, .incident = {9}};
	rcc_board_accepted(board, &board->distress.word.id, &accepted);
	assert_true(board->distress.is_on);
	says(board, 5, 9, RCC_BROADCAST_DISTRESS_RELAY, NOW_MS + 10);
	says(board, 6, 9, RCC_BROADCAST_CANCEL, NOW_MS + 20);
	assert_false(board->distress.is_on);
}

/* The receipt was lost on the way, and comes after the end. */
static void
test_a_receipt_that_comes_late(void **state)
{
	struct rcc_board *board = *state;

	distress(board, 1, NOW_MS, 0);
	says(board, 1, 9, RCC_BROADCAST_DISTRESS_RELAY, NOW_MS + 10);
	says(board, 2, 9, RCC_BROADCAST_CANCEL, NOW_MS + 20);
	assert_true(board->distress.is_on);
	const struct rcc_accepted accepted = {.entry = {.seq = 7, .at_ms = NOW_MS + 5}, .incident = {9}};
	rcc_board_accepted(board, &board->distress.word.id, &accepted);
	assert_false(board->distress.is_on);
}

/* Our case is part of another now: ships come for us all the same. */
static void
test_a_join_ends_nothing(void **state)
{
	struct rcc_board *board = *state;

	distress(board, 1, NOW_MS, NOW_MS);
	says(board, 1, 9, RCC_BROADCAST_DISTRESS_RELAY, NOW_MS + 10);
	says(board, 2, 10, RCC_BROADCAST_DISTRESS_RELAY, NOW_MS + 20);
	says(board, 3, 9, RCC_BROADCAST_CANCEL, NOW_MS + 20);
	assert_true(board->distress.is_on && board->distress.is_relayed);
	says(board, 4, 10, RCC_BROADCAST_CANCEL, NOW_MS + 30);
	assert_false(board->distress.is_on);
}

/* Said more while the end was on its way: the centre takes it up anew. */
static void
test_more_after_the_end(void **state)
{
	struct rcc_board *board = *state;

	distress(board, 1, NOW_MS, NOW_MS);
	says(board, 1, 9, RCC_BROADCAST_DISTRESS_RELAY, NOW_MS + 10);
	distress(board, 2, NOW_MS + 100, 0);
	says(board, 2, 9, RCC_BROADCAST_CANCEL, NOW_MS + 90);
	assert_true(board->distress.is_on);
	const struct rcc_accepted accepted = {.entry = {.seq = 8, .at_ms = NOW_MS + 110}, .incident = {9}};
	rcc_board_accepted(board, &board->distress.more.id, &accepted);
	assert_true(board->distress.is_on);
	says(board, 3, 9, RCC_BROADCAST_DISTRESS_RELAY, NOW_MS + 120);
	says(board, 4, 9, RCC_BROADCAST_CANCEL, NOW_MS + 200);
	assert_false(board->distress.is_on);
}

int
main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, begin, end)
	const struct CMUnitTest tests[] = {
	    TEST(test_a_clock_that_is_ahead), TEST(test_an_end_from_before), TEST(test_a_receipt_that_comes_late),
	    TEST(test_a_join_ends_nothing),   TEST(test_more_after_the_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
