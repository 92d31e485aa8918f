/* The form of a pack: what is written verifies, and of what was written no byte can be another one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "proto/pack.h"
#include "rcc/text.h"

/* Key pair of RFC 8032, section 7.1, test 1. */
#define SEED "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
#define HEAD RCC_PACK_START "\"centre\":\"MRCC TEST\"}"
#define CALL "{\"class\":\"CALL\",\"seq\":7,\"text\":\"MAYDAY RELAY\"}"
#define HEAD_CHAIN "\"chain\":\"15487cf1c1f19d3916cb8b186486887a\"}\n"
#define CALL_CHAIN "\"chain\":\"dee1edc197f8b5844fd2c6ce3048171c\"}\n"
#define PACK_SIGNATURE                                                                                                 \
	"231732cdc27cbc308e73229b818d7276ead96d3c046c76901f9592f3d88d3635"                                             \
	"5dc7917908436e877148183a8aae06f963d66dcde3106595c7cf19d72bc4d10a"
#define FINGERPRINT "7849ac3049680be1"

static char text[RCC_PACK_BYTES_MAX], other[RCC_PACK_BYTES_MAX];

static struct rcc_sign_key
key_of_rfc_8032(void)
{
	struct rcc_sign_key key;
	uint8_t seed[crypto_sign_SEEDBYTES];

	assert_int_equal(rcc_hex_parse(SEED, seed, sizeof seed), RCC_OK);
	assert_int_equal(crypto_sign_seed_keypair(key.public_key.b, key.secret, seed), 0);
	return key;
}

static void
add(struct rcc_pack *pack, const char *object)
{
	assert_int_equal(rcc_pack_add(pack, object, strlen(object)), RCC_OK);
}

static size_t
make(const struct rcc_sign_key *key)
{
	struct rcc_pack pack;

	rcc_pack_begin(&pack, text, sizeof text);
	add(&pack, HEAD);
	add(&pack, CALL);
	add(&pack, "{\"class\":\"ANSWER\",\"seq\":9,\"answer\":\"proceeding\"}");
	rcc_pack_end(&pack, key);
	return pack.len;
}

static void
assert_finding(const char *bytes, size_t len, const struct rcc_key *trusted, enum rcc_pack_finding finding,
               uint32_t line)
{
	struct rcc_pack_report report;
	enum rcc_status status = rcc_pack_verify(bytes, len, trusted, &report);

	assert_int_equal(report.finding, finding);
	assert_int_equal(report.line, line);
	assert_int_equal(status, finding == RCC_PACK_WHOLE ? RCC_OK : RCC_E_CORRUPT);
}

static void
test_whole(void **state)
{
	struct rcc_sign_key key = key_of_rfc_8032();
	struct rcc_pack_report report;
	size_t len = make(&key);

	(void)state;
	assert_int_equal(rcc_pack_verify(text, len, &key.public_key, &report), RCC_OK);
	assert_int_equal(report.lines, 3);
	assert_memory_equal(report.key.b, key.public_key.b, sizeof key.public_key.b);
	/* With the key that it states it verifies too, and proves less. */
	assert_finding(text, len, NULL, RCC_PACK_WHOLE, 0);
}

/* Another implementation (Python's hashlib, OpenSSL) gave these. */
static void
test_vector(void **state)
{
	struct rcc_sign_key key = key_of_rfc_8032();
	size_t len = make(&key);

	(void)state;
	text[len] = '\0';
	assert_non_null(strstr(text, HEAD_CHAIN));
	assert_non_null(strstr(text, CALL_CHAIN));
	assert_non_null(strstr(text, PACK_SIGNATURE));
}

static void
test_every_byte_counts(void **state)
{
	struct rcc_sign_key key = key_of_rfc_8032();
	struct rcc_pack_report report;
	size_t len = make(&key);

	(void)state;
	for (size_t i = 0; i < len; i++) {
		for (unsigned bit = 0; bit < 8; bit++) {
			text[i] = (char)((unsigned char)text[i] ^ (1u << bit));
			assert_int_equal(rcc_pack_verify(text, len, &key.public_key, &report), RCC_E_CORRUPT);
			assert_int_equal(rcc_pack_verify(text, len, NULL, &report), RCC_E_CORRUPT);
			assert_in_range(report.line, 1, 5);
			text[i] = (char)((unsigned char)text[i] ^ (1u << bit));
		}
	}
	assert_finding(text, len, &key.public_key, RCC_PACK_WHOLE, 0);
}

static void
test_every_cut_is_found(void **state)
{
	struct rcc_sign_key key = key_of_rfc_8032();
	struct rcc_pack_report report;
	size_t len = make(&key);

	(void)state;
	for (size_t i = 0; i < len; i++)
		assert_int_equal(rcc_pack_verify(text, i, &key.public_key, &report), RCC_E_CORRUPT);
	assert_finding(text, 0, NULL, RCC_PACK_NO_PACK, 1);
	assert_finding(text, len - 1, NULL, RCC_PACK_CUT, 4);
}

