/* Bytes that nobody honest sends: never a crash, never a value out of bounds, and a distress among them is still seen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "proto/wire.h"
#include "proto/wire_scan.h"
#include "support.h"

static struct rcc_envelope made, got;
static struct rcc_entry entry, entry_got;
static uint8_t bytes[RCC_PAYLOAD_MAX + 4096];
static uint8_t bent[RCC_PAYLOAD_MAX + 4096];
static uint8_t again[RCC_PAYLOAD_MAX + 4096];

static const uint8_t test_id[RCC_MSG_ID_SIZE] = {0xab, 1, 2, 3};

/* What must hold of any bytes at all. */
static enum rcc_status
survive(const uint8_t *input, size_t len)
{
	struct rcc_wire_fault fault = {.field = ""};
	enum rcc_status status = rcc_wire_decode(input, len, &got, &fault);
	if (status == RCC_OK) {
		size_t again_len = 0;
		assert_null(test_envelope_invalid(&got));
		assert_int_equal(rcc_wire_encode(&got, again, sizeof again, &again_len), RCC_OK);
	} else {
		assert_in_range(fault.reason, 1, RCC_REFUSAL_LAST);
		assert_non_null(memchr(fault.field, '\0', sizeof fault.field));
	}
	return status;
}

static void
test_every_prefix(void **state)
{
	(void)state;
	struct test_random random = {.state = 31};
	for (uint32_t kind = 0; kind <= RCC_BODY_LAST; kind++) {
		if (!test_is_body(kind))
			continue;
		size_t len = 0;
		test_generate_envelope(kind, &made, &random);
		assert_int_equal(rcc_wire_encode(&made, bytes, sizeof bytes, &len), RCC_OK);
		size_t stride = len > 4096 ? len / 4096 : 1;
		for (size_t cut = 0; cut < len; cut += stride) {
			/* At its exact length on the heap, so that a byte too far is seen by the sanitizer. */
			uint8_t *exact = test_malloc(cut + 1);
			memcpy(exact + 1, bytes, cut);
			enum rcc_status status = survive(exact + 1, cut);
			assert_int_not_equal(status, RCC_OK);
			test_free(exact);
		}
	}
}

static void
test_every_flipped_bit(void **state)
{
	(void)state;
	struct test_random random = {.state = 32};
	for (uint32_t kind = 0; kind <= RCC_BODY_LAST; kind++) {
		if (!test_is_body(kind))
			continue;
		size_t len = 0;
		test_generate_envelope(kind, &made, &random);
		assert_int_equal(rcc_wire_encode(&made, bytes, sizeof bytes, &len), RCC_OK);
		size_t bits = len > 2048 ? 2048 * 8 : len * 8;
		memcpy(bent, bytes, len);
		for (size_t bit = 0; bit < bits; bit++) {
			bent[bit / 8] ^= (uint8_t)(1u << bit % 8);
			survive(bent, len);
			bent[bit / 8] ^= (uint8_t)(1u << bit % 8);
		}
	}
}

static void
test_entries_cut_and_bent(void **state)
{
	(void)state;
	struct test_random random = {.state = 33};
	for (uint32_t kind = 1; kind <= RCC_EVENT_LAST; kind++) {
		size_t len = 0;
		test_generate_entry(&entry, 1 + kind % RCC_COMMAND_LAST, kind, 2, &random);
		entry.cause.scene.count %= 20;
		entry.cause.received_len %= 100;
		assert_int_equal(rcc_wire_encode_entry(&entry, bytes, sizeof bytes, &len), RCC_OK);
		memcpy(bent, bytes, len);
		for (size_t i = 0; i < len; i++) {
			/* A cut between two events leaves a shorter entry: the chain, not the wire, shows that. */
			if (rcc_wire_decode_entry(bytes, i, &entry_got) == RCC_OK)
				assert_null(test_invalid(&rcc_map_payload, &entry_got));
			bent[i] ^= (uint8_t)(1u << test_random_next(&random) % 8);
			if (rcc_wire_decode_entry(bent, len, &entry_got) == RCC_OK)
				assert_null(test_invalid(&rcc_map_payload, &entry_got));
			bent[i] = bytes[i];
		}
	}
	assert_int_equal(rcc_wire_decode_entry(bytes, RCC_PAYLOAD_MAX + 1, &entry_got), RCC_E_TOO_LARGE);
	assert_int_equal(rcc_wire_decode_entry(bytes, 0, &entry_got), RCC_E_RANGE);
}

