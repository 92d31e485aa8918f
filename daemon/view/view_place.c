/* Places of safety of a case: the whole process of each, what stands against it, and how far each ship deviates for it. */
#include "core/duty.h"
#include "core/place.h"
#include "rcc/text.h"
#include "rcc/work_text.h"
#include "view/page.h"

/* "by": the officer's name; nobody's for the local socket. */
static void
write_who(struct rcc_page *page, const char *key, struct rcc_peer_id peer)
{
	rcc_json_text_if(&page->json, key, rcc_page_peer_name(page, peer, ""));
}

static void
write_ship_name(struct rcc_page *page, struct rcc_mmsi ship)
{
	const struct rcc_peer *peer = rcc_peer_find_mmsi(page->core, ship);

	rcc_json_mmsi_if(&page->json, "mmsi", ship);
	if (peer != NULL)
		rcc_json_text(&page->json, "ship", peer->name);
}

/* The four checks: those answered yes, and those that are not. */
static void
write_checks(struct rcc_page *page, uint32_t checks)
{
	struct rcc_json *json = &page->json;

	rcc_json_list(json, "checks");
	for (uint32_t check = 1; check <= RCC_CHECKS_ALL; check <<= 1) {
		if ((checks & check) != 0)
			rcc_json_list_text(json, rcc_check_word(check));
	}
	rcc_json_list_end(json);
	rcc_json_list(json, "missing");
	for (uint32_t check = 1; check <= RCC_CHECKS_ALL; check <<= 1) {
		if ((checks & check) == 0)
			rcc_json_list_text(json, rcc_check_word(check));
	}
	rcc_json_list_end(json);
}

/* What stands against it: the words for programs, and what they mean. */
static void
write_blocks(struct rcc_page *page, uint32_t blocks)
{
	struct rcc_json *json = &page->json;

	rcc_json_list(json, "blocked");
	for (uint32_t block = 1; block <= RCC_PLACE_BLOCKS_ALL; block <<= 1) {
		if ((blocks & block) != 0)
			rcc_json_list_text(json, rcc_place_block_word(block));
	}
	rcc_json_list_end(json);
	rcc_json_list(json, "blocked_by");
	for (uint32_t block = 1; block <= RCC_PLACE_BLOCKS_ALL; block <<= 1) {
		if ((blocks & block) != 0)
			rcc_json_list_text(json, rcc_place_block_text(block));
	}
	rcc_json_list_end(json);
}

/* One flag for each thing that was decided over. */
static void
write_overridden(struct rcc_page *page, const struct rcc_place_ship *row)
{
	static const struct {
		uint32_t block;
		const char *key;
	} keys[] = {
	    {RCC_PLACE_BLOCK_UNCHECKED, "over_unchecked"},
	    {RCC_PLACE_BLOCK_UNSAFE, "over_unsafe"},
	    {RCC_PLACE_BLOCK_FEARED, "over_feared"},
	};
	struct rcc_json *json = &page->json;

	if (row->overridden == 0)
		return;
	rcc_json_bool(json, "override", true);
	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
		if ((row->overridden & keys[i].block) != 0)
			rcc_json_bool(json, keys[i].key, true);
	}
	write_who(page, "first", row->first);
	rcc_json_text_if(json, "first_reason", row->first_reason);
}

/* How the ship was told: the state of her line; by voice, if she is not registered; or that no message was made for her. */
static const char *
told_word(const struct rcc_page *page, const struct rcc_place_ship *row)
{
	const struct rcc_peer *peer = rcc_peer_find_mmsi(page->core, row->ship);
	const struct rcc_broadcast *broadcast =
	    row->broadcast.v == 0 ? NULL : rcc_broadcast_find(page->core, row->broadcast);
	const struct rcc_delivery *line =
	    peer == NULL || broadcast == NULL ? NULL : rcc_delivery_of(page->core, broadcast, peer->id);

	if (line != NULL)
		return rcc_delivery_word(line->state);
	return peer == NULL ? "by-voice" : "not-told";
}

static const char *
stay_word(const struct rcc_place_ship *row)
{
	if (row->is_assigned)
		return rcc_place_word(RCC_PLACE_ASSIGNED);
	if (row->reached_at_ms != 0 && row->reached_at_ms >= row->withdrawn_at_ms)
		return rcc_place_word(RCC_PLACE_REACHED);
	if (row->withdrawn_at_ms != 0)
		return rcc_place_word(RCC_PLACE_WITHDRAWN);
	return "not-assigned";
}

