#include "feed/own.h"

#include <math.h>

#include "rcc/units.h"

/* 1 m/s in tenths of a knot: 3600 / 1852 * 10. */
#define DKN_PER_MPS (36000.0 / RCC_M_PER_NM)
#define SOG_MAX_DKN 1022u

void
rcc_feed_own_init(struct rcc_feed_own *own, struct rcc_mmsi mmsi, int64_t every_ms)
{
	*own = (struct rcc_feed_own){.mmsi = mmsi, .every_ms = every_ms};
}

static uint32_t
sog_of(double speed_mps)
{
	if (!isfinite(speed_mps) || speed_mps < 0) {
		return RCC_SOG_UNKNOWN_DKN;
	}
	double dkn = speed_mps * DKN_PER_MPS + 0.5;
	return dkn < (double)SOG_MAX_DKN ? (uint32_t)dkn : SOG_MAX_DKN;
}

static uint32_t
cog_of(double track_deg)
{
	if (!isfinite(track_deg) || track_deg < 0 || track_deg > 360) {
		return RCC_COG_UNKNOWN_DDEG;
	}
	return (uint32_t)(track_deg * 10 + 0.5) % 3600;
}

static int64_t
fix_at_ms(const struct gps_fix_t *fix)
{
	return (int64_t)fix->time.tv_sec * RCC_MS_PER_S + fix->time.tv_nsec / 1000000;
}

enum rcc_status
rcc_feed_own_take(struct rcc_feed_own *own, const struct gps_fix_t *fix, int64_t at_ms, int64_t mono_ms,
                  struct rcc_report *ret_report, bool *ret_time_doubted)
{
	if (own->mmsi.v == 0 || fix->mode < MODE_2D || !isfinite(fix->latitude) || !isfinite(fix->longitude)) {
		return RCC_E_AGAIN;
	}
	if (own->sent_mono_ms != 0 && mono_ms - own->sent_mono_ms < own->every_ms) {
		return RCC_E_AGAIN;
	}
	if (fabs(fix->latitude) > 90 || fabs(fix->longitude) > 180) {
		return RCC_E_RANGE;
	}
	int64_t off_ms = fix_at_ms(fix) - at_ms;
	bool doubted = off_ms > RCC_FEED_FIX_TIME_MAX_MS || off_ms < -RCC_FEED_FIX_TIME_MAX_MS;
	*ret_report = (struct rcc_report){
	    .mmsi = own->mmsi,
	    .pos = {rcc_e7_of_deg(fix->latitude), rcc_e7_of_deg(fix->longitude)},
	    .at_ms = doubted ? at_ms : at_ms + off_ms,
	    .sog_dkn = sog_of(fix->speed),
	    .cog_ddeg = cog_of(fix->track),
	    .heading_deg = RCC_HEADING_UNKNOWN_DEG,
	    .nav_status = RCC_NAV_STATUS_UNKNOWN,
	    .message_type = 0,
	};
	*ret_time_doubted = doubted;
	own->sent_mono_ms = mono_ms;
	return RCC_OK;
}
