/*
 * duty.c - the lines of the duty ledger: rows, index, clocks, and what an officer says of one.
 */
#include "core/duty.h"

#include <assert.h>
#include <string.h>

#include "core/core_internal.h"
#include "core/duty_internal.h"
#include "core/persons.h"
#include "core/told.h"

static const struct rcc_duty_rule_row rules[] = {
#define RCC_DUTY(name, number, id, debtor, word, key, minutes, law, what)                                              \
	{RCC_DUTY_RULE_##name, word, id, RCC_DEBTOR_##debtor, law, what},
#define RCC_DUTY_UNTIMED(name, number, id, debtor, word, law, what)                                                    \
	{RCC_DUTY_RULE_##name, word, id, RCC_DEBTOR_##debtor, law, what},
#include "rcc/duties.def"
#undef RCC_DUTY_UNTIMED
#undef RCC_DUTY
};

const struct rcc_duty_rule_row *
rcc_duty_rule_find(uint32_t rule)
{
	for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
		if ((uint32_t)rules[i].rule == rule)
			return &rules[i];
	}
	return NULL;
}

/* ---- rows ---- */

static uint32_t
bucket_of(struct rcc_incident_id incident, enum rcc_duty_rule rule, struct rcc_mmsi ship, uint32_t subject)
{
	uint32_t hash =
	    incident.v * 2654435761u ^ (uint32_t)rule * 40503u ^ ship.v * 2246822519u ^ subject * 3266489917u;

	return (hash ^ hash >> 15) % RCC_DUTY_BUCKETS;
}

const struct rcc_duty *
rcc_duty_find(const struct rcc_core *core, struct rcc_duty_id id)
{
	for (uint32_t i = 0; id.v != 0 && i < core->duty_top; i++) {
		if (core->duty[i].id.v == id.v)
			return &core->duty[i];
	}
	return NULL;
}

const struct rcc_duty *
rcc_duty_of(const struct rcc_core *core, struct rcc_incident_id incident, enum rcc_duty_rule rule, struct rcc_mmsi ship,
            uint32_t subject)
{
	uint32_t slot1 = core->duty_bucket[bucket_of(incident, rule, ship, subject)];

	for (const struct rcc_duty *row = rcc_duty_at(core, slot1); row != NULL; row = rcc_duty_at(core, row->same)) {
		if (row->incident.v == incident.v && row->rule == rule && row->ship.v == ship.v &&
		    row->subject == subject)
			return row;
	}
	return NULL;
}

struct rcc_duty *
rcc_duty_row(struct rcc_core *core, const struct rcc_duty *row)
{
	return row == NULL ? NULL : &core->duty[row - core->duty];
}

static struct rcc_duty *
new_row(struct rcc_core *core, struct rcc_incident *incident, enum rcc_duty_rule rule)
{
	uint32_t slot = core->duty_top;
	uint32_t kept = rule == RCC_DUTY_RULE_TELL_END ? 0 : RCC_DUTIES_KEPT;

	if (core->duty_count >= RCC_DUTIES_MAX - kept) {
		core->duties_lost++;
		return NULL;
	}
	if (core->duty_free != 0) {
		slot = core->duty_free - 1;
		core->duty_free = core->duty[slot].previous;
	} else {
		core->duty_top++;
	}
	struct rcc_duty *row = &core->duty[slot];
	*row =
	    (struct rcc_duty){.id = {++core->duty_last}, .incident = incident->id, .previous = incident->newest_duty};
	incident->newest_duty = slot + 1;
	core->duty_count++;
	return row;
}

/* How often it was owed so far. */
static uint32_t
times_owed(const struct rcc_core *core, const struct rcc_duty *newest)
{
	uint32_t times = 0;

	for (const struct rcc_duty *row = newest; row != NULL; row = rcc_duty_at(core, row->same))
		times += row->incident.v == newest->incident.v && row->rule == newest->rule &&
		         row->ship.v == newest->ship.v && row->subject == newest->subject;
	return times;
}

struct rcc_duty *
rcc_duty_open(struct rcc_core *core, struct rcc_incident *incident, enum rcc_duty_rule rule, struct rcc_mmsi ship,
              uint32_t subject)
{
	struct rcc_duty *row = rcc_duty_row(core, rcc_duty_of(core, incident->id, rule, ship, subject));
	int64_t clock_ms = core->run.rules.duty_ms[rule];

	if (row != NULL && rcc_duty_is_open(row))
		return row;
	/* What was settled stands: it is owed anew, on a line of its own; but of what is kept back each case has one line. */
	bool is_kept = rule == RCC_DUTY_RULE_TELL_END && core->duty_count >= RCC_DUTIES_MAX - RCC_DUTIES_KEPT;
	if (row == NULL || (!is_kept && times_owed(core, row) < RCC_DUTY_AGAIN_MAX)) {
		row = new_row(core, incident, rule);
		if (row == NULL)
			return NULL;
		row->rule = rule;
		row->ship = ship;
		row->subject = subject;
		uint32_t *bucket = &core->duty_bucket[bucket_of(incident->id, rule, ship, subject)];
		row->same = *bucket;
		*bucket = (uint32_t)(row - core->duty) + 1;
	}
	row->state = RCC_DUTY_OPEN;
	row->opened_at_ms = core->at_ms;
	row->changed_at_ms = core->at_ms;
	row->due_at_ms = clock_ms == 0 ? 0 : core->at_ms + clock_ms;
	row->opened_seq = core->seq + 1; /* of the entry that is being applied */
	row->changed_seq = row->opened_seq;
	return row;
}

void
rcc_duty_set(struct rcc_core *core, struct rcc_duty *row, enum rcc_duty_state state)
{
	if (row == NULL || !rcc_duty_is_open(row))
		return;
	/* Who acts late was late. */
	if (state != RCC_DUTY_OVERDUE)
		row->due_at_ms = 0;
	row->state = state;
	row->changed_at_ms = core->at_ms;
	row->changed_seq = core->seq + 1;
}

static void
unlink_row(struct rcc_core *core, struct rcc_duty *row)
{
	uint32_t slot1 = (uint32_t)(row - core->duty) + 1;
	uint32_t *link = &core->duty_bucket[bucket_of(row->incident, row->rule, row->ship, row->subject)];

	while (*link != slot1) {
		assert(*link != 0);
		link = &core->duty[*link - 1].same;
	}
	*link = row->same;
}

void
rcc_duty_free(struct rcc_core *core, uint32_t slot1)
{
	while (slot1 != 0) {
		struct rcc_duty *row = &core->duty[slot1 - 1];
		uint32_t next = row->previous;
		unlink_row(core, row);
		memset(row, 0, sizeof *row);
		row->previous = core->duty_free;
		core->duty_free = slot1;
		core->duty_count--;
		slot1 = next;
	}
}

/* ---- clocks ---- */

int64_t
rcc_duty_deadline_ms(const struct rcc_duty *row)
{
	return row->id.v == 0 || row->due_at_ms == 0 || !rcc_duty_is_open(row) ? INT64_MAX : row->due_at_ms;
}

static void
emit_changed(struct rcc_step *step, const struct rcc_duty *row, enum rcc_duty_state state, int64_t due_at_ms,
             const char *reason)
{
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_DUTY_CHANGED);
	size_t len = strlen(reason);

	assert(len <= RCC_TEXT_MAX);
	event->u.duty_changed.duty = row->id;
	event->u.duty_changed.incident = row->incident;
	event->u.duty_changed.ship = row->ship;
	event->u.duty_changed.rule = (uint32_t)row->rule;
	event->u.duty_changed.subject = row->subject;
	event->u.duty_changed.state = state;
	event->u.duty_changed.by = step->entry->cause.origin.peer;
	event->u.duty_changed.due_at_ms = due_at_ms;
	memcpy(event->u.duty_changed.reason, reason, len);
	rcc_step_emit(step, event);
}

