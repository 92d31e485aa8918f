#include "ctl/summary.h"

#include <stdio.h>
#include <string.h>

#include "rcc/text.h"
#include "rcc/units.h"
#include "rcc/work_text.h"

#define LABEL_SIZE 64

void
rcc_ctl_names_set_peer(struct rcc_ctl_names *names, struct rcc_peer_id peer, const char *name)
{
	if (peer.v != 0 && peer.v <= RCC_PEERS_MAX)
		rcc_text_copy_lossy(names->peer[peer.v], sizeof names->peer[0], name, strlen(name));
}

void
rcc_ctl_names_set_incident(struct rcc_ctl_names *names, struct rcc_incident_id incident, uint32_t year, uint32_t number)
{
	size_t slot = incident.v % RCC_CTL_NUMBERS_MAX;
	names->incident[slot].id = incident.v;
	names->incident[slot].year = year;
	names->incident[slot].number = number;
}

void
rcc_ctl_names_learn(struct rcc_ctl_names *names, const struct rcc_event *event)
{
	if (event->kind == RCC_EVENT_PEER_ENROLLED)
		rcc_ctl_names_set_peer(names, event->u.enrolled.peer, event->u.enrolled.enrol.name);
	else if (event->kind == RCC_EVENT_INCIDENT_OPENED)
		rcc_ctl_names_set_incident(names, event->u.opened.incident, event->u.opened.year,
		                           event->u.opened.number);
}

/* Name of a key; `nobody` for 0, its number if the name is not known. */
static const char *
peer(const struct rcc_ctl_names *names, struct rcc_peer_id id, const char *nobody, char label[LABEL_SIZE])
{
	if (id.v == 0)
		return nobody;
	if (id.v <= RCC_PEERS_MAX && names->peer[id.v][0] != '\0')
		return names->peer[id.v];
	snprintf(label, LABEL_SIZE, "key %u", id.v);
	return label;
}

static const char *
incident(const struct rcc_ctl_names *names, struct rcc_incident_id id, char label[LABEL_SIZE])
{
	size_t slot = id.v % RCC_CTL_NUMBERS_MAX;
	if (names->incident[slot].id == id.v && id.v != 0)
		snprintf(label, LABEL_SIZE, "%04u-%04u", names->incident[slot].year, names->incident[slot].number);
	else
		snprintf(label, LABEL_SIZE, "incident %u", id.v);
	return label;
}

static void
format_alert(const struct rcc_ctl_names *names, const struct rcc_alert_recorded *alert, char *text)
{
	char label[LABEL_SIZE];
	char pos[RCC_POS_TEXT_SIZE];
	char mmsi[RCC_MMSI_TEXT_SIZE];
	const struct rcc_alert *body = &alert->body;
	snprintf(text, RCC_CTL_SUMMARY_SIZE, "alert %u (%s, %s) from %s, %s: %s%s%s %s, %s%s%s%s", alert->alert.v,
	         rcc_source_word(body->source), rcc_class_word(body->class),
	         peer(names, alert->sender, "a guest", label), rcc_verdict_word(alert->verdict),
	         rcc_mmsi_format(mmsi, body->casualty), body->name[0] ? " " : "", body->name,
	         rcc_pos_format(pos, body->pos),
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
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "rccd %s started for %s", event->u.run.build, event->u.run.centre);
	else if (event->kind == RCC_EVENT_PEER_ENROLLED)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s enrolled as %s", event->u.enrolled.enrol.name,
		         rcc_role_word(event->u.enrolled.enrol.role));
	else if (event->kind == RCC_EVENT_PEER_REVOKED)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s revoked: %s",
		         peer(names, event->u.revoked.peer, "nobody", label), event->u.revoked.reason);
	else
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s is %s", peer(names, event->u.silence.peer, "nobody", label),
		         event->kind == RCC_EVENT_PEER_SILENT ? "silent" : "heard again");
}

/* Why they are one case, unless it is the alert that opened it. */
static void
format_joined(const struct rcc_ctl_names *names, const struct rcc_alert_joined *joined, char *text)
{
	char label[LABEL_SIZE];
	bool has_reason = joined->why != 0 && joined->why != RCC_JOIN_OPENED;
	snprintf(text, RCC_CTL_SUMMARY_SIZE, "alert %u joins %s%s%s", joined->alert.v,
	         incident(names, joined->incident, label), has_reason ? ": " : "",
	         has_reason ? rcc_join_text(joined->why) : "");
}

