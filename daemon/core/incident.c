/*
 * incident.c - from alerts to incidents: joining, opening, "silence means go".
 */
#include "rcc/text.h"

#include <assert.h>
#include <string.h>

#include "core/core_internal.h"

static void
emit_joined(struct rcc_step *step, struct rcc_alert_id alert, struct rcc_incident_id incident, enum rcc_join why)
{
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_ALERT_JOINED);

	event->u.joined.alert = alert;
	event->u.joined.incident = incident;
	event->u.joined.why = why;
	rcc_step_emit(step, event);
}

int64_t
rcc_relay_due_ms(const struct rcc_step *step, enum rcc_source source)
{
	uint32_t after_ms = step->core->run.rules.relay_after_ms[source];

	return after_ms == RCC_RELAY_NEVER ? 0 : step->entry->cause.at_ms + after_ms;
}

static void
emit_scheduled(struct rcc_step *step, struct rcc_incident_id incident, int64_t due_at_ms)
{
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_RELAY_SCHEDULED);

	event->u.scheduled.incident = incident;
	event->u.scheduled.due_at_ms = due_at_ms;
	rcc_step_emit(step, event);
}

struct rcc_incident_id
rcc_incident_open(struct rcc_step *step, struct rcc_alert_id alert_id)
{
	const struct rcc_core *core = step->core;
	const struct rcc_alert_state *row = rcc_alert_find(core, alert_id);
	const struct rcc_alert *alert = &row->body;
	uint32_t year = rcc_time_year(step->entry->cause.at_ms);
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_INCIDENT_OPENED);
	struct rcc_incident_opened *opened = &event->u.opened;

	opened->incident.v = core->incident_last + 1;
	opened->year = year;
	opened->number = year == core->number_year ? core->number_last + 1 : 1;
	opened->alert = alert_id;
	opened->class = alert->class;
	opened->phase = rcc_alert_phase(alert);
	opened->casualty = alert->casualty;
	memcpy(opened->name, alert->name, sizeof opened->name);
	opened->source = alert->source;
	opened->nature = alert->nature;
	opened->persons = alert->persons;
	opened->pos = alert->pos;
	opened->pos_at_ms = alert->pos_at_ms;
	opened->pos_radius_m = alert->pos_radius_m;
	opened->restricted = rcc_wall_keeps(core, row);
	rcc_step_emit(step, event);
	struct rcc_incident_id id = event->u.opened.incident;
	rcc_diary_opened(step, rcc_incident_find(core, id));
	if (alert->candidate_count > 1) {
		event = rcc_step_event(step, RCC_EVENT_PLACES_REVISED);
		event->u.places.incident = id;
		event->u.places.alert = alert_id;
		event->u.places.candidate_count = alert->candidate_count;
		memcpy(event->u.places.candidate, alert->candidate, sizeof alert->candidate);
		rcc_step_emit(step, event);
	}
	return id;
}

/* Every place is taken: the alert joins the incident of last resort, in front of an officer. */
static void
join_newest(struct rcc_step *step, struct rcc_alert_id alert)
{
	const struct rcc_core *core = step->core;
	const struct rcc_incident *newest = &core->incident[0];

	for (uint32_t i = 1; i < core->incident_top; i++) {
		if (core->incident[i].id.v > newest->id.v)
			newest = &core->incident[i];
	}
	emit_joined(step, alert, newest->id, RCC_JOIN_OVERFLOW);
}

void
rcc_incident_start_clock(struct rcc_step *step, struct rcc_incident_id id, int64_t due_at_ms)
{
	const struct rcc_incident *incident = rcc_incident_find(step->core, id);

	if (due_at_ms != 0 && !rcc_incident_is_standing(incident) && !incident->is_restricted &&
	    incident->class != RCC_CLASS_TEST &&
	    (incident->relay_due_at_ms == 0 || due_at_ms < incident->relay_due_at_ms))
		emit_scheduled(step, id, due_at_ms);
}

void
rcc_incident_raise(struct rcc_step *step, struct rcc_incident_id id, struct rcc_alert_id alert, enum rcc_phase phase,
                   enum rcc_source source)
{
	const struct rcc_incident *incident = rcc_incident_find(step->core, id);

	if (phase <= incident->phase)
		return;
	assert(rcc_phase_may_move(incident->phase, phase, RCC_BY_MACHINE));
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_PHASE_RAISED);
	event->u.raised.incident = id;
	event->u.raised.alert = alert;
	event->u.raised.phase = phase;
	event->u.raised.source = source;
	rcc_step_emit(step, event);
}

