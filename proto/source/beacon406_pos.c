/*
 * beacon406_pos.c - positions in first-generation messages (C/S T.001 annex A).
 *
 * A coarse position in the first protected field and a small offset in the second, which is added to or taken from its
 * degrees without regard to the hemisphere. A field at its default has degrees or seconds that do not exist.
 */
#include "proto/source/beacon406.h"

#define DEG_S 3600
#define LAT_MAX_S (90 * DEG_S)
#define LON_MAX_S (180 * DEG_S)
/* The last bit of the first protected field and of the whole message. */
#define LAST_COARSE 85u
#define LAST_LONG 144u

/*
 * Radius: half a step in latitude and in longitude at the equator, a minute of arc being 1,852 m, and the receiver's own
 * error where that is the larger part. Steps of 4 seconds: 88 m. Of 2, 4, 15 and 30 minutes: 2.7, 5.3, 19.7 and 39.3 km.
 */
#define RADIUS_4_S_M 150u
#define RADIUS_2_MIN_M 3000u
#define RADIUS_4_MIN_M 5500u
#define RADIUS_15_MIN_M 20000u
#define RADIUS_30_MIN_M 40000u

/* Where one coordinate stands: hemisphere, whole degrees, parts of a degree; the fields follow each other. */
struct coarse {
	uint32_t sign, deg_last, part_last;
	int32_t part_s;
};
/* Its offset: 1 = plus, minutes, steps of four seconds. */
struct offset {
	uint32_t sign, min_last, sec_last;
};
struct layout {
	struct coarse lat, lon;
	struct offset lat_offset, lon_offset; /* sign 0: none */
	uint32_t radius_m;
};

static const struct layout standard = {
    .lat = {65, 72, 74, 15 * 60},
    .lon = {75, 83, 85, 15 * 60},
    .lat_offset = {113, 118, 122},
    .lon_offset = {123, 128, 132},
    .radius_m = RADIUS_15_MIN_M,
};
static const struct layout national = {
    .lat = {59, 66, 71, 2 * 60},
    .lon = {72, 80, 85, 2 * 60},
    .lat_offset = {113, 115, 119},
    .lon_offset = {120, 122, 126},
    .radius_m = RADIUS_2_MIN_M,
};
/* Return link service and ELT(DT). */
static const struct layout half_degree = {
    .lat = {67, 74, 75, 30 * 60},
    .lon = {76, 84, 85, 30 * 60},
    .lat_offset = {115, 119, 123},
    .lon_offset = {124, 128, 132},
    .radius_m = RADIUS_30_MIN_M,
};
static const struct layout user = {
    .lat = {108, 115, 119, 4 * 60},
    .lon = {120, 128, 132, 4 * 60},
    .radius_m = RADIUS_4_MIN_M,
};

/* Nothing for protocols whose fields are for national use or spare. */
static const struct layout *
layout_of(const struct rcc_beacon406 *beacon)
{
	static const struct layout *const by_location[16] = {
	    [2] = &standard,  [3] = &standard,     [4] = &standard,    [5] = &standard,  [6] = &standard,
	    [7] = &standard,  [8] = &national,     [9] = &half_degree, [10] = &national, [11] = &national,
	    [12] = &standard, [13] = &half_degree, [14] = &standard,   [15] = &national,
	};
	static const struct layout *const by_user[8] = {[1] = &user, [2] = &user, [3] = &user, [6] = &user};

	if (beacon->bit[26] == 0)
		return by_location[rcc_beacon406_value(beacon, 37, 40)];
	return by_user[rcc_beacon406_value(beacon, 37, 39)];
}

/* Seconds of arc without the hemisphere; false at the default, which is 127 or 255 degrees. */
static bool
take_coarse(const struct rcc_beacon406 *beacon, const struct coarse *field, int32_t max_s, int32_t *ret_s)
{
	int32_t deg = (int32_t)rcc_beacon406_value(beacon, field->sign + 1, field->deg_last);
	int32_t part_s = (int32_t)rcc_beacon406_value(beacon, field->deg_last + 1, field->part_last) * field->part_s;

	if (part_s >= DEG_S || deg * DEG_S + part_s > max_s)
		return false;
	*ret_s = deg * DEG_S + part_s;
	return true;
}

/* False at the default, which is 60 seconds. */
static bool
take_offset(const struct rcc_beacon406 *beacon, const struct offset *field, int32_t *ret_s)
{
	int32_t min = (int32_t)rcc_beacon406_value(beacon, field->sign + 1, field->min_last);
	int32_t sec = 4 * (int32_t)rcc_beacon406_value(beacon, field->min_last + 1, field->sec_last);

	if (sec >= 60)
		return false;
	*ret_s = beacon->bit[field->sign] == 1 ? min * 60 + sec : -(min * 60 + sec);
	return true;
}

static int32_t
e7_of(int32_t arc_s, bool is_negative)
{
	/* 1e7/3600 = 25000/9, rounded half away from zero. An offset may lead across the equator. */
	int64_t value = (int64_t)arc_s * 25000;
	int64_t e7 = (value + (value < 0 ? -4 : 4)) / 9;

	return (int32_t)(is_negative ? -e7 : e7);
}

static bool
has_offset(const struct rcc_beacon406 *beacon, const struct layout *layout)
{
	if (layout->lat_offset.sign == 0 || beacon->last < LAST_LONG)
		return false;
	/* Bit 110 of a national location message: 0 = the rest is for national use. */
	return layout != &national || beacon->bit[110] == 1;
}

void
rcc_beacon406_first_pos(const struct rcc_beacon406 *beacon, bool is_rest_good, struct rcc_alert *alert)
{
	const struct layout *layout = layout_of(beacon);
	int32_t lat_s, lon_s, lat_offset_s, lon_offset_s;

	if (layout == NULL || beacon->last < (layout == &user ? LAST_LONG : LAST_COARSE) ||
	    !take_coarse(beacon, &layout->lat, LAT_MAX_S, &lat_s) ||
	    !take_coarse(beacon, &layout->lon, LON_MAX_S, &lon_s))
		return;
	alert->pos_radius_m = layout->radius_m;
	/* An offset that arrived with errors may be anything, while the coarse position stands. */
	if (is_rest_good && has_offset(beacon, layout) && take_offset(beacon, &layout->lat_offset, &lat_offset_s) &&
	    take_offset(beacon, &layout->lon_offset, &lon_offset_s) && lat_s + lat_offset_s <= LAT_MAX_S &&
	    lon_s + lon_offset_s <= LON_MAX_S) {
		lat_s += lat_offset_s;
		lon_s += lon_offset_s;
		alert->pos_radius_m = RADIUS_4_S_M;
	}
	alert->pos.lat_e7 = e7_of(lat_s, beacon->bit[layout->lat.sign] == 1);
	alert->pos.lon_e7 = e7_of(lon_s, beacon->bit[layout->lon.sign] == 1);
	alert->pos_at_ms = beacon->at_ms;
}
