/* text_centre.c - handovers between centres in words. */
#include <assert.h>
#include <string.h>

#include "rcc/work_text.h"

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

static const char *const step_words[] = {NULL,       "offer",   "accept", "refuse", "confirm",
                                         "withdraw", "contest", "stored", "silent"};
static const char *const stage_words[] = {NULL,      "offered",   "accepted", "confirmed",
                                          "refused", "withdrawn", "contested"};

static_assert(COUNT_OF(step_words) == RCC_HANDOVER_STEP_LAST + 1, "a word for each");
static_assert(COUNT_OF(stage_words) == RCC_HANDOVER_STAGE_LAST + 1, "a word for each");

const char *
rcc_handover_word(enum rcc_handover_step v)
{
	return v >= 1 && (size_t)v < COUNT_OF(step_words) ? step_words[v] : "unknown";
}

const char *
rcc_handover_stage_word(enum rcc_handover_stage v)
{
	return v >= 1 && (size_t)v < COUNT_OF(stage_words) ? stage_words[v] : "unknown";
}

enum rcc_status
rcc_handover_parse(const char *word, enum rcc_handover_step *ret_v)
{
	for (size_t i = 1; i < COUNT_OF(step_words); i++) {
		if (strcmp(step_words[i], word) == 0) {
			*ret_v = (enum rcc_handover_step)i;
			return RCC_OK;
		}
	}
	return RCC_E_NOT_FOUND;
}
