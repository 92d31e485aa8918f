#include "feed/out.h"

#include <assert.h>
#include <string.h>

#include "feed/log.h"
#include "feed/print.h"
#include "rcc/text.h"
#include "rcc/units.h"

/* Answers taken in one turn: bounds the time away from gpsd. */
#define ANSWERS_MAX 128
/* A key that is not enrolled is refused with every batch; the log says so once a minute. */
#define REFUSED_TELL_MS RCC_MS_PER_MIN

void
rcc_feed_out_init(struct rcc_feed_out *out, struct rcc_client *client, const char *name, bool has_store)
{
	memset(out, 0, sizeof *out);
	out->client = client;
	out->name = name;
	out->has_store = has_store;
	/* What an earlier run left in the outbox. */
	out->open_signals = client != NULL ? rcc_client_outbox_count(client) : 0;
}

void
rcc_feed_out_close(struct rcc_feed_out *out)
{
	for (uint32_t i = 0; i < out->waiting_count; i++) {
		rcc_feed_log(RCC_FEED_ERROR, "alert_lost", "stopped before this alert could be kept:");
		rcc_feed_print_signal(&out->waiting[i]);
	}
	out->waiting_count = 0;
	rcc_client_close(&out->client);
}

/* A fresh message; only the head is cleared, the body is a megabyte for other programs' sake. */
static struct rcc_envelope *
message_of(struct rcc_feed_out *out, enum rcc_body_kind kind, enum rcc_class class)
{
	memset(&out->message, 0, offsetof(struct rcc_envelope, u));
	out->message.kind = kind;
	out->message.class = class;
	return &out->message;
}

/* Sends a message that its successor will replace: no link, no message. */
static void
send_or_drop(struct rcc_feed_out *out, struct rcc_envelope *message, uint32_t count, uint64_t *counter)
{
	enum rcc_status status = rcc_client_send(out->client, message);
	if (status == RCC_OK) {
		*counter += count;
	} else {
		out->counts.unsent += count;
	}
}

void
rcc_feed_out_reports(struct rcc_feed_out *out, const struct rcc_position_batch *positions)
{
	if (out->client != NULL) {
		struct rcc_envelope *message = message_of(out, RCC_BODY_POSITION_BATCH, RCC_CLASS_LIVE);
		message->u.positions = *positions;
		send_or_drop(out, message, positions->count, &out->counts.reports);
		return;
	}
	for (uint32_t i = 0; i < positions->count; i++) {
		rcc_feed_print_report(&positions->report[i]);
	}
	out->counts.reports += positions->count;
}

void
rcc_feed_out_statics(struct rcc_feed_out *out, const struct rcc_static_batch *statics)
{
	if (out->client != NULL) {
		struct rcc_envelope *message = message_of(out, RCC_BODY_STATIC_BATCH, RCC_CLASS_LIVE);
		message->u.statics = *statics;
		send_or_drop(out, message, statics->count, &out->counts.statics);
		return;
	}
	for (uint32_t i = 0; i < statics->count; i++) {
		rcc_feed_print_static(&statics->vessel[i]);
	}
	out->counts.statics += statics->count;
}

void
rcc_feed_out_own(struct rcc_feed_out *out, const struct rcc_report *report)
{
	if (out->client != NULL) {
		struct rcc_envelope *message = message_of(out, RCC_BODY_POSITION, RCC_CLASS_LIVE);
		message->u.position = *report;
		send_or_drop(out, message, 1, &out->counts.own);
		return;
	}
	rcc_feed_print_report(report);
	out->counts.own++;
}

bool
rcc_feed_out_sums(struct rcc_feed_out *out, const struct rcc_tally *sums)
{
	if (out->client == NULL) {
		return false;
	}
	struct rcc_envelope *message = message_of(out, RCC_BODY_FEED_TALLY, RCC_CLASS_LIVE);
	message->u.tally = *sums;
	return rcc_client_send(out->client, message) == RCC_OK;
}

/* Hands a signal to the durable outbox. */
static enum rcc_status
post(struct rcc_feed_out *out, const struct rcc_feed_signal *signal)
{
	bool is_test = signal->kind == RCC_BODY_ALERT && signal->u.alert.class == RCC_CLASS_TEST;
	struct rcc_envelope *message = message_of(out, signal->kind, is_test ? RCC_CLASS_TEST : RCC_CLASS_LIVE);
	if (signal->kind == RCC_BODY_ALERT) {
		message->u.alert = signal->u.alert;
	} else {
		message->u.alert_raw = signal->u.raw;
	}
	enum rcc_status status = rcc_client_post(out->client, message);
	out->open_signals += status == RCC_OK ? 1 : 0;
	return status;
}

