/*
 * left_on.c - a beacon that is heard on after a person settled its case.
 *
 * It goes on by itself until somebody switches it off. Heard within its quiet time before, and its case settled meanwhile
 * (cancelled, closed, dismissed), it may only have been left on: a person decides, no ship is called out again. But one that
 * is elsewhere by now, or tells for the first time where it is, says something that nobody has settled.
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

const struct rcc_incident *
rcc_left_on_case(const struct rcc_core *core, const struct rcc_alert_state *row)
{
	const struct rcc_incident *incident = rcc_incident_find(core, row->incident);

	for (uint32_t i = 0; i < row->suggestion_count && incident == NULL; i++) {
		if (row->suggestion[i].why == RCC_JOIN_LEFT_ON)
			incident = rcc_incident_find(core, row->suggestion[i].incident);
	}
	return incident;
}

static bool
is_near(struct rcc_pos place, uint32_t within_m, const struct rcc_alert *alert)
{
	if (rcc_geo_range_m(place, alert->pos) <= within_m)
		return true;
	for (uint32_t i = 0; i < alert->candidate_count; i++) {
		if (rcc_geo_range_m(place, alert->candidate[i].pos) <= within_m)
			return true;
	}
	return false;
}

/*
 * Is it anywhere else than where it was when it was settled? The case keeps that place; the line of a beacon left on goes
 * along with its beacon, and a slow drift would never show.
 */
static bool
is_elsewhere(const struct rcc_core *core, const struct rcc_alert_state *row, const struct rcc_alert *alert)
{
	const struct rcc_incident *incident = rcc_left_on_case(core, row);
	struct rcc_pos pos = incident != NULL ? incident->pos : row->body.pos;
	uint32_t radius_m = incident != NULL ? incident->pos_radius_m : row->body.pos_radius_m;
	uint32_t count = incident != NULL ? incident->candidate_count : row->body.candidate_count;
	const struct rcc_candidate *candidate = incident != NULL ? incident->candidate : row->body.candidate;
	uint32_t within_m = core->run.rules.update_move_m + radius_m + alert->pos_radius_m;

	if (!rcc_pos_is_known(alert->pos))
		return false;
	if (is_near(pos, within_m, alert))
		return false;
	for (uint32_t i = 0; i < count; i++) {
		if (is_near(candidate[i].pos, within_m, alert))
			return false;
	}
	return true;
}

/* Does it say what was not known when it was settled: another place, or which of several is the right one? */
static bool
is_news(const struct rcc_core *core, const struct rcc_alert_state *row, const struct rcc_alert *alert)
{
	return is_elsewhere(core, row, alert) || (alert->marks & ~row->body.marks & RCC_ALERT_POS_CONFIRMED) != 0;
}

const struct rcc_alert_state *
rcc_left_on(const struct rcc_step *step, const struct rcc_alert *alert)
{
	const struct rcc_core *core = step->core;
	int64_t at_ms = step->entry->cause.at_ms;
	const struct rcc_alert_state *latest = NULL;

	if (!rcc_left_on_is_beacon(alert->source))
		return NULL;
	const struct rcc_incident *standing = rcc_correlate_find(core, alert, at_ms).incident;
	if (standing != NULL && (!standing->is_cancelled || standing->status == RCC_INCIDENT_SUSPENDED))
		return NULL;
	for (uint32_t i = 0; i < core->alert_top; i++) {
		const struct rcc_alert_state *row = &core->alert[i];
		if (row->id.v != 0 && row->body.source == alert->source && row->body.class == alert->class &&
		    rcc_correlate_is_same(&row->body, alert) && at_ms - row->last_at_ms <= quiet_ms(alert->source) &&
		    rcc_left_on_is_settled(core, row) && (latest == NULL || row->id.v > latest->id.v))
			latest = row;
	}
	return latest == NULL || is_news(core, latest, alert) ? NULL : latest;
}
