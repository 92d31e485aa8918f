#include "ctl/tasks_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ctl/words.h"
#include "librcc/i18n.h"
#include "rcc/text.h"
#include "rcc/units.h"

/* What another centre has said is news for so long. */
#define NEWS_MS RCC_MS_PER_HOUR
#define NATURE_NOT_STATED 3
#define NATURE_LAST 5

static const char *const words[RCC_CTL_TASK_LAST + 1] = {
    [RCC_CTL_TASK_NO_POSITION] = "no-position",
    [RCC_CTL_TASK_CONFLICT] = "conflict",
    [RCC_CTL_TASK_HELD] = "held",
    [RCC_CTL_TASK_OFFICER] = "officer",
    [RCC_CTL_TASK_SCHEDULED] = "scheduled",
    [RCC_CTL_TASK_ESCALATED] = "escalated",
    [RCC_CTL_TASK_QUARANTINE] = "quarantine",
    [RCC_CTL_TASK_UNREAD] = "needs-reading",
    [RCC_CTL_TASK_FLOOD] = "flood",
    [RCC_CTL_TASK_UNREACHABLE] = "unreachable",
    [RCC_CTL_TASK_NEED_DETAIL] = "need-detail",
    [RCC_CTL_TASK_REVIEW] = "review-due",
    [RCC_CTL_TASK_NEW] = "new",
    [RCC_CTL_TASK_OVERDUE] = "overdue",
    [RCC_CTL_TASK_SUGGESTION] = "suggestion",
    [RCC_CTL_TASK_CLOSE] = "close",
    [RCC_CTL_TASK_PARITY] = "not-told-alike",
    [RCC_CTL_TASK_NOTICE] = "notice-over",
    [RCC_CTL_TASK_DUTY] = "duty-overdue",
    [RCC_CTL_TASK_NEED] = "need-overdue",
    [RCC_CTL_TASK_FEAR] = "fear",
    [RCC_CTL_TASK_SECOND] = "second-officer",
    [RCC_CTL_TASK_VOICE] = "tell-by-voice",
    [RCC_CTL_TASK_HANDOVER] = "handover",
    [RCC_CTL_TASK_NOBODY] = "nobody-told",
    [RCC_CTL_TASK_REQUEST] = "place-request",
    [RCC_CTL_TASK_NOBODY_GOES] = "nobody-goes",
    [RCC_CTL_TASK_MISSING] = "missing",
    [RCC_CTL_TASK_DISPUTED] = "disputed",
    [RCC_CTL_TASK_OBJECTED] = "objected",
    [RCC_CTL_TASK_UNRECORDED] = "not-recorded",
    [RCC_CTL_TASK_WITHDRAWN] = "withdrawn",
    [RCC_CTL_TASK_TURNED_DOWN] = "turned-down",
    [RCC_CTL_TASK_NO_PLACE] = "no-place",
    [RCC_CTL_TASK_FAR] = "far-on-scene",
    [RCC_CTL_TASK_BLIND] = "feed-silent",
    [RCC_CTL_TASK_SILENT] = "ships-silent",
    [RCC_CTL_TASK_CLOCK] = "clock-stepped",
    [RCC_CTL_TASK_STRANDED] = "stranded",
};

const char *
rcc_ctl_task_word(enum rcc_ctl_task_kind kind)
{
	return words[kind];
}

/* ---- a line ---- */

const char *
rcc_ctl_row_text(const json_t *row, const char *key)
{
	const char *text = json_string_value(json_object_get(row, key));
	return text == NULL ? "" : text;
}

long long
rcc_ctl_row_number(const json_t *row, const char *key)
{
	return (long long)json_integer_value(json_object_get(row, key));
}

bool
rcc_ctl_row_is_true(const json_t *row, const char *key)
{
	return json_is_true(json_object_get(row, key));
}

bool
rcc_ctl_row_is_word(const json_t *row, const char *key, const char *word)
{
	return strcmp(rcc_ctl_row_text(row, key), word) == 0;
}

bool
rcc_ctl_row_is_news(const struct rcc_ctl_tasks *tasks, const json_t *row)
{
	int64_t since_ms = 0;
	return rcc_time_parse(rcc_ctl_row_text(row, "since"), &since_ms) == RCC_OK &&
	       tasks->now_ms - since_ms < NEWS_MS;
}

