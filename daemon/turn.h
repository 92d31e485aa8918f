/*
 * turn.h - one turn of the daemon: wait, take a bounded batch, decide, commit once, and only then speak.
 *
 * Read turn.c first: it is the whole life of an alert.
 */
#ifndef RCC_TURN_H
#define RCC_TURN_H

#include "app.h"

/* One turn. Returns false when the daemon is to stop. */
bool rcc_turn(struct rcc_app *app);

/* ---- for intake.c and app.c ---- */

/* Forgets the batch: it was committed and spoken of, or lost. */
void rcc_turn_clear(struct rcc_app *app);

/* Clears app->entry for a command of this kind at the turn's time, from the daemon itself. */
struct rcc_command *rcc_turn_command(struct rcc_app *app, enum rcc_command_kind kind);
/* Is there room in this turn for one more entry? */
bool rcc_turn_has_room(const struct rcc_app *app);
/*
 * Steps app->entry and appends what happened to the open batch. `from` is the sender to be answered after the commit, or
 * NULL for the daemon's own commands; `refusal` (0 = none) answers with that refusal although the entry was recorded.
 * RCC_E_UNKNOWN_OUTCOME: the journal failed, the turn is lost, the sender was told.
 */
RCC_MUST_USE enum rcc_status rcc_turn_take(struct rcc_app *app, const struct rcc_inbound *from,
                                           const struct rcc_wire_fault *refusal);

/* Takes one message: positions to the picture, questions answered, the rest to rcc_turn_take(). */
void rcc_intake(struct rcc_app *app);

/* ---- reply.c ---- */

/* Encodes app->out and answers `to`. */
void rcc_reply_send(struct rcc_app *app, const struct rcc_inbound *to, const struct rcc_msg_id *reply_to);
void rcc_reply_refuse(struct rcc_app *app, const struct rcc_inbound *to, const struct rcc_wire_fault *fault);
void rcc_reply_not_confirmed(struct rcc_app *app, const struct rcc_inbound *to, const struct rcc_msg_id *reply_to);
void rcc_reply_welcome(struct rcc_app *app, const struct rcc_inbound *to, const struct rcc_envelope *hello);
void rcc_reply_view(struct rcc_app *app, const struct rcc_inbound *to, const struct rcc_envelope *request);
void rcc_reply_catchup(struct rcc_app *app, const struct rcc_inbound *to, const struct rcc_envelope *request);
/* The answer that an earlier message got, again. */
void rcc_reply_again(struct rcc_app *app, const struct rcc_inbound *to, const struct rcc_msg_id *msg_id, uint64_t seq);
/* What an entry answers to its sender: refusal, alert and incident. */
void rcc_owed_from_entry(const struct rcc_app *app, const struct rcc_entry *entry, struct rcc_owed *owed);
/* Everything owed in this turn; is_committed false tells everybody NotConfirmed. */
void rcc_reply_owed(struct rcc_app *app, bool is_committed);

/* ---- outbound.c ---- */

/* Starts app->out with an id and the time of the turn. */
struct rcc_envelope *rcc_outbound_envelope(struct rcc_app *app, enum rcc_body_kind kind);
/* To every subscriber of `live`: the turn's entries. */
void rcc_outbound_publish(struct rcc_app *app);
/* Gives every connected ship the ledger lines that it has not been given yet. */
void rcc_outbound_deliver(struct rcc_app *app);
/* Gives one ship everything that it has not stored, from `after` on. */
void rcc_outbound_deliver_from(struct rcc_app *app, const struct rcc_peer *peer, uint32_t after);
/* Sends again what is not stored, to the ships whose time has come. */
void rcc_outbound_retry(struct rcc_app *app);
/* A sign of life to every connected client. */
void rcc_outbound_beat(struct rcc_app *app);
/* A signed checkpoint to everybody, when one is due. */
void rcc_outbound_checkpoint(struct rcc_app *app, enum rcc_checkpoint_when when);
/* Records what was given to connections since the last turn. */
void rcc_outbound_record_sent(struct rcc_app *app);

#endif
