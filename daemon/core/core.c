#include "core/core.h"

#include <assert.h>
#include <string.h>

#include "core/request.h"

void
rcc_core_init(struct rcc_core *core)
{
	memset(core, 0, sizeof *core);
}

uint64_t
rcc_core_seq(const struct rcc_core *core)
{
	return core->seq;
}

uint32_t
rcc_peer_key_bucket(const struct rcc_key *key)
{
	/* Public keys are random: any two bytes spread them. */
	return (uint32_t)(key->b[0] << 8 | key->b[1]) % RCC_PEER_BUCKETS;
}

uint32_t
rcc_peer_mmsi_bucket(struct rcc_mmsi mmsi)
{
	return mmsi.v * 2654435761u >> 18; /* Fibonacci hashing to 14 bits */
}

const struct rcc_peer *
rcc_peer_find(const struct rcc_core *core, struct rcc_peer_id id)
{
	return id.v == 0 || id.v > core->peer_count ? NULL : &core->peer[id.v - 1];
}

const struct rcc_peer *
rcc_peer_find_name(const struct rcc_core *core, const char *name)
{
	for (uint32_t i = 0; i < core->peer_count; i++) {
		const struct rcc_peer *peer = &core->peer[i];
		if (peer->revoked_at_ms == 0 && strcmp(peer->name, name) == 0)
			return peer;
	}
	return NULL;
}

const struct rcc_peer *
rcc_peer_find_key(const struct rcc_core *core, const struct rcc_key *key)
{
	uint32_t slot1 = core->key_bucket[rcc_peer_key_bucket(key)];
	while (slot1 != 0) {
		const struct rcc_peer *peer = &core->peer[slot1 - 1];
		if (memcmp(&peer->key, key, sizeof *key) == 0)
			return peer;
		slot1 = peer->same_key;
	}
	return NULL;
}

const struct rcc_peer *
rcc_peer_find_mmsi(const struct rcc_core *core, struct rcc_mmsi mmsi)
{
	uint32_t slot1 = mmsi.v == 0 ? 0 : core->mmsi_bucket[rcc_peer_mmsi_bucket(mmsi)];
	while (slot1 != 0) {
		const struct rcc_peer *peer = &core->peer[slot1 - 1];
		if (peer->mmsi.v == mmsi.v && rcc_peer_is_ship(peer))
			return peer;
		slot1 = peer->same_mmsi;
	}
	return NULL;
}

/* From this slot on in the chain of its bucket. */
static const struct rcc_peer *
ship_from(const struct rcc_core *core, uint32_t slot1, struct rcc_mmsi mmsi)
{
	while (slot1 != 0 && (core->peer[slot1 - 1].mmsi.v != mmsi.v || core->peer[slot1 - 1].role != RCC_ROLE_VESSEL))
		slot1 = core->peer[slot1 - 1].same_mmsi;
	return slot1 == 0 ? NULL : &core->peer[slot1 - 1];
}

const struct rcc_peer *
rcc_peer_first_of(const struct rcc_core *core, struct rcc_mmsi mmsi)
{
	return ship_from(core, mmsi.v == 0 ? 0 : core->mmsi_bucket[rcc_peer_mmsi_bucket(mmsi)], mmsi);
}

const struct rcc_peer *
rcc_peer_next_of(const struct rcc_core *core, const struct rcc_peer *peer)
{
	return ship_from(core, peer->same_mmsi, peer->mmsi);
}

bool
rcc_peer_is_ship(const struct rcc_peer *peer)
{
	return peer->role == RCC_ROLE_VESSEL && peer->revoked_at_ms == 0;
}

enum rcc_role
rcc_core_identify(const struct rcc_core *core, const struct rcc_key *key, struct rcc_peer_id *ret_peer,
                  bool *ret_revoked)
{
	const struct rcc_peer *peer = rcc_peer_find_key(core, key);

	*ret_peer = (struct rcc_peer_id){0};
	*ret_revoked = peer != NULL && peer->revoked_at_ms != 0;
	if (peer == NULL || *ret_revoked)
		return RCC_ROLE_GUEST;
	*ret_peer = peer->id;
	return peer->role;
}

const struct rcc_alert_state *
rcc_alert_find(const struct rcc_core *core, struct rcc_alert_id id)
{
	for (uint32_t i = 0; id.v != 0 && i < core->alert_top; i++) {
		if (core->alert[i].id.v == id.v)
			return &core->alert[i];
	}
	return NULL;
}

const struct rcc_incident *
rcc_incident_find(const struct rcc_core *core, struct rcc_incident_id id)
{
	for (uint32_t i = 0; id.v != 0 && i < core->incident_top; i++) {
		if (core->incident[i].id.v == id.v)
			return &core->incident[i];
	}
	return NULL;
}

struct rcc_incident_id
rcc_incident_speaker(const struct rcc_core *core, struct rcc_incident_id id)
{
	const struct rcc_incident *incident = rcc_incident_find(core, id);

	/* A case is joined once at a time, and to one that is not closed: there is no ring. */
	while (incident != NULL && incident->joined_into.v != 0) {
		id = incident->joined_into;
		incident = rcc_incident_find(core, id);
	}
	return id;
}

