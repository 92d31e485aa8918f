#include "feed/repeat.h"

#include <math.h>
#include <string.h>

#include "rcc/units.h"

/* One minute of latitude is one nautical mile, near enough to tell 0.1 of them. */
#define M_PER_DEG (60.0 * RCC_M_PER_NM)
#define RAD_PER_DEG 0.017453292519943295

void
rcc_feed_repeats_init(struct rcc_feed_repeats *repeats)
{
	memset(repeats, 0, sizeof *repeats);
}

/* Flat-earth distance: right to a metre over the few hundred that matter here; across 180 degrees too. */
static double
range_m(struct rcc_pos a, struct rcc_pos b)
{
	double lat_deg = rcc_deg_of_e7(a.lat_e7) - rcc_deg_of_e7(b.lat_e7);
	double lon_deg = fabs(rcc_deg_of_e7(a.lon_e7) - rcc_deg_of_e7(b.lon_e7));
	if (lon_deg > 180) {
		lon_deg = 360 - lon_deg;
	}
	double east_m = lon_deg * M_PER_DEG * cos(rcc_deg_of_e7(a.lat_e7) * RAD_PER_DEG);
	return hypot(lat_deg * M_PER_DEG, east_m);
}

static bool
is_damaged(const struct rcc_alert *alert)
{
	return (alert->marks & RCC_ALERT_NEEDS_READING) != 0;
}

static bool
is_same(const struct rcc_feed_beacon *beacon, const struct rcc_alert *alert)
{
	return beacon->used && beacon->mmsi == alert->casualty.v && beacon->source == alert->source &&
	       beacon->class == alert->class && beacon->is_damaged == is_damaged(alert) &&
	       (alert->source != RCC_SOURCE_AIS_TEXT || strcmp(beacon->text, alert->text) == 0);
}

static const struct rcc_feed_beacon *
find_beacon(const struct rcc_feed_repeats *repeats, const struct rcc_alert *alert)
{
	for (size_t i = 0; i < RCC_FEED_BEACONS_MAX; i++) {
		if (is_same(&repeats->beacon[i], alert)) {
			return &repeats->beacon[i];
		}
	}
	return NULL;
}

bool
rcc_feed_alert_due(const struct rcc_feed_repeats *repeats, const struct rcc_alert *alert, int64_t mono_ms)
{
	const struct rcc_feed_beacon *beacon = find_beacon(repeats, alert);
	if (beacon == NULL || mono_ms - beacon->sent_mono_ms >= RCC_FEED_REPEAT_MS) {
		return true;
	}
	if (!rcc_pos_is_known(alert->pos)) {
		return false;
	}
	/* The first bursts of a beacon may come before its receiver has a fix: its first position is news. */
	return !rcc_pos_is_known(beacon->pos) || range_m(beacon->pos, alert->pos) > RCC_FEED_MOVED_M;
}

/* The beacon's own row, a free one, or the one silent longest: forgetting a beacon only sends it once too often. */
static struct rcc_feed_beacon *
row_for(struct rcc_feed_repeats *repeats, const struct rcc_alert *alert)
{
	struct rcc_feed_beacon *best = &repeats->beacon[0];
	for (size_t i = 0; i < RCC_FEED_BEACONS_MAX; i++) {
		struct rcc_feed_beacon *row = &repeats->beacon[i];
		if (is_same(row, alert)) {
			return row;
		}
		if (best->used && (!row->used || row->sent_mono_ms < best->sent_mono_ms)) {
			best = row;
		}
	}
	*best = (struct rcc_feed_beacon){.pos = RCC_POS_NONE};
	return best;
}

void
rcc_feed_alert_sent(struct rcc_feed_repeats *repeats, const struct rcc_alert *alert, int64_t mono_ms)
{
	struct rcc_feed_beacon *row = row_for(repeats, alert);
	row->used = true;
	row->mmsi = alert->casualty.v;
	row->source = alert->source;
	row->class = alert->class;
	row->is_damaged = is_damaged(alert);
	memcpy(row->text, alert->text, sizeof row->text);
	if (rcc_pos_is_known(alert->pos)) {
		row->pos = alert->pos;
	}
	row->sent_mono_ms = mono_ms;
}

bool
rcc_feed_line_due(const struct rcc_feed_repeats *repeats, const char *line, int64_t mono_ms)
{
	if (line[0] == '\0') {
		return false;
	}
	for (size_t i = 0; i < RCC_FEED_LINES_MAX; i++) {
		const struct rcc_feed_line *row = &repeats->line[i];
		if (strcmp(row->text, line) == 0 && mono_ms - row->sent_mono_ms < RCC_FEED_REPEAT_MS) {
			return false;
		}
	}
	return true;
}

void
rcc_feed_line_sent(struct rcc_feed_repeats *repeats, const char *line, int64_t mono_ms)
{
	size_t len = strlen(line);
	if (len > RCC_FEED_LINE_MAX) {
		return;
	}
	struct rcc_feed_line *oldest = &repeats->line[0];
	for (size_t i = 0; i < RCC_FEED_LINES_MAX; i++) {
		struct rcc_feed_line *row = &repeats->line[i];
		if (strcmp(row->text, line) == 0) {
			oldest = row;
			break;
		}
		if (row->sent_mono_ms < oldest->sent_mono_ms) {
			oldest = row;
		}
	}
	memcpy(oldest->text, line, len + 1);
	oldest->sent_mono_ms = mono_ms;
}
