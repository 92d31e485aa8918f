/* evidence.c - whose an event is: what the record says of one ship in one case, and nothing that she has no part in. */
#include "evidence/evidence.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/persons.h"
#include "evidence/evidence_internal.h"
#include "rcc/work_text.h"

void
rcc_evidence_begin(struct rcc_evidence *evidence, struct rcc_incident_id incident, struct rcc_mmsi ship)
{
	memset(evidence, 0, offsetof(struct rcc_evidence, text));
	evidence->incident = incident;
	evidence->ship = ship;
	rcc_json_init(&evidence->json, evidence->text, sizeof evidence->text);
}

/* ---- from the core ---- */

static bool
is_hers(const struct rcc_evidence *evidence, struct rcc_peer_id peer)
{
	for (uint32_t i = 0; i < evidence->key_count; i++) {
		if (evidence->key[i].v == peer.v)
			return true;
	}
	return false;
}

/* All keys that her number was ever enrolled with: a ship with a new computer is the same ship. */
static void
gather_keys(struct rcc_evidence *evidence, const struct rcc_core *core)
{
	evidence->key_count = 0;
	for (uint32_t i = 0; i < core->peer_count; i++) {
		const struct rcc_peer *peer = &core->peer[i];
		if (peer->role != RCC_ROLE_VESSEL || peer->mmsi.v != evidence->ship.v)
			continue;
		memcpy(evidence->name, peer->name, sizeof evidence->name);
		if (evidence->key_count < RCC_EVIDENCE_KEYS_MAX)
			evidence->key[evidence->key_count++] = peer->id;
		else
			evidence->is_cut = true;
	}
}

static void
gather_alerts(struct rcc_evidence *evidence, const struct rcc_core *core)
{
	evidence->alert_count = 0;
	for (uint32_t i = 0; i < core->alert_top; i++) {
		const struct rcc_alert_state *alert = &core->alert[i];
		if (alert->id.v == 0 || alert->incident.v != evidence->incident.v || !is_hers(evidence, alert->sender))
			continue;
		if (evidence->alert_count < RCC_EVIDENCE_ALERTS_MAX)
			evidence->alert[evidence->alert_count++] = alert->id;
		else
			evidence->is_cut = true;
	}
}

static int
by_number(const void *a, const void *b)
{
	const struct rcc_evidence_duty *left = a, *right = b;

	return (left->duty.id.v > right->duty.id.v) - (left->duty.id.v < right->duty.id.v);
}

static void
gather_duties(struct rcc_evidence *evidence, const struct rcc_core *core, const struct rcc_incident *incident)
{
	evidence->duty_count = 0;
	for (uint32_t slot1 = incident->newest_duty; slot1 != 0; slot1 = core->duty[slot1 - 1].previous) {
		const struct rcc_duty *duty = &core->duty[slot1 - 1];
		if (duty->ship.v != evidence->ship.v)
			continue;
		if (evidence->duty_count < RCC_EVIDENCE_DUTIES_MAX)
			evidence->duty[evidence->duty_count++] = (struct rcc_evidence_duty){.duty = *duty};
		else
			evidence->is_cut = true;
	}
	qsort(evidence->duty, evidence->duty_count, sizeof evidence->duty[0], by_number);
}

static bool
has_aboard(const struct rcc_core *core, struct rcc_incident_id incident, struct rcc_mmsi ship)
{
	const struct rcc_aboard *row =
	    rcc_persons_row(core, incident, RCC_WHERE_ABOARD, ship, (struct rcc_place_id){0});

	return row != NULL && rcc_persons_sum(&row->count) > 0;
}

