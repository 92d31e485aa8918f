/*
 * intake.c - one message: who sent it, may they, can it be read; then to the picture, the views or the core.
 *
 * What may be a distress is never turned away here: a guest's, a revoked key's and an unreadable one are recorded with
 * their label and wait for a person (quarantine, needs-reading).
 */
#include "intake_internal.h"

#include <assert.h>
#include <string.h>

#include "batch.h"
#include "centres.h"
#include "feeds.h"
#include "outbound.h"
#include "pack.h"
#include "proto/chain.h"
#include "proto/source/source.h"
#include "rcc/text.h"
#include "rcc/units.h"
#include "reply.h"
#include "said.h"
#include "seal.h"

/* A report older or newer than this by its own clock is taken at its arrival time. */
#define REPORT_SKEW_MAX_MS (2 * RCC_MS_PER_MIN)
#define REPORT_AGE_MAX_MS RCC_MS_PER_DAY
/* Tracks are kept at full rate this near an open incident: 50 nm, in 1e-7 degree of latitude. */
#define NEAR_INCIDENT_E7 (50 * 10000000 / 60)

/* The local socket belongs to the rccd group: whoever opens it administers. Everybody else is who ZAP says. */
static struct rcc_sender
identify(struct rcc_app *app, const struct rcc_inbound *inbound)
{
	struct rcc_sender sender = {.role = RCC_ROLE_ADMIN};
	bool is_revoked;

	if (inbound->port == RCC_PORT_CONTROL)
		return sender;
	sender.role = rcc_core_identify(&app->core, &inbound->key, &sender.peer, &is_revoked);
	const struct rcc_peer *peer = rcc_peer_find(&app->core, sender.peer);
	if (peer != NULL) {
		sender.mmsi = peer->mmsi;
		app->contact[peer->id.v - 1].heard_at_ms = app->now_ms;
	}
	return sender;
}

struct rcc_origin
rcc_intake_origin_of(const struct rcc_app *app, const struct rcc_sender *sender, const struct rcc_envelope *envelope)
{
	return (struct rcc_origin){.peer = sender->peer,
	                           .role = sender->role,
	                           .key = app->inbound.key,
	                           .msg_id = envelope->id,
	                           .claimed_at_ms = envelope->claimed_at_ms,
	                           .class = envelope->class,
	                           .fingerprint = rcc_fingerprint(app->inbound.bytes, app->inbound.len)};
}

/* ---- positions ---- */

static bool
is_near_incident(const struct rcc_app *app, struct rcc_pos pos)
{
	for (uint32_t i = 0; i < app->core.incident_top; i++) {
		const struct rcc_incident *incident = &app->core.incident[i];
		if (incident->id.v == 0 || incident->status == RCC_INCIDENT_CLOSED || !rcc_pos_is_known(incident->pos))
			continue;
		int64_t lat_e7 = (int64_t)incident->pos.lat_e7 - pos.lat_e7;
		int64_t lon_e7 = (int64_t)incident->pos.lon_e7 - pos.lon_e7;
		/* A box in degrees, twice as wide as high: at rescue latitudes it holds the circle, and too much is no harm. */
		if (lat_e7 > -NEAR_INCIDENT_E7 && lat_e7 < NEAR_INCIDENT_E7 && lon_e7 > -2 * NEAR_INCIDENT_E7 &&
		    lon_e7 < 2 * NEAR_INCIDENT_E7)
			return true;
	}
	return false;
}

void
rcc_intake_take_report(struct rcc_app *app, const struct rcc_sender *sender, const struct rcc_report *said)
{
	struct rcc_report report = *said;

	if (sender->role == RCC_ROLE_VESSEL && report.mmsi.v != sender->mmsi.v) {
		app->id_mismatches++;
		return;
	}
	if (report.at_ms > app->now_ms + REPORT_SKEW_MAX_MS || report.at_ms < app->now_ms - REPORT_AGE_MAX_MS)
		report.at_ms = app->now_ms;
	app->positions++;
	if (rcc_picture_update(&app->picture, &report, sender->peer, app->now_ms) != RCC_OK)
		return;
	if (app->tracks.impl != NULL && rcc_track_add(&app->tracks, &report, sender->peer, app->now_ms,
	                                              is_near_incident(app, report.pos)) != RCC_OK)
		rcc_log(RCC_LOG_DEBUG, "track_dropped", "a position is in the picture but not in the tracks");
}

