/*
 * turn.c - the pipeline: wait, take, decide, append, commit once, deliver, answer, publish.
 *
 * Nothing leaves before the commit. A commit that fails throws the memory away (rcc_app_degrade): every sender of the turn
 * is told NotConfirmed, since what they said may or may not be on the disk.
 */
#include "turn.h"

#include <assert.h>

#include "batch.h"
#include "centres.h"
#include "feeds.h"
#include "intake.h"
#include "outbound.h"
#include "pack.h"
#include "rcc/units.h"
#include "rcc/work_text.h"
#include "reply.h"
#include "retention.h"

/* The longest the daemon sleeps: watchdog and clocks that follow the wall clock want a look. */
#define SLEEP_MAX_MS 1000
/* No message is taken after this much of a turn: what it holds is committed and delivered first. */
#define TAKE_MAX_MS 5
#define SILENCE_EVERY_MS 250
#define PROBE_EVERY_MS 5000

/*
 * Messages: bounded work, bounded batch. The socket takes its peers in turn, so whoever floods holds up another's call by
 * no more than a turn; and a turn ends as soon as a ship has something to be told.
 */
static void
take_messages(struct rcc_app *app)
{
	for (uint32_t i = 0; i < RCC_TURN_MAX && (app->is_degraded || rcc_batch_has_room(app)); i++) {
		if (rcc_net_receive(&app->net, &app->inbound) != RCC_OK)
			return;
		rcc_intake(app);
		if (app->has_new_deliveries || app->is_question_open ||
		    rcc_clock_monotonic_ms() - app->monotonic_ms >= TAKE_MAX_MS)
			return;
	}
}

/* The core's own clocks: silence means go, quarantine, ledger. */
static void
take_clocks(struct rcc_app *app)
{
	rcc_entry_clear(&app->entry);
	while (!app->is_degraded && rcc_batch_has_room(app) &&
	       rcc_core_due(&app->core, app->now_ms, &app->entry.cause)) {
		uint64_t before = rcc_core_seq(&app->core);
		if (rcc_batch_take(app, NULL, NULL) != RCC_OK)
			return;
		assert(rcc_core_seq(&app->core) > before); /* a clock that changes nothing would ring for ever */
		rcc_entry_clear(&app->entry);
	}
}

/* New settings count from the entry that names them. Asked for until it is on the disk. */
static bool
take_run(struct rcc_app *app)
{
	return app->wants_run && !app->is_degraded && rcc_app_take_run(app) == RCC_OK;
}

static void
note_run(struct rcc_app *app)
{
	if (app->is_degraded)
		return;
	app->wants_run = false;
	rcc_log(RCC_LOG_INFO, "reloaded", "the configuration was read again and is in force");
}

/* Ships whose positions, and feeds whose receivers, stopped or came back; the picture and the feeds know when, the core decides. */
static void
take_silences(struct rcc_app *app)
{
	struct rcc_silence silence;

	for (uint32_t i = 0; i < app->core.peer_count && !app->is_degraded && rcc_batch_has_room(app); i++) {
		const struct rcc_peer *peer = &app->core.peer[i];
		const struct rcc_vessel *vessel = rcc_picture_find(&app->picture, peer->mmsi);
		int64_t heard_at_ms = vessel == NULL ? 0 : vessel->seen_at_ms;
		if (peer->role == RCC_ROLE_FEED)
			heard_at_ms = rcc_feeds_heard_at_ms(app, peer->id);
		if (!rcc_core_silence(&app->core, peer->id, heard_at_ms, app->started_at_ms, app->now_ms, &silence))
			continue;
		rcc_batch_command(app, RCC_COMMAND_SILENCE)->u.silence = silence;
		if (rcc_batch_take(app, NULL, NULL) != RCC_OK)
			return;
	}
}

/* Somebody opens connections without end, or the limit of descriptors is too small: once a minute, while it goes on. */
static void
tell_turned_away(struct rcc_app *app)
{
	uint64_t count = rcc_net_counters(&app->net)->turned_away;

	if (count == app->turned_away_told || app->monotonic_ms < app->next_turned_away_at_ms)
		return;
	rcc_log(RCC_LOG_ERROR, "turned_away",
	        "%llu connections: no descriptor was left for them; connected ships are served",
	        (unsigned long long)(count - app->turned_away_told));
	app->turned_away_told = count;
	app->next_turned_away_at_ms = app->monotonic_ms + RCC_MS_PER_MIN;
}

