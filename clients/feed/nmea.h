/*
 * nmea.h - the little that a feed must know of a line of NMEA 0183 (IEC 61162-1) to send it the right way. Pure.
 */
#ifndef RCC_FEED_NMEA_H
#define RCC_FEED_NMEA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rcc/status.h"

/* Longest raw line of gpsd looked at; its packets are shorter. The rest of a longer line is cut. */
#define RCC_FEED_RAW_LINE_MAX 1023

/* Removes line ends and trailing blanks in place. */
void rcc_feed_nmea_trim(char *line);

/*
 * Where in the line a $--DSC or $--DSE (any two-letter talker) begins: behind a tag block, or behind the noise of a line that
 * was just opened. NULL: nowhere.
 */
const uint8_t *rcc_feed_nmea_dsc(const uint8_t *line, size_t len);
/* The same for !--VDM and !--VDO. */
const uint8_t *rcc_feed_nmea_ais(const uint8_t *line, size_t len);

/* What tells which AIS sentences belong together. */
struct rcc_feed_part {
	uint32_t total, number; /* 1..9 */
	char key[16];           /* address, sequence number and channel */
};
/* RCC_E_MALFORMED: no AIS sentence, or one that does not state its parts. */
RCC_MUST_USE enum rcc_status rcc_feed_nmea_part(const uint8_t *line, size_t len, struct rcc_feed_part *ret_part);

/*
 * True if this is a whole one-sentence !--VDM whose message number and MMSI are these: the line that gpsd made the
 * message from, to be kept as evidence.
 */
bool rcc_feed_nmea_carries(const char *line, uint32_t type, uint32_t mmsi);

#endif
