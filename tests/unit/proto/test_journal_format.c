/*
 * The worked example of docs/journal-format.md: made here, compared with the page. RCC_ACCEPT=1 writes it into the page.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "proto/chain.h"
#include "proto/wire.h"
#include "rcc/text.h"

#define PAGE RCC_SOURCE_DIR "/docs/journal-format.md"
#define BEGIN_MARK "<!-- example: made by test_journal_format -->\n"
#define END_MARK "<!-- end of example -->\n"
#define PAGE_MAX 65536
#define HEX_PER_LINE 48
#define AT_MS INT64_C(1795403527250)

static char example[PAGE_MAX];
static size_t used;
static struct rcc_envelope envelope;
static struct rcc_entry entry;
static uint8_t payload[4096];

static void __attribute__((format(printf, 1, 2))) put(const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	int len = vsnprintf(example + used, sizeof example - used, format, arguments);
	va_end(arguments);
	assert_in_range(len, 0, sizeof example - used - 1);
	used += (size_t)len;
}

static void
put_hex(const char *name, const uint8_t *bytes, size_t len)
{
	char text[RCC_HEX_SIZE(HEX_PER_LINE / 2)];
	for (size_t at = 0; at < len; at += HEX_PER_LINE / 2) {
		size_t now = len - at < HEX_PER_LINE / 2 ? len - at : HEX_PER_LINE / 2;
		put("    %-10s%s\n", at == 0 ? name : "", rcc_hex_format(text, bytes + at, now));
	}
}

static struct rcc_sign_key
example_key(void)
{
	/* RFC 8032, section 7.1, test 1: a key that everybody has. */
	static const char seed_hex[] = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
	uint8_t seed[crypto_sign_SEEDBYTES];
	struct rcc_sign_key key;
	assert_int_equal(rcc_hex_parse(seed_hex, seed, sizeof seed), RCC_OK);
	assert_int_equal(crypto_sign_seed_keypair(key.public_key.b, key.secret, seed), 0);
	return key;
}

/* Entry 1: a ship says that delivery 7 is on its disk. */
static void
make_stored(void)
{
	size_t len = 0;
	envelope.protocol = RCC_PROTOCOL_MAX;
	envelope.class = RCC_CLASS_LIVE;
	envelope.claimed_at_ms = AT_MS - 250;
	envelope.kind = RCC_BODY_STORED;
	envelope.u.stored = (struct rcc_stored){.number = 7, .stored_at_ms = AT_MS - 300};
	for (size_t i = 0; i < sizeof envelope.id.b; i++)
		envelope.id.b[i] = (uint8_t)(0xf0 + i);
	rcc_entry_clear(&entry);
	struct rcc_command *command = &entry.cause;
	assert_int_equal(rcc_wire_encode(&envelope, command->received, sizeof command->received, &len), RCC_OK);
	command->received_len = (uint32_t)len;
	command->kind = RCC_COMMAND_STORED;
	command->at_ms = AT_MS;
	command->u.stored = envelope.u.stored;
	command->origin = (struct rcc_origin){
	    .peer = {3},
	    .role = RCC_ROLE_VESSEL,
	    .msg_id = envelope.id,
	    .claimed_at_ms = envelope.claimed_at_ms,
	    .class = RCC_CLASS_LIVE,
	    .fingerprint = rcc_fingerprint(command->received, len),
	};
	memset(command->origin.key.b, 0x11, sizeof command->origin.key.b);
	entry.event_count = 1;
	entry.event[0].kind = RCC_EVENT_DELIVERY_STORED;
	entry.event[0].u.stored = (struct rcc_delivery_stored){.peer = {3}, .number = 7, .claimed_at_ms = AT_MS - 300};
}

