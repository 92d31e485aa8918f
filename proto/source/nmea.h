/*
 * nmea.h - one sentence of IEC 61162-1 (NMEA 0183) cut into fields; its tag block (NMEA 4.10) and checksum looked at.
 *
 * Used by decoders of sentences. A wrong checksum is told and stops nothing: what looks like distress is for a person.
 */
#ifndef RCC_PROTO_SOURCE_NMEA_H
#define RCC_PROTO_SOURCE_NMEA_H

#include "rcc/types.h"

/* Longest line taken, tag block included: a sentence has 82 characters, extended ones and tag blocks more. */
#define RCC_NMEA_LINE_MAX 1023
/* Fields after the address: DSE has 3 and two for each of up to some 20 data items. */
#define RCC_NMEA_FIELDS_MAX 64

enum rcc_nmea_checksum { RCC_NMEA_CHECKSUM_GOOD = 1, RCC_NMEA_CHECKSUM_WRONG = 2, RCC_NMEA_CHECKSUM_NONE = 3 };

struct rcc_nmea {
	char start;      /* '$' or '!' */
	char address[8]; /* talker and formatter: "CDDSC" */
	uint32_t count;  /* fields after the address */
	const char *field[RCC_NMEA_FIELDS_MAX];
	enum rcc_nmea_checksum checksum;
	int64_t tag_at_ms;                /* the tag block's "c:" time; 0 = none */
	char line[RCC_NMEA_LINE_MAX + 1]; /* what the fields point into */
};

/*
 * Cuts a line. RCC_E_MALFORMED: no sentence (no '$' or '!', no address of five letters, not printable ASCII);
 * RCC_E_TOO_LARGE: more characters or fields than the limits. A line feed ends the sentence; a second one in the same
 * bytes is for the caller (*ret_used tells how many bytes the first took).
 */
RCC_MUST_USE enum rcc_status rcc_nmea_split(const uint8_t *bytes, size_t len, struct rcc_nmea *ret_nmea,
                                            size_t *ret_used);

/* The n-th field after the address from 0; "" if it is not there. */
const char *rcc_nmea_field(const struct rcc_nmea *nmea, uint32_t n);
/* Does the address end in this formatter of three letters? */
bool rcc_nmea_is(const struct rcc_nmea *nmea, const char *formatter);
/* A field of 1 to 10 decimal digits and nothing else; false otherwise. */
bool rcc_nmea_number(const char *field, uint64_t *ret_value);

#endif
