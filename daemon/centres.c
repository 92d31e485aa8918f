/*
 * centres.c - handovers and requests on their way: what the core owes to other centres goes out until the other has it on its disk.
 *
 * Nothing here is evidence: a restart finds what is owed in the state, and says it again under the same id.
 */
#include "centres.h"

#include <string.h>

#include "batch.h"
#include "rcc/text.h"
#include "rcc/units.h"
#include "rcc/work_text.h"
#include "speak.h"

/* Not answered: again after so long, then every minute. */
static const int64_t again_after_ms[] = {RCC_MS_PER_S, 2 * RCC_MS_PER_S, 5 * RCC_MS_PER_S, 15 * RCC_MS_PER_S,
                                         RCC_MS_PER_MIN};
#define AGAIN_STEPS (sizeof again_after_ms / sizeof again_after_ms[0])
/* While the link comes up. */
#define LINK_MS 250

static void
say(struct rcc_app *app, struct rcc_centre_line *line)
{
	struct rcc_centre_owed *owed = &app->centre_owed;
	const struct rcc_peer *peer = rcc_peer_find(&app->core, owed->peer);
	struct rcc_entry_bytes entry;
	size_t len = 0;

	line->next_at_ms = app->monotonic_ms + LINK_MS;
	bool is_request = owed->kind == RCC_BODY_PLACE_REQUEST;
	struct rcc_link *record = is_request ? &owed->request.record : &owed->body.record;
	if (rcc_journal_read(&app->journal, record->seq, &entry) != RCC_OK)
		return;
	*record = entry.link;
	struct rcc_envelope *out = rcc_speak_begin(app, owed->kind);
	out->id = owed->id;
	out->claimed_at_ms = is_request ? owed->request.decided_at_ms : owed->body.decided_at_ms;
	out->class = owed->class;
	if (is_request)
		out->u.place_request = owed->request;
	else
		out->u.centre = owed->body;
	if (!rcc_speak_encode(app, &len))
		return;
	enum rcc_status status =
	    rcc_net_send_centre(&app->net, &peer->key, rcc_core_centre_endpoint(&app->core, peer->id), app->bytes, len);
	if (status == RCC_E_AGAIN)
		return;
	if (status != RCC_OK)
		rcc_log(RCC_LOG_WARNING, "centre_unreachable", "%s cannot be called at %s: %s", peer->name,
		        rcc_core_centre_endpoint(&app->core, peer->id), rcc_status_text(status));
	line->next_at_ms = app->monotonic_ms + again_after_ms[line->step];
	if (line->step + 1 < AGAIN_STEPS)
		line->step++;
}

void
rcc_centres_say(struct rcc_app *app)
{
	for (uint32_t slot = 0; slot < RCC_OWED_SLOTS; slot++) {
		struct rcc_centre_line *line = &app->centre_line[slot];
		if (!rcc_core_centre_owed(&app->core, slot, &app->centre_owed)) {
			*line = (struct rcc_centre_line){.is_waiting = false};
			continue;
		}
		if (!line->is_waiting || memcmp(&line->id, &app->centre_owed.id, sizeof line->id) != 0)
			*line = (struct rcc_centre_line){.is_waiting = true, .id = app->centre_owed.id};
		if (app->monotonic_ms >= line->next_at_ms)
			say(app, line);
	}
}

int64_t
rcc_centres_wait_ms(const struct rcc_app *app, int64_t monotonic_ms)
{
	int64_t wait_ms = INT64_MAX;

	for (uint32_t slot = 0; slot < RCC_OWED_SLOTS; slot++) {
		const struct rcc_centre_line *line = &app->centre_line[slot];
		if (line->is_waiting && line->next_at_ms - monotonic_ms < wait_ms)
			wait_ms = line->next_at_ms - monotonic_ms;
	}
	return wait_ms;
}