/* Clocks of cases run by the time that is set: an officer has to know that they jumped. */
static void
tell_clock(struct rcc_app *app)
{
	if (app->clock.steps == app->clock_steps_told)
		return;
	app->clock_steps_told = app->clock.steps;
	rcc_log(RCC_LOG_ERROR, "clock_stepped",
	        "the system's clock was set by %lld s, or the machine slept: clocks of cases may ring %s",
	        (long long)app->clock.step_ms / RCC_MS_PER_S, app->clock.step_ms > 0 ? "early" : "late");
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
	app->is_retry_due = true;
	if (app->tracks.impl != NULL && rcc_track_flush(&app->tracks) != RCC_OK)
		rcc_log(RCC_LOG_ERROR, "tracks_failed", "positions cannot be kept on disk; alerts are not affected");
	rcc_picture_age(&app->picture, app->now_ms - (int64_t)app->config.picture_forget_min * RCC_MS_PER_MIN);
	tell_turned_away(app);
	tell_clock(app);
	if (app->is_degraded && app->monotonic_ms >= app->next_probe_at_ms) {
		app->next_probe_at_ms = app->monotonic_ms + PROBE_EVERY_MS;
		rcc_app_probe(app);
	}
}

/* Refused and not answered are for somebody to act on: the case is still ours. */
static void
log_handover(const struct rcc_notice *notice)
{
	bool is_urgent = notice->step == RCC_HANDOVER_SILENT || notice->stage == RCC_HANDOVER_REFUSED ||
	                 notice->stage == RCC_HANDOVER_CONTESTED;

	rcc_log(is_urgent ? RCC_LOG_ERROR : RCC_LOG_WARNING, "handover", "incident %u: %s, now %s", notice->id,
	        rcc_handover_word(notice->step), rcc_handover_stage_word(notice->stage));
}

static void
log_request(const struct rcc_notice *notice)
{
	bool is_urgent = notice->request_step == RCC_REQUEST_SILENT || notice->request_stage == RCC_REQUEST_NOT_TAKEN;

	rcc_log(is_urgent ? RCC_LOG_ERROR : RCC_LOG_WARNING, "request", "request %u: %s, now %s", notice->id,
	        rcc_request_word(notice->request_step), rcc_request_stage_word(notice->request_stage));
}

/* What has been decided and is on the disk, told to the operator and to the sockets. */
static void
act_on_notices(struct rcc_app *app)
{
	for (uint32_t i = 0; i < app->notice_count; i++) {
		const struct rcc_notice *notice = &app->notice[i];
		if (notice->kind == RCC_EVENT_PEER_REVOKED)
			rcc_outbound_revoked(app, (struct rcc_peer_id){notice->id});
		else if (notice->kind == RCC_EVENT_PEER_REKEYED)
			rcc_outbound_rekeyed(app, (struct rcc_peer_id){notice->id}, &notice->key);
		else if (notice->kind == RCC_EVENT_INCIDENT_OPENED)
			rcc_log(RCC_LOG_WARNING, "incident_opened", "incident %u", notice->id);
		else if (notice->kind == RCC_EVENT_HANDOVER_CHANGED)
			log_handover(notice);
		else if (notice->kind == RCC_EVENT_REQUEST_CHANGED)
			log_request(notice);
		else if (notice->kind == RCC_EVENT_PEER_SILENT)
			rcc_log(RCC_LOG_WARNING, "feed_silent",
			        "%s: nothing that it hears has come for %lld min; the centre is blind there",
			        rcc_peer_find(&app->core, (struct rcc_peer_id){notice->id})->name,
			        (long long)app->core.run.rules.silence_after_ms / RCC_MS_PER_MIN);
		else if (notice->kind == RCC_EVENT_QUARANTINE_ESCALATED)
			rcc_log(RCC_LOG_ERROR, "alert_waits", "alert %u: nobody has decided on it", notice->id);
		else
			rcc_log(RCC_LOG_DEBUG, "alert_recorded", "alert %u is for a person to read", notice->id);
	}
}

