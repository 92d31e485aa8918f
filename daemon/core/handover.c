/*
 * handover.c - officers offer a case to another centre, take one over, refuse it, or withdraw their offer.
 */
#include "core/handover.h"

#include <assert.h>
#include <string.h>

#include "core/carried.h"
#include "rcc/text.h"

/* ---- rows ---- */

const struct rcc_handover_state *
rcc_handover_of(const struct rcc_core *core, struct rcc_incident_id incident)
{
	const struct rcc_handover_state *newest = NULL;

	for (uint32_t i = 0; incident.v != 0 && i < RCC_HANDOVERS_MAX; i++) {
		const struct rcc_handover_state *row = &core->handover[i];
		if (row->id != 0 && row->incident.v == incident.v && (newest == NULL || row->id > newest->id))
			newest = row;
	}
	return newest;
}

const struct rcc_handover_state *
rcc_handover_find(const struct rcc_core *core, const struct rcc_msg_id *handover, const struct rcc_key *key)
{
	for (uint32_t i = 0; i < RCC_HANDOVERS_MAX; i++) {
		const struct rcc_handover_state *row = &core->handover[i];
		if (row->id != 0 && memcmp(&row->handover, handover, sizeof *handover) == 0 &&
		    memcmp(&rcc_peer_find(core, row->peer)->key, key, sizeof *key) == 0)
			return row;
	}
	return NULL;
}

/* The newest row of a case in this direction and stage. */
static const struct rcc_handover_state *
row_in(const struct rcc_core *core, struct rcc_incident_id incident, bool is_incoming, enum rcc_handover_stage stage)
{
	const struct rcc_handover_state *newest = NULL;

	for (uint32_t i = 0; i < RCC_HANDOVERS_MAX; i++) {
		const struct rcc_handover_state *row = &core->handover[i];
		if (row->id != 0 && row->incident.v == incident.v && row->is_incoming == is_incoming &&
		    row->stage == stage && (newest == NULL || row->id > newest->id))
			newest = row;
	}
	return newest;
}

bool
rcc_handover_is_offered(const struct rcc_core *core, struct rcc_incident_id incident)
{
	return row_in(core, incident, false, RCC_HANDOVER_OFFERED) != NULL;
}

bool
rcc_handover_is_unsettled(const struct rcc_core *core, struct rcc_incident_id incident)
{
	return rcc_handover_is_offered(core, incident) || row_in(core, incident, true, RCC_HANDOVER_ACCEPTED) != NULL;
}

static bool
has_promised(const struct rcc_core *core, struct rcc_incident_id incident)
{
	return row_in(core, incident, true, RCC_HANDOVER_ACCEPTED) != NULL ||
	       row_in(core, incident, true, RCC_HANDOVER_CONFIRMED) != NULL ||
	       row_in(core, incident, true, RCC_HANDOVER_CONTESTED) != NULL;
}

bool
rcc_handover_is_theirs_alone(const struct rcc_core *core, const struct rcc_handover_state *row)
{
	const struct rcc_key *key = &rcc_peer_find(core, row->peer)->key;

	for (uint32_t i = 0; i < core->alert_top; i++) {
		const struct rcc_alert_state *alert = &core->alert[i];
		if (alert->id.v != 0 && alert->incident.v == row->incident.v &&
		    (alert->body.source != RCC_SOURCE_RCC || memcmp(&alert->sender_key, key, sizeof *key) != 0))
			return false;
	}
	return row->is_incoming && !has_promised(core, row->incident);
}

bool
rcc_handover_holds(const struct rcc_core *core, const struct rcc_incident *incident)
{
	const struct rcc_handover_state *offer = row_in(core, incident->id, true, RCC_HANDOVER_OFFERED);

	if (incident->status == RCC_INCIDENT_TRANSFERRED || incident->status == RCC_INCIDENT_CLOSED)
		return false;
	return offer == NULL || !rcc_handover_is_theirs_alone(core, offer);
}

bool
rcc_handover_is_shared(const struct rcc_handover_state *row)
{
	/* Who has withdrawn knows that an acceptance may be under way, until the other says that it had not accepted. */
	bool is_under_way = row->stage == RCC_HANDOVER_WITHDRAWN && !row->is_incoming &&
	                    (!row->is_stored || row->said_refusal == RCC_REFUSAL_WRONG_STATE);

	return row->stage == RCC_HANDOVER_OFFERED || row->stage == RCC_HANDOVER_ACCEPTED ||
	       row->stage == RCC_HANDOVER_CONTESTED || is_under_way;
}

static bool
is_settled(const struct rcc_handover_state *row)
{
	return row->stage != RCC_HANDOVER_OFFERED && row->stage != RCC_HANDOVER_ACCEPTED &&
	       (row->is_stored || row->said == 0);
}

