/*
 * laws_place.h - what must hold of places of safety: nobody is sent where something stands against it but by two officers, an
 * objection moves nothing. Part of laws.h, for laws.c.
 */
#ifndef RCC_TEST_LAWS_PLACE_H
#define RCC_TEST_LAWS_PLACE_H

#include "laws.h"

/* NULL, or the law of the state that is broken. */
const char *laws_of_places(const struct rcc_core *core);
/* The same of what is asked of other centres, and by them. */
const char *laws_of_requests(const struct rcc_core *core);
/* NULL, or the law that this entry's steps break; keeps an account of its own in story->place. */
const char *laws_of_steps(struct laws_story *story, const struct rcc_core *core, const struct rcc_entry *entry);

#endif
