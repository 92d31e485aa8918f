#include "feed/ais.h"

#include <string.h>

#include "rcc/text.h"

/* Type 27 counts in 1/10 minute (ITU-R M.1371-5 table 84), the others in 1/10,000 minute. */
#define LONG_RANGE_FACTOR 1000
#define LONG_RANGE_MAX (181 * 600)
/* 91 degrees in 1/10,000 minute: "not available". */
#define POSITION_NONE_LAT (91 * 600000)
#define POSITION_NONE_LON (181 * 600000)
/* Greatest values that the bit fields hold; anything else came from a broken decoder. */
#define SOG_MAX_DKN 1022u
#define BOW_MAX_M 511u
#define SIDE_MAX_M 63u
#define BYTE_MAX 255u

/* The dynamic values of one message before they are checked; lat and lon in 1/10,000 minute. */
struct motion {
	int32_t lat, lon;
	uint32_t sog_dkn, cog_ddeg, heading_deg, nav_status;
};

static bool
has_mmsi(const struct ais_t *ais)
{
	return ais->mmsi > 0 && ais->mmsi <= RCC_MMSI_MAX;
}

static uint32_t
at_most(uint32_t value, uint32_t max, uint32_t otherwise)
{
	return value <= max ? value : otherwise;
}

static void
long_range(const struct ais_t *ais, struct motion *motion)
{
	int lat = ais->type27.lat;
	int lon = ais->type27.lon;
	bool in_range =
	    lat >= -LONG_RANGE_MAX && lat <= LONG_RANGE_MAX && lon >= -LONG_RANGE_MAX && lon <= LONG_RANGE_MAX;
	motion->lat = in_range ? lat * LONG_RANGE_FACTOR : POSITION_NONE_LAT;
	motion->lon = in_range ? lon * LONG_RANGE_FACTOR : POSITION_NONE_LON;
	motion->sog_dkn =
	    ais->type27.speed < AIS_LONGRANGE_SPEED_NOT_AVAILABLE ? ais->type27.speed * 10 : RCC_SOG_UNKNOWN_DKN;
	motion->cog_ddeg = ais->type27.course < 360 ? ais->type27.course * 10 : RCC_COG_UNKNOWN_DDEG;
	motion->heading_deg = RCC_HEADING_UNKNOWN_DEG;
	motion->nav_status = ais->type27.status;
}

/* False: the type carries no ship's motion. */
static bool
motion_of(const struct ais_t *ais, struct motion *motion)
{
	switch (ais->type) {
	case 1:
	case 2:
	case 3:
		*motion = (struct motion){ais->type1.lat,    ais->type1.lon,     ais->type1.speed,
		                          ais->type1.course, ais->type1.heading, ais->type1.status};
		return true;
	case 18:
		*motion = (struct motion){ais->type18.lat,    ais->type18.lon,     ais->type18.speed,
		                          ais->type18.course, ais->type18.heading, RCC_NAV_STATUS_UNKNOWN};
		return true;
	case 19:
		*motion = (struct motion){ais->type19.lat,    ais->type19.lon,     ais->type19.speed,
		                          ais->type19.course, ais->type19.heading, RCC_NAV_STATUS_UNKNOWN};
		return true;
	case 27:
		long_range(ais, motion);
		return true;
	default:
		return false;
	}
}

enum rcc_status
rcc_feed_ais_report(const struct ais_t *ais, int64_t at_ms, struct rcc_report *ret_report)
{
	struct motion motion;
	if (!motion_of(ais, &motion)) {
		return RCC_E_AGAIN;
	}
	struct rcc_pos pos;
	if (!has_mmsi(ais) || rcc_ais_pos(motion.lat, motion.lon, &pos) != RCC_OK) {
		return RCC_E_RANGE;
	}
	*ret_report = (struct rcc_report){
	    .mmsi = {ais->mmsi},
	    .pos = pos,
	    .at_ms = at_ms,
	    .sog_dkn = at_most(motion.sog_dkn, SOG_MAX_DKN, RCC_SOG_UNKNOWN_DKN),
	    .cog_ddeg = at_most(motion.cog_ddeg, RCC_COG_UNKNOWN_DDEG - 1, RCC_COG_UNKNOWN_DDEG),
	    .heading_deg = at_most(motion.heading_deg, 359, RCC_HEADING_UNKNOWN_DEG),
	    .nav_status = at_most(motion.nav_status, RCC_NAV_STATUS_UNKNOWN, RCC_NAV_STATUS_UNKNOWN),
	    .message_type = ais->type,
	};
	return RCC_OK;
}

/* Six-bit text ends at the first '@' and is padded with spaces (ITU-R M.1371-5 annex 8, table 47). */
static void
copy_text(char *array, size_t array_size, const char *text, size_t text_size)
{
	size_t len = strnlen(text, text_size);
	const char *end = memchr(text, '@', len);
	if (end != NULL) {
		len = (size_t)(end - text);
	}
	while (len > 0 && text[len - 1] == ' ') {
		len--;
	}
	rcc_text_copy_lossy(array, array_size, text, len);
}

