/*
 * closing.c - what stands in the way of closing a case: people, duties, ships that have not been told.
 *
 * A case that is over because nobody was in danger ends the duties of search and of response with it; the telling of it goes on,
 * and what is owed to people stands in its way. One that ends as a rescue, or with people not found, is closed when everybody is
 * accounted for and every duty has an end.
 */
#include "core/closing.h"

#include "core/core_internal.h"
#include "core/duty.h"
#include "core/persons.h"
#include "core/place.h"

struct search {
	const struct rcc_core *core;
	void (*tell)(void *context, const struct rcc_obstacle *obstacle);
	void *context;
	uint32_t count;
};

static void
found(struct search *search, const struct rcc_obstacle *obstacle)
{
	search->count++;
	if (search->tell != NULL)
		search->tell(search->context, obstacle);
}

/* What is owed to people whom a ship has, or for whom she asks, is owed whatever the alert was: it does not end with the search. */
static bool
is_of_people(enum rcc_duty_rule rule)
{
	return rule == RCC_DUTY_RULE_SEEK_PLACE || rule == RCC_DUTY_RULE_DISEMBARK ||
	       rule == RCC_DUTY_RULE_REVIEW_FEAR || rule == RCC_DUTY_RULE_REFER || rule == RCC_DUTY_RULE_MEET_NEED ||
	       rule == RCC_DUTY_RULE_REPORT_SURVIVORS || rule == RCC_DUTY_RULE_CARE;
}

static void
find_duties(struct search *search, const struct rcc_incident *incident, bool is_of_people_alone)
{
	const struct rcc_broadcast *newest = rcc_broadcast_at(search->core, incident->newest_broadcast);
	bool is_over = newest != NULL && newest->kind == RCC_BROADCAST_CANCEL;

	for (const struct rcc_duty *row = rcc_duty_at(search->core, incident->newest_duty); row != NULL;
	     row = rcc_duty_at(search->core, row->previous)) {
		/* What a ship was asked for after the end was told is not ended by it: she has to be released. */
		bool is_later = is_over && row->ship.v != 0 && row->opened_at_ms >= newest->issued_at_ms;
		/* Whom the end has not reached is told of ship by ship. */
		bool is_asked =
		    row->rule != RCC_DUTY_RULE_TELL_END && (!is_of_people_alone || is_of_people(row->rule) || is_later);
		if (rcc_duty_is_open(row) && is_asked)
			found(search,
			      &(struct rcc_obstacle){.kind = RCC_OBSTACLE_DUTY, .ship = row->ship, .duty = row});
	}
}

static bool
is_out(const struct rcc_delivery *line)
{
	return line != NULL && (line->sent_at_ms != 0 || line->stored_at_ms != 0);
}

/* Of this message and those before it, did one go to her? A notice that has run out has taken itself back. */
static bool
is_among(const struct rcc_core *core, const struct rcc_incident *incident, uint32_t newest, struct rcc_peer_id peer)
{
	for (const struct rcc_broadcast *row = rcc_broadcast_at(core, newest); row != NULL;
	     row = rcc_broadcast_at(core, row->previous)) {
		bool is_over = row->kind == RCC_BROADCAST_MISSING_NOTICE && incident->is_notice_over;
		if (!is_over && is_out(rcc_delivery_of(core, row, peer)))
			return true;
	}
	return false;
}

/* Did one go to anybody? */
static bool
is_any_out(const struct rcc_core *core, uint32_t newest)
{
	for (const struct rcc_broadcast *row = rcc_broadcast_at(core, newest); row != NULL;
	     row = rcc_broadcast_at(core, row->previous)) {
		for (const struct rcc_delivery *line = rcc_delivery_at(core, row->newest_delivery); line != NULL;
		     line = rcc_delivery_at(core, line->of_broadcast)) {
			if (is_out(line))
				return true;
		}
	}
	return false;
}

bool
rcc_closing_is_heard(const struct rcc_core *core, const struct rcc_incident *incident)
{
	if (incident->class != RCC_CLASS_LIVE)
		return false;
	return incident->newest_answer != 0 || is_any_out(core, incident->newest_broadcast) ||
	       is_any_out(core, incident->newest_directed);
}

/* The latest that was said to this key alone is a release, and it is stored. */
static bool
is_told_off(const struct rcc_core *core, const struct rcc_incident *incident, struct rcc_peer_id peer)
{
	for (const struct rcc_broadcast *row = rcc_broadcast_at(core, incident->newest_directed); row != NULL;
	     row = rcc_broadcast_at(core, row->previous)) {
		const struct rcc_delivery *line = rcc_delivery_of(core, row, peer);
		if (line != NULL)
			return row->kind == RCC_BROADCAST_RELEASE && line->stored_at_ms != 0;
	}
	return false;
}

