/*
 * source.h - alert decoders: one pure function per source, values or bytes in, struct rcc_alert out.
 *
 * A new source is one file, one line in sources.def and its recordings (docs/adr). Decoders keep no state, read no
 * clock and allocate nothing.
 */
#ifndef RCC_PROTO_SOURCE_H
#define RCC_PROTO_SOURCE_H

#include "rcc/message.h"

/* Longest AIS safety text: message 14 has 968 bits for 161 six-bit characters (ITU-R M.1371-5 table 63). */
#define RCC_AIS_TEXT_MAX 161

/*
 * The fields of an AIS message that alert decoders need, in the units of ITU-R M.1371-5 as libgps gives them
 * (unscaled): the feed fills it from struct ais_t, tests from recorded values.
 */
struct rcc_ais_values {
	uint32_t type; /* message number 1..27 */
	uint32_t mmsi;
	uint32_t status;                 /* navigational status, types 1-3 and 27; RCC_NAV_STATUS_UNKNOWN otherwise */
	int32_t lat, lon;                /* 1/10,000 minute; 91 and 181 degrees = not available */
	bool has_pos;                    /* the type carries a position */
	uint32_t dest_mmsi;              /* type 12 */
	char text[RCC_AIS_TEXT_MAX + 1]; /* types 12 and 14 */
	int64_t at_ms;                   /* when it was received: AIS objects of gpsd carry no time */
};

/*
 * Decodes AIS-SART, MOB-AIS and EPIRB-AIS signals (MMSI 970, 972, 974 with status 14/15 or texts "SART ACTIVE",
 * "SART TEST", ...), status 14 on any other MMSI (RCC_SOURCE_AIS_STATUS), and safety texts 12 and 14 of other
 * stations (RCC_SOURCE_AIS_TEXT). RCC_E_AGAIN: an ordinary message, no alert in it. A beacon that states neither
 * active nor test is taken as active: nobody drowns because of a missing bit. raw is left empty.
 */
RCC_MUST_USE enum rcc_status rcc_ais_beacon_decode(const struct rcc_ais_values *values, struct rcc_alert *ret_alert);

/* AIS position in 1/10,000 minute to struct rcc_pos; RCC_E_RANGE when not available or outside the globe. */
RCC_MUST_USE enum rcc_status rcc_ais_pos(int32_t lat, int32_t lon, struct rcc_pos *ret_pos);

/* What kind of station an MMSI is (ITU-R M.585): ships, craft, beacons and so on. */
enum rcc_station {
	RCC_STATION_SHIP = 1,
	RCC_STATION_GROUP = 2,    /* 0MIDXXXXX */
	RCC_STATION_COAST = 3,    /* 00MIDXXXX */
	RCC_STATION_AIRCRAFT = 4, /* 111MIDXXX */
	RCC_STATION_CRAFT = 5,    /* 98MIDXXXX, craft of a parent ship */
	RCC_STATION_ATON = 6,     /* 99MIDXXXX */
	RCC_STATION_HANDHELD = 7, /* 8MIDXXXXX */
	RCC_STATION_SART = 8,     /* 970 */
	RCC_STATION_MOB = 9,      /* 972 */
	RCC_STATION_EPIRB = 10,   /* 974 */
	RCC_STATION_OTHER = 11,
};
enum rcc_station rcc_station_of(struct rcc_mmsi mmsi);
const char *rcc_station_word(enum rcc_station station);

#endif
