#include "proto/pack.h"

#include <assert.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "rcc/text.h"

/* Hashed before the digest, without the final NUL: no receipt and no checkpoint can be shown as a pack. */
static const char pack_label[] = "rccd-pack-1";
/* Bytes of the chain that a line shows: it says where something is wrong; the signature says that nothing is. */
#define CHAIN_SHOWN 16
/* ,"chain":"<32 digits>"} */
#define CHAIN_LEN (sizeof RCC_PACK_CHAIN - 1 + 2 * (size_t)CHAIN_SHOWN + 2)
#define SIGNED_START "{\"class\":\"SIGNATURE\""
#define UNSIGNED_START "{\"class\":\"UNSIGNED\""
/* Before the key and between it and the signature. */
#define KEY_MEMBER ",\"key\":\""
#define SIGNATURE_MEMBER ",\"signature\":\""

/* What stands in the last line. */
struct last {
	uint32_t lines;
	struct rcc_hash digest; /* of every byte before it */
	bool is_signed;
	struct rcc_key key;
	struct rcc_signature signature;
};

static struct rcc_hash
digest_of(const char *text, size_t len)
{
	struct rcc_hash digest;

	(void)crypto_generichash(digest.b, sizeof digest.b, (const uint8_t *)text, len, NULL, 0);
	return digest;
}

/* chain(n) = BLAKE2b-256(chain(n-1) || line n without its own chain and closing brace); chain(0) = 32 zero bytes. */
static struct rcc_hash
chain_next(const struct rcc_hash *before, const char *line, size_t len)
{
	struct rcc_hash next;
	crypto_generichash_state state;

	(void)crypto_generichash_init(&state, NULL, 0, sizeof next.b);
	(void)crypto_generichash_update(&state, before->b, sizeof before->b);
	(void)crypto_generichash_update(&state, (const uint8_t *)line, len);
	(void)crypto_generichash_final(&state, next.b, sizeof next.b);
	return next;
}

static void
chain_text(char text[CHAIN_LEN + 1], const struct rcc_hash *chain)
{
	char hex[RCC_HEX_SIZE(CHAIN_SHOWN)];

	(void)snprintf(text, CHAIN_LEN + 1, RCC_PACK_CHAIN "%s\"}", rcc_hex_format(hex, chain->b, CHAIN_SHOWN));
}

const char *
rcc_pack_fingerprint(char text[RCC_PACK_FINGERPRINT_SIZE], const struct rcc_key *key)
{
	(void)snprintf(text, RCC_PACK_FINGERPRINT_SIZE, "%016" PRIx64, rcc_fingerprint(key->b, sizeof key->b));
	return text;
}

static void
sign_bytes(uint8_t bytes[sizeof pack_label - 1 + RCC_HASH_SIZE], const struct rcc_hash *digest)
{
	memcpy(bytes, pack_label, sizeof pack_label - 1);
	memcpy(bytes + sizeof pack_label - 1, digest->b, sizeof digest->b);
}

/* The only spelling of a last line: a reader writes it again and compares, so that each of its bytes counts. */
static size_t
last_text(char text[RCC_PACK_LAST_MAX], const struct last *last)
{
	char digest[RCC_HEX_SIZE(RCC_HASH_SIZE)];
	char key[RCC_KEY_TEXT_SIZE];
	char fingerprint[RCC_PACK_FINGERPRINT_SIZE];
	char signature[RCC_HEX_SIZE(RCC_SIGNATURE_SIZE)];
	int len;

	rcc_hex_format(digest, last->digest.b, sizeof last->digest.b);
	if (last->is_signed)
		len = snprintf(text, RCC_PACK_LAST_MAX,
		               SIGNED_START ",\"lines\":%" PRIu32 ",\"digest\":\"%s\",\"fingerprint\":\"%s\"" KEY_MEMBER
		                            "%s\"" SIGNATURE_MEMBER "%s\"}\n",
		               last->lines, digest, rcc_pack_fingerprint(fingerprint, &last->key),
		               rcc_key_format(key, &last->key),
		               rcc_hex_format(signature, last->signature.b, sizeof last->signature.b));
	else
		len = snprintf(text, RCC_PACK_LAST_MAX, UNSIGNED_START ",\"lines\":%" PRIu32 ",\"digest\":\"%s\"}\n",
		               last->lines, digest);
	assert(len > 0 && len < RCC_PACK_LAST_MAX);
	return (size_t)len;
}

void
rcc_pack_begin(struct rcc_pack *pack, char *text, size_t size)
{
	assert(size >= RCC_PACK_LAST_MAX);
	*pack = (struct rcc_pack){.text = text, .size = size};
}

enum rcc_status
rcc_pack_add(struct rcc_pack *pack, const char *object, size_t len)
{
	char chain[CHAIN_LEN + 1];

	assert(len > 2 && object[len - 1] == '}');
	/* The chain takes the place of the closing brace, and brings one. */
	size_t body = len - 1;
	if (body + CHAIN_LEN + 1 + RCC_PACK_LAST_MAX > pack->size - pack->len)
		return RCC_E_FULL;
	pack->chain = chain_next(&pack->chain, object, body);
	chain_text(chain, &pack->chain);
	memcpy(pack->text + pack->len, object, body);
	memcpy(pack->text + pack->len + body, chain, CHAIN_LEN);
	pack->len += body + CHAIN_LEN;
	pack->text[pack->len++] = '\n';
	pack->lines++;
	return RCC_OK;
}

