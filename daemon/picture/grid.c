/*
 * grid.c - which vessels are near: cells of a quarter degree over the globe, distances as chords.
 *
 * Two unit vectors are compared by the square of the chord between them: it grows with the great-circle range, knows
 * neither antimeridian nor pole, and costs five operations. In double precision it is good to well under a metre at
 * any range. Only which cells to look at is decided in latitude and longitude.
 */
#include <assert.h>
#include <math.h>

#include "picture/impl.h"

#define PI 3.14159265358979323846
#define RAD_PER_DEG (PI / 180.0)
#define RAD_PER_E7 (PI / 1800000000.0)

/* Larger than any square of a chord (4), smaller than the one to RCC_NODE_NOWHERE. */
#define CHORD2_ALL 5.0
/* Cells are chosen a little too generously, so that rounding cannot lose one. About 1 m. */
#define MARGIN_DEG 1e-5
/* The first circle of a search for the nearest; crowded waters have enough ships in it. */
#define FIRST_RADIUS_M 4000.0
/* With nothing found the circle grows by this; otherwise as the density found suggests. */
#define GROWTH 3.0
/* How much further than the density suggests: most second circles then suffice. */
#define GENEROSITY 1.4

/* Below this square of a sine (400 km) four terms of the arc sine's series are exact to a micrometre on the ground. */
#define SERIES_MAX 1e-3

/* ---- cells ---- */

uint32_t
rcc_grid_layout(struct rcc_grid_row row[RCC_GRID_ROWS])
{
	uint32_t cells = 0;

	for (uint32_t r = 0; r < RCC_GRID_ROWS; r++) {
		/* Widest side of the row: the one nearer to the equator. */
		double south = (double)r * 0.25 - 90.0;
		double widest = fmin(fabs(south), fabs(south + 0.25));
		row[r].first = cells;
		row[r].count = (uint32_t)ceil(1440.0 * cos(widest * RAD_PER_DEG));
		assert(row[r].count > 0);
		cells += row[r].count;
	}
	return cells;
}

static uint32_t
cell_of(const struct rcc_picture_impl *impl, struct rcc_pos pos)
{
	uint32_t r = (uint32_t)((int64_t)pos.lat_e7 + RCC_LAT_E7_MAX) / RCC_CELL_E7;
	uint64_t east = (uint64_t)((int64_t)pos.lon_e7 + RCC_LON_E7_MAX);

	if (r >= RCC_GRID_ROWS) {
		r = RCC_GRID_ROWS - 1; /* the north pole itself */
	}
	/* 180 east is 180 west. */
	return impl->row[r].first + (uint32_t)(east * impl->row[r].count / UINT64_C(3600000000)) % impl->row[r].count;
}

static struct rcc_picture_node
unit_vector(struct rcc_pos pos)
{
	double lat = pos.lat_e7 * RAD_PER_E7;
	double lon = pos.lon_e7 * RAD_PER_E7;
	double c = cos(lat);

	return (struct rcc_picture_node){.x = c * cos(lon), .y = c * sin(lon), .z = sin(lat)};
}

static void
unlink_cell(struct rcc_picture_impl *impl, uint32_t slot)
{
	struct rcc_picture_links *links = &impl->links[slot];
	uint32_t next = impl->next[slot];

	if (links->cell_prev == RCC_SLOT_NONE) {
		impl->head[links->cell] = next;
	} else {
		impl->next[links->cell_prev] = next;
	}
	if (next != RCC_SLOT_NONE) {
		impl->links[next].cell_prev = links->cell_prev;
	}
	links->cell = RCC_SLOT_NONE;
	impl->placed--;
}

static void
link_cell(struct rcc_picture_impl *impl, uint32_t slot, uint32_t cell)
{
	uint32_t next = impl->head[cell];

	impl->links[slot].cell = cell;
	impl->links[slot].cell_prev = RCC_SLOT_NONE;
	impl->next[slot] = next;
	if (next != RCC_SLOT_NONE) {
		impl->links[next].cell_prev = slot;
	}
	impl->head[cell] = slot;
	impl->placed++;
}

