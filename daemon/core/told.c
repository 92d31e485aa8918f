/* told.c - what one ship was told of a case, and whether she has its end. */
#include "core/told.h"

#include "core/core_internal.h"
#include "core/place.h"

/* What was found in the lines of one ship, by the entries that queued them; 0 = none. */
struct told {
	const struct rcc_core *core;
	const struct rcc_incident *incident;
	struct rcc_mmsi ship;
	const struct rcc_answer_state *answer; /* hers; NULL = she has not answered */
	uint64_t round_seq;                    /* of the call that she answered */
	uint64_t called_seq;                   /* the latest call or notice on which she may still act */
	uint64_t ordered_seq;                  /* the latest order to her alone */
	uint64_t order_made_seq;               /* the same, and it may still be on its way */
	uint64_t end_made_seq;                 /* the latest cancel or release: it may as well */
	uint64_t cancel_seq;                   /* the latest cancel on her disk: it ends both */
	uint64_t release_seq;                  /* the latest release: it ends what was asked of her alone */
	bool is_answer_ended;                  /* one of them ends what she answered last */
	const struct rcc_delivery *place;      /* the latest order about a place of safety */
	bool has_place_before;                 /* one before it was made */
	bool is_place_known;                   /* and may have gone out */
};

static uint64_t
later(uint64_t a, uint64_t b)
{
	return a > b ? a : b;
}

/* When she said last that she comes, or was ordered to by voice. */
static uint64_t
came_seq(const struct rcc_answer_state *answer)
{
	return later(answer->seq, answer->asked_seq);
}

/*
 * Does this end come after what she answered? Made after it, it does. Made before, and come aboard after, it does if it ended the call that
 * she answered, unless she named it, or something later: then she had it before her, and came all the same.
 */
static bool
ends_answer(const struct rcc_answer_state *answer, uint64_t round_seq, const struct rcc_delivery *line)
{
	bool is_named = answer != NULL && !answer->is_typed && answer->peer.v == line->peer.v &&
	                answer->body.number >= line->number;

	return answer != NULL && (line->queued_seq > came_seq(answer) ||
	                          (line->aboard_seq > came_seq(answer) && line->queued_seq > round_seq && !is_named));
}

/* When ships were called on last, or she alone, before she answered, or by voice: what was made before that ended another round. */
static uint64_t
round_of(const struct rcc_core *core, const struct rcc_incident *incident, const struct rcc_answer_state *answer)
{
	uint64_t round_seq = 0;

	if (answer == NULL)
		return 0;
	for (const struct rcc_broadcast *row = rcc_broadcast_at(core, incident->newest_broadcast);
	     row != NULL && round_seq == 0; row = rcc_broadcast_at(core, row->previous)) {
		bool is_call = row->kind == RCC_BROADCAST_DISTRESS_RELAY || row->kind == RCC_BROADCAST_MISSING_NOTICE;
		if (is_call && row->seq <= answer->seq)
			round_seq = row->seq;
	}
	for (const struct rcc_broadcast *row = rcc_broadcast_at(core, incident->newest_directed);
	     row != NULL && row->seq > round_seq; row = rcc_broadcast_at(core, row->previous)) {
		bool is_order = !rcc_broadcast_is_end(row->kind) && !row->is_of_place && row->seq <= answer->seq;
		if (is_order && rcc_delivery_of(core, row, answer->peer) != NULL)
			round_seq = row->seq;
	}
	return later(round_seq, answer->asked_seq);
}

static void
take_end(struct told *told, enum rcc_broadcast_kind kind, const struct rcc_delivery *line)
{
	uint64_t *end_seq = kind == RCC_BROADCAST_CANCEL ? &told->cancel_seq : &told->release_seq;

	*end_seq = later(*end_seq, line->queued_seq);
	told->is_answer_ended |= ends_answer(told->answer, told->round_seq, line);
}

static void
take_place(struct told *told, const struct rcc_delivery *line)
{
	const struct rcc_delivery *before = line;

	if (told->place == NULL || line->queued_seq > told->place->queued_seq) {
		before = told->place;
		told->place = line;
	}
	told->has_place_before |= before != NULL;
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
			continue;
		}
		uint64_t *made_seq = rcc_broadcast_is_end(row->kind) ? &told->end_made_seq : &told->order_made_seq;
		if (rcc_broadcast_is_end(row->kind) || rcc_broadcast_is_directed(row->kind))
			*made_seq = later(*made_seq, line->queued_seq);
		if (rcc_broadcast_is_end(row->kind)) {
			if (is_stored)
				take_end(told, row->kind, line);
		} else if (rcc_delivery_is_out(line)) {
			uint64_t *heard_seq =
			    rcc_broadcast_is_directed(row->kind) ? &told->ordered_seq : &told->called_seq;
			*heard_seq = later(*heard_seq, line->queued_seq);
		}
	}
}