static void
test_noise(void **state)
{
	(void)state;
	struct test_random random = {.state = 34};
	for (int i = 0; i < 20000; i++) {
		size_t len = (size_t)test_random_between(&random, 0, 96);
		for (size_t b = 0; b < len; b++)
			bent[b] = (uint8_t)test_random_next(&random);
		survive(bent, len);
		if (rcc_wire_decode_entry(bent, len, &entry_got) == RCC_OK)
			assert_null(test_invalid(&rcc_map_payload, &entry_got));
	}
}

/* protobuf-c 1.4.1 takes these ten bytes as a message, and refuses what it then makes of them. */
static void
test_bytes_that_change_when_encoded_again(void **state)
{
	(void)state;
	static const uint8_t trap[] = {0x22, 0x00, 0x80, 0x00, 0xfb, 0x00, 0x22, 0x00, 0x22, 0x00};
	assert_int_equal(survive(trap, sizeof trap), RCC_E_MALFORMED);
	(void)!rcc_wire_decode_entry(trap, sizeof trap, &entry_got);
	/* As an alert's body: whatever protobuf-c says, the sender is answered and the distress is seen. */
	struct rcc_wire_fault fault = {.field = ""};
	uint8_t *at = bent;
	rcc_scan_put_tag(&at, 1, RCC_WIRE_VARINT);
	rcc_scan_put_varint(&at, 1);
	rcc_scan_put_bytes(&at, 2, test_id, sizeof test_id);
	rcc_scan_put_tag(&at, 5, RCC_WIRE_VARINT);
	rcc_scan_put_varint(&at, 1);
	rcc_scan_put_bytes(&at, RCC_BODY_ALERT, trap, sizeof trap);
	assert_int_not_equal(rcc_wire_decode(bent, (size_t)(at - bent), &got, &fault), RCC_OK);
	assert_true(fault.may_be_distress);
	assert_int_equal(fault.body_kind, RCC_BODY_ALERT);
	assert_memory_equal(fault.id.b, test_id, sizeof test_id);
}

/* ---- envelopes written by hand ---- */

static uint8_t *
begin(void)
{
	uint8_t *at = bent;
	rcc_scan_put_tag(&at, 1, RCC_WIRE_VARINT);
	rcc_scan_put_varint(&at, 1);
	rcc_scan_put_bytes(&at, 2, test_id, sizeof test_id);
	rcc_scan_put_tag(&at, 5, RCC_WIRE_VARINT);
	rcc_scan_put_varint(&at, 1);
	return at;
}

static struct rcc_wire_fault
refused(const uint8_t *end, enum rcc_status status)
{
	struct rcc_wire_fault fault = {.field = ""};
	assert_int_equal(rcc_wire_decode(bent, (size_t)(end - bent), &got, &fault), status);
	return fault;
}

static void
test_unknown_body_is_unsupported(void **state)
{
	(void)state;
	static const uint32_t unknown[] = {71, 72, 200, 999};
	for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++) {
		uint8_t *at = begin();
		rcc_scan_put_bytes(&at, unknown[i], test_id, 3);
		struct rcc_wire_fault fault = refused(at, RCC_E_UNSUPPORTED);
		assert_int_equal(fault.reason, RCC_REFUSAL_UNSUPPORTED);
		assert_int_equal(fault.body_kind, unknown[i]);
		assert_false(fault.may_be_distress);
		assert_memory_equal(fault.id.b, test_id, sizeof test_id);
	}
}

