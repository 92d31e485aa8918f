#include <stdio.h>
#include <string.h>

#include "core/handover.h"
#include "core/persons.h"
#include "core/standing.h"
#include "rcc/text.h"
#include "rcc/work_text.h"
#include "view/page.h"

/* "2026-0001", as the other centre says it. */
#define NUMBER_SIZE 24
#define HEX_SIZE (2 * RCC_MSG_ID_SIZE + 1)

/* Who has the case, in words that two officers on the telephone understand alike. */
static const char *
who_word(const struct rcc_page *page, const struct rcc_handover_state *row)
{
	const struct rcc_incident *incident = rcc_incident_find(page->core, row->incident);

	switch (row->stage) {
	case RCC_HANDOVER_OFFERED:
		if (row->is_incoming)
			return "theirs, until an officer here accepts it";
		return "ours; they may have accepted it already: both act until we have heard";
	case RCC_HANDOVER_ACCEPTED:
		return "both act until they have confirmed that they let go";
	case RCC_HANDOVER_CONFIRMED:
		return row->is_incoming ? "ours" : "theirs";
	case RCC_HANDOVER_REFUSED:
		return row->is_incoming ? "theirs, as far as this offer goes" : "ours";
	case RCC_HANDOVER_WITHDRAWN:
		if (!row->is_incoming && rcc_handover_is_shared(row))
			return "ours; they may have accepted it before they heard: both act until we know";
		return row->is_incoming ? "theirs, as far as this offer goes" : "ours";
	case RCC_HANDOVER_CONTESTED:
		break;
	}
	return incident != NULL && incident->status == RCC_INCIDENT_TRANSFERRED
	           ? "another centre's; this one says that it has it as well"
	           : "CONTESTED: both act until one of them offers it to the other anew";
}

static void
write_theirs(struct rcc_page *page, const struct rcc_handover_state *row)
{
	char number[NUMBER_SIZE];

	if (row->theirs.v == 0)
		return;
	(void)snprintf(number, sizeof number, "%04u-%04u", row->their_year, row->their_number);
	rcc_json_text(&page->json, "their_incident", number);
}

/* What was said last, by whom, and why. */
static void
write_words(struct rcc_page *page, const struct rcc_handover_state *row)
{
	struct rcc_json *json = &page->json;

	if (row->said != 0) {
		rcc_json_text(json, "said", rcc_handover_word(row->said));
		rcc_json_time_if(json, "said_at", row->said_at_ms);
		rcc_json_bool(json, "stored", row->is_stored && row->said_refusal == 0);
		rcc_json_text_if(json, "officer", row->said_officer);
		rcc_json_text_if(json, "reason", row->said_reason);
	}
	if (row->said_refusal != 0)
		rcc_json_text(json, "refused_with", rcc_refusal_word(row->said_refusal));
	if (row->heard == 0)
		return;
	rcc_json_text(json, "heard", rcc_handover_word(row->heard));
	rcc_json_text_if(json, "their_officer", row->heard_officer);
	rcc_json_text_if(json, "their_reason", row->heard_reason);
	rcc_json_uint(json, "their_entry", row->heard_record.seq);
}

/* The ships that go along, as the centre that offers has them. */
static void
write_ships(struct rcc_page *page, const struct rcc_carried *carried)
{
	struct rcc_json *json = &page->json;

	if (carried->ship_count == 0)
		return;
	rcc_json_list(json, "ships");
	for (uint32_t i = 0; i < carried->ship_count; i++) {
		const struct rcc_carried_ship *ship = &carried->ship[i];
		const struct rcc_peer *peer = rcc_peer_find_mmsi(page->core, ship->ship);
		rcc_json_item(json);
		rcc_json_mmsi_if(json, "mmsi", ship->ship);
		if (peer != NULL)
			rcc_json_text(json, "ship", peer->name);
		if (ship->answer != 0)
			rcc_json_text(json, "answer", rcc_answer_word((enum rcc_answer_kind)ship->answer));
		if (ship->reason != 0)
			rcc_json_text(json, "cannot", rcc_reason_word((enum rcc_reason)ship->reason));
		rcc_json_time_if(json, "answered", ship->said_at_ms);
		rcc_json_time_if(json, "eta", ship->eta_at_ms);
		rcc_json_list(json, "orders");
		for (size_t k = 0; k < RCC_STANDING_KINDS; k++) {
			if ((ship->orders & rcc_standing_kind[k].bit) != 0)
				rcc_json_list_text(json, rcc_task_word(rcc_standing_kind[k].kind));
		}
		rcc_json_list_end(json);
		rcc_json_bool(json, "unanswered", ship->unanswered != 0);
		rcc_json_text_if(json, "order", ship->text);
		rcc_json_uint_if(json, "contact_min", ship->contact_min);
		if (ship->place != 0)
			rcc_json_text(json, "place", carried->place[ship->place - 1].name);
		rcc_json_close(json);
	}
	rcc_json_list_end(json);
}

