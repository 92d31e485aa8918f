#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "librcc/client_internal.h"
#include "librcc/i18n.h"
#include "proto/wire.h"

/* Nothing is looked at less often than this. */
#define TICK_MAX_MS 1000

/*
 * A full queue looks like a lost connection from here (neither takes a message), and drains in moments: Hello and alerts
 * are not said again sooner than this.
 */
#define RECONNECT_MIN_MS 1000

/* Doublings after which a back-off stays at its maximum. */
#define DOUBLINGS_MAX 16

/* ---- what kinds of message there are ---- */

static bool
is_alert(enum rcc_body_kind kind)
{
	return kind == RCC_BODY_ALERT || kind == RCC_BODY_ALERT_RAW;
}

/* Positions and a feed's sums are replaced by the next ones; Hello and Stored are said again by the protocol itself. */
static bool
is_answered(enum rcc_body_kind kind)
{
	return kind != RCC_BODY_HELLO && kind != RCC_BODY_STORED && kind != RCC_BODY_POSITION &&
	       kind != RCC_BODY_POSITION_BATCH && kind != RCC_BODY_STATIC_BATCH && kind != RCC_BODY_FEED_TALLY;
}

/* A question has no use after a restart. */
static bool
is_question(enum rcc_body_kind kind)
{
	return kind == RCC_BODY_VIEW || kind == RCC_BODY_CATCHUP || kind == RCC_BODY_PACK;
}

/* ---- times ---- */

static int64_t
backoff_ms(const struct rcc_client *client, uint32_t tries)
{
	int64_t value_ms = client->config.retry_first_ms;

	for (uint32_t i = 1; i < tries && i < DOUBLINGS_MAX && value_ms < client->config.retry_max_ms; i++) {
		value_ms *= 2;
	}
	return rcc_jitter_ms(value_ms < client->config.retry_max_ms ? value_ms : client->config.retry_max_ms);
}

static int64_t
earlier(int64_t a_ms, int64_t b_ms)
{
	return a_ms < b_ms ? a_ms : b_ms;
}

static int64_t
later(int64_t a_ms, int64_t b_ms)
{
	return a_ms > b_ms ? a_ms : b_ms;
}

/* ---- the store may fail: the message goes all the same ---- */

void
rcc_client_note_store(struct rcc_client *client, enum rcc_status status)
{
	if (status == RCC_OK) {
		client->store_fault[0] = '\0';
		return;
	}
	snprintf(client->store_fault, sizeof client->store_fault, "%.100s: %s (%.80s)", client->config.store,
	         rcc_status_text(status), rcc_store_error(&client->store));
}

/* ---- messages waiting for an answer ---- */

struct rcc_pending *
rcc_client_find_pending(struct rcc_client *client, const struct rcc_msg_id *id)
{
	for (uint32_t i = 0; i < client->pending_count; i++) {
		if (memcmp(client->pending[i].id.b, id->b, sizeof id->b) == 0) {
			return &client->pending[i];
		}
	}
	return NULL;
}

void
rcc_client_drop_pending(struct rcc_client *client, struct rcc_pending *pending)
{
	size_t index = (size_t)(pending - client->pending);

	assert(index < client->pending_count);
	free(pending->bytes);
	client->pending_count--;
	memmove(pending, pending + 1, (client->pending_count - index) * sizeof *pending);
}

static bool
has_room(const struct rcc_client *client, enum rcc_body_kind kind)
{
	uint32_t room = is_alert(kind) ? RCC_OUTBOX_MAX : RCC_OUTBOX_MAX - RCC_OUTBOX_ALERTS;

	return client->pending_count < room;
}

/* Pre: has_room(). */
static struct rcc_pending *
add_pending(struct rcc_client *client, const struct rcc_msg_id *id, enum rcc_body_kind kind, const uint8_t *bytes,
            size_t len)
{
	struct rcc_pending *pending = &client->pending[client->pending_count];
	uint8_t *copy = malloc(len);

	if (copy == NULL) {
		return NULL;
	}
	memcpy(copy, bytes, len);
	*pending = (struct rcc_pending){.id = *id, .kind = kind, .len = len, .bytes = copy};
	client->pending_count++;
	return pending;
}

