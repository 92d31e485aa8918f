/*
 * page.h - one page of a view being filled; shared by the files of this folder.
 *
 * A view that is not a table in memory (alerts of an incident, then its broadcasts, ...) counts its rows in a fixed order;
 * `from` skips what the pages before have shown. Between two pages the world goes on: a list that was read in several
 * pages may show a row twice or miss one, a page by itself is one moment.
 */
#ifndef RCC_VIEW_PAGE_H
#define RCC_VIEW_PAGE_H

#include "core/state.h"
#include "picture/picture.h"
#include "view/json.h"
#include "view/view.h"

struct rcc_page {
	struct rcc_json json;
	const struct rcc_view *view;
	const struct rcc_core *core;
	const struct rcc_picture *picture;
	const struct rcc_view_facts *facts;
	uint32_t row;   /* rows offered so far, shown or skipped */
	uint32_t lines; /* lines on this page */
	uint32_t next;  /* row that did not fit; 0 = all did */
};

/* Offers the next row: true if its members must be written now, followed by rcc_page_end(). */
bool rcc_page_row(struct rcc_page *page, const char *class_name);
void rcc_page_end(struct rcc_page *page);

/* Members that several classes share. */
void rcc_page_incident(struct rcc_page *page, const struct rcc_incident *incident);
void rcc_page_range(struct rcc_page *page, uint32_t range_m, uint32_t bearing_ddeg);
void rcc_page_seen(struct rcc_page *page, int64_t seen_at_ms);
/* Places that are held open, never averaged; absent if there is one. */
void rcc_page_places(struct rcc_page *page, const struct rcc_candidate *candidate, uint32_t count);
/* "doubts": why the place may be wrong, in words; absent if there are none. */
void rcc_page_doubts(struct rcc_page *page, uint32_t doubts);
/* On its way to another centre, or from one; absent if it never was. */
void rcc_page_handover(struct rcc_page *page, const struct rcc_incident *incident);
/* Name of an enrolled key, `nobody` for peer 0. */
const char *rcc_page_peer_name(const struct rcc_page *page, struct rcc_peer_id peer, const char *nobody);

/* One per view; errors before the first line only. */
void rcc_view_status(struct rcc_page *page);
RCC_MUST_USE enum rcc_status rcc_view_vessels(struct rcc_page *page);
void rcc_view_alerts(struct rcc_page *page);
void rcc_view_incidents(struct rcc_page *page);
RCC_MUST_USE enum rcc_status rcc_view_incident(struct rcc_page *page, const struct rcc_incident *incident);
void rcc_view_deliveries(struct rcc_page *page, const struct rcc_incident *incident);
/* Places of safety, then the deviation of each ship, then the sum of the case. */
void rcc_view_place_rows(struct rcc_page *page, const struct rcc_incident *incident);
void rcc_view_peers(struct rcc_page *page);
void rcc_view_suggestions(struct rcc_page *page);
void rcc_view_plans(struct rcc_page *page);
/* The duty ledger: each duty, then each ship that owes or owed one. */
void rcc_view_duties(struct rcc_page *page, const struct rcc_incident *incident);
/* Of every case that is open: each duty whose clock has run out. */
void rcc_view_late_duties(struct rcc_page *page);
/* What stands in the way of closing it as rescued; no line if nothing does. */
void rcc_view_closing(struct rcc_page *page, const struct rcc_incident *incident);
/*
 * Members that tell where a ship steers now, and whether she turned after she was told (0 = she was not): to where the first
 * message to her said, to any of its places; NULL = to where the case is now.
 */
void rcc_page_course(struct rcc_page *page, const struct rcc_incident *incident, struct rcc_mmsi ship,
                     int64_t told_at_ms, const struct rcc_broadcast *first);
/* Is another key of the centre announced? */
bool rcc_page_has_next_key(const struct rcc_page *page);
/* May whoever prepares to receive survivors hear of it? Open live cases, and none of ship security. */
bool rcc_page_is_for_agency(const struct rcc_incident *incident);
/* Its diary, oldest first. */
void rcc_view_notes(struct rcc_page *page, const struct rcc_incident *incident);
void rcc_view_observations(struct rcc_page *page);
void rcc_view_balances(struct rcc_page *page);
enum rcc_status rcc_view_circulars(struct rcc_page *page);
void rcc_view_persons(struct rcc_page *page, const struct rcc_incident *incident);
/* Of one incident, or every one that is open; RCC_E_NOT_FOUND for an incident that does not exist. */
RCC_MUST_USE enum rcc_status rcc_view_needs(struct rcc_page *page);
void rcc_view_handovers(struct rcc_page *page);
/* Places of safety asked of other centres and by them, newest first. */
void rcc_view_requests(struct rcc_page *page);
/* How many persons, by group; counts alone. */
void rcc_page_counts(struct rcc_page *page, const struct rcc_persons *persons);
/* Every alert of one sender's flood; RCC_E_NOT_FOUND for a peer that does not exist. */
RCC_MUST_USE enum rcc_status rcc_view_flood(struct rcc_page *page);

/* Which ships could help; who is left out, and why. RCC_E_FULL if memory is short. */
RCC_MUST_USE enum rcc_status rcc_view_rank(struct rcc_page *page, const struct rcc_incident *incident);
/* Are ships told alike? Measured now. */
void rcc_view_parity(struct rcc_page *page);
/* What ships declare; RCC_E_NOT_FOUND for one that is not registered. */
RCC_MUST_USE enum rcc_status rcc_view_profile(struct rcc_page *page);
/* One record of an incident in the form that the view names; RCC_E_AGAIN for a form that waits for a position. */
RCC_MUST_USE enum rcc_status rcc_view_text(struct rcc_page *page, const struct rcc_incident *incident);
void rcc_view_sitreps(struct rcc_page *page, const struct rcc_incident *incident);

/* Parts of the view of one incident. */
void rcc_view_alert_row(struct rcc_page *page, const struct rcc_alert_state *alert);
RCC_MUST_USE enum rcc_status rcc_view_calls(struct rcc_page *page, const struct rcc_incident *incident);

#endif
