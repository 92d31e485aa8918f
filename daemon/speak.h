/*
 * speak.h - the daemon's own messages, begun and encoded.
 */
#ifndef RCC_SPEAK_H
#define RCC_SPEAK_H

#include "app.h"

/* Starts app->out with an id, the time of the turn and a cleared body, which is the caller's to fill. */
struct rcc_envelope *rcc_speak_begin(struct rcc_app *app, enum rcc_body_kind kind);
/* Encodes app->out into app->bytes; false (and a log line) if it cannot be. */
bool rcc_speak_encode(struct rcc_app *app, size_t *ret_len);

#endif
