/*
 * centres.h - what is said to other centres and heard from them, handovers and requests for a place, over links of our own.
 */
#ifndef RCC_CENTRES_H
#define RCC_CENTRES_H

#include "app.h"

/* Says what is owed and whose time has come. Only after a commit: what is owed comes from the state. */
void rcc_centres_say(struct rcc_app *app);
/* Milliseconds until something is to be said again; INT64_MAX = nothing waits. */
int64_t rcc_centres_wait_ms(const struct rcc_app *app, int64_t monotonic_ms);
/* An answer to what we said, in app->inbound: that the other has it on its disk is recorded. */
void rcc_centres_hear(struct rcc_app *app);
/* Is the entry that this message answers one of our record? The other was told its hash. */
bool rcc_centres_is_ours(struct rcc_app *app, const struct rcc_link *link);

#endif
