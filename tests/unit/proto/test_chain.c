/* The chain, checkpoints and receipts, against vectors that another implementation made (Python's hashlib, OpenSSL). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sodium.h>
#include <string.h>

#include "proto/chain.h"
#include "rcc/text.h"

#define AT_MS INT64_C(1795403527250)
#define HASH_1 "75b85f330671ca6017e52e7963db78d65226df5a4349af5523e106d00e01a122"
#define HASH_2 "d0d8bcb6241fcb9826968a26bdba339d1fb71520fae6bf791e9d014827f1c6da"
/* Key pair of RFC 8032, section 7.1, test 1. */
#define SEED "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
#define PUBLIC_KEY "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
#define CHECKPOINT_SIGNATURE                                                                                           \
	"192e1ba7fd2c6aec6022370516ebd845985f1dc3ac5053dee111d737e3985c9c"                                             \
	"be0c3f638529ca9d649c5bcb1ef77bf35ba6178cefbea1ae0538a9fcf48c3903"
#define RECEIPT_SIGNATURE                                                                                              \
	"50e0918111c44d0bc2e5b092d4373b8913da040b0de0a191d50a4ad27b18208b"                                             \
	"0dd5644e701974e19625893ef677d61790f1a9d0d20e453fcd7278d81edd5d0f"
#define CHECKPOINT_LINE                                                                                                \
	"rcc-checkpoint-1 000102030405060708090a0b0c0d0e0f 1 1795403527250 " HASH_1 " " CHECKPOINT_SIGNATURE

static const uint8_t first[] = {'f', 'i', 'r', 's', 't'};

static struct rcc_sign_key
key_of_rfc_8032(void)
{
	struct rcc_sign_key key;
	uint8_t seed[crypto_sign_SEEDBYTES];
	assert_int_equal(rcc_hex_parse(SEED, seed, sizeof seed), RCC_OK);
	assert_int_equal(crypto_sign_seed_keypair(key.public_key.b, key.secret, seed), 0);
	return key;
}

static struct rcc_checkpoint
checkpoint_of_entry_1(void)
{
	struct rcc_checkpoint checkpoint = {.link = {.seq = 1, .at_ms = AT_MS}};
	for (size_t i = 0; i < sizeof checkpoint.journal.b; i++)
		checkpoint.journal.b[i] = (uint8_t)i;
	assert_int_equal(rcc_hex_parse(HASH_1, checkpoint.link.hash.b, sizeof checkpoint.link.hash.b), RCC_OK);
	return checkpoint;
}

static void
assert_hex(const uint8_t *bytes, size_t len, const char *wanted)
{
	char text[RCC_HEX_SIZE(RCC_SIGNATURE_SIZE)];
	assert_string_equal(rcc_hex_format(text, bytes, len), wanted);
}

static void
test_hashes(void **state)
{
	(void)state;
	struct rcc_link empty = {0};
	struct rcc_link one = rcc_chain_next(&empty, AT_MS, first, sizeof first);
	assert_int_equal(one.seq, 1);
	assert_true(one.at_ms == AT_MS);
	assert_hex(one.hash.b, sizeof one.hash.b, HASH_1);
	struct rcc_link two = rcc_chain_next(&one, AT_MS, first, 0);
	assert_hex(two.hash.b, sizeof two.hash.b, HASH_2);
	assert_true(rcc_chain_verify(&empty, &one, first, sizeof first));
	assert_true(rcc_chain_verify(&one, &two, first, 0));
}

static void
test_verify_sees_every_change(void **state)
{
	(void)state;
	uint8_t payload[] = {'f', 'i', 'r', 's', 't'};
	struct rcc_link before = {.seq = 6, .at_ms = AT_MS, .hash = {{1}}};
	struct rcc_link good = rcc_chain_next(&before, AT_MS + 5, payload, sizeof payload);
	assert_true(rcc_chain_verify(&before, &good, payload, sizeof payload));
	for (size_t bit = 0; bit < 8 * sizeof payload; bit++) {
		payload[bit / 8] ^= (uint8_t)(1u << bit % 8);
		assert_false(rcc_chain_verify(&before, &good, payload, sizeof payload));
		payload[bit / 8] ^= (uint8_t)(1u << bit % 8);
	}
	assert_false(rcc_chain_verify(&before, &good, payload, sizeof payload - 1));
	struct rcc_link bent = good;
	bent.seq++;
	assert_false(rcc_chain_verify(&before, &bent, payload, sizeof payload));
	bent = good;
	bent.at_ms++;
	assert_false(rcc_chain_verify(&before, &bent, payload, sizeof payload));
	bent = good;
	bent.hash.b[31] ^= 1;
	assert_false(rcc_chain_verify(&before, &bent, payload, sizeof payload));
	bent = before;
	bent.hash.b[0] ^= 1;
	assert_false(rcc_chain_verify(&bent, &good, payload, sizeof payload));
	/* A clock that ran backwards, well hashed. */
	bent = rcc_chain_next(&before, AT_MS - 1, payload, sizeof payload);
	assert_false(rcc_chain_verify(&before, &bent, payload, sizeof payload));
	/* And the end of numbers. */
	before.seq = UINT64_MAX;
	bent = rcc_chain_next(&before, AT_MS, payload, sizeof payload);
	assert_false(rcc_chain_verify(&before, &bent, payload, sizeof payload));
}

