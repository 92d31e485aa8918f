/*
 * copy.h - a copy of a database of the centre while it is in use: one moment of it, whole, and on the disk.
 */
#ifndef RCC_JOURNAL_COPY_H
#define RCC_JOURNAL_COPY_H

#include "rcc/entry.h"

/*
 * Copies by SQLite's VACUUM INTO, under one read transaction: whoever writes meanwhile goes on. `to` must not exist; it is made
 * 0600 and synced, with its directory. RCC_E_NOT_FOUND: there is no `from`; RCC_E_IO with the reason, and no `to`.
 */
RCC_MUST_USE enum rcc_status rcc_journal_copy(const char *from, const char *to, struct rcc_fault *ret_fault);

/* Parts of it: a new file, 0600, that nobody has; a file and its folder onto the disk. */
RCC_MUST_USE enum rcc_status rcc_copy_make_empty(const char *to, struct rcc_fault *ret_fault);
RCC_MUST_USE enum rcc_status rcc_copy_sync(const char *path, struct rcc_fault *ret_fault);

#endif
