/* duty_ship.c - what answers, tasks and releases open and settle in the duty ledger. Part of apply, as duty_follow.c. */

#include "core/apply_internal.h"
#include "core/duty_internal.h"
#include "core/persons.h"
#include "core/place.h"
#include "core/rank.h"
#include "rcc/units.h"

/* The duties of a ship that end with its release; those towards survivors aboard do not. */
static const enum rcc_duty_rule of_response[] = {
    RCC_DUTY_RULE_ASSIST,  RCC_DUTY_RULE_TELL_ETA, RCC_DUTY_RULE_COMPLY, RCC_DUTY_RULE_COORDINATE,
    RCC_DUTY_RULE_DO_TASK, RCC_DUTY_RULE_CONTACT,  RCC_DUTY_RULE_ARRIVE};
#define RESPONSES (sizeof of_response / sizeof of_response[0])

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
		rcc_duty_mark(core, incident, of_response[i], ship, state);
}

/* Has a message of this list reached her since the duty began? */
static bool
has_stored(const struct rcc_core *core, const struct rcc_broadcast *list, const struct rcc_peer *peer,
           const struct rcc_duty *row)
{
	for (; list != NULL; list = rcc_broadcast_at(core, list->previous)) {
		const struct rcc_delivery *line = rcc_delivery_of(core, list, peer->id);
		if (line != NULL && line->queued_at_ms >= row->opened_at_ms && line->stored_at_ms != 0)
			return true;
	}
	return false;
}

/* What was said by voice, or answered, has reached her too. */
static bool
has_reached(const struct rcc_core *core, const struct rcc_incident *incident, const struct rcc_duty *row)
{
	const struct rcc_peer *peer = rcc_peer_find_mmsi(core, row->ship);
	const struct rcc_answer_state *answer = rcc_answer_of(core, incident, row->ship);

	return peer == NULL || (answer != NULL && answer->at_ms >= row->opened_at_ms) ||
	       has_stored(core, rcc_broadcast_at(core, incident->newest_broadcast), peer, row) ||
	       has_stored(core, rcc_broadcast_at(core, incident->newest_directed), peer, row);
}

bool
rcc_duty_is_unreached(const struct rcc_core *core, const struct rcc_duty *row)
{
	const struct rcc_incident *incident = rcc_incident_find(core, row->incident);

	return incident != NULL && is_response(row) && row->state == RCC_DUTY_OPEN &&
	       row->changed_at_ms == row->opened_at_ms && !has_reached(core, incident, row);
}

void
rcc_duty_reach(struct rcc_core *core, struct rcc_incident *incident, struct rcc_mmsi ship)
{
	for (size_t i = 0; ship.v != 0 && i < RESPONSES; i++) {
		struct rcc_duty *row = rcc_duty_line(core, incident, of_response[i], ship);
		int64_t clock_ms = core->run.rules.duty_ms[of_response[i]];
		if (row == NULL || row->state != RCC_DUTY_OPEN || row->due_at_ms != 0 ||
		    row->changed_at_ms == row->opened_at_ms || !has_reached(core, incident, row))
			continue;
		if (row->interval_min != 0)
			clock_ms = (int64_t)row->interval_min * RCC_MS_PER_MIN;
		row->due_at_ms = clock_ms == 0 ? 0 : core->at_ms + clock_ms;
	}
}

/* Nobody is called upon any more. */
void
rcc_duty_end_responses(struct rcc_core *core, struct rcc_incident *incident)
{
	for (uint32_t slot1 = incident->newest_duty; slot1 != 0; slot1 = core->duty[slot1 - 1].previous) {
		if (is_response(&core->duty[slot1 - 1]))
			rcc_duty_set(core, &core->duty[slot1 - 1], RCC_DUTY_SUPERSEDED);
	}
	rcc_duty_mark(core, incident, RCC_DUTY_RULE_COORDINATOR, rcc_centre, RCC_DUTY_SUPERSEDED);
	rcc_duty_mark(core, incident, RCC_DUTY_RULE_RELEASE, rcc_centre, RCC_DUTY_SUPERSEDED);
	rcc_duty_mark(core, incident, RCC_DUTY_RULE_UNITS, rcc_centre, RCC_DUTY_SUPERSEDED);
}

