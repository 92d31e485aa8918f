/* carried_ships.c - the ships of a case that goes to another centre: what each said, what she was ordered, where she is on her way to. */
#include "core/carried.h"

#include <string.h>

#include "core/duty.h"
#include "core/place.h"
#include "core/rank.h"
#include "core/standing.h"
#include "core/told.h"
#include "rcc/text.h"
#include "rcc/units.h"

/* ---- what goes ---- */

/* Where she is on her way to, by its place among those that go; 0 = nowhere, or it is not among them. */
static uint32_t
place_of(const struct rcc_core *core, const struct rcc_incident *incident, struct rcc_mmsi ship,
         const struct rcc_carried *carried)
{
	const struct rcc_place_state *place = rcc_place_of_ship(core, incident, ship);

	for (uint32_t i = 0; place != NULL && i < carried->place_count; i++) {
		if (strcmp(carried->place[i].name, place->name) == 0)
			return i + 1;
	}
	return 0;
}

static void
fill_answer(const struct rcc_answer_state *answer, struct rcc_carried_ship *ret)
{
	if (answer == NULL)
		return;
	ret->answer = answer->body.kind;
	ret->reason = answer->body.reason;
	ret->said_at_ms = answer->at_ms;
	if (answer->body.kind == RCC_ANSWER_PROCEEDING && answer->body.eta_min != RCC_ETA_UNKNOWN_MIN)
		ret->eta_at_ms = answer->at_ms + (int64_t)answer->body.eta_min * RCC_MS_PER_MIN;
}

static void
add_ship(const struct rcc_core *core, const struct rcc_incident *incident, struct rcc_mmsi ship,
         struct rcc_carried *ret)
{
	for (uint32_t i = 0; i < ret->ship_count; i++) {
		if (ret->ship[i].ship.v == ship.v)
			return;
	}
	if (ret->ship_count == RCC_CARRIED_SHIPS_MAX) {
		ret->is_cut = 1;
		return;
	}
	struct rcc_carried_ship *row = &ret->ship[ret->ship_count++];
	*row = (struct rcc_carried_ship){.ship = ship, .place = place_of(core, incident, ship, ret)};
	fill_answer(rcc_answer_of(core, incident, ship), row);
	for (size_t i = 0; i < RCC_STANDING_KINDS; i++) {
		const struct rcc_standing_kind *order = &rcc_standing_kind[i];
		if (!rcc_standing_is(core, incident, order->rule, ship))
			continue;
		row->orders |= order->bit;
		if (rcc_standing_is_unanswered(core, incident, order->rule, ship))
			row->unanswered |= order->bit;
	}
	if (row->orders == 0)
		return;
	const char *words = rcc_standing_words(core, incident, ship);
	row->contact_min = rcc_standing_contact_min(core, incident, ship);
	rcc_text_copy_lossy(row->text, sizeof row->text, words, strlen(words));
}

static void
add_ordered(const struct rcc_core *core, const struct rcc_incident *incident, struct rcc_carried *ret)
{
	for (const struct rcc_duty *row = rcc_duty_at(core, incident->newest_duty); row != NULL;
	     row = rcc_duty_at(core, row->previous)) {
		if (rcc_standing_of(row->rule) != NULL && rcc_standing_is(core, incident, row->rule, row->ship))
			add_ship(core, incident, row->ship, ret);
	}
}

/* On their way to a place of safety; and what masters say against one. */
static void
add_of_places(const struct rcc_core *core, const struct rcc_incident *incident, struct rcc_carried *ret)
{
	for (uint32_t i = 0; i < ret->place_count; i++) {
		const struct rcc_place_state *place = rcc_place_named(core, incident, ret->place[i].name);
		for (const struct rcc_place_ship *row = rcc_place_ship_at(core, place->newest_ship); row != NULL;
		     row = rcc_place_ship_at(core, row->previous)) {
			if (row->is_assigned)
				add_ship(core, incident, row->ship, ret);
			if (row->objections == 0)
				continue;
			if (ret->objection_count == RCC_CARRIED_OBJECTIONS_MAX) {
				ret->is_cut = 1;
				continue;
			}
			struct rcc_carried_objection *to = &ret->objection[ret->objection_count++];
			*to = (struct rcc_carried_objection){.place = i + 1, .ship = row->ship};
			rcc_text_copy_lossy(to->text, sizeof to->text, row->objection, strlen(row->objection));
		}
	}
}

/* Those that come, or those that cannot; who is done, released or called off before is neither. */
static void
add_answered(const struct rcc_core *core, const struct rcc_incident *incident, bool comes, struct rcc_carried *ret)
{
	for (const struct rcc_answer_state *row = rcc_answer_at(core, incident->newest_answer); row != NULL;
	     row = rcc_answer_at(core, row->previous)) {
		bool is_meant = comes ? rcc_told_is_coming(row) : row->body.kind == RCC_ANSWER_UNABLE;
		if (is_meant && !rcc_rank_is_past(core, incident, row) &&
		    !rcc_rank_is_released(core, incident, rcc_peer_find_mmsi(core, row->ship), row))
			add_ship(core, incident, row->ship, ret);
	}
}

