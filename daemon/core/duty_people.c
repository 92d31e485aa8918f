/* duty_people.c - what people, their needs and places open and settle in the duty ledger. Part of apply, as duty_follow.c. */
#include "core/apply_internal.h"
#include "core/duty_internal.h"
#include "core/persons.h"

/* Opened by the first of them: who has looked for a place has done so. */
static void
open_once(struct rcc_core *core, struct rcc_incident *incident, enum rcc_duty_rule rule)
{
	if (rcc_duty_line(core, incident, rule, rcc_centre) == NULL)
		(void)rcc_duty_open(core, incident, rule, rcc_centre, 0);
}

/* ---- referral ---- */

/* Those to be referred: ashore, or aboard a ship and to come ashore. */
static uint32_t
survivors_of(const struct rcc_core *core, const struct rcc_incident *incident)
{
	return rcc_persons_aboard_total(core, incident->id) +
	       rcc_persons_count_at(core, incident->id, RCC_WHERE_LANDED);
}

/*
 * Two kinds of service may have taken the same people, so that those of one kind alone are counted together. Care and protection
 * count: an interpreter or a consul helps, and takes nobody in.
 */
static bool
are_all_accepted(const struct rcc_core *core, const struct rcc_incident *incident)
{
	for (uint32_t service = RCC_SERVICE_MEDICAL; service <= RCC_SERVICE_TRAFFICKING; service++) {
		uint32_t accepted = incident->accepted_persons[service];
		if (accepted != 0 && accepted >= survivors_of(core, incident))
			return true;
	}
	return false;
}

/* Nobody is to be referred any more, or all of them are in somebody's care: those whom one service takes leave the others where they are. */
void
rcc_duty_settle_referral(struct rcc_core *core, const struct rcc_incident *incident)
{
	if (survivors_of(core, incident) == 0)
		rcc_duty_mark(core, incident, RCC_DUTY_RULE_REFER, rcc_centre, RCC_DUTY_SUPERSEDED);
	else if (are_all_accepted(core, incident))
		rcc_duty_done(core, incident, RCC_DUTY_RULE_REFER);
}

/* Whoever is saved later is referred too, also after those before have been, or an officer has said so of them. */
static void
follow_saved(struct rcc_core *core, struct rcc_incident *incident, const struct rcc_move_persons *move)
{
	bool is_saved = move->to == RCC_WHERE_ABOARD || move->to == RCC_WHERE_LANDED;
	bool was_saved = move->from == RCC_WHERE_ABOARD || move->from == RCC_WHERE_LANDED;

	if (is_saved && !was_saved)
		(void)rcc_duty_open(core, incident, RCC_DUTY_RULE_REFER, rcc_centre, 0);
	rcc_duty_settle_referral(core, incident);
}

/* ---- persons ---- */

/* Somebody is aboard: the clock runs from the first survivor aboard to the last one ashore and her ship released. */
static void
follow_aboard(struct rcc_core *core, struct rcc_incident *incident)
{
	rcc_duty_follow_freed(core, incident);
	if (rcc_persons_aboard_total(core, incident->id) == 0)
		return;
	open_once(core, incident, RCC_DUTY_RULE_SEEK_PLACE);
	open_once(core, incident, RCC_DUTY_RULE_REFER);
	(void)rcc_duty_open(core, incident, RCC_DUTY_RULE_DISEMBARK, rcc_centre, 0);
}

/* What was told late happened when it happened: the clocks of this very step run from then. */
static void
begin_then(struct rcc_core *core, const struct rcc_incident *incident, enum rcc_duty_rule rule, int64_t happened_at_ms)
{
	struct rcc_duty *row = rcc_duty_line(core, incident, rule, rcc_centre);

	if (row == NULL || row->opened_seq != core->seq + 1 || row->due_at_ms == 0 || happened_at_ms == 0 ||
	    happened_at_ms >= core->at_ms)
		return;
	/* One that has run out rings with the next look at the clocks. */
	row->due_at_ms -= core->at_ms - happened_at_ms;
	if (row->due_at_ms < 1)
		row->due_at_ms = 1;
}

