/*
 * turn.c - the pipeline: wait, take, decide, append, commit once, publish, answer, deliver.
 *
 * Nothing leaves before the commit. A commit that fails throws the memory away (rcc_app_degrade): every sender of the turn
 * is told NotConfirmed, since what they said may or may not be on the disk.
 */
#include "turn.h"

#include <assert.h>

#include "rcc/text.h"
#include "rcc/units.h"
#include "scene.h"

/* The longest the daemon sleeps: watchdog and clocks that follow the wall clock want a look. */
#define SLEEP_MAX_MS 1000
#define SILENCE_EVERY_MS 250
#define PROBE_EVERY_MS 5000
#define PURGE_EVERY_MS (6 * RCC_MS_PER_HOUR)

struct rcc_command *
rcc_turn_command(struct rcc_app *app, enum rcc_command_kind kind)
{
	rcc_entry_clear(&app->entry);
	app->entry.cause.kind = kind;
	app->entry.cause.at_ms = app->now_ms;
	app->entry.cause.origin.role = RCC_ROLE_ADMIN;
	app->entry.cause.origin.class = RCC_CLASS_LIVE;
	return &app->entry.cause;
}

bool
rcc_turn_has_room(const struct rcc_app *app)
{
	return app->entry_count < RCC_TURN_ENTRIES_MAX - 1 && app->owed_count < RCC_TURN_ENTRIES_MAX - 1 &&
	       app->turn_used + RCC_PAYLOAD_MAX <= RCC_TURN_BYTES_MAX;
}

/* What the shell does when an entry says so; the rules are in the core. */
static void
note_events(struct rcc_app *app)
{
	for (uint32_t i = 0; i < app->entry.event_count; i++) {
		enum rcc_event_kind kind = app->entry.event[i].kind;
		if (kind == RCC_EVENT_DELIVERIES_QUEUED)
			app->has_new_deliveries = true;
		if (kind == RCC_EVENT_INCIDENT_CLOSED)
			app->wants_checkpoint = true;
		if (kind == RCC_EVENT_PEER_REVOKED) {
			const struct rcc_peer *peer = rcc_peer_find(&app->core, app->entry.event[i].u.revoked.peer);
			rcc_net_unbind_ship(&app->net, &peer->key);
			/* A revoked officer would go on hearing the live feed: everybody there connects anew and is asked again. */
			if (peer->role != RCC_ROLE_VESSEL && peer->role != RCC_ROLE_FEED)
				rcc_net_drop_subscribers(&app->net);
			rcc_log(RCC_LOG_WARNING, "key_revoked", "peer %u may say nothing but a distress", peer->id.v);
		}
		if (kind == RCC_EVENT_INCIDENT_OPENED)
			rcc_log(RCC_LOG_WARNING, "incident_opened", "incident %u at %s",
			        app->entry.event[i].u.opened.incident.v,
			        rcc_phase_word(app->entry.event[i].u.opened.phase));
	}
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

enum rcc_status
rcc_turn_take(struct rcc_app *app, const struct rcc_inbound *from, const struct rcc_wire_fault *refusal)
{
	struct rcc_link link = {0};
	size_t len = 0;

	assert(!app->is_degraded && rcc_turn_has_room(app));
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
			rcc_app_degrade(app, rcc_status_text(status));
			return RCC_E_UNKNOWN_OUTCOME;
		}
		app->turn_entry[app->entry_count++] = (struct rcc_turn_entry){link, app->turn_used, len};
		app->turn_used += len;
		note_events(app);
	}
	if (from != NULL) {
		struct rcc_owed *owed = owe(app, from);
		owed->link = link;
		rcc_owed_from_entry(app, &app->entry, owed);
		if (refusal != NULL) {
			owed->refusal = refusal->reason;
			memcpy(owed->field, refusal->field, sizeof owed->field);
		}
	}
	return RCC_OK;
}

/* Messages, as many as one turn may hold: bounded work, bounded batch. */
static void
take_messages(struct rcc_app *app)
{
	for (uint32_t i = 0; i < RCC_TURN_MAX && (app->is_degraded || rcc_turn_has_room(app)); i++) {
		if (rcc_net_receive(&app->net, &app->inbound) != RCC_OK)
			return;
		rcc_intake(app);
	}
}

/* The core's own clocks: silence means go, quarantine, ledger. */
static void
take_clocks(struct rcc_app *app)
{
	rcc_entry_clear(&app->entry);
	while (!app->is_degraded && rcc_turn_has_room(app) &&
	       rcc_core_due(&app->core, app->now_ms, &app->entry.cause)) {
		uint64_t before = rcc_core_seq(&app->core);
		if (rcc_turn_take(app, NULL, NULL) != RCC_OK)
			return;
		assert(rcc_core_seq(&app->core) > before); /* a clock that changes nothing would ring for ever */
		rcc_entry_clear(&app->entry);
	}
}

/* Ships whose positions stopped or came back; the picture knows when, the core decides. */
static void
take_silences(struct rcc_app *app)
{
	int64_t limit_ms = app->core.run.rules.silence_after_ms;

	for (uint32_t i = 0; i < app->core.peer_count && !app->is_degraded && rcc_turn_has_room(app); i++) {
		const struct rcc_peer *peer = &app->core.peer[i];
		if (!rcc_peer_is_ship(peer))
			continue;
		const struct rcc_vessel *vessel = rcc_picture_find(&app->picture, peer->mmsi);
		int64_t heard_ms = vessel == NULL ? 0 : vessel->seen_at_ms;
		int64_t since_ms = heard_ms > app->started_at_ms ? heard_ms : app->started_at_ms;
		if (since_ms < peer->enrolled_at_ms)
			since_ms = peer->enrolled_at_ms;
		bool is_silent = app->now_ms - since_ms >= limit_ms;
		/* A ship silent before a restart is silent until it is heard, not until the new run's first minutes end. */
		if (is_silent == peer->is_silent || (!is_silent && heard_ms <= peer->heard_at_ms))
			continue;
		struct rcc_command *command = rcc_turn_command(app, RCC_COMMAND_SILENCE);
		command->u.silence.peer = peer->id;
		command->u.silence.is_silent = is_silent;
		command->u.silence.heard_at_ms = heard_ms;
		if (rcc_turn_take(app, NULL, NULL) != RCC_OK)
			return;
	}
}

