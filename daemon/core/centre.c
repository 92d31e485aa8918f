/*
 * centre.c - what another centre says of a handover, and what is owed to it.
 *
 * Every step is taken once, whatever is repeated, late or out of order: a step that the row is past changes nothing and is
 * answered as taken.
 */
#include <assert.h>
#include <string.h>

#include "core/carried.h"
#include "core/handover.h"
#include "core/request.h"
#include "rcc/work_text.h"

/* The other's step on a row: its words, and where it stands in its record. */
static struct rcc_event *
heard_event(struct rcc_step *step, const struct rcc_handover_state *row, enum rcc_handover_stage stage)
{
	const struct rcc_centre *said = &step->entry->cause.u.centre;
	struct rcc_event *event = rcc_handover_event(step, row, said->step);
	struct rcc_handover_changed *changed = &event->u.handover_changed;

	changed->by = step->entry->cause.origin.peer;
	changed->is_heard = 1;
	changed->stage = stage;
	changed->record = said->record;
	memcpy(changed->body.officer, said->officer, sizeof said->officer);
	memcpy(changed->body.reason, said->reason, sizeof said->reason);
	if (said->incident.v != 0) {
		changed->theirs = said->incident;
		changed->their_year = said->year;
		changed->their_number = said->number;
	}
	return event;
}

/* The machine's own step on a row. */
static void
emit_own(struct rcc_step *step, const struct rcc_handover_state *row, enum rcc_handover_step what,
         enum rcc_handover_stage stage, enum rcc_incident_status status, const char *reason)
{
	struct rcc_event *event = rcc_handover_event(step, row, what);
	size_t len = strlen(reason);

	assert(len <= RCC_TEXT_MAX);
	event->u.handover_changed.stage = stage;
	event->u.handover_changed.status = status;
	memcpy(event->u.handover_changed.body.reason, reason, len);
	rcc_step_emit(step, event);
}

/* ---- an offer comes in ---- */

/* The case in which it belongs: the one that came of an offer of the same case before, or that we handed to them. */
static struct rcc_incident_id
known_case(const struct rcc_step *step, const struct rcc_alert *alert)
{
	const struct rcc_core *core = step->core;
	const struct rcc_centre *said = &step->entry->cause.u.centre;
	struct rcc_incident_id found = {0};
	uint32_t newest = 0;

	for (uint32_t i = 0; i < RCC_HANDOVERS_MAX && said->incident.v != 0; i++) {
		const struct rcc_handover_state *row = &core->handover[i];
		if (row->id <= newest || row->theirs.v != said->incident.v ||
		    memcmp(&rcc_peer_find(core, row->peer)->key, &step->entry->cause.origin.key,
		           sizeof(struct rcc_key)) != 0)
			continue;
		const struct rcc_incident *incident = rcc_incident_find(core, row->incident);
		if (incident != NULL && incident->status != RCC_INCIDENT_CLOSED && incident->class == alert->class &&
		    !incident->is_restricted) {
			found = row->incident;
			newest = row->id;
		}
	}
	return found;
}

/* Where the alert of this entry went. */
static struct rcc_incident_id
case_of_entry(const struct rcc_step *step)
{
	struct rcc_incident_id found = {0};

	for (uint32_t i = 0; i < step->entry->event_count; i++) {
		const struct rcc_event *event = &step->entry->event[i];
		if (event->kind == RCC_EVENT_ALERT_JOINED)
			found = event->u.joined.incident;
		if (event->kind == RCC_EVENT_ALERT_REPEATED)
			found = rcc_alert_find(step->core, event->u.repeated.alert)->incident;
	}
	return found;
}

