#define _POSIX_C_SOURCE 200809L
#include "journal/sealed.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "journal/file.h"
#include "journal/sql.h"

/* "rccs" in the file header. */
#define SEALED_APPLICATION_ID 0x72636373
#define SEALED_FORMAT 1

static const char schema_sql[] =
    "CREATE TABLE IF NOT EXISTS seal_key(id BLOB PRIMARY KEY CHECK(length(id) = 16),"
    " key BLOB NOT NULL CHECK(length(key) = 32), class INTEGER NOT NULL, made_at_ms INTEGER NOT NULL)"
    " STRICT, WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS tag_secret(one INTEGER PRIMARY KEY CHECK(one = 1),"
    " secret BLOB NOT NULL CHECK(length(secret) = 32)) STRICT;";

struct rcc_sealed_store_impl {
	sqlite3 *db;
	sqlite3_stmt *put, *get, *destroy, *older;
};

/* How many tables there are; SQLITE_MISMATCH if they are somebody else's. */
static int
look(sqlite3 *db, int64_t *ret_tables)
{
	int64_t application = 0;
	int64_t format = 0;
	int rc = rcc_sql_int(db, "PRAGMA application_id", &application);

	if (rc == SQLITE_OK)
		rc = rcc_sql_int(db, "PRAGMA user_version", &format);
	if (rc == SQLITE_OK)
		rc = rcc_sql_int(db, "SELECT count(*) FROM sqlite_schema", ret_tables);
	bool is_ours = application == SEALED_APPLICATION_ID && format == SEALED_FORMAT;
	return rc == SQLITE_OK && *ret_tables > 0 && !is_ours ? SQLITE_MISMATCH : rc;
}

