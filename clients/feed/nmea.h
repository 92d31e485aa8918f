/*
 * nmea.h - the little that a feed must know of a line of NMEA 0183 (IEC 61162-1) that gpsd passes on verbatim. Pure.
 */
#ifndef RCC_FEED_NMEA_H
#define RCC_FEED_NMEA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Longest raw line looked at; gpsd's packets are shorter. The rest of a longer line is cut. */
#define RCC_FEED_RAW_LINE_MAX 1023

/* Removes line ends and trailing blanks in place. */
void rcc_feed_nmea_trim(char *line);

/* "dsc" for $--DSC, "dse" for $--DSE (any two-letter talker), NULL for anything else. */
const char *rcc_feed_nmea_dsc(const char *line);

/*
 * True if this is a whole one-sentence !--VDM whose message number and MMSI are these: the line that gpsd made the
 * message from, to be kept as evidence.
 */
bool rcc_feed_nmea_carries(const char *line, uint32_t type, uint32_t mmsi);

#endif
