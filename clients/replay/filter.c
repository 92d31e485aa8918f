/*
 * filter.c - which entries concern one incident: those that name it, its alerts, its broadcasts or their deliveries.
 *
 * An alert may lie in quarantine for minutes before an incident is opened for it, so the journal is read once before: to learn
 * what belongs to the incident.
 */
#include "replay/filter.h"

#include <string.h>

#include "rcc/work_text.h"

/* Kinds of numbers in one set: the top bits. A delivery is a ship's number (14 bits) and its delivery's (32 bits). */
#define SET_ALERT (UINT64_C(1) << 60)
#define SET_BROADCAST (UINT64_C(2) << 60)
#define SET_DELIVERY (UINT64_C(3) << 60)

static uint64_t
delivery_key(struct rcc_peer_id peer, uint32_t number)
{
	return SET_DELIVERY | (uint64_t)peer.v << 32 | number;
}

static bool
has_line(const struct rcc_filter *filter, const struct rcc_delivery_ref *row, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		if (rcc_idset_has(&filter->set, delivery_key(row[i].peer, row[i].number)))
			return true;
	}
	return false;
}

static bool
has_alert(const struct rcc_filter *filter, struct rcc_alert_id alert)
{
	return rcc_idset_has(&filter->set, SET_ALERT | alert.v);
}

static bool
has_broadcast(const struct rcc_filter *filter, struct rcc_broadcast_id broadcast)
{
	return rcc_idset_has(&filter->set, SET_BROADCAST | broadcast.v);
}

/* The watch is handed over with the open cases. */
static bool
is_listed(const struct rcc_watch_handed *handed, uint32_t incident)
{
	for (uint32_t i = 0; i < handed->item_count; i++) {
		if (handed->item[i].incident.v == incident)
			return true;
	}
	return false;
}

/* The same of what officers decided, and of suggestions. */
static bool
order_concerns(const struct rcc_filter *filter, const struct rcc_event *event)
{
	const uint32_t incident = filter->incident;

	if (event->kind == RCC_EVENT_SUGGESTED)
		return event->u.suggested.incident.v == incident || has_alert(filter, event->u.suggested.alert);
	if (event->kind == RCC_EVENT_ALERT_MOVED)
		return event->u.moved.to.v == incident || event->u.moved.from.v == incident;
	if (event->kind == RCC_EVENT_INCIDENT_REVISED)
		return event->u.incident.incident.v == incident;
	if (event->kind == RCC_EVENT_PLACES_REVISED)
		return event->u.places.incident.v == incident;
	if (event->kind == RCC_EVENT_PHASE_SET)
		return event->u.phase.incident.v == incident;
	if (event->kind == RCC_EVENT_INCIDENT_SUSPENDED)
		return event->u.suspended.incident.v == incident;
	if (event->kind == RCC_EVENT_INCIDENT_RESUMED)
		return event->u.resumed.incident.v == incident;
	if (event->kind == RCC_EVENT_INCIDENT_GROUPED)
		return event->u.grouped.incident.v == incident || event->u.grouped.parent.v == incident;
	if (event->kind == RCC_EVENT_INCIDENT_JOINED)
		return event->u.incident_joined.incident.v == incident || event->u.incident_joined.into.v == incident;
	if (event->kind == RCC_EVENT_JOIN_UNDONE)
		return event->u.undone.incident.v == incident || event->u.undone.other.v == incident;
	if (event->kind == RCC_EVENT_HOLD_ENDED)
		return event->u.hold_ended.incident.v == incident;
	return false;
}

static bool
broadcast_concerns(const struct rcc_filter *filter, const struct rcc_event *event)
{
	if (event->kind == RCC_EVENT_DELIVERIES_QUEUED)
		return has_broadcast(filter, event->u.queued.broadcast);
	if (event->kind == RCC_EVENT_CALL_LISTED)
		return has_broadcast(filter, event->u.call_list.broadcast);
	if (event->kind == RCC_EVENT_DELIVERIES_FLAGGED)
		return has_broadcast(filter, event->u.flagged.broadcast);
	return has_broadcast(filter, event->u.ledger_full.broadcast);
}

static bool
alert_concerns(const struct rcc_filter *filter, const struct rcc_event *event)
{
	if (event->kind == RCC_EVENT_ALERT_RECORDED)
		return has_alert(filter, event->u.alert.alert);
	if (event->kind == RCC_EVENT_ALERT_REPEATED)
		return has_alert(filter, event->u.repeated.alert);
	if (event->kind == RCC_EVENT_ALERT_DECIDED)
		return has_alert(filter, event->u.decided.alert);
	if (event->kind == RCC_EVENT_UNSEALED && event->u.unsealed.note != 0)
		return event->u.unsealed.incident.v == filter->incident;
	if (event->kind == RCC_EVENT_UNSEALED)
		return has_alert(filter, event->u.unsealed.alert);
	return has_alert(filter, event->u.alert_ref.alert);
}

