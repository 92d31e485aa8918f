/*
 * request.c - officers ask another centre for a place of safety, answer one that asks, or withdraw what they asked.
 */
#include "core/request.h"

#include <assert.h>
#include <string.h>

#include "core/handover.h"
#include "core/persons.h"
#include "core/place.h"
#include "rcc/work_text.h"

/* ---- rows ---- */

const struct rcc_request_state *
rcc_request_find(const struct rcc_core *core, struct rcc_request_id id)
{
	for (uint32_t i = 0; id.v != 0 && i < RCC_REQUESTS_MAX; i++) {
		if (core->request[i].id.v == id.v)
			return &core->request[i];
	}
	return NULL;
}

const struct rcc_request_state *
rcc_request_named(const struct rcc_core *core, const struct rcc_msg_id *request, const struct rcc_key *key)
{
	for (uint32_t i = 0; i < RCC_REQUESTS_MAX; i++) {
		const struct rcc_request_state *row = &core->request[i];
		if (row->id.v != 0 && memcmp(&row->asked.request, request, sizeof *request) == 0 &&
		    memcmp(&rcc_peer_find(core, row->peer)->key, key, sizeof *key) == 0)
			return row;
	}
	return NULL;
}

bool
rcc_request_is_wanted(const struct rcc_core *core, const struct rcc_request_state *row)
{
	const struct rcc_incident *incident = rcc_incident_find(core, row->asked.incident);

	return incident != NULL && incident->status != RCC_INCIDENT_CLOSED &&
	       incident->status != RCC_INCIDENT_TRANSFERRED;
}

/* Nobody waits for a word of it any more; to a centre that cannot be called nothing can be said. */
static bool
is_settled(const struct rcc_core *core, const struct rcc_request_state *row)
{
	bool is_gone = rcc_handover_callee(core, row->peer) == NULL;

	return row->stage != RCC_REQUEST_ASKED && (row->is_stored || row->said == 0 || is_gone);
}

uint32_t
rcc_request_slot(const struct rcc_core *core)
{
	uint32_t oldest = RCC_REQUESTS_MAX;

	for (uint32_t i = 0; i < RCC_REQUESTS_MAX; i++) {
		const struct rcc_request_state *row = &core->request[i];
		if (row->id.v == 0)
			return i;
		if (is_settled(core, row) && (oldest == RCC_REQUESTS_MAX || row->id.v < core->request[oldest].id.v))
			oldest = i;
	}
	return oldest;
}

bool
rcc_request_share_is_full(const struct rcc_core *core, const struct rcc_key *key)
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < RCC_REQUESTS_MAX; i++) {
		const struct rcc_request_state *row = &core->request[i];
		if (row->id.v != 0 && row->is_incoming && !is_settled(core, row) &&
		    memcmp(&rcc_peer_find(core, row->peer)->key, key, sizeof *key) == 0)
			count++;
	}
	return count >= RCC_REQUESTS_OF_CENTRE_MAX;
}

/* Is it asked of this centre already, and not answered? */
static bool
is_asked(const struct rcc_core *core, const struct rcc_peer *centre, struct rcc_place_id place)
{
	for (uint32_t i = 0; place.v != 0 && i < RCC_REQUESTS_MAX; i++) {
		const struct rcc_request_state *row = &core->request[i];
		if (row->id.v != 0 && row->place.v == place.v && row->peer.v == centre->id.v &&
		    row->stage == RCC_REQUEST_ASKED)
			return true;
	}
	return false;
}

/* ---- events ---- */

struct rcc_event *
rcc_request_event(struct rcc_step *step, const struct rcc_request_state *row, enum rcc_request_step what,
                  enum rcc_request_stage stage)
{
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_REQUEST_CHANGED);
	struct rcc_request_changed *changed = &event->u.request_changed;

	changed->id = row->id;
	changed->peer = row->peer;
	memcpy(changed->centre, rcc_peer_find(step->core, row->peer)->name, sizeof changed->centre);
	changed->is_incoming = row->is_incoming;
	changed->stage = stage;
	changed->place = row->place;
	changed->class = row->class;
	changed->body = (struct rcc_place_request){.request = row->asked.request,
	                                           .step = what,
	                                           .incident = row->asked.incident,
	                                           .year = row->asked.year,
	                                           .number = row->asked.number,
	                                           .pos = RCC_POS_NONE,
	                                           .ship_pos = RCC_POS_NONE};
	memcpy(changed->body.place, row->asked.place, sizeof changed->body.place);
	return event;
}