/* Events about alerts after they were recorded. */
static void
format_alert_event(const struct rcc_ctl_names *names, const struct rcc_event *event, char *text)
{
	char label[LABEL_SIZE];
	char pos[RCC_POS_TEXT_SIZE];
	if (event->kind == RCC_EVENT_ALERT_RECORDED)
		format_alert(names, &event->u.alert, text);
	else if (event->kind == RCC_EVENT_ALERT_REPEATED)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "alert %u: signal %u, %s", event->u.repeated.alert.v,
		         event->u.repeated.count, rcc_pos_format(pos, event->u.repeated.pos));
	else if (event->kind == RCC_EVENT_ALERT_DECIDED)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "alert %u %s by %s: %s", event->u.decided.alert.v,
		         event->u.decided.decision == RCC_DECISION_ACCEPT ? "accepted" : "dismissed",
		         peer(names, event->u.decided.by, "the local socket", label), event->u.decided.reason);
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
	char mmsi[RCC_MMSI_TEXT_SIZE];
	char persons[LABEL_SIZE] = "";
	if (opened->persons != 0)
		snprintf(persons, sizeof persons, ", %u persons", opened->persons);
	snprintf(text, RCC_CTL_SUMMARY_SIZE, "incident %04u-%04u opened (%s, %s): %s%s%s %s, %s%s", opened->year,
	         opened->number, rcc_phase_word(opened->phase), rcc_class_word(opened->class),
	         rcc_mmsi_format(mmsi, opened->casualty), opened->name[0] ? " " : "", opened->name,
	         rcc_pos_format(pos, opened->pos),
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
	snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s: now known: %s%s%s%s", incident(names, facts->incident, label),
	         facts->nature == RCC_NATURE_NOT_STATED ? "nature not stated" : rcc_nature_word(facts->nature), persons,
	         facts->name[0] ? ", " : "", facts->name);
}

/* Events about incidents. */
static void
format_incident_event(const struct rcc_ctl_names *names, const struct rcc_entry *entry, const struct rcc_event *event,
                      char *text)
{
	char label[LABEL_SIZE];
	char by[LABEL_SIZE];
	char pos[RCC_POS_TEXT_SIZE];
	char time[RCC_TIME_TEXT_SIZE];
	if (event->kind == RCC_EVENT_INCIDENT_OPENED)
		format_opened(&event->u.opened, text);
	else if (event->kind == RCC_EVENT_POSITION_REVISED)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s: position now %s",
		         incident(names, event->u.revised.incident, label), rcc_pos_format(pos, event->u.revised.pos));
	else if (event->kind == RCC_EVENT_PHASE_RAISED)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s: raised to %s",
		         incident(names, event->u.raised.incident, label), rcc_phase_word(event->u.raised.phase));
	else if (event->kind == RCC_EVENT_FACTS_REVISED)
		format_facts(names, &event->u.facts, text);
	else if (event->kind == RCC_EVENT_RELAY_SCHEDULED && event->u.scheduled.due_at_ms == 0)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s: the ships are told when an officer says so",
		         incident(names, event->u.scheduled.incident, label));
	else if (event->kind == RCC_EVENT_RELAY_SCHEDULED && event->u.scheduled.due_at_ms <= entry->cause.at_ms)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s: the ships are told at once",
		         incident(names, event->u.scheduled.incident, label));
	else if (event->kind == RCC_EVENT_RELAY_SCHEDULED)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s: the ships are told at %s unless held",
		         incident(names, event->u.scheduled.incident, label),
		         rcc_time_format(time, event->u.scheduled.due_at_ms));
	else if (event->kind == RCC_EVENT_RELAY_HELD)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s: relay held by %s: %s",
		         incident(names, event->u.held.incident, label),
		         peer(names, event->u.held.by, "the local socket", by), event->u.held.reason);
	else if (event->kind == RCC_EVENT_NO_POSITION_OVERDUE)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s: still no position: find one",
		         incident(names, event->u.incident_ref.incident, label));
	else if (event->kind == RCC_EVENT_INCIDENT_CLOSED)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s closed, %s, by %s: %s",
		         incident(names, event->u.closed.incident, label), rcc_outcome_word(event->u.closed.outcome),
		         peer(names, event->u.closed.by, "the local socket", by), event->u.closed.reason);
	else
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s left memory (the journal keeps it)",
		         incident(names, event->u.incident_ref.incident, label));
}