enum rcc_status
rcc_evidence_gather(struct rcc_evidence *evidence, const struct rcc_core *core)
{
	const struct rcc_incident *incident = rcc_incident_find(core, evidence->incident);

	if (incident == NULL)
		return RCC_E_NOT_FOUND;
	evidence->is_gathered = true;
	evidence->is_restricted = incident->is_restricted;
	evidence->year = incident->year;
	evidence->number = incident->number;
	evidence->class = incident->class;
	evidence->closed_at_ms = incident->status == RCC_INCIDENT_CLOSED ? incident->closed_at_ms : 0;
	evidence->has_aboard = has_aboard(core, incident->id, evidence->ship);
	memcpy(evidence->centre, core->run.centre, sizeof evidence->centre);
	gather_keys(evidence, core);
	gather_alerts(evidence, core);
	gather_duties(evidence, core, incident);
	return RCC_OK;
}

/* ---- from the entries: what she was told ---- */

/* A fact of her own part in the case. */
static void
count_own(struct rcc_evidence *evidence, const struct rcc_link *link)
{
	evidence->own++;
	if (evidence->first_at_ms == 0)
		evidence->first_at_ms = link->at_ms;
}

static void
take_broadcast(struct rcc_evidence *evidence, const struct rcc_broadcast_issued *broadcast)
{
	if (broadcast->incident.v != evidence->incident.v)
		return;
	if (evidence->broadcast_count < RCC_EVIDENCE_BROADCASTS_MAX)
		evidence->broadcast[evidence->broadcast_count++] = *broadcast;
	else
		evidence->is_cut = true;
}

static const struct rcc_broadcast_issued *
find_broadcast(const struct rcc_evidence *evidence, struct rcc_broadcast_id id)
{
	for (uint32_t i = 0; i < evidence->broadcast_count; i++) {
		if (evidence->broadcast[i].broadcast.v == id.v)
			return &evidence->broadcast[i];
	}
	return NULL;
}

static void
take_row(struct rcc_evidence *evidence, const struct rcc_link *link, const struct rcc_broadcast_issued *broadcast,
         const struct rcc_delivery_row *row)
{
	if (evidence->call_count == RCC_EVIDENCE_CALLS_MAX) {
		evidence->is_cut = true;
		return;
	}
	evidence->call[evidence->call_count++] = (struct rcc_evidence_call){.peer = row->peer, .number = row->number};
	count_own(evidence, link);
	evidence->is_bound = evidence->is_bound || row->called_on != 0;
	if (broadcast->kind == RCC_BROADCAST_RELEASE)
		evidence->released_at_ms = link->at_ms;
	else if (row->called_on != 0)
		evidence->released_at_ms = 0;
	if (broadcast->kind == RCC_BROADCAST_CANCEL)
		evidence->over_at_ms = link->at_ms;
	else if (broadcast->kind != RCC_BROADCAST_RELEASE)
		evidence->over_at_ms = 0;
	rcc_evidence_call(evidence, link, broadcast, row);
}

static void
take_queued(struct rcc_evidence *evidence, const struct rcc_link *link, const struct rcc_deliveries_queued *queued)
{
	const struct rcc_broadcast_issued *broadcast = find_broadcast(evidence, queued->broadcast);

	for (uint32_t i = 0; broadcast != NULL && i < queued->count; i++) {
		if (is_hers(evidence, queued->row[i].peer))
			take_row(evidence, link, broadcast, &queued->row[i]);
	}
}

static struct rcc_evidence_call *
find_call(struct rcc_evidence *evidence, struct rcc_peer_id peer, uint32_t number)
{
	for (uint32_t i = 0; i < evidence->call_count; i++) {
		if (evidence->call[i].peer.v == peer.v && evidence->call[i].number == number)
			return &evidence->call[i];
	}
	return NULL;
}

/* Each step once: the first that was recorded. */
static void
take_step(struct rcc_evidence *evidence, const struct rcc_link *link, bool *is_done, const char *class_name,
          uint32_t number, int64_t claimed_at_ms)
{
	if (*is_done)
		return;
	*is_done = true;
	rcc_evidence_call_step(evidence, link, class_name, number, claimed_at_ms, NULL);
}

static void
take_sent(struct rcc_evidence *evidence, const struct rcc_link *link, const struct rcc_sent *sent)
{
	for (uint32_t i = 0; i < sent->count; i++) {
		struct rcc_evidence_call *call = find_call(evidence, sent->row[i].peer, sent->row[i].number);
		if (call != NULL)
			take_step(evidence, link, &call->is_sent, "SENT", call->number, 0);
	}
}