/* What the other may yet take, once it can record, or knows us, or speaks this version. */
static bool
is_for_now(enum rcc_refusal refusal)
{
	return refusal == RCC_REFUSAL_DEGRADED || refusal == RCC_REFUSAL_RATE || refusal == RCC_REFUSAL_NOT_ALLOWED ||
	       refusal == RCC_REFUSAL_UNKNOWN_KEY || refusal == RCC_REFUSAL_UNSUPPORTED ||
	       refusal == RCC_REFUSAL_VERSION;
}

/* Where it stands in the other's record: of a refusal the number alone is told. */
static void
fill_receipt(const struct rcc_envelope *answer, enum rcc_refusal *ret_refusal, struct rcc_link *ret_record)
{
	if (answer->kind == RCC_BODY_REFUSED) {
		*ret_refusal = answer->u.refused.reason;
		ret_record->seq = answer->u.refused.seq;
	} else {
		*ret_record = answer->u.accepted.entry;
	}
}

static void
record_receipt(struct rcc_app *app, const struct rcc_peer *peer)
{
	const struct rcc_centre_owed *owed = &app->centre_owed;
	bool is_request = owed->kind == RCC_BODY_PLACE_REQUEST;
	struct rcc_command *command =
	    rcc_batch_command(app, is_request ? RCC_COMMAND_PLACE_REQUEST : RCC_COMMAND_CENTRE);

	command->origin.peer = peer->id;
	command->origin.role = RCC_ROLE_PEER;
	command->origin.key = peer->key;
	if (is_request) {
		command->u.place_request.request = owed->request.request;
		command->u.place_request.step = RCC_REQUEST_STORED;
		command->u.place_request.pos = RCC_POS_NONE;
		command->u.place_request.ship_pos = RCC_POS_NONE;
		fill_receipt(&app->envelope, &command->u.place_request.refusal, &command->u.place_request.record);
	} else {
		command->u.centre.handover = owed->body.handover;
		command->u.centre.step = RCC_HANDOVER_STORED;
		fill_receipt(&app->envelope, &command->u.centre.refusal, &command->u.centre.record);
	}
	if (rcc_batch_take(app, NULL, NULL) != RCC_OK)
		rcc_log(RCC_LOG_ERROR, "turn_lost", "the receipt of another centre could not be recorded");
}

void
rcc_centres_hear(struct rcc_app *app)
{
	const struct rcc_envelope *answer = &app->envelope;
	const struct rcc_peer *peer = rcc_peer_find_key(&app->core, &app->inbound.key);
	struct rcc_wire_fault fault;

	if (app->is_degraded || peer == NULL || peer->revoked_at_ms != 0 ||
	    rcc_wire_decode(app->inbound.bytes, app->inbound.len, &app->envelope, &fault) != RCC_OK ||
	    (answer->kind != RCC_BODY_ACCEPTED && answer->kind != RCC_BODY_REFUSED))
		return;
	for (uint32_t slot = 0; slot < RCC_OWED_SLOTS; slot++) {
		if (!rcc_core_centre_owed(&app->core, slot, &app->centre_owed) ||
		    app->centre_owed.peer.v != peer->id.v ||
		    memcmp(&app->centre_owed.id, &answer->reply_to, sizeof answer->reply_to) != 0)
			continue;
		if (answer->kind == RCC_BODY_REFUSED && is_for_now(answer->u.refused.reason))
			rcc_log(RCC_LOG_WARNING, "centre_refuses", "%s takes no %s now: %s", peer->name,
			        app->centre_owed.kind == RCC_BODY_PLACE_REQUEST
			            ? "request for a place"
			            : rcc_handover_word(app->centre_owed.body.step),
			        rcc_refusal_word(answer->u.refused.reason));
		else
			record_receipt(app, peer);
		return;
	}
}

bool
rcc_centres_is_ours(struct rcc_app *app, const struct rcc_link *link)
{
	struct rcc_entry_bytes entry;

	if (link->seq == 0)
		return true;
	return rcc_journal_read(&app->journal, link->seq, &entry) == RCC_OK &&
	       memcmp(&entry.link.hash, &link->hash, sizeof link->hash) == 0;
}
