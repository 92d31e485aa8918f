/*
 * place.c - place of safety: who asked whom, what was checked, where a ship is sent, and what stands against it.
 *
 * Law:    rescue ends at a place of safety only (SAR Convention annex 3.1.9): four checks before one is assigned (IMO
 *         MSC.167(78) 6.12 to 6.14), none where life or freedom would be at risk, and what survivors fear is looked at first
 *         (6.17; non-refoulement, s003 par. 37, 45).
 * Rule:   what stands against a place blocks it. Two enrolled officers may decide otherwise, each with a reason, within an
 *         hour and knowing the same; nothing that comes up later is covered by their word.
 * Master: an objection is kept and touches nothing of the ship: no duty, no answer, no order among ships.
 */
#include <string.h>

#include "core/duty.h"
#include "core/place_internal.h"
#include "core/request.h"

/* What two officers may decide over. */
#define CAN_OVERRIDE (RCC_PLACE_BLOCK_UNCHECKED | RCC_PLACE_BLOCK_UNSAFE | RCC_PLACE_BLOCK_FEARED)

/* ---- events ---- */

static struct rcc_place_stepped *
begin(const struct rcc_stepping *s, struct rcc_event **ret_event)
{
	*ret_event = rcc_step_event(s->step, RCC_EVENT_PLACE_STEPPED);
	struct rcc_place_stepped *stepped = &(*ret_event)->u.place_stepped;
	stepped->by = s->step->entry->cause.origin.peer;
	stepped->body = s->body;
	stepped->request = s->request;
	stepped->record_count = s->record.seq != 0;
	stepped->record[0] = s->record;
	return stepped;
}

/* She does not go there any more; not by an order of its own, but by what was just decided or said. */
static void
emit_ended(const struct rcc_stepping *s, const struct rcc_place_state *place, const struct rcc_place_ship *row,
           uint32_t blocked, struct rcc_broadcast_id broadcast)
{
	struct rcc_event *event = NULL;
	struct rcc_place_stepped *stepped = begin(s, &event);

	stepped->body = (struct rcc_place){.incident = place->incident,
	                                   .place = place->id,
	                                   .step = RCC_PLACE_WITHDRAWN,
	                                   .pos = RCC_POS_NONE,
	                                   .ship = row->ship,
	                                   .extra_nm = row->extra_nm,
	                                   .extra_h = row->extra_h};
	memcpy(stepped->body.name, place->name, sizeof place->name);
	stepped->request.v = 0;
	stepped->record_count = 0;
	stepped->record[0] = (struct rcc_link){0};
	stepped->blocked = blocked;
	stepped->is_replaced = blocked == 0;
	stepped->broadcast = broadcast;
	rcc_step_emit(s->step, event);
}

static struct rcc_broadcast_id
next_broadcast(const struct rcc_stepping *s, bool is_told)
{
	return (struct rcc_broadcast_id){is_told ? s->step->core->broadcast_last + 1 : 0};
}

/* ---- withdrawal ---- */

/* What two officers decided over is theirs to answer for; anything else that stands against a place ends its assignments. */
static bool
is_to_end(const struct rcc_place_ship *row, uint32_t blocks)
{
	return row->is_assigned && (blocks & ~row->overridden) != 0;
}

/* From every ship that is on her way there and that two officers have not sent over it. */
static void
end_at(const struct rcc_stepping *s, const struct rcc_place_state *place, uint32_t blocks)
{
	struct rcc_core *core = s->step->core;
	struct rcc_place_words words;

	rcc_place_tell_nobody(core);
	rcc_place_words_withdrawn(&words, place->name, blocks, "");
	for (const struct rcc_place_ship *row = rcc_place_ship_at(core, place->newest_ship); row != NULL;
	     row = rcc_place_ship_at(core, row->previous)) {
		if (is_to_end(row, blocks))
			emit_ended(s, place, row, blocks & ~row->overridden,
			           next_broadcast(s, rcc_place_tell_also(core, s->incident, row->ship)));
	}
	rcc_place_tell(s->step, s->incident->id, &words);
}

static void
withdraw_blocked(const struct rcc_stepping *s)
{
	const struct rcc_place_state *place = rcc_place_find(s->step->core, s->body.place);

	end_at(s, place, rcc_place_blocks(place));
}