/* ---- what is told ---- */

const struct rcc_peer *
rcc_request_centre(const struct rcc_core *core, const struct rcc_place *place)
{
	const struct rcc_peer *peer =
	    place->step == RCC_PLACE_ASKED ? rcc_peer_find_name(core, place->authority) : NULL;

	if (peer == NULL || peer->role != RCC_ROLE_PEER || rcc_core_centre_endpoint(core, peer->id)[0] == '\0')
		return NULL;
	return peer;
}

struct rcc_mmsi
rcc_request_ship(const struct rcc_core *core, const struct rcc_place *place)
{
	const struct rcc_incident *incident = rcc_incident_find(core, place->incident);
	struct rcc_mmsi fullest = place->ship;
	uint64_t most = 0;

	if (fullest.v != 0 || incident == NULL)
		return fullest;
	for (const struct rcc_aboard *row = rcc_aboard_at(core, incident->newest_aboard); row != NULL;
	     row = rcc_aboard_at(core, row->previous)) {
		if (row->where == RCC_WHERE_ABOARD && rcc_persons_sum(&row->count) > most) {
			most = rcc_persons_sum(&row->count);
			fullest = row->ship;
		}
	}
	return fullest;
}

/* What is known of her now: where she is, how far that is, and how many survivors she has. */
static void
tell_ship(const struct rcc_step *step, struct rcc_place_request *body, struct rcc_mmsi ship)
{
	const struct rcc_scene_ship *seen = ship.v == 0 ? NULL : rcc_scene_find(&step->entry->cause.scene, ship);
	const struct rcc_peer *peer = ship.v == 0 ? NULL : rcc_peer_find_mmsi(step->core, ship);

	body->ship = ship;
	if (peer != NULL)
		memcpy(body->ship_name, peer->name, sizeof body->ship_name);
	/* Of all ships, when none is named: a place is sought for all of them. */
	body->aboard = rcc_persons_at(step->core, body->incident, RCC_WHERE_ABOARD, ship);
	if (seen == NULL)
		return;
	body->ship_pos = seen->pos;
	body->ship_at_ms = seen->seen_at_ms;
	uint32_t range_m = rcc_geo_range_m(seen->pos, body->pos);
	if (range_m == RCC_RANGE_UNKNOWN_M)
		return;
	body->range_m = range_m == 0 ? 1 : range_m;
	body->eta_min =
	    rcc_geo_eta_min(body->range_m, rcc_geo_speed_dkn(seen->sog_dkn, step->core->run.rules.assumed_speed_dkn));
}

/* ", water 40": `len` grows by what fits as a whole. */
static void
add_need(char text[RCC_TEXT_MAX + 1], size_t *len, enum rcc_need_kind kind, uint64_t quantity)
{
	const char *word = rcc_need_word(kind);
	char digits[20];
	size_t count = 0;
	size_t word_len = strlen(word);

	for (; quantity != 0; quantity /= 10)
		digits[count++] = (char)('0' + quantity % 10);
	if (*len + 2 + word_len + 1 + count > RCC_TEXT_MAX)
		return;
	memcpy(text + *len, ", ", *len == 0 ? 0 : 2);
	*len += *len == 0 ? 0 : 2;
	memcpy(text + *len, word, word_len);
	*len += word_len;
	if (count != 0)
		text[(*len)++] = ' ';
	while (count != 0)
		text[(*len)++] = digits[--count];
}

/* By kind and quantity alone: the words in which somebody asked may speak of a person. */
static void
tell_needs(const struct rcc_core *core, const struct rcc_incident *incident, struct rcc_place_request *body)
{
	size_t len = 0;

	for (unsigned kind = 1; kind <= RCC_NEED_LAST; kind++) {
		uint64_t quantity = 0;
		bool is_open = false;
		for (const struct rcc_need_line *need = rcc_need_at(core, incident->newest_need); need != NULL;
		     need = rcc_need_at(core, need->previous)) {
			if (need->kind != (enum rcc_need_kind)kind || !rcc_need_is_open(need) ||
			    (body->ship.v != 0 && need->ship.v != body->ship.v))
				continue;
			is_open = true;
			quantity += need->quantity;
		}
		if (is_open)
			add_need(body->needs, &len, (enum rcc_need_kind)kind, quantity);
	}
}

