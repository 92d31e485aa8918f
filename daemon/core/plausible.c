/*
 * plausible.c - doubts about a signal's time and place. A doubt is a mark with words that an officer reads; it refuses
 * nothing, and the alert goes its way.
 */
#include "core/core_internal.h"
#include "core/inland.h"
#include "rcc/units.h"

/* Clocks of ships and stations may differ from ours by this much. */
#define AHEAD_MAX_MS (2 * RCC_MS_PER_MIN)
/* Satellites of low orbit pass on a beacon's position hours later; beyond this it is old in any case. */
#define STALE_AFTER_MS (6 * RCC_MS_PER_HOUR)
/*
 * The sender's own clock, by which the message is dated. A ship's may be hours wrong (zone time for UTC) and is no doubt about
 * her distress; beyond a day it is a message that was kept back, or a recording.
 */
#define CLAIM_OFF_MAX_MS RCC_MS_PER_DAY
/* Within this of 0 N 0 E: a minute of arc, the step in which DSC counts. */
#define ZERO_MAX_E7 (10000000 / 60)
/* Faster than anything that floats; below this margin a jump is noise. */
#define JUMP_SPEED_DKN 700
#define JUMP_MARGIN_M (2 * RCC_M_PER_NM)

static bool
is_zero(struct rcc_pos pos)
{
	return pos.lat_e7 >= -ZERO_MAX_E7 && pos.lat_e7 <= ZERO_MAX_E7 && pos.lon_e7 >= -ZERO_MAX_E7 &&
	       pos.lon_e7 <= ZERO_MAX_E7;
}

/* Too far to have sailed in this time? */
static bool
is_jump(struct rcc_pos from, struct rcc_pos to, uint32_t radius_m, int64_t took_ms)
{
	uint32_t range_m = rcc_geo_range_m(from, to);

	if (range_m == RCC_RANGE_UNKNOWN_M)
		return false;
	if (took_ms < 0)
		took_ms = -took_ms;
	/* 0.1 kn for a second is 1852/36000 m. */
	uint64_t sailed_m = (uint64_t)took_ms / RCC_MS_PER_S * JUMP_SPEED_DKN * RCC_M_PER_NM / 36000;
	return range_m > sailed_m + radius_m + JUMP_MARGIN_M;
}

/* When it was there, by its own clock if that can be right, by ours if not. */
static int64_t
time_of(int64_t pos_at_ms, int64_t at_ms)
{
	return pos_at_ms == 0 || pos_at_ms > at_ms ? at_ms : pos_at_ms;
}

/* The latest alert of the same casualty or beacon that told a place; who had no fix was nowhere. */
static const struct rcc_alert_state *
latest_of(const struct rcc_core *core, const struct rcc_alert *alert)
{
	const struct rcc_alert_state *latest = NULL;

	for (uint32_t i = 0; i < core->alert_top; i++) {
		const struct rcc_alert_state *row = &core->alert[i];
		if (row->id.v != 0 && row->body.class == alert->class && rcc_pos_is_known(row->body.pos) &&
		    !is_zero(row->body.pos) && rcc_correlate_is_same(&row->body, alert) &&
		    (latest == NULL || row->last_at_ms > latest->last_at_ms ||
		     (row->last_at_ms == latest->last_at_ms && row->id.v > latest->id.v)))
			latest = row;
	}
	return latest;
}

static bool
has_jumped(const struct rcc_core *core, const struct rcc_command *command, const struct rcc_alert *alert)
{
	const struct rcc_alert_state *before = latest_of(core, alert);
	const struct rcc_scene_ship *ship = rcc_scene_find(&command->scene, alert->casualty);
	int64_t now_ms = time_of(alert->pos_at_ms, command->at_ms);

	if (before != NULL && is_jump(before->body.pos, alert->pos, alert->pos_radius_m + before->body.pos_radius_m,
	                              now_ms - time_of(before->body.pos_at_ms, before->last_at_ms)))
		return true;
	return ship != NULL && is_jump(ship->pos, alert->pos, alert->pos_radius_m, now_ms - ship->seen_at_ms);
}

static uint32_t
time_marks(int64_t said_ms, int64_t now_ms, int64_t ahead_max_ms, int64_t stale_after_ms)
{
	if (said_ms == 0)
		return 0;
	if (said_ms - now_ms > ahead_max_ms)
		return RCC_ALERT_TIME_FUTURE;
	return now_ms - said_ms > stale_after_ms ? RCC_ALERT_TIME_STALE : 0;
}

/* A call has a time with or without a place: "detected in January next year" is as doubtful of a beacon that is nowhere. */
static uint32_t
all_time_marks(const struct rcc_command *command, const struct rcc_alert *alert)
{
	int64_t now_ms = command->at_ms;

	return time_marks(alert->pos_at_ms, now_ms, AHEAD_MAX_MS, STALE_AFTER_MS) |
	       time_marks(alert->signal_at_ms, now_ms, AHEAD_MAX_MS, STALE_AFTER_MS) |
	       time_marks(command->origin.claimed_at_ms, now_ms, CLAIM_OFF_MAX_MS, CLAIM_OFF_MAX_MS);
}

/*
 * Aircraft come down on land, and people carry beacons up mountains: only of what floats is it a doubt to be inland. A message
 * that fails its own check says nothing for certain, not even that it is an aircraft's.
 */
static bool
is_afloat(const struct rcc_alert *alert)
{
	bool is_of_land = alert->beacon_kind == RCC_BEACON_ELT || alert->beacon_kind == RCC_BEACON_PLB;

	return !is_of_land || (alert->marks & RCC_ALERT_CHECKSUM_WRONG) != 0;
}

uint32_t
rcc_plausible_marks(const struct rcc_core *core, const struct rcc_command *command, const struct rcc_alert *alert)
{
	uint32_t marks = all_time_marks(command, alert);

	if (!rcc_pos_is_known(alert->pos))
		return marks;
	if (is_zero(alert->pos))
		marks |= RCC_ALERT_POS_ZERO;
	if (is_afloat(alert) && rcc_geo_is_inland(alert->pos))
		marks |= RCC_ALERT_POS_INLAND;
	/* A beacon that gives two places has not jumped from one to the other. */
	if (alert->candidate_count == 0 && has_jumped(core, command, alert))
		marks |= RCC_ALERT_POS_JUMP;
	return marks;
}

uint32_t
rcc_incident_doubts(const struct rcc_core *core, const struct rcc_incident *incident)
{
	/* Of several places each counts, and of a call without a place its time. */
	bool is_any = incident->candidate_count > 0 || !rcc_pos_is_known(incident->pos);
	uint32_t doubts = 0;

	for (uint32_t i = 0; i < core->alert_top; i++) {
		const struct rcc_alert_state *row = &core->alert[i];
		if (row->id.v != 0 && row->incident.v == incident->id.v &&
		    (row->id.v == incident->pos_alert.v || (is_any && row->first_seq > incident->stated_pos_seq)))
			doubts |= row->body.marks & RCC_ALERT_DOUBTS;
	}
	return doubts;
}