/* ---- how urgent ---- */

static int
mode_of(const json_t *row)
{
	if (rcc_ctl_row_is_word(row, "mode", "exercise"))
		return 1;
	return rcc_ctl_row_is_word(row, "mode", "test") ? 2 : 0;
}

/* A case by its phase; an alert that nobody has judged is a distress unless it says less of itself. */
static int
grave_of(const json_t *row)
{
	if (rcc_ctl_row_is_word(row, "phase", "alert") || rcc_ctl_row_is_word(row, "category", "urgency"))
		return 1;
	if (rcc_ctl_row_is_word(row, "phase", "uncertainty") || rcc_ctl_row_is_word(row, "category", "safety"))
		return 2;
	return rcc_ctl_row_is_word(row, "category", "routine") ? GRAVE_TIDY : 0;
}

static int
nature_of(const json_t *row)
{
	static const struct {
		const char *word;
		int rank;
	} natures[] = {{"man-overboard", 0}, {"abandoning", 0}, {"sinking", 1},      {"fire", 1},
	               {"capsizing", 1},     {"collision", 1},  {"piracy", 1},       {"flooding", 2},
	               {"adrift", 3},        {"grounding", 3},  {"undesignated", 3}, {"beacon", 2}};
	const char *nature = rcc_ctl_row_text(row, "nature");
	if (strcmp(nature, "beacon") == 0 && json_object_get(row, "lat") == NULL)
		return NATURE_LAST - 1;
	for (size_t i = 0; i < sizeof natures / sizeof natures[0]; i++) {
		if (strcmp(natures[i].word, nature) == 0)
			return natures[i].rank;
	}
	return NATURE_NOT_STATED;
}

/* ---- in words ---- */

static void
append(char *text, const char *separator, const char *more)
{
	size_t len = strlen(text);
	if (more[0] != '\0')
		snprintf(text + len, RCC_CTL_TASK_TEXT - len, "%s%s", len == 0 ? "" : separator, more);
}

/* "distress, sinking, 14 persons, ASTRID, 247123456": what an officer knows it by. */
static void
format_head(char head[RCC_CTL_TASK_TEXT], const json_t *row)
{
	char persons[48] = "";
	head[0] = '\0';
	if (mode_of(row) != 0)
		append(head, "", mode_of(row) == 1 ? _("EXERCISE") : _("TEST"));
	append(head, ", ", rcc_ctl_row_text(row, "phase"));
	append(head, ", ", rcc_ctl_row_text(row, "nature"));
	if (rcc_ctl_row_number(row, "persons") != 0)
		snprintf(persons, sizeof persons,
		         ngettext("%lld person", "%lld persons", (unsigned long)rcc_ctl_row_number(row, "persons")),
		         rcc_ctl_row_number(row, "persons"));
	append(head, ", ", persons);
	append(head, ", ", rcc_ctl_row_text(row, "name"));
	append(head, ", ", rcc_ctl_row_text(row, "mmsi"));
}

struct rcc_ctl_task *
rcc_ctl_task_add(struct rcc_ctl_tasks *tasks, enum rcc_ctl_task_kind kind, const json_t *row)
{
	if (tasks->count == tasks->room) {
		size_t room = tasks->room == 0 ? 64 : 2 * tasks->room;
		struct rcc_ctl_task *task = realloc(tasks->task, room * sizeof *task);
		if (task == NULL) {
			tasks->is_short = true;
			return NULL;
		}
		tasks->task = task;
		tasks->room = room;
	}
	struct rcc_ctl_task *task = &tasks->task[tasks->count++];
	*task = (struct rcc_ctl_task){.kind = kind,
	                              .mode = mode_of(row),
	                              .grave = grave_of(row),
	                              .nature = nature_of(row),
	                              .incident_id = (uint32_t)rcc_ctl_row_number(row, "incident_id")};
	snprintf(task->incident, sizeof task->incident, "%s", rcc_ctl_row_text(row, "incident"));
	snprintf(task->mode_word, sizeof task->mode_word, "%s", rcc_ctl_row_text(row, "mode"));
	format_head(task->head, row);
	return task;
}

