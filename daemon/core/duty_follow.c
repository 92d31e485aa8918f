/*
 * duty_follow.c - what opens and settles the lines of the duty ledger: each event of the record, in turn.
 *
 * Part of apply: decides nothing that is not a plain consequence of the event, so that every replay recomputes the ledger.
 */
#include <assert.h>

#include "core/apply_internal.h"
#include "core/duty_internal.h"
#include "rcc/units.h"

static const struct rcc_mmsi centre = {0};

/* The duties of a ship that end with its release; those towards survivors aboard do not. */
static const enum rcc_duty_rule of_response[] = {RCC_DUTY_RULE_ASSIST,  RCC_DUTY_RULE_TELL_ETA,
                                                 RCC_DUTY_RULE_COMPLY,  RCC_DUTY_RULE_COORDINATE,
                                                 RCC_DUTY_RULE_DO_TASK, RCC_DUTY_RULE_CONTACT};
#define RESPONSES (sizeof of_response / sizeof of_response[0])

static struct rcc_duty *
row_of(struct rcc_core *core, const struct rcc_incident *incident, enum rcc_duty_rule rule, struct rcc_mmsi ship)
{
	return rcc_duty_row(core, rcc_duty_of(core, incident->id, rule, ship, 0));
}

static void
set(struct rcc_core *core, const struct rcc_incident *incident, enum rcc_duty_rule rule, struct rcc_mmsi ship,
    enum rcc_duty_state state)
{
	rcc_duty_set(core, row_of(core, incident, rule, ship), state);
}

static void
done(struct rcc_core *core, const struct rcc_incident *incident, enum rcc_duty_rule rule)
{
	set(core, incident, rule, centre, RCC_DUTY_DISCHARGED);
}

static bool
is_response(const struct rcc_duty *row)
{
	for (size_t i = 0; i < RESPONSES; i++) {
		if (row->rule == of_response[i])
			return true;
	}
	return false;
}

static void
end_response(struct rcc_core *core, const struct rcc_incident *incident, struct rcc_mmsi ship,
             enum rcc_duty_state state)
{
	for (size_t i = 0; i < RESPONSES; i++)
		set(core, incident, of_response[i], ship, state);
}

/* Nobody is called upon any more. */
static void
end_responses(struct rcc_core *core, struct rcc_incident *incident)
{
	for (uint32_t slot1 = incident->newest_duty; slot1 != 0; slot1 = core->duty[slot1 - 1].previous) {
		if (is_response(&core->duty[slot1 - 1]))
			rcc_duty_set(core, &core->duty[slot1 - 1], RCC_DUTY_SUPERSEDED);
	}
	set(core, incident, RCC_DUTY_RULE_COORDINATOR, centre, RCC_DUTY_SUPERSEDED);
	set(core, incident, RCC_DUTY_RULE_RELEASE, centre, RCC_DUTY_SUPERSEDED);
}

/* ---- the centre's own ---- */

/* What the case as it stands now has settled. */
static void
settle_by_state(struct rcc_core *core, struct rcc_incident *incident)
{
	if (incident->status != RCC_INCIDENT_NEW)
		done(core, incident, RCC_DUTY_RULE_EVALUATE);
	if (rcc_pos_is_known(incident->pos))
		done(core, incident, RCC_DUTY_RULE_LOCATE);
	if (incident->smc[0] != '\0')
		done(core, incident, RCC_DUTY_RULE_COORDINATE_CASE);
	if (incident->is_relay_held)
		set(core, incident, RCC_DUTY_RULE_RELAY, centre, RCC_DUTY_EXCUSED);
	else if (rcc_incident_is_told(incident))
		done(core, incident, RCC_DUTY_RULE_RELAY);
}

