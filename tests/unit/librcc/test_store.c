#define _POSIX_C_SOURCE 200809L
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "librcc/store.h"

static const struct rcc_journal_id journal = {.b = {1, 2, 3}};
static const struct rcc_journal_id other_journal = {.b = {9}};
static const uint8_t words[] = "the bytes as they were sent";

struct place {
	char folder[64], path[128];
	struct rcc_store store;
};

static void
open_store(struct place *place)
{
	struct rcc_fault fault;

	assert_int_equal(rcc_store_open(&place->store, place->path, &fault), RCC_OK);
}

static int
setup(void **state)
{
	struct place *place = calloc(1, sizeof *place);

	assert_non_null(place);
	snprintf(place->folder, sizeof place->folder, "/tmp/rcc-store-XXXXXX");
	assert_non_null(mkdtemp(place->folder));
	snprintf(place->path, sizeof place->path, "%s/store", place->folder);
	open_store(place);
	*state = place;
	return 0;
}

static int
teardown(void **state)
{
	struct place *place = *state;
	static const char *const suffix[] = {"", "-wal", "-shm"};
	char path[160];

	rcc_store_close(&place->store);
	for (size_t i = 0; i < sizeof suffix / sizeof suffix[0]; i++) {
		snprintf(path, sizeof path, "%s%s", place->path, suffix[i]);
		unlink(path);
	}
	assert_int_equal(rmdir(place->folder), 0);
	free(place);
	return 0;
}

static struct rcc_msg_id
put(struct rcc_store *store, uint8_t tag, int64_t *ret_row)
{
	struct rcc_store_message message = {
	    .id = {.b = {tag}}, .kind = RCC_BODY_ALERT, .len = sizeof words, .bytes = words};

	assert_int_equal(rcc_store_put(store, &message, 1000 + tag, ret_row), RCC_OK);
	return message.id;
}

static bool
keep(struct rcc_store *store, const struct rcc_journal_id *of, uint32_t number, uint32_t broadcast)
{
	struct rcc_store_delivery delivery = {.number = number,
	                                      .broadcast = {broadcast},
	                                      .issued_at_ms = 5000,
	                                      .stored_at_ms = 6000,
	                                      .len = sizeof words,
	                                      .bytes = words};
	bool is_new = false;

	assert_int_equal(rcc_store_keep(store, of, &delivery, &is_new), RCC_OK);
	return is_new;
}

static void
test_the_file_is_private(void **state)
{
	struct place *place = *state;
	static const char *const suffix[] = {"", "-wal", "-shm"};
	char path[160];
	struct stat stat_of;

	for (size_t i = 0; i < sizeof suffix / sizeof suffix[0]; i++) {
		snprintf(path, sizeof path, "%s%s", place->path, suffix[i]);
		assert_int_equal(stat(path, &stat_of), 0);
		assert_int_equal(stat_of.st_mode & 0777, 0600);
	}
}

static void
test_outbox_in_order_until_answered(void **state)
{
	struct place *place = *state;
	struct rcc_store_message message;
	int64_t first_row = 0, second_row = 0;
	struct rcc_msg_id first = put(&place->store, 1, &first_row);
	struct rcc_msg_id second = put(&place->store, 2, &second_row);
	struct rcc_accepted accepted = {.entry = {.seq = 4711, .at_ms = 77}, .is_signed = 1};
	struct rcc_refused refused = {.reason = RCC_REFUSAL_RANGE, .text = "no"};
	struct rcc_receipt receipt;

	assert_true(second_row > first_row);
	assert_int_equal(rcc_store_waiting(&place->store), 2);
	assert_int_equal(rcc_store_attempted(&place->store, &first), RCC_OK);
	assert_int_equal(rcc_store_next_waiting(&place->store, 0, &message), RCC_OK);
	assert_int_equal(message.row, first_row);
	assert_int_equal(message.attempts, 1);
	assert_int_equal(message.kind, RCC_BODY_ALERT);
	assert_int_equal(message.len, sizeof words);
	assert_memory_equal(message.bytes, words, sizeof words);
	accepted.signature.b[63] = 0x42;
	assert_int_equal(rcc_store_last_receipt(&place->store, &receipt), RCC_E_NOT_FOUND);
	assert_int_equal(rcc_store_accepted(&place->store, &first, &accepted, 9000), RCC_OK);
	assert_false(rcc_store_is_waiting(&place->store, &first));
	assert_true(rcc_store_is_waiting(&place->store, &second));
	assert_int_equal(rcc_store_next_waiting(&place->store, 0, &message), RCC_OK);
	assert_int_equal(message.row, second_row);
	assert_int_equal(rcc_store_refused(&place->store, &second, &refused, 9001), RCC_OK);
	assert_int_equal(rcc_store_next_waiting(&place->store, 0, &message), RCC_E_NOT_FOUND);
	assert_int_equal(rcc_store_last_receipt(&place->store, &receipt), RCC_OK);
	assert_int_equal(receipt.entry.seq, 4711);
	assert_int_equal(receipt.posted_at_ms, 1001);
	assert_int_equal(receipt.accepted_at_ms, 9000);
	assert_true(receipt.is_signed);
	assert_int_equal(receipt.signature.b[63], 0x42);
	assert_memory_equal(receipt.id.b, first.b, sizeof first.b);
	/* What was said after it is later, whatever this computer's clock says: it may have been set back meanwhile. */
	struct rcc_msg_id third = put(&place->store, 3, &second_row);
	accepted.entry.seq = 4712;
	assert_int_equal(rcc_store_accepted(&place->store, &third, &accepted, 8000), RCC_OK);
	assert_int_equal(rcc_store_last_receipt(&place->store, &receipt), RCC_OK);
	assert_int_equal(receipt.entry.seq, 4712);
}

