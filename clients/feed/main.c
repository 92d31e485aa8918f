/*
 * rcc-feed - what receivers and other centres say, to the rescue coordination centre: gpsd, sentences, SIT 185 texts, beacons.
 */
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

#include <systemd/sd-daemon.h>

#include "feed/config.h"
#include "feed/feed.h"
#include "feed/input.h"
#include "feed/log.h"
#include "librcc/i18n.h"
#include "rcc/text.h"
#include "rcc/units.h"

/* Longest sleep: the client wants a look every second. */
#define IDLE_MS 1000
/* What can wait is not read before the centre has answered, for so long: its positions would be dropped without a link. */
#define HOLD_MAX_MS 3000
/* When it is told to stop, the centre may take so long to read the last sums and what was begun. */
#define STOP_MAX_MS 2000
/* After the end of all input, the centre may take so long to accept what is left: four attempts on a good link. */
#define FINISH_MAX_MS 30000

struct app {
	struct rcc_feed_config config;
	struct rcc_feed feed;
	struct rcc_feed_inputs inputs;
	int signals;
	int64_t began_ms;
	int64_t finish_ms; /* when all input had ended; 0 = not yet */
	uint64_t finish_welcomes;
	int64_t watchdog_ms; /* ping this often; 0 = nobody watches */
	int64_t pinged_ms;
};

static int64_t
clock_ms(clockid_t clock)
{
	struct timespec now = {0};
	(void)clock_gettime(clock, &now);
	return (int64_t)now.tv_sec * RCC_MS_PER_S + now.tv_nsec / 1000000;
}

