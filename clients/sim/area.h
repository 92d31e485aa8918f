/*
 * area.h - where the simulated ships may be: water, as far as one polygon and a few circles can say.
 */
#ifndef RCC_SIM_AREA_H
#define RCC_SIM_AREA_H

#include <stdbool.h>
#include <stddef.h>

struct rcc_area;

/* An area by its name ("sicily"), or NULL. */
const struct rcc_area *rcc_area_find(const char *name);
bool rcc_area_is_water(const struct rcc_area *area, double lat_deg, double lon_deg);
/* The box around it. */
void rcc_area_bounds(const struct rcc_area *area, double *ret_south, double *ret_north, double *ret_west,
                     double *ret_east);

#endif
