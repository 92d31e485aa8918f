/*
 * words.h - what a row of a view tells beside its columns, in sentences: read in one glance, under the row.
 */
#ifndef RCC_CTL_WORDS_H
#define RCC_CTL_WORDS_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#define RCC_CTL_WORDS_SIZE 4096

/* One sentence a line, each ended by a newline; empty if there is nothing to say. Control characters stay as they are. */
void rcc_ctl_words_format(const json_t *row, char text[RCC_CTL_WORDS_SIZE]);
/* "35-12.40N 012-36.05E (50 %) or 36-10.00N 013-00.00E (50 %)" from the member `places`; false if there are none. */
bool rcc_ctl_places_format(const json_t *row, char *text, size_t size);

/* The same for lines of ranking, profiles and parity; empty for any other. */
void rcc_ctl_rank_words_format(const json_t *row, char text[RCC_CTL_WORDS_SIZE]);

#endif
