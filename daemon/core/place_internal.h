/*
 * place_internal.h - what the rules of a place of safety share: what is refused, and telling the ships. For place.c,
 * place_refuse.c and place_tell.c alone.
 */
#ifndef RCC_CORE_PLACE_INTERNAL_H
#define RCC_CORE_PLACE_INTERNAL_H

#include "core/core_internal.h"
#include "core/place.h"

/* One step being decided. */
struct rcc_stepping {
	struct rcc_step *step;
	const struct rcc_incident *incident;
	const struct rcc_place_state *place; /* NULL = a new one */
	struct rcc_place body;               /* as it will be recorded */
	struct rcc_request_id request;       /* over a link to another centre; 0 = none */
	struct rcc_link record;              /* where that centre's word stands in its record */
};

/*
 * Each refuses by the field, and then is true: a given one; who may not say it; everything else about the step, which finds or
 * numbers the place and makes room.
 */
bool rcc_place_refuse(const struct rcc_stepping *s, enum rcc_refusal refusal, const char *field);
bool rcc_place_refuse_sender(struct rcc_stepping *s);
bool rcc_place_refuse_step(struct rcc_stepping *s);
/* What is said of this ship at the place; NULL = nothing. */
const struct rcc_place_ship *rcc_place_ship_row(const struct rcc_stepping *s);
/* Is who speaks now the one who spoke first? */
bool rcc_place_is_same_officer(const struct rcc_stepping *s, const struct rcc_peer *first);

/* What a ship is told, bounded as every text; `is_cut` when it does not fit as a whole. */
struct rcc_place_words {
	char text[RCC_TEXT_MAX + 1];
	size_t len;
	bool is_cut;
	struct rcc_pos pos; /* of the place; unknown with a withdrawal */
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
/* She landed them elsewhere than she was asked to. */
void rcc_place_words_reached(struct rcc_place_words *words, const char *former, const char *name);

/* Marks nobody; then the ships one by one; then tells those that are registered. Others are told by voice. */
void rcc_place_tell_nobody(struct rcc_core *core);
/* False if she is not registered, hears nothing of this class, or no table has room. */
bool rcc_place_tell_also(struct rcc_core *core, const struct rcc_incident *incident, struct rcc_mmsi ship);
/* Room for one message to all ships of a place; evicts what is closed. First of all: it may emit events. */
void rcc_place_make_room(struct rcc_step *step);
void rcc_place_tell(struct rcc_step *step, struct rcc_incident_id incident, const struct rcc_place_words *words);

#endif
