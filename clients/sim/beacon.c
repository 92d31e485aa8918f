#include "sim/beacon.h"

#include <stdio.h>

#include "rcc/units.h"
#include "sim/ship.h"

#define BURST 8u
/* Texts are the fifth and sixth message of every fourth burst, one on each channel. */
#define TEXT_EVERY 4u
#define TEXT_FIRST 4u
#define TEXT_LAST 5u
/* A burst takes 14 of 60 seconds: seven steps of a thirtieth of the period. */
#define STEPS_PER_PERIOD 30
/* A person or raft drifts with wind and current, here to the south-east. */
#define DRIFT_KN 0.8
#define DRIFT_DEG 130.0

void
rcc_beacon_init(struct rcc_beacon *beacon, uint32_t mmsi, bool is_test, struct rcc_pos pos, int64_t start_at_ms,
                int64_t period_ms)
{
	*beacon = (struct rcc_beacon){
	    .mmsi = mmsi,
	    .is_test = is_test,
	    .lat_deg = rcc_deg_of_e7(pos.lat_e7),
	    .lon_deg = rcc_deg_of_e7(pos.lon_e7),
	    .start_at_ms = start_at_ms,
	    .period_ms = period_ms,
	};
}

int64_t
rcc_beacon_due_ms(const struct rcc_beacon *beacon)
{
	if (beacon->is_test && beacon->sent >= BURST) {
		return INT64_MAX;
	}
	return beacon->start_at_ms + beacon->sent / BURST * beacon->period_ms +
	       beacon->sent % BURST * beacon->period_ms / STEPS_PER_PERIOD;
}

static const char *
device_word(uint32_t mmsi)
{
	if (mmsi / 1000000 == 972) {
		return "MOB";
	}
	return mmsi / 1000000 == 974 ? "EPIRB" : "SART";
}

struct rcc_ais_message
rcc_beacon_next(struct rcc_beacon *beacon)
{
	uint32_t in_burst = beacon->sent % BURST;
	bool is_text = beacon->sent / BURST % TEXT_EVERY == 0 && in_burst >= TEXT_FIRST && in_burst <= TEXT_LAST;
	int64_t at_ms = rcc_beacon_due_ms(beacon);
	double drifted_nm = DRIFT_KN * (double)(at_ms - beacon->start_at_ms) / (double)RCC_MS_PER_HOUR;
	double lat = beacon->lat_deg;
	double lon = beacon->lon_deg;
	struct rcc_ais_message message = {.mmsi = beacon->mmsi};

	beacon->sent++;
	if (is_text) {
		message.type = RCC_AIS_SAFETY_TO_ALL;
		(void)snprintf(message.text, sizeof message.text, "%s %s", device_word(beacon->mmsi),
		               beacon->is_test ? "TEST" : "ACTIVE");
		return message;
	}
	rcc_sail(&lat, &lon, DRIFT_DEG, drifted_nm);
	message.type = RCC_AIS_POSITION_A;
	message.nav_status = beacon->is_test ? RCC_NAV_STATUS_UNKNOWN : RCC_NAV_STATUS_SART;
	message.rot = RCC_AIS_ROT_NONE;
	message.is_accurate = true;
	message.sog_dkn = 8;
	message.cog_ddeg = 1300;
	message.heading_deg = RCC_HEADING_UNKNOWN_DEG;
	message.lat = rcc_ais_units(lat);
	message.lon = rcc_ais_units(lon);
	message.second = (uint32_t)(at_ms / 1000 % 60);
	return message;
}