/* Under whose name the other centre hears of it. */
static void
tell_officer(const struct rcc_step *step, const struct rcc_incident *incident, char officer[RCC_NAME_MAX + 1])
{
	const struct rcc_peer *by = rcc_peer_find(step->core, step->entry->cause.origin.peer);
	const char *name = step->core->watch_officer;

	if (by != NULL)
		name = by->name;
	else if (name[0] == '\0')
		name = incident->smc;
	memcpy(officer, name, strlen(name) + 1);
}

/* ---- asking ---- */

static bool
refuse_if(struct rcc_step *step, bool is_bad, enum rcc_refusal refusal, const char *field)
{
	if (is_bad)
		rcc_step_refuse(step, refusal, field);
	return is_bad;
}

bool
rcc_request_refuses(struct rcc_step *step, const struct rcc_incident *incident, const struct rcc_peer *centre,
                    const struct rcc_place *place)
{
	const struct rcc_core *core = step->core;
	struct rcc_msg_id id = rcc_handover_name(step);
	const struct {
		bool is_bad;
		enum rcc_refusal reason;
		const char *field;
	} checks[] = {
	    {incident->is_restricted, RCC_REFUSAL_RESTRICTED, "place.incident"},
	    {!rcc_share_allows(core, centre->id, incident->class), RCC_REFUSAL_NOT_LIVE, "place.authority"},
	    {incident->status == RCC_INCIDENT_TRANSFERRED, RCC_REFUSAL_WRONG_STATE, "place.incident"},
	    {is_asked(core, centre, place->place), RCC_REFUSAL_WRONG_STATE, "place.authority"},
	    {rcc_request_named(core, &id, &centre->key) != NULL, RCC_REFUSAL_DUPLICATE, "place"},
	    {rcc_request_slot(core) == RCC_REQUESTS_MAX, RCC_REFUSAL_FULL, "request"},
	};

	for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++) {
		if (refuse_if(step, checks[i].is_bad, checks[i].reason, checks[i].field))
			return true;
	}
	return false;
}

void
rcc_request_ask(struct rcc_step *step, const struct rcc_peer *centre, const struct rcc_place *place)
{
	const struct rcc_incident *incident = rcc_incident_find(step->core, place->incident);
	const struct rcc_place_state *stands = rcc_place_find(step->core, place->place);
	struct rcc_request_state row = {.id = {step->core->request_last + 1},
	                                .peer = centre->id,
	                                .class = incident->class,
	                                .place = place->place,
	                                .asked = {.request = rcc_handover_name(step),
	                                          .incident = incident->id,
	                                          .year = incident->year,
	                                          .number = incident->number}};
	assert(stands != NULL);
	memcpy(row.asked.place, stands->name, sizeof row.asked.place);
	struct rcc_event *event = rcc_request_event(step, &row, RCC_REQUEST_ASK, RCC_REQUEST_ASKED);
	struct rcc_place_request *body = &event->u.request_changed.body;

	event->u.request_changed.by = step->entry->cause.origin.peer;
	body->pos = stands->pos;
	tell_ship(step, body, rcc_request_ship(step->core, place));
	tell_needs(step->core, incident, body);
	tell_officer(step, incident, body->officer);
	memcpy(body->text, place->text, sizeof body->text);
	rcc_step_emit(step, event);
}

/* ---- officers' orders ---- */

static bool
refuse_answer(struct rcc_step *step, const struct rcc_request_order *order, const struct rcc_request_state *row)
{
	bool is_over = row->stage == RCC_REQUEST_WITHDRAWN || row->turns == RCC_REQUEST_TURNS_MAX;

	return refuse_if(step, !row->is_incoming, RCC_REFUSAL_WRONG_STATE, "request.step") ||
	       refuse_if(step, order->officer[0] == '\0', RCC_REFUSAL_RANGE, "request.officer") ||
	       refuse_if(step, is_over, RCC_REFUSAL_WRONG_STATE, "request.request") ||
	       refuse_if(step, row->said == order->step, RCC_REFUSAL_WRONG_STATE, "request.step");
}

