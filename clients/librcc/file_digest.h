/*
 * file_digest.h - inside librcc: what a file is, by its content.
 */
#ifndef RCC_LIBRCC_FILE_DIGEST_H
#define RCC_LIBRCC_FILE_DIGEST_H

#include "rcc/types.h"

/* SHA-256 (FIPS 180-4) and size in bytes. RCC_E_IO: it cannot be read, and why. */
RCC_MUST_USE enum rcc_status rcc_file_digest(const char *path, struct rcc_hash *ret_digest, uint64_t *ret_size,
                                             struct rcc_fault *ret_fault);

/* The same of several files, one after the other, as if they were one. */
RCC_MUST_USE enum rcc_status rcc_file_digest_all(const char *const *path, size_t count, struct rcc_hash *ret_digest,
                                                 uint64_t *ret_size, struct rcc_fault *ret_fault);

#endif
