/*
 * legs.c - how far each ship has to go, and who is called on. Owner kind, flag and name are not read here.
 */
#include <assert.h>
#include <string.h>

#include "core/legs.h"

#include "core/duty.h"
#include "core/rank.h"

/* The most ships that `respond_count` can ask for. */
#define NEAREST_MAX 256

struct rcc_places
rcc_places_of(const struct rcc_incident *incident, bool is_telling)
{
	struct rcc_places places = {.count = 1, .pos = {is_telling ? incident->pos : incident->broadcast_pos}};

	for (uint32_t i = 0; is_telling && i < incident->candidate_count; i++)
		places.pos[i] = incident->candidate[i].pos;
	if (is_telling && incident->candidate_count > 1)
		places.count = incident->candidate_count;
	return places;
}

static struct rcc_leg
leg_to(const struct rcc_rules *rules, const struct rcc_scene_ship *ship, struct rcc_pos to)
{
	struct rcc_leg leg = {
	    .range_m = RCC_RANGE_UNKNOWN_M, .bearing_ddeg = RCC_BEARING_UNKNOWN_DDEG, .eta_min = RCC_ETA_UNKNOWN_MIN};

	if (ship == NULL)
		return leg;
	rcc_geo_leg(ship->pos, to, &leg.range_m, &leg.bearing_ddeg);
	leg.eta_min = rcc_geo_eta_min(leg.range_m, rcc_geo_speed_dkn(ship->sog_dkn, rules->assumed_speed_dkn));
	return leg;
}

/* To the nearest of the places: a ship beside any of them is called on. */
struct rcc_leg
rcc_leg_of(const struct rcc_rules *rules, const struct rcc_scene_ship *ship, const struct rcc_places *to)
{
	struct rcc_leg nearest = leg_to(rules, ship, to->pos[0]);

	for (uint32_t i = 1; i < to->count; i++) {
		struct rcc_leg leg = leg_to(rules, ship, to->pos[i]);
		if (leg.range_m < nearest.range_m)
			nearest = leg;
	}
	return nearest;
}

/* Is ship a nearer in time than ship b? Ties by range, then by the order of enrolment. */
static bool
is_nearer(const struct rcc_leg *leg, uint32_t a, uint32_t b)
{
	if (leg[a].eta_min != leg[b].eta_min)
		return leg[a].eta_min < leg[b].eta_min;
	if (leg[a].range_m != leg[b].range_m)
		return leg[a].range_m < leg[b].range_m;
	return a < b;
}

/* Marks the nearest `wanted` ships as called on: an insertion list is enough for a few. */
static void
call_nearest(struct rcc_core *core, enum rcc_class class, uint32_t wanted)
{
	uint32_t best[NEAREST_MAX];
	uint32_t count = 0;

	if (wanted > NEAREST_MAX)
		wanted = NEAREST_MAX;
	for (uint32_t i = 0; i < core->peer_count; i++) {
		if (!rcc_peer_hears(&core->peer[i], class, core->at_ms) || core->leg[i].is_excused)
			continue;
		if (count == wanted && (wanted == 0 || !is_nearer(core->leg, i, best[count - 1])))
			continue;
		uint32_t at = count < wanted ? count++ : count - 1;
		while (at > 0 && is_nearer(core->leg, i, best[at - 1])) {
			best[at] = best[at - 1];
			at--;
		}
		best[at] = i;
	}
	for (uint32_t i = 0; i < count; i++)
		core->leg[best[i]].is_called_on = true;
}

/* This ship (NULL = none) is not called on; returns 1 if she had been. */
static uint32_t
excuse(struct rcc_core *core, const struct rcc_peer *ship)
{
	struct rcc_leg *leg = ship == NULL ? NULL : &core->leg[ship - core->peer];
	uint32_t was_called = leg != NULL && leg->is_called_on;

	if (leg == NULL)
		return 0;
	leg->is_called_on = false;
	leg->is_excused = true;
	return was_called;
}

/*
 * A casualty hears that help is sought (SAR Convention annex 4.5.5); it is not called upon, and neither is a ship that is in
 * distress in another case (SOLAS V/33: those in a position to be able to assist). Returns how many had been called on.
 */
