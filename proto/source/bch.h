/*
 * bch.h - the three BCH codes of Cospas-Sarsat 406 MHz messages: is a block one of its code words?
 *
 * Checked, not corrected: a corrected bit is a guess, and these messages name ships. One flipped bit is always found.
 */
#ifndef RCC_PROTO_SOURCE_BCH_H
#define RCC_PROTO_SOURCE_BCH_H

#include "rcc/types.h"

struct rcc_bch {
	uint64_t generator; /* from x^degree down to 1 */
	uint32_t degree;    /* parity bits at the end of a block */
};

/* C/S T.001 annex B: BCH(82,61) over bits 25-106 and BCH(38,26) over bits 107-144. */
extern const struct rcc_bch rcc_bch_first_1, rcc_bch_first_2;
/* C/S T.018 appendix B: BCH(250,202) over the whole message. */
extern const struct rcc_bch rcc_bch_second;

/* One bit per byte, data first, then parity. Pre: count > code->degree. */
bool rcc_bch_is_good(const struct rcc_bch *code, const uint8_t *bits, size_t count);

#endif
