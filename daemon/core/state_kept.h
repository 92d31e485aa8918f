/* state_kept.h - part of state.h: what was measured of the ledger, and what was ordered to be purged. */
#ifndef RCC_CORE_STATE_KEPT_H
#define RCC_CORE_STATE_KEPT_H

#include "rcc/event.h"

/* Are ships told alike? Statistics: read by parity.c and the views alone. */
struct rcc_parity_state {
	int64_t since_at_ms;    /* deliveries have changed since this and were not measured; 0 = they have not */
	int64_t measured_at_ms; /* 0 = never */
	int64_t parted_at_ms;   /* the alarm opened; 0 = it is closed */
	struct rcc_parity last; /* as measured last */
	uint32_t ships[RCC_OWNER_LAST + 1]; /* registered now */
};

/* What was ordered to be purged so far; retention.h. */
struct rcc_retention_state {
	int64_t since_ms;     /* the first run of this centre; 0 = none yet */
	int64_t looked_at_ms; /* the machine's latest purge; 0 = none yet */
	uint64_t erased_seq;  /* of the latest erasure; 0 = none yet */
	int64_t tracks_before_ms, sealed_before_ms[RCC_CLASS_LAST + 1];
	int64_t lost_from_ms; /* a case on hold had to leave memory: from here on everything is kept; 0 = none had to */
};

#endif
