#include "rcc/text.h"
#include "view/page.h"

/* The latest answer of each ship to one incident, by the ship's slot; slot + 1 of the answer, 0 = none. */
struct answers {
	uint32_t slot1[RCC_PEERS_MAX];
};

static void
answers_init(struct answers *answers, const struct rcc_core *core, const struct rcc_incident *incident)
{
	uint32_t slot1 = incident->newest_answer;
	*answers = (struct answers){.slot1 = {0}};
	while (slot1 != 0) {
		const struct rcc_answer_state *answer = rcc_answer_at(core, slot1);
		if (answer->peer.v != 0)
			answers->slot1[answer->peer.v - 1] = slot1;
		slot1 = answer->previous;
	}
}

static void
write_latency(struct rcc_json *json, const char *key, int64_t queued_at_ms, int64_t at_ms)
{
	if (at_ms != 0)
		rcc_json_int(json, key, at_ms - queued_at_ms);
}

/* Each acknowledgement by itself, with our clock and the ship's; none implies the next. */
static void
write_times(struct rcc_json *json, const struct rcc_delivery *row)
{
	rcc_json_time_if(json, "queued", row->queued_at_ms);
	rcc_json_time_if(json, "sent", row->sent_at_ms);
	rcc_json_time_if(json, "stored", row->stored_at_ms);
	rcc_json_time_if(json, "read", row->read_at_ms);
	rcc_json_time_if(json, "answered", row->answered_at_ms);
	write_latency(json, "ms_to_sent", row->queued_at_ms, row->sent_at_ms);
	write_latency(json, "ms_to_stored", row->queued_at_ms, row->stored_at_ms);
	write_latency(json, "ms_to_read", row->queued_at_ms, row->read_at_ms);
	write_latency(json, "ms_to_answered", row->queued_at_ms, row->answered_at_ms);
	rcc_json_time_if(json, "stored_claimed", row->stored_claimed_at_ms);
	rcc_json_time_if(json, "read_claimed", row->read_claimed_at_ms);
	rcc_json_text_if(json, "read_by", row->read_by);
	if (row->answered_with != 0)
		rcc_json_text(json, "answered_with", rcc_answer_word(row->answered_with));
}

static void
write_answer(struct rcc_json *json, const struct rcc_answer_state *answer)
{
	const struct rcc_answer *body = &answer->body;
	rcc_json_text(json, "answer", rcc_answer_word(body->kind));
	if (body->reason != RCC_REASON_NONE)
		rcc_json_text(json, "reason", rcc_reason_word(body->reason));
	if (body->eta_min != RCC_ETA_UNKNOWN_MIN)
		rcc_json_uint(json, "answer_eta_min", body->eta_min);
	rcc_json_text_if(json, "answer_by", body->by);
	rcc_json_text_if(json, "answer_text", body->text);
	rcc_json_uint_if(json, "answer_number", body->number);
	rcc_json_time_if(json, "answer_time", answer->at_ms);
}

static void
write_ship(struct rcc_page *page, const struct rcc_delivery *row)
{
	struct rcc_json *json = &page->json;
	const struct rcc_view_facts *facts = page->facts;
	const struct rcc_peer *peer = rcc_peer_find(page->core, row->peer);
	int64_t heard_at_ms = 0;
	rcc_json_uint(json, "number", row->number);
	if (peer == NULL)
		return;
	rcc_json_text(json, "ship", peer->name);
	rcc_json_mmsi_if(json, "mmsi", peer->mmsi);
	if (peer->owner != RCC_OWNER_NOT_STATED)
		rcc_json_text(json, "owner", rcc_owner_word(peer->owner));
	if (facts->is_connected != NULL)
		rcc_json_bool(json, "connected", facts->is_connected(facts->context, &peer->key, &heard_at_ms));
}

static void
write_delivery(struct rcc_page *page, const struct rcc_incident *incident, const struct rcc_broadcast *broadcast,
               const struct rcc_delivery *row, const struct rcc_answer_state *answer)
{
	struct rcc_json *json = &page->json;
	rcc_page_incident(page, incident);
	rcc_json_uint(json, "broadcast", broadcast->id.v);
	rcc_json_uint(json, "revision", broadcast->revision);
	rcc_json_text(json, "kind", rcc_broadcast_word(broadcast->kind));
	write_ship(page, row);
	rcc_json_text(json, "state", rcc_delivery_word(row->state));
	rcc_json_bool(json, "called_on", row->is_called_on);
	rcc_page_range(page, row->range_m, row->bearing_ddeg);
	if (row->eta_min != RCC_ETA_UNKNOWN_MIN)
		rcc_json_uint(json, "eta_min", row->eta_min);
	write_times(json, row);
	if (answer != NULL)
		write_answer(json, answer);
	if (row->is_flagged)
		rcc_json_bool(json, "flagged", true);
	if (row->state == RCC_DELIVERY_UNREACHABLE)
		rcc_json_bool(json, "use_other_channel", true);
}

static void
fill_broadcast(struct rcc_page *page, const struct rcc_incident *incident, const struct rcc_broadcast *broadcast,
               const struct answers *answers)
{
	const struct rcc_delivery *row = rcc_delivery_at(page->core, broadcast->newest_delivery);
	while (row != NULL && page->next == 0) {
		if (rcc_page_row(page, "DELIVERY")) {
			const struct rcc_answer_state *answer =
			    rcc_answer_at(page->core, answers->slot1[row->peer.v - 1]);
			write_delivery(page, incident, broadcast, row, answer);
			rcc_page_end(page);
		}
		row = rcc_delivery_at(page->core, row->of_broadcast);
	}
}

void
rcc_view_deliveries(struct rcc_page *page, const struct rcc_incident *incident)
{
	struct answers answers;
	answers_init(&answers, page->core, incident);
	const struct rcc_broadcast *broadcast = rcc_broadcast_at(page->core, incident->newest_broadcast);
	while (broadcast != NULL && page->next == 0) {
		fill_broadcast(page, incident, broadcast, &answers);
		broadcast = rcc_broadcast_at(page->core, broadcast->previous);
	}
	broadcast = rcc_broadcast_at(page->core, incident->newest_directed);
	while (broadcast != NULL && page->next == 0) {
		fill_broadcast(page, incident, broadcast, &answers);
		broadcast = rcc_broadcast_at(page->core, broadcast->previous);
	}
}
