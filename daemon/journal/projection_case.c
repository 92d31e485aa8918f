/*
 * projection_case.c - peers, alerts and incidents as rows.
 */
#include <stdio.h>

#include "journal/projection_internal.h"
#include "rcc/text.h"

int
rcc_project_peer(const struct rcc_writing *w, const struct rcc_peer_enrolled *enrolled)
{
	struct rcc_bind b;

	rcc_bind_start(&b, w->projection->stmt[RCC_SQL_PEER_PUT]);
	rcc_bind_int(&b, (int64_t)w->seq);
	rcc_bind_int(&b, w->at_ms);
	rcc_bind_int(&b, enrolled->peer.v);
	rcc_bind_word(&b, enrolled->enrol.name);
	rcc_bind_word(&b, rcc_role_word(enrolled->enrol.role));
	rcc_bind_mmsi(&b, enrolled->enrol.mmsi);
	rcc_bind_word(&b, rcc_owner_word(enrolled->enrol.owner));
	rcc_bind_key(&b, &enrolled->enrol.key);
	return rcc_bind_run(&b);
}

int
rcc_project_rekeyed(const struct rcc_writing *w, const struct rcc_peer_rekeyed *rekeyed)
{
	struct rcc_bind b;

	rcc_bind_start(&b, w->projection->stmt[RCC_SQL_PEER_REKEY]);
	rcc_bind_key(&b, &rekeyed->key);
	rcc_bind_int(&b, rekeyed->peer.v);
	return rcc_bind_run(&b);
}

int
rcc_project_revoked(const struct rcc_writing *w, const struct rcc_peer_revoked *revoked)
{
	struct rcc_bind b;

	rcc_bind_start(&b, w->projection->stmt[RCC_SQL_PEER_REVOKE]);
	rcc_bind_int(&b, (int64_t)w->seq);
	rcc_bind_int(&b, w->at_ms);
	rcc_bind_text(&b, revoked->reason);
	rcc_bind_int(&b, revoked->peer.v);
	return rcc_bind_run(&b);
}

int
rcc_project_silence(const struct rcc_writing *w, const struct rcc_peer_silence *silence, bool is_silent)
{
	struct rcc_bind b;

	rcc_bind_start(&b, w->projection->stmt[RCC_SQL_PEER_SILENCE]);
	rcc_bind_known(&b, is_silent ? w->at_ms : 0);
	rcc_bind_known(&b, silence->heard_at_ms);
	rcc_bind_int(&b, silence->peer.v);
	return rcc_bind_run(&b);
}

int
rcc_project_alert(const struct rcc_writing *w, const struct rcc_alert_recorded *alert)
{
	const struct rcc_alert *body = &alert->body;
	struct rcc_bind b;

	rcc_bind_start(&b, w->projection->stmt[RCC_SQL_ALERT_PUT]);
	rcc_bind_int(&b, (int64_t)w->seq);
	rcc_bind_int(&b, w->at_ms);
	rcc_bind_int(&b, w->at_ms);
	rcc_bind_int(&b, alert->alert.v);
	rcc_bind_word(&b, rcc_lane_word(alert->lane));
	rcc_bind_word(&b, rcc_verdict_word(alert->verdict));
	rcc_bind_known(&b, alert->sender.v);
	rcc_bind_key(&b, &alert->sender_key);
	rcc_bind_word(&b, rcc_source_word(body->source));
	rcc_bind_word(&b, rcc_class_word(body->class));
	rcc_bind_mmsi(&b, body->casualty);
	rcc_bind_mmsi(&b, body->relay);
	rcc_bind_word(&b, rcc_nature_word(body->nature));
	rcc_bind_pos(&b, body->pos);
	rcc_bind_known(&b, body->pos_at_ms);
	rcc_bind_known(&b, body->pos_radius_m);
	rcc_bind_known(&b, body->persons);
	rcc_bind_int(&b, body->marks);
	rcc_bind_text(&b, body->name);
	rcc_bind_text(&b, body->callsign);
	rcc_bind_text(&b, body->text);
	rcc_bind_blob(&b, body->raw, body->raw_len);
	rcc_bind_text(&b, body->category == RCC_CATEGORY_NOT_STATED ? "" : rcc_category_word(body->category));
	rcc_bind_text(&b, body->beacon);
	rcc_bind_known(&b, body->candidate_count);
	return rcc_bind_run(&b);
}

