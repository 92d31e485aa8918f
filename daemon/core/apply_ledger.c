/*
 * apply_ledger.c - the part of apply that writes broadcasts, deliveries and answers. Decides nothing.
 */
#include <assert.h>
#include <string.h>

#include "core/apply_internal.h"
#include "core/circular.h"
#include "core/place.h"
#include "core/told.h"

/* A broadcast that replaces another: lines of the old one that no ship stored are cancelled. */
static void
replace_lines(struct rcc_core *core, struct rcc_broadcast *old)
{
	for (uint32_t slot1 = old->newest_delivery; slot1 != 0;) {
		struct rcc_delivery *line = &core->delivery[slot1 - 1];
		/* What was answered by radio and never went out is not to come after its end. */
		if (rcc_delivery_is_open(line) || (line->state == RCC_DELIVERY_ANSWERED && !rcc_delivery_is_out(line)))
			line->state = RCC_DELIVERY_CANCELLED;
		slot1 = line->of_broadcast;
	}
	old->unstored = 0;
}

/* What has gone out she may have, and what she says of it later is evidence; what has not is taken back unsent. */
void
rcc_apply_orders_over(struct rcc_core *core, struct rcc_incident *incident)
{
	for (uint32_t slot1 = incident->newest_directed; slot1 != 0; slot1 = core->broadcast[slot1 - 1].previous) {
		struct rcc_broadcast *row = &core->broadcast[slot1 - 1];
		/* What was said of a place of safety goes out all the same: she may be under way to it. */
		bool is_kept = row->kind == RCC_BROADCAST_RELEASE || row->is_of_place;
		for (uint32_t line1 = row->newest_delivery; !is_kept && line1 != 0;
		     line1 = core->delivery[line1 - 1].of_broadcast) {
			struct rcc_delivery *line = &core->delivery[line1 - 1];
			if (!rcc_delivery_is_open(line) || rcc_delivery_is_out(line))
				continue;
			line->state = RCC_DELIVERY_CANCELLED;
			row->unstored -= row->unstored > 0;
		}
	}
}

/* All are called anew: also those who were released by voice. */
static void
forget_releases(struct rcc_core *core, const struct rcc_incident *incident)
{
	for (uint32_t slot1 = incident->newest_answer; slot1 != 0; slot1 = core->answer[slot1 - 1].previous) {
		core->answer[slot1 - 1].is_released = false;
		core->answer[slot1 - 1].released_seq = 0;
	}
}

/* Makes the row; returns its slot. */
static uint32_t
add_broadcast(struct rcc_core *core, const struct rcc_broadcast_issued *event, uint32_t previous)
{
	uint32_t slot = 0;

	while (slot < core->broadcast_top && core->broadcast[slot].id.v != 0)
		slot++;
	assert(slot < RCC_BROADCASTS_MAX && event->broadcast.v == core->broadcast_last + 1);
	if (slot == core->broadcast_top)
		core->broadcast_top++;
	core->broadcast_count++;
	core->broadcast_last = event->broadcast.v;
	struct rcc_broadcast *broadcast = &core->broadcast[slot];
	*broadcast = (struct rcc_broadcast){.id = event->broadcast,
	                                    .incident = event->incident,
	                                    .seq = core->seq + 1,
	                                    .kind = event->kind,
	                                    .revision = event->revision,
	                                    .by = event->by,
	                                    .is_verified = event->verified != 0,
	                                    .pos = event->pos,
	                                    .pos_at_ms = event->pos_at_ms,
	                                    .pos_radius_m = event->pos_radius_m,
	                                    .source = event->source,
	                                    .nature = event->nature,
	                                    .persons = event->persons,
	                                    .casualty = event->casualty,
	                                    .issued_at_ms = core->at_ms,
	                                    .expires_at_ms = event->expires_at_ms,
	                                    .clock_at_ms = core->at_ms,
	                                    .previous = previous};
	memcpy(broadcast->name, event->name, sizeof broadcast->name);
	memcpy(broadcast->text, event->text, sizeof broadcast->text);
	broadcast->doubts = event->doubts;
	broadcast->candidate_count = event->candidate_count;
	memcpy(broadcast->candidate, event->candidate, sizeof broadcast->candidate);
	return slot;
}

