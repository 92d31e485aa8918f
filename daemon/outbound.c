/*
 * outbound.c - what leaves by itself: entries to the live feed, deliveries and their repeats to ships, beats, checkpoints.
 *
 * A delivery that finds no connection is not lost: it stands in the ledger and goes out when the ship says Hello.
 */
#include "outbound.h"

#include <assert.h>
#include <string.h>

#include "batch.h"
#include "rcc/text.h"
#include "rcc/units.h"
#include "speak.h"

/* Not stored: again after 15, 30 and 60 s, then every 2 min while the ship is connected, for ever. */
static const int64_t retry_after_ms[] = {15 * RCC_MS_PER_S, 30 * RCC_MS_PER_S, 60 * RCC_MS_PER_S, 2 * RCC_MS_PER_MIN};
#define RETRY_STEPS (sizeof retry_after_ms / sizeof retry_after_ms[0])
/* Lines given to one ship in one go: a thin link takes the rest with the next Stored or repeat. */
#define DELIVER_MAX 32
/* The longest that a client takes for a beat (client_internal.h). */
#define BEAT_LONGEST_MS UINT64_C(900000)

void
rcc_outbound_publish(struct rcc_app *app)
{
	size_t len = 0;

	for (uint32_t i = 0; i < app->entry_count; i++) {
		const struct rcc_turn_entry *entry = &app->turn_entry[i];
		rcc_speak_begin(app, RCC_BODY_ENTRY)->u.entry =
		    (struct rcc_entry_bytes){.link = entry->link,
		                             .payload_len = (uint32_t)entry->len,
		                             .payload = app->turn_bytes + entry->offset};
		if (rcc_speak_encode(app, &len))
			rcc_net_publish(&app->net, "entry", app->bytes, len);
	}
}

/* ---- deliveries ---- */

/* Degraded, nothing is recorded, and lines go out again and again: each is noted once, to be recorded when it can be. */
static bool
is_noted(const struct rcc_app *app, struct rcc_peer_id peer, uint32_t number)
{
	for (uint32_t i = 0; app->is_degraded && i < app->sent_count; i++) {
		if (app->sent[i].peer.v == peer.v && app->sent[i].number == number)
			return true;
	}
	return false;
}

/* Gives one line to the ship's connection. */
static enum rcc_status
deliver(struct rcc_app *app, const struct rcc_peer *peer, uint32_t number)
{
	struct rcc_contact *contact = &app->contact[peer->id.v - 1];
	struct rcc_delivery_msg *delivery = &rcc_speak_begin(app, RCC_BODY_DELIVERY)->u.delivery;
	bool is_new = !is_noted(app, peer->id, number);
	size_t len = 0;

	/* Nothing goes out of which no record would say so. */
	if (is_new && app->sent_count == RCC_SENT_WAITING_MAX)
		return RCC_E_FULL;
	enum rcc_status status = rcc_core_delivery(&app->core, peer->id, number, delivery);
	if (status != RCC_OK)
		return status;
	delivery->attempt = contact->attempt + 1;
	app->out.class = delivery->class;
	if (!rcc_speak_encode(app, &len))
		return RCC_E_RANGE;
	/* A full queue empties when the ship reads again: the repeat finds that out, since nobody tells us. */
	if (contact->retry_at_ms == 0)
		contact->retry_at_ms = app->monotonic_ms + retry_after_ms[contact->retry_step];
	status = rcc_net_send_ship(&app->net, &peer->key, app->bytes, len);
	if (status == RCC_OK && is_new)
		app->sent[app->sent_count++] = (struct rcc_delivery_ref){peer->id, number};
	return status;
}

void
rcc_outbound_restart(struct rcc_app *app, const struct rcc_peer *peer, uint32_t after)
{
	struct rcc_contact *contact = &app->contact[peer->id.v - 1];
	uint32_t known = rcc_core_last_stored(&app->core, peer->id);

	contact->sent_upto = contact->calls_upto = contact->circulars_upto = after;
	contact->is_fresh = true;
	/* She had stored more once: a new computer, or an older copy of its disk. */
	contact->is_store_lost = after < known;
	contact->retry_at_ms = 0;
	contact->retry_step = 0;
	app->has_restarts = true;
}