static void
take_offer(struct rcc_step *step)
{
	const struct rcc_centre *said = &step->entry->cause.u.centre;
	struct rcc_peer_id peer = step->entry->cause.origin.peer;

	if (said->snapshot_count == 0) {
		rcc_step_refuse(step, RCC_REFUSAL_RANGE, "centre.snapshot");
		return;
	}
	if (rcc_carried_wrong(&said->carried) != NULL) {
		rcc_step_refuse(step, RCC_REFUSAL_RANGE, rcc_carried_wrong(&said->carried));
		return;
	}
	struct rcc_alert alert = rcc_alert_meant(step->core, &step->entry->cause);
	if (!rcc_share_allows(step->core, peer, alert.class)) {
		rcc_step_refuse(step, RCC_REFUSAL_NOT_LIVE, "centre.snapshot");
		return;
	}
	if (rcc_handover_slot(step->core) == RCC_HANDOVERS_MAX) {
		rcc_step_refuse(step, RCC_REFUSAL_FULL, "centre");
		return;
	}
	rcc_alert_take(step, &alert, RCC_VERDICT_MATCH, known_case(step, &alert));
	struct rcc_handover_state row = {.handover = said->handover,
	                                 .peer = peer,
	                                 .is_incoming = true,
	                                 .stage = RCC_HANDOVER_OFFERED,
	                                 .incident = case_of_entry(step)};
	struct rcc_event *event = heard_event(step, &row, RCC_HANDOVER_OFFERED);
	event->u.handover_changed.snapshot_count = 1;
	event->u.handover_changed.snapshot[0] = alert;
	event->u.handover_changed.carried = said->carried;
	event->u.handover_changed.report_len = said->report_len;
	memcpy(event->u.handover_changed.report, said->report, said->report_len);
	rcc_step_emit(step, event);
}

/* ---- an answer comes in ---- */

/* Have we said, since we offered it, that we have the case? Then we keep it, whoever accepts an old offer. */
static bool
has_promised_since(const struct rcc_core *core, const struct rcc_handover_state *offer)
{
	for (uint32_t i = 0; i < RCC_HANDOVERS_MAX; i++) {
		const struct rcc_handover_state *row = &core->handover[i];
		if (row->id != 0 && row->is_incoming && row->incident.v == offer->incident.v &&
		    row->accepted_seq > offer->offered_seq)
			return true;
	}
	return false;
}

static bool
may_let_go(const struct rcc_core *core, const struct rcc_handover_state *row)
{
	const struct rcc_incident *incident = rcc_incident_find(core, row->incident);

	return incident != NULL && (incident->status == RCC_INCIDENT_NEW || incident->status == RCC_INCIDENT_OPEN) &&
	       !has_promised_since(core, row);
}

/* The case has gone: offers of it to others end. */
static void
withdraw_others(struct rcc_step *step, const struct rcc_handover_state *passed)
{
	struct rcc_incident_id incident = passed->incident;
	uint32_t id = passed->id;
	char text[RCC_TEXT_MAX + 1];

	rcc_handover_words(text, rcc_peer_find(step->core, passed->peer)->name, " has it.");
	for (uint32_t i = 0; i < RCC_HANDOVERS_MAX; i++) {
		const struct rcc_handover_state *row = &step->core->handover[i];
		if (row->id != 0 && row->id != id && row->incident.v == incident.v && !row->is_incoming &&
		    row->stage == RCC_HANDOVER_OFFERED)
			emit_own(step, row, RCC_HANDOVER_WITHDRAW, RCC_HANDOVER_WITHDRAWN, (enum rcc_incident_status)0,
			         text);
	}
}

/* The other has it: that is stored with this very entry, and now we let go. A withdrawal that crossed it comes too late. */
static void
take_acceptance(struct rcc_step *step, const struct rcc_handover_state *row)
{
	bool is_open = row->stage == RCC_HANDOVER_OFFERED || row->stage == RCC_HANDOVER_WITHDRAWN;
	char text[RCC_TEXT_MAX + 1];

	if (row->is_incoming || !is_open)
		return;
	bool may = may_let_go(step->core, row);
	rcc_step_emit(step, heard_event(step, row, RCC_HANDOVER_ACCEPTED));
	if (!may) {
		emit_own(step, row, RCC_HANDOVER_CONTEST, RCC_HANDOVER_CONTESTED, (enum rcc_incident_status)0,
		         "the acceptance came too late: the case has gone on here");
		return;
	}
	rcc_handover_words(text, "Coordination has passed to ", rcc_peer_find(step->core, row->peer)->name);
	rcc_handover_tell_ships(step, row->incident, text);
	emit_own(step, row, RCC_HANDOVER_CONFIRM, RCC_HANDOVER_CONFIRMED, RCC_INCIDENT_TRANSFERRED, "");
	withdraw_others(step, row);
}

static void
take_refusal(struct rcc_step *step, const struct rcc_handover_state *row)
{
	if (!row->is_incoming && (row->stage == RCC_HANDOVER_OFFERED || row->stage == RCC_HANDOVER_WITHDRAWN))
		rcc_step_emit(step, heard_event(step, row, RCC_HANDOVER_REFUSED));
}

