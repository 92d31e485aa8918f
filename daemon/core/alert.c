/*
 * alert.c - intake: every signal becomes a line that a person can see, whatever is wrong with it.
 *
 * An alert is never refused. It repeats one we have, or gets a lane: incident, quarantine (we do not trust its sender),
 * needs-reading (we do not understand it) or test.
 */
#include <assert.h>
#include <string.h>

#include "core/core_internal.h"
#include "core/retention.h"
#include "rcc/text.h"
#include "rcc/units.h"

static bool
same_pos(struct rcc_pos a, struct rcc_pos b)
{
	return a.lat_e7 == b.lat_e7 && a.lon_e7 == b.lon_e7;
}

/* A test in a live envelope is a test, and a live alert in a test envelope is one too. */
static enum rcc_class
least_live(enum rcc_class a, enum rcc_class b)
{
	if (a == RCC_CLASS_TEST || b == RCC_CLASS_TEST)
		return RCC_CLASS_TEST;
	return a == RCC_CLASS_EXERCISE || b == RCC_CLASS_EXERCISE ? RCC_CLASS_EXERCISE : RCC_CLASS_LIVE;
}

static enum rcc_verdict
verdict_of(const struct rcc_core *core, const struct rcc_origin *origin, const struct rcc_alert *alert)
{
	const struct rcc_peer *peer = rcc_peer_find(core, origin->peer);

	switch (origin->role) {
	case RCC_ROLE_GUEST:
		return rcc_peer_find_key(core, &origin->key) == NULL ? RCC_VERDICT_UNENROLLED : RCC_VERDICT_REVOKED;
	case RCC_ROLE_VESSEL:
		assert(peer != NULL);
		return alert->casualty.v == peer->mmsi.v ? RCC_VERDICT_MATCH : RCC_VERDICT_ID_MISMATCH;
	case RCC_ROLE_FEED:
		return alert->source == RCC_SOURCE_CREW || alert->source == RCC_SOURCE_OFFICER ? RCC_VERDICT_ID_MISMATCH
		                                                                               : RCC_VERDICT_MATCH;
	case RCC_ROLE_PEER:
		return alert->source == RCC_SOURCE_RCC ? RCC_VERDICT_MATCH : RCC_VERDICT_ID_MISMATCH;
	case RCC_ROLE_AUDITOR:
	case RCC_ROLE_AGENCY:
		return RCC_VERDICT_ID_MISMATCH;
	case RCC_ROLE_OFFICER:
	case RCC_ROLE_ADMIN:
		return RCC_VERDICT_MATCH;
	}
	assert(false && "a role outside its enum");
}

/* Safety texts and withdrawals say nothing that a machine may act upon, and a beacon left on nothing new. */
static enum rcc_lane
lane_of(const struct rcc_step *step, const struct rcc_alert *alert, enum rcc_verdict verdict)
{
	/* A damaged distress may read as a test: what fails its own check is for a person. */
	if (alert->class == RCC_CLASS_TEST)
		return (alert->marks & RCC_ALERT_CHECKSUM_WRONG) != 0 ? RCC_LANE_NEEDS_READING : RCC_LANE_TEST;
	if (verdict != RCC_VERDICT_MATCH)
		return RCC_LANE_QUARANTINE;
	if ((alert->marks & (RCC_ALERT_NEEDS_READING | RCC_ALERT_SELF_CANCEL)) != 0 ||
	    alert->source == RCC_SOURCE_AIS_TEXT || rcc_left_on(step, alert) != NULL)
		return RCC_LANE_NEEDS_READING;
	return RCC_LANE_INCIDENT;
}

static bool
says_the_same(const struct rcc_alert *a, const struct rcc_alert *b)
{
	return a->nature == b->nature && a->persons == b->persons && strcmp(a->text, b->text) == 0 &&
	       strcmp(a->name, b->name) == 0;
}