static uint32_t
excuse_casualties(struct rcc_core *core, const struct rcc_incident *incident)
{
	uint32_t excused = 0;

	for (uint32_t i = 0; i < core->incident_top; i++) {
		const struct rcc_incident *other = &core->incident[i];
		bool is_distress = other->id.v != 0 && rcc_incident_is_distress_for(other, incident->class);
		const struct rcc_peer *ship = other->casualty.v == 0 || (!is_distress && other != incident)
		                                  ? NULL
		                                  : rcc_peer_find_mmsi(core, other->casualty);
		if (ship == NULL || !rcc_peer_hears(ship, incident->class, core->at_ms))
			continue;
		excused += excuse(core, ship);
	}
	return excused;
}

/* Has she said, since all were called last, that she cannot, or that she is done? */
static bool
has_ended(const struct rcc_core *core, const struct rcc_incident *incident, const struct rcc_answer_state *answer)
{
	return (answer->body.kind == RCC_ANSWER_UNABLE || answer->body.kind == RCC_ANSWER_DONE) &&
	       answer->at_ms >= rcc_rank_called_at_ms(core, incident);
}

/*
 * An update calls on no ship that is unable, with her reason (SOLAS V/33.1), or that was released (V/33.3): she hears it as the
 * others do, and the next nearest are called on in her place. Returns how many had been called on.
 */
static uint32_t
excuse_unable(struct rcc_core *core, const struct rcc_incident *incident)
{
	uint32_t excused = 0;

	for (const struct rcc_answer_state *answer = rcc_answer_at(core, incident->newest_answer); answer != NULL;
	     answer = rcc_answer_at(core, answer->previous)) {
		const struct rcc_peer *ship = answer->peer.v != 0 ? rcc_peer_find(core, answer->peer)
		                                                  : rcc_peer_find_mmsi(core, answer->body.ship);
		if (ship == NULL)
			continue;
		core->leg[ship - core->peer].has_answered = true;
		if (has_ended(core, incident, answer) || rcc_rank_is_released(core, incident, ship, answer))
			excused += excuse(core, ship);
	}
	for (const struct rcc_broadcast *told = rcc_broadcast_at(core, incident->newest_directed); told != NULL;
	     told = rcc_broadcast_at(core, told->previous)) {
		const struct rcc_delivery *line = rcc_delivery_at(core, told->newest_delivery);
		for (; told->kind == RCC_BROADCAST_RELEASE && line != NULL;
		     line = rcc_delivery_at(core, line->of_broadcast)) {
			const struct rcc_peer *ship = rcc_peer_find(core, line->peer);
			if (ship != NULL && !core->leg[ship - core->peer].has_answered &&
			    rcc_rank_is_released(core, incident, ship, NULL))
				excused += excuse(core, ship);
		}
	}
	return excused;
}

/* The ship of this key, by the key that she has now. */
static void
mark_told(struct rcc_core *core, struct rcc_peer_id id)
{
	const struct rcc_peer *now = rcc_peer_find_mmsi(core, rcc_peer_find(core, id)->mmsi);

	core->leg[id.v - 1].is_told = true;
	if (now != NULL)
		core->leg[now - core->peer].is_told = true;
}

/* Whom was something said to alone? */
static void
note_ordered(struct rcc_core *core, const struct rcc_incident *incident)
{
	for (const struct rcc_broadcast *row = rcc_broadcast_at(core, incident->newest_directed); row != NULL;
	     row = rcc_broadcast_at(core, row->previous)) {
		for (const struct rcc_delivery *line = rcc_delivery_at(core, row->newest_delivery); line != NULL;
		     line = rcc_delivery_at(core, line->of_broadcast))
			mark_told(core, line->peer);
	}
}

/* Whom may an earlier broadcast of this case have reached? Asked only of exercises: of live cases every ship hears. */
static void
note_told(struct rcc_core *core, const struct rcc_incident *incident)
{
	for (const struct rcc_broadcast *broadcast = rcc_broadcast_at(core, incident->newest_broadcast);
	     broadcast != NULL && broadcast->kind != RCC_BROADCAST_CANCEL;
	     broadcast = rcc_broadcast_at(core, broadcast->previous)) {
		for (const struct rcc_delivery *line = rcc_delivery_at(core, broadcast->newest_delivery); line != NULL;
		     line = rcc_delivery_at(core, line->of_broadcast))
			core->leg[line->peer.v - 1].is_told |= rcc_delivery_is_out(line);
	}
}

