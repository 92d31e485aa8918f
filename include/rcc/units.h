/*
 * units.h - conversions at the edges; inside, everything is an integer with its unit in its name.
 */
#ifndef RCC_UNITS_H
#define RCC_UNITS_H

#include <stdint.h>

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

#endif
