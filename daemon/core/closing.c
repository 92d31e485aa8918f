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
#include "core/told.h"

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

/* Did one of these messages go to anybody? */
static bool
is_any_out(const struct rcc_core *core, uint32_t newest)
{
	for (const struct rcc_broadcast *row = rcc_broadcast_at(core, newest); row != NULL;
	     row = rcc_broadcast_at(core, row->previous)) {
		for (const struct rcc_delivery *line = rcc_delivery_at(core, row->newest_delivery); line != NULL;
		     line = rcc_delivery_at(core, line->of_broadcast)) {
			if (rcc_delivery_is_out(line))
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

bool
rcc_closing_is_ordered(const struct rcc_core *core, const struct rcc_incident *incident)
{
	return incident->newest_directed != 0 && !incident->is_restricted && rcc_told_is_any_owed(core, incident);
}

/* Of one case: the search, and the case whose ships are looked at. */
struct untold {
	struct search *search;
	const struct rcc_incident *incident;
	const struct rcc_duty *duty; /* by which an officer says how they were told; NULL: none is open */
	bool is_standing;            /* a call stands: nobody has been told the end yet */
};

static bool
found_untold(void *context, struct rcc_mmsi ship)
{
	const struct untold *untold = context;
	bool is_by_voice = rcc_told_is_to_be_released(untold->search->core, untold->incident, ship);

	if (is_by_voice || !untold->is_standing)
		found(untold->search, &(struct rcc_obstacle){.kind = RCC_OBSTACLE_UNTOLD,
		                                             .ship = ship,
		                                             .is_by_voice = is_by_voice,
		                                             .duty = is_by_voice ? NULL : untold->duty});
	return true;
}

/* Ships that heard of the case and have not its end: to be told another way, and that to be written down. */
static void
find_untold(struct search *search, const struct rcc_incident *incident)
{
	const struct rcc_broadcast *newest = rcc_broadcast_at(search->core, incident->newest_broadcast);
	const struct rcc_duty *duty =
	    rcc_duty_of(search->core, incident->id, RCC_DUTY_RULE_TELL_END, (struct rcc_mmsi){0}, 0);
	struct untold untold = {.search = search,
	                        .incident = incident,
	                        .duty = duty != NULL && rcc_duty_is_open(duty) ? duty : NULL,
	                        .is_standing = newest != NULL && newest->kind != RCC_BROADCAST_CANCEL &&
	                                       !incident->is_notice_over};

	(void)rcc_told_each_owed(search->core, incident, found_untold, &untold);
}

/* Ships of what was joined to it: this case speaks for both. */
static void
find_joined(struct search *search, const struct rcc_incident *incident)
{
	for (uint32_t i = 0; i < search->core->incident_top; i++) {
		const struct rcc_incident *other = &search->core->incident[i];
		if (other->id.v != 0 && other->joined_into.v != 0 && other->status == RCC_INCIDENT_CLOSED &&
		    rcc_incident_speaker(search->core, other->id).v == incident->id.v)
			find_untold(search, other);
	}
}

static void
count_by_voice(void *context, const struct rcc_obstacle *obstacle)
{
	uint32_t *count = context;

	*count += obstacle->is_by_voice;
}

uint32_t
rcc_closing_by_voice(const struct rcc_core *core, const struct rcc_incident *incident)
{
	uint32_t count = 0;
	struct search search = {.core = core, .tell = count_by_voice, .context = &count};

	if (incident->is_cancelled)
		find_untold(&search, incident);
	return count;
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

/* Whom somebody has landed, found dead, or sought in vain is nobody's false alert either. */
static void
find_seen(struct search *search, const struct rcc_incident *incident)
{
	uint32_t seen = rcc_persons_count_at(search->core, incident->id, RCC_WHERE_LANDED) +
	                rcc_persons_count_at(search->core, incident->id, RCC_WHERE_DEAD) +
	                rcc_persons_count_at(search->core, incident->id, RCC_WHERE_MISSING) +
	                rcc_persons_count_at(search->core, incident->id, RCC_WHERE_UNKNOWN);

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
		find_joined(&search, incident);
		find_sent(&search, incident);
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
