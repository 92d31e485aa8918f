#include "proto/chain.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

static_assert(RCC_HASH_SIZE == crypto_generichash_BYTES, "BLAKE2b-256");
static_assert(RCC_KEY_SIZE == crypto_sign_PUBLICKEYBYTES, "Ed25519 public key");
static_assert(RCC_SIGNATURE_SIZE == crypto_sign_BYTES, "Ed25519 signature");
static_assert(sizeof((struct rcc_sign_key *)0)->secret == crypto_sign_SECRETKEYBYTES, "Ed25519 secret key");

/* Domain labels: a signature under one can never be shown as one under the other. Hashed without the final NUL. */
static const char checkpoint_label[] = "rccd-checkpoint-1";
static const char receipt_label[] = "rccd-receipt-1";
#define LABEL_MAX (sizeof checkpoint_label - 1)
/* Label, journal id, seq, hash, at_ms, message id. */
#define SIGNED_MAX (LABEL_MAX + RCC_JOURNAL_ID_SIZE + 8 + RCC_HASH_SIZE + 8 + RCC_MSG_ID_SIZE)

enum rcc_status
rcc_chain_init(void)
{
	/* 1 = it was ready already. */
	return sodium_init() < 0 ? RCC_E_IO : RCC_OK;
}

static void
put_be64(uint8_t bytes[8], uint64_t value)
{
	for (size_t i = 0; i < 8; i++)
		bytes[i] = (uint8_t)(value >> (56 - 8 * i));
}

struct rcc_link
rcc_chain_next(const struct rcc_link *previous, int64_t at_ms, const uint8_t *payload, size_t len)
{
	struct rcc_link link = {.seq = previous->seq + 1, .at_ms = at_ms};
	uint8_t numbers[16];
	put_be64(numbers, link.seq);
	put_be64(numbers + 8, (uint64_t)at_ms);
	crypto_generichash_state state;
	/* These return a status, but fail for wrong sizes only, and sizes are constants here. */
	(void)crypto_generichash_init(&state, NULL, 0, sizeof link.hash.b);
	(void)crypto_generichash_update(&state, previous->hash.b, sizeof previous->hash.b);
	(void)crypto_generichash_update(&state, numbers, sizeof numbers);
	(void)crypto_generichash_update(&state, payload, len);
	(void)crypto_generichash_final(&state, link.hash.b, sizeof link.hash.b);
	return link;
}

bool
rcc_chain_verify(const struct rcc_link *previous, const struct rcc_link *link, const uint8_t *payload, size_t len)
{
	if (previous->seq == UINT64_MAX || link->seq != previous->seq + 1 || link->at_ms < previous->at_ms)
		return false;
	struct rcc_link expected = rcc_chain_next(previous, link->at_ms, payload, len);
	return memcmp(expected.hash.b, link->hash.b, sizeof link->hash.b) == 0;
}

void
rcc_sign_key_generate(struct rcc_sign_key *ret_key)
{
	(void)crypto_sign_keypair(ret_key->public_key.b, ret_key->secret);
}

void
rcc_sign_key_wipe(struct rcc_sign_key *key)
{
	sodium_memzero(key, sizeof *key);
}

bool
rcc_sign_key_complete(struct rcc_sign_key *key)
{
	return crypto_sign_ed25519_sk_to_pk(key->public_key.b, key->secret) == 0;
}

static void
digest_manifest(const char *text, size_t len, struct rcc_hash *ret_digest)
{
	static const char label[] = "rccd-backup-1";
	crypto_generichash_state state;

	(void)crypto_generichash_init(&state, NULL, 0, sizeof ret_digest->b);
	(void)crypto_generichash_update(&state, (const uint8_t *)label, sizeof label - 1);
	(void)crypto_generichash_update(&state, (const uint8_t *)text, len);
	(void)crypto_generichash_final(&state, ret_digest->b, sizeof ret_digest->b);
}

void
rcc_manifest_sign(const struct rcc_sign_key *key, const char *text, size_t len, struct rcc_signature *ret_signature)
{
	struct rcc_hash digest;

	digest_manifest(text, len, &digest);
	(void)crypto_sign_detached(ret_signature->b, NULL, digest.b, sizeof digest.b, key->secret);
}

bool
rcc_manifest_verify(const struct rcc_key *sign_key, const char *text, size_t len, const struct rcc_signature *signature)
{
	struct rcc_hash digest;

	digest_manifest(text, len, &digest);
	return crypto_sign_verify_detached(signature->b, digest.b, sizeof digest.b, sign_key->b) == 0;
}

