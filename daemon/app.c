#include "app.h"
#include "build_stamp.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "batch.h"
#include "keys.h"
#include "metrics.h"
#include "rcc/text.h"
#include "rcc/units.h"
#include "seal.h"
#include "sys/epoch.h"

static void
replay(void *context, const struct rcc_link *link, const struct rcc_entry *entry)
{
	(void)link;
	rcc_core_replay(context, entry);
}

/* Nobody outside knows how messages are spread over the index of those that were seen. */
static void
begin_core(struct rcc_core *core)
{
	rcc_core_init(core);
	randombytes_buf(&core->seen_seed, sizeof core->seen_seed);
}

/* A copy of what is known; NULL: nothing is, or there is no memory for it. */
static struct rcc_core *
keep_core(const struct rcc_app *app)
{
	struct rcc_core *copy = rcc_core_seq(&app->core) == 0 ? NULL : malloc(sizeof *copy);

	if (copy != NULL)
		memcpy(copy, &app->core, sizeof *copy);
	return copy;
}

enum rcc_status
rcc_app_open_journal(struct rcc_app *app, struct rcc_fault *ret_fault)
{
	struct rcc_audit_report report = {0};
	struct rcc_fault fault = {0};

	struct rcc_core *known = keep_core(app);

	begin_core(&app->core);
	enum rcc_status status = rcc_journal_open(&app->journal, app->journal_path, &app->sign_key,
	                                          rcc_clock_now_ms(&app->clock), replay, &app->core, ret_fault);
	if (status == RCC_OK && rcc_journal_was_renewed(&app->journal))
		rcc_log(
		    RCC_LOG_WARNING, "journal_renewed",
		    "its tables for people were of another build: made again from the entries, which are as they were");
	if (status == RCC_OK) {
		free(known);
		return RCC_OK;
	}
	/* It cannot be written, or must not be: show what can be read of it. */
	begin_core(&app->core);
	enum rcc_status read = rcc_journal_audit(app->journal_path, NULL, NULL, 0, replay, &app->core, &report, &fault);
	if (read != RCC_OK)
		rcc_log(RCC_LOG_ERROR, "journal_read", "entry %llu: %s", (unsigned long long)report.bad_seq,
		        report.bad_seq != 0 ? report.bad_reason : fault.text);
	if (report.head.seq != 0) {
		app->last_journal = report.journal;
		app->last_head = report.head;
	}
	/* A disk that gives nothing back makes no enrolled ship a stranger: what was known is known until it can be read again. */
	if (known != NULL && read != RCC_OK && status != RCC_E_CORRUPT &&
	    rcc_core_seq(&app->core) < rcc_core_seq(known))
		memcpy(&app->core, known, sizeof app->core);
	free(known);
	return status;
}

struct rcc_link
rcc_app_head(const struct rcc_app *app)
{
	if (app->journal.impl != NULL)
		return rcc_journal_head(&app->journal);
	return app->last_head.seq != 0 ? app->last_head
	                               : (struct rcc_link){.seq = rcc_core_seq(&app->core), .at_ms = app->core.at_ms};
}

struct rcc_journal_id
rcc_app_journal_id(const struct rcc_app *app)
{
	return app->journal.impl != NULL ? rcc_journal_id(&app->journal) : app->last_journal;
}

/* A note that is left from before, or of another record, says nothing of this one. */
static void
add_epoch(const struct rcc_app *app, struct rcc_run *run)
{
	struct rcc_epoch_note note;
	enum rcc_status status = rcc_epoch_read(app->config.state_dir, &note);

	if (status == RCC_E_MALFORMED)
		rcc_log(RCC_LOG_ERROR, "epoch", "epoch.pending in %s cannot be read", app->config.state_dir);
	if (status != RCC_OK || note.good_seq != rcc_app_head(app).seq)
		return;
	run->epoch_count = 1;
	run->epoch[0] = note.epoch;
	rcc_log(RCC_LOG_WARNING, "new_epoch", "by %s: the record before was damaged: %s", note.epoch.officer,
	        note.epoch.damage);
}

