/*
 * join.c - an officer joins what the machine did not, and splits what it should not have joined.
 *
 * Alerts move between incidents and nothing else: their bytes, their words and their counts stay. An incident that has no
 * alert left is closed as "joined"; splitting one of its alerts off again opens it under its old number, so each is the
 * other's undo.
 */
#include <assert.h>
#include <string.h>

#include "core/core_internal.h"

static void
emit_moved(struct rcc_step *step, const struct rcc_alert_state *row, struct rcc_incident_id to, const char *reason)
{
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_ALERT_MOVED);
	size_t len = strlen(reason);

	assert(len <= RCC_TEXT_MAX);
	event->u.moved.alert = row->id;
	event->u.moved.from = row->incident;
	event->u.moved.to = to;
	event->u.moved.by = step->entry->cause.origin.peer;
	memcpy(event->u.moved.reason, reason, len);
	rcc_step_emit(step, event);
}

/* "2026-0007" */
static size_t
put_number(char *text, const struct rcc_incident *incident)
{
	uint32_t number = incident->number;
	size_t digits = number > 9999 ? 9 : 4;
	uint32_t year = incident->year;

	for (size_t i = 4; i-- > 0; year /= 10)
		text[i] = (char)('0' + year % 10);
	text[4] = '-';
	for (size_t i = digits; i-- > 0; number /= 10)
		text[5 + i] = (char)('0' + number % 10);
	return 5 + digits;
}

static const struct rcc_alert_state *
first_alert_of(const struct rcc_core *core, struct rcc_incident_id incident)
{
	for (uint32_t i = 0; i < core->alert_top; i++) {
		if (core->alert[i].id.v != 0 && core->alert[i].incident.v == incident.v)
			return &core->alert[i];
	}
	return NULL;
}

/* An incident whose last alert has gone: its ships are told, and it is closed as joined. */
static void
close_empty(struct rcc_step *step, struct rcc_incident_id id, struct rcc_incident_id into, const char *reason)
{
	const struct rcc_incident *incident = rcc_incident_find(step->core, id);
	const struct rcc_incident *other = rcc_incident_find(step->core, into);
	static const char why[] = "the same case as ";
	char text[RCC_TEXT_MAX + 1];

	if (first_alert_of(step->core, id) != NULL || incident->status == RCC_INCIDENT_CLOSED)
		return;
	size_t len = sizeof why - 1;
	memcpy(text, why, len);
	len += put_number(text + len, other);
	size_t room = RCC_TEXT_MAX - len - 2;
	size_t reason_len = strlen(reason) < room ? strlen(reason) : 0; /* cut characters would be no text */
	if (reason_len > 0) {
		memcpy(text + len, ": ", 2);
		memcpy(text + len + 2, reason, reason_len);
		len += 2 + reason_len;
	}
	text[len] = '\0';
	if (incident->broadcasts > 0 && rcc_incident_last_kind(step->core, incident) != RCC_BROADCAST_CANCEL)
		rcc_broadcast_issue(step, id, RCC_BROADCAST_CANCEL, text);
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_INCIDENT_CLOSED);
	event->u.closed.incident = id;
	event->u.closed.outcome = RCC_OUTCOME_JOINED;
	event->u.closed.by = step->entry->cause.origin.peer;
	memcpy(event->u.closed.reason, text, len);
	rcc_step_emit(step, event);
}

/* Why this alert cannot stand in that incident; 0 = it can. */
static enum rcc_refusal
join_refusal(const struct rcc_alert_state *row, const struct rcc_incident *incident)
{
	bool is_restricted = (row->body.marks & RCC_ALERT_RESTRICTED) != 0;

	if (row->body.class != incident->class)
		return RCC_REFUSAL_NOT_LIVE;
	if (is_restricted != incident->is_restricted)
		return RCC_REFUSAL_RESTRICTED;
	return row->incident.v == incident->id.v ? RCC_REFUSAL_WRONG_STATE : (enum rcc_refusal)0;
}

/* When the machine relays what came: a withdrawal starts no clock. */
static int64_t
due_of(const struct rcc_step *step, enum rcc_phase phase, enum rcc_source source, bool was_told)
{
	if (was_told)
		return step->entry->cause.at_ms;
	return phase == RCC_PHASE_DISTRESS ? rcc_relay_due_ms(step, source) : 0;
}

/* What a case that got alerts does next: it wakes, takes their phase and facts, and its ships hear of it. */
static void
take_joined(struct rcc_step *step, struct rcc_incident_id id, enum rcc_phase phase, enum rcc_source source,
            bool was_told, const char *reason)
{
	if (rcc_incident_find(step->core, id)->status == RCC_INCIDENT_SUSPENDED)
		rcc_incident_resume(step, id, (struct rcc_alert_id){0}, reason);
	rcc_incident_raise(step, id, (struct rcc_alert_id){0}, phase, source);
	rcc_facts_recount(step, id, reason);
	/* Ships that were told of the other case go on hearing of this one. */
	rcc_incident_start_clock(step, id, due_of(step, phase, source, was_told));
	rcc_incident_relay_if_due(step, id);
}

