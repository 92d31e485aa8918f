/*
 * batch.h - the open batch of a turn: what is decided is appended, and spoken of only when turn.c has committed it.
 */
#ifndef RCC_BATCH_H
#define RCC_BATCH_H

#include "app.h"

/* Forgets the batch: it was committed and spoken of, or lost. */
void rcc_batch_clear(struct rcc_app *app);

/* Clears app->entry for a command of this kind at the turn's time, from the daemon itself. */
struct rcc_command *rcc_batch_command(struct rcc_app *app, enum rcc_command_kind kind);
/* Is there room in this turn for one more entry? */
bool rcc_batch_has_room(const struct rcc_app *app);
/*
 * Steps app->entry and appends what happened to the open batch. `from` is the sender to be answered after the commit, or
 * NULL for the daemon's own commands; `refusal` (0 = none) answers with that refusal although the entry was recorded.
 * RCC_E_UNKNOWN_OUTCOME: the journal failed, the turn is lost, the sender was told.
 */
RCC_MUST_USE enum rcc_status rcc_batch_take(struct rcc_app *app, const struct rcc_inbound *from,
                                            const struct rcc_wire_fault *refusal);

/* Nothing can be recorded any more: the turn is lost, turn.c tells its senders and reopens the record. */
void rcc_batch_fail(struct rcc_app *app, const char *why);
/* What an entry answers to its sender: refusal, alert and incident. */
void rcc_batch_owed_from_entry(const struct rcc_app *app, const struct rcc_entry *entry, struct rcc_owed *owed);

#endif
