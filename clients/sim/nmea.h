/*
 * nmea.h - NMEA 0183 / IEC 61162-1 sentences: AIVDM around AIS bits, RMC and GGA of a GNSS receiver. Pure.
 */
#ifndef RCC_SIM_NMEA_H
#define RCC_SIM_NMEA_H

#include <stddef.h>

#include "sim/ais_encode.h"

/* A sentence from its start to CR LF, by the standard; and the most that one AIS message or fix makes of them. */
#define RCC_NMEA_SENTENCE_MAX 82
#define RCC_NMEA_TEXT_SIZE (4 * RCC_NMEA_SENTENCE_MAX + 1)

/* XOR of all characters. */
uint8_t rcc_nmea_checksum(const char *text, size_t len);

/*
 * AIVDM sentences of one message, each ended by CR LF; returns the length. `channel` is 'A' or 'B'; `sequence` (0..9)
 * joins the sentences of one message.
 */
size_t rcc_nmea_ais(char text[RCC_NMEA_TEXT_SIZE], const struct rcc_ais_bits *bits, char channel, uint32_t sequence);

struct rcc_nmea_fix {
	int64_t at_ms; /* UTC */
	double lat_deg, lon_deg;
	double sog_kn, cog_deg;
};
/* RMC and GGA of one fix, each ended by CR LF; returns the length. */
size_t rcc_nmea_gnss(char text[RCC_NMEA_TEXT_SIZE], const struct rcc_nmea_fix *fix);

#endif
