/*
 * join_internal.h - inside librcc: what joining and changing a key have in common.
 */
#ifndef RCC_LIBRCC_JOIN_INTERNAL_H
#define RCC_LIBRCC_JOIN_INTERNAL_H

#include "librcc/client_internal.h"
#include "rcc/join.h"

/* Nothing wakes whoever waits for a Welcome sooner. */
#define RCC_JOIN_LOOK_MS 200

/* A connection without a store. `makes_key`: the key file is made if it is missing. */
RCC_MUST_USE enum rcc_status rcc_join_open(const struct rcc_client_config *config, const char *key_file, bool makes_key,
                                           struct rcc_client **ret_client, struct rcc_fault *ret_fault);
/* RCC_E_TIMEOUT: nobody answered. */
RCC_MUST_USE enum rcc_status rcc_join_welcome(struct rcc_client *client, int64_t timeout_ms,
                                              struct rcc_welcome *ret_welcome);
/* RCC_OK: accepted. RCC_E_REFUSED, or RCC_E_TIMEOUT: it is not known whether it was. */
RCC_MUST_USE enum rcc_status rcc_join_ask(struct rcc_client *client, struct rcc_envelope *message, int64_t timeout_ms,
                                          struct rcc_fault *ret_fault);
/* The new key of a change that was begun and never told is worth nothing any more. False: there was none. */
bool rcc_rekey_forget(const char *key_file);
RCC_MUST_USE enum rcc_status rcc_join_make_folders(const char *path);

#endif