/* A distress after a withdrawal is no repeat of it, nor a relay one of the call itself. */
#define MARKS_OF_KIND                                                                                                  \
	(RCC_ALERT_SELF_CANCEL | RCC_ALERT_RELAYED | RCC_ALERT_REVISION | RCC_ALERT_ACKNOWLEDGED | RCC_ALERT_RESTRICTED)

/*
 * A transmitter says the same thing for hours: only what it says of the danger counts, not how it is told. What adds to a call
 * says more in its words: a name, a speed, a part that has come at last.
 */
static bool
is_same_transmission(const struct rcc_alert *a, const struct rcc_alert *b)
{
	if ((a->marks & RCC_ALERT_REVISION) != 0 && !says_the_same(a, b))
		return false;
	return rcc_correlate_is_same(a, b) && a->nature == b->nature && a->category == b->category &&
	       a->persons == b->persons && a->relay.v == b->relay.v && a->refine == b->refine &&
	       a->epirb_link == b->epirb_link;
}

static bool
is_same_signal(const struct rcc_alert *a, const struct rcc_alert *b)
{
	if (a->source != b->source || a->class != b->class || ((a->marks ^ b->marks) & MARKS_OF_KIND) != 0)
		return false;
	if (((a->marks | b->marks) & RCC_ALERT_NEEDS_READING) != 0 || a->source == RCC_SOURCE_AIS_TEXT)
		return a->casualty.v == b->casualty.v && a->raw_len == b->raw_len &&
		       memcmp(a->raw, b->raw, a->raw_len) == 0 && strcmp(a->text, b->text) == 0;
	if (a->source == RCC_SOURCE_AIS_BEACON || a->source == RCC_SOURCE_AIS_STATUS)
		return a->casualty.v != 0 && a->casualty.v == b->casualty.v;
	if (a->source == RCC_SOURCE_DSC || a->source == RCC_SOURCE_BEACON406)
		return is_same_transmission(a, b);
	/* What people say anew is an alert of its own: its nature, its persons and its words must not be lost in a count. */
	return says_the_same(a, b) && rcc_correlate_is_same(a, b);
}

/* Does this row wait in that lane? A beacon left on that was dismissed is dismissed until it has been quiet. */
static bool
is_in_lane(const struct rcc_core *core, const struct rcc_alert_state *row, enum rcc_lane lane,
           const struct rcc_alert_state *left_on)
{
	bool is_dismissed = row->lane == RCC_LANE_DISMISSED && lane == RCC_LANE_NEEDS_READING &&
	                    rcc_left_on_is_beacon(row->body.source) && rcc_left_on_is_settled(core, row);

	/* One line for each case that it was left on of. */
	return (row->lane == lane || is_dismissed) &&
	       (left_on == NULL || rcc_left_on_case(core, row) == rcc_left_on_case(core, left_on));
}

/* The alert that this one repeats: same signal, same lane, still standing, within the joining window. */
static const struct rcc_alert_state *
find_repeated(const struct rcc_step *step, const struct rcc_alert *alert, enum rcc_verdict verdict, enum rcc_lane lane)
{
	const struct rcc_core *core = step->core;
	const struct rcc_command *cause = &step->entry->cause;
	const struct rcc_alert_state *left_on = lane == RCC_LANE_NEEDS_READING ? rcc_left_on(step, alert) : NULL;

	for (uint32_t i = 0; i < core->alert_top; i++) {
		const struct rcc_alert_state *row = &core->alert[i];
		if (row->id.v == 0 || !is_in_lane(core, row, lane, left_on) || !is_same_signal(&row->body, alert) ||
		    cause->at_ms - row->last_at_ms > (int64_t)core->run.rules.join_window_ms)
			continue;
		if (lane == RCC_LANE_QUARANTINE &&
		    memcmp(&row->sender_key, &cause->origin.key, sizeof row->sender_key) != 0)
			continue;
		const struct rcc_incident *incident = rcc_incident_find(core, row->incident);
		if (lane == RCC_LANE_INCIDENT && (incident == NULL || incident->status == RCC_INCIDENT_CLOSED ||
		                                  rcc_wall_divides(step, alert, verdict, incident)))
			continue;
		return row;
	}
	return NULL;
}