enum rcc_status
rcc_app_take_run(struct rcc_app *app)
{
	struct rcc_command *command = rcc_batch_command(app, RCC_COMMAND_RUN);

	rcc_text_copy_lossy(command->u.run.build, sizeof command->u.run.build, RCC_BUILD, strlen(RCC_BUILD));
	memcpy(command->u.run.centre, app->config.centre, sizeof command->u.run.centre);
	command->u.run.rules = app->config.rules;
	add_epoch(app, &command->u.run);
	return rcc_batch_take(app, NULL, NULL);
}

/* What it was until now is what ships are told of it until it can be opened again. */
static void
close_journal(struct rcc_app *app)
{
	if (app->journal.impl != NULL) {
		app->last_journal = rcc_journal_id(&app->journal);
		app->last_head = rcc_journal_head(&app->journal);
	}
	rcc_journal_close(&app->journal);
}

static enum rcc_status
record_run(struct rcc_app *app, struct rcc_fault *ret_fault)
{
	app->now_ms = rcc_clock_now_ms(&app->clock);
	if (rcc_app_take_run(app) != RCC_OK || rcc_journal_commit(&app->journal) != RCC_OK)
		return rcc_fault_set(ret_fault, RCC_E_IO, "%s: the start of this run cannot be recorded",
		                     app->journal_path);
	rcc_batch_clear(app);
	rcc_epoch_forget(app->config.state_dir);
	app->is_run_recorded = true;
	return RCC_OK;
}

void
rcc_app_degrade(struct rcc_app *app)
{
	struct rcc_fault fault = {0};

	app->is_degraded = true;
	app->has_failed = false;
	rcc_notify_status("DEGRADED: nothing can be recorded");
	close_journal(app);
	enum rcc_status status = rcc_app_open_journal(app, &fault);
	if (status == RCC_OK)
		return;
	app->is_damaged = status == RCC_E_CORRUPT;
	app->degraded = fault;
	rcc_log(RCC_LOG_ERROR, "journal", "%s", fault.text);
}

/* A run that cannot be recorded serves degraded, and is recorded when it can be. */
static void
begin_run(struct rcc_app *app)
{
	struct rcc_fault fault = {0};

	if (record_run(app, &fault) == RCC_OK)
		return;
	rcc_log(RCC_LOG_ERROR, "degraded", "%s", fault.text);
	rcc_app_degrade(app);
	rcc_batch_clear(app);
}

/* True once there is a journal that takes rows. */
static bool
is_writable(struct rcc_app *app)
{
	struct rcc_fault fault = {0};

	if (app->journal.impl == NULL && rcc_app_open_journal(app, &fault) != RCC_OK)
		return false;
	if (rcc_journal_probe(&app->journal) == RCC_OK)
		return true;
	close_journal(app);
	return rcc_app_open_journal(app, &fault) == RCC_OK && rcc_journal_probe(&app->journal) == RCC_OK;
}

void
rcc_app_probe(struct rcc_app *app)
{
	if (app->is_damaged || !is_writable(app))
		return;
	app->is_degraded = false;
	if (!app->is_run_recorded)
		begin_run(app);
	if (app->is_degraded)
		return;
	app->unrecorded_count = 0; /* their senders say them again, and now they are recorded */
	rcc_log(RCC_LOG_WARNING, "recovered", "the journal can be written again");
	rcc_notify_status("serving");
	/* What the ships were given before is in the ledger, or is given again. */
	for (uint32_t i = 0; i < app->core.peer_count; i++) {
		struct rcc_contact *contact = &app->contact[i];
		uint32_t last = app->core.peer[i].delivery_last;

		contact->sent_upto = contact->sent_upto > last ? last : contact->sent_upto;
		contact->calls_upto = contact->calls_upto > last ? last : contact->calls_upto;
		contact->circulars_upto = contact->circulars_upto > last ? last : contact->circulars_upto;
	}
}

