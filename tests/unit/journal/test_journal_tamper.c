/*
 * Forgery: every change of an entry, of its order, of its number, of a signature or of a projection is found and named.
 *
 * The forger here has the file, an SQL prompt and all the time in the world, but not the centre's key.
 */
#define _POSIX_C_SOURCE 200809L
#include "desk.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Positions flipped in a payload longer than this; shorter ones are flipped at every byte. */
#define SAMPLED_OVER 200
#define SAMPLES 60
#define FILE_FLIPS 300
#define FILE_MAX (1 << 20)

static const uint64_t signed_at[] = {4, 12, STORY_NIGHT, 0};

/* A small repeatable generator (xorshift64*), so that a failure can be found again. */
static uint64_t
next_random(uint64_t *seed)
{
	*seed ^= *seed >> 12;
	*seed ^= *seed << 25;
	*seed ^= *seed >> 27;
	return *seed * UINT64_C(0x2545f4914f6cdd1d);
}

static void
assert_bad(struct desk *desk, uint64_t seq, const char *reason)
{
	if (desk_audit(desk, NULL, 0) != RCC_E_CORRUPT || desk->report.bad_seq != seq ||
	    strstr(desk->report.bad_reason, reason) == NULL)
		fail_msg("expected entry %llu and %s, found %llu and %s", (unsigned long long)seq, reason,
		         (unsigned long long)desk->report.bad_seq, desk->fault.text);
}

/* The writer refuses what the auditor refuses, and names the same entry. */
static void
assert_not_extended(struct desk *desk, uint64_t seq)
{
	char name[32];

	assert_int_equal(
	    rcc_journal_open(&desk->journal, desk->path, &desk->key, STORY_START, NULL, NULL, &desk->fault),
	    RCC_E_CORRUPT);
	snprintf(name, sizeof name, "at entry %llu:", (unsigned long long)seq);
	assert_non_null(strstr(desk->fault.text, name));
}

/* Puts the row back as it was, from the copy that the forger's connection holds. */
static void
restore_row(sqlite3 *db, uint64_t seq)
{
	char sql[160];

	snprintf(sql, sizeof sql,
	         "DELETE FROM entry WHERE seq NOT IN (SELECT seq FROM temp.kept);"
	         "INSERT OR REPLACE INTO entry SELECT * FROM temp.kept WHERE seq = %llu",
	         (unsigned long long)seq);
	desk_sql(db, sql);
}

/* Only the entries are asked: schema and projections stay as they are while the triggers are away. */
static void
assert_entry_bad(struct desk *desk, uint64_t lowest, uint64_t seq, const char *what, int at)
{
	enum rcc_status status = desk_audit(desk, NULL, 0);

	if (status != RCC_E_CORRUPT || desk->report.bad_seq != lowest)
		fail_msg("entry %llu, %s, byte %d: %s, named %llu (%s)", (unsigned long long)seq, what, at,
		         rcc_status_text(status), (unsigned long long)desk->report.bad_seq, desk->report.bad_reason);
}

static void
flip_blob(struct desk *desk, sqlite3 *db, uint64_t seq, const char *column, uint64_t *seed)
{
	char sql[200];
	sqlite3_blob *blob = NULL;

	assert_int_equal(sqlite3_blob_open(db, "main", "entry", column, (sqlite3_int64)seq, 1, &blob), SQLITE_OK);
	int len = sqlite3_blob_bytes(blob);
	sqlite3_blob_close(blob);
	int tries = len > SAMPLED_OVER ? SAMPLES : len;
	for (int i = 0; i < tries; i++) {
		int at = len > SAMPLED_OVER ? (int)(next_random(seed) % (uint64_t)len) : i;
		uint8_t byte = 0;
		assert_int_equal(sqlite3_blob_open(db, "main", "entry", column, (sqlite3_int64)seq, 1, &blob),
		                 SQLITE_OK);
		assert_int_equal(sqlite3_blob_read(blob, &byte, 1, at), SQLITE_OK);
		byte ^= (uint8_t)(1u << (next_random(seed) % 8));
		assert_int_equal(sqlite3_blob_write(blob, &byte, 1, at), SQLITE_OK);
		assert_int_equal(sqlite3_blob_close(blob), SQLITE_OK);
		assert_entry_bad(desk, seq, seq, column, at);
		snprintf(sql, sizeof sql,
		         "UPDATE entry SET %s = (SELECT %s FROM temp.kept WHERE seq = %llu)"
		         " WHERE seq = %llu",
		         column, column, (unsigned long long)seq, (unsigned long long)seq);
		desk_sql(db, sql);
	}
}

