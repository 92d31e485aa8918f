/* room.c - free slots for more rows: what is closed leaves memory first, the journal keeps it. */
#include "core/core_internal.h"
#include "core/duty.h"
#include "core/told.h"

/* What a closed incident has to give back, if it is to leave memory for that. */
enum rows { ROWS_ANY, ROWS_LEDGER, ROWS_ANSWERS, ROWS_ABOARD, ROWS_NEEDS, ROWS_PLACES, ROWS_DUTIES };

static bool
has_rows(const struct rcc_incident *incident, enum rows rows)
{
	switch (rows) {
	case ROWS_ANY:
		return true;
	case ROWS_LEDGER:
		return incident->newest_broadcast != 0 || incident->newest_directed != 0;
	case ROWS_ANSWERS:
		return incident->newest_answer != 0;
	case ROWS_ABOARD:
		return incident->newest_aboard != 0;
	case ROWS_NEEDS:
		return incident->newest_need != 0;
	case ROWS_DUTIES:
		return incident->newest_duty != 0;
	case ROWS_PLACES:
		return incident->newest_place != 0;
	}
	return false;
}

static bool
is_end_owed(const struct rcc_core *core, const struct rcc_incident *incident)
{
	const struct rcc_duty *tell = rcc_duty_of(core, incident->id, RCC_DUTY_RULE_TELL_END, (struct rcc_mmsi){0}, 0);

	return tell != NULL && rcc_duty_is_open(tell);
}

/* Does the way from this case to the one that speaks for it begin at that one, or lead through it? */
static bool
leads_through(const struct rcc_core *core, const struct rcc_incident *from, struct rcc_incident_id id)
{
	while (from != NULL && from->id.v != id.v)
		from = from->joined_into.v == 0 ? NULL : rcc_incident_find(core, from->joined_into);
	return from != NULL;
}

/*
 * Its ships, or those of a case that was joined to it, are owed the end, and an open case answers for that: it stays as long as that one.
 * Who is told by voice alone has no line of the duty ledger.
 */
static bool
is_spoken_for(const struct rcc_core *core, const struct rcc_incident *incident)
{
	const struct rcc_incident *speaker =
	    incident->joined_into.v == 0 ? NULL : rcc_incident_find(core, rcc_incident_speaker(core, incident->id));

	if (speaker == NULL || speaker == incident || speaker->status == RCC_INCIDENT_CLOSED)
		return false;
	for (uint32_t i = 0; i < core->incident_top; i++) {
		const struct rcc_incident *other = &core->incident[i];
		if (other->id.v != 0 && other->joined_into.v != 0 && leads_through(core, other, incident->id) &&
		    (is_end_owed(core, other) || rcc_told_is_any_owed(core, other)))
			return true;
	}
	return false;
}

/*
 * The oldest that nobody needs; a case that was joined to one still worked on tells what officers stated of both, one on legal hold
 * is to be found again, and of one whose end somebody has not heard it is to be told. They go last: nobody in distress waits for them.
 */
static const struct rcc_incident *
oldest_closed(const struct rcc_core *core, enum rows rows)
{
	const struct rcc_incident *oldest = NULL;
	const struct rcc_incident *speaking = NULL;

	for (uint32_t i = 0; i < core->incident_top; i++) {
		const struct rcc_incident *incident = &core->incident[i];
		if (incident->id.v != 0 && incident->status == RCC_INCIDENT_CLOSED && has_rows(incident, rows) &&
		    (oldest == NULL || incident->id.v < oldest->id.v) && !is_spoken_for(core, incident)) {
			/* And the whole counts the persons of its parts. */
			if (!rcc_stated_speaks(core, incident) && !incident->is_on_hold && incident->parent.v == 0 &&
			    !is_end_owed(core, incident))
				oldest = incident;
			else if (speaking == NULL || incident->id.v < speaking->id.v)
				speaking = incident;
		}
	}
	return oldest != NULL ? oldest : speaking;
}