/* A file of ours, or an empty one that becomes so: by one of those who try it at the same time. */
static int
take_file(sqlite3 *db)
{
	int64_t tables = 0;
	char pragma[96];
	int rc = look(db, &tables);

	if (rc == SQLITE_OK)
		rc = rcc_sql_exec(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON");
	if (rc == SQLITE_OK)
		rc = rcc_sql_exec(db, "BEGIN IMMEDIATE");
	if (rc == SQLITE_OK)
		rc = look(db, &tables);
	snprintf(pragma, sizeof pragma, "PRAGMA application_id=%d; PRAGMA user_version=%d", SEALED_APPLICATION_ID,
	         SEALED_FORMAT);
	if (rc == SQLITE_OK && tables == 0)
		rc = rcc_sql_exec(db, pragma);
	if (rc == SQLITE_OK && tables == 0)
		rc = rcc_sql_exec(db, schema_sql);
	return rc == SQLITE_OK ? rcc_sql_exec(db, "COMMIT") : rc;
}

/* The first secret that was put in is the centre's; a second one changes nothing. */
static int
take_secret(sqlite3 *db, const struct rcc_seal_key *fresh, struct rcc_seal_key *ret_secret)
{
	sqlite3_stmt *stmt = NULL;
	struct rcc_bind b;
	int rc = sqlite3_prepare_v2(db, "INSERT OR IGNORE INTO tag_secret VALUES(1, ?)", -1, &stmt, NULL);

	if (rc == SQLITE_OK) {
		rcc_bind_start(&b, stmt);
		rcc_bind_blob(&b, fresh->b, sizeof fresh->b);
		rc = rcc_bind_run(&b);
	}
	sqlite3_finalize(stmt);
	stmt = NULL;
	if (rc == SQLITE_OK)
		rc = sqlite3_prepare_v2(db, "SELECT secret FROM tag_secret", -1, &stmt, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_step(stmt);
	if (rc == SQLITE_ROW)
		rc = rcc_sql_column_bytes(stmt, 0, ret_secret->b, sizeof ret_secret->b) ? SQLITE_OK : SQLITE_CORRUPT;
	else if (rc == SQLITE_DONE)
		rc = SQLITE_CORRUPT;
	sqlite3_finalize(stmt);
	return rc;
}

static int
prepare_all(struct rcc_sealed_store_impl *impl)
{
	int rc = rcc_sql_prepare(impl->db, "INSERT INTO seal_key VALUES(?, ?, ?, ?)", &impl->put);

	if (rc == SQLITE_OK)
		rc = rcc_sql_prepare(impl->db, "SELECT key FROM seal_key WHERE id = ?", &impl->get);
	if (rc == SQLITE_OK)
		rc = rcc_sql_prepare(impl->db, "DELETE FROM seal_key WHERE id = ?", &impl->destroy);
	if (rc == SQLITE_OK)
		rc = rcc_sql_prepare(impl->db,
		                     "SELECT made_at_ms, id FROM seal_key WHERE class = ? AND made_at_ms < ?"
		                     " AND (made_at_ms, id) > (?, ?) ORDER BY made_at_ms, id LIMIT ?",
		                     &impl->older);
	return rc;
}

static enum rcc_status
open_impl(struct rcc_sealed_store_impl *impl, const char *path, const struct rcc_seal_key *fresh,
          struct rcc_seal_key *ret_secret, struct rcc_fault *ret_fault)
{
	/* Made by us first, so that nobody else can read it, nor the log that SQLite makes beside it with the same mode. */
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);

	if (fd < 0)
		return rcc_fault_set(ret_fault, RCC_E_IO, "cannot open %s: %s", path, strerror(errno));
	close(fd);
	int rc = sqlite3_open_v2(path, &impl->db, SQLITE_OPEN_READWRITE, NULL);
	if (rc == SQLITE_OK)
		rc = rcc_sql_harden(impl->db);
	if (rc == SQLITE_OK)
		rc = take_file(impl->db);
	if (rc == SQLITE_OK)
		rc = prepare_all(impl);
	if (rc == SQLITE_OK)
		rc = take_secret(impl->db, fresh, ret_secret);
	if (rc == SQLITE_OK)
		return RCC_OK;
	if (rc == SQLITE_MISMATCH)
		return rcc_fault_set(ret_fault, RCC_E_CORRUPT, "%s holds no keys of this version", path);
	return rcc_fault_set(ret_fault, rcc_sql_failure(rc), "cannot use %s: %s", path, sqlite3_errstr(rc));
}

enum rcc_status
rcc_sealed_open(struct rcc_sealed_store *store, const char *path, const struct rcc_seal_key *fresh_secret,
                struct rcc_seal_key *ret_secret, struct rcc_fault *ret_fault)
{
	struct rcc_sealed_store opening = {.impl = calloc(1, sizeof *opening.impl)};
	struct rcc_seal_key secret;

	if (opening.impl == NULL)
		return rcc_fault_set(ret_fault, RCC_E_FULL, "no memory to open %s", path);
	enum rcc_status status = open_impl(opening.impl, path, fresh_secret, &secret, ret_fault);
	if (status == RCC_OK) {
		*store = opening;
		*ret_secret = secret;
	} else {
		rcc_sealed_close(&opening);
	}
	rcc_seal_key_wipe(&secret);
	return status;
}

void
rcc_sealed_close(struct rcc_sealed_store *store)
{
	struct rcc_sealed_store_impl *impl = store->impl;

	if (impl == NULL)
		return;
	sqlite3_finalize(impl->put);
	sqlite3_finalize(impl->get);
	sqlite3_finalize(impl->destroy);
	sqlite3_finalize(impl->older);
	sqlite3_close(impl->db);
	free(impl);
	store->impl = NULL;
}

enum rcc_status
rcc_sealed_put(struct rcc_sealed_store *store, const struct rcc_seal_id *id, const struct rcc_seal_key *key,
               enum rcc_class class, int64_t made_at_ms)
{
	struct rcc_bind b;

	assert(store->impl != NULL);
	rcc_bind_start(&b, store->impl->put);
	rcc_bind_blob(&b, id->b, sizeof id->b);
	rcc_bind_blob(&b, key->b, sizeof key->b);
	rcc_bind_int(&b, class);
	rcc_bind_int(&b, made_at_ms);
	/* Outside a transaction: the statement is one, and synchronous=FULL has it on the disk. */
	int rc = rcc_bind_run(&b);
	/* Nothing of a key stays bound to a statement. */
	(void)sqlite3_clear_bindings(store->impl->put);
	return rc == SQLITE_OK ? RCC_OK : rcc_sql_failure(rc);
}

enum rcc_status
rcc_sealed_get(struct rcc_sealed_store *store, const struct rcc_seal_id *id, struct rcc_seal_key *ret_key)
{
	enum rcc_status status = RCC_E_NOT_FOUND;

	assert(store->impl != NULL);
	sqlite3_stmt *stmt = store->impl->get;
	int rc = sqlite3_bind_blob64(stmt, 1, id->b, sizeof id->b, SQLITE_STATIC);
	if (rc == SQLITE_OK)
		rc = sqlite3_step(stmt);
	if (rc == SQLITE_ROW)
		status = rcc_sql_column_bytes(stmt, 0, ret_key->b, sizeof ret_key->b) ? RCC_OK : RCC_E_CORRUPT;
	else if (rc != SQLITE_DONE)
		status = rcc_sql_failure(rc);
	sqlite3_reset(stmt);
	return status;
}

/* Copies the log into the file, where the key's place is zeros by now, and cuts it. */
static enum rcc_status
cut_log(sqlite3 *db)
{
	int64_t is_busy = 1;
	int rc = rcc_sql_int(db, "PRAGMA wal_checkpoint(TRUNCATE)", &is_busy);

	if (rc != SQLITE_OK)
		return rcc_sql_failure(rc);
	return is_busy == 0 ? RCC_OK : RCC_E_BUSY;
}

static int
delete_all(struct rcc_sealed_store_impl *impl, const struct rcc_seal_id *id, size_t count, size_t *ret_gone)
{
	struct rcc_bind b;
	size_t gone = 0;
	int rc = rcc_sql_exec(impl->db, "BEGIN IMMEDIATE");

	for (size_t i = 0; i < count && rc == SQLITE_OK; i++) {
		rcc_bind_start(&b, impl->destroy);
		rcc_bind_blob(&b, id[i].b, sizeof id[i].b);
		rc = rcc_bind_run(&b);
		gone += rc == SQLITE_OK && sqlite3_changes(impl->db) == 1;
	}
	if (rc == SQLITE_OK)
		rc = rcc_sql_exec(impl->db, "COMMIT");
	if (rc != SQLITE_OK && sqlite3_get_autocommit(impl->db) == 0)
		sqlite3_exec(impl->db, "ROLLBACK", NULL, NULL, NULL);
	*ret_gone = rc == SQLITE_OK ? gone : 0;
	return rc;
}

enum rcc_status
rcc_sealed_destroy_all(struct rcc_sealed_store *store, const struct rcc_seal_id *id, size_t count, size_t *ret_gone)
{
	assert(store->impl != NULL);
	int rc = delete_all(store->impl, id, count, ret_gone);

	/* Also if nothing was there: an earlier call may have been kept from cutting the log. */
	return rc == SQLITE_OK ? cut_log(store->impl->db) : rcc_sql_failure(rc);
}

enum rcc_status
rcc_sealed_destroy(struct rcc_sealed_store *store, const struct rcc_seal_id *id)
{
	size_t gone = 0;
	enum rcc_status status = rcc_sealed_destroy_all(store, id, 1, &gone);

	return status == RCC_OK && gone == 0 ? RCC_E_NOT_FOUND : status;
}

enum rcc_status
rcc_sealed_older(struct rcc_sealed_store *store, enum rcc_class class, int64_t before_ms,
                 const struct rcc_sealed_made *after, struct rcc_sealed_made *ret_made, size_t size, size_t *ret_count)
{
	struct rcc_bind b;
	size_t count = 0;

	assert(store->impl != NULL);
	sqlite3_stmt *stmt = store->impl->older;
	rcc_bind_start(&b, stmt);
	rcc_bind_int(&b, class);
	rcc_bind_int(&b, before_ms);
	rcc_bind_int(&b, after->made_at_ms);
	rcc_bind_blob(&b, after->id.b, sizeof after->id.b);
	rcc_bind_int(&b, (int64_t)size);
	int rc = b.rc;
	if (rc == SQLITE_OK)
		rc = sqlite3_step(stmt);
	while (rc == SQLITE_ROW && count < size) {
		struct rcc_sealed_made *made = &ret_made[count];
		bool is_row = rcc_sql_column_int(stmt, 0, &made->made_at_ms) &&
		              rcc_sql_column_bytes(stmt, 1, made->id.b, sizeof made->id.b);
		count += is_row;
		rc = is_row ? sqlite3_step(stmt) : SQLITE_CORRUPT;
	}
	sqlite3_reset(stmt);
	*ret_count = count;
	return rc == SQLITE_DONE || rc == SQLITE_ROW ? RCC_OK : rcc_sql_failure(rc);
}

static int
count_keys(sqlite3 *db, const struct rcc_seal_id *id, size_t count, size_t *ret_there)
{
	sqlite3_stmt *stmt = NULL;
	int64_t tables = 0;
	int rc = look(db, &tables);

	if (rc == SQLITE_OK)
		rc = sqlite3_prepare_v2(db, "SELECT 1 FROM seal_key WHERE id = ?", -1, &stmt, NULL);
	*ret_there = 0;
	for (size_t i = 0; i < count && rc == SQLITE_OK; i++) {
		rc = sqlite3_bind_blob64(stmt, 1, id[i].b, sizeof id[i].b, SQLITE_STATIC);
		if (rc == SQLITE_OK)
			rc = sqlite3_step(stmt);
		*ret_there += rc == SQLITE_ROW;
		if (rc == SQLITE_ROW || rc == SQLITE_DONE)
			rc = sqlite3_reset(stmt);
	}
	sqlite3_finalize(stmt);
	return rc;
}

enum rcc_status
rcc_sealed_count_file(const char *path, const struct rcc_seal_id *id, size_t count, size_t *ret_there,
                      struct rcc_fault *ret_fault)
{
	sqlite3 *db = NULL;
	bool is_at_rest = false;
	size_t there = 0;

	if (access(path, R_OK) != 0)
		return rcc_fault_set(ret_fault, RCC_E_NOT_FOUND, "%s: %s", path, strerror(errno));
	enum rcc_status status = rcc_file_open_reader(path, &db, &is_at_rest, ret_fault);
	if (status != RCC_OK)
		return status;
	int rc = count_keys(db, id, count, &there);
	if (rc == SQLITE_MISMATCH)
		status = rcc_fault_set(ret_fault, RCC_E_CORRUPT, "%s holds no keys of this version", path);
	else if (rc != SQLITE_OK)
		status = rcc_fault_set(ret_fault, rcc_sql_failure(rc), "cannot read %s: %s", path, sqlite3_errstr(rc));
	else
		*ret_there = there;
	sqlite3_close(db);
	return status;
}