void
rcc_carried_add_ships(const struct rcc_core *core, const struct rcc_incident *incident, struct rcc_carried *ret)
{
	/* Whom a cancel has called off stands under no order. */
	if (incident->is_cancelled)
		return;
	add_ordered(core, incident, ret);
	add_of_places(core, incident, ret);
	add_answered(core, incident, true, ret);
	add_answered(core, incident, false, ret);
}

/* ---- what comes ---- */

const char *
rcc_carried_wrong_ship(const struct rcc_carried *carried)
{
	for (uint32_t i = 0; i < carried->ship_count; i++) {
		const struct rcc_carried_ship *row = &carried->ship[i];
		if ((row->answer == RCC_ANSWER_UNABLE && row->reason == RCC_REASON_NONE) ||
		    (row->unanswered & ~row->orders) != 0 || row->place > carried->place_count)
			return "centre.carried.ship";
	}
	for (uint32_t i = 0; i < carried->objection_count; i++) {
		if (carried->objection[i].place > carried->place_count || carried->objection[i].text[0] == '\0')
			return "centre.carried.objection";
	}
	return NULL;
}

struct taking {
	struct rcc_step *step;
	struct rcc_incident_id incident;
	struct rcc_peer_id from;
	char centre[RCC_NAME_MAX + 1];
};

static const struct rcc_incident *
incident_of(const struct taking *taking)
{
	return rcc_incident_find(taking->step->core, taking->incident);
}

static uint32_t
minutes_until(int64_t at_ms, int64_t now_ms)
{
	int64_t minutes = at_ms <= now_ms ? 0 : (at_ms - now_ms) / RCC_MS_PER_MIN;

	return minutes < RCC_ETA_UNKNOWN_MIN ? (uint32_t)minutes : RCC_ETA_UNKNOWN_MIN;
}

static void
take_answer(const struct taking *taking, const struct rcc_carried_ship *ship)
{
	const struct rcc_core *core = taking->step->core;
	const struct rcc_answer_state *known = rcc_answer_of(core, incident_of(taking), ship->ship);
	const struct rcc_peer *peer = rcc_peer_find_mmsi(core, ship->ship);
	int64_t now_ms = taking->step->entry->cause.at_ms;

	/* What she said here, and said later, counts. */
	if (ship->answer == 0 ||
	    (known != NULL && (known->at_ms >= ship->said_at_ms || (uint32_t)known->body.kind == ship->answer)))
		return;
	if (known == NULL && !rcc_room_for_answer(taking->step))
		return;
	struct rcc_event *event = rcc_step_event(taking->step, RCC_EVENT_ANSWERED);
	struct rcc_answer *answer = &event->u.answered.answer;
	event->u.answered.peer = peer == NULL ? (struct rcc_peer_id){0} : peer->id;
	event->u.answered.typed = 1;
	*answer = (struct rcc_answer){.incident = taking->incident,
	                              .kind = (enum rcc_answer_kind)ship->answer,
	                              .reason = (enum rcc_reason)ship->reason,
	                              .eta_min = RCC_ETA_UNKNOWN_MIN,
	                              .ship = ship->ship};
	if (ship->eta_at_ms != 0)
		answer->eta_min = minutes_until(ship->eta_at_ms, now_ms);
	/* Who tells it: nobody here has spoken with her. */
	memcpy(answer->by, taking->centre, sizeof taking->centre);
	rcc_step_emit(taking->step, event);
}

/* A case that has come back: what was decided here for her since, and she was told, is not undone by what they had. */
static bool
is_released_here(const struct taking *taking, struct rcc_mmsi ship)
{
	const struct rcc_core *core = taking->step->core;

	return rcc_rank_is_released(core, incident_of(taking), rcc_peer_find_mmsi(core, ship),
	                            rcc_answer_of(core, incident_of(taking), ship));
}

/* Those orders that she had answered there, or those that she had not. */
static void
take_orders(const struct taking *taking, const struct rcc_carried_ship *ship, bool is_answered)
{
	for (size_t i = 0; i < RCC_STANDING_KINDS; i++) {
		const struct rcc_standing_kind *order = &rcc_standing_kind[i];
		bool is_meant =
		    (ship->orders & order->bit) != 0 && ((ship->unanswered & order->bit) == 0) == is_answered;
		if (!is_meant || rcc_standing_is(taking->step->core, incident_of(taking), order->rule, ship->ship) ||
		    is_released_here(taking, ship->ship))
			continue;
		struct rcc_event *event = rcc_step_event(taking->step, RCC_EVENT_TASKED);
		struct rcc_task *task = &event->u.tasked.body;
		event->u.tasked.by = taking->from;
		*task = (struct rcc_task){.incident = taking->incident,
		                          .kind = order->kind,
		                          .ship = ship->ship,
		                          .contact_min = ship->contact_min};
		rcc_text_append_lossy(task->text, sizeof task->text, "by order of ");
		rcc_text_append_lossy(task->text, sizeof task->text, taking->centre);
		if (ship->text[0] != '\0')
			rcc_text_append_lossy(task->text, sizeof task->text, ": ");
		rcc_text_append_lossy(task->text, sizeof task->text, ship->text);
		rcc_step_emit(taking->step, event);
	}
}

