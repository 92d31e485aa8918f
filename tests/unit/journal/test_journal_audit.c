/* Audits: of a running daemon, of copies, in places where nothing can be written, against keys and witnesses. */
#define _DEFAULT_SOURCE
#include "desk.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* An account without rights, for tests that must not be root: nobody on Debian. */
#define NOBODY 65534

static const uint64_t signed_at[] = {10, STORY_NIGHT, 0};

static void
test_while_running(void **state)
{
	struct desk *desk = *state;
	struct rcc_checkpoint checkpoint;

	desk_open(desk);
	desk_append(desk, 1, 10);
	assert_int_equal(desk_audit(desk, NULL, 0), RCC_OK);
	assert_int_equal(desk->report.rows, 10);
	/* The audit has left nothing that would hinder the daemon. */
	desk_append(desk, 11, STORY_NIGHT);
	assert_int_equal(rcc_journal_checkpoint(&desk->journal, STORY_START, RCC_CHECKPOINT_NOW, &checkpoint), RCC_OK);
	assert_int_equal(desk_audit(desk, &checkpoint, 1), RCC_OK);
	assert_int_equal(desk->report.rows, STORY_NIGHT);
	assert_int_equal(desk->report.head.seq, STORY_NIGHT);
	assert_int_equal(desk->report.checkpoints, 2);
	assert_true(desk->report.first_at_ms == STORY_START);
	struct rcc_journal_id id = rcc_journal_id(&desk->journal);
	assert_memory_equal(desk->report.journal.b, id.b, sizeof id.b);
	assert_memory_equal(desk->report.sign_key.b, desk->key.public_key.b, RCC_KEY_SIZE);
}

/* What is still in the WAL counts: a daemon that was killed has left it there. */
static void
test_after_kill(void **state)
{
	struct desk *desk = *state;

	desk_open(desk);
	desk_append(desk, 1, STORY_NIGHT);
	desk_copy(desk->path, desk_file(desk, "copy.db"));
	char wal[DESK_PATH_SIZE];
	snprintf(wal, sizeof wal, "%s", desk_file(desk, "journal.db-wal"));
	desk_copy(wal, desk_file(desk, "copy.db-wal"));
	rcc_journal_close(&desk->journal);
	snprintf(desk->path, sizeof desk->path, "%s", desk_file(desk, "copy.db"));
	assert_int_equal(desk_audit(desk, NULL, 0), RCC_OK);
	assert_int_equal(desk->report.rows, STORY_NIGHT);
}

/* A copy of journal.db alone, without -wal and -shm, is read as it is and nothing is made beside it. */
static void
test_copy_alone(void **state)
{
	struct desk *desk = *state;

	desk_write(desk, STORY_NIGHT, signed_at);
	desk_copy(desk->path, desk_file(desk, "odd name?#%41.db"));
	snprintf(desk->path, sizeof desk->path, "%s", desk_file(desk, "odd name?#%41.db"));
	assert_int_equal(desk_audit(desk, NULL, 0), RCC_OK);
	assert_int_equal(desk->report.rows, STORY_NIGHT);
	assert_int_not_equal(access(desk_file(desk, "odd name?#%41.db-wal"), F_OK), 0);
	assert_int_not_equal(access(desk_file(desk, "odd name?#%41.db-shm"), F_OK), 0);
}

/* The same as somebody who may read the file and write nowhere near it. */
static void
test_read_only_directory(void **state)
{
	struct desk *desk = *state;
	int exit_status = 0;

	desk_write(desk, STORY_NIGHT, signed_at);
	assert_int_equal(chmod(desk->path, 0444), 0);
	assert_int_equal(chmod(desk->dir, 0555), 0);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		if (getuid() == 0 && setuid(NOBODY) != 0)
			_exit(3);
		_exit(desk_audit(desk, NULL, 0) == RCC_OK && desk->report.rows == STORY_NIGHT ? 0 : 1);
	}
	assert_int_equal(waitpid(child, &exit_status, 0), child);
	assert_int_equal(chmod(desk->dir, 0700), 0);
	assert_true(WIFEXITED(exit_status));
	assert_int_equal(WEXITSTATUS(exit_status), 0);
}

