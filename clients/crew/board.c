#include "crew/board.h"

#include <string.h>

#include "crew/crew.h"
#include "rcc/phrases.h"
#include "rcc/units.h"

void
rcc_board_init(struct rcc_board *board, struct rcc_mmsi own)
{
	memset(board, 0, sizeof *board);
	board->own_mmsi = own;
	board->own.pos = RCC_POS_NONE;
	board->own.sog_dkn = RCC_SOG_UNKNOWN_DKN;
	board->own.cog_ddeg = RCC_COG_UNKNOWN_DDEG;
	board->distress.pos = RCC_POS_NONE;
}

bool
rcc_board_is_ours(const struct rcc_board *board, const struct rcc_delivery_msg *delivery)
{
	bool is_our_number = delivery->casualty.v != 0 && delivery->casualty.v == board->own_mmsi.v;

	return is_our_number || (board->distress.incident.v != 0 && delivery->incident.v == board->distress.incident.v);
}

const struct rcc_board_case *
rcc_board_find(const struct rcc_board *board, struct rcc_incident_id incident)
{
	for (uint32_t i = 0; i < board->case_count; i++) {
		if (board->cases[i].last.incident.v == incident.v) {
			return &board->cases[i];
		}
	}
	return NULL;
}

const struct rcc_board_card *
rcc_board_card(const struct rcc_board *board, int64_t now_ms)
{
	bool is_over = board->card.expires_at_ms != 0 && board->card.expires_at_ms <= now_ms;

	return board->card.number != 0 && !is_over ? &board->card : NULL;
}

/* ---- what the centre says ---- */

/* Room for a new case: the one that asks least of us, over at best; of such the oldest. */
static struct rcc_board_case *
make_room(struct rcc_board *board, int64_t now_ms)
{
	struct rcc_board_case *least = &board->cases[0];

	if (board->case_count < RCC_BOARD_CASES_MAX) {
		board->case_count++;
		return &board->cases[board->case_count - 1];
	}
	for (uint32_t i = 1; i < RCC_BOARD_CASES_MAX; i++) {
		struct rcc_board_case *c = &board->cases[i];
		enum rcc_board_duty duty = rcc_board_duty(board, c, now_ms),
		                    known = rcc_board_duty(board, least, now_ms);

		if (duty != known ? duty > known : c->last_number < least->last_number) {
			least = c;
		}
	}
	return least;
}

static struct rcc_board_case *
case_of(struct rcc_board *board, const struct rcc_delivery_msg *delivery, int64_t now_ms)
{
	for (uint32_t i = 0; i < board->case_count; i++) {
		if (board->cases[i].last.incident.v == delivery->incident.v) {
			return &board->cases[i];
		}
	}
	struct rcc_board_case *c = make_room(board, now_ms);
	memset(c, 0, sizeof *c);
	c->last = *delivery;
	return c;
}

static void
add_unread(struct rcc_board_case *c, const struct rcc_delivery_msg *delivery, enum rcc_broadcast_kind kind)
{
	for (uint32_t i = 0; i < c->unread_count; i++) {
		if (c->unread[i] == delivery->number) {
			return;
		}
	}
	if (c->unread_count == RCC_BOARD_UNREAD_MAX) {
		c->unread_count--;
		memmove(c->unread, c->unread + 1, c->unread_count * sizeof c->unread[0]);
		memmove(c->unread_kind, c->unread_kind + 1, c->unread_count * sizeof c->unread_kind[0]);
	}
	c->unread[c->unread_count] = delivery->number;
	c->unread_kind[c->unread_count] = kind;
	c->unread_count++;
}

/* An order that came before stands beside the new one. */
static void
keep_task(struct rcc_board_case *c)
{
	if (!c->has_order || c->order != RCC_BROADCAST_TASK || rcc_crew_is_of_place(c->order_text)) {
		return;
	}
	if (c->task_count == RCC_BOARD_TASKS_MAX) {
		c->task_count--;
		memmove(c->task, c->task + 1, c->task_count * sizeof c->task[0]);
	}
	struct rcc_board_task *task = &c->task[c->task_count++];
	task->number = c->order_number;
	memcpy(task->text, c->order_text, sizeof task->text);
}

static void
take_place(struct rcc_board_case *c, const char *text)
{
	if (!rcc_crew_is_of_place(text)) {
		return;
	}
	c->is_placed = strncmp(text, RCC_PHRASE_PLACED, strlen(RCC_PHRASE_PLACED)) == 0;
	if (c->is_placed) {
		snprintf(c->place_text, sizeof c->place_text, "%s", text);
	}
}

