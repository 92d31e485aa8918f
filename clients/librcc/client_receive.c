#include <assert.h>
#include <string.h>

#include "librcc/client_internal.h"
#include "proto/chain.h"
#include "proto/wire.h"
#include "rcc/text.h"

/* Messages taken in one call although none of them was worth reporting: junk must not hold the caller for ever. */
#define TAKE_MAX 256

/* ---- answers ---- */

static enum rcc_client_event
take_accepted(struct rcc_client *client)
{
	const struct rcc_accepted *accepted = &client->message->u.accepted;
	struct rcc_pending *pending = rcc_client_find_pending(client, &client->message->reply_to);

	if (pending == NULL) {
		return RCC_CLIENT_NOTHING;
	}
	if (accepted->is_signed != 0 && !client->is_pinned) {
		/* Before the first Welcome nothing can be verified; the message is sent again and answered again. */
		return RCC_CLIENT_NOTHING;
	}
	if (client->is_key_changed ||
	    (accepted->is_signed != 0 &&
	     !rcc_receipt_verify(&client->sign_key, &client->journal, &pending->id, accepted))) {
		return RCC_CLIENT_SUSPECT;
	}
	if (pending->is_kept) {
		rcc_client_note_store(client,
		                      rcc_store_accepted(&client->store, &pending->id, accepted, rcc_clock_at_ms()));
	}
	rcc_client_note_seq(client, accepted->entry.seq);
	rcc_client_drop_pending(client, pending);
	return RCC_CLIENT_ACCEPTED;
}

/* These say "not now", not "never". */
static bool
is_passing(enum rcc_refusal reason)
{
	return reason == RCC_REFUSAL_DEGRADED || reason == RCC_REFUSAL_RATE || reason == RCC_REFUSAL_FULL;
}

/* Names no message: what the centre says by itself. */
static bool
is_zero(const struct rcc_msg_id *id)
{
	static const struct rcc_msg_id none;

	return memcmp(id->b, none.b, sizeof none.b) == 0;
}

static enum rcc_client_event
take_refused(struct rcc_client *client)
{
	struct rcc_envelope *message = client->message;
	struct rcc_pending *pending = rcc_client_find_pending(client, &message->reply_to);

	if (message->u.refused.reason == RCC_REFUSAL_UNKNOWN_KEY && client->has_welcome) {
		/* Enrolled when it welcomed us, and not any more. */
		client->welcome.role = RCC_ROLE_GUEST;
	}
	if (pending == NULL && is_zero(&message->reply_to)) {
		return RCC_CLIENT_REFUSED;
	}
	if (pending == NULL) {
		bool is_stored = memcmp(message->reply_to.b, client->stored_id.b, sizeof client->stored_id.b) == 0;
		return is_stored ? RCC_CLIENT_NOTHING : RCC_CLIENT_REFUSED;
	}
	if (pending->is_kept && is_passing(message->u.refused.reason)) {
		struct rcc_refused refused = message->u.refused;

		message->kind = RCC_BODY_NOT_CONFIRMED;
		memcpy(message->u.not_confirmed.text, refused.text, sizeof message->u.not_confirmed.text);
		return RCC_CLIENT_NOT_CONFIRMED;
	}
	if (pending->is_kept) {
		rcc_client_note_store(
		    client, rcc_store_refused(&client->store, &pending->id, &message->u.refused, rcc_clock_at_ms()));
	}
	rcc_client_drop_pending(client, pending);
	return RCC_CLIENT_REFUSED;
}

static enum rcc_client_event
take_page(struct rcc_client *client)
{
	struct rcc_pending *pending = rcc_client_find_pending(client, &client->message->reply_to);

	if (pending != NULL) {
		rcc_client_drop_pending(client, pending);
	}
	return RCC_CLIENT_OTHER;
}

/* ---- deliveries ---- */

static bool
was_shown(const struct rcc_client *client, const struct rcc_delivery_msg *delivery)
{
	uint32_t count = client->shown_count < RCC_SHOWN_MAX ? client->shown_count : RCC_SHOWN_MAX;

	for (uint32_t i = 0; i < count; i++) {
		const struct rcc_shown *shown = &client->shown[i];

		if (shown->number == delivery->number && shown->broadcast.v == delivery->broadcast.v &&
		    shown->issued_at_ms == delivery->issued_at_ms) {
			return true;
		}
	}
	return false;
}