/* ---- alerts, suggestions, plans ---- */

/* It is in no record: whoever reads it here has to write it down, and no ship is told by the machine. */
static void
take_unrecorded(struct rcc_ctl_tasks *tasks, const json_t *row)
{
	struct rcc_pos pos = rcc_ctl_row_pos(row);
	char pos_text[RCC_POS_TEXT_SIZE];
	struct rcc_ctl_task *task = rcc_ctl_task_add(tasks, RCC_CTL_TASK_UNRECORDED, row);
	if (task == NULL)
		return;
	SAY(task->subject, "%s", _("NOT RECORDED"));
	SAY(task->since, "%s", rcc_ctl_row_text(row, "recorded"));
	SAY(task->text, _("DISTRESS AT %s: write it down, and call ships by voice; no machine tells them"),
	    rcc_pos_is_known(pos) ? rcc_pos_format(pos_text, pos) : _("a position that is not known"));
	SAY(task->command, "rccctl alerts");
}

static void
take_alert(struct rcc_ctl_tasks *tasks, const json_t *row)
{
	bool is_unread = rcc_ctl_row_is_word(row, "lane", "needs-reading");
	long long flood = rcc_ctl_row_number(row, "flood_alerts");
	enum rcc_ctl_task_kind kind = is_unread ? RCC_CTL_TASK_UNREAD : RCC_CTL_TASK_QUARANTINE;
	if (rcc_ctl_row_is_word(row, "lane", "not-recorded")) {
		take_unrecorded(tasks, row);
		return;
	}
	if (!is_unread && !rcc_ctl_row_is_word(row, "lane", "quarantine"))
		return;
	if (flood > 1)
		kind = RCC_CTL_TASK_FLOOD;
	else if (rcc_ctl_row_is_true(row, "escalated"))
		kind = RCC_CTL_TASK_ESCALATED;
	struct rcc_ctl_task *task = rcc_ctl_task_add(tasks, kind, row);
	if (task == NULL)
		return;
	task->alert = (uint32_t)rcc_ctl_row_number(row, "id");
	SAY(task->subject, _("alert %u"), task->alert);
	SAY(task->since, "%s", rcc_ctl_row_text(row, "recorded"));
	if (flood > 1)
		SAY(task->text, _("FLOOD: %lld alerts of one key; read them, then accept or dismiss each"), flood);
	else if (kind == RCC_CTL_TASK_ESCALATED && rcc_ctl_row_is_true(row, "self_cancel"))
		SAY(task->text, "%s",
		    _("IT HAS WAITED TOO LONG, AND SHE WITHDRAWS HER DISTRESS: read it and call her, then accept or "
		      "dismiss it"));
	else if (kind == RCC_CTL_TASK_ESCALATED)
		SAY(task->text, "%s", _("IT HAS WAITED TOO LONG: read it, then accept or dismiss it"));
	else if (rcc_ctl_row_is_true(row, "self_cancel"))
		SAY(task->text, "%s",
		    _("SHE WITHDRAWS HER DISTRESS: read it and call her; if it is so, accept it, then cancel her "
		      "case"));
	else if (is_unread)
		SAY(task->text, "%s", _("no machine can read it: read it, then accept or dismiss it"));
	else
		SAY(task->text, _("in quarantine (%s): accept or dismiss it"), rcc_ctl_row_text(row, "verdict"));
	if (flood > 1)
		SAY(task->command, "rccctl flood %lld", rcc_ctl_row_number(row, "flood_sender"));
	else
		SAY(task->command, "rccctl alert %u", task->alert);
}

static void
take_suggestion(struct rcc_ctl_tasks *tasks, const json_t *row)
{
	struct rcc_ctl_task *task = rcc_ctl_task_add(tasks, RCC_CTL_TASK_SUGGESTION, row);
	if (task == NULL)
		return;
	task->grave = GRAVE_TIDY;
	task->alert = (uint32_t)rcc_ctl_row_number(row, "alert");
	SAY(task->subject, _("alert %u"), task->alert);
	SAY(task->text, _("may belong to %s: %s, %lld of 100"), task->incident, rcc_ctl_row_text(row, "reason"),
	    rcc_ctl_row_number(row, "score"));
	SAY(task->command, "rccctl join %u %s --reason TEXT", task->alert, task->incident);
}