/* Asked by the ZAP handler for each connection. What a peer may say is checked again on every message. */
static enum rcc_admit
admit(void *context, enum rcc_port port, const struct rcc_key *key)
{
	const struct rcc_app *app = context;
	struct rcc_peer_id peer;
	bool is_revoked;
	enum rcc_role role = rcc_core_identify(&app->core, key, &peer, &is_revoked);

	if (port == RCC_PORT_SHIPS)
		return role == RCC_ROLE_VESSEL || role == RCC_ROLE_FEED ? RCC_ADMIT_YES : RCC_ADMIT_GUEST;
	/* Another centre speaks of its cases where officers do, an agency asks there; neither follows the live record. */
	if (role == RCC_ROLE_PEER || role == RCC_ROLE_AGENCY)
		return port == RCC_PORT_OPERATIONS ? RCC_ADMIT_YES : RCC_ADMIT_NO;
	return role == RCC_ROLE_OFFICER || role == RCC_ROLE_AUDITOR || role == RCC_ROLE_ADMIN ? RCC_ADMIT_YES
	                                                                                      : RCC_ADMIT_NO;
}

static void
restore_report(void *context, const struct rcc_report *report, struct rcc_peer_id source, int64_t at_ms)
{
	struct rcc_app *app = context;

	if (rcc_picture_update(&app->picture, report, source, at_ms) == RCC_E_FULL)
		rcc_log(RCC_LOG_WARNING, "picture_full", "more vessels in the tracks than the picture holds");
}

static void
restore_static(void *context, const struct rcc_static *vessel, struct rcc_peer_id source)
{
	struct rcc_app *app = context;

	if (rcc_picture_update_static(&app->picture, vessel, source) == RCC_E_FULL)
		rcc_log(RCC_LOG_WARNING, "picture_full", "more vessels in the tracks than the picture holds");
}

static enum rcc_status
open_positions(struct rcc_app *app, struct rcc_fault *ret_fault)
{
	char path[RCC_PATH_MAX + 16];
	int64_t since_ms = rcc_clock_now_ms(&app->clock) - (int64_t)app->config.picture_forget_min * RCC_MS_PER_MIN;

	if (rcc_picture_open(&app->picture, app->config.picture_capacity) != RCC_OK)
		return rcc_fault_set(ret_fault, RCC_E_FULL, "no memory for a picture of %u vessels",
		                     app->config.picture_capacity);
	(void)snprintf(path, sizeof path, "%s/tracks.db", app->config.state_dir);
	struct rcc_fault fault = {0};
	enum rcc_status status = rcc_track_open(&app->tracks, path, &fault);
	if (status != RCC_OK) {
		rcc_log(RCC_LOG_ERROR, "tracks_failed", "positions are not kept on disk in this run: %s", fault.text);
		return RCC_OK;
	}
	status = rcc_track_latest(&app->tracks, since_ms, restore_report, restore_static, app);
	if (status != RCC_OK)
		rcc_log(RCC_LOG_WARNING, "tracks_failed", "the picture starts empty: %s", rcc_status_text(status));
	return RCC_OK;
}

static enum rcc_status
open_net(struct rcc_app *app, struct rcc_fault *ret_fault)
{
	struct rcc_net_config *net = &app->net_config;
	const char *runtime = getenv("RUNTIME_DIRECTORY");

	memcpy(net->ships, app->config.ships, sizeof net->ships);
	memcpy(net->operations, app->config.operations, sizeof net->operations);
	memcpy(net->live, app->config.live, sizeof net->live);
	int len = app->config.control[0] != '\0'
	              ? snprintf(net->control, sizeof net->control, "%s", app->config.control)
	              : snprintf(net->control, sizeof net->control, "%s/control.sock",
	                         runtime != NULL && runtime[0] != '\0' ? runtime : app->config.state_dir);
	if (len < 0 || (size_t)len >= sizeof net->control)
		return rcc_fault_set(ret_fault, RCC_E_CONFIG, "the path of the control socket is too long");
	enum rcc_status status = rcc_net_open(&app->net, net, admit, app, ret_fault);
	if (status != RCC_OK)
		return status;
	return rcc_net_self_test(&app->net, ret_fault);
}