/*
 * What still stands, in the order of its numbers, to a ship whose store is lost. The first line tells her program where the rest
 * begins; what is lower has no object any more.
 */
static void
deliver_lost(struct rcc_app *app, const struct rcc_peer *peer, struct rcc_contact *contact)
{
	while (contact->is_store_lost) {
		uint32_t number = rcc_core_next_lost(&app->core, peer->id, contact->sent_upto);
		if (number != 0 && deliver(app, peer, number) != RCC_OK)
			return;
		contact->is_store_lost = number != 0;
		contact->sent_upto = number != 0 ? number : contact->sent_upto;
	}
	contact->is_fresh = false;
	contact->sent_upto = contact->calls_upto = contact->circulars_upto = peer->delivery_last;
}

/* One line more; false: there is none, or her queue is full. */
static bool
deliver_next(struct rcc_app *app, const struct rcc_peer *peer, uint32_t number, uint32_t *upto)
{
	if (number == 0 || deliver(app, peer, number) != RCC_OK)
		return false;
	*upto = number;
	return true;
}

/* Calls, tasks and notices; then bulletins and cards. As many as her queue takes; the rest comes with the repeats. */
static void
deliver_all(struct rcc_app *app, const struct rcc_peer *peer, struct rcc_contact *contact)
{
	uint32_t call = rcc_core_next_unstored_call(&app->core, peer->id, contact->calls_upto);
	uint32_t circular = rcc_core_next_unstored_circular(&app->core, peer->id, contact->circulars_upto);

	if (contact->is_fresh && circular != 0 && (call == 0 || circular < call) &&
	    !deliver_next(app, peer, circular, &contact->circulars_upto))
		return;
	contact->is_fresh = false;
	while (deliver_next(app, peer, call, &contact->calls_upto))
		call = rcc_core_next_unstored_call(&app->core, peer->id, contact->calls_upto);
	if (call != 0)
		return;
	circular = rcc_core_next_unstored_circular(&app->core, peer->id, contact->circulars_upto);
	while (deliver_next(app, peer, circular, &contact->circulars_upto))
		circular = rcc_core_next_unstored_circular(&app->core, peer->id, contact->circulars_upto);
	if (circular == 0)
		contact->sent_upto = peer->delivery_last;
}

void
rcc_outbound_deliver(struct rcc_app *app)
{
	for (uint32_t i = 0; i < app->core.peer_count; i++) {
		const struct rcc_peer *peer = &app->core.peer[i];
		struct rcc_contact *contact = &app->contact[i];
		if (!rcc_peer_is_ship(peer) || contact->sent_upto >= peer->delivery_last ||
		    !rcc_net_is_bound(&app->net, &peer->key))
			continue;
		contact->attempt = 0;
		if (contact->is_store_lost)
			deliver_lost(app, peer, contact);
		else
			deliver_all(app, peer, contact);
	}
}

static void
retry_ship(struct rcc_app *app, const struct rcc_peer *peer)
{
	struct rcc_contact *contact = &app->contact[peer->id.v - 1];
	uint32_t number = rcc_core_next_unstored(&app->core, peer->id, 0);

	contact->retry_at_ms = 0;
	if (number == 0 || !rcc_net_is_bound(&app->net, &peer->key)) {
		contact->retry_step = 0;
		contact->attempt = 0;
		return;
	}
	contact->attempt++;
	/* Calls first, however many bulletins were not stored before them. */
	uint32_t room = DELIVER_MAX;
	for (uint32_t call = rcc_core_next_unstored_call(&app->core, peer->id, 0); call != 0 && room > 0; room--) {
		if (deliver(app, peer, call) != RCC_OK)
			break;
		call = rcc_core_next_unstored_call(&app->core, peer->id, call);
	}
	for (uint32_t circular = rcc_core_next_unstored_circular(&app->core, peer->id, 0); circular != 0 && room > 0;
	     room--) {
		if (deliver(app, peer, circular) != RCC_OK)
			break;
		circular = rcc_core_next_unstored_circular(&app->core, peer->id, circular);
	}
	if (contact->retry_step + 1 < RETRY_STEPS)
		contact->retry_step++;
	contact->retry_at_ms = app->monotonic_ms + retry_after_ms[contact->retry_step];
}