static void
test_an_answer_is_final(void **state)
{
	struct place *place = *state;
	int64_t row = 0;
	struct rcc_msg_id id = put(&place->store, 1, &row);
	struct rcc_accepted accepted = {.entry = {.seq = 1}}, second = {.entry = {.seq = 2}};
	struct rcc_receipt receipt;
	struct rcc_store_message again = {.id = id, .kind = RCC_BODY_ALERT, .len = 1, .bytes = words};

	assert_int_equal(rcc_store_accepted(&place->store, &id, &accepted, 1), RCC_OK);
	assert_int_equal(rcc_store_accepted(&place->store, &id, &second, 2), RCC_OK);
	assert_int_equal(rcc_store_last_receipt(&place->store, &receipt), RCC_OK);
	assert_int_equal(receipt.entry.seq, 1);
	assert_false(receipt.is_signed);
	assert_int_not_equal(rcc_store_put(&place->store, &again, 3, &row), RCC_OK); /* an id is used once */
}

/* A process is killed right after each call; what the calls said was done must be there. */
static void
test_a_kill_loses_nothing_that_was_said_done(void **state)
{
	struct place *place = *state;
	struct rcc_store_message message;
	struct rcc_store_delivery delivery;
	int status = 0;

	rcc_store_close(&place->store);
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		int64_t row = 0;
		struct rcc_accepted accepted = {.entry = {.seq = 5}};

		open_store(place);
		struct rcc_msg_id id = put(&place->store, 1, &row);
		put(&place->store, 2, &row);
		keep(&place->store, &journal, 1, 11);
		if (rcc_store_accepted(&place->store, &id, &accepted, 1) == RCC_OK) {
			kill(getpid(), SIGKILL);
		}
		_exit(1);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status));
	open_store(place);
	assert_int_equal(rcc_store_waiting(&place->store), 1);
	assert_int_equal(rcc_store_next_waiting(&place->store, 0, &message), RCC_OK);
	assert_int_equal(message.id.b[0], 2);
	assert_memory_equal(message.bytes, words, sizeof words);
	assert_int_equal(rcc_store_find(&place->store, &journal, 1, &delivery), RCC_OK);
	assert_int_equal(rcc_store_unreported(&place->store, 0, &delivery), RCC_OK);
}

static void
test_inbox_tells_repeats_from_news(void **state)
{
	struct place *place = *state;
	struct rcc_store_delivery delivery;

	assert_true(keep(&place->store, &journal, 1, 11));
	assert_false(keep(&place->store, &journal, 1, 11));
	assert_true(keep(&place->store, &journal, 1, 12));
	assert_true(keep(&place->store, &other_journal, 1, 11));
	assert_int_equal(rcc_store_find(&place->store, &journal, 1, &delivery), RCC_OK);
	assert_int_equal(delivery.broadcast.v, 12); /* the latest under this number */
	assert_int_equal(delivery.stored_at_ms, 6000);
	assert_int_equal(delivery.read_at_ms, 0);
	assert_int_equal(rcc_store_find(&place->store, &journal, 2, &delivery), RCC_E_NOT_FOUND);
}

