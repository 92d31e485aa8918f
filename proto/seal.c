#include "proto/seal.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

#define HEAD_SIZE (1 + RCC_SEAL_ID_SIZE) /* authenticated, in plain */
#define MAC_SIZE crypto_aead_xchacha20poly1305_ietf_ABYTES
/* Fewer digits in a row are a cabin, a year, a count. */
#define NUMBER_DIGITS_MIN 6

static_assert(RCC_SEAL_KEY_SIZE == crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "XChaCha20-Poly1305 key");
static_assert(RCC_SEAL_NONCE_SIZE == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES, "XChaCha20-Poly1305 nonce");
static_assert(RCC_SEAL_OVERHEAD == HEAD_SIZE + RCC_SEAL_NONCE_SIZE + MAC_SIZE, "what sealing adds");
static_assert(RCC_SEAL_KEY_SIZE >= crypto_generichash_KEYBYTES_MIN &&
                  RCC_SEAL_KEY_SIZE <= crypto_generichash_KEYBYTES_MAX,
              "keyed BLAKE2b");

/* ---- sealing ---- */

enum rcc_status
rcc_seal_close(const struct rcc_seal_key *key, const struct rcc_seal_id *id, const struct rcc_seal_nonce *nonce,
               enum rcc_seal_purpose purpose, const uint8_t *text, size_t len, uint8_t *ret_sealed, size_t size,
               size_t *ret_len)
{
	if (size < RCC_SEAL_OVERHEAD || len > size - RCC_SEAL_OVERHEAD)
		return RCC_E_TOO_LARGE;
	ret_sealed[0] = (uint8_t)purpose;
	memcpy(ret_sealed + 1, id->b, sizeof id->b);
	memcpy(ret_sealed + HEAD_SIZE, nonce->b, sizeof nonce->b);
	/* It returns a status, but there is nothing in it that can fail. */
	(void)crypto_aead_xchacha20poly1305_ietf_encrypt(ret_sealed + HEAD_SIZE + RCC_SEAL_NONCE_SIZE, NULL, text, len,
	                                                 ret_sealed, HEAD_SIZE, NULL, nonce->b, key->b);
	*ret_len = len + RCC_SEAL_OVERHEAD;
	return RCC_OK;
}

enum rcc_status
rcc_seal_id_of(const uint8_t *sealed, size_t len, enum rcc_seal_purpose purpose, struct rcc_seal_id *ret_id)
{
	if (len < RCC_SEAL_OVERHEAD || sealed[0] != (uint8_t)purpose)
		return RCC_E_MALFORMED;
	memcpy(ret_id->b, sealed + 1, sizeof ret_id->b);
	return RCC_OK;
}

enum rcc_status
rcc_seal_open(const struct rcc_seal_key *key, enum rcc_seal_purpose purpose, const uint8_t *sealed, size_t len,
              uint8_t *ret_text, size_t size, size_t *ret_len)
{
	struct rcc_seal_id id;
	const uint8_t *nonce = sealed + HEAD_SIZE;

	if (rcc_seal_id_of(sealed, len, purpose, &id) != RCC_OK)
		return RCC_E_CORRUPT;
	size_t text_len = len - RCC_SEAL_OVERHEAD;
	if (text_len > size)
		return RCC_E_TOO_LARGE;
	/* The authenticator is checked before a byte is written. */
	if (crypto_aead_xchacha20poly1305_ietf_decrypt(ret_text, NULL, NULL, nonce + RCC_SEAL_NONCE_SIZE,
	                                               text_len + MAC_SIZE, sealed, HEAD_SIZE, nonce, key->b) != 0)
		return RCC_E_CORRUPT;
	*ret_len = text_len;
	return RCC_OK;
}

void
rcc_seal_key_wipe(struct rcc_seal_key *key)
{
	sodium_memzero(key, sizeof *key);
}

/* ---- who calls ---- */

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* What people write within a number. A slash or comma stands between two of them. */
static bool
is_within_number(char c)
{
	return c == ' ' || c == '-' || c == '.' || c == '(' || c == ')';
}

/* Reads a number that may begin at *text, and moves behind it; how many digits it has. */
static size_t
read_number(const char **text, char digits[RCC_CONTACT_MAX + 1])
{
	static const char trunk[] = "(0)"; /* dialled at home only */
	const char *at = *text;
	size_t len = 0;
	bool is_abroad = *at == '+';

	at += is_abroad ? 1 : 0;
	while (is_digit(*at) || is_within_number(*at)) {
		bool is_trunk = len > 0 && strncmp(at, trunk, sizeof trunk - 1) == 0;
		if (is_digit(*at))
			digits[len++] = *at;
		at += is_trunk ? sizeof trunk - 1 : 1;
	}
	digits[len] = '\0';
	if (!is_abroad && len > 2 && memcmp(digits, "00", 2) == 0) {
		len -= 2;
		memmove(digits, digits + 2, len + 1);
	}
	*text = at > *text ? at : *text + 1;
	return len;
}

static void
take_words(const char *contact, char plain[RCC_CONTACT_MAX + 1])
{
	size_t len = 0;

	for (; *contact != '\0' && len < RCC_CONTACT_MAX; contact++) {
		char c = *contact;
		if (c >= 'a' && c <= 'z')
			c = (char)(c - 'a' + 'A');
		if ((c >= 'A' && c <= 'Z') || is_digit(c) || (unsigned char)c >= 0x80)
			plain[len++] = c;
	}
	plain[len] = '\0';
}

void
rcc_seal_normalise(const char contact[RCC_CONTACT_MAX + 1], char ret_plain[RCC_CONTACT_MAX + 1])
{
	char digits[RCC_CONTACT_MAX + 1];
	const char *at = contact;
	size_t best = 0;

	assert(memchr(contact, '\0', RCC_CONTACT_MAX + 1) != NULL);
	while (*at != '\0') {
		size_t len = read_number(&at, digits);
		if (len >= NUMBER_DIGITS_MIN && len > best) {
			best = len;
			memcpy(ret_plain, digits, len + 1);
		}
	}
	if (best == 0)
		take_words(contact, ret_plain);
}

/* The first 8 bytes, big-endian, as rcc_fingerprint() has it. The label keeps the two uses of the secret apart. */
static uint64_t
keyed_hash(const struct rcc_seal_key *secret, char label, const uint8_t *bytes, size_t len)
{
	uint8_t hash[crypto_generichash_BYTES];
	crypto_generichash_state state;
	uint64_t value = 0;

	(void)crypto_generichash_init(&state, secret->b, sizeof secret->b, sizeof hash);
	(void)crypto_generichash_update(&state, (const uint8_t *)&label, 1);
	(void)crypto_generichash_update(&state, bytes, len);
	(void)crypto_generichash_final(&state, hash, sizeof hash);
	for (size_t i = 0; i < sizeof value; i++)
		value = value << 8 | hash[i];
	return value;
}

uint64_t
rcc_seal_tag(const struct rcc_seal_key *secret, const char contact[RCC_CONTACT_MAX + 1])
{
	char plain[RCC_CONTACT_MAX + 1];

	rcc_seal_normalise(contact, plain);
	if (plain[0] == '\0')
		return 0;
	uint64_t tag = keyed_hash(secret, 't', (const uint8_t *)plain, strlen(plain));
	return tag == 0 ? 1 : tag;
}

uint64_t
rcc_seal_fingerprint(const struct rcc_seal_key *secret, const uint8_t *bytes, size_t len)
{
	return keyed_hash(secret, 'f', bytes, len);
}