void
rcc_outbound_retry(struct rcc_app *app)
{
	for (uint32_t i = 0; i < app->core.peer_count; i++) {
		int64_t at_ms = app->contact[i].retry_at_ms;
		if (at_ms != 0 && at_ms <= app->monotonic_ms && rcc_peer_is_ship(&app->core.peer[i]))
			retry_ship(app, &app->core.peer[i]);
	}
}

void
rcc_outbound_record_sent(struct rcc_app *app)
{
	while (app->sent_taken < app->sent_count && !app->is_degraded && rcc_batch_has_room(app)) {
		struct rcc_command *command = rcc_batch_command(app, RCC_COMMAND_SENT);
		struct rcc_sent *sent = &command->u.sent;
		while (app->sent_taken < app->sent_count && sent->count < RCC_SENT_ROWS_MAX)
			sent->row[sent->count++] = app->sent[app->sent_taken++];
		if (rcc_batch_take(app, NULL, NULL) != RCC_OK)
			break;
	}
}

void
rcc_outbound_sent_recorded(struct rcc_app *app, bool is_on_disk)
{
	if (is_on_disk) {
		app->sent_count -= app->sent_taken;
		memmove(app->sent, app->sent + app->sent_taken, app->sent_count * sizeof app->sent[0]);
	}
	app->sent_taken = 0;
}

void
rcc_outbound_revoked(struct rcc_app *app, struct rcc_peer_id id)
{
	const struct rcc_peer *peer = rcc_peer_find(&app->core, id);
	struct rcc_refused *refused = &rcc_speak_begin(app, RCC_BODY_REFUSED)->u.refused;
	const char *text = rcc_refusal_text(RCC_REFUSAL_UNKNOWN_KEY);
	size_t len = 0;

	refused->reason = RCC_REFUSAL_UNKNOWN_KEY;
	rcc_text_copy_lossy(refused->text, sizeof refused->text, text, strlen(text));
	if (rcc_net_is_bound(&app->net, &peer->key) && rcc_speak_encode(app, &len) &&
	    rcc_net_send_ship(&app->net, &peer->key, app->bytes, len) == RCC_E_FULL)
		rcc_log(RCC_LOG_DEBUG, "queue_full", "peer %u does not take what it is sent", id.v);
	rcc_net_unbind_ship(&app->net, &peer->key);
	rcc_net_close_centre(&app->net, &peer->key);
	/* A revoked officer would go on hearing the live feed: everybody there connects anew and is asked again. */
	if (peer->role != RCC_ROLE_VESSEL && peer->role != RCC_ROLE_FEED)
		rcc_net_drop_subscribers(&app->net);
	rcc_log(RCC_LOG_WARNING, "key_revoked", "peer %u may say nothing but a distress", id.v);
}

void
rcc_outbound_rekeyed(struct rcc_app *app, struct rcc_peer_id id, const struct rcc_key *before)
{
	const struct rcc_peer *peer = rcc_peer_find(&app->core, id);

	rcc_net_unbind_ship(&app->net, before);
	rcc_net_close_centre(&app->net, before);
	if (peer->role != RCC_ROLE_VESSEL && peer->role != RCC_ROLE_FEED)
		rcc_net_drop_subscribers(&app->net);
	rcc_log(RCC_LOG_WARNING, "key_changed", "peer %u has another key; the one before says nothing but a distress",
	        id.v);
}

/* ---- beats and checkpoints ---- */

uint32_t
rcc_outbound_beat_ms(uint32_t beat_ms, uint32_t budget_h)
{
	/* Measured at IP level, CURVE and the acknowledgement included: a beat, and the checkpoint that goes with it. */
	static const uint64_t cost = 400;
	uint64_t wait_ms = budget_h == 0 ? 0 : 4 * cost * RCC_MS_PER_HOUR / budget_h;

	if (wait_ms > BEAT_LONGEST_MS)
		wait_ms = BEAT_LONGEST_MS;
	return wait_ms > beat_ms ? (uint32_t)wait_ms : beat_ms;
}