static void
set_size(struct rcc_static *vessel, uint32_t bow, uint32_t stern, uint32_t port, uint32_t starboard)
{
	vessel->to_bow_m = at_most(bow, BOW_MAX_M, 0);
	vessel->to_stern_m = at_most(stern, BOW_MAX_M, 0);
	vessel->to_port_m = at_most(port, SIDE_MAX_M, 0);
	vessel->to_starboard_m = at_most(starboard, SIDE_MAX_M, 0);
}

static void
static_5(const struct ais_t *ais, struct rcc_static *vessel)
{
	copy_text(vessel->name, sizeof vessel->name, ais->type5.shipname, sizeof ais->type5.shipname);
	copy_text(vessel->callsign, sizeof vessel->callsign, ais->type5.callsign, sizeof ais->type5.callsign);
	vessel->imo = ais->type5.imo;
	vessel->ship_type = at_most(ais->type5.shiptype, BYTE_MAX, 0);
	vessel->draught_dm = at_most(ais->type5.draught, BYTE_MAX, 0);
	set_size(vessel, ais->type5.to_bow, ais->type5.to_stern, ais->type5.to_port, ais->type5.to_starboard);
}

static void
static_19(const struct ais_t *ais, struct rcc_static *vessel)
{
	copy_text(vessel->name, sizeof vessel->name, ais->type19.shipname, sizeof ais->type19.shipname);
	vessel->ship_type = at_most(ais->type19.shiptype, BYTE_MAX, 0);
	set_size(vessel, ais->type19.to_bow, ais->type19.to_stern, ais->type19.to_port, ais->type19.to_starboard);
}

static void
static_24(const struct ais_t *ais, struct rcc_static *vessel)
{
	if (ais->type24.part != part_b) {
		copy_text(vessel->name, sizeof vessel->name, ais->type24.shipname, sizeof ais->type24.shipname);
	}
	if (ais->type24.part == part_a) {
		return;
	}
	copy_text(vessel->callsign, sizeof vessel->callsign, ais->type24.callsign, sizeof ais->type24.callsign);
	vessel->ship_type = at_most(ais->type24.shiptype, BYTE_MAX, 0);
	/* A craft of a parent ship sends the parent's MMSI in the place of its dimensions. */
	if (!AIS_AUXILIARY_MMSI(ais->mmsi)) {
		set_size(vessel, ais->type24.dim.to_bow, ais->type24.dim.to_stern, ais->type24.dim.to_port,
		         ais->type24.dim.to_starboard);
	}
}

static bool
states_something(const struct rcc_static *vessel)
{
	return vessel->name[0] != '\0' || vessel->callsign[0] != '\0' || vessel->imo != 0 || vessel->ship_type != 0 ||
	       vessel->to_bow_m != 0 || vessel->to_stern_m != 0 || vessel->to_port_m != 0 ||
	       vessel->to_starboard_m != 0 || vessel->draught_dm != 0;
}

enum rcc_status
rcc_feed_ais_static(const struct ais_t *ais, struct rcc_static *ret_vessel)
{
	struct rcc_static vessel = {.mmsi = {ais->mmsi}, .message_type = ais->type};
	switch (ais->type) {
	case 5:
		static_5(ais, &vessel);
		break;
	case 19:
		static_19(ais, &vessel);
		break;
	case 24:
		static_24(ais, &vessel);
		break;
	default:
		return RCC_E_AGAIN;
	}
	if (!has_mmsi(ais)) {
		return RCC_E_RANGE;
	}
	if (!states_something(&vessel)) {
		return RCC_E_AGAIN;
	}
	*ret_vessel = vessel;
	return RCC_OK;
}

void
rcc_feed_ais_values(const struct ais_t *ais, int64_t at_ms, struct rcc_ais_values *ret_values)
{
	struct rcc_ais_values values = {
	    .type = ais->type,
	    .mmsi = ais->mmsi,
	    .status = RCC_NAV_STATUS_UNKNOWN,
	    .lat = POSITION_NONE_LAT,
	    .lon = POSITION_NONE_LON,
	    .at_ms = at_ms,
	};
	struct motion motion;
	if (motion_of(ais, &motion)) {
		values.has_pos = true;
		values.lat = motion.lat;
		values.lon = motion.lon;
		values.status = at_most(motion.nav_status, RCC_NAV_STATUS_UNKNOWN, RCC_NAV_STATUS_UNKNOWN);
	}
	if (ais->type == 12) {
		values.dest_mmsi = ais->type12.dest_mmsi;
		copy_text(values.text, sizeof values.text, ais->type12.text, sizeof ais->type12.text);
	}
	if (ais->type == 14) {
		copy_text(values.text, sizeof values.text, ais->type14.text, sizeof ais->type14.text);
	}
	*ret_values = values;
}
