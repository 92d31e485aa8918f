#include "laws_told.h"
#include "laws_internal.h"

/* A ship's last line of a case that tells her to do something: one that may have gone out, or any; NULL = none. */
static const struct rcc_delivery *
last_order(const struct rcc_core *core, uint32_t incident, struct rcc_mmsi ship, bool is_any)
{
	const struct rcc_delivery *last = NULL;

	for (uint32_t i = 0; i < core->delivery_top; i++) {
		const struct rcc_delivery *line = &core->delivery[i];
		const struct rcc_broadcast *row = line->peer.v == 0 ? NULL : rcc_broadcast_find(core, line->broadcast);
		bool is_out = is_any || line->sent_at_ms != 0 || line->stored_at_ms != 0 || line->may_be_out;
		if (row != NULL && is_out && row->incident.v == incident && !row->is_of_place &&
		    row->kind != RCC_BROADCAST_CANCEL && row->kind != RCC_BROADCAST_RELEASE &&
		    rcc_peer_find(core, line->peer)->mmsi.v == ship.v &&
		    (last == NULL || line->queued_seq > last->queued_seq))
			last = line;
	}
	return last;
}

/* Is she doing what she was ordered to, as far as anybody has said? */
static bool
is_at_work(const struct rcc_core *core, const struct rcc_incident *incident, struct rcc_mmsi ship,
           const struct rcc_delivery *order)
{
	const struct rcc_answer_state *answer = rcc_answer_of(core, incident, ship);
	bool has_declined = answer != NULL && answer->seq > order->queued_seq && answer->asked_seq < answer->seq &&
	                    (answer->body.kind == RCC_ANSWER_UNABLE || answer->body.kind == RCC_ANSWER_DONE);
	bool is_told =
	    incident->end_told_seq > order->queued_seq || (answer != NULL && answer->released_seq > order->queued_seq);

	/* What is over by the cancel of this very entry is what is asked about. */
	for (uint32_t i = 0; i < core->delivery_top; i++) {
		const struct rcc_delivery *line = &core->delivery[i];
		const struct rcc_broadcast *row = line->peer.v == 0 ? NULL : rcc_broadcast_find(core, line->broadcast);
		is_told |= row != NULL && row->incident.v == incident->id.v && line->aboard_seq != 0 &&
		           line->queued_seq > order->queued_seq && rcc_peer_find(core, line->peer)->mmsi.v == ship.v &&
		           (row->kind == RCC_BROADCAST_CANCEL || row->kind == RCC_BROADCAST_RELEASE);
	}
	return !has_declined && !is_told;
}

/* Nobody was called to that case, only ordered, each alone: who is at work for it is ordered for the other one before. */
static void
law_of_ordered(const char **broken, const struct rcc_core *core, const struct rcc_incident *from)
{
	for (uint32_t i = 0; i < core->peer_count; i++) {
		struct rcc_mmsi ship = core->peer[i].mmsi;
		const struct rcc_delivery *order = last_order(core, from->id.v, ship, false);
		law(broken,
		    order == NULL || !is_at_work(core, from, ship, order) ||
		        last_order(core, from->joined_into.v, ship, true) != NULL,
		    "a ship was called off her task by a join, and not ordered anew");
	}
}

/* Who is told that a case is another one now must hold a call of that other one: nobody is called off by a join. */
void
laws_of_survivor(const char **broken, const struct laws_story *story, const struct rcc_core *core,
                 const struct rcc_entry *entry, const struct rcc_broadcast_issued *issued)
{
	const struct rcc_incident *incident = rcc_incident_find(core, issued->incident);

	if (entry->cause.kind != RCC_COMMAND_JOIN || issued->kind != RCC_BROADCAST_CANCEL ||
	    incident->outcome != RCC_OUTCOME_JOINED)
		return;
	uint32_t id = incident->joined_into.v;
	/* What goes behind the wall of restriction is told to no ship any more. */
	if (story->is_restricted[id])
		return;
	/* Nobody is called by a notice: one that has run out goes with its case, and an officer may hold what it becomes. */
	const struct rcc_broadcast *before =
	    rcc_broadcast_at(core, rcc_broadcast_find(core, issued->broadcast)->previous);
	/* The clock that says so may ring later than the time comes. */
	bool is_over =
	    story->notice_over[issued->incident.v] || (before != NULL && before->expires_at_ms <= core->at_ms);
	if (story->was_notice[issued->incident.v] && (is_over || story->is_held[id]))
		return;
	bool is_called = id != 0 && story->was_told[id] && !story->was_cancelled[id] && !story->was_suspended[id];
	if (!is_called && story->was_ordered[issued->incident.v] && !story->was_told[issued->incident.v])
		law_of_ordered(broken, core, incident);
	else
		law(broken, is_called, "ships were called off a case, and not called to the one that it was joined to");
}