/* Was she sent to a place before this line was made, with none before it? Then she was sent by voice. */
static bool
is_sent_by_voice(const struct told *told, const struct rcc_delivery *line)
{
	bool is_sent = false;

	for (const struct rcc_place_state *place = rcc_place_at(told->core, told->incident->newest_place);
	     place != NULL && !told->has_place_before; place = rcc_place_at(told->core, place->previous)) {
		const struct rcc_place_ship *row = rcc_place_ship_of(told->core, place, told->ship);
		is_sent |= row != NULL && row->assigned_at_ms != 0 && row->assigned_at_ms < line->queued_at_ms;
	}
	return is_sent;
}

/*
 * May she be on her way to a place of safety that is no longer meant? The latest word about one has not come, or none went out: she has
 * been sent somewhere before, by a message or by voice, and has neither reached it nor been told by somebody.
 */
static bool
is_place_owed(const struct told *told)
{
	const struct rcc_delivery *line = told->place;
	bool is_sent = line != NULL && (told->is_place_known || is_sent_by_voice(told, line));
	bool is_waiting = is_sent && !rcc_delivery_is_aboard(line);
	bool is_known = line == NULL || told->is_place_known || rcc_delivery_is_out(line);
	int64_t latest_ms = is_waiting ? line->queued_at_ms : 0;

	for (const struct rcc_place_state *place = rcc_place_at(told->core, told->incident->newest_place);
	     is_known && place != NULL; place = rcc_place_at(told->core, place->previous)) {
		const struct rcc_place_ship *row = rcc_place_ship_of(told->core, place, told->ship);
		/* No message told her that she is not to go there any more. */
		if (row != NULL && !row->is_assigned && row->broadcast.v == 0 && row->withdrawn_at_ms > latest_ms)
			latest_ms = row->withdrawn_at_ms;
	}
	for (const struct rcc_place_state *place = rcc_place_at(told->core, told->incident->newest_place);
	     latest_ms != 0 && place != NULL; place = rcc_place_at(told->core, place->previous)) {
		const struct rcc_place_ship *row = rcc_place_ship_of(told->core, place, told->ship);
		if (row != NULL && row->reached_at_ms >= latest_ms)
			latest_ms = 0;
	}
	bool is_told =
	    is_waiting ? told->incident->end_told_seq > line->queued_seq : told->incident->end_told_at_ms > latest_ms;
	return latest_ms != 0 && !is_told;
}

bool
rcc_told_is_coming(const struct rcc_answer_state *answer)
{
	/* Who was ordered by voice after she could not, or was done, is taken to come. */
	return answer != NULL &&
	       (answer->asked_seq > answer->seq || answer->body.kind == RCC_ANSWER_PROCEEDING ||
	        answer->body.kind == RCC_ANSWER_ON_SCENE || answer->body.kind == RCC_ANSWER_NEED_DETAIL);
}

/*
 * Has she said that she comes, and heard nothing after it that ends that? Unable or done says that she knows of the case, and not that
 * she will act on it: what she was sent is looked for in her lines.
 */
static bool
is_answer_owed(const struct told *told)
{
	const struct rcc_answer_state *answer = told->answer;

	if (!rcc_told_is_coming(answer) || answer->released_seq != 0)
		return false;
	/* Who is on her way by voice is told by voice: a word about all the others is none about her, then or later. */
	bool is_told = told->incident->end_told_seq > later(came_seq(answer), answer->unsaid_seq) &&
	               !rcc_told_is_to_be_released(told->core, told->incident, told->ship);
	return !is_told && !told->is_answer_ended;
}

bool
rcc_told_is_by_voice(const struct rcc_core *core, const struct rcc_incident *incident, struct rcc_mmsi ship)
{
	return incident->is_restricted || rcc_peer_find_mmsi(core, ship) == NULL;
}

bool
rcc_told_is_to_be_released(const struct rcc_core *core, const struct rcc_incident *incident, struct rcc_mmsi ship)
{
	const struct rcc_answer_state *answer = rcc_answer_of(core, incident, ship);

	return rcc_told_is_by_voice(core, incident, ship) && rcc_told_is_coming(answer) && answer->released_seq == 0;
}

/* All that was made for her, by any key that she ever had. */
static struct told
told_of(const struct rcc_core *core, const struct rcc_incident *incident, struct rcc_mmsi ship)
{
	const struct rcc_answer_state *answer = rcc_answer_of(core, incident, ship);
	struct told told = {.core = core,
	                    .incident = incident,
	                    .ship = ship,
	                    .answer = answer,
	                    .round_seq = round_of(core, incident, answer)};

	for (const struct rcc_peer *peer = rcc_peer_first_of(core, ship); peer != NULL;
	     peer = rcc_peer_next_of(core, peer)) {
		take_chain(&told, incident->newest_broadcast, peer->id);
		take_chain(&told, incident->newest_directed, peer->id);
	}
	return told;
}