static void
test_trusted_key(void **state)
{
	struct desk *desk = *state;
	struct rcc_sign_key other;

	desk_write(desk, STORY_NIGHT, signed_at);
	rcc_sign_key_generate(&other);
	assert_int_equal(rcc_journal_audit(desk->path, NULL, NULL, 0, NULL, NULL, &desk->report, &desk->fault), RCC_OK);
	assert_int_equal(
	    rcc_journal_audit(desk->path, &other.public_key, NULL, 0, NULL, NULL, &desk->report, &desk->fault),
	    RCC_E_CORRUPT);
	assert_non_null(strstr(desk->report.bad_reason, "another signing key"));
}

static void
test_witnesses(void **state)
{
	struct desk *desk = *state;
	struct rcc_checkpoint kept[3];
	struct rcc_checkpoint wrong;
	char text[RCC_CHECKPOINT_TEXT_SIZE];
	struct rcc_sign_key other;

	desk_open(desk);
	for (uint64_t i = 0; i < 3; i++) {
		desk_append(desk, 5 * i + 1, 5 * i + 5);
		assert_int_equal(rcc_journal_checkpoint(&desk->journal, STORY_START, RCC_CHECKPOINT_NOW, &kept[i]),
		                 RCC_OK);
		/* As a ship keeps it: a line of text. */
		rcc_checkpoint_format(text, &kept[i]);
		assert_int_equal(rcc_checkpoint_parse(text, &kept[i]), RCC_OK);
	}
	rcc_journal_close(&desk->journal);
	assert_int_equal(desk_audit(desk, kept, 3), RCC_OK);
	/* A witness that nobody signed proves nothing against the centre; it is shown all the same. */
	wrong = kept[2];
	wrong.link.hash.b[0] ^= 1;
	assert_int_equal(desk_audit(desk, &wrong, 1), RCC_E_CORRUPT);
	assert_non_null(strstr(desk->report.bad_reason, "not signed by this journal's key"));
	assert_true(desk->report.is_bad_witness);
	wrong = kept[1];
	wrong.link.seq = 99;
	rcc_checkpoint_sign(&desk->key, &wrong);
	assert_int_equal(desk_audit(desk, &wrong, 1), RCC_E_CORRUPT);
	assert_int_equal(desk->report.bad_seq, 16);
	/* Signed by the centre, and of another history: the file in hand is not the one that was. */
	wrong = kept[1];
	wrong.link.hash.b[31] ^= 0x80;
	rcc_checkpoint_sign(&desk->key, &wrong);
	assert_int_equal(desk_audit(desk, &wrong, 1), RCC_E_CORRUPT);
	assert_int_equal(desk->report.bad_seq, 10);
	wrong = kept[1];
	wrong.journal.b[3] ^= 1;
	rcc_checkpoint_sign(&desk->key, &wrong);
	assert_int_equal(desk_audit(desk, &wrong, 1), RCC_E_CORRUPT);
	assert_non_null(strstr(desk->report.bad_reason, "of another journal"));
	wrong = kept[1];
	wrong.link.seq = UINT64_MAX;
	rcc_checkpoint_sign(&desk->key, &wrong);
	assert_int_equal(desk_audit(desk, &wrong, 1), RCC_E_CORRUPT);
	rcc_sign_key_generate(&other);
	wrong = kept[1];
	rcc_checkpoint_sign(&other, &wrong);
	assert_int_equal(desk_audit(desk, &wrong, 1), RCC_E_CORRUPT);
}

struct counted {
	uint64_t count, events;
};

static void
count(void *context, const struct rcc_link *link, const struct rcc_entry *entry)
{
	struct counted *counted = context;

	assert_int_equal(link->seq, counted->count + 1);
	assert_true(link->at_ms == entry->cause.at_ms);
	counted->count++;
	counted->events += entry->event_count;
}

