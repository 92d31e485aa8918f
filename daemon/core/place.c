/* place.c */
#include "core/core_internal.h"

void
rcc_rule_place(struct rcc_step *step)
{
	rcc_step_refuse(step, RCC_REFUSAL_UNSUPPORTED, "place.step");
}
