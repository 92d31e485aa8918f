/*
 * store.h - inside librcc: one SQLite file with what a ship's computer must not forget.
 *
 * Why:    a message is on disk before it is first sent, a delivery before it is acknowledged; a kill or a power cut
 *         between any two steps loses neither and invents neither. Every call that returns RCC_OK is durable
 *         (WAL, synchronous=FULL).
 * Owns:   the database handle and its statements; rcc_store_close() is harmless on a zeroed or closed store.
 * Shared: a resident program and one-shot ones may hold the same file at once; SQLite's locks serialise them.
 * Errors: RCC_E_FULL disk full, RCC_E_IO, RCC_E_CORRUPT, RCC_E_BUSY: the caller goes on without the disk and says so.
 */
#ifndef RCC_LIBRCC_STORE_H
#define RCC_LIBRCC_STORE_H

#include "rcc/client.h"

struct sqlite3;
struct sqlite3_stmt;

#define RCC_STORE_STATEMENTS 29
struct rcc_store {
	struct sqlite3 *db; /* NULL = closed */
	struct sqlite3_stmt *statement[RCC_STORE_STATEMENTS];
	uint8_t
	    bytes[RCC_MESSAGE_MAX]; /* what the last call lent: no statement stays open, or others could not write */
};

/* Makes the file (0600) when missing; refuses a file that is something else or was written by a later version. */
RCC_MUST_USE enum rcc_status rcc_store_open(struct rcc_store *store, const char *path, struct rcc_fault *ret_fault);
void rcc_store_close(struct rcc_store *store);
/* What SQLite said last, for an operator; valid until the next call. */
const char *rcc_store_error(const struct rcc_store *store);
/* Changes when another program has written to the file. */
int64_t rcc_store_version(struct rcc_store *store);

/* ---- outbox: ours to the centre ---- */

/* One message not yet answered. `bytes` is borrowed. */
struct rcc_store_message {
	int64_t row; /* order of posting, from 1 */
	struct rcc_msg_id id;
	enum rcc_body_kind kind;
	uint32_t attempts;
	size_t len;
	const uint8_t *bytes;
};
RCC_MUST_USE enum rcc_status rcc_store_put(struct rcc_store *store, const struct rcc_store_message *message,
                                           int64_t at_ms, int64_t *ret_row);
/* The first unanswered message after `after_row`; its bytes are valid until the next call. RCC_E_NOT_FOUND. */
RCC_MUST_USE enum rcc_status rcc_store_next_waiting(struct rcc_store *store, int64_t after_row,
                                                    struct rcc_store_message *ret_message);
RCC_MUST_USE enum rcc_status rcc_store_attempted(struct rcc_store *store, const struct rcc_msg_id *id);
RCC_MUST_USE enum rcc_status rcc_store_accepted(struct rcc_store *store, const struct rcc_msg_id *id,
                                                const struct rcc_accepted *accepted, int64_t at_ms);
RCC_MUST_USE enum rcc_status rcc_store_refused(struct rcc_store *store, const struct rcc_msg_id *id,
                                               const struct rcc_refused *refused, int64_t at_ms);
bool rcc_store_is_waiting(struct rcc_store *store, const struct rcc_msg_id *id);
uint32_t rcc_store_waiting(struct rcc_store *store);
/* The receipt that came in last: a master's proof. RCC_E_NOT_FOUND. */
RCC_MUST_USE enum rcc_status rcc_store_last_receipt(struct rcc_store *store, struct rcc_receipt *ret_receipt);

/* The first message after `after_row`, answered or not; its bytes are valid until the next call. RCC_E_NOT_FOUND. */
RCC_MUST_USE enum rcc_status rcc_store_posted(struct rcc_store *store, int64_t after_row, struct rcc_posted *ret_posted,
                                              const uint8_t **ret_bytes, size_t *ret_len);

/* ---- inbox: the centre's to us. A number counts within one journal only. ---- */

/* One delivery with the envelope's bytes as received, borrowed. */
struct rcc_store_delivery {
	int64_t row;
	uint32_t number;
	struct rcc_broadcast_id broadcast;
	int64_t issued_at_ms;
	int64_t stored_at_ms, read_at_ms; /* read 0 = by nobody */
	char read_by[RCC_NAME_MAX + 1];
	bool is_lost; /* its number was given again: the centre's record was set back behind it */
	size_t len;
	const uint8_t *bytes;
};
/* *ret_is_new: false if the same delivery (number, broadcast and time of issue) is there already. */
RCC_MUST_USE enum rcc_status rcc_store_keep(struct rcc_store *store, const struct rcc_journal_id *journal,
                                            const struct rcc_store_delivery *delivery, bool *ret_is_new);
