#include "core/retention.h"

#include <string.h>

#include "core/core_internal.h"
#include "rcc/units.h"

/* The machine looks once a day. */
#define LOOK_EVERY_MS RCC_MS_PER_DAY

/* ---- what is kept ---- */

bool
rcc_retention_keeps_case(const struct rcc_incident *incident)
{
	return incident->id.v != 0 && (incident->status != RCC_INCIDENT_CLOSED || incident->is_on_hold);
}

bool
rcc_retention_keeps_alert(const struct rcc_core *core, const struct rcc_alert_state *alert)
{
	const struct rcc_incident *incident = rcc_incident_find(core, alert->incident);
	bool is_waiting = alert->incident.v == 0 && alert->decided_at_ms == 0 &&
	                  (alert->lane == RCC_LANE_QUARANTINE || alert->lane == RCC_LANE_NEEDS_READING);

	return is_waiting || (incident != NULL && rcc_retention_keeps_case(incident));
}

int64_t
rcc_retention_kept_from_ms(const struct rcc_incident *incident)
{
	return incident->opened_at_ms - RCC_RETENTION_MARGIN_MS;
}

bool
rcc_retention_keeps_time(const struct rcc_core *core, int64_t at_ms)
{
	if (core->retention.lost_from_ms != 0 && at_ms >= core->retention.lost_from_ms)
		return true;
	for (uint32_t i = 0; i < core->incident_top; i++) {
		const struct rcc_incident *incident = &core->incident[i];
		bool is_over = incident->status == RCC_INCIDENT_CLOSED;
		if (rcc_retention_keeps_case(incident) && at_ms >= rcc_retention_kept_from_ms(incident) &&
		    (!is_over || at_ms <= incident->closed_at_ms + RCC_RETENTION_MARGIN_MS))
			return true;
	}
	return false;
}

int64_t
rcc_retention_sealed_before_ms(const struct rcc_core *core, enum rcc_class class)
{
	return core->retention.sealed_before_ms[class];
}

int64_t
rcc_retention_tracks_before_ms(const struct rcc_core *core)
{
	int64_t before_ms = core->retention.tracks_before_ms;

	if (core->retention.lost_from_ms != 0 && core->retention.lost_from_ms < before_ms)
		before_ms = core->retention.lost_from_ms;
	for (uint32_t i = 0; i < core->incident_top; i++) {
		const struct rcc_incident *incident = &core->incident[i];
		if (rcc_retention_keeps_case(incident) && rcc_retention_kept_from_ms(incident) < before_ms)
			before_ms = rcc_retention_kept_from_ms(incident);
	}
	return before_ms < 0 ? 0 : before_ms;
}

/* ---- orders ---- */

static bool
refuse_if(struct rcc_step *step, bool is_bad, enum rcc_refusal refusal, const char *field)
{
	if (is_bad)
		rcc_step_refuse(step, refusal, field);
	return is_bad;
}

/* Nothing but what this step is about goes into the record. */
static void
emit_order(struct rcc_step *step, const struct rcc_retention *body, struct rcc_incident_id incident)
{
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_RETENTION_CHANGED);

	event->u.retention_changed.by = step->entry->cause.origin.peer;
	event->u.retention_changed.incident = incident;
	event->u.retention_changed.body = *body;
	rcc_step_emit(step, event);
}

static uint32_t
holds(const struct rcc_core *core)
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < core->incident_top; i++)
		count += core->incident[i].id.v != 0 && core->incident[i].is_on_hold;
	return count;
}

static void
hold_or_lift(struct rcc_step *step, const struct rcc_retention *order)
{
	const struct rcc_incident *incident = rcc_incident_find(step->core, order->incident);
	bool is_hold = order->step == RCC_RETENTION_HOLD;
	struct rcc_retention body = {.step = order->step, .incident = order->incident};

	if (refuse_if(step, incident == NULL, RCC_REFUSAL_NOT_FOUND, "retention.incident") ||
	    rcc_refuse_reason(step, order->reason, "retention.reason") ||
	    refuse_if(step, incident->is_on_hold == is_hold, RCC_REFUSAL_WRONG_STATE, "retention.step") ||
	    refuse_if(step, is_hold && holds(step->core) >= RCC_HOLDS_MAX, RCC_REFUSAL_FULL, "retention"))
		return;
	memcpy(body.reason, order->reason, sizeof body.reason);
	emit_order(step, &body, order->incident);
}

static void
erase_alert(struct rcc_step *step, const struct rcc_retention *order)
{
	const struct rcc_alert_state *alert = rcc_alert_find(step->core, order->alert);
	bool has_any = alert != NULL && alert->body.sealed_len > 0;
	struct rcc_retention body = {.step = RCC_RETENTION_ERASE, .alert = order->alert};

	if (refuse_if(step, alert == NULL, RCC_REFUSAL_NOT_FOUND, "retention.alert") ||
	    refuse_if(step, !has_any || alert->is_erased, RCC_REFUSAL_WRONG_STATE, "retention.alert") ||
	    rcc_refuse_reason(step, order->reason, "retention.reason") ||
	    refuse_if(step, rcc_retention_keeps_alert(step->core, alert), RCC_REFUSAL_WRONG_STATE,
	              "retention.incident"))
		return;
	memcpy(body.reason, order->reason, sizeof body.reason);
	emit_order(step, &body, alert->incident);
}

