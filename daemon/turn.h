/*
 * turn.h - one turn of the daemon: wait, take a bounded batch, decide, commit once, and only then speak.
 *
 * Read turn.c first: it is the whole life of an alert. The arrows between the files it calls point one way:
 * turn -> intake -> reply, outbound -> speak; all of them -> batch -> core, journal.
 */
#ifndef RCC_TURN_H
#define RCC_TURN_H

#include "app.h"

/* One turn. Returns false when the daemon is to stop. */
bool rcc_turn(struct rcc_app *app);
/* The last word: a signed checkpoint to everybody who keeps one. */
void rcc_turn_stop(struct rcc_app *app);

#endif
