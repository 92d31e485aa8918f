/*
 * place_refuse.c - what stands in the way of a step of a place of safety: who says it, what belongs to it, and how things stand.
 */
#include <string.h>

#include "core/duty.h"
#include "core/place_internal.h"

#define BIT(step) (1u << (step))
/* What a ship says for herself. */
#define SHIP_STEPS (BIT(RCC_PLACE_PREFERRED) | BIT(RCC_PLACE_OBJECTED) | BIT(RCC_PLACE_FEARED))
#define AUTHORITY_STEPS (BIT(RCC_PLACE_ASKED) | BIT(RCC_PLACE_OFFERED) | BIT(RCC_PLACE_REFUSED))
#define REASON_STEPS (BIT(RCC_PLACE_WITHDRAWN) | BIT(RCC_PLACE_OBJECTED) | BIT(RCC_PLACE_REVIEWED))
#define EXTRA_STEPS (BIT(RCC_PLACE_ASSIGNED) | BIT(RCC_PLACE_WITHDRAWN) | BIT(RCC_PLACE_REACHED))
/* What is said of one ship at the place. */
#define OF_SHIP_STEPS                                                                                                  \
	(BIT(RCC_PLACE_ASSIGNED) | BIT(RCC_PLACE_REACHED) | BIT(RCC_PLACE_PREFERRED) | BIT(RCC_PLACE_OBJECTED))
/* What may send a ship somewhere, or call her off. */
#define TELLING_STEPS                                                                                                  \
	(BIT(RCC_PLACE_ASSIGNED) | BIT(RCC_PLACE_WITHDRAWN) | BIT(RCC_PLACE_CHECKED) | BIT(RCC_PLACE_FEARED) |         \
	 BIT(RCC_PLACE_REVIEWED) | BIT(RCC_PLACE_REFUSED))
/* The step itself, what goes to or came from another centre, a withdrawal from every ship, the message with its list. */
#define STEP_EVENTS (RCC_SHIPS_OF_PLACE_MAX + 5)

static bool
is_step(const struct rcc_stepping *s, uint32_t steps)
{
	return (BIT(s->body.step) & steps) != 0;
}

bool
rcc_place_refuse(const struct rcc_stepping *s, enum rcc_refusal refusal, const char *field)
{
	rcc_step_refuse(s->step, refusal, field);
	return true;
}

/* ---- who, where, and what belongs to the step ---- */

/* A ship speaks for herself, and of what she may hear of; an officer types what is said by radio. */
bool
rcc_place_refuse_sender(struct rcc_stepping *s)
{
	const struct rcc_origin *origin = &s->step->entry->cause.origin;
	const struct rcc_peer *peer = rcc_peer_find(s->step->core, origin->peer);

	if (origin->role == RCC_ROLE_OFFICER || origin->role == RCC_ROLE_ADMIN)
		return false;
	if (peer == NULL || !rcc_peer_is_ship(peer) || !is_step(s, SHIP_STEPS))
		return rcc_place_refuse(s, RCC_REFUSAL_NOT_ALLOWED, "place.step");
	if (s->body.ship.v != 0 && s->body.ship.v != peer->mmsi.v)
		return rcc_place_refuse(s, RCC_REFUSAL_NOT_ALLOWED, "place.ship");
	if (s->incident->is_restricted || !rcc_peer_hears(peer, s->incident->class, s->step->core->at_ms))
		return rcc_place_refuse(s, RCC_REFUSAL_NOT_FOUND, "place.incident");
	s->body.ship = peer->mmsi;
	return false;
}

/* By its number, or by its name in this case, or new. */
static bool
refuse_place(struct rcc_stepping *s)
{
	struct rcc_place *body = &s->body;

	if (body->place.v == 0 && body->name[0] == '\0')
		return rcc_place_refuse(s, RCC_REFUSAL_RANGE, "place.name");
	s->place = body->place.v != 0 ? rcc_place_find(s->step->core, body->place)
	                              : rcc_place_named(s->step->core, s->incident, body->name);
	if (body->place.v != 0 && (s->place == NULL || s->place->incident.v != s->incident->id.v))
		return rcc_place_refuse(s, RCC_REFUSAL_NOT_FOUND, "place.place");
	if (s->place != NULL && body->name[0] != '\0' && !rcc_place_is_name(body->name, s->place->name))
		return rcc_place_refuse(s, RCC_REFUSAL_RANGE, "place.name");
	if (s->place != NULL) {
		body->place = s->place->id;
		memcpy(body->name, s->place->name, sizeof body->name);
	} else {
		body->place.v = s->step->core->place_last + 1;
	}
	return false;
}

