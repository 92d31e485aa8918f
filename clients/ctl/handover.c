/* Cases that pass between centres: offered, taken over, refused, withdrawn. */
#include <string.h>

#include "ctl/ctl.h"
#include "librcc/i18n.h"
#include "rcc/text.h"
#include "rcc/work_text.h"

/* `handover INC --to CENTRE`, or `handover INC STEP`: what an officer says; the rest is the machine's. */
static int
read_step(const struct rcc_ctl *ctl, struct rcc_handover *order)
{
	bool is_offer = ctl->operand_count == 1;
	bool has_to = ctl->option[RCC_CTL_OPTION_TO] != NULL;

	order->step = RCC_HANDOVER_OFFER;
	if (is_offer && !has_to)
		return rcc_ctl_fail(
		    RCC_EXIT_USAGE,
		    _("say to whom: --to CENTRE; or answer an offer: accept, refuse; or withdraw yours"));
	if (!is_offer && (has_to || rcc_handover_parse(ctl->operand[1], &order->step) != RCC_OK ||
	                  (order->step != RCC_HANDOVER_ACCEPT && order->step != RCC_HANDOVER_REFUSE &&
	                   order->step != RCC_HANDOVER_WITHDRAW)))
		return rcc_ctl_fail(
		    RCC_EXIT_USAGE,
		    _("say `handover INC --to CENTRE`, or accept, refuse or withdraw after the number"));
	if ((order->step == RCC_HANDOVER_ACCEPT || order->step == RCC_HANDOVER_REFUSE) &&
	    ctl->option[RCC_CTL_OPTION_OFFICER] == NULL)
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("the other centre wants to know who decided: --officer NAME"));
	return RCC_EXIT_OK;
}

int
rcc_ctl_verb_handover(struct rcc_ctl *ctl)
{
	struct rcc_handover order = {.reason = ""};
	int exit_code = read_step(ctl, &order);

	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_option_text(ctl, RCC_CTL_OPTION_TO, order.centre, sizeof order.centre);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_option_text(ctl, RCC_CTL_OPTION_OFFICER, order.officer, sizeof order.officer);
	if (exit_code == RCC_EXIT_OK && order.step == RCC_HANDOVER_ACCEPT)
		exit_code = rcc_ctl_option_text(ctl, RCC_CTL_OPTION_REASON, order.reason, sizeof order.reason);
	else if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_reason(ctl, order.reason);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_incident(ctl, ctl->operand[0], &order.incident);
	if (exit_code != RCC_EXIT_OK)
		return exit_code;
	ctl->message->kind = RCC_BODY_HANDOVER;
	ctl->message->u.handover = order;
	return rcc_ctl_act(ctl);
}
