/*
 * projection_order.c - what officers decided of a case, suggestions, sailing plans and drills as rows.
 */
#include <assert.h>

#include "journal/projection_internal.h"
#include "rcc/text.h"

static int
project_suggestion(const struct rcc_writing *w, const struct rcc_suggested *suggested)
{
	struct rcc_bind b;

	rcc_bind_start(&b, w->projection->stmt[RCC_SQL_SUGGESTION_PUT]);
	rcc_bind_int(&b, suggested->alert.v);
	rcc_bind_int(&b, suggested->incident.v);
	rcc_bind_int(&b, (int64_t)w->seq);
	rcc_bind_word(&b, rcc_join_word(suggested->why));
	rcc_bind_int(&b, suggested->score);
	return rcc_bind_run(&b);
}

static int
project_move(const struct rcc_writing *w, const struct rcc_alert_moved *moved)
{
	bool is_back = moved->to.v == 0;
	struct rcc_bind b;

	rcc_bind_start(&b, w->projection->stmt[RCC_SQL_ALERT_HOME]);
	rcc_bind_known(&b, moved->to.v);
	rcc_bind_text(&b, is_back ? "" : rcc_join_word(RCC_JOIN_OFFICER));
	rcc_bind_word(&b, rcc_lane_word(is_back ? moved->lane : RCC_LANE_INCIDENT));
	rcc_bind_text(&b, moved->reason);
	rcc_bind_int(&b, moved->alert.v);
	int rc = rcc_bind_run(&b);
	if (rc == SQLITE_OK && !is_back)
		rc = rcc_project_act(w, moved->to);
	if (rc != SQLITE_OK)
		return rc;
	rcc_bind_start(&b, w->projection->stmt[RCC_SQL_SUGGESTION_END]);
	rcc_bind_int(&b, (int64_t)w->seq);
	rcc_bind_int(&b, moved->alert.v);
	return rcc_bind_run(&b);
}

static int
project_revised(const struct rcc_writing *w, const struct rcc_incident_revised *revised)
{
	struct rcc_bind b;

	rcc_bind_start(&b, w->projection->stmt[RCC_SQL_INCIDENT_REVISE]);
	rcc_bind_mmsi(&b, revised->casualty);
	rcc_bind_word(&b, rcc_nature_word(revised->nature));
	rcc_bind_known(&b, revised->persons);
	rcc_bind_text(&b, revised->name);
	rcc_bind_pos(&b, revised->pos);
	rcc_bind_known(&b, revised->pos_at_ms);
	rcc_bind_known(&b, revised->pos_radius_m);
	rcc_bind_int(&b, revised->incident.v);
	int rc = rcc_bind_run(&b);
	return rc == SQLITE_OK ? rcc_project_act(w, revised->incident) : rc;
}

static int
project_places(const struct rcc_writing *w, const struct rcc_places_revised *places)
{
	struct rcc_bind b;

	rcc_bind_start(&b, w->projection->stmt[RCC_SQL_INCIDENT_PLACES]);
	rcc_bind_known(&b, places->candidate_count);
	rcc_bind_known(&b, places->is_conflict);
	rcc_bind_int(&b, places->incident.v);
	return rcc_bind_run(&b);
}

static int
project_phase(const struct rcc_writing *w, const struct rcc_phase_set *phase)
{
	struct rcc_bind b;

	rcc_bind_start(&b, w->projection->stmt[RCC_SQL_INCIDENT_PHASE]);
	rcc_bind_word(&b, rcc_phase_word(phase->phase));
	rcc_bind_known(&b, phase->by.v);
	rcc_bind_text(&b, phase->reason);
	rcc_bind_int(&b, phase->incident.v);
	int rc = rcc_bind_run(&b);
	return rc == SQLITE_OK ? rcc_project_act(w, phase->incident) : rc;
}

static int
project_suspend(const struct rcc_writing *w, const struct rcc_incident_suspended *suspended)
{
	struct rcc_bind b;

	rcc_bind_start(&b, w->projection->stmt[RCC_SQL_INCIDENT_SUSPEND]);
	rcc_bind_word(&b, rcc_incident_status_word(RCC_INCIDENT_SUSPENDED));
	rcc_bind_int(&b, w->at_ms);
	rcc_bind_int(&b, suspended->review_at_ms);
	rcc_bind_text(&b, suspended->reason);
	rcc_bind_int(&b, suspended->incident.v);
	return rcc_bind_run(&b);
}