/* Events that name their incident. */
static bool
incident_concerns(const struct rcc_filter *filter, const struct rcc_event *event)
{
	const uint32_t incident = filter->incident;

	if (event->kind == RCC_EVENT_INCIDENT_OPENED)
		return event->u.opened.incident.v == incident;
	if (event->kind == RCC_EVENT_ALERT_JOINED)
		return event->u.joined.incident.v == incident;
	if (event->kind == RCC_EVENT_POSITION_REVISED)
		return event->u.revised.incident.v == incident;
	if (event->kind == RCC_EVENT_PHASE_RAISED)
		return event->u.raised.incident.v == incident;
	if (event->kind == RCC_EVENT_FACTS_REVISED)
		return event->u.facts.incident.v == incident;
	if (event->kind == RCC_EVENT_RELAY_SCHEDULED)
		return event->u.scheduled.incident.v == incident;
	if (event->kind == RCC_EVENT_RELAY_HELD)
		return event->u.held.incident.v == incident;
	if (event->kind == RCC_EVENT_NO_POSITION_OVERDUE || event->kind == RCC_EVENT_REVIEW_DUE ||
	    event->kind == RCC_EVENT_NOTICE_EXPIRED || event->kind == RCC_EVENT_INCIDENT_EVICTED)
		return event->u.incident_ref.incident.v == incident;
	return event->u.closed.incident.v == incident;
}

/* Does this event speak of the incident, its alerts, its broadcasts or their deliveries? */
static bool
concerns(const struct rcc_filter *filter, const struct rcc_event *event)
{
	const uint32_t incident = filter->incident;

	switch (event->kind) {
	case RCC_EVENT_INCIDENT_OPENED:
	case RCC_EVENT_ALERT_JOINED:
	case RCC_EVENT_POSITION_REVISED:
	case RCC_EVENT_PHASE_RAISED:
	case RCC_EVENT_FACTS_REVISED:
	case RCC_EVENT_RELAY_SCHEDULED:
	case RCC_EVENT_RELAY_HELD:
	case RCC_EVENT_NO_POSITION_OVERDUE:
	case RCC_EVENT_REVIEW_DUE:
	case RCC_EVENT_NOTICE_EXPIRED:
	case RCC_EVENT_INCIDENT_EVICTED:
	case RCC_EVENT_INCIDENT_CLOSED:
		return incident_concerns(filter, event);
	case RCC_EVENT_SUGGESTED:
	case RCC_EVENT_ALERT_MOVED:
	case RCC_EVENT_INCIDENT_REVISED:
	case RCC_EVENT_PLACES_REVISED:
	case RCC_EVENT_PHASE_SET:
	case RCC_EVENT_INCIDENT_SUSPENDED:
	case RCC_EVENT_INCIDENT_RESUMED:
	case RCC_EVENT_INCIDENT_GROUPED:
	case RCC_EVENT_INCIDENT_JOINED:
	case RCC_EVENT_JOIN_UNDONE:
	case RCC_EVENT_HOLD_ENDED:
		return order_concerns(filter, event);
	case RCC_WORK_EVENTS:
		return event->kind == RCC_EVENT_WATCH_HANDED ? is_listed(&event->u.watch_handed, incident)
		                                             : rcc_work_event_incident(event).v == incident;
	case RCC_EVENT_ANSWERED:
		return event->u.answered.answer.incident.v == incident;
	case RCC_EVENT_BROADCAST_ISSUED:
		return event->u.broadcast.incident.v == incident;
	case RCC_EVENT_DELIVERIES_QUEUED:
	case RCC_EVENT_CALL_LISTED:
	case RCC_EVENT_DELIVERIES_FLAGGED:
	case RCC_EVENT_LEDGER_FULL:
		return broadcast_concerns(filter, event);
	case RCC_EVENT_DELIVERIES_SENT:
		return has_line(filter, event->u.sent.row, event->u.sent.count);
	case RCC_EVENT_DELIVERY_STORED:
		return rcc_idset_has(&filter->set, delivery_key(event->u.stored.peer, event->u.stored.number));
	case RCC_EVENT_DELIVERY_READ:
		return rcc_idset_has(&filter->set, delivery_key(event->u.read.peer, event->u.read.number));
	case RCC_EVENT_ALERT_RECORDED:
	case RCC_EVENT_ALERT_REPEATED:
	case RCC_EVENT_ALERT_DECIDED:
	case RCC_EVENT_UNSEALED:
	case RCC_EVENT_QUARANTINE_ESCALATED:
	case RCC_EVENT_ALERT_EVICTED:
		return alert_concerns(filter, event);
	case RCC_EVENT_RUN_STARTED:
	case RCC_PEER_EVENTS:
	case RCC_EVENT_COMMAND_REFUSED:
	case RCC_EVENT_MESSAGE_CONFLICT:
	case RCC_PLAN_EVENTS:
	case RCC_EVENT_DRILL_CHANGED:
	case RCC_EVENT_FLOOD_BEGAN:
		return false;
	}
	return false;
}

