/* speak.c - the daemon's own messages: begun here, encoded here, sent by reply.c and outbound.c. */
#include "speak.h"

#include <string.h>

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
