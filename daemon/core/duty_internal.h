/*
 * duty_internal.h - writing the duty ledger; for apply, duty*.c and evict.c alone.
 */
#ifndef RCC_CORE_DUTY_INTERNAL_H
#define RCC_CORE_DUTY_INTERNAL_H

#include "core/duty.h"

/*
 * The open line of this kind: the one there is, else a new one with its clock running; NULL if the table is full. A settled one
 * stays as it is, up to RCC_DUTY_AGAIN_MAX of a kind.
 */
struct rcc_duty *rcc_duty_open(struct rcc_core *core, struct rcc_incident *incident, enum rcc_duty_rule rule,
                               struct rcc_mmsi ship, uint32_t subject);
/* Changes an open line; a settled one, or NULL, stays as it is. */
void rcc_duty_set(struct rcc_core *core, struct rcc_duty *row, enum rcc_duty_state state);
/* The same row, for writing. */
struct rcc_duty *rcc_duty_row(struct rcc_core *core, const struct rcc_duty *row);
/* Does she owe an answer to something that lies unsent or unstored, while she has said nothing else of the case? */
bool rcc_duty_is_unreached(const struct rcc_core *core, const struct rcc_duty *row);
/* Frees every line of an incident, from its newest on. */
void rcc_duty_free(struct rcc_core *core, uint32_t slot1);

/* ---- lines without a subject, the centre's own or a ship's ---- */

static const struct rcc_mmsi rcc_centre = {0};

static inline struct rcc_duty *
rcc_duty_line(struct rcc_core *core, const struct rcc_incident *incident, enum rcc_duty_rule rule, struct rcc_mmsi ship)
{
	return rcc_duty_row(core, rcc_duty_of(core, incident->id, rule, ship, 0));
}

static inline void
rcc_duty_mark(struct rcc_core *core, const struct rcc_incident *incident, enum rcc_duty_rule rule, struct rcc_mmsi ship,
              enum rcc_duty_state state)
{
	rcc_duty_set(core, rcc_duty_line(core, incident, rule, ship), state);
}

static inline void
rcc_duty_done(struct rcc_core *core, const struct rcc_incident *incident, enum rcc_duty_rule rule)
{
	rcc_duty_mark(core, incident, rule, rcc_centre, RCC_DUTY_DISCHARGED);
}

/* ---- what follows from events ---- */

/* Answers, tasks and releases (duty_ship.c). */
void rcc_duty_call_anew(struct rcc_core *core, struct rcc_incident *incident);
/* Whether anybody goes there, while somebody is to be saved: after each event that may change it. */
void rcc_duty_follow_bound(struct rcc_core *core, struct rcc_incident *incident);
/* All survivors are ashore, and the ships that landed them are free: done, released, or their case is over. */
void rcc_duty_follow_freed(struct rcc_core *core, struct rcc_incident *incident);
void rcc_duty_follow_answer(struct rcc_core *core, const struct rcc_answered *answered);
void rcc_duty_follow_task(struct rcc_core *core, const struct rcc_task *task);
/* A message of the case has reached her: clocks that waited for it begin. */
void rcc_duty_reach(struct rcc_core *core, struct rcc_incident *incident, struct rcc_mmsi ship);
/* Persons, needs and places (duty_people.c). */
void rcc_duty_follow_persons(struct rcc_core *core, const struct rcc_move_persons *move);
void rcc_duty_settle_referral(struct rcc_core *core, const struct rcc_incident *incident);
void rcc_duty_follow_survivors(struct rcc_core *core, const struct rcc_survivors *survivors);
void rcc_duty_follow_need(struct rcc_core *core, const struct rcc_need_changed *changed);
void rcc_duty_follow_place(struct rcc_core *core, const struct rcc_place *place);
/* The case goes on, or has come back: those still aboard, and what was asked for, are owed again what they were owed before. */
void rcc_duty_resume_people(struct rcc_core *core, struct rcc_incident *incident);
/* Likewise those who are on their way, or there: somebody coordinates them. */
void rcc_duty_resume_scene(struct rcc_core *core, struct rcc_incident *incident);
/* Nobody is called upon any more. */
void rcc_duty_end_responses(struct rcc_core *core, struct rcc_incident *incident);
/* A ship with a contact timer has been heard. */
void rcc_duty_hear(struct rcc_core *core, const struct rcc_incident *incident, struct rcc_mmsi ship);

/* What an event opens and settles; called after its state is written. */
void rcc_duty_follow(struct rcc_core *core, const struct rcc_event *event);
void rcc_duty_apply_changed(struct rcc_core *core, const struct rcc_duty_changed *event);

/* ---- duty_end.c ---- */

/* It is over, and this ship, or anybody, may act on it: a line is open for that. Of a case that goes on nothing is opened. */
void rcc_duty_owe_end(struct rcc_core *core, struct rcc_incident *incident, struct rcc_mmsi ship);
void rcc_duty_owe_end_to_any(struct rcc_core *core, struct rcc_incident *incident);
/* The same after an event: this line (NULL: none) went out or came to her; all that came now; her keys changed; a run began. */
void rcc_duty_owe_end_of_line(struct rcc_core *core, const struct rcc_delivery *line);
void rcc_duty_owe_end_of_stored(struct rcc_core *core, struct rcc_peer_id peer);
void rcc_duty_owe_ends_of(struct rcc_core *core, struct rcc_peer_id id);
void rcc_duty_owe_ends_of_run(struct rcc_core *core);
void rcc_duty_follow_sent(struct rcc_core *core, const struct rcc_sent *sent);
/* Does nobody act on it any more? */
void rcc_duty_settle_end(struct rcc_core *core, struct rcc_incident *incident);

#endif