static void
follow_phase(struct rcc_core *core, struct rcc_incident *incident)
{
	if (incident->phase == RCC_PHASE_UNCERTAINTY)
		(void)rcc_duty_open(core, incident, RCC_DUTY_RULE_INQUIRE, centre, 0);
	else
		done(core, incident, RCC_DUTY_RULE_INQUIRE);
	if (incident->phase == RCC_PHASE_ALERT)
		(void)rcc_duty_open(core, incident, RCC_DUTY_RULE_WIDEN, centre, 0);
	else
		set(core, incident, RCC_DUTY_RULE_WIDEN, centre, RCC_DUTY_SUPERSEDED);
	if (incident->phase == RCC_PHASE_DISTRESS && !incident->is_restricted)
		(void)rcc_duty_open(core, incident, RCC_DUTY_RULE_RELAY, centre, 0);
	else
		set(core, incident, RCC_DUTY_RULE_RELAY, centre, RCC_DUTY_SUPERSEDED);
	if (incident->phase != RCC_PHASE_UNCERTAINTY && !rcc_pos_is_known(incident->pos))
		(void)rcc_duty_open(core, incident, RCC_DUTY_RULE_LOCATE, centre, 0);
	settle_by_state(core, incident);
}

static void
follow_opened(struct rcc_core *core, const struct rcc_incident_opened *opened)
{
	struct rcc_incident *incident = incident_get(core, opened->incident);

	/* An officer who typed it in has evaluated it. */
	if (opened->source != RCC_SOURCE_OFFICER)
		(void)rcc_duty_open(core, incident, RCC_DUTY_RULE_EVALUATE, centre, 0);
	(void)rcc_duty_open(core, incident, RCC_DUTY_RULE_ACT, centre, 0);
	(void)rcc_duty_open(core, incident, RCC_DUTY_RULE_COORDINATE_CASE, centre, 0);
	follow_phase(core, incident);
}

static void
follow_note(struct rcc_core *core, const struct rcc_note *note)
{
	const struct rcc_incident *incident = incident_get(core, note->incident);

	if (note->kind == RCC_NOTE_INQUIRY || note->kind == RCC_NOTE_FORWARDED || note->kind == RCC_NOTE_ACTION ||
	    note->kind == RCC_NOTE_CONSULTATION) {
		done(core, incident, RCC_DUTY_RULE_ACT);
		done(core, incident, RCC_DUTY_RULE_INQUIRE);
		done(core, incident, RCC_DUTY_RULE_WIDEN);
	}
	if (note->kind == RCC_NOTE_CONSULTATION || note->kind == RCC_NOTE_FORWARDED)
		set(core, incident, RCC_DUTY_RULE_LOCATE, centre, RCC_DUTY_ACKNOWLEDGED);
	if (note->kind == RCC_NOTE_CASUALTY_TOLD)
		done(core, incident, RCC_DUTY_RULE_TELL_CASUALTY);
}

/* ---- telling ---- */

static void
follow_broadcast(struct rcc_core *core, const struct rcc_broadcast_issued *issued)
{
	struct rcc_incident *incident = incident_get(core, issued->incident);

	done(core, incident, RCC_DUTY_RULE_ACT);
	if (issued->kind == RCC_BROADCAST_CANCEL || issued->kind == RCC_BROADCAST_SUSPENDED)
		end_responses(core, incident);
	if (issued->kind == RCC_BROADCAST_DISTRESS_RELAY && incident->casualty.v != 0)
		(void)rcc_duty_open(core, incident, RCC_DUTY_RULE_TELL_CASUALTY, centre, 0);
	/* Told anew: what was to be told before has no object any more. */
	if (issued->kind != RCC_BROADCAST_CANCEL && !rcc_broadcast_is_directed(issued->kind))
		set(core, incident, RCC_DUTY_RULE_TELL_END, centre, RCC_DUTY_SUPERSEDED);
	if (issued->kind != RCC_BROADCAST_SUSPENDED && !rcc_broadcast_is_directed(issued->kind))
		set(core, incident, RCC_DUTY_RULE_TELL_SUSPENDED, centre, RCC_DUTY_SUPERSEDED);
	settle_by_state(core, incident);
}

