#include "journal/track_thin.h"

#include "journal/track.h"

/* Fibonacci hashing: MMSI of one country differ in their last digits only. */
static uint32_t
bucket_of(struct rcc_mmsi mmsi)
{
	return (mmsi.v * 2654435769u) >> 16;
}

bool
rcc_thin_take(struct rcc_thin *thin, struct rcc_mmsi mmsi, int64_t at_ms, bool full_rate)
{
	struct rcc_thin_slot *row = thin->slot[bucket_of(mmsi)];
	struct rcc_thin_slot *place = &row[0];

	for (int i = 0; i < RCC_THIN_WAYS; i++) {
		if (row[i].mmsi.v == mmsi.v) {
			place = &row[i];
			break;
		}
		if (row[i].kept_at_ms < place->kept_at_ms)
			place = &row[i];
	}
	if (!full_rate && place->mmsi.v == mmsi.v && at_ms - place->kept_at_ms < RCC_TRACK_THIN_MS &&
	    at_ms >= place->kept_at_ms)
		return false;
	place->mmsi = mmsi;
	place->kept_at_ms = at_ms;
	return true;
}