static void
join_alert(struct rcc_step *step, const struct rcc_alert_state *row, const struct rcc_incident *incident)
{
	const struct rcc_join_order *order = &step->entry->cause.u.join;
	enum rcc_refusal refusal = join_refusal(row, incident);
	const struct rcc_incident *before = rcc_incident_find(step->core, row->incident);
	struct rcc_incident_id from = before == NULL ? (struct rcc_incident_id){0} : before->id;
	enum rcc_source source = row->body.source;

	if (refusal != 0) {
		rcc_step_refuse(step, refusal, "join.alert");
		return;
	}
	bool is_alone = before != NULL && before->status != RCC_INCIDENT_CLOSED && rcc_incident_is_told(before);
	emit_moved(step, row, incident->id, order->reason);
	take_joined(step, order->incident, rcc_alert_phase(&row->body), source,
	            is_alone && first_alert_of(step->core, from) == NULL, order->reason);
	if (from.v == 0)
		return;
	if (first_alert_of(step->core, from) != NULL) {
		rcc_facts_recount(step, from, order->reason);
		rcc_incident_relay_if_due(step, from);
	}
	close_empty(step, from, order->incident, order->reason);
}

static void
join_incident(struct rcc_step *step, const struct rcc_incident *from, const struct rcc_incident *into)
{
	const struct rcc_join_order *order = &step->entry->cause.u.join;
	const struct rcc_alert_state *row = first_alert_of(step->core, from->id);
	enum rcc_phase phase = from->phase;
	enum rcc_source source = from->source;
	bool was_told = rcc_incident_is_told(from);

	if (from->class != into->class || from->is_restricted != into->is_restricted || from->id.v == into->id.v ||
	    row == NULL) {
		enum rcc_refusal refusal = from->class != into->class ? RCC_REFUSAL_NOT_LIVE : RCC_REFUSAL_WRONG_STATE;
		rcc_step_refuse(step, from->is_restricted != into->is_restricted ? RCC_REFUSAL_RESTRICTED : refusal,
		                "join.from");
		return;
	}
	for (; row != NULL; row = first_alert_of(step->core, order->from)) {
		/* What the entry cannot hold stays where it is, in sight: the officer joins again. */
		if (rcc_step_room(step) <= RCC_EVENTS_RESERVED + RCC_PEERS_MAX / RCC_DELIVERY_ROWS_MAX)
			break;
		emit_moved(step, row, order->incident, order->reason);
	}
	take_joined(step, order->incident, phase, source, was_told, order->reason);
	close_empty(step, order->from, order->incident, order->reason);
}

void
rcc_rule_join(struct rcc_step *step)
{
	const struct rcc_join_order *order = &step->entry->cause.u.join;
	const struct rcc_incident *into = rcc_incident_or_refuse(step, order->incident, "join.incident");

	if (into == NULL || rcc_refuse_reason(step, order->reason, "join.reason"))
		return;
	if ((order->alert.v == 0) == (order->from.v == 0)) {
		rcc_step_refuse(step, RCC_REFUSAL_RANGE, "join.alert");
		return;
	}
	if (order->from.v != 0) {
		const struct rcc_incident *from = rcc_incident_or_refuse(step, order->from, "join.from");
		if (from != NULL)
			join_incident(step, from, into);
		return;
	}
	const struct rcc_alert_state *row = rcc_alert_find(step->core, order->alert);
	if (row == NULL)
		rcc_step_refuse(step, RCC_REFUSAL_NOT_FOUND, "join.alert");
	else
		join_alert(step, row, into);
}

static uint32_t
count_alerts(const struct rcc_core *core, struct rcc_incident_id incident)
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < core->alert_top; i++)
		count += core->alert[i].id.v != 0 && core->alert[i].incident.v == incident.v;
	return count;
}

/* Where a split alert goes: back to the incident that it opened and that was joined away, or to a new one. */
static struct rcc_incident_id
home_of(struct rcc_step *step, const struct rcc_alert_state *row, const char *reason)
{
	const struct rcc_incident *home = rcc_incident_find(step->core, row->home);

	if (home == NULL || home->id.v == row->incident.v || home->status != RCC_INCIDENT_CLOSED ||
	    home->outcome != RCC_OUTCOME_JOINED)
		return rcc_incident_open(step, row->id);
	rcc_incident_resume(step, home->id, (struct rcc_alert_id){0}, reason);
	return home->id;
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
	if (count_alerts(step->core, from->id) < 2) {
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
	emit_moved(step, row, to, split->reason);
	rcc_facts_recount(step, to, split->reason);
	rcc_incident_start_clock(step, to, rcc_relay_due_ms(step, source));
	rcc_incident_relay_if_due(step, to);
	rcc_facts_recount(step, from_id, split->reason);
	rcc_incident_relay_if_due(step, from_id);
}