static void
follow_queued(struct rcc_core *core, const struct rcc_deliveries_queued *queued)
{
	const struct rcc_broadcast *broadcast = broadcast_get(core, queued->broadcast);
	struct rcc_incident *incident = incident_get(core, broadcast->incident);

	if (broadcast->kind == RCC_BROADCAST_CANCEL)
		(void)rcc_duty_open(core, incident, RCC_DUTY_RULE_TELL_END, centre, 0);
	if (broadcast->kind == RCC_BROADCAST_SUSPENDED)
		(void)rcc_duty_open(core, incident, RCC_DUTY_RULE_TELL_SUSPENDED, centre, 0);
	if (broadcast->kind != RCC_BROADCAST_DISTRESS_RELAY && broadcast->kind != RCC_BROADCAST_UPDATE)
		return;
	for (uint32_t i = 0; i < queued->count; i++) {
		struct rcc_mmsi ship = peer_get(core, queued->row[i].peer)->mmsi;
		/* A ship that has answered is not asked again by every update. */
		if (queued->row[i].called_on != 0 && row_of(core, incident, RCC_DUTY_RULE_ASSIST, ship) == NULL)
			(void)rcc_duty_open(core, incident, RCC_DUTY_RULE_ASSIST, ship, 0);
	}
}

/* Is a ship in distress herself the one who has it now? */
static void
follow_casualty(struct rcc_core *core, struct rcc_incident *incident, const struct rcc_peer *peer)
{
	const struct rcc_broadcast *broadcast = rcc_broadcast_at(core, incident->newest_broadcast);

	if (incident->casualty.v == 0 || incident->casualty.v != peer->mmsi.v || broadcast == NULL)
		return;
	const struct rcc_delivery *line = rcc_delivery_of(core, broadcast, peer->id);
	if (line != NULL && !rcc_delivery_is_open(line))
		done(core, incident, RCC_DUTY_RULE_TELL_CASUALTY);
}

/* A line was stored, read or answered: of some cases everybody may have the end now. */
static void
follow_lines(struct rcc_core *core, struct rcc_peer_id id)
{
	const struct rcc_peer *peer = peer_get(core, id);

	for (uint32_t i = 0; i < core->incident_top; i++) {
		struct rcc_incident *incident = &core->incident[i];
		const struct rcc_broadcast *newest = rcc_broadcast_at(core, incident->newest_broadcast);
		if (incident->id.v == 0 || newest == NULL)
			continue;
		follow_casualty(core, incident, peer);
		if (!incident->is_cancelled || newest->unstored != 0)
			continue;
		done(core, incident, RCC_DUTY_RULE_TELL_END);
		done(core, incident, RCC_DUTY_RULE_TELL_SUSPENDED);
	}
}

/* ---- ships ---- */

static bool
has_coordinator(const struct rcc_core *core, const struct rcc_incident *incident)
{
	for (const struct rcc_duty *row = rcc_duty_at(core, incident->newest_duty); row != NULL;
	     row = rcc_duty_at(core, row->previous)) {
		if (row->rule == RCC_DUTY_RULE_COORDINATE &&
		    (rcc_duty_is_open(row) || row->state == RCC_DUTY_DISCHARGED))
			return true;
	}
	return false;
}

/* Somebody is coming, or is there: who coordinates on scene is to be settled before the first of them arrives. */
static void
want_coordinator(struct rcc_core *core, struct rcc_incident *incident, uint32_t eta_min, bool is_there)
{
	if (has_coordinator(core, incident))
		return;
	struct rcc_duty *row = rcc_duty_open(core, incident, RCC_DUTY_RULE_COORDINATOR, centre, 0);
	if (row == NULL)
		return;
	int64_t due_at_ms = eta_min == RCC_ETA_UNKNOWN_MIN ? 0 : core->at_ms + (int64_t)eta_min * RCC_MS_PER_MIN;
	if (due_at_ms != 0 && (row->due_at_ms == 0 || due_at_ms < row->due_at_ms) && row->state == RCC_DUTY_OPEN)
		row->due_at_ms = due_at_ms;
	if (is_there && row->state == RCC_DUTY_OPEN) {
		rcc_duty_set(core, row, RCC_DUTY_OVERDUE);
		row->is_late = true;
		row->due_at_ms = 0;
	}
}

/* She has been heard: her next report is due anew. */
static void
hear(struct rcc_core *core, const struct rcc_incident *incident, struct rcc_mmsi ship)
{
	struct rcc_duty *row = row_of(core, incident, RCC_DUTY_RULE_CONTACT, ship);

	if (row == NULL || !rcc_duty_is_open(row))
		return;
	row->state = RCC_DUTY_OPEN;
	row->changed_at_ms = core->at_ms;
	row->changed_seq = core->seq + 1;
	row->due_at_ms = core->at_ms + (int64_t)row->interval_min * RCC_MS_PER_MIN;
}