/* One fsync for the turn; then, and only then: ships first, then whoever waits for an answer, then who looks on. */
static void
commit_and_speak(struct rcc_app *app)
{
	if (!app->is_degraded && app->entry_count > 0 && rcc_journal_commit(&app->journal) != RCC_OK)
		rcc_batch_fail(app, "the commit failed");
	rcc_outbound_sent_recorded(app, !app->is_degraded && !app->has_failed);
	if (!app->is_degraded)
		act_on_notices(app);
	/* What a degraded centre knows is what its record holds: that may be told again. */
	if (!app->has_failed && (app->has_new_deliveries || app->has_restarts))
		rcc_outbound_deliver(app);
	if (!app->has_failed && app->is_retry_due)
		rcc_outbound_retry(app);
	if (!app->is_degraded) {
		rcc_reply_owed(app, true);
		rcc_centres_say(app);
		rcc_outbound_publish(app);
		rcc_outbound_checkpoint(app, app->wants_checkpoint ? RCC_CHECKPOINT_NOW : RCC_CHECKPOINT_IF_DUE);
	}
	if (app->has_failed) {
		/* What they said may or may not be on the disk: they are told so, and replay finds out. */
		rcc_reply_owed(app, false);
		rcc_app_degrade(app);
	}
	/* What memory says stands on the disk now: what is to be destroyed may be. */
	if (!app->is_degraded && !app->has_failed)
		rcc_retention_act(app);
	rcc_pack_answer(app);
	rcc_batch_clear(app);
}

/* How long nothing needs to be done: until the core's next clock, the next beat or the next second. */
static int64_t
sleep_ms(struct rcc_app *app)
{
	int64_t wait_ms = SLEEP_MAX_MS;
	int64_t now_ms = rcc_clock_now_ms(&app->clock);
	int64_t monotonic_ms = rcc_clock_monotonic_ms();

	if ((app->sent_count > 0 || app->wants_run) && !app->is_degraded)
		return 0;
	if (app->deadline_seq != rcc_core_seq(&app->core)) {
		app->core_deadline_ms = rcc_core_deadline_ms(&app->core);
		app->deadline_seq = rcc_core_seq(&app->core);
	}
	if (!app->is_degraded && app->core_deadline_ms != INT64_MAX && app->core_deadline_ms - now_ms < wait_ms)
		wait_ms = app->core_deadline_ms - now_ms;
	if (!app->is_degraded && rcc_centres_wait_ms(app, monotonic_ms) < wait_ms)
		wait_ms = rcc_centres_wait_ms(app, monotonic_ms);
	if (app->next_silence_at_ms - monotonic_ms < wait_ms)
		wait_ms = app->next_silence_at_ms - monotonic_ms;
	if (app->next_second_at_ms - monotonic_ms < wait_ms)
		wait_ms = app->next_second_at_ms - monotonic_ms;
	if (app->next_beat_at_ms - monotonic_ms < wait_ms)
		wait_ms = app->next_beat_at_ms - monotonic_ms;
	return rcc_http_sleep_ms(&app->http, wait_ms < 0 ? 0 : wait_ms);
}

static void
read_signals(struct rcc_app *app)
{
	enum rcc_signal signal = rcc_signals_read(app->signal_fd);

	if (signal == RCC_SIGNAL_STOP)
		app->is_stopping = true;
	if (signal == RCC_SIGNAL_RELOAD)
		app->wants_reload = true;
}

bool
rcc_turn(struct rcc_app *app)
{
	uint32_t ready = 0;

	const int fds[] = {app->signal_fd, app->http.fd};
	(void)rcc_net_poll(&app->net, fds, app->http.fd < 0 ? 1 : 2, sleep_ms(app), rcc_clock_now_ms(&app->clock),
	                   &ready);
	app->now_ms = rcc_clock_now_ms(&app->clock);
	app->monotonic_ms = rcc_clock_monotonic_ms();
	(void)rcc_notify_watchdog(app->monotonic_ms);
	if ((ready & 1) != 0)
		read_signals(app);
	bool has_run = take_run(app);
	/* What went out stands in the record before anybody decides on it: a case is not closed over an order that has just left. */
	rcc_outbound_record_sent(app);
	take_messages(app);
	take_clocks(app);
	each_second(app);
	commit_and_speak(app);
	if (has_run)
		note_run(app);
	/* Nothing is open any more: the same message is taken again. */
	if (app->is_question_open) {
		app->is_question_open = false;
		rcc_intake(app);
	}
	rcc_outbound_beat(app);
	/* Last: whoever only looks waits for those who are in distress. */
	rcc_http_run(&app->http);
	return !app->is_stopping;
}

void
rcc_turn_stop(struct rcc_app *app)
{
	app->now_ms = rcc_clock_now_ms(&app->clock);
	if (!app->is_degraded)
		rcc_outbound_checkpoint(app, RCC_CHECKPOINT_NOW);
}
