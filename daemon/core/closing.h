/*
 * closing.h - what stands in the way of closing a case: for the rule that refuses, and the view that lists.
 */
#ifndef RCC_CORE_CLOSING_H
#define RCC_CORE_CLOSING_H

#include "core/state.h"

/* What stands in the way of closing with this outcome, in order; calls `tell` for each. Returns how many there are. */
struct rcc_obstacle {
	enum rcc_obstacle_kind {
		RCC_OBSTACLE_PERSONS = 1, /* `count` are not accounted for */
		RCC_OBSTACLE_ABOARD = 2,  /* `count` are still aboard `ship` */
		RCC_OBSTACLE_MISSING = 3, /* `count` are missing */
		RCC_OBSTACLE_DUTY = 4,    /* `duty` is open */
		RCC_OBSTACLE_UNTOLD = 5,  /* `ship` heard of the case and has not got the cancel */
		RCC_OBSTACLE_PART = 6,    /* `part` of the mass rescue is open */
		RCC_OBSTACLE_DISPUTED =
		    7, /* `ship` says `count` are aboard, the ledger another number; no ship: `count` dead */
		RCC_OBSTACLE_NUMBER = 8, /* `count` were found, and nobody has told how many they were */
		RCC_OBSTACLE_SENT =
		    9, /* `ship` is sent to a place of safety, and has neither reached it nor been told otherwise */
	} kind;
	uint32_t count;
	struct rcc_mmsi ship;
	bool is_by_voice; /* she is on her way by voice, and to be released by voice */
	const struct rcc_duty *duty;
	struct rcc_incident_id part;
};
uint32_t rcc_closing_obstacles(const struct rcc_core *core, const struct rcc_incident *incident,
                               enum rcc_outcome outcome, void (*tell)(void *context, const struct rcc_obstacle *),
                               void *context);
/* Has any ship heard of the live case? Then all that did have to be told that it is over before it is closed, whatever it was. */
bool rcc_closing_is_heard(const struct rcc_core *core, const struct rcc_incident *incident);
/* Was any ship ordered by a message of her own, and is anybody owed the end? */
bool rcc_closing_is_ordered(const struct rcc_core *core, const struct rcc_incident *incident);
/* Has anybody told how many they were? Of a part of a mass rescue the number may be told with the whole. */
bool rcc_closing_is_number_told(const struct rcc_core *core, const struct rcc_incident *incident);
/* Ships that are on their way by voice, and that nobody has released by voice; 0 while the case goes on. */
uint32_t rcc_closing_by_voice(const struct rcc_core *core, const struct rcc_incident *incident);
/* The refusal that goes with the first of them; 0 = nothing stands in the way. */
enum rcc_refusal rcc_closing_refusal(const struct rcc_core *core, const struct rcc_incident *incident,
                                     enum rcc_outcome outcome);

#endif