/* The requisitioned ship complies: the others are to be released (SOLAS V/33.3). */
static void
want_release(struct rcc_core *core, struct rcc_incident *incident, struct rcc_mmsi complying)
{
	const struct rcc_duty *comply = row_of(core, incident, RCC_DUTY_RULE_COMPLY, complying);

	if (comply == NULL || !rcc_duty_is_open(comply))
		return;
	for (const struct rcc_duty *row = rcc_duty_at(core, incident->newest_duty); row != NULL;
	     row = rcc_duty_at(core, row->previous)) {
		bool is_other = row->rule == RCC_DUTY_RULE_ASSIST && rcc_duty_is_open(row) &&
		                row_of(core, incident, RCC_DUTY_RULE_COMPLY, row->ship) == NULL;
		if (is_other) {
			(void)rcc_duty_open(core, incident, RCC_DUTY_RULE_RELEASE, centre, 0);
			return;
		}
	}
}

static void
follow_proceeding(struct rcc_core *core, struct rcc_incident *incident, struct rcc_mmsi ship, uint32_t eta_min)
{
	/* Who comes without having been called has taken it on. */
	(void)rcc_duty_open(core, incident, RCC_DUTY_RULE_ASSIST, ship, 0);
	set(core, incident, RCC_DUTY_RULE_ASSIST, ship, RCC_DUTY_ACKNOWLEDGED);
	set(core, incident, RCC_DUTY_RULE_COMPLY, ship, RCC_DUTY_ACKNOWLEDGED);
	set(core, incident, RCC_DUTY_RULE_DO_TASK, ship, RCC_DUTY_ACKNOWLEDGED);
	set(core, incident, RCC_DUTY_RULE_COORDINATE, ship, RCC_DUTY_DISCHARGED);
	if (eta_min == RCC_ETA_UNKNOWN_MIN)
		(void)rcc_duty_open(core, incident, RCC_DUTY_RULE_TELL_ETA, ship, 0);
	else
		set(core, incident, RCC_DUTY_RULE_TELL_ETA, ship, RCC_DUTY_DISCHARGED);
	want_coordinator(core, incident, eta_min, false);
	want_release(core, incident, ship);
}

/* She coordinated on scene, and cannot any more: another is to be designated now. */
static void
lose_coordinator(struct rcc_core *core, struct rcc_incident *incident, struct rcc_mmsi ship)
{
	struct rcc_duty *row = row_of(core, incident, RCC_DUTY_RULE_COORDINATE, ship);

	if (row == NULL || (row->state != RCC_DUTY_DISCHARGED && row->state != RCC_DUTY_EXCUSED))
		return;
	row->state = RCC_DUTY_EXCUSED;
	if (rcc_incident_is_told(incident))
		want_coordinator(core, incident, 0, false);
}

static void
follow_need_detail(struct rcc_core *core, const struct rcc_incident *incident, struct rcc_mmsi ship)
{
	struct rcc_duty *row = row_of(core, incident, RCC_DUTY_RULE_ASSIST, ship);

	/* She has asked: her time to answer begins when she has been told. */
	if (row != NULL && row->state == RCC_DUTY_OPEN && row->due_at_ms != 0)
		row->due_at_ms = core->at_ms + core->run.rules.duty_ms[RCC_DUTY_RULE_ASSIST];
}

static void
follow_answer(struct rcc_core *core, const struct rcc_answered *answered)
{
	struct rcc_incident *incident = incident_get(core, answered->answer.incident);
	struct rcc_mmsi ship = answered->peer.v != 0 ? peer_get(core, answered->peer)->mmsi : answered->answer.ship;

	hear(core, incident, ship);
	switch (answered->answer.kind) {
	case RCC_ANSWER_PROCEEDING:
		follow_proceeding(core, incident, ship, answered->answer.eta_min);
		break;
	case RCC_ANSWER_UNABLE:
		end_response(core, incident, ship, RCC_DUTY_EXCUSED);
		lose_coordinator(core, incident, ship);
		break;
	case RCC_ANSWER_NEED_DETAIL:
		follow_need_detail(core, incident, ship);
		break;
	case RCC_ANSWER_ON_SCENE:
		set(core, incident, RCC_DUTY_RULE_ASSIST, ship, RCC_DUTY_DISCHARGED);
		set(core, incident, RCC_DUTY_RULE_COMPLY, ship, RCC_DUTY_DISCHARGED);
		set(core, incident, RCC_DUTY_RULE_TELL_ETA, ship, RCC_DUTY_DISCHARGED);
		set(core, incident, RCC_DUTY_RULE_DO_TASK, ship, RCC_DUTY_ACKNOWLEDGED);
		want_coordinator(core, incident, 0, true);
		break;
	case RCC_ANSWER_DONE:
		end_response(core, incident, ship, RCC_DUTY_DISCHARGED);
		break;
	}
	if (answered->peer.v != 0)
		follow_lines(core, answered->peer);
}

