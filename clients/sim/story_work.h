/*
 * story_work.h - the work of an incident in a story: VERB INCIDENT KEY=VALUE ...
 *
 * Keys are the names of the fields in rcc/work.h.
 */
#ifndef RCC_SIM_STORY_WORK_H
#define RCC_SIM_STORY_WORK_H

#include "sim/story.h"

/* The body of a verb; 0 = it is none of these. */
enum rcc_body_kind rcc_story_work_body(const char *verb);
/* Fills message->u from the words of a line; the kind is set. RCC_E_CONFIG and ret_fault for a word that is not understood. */
RCC_MUST_USE enum rcc_status rcc_story_work_parse(char **word, size_t count, struct rcc_story_message *message,
                                                  struct rcc_fault *ret_fault);

#endif