static void
write_pending(struct rcc_page *page, const struct rcc_place_ship *row)
{
	const struct rcc_peer *first = rcc_place_first(page->core, row, page->facts->now_ms);

	if (first == NULL)
		return;
	rcc_json_text(&page->json, "waits_after", first->name);
	rcc_json_text(&page->json, "waits_reason", row->pending_reason);
	rcc_json_time(&page->json, "waits_until", row->pending_at_ms + RCC_PLACE_SECOND_MS);
}

static void
write_ship(struct rcc_page *page, const struct rcc_place_ship *row)
{
	struct rcc_json *json = &page->json;

	rcc_json_item(json);
	write_ship_name(page, row->ship);
	rcc_json_text(json, "state", stay_word(row));
	rcc_json_time_if(json, "preferred", row->preferred_at_ms);
	if (row->objections != 0) {
		rcc_json_uint(json, "objections", row->objections);
		rcc_json_text(json, "objection", row->objection);
		rcc_json_time(json, "objected", row->objected_at_ms);
	}
	write_pending(page, row);
	if (row->assigned_at_ms != 0) {
		rcc_json_time(json, "assigned", row->assigned_at_ms);
		write_who(page, "by", row->by);
		rcc_json_text_if(json, "text", row->reason);
		write_overridden(page, row);
		rcc_json_text(json, "told", told_word(page, row));
	}
	rcc_json_time_if(json, "withdrawn", row->withdrawn_at_ms);
	rcc_json_time_if(json, "reached", row->reached_at_ms);
	if (row->is_unassigned)
		rcc_json_bool(json, "unassigned", true);
	rcc_json_uint_if(json, "extra_nm", row->made_nm + row->extra_nm);
	rcc_json_uint_if(json, "extra_h", row->made_h + row->extra_h);
	rcc_json_close(json);
}

static void
write_fear(struct rcc_page *page, const struct rcc_place_state *place)
{
	struct rcc_json *json = &page->json;

	if (place->fears == 0)
		return;
	rcc_json_bool(json, "fear_open", place->is_feared);
	rcc_json_uint(json, "fears", place->fears);
	rcc_json_time_if(json, "feared", place->step_at_ms[RCC_PLACE_FEARED]);
	rcc_json_mmsi_if(json, "fear_ship", place->fear_ship);
	rcc_json_text_if(json, "fear", place->fear);
	rcc_json_time_if(json, "reviewed", place->step_at_ms[RCC_PLACE_REVIEWED]);
	write_who(page, "reviewed_by", place->reviewed_by);
	rcc_json_text_if(json, "review", place->review);
}

static void
write_place(struct rcc_page *page, const struct rcc_incident *incident, const struct rcc_place_state *place)
{
	struct rcc_json *json = &page->json;

	rcc_page_incident(page, incident);
	rcc_json_uint(json, "id", place->id.v);
	rcc_json_text(json, "name", place->name);
	rcc_json_pos_if(json, place->pos);
	rcc_json_text_if(json, "authority", place->authority);
	/* What is feared, objected and decided there is not what anybody prepares for. */
	if (page->facts->is_agency)
		return;
	rcc_json_time_if(json, "asked", place->step_at_ms[RCC_PLACE_ASKED]);
	rcc_json_time_if(json, "offered", place->step_at_ms[RCC_PLACE_OFFERED]);
	rcc_json_time_if(json, "refused", place->step_at_ms[RCC_PLACE_REFUSED]);
	rcc_json_text_if(json, "refusal", place->refusal);
	rcc_json_uint_if(json, "their_entry", place->said_record.seq);
	rcc_json_time_if(json, "checked", place->step_at_ms[RCC_PLACE_CHECKED]);
	write_who(page, "checked_by", place->checked_by);
	write_checks(page, place->checks);
	rcc_json_bool(json, "unsafe", place->is_unsafe);
	if (place->is_unsafe) {
		rcc_json_text(json, "unsafe_reason", place->unsafe_reason);
		rcc_json_time(json, "unsafe_since", place->unsafe_at_ms);
		write_who(page, "unsafe_by", place->unsafe_by);
	}
	write_fear(page, place);
	const struct rcc_place_state *elsewhere = rcc_place_unsafe_elsewhere(page->core, incident->id, place->name);
	if (elsewhere != NULL) {
		rcc_json_open(json, "unsafe_in");
		rcc_page_incident(page, rcc_incident_find(page->core, elsewhere->incident));
		rcc_json_text(json, "reason", elsewhere->unsafe_reason);
		rcc_json_time(json, "since", elsewhere->unsafe_at_ms);
		write_who(page, "by", elsewhere->unsafe_by);
		rcc_json_close(json);
	}
	write_blocks(page, rcc_place_blocks_of(page->core, incident, place->name, place));
	rcc_json_list(json, "ships");
	for (const struct rcc_place_ship *row = rcc_place_ship_at(page->core, place->newest_ship); row != NULL;
	     row = rcc_place_ship_at(page->core, row->previous))
		write_ship(page, row);
	rcc_json_list_end(json);
}

