/*
 * ais.c - AIS sentences: distress beacons, status 14, safety texts, and positions of ships (ITU-R M.1371-5).
 *
 * What an alert is, is decided in ais_beacon.c, from values; here the values come out of the bits. A message that is damaged
 * is for a person if it may be a beacon's or a safety text; of an ordinary one the next comes in seconds.
 */
#include <stdio.h>
#include <string.h>

#include "proto/source/ais_bits.h"
#include "proto/source/source.h"
#include "rcc/text.h"
#include "rcc/units.h"

#define TYPE_TEXT_TO_ONE 12u
#define TYPE_TEXT_TO_ALL 14u
#define TYPE_CLASS_B 18u
#define TYPE_CLASS_B_EXTENDED 19u
#define TYPE_LONG_RANGE 27u
#define STATUS_AT 38u
#define STATUS_BITS 4u
/* 1/10,000 minute in a degree, and in the 1/10 minute that message 27 counts in. */
#define UNITS_PER_DEG 600000
#define LONG_RANGE_FACTOR 1000
#define LAT_NONE (91 * UNITS_PER_DEG)
#define LON_NONE (181 * UNITS_PER_DEG)
#define LONG_RANGE_SOG_NONE 63u
#define HEADING_MAX_DEG 359u
/* A tag block further from the arrival has a wrong clock behind it, or the line is a recording. */
#define TAG_OFF_MAX_MS RCC_MS_PER_DAY

/* Where the fields of a position report begin; 0 = it has none of that name. */
struct layout {
	uint32_t status, sog, lon, lat, cog, heading, end;
};
static const struct layout class_a = {
    .status = STATUS_AT, .sog = 50, .lon = 61, .lat = 89, .cog = 116, .heading = 128, .end = 137};
static const struct layout class_b = {.sog = 46, .lon = 57, .lat = 85, .cog = 112, .heading = 124, .end = 133};
#define LON_BITS 28u
#define LAT_BITS 27u
/* Message 27 has fields of other sizes. */
static const struct layout long_range = {.status = 40, .sog = 79, .lon = 44, .lat = 62, .cog = 85, .end = 94};
#define LONG_RANGE_LON_BITS 18u
#define LONG_RANGE_LAT_BITS 17u

/* What an ordinary report tells beyond the values that make an alert. */
struct motion {
	uint32_t sog_dkn, cog_ddeg, heading_deg;
};

/* NULL: the type is no position report of a ship. */
static const struct layout *
layout_of(uint32_t type)
{
	if (type >= 1 && type <= 3)
		return &class_a;
	if (type == TYPE_CLASS_B || type == TYPE_CLASS_B_EXTENDED)
		return &class_b;
	return type == TYPE_LONG_RANGE ? &long_range : NULL;
}

/* Has the message the length that its type prescribes? Types that are not read here may have any. */
static bool
has_length(uint32_t type, uint32_t count)
{
	switch (type) {
	case 1:
	case 2:
	case 3:
	case TYPE_CLASS_B:
		return count == 168;
	case TYPE_TEXT_TO_ONE:
		return count >= 72 && count <= 1008;
	case TYPE_TEXT_TO_ALL:
		return count >= 40 && count <= 1008;
	case TYPE_CLASS_B_EXTENDED:
		return count == 312;
	case TYPE_LONG_RANGE:
		/* Some transponders fill the slot up. */
		return count == 96 || count == 168;
	default:
		return true;
	}
}

static void
take_long_range(const struct rcc_ais_bits *bits, struct rcc_ais_values *values, struct motion *motion)
{
	uint32_t sog = rcc_ais_bits_unsigned(bits, long_range.sog, 6);
	uint32_t cog = rcc_ais_bits_unsigned(bits, long_range.cog, 9);

	values->lon = rcc_ais_bits_signed(bits, long_range.lon, LONG_RANGE_LON_BITS) * LONG_RANGE_FACTOR;
	values->lat = rcc_ais_bits_signed(bits, long_range.lat, LONG_RANGE_LAT_BITS) * LONG_RANGE_FACTOR;
	motion->sog_dkn = sog < LONG_RANGE_SOG_NONE ? sog * 10 : RCC_SOG_UNKNOWN_DKN;
	motion->cog_ddeg = cog < 360 ? cog * 10 : RCC_COG_UNKNOWN_DDEG;
}

static void
take_motion(const struct rcc_ais_bits *bits, const struct layout *layout, struct rcc_ais_values *values,
            struct motion *motion)
{
	values->lon = rcc_ais_bits_signed(bits, layout->lon, LON_BITS);
	values->lat = rcc_ais_bits_signed(bits, layout->lat, LAT_BITS);
	motion->sog_dkn = rcc_ais_bits_unsigned(bits, layout->sog, 10);
	uint32_t cog = rcc_ais_bits_unsigned(bits, layout->cog, 12);
	motion->cog_ddeg = cog < RCC_COG_UNKNOWN_DDEG ? cog : RCC_COG_UNKNOWN_DDEG;
	uint32_t heading = rcc_ais_bits_unsigned(bits, layout->heading, 9);
	motion->heading_deg = heading <= HEADING_MAX_DEG ? heading : RCC_HEADING_UNKNOWN_DEG;
}

