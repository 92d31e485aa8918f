/*
 * left_on.c - a beacon that is heard on after a person settled its case.
 *
 * It goes on by itself until somebody switches it off. Heard within its quiet time before, and its case settled meanwhile
 * (cancelled, closed, dismissed), it may only have been left on: a person decides, no ship is called out again.
 */
#include "core/core_internal.h"
#include "rcc/units.h"

#define BEACON_QUIET_MS (10 * RCC_MS_PER_MIN)
/* The satellites' word on a 406 MHz beacon may take as long as a pass. */
#define BEACON406_QUIET_MS (2 * RCC_MS_PER_HOUR)

static int64_t
quiet_ms(enum rcc_source source)
{
	return source == RCC_SOURCE_AIS_BEACON ? BEACON_QUIET_MS : BEACON406_QUIET_MS;
}

bool
rcc_left_on_is_beacon(enum rcc_source source)
{
	return source == RCC_SOURCE_AIS_BEACON || source == RCC_SOURCE_BEACON406 || source == RCC_SOURCE_SIT185;
}

bool
rcc_left_on_is_settled(const struct rcc_core *core, const struct rcc_alert_state *row)
{
	const struct rcc_incident *incident = rcc_incident_find(core, row->incident);

	if (incident != NULL)
		return incident->status == RCC_INCIDENT_CLOSED || incident->is_cancelled;
	return row->verdict == RCC_VERDICT_MATCH &&
	       (row->lane == RCC_LANE_DISMISSED || row->lane == RCC_LANE_NEEDS_READING) &&
	       (row->body.marks & (RCC_ALERT_NEEDS_READING | RCC_ALERT_SELF_CANCEL)) == 0;
}

const struct rcc_alert_state *
rcc_left_on(const struct rcc_step *step, const struct rcc_alert *alert)
{
	const struct rcc_core *core = step->core;
	int64_t at_ms = step->entry->cause.at_ms;

	if (!rcc_left_on_is_beacon(alert->source))
		return NULL;
	const struct rcc_incident *standing = rcc_correlate_find(core, alert, at_ms).incident;
	if (standing != NULL && (!standing->is_cancelled || standing->status == RCC_INCIDENT_SUSPENDED))
		return NULL;
	for (uint32_t i = 0; i < core->alert_top; i++) {
		const struct rcc_alert_state *row = &core->alert[i];
		if (row->id.v != 0 && row->body.source == alert->source && row->body.class == alert->class &&
		    rcc_correlate_is_same(&row->body, alert) && at_ms - row->last_at_ms <= quiet_ms(alert->source) &&
		    rcc_left_on_is_settled(core, row))
			return row;
	}
	return NULL;
}
