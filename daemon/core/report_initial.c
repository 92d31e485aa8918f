/*
 * report_initial.c - what was done first, as a situation report tells it: reception, call, coordinator, orders, needs, actions.
 *
 * All of it is of the record: nobody types it, so none of it can be left out.
 */
#include "core/report_internal.h"

#include "core/duty.h"
#include "core/persons.h"
#include "rcc/work_text.h"

/* First steps that one report names. */
#define STEPS_MAX 16

struct step {
	int64_t at_ms;
	const struct rcc_broadcast *call;
	const struct rcc_duty *duty;
	const struct rcc_need_line *need;
	const struct rcc_noted_words *noted;
};

/* The earliest, by time; what happened at one time in the order it was found. */
struct steps {
	struct step row[STEPS_MAX];
	uint32_t count, all;
};

static void
add_step(struct steps *steps, const struct step *step)
{
	uint32_t at = steps->count;

	steps->all++;
	while (at > 0 && steps->row[at - 1].at_ms > step->at_ms)
		at--;
	if (at == STEPS_MAX)
		return;
	if (steps->count < STEPS_MAX)
		steps->count++;
	for (uint32_t i = steps->count - 1; i > at; i--)
		steps->row[i] = steps->row[i - 1];
	steps->row[at] = *step;
}

/* The first call, what took it back or renewed it, and releases: updates are no first steps. */
static void
add_calls(struct steps *steps, const struct rcc_paper *report)
{
	for (const struct rcc_broadcast *row = rcc_broadcast_at(report->core, report->incident->newest_broadcast);
	     row != NULL; row = rcc_broadcast_at(report->core, row->previous)) {
		if (row->kind != RCC_BROADCAST_UPDATE)
			add_step(steps, &(struct step){.at_ms = row->issued_at_ms, .call = row});
	}
	/* Who was released, by a message: orders stand in the ledger, their end does not (SOLAS V/33.3, 33.4). */
	for (const struct rcc_broadcast *row = rcc_broadcast_at(report->core, report->incident->newest_directed);
	     row != NULL; row = rcc_broadcast_at(report->core, row->previous)) {
		if (row->kind == RCC_BROADCAST_RELEASE)
			add_step(steps, &(struct step){.at_ms = row->issued_at_ms, .call = row});
	}
}

/* Who was enrolled later got it later, and was not told then. */
static uint32_t
told_at_once(const struct rcc_core *core, const struct rcc_broadcast *broadcast)
{
	uint32_t count = 0;

	for (const struct rcc_delivery *line = rcc_delivery_at(core, broadcast->newest_delivery); line != NULL;
	     line = rcc_delivery_at(core, line->of_broadcast))
		count += line->queued_at_ms == broadcast->issued_at_ms;
	return count;
}

/* Orders to ships, and the mission coordinator, who is appointed when that duty is settled. */
static bool
is_step(const struct rcc_duty *row)
{
	return row->rule == RCC_DUTY_RULE_COMPLY || row->rule == RCC_DUTY_RULE_COORDINATE ||
	       row->rule == RCC_DUTY_RULE_DO_TASK ||
	       (row->rule == RCC_DUTY_RULE_COORDINATE_CASE && row->state == RCC_DUTY_DISCHARGED);
}

static void
add_duties(struct steps *steps, const struct rcc_paper *report)
{
	for (const struct rcc_duty *row = rcc_duty_at(report->core, report->incident->newest_duty); row != NULL;
	     row = rcc_duty_at(report->core, row->previous)) {
		bool is_case = row->rule == RCC_DUTY_RULE_COORDINATE_CASE;
		if (is_step(row))
			add_step(steps, &(struct step){.at_ms = is_case ? row->changed_at_ms : row->opened_at_ms,
			                               .duty = row});
	}
}

static void
add_actions(struct steps *steps, const struct rcc_incident *incident)
{
	uint32_t actions = incident->notes[RCC_NOTE_ACTION];

	/* The ring holds the latest. */
	for (uint32_t i = actions > RCC_ACTIONS_MAX ? actions - RCC_ACTIONS_MAX : 0; i < actions; i++) {
		const struct rcc_noted_words *noted = &incident->reporting.action[i % RCC_ACTIONS_MAX];
		add_step(steps, &(struct step){.at_ms = noted->at_ms, .noted = noted});
	}
}

static void
put_duty(struct rcc_paper *report, const char *dtg, const struct rcc_duty *row)
{
	const char *words = row->rule == RCC_DUTY_RULE_COMPLY       ? "REQUISITIONED"
	                    : row->rule == RCC_DUTY_RULE_COORDINATE ? "ON-SCENE COORDINATOR NAMED"
	                                                            : "TASKED";
	char ship[RCC_SHIP_TEXT_SIZE];

	if (row->rule == RCC_DUTY_RULE_COORDINATE_CASE)
		rcc_report_line(report, "%s: MISSION COORDINATOR APPOINTED", dtg);
	else
		rcc_report_line(report, "%s: %s: %s", dtg, words, rcc_report_ship(report->core, row->ship, ship));
}

static void
put_step(struct rcc_paper *report, const struct step *step)
{
	char dtg[RCC_DTG_TEXT_SIZE];
	char ship[RCC_SHIP_TEXT_SIZE];

	rcc_dtg_format(dtg, step->at_ms);
	uint32_t told = step->call == NULL ? 0 : told_at_once(report->core, step->call);
	if (step->call != NULL)
		rcc_report_line(report, "%s: %s TO %u SHIP%s", dtg, rcc_broadcast_word(step->call->kind), told,
		                told == 1 ? "" : "S");
	else if (step->duty != NULL)
		put_duty(report, dtg, step->duty);
	else if (step->need != NULL)
		rcc_report_line(report, "%s: ASKED FOR %s BY %s, NOW %s", dtg, rcc_need_word(step->need->kind),
		                rcc_report_ship(report->core, step->need->ship, ship),
		                rcc_need_state_word(step->need->state));
	else if (step->noted != NULL)
		rcc_report_words(report, "", step->noted);
	else
		rcc_report_line(report, "%s: RECEIVED", dtg);
}

void
rcc_report_actions(struct rcc_paper *report)
{
	const struct rcc_incident *incident = report->incident;
	struct steps steps = {.count = 0};

	add_step(&steps, &(struct step){.at_ms = incident->opened_at_ms});
	add_calls(&steps, report);
	add_duties(&steps, report);
	for (const struct rcc_need_line *need = rcc_need_at(report->core, incident->newest_need); need != NULL;
	     need = rcc_need_at(report->core, need->previous))
		add_step(&steps, &(struct step){.at_ms = need->asked_at_ms, .need = need});
	add_actions(&steps, incident);
	rcc_report_title(report, 'J', "INITIAL ACTIONS TAKEN");
	for (uint32_t i = 0; i < steps.count; i++)
		put_step(report, &steps.row[i]);
	if (steps.all > steps.count)
		rcc_report_line(report, "AND %u MORE SINCE", steps.all - steps.count);
}