static void
follow_care(struct rcc_core *core, struct rcc_incident *incident, struct rcc_mmsi ship)
{
	if (ship.v == 0)
		return;
	if (rcc_persons_ship_aboard(core, incident->id, ship) > 0) {
		(void)rcc_duty_open(core, incident, RCC_DUTY_RULE_CARE, ship, 0);
		return;
	}
	rcc_duty_mark(core, incident, RCC_DUTY_RULE_CARE, ship, RCC_DUTY_DISCHARGED);
	/* Nobody is there of whom she could report; a clock that ran out meanwhile stays in the ledger. */
	rcc_duty_mark(core, incident, RCC_DUTY_RULE_REPORT_SURVIVORS, ship, RCC_DUTY_SUPERSEDED);
}

void
rcc_duty_follow_persons(struct rcc_core *core, const struct rcc_move_persons *move)
{
	struct rcc_incident *incident = incident_get(core, move->incident);

	follow_aboard(core, incident);
	begin_then(core, incident, RCC_DUTY_RULE_SEEK_PLACE, move->happened_at_ms);
	begin_then(core, incident, RCC_DUTY_RULE_DISEMBARK, move->happened_at_ms);
	follow_saved(core, incident, move);
	follow_care(core, incident, move->from_ship);
	follow_care(core, incident, move->to_ship);
	/* An officer heard of it; what she has to say of their state she says herself. */
	if (move->to == RCC_WHERE_ABOARD &&
	    rcc_duty_line(core, incident, RCC_DUTY_RULE_REPORT_SURVIVORS, move->to_ship) == NULL)
		(void)rcc_duty_open(core, incident, RCC_DUTY_RULE_REPORT_SURVIVORS, move->to_ship, 0);
}

void
rcc_duty_follow_survivors(struct rcc_core *core, const struct rcc_survivors *survivors)
{
	struct rcc_incident *incident = incident_get(core, survivors->incident);

	rcc_duty_hear(core, incident, survivors->ship);
	follow_aboard(core, incident);
	follow_care(core, incident, survivors->ship);
	/* One report settles it; the next ones are more than she owes. */
	const struct rcc_duty *reported =
	    rcc_duty_line(core, incident, RCC_DUTY_RULE_REPORT_SURVIVORS, survivors->ship);
	if (reported == NULL || reported->state == RCC_DUTY_SUPERSEDED)
		(void)rcc_duty_open(core, incident, RCC_DUTY_RULE_REPORT_SURVIVORS, survivors->ship, 0);
	rcc_duty_mark(core, incident, RCC_DUTY_RULE_REPORT_SURVIVORS, survivors->ship, RCC_DUTY_DISCHARGED);
	/* Those of another ship fear for themselves: what was reviewed before was not theirs. */
	const struct rcc_aboard *row =
	    rcc_persons_row(core, incident->id, RCC_WHERE_ABOARD, survivors->ship, (struct rcc_place_id){0});
	if (row != NULL && row->protection_seq == core->seq + 1)
		(void)rcc_duty_open(core, incident, RCC_DUTY_RULE_REVIEW_FEAR, rcc_centre, 0);
}