static bool
reports(const struct rcc_client *client)
{
	return client->config.wants_deliveries && !client->config.stores_only;
}

/* The disk does not take it, but a person must see it: shown once, and not acknowledged. */
static enum rcc_client_event
show_without_store(struct rcc_client *client, const struct rcc_delivery_msg *delivery)
{
	if (was_shown(client, delivery)) {
		return RCC_CLIENT_NOTHING;
	}
	client->shown[client->shown_count % RCC_SHOWN_MAX] = (struct rcc_shown){
	    .number = delivery->number, .broadcast = delivery->broadcast, .issued_at_ms = delivery->issued_at_ms};
	client->shown_count++;
	return RCC_CLIENT_DELIVERY;
}

/*
 * After a Welcome the centre sends first what stands lowest in its ledger as not stored. What is lower and not on this disk
 * was stored by the computer before this one, or is no longer kept: waiting for it would leave every later delivery
 * unacknowledged for ever.
 */
static void
skip_to(struct rcc_client *client, uint32_t first)
{
	if (first > client->whole + 1) {
		client->whole = first - 1;
		rcc_client_note_store(client, rcc_store_set_base(&client->store, &client->journal, client->whole));
	}
}

/* A number that we had, and another delivery: the centre counts anew from there, since its record was set back. */
static void
mind_set_back(struct rcc_client *client, uint32_t number)
{
	bool is_lost = false;

	if (number > client->whole) {
		return;
	}
	rcc_client_note_store(client, rcc_store_lose(&client->store, &client->journal, number, &is_lost));
	if (!is_lost) {
		return;
	}
	client->whole = number - 1;
	if (rcc_store_base(&client->store, &client->journal) >= number) {
		rcc_client_note_store(client, rcc_store_set_base(&client->store, &client->journal, number - 1));
	}
}

static enum rcc_client_event
take_delivery(struct rcc_client *client, const uint8_t *bytes, size_t len)
{
	const struct rcc_delivery_msg *delivery = &client->message->u.delivery;
	struct rcc_store_delivery kept = {.number = delivery->number,
	                                  .broadcast = delivery->broadcast,
	                                  .issued_at_ms = delivery->issued_at_ms,
	                                  .stored_at_ms = rcc_clock_at_ms(),
	                                  .len = len,
	                                  .bytes = bytes};
	bool is_new = false, is_first = client->is_first_due;

	if (!client->has_store) {
		return show_without_store(client, delivery);
	}
	if (!client->is_pinned) {
		/* Numbers mean nothing before the first Welcome names the journal; it comes again. */
		return RCC_CLIENT_NOTHING;
	}
	/* Even if the disk refuses it: the next one is the second. */
	client->is_first_due = false;
	enum rcc_status status =
	    len <= RCC_MESSAGE_MAX ? rcc_store_keep(&client->store, &client->journal, &kept, &is_new) : RCC_E_TOO_LARGE;
	rcc_client_note_store(client, status);
	if (status != RCC_OK) {
		return show_without_store(client, delivery);
	}
	client->unreported = client->unreported || is_new;
	if (is_new) {
		mind_set_back(client, delivery->number);
	}
	/* What was overtaken on its way does not come any more, and would be waited for without end. */
	bool is_overtaken = delivery->overtaken_from != 0 && delivery->overtaken_from <= client->whole + 1;
	if (is_first || is_overtaken) {
		skip_to(client, delivery->number);
	}
	client->whole = rcc_store_contiguous(&client->store, &client->journal, client->whole);
	rcc_client_send_stored(client);
	return client->config.stores_only ? RCC_CLIENT_OTHER : RCC_CLIENT_NOTHING;
}

void
rcc_client_note_reported(struct rcc_client *client)
{
	if (client->to_note_row != 0) {
		rcc_client_note_store(client, rcc_store_reported(&client->store, client->to_note_row));
		client->to_note_row = 0;
	}
}

bool
rcc_client_take_unreported(struct rcc_client *client)
{
	struct rcc_store_delivery kept;
	struct rcc_wire_fault fault;

	while (client->unreported && reports(client)) {
		if (rcc_store_unreported(&client->store, client->reported_row, &kept) != RCC_OK) {
			client->unreported = false;
			break;
		}
		client->reported_row = kept.row;
		client->to_note_row = kept.row;
		bool is_whole = rcc_wire_decode(kept.bytes, kept.len, client->message, &fault) == RCC_OK &&
		                client->message->kind == RCC_BODY_DELIVERY;
		if (is_whole && !was_shown(client, &client->message->u.delivery)) {
			return true;
		}
		rcc_client_note_reported(client);
	}
	return false;
}

