/*
 * journal_impl.h - what stands behind struct rcc_journal. For journal*.c and for tests that make its disk fail.
 */
#ifndef RCC_JOURNAL_IMPL_H
#define RCC_JOURNAL_IMPL_H

#include "journal/journal.h"
#include "journal/projection.h"

struct rcc_journal_impl {
	sqlite3 *db;
	int lock_fd;
	sqlite3_stmt *begin, *commit, *insert, *read, *find, *sign;
	struct rcc_projection projection;

	const struct rcc_sign_key *sign_key; /* borrowed */
	struct rcc_journal_meta meta;
	struct rcc_link head;    /* committed */
	struct rcc_link pending; /* appended; equals head when no batch is open */
	bool in_batch;
	bool is_renewed; /* its projections were of another build, and were made again when it was opened */
	bool is_dead;    /* a write failed: only closing is left */
	uint64_t signed_seq;
	int64_t signed_at_ms; /* by the clock of the last checkpoint call; 0 = news from before we opened */

	struct rcc_entry entry; /* where rows are decoded */
	uint8_t payload[RCC_PAYLOAD_MAX];
};

#endif
