/*
 * orders.c - what officers decide on one case: relay, hold, cancel, close; phase, suspend, resume, classify; unseal.
 *
 * Each takes a reason, each is checked against the tables of moves.c, and what is refused is recorded as refused.
 */
#include <assert.h>
#include <string.h>

#include "core/closing.h"
#include "core/core_internal.h"
#include "core/handover.h"
#include "core/persons.h"
#include "core/told.h"
#include "rcc/text.h"
#include "rcc/units.h"

/* A review later than this is no review. */
#define REVIEW_MAX_MS (366 * RCC_MS_PER_DAY)

const struct rcc_incident *
rcc_incident_or_refuse(struct rcc_step *step, struct rcc_incident_id id, const char *field)
{
	const struct rcc_incident *incident = rcc_incident_find(step->core, id);

	if (incident == NULL) {
		rcc_step_refuse(step, RCC_REFUSAL_NOT_FOUND, field);
		return NULL;
	}
	if (incident->status == RCC_INCIDENT_CLOSED) {
		rcc_step_refuse(step, RCC_REFUSAL_WRONG_STATE, field);
		return NULL;
	}
	return incident;
}

const struct rcc_incident *
rcc_incident_told_of(struct rcc_step *step, struct rcc_incident_id id, const char *field)
{
	const struct rcc_incident *incident = rcc_incident_find(step->core, id);
	const struct rcc_peer *peer = rcc_peer_find(step->core, step->entry->cause.origin.peer);
	bool is_late = incident != NULL && incident->status == RCC_INCIDENT_CLOSED &&
	               incident->class == RCC_CLASS_LIVE && incident->outcome != RCC_OUTCOME_JOINED;

	if (is_late && peer != NULL && rcc_peer_is_ship(peer))
		return incident;
	return rcc_incident_or_refuse(step, id, field);
}

void
rcc_incident_goes_on(struct rcc_step *step, struct rcc_incident_id id, bool has_survivors)
{
	const struct rcc_incident *incident = rcc_incident_find(step->core, id);

	if (incident->status == RCC_INCIDENT_CLOSED) {
		assert(rcc_incident_may_move(incident->status, RCC_INCIDENT_OPEN, RCC_BY_MACHINE));
		rcc_incident_resume(step, id, (struct rcc_alert_id){0}, "a ship tells of it after it was closed");
		rcc_diary_opened(step, incident);
		rcc_parts_settle(step, id, "a ship tells of it after it was closed");
	} else if (incident->status == RCC_INCIDENT_SUSPENDED && has_survivors) {
		rcc_incident_resume(step, id, (struct rcc_alert_id){0}, "a ship has survivors of it");
		rcc_incident_start_clock(step, id, step->entry->cause.at_ms);
		rcc_incident_relay_if_due(step, id);
	}
}

bool
rcc_refuse_reason(struct rcc_step *step, const char *reason, const char *field)
{
	if (rcc_text_has_word(reason))
		return false;
	rcc_step_refuse(step, RCC_REFUSAL_REASON_MISSING, field);
	return true;
}

/* ---- telling the ships ---- */

static void
hold_relay(struct rcc_step *step, const struct rcc_incident *incident, const char *reason)
{
	if (rcc_refuse_reason(step, reason, "relay.reason"))
		return;
	if (incident->broadcasts > 0 && !incident->is_notice) {
		rcc_step_refuse(step, RCC_REFUSAL_WRONG_STATE, "relay.incident");
		return;
	}
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_RELAY_HELD);
	event->u.held.incident = incident->id;
	event->u.held.by = step->entry->cause.origin.peer;
	memcpy(event->u.held.reason, reason, RCC_TEXT_MAX + 1);
	rcc_step_emit(step, event);
}

enum rcc_refusal
rcc_relay_refusal(const struct rcc_incident *incident)
{
	if (incident->is_restricted)
		return RCC_REFUSAL_RESTRICTED;
	if (incident->class == RCC_CLASS_TEST)
		return RCC_REFUSAL_NOT_LIVE;
	if (!rcc_pos_is_known(incident->pos))
		return RCC_REFUSAL_NO_POSITION;
	return rcc_incident_is_standing(incident) || incident->status == RCC_INCIDENT_SUSPENDED
	           ? RCC_REFUSAL_WRONG_STATE
	           : (enum rcc_refusal)0;
}

