/*
 * dsc_expansion.h - the expansion of a DSC call (ITU-R M.821) out of one DSE sentence, or of several that belong together.
 *
 * A DSE states how many sentences the expansion has and which of them it is (IEC 61162-1); sentences after the first may
 * leave out what has not changed, the ship's identity too. Private to dsc.c. Pure; what is read lies with the caller.
 */
#ifndef RCC_PROTO_SOURCE_DSC_EXPANSION_H
#define RCC_PROTO_SOURCE_DSC_EXPANSION_H

#include "proto/source/dsc_fields.h"

/* How the text of an expansion begins. */
#define EXPANSION_LEAD "adds to a DSC call"
/* Sentences of one expansion: their number has one digit. */
#define EXPANSION_PARTS_MAX 9

/* What one sentence says, or all of an expansion; and what a DSE needs of the call before it. */
struct said {
	struct rcc_heard heard;
	struct words words;
	struct place place;
	enum rcc_nmea_checksum checksum;
	bool is_dse;
	bool is_sound;
	char address[SHOWN_MAX + 1];
	/* of an expansion */
	uint32_t total;   /* sentences; 0 = not stated in a way that can be read */
	uint32_t have;    /* bit n - 1: sentence n is there */
	uint32_t unnamed; /* the same of sentences that leave out whose they are */
};

/* Reads a DSE into *ret_said, which is cleared. */
void rcc_dsc_expansion_begin(const struct rcc_nmea *nmea, struct said *ret_said);
/* Is this sound DSE one more sentence of that expansion? One that names no ship must come after those that are there. */
bool rcc_dsc_expansion_continues(const struct said *said, const struct rcc_nmea *nmea);
/* Adds it. Pre: it continues the expansion. */
void rcc_dsc_expansion_add(const struct rcc_nmea *nmea, struct said *said);
/* No more will come: completes the text. Sentences that are not there are told. */
void rcc_dsc_expansion_end(struct said *said);

#endif
