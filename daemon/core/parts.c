/* parts.c - mass rescues: cases that are parts of one, one level deep; a parent is never closed over an open part. */
#include <assert.h>
#include <string.h>

#include "core/core_internal.h"

static bool
is_open_part(const struct rcc_incident *incident, struct rcc_incident_id parent)
{
	return incident->id.v != 0 && incident->parent.v == parent.v && incident->status != RCC_INCIDENT_CLOSED;
}

uint32_t
rcc_parts_count(const struct rcc_core *core, struct rcc_incident_id parent)
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < core->incident_top; i++)
		count += is_open_part(&core->incident[i], parent);
	return count;
}

bool
rcc_parts_are_open(const struct rcc_core *core, struct rcc_incident_id parent)
{
	return rcc_parts_count(core, parent) > 0;
}

static void
emit_grouped(struct rcc_step *step, struct rcc_incident_id part, struct rcc_incident_id parent, const char *reason)
{
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_INCIDENT_GROUPED);
	size_t len = strlen(reason);

	assert(len <= RCC_TEXT_MAX);
	event->u.grouped.incident = part;
	event->u.grouped.parent = parent;
	event->u.grouped.by = step->entry->cause.origin.peer;
	memcpy(event->u.grouped.reason, reason, len);
	rcc_step_emit(step, event);
}

void
rcc_parts_move(struct rcc_step *step, struct rcc_incident_id from, struct rcc_incident_id into, const char *reason)
{
	const struct rcc_core *core = step->core;

	for (uint32_t i = 0; i < core->incident_top; i++) {
		if (is_open_part(&core->incident[i], from))
			emit_grouped(step, core->incident[i].id, into, reason);
	}
}

void
rcc_parts_return(struct rcc_step *step, struct rcc_incident_id from, struct rcc_incident_id back, const char *reason)
{
	const struct rcc_core *core = step->core;

	for (uint32_t i = 0; i < core->incident_top; i++) {
		const struct rcc_incident *part = &core->incident[i];
		/* What the entry cannot hold stays with a parent that is not closed. */
		if (is_open_part(part, from) && rcc_incident_speaker(core, part->grouped_under).v == back.v &&
		    rcc_step_room(step) > rcc_join_room(core, part->class))
			emit_grouped(step, part->id, back, reason);
	}
}

static bool
can_be_parent(const struct rcc_incident *incident)
{
	return incident != NULL && incident->status != RCC_INCIDENT_CLOSED && incident->parent.v == 0;
}

void
rcc_parts_settle(struct rcc_step *step, struct rcc_incident_id part, const char *reason)
{
	const struct rcc_core *core = step->core;
	struct rcc_incident_id parent = rcc_incident_find(core, part)->parent;
	struct rcc_incident_id speaker = rcc_incident_speaker(core, parent);

	if (parent.v == 0 || can_be_parent(rcc_incident_find(core, parent)))
		return;
	bool is_joined = speaker.v != part.v && can_be_parent(rcc_incident_find(core, speaker));
	emit_grouped(step, part, is_joined ? speaker : (struct rcc_incident_id){0}, reason);
}

/* Why an incident cannot become part of another; 0 = it can. One level: a part has no parts of its own. */
static enum rcc_refusal
group_refusal(const struct rcc_core *core, const struct rcc_incident *incident, const struct rcc_incident *parent)
{
	if (parent == NULL)
		return RCC_REFUSAL_NOT_FOUND;
	if (parent->class != incident->class)
		return RCC_REFUSAL_NOT_LIVE;
	if (parent->is_restricted || incident->is_restricted)
		return RCC_REFUSAL_RESTRICTED;
	if (parent->status == RCC_INCIDENT_CLOSED || parent->status == RCC_INCIDENT_TRANSFERRED ||
	    parent->parent.v != 0 || parent->id.v == incident->id.v || rcc_parts_are_open(core, incident->id))
		return RCC_REFUSAL_WRONG_STATE;
	return (enum rcc_refusal)0;
}

void
rcc_rule_group(struct rcc_step *step)
{
	const struct rcc_group *group = &step->entry->cause.u.group;
	const struct rcc_incident *incident = rcc_incident_or_refuse(step, group->incident, "group.incident");
	enum rcc_refusal refusal = (enum rcc_refusal)0;

	if (incident == NULL || rcc_refuse_reason(step, group->reason, "group.reason"))
		return;
	if (group->parent.v != 0)
		refusal = group_refusal(step->core, incident, rcc_incident_find(step->core, group->parent));
	else if (incident->parent.v == 0)
		refusal = RCC_REFUSAL_WRONG_STATE;
	if (refusal != 0) {
		rcc_step_refuse(step, refusal, "group.parent");
		return;
	}
	emit_grouped(step, group->incident, group->parent, group->reason);
}
