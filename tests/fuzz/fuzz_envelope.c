/*
 * Any bytes as an envelope: what is decoded is within its bounds, and encodes to bytes that decode to the same; what is
 * refused names a reason, leaves the output alone, and never loses sight of a distress that a plain decoder would see.
 */
#include <assert.h>
#include <string.h>

#include "proto/wire.h"
#include "proto/wire_scan.h"
#include "support.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct rcc_envelope first, second;
static uint8_t bytes[RCC_PAYLOAD_MAX + 4096];
static uint8_t again[RCC_PAYLOAD_MAX + 4096];

/* Enough of the struct to see whether a refusal wrote to it. */
#define MARK_SIZE 4096

static void
check_refusal(const uint8_t *data, size_t size, const struct rcc_wire_fault *fault)
{
	assert(fault->reason >= RCC_REFUSAL_MALFORMED && fault->reason <= RCC_REFUSAL_LAST);
	assert(memchr(fault->field, '\0', sizeof fault->field) != NULL);
	for (size_t i = 0; i < MARK_SIZE; i++)
		assert(((const uint8_t *)&first)[i] == 0xa5);
	struct rcc_scan scan = {.at = data, .end = data + size};
	struct rcc_scan_field field = {.number = 0};
	while (rcc_scan_next(&scan, &field) == RCC_SCAN_FIELD) {
		if (field.number == RCC_BODY_ALERT || field.number == RCC_BODY_ALERT_RAW)
			assert(fault->may_be_distress);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct rcc_wire_fault fault = {.field = ""};
	size_t len = 0;
	size_t again_len = 0;
	memset(&first, 0xa5, MARK_SIZE);
	if (rcc_wire_decode(data, size, &first, &fault) != RCC_OK) {
		check_refusal(data, size, &fault);
		return 0;
	}
	assert(test_envelope_invalid(&first) == NULL);
	enum rcc_status status = rcc_wire_encode(&first, bytes, sizeof bytes, &len);
	assert(status == RCC_OK);
	status = rcc_wire_decode(bytes, len, &second, &fault);
	assert(status == RCC_OK);
	assert(test_envelope_difference(&first, &second) == NULL);
	status = rcc_wire_encode(&second, again, sizeof again, &again_len);
	assert(status == RCC_OK && again_len == len && memcmp(again, bytes, len) == 0);
	return 0;
}
