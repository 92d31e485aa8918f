/*
 * apply.c - what each event does to the state. The only code that writes it (with the other apply_*.c and evict.c); decides
 * nothing, computes nothing that could differ tomorrow, cannot fail. What only a bug can cause is asserted.
 */
#include <assert.h>
#include <string.h>

#include "core/apply_internal.h"
#include "core/duty_internal.h"
#include "core/retention.h"

/* A ship that comes back under another key is the same ship: what she declared stands. */
static void
begin_profile(struct rcc_core *core, const struct rcc_peer *peer)
{
	struct rcc_profile *profile = &core->profile[peer->id.v - 1];

	*profile = (struct rcc_profile){.checked_at_ms = 0};
	rcc_profile_clear(&profile->values);
	for (uint32_t slot1 = peer->same_mmsi; slot1 != 0; slot1 = core->peer[slot1 - 1].same_mmsi) {
		const struct rcc_peer *before = &core->peer[slot1 - 1];
		if (peer->role != RCC_ROLE_VESSEL || before->role != RCC_ROLE_VESSEL || before->mmsi.v != peer->mmsi.v)
			continue;
		*profile = core->profile[slot1 - 1];
		return;
	}
}

static void
apply_revoked(struct rcc_core *core, struct rcc_peer_id id)
{
	struct rcc_peer *peer = peer_get(core, id);

	core->parity.ships[peer->owner] -= rcc_peer_is_ship(peer);
	peer->revoked_at_ms = core->at_ms;
}

static void
apply_enrolled(struct rcc_core *core, const struct rcc_peer_enrolled *event)
{
	assert(event->peer.v == core->peer_count + 1 && core->peer_count < RCC_PEERS_MAX);
	uint32_t *key_bucket = &core->key_bucket[rcc_peer_key_bucket(&event->enrol.key)];
	uint32_t *mmsi_bucket = &core->mmsi_bucket[rcc_peer_mmsi_bucket(event->enrol.mmsi)];
	struct rcc_peer *peer = &core->peer[core->peer_count++];

	*peer = (struct rcc_peer){.id = event->peer,
	                          .role = event->enrol.role,
	                          .owner = event->enrol.owner,
	                          .mmsi = event->enrol.mmsi,
	                          .key = event->enrol.key,
	                          .enrolled_at_ms = core->at_ms,
	                          .same_key = *key_bucket,
	                          .same_mmsi = *mmsi_bucket};
	memcpy(peer->name, event->enrol.name, sizeof peer->name);
	begin_profile(core, peer);
	core->parity.ships[peer->owner] += rcc_peer_is_ship(peer);
	rcc_apply_centre(core, event);
	*key_bucket = event->peer.v;
	*mmsi_bucket = event->peer.v;
}

static void
apply_silence(struct rcc_core *core, const struct rcc_peer_silence *event, bool is_silent)
{
	struct rcc_peer *peer = peer_get(core, event->peer);

	peer->is_silent = is_silent;
	peer->heard_at_ms = event->heard_at_ms;
}

static void
apply_flood(struct rcc_core *core, const struct rcc_flood_began *event)
{
	peer_get(core, event->peer)->flood_at_ms = core->at_ms;
	peer_get(core, event->peer)->flood_count = 0;
}

/* ---- alerts ---- */

/* The sender's new alerts of this minute, as they were counted when it was decided. */
static void
count_minute(struct rcc_core *core, const struct rcc_alert_recorded *event)
{
	if (event->sender.v == 0 || event->minute_count == 0)
		return;
	struct rcc_peer *peer = peer_get(core, event->sender);
	struct rcc_minute *minute = &peer->minute[event->body.class == RCC_CLASS_EXERCISE];
	if (event->minute_count == 1)
		minute->at_ms = core->at_ms;
	minute->count = event->minute_count;
	if (event->verdict == RCC_VERDICT_FLOOD)
		peer->flood_count++;
}