/* What is of no case; the oldest ones leave memory, never the card in force. */
static void
apply_circular(struct rcc_core *core, const struct rcc_broadcast_issued *event)
{
	const struct rcc_broadcast *card = rcc_circular_card(core);
	bool is_card = event->kind == RCC_BROADCAST_CONDUCT_CARD;

	if (is_card && card != NULL)
		replace_lines(core, &core->broadcast[card - core->broadcast]);
	core->newest_circular = add_broadcast(core, event, core->newest_circular) + 1;
	core->circular_count++;
	if (is_card)
		core->card_last = event->revision;
	else
		core->bulletin_last = event->revision;
	rcc_evict_circulars(core);
}

void
rcc_apply_broadcast(struct rcc_core *core, const struct rcc_broadcast_issued *event)
{
	if (rcc_broadcast_is_circular(event->kind)) {
		apply_circular(core, event);
		return;
	}
	struct rcc_incident *incident = incident_get(core, event->incident);
	bool is_directed = rcc_broadcast_is_directed(event->kind);
	if (event->kind == RCC_BROADCAST_DISTRESS_RELAY)
		forget_releases(core, incident);
	if (incident->newest_broadcast != 0 && !is_directed)
		replace_lines(core, &core->broadcast[incident->newest_broadcast - 1]);
	uint32_t slot =
	    add_broadcast(core, event, is_directed ? incident->newest_directed : incident->newest_broadcast);
	/* What one ship is told changes nothing of what all were told. */
	if (is_directed) {
		incident->newest_directed = slot + 1;
		core->broadcast[slot].is_of_place = rcc_place_has_told(core, incident, event->broadcast);
		return;
	}
	if (event->kind == RCC_BROADCAST_CANCEL)
		rcc_apply_orders_over(core, incident);
	incident->newest_broadcast = slot + 1;
	incident->last_broadcast = event->broadcast;
	incident->broadcasts = event->revision;
	incident->is_cancelled = event->kind == RCC_BROADCAST_CANCEL || event->kind == RCC_BROADCAST_SUSPENDED;
	incident->is_notice = event->kind == RCC_BROADCAST_MISSING_NOTICE;
	incident->is_notice_over = false;
	incident->notice_until_ms = event->expires_at_ms;
	/* What a person vouched for is over with the cancel; a new signal has to be verified anew. */
	incident->is_vouched = incident->is_vouched || (event->verified != 0 && !incident->is_verified);
	incident->is_verified = event->verified != 0;
	if (event->kind == RCC_BROADCAST_CANCEL)
		rcc_apply_unvouch(core, incident);
	incident->broadcast_pos = event->pos;
	incident->has_news = false;
	/* Its clock has run; only a new signal starts another. A notice answers no clock of a relay. */
	if (!incident->is_notice) {
		incident->relay_due_at_ms = 0;
		incident->is_relay_held = false;
	}
	if (event->verified != 0 || incident->is_notice)
		mark_open(incident);
}

void
rcc_apply_notice_expired(struct rcc_core *core, struct rcc_incident_id id)
{
	struct rcc_incident *incident = incident_get(core, id);

	incident->is_notice_over = true;
	replace_lines(core, &core->broadcast[incident->newest_broadcast - 1]);
}

static uint32_t
take_delivery_slot(struct rcc_core *core)
{
	uint32_t slot = core->delivery_top;

	if (core->delivery_free != 0) {
		slot = core->delivery_free - 1;
		core->delivery_free = core->delivery[slot].of_peer;
	} else {
		core->delivery_top++;
	}
	assert(slot < RCC_DELIVERY_SLOTS);
	core->delivery_count++;
	return slot;
}

/* The ledger has changed: parity is to be measured anew, if nothing is waiting for that already. */
static void
note_change(struct rcc_core *core)
{
	if (core->parity.since_at_ms == 0)
		core->parity.since_at_ms = core->at_ms;
}