/* Has this ship stood on a row before this one? Each is told once. */
static bool
is_first_row(const struct rcc_core *core, const struct rcc_incident *incident, const struct rcc_place_ship *row)
{
	const struct rcc_place_state *place = rcc_place_at(core, incident->newest_place);

	while (place != NULL && rcc_place_ship_of(core, place, row->ship) == NULL)
		place = rcc_place_at(core, place->previous);
	return place == NULL || rcc_place_ship_of(core, place, row->ship) == row;
}

static void
write_deviation(struct rcc_page *page, const struct rcc_incident *incident, struct rcc_mmsi ship)
{
	struct rcc_deviation sum = rcc_place_deviation(page->core, incident, ship);
	const struct rcc_place_state *place = rcc_place_of_ship(page->core, incident, ship);

	if (sum.places == 0 || !rcc_page_row(page, "DEVIATION"))
		return;
	rcc_page_incident(page, incident);
	write_ship_name(page, ship);
	rcc_json_text_if(&page->json, "place", place == NULL ? "" : place->name);
	rcc_json_uint(&page->json, "places", sum.places);
	rcc_json_uint(&page->json, "extra_nm", sum.extra_nm);
	rcc_json_uint(&page->json, "extra_h", sum.extra_h);
	rcc_page_end(page);
}

static uint32_t
count_ships_sent(const struct rcc_core *core, const struct rcc_incident *incident)
{
	uint32_t ships = 0;

	for (const struct rcc_place_state *place = rcc_place_at(core, incident->newest_place); place != NULL;
	     place = rcc_place_at(core, place->previous)) {
		for (const struct rcc_place_ship *row = rcc_place_ship_at(core, place->newest_ship); row != NULL;
		     row = rcc_place_ship_at(core, row->previous))
			ships += is_first_row(core, incident, row) &&
			         rcc_place_deviation(core, incident, row->ship).places != 0;
	}
	return ships;
}

/* The sum of the case, and the clock that runs since the first survivor was aboard (SOLAS V/33.1-1). */
static void
write_disembarkation(struct rcc_page *page, const struct rcc_incident *incident)
{
	static const struct rcc_mmsi all;
	struct rcc_json *json = &page->json;
	struct rcc_deviation sum = rcc_place_deviation(page->core, incident, all);
	const struct rcc_duty *duty = rcc_duty_of(page->core, incident->id, RCC_DUTY_RULE_DISEMBARK, all, 0);

	rcc_page_incident(page, incident);
	rcc_json_uint(json, "ships", count_ships_sent(page->core, incident));
	rcc_json_uint(json, "extra_nm", sum.extra_nm);
	rcc_json_uint(json, "extra_h", sum.extra_h);
	rcc_json_bool(json, "under_way", rcc_place_is_under_way(page->core, incident));
	if (duty == NULL)
		return;
	rcc_json_time(json, "first_aboard", duty->opened_at_ms);
	rcc_json_text(json, "duty", rcc_duty_state_word(duty->state));
	rcc_json_time_if(json, "due", duty->due_at_ms);
}

void
rcc_view_place_rows(struct rcc_page *page, const struct rcc_incident *incident)
{
	const struct rcc_place_state *newest = rcc_place_at(page->core, incident->newest_place);

	if (newest == NULL)
		return;
	for (const struct rcc_place_state *place = newest; place != NULL;
	     place = rcc_place_at(page->core, place->previous)) {
		if (rcc_page_row(page, "PLACE")) {
			write_place(page, incident, place);
			rcc_page_end(page);
		}
	}
	for (const struct rcc_place_state *place = page->facts->is_agency ? NULL : newest; place != NULL;
	     place = rcc_place_at(page->core, place->previous)) {
		for (const struct rcc_place_ship *row = rcc_place_ship_at(page->core, place->newest_ship); row != NULL;
		     row = rcc_place_ship_at(page->core, row->previous)) {
			if (is_first_row(page->core, incident, row))
				write_deviation(page, incident, row->ship);
		}
	}
	if (!page->facts->is_agency && rcc_page_row(page, "DISEMBARKATION")) {
		write_disembarkation(page, incident);
		rcc_page_end(page);
	}
}