static void
take_static(struct rcc_app *app, const struct rcc_sender *sender, const struct rcc_static *vessel)
{
	if (sender->role == RCC_ROLE_VESSEL && vessel->mmsi.v != sender->mmsi.v) {
		app->id_mismatches++;
		return;
	}
	if (rcc_picture_update_static(&app->picture, vessel, sender->peer) == RCC_OK && app->tracks.impl != NULL &&
	    rcc_track_add_static(&app->tracks, vessel, sender->peer, app->now_ms) != RCC_OK)
		rcc_log(RCC_LOG_DEBUG, "track_dropped", "static data is in the picture but not in the tracks");
}

static void
take_positions(struct rcc_app *app, const struct rcc_sender *sender, const struct rcc_envelope *envelope)
{
	uint64_t mismatches = app->id_mismatches;

	/* A ship of a drill must not stand in the live picture, where a real distress would call on it. */
	if (envelope->class != RCC_CLASS_LIVE) {
		struct rcc_wire_fault fault = {.reason = RCC_REFUSAL_NOT_LIVE, .id = envelope->id};
		app->not_live++;
		rcc_reply_refuse(app, &app->inbound, &fault);
		return;
	}
	if (envelope->kind == RCC_BODY_POSITION)
		rcc_intake_take_report(app, sender, &envelope->u.position);
	for (uint32_t i = 0; envelope->kind == RCC_BODY_POSITION_BATCH && i < envelope->u.positions.count; i++)
		rcc_intake_take_report(app, sender, &envelope->u.positions.report[i]);
	for (uint32_t i = 0; envelope->kind == RCC_BODY_STATIC_BATCH && i < envelope->u.statics.count; i++)
		take_static(app, sender, &envelope->u.statics.vessel[i]);
	if (app->id_mismatches != mismatches) {
		struct rcc_wire_fault fault = {
		    .reason = RCC_REFUSAL_NOT_ALLOWED, .field = "position.mmsi", .id = envelope->id};
		rcc_reply_refuse(app, &app->inbound, &fault);
	}
}

/* ---- what is recorded ---- */

/* Bytes that nobody here can decode, as an alert for a person to read. */
static void
fill_unread(struct rcc_alert *alert, enum rcc_source source, const uint8_t *raw, size_t len)
{
	alert->source = source;
	alert->class = RCC_CLASS_LIVE;
	alert->pos = RCC_POS_NONE;
	alert->marks = RCC_ALERT_NEEDS_READING;
	alert->raw_len = (uint32_t)(len < RCC_RAW_MAX ? len : RCC_RAW_MAX);
	memcpy(alert->raw, raw, alert->raw_len);
}

void
rcc_intake_keep_received(struct rcc_app *app, struct rcc_command *command)
{
	size_t len = app->inbound.len < RCC_MESSAGE_MAX ? app->inbound.len : RCC_MESSAGE_MAX;

	command->received_len = (uint32_t)len;
	memcpy(command->received, app->inbound.bytes, len);
}

bool
rcc_intake_answered_before(struct rcc_app *app, struct rcc_origin *origin)
{
	uint64_t seq = 0;
	uint64_t fingerprint = 0;
	enum rcc_seen seen = rcc_core_seen(&app->core, origin, &seq);

	if (seen == RCC_SEEN_NEVER &&
	    rcc_journal_find_message(&app->journal, &origin->key, &origin->msg_id, &seq, &fingerprint) == RCC_OK) {
		seen = fingerprint == origin->fingerprint ? RCC_SEEN_SAME : RCC_SEEN_OTHER_BYTES;
		/* The core has forgotten that id: the command tells it, so that it decides as it would have. */
		if (seen == RCC_SEEN_OTHER_BYTES)
			origin->conflict_seq = seq;
	}
	if (seen != RCC_SEEN_SAME)
		return false;
	/* Still in this turn: its first copy is answered when the turn is committed. */
	if (seq <= rcc_app_head(app).seq)
		rcc_reply_again(app, &app->inbound, &origin->msg_id, seq);
	return true;
}