/* She has been designated, and neither refused nor been relieved: she may not have acknowledged it yet. */
static bool
has_coordinator(const struct rcc_incident *incident)
{
	return incident->coordinator.v != 0;
}

struct rcc_mmsi
rcc_duty_coordinator(const struct rcc_core *core, const struct rcc_incident *incident)
{
	const struct rcc_duty *row =
	    rcc_duty_of(core, incident->id, RCC_DUTY_RULE_COORDINATE, incident->coordinator, 0);

	return row != NULL && row->state == RCC_DUTY_DISCHARGED ? incident->coordinator : rcc_centre;
}

/* She coordinates no more; what she did stands. */
static void
end_coordinator(struct rcc_core *core, struct rcc_incident *incident, struct rcc_mmsi ship, enum rcc_duty_state state)
{
	rcc_duty_mark(core, incident, RCC_DUTY_RULE_COORDINATE, ship, state);
	if (incident->coordinator.v == ship.v)
		incident->coordinator = rcc_centre;
}

bool
rcc_duty_is_wanted(const struct rcc_core *core, const struct rcc_incident *incident)
{
	return !rcc_persons_is_told(core, incident) || rcc_persons_at_risk(core, incident->id) > 0 ||
	       rcc_persons_missing(core, incident->id) > 0;
}

