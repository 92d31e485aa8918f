/*
 * pack.h - a ship asks for its evidence pack of a case, and gets it in pages.
 *
 * Bounds: one request a turn, after the commit, and one pack made a second: what a pack takes must not keep an alert waiting.
 */
#ifndef RCC_DAEMON_PACK_H
#define RCC_DAEMON_PACK_H

#include "app.h"

/* Notes who asks (app->inbound); refuses at once, "rate", if another ship asked in this turn. */
void rcc_pack_wish(struct rcc_app *app, struct rcc_peer_id peer, const struct rcc_envelope *envelope);
/* Answers the request of this turn, if there is one. Call after the commit, whatever became of it. */
void rcc_pack_answer(struct rcc_app *app);

#endif
