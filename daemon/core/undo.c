/*
 * undo.c - an officer splits what should not have been joined: alerts go back, and a join that is taken back as a whole leaves
 * both cases as they were.
 *
 * What was done in between by anybody else is not swept away: then the case stays as it is, and the record says so.
 */
#include <assert.h>
#include <string.h>

#include "core/core_internal.h"

uint32_t
rcc_join_count_alerts(const struct rcc_core *core, struct rcc_incident_id incident)
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < core->alert_top; i++)
		count += core->alert[i].id.v != 0 && core->alert[i].incident.v == incident.v;
	return count;
}

void
rcc_join_hold(struct rcc_step *step, struct rcc_incident_id incident, const char *reason)
{
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_RELAY_HELD);
	size_t len = strlen(reason);

	assert(len <= RCC_TEXT_MAX);
	event->u.held.incident = incident;
	event->u.held.by = step->entry->cause.origin.peer;
	memcpy(event->u.held.reason, reason, len);
	rcc_step_emit(step, event);
}

/* ---- the case that the alerts leave ---- */

/* Is any alert still there that the join had brought? */
static bool
is_some_left(const struct rcc_core *core, struct rcc_incident_id from, const struct rcc_incident *back)
{
	for (uint32_t i = 0; i < core->alert_top; i++) {
		const struct rcc_alert_state *row = &core->alert[i];
		if (row->id.v != 0 && row->incident.v == from.v && row->moved_from.v == back->id.v &&
		    row->moved_seq == back->before.seq)
			return true;
	}
	return false;
}

/* Would ships hold a call of this case by now if it had never been joined? */
static bool
is_called_anyway(const struct rcc_incident *incident, const struct rcc_before_join *before)
{
	return before->is_standing ||
	       (before->phase == RCC_PHASE_DISTRESS && !before->is_held && before->review_at_ms == 0 &&
	        before->relay_due_at_ms != 0 && rcc_pos_is_known(incident->pos));
}

/* Ships hold a call that only the join had made: they hear that it is over, or suspended as before. False: no room to say it. */
static bool
take_call_back(struct rcc_step *step, struct rcc_incident_id id, const struct rcc_incident *back, const char *reason)
{
	static const char why[] = "not the same case as ";
	const struct rcc_incident *incident = rcc_incident_find(step->core, id);
	bool is_suspension = back->before.review_at_ms != 0 && back->before.is_suspension_told;
	char text[RCC_TEXT_MAX + 1] = {0};
	size_t len = sizeof why - 1;

	if (!rcc_incident_is_standing(incident) || is_called_anyway(incident, &back->before))
		return true;
	memcpy(text, why, len);
	len += rcc_join_number(text + len, back);
	if (strlen(reason) + len + 2 <= RCC_TEXT_MAX) { /* cut characters would be no text */
		memcpy(text + len, ": ", 2);
		memcpy(text + len + 2, reason, strlen(reason));
	}
	rcc_broadcast_issue(step, id, is_suspension ? RCC_BROADCAST_SUSPENDED : RCC_BROADCAST_CANCEL, text);
	return !rcc_incident_is_standing(incident);
}

static bool
is_as_before(const struct rcc_incident *incident, const struct rcc_before_join *before)
{
	return incident->phase == before->phase && incident->review_at_ms == before->review_at_ms &&
	       incident->is_relay_held == before->is_held && rcc_incident_is_standing(incident) == before->is_standing;
}

static void
emit_undone(struct rcc_step *step, const struct rcc_incident *incident, const struct rcc_incident *back,
            bool is_restored, const char *reason)
{
	const struct rcc_before_join *before = &back->before;
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_JOIN_UNDONE);
	struct rcc_join_undone *undone = &event->u.undone;
	bool is_clock = is_restored && before->review_at_ms == 0 && !rcc_incident_is_standing(incident);
	size_t len = strlen(reason);

	*undone = (struct rcc_join_undone){.incident = incident->id,
	                                   .other = back->id,
	                                   .by = step->entry->cause.origin.peer,
	                                   .restored = is_restored,
	                                   .phase = is_restored ? before->phase : incident->phase,
	                                   .source = is_restored ? before->source : incident->source,
	                                   .review_at_ms = is_restored ? before->review_at_ms : incident->review_at_ms,
	                                   .review_due = is_restored ? before->is_review_due : incident->is_review_due,
	                                   .relay_due_at_ms = is_clock      ? before->relay_due_at_ms
	                                                      : is_restored ? 0
	                                                                    : incident->relay_due_at_ms,
	                                   .held = is_restored ? before->is_held : incident->is_relay_held,
	                                   .verified = incident->is_verified || (is_restored && before->is_verified)};
	assert(len <= RCC_TEXT_MAX);
	memcpy(undone->reason, reason, len);
	rcc_step_emit(step, event);
}