static void
erase_note(struct rcc_step *step, const struct rcc_retention *order)
{
	const struct rcc_note_line *note = rcc_note_find(step->core, order->note);
	const struct rcc_incident *incident = note == NULL ? NULL : rcc_incident_find(step->core, note->body.incident);
	bool has_any = note != NULL && note->body.sealed_len > 0;
	struct rcc_retention body = {.step = RCC_RETENTION_ERASE, .note = order->note};

	if (refuse_if(step, note == NULL, RCC_REFUSAL_NOT_FOUND, "retention.note") ||
	    refuse_if(step, !has_any || note->is_erased, RCC_REFUSAL_WRONG_STATE, "retention.note") ||
	    rcc_refuse_reason(step, order->reason, "retention.reason") ||
	    refuse_if(step, incident != NULL && rcc_retention_keeps_case(incident), RCC_REFUSAL_WRONG_STATE,
	              "retention.incident"))
		return;
	memcpy(body.reason, order->reason, sizeof body.reason);
	emit_order(step, &body, note->body.incident);
}

static void
purge(struct rcc_step *step, const struct rcc_retention *order)
{
	struct rcc_retention body = {
	    .step = RCC_RETENTION_PURGE, .what = order->what, .before_at_ms = order->before_at_ms};
	bool is_sealed = order->what == RCC_KEPT_SEALED;

	if (refuse_if(step, step->entry->cause.origin.role != RCC_ROLE_ADMIN, RCC_REFUSAL_NOT_ALLOWED,
	              "retention.step") ||
	    refuse_if(step, (unsigned)order->what == 0, RCC_REFUSAL_RANGE, "retention.what") ||
	    refuse_if(step, order->before_at_ms == 0 || order->before_at_ms > step->entry->cause.at_ms,
	              RCC_REFUSAL_RANGE, "retention.before_at_ms") ||
	    refuse_if(step, !is_sealed && (unsigned)order->class != 0, RCC_REFUSAL_RANGE, "retention.class") ||
	    rcc_refuse_reason(step, order->reason, "retention.reason"))
		return;
	if (is_sealed)
		body.class = order->class;
	memcpy(body.reason, order->reason, sizeof body.reason);
	emit_order(step, &body, (struct rcc_incident_id){0});
}

void
rcc_rule_retention(struct rcc_step *step)
{
	const struct rcc_retention *order = &step->entry->cause.u.retention;

	switch (order->step) {
	case RCC_RETENTION_HOLD:
	case RCC_RETENTION_LIFT:
		hold_or_lift(step, order);
		return;
	case RCC_RETENTION_ERASE:
		if (refuse_if(step, (order->alert.v == 0) == (order->note == 0), RCC_REFUSAL_RANGE, "retention.alert"))
			return;
		if (order->alert.v != 0)
			erase_alert(step, order);
		else
			erase_note(step, order);
		return;
	case RCC_RETENTION_PURGE:
		purge(step, order);
		return;
	}
	rcc_step_refuse(step, RCC_REFUSAL_RANGE, "retention.step");
}

/* ---- the clock ---- */

struct kept {
	enum rcc_kept what;
	enum rcc_class class;
	uint32_t days;
};
#define KEPT_KINDS 4

static void
list_rules(const struct rcc_rules *rules, struct kept ret_kept[KEPT_KINDS])
{
	ret_kept[0] = (struct kept){.what = RCC_KEPT_TRACKS, .days = rules->keep_tracks_days};
	ret_kept[1] = (struct kept){RCC_KEPT_SEALED, RCC_CLASS_LIVE, rules->keep_live_days};
	ret_kept[2] = (struct kept){RCC_KEPT_SEALED, RCC_CLASS_EXERCISE, rules->keep_exercise_days};
	ret_kept[3] = (struct kept){RCC_KEPT_SEALED, RCC_CLASS_TEST, rules->keep_test_days};
}

/* Nothing is older than the centre: before that, there is nothing to purge. */
static int64_t
first_at_ms(const struct rcc_core *core, const struct kept *kept)
{
	return kept->days == 0 ? INT64_MAX : core->retention.since_ms + kept->days * RCC_MS_PER_DAY;
}

int64_t
rcc_retention_deadline_ms(const struct rcc_core *core)
{
	struct kept kept[KEPT_KINDS];
	int64_t first_ms = INT64_MAX;

	list_rules(&core->run.rules, kept);
	for (size_t i = 0; i < KEPT_KINDS; i++) {
		if (first_at_ms(core, &kept[i]) < first_ms)
			first_ms = first_at_ms(core, &kept[i]);
	}
	if (core->retention.since_ms == 0 || first_ms == INT64_MAX)
		return INT64_MAX;
	int64_t next_ms = core->retention.looked_at_ms == 0 ? 0 : core->retention.looked_at_ms + LOOK_EVERY_MS;
	return next_ms > first_ms ? next_ms : first_ms;
}

void
rcc_retention_due(struct rcc_step *step)
{
	int64_t at_ms = step->entry->cause.at_ms;
	struct kept kept[KEPT_KINDS];

	list_rules(&step->core->run.rules, kept);
	for (size_t i = 0; i < KEPT_KINDS; i++) {
		if (first_at_ms(step->core, &kept[i]) > at_ms)
			continue;
		struct rcc_event *event = rcc_step_event(step, RCC_EVENT_RETENTION_CHANGED);
		event->u.retention_changed.keep_days = kept[i].days;
		event->u.retention_changed.body =
		    (struct rcc_retention){.step = RCC_RETENTION_PURGE,
		                           .what = kept[i].what,
		                           .class = kept[i].class,
		                           .before_at_ms = at_ms - kept[i].days * RCC_MS_PER_DAY};
		rcc_step_emit(step, event);
	}
}