/* A damaged or unwritable journal does not keep the daemon from showing alerts: it serves degraded. */
static void
open_record(struct rcc_app *app)
{
	struct rcc_fault fault = {0};

	(void)snprintf(app->journal_path, sizeof app->journal_path, "%s/journal.db", app->config.state_dir);
	enum rcc_status status = rcc_app_open_journal(app, &fault);
	if (status == RCC_OK) {
		rcc_clock_init(&app->clock, rcc_journal_head(&app->journal).at_ms);
		return;
	}
	app->is_degraded = true;
	app->degraded = fault;
	app->is_damaged = status == RCC_E_CORRUPT;
	rcc_log(RCC_LOG_ERROR, "degraded", "%s%s", fault.text,
	        app->is_damaged ? "; it is not extended: stop rccd, then `rccctl new-epoch` sets it aside" : "");
}

enum rcc_status
rcc_app_open(struct rcc_app *app, const struct rcc_config *config, struct rcc_fault *ret_fault)
{
	app->config = *config;
	app->lock_fd = -1;
	app->http.fd = -1;
	rcc_clock_init(&app->clock, 0);
	app->signal_fd = rcc_signals_open();
	enum rcc_status status =
	    app->signal_fd < 0 ? rcc_fault_set(ret_fault, RCC_E_IO, "signals cannot be received: %s", strerror(errno))
	                       : rcc_chain_init();
	if (status == RCC_OK)
		status = rcc_state_lock(config->state_dir, &app->lock_fd, ret_fault);
	if (status == RCC_OK)
		status = rcc_keys_load(app, config->state_dir, ret_fault);
	if (status == RCC_OK) {
		open_record(app);
		rcc_seal_start(app);
		status = open_positions(app, ret_fault);
	}
	if (status == RCC_OK)
		status = open_net(app, ret_fault);
	if (status == RCC_OK)
		status = rcc_http_open(&app->http, app->config.http, rcc_metrics_page, app, ret_fault);
	/* The record of a run begins when it can serve. */
	if (status == RCC_OK && !app->is_degraded)
		begin_run(app);
	if (status != RCC_OK) {
		rcc_app_close(app);
		return status;
	}
	app->started_at_ms = rcc_clock_now_ms(&app->clock);
	app->deadline_seq = UINT64_MAX;
	return RCC_OK;
}

void
rcc_app_reload(struct rcc_app *app, const struct rcc_config *fresh)
{
	const char *waiting[RCC_CONFIG_WAITING_MAX];
	size_t count = rcc_config_adopt(&app->config, fresh, waiting);

	for (size_t i = 0; i < count; i++)
		rcc_log(RCC_LOG_WARNING, "reload_waits", "%s is changed in the file: it takes a restart", waiting[i]);
	struct rcc_fault fault = {0};
	if (rcc_keys_announce(app, app->config.state_dir, &fault) != RCC_OK)
		rcc_log(RCC_LOG_ERROR, "next_key", "it is not announced: %s", fault.text);
	app->wants_run = true;
}

void
rcc_app_close(struct rcc_app *app)
{
	rcc_http_close(&app->http);
	rcc_net_close(&app->net);
	rcc_track_close(&app->tracks);
	rcc_seal_stop(app);
	rcc_picture_close(&app->picture);
	rcc_journal_close(&app->journal);
	rcc_sign_key_wipe(&app->sign_key);
	memset(app->net_config.server_secret, 0, sizeof app->net_config.server_secret);
	if (app->signal_fd > 0)
		(void)close(app->signal_fd);
	if (app->lock_fd > 0)
		(void)close(app->lock_fd);
	app->signal_fd = -1;
	app->lock_fd = -1;
}
