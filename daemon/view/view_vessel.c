#include <stdlib.h>

#include "core/geo.h"
#include "proto/source/source.h"
#include "rcc/text.h"
#include "rcc/units.h"
#include "view/page.h"

/* Vessels looked at for one call list: more than this within its radius are behind the nearest 16,384. */
#define CALL_NEAR_MAX 16384

static void
write_motion(struct rcc_json *json, const struct rcc_vessel *vessel)
{
	/* 1022 means 102.2 kn or more (ITU-R M.1371-5 table 46): written as it is. */
	if (vessel->sog_dkn != RCC_SOG_UNKNOWN_DKN)
		rcc_json_fixed(json, "sog_kn", vessel->sog_dkn, 1);
	if (vessel->cog_ddeg != RCC_COG_UNKNOWN_DDEG)
		rcc_json_fixed(json, "cog_deg", vessel->cog_ddeg, 1);
	if (vessel->heading_deg != RCC_HEADING_UNKNOWN_DEG)
		rcc_json_uint(json, "heading_deg", vessel->heading_deg);
	if (vessel->nav_status != RCC_NAV_STATUS_UNKNOWN)
		rcc_json_uint(json, "nav_status", vessel->nav_status);
}

static void
write_vessel(struct rcc_page *page, const struct rcc_vessel *vessel)
{
	struct rcc_json *json = &page->json;
	rcc_json_mmsi_if(json, "mmsi", vessel->mmsi);
	rcc_json_text(json, "kind", rcc_station_word(rcc_station_of(vessel->mmsi)));
	rcc_json_text_if(json, "name", vessel->name);
	rcc_json_text_if(json, "callsign", vessel->callsign);
	rcc_json_uint_if(json, "imo", vessel->imo);
	rcc_json_uint_if(json, "type", vessel->ship_type);
	rcc_json_pos_if(json, vessel->pos);
	/* Without a dynamic report there is no motion, whatever the fields hold. */
	if (vessel->seen_at_ms != 0)
		write_motion(json, vessel);
	rcc_page_seen(page, vessel->seen_at_ms);
	rcc_json_uint_if(json, "length_m", (uint64_t)vessel->to_bow_m + vessel->to_stern_m);
	rcc_json_uint_if(json, "beam_m", (uint64_t)vessel->to_port_m + vessel->to_starboard_m);
	if (vessel->draught_dm != 0)
		rcc_json_fixed(json, "draught_m", vessel->draught_dm, 1);
	rcc_json_text_if(json, "reported_by", rcc_page_peer_name(page, vessel->source, ""));
	rcc_json_bool(json, "registered", rcc_peer_find_mmsi(page->core, vessel->mmsi) != NULL);
}

/* The whole picture; `from` is the picture's own cursor, so that a page costs no more than its lines. */
static void
fill_all(struct rcc_page *page)
{
	uint32_t cursor = page->view->from;
	for (;;) {
		uint32_t here = cursor;
		const struct rcc_vessel *vessel = rcc_picture_each(page->picture, &cursor);
		if (vessel == NULL)
			return;
		page->row = here;
		if (rcc_page_row(page, "VESSEL")) {
			write_vessel(page, vessel);
			rcc_page_end(page);
		}
		if (page->next != 0)
			return;
	}
}

static void
fill_one(struct rcc_page *page)
{
	const struct rcc_vessel *vessel = rcc_picture_find(page->picture, page->view->mmsi);
	if (vessel != NULL && rcc_page_row(page, "VESSEL")) {
		write_vessel(page, vessel);
		rcc_page_end(page);
	}
}

