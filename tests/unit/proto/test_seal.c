/* Sealing, against bytes that another implementation made (Python's hashlib, RFC 8439 and the XChaCha draft by hand). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "proto/chain.h"
#include "proto/seal.h"
#include "rcc/text.h"

#define TEXT "Marco 0039-340-123"
#define SEALED                                                                                                         \
	"01a0a1a2a3a4a5a6a7a8a9aaabacadaeafc0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7"                           \
	"bdfff8b0f336a5a3d6faf7c460580081903ec301a0ae86020740c9d7607d60bed53e"

static struct rcc_seal_key key;
static struct rcc_seal_id id;
static struct rcc_seal_nonce nonce;

static int
setup(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof key.b; i++)
		key.b[i] = (uint8_t)i;
	for (size_t i = 0; i < sizeof id.b; i++)
		id.b[i] = (uint8_t)(0xa0 + i);
	for (size_t i = 0; i < sizeof nonce.b; i++)
		nonce.b[i] = (uint8_t)(0xc0 + i);
	return rcc_chain_init() == RCC_OK ? 0 : -1;
}

static size_t
close_text(uint8_t sealed[RCC_SEALED_MAX], const char *text)
{
	size_t len = 0;

	assert_int_equal(rcc_seal_close(&key, &id, &nonce, RCC_SEAL_CONTACT, (const uint8_t *)text, strlen(text),
	                                sealed, RCC_SEALED_MAX, &len),
	                 RCC_OK);
	assert_int_equal(len, strlen(text) + RCC_SEAL_OVERHEAD);
	return len;
}

static void
test_vector(void **state)
{
	uint8_t sealed[RCC_SEALED_MAX];
	char text[RCC_HEX_SIZE(RCC_SEALED_MAX)];
	uint8_t opened[RCC_CONTACT_MAX] = {0};
	struct rcc_seal_id found;
	size_t len = close_text(sealed, TEXT);

	(void)state;
	assert_string_equal(rcc_hex_format(text, sealed, len), SEALED);
	assert_int_equal(rcc_seal_id_of(sealed, len, RCC_SEAL_CONTACT, &found), RCC_OK);
	assert_memory_equal(&found, &id, sizeof id);
	assert_int_equal(rcc_seal_open(&key, RCC_SEAL_CONTACT, sealed, len, opened, sizeof opened, &len), RCC_OK);
	assert_int_equal(len, strlen(TEXT));
	assert_memory_equal(opened, TEXT, len);
}

static void
test_every_bit_counts(void **state)
{
	uint8_t sealed[RCC_SEALED_MAX];
	uint8_t opened[RCC_CONTACT_MAX] = {0};
	size_t len = close_text(sealed, TEXT);
	size_t opened_len = 4711;

	(void)state;
	for (size_t bit = 0; bit < 8 * len; bit++) {
		sealed[bit / 8] ^= (uint8_t)(1u << bit % 8);
		assert_int_equal(rcc_seal_open(&key, RCC_SEAL_CONTACT, sealed, len, opened, sizeof opened, &opened_len),
		                 RCC_E_CORRUPT);
		sealed[bit / 8] ^= (uint8_t)(1u << bit % 8);
	}
	for (size_t bit = 0; bit < 8 * sizeof key.b; bit++) {
		struct rcc_seal_key wrong = key;
		wrong.b[bit / 8] ^= (uint8_t)(1u << bit % 8);
		assert_int_equal(
		    rcc_seal_open(&wrong, RCC_SEAL_CONTACT, sealed, len, opened, sizeof opened, &opened_len),
		    RCC_E_CORRUPT);
	}
	for (size_t shorter = 0; shorter < len; shorter++)
		assert_int_equal(
		    rcc_seal_open(&key, RCC_SEAL_CONTACT, sealed, shorter, opened, sizeof opened, &opened_len),
		    RCC_E_CORRUPT);
	/* One thing is not taken for another. */
	assert_int_equal(rcc_seal_open(&key, RCC_SEAL_RECEIVED, sealed, len, opened, sizeof opened, &opened_len),
	                 RCC_E_CORRUPT);
	sealed[0] = RCC_SEAL_RECEIVED;
	assert_int_equal(rcc_seal_open(&key, RCC_SEAL_RECEIVED, sealed, len, opened, sizeof opened, &opened_len),
	                 RCC_E_CORRUPT);
	assert_int_equal(opened_len, 4711);
	assert_int_equal(opened[0], 0);
}

