/* reply.c - answers: receipts after the commit, refusals with the field's name, views, pages of the journal. */
#include "reply.h"
#include "build_stamp.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "batch.h"
#include "outbound.h"
#include "rcc/text.h"
#include "seal.h"
#include "speak.h"
#include "view/view.h"

static void
set_text(char *array, size_t size, const char *text)
{
	rcc_text_copy_lossy(array, size, text, strlen(text));
}

void
rcc_reply_send(struct rcc_app *app, const struct rcc_inbound *to, const struct rcc_msg_id *reply_to)
{
	size_t len = 0;

	app->out.reply_to = *reply_to;
	enum rcc_status status = rcc_wire_encode(&app->out, app->bytes, sizeof app->bytes, &len);
	if (status == RCC_OK)
		status = rcc_net_reply(&app->net, to, app->bytes, len);
	if (status != RCC_OK && status != RCC_E_UNREACHABLE)
		rcc_log(RCC_LOG_WARNING, "reply_failed", "body %d: %s", (int)app->out.kind, rcc_status_text(status));
}

void
rcc_reply_refuse(struct rcc_app *app, const struct rcc_inbound *to, const struct rcc_wire_fault *fault)
{
	struct rcc_refused *refused = &rcc_speak_begin(app, RCC_BODY_REFUSED)->u.refused;

	refused->reason = fault->reason;
	memcpy(refused->field, fault->field, sizeof refused->field);
	set_text(refused->text, sizeof refused->text, rcc_refusal_text(fault->reason));
	rcc_reply_send(app, to, &fault->id);
}

void
rcc_reply_not_confirmed(struct rcc_app *app, const struct rcc_inbound *to, const struct rcc_msg_id *reply_to)
{
	struct rcc_not_confirmed *body = &rcc_speak_begin(app, RCC_BODY_NOT_CONFIRMED)->u.not_confirmed;

	set_text(body->text, sizeof body->text,
	         "It may not be recorded: use another channel (VHF, MF/HF, satellite) and keep sending.");
	app->not_confirmed++;
	rcc_reply_send(app, to, reply_to);
}

void
rcc_reply_welcome(struct rcc_app *app, const struct rcc_inbound *to, const struct rcc_envelope *hello)
{
	struct rcc_wire_fault fault = {.reason = RCC_REFUSAL_VERSION, .field = "hello.protocol_min", .id = hello->id};
	const struct rcc_hello *said = &hello->u.hello;
	struct rcc_peer_id peer_id = {0};
	enum rcc_role role = RCC_ROLE_ADMIN;
	bool is_revoked;

	if (said->protocol_min > RCC_PROTOCOL_MAX || said->protocol_max < RCC_PROTOCOL_MIN) {
		rcc_reply_refuse(app, to, &fault);
		return;
	}
	if (to->port != RCC_PORT_CONTROL)
		role = rcc_core_identify(&app->core, &to->key, &peer_id, &is_revoked);
	const struct rcc_peer *peer = rcc_peer_find(&app->core, peer_id);
	struct rcc_welcome *welcome = &rcc_speak_begin(app, RCC_BODY_WELCOME)->u.welcome;
	welcome->protocol = said->protocol_max < RCC_PROTOCOL_MAX ? said->protocol_max : RCC_PROTOCOL_MAX;
	set_text(welcome->centre, sizeof welcome->centre, app->config.centre);
	set_text(welcome->version, sizeof welcome->version, RCC_BUILD);
	welcome->beat_ms = rcc_outbound_beat_ms(app->config.beat_ms, said->byte_budget_h);
	/* A stranger learns who we are and how to check a receipt, nothing of what we do. */
	if (role != RCC_ROLE_GUEST)
		welcome->head = rcc_app_head(app);
	welcome->journal = rcc_app_journal_id(app);
	welcome->sign_key = app->sign_key.public_key;
	welcome->deliveries_waiting = peer == NULL || peer->delivery_last < said->delivery_stored
	                                  ? 0
	                                  : peer->delivery_last - said->delivery_stored;
	welcome->peer = peer_id;
	welcome->role = role;
	welcome->training = app->config.training;
	welcome->at_ms = app->now_ms;
	if (peer != NULL) {
		welcome->next_server_key = app->next_server_key;
		app->contact[peer->id.v - 1].knows_next_key = true;
	}
	rcc_reply_send(app, to, &hello->id);
}