/* The centre's record was set back, and it counts anew: what came before under its numbers is kept, and is not in the way. */
static void
test_numbers_that_are_given_again(void **state)
{
	struct place *place = *state;
	bool is_lost = false;

	for (uint32_t number = 1; number <= 4; number++)
		keep(&place->store, &journal, number, number);
	assert_int_equal(rcc_store_lose(&place->store, &journal, 2, &is_lost), RCC_OK);
	assert_false(is_lost);
	keep(&place->store, &journal, 2, 12);
	assert_int_equal(rcc_store_lose(&place->store, &journal, 2, &is_lost), RCC_OK);
	assert_true(is_lost);
	assert_int_equal(rcc_store_contiguous(&place->store, &journal, 1), 2);
	assert_int_equal(rcc_store_last(&place->store, &journal), 2);
	keep(&place->store, &journal, 3, 13);
	assert_int_equal(rcc_store_contiguous(&place->store, &journal, 1), 3);
	/* Nothing was thrown away. */
	struct rcc_store_delivery row = {.row = 0};
	uint32_t rows = 0, lost = 0;
	while (rcc_store_after(&place->store, &journal, row.row, &row) == RCC_OK) {
		rows++;
		lost += row.is_lost ? 1 : 0;
	}
	assert_int_equal(rows, 6);
	assert_int_equal(lost, 3);
}

static void
test_whole_stops_at_the_first_gap(void **state)
{
	struct place *place = *state;

	assert_int_equal(rcc_store_contiguous(&place->store, &journal, 0), 0);
	keep(&place->store, &journal, 1, 1);
	keep(&place->store, &journal, 2, 2);
	keep(&place->store, &journal, 4, 4);
	keep(&place->store, &journal, 5, 5);
	assert_int_equal(rcc_store_contiguous(&place->store, &journal, 0), 2);
	assert_int_equal(rcc_store_contiguous(&place->store, &journal, 2), 2);
	assert_int_equal(rcc_store_contiguous(&place->store, &journal, 3), 5);
	assert_int_equal(rcc_store_contiguous(&place->store, &other_journal, 0), 0);
	assert_int_equal(rcc_store_last(&place->store, &journal), 5);
	keep(&place->store, &journal, 3, 3);
	assert_int_equal(rcc_store_contiguous(&place->store, &journal, 2), 5);
}

static void
test_reported_and_read(void **state)
{
	struct place *place = *state;
	struct rcc_store_delivery delivery;

	keep(&place->store, &journal, 1, 1);
	keep(&place->store, &journal, 2, 2);
	assert_int_equal(rcc_store_unreported(&place->store, 0, &delivery), RCC_OK);
	assert_int_equal(delivery.number, 1);
	assert_int_equal(rcc_store_reported(&place->store, delivery.row), RCC_OK);
	assert_int_equal(rcc_store_unreported(&place->store, 0, &delivery), RCC_OK);
	assert_int_equal(delivery.number, 2);
	assert_int_equal(rcc_store_unreported(&place->store, delivery.row, &delivery), RCC_E_NOT_FOUND);
	assert_int_equal(rcc_store_read(&place->store, &journal, 2, "B. Bosun", 42), RCC_OK);
	assert_int_equal(rcc_store_find(&place->store, &journal, 2, &delivery), RCC_OK);
	assert_int_equal(delivery.read_at_ms, 42);
	assert_string_equal(delivery.read_by, "B. Bosun");
	assert_int_equal(rcc_store_read(&place->store, &journal, 3, "B. Bosun", 42), RCC_E_NOT_FOUND);
}

static void
test_pin_and_base(void **state)
{
	struct place *place = *state;
	struct rcc_key key = {.b = {5}}, got_key;
	struct rcc_journal_id got_journal;

	assert_int_equal(rcc_store_pin(&place->store, &got_key, &got_journal), RCC_E_NOT_FOUND);
	assert_int_equal(rcc_store_set_pin(&place->store, &key, &journal, 1), RCC_OK);
	assert_int_equal(rcc_store_base(&place->store, &journal), 0);
	assert_int_equal(rcc_store_set_base(&place->store, &journal, 12), RCC_OK);
	assert_int_equal(rcc_store_set_base(&place->store, &other_journal, 99), RCC_OK);
	assert_int_equal(rcc_store_base(&place->store, &journal), 12);
	assert_int_equal(rcc_store_base(&place->store, &other_journal), 0);
	/* Another key of the same journal keeps it; another journal counts from nothing. */
	assert_int_equal(rcc_store_set_pin(&place->store, &key, &journal, 2), RCC_OK);
	assert_int_equal(rcc_store_base(&place->store, &journal), 12);
	assert_int_equal(rcc_store_set_pin(&place->store, &key, &other_journal, 3), RCC_OK);
	assert_int_equal(rcc_store_base(&place->store, &other_journal), 0);
	assert_int_equal(rcc_store_pin(&place->store, &got_key, &got_journal), RCC_OK);
	assert_memory_equal(got_key.b, key.b, sizeof key.b);
	assert_memory_equal(got_journal.b, other_journal.b, sizeof got_journal.b);
}

