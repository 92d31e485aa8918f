/*
 * idset.h - a set of numbers that grows: which alerts, broadcasts and deliveries belong to one incident.
 */
#ifndef RCC_REPLAY_IDSET_H
#define RCC_REPLAY_IDSET_H

#include "rcc/types.h"

/* Zeroed = empty. */
struct rcc_idset {
	uint64_t *slot; /* 0 = free */
	size_t size, count;
};

void rcc_idset_fini(struct rcc_idset *set);
/* Pre: value is not 0. RCC_E_FULL when memory ends. */
RCC_MUST_USE enum rcc_status rcc_idset_add(struct rcc_idset *set, uint64_t value);
bool rcc_idset_has(const struct rcc_idset *set, uint64_t value);

#endif
