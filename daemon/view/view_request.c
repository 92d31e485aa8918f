/* Places of safety asked of other centres and by them: what was told, what was answered, and where that stands in which record. */
#include <stdio.h>

#include "core/request.h"
#include "rcc/text.h"
#include "rcc/work_text.h"
#include "view/page.h"

#define HEX_SIZE (2 * RCC_MSG_ID_SIZE + 1)
#define NUMBER_SIZE 24

/* The case as the one who asks numbers it. */
static void
write_case(struct rcc_page *page, const struct rcc_request_state *row)
{
	char number[NUMBER_SIZE];

	(void)snprintf(number, sizeof number, "%04u-%04u", row->asked.year, row->asked.number);
	if (row->is_incoming) {
		rcc_json_text(&page->json, "their_incident", number);
		return;
	}
	rcc_json_text(&page->json, "incident", number);
	rcc_json_uint(&page->json, "incident_id", row->asked.incident.v);
	rcc_json_uint(&page->json, "place_id", row->place.v);
}

/* The ship with the survivors, where she was, and how far that is. */
static void
write_ship(struct rcc_page *page, const struct rcc_place_request *asked)
{
	struct rcc_json *json = &page->json;

	rcc_json_mmsi_if(json, "mmsi", asked->ship);
	rcc_json_text_if(json, "ship", asked->ship_name);
	if (rcc_pos_is_known(asked->ship_pos)) {
		rcc_json_open(json, "ship_at");
		rcc_json_pos_if(json, asked->ship_pos);
		rcc_json_time_if(json, "time", asked->ship_at_ms);
		rcc_json_close(json);
	}
	if (asked->range_m != 0)
		rcc_page_range(page, asked->range_m, RCC_BEARING_UNKNOWN_DDEG);
	rcc_json_uint_if(json, "eta_min", asked->eta_min);
}

static void
write_asked(struct rcc_page *page, const struct rcc_request_state *row)
{
	const struct rcc_place_request *asked = &row->asked;
	struct rcc_json *json = &page->json;

	rcc_json_text(json, "place", asked->place);
	rcc_json_pos_if(json, asked->pos);
	write_ship(page, asked);
	rcc_page_counts(page, &asked->aboard);
	rcc_json_text_if(json, "needs", asked->needs);
	rcc_json_text_if(json, "asked_by", asked->officer);
	rcc_json_text_if(json, "text", asked->text);
}

/* What was answered last, here or there. */
static void
write_answer(struct rcc_page *page, const struct rcc_request_state *row)
{
	struct rcc_json *json = &page->json;

	rcc_json_uint_if(json, "answers", row->turns);
	if (rcc_pos_is_known(row->pos)) {
		rcc_json_open(json, "offered_at");
		rcc_json_pos_if(json, row->pos);
		rcc_json_close(json);
	}
	if (row->said != 0) {
		rcc_json_text(json, "said", rcc_request_word(row->said));
		rcc_json_time_if(json, "said_at", row->said_at_ms);
		rcc_json_bool(json, "stored", row->is_stored && row->said_refusal == 0);
		rcc_json_text_if(json, "officer", row->said_officer);
		rcc_json_text_if(json, "reason", row->said == RCC_REQUEST_ASK ? "" : row->said_text);
	}
	if (row->said_refusal != 0)
		rcc_json_text(json, "refused_with", rcc_refusal_word(row->said_refusal));
	if (row->heard == 0)
		return;
	rcc_json_text(json, "heard", rcc_request_word(row->heard));
	rcc_json_text_if(json, "their_officer", row->heard_officer);
	rcc_json_text_if(json, "their_reason", row->heard == RCC_REQUEST_ASK ? "" : row->heard_text);
	rcc_json_uint(json, "their_entry", row->heard_record.seq);
}

static void
write_request(struct rcc_page *page, const struct rcc_request_state *row)
{
	struct rcc_json *json = &page->json;
	char hex[HEX_SIZE];

	rcc_json_uint(json, "id", row->id.v);
	rcc_json_text(json, "request", rcc_hex_format(hex, row->asked.request.b, RCC_MSG_ID_SIZE));
	rcc_json_text(json, "direction", row->is_incoming ? "in" : "out");
	rcc_json_text(json, "centre", rcc_page_peer_name(page, row->peer, "?"));
	rcc_json_text(json, "mode", rcc_class_word(row->class));
	write_case(page, row);
	rcc_json_text(json, "stage", rcc_request_stage_word(row->stage));
	rcc_json_bool(json, "overdue", row->is_late && row->stage == RCC_REQUEST_ASKED);
	rcc_json_time_if(json, "asked", row->asked_at_ms);
	rcc_json_time_if(json, "since", row->changed_at_ms);
	write_asked(page, row);
	write_answer(page, row);
}

void
rcc_view_requests(struct rcc_page *page)
{
	uint32_t below = UINT32_MAX;

	for (;;) {
		const struct rcc_request_state *next = NULL;
		for (uint32_t i = 0; i < RCC_REQUESTS_MAX; i++) {
			const struct rcc_request_state *row = &page->core->request[i];
			if (row->id.v != 0 && row->id.v < below && (next == NULL || row->id.v > next->id.v))
				next = row;
		}
		if (next == NULL || page->next != 0)
			return;
		below = next->id.v;
		if (rcc_page_row(page, "REQUEST")) {
			write_request(page, next);
			rcc_page_end(page);
		}
	}
}