static void
format_answer(const struct rcc_ctl_names *names, const struct rcc_answered *answered, char *text)
{
	char label[LABEL_SIZE];
	char by[LABEL_SIZE];
	char detail[LABEL_SIZE] = "";
	char mmsi[RCC_MMSI_TEXT_SIZE];
	const struct rcc_answer *answer = &answered->answer;
	if (answer->reason != RCC_REASON_NONE)
		snprintf(detail, sizeof detail, ", %s", rcc_reason_word(answer->reason));
	else if (answer->eta_min != RCC_ETA_UNKNOWN_MIN)
		snprintf(detail, sizeof detail, ", ETA %uh%02u", answer->eta_min / 60, answer->eta_min % 60);
	snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s: %s answers %s%s%s%s", incident(names, answer->incident, label),
	         peer(names, answered->peer, rcc_mmsi_format(mmsi, answer->ship), by), rcc_answer_word(answer->kind),
	         detail, answer->text[0] ? ": " : "", answer->text);
}

/* Nobody by name: somebody on the local socket if a person's command caused it, the machine otherwise. */
static const char *
nobody_of(const struct rcc_entry *entry)
{
	static const enum rcc_command_kind persons[] = {RCC_COMMAND_RELAY,    RCC_COMMAND_CANCEL,  RCC_COMMAND_CLOSE,
	                                                RCC_COMMAND_PHASE,    RCC_COMMAND_SUSPEND, RCC_COMMAND_RESUME,
	                                                RCC_COMMAND_CLASSIFY, RCC_COMMAND_JOIN,    RCC_COMMAND_SPLIT};
	bool is_person = false;
	for (size_t i = 0; i < sizeof persons / sizeof persons[0]; i++)
		is_person |= entry->cause.kind == persons[i];
	return is_person ? "the local socket" : "the machine";
}

static void
format_broadcast(const struct rcc_ctl_names *names, const struct rcc_entry *entry,
                 const struct rcc_broadcast_issued *broadcast, char *text)
{
	char label[LABEL_SIZE];
	char by[LABEL_SIZE];
	bool is_doubtful = broadcast->verified == 0 && broadcast->kind != RCC_BROADCAST_CANCEL;
	snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s: %s %u issued by %s%s%s%s",
	         incident(names, broadcast->incident, label), rcc_broadcast_word(broadcast->kind), broadcast->revision,
	         peer(names, broadcast->by, nobody_of(entry), by), is_doubtful ? ", not yet verified" : "",
	         broadcast->text[0] ? ": " : "", broadcast->text);
}

/* Events about broadcasts and the delivery ledger. */
static void
format_delivery_event(const struct rcc_ctl_names *names, const struct rcc_entry *entry, const struct rcc_event *event,
                      char *text)
{
	char by[LABEL_SIZE];
	if (event->kind == RCC_EVENT_BROADCAST_ISSUED)
		format_broadcast(names, entry, &event->u.broadcast, text);
	else if (event->kind == RCC_EVENT_DELIVERIES_QUEUED)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "broadcast %u: queued for %u ships", event->u.queued.broadcast.v,
		         event->u.queued.count);
	else if (event->kind == RCC_EVENT_CALL_LISTED)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "broadcast %u: %u unregistered ships near by, to be called by DSC",
		         event->u.call_list.broadcast.v, event->u.call_list.count);
	else if (event->kind == RCC_EVENT_DELIVERIES_SENT)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%u deliveries sent", event->u.sent.count);
	else if (event->kind == RCC_EVENT_DELIVERY_STORED)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s has stored delivery %u",
		         peer(names, event->u.stored.peer, "nobody", by), event->u.stored.number);
	else if (event->kind == RCC_EVENT_DELIVERY_READ)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s: %s has read delivery %u",
		         peer(names, event->u.read.peer, "nobody", by), event->u.read.by, event->u.read.number);
	else if (event->kind == RCC_EVENT_ANSWERED)
		format_answer(names, &event->u.answered, text);
	else if (event->kind == RCC_EVENT_DELIVERIES_FLAGGED)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "broadcast %u: %u ships have not stored it%s",
		         event->u.flagged.broadcast.v, event->u.flagged.count,
		         event->u.flagged.flag == RCC_FLAG_USE_OTHER_CHANNEL ? ": use another channel" : "");
	else
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "broadcast %u: no room in the ledger for %u ships: call them",
		         event->u.ledger_full.broadcast.v, event->u.ledger_full.missing);
}

static void
format_places(const struct rcc_ctl_names *names, const struct rcc_places_revised *places, char *text)
{
	char label[LABEL_SIZE];
	char pos[RCC_POS_TEXT_SIZE];
	int len = snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s: %s", incident(names, places->incident, label),
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
	char mmsi[RCC_MMSI_TEXT_SIZE];
	snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s is now: %s%s%s, %s, %s: %s", incident(names, revised->incident, label),
	         rcc_mmsi_format(mmsi, revised->casualty), revised->name[0] ? " " : "", revised->name,
	         rcc_pos_format(pos, revised->pos),
	         revised->nature == RCC_NATURE_NOT_STATED ? "nature not stated" : rcc_nature_word(revised->nature),
	         revised->reason);
}