static void
apply_recorded(struct rcc_core *core, const struct rcc_alert_recorded *event)
{
	uint32_t slot = 0;

	while (slot < core->alert_top && core->alert[slot].id.v != 0)
		slot++;
	assert(slot < RCC_ALERTS_MAX && event->alert.v == core->alert_last + 1);
	if (slot == core->alert_top)
		core->alert_top++;
	core->alert_count++;
	core->alert_last = event->alert.v;
	core->alert[slot] = (struct rcc_alert_state){.id = event->alert,
	                                             .lane = event->lane,
	                                             .verdict = event->verdict,
	                                             .sender = event->sender,
	                                             .sender_key = event->sender_key,
	                                             .recorded_at_ms = core->at_ms,
	                                             .last_at_ms = core->at_ms,
	                                             .count = 1,
	                                             .body = event->body};
	count_minute(core, event);
}

static void
apply_repeated(struct rcc_core *core, const struct rcc_alert_repeated *event)
{
	struct rcc_alert_state *alert = alert_get(core, event->alert);
	const struct rcc_incident *incident = rcc_incident_find(core, alert->incident);

	alert->count = event->count;
	alert->last_at_ms = core->at_ms;
	alert->body.pos = event->pos;
	alert->body.pos_at_ms = event->pos_at_ms;
	alert->body.pos_radius_m = event->pos_radius_m;
	alert->body.marks = (alert->body.marks & ~RCC_ALERT_DOUBTS) | event->marks;
	if (incident != NULL)
		core->incident[incident - core->incident].signal_at_ms = core->at_ms;
}

static void
apply_decided(struct rcc_core *core, const struct rcc_alert_decided *event)
{
	struct rcc_alert_state *alert = alert_get(core, event->alert);

	alert->decided_at_ms = core->at_ms;
	alert->lane = event->decision == RCC_DECISION_ACCEPT ? RCC_LANE_INCIDENT : RCC_LANE_DISMISSED;
}

static void
apply_suggested(struct rcc_core *core, const struct rcc_suggested *event)
{
	struct rcc_alert_state *alert = alert_get(core, event->alert);

	assert(alert->suggestion_count < RCC_SUGGESTIONS_MAX);
	alert->suggestion[alert->suggestion_count++] =
	    (struct rcc_suggestion){.incident = event->incident, .why = event->why, .score = event->score};
}

static void
set_first(const struct rcc_core *core, struct rcc_alert_state *alert, struct rcc_incident_id incident)
{
	if (alert->first.v != 0)
		return;
	alert->first = incident;
	alert->first_seq = core->seq + 1;
}

/* It waits as if it had never been joined; what was dismissed is so from now on. */
static void
apply_returned(struct rcc_core *core, struct rcc_alert_state *alert, const struct rcc_alert_moved *event)
{
	alert->decided_at_ms = event->lane == RCC_LANE_DISMISSED ? core->at_ms : 0;
	alert->lane = event->lane;
	alert->waited = (enum rcc_lane)0;
	alert->phase_before = (enum rcc_phase)0;
	alert->incident.v = alert->first.v = 0;
	alert->first_seq = 0;
}

/* A person has decided where it belongs: what the machine suggested is done with. */
static void
apply_moved(struct rcc_core *core, const struct rcc_alert_moved *event)
{
	struct rcc_alert_state *alert = alert_get(core, event->alert);

	alert->moved_from = event->from;
	alert->moved_seq = core->seq + 1;
	if (event->to.v == 0) {
		apply_returned(core, alert, event);
		return;
	}
	if (alert->lane != RCC_LANE_INCIDENT) {
		alert->decided_at_ms = core->at_ms;
		alert->waited = alert->lane;
		alert->phase_before = incident_get(core, event->to)->phase;
	}
	alert->lane = RCC_LANE_INCIDENT;
	alert->incident = event->to;
	set_first(core, alert, event->to);
	alert->suggestion_count = 0;
	memset(alert->suggestion, 0, sizeof alert->suggestion);
	struct rcc_incident *incident = incident_get(core, event->to);
	if (incident->signal_at_ms < alert->last_at_ms)
		incident->signal_at_ms = alert->last_at_ms;
	mark_open(incident);
}

