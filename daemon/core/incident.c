/*
 * incident.c - from alerts to incidents: joining, phases, "silence means go", closing.
 */
#include "rcc/text.h"

#include <assert.h>
#include <string.h>

#include "core/core_internal.h"

#define MAY(to) (1u << (to))

/* Events that a step needs after it made room, beside the lists of ships: the rest of an alert's and of a broadcast's. */
#define EVENTS_RESERVED 16

/* Allowed moves of an incident's status; docs/architecture.md prints the same table and a test compares them. */
static const uint32_t allowed[RCC_INCIDENT_STATUS_LAST + 1] = {
    [RCC_INCIDENT_NEW] = MAY(RCC_INCIDENT_OPEN) | MAY(RCC_INCIDENT_CLOSED),
    [RCC_INCIDENT_OPEN] = MAY(RCC_INCIDENT_CLOSED),
    [RCC_INCIDENT_CLOSED] = 0,
};

bool
rcc_incident_may_move(enum rcc_incident_status from, enum rcc_incident_status to)
{
	return (allowed[from] & MAY(to)) != 0;
}

/* The phase at which a source opens an incident (SAR Convention annex 4.4; false alarms of status 14 are common). */
static enum rcc_phase
phase_of(enum rcc_source source)
{
	switch (source) {
	case RCC_SOURCE_CREW:
	case RCC_SOURCE_AIS_BEACON:
	case RCC_SOURCE_DSC:
	case RCC_SOURCE_SIT185:
	case RCC_SOURCE_BEACON406:
	case RCC_SOURCE_OFFICER:
	case RCC_SOURCE_RCC:
		return RCC_PHASE_DISTRESS;
	case RCC_SOURCE_AIS_TEXT:
		return RCC_PHASE_ALERT;
	case RCC_SOURCE_AIS_STATUS:
	case RCC_SOURCE_OVERDUE:
		return RCC_PHASE_UNCERTAINTY;
	}
	assert(false && "a source outside its enum");
}

const struct rcc_incident *
rcc_incident_match(const struct rcc_core *core, const struct rcc_alert *alert, int64_t at_ms)
{
	for (uint32_t i = 0; alert->casualty.v != 0 && i < core->incident_top; i++) {
		const struct rcc_incident *incident = &core->incident[i];
		if (incident->id.v != 0 && incident->casualty.v == alert->casualty.v &&
		    incident->class == alert->class && incident->status != RCC_INCIDENT_CLOSED &&
		    at_ms - incident->signal_at_ms <= (int64_t)core->run.rules.join_window_ms)
			return incident;
	}
	return NULL;
}

/* What a closed incident has to give back, if it is to leave memory for that. */
enum rows { ROWS_ANY, ROWS_LEDGER, ROWS_ANSWERS };

static bool
has_rows(const struct rcc_incident *incident, enum rows rows)
{
	return rows == ROWS_ANY || (rows == ROWS_LEDGER ? incident->newest_broadcast : incident->newest_answer) != 0;
}

static const struct rcc_incident *
oldest_closed(const struct rcc_core *core, enum rows rows)
{
	const struct rcc_incident *oldest = NULL;

	for (uint32_t i = 0; i < core->incident_top; i++) {
		const struct rcc_incident *incident = &core->incident[i];
		if (incident->id.v != 0 && incident->status == RCC_INCIDENT_CLOSED && has_rows(incident, rows) &&
		    (oldest == NULL || incident->id.v < oldest->id.v))
			oldest = incident;
	}
	return oldest;
}

/* Takes a closed incident out of memory with all its rows; the journal keeps it. `reserve` events stay free after it. */
static bool
evict_one(struct rcc_step *step, enum rows rows, uint32_t reserve)
{
	const struct rcc_incident *oldest = oldest_closed(step->core, rows);

	if (oldest == NULL || rcc_step_room(step) <= reserve)
		return false;
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_INCIDENT_EVICTED);
	event->u.incident_ref.incident = oldest->id;
	rcc_step_emit(step, event);
	return true;
}

/* One slot is kept back for the overflow incident that takes what finds no place of its own. */
bool
rcc_room_for_incident(struct rcc_step *step)
{
	while (step->core->incident_count >= RCC_INCIDENTS_MAX - 1) {
		if (!evict_one(step, ROWS_ANY, EVENTS_RESERVED))
			return false;
	}
	return true;
}

