/* apply_place.c - the part of apply that writes places of safety, and frees them with their case. Decides nothing. */
#include <string.h>

#include "core/apply_internal.h"
#include "core/place.h"

/* ---- rows ---- */

static struct rcc_place_state *
new_place(struct rcc_core *core, const struct rcc_place *body)
{
	struct rcc_incident *incident = incident_get(core, body->incident);
	uint32_t slot = core->place_free != 0 ? core->place_free - 1 : core->place_top++;

	if (core->place_free != 0)
		core->place_free = core->place[slot].previous;
	assert(slot < RCC_PLACES_MAX && body->place.v == core->place_last + 1);
	struct rcc_place_state *place = &core->place[slot];
	*place = (struct rcc_place_state){
	    .id = body->place, .incident = body->incident, .pos = RCC_POS_NONE, .previous = incident->newest_place};
	memcpy(place->name, body->name, sizeof place->name);
	incident->newest_place = slot + 1;
	core->place_last = body->place.v;
	core->place_count++;
	return place;
}

static struct rcc_place_ship *
new_ship(struct rcc_core *core, struct rcc_place_state *place, struct rcc_mmsi ship)
{
	uint32_t slot = core->place_ship_free != 0 ? core->place_ship_free - 1 : core->place_ship_top++;

	if (core->place_ship_free != 0)
		core->place_ship_free = core->place_ship[slot].previous;
	assert(slot < RCC_PLACE_SHIPS_MAX);
	struct rcc_place_ship *row = &core->place_ship[slot];
	*row = (struct rcc_place_ship){.ship = ship, .place = place->id, .previous = place->newest_ship};
	place->newest_ship = slot + 1;
	core->place_ship_count++;
	return row;
}

static void
free_ships(struct rcc_core *core, uint32_t slot1)
{
	while (slot1 != 0) {
		struct rcc_place_ship *row = &core->place_ship[slot1 - 1];
		uint32_t next = row->previous;
		memset(row, 0, sizeof *row);
		row->previous = core->place_ship_free;
		core->place_ship_free = slot1;
		core->place_ship_count--;
		slot1 = next;
	}
}

void
rcc_evict_places(struct rcc_core *core, uint32_t slot1)
{
	while (slot1 != 0) {
		struct rcc_place_state *place = &core->place[slot1 - 1];
		uint32_t next = place->previous;
		free_ships(core, place->newest_ship);
		memset(place, 0, sizeof *place);
		place->previous = core->place_free;
		core->place_free = slot1;
		core->place_count--;
		slot1 = next;
	}
}

/* ---- steps ---- */

static void
end_pending(struct rcc_place_ship *row)
{
	row->pending_by = (struct rcc_peer_id){0};
	row->pending_at_ms = 0;
	memset(row->pending_reason, 0, sizeof row->pending_reason);
}

/* What was decided before this became known was decided about something else. */
static void
end_all_pending(struct rcc_core *core, const struct rcc_place_state *place)
{
	for (uint32_t slot1 = place->newest_ship; slot1 != 0; slot1 = core->place_ship[slot1 - 1].previous)
		end_pending(&core->place_ship[slot1 - 1]);
}

static void
flag(struct rcc_core *core, struct rcc_place_state *place, const struct rcc_place_stepped *event)
{
	place->is_unsafe = true;
	place->unsafe_by = event->by;
	place->lifted_by = (struct rcc_peer_id){0};
	place->unsafe_at_ms = core->at_ms;
	memcpy(place->unsafe_reason, event->body.text, sizeof place->unsafe_reason);
}

/* What is known of the place itself. */
static void
apply_facts(struct rcc_core *core, struct rcc_place_state *place, const struct rcc_place_stepped *event)
{
	const struct rcc_place *body = &event->body;

	if (body->step == RCC_PLACE_CHECKED) {
		place->checks = body->checks;
		place->checked_by = event->by;
		if (place->is_unsafe)
			place->lifted_by = event->by;
		place->is_unsafe = false;
	} else if (body->step == RCC_PLACE_FEARED) {
		place->is_feared = true;
		place->fears++;
		place->fear_ship = body->ship;
		memcpy(place->fear, body->text, sizeof place->fear);
	} else if (body->step == RCC_PLACE_REVIEWED) {
		place->is_feared = false;
		place->reviewed_by = event->by;
		place->reviewed_seq = core->seq + 1;
		memcpy(place->review, body->text, sizeof place->review);
	} else if (body->step == RCC_PLACE_REFUSED || body->step == RCC_PLACE_OFFERED) {
		place->said_record = event->record_count != 0 ? event->record[0] : (struct rcc_link){0};
		place->is_refused = body->step == RCC_PLACE_REFUSED;
		memcpy(place->refusal, place->is_refused ? body->text : "", place->is_refused ? sizeof body->text : 1);
	} else {
		return;
	}
	if (body->is_unsafe != 0)
		flag(core, place, event);
	end_all_pending(core, place);
}