static void
test_witness_keeps_a_bounded_history_and_sees_a_fork(void **state)
{
	struct place *place = *state;
	struct rcc_checkpoint checkpoint = {.journal = journal}, latest;
	struct sqlite3 *db = NULL;
	struct sqlite3_stmt *count = NULL;
	bool is_fork = true;

	for (uint64_t seq = 1; seq <= RCC_STORE_CHECKPOINTS + 5; seq++) {
		checkpoint.link.seq = seq;
		assert_int_equal(rcc_store_witness(&place->store, &checkpoint, 1, &is_fork), RCC_OK);
		assert_false(is_fork);
	}
	assert_int_equal(rcc_store_witness(&place->store, &checkpoint, 2, &is_fork), RCC_OK);
	assert_false(is_fork);
	checkpoint.link.hash.b[0] = 1;
	assert_int_equal(rcc_store_witness(&place->store, &checkpoint, 3, &is_fork), RCC_OK);
	assert_true(is_fork);
	assert_int_equal(rcc_store_checkpoint(&place->store, &journal, &latest), RCC_OK);
	assert_int_equal(latest.link.seq, RCC_STORE_CHECKPOINTS + 5);
	assert_int_equal(latest.link.hash.b[0], 0); /* what it showed first */
	assert_int_equal(rcc_store_checkpoint(&place->store, &other_journal, &latest), RCC_E_NOT_FOUND);
	assert_int_equal(sqlite3_open(place->path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db, "SELECT count(*) FROM checkpoint", -1, &count, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(count), SQLITE_ROW);
	assert_int_equal(sqlite3_column_int(count, 0), RCC_STORE_CHECKPOINTS);
	sqlite3_finalize(count);
	sqlite3_close(db);
}

static void
test_two_programs_share_a_store(void **state)
{
	struct place *place = *state;
	struct rcc_store second = {.db = NULL};
	struct rcc_store_message message;
	struct rcc_fault fault;
	int64_t row = 0;

	assert_int_equal(rcc_store_open(&second, place->path, &fault), RCC_OK);
	int64_t version = rcc_store_version(&place->store);
	put(&place->store, 1, &row);
	assert_int_equal(rcc_store_version(&place->store), version); /* our own writing is no news to us */
	put(&second, 2, &row);
	assert_int_not_equal(rcc_store_version(&place->store), version);
	assert_int_equal(rcc_store_next_waiting(&place->store, 0, &message), RCC_OK);
	put(&second, 3, &row);
	put(&place->store, 4, &row); /* no reading of ours is left open that would forbid writing */
	assert_int_equal(rcc_store_waiting(&second), 4);
	rcc_store_close(&second);
}

static void
run_sql(const char *path, const char *text)
{
	struct sqlite3 *db = NULL;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, text, NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void
test_what_is_not_ours_is_left_alone(void **state)
{
	struct place *place = *state;
	struct rcc_store store = {.db = NULL};
	struct rcc_fault fault;

	rcc_store_close(&place->store);
	run_sql(place->path, "PRAGMA user_version=99");
	assert_int_equal(rcc_store_open(&store, place->path, &fault), RCC_E_UNSUPPORTED);
	assert_non_null(strstr(fault.text, place->path));
	run_sql(place->path, "PRAGMA user_version=1; PRAGMA application_id=7");
	assert_int_equal(rcc_store_open(&store, place->path, &fault), RCC_E_CONFIG);
	assert_null(store.db);
	assert_int_equal(unlink(place->path), 0);
	FILE *file = fopen(place->path, "w");
	assert_non_null(file);
	for (int i = 0; i < 200; i++) {
		assert_true(fputs("this is no database at all\n", file) >= 0);
	}
	assert_int_equal(fclose(file), 0);
	assert_int_equal(rcc_store_open(&store, place->path, &fault), RCC_E_CORRUPT);
	assert_null(store.db);
}

int
main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, setup, teardown)
	const struct CMUnitTest tests[] = {
	    TEST(test_the_file_is_private),
	    TEST(test_outbox_in_order_until_answered),
	    TEST(test_an_answer_is_final),
	    TEST(test_a_kill_loses_nothing_that_was_said_done),
	    TEST(test_inbox_tells_repeats_from_news),
	    TEST(test_numbers_that_are_given_again),
	    TEST(test_whole_stops_at_the_first_gap),
	    TEST(test_reported_and_read),
	    TEST(test_pin_and_base),
	    TEST(test_witness_keeps_a_bounded_history_and_sees_a_fork),
	    TEST(test_two_programs_share_a_store),
	    TEST(test_what_is_not_ours_is_left_alone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
