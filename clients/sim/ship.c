#include "sim/ship.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "rcc/units.h"

#define RAD_PER_DEG 0.017453292519943295
/* A ship turns when there is no water this far ahead. */
#define LOOK_AHEAD_NM 1.5
/* Turns tried at one point; 30 degrees each go once around. */
#define TURNS_MAX 12
/* Throws for a place in the water: the area fills well over a third of its box. */
#define THROWS_MAX 1000
#define STATUS_ENGINE 0u
#define STATUS_ANCHOR 1u
#define STATUS_FISHING 7u
#define STATUS_SAILING 8u

/* A kind of ship, how common it is in the strait, and its measures. */
struct kind {
	uint32_t share; /* per cent; the rows add up to 100 */
	uint32_t ship_type;
	bool is_class_a;
	uint32_t nav_status;
	uint32_t sog_min_dkn, sog_max_dkn;
	uint32_t length_min_m, length_max_m;
	uint32_t draught_max_dm;
};
static const struct kind kinds[] = {
    {22, 70, true, STATUS_ENGINE, 100, 155, 80, 229, 120}, /* cargo */
    {8, 71, true, STATUS_ENGINE, 140, 210, 180, 398, 155}, /* container */
    {14, 80, true, STATUS_ENGINE, 100, 145, 90, 274, 150}, /* tanker */
    {4, 60, true, STATUS_ENGINE, 160, 240, 90, 290, 75},   /* passenger */
    {2, 40, true, STATUS_ENGINE, 250, 340, 40, 110, 30},   /* fast ferry */
    {14, 30, true, STATUS_FISHING, 25, 60, 18, 38, 40},    /* trawler */
    {3, 52, true, STATUS_ENGINE, 60, 110, 22, 45, 50},     /* tug */
    {2, 51, true, STATUS_ENGINE, 80, 280, 18, 80, 40},     /* search and rescue */
    {2, 55, true, STATUS_ENGINE, 60, 260, 20, 100, 40},    /* law enforcement */
    {3, 90, true, STATUS_ENGINE, 40, 120, 50, 120, 60},    /* research, offshore supply */
    {10, 30, false, STATUS_ENGINE, 20, 70, 8, 17, 0},      /* small fishing boat */
    {9, 36, false, STATUS_SAILING, 30, 75, 9, 20, 0},      /* sailing yacht */
    {7, 37, false, STATUS_ENGINE, 60, 240, 8, 24, 0},      /* motor yacht */
};
#define KIND_COUNT (sizeof kinds / sizeof kinds[0])

/* Flags of the strait: identification digits (ITU) and how their call signs begin. */
struct flag {
	uint32_t mid;
	const char *callsign;
	bool is_local; /* small craft fly these */
};
static const struct flag flags[] = {
    {247, "I", true},   {672, "TS", true},  {215, "9H", true},  {642, "5A", true},  {229, "9H", false},
    {352, "3F", false}, {371, "3E", false}, {636, "D5", false}, {538, "V7", false}, {477, "VR", false},
    {563, "9V", false}, {241, "SV", false}, {209, "5B", false}, {308, "C6", false}, {271, "TC", false},
    {224, "EA", false}, {226, "F", false},  {257, "LA", false}, {244, "PC", false}, {211, "D", false},
};
#define FLAG_COUNT (sizeof flags / sizeof flags[0])
#define LOCAL_FLAG_COUNT 4

static const char *const first_words[] = {
    "STELLA",   "AURORA", "NADIR", "CALYPSO", "ORIENT",  "SANTA",   "PORTO", "ALBA",   "MISTRAL", "LEVANTE", "NORDIC",
    "ATLANTIC", "IONIAN", "GULF",  "CAPE",    "EASTERN", "PACIFIC", "ROYAL", "GOLDEN", "SILVER",  "BLUE",    "GRAND",
};
static const char *const second_words[] = {
    "STAR", "MARE",  "WAVE",   "SPIRIT",  "PIONEER", "ROSA",    "TRADER",  "BREEZE", "VENTURE", "LIBERTA", "HORIZON",
    "BAY",  "PEARL", "GALAXY", "VOYAGER", "FALCON",  "DOLPHIN", "HARMONY", "SUN",    "CLIPPER", "GIULIA",  "FORTUNE",
};
static const char *const ports[] = {
    "IT AUG", "MT MAR", "TN SFA", "EG PSD", "ES ALG", "GR PIR",
    "LY TIP", "IT POZ", "TR IST", "FR FOS", "IT LMP", "TN TUN",
};
#define COUNT_OF(array) ((uint32_t)(sizeof(array) / sizeof(array)[0]))

