/*
 * geo.h - distances, bearings and times on the WGS 84 ellipsoid (PROJ's geodesic routines), as whole numbers.
 *
 * Results are rounded before anything compares or stores them, and stored in events: apply never computes them again.
 */
#ifndef RCC_CORE_GEO_H
#define RCC_CORE_GEO_H

#include "rcc/types.h"

/* Geodesic distance in whole metres; RCC_RANGE_UNKNOWN_M if either place is unknown. */
uint32_t rcc_geo_range_m(struct rcc_pos from, struct rcc_pos to);
/* True bearing from one place to another, 0..3599 tenths of a degree; RCC_BEARING_UNKNOWN_DDEG if either is unknown. */
uint32_t rcc_geo_bearing_ddeg(struct rcc_pos from, struct rcc_pos to);
/* Both at once, for the price of one. */
void rcc_geo_leg(struct rcc_pos from, struct rcc_pos to, uint32_t *ret_range_m, uint32_t *ret_bearing_ddeg);
/*
 * The speed to reckon a ship's time with: its own if it is under way, the assumed one otherwise. A ship slower than 5 kn may
 * be drifting or at anchor: what it could do is unknown. Units of 0.1 kn.
 */
uint32_t rcc_geo_speed_dkn(uint32_t sog_dkn, uint32_t assumed_dkn);
/* Minutes, rounded up, to cover a distance; RCC_ETA_UNKNOWN_MIN for an unknown distance. Pre: sog_dkn > 0. */
uint32_t rcc_geo_eta_min(uint32_t range_m, uint32_t sog_dkn);

#endif
