/*
 * track_thin.h - when a position of each vessel was last kept: a bounded table, with no allocation after its birth.
 *
 * Forgetting a vessel costs one position too many, never one too few.
 */
#ifndef RCC_JOURNAL_TRACK_THIN_H
#define RCC_JOURNAL_TRACK_THIN_H

#include "rcc/types.h"

/* Vessels that share a bucket; the one kept longest ago leaves when a fifth arrives. */
#define RCC_THIN_WAYS 4
/* 65,536 buckets of 4: a busy sea area in 4 MB. */
#define RCC_THIN_BUCKETS 65536

struct rcc_thin_slot {
	struct rcc_mmsi mmsi; /* 0 = free */
	int64_t kept_at_ms;
};
struct rcc_thin {
	struct rcc_thin_slot slot[RCC_THIN_BUCKETS][RCC_THIN_WAYS];
};

/* Should a position of this vessel be kept at at_ms? If so, it is noted as kept. */
bool rcc_thin_take(struct rcc_thin *thin, struct rcc_mmsi mmsi, int64_t at_ms, bool full_rate);

#endif
