/*
 * task.c - what one ship is asked to do: tasks, requisition, on-scene coordination, release.
 *
 * A registered ship gets it as a message of her own, with a line in her ledger; to any other it is said by voice, and the
 * officer's order stands in the record.
 */
#include <string.h>

#include "core/circular.h"
#include "core/core_internal.h"
#include "core/duty.h"
#include "core/handover.h"
#include "core/place.h"
#include "core/rank.h"
#include "core/told.h"
#include "rcc/phrases.h"
#include "rcc/text.h"

/* "4294967295" */
#define DIGITS_SIZE 11

enum rcc_broadcast_kind
rcc_task_broadcast(enum rcc_task_kind kind)
{
	static const enum rcc_broadcast_kind kinds[] = {
	    [RCC_TASK_ASSIST] = RCC_BROADCAST_TASK,
	    [RCC_TASK_REQUISITION] = RCC_BROADCAST_REQUISITION,
	    [RCC_TASK_COORDINATE] = RCC_BROADCAST_COORDINATE,
	    [RCC_TASK_RELEASE] = RCC_BROADCAST_RELEASE,
	};

	return kinds[kind];
}

/* Have masters answered? Then they are consulted before one of them is requisitioned (SOLAS V/33.2). */
static bool
has_answers(const struct rcc_incident *incident)
{
	return incident->newest_answer != 0;
}

static bool
is_complied_with(const struct rcc_core *core, const struct rcc_incident *incident)
{
	for (const struct rcc_duty *row = rcc_duty_at(core, incident->newest_duty); row != NULL;
	     row = rcc_duty_at(core, row->previous)) {
		if (row->rule == RCC_DUTY_RULE_COMPLY &&
		    (row->state == RCC_DUTY_ACKNOWLEDGED || row->state == RCC_DUTY_DISCHARGED))
			return true;
	}
	return false;
}

/* A release of all goes to whoever is still bound; when the requisitioned comply, not to them. */
static bool
is_bound(const struct rcc_core *core, const struct rcc_task *task, struct rcc_mmsi ship)
{
	static const enum rcc_duty_rule rules[] = {RCC_DUTY_RULE_ASSIST, RCC_DUTY_RULE_COMPLY, RCC_DUTY_RULE_DO_TASK,
	                                           RCC_DUTY_RULE_COORDINATE, RCC_DUTY_RULE_CONTACT};

	if (task->others_comply != 0 && rcc_duty_is_requisitioned(core, task->incident, ship))
		return false;
	for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
		const struct rcc_duty *row = rcc_duty_of(core, task->incident, rules[i], ship, 0);
		if (row != NULL && (rcc_duty_is_open(row) || row->state == RCC_DUTY_DISCHARGED))
			return true;
	}
	return false;
}

/* Is a ship released that comes to this case, or to one that was joined to it? */
static bool
is_release_of_coming(const struct rcc_core *core, const struct rcc_task *task, const struct rcc_incident *incident)
{
	if (task->kind != RCC_TASK_RELEASE || task->ship.v == 0)
		return false;
	return rcc_told_is_coming(rcc_answer_of(core, incident, task->ship)) ||
	       (rcc_told_is_by_voice(core, incident, task->ship) && rcc_told_is_joined(core, incident, task->ship));
}

/* And one that no message of ours reaches? */
static bool
is_said_by_voice(const struct rcc_core *core, const struct rcc_task *task, const struct rcc_incident *incident)
{
	return rcc_told_is_by_voice(core, incident, task->ship) && is_release_of_coming(core, task, incident);
}