static void
count_signal(struct rcc_feed_out *out, const struct rcc_feed_signal *signal)
{
	if (signal->kind == RCC_BODY_ALERT) {
		out->counts.alerts++;
	} else {
		out->counts.raw++;
	}
}

void
rcc_feed_out_signal(struct rcc_feed_out *out, const struct rcc_feed_signal *signal)
{
	assert(signal->kind == RCC_BODY_ALERT || signal->kind == RCC_BODY_ALERT_RAW);
	if (out->client == NULL) {
		rcc_feed_print_signal(signal);
		count_signal(out, signal);
		return;
	}
	enum rcc_status status = out->waiting_count > 0 ? RCC_E_BUSY : post(out, signal);
	if (status == RCC_OK) {
		count_signal(out, signal);
		return;
	}
	if (out->waiting_count < RCC_FEED_WAITING_MAX) {
		if (out->waiting_count == 0) {
			rcc_feed_log(RCC_FEED_ERROR, "outbox_failed",
			             "an alert cannot be put into the outbox: %s; it is kept in memory and tried again",
			             rcc_status_text(status));
		}
		out->waiting[out->waiting_count++] = *signal;
		return;
	}
	rcc_feed_log(RCC_FEED_ERROR, "alert_lost",
	             "the outbox takes nothing and memory for alerts is full; lost here:");
	rcc_feed_print_signal(signal);
}

enum rcc_status
rcc_feed_out_try(struct rcc_feed_out *out, const struct rcc_feed_signal *signal)
{
	out->watch = RCC_FEED_WATCH_SAFE;
	if (out->client == NULL) {
		rcc_feed_out_signal(out, signal);
		return RCC_OK;
	}
	enum rcc_status status = out->waiting_count > 0 ? RCC_E_BUSY : post(out, signal);
	if (status != RCC_OK) {
		return status;
	}
	count_signal(out, signal);
	out->watched = out->message.id;
	bool is_kept = out->has_store && rcc_client_store_fault(out->client) == NULL;
	out->watch = is_kept ? RCC_FEED_WATCH_SAFE : RCC_FEED_WATCH_OPEN;
	return RCC_OK;
}

enum rcc_feed_watch
rcc_feed_out_watch(const struct rcc_feed_out *out)
{
	return out->watch;
}

bool
rcc_feed_out_is_full(const struct rcc_feed_out *out)
{
	return out->waiting_count > 0;
}

uint32_t
rcc_feed_out_left(const struct rcc_feed_out *out)
{
	return out->client == NULL ? 0 : out->waiting_count + rcc_client_outbox_count(out->client);
}

static void
post_waiting(struct rcc_feed_out *out)
{
	uint32_t done = 0;
	while (done < out->waiting_count && post(out, &out->waiting[done]) == RCC_OK) {
		count_signal(out, &out->waiting[done]);
		done++;
	}
	if (done == 0) {
		return;
	}
	out->waiting_count -= done;
	memmove(&out->waiting[0], &out->waiting[done], out->waiting_count * sizeof out->waiting[0]);
	if (out->waiting_count == 0) {
		rcc_feed_log(RCC_FEED_NOTICE, "outbox_recovered", "all alerts that waited are in the outbox");
	}
}

static void
note_answer(struct rcc_feed_out *out, const struct rcc_msg_id *reply_to, enum rcc_feed_watch watch)
{
	if (out->watch == RCC_FEED_WATCH_OPEN && memcmp(reply_to->b, out->watched.b, sizeof reply_to->b) == 0) {
		out->watch = watch;
	}
}

static void
tell_accepted(const struct rcc_accepted *accepted)
{
	if (accepted->incident.v != 0) {
		rcc_feed_log(RCC_FEED_NOTICE, "alert_accepted", "entry %llu, alert %u, incident %u",
		             (unsigned long long)accepted->entry.seq, accepted->alert.v, accepted->incident.v);
	} else if (accepted->alert.v != 0) {
		rcc_feed_log(RCC_FEED_NOTICE, "alert_accepted", "entry %llu, alert %u",
		             (unsigned long long)accepted->entry.seq, accepted->alert.v);
	}
}