static void
take_plan(struct rcc_ctl_tasks *tasks, const json_t *row)
{
	if (!rcc_ctl_row_is_true(row, "overdue"))
		return;
	struct rcc_ctl_task *task = rcc_ctl_task_add(tasks, RCC_CTL_TASK_OVERDUE, row);
	if (task == NULL)
		return;
	task->grave = 2;
	SAY(task->subject, _("plan %lld"), rcc_ctl_row_number(row, "id"));
	SAY(task->since, "%s", rcc_ctl_row_text(row, "due"));
	SAY(task->text, "%s", _("OVERDUE: no report or arrival as promised; its case is open"));
	if (rcc_ctl_row_text(row, "mmsi")[0] != '\0')
		SAY(task->command, "rccctl plan arrived --mmsi %s", rcc_ctl_row_text(row, "mmsi"));
	else
		SAY(task->command, "rccctl plan arrived --name \"%s\"", rcc_ctl_row_text(row, "name"));
}

/* A line that belongs to a case is known by what the case is. */
static void
name_by_case(const struct rcc_ctl_tasks *tasks, struct rcc_ctl_task *task)
{
	const json_t *row = json_object_get(tasks->cases, task->incident);
	if (row != NULL)
		format_head(task->head, row);
}

/* What she was asked is not done by her: another has to, or it is dropped. Said for an hour. */
static void
take_turned_down(struct rcc_ctl_tasks *tasks, const json_t *row, const char *name)
{
	static const char *const rules[] = {"task", "comply", "coordinate"};
	int64_t changed_ms = 0;
	bool is_order = false;
	for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
		is_order |= rcc_ctl_row_is_word(row, "rule", rules[i]);
	if (!is_order || rcc_time_parse(rcc_ctl_row_text(row, "changed"), &changed_ms) != RCC_OK ||
	    tasks->now_ms - changed_ms >= NEWS_MS)
		return;
	struct rcc_ctl_task *task = rcc_ctl_task_add(tasks, RCC_CTL_TASK_TURNED_DOWN, row);
	if (task == NULL)
		return;
	name_by_case(tasks, task);
	SAY(task->subject, "%s", task->incident);
	SAY(task->since, "%s", rcc_ctl_row_text(row, "changed"));
	SAY(task->text, _("%s CANNOT DO IT: %s; ask another"), name, rcc_ctl_row_text(row, "what"));
	SAY(task->command, "rccctl rank %s", task->incident);
}

/* A duty that nobody has seen to: the centre's own by its law, a ship's by her name. */
static void
take_duty(struct rcc_ctl_tasks *tasks, const json_t *row)
{
	const char *name =
	    rcc_ctl_row_text(row, "name")[0] != '\0' ? rcc_ctl_row_text(row, "name") : rcc_ctl_row_text(row, "mmsi");
	if (rcc_ctl_row_is_word(row, "state", "excused") && rcc_ctl_row_is_word(row, "debtor", "ship"))
		take_turned_down(tasks, row, name);
	if (strcmp(rcc_ctl_row_text(row, "state"), "overdue") != 0)
		return;
	struct rcc_ctl_task *task = rcc_ctl_task_add(tasks, RCC_CTL_TASK_DUTY, row);
	if (task == NULL)
		return;
	name_by_case(tasks, task);
	task->grave = 2;
	SAY(task->subject, "%s", task->incident);
	SAY(task->since, "%s", rcc_ctl_row_text(row, "changed"));
	SAY(task->text, _("OVERDUE, %s: %s"), name[0] != '\0' ? name : rcc_ctl_row_text(row, "law"),
	    rcc_ctl_row_text(row, "what"));
	if (rcc_ctl_row_is_word(row, "rule", "coordinator"))
		SAY(task->command, "rccctl coordinate %s --ship MMSI", task->incident);
	else
		SAY(task->command, "rccctl duties %s", task->incident);
}

