/*
 * timeline.c - the record as lines that a watch officer can read, all of it or what concerns one incident.
 *
 * An alert may lie in quarantine for minutes before an incident is opened for it, so the journal is read twice: first to
 * learn what belongs to the incident, then to print.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/state.h"
#include "librcc/i18n.h"
#include "librcc/options.h"
#include "rcc/text.h"
#include "rcc/work_text.h"
#include "replay/idset.h"
#include "replay/replay.h"

/* One entry in words; RCC_EVENTS_MAX events of some 1 kB each fit. */
#define TRACE_SIZE 524288

/* Kinds of numbers in one set: the top bits. A delivery is a ship's number (14 bits) and its delivery's (32 bits). */
#define SET_ALERT (UINT64_C(1) << 60)
#define SET_BROADCAST (UINT64_C(2) << 60)
#define SET_DELIVERY (UINT64_C(3) << 60)

struct timeline {
	const struct rcc_replay *replay;
	struct rcc_core *core;
	char *text;
	uint32_t year, number; /* the incident as people say it; year 0 = given by its id */
	uint32_t incident;     /* its id, 0 = not met yet */
	struct rcc_idset set;
	bool is_out_of_memory;
};

static uint64_t
delivery_key(struct rcc_peer_id peer, uint32_t number)
{
	return SET_DELIVERY | (uint64_t)peer.v << 32 | number;
}

static bool
has_line(const struct timeline *timeline, const struct rcc_delivery_ref *row, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		if (rcc_idset_has(&timeline->set, delivery_key(row[i].peer, row[i].number)))
			return true;
	}
	return false;
}

static bool
has_alert(const struct timeline *timeline, struct rcc_alert_id alert)
{
	return rcc_idset_has(&timeline->set, SET_ALERT | alert.v);
}

