/*
 * Failing disks: what is acknowledged is there, nothing is acknowledged after a failure, and what is on disk afterwards
 * is a whole journal, with or without the batch whose outcome was unknown.
 */
#define _POSIX_C_SOURCE 200809L
#include "desk.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "bad_disk.h"
#include "journal/journal_impl.h"

/* More calls than any batch here makes: a loop that gets there is itself the fault. */
#define CALLS_MAX 400
#define KEPT 6
#define BATCH_LAST 12

/* Appends 7..12 until something fails; the status of the call that did, or RCC_OK. */
static enum rcc_status
try_batch(struct desk *desk)
{
	enum rcc_status status = RCC_OK;
	struct rcc_link link;
	size_t len = 0;

	for (uint64_t i = KEPT + 1; i <= BATCH_LAST && status == RCC_OK; i++) {
		story_entry(i, &desk->entry);
		assert_int_equal(rcc_wire_encode_entry(&desk->entry, desk->payload, sizeof desk->payload, &len),
		                 RCC_OK);
		status = rcc_journal_append(&desk->journal, &desk->entry, desk->payload, len, &link);
	}
	return status == RCC_OK ? rcc_journal_commit(&desk->journal) : status;
}

/* After a failure nothing may be written through the same handle, however healthy the disk has become. */
static void
assert_closed_to_writing(struct desk *desk)
{
	struct rcc_checkpoint checkpoint;
	struct rcc_link link;

	bad_disk_set(0, 0, 0);
	assert_int_equal(rcc_journal_head(&desk->journal).seq, KEPT);
	assert_int_equal(rcc_journal_append(&desk->journal, &desk->entry, desk->payload, 1, &link), RCC_E_IO);
	assert_int_equal(rcc_journal_commit(&desk->journal), RCC_E_IO);
	assert_int_equal(rcc_journal_probe(&desk->journal), RCC_E_IO);
	assert_int_equal(rcc_journal_checkpoint(&desk->journal, STORY_START, RCC_CHECKPOINT_NOW, &checkpoint),
	                 RCC_E_IO);
	assert_int_equal(rcc_journal_rebuild(&desk->journal, &desk->fault), RCC_E_IO);
}

/* Every call of a batch is made to fail in turn, and all that follow it, until the batch gets through. */
static void
fail_each_call(struct desk *desk, int error, int only_sync)
{
	enum rcc_status status = RCC_E_IO;
	int unknown = 0;
	int n = 0;

	const uint64_t none[] = {0};
	desk_write(desk, KEPT, none);
	desk_copy(desk->path, desk_file(desk, "start.db"));
	for (n = 1; n < CALLS_MAX && status != RCC_OK; n++) {
		desk_copy(desk_file(desk, "start.db"), desk->path);
		desk_open(desk);
		bad_disk_set(n, error, only_sync);
		status = try_batch(desk);
		if (status == RCC_OK)
			break;
		unknown += status == RCC_E_UNKNOWN_OUTCOME;
		assert_closed_to_writing(desk);
		rcc_journal_close(&desk->journal);
		desk_open(desk);
		uint64_t head = rcc_journal_head(&desk->journal).seq;
		/* All of it or none: and where the append itself failed, none. */
		assert_true(head == KEPT || (head == BATCH_LAST && status == RCC_E_UNKNOWN_OUTCOME));
		desk_append(desk, head + 1, BATCH_LAST + 3);
		rcc_journal_close(&desk->journal);
		assert_int_equal(desk_audit(desk, NULL, 0), RCC_OK);
		assert_int_equal(desk->report.rows, BATCH_LAST + 3);
	}
	assert_int_equal(status, RCC_OK);
	assert_true(unknown > 0);
	assert_true(n > 1 && n < CALLS_MAX);
	bad_disk_set(0, 0, 0);
}

static void
test_full_disk(void **state)
{
	fail_each_call(*state, SQLITE_FULL, 0);
}

static void
test_write_error(void **state)
{
	fail_each_call(*state, SQLITE_IOERR_WRITE, 0);
}

static void
test_sync_error(void **state)
{
	fail_each_call(*state, SQLITE_IOERR_FSYNC, 1);
}