static void
test_checkpoint(void **state)
{
	(void)state;
	struct rcc_sign_key key = key_of_rfc_8032();
	struct rcc_checkpoint checkpoint = checkpoint_of_entry_1();
	assert_hex(key.public_key.b, sizeof key.public_key.b, PUBLIC_KEY);
	rcc_checkpoint_sign(&key, &checkpoint);
	assert_hex(checkpoint.signature.b, sizeof checkpoint.signature.b, CHECKPOINT_SIGNATURE);
	assert_true(rcc_checkpoint_verify(&key.public_key, &checkpoint));
	struct rcc_checkpoint bent = checkpoint;
	bent.journal.b[15] ^= 1;
	assert_false(rcc_checkpoint_verify(&key.public_key, &bent));
	bent = checkpoint;
	bent.link.seq++;
	assert_false(rcc_checkpoint_verify(&key.public_key, &bent));
	bent = checkpoint;
	bent.link.at_ms--;
	assert_false(rcc_checkpoint_verify(&key.public_key, &bent));
	bent = checkpoint;
	bent.link.hash.b[0] ^= 1;
	assert_false(rcc_checkpoint_verify(&key.public_key, &bent));
	bent = checkpoint;
	bent.signature.b[63] ^= 1;
	assert_false(rcc_checkpoint_verify(&key.public_key, &bent));
	struct rcc_sign_key other;
	rcc_sign_key_generate(&other);
	assert_false(rcc_checkpoint_verify(&other.public_key, &checkpoint));
}

static void
test_receipt(void **state)
{
	(void)state;
	struct rcc_sign_key key = key_of_rfc_8032();
	struct rcc_checkpoint checkpoint = checkpoint_of_entry_1();
	struct rcc_accepted accepted = {.entry = checkpoint.link};
	struct rcc_msg_id id;
	for (size_t i = 0; i < sizeof id.b; i++)
		id.b[i] = (uint8_t)(0xf0 + i);
	assert_false(rcc_receipt_verify(&key.public_key, &checkpoint.journal, &id, &accepted));
	rcc_receipt_sign(&key, &checkpoint.journal, &id, &accepted);
	assert_int_equal(accepted.is_signed, 1);
	assert_hex(accepted.signature.b, sizeof accepted.signature.b, RECEIPT_SIGNATURE);
	assert_true(rcc_receipt_verify(&key.public_key, &checkpoint.journal, &id, &accepted));
	id.b[0] ^= 1;
	assert_false(rcc_receipt_verify(&key.public_key, &checkpoint.journal, &id, &accepted));
	id.b[0] ^= 1;
	accepted.entry.seq++;
	assert_false(rcc_receipt_verify(&key.public_key, &checkpoint.journal, &id, &accepted));
	accepted.entry.seq--;
	accepted.is_signed = 0;
	assert_false(rcc_receipt_verify(&key.public_key, &checkpoint.journal, &id, &accepted));
	/* A checkpoint's signature is no receipt. */
	rcc_checkpoint_sign(&key, &checkpoint);
	accepted.is_signed = 1;
	accepted.signature = checkpoint.signature;
	assert_false(rcc_receipt_verify(&key.public_key, &checkpoint.journal, &id, &accepted));
}

static void
test_keys(void **state)
{
	(void)state;
	struct rcc_sign_key one;
	struct rcc_sign_key two;
	static const struct rcc_sign_key wiped;
	rcc_sign_key_generate(&one);
	rcc_sign_key_generate(&two);
	assert_memory_not_equal(&one.public_key, &two.public_key, sizeof one.public_key);
	rcc_sign_key_wipe(&one);
	assert_memory_equal(&one, &wiped, sizeof one);
}

