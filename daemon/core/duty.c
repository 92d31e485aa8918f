/* duty.c */
#include "core/core_internal.h"

void
rcc_rule_duty(struct rcc_step *step)
{
	rcc_step_refuse(step, RCC_REFUSAL_UNSUPPORTED, "duty.state");
}
