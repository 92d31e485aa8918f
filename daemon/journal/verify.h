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
	bool
	    is_of_witness; /* a line that a witness kept is none of this record: it proves nothing, for or against it */
	char reason[RCC_TEXT_MAX + 1];
};

/* Is called for each entry that verified; anything but RCC_OK ends the walk with that status. `entry` is NULL without a scratch. */
typedef enum rcc_status rcc_verify_visit_fn(void *context, const struct rcc_link *link, const struct rcc_entry *entry);

/* Numbers of the entries that may tell an event of one of some kinds, in order. */
struct rcc_wanted {
	const enum rcc_event_kind *kind;
	size_t kinds;
	uint64_t *seq; /* owned; freed by whoever made it */
	size_t count, size;
};
RCC_MUST_USE enum rcc_status rcc_wanted_add(struct rcc_wanted *wanted, uint64_t seq);

/* How the entries are walked. */
struct rcc_verify_walk {
	struct rcc_entry *scratch; /* where entries are decoded; NULL = their bytes are hashed and not read */
	/*
	 * The link that the first entry follows; all zero = the beginning of the record. With is_unproven its hash is not known:
	 * the first entry's own hash is then taken at its word, and all that follows is proved from there.
	 */
	struct rcc_link before;
	bool is_unproven;
	bool is_later_half;         /* nothing up to `before` is looked at: somebody else does */
	uint64_t until_seq;         /* the last one; 0 = to the end */
	struct rcc_wanted *wanted;  /* is added to; NULL = nothing is wanted */
	rcc_verify_visit_fn *visit; /* may be NULL */
	void *context;
};

/*
 * Walks all entries in order. *head is the last good link, in every case. RCC_E_CORRUPT with ret_finding at the first
 * entry that is missing, altered or unreadable.
 */
RCC_MUST_USE enum rcc_status rcc_verify_entries(sqlite3 *db, const struct rcc_verify_walk *walk, struct rcc_link *head,
                                                struct rcc_finding *ret_finding);

/* Reads and decodes one entry that was verified before. */
RCC_MUST_USE enum rcc_status rcc_verify_read(sqlite3 *db, uint64_t seq, struct rcc_entry *scratch,
                                             struct rcc_link *ret_link, struct rcc_finding *ret_finding);

/*
 * The same for the chain of a long file alone, by two processes: each link states the hash before it, so that its second half is
 * verified from the link in the middle while this process comes there, and finds the same link or says so. *ret_rows counts.
 */
RCC_MUST_USE enum rcc_status rcc_verify_halves(const char *path, sqlite3 *db, const struct rcc_verify_walk *walk,
                                               struct rcc_link *head, uint64_t *ret_rows,
                                               struct rcc_finding *ret_finding);

/*
 * Where a piece of a record begins: the link before its first entry, as a checkpoint in the file has it. Without such a
 * checkpoint *ret_is_proven is false and its hash is not known. An empty piece begins at the beginning.
 */
RCC_MUST_USE enum rcc_status rcc_verify_piece(sqlite3 *db, struct rcc_link *ret_before, bool *ret_is_proven,
                                              struct rcc_finding *ret_finding);

/* What the signatures cover. */
struct rcc_signed {
	uint64_t count; /* checkpoints that verified, the one at birth (seq 0) included */
	uint64_t seq;   /* last entry that a verified signature covers */
};
/* The entries that were walked: those after `before_seq` up to `head`. */
struct rcc_walked {
	uint64_t before_seq; /* 0 = from the first one */
	struct rcc_link head;
};
enum rcc_verify_depth { RCC_VERIFY_NEWEST = 1, RCC_VERIFY_EVERY = 2 };

/*
 * Checks that every checkpoint in the file is on the chain, and the signature of each or of the first and the newest one
 * (a signature takes a hundred times longer than a hash). Those of entries before the walk are checked for their signature
 * alone. *tally says how far it came, in every case.
 */
RCC_MUST_USE enum rcc_status rcc_verify_checkpoints(sqlite3 *db, const struct rcc_journal_meta *meta,
                                                    const struct rcc_walked *walked, enum rcc_verify_depth depth,
                                                    struct rcc_signed *tally, struct rcc_finding *ret_finding);

/* Calls `tell` for each checkpoint beyond after_seq that verifies, in order; *ret_finding at the first that does not. */
typedef void rcc_verify_tell_fn(void *context, const struct rcc_checkpoint *checkpoint);
RCC_MUST_USE enum rcc_status rcc_verify_new_checkpoints(sqlite3 *db, const struct rcc_journal_meta *meta,
                                                        uint64_t after_seq, rcc_verify_tell_fn *tell, void *context,
                                                        struct rcc_finding *ret_finding);

/* Checks a checkpoint that somebody else kept against the file. */
RCC_MUST_USE enum rcc_status rcc_verify_witness(sqlite3 *db, const struct rcc_journal_meta *meta,
                                                const struct rcc_walked *walked, const struct rcc_checkpoint *witness,
                                                struct rcc_finding *ret_finding);

#endif