/* A harbour is unsafe for whoever is on her way there, whichever case sent her. */
static void
withdraw_elsewhere(const struct rcc_stepping *s)
{
	const struct rcc_core *core = s->step->core;
	struct rcc_stepping there = *s;

	for (uint32_t i = 0; i < core->place_top; i++) {
		const struct rcc_place_state *place = &core->place[i];
		if (place->id.v == 0 || place->incident.v == s->incident->id.v)
			continue;
		there.incident = rcc_incident_find(core, place->incident);
		if (there.incident != NULL && there.incident->status != RCC_INCIDENT_CLOSED &&
		    rcc_place_is_name(place->name, s->body.name) && rcc_step_room(s->step) > RCC_SHIPS_OF_PLACE_MAX + 2)
			end_at(&there, place, RCC_PLACE_BLOCK_UNSAFE);
	}
}

/* An officer's order: from the ship that is named, or from all. */
static void
withdraw(struct rcc_stepping *s)
{
	struct rcc_core *core = s->step->core;
	struct rcc_mmsi named = s->body.ship;
	struct rcc_place_words words;

	rcc_place_words_withdrawn(&words, s->place->name, 0, s->body.text);
	if (words.is_cut) {
		(void)rcc_place_refuse(s, RCC_REFUSAL_TOO_LARGE, "place.text");
		return;
	}
	rcc_place_tell_nobody(core);
	for (const struct rcc_place_ship *row = rcc_place_ship_at(core, s->place->newest_ship); row != NULL;
	     row = rcc_place_ship_at(core, row->previous)) {
		struct rcc_event *event = NULL;
		if (!row->is_assigned || (named.v != 0 && row->ship.v != named.v))
			continue;
		s->body.ship = row->ship;
		bool is_told = rcc_place_tell_also(core, s->incident, row->ship);
		begin(s, &event)->broadcast = next_broadcast(s, is_told);
		rcc_step_emit(s->step, event);
	}
	rcc_place_tell(s->step, s->incident->id, &words);
}

/* ---- assignment ---- */

static enum rcc_refusal
blocked_refusal(uint32_t blocks, const char **ret_field)
{
	*ret_field = "place.authority";
	if ((blocks & RCC_PLACE_BLOCK_REFUSED) != 0)
		return RCC_REFUSAL_WRONG_STATE;
	*ret_field = "place.is_unsafe";
	if ((blocks & (RCC_PLACE_BLOCK_UNSAFE | RCC_PLACE_BLOCK_FEARED)) != 0)
		return RCC_REFUSAL_PLACE_UNSAFE;
	*ret_field = "place.checks";
	return RCC_REFUSAL_PLACE_UNCHECKED;
}

/* Nobody goes anywhere by the word of one officer against a warning, nor by that of somebody without a name. */
static bool
refuse_override(const struct rcc_stepping *s, uint32_t blocks, const struct rcc_peer *first)
{
	const struct rcc_origin *origin = &s->step->entry->cause.origin;

	if (s->body.is_override == 0)
		return false;
	if (origin->peer.v == 0)
		return rcc_place_refuse(s, RCC_REFUSAL_NOT_ALLOWED, "place.is_override");
	if (blocks == 0)
		return rcc_place_refuse(s, RCC_REFUSAL_WRONG_STATE, "place.is_override");
	return rcc_place_is_same_officer(s, first) &&
	       rcc_place_refuse(s, RCC_REFUSAL_TWO_OFFICERS, "place.is_override");
}

static bool
refuse_assigned(const struct rcc_stepping *s, uint32_t blocks, const struct rcc_peer *first)
{
	const char *field = NULL;
	uint32_t standing = s->body.is_override != 0 ? blocks & ~CAN_OVERRIDE : blocks;

	/* Of a ship security case no ship ever hears. */
	if (s->incident->is_restricted)
		return rcc_place_refuse(s, RCC_REFUSAL_RESTRICTED, "place.incident");
	if (standing != 0) {
		enum rcc_refusal refusal = blocked_refusal(standing, &field);
		return rcc_place_refuse(s, refusal, field);
	}
	return refuse_override(s, blocks, first);
}

/* The place that she was to go to until now, and what she is told of the new one; NULL words when it is only half decided. */
static void
emit_assigned(const struct rcc_stepping *s, uint32_t blocks, const struct rcc_peer *first, bool is_pending,
              struct rcc_broadcast_id broadcast)
{
	const struct rcc_place_ship *row = rcc_place_ship_row(s);
	struct rcc_event *event = NULL;
	struct rcc_place_stepped *stepped = begin(s, &event);

	stepped->is_pending = is_pending;
	stepped->overridden = blocks;
	stepped->broadcast = broadcast;
	if (row != NULL)
		memcpy(stepped->objection, row->objection, sizeof row->objection);
	if (first != NULL) {
		stepped->first = first->id;
		memcpy(stepped->first_reason, row->pending_reason, sizeof row->pending_reason);
	}
	rcc_step_emit(s->step, event);
}

