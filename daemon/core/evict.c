/* evict.c - the part of apply that takes a closed incident and all its rows out of memory. */
#include <assert.h>
#include <string.h>

#include "core/circular.h"
#include "core/core_internal.h"
#include "core/duty_internal.h"
#include "core/retention.h"

/* Takes a ledger line out of its ship's list and gives the slot back. */
static void
free_delivery(struct rcc_core *core, uint32_t slot1)
{
	struct rcc_delivery *line = &core->delivery[slot1 - 1];
	uint32_t *link = &core->peer[line->peer.v - 1].newest_delivery;

	while (*link != slot1) {
		assert(*link != 0);
		link = &core->delivery[*link - 1].of_peer;
	}
	*link = line->of_peer;
	memset(line, 0, sizeof *line);
	line->of_peer = core->delivery_free;
	core->delivery_free = slot1;
	core->delivery_count--;
}

static void
free_broadcasts(struct rcc_core *core, uint32_t slot1)
{
	while (slot1 != 0) {
		struct rcc_broadcast *broadcast = &core->broadcast[slot1 - 1];
		uint32_t line1 = broadcast->newest_delivery;
		while (line1 != 0) {
			uint32_t next = core->delivery[line1 - 1].of_broadcast;
			core->circular_lines -= rcc_broadcast_is_circular(broadcast->kind);
			free_delivery(core, line1);
			line1 = next;
		}
		slot1 = broadcast->previous;
		memset(broadcast, 0, sizeof *broadcast);
		core->broadcast_count--;
	}
}

/* With the lines of the newest, which are queued next. */
static bool
is_too_much(const struct rcc_core *core)
{
	uint64_t lines = 0;

	for (uint32_t i = 0; i < core->peer_count; i++)
		lines += rcc_peer_hears(&core->peer[i], RCC_CLASS_LIVE, core->at_ms);
	for (const struct rcc_broadcast *row = rcc_broadcast_at(core, core->newest_circular); row != NULL;
	     row = rcc_broadcast_at(core, row->previous))
		lines += row->recipients;
	return core->circular_count > RCC_CIRCULARS_MAX || lines > RCC_CIRCULAR_LINES_MAX;
}

/* The slot + 1 of the oldest that may go; 0 = none: the newest, and the card in force, stay. */
static uint32_t *
oldest_circular(struct rcc_core *core)
{
	const struct rcc_broadcast *card = rcc_circular_card(core);
	uint32_t *oldest = NULL;

	for (uint32_t *link = &core->broadcast[core->newest_circular - 1].previous; *link != 0;
	     link = &core->broadcast[*link - 1].previous) {
		if (&core->broadcast[*link - 1] != card)
			oldest = link;
	}
	return oldest;
}

void
rcc_evict_circulars(struct rcc_core *core)
{
	uint32_t *link = NULL;

	while (is_too_much(core) && (link = oldest_circular(core)) != NULL) {
		uint32_t slot1 = *link;
		*link = core->broadcast[slot1 - 1].previous;
		core->broadcast[slot1 - 1].previous = 0;
		free_broadcasts(core, slot1);
		core->circular_count--;
	}
}

static void
free_answers(struct rcc_core *core, uint32_t slot1)
{
	while (slot1 != 0) {
		struct rcc_answer_state *answer = &core->answer[slot1 - 1];
		uint32_t next = answer->previous;
		memset(answer, 0, sizeof *answer);
		answer->previous = core->answer_free;
		core->answer_free = slot1;
		core->answer_count--;
		slot1 = next;
	}
}

void
rcc_evict_incident(struct rcc_core *core, struct rcc_incident_id id)
{
	const struct rcc_incident *found = rcc_incident_find(core, id);

	assert(found != NULL && found->status == RCC_INCIDENT_CLOSED);
	struct rcc_incident *incident = &core->incident[found - core->incident];
	int64_t kept_from_ms = rcc_retention_kept_from_ms(incident);
	/* What was promised to be kept is, though nobody knows any more of which case it is. */
	if (incident->is_on_hold && (core->retention.lost_from_ms == 0 || kept_from_ms < core->retention.lost_from_ms))
		core->retention.lost_from_ms = kept_from_ms > 0 ? kept_from_ms : 1;
	for (uint32_t i = 0; i < core->alert_top; i++) {
		if (core->alert[i].id.v != 0 && core->alert[i].incident.v == id.v) {
			memset(&core->alert[i], 0, sizeof core->alert[i]);
			core->alert_count--;
		}
	}
	free_broadcasts(core, incident->newest_broadcast);
	free_broadcasts(core, incident->newest_directed);
	free_answers(core, incident->newest_answer);
	rcc_duty_free(core, incident->newest_duty);
	rcc_evict_persons(core, incident);
	rcc_evict_places(core, incident->newest_place);
	for (uint32_t i = 0; i < RCC_NOTES_MAX; i++) {
		if (core->note[i].id != 0 && core->note[i].body.incident.v == id.v)
			memset(&core->note[i], 0, sizeof core->note[i]);
	}
	memset(incident, 0, sizeof *incident);
	core->incident_count--;
}
