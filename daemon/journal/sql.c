#include "journal/sql.h"

#include <assert.h>
#include <string.h>

#include "rcc/text.h"

/* A row holds one payload and a few hundred bytes; anything longer in a file is damage. */
#define ROW_BYTES_MAX (RCC_PAYLOAD_MAX + 65536)

enum rcc_status
rcc_sql_status(int rc)
{
	switch (rc & 0xff) {
	case SQLITE_OK:
	case SQLITE_ROW:
	case SQLITE_DONE:
		return RCC_OK;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
	case SQLITE_TOOBIG:
		return RCC_E_CORRUPT;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return RCC_E_BUSY;
	default:
		return RCC_E_IO;
	}
}

enum rcc_status
rcc_sql_failure(int rc)
{
	enum rcc_status status = rcc_sql_status(rc);

	return status == RCC_OK ? RCC_E_CORRUPT : status;
}

int
rcc_sql_exec(sqlite3 *db, const char *sql)
{
	return sqlite3_exec(db, sql, NULL, NULL, NULL);
}

int
rcc_sql_prepare(sqlite3 *db, const char *sql, sqlite3_stmt **ret_stmt)
{
	return sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, ret_stmt, NULL);
}

int
rcc_sql_int(sqlite3 *db, const char *sql, int64_t *ret_value)
{
	sqlite3_stmt *stmt = NULL;
	int rc = sqlite3_prepare_v2(db, sql, -1, &stmt, NULL);

	if (rc == SQLITE_OK)
		rc = sqlite3_step(stmt);
	if (rc == SQLITE_ROW)
		*ret_value = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	return rc == SQLITE_ROW ? SQLITE_OK : rc;
}

int
rcc_sql_harden(sqlite3 *db)
{
	static const int on[] = {SQLITE_DBCONFIG_DEFENSIVE, SQLITE_DBCONFIG_ENABLE_TRIGGER};
	static const int off[] = {SQLITE_DBCONFIG_TRUSTED_SCHEMA, SQLITE_DBCONFIG_DQS_DDL, SQLITE_DBCONFIG_DQS_DML,
	                          SQLITE_DBCONFIG_ENABLE_VIEW};
	int rc = SQLITE_OK;

	for (size_t i = 0; i < sizeof on / sizeof on[0] && rc == SQLITE_OK; i++)
		rc = sqlite3_db_config(db, on[i], 1, NULL);
	for (size_t i = 0; i < sizeof off / sizeof off[0] && rc == SQLITE_OK; i++)
		rc = sqlite3_db_config(db, off[i], 0, NULL);
	sqlite3_limit(db, SQLITE_LIMIT_LENGTH, ROW_BYTES_MAX);
	sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 0);
	sqlite3_extended_result_codes(db, 1);
	if (rc == SQLITE_OK)
		rc = sqlite3_busy_timeout(db, RCC_SQL_BUSY_MS);
	/* A mapped file answers a bad disk with SIGBUS, which nobody can refuse. */
	if (rc == SQLITE_OK)
		rc = rcc_sql_exec(db, "PRAGMA cell_size_check=ON; PRAGMA mmap_size=0");
	return rc;
}

void
rcc_bind_start(struct rcc_bind *bind, sqlite3_stmt *stmt)
{
	bind->stmt = stmt;
	bind->column = 0;
	bind->rc = SQLITE_OK;
	bind->scratch_used = 0;
}

static void
note(struct rcc_bind *bind, int rc)
{
	if (bind->rc == SQLITE_OK)
		bind->rc = rc;
}

static char *
take_scratch(struct rcc_bind *bind, size_t size)
{
	char *text = bind->scratch + bind->scratch_used;

	assert(size <= RCC_BIND_SCRATCH - bind->scratch_used);
	bind->scratch_used += size;
	return text;
}

void
rcc_bind_null(struct rcc_bind *bind)
{
	note(bind, sqlite3_bind_null(bind->stmt, ++bind->column));
}

void
rcc_bind_int(struct rcc_bind *bind, int64_t value)
{
	note(bind, sqlite3_bind_int64(bind->stmt, ++bind->column, value));
}

void
rcc_bind_known(struct rcc_bind *bind, int64_t value)
{
	if (value == 0)
		rcc_bind_null(bind);
	else
		rcc_bind_int(bind, value);
}

void
rcc_bind_unless(struct rcc_bind *bind, uint32_t value, uint32_t unknown)
{
	if (value == unknown)
		rcc_bind_null(bind);
	else
		rcc_bind_int(bind, value);
}

void
rcc_bind_word(struct rcc_bind *bind, const char *word)
{
	note(bind, sqlite3_bind_text(bind->stmt, ++bind->column, word, -1, SQLITE_STATIC));
}

void
rcc_bind_text(struct rcc_bind *bind, const char *text)
{
	if (text[0] == '\0')
		rcc_bind_null(bind);
	else
		rcc_bind_word(bind, text);
}

void
rcc_bind_blob(struct rcc_bind *bind, const uint8_t *bytes, size_t len)
{
	if (len == 0)
		rcc_bind_null(bind);
	else
		note(bind, sqlite3_bind_blob64(bind->stmt, ++bind->column, bytes, len, SQLITE_STATIC));
}

void
rcc_bind_mmsi(struct rcc_bind *bind, struct rcc_mmsi mmsi)
{
	if (mmsi.v == 0)
		rcc_bind_null(bind);
	else
		rcc_bind_word(bind, rcc_mmsi_format(take_scratch(bind, RCC_MMSI_TEXT_SIZE), mmsi));
}

void
rcc_bind_key(struct rcc_bind *bind, const struct rcc_key *key)
{
	static const struct rcc_key none;

	if (memcmp(key, &none, sizeof none) == 0)
		rcc_bind_null(bind);
	else
		rcc_bind_word(bind, rcc_key_format(take_scratch(bind, RCC_KEY_TEXT_SIZE), key));
}

void
rcc_bind_pos(struct rcc_bind *bind, struct rcc_pos pos)
{
	if (rcc_pos_is_known(pos)) {
		rcc_bind_int(bind, pos.lat_e7);
		rcc_bind_int(bind, pos.lon_e7);
	} else {
		rcc_bind_null(bind);
		rcc_bind_null(bind);
	}
}

int
rcc_bind_run(struct rcc_bind *bind)
{
	int rc = bind->rc;

	assert(rc != SQLITE_OK || bind->column == sqlite3_bind_parameter_count(bind->stmt));
	if (rc == SQLITE_OK)
		rc = sqlite3_step(bind->stmt);
	sqlite3_reset(bind->stmt);
	return rc == SQLITE_DONE ? SQLITE_OK : rc;
}

bool
rcc_sql_column_bytes(sqlite3_stmt *stmt, int column, uint8_t *ret_bytes, size_t size)
{
	if (sqlite3_column_type(stmt, column) != SQLITE_BLOB || (size_t)sqlite3_column_bytes(stmt, column) != size)
		return false;
	const void *bytes = sqlite3_column_blob(stmt, column);
	if (bytes == NULL)
		return false;
	memcpy(ret_bytes, bytes, size);
	return true;
}

bool
rcc_sql_column_int(sqlite3_stmt *stmt, int column, int64_t *ret_value)
{
	if (sqlite3_column_type(stmt, column) != SQLITE_INTEGER)
		return false;
	*ret_value = sqlite3_column_int64(stmt, column);
	return true;
}
