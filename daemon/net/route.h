/*
 * route.h - which connection is a ship's: key -> routing id, in fixed memory.
 *
 * Only ids that libzmq made are kept. A client may choose its own, but a chosen one can be taken by another key after a
 * disconnect, and that one would then receive the ship's messages.
 */
#ifndef RCC_NET_ROUTE_H
#define RCC_NET_ROUTE_H

#include "rcc/types.h"

/* A zero byte and four that count up from a random start. */
#define RCC_ROUTE_SIZE 5
/* Power of two, less than half full with every enrolled key bound. */
#define RCC_ROUTE_SLOTS 32768

struct rcc_route_slot {
	struct rcc_key key;
	uint8_t route[RCC_ROUTE_SIZE];
	bool is_used;
};

struct rcc_routes {
	uint64_t seed;
	size_t count;
	struct rcc_route_slot slot[RCC_ROUTE_SLOTS];
};

/* Is it one of libzmq's own ids? */
bool rcc_route_is_own(const uint8_t *route, size_t route_len);
/* Sets or replaces; RCC_E_FULL beyond RCC_PEERS_MAX keys, RCC_E_RANGE for a chosen id. */
RCC_MUST_USE enum rcc_status rcc_routes_set(struct rcc_routes *routes, const struct rcc_key *key, const uint8_t *route,
                                            size_t route_len);
/* RCC_ROUTE_SIZE bytes, borrowed until the next change; NULL if the key is not bound. */
const uint8_t *rcc_routes_find(const struct rcc_routes *routes, const struct rcc_key *key);
void rcc_routes_remove(struct rcc_routes *routes, const struct rcc_key *key);

#endif