void
rcc_incident_resume(struct rcc_step *step, struct rcc_incident_id id, struct rcc_alert_id alert, const char *reason)
{
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_INCIDENT_RESUMED);
	size_t len = strlen(reason);

	assert(len <= RCC_TEXT_MAX);
	event->u.resumed.incident = id;
	event->u.resumed.by = alert.v == 0 ? step->entry->cause.origin.peer : (struct rcc_peer_id){0};
	event->u.resumed.alert = alert;
	memcpy(event->u.resumed.reason, reason, len);
	rcc_step_emit(step, event);
}

/* A further signal of a known casualty: it can raise the phase, bring the relay forward and move the position. */
static void
join_incident(struct rcc_step *step, struct rcc_alert_id alert_id, struct rcc_incident_id id, enum rcc_join why,
              int64_t due_at_ms)
{
	const struct rcc_alert_state *row = rcc_alert_find(step->core, alert_id);
	const struct rcc_alert *alert = &row->body;

	emit_joined(step, alert_id, id, why);
	/* That it is no distress any more is for an officer to tell: it is no news of the danger, and calls on nobody. */
	if ((alert->marks & RCC_ALERT_SELF_CANCEL) != 0)
		return;
	if (rcc_incident_find(step->core, id)->status == RCC_INCIDENT_SUSPENDED) {
		rcc_incident_resume(step, id, alert_id, "");
		/* A life sign that a person vouches for: who was told that the search has stopped is told that it goes on. */
		if (due_at_ms == 0 && row->decided_at_ms != 0)
			due_at_ms = step->entry->cause.at_ms;
	}
	rcc_incident_raise(step, id, alert_id, rcc_alert_phase(alert), alert->source);
	rcc_facts_take(step, id, alert_id);
	rcc_incident_start_clock(step, id, due_at_ms);
	rcc_incident_relay_if_due(step, id);
}

/* Nothing known belongs to it: an incident of its own, and what a person should compare it with. */
static void
open_own(struct rcc_step *step, struct rcc_alert_id alert, int64_t due_at_ms)
{
	bool has_room = rcc_room_for_incident(step);

	if (!has_room && step->core->incident_count == RCC_INCIDENTS_MAX) {
		join_newest(step, alert);
		return;
	}
	/* Who takes the last place is a distress like any other, and relayed as one. */
	struct rcc_incident_id id = rcc_incident_open(step, alert);
	emit_joined(step, alert, id, has_room ? RCC_JOIN_OPENED : RCC_JOIN_OVERFLOW);
	rcc_correlate_suggest(step, alert, (struct rcc_incident_id){0});
	if (!rcc_incident_find(step->core, id)->is_restricted)
		emit_scheduled(step, id, due_at_ms);
	rcc_incident_relay_if_due(step, id);
}

static struct rcc_match
match_of(const struct rcc_step *step, const struct rcc_alert_state *row)
{
	struct rcc_match match = rcc_wall_find(step, &row->body, row->verdict);

	return match.incident != NULL ? match : rcc_correlate_find(step->core, &row->body, step->entry->cause.at_ms);
}

bool
rcc_incident_is_known(const struct rcc_step *step, const struct rcc_alert_state *row)
{
	return match_of(step, row).incident != NULL;
}

void
rcc_incident_take_alert(struct rcc_step *step, struct rcc_alert_id alert, struct rcc_incident_id into)
{
	const struct rcc_alert_state *row = rcc_alert_find(step->core, alert);
	bool is_accepted = row->decided_at_ms != 0;
	/* What says itself that it is no distress, or none any more, starts no clock. */
	enum rcc_category category = row->body.category;
	bool is_less = (row->body.marks & RCC_ALERT_SELF_CANCEL) != 0 ||
	               (category != RCC_CATEGORY_NOT_STATED && category != RCC_CATEGORY_DISTRESS);
	int64_t due_at_ms = is_less ? 0 : rcc_relay_due_ms(step, row->body.source);

	/* A person who accepted it out of quarantine has waited for nothing: the ships are told now. */
	if (is_accepted && due_at_ms != 0)
		due_at_ms = step->entry->cause.at_ms;
	if (into.v != 0) {
		join_incident(step, alert, into, RCC_JOIN_OFFICER, due_at_ms);
		return;
	}
	struct rcc_match match = match_of(step, row);
	if (match.incident != NULL)
		join_incident(step, alert, match.incident->id, match.why, due_at_ms);
	else
		open_own(step, alert, due_at_ms);
}

bool
rcc_incident_is_relay_due(const struct rcc_incident *incident, int64_t at_ms)
{
	bool is_standing = incident->status == RCC_INCIDENT_NEW || incident->status == RCC_INCIDENT_OPEN;

	return is_standing && incident->class != RCC_CLASS_TEST && !incident->is_restricted &&
	       incident->phase == RCC_PHASE_DISTRESS && !rcc_incident_is_standing(incident) &&
	       !incident->is_relay_held && rcc_pos_is_known(incident->pos) && incident->relay_due_at_ms != 0 &&
	       at_ms >= incident->relay_due_at_ms;
}

