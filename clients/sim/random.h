/*
 * random.h - repeatable chance: the same seed makes the same fleet on every machine.
 */
#ifndef RCC_SIM_RANDOM_H
#define RCC_SIM_RANDOM_H

#include <stdint.h>

/* SplitMix64. */
struct rcc_random {
	uint64_t state;
};

static inline uint64_t
rcc_random_next(struct rcc_random *random)
{
	uint64_t z = (random->state += UINT64_C(0x9E3779B97F4A7C15));

	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return z ^ (z >> 31);
}

/* 0 .. below n. Pre: n > 0. */
static inline uint32_t
rcc_random_below(struct rcc_random *random, uint32_t n)
{
	return (uint32_t)(rcc_random_next(random) % n);
}

/* low .. high, both possible. */
static inline uint32_t
rcc_random_between(struct rcc_random *random, uint32_t low, uint32_t high)
{
	return low + rcc_random_below(random, high - low + 1);
}

/* 0 .. below 1. */
static inline double
rcc_random_unit(struct rcc_random *random)
{
	return (double)(rcc_random_next(random) >> 11) / 9007199254740992.0;
}

#endif