const struct rcc_broadcast *
rcc_broadcast_find(const struct rcc_core *core, struct rcc_broadcast_id id)
{
	for (uint32_t i = 0; id.v != 0 && i < core->broadcast_top; i++) {
		if (core->broadcast[i].id.v == id.v)
			return &core->broadcast[i];
	}
	return NULL;
}

const struct rcc_delivery *
rcc_delivery_find(const struct rcc_core *core, struct rcc_peer_id peer, uint32_t number)
{
	const struct rcc_peer *ship = rcc_peer_find(core, peer);
	const struct rcc_delivery *line = ship == NULL ? NULL : rcc_delivery_at(core, ship->newest_delivery);

	while (line != NULL && line->number > number)
		line = rcc_delivery_at(core, line->of_peer);
	return line != NULL && line->number == number ? line : NULL;
}

const struct rcc_delivery *
rcc_delivery_of(const struct rcc_core *core, const struct rcc_broadcast *broadcast, struct rcc_peer_id peer)
{
	const struct rcc_peer *ship = rcc_peer_find(core, peer);
	const struct rcc_delivery *line = ship == NULL ? NULL : rcc_delivery_at(core, ship->newest_delivery);

	while (line != NULL && line->broadcast.v != broadcast->id.v)
		line = rcc_delivery_at(core, line->of_peer);
	return line;
}

bool
rcc_broadcast_is_to_casualty_alone(const struct rcc_core *core, const struct rcc_broadcast *broadcast)
{
	const struct rcc_peer *casualty =
	    broadcast->casualty.v == 0 ? NULL : rcc_peer_find_mmsi(core, broadcast->casualty);

	return broadcast->recipients == 1 && casualty != NULL && rcc_delivery_of(core, broadcast, casualty->id) != NULL;
}

const struct rcc_answer_state *
rcc_answer_of(const struct rcc_core *core, const struct rcc_incident *incident, struct rcc_mmsi ship)
{
	const struct rcc_answer_state *answer = rcc_answer_at(core, incident->newest_answer);

	while (answer != NULL && answer->ship.v != ship.v)
		answer = rcc_answer_at(core, answer->previous);
	return answer;
}

const struct rcc_answer_state *
rcc_answer_find(const struct rcc_core *core, const struct rcc_incident *incident, struct rcc_peer_id peer)
{
	const struct rcc_answer_state *answer = rcc_answer_at(core, incident->newest_answer);

	while (answer != NULL && answer->peer.v != peer.v)
		answer = rcc_answer_at(core, answer->previous);
	return answer;
}

const struct rcc_scene_ship *
rcc_scene_find(const struct rcc_scene *scene, struct rcc_mmsi mmsi)
{
	uint32_t low = 0;
	uint32_t high = scene->count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (scene->ship[middle].mmsi.v < mmsi.v)
			low = middle + 1;
		else
			high = middle;
	}
	return low < scene->count && scene->ship[low].mmsi.v == mmsi.v ? &scene->ship[low] : NULL;
}

bool
rcc_peer_hears(const struct rcc_peer *peer, enum rcc_class class, int64_t at_ms)
{
	if (!rcc_peer_is_ship(peer) || class == RCC_CLASS_TEST)
		return false;
	return class == RCC_CLASS_LIVE || peer->drill_until_at_ms > at_ms;
}

struct rcc_mmsi
rcc_core_subject(const struct rcc_core *core, const struct rcc_command *command)
{
	const struct rcc_peer *sender = rcc_peer_find(core, command->origin.peer);
	const struct rcc_plan_state *plan;

	if (command->kind == RCC_COMMAND_OPEN)
		return command->u.open.alert.casualty;
	if (command->kind == RCC_COMMAND_PLACE && rcc_request_centre(core, &command->u.place) != NULL)
		return rcc_request_ship(core, &command->u.place);
	if (command->kind == RCC_COMMAND_DUE && command->u.due.timer == RCC_TIMER_OVERDUE) {
		plan = rcc_plan_find(core, (struct rcc_plan_id){command->u.due.id});
		return plan == NULL ? (struct rcc_mmsi){0} : plan->body.mmsi;
	}
	if (command->kind != RCC_COMMAND_ALERT)
		return (struct rcc_mmsi){0};
	if (command->u.alert.casualty.v == 0 && sender != NULL)
		return sender->mmsi;
	return command->u.alert.casualty;
}

bool
rcc_delivery_is_other(const struct rcc_core *core, struct rcc_peer_id peer, uint32_t number, int64_t issued_at_ms)
{
	const struct rcc_delivery *line = rcc_delivery_find(core, peer, number);
	const struct rcc_broadcast *broadcast = line == NULL ? NULL : rcc_broadcast_find(core, line->broadcast);

	if (issued_at_ms == 0 || number == 0)
		return false;
	/* What has left memory cannot be compared; what was never given is of a record that is lost. */
	if (broadcast == NULL)
		return number > rcc_peer_find(core, peer)->delivery_last;
	return broadcast->issued_at_ms != issued_at_ms;
}
