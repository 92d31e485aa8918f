/*
 * journal.h - the record of everything decided: append-only, hash-chained, one SQLite file.
 *
 * Why:    the answer to "what did we know, and what did we do, at 02:14?" must survive a crash and a lawyer.
 * Owns:   the database handle and its prepared statements; close with rcc_journal_close().
 * Order:  append any number, then commit once; nothing appended is durable or visible before the commit.
 * Errors: after anything but RCC_OK from append or commit the journal is closed to writing: reopen it, replay, and
 *         compare the head, since a failed commit may still be on disk (RCC_E_UNKNOWN_OUTCOME).
 */
#ifndef RCC_JOURNAL_H
#define RCC_JOURNAL_H

#include "proto/chain.h"
#include "rcc/entry.h"

struct rcc_journal {
	struct rcc_journal_impl *impl;
};

/*
 * Opens or creates the journal for writing (WAL, synchronous=FULL, 0600). Verifies the whole chain while calling
 * `replay` for each entry in order (replay may be NULL). RCC_E_CORRUPT names the first bad row in ret_fault; such a
 * journal is never extended. `sign_key` signs checkpoints and is borrowed until close; a journal made by another key
 * is refused.
 */
typedef void rcc_journal_replay_fn(void *context, const struct rcc_link *link, const struct rcc_entry *entry);
RCC_MUST_USE enum rcc_status rcc_journal_open(struct rcc_journal *journal, const char *path,
                                              const struct rcc_sign_key *sign_key, int64_t now_ms,
                                              rcc_journal_replay_fn *replay, void *context,
                                              struct rcc_fault *ret_fault);
void rcc_journal_close(struct rcc_journal *journal);

struct rcc_journal_id rcc_journal_id(const struct rcc_journal *journal);
struct rcc_link rcc_journal_head(const struct rcc_journal *journal); /* committed entries only */

/*
 * Adds an entry to the open batch, with its projections. Pre: entry->event_count > 0 and its time is not before the
 * last one's. `payload` is rcc_wire_encode_entry() of it.
 */
RCC_MUST_USE enum rcc_status rcc_journal_append(struct rcc_journal *journal, const struct rcc_entry *entry,
                                                const uint8_t *payload, size_t len, struct rcc_link *ret_link);
/* One fsync for the whole batch. RCC_OK with an empty batch costs nothing. */
RCC_MUST_USE enum rcc_status rcc_journal_commit(struct rcc_journal *journal);

/*
 * Signs the head if there is news and 1,000 entries or 60 s have passed since the last one (`now`: at once if there
 * is news). RCC_E_AGAIN: nothing to sign. Stores the checkpoint in the journal (its own small transaction); if that fails
 * the journal is closed to writing, as after a failed commit. Pre: no batch is open.
 */
enum rcc_checkpoint_when { RCC_CHECKPOINT_IF_DUE = 1, RCC_CHECKPOINT_NOW = 2 };
RCC_MUST_USE enum rcc_status rcc_journal_checkpoint(struct rcc_journal *journal, int64_t now_ms,
                                                    enum rcc_checkpoint_when when,
                                                    struct rcc_checkpoint *ret_checkpoint);

/* Entry by number; payload is borrowed until the next call. RCC_E_NOT_FOUND past the committed head. */
RCC_MUST_USE enum rcc_status rcc_journal_read(struct rcc_journal *journal, uint64_t seq,
                                              struct rcc_entry_bytes *ret_entry);
/* Entry that recorded a message: RCC_E_NOT_FOUND if none did. Returns its fingerprint too. */
RCC_MUST_USE enum rcc_status rcc_journal_find_message(struct rcc_journal *journal, const struct rcc_key *sender,
                                                      const struct rcc_msg_id *id, uint64_t *ret_seq,
                                                      uint64_t *ret_fingerprint);
/*
 * Numbers of the entries that may concern a ship in a case, from its projections and its chain: in order, each once, and none
 * of hers is missing. `peer` are all keys that she ever had. More than `max`: RCC_E_FULL, with some of them.
 */
struct rcc_concern {
	struct rcc_incident_id incident;
	struct rcc_mmsi ship;
	const struct rcc_peer_id *peer;
	size_t peers;
};
RCC_MUST_USE enum rcc_status rcc_journal_concern(struct rcc_journal *journal, const struct rcc_concern *concern,
                                                 uint64_t *ret_seq, size_t max, size_t *ret_count);