/* Doubts are of the place as last told; that one jumped remains true. */
static uint32_t
doubts_of(const struct rcc_alert_state *row, const struct rcc_alert *repeat)
{
	uint32_t doubts = (repeat->marks & RCC_ALERT_DOUBTS) | (row->body.marks & RCC_ALERT_POS_JUMP);

	return rcc_pos_is_known(repeat->pos) ? doubts : doubts | (row->body.marks & RCC_ALERT_DOUBTS);
}

static void
emit_repeated(struct rcc_step *step, const struct rcc_alert_state *row, const struct rcc_alert *alert)
{
	struct rcc_incident_id incident_id = row->incident;
	bool has_moved = !same_pos(row->body.pos, alert->pos);
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_ALERT_REPEATED);

	event->u.repeated.alert = row->id;
	event->u.repeated.count = row->count + 1;
	event->u.repeated.sender = step->entry->cause.origin.peer;
	event->u.repeated.pos = rcc_pos_is_known(alert->pos) ? alert->pos : row->body.pos;
	event->u.repeated.pos_at_ms = rcc_pos_is_known(alert->pos) ? alert->pos_at_ms : row->body.pos_at_ms;
	event->u.repeated.pos_radius_m = rcc_pos_is_known(alert->pos) ? alert->pos_radius_m : row->body.pos_radius_m;
	event->u.repeated.marks = doubts_of(row, alert);
	rcc_step_emit(step, event);

	const struct rcc_incident *incident = rcc_incident_find(step->core, incident_id);
	if (incident == NULL || incident->status == RCC_INCIDENT_CLOSED)
		return;
	/* The ships were told that it is over, and it is not: the clock of its source runs again. */
	if (incident->status == RCC_INCIDENT_SUSPENDED)
		rcc_incident_resume(step, incident_id, row->id, "");
	if (incident->is_cancelled) {
		rcc_incident_raise(step, incident_id, row->id, rcc_alert_phase(alert), alert->source);
		rcc_incident_start_clock(step, incident_id, rcc_relay_due_ms(step, alert->source));
	}
	if (rcc_pos_is_known(alert->pos) && has_moved)
		rcc_facts_take(step, incident_id, row->id);
	rcc_incident_relay_if_due(step, incident_id);
}

/*
 * A call without a position, from a ship whose position was heard not long ago: she is where she was, within what she can
 * have sailed since. The picture's word travels in the command's scene.
 */
#define LAST_HEARD_MS RCC_MS_PER_HOUR

static void
place_from_scene(const struct rcc_command *command, struct rcc_alert *alert)
{
	const struct rcc_scene_ship *ship = rcc_scene_find(&command->scene, alert->casualty);

	if (rcc_pos_is_known(alert->pos) || alert->casualty.v == 0 || ship == NULL)
		return;
	int64_t age_ms = command->at_ms - ship->seen_at_ms;
	if (age_ms < 0 || age_ms > LAST_HEARD_MS)
		return;
	int64_t sog_dkn = ship->sog_dkn == RCC_SOG_UNKNOWN_DKN ? 0 : ship->sog_dkn;
	alert->pos = ship->pos;
	alert->pos_at_ms = ship->seen_at_ms;
	/* 0.1 kn for a second is 1852/36000 m. */
	alert->pos_radius_m = (uint32_t)(age_ms * sog_dkn * RCC_M_PER_NM / (36000 * RCC_MS_PER_S));
}

