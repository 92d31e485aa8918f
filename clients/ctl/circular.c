/* What every ship is told that is of no case, and what ships tell the centre that is of none. */
#include "ctl/ctl.h"
#include "librcc/i18n.h"
#include "rcc/text.h"

static int
issue(struct rcc_ctl *ctl, enum rcc_broadcast_kind kind, int64_t expires_at_ms)
{
	struct rcc_circular circular = {.kind = kind, .expires_at_ms = expires_at_ms};
	if (ctl->option[RCC_CTL_OPTION_TEXT] == NULL)
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("say what every ship is to read: --text TEXT"));
	int exit_code = rcc_ctl_option_text(ctl, RCC_CTL_OPTION_TEXT, circular.text, sizeof circular.text);
	if (exit_code != RCC_EXIT_OK)
		return exit_code;
	ctl->message->kind = RCC_BODY_CIRCULAR;
	ctl->message->u.circular = circular;
	return rcc_ctl_act(ctl);
}

int
rcc_ctl_verb_bulletin(struct rcc_ctl *ctl)
{
	const char *expires = ctl->option[RCC_CTL_OPTION_EXPIRES];
	int64_t now_ms = rcc_ctl_now_ms();
	int64_t expires_at_ms = 0;
	char time[RCC_TIME_TEXT_SIZE];
	if (expires != NULL && !rcc_ctl_when_ahead_parse(expires, now_ms, &expires_at_ms))
		return rcc_ctl_fail(RCC_EXIT_USAGE,
		                    _("--expires '%s' cannot be read: write +6h, +90min, 14:00 (UTC, the next one), or "
		                      "2026-11-23T09:00:00Z"),
		                    expires);
	if (expires != NULL && expires_at_ms <= now_ms)
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("--expires %s has passed: give a time to come"),
		                    rcc_time_format(time, expires_at_ms));
	return issue(ctl, RCC_BROADCAST_BULLETIN, expires_at_ms);
}

int
rcc_ctl_verb_conduct_card(struct rcc_ctl *ctl)
{
	return issue(ctl, RCC_BROADCAST_CONDUCT_CARD, 0);
}

int
rcc_ctl_verb_circulars(struct rcc_ctl *ctl)
{
	struct rcc_view view = {.what = RCC_VIEW_CIRCULARS, .near = RCC_POS_NONE};
	uint64_t id = 0;
	if (ctl->operand_count > 0 && (!rcc_ctl_uint_parse(ctl->operand[0], UINT32_MAX, &id) || id == 0))
		return rcc_ctl_fail(RCC_EXIT_USAGE,
		                    _("'%s' is not the number of a circular: `rccctl circulars` has them"),
		                    ctl->operand[0]);
	view.id = (uint32_t)id;
	return rcc_ctl_show(ctl, &view, NULL, _("no bulletin or conduct card has gone out"));
}

int
rcc_ctl_verb_observations(struct rcc_ctl *ctl)
{
	const struct rcc_view view = {.what = RCC_VIEW_NOTES, .near = RCC_POS_NONE};
	return rcc_ctl_show(ctl, &view, NULL, _("no ship has observed anything"));
}
