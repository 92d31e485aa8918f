/*
 * persons.c - where the persons of a case are: moves by officers, reports by ships. Counts by group, nobody's name.
 *
 * Nobody vanishes: every move takes from one place and gives to another. Families are not split in silence (s001 par. 18, R43).
 */
#include "core/persons.h"

#include "core/core_internal.h"
#include "core/place.h"
#include "rcc/text.h"

static const char *const group_names[RCC_GROUPS] = {"men",     "women",    "adults",  "children", "unaccompanied",
                                                    "infants", "pregnant", "injured", "disabled", "families"};

/* `prefix` ends in a dot; with the longest name it fits RCC_FIELD_MAX. */
static void
refuse_group(struct rcc_step *step, const char *prefix, size_t group)
{
	char field[RCC_FIELD_MAX + 1] = "";
	size_t len = strlen(prefix);

	memcpy(field, prefix, len);
	memcpy(field + len, group_names[group], strlen(group_names[group]) + 1);
	rcc_step_refuse(step, RCC_REFUSAL_RANGE, field);
}

/* Where an outcome is not known, and who is said never to have existed, is stated by a person with a reason (R36). */
static bool
wants_reason(const struct rcc_move_persons *move)
{
	/* Those whom a ship has aboard go ashore somewhere: that they are safe by themselves says nobody where. */
	bool is_let_go = move->from == RCC_WHERE_ABOARD && move->to == RCC_WHERE_SAFE_ALONE;

	return move->to == RCC_WHERE_NEVER || move->to == RCC_WHERE_UNKNOWN || move->from == RCC_WHERE_NEVER ||
	       move->family == RCC_FAMILY_SPLIT || is_let_go;
}

/* The field that does not fit the two places, or NULL. */
static const char *
wrong_place(const struct rcc_move_persons *move)
{
	bool is_landed = move->from == RCC_WHERE_LANDED || move->to == RCC_WHERE_LANDED;

	if ((move->from == RCC_WHERE_ABOARD) != (move->from_ship.v != 0))
		return "persons.from_ship";
	if ((move->to == RCC_WHERE_ABOARD) != (move->to_ship.v != 0))
		return "persons.to_ship";
	if (move->place.v != 0 && !is_landed)
		return "persons.place";
	/* Other groups, the same people: that is a report of the ship, not a move. */
	if (move->from == move->to && (move->from != RCC_WHERE_ABOARD || move->from_ship.v == move->to_ship.v))
		return "persons.to";
	return NULL;
}

static struct rcc_place_id
place_if(enum rcc_where where, struct rcc_place_id place)
{
	return where == RCC_WHERE_LANDED ? place : (struct rcc_place_id){0};
}

static const struct rcc_aboard *
row_from(const struct rcc_core *core, const struct rcc_move_persons *move)
{
	return rcc_persons_row(core, move->incident, move->from, move->from_ship, place_if(move->from, move->place));
}

static const struct rcc_aboard *
row_to(const struct rcc_core *core, const struct rcc_move_persons *move)
{
	return rcc_persons_row(core, move->incident, move->to, move->to_ship, place_if(move->to, move->place));
}

/* Whoever dies or is lost is not separated by a decision of ours; who is taken elsewhere is. */
static bool
is_transfer(enum rcc_where to)
{
	return to == RCC_WHERE_ABOARD || to == RCC_WHERE_LANDED || to == RCC_WHERE_SAFE_ALONE;
}

/* Two or more make a family: could each of these units be whole? */
static bool
may_be_whole(const struct rcc_persons *persons)
{
	return (uint64_t)persons->families * 2 <= rcc_persons_sum(persons);
}

/* Children who are with somebody, and nobody here who is grown up. */
static bool
has_left_children(const struct rcc_persons *persons)
{
	return persons->children + persons->infants > 0 && persons->men + persons->women + persons->adults == 0;
}

/* Some of those at a place where there are families go elsewhere: it is said whether the families stay together. */
static bool
is_family_unclear(const struct rcc_aboard *row, const struct rcc_move_persons *move, const struct rcc_persons *rest)
{
	if (rcc_persons_sum(rest) == 0 || !is_transfer(move->to))
		return false;
	/* Also where nobody has counted families: a child without the grown-ups it was with is parted from them. */
	bool are_parted =
	    !has_left_children(&row->count) && (has_left_children(&move->count) || has_left_children(rest));
	if (row->count.families == 0)
		return are_parted && move->family == RCC_FAMILY_NOT_STATED;
	if (move->family != RCC_FAMILY_TOGETHER)
		return move->family == RCC_FAMILY_NOT_STATED;
	return !row->has_split && !(may_be_whole(&move->count) && may_be_whole(rest));
}

