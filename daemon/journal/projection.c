/*
 * A row of a projection is first written by the event that made its subject and later changed by events that name it.
 * Nothing here may refuse an entry: an insert replaces, an update of a row that is not there changes nothing, and no
 * constraint but the column's type stands in the way of recording a distress.
 */
#include <assert.h>
#include <string.h>

#include "journal/projection_internal.h"
#include "rcc/text.h"

int
rcc_projection_open(struct rcc_projection *projection, sqlite3 *db)
{
#define STATEMENT_TEXT(name, sql) sql,
	static const char *const text[] = {RCC_PROJECTION_SQL(STATEMENT_TEXT)};
#undef STATEMENT_TEXT
	int rc = SQLITE_OK;

	for (int i = 0; i < RCC_PROJECTION_STATEMENTS && rc == SQLITE_OK; i++)
		rc = rcc_sql_prepare(db, text[i], &projection->stmt[i]);
	return rc;
}

void
rcc_projection_close(struct rcc_projection *projection)
{
	for (int i = 0; i < RCC_PROJECTION_STATEMENTS; i++) {
		sqlite3_finalize(projection->stmt[i]);
		projection->stmt[i] = NULL;
	}
}

static int
write_broadcast(const struct rcc_writing *w, const struct rcc_broadcast_issued *issued)
{
	struct rcc_bind b;

	rcc_bind_start(&b, w->projection->stmt[RCC_SQL_BROADCAST_PUT]);
	rcc_bind_int(&b, (int64_t)w->seq);
	rcc_bind_int(&b, w->at_ms);
	rcc_bind_int(&b, issued->broadcast.v);
	rcc_bind_int(&b, issued->incident.v);
	rcc_bind_word(&b, rcc_broadcast_word(issued->kind));
	rcc_bind_int(&b, issued->revision);
	rcc_bind_known(&b, issued->by.v);
	rcc_bind_int(&b, issued->verified);
	rcc_bind_pos(&b, issued->pos);
	rcc_bind_known(&b, issued->pos_at_ms);
	rcc_bind_known(&b, issued->pos_radius_m);
	rcc_bind_text(&b, issued->text);
	rcc_bind_known(&b, issued->expires_at_ms);
	int rc = rcc_bind_run(&b);
	bool is_act = issued->verified != 0 || issued->kind == RCC_BROADCAST_MISSING_NOTICE;
	return rc == SQLITE_OK && is_act ? rcc_project_act(w, issued->incident) : rc;
}

static int
write_ledger_full(const struct rcc_writing *w, const struct rcc_ledger_full *full)
{
	struct rcc_bind b;

	rcc_bind_start(&b, w->projection->stmt[RCC_SQL_BROADCAST_SHORT]);
	rcc_bind_int(&b, full->missing);
	rcc_bind_int(&b, full->broadcast.v);
	return rcc_bind_run(&b);
}

static int
write_call_list(const struct rcc_writing *w, const struct rcc_call_listed *list)
{
	int rc = SQLITE_OK;

	for (uint32_t i = 0; i < list->count && rc == SQLITE_OK; i++) {
		const struct rcc_call_row *row = &list->row[i];
		struct rcc_bind b;

		rcc_bind_start(&b, w->projection->stmt[RCC_SQL_CALL_PUT]);
		rcc_bind_int(&b, list->broadcast.v);
		rcc_bind_int(&b, (int64_t)i + 1);
		rcc_bind_mmsi(&b, row->mmsi);
		rcc_bind_pos(&b, row->pos);
		rcc_bind_unless(&b, row->range_m, RCC_RANGE_UNKNOWN_M);
		rcc_bind_unless(&b, row->bearing_ddeg, RCC_BEARING_UNKNOWN_DDEG);
		rcc_bind_unless(&b, row->eta_min, RCC_ETA_UNKNOWN_MIN);
		rc = rcc_bind_run(&b);
	}
	return rc;
}

