/*
 * reply.h - answers to those who said something; what was decided is answered only after the commit.
 */
#ifndef RCC_REPLY_H
#define RCC_REPLY_H

#include "app.h"

/* Encodes app->out and answers `to`. */
void rcc_reply_send(struct rcc_app *app, const struct rcc_inbound *to, const struct rcc_msg_id *reply_to);
void rcc_reply_refuse(struct rcc_app *app, const struct rcc_inbound *to, const struct rcc_wire_fault *fault);
void rcc_reply_not_confirmed(struct rcc_app *app, const struct rcc_inbound *to, const struct rcc_msg_id *reply_to);
void rcc_reply_welcome(struct rcc_app *app, const struct rcc_inbound *to, const struct rcc_envelope *hello);
/* The line of STATUS as an administrator reads it, in the app's own buffer until the next message; NULL if it has no room. */
const char *rcc_reply_status_row(struct rcc_app *app);
void rcc_reply_view(struct rcc_app *app, const struct rcc_inbound *to, enum rcc_role role,
                    const struct rcc_envelope *request);
void rcc_reply_catchup(struct rcc_app *app, const struct rcc_inbound *to, const struct rcc_envelope *request);
/* It was read, and nothing in it is for the record: the sender may forget it. */
void rcc_reply_read(struct rcc_app *app, const struct rcc_inbound *to, const struct rcc_msg_id *reply_to);
/* The answer that an earlier message got, again. */
void rcc_reply_again(struct rcc_app *app, const struct rcc_inbound *to, const struct rcc_msg_id *msg_id, uint64_t seq);
/* Everything owed in this turn; is_committed false tells everybody NotConfirmed. */
void rcc_reply_owed(struct rcc_app *app, bool is_committed);

#endif