static int
move_alert(const struct rcc_writing *w, struct rcc_alert_id alert, struct rcc_pos pos, int64_t pos_at_ms)
{
	struct rcc_bind b;

	if (!rcc_pos_is_known(pos))
		return SQLITE_OK;
	rcc_bind_start(&b, w->projection->stmt[RCC_SQL_ALERT_MOVE]);
	rcc_bind_pos(&b, pos);
	rcc_bind_known(&b, pos_at_ms);
	rcc_bind_int(&b, alert.v);
	return rcc_bind_run(&b);
}

int
rcc_project_repeat(const struct rcc_writing *w, const struct rcc_alert_repeated *repeated)
{
	struct rcc_bind b;

	rcc_bind_start(&b, w->projection->stmt[RCC_SQL_ALERT_REPEAT]);
	rcc_bind_int(&b, w->at_ms);
	rcc_bind_int(&b, repeated->count);
	rcc_bind_int(&b, repeated->alert.v);
	int rc = rcc_bind_run(&b);
	return rc == SQLITE_OK ? move_alert(w, repeated->alert, repeated->pos, repeated->pos_at_ms) : rc;
}

int
rcc_project_decision(const struct rcc_writing *w, const struct rcc_alert_decided *decided)
{
	struct rcc_bind b;

	rcc_bind_start(&b, w->projection->stmt[RCC_SQL_ALERT_DECIDE]);
	rcc_bind_int(&b, w->at_ms);
	rcc_bind_word(&b, decided->decision == RCC_DECISION_ACCEPT ? "accept" : "dismiss");
	rcc_bind_known(&b, decided->by.v);
	rcc_bind_text(&b, decided->reason);
	/* Accepted ones change lane when they join their incident. */
	rcc_bind_text(&b, decided->decision == RCC_DECISION_DISMISS ? rcc_lane_word(RCC_LANE_DISMISSED) : "");
	rcc_bind_int(&b, decided->alert.v);
	return rcc_bind_run(&b);
}

int
rcc_project_join(const struct rcc_writing *w, const struct rcc_alert_joined *joined)
{
	struct rcc_bind b;

	rcc_bind_start(&b, w->projection->stmt[RCC_SQL_ALERT_JOIN]);
	rcc_bind_int(&b, joined->incident.v);
	rcc_bind_word(&b, rcc_join_word(joined->why));
	rcc_bind_word(&b, rcc_lane_word(RCC_LANE_INCIDENT));
	rcc_bind_int(&b, joined->alert.v);
	return rcc_bind_run(&b);
}

/* Statements that note when something happened to one row, and nothing else. */
int
rcc_project_time(const struct rcc_writing *w, enum rcc_projection_statement statement, uint32_t id)
{
	struct rcc_bind b;

	rcc_bind_start(&b, w->projection->stmt[statement]);
	rcc_bind_int(&b, w->at_ms);
	rcc_bind_int(&b, id);
	return rcc_bind_run(&b);
}

int
rcc_project_incident(const struct rcc_writing *w, const struct rcc_incident_opened *opened)
{
	char number[24];
	struct rcc_bind b;

	snprintf(number, sizeof number, "%04u-%04u", opened->year, opened->number);
	rcc_bind_start(&b, w->projection->stmt[RCC_SQL_INCIDENT_PUT]);
	rcc_bind_int(&b, (int64_t)w->seq);
	rcc_bind_int(&b, w->at_ms);
	rcc_bind_int(&b, opened->incident.v);
	rcc_bind_word(&b, number);
	rcc_bind_word(&b, rcc_incident_status_word(RCC_INCIDENT_NEW));
	rcc_bind_int(&b, opened->alert.v);
	rcc_bind_word(&b, rcc_class_word(opened->class));
	rcc_bind_word(&b, rcc_phase_word(opened->phase));
	rcc_bind_word(&b, rcc_source_word(opened->source));
	rcc_bind_word(&b, rcc_nature_word(opened->nature));
	rcc_bind_mmsi(&b, opened->casualty);
	rcc_bind_text(&b, opened->name);
	rcc_bind_known(&b, opened->persons);
	rcc_bind_pos(&b, opened->pos);
	rcc_bind_known(&b, opened->pos_at_ms);
	rcc_bind_known(&b, opened->pos_radius_m);
	rcc_bind_known(&b, opened->restricted);
	return rcc_bind_run(&b);
}

