#include "core/carried.h"

#include <string.h>

#include "core/handover.h"
#include "core/persons.h"
#include "core/place.h"
#include "rcc/text.h"

/* ---- what goes ---- */

/* Where everybody is aboard a ship, or found, no ship is called by the other centre of itself. */
static enum rcc_category
category_of(const struct rcc_core *core, const struct rcc_incident *incident)
{
	uint32_t sought = rcc_persons_at_risk(core, incident->id) + rcc_persons_missing(core, incident->id);

	if (incident->phase == RCC_PHASE_DISTRESS && sought == 0 && rcc_persons_accounted(core, incident->id) > 0 &&
	    rcc_persons_is_told(core, incident))
		return RCC_CATEGORY_URGENCY;
	switch (incident->phase) {
	case RCC_PHASE_DISTRESS:
		return RCC_CATEGORY_DISTRESS;
	case RCC_PHASE_ALERT:
		return RCC_CATEGORY_URGENCY;
	case RCC_PHASE_UNCERTAINTY:
		break;
	}
	return RCC_CATEGORY_SAFETY;
}

/* What its alerts know and the case has no place for: the beacon that still sounds, the call sign, the latest words. */
static void
add_from_alerts(const struct rcc_core *core, struct rcc_incident_id id, struct rcc_alert *ret)
{
	uint32_t worded = 0;

	for (uint32_t i = 0; i < core->alert_top; i++) {
		const struct rcc_alert_state *row = &core->alert[i];
		if (row->id.v == 0 || row->incident.v != id.v)
			continue;
		if (row->body.beacon[0] != '\0') {
			memcpy(ret->beacon, row->body.beacon, sizeof ret->beacon);
			ret->epirb_link = row->body.epirb_link;
			ret->beacon_kind = row->body.beacon_kind;
		}
		if (row->body.callsign[0] != '\0')
			memcpy(ret->callsign, row->body.callsign, sizeof ret->callsign);
		if (row->body.text[0] != '\0' && row->id.v > worded) {
			memcpy(ret->text, row->body.text, sizeof ret->text);
			worded = row->id.v;
		}
	}
}

/* Neither what was received nor a caller's particulars leave: the other centre asks for them by name, on the telephone. */
void
rcc_handover_snapshot(const struct rcc_core *core, const struct rcc_incident *incident, struct rcc_alert *ret)
{
	*ret = (struct rcc_alert){.source = RCC_SOURCE_RCC,
	                          .class = incident->class,
	                          .casualty = incident->casualty,
	                          .nature = incident->nature,
	                          .pos = incident->pos,
	                          .pos_at_ms = incident->pos_at_ms,
	                          .pos_radius_m = incident->pos_radius_m,
	                          .persons = incident->persons,
	                          .category = category_of(core, incident),
	                          .signal_at_ms = incident->signal_at_ms,
	                          .candidate_count = incident->candidate_count};
	memcpy(ret->name, incident->name, sizeof ret->name);
	memcpy(ret->candidate, incident->candidate, sizeof ret->candidate);
	add_from_alerts(core, incident->id, ret);
}

/* A number that her own report has, or that was passed on to us as hers. */
static bool
is_said_by_her(const struct rcc_aboard *row)
{
	return row->reported_at_ms != 0 && !row->is_report_counted &&
	       (row->is_disputed || rcc_persons_sum(&row->report.aboard) == rcc_persons_sum(&row->count));
}