static int
open_signals(void)
{
	sigset_t set;
	(void)sigemptyset(&set);
	(void)sigaddset(&set, SIGTERM);
	(void)sigaddset(&set, SIGINT);
	if (signal(SIGPIPE, SIG_IGN) == SIG_ERR || sigprocmask(SIG_BLOCK, &set, NULL) != 0) {
		return -1;
	}
	return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

/*
 * A damaged outbox must not silence a coast station: it is put aside, whole, for a person to look at, and a new one made.
 */
static enum rcc_status
open_or_replace(const struct rcc_client_config *config, struct rcc_client **ret_client, struct rcc_fault *ret_fault)
{
	enum rcc_status status = rcc_client_open(config, ret_client, ret_fault);
	char aside[RCC_ENDPOINT_MAX + 40];
	if (status != RCC_E_CORRUPT) {
		return status;
	}
	char log[RCC_ENDPOINT_MAX + 8];
	char log_aside[sizeof aside + 8];
	(void)snprintf(aside, sizeof aside, "%s.damaged-%lld", config->store, (long long)clock_ms(CLOCK_REALTIME));
	(void)snprintf(log, sizeof log, "%s-wal", config->store);
	(void)snprintf(log_aside, sizeof log_aside, "%s-wal", aside);
	if (rename(config->store, aside) != 0) {
		return status;
	}
	/* Its write-ahead log must go with it, or SQLite would apply it to the new one. */
	(void)rename(log, log_aside);
	rcc_feed_log(RCC_FEED_ERROR, "outbox_damaged",
	             "%s; it is kept as %s and a new one made: alerts that waited in it were not told", ret_fault->text,
	             aside);
	return rcc_client_open(config, ret_client, ret_fault);
}

static enum rcc_status
open_client(struct app *app, struct rcc_client **ret_client)
{
	struct rcc_fault fault = {.status = RCC_OK};
	if (app->config.dry_run) {
		*ret_client = NULL;
		return RCC_OK;
	}
	if (rcc_client_init() != RCC_OK) {
		rcc_feed_log(RCC_FEED_ERROR, "start_failed", "the kernel gives no randomness");
		return RCC_E_IO;
	}
	enum rcc_status status = open_or_replace(&app->config.client, ret_client, &fault);
	if (status != RCC_OK) {
		rcc_feed_log(RCC_FEED_ERROR, "start_failed", "%s", fault.text);
		return status;
	}
	char text[RCC_KEY_TEXT_SIZE];
	struct rcc_key key = rcc_client_public_key(*ret_client);
	rcc_feed_log(RCC_FEED_INFO, "public_key", "%s", rcc_key_format(text, &key));
	return RCC_OK;
}

static enum rcc_status
open_inputs(struct app *app)
{
	const struct rcc_feed_config *config = &app->config;
	struct rcc_fault fault = {.status = RCC_OK};
	struct rcc_feed_places places = {
	    .gpsd = config->gpsd[0] != '\0' ? config->gpsd : NULL,
	    .nmea = config->nmea[0] != '\0' ? config->nmea : NULL,
	    .text = config->text[0] != '\0' ? config->text : NULL,
	    .text_as = config->text_as,
	    .beacon = config->beacon[0] != '\0' ? config->beacon : NULL,
	    .is_dry = config->dry_run,
	};
	enum rcc_status status = rcc_feed_inputs_open(&app->inputs, &places, app->began_ms, &fault);
	if (status != RCC_OK) {
		rcc_feed_log(RCC_FEED_ERROR, "start_failed", "%s", fault.text);
	}
	return status;
}

static enum rcc_status
open_app(struct app *app)
{
	struct rcc_client *client = NULL;
	struct rcc_feed *feed = &app->feed;
	app->began_ms = clock_ms(CLOCK_MONOTONIC);
	feed->since_at_ms = clock_ms(CLOCK_REALTIME);
	enum rcc_status status = open_inputs(app);
	if (status != RCC_OK) {
		return status;
	}
	app->signals = open_signals();
	if (app->signals < 0) {
		rcc_feed_log(RCC_FEED_ERROR, "start_failed", "signals cannot be taken");
		return RCC_E_IO;
	}
	status = open_client(app, &client);
	if (status != RCC_OK) {
		return status;
	}
	rcc_feed_batch_init(&feed->batch, app->config.batch_ms);
	rcc_feed_own_init(&feed->own, app->config.mmsi, app->config.own_every_s * RCC_MS_PER_S);
	rcc_feed_repeats_init(&feed->repeats);
	rcc_feed_out_init(&feed->out, client, app->config.name, app->config.client.store[0] != '\0');
	uint64_t watchdog_us = 0;
	if (sd_watchdog_enabled(0, &watchdog_us) > 0) {
		app->watchdog_ms = (int64_t)(watchdog_us / 2000);
	}
	return RCC_OK;
}

static struct rcc_feed_now
now_of(void)
{
	return (struct rcc_feed_now){.at_ms = clock_ms(CLOCK_REALTIME), .mono_ms = clock_ms(CLOCK_MONOTONIC)};
}

/*
 * The last sums, and alerts that only the end brought out, go now. A further Welcome proves that the centre has read what it
 * does not answer; without a link nobody waits.
 */
static void
part_from_centre(struct app *app)
{
	struct rcc_feed_out *out = &app->feed.out;
	int64_t began_ms = clock_ms(CLOCK_MONOTONIC);
	int64_t mono_ms = began_ms;
	uint64_t welcomes = out->welcomes;
	if (out->client == NULL || !out->linked || !rcc_client_is_linked(out->client)) {
		return;
	}
	rcc_feed_tell_centre(&app->feed, true, mono_ms);
	rcc_client_refresh(out->client);
	while (mono_ms - began_ms < STOP_MAX_MS && (out->welcomes == welcomes || rcc_feed_out_left(out) > 0)) {
		struct pollfd fd = {.fd = rcc_client_fd(out->client), .events = POLLIN};
		(void)poll(&fd, 1, (int)(STOP_MAX_MS - (mono_ms - began_ms)));
		mono_ms = clock_ms(CLOCK_MONOTONIC);
		rcc_feed_out_turn(out, mono_ms);
	}
}

/* Returns the exit code: with an outbox on disk what is left is sent at the next start, but the caller shall know. */
static int
close_app(struct app *app)
{
	struct rcc_feed_out *out = &app->feed.out;
	rcc_feed_inputs_finish(&app->inputs, &app->feed, now_of());
	rcc_feed_finish(&app->feed);
	part_from_centre(app);
	rcc_feed_tell(&app->feed);
	bool is_short = app->finish_ms != 0 && (rcc_feed_out_left(out) > 0 || out->counts.refused_alerts > 0);
	if (is_short) {
		rcc_feed_log(RCC_FEED_ERROR, "not_all_accepted",
		             "%lu alerts are not accepted by the centre, %llu are refused%s",
		             (unsigned long)rcc_feed_out_left(out), (unsigned long long)out->counts.refused_alerts,
		             out->has_store ? "; what is not accepted stays in the outbox" : "");
	}
	bool is_failed = is_short || rcc_feed_inputs_failed(&app->inputs);
	rcc_feed_out_close(out);
	rcc_feed_inputs_close(&app->inputs);
	(void)close(app->signals);
	return is_failed ? RCC_EXIT_FAILED : RCC_EXIT_OK;
}

static void
ping_watchdog(struct app *app, int64_t mono_ms)
{
	if (app->watchdog_ms > 0 && mono_ms - app->pinged_ms >= app->watchdog_ms) {
		app->pinged_ms = mono_ms;
		(void)sd_notify(0, "WATCHDOG=1");
	}
}

/* Is what can wait to wait? For room in the outbox, and at the start for the centre to answer. */
static bool
is_held(const struct app *app, int64_t mono_ms)
{
	const struct rcc_feed_out *out = &app->feed.out;
	bool is_early = out->client != NULL && out->welcomes == 0 && mono_ms - app->began_ms < HOLD_MAX_MS;
	return is_early || rcc_feed_out_is_full(out);
}

/* Sleeps until a socket, a signal, a batch or the watchdog wants something. False: we were told to stop. */
static bool
wait_for_work(struct app *app, int64_t mono_ms)
{
	struct pollfd fds[2 + RCC_FEED_INPUTS_MAX] = {{.fd = app->signals, .events = POLLIN},
	                                              {.fd = -1, .events = POLLIN}};
	if (app->feed.out.client != NULL) {
		fds[1].fd = rcc_client_fd(app->feed.out.client);
	}
	rcc_feed_inputs_poll(&app->inputs, is_held(app, mono_ms), fds + 2);
	int64_t idle_ms = app->watchdog_ms > 0 && app->watchdog_ms < IDLE_MS ? app->watchdog_ms : IDLE_MS;
	int64_t wait_ms =
	    rcc_feed_inputs_has_more(&app->inputs) ? 0 : rcc_feed_batch_wait_ms(&app->feed.batch, mono_ms, idle_ms);
	(void)poll(fds, 2 + RCC_FEED_INPUTS_MAX, (int)wait_ms);
	struct signalfd_siginfo info;
	return read(app->signals, &info, sizeof info) <= 0;
}

/*
 * True: all input has ended and all of it has arrived, or the time for that is over. A second Welcome proves that the centre
 * has read the positions too, which it does not answer.
 */
static bool
is_finished(struct app *app, int64_t mono_ms)
{
	struct rcc_feed_out *out = &app->feed.out;
	if (!rcc_feed_inputs_done(&app->inputs)) {
		return false;
	}
	if (app->finish_ms == 0) {
		rcc_feed_finish(&app->feed);
		app->finish_ms = mono_ms;
		app->finish_welcomes = out->welcomes;
		if (out->client != NULL && out->welcomes > 0) {
			rcc_client_refresh(out->client);
		}
	}
	if (out->client == NULL || mono_ms - app->finish_ms >= FINISH_MAX_MS) {
		return true;
	}
	return rcc_feed_out_left(out) == 0 && out->welcomes > app->finish_welcomes;
}

static void
run(struct app *app)
{
	(void)sd_notify(0, "READY=1\nSTATUS=running");
	int64_t mono_ms = clock_ms(CLOCK_MONOTONIC);
	while (!is_finished(app, mono_ms) && wait_for_work(app, mono_ms)) {
		struct rcc_feed_now now = now_of();
		mono_ms = now.mono_ms;
		rcc_feed_inputs_turn(&app->inputs, &app->feed, is_held(app, mono_ms), now);
		rcc_feed_flush(&app->feed, mono_ms);
		rcc_feed_out_turn(&app->feed.out, mono_ms);
		rcc_feed_tell_centre(&app->feed, false, mono_ms);
		ping_watchdog(app, mono_ms);
	}
	(void)sd_notify(0, "STOPPING=1");
}

int
main(int argc, char **argv)
{
	int exit_code = RCC_EXIT_CONFIG;
	enum rcc_status status;
	struct app *app = calloc(1, sizeof *app);
	if (app == NULL) {
		rcc_feed_log(RCC_FEED_ERROR, "start_failed", "memory is short");
		return RCC_EXIT_FAILED;
	}
	rcc_i18n_begin();
	/* A line that a script waits for must not sit in a buffer. */
	(void)setvbuf(stdout, NULL, _IOLBF, 0);
	if (rcc_feed_config_read(argc, argv, &app->config, &exit_code) != RCC_OK) {
		goto out;
	}
	status = open_app(app);
	if (status != RCC_OK) {
		/* Only what a person must change ends it for good: an outbox on a full disk may come back by itself. */
		exit_code = rcc_exit_of(status);
		goto out;
	}
	run(app);
	exit_code = close_app(app);
out:
	free(app);
	return exit_code;
}