static int
project_resume(const struct rcc_writing *w, const struct rcc_incident_resumed *resumed)
{
	struct rcc_bind b;

	rcc_bind_start(&b, w->projection->stmt[RCC_SQL_INCIDENT_RESUME]);
	rcc_bind_word(&b, rcc_incident_status_word(RCC_INCIDENT_OPEN));
	rcc_bind_int(&b, w->at_ms);
	rcc_bind_int(&b, resumed->incident.v);
	return rcc_bind_run(&b);
}

static int
project_group(const struct rcc_writing *w, const struct rcc_incident_grouped *grouped)
{
	struct rcc_bind b;

	rcc_bind_start(&b, w->projection->stmt[RCC_SQL_INCIDENT_GROUP]);
	rcc_bind_known(&b, grouped->parent.v);
	rcc_bind_int(&b, grouped->incident.v);
	int rc = rcc_bind_run(&b);
	return rc == SQLITE_OK ? rcc_project_act(w, grouped->incident) : rc;
}

/* A hold that is over leaves no time; who held and why stays to be read. */
static int
project_hold_end(const struct rcc_writing *w, struct rcc_incident_id incident)
{
	struct rcc_bind b;

	rcc_bind_start(&b, w->projection->stmt[RCC_SQL_INCIDENT_UNHOLD]);
	rcc_bind_int(&b, incident.v);
	return rcc_bind_run(&b);
}

/* The survivor of a join is again what it was before. */
static int
project_undo(const struct rcc_writing *w, const struct rcc_join_undone *undone)
{
	struct rcc_bind b;
	int rc = SQLITE_OK;

	if (undone->restored == 0)
		return SQLITE_OK;
	rcc_bind_start(&b, w->projection->stmt[RCC_SQL_INCIDENT_RAISE]);
	rcc_bind_word(&b, rcc_phase_word(undone->phase));
	rcc_bind_word(&b, rcc_source_word(undone->source));
	rcc_bind_int(&b, undone->incident.v);
	rc = rcc_bind_run(&b);
	if (rc != SQLITE_OK)
		return rc;
	rcc_bind_start(&b, w->projection->stmt[RCC_SQL_INCIDENT_SCHEDULE]);
	rcc_bind_known(&b, undone->relay_due_at_ms);
	rcc_bind_int(&b, undone->incident.v);
	rc = rcc_bind_run(&b);
	if (rc == SQLITE_OK && undone->held == 0)
		rc = project_hold_end(w, undone->incident);
	if (rc == SQLITE_OK && undone->held != 0) {
		rcc_bind_start(&b, w->projection->stmt[RCC_SQL_INCIDENT_REHOLD]);
		rcc_bind_int(&b, w->at_ms);
		rcc_bind_int(&b, undone->incident.v);
		rc = rcc_bind_run(&b);
	}
	if (rc != SQLITE_OK || undone->review_at_ms == 0)
		return rc;
	rcc_bind_start(&b, w->projection->stmt[RCC_SQL_INCIDENT_SUSPEND]);
	rcc_bind_word(&b, rcc_incident_status_word(RCC_INCIDENT_SUSPENDED));
	rcc_bind_int(&b, w->at_ms);
	rcc_bind_int(&b, undone->review_at_ms);
	rcc_bind_text(&b, undone->reason);
	rcc_bind_int(&b, undone->incident.v);
	return rcc_bind_run(&b);
}

static int
project_plan(const struct rcc_writing *w, const struct rcc_plan_filed *filed)
{
	const struct rcc_plan *plan = &filed->body;
	struct rcc_bind b;

	rcc_bind_start(&b, w->projection->stmt[RCC_SQL_PLAN_PUT]);
	rcc_bind_int(&b, (int64_t)w->seq);
	rcc_bind_int(&b, w->at_ms);
	rcc_bind_int(&b, filed->plan.v);
	rcc_bind_mmsi(&b, plan->mmsi);
	rcc_bind_text(&b, plan->name);
	rcc_bind_known(&b, plan->persons);
	rcc_bind_pos(&b, plan->pos);
	rcc_bind_known(&b, plan->eta_at_ms);
	rcc_bind_known(&b, plan->interval_min);
	rcc_bind_text(&b, plan->text);
	rcc_bind_int(&b, filed->due_at_ms);
	return rcc_bind_run(&b);
}

