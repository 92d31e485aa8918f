/*
 * projection.h - what the entries say, as tables that a person can query; written with the entry, in its transaction.
 *
 * Derived from events alone: the record is right where a projection differs. Journal and audit share this code, so
 * that an audit compares with what should have been written.
 */
#ifndef RCC_JOURNAL_PROJECTION_H
#define RCC_JOURNAL_PROJECTION_H

#include "journal/schema.h"
#include "rcc/entry.h"

/* One per statement in projection.c. */
#define RCC_PROJECTION_STATEMENTS 52

struct rcc_projection {
	sqlite3_stmt *stmt[RCC_PROJECTION_STATEMENTS];
};

/* Prepares the statements. A zeroed struct may be closed. */
RCC_MUST_USE int rcc_projection_open(struct rcc_projection *projection, sqlite3 *db);
void rcc_projection_close(struct rcc_projection *projection);
/* Writes what one entry changes. SQLITE_OK or SQLite's error. */
RCC_MUST_USE int rcc_projection_write(struct rcc_projection *projection, uint64_t seq, const struct rcc_entry *entry);

/*
 * Compares every projection of two databases, row by row. RCC_E_CORRUPT with table, key and column in `why` at the
 * first difference: `db` is what a file says, `truth` what its entries say.
 */
RCC_MUST_USE enum rcc_status rcc_projection_compare(sqlite3 *db, sqlite3 *truth, char *why, size_t why_size);

#endif
