/* What needs an officer now, from every view in one screen. */
#include <stdlib.h>
#include <string.h>

#include "ctl/ctl.h"
#include "ctl/table.h"
#include "ctl/tasks.h"
#include "ctl/words.h"
#include "librcc/i18n.h"
#include "rcc/text.h"

#define COMMAND_SIZE (RCC_CTL_TASK_TEXT + 2 * RCC_CTL_CALL_SIZE)

struct queue {
	struct rcc_ctl_tasks tasks;
	json_t *told; /* array: lines of open cases of which ships were told */
	bool is_degraded, is_damaged;
	char why[RCC_CTL_TASK_TEXT]; /* of the centre that cannot record */
};

/* Ships of the latest broadcast of one case. */
struct ships {
	json_int_t revision;
	unsigned unreachable, need_detail;
	json_t *seen; /* object: ships that are counted, by their name; one may have several lines */
};

static bool
is_word(const json_t *row, const char *key, const char *word)
{
	const char *text = json_string_value(json_object_get(row, key));
	return text != NULL && strcmp(text, word) == 0;
}

static int
take_line(void *context, const char *line)
{
	struct queue *queue = context;
	json_t *row = json_loads(line, 0, NULL);
	rcc_ctl_tasks_take(&queue->tasks, row);
	queue->is_degraded |= json_is_true(json_object_get(row, "degraded"));
	queue->is_damaged |= json_is_true(json_object_get(row, "damaged"));
	const char *why = json_string_value(json_object_get(row, "degraded_why"));
	if (why != NULL)
		rcc_ctl_text_safe(queue->why, sizeof queue->why, why);
	/* Ships are told of a cancel as of a call. */
	bool is_told = is_word(row, "relay", "sent") || is_word(row, "relay", "cancelled");
	if (is_word(row, "class", "INCIDENT") && !is_word(row, "status", "closed") && is_told)
		json_array_append(queue->told, row);
	json_decref(row);
	return RCC_EXIT_OK;
}

static int
take_delivery(void *context, const char *line)
{
	struct ships *ships = context;
	json_t *row = json_loads(line, 0, NULL);
	json_int_t revision = json_integer_value(json_object_get(row, "revision"));
	if (revision > ships->revision) {
		ships->revision = revision;
		ships->unreachable = ships->need_detail = 0;
		json_object_clear(ships->seen);
	}
	const char *name = json_string_value(json_object_get(row, "ship"));
	bool is_counted = name != NULL && json_object_get(ships->seen, name) != NULL;
	if (revision == ships->revision && !is_counted) {
		bool is_late = is_word(row, "state", "unreachable") || json_is_true(json_object_get(row, "flagged")) ||
		               json_is_true(json_object_get(row, "use_other_channel"));
		bool is_unreached = is_late && json_object_get(row, "stored") == NULL;
		ships->unreachable += is_unreached ? 1 : 0;
		ships->need_detail += is_word(row, "answer", "need-detail") ? 1 : 0;
		if (name != NULL && is_unreached)
			json_object_set_new(ships->seen, name, json_true());
	}
	json_decref(row);
	return RCC_EXIT_OK;
}

static int
gather(struct rcc_ctl *ctl, struct queue *queue)
{
	static const enum rcc_view_kind views[] = {RCC_VIEW_STATUS, RCC_VIEW_INCIDENTS,   RCC_VIEW_ALERTS,
	                                           RCC_VIEW_PLANS,  RCC_VIEW_SUGGESTIONS, RCC_VIEW_DUTIES,
	                                           RCC_VIEW_NEEDS,  RCC_VIEW_REQUESTS};
	size_t index;
	json_t *row;
	int exit_code = rcc_ctl_connect(ctl);
	queue->tasks.now_ms = rcc_ctl_now_ms();
	for (size_t i = 0; i < sizeof views / sizeof views[0] && exit_code == RCC_EXIT_OK; i++) {
		const struct rcc_view view = {.what = views[i], .near = RCC_POS_NONE};
		exit_code = rcc_ctl_view(ctl, &view, take_line, NULL, queue);
	}
	json_array_foreach(queue->told, index, row)
	{
		struct ships ships = {.seen = json_object()};
		struct rcc_view view = {.what = RCC_VIEW_DELIVERIES, .near = RCC_POS_NONE};
		view.id = (uint32_t)json_integer_value(json_object_get(row, "incident_id"));
		if (exit_code == RCC_EXIT_OK)
			exit_code = rcc_ctl_view(ctl, &view, take_delivery, NULL, &ships);
		rcc_ctl_tasks_take_ships(&queue->tasks, row, ships.unreachable, ships.need_detail);
		json_decref(ships.seen);
	}
	rcc_ctl_tasks_sort(&queue->tasks);
	return exit_code;
}

