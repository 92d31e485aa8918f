/*
 * carried.h - what goes with a case that is offered to another centre, beside its facts and its report: where its persons are, what
 * is known of its places of safety, what is asked for. The log travels with the case (IAMSAR; domain 3.8). Nobody's words about
 * anybody: numbers, and why a place is not safe.
 */
#ifndef RCC_CARRIED_H
#define RCC_CARRIED_H

#include "rcc/persons.h"

#define RCC_CARRIED_PERSONS_MAX 16 /* ships and places with persons; what is beyond stands in the report alone */
#define RCC_CARRIED_PLACES_MAX 8
#define RCC_CARRIED_NEEDS_MAX 16
#define RCC_CARRIED_TEXT_MAX 200

/* Persons at one place. */
struct rcc_carried_persons {
	uint32_t where;       /* enum rcc_where, not AT_RISK */
	struct rcc_mmsi ship; /* ABOARD */
	struct rcc_persons count;
	int64_t first_at_ms;        /* when the first came: the clock of disembarking runs from here */
	uint32_t protection_stated; /* 1: some have stated a fear or a need of protection */
	uint32_t safe_hours;        /* as the ship said; 0 = not stated */
	uint32_t languages;         /* 1: interpreters are needed */
	uint32_t is_disputed;       /* 1: she says another number than was counted, which is in `reported` */
	struct rcc_persons reported;
	uint32_t dead; /* aboard, as she says: counted apart */
};
/* What stands against a place, and who said so. */
struct rcc_carried_place {
	char name[RCC_NAME_MAX + 1];
	struct rcc_pos pos;
	char authority[RCC_NAME_MAX + 1]; /* offered or refused last */
	uint32_t is_offered, is_refused, is_unsafe, is_feared;
	struct rcc_mmsi fear_ship;
	char text[RCC_CARRIED_TEXT_MAX + 1]; /* why it is not safe, or why it was refused */
};
struct rcc_carried_need {
	uint32_t kind; /* enum rcc_need_kind */
	struct rcc_mmsi ship;
	uint32_t quantity;
};
struct rcc_carried {
	uint32_t is_cut; /* 1: there was more than this has room for */
	uint32_t persons_count, place_count, need_count;
	struct rcc_carried_persons persons[RCC_CARRIED_PERSONS_MAX];
	struct rcc_carried_place place[RCC_CARRIED_PLACES_MAX];
	struct rcc_carried_need need[RCC_CARRIED_NEEDS_MAX];
};

#endif
