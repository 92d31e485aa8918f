/* Another centre asks for a place of safety: an officer's answer; or what this centre asked is withdrawn. */
#include <string.h>

#include "ctl/ctl.h"
#include "librcc/i18n.h"
#include "rcc/work_text.h"

static int
read_step(const struct rcc_ctl *ctl, struct rcc_request_order *order)
{
	uint64_t number = 0;
	if (!rcc_ctl_uint_parse(ctl->operand[0], UINT32_MAX, &number) || number == 0)
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("'%s' is no number of a request; see `rccctl requests`"),
		                    ctl->operand[0]);
	order->request.v = (uint32_t)number;
	if (rcc_request_parse(ctl->operand[1], &order->step) != RCC_OK ||
	    (order->step != RCC_REQUEST_OFFER && order->step != RCC_REQUEST_REFUSE &&
	     order->step != RCC_REQUEST_WITHDRAW))
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("'%s' is no answer: say offered, refused or withdrawn"),
		                    ctl->operand[1]);
	if (order->step != RCC_REQUEST_WITHDRAW && ctl->option[RCC_CTL_OPTION_OFFICER] == NULL)
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("the other centre wants to know who decided: --officer NAME"));
	return RCC_EXIT_OK;
}

int
rcc_ctl_verb_request(struct rcc_ctl *ctl)
{
	struct rcc_request_order order = {.pos = RCC_POS_NONE};
	int exit_code = read_step(ctl, &order);

	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_option_text(ctl, RCC_CTL_OPTION_OFFICER, order.officer, sizeof order.officer);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_option_pos(ctl, &order.pos);
	if (exit_code == RCC_EXIT_OK && order.step == RCC_REQUEST_OFFER)
		exit_code = rcc_ctl_option_text(ctl, RCC_CTL_OPTION_TEXT, order.text, sizeof order.text);
	else if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_reason(ctl, order.text);
	if (exit_code != RCC_EXIT_OK)
		return exit_code;
	ctl->message->kind = RCC_BODY_REQUEST;
	ctl->message->u.request = order;
	return rcc_ctl_act(ctl);
}