static void
take_need(struct rcc_ctl_tasks *tasks, const json_t *row)
{
	bool is_late = rcc_ctl_row_is_true(row, "overdue");
	if (!is_late && !rcc_ctl_row_is_word(row, "state", "asked"))
		return;
	/* It went along with the case: the centre that has it now sees to it. */
	const json_t *of_case = json_object_get(tasks->cases, rcc_ctl_row_text(row, "incident"));
	if (of_case != NULL && rcc_ctl_row_is_word(of_case, "status", "transferred"))
		return;
	struct rcc_ctl_task *task = rcc_ctl_task_add(tasks, RCC_CTL_TASK_NEED, row);
	if (task == NULL)
		return;
	name_by_case(tasks, task);
	task->grave = 2;
	SAY(task->subject, "%s", task->incident);
	SAY(task->since, "%s", rcc_ctl_row_text(row, is_late ? "due" : "asked"));
	SAY(task->text, is_late ? _("NOBODY HAS SEEN TO IT: %s for %s") : _("ASKED FOR: %s for %s"),
	    rcc_ctl_row_text(row, "kind"), rcc_ctl_row_text(row, "mmsi"));
	SAY(task->command, "rccctl need --id %lld --state WORD", rcc_ctl_row_number(row, "id"));
}

static void
keep_case(struct rcc_ctl_tasks *tasks, const json_t *row)
{
	if (tasks->cases == NULL)
		tasks->cases = json_object();
	if (json_object_set_new(tasks->cases, rcc_ctl_row_text(row, "incident"), json_deep_copy(row)) != 0)
		tasks->is_short = true;
}

void
rcc_ctl_tasks_take(struct rcc_ctl_tasks *tasks, const json_t *row)
{
	const char *class_name = rcc_ctl_row_text(row, "class");
	if (strcmp(class_name, "INCIDENT") == 0)
		keep_case(tasks, row);
	if (strcmp(class_name, "INCIDENT") == 0)
		rcc_ctl_task_take_case(tasks, row);
	else if (strcmp(class_name, "ALERT") == 0)
		take_alert(tasks, row);
	else if (strcmp(class_name, "SUGGESTION") == 0)
		take_suggestion(tasks, row);
	else if (strcmp(class_name, "PLAN") == 0)
		take_plan(tasks, row);
	else if (strcmp(class_name, "STATUS") == 0)
		rcc_ctl_task_take_status(tasks, row);
	else if (strcmp(class_name, "DUTY") == 0)
		take_duty(tasks, row);
	else if (strcmp(class_name, "NEED") == 0)
		take_need(tasks, row);
	else if (strcmp(class_name, "REQUEST") == 0)
		rcc_ctl_task_take_request(tasks, row);
}

/* Does it keep ships from being told, or may it? */
static bool
is_untold(const struct rcc_ctl_task *task)
{
	return task->kind <= RCC_CTL_TASK_FLOOD || task->kind == RCC_CTL_TASK_NOBODY ||
	       task->kind == RCC_CTL_TASK_NOBODY_GOES;
}

static int
compare(const void *left, const void *right)
{
	const struct rcc_ctl_task *a = left;
	const struct rcc_ctl_task *b = right;
	if (a->mode != b->mode)
		return a->mode - b->mode;
	if (a->grave != b->grave)
		return a->grave - b->grave;
	if (a->nature != b->nature)
		return a->nature - b->nature;
	if (is_untold(a) != is_untold(b))
		return is_untold(a) ? -1 : 1;
	/* RFC 3339 of one zone sorts as text; the tasks of one case stay together. */
	int order = strcmp(a->since, b->since);
	if (order == 0)
		order = strcmp(a->subject, b->subject);
	return order != 0 ? order : (int)a->kind - (int)b->kind;
}

void
rcc_ctl_tasks_sort(struct rcc_ctl_tasks *tasks)
{
	if (tasks->count > 0)
		qsort(tasks->task, tasks->count, sizeof tasks->task[0], compare);
}

void
rcc_ctl_tasks_fini(struct rcc_ctl_tasks *tasks)
{
	free(tasks->task);
	json_decref(tasks->cases);
	*tasks = (struct rcc_ctl_tasks){.task = NULL};
}