/* Are the people there that are to go? */
static bool
refuse_from(struct rcc_step *step, const struct rcc_move_persons *move)
{
	static const struct rcc_persons nobody;
	const struct rcc_aboard *row = row_from(step->core, move);
	const struct rcc_persons *have = row == NULL ? &nobody : &row->count;

	if (rcc_persons_sum(have) == 0) {
		rcc_step_refuse(step, RCC_REFUSAL_NOT_FOUND, "persons.from");
		return true;
	}
	size_t group = rcc_groups_missing(have, &move->count);
	if (group < RCC_GROUPS) {
		refuse_group(step, "persons.count.", group);
		return true;
	}
	struct rcc_persons rest = rcc_groups_without(have, &move->count);
	group = rcc_groups_impossible(&rest);
	if (group < RCC_GROUPS) {
		refuse_group(step, "persons.count.", group);
		return true;
	}
	if (is_family_unclear(row, move, &rest)) {
		rcc_step_refuse(step, RCC_REFUSAL_RANGE, "persons.family");
		return true;
	}
	return false;
}

/* Would more persons be counted than the case can hold? Only who was at risk adds to those counted. */
static bool
is_too_many(const struct rcc_core *core, struct rcc_incident_id incident, uint64_t more)
{
	return rcc_persons_accounted(core, incident) + more > RCC_PERSONS_MAX;
}

/* Does it count more persons than the case knows to be at risk? The first count of a case that knows no number does not. */
static bool
is_more(const struct rcc_core *core, const struct rcc_move_persons *move)
{
	return move->from == RCC_WHERE_AT_RISK && rcc_incident_find(core, move->incident)->persons != 0 &&
	       rcc_persons_sum(&move->count) > rcc_persons_at_risk(core, move->incident);
}

/* They go ashore where something stands against it: a slip of the pen, or a landing that somebody has to answer for. */
static bool
is_landed_in_danger(const struct rcc_core *core, const struct rcc_move_persons *move)
{
	const struct rcc_place_state *place = rcc_place_find(core, move->place);
	const struct rcc_incident *incident = rcc_incident_find(core, move->incident);
	uint32_t grave = RCC_PLACE_BLOCK_UNSAFE | RCC_PLACE_BLOCK_FEARED;

	if (move->to != RCC_WHERE_LANDED)
		return false;
	/* Ashore, and nobody says where: what they fear may be there. */
	if (place == NULL)
		return rcc_place_is_fear_stated(core, incident);
	return (rcc_place_blocks_of(core, incident, place->name, place) & grave) != 0;
}

static bool
refuse_move(struct rcc_step *step, const struct rcc_move_persons *move)
{
	uint64_t sum = rcc_persons_sum(&move->count);
	size_t group = rcc_groups_impossible(&move->count);
	const char *field = wrong_place(move);

	if (field == NULL && sum == 0)
		field = "persons.count";
	if (field == NULL && move->happened_at_ms > step->entry->cause.at_ms)
		field = "persons.happened_at_ms";
	if (field == NULL && move->from == RCC_WHERE_AT_RISK && is_too_many(step->core, move->incident, sum))
		field = "persons.count";
	/* Who never existed was counted as at risk before: such a move adds nobody to a case. */
	if (field == NULL && move->from == RCC_WHERE_AT_RISK && move->to == RCC_WHERE_NEVER &&
	    sum > rcc_persons_at_risk(step->core, move->incident))
		field = "persons.count";
	/* Typed twice, a count would make persons: that more were found than were known of is said as such. */
	if (field == NULL && move->more_found == 0 && is_more(step->core, move))
		field = "persons.more_found";
	if (field != NULL) {
		rcc_step_refuse(step, RCC_REFUSAL_RANGE, field);
		return true;
	}
	if (group < RCC_GROUPS) {
		refuse_group(step, "persons.count.", group);
		return true;
	}
	if (wants_reason(move) && rcc_refuse_reason(step, move->reason, "persons.reason"))
		return true;
	if (move->from != RCC_WHERE_AT_RISK && refuse_from(step, move))
		return true;
	if (is_landed_in_danger(step->core, move) && !rcc_text_has_word(move->reason)) {
		rcc_step_refuse(step, RCC_REFUSAL_PLACE_UNSAFE, "persons.reason");
		return true;
	}
	return false;
}