bool
rcc_room_for_deliveries(struct rcc_step *step, uint32_t count)
{
	while (step->core->delivery_count + count > RCC_DELIVERIES_MAX) {
		if (!evict_one(step, ROWS_LEDGER, count / RCC_DELIVERY_ROWS_MAX + EVENTS_RESERVED))
			return false;
	}
	return true;
}

bool
rcc_room_for_broadcast(struct rcc_step *step, uint32_t ships)
{
	return step->core->broadcast_count < RCC_BROADCASTS_MAX ||
	       evict_one(step, ROWS_LEDGER, ships / RCC_DELIVERY_ROWS_MAX + EVENTS_RESERVED);
}

bool
rcc_room_for_answer(struct rcc_step *step)
{
	return step->core->answer_count < RCC_ANSWERS_MAX || evict_one(step, ROWS_ANSWERS, EVENTS_RESERVED);
}

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

static struct rcc_incident_id
open_incident(struct rcc_step *step, struct rcc_alert_id alert_id)
{
	const struct rcc_core *core = step->core;
	const struct rcc_alert *alert = &rcc_alert_find(core, alert_id)->body;
	uint32_t year = rcc_time_year(step->entry->cause.at_ms);
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_INCIDENT_OPENED);
	struct rcc_incident_opened *opened = &event->u.opened;

	opened->incident.v = core->incident_last + 1;
	opened->year = year;
	opened->number = year == core->number_year ? core->number_last + 1 : 1;
	opened->alert = alert_id;
	opened->class = alert->class;
	opened->phase = phase_of(alert->source);
	opened->casualty = alert->casualty;
	memcpy(opened->name, alert->name, sizeof opened->name);
	opened->source = alert->source;
	opened->nature = alert->nature;
	opened->persons = alert->persons;
	opened->pos = alert->pos;
	opened->pos_at_ms = alert->pos_at_ms;
	opened->pos_radius_m = alert->pos_radius_m;
	rcc_step_emit(step, event);
	return event->u.opened.incident;
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

/* What the incident did not know and this alert does; the casualty's own crew and officers also correct what it knew. */
static void
revise_facts(struct rcc_step *step, struct rcc_alert_id alert_id, const struct rcc_incident *incident)
{
	const struct rcc_alert *alert = &rcc_alert_find(step->core, alert_id)->body;
	bool may_correct = alert->source == RCC_SOURCE_CREW || alert->source == RCC_SOURCE_OFFICER;
	bool has_nature = alert->nature != RCC_NATURE_NOT_STATED && alert->nature != incident->nature &&
	                  (may_correct || incident->nature == RCC_NATURE_NOT_STATED);
	bool has_persons =
	    alert->persons != 0 && alert->persons != incident->persons && (may_correct || incident->persons == 0);
	bool has_name = alert->name[0] != '\0' && incident->name[0] == '\0';
	bool has_words = may_correct && alert->text[0] != '\0' && incident->broadcasts > 0 && !incident->is_cancelled;

	/* New words alone are news for ships on their way. */
	if (!has_nature && !has_persons && !has_name && !has_words)
		return;
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_FACTS_REVISED);
	event->u.facts.incident = incident->id;
	event->u.facts.alert = alert_id;
	event->u.facts.nature = has_nature ? alert->nature : incident->nature;
	event->u.facts.persons = has_persons ? alert->persons : incident->persons;
	memcpy(event->u.facts.name, has_name ? alert->name : incident->name, sizeof incident->name);
	rcc_step_emit(step, event);
}

void
rcc_incident_start_clock(struct rcc_step *step, struct rcc_incident_id id, int64_t due_at_ms)
{
	const struct rcc_incident *incident = rcc_incident_find(step->core, id);
	bool is_untold = incident->broadcasts == 0 || incident->is_cancelled;

	if (due_at_ms != 0 && is_untold && (incident->relay_due_at_ms == 0 || due_at_ms < incident->relay_due_at_ms))
		emit_scheduled(step, id, due_at_ms);
}