static void
add(struct rcc_filter *filter, uint64_t value)
{
	if (rcc_idset_add(&filter->set, value) != RCC_OK)
		filter->is_out_of_memory = true;
}

/* Does the vessel of this case take back her distress, by her own key or by the one that called first? An officer looks at it before it stands in a case. */
static bool
is_withdrawal(const struct rcc_filter *filter, const struct rcc_filter_alert *alert)
{
	return alert->is_withdrawal && filter->casualty.v != 0 && alert->casualty.v == filter->casualty.v &&
	       alert->class == filter->class &&
	       (alert->verdict == RCC_VERDICT_MATCH ||
	        memcmp(alert->sender.b, filter->caller.b, sizeof alert->sender.b) == 0);
}

static void
learn_alert(struct rcc_filter *filter, const struct rcc_alert_recorded *recorded)
{
	struct rcc_filter_alert *alert = &filter->recent[filter->recent_count++ % RCC_FILTER_RECENT];

	*alert = (struct rcc_filter_alert){.id = recorded->alert,
	                                   .casualty = recorded->body.casualty,
	                                   .class = recorded->body.class,
	                                   .verdict = recorded->verdict,
	                                   .sender = recorded->sender_key,
	                                   .is_withdrawal = (recorded->body.marks & RCC_ALERT_SELF_CANCEL) != 0};
	if (filter->is_open && is_withdrawal(filter, alert))
		add(filter, SET_ALERT | alert->id.v);
}

/* Opened for an alert that had waited: what its sender took back meanwhile is of it. */
static void
learn_opened(struct rcc_filter *filter, const struct rcc_incident_opened *opened)
{
	filter->is_open = true;
	filter->casualty = opened->casualty;
	filter->class = opened->class;
	for (uint32_t i = 0; i < RCC_FILTER_RECENT; i++) {
		if (filter->recent[i].id.v != 0 && filter->recent[i].id.v == opened->alert.v)
			filter->caller = filter->recent[i].sender;
	}
	for (uint32_t i = 0; i < RCC_FILTER_RECENT; i++) {
		if (filter->recent[i].id.v > opened->alert.v && is_withdrawal(filter, &filter->recent[i]))
			add(filter, SET_ALERT | filter->recent[i].id.v);
	}
}

/* Whose case it is, and whether it is open. */
static void
learn_case(struct rcc_filter *filter, const struct rcc_event *event)
{
	if (event->kind == RCC_EVENT_INCIDENT_OPENED)
		learn_opened(filter, &event->u.opened);
	else if (event->kind == RCC_EVENT_FACTS_REVISED)
		filter->casualty = event->u.facts.casualty;
	else if (event->kind == RCC_EVENT_INCIDENT_RESUMED)
		filter->is_open = true;
	else if (event->kind == RCC_EVENT_INCIDENT_CLOSED)
		filter->is_open = false;
}

static void
learn_event(struct rcc_filter *filter, const struct rcc_event *event)
{
	if (event->kind == RCC_EVENT_INCIDENT_OPENED && filter->year != 0 && event->u.opened.year == filter->year &&
	    event->u.opened.number == filter->number)
		filter->incident = event->u.opened.incident.v;
	if (event->kind == RCC_EVENT_ALERT_RECORDED)
		learn_alert(filter, &event->u.alert);
	if (filter->incident == 0 || !concerns(filter, event))
		return;
	learn_case(filter, event);
	if (event->kind == RCC_EVENT_INCIDENT_OPENED)
		add(filter, SET_ALERT | event->u.opened.alert.v);
	else if (event->kind == RCC_EVENT_ALERT_JOINED)
		add(filter, SET_ALERT | event->u.joined.alert.v);
	else if (event->kind == RCC_EVENT_BROADCAST_ISSUED)
		add(filter, SET_BROADCAST | event->u.broadcast.broadcast.v);
	else if (event->kind == RCC_EVENT_DELIVERIES_QUEUED)
		for (uint32_t i = 0; i < event->u.queued.count; i++)
			add(filter, delivery_key(event->u.queued.row[i].peer, event->u.queued.row[i].number));
}

void
rcc_filter_learn(struct rcc_filter *filter, const struct rcc_entry *entry)
{
	for (uint32_t i = 0; i < entry->event_count; i++)
		learn_event(filter, &entry->event[i]);
}

bool
rcc_filter_wants(const struct rcc_filter *filter, const struct rcc_event *event)
{
	return filter->is_all || concerns(filter, event);
}

bool
rcc_filter_wants_entry(const struct rcc_filter *filter, const struct rcc_entry *entry)
{
	for (uint32_t i = 0; i < entry->event_count; i++) {
		if (rcc_filter_wants(filter, &entry->event[i]))
			return true;
	}
	return false;
}
