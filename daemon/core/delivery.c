/*
 * delivery.c - the ledger: queued, sent, stored, read, answered; each with its own time and evidence, none implied.
 */
#include "rcc/text.h"

#include <assert.h>
#include <string.h>

#include "core/circular.h"
#include "core/duty.h"
#include "core/handover.h"
#include "core/persons.h"
#include "core/place.h"
#include "core/request.h"
#include "core/retention.h"

void
rcc_rule_sent(struct rcc_step *step)
{
	const struct rcc_sent *sent = &step->entry->cause.u.sent;
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_DELIVERIES_SENT);

	for (uint32_t i = 0; i < sent->count; i++) {
		const struct rcc_delivery *line = rcc_delivery_find(step->core, sent->row[i].peer, sent->row[i].number);
		if (line != NULL && line->sent_at_ms == 0)
			event->u.sent.row[event->u.sent.count++] = sent->row[i];
	}
	if (event->u.sent.count > 0)
		rcc_step_emit(step, event);
}

/* The delivery that an answer names, 0 if it is none of that incident: a slip of the number answers no other call. */
static uint32_t
answered_number(const struct rcc_core *core, struct rcc_peer_id peer, const struct rcc_answer *answer)
{
	const struct rcc_delivery *line = rcc_delivery_find(core, peer, answer->number);
	const struct rcc_broadcast *broadcast = line == NULL ? NULL : rcc_broadcast_find(core, line->broadcast);

	return broadcast != NULL && broadcast->incident.v == answer->incident.v ? answer->number : 0;
}

/* A ship answers for itself; what a master says by radio an officer types, whether that ship is registered or not. */
static enum rcc_refusal
who_answers(const struct rcc_step *step, const struct rcc_answer *answer, struct rcc_peer_id *ret_peer,
            struct rcc_mmsi *ret_ship)
{
	const struct rcc_origin *origin = &step->entry->cause.origin;
	const struct rcc_peer *peer = rcc_peer_find(step->core, origin->peer);
	bool is_officer = origin->role == RCC_ROLE_OFFICER || origin->role == RCC_ROLE_ADMIN;

	if (!is_officer && (peer == NULL || !rcc_peer_is_ship(peer)))
		return RCC_REFUSAL_NOT_ALLOWED;
	if (!is_officer && answer->ship.v != 0 && answer->ship.v != peer->mmsi.v)
		return RCC_REFUSAL_NOT_ALLOWED;
	if (is_officer && answer->ship.v == 0)
		return RCC_REFUSAL_RANGE;
	if (is_officer)
		peer = rcc_peer_find_mmsi(step->core, answer->ship);
	*ret_peer = peer == NULL ? (struct rcc_peer_id){0} : peer->id;
	*ret_ship = peer == NULL ? answer->ship : peer->mmsi;
	return (enum rcc_refusal)0;
}

/* The place to which she will not go, if that is what she answers; NULL otherwise. */
static const struct rcc_place_state *
refused_place(const struct rcc_core *core, const struct rcc_answered *answered)
{
	const struct rcc_delivery *line = rcc_delivery_find(core, answered->peer, answered->answer.number);

	return line == NULL || answered->answer.kind != RCC_ANSWER_UNABLE
	           ? NULL
	           : rcc_place_told_by(core, answered->answer.incident, line->broadcast, answered->answer.ship);
}