void
rcc_client_load_outbox(struct rcc_client *client)
{
	struct rcc_store_message message;
	enum rcc_status status;

	client->more_stored = false;
	while ((status = rcc_store_next_waiting(&client->store, client->loaded_row, &message)) == RCC_OK) {
		if (rcc_client_find_pending(client, &message.id) != NULL) {
			client->loaded_row = message.row;
			continue;
		}
		struct rcc_pending *pending = NULL;
		if (has_room(client, message.kind)) {
			pending = add_pending(client, &message.id, message.kind, message.bytes, message.len);
		}
		if (pending == NULL) {
			client->more_stored = true;
			return;
		}
		pending->is_kept = true;
		client->loaded_row = message.row;
	}
	if (status != RCC_E_NOT_FOUND) {
		rcc_client_note_store(client, status);
	}
}

/* Another program on the same store may have posted a message, or have had the answer to one of ours. */
static void
look_at_store(struct rcc_client *client, int64_t now_ms)
{
	if (!client->has_store || now_ms < client->store_look_ms) {
		return;
	}
	client->store_look_ms = now_ms + TICK_MAX_MS;
	int64_t version = rcc_store_version(&client->store);
	if (version == client->store_version && !client->more_stored) {
		return;
	}
	client->store_changes += version != client->store_version;
	client->store_version = version;
	for (uint32_t i = client->pending_count; i > 0; i--) {
		struct rcc_pending *pending = &client->pending[i - 1];

		if (pending->is_kept && !rcc_store_is_waiting(&client->store, &pending->id)) {
			rcc_client_drop_pending(client, pending);
		}
	}
	rcc_client_load_outbox(client);
}

static bool
in_flight(const struct rcc_pending *pending, int64_t now_ms)
{
	return pending->tries > 0 && pending->due_ms > now_ms;
}

/* Sends what is due of one sort, oldest first; false when the link takes no more. */
static bool
send_due(struct rcc_client *client, bool alerts, uint32_t window, int64_t now_ms)
{
	uint32_t flying = 0;

	for (uint32_t i = 0; i < client->pending_count; i++) {
		flying += in_flight(&client->pending[i], now_ms) ? 1 : 0;
	}
	for (uint32_t i = 0; i < client->pending_count; i++) {
		struct rcc_pending *pending = &client->pending[i];

		if (is_alert(pending->kind) != alerts || pending->due_ms > now_ms || (!alerts && flying >= window)) {
			continue;
		}
		if (rcc_link_send(&client->link, pending->bytes, pending->len) != RCC_OK) {
			return false;
		}
		pending->tries++;
		pending->sent_ms = now_ms;
		pending->due_ms = now_ms + backoff_ms(client, pending->tries);
		flying++;
		if (pending->is_kept) {
			rcc_client_note_store(client, rcc_store_attempted(&client->store, &pending->id));
		}
	}
	return true;
}

void
rcc_client_resend_old(struct rcc_client *client, int64_t now_ms)
{
	for (uint32_t i = 0; i < client->pending_count; i++) {
		struct rcc_pending *pending = &client->pending[i];

		if (pending->tries > 0 && pending->sent_ms < client->hello_sent_ms) {
			pending->due_ms = now_ms;
		}
	}
}

/* ---- our own words ---- */

/* A body is cleared by its writer: the envelope's union is a megabyte. */
static void
start(struct rcc_client *client, enum rcc_body_kind kind)
{
	struct rcc_envelope *out = client->out;

	out->protocol = RCC_PROTOCOL_MAX;
	out->claimed_at_ms = rcc_clock_at_ms();
	out->id = rcc_msg_id_new(out->claimed_at_ms);
	memset(&out->reply_to, 0, sizeof out->reply_to);
	out->class = RCC_CLASS_LIVE;
	out->kind = kind;
}

/* False if the link takes nothing now. What cannot be encoded is our own mistake. */
static bool
send_out(struct rcc_client *client)
{
	size_t len = 0;
	enum rcc_status status = rcc_wire_encode(client->out, client->bytes, sizeof client->bytes, &len);

	assert(status == RCC_OK);
	return status == RCC_OK && rcc_link_send(&client->link, client->bytes, len) == RCC_OK;
}