/* Nothing that was said is passed over: what does not belong to the step is refused by its name. */
static bool
refuse_fields(const struct rcc_stepping *s)
{
	const struct rcc_place *body = &s->body;
	const char *field = NULL;

	if (is_step(s, AUTHORITY_STEPS) && body->authority[0] == '\0')
		field = "place.authority";
	else if (is_step(s, OF_SHIP_STEPS) && body->ship.v == 0)
		field = "place.ship";
	else if (body->checks != 0 && body->step != RCC_PLACE_CHECKED)
		field = "place.checks";
	else if (body->is_unsafe != 0 && !is_step(s, BIT(RCC_PLACE_CHECKED) | BIT(RCC_PLACE_REVIEWED)))
		field = "place.is_unsafe";
	else if (body->is_override != 0 && body->step != RCC_PLACE_ASSIGNED)
		field = "place.is_override";
	else if (body->extra_nm > RCC_EXTRA_NM_MAX || (body->extra_nm != 0 && !is_step(s, EXTRA_STEPS)))
		field = "place.extra_nm";
	else if (body->extra_h > RCC_EXTRA_H_MAX || (body->extra_h != 0 && !is_step(s, EXTRA_STEPS)))
		field = "place.extra_h";
	if (field != NULL)
		return rcc_place_refuse(s, RCC_REFUSAL_RANGE, field);
	bool wants_reason = is_step(s, REASON_STEPS) || body->is_unsafe != 0 || body->is_override != 0;
	return wants_reason && rcc_refuse_reason(s->step, body->text, "place.text");
}

/* The two are one person if they have one key, whatever they are called. */
bool
rcc_place_is_same_officer(const struct rcc_stepping *s, const struct rcc_peer *first)
{
	const struct rcc_origin *origin = &s->step->entry->cause.origin;

	return first != NULL &&
	       (first->id.v == origin->peer.v || memcmp(&first->key, &origin->key, sizeof first->key) == 0);
}

/* A flag that one officer could lift alone would be no flag: another one does, under a name, and says why. */
static bool
refuse_lifting(const struct rcc_stepping *s)
{
	const struct rcc_origin *origin = &s->step->entry->cause.origin;

	if (s->body.step != RCC_PLACE_CHECKED || s->body.is_unsafe != 0 || s->place == NULL || !s->place->is_unsafe)
		return false;
	if (rcc_refuse_reason(s->step, s->body.text, "place.text"))
		return true;
	if (origin->peer.v == 0 || rcc_place_is_same_officer(s, rcc_peer_find(s->step->core, s->place->unsafe_by)))
		return rcc_place_refuse(s, RCC_REFUSAL_TWO_OFFICERS, "place.is_unsafe");
	return false;
}

/* ---- what the state allows ---- */

const struct rcc_place_ship *
rcc_place_ship_row(const struct rcc_stepping *s)
{
	return s->place == NULL ? NULL : rcc_place_ship_of(s->step->core, s->place, s->body.ship);
}

static bool
has_assigned(const struct rcc_stepping *s)
{
	const struct rcc_place_ship *row =
	    s->place == NULL ? NULL : rcc_place_ship_at(s->step->core, s->place->newest_ship);

	while (row != NULL && (!row->is_assigned || (s->body.ship.v != 0 && row->ship.v != s->body.ship.v)))
		row = rcc_place_ship_at(s->step->core, row->previous);
	return row != NULL;
}

bool
rcc_place_is_fear_stated(const struct rcc_core *core, const struct rcc_incident *incident)
{
	const struct rcc_place_state *place = rcc_place_at(core, incident->newest_place);

	while (place != NULL && place->reviewed_seq < incident->fear_seq)
		place = rcc_place_at(core, place->previous);
	return incident->fear_seq != 0 && place == NULL;
}

uint32_t
rcc_place_blocks_of(const struct rcc_core *core, const struct rcc_incident *incident, const char *name,
                    const struct rcc_place_state *place)
{
	uint32_t blocks = place == NULL ? RCC_PLACE_BLOCK_UNCHECKED : rcc_place_blocks(place);

	/* Survivors who fear for themselves fear each place until somebody has looked at it with them. */
	if (incident->fear_seq != 0 && (place == NULL || place->reviewed_seq < incident->fear_seq))
		blocks |= RCC_PLACE_BLOCK_FEARED;
	/* A longer name of the same port is no other port. */
	const struct rcc_place_state *named = rcc_place_unsafe_in(core, incident, name);
	if ((named != NULL && named != place) || rcc_place_unsafe_elsewhere(core, incident->id, name) != NULL ||
	    (place != NULL && rcc_place_unsafe_beside(core, place) != NULL))
		blocks |= RCC_PLACE_BLOCK_UNSAFE;
	return blocks;
}