static void
add_persons(const struct rcc_core *core, const struct rcc_incident *incident, struct rcc_carried *ret)
{
	for (const struct rcc_aboard *row = rcc_aboard_at(core, incident->newest_aboard); row != NULL;
	     row = rcc_aboard_at(core, row->previous)) {
		bool is_said = row->is_disputed || row->report.dead > 0;
		if (rcc_persons_sum(&row->count) == 0 && !row->is_protection_stated && !is_said)
			continue;
		if (ret->persons_count == RCC_CARRIED_PERSONS_MAX) {
			ret->is_cut = 1;
			return;
		}
		ret->persons[ret->persons_count++] =
		    (struct rcc_carried_persons){.where = (uint32_t)row->where,
		                                 .ship = row->ship,
		                                 .count = row->count,
		                                 .first_at_ms = row->first_at_ms,
		                                 .protection_stated = row->is_protection_stated,
		                                 .safe_hours = row->report.safe_hours,
		                                 .languages = row->report.languages,
		                                 .is_disputed = row->is_disputed,
		                                 .dead = row->report.dead,
		                                 .said_at_ms = row->reported_at_ms,
		                                 .is_counted = !is_said_by_her(row)};
		if (row->is_disputed)
			ret->persons[ret->persons_count - 1].reported = row->report.aboard;
	}
}

/* Where it was found unsafe: in this case, or else in another one; NULL = nowhere. */
static const struct rcc_place_state *
unsafe_as(const struct rcc_core *core, const struct rcc_incident *incident, const struct rcc_place_state *place)
{
	return place->is_unsafe ? place : rcc_place_unsafe_elsewhere(core, incident->id, place->name);
}

/* Is a ship on her way there by order? */
static bool
is_gone_to(const struct rcc_core *core, const struct rcc_place_state *place)
{
	const struct rcc_place_ship *row = rcc_place_ship_at(core, place->newest_ship);

	while (row != NULL && !row->is_assigned)
		row = rcc_place_ship_at(core, row->previous);
	return row != NULL;
}

/* In this order: what stands against a place must not be left behind, nor where ships are on their way to. */
enum concern { CONCERN_AGAINST, CONCERN_GONE_TO, CONCERN_OTHER };

static enum concern
concern_of(const struct rcc_core *core, const struct rcc_incident *incident, const struct rcc_place_state *place)
{
	if (unsafe_as(core, incident, place) != NULL || place->is_feared || place->is_refused)
		return CONCERN_AGAINST;
	return is_gone_to(core, place) ? CONCERN_GONE_TO : CONCERN_OTHER;
}

/* Those of one kind: newest first. */
static void
add_places(const struct rcc_core *core, const struct rcc_incident *incident, enum concern concern,
           struct rcc_carried *ret)
{
	for (const struct rcc_place_state *place = rcc_place_at(core, incident->newest_place); place != NULL;
	     place = rcc_place_at(core, place->previous)) {
		const struct rcc_place_state *elsewhere = unsafe_as(core, incident, place);
		const char *why = elsewhere != NULL   ? elsewhere->unsafe_reason
		                  : place->is_refused ? place->refusal
		                                      : "";
		if (concern_of(core, incident, place) != concern)
			continue;
		if (ret->place_count == RCC_CARRIED_PLACES_MAX) {
			ret->is_cut = 1;
			return;
		}
		struct rcc_carried_place *to = &ret->place[ret->place_count++];
		*to = (struct rcc_carried_place){.pos = place->pos,
		                                 .is_offered =
		                                     !place->is_refused && place->step_at_ms[RCC_PLACE_OFFERED] != 0,
		                                 .is_refused = place->is_refused,
		                                 .is_unsafe = elsewhere != NULL,
		                                 .is_feared = place->is_feared,
		                                 .fear_ship = place->fear_ship,
		                                 .checks = place->checks,
		                                 .is_reviewed = place->reviewed_seq != 0 && !place->is_feared &&
		                                                place->reviewed_seq >= incident->fear_seq};
		memcpy(to->name, place->name, sizeof to->name);
		memcpy(to->authority, place->authority, sizeof to->authority);
		rcc_text_copy_lossy(to->text, sizeof to->text, why, strlen(why));
	}
}