/* Now it is ours alone, and our ships hear who coordinates. */
static void
take_confirmation(struct rcc_step *step, const struct rcc_handover_state *row)
{
	char text[RCC_TEXT_MAX + 1];

	if (!row->is_incoming || row->stage != RCC_HANDOVER_ACCEPTED)
		return;
	rcc_step_emit(step, heard_event(step, row, RCC_HANDOVER_CONFIRMED));
	rcc_handover_words(text, step->core->run.centre, " coordinates from now on.");
	rcc_handover_tell_ships(step, row->incident, text);
}

/* What was offered stays with the other. After our acceptance it comes too late, and the other is told so. */
static void
take_withdrawal(struct rcc_step *step, const struct rcc_handover_state *row)
{
	const struct rcc_incident *incident = rcc_incident_find(step->core, row->incident);
	bool is_open = row->stage == RCC_HANDOVER_OFFERED;
	bool is_active =
	    incident != NULL && (incident->status == RCC_INCIDENT_NEW || incident->status == RCC_INCIDENT_OPEN);
	char text[RCC_TEXT_MAX + 1];

	if (row->is_incoming && row->stage == RCC_HANDOVER_ACCEPTED)
		rcc_step_refuse(step, RCC_REFUSAL_WRONG_STATE, "centre.step");
	if (!row->is_incoming || !is_open)
		return;
	bool is_theirs = is_active && rcc_handover_is_theirs_alone(step->core, row) &&
	                 !rcc_parts_are_open(step->core, row->incident);
	rcc_handover_words(text, rcc_peer_find(step->core, row->peer)->name, " coordinates.");
	if (is_theirs)
		rcc_handover_tell_ships(step, row->incident, text);
	struct rcc_event *event = heard_event(step, row, RCC_HANDOVER_WITHDRAWN);
	if (is_theirs)
		event->u.handover_changed.status = RCC_INCIDENT_TRANSFERRED;
	rcc_step_emit(step, event);
}

/* Withdrawn before it came: should the offer still come, it is known to be over. */
static void
bury(struct rcc_step *step)
{
	const struct rcc_centre *said = &step->entry->cause.u.centre;
	struct rcc_handover_state row = {
	    .handover = said->handover, .peer = step->entry->cause.origin.peer, .is_incoming = true};

	if (rcc_handover_slot(step->core) == RCC_HANDOVERS_MAX)
		rcc_step_refuse(step, RCC_REFUSAL_FULL, "centre");
	else
		rcc_step_emit(step, heard_event(step, &row, RCC_HANDOVER_WITHDRAWN));
}

static void
take_contest(struct rcc_step *step, const struct rcc_handover_state *row)
{
	if (row->stage != RCC_HANDOVER_CONTESTED)
		rcc_step_emit(step, heard_event(step, row, RCC_HANDOVER_CONTESTED));
}

/* ---- a receipt comes in ---- */

/*
 * The other has what we said on its disk, or says why it took no note of it. An offer that it refuses is refused; an
 * acceptance of an offer that it does not know any more leaves two centres that act.
 */
static void
take_receipt(struct rcc_step *step, const struct rcc_handover_state *row)
{
	const struct rcc_centre *said = &step->entry->cause.u.centre;
	enum rcc_handover_stage stage = row->stage;
	bool is_refused = (unsigned)said->refusal != 0;

	if (row->is_stored || row->said == 0)
		return;
	if (is_refused && row->said == RCC_HANDOVER_OFFER && stage == RCC_HANDOVER_OFFERED)
		stage = RCC_HANDOVER_REFUSED;
	if (is_refused && row->said == RCC_HANDOVER_ACCEPT && stage == RCC_HANDOVER_ACCEPTED)
		stage = RCC_HANDOVER_CONTESTED;
	struct rcc_event *event = heard_event(step, row, stage);
	event->u.handover_changed.refusal = said->refusal;
	size_t len = strlen(rcc_handover_word(row->said));
	memcpy(event->u.handover_changed.body.reason, rcc_handover_word(row->said), len + 1);
	rcc_step_emit(step, event);
}

static bool
is_message(const struct rcc_origin *origin)
{
	static const struct rcc_msg_id none = {{0}};

	return memcmp(&origin->msg_id, &none, sizeof none) != 0;
}