/* A place that nobody named here before becomes one. */
static void
step_ship(const struct taking *taking, const char *name, struct rcc_mmsi ship, enum rcc_place_step what,
          const char *text)
{
	const struct rcc_place_state *place = rcc_place_named(taking->step->core, incident_of(taking), name);
	uint32_t id = place != NULL ? place->id.v : taking->step->core->place_last + 1;
	struct rcc_event *event = rcc_step_event(taking->step, RCC_EVENT_PLACE_STEPPED);
	struct rcc_place *body = &event->u.place_stepped.body;

	event->u.place_stepped.by = taking->from;
	event->u.place_stepped.is_replaced = what == RCC_PLACE_WITHDRAWN;
	*body = (struct rcc_place){
	    .incident = taking->incident, .place = {id}, .step = what, .pos = RCC_POS_NONE, .ship = ship};
	rcc_text_append_lossy(body->name, sizeof body->name, place != NULL ? place->name : name);
	rcc_text_append_lossy(body->text, sizeof body->text, text);
	rcc_step_emit(taking->step, event);
}

static bool
has_room_at(const struct taking *taking, const struct rcc_place_state *place, struct rcc_mmsi ship)
{
	if (place == NULL)
		return rcc_room_for_place(taking->step);
	return rcc_place_ship_of(taking->step->core, place, ship) != NULL ||
	       (rcc_place_count_ships(taking->step->core, place) < RCC_SHIPS_OF_PLACE_MAX &&
	        rcc_room_for_place(taking->step));
}

static void
take_way(const struct taking *taking, const struct rcc_carried_ship *ship, const char *name)
{
	const struct rcc_core *core = taking->step->core;
	const struct rcc_place_state *place = rcc_place_named(core, incident_of(taking), name);
	const struct rcc_place_state *former = rcc_place_of_ship(core, incident_of(taking), ship->ship);

	const struct rcc_place_ship *here = place == NULL ? NULL : rcc_place_ship_of(core, place, ship->ship);
	bool is_taken_back = here != NULL && !here->is_assigned && here->withdrawn_at_ms != 0;

	if (place == NULL || place == former || is_taken_back || !has_room_at(taking, place, ship->ship) ||
	    rcc_place_blocks_of(core, incident_of(taking), name, place) != 0)
		return;
	if (former != NULL)
		step_ship(taking, former->name, ship->ship, RCC_PLACE_WITHDRAWN, "");
	char text[RCC_TEXT_MAX + 1] = "by order of ";
	rcc_text_append_lossy(text, sizeof text, taking->centre);
	step_ship(taking, place->name, ship->ship, RCC_PLACE_ASSIGNED, text);
}

void
rcc_carried_take_objections(struct rcc_step *step, struct rcc_incident_id incident, struct rcc_peer_id from,
                            const struct rcc_carried *carried)
{
	struct taking taking = {.step = step, .incident = incident, .from = from};

	for (uint32_t i = 0; i < carried->objection_count; i++) {
		const struct rcc_carried_objection *row = &carried->objection[i];
		const struct rcc_place_state *place =
		    rcc_place_named(step->core, incident_of(&taking), carried->place[row->place - 1].name);
		const struct rcc_place_ship *known =
		    place == NULL ? NULL : rcc_place_ship_of(step->core, place, row->ship);
		if ((known == NULL || known->objections == 0) && has_room_at(&taking, place, row->ship))
			step_ship(&taking, carried->place[row->place - 1].name, row->ship, RCC_PLACE_OBJECTED,
			          row->text);
	}
}

void
rcc_carried_take_ships(struct rcc_step *step, struct rcc_incident_id incident, struct rcc_peer_id from,
                       const struct rcc_carried *carried)
{
	struct taking taking = {.step = step, .incident = incident, .from = from};

	memcpy(taking.centre, rcc_peer_find(step->core, from)->name, sizeof taking.centre);
	rcc_carried_take_objections(step, incident, from, carried);
	for (uint32_t i = 0; i < carried->ship_count; i++) {
		const struct rcc_carried_ship *ship = &carried->ship[i];
		/* Who is in distress herself is helped, and goes nowhere by order. */
		if (ship->ship.v == incident_of(&taking)->casualty.v ||
		    rcc_rank_is_in_distress(step->core, incident_of(&taking), ship->ship))
			continue;
		take_orders(&taking, ship, true);
		take_answer(&taking, ship);
		take_orders(&taking, ship, false);
		if (ship->place != 0)
			take_way(&taking, ship, carried->place[ship->place - 1].name);
	}
}