/* Where each line begins, and where the last one ends. */
static void
find_lines(size_t len, size_t at[6])
{
	size_t count = 0;

	at[count++] = 0;
	for (size_t i = 0; i < len; i++) {
		if (text[i] == '\n')
			at[count++] = i + 1;
	}
	assert_int_equal(count, 5);
}

static size_t
put_line(size_t to, const size_t at[6], size_t line)
{
	memcpy(other + to, text + at[line], at[line + 1] - at[line]);
	return to + at[line + 1] - at[line];
}

static void
test_lines_have_their_place(void **state)
{
	static const struct {
		size_t line[6];
		size_t count;
		enum rcc_pack_finding finding;
		uint32_t bad;
	} cases[] = {
	    {{0, 2, 3}, 3, RCC_PACK_LINE, 2},       /* missing */
	    {{0, 2, 1, 3}, 4, RCC_PACK_LINE, 2},    /* in another order */
	    {{0, 1, 1, 2, 3}, 5, RCC_PACK_LINE, 3}, /* twice */
	    {{0, 1, 3}, 3, RCC_PACK_LINE, 3},       /* the last fact is missing */
	    {{1, 2, 3}, 3, RCC_PACK_NO_PACK, 1},    /* without a head */
	    {{0, 1, 2}, 3, RCC_PACK_CUT, 4},        /* without a signature */
	    {{0, 1, 2, 3, 3}, 5, RCC_PACK_TAIL, 5}, /* signed twice */
	    {{0, 1, 2, 3, 2}, 5, RCC_PACK_TAIL, 5}, /* something behind it */
	};
	struct rcc_sign_key key = key_of_rfc_8032();
	size_t at[6];

	(void)state;
	find_lines(make(&key), at);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		size_t len = 0;
		for (size_t line = 0; line < cases[i].count; line++)
			len = put_line(len, at, cases[i].line[line]);
		assert_finding(other, len, &key.public_key, cases[i].finding, cases[i].bad);
	}
}

/* A forger who can write a chain cannot write a signature; one who has a key has another one. */
static void
test_keys(void **state)
{
	struct rcc_sign_key key = key_of_rfc_8032();
	struct rcc_sign_key forger;
	char signature[RCC_PACK_LAST_MAX];
	struct rcc_pack pack;

	(void)state;
	size_t len = make(&key);
	char *last = strstr(text, "{\"class\":\"SIGNATURE\"");
	assert_non_null(last);
	snprintf(signature, sizeof signature, "%.*s", (int)(text + len - last), last);
	/* Another pack whose last line is right but for the signature, which is of the first. */
	rcc_pack_begin(&pack, text, sizeof text);
	add(&pack, HEAD);
	add(&pack, CALL);
	add(&pack, "{\"class\":\"ANSWER\",\"seq\":9,\"answer\":\"unable\"}");
	rcc_pack_end(&pack, &key);
	text[pack.len] = '\0';
	char *ours = strstr(text, "\"signature\":\"");
	char *theirs = strstr(signature, "\"signature\":\"");
	assert_non_null(ours);
	assert_non_null(theirs);
	memcpy(ours, theirs, strlen(theirs));
	assert_finding(text, pack.len, &key.public_key, RCC_PACK_BAD_SIGNATURE, 4);

	rcc_sign_key_generate(&forger);
	len = make(&forger);
	assert_finding(text, len, &key.public_key, RCC_PACK_OTHER_KEY, 4);
	assert_finding(text, len, NULL, RCC_PACK_WHOLE, 0);
}

static void
test_unsigned(void **state)
{
	size_t len = make(NULL);

	(void)state;
	assert_finding(text, len, NULL, RCC_PACK_UNSIGNED, 4);
	text[len - 3] ^= 1;
	assert_finding(text, len, NULL, RCC_PACK_LINE, 4);
}

static void
test_room(void **state)
{
	static const char object[] = "{\"class\":\"CALL\",\"seq\":7}";
	static char small[2048];
	struct rcc_sign_key key = key_of_rfc_8032();
	struct rcc_pack pack;

	(void)state;
	rcc_pack_begin(&pack, small, sizeof small);
	add(&pack, HEAD);
	while (rcc_pack_add(&pack, object, sizeof object - 1) == RCC_OK)
		assert_in_range(pack.lines, 1, 100);
	/* What did not fit left nothing behind, and the signature has its room. */
	rcc_pack_end(&pack, &key);
	assert_finding(small, pack.len, &key.public_key, RCC_PACK_WHOLE, 0);
}

static void
test_fingerprint(void **state)
{
	struct rcc_sign_key key = key_of_rfc_8032();
	char fingerprint[RCC_PACK_FINGERPRINT_SIZE];

	(void)state;
	assert_string_equal(rcc_pack_fingerprint(fingerprint, &key.public_key), FINGERPRINT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_whole),
	    cmocka_unit_test(test_vector),
	    cmocka_unit_test(test_every_byte_counts),
	    cmocka_unit_test(test_every_cut_is_found),
	    cmocka_unit_test(test_lines_have_their_place),
	    cmocka_unit_test(test_keys),
	    cmocka_unit_test(test_unsigned),
	    cmocka_unit_test(test_room),
	    cmocka_unit_test(test_fingerprint),
	};
	if (rcc_chain_init() != RCC_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
