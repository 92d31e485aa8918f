#include "view/view.h"

#include <assert.h>

#include "view/page.h"

/* The views of one incident. */
static enum rcc_status
fill_case(struct rcc_page *page)
{
	if (page->view->id == 0)
		return RCC_E_RANGE;
	const struct rcc_incident *incident =
	    rcc_incident_find(page->core, (struct rcc_incident_id){.v = page->view->id});
	if (incident == NULL || (page->facts->is_agency && !rcc_page_is_for_agency(incident)))
		return RCC_E_NOT_FOUND;
	if (page->view->what == RCC_VIEW_INCIDENT)
		return rcc_view_incident(page, incident);
	if (page->view->what == RCC_VIEW_RANK)
		return rcc_view_rank(page, incident);
	if (page->view->what == RCC_VIEW_TEXT)
		return rcc_view_text(page, incident);
	if (page->view->what == RCC_VIEW_PLACES)
		rcc_view_place_rows(page, incident);
	else if (page->view->what == RCC_VIEW_PERSONS)
		rcc_view_persons(page, incident);
	else if (page->view->what == RCC_VIEW_DUTIES)
		rcc_view_duties(page, incident);
	else if (page->view->what == RCC_VIEW_SITREPS)
		rcc_view_sitreps(page, incident);
	else if (page->view->what == RCC_VIEW_NOTES)
		rcc_view_notes(page, incident);
	else if (page->view->what == RCC_VIEW_CLOSING)
		rcc_view_closing(page, incident);
	else
		rcc_view_deliveries(page, incident);
	return RCC_OK;
}

static enum rcc_status
fill(struct rcc_page *page)
{
	switch (page->view->what) {
	case RCC_VIEW_STATUS:
		rcc_view_status(page);
		return RCC_OK;
	case RCC_VIEW_VESSELS:
		return rcc_view_vessels(page);
	case RCC_VIEW_ALERTS:
		rcc_view_alerts(page);
		return RCC_OK;
	case RCC_VIEW_INCIDENTS:
		rcc_view_incidents(page);
		return RCC_OK;
	case RCC_VIEW_INCIDENT:
	case RCC_VIEW_DELIVERIES:
	case RCC_VIEW_TEXT:
	case RCC_VIEW_SITREPS:
	case RCC_VIEW_CLOSING:
	case RCC_VIEW_RANK:
	case RCC_VIEW_PLACES:
		return fill_case(page);
	case RCC_VIEW_NOTES:
		if (page->view->id != 0)
			return fill_case(page);
		rcc_view_observations(page);
		return RCC_OK;
	case RCC_VIEW_PERSONS:
		if (page->view->id != 0)
			return fill_case(page);
		rcc_view_balances(page);
		return RCC_OK;
	case RCC_VIEW_CIRCULARS:
		return rcc_view_circulars(page);
	case RCC_VIEW_DUTIES:
		if (page->view->id != 0)
			return fill_case(page);
		rcc_view_late_duties(page);
		return RCC_OK;
	case RCC_VIEW_NEEDS:
		return rcc_view_needs(page);
	case RCC_VIEW_PEERS:
		rcc_view_peers(page);
		return RCC_OK;
	case RCC_VIEW_SUGGESTIONS:
		rcc_view_suggestions(page);
		return RCC_OK;
	case RCC_VIEW_PLANS:
		rcc_view_plans(page);
		return RCC_OK;
	case RCC_VIEW_HANDOVERS:
		rcc_view_handovers(page);
		return RCC_OK;
	case RCC_VIEW_REQUESTS:
		rcc_view_requests(page);
		return RCC_OK;
	case RCC_VIEW_FLOOD:
		return rcc_view_flood(page);
	case RCC_VIEW_PARITY:
		rcc_view_parity(page);
		return RCC_OK;
	case RCC_VIEW_PROFILE:
		return rcc_view_profile(page);
	}
	return RCC_E_UNSUPPORTED;
}

enum rcc_status
rcc_view_fill(const struct rcc_view *view, const struct rcc_core *core, const struct rcc_picture *picture,
              const struct rcc_view_facts *facts, struct rcc_view_rows *ret_rows)
{
	struct rcc_page page = {.view = view, .core = core, .picture = picture, .facts = facts};
	rcc_json_init(&page.json, ret_rows->bytes, sizeof ret_rows->bytes);
	enum rcc_status status = fill(&page);
	if (status != RCC_OK)
		return status;
	/* A page that is not the last has a line on it, or the reader would ask for the same row for ever. */
	assert(page.next == 0 || page.lines > 0);
	ret_rows->next = page.next;
	ret_rows->len = (uint32_t)page.json.len;
	return RCC_OK;
}
