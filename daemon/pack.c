/*
 * pack.c - evidence packs for ships. Made whole and signed, then told in pages; nothing that a client says is in one, but which
 * case it asks about. What a page was cut from is kept for a while; when it is gone, the ship begins again.
 */
#include "pack.h"
#include "build_stamp.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rcc/units.h"
#include "reply.h"
#include "speak.h"

/* With its envelope a page fits the largest message of a ship's link. */
#define PAGE_BYTES 12288
/* A journal of thousands of ships has large entries: some 20 ms for one pack. */
#define MAKE_EVERY_MS RCC_MS_PER_S

static void
refuse(struct rcc_app *app, const struct rcc_inbound *to, const struct rcc_msg_id *id, enum rcc_refusal reason,
       const char *field)
{
	struct rcc_wire_fault fault = {.reason = reason, .id = *id};

	(void)snprintf(fault.field, sizeof fault.field, "%s", field);
	rcc_reply_refuse(app, to, &fault);
}

void
rcc_pack_wish(struct rcc_app *app, struct rcc_peer_id peer, const struct rcc_envelope *envelope)
{
	struct rcc_pack_wish *wish = &app->pack_wish;

	if (wish->is_there) {
		refuse(app, &app->inbound, &envelope->id, RCC_REFUSAL_RATE, "pack");
		return;
	}
	*wish = (struct rcc_pack_wish){.is_there = true,
	                               .port = app->inbound.port,
	                               .key = app->inbound.key,
	                               .route_len = app->inbound.route_len,
	                               .msg_id = envelope->id,
	                               .peer = peer,
	                               .ask = envelope->u.pack};
	memcpy(wish->route, app->inbound.route, wish->route_len);
}

/* ---- making ---- */

/* Entries that its duties stand on are hers too, whatever else they say. */
static enum rcc_status
find_entries(struct rcc_app *app, size_t *ret_count)
{
	struct rcc_evidence *evidence = &app->evidence;
	struct rcc_concern concern = {.incident = evidence->incident,
	                              .ship = evidence->ship,
	                              .peer = evidence->key,
	                              .peers = evidence->key_count};
	size_t room = RCC_PACK_ENTRIES_MAX - 2 * (size_t)RCC_EVIDENCE_DUTIES_MAX;
	enum rcc_status status = rcc_journal_concern(&app->journal, &concern, app->evidence_seq, room, ret_count);

	if (status == RCC_E_FULL)
		evidence->is_cut = true;
	else if (status != RCC_OK)
		return status;
	for (uint32_t i = 0; i < evidence->duty_count; i++) {
		app->evidence_seq[(*ret_count)++] = evidence->duty[i].duty.opened_seq;
		app->evidence_seq[(*ret_count)++] = evidence->duty[i].duty.changed_seq;
	}
	return RCC_OK;
}

static int
by_number(const void *a, const void *b)
{
	const uint64_t *left = a, *right = b;

	return (*left > *right) - (*left < *right);
}

static enum rcc_status
take_entries(struct rcc_app *app, size_t count)
{
	uint64_t last = 0;
	struct rcc_entry_bytes entry;

	qsort(app->evidence_seq, count, sizeof app->evidence_seq[0], by_number);
	for (size_t i = 0; i < count; i++) {
		uint64_t seq = app->evidence_seq[i];
		if (seq == last || seq == 0)
			continue;
		last = seq;
		enum rcc_status status = rcc_journal_read(&app->journal, seq, &entry);
		if (status == RCC_OK)
			status = rcc_wire_decode_entry(entry.payload, entry.payload_len, &app->past);
		if (status != RCC_OK)
			return status;
		rcc_evidence_take(&app->evidence, &entry.link, &app->past);
	}
	return RCC_OK;
}

static void
take_position(void *context, const struct rcc_report *report, int64_t at_ms)
{
	rcc_evidence_position(context, report, at_ms);
}

/* A pack without her track is a pack: what the daemon decided from a position stands in the entries. */
static void
take_track(struct rcc_app *app)
{
	struct rcc_track_span span = {.mmsi = app->evidence.ship};

	if (app->tracks.impl == NULL || !rcc_evidence_window(&app->evidence, app->now_ms, &span.from_ms, &span.to_ms))
		return;
	span.step_ms = rcc_evidence_step_ms(span.from_ms, span.to_ms);
	if (rcc_track_path(&app->tracks, &span, take_position, &app->evidence) != RCC_OK)
		rcc_log(RCC_LOG_WARNING, "tracks_failed", "an evidence pack is made without positions");
}