static enum rcc_refusal
task_refusal(const struct rcc_core *core, const struct rcc_task *task, const struct rcc_incident *incident,
             const char **ret_field)
{
	*ret_field = "task.incident";
	/* No message goes out of it; that an officer told a ship by voice that she is released is written down. */
	if (incident->is_restricted && !is_said_by_voice(core, task, incident))
		return RCC_REFUSAL_RESTRICTED;
	*ret_field = "task.ship";
	if (task->ship.v == 0 && task->kind != RCC_TASK_RELEASE)
		return RCC_REFUSAL_RANGE;
	/* A ship in distress is helped, not tasked. */
	if (task->ship.v != 0 && task->kind != RCC_TASK_RELEASE &&
	    (task->ship.v == incident->casualty.v || rcc_rank_is_in_distress(core, incident, task->ship)))
		return RCC_REFUSAL_IN_DISTRESS;
	/* Nor does a ship coordinate that has said that she cannot come. */
	const struct rcc_answer_state *answer = rcc_answer_of(core, incident, task->ship);
	if (task->kind == RCC_TASK_COORDINATE && answer != NULL && answer->body.kind == RCC_ANSWER_UNABLE)
		return RCC_REFUSAL_WRONG_STATE;
	/* One that is not registered and has not answered by voice either would never hear of it, and owe it all the same. */
	if (task->ship.v != 0 && rcc_peer_find_mmsi(core, task->ship) == NULL &&
	    rcc_answer_of(core, incident, task->ship) == NULL && !rcc_told_is_joined(core, incident, task->ship) &&
	    (task->kind != RCC_TASK_RELEASE || !is_bound(core, task, task->ship)))
		return RCC_REFUSAL_NOT_FOUND;
	/* Whoever heard that it is over owes nothing more, unless she is called anew. */
	if (incident->is_cancelled && task->kind != RCC_TASK_RELEASE)
		return RCC_REFUSAL_IS_OVER;
	*ret_field = "task.text";
	if (task->kind == RCC_TASK_ASSIST && !rcc_text_has_word(task->text))
		return RCC_REFUSAL_REASON_MISSING;
	/* Where two officers are wanted to send her, no free words do it (s003 par. 40). */
	if (task->names_place == 0 && rcc_place_unsafe_in(core, incident, task->text) != NULL)
		return RCC_REFUSAL_PLACE_UNSAFE;
	*ret_field = "task.consulted";
	if (task->kind == RCC_TASK_REQUISITION && has_answers(incident) && !rcc_text_has_word(task->consulted))
		return RCC_REFUSAL_REASON_MISSING;
	/* SOLAS V/33.3: others are released when one that was requisitioned complies. */
	*ret_field = "task.others_comply";
	if (task->kind == RCC_TASK_RELEASE && task->others_comply != 0 && !is_complied_with(core, incident))
		return RCC_REFUSAL_NONE_COMPLIES;
	/* SOLAS V/33.4: until help is no longer needed. That it is not, while persons are in danger, is said with a reason. */
	*ret_field = "task.ship";
	if (task->kind == RCC_TASK_RELEASE && task->ship.v == 0 && task->others_comply == 0 &&
	    !rcc_text_has_word(task->text) && rcc_incident_is_standing(incident) && rcc_duty_is_wanted(core, incident))
		return RCC_REFUSAL_ALL_SHIPS;
	*ret_field = "task.contact_min";
	if (task->kind == RCC_TASK_RELEASE && task->contact_min != 0)
		return RCC_REFUSAL_RANGE;
	return (enum rcc_refusal)0;
}

/* Returns how many registered ships get it. */
static uint32_t
mark_ships(struct rcc_core *core, const struct rcc_task *task, const struct rcc_incident *incident)
{
	uint32_t count = 0;

	memset(core->leg, 0, core->peer_count * sizeof core->leg[0]);
	for (uint32_t i = 0; i < core->peer_count; i++) {
		const struct rcc_peer *peer = &core->peer[i];
		bool is_meant = task->ship.v != 0 ? peer->mmsi.v == task->ship.v : is_bound(core, task, peer->mmsi);
		core->leg[i].is_recipient =
		    is_meant && !incident->is_restricted && rcc_peer_hears(peer, incident->class, core->at_ms);
		count += core->leg[i].is_recipient;
	}
	return count;
}

/* Adds a clause if all of it fits: what does not stands in the record. */
static void
add_clause(char text[RCC_TEXT_MAX + 1], const char *before, const char *clause, const char *after)
{
	const char *const parts[] = {text[0] == '\0' ? "" : "; ", before, clause, after};
	size_t len = strlen(text);
	size_t more = 0;

	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		more += strlen(parts[i]);
	if (clause[0] == '\0' || len + more > RCC_TEXT_MAX)
		return;
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
		memcpy(text + len, parts[i], strlen(parts[i]) + 1);
		len += strlen(parts[i]);
	}
}