static void
release_relay(struct rcc_step *step, const struct rcc_incident *incident, const char *text)
{
	enum rcc_refusal refusal = rcc_relay_refusal(incident);
	struct rcc_incident_id id = incident->id;

	if (refusal != 0) {
		rcc_step_refuse(step, refusal, "relay.incident");
		return;
	}
	rcc_incident_raise(step, id, (struct rcc_alert_id){0}, RCC_PHASE_DISTRESS, incident->source);
	rcc_broadcast_issue(step, id, RCC_BROADCAST_DISTRESS_RELAY, text);
}

void
rcc_rule_relay(struct rcc_step *step)
{
	const struct rcc_relay *relay = &step->entry->cause.u.relay;
	const struct rcc_incident *incident = rcc_incident_or_refuse(step, relay->incident, "relay.incident");

	if (incident == NULL || rcc_handover_refuses(step, incident, "relay.incident"))
		return;
	if (relay->action == RCC_RELAY_HOLD)
		hold_relay(step, incident, relay->reason);
	else if (relay->action == RCC_RELAY_NOTICE)
		rcc_notice_order(step, incident);
	else
		release_relay(step, incident, relay->reason);
}

void
rcc_rule_cancel(struct rcc_step *step)
{
	const struct rcc_cancel *cancel = &step->entry->cause.u.cancel;
	const struct rcc_incident *incident = rcc_incident_or_refuse(step, cancel->incident, "cancel.incident");

	if (incident == NULL || rcc_refuse_reason(step, cancel->reason, "cancel.reason"))
		return;
	/* Ships that another centre coordinates are stood down when that centre says that it is over. */
	if (incident->status == RCC_INCIDENT_TRANSFERRED && cancel->is_theirs_over == 0) {
		rcc_step_refuse(step, RCC_REFUSAL_WRONG_STATE, "cancel.is_theirs_over");
		return;
	}
	/* A case that the ships were not told of is cancelled to those that were ordered by a message of their own. */
	bool is_told = incident->broadcasts > 0 || (incident->newest_directed != 0 && !incident->is_restricted);
	if (!is_told || rcc_incident_last_kind(step->core, incident) == RCC_BROADCAST_CANCEL) {
		rcc_step_refuse(step, RCC_REFUSAL_WRONG_STATE, "cancel.incident");
		return;
	}
	rcc_broadcast_issue(step, cancel->incident, RCC_BROADCAST_CANCEL, cancel->reason);
}

/* ---- closing ---- */

/* Do ships still hold something that a cancel has to take back (SAR Convention annex 4.8.3)? */
static bool
is_uncancelled(const struct rcc_core *core, const struct rcc_incident *incident)
{
	const struct rcc_broadcast *newest = rcc_broadcast_at(core, incident->newest_broadcast);

	if (newest == NULL)
		return incident->class == RCC_CLASS_LIVE && rcc_closing_is_ordered(core, incident);
	/* Of an exercise that no ship joined, nobody heard. */
	if ((incident->class == RCC_CLASS_EXERCISE && newest->recipients == 0))
		return false;
	/* A notice that has run out has taken itself back. */
	return newest->kind != RCC_BROADCAST_CANCEL &&
	       (!incident->is_notice_over ||
	        (incident->class == RCC_CLASS_LIVE && rcc_told_is_any_owed(core, incident)));
}

void
rcc_rule_close(struct rcc_step *step)
{
	const struct rcc_close *close = &step->entry->cause.u.close;
	const struct rcc_incident *incident = rcc_incident_or_refuse(step, close->incident, "close.incident");

	if (incident == NULL || rcc_refuse_reason(step, close->reason, "close.reason"))
		return;
	/* As joined a case is closed by a join, which leaves its ships to the other one. */
	if (close->outcome == RCC_OUTCOME_JOINED) {
		rcc_step_refuse(step, RCC_REFUSAL_RANGE, "close.outcome");
		return;
	}
	enum rcc_refusal refusal =
	    rcc_parts_are_open(step->core, incident->id) ? RCC_REFUSAL_PARTS_OPEN : (enum rcc_refusal)0;
	/* The other centre may accept it at any moment: the offer is withdrawn first. */
	if (rcc_handover_is_offered(step->core, incident->id))
		refusal = RCC_REFUSAL_WRONG_STATE;
	if (refusal != 0) {
		rcc_step_refuse(step, refusal, "close.incident");
		return;
	}
	/* A false alert that no ship has heard of yet is taken back in the same step; a close that is refused tells nobody. */
	bool is_told_now = is_uncancelled(step->core, incident) && close->outcome == RCC_OUTCOME_FALSE_ALERT &&
	                   !rcc_closing_is_heard(step->core, incident);
	refusal = rcc_closing_refusal(step->core, incident, close->outcome);
	/* Who is not accounted for comes first: nobody is to tell the ships that it is over so as to be rid of a case. */
	if (is_uncancelled(step->core, incident) && !is_told_now && refusal != RCC_REFUSAL_PERSONS_OPEN)
		refusal = RCC_REFUSAL_CANCEL_FIRST;
	if (refusal != 0) {
		rcc_step_refuse(step, refusal, "close.incident");
		return;
	}
	if (is_told_now)
		rcc_broadcast_issue(step, close->incident, RCC_BROADCAST_CANCEL, close->reason);
	/* A ledger without room tells nobody: it is not over. */
	if (is_uncancelled(step->core, rcc_incident_find(step->core, close->incident))) {
		rcc_step_refuse(step, RCC_REFUSAL_CANCEL_FIRST, "close.incident");
		return;
	}
	assert(rcc_incident_may_move(incident->status, RCC_INCIDENT_CLOSED, RCC_BY_OFFICER));
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_INCIDENT_CLOSED);
	event->u.closed.incident = close->incident;
	event->u.closed.outcome = close->outcome;
	event->u.closed.by = step->entry->cause.origin.peer;
	memcpy(event->u.closed.reason, close->reason, sizeof close->reason);
	rcc_step_emit(step, event);
}