void
rcc_pack_end(struct rcc_pack *pack, const struct rcc_sign_key *key)
{
	struct last last = {.lines = pack->lines, .digest = digest_of(pack->text, pack->len)};
	uint8_t bytes[sizeof pack_label - 1 + RCC_HASH_SIZE];
	char text[RCC_PACK_LAST_MAX];

	if (key != NULL) {
		last.is_signed = true;
		last.key = key->public_key;
		sign_bytes(bytes, &last.digest);
		(void)crypto_sign_detached(last.signature.b, NULL, bytes, sizeof bytes, key->secret);
	}
	size_t len = last_text(text, &last);
	assert(len <= pack->size - pack->len);
	memcpy(pack->text + pack->len, text, len);
	pack->len += len;
}

/* ---- reading: hostile bytes ---- */

static bool
starts_with(const char *text, size_t len, const char *start)
{
	size_t want = strlen(start);

	return len >= want && memcmp(text, start, want) == 0;
}

/* A line of exactly this chain; updates it. */
static bool
take_line(struct rcc_hash *chain, const char *line, size_t len)
{
	char wanted[CHAIN_LEN + 1];

	if (len <= CHAIN_LEN)
		return false;
	*chain = chain_next(chain, line, len - CHAIN_LEN);
	chain_text(wanted, chain);
	return memcmp(line + len - CHAIN_LEN, wanted, CHAIN_LEN) == 0;
}

/* Copies `want` characters that follow `member` in the line. */
static bool
copy_member(const char *line, size_t len, const char *member, char *ret_text, size_t want)
{
	size_t name = strlen(member);

	for (size_t i = 0; i + name + want <= len; i++) {
		if (memcmp(line + i, member, name) != 0)
			continue;
		memcpy(ret_text, line + i + name, want);
		ret_text[want] = '\0';
		return true;
	}
	return false;
}

static bool
read_signature(const char *line, size_t len, struct last *last)
{
	char key[RCC_KEY_TEXT_SIZE];
	char signature[RCC_HEX_SIZE(RCC_SIGNATURE_SIZE)];

	return copy_member(line, len, KEY_MEMBER, key, sizeof key - 1) &&
	       copy_member(line, len, SIGNATURE_MEMBER, signature, sizeof signature - 1) &&
	       rcc_key_parse(key, &last->key) == RCC_OK &&
	       rcc_hex_parse(signature, last->signature.b, sizeof last->signature.b) == RCC_OK;
}

/* The last line, which begins at text + at and has a newline. */
static enum rcc_pack_finding
check_last(const char *text, size_t at, size_t len, uint32_t lines, const struct rcc_key *trusted,
           struct rcc_key *ret_key)
{
	struct last last = {.lines = lines, .digest = digest_of(text, at)};
	char wanted[RCC_PACK_LAST_MAX];
	uint8_t bytes[sizeof pack_label - 1 + RCC_HASH_SIZE];

	last.is_signed = starts_with(text + at, len, SIGNED_START);
	if (last.is_signed && !read_signature(text + at, len, &last))
		return RCC_PACK_LINE;
	size_t wanted_len = last_text(wanted, &last);
	if (wanted_len != len || memcmp(wanted, text + at, len) != 0)
		return RCC_PACK_LINE;
	if (!last.is_signed)
		return RCC_PACK_UNSIGNED;
	*ret_key = last.key;
	sign_bytes(bytes, &last.digest);
	if (crypto_sign_verify_detached(last.signature.b, bytes, sizeof bytes, last.key.b) != 0)
		return RCC_PACK_BAD_SIGNATURE;
	if (trusted != NULL && memcmp(trusted->b, last.key.b, sizeof last.key.b) != 0)
		return RCC_PACK_OTHER_KEY;
	return RCC_PACK_WHOLE;
}

static enum rcc_status
tell(struct rcc_pack_report *report, enum rcc_pack_finding finding, uint32_t line)
{
	report->finding = finding;
	report->line = finding == RCC_PACK_WHOLE ? 0 : line;
	return finding == RCC_PACK_WHOLE ? RCC_OK : RCC_E_CORRUPT;
}

enum rcc_status
rcc_pack_verify(const char *text, size_t len, const struct rcc_key *trusted, struct rcc_pack_report *ret_report)
{
	struct rcc_hash chain = {{0}};
	size_t at = 0;

	*ret_report = (struct rcc_pack_report){.finding = RCC_PACK_CUT};
	if (!starts_with(text, len, RCC_PACK_START))
		return tell(ret_report, RCC_PACK_NO_PACK, 1);
	while (at < len) {
		const char *newline = memchr(text + at, '\n', len - at);
		if (newline == NULL)
			break;
		size_t line_len = (size_t)(newline - text) - at;
		if (starts_with(text + at, line_len, SIGNED_START) ||
		    starts_with(text + at, line_len, UNSIGNED_START)) {
			enum rcc_pack_finding finding =
			    check_last(text, at, line_len + 1, ret_report->lines, trusted, &ret_report->key);
			/* What follows is no part of what was signed. */
			if (finding == RCC_PACK_WHOLE && at + line_len + 1 != len)
				return tell(ret_report, RCC_PACK_TAIL, ret_report->lines + 2);
			return tell(ret_report, finding, ret_report->lines + 1);
		}
		if (!take_line(&chain, text + at, line_len))
			return tell(ret_report, RCC_PACK_LINE, ret_report->lines + 1);
		ret_report->lines++;
		at += line_len + 1;
	}
	return tell(ret_report, RCC_PACK_CUT, ret_report->lines + 1);
}
