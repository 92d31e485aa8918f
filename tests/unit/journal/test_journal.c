/* The journal by its contract: what is committed stays, in order, once; nothing else does. */
#define _POSIX_C_SOURCE 200809L
#include "desk.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "journal/journal_impl.h"

struct heard {
	uint64_t count;
	struct rcc_link last;
	bool is_same; /* so far each entry was the story's */
};

/* Compares what was replayed with the story, by the bytes that both encode to. */
static void
hear(void *context, const struct rcc_link *link, const struct rcc_entry *entry)
{
	static struct rcc_entry expected;
	static uint8_t bytes[2][RCC_PAYLOAD_MAX];
	struct heard *heard = context;
	size_t len[2] = {0, 0};

	story_entry(link->seq, &expected);
	assert_int_equal(rcc_wire_encode_entry(entry, bytes[0], sizeof bytes[0], &len[0]), RCC_OK);
	assert_int_equal(rcc_wire_encode_entry(&expected, bytes[1], sizeof bytes[1], &len[1]), RCC_OK);
	heard->is_same = len[0] == len[1] && memcmp(bytes[0], bytes[1], len[0]) == 0 && link->seq == heard->count + 1 &&
	                 (heard->is_same || heard->count == 0);
	heard->last = *link;
	heard->count++;
}

static void
test_reopen_replays(void **state)
{
	struct desk *desk = *state;
	struct heard heard = {0};

	desk_open(desk);
	assert_int_equal(rcc_journal_head(&desk->journal).seq, 0);
	desk_append(desk, 1, 10);
	desk_append(desk, 11, STORY_NIGHT + 6);
	struct rcc_link head = rcc_journal_head(&desk->journal);
	struct rcc_journal_id id = rcc_journal_id(&desk->journal);
	rcc_journal_close(&desk->journal);
	assert_int_equal(
	    rcc_journal_open(&desk->journal, desk->path, &desk->key, STORY_START, hear, &heard, &desk->fault), RCC_OK);
	assert_int_equal(heard.count, STORY_NIGHT + 6);
	assert_true(heard.is_same);
	assert_memory_equal(heard.last.hash.b, head.hash.b, sizeof head.hash.b);
	assert_int_equal(rcc_journal_head(&desk->journal).seq, head.seq);
	struct rcc_journal_id again = rcc_journal_id(&desk->journal);
	assert_memory_equal(again.b, id.b, sizeof id.b);
}

static void
test_file_is_private(void **state)
{
	struct desk *desk = *state;
	struct stat info;

	desk_open(desk);
	assert_int_equal(stat(desk->path, &info), 0);
	assert_int_equal(info.st_mode & 0777, 0600);
	assert_int_equal(stat(desk_file(desk, "journal.db-wal"), &info), 0);
	assert_int_equal(info.st_mode & 0777, 0600);
	assert_int_not_equal(access(desk_file(desk, "journal.db-new"), F_OK), 0);
}

static void
test_uncommitted_is_gone(void **state)
{
	struct desk *desk = *state;
	struct rcc_link link;
	struct rcc_entry_bytes bytes;
	size_t len = 0;

	desk_open(desk);
	desk_append(desk, 1, 3);
	story_entry(4, &desk->entry);
	assert_int_equal(rcc_wire_encode_entry(&desk->entry, desk->payload, sizeof desk->payload, &len), RCC_OK);
	assert_int_equal(rcc_journal_append(&desk->journal, &desk->entry, desk->payload, len, &link), RCC_OK);
	/* Appended is neither head nor readable. */
	assert_int_equal(rcc_journal_head(&desk->journal).seq, 3);
	assert_int_equal(rcc_journal_read(&desk->journal, 4, &bytes), RCC_E_NOT_FOUND);
	struct rcc_key sender = story_sender(4);
	struct rcc_msg_id id = story_msg_id(4);
	uint64_t seq = 0;
	uint64_t fingerprint = 0;
	assert_int_equal(rcc_journal_find_message(&desk->journal, &sender, &id, &seq, &fingerprint), RCC_E_NOT_FOUND);
	rcc_journal_close(&desk->journal);
	desk_open(desk);
	assert_int_equal(rcc_journal_head(&desk->journal).seq, 3);
	assert_int_equal(desk_int(desk->path, "SELECT count(*) FROM peer"), 2);
}

static void
test_empty_batch(void **state)
{
	struct desk *desk = *state;

	desk_open(desk);
	assert_int_equal(rcc_journal_commit(&desk->journal), RCC_OK);
	assert_int_equal(rcc_journal_probe(&desk->journal), RCC_OK);
	assert_int_equal(desk_int(desk->path, "SELECT count(*) FROM scratch"), 0);
	desk_append(desk, 1, 1);
}

