/*
 * duty_follow.c - what opens and settles the lines of the duty ledger: each event of the record, in turn.
 *
 * Part of apply: decides nothing that is not a plain consequence of the event, so that every replay recomputes the ledger.
 */
#include <assert.h>

#include "core/apply_internal.h"
#include "core/duty_internal.h"
#include "core/place.h"
#include "core/told.h"
#include "rcc/units.h"

/* It is over: what was to be found out, and to be told to those in distress, has no object any more. */
static void
end_search(struct rcc_core *core, const struct rcc_incident *incident)
{
	static const enum rcc_duty_rule rules[] = {RCC_DUTY_RULE_INQUIRE, RCC_DUTY_RULE_WIDEN, RCC_DUTY_RULE_RELAY,
	                                           RCC_DUTY_RULE_LOCATE, RCC_DUTY_RULE_TELL_CASUALTY};

	for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
		rcc_duty_mark(core, incident, rules[i], rcc_centre, RCC_DUTY_SUPERSEDED);
}

/* ---- the centre's own ---- */

/* Has a ship heard of it, by a line of her own or by voice? A call to nobody but the one in distress tells nobody. */
static bool
is_heard(const struct rcc_core *core, const struct rcc_incident *incident)
{
	const struct rcc_broadcast *newest = rcc_broadcast_at(core, incident->newest_broadcast);

	return incident->newest_answer != 0 ||
	       (newest != NULL && !rcc_broadcast_is_to_casualty_alone(core, newest) && newest->recipients != 0);
}

/* Has one ship that was called taken it in? What lies queued for ships that are all out of reach has called nobody. */
static bool
is_stored(const struct rcc_core *core, const struct rcc_incident *incident)
{
	if (incident->newest_answer != 0)
		return true;
	for (const struct rcc_broadcast *row = rcc_broadcast_at(core, incident->newest_broadcast);
	     row != NULL && row->kind != RCC_BROADCAST_CANCEL; row = rcc_broadcast_at(core, row->previous)) {
		if (!row->is_taken_in)
			continue;
		for (const struct rcc_delivery *line = rcc_delivery_at(core, row->newest_delivery); line != NULL;
		     line = rcc_delivery_at(core, line->of_broadcast)) {
			bool is_there = line->stored_at_ms != 0 || line->read_at_ms != 0 || line->answered_at_ms != 0;
			if (is_there && rcc_peer_find(core, line->peer)->mmsi.v != incident->casualty.v)
				return true;
		}
	}
	return false;
}

static bool
owes_relay(const struct rcc_core *core, const struct rcc_incident *incident)
{
	const struct rcc_duty *row = rcc_duty_of(core, incident->id, RCC_DUTY_RULE_RELAY, rcc_centre, 0);

	return row != NULL && rcc_duty_is_open(row);
}

/* What the case as it stands now has settled. */
static void
settle_by_state(struct rcc_core *core, struct rcc_incident *incident)
{
	if (incident->status != RCC_INCIDENT_NEW)
		rcc_duty_done(core, incident, RCC_DUTY_RULE_EVALUATE);
	if (rcc_pos_is_known(incident->pos))
		rcc_duty_done(core, incident, RCC_DUTY_RULE_LOCATE);
	if (incident->smc[0] != '\0')
		rcc_duty_done(core, incident, RCC_DUTY_RULE_COORDINATE_CASE);
	if (incident->is_relay_held)
		rcc_duty_mark(core, incident, RCC_DUTY_RULE_RELAY, rcc_centre, RCC_DUTY_EXCUSED);
	else if (rcc_incident_is_standing(incident) && owes_relay(core, incident) && is_stored(core, incident))
		rcc_duty_done(core, incident, RCC_DUTY_RULE_RELAY);
	if (is_heard(core, incident))
		rcc_duty_done(core, incident, RCC_DUTY_RULE_ACT);
}