/* The measured trap: a commit that failed in its sync is found on disk afterwards. */
static void
test_failed_commit_may_be_there(void **state)
{
	struct desk *desk = *state;

	/* The first commit has synced the head of the WAL, so the next sync is that of the rows. */
	desk_open(desk);
	desk_append(desk, 1, KEPT);
	bad_disk_set(1, SQLITE_IOERR_FSYNC, 1);
	assert_int_equal(try_batch(desk), RCC_E_UNKNOWN_OUTCOME);
	bad_disk_set(0, 0, 0);
	rcc_journal_close(&desk->journal);
	desk_open(desk);
	assert_int_equal(rcc_journal_head(&desk->journal).seq, BATCH_LAST);
	/* A retry by the same sender is recognised, so it has no second effect. */
	struct rcc_key sender = story_sender(7);
	struct rcc_msg_id id = story_msg_id(7);
	uint64_t seq = 0;
	uint64_t fingerprint = 0;
	assert_int_equal(rcc_journal_find_message(&desk->journal, &sender, &id, &seq, &fingerprint), RCC_OK);
	assert_int_equal(seq, 7);
}

static void
test_probe_tells(void **state)
{
	struct desk *desk = *state;

	desk_open(desk);
	desk_append(desk, 1, 3);
	bad_disk_set(1, SQLITE_FULL, 0);
	assert_int_equal(rcc_journal_probe(&desk->journal), RCC_E_IO);
	assert_int_equal(rcc_journal_probe(&desk->journal), RCC_E_IO);
	bad_disk_set(1, SQLITE_IOERR_FSYNC, 1);
	assert_int_equal(rcc_journal_probe(&desk->journal), RCC_E_IO);
	/* A probe that finds the disk well again has written and synced to learn it. */
	bad_disk_set(0, 0, 0);
	assert_int_equal(rcc_journal_probe(&desk->journal), RCC_OK);
	/* Sixteen pages of 4 kB at least, each with its frame head, and two syncs. */
	assert_true(bad_disk_calls() >= 34);
	desk_append(desk, 4, 6);
	rcc_journal_close(&desk->journal);
	assert_int_equal(desk_audit(desk, NULL, 0), RCC_OK);
}

static void
test_checkpoint_failure(void **state)
{
	struct desk *desk = *state;
	struct rcc_checkpoint checkpoint;

	desk_open(desk);
	desk_append(desk, 1, KEPT);
	bad_disk_set(1, SQLITE_IOERR_WRITE, 0);
	assert_int_equal(rcc_journal_checkpoint(&desk->journal, STORY_START, RCC_CHECKPOINT_NOW, &checkpoint),
	                 RCC_E_UNKNOWN_OUTCOME);
	assert_closed_to_writing(desk);
	rcc_journal_close(&desk->journal);
	desk_open(desk);
	assert_int_equal(rcc_journal_checkpoint(&desk->journal, STORY_START, RCC_CHECKPOINT_NOW, &checkpoint), RCC_OK);
}

/* A journal is made whole or not at all. */
static void
test_birth(void **state)
{
	struct desk *desk = *state;
	enum rcc_status status = RCC_E_IO;
	struct stat info;
	int n;

	for (n = 1; n < CALLS_MAX && status != RCC_OK; n++) {
		bad_disk_set(n, n % 2 ? SQLITE_FULL : SQLITE_IOERR_FSYNC, 0);
		status =
		    rcc_journal_open(&desk->journal, desk->path, &desk->key, STORY_START, NULL, NULL, &desk->fault);
		bad_disk_set(0, 0, 0);
		if (status != RCC_OK && stat(desk->path, &info) == 0)
			desk_open(desk);
		rcc_journal_close(&desk->journal);
	}
	assert_true(n > 2 && n < CALLS_MAX);
	desk_open(desk);
	desk_append(desk, 1, 1);
}

/* The kernel's own refusal, through SQLite's own file layer: the WAL may not grow. */
static void
test_file_size_limit(void **state)
{
	struct desk *desk = *state;
	struct rlimit before;
	struct rlimit tight;
	const uint64_t none[] = {0};

	desk_write(desk, KEPT, none);
	desk_open(desk);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	tight = before;
	tight.rlim_cur = 8192;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &tight), 0);
	enum rcc_status status = try_batch(desk);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	signal(SIGXFSZ, SIG_DFL);
	assert_true(status == RCC_E_UNKNOWN_OUTCOME || status == RCC_E_IO);
	assert_closed_to_writing(desk);
	rcc_journal_close(&desk->journal);
	desk_open(desk);
	assert_int_equal(rcc_journal_head(&desk->journal).seq, KEPT);
	assert_int_equal(try_batch(desk), RCC_OK);
}

static int
install(void **state)
{
	(void)state;
	bad_disk_install();
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_full_disk, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_write_error, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_sync_error, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_failed_commit_may_be_there, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_probe_tells, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_checkpoint_failure, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_birth, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_file_size_limit, desk_setup, desk_teardown),
	};

	return cmocka_run_group_tests(tests, install, NULL);
}