void
rcc_duty_overdue(struct rcc_step *step, struct rcc_duty_id id)
{
	const struct rcc_duty *row = rcc_duty_find(step->core, id);
	int64_t next_ms = 0;

	if (row == NULL)
		return;
	/* R10: nobody is late with what has not reached her. Her clock begins when it does. */
	if (rcc_duty_is_unreached(step->core, row)) {
		emit_changed(step, row, RCC_DUTY_OPEN, 0, "what she was asked has not reached her");
		return;
	}
	/* People aboard for half a day are a warning, for a whole day an alarm (FRA counts waits of more than 24 h). */
	if (row->rule == RCC_DUTY_RULE_DISEMBARK && !row->is_late)
		next_ms = row->due_at_ms + step->core->run.rules.duty_ms[RCC_DUTY_RULE_DISEMBARK];
	emit_changed(step, row, RCC_DUTY_OVERDUE, next_ms, rcc_duty_rule_find((uint32_t)row->rule)->what);
}

/*
 * What a verb of its own settles and the record then shows, a word does not: who coordinates, that a fear was looked at. Of a referral
 * a word says that it is complete, once somebody was asked to take survivors in; that nobody wants one is an excuse with its reason.
 */
static bool
is_settled_elsewhere(const struct rcc_core *core, const struct rcc_duty *row, enum rcc_duty_state state)
{
	const struct rcc_incident *incident = rcc_incident_find(core, row->incident);

	if (row->rule == RCC_DUTY_RULE_COORDINATE_CASE || row->rule == RCC_DUTY_RULE_REVIEW_FEAR)
		return true;
	/* Its clock runs from the first survivor aboard until the last one has gone ashore (SOLAS V/33.1-1): no word stops it meanwhile. */
	if (row->rule == RCC_DUTY_RULE_DISEMBARK && rcc_persons_aboard_total(core, row->incident) > 0)
		return true;
	return row->rule == RCC_DUTY_RULE_REFER && state == RCC_DUTY_DISCHARGED && incident != NULL &&
	       incident->referrals == 0;
}

