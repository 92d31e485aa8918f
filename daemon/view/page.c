#include "view/page.h"

#include <stdio.h>

#include "rcc/text.h"
#include "rcc/units.h"

/* "YYYY-NNNN" for any two 32-bit numbers. */
#define INCIDENT_TEXT_SIZE 24

bool
rcc_page_row(struct rcc_page *page, const char *class_name)
{
	uint32_t row = page->row++;
	if (row < page->view->from || page->next != 0)
		return false;
	if (page->lines == RCC_VIEW_LINES_MAX) {
		page->next = row;
		return false;
	}
	rcc_json_begin(&page->json, class_name);
	return true;
}

void
rcc_page_end(struct rcc_page *page)
{
	if (rcc_json_end(&page->json))
		page->lines++;
	else
		page->next = page->row - 1;
}

void
rcc_page_incident(struct rcc_page *page, const struct rcc_incident *incident)
{
	char text[INCIDENT_TEXT_SIZE];
	snprintf(text, sizeof text, "%04u-%04u", incident->year, incident->number);
	rcc_json_text(&page->json, "incident", text);
	rcc_json_uint(&page->json, "incident_id", incident->id.v);
}

void
rcc_page_range(struct rcc_page *page, uint32_t range_m, uint32_t bearing_ddeg)
{
	if (range_m != RCC_RANGE_UNKNOWN_M) {
		int64_t range_cnm = ((int64_t)range_m * 100 + RCC_M_PER_NM / 2) / RCC_M_PER_NM;
		rcc_json_fixed(&page->json, "range_nm", range_cnm, 2);
	}
	if (bearing_ddeg != RCC_BEARING_UNKNOWN_DDEG)
		rcc_json_fixed(&page->json, "bearing_deg", bearing_ddeg, 1);
}

void
rcc_page_seen(struct rcc_page *page, int64_t seen_at_ms)
{
	if (seen_at_ms == 0)
		return;
	/* Never negative: arrival times are the daemon's own clock, but a track read back at start may be ahead of it. */
	int64_t age_ms = page->facts->now_ms > seen_at_ms ? page->facts->now_ms - seen_at_ms : 0;
	rcc_json_time(&page->json, "seen", seen_at_ms);
	rcc_json_int(&page->json, "age_s", age_ms / RCC_MS_PER_S);
}

const char *
rcc_page_peer_name(const struct rcc_page *page, struct rcc_peer_id peer, const char *nobody)
{
	const struct rcc_peer *found = peer.v == 0 ? NULL : rcc_peer_find(page->core, peer);
	return found == NULL ? nobody : found->name;
}

void
rcc_page_doubts(struct rcc_page *page, uint32_t doubts)
{
	if (doubts == 0)
		return;
	rcc_json_list(&page->json, "doubts");
	for (uint32_t mark = 1; mark <= RCC_ALERT_MARKS_ALL; mark <<= 1) {
		if ((doubts & mark) != 0)
			rcc_json_list_text(&page->json, rcc_mark_text(mark));
	}
	rcc_json_list_end(&page->json);
}

void
rcc_page_places(struct rcc_page *page, const struct rcc_candidate *candidate, uint32_t count)
{
	if (count == 0)
		return;
	rcc_json_list(&page->json, "places");
	for (uint32_t i = 0; i < count; i++) {
		rcc_json_item(&page->json);
		rcc_json_pos_if(&page->json, candidate[i].pos);
		rcc_json_uint_if(&page->json, "percent", candidate[i].percent);
		rcc_json_close(&page->json);
	}
	rcc_json_list_end(&page->json);
}
