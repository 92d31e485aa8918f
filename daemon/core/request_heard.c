/*
 * request_heard.c - what another centre says of a place of safety that is asked for, and what is owed to it.
 *
 * Every step is taken once, as in centre.c: what the row is past changes nothing and is answered as taken.
 */
#include <assert.h>
#include <string.h>

#include "core/handover.h"
#include "core/persons.h"
#include "core/request.h"
#include "rcc/work_text.h"

static bool
refuse(struct rcc_step *step, enum rcc_refusal refusal, const char *field)
{
	rcc_step_refuse(step, refusal, field);
	return true;
}

/* The other's step on a row: its words, and where it stands in its record. */
static struct rcc_event *
heard_event(struct rcc_step *step, const struct rcc_request_state *row, enum rcc_request_stage stage)
{
	const struct rcc_place_request *said = &step->entry->cause.u.place_request;
	struct rcc_event *event = rcc_request_event(step, row, said->step, stage);
	struct rcc_request_changed *changed = &event->u.request_changed;

	changed->by = step->entry->cause.origin.peer;
	changed->is_heard = 1;
	changed->body.turn = said->turn;
	changed->body.decided_at_ms = said->decided_at_ms;
	changed->body.record = said->record;
	changed->body.pos = said->pos;
	memcpy(changed->body.officer, said->officer, sizeof said->officer);
	memcpy(changed->body.text, said->text, sizeof said->text);
	return event;
}

/* ---- a request comes in ---- */

static bool
is_request_refused(struct rcc_step *step, const struct rcc_place_request *said)
{
	const struct rcc_origin *origin = &step->entry->cause.origin;
	bool is_withdrawal = said->step == RCC_REQUEST_WITHDRAW;

	if (said->place[0] == '\0')
		return refuse(step, RCC_REFUSAL_RANGE, "place_request.place");
	if (said->number == 0)
		return refuse(step, RCC_REFUSAL_RANGE, "place_request.number");
	if (rcc_groups_impossible(&said->aboard) != RCC_GROUPS)
		return refuse(step, RCC_REFUSAL_RANGE, "place_request.aboard");
	if (!is_withdrawal && !rcc_share_allows(step->core, origin->peer, origin->class))
		return refuse(step, RCC_REFUSAL_NOT_LIVE, "place_request");
	bool is_full =
	    rcc_request_slot(step->core) == RCC_REQUESTS_MAX || rcc_request_share_is_full(step->core, &origin->key);
	return is_full && refuse(step, RCC_REFUSAL_FULL, "place_request");
}

/* A new one, for an officer to answer; or one that was withdrawn before it came, so that it is known to be over should it come. */
static void
take_request(struct rcc_step *step)
{
	const struct rcc_place_request *said = &step->entry->cause.u.place_request;
	bool is_withdrawal = said->step == RCC_REQUEST_WITHDRAW;
	struct rcc_request_state row = {.id = {step->core->request_last + 1},
	                                .peer = step->entry->cause.origin.peer,
	                                .is_incoming = true,
	                                .class = step->entry->cause.origin.class,
	                                .asked = *said};

	if (is_request_refused(step, said))
		return;
	struct rcc_event *event = heard_event(step, &row, is_withdrawal ? RCC_REQUEST_WITHDRAWN : RCC_REQUEST_ASKED);
	struct rcc_place_request *body = &event->u.request_changed.body;
	body->turn = 0;
	body->ship = said->ship;
	body->ship_pos = said->ship_pos;
	body->ship_at_ms = said->ship_at_ms;
	body->aboard = said->aboard;
	body->range_m = said->range_m;
	body->eta_min = said->eta_min;
	memcpy(body->ship_name, said->ship_name, sizeof said->ship_name);
	memcpy(body->needs, said->needs, sizeof said->needs);
	rcc_step_emit(step, event);
}

static void
take_withdrawal(struct rcc_step *step, const struct rcc_request_state *row)
{
	if (!row->is_incoming)
		(void)refuse(step, RCC_REFUSAL_WRONG_STATE, "place_request.step");
	else if (row->stage != RCC_REQUEST_WITHDRAWN)
		rcc_step_emit(step, heard_event(step, row, RCC_REQUEST_WITHDRAWN));
}

/* ---- an answer comes in ---- */

static bool
is_answer_refused(struct rcc_step *step, const struct rcc_place_request *said, const struct rcc_request_state *row)
{
	if (row->is_incoming)
		return refuse(step, RCC_REFUSAL_WRONG_STATE, "place_request.step");
	if (said->turn == 0)
		return refuse(step, RCC_REFUSAL_RANGE, "place_request.turn");
	/* Another word under the number of one that was heard: one of them is not what the officer said. */
	if (said->turn == row->turns && said->step != row->heard)
		return refuse(step, RCC_REFUSAL_WRONG_STATE, "place_request.turn");
	if (said->turn <= row->turns)
		return false;
	/* Whose word it is, and where it stands, is what makes it evidence. */
	if (said->record.seq == 0)
		return refuse(step, RCC_REFUSAL_RANGE, "place_request.record");
	if (said->officer[0] == '\0')
		return refuse(step, RCC_REFUSAL_RANGE, "place_request.officer");
	if (said->step == RCC_REQUEST_REFUSE && rcc_refuse_reason(step, said->text, "place_request.text"))
		return true;
	if (step->entry->cause.origin.class != row->class)
		return refuse(step, RCC_REFUSAL_NOT_LIVE, "place_request");
	if (!rcc_request_is_wanted(step->core, row))
		return refuse(step, RCC_REFUSAL_WRONG_STATE, "place_request.incident");
	return (row->stage == RCC_REQUEST_WITHDRAWN || row->stage == RCC_REQUEST_NOT_TAKEN) &&
	       refuse(step, RCC_REFUSAL_WRONG_STATE, "place_request.request");
}