static const struct kind *
pick_kind(struct rcc_random *random)
{
	uint32_t draw = rcc_random_below(random, 100);

	for (size_t i = 0; i < KIND_COUNT; i++) {
		if (draw < kinds[i].share) {
			return &kinds[i];
		}
		draw -= kinds[i].share;
	}
	assert(false && "the shares do not add up to 100");
	return &kinds[0];
}

/* Seven digits of which the last checks the others (IMO resolution A.1117(30)). */
static uint32_t
imo_number(struct rcc_random *random)
{
	uint32_t six = rcc_random_between(random, 900000, 989999);
	uint32_t sum = 0;
	uint32_t rest = six;

	for (uint32_t weight = 2; weight <= 7; weight++) {
		sum += rest % 10 * weight;
		rest /= 10;
	}
	return six * 10 + sum % 10;
}

static void
make_callsign(struct rcc_ship *ship, const struct flag *flag, struct rcc_random *random)
{
	char *callsign = ship->callsign;

	(void)snprintf(callsign, sizeof ship->callsign, "%s", flag->callsign);
	for (size_t len = strlen(callsign); len < 5; len++) {
		callsign[len] = (char)('A' + rcc_random_below(random, 26));
	}
	callsign[5] = (char)('0' + rcc_random_below(random, 10));
	callsign[6] = '\0';
}

static void
make_shape(struct rcc_ship *ship, const struct kind *kind, struct rcc_random *random)
{
	uint32_t length = rcc_random_between(random, kind->length_min_m, kind->length_max_m);
	uint32_t beam = length / 7 + 2;

	/* Antenna above the bridge: aft on merchant ships. */
	ship->to_stern_m = length / 6;
	ship->to_bow_m = length - ship->to_stern_m;
	ship->to_port_m = beam / 2;
	ship->to_starboard_m = beam - beam / 2;
	if (kind->draught_max_dm > 0) {
		ship->draught_dm = rcc_random_between(random, kind->draught_max_dm / 2, kind->draught_max_dm);
	}
}

static void
make_place(struct rcc_ship *ship, const struct rcc_area *area, struct rcc_random *random)
{
	double south;
	double north;
	double west;
	double east;

	rcc_area_bounds(area, &south, &north, &west, &east);
	for (int i = 0; i < THROWS_MAX; i++) {
		ship->lat_deg = south + rcc_random_unit(random) * (north - south);
		ship->lon_deg = west + rcc_random_unit(random) * (east - west);
		if (rcc_area_is_water(area, ship->lat_deg, ship->lon_deg)) {
			return;
		}
	}
	assert(false && "an area without water");
}

static void
make_motion(struct rcc_ship *ship, const struct kind *kind, struct rcc_random *random)
{
	ship->nav_status = kind->nav_status;
	ship->sog_kn = rcc_random_between(random, kind->sog_min_dkn, kind->sog_max_dkn) / 10.0;
	/* Merchants follow the strait, north-west to south-east or back; boats go anywhere. */
	if (kind->length_max_m >= 80) {
		double lane = rcc_random_below(random, 2) == 0 ? 122.0 : 302.0;
		ship->cog_deg = fmod(lane + rcc_random_unit(random) * 30.0 - 15.0 + 360.0, 360.0);
	} else {
		ship->cog_deg = rcc_random_unit(random) * 360.0;
	}
	if (ship->is_class_a && kind->length_max_m >= 80 && rcc_random_below(random, 20) == 0) {
		ship->nav_status = STATUS_ANCHOR;
		ship->sog_kn = 0.0;
	}
}

void
rcc_ship_make(struct rcc_ship *ship, const struct rcc_area *area, uint32_t index, int64_t now_ms,
              struct rcc_random *random)
{
	const struct kind *kind = pick_kind(random);
	bool is_small = kind->length_max_m < 50;
	const struct flag *flag = &flags[rcc_random_below(random, is_small ? LOCAL_FLAG_COUNT : FLAG_COUNT)];

	assert(index < 1000000);
	memset(ship, 0, sizeof *ship);
	ship->is_class_a = kind->is_class_a;
	ship->is_long_range = kind->is_class_a && index % 25 == 7;
	ship->ship_type = kind->ship_type;
	/* 7919 has no factor in common with a million: no two indices meet. */
	ship->mmsi = flag->mid * 1000000 + (uint32_t)((index + UINT64_C(1)) * 7919 % 1000000);
	if (kind->is_class_a && !is_small) {
		ship->imo = imo_number(random);
	}
	(void)snprintf(ship->name, sizeof ship->name, "%s %s",
	               first_words[rcc_random_below(random, COUNT_OF(first_words))],
	               second_words[rcc_random_below(random, COUNT_OF(second_words))]);
	(void)snprintf(ship->destination, sizeof ship->destination, "%s",
	               ports[rcc_random_below(random, COUNT_OF(ports))]);
	make_callsign(ship, flag, random);
	make_shape(ship, kind, random);
	make_place(ship, area, random);
	make_motion(ship, kind, random);
	ship->at_ms = now_ms;
}