uint32_t
rcc_handover_slot(const struct rcc_core *core)
{
	uint32_t oldest = RCC_HANDOVERS_MAX;

	for (uint32_t i = 0; i < RCC_HANDOVERS_MAX; i++) {
		if (core->handover[i].id == 0)
			return i;
		if (is_settled(&core->handover[i]) &&
		    (oldest == RCC_HANDOVERS_MAX || core->handover[i].id < core->handover[oldest].id))
			oldest = i;
	}
	return oldest;
}

/* ---- pieces ---- */

struct rcc_event *
rcc_handover_event(struct rcc_step *step, const struct rcc_handover_state *row, enum rcc_handover_step what)
{
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_HANDOVER_CHANGED);
	struct rcc_handover_changed *changed = &event->u.handover_changed;

	changed->body.incident = row->incident;
	changed->body.step = what;
	memcpy(changed->body.centre, rcc_peer_find(step->core, row->peer)->name, sizeof changed->body.centre);
	changed->handover = row->handover;
	changed->peer = row->peer;
	changed->is_incoming = row->is_incoming;
	changed->stage = row->stage;
	changed->theirs = row->theirs;
	changed->their_year = row->their_year;
	changed->their_number = row->their_number;
	return event;
}

void
rcc_handover_tell_ships(struct rcc_step *step, struct rcc_incident_id id, const char *text)
{
	const struct rcc_incident *incident = rcc_incident_find(step->core, id);

	if (incident != NULL && rcc_incident_is_standing(incident) && incident->class != RCC_CLASS_TEST &&
	    !incident->is_restricted && rcc_pos_is_known(incident->pos))
		rcc_broadcast_issue(step, id, RCC_BROADCAST_UPDATE, text);
}

void
rcc_handover_words(char text[RCC_TEXT_MAX + 1], const char *first, const char *second)
{
	size_t first_len = strlen(first);
	size_t second_len = strlen(second);

	assert(first_len + second_len <= RCC_TEXT_MAX);
	memcpy(text, first, first_len);
	memcpy(text + first_len, second, second_len + 1);
}

static const struct rcc_centre_state *
centre_of(const struct rcc_core *core, struct rcc_peer_id peer)
{
	for (uint32_t i = 0; i < RCC_CENTRES_MAX; i++) {
		if (core->centre[i].peer.v == peer.v)
			return &core->centre[i];
	}
	return NULL;
}

const char *
rcc_core_centre_endpoint(const struct rcc_core *core, struct rcc_peer_id peer)
{
	const struct rcc_centre_state *centre = peer.v == 0 ? NULL : centre_of(core, peer);

	return centre == NULL ? "" : centre->endpoint;
}

bool
rcc_share_allows(const struct rcc_core *core, struct rcc_peer_id peer, enum rcc_class class)
{
	const struct rcc_centre_state *centre = centre_of(core, peer);
	uint32_t share = centre == NULL ? (uint32_t)RCC_SHARE_ALL : centre->share;

	if (class == RCC_CLASS_TEST)
		return false;
	return share == RCC_SHARE_ALL || (share == RCC_SHARE_LIVE) == (class == RCC_CLASS_LIVE);
}

bool
rcc_handover_refuses(struct rcc_step *step, const struct rcc_incident *incident, const char *field)
{
	if (incident == NULL || incident->status != RCC_INCIDENT_TRANSFERRED)
		return false;
	rcc_step_refuse(step, RCC_REFUSAL_WRONG_STATE, field);
	return true;
}

/* ---- officers' orders ---- */

static bool
refuse_if(struct rcc_step *step, bool is_bad, enum rcc_refusal refusal, const char *field)
{
	if (is_bad)
		rcc_step_refuse(step, refusal, field);
	return is_bad;
}

struct rcc_msg_id
rcc_handover_name(const struct rcc_step *step)
{
	static const struct rcc_msg_id none = {{0}};
	struct rcc_msg_id id = step->entry->cause.origin.msg_id;
	uint64_t seq = step->core->seq + 1;

	if (memcmp(&id, &none, sizeof none) != 0)
		return id;
	for (size_t i = 0; i < sizeof seq; i++)
		id.b[15 - i] = (uint8_t)(seq >> (8 * i));
	return id;
}

