/*
 * diary.c - what is written down of a case and moves nothing by itself: notes, referrals, communications, who coordinates.
 */
#include <string.h>

#include "core/core_internal.h"
#include "core/duty.h"
#include "core/persons.h"
#include "core/place.h"
#include "rcc/units.h"

/* A time that has not come yet is none that something happened at. */
static bool
is_to_come(const struct rcc_step *step, int64_t at_ms)
{
	return at_ms > step->entry->cause.at_ms;
}

const struct rcc_note_line *
rcc_note_find(const struct rcc_core *core, uint32_t note)
{
	const struct rcc_note_line *line = note == 0 ? NULL : &core->note[(note - 1) % RCC_NOTES_MAX];

	return line != NULL && line->id == note ? line : NULL;
}

/* A ship observes so much in an hour: one that says more would push out what others have noted. */
#define RCC_OBSERVATIONS_MAX 12

static uint32_t
written_lately(const struct rcc_core *core, struct rcc_peer_id by)
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < RCC_NOTES_MAX; i++)
		count += core->note[i].id != 0 && core->note[i].by.v == by.v &&
		         core->note[i].at_ms > core->at_ms - RCC_MS_PER_HOUR;
	return count;
}

/* A ship writes what she sees, of a case that she may hear of, or of none; everything else is the watch's to note. */
static enum rcc_refusal
observation_refusal(const struct rcc_step *step, const struct rcc_note *note, const char **ret_field)
{
	const struct rcc_peer *peer = rcc_peer_find(step->core, step->entry->cause.origin.peer);
	const struct rcc_incident *incident = rcc_incident_find(step->core, note->incident);

	*ret_field = "note.kind";
	if (note->kind != RCC_NOTE_SCENE && note->kind != RCC_NOTE_OTHER)
		return RCC_REFUSAL_NOT_ALLOWED;
	*ret_field = "note.ship";
	if (peer == NULL || (note->ship.v != 0 && note->ship.v != peer->mmsi.v))
		return RCC_REFUSAL_NOT_ALLOWED;
	*ret_field = "note";
	if (written_lately(step->core, peer->id) >= RCC_OBSERVATIONS_MAX)
		return RCC_REFUSAL_RATE;
	*ret_field = "note.incident";
	if (incident != NULL && (incident->is_restricted || !rcc_peer_hears(peer, incident->class, step->core->at_ms)))
		return RCC_REFUSAL_NOT_FOUND;
	return (enum rcc_refusal)0;
}

static enum rcc_refusal
note_refusal(const struct rcc_step *step, const struct rcc_note *note, const char **ret_field)
{
	static const struct rcc_hash no_digest;
	bool has_digest = memcmp(&note->digest, &no_digest, sizeof no_digest) != 0;
	bool is_ship = step->entry->cause.origin.role == RCC_ROLE_VESSEL;

	/* Of a closed case things still become known. */
	*ret_field = "note.incident";
	if (rcc_incident_find(step->core, note->incident) == NULL && (!is_ship || note->incident.v != 0))
		return RCC_REFUSAL_NOT_FOUND;
	*ret_field = "note.digest";
	if (has_digest != rcc_note_is_of_file(note->kind))
		return RCC_REFUSAL_RANGE;
	*ret_field = "note.size";
	if (note->size != 0 && note->kind != RCC_NOTE_EVIDENCE)
		return RCC_REFUSAL_RANGE;
	*ret_field = "note.authority";
	if (rcc_note_is_of_file(note->kind) && note->authority[0] == '\0')
		return RCC_REFUSAL_RANGE;
	/* What nobody has attached is in nobody's custody. */
	*ret_field = "note.digest";
	if (note->kind == RCC_NOTE_CUSTODY && !rcc_note_is_attached(step->core, note->incident, &note->digest))
		return RCC_REFUSAL_NOT_FOUND;
	return is_ship ? observation_refusal(step, note, ret_field) : (enum rcc_refusal)0;
}

bool
rcc_note_is_attached(const struct rcc_core *core, struct rcc_incident_id incident, const struct rcc_hash *digest)
{
	for (uint32_t i = 0; i < RCC_NOTES_MAX; i++) {
		const struct rcc_note_line *line = &core->note[i];
		if (line->id != 0 && line->body.incident.v == incident.v && line->body.kind == RCC_NOTE_EVIDENCE &&
		    memcmp(&line->body.digest, digest, sizeof *digest) == 0)
			return true;
	}
	return false;
}

void
rcc_rule_note(struct rcc_step *step)
{
	const struct rcc_note *note = &step->entry->cause.u.note;
	const char *field = NULL;
	enum rcc_refusal refusal = note_refusal(step, note, &field);

	if (refusal != 0) {
		rcc_step_refuse(step, refusal, field);
		return;
	}
	if (note->sealed_len == 0 && rcc_refuse_reason(step, note->text, "note.text"))
		return;
	if (is_to_come(step, note->happened_at_ms)) {
		rcc_step_refuse(step, RCC_REFUSAL_RANGE, "note.happened_at_ms");
		return;
	}
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_NOTED);
	event->u.noted.by = step->entry->cause.origin.peer;
	event->u.noted.note = step->core->note_last + 1;
	event->u.noted.body = *note;
	event->u.noted.is_observed = step->entry->cause.origin.role == RCC_ROLE_VESSEL;
	if (event->u.noted.is_observed != 0)
		event->u.noted.body.ship = rcc_peer_find(step->core, step->entry->cause.origin.peer)->mmsi;
	rcc_step_emit(step, event);
}

