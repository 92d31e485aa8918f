/*
 * report_events.c - what an event of a case says in a report. Left out are the words of whoever called, of survivors and about
 * them, and whatever a restricted note is about: they are nobody's on paper.
 */
#include <assert.h>
#include <string.h>

#include "librcc/i18n.h"
#include "rcc/text.h"
#include "replay/report.h"

static bool
say_alert(const struct rcc_event *event, char text[RCC_DOSSIER_TEXT_SIZE])
{
	const struct rcc_alert *alert = &event->u.alert.body;
	char pos[RCC_POS_TEXT_SIZE];

	if ((alert->marks & RCC_ALERT_SELF_CANCEL) != 0) {
		(void)snprintf(text, RCC_DOSSIER_TEXT_SIZE, _("The distress is withdrawn by its own sender, by %s"),
		               rcc_say_source(alert->source));
		return true;
	}
	int len = snprintf(text, RCC_DOSSIER_TEXT_SIZE, _("Alert from %s: %s"), rcc_say_source(alert->source),
	                   rcc_say_nature(alert->nature));

	if (alert->persons > 0)
		len += snprintf(text + len, RCC_DOSSIER_TEXT_SIZE - (size_t)len,
		                ngettext(", %u person", ", %u persons", alert->persons), alert->persons);
	if (rcc_pos_is_known(alert->pos))
		(void)snprintf(text + len, RCC_DOSSIER_TEXT_SIZE - (size_t)len, ", %s",
		               rcc_pos_format(pos, alert->pos));
	else
		(void)snprintf(text + len, RCC_DOSSIER_TEXT_SIZE - (size_t)len, "%s", _(", position not known"));
	return true;
}

/* What became of the alerts of the case. */
static bool
say_signals(const struct rcc_event *event, char text[RCC_DOSSIER_TEXT_SIZE], const char **ret_reason)
{
	if (event->kind == RCC_EVENT_ALERT_RECORDED)
		return say_alert(event, text);
	if (event->kind == RCC_EVENT_ALERT_REPEATED) {
		(void)snprintf(text, RCC_DOSSIER_TEXT_SIZE, _("The signal is repeated: %u so far"),
		               event->u.repeated.count);
	} else if (event->kind == RCC_EVENT_ALERT_JOINED) {
		/* The one that opened the case says nothing new. */
		if (event->u.joined.why == RCC_JOIN_OPENED)
			return false;
		(void)snprintf(text, RCC_DOSSIER_TEXT_SIZE, "%s", _("A further alert belongs to the case"));
	} else if (event->kind == RCC_EVENT_ALERT_DECIDED) {
		*ret_reason = event->u.decided.reason;
		(void)snprintf(text, RCC_DOSSIER_TEXT_SIZE, "%s",
		               event->u.decided.decision == RCC_DECISION_ACCEPT
		                   ? _("An officer accepts an alert that waited for a person")
		                   : _("An officer dismisses an alert"));
	} else if (event->kind == RCC_EVENT_ALERT_MOVED) {
		*ret_reason = event->u.moved.reason;
		(void)snprintf(text, RCC_DOSSIER_TEXT_SIZE, "%s",
		               _("An officer moves an alert from one case to another"));
	} else if (event->kind == RCC_EVENT_UNSEALED && event->u.unsealed.note == 0) {
		/* Why may name who called. */
		(void)snprintf(text, RCC_DOSSIER_TEXT_SIZE, "%s",
		               _("An officer reads the sealed particulars of a caller"));
	} else {
		return false;
	}
	return true;
}

