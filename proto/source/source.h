/*
 * source.h - alert decoders: one pure function per source, bytes in, what they say out.
 *
 * A new source is one file, one line in sources.def and its recordings (docs/sources.md). Decoders keep no state, read
 * no clock and allocate nothing. What a decoder cannot read is never dropped: rcc_source_read() makes it an alert for a
 * person to read, with the bytes.
 */
#ifndef RCC_PROTO_SOURCE_H
#define RCC_PROTO_SOURCE_H

#include "rcc/message.h"

/* What one sentence, text or burst turned out to be. */
enum rcc_heard_kind {
	/*
	 * Persons are or may be in danger, or a call about them: `alert`. Its marks tell a revision (adds to what the same
	 * casualty said before), an acknowledgement (alert.relay is the station that gave it) and a withdrawal.
	 */
	RCC_HEARD_ALERT = 1,
	RCC_HEARD_POSITION = 2, /* a routine position: `report`; raises nothing */
	RCC_HEARD_ROUTINE = 3,  /* read and understood, and nobody is in danger: counted, nothing else */
};
#define RCC_HEARD_LAST RCC_HEARD_ROUTINE

struct rcc_heard {
	enum rcc_heard_kind kind;
	struct rcc_alert alert;
	struct rcc_report report; /* a decoder may state it beside an alert too: mmsi 0 = it does not */
};

/* The bytes of one signal as they came. */
struct rcc_raw {
	const uint8_t *bytes; /* borrowed for the call */
	size_t len;           /* 1..RCC_RAW_WIRE_MAX */
	int64_t at_ms;        /* when it was received: many formats state a time of day and no date */
};

/*
 * A decoder: RCC_OK and *ret_heard (cleared by the caller, alert.source, class and pos unset), or RCC_E_MALFORMED with it
 * untouched when the bytes are not this source's or cannot be read. An alert of which a part cannot be read is RCC_OK with
 * what was read and RCC_ALERT_NEEDS_READING: it waits for a person too. alert.raw and alert.raw_len are not its business.
 */
typedef enum rcc_status rcc_source_decode_fn(const struct rcc_raw *raw, struct rcc_heard *ret_heard);

#define RCC_SOURCE(name, cut, what) rcc_source_decode_fn rcc_##name##_decode;
#include "proto/source/sources.def"
#undef RCC_SOURCE

/* Several texts in one file or pipe, which the feed cuts: bytes of the first one, 1..len (0 for len 0). */
typedef size_t rcc_source_length_fn(const uint8_t *bytes, size_t len);
/* All of it is one text. */
rcc_source_length_fn rcc_whole_length;
/* Each line is one: up to its line end, which belongs to none. */
rcc_source_length_fn rcc_line_length;

/* One line of sources.def. */
struct rcc_source_entry {
	const char *name; /* as in AlertRaw.source_name */
	const char *what; /* one line for people */
	rcc_source_decode_fn *decode;
	rcc_source_length_fn *length;
};
/* By index from 0; NULL past the last. */
const struct rcc_source_entry *rcc_source_at(size_t index);
/* NULL if no source has this name. */
const struct rcc_source_entry *rcc_source_find(const char *name);

/*
 * Reads a signal by the name of its source. Total: what no decoder can read becomes an alert marked
 * RCC_ALERT_NEEDS_READING. alert.raw holds the bytes, up to RCC_RAW_MAX of them (RCC_ALERT_RAW_CUT). Pre: raw->len > 0.
 */
void rcc_source_read(const char *name, const struct rcc_raw *raw, struct rcc_heard *ret_heard);

/* ---- what decoders share ---- */

/* An empty alert of a source: live, no position. */
struct rcc_alert rcc_source_alert(enum rcc_source source);

/* Bytes of a signal without the blanks and line ends at its end, which would be question marks in the text that ships see. */
size_t rcc_source_trimmed(const struct rcc_raw *raw);

/*
 * A time of day (UTC) without a date: the instant nearest to the arrival that has it, of two equally near the earlier. 0 if
 * there is no such time of day.
 */
int64_t rcc_source_time(uint32_t hour, uint32_t minute, int64_t at_ms);

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
RCC_MUST_USE enum rcc_status rcc_ais_beacon_alert(const struct rcc_ais_values *values, struct rcc_alert *ret_alert);

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
