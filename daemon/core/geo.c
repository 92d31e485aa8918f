#include "core/geo.h"

#include <assert.h>
#include <geodesic.h>
#include <math.h>

#include "rcc/units.h"

/* WGS 84 (EPSG:7030). */
#define EARTH_A_M 6378137.0
#define EARTH_F (1.0 / 298.257223563)

#define UNDER_WAY_DKN 50

void
rcc_geo_leg(struct rcc_pos from, struct rcc_pos to, uint32_t *ret_range_m, uint32_t *ret_bearing_ddeg)
{
	struct geod_geodesic earth;
	double range_m;
	double bearing_deg;
	double back_deg;

	*ret_range_m = RCC_RANGE_UNKNOWN_M;
	*ret_bearing_ddeg = RCC_BEARING_UNKNOWN_DDEG;
	if (!rcc_pos_is_known(from) || !rcc_pos_is_known(to))
		return;
	geod_init(&earth, EARTH_A_M, EARTH_F);
	geod_inverse(&earth, rcc_deg_of_e7(from.lat_e7), rcc_deg_of_e7(from.lon_e7), rcc_deg_of_e7(to.lat_e7),
	             rcc_deg_of_e7(to.lon_e7), &range_m, &bearing_deg, &back_deg);
	*ret_range_m = (uint32_t)lround(range_m);
	long ddeg = lround(bearing_deg * 10.0);
	*ret_bearing_ddeg = (uint32_t)((ddeg + 3600) % 3600);
}

uint32_t
rcc_geo_range_m(struct rcc_pos from, struct rcc_pos to)
{
	uint32_t range_m;
	uint32_t bearing_ddeg;

	rcc_geo_leg(from, to, &range_m, &bearing_ddeg);
	return range_m;
}

uint32_t
rcc_geo_bearing_ddeg(struct rcc_pos from, struct rcc_pos to)
{
	uint32_t range_m;
	uint32_t bearing_ddeg;

	rcc_geo_leg(from, to, &range_m, &bearing_ddeg);
	return bearing_ddeg;
}

uint32_t
rcc_geo_speed_dkn(uint32_t sog_dkn, uint32_t assumed_dkn)
{
	bool is_under_way = sog_dkn >= UNDER_WAY_DKN && sog_dkn != RCC_SOG_UNKNOWN_DKN;

	/* A record can hold rules that no configuration allows: an audit of it must not divide by nothing. */
	if (!is_under_way && assumed_dkn == 0)
		return UNDER_WAY_DKN;
	return is_under_way ? sog_dkn : assumed_dkn;
}

uint32_t
rcc_geo_eta_min(uint32_t range_m, uint32_t sog_dkn)
{
	assert(sog_dkn > 0);
	if (range_m == RCC_RANGE_UNKNOWN_M)
		return RCC_ETA_UNKNOWN_MIN;
	/* range in m, speed in 0.1 kn = 1852/600 m/min: minutes = range * 600 / (1852 * sog), rounded up. */
	uint64_t per_min = (uint64_t)RCC_M_PER_NM * sog_dkn;
	return (uint32_t)(((uint64_t)range_m * 600 + per_min - 1) / per_min);
}