static bool
is_connected(void *context, const struct rcc_key *key, int64_t *ret_heard_at_ms)
{
	const struct rcc_app *app = context;
	const struct rcc_peer *peer = rcc_peer_find_key(&app->core, key);

	*ret_heard_at_ms = peer == NULL ? 0 : app->contact[peer->id.v - 1].heard_at_ms;
	return rcc_net_is_bound(&app->net, key);
}

static bool
knows_next_key(void *context, struct rcc_peer_id peer)
{
	const struct rcc_app *app = context;

	return app->contact[peer.v - 1].knows_next_key;
}

static bool
read_track(void *context, struct rcc_mmsi ship, int64_t from_ms, int64_t to_ms, int64_t step_ms,
           rcc_view_track_fn *tell, void *tell_context)
{
	struct rcc_app *app = context;
	const struct rcc_track_span span = {.mmsi = ship, .from_ms = from_ms, .to_ms = to_ms, .step_ms = step_ms};

	return app->tracks.impl != NULL && rcc_track_path(&app->tracks, &span, tell, tell_context) == RCC_OK;
}

void
rcc_reply_read(struct rcc_app *app, const struct rcc_inbound *to, const struct rcc_msg_id *reply_to)
{
	struct rcc_accepted *accepted = &rcc_speak_begin(app, RCC_BODY_ACCEPTED)->u.accepted;

	accepted->entry = rcc_app_head(app);
	rcc_reply_send(app, to, reply_to);
}

static struct rcc_view_facts
facts_of(struct rcc_app *app, enum rcc_role role, struct rcc_net_refusal refusal[RCC_NET_REFUSED_MAX])
{
	return (struct rcc_view_facts){
	    .now_ms = app->now_ms,
	    .started_at_ms = app->started_at_ms,
	    .head = rcc_app_head(app),
	    .journal = rcc_app_journal_id(app),
	    .sign_key = app->sign_key.public_key,
	    .server_key = app->net_config.server_public,
	    .next_server_key = app->next_server_key,
	    .knows_next_key = knows_next_key,
	    .version = RCC_BUILD,
	    .centre = app->config.centre,
	    .is_degraded = app->is_degraded,
	    .is_damaged = app->is_damaged,
	    .degraded_why = app->degraded.text,
	    .is_agency = role == RCC_ROLE_AGENCY,
	    .is_training = app->config.training != 0,
	    .unrecorded = app->unrecorded,
	    .unrecorded_count = app->unrecorded_count < RCC_UNRECORDED_MAX ? app->unrecorded_count : RCC_UNRECORDED_MAX,
	    .clock_skew_ms = app->clock.skew_ms,
	    .clock_steps = app->clock.steps,
	    .clock_step_ms = app->clock.step_ms,
	    .clock_step_at_ms = app->clock.step_at_ms,
	    .malformed = app->malformed,
	    .throttled = app->throttled,
	    .positions = app->positions,
	    .not_live = app->not_live,
	    .heard = app->heard,
	    .heard_other = &app->heard[RCC_SOURCES_MAX],
	    .tally = app->tally,
	    .tally_count = RCC_TALLIES_MAX,
	    .net = rcc_net_counters(&app->net),
	    .refusal = refusal,
	    .refusal_count = rcc_net_refusals(&app->net, refusal, RCC_NET_REFUSED_MAX),
	    .ships = app->net_config.ships,
	    .operations = app->net_config.operations,
	    .live = app->net_config.live,
	    .is_connected = is_connected,
	    .track = read_track,
	    .context = app,
	};
}

const char *
rcc_reply_status_row(struct rcc_app *app)
{
	struct rcc_net_refusal refusal[RCC_NET_REFUSED_MAX];
	struct rcc_view_facts facts = facts_of(app, RCC_ROLE_ADMIN, refusal);
	const struct rcc_view view = {.what = RCC_VIEW_STATUS, .near = RCC_POS_NONE};

	rcc_speak_begin(app, RCC_BODY_VIEW_ROWS);
	if (rcc_view_fill(&view, &app->core, &app->picture, &facts, &app->out.u.rows) != RCC_OK ||
	    app->out.u.rows.len >= sizeof app->out.u.rows.bytes)
		return NULL;
	app->out.u.rows.bytes[app->out.u.rows.len] = '\0';
	return (const char *)app->out.u.rows.bytes;
}