/* What a join makes of two cases, and its undoing. */
static void
format_join_event(const struct rcc_ctl_names *names, const struct rcc_event *event, char *text)
{
	const struct rcc_join_undone *undone = &event->u.undone;
	char label[LABEL_SIZE];
	char other[LABEL_SIZE];
	if (event->kind == RCC_EVENT_INCIDENT_JOINED)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s is one case with %s",
		         incident(names, event->u.incident_joined.incident, label),
		         incident(names, event->u.incident_joined.into, other));
	else if (event->kind == RCC_EVENT_HOLD_ENDED)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s: held no more: %s",
		         incident(names, event->u.hold_ended.incident, label), event->u.hold_ended.reason);
	else
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s: %s %s was joined to it: %s%s%s",
		         incident(names, undone->incident, label),
		         undone->restored != 0 ? "as before" : "acted on since", incident(names, undone->other, other),
		         rcc_phase_word(undone->phase), undone->review_at_ms != 0 ? ", suspended" : "",
		         undone->held != 0 ? ", held" : "");
}

/* What officers and the machine decided of cases. */
static void
format_case_event(const struct rcc_ctl_names *names, const struct rcc_event *event, char *text)
{
	char label[LABEL_SIZE];
	char other[LABEL_SIZE];
	char time[RCC_TIME_TEXT_SIZE];
	if (event->kind == RCC_EVENT_SUGGESTED)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "alert %u may belong to %s: %s, %u of 100: join it, or leave it",
		         event->u.suggested.alert.v, incident(names, event->u.suggested.incident, label),
		         rcc_join_text(event->u.suggested.why), event->u.suggested.score);
	else if (event->kind == RCC_EVENT_ALERT_MOVED)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "alert %u moved to %s by %s: %s", event->u.moved.alert.v,
		         incident(names, event->u.moved.to, label),
		         peer(names, event->u.moved.by, "the local socket", other), event->u.moved.reason);
	else if (event->kind == RCC_EVENT_INCIDENT_REVISED)
		format_revised(names, &event->u.incident, text);
	else if (event->kind == RCC_EVENT_PLACES_REVISED)
		format_places(names, &event->u.places, text);
	else if (event->kind == RCC_EVENT_PHASE_SET)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s: set to %s by %s: %s",
		         incident(names, event->u.phase.incident, label), rcc_phase_word(event->u.phase.phase),
		         peer(names, event->u.phase.by, "the local socket", other), event->u.phase.reason);
	else if (event->kind == RCC_EVENT_INCIDENT_SUSPENDED)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s: suspended by %s, review at %s: %s",
		         incident(names, event->u.suspended.incident, label),
		         peer(names, event->u.suspended.by, "the local socket", other),
		         rcc_time_format(time, event->u.suspended.review_at_ms), event->u.suspended.reason);
	else if (event->kind == RCC_EVENT_INCIDENT_RESUMED && event->u.resumed.alert.v != 0)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s: open again, alert %u is new information",
		         incident(names, event->u.resumed.incident, label), event->u.resumed.alert.v);
	else if (event->kind == RCC_EVENT_INCIDENT_RESUMED)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s: open again by %s: %s",
		         incident(names, event->u.resumed.incident, label),
		         peer(names, event->u.resumed.by, "the local socket", other), event->u.resumed.reason);
	else if (event->kind == RCC_EVENT_REVIEW_DUE)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s: suspended, and to be looked at again now",
		         incident(names, event->u.incident_ref.incident, label));
	else if (event->kind == RCC_EVENT_NOTICE_EXPIRED)
		snprintf(text, RCC_CTL_SUMMARY_SIZE,
		         "%s: its notice of a missing craft has run out: renew it, or tell the ships why not",
		         incident(names, event->u.incident_ref.incident, label));
	else if (event->kind != RCC_EVENT_INCIDENT_GROUPED)
		format_join_event(names, event, text);
	else
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s: %s%s: %s", incident(names, event->u.grouped.incident, label),
		         event->u.grouped.parent.v == 0 ? "stands alone" : "part of ",
		         event->u.grouped.parent.v == 0 ? "" : incident(names, event->u.grouped.parent, other),
		         event->u.grouped.reason);
}