/* Drops every projection and makes it again from the entries, in one transaction. */
RCC_MUST_USE enum rcc_status rcc_journal_rebuild(struct rcc_journal *journal, struct rcc_fault *ret_fault);
/* Were they of another build, and made again when it was opened? */
bool rcc_journal_was_renewed(const struct rcc_journal *journal);
/* Can a row be written now? Writes and removes one in a scratch table, with its fsync. */
RCC_MUST_USE enum rcc_status rcc_journal_probe(struct rcc_journal *journal);

/* ---- reading somebody else's file: no key, nothing is written ---- */

struct rcc_audit_report {
	bool is_other_build; /* projections of another build: they prove nothing, and were not compared */
	uint64_t first_seq;  /* entry that a piece begins with; 1 in a whole record */
	bool is_unproven;    /* no checkpoint is of the entry before: the first one is taken at its word */
	uint64_t rows;       /* entries that verified */
	bool is_other_key;   /* not the record of whom the auditor trusts: nothing else was looked at */
	bool
	    is_bad_witness; /* the reason is that a witness' line is none of this record, which says nothing of the record */
	uint64_t bad_seq;                  /* first bad row; 0 = none, or the reason concerns no entry (a projection) */
	char bad_reason[RCC_TEXT_MAX + 1]; /* empty = nothing is wrong */
	struct rcc_link head;              /* last good link */
	uint64_t checkpoints;              /* that verified, the one made at birth (entry 0) included */
	uint64_t signed_seq; /* last entry that a verified checkpoint covers; later ones rest on the chain */
	int64_t first_at_ms;
	struct rcc_journal_id journal;
	struct rcc_key sign_key; /* as the file states it */
};

/* How deep an audit looks; each looks at what stands before it as well. */
enum rcc_audit_depth {
	/*
	 * Order, times, hashes, signatures, witnesses: that nothing was changed. `replay` is called at the end, for the entries
	 * that may tell an event of one of `events`.
	 */
	RCC_AUDIT_CHAIN = 1,
	RCC_AUDIT_RECORD = 2, /* every entry can be read, and `replay` is called for it */
	RCC_AUDIT_FILE = 3,   /* the projections say what the entries say; triggers and pages are whole */
};
struct rcc_audit_ask {
	const char *path;
	enum rcc_audit_depth depth;
	/* A part of a record whose beginning is missing: no projection can be made again from it, and none is compared. */
	bool is_piece;
	const struct rcc_key *trusted; /* the centre's as the auditor got it; NULL = the file's own word */
	/* Checkpoints kept elsewhere: a missing tail shows as one beyond, or other than, the chain. May be NULL, count 0. */
	const struct rcc_checkpoint *witness;
	size_t witness_count;
	rcc_journal_replay_fn *replay; /* for each good entry; may be NULL */
	void *context;
	const enum rcc_event_kind *events; /* of RCC_AUDIT_CHAIN; may be NULL, count 0 */
	size_t event_count;
};
/*
 * Verifies a journal, a backup or a piece of one. RCC_OK only if everything holds; RCC_E_CORRUPT with ret_report->bad_seq
 * otherwise; RCC_E_IO / RCC_E_NOT_FOUND with ret_fault if it is not a journal at all.
 */
RCC_MUST_USE enum rcc_status rcc_journal_examine(const struct rcc_audit_ask *ask, struct rcc_audit_report *ret_report,
                                                 struct rcc_fault *ret_fault);
/*
 * Tells each checkpoint of a file that is beyond entry after_seq, in order, once its signature and its place on the chain are
 * verified; the entries between are not looked at. RCC_E_CORRUPT with the reason in ret_fault. `known` (may be NULL) was told
 * before: that it is not on the chain any more is damage too.
 */
typedef void rcc_journal_checkpoint_fn(void *context, const struct rcc_checkpoint *checkpoint);
RCC_MUST_USE enum rcc_status rcc_journal_follow(const char *path, const struct rcc_key *trusted,
                                                const struct rcc_checkpoint *known, uint64_t after_seq,
                                                rcc_journal_checkpoint_fn *tell, void *context,
                                                struct rcc_fault *ret_fault);
/* rcc_journal_examine() of a whole file, at every depth. */
RCC_MUST_USE enum rcc_status rcc_journal_audit(const char *path, const struct rcc_key *trusted,
                                               const struct rcc_checkpoint *witness, size_t witness_count,
                                               rcc_journal_replay_fn *replay, void *context,
                                               struct rcc_audit_report *ret_report, struct rcc_fault *ret_fault);

#endif