static void
flip_integer(struct desk *desk, sqlite3 *db, uint64_t seq, const char *column)
{
	char sql[200];

	for (int bit = 0; bit < 64; bit += 5) {
		uint64_t mask = UINT64_C(1) << bit;
		uint64_t moved = strcmp(column, "seq") == 0 ? seq ^ mask : seq;
		/* A number that is taken cannot be given twice: the row that had it is thrown away. */
		snprintf(sql, sizeof sql, "UPDATE OR REPLACE entry SET %s = (%s | %lld) - (%s & %lld) WHERE seq = %llu",
		         column, column, (long long)mask, column, (long long)mask, (unsigned long long)seq);
		desk_sql(db, sql);
		/* A number moved to before the first shows there; otherwise the hole or the changed row shows. */
		uint64_t lowest = (int64_t)moved <= 0 ? 1 : (moved < seq ? moved : seq);
		assert_entry_bad(desk, lowest, seq, column, bit);
		restore_row(db, seq);
		if (moved != seq && moved <= STORY_NIGHT && moved > 0)
			restore_row(db, moved);
	}
}

static void
test_every_byte(void **state)
{
	struct desk *desk = *state;
	uint64_t seed = 20260406;

	desk_write(desk, STORY_NIGHT, signed_at);
	sqlite3 *db = desk_forge(desk->path);
	desk_sql(db, "CREATE TEMP TABLE kept AS SELECT * FROM main.entry");
	for (uint64_t seq = 1; seq <= STORY_NIGHT; seq++) {
		flip_integer(desk, db, seq, "seq");
		flip_integer(desk, db, seq, "at_ms");
		flip_blob(desk, db, seq, "payload", &seed);
		flip_blob(desk, db, seq, "hash", &seed);
	}
	desk_forged(db);
	assert_int_equal(desk_audit(desk, NULL, 0), RCC_OK);
}

static void
test_delete_each(void **state)
{
	struct desk *desk = *state;
	char sql[64];

	desk_write(desk, STORY_NIGHT, signed_at);
	desk_copy(desk->path, desk_file(desk, "whole.db"));
	for (uint64_t seq = 1; seq < STORY_NIGHT; seq++) {
		desk_copy(desk_file(desk, "whole.db"), desk->path);
		sqlite3 *db = desk_forge(desk->path);
		snprintf(sql, sizeof sql, "DELETE FROM entry WHERE seq = %llu", (unsigned long long)seq);
		desk_sql(db, sql);
		desk_forged(db);
		assert_bad(desk, seq, "is missing");
		assert_int_equal(desk->report.rows, seq - 1);
		assert_not_extended(desk, seq);
	}
}

static void
test_swap(void **state)
{
	struct desk *desk = *state;

	desk_write(desk, STORY_NIGHT, signed_at);
	sqlite3 *db = desk_forge(desk->path);
	desk_sql(db, "UPDATE entry SET seq = 1000 WHERE seq = 7; UPDATE entry SET seq = 7 WHERE seq = 15;"
	             "UPDATE entry SET seq = 15 WHERE seq = 1000");
	desk_forged(db);
	assert_bad(desk, 7, "hash does not follow");
	assert_not_extended(desk, 7);
}

static void
test_insert(void **state)
{
	struct desk *desk = *state;

	desk_write(desk, STORY_NIGHT, signed_at);
	sqlite3 *db = desk_forge(desk->path);
	desk_sql(db, "INSERT INTO entry SELECT seq + 1, at_ms, payload, hash FROM entry WHERE seq = 24");
	desk_forged(db);
	assert_bad(desk, STORY_NIGHT + 1, "hash does not follow");
}

