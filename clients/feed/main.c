/*
 * rcc-feed - one gpsd's positions, AIS traffic, AIS beacons and DSC calls, to the rescue coordination centre.
 */
#include <locale.h>
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
#include "feed/log.h"
#include "librcc/i18n.h"
#include "rcc/text.h"
#include "rcc/units.h"

/* Lines taken in one turn: about 10 ms of work, so that the centre's answers never wait longer. */
#define LINES_MAX 1024
/* Longest sleep: the client wants a look every second. */
#define IDLE_MS 1000

struct app {
	struct rcc_feed_config config;
	struct rcc_feed feed;
	int signals;
	bool more;           /* lines are waiting in libgps */
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
open_app(struct app *app)
{
	struct rcc_client *client = NULL;
	int64_t mono_ms = clock_ms(CLOCK_MONOTONIC);
	struct rcc_feed *feed = &app->feed;
	if (rcc_feed_gps_init(&feed->gps, app->config.gpsd, mono_ms) != RCC_OK) {
		rcc_feed_log(RCC_FEED_ERROR, "start_failed", "\"%s\" is not HOST:PORT", app->config.gpsd);
		return RCC_E_RANGE;
	}
	app->signals = open_signals();
	if (app->signals < 0) {
		rcc_feed_log(RCC_FEED_ERROR, "start_failed", "signals cannot be taken");
		return RCC_E_IO;
	}
	enum rcc_status status = open_client(app, &client);
	if (status != RCC_OK) {
		return status;
	}
	rcc_feed_batch_init(&feed->batch, app->config.batch_ms);
	rcc_feed_own_init(&feed->own, app->config.mmsi, app->config.own_every_s * RCC_MS_PER_S);
	rcc_feed_repeats_init(&feed->repeats);
	rcc_feed_out_init(&feed->out, client, app->config.name);
	uint64_t watchdog_us = 0;
	if (sd_watchdog_enabled(0, &watchdog_us) > 0) {
		app->watchdog_ms = (int64_t)(watchdog_us / 2000);
	}
	return RCC_OK;
}

static void
close_app(struct app *app)
{
	const struct rcc_feed_counts *counts = &app->feed.out.counts;
	rcc_feed_finish(&app->feed);
	rcc_feed_log(
	    RCC_FEED_INFO, "stopped",
	    "%llu lines read; handed on %llu reports (%llu more replaced by newer ones), %llu static, %llu own, "
	    "%llu alerts, %llu raw; dropped %llu without position, %llu without a link; %llu refused",
	    (unsigned long long)app->feed.lines, (unsigned long long)counts->reports,
	    (unsigned long long)app->feed.replaced, (unsigned long long)counts->statics,
	    (unsigned long long)counts->own, (unsigned long long)counts->alerts, (unsigned long long)counts->raw,
	    (unsigned long long)app->feed.no_position, (unsigned long long)counts->unsent,
	    (unsigned long long)counts->refused);
	rcc_feed_out_close(&app->feed.out);
	rcc_feed_gps_close(&app->feed.gps);
	(void)close(app->signals);
}

static void
read_gpsd(struct app *app, int64_t mono_ms)
{
	int64_t at_ms = clock_ms(CLOCK_REALTIME);
	enum rcc_status status = RCC_OK;
	int lines = 0;
	while (lines < LINES_MAX && status == RCC_OK) {
		status = rcc_feed_gps_read(&app->feed.gps, mono_ms);
		if (status == RCC_OK) {
			rcc_feed_take(&app->feed, at_ms, mono_ms);
			lines++;
		}
	}
	app->more = status == RCC_OK;
}

static void
ping_watchdog(struct app *app, int64_t mono_ms)
{
	if (app->watchdog_ms > 0 && mono_ms - app->pinged_ms >= app->watchdog_ms) {
		app->pinged_ms = mono_ms;
		(void)sd_notify(0, "WATCHDOG=1");
	}
}

/* Sleeps until a socket, a signal, a batch or the watchdog wants something. False: we were told to stop. */
static bool
wait_for_work(struct app *app, int64_t mono_ms)
{
	struct pollfd fds[3] = {{.fd = app->signals, .events = POLLIN}, {.fd = -1}, {.fd = -1, .events = POLLIN}};
	fds[1].fd = rcc_feed_gps_fd(&app->feed.gps, &fds[1].events);
	if (app->feed.out.client != NULL) {
		fds[2].fd = rcc_client_fd(app->feed.out.client);
	}
	int64_t idle_ms = app->watchdog_ms > 0 && app->watchdog_ms < IDLE_MS ? app->watchdog_ms : IDLE_MS;
	int64_t wait_ms = app->more ? 0 : rcc_feed_batch_wait_ms(&app->feed.batch, mono_ms, idle_ms);
	(void)poll(fds, 3, (int)wait_ms);
	struct signalfd_siginfo info;
	return read(app->signals, &info, sizeof info) <= 0;
}

static void
run(struct app *app)
{
	(void)sd_notify(0, "READY=1\nSTATUS=running");
	int64_t mono_ms = clock_ms(CLOCK_MONOTONIC);
	while (wait_for_work(app, mono_ms)) {
		mono_ms = clock_ms(CLOCK_MONOTONIC);
		rcc_feed_gps_turn(&app->feed.gps, mono_ms);
		read_gpsd(app, mono_ms);
		rcc_feed_flush(&app->feed, mono_ms);
		rcc_feed_out_turn(&app->feed.out, mono_ms);
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
	(void)setlocale(LC_ALL, "");
	(void)setlocale(LC_NUMERIC, "C");
	(void)textdomain(RCC_TEXT_DOMAIN);
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
	close_app(app);
	exit_code = RCC_EXIT_OK;
out:
	free(app);
	return exit_code;
}
