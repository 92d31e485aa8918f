/*
 * pace.h - how often somebody may do something: a burst, then one per interval. Fixed memory.
 *
 * One time per somebody (the generic cell rate algorithm, ITU-T I.371): no counters to refill. The table forgets the one
 * that waited longest when a row of it is full, so an attacker who invents names resets only others' bursts.
 */
#ifndef RCC_NET_PACE_H
#define RCC_NET_PACE_H

#include <stdbool.h>
#include <stdint.h>

#define RCC_PACE_ID_SIZE 32
#define RCC_PACE_ROWS 4096 /* power of two */
#define RCC_PACE_WAYS 4

struct rcc_pace_rate {
	int64_t interval_ms; /* > 0 */
	int64_t burst;       /* > 0 */
};

struct rcc_pace_mark {
	int64_t due_ms; /* when the next one would be on time, had all come evenly */
};

struct rcc_pace_slot {
	uint8_t id[RCC_PACE_ID_SIZE];
	struct rcc_pace_mark mark;
};

struct rcc_pace {
	uint64_t seed;
	struct rcc_pace_rate rate;
	struct rcc_pace_slot slot[RCC_PACE_ROWS * RCC_PACE_WAYS];
};

/* Pre: zeroed memory. */
void rcc_pace_init(struct rcc_pace *pace, uint64_t seed, struct rcc_pace_rate rate);
/* May this one do it now? If so it is counted. */
bool rcc_pace_may(struct rcc_pace *pace, const uint8_t id[RCC_PACE_ID_SIZE], int64_t now_ms);
/* The same for a single mark. */
bool rcc_pace_mark_may(struct rcc_pace_mark *mark, const struct rcc_pace_rate *rate, int64_t now_ms);
/* Mixes 32 bytes with a seed into 64 bits; not for secrets. */
uint64_t rcc_pace_hash(uint64_t seed, const uint8_t id[RCC_PACE_ID_SIZE]);

#endif
