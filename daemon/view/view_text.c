#include <stdlib.h>
#include <string.h>

#include "core/report.h"
#include "rcc/text.h"
#include "render/render.h"
#include "view/page.h"

/* The record and its text: together some 400 kB, for the time of one view. */
struct sheet {
	struct rcc_bulletin bulletin;
	char text[RCC_RENDER_SIZE];
};
_Static_assert(RCC_RENDER_SIZE >= RCC_REPORT_SIZE, "a report fits where a bulletin does");

/* Where the ships are now, as far as the picture knows. */
static void
place_ships(const struct rcc_page *page, struct rcc_bulletin *bulletin)
{
	for (uint32_t i = 0; i < bulletin->ship_count; i++) {
		struct rcc_bulletin_ship *ship = &bulletin->ship[i];
		const struct rcc_vessel *vessel = rcc_picture_find(page->picture, ship->mmsi);
		const struct rcc_peer *peer = rcc_peer_find_mmsi(page->core, ship->mmsi);
		/* This may be handed on: who has said no to that (s003 par. 23) is on the list, and not on the chart. */
		bool is_withheld =
		    peer != NULL && rcc_profile_of(page->core, peer)->values.v[RCC_PROFILE_SHARE_POSITION] == 0;
		if (vessel == NULL || vessel->seen_at_ms == 0 || is_withheld)
			continue;
		ship->pos = vessel->pos;
		ship->pos_at_ms = vessel->seen_at_ms;
	}
}

static enum rcc_status
render(const struct rcc_page *page, const struct rcc_incident *incident, struct sheet *sheet)
{
	enum rcc_status status = rcc_bulletin_fill(page->core, incident, page->facts->now_ms, &sheet->bulletin);
	if (status != RCC_OK)
		return status;
	place_ships(page, &sheet->bulletin);
	if (page->view->form == RCC_FORM_VOICE)
		return rcc_render_voice(&sheet->bulletin, sheet->text, sizeof sheet->text);
	if (page->view->form == RCC_FORM_NAVTEX)
		return rcc_render_navtex(&sheet->bulletin, (char)page->view->station, sheet->text, sizeof sheet->text);
	if (page->view->form == RCC_FORM_CAP)
		return rcc_render_cap(&sheet->bulletin, sheet->text, sizeof sheet->text);
	if (page->view->form == RCC_FORM_COT)
		return rcc_render_cot(&sheet->bulletin, sheet->text, sizeof sheet->text);
	return rcc_render_geojson(&sheet->bulletin, sheet->text, sizeof sheet->text);
}

/* As the next one would go out: nothing is recorded, no number is used. */
static enum rcc_status
draft_sitrep(const struct rcc_page *page, const struct rcc_incident *incident, struct sheet *sheet)
{
	struct rcc_sitrep order = {.incident = incident->id, .is_full = page->view->form == RCC_FORM_SITREP_FULL};
	size_t len = rcc_report_sitrep(page->core, incident, &order, incident->reporting.sitreps + 1,
	                               page->facts->now_ms, sheet->text, sizeof sheet->text);
	return len < sizeof sheet->text ? RCC_OK : RCC_E_FULL;
}

static enum rcc_status
last_sitrep(const struct rcc_incident *incident, struct sheet *sheet)
{
	const struct rcc_reporting *reporting = &incident->reporting;
	if (reporting->sitreps == 0)
		return RCC_E_NOT_FOUND;
	memcpy(sheet->text, reporting->report, reporting->report_len);
	sheet->text[reporting->report_len] = '\0';
	return RCC_OK;
}

static enum rcc_status
write_form(const struct rcc_page *page, const struct rcc_incident *incident, struct sheet *sheet)
{
	size_t len;
	switch (page->view->form) {
	case RCC_FORM_VOICE:
	case RCC_FORM_NAVTEX:
	case RCC_FORM_CAP:
	case RCC_FORM_COT:
	case RCC_FORM_GEOJSON:
		return render(page, incident, sheet);
	case RCC_FORM_SITREP:
	case RCC_FORM_SITREP_FULL:
		return draft_sitrep(page, incident, sheet);
	case RCC_FORM_SITREP_LAST:
		return last_sitrep(incident, sheet);
	case RCC_FORM_SEARCH_ACTION:
		len = rcc_report_search_action(page->core, incident, page->facts->now_ms, sheet->text,
		                               sizeof sheet->text);
		return len < sizeof sheet->text ? RCC_OK : RCC_E_FULL;
	case RCC_FORM_AFTER_ACTION:
		len =
		    rcc_report_after_action(page->core, incident, page->facts->now_ms, sheet->text, sizeof sheet->text);
		return len < sizeof sheet->text ? RCC_OK : RCC_E_FULL;
	}
	return RCC_E_RANGE;
}

static void
write_lines(struct rcc_page *page, const char *text)
{
	while (*text != '\0' && page->next == 0) {
		size_t len = strcspn(text, "\n");
		if (rcc_page_row(page, "TEXT")) {
			rcc_json_text_n(&page->json, "line", (const uint8_t *)text, len);
			rcc_page_end(page);
		}
		text += len + (text[len] == '\n' ? 1 : 0);
	}
}

enum rcc_status
rcc_view_text(struct rcc_page *page, const struct rcc_incident *incident)
{
	struct sheet *sheet = malloc(sizeof *sheet);
	if (sheet == NULL)
		return RCC_E_FULL;
	enum rcc_status status = write_form(page, incident, sheet);
	if (status == RCC_OK)
		write_lines(page, sheet->text);
	free(sheet);
	return status;
}

void
rcc_view_sitreps(struct rcc_page *page, const struct rcc_incident *incident)
{
	const struct rcc_reporting *reporting = &incident->reporting;
	uint32_t first = reporting->sitreps > RCC_SITREPS_MAX ? reporting->sitreps - RCC_SITREPS_MAX + 1 : 1;
	for (uint32_t number = first; number <= reporting->sitreps; number++) {
		const struct rcc_sitrep_line *line = &reporting->sitrep[number % RCC_SITREPS_MAX];
		if (!rcc_page_row(page, "SITREP"))
			continue;
		rcc_page_incident(page, incident);
		rcc_json_uint(&page->json, "number", line->number);
		rcc_json_uint(&page->json, "seq", line->seq);
		rcc_json_time_if(&page->json, "issued", line->at_ms);
		rcc_json_bool(&page->json, "full", line->is_full);
		rcc_json_bool(&page->json, "final", line->is_final);
		rcc_json_text_if(&page->json, "to", line->to);
		rcc_page_end(page);
	}
}
