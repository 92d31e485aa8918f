/*
 * fuzz_source.c - any bytes as a signal of one source (RCC_FUZZ_SOURCE): something comes of them, the wire accepts it, and
 * the same bytes say the same thing twice.
 */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "proto/source/source.h"
#include "proto/wire.h"

/* 2026-11-23T03:12:07Z */
#define AT_MS INT64_C(1795403527000)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Every bound of the protocol stands in the wire's tables: what it encodes, the daemon may record. */
static size_t
encode(const struct rcc_heard *heard, uint8_t bytes[RCC_MESSAGE_MAX])
{
	static struct rcc_envelope envelope;
	size_t len = 0;

	envelope.protocol = RCC_PROTOCOL_MAX;
	envelope.id.b[0] = 1;
	envelope.class = RCC_CLASS_LIVE;
	if (heard->kind == RCC_HEARD_ALERT) {
		envelope.kind = RCC_BODY_ALERT;
		envelope.u.alert = heard->alert;
	} else {
		envelope.kind = RCC_BODY_POSITION;
		envelope.u.position = heard->report;
	}
	enum rcc_status status = rcc_wire_encode(&envelope, bytes, RCC_MESSAGE_MAX, &len);
	assert(status == RCC_OK);
	return len;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct rcc_heard heard, again;
	static uint8_t bytes[RCC_MESSAGE_MAX], bytes_again[RCC_MESSAGE_MAX];
	const struct rcc_raw raw = {.bytes = data, .len = size, .at_ms = AT_MS};

	if (size == 0 || size > RCC_RAW_WIRE_MAX)
		return 0;
	rcc_source_read(RCC_FUZZ_SOURCE, &raw, &heard);
	assert(heard.kind >= 1 && heard.kind <= RCC_HEARD_LAST);
	rcc_source_read(RCC_FUZZ_SOURCE, &raw, &again);
	assert(heard.kind == again.kind);
	if (heard.kind == RCC_HEARD_ROUTINE)
		return 0;
	size_t len = encode(&heard, bytes);
	assert(len == encode(&again, bytes_again) && memcmp(bytes, bytes_again, len) == 0);
	if (heard.kind == RCC_HEARD_ALERT)
		assert(heard.alert.raw_len > 0 && memcmp(heard.alert.raw, data, heard.alert.raw_len) == 0);
	return 0;
}