/* Entry 2: the daemon's own clock finds a delivery unread by its ship's disk. */
static void
make_flagged(void)
{
	rcc_entry_clear(&entry);
	entry.cause.kind = RCC_COMMAND_DUE;
	entry.cause.at_ms = AT_MS + 120000;
	entry.cause.origin.role = RCC_ROLE_ADMIN;
	entry.cause.u.due = (struct rcc_due){.timer = RCC_TIMER_FLAG, .id = 2};
	entry.event_count = 1;
	entry.event[0].kind = RCC_EVENT_DELIVERIES_FLAGGED;
	struct rcc_deliveries_flagged *flagged = &entry.event[0].u.flagged;
	*flagged = (struct rcc_deliveries_flagged){.broadcast = {2}, .flag = RCC_FLAG_NOT_STORED, .count = 2};
	flagged->row[0] = (struct rcc_delivery_ref){.peer = {4}, .number = 9};
	flagged->row[1] = (struct rcc_delivery_ref){.peer = {6}, .number = 9};
}

static struct rcc_link
put_entry(const struct rcc_link *previous)
{
	size_t len = 0;
	assert_int_equal(rcc_wire_encode_entry(&entry, payload, sizeof payload, &len), RCC_OK);
	struct rcc_link link = rcc_chain_next(previous, entry.cause.at_ms, payload, len);
	assert_true(rcc_chain_verify(previous, &link, payload, len));
	put("    seq       %" PRIu64 "\n    at_ms     %" PRId64 "\n", link.seq, link.at_ms);
	put_hex("payload", payload, len);
	put_hex("hash", link.hash.b, sizeof link.hash.b);
	put("\n");
	return link;
}

static void
make_example(void)
{
	struct rcc_sign_key key = example_key();
	struct rcc_checkpoint checkpoint = {.journal = {{0}}};
	struct rcc_accepted accepted = {.is_signed = 0};
	struct rcc_link empty = {.seq = 0};
	for (size_t i = 0; i < sizeof checkpoint.journal.b; i++)
		checkpoint.journal.b[i] = (uint8_t)i;
	used = 0;
	put_hex("journal", checkpoint.journal.b, sizeof checkpoint.journal.b);
	put_hex("key", key.public_key.b, sizeof key.public_key.b);
	put("\n");
	make_stored();
	accepted.entry = put_entry(&empty);
	make_flagged();
	checkpoint.link = put_entry(&accepted.entry);
	rcc_checkpoint_sign(&key, &checkpoint);
	assert_true(rcc_checkpoint_verify(&key.public_key, &checkpoint));
	put("Checkpoint after entry 2:\n\n");
	put_hex("signature", checkpoint.signature.b, sizeof checkpoint.signature.b);
	rcc_receipt_sign(&key, &checkpoint.journal, &envelope.id, &accepted);
	put("\nReceipt for the message of entry 1 (its id is f0f1...ff):\n\n");
	put_hex("signature", accepted.signature.b, sizeof accepted.signature.b);
}

static void
accept(const char *page, const char *from, const char *to)
{
	FILE *file = fopen(PAGE, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(page, 1, (size_t)(from - page), file), from - page);
	assert_int_equal(fwrite(example, 1, used, file), used);
	assert_int_equal(fwrite(to, 1, strlen(to), file), strlen(to));
	assert_int_equal(fclose(file), 0);
}

static void
test_page_shows_what_the_code_does(void **state)
{
	(void)state;
	static char page[PAGE_MAX];
	FILE *file = fopen(PAGE, "rb");
	assert_non_null(file);
	size_t len = fread(page, 1, sizeof page - 1, file);
	assert_int_equal(fclose(file), 0);
	assert_in_range(len, 1000, sizeof page - 2);
	char *from = strstr(page, BEGIN_MARK);
	assert_non_null(from);
	from += strlen(BEGIN_MARK);
	char *to = strstr(from, END_MARK);
	assert_non_null(to);
	make_example();
	const char *accepting = getenv("RCC_ACCEPT");
	if (accepting != NULL && strcmp(accepting, "1") == 0) {
		accept(page, from, to);
		return;
	}
	assert_int_equal(to - from, used);
	assert_memory_equal(from, example, used);
}

static int
begin(void **state)
{
	(void)state;
	return rcc_chain_init() == RCC_OK ? 0 : -1;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_page_shows_what_the_code_does)};
	return cmocka_run_group_tests(tests, begin, NULL);
}
