/*
 * sql.h - the little that this folder adds to SQLite's C interface: statuses, binding, reading with types checked.
 */
#ifndef RCC_JOURNAL_SQL_H
#define RCC_JOURNAL_SQL_H

#include <sqlite3.h>

#include "rcc/types.h"

/* How long a statement waits for somebody else's lock: long enough for a reader's checkpoint, short for a rescue. */
#define RCC_SQL_BUSY_MS 2000

/* A SQLite result as ours; SQLITE_OK, SQLITE_ROW and SQLITE_DONE are RCC_OK. */
enum rcc_status rcc_sql_status(int rc);
/* The same for a result that is known to be a failure: never RCC_OK. */
enum rcc_status rcc_sql_failure(int rc);
/* Runs statements that return nothing. */
RCC_MUST_USE int rcc_sql_exec(sqlite3 *db, const char *sql);
/* Prepares one statement that lives as long as the connection. */
RCC_MUST_USE int rcc_sql_prepare(sqlite3 *db, const char *sql, sqlite3_stmt **ret_stmt);
/* First column of the first row, as an integer. SQLITE_DONE if there is no row. */
RCC_MUST_USE int rcc_sql_int(sqlite3 *db, const char *sql, int64_t *ret_value);
/* Limits and switches for a file that may have been made to harm its reader. Call right after opening. */
RCC_MUST_USE int rcc_sql_harden(sqlite3 *db);

/* Room for short texts made while binding: three MMSI, two keys and an incident number fit. */
#define RCC_BIND_SCRATCH 160

/*
 * Binds values from left to right; the first error sticks and is returned by rcc_bind_run(). Texts and bytes are
 * borrowed until then.
 */
struct rcc_bind {
	sqlite3_stmt *stmt;
	int column, rc;
	size_t scratch_used;
	char scratch[RCC_BIND_SCRATCH];
};

void rcc_bind_start(struct rcc_bind *bind, sqlite3_stmt *stmt);
void rcc_bind_null(struct rcc_bind *bind);
void rcc_bind_int(struct rcc_bind *bind, int64_t value);
/* NULL where zero means that nothing is known. */
void rcc_bind_known(struct rcc_bind *bind, int64_t value);
/* NULL where the value is the mark of an unknown one. */
void rcc_bind_unless(struct rcc_bind *bind, uint32_t value, uint32_t unknown);
void rcc_bind_word(struct rcc_bind *bind, const char *word);
/* NULL if empty. */
void rcc_bind_text(struct rcc_bind *bind, const char *text);
/* NULL if empty. */
void rcc_bind_blob(struct rcc_bind *bind, const uint8_t *bytes, size_t len);
/* Nine characters, NULL if unknown. */
void rcc_bind_mmsi(struct rcc_bind *bind, struct rcc_mmsi mmsi);
/* Z85, NULL if all zero (the daemon's own commands, the local socket). */
void rcc_bind_key(struct rcc_bind *bind, const struct rcc_key *key);
/* Two columns, latitude and longitude; both NULL if unknown. */
void rcc_bind_pos(struct rcc_bind *bind, struct rcc_pos pos);
/* Steps a statement that returns no rows and makes it ready for the next time. SQLITE_OK or the first error. */
RCC_MUST_USE int rcc_bind_run(struct rcc_bind *bind);

/* Reads a column that must be a blob of exactly `size` bytes; false if it is anything else. */
RCC_MUST_USE bool rcc_sql_column_bytes(sqlite3_stmt *stmt, int column, uint8_t *ret_bytes, size_t size);
/* Reads a column that must be an integer; false if it is anything else. */
RCC_MUST_USE bool rcc_sql_column_int(sqlite3_stmt *stmt, int column, int64_t *ret_value);

#endif
