/*
 * legs.h - for broadcast.c: how far each ship has to go to where help is needed, and which of them are called on.
 */
#ifndef RCC_CORE_LEGS_H
#define RCC_CORE_LEGS_H

#include "core/core_internal.h"

/* Where ships are sent: one place, or several of which one is true. */
struct rcc_places {
	uint32_t count;
	struct rcc_pos pos[RCC_CANDIDATES_MAX];
};

/* As the case knows it now (`is_telling`), or as ships were told last. */
struct rcc_places rcc_places_of(const struct rcc_incident *incident, bool is_telling);

/* To the nearest of the places: a ship beside any of them is called on. `ship` NULL: her position is not known. */
struct rcc_leg rcc_leg_of(const struct rcc_rules *rules, const struct rcc_scene_ship *ship,
                          const struct rcc_places *to);

/*
 * Fills core->leg for every ship that hears of it: called on are those within rules.respond_eta, or the nearest
 * rules.respond_count, whichever is more; of an update nobody who is unable or released. Returns how many hear of it.
 */
uint32_t rcc_legs_plan(struct rcc_step *step, const struct rcc_places *to, const struct rcc_incident *incident,
                       bool is_telling, bool is_update);

/*
 * Is a ship that comes late called on by the call that stands? By the same rule: in time, or while fewer than
 * rules.respond_count were called; not if she is in distress herself, is unable or done, or was released.
 */
bool rcc_legs_calls_late(const struct rcc_core *core, const struct rcc_incident *incident, const struct rcc_peer *ship,
                         const struct rcc_leg *leg);

#endif
