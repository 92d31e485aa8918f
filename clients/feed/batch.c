#include "feed/batch.h"

#include <assert.h>
#include <string.h>

void
rcc_feed_batch_init(struct rcc_feed_batch *batch, int64_t wait_ms)
{
	memset(batch, 0, sizeof *batch);
	batch->wait_ms = wait_ms;
}

bool
rcc_feed_batch_report(struct rcc_feed_batch *batch, const struct rcc_report *report, int64_t mono_ms)
{
	struct rcc_position_batch *positions = &batch->positions;
	for (uint32_t i = 0; i < positions->count; i++) {
		if (positions->report[i].mmsi.v == report->mmsi.v) {
			positions->report[i] = *report;
			return true;
		}
	}
	assert(positions->count < RCC_BATCH_MAX);
	if (positions->count == 0) {
		batch->reports_due = mono_ms + batch->wait_ms;
	}
	positions->report[positions->count++] = *report;
	return false;
}

static void
keep_text(char *newer, const char *older, size_t size)
{
	if (newer[0] == '\0') {
		memcpy(newer, older, size);
	}
}

static void
keep_number(uint32_t *newer, uint32_t older)
{
	if (*newer == 0) {
		*newer = older;
	}
}

/* The two halves of a type 24 come apart: the second must not wipe out the first. */
static void
merge_static(struct rcc_static *into, const struct rcc_static *newer)
{
	struct rcc_static merged = *newer;
	keep_text(merged.name, into->name, sizeof merged.name);
	keep_text(merged.callsign, into->callsign, sizeof merged.callsign);
	keep_number(&merged.imo, into->imo);
	keep_number(&merged.ship_type, into->ship_type);
	keep_number(&merged.draught_dm, into->draught_dm);
	if (merged.to_bow_m + merged.to_stern_m + merged.to_port_m + merged.to_starboard_m == 0) {
		merged.to_bow_m = into->to_bow_m;
		merged.to_stern_m = into->to_stern_m;
		merged.to_port_m = into->to_port_m;
		merged.to_starboard_m = into->to_starboard_m;
	}
	*into = merged;
}

bool
rcc_feed_batch_static(struct rcc_feed_batch *batch, const struct rcc_static *vessel, int64_t mono_ms)
{
	struct rcc_static_batch *statics = &batch->statics;
	for (uint32_t i = 0; i < statics->count; i++) {
		if (statics->vessel[i].mmsi.v == vessel->mmsi.v) {
			merge_static(&statics->vessel[i], vessel);
			return true;
		}
	}
	assert(statics->count < RCC_BATCH_MAX);
	if (statics->count == 0) {
		batch->statics_due = mono_ms + batch->wait_ms;
	}
	statics->vessel[statics->count++] = *vessel;
	return false;
}

static bool
is_due(uint32_t count, int64_t due_ms, int64_t mono_ms)
{
	return count == RCC_BATCH_MAX || (count > 0 && mono_ms >= due_ms);
}

bool
rcc_feed_batch_reports_due(const struct rcc_feed_batch *batch, int64_t mono_ms)
{
	return is_due(batch->positions.count, batch->reports_due, mono_ms);
}

bool
rcc_feed_batch_statics_due(const struct rcc_feed_batch *batch, int64_t mono_ms)
{
	return is_due(batch->statics.count, batch->statics_due, mono_ms);
}

int64_t
rcc_feed_batch_wait_ms(const struct rcc_feed_batch *batch, int64_t mono_ms, int64_t idle_ms)
{
	int64_t wait_ms = idle_ms;
	if (batch->positions.count > 0 && batch->reports_due - mono_ms < wait_ms) {
		wait_ms = batch->reports_due - mono_ms;
	}
	if (batch->statics.count > 0 && batch->statics_due - mono_ms < wait_ms) {
		wait_ms = batch->statics_due - mono_ms;
	}
	return wait_ms > 0 ? wait_ms : 0;
}

void
rcc_feed_batch_clear_reports(struct rcc_feed_batch *batch)
{
	batch->positions.count = 0;
	batch->reports_due = 0;
}

void
rcc_feed_batch_clear_statics(struct rcc_feed_batch *batch)
{
	batch->statics.count = 0;
	batch->statics_due = 0;
}
