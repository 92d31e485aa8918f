/*
 * apply_orders.c - the part of apply that writes what officers decided of a case, and sailing plans. Decides nothing.
 */
#include <assert.h>
#include <string.h>

#include "core/apply_internal.h"

/*
 * What an officer states is told as he says it. Facts that were counted anew are news if ships were told others; where it is they
 * hear when it is far enough from where they were sent.
 */
static bool
is_news(const struct rcc_incident *incident, const struct rcc_incident_revised *event)
{
	return event->stating != 0 || event->casualty.v != incident->casualty.v || event->nature != incident->nature ||
	       event->persons != incident->persons || (event->verified != 0) != incident->is_verified ||
	       strcmp(event->name, incident->name) != 0;
}

static void
apply_incident_revised(struct rcc_core *core, const struct rcc_incident_revised *event)
{
	struct rcc_incident *incident = incident_get(core, event->incident);

	incident->has_news = incident->has_news || is_news(incident, event);
	incident->casualty = event->casualty;
	incident->nature = event->nature;
	incident->persons = event->persons;
	memcpy(incident->name, event->name, sizeof incident->name);
	incident->pos = event->pos;
	incident->pos_at_ms = event->pos_at_ms;
	incident->pos_radius_m = event->pos_radius_m;
	incident->pos_alert = event->pos_alert;
	incident->is_verified = event->verified != 0;
	incident->stated = event->stated;
	if ((event->stating & RCC_STATED_VERIFIED) != 0)
		incident->is_vouched = true;
	if ((event->stating & RCC_STATED_PERSONS) != 0) {
		incident->stated_persons = event->persons;
		incident->stated_persons_seq = core->seq + 1;
	}
	if ((event->stating & RCC_STATED_POS) != 0) {
		incident->stated_pos_seq = core->seq + 1;
		incident->stated_pos = event->pos;
		incident->stated_pos_at_ms = event->pos_at_ms;
		incident->stated_pos_radius_m = event->pos_radius_m;
	}
	mark_open(incident);
}

static void
apply_places(struct rcc_core *core, const struct rcc_places_revised *event)
{
	struct rcc_incident *incident = incident_get(core, event->incident);

	incident->is_conflict = event->is_conflict != 0;
	incident->candidate_count = event->candidate_count;
	memset(incident->candidate, 0, sizeof incident->candidate);
	memcpy(incident->candidate, event->candidate, event->candidate_count * sizeof event->candidate[0]);
}

static void
apply_phase_set(struct rcc_core *core, const struct rcc_phase_set *event)
{
	struct rcc_incident *incident = incident_get(core, event->incident);

	assert(rcc_phase_may_move(incident->phase, event->phase, RCC_BY_OFFICER));
	incident->phase = event->phase;
	mark_open(incident);
}

static void
apply_suspended(struct rcc_core *core, const struct rcc_incident_suspended *event)
{
	struct rcc_incident *incident = incident_get(core, event->incident);

	assert(rcc_incident_may_move(incident->status, RCC_INCIDENT_SUSPENDED, RCC_BY_OFFICER));
	incident->status = RCC_INCIDENT_SUSPENDED;
	incident->review_at_ms = event->review_at_ms;
	incident->is_review_due = false;
	incident->relay_due_at_ms = 0;
}

static void
apply_resumed(struct rcc_core *core, const struct rcc_incident_resumed *event)
{
	struct rcc_incident *incident = incident_get(core, event->incident);

	assert(rcc_incident_may_move(incident->status, RCC_INCIDENT_OPEN,
	                             event->alert.v != 0 ? RCC_BY_MACHINE : RCC_BY_OFFICER));
	incident->status = RCC_INCIDENT_OPEN;
	incident->review_at_ms = 0;
	incident->is_review_due = false;
	incident->closed_at_ms = 0;
	incident->outcome = (enum rcc_outcome)0;
	/* The cancel that went with its join took nothing back of what a person had vouched for. */
	incident->is_vouched = incident->is_vouched || (incident->joined_into.v != 0 && incident->before.was_vouched);
	if (incident->joined_into.v != 0)
		rcc_apply_split_off(core, incident);
	incident->joined_into.v = 0;
}

