/*
 * trace.c - an entry in words that a watch officer can check: "<" what came in, "=" what happened, "> " what went out.
 *
 * Golden stories compare these lines, timelines print them. Names are those the state knows after the entry.
 */
#include "rcc/text.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/trace_internal.h"
#include "rcc/units.h"

/* Bounded text: what does not fit is counted, as snprintf does. */

void
rcc_trace_put(struct rcc_writer *out, const char *format, ...)
{
	size_t room = out->len < out->size ? out->size - out->len : 0;
	va_list args;

	va_start(args, format);
	int written = vsnprintf(room == 0 ? NULL : out->text + out->len, room, format, args);
	va_end(args);
	assert(written >= 0);
	out->len += (size_t)written;
}

/* A peer's name; a guest and the daemon itself have none. */
const char *
rcc_trace_name(const struct rcc_core *core, struct rcc_peer_id id, const char *nobody)
{
	const struct rcc_peer *peer = rcc_peer_find(core, id);
	return peer == NULL ? nobody : peer->name;
}

static const char *
sender_of(const struct rcc_core *core, const struct rcc_origin *origin)
{
	return rcc_trace_name(core, origin->peer, origin->role == RCC_ROLE_GUEST ? "guest" : "centre");
}

static void
put_alert(struct rcc_writer *out, const struct rcc_alert *alert)
{
	char pos[RCC_POS_TEXT_SIZE];
	char mmsi[RCC_MMSI_TEXT_SIZE];
	char at[RCC_TIME_TEXT_SIZE];

	rcc_trace_put(out, "%s, %s, casualty %s, %s, at %s", rcc_source_word(alert->source),
	              rcc_class_word(alert->class), rcc_mmsi_format(mmsi, alert->casualty),
	              rcc_nature_word(alert->nature), rcc_pos_format(pos, alert->pos));
	if (alert->persons != 0)
		rcc_trace_put(out, ", %u persons", alert->persons);
	if (alert->signal_at_ms != 0)
		rcc_trace_put(out, ", said to be of %s", rcc_time_format(at, alert->signal_at_ms));
	if (alert->text[0] != '\0')
		rcc_trace_put(out, ", \"%s\"", alert->text);
}

static void
put_answer(struct rcc_writer *out, const struct rcc_answer *answer)
{
	rcc_trace_put(out, "%s", rcc_answer_word(answer->kind));
	if (answer->eta_min != RCC_ETA_UNKNOWN_MIN && answer->kind == RCC_ANSWER_PROCEEDING)
		rcc_trace_put(out, ", ETA %u min", answer->eta_min);
	if (answer->reason != RCC_REASON_NONE)
		rcc_trace_put(out, ", %s", rcc_reason_word(answer->reason));
	if (answer->text[0] != '\0')
		rcc_trace_put(out, ", \"%s\"", answer->text);
}

static void
put_due(struct rcc_writer *out, const struct rcc_due *due)
{
	switch (due->timer) {
	case RCC_TIMER_RELAY:
		rcc_trace_put(out, "< clock: relay of I%u\n", due->id);
		return;
	case RCC_TIMER_NO_POSITION:
		rcc_trace_put(out, "< clock: I%u has no position\n", due->id);
		return;
	case RCC_TIMER_QUARANTINE:
		rcc_trace_put(out, "< clock: A%u waits for a person\n", due->id);
		return;
	case RCC_TIMER_FLAG:
		rcc_trace_put(out, "< clock: B%u is not stored everywhere\n", due->id);
		return;
	case RCC_TIMER_UNREACHABLE:
		rcc_trace_put(out, "< clock: B%u needs another channel\n", due->id);
		return;
	case RCC_TIMER_REVIEW:
		rcc_trace_put(out, "< clock: I%u is to be looked at again\n", due->id);
		return;
	case RCC_TIMER_NOTICE:
		rcc_trace_put(out, "< clock: notice of I%u\n", due->id);
		return;
	case RCC_TIMER_OVERDUE:
		rcc_trace_put(out, "< clock: plan %u is overdue\n", due->id);
		return;
	case RCC_TIMER_HANDOVER:
		rcc_trace_put(out, "< clock: nobody has answered handover %u\n", due->id);
		return;
	case RCC_TIMER_REQUEST:
		rcc_trace_put(out, "< clock: nobody has answered request %u\n", due->id);
		return;
	case RCC_TIMER_DUTY:
		rcc_trace_put(out, "< clock: duty %u is overdue\n", due->id);
		return;
	case RCC_TIMER_PARITY:
		rcc_trace_put(out, "< clock: are ships told alike?\n");
		return;
	case RCC_TIMER_RETENTION:
		rcc_trace_put(out, "< clock: what is kept no longer\n");
		return;
	}
	assert(false && "a timer outside its enum");
}