/* Takes a closed incident out of memory with all its rows; the journal keeps it. `reserve` events stay free after it. */
static bool
evict_one(struct rcc_step *step, enum rows rows, uint32_t reserve)
{
	const struct rcc_incident *oldest = oldest_closed(step->core, rows);

	if (oldest == NULL || rcc_step_room(step) <= reserve)
		return false;
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_INCIDENT_EVICTED);
	event->u.incident_ref.incident = oldest->id;
	rcc_step_emit(step, event);
	return true;
}

/* One slot is kept back for the overflow incident that takes what finds no place of its own. */
bool
rcc_room_for_incident(struct rcc_step *step)
{
	while (step->core->incident_count >= RCC_INCIDENTS_MAX - 1) {
		if (!evict_one(step, ROWS_ANY, RCC_EVENTS_RESERVED))
			return false;
	}
	return true;
}

bool
rcc_room_for_deliveries(struct rcc_step *step, enum rcc_broadcast_kind kind, uint32_t count)
{
	while (rcc_ledger_used(step->core) + count > rcc_ledger_limit(kind)) {
		if (!evict_one(step, ROWS_LEDGER, count / RCC_DELIVERY_ROWS_MAX + RCC_EVENTS_RESERVED))
			return false;
	}
	return true;
}

bool
rcc_room_for_broadcast(struct rcc_step *step, enum rcc_broadcast_kind kind, uint32_t ships)
{
	return step->core->broadcast_count < rcc_broadcasts_limit(kind) ||
	       evict_one(step, ROWS_LEDGER, ships / RCC_DELIVERY_ROWS_MAX + RCC_EVENTS_RESERVED);
}

bool
rcc_room_for_broadcasts(struct rcc_step *step, uint32_t ships, uint32_t count)
{
	while (step->core->broadcast_count + count > RCC_BROADCASTS_MAX - RCC_BROADCASTS_KEPT) {
		if (!evict_one(step, ROWS_LEDGER, count * (ships / RCC_DELIVERY_ROWS_MAX) + RCC_EVENTS_RESERVED))
			return false;
	}
	return true;
}

/* Most cases that leave memory in one step for that: each opens fewer lines than leave with them. */
#define EVICTED_FOR_DUTIES_MAX 4

void
rcc_room_for_duties(struct rcc_step *step)
{
	/* And what the rule itself has to say, to every ship, finds its place after it. */
	uint32_t reserve = 2 * (step->core->peer_count / RCC_DELIVERY_ROWS_MAX) + RCC_EVENTS_RESERVED;

	for (uint32_t i = 0; i < EVICTED_FOR_DUTIES_MAX && step->core->duty_count > RCC_DUTIES_MAX - RCC_DUTIES_LOW;
	     i++) {
		if (!evict_one(step, ROWS_DUTIES, reserve))
			return;
	}
}

bool
rcc_room_for_answer(struct rcc_step *step)
{
	return step->core->answer_count < RCC_ANSWERS_MAX || evict_one(step, ROWS_ANSWERS, RCC_EVENTS_RESERVED);
}

bool
rcc_room_for_aboard(struct rcc_step *step)
{
	return step->core->aboard_count < RCC_ABOARD_MAX || evict_one(step, ROWS_ABOARD, RCC_EVENTS_RESERVED);
}

bool
rcc_room_for_need(struct rcc_step *step)
{
	return step->core->need_count < RCC_NEEDS_MAX || evict_one(step, ROWS_NEEDS, RCC_EVENTS_RESERVED);
}

bool
rcc_room_for_place(struct rcc_step *step)
{
	while (step->core->place_count == RCC_PLACES_MAX || step->core->place_ship_count == RCC_PLACE_SHIPS_MAX) {
		if (!evict_one(step, ROWS_PLACES, RCC_EVENTS_RESERVED))
			return false;
	}
	return true;
}
