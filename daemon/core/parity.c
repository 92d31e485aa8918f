/* parity.c - see parity.h: what may be read here and nowhere else. */
#include "core/parity.h"

#include <string.h>

#include "core/core_internal.h"

/* Latencies in buckets of an equal share: 32 to each power of two, so that a figure is right to within 4 %. */
#define SHARES 32u
#define BUCKETS (28u * SHARES)

struct kind {
	struct rcc_parity_row row;
	uint32_t latency[BUCKETS];
	uint32_t latencies;
	uint8_t has_ship[RCC_PEERS_MAX / 8 + 1];
};

static uint32_t
bucket_of(int64_t ms)
{
	uint32_t value = ms < 0 ? 0 : ms > UINT32_MAX / 2 ? UINT32_MAX / 2 : (uint32_t)ms;
	uint32_t power = 0;

	while (value >> power >= 2 * SHARES)
		power++;
	/* Below 64 each value has its own. */
	return power * SHARES + (value >> power);
}

/* The lowest value of a bucket. */
static uint32_t
value_of(uint32_t bucket)
{
	if (bucket < 2 * SHARES)
		return bucket;
	uint32_t power = bucket / SHARES - 1;
	return (bucket - power * SHARES) << power;
}

/* The value below which `percent` of 100 latencies lie, the one in the middle rounded up. */
static uint32_t
percentile(const struct kind *kind, uint32_t percent)
{
	uint64_t wanted = ((uint64_t)kind->latencies * percent + 99) / 100;
	uint64_t seen = 0;

	for (uint32_t bucket = 0; bucket < BUCKETS && wanted > 0; bucket++) {
		seen += kind->latency[bucket];
		if (seen >= wanted)
			return value_of(bucket);
	}
	return 0;
}

static void
count_line(const struct rcc_core *core, const struct rcc_delivery *line, struct kind *kinds)
{
	const struct rcc_peer *peer = rcc_peer_find(core, line->peer);
	struct kind *kind = &kinds[peer->owner];
	uint32_t slot = peer->id.v - 1;
	uint8_t bit = (uint8_t)(1u << slot % 8);
	/* Read or answered on board: it has arrived, whatever became of the word that it is stored. */
	bool is_stored = line->stored_at_ms != 0 || line->read_at_ms != 0 || line->answered_at_ms != 0;

	kind->row.ships += (kind->has_ship[slot / 8] & bit) == 0;
	kind->has_ship[slot / 8] |= bit;
	kind->row.lines++;
	kind->row.sent += line->sent_at_ms != 0;
	kind->row.stored += is_stored;
	kind->row.read += line->read_at_ms != 0;
	kind->row.answered += line->answered_at_ms != 0;
	if (line->stored_at_ms == 0)
		return;
	kind->latency[bucket_of(line->stored_at_ms - line->queued_at_ms)]++;
	kind->latencies++;
}

static void
count_broadcast(const struct rcc_core *core, const struct rcc_broadcast *broadcast, int64_t at_ms, struct kind *kinds,
                uint32_t *pending)
{
	const struct rcc_rules *rules = &core->run.rules;

	for (const struct rcc_delivery *line = rcc_delivery_at(core, broadcast->newest_delivery); line != NULL;
	     line = rcc_delivery_at(core, line->of_broadcast)) {
		int64_t age_ms = at_ms - line->queued_at_ms;
		if (line->state == RCC_DELIVERY_CANCELLED ||
		    (rules->parity_window_ms != 0 && age_ms > (int64_t)rules->parity_window_ms))
			continue;
		if (age_ms < (int64_t)rules->unreachable_after_ms)
			(*pending)++;
		else
			count_line(core, line, kinds);
	}
}

/* Do two kinds with enough ships differ by more than the rules allow? Not stated is no kind. */
static uint32_t
parted(const struct rcc_rules *rules, const struct rcc_parity *parity)
{
	uint32_t parted = 0;

	for (uint32_t i = 0; i < parity->count; i++) {
		for (uint32_t j = 0; j < parity->count; j++) {
			const struct rcc_parity_row *a = &parity->row[i];
			const struct rcc_parity_row *b = &parity->row[j];
			if (a->owner == RCC_OWNER_NOT_STATED || b->owner == RCC_OWNER_NOT_STATED ||
			    a->ships < rules->parity_ships || b->ships < rules->parity_ships)
				continue;
			/* stored/lines as whole numbers: a is better than b by more than so many points of 100. */
			int64_t better = (int64_t)a->stored * b->lines - (int64_t)b->stored * a->lines;
			if (better * 100 > (int64_t)rules->parity_points * a->lines * b->lines)
				parted |= RCC_PARTED_RATE;
			if (a->stored > 0 && b->stored > 0 &&
			    b->median_ms > (uint64_t)a->median_ms * rules->parity_times &&
			    b->median_ms > (uint64_t)a->median_ms + rules->parity_apart_ms)
				parted |= RCC_PARTED_LATENCY;
		}
	}
	return parted;
}

void
rcc_parity_measure(const struct rcc_core *core, int64_t at_ms, struct rcc_parity *ret_parity)
{
	struct kind kinds[RCC_OWNER_LAST + 1];

	memset(kinds, 0, sizeof kinds);
	memset(ret_parity, 0, sizeof *ret_parity);
	for (uint32_t i = 0; i < core->incident_top; i++) {
		const struct rcc_incident *incident = &core->incident[i];
		/* Exercises reach whom they please, and a free slot has no broadcast. */
		if (incident->id.v == 0 || incident->class != RCC_CLASS_LIVE)
			continue;
		for (const struct rcc_broadcast *broadcast = rcc_broadcast_at(core, incident->newest_broadcast);
		     broadcast != NULL; broadcast = rcc_broadcast_at(core, broadcast->previous))
			count_broadcast(core, broadcast, at_ms, kinds, &ret_parity->pending);
	}
	for (uint32_t owner = 0; owner <= RCC_OWNER_LAST; owner++) {
		struct kind *kind = &kinds[owner];
		if (kind->row.lines == 0)
			continue;
		kind->row.owner = (enum rcc_owner_kind)owner;
		kind->row.median_ms = percentile(kind, 50);
		kind->row.p95_ms = percentile(kind, 95);
		ret_parity->row[ret_parity->count++] = kind->row;
	}
	ret_parity->parted = parted(&core->run.rules, ret_parity);
}

bool
rcc_parity_is_comparable(const struct rcc_core *core)
{
	const uint32_t *ships = core->parity.ships;
	uint32_t kinds = 0;

	for (uint32_t owner = RCC_OWNER_NOT_STATED + 1; owner <= RCC_OWNER_LAST; owner++)
		kinds += ships[owner] != 0 && ships[owner] >= core->run.rules.parity_ships;
	return kinds > 1;
}

int64_t
rcc_parity_deadline_ms(const struct rcc_core *core)
{
	const struct rcc_rules *rules = &core->run.rules;

	if (core->parity.since_at_ms == 0 || rules->parity_every_ms == 0 || !rcc_parity_is_comparable(core))
		return INT64_MAX;
	return core->parity.since_at_ms + rules->parity_every_ms;
}

void
rcc_parity_due(struct rcc_step *step)
{
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_PARITY_CHANGED);

	rcc_parity_measure(step->core, step->entry->cause.at_ms, &event->u.parity);
	rcc_step_emit(step, event);
}