static void
free_alert(struct rcc_core *core, struct rcc_alert_state *alert)
{
	memset(alert, 0, sizeof *alert);
	core->alert_count--;
}

/* ---- incidents ---- */

static void
apply_opened(struct rcc_core *core, const struct rcc_incident_opened *event)
{
	uint32_t slot = 0;

	while (slot < core->incident_top && core->incident[slot].id.v != 0)
		slot++;
	assert(slot < RCC_INCIDENTS_MAX && event->incident.v == core->incident_last + 1);
	if (slot == core->incident_top)
		core->incident_top++;
	core->incident_count++;
	core->incident_last = event->incident.v;
	core->number_year = event->year;
	core->number_last = event->number;
	struct rcc_incident *incident = &core->incident[slot];
	*incident = (struct rcc_incident){.id = event->incident,
	                                  .year = event->year,
	                                  .number = event->number,
	                                  .status = RCC_INCIDENT_NEW,
	                                  .phase = event->phase,
	                                  .class = event->class,
	                                  .casualty = event->casualty,
	                                  .source = event->source,
	                                  .nature = event->nature,
	                                  .persons = event->persons,
	                                  .pos = event->pos,
	                                  .pos_at_ms = event->pos_at_ms,
	                                  .pos_radius_m = event->pos_radius_m,
	                                  .opened_at_ms = core->at_ms,
	                                  .signal_at_ms = core->at_ms,
	                                  .pos_alert = event->alert,
	                                  .is_restricted = event->restricted != 0,
	                                  .broadcast_pos = RCC_POS_NONE};
	memcpy(incident->name, event->name, sizeof incident->name);
	if (event->alert.v != 0)
		alert_get(core, event->alert)->home = event->incident;
}

/* Where it stands need not be suggested. */
static void
drop_suggestion(struct rcc_alert_state *alert, struct rcc_incident_id incident)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < alert->suggestion_count; i++) {
		if (alert->suggestion[i].incident.v != incident.v)
			alert->suggestion[kept++] = alert->suggestion[i];
	}
	memset(&alert->suggestion[kept], 0, (alert->suggestion_count - kept) * sizeof alert->suggestion[0]);
	alert->suggestion_count = kept;
}

static void
apply_joined(struct rcc_core *core, const struct rcc_alert_joined *event)
{
	struct rcc_alert_state *alert = alert_get(core, event->alert);

	drop_suggestion(alert, event->incident);
	alert->incident = event->incident;
	set_first(core, alert, event->incident);
	incident_get(core, event->incident)->signal_at_ms = core->at_ms;
}

static void
apply_revised(struct rcc_core *core, const struct rcc_position_revised *event)
{
	struct rcc_incident *incident = incident_get(core, event->incident);

	incident->pos = event->pos;
	incident->pos_at_ms = event->pos_at_ms;
	incident->pos_radius_m = event->pos_radius_m;
	incident->pos_alert = event->alert;
}

static void
apply_raised(struct rcc_core *core, const struct rcc_phase_raised *event)
{
	struct rcc_incident *incident = incident_get(core, event->incident);

	assert(event->phase > incident->phase);
	incident->phase = event->phase;
	incident->source = event->source;
}

static void
apply_facts(struct rcc_core *core, const struct rcc_facts_revised *event)
{
	struct rcc_incident *incident = incident_get(core, event->incident);

	incident->nature = event->nature;
	incident->persons = event->persons;
	incident->casualty = event->casualty;
	memcpy(incident->name, event->name, sizeof incident->name);
	incident->has_news = true;
}

static void
apply_held(struct rcc_core *core, const struct rcc_relay_held *event)
{
	struct rcc_incident *incident = incident_get(core, event->incident);

	incident->is_relay_held = true;
	memcpy(incident->hold_reason, event->reason, sizeof incident->hold_reason);
	mark_open(incident);
}

