/* text_centre.c - handovers between centres in words. */
#include <assert.h>

#include "proto/text_table.h"
#include "rcc/work_text.h"

static const char *const handover_words[] = {NULL,       "offer",   "accept", "refuse", "confirm",
                                             "withdraw", "contest", "stored", "silent"};
static const char *const handover_stage_words[] = {NULL,      "offered",   "accepted", "confirmed",
                                                   "refused", "withdrawn", "contested"};

static_assert(COUNT_OF(handover_words) == RCC_HANDOVER_STEP_LAST + 1, "a word for each");
static_assert(COUNT_OF(handover_stage_words) == RCC_HANDOVER_STAGE_LAST + 1, "a word for each");

DEFINE_WORD(handover, enum rcc_handover_step)
DEFINE_WORD(handover_stage, enum rcc_handover_stage)
DEFINE_PARSE(handover, enum rcc_handover_step)