/* Is it her turn? Thin links hear every tenth beat or so, and the checkpoint of that time. */
static bool
take_turn(const struct rcc_app *app, const struct rcc_contact *contact, int64_t *next_at_ms)
{
	if (contact->beat_ms <= app->config.beat_ms)
		return true;
	if (app->monotonic_ms < *next_at_ms)
		return false;
	/* Half a beat early rather than a beat late. */
	*next_at_ms = app->monotonic_ms + contact->beat_ms - app->config.beat_ms / 2;
	return true;
}

/* The same bytes to every connected ship and feed whose turn it is. */
static void
send_to_all(struct rcc_app *app, size_t len, bool is_checkpoint)
{
	for (uint32_t i = 0; i < app->core.peer_count; i++) {
		const struct rcc_peer *peer = &app->core.peer[i];
		struct rcc_contact *contact = &app->contact[i];
		if (peer->revoked_at_ms != 0 || !rcc_net_is_bound(&app->net, &peer->key) ||
		    !take_turn(app, contact,
		               is_checkpoint ? &contact->next_checkpoint_at_ms : &contact->next_beat_at_ms))
			continue;
		enum rcc_status status = rcc_net_send_ship(&app->net, &peer->key, app->bytes, len);
		if (status == RCC_E_FULL)
			rcc_log(RCC_LOG_DEBUG, "queue_full", "peer %u does not take what it is sent", peer->id.v);
		/* The beat names the next key, if there is one. */
		contact->knows_next_key |= status == RCC_OK && !is_checkpoint;
	}
}

/* The one that was signed last. False: none was, in this run. */
static bool
encode_checkpoint(struct rcc_app *app, size_t *ret_len)
{
	if (app->checkpoint.link.seq == 0)
		return false;
	rcc_speak_begin(app, RCC_BODY_CHECKPOINT)->u.checkpoint = app->checkpoint;
	return rcc_speak_encode(app, ret_len);
}

static void
publish_checkpoint(struct rcc_app *app, size_t len)
{
	rcc_net_publish(&app->net, "checkpoint", app->bytes, len);
	app->next_checkpoint_again_at_ms = app->monotonic_ms + app->config.beat_ms;
}

void
rcc_outbound_witness(struct rcc_app *app, const struct rcc_peer *peer)
{
	size_t len = 0;

	if (encode_checkpoint(app, &len) && rcc_net_send_ship(&app->net, &peer->key, app->bytes, len) == RCC_E_FULL)
		rcc_log(RCC_LOG_DEBUG, "queue_full", "peer %u does not take what it is sent", peer->id.v);
}

void
rcc_outbound_beat(struct rcc_app *app)
{
	size_t len = 0;

	if (app->monotonic_ms < app->next_beat_at_ms)
		return;
	app->next_beat_at_ms = app->monotonic_ms + app->config.beat_ms;
	rcc_speak_begin(app, RCC_BODY_BEAT)->u.beat = (struct rcc_beat){.at_ms = app->now_ms,
	                                                                .head = rcc_app_head(app),
	                                                                .degraded = app->is_degraded,
	                                                                .next_server_key = app->next_server_key};
	if (!rcc_speak_encode(app, &len))
		return;
	rcc_net_publish(&app->net, "beat", app->bytes, len);
	send_to_all(app, len, false);
	/* Whoever has just begun to listen is a witness of what there is, without waiting for news. */
	if (app->monotonic_ms >= app->next_checkpoint_again_at_ms && encode_checkpoint(app, &len))
		publish_checkpoint(app, len);
}

void
rcc_outbound_checkpoint(struct rcc_app *app, enum rcc_checkpoint_when when)
{
	size_t len = 0;

	enum rcc_status status = rcc_journal_checkpoint(&app->journal, app->now_ms, when, &app->checkpoint);
	if (status == RCC_E_AGAIN)
		return;
	if (status != RCC_OK) {
		rcc_batch_fail(app, "a checkpoint could not be written");
		return;
	}
	if (!encode_checkpoint(app, &len))
		return;
	publish_checkpoint(app, len);
	send_to_all(app, len, true);
}
