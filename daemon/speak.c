/* speak.c - the daemon's own messages: begun here, encoded here, sent by reply.c and outbound.c. */
#include "speak.h"

#include <assert.h>
#include <string.h>

/* Room for the largest body that the daemon says, pages apart. */
#define CLEARED_BYTES sizeof(struct rcc_delivery_msg)
static_assert(sizeof(struct rcc_welcome) <= CLEARED_BYTES, "a body that is not cleared");
static_assert(sizeof(struct rcc_accepted) <= CLEARED_BYTES, "a body that is not cleared");
static_assert(sizeof(struct rcc_refused) <= CLEARED_BYTES, "a body that is not cleared");
static_assert(sizeof(struct rcc_not_confirmed) <= CLEARED_BYTES, "a body that is not cleared");
static_assert(sizeof(struct rcc_checkpoint) <= CLEARED_BYTES, "a body that is not cleared");
static_assert(sizeof(struct rcc_beat) <= CLEARED_BYTES, "a body that is not cleared");
static_assert(sizeof(struct rcc_entry_bytes) <= CLEARED_BYTES, "a body that is not cleared");

/* One body is written over another, and they are of very different size: a page's bytes are never cleared, its head is. */
static void
clear_body(struct rcc_envelope *out, enum rcc_body_kind kind)
{
	if (kind == RCC_BODY_VIEW_ROWS) {
		out->u.rows.next = 0;
		out->u.rows.len = 0;
		out->u.rows.bytes[0] = '\0';
		return;
	}
	memset(&out->u, 0, CLEARED_BYTES);
}

struct rcc_envelope *
rcc_speak_begin(struct rcc_app *app, enum rcc_body_kind kind)
{
	struct rcc_envelope *out = &app->out;

	out->protocol = RCC_PROTOCOL_MAX;
	/* The daemon's own messages are told apart by what they answer or carry; ids only make them differ. */
	memset(&out->id, 0, sizeof out->id);
	for (size_t i = 0; i < 8; i++)
		out->id.b[i] = (uint8_t)(++app->message_count >> (8 * (7 - i)));
	memset(&out->reply_to, 0, sizeof out->reply_to);
	out->claimed_at_ms = app->now_ms;
	out->class = RCC_CLASS_LIVE;
	out->kind = kind;
	clear_body(out, kind);
	return out;
}

bool
rcc_speak_encode(struct rcc_app *app, size_t *ret_len)
{
	enum rcc_status status = rcc_wire_encode(&app->out, app->bytes, sizeof app->bytes, ret_len);

	if (status != RCC_OK)
		rcc_log(RCC_LOG_ERROR, "encode_failed", "body %d: %s", (int)app->out.kind, rcc_status_text(status));
	return status == RCC_OK;
}
