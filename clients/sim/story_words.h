/*
 * story_words.h - the words of one line of a story, for the files that read verbs. Inside rcc-sim.
 *
 * Errors: the first that is found stays in the words, and fails the story; what is returned then is 0 or empty.
 */
#ifndef RCC_SIM_STORY_WORDS_H
#define RCC_SIM_STORY_WORDS_H

#include "sim/story.h"

struct words;

/* The n-th word of the line, or NULL behind the last. */
const char *rcc_story_word(const struct words *words, size_t n);
/* The value of key=..., or NULL. */
const char *rcc_story_value(const struct words *words, const char *key);
/* The n-th word that is not key=value, or "". */
const char *rcc_story_plain(const struct words *words, size_t n);
/* Of key=...; 0 if it is not there. */
uint32_t rcc_story_number(struct words *words, const char *key);
/* "I1", "N3" or a plain number. */
uint32_t rcc_story_id(struct words *words, const char *text);
struct rcc_mmsi rcc_story_mmsi(struct words *words, const char *key);
void rcc_story_copy(struct words *words, const char *key, char *array, size_t size);
void rcc_story_fail(struct words *words, const char *what, const char *text);

/* Persons, survivors, needs: fills the message by its kind; false if it is none of these. */
bool rcc_story_parse_persons(struct words *words, struct rcc_story_message *message);
/* What a ship declares of herself. */
void rcc_story_parse_profile(struct words *words, struct rcc_story_message *message);

#endif
