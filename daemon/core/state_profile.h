/*
 * state_profile.h - what ships declare of themselves, as rows of the core. Part of state.h, which includes it.
 */
#ifndef RCC_CORE_STATE_PROFILE_H
#define RCC_CORE_STATE_PROFILE_H

#include "rcc/message.h"

/* What a ship declares of herself (rcc/profile.h). */
struct rcc_profile {
	struct rcc_profile_values values;
	int64_t set_at_ms[RCC_PROFILE_LAST + 1]; /* when each was declared, or cleared, last; 0 = never */
	int64_t checked_at_ms;                   /* her latest readiness check; 0 = none reported */
	char missing[RCC_TEXT_MAX + 1];          /* what it found missing; empty = nothing */
	/* Who runs her: for the record and its reports; no rule reads them (tests/lint/neutral.sh). Empty = not stated. */
	char company[RCC_NAME_MAX + 1];
	char company_contact[RCC_COMPANY_TEXT_MAX + 1];
	char policy[RCC_COMPANY_TEXT_MAX + 1];
	int64_t company_at_ms; /* when one of these was stated, or taken back, last; 0 = never */
};

#endif