/* What another centre tells of a case is the word of its officers: no signal, and nobody's particulars. */
static struct rcc_alert
told_by_centre(const struct rcc_alert *said)
{
	struct rcc_alert alert = *said;

	alert.source = RCC_SOURCE_RCC;
	alert.marks = 0;
	alert.refine = 0;
	alert.contact = 0;
	alert.sealed_len = alert.raw_len = 0;
	memset(alert.sealed, 0, sizeof alert.sealed);
	memset(alert.raw, 0, sizeof alert.raw);
	return alert;
}

struct rcc_alert
rcc_alert_meant(const struct rcc_core *core, const struct rcc_command *command)
{
	/* An officer's report is an alert with an address. */
	struct rcc_alert alert = command->kind == RCC_COMMAND_OPEN ? command->u.open.alert : command->u.alert;
	if (command->kind == RCC_COMMAND_CENTRE)
		alert = told_by_centre(&command->u.centre.snapshot[0]);
	const struct rcc_peer *sender = rcc_peer_find(core, command->origin.peer);

	/* A crew that names no casualty speaks of its own ship. */
	if (alert.source == RCC_SOURCE_CREW && alert.casualty.v == 0 && sender != NULL)
		alert.casualty = sender->mmsi;
	alert.class = least_live(alert.class, command->origin.class);
	rcc_revision_place(core, command, &alert);
	place_from_scene(command, &alert);
	alert.marks |= rcc_plausible_marks(core, command, &alert);
	return alert;
}

/* ---- floods ---- */

/*
 * The sender's new alerts in this minute, the coming one included; 0 = nobody counts (officers, guests, the machine). Tests
 * wake nobody and are not counted, exercises apart: neither may use up what a distress needs.
 */
static uint32_t
minute_count(const struct rcc_step *step, enum rcc_class class, enum rcc_lane lane)
{
	const struct rcc_origin *origin = &step->entry->cause.origin;
	const struct rcc_peer *peer = rcc_peer_find(step->core, origin->peer);

	/* What an officer sends, here or at another centre, is no flood. */
	if (peer == NULL || origin->role == RCC_ROLE_OFFICER || origin->role == RCC_ROLE_ADMIN ||
	    lane == RCC_LANE_TEST || step->entry->cause.kind == RCC_COMMAND_CENTRE)
		return 0;
	const struct rcc_minute *minute = &peer->minute[class == RCC_CLASS_EXERCISE];
	return step->entry->cause.at_ms - minute->at_ms < RCC_MS_PER_MIN ? minute->count + 1 : 1;
}

/*
 * More new alerts in a minute than people can read come from a broken or hostile sender, and each would wake every ship:
 * those above the limit are recorded all the same, grouped, and wait for a person. Nobody else waits for them.
 */
static bool
is_flood(struct rcc_step *step, uint32_t count)
{
	uint32_t limit = step->core->run.rules.flood_per_min;

	if (limit == 0 || count <= limit)
		return false;
	if (count == limit + 1) {
		struct rcc_event *event = rcc_step_event(step, RCC_EVENT_FLOOD_BEGAN);
		event->u.flood.peer = step->entry->cause.origin.peer;
		event->u.flood.per_min = limit;
		rcc_step_emit(step, event);
	}
	return true;
}

/* ---- the door ---- */

static struct rcc_alert_id
record_alert(struct rcc_step *step, const struct rcc_alert *alert, enum rcc_lane lane, enum rcc_verdict verdict,
             uint32_t count)
{
	const struct rcc_command *cause = &step->entry->cause;

	rcc_room_for_alert(step);
	struct rcc_alert_id id = {step->core->alert_last + 1};
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_ALERT_RECORDED);
	event->u.alert.alert = id;
	event->u.alert.lane = lane;
	event->u.alert.verdict = verdict;
	event->u.alert.sender = cause->origin.peer;
	event->u.alert.sender_key = cause->origin.key;
	event->u.alert.minute_count = count;
	event->u.alert.body = *alert;
	rcc_step_emit(step, event);
	return id;
}

