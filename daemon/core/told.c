/* told.c - what one ship was told of a case, and whether she has its end. */
#include "core/told.h"

#include "core/core_internal.h"
#include "core/place.h"

/* What was found in the lines of one ship, by the entries that queued them; 0 = none. */
struct told {
	const struct rcc_core *core;
	const struct rcc_incident *incident;
	struct rcc_mmsi ship;
	uint64_t called_seq;              /* the latest call or notice on which she may still act */
	uint64_t ordered_seq;             /* the latest order to her alone */
	uint64_t cancel_seq;              /* the latest cancel on her disk: it ends both */
	uint64_t release_seq;             /* the latest release: it ends what was asked of her alone */
	int64_t ended_at_ms;              /* when the latest of them came there */
	const struct rcc_delivery *place; /* the latest order about a place of safety */
	bool is_place_known;              /* one before it may have gone out */
	bool has_key;                     /* she is, or was, enrolled */
};

static uint64_t
later(uint64_t a, uint64_t b)
{
	return a > b ? a : b;
}

static void
take_end(struct told *told, enum rcc_broadcast_kind kind, const struct rcc_delivery *line)
{
	uint64_t *end_seq = kind == RCC_BROADCAST_CANCEL ? &told->cancel_seq : &told->release_seq;

	*end_seq = later(*end_seq, line->queued_seq);
	if (line->stored_at_ms > told->ended_at_ms)
		told->ended_at_ms = line->stored_at_ms;
}

static void
take_place(struct told *told, const struct rcc_delivery *line)
{
	const struct rcc_delivery *before = line;

	if (told->place == NULL || line->queued_seq > told->place->queued_seq) {
		before = told->place;
		told->place = line;
	}
	told->is_place_known |= before != NULL && rcc_delivery_is_out(before);
}

/* The lines of one key, of one chain of messages: newest first. */
static void
take_chain(struct told *told, uint32_t newest, struct rcc_peer_id peer)
{
	bool has_notice = false; /* a newer one is on her disk: it stands for those before it */

	for (const struct rcc_broadcast *row = rcc_broadcast_at(told->core, newest); row != NULL;
	     row = rcc_broadcast_at(told->core, row->previous)) {
		const struct rcc_delivery *line = rcc_delivery_of(told->core, row, peer);
		bool is_notice = row->kind == RCC_BROADCAST_MISSING_NOTICE;
		bool is_stored = line != NULL && rcc_delivery_is_aboard(line);
		bool is_void =
		    is_notice && (has_notice || (row->expires_at_ms != 0 && row->expires_at_ms <= told->core->at_ms));

		has_notice |= is_notice && is_stored;
		if (line == NULL || is_void)
			continue;
		if (row->is_of_place) {
			take_place(told, line);
		} else if (rcc_broadcast_is_end(row->kind)) {
			if (is_stored)
				take_end(told, row->kind, line);
		} else if (rcc_delivery_is_out(line)) {
			uint64_t *heard_seq =
			    rcc_broadcast_is_directed(row->kind) ? &told->ordered_seq : &told->called_seq;
			*heard_seq = later(*heard_seq, line->queued_seq);
		}
	}
}

/* The latest word about a place of safety has not come, and she may act on an earlier one. */
static bool
is_place_owed(const struct told *told)
{
	const struct rcc_delivery *line = told->place;

	if (line == NULL || !told->is_place_known || rcc_delivery_is_aboard(line) ||
	    told->incident->end_told_seq > line->queued_seq)
		return false;
	for (const struct rcc_place_state *place = rcc_place_at(told->core, told->incident->newest_place);
	     place != NULL; place = rcc_place_at(told->core, place->previous)) {
		const struct rcc_place_ship *row = rcc_place_ship_of(told->core, place, told->ship);
		if (row != NULL && row->reached_at_ms >= line->queued_at_ms)
			return false;
	}
	return true;
}

bool
rcc_told_is_coming(const struct rcc_answer_state *answer)
{
	return answer != NULL &&
	       (answer->body.kind == RCC_ANSWER_PROCEEDING || answer->body.kind == RCC_ANSWER_ON_SCENE ||
	        answer->body.kind == RCC_ANSWER_NEED_DETAIL);
}

