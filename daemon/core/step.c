/*
 * step.c - one command, one rule. Start here to see what the core decides.
 */
#include <assert.h>
#include <string.h>

#include "core/request.h"

struct rcc_event *
rcc_step_event(struct rcc_step *step, enum rcc_event_kind kind)
{
	assert(step->entry->event_count < RCC_EVENTS_MAX);
	struct rcc_event *event = &step->entry->event[step->entry->event_count];
	memset(event, 0, sizeof *event);
	event->kind = kind;
	return event;
}

void
rcc_step_emit(struct rcc_step *step, struct rcc_event *event)
{
	assert(event == &step->entry->event[step->entry->event_count]);
	step->entry->event_count++;
	rcc_core_apply(step->core, event);
}

uint32_t
rcc_step_room(const struct rcc_step *step)
{
	return RCC_EVENTS_MAX - step->entry->event_count;
}

void
rcc_step_refuse(struct rcc_step *step, enum rcc_refusal reason, const char *field)
{
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_COMMAND_REFUSED);
	size_t len = strlen(field);

	assert(len <= RCC_FIELD_MAX);
	event->u.refused.reason = reason;
	memcpy(event->u.refused.field, field, len);
	rcc_step_emit(step, event);
}

static void
rule_run(struct rcc_step *step)
{
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_RUN_STARTED);

	event->u.run = step->entry->cause.u.run;
	rcc_step_emit(step, event);
}

/* The same id with other bytes: both are kept, the second has no effect but to be seen; a distress, by a person. */
static void
note_conflict(struct rcc_step *step, uint64_t first_seq)
{
	const struct rcc_origin *origin = &step->entry->cause.origin;
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_MESSAGE_CONFLICT);

	event->u.conflict.peer = origin->peer;
	event->u.conflict.msg_id = origin->msg_id;
	event->u.conflict.first_seq = first_seq;
	rcc_step_emit(step, event);
	if (step->entry->cause.kind == RCC_COMMAND_ALERT)
		rcc_rule_alert_conflict(step);
}

/* What officers decide on cases, and ships tell of their voyages and drills. */
static void
run_order(struct rcc_step *step, enum rcc_command_kind kind)
{
	if (kind == RCC_COMMAND_OPEN)
		rcc_rule_open(step);
	else if (kind == RCC_COMMAND_PHASE)
		rcc_rule_phase(step);
	else if (kind == RCC_COMMAND_SUSPEND)
		rcc_rule_suspend(step);
	else if (kind == RCC_COMMAND_RESUME)
		rcc_rule_resume(step);
	else if (kind == RCC_COMMAND_CLASSIFY)
		rcc_rule_classify(step);
	else if (kind == RCC_COMMAND_JOIN)
		rcc_rule_join(step);
	else if (kind == RCC_COMMAND_SPLIT)
		rcc_rule_split(step);
	else if (kind == RCC_COMMAND_GROUP)
		rcc_rule_group(step);
	else if (kind == RCC_COMMAND_PLAN)
		rcc_rule_plan(step);
	else
		rcc_rule_drill(step);
}

static void
run_rule(struct rcc_step *step)
{
	switch (step->entry->cause.kind) {
	case RCC_COMMAND_RUN:
		rule_run(step);
		return;
	case RCC_COMMAND_ENROL:
		rcc_rule_enrol(step);
		return;
	case RCC_COMMAND_REVOKE:
		rcc_rule_revoke(step);
		return;
	case RCC_COMMAND_ALERT:
		rcc_rule_alert(step);
		return;
	case RCC_COMMAND_STORED:
		rcc_rule_stored(step);
		return;
	case RCC_COMMAND_READ:
		rcc_rule_read(step);
		return;
	case RCC_COMMAND_ANSWER:
		rcc_rule_answer(step);
		return;
	case RCC_COMMAND_RELAY:
		rcc_rule_relay(step);
		return;
	case RCC_COMMAND_CANCEL:
		rcc_rule_cancel(step);
		return;
	case RCC_COMMAND_CLOSE:
		rcc_rule_close(step);
		return;
	case RCC_COMMAND_DECIDE:
		rcc_rule_decide(step);
		return;
	case RCC_COMMAND_SENT:
		rcc_rule_sent(step);
		return;
	case RCC_COMMAND_DUE:
		rcc_rule_due(step);
		return;
	case RCC_COMMAND_SILENCE:
		rcc_rule_silence(step);
		return;
	case RCC_COMMAND_OPEN:
	case RCC_COMMAND_PHASE:
	case RCC_COMMAND_SUSPEND:
	case RCC_COMMAND_RESUME:
	case RCC_COMMAND_CLASSIFY:
	case RCC_COMMAND_JOIN:
	case RCC_COMMAND_SPLIT:
	case RCC_COMMAND_GROUP:
	case RCC_COMMAND_PLAN:
	case RCC_COMMAND_DRILL:
		run_order(step, step->entry->cause.kind);
		return;
	case RCC_COMMAND_UNSEAL:
		rcc_rule_unseal(step);
		return;
	case RCC_WORK_COMMANDS:
		rcc_rule_work(step);
		return;
	}
	assert(false && "a command outside its enum");
}

/* What every recorded entry does to the state beside its events. */
static void
finish(struct rcc_core *core, const struct rcc_entry *entry)
{
	core->seq++;
	core->at_ms = entry->cause.at_ms;
	rcc_dedup_remember(core, &entry->cause.origin, core->seq);
	rcc_apply_acts(core, entry);
}

void
rcc_core_step(struct rcc_core *core, struct rcc_entry *entry)
{
	struct rcc_step step = {.core = core, .entry = entry};
	int64_t before_ms = core->at_ms;
	uint64_t first_seq = 0;

	assert(entry->event_count == 0);
	assert(entry->cause.at_ms >= before_ms);
	core->at_ms = entry->cause.at_ms;
	enum rcc_seen seen = rcc_core_seen(core, &entry->cause.origin, &first_seq);
	if (seen == RCC_SEEN_OTHER_BYTES)
		note_conflict(&step, first_seq);
	else if (seen == RCC_SEEN_NEVER) {
		rcc_room_for_duties(&step);
		run_rule(&step);
	}
	if (entry->event_count > 0)
		rcc_request_settle(&step);
	if (entry->event_count == 0)
		core->at_ms = before_ms; /* nothing happened: the state is as it was */
	else
		finish(core, entry);
}

void
rcc_core_replay(struct rcc_core *core, const struct rcc_entry *entry)
{
	core->at_ms = entry->cause.at_ms;
	for (uint32_t i = 0; i < entry->event_count; i++)
		rcc_core_apply(core, &entry->event[i]);
	finish(core, entry);
}
