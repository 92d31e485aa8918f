#include "ctl/summary_internal.h"

#include <stdio.h>
#include <string.h>

#include "rcc/text.h"
#include "rcc/units.h"

/* Whoever has no key: an officer beside the daemon, the machine's own clock, or a stranger. */
static const char *
keyless(const struct rcc_entry *entry)
{
	if (entry->cause.origin.role == RCC_ROLE_GUEST)
		return "a guest";
	if (entry->cause.kind == RCC_COMMAND_OPEN)
		return "the local socket";
	return entry->cause.kind == RCC_COMMAND_DUE ? "the machine" : "a guest";
}

static void
format_alert(const struct rcc_ctl_names *names, const struct rcc_entry *entry, const struct rcc_alert_recorded *alert,
             char *text)
{
	char label[LABEL_SIZE];
	char pos[RCC_POS_TEXT_SIZE];
	char ship[LABEL_SIZE];
	const struct rcc_alert *body = &alert->body;
	snprintf(text, RCC_CTL_SUMMARY_SIZE, "alert %u (%s, %s) from %s, %s: %s %s, %s%s%s%s", alert->alert.v,
	         rcc_source_word(body->source), rcc_class_word(body->class),
	         rcc_ctl_name_peer(names, alert->sender, keyless(entry), label), rcc_verdict_word(alert->verdict),
	         rcc_ctl_name_vessel(body->casualty, body->name, ship), rcc_ctl_name_place(body->pos, pos),
	         body->nature == RCC_NATURE_NOT_STATED ? "nature not stated" : rcc_nature_word(body->nature),
	         alert->lane == RCC_LANE_INCIDENT ? "" : " -> ",
	         alert->lane == RCC_LANE_INCIDENT ? "" : rcc_lane_word(alert->lane),
	         alert->lane == RCC_LANE_QUARANTINE ? ": accept or dismiss it" : "");
}

/* Events about keys. */
static void
format_peer_event(const struct rcc_ctl_names *names, const struct rcc_event *event, char *text)
{
	char label[LABEL_SIZE];
	if (event->kind == RCC_EVENT_RUN_STARTED)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "rccd %s serves as %s, by the settings of this entry%s%s%s%s",
		         event->u.run.build, event->u.run.centre,
		         event->u.run.epoch_count != 0 ? "; A NEW EPOCH: the record before was damaged (" : "",
		         event->u.run.epoch_count != 0 ? event->u.run.epoch[0].damage : "",
		         event->u.run.epoch_count != 0 ? "), opened by " : "",
		         event->u.run.epoch_count != 0 ? event->u.run.epoch[0].officer : "");
	else if (event->kind == RCC_EVENT_PEER_ENROLLED)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s enrolled as %s", event->u.enrolled.enrol.name,
		         rcc_role_word(event->u.enrolled.enrol.role));
	else if (event->kind == RCC_EVENT_PEER_INVITED)
		snprintf(text, RCC_CTL_SUMMARY_SIZE,
		         event->u.invited.body.expires_at_ms == 0 ? "%s is not invited any more" : "%s is invited",
		         event->u.invited.body.name);
	else if (event->kind == RCC_EVENT_PEER_REKEYED)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s has another key",
		         rcc_ctl_name_peer(names, event->u.rekeyed.peer, "nobody", label));
	else if (event->kind == RCC_EVENT_PEER_REVOKED)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s revoked: %s",
		         rcc_ctl_name_peer(names, event->u.revoked.peer, "nobody", label), event->u.revoked.reason);
	else if (event->kind == RCC_EVENT_PEER_SILENT)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s is silent",
		         rcc_ctl_name_peer(names, event->u.silence.peer, "nobody", label));
	else
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s is heard again",
		         rcc_ctl_name_peer(names, event->u.silence.peer, "nobody", label));
}

/* Why they are one case, unless it is the alert that opened it. */
static void
format_joined(const struct rcc_ctl_names *names, const struct rcc_alert_joined *joined, char *text)
{
	char label[LABEL_SIZE];
	bool has_reason = joined->why != 0 && joined->why != RCC_JOIN_OPENED;
	snprintf(text, RCC_CTL_SUMMARY_SIZE, "alert %u joins %s%s%s", joined->alert.v,
	         rcc_ctl_name_incident(names, joined->incident, label), has_reason ? ": " : "",
	         has_reason ? rcc_join_text(joined->why) : "");
}

