/*
 * work.c - the work of an incident: one order, one rule. Each rule is in the file named after its subject.
 */
#include <assert.h>

#include "core/core_internal.h"

void
rcc_rule_work(struct rcc_step *step)
{
	static void (*const rules[])(struct rcc_step *) = {
	    [RCC_COMMAND_TASK] = rcc_rule_task,
	    [RCC_COMMAND_SURVIVORS] = rcc_rule_survivors,
	    [RCC_COMMAND_PERSONS] = rcc_rule_persons,
	    [RCC_COMMAND_NEED] = rcc_rule_need,
	    [RCC_COMMAND_PLACE] = rcc_rule_place,
	    [RCC_COMMAND_REFERRAL] = rcc_rule_referral,
	    [RCC_COMMAND_NOTE] = rcc_rule_note,
	    [RCC_COMMAND_SMC] = rcc_rule_smc,
	    [RCC_COMMAND_WATCH] = rcc_rule_watch,
	    [RCC_COMMAND_COMMS] = rcc_rule_comms,
	    [RCC_COMMAND_SITREP] = rcc_rule_sitrep,
	    [RCC_COMMAND_HANDOVER] = rcc_rule_handover,
	    [RCC_COMMAND_DUTY] = rcc_rule_duty,
	    [RCC_COMMAND_PROFILE] = rcc_rule_profile,
	    [RCC_COMMAND_CENTRE] = rcc_rule_centre,
	    [RCC_COMMAND_REQUEST] = rcc_rule_request,
	    [RCC_COMMAND_PLACE_REQUEST] = rcc_rule_place_request,
	    [RCC_COMMAND_CIRCULAR] = rcc_rule_circular,
	    [RCC_COMMAND_RETENTION] = rcc_rule_retention,
	    [RCC_COMMAND_INVITE] = rcc_rule_invite,
	    [RCC_COMMAND_ADMIT] = rcc_rule_admit,
	    [RCC_COMMAND_REKEY] = rcc_rule_rekey,
	};
	enum rcc_command_kind kind = step->entry->cause.kind;

	assert((size_t)kind < sizeof rules / sizeof rules[0] && rules[kind] != NULL);
	rules[kind](step);
}