static void
test_fingerprint(void **state)
{
	(void)state;
	static const uint8_t abc[] = {'a', 'b', 'c'};
	/* BLAKE2b-256 of "abc" begins bddd813c63423972, of nothing 0e5751c026e543b2. */
	assert_true(rcc_fingerprint(abc, 3) == UINT64_C(0xbddd813c63423972));
	assert_true(rcc_fingerprint(abc, 0) == UINT64_C(0x0e5751c026e543b2));
}

static void
test_checkpoint_line(void **state)
{
	(void)state;
	struct rcc_sign_key key = key_of_rfc_8032();
	struct rcc_checkpoint checkpoint = checkpoint_of_entry_1();
	struct rcc_checkpoint back;
	char text[RCC_CHECKPOINT_TEXT_SIZE];
	rcc_checkpoint_sign(&key, &checkpoint);
	rcc_checkpoint_format(text, &checkpoint);
	assert_string_equal(text, CHECKPOINT_LINE);
	assert_int_equal(rcc_checkpoint_parse(text, &back), RCC_OK);
	assert_true(rcc_checkpoint_verify(&key.public_key, &back));
	/* The longest there can be. */
	checkpoint.link.seq = INT64_MAX;
	checkpoint.link.at_ms = INT64_MAX;
	rcc_checkpoint_format(text, &checkpoint);
	assert_int_equal(rcc_checkpoint_parse(text, &back), RCC_OK);
	assert_true(back.link.seq == INT64_MAX && back.link.at_ms == INT64_MAX);
}

static void
test_checkpoint_line_refused(void **state)
{
	(void)state;
	struct rcc_checkpoint back = {.link = {.seq = 7}};
	char line[2 * RCC_CHECKPOINT_TEXT_SIZE];
	static const char *const bad[] = {
	    "",
	    "rcc-checkpoint-1",
	    "rcc-checkpoint-2 000102030405060708090a0b0c0d0e0f 1 2 " HASH_1 " " CHECKPOINT_SIGNATURE,
	    "rcc-checkpoint-1 000102030405060708090a0b0c0d0e 1 2 " HASH_1 " " CHECKPOINT_SIGNATURE,
	    "rcc-checkpoint-1 000102030405060708090a0b0c0d0e0f -1 2 " HASH_1 " " CHECKPOINT_SIGNATURE,
	    "rcc-checkpoint-1 000102030405060708090a0b0c0d0e0f 01 2 " HASH_1 " " CHECKPOINT_SIGNATURE,
	    "rcc-checkpoint-1 000102030405060708090a0b0c0d0e0f 1:2 2 " HASH_1 " " CHECKPOINT_SIGNATURE,
	    "rcc-checkpoint-1 000102030405060708090a0b0c0d0e0f  2 " HASH_1 " " CHECKPOINT_SIGNATURE,
	    "rcc-checkpoint-1 000102030405060708090a0b0c0d0e0f 1 9223372036854775808 " HASH_1 " " CHECKPOINT_SIGNATURE,
	    "rcc-checkpoint-1 000102030405060708090a0b0c0d0e0f 1 10000000000000000000 " HASH_1 " " CHECKPOINT_SIGNATURE,
	    "rcc-checkpoint-1 000102030405060708090a0b0c0d0e0f 1 2 00 " CHECKPOINT_SIGNATURE,
	    "rcc-checkpoint-1 000102030405060708090a0b0c0d0e0f 1 2 " HASH_1 " 00",
	    CHECKPOINT_LINE "\n",
	    CHECKPOINT_LINE " x",
	};
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_int_equal(rcc_checkpoint_parse(bad[i], &back), RCC_E_MALFORMED);
	memset(line, 'x', sizeof line);
	line[sizeof line - 1] = '\0';
	assert_int_equal(rcc_checkpoint_parse(line, &back), RCC_E_TOO_LARGE);
	assert_int_equal(back.link.seq, 7);
}

static int
begin(void **state)
{
	(void)state;
	/* Twice is as good as once. */
	return rcc_chain_init() == RCC_OK && rcc_chain_init() == RCC_OK ? 0 : -1;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_hashes),
	    cmocka_unit_test(test_verify_sees_every_change),
	    cmocka_unit_test(test_checkpoint),
	    cmocka_unit_test(test_receipt),
	    cmocka_unit_test(test_keys),
	    cmocka_unit_test(test_fingerprint),
	    cmocka_unit_test(test_checkpoint_line),
	    cmocka_unit_test(test_checkpoint_line_refused),
	};
	return cmocka_run_group_tests(tests, begin, NULL);
}
