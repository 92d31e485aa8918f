/* Any bytes as an entry's payload: what is decoded is within its bounds, and survives being encoded again. */
#include <assert.h>
#include <string.h>

#include "proto/wire.h"
#include "support.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct rcc_entry first, second;
static uint8_t bytes[RCC_PAYLOAD_MAX];
static uint8_t again[RCC_PAYLOAD_MAX];

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t len = 0;
	size_t again_len = 0;
	if (rcc_wire_decode_entry(data, size, &first) != RCC_OK)
		return 0;
	assert(test_invalid(&rcc_map_payload, &first) == NULL);
	/* Encoded anew it can be longer than it came, and then past the bound: columns that were left out differently. */
	enum rcc_status status = rcc_wire_encode_entry(&first, bytes, sizeof bytes, &len);
	assert(status == RCC_OK || status == RCC_E_TOO_LARGE);
	if (status != RCC_OK)
		return 0;
	status = rcc_wire_decode_entry(bytes, len, &second);
	assert(status == RCC_OK);
	assert(test_difference(&rcc_map_payload, &first, &second) == NULL);
	status = rcc_wire_encode_entry(&second, again, sizeof again, &again_len);
	assert(status == RCC_OK && again_len == len && memcmp(again, bytes, len) == 0);
	return 0;
}