/* ---- the record's witness ---- */

static enum rcc_client_event
take_checkpoint(struct rcc_client *client)
{
	const struct rcc_checkpoint *checkpoint = &client->message->u.checkpoint;
	bool is_fork = false;

	if (!client->is_pinned || memcmp(checkpoint->journal.b, client->journal.b, sizeof client->journal.b) != 0) {
		return RCC_CLIENT_NOTHING;
	}
	if (client->is_key_changed || !rcc_checkpoint_verify(&client->sign_key, checkpoint)) {
		return RCC_CLIENT_SUSPECT;
	}
	rcc_client_note_seq(client, checkpoint->link.seq);
	if (client->has_store) {
		rcc_client_note_store(client,
		                      rcc_store_witness(&client->store, checkpoint, rcc_clock_at_ms(), &is_fork));
	}
	return is_fork ? RCC_CLIENT_SUSPECT : RCC_CLIENT_OTHER;
}

/* ---- all of it ---- */

enum rcc_client_event
rcc_client_take(struct rcc_client *client, const uint8_t *bytes, size_t len)
{
	client->heard_ms = rcc_clock_ms();
	client->heard_at_ms = rcc_clock_at_ms();
	if (client->message->kind != RCC_BODY_BEAT && client->message->kind != RCC_BODY_CHECKPOINT) {
		client->word_ms = client->heard_ms;
	}
	switch (client->message->kind) {
	case RCC_BODY_WELCOME:
		return rcc_client_take_welcome(client);
	case RCC_BODY_ACCEPTED:
		return take_accepted(client);
	case RCC_BODY_REFUSED:
		return take_refused(client);
	case RCC_BODY_NOT_CONFIRMED:
		return rcc_client_find_pending(client, &client->message->reply_to) != NULL ? RCC_CLIENT_NOT_CONFIRMED
		                                                                           : RCC_CLIENT_NOTHING;
	case RCC_BODY_DELIVERY:
		return take_delivery(client, bytes, len);
	case RCC_BODY_CHECKPOINT:
		return take_checkpoint(client);
	case RCC_BODY_BEAT:
		client->welcome.next_server_key = client->message->u.beat.next_server_key;
		rcc_client_note_keys(client);
		rcc_client_note_clock(client, client->message->u.beat.at_ms, client->heard_ms, client->heard_at_ms);
		return RCC_CLIENT_BEAT;
	case RCC_BODY_VIEW_ROWS:
	case RCC_BODY_ENTRY:
		return take_page(client);
	case RCC_BODY_HELLO:
	case RCC_BODY_POSITION:
	case RCC_BODY_POSITION_BATCH:
	case RCC_BODY_STATIC_BATCH:
	case RCC_BODY_ALERT:
	case RCC_BODY_ALERT_RAW:
	case RCC_BODY_STORED:
	case RCC_BODY_READ:
	case RCC_BODY_ANSWER:
	case RCC_BODY_PLAN:
	case RCC_BODY_DRILL:
	case RCC_BODY_FEED_TALLY:
	case RCC_BODY_PACK:
	case RCC_BODY_CENTRE:
	case RCC_BODY_PLACE_REQUEST:
	case RCC_BODY_OPEN:
	case RCC_BODY_PHASE:
	case RCC_BODY_SUSPEND:
	case RCC_BODY_RESUME:
	case RCC_BODY_CLASSIFY:
	case RCC_BODY_JOIN:
	case RCC_BODY_SPLIT:
	case RCC_BODY_GROUP:
	case RCC_BODY_UNSEAL:
	case RCC_WORK_BODIES:
	case RCC_BODY_ENROL:
	case RCC_BODY_REVOKE:
	case RCC_BODY_INVITE:
	case RCC_BODY_ADMIT:
	case RCC_BODY_REKEY:
	case RCC_BODY_RELAY:
	case RCC_BODY_CANCEL:
	case RCC_BODY_CLOSE:
	case RCC_BODY_DECIDE:
	case RCC_BODY_VIEW:
	case RCC_BODY_CATCHUP:
		return RCC_CLIENT_OTHER;
	}
	assert(false && "the decoder lets known bodies through only");
	return RCC_CLIENT_NOTHING;
}