void
rcc_join_undo(struct rcc_step *step, struct rcc_incident_id from, struct rcc_incident_id back_id, const char *reason)
{
	const struct rcc_incident *incident = rcc_incident_find(step->core, from);
	const struct rcc_incident *back = rcc_incident_find(step->core, back_id);
	bool is_all = back->before.survivor.v == from.v && !is_some_left(step->core, from, back);

	bool is_untouched = is_all && incident->acted_seq == back->before.seq;
	if (is_untouched && take_call_back(step, from, back, reason)) {
		emit_undone(step, incident, back, true, reason);
	} else if (is_all && !is_as_before(incident, &back->before)) {
		emit_undone(step, incident, back, false, reason);
	}
	rcc_incident_relay_if_due(step, from);
}

/* ---- the case that they go to ---- */

/* Where a split alert goes: back to the incident that it opened and that was joined away, or to a new one. */
static struct rcc_incident_id
home_of(struct rcc_step *step, const struct rcc_alert_state *row, const char *reason)
{
	const struct rcc_incident *home = rcc_incident_find(step->core, row->home);

	if (home == NULL || home->id.v == row->incident.v || home->status != RCC_INCIDENT_CLOSED ||
	    home->outcome != RCC_OUTCOME_JOINED || (!home->is_restricted && rcc_wall_keeps(step->core, row)))
		return rcc_incident_open(step, row->id);
	rcc_incident_resume(step, home->id, (struct rcc_alert_id){0}, reason);
	rcc_parts_settle(step, home->id, reason);
	return home->id;
}

/* Ships held a call of it, or an officer had held it back: in both cases nothing about that is changed by join and split. */
static void
tell_of_back(struct rcc_step *step, struct rcc_incident_id to, struct rcc_incident_id from, enum rcc_source source)
{
	const struct rcc_incident *back = rcc_incident_find(step->core, to);
	const struct rcc_incident *incident = rcc_incident_find(step->core, from);
	bool is_before = back->before.survivor.v == from.v;
	bool is_untouched = is_before && incident->acted_seq == back->before.seq;
	bool is_called = is_before && back->before.was_standing && (is_untouched || rcc_incident_is_standing(incident));

	if (is_untouched && back->before.was_held)
		rcc_join_hold(step, to, back->hold_reason);
	else if (incident->is_relay_held && !(is_untouched && !back->before.is_held))
		rcc_join_hold(step, to, incident->hold_reason);
	else
		rcc_incident_start_clock(step, to,
		                         is_called ? step->entry->cause.at_ms : rcc_relay_due_ms(step, source));
	rcc_incident_relay_if_due(step, to);
	/* The machine does not take a call back that no officer has cancelled. */
	if (is_called && back->phase == RCC_PHASE_DISTRESS && !back->is_restricted && !back->is_relay_held &&
	    !rcc_incident_is_standing(back) && rcc_pos_is_known(back->pos))
		rcc_broadcast_issue(step, to, RCC_BROADCAST_DISTRESS_RELAY, "");
}

void
rcc_rule_split(struct rcc_step *step)
{
	const struct rcc_split *split = &step->entry->cause.u.split;
	const struct rcc_alert_state *row = rcc_alert_find(step->core, split->alert);

	if (row == NULL) {
		rcc_step_refuse(step, RCC_REFUSAL_NOT_FOUND, "split.alert");
		return;
	}
	const struct rcc_incident *from = rcc_incident_or_refuse(step, row->incident, "split.alert");
	if (from == NULL || rcc_refuse_reason(step, split->reason, "split.reason"))
		return;
	/* The only alert of an incident is that incident. */
	if (rcc_join_count_alerts(step->core, from->id) < 2) {
		rcc_step_refuse(step, RCC_REFUSAL_WRONG_STATE, "split.alert");
		return;
	}
	if (!rcc_room_for_incident(step)) {
		rcc_step_refuse(step, RCC_REFUSAL_FULL, "split.alert");
		return;
	}
	struct rcc_incident_id from_id = from->id;
	enum rcc_source source = row->body.source;
	struct rcc_incident_id to = home_of(step, row, split->reason);
	rcc_join_emit_moved(step, row, to, split->reason);
	rcc_parts_return(step, from_id, to, split->reason);
	rcc_facts_recount(step, to, split->reason);
	tell_of_back(step, to, from_id, source);
	rcc_facts_recount(step, from_id, split->reason);
	rcc_join_undo(step, from_id, to, split->reason);
}