static int
write_queued(const struct rcc_writing *w, const struct rcc_deliveries_queued *queued)
{
	int rc = SQLITE_OK;

	for (uint32_t i = 0; i < queued->count && rc == SQLITE_OK; i++) {
		const struct rcc_delivery_row *row = &queued->row[i];
		struct rcc_bind b;

		rcc_bind_start(&b, w->projection->stmt[RCC_SQL_DELIVERY_PUT]);
		rcc_bind_int(&b, w->at_ms);
		rcc_bind_int(&b, queued->broadcast.v);
		rcc_bind_int(&b, row->peer.v);
		rcc_bind_int(&b, row->number);
		rcc_bind_int(&b, row->called_on);
		rcc_bind_unless(&b, row->range_m, RCC_RANGE_UNKNOWN_M);
		rcc_bind_unless(&b, row->bearing_ddeg, RCC_BEARING_UNKNOWN_DDEG);
		rcc_bind_unless(&b, row->eta_min, RCC_ETA_UNKNOWN_MIN);
		rc = rcc_bind_run(&b);
	}
	return rc;
}

/* The time of this event on each of a list of ledger lines. */
static int
write_lines(const struct rcc_writing *w, enum rcc_projection_statement statement, const struct rcc_delivery_ref *row,
            uint32_t count)
{
	int rc = SQLITE_OK;

	for (uint32_t i = 0; i < count && rc == SQLITE_OK; i++) {
		struct rcc_bind b;

		rcc_bind_start(&b, w->projection->stmt[statement]);
		rcc_bind_int(&b, w->at_ms);
		rcc_bind_int(&b, row[i].peer.v);
		rcc_bind_int(&b, row[i].number);
		rc = rcc_bind_run(&b);
	}
	return rc;
}

static int
write_flagged(const struct rcc_writing *w, const struct rcc_deliveries_flagged *flagged)
{
	return write_lines(w,
	                   flagged->flag == RCC_FLAG_NOT_STORED ? RCC_SQL_DELIVERY_FLAG : RCC_SQL_DELIVERY_UNREACHABLE,
	                   flagged->row, flagged->count);
}

/* A ship says "stored" of every line up to a number at once. */
static int
write_stored(const struct rcc_writing *w, const struct rcc_delivery_stored *stored)
{
	struct rcc_bind b;

	rcc_bind_start(&b, w->projection->stmt[RCC_SQL_DELIVERY_STORED]);
	rcc_bind_int(&b, w->at_ms);
	rcc_bind_known(&b, stored->claimed_at_ms);
	rcc_bind_int(&b, stored->peer.v);
	rcc_bind_int(&b, stored->number);
	return rcc_bind_run(&b);
}

static int
write_read(const struct rcc_writing *w, const struct rcc_delivery_read *read)
{
	struct rcc_bind b;

	rcc_bind_start(&b, w->projection->stmt[RCC_SQL_DELIVERY_READ]);
	rcc_bind_int(&b, w->at_ms);
	rcc_bind_known(&b, read->claimed_at_ms);
	rcc_bind_text(&b, read->by);
	rcc_bind_int(&b, read->peer.v);
	rcc_bind_int(&b, read->number);
	return rcc_bind_run(&b);
}

static int
write_answer(const struct rcc_writing *w, const struct rcc_answered *answered)
{
	const struct rcc_answer *answer = &answered->answer;
	struct rcc_delivery_ref line = {.peer = answered->peer, .number = answer->number};
	struct rcc_bind b;

	rcc_bind_start(&b, w->projection->stmt[RCC_SQL_ANSWER_PUT]);
	rcc_bind_int(&b, (int64_t)w->seq);
	rcc_bind_int(&b, w->event);
	rcc_bind_int(&b, w->at_ms);
	rcc_bind_known(&b, answered->peer.v);
	rcc_bind_mmsi(&b, answer->ship);
	rcc_bind_int(&b, answer->incident.v);
	rcc_bind_known(&b, answer->number);
	rcc_bind_word(&b, rcc_answer_word(answer->kind));
	rcc_bind_text(&b, answer->reason == RCC_REASON_NONE ? "" : rcc_reason_word(answer->reason));
	rcc_bind_unless(&b, answer->eta_min, RCC_ETA_UNKNOWN_MIN);
	rcc_bind_text(&b, answer->by);
	rcc_bind_text(&b, answer->text);
	int rc = rcc_bind_run(&b);
	if (rc == SQLITE_OK && answer->number != 0)
		rc = write_lines(w, RCC_SQL_DELIVERY_ANSWER, &line, 1);
	return rc;
}

