/* digest_place.c - the part of the digest that tells the places of safety. */
#include "core/digest_internal.h"

static void
put_place(uint64_t *digest, const struct rcc_place_state *place)
{
	put(digest, place->id.v);
	put(digest, place->incident.v);
	put_text(digest, place->name);
	put_pos(digest, place->pos);
	put_text(digest, place->authority);
	for (size_t i = 0; i <= RCC_PLACE_STEP_LAST; i++)
		put_signed(digest, place->step_at_ms[i]);
	put(digest, place->checks);
	put(digest, place->checked_by.v);
	put(digest, place->is_unsafe);
	put(digest, place->unsafe_by.v);
	put_signed(digest, place->unsafe_at_ms);
	put_text(digest, place->unsafe_reason);
	put(digest, place->is_feared);
	put(digest, place->reviewed_seq);
	put(digest, place->lifted_by.v);
	put(digest, place->fears);
	put(digest, place->fear_ship.v);
	put_text(digest, place->fear);
	put(digest, place->reviewed_by.v);
	put_text(digest, place->review);
	put(digest, place->is_refused);
	put_text(digest, place->refusal);
	put_link(digest, &place->said_record);
}

static void
put_ship(uint64_t *digest, const struct rcc_place_ship *row)
{
	put(digest, row->ship.v);
	put(digest, row->place.v);
	put(digest, row->is_assigned);
	put(digest, row->by.v);
	put_text(digest, row->reason);
	put(digest, row->overridden);
	put(digest, row->first.v);
	put_text(digest, row->first_reason);
	put(digest, row->pending_by.v);
	put_signed(digest, row->pending_at_ms);
	put_text(digest, row->pending_reason);
	put_signed(digest, row->assigned_at_ms);
	put_signed(digest, row->withdrawn_at_ms);
	put_signed(digest, row->reached_at_ms);
	put_signed(digest, row->preferred_at_ms);
	put_signed(digest, row->objected_at_ms);
	put(digest, row->is_unassigned);
	put(digest, row->objections);
	put_text(digest, row->objection);
	put(digest, row->extra_nm);
	put(digest, row->extra_h);
	put(digest, row->made_nm);
	put(digest, row->made_h);
	put(digest, row->broadcast.v);
}

void
rcc_digest_places(uint64_t *digest, const struct rcc_core *core)
{
	put(digest, core->place_last);
	for (uint32_t i = 0; i < core->place_top; i++) {
		if (core->place[i].id.v != 0)
			put_place(digest, &core->place[i]);
	}
	for (uint32_t i = 0; i < core->place_ship_top; i++) {
		if (core->place_ship[i].ship.v != 0)
			put_ship(digest, &core->place_ship[i]);
	}
}