static void
set_if(json_t *row, const char *key, const char *text)
{
	if (text[0] != '\0')
		json_object_set_new(row, key, json_string(text));
}

/* As it is typed to this centre. */
static const char *
command_of(const struct rcc_ctl *ctl, const struct rcc_ctl_task *task, char command[COMMAND_SIZE])
{
	snprintf(command, COMMAND_SIZE, "%s", task->command);
	rcc_ctl_call_insert(ctl->call, command, COMMAND_SIZE);
	return command;
}

static void
print_json(const struct rcc_ctl *ctl, const struct rcc_ctl_task *task, size_t rank)
{
	char command[COMMAND_SIZE];
	json_t *row = json_pack("{s:s, s:I, s:s}", "class", "TASK", "rank", (json_int_t)rank, "what",
	                        rcc_ctl_task_word(task->kind));
	set_if(row, "incident", task->incident);
	if (task->incident_id != 0)
		json_object_set_new(row, "incident_id", json_integer(task->incident_id));
	if (task->alert != 0)
		json_object_set_new(row, "alert", json_integer(task->alert));
	set_if(row, "mode", task->mode_word);
	set_if(row, "since", task->since);
	set_if(row, "text", task->text);
	set_if(row, "command", command_of(ctl, task, command));
	json_dumpf(row, ctl->out, JSON_COMPACT);
	fputc('\n', ctl->out);
	json_decref(row);
}

/* The tasks of one case stand under one headline. */
static void
print_text(const struct rcc_ctl *ctl, const struct rcc_ctl_task *task, const char *subject_before, size_t limit)
{
	char command[COMMAND_SIZE];
	char shown[COMMAND_SIZE];
	FILE *out = ctl->out;
	char line[3 * RCC_CTL_TASK_TEXT];
	char safe[3 * RCC_CTL_TASK_TEXT];
	if (strcmp(task->subject, subject_before) != 0) {
		snprintf(line, sizeof line, "%s%s%s", task->subject, task->head[0] != '\0' ? ": " : "", task->head);
		if (task->since[0] != '\0')
			snprintf(line + strlen(line), sizeof line - strlen(line), _(", since %.19sZ"), task->since);
		rcc_ctl_text_safe(safe, sizeof safe, line);
		rcc_ctl_wrap_print(out, "", "      ", safe, limit);
	}
	rcc_ctl_wrap_print(out, "    ", "      ", task->text, limit);
	rcc_ctl_text_safe(shown, sizeof shown, command_of(ctl, task, command));
	fprintf(out, "        %s\n", shown);
}

static void
print_degraded(const struct rcc_ctl *ctl, const struct queue *queue, size_t limit)
{
	fprintf(ctl->out, "%s\n", _("THE CENTRE CANNOT RECORD ANYTHING NOW: write it down as well."));
	if (queue->why[0] != '\0')
		rcc_ctl_wrap_print(ctl->out, "    ", "      ", queue->why, limit);
	if (queue->is_damaged)
		rcc_ctl_wrap_print(ctl->out, "    ", "      ",
		                   _("THE RECORD IS DAMAGED and is not extended. What came after the damage is not "
		                     "shown here: read what is "
		                     "good with `rcc-replay asof`, then put a backup back."),
		                   limit);
}

int
rcc_ctl_verb_queue(struct rcc_ctl *ctl)
{
	struct queue queue = {.told = json_array()};
	const char *before = "";
	size_t limit = rcc_ctl_terminal_width(ctl->out);
	int exit_code = gather(ctl, &queue);
	if (exit_code == RCC_EXIT_OK && queue.tasks.is_short)
		exit_code = rcc_ctl_fail(RCC_EXIT_FAILED, _("out of memory"));
	if (exit_code == RCC_EXIT_OK && queue.is_degraded && !ctl->is_json)
		print_degraded(ctl, &queue, limit);
	for (size_t i = 0; i < queue.tasks.count && exit_code == RCC_EXIT_OK; i++) {
		const struct rcc_ctl_task *task = &queue.tasks.task[i];
		if (ctl->is_json)
			print_json(ctl, task, i + 1);
		else
			print_text(ctl, task, before, limit);
		before = task->subject;
	}
	if (exit_code == RCC_EXIT_OK && queue.tasks.count == 0 && !ctl->is_json && !queue.is_degraded)
		fprintf(ctl->out, "%s\n", _("nothing needs an officer now"));
	rcc_ctl_tasks_fini(&queue.tasks);
	json_decref(queue.told);
	return exit_code;
}
