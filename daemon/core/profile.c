/*
 * profile.c - what ships declare of themselves for tasking (domain 7.1; s003 par. 45): taken as said, dated, never guessed.
 */
#include <assert.h>
#include <string.h>

#include "core/core_internal.h"
#include "rcc/units.h"

/* A ship's clock may be this far ahead of ours. */
#define AHEAD_MAX_MS (10 * RCC_MS_PER_MIN)

/* The ship that an order is about: the sender herself, or a registered one that the watch names; NULL after refusing. */
static const struct rcc_peer *
ship_or_refuse(struct rcc_step *step, const struct rcc_profile_order *order)
{
	const struct rcc_origin *origin = &step->entry->cause.origin;
	bool is_ship = origin->role == RCC_ROLE_VESSEL;
	const struct rcc_peer *ship =
	    is_ship ? rcc_peer_find(step->core, origin->peer) : rcc_peer_find_mmsi(step->core, order->ship);

	if (is_ship &&
	    (ship == NULL || !rcc_peer_is_ship(ship) || (order->ship.v != 0 && order->ship.v != ship->mmsi.v))) {
		rcc_step_refuse(step, RCC_REFUSAL_NOT_ALLOWED, "profile.ship");
		return NULL;
	}
	if (ship == NULL || (!is_ship && order->ship.v == 0)) {
		rcc_step_refuse(step, RCC_REFUSAL_NOT_FOUND, "profile.ship");
		return NULL;
	}
	return ship;
}

/* Every key once, every value within its bounds; the field that is not, or NULL. */
static const char *
bad_row(const struct rcc_profile_order *order)
{
	bool is_given[RCC_PROFILE_LAST + 1] = {false};

	for (uint32_t i = 0; i < order->count; i++) {
		const struct rcc_profile_field *field = rcc_profile_field(order->row[i].key);
		uint32_t value = order->row[i].value;
		if (field == NULL || is_given[field->key])
			return "profile.key";
		if (value != RCC_PROFILE_UNKNOWN && (value < field->min || value > field->max))
			return "profile.value";
		is_given[field->key] = true;
	}
	return NULL;
}

void
rcc_rule_profile(struct rcc_step *step)
{
	const struct rcc_command *cause = &step->entry->cause;
	const struct rcc_profile_order *order = &cause->u.profile;
	const struct rcc_peer *ship = ship_or_refuse(step, order);

	if (ship == NULL)
		return;
	const char *field = bad_row(order);
	if (field == NULL && order->count == 0 && order->checked_at_ms == 0 && !rcc_profile_has_company(order))
		field = "profile.key";
	/* What is missing is dated, or nobody knows what it is worth. */
	if (field == NULL && (order->checked_at_ms > cause->at_ms + AHEAD_MAX_MS ||
	                      (order->checked_at_ms == 0 && order->missing[0] != '\0')))
		field = "profile.checked_at_ms";
	if (field != NULL) {
		rcc_step_refuse(step, RCC_REFUSAL_RANGE, field);
		return;
	}
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_PROFILE_SET);
	event->u.profile_set.by = cause->origin.peer;
	event->u.profile_set.peer = ship->id;
	event->u.profile_set.body = *order;
	event->u.profile_set.body.ship = ship->mmsi;
	rcc_step_emit(step, event);
}