/* Empty for 0. */
static const char *
digits_of(char text[DIGITS_SIZE], uint32_t value)
{
	char *first = text + DIGITS_SIZE - 1;

	*first = '\0';
	for (; value != 0; value /= 10)
		*--first = (char)('0' + value % 10);
	return first;
}

/*
 * What the master reads: the officer's words, that she was chosen as SOLAS V/33.2 asks for, and how often she is to report. What
 * other masters said is not told to her: it stands in the record.
 */
static void
words_for(const struct rcc_task *task, bool is_asked, uint32_t card, char text[RCC_TEXT_MAX + 1])
{
	char digits[DIGITS_SIZE];

	memcpy(text, task->text, sizeof task->text);
	/* Only where somebody had answered was anybody asked. */
	if (task->consulted[0] != '\0' && is_asked)
		add_clause(text, "", "chosen after asking the masters that answered (SOLAS V/33.2)", "");
	add_clause(text, "report every ", digits_of(digits, task->contact_min), " min");
	add_clause(text, "conduct card ", digits_of(digits, card), " applies");
}

/* Two coordinators would be none: who was designated before hears who it is now. */
static void
tell_relieved(struct rcc_step *step, const struct rcc_task *task, const struct rcc_peer *before)
{
	const struct rcc_peer *now = rcc_peer_find_mmsi(step->core, task->ship);
	const struct rcc_incident *incident = rcc_incident_find(step->core, task->incident);
	char text[RCC_TEXT_MAX + 1] = "";
	char mmsi[RCC_MMSI_TEXT_SIZE];

	if (!rcc_leg_alone(step->core, before, incident->class))
		return;
	add_clause(text, RCC_PHRASE_RELIEVED, now != NULL ? now->name : rcc_mmsi_format(mmsi, task->ship),
	           ", who coordinates on scene from now on");
	rcc_broadcast_direct(step, task->incident, RCC_BROADCAST_TASK, text);
}

void
rcc_rule_task(struct rcc_step *step)
{
	const struct rcc_task *task = &step->entry->cause.u.task;
	const struct rcc_incident *incident = rcc_incident_or_refuse(step, task->incident, "task.incident");
	const char *field = NULL;

	if (incident == NULL)
		return;
	/* Who is on her way heard it from us, and hears from us that it is over, whoever has the case. */
	if (!is_release_of_coming(step->core, task, incident) && rcc_handover_refuses(step, incident, "task.incident"))
		return;
	enum rcc_refusal refusal = task_refusal(step->core, task, incident, &field);
	if (refusal != 0) {
		rcc_step_refuse(step, refusal, field);
		return;
	}
	bool is_asked = has_answers(incident);
	const struct rcc_peer *before = rcc_peer_find_mmsi(step->core, incident->coordinator);
	bool is_relieved = task->kind == RCC_TASK_COORDINATE && before != NULL && before->mmsi.v != task->ship.v;
	/* Who gets it is found before the event settles whom it concerns. */
	uint32_t ships = mark_ships(step->core, task, incident);
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_TASKED);
	event->u.tasked.by = step->entry->cause.origin.peer;
	event->u.tasked.broadcast.v = ships == 0 ? 0 : step->core->broadcast_last + 1;
	event->u.tasked.body = *task;
	const struct rcc_broadcast *card = task->kind == RCC_TASK_RELEASE ? NULL : rcc_circular_card(step->core);
	if (card != NULL) {
		event->u.tasked.card = card->revision;
		event->u.tasked.card_state =
		    rcc_circular_card_state(step->core, rcc_peer_find_mmsi(step->core, task->ship));
	}
	rcc_step_emit(step, event);
	if (ships != 0) {
		char text[RCC_TEXT_MAX + 1];
		words_for(task, is_asked, card == NULL ? 0 : card->revision, text);
		rcc_broadcast_direct(step, task->incident, rcc_task_broadcast(task->kind), text);
	}
	if (is_relieved)
		tell_relieved(step, task, before);
}