/* Puts the bytes that a signature covers together; msg_id is NULL for a checkpoint. */
static size_t
signed_bytes(uint8_t bytes[SIGNED_MAX], const char *label, size_t label_len, const struct rcc_journal_id *journal,
             const struct rcc_link *link, const struct rcc_msg_id *msg_id)
{
	uint8_t *at = bytes;
	memcpy(at, label, label_len);
	at += label_len;
	memcpy(at, journal->b, sizeof journal->b);
	at += sizeof journal->b;
	put_be64(at, link->seq);
	at += 8;
	memcpy(at, link->hash.b, sizeof link->hash.b);
	at += sizeof link->hash.b;
	put_be64(at, (uint64_t)link->at_ms);
	at += 8;
	if (msg_id != NULL) {
		memcpy(at, msg_id->b, sizeof msg_id->b);
		at += sizeof msg_id->b;
	}
	return (size_t)(at - bytes);
}

static size_t
checkpoint_bytes(uint8_t bytes[SIGNED_MAX], const struct rcc_checkpoint *checkpoint)
{
	return signed_bytes(bytes, checkpoint_label, sizeof checkpoint_label - 1, &checkpoint->journal,
	                    &checkpoint->link, NULL);
}

void
rcc_checkpoint_sign(const struct rcc_sign_key *key, struct rcc_checkpoint *checkpoint)
{
	uint8_t bytes[SIGNED_MAX];
	size_t len = checkpoint_bytes(bytes, checkpoint);
	(void)crypto_sign_detached(checkpoint->signature.b, NULL, bytes, len, key->secret);
}

bool
rcc_checkpoint_verify(const struct rcc_key *sign_key, const struct rcc_checkpoint *checkpoint)
{
	uint8_t bytes[SIGNED_MAX];
	size_t len = checkpoint_bytes(bytes, checkpoint);
	return crypto_sign_verify_detached(checkpoint->signature.b, bytes, len, sign_key->b) == 0;
}

static size_t
receipt_bytes(uint8_t bytes[SIGNED_MAX], const struct rcc_journal_id *journal, const struct rcc_msg_id *msg_id,
              const struct rcc_accepted *accepted)
{
	return signed_bytes(bytes, receipt_label, sizeof receipt_label - 1, journal, &accepted->entry, msg_id);
}

void
rcc_receipt_sign(const struct rcc_sign_key *key, const struct rcc_journal_id *journal, const struct rcc_msg_id *msg_id,
                 struct rcc_accepted *accepted)
{
	uint8_t bytes[SIGNED_MAX];
	size_t len = receipt_bytes(bytes, journal, msg_id, accepted);
	(void)crypto_sign_detached(accepted->signature.b, NULL, bytes, len, key->secret);
	accepted->is_signed = 1;
}

bool
rcc_receipt_verify(const struct rcc_key *sign_key, const struct rcc_journal_id *journal,
                   const struct rcc_msg_id *msg_id, const struct rcc_accepted *accepted)
{
	uint8_t bytes[SIGNED_MAX];
	size_t len = receipt_bytes(bytes, journal, msg_id, accepted);
	return accepted->is_signed == 1 &&
	       crypto_sign_verify_detached(accepted->signature.b, bytes, len, sign_key->b) == 0;
}

uint64_t
rcc_fingerprint(const uint8_t *bytes, size_t len)
{
	uint8_t hash[RCC_HASH_SIZE];
	(void)crypto_generichash(hash, sizeof hash, bytes, len, NULL, 0);
	uint64_t value = 0;
	for (size_t i = 0; i < 8; i++)
		value = value << 8 | hash[i];
	return value;
}

struct rcc_invite_tag
rcc_invite_tag_of(const struct rcc_invite_code *code, struct rcc_mmsi mmsi)
{
	const uint8_t number[8] = {
	    [4] = (uint8_t)(mmsi.v >> 24), (uint8_t)(mmsi.v >> 16), (uint8_t)(mmsi.v >> 8), (uint8_t)mmsi.v};
	static const char label[] = "rccd-invite-1";
	struct rcc_invite_tag tag = {{0}};
	crypto_generichash_state state;

	(void)crypto_generichash_init(&state, NULL, 0, sizeof tag.b);
	(void)crypto_generichash_update(&state, (const uint8_t *)label, sizeof label - 1);
	(void)crypto_generichash_update(&state, code->b, sizeof code->b);
	(void)crypto_generichash_update(&state, number, sizeof number);
	(void)crypto_generichash_final(&state, tag.b, sizeof tag.b);
	return tag;
}