/* Where she is sent now is decided: half a decision for another place was made for a ship that had none. */
static void
end_pending_elsewhere(struct rcc_core *core, struct rcc_incident_id id, struct rcc_mmsi ship)
{
	for (const struct rcc_place_state *place = rcc_place_at(core, incident_get(core, id)->newest_place);
	     place != NULL; place = rcc_place_at(core, place->previous)) {
		const struct rcc_place_ship *row = rcc_place_ship_of(core, place, ship);
		if (row != NULL)
			end_pending(&core->place_ship[row - core->place_ship]);
	}
}

static void
apply_assigned(struct rcc_core *core, struct rcc_place_ship *row, const struct rcc_place_stepped *event)
{
	if (event->is_pending != 0) {
		row->pending_by = event->by;
		row->pending_at_ms = core->at_ms;
		memcpy(row->pending_reason, event->body.text, sizeof row->pending_reason);
		return;
	}
	row->is_assigned = true;
	row->by = event->by;
	row->assigned_at_ms = core->at_ms;
	row->overridden = event->overridden;
	row->first = event->first;
	row->is_unassigned = false;
	row->broadcast = event->broadcast;
	memcpy(row->reason, event->body.text, sizeof row->reason);
	memcpy(row->first_reason, event->first_reason, sizeof row->first_reason);
	row->made_nm += row->extra_nm;
	row->made_h += row->extra_h;
	row->extra_nm = event->body.extra_nm;
	row->extra_h = event->body.extra_h;
	end_pending_elsewhere(core, event->body.incident, row->ship);
}

/* She goes there no more: the deviation so far stays hers. */
static void
apply_ended(struct rcc_core *core, struct rcc_place_ship *row, const struct rcc_place_stepped *event)
{
	row->is_assigned = false;
	row->extra_nm = event->body.extra_nm != 0 ? event->body.extra_nm : row->extra_nm;
	row->extra_h = event->body.extra_h != 0 ? event->body.extra_h : row->extra_h;
	if (event->body.step == RCC_PLACE_REACHED) {
		row->reached_at_ms = core->at_ms;
		row->is_unassigned = event->is_unassigned != 0;
	} else {
		row->withdrawn_at_ms = core->at_ms;
		row->broadcast = event->broadcast;
	}
	end_pending(row);
}

static void
apply_ship(struct rcc_core *core, struct rcc_place_state *place, const struct rcc_place_stepped *event)
{
	const struct rcc_place *body = &event->body;
	const struct rcc_place_ship *found = rcc_place_ship_of(core, place, body->ship);
	struct rcc_place_ship *row =
	    found != NULL ? &core->place_ship[found - core->place_ship] : new_ship(core, place, body->ship);

	if (body->step == RCC_PLACE_ASSIGNED) {
		apply_assigned(core, row, event);
	} else if (body->step == RCC_PLACE_WITHDRAWN || body->step == RCC_PLACE_REACHED) {
		apply_ended(core, row, event);
	} else if (body->step == RCC_PLACE_PREFERRED) {
		row->preferred_at_ms = core->at_ms;
	} else {
		row->objected_at_ms = core->at_ms;
		row->objections++;
		memcpy(row->objection, body->text, sizeof row->objection);
		end_pending(row);
	}
}

void
rcc_apply_place(struct rcc_core *core, const struct rcc_place_stepped *event)
{
	const struct rcc_place *body = &event->body;
	const struct rcc_place_state *found = rcc_place_find(core, body->place);
	struct rcc_place_state *place = found != NULL ? &core->place[found - core->place] : new_place(core, body);
	bool is_of_ship = body->step == RCC_PLACE_ASSIGNED || body->step == RCC_PLACE_WITHDRAWN ||
	                  body->step == RCC_PLACE_REACHED || body->step == RCC_PLACE_PREFERRED ||
	                  body->step == RCC_PLACE_OBJECTED;

	if (rcc_pos_is_known(body->pos))
		place->pos = body->pos;
	if (body->authority[0] != '\0')
		memcpy(place->authority, body->authority, sizeof place->authority);
	if (event->is_pending == 0)
		place->step_at_ms[body->step] = core->at_ms;
	if (is_of_ship)
		apply_ship(core, place, event);
	else
		apply_facts(core, place, event);
	if (is_of_officer(core, event->by))
		mark_open(incident_get(core, body->incident));
}
