/*
 * apply_work.c - the part of apply that writes the work of an incident. Decides nothing.
 */
#include <string.h>

#include "core/apply_internal.h"
#include "core/handover.h"

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
}

void
rcc_apply_work(struct rcc_core *core, const struct rcc_event *event)
{
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
	else if (event->kind == RCC_EVENT_HANDOVER_CHANGED)
		rcc_apply_handover(core, &event->u.handover_changed);
}
