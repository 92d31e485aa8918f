#include "rcc/text.h"
#include "view/page.h"

static void
write_suggestion(struct rcc_page *page, const struct rcc_alert_state *alert, const struct rcc_suggestion *suggestion,
                 const struct rcc_incident *incident)
{
	struct rcc_json *json = &page->json;
	const struct rcc_incident *own = rcc_incident_find(page->core, alert->incident);
	rcc_json_uint(json, "alert", alert->id.v);
	rcc_page_incident(page, incident);
	rcc_json_text(json, "why", rcc_join_word(suggestion->why));
	rcc_json_text(json, "reason", rcc_join_text(suggestion->why));
	rcc_json_uint(json, "score", suggestion->score);
	rcc_json_text(json, "source", rcc_source_word(alert->body.source));
	rcc_json_text(json, "lane", rcc_lane_word(alert->lane));
	rcc_json_mmsi_if(json, "mmsi", alert->body.casualty);
	rcc_json_text_if(json, "name", alert->body.name);
	if (own != NULL) {
		rcc_json_open(json, "stands_in");
		rcc_page_incident(page, own);
		rcc_json_close(json);
	}
}

void
rcc_view_suggestions(struct rcc_page *page)
{
	for (uint32_t i = 0; i < page->core->alert_top && page->next == 0; i++) {
		const struct rcc_alert_state *alert = &page->core->alert[i];
		if (alert->id.v == 0 || alert->lane == RCC_LANE_DISMISSED)
			continue;
		for (uint32_t n = 0; n < alert->suggestion_count; n++) {
			const struct rcc_incident *incident =
			    rcc_incident_find(page->core, alert->suggestion[n].incident);
			if (incident != NULL && incident->status != RCC_INCIDENT_CLOSED &&
			    rcc_page_row(page, "SUGGESTION")) {
				write_suggestion(page, alert, &alert->suggestion[n], incident);
				rcc_page_end(page);
			}
		}
	}
}

static void
write_plan(struct rcc_page *page, const struct rcc_plan_state *plan)
{
	struct rcc_json *json = &page->json;
	rcc_json_uint(json, "id", plan->id.v);
	rcc_json_mmsi_if(json, "mmsi", plan->body.mmsi);
	rcc_json_text_if(json, "name", plan->body.name);
	rcc_json_text_if(json, "by", rcc_page_peer_name(page, plan->by, ""));
	rcc_json_time_if(json, "filed", plan->filed_at_ms);
	rcc_json_time_if(json, "heard", plan->heard_at_ms);
	rcc_json_time_if(json, "due", plan->due_at_ms);
	rcc_json_time_if(json, "eta", plan->body.eta_at_ms);
	rcc_json_uint_if(json, "interval_min", plan->body.interval_min);
	rcc_json_bool(json, "overdue", plan->is_overdue);
	rcc_json_uint_if(json, "persons", plan->body.persons);
	rcc_json_pos_if(json, plan->body.pos);
	rcc_json_text_if(json, "text", plan->body.text);
}

void
rcc_view_plans(struct rcc_page *page)
{
	for (uint32_t i = 0; i < page->core->plan_top && page->next == 0; i++) {
		if (page->core->plan[i].id.v != 0 && rcc_page_row(page, "PLAN")) {
			write_plan(page, &page->core->plan[i]);
			rcc_page_end(page);
		}
	}
}
