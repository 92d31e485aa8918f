#include "net/route.h"

#include <assert.h>
#include <string.h>

#include "net/pace.h"

static_assert(RCC_ROUTE_SLOTS > 2 * RCC_PEERS_MAX, "probing stays short");
static_assert((RCC_ROUTE_SLOTS & (RCC_ROUTE_SLOTS - 1)) == 0, "slots are masked");

static size_t
home_of(const struct rcc_routes *routes, const struct rcc_key *key)
{
	return (size_t)(rcc_pace_hash(routes->seed, key->b) & (RCC_ROUTE_SLOTS - 1));
}

/* The key's slot, or the free one where it would go. */
static size_t
slot_of(const struct rcc_routes *routes, const struct rcc_key *key)
{
	size_t i = home_of(routes, key);

	while (routes->slot[i].is_used && memcmp(routes->slot[i].key.b, key->b, RCC_KEY_SIZE) != 0) {
		i = (i + 1) & (RCC_ROUTE_SLOTS - 1);
	}
	return i;
}

bool
rcc_route_is_own(const uint8_t *route, size_t route_len)
{
	return route_len == RCC_ROUTE_SIZE && route[0] == 0;
}

enum rcc_status
rcc_routes_set(struct rcc_routes *routes, const struct rcc_key *key, const uint8_t *route, size_t route_len)
{
	if (!rcc_route_is_own(route, route_len)) {
		return RCC_E_RANGE;
	}
	struct rcc_route_slot *slot = &routes->slot[slot_of(routes, key)];

	if (!slot->is_used) {
		if (routes->count == RCC_PEERS_MAX) {
			return RCC_E_FULL;
		}
		routes->count++;
		slot->is_used = true;
		slot->key = *key;
	}
	memcpy(slot->route, route, RCC_ROUTE_SIZE);
	return RCC_OK;
}

const uint8_t *
rcc_routes_find(const struct rcc_routes *routes, const struct rcc_key *key)
{
	const struct rcc_route_slot *slot = &routes->slot[slot_of(routes, key)];

	return slot->is_used ? slot->route : NULL;
}

void
rcc_routes_remove(struct rcc_routes *routes, const struct rcc_key *key)
{
	size_t hole = slot_of(routes, key);

	if (!routes->slot[hole].is_used) {
		return;
	}
	assert(routes->count > 0);
	routes->count--;
	routes->slot[hole].is_used = false;
	/* move back what had been pushed past the hole, so that no search ends too early */
	for (size_t i = (hole + 1) & (RCC_ROUTE_SLOTS - 1); routes->slot[i].is_used;
	     i = (i + 1) & (RCC_ROUTE_SLOTS - 1)) {
		size_t home = home_of(routes, &routes->slot[i].key);
		size_t pushed = (i - home) & (RCC_ROUTE_SLOTS - 1);

		if (pushed >= ((i - hole) & (RCC_ROUTE_SLOTS - 1))) {
			routes->slot[hole] = routes->slot[i];
			routes->slot[i].is_used = false;
			hole = i;
		}
	}
}