/* A ship says "stored" of every call up to a number at once. */
static void
take_stored(struct rcc_evidence *evidence, const struct rcc_link *link, const struct rcc_delivery_stored *stored)
{
	for (uint32_t i = 0; i < evidence->call_count; i++) {
		struct rcc_evidence_call *call = &evidence->call[i];
		if (call->peer.v == stored->peer.v && call->number <= stored->number)
			take_step(evidence, link, &call->is_stored, "STORED", call->number, stored->claimed_at_ms);
	}
}

static void
take_read(struct rcc_evidence *evidence, const struct rcc_link *link, const struct rcc_delivery_read *read)
{
	struct rcc_evidence_call *call = find_call(evidence, read->peer, read->number);

	if (call != NULL)
		take_step(evidence, link, &call->is_read, "READ", call->number, read->claimed_at_ms);
}

/* That the centre knew that she had not got it speaks for her. */
static void
take_flagged(struct rcc_evidence *evidence, const struct rcc_link *link, const struct rcc_deliveries_flagged *flagged)
{
	bool is_first = flagged->flag == RCC_FLAG_NOT_STORED;

	for (uint32_t i = 0; i < flagged->count; i++) {
		struct rcc_evidence_call *call = find_call(evidence, flagged->row[i].peer, flagged->row[i].number);
		if (call == NULL || (is_first ? call->is_flagged : call->is_unreachable))
			continue;
		*(is_first ? &call->is_flagged : &call->is_unreachable) = true;
		rcc_evidence_call_step(evidence, link, "FLAGGED", call->number, 0,
		                       is_first ? "not stored aboard so far" : "not reached: use another channel");
	}
}

/* ---- what she said and was asked ---- */

static void
take_alert(struct rcc_evidence *evidence, const struct rcc_link *link, const struct rcc_alert_recorded *recorded)
{
	for (uint32_t i = 0; i < evidence->alert_count; i++) {
		if (evidence->alert[i].v != recorded->alert.v)
			continue;
		count_own(evidence, link);
		rcc_evidence_alert(evidence, link, recorded);
	}
}

static void
take_answered(struct rcc_evidence *evidence, const struct rcc_link *link, const struct rcc_answered *answered,
              const struct rcc_origin *origin)
{
	const struct rcc_answer *answer = &answered->answer;

	if (answer->incident.v != evidence->incident.v)
		return;
	if (answered->peer.v != 0 ? !is_hers(evidence, answered->peer) : answer->ship.v != evidence->ship.v)
		return;
	count_own(evidence, link);
	evidence->last_part_at_ms = link->at_ms;
	/* Whoever had a reason is not bound, and a release is not to her. */
	evidence->is_bound = answer->kind != RCC_ANSWER_UNABLE;
	rcc_evidence_answer(evidence, link, answered, origin->role != RCC_ROLE_VESSEL);
}

/* The ship that an event of the work names; of two, her if she is one of them. */
static struct rcc_mmsi
ship_of(const struct rcc_evidence *evidence, const struct rcc_event *event)
{
	const struct rcc_move_persons *move = &event->u.persons_moved.body;

	switch ((int)event->kind) {
	case RCC_EVENT_TASKED:
		return event->u.tasked.body.ship;
	case RCC_EVENT_SURVIVORS_REPORTED:
		return event->u.survivors_reported.body.ship;
	case RCC_EVENT_PERSONS_MOVED:
		return move->from_ship.v == evidence->ship.v ? move->from_ship : move->to_ship;
	case RCC_EVENT_NEED_CHANGED:
		return event->u.need_changed.body.ship;
	case RCC_EVENT_PLACE_STEPPED:
		return event->u.place_stepped.body.ship;
	case RCC_EVENT_NOTED:
		return event->u.noted.body.ship;
	case RCC_EVENT_DUTY_CHANGED:
		return event->u.duty_changed.ship;
	default:
		return (struct rcc_mmsi){0};
	}
}