/* Where she is to go was said anew: what has not gone out of it to her is taken back. */
static void
replace_place_lines(struct rcc_core *core, const struct rcc_peer *peer, const struct rcc_broadcast *newest)
{
	for (uint32_t slot1 = peer->newest_delivery; slot1 != 0; slot1 = core->delivery[slot1 - 1].of_peer) {
		struct rcc_delivery *line = &core->delivery[slot1 - 1];
		struct rcc_broadcast *row = broadcast_get(core, line->broadcast);
		bool is_before = row->is_of_place && row->incident.v == newest->incident.v && row->id.v != newest->id.v;
		if (!is_before || !rcc_delivery_is_open(line) || rcc_delivery_is_out(line))
			continue;
		line->state = RCC_DELIVERY_CANCELLED;
		row->unstored -= row->unstored > 0;
	}
}

void
rcc_apply_queued(struct rcc_core *core, const struct rcc_deliveries_queued *event)
{
	struct rcc_broadcast *broadcast = broadcast_get(core, event->broadcast);
	enum rcc_timer timer;

	note_change(core);
	/* A ship enrolled when no other was waited for any more: its line has the same time to arrive. */
	if (rcc_broadcast_deadline_ms(core, broadcast, &timer) == INT64_MAX) {
		broadcast->clock_at_ms = core->at_ms;
		broadcast->is_flagged = false;
		broadcast->is_unreachable_told = false;
	}
	for (uint32_t i = 0; i < event->count; i++) {
		const struct rcc_delivery_row *row = &event->row[i];
		struct rcc_peer *peer = peer_get(core, row->peer);
		assert(row->number == peer->delivery_last + 1);
		uint32_t slot = take_delivery_slot(core);
		core->delivery[slot] = (struct rcc_delivery){.peer = row->peer,
		                                             .number = row->number,
		                                             .broadcast = event->broadcast,
		                                             .state = RCC_DELIVERY_QUEUED,
		                                             .range_m = row->range_m,
		                                             .bearing_ddeg = row->bearing_ddeg,
		                                             .eta_min = row->eta_min,
		                                             .is_called_on = row->called_on != 0,
		                                             .queued_at_ms = core->at_ms,
		                                             .queued_seq = core->seq + 1,
		                                             .of_broadcast = broadcast->newest_delivery,
		                                             .of_peer = peer->newest_delivery};
		if (broadcast->is_of_place)
			replace_place_lines(core, peer, broadcast);
		broadcast->newest_delivery = slot + 1;
		broadcast->recipients++;
		core->circular_lines += rcc_broadcast_is_circular(broadcast->kind);
		broadcast->unstored++;
		peer->newest_delivery = slot + 1;
		peer->delivery_last = row->number;
	}
}

void
rcc_apply_left(struct rcc_core *core, struct rcc_peer_id peer_id)
{
	for (uint32_t slot1 = peer_get(core, peer_id)->newest_delivery; slot1 != 0;) {
		struct rcc_delivery *line = &core->delivery[slot1 - 1];
		struct rcc_broadcast *broadcast = broadcast_get(core, line->broadcast);
		slot1 = line->of_peer;
		if (!rcc_delivery_is_open(line) || broadcast->kind == RCC_BROADCAST_CANCEL ||
		    rcc_broadcast_is_circular(broadcast->kind) ||
		    incident_get(core, broadcast->incident)->class != RCC_CLASS_EXERCISE)
			continue;
		line->state = RCC_DELIVERY_CANCELLED;
		broadcast->unstored--;
	}
}

void
rcc_apply_sent(struct rcc_core *core, const struct rcc_sent *event)
{
	for (uint32_t i = 0; i < event->count; i++) {
		struct rcc_delivery *line = delivery_get(core, event->row[i]);
		line->sent_at_ms = core->at_ms;
		if (line->state == RCC_DELIVERY_QUEUED)
			line->state = RCC_DELIVERY_SENT;
	}
}