/* Runs, sailing plans, drills and floods. */
static void
format_watch_event(const struct rcc_ctl_names *names, const struct rcc_event *event, char *text)
{
	char label[LABEL_SIZE];
	char mmsi[RCC_MMSI_TEXT_SIZE];
	char time[RCC_TIME_TEXT_SIZE];
	if (event->kind == RCC_EVENT_RUN_STARTED)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "rccd %s started for %s", event->u.run.build, event->u.run.centre);
	else if (event->kind == RCC_EVENT_PLAN_FILED)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "plan %u filed: %s %s, to be heard by %s",
		         event->u.plan_filed.plan.v, rcc_mmsi_format(mmsi, event->u.plan_filed.body.mmsi),
		         event->u.plan_filed.body.name, rcc_time_format(time, event->u.plan_filed.due_at_ms));
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
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s %s", peer(names, event->u.drill.peer, "nobody", label),
		         event->u.drill.until_at_ms != 0 ? "takes part in exercises" : "takes part in no exercise");
	else if (event->kind == RCC_EVENT_UNSEALED)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "alert %u: %s read the caller's particulars: %s",
		         event->u.unsealed.alert.v, peer(names, event->u.unsealed.by, "the local socket", label),
		         event->u.unsealed.reason);
	else
		snprintf(text, RCC_CTL_SUMMARY_SIZE,
		         "%s floods: more than %u new alerts in a minute; those above are grouped",
		         peer(names, event->u.flood.peer, "a guest", label), event->u.flood.per_min);
}

/* The work of an incident: tasks, persons, places, duties. */
static void
format_work_event(const struct rcc_ctl_names *names, const struct rcc_event *event, char *text)
{
	char label[LABEL_SIZE];
	char what[RCC_WORK_TEXT_SIZE];
	struct rcc_incident_id id = rcc_work_event_incident(event);
	if (!rcc_work_event_format(what, event))
		what[0] = '\0';
	snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s%s%s", id.v == 0 ? "" : incident(names, id, label),
	         id.v == 0 ? "" : ": ", what);
}

/* What was not done. */
static void
format_refused_event(const struct rcc_ctl_names *names, const struct rcc_entry *entry, const struct rcc_event *event,
                     char *text)
{
	char label[LABEL_SIZE];
	if (event->kind == RCC_EVENT_COMMAND_REFUSED)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s refused: %s%s%s",
		         peer(names, entry->cause.origin.peer,
		              entry->cause.origin.role == RCC_ROLE_GUEST ? "a guest" : "the local socket", label),
		         rcc_refusal_word(event->u.refused.reason), event->u.refused.field[0] ? ", " : "",
		         event->u.refused.field);
	else
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s used the id of entry %llu again with another text",
		         peer(names, event->u.conflict.peer, "a guest", label),
		         (unsigned long long)event->u.conflict.first_seq);
}

void
rcc_ctl_summary_format(const struct rcc_ctl_names *names, const struct rcc_entry *entry, const struct rcc_event *event,
                       char text[RCC_CTL_SUMMARY_SIZE])
{
	switch (event->kind) {
	case RCC_EVENT_PEER_ENROLLED:
	case RCC_EVENT_PEER_REVOKED:
	case RCC_EVENT_PEER_SILENT:
	case RCC_EVENT_PEER_HEARD:
		format_peer_event(names, event, text);
		break;
	case RCC_EVENT_ALERT_RECORDED:
	case RCC_EVENT_ALERT_REPEATED:
	case RCC_EVENT_ALERT_DECIDED:
	case RCC_EVENT_QUARANTINE_ESCALATED:
	case RCC_EVENT_ALERT_JOINED:
	case RCC_EVENT_ALERT_EVICTED:
		format_alert_event(names, event, text);
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
		format_delivery_event(names, entry, event, text);
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
	case RCC_EVENT_INCIDENT_JOINED:
	case RCC_EVENT_JOIN_UNDONE:
	case RCC_EVENT_HOLD_ENDED:
		format_case_event(names, event, text);
		break;
	case RCC_EVENT_RUN_STARTED:
	case RCC_EVENT_PLAN_FILED:
	case RCC_EVENT_PLAN_HEARD:
	case RCC_EVENT_PLAN_ENDED:
	case RCC_EVENT_PLAN_OVERDUE:
	case RCC_EVENT_DRILL_CHANGED:
	case RCC_EVENT_FLOOD_BEGAN:
	case RCC_EVENT_UNSEALED:
		format_watch_event(names, event, text);
		break;
	case RCC_WORK_EVENTS:
		format_work_event(names, event, text);
		break;
	case RCC_EVENT_COMMAND_REFUSED:
	case RCC_EVENT_MESSAGE_CONFLICT:
		format_refused_event(names, entry, event, text);
	}
}
