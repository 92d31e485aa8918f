#include "sim/area.h"

#include <math.h>
#include <string.h>

struct vertex {
	double lat_deg, lon_deg;
};
struct island {
	struct vertex centre;
	double radius_nm;
};
struct rcc_area {
	const char *name;
	const struct vertex *shore;
	size_t shore_count;
	const struct island *island;
	size_t island_count;
};

/* Strait of Sicily: along the south coast of Sicily, across to the Gulf of Gabes, along Tunisia to Cap Bon and back. */
static const struct vertex sicily_shore[] = {
    {37.50, 12.60}, {37.40, 13.05}, {37.26, 13.30}, {37.18, 13.50}, {36.98, 13.92}, {36.94, 14.18}, {36.72, 14.38},
    {36.55, 14.88}, {36.45, 15.00}, {34.70, 15.00}, {34.70, 11.65}, {34.95, 11.65}, {35.25, 11.30}, {35.60, 11.20},
    {35.88, 10.98}, {36.25, 10.80}, {36.55, 11.00}, {36.85, 11.28}, {37.15, 11.25}, {37.50, 11.40}, {37.60, 12.10},
};
static const struct island sicily_island[] = {
    {{36.785, 11.995}, 5.0},  /* Pantelleria */
    {{35.510, 12.590}, 4.5},  /* Lampedusa */
    {{35.865, 12.870}, 2.0},  /* Linosa */
    {{35.520, 12.320}, 1.0},  /* Lampione */
    {{35.900, 14.420}, 11.0}, /* Malta */
    {{36.050, 14.260}, 6.5},  /* Gozo */
};

static const struct rcc_area areas[] = {
    {"sicily", sicily_shore, sizeof sicily_shore / sizeof sicily_shore[0], sicily_island,
     sizeof sicily_island / sizeof sicily_island[0]},
};

const struct rcc_area *
rcc_area_find(const char *name)
{
	for (size_t i = 0; i < sizeof areas / sizeof areas[0]; i++) {
		if (strcmp(areas[i].name, name) == 0) {
			return &areas[i];
		}
	}
	return NULL;
}

/* Counts how often a line to the east crosses the shore. */
static bool
is_inside(const struct rcc_area *area, double lat, double lon)
{
	bool inside = false;

	for (size_t i = 0, j = area->shore_count - 1; i < area->shore_count; j = i++) {
		const struct vertex *a = &area->shore[i];
		const struct vertex *b = &area->shore[j];
		if ((a->lat_deg > lat) == (b->lat_deg > lat)) {
			continue;
		}
		double cross = a->lon_deg + (lat - a->lat_deg) / (b->lat_deg - a->lat_deg) * (b->lon_deg - a->lon_deg);
		if (lon < cross) {
			inside = !inside;
		}
	}
	return inside;
}

/* Flat-earth distance: good to a per mille over the size of an island. */
static double
distance_nm(const struct vertex *from, double lat, double lon)
{
	double north = (lat - from->lat_deg) * 60.0;
	double east = (lon - from->lon_deg) * 60.0 * cos(from->lat_deg * 0.017453292519943295);

	return sqrt(north * north + east * east);
}

bool
rcc_area_is_water(const struct rcc_area *area, double lat_deg, double lon_deg)
{
	if (!is_inside(area, lat_deg, lon_deg)) {
		return false;
	}
	for (size_t i = 0; i < area->island_count; i++) {
		if (distance_nm(&area->island[i].centre, lat_deg, lon_deg) < area->island[i].radius_nm) {
			return false;
		}
	}
	return true;
}

void
rcc_area_bounds(const struct rcc_area *area, double *ret_south, double *ret_north, double *ret_west, double *ret_east)
{
	*ret_south = *ret_north = area->shore[0].lat_deg;
	*ret_west = *ret_east = area->shore[0].lon_deg;
	for (size_t i = 1; i < area->shore_count; i++) {
		*ret_south = fmin(*ret_south, area->shore[i].lat_deg);
		*ret_north = fmax(*ret_north, area->shore[i].lat_deg);
		*ret_west = fmin(*ret_west, area->shore[i].lon_deg);
		*ret_east = fmax(*ret_east, area->shore[i].lon_deg);
	}
}
