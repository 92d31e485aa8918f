/* What an officer decides of a case: its phase, whether it goes on, what is known of it, and what belongs to it. */
#include <string.h>

#include "ctl/ctl.h"
#include "librcc/i18n.h"
#include "rcc/text.h"

int
rcc_ctl_verb_phase(struct rcc_ctl *ctl)
{
	struct rcc_set_phase order = {.reason = ""};
	if (rcc_phase_parse(ctl->operand[1], &order.phase) != RCC_OK)
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("'%s' is not a phase: say %s, %s or %s"), ctl->operand[1],
		                    rcc_phase_word(RCC_PHASE_DISTRESS), rcc_phase_word(RCC_PHASE_ALERT),
		                    rcc_phase_word(RCC_PHASE_UNCERTAINTY));
	int exit_code = rcc_ctl_reason(ctl, order.reason);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_incident(ctl, ctl->operand[0], &order.incident);
	if (exit_code != RCC_EXIT_OK)
		return exit_code;
	ctl->message->kind = RCC_BODY_PHASE;
	ctl->message->u.phase = order;
	return rcc_ctl_act(ctl);
}

int
rcc_ctl_verb_suspend(struct rcc_ctl *ctl)
{
	struct rcc_suspend order = {.reason = ""};
	const char *review = ctl->option[RCC_CTL_OPTION_REVIEW];
	char time[RCC_TIME_TEXT_SIZE];
	int64_t now_ms = rcc_ctl_now_ms();
	if (review == NULL)
		return rcc_ctl_fail(
		    RCC_EXIT_USAGE,
		    _("suspend needs --review TIME, when an officer looks at it again: +6h, 14:00 (UTC), "
		      "or 2026-11-23T09:00:00Z"));
	if (!rcc_ctl_when_ahead_parse(review, now_ms, &order.review_at_ms))
		return rcc_ctl_fail(RCC_EXIT_USAGE,
		                    _("--review '%s' cannot be read: write +6h, +90min, 14:00 (UTC, the next one), or "
		                      "2026-11-23T09:00:00Z"),
		                    review);
	if (order.review_at_ms <= now_ms)
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("--review %s has passed: give a time to come"),
		                    rcc_time_format(time, order.review_at_ms));
	int exit_code = rcc_ctl_reason(ctl, order.reason);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_incident(ctl, ctl->operand[0], &order.incident);
	if (exit_code != RCC_EXIT_OK)
		return exit_code;
	if (!ctl->is_json)
		fprintf(ctl->out, _("review: %s\n"), rcc_time_format(time, order.review_at_ms));
	ctl->message->kind = RCC_BODY_SUSPEND;
	ctl->message->u.suspend = order;
	return rcc_ctl_act(ctl);
}

int
rcc_ctl_verb_resume(struct rcc_ctl *ctl)
{
	struct rcc_resume order = {.reason = ""};
	int exit_code = rcc_ctl_reason(ctl, order.reason);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_option_persons(ctl, &order.persons);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_incident(ctl, ctl->operand[0], &order.incident);
	if (exit_code != RCC_EXIT_OK)
		return exit_code;
	ctl->message->kind = RCC_BODY_RESUME;
	ctl->message->u.resume = order;
	return rcc_ctl_act(ctl);
}

static int
fill_classify(const struct rcc_ctl *ctl, struct rcc_classify *order)
{
	int exit_code = rcc_ctl_option_nature(ctl, &order->nature);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_option_persons(ctl, &order->persons);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_option_mmsi(ctl, &order->casualty);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_option_text(ctl, RCC_CTL_OPTION_NAME, order->name, sizeof order->name);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_reason(ctl, order->reason);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_option_pos(ctl, &order->pos);
	order->verified = ctl->option[RCC_CTL_OPTION_VERIFIED] != NULL ? 1 : 0;
	return exit_code;
}

int
rcc_ctl_verb_classify(struct rcc_ctl *ctl)
{
	struct rcc_classify order = {.pos = RCC_POS_NONE};
	static const enum rcc_ctl_option facts[] = {RCC_CTL_OPTION_NATURE, RCC_CTL_OPTION_PERSONS,
	                                            RCC_CTL_OPTION_POS,    RCC_CTL_OPTION_MMSI,
	                                            RCC_CTL_OPTION_NAME,   RCC_CTL_OPTION_VERIFIED};
	bool is_told = false;
	for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++)
		is_told |= ctl->option[facts[i]] != NULL;
	if (!is_told)
		return rcc_ctl_fail(
		    RCC_EXIT_USAGE,
		    _("say what is known better: --nature, --persons, --pos, --mmsi, --name or --verified"));
	int exit_code = fill_classify(ctl, &order);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_incident(ctl, ctl->operand[0], &order.incident);
	if (exit_code != RCC_EXIT_OK)
		return exit_code;
	ctl->message->kind = RCC_BODY_CLASSIFY;
	ctl->message->u.classify = order;
	return rcc_ctl_act(ctl);
}

/* `join ALERT INC`, or `join --from INC INC`: the last operand is where it belongs in both. */
int
rcc_ctl_verb_join(struct rcc_ctl *ctl)
{
	struct rcc_join_order order = {.reason = ""};
	const char *from = ctl->option[RCC_CTL_OPTION_FROM];
	const char *into = ctl->operand[ctl->operand_count - 1];
	int exit_code = RCC_EXIT_OK;
	if ((from != NULL) == (ctl->operand_count == 2))
		return rcc_ctl_fail(
		    RCC_EXIT_USAGE,
		    _("say either 'join ALERT INC', or 'join --from INC INC' for every alert of a case"));
	if (from == NULL)
		exit_code = rcc_ctl_alert(ctl->operand[0], &order.alert);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_reason(ctl, order.reason);
	if (exit_code == RCC_EXIT_OK && from != NULL)
		exit_code = rcc_ctl_incident(ctl, from, &order.from);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_incident(ctl, into, &order.incident);
	if (exit_code != RCC_EXIT_OK)
		return exit_code;
	ctl->message->kind = RCC_BODY_JOIN;
	ctl->message->u.join = order;
	return rcc_ctl_act(ctl);
}

int
rcc_ctl_verb_split(struct rcc_ctl *ctl)
{
	struct rcc_split order = {.reason = ""};
	int exit_code = rcc_ctl_alert(ctl->operand[0], &order.alert);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_reason(ctl, order.reason);
	if (exit_code != RCC_EXIT_OK)
		return exit_code;
	ctl->message->kind = RCC_BODY_SPLIT;
	ctl->message->u.split = order;
	return rcc_ctl_act(ctl);
}

int
rcc_ctl_verb_group(struct rcc_ctl *ctl)
{
	struct rcc_group order = {.reason = ""};
	const char *under = ctl->option[RCC_CTL_OPTION_UNDER];
	if ((under != NULL) == (ctl->option[RCC_CTL_OPTION_ALONE] != NULL))
		return rcc_ctl_fail(RCC_EXIT_USAGE,
		                    _("group needs --under INC, the mass rescue that it is part of, or --alone"));
	int exit_code = rcc_ctl_reason(ctl, order.reason);
	if (exit_code == RCC_EXIT_OK && under != NULL)
		exit_code = rcc_ctl_incident(ctl, under, &order.parent);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_incident(ctl, ctl->operand[0], &order.incident);
	if (exit_code != RCC_EXIT_OK)
		return exit_code;
	ctl->message->kind = RCC_BODY_GROUP;
	ctl->message->u.group = order;
	return rcc_ctl_act(ctl);
}
