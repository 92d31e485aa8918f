/* handover.c */
#include "core/core_internal.h"

void
rcc_rule_handover(struct rcc_step *step)
{
	rcc_step_refuse(step, RCC_REFUSAL_UNSUPPORTED, "handover.step");
}
