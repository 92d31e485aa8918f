/*
 * units.h - conversions at the edges; inside, everything is an integer with its unit in its name.
 */
#ifndef RCC_UNITS_H
#define RCC_UNITS_H

#include <stdint.h>

#include "rcc/types.h"

#define RCC_M_PER_NM 1852 /* international nautical mile */
#define RCC_MS_PER_S INT64_C(1000)
#define RCC_MS_PER_MIN INT64_C(60000)
#define RCC_MS_PER_HOUR INT64_C(3600000)
#define RCC_MS_PER_DAY INT64_C(86400000)

/* 1e-7 degree to degree. */
static inline double
rcc_deg_of_e7(int32_t e7)
{
	return (double)e7 * 1e-7;
}

/* Degree to 1e-7 degree, rounded half away from zero. Pre: the result fits (|deg| <= 180). */
static inline int32_t
rcc_e7_of_deg(double deg)
{
	return (int32_t)(deg * 1e7 + (deg < 0 ? -0.5 : 0.5));
}

/* One coordinate of a DSC call and the ten-thousandths of a minute that its DSE adds to the whole minute. */
static inline int32_t
rcc_e7_refine(int32_t e7, uint32_t e4min)
{
	/* A ten-thousandth of a minute is 100/6 of 1e-7 degree. */
	int64_t size = e7 < 0 ? -(int64_t)e7 : e7;
	int64_t said = (size * 6 + 50) / 100;
	int64_t exact = ((said - said % 10000 + e4min) * 100 + 3) / 6;

	return (int32_t)(e7 < 0 ? -exact : exact);
}

/*
 * A position in whole minutes, refined by what RCC_REFINE() holds (IEC 61162-1, DSE code 00). Pre: refine is not 0. Minutes
 * that would lead off the globe, at a pole or the antimeridian, refine nothing.
 */
static inline struct rcc_pos
rcc_pos_refine(struct rcc_pos pos, uint32_t refine)
{
	struct rcc_pos fine = {.lat_e7 = rcc_e7_refine(pos.lat_e7, (refine - 1) / 10000),
	                       .lon_e7 = rcc_e7_refine(pos.lon_e7, (refine - 1) % 10000)};
	bool is_on_globe = fine.lat_e7 >= -RCC_LAT_E7_MAX && fine.lat_e7 <= RCC_LAT_E7_MAX &&
	                   fine.lon_e7 >= -RCC_LON_E7_MAX && fine.lon_e7 <= RCC_LON_E7_MAX;

	return is_on_globe ? fine : pos;
}

#endif
