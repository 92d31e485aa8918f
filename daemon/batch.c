/*
 * batch.c - the open batch of a turn: commands are stepped and appended here, answers are owed, nothing is said yet.
 */
#include "batch.h"

#include <assert.h>
#include <string.h>

#include "scene.h"

struct rcc_command *
rcc_batch_command(struct rcc_app *app, enum rcc_command_kind kind)
{
	rcc_entry_clear(&app->entry);
	app->entry.cause.kind = kind;
	app->entry.cause.at_ms = app->now_ms;
	app->entry.cause.origin.role = RCC_ROLE_ADMIN;
	app->entry.cause.origin.class = RCC_CLASS_LIVE;
	return &app->entry.cause;
}

bool
rcc_batch_has_room(const struct rcc_app *app)
{
	return app->entry_count < RCC_TURN_ENTRIES_MAX - 1 && app->owed_count < RCC_TURN_ENTRIES_MAX - 1 &&
	       app->turn_used + RCC_PAYLOAD_MAX <= RCC_TURN_BYTES_MAX;
}

static struct rcc_notice
notice_of(enum rcc_event_kind kind, uint32_t id)
{
	return (struct rcc_notice){.kind = kind, .id = id};
}

/* What the shell has to do when the entry has been committed; the rules are in the core. */
static void
note_events(struct rcc_app *app)
{
	for (uint32_t i = 0; i < app->entry.event_count; i++) {
		const struct rcc_event *event = &app->entry.event[i];
		if (event->kind == RCC_EVENT_DELIVERIES_QUEUED)
			app->has_new_deliveries = true;
		if (event->kind == RCC_EVENT_INCIDENT_CLOSED)
			app->wants_checkpoint = true;
		if (app->notice_count == RCC_TURN_ENTRIES_MAX)
			continue; /* one entry brings at most one of these */
		if (event->kind == RCC_EVENT_PEER_REVOKED)
			app->notice[app->notice_count++] = notice_of(event->kind, event->u.revoked.peer.v);
		if (event->kind == RCC_EVENT_PEER_REKEYED)
			app->notice[app->notice_count++] = (struct rcc_notice){
			    .kind = event->kind, .id = event->u.rekeyed.peer.v, .key = app->entry.cause.origin.key};
		if (event->kind == RCC_EVENT_PEER_SILENT &&
		    rcc_peer_find(&app->core, event->u.silence.peer)->role == RCC_ROLE_FEED)
			app->notice[app->notice_count++] = notice_of(event->kind, event->u.silence.peer.v);
		if (event->kind == RCC_EVENT_INCIDENT_OPENED)
			app->notice[app->notice_count++] = notice_of(event->kind, event->u.opened.incident.v);
		if (event->kind == RCC_EVENT_QUARANTINE_ESCALATED)
			app->notice[app->notice_count++] = notice_of(event->kind, event->u.alert_ref.alert.v);
		if (event->kind == RCC_EVENT_HANDOVER_CHANGED)
			app->notice[app->notice_count++] =
			    (struct rcc_notice){.kind = event->kind,
			                        .id = event->u.handover_changed.body.incident.v,
			                        .step = event->u.handover_changed.body.step,
			                        .stage = event->u.handover_changed.stage};
		if (event->kind == RCC_EVENT_REQUEST_CHANGED)
			app->notice[app->notice_count++] =
			    (struct rcc_notice){.kind = event->kind,
			                        .id = event->u.request_changed.id.v,
			                        .request_step = event->u.request_changed.body.step,
			                        .request_stage = event->u.request_changed.stage};
		if (event->kind == RCC_EVENT_ALERT_RECORDED && event->u.alert.lane != RCC_LANE_INCIDENT)
			app->notice[app->notice_count++] = notice_of(event->kind, event->u.alert.alert.v);
	}
}

void
rcc_batch_fail(struct rcc_app *app, const char *why)
{
	app->is_degraded = true;
	app->has_failed = true;
	(void)rcc_fault_set(&app->degraded, RCC_E_IO, "%s", why);
	rcc_log(RCC_LOG_ERROR, "degraded", "nothing can be recorded: %s", why);
}

static struct rcc_owed *
owe(struct rcc_app *app, const struct rcc_inbound *to)
{
	assert(app->owed_count < RCC_TURN_ENTRIES_MAX);
	struct rcc_owed *owed = &app->owed[app->owed_count++];
	*owed = (struct rcc_owed){
	    .port = to->port, .key = to->key, .route_len = to->route_len, .msg_id = app->entry.cause.origin.msg_id};
	memcpy(owed->route, to->route, to->route_len);
	return owed;
}

static bool
is_taken_from_centre(const struct rcc_entry *entry)
{
	bool is_request = entry->cause.kind == RCC_COMMAND_PLACE_REQUEST;

	for (uint32_t i = 0; i < entry->event_count; i++) {
		if (entry->event[i].kind == RCC_EVENT_HANDOVER_CHANGED ||
		    (is_request && entry->event[i].kind == RCC_EVENT_REQUEST_CHANGED &&
		     entry->event[i].u.request_changed.is_heard != 0))
			return true;
	}
	return false;
}