void
rcc_rule_referral(struct rcc_step *step)
{
	const struct rcc_referral *referral = &step->entry->cause.u.referral;

	const struct rcc_incident *incident = rcc_incident_find(step->core, referral->incident);
	if (incident == NULL) {
		rcc_step_refuse(step, RCC_REFUSAL_NOT_FOUND, "referral.incident");
		return;
	}
	if (referral->to[0] == '\0') {
		rcc_step_refuse(step, RCC_REFUSAL_RANGE, "referral.to");
		return;
	}
	/* Of nobody nothing is referred. */
	if (referral->persons == 0) {
		rcc_step_refuse(step, RCC_REFUSAL_RANGE, "referral.persons");
		return;
	}
	/* More than the case ever had cannot be referred, and nobody is taken in twice by the same kind of service. */
	uint32_t total = rcc_persons_total(step->core, referral->incident);
	uint32_t before = referral->is_accepted != 0 ? incident->accepted_persons[referral->service] : 0;
	if (referral->persons > total || before > total - referral->persons) {
		rcc_step_refuse(step, RCC_REFUSAL_TOO_MANY, "referral.persons");
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

static void
emit_smc(struct rcc_step *step, struct rcc_incident_id incident, const char *officer, const char *reason)
{
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_SMC_SET);
	struct rcc_smc *smc = &event->u.smc_set.body;

	event->u.smc_set.by = step->entry->cause.origin.peer;
	smc->incident = incident;
	memcpy(smc->officer, officer, strlen(officer) + 1);
	memcpy(smc->reason, reason, strlen(reason) + 1);
	rcc_step_emit(step, event);
}

/* Who has the watch coordinates a new case, until somebody else is named. */
void
rcc_diary_opened(struct rcc_step *step, const struct rcc_incident *incident)
{
	char officer[RCC_NAME_MAX + 1];

	memcpy(officer, step->core->watch_officer, sizeof officer);
	if (officer[0] != '\0' && incident->class != RCC_CLASS_TEST)
		emit_smc(step, incident->id, officer, "has the watch");
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
	/* There is exactly one: who takes it over from another says why. */
	if (incident->smc[0] != '\0' && strcmp(incident->smc, smc->officer) != 0 &&
	    rcc_refuse_reason(step, smc->reason, "smc.reason"))
		return;
	emit_smc(step, smc->incident, smc->officer, smc->reason);
}

/* ---- the watch ---- */

static bool
is_ours(const struct rcc_incident *incident)
{
	return incident->id.v != 0 && incident->status != RCC_INCIDENT_CLOSED &&
	       incident->status != RCC_INCIDENT_TRANSFERRED;
}

static struct rcc_watch_item
item_of(const struct rcc_core *core, const struct rcc_incident *incident)
{
	struct rcc_watch_item item = {.incident = incident->id,
	                              .persons = rcc_persons_at_risk(core, incident->id) +
	                                         rcc_persons_missing(core, incident->id) +
	                                         rcc_persons_count_at(core, incident->id, RCC_WHERE_ABOARD),
	                              .needs = rcc_needs_open(core, incident->id)};

	for (const struct rcc_duty *row = rcc_duty_at(core, incident->newest_duty); row != NULL;
	     row = rcc_duty_at(core, row->previous)) {
		item.duties += rcc_duty_is_open(row);
		item.overdue += row->state == RCC_DUTY_OVERDUE;
	}
	for (const struct rcc_place_state *place = rcc_place_at(core, incident->newest_place); place != NULL;
	     place = rcc_place_at(core, place->previous)) {
		for (const struct rcc_place_ship *row = rcc_place_ship_at(core, place->newest_ship); row != NULL;
		     row = rcc_place_ship_at(core, row->previous))
			item.places += row->is_assigned;
	}
	return item;
}

static void
list_open(const struct rcc_core *core, struct rcc_watch_handed *handed)
{
	for (uint32_t i = 0; i < core->incident_top; i++) {
		if (!is_ours(&core->incident[i]))
			continue;
		handed->open_items++;
		if (handed->item_count < RCC_WATCH_ITEMS_MAX)
			handed->item[handed->item_count++] = item_of(core, &core->incident[i]);
	}
}

/* Cases that the officer coordinates who hands over go along; those that somebody else was named for do not. */
static void
hand_cases(struct rcc_step *step, const char *from, const char *officer)
{
	const struct rcc_core *core = step->core;

	if (from[0] == '\0' || strcmp(from, officer) == 0)
		return;
	for (uint32_t i = 0; i < core->incident_top && rcc_step_room(step) > RCC_EVENTS_RESERVED; i++) {
		if (is_ours(&core->incident[i]) && strcmp(core->incident[i].smc, from) == 0)
			emit_smc(step, core->incident[i].id, officer, "has taken the watch");
	}
}

void
rcc_rule_watch(struct rcc_step *step)
{
	const struct rcc_core *core = step->core;
	const struct rcc_watch *watch = &step->entry->cause.u.watch;
	char from[RCC_NAME_MAX + 1];

	if (watch->officer[0] == '\0') {
		rcc_step_refuse(step, RCC_REFUSAL_RANGE, "watch.officer");
		return;
	}
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_WATCH_HANDED);
	event->u.watch_handed.by = step->entry->cause.origin.peer;
	list_open(core, &event->u.watch_handed);
	event->u.watch_handed.body = *watch;
	memcpy(from, core->watch_officer, sizeof from);
	memcpy(event->u.watch_handed.from, from, sizeof from);
	rcc_step_emit(step, event);
	hand_cases(step, from, watch->officer);
}
