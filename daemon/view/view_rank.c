/*
 * The order of ships that could help, as core/rank.h makes it: registered ones and those of the picture alike. Names are
 * written for people to call her by; nothing here weighs them.
 */
#include <stdlib.h>

#include "core/geo.h"
#include "core/rank.h"
#include "proto/source/source.h"
#include "rcc/text.h"
#include "rcc/units.h"
#include "view/page.h"

/* Vessels looked at around one place. */
#define NEAR_MAX 16384
/* Nothing afloat that helps is faster: how far to look for ships that can be there in time. */
#define TOP_SPEED_KN 50

struct ranking {
	struct rcc_rank_case of;
	const struct rcc_incident *incident;
	struct rcc_rank *row;
	size_t count, room;
};

static struct rcc_rank_ship
ship_of(const struct rcc_page *page, const struct rcc_incident *incident, struct rcc_mmsi mmsi,
        const struct rcc_vessel *vessel)
{
	struct rcc_rank_ship ship = {
	    .mmsi = mmsi, .pos = RCC_POS_NONE, .sog_dkn = RCC_SOG_UNKNOWN_DKN, .nav_status = RCC_NAV_STATUS_UNKNOWN};
	if (vessel != NULL) {
		ship.pos = vessel->pos;
		ship.seen_at_ms = vessel->seen_at_ms;
		ship.sog_dkn = vessel->sog_dkn;
		ship.nav_status = vessel->nav_status;
	}
	rcc_rank_know(page->core, incident, &ship);
	return ship;
}

/* Beacons, aircraft and stations ashore take nobody aboard. */
static bool
can_help(struct rcc_mmsi mmsi)
{
	enum rcc_station station = rcc_station_of(mmsi);
	return station == RCC_STATION_SHIP || station == RCC_STATION_CRAFT;
}

static void
add_near(struct rcc_page *page, struct ranking *ranking, const struct rcc_near *near, size_t count)
{
	const struct rcc_rules *rules = &page->core->run.rules;
	for (size_t i = 0; i < count && ranking->count < ranking->room; i++) {
		const struct rcc_vessel *vessel = near[i].vessel;
		if (!can_help(vessel->mmsi))
			continue;
		struct rcc_rank_ship ship = ship_of(page, ranking->incident, vessel->mmsi, vessel);
		struct rcc_rank rank = rcc_rank_ship(&ranking->of, &ship);
		if (rank.range_m <= rules->call_list_radius_m || rank.eta_min <= rules->respond_eta_min)
			ranking->row[ranking->count++] = rank;
	}
}

/* Registered ships that the picture has no place for: nobody drops out of sight. */
static void
add_unseen(struct rcc_page *page, struct ranking *ranking)
{
	for (uint32_t i = 0; i < page->core->peer_count && ranking->count < ranking->room; i++) {
		const struct rcc_peer *peer = &page->core->peer[i];
		const struct rcc_vessel *vessel =
		    rcc_peer_is_ship(peer) ? rcc_picture_find(page->picture, peer->mmsi) : NULL;
		bool is_seen = vessel != NULL && rcc_pos_is_known(vessel->pos) && ranking->of.place_count > 0;
		if (!rcc_peer_hears(peer, ranking->incident->class, page->facts->now_ms) || is_seen)
			continue;
		struct rcc_rank_ship ship = ship_of(page, ranking->incident, peer->mmsi, vessel);
		ranking->row[ranking->count++] = rcc_rank_ship(&ranking->of, &ship);
	}
}

/* Whom the last call called on, however far: an officer asks about them first. */
static void
add_called(struct rcc_page *page, struct ranking *ranking)
{
	const struct rcc_broadcast *call = rcc_broadcast_at(page->core, ranking->incident->newest_broadcast);
	const struct rcc_delivery *line = call == NULL ? NULL : rcc_delivery_at(page->core, call->newest_delivery);
	for (; line != NULL && ranking->count < ranking->room; line = rcc_delivery_at(page->core, line->of_broadcast)) {
		const struct rcc_peer *peer = rcc_peer_find(page->core, line->peer);
		const struct rcc_vessel *vessel = rcc_picture_find(page->picture, peer->mmsi);
		if (!line->is_called_on || vessel == NULL)
			continue;
		struct rcc_rank_ship ship = ship_of(page, ranking->incident, peer->mmsi, vessel);
		ranking->row[ranking->count++] = rcc_rank_ship(&ranking->of, &ship);
	}
}