static void
follow_phase(struct rcc_core *core, struct rcc_incident *incident)
{
	if (incident->phase == RCC_PHASE_UNCERTAINTY)
		(void)rcc_duty_open(core, incident, RCC_DUTY_RULE_INQUIRE, rcc_centre, 0);
	else
		rcc_duty_done(core, incident, RCC_DUTY_RULE_INQUIRE);
	if (incident->phase == RCC_PHASE_ALERT)
		(void)rcc_duty_open(core, incident, RCC_DUTY_RULE_WIDEN, rcc_centre, 0);
	else
		rcc_duty_mark(core, incident, RCC_DUTY_RULE_WIDEN, rcc_centre, RCC_DUTY_SUPERSEDED);
	if (incident->phase == RCC_PHASE_DISTRESS && !incident->is_restricted)
		(void)rcc_duty_open(core, incident, RCC_DUTY_RULE_RELAY, rcc_centre, 0);
	else
		rcc_duty_mark(core, incident, RCC_DUTY_RULE_RELAY, rcc_centre, RCC_DUTY_SUPERSEDED);
	if (incident->phase != RCC_PHASE_UNCERTAINTY && !rcc_pos_is_known(incident->pos))
		(void)rcc_duty_open(core, incident, RCC_DUTY_RULE_LOCATE, rcc_centre, 0);
	settle_by_state(core, incident);
}

static void
follow_opened(struct rcc_core *core, const struct rcc_incident_opened *opened)
{
	struct rcc_incident *incident = incident_get(core, opened->incident);

	/* An officer who typed it in has evaluated it. */
	if (opened->source != RCC_SOURCE_OFFICER)
		(void)rcc_duty_open(core, incident, RCC_DUTY_RULE_EVALUATE, rcc_centre, 0);
	(void)rcc_duty_open(core, incident, RCC_DUTY_RULE_ACT, rcc_centre, 0);
	(void)rcc_duty_open(core, incident, RCC_DUTY_RULE_COORDINATE_CASE, rcc_centre, 0);
	follow_phase(core, incident);
}

/* It goes on, after a suspension or a closing: what its phase asks is owed again. */
static void
follow_resumed(struct rcc_core *core, struct rcc_incident_id id)
{
	struct rcc_incident *incident = incident_get(core, id);

	/* What was to be told before the case went on is looked for anew when it is over again. */
	if (rcc_incident_last_kind(core, incident) != RCC_BROADCAST_CANCEL)
		rcc_duty_mark(core, incident, RCC_DUTY_RULE_TELL_END, rcc_centre, RCC_DUTY_SUPERSEDED);
	(void)rcc_duty_open(core, incident, RCC_DUTY_RULE_COORDINATE_CASE, rcc_centre, 0);
	follow_phase(core, incident);
	rcc_duty_resume_people(core, incident);
	rcc_duty_resume_scene(core, incident);
}

static void
follow_note(struct rcc_core *core, const struct rcc_noted *noted)
{
	const struct rcc_note *note = &noted->body;

	/* What a ship observes settles nothing that the centre owes. */
	if (note->incident.v == 0 || noted->is_observed != 0)
		return;
	const struct rcc_incident *incident = incident_get(core, note->incident);

	if (note->kind == RCC_NOTE_INQUIRY || note->kind == RCC_NOTE_FORWARDED || note->kind == RCC_NOTE_ACTION ||
	    note->kind == RCC_NOTE_CONSULTATION) {
		rcc_duty_done(core, incident, RCC_DUTY_RULE_ACT);
		rcc_duty_done(core, incident, RCC_DUTY_RULE_INQUIRE);
		rcc_duty_done(core, incident, RCC_DUTY_RULE_WIDEN);
	}
	if (note->kind == RCC_NOTE_CONSULTATION || note->kind == RCC_NOTE_FORWARDED)
		rcc_duty_mark(core, incident, RCC_DUTY_RULE_LOCATE, rcc_centre, RCC_DUTY_ACKNOWLEDGED);
	settle_by_state(core, incident_get(core, note->incident));
	if (note->kind == RCC_NOTE_CASUALTY_TOLD)
		rcc_duty_done(core, incident, RCC_DUTY_RULE_TELL_CASUALTY);
}

/* ---- telling ---- */

