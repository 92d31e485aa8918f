/*
 * apply_work.c - the part of apply that writes the work of an incident. Decides nothing.
 */
#include <string.h>

#include "core/apply_internal.h"

static void
apply_referred(struct rcc_core *core, const struct rcc_referral *referral)
{
	struct rcc_incident *incident = incident_get(core, referral->incident);

	incident->referrals++;
	incident->referred_persons += referral->persons;
}

/* Who is not registered is released by voice: the officer's order says that it was said. */
static void
apply_tasked(struct rcc_core *core, const struct rcc_task *task)
{
	const struct rcc_incident *incident = incident_get(core, task->incident);
	const struct rcc_answer_state *row = rcc_answer_of(core, incident, task->ship);

	mark_open(incident_get(core, task->incident));
	if (task->kind == RCC_TASK_RELEASE && row != NULL)
		core->answer[row - core->answer].is_released = true;
}

/* Who writes down what was done about a case has acted on it. */
static void
apply_noted(struct rcc_core *core, const struct rcc_note *note)
{
	struct rcc_incident *incident = incident_get(core, note->incident);

	incident->notes[note->kind]++;
	mark_open(incident);
	if (note->kind != RCC_NOTE_SCENE)
		return;
	memcpy(incident->scene, note->text, sizeof incident->scene);
	incident->scene_at_ms = note->happened_at_ms != 0 ? note->happened_at_ms : core->at_ms;
}

static void
apply_profile(struct rcc_core *core, const struct rcc_profile_set *event)
{
	struct rcc_profile *profile = &core->profile[peer_get(core, event->peer)->id.v - 1];

	for (uint32_t i = 0; i < event->body.count; i++) {
		profile->values.v[event->body.row[i].key] = event->body.row[i].value;
		profile->set_at_ms[event->body.row[i].key] = core->at_ms;
	}
	/* The latest check counts, whichever is reported last. */
	if (event->body.checked_at_ms == 0 || event->body.checked_at_ms < profile->checked_at_ms)
		return;
	profile->checked_at_ms = event->body.checked_at_ms;
	memcpy(profile->missing, event->body.missing, sizeof profile->missing);
}

/* What was measured, and whether the alarm is open. Lines too young to count are measured again when they are not. */
static void
apply_parity(struct rcc_core *core, const struct rcc_parity *event)
{
	struct rcc_parity_state *parity = &core->parity;

	if (event->parted == 0)
		parity->parted_at_ms = 0;
	else if (parity->parted_at_ms == 0)
		parity->parted_at_ms = core->at_ms;
	parity->last = *event;
	parity->measured_at_ms = core->at_ms;
	parity->since_at_ms = event->pending != 0 ? core->at_ms : 0;
}

void
rcc_apply_work(struct rcc_core *core, const struct rcc_event *event)
{
	if (rcc_apply_persons(core, event))
		return;
	if (event->kind == RCC_EVENT_TASKED)
		apply_tasked(core, &event->u.tasked.body);
	else if (event->kind == RCC_EVENT_SMC_SET)
		memcpy(incident_get(core, event->u.smc_set.body.incident)->smc, event->u.smc_set.body.officer,
		       sizeof event->u.smc_set.body.officer);
	else if (event->kind == RCC_EVENT_WATCH_HANDED)
		memcpy(core->watch_officer, event->u.watch_handed.body.officer, sizeof core->watch_officer);
	else if (event->kind == RCC_EVENT_COMMS_SET)
		incident_get(core, event->u.comms_set.body.incident)->comms = event->u.comms_set.body;
	else if (event->kind == RCC_EVENT_REFERRED)
		apply_referred(core, &event->u.referred.body);
	else if (event->kind == RCC_EVENT_NOTED)
		apply_noted(core, &event->u.noted.body);
	else if (event->kind == RCC_EVENT_PROFILE_SET)
		apply_profile(core, &event->u.profile_set);
	else if (event->kind == RCC_EVENT_PARITY_CHANGED)
		apply_parity(core, &event->u.parity);
}