static void
tell_refused(struct rcc_feed_out *out, const struct rcc_refused *refused, int64_t mono_ms)
{
	uint32_t left = rcc_client_outbox_count(out->client);
	out->counts.refused++;
	/* Positions are refused as well, but never wait for an answer. */
	if (left < out->open_signals) {
		out->counts.refused_alerts += out->open_signals - left;
		out->open_signals = left;
	}
	if (out->refused_mono_ms != 0 && mono_ms - out->refused_mono_ms < REFUSED_TELL_MS) {
		return;
	}
	out->refused_mono_ms = mono_ms;
	rcc_feed_log(RCC_FEED_WARNING, "refused", "the centre refuses what we send (%s%s%s): %s",
	             rcc_refusal_word(refused->reason), refused->field[0] != '\0' ? ", " : "", refused->field,
	             refused->text[0] != '\0' ? refused->text : rcc_refusal_text(refused->reason));
}

static void
tell_welcome(struct rcc_feed_out *out, const struct rcc_welcome *welcome)
{
	char text[RCC_KEY_TEXT_SIZE];
	struct rcc_key key = rcc_client_public_key(out->client);
	if (welcome->peer.v == 0) {
		rcc_feed_log(
		    RCC_FEED_WARNING, "not_enrolled",
		    "%s does not know our key: it takes alerts from us into quarantine and nothing else; there: "
		    "rccctl enrol \"%s\" --role feed --key '%s'",
		    welcome->centre, out->name, rcc_key_format(text, &key));
	} else if (welcome->role != RCC_ROLE_FEED) {
		rcc_feed_log(
		    RCC_FEED_WARNING, "wrong_role",
		    "our key is enrolled as %s and may be in use there: a feed takes a key of its own (another "
		    "--key FILE), enrolled with --role feed",
		    rcc_role_word(welcome->role));
	} else if (!out->linked) {
		rcc_feed_log(RCC_FEED_INFO, "centre_connected", "connected to %s as %s", welcome->centre,
		             rcc_role_word(welcome->role));
	}
	out->linked = true;
	out->is_feed = welcome->peer.v != 0 && welcome->role == RCC_ROLE_FEED;
	out->welcomes++;
}

static void
take(struct rcc_feed_out *out, enum rcc_client_event event, const struct rcc_envelope *message, int64_t mono_ms)
{
	switch (event) {
	case RCC_CLIENT_WELCOME:
		tell_welcome(out, &message->u.welcome);
		break;
	case RCC_CLIENT_LOST:
		out->linked = false;
		rcc_feed_log(RCC_FEED_WARNING, "centre_lost",
		             "the centre is not heard; alerts are kept and sent again, positions are not");
		break;
	case RCC_CLIENT_ACCEPTED:
		out->open_signals -= out->open_signals > 0 ? 1 : 0;
		note_answer(out, &message->reply_to, RCC_FEED_WATCH_SAFE);
		tell_accepted(&message->u.accepted);
		break;
	case RCC_CLIENT_REFUSED:
		note_answer(out, &message->reply_to, RCC_FEED_WATCH_REFUSED);
		tell_refused(out, &message->u.refused, mono_ms);
		break;
	case RCC_CLIENT_NOT_CONFIRMED:
		rcc_feed_log(RCC_FEED_ERROR, "not_confirmed",
		             "the centre cannot record an alert: tell it by another channel; it is sent again");
		break;
	case RCC_CLIENT_SUSPECT:
		rcc_feed_log(
		    RCC_FEED_ERROR, "centre_suspect",
		    "what answers as the centre does not prove to be it: its signing key or a signature is wrong; "
		    "ask the centre by telephone");
		break;
	case RCC_CLIENT_NOTHING:
	case RCC_CLIENT_DELIVERY:
	case RCC_CLIENT_BEAT:
	case RCC_CLIENT_OTHER:
		break;
	}
}

/* An outbox that cannot be written stops no alert, but a restart now would lose those that wait. */
static void
check_store(struct rcc_feed_out *out)
{
	const char *fault = rcc_client_store_fault(out->client);
	if (fault != NULL && !out->store_told) {
		rcc_feed_log(RCC_FEED_ERROR, "outbox_failed",
		             "the outbox cannot be written: %s; alerts pass from memory", fault);
	}
	if (fault == NULL && out->store_told) {
		rcc_feed_log(RCC_FEED_NOTICE, "outbox_recovered", "the outbox can be written again");
	}
	out->store_told = fault != NULL;
}

void
rcc_feed_out_turn(struct rcc_feed_out *out, int64_t mono_ms)
{
	if (out->client == NULL) {
		return;
	}
	for (int i = 0; i < ANSWERS_MAX; i++) {
		const struct rcc_envelope *message = NULL;
		enum rcc_client_event event = rcc_client_next(out->client, 0, &message);
		if (event == RCC_CLIENT_NOTHING) {
			break;
		}
		take(out, event, message, mono_ms);
	}
	post_waiting(out);
	check_store(out);
}