/* Somebody is coming, or is there: who coordinates on scene is to be settled before the first of them arrives. */
static void
want_coordinator(struct rcc_core *core, struct rcc_incident *incident, uint32_t eta_min, bool is_there)
{
	if (has_coordinator(incident)) {
		rcc_duty_done(core, incident, RCC_DUTY_RULE_COORDINATOR);
		return;
	}
	struct rcc_duty *row = rcc_duty_open(core, incident, RCC_DUTY_RULE_COORDINATOR, rcc_centre, 0);
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
void
rcc_duty_hear(struct rcc_core *core, const struct rcc_incident *incident, struct rcc_mmsi ship)
{
	struct rcc_duty *row = rcc_duty_line(core, incident, RCC_DUTY_RULE_CONTACT, ship);

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
	const struct rcc_duty *comply = rcc_duty_line(core, incident, RCC_DUTY_RULE_COMPLY, complying);

	if (comply == NULL || !rcc_duty_is_open(comply))
		return;
	for (const struct rcc_duty *row = rcc_duty_at(core, incident->newest_duty); row != NULL;
	     row = rcc_duty_at(core, row->previous)) {
		bool is_other = row->rule == RCC_DUTY_RULE_ASSIST && rcc_duty_is_open(row) &&
		                rcc_duty_line(core, incident, RCC_DUTY_RULE_COMPLY, row->ship) == NULL;
		if (is_other) {
			(void)rcc_duty_open(core, incident, RCC_DUTY_RULE_RELEASE, rcc_centre, 0);
			return;
		}
	}
}

/* Who says when she will be there is waited for, and a little longer: whoever counts on her hears it if she does not come. */
static void
expect_arrival(struct rcc_core *core, struct rcc_incident *incident, struct rcc_mmsi ship, uint32_t eta_min)
{
	int64_t margin_ms = core->run.rules.duty_ms[RCC_DUTY_RULE_ARRIVE];

	/* Without the clock there is no such line: a record that is older than this rule counts its lines without it. */
	if (margin_ms == 0)
		return;
	struct rcc_duty *row = rcc_duty_open(core, incident, RCC_DUTY_RULE_ARRIVE, ship, 0);
	if (row == NULL)
		return;
	/* A new time counts, also of one who was late. */
	rcc_duty_set(core, row, RCC_DUTY_OPEN);
	row->due_at_ms = core->at_ms + (int64_t)eta_min * RCC_MS_PER_MIN + margin_ms;
}

static void
follow_proceeding(struct rcc_core *core, struct rcc_incident *incident, struct rcc_mmsi ship, uint32_t eta_min)
{
	/* Who comes without having been called has taken it on. */
	(void)rcc_duty_open(core, incident, RCC_DUTY_RULE_ASSIST, ship, 0);
	rcc_duty_mark(core, incident, RCC_DUTY_RULE_ASSIST, ship, RCC_DUTY_ACKNOWLEDGED);
	rcc_duty_mark(core, incident, RCC_DUTY_RULE_COMPLY, ship, RCC_DUTY_ACKNOWLEDGED);
	rcc_duty_mark(core, incident, RCC_DUTY_RULE_DO_TASK, ship, RCC_DUTY_DISCHARGED);
	rcc_duty_mark(core, incident, RCC_DUTY_RULE_COORDINATE, ship, RCC_DUTY_DISCHARGED);
	if (eta_min == RCC_ETA_UNKNOWN_MIN) {
		(void)rcc_duty_open(core, incident, RCC_DUTY_RULE_TELL_ETA, ship, 0);
	} else {
		rcc_duty_mark(core, incident, RCC_DUTY_RULE_TELL_ETA, ship, RCC_DUTY_DISCHARGED);
		expect_arrival(core, incident, ship, eta_min);
	}
	want_coordinator(core, incident, eta_min, false);
	want_release(core, incident, ship);
}

/* Who goes: one ship, or all that do not comply with a requisition. */
static bool
goes(const struct rcc_core *core, const struct rcc_incident *incident, const struct rcc_task *release,
     struct rcc_mmsi ship)
{
	if (release->ship.v != 0)
		return release->ship.v == ship.v;
	return release->others_comply == 0 || !rcc_duty_is_requisitioned(core, incident->id, ship);
}

/* Does somebody go there, or is there? */
static bool
is_bound(const struct rcc_core *core, const struct rcc_incident *incident)
{
	for (const struct rcc_answer_state *answer = rcc_answer_at(core, incident->newest_answer); answer != NULL;
	     answer = rcc_answer_at(core, answer->previous)) {
		const struct rcc_peer *peer = rcc_peer_find(core, answer->peer);
		struct rcc_mmsi ship = peer != NULL ? peer->mmsi : answer->body.ship;
		const struct rcc_duty *assist = rcc_duty_of(core, incident->id, RCC_DUTY_RULE_ASSIST, ship, 0);
		bool goes_on = answer->body.kind == RCC_ANSWER_PROCEEDING || answer->body.kind == RCC_ANSWER_ON_SCENE ||
		               (answer->body.kind == RCC_ANSWER_NEED_DETAIL && assist != NULL &&
		                (assist->state == RCC_DUTY_ACKNOWLEDGED || assist->state == RCC_DUTY_DISCHARGED));
		if (goes_on && !rcc_rank_is_past(core, incident, answer) &&
		    !rcc_rank_is_released(core, incident, peer, answer))
			return true;
	}
	return false;
}

void
rcc_duty_follow_bound(struct rcc_core *core, struct rcc_incident *incident)
{
	rcc_duty_follow_freed(core, incident);
	/* While nobody has answered, each ship's own line runs. */
	bool is_owed = incident->newest_answer != 0 && rcc_incident_is_standing(incident) &&
	               incident->phase == RCC_PHASE_DISTRESS && rcc_duty_is_wanted(core, incident);

	if (is_owed && !is_bound(core, incident))
		(void)rcc_duty_open(core, incident, RCC_DUTY_RULE_UNITS, rcc_centre, 0);
	else
		rcc_duty_mark(core, incident, RCC_DUTY_RULE_UNITS, rcc_centre,
		              is_owed ? RCC_DUTY_DISCHARGED : RCC_DUTY_SUPERSEDED);
}

/* Is she still bound to a case that goes on: proceeding or there, and neither done nor released? */
static bool
is_held(const struct rcc_core *core, const struct rcc_incident *incident, struct rcc_mmsi ship)
{
	const struct rcc_answer_state *answer = rcc_answer_of(core, incident, ship);

	return answer != NULL && !incident->is_cancelled && !rcc_rank_is_past(core, incident, answer) &&
	       (answer->body.kind == RCC_ANSWER_PROCEEDING || answer->body.kind == RCC_ANSWER_ON_SCENE) &&
	       !rcc_rank_is_released(core, incident, rcc_peer_find_mmsi(core, ship), answer);
}

/* Are some ashore where something grave stands against it? A rescue does not end there: somebody says by name what became of them. */
static bool
are_landed_in_danger(const struct rcc_core *core, const struct rcc_incident *incident)
{
	for (const struct rcc_aboard *row = rcc_aboard_at(core, incident->newest_aboard); row != NULL;
	     row = rcc_aboard_at(core, row->previous)) {
		const struct rcc_place_state *place = rcc_place_find(core, row->place);
		uint32_t grave = RCC_PLACE_BLOCK_UNSAFE | RCC_PLACE_BLOCK_FEARED;
		bool is_there = row->where == RCC_WHERE_LANDED && rcc_persons_sum(&row->count) > 0 && place != NULL;
		if (is_there && ((rcc_place_blocks(place) & grave) != 0 || place->reviewed_seq < incident->fear_seq))
			return true;
	}
	return false;
}

void
rcc_duty_follow_freed(struct rcc_core *core, struct rcc_incident *incident)
{
	if (rcc_persons_aboard_total(core, incident->id) > 0 || are_landed_in_danger(core, incident))
		return;
	for (const struct rcc_aboard *row = rcc_aboard_at(core, incident->newest_aboard); row != NULL;
	     row = rcc_aboard_at(core, row->previous)) {
		if (row->where == RCC_WHERE_ABOARD && row->landed_at_ms != 0 && is_held(core, incident, row->ship))
			return;
	}
	rcc_duty_done(core, incident, RCC_DUTY_RULE_DISEMBARK);
}

/* She says that she is done: of one who never went, that settles nothing that she was called for. */
static void
follow_done(struct rcc_core *core, const struct rcc_incident *incident, struct rcc_mmsi ship)
{
	const struct rcc_answer_state *answer = rcc_answer_of(core, incident, ship);
	const struct rcc_duty *assist = rcc_duty_of(core, incident->id, RCC_DUTY_RULE_ASSIST, ship, 0);
	bool went = assist == NULL || assist->state != RCC_DUTY_OPEN || (answer != NULL && answer->arrived_at_ms != 0);

	for (size_t i = 0; i < RESPONSES; i++) {
		if (went || of_response[i] != RCC_DUTY_RULE_ASSIST)
			rcc_duty_mark(core, incident, of_response[i], ship, RCC_DUTY_DISCHARGED);
	}
}

/* The coordinator goes: if others go on, another is to be designated, at once if some of them are there; else nobody is. */
static void
lose_who_goes(struct rcc_core *core, struct rcc_incident *incident, const struct rcc_task *release,
              bool was_coordinator)
{
	bool is_coming = false;
	bool is_there = false;

	for (const struct rcc_answer_state *answer = rcc_answer_at(core, incident->newest_answer); answer != NULL;
	     answer = rcc_answer_at(core, answer->previous)) {
		const struct rcc_peer *peer = rcc_peer_find(core, answer->peer);
		struct rcc_mmsi ship = peer != NULL ? peer->mmsi : answer->body.ship;
		/* Those who go now have not been told yet. */
		if (goes(core, incident, release, ship) || rcc_rank_is_released(core, incident, peer, answer))
			continue;
		/* Who asks for detail may be there all the same. */
		const struct rcc_duty *assist = rcc_duty_of(core, incident->id, RCC_DUTY_RULE_ASSIST, ship, 0);
		bool asks = answer->body.kind == RCC_ANSWER_NEED_DETAIL && assist != NULL;
		is_there |= answer->body.kind == RCC_ANSWER_ON_SCENE || (asks && assist->state == RCC_DUTY_DISCHARGED);
		is_coming |=
		    answer->body.kind == RCC_ANSWER_PROCEEDING || (asks && assist->state == RCC_DUTY_ACKNOWLEDGED);
	}
	if ((!is_there && !is_coming) || !rcc_duty_is_wanted(core, incident))
		rcc_duty_mark(core, incident, RCC_DUTY_RULE_COORDINATOR, rcc_centre, RCC_DUTY_SUPERSEDED);
	else if (was_coordinator && rcc_incident_is_standing(incident))
		want_coordinator(core, incident, 0, is_there);
}

static void
follow_need_detail(struct rcc_core *core, const struct rcc_incident *incident, struct rcc_mmsi ship)
{
	struct rcc_duty *row = rcc_duty_line(core, incident, RCC_DUTY_RULE_ASSIST, ship);

	int64_t clock_ms = core->run.rules.duty_ms[RCC_DUTY_RULE_ASSIST];
	/* She has asked: her time to answer begins when she has been told. Once: who goes on asking has to say what she does. */
	if (row != NULL && row->state == RCC_DUTY_OPEN && row->due_at_ms == row->opened_at_ms + clock_ms)
		row->due_at_ms = core->at_ms + clock_ms;
}

void
rcc_duty_follow_answer(struct rcc_core *core, const struct rcc_answered *answered)
{
	struct rcc_incident *incident = incident_get(core, answered->answer.incident);
	struct rcc_mmsi ship = answered->peer.v != 0 ? peer_get(core, answered->peer)->mmsi : answered->answer.ship;
	bool was_coordinator = false;

	/* What is over, or another centre's, asks nobody for anything: what she says of it is kept, and that is all. */
	if (incident->status == RCC_INCIDENT_CLOSED || incident->status == RCC_INCIDENT_TRANSFERRED)
		return;
	rcc_duty_hear(core, incident, ship);
	/* She has come, and goes to do what she is asked: of the call she owes nothing anew. */
	if (rcc_answer_is_of_task(core, answered, rcc_answer_of(core, incident, ship))) {
		rcc_duty_mark(core, incident, RCC_DUTY_RULE_DO_TASK, ship,
		              answered->answer.kind == RCC_ANSWER_UNABLE ? RCC_DUTY_EXCUSED : RCC_DUTY_DISCHARGED);
		return;
	}
	switch (answered->answer.kind) {
	case RCC_ANSWER_PROCEEDING:
		follow_proceeding(core, incident, ship, answered->answer.eta_min);
		break;
	case RCC_ANSWER_UNABLE:
		was_coordinator = incident->coordinator.v == ship.v;
		end_response(core, incident, ship, RCC_DUTY_EXCUSED);
		end_coordinator(core, incident, ship, RCC_DUTY_EXCUSED);
		lose_who_goes(core, incident, &(struct rcc_task){.ship = ship}, was_coordinator);
		break;
	case RCC_ANSWER_NEED_DETAIL:
		follow_need_detail(core, incident, ship);
		break;
	case RCC_ANSWER_ON_SCENE:
		rcc_duty_mark(core, incident, RCC_DUTY_RULE_ASSIST, ship, RCC_DUTY_DISCHARGED);
		want_release(core, incident, ship);
		rcc_duty_mark(core, incident, RCC_DUTY_RULE_COMPLY, ship, RCC_DUTY_DISCHARGED);
		rcc_duty_mark(core, incident, RCC_DUTY_RULE_TELL_ETA, ship, RCC_DUTY_DISCHARGED);
		rcc_duty_mark(core, incident, RCC_DUTY_RULE_ARRIVE, ship, RCC_DUTY_DISCHARGED);
		rcc_duty_mark(core, incident, RCC_DUTY_RULE_DO_TASK, ship, RCC_DUTY_DISCHARGED);
		rcc_duty_mark(core, incident, RCC_DUTY_RULE_COORDINATE, ship, RCC_DUTY_DISCHARGED);
		want_coordinator(core, incident, 0, true);
		break;
	case RCC_ANSWER_DONE:
		was_coordinator = incident->coordinator.v == ship.v;
		follow_done(core, incident, ship);
		end_coordinator(core, incident, ship, RCC_DUTY_DISCHARGED);
		lose_who_goes(core, incident, &(struct rcc_task){.ship = ship}, was_coordinator);
		break;
	}
}

/* After a cancel or a suspension all are called anew: who coordinated before may not come again. */
void
rcc_duty_call_anew(struct rcc_core *core, struct rcc_incident *incident)
{
	const struct rcc_broadcast *call = rcc_broadcast_at(core, incident->newest_broadcast);
	const struct rcc_broadcast *before = call == NULL ? NULL : rcc_broadcast_at(core, call->previous);

	if (before == NULL || (before->kind != RCC_BROADCAST_CANCEL && before->kind != RCC_BROADCAST_SUSPENDED))
		return;
	end_coordinator(core, incident, incident->coordinator, RCC_DUTY_SUPERSEDED);
}

static void
follow_release(struct rcc_core *core, struct rcc_incident *incident, const struct rcc_task *task)
{
	for (uint32_t slot1 = incident->newest_duty; slot1 != 0; slot1 = core->duty[slot1 - 1].previous) {
		struct rcc_duty *row = &core->duty[slot1 - 1];
		if (is_response(row) && goes(core, incident, task, row->ship))
			rcc_duty_set(core, row, RCC_DUTY_SUPERSEDED);
	}
	bool was_coordinator = incident->coordinator.v != 0 && goes(core, incident, task, incident->coordinator);
	if (was_coordinator)
		end_coordinator(core, incident, incident->coordinator, RCC_DUTY_SUPERSEDED);
	if (task->ship.v == 0)
		rcc_duty_done(core, incident, RCC_DUTY_RULE_RELEASE);
	lose_who_goes(core, incident, task, was_coordinator);
}

void
rcc_duty_follow_task(struct rcc_core *core, const struct rcc_task *task)
{
	struct rcc_incident *incident = incident_get(core, task->incident);
	struct rcc_duty *row = NULL;

	rcc_duty_done(core, incident, RCC_DUTY_RULE_ACT);
	switch (task->kind) {
	case RCC_TASK_ASSIST:
		(void)rcc_duty_open(core, incident, RCC_DUTY_RULE_DO_TASK, task->ship, 0);
		break;
	case RCC_TASK_REQUISITION:
		(void)rcc_duty_open(core, incident, RCC_DUTY_RULE_COMPLY, task->ship, 0);
		break;
	case RCC_TASK_COORDINATE:
		/* There is one: who was designated before is relieved of it, and reports to the other. */
		if (incident->coordinator.v != 0 && incident->coordinator.v != task->ship.v) {
			rcc_duty_mark(core, incident, RCC_DUTY_RULE_CONTACT, incident->coordinator,
			              RCC_DUTY_SUPERSEDED);
			end_coordinator(core, incident, incident->coordinator, RCC_DUTY_SUPERSEDED);
		}
		incident->coordinator = task->ship;
		(void)rcc_duty_open(core, incident, RCC_DUTY_RULE_COORDINATE, task->ship, 0);
		rcc_duty_done(core, incident, RCC_DUTY_RULE_COORDINATOR);
		break;
	case RCC_TASK_RELEASE:
		follow_release(core, incident, task);
		return;
	}
	if (task->contact_min != 0) {
		row = rcc_duty_open(core, incident, RCC_DUTY_RULE_CONTACT, task->ship, 0);
		if (row != NULL)
			row->interval_min = task->contact_min;
		rcc_duty_hear(core, incident, task->ship);
	}
}

void
rcc_duty_resume_scene(struct rcc_core *core, struct rcc_incident *incident)
{
	bool is_there = false;

	for (const struct rcc_answer_state *answer = rcc_answer_at(core, incident->newest_answer); answer != NULL;
	     answer = rcc_answer_at(core, answer->previous))
		is_there |= answer->body.kind == RCC_ANSWER_ON_SCENE &&
		            !rcc_rank_is_released(core, incident, rcc_peer_find(core, answer->peer), answer);
	if (rcc_incident_is_standing(incident) && is_bound(core, incident))
		want_coordinator(core, incident, RCC_ETA_UNKNOWN_MIN, is_there);
}
