/*
 * schema.h - the tables of journal.db: the record (entry, checkpoint, meta) and what is derived from it.
 *
 * The record is guarded by triggers against mistakes and by the chain against intent. Projections are for people with
 * an SQL prompt; every one can be dropped and made again from the entries.
 */
#ifndef RCC_JOURNAL_SCHEMA_H
#define RCC_JOURNAL_SCHEMA_H

#include "journal/sql.h"
#include "proto/chain.h"

/* "rccj" in the file header, so that file(1) and a hex dump can tell. */
#define RCC_JOURNAL_APPLICATION_ID 0x7263636a
#define RCC_JOURNAL_FORMAT 1

/* X(table): every projection, in the order in which they are compared. Their first two columns order and name a row. */
#define RCC_PROJECTION_TABLES(X)                                                                                       \
	X(peer)                                                                                                        \
	X(alert)                                                                                                       \
	X(incident)                                                                                                    \
	X(broadcast)                                                                                                   \
	X(call_list)                                                                                                   \
	X(delivery)                                                                                                    \
	X(diary)                                                                                                       \
	X(answer)                                                                                                      \
	X(suggestion)                                                                                                  \
	X(plan)                                                                                                        \
	X(message)

/* Makes all tables, and the rows of `meta` that never change, in an empty database. */
RCC_MUST_USE int rcc_schema_create(sqlite3 *db, const struct rcc_journal_id *journal, const struct rcc_key *sign_key);
/* Drops every table that is not of the record, whoever made it, and makes the projections again, empty. In a transaction. */
RCC_MUST_USE int rcc_schema_renew_projections(sqlite3 *db);

/* What the file says of itself. */
struct rcc_journal_meta {
	struct rcc_journal_id journal;
	struct rcc_key sign_key;
};

/* Is it a journal of a format that we know? RCC_E_CORRUPT or RCC_E_UNSUPPORTED, with the reason in `why`. */
RCC_MUST_USE enum rcc_status rcc_schema_check_mark(sqlite3 *db, char *why, size_t why_size);
/*
 * Are its tables and triggers exactly ours? A missing one no longer guards, a foreign one could alter what is recorded.
 * RCC_E_CORRUPT with the reason in `why`.
 */
RCC_MUST_USE enum rcc_status rcc_schema_check_objects(sqlite3 *db, char *why, size_t why_size);
/*
 * The same of the record alone: its tables and every trigger on them. Projections that differ while this holds are those of another
 * build: they prove nothing, and are made again from the entries.
 */
RCC_MUST_USE enum rcc_status rcc_schema_check_record(sqlite3 *db, char *why, size_t why_size);
RCC_MUST_USE enum rcc_status rcc_schema_read_meta(sqlite3 *db, struct rcc_journal_meta *ret_meta, char *why,
                                                  size_t why_size);

#endif