bool
rcc_closing_is_ordered(const struct rcc_core *core, const struct rcc_incident *incident)
{
	for (const struct rcc_broadcast *row = rcc_broadcast_at(core, incident->newest_directed); row != NULL;
	     row = rcc_broadcast_at(core, row->previous)) {
		for (const struct rcc_delivery *line = rcc_delivery_at(core, row->newest_delivery); line != NULL;
		     line = rcc_delivery_at(core, line->of_broadcast)) {
			if (is_out(line) && !is_told_off(core, incident, line->peer))
				return true;
		}
	}
	return false;
}

/* Is a cancel that came after every call stored under this key? */
static bool
has_cancel(const struct rcc_core *core, const struct rcc_incident *incident, struct rcc_peer_id peer)
{
	for (const struct rcc_broadcast *row = rcc_broadcast_at(core, incident->newest_broadcast); row != NULL;
	     row = rcc_broadcast_at(core, row->previous)) {
		const struct rcc_delivery *line = rcc_delivery_of(core, row, peer);
		if (row->kind == RCC_BROADCAST_CANCEL && line != NULL && line->stored_at_ms != 0)
			return true;
		if (row->kind != RCC_BROADCAST_CANCEL && row->kind != RCC_BROADCAST_MISSING_NOTICE && is_out(line))
			return false;
	}
	return false;
}

/*
 * Is this ship owed the end? She may have heard of the case: what was never sent to her she has not, what was sent she may have, stored or
 * not; who answered has. And she has not stored its end, nor was she released by voice. By any key that she ever had: with a new one she
 * is the same ship, and with none as well.
 */
static bool
is_owed(const struct rcc_core *core, const struct rcc_incident *incident, struct rcc_mmsi ship)
{
	bool is_reached = false, has_end = false, is_broadcast = incident->newest_broadcast != 0;
	bool is_said = is_broadcast || incident->newest_directed != 0;

	for (const struct rcc_peer *peer = rcc_peer_first_of(core, ship); peer != NULL;
	     peer = rcc_peer_next_of(core, peer)) {
		const struct rcc_answer_state *answer = rcc_answer_find(core, incident, peer->id);
		/* A refusal of what nobody asked of her leaves nothing to take back. */
		is_reached |= (answer != NULL && (is_said || answer->body.kind != RCC_ANSWER_UNABLE)) ||
		              is_among(core, incident, incident->newest_broadcast, peer->id) ||
		              is_among(core, incident, incident->newest_directed, peer->id);
		has_end |= (answer != NULL && answer->is_released) || has_cancel(core, incident, peer->id) ||
		           (!is_broadcast && is_told_off(core, incident, peer->id));
	}
	return is_reached && !has_end;
}

/* Each ship once, by the newest of her keys. */
static bool
is_newest_key(const struct rcc_core *core, const struct rcc_peer *peer)
{
	return peer->role == RCC_ROLE_VESSEL && rcc_peer_first_of(core, peer->mmsi) == peer;
}

bool
rcc_closing_is_owed(const struct rcc_core *core, const struct rcc_incident *incident)
{
	for (uint32_t i = 0; incident->class == RCC_CLASS_LIVE && i < core->peer_count; i++) {
		if (is_newest_key(core, &core->peer[i]) && is_owed(core, incident, core->peer[i].mmsi))
			return true;
	}
	return false;
}

/* Has she a line of the end, or will she get it? One whose key was revoked since she answered hears nothing more. */
static bool
hears(const struct rcc_core *core, const struct rcc_incident *incident, const struct rcc_answer_state *answer)
{
	const struct rcc_peer *peer = rcc_peer_find(core, answer->peer);

	if (peer == NULL)
		return false;
	return peer->revoked_at_ms == 0 || rcc_peer_find_mmsi(core, peer->mmsi) != NULL ||
	       has_cancel(core, incident, peer->id);
}

/* Is she to be released by voice? find_unreleased() tells of her. */
static bool
is_by_voice(const struct rcc_core *core, const struct rcc_incident *incident, struct rcc_mmsi ship)
{
	const struct rcc_answer_state *answer = rcc_answer_of(core, incident, ship);

	return answer != NULL && !answer->is_released && !hears(core, incident, answer) &&
	       (answer->body.kind == RCC_ANSWER_PROCEEDING || answer->body.kind == RCC_ANSWER_ON_SCENE);
}