static int
write_peer_event(const struct rcc_writing *w, const struct rcc_event *event)
{
	if (event->kind == RCC_EVENT_PEER_ENROLLED)
		return rcc_project_peer(w, &event->u.enrolled);
	if (event->kind == RCC_EVENT_PEER_REVOKED)
		return rcc_project_revoked(w, &event->u.revoked);
	if (event->kind == RCC_EVENT_PEER_REKEYED)
		return rcc_project_rekeyed(w, &event->u.rekeyed);
	/* Whom a centre waits for is no peer yet. */
	if (event->kind == RCC_EVENT_PEER_INVITED)
		return SQLITE_OK;
	return rcc_project_silence(w, &event->u.silence, event->kind == RCC_EVENT_PEER_SILENT);
}

static int
write_alert_event(const struct rcc_writing *w, const struct rcc_event *event)
{
	if (event->kind == RCC_EVENT_ALERT_RECORDED)
		return rcc_project_alert(w, &event->u.alert);
	if (event->kind == RCC_EVENT_ALERT_REPEATED)
		return rcc_project_repeat(w, &event->u.repeated);
	if (event->kind == RCC_EVENT_ALERT_DECIDED)
		return rcc_project_decision(w, &event->u.decided);
	if (event->kind == RCC_EVENT_ALERT_JOINED)
		return rcc_project_join(w, &event->u.joined);
	return rcc_project_time(w, RCC_SQL_ALERT_ESCALATE, event->u.alert_ref.alert.v);
}

/* Events of one ship's ledger line. */
static int
write_line_event(const struct rcc_writing *w, const struct rcc_event *event)
{
	if (event->kind == RCC_EVENT_DELIVERIES_SENT)
		return write_lines(w, RCC_SQL_DELIVERY_SENT, event->u.sent.row, event->u.sent.count);
	if (event->kind == RCC_EVENT_DELIVERY_STORED)
		return write_stored(w, &event->u.stored);
	if (event->kind == RCC_EVENT_DELIVERY_READ)
		return write_read(w, &event->u.read);
	return write_answer(w, &event->u.answered);
}

static int
write_incident_event(const struct rcc_writing *w, const struct rcc_event *event)
{
	if (event->kind == RCC_EVENT_INCIDENT_OPENED)
		return rcc_project_incident(w, &event->u.opened);
	if (event->kind == RCC_EVENT_POSITION_REVISED)
		return rcc_project_position(w, &event->u.revised);
	if (event->kind == RCC_EVENT_PHASE_RAISED)
		return rcc_project_raise(w, &event->u.raised);
	if (event->kind == RCC_EVENT_FACTS_REVISED)
		return rcc_project_facts(w, &event->u.facts);
	if (event->kind == RCC_EVENT_RELAY_SCHEDULED)
		return rcc_project_schedule(w, &event->u.scheduled);
	if (event->kind == RCC_EVENT_RELAY_HELD)
		return rcc_project_hold(w, &event->u.held);
	if (event->kind == RCC_EVENT_NO_POSITION_OVERDUE)
		return rcc_project_time(w, RCC_SQL_INCIDENT_OVERDUE, event->u.incident_ref.incident.v);
	return rcc_project_close(w, &event->u.closed);
}

