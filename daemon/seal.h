/*
 * seal.h - a caller's particulars, and what a restricted note says, on their way into the record and out of it: sealed before anything is recorded, opened for
 * one answer once it is on the disk who asked and why.
 */
#ifndef RCC_SEAL_TOP_H
#define RCC_SEAL_TOP_H

#include "app.h"

/* Opens sealed.db. Failing that, the daemon serves without: reports are taken, particulars are not (logged). */
void rcc_seal_start(struct rcc_app *app);
void rcc_seal_stop(struct rcc_app *app);
/* Takes out what a sender put where the daemon alone writes: tag or sealed bytes could be those of another's caller. */
void rcc_seal_drop(struct rcc_command *command);
/* Does this message hold what must not be recorded in plain? */
bool rcc_seal_is_needed(const struct rcc_envelope *envelope);
/*
 * Makes the command and command->received fit for the record, from app->inbound. A report is taken without the particulars if
 * they cannot be sealed, and a mark says so. False: a note that cannot be sealed is not recorded; its officer is told.
 */
RCC_MUST_USE bool rcc_seal_command(struct rcc_app *app, struct rcc_command *command);
/*
 * The particulars of a recorded alert, or what a note says (the other is 0). RCC_E_NOT_FOUND: erased. Anything else: not now.
 */
RCC_MUST_USE enum rcc_status rcc_seal_read(struct rcc_app *app, struct rcc_alert_id alert, uint32_t note,
                                           char ret_text[RCC_TEXT_MAX + 1]);

#endif