static void
apply_closed(struct rcc_core *core, const struct rcc_incident_closed *event)
{
	struct rcc_incident *incident = incident_get(core, event->incident);

	assert(rcc_incident_may_move(incident->status, RCC_INCIDENT_CLOSED, RCC_BY_OFFICER));
	incident->status = RCC_INCIDENT_CLOSED;
	rcc_apply_orders_over(core, incident);
	incident->review_at_ms = 0;
	incident->closed_at_ms = core->at_ms;
	incident->outcome = event->outcome;
	if (event->outcome == RCC_OUTCOME_JOINED)
		rcc_apply_joined_away(core, incident);
	incident->relay_due_at_ms = 0;
}

static void
apply_drill(struct rcc_core *core, const struct rcc_drill_changed *event)
{
	peer_get(core, event->peer)->drill_until_at_ms = event->until_at_ms;
	if (event->until_at_ms == 0)
		rcc_apply_left(core, event->peer);
}

/* ---- the door ---- */

static void
apply_peer_event(struct rcc_core *core, const struct rcc_event *event)
{
	if (rcc_apply_door(core, event))
		return;
	if (event->kind == RCC_EVENT_RUN_STARTED)
		rcc_apply_run(core, &event->u.run);
	else if (event->kind == RCC_EVENT_PEER_ENROLLED)
		apply_enrolled(core, &event->u.enrolled);
	else if (event->kind == RCC_EVENT_PEER_REVOKED)
		apply_revoked(core, event->u.revoked.peer);
	else if (event->kind == RCC_EVENT_DRILL_CHANGED)
		apply_drill(core, &event->u.drill);
	else if (event->kind == RCC_EVENT_FLOOD_BEGAN)
		apply_flood(core, &event->u.flood);
	else
		apply_silence(core, &event->u.silence, event->kind == RCC_EVENT_PEER_SILENT);
}

static void
apply_alert_event(struct rcc_core *core, const struct rcc_event *event)
{
	if (event->kind == RCC_EVENT_ALERT_RECORDED)
		apply_recorded(core, &event->u.alert);
	else if (event->kind == RCC_EVENT_ALERT_REPEATED)
		apply_repeated(core, &event->u.repeated);
	else if (event->kind == RCC_EVENT_ALERT_DECIDED)
		apply_decided(core, &event->u.decided);
	else if (event->kind == RCC_EVENT_ALERT_JOINED)
		apply_joined(core, &event->u.joined);
	else if (event->kind == RCC_EVENT_QUARANTINE_ESCALATED)
		alert_get(core, event->u.alert_ref.alert)->is_escalated = true;
	else if (event->kind == RCC_EVENT_SUGGESTED)
		apply_suggested(core, &event->u.suggested);
	else if (event->kind == RCC_EVENT_ALERT_MOVED)
		apply_moved(core, &event->u.moved);
	else
		free_alert(core, alert_get(core, event->u.alert_ref.alert));
}

static void
apply_incident_event(struct rcc_core *core, const struct rcc_event *event)
{
	if (event->kind == RCC_EVENT_INCIDENT_OPENED)
		apply_opened(core, &event->u.opened);
	else if (event->kind == RCC_EVENT_POSITION_REVISED)
		apply_revised(core, &event->u.revised);
	else if (event->kind == RCC_EVENT_PHASE_RAISED)
		apply_raised(core, &event->u.raised);
	else if (event->kind == RCC_EVENT_FACTS_REVISED)
		apply_facts(core, &event->u.facts);
	else if (event->kind == RCC_EVENT_RELAY_SCHEDULED)
		incident_get(core, event->u.scheduled.incident)->relay_due_at_ms = event->u.scheduled.due_at_ms;
	else if (event->kind == RCC_EVENT_RELAY_HELD)
		apply_held(core, &event->u.held);
	else if (event->kind == RCC_EVENT_NO_POSITION_OVERDUE)
		incident_get(core, event->u.incident_ref.incident)->is_no_position_overdue = true;
	else if (event->kind == RCC_EVENT_INCIDENT_CLOSED)
		apply_closed(core, &event->u.closed);
	else
		rcc_evict_incident(core, event->u.incident_ref.incident);
}