/* Is this line a call, notice or order that may have gone out to her, and that nothing but an end of the case ends? */
static bool
is_call(const struct rcc_core *core, const struct rcc_delivery *line, const struct rcc_broadcast *row)
{
	bool is_out = line->sent_at_ms != 0 || line->stored_at_ms != 0 || line->read_at_ms != 0 || line->may_be_out;

	if (!is_out || row->is_of_place || row->kind == RCC_BROADCAST_CANCEL || row->kind == RCC_BROADCAST_RELEASE)
		return false;
	if (row->kind != RCC_BROADCAST_MISSING_NOTICE)
		return true;
	/* It has run out, or the one that stands for it has come. */
	bool is_void = row->expires_at_ms != 0 && row->expires_at_ms <= core->at_ms;
	for (uint32_t i = 0; i < core->delivery_top; i++) {
		const struct rcc_delivery *later = &core->delivery[i];
		const struct rcc_broadcast *other =
		    later->peer.v != line->peer.v ? NULL : rcc_broadcast_find(core, later->broadcast);
		is_void |= other != NULL && other->incident.v == row->incident.v && other->kind == row->kind &&
		           later->number > line->number && later->stored_at_ms != 0;
	}
	return !is_void;
}

/* Did a cancel of the case, or a release, come to her, by any key, that was made after this entry? */
static bool
has_end_after(const struct rcc_core *core, struct rcc_incident_id incident, struct rcc_mmsi ship, uint64_t seq,
              bool is_release_enough)
{
	for (uint32_t i = 0; i < core->delivery_top; i++) {
		const struct rcc_delivery *line = &core->delivery[i];
		const struct rcc_broadcast *row = line->peer.v == 0 ? NULL : rcc_broadcast_find(core, line->broadcast);
		bool is_end =
		    row != NULL && row->incident.v == incident.v &&
		    (row->kind == RCC_BROADCAST_CANCEL || (is_release_enough && row->kind == RCC_BROADCAST_RELEASE));
		if (is_end && line->aboard_seq != 0 && line->queued_seq > seq &&
		    rcc_peer_find(core, line->peer)->mmsi.v == ship.v)
			return true;
	}
	return false;
}

/* Whoever heard of a live case has its end before it is closed, or somebody has said how she was told (SAR Convention annex 4.8.3). */
void
laws_of_closed(const char **broken, const struct rcc_core *core, const struct rcc_incident_closed *closed)
{
	const struct rcc_incident *incident = rcc_incident_find(core, closed->incident);

	if (incident->class != RCC_CLASS_LIVE || closed->outcome == RCC_OUTCOME_JOINED)
		return;
	for (uint32_t i = 0; i < core->delivery_top; i++) {
		const struct rcc_delivery *line = &core->delivery[i];
		const struct rcc_broadcast *row = line->peer.v == 0 ? NULL : rcc_broadcast_find(core, line->broadcast);
		if (row == NULL || row->incident.v != closed->incident.v || !is_call(core, line, row))
			continue;
		struct rcc_mmsi ship = rcc_peer_find(core, line->peer)->mmsi;
		const struct rcc_answer_state *answer = rcc_answer_of(core, incident, ship);
		bool is_said = incident->end_told_seq > line->queued_seq ||
		               (answer != NULL && answer->released_seq > line->queued_seq);
		law(broken,
		    is_said ||
		        has_end_after(core, incident->id, ship, line->queued_seq, rcc_broadcast_is_directed(row->kind)),
		    "a live case was closed over a ship that heard of it");
	}
	/* And whoever said that she comes, or was ordered to by voice since, has heard that she need not. */
	for (const struct rcc_answer_state *row = rcc_answer_at(core, incident->newest_answer); row != NULL;
	     row = rcc_answer_at(core, row->previous)) {
		bool is_coming = row->body.kind == RCC_ANSWER_PROCEEDING || row->body.kind == RCC_ANSWER_ON_SCENE ||
		                 row->body.kind == RCC_ANSWER_NEED_DETAIL || row->asked_seq > row->seq;
		/* A word about all is one about her if it came after that, and she was not to be told by voice then. */
		bool is_said = incident->end_told_seq > row->seq && incident->end_told_seq > row->asked_seq &&
		               incident->end_told_seq > row->unsaid_seq;
		law(broken,
		    !is_coming || row->released_seq != 0 || is_said ||
		        has_end_after(core, incident->id, row->ship, row->asked_seq, true),
		    "a live case was closed over a ship that comes");
	}
}
