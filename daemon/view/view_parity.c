#include "core/parity.h"
#include "rcc/text.h"
#include "rcc/units.h"
#include "view/page.h"

/* Is the alarm open, what was measured, and what it takes to open it. */
static void
write_state(struct rcc_page *page, const struct rcc_parity *now)
{
	struct rcc_json *json = &page->json;
	const struct rcc_parity_state *state = &page->core->parity;
	const struct rcc_rules *rules = &page->core->run.rules;
	rcc_json_bool(json, "compared", rcc_parity_is_comparable(page->core));
	if (rcc_parity_is_comparable(page->core) || now->parted != 0)
		rcc_json_bool(json, "told_alike", now->parted == 0);
	if ((now->parted & RCC_PARTED_RATE) != 0)
		rcc_json_bool(json, "rates_differ", true);
	if ((now->parted & RCC_PARTED_LATENCY) != 0)
		rcc_json_bool(json, "latencies_differ", true);
	rcc_json_time_if(json, "alarm_since", state->parted_at_ms);
	rcc_json_time_if(json, "recorded", state->measured_at_ms);
	rcc_json_uint(json, "pending", now->pending);
	rcc_json_uint(json, "least_ships", rules->parity_ships);
	rcc_json_uint(json, "points", rules->parity_points);
	rcc_json_uint(json, "times", rules->parity_times);
	rcc_json_fixed(json, "apart_s", rules->parity_apart_ms, 3);
	if (rules->parity_window_ms != 0)
		rcc_json_fixed(json, "window_s", rules->parity_window_ms, 3);
}

static void
write_row(struct rcc_page *page, const struct rcc_parity_row *row)
{
	struct rcc_json *json = &page->json;
	rcc_json_text(json, "owner", rcc_owner_word(row->owner));
	rcc_json_uint(json, "ships", row->ships);
	rcc_json_uint(json, "lines", row->lines);
	rcc_json_uint(json, "sent", row->sent);
	rcc_json_uint(json, "stored", row->stored);
	rcc_json_uint(json, "read", row->read);
	rcc_json_uint(json, "answered", row->answered);
	rcc_json_fixed(json, "stored_percent", (int64_t)row->stored * 1000 / row->lines, 1);
	rcc_json_fixed(json, "read_percent", (int64_t)row->read * 1000 / row->lines, 1);
	rcc_json_fixed(json, "answered_percent", (int64_t)row->answered * 1000 / row->lines, 1);
	if (row->stored == 0)
		return;
	rcc_json_uint(json, "median_ms", row->median_ms);
	rcc_json_uint(json, "p95_ms", row->p95_ms);
}

void
rcc_view_parity(struct rcc_page *page)
{
	struct rcc_parity now;
	rcc_parity_measure(page->core, page->facts->now_ms, &now);
	if (rcc_page_row(page, "PARITY_STATE")) {
		write_state(page, &now);
		rcc_page_end(page);
	}
	for (uint32_t i = 0; i < now.count; i++) {
		if (rcc_page_row(page, "PARITY")) {
			write_row(page, &now.row[i]);
			rcc_page_end(page);
		}
	}
}