/* As if an officer here had typed what that one says: the same checks, the same consequences. */
static void
take_answer(struct rcc_step *step, const struct rcc_request_state *row)
{
	const struct rcc_place_request *said = &step->entry->cause.u.place_request;
	bool is_offer = said->step == RCC_REQUEST_OFFER;
	struct rcc_place body = {.incident = row->asked.incident,
	                         .place = row->place,
	                         .step = is_offer ? RCC_PLACE_OFFERED : RCC_PLACE_REFUSED,
	                         .pos = said->pos};

	if (is_answer_refused(step, said, row) || said->turn <= row->turns)
		return;
	memcpy(body.authority, rcc_peer_find(step->core, row->peer)->name, sizeof body.authority);
	memcpy(body.text, said->text, sizeof body.text);
	if (rcc_place_refuses_heard(step, &body))
		return;
	rcc_step_emit(step, heard_event(step, row, is_offer ? RCC_REQUEST_OFFERED : RCC_REQUEST_REFUSED));
	rcc_place_hear(step, &body, row, &said->record);
}

/* ---- a receipt comes in ---- */

/* The other has it on its disk, or says why not: then no officer there knows of it, and somebody here telephones. */
static void
take_receipt(struct rcc_step *step, const struct rcc_request_state *row)
{
	const struct rcc_place_request *said = &step->entry->cause.u.place_request;
	bool is_refused = (unsigned)said->refusal != 0;
	enum rcc_request_stage stage = row->stage;

	if (row->is_stored || row->said == 0)
		return;
	if (is_refused && row->said == RCC_REQUEST_ASK && stage == RCC_REQUEST_ASKED)
		stage = RCC_REQUEST_NOT_TAKEN;
	struct rcc_event *event = heard_event(step, row, stage);
	event->u.request_changed.body.refusal = said->refusal;
	size_t len = strlen(rcc_request_word(row->said));
	memcpy(event->u.request_changed.body.text, rcc_request_word(row->said), len + 1);
	rcc_step_emit(step, event);
}

static bool
is_message(const struct rcc_origin *origin)
{
	static const struct rcc_msg_id none = {{0}};

	return memcmp(&origin->msg_id, &none, sizeof none) != 0;
}

void
rcc_rule_place_request(struct rcc_step *step)
{
	const struct rcc_place_request *said = &step->entry->cause.u.place_request;
	const struct rcc_origin *origin = &step->entry->cause.origin;
	const struct rcc_request_state *row = rcc_request_named(step->core, &said->request, &origin->key);
	bool is_own = said->step == RCC_REQUEST_SILENT || (said->step == RCC_REQUEST_STORED && is_message(origin));

	if (rcc_peer_find(step->core, origin->peer) == NULL || origin->role != RCC_ROLE_PEER) {
		rcc_step_refuse(step, RCC_REFUSAL_NOT_ALLOWED, "place_request");
	} else if (is_own) {
		/* A receipt is what our own shell has heard: it has no id. And our clocks are our own. */
		rcc_step_refuse(step, RCC_REFUSAL_RANGE, "place_request.step");
	} else if (said->step == RCC_REQUEST_ASK || (row == NULL && said->step == RCC_REQUEST_WITHDRAW)) {
		if (row == NULL)
			take_request(step);
		else if (!row->is_incoming)
			rcc_step_refuse(step, RCC_REFUSAL_DUPLICATE, "place_request.request");
	} else if (row == NULL) {
		rcc_step_refuse(step, RCC_REFUSAL_NOT_FOUND, "place_request.request");
	} else if (said->step == RCC_REQUEST_WITHDRAW) {
		take_withdrawal(step, row);
	} else if (said->step == RCC_REQUEST_STORED) {
		take_receipt(step, row);
	} else {
		take_answer(step, row);
	}
}

/* ---- what is owed ---- */

/* The id of a step: the same each time it is said. */
static struct rcc_msg_id
id_of(const struct rcc_request_state *row)
{
	struct rcc_msg_id id = row->asked.request;

	id.b[0] ^= (uint8_t)(0xc0 | row->said);
	return id;
}

bool
rcc_request_owed(const struct rcc_core *core, uint32_t slot, struct rcc_centre_owed *ret_owed)
{
	const struct rcc_request_state *row = &core->request[slot];
	const struct rcc_place_request *asked = &row->asked;
	struct rcc_place_request *body = &ret_owed->request;

	if (row->id.v == 0 || row->said == 0 || row->is_stored)
		return false;
	const struct rcc_peer *peer = rcc_handover_callee(core, row->peer);
	if (peer == NULL)
		return false;
	*ret_owed = (struct rcc_centre_owed){
	    .peer = peer->id, .id = id_of(row), .class = row->class, .kind = RCC_BODY_PLACE_REQUEST};
	/* The facts go with the request alone: what is withdrawn or answered says no more of the people than it must. */
	*body = (struct rcc_place_request){.request = asked->request,
	                                   .incident = asked->incident,
	                                   .year = asked->year,
	                                   .number = asked->number,
	                                   .pos = row->is_incoming ? row->pos : RCC_POS_NONE,
	                                   .ship_pos = RCC_POS_NONE};
	memcpy(body->place, asked->place, sizeof body->place);
	if (row->said == RCC_REQUEST_ASK)
		*body = *asked;
	body->step = row->said;
	body->turn = row->is_incoming ? row->turns : 0;
	body->decided_at_ms = row->said_at_ms;
	body->record = (struct rcc_link){.seq = row->said_seq};
	body->answers = row->said_answers;
	memcpy(body->officer, row->said_officer, sizeof body->officer);
	memcpy(body->text, row->said_text, sizeof body->text);
	return true;
}