/* What the case is about. */
static bool
say_facts(const struct rcc_event *event, char text[RCC_DOSSIER_TEXT_SIZE], const char **ret_reason)
{
	char pos[RCC_POS_TEXT_SIZE];

	if (event->kind == RCC_EVENT_INCIDENT_OPENED) {
		(void)snprintf(text, RCC_DOSSIER_TEXT_SIZE, _("The case is opened: %s"),
		               rcc_say_phase(event->u.opened.phase));
	} else if (event->kind == RCC_EVENT_POSITION_REVISED) {
		(void)snprintf(text, RCC_DOSSIER_TEXT_SIZE, _("Position of the casualty: %s"),
		               rcc_pos_format(pos, event->u.revised.pos));
	} else if (event->kind == RCC_EVENT_INCIDENT_REVISED) {
		*ret_reason = event->u.incident.reason;
		if (event->u.incident.persons > 0)
			(void)snprintf(text, RCC_DOSSIER_TEXT_SIZE, _("The facts are stated anew: %s, %u persons, %s"),
			               rcc_say_nature(event->u.incident.nature), event->u.incident.persons,
			               rcc_pos_format(pos, event->u.incident.pos));
		else
			(void)snprintf(text, RCC_DOSSIER_TEXT_SIZE, _("The facts are stated anew: %s, %s"),
			               rcc_say_nature(event->u.incident.nature),
			               rcc_pos_format(pos, event->u.incident.pos));
	} else if (event->kind == RCC_EVENT_FACTS_REVISED) {
		if (event->u.facts.persons > 0)
			(void)snprintf(text, RCC_DOSSIER_TEXT_SIZE, _("More is known: %s, %u persons"),
			               rcc_say_nature(event->u.facts.nature), event->u.facts.persons);
		else
			(void)snprintf(text, RCC_DOSSIER_TEXT_SIZE, _("More is known: %s"),
			               rcc_say_nature(event->u.facts.nature));
	} else if (event->kind == RCC_EVENT_PHASE_RAISED) {
		(void)snprintf(text, RCC_DOSSIER_TEXT_SIZE, _("The phase is raised: %s"),
		               rcc_say_phase(event->u.raised.phase));
	} else if (event->kind == RCC_EVENT_PHASE_SET) {
		*ret_reason = event->u.phase.reason;
		(void)snprintf(text, RCC_DOSSIER_TEXT_SIZE, _("An officer sets the phase: %s"),
		               rcc_say_phase(event->u.phase.phase));
	} else if (event->kind == RCC_EVENT_NO_POSITION_OVERDUE) {
		(void)snprintf(text, RCC_DOSSIER_TEXT_SIZE, "%s",
		               _("The position is still not known: the clock has run out"));
	} else {
		return false;
	}
	return true;
}

/* How the case goes on and ends. */
static bool
say_course(const struct rcc_event *event, char text[RCC_DOSSIER_TEXT_SIZE], const char **ret_reason)
{
	char time[RCC_HTML_TIME_SIZE];

	if (event->kind == RCC_EVENT_INCIDENT_SUSPENDED) {
		*ret_reason = event->u.suspended.reason;
		(void)snprintf(text, RCC_DOSSIER_TEXT_SIZE, _("The search is suspended, to be reviewed at %s"),
		               rcc_html_time(time, event->u.suspended.review_at_ms));
	} else if (event->kind == RCC_EVENT_INCIDENT_RESUMED) {
		*ret_reason = event->u.resumed.reason;
		(void)snprintf(text, RCC_DOSSIER_TEXT_SIZE, "%s", _("The case is open again"));
	} else if (event->kind == RCC_EVENT_INCIDENT_GROUPED) {
		*ret_reason = event->u.grouped.reason;
		(void)snprintf(text, RCC_DOSSIER_TEXT_SIZE, "%s",
		               event->u.grouped.parent.v != 0 ? _("The case becomes part of a mass rescue")
		                                              : _("The case stands alone again"));
	} else if (event->kind == RCC_EVENT_INCIDENT_JOINED) {
		(void)snprintf(text, RCC_DOSSIER_TEXT_SIZE, "%s", _("Two cases are one from now on"));
	} else if (event->kind == RCC_EVENT_JOIN_UNDONE) {
		*ret_reason = event->u.undone.reason;
		(void)snprintf(text, RCC_DOSSIER_TEXT_SIZE, "%s", _("The two cases are parted again"));
	} else if (event->kind == RCC_EVENT_REVIEW_DUE) {
		(void)snprintf(text, RCC_DOSSIER_TEXT_SIZE, "%s", _("The suspension is due for review"));
	} else if (event->kind == RCC_EVENT_INCIDENT_CLOSED) {
		*ret_reason = event->u.closed.reason;
		(void)snprintf(text, RCC_DOSSIER_TEXT_SIZE, _("The case is closed: %s"),
		               rcc_say_outcome(event->u.closed.outcome));
	} else {
		return false;
	}
	return true;
}