/* What the file itself shows of a cut tail, and what takes somebody else's checkpoint. */
static void
test_cut_tail(void **state)
{
	struct desk *desk = *state;
	struct rcc_checkpoint witness;
	char name[64];

	desk_open(desk);
	desk_append(desk, 1, 12);
	assert_int_equal(rcc_journal_checkpoint(&desk->journal, STORY_START, RCC_CHECKPOINT_NOW, &witness), RCC_OK);
	desk_append(desk, 13, STORY_NIGHT);
	assert_int_equal(rcc_journal_checkpoint(&desk->journal, STORY_START, RCC_CHECKPOINT_NOW, &witness), RCC_OK);
	rcc_journal_close(&desk->journal);
	sqlite3 *db = desk_forge(desk->path);
	desk_sql(db, "DELETE FROM entry WHERE seq > 20");
	desk_forged(db);
	assert_bad(desk, 21, "tail missing: the checkpoint saw entry 24, the journal ends at 20");
	assert_not_extended(desk, 21);
	/* A forger who cuts the checkpoint as well, and makes the projections fit, is met by the witness alone. */
	db = desk_forge(desk->path);
	desk_sql(db, "DELETE FROM checkpoint WHERE seq > 12");
	desk_forged(db);
	desk_open(desk);
	assert_int_equal(rcc_journal_rebuild(&desk->journal, &desk->fault), RCC_OK);
	rcc_journal_close(&desk->journal);
	assert_int_equal(desk_audit(desk, NULL, 0), RCC_OK);
	assert_int_equal(desk->report.rows, 20);
	assert_int_equal(desk->report.signed_seq, 12);
	assert_int_equal(desk_audit(desk, &witness, 1), RCC_E_CORRUPT);
	assert_int_equal(desk->report.bad_seq, 21);
	snprintf(name, sizeof name, "tail missing: the witness saw entry %d, the journal ends at 20", STORY_NIGHT);
	assert_non_null(strstr(desk->report.bad_reason, name));
}

static void
test_checkpoints(void **state)
{
	struct desk *desk = *state;
	static const struct {
		const char *sql;
		uint64_t bad_seq;
		const char *reason;
	} edits[] = {
	    {"UPDATE checkpoint SET signature = zeroblob(64) WHERE seq = 12", 12, "not signed by the centre's key"},
	    {"UPDATE checkpoint SET hash = zeroblob(32) WHERE seq = 12", 12, "another hash"},
	    {"UPDATE checkpoint SET at_ms = at_ms + 1 WHERE seq = 12", 12, "another hash or time"},
	    {"UPDATE checkpoint SET seq = 13 WHERE seq = 12", 13, "another hash"},
	    {"UPDATE checkpoint SET seq = 99 WHERE seq = 24", 25, "tail missing"},
	    {"UPDATE checkpoint SET signature = (SELECT signature FROM checkpoint WHERE seq = 4) WHERE seq = 24", 24,
	     "not signed"},
	    {"DELETE FROM checkpoint WHERE seq = 0", 0, "checkpoint 0"},
	    {"DELETE FROM checkpoint", 0, "checkpoint 0"},
	    {"UPDATE checkpoint SET at_ms = 5 WHERE seq = 0", 0, "not signed"},
	    {"UPDATE meta SET value = zeroblob(16) WHERE key = 'journal_id'", 0, "not signed"},
	    {"UPDATE meta SET value = zeroblob(32) WHERE key = 'sign_key'", 0, "another signing key"},
	};

	desk_write(desk, STORY_NIGHT, signed_at);
	desk_copy(desk->path, desk_file(desk, "whole.db"));
	for (size_t i = 0; i < sizeof edits / sizeof edits[0]; i++) {
		desk_copy(desk_file(desk, "whole.db"), desk->path);
		sqlite3 *db = desk_forge(desk->path);
		desk_sql(db, edits[i].sql);
		desk_forged(db);
		assert_bad(desk, edits[i].bad_seq, edits[i].reason);
	}
}

/* Makes the chain anew from `from` on, as one can who has everything but the key. */
static void
rechain(sqlite3 *db, int64_t from)
{
	sqlite3_stmt *rows = NULL;
	sqlite3_stmt *put = NULL;
	struct rcc_link link = {0};

	assert_int_equal(
	    sqlite3_prepare_v2(db, "SELECT seq, at_ms, payload, hash FROM entry ORDER BY seq", -1, &rows, NULL),
	    SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db, "UPDATE entry SET hash = ? WHERE seq = ?", -1, &put, NULL), SQLITE_OK);
	while (sqlite3_step(rows) == SQLITE_ROW) {
		link = rcc_chain_next(&link, sqlite3_column_int64(rows, 1), sqlite3_column_blob(rows, 2),
		                      (size_t)sqlite3_column_bytes(rows, 2));
		if (sqlite3_column_int64(rows, 0) < from)
			continue;
		sqlite3_bind_blob(put, 1, link.hash.b, sizeof link.hash.b, SQLITE_TRANSIENT);
		sqlite3_bind_int64(put, 2, sqlite3_column_int64(rows, 0));
		assert_int_equal(sqlite3_step(put), SQLITE_DONE);
		sqlite3_reset(put);
	}
	sqlite3_finalize(rows);
	sqlite3_finalize(put);
}