void
rcc_carried_of(const struct rcc_core *core, const struct rcc_incident *incident, struct rcc_carried *ret)
{
	*ret = (struct rcc_carried){.is_cut = 0};
	add_persons(core, incident, ret);
	for (int concern = CONCERN_AGAINST; concern <= CONCERN_OTHER; concern++)
		add_places(core, incident, (enum concern)concern, ret);
	rcc_carried_add_ships(core, incident, ret);
	for (const struct rcc_need_line *need = rcc_need_at(core, incident->newest_need); need != NULL;
	     need = rcc_need_at(core, need->previous)) {
		if (!rcc_need_is_open(need))
			continue;
		if (ret->need_count == RCC_CARRIED_NEEDS_MAX) {
			ret->is_cut = 1;
			return;
		}
		ret->need[ret->need_count++] =
		    (struct rcc_carried_need){(uint32_t)need->kind, need->ship, need->quantity};
	}
}

/* ---- what comes ---- */

const char *
rcc_carried_wrong(const struct rcc_carried *carried)
{
	uint64_t sum = 0;

	for (uint32_t i = 0; i < carried->persons_count; i++) {
		const struct rcc_carried_persons *row = &carried->persons[i];
		bool is_aboard = row->where == RCC_WHERE_ABOARD;
		sum += rcc_persons_sum(&row->count);
		if (rcc_groups_impossible(&row->count) != RCC_GROUPS || is_aboard != (row->ship.v != 0) ||
		    rcc_groups_impossible(&row->reported) != RCC_GROUPS || (!is_aboard && row->is_disputed != 0) ||
		    rcc_persons_sum(&row->reported) > RCC_PERSONS_MAX)
			return "centre.carried.persons";
	}
	for (uint32_t i = 0; i < carried->place_count; i++) {
		const struct rcc_carried_place *place = &carried->place[i];
		if ((place->is_refused != 0 || place->is_offered != 0) && place->authority[0] == '\0')
			return "centre.carried.place";
	}
	return sum > RCC_PERSONS_MAX ? "centre.carried.persons" : rcc_carried_wrong_ship(carried);
}

static void
report_aboard(struct rcc_step *step, struct rcc_incident_id incident, struct rcc_peer_id from,
              const struct rcc_carried_persons *row, bool is_new)
{
	static const struct rcc_place_id nowhere;
	const struct rcc_aboard *have = rcc_persons_row(step->core, incident, RCC_WHERE_ABOARD, row->ship, nowhere);
	uint32_t ledger = have == NULL ? 0 : (uint32_t)rcc_persons_sum(&have->count);
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_SURVIVORS_REPORTED);
	struct rcc_survivors_reported *reported = &event->u.survivors_reported;
	int64_t now_ms = step->entry->cause.at_ms;

	reported->by = from;
	reported->ledger = ledger;
	/* The clocks of two centres differ. */
	reported->said_at_ms = row->said_at_ms > now_ms ? now_ms : row->said_at_ms;
	/* What she says and the other centre did not count comes along: nobody is settled by a hand-over. */
	bool is_theirs = row->is_disputed != 0;
	const struct rcc_persons *said = is_theirs ? &row->reported : &row->count;
	reported->is_counted = !is_theirs && (row->is_counted != 0 || row->said_at_ms == 0);
	reported->is_disputed = is_theirs || (!is_new && ledger != rcc_persons_sum(said));
	reported->body = (struct rcc_survivors){.incident = incident,
	                                        .ship = row->ship,
	                                        .aboard = *said,
	                                        .dead = row->dead,
	                                        .protection_stated = row->protection_stated,
	                                        .safe_hours = row->safe_hours,
	                                        .languages = row->languages};
	rcc_step_emit(step, event);
}

