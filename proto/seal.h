/*
 * seal.h - personal particulars as ciphertext, and a number's tag: XChaCha20-Poly1305 and keyed BLAKE2b (libsodium).
 *
 * Why:    a record that nobody may alter must not hold a caller's name and number for ever. It holds them sealed; the key
 *         lies elsewhere, and whoever destroys the key erases them, while every hash of the record stays right.
 * Form:   purpose (1 byte) || key id (16) || nonce (24) || ciphertext || authenticator (16). Purpose and key id are
 *         authenticated: a value shown as another one does not open. docs/journal-format.md is the contract.
 * Pure:   randomness comes from the caller.
 */
#ifndef RCC_PROTO_SEAL_H
#define RCC_PROTO_SEAL_H

#include "rcc/message.h"

#define RCC_SEAL_KEY_SIZE 32
#define RCC_SEAL_ID_SIZE 16
#define RCC_SEAL_NONCE_SIZE 24
/* What sealing adds to the text. */
#define RCC_SEAL_OVERHEAD (1 + RCC_SEAL_ID_SIZE + RCC_SEAL_NONCE_SIZE + 16)
_Static_assert(RCC_TEXT_MAX + RCC_SEAL_OVERHEAD <= RCC_NOTE_SEALED_MAX, "the longest words fit a note");
_Static_assert(RCC_CONTACT_MAX + RCC_SEAL_OVERHEAD <= RCC_SEALED_MAX, "the longest contact fits an alert");

/* The first byte of a sealed value. None is the first byte of an envelope: no field of Protocol Buffers has number 0. */
enum rcc_seal_purpose {
	RCC_SEAL_CONTACT = 1,  /* Alert.sealed */
	RCC_SEAL_RECEIVED = 2, /* Command.received of a report with a contact, or of a restricted note */
	RCC_SEAL_NOTE = 3,     /* Note.sealed */
};

struct rcc_seal_key {
	uint8_t b[RCC_SEAL_KEY_SIZE];
};
/* Names a key without telling anything of it. */
struct rcc_seal_id {
	uint8_t b[RCC_SEAL_ID_SIZE];
};
/* Never the same twice with one key; 24 random bytes are enough for that. */
struct rcc_seal_nonce {
	uint8_t b[RCC_SEAL_NONCE_SIZE];
};

/* Seals text[0..len). RCC_E_TOO_LARGE if len + RCC_SEAL_OVERHEAD > size. */
RCC_MUST_USE enum rcc_status rcc_seal_close(const struct rcc_seal_key *key, const struct rcc_seal_id *id,
                                            const struct rcc_seal_nonce *nonce, enum rcc_seal_purpose purpose,
                                            const uint8_t *text, size_t len, uint8_t *ret_sealed, size_t size,
                                            size_t *ret_len);
/* Which key opens it. RCC_E_MALFORMED if it is no sealed value of this purpose. */
RCC_MUST_USE enum rcc_status rcc_seal_id_of(const uint8_t *sealed, size_t len, enum rcc_seal_purpose purpose,
                                            struct rcc_seal_id *ret_id);
/* Opens it. RCC_E_CORRUPT if key or bytes are not those of the sealing; RCC_E_TOO_LARGE if the text does not fit. */
RCC_MUST_USE enum rcc_status rcc_seal_open(const struct rcc_seal_key *key, enum rcc_seal_purpose purpose,
                                           const uint8_t *sealed, size_t len, uint8_t *ret_text, size_t size,
                                           size_t *ret_len);
void rcc_seal_key_wipe(struct rcc_seal_key *key);

/*
 * What identifies a caller: the number, digits alone, as it is dialled from abroad ("+39 (0) 340 123" and "0039-340-123" are
 * one); in a text without a number, its letters and digits in capitals. Empty if there is neither.
 */
void rcc_seal_normalise(const char contact[RCC_CONTACT_MAX + 1], char ret_plain[RCC_CONTACT_MAX + 1]);
/* The same number has the same tag, which tells nothing to whoever has not the secret. 0 = the text identifies nobody. */
uint64_t rcc_seal_tag(const struct rcc_seal_key *secret, const char contact[RCC_CONTACT_MAX + 1]);
/*
 * rcc_fingerprint() under the secret, for a message with particulars: a plain hash of a message of which all but the number
 * is known would give the number to whoever tries them all.
 */
uint64_t rcc_seal_fingerprint(const struct rcc_seal_key *secret, const uint8_t *bytes, size_t len);

#endif
