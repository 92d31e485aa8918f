/*
 * diary.c - what is written down of a case and moves nothing by itself: notes, referrals, communications, who coordinates.
 */
#include <string.h>

#include "core/core_internal.h"

/* A time that has not come yet is none that something happened at. */
static bool
is_to_come(const struct rcc_step *step, int64_t at_ms)
{
	return at_ms > step->entry->cause.at_ms;
}

void
rcc_rule_note(struct rcc_step *step)
{
	const struct rcc_note *note = &step->entry->cause.u.note;

	/* Of a closed case things still become known. */
	if (rcc_incident_find(step->core, note->incident) == NULL) {
		rcc_step_refuse(step, RCC_REFUSAL_NOT_FOUND, "note.incident");
		return;
	}
	if (rcc_refuse_reason(step, note->text, "note.text"))
		return;
	if (is_to_come(step, note->happened_at_ms)) {
		rcc_step_refuse(step, RCC_REFUSAL_RANGE, "note.happened_at_ms");
		return;
	}
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_NOTED);
	event->u.noted.by = step->entry->cause.origin.peer;
	event->u.noted.body = *note;
	rcc_step_emit(step, event);
}

void
rcc_rule_referral(struct rcc_step *step)
{
	const struct rcc_referral *referral = &step->entry->cause.u.referral;

	if (rcc_incident_find(step->core, referral->incident) == NULL) {
		rcc_step_refuse(step, RCC_REFUSAL_NOT_FOUND, "referral.incident");
		return;
	}
	if (referral->to[0] == '\0') {
		rcc_step_refuse(step, RCC_REFUSAL_RANGE, "referral.to");
		return;
	}
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_REFERRED);
	event->u.referred.by = step->entry->cause.origin.peer;
	event->u.referred.body = *referral;
	rcc_step_emit(step, event);
}

void
rcc_rule_comms(struct rcc_step *step)
{
	const struct rcc_comms *comms = &step->entry->cause.u.comms;

	if (rcc_incident_or_refuse(step, comms->incident, "comms.incident") == NULL)
		return;
	if (comms->control[0] == '\0' && comms->on_scene[0] == '\0') {
		rcc_step_refuse(step, RCC_REFUSAL_RANGE, "comms.control");
		return;
	}
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_COMMS_SET);
	event->u.comms_set.by = step->entry->cause.origin.peer;
	event->u.comms_set.body = *comms;
	rcc_step_emit(step, event);
}

void
rcc_rule_smc(struct rcc_step *step)
{
	const struct rcc_smc *smc = &step->entry->cause.u.smc;
	const struct rcc_incident *incident = rcc_incident_or_refuse(step, smc->incident, "smc.incident");

	if (incident == NULL)
		return;
	if (smc->officer[0] == '\0') {
		rcc_step_refuse(step, RCC_REFUSAL_RANGE, "smc.officer");
		return;
	}
	/* There is exactly one: who takes it over says why. */
	if (incident->smc[0] != '\0' && rcc_refuse_reason(step, smc->reason, "smc.reason"))
		return;
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_SMC_SET);
	event->u.smc_set.by = step->entry->cause.origin.peer;
	event->u.smc_set.body = *smc;
	rcc_step_emit(step, event);
}

void
rcc_rule_watch(struct rcc_step *step)
{
	const struct rcc_core *core = step->core;
	const struct rcc_watch *watch = &step->entry->cause.u.watch;
	uint32_t open = 0;

	if (watch->officer[0] == '\0') {
		rcc_step_refuse(step, RCC_REFUSAL_RANGE, "watch.officer");
		return;
	}
	for (uint32_t i = 0; i < core->incident_top; i++)
		open += core->incident[i].id.v != 0 && core->incident[i].status != RCC_INCIDENT_CLOSED &&
		        core->incident[i].status != RCC_INCIDENT_TRANSFERRED;
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_WATCH_HANDED);
	event->u.watch_handed.by = step->entry->cause.origin.peer;
	event->u.watch_handed.open_items = open;
	event->u.watch_handed.body = *watch;
	memcpy(event->u.watch_handed.from, core->watch_officer, sizeof core->watch_officer);
	rcc_step_emit(step, event);
}
