/*
 * story.h - a fixed record for the journal's tests: a small night with every kind of event in it, then small entries.
 *
 * Written by hand and not by the core, so that these tests speak of the journal alone.
 */
#ifndef RCC_TEST_STORY_H
#define RCC_TEST_STORY_H

#include "rcc/entry.h"

#define STORY_NIGHT 24                     /* entries of the night; later ones are small */
#define STORY_START INT64_C(1795000000000) /* time of entry 1; each later one is STORY_STEP_MS after */
#define STORY_STEP_MS 1500

/* Entry `number` (from 1) of the record. Always the same. */
void story_entry(uint64_t number, struct rcc_entry *ret_entry);
/* Who sent its message, and under which id; every entry but the daemon's own (1, 6, 12, 15-17, 19, 20, 24) has one. */
struct rcc_key story_sender(uint64_t number);
struct rcc_msg_id story_msg_id(uint64_t number);

#endif
