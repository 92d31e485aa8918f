#define _POSIX_C_SOURCE 200809L
#include "desk.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int
desk_setup(void **state)
{
	struct desk *desk = calloc(1, sizeof *desk);
	const char *base = getenv("TMPDIR");

	if (desk == NULL || rcc_chain_init() != RCC_OK)
		return -1;
	snprintf(desk->dir, sizeof desk->dir, "%.60s/rcc-journal-XXXXXX", base == NULL ? "/tmp" : base);
	if (mkdtemp(desk->dir) == NULL)
		return -1;
	snprintf(desk->path, sizeof desk->path, "%s/journal.db", desk->dir);
	rcc_sign_key_generate(&desk->key);
	*state = desk;
	return 0;
}

int
desk_teardown(void **state)
{
	struct desk *desk = *state;
	DIR *dir = opendir(desk->dir);
	const struct dirent *item;
	char name[DESK_PATH_SIZE + 300];

	rcc_journal_close(&desk->journal);
	while (dir != NULL && (item = readdir(dir)) != NULL) {
		snprintf(name, sizeof name, "%s/%s", desk->dir, item->d_name);
		unlink(name);
	}
	if (dir != NULL)
		closedir(dir);
	rmdir(desk->dir);
	rcc_sign_key_wipe(&desk->key);
	free(desk);
	return 0;
}

const char *
desk_file(struct desk *desk, const char *name)
{
	static char path[DESK_PATH_SIZE];

	snprintf(path, sizeof path, "%s/%s", desk->dir, name);
	return path;
}

void
desk_open(struct desk *desk)
{
	enum rcc_status status =
	    rcc_journal_open(&desk->journal, desk->path, &desk->key, STORY_START, NULL, NULL, &desk->fault);

	if (status != RCC_OK)
		print_error("%s\n", desk->fault.text);
	assert_int_equal(status, RCC_OK);
}

void
desk_append(struct desk *desk, uint64_t first, uint64_t last)
{
	struct rcc_link link;
	size_t len = 0;

	for (uint64_t i = first; i <= last; i++) {
		story_entry(i, &desk->entry);
		assert_int_equal(rcc_wire_encode_entry(&desk->entry, desk->payload, sizeof desk->payload, &len),
		                 RCC_OK);
		assert_int_equal(rcc_journal_append(&desk->journal, &desk->entry, desk->payload, len, &link), RCC_OK);
		assert_int_equal(link.seq, i);
	}
	assert_int_equal(rcc_journal_commit(&desk->journal), RCC_OK);
}

void
desk_write(struct desk *desk, uint64_t last, const uint64_t *signed_at)
{
	struct rcc_checkpoint checkpoint;
	uint64_t first = 1;

	desk_open(desk);
	for (; *signed_at != 0; signed_at++) {
		desk_append(desk, first, *signed_at);
		assert_int_equal(rcc_journal_checkpoint(&desk->journal, STORY_START, RCC_CHECKPOINT_NOW, &checkpoint),
		                 RCC_OK);
		first = *signed_at + 1;
	}
	if (first <= last)
		desk_append(desk, first, last);
	rcc_journal_close(&desk->journal);
}

enum rcc_status
desk_audit(struct desk *desk, const struct rcc_checkpoint *witness, size_t count)
{
	memset(&desk->report, 0, sizeof desk->report);
	memset(&desk->fault, 0, sizeof desk->fault);
	return rcc_journal_audit(desk->path, &desk->key.public_key, witness, count, NULL, NULL, &desk->report,
	                         &desk->fault);
}

void
desk_sql(sqlite3 *db, const char *sql)
{
	char *error = NULL;

	if (sqlite3_exec(db, sql, NULL, NULL, &error) != SQLITE_OK)
		fail_msg("%s: %s", sql, error);
}

/* The guards' own text is kept in a table of the connection while they are gone. */
sqlite3 *
desk_forge(const char *path)
{
	static const char *const guards[] = {"entry_no_delete",      "entry_no_update",      "entry_no_gap",
	                                     "checkpoint_no_delete", "checkpoint_no_update", "checkpoint_in_order",
	                                     "meta_no_delete",       "meta_no_update",       "meta_no_insert"};
	char sql[80];
	sqlite3 *db = NULL;

	assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
	desk_sql(db, "PRAGMA journal_mode=DELETE; PRAGMA synchronous=OFF;"
	             "CREATE TEMP TABLE guard AS SELECT sql FROM main.sqlite_schema WHERE type = 'trigger'");
	for (size_t i = 0; i < sizeof guards / sizeof guards[0]; i++) {
		snprintf(sql, sizeof sql, "DROP TRIGGER %s", guards[i]);
		desk_sql(db, sql);
	}
	return db;
}

void
desk_forged(sqlite3 *db)
{
	char all[8192] = "";
	size_t used = 0;
	sqlite3_stmt *stmt = NULL;

	assert_int_equal(sqlite3_prepare_v2(db, "SELECT sql FROM temp.guard", -1, &stmt, NULL), SQLITE_OK);
	while (sqlite3_step(stmt) == SQLITE_ROW)
		used +=
		    (size_t)snprintf(all + used, sizeof all - used, "%s;", (const char *)sqlite3_column_text(stmt, 0));
	assert_true(used < sizeof all);
	sqlite3_finalize(stmt);
	desk_sql(db, all);
	desk_sql(db, "PRAGMA journal_mode=WAL");
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

int64_t
desk_int(const char *path, const char *sql)
{
	sqlite3 *db = NULL;
	sqlite3_stmt *stmt = NULL;
	int64_t value = 0;

	assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
	if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(db));
	assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
	value = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	return value;
}

void
desk_copy(const char *from, const char *to)
{
	static uint8_t bytes[1 << 22];
	int in = open(from, O_RDONLY | O_CLOEXEC);
	int out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	assert_true(in >= 0 && out >= 0);
	ssize_t len = read(in, bytes, sizeof bytes);
	assert_true(len >= 0 && (size_t)len < sizeof bytes);
	assert_int_equal(write(out, bytes, (size_t)len), len);
	close(in);
	close(out);
}