static void
put_open(struct rcc_writer *out, const char *from, const struct rcc_open *open)
{
	rcc_trace_put(out, "< %s: open ", from);
	put_alert(out, &open->alert);
	if (open->incident.v != 0)
		rcc_trace_put(out, ", in I%u", open->incident.v);
	if (open->public_reason[0] != '\0')
		rcc_trace_put(out, ", public, \"%s\"", open->public_reason);
	rcc_trace_put(out, "\n");
}

static void
put_cause(struct rcc_writer *out, const struct rcc_core *core, const struct rcc_command *cause)
{
	const char *from = sender_of(core, &cause->origin);

	if (rcc_trace_order(out, from, cause))
		return;
	switch (cause->kind) {
	case RCC_COMMAND_RUN:
		rcc_trace_put(out, "< run %s, build %s\n", cause->u.run.centre, cause->u.run.build);
		for (uint32_t i = 0; i < cause->u.run.epoch_count; i++)
			rcc_trace_put(out, "< NEW EPOCH by %s, \"%s\"; the record before was damaged: %s\n",
			              cause->u.run.epoch[i].officer, cause->u.run.epoch[i].reason,
			              cause->u.run.epoch[i].damage);
		return;
	case RCC_COMMAND_ENROL:
		rcc_trace_put(out, "< %s: enrol %s as %s\n", from, cause->u.enrol.name,
		              rcc_role_word(cause->u.enrol.role));
		return;
	case RCC_COMMAND_REVOKE:
		rcc_trace_put(out, "< %s: revoke %s, \"%s\"\n", from, cause->u.revoke.name, cause->u.revoke.reason);
		return;
	case RCC_COMMAND_ALERT:
		rcc_trace_put(out, "< %s: alert ", from);
		put_alert(out, &cause->u.alert);
		rcc_trace_put(out, "\n");
		return;
	case RCC_COMMAND_STORED:
		rcc_trace_put(out, "< %s: stored up to #%u\n", from, cause->u.stored.number);
		return;
	case RCC_COMMAND_READ:
		rcc_trace_put(out, "< %s: read #%u by %s\n", from, cause->u.read.number, cause->u.read.by);
		return;
	case RCC_COMMAND_ANSWER:
		rcc_trace_put(out, "< %s: answer to I%u: ", from, cause->u.answer.incident.v);
		put_answer(out, &cause->u.answer);
		rcc_trace_put(out, "\n");
		return;
	case RCC_COMMAND_SENT:
		rcc_trace_put(out, "< net: sent to %u\n", cause->u.sent.count);
		return;
	case RCC_COMMAND_DUE:
		put_due(out, &cause->u.due);
		return;
	case RCC_COMMAND_SILENCE:
		rcc_trace_put(out, "< picture: %s %s\n", rcc_trace_name(core, cause->u.silence.peer, "?"),
		              cause->u.silence.is_silent != 0 ? "gives no position" : "is heard again");
		return;
	case RCC_COMMAND_OPEN:
		put_open(out, from, &cause->u.open);
		return;
	case RCC_COMMAND_RELAY:
	case RCC_COMMAND_CANCEL:
	case RCC_COMMAND_CLOSE:
	case RCC_COMMAND_DECIDE:
	case RCC_COMMAND_PHASE:
	case RCC_COMMAND_SUSPEND:
	case RCC_COMMAND_RESUME:
	case RCC_COMMAND_CLASSIFY:
	case RCC_COMMAND_JOIN:
	case RCC_COMMAND_SPLIT:
	case RCC_COMMAND_GROUP:
	case RCC_COMMAND_PLAN:
	case RCC_COMMAND_DRILL:
	case RCC_COMMAND_UNSEAL:
	case RCC_WORK_COMMANDS:
		break;
	}
	assert(false && "a command outside its enum");
}

