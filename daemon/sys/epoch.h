/*
 * epoch.h - the note between `rccctl new-epoch`, which sets a damaged record aside, and the next start, which records that it did.
 */
#ifndef RCC_SYS_EPOCH_H
#define RCC_SYS_EPOCH_H

#include "rcc/command.h"

struct rcc_epoch_note {
	uint64_t good_seq; /* the last entry that the new record began with: the note is of no other */
	struct rcc_epoch epoch;
};

/* Onto the disk, in place of one from before. */
RCC_MUST_USE enum rcc_status rcc_epoch_write(const char *dir, const struct rcc_epoch_note *note,
                                             struct rcc_fault *ret_fault);
/* RCC_E_NOT_FOUND: there is none, as almost always. RCC_E_MALFORMED: somebody wrote in it. */
RCC_MUST_USE enum rcc_status rcc_epoch_read(const char *dir, struct rcc_epoch_note *ret_note);
/* It is recorded, or of another record. */
void rcc_epoch_forget(const char *dir);

#endif