static void
move_there(struct rcc_step *step, struct rcc_incident_id incident, struct rcc_peer_id from, const char *centre,
           const struct rcc_carried_persons *row)
{
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_PERSONS_MOVED);
	struct rcc_move_persons *move = &event->u.persons_moved.body;
	static const char before[] = "as counted by ";
	int64_t now_ms = step->entry->cause.at_ms;
	size_t len = strlen(centre);

	event->u.persons_moved.by = from;
	*move = (struct rcc_move_persons){.incident = incident,
	                                  .from = RCC_WHERE_AT_RISK,
	                                  .to = (enum rcc_where)row->where,
	                                  .to_ship = row->ship,
	                                  .count = row->count,
	                                  .happened_at_ms = row->first_at_ms};
	/* The clocks of two centres differ. */
	if (move->happened_at_ms == 0 || move->happened_at_ms > now_ms)
		move->happened_at_ms = now_ms;
	move->more_found = rcc_persons_sum(&row->count) > rcc_persons_at_risk(step->core, incident);
	memcpy(move->reason, before, sizeof before - 1);
	memcpy(move->reason + sizeof before - 1, centre, len + 1);
	rcc_step_emit(step, event);
}

static void
take_persons(struct rcc_step *step, struct rcc_incident_id incident, struct rcc_peer_id from, const char *centre,
             const struct rcc_carried *carried)
{
	bool is_new = rcc_persons_accounted(step->core, incident) == 0;

	for (uint32_t i = 0; i < carried->persons_count; i++) {
		const struct rcc_carried_persons *row = &carried->persons[i];
		bool is_aboard = row->where == RCC_WHERE_ABOARD;
		if ((!is_new && !is_aboard) || !rcc_room_for_aboard(step))
			continue;
		if (is_aboard)
			report_aboard(step, incident, from, row, is_new);
		if (is_new && rcc_persons_sum(&row->count) > 0)
			move_there(step, incident, from, centre, row);
	}
	rcc_persons_raise(step, incident);
}

static void
step_place(struct rcc_step *step, struct rcc_incident_id incident, struct rcc_peer_id from,
           const struct rcc_carried_place *place, enum rcc_place_step what)
{
	const struct rcc_place_state *known =
	    rcc_place_named(step->core, rcc_incident_find(step->core, incident), place->name);
	struct rcc_place body = {.incident = incident,
	                         .place = {known != NULL ? known->id.v : step->core->place_last + 1},
	                         .step = what,
	                         .pos = place->pos};
	bool is_of_authority = what == RCC_PLACE_OFFERED || what == RCC_PLACE_REFUSED;

	if (known == NULL && !rcc_room_for_place(step))
		return;
	memcpy(body.name, place->name, sizeof body.name);
	if (is_of_authority)
		memcpy(body.authority, place->authority, sizeof body.authority);
	body.is_unsafe = what == RCC_PLACE_CHECKED && place->is_unsafe != 0;
	body.checks = what == RCC_PLACE_CHECKED ? place->checks : 0;
	if (what == RCC_PLACE_FEARED)
		body.ship = place->fear_ship;
	else if (what == RCC_PLACE_REFUSED || body.is_unsafe != 0)
		memcpy(body.text, place->text, sizeof place->text);
	else if (what == RCC_PLACE_REVIEWED)
		memcpy(body.text, rcc_peer_find(step->core, from)->name, sizeof rcc_peer_find(step->core, from)->name);
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_PLACE_STEPPED);
	event->u.place_stepped.by = from;
	event->u.place_stepped.body = body;
	rcc_step_emit(step, event);
}

/* Was it checked there, and is it neither checked here nor unsafe? What was found here is not lifted by a word of another centre. */
static bool
is_check_news(const struct rcc_core *core, struct rcc_incident_id incident, const struct rcc_carried_place *place)
{
	const struct rcc_place_state *known = rcc_place_named(core, rcc_incident_find(core, incident), place->name);

	return place->checks != 0 && (known == NULL || (known->checks == 0 && !known->is_unsafe));
}

/* A review of another centre lifts no fear that was stated here. */
static bool
is_feared_here(const struct rcc_core *core, struct rcc_incident_id incident, const struct rcc_carried_place *place)
{
	const struct rcc_place_state *known = rcc_place_named(core, rcc_incident_find(core, incident), place->name);

	return known != NULL && known->is_feared;
}