static bool
refuse_state(const struct rcc_stepping *s)
{
	const struct rcc_place_ship *row = rcc_place_ship_row(s);

	if (s->body.step == RCC_PLACE_REVIEWED && (s->place == NULL || s->place->fears == 0) &&
	    s->incident->fear_seq == 0)
		return rcc_place_refuse(s, RCC_REFUSAL_WRONG_STATE, "place.step");
	if (s->body.step == RCC_PLACE_WITHDRAWN && !has_assigned(s))
		return rcc_place_refuse(s, RCC_REFUSAL_WRONG_STATE, "place.step");
	if (s->body.step == RCC_PLACE_REACHED && row != NULL && !row->is_assigned && row->reached_at_ms != 0 &&
	    row->reached_at_ms >= row->assigned_at_ms)
		return rcc_place_refuse(s, RCC_REFUSAL_WRONG_STATE, "place.step");
	/* A mistyped name would land people where nobody is: a place that the case has never heard of takes a word on it. */
	if (s->body.step == RCC_PLACE_REACHED && s->place == NULL &&
	    rcc_refuse_reason(s->step, s->body.text, "place.text"))
		return true;
	if (s->body.step == RCC_PLACE_ASSIGNED && row != NULL && row->is_assigned)
		return rcc_place_refuse(s, RCC_REFUSAL_WRONG_STATE, "place.ship");
	/* Who found it safe against another's word does not send anybody there alone as well. */
	if (s->body.step == RCC_PLACE_ASSIGNED && s->body.is_override == 0 && s->place != NULL &&
	    rcc_place_is_same_officer(s, rcc_peer_find(s->step->core, s->place->lifted_by)))
		return rcc_place_refuse(s, RCC_REFUSAL_TWO_OFFICERS, "place.is_unsafe");
	return refuse_lifting(s);
}

/* What goes to her in the words of one officer names no other place that is unsafe. */
static bool
refuse_words(const struct rcc_stepping *s)
{
	if (!is_step(s, BIT(RCC_PLACE_ASSIGNED) | BIT(RCC_PLACE_WITHDRAWN)))
		return false;
	const struct rcc_place_state *unsafe = rcc_place_unsafe_in(s->step->core, s->incident, s->body.text);
	return unsafe != NULL && !rcc_place_is_name(unsafe->name, s->body.name) &&
	       rcc_place_refuse(s, RCC_REFUSAL_PLACE_UNSAFE, "place.text");
}

static uint32_t
count_places(const struct rcc_stepping *s)
{
	uint32_t count = 0;

	for (const struct rcc_place_state *place = rcc_place_at(s->step->core, s->incident->newest_place);
	     place != NULL; place = rcc_place_at(s->step->core, place->previous))
		count++;
	return count;
}

uint32_t
rcc_place_count_ships(const struct rcc_core *core, const struct rcc_place_state *place)
{
	uint32_t count = 0;

	for (const struct rcc_place_ship *row = rcc_place_ship_at(core, place->newest_ship); row != NULL;
	     row = rcc_place_ship_at(core, row->previous))
		count++;
	return count;
}

static bool
refuse_room(const struct rcc_stepping *s)
{
	bool is_full = s->place == NULL && count_places(s) >= RCC_PLACES_OF_CASE_MAX;

	is_full = is_full || (s->place != NULL && is_step(s, OF_SHIP_STEPS) && rcc_place_ship_row(s) == NULL &&
	                      rcc_place_count_ships(s->step->core, s->place) >= RCC_SHIPS_OF_PLACE_MAX);
	if (!is_full && is_step(s, TELLING_STEPS))
		rcc_place_make_room(s->step);
	is_full = is_full || !rcc_room_for_place(s->step) || rcc_step_room(s->step) < STEP_EVENTS;
	return is_full && rcc_place_refuse(s, RCC_REFUSAL_FULL, "place");
}

bool
rcc_place_refuse_step(struct rcc_stepping *s)
{
	return refuse_place(s) || refuse_fields(s) || refuse_state(s) || refuse_words(s) || refuse_room(s);
}
