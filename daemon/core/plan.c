/*
 * plan.c - sailing plans: a promise to report or to arrive, and the case that opens when it is not kept.
 *
 * A report, or a position that the live picture heard, keeps the promise. Lost contact is found before anybody calls
 * (SAR Convention annex 5): an overdue vessel opens a case at UNCERTAINTY, for officers; it is never relayed by itself.
 */
#include "rcc/text.h"
#include "rcc/units.h"

#include <assert.h>
#include <string.h>

#include "core/core_internal.h"

/* A vessel that is late but was heard is looked for again after this. */
#define LATE_AGAIN_MS RCC_MS_PER_HOUR
/* A position this old says nothing about a promise of arrival. */
#define HEARD_MAX_MS RCC_MS_PER_HOUR

const struct rcc_plan_state *
rcc_plan_find(const struct rcc_core *core, struct rcc_plan_id id)
{
	for (uint32_t i = 0; id.v != 0 && i < core->plan_top; i++) {
		if (core->plan[i].id.v == id.v)
			return &core->plan[i];
	}
	return NULL;
}

const struct rcc_plan_state *
rcc_plan_of(const struct rcc_core *core, struct rcc_mmsi mmsi, const char *name)
{
	for (uint32_t i = 0; i < core->plan_top; i++) {
		const struct rcc_plan_state *plan = &core->plan[i];
		bool is_it = mmsi.v != 0
		                 ? plan->body.mmsi.v == mmsi.v
		                 : plan->body.mmsi.v == 0 && name[0] != '\0' && strcmp(plan->body.name, name) == 0;
		if (plan->id.v != 0 && is_it)
			return plan;
	}
	return NULL;
}

/* When the vessel must be heard next; 0 = it promised nothing. */
static int64_t
due_ms(const struct rcc_plan *plan, int64_t heard_at_ms)
{
	int64_t report_ms = plan->interval_min == 0 ? 0 : heard_at_ms + (int64_t)plan->interval_min * RCC_MS_PER_MIN;

	if (report_ms == 0 || (plan->eta_at_ms != 0 && plan->eta_at_ms < report_ms))
		return plan->eta_at_ms;
	return report_ms;
}

static void
end_plan(struct rcc_step *step, const struct rcc_plan_state *plan, enum rcc_plan_action how)
{
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_PLAN_ENDED);

	event->u.plan_ended.plan = plan->id;
	event->u.plan_ended.by = step->entry->cause.origin.peer;
	event->u.plan_ended.how = how;
	rcc_step_emit(step, event);
}

static void
file_plan(struct rcc_step *step, const struct rcc_plan *plan)
{
	const struct rcc_plan_state *before = rcc_plan_of(step->core, plan->mmsi, plan->name);
	int64_t at_ms = step->entry->cause.at_ms;
	int64_t due_at_ms = due_ms(plan, at_ms);

	if (due_at_ms <= at_ms) {
		rcc_step_refuse(step, RCC_REFUSAL_RANGE, "plan.eta_at_ms");
		return;
	}
	if (before == NULL && step->core->plan_count == RCC_PLANS_MAX) {
		rcc_step_refuse(step, RCC_REFUSAL_FULL, "plan");
		return;
	}
	if (before != NULL)
		end_plan(step, before, RCC_PLAN_FILE);
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_PLAN_FILED);
	event->u.plan_filed.plan.v = step->core->plan_last + 1;
	event->u.plan_filed.by = step->entry->cause.origin.peer;
	event->u.plan_filed.due_at_ms = due_at_ms;
	event->u.plan_filed.body = *plan;
	rcc_step_emit(step, event);
}

static void
emit_heard(struct rcc_step *step, const struct rcc_plan_state *plan, struct rcc_peer_id by, struct rcc_pos pos,
           int64_t heard_at_ms, int64_t due_at_ms)
{
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_PLAN_HEARD);

	event->u.plan_heard = (struct rcc_plan_heard){
	    .plan = plan->id, .by = by, .pos = pos, .heard_at_ms = heard_at_ms, .due_at_ms = due_at_ms};
	rcc_step_emit(step, event);
}

/* A report that waited in the ship's outbox speaks of the time when it was said; no clock but ours can say "later". */
static int64_t
said_at_ms(const struct rcc_origin *origin, const struct rcc_plan_state *plan, int64_t at_ms)
{
	if (origin->claimed_at_ms == 0 || origin->claimed_at_ms > at_ms)
		return at_ms;
	return origin->claimed_at_ms > plan->heard_at_ms ? origin->claimed_at_ms : plan->heard_at_ms;
}

