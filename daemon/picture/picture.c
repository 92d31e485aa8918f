#include "picture/picture.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "picture/impl.h"
#include "rcc/units.h"

#define CAPACITY_MAX 4000000u
/* A vessel heard within this is not given up for a new one: better to refuse the stranger and say so. */
#define EVICT_AFTER_MS RCC_MS_PER_HOUR

static uint32_t
hash_size_for(uint32_t capacity)
{
	uint32_t size = 16;

	while (size < 2 * capacity) {
		size *= 2;
	}
	return size;
}

static void
free_impl(struct rcc_picture_impl *impl)
{
	if (impl != NULL) {
		free(impl->bucket);
		free(impl->vessel);
		free(impl->node);
		free(impl->next);
		free(impl->links);
		free(impl->hit);
		free(impl->spare);
		free(impl->bucket_start);
		free(impl->head);
		free(impl);
	}
}

enum rcc_status
rcc_picture_open(struct rcc_picture *picture, uint32_t capacity)
{
	enum rcc_status status = RCC_E_FULL;
	struct rcc_picture_impl *impl = NULL;
	uint32_t cells;

	if (capacity == 0 || capacity > CAPACITY_MAX) {
		return RCC_E_RANGE;
	}
	impl = calloc(1, sizeof *impl);
	if (impl == NULL) {
		goto out;
	}
	impl->capacity = capacity;
	impl->hash_mask = hash_size_for(capacity) - 1;
	cells = rcc_grid_layout(impl->row);
	impl->bucket = calloc((size_t)impl->hash_mask + 1, sizeof *impl->bucket);
	impl->vessel = calloc(capacity, sizeof *impl->vessel);
	impl->node = calloc(capacity, sizeof *impl->node);
	impl->next = calloc(capacity, sizeof *impl->next);
	impl->links = calloc(capacity, sizeof *impl->links);
	impl->hit = calloc(capacity, sizeof *impl->hit);
	impl->spare = calloc(capacity, sizeof *impl->spare);
	impl->bucket_start = calloc((size_t)capacity + 1, sizeof *impl->bucket_start);
	impl->head = calloc(cells, sizeof *impl->head);
	if (impl->bucket == NULL || impl->vessel == NULL || impl->node == NULL || impl->next == NULL ||
	    impl->links == NULL || impl->hit == NULL || impl->spare == NULL || impl->bucket_start == NULL ||
	    impl->head == NULL) {
		goto out;
	}
	memset(impl->head, 0xff, cells * sizeof *impl->head); /* RCC_SLOT_NONE */
	impl->free_slot = RCC_SLOT_NONE;
	impl->oldest = RCC_SLOT_NONE;
	impl->newest = RCC_SLOT_NONE;
	picture->impl = impl;
	impl = NULL;
	status = RCC_OK;
out:
	free_impl(impl);
	return status;
}

void
rcc_picture_close(struct rcc_picture *picture)
{
	free_impl(picture->impl);
	picture->impl = NULL;
}

static void
forget(struct rcc_picture_impl *impl, uint32_t slot)
{
	rcc_grid_remove(impl, slot);
	rcc_picture_order_remove(impl, slot);
	rcc_picture_hash_remove(impl, impl->node[slot].mmsi);
	memset(&impl->vessel[slot], 0, sizeof impl->vessel[slot]);
	impl->node[slot].mmsi = 0;
	impl->next[slot] = impl->free_slot;
	impl->free_slot = slot;
	impl->count--;
}

/* Makes room for one if the table is full: the vessel not heard for longest leaves, unless it was heard lately. */
static bool
make_room(struct rcc_picture_impl *impl, int64_t now_ms)
{
	if (impl->count < impl->capacity) {
		return true;
	}
	rcc_picture_order_repair(impl);
	if (now_ms - impl->links[impl->oldest].heard_at_ms <= EVICT_AFTER_MS) {
		return false;
	}
	forget(impl, impl->oldest);
	return true;
}

/* A slot for a vessel not yet known, in the hash and at the new end of the order. Pre: there is room. */
static uint32_t
admit(struct rcc_picture_impl *impl, uint32_t mmsi, int64_t heard_at_ms)
{
	uint32_t slot = impl->free_slot;

	if (slot != RCC_SLOT_NONE) {
		impl->free_slot = impl->next[slot];
	} else {
		assert(impl->high < impl->capacity);
		slot = impl->high++;
	}
	impl->vessel[slot] = (struct rcc_vessel){
	    .mmsi = {mmsi},
	    .pos = RCC_POS_NONE,
	    .sog_dkn = RCC_SOG_UNKNOWN_DKN,
	    .cog_ddeg = RCC_COG_UNKNOWN_DDEG,
	    .heading_deg = RCC_HEADING_UNKNOWN_DEG,
	    .nav_status = RCC_NAV_STATUS_UNKNOWN,
	};
	impl->node[slot] = (struct rcc_picture_node){.x = RCC_NODE_NOWHERE, .mmsi = mmsi};
	impl->links[slot].cell = RCC_SLOT_NONE;
	rcc_picture_hash_insert(impl, mmsi, slot);
	rcc_picture_order_push(impl, slot, heard_at_ms);
	impl->count++;
	return slot;
}

