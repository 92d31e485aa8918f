/*
 * raw.c - signals as they came: sentences, texts and bursts, read here by the decoder of their source.
 *
 * Every one is counted in exactly one way, by what the core made of it: recorded as an alert, recorded and waiting for a person,
 * taken as a routine position, or understood as routine. None is dropped.
 */
#include <string.h>

#include "batch.h"
#include "intake_internal.h"
#include "proto/source/source.h"
#include "rcc/units.h"
#include "reply.h"

/* The second half of a DSC call comes within a second; a slow station may hold it back so long. */
#define DSE_AFTER_MAX_MS (2 * RCC_MS_PER_MIN)

static struct rcc_heard_counts *
counts_of(struct rcc_app *app, const char *name)
{
	const struct rcc_source_entry *source = rcc_source_find(name);
	size_t i = 0;

	while (source != NULL && rcc_source_at(i) != source)
		i++;
	return &app->heard[source == NULL || i > RCC_SOURCES_MAX ? RCC_SOURCES_MAX : i];
}

static void
remember_caller(struct rcc_app *app, const struct rcc_report *report)
{
	app->dsc[app->dsc_next] = (struct rcc_dsc_caller){.report = *report, .heard_at_ms = app->monotonic_ms};
	app->dsc_next = (app->dsc_next + 1) % RCC_DSC_CALLERS_MAX;
}

/*
 * The second half of a routine position call makes that position exact, and is nothing else. Who has called in distress
 * meanwhile is not looked for here: then it belongs to the distress.
 */
static bool
is_of_routine_call(struct rcc_app *app, struct rcc_heard *heard)
{
	const struct rcc_dsc_caller *caller = NULL;

	if (heard->kind != RCC_HEARD_ALERT || heard->alert.marks != RCC_ALERT_REVISION || heard->alert.casualty.v == 0)
		return false;
	for (size_t i = 0; i < RCC_DSC_CALLERS_MAX; i++) {
		if (app->dsc[i].report.mmsi.v == heard->alert.casualty.v &&
		    app->monotonic_ms - app->dsc[i].heard_at_ms <= DSE_AFTER_MAX_MS)
			caller = &app->dsc[i];
	}
	if (caller == NULL || rcc_core_awaits_revision(&app->core, &heard->alert, app->now_ms))
		return false;
	heard->kind = RCC_HEARD_POSITION;
	heard->report = caller->report;
	if (heard->alert.refine != 0)
		heard->report.pos = rcc_pos_refine(caller->report.pos, heard->alert.refine);
	return true;
}

/*
 * What needs no record is not in the journal's index: the latest of them are remembered here, so that one whose receipt was
 * lost on a bad link and that comes again is neither counted nor taken twice.
 */
static bool
was_read(const struct rcc_app *app, const struct rcc_origin *origin)
{
	for (size_t i = 0; i < RCC_READ_LATELY_MAX; i++) {
		const struct rcc_read_lately *row = &app->read_lately[i];
		if (row->fingerprint == origin->fingerprint &&
		    memcmp(&row->msg_id, &origin->msg_id, sizeof row->msg_id) == 0 &&
		    memcmp(&row->key, &origin->key, sizeof row->key) == 0)
			return true;
	}
	return false;
}

static void
remember_read(struct rcc_app *app, const struct rcc_origin *origin)
{
	struct rcc_read_lately *row = &app->read_lately[app->read_next++ % RCC_READ_LATELY_MAX];

	row->key = origin->key;
	row->msg_id = origin->msg_id;
	row->fingerprint = origin->fingerprint;
}

/* Read, understood, and nothing to record: its sender is told that we have it. */
static void
take_routine(struct rcc_app *app, const struct rcc_sender *sender, const struct rcc_envelope *envelope,
             const struct rcc_heard *heard, struct rcc_heard_counts *counts)
{
	bool may_report = sender->role != RCC_ROLE_GUEST && envelope->class == RCC_CLASS_LIVE;

	if (heard->kind == RCC_HEARD_POSITION && may_report) {
		counts->positions++;
		rcc_intake_take_report(app, sender, &heard->report);
		remember_caller(app, &heard->report);
	} else {
		counts->routine++;
	}
	rcc_reply_read(app, &app->inbound, &envelope->id);
}

/* Does what the core has just recorded wait for a person? Only the core knows: what its decoder says is one reason of several. */
static bool
waits_for_person(const struct rcc_app *app)
{
	enum rcc_lane lane = RCC_LANE_INCIDENT;

	for (uint32_t i = 0; i < app->entry.event_count; i++) {
		const struct rcc_event *event = &app->entry.event[i];
		if (event->kind == RCC_EVENT_ALERT_RECORDED)
			lane = event->u.alert.lane;
		else if (event->kind == RCC_EVENT_ALERT_REPEATED)
			lane = rcc_alert_find(&app->core, event->u.repeated.alert)->lane;
	}
	return lane == RCC_LANE_NEEDS_READING || lane == RCC_LANE_QUARANTINE;
}

void
rcc_raw_take(struct rcc_app *app, const struct rcc_sender *sender, const struct rcc_envelope *envelope)
{
	const struct rcc_alert_raw *said = &envelope->u.alert_raw;
	const struct rcc_raw raw = {.bytes = said->raw, .len = said->raw_len, .at_ms = app->now_ms};
	struct rcc_heard_counts *counts = counts_of(app, said->source_name);
	struct rcc_origin origin = rcc_intake_origin_of(app, sender, envelope);
	struct rcc_heard heard;

	counts->received++;
	if (was_read(app, &origin)) {
		counts->again++;
		rcc_reply_read(app, &app->inbound, &envelope->id);
		return;
	}
	rcc_source_read(said->source_name, &raw, &heard);
	if (heard.kind != RCC_HEARD_ALERT || is_of_routine_call(app, &heard)) {
		take_routine(app, sender, envelope, &heard, counts);
		remember_read(app, &origin);
		return;
	}
	if (app->is_degraded) {
		counts->not_recorded++;
		rcc_intake_show_unrecorded(app, sender, &heard.alert);
		rcc_reply_not_confirmed(app, &app->inbound, &envelope->id);
		return;
	}
	if (rcc_intake_answered_before(app, &origin)) {
		counts->again++;
		return;
	}
	struct rcc_command *command = rcc_batch_command(app, RCC_COMMAND_ALERT);
	command->origin = origin;
	command->u.alert = heard.alert;
	rcc_intake_keep_received(app, command);
	if (rcc_batch_take(app, &app->inbound, NULL) != RCC_OK) {
		counts->not_recorded++;
		rcc_log(RCC_LOG_ERROR, "turn_lost", "a message could not be recorded; its sender was told");
	} else if (waits_for_person(app)) {
		counts->unread++;
	} else {
		counts->alerts++;
	}
}