/* An officer says in which case a report belongs: neither doubt nor key stands in the way. */
static enum rcc_lane
lane_into(const struct rcc_step *step, const struct rcc_alert *alert, enum rcc_verdict verdict,
          struct rcc_incident_id into)
{
	return into.v != 0 ? RCC_LANE_INCIDENT : lane_of(step, alert, verdict);
}

void
rcc_alert_take(struct rcc_step *step, const struct rcc_alert *alert, enum rcc_verdict verdict,
               struct rcc_incident_id into)
{
	enum rcc_lane lane = lane_into(step, alert, verdict, into);
	const struct rcc_alert_state *row = into.v != 0 ? NULL : find_repeated(step, alert, verdict, lane);

	if (row != NULL) {
		emit_repeated(step, row, alert);
		return;
	}
	uint32_t count = minute_count(step, alert->class, lane);
	if (is_flood(step, count)) {
		lane = RCC_LANE_QUARANTINE;
		verdict = verdict == RCC_VERDICT_MATCH ? RCC_VERDICT_FLOOD : verdict;
	}
	const struct rcc_alert_state *settled = lane == RCC_LANE_NEEDS_READING ? rcc_left_on(step, alert) : NULL;
	const struct rcc_incident *over = settled == NULL ? NULL : rcc_left_on_case(step->core, settled);
	struct rcc_incident_id over_id = {over == NULL ? 0 : over->id.v};
	struct rcc_alert_id id = record_alert(step, alert, lane, verdict, count);
	if (lane == RCC_LANE_INCIDENT)
		rcc_incident_take_alert(step, id, into);
	else if (lane != RCC_LANE_TEST && verdict != RCC_VERDICT_FLOOD)
		rcc_correlate_suggest(step, id, over_id);
}

void
rcc_rule_alert(struct rcc_step *step)
{
	struct rcc_alert alert = rcc_alert_meant(step->core, &step->entry->cause);

	rcc_alert_take(step, &alert, verdict_of(step->core, &step->entry->cause.origin, &alert),
	               (struct rcc_incident_id){0});
}

void
rcc_rule_alert_conflict(struct rcc_step *step)
{
	struct rcc_alert alert = rcc_alert_meant(step->core, &step->entry->cause);

	/* A sender that mixes up its ids may be in danger all the same: a person reads what it says. */
	alert.marks |= RCC_ALERT_NEEDS_READING;
	rcc_alert_take(step, &alert, verdict_of(step->core, &step->entry->cause.origin, &alert),
	               (struct rcc_incident_id){0});
}

/* Why an officer's report cannot go into the case that he names; 0 = it can. Whatever goes behind the wall stays there. */
static enum rcc_refusal
into_refusal(const struct rcc_alert *alert, const struct rcc_incident *into)
{
	if (into->class != alert->class)
		return RCC_REFUSAL_NOT_LIVE;
	return (alert->marks & RCC_ALERT_RESTRICTED) != 0 && !into->is_restricted ? RCC_REFUSAL_RESTRICTED
	                                                                          : (enum rcc_refusal)0;
}

void
rcc_rule_open(struct rcc_step *step)
{
	const struct rcc_open *open = &step->entry->cause.u.open;
	struct rcc_alert alert = rcc_alert_meant(step->core, &step->entry->cause);

	if (alert.source != RCC_SOURCE_OFFICER && alert.source != RCC_SOURCE_RCC) {
		rcc_step_refuse(step, RCC_REFUSAL_RANGE, "open.alert.source");
		return;
	}
	/* Into a case, or in the open: one of the two. */
	if (open->incident.v != 0 && open->public_reason[0] != '\0') {
		rcc_step_refuse(step, RCC_REFUSAL_RANGE, "open.public_reason");
		return;
	}
	if (open->incident.v != 0) {
		const struct rcc_incident *into = rcc_incident_or_refuse(step, open->incident, "open.incident");
		if (into == NULL)
			return;
		enum rcc_refusal refusal = into_refusal(&alert, into);
		if (refusal != 0) {
			rcc_step_refuse(step, refusal, "open.incident");
			return;
		}
	}
	rcc_alert_take(step, &alert, RCC_VERDICT_MATCH, open->incident);
}