void
rcc_rule_answer(struct rcc_step *step)
{
	const struct rcc_answer *answer = &step->entry->cause.u.answer;
	const struct rcc_incident *incident = rcc_incident_find(step->core, answer->incident);
	struct rcc_peer_id peer = {0};
	struct rcc_mmsi ship = {0};

	if (incident == NULL || rcc_incident_is_hidden_from(step, incident)) {
		rcc_step_refuse(step, RCC_REFUSAL_NOT_FOUND, "answer.incident");
		return;
	}
	enum rcc_refusal refusal = who_answers(step, answer, &peer, &ship);
	if (refusal != 0) {
		rcc_step_refuse(step, refusal, refusal == RCC_REFUSAL_RANGE ? "answer.ship" : "answer");
		return;
	}
	/* What she answers was said by a record that we have lost: its numbers and cases are others here. */
	if (step->entry->cause.origin.role == RCC_ROLE_VESSEL &&
	    rcc_delivery_is_other(step->core, peer, answer->number, answer->issued_at_ms)) {
		rcc_step_refuse(step, RCC_REFUSAL_NOT_FOUND, "answer.number");
		return;
	}
	/* Who is in distress does not come to her own help, and is not waited for as if she did. */
	if (ship.v == incident->casualty.v) {
		rcc_step_refuse(step, RCC_REFUSAL_IN_DISTRESS, "answer.incident");
		return;
	}
	/* Of a case that is over, or another centre's, a ship's own late word is kept; an officer types it in no case by mistake. */
	if (peer.v == 0 && (incident->status == RCC_INCIDENT_CLOSED || incident->status == RCC_INCIDENT_TRANSFERRED)) {
		rcc_step_refuse(step, RCC_REFUSAL_WRONG_STATE, "answer.incident");
		return;
	}
	/* SOLAS V/33.1: a master who does not proceed enters the reason and tells the rescue service. */
	if (answer->kind == RCC_ANSWER_UNABLE && answer->reason == RCC_REASON_NONE) {
		rcc_step_refuse(step, RCC_REFUSAL_REASON_MISSING, "answer.reason");
		return;
	}
	bool is_new_row = rcc_answer_of(step->core, incident, ship) == NULL;
	/* Making room may take the closed incident that this answer was for. */
	if (is_new_row && (!rcc_room_for_answer(step) || rcc_incident_find(step->core, answer->incident) == NULL)) {
		rcc_step_refuse(step, RCC_REFUSAL_FULL, "answer");
		return;
	}
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_ANSWERED);
	event->u.answered.peer = peer;
	event->u.answered.answer = *answer;
	event->u.answered.answer.number = answered_number(step->core, peer, answer);
	event->u.answered.answer.ship = ship;
	event->u.answered.typed = step->entry->cause.origin.role != RCC_ROLE_VESSEL;
	const struct rcc_place_state *place = refused_place(step->core, &event->u.answered);
	rcc_step_emit(step, event);
	if (place != NULL)
		rcc_place_object(step, answer->incident, place, ship,
		                 answer->text[0] != '\0' ? answer->text : rcc_reason_word(answer->reason));
}

/* Is a line on its way that was made since the clocks run? Those told as unreachable before are older. */
static bool
is_waited_for(const struct rcc_core *core, const struct rcc_broadcast *broadcast)
{
	const struct rcc_delivery *line = rcc_delivery_at(core, broadcast->newest_delivery);

	while (line != NULL && line->queued_at_ms >= broadcast->clock_at_ms && line->state != RCC_DELIVERY_QUEUED &&
	       line->state != RCC_DELIVERY_SENT)
		line = rcc_delivery_at(core, line->of_broadcast);
	return line != NULL && line->queued_at_ms >= broadcast->clock_at_ms;
}

int64_t
rcc_broadcast_deadline_ms(const struct rcc_core *core, const struct rcc_broadcast *broadcast, enum rcc_timer *ret_timer)
{
	const struct rcc_rules *rules = &core->run.rules;

	/* Nobody is in danger if a ship has a bulletin tomorrow. */
	if (broadcast->id.v == 0 || broadcast->unstored == 0 || broadcast->is_unreachable_told ||
	    rcc_broadcast_is_circular(broadcast->kind))
		return INT64_MAX;
	if (broadcast->clock_at_ms != broadcast->issued_at_ms && !is_waited_for(core, broadcast))
		return INT64_MAX;
	if (!broadcast->is_flagged) {
		*ret_timer = RCC_TIMER_FLAG;
		return broadcast->clock_at_ms + rules->flag_after_ms;
	}
	*ret_timer = RCC_TIMER_UNREACHABLE;
	return broadcast->clock_at_ms + rules->unreachable_after_ms;
}

