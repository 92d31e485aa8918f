/*
 * form.h - an officer's entry, field by field: one table reads the options of `open` and the answers of its checklist.
 *
 * The order of the table is the order in which an officer asks. A form is filled anew from all its answers whenever one
 * changes, so that no answer leaves a trace after it was taken back.
 */
#ifndef RCC_CTL_FORM_H
#define RCC_CTL_FORM_H

#include "ctl/ctl.h"

/* One answer as typed, and one sentence about it. */
#define RCC_CTL_ANSWER_SIZE (RCC_TEXT_MAX + 1)
#define RCC_CTL_SENTENCE_SIZE 512

enum rcc_ctl_by { RCC_CTL_BY_PHONE = 1, RCC_CTL_BY_RADIO = 2, RCC_CTL_BY_EMAIL = 3, RCC_CTL_BY_RCC = 4 };

struct rcc_ctl_form {
	struct rcc_open open; /* all but alert.text, which rcc_ctl_form_finish() puts together, and the incident */
	enum rcc_ctl_by by;   /* 0 = not said */
	char centre[RCC_NAME_MAX + 1];
	char words[RCC_TEXT_MAX + 1];
	char incident[RCC_CTL_NUMBER_SIZE]; /* as typed: the daemon knows its id */
	int64_t now_ms;
};

struct rcc_ctl_field {
	enum rcc_ctl_option option;
	const char *question, *help;
	const char *label; /* at the final reading */
	/* False: `why` says in one sentence what to type instead. */
	bool (*set)(struct rcc_ctl_form *form, const char *text, char why[RCC_CTL_SENTENCE_SIZE]);
	/* The answer as it was understood. */
	void (*show)(const struct rcc_ctl_form *form, char text[RCC_CTL_SENTENCE_SIZE]);
};
#define RCC_CTL_FIELDS 16
extern const struct rcc_ctl_field rcc_ctl_field[RCC_CTL_FIELDS];

void rcc_ctl_form_init(struct rcc_ctl_form *form, int64_t now_ms);
/* Is it asked at all, after what was answered so far? Nobody asks when it was at a place that is not known. */
bool rcc_ctl_form_wants(const struct rcc_ctl_form *form, enum rcc_ctl_option option);
/* Looks at the whole and puts the text together; false: `why` says what is missing or too much. */
bool rcc_ctl_form_finish(struct rcc_ctl_form *form, char why[RCC_CTL_SENTENCE_SIZE]);

/* ---- checklist_end.c ---- */

/* What sending sets in motion, in one sentence: who is told, and when. `ships`: how many are registered. */
void rcc_ctl_form_warning(const struct rcc_ctl_form *form, unsigned ships, char text[RCC_CTL_SENTENCE_SIZE]);
/* Open cases near the place of the report or of the same vessel, nearest first; nothing if there is none. */
void rcc_ctl_near_print(struct rcc_ctl *ctl, const struct rcc_ctl_form *form, FILE *talk);

/* ---- checklist.c ---- */

/*
 * Asks every field on ctl->in, `answer` holding what is known before and after; RCC_EXIT_OK only after "y" to the whole.
 * The connection is made before the first question: nobody types for minutes to learn that the centre cannot be reached.
 */
int rcc_ctl_checklist(struct rcc_ctl *ctl, char answer[RCC_CTL_FIELDS][RCC_CTL_ANSWER_SIZE],
                      struct rcc_ctl_form *ret_form);

#endif