static int
write_event(const struct rcc_writing *w, const struct rcc_event *event)
{
	switch (event->kind) {
	case RCC_PEER_EVENTS:
		return write_peer_event(w, event);
	case RCC_EVENT_ALERT_RECORDED:
	case RCC_EVENT_ALERT_REPEATED:
	case RCC_EVENT_ALERT_DECIDED:
	case RCC_EVENT_ALERT_JOINED:
	case RCC_EVENT_QUARANTINE_ESCALATED:
		return write_alert_event(w, event);
	case RCC_EVENT_INCIDENT_OPENED:
	case RCC_EVENT_POSITION_REVISED:
	case RCC_EVENT_PHASE_RAISED:
	case RCC_EVENT_FACTS_REVISED:
	case RCC_EVENT_RELAY_SCHEDULED:
	case RCC_EVENT_RELAY_HELD:
	case RCC_EVENT_NO_POSITION_OVERDUE:
	case RCC_EVENT_INCIDENT_CLOSED:
		return write_incident_event(w, event);
	case RCC_EVENT_BROADCAST_ISSUED:
		return write_broadcast(w, &event->u.broadcast);
	case RCC_EVENT_DELIVERIES_QUEUED:
		return write_queued(w, &event->u.queued);
	case RCC_EVENT_CALL_LISTED:
		return write_call_list(w, &event->u.call_list);
	case RCC_EVENT_DELIVERIES_SENT:
	case RCC_EVENT_DELIVERY_STORED:
	case RCC_EVENT_DELIVERY_READ:
	case RCC_EVENT_ANSWERED:
		return write_line_event(w, event);
	case RCC_EVENT_DELIVERIES_FLAGGED:
		return write_flagged(w, &event->u.flagged);
	case RCC_EVENT_LEDGER_FULL:
		return write_ledger_full(w, &event->u.ledger_full);
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
	case RCC_PLAN_EVENTS:
	case RCC_EVENT_DRILL_CHANGED:
	case RCC_EVENT_FLOOD_BEGAN:
	case RCC_EVENT_JOIN_UNDONE:
	case RCC_EVENT_HOLD_ENDED:
		return rcc_project_order(w, event);
	case RCC_WORK_EVENTS:
		return rcc_project_work(w, event);
	case RCC_EVENT_RUN_STARTED:
	case RCC_EVENT_INCIDENT_EVICTED: /* left the daemon's memory, not the record */
	case RCC_EVENT_ALERT_EVICTED:
	case RCC_EVENT_COMMAND_REFUSED:
	case RCC_EVENT_MESSAGE_CONFLICT:
	case RCC_EVENT_UNSEALED:
	case RCC_EVENT_INCIDENT_JOINED: /* its alerts moved and it is closed as joined: both stand in the rows */
		return SQLITE_OK;
	}
	assert(false && "an event outside its enum");
	return SQLITE_MISUSE;
}

/* Which entry answered a message: asked when a sender repeats one that the core has forgotten. */
static int
write_message(struct rcc_projection *projection, uint64_t seq, const struct rcc_origin *origin)
{
	static const struct rcc_msg_id none;
	struct rcc_bind b;

	if (memcmp(&origin->msg_id, &none, sizeof none) == 0)
		return SQLITE_OK;
	rcc_bind_start(&b, projection->stmt[RCC_SQL_MESSAGE_PUT]);
	rcc_bind_blob(&b, origin->key.b, sizeof origin->key.b);
	rcc_bind_blob(&b, origin->msg_id.b, sizeof origin->msg_id.b);
	rcc_bind_int(&b, (int64_t)seq);
	rcc_bind_int(&b, (int64_t)origin->fingerprint);
	return rcc_bind_run(&b);
}

int
rcc_projection_write(struct rcc_projection *projection, uint64_t seq, const struct rcc_entry *entry)
{
	struct rcc_writing w = {.projection = projection, .seq = seq, .at_ms = entry->cause.at_ms};
	int rc = write_message(projection, seq, &entry->cause.origin);

	for (uint32_t i = 0; i < entry->event_count && rc == SQLITE_OK; i++) {
		w.event = i + 1;
		rc = write_event(&w, &entry->event[i]);
	}
	return rc;
}
