/*
 * picture.h - where every vessel was last seen: a hash by MMSI and a uniform lat/lon grid. Pure data structure.
 *
 * Why:    positions are too many to journal; decisions take what they need from here and carry it in the command.
 * Owns:   arrays allocated at open, none later (some 310 bytes a vessel). O(1) update; queries O(cells + found), never
 *         more than O(vessels). Queries share one scratch array: one thread.
 * Ranges: great circle on a sphere of 6,371,008.8 m, exact enough to select ships; distances that leave the daemon are
 *         computed on the ellipsoid by core/geo.h. Whole metres, rounded: "within" means that the rounded range is.
 */
#ifndef RCC_PICTURE_H
#define RCC_PICTURE_H

#include "rcc/message.h"

/* One vessel. Static values are empty or 0 until heard; pos is unknown until the first dynamic report. */
struct rcc_vessel {
	struct rcc_mmsi mmsi;
	struct rcc_pos pos;
	int64_t seen_at_ms; /* arrival of the last dynamic report, the daemon's clock; 0 = static data only */
	uint32_t sog_dkn, cog_ddeg, heading_deg, nav_status, message_type;
	struct rcc_peer_id source; /* who reported it */
	uint32_t imo, ship_type;
	uint32_t to_bow_m, to_stern_m, to_port_m, to_starboard_m, draught_dm;
	char name[RCC_NAME_MAX + 1];
	char callsign[RCC_CALLSIGN_MAX + 1];
};

struct rcc_near {
	const struct rcc_vessel *vessel; /* borrowed until the next update or ageing */
	uint32_t range_m;
};

struct rcc_picture {
	struct rcc_picture_impl *impl;
};

/* Room for `capacity` vessels (1..4,000,000, otherwise RCC_E_RANGE). RCC_E_FULL if memory is short. */
RCC_MUST_USE enum rcc_status rcc_picture_open(struct rcc_picture *picture, uint32_t capacity);
void rcc_picture_close(struct rcc_picture *picture);

/*
 * Takes a dynamic report. RCC_OK, RCC_E_AGAIN if a newer report is already known (nothing changes), RCC_E_FULL if a new
 * vessel finds no room: the one seen longest ago leaves first if it is older than an hour. RCC_E_RANGE for MMSI 0, a
 * position off the globe or a time that is not one.
 */
RCC_MUST_USE enum rcc_status rcc_picture_update(struct rcc_picture *picture, const struct rcc_report *report,
                                                struct rcc_peer_id source, int64_t at_ms);
/*
 * Takes static data; keeps what the message does not state. A vessel known by static data alone counts as seen, for
 * ageing and eviction, at the latest time that any dynamic report brought.
 */
RCC_MUST_USE enum rcc_status rcc_picture_update_static(struct rcc_picture *picture, const struct rcc_static *vessel,
                                                       struct rcc_peer_id source);

const struct rcc_vessel *rcc_picture_find(const struct rcc_picture *picture, struct rcc_mmsi mmsi);
/* All within the radius, nearest first (ties by MMSI); at most max are returned, ret_total (may be NULL) counts all. */
size_t rcc_picture_within(const struct rcc_picture *picture, struct rcc_pos centre, uint32_t radius_m,
                          struct rcc_near *ret_near, size_t max, size_t *ret_total);
/* The k nearest, nearest first (ties by MMSI). */
size_t rcc_picture_nearest(const struct rcc_picture *picture, struct rcc_pos centre, struct rcc_near *ret_near,
                           size_t k);
/* Forgets vessels not seen since before_ms; returns how many. */
size_t rcc_picture_age(struct rcc_picture *picture, int64_t before_ms);
size_t rcc_picture_count(const struct rcc_picture *picture);
/* Walks all vessels in a stable order: start with *cursor = 0, ends with NULL. */
const struct rcc_vessel *rcc_picture_each(const struct rcc_picture *picture, uint32_t *cursor);

#endif