/* The values of the message, as many of them as there are. */
static void
take_values(const struct rcc_ais_bits *bits, struct rcc_ais_values *values, struct motion *motion)
{
	const struct layout *layout = layout_of(values->type);

	/* A report is one although its end is missing: status 14 counts without a place. */
	values->has_pos = layout != NULL;
	if (layout != NULL && layout->status != 0 && rcc_ais_bits_has(bits, layout->status, STATUS_BITS))
		values->status = rcc_ais_bits_unsigned(bits, layout->status, STATUS_BITS);
	if (layout != NULL && rcc_ais_bits_has(bits, 0, layout->end)) {
		if (layout == &long_range)
			take_long_range(bits, values, motion);
		else
			take_motion(bits, layout, values, motion);
	}
	if (values->type == TYPE_TEXT_TO_ONE && rcc_ais_bits_has(bits, 40, 30))
		values->dest_mmsi = rcc_ais_bits_unsigned(bits, 40, 30);
	if (values->type == TYPE_TEXT_TO_ONE || values->type == TYPE_TEXT_TO_ALL)
		rcc_ais_bits_text(bits, values->type == TYPE_TEXT_TO_ONE ? 72 : 40, RCC_AIS_TEXT_MAX, values->text,
		                  sizeof values->text);
}

static int64_t
heard_at(const struct rcc_ais_bits *bits, int64_t at_ms)
{
	int64_t off_ms = bits->tag_at_ms - at_ms;

	return bits->tag_at_ms != 0 && off_ms <= TAG_OFF_MAX_MS && off_ms >= -TAG_OFF_MAX_MS ? bits->tag_at_ms : at_ms;
}

/* False: no valid position, or no MMSI. */
static bool
take_report(const struct rcc_ais_values *values, const struct motion *motion, struct rcc_report *ret_report)
{
	struct rcc_pos pos;

	if (!values->has_pos || values->mmsi == 0 || values->mmsi > RCC_MMSI_MAX ||
	    rcc_ais_pos(values->lat, values->lon, &pos) != RCC_OK)
		return false;
	*ret_report = (struct rcc_report){
	    .mmsi = {values->mmsi},
	    .pos = pos,
	    .at_ms = values->at_ms,
	    .sog_dkn = motion->sog_dkn,
	    .cog_ddeg = motion->cog_ddeg,
	    .heading_deg = motion->heading_deg,
	    .nav_status = values->status,
	    .message_type = values->type,
	};
	return true;
}

static bool
is_beacon(uint32_t mmsi)
{
	enum rcc_station station = rcc_station_of((struct rcc_mmsi){mmsi});

	return station == RCC_STATION_SART || station == RCC_STATION_MOB || station == RCC_STATION_EPIRB;
}

/* A damaged message of a beacon that would be no alert if it were whole: its type may be what is damaged. */
static struct rcc_alert
damaged_beacon(const struct rcc_ais_values *values)
{
	struct rcc_alert alert = rcc_source_alert(RCC_SOURCE_AIS_BEACON);
	char text[RCC_TEXT_MAX + 1];
	int len = snprintf(text, sizeof text, "damaged AIS message %lu from a beacon", (unsigned long)values->type);

	alert.casualty.v = values->mmsi;
	alert.nature = RCC_NATURE_BEACON;
	rcc_text_copy_lossy(alert.text, sizeof alert.text, text, (size_t)len);
	return alert;
}

/* A message that is not as it was sent: an alert for a person, or nothing. */
static void
take_damaged(const struct rcc_ais_values *values, uint32_t marks, struct rcc_heard *heard)
{
	if (rcc_ais_beacon_alert(values, &heard->alert) == RCC_OK) {
		heard->kind = RCC_HEARD_ALERT;
	} else if (is_beacon(values->mmsi)) {
		heard->kind = RCC_HEARD_ALERT;
		heard->alert = damaged_beacon(values);
	} else {
		heard->kind = RCC_HEARD_ROUTINE;
		return;
	}
	/* One bit is between a beacon's test (15) and its distress (14): no person would see a test. */
	heard->alert.class = RCC_CLASS_LIVE;
	heard->alert.marks |= marks | RCC_ALERT_NEEDS_READING;
}

enum rcc_status
rcc_ais_decode(const struct rcc_raw *raw, struct rcc_heard *ret_heard)
{
	struct rcc_ais_bits bits;
	struct motion motion = {RCC_SOG_UNKNOWN_DKN, RCC_COG_UNKNOWN_DDEG, RCC_HEADING_UNKNOWN_DEG};

	if (rcc_ais_bits_read(raw->bytes, raw->len, &bits) != RCC_OK)
		return RCC_E_MALFORMED;
	struct rcc_ais_values values = {
	    .type = rcc_ais_bits_unsigned(&bits, 0, 6),
	    .mmsi = rcc_ais_bits_unsigned(&bits, 8, 30),
	    .status = RCC_NAV_STATUS_UNKNOWN,
	    .lat = LAT_NONE,
	    .lon = LON_NONE,
	    .at_ms = heard_at(&bits, raw->at_ms),
	};
	take_values(&bits, &values, &motion);
	if (bits.checksum_wrong || bits.checksum_none || !bits.is_whole || !has_length(values.type, bits.count)) {
		take_damaged(&values, bits.checksum_wrong ? RCC_ALERT_CHECKSUM_WRONG : 0, ret_heard);
	} else {
		bool has_report = take_report(&values, &motion, &ret_heard->report);
		bool is_alert = rcc_ais_beacon_alert(&values, &ret_heard->alert) == RCC_OK;
		ret_heard->kind = has_report ? RCC_HEARD_POSITION : RCC_HEARD_ROUTINE;
		if (is_alert)
			ret_heard->kind = RCC_HEARD_ALERT;
	}
	/* As the station says it, right or wrong: a recording that is played as live gives itself away. */
	if (ret_heard->kind == RCC_HEARD_ALERT)
		ret_heard->alert.signal_at_ms = bits.tag_at_ms;
	return RCC_OK;
}