/* A further signal of a known casualty: it can raise the phase, bring the relay forward and move the position. */
static void
join_incident(struct rcc_step *step, struct rcc_alert_id alert_id, const struct rcc_incident *incident,
              int64_t due_at_ms)
{
	const struct rcc_alert *alert = &rcc_alert_find(step->core, alert_id)->body;
	struct rcc_incident_id id = incident->id;
	enum rcc_phase phase = phase_of(alert->source);
	struct rcc_event *event;

	emit_joined(step, alert_id, id, RCC_JOIN_MMSI);
	if (phase > incident->phase) {
		event = rcc_step_event(step, RCC_EVENT_PHASE_RAISED);
		event->u.raised.incident = id;
		event->u.raised.alert = alert_id;
		event->u.raised.phase = phase;
		event->u.raised.source = alert->source;
		rcc_step_emit(step, event);
	}
	revise_facts(step, alert_id, incident);
	if (rcc_pos_is_known(alert->pos)) {
		event = rcc_step_event(step, RCC_EVENT_POSITION_REVISED);
		event->u.revised = (struct rcc_position_revised){.incident = id,
		                                                 .alert = alert_id,
		                                                 .pos = alert->pos,
		                                                 .pos_at_ms = alert->pos_at_ms,
		                                                 .pos_radius_m = alert->pos_radius_m};
		rcc_step_emit(step, event);
	}
	rcc_incident_start_clock(step, id, due_at_ms);
	rcc_incident_relay_if_due(step, id);
}

void
rcc_incident_take_alert(struct rcc_step *step, struct rcc_alert_id alert)
{
	const struct rcc_alert_state *row = rcc_alert_find(step->core, alert);
	bool is_accepted = row->decided_at_ms != 0;
	const struct rcc_incident *incident = rcc_incident_match(step->core, &row->body, step->entry->cause.at_ms);

	int64_t due_at_ms = rcc_relay_due_ms(step, row->body.source);
	/* A person who accepted it out of quarantine has waited for nothing: the ships are told now. */
	if (is_accepted && due_at_ms != 0)
		due_at_ms = step->entry->cause.at_ms;
	if (incident != NULL) {
		join_incident(step, alert, incident, due_at_ms);
		return;
	}
	bool has_room = rcc_room_for_incident(step);
	if (!has_room && step->core->incident_count == RCC_INCIDENTS_MAX) {
		join_newest(step, alert);
		return;
	}
	/* Who takes the last place is a distress like any other, and relayed as one. */
	struct rcc_incident_id id = open_incident(step, alert);
	emit_joined(step, alert, id, has_room ? RCC_JOIN_OPENED : RCC_JOIN_OVERFLOW);
	/* An exercise reaches no ship, at no time. */
	if (rcc_incident_find(step->core, id)->class == RCC_CLASS_LIVE)
		emit_scheduled(step, id, due_at_ms);
	rcc_incident_relay_if_due(step, id);
}

bool
rcc_incident_is_relay_due(const struct rcc_incident *incident, int64_t at_ms)
{
	bool is_untold = incident->broadcasts == 0 || incident->is_cancelled;

	return incident->status != RCC_INCIDENT_CLOSED && incident->class == RCC_CLASS_LIVE &&
	       incident->phase == RCC_PHASE_DISTRESS && is_untold && !incident->is_relay_held &&
	       rcc_pos_is_known(incident->pos) && incident->relay_due_at_ms != 0 && at_ms >= incident->relay_due_at_ms;
}

/* Have the ships a position that is too far from what we know now, or facts that have changed? */
static bool
is_update_due(const struct rcc_core *core, const struct rcc_incident *incident)
{
	if (incident->broadcasts == 0 || incident->is_cancelled || !rcc_pos_is_known(incident->pos))
		return false;
	return incident->has_news ||
	       rcc_geo_range_m(incident->broadcast_pos, incident->pos) > core->run.rules.update_move_m;
}

void
rcc_incident_relay_if_due(struct rcc_step *step, struct rcc_incident_id id)
{
	const struct rcc_incident *incident = rcc_incident_find(step->core, id);

	if (rcc_incident_is_relay_due(incident, step->entry->cause.at_ms))
		rcc_broadcast_issue(step, id, RCC_BROADCAST_DISTRESS_RELAY, "");
	else if (incident->status != RCC_INCIDENT_CLOSED && is_update_due(step->core, incident))
		rcc_broadcast_issue(step, id, RCC_BROADCAST_UPDATE, "");
}

static void
hold_relay(struct rcc_step *step, const struct rcc_incident *incident, const char *reason)
{
	if (reason[0] == '\0') {
		rcc_step_refuse(step, RCC_REFUSAL_REASON_MISSING, "relay.reason");
		return;
	}
	if (incident->broadcasts > 0) {
		rcc_step_refuse(step, RCC_REFUSAL_WRONG_STATE, "relay.incident");
		return;
	}
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_RELAY_HELD);
	event->u.held.incident = incident->id;
	event->u.held.by = step->entry->cause.origin.peer;
	memcpy(event->u.held.reason, reason, RCC_TEXT_MAX + 1);
	rcc_step_emit(step, event);
}