/*
 * After a new row: was there another one of its number? Then those from this number on that were there before are of a record that the
 * centre has lost: they are kept, and count no more.
 */
RCC_MUST_USE enum rcc_status rcc_store_lose(struct rcc_store *store, const struct rcc_journal_id *journal,
                                            uint32_t number, bool *ret_is_lost);
/* Borrowed bytes are valid until the next call. RCC_E_NOT_FOUND. */
RCC_MUST_USE enum rcc_status rcc_store_find(struct rcc_store *store, const struct rcc_journal_id *journal,
                                            uint32_t number, struct rcc_store_delivery *ret_delivery);
/* The first kept after `after_row`, in the order in which they came, lost ones among them. RCC_E_NOT_FOUND. */
RCC_MUST_USE enum rcc_status rcc_store_after(struct rcc_store *store, const struct rcc_journal_id *journal,
                                             int64_t after_row, struct rcc_store_delivery *ret_delivery);
/* The oldest delivery not yet shown to the program that uses the library. RCC_E_NOT_FOUND. */
RCC_MUST_USE enum rcc_status rcc_store_unreported(struct rcc_store *store, int64_t after_row,
                                                  struct rcc_store_delivery *ret_delivery);
RCC_MUST_USE enum rcc_status rcc_store_reported(struct rcc_store *store, int64_t row);
RCC_MUST_USE enum rcc_status rcc_store_read(struct rcc_store *store, const struct rcc_journal_id *journal,
                                            uint32_t number, const char *by, int64_t at_ms);
/* Highest number on disk; 0 = none. */
uint32_t rcc_store_last(struct rcc_store *store, const struct rcc_journal_id *journal);
/*
 * The number below which the centre's record says that all is stored, although this disk may not have it: a ship with a new
 * computer. 0 in a new store or journal.
 */
uint32_t rcc_store_base(struct rcc_store *store, const struct rcc_journal_id *journal);
RCC_MUST_USE enum rcc_status rcc_store_set_base(struct rcc_store *store, const struct rcc_journal_id *journal,
                                                uint32_t number);
/* Highest number up to which, counting on from `from`, none is missing. */
uint32_t rcc_store_contiguous(struct rcc_store *store, const struct rcc_journal_id *journal, uint32_t from);

/* ---- the centre's key: another one may follow it ---- */

/* The one that the centre announced to follow `known`, and whether it has been met since. RCC_E_NOT_FOUND: none was. */
RCC_MUST_USE enum rcc_status rcc_store_next_key(struct rcc_store *store, const struct rcc_key *known,
                                                struct rcc_key *ret_next, bool *ret_in_force);
RCC_MUST_USE enum rcc_status rcc_store_note_next_key(struct rcc_store *store, const struct rcc_key *known,
                                                     const struct rcc_key *next);
RCC_MUST_USE enum rcc_status rcc_store_use_next_key(struct rcc_store *store, const struct rcc_key *known);

/* ---- witness: what proves the centre's record from outside ---- */

/* Whom we trust since the first Welcome. RCC_E_NOT_FOUND in a new store. */
RCC_MUST_USE enum rcc_status rcc_store_pin(struct rcc_store *store, struct rcc_key *ret_sign_key,
                                           struct rcc_journal_id *ret_journal);
RCC_MUST_USE enum rcc_status rcc_store_set_pin(struct rcc_store *store, const struct rcc_key *sign_key,
                                               const struct rcc_journal_id *journal, int64_t at_ms);
/* Keeps the latest RCC_STORE_CHECKPOINTS. *ret_fork: another hash for the same entry is kept already: history was rewritten. */
#define RCC_STORE_CHECKPOINTS 1000
RCC_MUST_USE enum rcc_status rcc_store_witness(struct rcc_store *store, const struct rcc_checkpoint *checkpoint,
                                               int64_t at_ms, bool *ret_fork);
RCC_MUST_USE enum rcc_status rcc_store_checkpoint(struct rcc_store *store, const struct rcc_journal_id *journal,
                                                  struct rcc_checkpoint *ret_checkpoint);

#endif