/* Events about alerts after they were recorded. */
static void
format_alert_event(const struct rcc_ctl_names *names, const struct rcc_entry *entry, const struct rcc_event *event,
                   char *text)
{
	char label[LABEL_SIZE];
	char pos[RCC_POS_TEXT_SIZE];
	if (event->kind == RCC_EVENT_ALERT_RECORDED)
		format_alert(names, entry, &event->u.alert, text);
	else if (event->kind == RCC_EVENT_ALERT_REPEATED)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "alert %u: signal %u, %s", event->u.repeated.alert.v,
		         event->u.repeated.count, rcc_pos_format(pos, event->u.repeated.pos));
	else if (event->kind == RCC_EVENT_ALERT_DECIDED)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "alert %u %s by %s: %s", event->u.decided.alert.v,
		         event->u.decided.decision == RCC_DECISION_ACCEPT ? "accepted" : "dismissed",
		         rcc_ctl_name_peer(names, event->u.decided.by, "the local socket", label),
		         event->u.decided.reason);
	else if (event->kind == RCC_EVENT_QUARANTINE_ESCALATED)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "alert %u still waits in quarantine: accept or dismiss it",
		         event->u.alert_ref.alert.v);
	else if (event->kind == RCC_EVENT_ALERT_JOINED)
		format_joined(names, &event->u.joined, text);
	else
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "alert %u left memory (the journal keeps it)",
		         event->u.alert_ref.alert.v);
}

static void
format_opened(const struct rcc_incident_opened *opened, char *text)
{
	char pos[RCC_POS_TEXT_SIZE];
	char ship[LABEL_SIZE];
	char persons[LABEL_SIZE] = "";
	if (opened->persons != 0)
		snprintf(persons, sizeof persons, ", %u persons", opened->persons);
	snprintf(text, RCC_CTL_SUMMARY_SIZE, "incident %04u-%04u opened (%s, %s): %s %s, %s%s", opened->year,
	         opened->number, rcc_phase_word(opened->phase), rcc_class_word(opened->class),
	         rcc_ctl_name_vessel(opened->casualty, opened->name, ship), rcc_ctl_name_place(opened->pos, pos),
	         opened->nature == RCC_NATURE_NOT_STATED ? "nature not stated" : rcc_nature_word(opened->nature),
	         persons);
}

/* Only what is known: "0 persons" would be a statement. */
static void
format_facts(const struct rcc_ctl_names *names, const struct rcc_facts_revised *facts, char *text)
{
	char label[LABEL_SIZE];
	char persons[LABEL_SIZE] = "";
	if (facts->persons != 0)
		snprintf(persons, sizeof persons, ", %u persons", facts->persons);
	snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s: now known: %s%s%s%s",
	         rcc_ctl_name_incident(names, facts->incident, label),
	         facts->nature == RCC_NATURE_NOT_STATED ? "nature not stated" : rcc_nature_word(facts->nature), persons,
	         facts->name[0] ? ", " : "", facts->name);
}

/* When the ships are told; a clock that runs tells nobody where to go. */
static void
format_scheduled(const struct rcc_ctl_names *names, const struct rcc_entry *entry,
                 const struct rcc_relay_scheduled *scheduled, char *text)
{
	char label[LABEL_SIZE];
	char time[RCC_TIME_TEXT_SIZE];
	const char *number = rcc_ctl_name_incident(names, scheduled->incident, label);
	const struct rcc_ctl_known *known = rcc_ctl_names_incident(names, scheduled->incident);
	if (known != NULL && known->is_test)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s: a test: no ship is told", number);
	else if (scheduled->due_at_ms == 0)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s: the ships are told when an officer says so", number);
	else if (known != NULL && known->has_no_position)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s: waits for a position: no ship is told yet", number);
	else if (scheduled->due_at_ms <= entry->cause.at_ms)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s: the ships are told at once", number);
	else
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s: the ships are told at %s unless held", number,
		         rcc_time_format(time, scheduled->due_at_ms));
}