static void
put_eta(struct rcc_writer *out, uint32_t range_m, uint32_t bearing_ddeg, uint32_t eta_min)
{
	if (range_m == RCC_RANGE_UNKNOWN_M) {
		rcc_trace_put(out, "range unknown");
		return;
	}
	/* Tenths of a mile and whole degrees: as a bridge would say it. */
	uint64_t range_dnm = ((uint64_t)range_m * 10 + RCC_M_PER_NM / 2) / RCC_M_PER_NM;
	rcc_trace_put(out, "%llu.%llu nm, %03u deg, %u min", (unsigned long long)(range_dnm / 10),
	              (unsigned long long)(range_dnm % 10), (bearing_ddeg + 5) / 10 % 360, eta_min);
}

static void
put_queued(struct rcc_writer *out, const struct rcc_core *core, const struct rcc_deliveries_queued *queued)
{
	for (uint32_t i = 0; i < queued->count; i++) {
		const struct rcc_delivery_row *row = &queued->row[i];
		rcc_trace_put(out, "> B%u to %s #%u: ", queued->broadcast.v, rcc_trace_name(core, row->peer, "?"),
		              row->number);
		put_eta(out, row->range_m, row->bearing_ddeg, row->eta_min);
		rcc_trace_put(out, "%s\n", row->called_on != 0 ? ", called on to respond" : ", informed");
	}
}

static void
put_calls(struct rcc_writer *out, const struct rcc_call_listed *list)
{
	char mmsi[RCC_MMSI_TEXT_SIZE];

	for (uint32_t i = 0; i < list->count; i++) {
		const struct rcc_call_row *row = &list->row[i];
		rcc_trace_put(out, "= call list of B%u: %s, ", list->broadcast.v, rcc_mmsi_format(mmsi, row->mmsi));
		put_eta(out, row->range_m, row->bearing_ddeg, row->eta_min);
		rcc_trace_put(out, "\n");
	}
}

static void
put_refs(struct rcc_writer *out, const struct rcc_core *core, const char *what, const struct rcc_delivery_ref *row,
         uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		rcc_trace_put(out, "= %s #%u %s\n", rcc_trace_name(core, row[i].peer, "?"), row[i].number, what);
}

static void
put_broadcast(struct rcc_writer *out, const struct rcc_broadcast_issued *issued, const struct rcc_command *cause)
{
	char pos[RCC_POS_TEXT_SIZE];
	/* What a ship says of a place ends her assignment by the rules, not by an order. */
	bool is_by_machine = cause->kind == RCC_COMMAND_ALERT || cause->kind == RCC_COMMAND_DUE ||
	                     cause->kind == RCC_COMMAND_CENTRE || cause->kind == RCC_COMMAND_PLACE_REQUEST ||
	                     cause->origin.role == RCC_ROLE_VESSEL;

	if (rcc_broadcast_is_circular(issued->kind)) {
		rcc_trace_put(out, "> B%u %s %u to every ship, \"%s\"\n", issued->broadcast.v,
		              rcc_broadcast_word(issued->kind), issued->revision, issued->text);
		return;
	}
	rcc_trace_put(out, "> B%u %s of I%u, revision %u, by %s, %s, at %s", issued->broadcast.v,
	              rcc_broadcast_word(issued->kind), issued->incident.v, issued->revision,
	              is_by_machine ? "the machine" : "an officer",
	              issued->verified != 0 ? "verified" : "not yet verified", rcc_pos_format(pos, issued->pos));
	rcc_trace_places(out, issued->candidate, issued->candidate_count);
	for (uint32_t mark = 1; mark <= RCC_ALERT_MARKS_ALL; mark <<= 1) {
		if ((issued->doubts & mark) != 0)
			rcc_trace_put(out, ", doubtful: %s", rcc_mark_word(mark));
	}
	if (issued->expires_at_ms != 0)
		rcc_trace_put(
		    out, ", for %lld min",
		    (long long)((issued->expires_at_ms - cause->at_ms + RCC_MS_PER_MIN / 2) / RCC_MS_PER_MIN));
	if (issued->text[0] != '\0')
		rcc_trace_put(out, ", \"%s\"", issued->text);
	rcc_trace_put(out, "\n");
}

