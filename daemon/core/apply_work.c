/*
 * apply_work.c - the part of apply that writes the work of an incident. Decides nothing.
 */
#include <string.h>

#include "core/apply_internal.h"
#include "core/handover.h"
#include "core/request.h"
#include "core/retention.h"
#include "core/told.h"

static void
apply_referred(struct rcc_core *core, const struct rcc_referral *referral)
{
	struct rcc_incident *incident = incident_get(core, referral->incident);

	incident->referrals++;
	incident->referred_persons += referral->persons;
	if (referral->is_accepted != 0)
		incident->accepted_persons[referral->service] += referral->persons;
}

/* The time of what happened, where the note tells it. */
static void
keep_words(struct rcc_noted_words *words, const struct rcc_note *note, int64_t at_ms)
{
	words->at_ms = note->happened_at_ms != 0 ? note->happened_at_ms : at_ms;
	memcpy(words->text, note->text, sizeof words->text);
}

static void
apply_released(struct rcc_core *core, const struct rcc_incident *incident, struct rcc_answer_state *row,
               bool is_released)
{
	bool is_said = rcc_told_is_by_voice(core, incident, row->ship);

	row->is_released = is_released;
	row->released_seq = is_released && is_said ? core->seq + 1 : 0;
	if (!is_released && is_said)
		row->asked_seq = core->seq + 1;
}

/* What was joined to it is the same rescue: she is released of both. */
static void
release_joined(struct rcc_core *core, const struct rcc_incident *incident, struct rcc_mmsi ship)
{
	for (uint32_t i = 0; i < core->incident_top; i++) {
		const struct rcc_incident *other = &core->incident[i];
		const struct rcc_answer_state *row = other->id.v == 0 || other->joined_into.v == 0 ||
		                                             other->status != RCC_INCIDENT_CLOSED ||
		                                             rcc_incident_speaker(core, other->id).v != incident->id.v
		                                         ? NULL
		                                         : rcc_answer_of(core, other, ship);
		if (row != NULL)
			apply_released(core, other, &core->answer[row - core->answer], true);
	}
}

/* Whom no message reaches is released, and asked again, by voice: the officer's order says that it was said. */
static void
apply_tasked(struct rcc_core *core, const struct rcc_task *task)
{
	const struct rcc_incident *incident = incident_get(core, task->incident);
	const struct rcc_answer_state *row = rcc_answer_of(core, incident, task->ship);

	mark_open(incident_get(core, task->incident));
	if (row != NULL)
		apply_released(core, incident, &core->answer[row - core->answer], task->kind == RCC_TASK_RELEASE);
	if (task->kind == RCC_TASK_RELEASE && task->ship.v != 0)
		release_joined(core, incident, task->ship);
}

/* Who writes down what was done about a case has acted on it. */
static void
apply_noted(struct rcc_core *core, const struct rcc_noted *event)
{
	const struct rcc_note *note = &event->body;

	core->note_last = event->note;
	core->note[(event->note - 1) % RCC_NOTES_MAX] =
	    (struct rcc_note_line){event->note, event->by, core->seq + 1, core->at_ms, *note, false};
	if (note->incident.v == 0)
		return;
	struct rcc_incident *incident = incident_get(core, note->incident);
	struct rcc_reporting *reporting = &incident->reporting;
	uint32_t earlier = incident->notes[note->kind]++;
	if (note->kind == RCC_NOTE_SCENE)
		keep_words(&reporting->scene, note, core->at_ms);
	else if (note->kind == RCC_NOTE_PLAN)
		keep_words(&reporting->plan, note, core->at_ms);
	else if (note->kind == RCC_NOTE_HOPE)
		keep_words(&reporting->hope, note, core->at_ms);
	else if (note->kind == RCC_NOTE_ACTION)
		keep_words(&reporting->action[earlier % RCC_ACTIONS_MAX], note, core->at_ms);
	if (event->is_observed == 0)
		mark_open(incident);
}

/* Empty: as it was. Pre: both arrays have this size. */
static void
apply_text(char *text, const char *said, size_t size)
{
	if (strcmp(said, RCC_PROFILE_GONE) == 0)
		memset(text, 0, size);
	else if (said[0] != '\0')
		memcpy(text, said, size);
}

static void
apply_profile(struct rcc_core *core, const struct rcc_profile_set *event)
{
	struct rcc_profile *profile = &core->profile[peer_get(core, event->peer)->id.v - 1];

	if (rcc_profile_has_company(&event->body))
		profile->company_at_ms = core->at_ms;
	apply_text(profile->company, event->body.company, sizeof profile->company);
	apply_text(profile->company_contact, event->body.company_contact, sizeof profile->company_contact);
	apply_text(profile->policy, event->body.policy, sizeof profile->policy);
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

static void
apply_sitrep(struct rcc_core *core, const struct rcc_sitrep_issued *issued)
{
	struct rcc_reporting *reporting = &incident_get(core, issued->body.incident)->reporting;
	struct rcc_sitrep_line *line = &reporting->sitrep[issued->number % RCC_SITREPS_MAX];

	/* The entry that is being taken is the core's next one. */
	*line = (struct rcc_sitrep_line){.number = issued->number,
	                                 .seq = core->seq + 1,
	                                 .at_ms = core->at_ms,
	                                 .is_full = issued->body.is_full != 0,
	                                 .is_final = issued->body.is_final != 0};
	memcpy(line->to, issued->body.to, sizeof line->to);
	reporting->sitreps = issued->number;
	reporting->report_len = issued->report_len;
	memcpy(reporting->report, issued->report, sizeof reporting->report);
}

void
rcc_apply_work(struct rcc_core *core, const struct rcc_event *event)
{
	if (rcc_apply_persons(core, event))
		return;
	if (event->kind == RCC_EVENT_TASKED)
		apply_tasked(core, &event->u.tasked.body);
	else if (event->kind == RCC_EVENT_PLACE_STEPPED)
		rcc_apply_place(core, &event->u.place_stepped);
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
		apply_noted(core, &event->u.noted);
	else if (event->kind == RCC_EVENT_PROFILE_SET)
		apply_profile(core, &event->u.profile_set);
	else if (event->kind == RCC_EVENT_PARITY_CHANGED)
		apply_parity(core, &event->u.parity);
	else if (event->kind == RCC_EVENT_SITREP_ISSUED)
		apply_sitrep(core, &event->u.sitrep_issued);
	else if (event->kind == RCC_EVENT_HANDOVER_CHANGED)
		rcc_apply_handover(core, &event->u.handover_changed);
	else if (event->kind == RCC_EVENT_REQUEST_CHANGED)
		rcc_apply_request(core, &event->u.request_changed);
	else if (event->kind == RCC_EVENT_RETENTION_CHANGED)
		rcc_apply_retention(core, &event->u.retention_changed);
}
