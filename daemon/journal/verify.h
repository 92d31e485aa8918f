/*
 * verify.h - reads a record and believes nothing: order, hashes, decoding, signatures.
 *
 * Used by the daemon before it extends a journal and by an auditor on somebody else's file.
 */
#ifndef RCC_JOURNAL_VERIFY_H
#define RCC_JOURNAL_VERIFY_H

#include "journal/schema.h"
#include "rcc/entry.h"

/* The first thing that is wrong. */
struct rcc_finding {
	uint64_t bad_seq; /* the entry concerned; 0 = none in particular */
	char reason[RCC_TEXT_MAX + 1];
};

/* Is called for each entry that verified; anything but RCC_OK ends the walk with that status. */
typedef enum rcc_status rcc_verify_visit_fn(void *context, const struct rcc_link *link, const struct rcc_entry *entry);

/*
 * Walks all entries in order. *head is the last good link, in every case. RCC_E_CORRUPT with ret_finding at the first
 * entry that is missing, altered or unreadable. `scratch` is where entries are decoded. `visit` may be NULL.
 */
RCC_MUST_USE enum rcc_status rcc_verify_entries(sqlite3 *db, struct rcc_entry *scratch, rcc_verify_visit_fn *visit,
                                                void *context, struct rcc_link *head, struct rcc_finding *ret_finding);

/* What the signatures cover. */
struct rcc_signed {
	uint64_t count; /* checkpoints that verified, the one at birth (seq 0) included */
	uint64_t seq;   /* last entry that a verified signature covers */
};
enum rcc_verify_depth { RCC_VERIFY_NEWEST = 1, RCC_VERIFY_EVERY = 2 };

/*
 * Checks that every checkpoint in the file is on the chain, and the signature of each or of the first and the newest one
 * (a signature takes a hundred times longer than a hash). `head` is the last good link of the walk before; *tally says
 * how far it came, in every case.
 */
RCC_MUST_USE enum rcc_status rcc_verify_checkpoints(sqlite3 *db, const struct rcc_journal_meta *meta,
                                                    const struct rcc_link *head, enum rcc_verify_depth depth,
                                                    struct rcc_signed *tally, struct rcc_finding *ret_finding);

/* Checks a checkpoint that somebody else kept against the file. */
RCC_MUST_USE enum rcc_status rcc_verify_witness(sqlite3 *db, const struct rcc_journal_meta *meta,
                                                const struct rcc_link *head, const struct rcc_checkpoint *witness,
                                                struct rcc_finding *ret_finding);

#endif