void
rcc_persons_raise(struct rcc_step *step, struct rcc_incident_id id)
{
	const struct rcc_incident *incident = rcc_incident_find(step->core, id);
	uint32_t accounted = rcc_persons_accounted(step->core, id);

	if (accounted <= incident->persons)
		return;
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_FACTS_REVISED);
	event->u.facts.incident = id;
	event->u.facts.nature = incident->nature;
	event->u.facts.persons = accounted;
	event->u.facts.casualty = incident->casualty;
	memcpy(event->u.facts.name, incident->name, sizeof incident->name);
	rcc_step_emit(step, event);
}

static void
emit_move(struct rcc_step *step, const struct rcc_move_persons *move)
{
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_PERSONS_MOVED);
	struct rcc_incident_id id = move->incident;

	event->u.persons_moved.by = step->entry->cause.origin.peer;
	event->u.persons_moved.body = *move;
	event->u.persons_moved.body.more_found = is_more(step->core, move);
	if (move->happened_at_ms == 0)
		event->u.persons_moved.body.happened_at_ms = step->entry->cause.at_ms;
	rcc_step_emit(step, event);
	rcc_persons_raise(step, id);
}

/* Where survivors of this ship go ashore: the place that she was sent to, or that she has reached last; 0 = none. */
static struct rcc_place_id
place_of_landing(const struct rcc_core *core, const struct rcc_incident *incident, struct rcc_mmsi ship)
{
	const struct rcc_place_state *found = rcc_place_of_ship(core, incident, ship);
	int64_t reached_at_ms = 0;

	for (const struct rcc_place_state *place = rcc_place_at(core, incident->newest_place);
	     place != NULL && (found == NULL || reached_at_ms != 0); place = rcc_place_at(core, place->previous)) {
		const struct rcc_place_ship *row = rcc_place_ship_of(core, place, ship);
		if (row != NULL && row->reached_at_ms > reached_at_ms) {
			reached_at_ms = row->reached_at_ms;
			found = place;
		}
	}
	return found == NULL ? (struct rcc_place_id){0} : found->id;
}

void
rcc_rule_persons(struct rcc_step *step)
{
	const struct rcc_move_persons *order = &step->entry->cause.u.persons;
	const struct rcc_incident *incident = rcc_incident_or_refuse(step, order->incident, "persons.incident");

	if (incident == NULL)
		return;
	struct rcc_move_persons filled = *order;
	const struct rcc_move_persons *move = &filled;
	const struct rcc_place_state *place = rcc_place_find(step->core, order->place);
	bool is_landed = order->from == RCC_WHERE_LANDED || order->to == RCC_WHERE_LANDED;
	if (order->place.v != 0 && is_landed && (place == NULL || place->incident.v != order->incident.v)) {
		rcc_step_refuse(step, RCC_REFUSAL_NOT_FOUND, "persons.place");
		return;
	}
	if (order->place.v == 0 && order->to == RCC_WHERE_LANDED && order->from == RCC_WHERE_ABOARD)
		filled.place = place_of_landing(step->core, incident, order->from_ship);
	if (refuse_move(step, move))
		return;
	bool is_new_row = move->to != RCC_WHERE_AT_RISK && row_to(step->core, move) == NULL;
	if (is_new_row && !rcc_room_for_aboard(step)) {
		rcc_step_refuse(step, RCC_REFUSAL_FULL, "persons.to");
		return;
	}
	emit_move(step, move);
}

/* ---- what a ship reports (IMO MSC.167(78): the master tells number and condition; domain OB09) ---- */

/* The ship herself is meant whatever she writes; an officer says which. */
static struct rcc_mmsi
ship_of(const struct rcc_step *step, struct rcc_mmsi said)
{
	const struct rcc_peer *peer = rcc_peer_find(step->core, step->entry->cause.origin.peer);

	return peer != NULL && peer->role == RCC_ROLE_VESSEL ? peer->mmsi : said;
}