/* Tells the officer of every line of a broadcast that is still not stored. */
static void
flag_broadcast(struct rcc_step *step, struct rcc_broadcast_id id, enum rcc_flag flag)
{
	const struct rcc_core *core = step->core;
	const struct rcc_broadcast *broadcast = rcc_broadcast_find(core, id);
	struct rcc_event *event = NULL;

	for (const struct rcc_delivery *line = rcc_delivery_at(core, broadcast->newest_delivery);
	     line != NULL && rcc_step_room(step) > 0; line = rcc_delivery_at(core, line->of_broadcast)) {
		if (!rcc_delivery_is_open(line) || line->state == RCC_DELIVERY_UNREACHABLE)
			continue;
		if (event == NULL) {
			event = rcc_step_event(step, RCC_EVENT_DELIVERIES_FLAGGED);
			event->u.flagged.broadcast = id;
			event->u.flagged.flag = flag;
		}
		event->u.flagged.row[event->u.flagged.count++] = (struct rcc_delivery_ref){line->peer, line->number};
		if (event->u.flagged.count == RCC_SENT_ROWS_MAX) {
			rcc_step_emit(step, event);
			event = NULL;
		}
	}
	if (event != NULL)
		rcc_step_emit(step, event);
}

static void
emit_alert_escalated(struct rcc_step *step, uint32_t id)
{
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_QUARANTINE_ESCALATED);

	event->u.alert_ref.alert.v = id;
	rcc_step_emit(step, event);
}

static void
emit_incident(struct rcc_step *step, enum rcc_event_kind kind, uint32_t id)
{
	struct rcc_event *event = rcc_step_event(step, kind);

	event->u.incident_ref.incident.v = id;
	rcc_step_emit(step, event);
}

/* Is the clock that this command names really run out? A repeated or stale one changes nothing. */
static bool
is_run_out(const struct rcc_step *step, const struct rcc_due *due)
{
	const struct rcc_core *core = step->core;
	const struct rcc_incident *incident = rcc_incident_find(core, (struct rcc_incident_id){due->id});
	const struct rcc_alert_state *alert = rcc_alert_find(core, (struct rcc_alert_id){due->id});
	const struct rcc_broadcast *broadcast = rcc_broadcast_find(core, (struct rcc_broadcast_id){due->id});
	const struct rcc_plan_state *plan = rcc_plan_find(core, (struct rcc_plan_id){due->id});
	const struct rcc_duty *duty = rcc_duty_find(core, (struct rcc_duty_id){due->id});
	enum rcc_timer timer = due->timer;
	int64_t at_ms = INT64_MAX;

	switch (due->timer) {
	case RCC_TIMER_RELAY:
	case RCC_TIMER_NO_POSITION:
	case RCC_TIMER_REVIEW:
		at_ms = incident == NULL ? INT64_MAX : rcc_incident_deadline_ms(core, incident, &timer);
		break;
	case RCC_TIMER_QUARANTINE:
		at_ms = alert == NULL ? INT64_MAX : rcc_alert_deadline_ms(core, alert);
		break;
	case RCC_TIMER_FLAG:
	case RCC_TIMER_UNREACHABLE:
		at_ms = broadcast == NULL ? INT64_MAX : rcc_broadcast_deadline_ms(core, broadcast, &timer);
		break;
	case RCC_TIMER_NOTICE:
		timer = RCC_TIMER_NOTICE;
		at_ms = incident == NULL ? INT64_MAX : rcc_notice_deadline_ms(incident);
		break;
	case RCC_TIMER_OVERDUE:
		at_ms = plan == NULL ? INT64_MAX : rcc_plan_deadline_ms(core, plan);
		break;
	case RCC_TIMER_DUTY:
		at_ms = duty == NULL ? INT64_MAX : rcc_duty_deadline_ms(duty);
		break;
	case RCC_TIMER_PARITY:
		at_ms = rcc_parity_deadline_ms(core);
		break;
	case RCC_TIMER_HANDOVER:
		at_ms = rcc_handover_id_deadline_ms(core, due->id);
		break;
	case RCC_TIMER_REQUEST:
		at_ms = rcc_request_id_deadline_ms(core, (struct rcc_request_id){due->id});
		break;
	case RCC_TIMER_RETENTION:
		at_ms = rcc_retention_deadline_ms(core);
		break;
	}
	return timer == due->timer && at_ms <= step->entry->cause.at_ms;
}