static int
by_mmsi(const void *a, const void *b)
{
	uint32_t left = ((const struct rcc_rank *)a)->mmsi.v;
	uint32_t right = ((const struct rcc_rank *)b)->mmsi.v;
	return (left > right) - (left < right);
}

static int
by_rank(const void *a, const void *b)
{
	return rcc_rank_compare(a, b);
}

/* A ship near two places was found twice. */
static void
drop_doubles(struct ranking *ranking)
{
	size_t kept = 0;
	qsort(ranking->row, ranking->count, sizeof ranking->row[0], by_mmsi);
	for (size_t i = 0; i < ranking->count; i++) {
		if (kept == 0 || ranking->row[kept - 1].mmsi.v != ranking->row[i].mmsi.v)
			ranking->row[kept++] = ranking->row[i];
	}
	ranking->count = kept;
}

static bool
collect(struct rcc_page *page, struct ranking *ranking)
{
	const struct rcc_rules *rules = &page->core->run.rules;
	size_t max = rcc_picture_count(page->picture) < NEAR_MAX ? rcc_picture_count(page->picture) : NEAR_MAX;
	uint64_t radius_m = (uint64_t)rules->respond_eta_min * TOP_SPEED_KN * RCC_M_PER_NM / 60;
	struct rcc_near *near = calloc(max + 1, sizeof *near);
	ranking->room = ranking->of.place_count * max + 2 * (size_t)page->core->peer_count;
	ranking->row = calloc(ranking->room + 1, sizeof *ranking->row);
	if (near == NULL || ranking->row == NULL) {
		free(near);
		return false;
	}
	if (radius_m < rules->call_list_radius_m)
		radius_m = rules->call_list_radius_m;
	for (uint32_t i = 0; i < ranking->of.place_count && max > 0; i++)
		add_near(page, ranking, near,
		         rcc_picture_within(page->picture, ranking->of.place[i],
		                            radius_m < UINT32_MAX ? (uint32_t)radius_m : UINT32_MAX, near, max, NULL));
	free(near);
	add_called(page, ranking);
	add_unseen(page, ranking);
	drop_doubles(ranking);
	qsort(ranking->row, ranking->count, sizeof ranking->row[0], by_rank);
	return true;
}

/* ---- lines ---- */

static void
write_known(struct rcc_json *json, const char *key, uint32_t value)
{
	if (value != RCC_PROFILE_UNKNOWN)
		rcc_json_uint(json, key, value);
}

static void
write_identity(struct rcc_page *page, const struct rcc_incident *incident, const struct rcc_rank *rank)
{
	struct rcc_json *json = &page->json;
	const struct rcc_peer *peer = rcc_peer_find_mmsi(page->core, rank->mmsi);
	const struct rcc_vessel *vessel = rcc_picture_find(page->picture, rank->mmsi);
	const char *name = peer != NULL ? peer->name : vessel != NULL ? vessel->name : "";
	rcc_page_incident(page, incident);
	rcc_json_mmsi_if(json, "mmsi", rank->mmsi);
	rcc_json_text_if(json, "name", name);
	rcc_json_text_if(json, "callsign", vessel != NULL ? vessel->callsign : "");
	rcc_json_bool(json, "registered", peer != NULL);
	if (vessel != NULL)
		rcc_json_pos_if(json, vessel->pos);
	rcc_page_range(page, rank->range_m, rank->bearing_ddeg);
	if (rank->age_ms >= 0)
		rcc_json_int(json, "age_s", rank->age_ms / RCC_MS_PER_S);
}

static void
write_answer(struct rcc_page *page, const struct rcc_incident *incident, const struct rcc_rank *rank)
{
	struct rcc_json *json = &page->json;
	const struct rcc_answer_state *answer = rcc_answer_of(page->core, incident, rank->mmsi);
	if (answer == NULL)
		return;
	rcc_json_text(json, "answer", rcc_answer_word(answer->body.kind));
	if (answer->body.eta_min != RCC_ETA_UNKNOWN_MIN)
		rcc_json_uint(json, "answer_eta_min", answer->body.eta_min);
}