int
rcc_project_position(const struct rcc_writing *w, const struct rcc_position_revised *revised)
{
	struct rcc_bind b;

	rcc_bind_start(&b, w->projection->stmt[RCC_SQL_INCIDENT_MOVE]);
	rcc_bind_pos(&b, revised->pos);
	rcc_bind_known(&b, revised->pos_at_ms);
	rcc_bind_known(&b, revised->pos_radius_m);
	rcc_bind_int(&b, revised->incident.v);
	return rcc_bind_run(&b);
}

int
rcc_project_raise(const struct rcc_writing *w, const struct rcc_phase_raised *raised)
{
	struct rcc_bind b;

	rcc_bind_start(&b, w->projection->stmt[RCC_SQL_INCIDENT_RAISE]);
	rcc_bind_word(&b, rcc_phase_word(raised->phase));
	rcc_bind_word(&b, rcc_source_word(raised->source));
	rcc_bind_int(&b, raised->incident.v);
	return rcc_bind_run(&b);
}

int
rcc_project_facts(const struct rcc_writing *w, const struct rcc_facts_revised *facts)
{
	struct rcc_bind b;

	rcc_bind_start(&b, w->projection->stmt[RCC_SQL_INCIDENT_FACTS]);
	rcc_bind_word(&b, rcc_nature_word(facts->nature));
	rcc_bind_known(&b, facts->persons);
	rcc_bind_text(&b, facts->name);
	rcc_bind_mmsi(&b, facts->casualty);
	rcc_bind_int(&b, facts->incident.v);
	return rcc_bind_run(&b);
}

int
rcc_project_schedule(const struct rcc_writing *w, const struct rcc_relay_scheduled *scheduled)
{
	struct rcc_bind b;

	rcc_bind_start(&b, w->projection->stmt[RCC_SQL_INCIDENT_SCHEDULE]);
	rcc_bind_known(&b, scheduled->due_at_ms);
	rcc_bind_int(&b, scheduled->incident.v);
	return rcc_bind_run(&b);
}

int
rcc_project_act(const struct rcc_writing *w, struct rcc_incident_id incident)
{
	struct rcc_bind b;

	rcc_bind_start(&b, w->projection->stmt[RCC_SQL_INCIDENT_ACT]);
	rcc_bind_word(&b, rcc_incident_status_word(RCC_INCIDENT_OPEN));
	rcc_bind_int(&b, incident.v);
	rcc_bind_word(&b, rcc_incident_status_word(RCC_INCIDENT_NEW));
	return rcc_bind_run(&b);
}

int
rcc_project_hold(const struct rcc_writing *w, const struct rcc_relay_held *held)
{
	struct rcc_bind b;

	rcc_bind_start(&b, w->projection->stmt[RCC_SQL_INCIDENT_HOLD]);
	rcc_bind_int(&b, w->at_ms);
	rcc_bind_known(&b, held->by.v);
	rcc_bind_text(&b, held->reason);
	rcc_bind_int(&b, held->incident.v);
	int rc = rcc_bind_run(&b);
	return rc == SQLITE_OK ? rcc_project_act(w, held->incident) : rc;
}

int
rcc_project_close(const struct rcc_writing *w, const struct rcc_incident_closed *closed)
{
	struct rcc_bind b;

	rcc_bind_start(&b, w->projection->stmt[RCC_SQL_INCIDENT_CLOSE]);
	rcc_bind_word(&b, rcc_incident_status_word(RCC_INCIDENT_CLOSED));
	rcc_bind_int(&b, (int64_t)w->seq);
	rcc_bind_int(&b, w->at_ms);
	rcc_bind_word(&b, rcc_outcome_word(closed->outcome));
	rcc_bind_known(&b, closed->by.v);
	rcc_bind_text(&b, closed->reason);
	rcc_bind_int(&b, closed->incident.v);
	return rcc_bind_run(&b);
}