void
rcc_rule_due(struct rcc_step *step)
{
	const struct rcc_due *due = &step->entry->cause.u.due;

	if (!is_run_out(step, due))
		return;
	switch (due->timer) {
	case RCC_TIMER_RELAY:
		rcc_incident_relay_if_due(step, (struct rcc_incident_id){due->id});
		return;
	case RCC_TIMER_NO_POSITION:
		emit_incident(step, RCC_EVENT_NO_POSITION_OVERDUE, due->id);
		return;
	case RCC_TIMER_REVIEW:
		emit_incident(step, RCC_EVENT_REVIEW_DUE, due->id);
		return;
	case RCC_TIMER_NOTICE:
		emit_incident(step, RCC_EVENT_NOTICE_EXPIRED, due->id);
		return;
	case RCC_TIMER_OVERDUE:
		rcc_plan_overdue(step, (struct rcc_plan_id){due->id});
		return;
	case RCC_TIMER_DUTY:
		rcc_duty_overdue(step, (struct rcc_duty_id){due->id});
		return;
	case RCC_TIMER_PARITY:
		rcc_parity_due(step);
		return;
	case RCC_TIMER_HANDOVER:
		rcc_handover_silent(step, due->id);
		return;
	case RCC_TIMER_REQUEST:
		rcc_request_silent(step, (struct rcc_request_id){due->id});
		return;
	case RCC_TIMER_RETENTION:
		rcc_retention_due(step);
		return;
	case RCC_TIMER_QUARANTINE:
		emit_alert_escalated(step, due->id);
		return;
	case RCC_TIMER_FLAG:
		flag_broadcast(step, (struct rcc_broadcast_id){due->id}, RCC_FLAG_NOT_STORED);
		return;
	case RCC_TIMER_UNREACHABLE:
		flag_broadcast(step, (struct rcc_broadcast_id){due->id}, RCC_FLAG_USE_OTHER_CHANNEL);
		return;
	}
	assert(false && "a timer outside its enum");
}

/*
 * The lowest line that is still to be brought to her, of calls, of circulars, or of either. What was overtaken before she had it is
 * not brought any more, once something newer stands behind it, which tells her so (Delivery.overtaken_from): hours cost her one message.
 */
static uint32_t
next_unstored_of(const struct rcc_core *core, struct rcc_peer_id peer_id, uint32_t after, bool is_call,
                 bool is_circular)
{
	const struct rcc_peer *peer = rcc_peer_find(core, peer_id);
	bool has_newer = false;
	uint32_t next = 0;

	for (const struct rcc_delivery *line = peer == NULL ? NULL : rcc_delivery_at(core, peer->newest_delivery);
	     line != NULL && line->number > after; line = rcc_delivery_at(core, line->of_peer)) {
		bool is_overtaken = line->state == RCC_DELIVERY_CANCELLED;
		enum rcc_broadcast_kind kind = rcc_broadcast_find(core, line->broadcast)->kind;
		/* An order that was taken back is passed over though nothing came after it. */
		bool is_passed_over = is_overtaken && (has_newer || rcc_broadcast_is_directed(kind));
		if (line->stored_at_ms == 0 && !is_passed_over &&
		    (rcc_broadcast_is_circular(kind) ? is_circular : is_call))
			next = line->number;
		has_newer = has_newer || !is_overtaken;
	}
	return next;
}

uint32_t
rcc_core_next_unstored(const struct rcc_core *core, struct rcc_peer_id peer, uint32_t after)
{
	return next_unstored_of(core, peer, after, true, true);
}

uint32_t
rcc_core_last_stored(const struct rcc_core *core, struct rcc_peer_id peer_id)
{
	const struct rcc_peer *peer = rcc_peer_find(core, peer_id);
	const struct rcc_delivery *line = peer == NULL ? NULL : rcc_delivery_at(core, peer->newest_delivery);

	while (line != NULL && line->stored_at_ms == 0)
		line = rcc_delivery_at(core, line->of_peer);
	return line == NULL ? 0 : line->number;
}

/* Where the run of overtaken lines right below this one begins; 0 = there is none. */
static uint32_t
overtaken_from(const struct rcc_core *core, const struct rcc_delivery *line)
{
	uint32_t from = 0;

	for (line = rcc_delivery_at(core, line->of_peer);
	     line != NULL && line->state == RCC_DELIVERY_CANCELLED && line->stored_at_ms == 0;
	     line = rcc_delivery_at(core, line->of_peer))
		from = line->number;
	return from;
}

uint32_t
rcc_core_next_unstored_call(const struct rcc_core *core, struct rcc_peer_id peer, uint32_t after)
{
	return next_unstored_of(core, peer, after, true, false);
}

uint32_t
rcc_core_next_unstored_circular(const struct rcc_core *core, struct rcc_peer_id peer, uint32_t after)
{
	return next_unstored_of(core, peer, after, false, true);
}