static void
follow_release(struct rcc_core *core, struct rcc_incident *incident, const struct rcc_task *task)
{
	if (task->ship.v != 0) {
		end_response(core, incident, task->ship, RCC_DUTY_SUPERSEDED);
		return;
	}
	for (uint32_t slot1 = incident->newest_duty; slot1 != 0; slot1 = core->duty[slot1 - 1].previous) {
		struct rcc_duty *row = &core->duty[slot1 - 1];
		const struct rcc_duty *comply = row_of(core, incident, RCC_DUTY_RULE_COMPLY, row->ship);
		bool stays = task->others_comply != 0 && comply != NULL && rcc_duty_is_open(comply);
		if (is_response(row) && !stays)
			rcc_duty_set(core, row, RCC_DUTY_SUPERSEDED);
	}
	done(core, incident, RCC_DUTY_RULE_RELEASE);
}

static void
follow_task(struct rcc_core *core, const struct rcc_task *task)
{
	struct rcc_incident *incident = incident_get(core, task->incident);
	struct rcc_duty *row = NULL;

	done(core, incident, RCC_DUTY_RULE_ACT);
	switch (task->kind) {
	case RCC_TASK_ASSIST:
		(void)rcc_duty_open(core, incident, RCC_DUTY_RULE_DO_TASK, task->ship, 0);
		break;
	case RCC_TASK_REQUISITION:
		(void)rcc_duty_open(core, incident, RCC_DUTY_RULE_COMPLY, task->ship, 0);
		break;
	case RCC_TASK_COORDINATE:
		/* There is one: who was designated before is relieved of it. */
		for (uint32_t slot1 = incident->newest_duty; slot1 != 0; slot1 = core->duty[slot1 - 1].previous) {
			row = &core->duty[slot1 - 1];
			if (row->rule == RCC_DUTY_RULE_COORDINATE && row->ship.v != task->ship.v)
				row->state = RCC_DUTY_SUPERSEDED;
		}
		(void)rcc_duty_open(core, incident, RCC_DUTY_RULE_COORDINATE, task->ship, 0);
		done(core, incident, RCC_DUTY_RULE_COORDINATOR);
		break;
	case RCC_TASK_RELEASE:
		follow_release(core, incident, task);
		return;
	}
	if (task->contact_min != 0) {
		row = rcc_duty_open(core, incident, RCC_DUTY_RULE_CONTACT, task->ship, 0);
		if (row != NULL)
			row->interval_min = task->contact_min;
		hear(core, incident, task->ship);
	}
}

/* ---- people, places, help ---- */

static void
follow_need(struct rcc_core *core, const struct rcc_need_changed *changed)
{
	static const enum rcc_duty_state states[] = {
	    [RCC_NEED_PROMISED] = RCC_DUTY_ACKNOWLEDGED,
	    [RCC_NEED_MET] = RCC_DUTY_DISCHARGED,
	    [RCC_NEED_REFUSED] = RCC_DUTY_EXCUSED,
	    [RCC_NEED_WITHDRAWN] = RCC_DUTY_SUPERSEDED,
	};
	const struct rcc_need *need = &changed->body;
	struct rcc_incident *incident = incident_get(core, need->incident);

	if (need->state == RCC_NEED_ASKED)
		(void)rcc_duty_open(core, incident, RCC_DUTY_RULE_MEET_NEED, centre, need->need.v);
	else
		rcc_duty_set(
		    core,
		    rcc_duty_row(core, rcc_duty_of(core, incident->id, RCC_DUTY_RULE_MEET_NEED, centre, need->need.v)),
		    states[need->state]);
	hear(core, incident, need->ship);
}