static void
release_relay(struct rcc_step *step, const struct rcc_incident *incident, const char *text)
{
	struct rcc_incident_id id = incident->id;

	if (incident->class != RCC_CLASS_LIVE) {
		rcc_step_refuse(step, RCC_REFUSAL_NOT_LIVE, "relay.incident");
		return;
	}
	if (!rcc_pos_is_known(incident->pos)) {
		rcc_step_refuse(step, RCC_REFUSAL_NO_POSITION, "relay.incident");
		return;
	}
	if (incident->broadcasts > 0 && !incident->is_cancelled) {
		rcc_step_refuse(step, RCC_REFUSAL_WRONG_STATE, "relay.incident");
		return;
	}
	if (incident->phase < RCC_PHASE_DISTRESS) {
		struct rcc_event *event = rcc_step_event(step, RCC_EVENT_PHASE_RAISED);
		event->u.raised.incident = id;
		event->u.raised.phase = RCC_PHASE_DISTRESS;
		event->u.raised.source = incident->source;
		rcc_step_emit(step, event);
	}
	rcc_broadcast_issue(step, id, RCC_BROADCAST_DISTRESS_RELAY, text);
}

/* The incident an officer names, open; NULL after refusing. */
static const struct rcc_incident *
open_or_refuse(struct rcc_step *step, struct rcc_incident_id id, const char *field)
{
	const struct rcc_incident *incident = rcc_incident_find(step->core, id);

	if (incident == NULL) {
		rcc_step_refuse(step, RCC_REFUSAL_NOT_FOUND, field);
		return NULL;
	}
	if (incident->status == RCC_INCIDENT_CLOSED) {
		rcc_step_refuse(step, RCC_REFUSAL_WRONG_STATE, field);
		return NULL;
	}
	return incident;
}

void
rcc_rule_relay(struct rcc_step *step)
{
	const struct rcc_relay *relay = &step->entry->cause.u.relay;
	const struct rcc_incident *incident = open_or_refuse(step, relay->incident, "relay.incident");

	if (incident == NULL)
		return;
	if (relay->action == RCC_RELAY_HOLD)
		hold_relay(step, incident, relay->reason);
	else
		release_relay(step, incident, relay->reason);
}

void
rcc_rule_cancel(struct rcc_step *step)
{
	const struct rcc_cancel *cancel = &step->entry->cause.u.cancel;
	const struct rcc_incident *incident = open_or_refuse(step, cancel->incident, "cancel.incident");

	if (incident == NULL)
		return;
	if (cancel->reason[0] == '\0') {
		rcc_step_refuse(step, RCC_REFUSAL_REASON_MISSING, "cancel.reason");
		return;
	}
	if (incident->broadcasts == 0 || incident->is_cancelled) {
		rcc_step_refuse(step, RCC_REFUSAL_WRONG_STATE, "cancel.incident");
		return;
	}
	rcc_broadcast_issue(step, cancel->incident, RCC_BROADCAST_CANCEL, cancel->reason);
}

void
rcc_rule_close(struct rcc_step *step)
{
	const struct rcc_close *close = &step->entry->cause.u.close;
	const struct rcc_incident *incident = open_or_refuse(step, close->incident, "close.incident");

	if (incident == NULL)
		return;
	if (close->reason[0] == '\0') {
		rcc_step_refuse(step, RCC_REFUSAL_REASON_MISSING, "close.reason");
		return;
	}
	if (incident->broadcasts > 0 && !incident->is_cancelled) {
		rcc_step_refuse(step, RCC_REFUSAL_CANCEL_FIRST, "close.incident");
		return;
	}
	assert(rcc_incident_may_move(incident->status, RCC_INCIDENT_CLOSED));
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_INCIDENT_CLOSED);
	event->u.closed.incident = close->incident;
	event->u.closed.outcome = close->outcome;
	event->u.closed.by = step->entry->cause.origin.peer;
	memcpy(event->u.closed.reason, close->reason, sizeof close->reason);
	rcc_step_emit(step, event);
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
	if (incident->status != RCC_INCIDENT_CLOSED && incident->class == RCC_CLASS_LIVE &&
	    incident->phase == RCC_PHASE_DISTRESS && !rcc_pos_is_known(incident->pos) &&
	    !incident->is_no_position_overdue) {
		*ret_timer = RCC_TIMER_NO_POSITION;
		return incident->opened_at_ms + core->run.rules.no_position_ms;
	}
	return INT64_MAX;
}