static bool
is_offer_refused(struct rcc_step *step, const struct rcc_incident *incident, const struct rcc_peer *peer)
{
	const struct rcc_core *core = step->core;
	const struct rcc_handover *order = &step->entry->cause.u.handover;
	struct rcc_msg_id id = rcc_handover_name(step);
	bool is_active = incident->status == RCC_INCIDENT_NEW || incident->status == RCC_INCIDENT_OPEN;
	bool is_unsettled = rcc_handover_is_unsettled(core, incident->id);
	const struct {
		bool is_bad;
		enum rcc_refusal reason;
		const char *field;
	} checks[] = {
	    {!rcc_text_has_word(order->reason), RCC_REFUSAL_REASON_MISSING, "handover.reason"},
	    {peer == NULL || peer->role != RCC_ROLE_PEER, RCC_REFUSAL_NOT_FOUND, "handover.centre"},
	    {peer != NULL && centre_of(core, peer->id) == NULL, RCC_REFUSAL_UNSUPPORTED, "handover.centre"},
	    {incident->is_restricted, RCC_REFUSAL_RESTRICTED, "handover.incident"},
	    {peer != NULL && !rcc_share_allows(core, peer->id, incident->class), RCC_REFUSAL_NOT_LIVE,
	     "handover.incident"},
	    {!is_active || !rcc_handover_holds(core, incident) || is_unsettled, RCC_REFUSAL_WRONG_STATE,
	     "handover.incident"},
	    {rcc_parts_are_open(core, incident->id), RCC_REFUSAL_PARTS_OPEN, "handover.incident"},
	    {peer != NULL && rcc_handover_find(core, &id, &peer->key) != NULL, RCC_REFUSAL_DUPLICATE, "handover"},
	    {rcc_handover_slot(core) == RCC_HANDOVERS_MAX, RCC_REFUSAL_FULL, "handover"},
	};

	for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++) {
		if (refuse_if(step, checks[i].is_bad, checks[i].reason, checks[i].field))
			return true;
	}
	return false;
}

static void
offer(struct rcc_step *step, const struct rcc_incident *incident)
{
	const struct rcc_handover *order = &step->entry->cause.u.handover;
	const struct rcc_peer *peer = rcc_peer_find_name(step->core, order->centre);

	if (is_offer_refused(step, incident, peer))
		return;
	rcc_sitrep_hand_over(step, order);
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_HANDOVER_CHANGED);
	struct rcc_handover_changed *changed = &event->u.handover_changed;
	changed->by = step->entry->cause.origin.peer;
	changed->body = *order;
	changed->handover = rcc_handover_name(step);
	changed->peer = peer->id;
	changed->stage = RCC_HANDOVER_OFFERED;
	changed->snapshot_count = 1;
	rcc_handover_snapshot(step->core, incident, &changed->snapshot[0]);
	rcc_carried_of(step->core, incident, &changed->carried);
	changed->report_len = incident->reporting.report_len;
	memcpy(changed->report, incident->reporting.report, incident->reporting.report_len);
	rcc_step_emit(step, event);
}

/* The officer's step on a row: who, why, and where it stands from now on. */
static struct rcc_event *
order_event(struct rcc_step *step, const struct rcc_handover_state *row, enum rcc_handover_stage stage)
{
	const struct rcc_handover *order = &step->entry->cause.u.handover;
	struct rcc_event *event = rcc_handover_event(step, row, order->step);
	struct rcc_handover_changed *changed = &event->u.handover_changed;

	changed->by = step->entry->cause.origin.peer;
	memcpy(changed->body.officer, order->officer, sizeof order->officer);
	memcpy(changed->body.reason, order->reason, sizeof order->reason);
	changed->stage = stage;
	return event;
}

/* From here on it is ours as well; the other acts until it has heard of it. */
static void
accept_offer(struct rcc_step *step, const struct rcc_incident *incident, const struct rcc_handover_state *row)
{
	const struct rcc_handover *order = &step->entry->cause.u.handover;
	bool is_away = incident->status == RCC_INCIDENT_CLOSED || incident->status == RCC_INCIDENT_SUSPENDED;

	/* One at a time: who offers it does not take it over as well. */
	if (refuse_if(step, order->officer[0] == '\0', RCC_REFUSAL_RANGE, "handover.officer") ||
	    refuse_if(step, is_away || rcc_handover_is_offered(step->core, incident->id), RCC_REFUSAL_WRONG_STATE,
	              "handover.incident"))
		return;
	struct rcc_event *event = order_event(step, row, RCC_HANDOVER_ACCEPTED);
	struct rcc_incident_id id = incident->id;
	if (incident->status == RCC_INCIDENT_TRANSFERRED)
		event->u.handover_changed.status = RCC_INCIDENT_OPEN;
	rcc_step_emit(step, event);
	rcc_carried_take(step, id, row->peer, &row->carried);
}