static void
mark_aboard(struct rcc_core *core, struct rcc_delivery *line)
{
	line->aboard_seq = line->aboard_seq == 0 ? core->seq + 1 : line->aboard_seq;
}

void
rcc_apply_stored(struct rcc_core *core, const struct rcc_delivery_stored *event)
{
	const struct rcc_peer *peer = peer_get(core, event->peer);

	note_change(core);
	for (uint32_t slot1 = peer->newest_delivery; slot1 != 0;) {
		struct rcc_delivery *line = &core->delivery[slot1 - 1];
		slot1 = line->of_peer;
		/* What was overtaken was not brought to her: that she is beyond it does not say that she has it. */
		bool is_passed = line->state == RCC_DELIVERY_CANCELLED && line->number != event->number;
		if (line->number > event->number || line->stored_at_ms != 0 || is_passed)
			continue;
		if (rcc_delivery_is_open(line))
			broadcast_get(core, line->broadcast)->unstored--;
		line->stored_at_ms = core->at_ms;
		broadcast_get(core, line->broadcast)->is_taken_in = true;
		mark_aboard(core, line);
		line->stored_claimed_at_ms = event->claimed_at_ms;
		if (line->state != RCC_DELIVERY_READ && line->state != RCC_DELIVERY_ANSWERED)
			line->state = RCC_DELIVERY_STORED;
	}
}

void
rcc_apply_read(struct rcc_core *core, const struct rcc_delivery_read *event)
{
	struct rcc_delivery *line = delivery_get(core, (struct rcc_delivery_ref){event->peer, event->number});

	if (rcc_delivery_is_open(line))
		broadcast_get(core, line->broadcast)->unstored--; /* read on board: it has arrived */
	mark_aboard(core, line);
	broadcast_get(core, line->broadcast)->is_taken_in = true;
	if (line->read_at_ms == 0) {
		line->read_at_ms = core->at_ms;
		line->read_claimed_at_ms = event->claimed_at_ms;
		memcpy(line->read_by, event->by, sizeof line->read_by);
	}
	if (line->state != RCC_DELIVERY_ANSWERED)
		line->state = RCC_DELIVERY_READ;
}

/* The line that an answer is about: the one it names, otherwise the ship's newest of that incident. */
static struct rcc_delivery *
answered_line(struct rcc_core *core, const struct rcc_answered *event)
{
	const struct rcc_delivery *line = rcc_delivery_find(core, event->peer, event->answer.number);
	const struct rcc_incident *incident = rcc_incident_find(core, event->answer.incident);

	for (const struct rcc_broadcast *broadcast = rcc_broadcast_at(core, incident->newest_broadcast);
	     line == NULL && broadcast != NULL; broadcast = rcc_broadcast_at(core, broadcast->previous)) {
		/* Nobody answers an end, unless she names it. */
		if (!rcc_broadcast_is_end(broadcast->kind))
			line = rcc_delivery_of(core, broadcast, event->peer);
	}
	return line == NULL ? NULL : &core->delivery[line - core->delivery];
}

bool
rcc_answer_is_of_task(const struct rcc_core *core, const struct rcc_answered *event, const struct rcc_answer_state *row)
{
	const struct rcc_delivery *line = rcc_delivery_find(core, event->peer, event->answer.number);
	const struct rcc_broadcast *broadcast = line == NULL ? NULL : rcc_broadcast_find(core, line->broadcast);
	bool has_come = row != NULL && (row->body.kind == RCC_ANSWER_ON_SCENE || row->body.kind == RCC_ANSWER_DONE);
	enum rcc_answer_kind kind = event->answer.kind;

	if (broadcast == NULL || broadcast->kind != RCC_BROADCAST_TASK)
		return false;
	const struct rcc_incident *incident = rcc_incident_find(core, event->answer.incident);
	bool is_over = incident->is_cancelled || incident->status == RCC_INCIDENT_CLOSED;
	/* Nobody waits for her any more: that she comes all the same is her latest word. */
	if (is_over && !broadcast->is_of_place && kind == RCC_ANSWER_PROCEEDING)
		return false;
	/* Who goes to a place of safety, or will not, says nothing of whether she comes to help. */
	if (broadcast->is_of_place && (kind == RCC_ANSWER_PROCEEDING || kind == RCC_ANSWER_UNABLE))
		return true;
	return has_come && (kind == RCC_ANSWER_PROCEEDING || kind == RCC_ANSWER_UNABLE);
}

