/* store_sql.c - small words for SQLite, of the files that read and write the store. */
#include <assert.h>
#include <string.h>

#include <sqlite3.h>

#include "librcc/store_internal.h"

/* ---- small words for SQLite ---- */

struct sqlite3_stmt *
rcc_store_use(struct rcc_store *store, enum rcc_store_sql which)
{
	assert(store->db != NULL);
	return store->statement[which];
}

/* One column or parameter of fixed size; a row with another size was not written by us. */
bool
rcc_store_column_copy(struct sqlite3_stmt *statement, int column, void *ret_bytes, size_t size)
{
	if (sqlite3_column_bytes(statement, column) != (int)size) {
		return false;
	}
	memcpy(ret_bytes, sqlite3_column_blob(statement, column), size);
	return true;
}

void
rcc_store_bind_blob(struct sqlite3_stmt *statement, int parameter, const void *bytes, size_t len)
{
	int result = sqlite3_bind_blob64(statement, parameter, bytes, len, SQLITE_STATIC);
	assert(result == SQLITE_OK);
	(void)result;
}

void
rcc_store_bind_int(struct sqlite3_stmt *statement, int parameter, int64_t value)
{
	int result = sqlite3_bind_int64(statement, parameter, value);
	assert(result == SQLITE_OK);
	(void)result;
}

/* Ends a statement: later calls may use it again, and borrowed columns are gone. */
void
rcc_store_done(struct sqlite3_stmt *statement)
{
	sqlite3_reset(statement);
	sqlite3_clear_bindings(statement);
}

/* Runs a statement that changes something. *ret_changed may be NULL. */
enum rcc_status
rcc_store_run(struct rcc_store *store, struct sqlite3_stmt *statement, int *ret_changed)
{
	int result = sqlite3_step(statement);

	if (result == SQLITE_DONE && ret_changed != NULL) {
		*ret_changed = sqlite3_changes(store->db);
	}
	rcc_store_done(statement);
	return rcc_store_status(result);
}

/* Runs a query for one row; on RCC_OK the caller reads the columns, then calls rcc_store_done(). */
enum rcc_status
rcc_store_fetch(struct sqlite3_stmt *statement)
{
	int result = sqlite3_step(statement);

	if (result == SQLITE_ROW) {
		return RCC_OK;
	}
	rcc_store_done(statement);
	return result == SQLITE_DONE ? RCC_E_NOT_FOUND : rcc_store_status(result);
}

/* A query for one number; 0 if there is none. */
int64_t
rcc_store_fetch_int(struct sqlite3_stmt *statement)
{
	int64_t value = 0;

	if (rcc_store_fetch(statement) == RCC_OK) {
		value = sqlite3_column_int64(statement, 0);
		rcc_store_done(statement);
	}
	return value;
}

/* Takes the bytes of a row into the store's own buffer and ends the statement. */
enum rcc_status
rcc_store_lend(struct rcc_store *store, struct sqlite3_stmt *statement, int column, const uint8_t **ret_bytes,
               size_t *ret_len)
{
	size_t len = (size_t)sqlite3_column_bytes(statement, column);
	bool fits = len > 0 && len <= sizeof store->bytes;

	if (fits) {
		memcpy(store->bytes, sqlite3_column_blob(statement, column), len);
		*ret_bytes = store->bytes;
		*ret_len = len;
	}
	rcc_store_done(statement);
	return fits ? RCC_OK : RCC_E_CORRUPT;
}

uint32_t
rcc_store_column_u32(struct sqlite3_stmt *statement, int column)
{
	return (uint32_t)sqlite3_column_int64(statement, column);
}