static void
follow_place(struct rcc_core *core, const struct rcc_place *place)
{
	struct rcc_incident *incident = incident_get(core, place->incident);

	if (place->step == RCC_PLACE_ASKED || place->step == RCC_PLACE_OFFERED || place->step == RCC_PLACE_CHECKED)
		done(core, incident, RCC_DUTY_RULE_SEEK_PLACE);
	if (place->step == RCC_PLACE_FEARED)
		(void)rcc_duty_open(core, incident, RCC_DUTY_RULE_REVIEW_FEAR, centre, place->place.v);
	if (place->step == RCC_PLACE_REVIEWED)
		rcc_duty_set(core,
		             rcc_duty_row(core, rcc_duty_of(core, incident->id, RCC_DUTY_RULE_REVIEW_FEAR, centre,
		                                            place->place.v)),
		             RCC_DUTY_DISCHARGED);
}

/* ---- the end ---- */

/* A closed case leaves nothing open but the telling of its end, which goes on until everybody has it. */
static void
follow_closed(struct rcc_core *core, const struct rcc_incident *incident)
{
	for (uint32_t slot1 = incident->newest_duty; slot1 != 0; slot1 = core->duty[slot1 - 1].previous) {
		if (core->duty[slot1 - 1].rule != RCC_DUTY_RULE_TELL_END)
			rcc_duty_set(core, &core->duty[slot1 - 1], RCC_DUTY_SUPERSEDED);
	}
}

static void
follow_work(struct rcc_core *core, const struct rcc_event *event)
{
	if (event->kind == RCC_EVENT_TASKED)
		follow_task(core, &event->u.tasked.body);
	else if (event->kind == RCC_EVENT_NEED_CHANGED)
		follow_need(core, &event->u.need_changed);
	else if (event->kind == RCC_EVENT_PLACE_STEPPED)
		follow_place(core, &event->u.place_stepped.body);
	else if (event->kind == RCC_EVENT_REFERRED)
		done(core, incident_get(core, event->u.referred.body.incident), RCC_DUTY_RULE_REFER);
	else if (event->kind == RCC_EVENT_NOTED)
		follow_note(core, &event->u.noted.body);
	else if (event->kind == RCC_EVENT_SMC_SET)
		settle_by_state(core, incident_get(core, event->u.smc_set.body.incident));
}

void
rcc_duty_follow(struct rcc_core *core, const struct rcc_event *event)
{
	switch ((int)event->kind) {
	case RCC_EVENT_INCIDENT_OPENED:
		follow_opened(core, &event->u.opened);
		break;
	case RCC_EVENT_PHASE_RAISED:
		follow_phase(core, incident_get(core, event->u.raised.incident));
		break;
	case RCC_EVENT_PHASE_SET:
		follow_phase(core, incident_get(core, event->u.phase.incident));
		break;
	case RCC_EVENT_POSITION_REVISED:
		settle_by_state(core, incident_get(core, event->u.revised.incident));
		break;
	case RCC_EVENT_INCIDENT_REVISED:
		settle_by_state(core, incident_get(core, event->u.incident.incident));
		break;
	case RCC_EVENT_RELAY_HELD:
		settle_by_state(core, incident_get(core, event->u.held.incident));
		break;
	case RCC_EVENT_BROADCAST_ISSUED:
		follow_broadcast(core, &event->u.broadcast);
		break;
	case RCC_EVENT_DELIVERIES_QUEUED:
		follow_queued(core, &event->u.queued);
		break;
	case RCC_EVENT_DELIVERY_STORED:
		follow_lines(core, event->u.stored.peer);
		break;
	case RCC_EVENT_DELIVERY_READ:
		follow_lines(core, event->u.read.peer);
		break;
	case RCC_EVENT_ANSWERED:
		follow_answer(core, &event->u.answered);
		break;
	case RCC_EVENT_INCIDENT_CLOSED:
		follow_closed(core, incident_get(core, event->u.closed.incident));
		break;
	case RCC_EVENT_DUTY_CHANGED:
		rcc_duty_apply_changed(core, &event->u.duty_changed);
		break;
	default:
		follow_work(core, event);
		break;
	}
}