/* Is there something newer that stands in its place? */
static bool
is_replaced(const struct rcc_core *core, const struct rcc_broadcast *broadcast, const struct rcc_incident *incident)
{
	if (rcc_broadcast_is_circular(broadcast->kind))
		return !rcc_circular_is_current(core, broadcast, core->at_ms);
	return !rcc_broadcast_is_directed(broadcast->kind) && broadcast->id.v != incident->last_broadcast.v;
}

uint32_t
rcc_core_next_lost(const struct rcc_core *core, struct rcc_peer_id peer_id, uint32_t after)
{
	const struct rcc_peer *peer = rcc_peer_find(core, peer_id);
	uint32_t next = 0;

	for (const struct rcc_delivery *line = peer == NULL ? NULL : rcc_delivery_at(core, peer->newest_delivery);
	     line != NULL && line->number > after; line = rcc_delivery_at(core, line->of_peer)) {
		const struct rcc_broadcast *broadcast = rcc_broadcast_find(core, line->broadcast);
		const struct rcc_incident *incident = rcc_incident_find(core, broadcast->incident);
		bool is_over = incident != NULL && incident->status == RCC_INCIDENT_CLOSED;
		if (!is_over && line->state != RCC_DELIVERY_CANCELLED && !is_replaced(core, broadcast, incident))
			next = line->number;
	}
	return next;
}

enum rcc_status
rcc_core_delivery(const struct rcc_core *core, struct rcc_peer_id peer, uint32_t number,
                  struct rcc_delivery_msg *ret_delivery)
{
	const struct rcc_delivery *line = rcc_delivery_find(core, peer, number);

	if (line == NULL)
		return RCC_E_NOT_FOUND;
	const struct rcc_broadcast *broadcast = rcc_broadcast_find(core, line->broadcast);
	/* What is of no case is live, and has no number of one. */
	static const struct rcc_incident of_none = {.class = RCC_CLASS_LIVE};
	bool is_circular = rcc_broadcast_is_circular(broadcast->kind);
	const struct rcc_incident *incident = is_circular ? &of_none : rcc_incident_find(core, broadcast->incident);
	*ret_delivery = (struct rcc_delivery_msg){
	    .number = number,
	    .broadcast = broadcast->id,
	    .incident = incident->id,
	    .incident_year = incident->year,
	    .incident_number = incident->number,
	    .kind = broadcast->kind,
	    .class = incident->class,
	    .revision = broadcast->revision,
	    .issued_at_ms = broadcast->issued_at_ms,
	    .expires_at_ms = broadcast->expires_at_ms,
	    .source = broadcast->source,
	    .nature = broadcast->nature,
	    .casualty = broadcast->casualty,
	    .pos = broadcast->pos,
	    .pos_at_ms = broadcast->pos_at_ms,
	    .pos_radius_m = broadcast->pos_radius_m,
	    .persons = broadcast->persons,
	    .verified = broadcast->is_verified,
	    .range_m = line->range_m,
	    .bearing_ddeg = line->bearing_ddeg,
	    .eta_min = line->eta_min,
	    .called_on = line->is_called_on,
	    .replaced = is_replaced(core, broadcast, incident) || line->state == RCC_DELIVERY_CANCELLED,
	    .attempt = 1,
	    .overtaken_from = overtaken_from(core, line),
	};
	ret_delivery->persons_left =
	    !is_circular && rcc_persons_is_told(core, incident)
	        ? rcc_persons_at_risk(core, incident->id) + rcc_persons_missing(core, incident->id)
	        : RCC_PERSONS_LEFT_UNKNOWN;
	if (!is_circular)
		ret_delivery->aboard = rcc_persons_ship_aboard(core, incident->id, rcc_peer_find(core, peer)->mmsi);
	memcpy(ret_delivery->name, broadcast->name, sizeof ret_delivery->name);
	memcpy(ret_delivery->text, broadcast->text, sizeof ret_delivery->text);
	memcpy(ret_delivery->centre, core->run.centre, sizeof ret_delivery->centre);
	ret_delivery->doubts = broadcast->doubts;
	ret_delivery->candidate_count = broadcast->candidate_count;
	memcpy(ret_delivery->candidate, broadcast->candidate, sizeof ret_delivery->candidate);
	return RCC_OK;
}