/* Is this another ship in distress than ships were told of before? What the one has heard the other has not. */
static bool
is_other_casualty(const struct rcc_core *core, const struct rcc_incident *incident)
{
	const struct rcc_broadcast *newest = rcc_broadcast_at(core, incident->newest_broadcast);
	const struct rcc_broadcast *before = newest == NULL ? NULL : rcc_broadcast_at(core, newest->previous);

	return before == NULL || before->casualty.v != newest->casualty.v;
}

/* Can those in distress be told anything: is one of the ships theirs, or has one of them telephoned? */
static bool
can_be_told(const struct rcc_core *core, const struct rcc_incident *incident)
{
	for (uint32_t i = 0; i < core->alert_top; i++) {
		const struct rcc_alert_state *row = &core->alert[i];
		if (row->id.v != 0 && row->incident.v == incident->id.v && row->body.contact != 0)
			return true;
	}
	return incident->casualty.v != 0;
}

static void
follow_broadcast(struct rcc_core *core, const struct rcc_broadcast_issued *issued)
{
	/* Of no case, no duty. */
	if (rcc_broadcast_is_circular(issued->kind))
		return;
	struct rcc_incident *incident = incident_get(core, issued->incident);
	/* With a cancel or a suspension an officer acts; a call does when a ship hears it. */
	if (issued->kind == RCC_BROADCAST_CANCEL || issued->kind == RCC_BROADCAST_SUSPENDED)
		rcc_duty_done(core, incident, RCC_DUTY_RULE_ACT);
	if (issued->kind == RCC_BROADCAST_CANCEL || issued->kind == RCC_BROADCAST_SUSPENDED)
		rcc_duty_end_responses(core, incident);
	if (issued->kind == RCC_BROADCAST_CANCEL)
		end_search(core, incident);
	/* Who lost her key, or has another one since, gets no line of it: somebody has to tell her. */
	if (issued->kind == RCC_BROADCAST_CANCEL)
		rcc_duty_owe_end_to_any(core, incident);
	bool is_relay = issued->kind == RCC_BROADCAST_DISTRESS_RELAY;
	if (is_relay)
		rcc_duty_call_anew(core, incident);
	/* Who she is may become known, or turn out to be another, with an update alone. */
	bool is_new = is_relay || (issued->kind == RCC_BROADCAST_UPDATE && is_other_casualty(core, incident));
	if (is_new && can_be_told(core, incident))
		(void)rcc_duty_open(core, incident, RCC_DUTY_RULE_TELL_CASUALTY, rcc_centre, 0);
	/* Told anew: what was to be told before has no object any more. */
	if (issued->kind != RCC_BROADCAST_CANCEL && !rcc_broadcast_is_directed(issued->kind))
		rcc_duty_mark(core, incident, RCC_DUTY_RULE_TELL_END, rcc_centre, RCC_DUTY_SUPERSEDED);
	if (issued->kind != RCC_BROADCAST_SUSPENDED && !rcc_broadcast_is_directed(issued->kind))
		rcc_duty_mark(core, incident, RCC_DUTY_RULE_TELL_SUSPENDED, rcc_centre, RCC_DUTY_SUPERSEDED);
	settle_by_state(core, incident);
}

