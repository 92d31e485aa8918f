/*
 * duty_end.c - the duty to tell the end: opened whenever somebody may act on a case that is over, settled when nobody does any more.
 *
 * Part of apply. Whoever is owed the end is on a line of the centre's, whatever made it so: a cancel, an answer that came after it, a line
 * that went out late, a key that changed, a run that began (SAR Convention annex 4.8.3).
 */
#include "core/apply_internal.h"
#include "core/duty_internal.h"
#include "core/told.h"

/* Is it over for the ships: was a cancel the last that they were told, or is the case closed? */
static bool
is_over(const struct rcc_core *core, const struct rcc_incident *incident)
{
	const struct rcc_broadcast *newest = rcc_broadcast_at(core, incident->newest_broadcast);

	return incident->class == RCC_CLASS_LIVE &&
	       (incident->status == RCC_INCIDENT_CLOSED || (newest != NULL && newest->kind == RCC_BROADCAST_CANCEL));
}

/* Is it over, and does no line say that somebody is to be told so? */
static bool
is_end_settled(const struct rcc_core *core, const struct rcc_incident *incident)
{
	const struct rcc_duty *tell = rcc_duty_of(core, incident->id, RCC_DUTY_RULE_TELL_END, rcc_centre, 0);

	return is_over(core, incident) && (tell == NULL || !rcc_duty_is_open(tell));
}

/* Whoever may act on it after its end was told is told, or an officer says how: on a line of its own, should the last be settled. */
void
rcc_duty_owe_end(struct rcc_core *core, struct rcc_incident *incident, struct rcc_mmsi ship)
{
	if (is_end_settled(core, incident) && rcc_told_is_owed(core, incident, ship) &&
	    !rcc_told_is_to_be_released(core, incident, ship))
		(void)rcc_duty_open(core, incident, RCC_DUTY_RULE_TELL_END, rcc_centre, 0);
}

void
rcc_duty_owe_end_to_any(struct rcc_core *core, struct rcc_incident *incident)
{
	if (is_end_settled(core, incident) && rcc_told_is_any_to_be_told(core, incident, &incident->untold_at))
		(void)rcc_duty_open(core, incident, RCC_DUTY_RULE_TELL_END, rcc_centre, 0);
}

/* An end has come to her, or was said: did everybody have it now? */
void
rcc_duty_settle_end(struct rcc_core *core, struct rcc_incident *incident)
{
	const struct rcc_duty *tell = rcc_duty_of(core, incident->id, RCC_DUTY_RULE_TELL_END, rcc_centre, 0);

	if (tell != NULL && rcc_duty_is_open(tell) && !rcc_told_is_any_to_be_told(core, incident, &incident->untold_at))
		rcc_duty_done(core, incident, RCC_DUTY_RULE_TELL_END);
}

/* This line went out, or came to her: of a case that is over, if it does not say so itself. */
void
rcc_duty_owe_end_of_line(struct rcc_core *core, const struct rcc_delivery *line)
{
	const struct rcc_broadcast *row = line == NULL ? NULL : rcc_broadcast_find(core, line->broadcast);

	if (row == NULL || rcc_broadcast_is_circular(row->kind))
		return;
	if (rcc_broadcast_is_end(row->kind) || row->is_of_place)
		rcc_duty_settle_end(core, incident_get(core, row->incident));
	if (!rcc_broadcast_is_end(row->kind))
		rcc_duty_owe_end(core, incident_get(core, row->incident), peer_get(core, line->peer)->mmsi);
}

/* Her keys have changed: whom a message reached before, or was told by voice, is told another way now. */
void
rcc_duty_owe_ends_of(struct rcc_core *core, struct rcc_peer_id id)
{
	const struct rcc_peer *peer = peer_get(core, id);

	for (uint32_t i = 0; peer->role == RCC_ROLE_VESSEL && i < core->incident_top; i++) {
		if (core->incident[i].id.v != 0)
			rcc_duty_owe_end(core, &core->incident[i], peer->mmsi);
	}
}

/* A run begins: what lay open may have gone out. */
void
rcc_duty_owe_ends_of_run(struct rcc_core *core)
{
	for (uint32_t i = 0; i < core->broadcast_top; i++) {
		const struct rcc_broadcast *row = &core->broadcast[i];
		if (row->id.v == 0 || rcc_broadcast_is_circular(row->kind) || rcc_broadcast_is_end(row->kind) ||
		    !is_end_settled(core, incident_get(core, row->incident)))
			continue;
		for (const struct rcc_delivery *line = rcc_delivery_at(core, row->newest_delivery); line != NULL;
		     line = rcc_delivery_at(core, line->of_broadcast)) {
			if (line->may_be_out)
				rcc_duty_owe_end_of_line(core, line);
		}
	}
}

void
rcc_duty_follow_sent(struct rcc_core *core, const struct rcc_sent *sent)
{
	for (uint32_t i = 0; i < sent->count; i++)
		rcc_duty_owe_end_of_line(core, rcc_delivery_find(core, sent->row[i].peer, sent->row[i].number));
}

/* What she has on her disk since this very entry. */
void
rcc_duty_owe_end_of_stored(struct rcc_core *core, struct rcc_peer_id peer)
{
	for (const struct rcc_delivery *line = rcc_delivery_at(core, peer_get(core, peer)->newest_delivery);
	     line != NULL; line = rcc_delivery_at(core, line->of_peer)) {
		if (line->stored_at_ms != 0 && line->stored_at_ms != core->at_ms)
			return;
		if (line->stored_at_ms != 0)
			rcc_duty_owe_end_of_line(core, line);
	}
}