/* Once a second: what is not urgent. Silent ships are looked for more often, so that their clock is kept well. */
static void
each_second(struct rcc_app *app)
{
	if (app->monotonic_ms >= app->next_silence_at_ms) {
		app->next_silence_at_ms = app->monotonic_ms + SILENCE_EVERY_MS;
		take_silences(app);
	}
	if (app->monotonic_ms < app->next_second_at_ms)
		return;
	app->next_second_at_ms = app->monotonic_ms + RCC_MS_PER_S;
	rcc_outbound_retry(app);
	if (rcc_track_flush(&app->tracks) != RCC_OK)
		rcc_log(RCC_LOG_ERROR, "tracks_failed", "positions cannot be kept on disk; alerts are not affected");
	rcc_picture_age(&app->picture, app->now_ms - (int64_t)app->config.picture_forget_min * RCC_MS_PER_MIN);
	if (app->is_degraded && app->monotonic_ms >= app->next_probe_at_ms) {
		app->next_probe_at_ms = app->monotonic_ms + PROBE_EVERY_MS;
		rcc_app_probe(app);
	}
	if (app->monotonic_ms >= app->next_purge_at_ms) {
		app->next_purge_at_ms = app->monotonic_ms + PURGE_EVERY_MS;
		if (rcc_track_purge(&app->tracks, app->now_ms - app->config.track_keep_days * RCC_MS_PER_DAY) != RCC_OK)
			rcc_log(RCC_LOG_WARNING, "tracks_failed", "old tracks could not be deleted");
	}
}

void
rcc_turn_clear(struct rcc_app *app)
{
	app->entry_count = 0;
	app->owed_count = 0;
	app->turn_used = 0;
	app->has_new_deliveries = false;
	app->wants_checkpoint = false;
}

/* One fsync for the turn; then, and only then, publish, answer, deliver. */
static void
commit_and_speak(struct rcc_app *app)
{
	if (!app->is_degraded && app->entry_count > 0 && rcc_journal_commit(&app->journal) != RCC_OK)
		rcc_app_degrade(app, "the commit failed");
	if (!app->is_degraded) {
		rcc_outbound_publish(app);
		rcc_reply_owed(app, true);
		if (app->has_new_deliveries)
			rcc_outbound_deliver(app);
		rcc_outbound_checkpoint(app, app->wants_checkpoint ? RCC_CHECKPOINT_NOW : RCC_CHECKPOINT_IF_DUE);
	}
	rcc_turn_clear(app);
}

/* How long nothing needs to be done: until the core's next clock, the next beat or the next second. */
static int64_t
sleep_ms(struct rcc_app *app)
{
	int64_t wait_ms = SLEEP_MAX_MS;
	int64_t now_ms = rcc_clock_now_ms(&app->clock);
	int64_t monotonic_ms = rcc_clock_monotonic_ms();

	if (app->sent_count > 0 && !app->is_degraded)
		return 0;
	if (app->deadline_seq != rcc_core_seq(&app->core)) {
		app->core_deadline_ms = rcc_core_deadline_ms(&app->core);
		app->deadline_seq = rcc_core_seq(&app->core);
	}
	if (!app->is_degraded && app->core_deadline_ms != INT64_MAX && app->core_deadline_ms - now_ms < wait_ms)
		wait_ms = app->core_deadline_ms - now_ms;
	if (app->next_silence_at_ms - monotonic_ms < wait_ms)
		wait_ms = app->next_silence_at_ms - monotonic_ms;
	if (app->next_second_at_ms - monotonic_ms < wait_ms)
		wait_ms = app->next_second_at_ms - monotonic_ms;
	if (app->next_beat_at_ms - monotonic_ms < wait_ms)
		wait_ms = app->next_beat_at_ms - monotonic_ms;
	return wait_ms < 0 ? 0 : wait_ms;
}

static void
read_signals(struct rcc_app *app)
{
	enum rcc_signal signal = rcc_signals_read(app->signal_fd);

	if (signal == RCC_SIGNAL_STOP)
		app->is_stopping = true;
	if (signal == RCC_SIGNAL_RELOAD)
		rcc_log(RCC_LOG_INFO, "reload",
		        "nothing can be changed while running yet: restart to apply a new configuration");
}

bool
rcc_turn(struct rcc_app *app)
{
	uint32_t ready = 0;

	(void)rcc_net_poll(&app->net, &app->signal_fd, 1, sleep_ms(app), rcc_clock_now_ms(&app->clock), &ready);
	app->now_ms = rcc_clock_now_ms(&app->clock);
	app->monotonic_ms = rcc_clock_monotonic_ms();
	(void)rcc_notify_watchdog(app->monotonic_ms);
	if (ready != 0)
		read_signals(app);
	take_messages(app);
	take_clocks(app);
	rcc_outbound_record_sent(app);
	each_second(app);
	commit_and_speak(app);
	rcc_outbound_beat(app);
	return !app->is_stopping;
}