static enum rcc_status
make(struct rcc_app *app, const struct rcc_pack_wish *wish, struct rcc_made_pack *made)
{
	const struct rcc_peer *peer = rcc_peer_find(&app->core, wish->peer);
	struct rcc_evidence_making making = {.build = RCC_BUILD,
	                                     .journal = rcc_app_journal_id(app),
	                                     .head = rcc_app_head(app),
	                                     .at_ms = app->now_ms,
	                                     .key = &app->sign_key};
	struct rcc_pack pack;
	size_t count = 0;

	/* Without a number nobody can say which ship it is. */
	if (peer == NULL || peer->mmsi.v == 0)
		return RCC_E_NOT_FOUND;
	rcc_evidence_begin(&app->evidence, wish->ask.incident, peer->mmsi);
	enum rcc_status status = rcc_evidence_gather(&app->evidence, &app->core);
	/* No ship hears of a security alert, its sender's own screens apart. */
	if (status == RCC_OK && app->evidence.is_restricted)
		status = RCC_E_NOT_FOUND;
	if (status == RCC_OK)
		status = find_entries(app, &count);
	if (status == RCC_OK)
		status = take_entries(app, count);
	if (status != RCC_OK)
		return status;
	take_track(app);
	rcc_pack_begin(&pack, made->text, sizeof made->text);
	status = rcc_evidence_finish(&app->evidence, &making, &pack);
	if (status != RCC_OK)
		return status;
	rcc_log(RCC_LOG_INFO, "pack_made", "incident %u for key %u: %u lines", wish->ask.incident.v, wish->peer.v,
	        pack.lines);
	made->len = pack.len;
	made->peer = wish->peer;
	made->incident = wish->ask.incident;
	return RCC_OK;
}

/* ---- telling ---- */

static struct rcc_made_pack *
find_made(struct rcc_app *app, const struct rcc_pack_wish *wish)
{
	for (uint32_t i = 0; i < RCC_PACKS_MAX; i++) {
		struct rcc_made_pack *made = &app->pack[i];
		if (made->peer.v == wish->peer.v && made->incident.v == wish->ask.incident.v)
			return made;
	}
	return NULL;
}

/* Where its last pack of this case was, so that there is one of each; otherwise where the oldest is. */
static struct rcc_made_pack *
place_for(struct rcc_app *app, const struct rcc_pack_wish *wish)
{
	struct rcc_made_pack *made = find_made(app, wish);

	if (made == NULL)
		made = &app->pack[app->pack_next++ % RCC_PACKS_MAX];
	made->peer.v = 0;
	return made;
}

static void
tell_page(struct rcc_app *app, const struct rcc_inbound *to, const struct rcc_pack_wish *wish,
          const struct rcc_made_pack *made)
{
	struct rcc_view_rows *rows = &rcc_speak_begin(app, RCC_BODY_VIEW_ROWS)->u.rows;
	size_t from = wish->ask.from;
	size_t len = made->len - from < PAGE_BYTES ? made->len - from : PAGE_BYTES;

	memcpy(rows->bytes, made->text + from, len);
	rows->bytes[len] = '\0';
	rows->len = (uint32_t)len;
	rows->next = from + len < made->len ? (uint32_t)(from + len) : 0;
	rcc_reply_send(app, to, &wish->msg_id);
}

static enum rcc_refusal
refusal_of(enum rcc_status status)
{
	if (status == RCC_E_NOT_FOUND)
		return RCC_REFUSAL_NOT_FOUND;
	return status == RCC_E_FULL ? RCC_REFUSAL_TOO_LARGE : RCC_REFUSAL_DEGRADED;
}

static void
answer(struct rcc_app *app, const struct rcc_inbound *to, const struct rcc_pack_wish *wish)
{
	struct rcc_made_pack *made = find_made(app, wish);

	if (wish->ask.from != 0 && (made == NULL || wish->ask.from >= made->len)) {
		refuse(app, to, &wish->msg_id, RCC_REFUSAL_WRONG_STATE, "pack.from");
		return;
	}
	if (wish->ask.from == 0) {
		if (app->monotonic_ms < app->next_pack_at_ms) {
			refuse(app, to, &wish->msg_id, RCC_REFUSAL_RATE, "pack");
			return;
		}
		app->next_pack_at_ms = app->monotonic_ms + MAKE_EVERY_MS;
		made = place_for(app, wish);
		enum rcc_status status = make(app, wish, made);
		if (status != RCC_OK) {
			refuse(app, to, &wish->msg_id, refusal_of(status), "pack.incident");
			return;
		}
	}
	tell_page(app, to, wish, made);
}

void
rcc_pack_answer(struct rcc_app *app)
{
	struct rcc_pack_wish *wish = &app->pack_wish;
	struct rcc_inbound *to = &app->answer_to;

	if (!wish->is_there)
		return;
	wish->is_there = false;
	to->port = wish->port;
	to->key = wish->key;
	to->route_len = wish->route_len;
	memcpy(to->route, wish->route, wish->route_len);
	/* What is in memory may not be on the disk, or the other way round. */
	if (app->is_degraded || app->journal.impl == NULL)
		refuse(app, to, &wish->msg_id, RCC_REFUSAL_DEGRADED, "pack");
	else
		answer(app, to, wish);
}