/* Several places drift as one does: what is no news of one is none of them, or ships would hear of it every minute. */
static bool
are_places_told(const struct rcc_core *core, const struct rcc_incident *incident)
{
	const struct rcc_broadcast *told = rcc_broadcast_at(core, incident->newest_broadcast);

	if (told == NULL || told->candidate_count != incident->candidate_count)
		return false;
	for (uint32_t i = 0; i < told->candidate_count; i++) {
		if (rcc_geo_range_m(told->candidate[i].pos, incident->candidate[i].pos) > core->run.rules.update_move_m)
			return false;
	}
	return true;
}

/* Have the ships a position that is too far from what we know now, or facts that have changed? */
static bool
is_update_due(const struct rcc_core *core, const struct rcc_incident *incident)
{
	bool is_standing = incident->status == RCC_INCIDENT_NEW || incident->status == RCC_INCIDENT_OPEN;
	/* Of a distress no notice says any more: a relay is due, or an officer holds it. */
	bool is_notice = rcc_incident_is_noticed(incident) && incident->phase != RCC_PHASE_DISTRESS;

	if (!is_standing || !(rcc_incident_is_standing(incident) || is_notice) || !rcc_pos_is_known(incident->pos))
		return false;
	return incident->has_news || !are_places_told(core, incident) ||
	       rcc_geo_range_m(incident->broadcast_pos, incident->pos) > core->run.rules.update_move_m;
}

void
rcc_incident_relay_if_due(struct rcc_step *step, struct rcc_incident_id id)
{
	const struct rcc_incident *incident = rcc_incident_find(step->core, id);

	if (rcc_incident_is_relay_due(incident, step->entry->cause.at_ms))
		rcc_broadcast_issue(step, id, RCC_BROADCAST_DISTRESS_RELAY, "");
	else if (is_update_due(step->core, incident) && incident->is_notice)
		rcc_notice_update(step, incident);
	else if (is_update_due(step->core, incident))
		rcc_broadcast_issue(step, id, RCC_BROADCAST_UPDATE, "");
}

bool
rcc_incident_is_distress_for(const struct rcc_incident *incident, enum rcc_class class)
{
	return incident->phase == RCC_PHASE_DISTRESS && !incident->is_cancelled &&
	       incident->status != RCC_INCIDENT_CLOSED &&
	       (incident->class == RCC_CLASS_LIVE || incident->class == class);
}

bool
rcc_incident_is_vouched_now(const struct rcc_core *core, const struct rcc_incident *incident)
{
	const struct rcc_broadcast *newest = rcc_broadcast_at(core, incident->newest_broadcast);

	return incident->is_verified || (incident->is_cancelled && newest != NULL && newest->is_verified);
}

bool
rcc_incident_is_told(const struct rcc_core *core, const struct rcc_incident *incident)
{
	return incident->broadcasts > 0 && !incident->is_notice &&
	       rcc_incident_last_kind(core, incident) != RCC_BROADCAST_CANCEL;
}

enum rcc_broadcast_kind
rcc_incident_last_kind(const struct rcc_core *core, const struct rcc_incident *incident)
{
	const struct rcc_broadcast *newest = rcc_broadcast_at(core, incident->newest_broadcast);

	return newest == NULL ? (enum rcc_broadcast_kind)0 : newest->kind;
}

int64_t
rcc_incident_deadline_ms(const struct rcc_core *core, const struct rcc_incident *incident, enum rcc_timer *ret_timer)
{
	if (incident->id.v == 0)
		return INT64_MAX;
	if (rcc_incident_is_relay_due(incident, INT64_MAX)) {
		*ret_timer = RCC_TIMER_RELAY;
		return incident->relay_due_at_ms;
	}
	if (incident->status == RCC_INCIDENT_SUSPENDED) {
		*ret_timer = RCC_TIMER_REVIEW;
		return incident->is_review_due ? INT64_MAX : incident->review_at_ms;
	}
	if (incident->status != RCC_INCIDENT_CLOSED && incident->status != RCC_INCIDENT_TRANSFERRED &&
	    incident->class == RCC_CLASS_LIVE && incident->phase == RCC_PHASE_DISTRESS &&
	    !rcc_pos_is_known(incident->pos) && !incident->is_no_position_overdue) {
		*ret_timer = RCC_TIMER_NO_POSITION;
		return incident->opened_at_ms + core->run.rules.no_position_ms;
	}
	return INT64_MAX;
}