static bool
is_mmsi(struct rcc_mmsi mmsi)
{
	return mmsi.v != 0 && mmsi.v <= RCC_MMSI_MAX;
}

enum rcc_status
rcc_picture_update(struct rcc_picture *picture, const struct rcc_report *report, struct rcc_peer_id source,
                   int64_t at_ms)
{
	struct rcc_picture_impl *impl = picture->impl;
	uint32_t slot;
	struct rcc_vessel *vessel;

	if (!is_mmsi(report->mmsi) || !rcc_pos_is_on_globe(report->pos) || at_ms <= 0) {
		return RCC_E_RANGE;
	}
	slot = rcc_picture_hash_find(impl, report->mmsi.v);
	if (slot != RCC_SLOT_NONE && impl->vessel[slot].seen_at_ms > at_ms) {
		return RCC_E_AGAIN;
	}
	if (slot != RCC_SLOT_NONE) {
		rcc_picture_order_remove(impl, slot);
		rcc_picture_order_push(impl, slot, at_ms);
	} else {
		if (!make_room(impl, at_ms)) {
			return RCC_E_FULL;
		}
		slot = admit(impl, report->mmsi.v, at_ms);
	}
	if (at_ms > impl->now_ms) {
		impl->now_ms = at_ms;
	}
	rcc_grid_place(impl, slot, report->pos);
	vessel = &impl->vessel[slot];
	vessel->pos = report->pos;
	vessel->seen_at_ms = at_ms;
	vessel->sog_dkn = report->sog_dkn;
	vessel->cog_ddeg = report->cog_ddeg;
	vessel->heading_deg = report->heading_deg;
	vessel->nav_status = report->nav_status;
	vessel->message_type = report->message_type;
	vessel->source = source;
	return RCC_OK;
}

/* Class B sends its name and its type in two messages: each keeps what the other said. */
static void
take_static(struct rcc_vessel *vessel, const struct rcc_static *said)
{
	if (said->name[0] != '\0') {
		memcpy(vessel->name, said->name, sizeof vessel->name);
	}
	if (said->callsign[0] != '\0') {
		memcpy(vessel->callsign, said->callsign, sizeof vessel->callsign);
	}
	if (said->imo != 0) {
		vessel->imo = said->imo;
	}
	if (said->ship_type != 0) {
		vessel->ship_type = said->ship_type;
	}
	/* The four belong together: a zero among them is a measure, four zeros are none. */
	if ((said->to_bow_m | said->to_stern_m | said->to_port_m | said->to_starboard_m) != 0) {
		vessel->to_bow_m = said->to_bow_m;
		vessel->to_stern_m = said->to_stern_m;
		vessel->to_port_m = said->to_port_m;
		vessel->to_starboard_m = said->to_starboard_m;
	}
	if (said->draught_dm != 0) {
		vessel->draught_dm = said->draught_dm;
	}
}

enum rcc_status
rcc_picture_update_static(struct rcc_picture *picture, const struct rcc_static *vessel, struct rcc_peer_id source)
{
	struct rcc_picture_impl *impl = picture->impl;
	uint32_t slot;

	if (!is_mmsi(vessel->mmsi)) {
		return RCC_E_RANGE;
	}
	slot = rcc_picture_hash_find(impl, vessel->mmsi.v);
	if (slot == RCC_SLOT_NONE) {
		if (!make_room(impl, impl->now_ms)) {
			return RCC_E_FULL;
		}
		slot = admit(impl, vessel->mmsi.v, impl->now_ms);
		impl->vessel[slot].source = source;
	} else if (impl->vessel[slot].seen_at_ms == 0) {
		rcc_picture_order_remove(impl, slot);
		rcc_picture_order_push(impl, slot, impl->now_ms);
	}
	take_static(&impl->vessel[slot], vessel);
	return RCC_OK;
}

const struct rcc_vessel *
rcc_picture_find(const struct rcc_picture *picture, struct rcc_mmsi mmsi)
{
	uint32_t slot = RCC_SLOT_NONE;

	if (is_mmsi(mmsi)) {
		slot = rcc_picture_hash_find(picture->impl, mmsi.v);
	}
	return slot == RCC_SLOT_NONE ? NULL : &picture->impl->vessel[slot];
}

size_t
rcc_picture_age(struct rcc_picture *picture, int64_t before_ms)
{
	struct rcc_picture_impl *impl = picture->impl;
	size_t forgotten = 0;

	rcc_picture_order_repair(impl);
	while (impl->oldest != RCC_SLOT_NONE && impl->links[impl->oldest].heard_at_ms < before_ms) {
		forget(impl, impl->oldest);
		forgotten++;
	}
	return forgotten;
}

size_t
rcc_picture_count(const struct rcc_picture *picture)
{
	return picture->impl->count;
}

const struct rcc_vessel *
rcc_picture_each(const struct rcc_picture *picture, uint32_t *cursor)
{
	const struct rcc_picture_impl *impl = picture->impl;

	while (*cursor < impl->high) {
		uint32_t slot = (*cursor)++;
		if (impl->node[slot].mmsi != 0) {
			return &impl->vessel[slot];
		}
	}
	return NULL;
}