/* As many people as the ledger has, told apart otherwise: the ledger takes that, unless it knows more of them. */
static bool
is_regrouping(const struct rcc_aboard *row, const struct rcc_persons *said)
{
	return row != NULL && rcc_persons_sum(said) > 0 && rcc_persons_sum(said) == rcc_persons_sum(&row->count) &&
	       said->adults <= row->count.adults && memcmp(said, &row->count, sizeof *said) != 0;
}

/*
 * Nobody was ever counted aboard her: then those she has were taken out of the danger. But when she has more than are known to be
 * there, and others have had survivors already, it may be that these came over to her: an officer says which.
 */
static bool
is_recovery(const struct rcc_core *core, struct rcc_incident_id id, const struct rcc_aboard *row,
            const struct rcc_persons *said)
{
	bool is_first = rcc_persons_sum(said) > 0 && (row == NULL || row->first_at_ms == 0);

	if (!is_first || rcc_persons_sum(said) <= rcc_persons_at_risk(core, id) ||
	    rcc_persons_first_aboard_ms(core, id) == 0)
		return is_first;
	return !rcc_persons_is_told(core, rcc_incident_find(core, id));
}

static bool
refuse_survivors(struct rcc_step *step, const struct rcc_survivors *said, const struct rcc_aboard *row)
{
	size_t group = rcc_groups_impossible(&said->aboard);
	uint64_t sum = rcc_persons_sum(&said->aboard);

	if (group < RCC_GROUPS) {
		refuse_group(step, "survivors.aboard.", group);
		return true;
	}
	if (sum > RCC_PERSONS_MAX || (is_recovery(step->core, said->incident, row, &said->aboard) &&
	                              is_too_many(step->core, said->incident, sum))) {
		rcc_step_refuse(step, RCC_REFUSAL_RANGE, "survivors.aboard");
		return true;
	}
	if (row == NULL && !rcc_room_for_aboard(step)) {
		rcc_step_refuse(step, RCC_REFUSAL_FULL, "survivors");
		return true;
	}
	return false;
}

void
rcc_rule_survivors(struct rcc_step *step)
{
	static const struct rcc_place_id nowhere;
	const struct rcc_survivors *said = &step->entry->cause.u.survivors;
	struct rcc_mmsi ship = ship_of(step, said->ship);

	const struct rcc_incident *incident = rcc_incident_told_of(step, said->incident, "survivors.incident");
	if (incident == NULL)
		return;
	if (rcc_incident_is_hidden_from(step, incident)) {
		rcc_step_refuse(step, RCC_REFUSAL_NOT_FOUND, "survivors.incident");
		return;
	}
	if (ship.v == 0) {
		rcc_step_refuse(step, RCC_REFUSAL_RANGE, "survivors.ship");
		return;
	}
	const struct rcc_aboard *row = rcc_persons_row(step->core, said->incident, RCC_WHERE_ABOARD, ship, nowhere);
	if (refuse_survivors(step, said, row))
		return;
	/* Nobody says "too late" to survivors (R36, R38). */
	rcc_incident_goes_on(step, said->incident, rcc_persons_sum(&said->aboard) > 0);
	/* Before the report: it makes the row. */
	bool is_recovered = is_recovery(step->core, said->incident, row, &said->aboard);
	uint32_t ledger = row == NULL ? 0 : (uint32_t)rcc_persons_sum(&row->count);
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_SURVIVORS_REPORTED);
	event->u.survivors_reported.by = step->entry->cause.origin.peer;
	event->u.survivors_reported.is_regrouped = is_regrouping(row, &said->aboard);
	event->u.survivors_reported.is_disputed = !is_recovered && ledger != rcc_persons_sum(&said->aboard);
	event->u.survivors_reported.ledger = ledger;
	event->u.survivors_reported.body = *said;
	event->u.survivors_reported.body.ship = ship;
	rcc_step_emit(step, event);
	if (is_recovered)
		emit_move(step, &(struct rcc_move_persons){.incident = said->incident,
		                                           .from = RCC_WHERE_AT_RISK,
		                                           .to = RCC_WHERE_ABOARD,
		                                           .to_ship = ship,
		                                           .count = said->aboard});
	if (said->protection_stated != 0)
		rcc_place_end_feared(step, said->incident, ship);
}