static uint32_t
recipients_of(const struct rcc_entry *entry, struct rcc_broadcast_id broadcast)
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < entry->event_count; i++) {
		const struct rcc_event *event = &entry->event[i];
		if (event->kind == RCC_EVENT_DELIVERIES_QUEUED && event->u.queued.broadcast.v == broadcast.v)
			count += event->u.queued.count;
	}
	return count;
}

static bool
say_broadcast(const struct rcc_entry *entry, const struct rcc_event *event, char text[RCC_DOSSIER_TEXT_SIZE],
              const char **ret_reason)
{
	const struct rcc_broadcast_issued *issued = &event->u.broadcast;
	uint32_t count = recipients_of(entry, issued->broadcast);
	int len = snprintf(text, RCC_DOSSIER_TEXT_SIZE, ngettext("%s to %u ship", "%s to %u ships", count),
	                   rcc_say_broadcast(issued->kind), count);

	/* What a task says is told with the task. */
	bool is_to_all = issued->kind == RCC_BROADCAST_DISTRESS_RELAY || issued->kind == RCC_BROADCAST_UPDATE ||
	                 issued->kind == RCC_BROADCAST_CANCEL || issued->kind == RCC_BROADCAST_SUSPENDED ||
	                 issued->kind == RCC_BROADCAST_MISSING_NOTICE;
	/* An officer at the centre's own socket has no key: what caused the entry tells. */
	bool is_ordered = entry->cause.origin.role == RCC_ROLE_OFFICER || entry->cause.origin.role == RCC_ROLE_ADMIN;
	if (issued->by.v == 0 && is_to_all && !is_ordered)
		(void)snprintf(text + len, RCC_DOSSIER_TEXT_SIZE - (size_t)len, "%s", _(", by the machine"));
	/* The words of a relay may be those of whoever called; a cancel and a suspension tell an officer's reason. */
	if (issued->kind == RCC_BROADCAST_CANCEL || issued->kind == RCC_BROADCAST_SUSPENDED)
		*ret_reason = issued->text;
	return is_to_all;
}

static bool
say_answer(const struct rcc_dossier *report, const struct rcc_event *event, char text[RCC_DOSSIER_TEXT_SIZE],
           const char **ret_reason)
{
	const struct rcc_answer *answer = &event->u.answered.answer;
	const struct rcc_peer *peer = rcc_peer_find(report->core, event->u.answered.peer);
	char ship[RCC_DOSSIER_SHIP_SIZE];

	rcc_dossier_ship(report, ship, peer != NULL ? peer->mmsi : answer->ship);
	int len = snprintf(text, RCC_DOSSIER_TEXT_SIZE, _("%s answers: %s"), ship, rcc_say_answer(answer->kind));
	if (answer->eta_min != RCC_ETA_UNKNOWN_MIN)
		len +=
		    snprintf(text + len, RCC_DOSSIER_TEXT_SIZE - (size_t)len, _(", there in %u min"), answer->eta_min);
	if (answer->reason != RCC_REASON_NONE)
		(void)snprintf(text + len, RCC_DOSSIER_TEXT_SIZE - (size_t)len, ", %s", rcc_say_excuse(answer->reason));
	/* A reason that was given by its number is one. */
	*ret_reason = answer->text[0] == '\0' && answer->reason != RCC_REASON_NONE ? rcc_say_excuse(answer->reason)
	                                                                           : answer->text;
	return true;
}