void
rcc_grid_place(struct rcc_picture_impl *impl, uint32_t slot, struct rcc_pos pos)
{
	struct rcc_picture_node *node = &impl->node[slot];
	struct rcc_picture_node at = unit_vector(pos);
	uint32_t cell = cell_of(impl, pos);

	node->x = at.x;
	node->y = at.y;
	node->z = at.z;
	if (impl->links[slot].cell == cell) {
		return;
	}
	if (impl->links[slot].cell != RCC_SLOT_NONE) {
		unlink_cell(impl, slot);
	}
	link_cell(impl, slot, cell);
}

void
rcc_grid_remove(struct rcc_picture_impl *impl, uint32_t slot)
{
	if (impl->links[slot].cell != RCC_SLOT_NONE) {
		unlink_cell(impl, slot);
	}
	impl->node[slot].x = RCC_NODE_NOWHERE;
}

/* ---- queries ---- */

struct query {
	const struct rcc_picture_impl *impl;
	struct rcc_picture_node centre;
	double lat_deg, lon_deg;
	double limit;    /* squares of chords above it are too far */
	bool is_nearest; /* the limit follows the farthest kept */
	size_t max, kept, total;
};

/* Ranges are whole metres, rounded; "within" means that the rounded range is. */
static double
chord2_of(double radius_m)
{
	double half = radius_m / (2.0 * RCC_EARTH_RADIUS_M);
	double s;

	if (half >= PI / 2.0) {
		return CHORD2_ALL;
	}
	s = sin(half);
	return 4.0 * s * s;
}

static uint32_t
range_of(double chord2)
{
	double half2 = chord2 / 4.0;
	double half = sqrt(half2);
	double angle;

	if (half2 < SERIES_MAX) {
		angle = half * (1.0 + half2 * (1.0 / 6.0 + half2 * (3.0 / 40.0 + half2 * (15.0 / 336.0))));
	} else {
		angle = asin(fmin(1.0, half));
	}
	return (uint32_t)(2.0 * RCC_EARTH_RADIUS_M * angle + 0.5);
}

/* Keeps a hit if it is among the nearest `max`. */
static void
keep(struct query *query, struct rcc_picture_hit hit)
{
	struct rcc_picture_hit *kept = query->impl->hit;

	query->total++;
	if (query->kept < query->max) {
		kept[query->kept++] = hit;
		if (query->kept < query->max) {
			return;
		}
		rcc_hits_heapify(kept, query->kept);
	} else if (query->max > 0 && rcc_hit_is_before(&hit, &kept[0])) {
		rcc_hits_replace_top(kept, query->kept, hit);
	}
	if (query->is_nearest && query->kept > 0) {
		query->limit = fmin(query->limit, kept[0].chord2);
	}
}

static inline double
chord2_to(const struct query *query, const struct rcc_picture_node *node)
{
	double dx = node->x - query->centre.x;
	double dy = node->y - query->centre.y;
	double dz = node->z - query->centre.z;

	return dx * dx + dy * dy + dz * dz;
}

static void
scan_cell(struct query *query, uint32_t cell)
{
	const struct rcc_picture_node *node = query->impl->node;

	for (uint32_t slot = query->impl->head[cell]; slot != RCC_SLOT_NONE; slot = query->impl->next[slot]) {
		double chord2 = chord2_to(query, &node[slot]);
		if (chord2 <= query->limit) {
			keep(query, (struct rcc_picture_hit){.chord2 = chord2, .slot = slot, .mmsi = node[slot].mmsi});
		}
	}
}

/* Every vessel in the order of memory: cheaper than the cells when the circle has more cells than there are vessels. */
static void
scan_all(struct query *query)
{
	const struct rcc_picture_node *node = query->impl->node;

	for (uint32_t slot = 0; slot < query->impl->high; slot++) {
		double chord2 = chord2_to(query, &node[slot]);
		if (chord2 <= query->limit) {
			keep(query, (struct rcc_picture_hit){.chord2 = chord2, .slot = slot, .mmsi = node[slot].mmsi});
		}
	}
}

/* The cells of one row that a circle may touch, half_deg to each side of its centre. */
static void
scan_row(struct query *query, const struct rcc_grid_row *row, double half_deg)
{
	double per_deg = row->count / 360.0;
	double west = floor((query->lon_deg - half_deg + 180.0) * per_deg);
	double east = floor((query->lon_deg + half_deg + 180.0) * per_deg);
	int64_t first = 0;
	int64_t last = (int64_t)row->count - 1;

	if (east - west < (double)row->count) {
		first = (int64_t)west;
		last = (int64_t)east;
	}
	/* One division for the row, none for each of its cells. */
	int64_t count = (int64_t)row->count;
	uint32_t column = (uint32_t)((first % count + count) % count);
	for (int64_t left = last - first; left >= 0; left--) {
		scan_cell(query, row->first + column);
		column = column + 1 == row->count ? 0 : column + 1;
	}
}