/* ---- phase and status ---- */

/*
 * A relay of a distress binds masters: it is never left standing for what is no distress. What cannot be taken back is not
 * lowered either. False after refusing.
 */
static bool
take_back(struct rcc_step *step, const struct rcc_set_phase *order)
{
	const struct rcc_incident *incident = rcc_incident_find(step->core, order->incident);

	if (order->phase != RCC_PHASE_DISTRESS && rcc_incident_is_standing(incident))
		rcc_broadcast_issue(step, order->incident, RCC_BROADCAST_CANCEL, order->reason);
	return order->phase == RCC_PHASE_DISTRESS || !rcc_incident_is_standing(incident);
}

void
rcc_rule_phase(struct rcc_step *step)
{
	const struct rcc_set_phase *order = &step->entry->cause.u.phase;
	const struct rcc_incident *incident = rcc_incident_or_refuse(step, order->incident, "phase.incident");

	if (incident == NULL || rcc_handover_refuses(step, incident, "phase.incident") ||
	    rcc_refuse_reason(step, order->reason, "phase.reason"))
		return;
	if (!rcc_phase_may_move(incident->phase, order->phase, RCC_BY_OFFICER)) {
		rcc_step_refuse(step, RCC_REFUSAL_WRONG_STATE, "phase.phase");
		return;
	}
	if (!take_back(step, order))
		return;
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_PHASE_SET);
	event->u.phase.incident = order->incident;
	event->u.phase.phase = order->phase;
	event->u.phase.by = step->entry->cause.origin.peer;
	memcpy(event->u.phase.reason, order->reason, sizeof order->reason);
	rcc_step_emit(step, event);
	/* Raised to distress by a person: the ships wait for nothing. */
	if (order->phase == RCC_PHASE_DISTRESS)
		rcc_incident_start_clock(step, order->incident, step->entry->cause.at_ms);
	rcc_incident_relay_if_due(step, order->incident);
}

void
rcc_rule_suspend(struct rcc_step *step)
{
	const struct rcc_suspend *suspend = &step->entry->cause.u.suspend;
	const struct rcc_incident *incident = rcc_incident_or_refuse(step, suspend->incident, "suspend.incident");
	int64_t at_ms = step->entry->cause.at_ms;

	if (incident == NULL || rcc_refuse_reason(step, suspend->reason, "suspend.reason"))
		return;
	if (!rcc_incident_may_move(incident->status, RCC_INCIDENT_SUSPENDED, RCC_BY_OFFICER) ||
	    rcc_handover_is_offered(step->core, incident->id)) {
		rcc_step_refuse(step, RCC_REFUSAL_WRONG_STATE, "suspend.incident");
		return;
	}
	if (suspend->review_at_ms <= at_ms || suspend->review_at_ms - at_ms > REVIEW_MAX_MS) {
		rcc_step_refuse(step, RCC_REFUSAL_RANGE, "suspend.review_at_ms");
		return;
	}
	bool is_told = rcc_incident_is_standing(incident) || rcc_incident_is_noticed(incident);
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_INCIDENT_SUSPENDED);
	event->u.suspended.incident = suspend->incident;
	event->u.suspended.by = step->entry->cause.origin.peer;
	event->u.suspended.review_at_ms = suspend->review_at_ms;
	memcpy(event->u.suspended.reason, suspend->reason, sizeof suspend->reason);
	rcc_step_emit(step, event);
	/* Everybody who was told is told (SAR Convention annex 4.8.4). */
	if (is_told)
		rcc_broadcast_issue(step, suspend->incident, RCC_BROADCAST_SUSPENDED, suspend->reason);
}