/* Ships that heard of the case and have not stored its end: to be told another way, and that to be written down. */
static void
find_untold(struct search *search, const struct rcc_incident *incident)
{
	const struct rcc_core *core = search->core;
	const struct rcc_broadcast *newest = rcc_broadcast_at(core, incident->newest_broadcast);
	const struct rcc_duty *duty = rcc_duty_of(core, incident->id, RCC_DUTY_RULE_TELL_END, (struct rcc_mmsi){0}, 0);
	bool is_cancelled = newest != NULL && newest->kind == RCC_BROADCAST_CANCEL;

	/* While a call stands, nobody has been told the end; and of what may not be shown to all, no cancel is told. */
	if (newest == NULL ? incident->is_restricted : !is_cancelled && !incident->is_notice_over)
		return;
	/* That it was told another way is written down. */
	if (is_cancelled && duty != NULL && !rcc_duty_is_open(duty))
		return;
	for (uint32_t i = 0; i < core->peer_count; i++) {
		struct rcc_mmsi ship = core->peer[i].mmsi;
		if (is_newest_key(core, &core->peer[i]) && is_owed(core, incident, ship) &&
		    !is_by_voice(core, incident, ship))
			found(search, &(struct rcc_obstacle){.kind = RCC_OBSTACLE_UNTOLD,
			                                     .ship = ship,
			                                     .duty = is_cancelled ? duty : NULL});
	}
}

/* Ships that answered by voice have no ledger: somebody has to release them by voice. */
static void
find_unreleased(struct search *search, const struct rcc_incident *incident)
{
	for (const struct rcc_answer_state *row = rcc_answer_at(search->core, incident->newest_answer); row != NULL;
	     row = rcc_answer_at(search->core, row->previous)) {
		bool is_coming = row->body.kind == RCC_ANSWER_PROCEEDING || row->body.kind == RCC_ANSWER_ON_SCENE;
		if (is_coming && !row->is_released && !hears(search->core, incident, row))
			found(search, &(struct rcc_obstacle){.kind = RCC_OBSTACLE_UNTOLD, .ship = row->ship});
	}
}

uint32_t
rcc_closing_by_voice(const struct rcc_core *core, const struct rcc_incident *incident)
{
	struct search search = {.core = core};

	if (incident->is_cancelled)
		find_unreleased(&search, incident);
	return search.count;
}

/* Whom somebody has seen is nobody's false alert, whatever the outcome is called. */
static void
find_aboard(struct search *search, const struct rcc_incident *incident)
{
	uint32_t missing = rcc_persons_missing(search->core, incident->id);

	for (uint32_t slot1 = incident->newest_aboard; slot1 != 0;) {
		const struct rcc_aboard *row = rcc_aboard_at(search->core, slot1);
		uint32_t aboard = row->where == RCC_WHERE_ABOARD ? (uint32_t)rcc_persons_sum(&row->count) : 0;
		if (aboard > 0)
			found(search,
			      &(struct rcc_obstacle){.kind = RCC_OBSTACLE_ABOARD, .count = aboard, .ship = row->ship});
		slot1 = row->previous;
	}
	if (missing > 0)
		found(search, &(struct rcc_obstacle){.kind = RCC_OBSTACLE_MISSING, .count = missing});
}

/* Whom somebody has landed or found dead is nobody's false alert either. */
static void
find_seen(struct search *search, const struct rcc_incident *incident)
{
	uint32_t seen = rcc_persons_count_at(search->core, incident->id, RCC_WHERE_LANDED) +
	                rcc_persons_count_at(search->core, incident->id, RCC_WHERE_DEAD);

	if (seen > 0)
		found(search, &(struct rcc_obstacle){.kind = RCC_OBSTACLE_PERSONS, .count = seen});
}

bool
rcc_closing_is_number_told(const struct rcc_core *core, const struct rcc_incident *incident)
{
	const struct rcc_incident *whole = rcc_incident_find(core, incident->parent);

	return rcc_persons_is_told(core, incident) || (whole != NULL && rcc_persons_is_told(core, whole));
}