void
rcc_reply_view(struct rcc_app *app, const struct rcc_inbound *to, enum rcc_role role,
               const struct rcc_envelope *request)
{
	struct rcc_net_refusal refusal[RCC_NET_REFUSED_MAX];
	struct rcc_view_facts facts = facts_of(app, role, refusal);
	struct rcc_wire_fault fault = {.reason = RCC_REFUSAL_NOT_FOUND, .field = "view.id", .id = request->id};

	rcc_speak_begin(app, RCC_BODY_VIEW_ROWS);
	enum rcc_status status = rcc_view_fill(&request->u.view, &app->core, &app->picture, &facts, &app->out.u.rows);
	if (status == RCC_OK) {
		rcc_reply_send(app, to, &request->id);
		return;
	}
	if (status == RCC_E_RANGE)
		fault.reason = RCC_REFUSAL_RANGE;
	else if (status == RCC_E_NOT_ALLOWED)
		fault.reason = RCC_REFUSAL_RESTRICTED;
	else if (status == RCC_E_AGAIN)
		fault.reason = RCC_REFUSAL_NO_POSITION;
	else if (status == RCC_E_FULL)
		fault.reason = RCC_REFUSAL_FULL;
	rcc_reply_refuse(app, to, &fault);
}

/* Entries one by one, then a Beat that says where the head is: the page is complete. */
void
rcc_reply_catchup(struct rcc_app *app, const struct rcc_inbound *to, const struct rcc_envelope *request)
{
	uint64_t from = request->u.catchup.from_seq;
	struct rcc_entry_bytes entry;

	for (uint32_t i = 0; i < request->u.catchup.max && app->journal.impl != NULL; i++) {
		if (rcc_journal_read(&app->journal, from + i, &entry) != RCC_OK)
			break;
		rcc_speak_begin(app, RCC_BODY_ENTRY)->u.entry = entry;
		rcc_reply_send(app, to, &request->id);
	}
	struct rcc_beat *beat = &rcc_speak_begin(app, RCC_BODY_BEAT)->u.beat;
	*beat = (struct rcc_beat){.at_ms = app->now_ms, .head = rcc_app_head(app), .degraded = app->is_degraded};
	rcc_reply_send(app, to, &request->id);
}

/* The record says by now who asked. What was erased is no failure, but no receipt either. */
static void
refuse_unseal(struct rcc_app *app, const struct rcc_inbound *to, const struct rcc_owed *owed, enum rcc_status status)
{
	struct rcc_refused *refused = &rcc_speak_begin(app, RCC_BODY_REFUSED)->u.refused;
	bool is_erased = status == RCC_E_NOT_FOUND;

	refused->reason = is_erased ? RCC_REFUSAL_NOT_FOUND : RCC_REFUSAL_DEGRADED;
	refused->seq = owed->link.seq;
	set_text(refused->field, sizeof refused->field, "unseal.key");
	set_text(refused->text, sizeof refused->text,
	         is_erased ? "What was sealed is erased: its key is gone."
	                   : "What is sealed cannot be opened now: see sealed.db and the log of rccd.");
	rcc_reply_send(app, to, &owed->msg_id);
}

static void
send_unsealed(struct rcc_app *app, const struct rcc_inbound *to, const struct rcc_owed *owed)
{
	char text[RCC_TEXT_MAX + 1] = "";
	enum rcc_status status = rcc_seal_read(app, owed->alert, owed->note, text);

	if (status != RCC_OK) {
		rcc_log(status == RCC_E_NOT_FOUND ? RCC_LOG_INFO : RCC_LOG_ERROR, "unseal_failed", "%s %u: %s",
		        owed->note != 0 ? "note" : "alert", owed->note != 0 ? owed->note : owed->alert.v,
		        rcc_status_text(status));
		refuse_unseal(app, to, owed, status);
		return;
	}
	struct rcc_accepted *accepted = &rcc_speak_begin(app, RCC_BODY_ACCEPTED)->u.accepted;
	accepted->entry = owed->link;
	accepted->alert = owed->alert;
	accepted->incident = owed->incident;
	memcpy(accepted->contact, text, sizeof text);
	rcc_reply_send(app, to, &owed->msg_id);
	/* Both are used again for what goes to others. */
	memset(accepted, 0, sizeof *accepted);
	memset(app->bytes, 0, RCC_MESSAGE_MAX);
}