void
rcc_intake_show_unrecorded(struct rcc_app *app, const struct rcc_sender *sender, const struct rcc_alert *alert)
{
	char pos[RCC_POS_TEXT_SIZE];
	char mmsi[RCC_MMSI_TEXT_SIZE];
	struct rcc_unrecorded *row = &app->unrecorded[app->unrecorded_count++ % RCC_UNRECORDED_MAX];

	*row = (struct rcc_unrecorded){.at_ms = app->now_ms, .sender = sender->peer, .body = *alert};
	rcc_log(RCC_LOG_ERROR, "distress_not_recorded",
	        "%s, casualty %s, at %s: act on it now, it is not in the record", rcc_source_word(alert->source),
	        rcc_mmsi_format(mmsi, alert->casualty), rcc_pos_format(pos, alert->pos));
}

static void
record(struct rcc_app *app, const struct rcc_sender *sender, const struct rcc_envelope *envelope)
{
	struct rcc_origin origin = rcc_intake_origin_of(app, sender, envelope);
	bool is_sealed = rcc_seal_is_needed(envelope);

	if (is_sealed)
		origin.fingerprint = rcc_seal_fingerprint(&app->tag_secret, app->inbound.bytes, app->inbound.len);
	if (app->is_degraded) {
		if (envelope->kind == RCC_BODY_ALERT)
			rcc_intake_show_unrecorded(app, sender, &envelope->u.alert);
		if (envelope->kind == RCC_BODY_OPEN)
			rcc_intake_show_unrecorded(app, sender, &envelope->u.open.alert);
		rcc_reply_not_confirmed(app, &app->inbound, &envelope->id);
		return;
	}
	if (rcc_intake_answered_before(app, &origin))
		return;
	struct rcc_command *command = rcc_batch_command(app, RCC_COMMAND_ALERT);
	command->origin = origin;
	if (!rcc_said_fill(command, envelope->kind, &envelope->u))
		assert(false && "a body that is not a command");
	/* Tag and seal are the daemon's alone. */
	rcc_seal_drop(command);
	if (!is_sealed)
		rcc_intake_keep_received(app, command);
	else if (!rcc_seal_command(app, command)) {
		rcc_reply_not_confirmed(app, &app->inbound, &envelope->id);
		return;
	}
	/* Nobody waits for an answer to Stored: the ship says it again when the delivery comes again. */
	const struct rcc_inbound *answer_to = envelope->kind == RCC_BODY_STORED ? NULL : &app->inbound;
	if (rcc_batch_take(app, answer_to, NULL) != RCC_OK)
		rcc_log(RCC_LOG_ERROR, "turn_lost", "a message could not be recorded; its sender was told");
}

