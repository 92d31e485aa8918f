/* apply_request.c - the part of apply that writes places of safety asked between centres. Decides nothing. */
#include <assert.h>
#include <string.h>

#include "core/apply_internal.h"
#include "core/request.h"

static struct rcc_request_state *
row_of(struct rcc_core *core, const struct rcc_request_changed *event)
{
	const struct rcc_request_state *found = rcc_request_find(core, event->id);

	if (found != NULL)
		return &core->request[found - core->request];
	uint32_t slot = rcc_request_slot(core);
	assert(slot < RCC_REQUESTS_MAX && event->id.v == core->request_last + 1);
	struct rcc_request_state *row = &core->request[slot];
	*row = (struct rcc_request_state){.id = event->id,
	                                  .peer = event->peer,
	                                  .is_incoming = event->is_incoming != 0,
	                                  .class = event->class,
	                                  .place = event->place,
	                                  .asked = event->body,
	                                  .asked_at_ms = core->at_ms,
	                                  .pos = RCC_POS_NONE};
	core->request_last = event->id.v;
	return row;
}

static void
note_heard(struct rcc_request_state *row, const struct rcc_place_request *body)
{
	row->heard = body->step;
	row->heard_record = body->record;
	memcpy(row->heard_officer, body->officer, sizeof row->heard_officer);
	memcpy(row->heard_text, body->text, sizeof row->heard_text);
}

/* Kept as it is said for the first time: the same step is the same bytes, however often it is said. */
static void
note_said(struct rcc_core *core, struct rcc_request_state *row, const struct rcc_place_request *body)
{
	row->said = body->step;
	row->said_answers = row->heard_record;
	memcpy(row->said_officer, body->officer, sizeof row->said_officer);
	memcpy(row->said_text, body->text, sizeof row->said_text);
	row->said_at_ms = core->at_ms;
	row->said_seq = core->seq + 1;
	row->is_stored = false;
	row->said_refusal = (enum rcc_refusal)0;
}

void
rcc_apply_request(struct rcc_core *core, const struct rcc_request_changed *event)
{
	const struct rcc_place_request *body = &event->body;
	struct rcc_request_state *row = row_of(core, event);

	row->stage = event->stage;
	if (body->step == RCC_REQUEST_STORED) {
		row->is_stored = true;
		row->said_refusal = body->refusal;
		return;
	}
	row->changed_at_ms = core->at_ms;
	if (body->step == RCC_REQUEST_SILENT) {
		row->is_late = true;
		return;
	}
	if (body->step == RCC_REQUEST_OFFER || body->step == RCC_REQUEST_REFUSE) {
		row->turns = body->turn;
		row->pos = body->pos;
	}
	if (event->is_heard != 0)
		note_heard(row, body);
	else
		note_said(core, row, body);
}
