/*
 * laws_persons.h - what must hold of the persons of every case: nobody vanishes, no count is negative, no family is split in
 * silence. Part of laws.h, for laws.c.
 */
#ifndef RCC_TEST_LAWS_PERSONS_H
#define RCC_TEST_LAWS_PERSONS_H

#include "laws.h"

/* NULL, or the law of the state that is broken. */
const char *laws_of_persons(const struct rcc_core *core);
/* NULL, or the law that this entry's moves break; counts along in story->counted. */
const char *laws_of_moves(struct laws_story *story, const struct rcc_core *core, const struct rcc_entry *entry);

#endif