/* The good part of a damaged record is still told. */
static void
test_tells_the_good_part(void **state)
{
	struct desk *desk = *state;
	struct counted counted = {0};

	desk_write(desk, STORY_NIGHT, signed_at);
	sqlite3 *db = desk_forge(desk->path);
	desk_sql(db, "UPDATE entry SET payload = x'0a' WHERE seq = 17");
	desk_forged(db);
	assert_int_equal(rcc_journal_audit(desk->path, NULL, NULL, 0, count, &counted, &desk->report, &desk->fault),
	                 RCC_E_CORRUPT);
	assert_int_equal(counted.count, 16);
	assert_int_equal(desk->report.rows, 16);
	assert_int_equal(desk->report.bad_seq, 17);
	assert_int_equal(desk->report.signed_seq, 10);
	assert_true(counted.events > 16);
}

static void
test_empty_journal(void **state)
{
	struct desk *desk = *state;
	const uint64_t none[] = {0};

	desk_write(desk, 0, none);
	assert_int_equal(desk_audit(desk, NULL, 0), RCC_OK);
	assert_int_equal(desk->report.rows, 0);
	assert_int_equal(desk->report.checkpoints, 1);
}

static void
test_many_entries(void **state)
{
	struct desk *desk = *state;
	const uint64_t often[] = {400, 1400, 2000, 0};

	desk_write(desk, 2000, often);
	assert_int_equal(desk_audit(desk, NULL, 0), RCC_OK);
	assert_int_equal(desk->report.rows, 2000);
	assert_int_equal(desk->report.signed_seq, 2000);
}

static enum rcc_status
examine(struct desk *desk, enum rcc_audit_depth depth, bool is_piece, const struct rcc_checkpoint *witness)
{
	const struct rcc_audit_ask ask = {.path = desk->path,
	                                  .depth = depth,
	                                  .is_piece = is_piece,
	                                  .witness = witness,
	                                  .witness_count = witness == NULL ? 0 : 1};

	return rcc_journal_examine(&ask, &desk->report, &desk->fault);
}

/* Each depth sees what the one before does not: an altered table, bytes that nobody can read. */
static void
test_depths(void **state)
{
	struct desk *desk = *state;

	desk_write(desk, STORY_NIGHT, signed_at);
	for (int depth = RCC_AUDIT_CHAIN; depth <= RCC_AUDIT_FILE; depth++) {
		assert_int_equal(examine(desk, (enum rcc_audit_depth)depth, false, NULL), RCC_OK);
		assert_int_equal(desk->report.rows, STORY_NIGHT);
		assert_int_equal(desk->report.first_seq, 1);
		assert_int_equal(desk->report.signed_seq, STORY_NIGHT);
	}
	sqlite3 *db = desk_forge(desk->path);
	desk_sql(db, "UPDATE peer SET name = 'SOMEBODY ELSE'");
	desk_forged(db);
	assert_int_equal(examine(desk, RCC_AUDIT_CHAIN, false, NULL), RCC_OK);
	assert_int_equal(examine(desk, RCC_AUDIT_RECORD, false, NULL), RCC_OK);
	assert_int_equal(examine(desk, RCC_AUDIT_FILE, false, NULL), RCC_E_CORRUPT);
	db = desk_forge(desk->path);
	desk_sql(db, "UPDATE entry SET payload = CAST(substr(payload, 2) AS BLOB) WHERE seq = 7");
	desk_forged(db);
	assert_int_equal(examine(desk, RCC_AUDIT_CHAIN, false, NULL), RCC_E_CORRUPT);
	assert_int_equal(desk->report.bad_seq, 7);
	assert_int_equal(desk->report.rows, 6);
}

