/* receipts.c - what a ship says of what she was sent: it is on her disk, a named person has read it. */
#include <string.h>

#include "core/core_internal.h"

void
rcc_rule_stored(struct rcc_step *step)
{
	const struct rcc_stored *stored = &step->entry->cause.u.stored;
	const struct rcc_peer *peer = rcc_peer_find(step->core, step->entry->cause.origin.peer);
	bool is_news = false;

	if (peer == NULL || stored->number == 0 || stored->number > peer->delivery_last ||
	    rcc_delivery_is_other(step->core, peer->id, stored->number, stored->issued_at_ms)) {
		rcc_step_refuse(step, RCC_REFUSAL_RANGE, "stored.number");
		return;
	}
	for (const struct rcc_delivery *line = rcc_delivery_at(step->core, peer->newest_delivery);
	     line != NULL && !is_news; line = rcc_delivery_at(step->core, line->of_peer))
		is_news = line->number <= stored->number && line->stored_at_ms == 0;
	if (!is_news)
		return;
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_DELIVERY_STORED);
	event->u.stored.peer = peer->id;
	event->u.stored.number = stored->number;
	event->u.stored.claimed_at_ms = stored->stored_at_ms;
	rcc_step_emit(step, event);
}

void
rcc_rule_read(struct rcc_step *step)
{
	const struct rcc_read *read = &step->entry->cause.u.read;
	struct rcc_peer_id peer = step->entry->cause.origin.peer;

	if (rcc_delivery_find(step->core, peer, read->number) == NULL ||
	    rcc_delivery_is_other(step->core, peer, read->number, read->issued_at_ms)) {
		rcc_step_refuse(step, RCC_REFUSAL_NOT_FOUND, "read.number");
		return;
	}
	if (read->by[0] == '\0') {
		rcc_step_refuse(step, RCC_REFUSAL_RANGE, "read.by");
		return;
	}
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_DELIVERY_READ);
	event->u.read.peer = peer;
	event->u.read.number = read->number;
	event->u.read.claimed_at_ms = read->read_at_ms;
	memcpy(event->u.read.by, read->by, sizeof read->by);
	rcc_step_emit(step, event);
}