/* A report starts the clock anew; one that was promised for an arrival that has passed is looked for in an hour. */
static void
report_on_plan(struct rcc_step *step, const struct rcc_plan_state *plan, const struct rcc_plan *said)
{
	int64_t at_ms = step->entry->cause.at_ms;
	struct rcc_plan body = plan->body;

	if (said->eta_at_ms > at_ms)
		body.eta_at_ms = said->eta_at_ms;
	int64_t heard_at_ms = said_at_ms(&step->entry->cause.origin, plan, at_ms);
	int64_t due_at_ms = due_ms(&body, heard_at_ms);
	if (due_at_ms <= at_ms)
		due_at_ms = at_ms + LATE_AGAIN_MS;
	emit_heard(step, plan, step->entry->cause.origin.peer, said->pos, heard_at_ms, due_at_ms);
}

void
rcc_rule_plan(struct rcc_step *step)
{
	const struct rcc_command *cause = &step->entry->cause;
	const struct rcc_peer *peer = rcc_peer_find(step->core, cause->origin.peer);
	struct rcc_plan plan = cause->u.plan;

	if (cause->origin.class != RCC_CLASS_LIVE) {
		rcc_step_refuse(step, RCC_REFUSAL_NOT_LIVE, "plan");
		return;
	}
	if (cause->origin.role == RCC_ROLE_VESSEL && plan.mmsi.v == 0)
		plan.mmsi = peer->mmsi;
	if (cause->origin.role == RCC_ROLE_VESSEL && plan.mmsi.v != peer->mmsi.v) {
		rcc_step_refuse(step, RCC_REFUSAL_NOT_ALLOWED, "plan.mmsi");
		return;
	}
	if (plan.mmsi.v == 0 && plan.name[0] == '\0') {
		rcc_step_refuse(step, RCC_REFUSAL_RANGE, "plan.name");
		return;
	}
	const struct rcc_plan_state *standing = rcc_plan_of(step->core, plan.mmsi, plan.name);
	if (plan.action == RCC_PLAN_FILE)
		file_plan(step, &plan);
	else if (standing == NULL)
		rcc_step_refuse(step, RCC_REFUSAL_NOT_FOUND, "plan");
	else if (plan.action == RCC_PLAN_REPORT)
		report_on_plan(step, standing, &plan);
	else
		end_plan(step, standing, plan.action);
}

/* ---- overdue ---- */

int64_t
rcc_plan_deadline_ms(const struct rcc_core *core, const struct rcc_plan_state *plan)
{
	if (plan->id.v == 0 || plan->is_overdue)
		return INT64_MAX;
	return plan->due_at_ms + core->run.rules.overdue_grace_ms;
}

/* Did the picture hear the vessel after it was heard last? Then it is there, late or not. */
static bool
is_heard(struct rcc_step *step, const struct rcc_plan_state *plan)
{
	const struct rcc_scene_ship *ship = rcc_scene_find(&step->entry->cause.scene, plan->body.mmsi);
	int64_t at_ms = step->entry->cause.at_ms;
	int64_t promised_ms =
	    plan->body.interval_min == 0 ? HEARD_MAX_MS : (int64_t)plan->body.interval_min * RCC_MS_PER_MIN;

	if (plan->body.mmsi.v == 0 || ship == NULL || ship->seen_at_ms <= plan->heard_at_ms ||
	    at_ms - ship->seen_at_ms >= promised_ms)
		return false;
	int64_t due_at_ms = due_ms(&plan->body, ship->seen_at_ms);
	if (due_at_ms <= at_ms)
		due_at_ms = at_ms + LATE_AGAIN_MS;
	emit_heard(step, plan, (struct rcc_peer_id){0}, ship->pos, ship->seen_at_ms, due_at_ms);
	return true;
}

static struct rcc_alert
overdue_alert(const struct rcc_plan_state *plan)
{
	struct rcc_alert alert = {.source = RCC_SOURCE_OVERDUE,
	                          .class = RCC_CLASS_LIVE,
	                          .casualty = plan->body.mmsi,
	                          .pos = plan->body.pos,
	                          .pos_at_ms = rcc_pos_is_known(plan->body.pos) ? plan->heard_at_ms : 0,
	                          .persons = plan->body.persons};
	/* The plan's own words: from, to, description. */
	static const char words[] = "overdue: no report or arrival as promised";
	size_t len = strlen(plan->body.text);
	size_t at = sizeof words - 1;

	memcpy(alert.name, plan->body.name, sizeof alert.name);
	memcpy(alert.text, words, at);
	if (len > 0 && at + 2 + len <= RCC_TEXT_MAX) {
		memcpy(alert.text + at, "; ", 2);
		memcpy(alert.text + at + 2, plan->body.text, len);
	}
	return alert;
}

void
rcc_plan_overdue(struct rcc_step *step, struct rcc_plan_id id)
{
	const struct rcc_plan_state *plan = rcc_plan_find(step->core, id);

	if (plan == NULL || step->entry->cause.at_ms < rcc_plan_deadline_ms(step->core, plan) || is_heard(step, plan))
		return;
	struct rcc_alert alert = overdue_alert(plan);
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_PLAN_OVERDUE);
	event->u.plan_ref.plan = id;
	rcc_step_emit(step, event);
	rcc_alert_take(step, &alert, RCC_VERDICT_MATCH, (struct rcc_incident_id){0});
}