/* By when it was issued the centre knows that it is of its record, and not of one that it has lost. 0 = it is not on this disk. */
int64_t
rcc_client_issued_at_ms(struct rcc_client *client, uint32_t number)
{
	struct rcc_store_delivery kept;

	if (!client->has_store || number == 0 ||
	    rcc_store_find(&client->store, &client->journal, number, &kept) != RCC_OK) {
		return 0;
	}
	return kept.issued_at_ms;
}

static bool
send_hello(struct rcc_client *client, int64_t now_ms)
{
	struct rcc_hello *hello = &client->out->u.hello;

	start(client, RCC_BODY_HELLO);
	*hello = (struct rcc_hello){.protocol_min = RCC_PROTOCOL_MIN,
	                            .protocol_max = RCC_PROTOCOL_MAX,
	                            .delivery_stored = client->whole,
	                            .outbox_waiting = rcc_client_outbox_count(client),
	                            .byte_budget_h = client->config.budget_h,
	                            .wants_deliveries = client->config.wants_deliveries ? 1 : 0,
	                            .stored_issued_at_ms = rcc_client_issued_at_ms(client, client->whole)};
	memcpy(hello->version, client->config.version, sizeof hello->version);
	if (!send_out(client)) {
		return false;
	}
	client->hello_id = client->out->id;
	client->hello_whole = client->whole;
	client->hello_sent_ms = now_ms;
	client->hello_tries++;
	client->hello_due_ms = now_ms + backoff_ms(client, client->hello_tries);
	return true;
}

void
rcc_client_send_stored(struct rcc_client *client)
{
	struct rcc_stored *stored = &client->out->u.stored;

	if (client->whole == 0) {
		return;
	}
	start(client, RCC_BODY_STORED);
	memset(stored, 0, sizeof *stored);
	stored->number = client->whole;
	stored->issued_at_ms = rcc_client_issued_at_ms(client, client->whole);
	stored->stored_at_ms = client->out->claimed_at_ms;
	client->stored_id = client->out->id;
	/* If it does not get through, the centre sends the delivery again and so asks again. */
	(void)send_out(client);
}

/* ---- when ---- */

/* A new connection knows nothing of us, whoever is at its other end now. */
static void
note_link(struct rcc_client *client, int64_t now_ms)
{
	bool is_up = rcc_link_is_up(&client->link);

	if (is_up && !client->is_up) {
		client->needs_hello = true;
		client->hello_due_ms = later(now_ms, client->hello_sent_ms + RECONNECT_MIN_MS);
		client->hello_tries = 0;
	}
	for (uint32_t i = 0; is_up && !client->is_up && i < client->pending_count; i++) {
		struct rcc_pending *pending = &client->pending[i];

		/* The rest follows the Welcome: on a thin link each message twice costs seconds. */
		if (is_alert(pending->kind) && now_ms - pending->sent_ms > RECONNECT_MIN_MS) {
			pending->due_ms = now_ms;
		}
	}
	client->is_up = is_up;
}

void
rcc_client_reopen(struct rcc_client *client)
{
	struct rcc_link_socket fresh;
	struct rcc_fault fault;

	if (rcc_link_open(&fresh, &client->config, &client->public_key, client->secret, &fault) == RCC_OK) {
		fresh.traffic = client->link.traffic;
		rcc_link_close(&client->link);
		client->link = fresh;
	}
}

/*
 * libzmq gives a connection up for good after what it calls a protocol error: a message over the size limit, or the page of
 * a harbour's log-in portal in place of a greeting. From outside that looks like any other loss, so a link that stays down
 * is opened anew.
 */
static void
reopen_if_dead(struct rcc_client *client, int64_t now_ms)
{
	if (client->is_up) {
		client->reopen_at_ms = 0;
	} else if (client->reopen_at_ms == 0) {
		client->reopen_at_ms = now_ms + client->reopen_ms + rcc_jitter_ms(client->reopen_ms) / 4;
	} else if (now_ms >= client->reopen_at_ms) {
		client->reopen_at_ms = 0;
		rcc_client_turn_key(client);
		rcc_client_reopen(client);
	}
}