/* A place from which she was called off, and has not stored it: the order that overtakes that on its way says it as well. */
static const struct rcc_place_state *
called_off_unheard(const struct rcc_stepping *s)
{
	const struct rcc_core *core = s->step->core;
	const struct rcc_peer *peer = rcc_peer_find_mmsi(core, s->body.ship);

	for (const struct rcc_place_state *place = rcc_place_at(core, s->incident->newest_place);
	     peer != NULL && place != NULL; place = rcc_place_at(core, place->previous)) {
		const struct rcc_place_ship *row = rcc_place_ship_of(core, place, s->body.ship);
		const struct rcc_broadcast *told =
		    row == NULL || row->is_assigned || row->withdrawn_at_ms < row->assigned_at_ms
		        ? NULL
		        : rcc_broadcast_find(core, row->broadcast);
		const struct rcc_delivery *line = told == NULL ? NULL : rcc_delivery_of(core, told, peer->id);
		if (line != NULL && !rcc_delivery_is_aboard(line) && place != s->place)
			return place;
	}
	return NULL;
}

static void
assign(const struct rcc_stepping *s)
{
	struct rcc_core *core = s->step->core;
	const struct rcc_place_ship *row = rcc_place_ship_row(s);
	const struct rcc_place_state *former = rcc_place_of_ship(core, s->incident, s->body.ship);
	const struct rcc_place_state *off = former != NULL ? former : called_off_unheard(s);
	const struct rcc_peer *first = rcc_place_first(core, row, s->step->entry->cause.at_ms);
	uint32_t blocks = rcc_place_blocks_of(core, s->incident, s->body.name, s->place);
	bool is_known = s->place != NULL && !rcc_pos_is_known(s->body.pos);
	struct rcc_place_words words;

	if (refuse_assigned(s, blocks, first))
		return;
	if (blocks != 0 && first == NULL) {
		emit_assigned(s, blocks, NULL, true, next_broadcast(s, false));
		return;
	}
	rcc_place_words_assigned(&words, &(struct rcc_place_sent){.name = s->body.name,
	                                                          .former = off == NULL ? NULL : off->name,
	                                                          .pos = is_known ? s->place->pos : s->body.pos,
	                                                          .overridden = blocks,
	                                                          .has_objection = row != NULL && row->objections != 0,
	                                                          .text = s->body.text});
	if (words.is_cut) {
		(void)rcc_place_refuse(s, RCC_REFUSAL_TOO_LARGE, "place.text");
		return;
	}
	rcc_place_tell_nobody(core);
	bool is_told = rcc_place_tell_also(core, s->incident, s->body.ship);
	/* One message tells her both. */
	if (former != NULL)
		emit_ended(s, former, rcc_place_ship_of(core, former, s->body.ship), 0, next_broadcast(s, is_told));
	emit_assigned(s, blocks, blocks == 0 ? NULL : first, false, next_broadcast(s, is_told));
	rcc_place_tell(s->step, s->incident->id, &words);
}

/* ---- the end ---- */

/* Where the last of her survivors went ashore is a fact, wherever she was to go. */
static void
reach(const struct rcc_stepping *s)
{
	const struct rcc_place_ship *row = rcc_place_ship_row(s);
	const struct rcc_place_state *other = rcc_place_of_ship(s->step->core, s->incident, s->body.ship);
	bool is_unassigned = row == NULL || !row->is_assigned;
	struct rcc_event *event = NULL;
	struct rcc_place_words words;

	if (other == s->place)
		other = NULL;
	/* The order to go elsewhere may still be on its way to her. */
	rcc_place_tell_nobody(s->step->core);
	bool is_told = other != NULL && rcc_place_tell_also(s->step->core, s->incident, s->body.ship);
	if (other != NULL) {
		rcc_place_words_reached(&words, other->name, s->body.name);
		emit_ended(s, other, rcc_place_ship_of(s->step->core, other, s->body.ship), 0,
		           next_broadcast(s, is_told));
	}
	begin(s, &event)->is_unassigned = is_unassigned;
	rcc_step_emit(s->step, event);
	if (is_told)
		rcc_place_tell(s->step, s->incident->id, &words);
}

/* What is known of the place itself has changed. */
static void
take_fact(const struct rcc_stepping *s)
{
	struct rcc_event *event = NULL;

	(void)begin(s, &event);
	rcc_step_emit(s->step, event);
	withdraw_blocked(s);
	if (s->body.is_unsafe != 0)
		withdraw_elsewhere(s);
}

/* Asked of a centre at the other end of a link: it goes there, with this very entry. */
static void
ask(struct rcc_stepping *s)
{
	const struct rcc_peer *centre = rcc_request_centre(s->step->core, &s->body);

	if (centre != NULL && rcc_request_refuses(s->step, s->incident, centre, &s->body))
		return;
	s->request.v = centre == NULL ? 0 : s->step->core->request_last + 1;
	take_fact(s);
	if (centre != NULL)
		rcc_request_ask(s->step, centre, &s->body);
}