static void
take_order(struct rcc_board_case *c, const struct rcc_delivery_msg *delivery)
{
	keep_task(c);
	take_place(c, delivery->text);
	c->task_count = delivery->kind == RCC_BROADCAST_RELEASE ? 0 : c->task_count;
	c->is_released = delivery->kind == RCC_BROADCAST_RELEASE;
	c->is_requisitioned = delivery->kind == RCC_BROADCAST_REQUISITION || (c->is_requisitioned && !c->is_released);
	if (delivery->kind == RCC_BROADCAST_REQUISITION) {
		memcpy(c->requisition_text, delivery->text, sizeof c->requisition_text);
	}
	bool is_relieved = strncmp(delivery->text, RCC_PHRASE_RELIEVED, strlen(RCC_PHRASE_RELIEVED)) == 0;
	c->is_coordinator =
	    delivery->kind == RCC_BROADCAST_COORDINATE || (c->is_coordinator && !c->is_released && !is_relieved);
	if (delivery->kind == RCC_BROADCAST_COORDINATE) {
		memcpy(c->coordinator_text, delivery->text, sizeof c->coordinator_text);
	}
	c->is_named_open = delivery->kind == RCC_BROADCAST_REQUISITION || delivery->kind == RCC_BROADCAST_COORDINATE ||
	                   (c->is_named_open && !c->is_released);
	c->is_order_answered = false;
	c->has_order = !c->is_released;
	c->order = delivery->kind;
	c->order_number = delivery->number;
	memcpy(c->order_text, delivery->text, sizeof c->order_text);
	c->order_pos = delivery->pos;
	memset(&c->order_answer, 0, sizeof c->order_answer);
	memset(&c->order_word, 0, sizeof c->order_word);
	c->is_objected = false;
}

static void
take_news(struct rcc_board *board, struct rcc_board_case *c, const struct rcc_delivery_msg *delivery)
{
	bool was_over = c->is_over;

	c->last = *delivery;
	c->is_over = delivery->kind == RCC_BROADCAST_CANCEL;
	c->has_order = c->has_order && !c->is_over;
	c->is_requisitioned = c->is_requisitioned && !c->is_over;
	c->is_coordinator = c->is_coordinator && !c->is_over;
	c->is_named_open = c->is_named_open && !c->is_over;
	c->task_count = c->is_over ? 0 : c->task_count;
	/* What begins anew calls on everybody anew. */
	if (was_over && !c->is_over) {
		c->is_released = false;
		memset(&c->answer, 0, sizeof c->answer);
		memset(&c->answer_word, 0, sizeof c->answer_word);
	}
	rcc_board_settle_distress(board);
}

/* What is of no case stands in none: it waits in the inbox for somebody to read it. */
static void
take_circular(struct rcc_board *board, const struct rcc_inbox_row *row)
{
	const struct rcc_delivery_msg *delivery = &row->delivery;

	if (delivery->kind == RCC_BROADCAST_CONDUCT_CARD && delivery->replaced == 0 &&
	    delivery->number >= board->card.number) {
		board->card = (struct rcc_board_card){.number = delivery->number,
		                                      .revision = delivery->revision,
		                                      .expires_at_ms = delivery->expires_at_ms,
		                                      .read_at_ms = row->read_at_ms};
		memcpy(board->card.text, delivery->text, sizeof board->card.text);
	}
	for (uint32_t i = 0; i < board->circular_count; i++) {
		if (board->circular[i] == row->delivery.number) {
			return;
		}
	}
	if (row->read_at_ms == 0 && row->delivery.replaced == 0 && board->circular_count < RCC_BOARD_CIRCULARS_MAX) {
		board->circular[board->circular_count++] = row->delivery.number;
	}
}

static void
read_circular(struct rcc_board *board, uint32_t number)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < board->circular_count; i++) {
		if (board->circular[i] != number) {
			board->circular[kept++] = board->circular[i];
		}
	}
	board->circular_count = kept;
}

/* The centre knows nothing of it any more, and those in distress are where they were: it stays before our eyes. */
static void
keep_lost(struct rcc_board *board, struct rcc_board_case *c, int64_t now_ms)
{
	struct rcc_board_case *kept = c->is_over ? c : make_room(board, now_ms);

	if (kept == c) {
		return;
	}
	*kept = *c;
	kept->is_lost = true;
	kept->last.incident.v |= RCC_BOARD_LOST;
	kept->has_order = false;
	kept->unread_count = 0;
}