static void
put_opened(struct rcc_writer *out, const struct rcc_incident_opened *opened)
{
	char pos[RCC_POS_TEXT_SIZE];
	char mmsi[RCC_MMSI_TEXT_SIZE];

	rcc_trace_put(out, "= I%u opened at %s, %s%s, casualty %s, at %s\n", opened->incident.v,
	              rcc_phase_word(opened->phase), rcc_class_word(opened->class),
	              opened->restricted != 0 ? ", restricted" : "", rcc_mmsi_format(mmsi, opened->casualty),
	              rcc_pos_format(pos, opened->pos));
}

/* Seconds between the entry and an instant that it set, for trace lines that do not depend on the date. */
static void
put_scheduled(struct rcc_writer *out, const struct rcc_core *core, const struct rcc_relay_scheduled *scheduled,
              int64_t at_ms)
{
	const struct rcc_incident *incident = rcc_incident_find(core, scheduled->incident);

	if (incident != NULL && incident->class == RCC_CLASS_TEST)
		rcc_trace_put(out, "= I%u is a test: no ship is told\n", scheduled->incident.v);
	else if (scheduled->due_at_ms == 0)
		rcc_trace_put(out, "= I%u is relayed only by an officer\n", scheduled->incident.v);
	else if (incident != NULL && !rcc_pos_is_known(incident->pos))
		rcc_trace_put(out, "= I%u waits for a position: no ship is told yet\n", scheduled->incident.v);
	else if (scheduled->due_at_ms <= at_ms)
		rcc_trace_put(out, "= I%u is to be relayed at once\n", scheduled->incident.v);
	else
		rcc_trace_put(out, "= I%u is relayed in %lld s unless held\n", scheduled->incident.v,
		              (long long)((scheduled->due_at_ms - at_ms) / RCC_MS_PER_S));
}

/* Marks that the sender did not set are the machine's own doubts: all are told. */
static void
put_recorded(struct rcc_writer *out, const struct rcc_alert_recorded *alert)
{
	rcc_trace_put(out, "= A%u recorded: %s, sender %s", alert->alert.v, rcc_lane_word(alert->lane),
	              rcc_verdict_word(alert->verdict));
	for (uint32_t mark = 1; mark <= RCC_ALERT_MARKS_ALL; mark <<= 1) {
		if ((alert->body.marks & mark) != 0 && mark != RCC_ALERT_NEEDS_READING)
			rcc_trace_put(out, ", %s", rcc_mark_word(mark));
	}
	rcc_trace_put(out, "\n");
}