void
rcc_sail(double *lat_deg, double *lon_deg, double cog_deg, double distance_nm)
{
	double c = cog_deg * RAD_PER_DEG;

	*lon_deg += distance_nm * sin(c) / 60.0 / cos(*lat_deg * RAD_PER_DEG);
	*lat_deg += distance_nm * cos(c) / 60.0;
}

void
rcc_ship_sail(struct rcc_ship *ship, const struct rcc_area *area, int64_t now_ms, struct rcc_random *random)
{
	double distance_nm = ship->sog_kn * (double)(now_ms - ship->at_ms) / (double)RCC_MS_PER_HOUR;

	ship->at_ms = now_ms;
	if (ship->sog_kn < 0.1) {
		return;
	}
	/* The helm is never quite steady. */
	ship->cog_deg = fmod(ship->cog_deg + rcc_random_unit(random) * 0.6 - 0.3 + 360.0, 360.0);
	for (int turn = 0; turn < TURNS_MAX; turn++) {
		double lat = ship->lat_deg;
		double lon = ship->lon_deg;
		rcc_sail(&lat, &lon, ship->cog_deg, distance_nm + LOOK_AHEAD_NM);
		if (rcc_area_is_water(area, lat, lon)) {
			rcc_sail(&ship->lat_deg, &ship->lon_deg, ship->cog_deg, distance_nm);
			return;
		}
		ship->cog_deg = fmod(ship->cog_deg + 30.0, 360.0);
	}
}

int64_t
rcc_ship_interval_ms(const struct rcc_ship *ship)
{
	if (!ship->is_class_a) {
		return ship->sog_kn <= 2.0 ? 3 * RCC_MS_PER_MIN : 30 * RCC_MS_PER_S;
	}
	if (ship->nav_status == STATUS_ANCHOR && ship->sog_kn <= 3.0) {
		return 3 * RCC_MS_PER_MIN;
	}
	if (ship->sog_kn <= 14.0) {
		return 10 * RCC_MS_PER_S;
	}
	return ship->sog_kn <= 23.0 ? 6 * RCC_MS_PER_S : 2 * RCC_MS_PER_S;
}

int32_t
rcc_ais_units(double deg)
{
	return (int32_t)lround(deg * 600000.0);
}

struct rcc_ais_message
rcc_ship_position(const struct rcc_ship *ship)
{
	bool is_moving = ship->sog_kn >= 0.1;

	return (struct rcc_ais_message){
	    .type = ship->is_class_a ? RCC_AIS_POSITION_A : RCC_AIS_POSITION_B,
	    .mmsi = ship->mmsi,
	    .nav_status = ship->nav_status,
	    .rot = 0,
	    .is_accurate = ship->is_class_a,
	    .sog_dkn = (uint32_t)lround(ship->sog_kn * 10.0),
	    .cog_ddeg = is_moving ? (uint32_t)lround(ship->cog_deg * 10.0) % 3600 : 3600,
	    /* Class B sets seldom have a compass. */
	    .heading_deg = ship->is_class_a ? (uint32_t)lround(ship->cog_deg) % 360 : 511,
	    .lon = rcc_ais_units(ship->lon_deg),
	    .lat = rcc_ais_units(ship->lat_deg),
	    .second = (uint32_t)(ship->at_ms / 1000 % 60),
	};
}

struct rcc_ais_message
rcc_ship_long_range(const struct rcc_ship *ship)
{
	struct rcc_ais_message message = rcc_ship_position(ship);

	message.type = RCC_AIS_LONG_RANGE;
	return message;
}

struct rcc_ais_message
rcc_ship_static(const struct rcc_ship *ship, uint32_t part)
{
	struct rcc_ais_message message = {
	    .type = ship->is_class_a ? RCC_AIS_STATIC_A : RCC_AIS_STATIC_B,
	    .mmsi = ship->mmsi,
	    .part = part,
	    .imo = ship->imo,
	    .ship_type = ship->ship_type,
	    .to_bow_m = ship->to_bow_m,
	    .to_stern_m = ship->to_stern_m,
	    .to_port_m = ship->to_port_m,
	    .to_starboard_m = ship->to_starboard_m,
	    .draught_dm = ship->draught_dm,
	    .hour = 24, /* ETA not available */
	    .minute = 60,
	};

	memcpy(message.callsign, ship->callsign, sizeof message.callsign);
	memcpy(message.name, ship->name, sizeof message.name);
	memcpy(message.destination, ship->destination, sizeof message.destination);
	return message;
}