/* Everybody is rescued, landed, dead, gone by themselves, or said with a reason never to have existed: else it is not over. */
static void
find_persons(struct search *search, const struct rcc_incident *incident)
{
	uint32_t at_risk = rcc_persons_at_risk(search->core, incident->id);

	if (at_risk > 0)
		found(search, &(struct rcc_obstacle){.kind = RCC_OBSTACLE_PERSONS, .count = at_risk});
	/* As many as were found is no number of those who were in danger, until somebody says that it is. */
	uint32_t accounted = rcc_persons_accounted(search->core, incident->id);
	if (accounted > 0 && !rcc_closing_is_number_told(search->core, incident))
		found(search, &(struct rcc_obstacle){.kind = RCC_OBSTACLE_NUMBER, .count = accounted});
	for (const struct rcc_aboard *row = rcc_aboard_at(search->core, incident->newest_aboard); row != NULL;
	     row = rcc_aboard_at(search->core, row->previous)) {
		if (row->is_disputed)
			found(search, &(struct rcc_obstacle){.kind = RCC_OBSTACLE_DISPUTED,
			                                     .ship = row->ship,
			                                     .count = (uint32_t)rcc_persons_sum(&row->report.aboard)});
	}
	uint32_t dead = rcc_persons_dead_unmoved(search->core, incident->id);
	if (dead > 0)
		found(search, &(struct rcc_obstacle){.kind = RCC_OBSTACLE_DISPUTED, .count = dead});
}

/* Ships that are on their way to a place of safety in this case: whatever it was, they are told before it is over. */
static void
find_sent(struct search *search, const struct rcc_incident *incident)
{
	for (const struct rcc_place_state *place = rcc_place_at(search->core, incident->newest_place); place != NULL;
	     place = rcc_place_at(search->core, place->previous)) {
		for (const struct rcc_place_ship *row = rcc_place_ship_at(search->core, place->newest_ship);
		     row != NULL; row = rcc_place_ship_at(search->core, row->previous)) {
			if (row->is_assigned)
				found(search, &(struct rcc_obstacle){.kind = RCC_OBSTACLE_SENT, .ship = row->ship});
		}
	}
}

static void
find_parts(struct search *search, const struct rcc_incident *incident)
{
	for (uint32_t i = 0; i < search->core->incident_top; i++) {
		const struct rcc_incident *part = &search->core->incident[i];
		if (part->id.v != 0 && part->parent.v == incident->id.v && part->status != RCC_INCIDENT_CLOSED)
			found(search, &(struct rcc_obstacle){.kind = RCC_OBSTACLE_PART, .part = part->id});
	}
}

uint32_t
rcc_closing_obstacles(const struct rcc_core *core, const struct rcc_incident *incident, enum rcc_outcome outcome,
                      void (*tell)(void *context, const struct rcc_obstacle *), void *context)
{
	struct search search = {.core = core, .tell = tell, .context = context};
	bool was_distress = outcome == RCC_OUTCOME_RESCUED || outcome == RCC_OUTCOME_NOT_FOUND;

	find_parts(&search, incident);
	/* An exercise is over when it is over. */
	if (incident->class != RCC_CLASS_LIVE)
		return search.count;
	find_aboard(&search, incident);
	if (!was_distress && outcome != RCC_OUTCOME_JOINED)
		find_seen(&search, incident);
	if (was_distress)
		find_persons(&search, incident);
	if (outcome != RCC_OUTCOME_JOINED)
		find_duties(&search, incident, !was_distress);
	/* What was joined is told with the other case. */
	if (outcome != RCC_OUTCOME_JOINED) {
		find_untold(&search, incident);
		find_sent(&search, incident);
		find_unreleased(&search, incident);
	}
	return search.count;
}

static void
keep_first(void *context, const struct rcc_obstacle *obstacle)
{
	struct rcc_obstacle *first = context;

	if ((unsigned)first->kind == 0)
		*first = *obstacle;
}

enum rcc_refusal
rcc_closing_refusal(const struct rcc_core *core, const struct rcc_incident *incident, enum rcc_outcome outcome)
{
	static const enum rcc_refusal refusals[] = {
	    [RCC_OBSTACLE_PERSONS] = RCC_REFUSAL_PERSONS_OPEN,  [RCC_OBSTACLE_ABOARD] = RCC_REFUSAL_PERSONS_OPEN,
	    [RCC_OBSTACLE_MISSING] = RCC_REFUSAL_PERSONS_OPEN,  [RCC_OBSTACLE_DUTY] = RCC_REFUSAL_DUTIES_OPEN,
	    [RCC_OBSTACLE_UNTOLD] = RCC_REFUSAL_UNTOLD,         [RCC_OBSTACLE_PART] = RCC_REFUSAL_PARTS_OPEN,
	    [RCC_OBSTACLE_DISPUTED] = RCC_REFUSAL_PERSONS_OPEN, [RCC_OBSTACLE_NUMBER] = RCC_REFUSAL_PERSONS_OPEN,
	    [RCC_OBSTACLE_SENT] = RCC_REFUSAL_UNTOLD,
	};
	struct rcc_obstacle first = {.count = 0};

	return rcc_closing_obstacles(core, incident, outcome, keep_first, &first) == 0 ? (enum rcc_refusal)0
	                                                                               : refusals[first.kind];
}