/* Cannot be read but may be a distress: recorded raw for a person, and its sender is told both. */
static void
record_unreadable(struct rcc_app *app, const struct rcc_sender *sender, const struct rcc_wire_fault *fault)
{
	static const struct rcc_msg_id no_id = {{0}};
	struct rcc_envelope *envelope = &app->out;

	envelope->id = fault->id;
	envelope->claimed_at_ms = 0;
	envelope->class = RCC_CLASS_LIVE;
	struct rcc_origin origin = rcc_intake_origin_of(app, sender, envelope);
	if (app->is_degraded) {
		rcc_entry_clear(&app->entry);
		fill_unread(&app->entry.cause.u.alert, RCC_SOURCE_CREW, app->inbound.bytes, app->inbound.len);
		app->entry.cause.u.alert.casualty = sender->mmsi;
		rcc_intake_show_unrecorded(app, sender, &app->entry.cause.u.alert);
		rcc_reply_not_confirmed(app, &app->inbound, &fault->id);
		return;
	}
	if (memcmp(&fault->id, &no_id, sizeof no_id) != 0 && rcc_intake_answered_before(app, &origin))
		return;
	struct rcc_command *command = rcc_batch_command(app, RCC_COMMAND_ALERT);
	command->origin = origin;
	fill_unread(&command->u.alert, RCC_SOURCE_CREW, app->inbound.bytes, app->inbound.len);
	if (sender->role == RCC_ROLE_FEED)
		command->u.alert.source = RCC_SOURCE_RCC;
	command->u.alert.casualty = sender->mmsi;
	rcc_intake_keep_received(app, command);
	if (rcc_batch_take(app, &app->inbound, fault) != RCC_OK)
		rcc_log(RCC_LOG_ERROR, "turn_lost", "a message could not be recorded; its sender was told");
}

/* ---- guests ---- */

/*
 * A guest's first distress is always taken; after that a few a minute. The table forgets the key that came first: a guest
 * who is forgotten is a first one again, and new guests are few (the ZAP handler paces them).
 */
static bool
is_guest_too_fast(struct rcc_app *app, bool is_distress)
{
	struct rcc_guest *guest = NULL;

	for (uint32_t i = 0; i < RCC_GUEST_KEYS_MAX && guest == NULL; i++) {
		if (app->guest[i].count + app->guest[i].others > 0 &&
		    memcmp(&app->guest[i].key, &app->inbound.key, RCC_KEY_SIZE) == 0)
			guest = &app->guest[i];
	}
	if (guest == NULL) {
		guest = &app->guest[app->guest_next];
		app->guest_next = (app->guest_next + 1) % RCC_GUEST_KEYS_MAX;
		*guest = (struct rcc_guest){.key = app->inbound.key, .minute_at_ms = app->monotonic_ms};
	}
	if (app->monotonic_ms - guest->minute_at_ms >= RCC_MS_PER_MIN) {
		guest->minute_at_ms = app->monotonic_ms;
		guest->count = 0;
		guest->others = 0;
	}
	uint32_t *count = is_distress ? &guest->count : &guest->others;
	return (*count)++ >= app->config.guest_rate_per_min;
}

static bool
refuse_guest(struct rcc_app *app, const struct rcc_msg_id *id, bool is_distress)
{
	struct rcc_wire_fault fault = {.reason = RCC_REFUSAL_RATE, .id = *id};

	if (!is_guest_too_fast(app, is_distress))
		return false;
	app->throttled++;
	rcc_reply_refuse(app, &app->inbound, &fault);
	return true;
}

/* A guest's distress: taken as it is if it is small, as bytes to be read if it is not. */
static void
record_guest(struct rcc_app *app, const struct rcc_sender *sender, const struct rcc_envelope *envelope)
{
	struct rcc_wire_fault fault = {.reason = RCC_REFUSAL_TOO_LARGE, .id = envelope->id, .may_be_distress = true};

	if (refuse_guest(app, &envelope->id, true))
		return;
	if (app->inbound.len > RCC_MESSAGE_GUEST_MAX)
		record_unreadable(app, sender, &fault);
	else if (envelope->kind == RCC_BODY_ALERT_RAW)
		rcc_raw_take(app, sender, envelope);
	else
		record(app, sender, envelope);
}

/* ---- the door ---- */

/*
 * A guest brings a code. What lets nobody in leaves no entry, whoever tries: the code may still be good, and the record is read by many. It
 * is counted, and paced as all that guests say. Whether a code never was, was used or is too old, nobody is told.
 */