static void
write_handover(struct rcc_page *page, const struct rcc_handover_state *row)
{
	struct rcc_json *json = &page->json;
	const struct rcc_incident *incident = rcc_incident_find(page->core, row->incident);
	char hex[HEX_SIZE];

	rcc_json_uint(json, "id", row->id);
	rcc_json_text(json, "handover", rcc_hex_format(hex, row->handover.b, RCC_MSG_ID_SIZE));
	rcc_json_text(json, "direction", row->is_incoming ? "in" : "out");
	rcc_json_text(json, "centre", rcc_page_peer_name(page, row->peer, "?"));
	if (incident != NULL)
		rcc_page_incident(page, incident);
	write_theirs(page, row);
	rcc_json_text(json, "stage", rcc_handover_stage_word(row->stage));
	rcc_json_bool(json, "shared", rcc_handover_is_shared(row));
	rcc_json_bool(json, "contested", row->stage == RCC_HANDOVER_CONTESTED);
	rcc_json_text(json, "who", who_word(page, row));
	rcc_json_time_if(json, "offered", row->offered_at_ms);
	rcc_json_time_if(json, "since", row->changed_at_ms);
	rcc_json_bool(json, "overdue", row->is_late);
	rcc_json_uint(json, "offer_seq", row->offered_seq);
	/* More was known there than goes along: it stands in their report alone. */
	if (row->carried.is_cut != 0)
		rcc_json_bool(json, "cut", true);
	write_ships(page, &row->carried);
	write_words(page, row);
}

/* Newest first: what was offered last is what an officer looks for. */
void
rcc_view_handovers(struct rcc_page *page)
{
	uint32_t below = UINT32_MAX;

	for (;;) {
		const struct rcc_handover_state *next = NULL;
		for (uint32_t i = 0; i < RCC_HANDOVERS_MAX; i++) {
			const struct rcc_handover_state *row = &page->core->handover[i];
			if (row->id != 0 && row->id < below && (next == NULL || row->id > next->id))
				next = row;
		}
		if (next == NULL || page->next != 0)
			return;
		below = next->id;
		bool is_wanted = page->view->id == 0 || page->view->id == next->incident.v;
		if (is_wanted && rcc_page_row(page, "HANDOVER")) {
			write_handover(page, next);
			rcc_page_end(page);
		}
	}
}

/* Has a ship told us of survivors or needs of a case that the other centre has, and nobody has noted that it was passed on since? */
static bool
is_told_here(const struct rcc_core *core, const struct rcc_incident *incident, int64_t since_ms)
{
	int64_t told_ms = 0;

	if (incident->status != RCC_INCIDENT_TRANSFERRED)
		return false;
	for (const struct rcc_aboard *row = rcc_aboard_at(core, incident->newest_aboard); row != NULL;
	     row = rcc_aboard_at(core, row->previous))
		told_ms = row->reported_at_ms > told_ms ? row->reported_at_ms : told_ms;
	for (const struct rcc_need_line *need = rcc_need_at(core, incident->newest_need); need != NULL;
	     need = rcc_need_at(core, need->previous))
		told_ms = need->asked_at_ms > told_ms ? need->asked_at_ms : told_ms;
	for (const struct rcc_answer_state *answer = rcc_answer_at(core, incident->newest_answer); answer != NULL;
	     answer = rcc_answer_at(core, answer->previous))
		told_ms = answer->body.kind == RCC_ANSWER_UNABLE && answer->at_ms > told_ms ? answer->at_ms : told_ms;
	for (uint32_t i = 0; i < RCC_NOTES_MAX; i++) {
		const struct rcc_note_line *note = &core->note[i];
		if (note->id != 0 && note->body.incident.v == incident->id.v && note->body.kind == RCC_NOTE_FORWARDED &&
		    note->at_ms > since_ms)
			since_ms = note->at_ms;
	}
	return told_ms > since_ms;
}

void
rcc_page_handover(struct rcc_page *page, const struct rcc_incident *incident)
{
	struct rcc_json *json = &page->json;
	const struct rcc_handover_state *row = rcc_handover_of(page->core, incident->id);

	if (row == NULL)
		return;
	rcc_json_open(json, "handover");
	rcc_json_text(json, "direction", row->is_incoming ? "in" : "out");
	rcc_json_text(json, "centre", rcc_page_peer_name(page, row->peer, "?"));
	rcc_json_text(json, "stage", rcc_handover_stage_word(row->stage));
	rcc_json_bool(json, "shared", rcc_handover_is_shared(row));
	rcc_json_bool(json, "overdue", row->is_late);
	rcc_json_text(json, "who", who_word(page, row));
	rcc_json_time_if(json, "since", row->changed_at_ms);
	if (is_told_here(page->core, incident, row->changed_at_ms))
		rcc_json_bool(json, "told_here", true);
	rcc_json_close(json);
}
