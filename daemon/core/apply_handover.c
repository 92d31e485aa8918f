/* apply_handover.c - the part of apply that writes handovers between centres. Decides nothing. */
#include <assert.h>
#include <string.h>

#include "core/apply_internal.h"
#include "core/handover.h"

static struct rcc_handover_state *
row_of(struct rcc_core *core, const struct rcc_handover_changed *event)
{
	for (uint32_t i = 0; i < RCC_HANDOVERS_MAX; i++) {
		struct rcc_handover_state *row = &core->handover[i];
		if (row->id != 0 && row->peer.v == event->peer.v &&
		    memcmp(&row->handover, &event->handover, sizeof row->handover) == 0)
			return row;
	}
	return NULL;
}

static struct rcc_handover_state *
new_row(struct rcc_core *core, const struct rcc_handover_changed *event)
{
	uint32_t slot = rcc_handover_slot(core);
	const struct rcc_incident *incident = rcc_incident_find(core, event->body.incident);

	assert(slot < RCC_HANDOVERS_MAX);
	struct rcc_handover_state *row = &core->handover[slot];
	*row = (struct rcc_handover_state){.id = ++core->handover_last,
	                                   .handover = event->handover,
	                                   .peer = event->peer,
	                                   .is_incoming = event->is_incoming != 0,
	                                   .incident = event->body.incident,
	                                   .year = incident == NULL ? 0 : incident->year,
	                                   .number = incident == NULL ? 0 : incident->number,
	                                   .offered_at_ms = core->at_ms,
	                                   .offered_seq = core->seq + 1,
	                                   .snapshot = event->snapshot[0],
	                                   .carried = event->carried,
	                                   .report_len = event->report_len};
	memcpy(row->report, event->report, sizeof row->report);
	return row;
}

static void
set_status(struct rcc_core *core, const struct rcc_handover_changed *event)
{
	struct rcc_incident *incident = incident_get(core, event->body.incident);

	assert(rcc_incident_may_move(incident->status, event->status, RCC_BY_MACHINE | RCC_BY_OFFICER));
	incident->status = event->status;
	incident->relay_due_at_ms = 0;
}

/* Who said what, and whether the other has it. */
static void
note_words(struct rcc_core *core, struct rcc_handover_state *row, const struct rcc_handover_changed *event)
{
	if (event->body.step == RCC_HANDOVER_STORED) {
		row->is_stored = true;
		row->said_refusal = event->refusal;
		return;
	}
	if (event->body.step == RCC_HANDOVER_SILENT) {
		row->is_late = true;
		return;
	}
	if (event->is_heard != 0) {
		row->heard = event->body.step;
		row->heard_record = event->record;
		memcpy(row->heard_officer, event->body.officer, sizeof row->heard_officer);
		memcpy(row->heard_reason, event->body.reason, sizeof row->heard_reason);
		return;
	}
	/* Kept as it is said for the first time: the same step is the same bytes, however often it is said. */
	row->said = event->body.step;
	row->said_answers = row->heard_record;
	memcpy(row->said_officer, event->body.officer, sizeof row->said_officer);
	memcpy(row->said_reason, event->body.reason, sizeof row->said_reason);
	row->said_at_ms = core->at_ms;
	row->said_seq = core->seq + 1;
	row->is_stored = false;
	row->said_refusal = (enum rcc_refusal)0;
	if (event->body.step == RCC_HANDOVER_ACCEPT)
		row->accepted_seq = core->seq + 1;
}

void
rcc_apply_centre(struct rcc_core *core, const struct rcc_peer_enrolled *event)
{
	if (event->enrol.role != RCC_ROLE_PEER || event->enrol.endpoint[0] == '\0')
		return;
	struct rcc_centre_state *centre = &core->centre[rcc_centre_slot(core)];
	centre->peer = event->peer;
	centre->share = event->enrol.share;
	memcpy(centre->endpoint, event->enrol.endpoint, sizeof centre->endpoint);
}

void
rcc_apply_handover(struct rcc_core *core, const struct rcc_handover_changed *event)
{
	struct rcc_handover_state *row = row_of(core, event);
	bool is_officer = event->is_heard == 0 &&
	                  (event->body.step == RCC_HANDOVER_OFFER || event->body.step == RCC_HANDOVER_ACCEPT ||
	                   event->body.step == RCC_HANDOVER_REFUSE);

	if (row == NULL)
		row = new_row(core, event);
	row->stage = event->stage;
	row->theirs = event->theirs;
	row->their_year = event->their_year;
	row->their_number = event->their_number;
	if (event->body.step != RCC_HANDOVER_STORED)
		row->changed_at_ms = core->at_ms;
	note_words(core, row, event);
	if (event->status == RCC_INCIDENT_TRANSFERRED)
		row->passed_seq = core->seq + 1;
	if (event->status != 0)
		set_status(core, event);
	else if (is_officer && rcc_incident_find(core, event->body.incident) != NULL)
		mark_open(incident_get(core, event->body.incident));
}