void
rcc_rule_centre(struct rcc_step *step)
{
	const struct rcc_centre *said = &step->entry->cause.u.centre;
	const struct rcc_origin *origin = &step->entry->cause.origin;
	const struct rcc_handover_state *row = rcc_handover_find(step->core, &said->handover, &origin->key);

	if (rcc_peer_find(step->core, origin->peer) == NULL || origin->role != RCC_ROLE_PEER) {
		rcc_step_refuse(step, RCC_REFUSAL_NOT_ALLOWED, "centre");
		return;
	}
	if (row == NULL && said->step == RCC_HANDOVER_WITHDRAW) {
		bury(step);
		return;
	}
	if (row == NULL && said->step != RCC_HANDOVER_OFFER) {
		rcc_step_refuse(step, RCC_REFUSAL_NOT_FOUND, "centre.handover");
		return;
	}
	/* A receipt is what our own shell has heard: it has no id. */
	if (said->step == RCC_HANDOVER_STORED && is_message(origin)) {
		rcc_step_refuse(step, RCC_REFUSAL_RANGE, "centre.step");
		return;
	}
	switch (said->step) {
	case RCC_HANDOVER_OFFER:
		if (row == NULL)
			take_offer(step);
		return;
	case RCC_HANDOVER_ACCEPT:
		take_acceptance(step, row);
		return;
	case RCC_HANDOVER_REFUSE:
		take_refusal(step, row);
		return;
	case RCC_HANDOVER_CONFIRM:
		take_confirmation(step, row);
		return;
	case RCC_HANDOVER_WITHDRAW:
		take_withdrawal(step, row);
		return;
	case RCC_HANDOVER_CONTEST:
		take_contest(step, row);
		return;
	case RCC_HANDOVER_STORED:
		take_receipt(step, row);
		return;
	case RCC_HANDOVER_SILENT:
		break;
	}
	rcc_step_refuse(step, RCC_REFUSAL_RANGE, "centre.step");
}

/* ---- what is owed ---- */

/* The id of a step: the same each time it is said. */
static struct rcc_msg_id
id_of(const struct rcc_handover_state *row)
{
	struct rcc_msg_id id = row->handover;

	id.b[0] ^= (uint8_t)(0x80 | row->said);
	return id;
}

const struct rcc_peer *
rcc_handover_callee(const struct rcc_core *core, struct rcc_peer_id id)
{
	/* By its key: a centre whose address has changed was enrolled anew with the same one. */
	const struct rcc_peer *peer = rcc_peer_find_key(core, &rcc_peer_find(core, id)->key);

	if (peer->revoked_at_ms != 0 || peer->role != RCC_ROLE_PEER ||
	    rcc_core_centre_endpoint(core, peer->id)[0] == '\0')
		return NULL;
	return peer;
}

static bool
is_handover_owed(const struct rcc_core *core, uint32_t slot, struct rcc_centre_owed *ret_owed)
{
	const struct rcc_handover_state *row = &core->handover[slot];
	struct rcc_centre *body = &ret_owed->body;

	if (row->id == 0 || row->said == 0 || row->is_stored)
		return false;
	const struct rcc_peer *peer = rcc_handover_callee(core, row->peer);
	if (peer == NULL)
		return false;
	*ret_owed = (struct rcc_centre_owed){
	    .peer = peer->id, .id = id_of(row), .class = row->snapshot.class, .kind = RCC_BODY_CENTRE};
	body->handover = row->handover;
	body->step = row->said;
	body->incident = row->incident;
	body->year = row->year;
	body->number = row->number;
	body->decided_at_ms = row->said_at_ms;
	body->record.seq = row->said_seq;
	body->answers = row->said_answers;
	memcpy(body->officer, row->said_officer, sizeof body->officer);
	memcpy(body->reason, row->said_reason, sizeof body->reason);
	if (row->said == RCC_HANDOVER_OFFER) {
		body->snapshot_count = 1;
		body->snapshot[0] = row->snapshot;
		body->carried = row->carried;
		body->report_len = row->report_len;
		memcpy(body->report, row->report, sizeof body->report);
	}
	return true;
}

bool
rcc_core_centre_owed(const struct rcc_core *core, uint32_t slot, struct rcc_centre_owed *ret_owed)
{
	if (slot < RCC_HANDOVERS_MAX)
		return is_handover_owed(core, slot, ret_owed);
	return rcc_request_owed(core, slot - RCC_HANDOVERS_MAX, ret_owed);
}
