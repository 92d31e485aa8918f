/* rccctl notice: a craft is missing and nobody knows of a distress: ships are asked for a look-out, and called on for nothing. */
#include <string.h>

#include "ctl/ctl.h"
#include "librcc/i18n.h"
#include "rcc/text.h"

int
rcc_ctl_verb_notice(struct rcc_ctl *ctl)
{
	struct rcc_relay order = {.action = RCC_RELAY_NOTICE};
	const char *text = ctl->option[RCC_CTL_OPTION_TEXT];
	const char *expires = ctl->option[RCC_CTL_OPTION_EXPIRES];
	char time[RCC_TIME_TEXT_SIZE];
	int64_t now_ms = rcc_ctl_now_ms();

	if (text == NULL || text[0] == '\0')
		return rcc_ctl_fail(RCC_EXIT_USAGE,
		                    _("notice needs --text TEXT: what ships look out for; it goes to all of them"));
	if (expires != NULL && !rcc_ctl_when_parse(expires, now_ms, &order.expires_at_ms))
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("'%s' is not a time: write +6h, or 2026-11-23T09:00:00Z"),
		                    expires);
	if (expires != NULL && order.expires_at_ms <= now_ms)
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("--expires %s has passed: give a time to come"),
		                    rcc_time_format(time, order.expires_at_ms));
	int exit_code = rcc_ctl_option_text(ctl, RCC_CTL_OPTION_TEXT, order.reason, sizeof order.reason);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_incident(ctl, ctl->operand[0], &order.incident);
	if (exit_code != RCC_EXIT_OK)
		return exit_code;
	if (expires != NULL && !ctl->is_json)
		fprintf(ctl->out, _("expires: %s\n"), rcc_time_format(time, order.expires_at_ms));
	ctl->message->kind = RCC_BODY_RELAY;
	ctl->message->u.relay = order;
	return rcc_ctl_act(ctl);
}