static void
take_places(struct rcc_step *step, struct rcc_incident_id incident, struct rcc_peer_id from,
            const struct rcc_carried *carried)
{
	/* The oldest first, as they were named there. */
	for (uint32_t i = carried->place_count; i > 0; i--) {
		const struct rcc_carried_place *place = &carried->place[i - 1];
		if (place->is_offered != 0)
			step_place(step, incident, from, place, RCC_PLACE_OFFERED);
		if (place->is_refused != 0)
			step_place(step, incident, from, place, RCC_PLACE_REFUSED);
		if (place->is_unsafe != 0 || is_check_news(step->core, incident, place))
			step_place(step, incident, from, place, RCC_PLACE_CHECKED);
		if (place->is_feared != 0)
			step_place(step, incident, from, place, RCC_PLACE_FEARED);
		if (place->is_reviewed != 0 && !is_feared_here(step->core, incident, place))
			step_place(step, incident, from, place, RCC_PLACE_REVIEWED);
	}
}

static void
take_needs(struct rcc_step *step, struct rcc_incident_id incident, struct rcc_peer_id from,
           const struct rcc_carried *carried)
{
	for (uint32_t i = carried->need_count; i > 0; i--) {
		const struct rcc_carried_need *need = &carried->need[i - 1];
		if (!rcc_room_for_need(step))
			return;
		struct rcc_event *event = rcc_step_event(step, RCC_EVENT_NEED_CHANGED);
		event->u.need_changed.by = from;
		event->u.need_changed.due_at_ms = rcc_need_due_ms(step);
		event->u.need_changed.body = (struct rcc_need){.incident = incident,
		                                               .need = {step->core->need_last + 1},
		                                               .state = RCC_NEED_ASKED,
		                                               .kind = (enum rcc_need_kind)need->kind,
		                                               .ship = need->ship,
		                                               .quantity = need->quantity};
		rcc_step_emit(step, event);
	}
}

static void
end_blocked(struct rcc_step *step, struct rcc_incident_id incident, const struct rcc_carried *carried)
{
	for (uint32_t i = 0; i < carried->place_count; i++) {
		const struct rcc_place_state *place =
		    rcc_place_named(step->core, rcc_incident_find(step->core, incident), carried->place[i].name);
		if (place != NULL)
			rcc_place_end_blocked(step, place);
	}
}

void
rcc_carried_take(struct rcc_step *step, struct rcc_incident_id incident, struct rcc_peer_id from,
                 const struct rcc_carried *carried)
{
	char centre[RCC_NAME_MAX + 1];

	memcpy(centre, rcc_peer_find(step->core, from)->name, sizeof centre);
	take_persons(step, incident, from, centre, carried);
	take_places(step, incident, from, carried);
	/* Of a case that has come back ours stand, as they were asked. */
	if (rcc_needs_open(step->core, incident) == 0)
		take_needs(step, incident, from, carried);
	rcc_carried_take_ships(step, incident, from, carried);
	/* It may have sent a ship, from here, where something stands against it now. */
	end_blocked(step, incident, carried);
}

void
rcc_carried_found_of(const struct rcc_core *core, const struct rcc_incident *incident, struct rcc_carried *ret)
{
	rcc_carried_of(core, incident, ret);
	ret->persons_count = 0;
	ret->ship_count = 0;
	for (uint32_t i = 0; i < ret->place_count; i++)
		ret->place[i].is_reviewed = 0;
}

void
rcc_carried_take_found(struct rcc_step *step, struct rcc_incident_id incident, const struct rcc_carried *carried)
{
	struct rcc_peer_id by = step->entry->cause.origin.peer;

	take_places(step, incident, by, carried);
	take_needs(step, incident, by, carried);
	rcc_carried_take_objections(step, incident, by, carried);
	end_blocked(step, incident, carried);
}