static bool
has_broadcast(const struct timeline *timeline, struct rcc_broadcast_id broadcast)
{
	return rcc_idset_has(&timeline->set, SET_BROADCAST | broadcast.v);
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
order_concerns(const struct timeline *timeline, const struct rcc_event *event)
{
	const uint32_t incident = timeline->incident;

	if (event->kind == RCC_EVENT_SUGGESTED)
		return event->u.suggested.incident.v == incident || has_alert(timeline, event->u.suggested.alert);
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
broadcast_concerns(const struct timeline *timeline, const struct rcc_event *event)
{
	if (event->kind == RCC_EVENT_DELIVERIES_QUEUED)
		return has_broadcast(timeline, event->u.queued.broadcast);
	if (event->kind == RCC_EVENT_CALL_LISTED)
		return has_broadcast(timeline, event->u.call_list.broadcast);
	if (event->kind == RCC_EVENT_DELIVERIES_FLAGGED)
		return has_broadcast(timeline, event->u.flagged.broadcast);
	return has_broadcast(timeline, event->u.ledger_full.broadcast);
}

static bool
alert_concerns(const struct timeline *timeline, const struct rcc_event *event)
{
	if (event->kind == RCC_EVENT_ALERT_RECORDED)
		return has_alert(timeline, event->u.alert.alert);
	if (event->kind == RCC_EVENT_ALERT_REPEATED)
		return has_alert(timeline, event->u.repeated.alert);
	if (event->kind == RCC_EVENT_ALERT_DECIDED)
		return has_alert(timeline, event->u.decided.alert);
	if (event->kind == RCC_EVENT_UNSEALED && event->u.unsealed.note != 0)
		return event->u.unsealed.incident.v == timeline->incident;
	if (event->kind == RCC_EVENT_UNSEALED)
		return has_alert(timeline, event->u.unsealed.alert);
	return has_alert(timeline, event->u.alert_ref.alert);
}

/* Events that name their incident. */
static bool
incident_concerns(const struct timeline *timeline, const struct rcc_event *event)
{
	const uint32_t incident = timeline->incident;

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
concerns(const struct timeline *timeline, const struct rcc_event *event)
{
	const uint32_t incident = timeline->incident;

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
		return incident_concerns(timeline, event);
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
		return order_concerns(timeline, event);
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
		return broadcast_concerns(timeline, event);
	case RCC_EVENT_DELIVERIES_SENT:
		return has_line(timeline, event->u.sent.row, event->u.sent.count);
	case RCC_EVENT_DELIVERY_STORED:
		return rcc_idset_has(&timeline->set, delivery_key(event->u.stored.peer, event->u.stored.number));
	case RCC_EVENT_DELIVERY_READ:
		return rcc_idset_has(&timeline->set, delivery_key(event->u.read.peer, event->u.read.number));
	case RCC_EVENT_ALERT_RECORDED:
	case RCC_EVENT_ALERT_REPEATED:
	case RCC_EVENT_ALERT_DECIDED:
	case RCC_EVENT_UNSEALED:
	case RCC_EVENT_QUARANTINE_ESCALATED:
	case RCC_EVENT_ALERT_EVICTED:
		return alert_concerns(timeline, event);
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
add(struct timeline *timeline, uint64_t value)
{
	if (rcc_idset_add(&timeline->set, value) != RCC_OK)
		timeline->is_out_of_memory = true;
}

static void
learn_event(struct timeline *timeline, const struct rcc_event *event)
{
	if (event->kind == RCC_EVENT_INCIDENT_OPENED && timeline->year != 0 && event->u.opened.year == timeline->year &&
	    event->u.opened.number == timeline->number)
		timeline->incident = event->u.opened.incident.v;
	if (timeline->incident == 0 || !concerns(timeline, event))
		return;
	if (event->kind == RCC_EVENT_INCIDENT_OPENED)
		add(timeline, SET_ALERT | event->u.opened.alert.v);
	else if (event->kind == RCC_EVENT_ALERT_JOINED)
		add(timeline, SET_ALERT | event->u.joined.alert.v);
	else if (event->kind == RCC_EVENT_BROADCAST_ISSUED)
		add(timeline, SET_BROADCAST | event->u.broadcast.broadcast.v);
	else if (event->kind == RCC_EVENT_DELIVERIES_QUEUED)
		for (uint32_t i = 0; i < event->u.queued.count; i++)
			add(timeline, delivery_key(event->u.queued.row[i].peer, event->u.queued.row[i].number));
}

static void
visit_learn(void *context, const struct rcc_link *link, const struct rcc_entry *entry)
{
	struct timeline *timeline = context;

	(void)link;
	for (uint32_t i = 0; i < entry->event_count; i++)
		learn_event(timeline, &entry->event[i]);
}

static bool
is_wanted(const struct timeline *timeline, const struct rcc_entry *entry)
{
	if (timeline->replay->incident == NULL)
		return true;
	for (uint32_t i = 0; i < entry->event_count; i++) {
		if (concerns(timeline, &entry->event[i]))
			return true;
	}
	return false;
}

static void
print_json(const struct timeline *timeline, const struct rcc_link *link)
{
	char time[RCC_TIME_TEXT_SIZE];
	char hash[RCC_HEX_SIZE(RCC_HASH_SIZE)];
	const char *separator = "";

	printf("{\"class\":\"ENTRY\",\"seq\":%llu,\"time\":\"%s\",\"hash\":\"%s\",\"lines\":[",
	       (unsigned long long)link->seq, rcc_time_format(time, link->at_ms),
	       rcc_hex_format(hash, link->hash.b, RCC_HASH_SIZE));
	for (const char *line = timeline->text; *line != '\0';) {
		size_t len = strcspn(line, "\n");
		fputs(separator, stdout);
		rcc_replay_print_json_text(line, len);
		separator = ",";
		line += len + (line[len] == '\n');
	}
	puts("]}");
}

static void
print_text(const struct timeline *timeline, const struct rcc_link *link)
{
	char time[RCC_TIME_TEXT_SIZE];

	printf("#%llu %s\n", (unsigned long long)link->seq, rcc_time_format(time, link->at_ms));
	for (const char *line = timeline->text; *line != '\0';) {
		size_t len = strcspn(line, "\n");
		printf("  %.*s\n", (int)len, line);
		line += len + (line[len] == '\n');
	}
}

static void
visit_print(void *context, const struct rcc_link *link, const struct rcc_entry *entry)
{
	struct timeline *timeline = context;

	rcc_core_replay(timeline->core, entry);
	if (!is_wanted(timeline, entry))
		return;
	timeline->text[0] = '\0';
	if (rcc_trace_format(timeline->core, entry, timeline->text, TRACE_SIZE) >= TRACE_SIZE)
		fprintf(stderr, _("rcc-replay: entry %llu is too long to be shown whole\n"),
		        (unsigned long long)link->seq);
	if (timeline->replay->is_json)
		print_json(timeline, link);
	else
		print_text(timeline, link);
}

bool
rcc_replay_incident(const char *text, uint32_t *ret_year, uint32_t *ret_number)
{
	char *end = NULL;
	unsigned long first = strtoul(text, &end, 10);

	*ret_year = 0;
	if (text[0] < '0' || text[0] > '9' || first == 0 || first > UINT32_MAX)
		return false;
	if (*end == '\0') {
		*ret_number = (uint32_t)first;
		return true;
	}
	if (*end != '-' || end[1] < '0' || end[1] > '9')
		return false;
	unsigned long second = strtoul(end + 1, &end, 10);
	*ret_year = (uint32_t)first;
	*ret_number = (uint32_t)second;
	return *end == '\0' && second > 0 && second <= UINT32_MAX;
}

static bool
take_incident(struct timeline *timeline, const char *text)
{
	if (!rcc_replay_incident(text, &timeline->year, &timeline->number))
		return false;
	if (timeline->year == 0)
		timeline->incident = timeline->number;
	return true;
}

/* Fills the set; false with the reason on stderr if there is nothing to show. */
static bool
learn(struct timeline *timeline)
{
	struct rcc_audit_report report = {0};

	if (!rcc_replay_read(timeline->replay, visit_learn, timeline, &report))
		return false;
	if (timeline->is_out_of_memory)
		fprintf(stderr, _("rcc-replay: no memory for this incident\n"));
	else if (timeline->set.count == 0)
		fprintf(stderr, _("rcc-replay: the journal knows no incident %s\n"), timeline->replay->incident);
	return timeline->set.count > 0 && !timeline->is_out_of_memory;
}

int
rcc_replay_timeline(const struct rcc_replay *replay)
{
	struct timeline timeline = {.replay = replay};
	struct rcc_audit_report report = {0};
	int exit_code = RCC_EXIT_FAILED;

	if (replay->incident != NULL && !take_incident(&timeline, replay->incident)) {
		fprintf(stderr, _("rcc-replay: '%s' is not an incident's number (2026-0001)\n"), replay->incident);
		return RCC_EXIT_USAGE;
	}
	timeline.core = malloc(sizeof *timeline.core);
	timeline.text = malloc(TRACE_SIZE);
	if (timeline.core == NULL || timeline.text == NULL) {
		fprintf(stderr, _("rcc-replay: no memory to read the journal\n"));
		goto out;
	}
	rcc_core_init(timeline.core);
	if (replay->incident != NULL && !learn(&timeline))
		goto out;
	if (rcc_replay_read(replay, visit_print, &timeline, &report))
		exit_code = RCC_EXIT_OK;
out:
	rcc_idset_fini(&timeline.set);
	free(timeline.text);
	free(timeline.core);
	return exit_code;
}
