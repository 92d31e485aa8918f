/*
 * salvage.h - the good entries of a damaged journal, as a journal of their own: what a new epoch begins with.
 *
 * The damaged file is read and never written. Entries and checkpoints are copied byte for byte, so hashes and signatures hold; whoever
 * opens the new file to write makes its projections.
 */
#ifndef RCC_JOURNAL_SALVAGE_H
#define RCC_JOURNAL_SALVAGE_H

#include "rcc/entry.h"

/*
 * Entries 1 to `upto`, which were verified, of `from` into `to`, which must not exist; 0600, synced. RCC_E_CORRUPT: `from` does not even
 * say whose record it is. RCC_E_IO with the reason, and no `to`.
 */
RCC_MUST_USE enum rcc_status rcc_journal_salvage(const char *from, const char *to, uint64_t upto,
                                                 struct rcc_fault *ret_fault);

#endif