static void
follow_queued(struct rcc_core *core, const struct rcc_deliveries_queued *queued)
{
	const struct rcc_broadcast *broadcast = broadcast_get(core, queued->broadcast);
	if (rcc_broadcast_is_circular(broadcast->kind))
		return;
	struct rcc_incident *incident = incident_get(core, broadcast->incident);

	settle_by_state(core, incident);
	if (broadcast->kind == RCC_BROADCAST_CANCEL)
		(void)rcc_duty_open(core, incident, RCC_DUTY_RULE_TELL_END, rcc_centre, 0);
	if (broadcast->kind == RCC_BROADCAST_SUSPENDED)
		(void)rcc_duty_open(core, incident, RCC_DUTY_RULE_TELL_SUSPENDED, rcc_centre, 0);
	if (broadcast->is_of_place)
		rcc_duty_owe_end_to_any(core, incident);
	bool is_relay = broadcast->kind == RCC_BROADCAST_DISTRESS_RELAY;
	if (!is_relay && broadcast->kind != RCC_BROADCAST_UPDATE)
		return;
	for (uint32_t i = 0; i < queued->count; i++) {
		struct rcc_mmsi ship = peer_get(core, queued->row[i].peer)->mmsi;
		/*
		 * A ship that has answered is not asked again by every update. By a new call, after a cancel or a suspension, all
		 * are; but not by a call that stood when she answered, if she is enrolled later.
		 */
		const struct rcc_duty *row = rcc_duty_line(core, incident, RCC_DUTY_RULE_ASSIST, ship);
		bool is_asked = row == NULL || (is_relay && row->changed_at_ms < broadcast->issued_at_ms);
		if (queued->row[i].called_on != 0 && is_asked)
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
		rcc_duty_done(core, incident, RCC_DUTY_RULE_TELL_CASUALTY);
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
		if (rcc_incident_is_standing(incident) && owes_relay(core, incident))
			settle_by_state(core, incident);
		rcc_duty_reach(core, incident, peer->mmsi);
		follow_casualty(core, incident, peer);
		if (!incident->is_cancelled || newest->unstored != 0)
			continue;
		rcc_duty_done(core, incident, RCC_DUTY_RULE_TELL_SUSPENDED);
	}
}

/* A closed case leaves nothing open but the telling of its end, which goes on until everybody has it. */
static void
follow_closed(struct rcc_core *core, struct rcc_incident *incident)
{
	for (uint32_t slot1 = incident->newest_duty; slot1 != 0; slot1 = core->duty[slot1 - 1].previous) {
		if (core->duty[slot1 - 1].rule != RCC_DUTY_RULE_TELL_END)
			rcc_duty_set(core, &core->duty[slot1 - 1], RCC_DUTY_SUPERSEDED);
	}
	rcc_duty_owe_end_to_any(core, incident);
}

/* What another centre has is no duty of ours; what comes back is again. */
static void
follow_handover(struct rcc_core *core, const struct rcc_handover_changed *changed)
{
	if (changed->status == RCC_INCIDENT_TRANSFERRED) {
		incident_get(core, changed->body.incident)->coordinator = rcc_centre;
		follow_closed(core, incident_get(core, changed->body.incident));
	} else if (changed->status == RCC_INCIDENT_OPEN) {
		follow_resumed(core, changed->body.incident);
	}
}

/* By a release she may have heard all, or be left to a place of safety that is no longer meant: then a word ends it. */
static void
follow_tasked(struct rcc_core *core, const struct rcc_task *task)
{
	struct rcc_incident *incident = incident_get(core, task->incident);

	rcc_duty_follow_task(core, task);
	rcc_duty_settle_end(core, incident);
	rcc_duty_owe_end(core, incident, task->ship);
}

/* A place that is withdrawn by voice leaves no message by whose queueing the line is opened. */
static void
follow_place(struct rcc_core *core, const struct rcc_place *place)
{
	rcc_duty_follow_place(core, place);
	rcc_duty_owe_end_to_any(core, incident_get(core, place->incident));
}

static void
follow_work(struct rcc_core *core, const struct rcc_event *event)
{
	if (event->kind == RCC_EVENT_TASKED)
		follow_tasked(core, &event->u.tasked.body);
	else if (event->kind == RCC_EVENT_NEED_CHANGED)
		rcc_duty_follow_need(core, &event->u.need_changed);
	else if (event->kind == RCC_EVENT_PLACE_STEPPED)
		follow_place(core, &event->u.place_stepped.body);
	else if (event->kind == RCC_EVENT_SURVIVORS_REPORTED)
		rcc_duty_follow_survivors(core, &event->u.survivors_reported.body);
	else if (event->kind == RCC_EVENT_PERSONS_MOVED)
		rcc_duty_follow_persons(core, &event->u.persons_moved.body);
	/* Offered is not taken. */
	else if (event->kind == RCC_EVENT_REFERRED && event->u.referred.body.is_accepted != 0)
		rcc_duty_settle_referral(core, incident_get(core, event->u.referred.body.incident));
	else if (event->kind == RCC_EVENT_NOTED)
		follow_note(core, &event->u.noted);
	else if (event->kind == RCC_EVENT_HANDOVER_CHANGED)
		follow_handover(core, &event->u.handover_changed);
	else if (event->kind == RCC_EVENT_SMC_SET)
		settle_by_state(core, incident_get(core, event->u.smc_set.body.incident));
}

