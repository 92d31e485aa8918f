/*
 * apply_internal.h - rows that exist, for writing: the files of apply share them, nobody else includes this.
 */
#ifndef RCC_CORE_APPLY_INTERNAL_H
#define RCC_CORE_APPLY_INTERNAL_H

#include <assert.h>

#include "core/core_internal.h"

static inline struct rcc_peer *
peer_get(struct rcc_core *core, struct rcc_peer_id id)
{
	assert(id.v != 0 && id.v <= core->peer_count);
	return &core->peer[id.v - 1];
}

static inline struct rcc_alert_state *
alert_get(struct rcc_core *core, struct rcc_alert_id id)
{
	const struct rcc_alert_state *row = rcc_alert_find(core, id);
	assert(row != NULL);
	return &core->alert[row - core->alert];
}

static inline struct rcc_incident *
incident_get(struct rcc_core *core, struct rcc_incident_id id)
{
	const struct rcc_incident *row = rcc_incident_find(core, id);
	assert(row != NULL);
	return &core->incident[row - core->incident];
}

/* A ship's word opens nothing; what an officer does about a case acts on it. */
static inline bool
is_of_officer(const struct rcc_core *core, struct rcc_peer_id by)
{
	const struct rcc_peer *peer = rcc_peer_find(core, by);

	return peer == NULL || peer->role != RCC_ROLE_VESSEL;
}

static inline struct rcc_broadcast *
broadcast_get(struct rcc_core *core, struct rcc_broadcast_id id)
{
	const struct rcc_broadcast *row = rcc_broadcast_find(core, id);
	assert(row != NULL);
	return &core->broadcast[row - core->broadcast];
}

static inline struct rcc_delivery *
delivery_get(struct rcc_core *core, struct rcc_delivery_ref ref)
{
	const struct rcc_delivery *row = rcc_delivery_find(core, ref.peer, ref.number);
	assert(row != NULL);
	return &core->delivery[row - core->delivery];
}

/* An officer has acted on it: the move from NEW to OPEN, the only one that needs no event of its own. */
static inline void
mark_open(struct rcc_incident *incident)
{
	if (incident->status != RCC_INCIDENT_NEW)
		return;
	assert(rcc_incident_may_move(incident->status, RCC_INCIDENT_OPEN, RCC_BY_OFFICER));
	incident->status = RCC_INCIDENT_OPEN;
}

/* What officers decided, and sailing plans; apply_orders.c. */
void rcc_apply_order(struct rcc_core *core, const struct rcc_event *event);

/* The work of an incident; apply_work.c. */
void rcc_apply_work(struct rcc_core *core, const struct rcc_event *event);
/* Places of safety; apply_place.c. */
void rcc_apply_place(struct rcc_core *core, const struct rcc_place_stepped *event);

/* What a join makes of two cases, and its undoing; apply_join.c. */
void rcc_apply_join(struct rcc_core *core, const struct rcc_event *event);
/* Part of closing: what was held is the survivor's now, and so is who comes by voice. */
void rcc_apply_joined_away(struct rcc_core *core, struct rcc_incident *incident);
/* Part of its undo: who came by voice comes to this case again. */
void rcc_apply_split_off(struct rcc_core *core, const struct rcc_incident *incident);
/* Who was told that help is not needed any more has nothing that a person vouched for. */
void rcc_apply_unvouch(struct rcc_core *core, struct rcc_incident *incident);
/* Where persons are and what they need; false if the event tells of neither. apply_persons.c. */
bool rcc_apply_persons(struct rcc_core *core, const struct rcc_event *event);

/* What broadcasts and the ledger's events do to the state; apply_ledger.c. */
void rcc_apply_broadcast(struct rcc_core *core, const struct rcc_broadcast_issued *event);
/* The ship leaves exercises: what she has not stored of them is not for her any more. */
void rcc_apply_left(struct rcc_core *core, struct rcc_peer_id peer);
/* A notice has run out: what was not stored by then is not sounded any more. */
void rcc_apply_notice_expired(struct rcc_core *core, struct rcc_incident_id incident);
void rcc_apply_queued(struct rcc_core *core, const struct rcc_deliveries_queued *event);
void rcc_apply_sent(struct rcc_core *core, const struct rcc_sent *event);
void rcc_apply_stored(struct rcc_core *core, const struct rcc_delivery_stored *event);
void rcc_apply_read(struct rcc_core *core, const struct rcc_delivery_read *event);
void rcc_apply_answered(struct rcc_core *core, const struct rcc_answered *event);
/* Does a ship that has come answer a task that she goes to? It says nothing about the call; `row` is her latest answer to that. */
bool rcc_answer_is_of_task(const struct rcc_core *core, const struct rcc_answered *event,
                           const struct rcc_answer_state *row);
void rcc_apply_flagged(struct rcc_core *core, const struct rcc_deliveries_flagged *event);
/* Another centre that can be called; nothing of any other key. */
void rcc_apply_centre(struct rcc_core *core, const struct rcc_peer_enrolled *event);

/* What single ships were ordered, and has not gone out, is not sent any more: the case is over. */
void rcc_apply_orders_over(struct rcc_core *core, struct rcc_incident *incident);

#endif