/* A long chain is verified by two processes: one finding, the first, wherever it is. */
static void
test_halves(void **state)
{
	struct desk *desk = *state;
	const uint64_t often[] = {400, 1400, 2000, 0};
	const int places[] = {1, 500, 999, 1000, 1001, 1500, 2000};
	char sql[120];

	desk_write(desk, 2000, often);
	assert_int_equal(examine(desk, RCC_AUDIT_CHAIN, false, NULL), RCC_OK);
	assert_int_equal(desk->report.rows, 2000);
	assert_int_equal(desk->report.head.seq, 2000);
	assert_int_equal(desk->report.signed_seq, 2000);
	desk_copy(desk->path, desk_file(desk, "whole.db"));
	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
		desk_copy(desk_file(desk, "whole.db"), desk->path);
		sqlite3 *db = desk_forge(desk->path);
		/* And one more at the end, which is not the first. */
		snprintf(sql, sizeof sql, "UPDATE entry SET at_ms = at_ms + 1 WHERE seq IN (%d, 2000)", places[i]);
		desk_sql(db, sql);
		desk_forged(db);
		assert_int_equal(examine(desk, RCC_AUDIT_CHAIN, false, NULL), RCC_E_CORRUPT);
		assert_int_equal(desk->report.bad_seq, places[i]);
		assert_int_equal(desk->report.rows, places[i] - 1);
	}
	desk_copy(desk_file(desk, "whole.db"), desk->path);
	sqlite3 *db = desk_forge(desk->path);
	desk_sql(db, "UPDATE entry SET seq = -5 WHERE seq = 1700");
	desk_forged(db);
	assert_int_equal(examine(desk, RCC_AUDIT_CHAIN, false, NULL), RCC_E_CORRUPT);
	assert_int_equal(desk->report.bad_seq, 1);
}

struct told {
	enum rcc_event_kind kind;
	uint64_t entries, sum, last; /* how many tell it, their numbers together, and that they come in order */
};

static void
note_told(void *context, const struct rcc_link *link, const struct rcc_entry *entry)
{
	struct told *told = context;
	bool is_of_kind = false;

	for (uint32_t i = 0; i < entry->event_count; i++)
		is_of_kind |= entry->event[i].kind == told->kind;
	if (!is_of_kind)
		return;
	assert_true(link->seq > told->last);
	told->last = link->seq;
	told->entries++;
	told->sum += link->seq;
}

/* Of a look at the chain alone, what is asked for is told, by one process or two: no entry more and none less than by reading all. */
static void
assert_told(struct desk *desk)
{
	uint64_t all = 0;

	for (int kind = 1; kind <= RCC_EVENT_LAST; kind++) {
		struct told read = {.kind = (enum rcc_event_kind)kind};
		struct told peeked = read;
		struct rcc_audit_ask ask = {
		    .path = desk->path, .depth = RCC_AUDIT_RECORD, .replay = note_told, .context = &read};
		assert_int_equal(rcc_journal_examine(&ask, &desk->report, &desk->fault), RCC_OK);
		ask.depth = RCC_AUDIT_CHAIN;
		ask.context = &peeked;
		ask.events = &peeked.kind;
		ask.event_count = 1;
		assert_int_equal(rcc_journal_examine(&ask, &desk->report, &desk->fault), RCC_OK);
		assert_int_equal(peeked.entries, read.entries);
		assert_int_equal(peeked.sum, read.sum);
		all += read.entries;
	}
	assert_true(all >= desk->report.rows);
}

static void
test_told(void **state)
{
	struct desk *desk = *state;

	desk_write(desk, STORY_NIGHT, signed_at);
	assert_told(desk);
}

static void
test_told_by_two(void **state)
{
	struct desk *desk = *state;
	const uint64_t often[] = {400, 1400, 2000, 0};

	desk_write(desk, 2000, often);
	assert_told(desk);
}

static void
cut_before(struct desk *desk, int first)
{
	char sql[80];
	sqlite3 *db = desk_forge(desk->path);

	snprintf(sql, sizeof sql, "DELETE FROM entry WHERE seq < %d", first);
	desk_sql(db, sql);
	desk_forged(db);
}