/* Has she answered, and heard nothing after it that ends what she said? */
static bool
is_answer_owed(const struct told *told, const struct rcc_answer_state *answer)
{
	const struct rcc_incident *incident = told->incident;
	bool is_said = incident->newest_broadcast != 0 || incident->newest_directed != 0;

	if (answer == NULL || answer->released_seq != 0)
		return false;
	/* Who is on her way by voice is told by voice: a word about all the others is none about her. */
	bool is_told = incident->end_told_seq != 0 && incident->end_told_at_ms >= answer->at_ms &&
	               !rcc_told_is_to_be_released(told->core, incident, told->ship);
	if (is_told || (told->ended_at_ms != 0 && told->ended_at_ms >= answer->at_ms))
		return false;
	if (rcc_told_is_coming(answer))
		return true;
	/* Unable or done says that she knows of the case, not that she will act. A refusal of what nobody asked leaves nothing. */
	bool has_end = told->ended_at_ms != 0 || incident->end_told_seq != 0;
	return told->has_key && !has_end && (is_said || answer->body.kind == RCC_ANSWER_DONE);
}

bool
rcc_told_is_by_voice(const struct rcc_core *core, const struct rcc_incident *incident, struct rcc_mmsi ship)
{
	return incident->is_restricted || rcc_peer_find_mmsi(core, ship) == NULL;
}

bool
rcc_told_is_to_be_released(const struct rcc_core *core, const struct rcc_incident *incident, struct rcc_mmsi ship)
{
	return rcc_told_is_by_voice(core, incident, ship) && rcc_told_is_coming(rcc_answer_of(core, incident, ship));
}

bool
rcc_told_is_owed(const struct rcc_core *core, const struct rcc_incident *incident, struct rcc_mmsi ship)
{
	struct told told = {.core = core, .incident = incident, .ship = ship};
	const struct rcc_answer_state *answer = rcc_answer_of(core, incident, ship);

	for (const struct rcc_peer *peer = rcc_peer_first_of(core, ship); peer != NULL;
	     peer = rcc_peer_next_of(core, peer)) {
		told.has_key = true;
		take_chain(&told, incident->newest_broadcast, peer->id);
		take_chain(&told, incident->newest_directed, peer->id);
	}
	/* What was said otherwise ends all that went before it. */
	uint64_t said_seq = later(incident->end_told_seq, answer == NULL ? 0 : answer->released_seq);
	uint64_t cancel_seq = later(said_seq, told.cancel_seq);
	return told.called_seq > cancel_seq || told.ordered_seq > later(cancel_seq, told.release_seq) ||
	       is_answer_owed(&told, answer) || is_place_owed(&told);
}

bool
rcc_told_each_owed(const struct rcc_core *core, const struct rcc_incident *incident,
                   bool (*tell)(void *context, struct rcc_mmsi ship), void *context)
{
	for (uint32_t i = 0; i < core->peer_count; i++) {
		struct rcc_mmsi ship = core->peer[i].mmsi;
		/* Each ship once, by the newest of her keys. */
		if (rcc_peer_first_of(core, ship) == &core->peer[i] && rcc_told_is_owed(core, incident, ship) &&
		    !tell(context, ship))
			return false;
	}
	/* And those that have never had one. */
	for (const struct rcc_answer_state *row = rcc_answer_at(core, incident->newest_answer); row != NULL;
	     row = rcc_answer_at(core, row->previous)) {
		if (rcc_peer_first_of(core, row->ship) == NULL && rcc_told_is_owed(core, incident, row->ship) &&
		    !tell(context, row->ship))
			return false;
	}
	return true;
}

static bool
stop_at_first(void *context, struct rcc_mmsi ship)
{
	(void)context;
	(void)ship;
	return false;
}

bool
rcc_told_is_any_owed(const struct rcc_core *core, const struct rcc_incident *incident)
{
	return !rcc_told_each_owed(core, incident, stop_at_first, NULL);
}

struct listeners {
	const struct rcc_core *core;
	const struct rcc_incident *incident;
};

static bool
stop_at_listener(void *context, struct rcc_mmsi ship)
{
	const struct listeners *listeners = context;

	return rcc_told_is_to_be_released(listeners->core, listeners->incident, ship);
}

bool
rcc_told_is_any_to_be_told(const struct rcc_core *core, const struct rcc_incident *incident)
{
	struct listeners listeners = {core, incident};

	return !rcc_told_each_owed(core, incident, stop_at_listener, &listeners);
}
