/*
 * persons.h - how many people, by the help they need: nobody's name, nationality or status.
 */
#ifndef RCC_PERSONS_H
#define RCC_PERSONS_H

#include "rcc/types.h"

/* A partition of all persons, then marks that may be true of any of them. */
struct rcc_persons {
	uint32_t men, women, adults; /* adults: sex not stated */
	uint32_t children;           /* with somebody who looks after them */
	uint32_t unaccompanied;      /* children alone */
	uint32_t infants;
	uint32_t pregnant, injured, disabled; /* counted above as well */
	uint32_t families;                    /* units that must not be split */
};

#endif