/* A part of a record verifies from where it begins, and says whether that beginning is proved. */
static void
test_piece(void **state)
{
	struct desk *desk = *state;
	struct rcc_checkpoint kept;

	desk_open(desk);
	desk_append(desk, 1, 6);
	assert_int_equal(rcc_journal_checkpoint(&desk->journal, STORY_START, RCC_CHECKPOINT_NOW, &kept), RCC_OK);
	desk_append(desk, 7, STORY_NIGHT);
	rcc_journal_close(&desk->journal);
	cut_before(desk, 4);
	assert_int_equal(examine(desk, RCC_AUDIT_FILE, false, NULL), RCC_E_CORRUPT);
	assert_int_equal(desk->report.bad_seq, 1);
	assert_int_equal(examine(desk, RCC_AUDIT_FILE, true, &kept), RCC_OK);
	assert_int_equal(desk->report.first_seq, 4);
	assert_int_equal(desk->report.rows, STORY_NIGHT - 3);
	assert_true(desk->report.is_unproven);
	/* From the entry after a checkpoint on nothing is taken at its word. */
	cut_before(desk, 7);
	assert_int_equal(examine(desk, RCC_AUDIT_FILE, true, NULL), RCC_OK);
	assert_int_equal(desk->report.first_seq, 7);
	assert_false(desk->report.is_unproven);
	/* Without it a witness who kept it proves the same. */
	sqlite3 *db = desk_forge(desk->path);
	desk_sql(db, "DELETE FROM checkpoint WHERE seq = 6");
	desk_forged(db);
	assert_int_equal(examine(desk, RCC_AUDIT_RECORD, true, NULL), RCC_OK);
	assert_true(desk->report.is_unproven);
	assert_int_equal(examine(desk, RCC_AUDIT_RECORD, true, &kept), RCC_OK);
	assert_false(desk->report.is_unproven);
	/* And then its first entry cannot be altered either. */
	db = desk_forge(desk->path);
	desk_sql(db, "UPDATE entry SET at_ms = at_ms + 1 WHERE seq = 7");
	desk_forged(db);
	assert_int_equal(examine(desk, RCC_AUDIT_CHAIN, true, &kept), RCC_E_CORRUPT);
	assert_int_equal(desk->report.bad_seq, 7);
}

static void
count_checkpoint(void *context, const struct rcc_checkpoint *checkpoint)
{
	*(uint64_t *)context += checkpoint->link.seq;
}

/* Whoever keeps checkpoints elsewhere gets each once, and hears when what it kept is not there any more. */
static void
test_follow(void **state)
{
	struct desk *desk = *state;
	struct rcc_checkpoint kept;
	uint64_t sum = 0;

	desk_open(desk);
	desk_append(desk, 1, 10);
	assert_int_equal(rcc_journal_checkpoint(&desk->journal, STORY_START, RCC_CHECKPOINT_NOW, &kept), RCC_OK);
	assert_int_equal(rcc_journal_follow(desk->path, NULL, NULL, 0, count_checkpoint, &sum, &desk->fault), RCC_OK);
	assert_int_equal(sum, 10);
	desk_append(desk, 11, STORY_NIGHT);
	assert_int_equal(rcc_journal_checkpoint(&desk->journal, STORY_START, RCC_CHECKPOINT_NOW, &kept), RCC_OK);
	sum = 0;
	assert_int_equal(rcc_journal_follow(desk->path, NULL, NULL, 10, count_checkpoint, &sum, &desk->fault), RCC_OK);
	assert_int_equal(sum, STORY_NIGHT);
	rcc_journal_close(&desk->journal);
	sqlite3 *db = desk_forge(desk->path);
	desk_sql(db, "DELETE FROM entry WHERE seq > 12; DELETE FROM checkpoint WHERE seq > 12");
	desk_forged(db);
	sum = 0;
	assert_int_equal(
	    rcc_journal_follow(desk->path, NULL, &kept, kept.link.seq, count_checkpoint, &sum, &desk->fault),
	    RCC_E_CORRUPT);
	assert_non_null(strstr(desk->fault.text, "tail missing"));
	struct rcc_key other = {{7}};
	assert_int_equal(rcc_journal_follow(desk->path, &other, NULL, 0, count_checkpoint, &sum, &desk->fault),
	                 RCC_E_NOT_ALLOWED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_while_running, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_after_kill, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_copy_alone, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_read_only_directory, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_trusted_key, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_witnesses, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_tells_the_good_part, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_empty_journal, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_many_entries, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_depths, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_halves, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_told, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_told_by_two, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_piece, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_follow, desk_setup, desk_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