static void
test_read(void **state)
{
	struct desk *desk = *state;
	struct rcc_entry_bytes bytes;
	struct rcc_link previous = {0};
	size_t len = 0;

	desk_open(desk);
	desk_append(desk, 1, STORY_NIGHT);
	for (uint64_t i = 1; i <= STORY_NIGHT; i++) {
		story_entry(i, &desk->entry);
		assert_int_equal(rcc_wire_encode_entry(&desk->entry, desk->payload, sizeof desk->payload, &len),
		                 RCC_OK);
		assert_int_equal(rcc_journal_read(&desk->journal, i, &bytes), RCC_OK);
		assert_int_equal(bytes.payload_len, len);
		assert_memory_equal(bytes.payload, desk->payload, len);
		assert_true(rcc_chain_verify(&previous, &bytes.link, bytes.payload, bytes.payload_len));
		previous = bytes.link;
	}
	assert_int_equal(rcc_journal_read(&desk->journal, 0, &bytes), RCC_E_NOT_FOUND);
	assert_int_equal(rcc_journal_read(&desk->journal, STORY_NIGHT + 1, &bytes), RCC_E_NOT_FOUND);
	assert_int_equal(rcc_journal_read(&desk->journal, UINT64_MAX, &bytes), RCC_E_NOT_FOUND);
}

static void
test_find_message(void **state)
{
	struct desk *desk = *state;
	uint64_t seq = 0;
	uint64_t fingerprint = 0;
	struct rcc_key sender = story_sender(9);
	struct rcc_msg_id id = story_msg_id(9);

	desk_open(desk);
	desk_append(desk, 1, STORY_NIGHT);
	assert_int_equal(rcc_journal_find_message(&desk->journal, &sender, &id, &seq, &fingerprint), RCC_OK);
	assert_int_equal(seq, 9);
	assert_true(fingerprint == UINT64_C(0xf000000000000009));
	/* The same id from another key is another message. */
	sender = story_sender(10);
	assert_int_equal(rcc_journal_find_message(&desk->journal, &sender, &id, &seq, &fingerprint), RCC_E_NOT_FOUND);
	/* Entry 23 conflicts with the message of 18: the first stays. */
	sender = story_sender(18);
	id = story_msg_id(18);
	assert_int_equal(rcc_journal_find_message(&desk->journal, &sender, &id, &seq, &fingerprint), RCC_OK);
	assert_int_equal(seq, 18);
}

static void
assert_refused(sqlite3 *db, const char *sql, const char *why)
{
	char *error = NULL;

	assert_int_not_equal(sqlite3_exec(db, sql, NULL, NULL, &error), SQLITE_OK);
	assert_non_null(strstr(error, why));
	sqlite3_free(error);
}