/* Events about alerts and incidents; false if the event is of another group. */
static bool
put_incident_event(struct rcc_writer *out, const struct rcc_core *core, const struct rcc_entry *entry,
                   const struct rcc_event *event)
{
	char pos[RCC_POS_TEXT_SIZE];

	if (event->kind == RCC_EVENT_ALERT_RECORDED)
		put_recorded(out, &event->u.alert);
	else if (event->kind == RCC_EVENT_ALERT_REPEATED)
		rcc_trace_put(out, "= A%u heard %u times\n", event->u.repeated.alert.v, event->u.repeated.count);
	else if (event->kind == RCC_EVENT_ALERT_DECIDED)
		rcc_trace_put(out, "= A%u %s, \"%s\"\n", event->u.decided.alert.v,
		              event->u.decided.decision == RCC_DECISION_ACCEPT ? "accepted" : "dismissed",
		              event->u.decided.reason);
	else if (event->kind == RCC_EVENT_QUARANTINE_ESCALATED)
		rcc_trace_put(out, "= A%u escalated: nobody has decided on it\n", event->u.alert_ref.alert.v);
	else if (event->kind == RCC_EVENT_ALERT_EVICTED)
		rcc_trace_put(out, "= A%u left memory\n", event->u.alert_ref.alert.v);
	else if (event->kind == RCC_EVENT_INCIDENT_OPENED)
		put_opened(out, &event->u.opened);
	else if (event->kind == RCC_EVENT_ALERT_JOINED)
		rcc_trace_put(
		    out, "= A%u -> I%u, %s%s\n", event->u.joined.alert.v, event->u.joined.incident.v,
		    event->u.joined.why == RCC_JOIN_OPENED ? "" : "joined: ", rcc_join_text(event->u.joined.why));
	else if (event->kind == RCC_EVENT_POSITION_REVISED)
		rcc_trace_put(out, "= I%u is now at %s\n", event->u.revised.incident.v,
		              rcc_pos_format(pos, event->u.revised.pos));
	else if (event->kind == RCC_EVENT_PHASE_RAISED)
		rcc_trace_put(out, "= I%u raised to %s\n", event->u.raised.incident.v,
		              rcc_phase_word(event->u.raised.phase));
	else if (event->kind == RCC_EVENT_FACTS_REVISED && event->u.facts.persons == 0)
		rcc_trace_put(out, "= I%u is now known as %s, persons not stated\n", event->u.facts.incident.v,
		              rcc_nature_word(event->u.facts.nature));
	else if (event->kind == RCC_EVENT_FACTS_REVISED)
		rcc_trace_put(out, "= I%u is now known as %s, %u persons\n", event->u.facts.incident.v,
		              rcc_nature_word(event->u.facts.nature), event->u.facts.persons);
	else if (event->kind == RCC_EVENT_RELAY_SCHEDULED)
		put_scheduled(out, core, &event->u.scheduled, entry->cause.at_ms);
	else if (event->kind == RCC_EVENT_RELAY_HELD)
		rcc_trace_put(out, "= I%u relay held, \"%s\"\n", event->u.held.incident.v, event->u.held.reason);
	else if (event->kind == RCC_EVENT_NO_POSITION_OVERDUE)
		rcc_trace_put(out, "= I%u still has no position: an officer must find one\n",
		              event->u.incident_ref.incident.v);
	else if (event->kind == RCC_EVENT_INCIDENT_CLOSED)
		rcc_trace_put(out, "= I%u closed: %s, \"%s\"\n", event->u.closed.incident.v,
		              rcc_outcome_word(event->u.closed.outcome), event->u.closed.reason);
	else if (event->kind == RCC_EVENT_INCIDENT_EVICTED)
		rcc_trace_put(out, "= I%u left memory\n", event->u.incident_ref.incident.v);
	else
		return false;
	return true;
}