void
rcc_apply_answered(struct rcc_core *core, const struct rcc_answered *event)
{
	struct rcc_incident *incident = incident_get(core, event->answer.incident);
	struct rcc_mmsi ship = event->peer.v != 0 ? peer_get(core, event->peer)->mmsi : event->answer.ship;
	const struct rcc_answer_state *known = rcc_answer_of(core, incident, ship);
	struct rcc_delivery *line = event->peer.v == 0 ? NULL : answered_line(core, event);

	if (rcc_answer_is_of_task(core, event, known)) {
		/* Her word on the call stands. */
	} else if (known != NULL) {
		struct rcc_answer_state *row = &core->answer[known - core->answer];
		row->peer = event->peer;
		row->at_ms = core->at_ms;
		row->seq = core->seq + 1;
		row->is_typed = event->typed != 0;
		if (event->answer.kind == RCC_ANSWER_ON_SCENE && row->arrived_at_ms == 0)
			row->arrived_at_ms = core->at_ms;
		row->body = event->answer;
		/* Whoever comes again is to be released again. */
		if (event->answer.kind == RCC_ANSWER_PROCEEDING || event->answer.kind == RCC_ANSWER_ON_SCENE)
			row->is_released = false;
		if (rcc_told_is_coming(row))
			row->released_seq = 0;
	} else {
		uint32_t slot = core->answer_top;
		if (core->answer_free != 0) {
			slot = core->answer_free - 1;
			core->answer_free = core->answer[slot].previous;
		} else {
			core->answer_top++;
		}
		assert(slot < RCC_ANSWERS_MAX);
		core->answer_count++;
		core->answer[slot] = (struct rcc_answer_state){.peer = event->peer,
		                                               .ship = ship,
		                                               .incident = event->answer.incident,
		                                               .at_ms = core->at_ms,
		                                               .seq = core->seq + 1,
		                                               .is_typed = event->typed != 0,
		                                               .body = event->answer,
		                                               .previous = incident->newest_answer};
		if (event->answer.kind == RCC_ANSWER_ON_SCENE)
			core->answer[slot].arrived_at_ms = core->at_ms;
		incident->newest_answer = slot + 1;
	}
	if (line == NULL)
		return;
	if (rcc_delivery_is_open(line))
		broadcast_get(core, line->broadcast)->unstored--;
	line->state = RCC_DELIVERY_ANSWERED;
	/* The one that she names herself is aboard; if she names none, one that was sent. What is said by radio brings none to her. */
	bool is_named = line->number == event->answer.number;
	if (event->typed == 0 && (is_named || (event->answer.number == 0 && line->sent_at_ms != 0)))
		mark_aboard(core, line);
	line->answered_with = event->answer.kind;
	broadcast_get(core, line->broadcast)->is_taken_in = true;
	if (line->answered_at_ms == 0)
		line->answered_at_ms = core->at_ms;
}

void
rcc_apply_flagged(struct rcc_core *core, const struct rcc_deliveries_flagged *event)
{
	struct rcc_broadcast *broadcast = broadcast_get(core, event->broadcast);

	broadcast->is_flagged = true;
	if (event->flag == RCC_FLAG_USE_OTHER_CHANNEL)
		broadcast->is_unreachable_told = true;
	for (uint32_t i = 0; i < event->count; i++) {
		struct rcc_delivery *line = delivery_get(core, event->row[i]);
		line->is_flagged = true;
		if (event->flag == RCC_FLAG_USE_OTHER_CHANNEL)
			line->state = RCC_DELIVERY_UNREACHABLE;
	}
}