static void
send_owed(struct rcc_app *app, const struct rcc_inbound *to, const struct rcc_owed *owed)
{
	if (owed->refusal != 0) {
		struct rcc_refused *refused = &rcc_speak_begin(app, RCC_BODY_REFUSED)->u.refused;
		refused->reason = owed->refusal;
		memcpy(refused->field, owed->field, sizeof refused->field);
		set_text(refused->text, sizeof refused->text, rcc_refusal_text(owed->refusal));
		refused->seq = owed->link.seq;
		rcc_reply_send(app, to, &owed->msg_id);
		return;
	}
	if (owed->is_unseal) {
		send_unsealed(app, to, owed);
		return;
	}
	struct rcc_accepted *accepted = &rcc_speak_begin(app, RCC_BODY_ACCEPTED)->u.accepted;
	accepted->contact_lost = owed->is_contact_lost;
	accepted->restricted = owed->is_restricted;
	accepted->entry = owed->link.seq == 0 ? rcc_app_head(app) : owed->link;
	accepted->alert = owed->alert;
	accepted->incident = owed->incident;
	accepted->request = owed->request.v;
	if (owed->is_signed && owed->link.seq != 0) {
		struct rcc_journal_id journal = rcc_app_journal_id(app);
		accepted->is_signed = 1;
		rcc_receipt_sign(&app->sign_key, &journal, &owed->msg_id, accepted);
	}
	rcc_reply_send(app, to, &owed->msg_id);
}

static void
address(struct rcc_inbound *to, const struct rcc_owed *owed)
{
	to->port = owed->port;
	to->key = owed->key;
	to->route_len = owed->route_len;
	memcpy(to->route, owed->route, owed->route_len);
}

void
rcc_reply_owed(struct rcc_app *app, bool is_committed)
{
	for (uint32_t i = 0; i < app->owed_count; i++) {
		address(&app->answer_to, &app->owed[i]);
		if (is_committed)
			send_owed(app, &app->answer_to, &app->owed[i]);
		else
			rcc_reply_not_confirmed(app, &app->answer_to, &app->owed[i].msg_id);
	}
}

/* What could not be read when it was recorded cannot be read now: the same bytes get the same refusal. */
static void
refuse_as_before(struct rcc_app *app, struct rcc_owed *owed)
{
	const struct rcc_command *cause = &app->past.cause;
	struct rcc_wire_fault fault = {.reason = RCC_REFUSAL_MALFORMED};

	if (owed->refusal != 0 || cause->kind != RCC_COMMAND_ALERT || cause->received_len == 0)
		return;
	if (rcc_wire_decode(cause->received, cause->received_len, &app->out, &fault) != RCC_OK) {
		owed->refusal = fault.reason;
		memcpy(owed->field, fault.field, sizeof owed->field);
	} else if (cause->origin.role == RCC_ROLE_GUEST && cause->received_len > RCC_MESSAGE_GUEST_MAX) {
		owed->refusal = RCC_REFUSAL_TOO_LARGE;
	}
}

void
rcc_reply_again(struct rcc_app *app, const struct rcc_inbound *to, const struct rcc_msg_id *msg_id, uint64_t seq)
{
	struct rcc_owed owed = {.msg_id = *msg_id};
	struct rcc_entry_bytes entry;

	if (rcc_journal_read(&app->journal, seq, &entry) != RCC_OK ||
	    rcc_wire_decode_entry(entry.payload, entry.payload_len, &app->past) != RCC_OK) {
		rcc_reply_not_confirmed(app, to, msg_id);
		return;
	}
	owed.link = entry.link;
	rcc_batch_owed_from_entry(app, &app->past, &owed);
	refuse_as_before(app, &owed);
	send_owed(app, to, &owed);
}
