/*
 * keys.h - the centre's own keys: made on first start (0600), loaded afterwards. There is no default key.
 */
#ifndef RCC_KEYS_H
#define RCC_KEYS_H

#include "app.h"

/*
 * Loads or makes DIR/server.key (CURVE) and DIR/sign.key (Ed25519), and writes their public halves to DIR/server.pub and
 * DIR/sign.pub (Z85, one line, 0644).
 */
RCC_MUST_USE enum rcc_status rcc_keys_load(struct rcc_app *app, const char *dir, struct rcc_fault *ret_fault);

/*
 * Another CURVE key of the centre, without a ship being locked out: DIR/server.key.next is made, announced in every Welcome to who is
 * enrolled, and put in force between two runs. A client that has heard of it tries it when the one before brings no connection.
 */
RCC_MUST_USE enum rcc_status rcc_keys_make_next(const char *dir, struct rcc_key *ret_next, struct rcc_fault *ret_fault);
/* Reads whether there is one to be announced: at the start, and with each reload. */
RCC_MUST_USE enum rcc_status rcc_keys_announce(struct rcc_app *app, const char *dir, struct rcc_fault *ret_fault);
/* The next key becomes server.key, and that server.key.before. RCC_E_BUSY or such while a daemon runs; RCC_E_NOT_FOUND. */
RCC_MUST_USE enum rcc_status rcc_keys_switch(const char *dir, struct rcc_key *ret_now, struct rcc_fault *ret_fault);

#endif
