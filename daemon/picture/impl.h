/*
 * impl.h - the inside of the picture: slots, the hash that finds them by MMSI, the grid that finds them by place.
 *
 * A vessel has one slot for life: an index into parallel arrays. The grid and the order of hearing are intrusive lists
 * of slot numbers, so that a report moves a vessel without allocating and without touching any other record.
 */
#ifndef RCC_PICTURE_IMPL_H
#define RCC_PICTURE_IMPL_H

#include "picture/picture.h"

/* End of a list, and "not in the grid". */
#define RCC_SLOT_NONE UINT32_MAX

/* Cells are a quarter of a degree (15 nm) high: the usual query, 20 to 100 nm, touches some tens of them. */
#define RCC_CELL_E7 2500000
#define RCC_GRID_ROWS 720

/* The mean radius of the Earth that picture.h promises. */
#define RCC_EARTH_RADIUS_M 6371008.8

/*
 * What a query reads of a vessel, half a cache line. The list through a cell is not in it but in an array of its own,
 * small enough to stay in the cache: so the next vessels are known, and fetched, before this one has arrived. (At a
 * million vessels a query takes half the time.) A vessel without a position lies at RCC_NODE_NOWHERE, further away
 * than any point of the globe.
 */
struct rcc_picture_node {
	double x, y, z; /* on the unit sphere */
	uint32_t mmsi;  /* 0 = free */
};
#define RCC_NODE_NOWHERE 8.0

/* What only updates touch. */
struct rcc_picture_links {
	uint32_t cell, cell_prev;
	uint32_t older, newer; /* order of hearing */
	int64_t heard_at_ms;   /* seen_at_ms, or the picture's time when only static data came */
};

/* One place of the hash: open addressing, linear probing, at most half full. */
struct rcc_picture_bucket {
	uint32_t mmsi; /* 0 = empty */
	uint32_t slot;
};

/* A vessel found: square of the chord on the unit sphere, which grows with the range and needs no trigonometry. */
struct rcc_picture_hit {
	double chord2;
	uint32_t slot, mmsi;
};

/* A row of cells; rows get fewer cells towards the poles, so that a cell is about as wide as high everywhere. */
struct rcc_grid_row {
	uint32_t first, count;
};

struct rcc_picture_impl {
	uint32_t capacity, count, placed;
	uint32_t high; /* slots ever used: walks stop here */
	uint32_t free_slot;
	uint32_t oldest, newest;
	bool is_order_broken; /* a report older than the one before it was taken: sort before trusting the order */
	int64_t now_ms;       /* the latest time any update brought */
	uint32_t hash_mask;
	struct rcc_picture_bucket *bucket;
	struct rcc_vessel *vessel;
	struct rcc_picture_node *node;
	uint32_t *next; /* in its cell, or in the list of free slots */
	struct rcc_picture_links *links;
	struct rcc_picture_hit *hit;   /* room for every vessel: the result of one query, or of one sort by age */
	struct rcc_picture_hit *spare; /* as long: for sorting */
	uint32_t *bucket_start;        /* likewise, and one more */
	uint32_t *head;                /* first slot of each cell */
	struct rcc_grid_row row[RCC_GRID_ROWS];
};

/* Unknown is not on the globe either: nothing is placed there, and nothing is near it. */
static inline bool
rcc_pos_is_on_globe(struct rcc_pos pos)
{
	return pos.lat_e7 >= -RCC_LAT_E7_MAX && pos.lat_e7 <= RCC_LAT_E7_MAX && pos.lon_e7 >= -RCC_LON_E7_MAX &&
	       pos.lon_e7 <= RCC_LON_E7_MAX;
}

/* ---- index.c ---- */

/* Slot of an MMSI, or RCC_SLOT_NONE. */
uint32_t rcc_picture_hash_find(const struct rcc_picture_impl *impl, uint32_t mmsi);
/* Pre: the MMSI is not in the hash, and fewer than capacity are. */
void rcc_picture_hash_insert(struct rcc_picture_impl *impl, uint32_t mmsi, uint32_t slot);
/* Pre: the MMSI is in the hash. */
void rcc_picture_hash_remove(struct rcc_picture_impl *impl, uint32_t mmsi);
/* Puts a slot at the new end of the order of hearing. */
void rcc_picture_order_push(struct rcc_picture_impl *impl, uint32_t slot, int64_t heard_at_ms);
void rcc_picture_order_remove(struct rcc_picture_impl *impl, uint32_t slot);
/* Makes the order true again after reports that came out of order. */
void rcc_picture_order_repair(struct rcc_picture_impl *impl);

/* ---- grid.c ---- */

/* Lays out the rows; returns the number of cells. */
uint32_t rcc_grid_layout(struct rcc_grid_row row[RCC_GRID_ROWS]);
/* Puts or moves a vessel. */
void rcc_grid_place(struct rcc_picture_impl *impl, uint32_t slot, struct rcc_pos pos);
/* Takes it out; harmless if it is not in. */
void rcc_grid_remove(struct rcc_picture_impl *impl, uint32_t slot);

/* ---- hits.c ---- */

/* Makes the first `count` hits a heap with the farthest on top. */
void rcc_hits_heapify(struct rcc_picture_hit *hit, size_t count);
/* Replaces the farthest. Pre: a heap, count > 0. */
void rcc_hits_replace_top(struct rcc_picture_hit *hit, size_t count, struct rcc_picture_hit with);
/* Puts the first `count` of impl->hit in order: nearest first, ties by MMSI. */
void rcc_hits_sort(const struct rcc_picture_impl *impl, size_t count);
/* Is a before b? */
static inline bool
rcc_hit_is_before(const struct rcc_picture_hit *a, const struct rcc_picture_hit *b)
{
	return a->chord2 < b->chord2 || (a->chord2 <= b->chord2 && a->mmsi < b->mmsi);
}

#endif