/* Events about incidents. */
static void
format_incident_event(const struct rcc_ctl_names *names, const struct rcc_entry *entry, const struct rcc_event *event,
                      char *text)
{
	char label[LABEL_SIZE];
	char by[LABEL_SIZE];
	char pos[RCC_POS_TEXT_SIZE];
	if (event->kind == RCC_EVENT_INCIDENT_OPENED)
		format_opened(&event->u.opened, text);
	else if (event->kind == RCC_EVENT_POSITION_REVISED)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s: position now %s",
		         rcc_ctl_name_incident(names, event->u.revised.incident, label),
		         rcc_pos_format(pos, event->u.revised.pos));
	else if (event->kind == RCC_EVENT_PHASE_RAISED)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s: raised to %s",
		         rcc_ctl_name_incident(names, event->u.raised.incident, label),
		         rcc_phase_word(event->u.raised.phase));
	else if (event->kind == RCC_EVENT_FACTS_REVISED)
		format_facts(names, &event->u.facts, text);
	else if (event->kind == RCC_EVENT_RELAY_SCHEDULED)
		format_scheduled(names, entry, &event->u.scheduled, text);
	else if (event->kind == RCC_EVENT_RELAY_HELD)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s: relay held by %s: %s",
		         rcc_ctl_name_incident(names, event->u.held.incident, label),
		         rcc_ctl_name_peer(names, event->u.held.by, "the local socket", by), event->u.held.reason);
	else if (event->kind == RCC_EVENT_NO_POSITION_OVERDUE)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s: still no position: find one",
		         rcc_ctl_name_incident(names, event->u.incident_ref.incident, label));
	else if (event->kind == RCC_EVENT_INCIDENT_CLOSED)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s closed, %s, by %s: %s",
		         rcc_ctl_name_incident(names, event->u.closed.incident, label),
		         rcc_outcome_word(event->u.closed.outcome),
		         rcc_ctl_name_peer(names, event->u.closed.by, "the local socket", by), event->u.closed.reason);
	else
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s left memory (the journal keeps it)",
		         rcc_ctl_name_incident(names, event->u.incident_ref.incident, label));
}

static void
format_places(const struct rcc_ctl_names *names, const struct rcc_places_revised *places, char *text)
{
	char label[LABEL_SIZE];
	char pos[RCC_POS_TEXT_SIZE];
	int len = snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s: %s", rcc_ctl_name_incident(names, places->incident, label),
	                   places->candidate_count == 0 ? "one position now"
	                   : places->is_conflict != 0   ? "positions that contradict each other:"
	                                                : "it may be at:");
	for (uint32_t i = 0; i < places->candidate_count && len > 0 && len < RCC_CTL_SUMMARY_SIZE; i++)
		len += snprintf(text + len, (size_t)(RCC_CTL_SUMMARY_SIZE - len), "%s %s", i == 0 ? "" : " or",
		                rcc_pos_format(pos, places->candidate[i].pos));
}

static void
format_revised(const struct rcc_ctl_names *names, const struct rcc_incident_revised *revised, char *text)
{
	char label[LABEL_SIZE];
	char pos[RCC_POS_TEXT_SIZE];
	char ship[LABEL_SIZE];
	char persons[LABEL_SIZE] = ", persons not stated";
	if (revised->persons != 0)
		snprintf(persons, sizeof persons, ", %u person%s", revised->persons, revised->persons == 1 ? "" : "s");
	snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s is now: %s, %s, %s%s, %s: %s",
	         rcc_ctl_name_incident(names, revised->incident, label),
	         rcc_ctl_name_vessel(revised->casualty, revised->name, ship), rcc_ctl_name_place(revised->pos, pos),
	         revised->nature == RCC_NATURE_NOT_STATED ? "nature not stated" : rcc_nature_word(revised->nature),
	         persons, revised->verified != 0 ? "verified" : "not yet verified", revised->reason);
}