static void
test_later_fields_are_ignored(void **state)
{
	(void)state;
	static const uint8_t stored[] = {0x08, 0x05};
	uint8_t *at = begin();
	rcc_scan_put_bytes(&at, 6, test_id, 3);
	rcc_scan_put_bytes(&at, RCC_BODY_STORED, stored, sizeof stored);
	rcc_scan_put_tag(&at, 1000, RCC_WIRE_VARINT);
	rcc_scan_put_varint(&at, UINT64_MAX);
	rcc_scan_put_tag(&at, 1001, RCC_WIRE_FIXED64);
	memcpy(at, test_id, 8);
	at += 8;
	rcc_scan_put_tag(&at, 1002, RCC_WIRE_FIXED32);
	memcpy(at, test_id, 4);
	at += 4;
	refused(at, RCC_OK);
	assert_int_equal(got.u.stored.number, 5);
}

static void
test_version_is_told_before_anything_else(void **state)
{
	(void)state;
	uint8_t *at = bent;
	rcc_scan_put_tag(&at, 1, RCC_WIRE_VARINT);
	rcc_scan_put_varint(&at, RCC_PROTOCOL_MAX + 1);
	rcc_scan_put_bytes(&at, 2, test_id, sizeof test_id);
	rcc_scan_put_bytes(&at, 77, test_id, 3);
	struct rcc_wire_fault fault = refused(at, RCC_E_UNSUPPORTED);
	assert_int_equal(fault.reason, RCC_REFUSAL_VERSION);
	assert_string_equal(fault.field, "protocol");
	assert_memory_equal(fault.id.b, test_id, sizeof test_id);
	/* No version at all, and one that does not fit. */
	at = bent;
	rcc_scan_put_bytes(&at, RCC_BODY_ALERT, test_id, 0);
	fault = refused(at, RCC_E_UNSUPPORTED);
	assert_int_equal(fault.reason, RCC_REFUSAL_VERSION);
	assert_true(fault.may_be_distress);
	at = bent;
	rcc_scan_put_tag(&at, 1, RCC_WIRE_VARINT);
	rcc_scan_put_varint(&at, (UINT64_C(1) << 32) + 1);
	rcc_scan_put_bytes(&at, RCC_BODY_ALERT, test_id, 0);
	assert_int_equal(refused(at, RCC_E_UNSUPPORTED).reason, RCC_REFUSAL_VERSION);
}

static void
test_header_faults_are_named(void **state)
{
	(void)state;
	static const uint8_t stored[] = {0x08, 0x05};
	/* No body. */
	uint8_t *at = begin();
	struct rcc_wire_fault fault = refused(at, RCC_E_MALFORMED);
	assert_string_equal(fault.field, "");
	assert_int_equal(fault.body_kind, 0);
	/* A short id, a short reply_to. */
	at = bent;
	rcc_scan_put_tag(&at, 1, RCC_WIRE_VARINT);
	rcc_scan_put_varint(&at, 1);
	rcc_scan_put_bytes(&at, 2, test_id, 15);
	rcc_scan_put_bytes(&at, RCC_BODY_STORED, stored, sizeof stored);
	assert_string_equal(refused(at, RCC_E_MALFORMED).field, "id");
	at = begin();
	rcc_scan_put_bytes(&at, 3, test_id, 15);
	rcc_scan_put_bytes(&at, RCC_BODY_STORED, stored, sizeof stored);
	assert_string_equal(refused(at, RCC_E_MALFORMED).field, "reply_to");
	/* A time before the epoch. */
	at = begin();
	rcc_scan_put_tag(&at, 4, RCC_WIRE_VARINT);
	rcc_scan_put_varint(&at, UINT64_MAX);
	rcc_scan_put_bytes(&at, RCC_BODY_STORED, stored, sizeof stored);
	assert_string_equal(refused(at, RCC_E_RANGE).field, "claimed_at_ms");
	/* A wrong wire type, a field given twice. */
	at = begin();
	rcc_scan_put_bytes(&at, 4, test_id, 2);
	rcc_scan_put_bytes(&at, RCC_BODY_STORED, stored, sizeof stored);
	assert_string_equal(refused(at, RCC_E_MALFORMED).field, "claimed_at_ms");
	at = begin();
	rcc_scan_put_tag(&at, 5, RCC_WIRE_VARINT);
	rcc_scan_put_varint(&at, 2);
	rcc_scan_put_bytes(&at, RCC_BODY_STORED, stored, sizeof stored);
	assert_string_equal(refused(at, RCC_E_MALFORMED).field, "class");
	/* A body that is no message. */
	at = begin();
	rcc_scan_put_tag(&at, RCC_BODY_STORED, RCC_WIRE_VARINT);
	rcc_scan_put_varint(&at, 2);
	fault = refused(at, RCC_E_MALFORMED);
	assert_int_equal(fault.body_kind, RCC_BODY_STORED);
	/* No class, no id. */
	at = bent;
	rcc_scan_put_tag(&at, 1, RCC_WIRE_VARINT);
	rcc_scan_put_varint(&at, 1);
	rcc_scan_put_bytes(&at, RCC_BODY_STORED, stored, sizeof stored);
	assert_string_equal(refused(at, RCC_E_RANGE).field, "id");
	at = bent;
	rcc_scan_put_tag(&at, 1, RCC_WIRE_VARINT);
	rcc_scan_put_varint(&at, 1);
	rcc_scan_put_bytes(&at, 2, test_id, sizeof test_id);
	rcc_scan_put_bytes(&at, RCC_BODY_STORED, stored, sizeof stored);
	assert_string_equal(refused(at, RCC_E_RANGE).field, "class");
	/* Cut off in a header field. */
	at = begin();
	rcc_scan_put_tag(&at, 3, RCC_WIRE_BYTES);
	rcc_scan_put_varint(&at, 16);
	assert_string_equal(refused(at, RCC_E_MALFORMED).field, "reply_to");
}