void
rcc_place_end_blocked(struct rcc_step *step, const struct rcc_place_state *place)
{
	struct rcc_stepping s = {.step = step,
	                         .incident = rcc_incident_find(step->core, place->incident),
	                         .place = place,
	                         .body = {.incident = place->incident, .place = place->id, .pos = RCC_POS_NONE}};
	bool is_any = false;

	for (const struct rcc_place_ship *row = rcc_place_ship_at(step->core, place->newest_ship); row != NULL;
	     row = rcc_place_ship_at(step->core, row->previous))
		is_any |= is_to_end(row, rcc_place_blocks(place));
	if (is_any && rcc_step_room(step) > RCC_SHIPS_OF_PLACE_MAX + 1)
		withdraw_blocked(&s);
}

void
rcc_place_end_feared(struct rcc_step *step, struct rcc_incident_id incident, struct rcc_mmsi ship)
{
	struct rcc_core *core = step->core;
	struct rcc_stepping s = {.step = step, .incident = rcc_incident_find(core, incident)};
	const struct rcc_place_state *place = rcc_place_of_ship(core, s.incident, ship);
	const struct rcc_place_ship *row = place == NULL ? NULL : rcc_place_ship_of(core, place, ship);
	struct rcc_place_words words;

	if (place == NULL || place->reviewed_seq >= s.incident->fear_seq ||
	    (row->overridden & RCC_PLACE_BLOCK_FEARED) != 0 || rcc_step_room(step) < 3)
		return;
	rcc_place_make_room(step);
	s.place = place;
	s.body = (struct rcc_place){.incident = incident, .place = place->id, .pos = RCC_POS_NONE};
	rcc_place_tell_nobody(core);
	rcc_place_words_withdrawn(&words, place->name, RCC_PLACE_BLOCK_FEARED, "");
	emit_ended(&s, place, row, RCC_PLACE_BLOCK_FEARED,
	           next_broadcast(&s, rcc_place_tell_also(core, s.incident, ship)));
	rcc_place_tell(step, incident, &words);
}

void
rcc_place_object(struct rcc_step *step, struct rcc_incident_id incident, const struct rcc_place_state *place,
                 struct rcc_mmsi ship, const char *text)
{
	struct rcc_stepping s = {.step = step, .incident = rcc_incident_find(step->core, incident), .place = place};
	struct rcc_event *event = NULL;

	if (rcc_step_room(step) == 0)
		return;
	s.body = (struct rcc_place){
	    .incident = incident, .place = place->id, .step = RCC_PLACE_OBJECTED, .pos = RCC_POS_NONE, .ship = ship};
	memcpy(s.body.name, place->name, sizeof s.body.name);
	memcpy(s.body.text, text, strlen(text) + 1);
	(void)begin(&s, &event);
	rcc_step_emit(step, event);
}

static struct rcc_stepping
hearing(struct rcc_step *step, const struct rcc_place *said)
{
	struct rcc_stepping s = {
	    .step = step, .incident = rcc_incident_find(step->core, said->incident), .body = *said};

	return s;
}

bool
rcc_place_refuses_heard(struct rcc_step *step, const struct rcc_place *said)
{
	struct rcc_stepping s = hearing(step, said);

	return rcc_place_refuse_step(&s);
}

void
rcc_place_hear(struct rcc_step *step, const struct rcc_place *said, const struct rcc_request_state *row,
               const struct rcc_link *record)
{
	struct rcc_stepping s = hearing(step, said);

	s.place = rcc_place_find(step->core, said->place);
	memcpy(s.body.name, s.place->name, sizeof s.body.name);
	s.request = row->id;
	s.record = *record;
	take_fact(&s);
}

void
rcc_rule_place(struct rcc_step *step)
{
	struct rcc_stepping s = {.step = step, .body = step->entry->cause.u.place};

	s.incident = rcc_incident_told_of(step, s.body.incident, "place.incident");
	if (s.incident == NULL || rcc_place_refuse_sender(&s) || rcc_place_refuse_step(&s))
		return;
	rcc_incident_goes_on(step, s.body.incident, false);
	if (s.body.step == RCC_PLACE_ASSIGNED) {
		assign(&s);
	} else if (s.body.step == RCC_PLACE_WITHDRAWN) {
		withdraw(&s);
	} else if (s.body.step == RCC_PLACE_REACHED) {
		reach(&s);
	} else if (s.body.step == RCC_PLACE_ASKED) {
		ask(&s);
	} else {
		take_fact(&s);
	}
}