void
rcc_duty_follow_need(struct rcc_core *core, const struct rcc_need_changed *changed)
{
	static const enum rcc_duty_state states[] = {
	    [RCC_NEED_PROMISED] = RCC_DUTY_ACKNOWLEDGED,
	    [RCC_NEED_MET] = RCC_DUTY_DISCHARGED,
	    [RCC_NEED_REFUSED] = RCC_DUTY_EXCUSED,
	    [RCC_NEED_WITHDRAWN] = RCC_DUTY_SUPERSEDED,
	};
	const struct rcc_need *need = &changed->body;
	struct rcc_incident *incident = incident_get(core, need->incident);
	struct rcc_duty *row =
	    rcc_duty_row(core, rcc_duty_of(core, incident->id, RCC_DUTY_RULE_MEET_NEED, rcc_centre, need->need.v));

	if (need->state == RCC_NEED_ASKED)
		(void)rcc_duty_open(core, incident, RCC_DUTY_RULE_MEET_NEED, rcc_centre, need->need.v);
	else
		rcc_duty_set(core, row, states[need->state]);
	/* A promise is kept within the same time, or somebody looks again. */
	if (need->state == RCC_NEED_PROMISED && row != NULL && row->state == RCC_DUTY_ACKNOWLEDGED &&
	    core->run.rules.duty_ms[RCC_DUTY_RULE_MEET_NEED] != 0)
		row->due_at_ms = core->at_ms + core->run.rules.duty_ms[RCC_DUTY_RULE_MEET_NEED];
	rcc_duty_hear(core, incident, need->ship);
}

void
rcc_duty_follow_place(struct rcc_core *core, const struct rcc_place *place)
{
	struct rcc_incident *incident = incident_get(core, place->incident);

	if (place->step == RCC_PLACE_ASKED || place->step == RCC_PLACE_OFFERED || place->step == RCC_PLACE_CHECKED ||
	    place->step == RCC_PLACE_ASSIGNED)
		rcc_duty_done(core, incident, RCC_DUTY_RULE_SEEK_PLACE);
	if (place->step == RCC_PLACE_FEARED)
		(void)rcc_duty_open(core, incident, RCC_DUTY_RULE_REVIEW_FEAR, rcc_centre, place->place.v);
	/* What was feared of no place in particular is reviewed with the first place that nobody has to fear. */
	if (place->step == RCC_PLACE_REVIEWED && place->is_unsafe == 0)
		rcc_duty_mark(core, incident, RCC_DUTY_RULE_REVIEW_FEAR, rcc_centre, RCC_DUTY_DISCHARGED);
	if (place->step == RCC_PLACE_REVIEWED)
		rcc_duty_set(core,
		             rcc_duty_row(core, rcc_duty_of(core, incident->id, RCC_DUTY_RULE_REVIEW_FEAR, rcc_centre,
		                                            place->place.v)),
		             RCC_DUTY_DISCHARGED);
}

/* ---- it goes on ---- */

/* What ended with the case, and not because anybody had seen to it, is owed again. */
static void
owe_again(struct rcc_core *core, struct rcc_incident *incident, enum rcc_duty_rule rule)
{
	const struct rcc_duty *row = rcc_duty_line(core, incident, rule, rcc_centre);

	if (row != NULL && row->state == RCC_DUTY_SUPERSEDED)
		(void)rcc_duty_open(core, incident, rule, rcc_centre, 0);
}

void
rcc_duty_resume_people(struct rcc_core *core, struct rcc_incident *incident)
{
	for (const struct rcc_need_line *need = rcc_need_at(core, incident->newest_need); need != NULL;
	     need = rcc_need_at(core, need->previous)) {
		if (rcc_need_is_open(need))
			(void)rcc_duty_open(core, incident, RCC_DUTY_RULE_MEET_NEED, rcc_centre, need->id.v);
	}
	if (!are_all_accepted(core, incident))
		owe_again(core, incident, RCC_DUTY_RULE_REFER);
	if (rcc_persons_aboard_total(core, incident->id) == 0)
		return;
	follow_aboard(core, incident);
	/* The clock runs from the first survivor aboard, whoever had the case meanwhile. */
	begin_then(core, incident, RCC_DUTY_RULE_DISEMBARK, rcc_persons_first_aboard_ms(core, incident->id));
	owe_again(core, incident, RCC_DUTY_RULE_SEEK_PLACE);
	owe_again(core, incident, RCC_DUTY_RULE_REVIEW_FEAR);
	for (const struct rcc_aboard *row = rcc_aboard_at(core, incident->newest_aboard); row != NULL;
	     row = rcc_aboard_at(core, row->previous))
		follow_care(core, incident, row->ship);
}