static void
take_admit(struct rcc_app *app, const struct rcc_sender *sender, struct rcc_envelope *envelope)
{
	struct rcc_admission *admission = &envelope->u.admit;
	const char *field = "";

	admission->tag = rcc_invite_tag_of(&admission->code, admission->mmsi);
	struct rcc_wire_fault fault = {.id = envelope->id};
	fault.reason = rcc_core_admit_refusal(&app->core, &admission->tag, &app->inbound.key, app->now_ms, &field);
	/* What is taken in this very turn is decided by the rules, after it. */
	if (app->is_degraded || fault.reason == 0) {
		record(app, sender, envelope);
		return;
	}
	app->throttled++;
	rcc_text_copy_lossy(fault.field, sizeof fault.field, field, strlen(field));
	rcc_reply_refuse(app, &app->inbound, &fault);
}

static void
take_hello(struct rcc_app *app, const struct rcc_sender *sender, const struct rcc_envelope *envelope)
{
	const struct rcc_peer *peer = rcc_peer_find(&app->core, sender->peer);
	uint32_t stored = envelope->u.hello.delivery_stored;
	bool is_listening = app->inbound.port == RCC_PORT_SHIPS && peer != NULL &&
	                    (envelope->u.hello.wants_deliveries != 0 || sender->role == RCC_ROLE_FEED);

	if (is_listening) {
		rcc_net_bind_ship(&app->net, &app->inbound);
		struct rcc_contact *contact = &app->contact[peer->id.v - 1];
		contact->beat_ms = rcc_outbound_beat_ms(app->config.beat_ms, envelope->u.hello.byte_budget_h);
		/* The first of each after she has come is hers, whatever her link may cost. */
		contact->next_beat_at_ms = contact->next_checkpoint_at_ms = 0;
	}
	rcc_reply_welcome(app, &app->inbound, envelope);
	if (!is_listening || sender->role != RCC_ROLE_VESSEL)
		return;
	rcc_outbound_witness(app, peer);
	/* Numbers that we never gave are of another record (a restored backup, say): nothing can be taken as stored. */
	if (stored > peer->delivery_last ||
	    rcc_delivery_is_other(&app->core, peer->id, stored, envelope->u.hello.stored_issued_at_ms))
		stored = 0;
	uint32_t unstored = rcc_core_next_unstored(&app->core, peer->id, 0);
	if (unstored != 0 && unstored <= stored && !app->is_degraded) {
		struct rcc_command *command = rcc_batch_command(app, RCC_COMMAND_STORED);
		command->origin = rcc_intake_origin_of(app, sender, envelope);
		command->u.stored.number = stored;
		command->u.stored.issued_at_ms = envelope->u.hello.stored_issued_at_ms;
		command->u.stored.stored_at_ms = envelope->claimed_at_ms;
		rcc_intake_keep_received(app, command);
		if (rcc_batch_take(app, NULL, NULL) != RCC_OK)
			return;
	}
	rcc_outbound_restart(app, peer, stored);
}

/* Nobody is shown what is not on the disk: a commit that fails takes it back. */
static bool
is_question(enum rcc_body_kind kind)
{
	return kind == RCC_BODY_VIEW || kind == RCC_BODY_CATCHUP;
}

static void
take_view(struct rcc_app *app, const struct rcc_sender *sender, const struct rcc_envelope *envelope)
{
	struct rcc_wire_fault fault = {.reason = RCC_REFUSAL_NOT_ALLOWED, .field = "view.what", .id = envelope->id};

	if (rcc_role_may_view(sender->role, envelope->u.view.what))
		rcc_reply_view(app, &app->inbound, sender->role, envelope);
	else
		rcc_reply_refuse(app, &app->inbound, &fault);
}

/* An answer names the entry of our record that it answers: one that is not there was never said by us. */
static void
take_centre(struct rcc_app *app, const struct rcc_sender *sender, const struct rcc_envelope *envelope)
{
	bool is_request = envelope->kind == RCC_BODY_PLACE_REQUEST;
	const struct rcc_link *answers = is_request ? &envelope->u.place_request.answers : &envelope->u.centre.answers;
	struct rcc_wire_fault fault = {.reason = RCC_REFUSAL_RANGE, .field = "centre.answers", .id = envelope->id};

	if (is_request)
		memcpy(fault.field, "place_request.answers", sizeof "place_request.answers");
	if (app->is_degraded || rcc_centres_is_ours(app, answers))
		record(app, sender, envelope);
	else
		rcc_reply_refuse(app, &app->inbound, &fault);
}