/* What was last said otherwise to her, or to all: it ends all that went before it. */
static uint64_t
said_seq(const struct told *told)
{
	return later(told->incident->end_told_seq, told->answer == NULL ? 0 : told->answer->released_seq);
}

static bool
is_order_owed(const struct told *told)
{
	return told->ordered_seq > later(later(said_seq(told), told->cancel_seq), told->release_seq);
}

bool
rcc_told_is_owed(const struct rcc_core *core, const struct rcc_incident *incident, struct rcc_mmsi ship)
{
	struct told told = told_of(core, incident, ship);

	return told.called_seq > later(said_seq(&told), told.cancel_seq) || is_order_owed(&told) ||
	       is_answer_owed(&told) || is_place_owed(&told);
}

bool
rcc_told_is_called_off(const struct rcc_core *core, struct rcc_mmsi ship, const struct rcc_incident *from,
                       const struct rcc_incident *into)
{
	struct told before = told_of(core, from, ship);
	bool is_declined =
	    before.answer != NULL && !rcc_told_is_coming(before.answer) && before.answer->seq > before.ordered_seq;

	if (!is_order_owed(&before) || is_declined)
		return false;
	struct told after = told_of(core, into, ship);
	return after.order_made_seq <= later(after.end_made_seq, said_seq(&after));
}

/* The newest of the places to which she was sent. */
static const struct rcc_place_state *
newest_place_of(const struct rcc_core *core, const struct rcc_incident *incident, struct rcc_mmsi ship)
{
	const struct rcc_place_state *place = rcc_place_at(core, incident->newest_place);

	while (place != NULL && rcc_place_ship_of(core, place, ship) == NULL)
		place = rcc_place_at(core, place->previous);
	return place;
}

/* Those that were sent to a place of safety by voice, and neither have a key nor have answered. */
static bool
each_sent_by_voice(const struct rcc_core *core, const struct rcc_incident *incident,
                   bool (*tell)(void *context, struct rcc_mmsi ship), void *context)
{
	for (const struct rcc_place_state *place = rcc_place_at(core, incident->newest_place); place != NULL;
	     place = rcc_place_at(core, place->previous)) {
		for (const struct rcc_place_ship *row = rcc_place_ship_at(core, place->newest_ship); row != NULL;
		     row = rcc_place_ship_at(core, row->previous)) {
			bool is_found = rcc_peer_first_of(core, row->ship) != NULL ||
			                rcc_answer_of(core, incident, row->ship) != NULL ||
			                newest_place_of(core, incident, row->ship) != place;
			if (!is_found && rcc_told_is_owed(core, incident, row->ship) && !tell(context, row->ship))
				return false;
		}
	}
	return true;
}

/* Those that have never had a key. */
static bool
each_without_key(const struct rcc_core *core, const struct rcc_incident *incident,
                 bool (*tell)(void *context, struct rcc_mmsi ship), void *context)
{
	for (const struct rcc_answer_state *row = rcc_answer_at(core, incident->newest_answer); row != NULL;
	     row = rcc_answer_at(core, row->previous)) {
		if (rcc_peer_first_of(core, row->ship) == NULL && rcc_told_is_owed(core, incident, row->ship) &&
		    !tell(context, row->ship))
			return false;
	}
	return each_sent_by_voice(core, incident, tell, context);
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
	return each_without_key(core, incident, tell, context);
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
rcc_told_is_any_to_be_told(const struct rcc_core *core, const struct rcc_incident *incident, uint32_t *from)
{
	struct listeners listeners = {core, incident};

	for (uint32_t k = 0; k < core->peer_count; k++) {
		uint32_t i = (*from + k) % core->peer_count;
		struct rcc_mmsi ship = core->peer[i].mmsi;
		if (rcc_peer_first_of(core, ship) == &core->peer[i] && rcc_told_is_owed(core, incident, ship) &&
		    !stop_at_listener(&listeners, ship)) {
			*from = i;
			return true;
		}
	}
	return !each_without_key(core, incident, stop_at_listener, &listeners);
}

bool
rcc_told_is_joined(const struct rcc_core *core, const struct rcc_incident *incident, struct rcc_mmsi ship)
{
	for (uint32_t i = 0; i < core->incident_top; i++) {
		const struct rcc_incident *other = &core->incident[i];
		bool is_joined = other->id.v != 0 && other->joined_into.v != 0 &&
		                 other->status == RCC_INCIDENT_CLOSED &&
		                 rcc_incident_speaker(core, other->id).v == incident->id.v;
		if (is_joined && rcc_told_is_owed(core, other, ship))
			return true;
	}
	return false;
}
