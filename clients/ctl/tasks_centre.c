/* tasks_centre.c - what the centre itself is short of: it tells ships unlike, it is blind somewhere, its clock was set. */
#include "ctl/tasks_internal.h"

#include <stdio.h>

#include "librcc/i18n.h"
#include "rcc/text.h"
#include "rcc/units.h"

static struct rcc_ctl_task *
add(struct rcc_ctl_tasks *tasks, enum rcc_ctl_task_kind kind, const json_t *row, const char *since)
{
	struct rcc_ctl_task *task = rcc_ctl_task_add(tasks, kind, row);
	if (task == NULL)
		return NULL;
	task->grave = 2;
	SAY(task->subject, "%s", _("the centre"));
	SAY(task->since, "%s", since);
	return task;
}

/* The same duty binds every ship (s003 par. 39): who is told worse than others must be reached another way. */
static void
take_parity(struct rcc_ctl_tasks *tasks, const json_t *row)
{
	struct rcc_ctl_task *task = add(tasks, RCC_CTL_TASK_PARITY, row, rcc_ctl_row_text(row, "parity_alarm_since"));
	if (task == NULL)
		return;
	SAY(task->text, "%s", _("SHIPS ARE NOT TOLD ALIKE: find out why one kind of owner is told worse"));
	SAY(task->command, "rccctl parity");
}

/* A feed that hears nothing: whoever calls there is not heard either. */
static void
take_blind(struct rcc_ctl_tasks *tasks, const json_t *row)
{
	size_t index;
	json_t *feed;
	json_array_foreach(json_object_get(row, "silent_feeds"), index, feed)
	{
		struct rcc_ctl_task *task = add(tasks, RCC_CTL_TASK_BLIND, row, rcc_ctl_row_text(feed, "heard"));
		if (task == NULL)
			return;
		SAY(task->text,
		    _("%s HEARS NOTHING: the centre is blind there; see to its receiver, its computer and its link"),
		    rcc_ctl_row_text(feed, "feed"));
		SAY(task->command, "rccctl peers");
	}
}

static void
take_silent(struct rcc_ctl_tasks *tasks, const json_t *row)
{
	long long ships = rcc_ctl_row_number(row, "silent_ships");
	if (ships == 0)
		return;
	struct rcc_ctl_task *task = add(tasks, RCC_CTL_TASK_SILENT, row, "");
	if (task == NULL)
		return;
	task->grave = GRAVE_TIDY;
	SAY(task->text,
	    ngettext("%lld ship gives no position: how far she is from a case is not known",
	             "%lld ships give no position: how far they are from a case is not known", (unsigned long)ships),
	    ships);
	SAY(task->command, "rccctl peers");
}

/* Clocks of cases run by the time that was set. */
static void
take_clock(struct rcc_ctl_tasks *tasks, const json_t *row)
{
	int64_t at_ms = 0;
	const char *since = rcc_ctl_row_text(row, "clock_stepped");
	long long step_ms = rcc_ctl_row_number(row, "clock_step_ms");
	if (rcc_time_parse(since, &at_ms) != RCC_OK || tasks->now_ms - at_ms >= RCC_MS_PER_HOUR)
		return;
	struct rcc_ctl_task *task = add(tasks, RCC_CTL_TASK_CLOCK, row, since);
	if (task == NULL)
		return;
	SAY(task->text,
	    step_ms > 0
	        ? _("THE CENTRE'S CLOCK WENT %lld s ON AT ONCE: clocks of cases ran out early; look at what is overdue")
	        : _("THE CENTRE'S CLOCK WAS SET %lld s BACK: clocks of cases run out late"),
	    (step_ms > 0 ? step_ms : -step_ms) / RCC_MS_PER_S);
	SAY(task->command, "rccctl status");
}

void
rcc_ctl_task_take_status(struct rcc_ctl_tasks *tasks, const json_t *row)
{
	if (rcc_ctl_row_is_true(row, "not_told_alike"))
		take_parity(tasks, row);
	take_blind(tasks, row);
	take_silent(tasks, row);
	take_clock(tasks, row);
}
