/* place_internal.h - what the rules of a place of safety share: telling the ships. For place.c and place_tell.c alone. */
#ifndef RCC_CORE_PLACE_INTERNAL_H
#define RCC_CORE_PLACE_INTERNAL_H

#include "core/core_internal.h"
#include "core/place.h"

/* What a ship is told, bounded as every text; `is_cut` when it does not fit as a whole. */
struct rcc_place_words {
	char text[RCC_TEXT_MAX + 1];
	size_t len;
	bool is_cut;
};
struct rcc_place_sent {
	const char *name, *former; /* former: the place that it replaces, or NULL */
	struct rcc_pos pos;
	uint32_t overridden; /* RCC_PLACE_BLOCK_* */
	bool has_objection;  /* of her master, to this place */
	const char *text;    /* the officer's; left out when two officers decided: theirs are reasons for the record */
};
void rcc_place_words_assigned(struct rcc_place_words *words, const struct rcc_place_sent *sent);
/* `blocked`: what came up against it, and then there is no text; 0 = an officer's order, with its text. */
void rcc_place_words_withdrawn(struct rcc_place_words *words, const char *name, uint32_t blocked, const char *text);

/* Marks nobody; then the ships one by one; then tells those that are registered. Others are told by voice. */
void rcc_place_tell_nobody(struct rcc_core *core);
/* False if she is not registered, hears nothing of this class, or no table has room. */
bool rcc_place_tell_also(struct rcc_core *core, const struct rcc_incident *incident, struct rcc_mmsi ship);
/* Room for one message to all ships of a place; evicts what is closed. First of all: it may emit events. */
void rcc_place_make_room(struct rcc_step *step);
void rcc_place_tell(struct rcc_step *step, struct rcc_incident_id incident, const struct rcc_place_words *words);

#endif
