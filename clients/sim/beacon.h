/*
 * beacon.h - AIS-SART, MOB-AIS and EPIRB-AIS as ITU-R M.1371-5 annex 9 has them: a burst of eight messages within 14
 * seconds, once a minute; in every fourth burst two of the eight are texts. A test is one burst.
 */
#ifndef RCC_SIM_BEACON_H
#define RCC_SIM_BEACON_H

#include "rcc/types.h"
#include "sim/ais_encode.h"

struct rcc_beacon {
	uint32_t mmsi; /* 970, 972 or 974 */
	bool is_test;
	double lat_deg, lon_deg; /* where it started; it drifts from there */
	int64_t start_at_ms;
	int64_t period_ms; /* one burst each; a minute, shorter for demonstrations */
	uint32_t sent;     /* messages so far */
};

void rcc_beacon_init(struct rcc_beacon *beacon, uint32_t mmsi, bool is_test, struct rcc_pos pos, int64_t start_at_ms,
                     int64_t period_ms);
/* When its next message is due; INT64_MAX = never again. */
int64_t rcc_beacon_due_ms(const struct rcc_beacon *beacon);
/* That message. */
struct rcc_ais_message rcc_beacon_next(struct rcc_beacon *beacon);

#endif
