/* text_work_words.c - the words of tasks, persons, needs, places and duties, both ways. */
#include <assert.h>
#include <string.h>

#include "proto/text_table.h"
#include "rcc/work_text.h"

static const char *const task_words[] = {NULL, "assist", "requisition", "coordinate", "release"};
static const char *const where_words[] = {NULL,   "at-risk",    "aboard", "landed",         "missing",
                                          "dead", "safe-alone", "never",  "unknown-outcome"};
static const char *const family_words[] = {"not-stated", "together", "split"};
static const char *const need_words[] = {NULL,   "medical-advice", "medevac",         "water",
                                         "food", "blankets",       "infant-supplies", "sanitation",
                                         "fuel", "escort",         "interpreter",     "other"};
static const char *const need_state_words[] = {NULL, "asked", "promised", "met", "refused", "withdrawn"};
static const char *const place_words[] = {NULL,        "asked",   "offered",   "refused",  "checked", "assigned",
                                          "withdrawn", "reached", "preferred", "objected", "feared",  "reviewed"};
static const char *const service_words[] = {NULL,         "medical",     "shelter",      "child-protection",
                                            "protection", "trafficking", "family-links", "interpretation",
                                            "consular",   "other"};
static const char *const note_words[] = {NULL,         "inquiry",       "consultation", "casualty-told", "forwarded",
                                         "flag-state", "company",       "obstruction",  "violence",      "complaint",
                                         "hope",       "released-data", "scene",        "action",        "plan",
                                         "other",      "evidence",      "custody"};
static const char *const duty_state_words[] = {NULL,      "open",    "acknowledged", "discharged",
                                               "excused", "overdue", "superseded"};

static_assert(COUNT_OF(task_words) == RCC_TASK_LAST + 1, "a word for each");
static_assert(COUNT_OF(where_words) == RCC_WHERE_LAST + 1, "a word for each");
static_assert(COUNT_OF(family_words) == RCC_FAMILY_LAST + 1, "a word for each");
static_assert(COUNT_OF(need_words) == RCC_NEED_LAST + 1, "a word for each");
static_assert(COUNT_OF(need_state_words) == RCC_NEED_STATE_LAST + 1, "a word for each");
static_assert(COUNT_OF(place_words) == RCC_PLACE_STEP_LAST + 1, "a word for each");
static_assert(COUNT_OF(service_words) == RCC_SERVICE_LAST + 1, "a word for each");
static_assert(COUNT_OF(note_words) == RCC_NOTE_LAST + 1, "a word for each");
static_assert(COUNT_OF(duty_state_words) == RCC_DUTY_STATE_LAST + 1, "a word for each");

DEFINE_WORD(task, enum rcc_task_kind)
DEFINE_WORD(where, enum rcc_where)
DEFINE_WORD(family, enum rcc_family)
DEFINE_WORD(need, enum rcc_need_kind)
DEFINE_WORD(need_state, enum rcc_need_state)
DEFINE_WORD(place, enum rcc_place_step)
DEFINE_WORD(service, enum rcc_service)
DEFINE_WORD(note, enum rcc_note_kind)
DEFINE_WORD(duty_state, enum rcc_duty_state)

DEFINE_PARSE(task, enum rcc_task_kind)
DEFINE_PARSE(where, enum rcc_where)
DEFINE_PARSE(family, enum rcc_family)
DEFINE_PARSE(need, enum rcc_need_kind)
DEFINE_PARSE(need_state, enum rcc_need_state)
DEFINE_PARSE(place, enum rcc_place_step)
DEFINE_PARSE(service, enum rcc_service)
DEFINE_PARSE(note, enum rcc_note_kind)
DEFINE_PARSE(duty_state, enum rcc_duty_state)