static void
test_guards(void **state)
{
	struct desk *desk = *state;
	const uint64_t signed_at[] = {5, 0};
	sqlite3 *db = NULL;

	desk_write(desk, 5, signed_at);
	assert_int_equal(sqlite3_open_v2(desk->path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
	assert_refused(db, "UPDATE entry SET at_ms = 1 WHERE seq = 3", "append-only");
	assert_refused(db, "DELETE FROM entry WHERE seq = 5", "append-only");
	assert_refused(db, "DELETE FROM entry", "append-only");
	assert_refused(db, "INSERT INTO entry VALUES(7, 1, x'00', zeroblob(32))", "without gaps");
	assert_refused(db, "INSERT INTO entry VALUES(NULL, 1, x'00', zeroblob(32))", "without gaps");
	assert_refused(db, "INSERT OR REPLACE INTO entry VALUES(5, 1, x'00', zeroblob(32))", "without gaps");
	assert_refused(db, "INSERT INTO entry VALUES(5, 1, x'00', zeroblob(32)) ON CONFLICT DO UPDATE SET at_ms = 2",
	               "without gaps");
	assert_refused(db, "INSERT INTO entry VALUES(6, 1, x'00', zeroblob(31))", "CHECK");
	assert_refused(db, "INSERT INTO entry VALUES(6, 'then', x'00', zeroblob(32))", "cannot store TEXT");
	assert_refused(db, "UPDATE checkpoint SET at_ms = 1", "kept");
	assert_refused(db, "DELETE FROM checkpoint", "kept");
	assert_refused(db, "INSERT INTO checkpoint VALUES(9, 1, zeroblob(32), zeroblob(64))", "signs the head");
	assert_refused(db, "INSERT OR REPLACE INTO checkpoint VALUES(5, 1, zeroblob(32), zeroblob(64))",
	               "signs the head");
	assert_refused(db, "UPDATE meta SET value = x'00'", "never changes");
	assert_refused(db, "DELETE FROM meta", "never changes");
	assert_refused(db, "INSERT INTO meta VALUES('more', 1)", "never changes");
	sqlite3_close(db);
	assert_int_equal(desk_audit(desk, NULL, 0), RCC_OK);
}

static void
test_wrong_key(void **state)
{
	struct desk *desk = *state;
	const uint64_t none[] = {0};
	struct rcc_sign_key other;

	desk_write(desk, 3, none);
	rcc_sign_key_generate(&other);
	assert_int_equal(rcc_journal_open(&desk->journal, desk->path, &other, STORY_START, NULL, NULL, &desk->fault),
	                 RCC_E_NOT_ALLOWED);
	assert_non_null(strstr(desk->fault.text, "another signing key"));
	assert_null(desk->journal.impl);
	desk_open(desk);
}

static void
test_second_writer(void **state)
{
	struct desk *desk = *state;
	struct rcc_journal second = {NULL};

	desk_open(desk);
	assert_int_equal(rcc_journal_open(&second, desk->path, &desk->key, STORY_START, NULL, NULL, &desk->fault),
	                 RCC_E_BUSY);
	assert_non_null(strstr(desk->fault.text, "another program"));
	desk_append(desk, 1, 2);
	rcc_journal_close(&desk->journal);
	rcc_journal_close(&desk->journal);
	desk_open(desk);
}

static void
test_not_a_journal(void **state)
{
	struct desk *desk = *state;
	sqlite3 *db = NULL;
	const char *wal;

	/* A file that was cut to nothing is not a place for a new record. */
	desk_copy("/dev/null", desk->path);
	assert_int_equal(
	    rcc_journal_open(&desk->journal, desk->path, &desk->key, STORY_START, NULL, NULL, &desk->fault),
	    RCC_E_CORRUPT);
	assert_int_equal(desk_audit(desk, NULL, 0), RCC_E_CORRUPT);
	assert_int_equal(unlink(desk->path), 0);
	/* Nor is the place of a journal that left its WAL behind. */
	wal = desk_file(desk, "journal.db-wal");
	desk_copy("/dev/null", wal);
	assert_int_equal(
	    rcc_journal_open(&desk->journal, desk->path, &desk->key, STORY_START, NULL, NULL, &desk->fault),
	    RCC_E_CORRUPT);
	assert_int_equal(desk_audit(desk, NULL, 0), RCC_E_NOT_FOUND);
	assert_int_equal(unlink(wal), 0);
	assert_int_equal(sqlite3_open_v2(desk->path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL), SQLITE_OK);
	desk_sql(db, "CREATE TABLE entry(seq INTEGER PRIMARY KEY)");
	sqlite3_close(db);
	assert_int_equal(
	    rcc_journal_open(&desk->journal, desk->path, &desk->key, STORY_START, NULL, NULL, &desk->fault),
	    RCC_E_CORRUPT);
	assert_int_equal(desk_audit(desk, NULL, 0), RCC_E_CORRUPT);
}

static void
test_checkpoint_cadence(void **state)
{
	struct desk *desk = *state;
	struct rcc_checkpoint checkpoint;
	const int64_t now = STORY_START;

	desk_open(desk);
	/* No news, nothing to sign, however it is asked. */
	assert_int_equal(rcc_journal_checkpoint(&desk->journal, now + 90000, RCC_CHECKPOINT_NOW, &checkpoint),
	                 RCC_E_AGAIN);
	desk_append(desk, 1, 2);
	assert_int_equal(rcc_journal_checkpoint(&desk->journal, now + 59999, RCC_CHECKPOINT_IF_DUE, &checkpoint),
	                 RCC_E_AGAIN);
	assert_int_equal(rcc_journal_checkpoint(&desk->journal, now + 60000, RCC_CHECKPOINT_IF_DUE, &checkpoint),
	                 RCC_OK);
	assert_int_equal(checkpoint.link.seq, 2);
	assert_true(rcc_checkpoint_verify(&desk->key.public_key, &checkpoint));
	assert_int_equal(rcc_journal_checkpoint(&desk->journal, now + 999999, RCC_CHECKPOINT_NOW, &checkpoint),
	                 RCC_E_AGAIN);
	desk_append(desk, 3, 1001);
	assert_int_equal(rcc_journal_checkpoint(&desk->journal, now + 60001, RCC_CHECKPOINT_IF_DUE, &checkpoint),
	                 RCC_E_AGAIN);
	desk_append(desk, 1002, 1002);
	assert_int_equal(rcc_journal_checkpoint(&desk->journal, now + 60001, RCC_CHECKPOINT_IF_DUE, &checkpoint),
	                 RCC_OK);
	assert_int_equal(checkpoint.link.seq, 1002);
	desk_append(desk, 1003, 1003);
	rcc_journal_close(&desk->journal);
	/* News from before a restart is signed at the first occasion. */
	desk_open(desk);
	assert_int_equal(rcc_journal_checkpoint(&desk->journal, now + 60002, RCC_CHECKPOINT_IF_DUE, &checkpoint),
	                 RCC_OK);
	assert_int_equal(checkpoint.link.seq, 1003);
	rcc_journal_close(&desk->journal);
	assert_int_equal(desk_audit(desk, &checkpoint, 1), RCC_OK);
	assert_int_equal(desk->report.checkpoints, 4);
	assert_int_equal(desk->report.signed_seq, 1003);
	assert_int_equal(desk->report.rows, 1003);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_reopen_replays, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_file_is_private, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_uncommitted_is_gone, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_empty_batch, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_read, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_find_message, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_guards, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_wrong_key, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_second_writer, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_not_a_journal, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_checkpoint_cadence, desk_setup, desk_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
