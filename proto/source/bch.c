/* bch.c - shortened cyclic codes: a block is a code word when the generator divides it. */
#include "proto/source/bch.h"

#include <assert.h>

const struct rcc_bch rcc_bch_first_1 = {.generator = UINT64_C(0x26D9E3), .degree = 21};
const struct rcc_bch rcc_bch_first_2 = {.generator = UINT64_C(0x1539), .degree = 12};
const struct rcc_bch rcc_bch_second = {.generator = UINT64_C(0x1C7EB85DF3C97), .degree = 48};

bool
rcc_bch_is_good(const struct rcc_bch *code, const uint8_t *bits, size_t count)
{
	uint64_t rest = 0;

	assert(count > code->degree);
	for (size_t i = 0; i < count; i++) {
		rest = rest << 1 | bits[i];
		if ((rest >> code->degree) != 0)
			rest ^= code->generator;
	}
	return rest == 0;
}