static int64_t
next_look_ms(const struct rcc_client *client, int64_t now_ms)
{
	int64_t at_ms = now_ms + TICK_MAX_MS;
	if (client->is_welcome) {
		at_ms = earlier(at_ms, client->heard_ms + rcc_client_patience_ms(client) + 1);
	}
	if (!client->is_up) {
		return at_ms;
	}
	if (client->needs_hello) {
		at_ms = earlier(at_ms, client->hello_due_ms);
	}
	for (uint32_t i = 0; i < client->pending_count; i++) {
		if (client->pending[i].due_ms > now_ms) {
			at_ms = earlier(at_ms, client->pending[i].due_ms);
		}
	}
	return at_ms;
}

int64_t
rcc_client_tick(struct rcc_client *client, int64_t now_ms)
{
	uint32_t window = client->config.link == RCC_LINK_SHIP ? RCC_WINDOW_SHIP : RCC_WINDOW_SHORE;

	rcc_client_mind_rest(client, now_ms);
	if (client->rest_until_ms != 0) {
		look_at_store(client, now_ms);
		return earlier(now_ms + TICK_MAX_MS, client->rest_until_ms);
	}
	note_link(client, now_ms);
	reopen_if_dead(client, now_ms);
	rcc_client_note_silence(client, now_ms);
	look_at_store(client, now_ms);
	bool takes = client->is_up;
	if (takes && client->needs_hello && now_ms >= client->hello_due_ms) {
		takes = send_hello(client, now_ms);
	}
	if (takes && send_due(client, true, window, now_ms)) {
		(void)send_due(client, false, window, now_ms);
	}
	return next_look_ms(client, now_ms);
}

/* ---- what the user sends ---- */

static enum rcc_status
encode(struct rcc_client *client, struct rcc_envelope *message, size_t *ret_len)
{
	message->protocol = RCC_PROTOCOL_MAX;
	message->claimed_at_ms = rcc_clock_at_ms();
	message->id = rcc_msg_id_new(message->claimed_at_ms);
	memset(&message->reply_to, 0, sizeof message->reply_to);
	return rcc_wire_encode(message, client->bytes, sizeof client->bytes, ret_len);
}

enum rcc_status
rcc_client_post(struct rcc_client *client, struct rcc_envelope *message)
{
	int64_t row = 0;
	size_t len = 0;

	if (!is_answered(message->kind)) {
		return RCC_E_UNSUPPORTED;
	}
	if (!has_room(client, message->kind)) {
		return RCC_E_FULL;
	}
	enum rcc_status status = encode(client, message, &len);
	if (status != RCC_OK) {
		return status;
	}
	struct rcc_pending *pending = add_pending(client, &message->id, message->kind, client->bytes, len);
	if (pending == NULL) {
		return RCC_E_FULL;
	}
	if (client->has_store && !is_question(message->kind)) {
		struct rcc_store_message kept = {
		    .id = message->id, .kind = message->kind, .len = pending->len, .bytes = pending->bytes};

		status = rcc_store_put(&client->store, &kept, message->claimed_at_ms, &row);
		pending->is_kept = status == RCC_OK;
		rcc_client_note_store(client, status);
	}
	(void)rcc_client_tick(client, rcc_clock_ms());
	return RCC_OK;
}

/* As it is, or under an id and time of its own. */
static enum rcc_status
send_once(struct rcc_client *client, struct rcc_envelope *fresh, const struct rcc_envelope *as_it_is)
{
	size_t len = 0;

	/* A fresh connection hears Hello first. */
	(void)rcc_client_tick(client, rcc_clock_ms());
	if (!client->is_up) {
		return RCC_E_UNREACHABLE;
	}
	enum rcc_status status = fresh != NULL ? encode(client, fresh, &len)
	                                       : rcc_wire_encode(as_it_is, client->bytes, sizeof client->bytes, &len);
	if (status == RCC_OK && rcc_link_send(&client->link, client->bytes, len) != RCC_OK) {
		status = RCC_E_FULL;
	}
	return status;
}

enum rcc_status
rcc_client_send(struct rcc_client *client, struct rcc_envelope *message)
{
	return send_once(client, message, NULL);
}

enum rcc_status
rcc_client_repeat(struct rcc_client *client, const struct rcc_envelope *message)
{
	return send_once(client, NULL, message);
}