static enum rcc_status
fill_near(struct rcc_page *page)
{
	const struct rcc_view *view = page->view;
	size_t max = rcc_picture_count(page->picture);
	size_t total = 0;
	if ((uint64_t)view->from + RCC_VIEW_LINES_MAX + 1 < max)
		max = (size_t)view->from + RCC_VIEW_LINES_MAX + 1;
	if (max == 0)
		return RCC_OK;
	struct rcc_near *near = calloc(max, sizeof *near);
	if (near == NULL)
		return RCC_E_FULL;
	size_t found = rcc_picture_within(page->picture, view->near, view->within_m, near, max, &total);
	for (size_t i = 0; i < found && page->next == 0; i++) {
		const struct rcc_vessel *vessel = near[i].vessel;
		if (rcc_page_row(page, "VESSEL")) {
			write_vessel(page, vessel);
			/* On the ellipsoid, from the vessel to the place: what a ship would steer. */
			rcc_page_range(page, rcc_geo_range_m(vessel->pos, view->near),
			               rcc_geo_bearing_ddeg(vessel->pos, view->near));
			rcc_page_end(page);
		}
	}
	free(near);
	return RCC_OK;
}

enum rcc_status
rcc_view_vessels(struct rcc_page *page)
{
	const struct rcc_view *view = page->view;
	if (rcc_pos_is_known(view->near) != (view->within_m != 0))
		return RCC_E_RANGE;
	if (view->mmsi.v != 0)
		fill_one(page);
	else if (view->within_m != 0)
		return fill_near(page);
	else
		fill_all(page);
	return RCC_OK;
}

static void
write_call(struct rcc_page *page, const struct rcc_incident *incident, const struct rcc_vessel *vessel)
{
	struct rcc_json *json = &page->json;
	uint32_t range_m = rcc_geo_range_m(vessel->pos, incident->pos);
	uint32_t sog_dkn = rcc_geo_speed_dkn(vessel->sog_dkn, page->core->run.rules.assumed_speed_dkn);
	rcc_page_incident(page, incident);
	rcc_json_mmsi_if(json, "mmsi", vessel->mmsi);
	rcc_json_text(json, "kind", rcc_station_word(rcc_station_of(vessel->mmsi)));
	rcc_json_text_if(json, "name", vessel->name);
	rcc_json_text_if(json, "callsign", vessel->callsign);
	rcc_json_pos_if(json, vessel->pos);
	rcc_page_range(page, range_m, rcc_geo_bearing_ddeg(vessel->pos, incident->pos));
	if (sog_dkn != 0)
		rcc_json_uint(json, "eta_min", rcc_geo_eta_min(range_m, sog_dkn));
	write_motion(json, vessel);
	rcc_page_seen(page, vessel->seen_at_ms);
}

/* Can somebody aboard answer a DSC call? Beacons, aids to navigation and shore stations cannot come. */
static bool
can_be_called(struct rcc_mmsi mmsi, struct rcc_mmsi casualty)
{
	enum rcc_station station = rcc_station_of(mmsi);
	return mmsi.v != casualty.v && (station == RCC_STATION_SHIP || station == RCC_STATION_CRAFT);
}

/*
 * Who could be called now: unregistered ships near the place as we know it. What was listed when each broadcast went out
 * stands in the journal.
 */
enum rcc_status
rcc_view_calls(struct rcc_page *page, const struct rcc_incident *incident)
{
	size_t max = rcc_picture_count(page->picture);
	size_t total = 0;
	uint32_t listed = 0;
	if (!rcc_pos_is_known(incident->pos) || incident->status == RCC_INCIDENT_CLOSED || max == 0)
		return RCC_OK;
	if (max > CALL_NEAR_MAX)
		max = CALL_NEAR_MAX;
	struct rcc_near *near = calloc(max, sizeof *near);
	if (near == NULL)
		return RCC_E_FULL;
	size_t found = rcc_picture_within(page->picture, incident->pos, page->core->run.rules.call_list_radius_m, near,
	                                  max, &total);
	for (size_t i = 0; i < found && listed < RCC_CALL_ROWS_MAX; i++) {
		const struct rcc_vessel *vessel = near[i].vessel;
		if (rcc_peer_find_mmsi(page->core, vessel->mmsi) != NULL ||
		    !can_be_called(vessel->mmsi, incident->casualty))
			continue;
		listed++;
		if (rcc_page_row(page, "CALL")) {
			write_call(page, incident, vessel);
			rcc_page_end(page);
		}
	}
	free(near);
	return RCC_OK;
}