/* What ships are told, and what they answer; how each delivery went has a table of its own. */
static bool
say_telling(const struct rcc_dossier *report, const struct rcc_entry *entry, const struct rcc_event *event,
            char text[RCC_DOSSIER_TEXT_SIZE], const char **ret_reason)
{
	char time[RCC_HTML_TIME_SIZE];

	if (event->kind == RCC_EVENT_BROADCAST_ISSUED)
		return say_broadcast(entry, event, text, ret_reason);
	if (event->kind == RCC_EVENT_ANSWERED)
		return say_answer(report, event, text, ret_reason);
	if (event->kind == RCC_EVENT_RELAY_SCHEDULED && event->u.scheduled.due_at_ms > entry->cause.at_ms) {
		(void)snprintf(text, RCC_DOSSIER_TEXT_SIZE,
		               _("Unless an officer decides otherwise ships are told at %s"),
		               rcc_html_time(time, event->u.scheduled.due_at_ms));
	} else if (event->kind == RCC_EVENT_RELAY_HELD) {
		*ret_reason = event->u.held.reason;
		(void)snprintf(text, RCC_DOSSIER_TEXT_SIZE, "%s", _("An officer holds the relay"));
	} else if (event->kind == RCC_EVENT_HOLD_ENDED) {
		*ret_reason = event->u.hold_ended.reason;
		(void)snprintf(text, RCC_DOSSIER_TEXT_SIZE, "%s", _("The hold of the relay is over"));
	} else if (event->kind == RCC_EVENT_CALL_LISTED) {
		(void)snprintf(text, RCC_DOSSIER_TEXT_SIZE,
		               ngettext("%u ship near by is not registered: to be called by DSC",
		                        "%u ships near by are not registered: to be called by DSC",
		                        event->u.call_list.count),
		               event->u.call_list.count);
	} else if (event->kind == RCC_EVENT_DELIVERIES_FLAGGED) {
		(void)snprintf(text, RCC_DOSSIER_TEXT_SIZE,
		               ngettext("%u ship has not stored what it was sent: %s",
		                        "%u ships have not stored what they were sent: %s", event->u.flagged.count),
		               event->u.flagged.count,
		               event->u.flagged.flag == RCC_FLAG_USE_OTHER_CHANNEL ? _("use another channel")
		                                                                   : _("shown to the officer"));
	} else if (event->kind == RCC_EVENT_NOTICE_EXPIRED) {
		(void)snprintf(text, RCC_DOSSIER_TEXT_SIZE, "%s", _("The time of the notice has run out"));
	} else {
		return false;
	}
	return true;
}

static bool
say_refusal(const struct rcc_dossier *report, const struct rcc_entry *entry, const struct rcc_event *event,
            char text[RCC_DOSSIER_TEXT_SIZE])
{
	const struct rcc_command *cause = &entry->cause;
	const char *why = rcc_say_refusal(event->u.refused.reason);
	char ship[RCC_DOSSIER_SHIP_SIZE];

	if (cause->kind == RCC_COMMAND_CLOSE)
		(void)snprintf(text, RCC_DOSSIER_TEXT_SIZE, _("The machine does not close the case: %s"), why);
	else if (cause->kind == RCC_COMMAND_PLACE && cause->u.place.ship.v != 0)
		(void)snprintf(text, RCC_DOSSIER_TEXT_SIZE, _("The machine does not take %s for %s: %s"),
		               cause->u.place.name, rcc_dossier_ship(report, ship, cause->u.place.ship), why);
	else
		(void)snprintf(text, RCC_DOSSIER_TEXT_SIZE, _("The machine refuses an order: %s"), why);
	return true;
}

bool
rcc_dossier_say(const struct rcc_dossier *report, const struct rcc_entry *entry, const struct rcc_event *event,
                char text[RCC_DOSSIER_TEXT_SIZE], const char **ret_reason)
{
	if (event->kind == RCC_EVENT_COMMAND_REFUSED)
		return say_refusal(report, entry, event, text);
	return say_signals(event, text, ret_reason) || say_facts(event, text, ret_reason) ||
	       say_course(event, text, ret_reason) || say_telling(report, entry, event, text, ret_reason) ||
	       rcc_dossier_say_work(report, event, text, ret_reason);
}
