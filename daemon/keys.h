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

#endif