/* What she lacks for this case, and what she has not said that she has. */
static void
write_lacks(struct rcc_page *page, const struct rcc_incident *incident, const struct rcc_rank *rank)
{
	struct rcc_json *json = &page->json;
	const struct rcc_peer *peer = rcc_peer_find_mmsi(page->core, rank->mmsi);
	const struct rcc_profile *profile = peer == NULL ? NULL : rcc_profile_of(page->core, peer);
	struct rcc_shortfall lack[RCC_WANT_LAST];
	char text[RCC_SHORTFALL_SIZE];
	uint32_t count = rcc_rank_missing(page->core, incident, rank->mmsi, lack);
	rcc_json_list(json, "lacks");
	for (uint32_t i = 0; i < count; i++) {
		if (lack[i].have != RCC_PROFILE_UNKNOWN)
			rcc_json_list_text(json, rcc_shortfall_format(text, &lack[i]));
	}
	rcc_json_list_end(json);
	rcc_json_list(json, "not_told");
	for (uint32_t i = 0; i < count; i++) {
		if (lack[i].have == RCC_PROFILE_UNKNOWN)
			rcc_json_list_text(json, rcc_want_word(lack[i].want));
	}
	rcc_json_list_end(json);
	if (profile == NULL)
		return;
	rcc_json_time_if(json, "checked", profile->checked_at_ms);
	rcc_json_text_if(json, "missing", profile->missing);
}

static void
write_rank(struct rcc_page *page, const struct rcc_incident *incident, const struct rcc_rank *rank, size_t order)
{
	struct rcc_json *json = &page->json;
	rcc_json_uint(json, "order", order);
	write_identity(page, incident, rank);
	rcc_json_uint(json, "eta_min", rank->eta_min);
	rcc_json_fixed(json, "speed_kn", rank->speed_dkn, 1);
	rcc_json_text(json, "speed_is", rcc_speed_basis_word(rank->basis));
	rcc_json_text(json, "recovery", rcc_fit_word(rank->recovery));
	if (rank->freeboard_dm != RCC_PROFILE_UNKNOWN)
		rcc_json_fixed(json, "freeboard_m", rank->freeboard_dm, 1);
	write_known(json, "rescue_boats", rank->boats);
	write_known(json, "boat_sea", rank->boat_sea);
	rcc_json_text(json, "capacity", rcc_fit_word(rank->capacity));
	write_known(json, "places_free", rank->places);
	rcc_json_text(json, "medical", rcc_fit_word(rank->medical));
	write_known(json, "doctors", rank->doctors);
	write_known(json, "paramedics", rank->paramedics);
	rcc_json_text(json, "endurance", rcc_fit_word(rank->endurance));
	write_known(json, "fuel_h", rank->fuel_h);
	rcc_json_uint(json, "need_h", rank->need_h);
	write_known(json, "interpreters", rank->interpreters);
	write_known(json, "female_staff", rank->female_staff);
	write_answer(page, incident, rank);
	write_lacks(page, incident, rank);
}

static void
write_excluded(struct rcc_page *page, const struct rcc_incident *incident, const struct rcc_rank *rank)
{
	struct rcc_json *json = &page->json;
	write_identity(page, incident, rank);
	rcc_json_text(json, "why", rcc_rank_out_word(rank->out));
	if (rank->reason != RCC_REASON_NONE)
		rcc_json_text(json, "reason", rcc_reason_word(rank->reason));
}

/* What was asked of the ships. */
static void
write_case(struct rcc_page *page, const struct ranking *ranking)
{
	struct rcc_json *json = &page->json;
	size_t ranked = 0;
	while (ranked < ranking->count && ranking->row[ranked].out == RCC_RANK_IN)
		ranked++;
	rcc_page_incident(page, ranking->incident);
	rcc_json_uint_if(json, "persons", ranking->of.persons);
	write_known(json, "sea_state", ranking->of.sea_state);
	rcc_json_time_if(json, "scene_time", ranking->incident->reporting.scene.at_ms);
	rcc_json_uint(json, "places", ranking->of.place_count);
	rcc_json_uint(json, "ranked", ranked);
	rcc_json_uint(json, "excluded", ranking->count - ranked);
}

enum rcc_status
rcc_view_rank(struct rcc_page *page, const struct rcc_incident *incident)
{
	struct ranking ranking = {.of = rcc_rank_case_of(page->core, incident, page->facts->now_ms),
	                          .incident = incident};
	if (!collect(page, &ranking)) {
		free(ranking.row);
		return RCC_E_FULL;
	}
	if (rcc_page_row(page, "RANKING")) {
		write_case(page, &ranking);
		rcc_page_end(page);
	}
	for (size_t i = 0; i < ranking.count && page->next == 0; i++) {
		const struct rcc_rank *rank = &ranking.row[i];
		if (!rcc_page_row(page, rank->out == RCC_RANK_IN ? "RANK" : "EXCLUDED"))
			continue;
		if (rank->out == RCC_RANK_IN)
			write_rank(page, incident, rank, i + 1);
		else
			write_excluded(page, incident, rank);
		rcc_page_end(page);
	}
	free(ranking.row);
	return RCC_OK;
}
