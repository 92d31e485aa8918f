/*
 * ais_bits.h - the bits of one AIS message out of its sentences (IEC 61162-1 VDM and VDO, ITU-R M.1371-5 annex 8).
 *
 * What is wrong with the sentences is told and stops nothing as long as the message can be read in part: a beacon in a bad
 * sentence is still a beacon.
 */
#ifndef RCC_PROTO_SOURCE_AIS_BITS_H
#define RCC_PROTO_SOURCE_AIS_BITS_H

#include "rcc/types.h"

/* Characters of six bits: nine sentences of 62 of them; the longest message, of five slots, has some 200. */
#define RCC_AIS_SIX_MAX 558
/* Sentences of one message: their number has one digit. */
#define RCC_AIS_PARTS_MAX 9
/* Message number, repeat indicator and MMSI: without them nothing is known. */
#define RCC_AIS_HEAD_BITS 38

struct rcc_ais_bits {
	uint32_t count;      /* bits, without the fill bits */
	bool is_whole;       /* no sentence is missing and every character was one of the armour */
	bool checksum_wrong; /* of one sentence at least */
	bool checksum_none;  /* a sentence has none: its end is missing, or it was typed */
	int64_t tag_at_ms;   /* the time in a tag block; 0 = none */
	uint8_t six[RCC_AIS_SIX_MAX];
};

/*
 * Reads one sentence, or those of one message, each on a line of its own, in any order. What stands behind a sentence that is
 * missing, or behind a character that is none of the armour, is left out. RCC_E_MALFORMED: other lines than AIS sentences,
 * sentences of two messages, or not even RCC_AIS_HEAD_BITS; RCC_E_TOO_LARGE.
 */
RCC_MUST_USE enum rcc_status rcc_ais_bits_read(const uint8_t *bytes, size_t len, struct rcc_ais_bits *ret_bits);

/* Are these bits there? */
bool rcc_ais_bits_has(const struct rcc_ais_bits *bits, uint32_t at, uint32_t width);
/* Fields of 1 to 30 bits. Pre: rcc_ais_bits_has(). */
uint32_t rcc_ais_bits_unsigned(const struct rcc_ais_bits *bits, uint32_t at, uint32_t width);
int32_t rcc_ais_bits_signed(const struct rcc_ais_bits *bits, uint32_t at, uint32_t width);
/* Text of up to that many six-bit characters and as many as there are; ends at the first '@', without blanks at its end. */
void rcc_ais_bits_text(const struct rcc_ais_bits *bits, uint32_t at, uint32_t chars, char *array, size_t array_size);

#endif
