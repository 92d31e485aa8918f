/*
 * store_internal.h - shared by store_open.c and store.c: which statement is which.
 */
#ifndef RCC_LIBRCC_STORE_INTERNAL_H
#define RCC_LIBRCC_STORE_INTERNAL_H

#include "librcc/store.h"

enum rcc_store_sql {
	SQL_PUT,
	SQL_NEXT_WAITING,
	SQL_ATTEMPTED,
	SQL_ACCEPTED,
	SQL_CASE,
	SQL_REFUSED,
	SQL_IS_WAITING,
	SQL_WAITING,
	SQL_LAST_RECEIPT,
	SQL_POSTED,
	SQL_KEEP,
	SQL_LOSE,
	SQL_FIND,
	SQL_AFTER,
	SQL_UNREPORTED,
	SQL_REPORTED,
	SQL_READ,
	SQL_LAST,
	SQL_NUMBERS,
	SQL_PIN,
	SQL_SET_PIN,
	SQL_BASE,
	SQL_SET_BASE,
	SQL_WITNESS,
	SQL_HASHES,
	SQL_CHECKPOINT,
	SQL_NEXT_KEY,
	SQL_NOTE_NEXT_KEY,
	SQL_USE_NEXT_KEY,
};
#define SQL_COUNT 29
_Static_assert(SQL_COUNT == RCC_STORE_STATEMENTS, "one slot per statement");

/* ---- small words for SQLite (store_sql.c) ---- */

struct sqlite3_stmt *rcc_store_use(struct rcc_store *store, enum rcc_store_sql which);
/* One column or parameter of fixed size; a row with another size was not written by us. */
bool rcc_store_column_copy(struct sqlite3_stmt *statement, int column, void *ret_bytes, size_t size);
void rcc_store_bind_blob(struct sqlite3_stmt *statement, int parameter, const void *bytes, size_t len);
void rcc_store_bind_int(struct sqlite3_stmt *statement, int parameter, int64_t value);
/* Ends a statement: later calls may use it again, and borrowed columns are gone. */
void rcc_store_done(struct sqlite3_stmt *statement);
/* Runs a statement that changes something. *ret_changed may be NULL. */
enum rcc_status rcc_store_run(struct rcc_store *store, struct sqlite3_stmt *statement, int *ret_changed);
/* Runs a query for one row; on RCC_OK the caller reads the columns, then calls done(). */
enum rcc_status rcc_store_fetch(struct sqlite3_stmt *statement);
/* A query for one number; 0 if there is none. */
int64_t rcc_store_fetch_int(struct sqlite3_stmt *statement);
/* Takes the bytes of a row into the store's own buffer and ends the statement. */
enum rcc_status rcc_store_lend(struct rcc_store *store, struct sqlite3_stmt *statement, int column,
                               const uint8_t **ret_bytes, size_t *ret_len);
uint32_t rcc_store_column_u32(struct sqlite3_stmt *statement, int column);

/* Our word for SQLite's result. */
enum rcc_status rcc_store_status(int result);

#endif
