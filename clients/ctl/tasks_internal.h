/*
 * tasks_internal.h - what tasks.c, tasks_case.c and tasks_request.c share: a row of a view, and a task made of it.
 */
#ifndef RCC_CTL_TASKS_INTERNAL_H
#define RCC_CTL_TASKS_INTERNAL_H

#include "ctl/tasks.h"

/* A grade beyond distress, urgency and safety: nothing that a ship waits for. */
#define GRAVE_TIDY 3

#define SAY(array, ...) snprintf(array, sizeof(array), __VA_ARGS__)

/* What a row (which may be NULL) has under a key: "", 0 and false if it has none. */
const char *rcc_ctl_row_text(const json_t *row, const char *key);
long long rcc_ctl_row_number(const json_t *row, const char *key);
bool rcc_ctl_row_is_true(const json_t *row, const char *key);
bool rcc_ctl_row_is_word(const json_t *row, const char *key, const char *word);

/* Has it been so for less than an hour? */
bool rcc_ctl_row_is_news(const struct rcc_ctl_tasks *tasks, const json_t *row);

/* A task about this row, its words still empty; NULL = no memory, which tasks->is_short tells. */
struct rcc_ctl_task *rcc_ctl_task_add(struct rcc_ctl_tasks *tasks, enum rcc_ctl_task_kind kind, const json_t *row);

/* Takes what an INCIDENT asks for. */
void rcc_ctl_task_take_case(struct rcc_ctl_tasks *tasks, const json_t *row);
/* Takes what the STATUS of the centre asks for. */
void rcc_ctl_task_take_status(struct rcc_ctl_tasks *tasks, const json_t *row);
/* Takes what a REQUEST asks for. */
void rcc_ctl_task_take_request(struct rcc_ctl_tasks *tasks, const json_t *row);

#endif