void
rcc_rule_decide(struct rcc_step *step)
{
	const struct rcc_decide *decide = &step->entry->cause.u.decide;
	const struct rcc_alert_state *row = rcc_alert_find(step->core, decide->alert);

	if (row == NULL) {
		rcc_step_refuse(step, RCC_REFUSAL_NOT_FOUND, "decide.alert");
		return;
	}
	/* Who dismissed it may have been wrong: that must not be the end of it. */
	bool is_second_thought = row->lane == RCC_LANE_DISMISSED && decide->decision == RCC_DECISION_ACCEPT;
	if (row->lane != RCC_LANE_QUARANTINE && row->lane != RCC_LANE_NEEDS_READING && !is_second_thought) {
		rcc_step_refuse(step, RCC_REFUSAL_WRONG_STATE, "decide.alert");
		return;
	}
	if (!rcc_text_has_word(decide->reason)) {
		rcc_step_refuse(step, RCC_REFUSAL_REASON_MISSING, "decide.reason");
		return;
	}
	/* Who withdraws a distress opens no case: with none of hers open there is nothing that it could belong to. */
	if (decide->decision == RCC_DECISION_ACCEPT && (row->body.marks & RCC_ALERT_SELF_CANCEL) != 0 &&
	    !rcc_incident_is_known(step, row)) {
		rcc_step_refuse(step, RCC_REFUSAL_NOT_FOUND, "decide.incident");
		return;
	}
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_ALERT_DECIDED);
	event->u.decided.alert = decide->alert;
	event->u.decided.decision = decide->decision;
	event->u.decided.by = step->entry->cause.origin.peer;
	memcpy(event->u.decided.reason, decide->reason, sizeof decide->reason);
	rcc_step_emit(step, event);
	if (decide->decision == RCC_DECISION_ACCEPT)
		rcc_incident_take_alert(step, decide->alert, (struct rcc_incident_id){0});
}

int64_t
rcc_alert_deadline_ms(const struct rcc_core *core, const struct rcc_alert_state *alert)
{
	bool is_waiting = alert->lane == RCC_LANE_QUARANTINE || alert->lane == RCC_LANE_NEEDS_READING;

	if (alert->id.v == 0 || !is_waiting || alert->is_escalated)
		return INT64_MAX;
	return alert->recorded_at_ms + core->run.rules.quarantine_ms;
}

/* How readily an alert leaves memory when the table is full: what a person has settled goes first. */
static int
eviction_rank(const struct rcc_core *core, const struct rcc_alert_state *row)
{
	const struct rcc_incident *incident = rcc_incident_find(core, row->incident);

	if (row->lane == RCC_LANE_TEST || row->lane == RCC_LANE_DISMISSED || row->verdict == RCC_VERDICT_FLOOD)
		return 0;
	if (row->lane == RCC_LANE_INCIDENT)
		return incident == NULL || !rcc_retention_keeps_case(incident) ? 1 : 2;
	return row->is_escalated ? 3 : 4;
}

bool
rcc_room_for_alert(struct rcc_step *step)
{
	const struct rcc_core *core = step->core;
	const struct rcc_alert_state *victim = NULL;
	int victim_rank = INT32_MAX;

	if (core->alert_count < RCC_ALERTS_MAX)
		return true;
	for (uint32_t i = 0; i < core->alert_top; i++) {
		const struct rcc_alert_state *row = &core->alert[i];
		int rank = eviction_rank(core, row);
		if (rank < victim_rank || (rank == victim_rank && row->id.v < victim->id.v)) {
			victim = row;
			victim_rank = rank;
		}
	}
	assert(victim != NULL);
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_ALERT_EVICTED);
	event->u.alert_ref.alert = victim->id;
	rcc_step_emit(step, event);
	return true;
}
