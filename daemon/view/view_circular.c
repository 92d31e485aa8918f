/* What ships were told that is of no case: each bulletin and conduct card; of one, the line of each ship. */
#include "core/circular.h"
#include "rcc/text.h"
#include "view/page.h"

static void
write_circular(struct rcc_page *page, const struct rcc_broadcast *circular)
{
	struct rcc_json *json = &page->json;
	uint32_t stored = 0;
	uint32_t read = 0;

	for (const struct rcc_delivery *row = rcc_delivery_at(page->core, circular->newest_delivery); row != NULL;
	     row = rcc_delivery_at(page->core, row->of_broadcast)) {
		stored += row->stored_at_ms != 0;
		read += row->read_at_ms != 0;
	}
	rcc_json_uint(json, "id", circular->id.v);
	rcc_json_text(json, "kind", rcc_broadcast_word(circular->kind));
	rcc_json_uint(json, "revision", circular->revision);
	rcc_json_time(json, "issued", circular->issued_at_ms);
	rcc_json_text_if(json, "by", rcc_page_peer_name(page, circular->by, ""));
	rcc_json_time_if(json, "expires", circular->expires_at_ms);
	rcc_json_bool(json, "current", rcc_circular_is_current(page->core, circular, page->facts->now_ms));
	rcc_json_uint(json, "recipients", circular->recipients);
	rcc_json_uint(json, "stored", stored);
	rcc_json_uint(json, "read", read);
	rcc_json_text(json, "text", circular->text);
}

static void
write_line(struct rcc_page *page, const struct rcc_broadcast *circular, const struct rcc_delivery *row)
{
	struct rcc_json *json = &page->json;
	const struct rcc_peer *peer = rcc_peer_find(page->core, row->peer);

	rcc_json_uint(json, "broadcast", circular->id.v);
	rcc_json_uint(json, "number", row->number);
	rcc_json_text(json, "ship", peer->name);
	rcc_json_mmsi_if(json, "mmsi", peer->mmsi);
	rcc_json_text(json, "state", rcc_delivery_word(row->state));
	rcc_json_time_if(json, "sent", row->sent_at_ms);
	rcc_json_time_if(json, "stored", row->stored_at_ms);
	rcc_json_time_if(json, "read", row->read_at_ms);
	rcc_json_text_if(json, "read_by", row->read_by);
}

enum rcc_status
rcc_view_circulars(struct rcc_page *page)
{
	const struct rcc_broadcast *row = rcc_broadcast_at(page->core, page->core->newest_circular);
	bool is_found = page->view->id == 0;

	for (; row != NULL && page->next == 0; row = rcc_broadcast_at(page->core, row->previous)) {
		if (page->view->id != 0 && row->id.v != page->view->id)
			continue;
		is_found = true;
		if (rcc_page_row(page, "CIRCULAR")) {
			write_circular(page, row);
			rcc_page_end(page);
		}
		const struct rcc_delivery *line =
		    page->view->id == 0 ? NULL : rcc_delivery_at(page->core, row->newest_delivery);
		for (; line != NULL && page->next == 0; line = rcc_delivery_at(page->core, line->of_broadcast)) {
			if (rcc_page_row(page, "CIRCULAR_LINE")) {
				write_line(page, row, line);
				rcc_page_end(page);
			}
		}
	}
	return is_found ? RCC_OK : RCC_E_NOT_FOUND;
}