/* The case whose ships or persons this event may have changed; 0 = none. */
static struct rcc_incident_id
case_of_bound(const struct rcc_core *core, const struct rcc_event *event)
{
	static const struct rcc_incident_id none;

	switch ((int)event->kind) {
	case RCC_EVENT_ANSWERED:
		return event->u.answered.answer.incident;
	case RCC_EVENT_TASKED:
		return event->u.tasked.body.incident;
	case RCC_EVENT_SURVIVORS_REPORTED:
		return event->u.survivors_reported.body.incident;
	case RCC_EVENT_PERSONS_MOVED:
		return event->u.persons_moved.body.incident;
	case RCC_EVENT_INCIDENT_REVISED:
		return event->u.incident.incident;
	case RCC_EVENT_BROADCAST_ISSUED:
		return rcc_broadcast_is_circular(event->u.broadcast.kind) ? none : event->u.broadcast.incident;
	case RCC_EVENT_DELIVERIES_QUEUED:
		/* Who is released is so once it is on its way to her. */
		return rcc_broadcast_find(core, event->u.queued.broadcast)->incident;
	default:
		return none;
	}
}

static struct rcc_mmsi
ship_of(const struct rcc_core *core, const struct rcc_answered *answered)
{
	const struct rcc_peer *peer = rcc_peer_find(core, answered->peer);

	return peer != NULL ? peer->mmsi : answered->answer.ship;
}

static void
follow_answered(struct rcc_core *core, const struct rcc_answered *answered)
{
	struct rcc_incident *incident = incident_get(core, answered->answer.incident);

	rcc_duty_follow_answer(core, answered);
	settle_by_state(core, incident);
	if (answered->peer.v != 0)
		follow_lines(core, answered->peer);
	rcc_duty_owe_end_of_line(core, rcc_delivery_find(core, answered->peer, answered->answer.number));
	rcc_duty_owe_end(core, incident, ship_of(core, answered));
}

static void
follow_event(struct rcc_core *core, const struct rcc_event *event)
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
	case RCC_EVENT_INCIDENT_RESUMED:
		follow_resumed(core, event->u.resumed.incident);
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
	case RCC_EVENT_DELIVERIES_SENT:
		rcc_duty_follow_sent(core, &event->u.sent);
		break;
	case RCC_EVENT_DELIVERY_STORED:
		follow_lines(core, event->u.stored.peer);
		rcc_duty_owe_end_of_stored(core, event->u.stored.peer);
		break;
	case RCC_EVENT_DELIVERY_READ:
		follow_lines(core, event->u.read.peer);
		rcc_duty_owe_end_of_line(core, rcc_delivery_find(core, event->u.read.peer, event->u.read.number));
		break;
	case RCC_EVENT_ANSWERED:
		follow_answered(core, &event->u.answered);
		break;
	case RCC_EVENT_INCIDENT_CLOSED:
		follow_closed(core, incident_get(core, event->u.closed.incident));
		break;
	case RCC_EVENT_PEER_ENROLLED:
		rcc_duty_owe_ends_of(core, event->u.enrolled.peer);
		break;
	case RCC_EVENT_PEER_REVOKED:
		rcc_duty_owe_ends_of(core, event->u.revoked.peer);
		break;
	case RCC_EVENT_RUN_STARTED:
		rcc_duty_owe_ends_of_run(core);
		break;
	case RCC_EVENT_DUTY_CHANGED:
		rcc_duty_apply_changed(core, &event->u.duty_changed);
		break;
	default:
		follow_work(core, event);
		break;
	}
}

void
rcc_duty_follow(struct rcc_core *core, const struct rcc_event *event)
{
	struct rcc_incident_id id = case_of_bound(core, event);

	follow_event(core, event);
	if (id.v != 0)
		rcc_duty_follow_bound(core, incident_get(core, id));
}