/* Entry 9 (the master was unable) becomes entry 8 again: another truth, with every hash in order. */
static void
test_rebuilt_chain(void **state)
{
	struct desk *desk = *state;
	struct rcc_checkpoint witness;

	desk_open(desk);
	desk_append(desk, 1, STORY_NIGHT);
	assert_int_equal(rcc_journal_checkpoint(&desk->journal, STORY_START, RCC_CHECKPOINT_NOW, &witness), RCC_OK);
	rcc_journal_close(&desk->journal);
	sqlite3 *db = desk_forge(desk->path);
	desk_sql(db, "UPDATE entry SET (payload, at_ms) = (SELECT payload, at_ms FROM entry WHERE seq = 8)"
	             " WHERE seq = 9");
	rechain(db, 9);
	desk_forged(db);
	assert_bad(desk, STORY_NIGHT, "the chain was made anew");
	assert_not_extended(desk, STORY_NIGHT);
	/* Without the checkpoint the file is consistent again, and only the witness knows. */
	db = desk_forge(desk->path);
	desk_sql(db, "DELETE FROM checkpoint WHERE seq > 0");
	desk_forged(db);
	desk_open(desk);
	assert_int_equal(rcc_journal_rebuild(&desk->journal, &desk->fault), RCC_OK);
	rcc_journal_close(&desk->journal);
	assert_int_equal(desk_audit(desk, NULL, 0), RCC_OK);
	assert_int_equal(desk->report.signed_seq, 0);
	assert_int_equal(desk_audit(desk, &witness, 1), RCC_E_CORRUPT);
	assert_int_equal(desk->report.bad_seq, STORY_NIGHT);
	assert_non_null(strstr(desk->report.bad_reason, "the witness for entry"));
}

static void
test_projections(void **state)
{
	struct desk *desk = *state;
	static const struct {
		const char *sql, *reason;
	} edits[] = {
	    {"UPDATE incident SET persons = 40", "table incident, row incident_id=1 number=2026-0001 says persons = 40,"
	                                         " the entries say 43"},
	    {"UPDATE delivery SET read_by = NULL WHERE peer_id = 2",
	     "table delivery, row peer_id=2 number=1 says read_by = nothing, the entries say Second officer"},
	    {"DELETE FROM delivery WHERE peer_id = 3", "table delivery, row peer_id=3 number=1 is missing"},
	    {"INSERT INTO answer VALUES(9, 2, 1, 3, NULL, 1, 1, 'proceeding', NULL, 5, NULL, NULL)",
	     "table answer, row seq=9 event=2 is in the file, but no entry made it"},
	    {"UPDATE peer SET name = 'GAMMA' WHERE peer_id = 2", "says name = GAMMA, the entries say ALPHA"},
	    {"UPDATE alert SET raw = x'00' WHERE alert_id = 1", "says raw = 00, the entries say 4d4159444159"},
	    {"UPDATE broadcast SET revision = 2", "table broadcast"},
	    {"DELETE FROM call_list", "table call_list, row broadcast_id=1 place=1 is missing"},
	    {"UPDATE message SET seq = 4 WHERE seq = 5", "table message"},
	};

	desk_write(desk, STORY_NIGHT, signed_at);
	desk_copy(desk->path, desk_file(desk, "whole.db"));
	for (size_t i = 0; i < sizeof edits / sizeof edits[0]; i++) {
		desk_copy(desk_file(desk, "whole.db"), desk->path);
		sqlite3 *db = desk_forge(desk->path);
		desk_sql(db, edits[i].sql);
		desk_forged(db);
		assert_bad(desk, 0, edits[i].reason);
		assert_int_equal(desk->report.rows, STORY_NIGHT);
	}
}

