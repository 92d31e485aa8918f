/* persons.c */
#include "core/core_internal.h"

void
rcc_rule_persons(struct rcc_step *step)
{
	rcc_step_refuse(step, RCC_REFUSAL_UNSUPPORTED, "persons.from");
}

void
rcc_rule_survivors(struct rcc_step *step)
{
	rcc_step_refuse(step, RCC_REFUSAL_UNSUPPORTED, "survivors");
}

void
rcc_rule_need(struct rcc_step *step)
{
	rcc_step_refuse(step, RCC_REFUSAL_UNSUPPORTED, "need");
}
