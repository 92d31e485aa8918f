#include "ctl/tasks_internal.h"

#include <stdio.h>

#include "librcc/i18n.h"

/* Another centre looks for a place for people who are aboard a ship: nobody but an officer can answer. */
static void
say_incoming(struct rcc_ctl_task *task, const json_t *row)
{
	const char *place = rcc_ctl_row_text(row, "place");
	const char *centre = rcc_ctl_row_text(row, "centre");
	if (rcc_ctl_row_is_true(row, "overdue"))
		SAY(task->text, _("%s STILL WAITS FOR AN ANSWER: it asks for %s as a place of safety"), centre, place);
	else
		SAY(task->text, _("%s ASKS for %s as a place of safety: offer or refuse it"), centre, place);
	SAY(task->command, "rccctl request %lld offered --officer NAME", rcc_ctl_row_number(row, "id"));
}

void
rcc_ctl_task_take_request(struct rcc_ctl_tasks *tasks, const json_t *row)
{
	bool is_in = rcc_ctl_row_is_word(row, "direction", "in");
	bool is_not_taken = rcc_ctl_row_is_word(row, "stage", "not-taken");
	bool is_waited_for =
	    rcc_ctl_row_is_word(row, "stage", "asked") && (is_in || rcc_ctl_row_is_true(row, "overdue"));
	bool is_offered = rcc_ctl_row_is_word(row, "stage", "offered");
	bool is_answered =
	    !is_in && (is_offered || rcc_ctl_row_is_word(row, "stage", "refused")) && rcc_ctl_row_is_news(tasks, row);
	const char *centre = rcc_ctl_row_text(row, "centre");
	if (!is_waited_for && !is_not_taken && !is_answered)
		return;
	struct rcc_ctl_task *task = rcc_ctl_task_add(tasks, RCC_CTL_TASK_REQUEST, row);
	if (task == NULL)
		return;
	task->grave = 1;
	SAY(task->subject, _("request %lld"), rcc_ctl_row_number(row, "id"));
	SAY(task->since, "%s", rcc_ctl_row_text(row, "asked"));
	if (is_in) {
		say_incoming(task, row);
		return;
	}
	if (is_answered) {
		if (is_offered)
			SAY(task->text, _("%s OFFERS %s: check it, then assign it"), centre,
			    rcc_ctl_row_text(row, "place"));
		else
			SAY(task->text, _("%s REFUSES %s: ask another"), centre, rcc_ctl_row_text(row, "place"));
		SAY(task->command, "rccctl requests");
		return;
	}
	if (is_not_taken)
		SAY(task->text, _("%s DID NOT TAKE the request for %s (%s): telephone"), centre,
		    rcc_ctl_row_text(row, "place"), rcc_ctl_row_text(row, "refused_with"));
	else
		SAY(task->text, _("%s DOES NOT ANSWER for %s: telephone, or ask another"), centre,
		    rcc_ctl_row_text(row, "place"));
	SAY(task->command, "rccctl request %lld withdrawn --reason TEXT", rcc_ctl_row_number(row, "id"));
}