static void
test_schema(void **state)
{
	struct desk *desk = *state;
	static const struct {
		const char *sql, *reason;
	} edits[] = {
	    {"DROP TRIGGER entry_no_delete", "'entry_no_delete' is missing or altered"},
	    {"CREATE TRIGGER quiet BEFORE INSERT ON entry WHEN NEW.at_ms > 0 BEGIN SELECT RAISE(IGNORE); END",
	     "'quiet' that no journal has"},
	    {"DROP TRIGGER meta_no_update; CREATE TRIGGER meta_no_update BEFORE UPDATE ON meta BEGIN SELECT 1; END",
	     "'meta_no_update' is missing or altered"},
	};

	desk_write(desk, STORY_NIGHT, signed_at);
	desk_copy(desk->path, desk_file(desk, "whole.db"));
	for (size_t i = 0; i < sizeof edits / sizeof edits[0]; i++) {
		desk_copy(desk_file(desk, "whole.db"), desk->path);
		sqlite3 *db = NULL;
		assert_int_equal(sqlite3_open_v2(desk->path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
		desk_sql(db, edits[i].sql);
		sqlite3_close(db);
		assert_bad(desk, 0, edits[i].reason);
		assert_int_equal(
		    rcc_journal_open(&desk->journal, desk->path, &desk->key, STORY_START, NULL, NULL, &desk->fault),
		    RCC_E_CORRUPT);
		/* Nothing of the refused attempt is left beside the evidence. */
		assert_int_not_equal(access(desk_file(desk, "journal.db-wal"), F_OK), 0);
	}
}

/* A row whose guards were taken away and not put back is still named before the missing guard. */
static void
test_entry_before_guard(void **state)
{
	struct desk *desk = *state;

	desk_write(desk, STORY_NIGHT, signed_at);
	sqlite3 *db = desk_forge(desk->path);
	desk_sql(db, "DELETE FROM entry WHERE seq = 5");
	sqlite3_close(db);
	assert_bad(desk, 5, "entry 5 is missing");
}

struct listened {
	uint64_t count;
	bool is_same;
	struct rcc_hash hash[STORY_NIGHT + 1];
};

static void
listen(void *context, const struct rcc_link *link, const struct rcc_entry *entry)
{
	struct listened *listened = context;

	(void)entry;
	listened->count++;
	if (link->seq > STORY_NIGHT || memcmp(&listened->hash[link->seq], &link->hash, sizeof link->hash) != 0)
		listened->is_same = false;
}

static void
keep_hash(void *context, const struct rcc_link *link, const struct rcc_entry *entry)
{
	struct listened *listened = context;

	(void)entry;
	listened->hash[link->seq] = link->hash;
}

/* One byte of the file itself, anywhere: found, or without any effect on what the entries say. */
static void
test_file_flips(void **state)
{
	struct desk *desk = *state;
	static uint8_t bytes[FILE_MAX];
	struct listened listened = {0};
	uint64_t seed = 1974;
	int found = 0;

	desk_write(desk, STORY_NIGHT, signed_at);
	assert_int_equal(
	    rcc_journal_audit(desk->path, NULL, NULL, 0, keep_hash, &listened, &desk->report, &desk->fault), RCC_OK);
	FILE *file = fopen(desk->path, "r+b");
	assert_non_null(file);
	size_t len = fread(bytes, 1, sizeof bytes, file);
	assert_true(len > 0 && len < sizeof bytes);
	for (int i = 0; i < FILE_FLIPS; i++) {
		size_t at = next_random(&seed) % len;
		uint8_t flipped = bytes[at] ^ (uint8_t)(1u << (next_random(&seed) % 8));
		assert_int_equal(fseek(file, (long)at, SEEK_SET), 0);
		assert_int_equal(fputc(flipped, file), flipped);
		assert_int_equal(fflush(file), 0);
		listened.count = 0;
		listened.is_same = true;
		enum rcc_status status = rcc_journal_audit(desk->path, &desk->key.public_key, NULL, 0, listen,
		                                           &listened, &desk->report, &desk->fault);
		found += status != RCC_OK;
		if (!listened.is_same || (status == RCC_OK && listened.count != STORY_NIGHT))
			fail_msg("byte %zu: passed as whole with other entries", at);
		assert_int_equal(fseek(file, (long)at, SEEK_SET), 0);
		assert_int_equal(fputc(bytes[at], file), bytes[at]);
		assert_int_equal(fflush(file), 0);
	}
	fclose(file);
	/* Most of a small file is unused space, where a flip changes nothing that anybody reads. */
	assert_true(found > FILE_FLIPS / 10);
	assert_int_equal(desk_audit(desk, NULL, 0), RCC_OK);
}

/* The file is cut at any length, as by a full backup medium: damage, not a crash, and never "whole". */
static void
test_torn_file(void **state)
{
	struct desk *desk = *state;

	desk_write(desk, STORY_NIGHT, signed_at);
	desk_copy(desk->path, desk_file(desk, "whole.db"));
	int64_t pages = desk_int(desk->path, "PRAGMA page_count");
	for (int64_t page = 0; page < pages; page++) {
		desk_copy(desk_file(desk, "whole.db"), desk->path);
		assert_int_equal(truncate(desk->path, (off_t)(page * 4096 + 100)), 0);
		assert_int_not_equal(desk_audit(desk, NULL, 0), RCC_OK);
		assert_int_not_equal(
		    rcc_journal_open(&desk->journal, desk->path, &desk->key, STORY_START, NULL, NULL, &desk->fault),
		    RCC_OK);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_every_byte, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_delete_each, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_swap, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_insert, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_cut_tail, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_checkpoints, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_rebuilt_chain, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_projections, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_schema, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_entry_before_guard, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_file_flips, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_torn_file, desk_setup, desk_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