/*
 * Who takes part is told; and who has left an exercise hears that it is over, if it ever heard of it. Of the end of a case that was
 * told to nobody, those hear that were ordered by a message of their own.
 */
static bool
is_recipient(const struct rcc_core *core, uint32_t i, const struct rcc_incident *incident, bool is_telling)
{
	const struct rcc_peer *peer = &core->peer[i];
	enum rcc_class class = incident->class;

	if (!is_telling && incident->broadcasts == 0)
		return core->leg[i].is_told && rcc_peer_is_ship(peer) && peer->revoked_at_ms == 0;
	if (rcc_peer_hears(peer, class, core->at_ms))
		return true;
	return class == RCC_CLASS_EXERCISE && !is_telling && rcc_peer_is_ship(peer) && core->leg[i].is_told;
}

/* Fills core->leg for every ship: those within respond_eta, or the nearest respond_count, whichever is more. */
uint32_t
rcc_legs_plan(struct rcc_step *step, const struct rcc_places *to, const struct rcc_incident *incident, bool is_telling,
              bool is_update)
{
	struct rcc_core *core = step->core;
	const struct rcc_rules *rules = &core->run.rules;
	uint32_t ships = 0;
	uint32_t called = 0;

	memset(core->leg, 0, core->peer_count * sizeof core->leg[0]);
	if (incident->class == RCC_CLASS_EXERCISE)
		note_told(core, incident);
	if (!is_telling && incident->broadcasts == 0)
		note_ordered(core, incident);
	for (uint32_t i = 0; i < core->peer_count; i++) {
		if (!is_recipient(core, i, incident, is_telling))
			continue;
		const struct rcc_scene_ship *ship = rcc_scene_find(&step->entry->cause.scene, core->peer[i].mmsi);
		bool is_told = core->leg[i].is_told;
		core->leg[i] = rcc_leg_of(rules, ship, to);
		core->leg[i].is_told = is_told;
		core->leg[i].is_recipient = true;
		ships++;
		core->leg[i].is_called_on = core->leg[i].eta_min <= rules->respond_eta_min;
		called += core->leg[i].is_called_on;
	}
	called -= excuse_casualties(core, incident);
	/* Nobody is at risk or missed any more: who hears how it goes on is called on by nothing of it (SOLAS V/33.4). */
	if (is_update && !rcc_duty_is_wanted(core, incident)) {
		for (uint32_t i = 0; i < core->peer_count; i++)
			core->leg[i].is_called_on = false;
		return ships;
	}
	if (is_update)
		called -= excuse_unable(core, incident);
	if (called < rules->respond_count)
		call_nearest(core, incident->class, rules->respond_count);
	return ships;
}

bool
rcc_legs_calls_late(const struct rcc_core *core, const struct rcc_incident *incident, const struct rcc_peer *ship,
                    const struct rcc_leg *leg)
{
	const struct rcc_broadcast *call = rcc_broadcast_find(core, incident->last_broadcast);
	uint32_t called = 0;
	const struct rcc_answer_state *answer = rcc_answer_of(core, incident, ship->mmsi);

	if (incident->casualty.v == ship->mmsi.v || rcc_rank_is_in_distress(core, incident, ship->mmsi) ||
	    rcc_rank_is_released(core, incident, ship, answer) || (answer != NULL && has_ended(core, incident, answer)))
		return false;
	for (const struct rcc_delivery *line = rcc_delivery_at(core, call->newest_delivery); line != NULL;
	     line = rcc_delivery_at(core, line->of_broadcast))
		called += line->is_called_on;
	return leg->eta_min <= core->run.rules.respond_eta_min || called < core->run.rules.respond_count;
}

bool
rcc_leg_alone(struct rcc_core *core, const struct rcc_peer *peer, enum rcc_class class)
{
	memset(core->leg, 0, core->peer_count * sizeof core->leg[0]);
	if (peer == NULL || !rcc_peer_hears(peer, class, core->at_ms))
		return false;
	core->leg[peer - core->peer].is_recipient = true;
	return true;
}