/* Officers' business is done on the operations port and the local socket: a firewall must be able to keep it ashore. */
static bool
is_for_port(enum rcc_port port, enum rcc_body_kind kind)
{
	return port != RCC_PORT_SHIPS || kind == RCC_BODY_ADMIT || rcc_role_may(RCC_ROLE_VESSEL, kind) ||
	       rcc_role_may(RCC_ROLE_FEED, kind);
}

static void
take_readable(struct rcc_app *app, const struct rcc_sender *sender, struct rcc_envelope *envelope)
{
	bool is_distress = envelope->kind == RCC_BODY_ALERT || envelope->kind == RCC_BODY_ALERT_RAW;

	if (sender->role == RCC_ROLE_FEED)
		rcc_feeds_hear(app, sender->peer, envelope->kind);
	if (!rcc_role_may(sender->role, envelope->kind) || !is_for_port(app->inbound.port, envelope->kind)) {
		struct rcc_wire_fault fault = {.reason = RCC_REFUSAL_NOT_ALLOWED, .id = envelope->id};
		app->throttled += sender->role == RCC_ROLE_GUEST;
		rcc_reply_refuse(app, &app->inbound, &fault);
		return;
	}
	if (sender->role == RCC_ROLE_GUEST && !is_distress && refuse_guest(app, &envelope->id, false))
		return;
	if (sender->role == RCC_ROLE_GUEST && is_distress)
		record_guest(app, sender, envelope);
	else if (envelope->kind == RCC_BODY_HELLO)
		take_hello(app, sender, envelope);
	else if (envelope->kind == RCC_BODY_POSITION || envelope->kind == RCC_BODY_POSITION_BATCH ||
	         envelope->kind == RCC_BODY_STATIC_BATCH)
		take_positions(app, sender, envelope);
	else if (envelope->kind == RCC_BODY_FEED_TALLY)
		rcc_feeds_take_tally(app, sender->peer, &envelope->u.tally);
	else if (is_question(envelope->kind) && app->entry_count > 0)
		app->is_question_open = true;
	else if (envelope->kind == RCC_BODY_VIEW)
		take_view(app, sender, envelope);
	else if (envelope->kind == RCC_BODY_CATCHUP)
		rcc_reply_catchup(app, &app->inbound, envelope);
	else if (envelope->kind == RCC_BODY_ADMIT)
		take_admit(app, sender, envelope);
	else if (envelope->kind == RCC_BODY_PACK)
		rcc_pack_wish(app, sender->peer, envelope);
	else if (envelope->kind == RCC_BODY_ALERT_RAW)
		rcc_raw_take(app, sender, envelope);
	else if (envelope->kind == RCC_BODY_CENTRE || envelope->kind == RCC_BODY_PLACE_REQUEST)
		take_centre(app, sender, envelope);
	else
		record(app, sender, envelope);
}

void
rcc_intake(struct rcc_app *app)
{
	struct rcc_wire_fault fault;

	if (app->inbound.port == RCC_PORT_CENTRE) {
		rcc_centres_hear(app);
		return;
	}
	struct rcc_sender sender = identify(app, &app->inbound);

	if (rcc_wire_decode(app->inbound.bytes, app->inbound.len, &app->envelope, &fault) == RCC_OK) {
		take_readable(app, &sender, &app->envelope);
		return;
	}
	app->malformed++;
	if (!fault.may_be_distress) {
		rcc_reply_refuse(app, &app->inbound, &fault);
		return;
	}
	if (sender.role != RCC_ROLE_GUEST || !refuse_guest(app, &fault.id, true))
		record_unreadable(app, &sender, &fault);
}
