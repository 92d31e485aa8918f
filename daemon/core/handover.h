/*
 * handover.h - cases that pass from one centre to another: who has a case, who says so, and what is owed to the other.
 *
 * Law:    a centre lets go of a case only when it has stored that the other has it; and who has said "I have it" keeps it
 *         until it has heard that the other let go. So there is never none, and while there are two, each of them knows.
 * Owed:   what a row has said last goes to the other again and again until that one has it on its disk; a restart finds it
 *         in the rows.
 */
#ifndef RCC_CORE_HANDOVER_H
#define RCC_CORE_HANDOVER_H

#include "core/core_internal.h"

/* The newest handover of a case; NULL = it never was offered. */
const struct rcc_handover_state *rcc_handover_of(const struct rcc_core *core, struct rcc_incident_id incident);
/* The row of this handover with the centre that has this key; NULL = none in memory. */
const struct rcc_handover_state *rcc_handover_find(const struct rcc_core *core, const struct rcc_msg_id *handover,
                                                   const struct rcc_key *key);
/* Is this centre one that has the case? A case that is only offered to us is the other's. */
bool rcc_handover_holds(const struct rcc_core *core, const struct rcc_incident *incident);
/* May the other have it as well, as far as we know? */
bool rcc_handover_is_shared(const struct rcc_handover_state *row);
/* Did we offer it, and has nobody answered? Then it cannot be closed, suspended or joined away. */
bool rcc_handover_is_offered(const struct rcc_core *core, struct rcc_incident_id incident);
/* Did we offer it, or accept it without having heard that the other let go? */
bool rcc_handover_is_unsettled(const struct rcc_core *core, struct rcc_incident_id incident);

/* The row that a new one would take the place of, or a free one; RCC_HANDOVERS_MAX if every one is unsettled. */
uint32_t rcc_handover_slot(const struct rcc_core *core);

/* ---- rules ---- */

/* Of what this command begins with another centre: the officer's message names it; the daemon's own commands have no name. */
struct rcc_msg_id rcc_handover_name(const struct rcc_step *step);
/* The centre to call for what is owed to this one; NULL = it cannot be called, or not any more. */
const struct rcc_peer *rcc_handover_callee(const struct rcc_core *core, struct rcc_peer_id peer);
/* Begins the event of a step on a row: names, numbers and where it stands as they are now. */
struct rcc_event *rcc_handover_event(struct rcc_step *step, const struct rcc_handover_state *row,
                                     enum rcc_handover_step what);
/* Do alerts of that centre alone make up our case, and have we never said that we have it? */
bool rcc_handover_is_theirs_alone(const struct rcc_core *core, const struct rcc_handover_state *row);
/* Tells our ships who coordinates, if they hold a call of it. */
void rcc_handover_tell_ships(struct rcc_step *step, struct rcc_incident_id incident, const char *text);
/* "NAME is told.": for ships and for the other centre. */
void rcc_handover_words(char text[RCC_TEXT_MAX + 1], const char *first, const char *second);
/* The case as it is offered. */
void rcc_handover_snapshot(const struct rcc_core *core, const struct rcc_incident *incident, struct rcc_alert *ret);
bool rcc_share_allows(const struct rcc_core *core, struct rcc_peer_id peer, enum rcc_class class);
/* An officer took back a case that another centre has: that one is told. */
void rcc_handover_taken_back(struct rcc_step *step, struct rcc_incident_id incident, const char *reason);
/* Refuses what only the centre that has the case can decide; true if it did. */
bool rcc_handover_refuses(struct rcc_step *step, const struct rcc_incident *incident, const char *field);
int64_t rcc_handover_deadline_ms(const struct rcc_core *core, const struct rcc_handover_state *row);
/* The same by its number. */
int64_t rcc_handover_id_deadline_ms(const struct rcc_core *core, uint32_t id);
void rcc_handover_silent(struct rcc_step *step, uint32_t id);

/* Part of apply. */
void rcc_apply_handover(struct rcc_core *core, const struct rcc_handover_changed *event);

#endif