static void
apply_grouped(struct rcc_core *core, const struct rcc_incident_grouped *event)
{
	struct rcc_incident *incident = incident_get(core, event->incident);

	incident->parent = event->parent;
	/* A part goes along with a parent that is joined or split: that changes nothing of what an officer said. */
	if (event->parent.v == 0 || rcc_incident_speaker(core, incident->grouped_under).v != event->parent.v)
		incident->grouped_under = event->parent;
	mark_open(incident);
}

/* ---- sailing plans ---- */

static struct rcc_plan_state *
plan_get(struct rcc_core *core, struct rcc_plan_id id)
{
	const struct rcc_plan_state *plan = rcc_plan_find(core, id);

	assert(plan != NULL);
	return &core->plan[plan - core->plan];
}

static void
apply_plan_filed(struct rcc_core *core, const struct rcc_plan_filed *event)
{
	uint32_t slot = 0;

	while (slot < core->plan_top && core->plan[slot].id.v != 0)
		slot++;
	assert(slot < RCC_PLANS_MAX && event->plan.v == core->plan_last + 1);
	if (slot == core->plan_top)
		core->plan_top++;
	core->plan_count++;
	core->plan_last = event->plan.v;
	core->plan[slot] = (struct rcc_plan_state){.id = event->plan,
	                                           .by = event->by,
	                                           .filed_at_ms = core->at_ms,
	                                           .heard_at_ms = core->at_ms,
	                                           .due_at_ms = event->due_at_ms,
	                                           .body = event->body};
}

static void
apply_plan_heard(struct rcc_core *core, const struct rcc_plan_heard *event)
{
	struct rcc_plan_state *plan = plan_get(core, event->plan);

	plan->heard_at_ms = event->heard_at_ms;
	plan->due_at_ms = event->due_at_ms;
	plan->is_overdue = false;
	if (rcc_pos_is_known(event->pos))
		plan->body.pos = event->pos;
}

static void
apply_plan_ended(struct rcc_core *core, const struct rcc_plan_ended *event)
{
	memset(plan_get(core, event->plan), 0, sizeof(struct rcc_plan_state));
	core->plan_count--;
}

static void
apply_plan(struct rcc_core *core, const struct rcc_event *event)
{
	if (event->kind == RCC_EVENT_PLAN_FILED)
		apply_plan_filed(core, &event->u.plan_filed);
	else if (event->kind == RCC_EVENT_PLAN_HEARD)
		apply_plan_heard(core, &event->u.plan_heard);
	else if (event->kind == RCC_EVENT_PLAN_ENDED)
		apply_plan_ended(core, &event->u.plan_ended);
	else
		plan_get(core, event->u.plan_ref.plan)->is_overdue = true;
}

/* What officers decided, what their clocks say, and sailing plans. */
void
rcc_apply_order(struct rcc_core *core, const struct rcc_event *event)
{
	if (event->kind == RCC_EVENT_INCIDENT_REVISED)
		apply_incident_revised(core, &event->u.incident);
	else if (event->kind == RCC_EVENT_PLACES_REVISED)
		apply_places(core, &event->u.places);
	else if (event->kind == RCC_EVENT_PHASE_SET)
		apply_phase_set(core, &event->u.phase);
	else if (event->kind == RCC_EVENT_INCIDENT_SUSPENDED)
		apply_suspended(core, &event->u.suspended);
	else if (event->kind == RCC_EVENT_INCIDENT_RESUMED)
		apply_resumed(core, &event->u.resumed);
	else if (event->kind == RCC_EVENT_REVIEW_DUE)
		incident_get(core, event->u.incident_ref.incident)->is_review_due = true;
	else if (event->kind == RCC_EVENT_INCIDENT_GROUPED)
		apply_grouped(core, &event->u.grouped);
	else if (event->kind == RCC_EVENT_NOTICE_EXPIRED)
		rcc_apply_notice_expired(core, event->u.incident_ref.incident);
	else if (event->kind == RCC_EVENT_INCIDENT_JOINED || event->kind == RCC_EVENT_JOIN_UNDONE ||
	         event->kind == RCC_EVENT_HOLD_ENDED)
		rcc_apply_join(core, event);
	else
		apply_plan(core, event);
}
