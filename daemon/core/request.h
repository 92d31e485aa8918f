/*
 * request.h - a place of safety asked of another centre over the link between centres, and its answer (SAR Convention annex
 * 3.1.6.4).
 *
 * Law:    the answer of the other's officer becomes what an officer's own OFFERED or REFUSED of that place would be, once, with
 *         the entry of the other's record as its evidence. An offer assigns nothing: each check and each block stands.
 * Owed:   as in handover.h: what a row has said last goes to the other again and again until that one has it on its disk.
 */
#ifndef RCC_CORE_REQUEST_H
#define RCC_CORE_REQUEST_H

#include "core/core_internal.h"

/* ---- rows ---- */

/* By its number here; NULL = none in memory. */
const struct rcc_request_state *rcc_request_find(const struct rcc_core *core, struct rcc_request_id id);
/* The row of this request with the centre that has this key; NULL = none in memory. */
const struct rcc_request_state *rcc_request_named(const struct rcc_core *core, const struct rcc_msg_id *request,
                                                  const struct rcc_key *key);
/* The row that a new one would take the place of, or a free one; RCC_REQUESTS_MAX if every one is unsettled. */
uint32_t rcc_request_slot(const struct rcc_core *core);
/* Has this centre asked for so many, all unsettled, that the rest of the table is for others? */
bool rcc_request_share_is_full(const struct rcc_core *core, const struct rcc_key *key);
/* Can the case still use an answer? It is neither closed nor another centre's. */
bool rcc_request_is_wanted(const struct rcc_core *core, const struct rcc_request_state *row);

/* ---- asking (request.c) ---- */

/* The centre to which this step of a place goes over a link of ours; NULL = to nobody: it is of another kind, or by voice. */
const struct rcc_peer *rcc_request_centre(const struct rcc_core *core, const struct rcc_place *place);
/* The ship that is told of with it: the one that is named, or the one with most survivors; 0 = none. */
struct rcc_mmsi rcc_request_ship(const struct rcc_core *core, const struct rcc_place *place);
/* Refuses what must not or cannot go there, by the field of the officer's order; true if it did. */
bool rcc_request_refuses(struct rcc_step *step, const struct rcc_incident *incident, const struct rcc_peer *centre,
                         const struct rcc_place *place);
/* It is asked. Pre: the place stands in the state. */
void rcc_request_ask(struct rcc_step *step, const struct rcc_peer *centre, const struct rcc_place *place);
/* After each command: what was asked for a case that is over is withdrawn. */
void rcc_request_settle(struct rcc_step *step);

/* ---- rules ---- */

/* Begins the event of a step on a row: names, numbers and where it stands from now on. */
struct rcc_event *rcc_request_event(struct rcc_step *step, const struct rcc_request_state *row,
                                    enum rcc_request_step what, enum rcc_request_stage stage);
int64_t rcc_request_deadline_ms(const struct rcc_core *core, const struct rcc_request_state *row);
/* The same by its number. */
int64_t rcc_request_id_deadline_ms(const struct rcc_core *core, struct rcc_request_id id);
void rcc_request_silent(struct rcc_step *step, struct rcc_request_id id);
/* Part of rcc_core_centre_owed(). */
bool rcc_request_owed(const struct rcc_core *core, uint32_t slot, struct rcc_centre_owed *ret_owed);

/* ---- the place itself (place.c) ---- */

/* Refuses an answer that the place cannot take; true if it did. */
bool rcc_place_refuses_heard(struct rcc_step *step, const struct rcc_place *said);
/* What another centre says of a place is a step of it, as if an officer had typed it. Pre: it was not refused. */
void rcc_place_hear(struct rcc_step *step, const struct rcc_place *said, const struct rcc_request_state *row,
                    const struct rcc_link *record);

/* Part of apply. */
void rcc_apply_request(struct rcc_core *core, const struct rcc_request_changed *event);

#endif