static void
keep_place(struct rcc_evidence *evidence, struct rcc_place_id place)
{
	for (uint32_t i = 0; i < evidence->place_count; i++) {
		if (evidence->place[i].v == place.v)
			return;
	}
	if (place.v == 0)
		return;
	if (evidence->place_count < RCC_EVIDENCE_PLACES_MAX)
		evidence->place[evidence->place_count++] = place;
	else
		evidence->is_cut = true;
}

/* A release of all is to whoever is bound, one of those who need not come to whoever is not requisitioned; all else names its ship. */
static bool
is_release_of_all(const struct rcc_evidence *evidence, const struct rcc_event *event)
{
	const struct rcc_task *task = &event->u.tasked.body;

	return event->kind == RCC_EVENT_TASKED && task->kind == RCC_TASK_RELEASE && task->ship.v == 0 &&
	       evidence->is_bound && !(task->others_comply != 0 && evidence->is_requisitioned);
}

static void
take_task(struct rcc_evidence *evidence, const struct rcc_link *link, enum rcc_task_kind kind)
{
	evidence->released_at_ms = kind == RCC_TASK_RELEASE ? link->at_ms : 0;
	if (kind == RCC_TASK_REQUISITION || kind == RCC_TASK_RELEASE)
		evidence->is_requisitioned = kind == RCC_TASK_REQUISITION;
}

/* What a master says: if another key brought it, an officer heard it by radio and typed it. */
static bool
is_masters(const struct rcc_event *event)
{
	enum rcc_place_step step = event->u.place_stepped.body.step;

	switch ((int)event->kind) {
	case RCC_EVENT_SURVIVORS_REPORTED:
		return true;
	case RCC_EVENT_NEED_CHANGED:
		return event->u.need_changed.body.state == RCC_NEED_ASKED;
	case RCC_EVENT_PLACE_STEPPED:
		return step == RCC_PLACE_PREFERRED || step == RCC_PLACE_OBJECTED || step == RCC_PLACE_FEARED;
	default:
		return false;
	}
}

/* While there is something to tell of them, they are with her or on their way ashore. */
static bool
is_of_survivors(enum rcc_event_kind kind)
{
	return kind == RCC_EVENT_SURVIVORS_REPORTED || kind == RCC_EVENT_PERSONS_MOVED ||
	       kind == RCC_EVENT_PLACE_STEPPED;
}

static void
take_work(struct rcc_evidence *evidence, const struct rcc_link *link, const struct rcc_event *event,
          const struct rcc_origin *origin)
{
	struct rcc_place_id place = {0};

	if (rcc_work_event_incident(event).v != evidence->incident.v)
		return;
	bool is_named = ship_of(evidence, event).v == evidence->ship.v || is_release_of_all(evidence, event);
	if (event->kind == RCC_EVENT_NOTED && !rcc_evidence_is_for_ship(event->u.noted.body.kind))
		return;
	/* What was done about a place before it was hers: told if it becomes so. */
	if (!is_named && (event->kind != RCC_EVENT_PLACE_STEPPED || event->u.place_stepped.body.ship.v != 0))
		return;
	if (!is_named)
		place = event->u.place_stepped.body.place;
	if (!is_named && place.v == 0)
		return;
	if (is_named && event->kind == RCC_EVENT_PLACE_STEPPED)
		keep_place(evidence, event->u.place_stepped.body.place);
	if (is_named)
		count_own(evidence, link);
	if (event->kind == RCC_EVENT_TASKED)
		take_task(evidence, link, event->u.tasked.body.kind);
	else if (is_named && is_of_survivors(event->kind))
		evidence->last_part_at_ms = link->at_ms;
	rcc_evidence_work(evidence, link, event, place,
	                  is_masters(event) && origin->role != RCC_ROLE_VESSEL && origin->role != RCC_ROLE_PEER);
}