static int
project_plan_heard(const struct rcc_writing *w, const struct rcc_plan_heard *heard)
{
	struct rcc_bind b;

	rcc_bind_start(&b, w->projection->stmt[RCC_SQL_PLAN_HEARD]);
	rcc_bind_int(&b, heard->heard_at_ms);
	rcc_bind_int(&b, heard->due_at_ms);
	rcc_bind_int(&b, heard->plan.v);
	return rcc_bind_run(&b);
}

static int
project_plan_ended(const struct rcc_writing *w, const struct rcc_plan_ended *ended)
{
	struct rcc_bind b;

	rcc_bind_start(&b, w->projection->stmt[RCC_SQL_PLAN_ENDED]);
	rcc_bind_int(&b, w->at_ms);
	rcc_bind_word(&b, rcc_plan_word(ended->how));
	rcc_bind_int(&b, ended->plan.v);
	return rcc_bind_run(&b);
}

static int
project_drill(const struct rcc_writing *w, const struct rcc_drill_changed *drill)
{
	struct rcc_bind b;

	rcc_bind_start(&b, w->projection->stmt[RCC_SQL_PEER_DRILL]);
	rcc_bind_known(&b, drill->until_at_ms);
	rcc_bind_int(&b, drill->peer.v);
	return rcc_bind_run(&b);
}

int
rcc_project_order(const struct rcc_writing *w, const struct rcc_event *event)
{
	if (event->kind == RCC_EVENT_SUGGESTED)
		return project_suggestion(w, &event->u.suggested);
	if (event->kind == RCC_EVENT_ALERT_MOVED)
		return project_move(w, &event->u.moved);
	if (event->kind == RCC_EVENT_INCIDENT_REVISED)
		return project_revised(w, &event->u.incident);
	if (event->kind == RCC_EVENT_PLACES_REVISED)
		return project_places(w, &event->u.places);
	if (event->kind == RCC_EVENT_PHASE_SET)
		return project_phase(w, &event->u.phase);
	if (event->kind == RCC_EVENT_INCIDENT_SUSPENDED)
		return project_suspend(w, &event->u.suspended);
	if (event->kind == RCC_EVENT_INCIDENT_RESUMED)
		return project_resume(w, &event->u.resumed);
	if (event->kind == RCC_EVENT_REVIEW_DUE)
		return rcc_project_time(w, RCC_SQL_INCIDENT_REVIEW, event->u.incident_ref.incident.v);
	if (event->kind == RCC_EVENT_NOTICE_EXPIRED)
		return rcc_project_time(w, RCC_SQL_NOTICE_EXPIRE, event->u.incident_ref.incident.v);
	if (event->kind == RCC_EVENT_INCIDENT_GROUPED)
		return project_group(w, &event->u.grouped);
	if (event->kind == RCC_EVENT_JOIN_UNDONE)
		return project_undo(w, &event->u.undone);
	if (event->kind == RCC_EVENT_HOLD_ENDED)
		return project_hold_end(w, event->u.hold_ended.incident);
	if (event->kind == RCC_EVENT_PLAN_FILED)
		return project_plan(w, &event->u.plan_filed);
	if (event->kind == RCC_EVENT_PLAN_HEARD)
		return project_plan_heard(w, &event->u.plan_heard);
	if (event->kind == RCC_EVENT_PLAN_ENDED)
		return project_plan_ended(w, &event->u.plan_ended);
	if (event->kind == RCC_EVENT_PLAN_OVERDUE)
		return rcc_project_time(w, RCC_SQL_PLAN_OVERDUE, event->u.plan_ref.plan.v);
	if (event->kind == RCC_EVENT_DRILL_CHANGED)
		return project_drill(w, &event->u.drill);
	if (event->kind == RCC_EVENT_FLOOD_BEGAN)
		return rcc_project_time(w, RCC_SQL_PEER_FLOOD, event->u.flood.peer.v);
	assert(false && "an event of another group");
	return SQLITE_MISUSE;
}
