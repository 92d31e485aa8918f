/* place_find.c - places of safety and their ships as they stand: look-ups, and what stands against one. Decides nothing. */
#include <string.h>

#include "core/geo.h"
#include "core/place.h"

static char
small(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* The next sign that tells names apart: "PORT-A", "Port A" and "port a." are one port. */
static char
next_sign(const char **at)
{
	while (**at != '\0' && ((unsigned char)**at < 0x80) && !(**at >= '0' && **at <= '9') &&
	       !(small(**at) >= 'a' && small(**at) <= 'z'))
		(*at)++;
	return **at == '\0' ? '\0' : small(*(*at)++);
}

bool
rcc_place_is_name(const char *a, const char *b)
{
	char sign = next_sign(&a);

	while (sign != '\0' && sign == next_sign(&b))
		sign = next_sign(&a);
	return sign == '\0' && next_sign(&b) == '\0';
}

const struct rcc_place_state *
rcc_place_find(const struct rcc_core *core, struct rcc_place_id id)
{
	for (uint32_t i = 0; id.v != 0 && i < core->place_top; i++) {
		if (core->place[i].id.v == id.v)
			return &core->place[i];
	}
	return NULL;
}

const struct rcc_place_state *
rcc_place_named(const struct rcc_core *core, const struct rcc_incident *incident, const char *name)
{
	const struct rcc_place_state *place = rcc_place_at(core, incident->newest_place);

	while (place != NULL && !rcc_place_is_name(place->name, name))
		place = rcc_place_at(core, place->previous);
	return place;
}

const struct rcc_place_ship *
rcc_place_ship_of(const struct rcc_core *core, const struct rcc_place_state *place, struct rcc_mmsi ship)
{
	const struct rcc_place_ship *row = rcc_place_ship_at(core, place->newest_ship);

	while (row != NULL && row->ship.v != ship.v)
		row = rcc_place_ship_at(core, row->previous);
	return row;
}

const struct rcc_place_state *
rcc_place_of_ship(const struct rcc_core *core, const struct rcc_incident *incident, struct rcc_mmsi ship)
{
	for (const struct rcc_place_state *place = rcc_place_at(core, incident->newest_place); place != NULL;
	     place = rcc_place_at(core, place->previous)) {
		const struct rcc_place_ship *row = rcc_place_ship_of(core, place, ship);
		if (row != NULL && row->is_assigned)
			return place;
	}
	return NULL;
}

uint32_t
rcc_place_blocks(const struct rcc_place_state *place)
{
	uint32_t blocks = 0;

	if (place->checks != RCC_CHECKS_ALL)
		blocks |= RCC_PLACE_BLOCK_UNCHECKED;
	if (place->is_unsafe)
		blocks |= RCC_PLACE_BLOCK_UNSAFE;
	if (place->is_feared)
		blocks |= RCC_PLACE_BLOCK_FEARED;
	if (place->is_refused)
		blocks |= RCC_PLACE_BLOCK_REFUSED;
	return blocks;
}

const struct rcc_place_state *
rcc_place_unsafe_elsewhere(const struct rcc_core *core, struct rcc_incident_id incident, const char *name)
{
	for (uint32_t i = 0; i < core->place_top; i++) {
		const struct rcc_place_state *place = &core->place[i];
		const struct rcc_incident *other = place->id.v == 0 ? NULL : rcc_incident_find(core, place->incident);
		if (other != NULL && place->is_unsafe && other->id.v != incident.v &&
		    other->status != RCC_INCIDENT_CLOSED && rcc_place_is_name(name, place->name))
			return place;
	}
	return NULL;
}

/* Does the text go on with this name from here, and end it at the end of a word? */
static bool
begins_with_name(const char *text, const char *name)
{
	char sign = next_sign(&name);

	if (sign == '\0')
		return false;
	while (sign != '\0' && sign == next_sign(&text))
		sign = next_sign(&name);
	/* A sign of the text that was not asked for is another word's only if something stands between. */
	const char *after = text;
	return sign == '\0' && (*text == '\0' || next_sign(&after) == '\0' || after != text + 1);
}

static bool
is_named_in(const char *text, const char *name)
{
	bool is_begin = true;

	for (const char *at = text; *at != '\0'; at++) {
		const char *after = at;
		bool is_sign = next_sign(&after) != '\0' && after == at + 1;
		if (is_sign && is_begin && begins_with_name(at, name))
			return true;
		is_begin = !is_sign;
	}
	return false;
}

const struct rcc_place_state *
rcc_place_unsafe_in(const struct rcc_core *core, const struct rcc_incident *incident, const char *text)
{
	for (uint32_t i = 0; i < core->place_top; i++) {
		const struct rcc_place_state *place = &core->place[i];
		const struct rcc_incident *other = place->id.v == 0 ? NULL : rcc_incident_find(core, place->incident);
		/* What an officer has flagged: a ship that fears "the raft" must not make every order with that word be refused. */
		bool is_flagged =
		    other != NULL && place->is_unsafe && (other == incident || other->status != RCC_INCIDENT_CLOSED);
		if (is_flagged && is_named_in(text, place->name))
			return place;
	}
	return NULL;
}

const struct rcc_place_state *
rcc_place_unsafe_beside(const struct rcc_core *core, const struct rcc_place_state *place)
{
	for (uint32_t i = 0; rcc_pos_is_known(place->pos) && i < core->place_top; i++) {
		const struct rcc_place_state *other = &core->place[i];
		const struct rcc_incident *incident =
		    other->id.v == 0 || other == place ? NULL : rcc_incident_find(core, other->incident);
		if (incident != NULL && other->is_unsafe && incident->status != RCC_INCIDENT_CLOSED &&
		    rcc_pos_is_known(other->pos) && rcc_geo_range_m(place->pos, other->pos) <= RCC_PLACE_BESIDE_M)
			return other;
	}
	return NULL;
}

const struct rcc_peer *
rcc_place_first(const struct rcc_core *core, const struct rcc_place_ship *row, int64_t at_ms)
{
	const struct rcc_peer *peer = row == NULL ? NULL : rcc_peer_find(core, row->pending_by);

	/* Whose key was revoked has no say any more. */
	if (peer == NULL || peer->revoked_at_ms != 0 || at_ms - row->pending_at_ms > RCC_PLACE_SECOND_MS)
		return NULL;
	return peer;
}

bool
rcc_place_is_under_way(const struct rcc_core *core, const struct rcc_incident *incident)
{
	for (const struct rcc_place_state *place = rcc_place_at(core, incident->newest_place); place != NULL;
	     place = rcc_place_at(core, place->previous)) {
		for (const struct rcc_place_ship *row = rcc_place_ship_at(core, place->newest_ship); row != NULL;
		     row = rcc_place_ship_at(core, row->previous)) {
			if (row->is_assigned)
				return true;
		}
	}
	return false;
}

struct rcc_deviation
rcc_place_deviation(const struct rcc_core *core, const struct rcc_incident *incident, struct rcc_mmsi ship)
{
	struct rcc_deviation sum = {.ship = ship};

	for (const struct rcc_place_state *place = rcc_place_at(core, incident->newest_place); place != NULL;
	     place = rcc_place_at(core, place->previous)) {
		for (const struct rcc_place_ship *row = rcc_place_ship_at(core, place->newest_ship); row != NULL;
		     row = rcc_place_ship_at(core, row->previous)) {
			if (ship.v != 0 && row->ship.v != ship.v)
				continue;
			sum.places += row->assigned_at_ms != 0;
			sum.extra_nm += row->made_nm + row->extra_nm;
			sum.extra_h += row->made_h + row->extra_h;
		}
	}
	return sum;
}

bool
rcc_place_has_told(const struct rcc_core *core, const struct rcc_incident *incident, struct rcc_broadcast_id broadcast)
{
	for (const struct rcc_place_state *place = rcc_place_at(core, incident->newest_place); place != NULL;
	     place = rcc_place_at(core, place->previous)) {
		for (const struct rcc_place_ship *row = rcc_place_ship_at(core, place->newest_ship); row != NULL;
		     row = rcc_place_ship_at(core, row->previous)) {
			if (row->broadcast.v == broadcast.v)
				return true;
		}
	}
	return false;
}

const struct rcc_place_state *
rcc_place_told_by(const struct rcc_core *core, struct rcc_incident_id incident, struct rcc_broadcast_id broadcast,
                  struct rcc_mmsi ship)
{
	const struct rcc_incident *found = rcc_incident_find(core, incident);
	const struct rcc_place_state *place = found == NULL ? NULL : rcc_place_at(core, found->newest_place);

	for (; place != NULL && broadcast.v != 0; place = rcc_place_at(core, place->previous)) {
		const struct rcc_place_ship *row = rcc_place_ship_of(core, place, ship);
		if (row != NULL && row->assigned_at_ms != 0 && row->broadcast.v == broadcast.v)
			return place;
	}
	return NULL;
}