/* Two bodies are a contradiction; if one of them is a distress, that is the one to be told of. */
static void
test_two_bodies(void **state)
{
	(void)state;
	static const uint8_t stored[] = {0x08, 0x05};
	uint8_t *at = begin();
	rcc_scan_put_bytes(&at, RCC_BODY_STORED, stored, sizeof stored);
	rcc_scan_put_bytes(&at, RCC_BODY_ALERT_RAW, stored, sizeof stored);
	struct rcc_wire_fault fault = refused(at, RCC_E_MALFORMED);
	assert_true(fault.may_be_distress);
	assert_int_equal(fault.body_kind, RCC_BODY_ALERT_RAW);
	at = begin();
	rcc_scan_put_bytes(&at, RCC_BODY_ALERT, stored, sizeof stored);
	rcc_scan_put_bytes(&at, RCC_BODY_STORED, stored, sizeof stored);
	fault = refused(at, RCC_E_MALFORMED);
	assert_true(fault.may_be_distress);
	assert_int_equal(fault.body_kind, RCC_BODY_ALERT);
	/* An alert after a header that cannot be trusted. */
	at = begin();
	rcc_scan_put_bytes(&at, 1, test_id, 2);
	rcc_scan_put_tag(&at, RCC_BODY_ALERT, RCC_WIRE_BYTES);
	rcc_scan_put_varint(&at, 5000);
	fault = refused(at, RCC_E_MALFORMED);
	assert_true(fault.may_be_distress);
	assert_int_equal(fault.body_kind, RCC_BODY_ALERT);
	assert_string_equal(fault.field, "protocol");
}

static void
test_tags_that_are_none(void **state)
{
	(void)state;
	static const uint8_t bad[][11] = {
	    {0x00},                                                             /* field 0 */
	    {0x0b},                                                             /* a group */
	    {0x0e},                                                             /* wire type 6 */
	    {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02},       /* past 64 bits */
	    {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01}, /* past ten bytes */
	    {0xf8, 0xff, 0xff, 0xff, 0xff, 0x0f},                               /* number past 29 bits */
	    {0x80},                                                             /* cut off */
	};
	static const size_t len[] = {1, 1, 1, 10, 11, 6, 1};
	for (size_t i = 0; i < sizeof len / sizeof len[0]; i++)
		assert_int_equal(survive(bad[i], len[i]), RCC_E_MALFORMED);
}