/* What officers and the machine decided of cases. */
static void
format_case_event(const struct rcc_ctl_names *names, const struct rcc_event *event, char *text)
{
	char label[LABEL_SIZE];
	char other[LABEL_SIZE];
	char time[RCC_TIME_TEXT_SIZE];
	if (event->kind == RCC_EVENT_SUGGESTED)
		snprintf(text, RCC_CTL_SUMMARY_SIZE,
		         "alert %u may belong to %s: %s, %u of 100 (rccctl join %u %s --reason TEXT)",
		         event->u.suggested.alert.v, rcc_ctl_name_incident(names, event->u.suggested.incident, label),
		         rcc_join_text(event->u.suggested.why), event->u.suggested.score, event->u.suggested.alert.v,
		         label);
	else if (event->kind == RCC_EVENT_ALERT_MOVED && event->u.moved.to.v == 0)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "alert %u taken out of %s, back to %s by %s: %s",
		         event->u.moved.alert.v, rcc_ctl_name_incident(names, event->u.moved.from, label),
		         rcc_lane_word(event->u.moved.lane),
		         rcc_ctl_name_peer(names, event->u.moved.by, "the local socket", other), event->u.moved.reason);
	else if (event->kind == RCC_EVENT_ALERT_MOVED)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "alert %u moved to %s by %s: %s", event->u.moved.alert.v,
		         rcc_ctl_name_incident(names, event->u.moved.to, label),
		         rcc_ctl_name_peer(names, event->u.moved.by, "the local socket", other), event->u.moved.reason);
	else if (event->kind == RCC_EVENT_INCIDENT_REVISED)
		format_revised(names, &event->u.incident, text);
	else if (event->kind == RCC_EVENT_PLACES_REVISED)
		format_places(names, &event->u.places, text);
	else if (event->kind == RCC_EVENT_PHASE_SET)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s: set to %s by %s: %s",
		         rcc_ctl_name_incident(names, event->u.phase.incident, label),
		         rcc_phase_word(event->u.phase.phase),
		         rcc_ctl_name_peer(names, event->u.phase.by, "the local socket", other), event->u.phase.reason);
	else if (event->kind == RCC_EVENT_INCIDENT_SUSPENDED)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s: suspended by %s, review at %s: %s",
		         rcc_ctl_name_incident(names, event->u.suspended.incident, label),
		         rcc_ctl_name_peer(names, event->u.suspended.by, "the local socket", other),
		         rcc_time_format(time, event->u.suspended.review_at_ms), event->u.suspended.reason);
	else if (event->kind == RCC_EVENT_INCIDENT_RESUMED && event->u.resumed.alert.v != 0)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s: open again, alert %u is new information",
		         rcc_ctl_name_incident(names, event->u.resumed.incident, label), event->u.resumed.alert.v);
	else if (event->kind == RCC_EVENT_INCIDENT_RESUMED)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s: open again by %s: %s",
		         rcc_ctl_name_incident(names, event->u.resumed.incident, label),
		         rcc_ctl_name_peer(names, event->u.resumed.by, "the local socket", other),
		         event->u.resumed.reason);
	else if (event->kind == RCC_EVENT_REVIEW_DUE)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s: suspended, and to be looked at again now",
		         rcc_ctl_name_incident(names, event->u.incident_ref.incident, label));
	else if (event->kind == RCC_EVENT_NOTICE_EXPIRED)
		snprintf(text, RCC_CTL_SUMMARY_SIZE,
		         "%s: its notice of a missing craft has run out: renew it, or tell the ships why not",
		         rcc_ctl_name_incident(names, event->u.incident_ref.incident, label));
	else
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s: %s%s: %s",
		         rcc_ctl_name_incident(names, event->u.grouped.incident, label),
		         event->u.grouped.parent.v == 0 ? "stands alone" : "part of ",
		         event->u.grouped.parent.v == 0 ? ""
		                                        : rcc_ctl_name_incident(names, event->u.grouped.parent, other),
		         event->u.grouped.reason);
}

/* Sailing plans, drills and floods. */
static void
format_watch_event(const struct rcc_ctl_names *names, const struct rcc_event *event, char *text)
{
	char label[LABEL_SIZE];
	char ship[LABEL_SIZE];
	char time[RCC_TIME_TEXT_SIZE];
	if (event->kind == RCC_EVENT_PLAN_FILED)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "plan %u filed: %s, to be heard by %s", event->u.plan_filed.plan.v,
		         rcc_ctl_name_vessel(event->u.plan_filed.body.mmsi, event->u.plan_filed.body.name, ship),
		         rcc_time_format(time, event->u.plan_filed.due_at_ms));
	else if (event->kind == RCC_EVENT_PLAN_HEARD)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "plan %u: heard%s, to be heard again by %s",
		         event->u.plan_heard.plan.v, event->u.plan_heard.by.v == 0 ? " (position or local socket)" : "",
		         rcc_time_format(time, event->u.plan_heard.due_at_ms));
	else if (event->kind == RCC_EVENT_PLAN_ENDED)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "plan %u ended: %s", event->u.plan_ended.plan.v,
		         rcc_plan_word(event->u.plan_ended.how));
	else if (event->kind == RCC_EVENT_PLAN_OVERDUE)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "plan %u is overdue: no report or arrival as promised",
		         event->u.plan_ref.plan.v);
	else if (event->kind == RCC_EVENT_DRILL_CHANGED)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s %s",
		         rcc_ctl_name_peer(names, event->u.drill.peer, "nobody", label),
		         event->u.drill.until_at_ms != 0 ? "takes part in exercises" : "takes part in no exercise");
	else if (event->kind == RCC_EVENT_UNSEALED && event->u.unsealed.note != 0)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "note %u: %s read what it says: %s", event->u.unsealed.note,
		         rcc_ctl_name_peer(names, event->u.unsealed.by, "the local socket", label),
		         event->u.unsealed.reason);
	else if (event->kind == RCC_EVENT_UNSEALED)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "alert %u: %s read the caller's particulars: %s",
		         event->u.unsealed.alert.v,
		         rcc_ctl_name_peer(names, event->u.unsealed.by, "the local socket", label),
		         event->u.unsealed.reason);
	else
		snprintf(text, RCC_CTL_SUMMARY_SIZE,
		         "%s floods: more than %u new alerts in a minute; those above are grouped",
		         rcc_ctl_name_peer(names, event->u.flood.peer, "a guest", label), event->u.flood.per_min);
}