static void
refuse_offer(struct rcc_step *step, const struct rcc_incident *incident, const struct rcc_handover_state *row)
{
	const struct rcc_handover *order = &step->entry->cause.u.handover;
	bool is_active = incident->status == RCC_INCIDENT_NEW || incident->status == RCC_INCIDENT_OPEN;
	char text[RCC_TEXT_MAX + 1];

	if (refuse_if(step, order->officer[0] == '\0', RCC_REFUSAL_RANGE, "handover.officer") ||
	    rcc_refuse_reason(step, order->reason, "handover.reason"))
		return;
	bool is_theirs =
	    is_active && rcc_handover_is_theirs_alone(step->core, row) && !rcc_parts_are_open(step->core, incident->id);
	rcc_handover_words(text, rcc_peer_find(step->core, row->peer)->name, " coordinates.");
	if (is_theirs)
		rcc_handover_tell_ships(step, incident->id, text);
	struct rcc_event *event = order_event(step, row, RCC_HANDOVER_REFUSED);
	if (is_theirs)
		event->u.handover_changed.status = RCC_INCIDENT_TRANSFERRED;
	rcc_step_emit(step, event);
}

static void
withdraw(struct rcc_step *step, const struct rcc_handover_state *row)
{
	if (rcc_refuse_reason(step, step->entry->cause.u.handover.reason, "handover.reason"))
		return;
	rcc_step_emit(step, order_event(step, row, RCC_HANDOVER_WITHDRAWN));
}

void
rcc_rule_handover(struct rcc_step *step)
{
	const struct rcc_handover *order = &step->entry->cause.u.handover;
	const struct rcc_incident *incident = rcc_incident_find(step->core, order->incident);
	bool is_answer = order->step == RCC_HANDOVER_ACCEPT || order->step == RCC_HANDOVER_REFUSE;

	if (refuse_if(step, incident == NULL, RCC_REFUSAL_NOT_FOUND, "handover.incident"))
		return;
	if (order->step == RCC_HANDOVER_OFFER) {
		offer(step, incident);
		return;
	}
	if (refuse_if(step, !is_answer && order->step != RCC_HANDOVER_WITHDRAW, RCC_REFUSAL_RANGE, "handover.step"))
		return;
	const struct rcc_handover_state *row = row_in(step->core, incident->id, is_answer, RCC_HANDOVER_OFFERED);
	if (refuse_if(step, row == NULL, RCC_REFUSAL_WRONG_STATE, "handover.incident"))
		return;
	if (order->step == RCC_HANDOVER_ACCEPT)
		accept_offer(step, incident, row);
	else if (order->step == RCC_HANDOVER_REFUSE)
		refuse_offer(step, incident, row);
	else
		withdraw(step, row);
}

/* The handover by which another centre has the case; NULL = it has left memory. */
static const struct rcc_handover_state *
passed_by(const struct rcc_core *core, struct rcc_incident_id incident)
{
	const struct rcc_handover_state *latest = NULL;

	for (uint32_t i = 0; i < RCC_HANDOVERS_MAX; i++) {
		const struct rcc_handover_state *row = &core->handover[i];
		if (row->id != 0 && row->incident.v == incident.v && row->passed_seq != 0 &&
		    (latest == NULL || row->passed_seq > latest->passed_seq))
			latest = row;
	}
	return latest;
}

void
rcc_handover_taken_back(struct rcc_step *step, struct rcc_incident_id incident, const char *reason)
{
	const struct rcc_handover_state *row = passed_by(step->core, incident);
	size_t len = strlen(reason);

	if (row == NULL)
		return;
	assert(len <= RCC_TEXT_MAX);
	struct rcc_event *event = rcc_handover_event(step, row, RCC_HANDOVER_CONTEST);
	event->u.handover_changed.by = step->entry->cause.origin.peer;
	event->u.handover_changed.stage = RCC_HANDOVER_CONTESTED;
	memcpy(event->u.handover_changed.body.reason, reason, len);
	rcc_step_emit(step, event);
}

/* ---- clock ---- */

int64_t
rcc_handover_deadline_ms(const struct rcc_core *core, const struct rcc_handover_state *row)
{
	uint32_t after_ms = core->run.rules.handover_ms;

	if (row->id == 0 || row->is_incoming || row->stage != RCC_HANDOVER_OFFERED || row->is_late || after_ms == 0)
		return INT64_MAX;
	return row->offered_at_ms + after_ms;
}

int64_t
rcc_handover_id_deadline_ms(const struct rcc_core *core, uint32_t id)
{
	for (uint32_t i = 0; id != 0 && i < RCC_HANDOVERS_MAX; i++) {
		if (core->handover[i].id == id)
			return rcc_handover_deadline_ms(core, &core->handover[i]);
	}
	return INT64_MAX;
}

void
rcc_handover_silent(struct rcc_step *step, uint32_t id)
{
	for (uint32_t i = 0; i < RCC_HANDOVERS_MAX; i++) {
		const struct rcc_handover_state *row = &step->core->handover[i];
		if (row->id == id && id != 0) {
			rcc_step_emit(step, rcc_handover_event(step, row, RCC_HANDOVER_SILENT));
			return;
		}
	}
}
