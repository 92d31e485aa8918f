/*
 * words.h - what a row of a view tells beside its columns, in sentences: read in one glance, under the row.
 */
#ifndef RCC_CTL_WORDS_H
#define RCC_CTL_WORDS_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/* A place with all the ships that may stand at it. */
#define RCC_CTL_WORDS_SIZE 16384

/* One sentence a line, each ended by a newline; empty if there is nothing to say. Control characters stay as they are. */
void rcc_ctl_words_format(const json_t *row, char text[RCC_CTL_WORDS_SIZE]);
/* Of a line of class PLACE, one call for each sentence: what stands against it, what is said of each ship there. */
typedef void rcc_ctl_say_fn(void *context, const char *sentence);
void rcc_ctl_place_words(const json_t *row, rcc_ctl_say_fn *say, void *context);
/* Of a line of class HANDOVER: one call for each ship that goes along. */
void rcc_ctl_handover_words(const json_t *row, rcc_ctl_say_fn *say, void *context);
/* "35-12.40N 012-36.05E (50 %) or 36-10.00N 013-00.00E (50 %)" from the member `places`; false if there are none. */
/* Where a line says that it is; RCC_POS_NONE. */
struct rcc_pos rcc_ctl_row_pos(const json_t *row);
bool rcc_ctl_places_format(const json_t *row, char *text, size_t size);

/* The same for lines of ranking, profiles and parity; empty for any other. */
void rcc_ctl_rank_words_format(const json_t *row, char text[RCC_CTL_WORDS_SIZE]);

/*
 * Each command "rccctl VERB" in the text gets these options of rccctl's own call (NULL or "" = none), so that it can be typed as
 * it stands; what does not fit stays as it is (call.c).
 */
void rcc_ctl_call_insert(const char *call, char *text, size_t size);

#endif