/* ---- what an officer knows better ---- */

static void
fill_classified(struct rcc_incident_revised *revised, const struct rcc_incident *incident,
                const struct rcc_classify *classify, int64_t at_ms)
{
	*revised = (struct rcc_incident_revised){.incident = incident->id,
	                                         .casualty = incident->casualty,
	                                         .nature = incident->nature,
	                                         .persons = incident->persons,
	                                         .pos = incident->pos,
	                                         .pos_at_ms = incident->pos_at_ms,
	                                         .pos_radius_m = incident->pos_radius_m,
	                                         .pos_alert = incident->pos_alert,
	                                         .verified = incident->is_verified || classify->verified != 0,
	                                         .stated = incident->stated};
	memcpy(revised->name, incident->name, sizeof revised->name);
	memcpy(revised->reason, classify->reason, sizeof revised->reason);
	if (classify->casualty.v != 0) {
		revised->casualty = classify->casualty;
		revised->stating |= RCC_STATED_CASUALTY;
	}
	if (classify->nature != RCC_NATURE_NOT_STATED) {
		revised->nature = classify->nature;
		revised->stating |= RCC_STATED_NATURE;
	}
	if (classify->persons != 0) {
		revised->persons = classify->persons;
		revised->stating |= RCC_STATED_PERSONS;
	}
	if (classify->name[0] != '\0') {
		memcpy(revised->name, classify->name, sizeof revised->name);
		revised->stating |= RCC_STATED_NAME;
	}
	if (rcc_pos_is_known(classify->pos)) {
		revised->pos = classify->pos;
		revised->pos_at_ms = at_ms;
		revised->pos_radius_m = 0;
		revised->pos_alert.v = 0;
		revised->stating |= RCC_STATED_POS;
	}
	revised->stated |= revised->stating;
	if (classify->verified != 0)
		revised->stating |= RCC_STATED_VERIFIED;
}

/* So many are there now: ships that are called anew are not told the number of before. */
static void
state_persons(struct rcc_step *step, const struct rcc_resume *resume)
{
	struct rcc_classify classify = {.pos = RCC_POS_NONE, .persons = resume->persons};
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_INCIDENT_REVISED);

	memcpy(classify.reason, resume->reason, sizeof classify.reason);
	fill_classified(&event->u.incident, rcc_incident_find(step->core, resume->incident), &classify,
	                step->entry->cause.at_ms);
	event->u.incident.by = step->entry->cause.origin.peer;
	rcc_step_emit(step, event);
}

void
rcc_rule_resume(struct rcc_step *step)
{
	const struct rcc_resume *resume = &step->entry->cause.u.resume;
	const struct rcc_incident *incident = rcc_incident_find(step->core, resume->incident);

	if (incident == NULL) {
		rcc_step_refuse(step, RCC_REFUSAL_NOT_FOUND, "resume.incident");
		return;
	}
	if (rcc_refuse_reason(step, resume->reason, "resume.reason"))
		return;
	bool is_transferred = incident->status == RCC_INCIDENT_TRANSFERRED;
	bool is_away =
	    is_transferred || incident->status == RCC_INCIDENT_SUSPENDED || incident->status == RCC_INCIDENT_CLOSED;
	/* What was joined to another case comes back by `split`, with its alerts. */
	bool is_empty = incident->status == RCC_INCIDENT_CLOSED && incident->outcome == RCC_OUTCOME_JOINED;
	if (!is_away || is_empty || !rcc_incident_may_move(incident->status, RCC_INCIDENT_OPEN, RCC_BY_OFFICER)) {
		rcc_step_refuse(step, RCC_REFUSAL_WRONG_STATE, "resume.incident");
		return;
	}
	if (resume->persons != 0 && resume->persons < rcc_persons_accounted(step->core, incident->id)) {
		rcc_step_refuse(step, RCC_REFUSAL_RANGE, "resume.persons");
		return;
	}
	bool was_away = is_transferred || incident->status == RCC_INCIDENT_CLOSED;
	rcc_incident_resume(step, resume->incident, (struct rcc_alert_id){0}, resume->reason);
	if (resume->persons != 0)
		state_persons(step, resume);
	if (is_transferred)
		rcc_handover_taken_back(step, resume->incident, resume->reason);
	/* Who coordinated it then may be gone: who has the watch has it. */
	if (was_away)
		rcc_diary_opened(step, incident);
	rcc_parts_settle(step, resume->incident, resume->reason);
	/* Ships that had been told hear that it goes on. */
	if (incident->broadcasts > 0)
		rcc_incident_start_clock(step, resume->incident, step->entry->cause.at_ms);
	rcc_incident_relay_if_due(step, resume->incident);
}