static void
take_event(struct rcc_evidence *evidence, const struct rcc_link *link, const struct rcc_entry *entry,
           const struct rcc_event *event)
{
	switch ((int)event->kind) {
	case RCC_EVENT_INCIDENT_OPENED:
		if (event->u.opened.incident.v == evidence->incident.v)
			rcc_evidence_case(evidence, link, &event->u.opened);
		return;
	case RCC_EVENT_ALERT_RECORDED:
		take_alert(evidence, link, &event->u.alert);
		return;
	case RCC_EVENT_BROADCAST_ISSUED:
		take_broadcast(evidence, &event->u.broadcast);
		return;
	case RCC_EVENT_DELIVERIES_QUEUED:
		take_queued(evidence, link, &event->u.queued);
		return;
	case RCC_EVENT_DELIVERIES_SENT:
		take_sent(evidence, link, &event->u.sent);
		return;
	case RCC_EVENT_DELIVERY_STORED:
		take_stored(evidence, link, &event->u.stored);
		return;
	case RCC_EVENT_DELIVERY_READ:
		take_read(evidence, link, &event->u.read);
		return;
	case RCC_EVENT_DELIVERIES_FLAGGED:
		take_flagged(evidence, link, &event->u.flagged);
		return;
	case RCC_EVENT_ANSWERED:
		take_answered(evidence, link, &event->u.answered, &entry->cause.origin);
		return;
	case RCC_WORK_EVENTS:
		take_work(evidence, link, event, &entry->cause.origin);
		return;
	default:
		/* Everything else is of the case, of others or of the centre: no part of what she was told or did. */
		return;
	}
}

void
rcc_evidence_take(struct rcc_evidence *evidence, const struct rcc_link *link, const struct rcc_entry *entry)
{
	assert(evidence->is_gathered);
	for (uint32_t i = 0; i < evidence->duty_count; i++) {
		if (evidence->duty[i].duty.opened_seq == link->seq)
			evidence->duty[i].opened = *link;
		if (evidence->duty[i].duty.changed_seq == link->seq)
			evidence->duty[i].changed = *link;
	}
	for (uint32_t i = 0; i < entry->event_count; i++)
		take_event(evidence, link, entry, &entry->event[i]);
}

/* ---- the pack ---- */

static int
by_entry(const void *a, const void *b)
{
	const struct rcc_evidence_fact *left = a, *right = b;

	if (left->seq != right->seq)
		return left->seq < right->seq ? -1 : 1;
	return (left->offset > right->offset) - (left->offset < right->offset);
}

static bool
is_told(const struct rcc_evidence *evidence, const struct rcc_evidence_fact *fact)
{
	if (fact->place.v == 0)
		return true;
	for (uint32_t i = 0; i < evidence->place_count; i++) {
		if (evidence->place[i].v == fact->place.v)
			return true;
	}
	return false;
}

enum rcc_status
rcc_evidence_finish(struct rcc_evidence *evidence, const struct rcc_evidence_making *making, struct rcc_pack *pack)
{
	if (!evidence->is_gathered || evidence->own + evidence->duty_count == 0)
		return RCC_E_NOT_FOUND;
	qsort(evidence->fact, evidence->fact_count, sizeof evidence->fact[0], by_entry);
	enum rcc_status status = rcc_evidence_put_header(evidence, making, pack);
	for (uint32_t i = 0; i < evidence->fact_count && status == RCC_OK; i++) {
		const struct rcc_evidence_fact *fact = &evidence->fact[i];
		if (is_told(evidence, fact))
			status = rcc_pack_add(pack, evidence->text + fact->offset, fact->len);
	}
	for (uint32_t i = 0; i < evidence->duty_count && status == RCC_OK; i++)
		status = rcc_evidence_put_duty(&evidence->duty[i], pack);
	for (uint32_t i = 0; i < evidence->position_count && status == RCC_OK; i++) {
		const struct rcc_evidence_fact *position = &evidence->position[i];
		status = rcc_pack_add(pack, evidence->text + position->offset, position->len);
	}
	if (status == RCC_OK && making->key != NULL)
		status = rcc_evidence_put_checkpoint(making, pack);
	if (status == RCC_OK)
		rcc_pack_end(pack, making->key);
	return status;
}