/* Something that waits inside the handle. */
static enum rcc_client_event
take_own(struct rcc_client *client, const struct rcc_envelope **ret_message)
{
	rcc_client_note_reported(client);
	if (client->lost_due) {
		client->lost_due = false;
		*ret_message = NULL;
		return RCC_CLIENT_LOST;
	}
	if (rcc_client_take_unreported(client)) {
		*ret_message = client->message;
		return RCC_CLIENT_DELIVERY;
	}
	return RCC_CLIENT_NOTHING;
}

/* Takes messages until one is worth reporting, or there is none. *ret_more: stopped early, there may be more. */
static enum rcc_client_event
take_incoming(struct rcc_client *client, bool *ret_more)
{
	enum rcc_client_event event = RCC_CLIENT_NOTHING;
	enum rcc_status status = RCC_OK;

	for (int i = 0; i < TAKE_MAX && event == RCC_CLIENT_NOTHING && status != RCC_E_AGAIN; i++) {
		const uint8_t *bytes = NULL;
		size_t len = 0;

		status = rcc_link_receive(&client->link, client->message, &bytes, &len);
		if (status == RCC_OK) {
			event = rcc_client_take(client, bytes, len);
		}
		if (client->unreported && reports(client)) {
			break;
		}
	}
	*ret_more = status != RCC_E_AGAIN;
	return event;
}

enum rcc_client_event
rcc_client_next(struct rcc_client *client, int64_t timeout_ms, const struct rcc_envelope **ret_message)
{
	int64_t now_ms = rcc_clock_ms();
	int64_t deadline_ms = now_ms + (timeout_ms > 0 ? timeout_ms : 0);

	for (;;) {
		bool more = false;
		int64_t look_ms = rcc_client_tick(client, now_ms);
		enum rcc_client_event event = take_own(client, ret_message);

		if (event != RCC_CLIENT_NOTHING) {
			return event;
		}
		event = take_incoming(client, &more);
		if (event != RCC_CLIENT_NOTHING) {
			*ret_message = client->message;
			return event;
		}
		now_ms = rcc_clock_ms();
		if (now_ms >= deadline_ms && !(more && client->unreported && reports(client))) {
			*ret_message = NULL;
			return RCC_CLIENT_NOTHING;
		}
		if (!more) {
			look_ms = look_ms < deadline_ms ? look_ms : deadline_ms;
			rcc_link_wait(&client->link, client->is_up, look_ms > now_ms ? look_ms - now_ms : 0);
			now_ms = rcc_clock_ms();
		}
	}
}

static bool
is_answer(enum rcc_client_event event, const struct rcc_envelope *message, const struct rcc_msg_id *id)
{
	return (event == RCC_CLIENT_ACCEPTED || event == RCC_CLIENT_REFUSED || event == RCC_CLIENT_NOT_CONFIRMED ||
	        event == RCC_CLIENT_OTHER) &&
	       memcmp(message->reply_to.b, id->b, sizeof id->b) == 0;
}

enum rcc_status
rcc_client_request(struct rcc_client *client, struct rcc_envelope *message, int64_t timeout_ms,
                   const struct rcc_envelope **ret_reply)
{
	int64_t deadline_ms = rcc_clock_ms() + timeout_ms;
	enum rcc_status status = rcc_client_post(client, message);
	int64_t now_ms = rcc_clock_ms();

	while (status == RCC_OK && now_ms <= deadline_ms) {
		bool more = false;
		int64_t look_ms = rcc_client_tick(client, now_ms);
		enum rcc_client_event event = take_incoming(client, &more);

		if (is_answer(event, client->message, &message->id)) {
			*ret_reply = client->message;
			return RCC_OK;
		}
		now_ms = rcc_clock_ms();
		if (!more && event == RCC_CLIENT_NOTHING && now_ms < deadline_ms) {
			look_ms = look_ms < deadline_ms ? look_ms : deadline_ms;
			rcc_link_wait(&client->link, client->is_up, look_ms > now_ms ? look_ms - now_ms : 0);
			now_ms = rcc_clock_ms();
		}
	}
	return status == RCC_OK ? RCC_E_TIMEOUT : status;
}