void
rcc_board_take(struct rcc_board *board, const struct rcc_inbox_row *row)
{
	const struct rcc_delivery_msg *delivery = &row->delivery;

	if (rcc_broadcast_is_circular(delivery->kind)) {
		take_circular(board, row);
		return;
	}
	struct rcc_board_case *c = case_of(board, delivery, row->stored_at_ms);
	/* Whom an update calls on who was not called on before is called by it, and hears it as a call (SOLAS V/33.1). */
	bool is_call = delivery->kind == RCC_BROADCAST_UPDATE && delivery->called_on != 0 && c->last.called_on == 0;

	if (delivery->number <= c->last_number && delivery->issued_at_ms > c->last_issued_at_ms) {
		/* A centre whose record was set back gives its numbers again: this is another case than the one we knew. */
		keep_lost(board, c, row->stored_at_ms);
		memset(c, 0, sizeof *c);
		c->last = *delivery;
	}
	if (delivery->number > c->last_number) {
		struct rcc_board_update *update = &c->update[c->update_count % RCC_BOARD_UPDATES_MAX];

		c->last_number = delivery->number;
		c->last_issued_at_ms = delivery->issued_at_ms;
		c->aboard = delivery->aboard;
		*update = (struct rcc_board_update){
		    .number = delivery->number, .kind = delivery->kind, .issued_at_ms = delivery->issued_at_ms};
		memcpy(update->text, delivery->text, sizeof update->text);
		c->update_count++;
		if (rcc_broadcast_is_directed(delivery->kind)) {
			take_order(c, delivery);
		} else {
			take_news(board, c, delivery);
		}
	}
	if (row->read_at_ms != 0) {
		rcc_board_read(board, delivery->number, row->read_by, row->read_at_ms);
	} else if (delivery->replaced == 0) {
		add_unread(c, delivery, is_call ? RCC_BROADCAST_DISTRESS_RELAY : delivery->kind);
		board->fresh++;
	}
}

void
rcc_board_read(struct rcc_board *board, uint32_t number, const char *by, int64_t at_ms)
{
	read_circular(board, number);
	if (number == board->card.number && number != 0) {
		board->card.read_at_ms = at_ms;
	}
	for (uint32_t i = 0; i < board->case_count; i++) {
		struct rcc_board_case *c = &board->cases[i];
		uint32_t kept = 0;

		for (uint32_t j = 0; j < c->unread_count; j++) {
			if (c->unread[j] != number) {
				c->unread_kind[kept] = c->unread_kind[j];
				c->unread[kept++] = c->unread[j];
			}
		}
		bool is_read = kept < c->unread_count || c->last_number == number;
		c->unread_count = kept;
		if (is_read) {
			c->read_at_ms = at_ms;
			snprintf(c->read_by, sizeof c->read_by, "%s", by);
		}
	}
}

bool
rcc_board_is_unread(const struct rcc_board *board, uint32_t number)
{
	for (uint32_t i = 0; i < board->case_count; i++) {
		for (uint32_t j = 0; j < board->cases[i].unread_count; j++) {
			if (board->cases[i].unread[j] == number) {
				return true;
			}
		}
	}
	return false;
}

/* ---- ships near us ---- */

static struct rcc_board_ship *
slot_of(struct rcc_board *board, struct rcc_mmsi mmsi)
{
	struct rcc_board_ship *slot = &board->ship[0];

	for (uint32_t i = 0; i < board->ship_count; i++) {
		if (board->ship[i].mmsi.v == mmsi.v) {
			return &board->ship[i];
		}
		slot = board->ship[i].at_ms < slot->at_ms ? &board->ship[i] : slot;
	}
	if (board->ship_count < RCC_BOARD_SHIPS_MAX) {
		slot = &board->ship[board->ship_count];
		board->ship_count++;
	}
	*slot = (struct rcc_board_ship){.mmsi = mmsi, .pos = RCC_POS_NONE};
	return slot;
}

void
rcc_board_sight(struct rcc_board *board, const struct rcc_board_ship *ship)
{
	struct rcc_board_ship *slot = slot_of(board, ship->mmsi);

	if (ship->name[0] != '\0') {
		memcpy(slot->name, ship->name, sizeof slot->name);
	}
	if (rcc_pos_is_known(ship->pos)) {
		slot->pos = ship->pos;
	}
	slot->at_ms = ship->at_ms;
}
