/* join_carry.c - what binds ships in a case that becomes one with another binds them in that one. */
#include "core/join_carry.h"

#include <string.h>

#include "core/rank.h"
#include "core/standing.h"
#include "core/told.h"
#include "rcc/text.h"

/* ---- who comes by voice ---- */

/* Is this ship on her way by voice to a case of which she has no end? The other case takes her over: she is told there. */
static bool
is_coming_by_voice(const struct rcc_core *core, const struct rcc_incident *from, const struct rcc_incident *into,
                   const struct rcc_answer_state *row)
{
	const struct rcc_answer_state *there = rcc_answer_of(core, into, row->ship);
	bool is_there = rcc_told_is_coming(there) && there->released_seq == 0;

	return rcc_told_is_coming(row) && row->released_seq == 0 && rcc_told_is_by_voice(core, from, row->ship) &&
	       !is_there;
}

uint32_t
rcc_join_count_answers(const struct rcc_core *core, const struct rcc_incident *from, const struct rcc_incident *into)
{
	uint32_t count = 0;

	for (const struct rcc_answer_state *row = rcc_answer_at(core, from->newest_answer); row != NULL;
	     row = rcc_answer_at(core, row->previous))
		count += is_coming_by_voice(core, from, into, row);
	return count;
}

void
rcc_join_carry_answers(struct rcc_step *step, struct rcc_incident_id source, struct rcc_incident_id into)
{
	const struct rcc_core *core = step->core;
	const struct rcc_incident *from = rcc_incident_find(core, source);

	for (const struct rcc_answer_state *row = rcc_answer_at(core, from->newest_answer); row != NULL;
	     row = rcc_answer_at(core, row->previous)) {
		if (!is_coming_by_voice(core, from, rcc_incident_find(core, into), row))
			continue;
		struct rcc_event *event = rcc_step_event(step, RCC_EVENT_ANSWERED);
		event->u.answered.answer = row->body;
		event->u.answered.answer.incident = into;
		/* She could not, or was done, and was ordered anew since: there she has not said what she will do. */
		if (row->body.kind == RCC_ANSWER_UNABLE || row->body.kind == RCC_ANSWER_DONE)
			event->u.answered.answer.kind = RCC_ANSWER_NEED_DETAIL;
		event->u.answered.answer.number = 0;
		event->u.answered.answer.ship = row->ship;
		event->u.answered.typed = 1;
		rcc_step_emit(step, event);
	}
}

/* ---- orders ---- */

/* Is this order to be given anew there? Two coordinators would be none: who coordinates there goes on. */
static bool
is_carried(const struct rcc_core *core, const struct rcc_incident *from, const struct rcc_incident *into,
           const struct rcc_duty *row)
{
	const struct rcc_standing_kind *kind = rcc_standing_of(row->rule);

	if (kind == NULL || row != rcc_duty_of(core, from->id, row->rule, row->ship, 0) ||
	    !rcc_standing_is(core, from, row->rule, row->ship) || rcc_standing_is(core, into, row->rule, row->ship))
		return false;
	if (kind->kind == RCC_TASK_COORDINATE && into->coordinator.v != 0)
		return false;
	/* Not of what goes behind the wall, nor to a case that is over: nobody is ordered to that. */
	return !from->is_cancelled && !into->is_cancelled && !into->is_restricted && row->ship.v != into->casualty.v &&
	       !rcc_rank_is_in_distress(core, into, row->ship);
}

uint32_t
rcc_join_count_orders(const struct rcc_core *core, const struct rcc_incident *from, const struct rcc_incident *into)
{
	uint32_t count = 0;

	for (const struct rcc_duty *row = rcc_duty_at(core, from->newest_duty); row != NULL;
	     row = rcc_duty_at(core, row->previous))
		count += is_carried(core, from, into, row);
	return count;
}

bool
rcc_join_is_ordered_on(const struct rcc_core *core, const struct rcc_incident *from, const struct rcc_incident *into,
                       struct rcc_mmsi ship)
{
	for (const struct rcc_duty *row = rcc_duty_at(core, from->newest_duty); row != NULL;
	     row = rcc_duty_at(core, row->previous)) {
		if (row->ship.v == ship.v && is_carried(core, from, into, row))
			return true;
	}
	return false;
}

/* A task, its message, and the list of the one ship that gets it. */
#define EVENTS_OF_ORDER 3
/* Each place offered, refused, unsafe and feared; needs; objections. */
#define EVENTS_FOUND (4 * RCC_CARRIED_PLACES_MAX + RCC_CARRIED_NEEDS_MAX + RCC_CARRIED_OBJECTIONS_MAX)

uint32_t
rcc_join_count_carried(const struct rcc_core *core, const struct rcc_incident *from, const struct rcc_incident *into)
{
	bool has_found = from->newest_place != 0 || from->newest_need != 0;

	return rcc_join_count_answers(core, from, into) + EVENTS_OF_ORDER * rcc_join_count_orders(core, from, into) +
	       (has_found ? EVENTS_FOUND : 0);
}

static void
give(struct rcc_step *step, const struct rcc_incident *from, const struct rcc_incident *into, enum rcc_task_kind kind,
     struct rcc_mmsi ship)
{
	const char *words = rcc_standing_words(step->core, from, ship);
	bool is_told = rcc_leg_alone(step->core, rcc_peer_find_mmsi(step->core, ship), into->class);
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_TASKED);
	struct rcc_task *task = &event->u.tasked.body;
	struct rcc_incident_id id = into->id;
	char number[RCC_TEXT_MAX + 1] = "";
	char text[RCC_TEXT_MAX + 1];

	event->u.tasked.by = step->entry->cause.origin.peer;
	event->u.tasked.broadcast.v = is_told ? step->core->broadcast_last + 1 : 0;
	*task = (struct rcc_task){.incident = id,
	                          .kind = kind,
	                          .ship = ship,
	                          .contact_min = rcc_standing_contact_min(step->core, from, ship)};
	(void)rcc_join_number(number, from);
	rcc_text_append_lossy(task->text, sizeof task->text, "as in case ");
	rcc_text_append_lossy(task->text, sizeof task->text, number);
	if (words[0] != '\0')
		rcc_text_append_lossy(task->text, sizeof task->text, ": ");
	rcc_text_append_lossy(task->text, sizeof task->text, words);
	memcpy(text, task->text, sizeof text);
	rcc_step_emit(step, event);
	if (is_told)
		rcc_broadcast_direct(step, id, rcc_task_broadcast(kind), text);
}

void
rcc_join_carry_orders(struct rcc_step *step, struct rcc_incident_id from, struct rcc_incident_id into)
{
	const struct rcc_core *core = step->core;
	const struct rcc_incident *source = rcc_incident_find(core, from);

	for (const struct rcc_duty *row = rcc_duty_at(core, source->newest_duty); row != NULL;
	     row = rcc_duty_at(core, row->previous)) {
		if (is_carried(core, source, rcc_incident_find(core, into), row))
			give(step, source, rcc_incident_find(core, into), rcc_standing_of(row->rule)->kind, row->ship);
	}
}