void
rcc_rule_classify(struct rcc_step *step)
{
	const struct rcc_classify *classify = &step->entry->cause.u.classify;
	const struct rcc_incident *incident = rcc_incident_or_refuse(step, classify->incident, "classify.incident");

	if (incident == NULL || rcc_refuse_reason(step, classify->reason, "classify.reason") ||
	    rcc_handover_refuses(step, incident, "classify.incident"))
		return;
	/* Named as the ship that called in secret, it would be broadcast: it is joined to her case, or reported as public. */
	if (rcc_wall_hides(step->core, incident, classify->casualty)) {
		rcc_step_refuse(step, RCC_REFUSAL_RESTRICTED, "classify.casualty");
		return;
	}
	/* Who was counted stays counted: whoever never existed is moved there, with a reason. */
	if (classify->persons != 0 && classify->persons < rcc_persons_accounted(step->core, incident->id)) {
		rcc_step_refuse(step, RCC_REFUSAL_RANGE, "classify.persons");
		return;
	}
	bool is_settled = rcc_pos_is_known(classify->pos) && incident->candidate_count > 0;
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_INCIDENT_REVISED);
	fill_classified(&event->u.incident, incident, classify, step->entry->cause.at_ms);
	event->u.incident.by = step->entry->cause.origin.peer;
	rcc_step_emit(step, event);
	if (is_settled) {
		event = rcc_step_event(step, RCC_EVENT_PLACES_REVISED);
		event->u.places.incident = classify->incident;
		rcc_step_emit(step, event);
	}
	/* A distress that waited for a position has one now. */
	if (rcc_pos_is_known(classify->pos))
		rcc_incident_start_clock(step, classify->incident, rcc_relay_due_ms(step, RCC_SOURCE_OFFICER));
	rcc_incident_relay_if_due(step, classify->incident);
}

/* ---- sealed particulars ---- */

/* Who asks, and why, is decided and recorded here; the shell opens the seal once that is on the disk. */
static void
unseal_note(struct rcc_step *step, const struct rcc_note_line *note)
{
	const struct rcc_unseal *unseal = &step->entry->cause.u.unseal;

	if (note == NULL) {
		rcc_step_refuse(step, RCC_REFUSAL_NOT_FOUND, "unseal.note");
		return;
	}
	if (note->body.sealed_len == 0 || note->is_erased) {
		rcc_step_refuse(step, note->is_erased ? RCC_REFUSAL_NOT_FOUND : RCC_REFUSAL_WRONG_STATE,
		                note->is_erased ? "unseal.key" : "unseal.note");
		return;
	}
	if (rcc_refuse_reason(step, unseal->reason, "unseal.reason"))
		return;
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_UNSEALED);
	event->u.unsealed.note = unseal->note;
	event->u.unsealed.incident = note->body.incident;
	event->u.unsealed.by = step->entry->cause.origin.peer;
	memcpy(event->u.unsealed.reason, unseal->reason, sizeof unseal->reason);
	rcc_step_emit(step, event);
}

void
rcc_rule_unseal(struct rcc_step *step)
{
	const struct rcc_unseal *unseal = &step->entry->cause.u.unseal;
	const struct rcc_alert_state *alert = rcc_alert_find(step->core, unseal->alert);
	const struct rcc_note_line *note = rcc_note_find(step->core, unseal->note);

	if ((unseal->alert.v == 0) == (unseal->note == 0)) {
		rcc_step_refuse(step, RCC_REFUSAL_RANGE, "unseal.alert");
		return;
	}
	if (unseal->note != 0) {
		unseal_note(step, note);
		return;
	}
	if (alert == NULL) {
		rcc_step_refuse(step, RCC_REFUSAL_NOT_FOUND, "unseal.alert");
		return;
	}
	if (alert->body.sealed_len == 0 || alert->is_erased) {
		rcc_step_refuse(step, alert->is_erased ? RCC_REFUSAL_NOT_FOUND : RCC_REFUSAL_WRONG_STATE,
		                alert->is_erased ? "unseal.key" : "unseal.alert");
		return;
	}
	if (rcc_refuse_reason(step, unseal->reason, "unseal.reason"))
		return;
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_UNSEALED);
	event->u.unsealed.alert = unseal->alert;
	event->u.unsealed.by = step->entry->cause.origin.peer;
	memcpy(event->u.unsealed.reason, unseal->reason, sizeof unseal->reason);
	rcc_step_emit(step, event);
}
