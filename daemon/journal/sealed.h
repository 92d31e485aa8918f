/*
 * sealed.h - the keys of sealed particulars, in a file of their own (sealed.db): what is deleted here is erased everywhere.
 *
 * Why:    journal.db is copied, published and kept for ever. This file is none of it: it stays on the centre's machine, is
 *         readable by its user alone, and a key that leaves it takes the particulars with it.
 * Owns:   the database handle; close with rcc_sealed_close().
 * Blocks: a put or destroy waits for the disk. Two processes may have the file open.
 */
#ifndef RCC_SEALED_H
#define RCC_SEALED_H

#include "proto/seal.h"

struct rcc_sealed_store {
	struct rcc_sealed_store_impl *impl;
};

/*
 * Opens the file or makes it (0600). The tag secret is made once for a centre: `fresh_secret` becomes it in a new file,
 * ret_secret is the one that holds. Both may be the same object.
 */
RCC_MUST_USE enum rcc_status rcc_sealed_open(struct rcc_sealed_store *store, const char *path,
                                             const struct rcc_seal_key *fresh_secret, struct rcc_seal_key *ret_secret,
                                             struct rcc_fault *ret_fault);
void rcc_sealed_close(struct rcc_sealed_store *store);
/* Keeps a key: on the disk when this returns RCC_OK. An id that is there already is never given another key. */
RCC_MUST_USE enum rcc_status rcc_sealed_put(struct rcc_sealed_store *store, const struct rcc_seal_id *id,
                                            const struct rcc_seal_key *key, enum rcc_class class, int64_t made_at_ms);
/* RCC_E_NOT_FOUND: it was destroyed, or never was in this file. */
RCC_MUST_USE enum rcc_status rcc_sealed_get(struct rcc_sealed_store *store, const struct rcc_seal_id *id,
                                            struct rcc_seal_key *ret_key);
/*
 * Destroys keys: their bytes are overwritten in the file, and the log that held them is cut. *ret_gone: how many were there.
 * RCC_E_BUSY if they are destroyed but another reader keeps the log from being cut: call again.
 */
RCC_MUST_USE enum rcc_status rcc_sealed_destroy_all(struct rcc_sealed_store *store, const struct rcc_seal_id *id,
                                                    size_t count, size_t *ret_gone);
/* The same of one; RCC_E_NOT_FOUND if there is none. */
RCC_MUST_USE enum rcc_status rcc_sealed_destroy(struct rcc_sealed_store *store, const struct rcc_seal_id *id);

/*
 * Keys of a class made before a time, oldest first, those after `after` alone (all zero: from the first on): at most
 * `size` of them, *ret_count tells how many. Fewer than `size`: there are no more.
 */
struct rcc_sealed_made {
	int64_t made_at_ms;
	struct rcc_seal_id id;
};
RCC_MUST_USE enum rcc_status rcc_sealed_older(struct rcc_sealed_store *store, enum rcc_class class, int64_t before_ms,
                                              const struct rcc_sealed_made *after, struct rcc_sealed_made *ret_made,
                                              size_t size, size_t *ret_count);

/*
 * How many of these keys somebody else's file holds; no key is read, nothing is written. RCC_E_NOT_FOUND if there is no such
 * file, or it is not ours to read.
 */
RCC_MUST_USE enum rcc_status rcc_sealed_count_file(const char *path, const struct rcc_seal_id *id, size_t count,
                                                   size_t *ret_there, struct rcc_fault *ret_fault);

#endif