static bool
refuse_withdrawal(struct rcc_step *step, const struct rcc_request_state *row)
{
	bool is_over = row->stage == RCC_REQUEST_WITHDRAWN || row->stage == RCC_REQUEST_REFUSED;

	return refuse_if(step, row->is_incoming, RCC_REFUSAL_WRONG_STATE, "request.step") ||
	       refuse_if(step, is_over, RCC_REFUSAL_WRONG_STATE, "request.request");
}

static enum rcc_request_stage
stage_of(enum rcc_request_step step)
{
	if (step == RCC_REQUEST_OFFER)
		return RCC_REQUEST_OFFERED;
	return step == RCC_REQUEST_REFUSE ? RCC_REQUEST_REFUSED : RCC_REQUEST_WITHDRAWN;
}

void
rcc_rule_request(struct rcc_step *step)
{
	const struct rcc_request_order *order = &step->entry->cause.u.request;
	const struct rcc_request_state *row = rcc_request_find(step->core, order->request);
	bool is_offer = order->step == RCC_REQUEST_OFFER;
	bool is_answer = is_offer || order->step == RCC_REQUEST_REFUSE;

	if (refuse_if(step, row == NULL, RCC_REFUSAL_NOT_FOUND, "request.request") ||
	    refuse_if(step, !is_answer && order->step != RCC_REQUEST_WITHDRAW, RCC_REFUSAL_RANGE, "request.step") ||
	    (is_answer ? refuse_answer(step, order, row) : refuse_withdrawal(step, row)) ||
	    refuse_if(step, !is_offer && rcc_pos_is_known(order->pos), RCC_REFUSAL_RANGE, "request.pos") ||
	    (!is_offer && rcc_refuse_reason(step, order->text, "request.text")))
		return;
	struct rcc_event *event = rcc_request_event(step, row, order->step, stage_of(order->step));
	struct rcc_request_changed *changed = &event->u.request_changed;
	changed->by = step->entry->cause.origin.peer;
	changed->body.turn = is_answer ? row->turns + 1 : 0;
	changed->body.pos = order->pos;
	memcpy(changed->body.officer, order->officer, sizeof order->officer);
	memcpy(changed->body.text, order->text, sizeof order->text);
	rcc_step_emit(step, event);
}

/* ---- clocks ---- */

int64_t
rcc_request_deadline_ms(const struct rcc_core *core, const struct rcc_request_state *row)
{
	uint32_t after_ms = core->run.rules.handover_ms;

	if (row->id.v == 0 || row->stage != RCC_REQUEST_ASKED || row->is_late || after_ms == 0)
		return INT64_MAX;
	return row->asked_at_ms + after_ms;
}

int64_t
rcc_request_id_deadline_ms(const struct rcc_core *core, struct rcc_request_id id)
{
	const struct rcc_request_state *row = rcc_request_find(core, id);

	return row == NULL ? INT64_MAX : rcc_request_deadline_ms(core, row);
}

void
rcc_request_silent(struct rcc_step *step, struct rcc_request_id id)
{
	const struct rcc_request_state *row = rcc_request_find(step->core, id);

	if (row != NULL)
		rcc_step_emit(step, rcc_request_event(step, row, RCC_REQUEST_SILENT, row->stage));
}

/* Who looks for a berth for nobody looks in vain: said as soon as the case is over, however it ended. */
void
rcc_request_settle(struct rcc_step *step)
{
	static const char why[] = "the case is over here";

	for (uint32_t i = 0; i < RCC_REQUESTS_MAX && rcc_step_room(step) > 0; i++) {
		const struct rcc_request_state *row = &step->core->request[i];
		bool is_open = row->stage == RCC_REQUEST_ASKED || row->stage == RCC_REQUEST_OFFERED;
		if (row->id.v == 0 || row->is_incoming || !is_open || rcc_request_is_wanted(step->core, row))
			continue;
		struct rcc_event *event = rcc_request_event(step, row, RCC_REQUEST_WITHDRAW, RCC_REQUEST_WITHDRAWN);
		memcpy(event->u.request_changed.body.text, why, sizeof why);
		rcc_step_emit(step, event);
	}
}
