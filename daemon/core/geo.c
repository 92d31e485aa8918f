#include "core/geo.h"

#include <assert.h>
#include <math.h>

#include <geodesic.h>

#include "rcc/units.h"

/* WGS 84 (EPSG:7030). */
#define EARTH_A_M 6378137.0
#define EARTH_F (1.0 / 298.257223563)

struct leg {
	double range_m;
	double bearing_deg;
};

static struct leg
leg_of(struct rcc_pos from, struct rcc_pos to)
{
	struct geod_geodesic earth;
	struct leg leg;
	double back_deg;

	geod_init(&earth, EARTH_A_M, EARTH_F);
	geod_inverse(&earth, rcc_deg_of_e7(from.lat_e7), rcc_deg_of_e7(from.lon_e7), rcc_deg_of_e7(to.lat_e7),
		     rcc_deg_of_e7(to.lon_e7), &leg.range_m, &leg.bearing_deg, &back_deg);
	return leg;
}

uint32_t
rcc_geo_range_m(struct rcc_pos from, struct rcc_pos to)
{
	if (!rcc_pos_is_known(from) || !rcc_pos_is_known(to))
		return RCC_RANGE_UNKNOWN_M;
	return (uint32_t)lround(leg_of(from, to).range_m);
}

uint32_t
rcc_geo_bearing_ddeg(struct rcc_pos from, struct rcc_pos to)
{
	if (!rcc_pos_is_known(from) || !rcc_pos_is_known(to))
		return RCC_BEARING_UNKNOWN_DDEG;
	long ddeg = lround(leg_of(from, to).bearing_deg * 10.0);
	if (ddeg < 0)
		ddeg += 3600;
	return (uint32_t)(ddeg % 3600);
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
