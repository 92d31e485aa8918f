/* Our own voyage: the sailing plan that somebody ashore watches, and the exercises that we take part in. */
#define _POSIX_C_SOURCE 200809L
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "crew/crew.h"
#include "librcc/i18n.h"
#include "rcc/text.h"
#include "rcc/units.h"

/* A week: nobody promises a report less often. */
#define EVERY_MAX_MIN 10080

static int64_t
utc_ms(void)
{
	struct timespec now = {0};

	(void)clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * RCC_MS_PER_S;
}

/* "6h" or "95min" from now, as in an answer; or a time. */
static bool
read_eta(const char *text, int64_t *ret_at_ms)
{
	uint32_t min = 0;
	int64_t at_ms = 0;

	if (rcc_minutes_parse(text[0] == '+' ? text + 1 : text, &min) == RCC_OK) {
		at_ms = utc_ms() + (int64_t)min * RCC_MS_PER_MIN;
	} else if (rcc_time_parse(text, &at_ms) != RCC_OK) {
		rcc_crew_complain(_("time '%s' cannot be read; write 6h, 95min or 2026-11-23T09:00:00Z"), text);
		return false;
	}
	if (at_ms <= utc_ms()) {
		rcc_crew_complain(_("time '%s' has passed; give a time to come"), text);
		return false;
	}
	*ret_at_ms = at_ms;
	return true;
}

static bool
read_promise(const struct rcc_parsed *parsed, struct rcc_plan *plan)
{
	const char *eta = parsed->value[CREW_ETA], *every = parsed->value[CREW_EVERY];
	bool is_over = plan->action == RCC_PLAN_ARRIVED || plan->action == RCC_PLAN_CANCEL;

	if ((is_over && eta != NULL) || (plan->action != RCC_PLAN_FILE && every != NULL)) {
		rcc_crew_complain(_("plan %s takes no %s"), rcc_plan_word(plan->action),
		                  every != NULL ? "--every" : "--eta");
		return false;
	}
	if (plan->action == RCC_PLAN_FILE && eta == NULL && every == NULL) {
		rcc_crew_complain("%s", _("a plan promises something: give --eta TIME, --every MIN, or both"));
		return false;
	}
	if (every != NULL && (!rcc_crew_number(every, EVERY_MAX_MIN, &plan->interval_min) || plan->interval_min == 0)) {
		rcc_crew_complain(_("--every is a number of minutes from 1 to %d"), EVERY_MAX_MIN);
		return false;
	}
	return eta == NULL || read_eta(eta, &plan->eta_at_ms);
}

static bool
fill_plan(struct rcc_crew *crew, const struct rcc_parsed *parsed, struct rcc_plan *plan)
{
	const char *action = rcc_crew_operand(parsed, 1), *text = parsed->value[CREW_TEXT];

	memset(plan, 0, sizeof *plan);
	plan->pos = RCC_POS_NONE;
	plan->mmsi = crew->settings.mmsi;
	memcpy(plan->name, crew->settings.name, sizeof plan->name);
	if (action == NULL || rcc_plan_parse(action, &plan->action) != RCC_OK) {
		rcc_crew_complain("%s", _("plan file, report, arrived or cancel"));
		return false;
	}
	if (!read_promise(parsed, plan) || !rcc_crew_persons(parsed, &plan->persons) ||
	    !rcc_crew_pos(parsed, &plan->pos)) {
		return false;
	}
	if (text != NULL) {
		rcc_text_copy_lossy(plan->text, sizeof plan->text, text, strlen(text));
	}
	return true;
}

void
rcc_crew_plan(struct rcc_crew *crew, const struct rcc_parsed *parsed)
{
	struct rcc_plan plan;
	char time[32];

	if (!fill_plan(crew, parsed, &plan)) {
		crew->exit = RCC_EXIT_USAGE;
		return;
	}
	if (plan.eta_at_ms != 0) {
		rcc_crew_say(crew, _("arrival %s: say plan arrived by then, or the centre looks for you"),
		             rcc_crew_time(time, plan.eta_at_ms));
	}
	if (plan.interval_min != 0) {
		rcc_crew_say(crew, _("say plan report every %u min, or the centre looks for you"), plan.interval_min);
	}
	crew->message->class = RCC_CLASS_LIVE;
	crew->message->kind = RCC_BODY_PLAN;
	crew->message->u.plan = plan;
	rcc_crew_post(crew);
	/* Whoever files or reports says where we are. */
	if (rcc_pos_is_known(plan.pos)) {
		crew->own = plan.pos;
		crew->own_at_ms = rcc_crew_at_ms();
	}
}

/* How it sounds here; nobody hears of it. */
static void
test_alarm(struct rcc_crew *crew)
{
	if (crew->board == NULL && rcc_crew_board_open(crew) != RCC_OK) {
		rcc_crew_fail(crew, RCC_EXIT_FAILED, _("no memory"));
		return;
	}
	rcc_alarm_start_command(&crew->alarm, crew->settings.alarm_command, crew->board, rcc_crew_at_ms());
	if (isatty(STDOUT_FILENO) != 0) {
		putchar('\a');
	}
	rcc_crew_say(crew, "%s", _("that is how it sounds"));
}

void
rcc_crew_drill(struct rcc_crew *crew, const struct rcc_parsed *parsed)
{
	const char *what = rcc_crew_operand(parsed, 1);
	bool is_joining = what != NULL && strcmp(what, "join") == 0;

	if (what != NULL && strcmp(what, "alarm") == 0) {
		test_alarm(crew);
		return;
	}
	if (what == NULL || (!is_joining && strcmp(what, "leave") != 0)) {
		rcc_crew_fail(crew, RCC_EXIT_USAGE, _("drill join, drill leave, or drill alarm"));
		return;
	}
	rcc_crew_say(crew, "%s",
	             is_joining ? _("as soon as it is accepted, exercises reach this ship for 12 hours; each of their "
	                            "lines says EXERCISE")
	                        : _("as soon as it is accepted, exercises reach this ship no longer"));
	crew->message->class = RCC_CLASS_LIVE;
	crew->message->kind = RCC_BODY_DRILL;
	crew->message->u.drill = (struct rcc_drill){.is_joining = is_joining ? 1 : 0};
	rcc_crew_post(crew);
}

void
rcc_crew_observe(struct rcc_crew *crew, const struct rcc_parsed *parsed)
{
	const char *text = rcc_crew_operand(parsed, 1);
	const char *which = rcc_crew_operand(parsed, 2);
	bool is_weather = parsed->value[CREW_WEATHER] != NULL;
	struct rcc_note note = {.kind = is_weather ? RCC_NOTE_SCENE : RCC_NOTE_OTHER};
	struct rcc_inbox_row row;

	if (text == NULL || text[0] == '\0' ||
	    rcc_text_copy(note.text, sizeof note.text, text, strlen(text)) != RCC_OK) {
		rcc_crew_fail(crew, RCC_EXIT_USAGE,
		              _("say what you see, in quotes and at most 400 bytes: observe \"TEXT\" [INC]; people in "
		                "danger are a distress"));
		return;
	}
	if (which != NULL) {
		if (!rcc_crew_find_incident(crew, which, &row)) {
			return;
		}
		note.incident = row.delivery.incident;
	}
	crew->message->class = RCC_CLASS_LIVE;
	crew->message->kind = RCC_BODY_NOTE;
	crew->message->u.note = note;
	rcc_crew_post(crew);
}