/* Events about ships and the ledger; false if the event is of another group. */
static bool
put_ledger_event(struct rcc_writer *out, const struct rcc_core *core, const struct rcc_entry *entry,
                 const struct rcc_event *event)
{
	const char *flag = "";
	char mmsi[RCC_MMSI_TEXT_SIZE];

	if (event->kind == RCC_EVENT_BROADCAST_ISSUED)
		put_broadcast(out, &event->u.broadcast, &entry->cause);
	else if (event->kind == RCC_EVENT_DELIVERIES_QUEUED)
		put_queued(out, core, &event->u.queued);
	else if (event->kind == RCC_EVENT_CALL_LISTED)
		put_calls(out, &event->u.call_list);
	else if (event->kind == RCC_EVENT_DELIVERIES_SENT)
		put_refs(out, core, "sent", event->u.sent.row, event->u.sent.count);
	else if (event->kind == RCC_EVENT_DELIVERY_STORED)
		rcc_trace_put(out, "= %s stored up to #%u\n", rcc_trace_name(core, event->u.stored.peer, "?"),
		              event->u.stored.number);
	else if (event->kind == RCC_EVENT_DELIVERY_READ)
		rcc_trace_put(out, "= %s #%u read by %s\n", rcc_trace_name(core, event->u.read.peer, "?"),
		              event->u.read.number, event->u.read.by);
	else if (event->kind == RCC_EVENT_DELIVERIES_FLAGGED) {
		flag =
		    event->u.flagged.flag == RCC_FLAG_NOT_STORED ? "is not stored" : "unreachable: use another channel";
		put_refs(out, core, flag, event->u.flagged.row, event->u.flagged.count);
	} else if (event->kind == RCC_EVENT_ANSWERED) {
		rcc_trace_put(
		    out, "= %s answers I%u: ",
		    rcc_trace_name(core, event->u.answered.peer, rcc_mmsi_format(mmsi, event->u.answered.answer.ship)),
		    event->u.answered.answer.incident.v);
		put_answer(out, &event->u.answered.answer);
		rcc_trace_put(out, "\n");
	} else if (event->kind == RCC_EVENT_LEDGER_FULL)
		rcc_trace_put(out, "= ledger full: %u ships of B%u must be called another way\n",
		              event->u.ledger_full.missing, event->u.ledger_full.broadcast.v);
	else
		return false;
	return true;
}

static void
put_peer_event(struct rcc_writer *out, const struct rcc_core *core, const struct rcc_event *event)
{
	if (event->kind == RCC_EVENT_PEER_ENROLLED)
		rcc_trace_put(out, "= %s enrolled as %s\n", event->u.enrolled.enrol.name,
		              rcc_role_word(event->u.enrolled.enrol.role));
	else if (event->kind == RCC_EVENT_PEER_INVITED)
		rcc_trace_put(out,
		              event->u.invited.body.expires_at_ms == 0 ? "= %s is not invited any more\n"
		                                                       : "= %s is invited\n",
		              event->u.invited.body.name);
	else if (event->kind == RCC_EVENT_PEER_REKEYED)
		rcc_trace_put(out, "= %s has another key\n", rcc_trace_name(core, event->u.rekeyed.peer, "?"));
	else if (event->kind == RCC_EVENT_PEER_REVOKED)
		rcc_trace_put(out, "= %s revoked\n", rcc_trace_name(core, event->u.revoked.peer, "?"));
	else if (event->kind == RCC_EVENT_PEER_SILENT)
		rcc_trace_put(out, "= %s is silent\n", rcc_trace_name(core, event->u.silence.peer, "?"));
	else if (event->kind == RCC_EVENT_PEER_HEARD)
		rcc_trace_put(out, "= %s is heard again\n", rcc_trace_name(core, event->u.silence.peer, "?"));
	else if (event->kind == RCC_EVENT_COMMAND_REFUSED)
		rcc_trace_put(out, "= refused: %s (%s)\n", rcc_refusal_word(event->u.refused.reason),
		              event->u.refused.field);
	else if (event->kind == RCC_EVENT_MESSAGE_CONFLICT)
		rcc_trace_put(out, "= conflict: the same message id came with other bytes\n");
}

size_t
rcc_trace_format(const struct rcc_core *core, const struct rcc_entry *entry, char *text, size_t size)
{
	struct rcc_writer out = {.text = text, .size = size};

	put_cause(&out, core, &entry->cause);
	for (uint32_t i = 0; i < entry->event_count; i++) {
		const struct rcc_event *event = &entry->event[i];
		if (!put_incident_event(&out, core, entry, event) && !put_ledger_event(&out, core, entry, event) &&
		    !rcc_trace_order_event(&out, core, entry, event))
			put_peer_event(&out, core, event);
	}
	return out.len;
}