/* What was not done. */
static void
format_refused_event(const struct rcc_ctl_names *names, const struct rcc_entry *entry, const struct rcc_event *event,
                     char *text)
{
	char label[LABEL_SIZE];
	if (event->kind == RCC_EVENT_COMMAND_REFUSED)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s refused: %s%s%s",
		         rcc_ctl_name_peer(names, entry->cause.origin.peer,
		                           entry->cause.origin.role == RCC_ROLE_GUEST ? "a guest" : "the local socket",
		                           label),
		         rcc_refusal_word(event->u.refused.reason), event->u.refused.field[0] ? ", " : "",
		         event->u.refused.field);
	else
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s used the id of entry %llu again with another text",
		         rcc_ctl_name_peer(names, event->u.conflict.peer, "a guest", label),
		         (unsigned long long)event->u.conflict.first_seq);
}

void
rcc_ctl_summary_format(const struct rcc_ctl_names *names, const struct rcc_entry *entry, const struct rcc_event *event,
                       char text[RCC_CTL_SUMMARY_SIZE])
{
	switch (event->kind) {
	case RCC_EVENT_RUN_STARTED:
	case RCC_PEER_EVENTS:
		format_peer_event(names, event, text);
		break;
	case RCC_EVENT_ALERT_RECORDED:
	case RCC_EVENT_ALERT_REPEATED:
	case RCC_EVENT_ALERT_DECIDED:
	case RCC_EVENT_QUARANTINE_ESCALATED:
	case RCC_EVENT_ALERT_JOINED:
	case RCC_EVENT_ALERT_EVICTED:
		format_alert_event(names, entry, event, text);
		break;
	case RCC_EVENT_INCIDENT_OPENED:
	case RCC_EVENT_POSITION_REVISED:
	case RCC_EVENT_PHASE_RAISED:
	case RCC_EVENT_FACTS_REVISED:
	case RCC_EVENT_RELAY_SCHEDULED:
	case RCC_EVENT_RELAY_HELD:
	case RCC_EVENT_NO_POSITION_OVERDUE:
	case RCC_EVENT_INCIDENT_CLOSED:
	case RCC_EVENT_INCIDENT_EVICTED:
		format_incident_event(names, entry, event, text);
		break;
	case RCC_EVENT_BROADCAST_ISSUED:
	case RCC_EVENT_DELIVERIES_QUEUED:
	case RCC_EVENT_CALL_LISTED:
	case RCC_EVENT_DELIVERIES_SENT:
	case RCC_EVENT_DELIVERY_STORED:
	case RCC_EVENT_DELIVERY_READ:
	case RCC_EVENT_ANSWERED:
	case RCC_EVENT_DELIVERIES_FLAGGED:
	case RCC_EVENT_LEDGER_FULL:
		rcc_ctl_delivery_format(names, entry, event, text);
		break;
	case RCC_EVENT_SUGGESTED:
	case RCC_EVENT_ALERT_MOVED:
	case RCC_EVENT_INCIDENT_REVISED:
	case RCC_EVENT_PLACES_REVISED:
	case RCC_EVENT_PHASE_SET:
	case RCC_EVENT_INCIDENT_SUSPENDED:
	case RCC_EVENT_INCIDENT_RESUMED:
	case RCC_EVENT_REVIEW_DUE:
	case RCC_EVENT_INCIDENT_GROUPED:
	case RCC_EVENT_NOTICE_EXPIRED:
		format_case_event(names, event, text);
		break;
	case RCC_JOIN_EVENTS:
		rcc_ctl_join_format(names, event, text);
		break;
	case RCC_WORK_EVENTS:
		rcc_ctl_work_format(names, event, text);
		break;
	case RCC_PLAN_EVENTS:
	case RCC_EVENT_DRILL_CHANGED:
	case RCC_EVENT_FLOOD_BEGAN:
	case RCC_EVENT_UNSEALED:
		format_watch_event(names, event, text);
		break;
	case RCC_EVENT_COMMAND_REFUSED:
	case RCC_EVENT_MESSAGE_CONFLICT:
		format_refused_event(names, entry, event, text);
	}
}
