#include "scene.h"

#include <assert.h>
#include <stdlib.h>

#include "core/state.h"
#include "proto/source/source.h"

static int
by_mmsi(const void *a, const void *b)
{
	uint32_t left = ((const struct rcc_scene_ship *)a)->mmsi.v;
	uint32_t right = ((const struct rcc_scene_ship *)b)->mmsi.v;
	return (left > right) - (left < right);
}

static void
add(struct rcc_scene *scene, const struct rcc_vessel *vessel)
{
	assert(scene->count < RCC_SCENE_SHIPS_MAX);
	scene->ship[scene->count++] = (struct rcc_scene_ship){
	    .mmsi = vessel->mmsi, .pos = vessel->pos, .sog_dkn = vessel->sog_dkn, .seen_at_ms = vessel->seen_at_ms};
}

/* Beacons and stations ashore cannot be called upon: only ships and their craft stand on a call list. */
static bool
is_callable(const struct rcc_vessel *vessel)
{
	enum rcc_station station = rcc_station_of(vessel->mmsi);
	return station == RCC_STATION_SHIP || station == RCC_STATION_CRAFT || station == RCC_STATION_AIRCRAFT;
}

/* The vessel that it is about as the picture has it, registered or not: where she was heard last. */
static const struct rcc_vessel *
subject_of(const struct rcc_core *core, const struct rcc_picture *picture, const struct rcc_command *command)
{
	struct rcc_mmsi mmsi = rcc_core_subject(core, command);
	const struct rcc_vessel *vessel = mmsi.v == 0 ? NULL : rcc_picture_find(picture, mmsi);

	return vessel != NULL && rcc_pos_is_known(vessel->pos) ? vessel : NULL;
}

/* A call that tells no place is made where the caller was heard last. */
static bool
find_subject(const struct rcc_core *core, const struct rcc_picture *picture, const struct rcc_command *command,
             struct rcc_pos *ret_centre)
{
	const struct rcc_vessel *vessel = subject_of(core, picture, command);

	if (vessel != NULL)
		*ret_centre = vessel->pos;
	return vessel != NULL;
}

static void
add_subject(const struct rcc_core *core, const struct rcc_picture *picture, struct rcc_command *command)
{
	const struct rcc_vessel *vessel = subject_of(core, picture, command);
	struct rcc_scene *scene = &command->scene;

	for (uint32_t i = 0; vessel != NULL && i < scene->count; i++) {
		if (scene->ship[i].mmsi.v == vessel->mmsi.v)
			vessel = NULL;
	}
	if (vessel != NULL && scene->count < RCC_SCENE_SHIPS_MAX)
		add(scene, vessel);
}

void
rcc_scene_fill(const struct rcc_core *core, const struct rcc_picture *picture, struct rcc_command *command)
{
	struct rcc_scene *scene = &command->scene;
	struct rcc_near near[4 * RCC_CALL_ROWS_MAX];
	struct rcc_pos centre;
	size_t total;

	scene->count = 0;
	if (!rcc_core_wants_scene(core, command, &centre) && !find_subject(core, picture, command, &centre))
		return;
	for (uint32_t i = 0; i < core->peer_count; i++) {
		const struct rcc_peer *peer = &core->peer[i];
		const struct rcc_vessel *vessel = rcc_peer_is_ship(peer) ? rcc_picture_find(picture, peer->mmsi) : NULL;
		if (vessel != NULL && rcc_pos_is_known(vessel->pos))
			add(scene, vessel);
	}
	size_t count = rcc_picture_within(picture, centre, core->run.rules.call_list_radius_m, near,
	                                  sizeof near / sizeof near[0], &total);
	uint32_t calls = 0;
	for (size_t i = 0; i < count && calls < RCC_CALL_ROWS_MAX; i++) {
		if (!is_callable(near[i].vessel) || rcc_peer_find_mmsi(core, near[i].vessel->mmsi) != NULL)
			continue;
		add(scene, near[i].vessel);
		calls++;
	}
	add_subject(core, picture, command);
	qsort(scene->ship, scene->count, sizeof scene->ship[0], by_mmsi);
}