/* How far a circle reaches east and west of its centre; 180 when it holds a pole. */
static double
half_width_deg(double lat_deg, double reach_deg)
{
	if (fabs(lat_deg) + reach_deg >= 90.0) {
		return 180.0;
	}
	double s = sin(reach_deg * RAD_PER_DEG) / cos(lat_deg * RAD_PER_DEG);
	return asin(fmin(1.0, s)) / RAD_PER_DEG + MARGIN_DEG;
}

static void
scan_circle(struct query *query, double radius_m)
{
	double reach_deg = radius_m / RCC_EARTH_RADIUS_M / RAD_PER_DEG + MARGIN_DEG;
	double half_deg = half_width_deg(query->lat_deg, reach_deg);
	double south = fmax(0.0, floor((query->lat_deg - reach_deg + 90.0) * 4.0));
	double north = fmin(RCC_GRID_ROWS - 1.0, floor((query->lat_deg + reach_deg + 90.0) * 4.0));
	double widest = 1440.0 * cos(fmax(0.0, fabs(query->lat_deg) - reach_deg) * RAD_PER_DEG);
	double cells = (north - south + 1.0) * (widest * half_deg / 180.0 + 1.0);

	if (cells > (double)query->impl->high) {
		scan_all(query);
		return;
	}
	for (uint32_t r = (uint32_t)south; r <= (uint32_t)north; r++) {
		scan_row(query, &query->impl->row[r], half_deg);
	}
}

static void
query_init(struct query *query, const struct rcc_picture *picture, struct rcc_pos centre, size_t max)
{
	*query = (struct query){
	    .impl = picture->impl,
	    .centre = unit_vector(centre),
	    .lat_deg = centre.lat_e7 * 1e-7,
	    .lon_deg = centre.lon_e7 * 1e-7,
	    .limit = CHORD2_ALL,
	    .max = max < picture->impl->capacity ? max : picture->impl->capacity,
	};
}

static size_t
query_finish(const struct query *query, struct rcc_near *ret_near)
{
	rcc_hits_sort(query->impl, query->kept);
	for (size_t i = 0; i < query->kept; i++) {
		ret_near[i].vessel = &query->impl->vessel[query->impl->hit[i].slot];
		ret_near[i].range_m = range_of(query->impl->hit[i].chord2);
	}
	return query->kept;
}

size_t
rcc_picture_within(const struct rcc_picture *picture, struct rcc_pos centre, uint32_t radius_m,
                   struct rcc_near *ret_near, size_t max, size_t *ret_total)
{
	struct query query;
	double reach_m = (double)radius_m + 0.5;

	query_init(&query, picture, centre, max);
	query.limit = chord2_of(reach_m);
	if (rcc_pos_is_on_globe(centre)) {
		scan_circle(&query, reach_m);
	}
	if (ret_total != NULL) {
		*ret_total = query.total;
	}
	return query_finish(&query, ret_near);
}

/* The next circle to try: what was found tells how dense the sea is here. */
static double
wider(double radius_m, size_t found, size_t wanted)
{
	double factor = GROWTH;

	if (found > 0) {
		factor = fmin(GROWTH, GENEROSITY * sqrt((double)wanted / (double)found));
	}
	return radius_m * factor;
}

size_t
rcc_picture_nearest(const struct rcc_picture *picture, struct rcc_pos centre, struct rcc_near *ret_near, size_t k)
{
	struct query query;
	size_t wanted = k < picture->impl->placed ? k : picture->impl->placed;
	double radius_m = FIRST_RADIUS_M;

	query_init(&query, picture, centre, wanted);
	query.is_nearest = true;
	while (wanted > 0 && rcc_pos_is_on_globe(centre)) {
		query.kept = 0;
		query.total = 0;
		query.limit = chord2_of(radius_m);
		scan_circle(&query, radius_m);
		if (query.kept == wanted) {
			break;
		}
		radius_m = wider(radius_m, query.kept, wanted);
	}
	return query_finish(&query, ret_near);
}
