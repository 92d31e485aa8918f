/*
 * circular.c - what every ship is told that is of no case: bulletins, and the conduct card that is in force.
 *
 * Each ship has a line of it in the ledger of deliveries, like of a call, so that it is known who holds it and who has read it;
 * but nobody is called on, no clock runs, no case is touched, and parity is not measured by it. A task names the card in force
 * and how far it had come to the ship (s003 par. 45: standards of conduct in search and rescue).
 */
#include <assert.h>
#include <string.h>

#include "core/circular.h"
#include "core/core_internal.h"

const struct rcc_broadcast *
rcc_circular_card(const struct rcc_core *core)
{
	const struct rcc_broadcast *row = rcc_broadcast_at(core, core->newest_circular);

	while (row != NULL && row->kind != RCC_BROADCAST_CONDUCT_CARD)
		row = rcc_broadcast_at(core, row->previous);
	return row;
}

enum rcc_card_state
rcc_circular_card_state(const struct rcc_core *core, const struct rcc_peer *ship)
{
	const struct rcc_broadcast *card = rcc_circular_card(core);
	const struct rcc_delivery *line = card == NULL || ship == NULL ? NULL : rcc_delivery_of(core, card, ship->id);

	if (card == NULL || ship == NULL)
		return RCC_CARD_NONE;
	if (line == NULL)
		return RCC_CARD_NOT_STORED;
	if (line->read_at_ms != 0)
		return RCC_CARD_READ;
	return line->stored_at_ms != 0 ? RCC_CARD_STORED : RCC_CARD_NOT_STORED;
}

bool
rcc_circular_is_current(const struct rcc_core *core, const struct rcc_broadcast *circular, int64_t at_ms)
{
	if (circular->kind == RCC_BROADCAST_CONDUCT_CARD)
		return circular == rcc_circular_card(core);
	return circular->expires_at_ms == 0 || circular->expires_at_ms > at_ms;
}

static uint32_t
revision_of(const struct rcc_core *core, enum rcc_broadcast_kind kind)
{
	return 1 + (kind == RCC_BROADCAST_CONDUCT_CARD ? core->card_last : core->bulletin_last);
}

/* Every ship with a key gets it. */
static uint32_t
mark_all(struct rcc_core *core)
{
	static const struct rcc_leg nowhere = {
	    .range_m = RCC_RANGE_UNKNOWN_M, .bearing_ddeg = RCC_BEARING_UNKNOWN_DDEG, .eta_min = RCC_ETA_UNKNOWN_MIN};
	uint32_t ships = 0;

	for (uint32_t i = 0; i < core->peer_count; i++) {
		core->leg[i] = nowhere;
		core->leg[i].is_recipient = rcc_peer_hears(&core->peer[i], RCC_CLASS_LIVE, core->at_ms);
		ships += core->leg[i].is_recipient;
	}
	return ships;
}

static enum rcc_refusal
circular_refusal(const struct rcc_step *step, const struct rcc_circular *circular, const char **ret_field)
{
	bool is_bulletin = circular->kind == RCC_BROADCAST_BULLETIN;

	*ret_field = "circular.kind";
	if (!rcc_broadcast_is_circular(circular->kind))
		return RCC_REFUSAL_RANGE;
	*ret_field = "circular.text";
	if (circular->text[0] == '\0')
		return RCC_REFUSAL_REASON_MISSING;
	*ret_field = "circular.expires_at_ms";
	if (circular->expires_at_ms != 0 && (!is_bulletin || circular->expires_at_ms <= step->entry->cause.at_ms))
		return RCC_REFUSAL_RANGE;
	return (enum rcc_refusal)0;
}

void
rcc_rule_circular(struct rcc_step *step)
{
	const struct rcc_circular *circular = &step->entry->cause.u.circular;
	const char *field = NULL;
	enum rcc_refusal refusal = circular_refusal(step, circular, &field);

	if (refusal != 0) {
		rcc_step_refuse(step, refusal, field);
		return;
	}
	uint32_t ships = mark_all(step->core);
	/* No case leaves memory for a bulletin. */
	if (step->core->broadcast_count >= rcc_broadcasts_limit(circular->kind)) {
		rcc_step_refuse(step, RCC_REFUSAL_FULL, "circular");
		return;
	}
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_BROADCAST_ISSUED);
	struct rcc_broadcast_issued *issued = &event->u.broadcast;
	issued->kind = circular->kind;
	issued->broadcast.v = step->core->broadcast_last + 1;
	issued->revision = revision_of(step->core, circular->kind);
	issued->by = step->entry->cause.origin.peer;
	issued->verified = 1;
	issued->source = RCC_SOURCE_OFFICER;
	issued->pos = RCC_POS_NONE;
	issued->expires_at_ms = circular->expires_at_ms;
	memcpy(issued->text, circular->text, sizeof issued->text);
	struct rcc_broadcast_id broadcast = issued->broadcast;
	rcc_step_emit(step, event);
	if (ships != 0)
		rcc_broadcast_queue(step, broadcast, ships);
}

static void
catch_up(struct rcc_step *step, struct rcc_peer_id peer, const struct rcc_broadcast *row)
{
	struct rcc_core *core = step->core;

	if (!rcc_circular_is_current(core, row, step->entry->cause.at_ms) ||
	    !rcc_peer_hears(rcc_peer_find(core, peer), RCC_CLASS_LIVE, core->at_ms) ||
	    rcc_delivery_of(core, row, peer) != NULL || core->circular_lines >= RCC_CIRCULAR_LINES_MAX ||
	    rcc_step_room(step) <= RCC_EVENTS_RESERVED)
		return;
	(void)mark_all(core);
	for (uint32_t i = 0; i < core->peer_count; i++)
		core->leg[i].is_recipient = i + 1 == peer.v;
	rcc_broadcast_queue(step, row->id, 1);
}

void
rcc_circular_catch_up(struct rcc_step *step, struct rcc_peer_id peer)
{
	const struct rcc_broadcast *card = rcc_circular_card(step->core);

	/* The card first. */
	if (card != NULL)
		catch_up(step, peer, card);
	for (const struct rcc_broadcast *row = rcc_broadcast_at(step->core, step->core->newest_circular); row != NULL;
	     row = rcc_broadcast_at(step->core, row->previous))
		catch_up(step, peer, row);
}
