/*
 * chain.h - the hash chain of entries, signed checkpoints and signed receipts (libsodium).
 *
 * hash(n) = BLAKE2b-256(hash(n-1) || seq || at_ms || payload), integers 8 bytes big-endian, hash(0) = 32 zero bytes.
 * A chain shows every edit, deletion and reorder, but not a cut tail: that takes a checkpoint that somebody else kept.
 */
#ifndef RCC_PROTO_CHAIN_H
#define RCC_PROTO_CHAIN_H

#include "rcc/message.h"

/* Centre's Ed25519 signing key pair. Wipe with rcc_sign_key_wipe(). */
struct rcc_sign_key {
	struct rcc_key public_key;
	uint8_t secret[64];
};

/* Call once per process before anything here; RCC_E_IO if the kernel gives no randomness. */
RCC_MUST_USE enum rcc_status rcc_chain_init(void);

/* The link that follows `previous`. */
struct rcc_link rcc_chain_next(const struct rcc_link *previous, int64_t at_ms, const uint8_t *payload, size_t len);
/* True if `link` follows `previous` over this payload, with the next number and a time that is not before. */
bool rcc_chain_verify(const struct rcc_link *previous, const struct rcc_link *link, const uint8_t *payload, size_t len);

void rcc_sign_key_generate(struct rcc_sign_key *ret_key);
void rcc_sign_key_wipe(struct rcc_sign_key *key);

/* Ed25519 over "rccd-checkpoint-1" || journal id || seq || hash || at_ms. */
void rcc_checkpoint_sign(const struct rcc_sign_key *key, struct rcc_checkpoint *checkpoint);
bool rcc_checkpoint_verify(const struct rcc_key *sign_key, const struct rcc_checkpoint *checkpoint);

/* Ed25519 over "rccd-receipt-1" || journal id || seq || hash || at_ms || message id. */
void rcc_receipt_sign(const struct rcc_sign_key *key, const struct rcc_journal_id *journal,
                      const struct rcc_msg_id *msg_id, struct rcc_accepted *accepted);
bool rcc_receipt_verify(const struct rcc_key *sign_key, const struct rcc_journal_id *journal,
                        const struct rcc_msg_id *msg_id, const struct rcc_accepted *accepted);

/* Ed25519 over BLAKE2b-256("rccd-backup-1" || the bytes of a manifest) (clients/ctl/backup.c tells its lines). */
void rcc_manifest_sign(const struct rcc_sign_key *key, const char *text, size_t len,
                       struct rcc_signature *ret_signature);
bool rcc_manifest_verify(const struct rcc_key *sign_key, const char *text, size_t len,
                         const struct rcc_signature *signature);
/* The public half of a secret that was loaded. False: it is no key. */
bool rcc_sign_key_complete(struct rcc_sign_key *key);

/* What the record has of a one-time code: BLAKE2b-128("rccd-invite-1" || code || MMSI, 8 bytes big-endian). */
struct rcc_invite_tag rcc_invite_tag_of(const struct rcc_invite_code *code, struct rcc_mmsi mmsi);

/* First 8 bytes (big-endian) of BLAKE2b-256 of a message as received. */
uint64_t rcc_fingerprint(const uint8_t *bytes, size_t len);

/*
 * A checkpoint as one line of text, for files that witnesses keep:
 * "rcc-checkpoint-1 JOURNALID SEQ AT_MS HASH SIGNATURE" (hexadecimal, decimal, no newline).
 */
#define RCC_CHECKPOINT_TEXT_SIZE 320
void rcc_checkpoint_format(char text[RCC_CHECKPOINT_TEXT_SIZE], const struct rcc_checkpoint *checkpoint);
RCC_MUST_USE enum rcc_status rcc_checkpoint_parse(const char *text, struct rcc_checkpoint *ret_checkpoint);

#endif
