/*
 * apply_join.c - the part of apply that writes what a join makes of two cases, what its undo takes back, and who acted on a
 * case. Decides nothing.
 */
#include <assert.h>
#include <string.h>

#include "core/apply_internal.h"
#include "core/told.h"

static void
apply_joined_case(struct rcc_core *core, const struct rcc_incident_joined *event)
{
	struct rcc_incident *incident = incident_get(core, event->incident);
	struct rcc_incident *survivor = incident_get(core, event->into);
	enum rcc_broadcast_kind kind = rcc_incident_last_kind(core, survivor);

	incident->joined_into = event->into;
	incident->before = (struct rcc_before_join){.survivor = event->into,
	                                            .seq = core->seq + 1,
	                                            .was_standing = rcc_incident_is_standing(incident),
	                                            .was_held = incident->is_relay_held,
	                                            .was_verified = incident->is_verified,
	                                            .was_vouched = incident->is_vouched,
	                                            .phase = survivor->phase,
	                                            .source = survivor->source,
	                                            .review_at_ms = survivor->review_at_ms,
	                                            .is_review_due = survivor->is_review_due,
	                                            .relay_due_at_ms = survivor->relay_due_at_ms,
	                                            .is_held = survivor->is_relay_held,
	                                            .is_standing = rcc_incident_is_standing(survivor),
	                                            .is_suspension_told = kind == RCC_BROADCAST_SUSPENDED,
	                                            .is_verified = survivor->is_vouched,
	                                            .acted_seq = survivor->acted_seq};
	/* The other way round now: an older join of these two has nothing to be undone any more. */
	if (survivor->before.survivor.v == event->incident.v)
		memset(&survivor->before, 0, sizeof survivor->before);
}

void
rcc_apply_joined_away(struct rcc_core *core, struct rcc_incident *incident)
{
	incident->is_relay_held = false;
	for (uint32_t slot1 = incident->newest_answer; slot1 != 0; slot1 = core->answer[slot1 - 1].previous) {
		struct rcc_answer_state *row = &core->answer[slot1 - 1];
		if (rcc_told_is_coming(row) && rcc_told_is_by_voice(core, incident, row->ship))
			row->released_seq = core->seq + 1;
	}
}

void
rcc_apply_split_off(struct rcc_core *core, const struct rcc_incident *incident)
{
	for (uint32_t slot1 = incident->newest_answer; slot1 != 0; slot1 = core->answer[slot1 - 1].previous) {
		struct rcc_answer_state *row = &core->answer[slot1 - 1];
		row->released_seq = row->released_seq == incident->before.seq ? 0 : row->released_seq;
	}
}

static void
apply_undone(struct rcc_core *core, const struct rcc_join_undone *event)
{
	struct rcc_incident *incident = incident_get(core, event->incident);
	struct rcc_incident *other = incident_get(core, event->other);

	if (event->restored != 0) {
		incident->phase = event->phase;
		incident->source = event->source;
		incident->relay_due_at_ms = event->relay_due_at_ms;
		incident->is_relay_held = event->held != 0;
		incident->is_verified = event->verified != 0;
		incident->is_vouched = incident->is_vouched || other->before.is_verified;
		incident->acted_seq = other->before.acted_seq;
	}
	if (event->restored != 0 && event->review_at_ms != 0) {
		assert(rcc_incident_may_move(incident->status, RCC_INCIDENT_SUSPENDED, RCC_BY_OFFICER));
		incident->status = RCC_INCIDENT_SUSPENDED;
		incident->review_at_ms = event->review_at_ms;
		incident->is_review_due = event->review_due != 0;
	}
	memset(&other->before, 0, sizeof other->before);
}

void
rcc_apply_join(struct rcc_core *core, const struct rcc_event *event)
{
	if (event->kind == RCC_EVENT_INCIDENT_JOINED)
		apply_joined_case(core, &event->u.incident_joined);
	else if (event->kind == RCC_EVENT_JOIN_UNDONE)
		apply_undone(core, &event->u.undone);
	else
		incident_get(core, event->u.hold_ended.incident)->is_relay_held = false;
}

void
rcc_apply_unvouch(struct rcc_core *core, struct rcc_incident *incident)
{
	incident->is_verified = false;
	incident->is_vouched = false;
	for (uint32_t i = 0; i < core->incident_top; i++) {
		struct rcc_incident *other = &core->incident[i];
		if (other->joined_into.v != 0 && rcc_incident_speaker(core, other->id).v == incident->id.v)
			other->before.was_verified = other->before.was_vouched = false;
	}
}

/* The case that an order names; 0 = it is no order on a case, or one whose undo must not depend on itself. */
static struct rcc_incident_id
ordered_case(const struct rcc_command *cause)
{
	if (cause->kind == RCC_COMMAND_RELAY)
		return cause->u.relay.incident;
	if (cause->kind == RCC_COMMAND_CANCEL)
		return cause->u.cancel.incident;
	if (cause->kind == RCC_COMMAND_PHASE)
		return cause->u.phase.incident;
	if (cause->kind == RCC_COMMAND_SUSPEND)
		return cause->u.suspend.incident;
	if (cause->kind == RCC_COMMAND_RESUME)
		return cause->u.resume.incident;
	if (cause->kind == RCC_COMMAND_CLASSIFY)
		return cause->u.classify.incident;
	if (cause->kind == RCC_COMMAND_GROUP)
		return cause->u.group.incident;
	return (struct rcc_incident_id){0};
}

static void
note(struct rcc_core *core, struct rcc_incident_id id)
{
	const struct rcc_incident *incident = rcc_incident_find(core, id);

	if (incident != NULL)
		core->incident[incident - core->incident].acted_seq = core->seq;
}

/* Is this alert on its way back to where a join had taken it from? That is no act on the case that it leaves. */
static bool
is_undo(const struct rcc_core *core, const struct rcc_entry *entry, const struct rcc_alert_moved *moved)
{
	const struct rcc_incident *to = rcc_incident_find(core, moved->to);

	for (uint32_t i = 0; i < entry->event_count; i++) {
		const struct rcc_event *event = &entry->event[i];
		if (event->kind == RCC_EVENT_JOIN_UNDONE && event->u.undone.incident.v == moved->from.v)
			return true;
	}
	return to != NULL && to->before.survivor.v == moved->from.v;
}

void
rcc_apply_acts(struct rcc_core *core, const struct rcc_entry *entry)
{
	bool is_refused = entry->event_count == 1 && entry->event[0].kind == RCC_EVENT_COMMAND_REFUSED;

	if (!is_refused)
		note(core, ordered_case(&entry->cause));
	for (uint32_t i = 0; i < entry->event_count; i++) {
		const struct rcc_event *event = &entry->event[i];
		if (event->kind == RCC_EVENT_ALERT_JOINED)
			note(core, event->u.joined.incident);
		else if (event->kind == RCC_EVENT_HANDOVER_CHANGED)
			note(core, event->u.handover_changed.body.incident);
		else if (event->kind == RCC_EVENT_INCIDENT_GROUPED && entry->cause.kind == RCC_COMMAND_GROUP)
			note(core, event->u.grouped.parent);
		else if (event->kind == RCC_EVENT_ALERT_MOVED) {
			note(core, event->u.moved.to);
			if (!is_undo(core, entry, &event->u.moved))
				note(core, event->u.moved.from);
		}
	}
}