static void
apply_ledger_event(struct rcc_core *core, const struct rcc_event *event)
{
	if (event->kind == RCC_EVENT_BROADCAST_ISSUED)
		rcc_apply_broadcast(core, &event->u.broadcast);
	else if (event->kind == RCC_EVENT_DELIVERIES_QUEUED)
		rcc_apply_queued(core, &event->u.queued);
	else if (event->kind == RCC_EVENT_DELIVERIES_SENT)
		rcc_apply_sent(core, &event->u.sent);
	else if (event->kind == RCC_EVENT_DELIVERY_STORED)
		rcc_apply_stored(core, &event->u.stored);
	else if (event->kind == RCC_EVENT_DELIVERY_READ)
		rcc_apply_read(core, &event->u.read);
	else if (event->kind == RCC_EVENT_ANSWERED)
		rcc_apply_answered(core, &event->u.answered);
	else if (event->kind == RCC_EVENT_LEDGER_FULL)
		broadcast_get(core, event->u.ledger_full.broadcast)->left_out += event->u.ledger_full.missing;
	else
		rcc_apply_flagged(core, &event->u.flagged);
}

static void
apply_state(struct rcc_core *core, const struct rcc_event *event)
{
	switch (event->kind) {
	case RCC_WORK_EVENTS:
		rcc_apply_work(core, event);
		return;
	case RCC_EVENT_RUN_STARTED:
	case RCC_PEER_EVENTS:
	case RCC_EVENT_DRILL_CHANGED:
	case RCC_EVENT_FLOOD_BEGAN:
		apply_peer_event(core, event);
		return;
	case RCC_EVENT_ALERT_RECORDED:
	case RCC_EVENT_ALERT_REPEATED:
	case RCC_EVENT_ALERT_DECIDED:
	case RCC_EVENT_ALERT_JOINED:
	case RCC_EVENT_ALERT_EVICTED:
	case RCC_EVENT_QUARANTINE_ESCALATED:
	case RCC_EVENT_SUGGESTED:
	case RCC_EVENT_ALERT_MOVED:
		apply_alert_event(core, event);
		return;
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
	case RCC_PLAN_EVENTS:
		rcc_apply_order(core, event);
		return;
	case RCC_EVENT_INCIDENT_OPENED:
	case RCC_EVENT_POSITION_REVISED:
	case RCC_EVENT_PHASE_RAISED:
	case RCC_EVENT_FACTS_REVISED:
	case RCC_EVENT_RELAY_SCHEDULED:
	case RCC_EVENT_RELAY_HELD:
	case RCC_EVENT_NO_POSITION_OVERDUE:
	case RCC_EVENT_INCIDENT_CLOSED:
	case RCC_EVENT_INCIDENT_EVICTED:
		apply_incident_event(core, event);
		return;
	case RCC_EVENT_BROADCAST_ISSUED:
	case RCC_EVENT_DELIVERIES_QUEUED:
	case RCC_EVENT_DELIVERIES_SENT:
	case RCC_EVENT_DELIVERY_STORED:
	case RCC_EVENT_DELIVERY_READ:
	case RCC_EVENT_ANSWERED:
	case RCC_EVENT_DELIVERIES_FLAGGED:
	case RCC_EVENT_LEDGER_FULL:
		apply_ledger_event(core, event);
		return;
	case RCC_EVENT_CALL_LISTED:
	case RCC_EVENT_COMMAND_REFUSED:
	case RCC_EVENT_MESSAGE_CONFLICT:
	case RCC_EVENT_UNSEALED:
		return; /* part of the record, not of the state */
	}
	assert(false && "an event outside its enum");
}

void
rcc_core_apply(struct rcc_core *core, const struct rcc_event *event)
{
	apply_state(core, event);
	rcc_duty_follow(core, event);
}
