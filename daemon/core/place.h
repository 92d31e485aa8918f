/*
 * place.h - places of safety: what is found, what stands against one, how far a ship deviates; for rules, views and tests.
 */
#ifndef RCC_CORE_PLACE_H
#define RCC_CORE_PLACE_H

#include "core/state.h"

/* The second officer decides within this, or the first one's word lapses. */
#define RCC_PLACE_SECOND_MS INT64_C(3600000)

static inline const struct rcc_place_state *
rcc_place_at(const struct rcc_core *core, uint32_t slot1)
{
	return slot1 == 0 ? NULL : &core->place[slot1 - 1];
}
static inline const struct rcc_place_ship *
rcc_place_ship_at(const struct rcc_core *core, uint32_t slot1)
{
	return slot1 == 0 ? NULL : &core->place_ship[slot1 - 1];
}

/* NULL if there is none. */
const struct rcc_place_state *rcc_place_find(const struct rcc_core *core, struct rcc_place_id id);
/* By name within the incident: letters and digits count, in capitals or not; signs and blanks between them do not. */
const struct rcc_place_state *rcc_place_named(const struct rcc_core *core, const struct rcc_incident *incident,
                                              const char *name);
bool rcc_place_is_name(const char *a, const char *b);
const struct rcc_place_ship *rcc_place_ship_of(const struct rcc_core *core, const struct rcc_place_state *place,
                                               struct rcc_mmsi ship);
/* Where this ship is to go now; NULL = nowhere. At most one of a case. */
const struct rcc_place_state *rcc_place_of_ship(const struct rcc_core *core, const struct rcc_incident *incident,
                                                struct rcc_mmsi ship);
/* RCC_PLACE_BLOCK_*: what stands against assigning it; 0 = nothing. */
uint32_t rcc_place_blocks(const struct rcc_place_state *place);
/* Have survivors stated a fear of no place in particular, which no officer has reviewed? Then no place is final before that. */
bool rcc_place_is_fear_stated(const struct rcc_core *core, const struct rcc_incident *incident);
/*
 * Everything that stands against sending a ship there, RCC_PLACE_BLOCK_*: what rcc_place_blocks() tells, the fear of no place in
 * particular, and that it is flagged unsafe in another case. NULL place = of that name none is known in this case.
 */
uint32_t rcc_place_blocks_of(const struct rcc_core *core, const struct rcc_incident *incident, const char *name,
                             const struct rcc_place_state *place);
/*
 * A place whose name stands in the text, as words of their own, and that is flagged unsafe by an officer,
 * in this case or another that is not closed; NULL = none.
 */
const struct rcc_place_state *rcc_place_unsafe_in(const struct rcc_core *core, const struct rcc_incident *incident,
                                                  const char *text);
/* A place of this name that another case, which is not closed, has flagged unsafe; NULL = none. */
const struct rcc_place_state *rcc_place_unsafe_elsewhere(const struct rcc_core *core, struct rcc_incident_id incident,
                                                         const char *name);
/* The officer whose word waits for a second one at at_ms; NULL = nobody's, or it has lapsed. */
const struct rcc_peer *rcc_place_first(const struct rcc_core *core, const struct rcc_place_ship *row, int64_t at_ms);
/* Is any ship of this case to go to a place of safety, and not there yet? */
bool rcc_place_is_under_way(const struct rcc_core *core, const struct rcc_incident *incident);

/* What a ship deviates for all the places that she was sent to in a case, in nautical miles and hours. */
struct rcc_deviation {
	struct rcc_mmsi ship; /* 0 = all ships of the case */
	uint32_t places;      /* to which she was sent */
	uint64_t extra_nm, extra_h;
};
struct rcc_deviation rcc_place_deviation(const struct rcc_core *core, const struct rcc_incident *incident,
                                         struct rcc_mmsi ship);

/* A place of an open case that is flagged unsafe, within RCC_PLACE_BESIDE_M of this one under another name; NULL: there is none. */
#define RCC_PLACE_BESIDE_M 3704 /* two miles: a harbour and its docks */
const struct rcc_place_state *rcc_place_unsafe_beside(const struct rcc_core *core, const struct rcc_place_state *place);
/* Is this message about a place of safety: an order to go there, or its withdrawal? */
bool rcc_place_has_told(const struct rcc_core *core, const struct rcc_incident *incident,
                        struct rcc_broadcast_id broadcast);
/* The place to which this very message sent the ship; NULL: it sent her nowhere. */
const struct rcc_place_state *rcc_place_told_by(const struct rcc_core *core, struct rcc_incident_id incident,
                                                struct rcc_broadcast_id broadcast, struct rcc_mmsi ship);
/* Ships that were ever sent there or said something of it: at most RCC_SHIPS_OF_PLACE_MAX. */
uint32_t rcc_place_count_ships(const struct rcc_core *core, const struct rcc_place_state *place);
struct rcc_step;
/* What became known of the place by another centre stands against it: whoever was sent there is told not to go. */
void rcc_place_end_blocked(struct rcc_step *step, const struct rcc_place_state *place);
/* Survivors aboard her have stated a fear that nobody has reviewed: she goes nowhere with them before that. */
void rcc_place_end_feared(struct rcc_step *step, struct rcc_incident_id incident, struct rcc_mmsi ship);
/* Her master will not go there, and has said so as an answer: kept as his objection, in his words. */
void rcc_place_object(struct rcc_step *step, struct rcc_incident_id incident, const struct rcc_place_state *place,
                      struct rcc_mmsi ship, const char *text);

#endif
