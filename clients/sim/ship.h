/*
 * ship.h - one simulated ship: what it is, how it moves, what it says on AIS.
 */
#ifndef RCC_SIM_SHIP_H
#define RCC_SIM_SHIP_H

#include "sim/ais_encode.h"
#include "sim/area.h"
#include "sim/random.h"

struct rcc_ship {
	/* what it is */
	bool is_class_a;
	bool is_long_range; /* answers satellites too: message 27 */
	uint32_t mmsi, imo, ship_type;
	uint32_t to_bow_m, to_stern_m, to_port_m, to_starboard_m, draught_dm;
	char name[RCC_AIS_NAME_MAX + 1];
	char callsign[RCC_AIS_CALLSIGN_MAX + 1];
	char destination[RCC_AIS_NAME_MAX + 1];
	/* where it is */
	double lat_deg, lon_deg, sog_kn, cog_deg;
	uint32_t nav_status;
	int64_t at_ms; /* the time of that place */
};

/* The index-th ship of a fleet: MMSIs differ for any two below 1,000,000. */
void rcc_ship_make(struct rcc_ship *ship, const struct rcc_area *area, uint32_t index, int64_t now_ms,
                   struct rcc_random *random);
/* Sails on to a time, keeping its course as long as there is water ahead. */
void rcc_ship_sail(struct rcc_ship *ship, const struct rcc_area *area, int64_t now_ms, struct rcc_random *random);
/* How long between two position reports, ITU-R M.1371-5 tables 1 and 2: by class, speed and status. */
int64_t rcc_ship_interval_ms(const struct rcc_ship *ship);

/* What it says. STATIC_B: part 0 or 1. */
struct rcc_ais_message rcc_ship_position(const struct rcc_ship *ship);
struct rcc_ais_message rcc_ship_long_range(const struct rcc_ship *ship);
struct rcc_ais_message rcc_ship_static(const struct rcc_ship *ship, uint32_t part);

/* Degrees to 1/10,000 minute. */
int32_t rcc_ais_units(double deg);
/* Moves a place along a course; flat within the step. */
void rcc_sail(double *lat_deg, double *lon_deg, double cog_deg, double distance_nm);

#endif