/* A NUL inside text would hide the rest of it from whoever reads a C string. */
static void
test_text_with_a_nul_inside(void **state)
{
	(void)state;
	static const uint8_t body[] = {0x0a, 0x05, 'o', 'k', 0x00, 'n', 'o'};
	uint8_t *at = begin();
	rcc_scan_put_bytes(&at, RCC_BODY_NOT_CONFIRMED, body, sizeof body);
	struct rcc_wire_fault fault = refused(at, RCC_E_MALFORMED);
	assert_string_equal(fault.field, "not_confirmed.text");
}

/* Few bytes that ask for much memory end at the arena's bound. */
static void
test_memory_bomb(void **state)
{
	(void)state;
	uint8_t *at = begin();
	static uint8_t body[RCC_MESSAGE_MAX];
	size_t len = 0;
	for (; len + 2 <= RCC_MESSAGE_MAX - 64; len += 2) {
		body[len] = 0x0a; /* an empty Static */
		body[len + 1] = 0;
	}
	rcc_scan_put_bytes(&at, RCC_BODY_STATIC_BATCH, body, len);
	struct rcc_wire_fault fault = refused(at, RCC_E_TOO_LARGE);
	assert_string_equal(fault.field, "static_batch");
	assert_int_equal(fault.reason, RCC_REFUSAL_TOO_LARGE);
	/* And an envelope beyond its kind's size is not unpacked at all. */
	at = begin();
	rcc_scan_put_bytes(&at, RCC_BODY_ALERT_RAW, body, RCC_MESSAGE_MAX);
	fault = refused(at, RCC_E_TOO_LARGE);
	assert_string_equal(fault.field, "");
	assert_true(fault.may_be_distress);
	/* The same bomb as an entry. */
	for (size_t i = 0; i + 2 <= RCC_PAYLOAD_MAX; i += 2) {
		bent[i] = 0x12;
		bent[i + 1] = 0;
	}
	assert_int_equal(rcc_wire_decode_entry(bent, RCC_PAYLOAD_MAX, &entry_got), RCC_E_TOO_LARGE);
}

static void
test_messages_in_messages(void **state)
{
	(void)state;
	/* Event with an unset oneof, and one of a kind that nobody knows. */
	static const uint8_t unset[] = {0x0a, 0x00, 0x12, 0x00};
	assert_int_equal(rcc_wire_decode_entry(unset, sizeof unset, &entry_got), RCC_E_RANGE);
	struct test_random random = {.state = 35};
	size_t len = 0;
	test_generate_entry(&entry, RCC_COMMAND_DUE, RCC_EVENT_ALERT_JOINED, 1, &random);
	entry.event_count = 1;
	assert_int_equal(rcc_wire_encode_entry(&entry, bytes, sizeof bytes, &len), RCC_OK);
	uint8_t *at = bytes + len;
	uint8_t unknown_event[] = {0xca, 0x3e, 0x00};
	rcc_scan_put_bytes(&at, 2, unknown_event, sizeof unknown_event);
	assert_int_equal(rcc_wire_decode_entry(bytes, (size_t)(at - bytes), &entry_got), RCC_E_RANGE);
	assert_int_equal(rcc_wire_decode_entry(bytes, len, &entry_got), RCC_OK);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_every_prefix),
	    cmocka_unit_test(test_every_flipped_bit),
	    cmocka_unit_test(test_entries_cut_and_bent),
	    cmocka_unit_test(test_noise),
	    cmocka_unit_test(test_bytes_that_change_when_encoded_again),
	    cmocka_unit_test(test_unknown_body_is_unsupported),
	    cmocka_unit_test(test_later_fields_are_ignored),
	    cmocka_unit_test(test_version_is_told_before_anything_else),
	    cmocka_unit_test(test_header_faults_are_named),
	    cmocka_unit_test(test_two_bodies),
	    cmocka_unit_test(test_tags_that_are_none),
	    cmocka_unit_test(test_text_with_a_nul_inside),
	    cmocka_unit_test(test_memory_bomb),
	    cmocka_unit_test(test_messages_in_messages),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