static void
test_sizes(void **state)
{
	uint8_t sealed[RCC_SEALED_MAX + 1];
	uint8_t opened[RCC_SEALED_MAX];
	char longest[RCC_CONTACT_MAX + 1];
	size_t len = 4711;

	(void)state;
	memset(longest, 'x', RCC_CONTACT_MAX);
	longest[RCC_CONTACT_MAX] = '\0';
	assert_int_equal(close_text(sealed, longest), RCC_CONTACT_MAX + RCC_SEAL_OVERHEAD);
	assert_int_equal(rcc_seal_open(&key, RCC_SEAL_CONTACT, sealed, RCC_CONTACT_MAX + RCC_SEAL_OVERHEAD, opened,
	                               RCC_CONTACT_MAX - 1, &len),
	                 RCC_E_TOO_LARGE);
	for (size_t size = 0; size < RCC_SEAL_OVERHEAD + 3; size++)
		assert_int_equal(rcc_seal_close(&key, &id, &nonce, RCC_SEAL_CONTACT, opened, 3, sealed, size, &len),
		                 RCC_E_TOO_LARGE);
	assert_int_equal(len, 4711);
	assert_int_equal(
	    rcc_seal_close(&key, &id, &nonce, RCC_SEAL_CONTACT, opened, SIZE_MAX, sealed, sizeof sealed, &len),
	    RCC_E_TOO_LARGE);
	/* Nothing can be sealed too. */
	assert_int_equal(
	    rcc_seal_close(&key, &id, &nonce, RCC_SEAL_CONTACT, opened, 0, sealed, RCC_SEAL_OVERHEAD, &len), RCC_OK);
	assert_int_equal(rcc_seal_open(&key, RCC_SEAL_CONTACT, sealed, len, opened, 0, &len), RCC_OK);
	assert_int_equal(len, 0);
}

static void
test_normal_form(void **state)
{
	static const struct {
		char contact[RCC_CONTACT_MAX + 1];
		const char *plain;
	} rows[] = {
	    {"+39 340 123", "39340123"},
	    {"0039340123", "39340123"},
	    {"Marco 0039-340-123", "39340123"},
	    {"0039 (340) 123, Marco", "39340123"},
	    {"+39 (0) 340 123", "39340123"},
	    {"+39(0)340.123", "39340123"},
	    {"00 39 340 123 (wife)", "39340123"},
	    {"+0039340123", "0039340123"},
	    {"cabin 12, +8816 2345 6789, deck 3", "881623456789"},
	    {"cabin 12 +881623456789", "881623456789"},
	    /* The longest; of two as long, the first. */
	    {"340123456 / +390451234567", "390451234567"},
	    {"111111 222222x333333", "111111222222"},
	    {"111111/222222", "111111"},
	    {"12345", "12345"},
	    {"room 12345", "ROOM12345"},
	    {"m/v Aurora, ch. 16", "MVAURORACH16"},
	    {"\xce\x9d\xce\xaf\xce\xba\xce\xbf\xcf\x82", "\xce\x9d\xce\xaf\xce\xba\xce\xbf\xcf\x82"},
	    {"", ""},
	    {" -?+ ", ""},
	    /* Four digits from abroad are no number: the text counts. */
	    {"000000", "000000"},
	    {"00", "00"},
	};
	char plain[RCC_CONTACT_MAX + 1];
	char longest[RCC_CONTACT_MAX + 1];

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		rcc_seal_normalise(rows[i].contact, plain);
		assert_string_equal(plain, rows[i].plain);
	}
	memset(longest, '7', RCC_CONTACT_MAX);
	longest[RCC_CONTACT_MAX] = '\0';
	rcc_seal_normalise(longest, plain);
	assert_string_equal(plain, longest);
}

static uint64_t
tag_of(const struct rcc_seal_key *secret, const char *contact)
{
	char array[RCC_CONTACT_MAX + 1] = "";

	memcpy(array, contact, strlen(contact));
	return rcc_seal_tag(secret, array);
}

static void
test_tags(void **state)
{
	struct rcc_seal_key other = key;
	uint64_t tag = tag_of(&key, "+39 340 123");

	(void)state;
	other.b[31] ^= 1;
	assert_true(tag == UINT64_C(0xfdf08d86b99b669a));
	assert_true(tag_of(&key, "0039340123") == tag);
	assert_true(tag_of(&key, "Marco 0039-340-123") == tag);
	assert_true(tag_of(&key, "+39 340 124") != tag);
	assert_true(tag_of(&other, "+39 340 123") != tag);
	assert_true(tag_of(&key, "?!") == 0);
	assert_true(tag_of(&key, "Anna") != 0);
}

static void
test_fingerprints(void **state)
{
	static const uint8_t abc[] = {'a', 'b', 'c'};
	struct rcc_seal_key other = key;

	(void)state;
	other.b[0] ^= 1;
	assert_true(rcc_seal_fingerprint(&key, abc, 3) == UINT64_C(0xa1e430436143c4de));
	assert_true(rcc_seal_fingerprint(&key, abc, 2) != rcc_seal_fingerprint(&key, abc, 3));
	assert_true(rcc_seal_fingerprint(&other, abc, 3) != rcc_seal_fingerprint(&key, abc, 3));
	assert_true(rcc_fingerprint(abc, 3) != rcc_seal_fingerprint(&key, abc, 3));
	rcc_seal_key_wipe(&other);
	for (size_t i = 0; i < sizeof other.b; i++)
		assert_int_equal(other.b[i], 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_vector), cmocka_unit_test(test_every_bit_counts),
	    cmocka_unit_test(test_sizes),  cmocka_unit_test(test_normal_form),
	    cmocka_unit_test(test_tags),   cmocka_unit_test(test_fingerprints),
	};
	return cmocka_run_group_tests(tests, setup, NULL);
}