void
rcc_batch_owed_from_entry(const struct rcc_app *app, const struct rcc_entry *entry, struct rcc_owed *owed)
{
	for (uint32_t i = 0; i < entry->event_count; i++) {
		const struct rcc_event *event = &entry->event[i];
		/* An alert is never refused: what could not be done about it is for officers, its sender holds a receipt. */
		bool is_alert = entry->cause.kind == RCC_COMMAND_ALERT;
		/* What was taken from another centre is taken, even if no ship could be told of it. */
		if (event->kind == RCC_EVENT_COMMAND_REFUSED && !is_alert && !is_taken_from_centre(entry)) {
			owed->refusal = event->u.refused.reason;
			memcpy(owed->field, event->u.refused.field, sizeof owed->field);
		} else if (event->kind == RCC_EVENT_MESSAGE_CONFLICT) {
			owed->refusal = RCC_REFUSAL_CONFLICT;
		} else if (event->kind == RCC_EVENT_ALERT_RECORDED) {
			owed->alert = event->u.alert.alert;
		} else if (event->kind == RCC_EVENT_ALERT_REPEATED) {
			owed->alert = event->u.repeated.alert;
		} else if (event->kind == RCC_EVENT_ALERT_JOINED) {
			owed->incident = event->u.joined.incident;
		} else if (event->kind == RCC_EVENT_PLACE_STEPPED && entry->cause.kind == RCC_COMMAND_PLACE) {
			owed->request = event->u.place_stepped.request;
		} else if (event->kind == RCC_EVENT_UNSEALED) {
			owed->alert = event->u.unsealed.alert;
			owed->note = event->u.unsealed.note;
			owed->is_unseal = true;
		}
	}
	const struct rcc_alert_state *alert = rcc_alert_find(&app->core, owed->alert);
	if (alert != NULL && owed->incident.v == 0)
		owed->incident = alert->incident;
	const struct rcc_incident *incident = rcc_incident_find(&app->core, owed->incident);
	owed->is_restricted = incident != NULL && incident->is_restricted &&
	                      (entry->cause.kind == RCC_COMMAND_OPEN || entry->cause.kind == RCC_COMMAND_DECIDE);
	owed->is_contact_lost =
	    entry->cause.kind == RCC_COMMAND_OPEN && (entry->cause.u.open.alert.marks & RCC_ALERT_CONTACT_LOST) != 0;
	/* A master holds proof of a distress reported, of an answer given, of whom he had aboard, and of an objection to a place. */
	owed->is_signed = entry->cause.kind == RCC_COMMAND_ALERT || entry->cause.kind == RCC_COMMAND_ANSWER ||
	                  entry->cause.kind == RCC_COMMAND_SURVIVORS ||
	                  (entry->cause.kind == RCC_COMMAND_PLACE && entry->cause.origin.role == RCC_ROLE_VESSEL);
}

enum rcc_status
rcc_batch_take(struct rcc_app *app, const struct rcc_inbound *from, const struct rcc_wire_fault *refusal)
{
	struct rcc_link link = {0};
	size_t len = 0;

	assert(!app->is_degraded && rcc_batch_has_room(app));
	rcc_scene_fill(&app->core, &app->picture, &app->entry.cause);
	rcc_core_step(&app->core, &app->entry);
	if (app->entry.event_count > 0) {
		uint8_t *payload = app->turn_bytes + app->turn_used;
		enum rcc_status status = rcc_wire_encode_entry(&app->entry, payload, RCC_PAYLOAD_MAX, &len);
		if (status == RCC_OK)
			status = rcc_journal_append(&app->journal, &app->entry, payload, len, &link);
		if (status != RCC_OK) {
			if (from != NULL)
				(void)owe(app, from);
			rcc_batch_fail(app, rcc_status_text(status));
			return RCC_E_UNKNOWN_OUTCOME;
		}
		app->turn_entry[app->entry_count++] = (struct rcc_turn_entry){link, app->turn_used, len};
		app->turn_used += len;
		note_events(app);
	}
	if (from != NULL) {
		struct rcc_owed *owed = owe(app, from);
		owed->link = link;
		rcc_batch_owed_from_entry(app, &app->entry, owed);
		if (refusal != NULL) {
			owed->refusal = refusal->reason;
			memcpy(owed->field, refusal->field, sizeof owed->field);
		}
	}
	return RCC_OK;
}

void
rcc_batch_clear(struct rcc_app *app)
{
	app->entry_count = 0;
	app->owed_count = 0;
	app->turn_used = 0;
	app->notice_count = 0;
	app->has_new_deliveries = false;
	app->has_restarts = false;
	app->is_retry_due = false;
	app->wants_checkpoint = false;
}
