/*
 * persons_words.h - a count of persons by group, in the language of the person who reads it.
 *
 * Machines and the record have rcc_persons_format() (rcc/work_text.h), in English.
 */
#ifndef RCC_LIBRCC_PERSONS_WORDS_H
#define RCC_LIBRCC_PERSONS_WORDS_H

#include "rcc/message.h"

/* Ten groups, each at most a ten-digit number and a few words. */
#define RCC_PERSONS_WORDS_SIZE 400
/* "28 men, 16 women"; "nobody". Returns its first argument. */
const char *rcc_persons_words(char text[RCC_PERSONS_WORDS_SIZE], const struct rcc_persons *persons);

#endif
