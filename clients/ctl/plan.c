/* Sailing plans, as the centre keeps them for vessels that call by radio or telephone. */
#include <string.h>

#include "ctl/ctl.h"
#include "librcc/i18n.h"
#include "rcc/text.h"

/* A week: nobody promises a report less often. */
#define EVERY_MAX_MIN 10080

static int
set_promise(const struct rcc_ctl *ctl, struct rcc_plan *plan)
{
	const char *eta = ctl->option[RCC_CTL_OPTION_ETA];
	const char *every = ctl->option[RCC_CTL_OPTION_EVERY];
	uint64_t every_min = 0;
	int64_t now_ms = rcc_ctl_now_ms();
	char time[RCC_TIME_TEXT_SIZE];
	bool is_over = plan->action == RCC_PLAN_ARRIVED || plan->action == RCC_PLAN_CANCEL;
	if (is_over && (eta != NULL || every != NULL))
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("'plan %s' ends the plan: it takes neither --eta nor --every"),
		                    rcc_plan_word(plan->action));
	if (plan->action == RCC_PLAN_REPORT && every != NULL)
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("another --every is another plan: file it anew"));
	if (eta != NULL && !rcc_ctl_when_ahead_parse(eta, now_ms, &plan->eta_at_ms))
		return rcc_ctl_fail(
		    RCC_EXIT_USAGE,
		    _("--eta '%s' cannot be read: write +6h, 14:00 (UTC, the next one), or 2026-11-23T09:00:00Z"), eta);
	if (eta != NULL && plan->eta_at_ms <= now_ms)
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("--eta %s has passed: give a time to come"),
		                    rcc_time_format(time, plan->eta_at_ms));
	if (every != NULL && !rcc_ctl_uint_parse(every, EVERY_MAX_MIN, &every_min))
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("--every is a number of minutes from 1 to %d"), EVERY_MAX_MIN);
	if (plan->action == RCC_PLAN_FILE && eta == NULL && every == NULL)
		return rcc_ctl_fail(RCC_EXIT_USAGE,
		                    _("a plan promises something: give --eta TIME, --every MIN, or both"));
	plan->interval_min = (uint32_t)every_min;
	if (eta != NULL && !ctl->is_json)
		fprintf(ctl->out, _("arrival: %s\n"), rcc_time_format(time, plan->eta_at_ms));
	return RCC_EXIT_OK;
}

int
rcc_ctl_verb_plan(struct rcc_ctl *ctl)
{
	struct rcc_plan plan = {.pos = RCC_POS_NONE};
	if (rcc_plan_parse(ctl->operand[0], &plan.action) != RCC_OK)
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("'%s' is nothing that a plan takes: say %s, %s, %s or %s"),
		                    ctl->operand[0], rcc_plan_word(RCC_PLAN_FILE), rcc_plan_word(RCC_PLAN_REPORT),
		                    rcc_plan_word(RCC_PLAN_ARRIVED), rcc_plan_word(RCC_PLAN_CANCEL));
	if (ctl->option[RCC_CTL_OPTION_MMSI] == NULL && ctl->option[RCC_CTL_OPTION_NAME] == NULL)
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("say whose plan: --mmsi MMSI, or --name NAME if it has none"));
	int exit_code = rcc_ctl_option_mmsi(ctl, &plan.mmsi);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_option_text(ctl, RCC_CTL_OPTION_NAME, plan.name, sizeof plan.name);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_option_text(ctl, RCC_CTL_OPTION_TEXT, plan.text, sizeof plan.text);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_option_persons(ctl, &plan.persons);
	if (exit_code == RCC_EXIT_OK)
		exit_code = set_promise(ctl, &plan);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_option_pos(ctl, &plan.pos);
	if (exit_code != RCC_EXIT_OK)
		return exit_code;
	ctl->message->kind = RCC_BODY_PLAN;
	ctl->message->u.plan = plan;
	return rcc_ctl_act(ctl);
}