void
rcc_rule_duty(struct rcc_step *step)
{
	const struct rcc_duty_order *order = &step->entry->cause.u.duty;
	const struct rcc_duty *row = rcc_duty_find(step->core, order->duty);

	if (row == NULL) {
		rcc_step_refuse(step, RCC_REFUSAL_NOT_FOUND, "duty.duty");
		return;
	}
	if (order->state == RCC_DUTY_OPEN || order->state == RCC_DUTY_OVERDUE ||
	    order->state == RCC_DUTY_ACKNOWLEDGED) {
		rcc_step_refuse(step, RCC_REFUSAL_RANGE, "duty.state");
		return;
	}
	if (rcc_refuse_reason(step, order->reason, "duty.reason"))
		return;
	if (!rcc_duty_is_open(row)) {
		rcc_step_refuse(step, RCC_REFUSAL_WRONG_STATE, "duty.duty");
		return;
	}
	if (is_settled_elsewhere(step->core, row, order->state)) {
		rcc_step_refuse(step, RCC_REFUSAL_WRONG_STATE, "duty.duty");
		return;
	}
	/* Whoever was told hears the end, by whatever channel: that is done, and nothing excuses it (SAR Convention annex 4.8.3). */
	if (row->rule == RCC_DUTY_RULE_TELL_END && order->state != RCC_DUTY_DISCHARGED) {
		rcc_step_refuse(step, RCC_REFUSAL_WRONG_STATE, "duty.state");
		return;
	}
	emit_changed(step, row, order->state, 0, order->reason);
}

/*
 * The line that was meant. Numbers are given in turn, so that another build may have numbered another line so: what it is about
 * tells, and of a record that does not say which rule, case and ship at least have to fit.
 */
static const struct rcc_duty *
named_line(const struct rcc_core *core, const struct rcc_duty_changed *event)
{
	const struct rcc_duty *row = rcc_duty_find(core, event->duty);

	if (event->rule != 0)
		return rcc_duty_of(core, event->incident, (enum rcc_duty_rule)event->rule, event->ship, event->subject);
	return row != NULL && row->incident.v == event->incident.v && row->ship.v == event->ship.v ? row : NULL;
}

/* How they were told is an officer's word, once and for all that they had heard until then; whom he alone releases it leaves out. */
static void
apply_end_told(struct rcc_core *core, const struct rcc_duty *row)
{
	const struct rcc_incident *found = rcc_incident_find(core, row->incident);
	struct rcc_incident *incident = &core->incident[found - core->incident];

	for (uint32_t slot1 = incident->newest_answer; slot1 != 0; slot1 = core->answer[slot1 - 1].previous) {
		struct rcc_answer_state *answer = &core->answer[slot1 - 1];
		if (rcc_told_is_to_be_released(core, incident, answer->ship))
			answer->unsaid_seq = core->seq + 1;
	}
	incident->end_told_seq = core->seq + 1;
	incident->end_told_at_ms = core->at_ms;
}

void
rcc_duty_apply_changed(struct rcc_core *core, const struct rcc_duty_changed *event)
{
	struct rcc_duty *row = rcc_duty_row(core, named_line(core, event));

	/* An older build may have opened a line that this one does not; `recheck` tells of it. */
	if (row == NULL)
		return;
	rcc_duty_set(core, row, event->state);
	if (row->rule == RCC_DUTY_RULE_TELL_END && event->state == RCC_DUTY_DISCHARGED)
		apply_end_told(core, row);
	if (event->state == RCC_DUTY_OVERDUE)
		row->is_late = true;
	row->due_at_ms = event->due_at_ms;
}

bool
rcc_duty_is_requisitioned(const struct rcc_core *core, struct rcc_incident_id incident, struct rcc_mmsi ship)
{
	const struct rcc_duty *comply = rcc_duty_of(core, incident, RCC_DUTY_RULE_COMPLY, ship, 0);

	return comply != NULL && (rcc_duty_is_open(comply) || comply->state == RCC_DUTY_DISCHARGED);
}
