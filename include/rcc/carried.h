/*
 * carried.h - what goes with a case that is offered to another centre, beside its facts and its report: where its persons are, what
 * is known of its places of safety, what is asked for, which ships answered and what each of them was ordered. The log travels with
 * the case (IAMSAR; domain 3.8). Nobody's words about anybody: numbers, why a place is not safe, and what masters were told and said.
 */
#ifndef RCC_CARRIED_H
#define RCC_CARRIED_H

#include "rcc/persons.h"

#define RCC_CARRIED_PERSONS_MAX 16 /* ships and places with persons; what is beyond stands in the report alone */
#define RCC_CARRIED_PLACES_MAX 8
#define RCC_CARRIED_NEEDS_MAX 16
#define RCC_CARRIED_TEXT_MAX 200
#define RCC_CARRIED_SHIPS_MAX 16 /* those under an order first, then those that come, then those that cannot */
#define RCC_CARRIED_OBJECTIONS_MAX 4
#define RCC_CARRIED_ORDER_MAX 80 /* bytes of an order's words: with all of it an offer fits RCC_MESSAGE_MAX */

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
	uint32_t dead;      /* aboard, as she says: counted apart */
	int64_t said_at_ms; /* ABOARD: when she said so, by their clock; the safe hours run from here; 0 = not stated */
	uint32_t is_counted; /* ABOARD: 1: she has not said this number herself */
};
/* What stands against a place, and who said so. */
struct rcc_carried_place {
	char name[RCC_NAME_MAX + 1];
	struct rcc_pos pos;
	char authority[RCC_NAME_MAX + 1]; /* offered or refused last */
	uint32_t is_offered, is_refused, is_unsafe, is_feared;
	uint32_t checks;      /* RCC_CHECK_*, as last checked there */
	uint32_t is_reviewed; /* 1: what survivors fear was reviewed for it, by an officer there */
	struct rcc_mmsi fear_ship;
	char text[RCC_CARRIED_TEXT_MAX + 1]; /* why it is not safe, or why it was refused */
};
struct rcc_carried_need {
	uint32_t kind; /* enum rcc_need_kind */
	struct rcc_mmsi ship;
	uint32_t quantity;
};
/* What one ship is ordered to, RCC_CARRIED_ORDERS_*: a sum. */
#define RCC_CARRIED_ORDERS_TASK 1u
#define RCC_CARRIED_ORDERS_REQUISITION 2u /* SOLAS V/33.2 */
#define RCC_CARRIED_ORDERS_COORDINATE 4u  /* SAR Convention annex 4.7.2 */
#define RCC_CARRIED_ORDERS_ALL 7u
/* A ship that has answered, or stands under an order. One that was only called, like all, is not told of. */
struct rcc_carried_ship {
	struct rcc_mmsi ship;
	uint32_t answer;                      /* enum rcc_answer_kind; 0 = she has not answered */
	uint32_t reason;                      /* enum rcc_reason; with UNABLE */
	int64_t said_at_ms, eta_at_ms;        /* of that answer; when she is there, 0 = not known */
	uint32_t orders;                      /* that stand: neither declined, done nor released */
	uint32_t unanswered;                  /* of them */
	uint32_t contact_min;                 /* she reports this often; 0 = no timer */
	uint32_t place;                       /* 1.. of place[]: she is on her way there by order; 0 = nowhere */
	char text[RCC_CARRIED_ORDER_MAX + 1]; /* the latest order to her alone, in its words */
};
/* A master objects to a place; never counted against the ship (s003 par. 40). */
struct rcc_carried_objection {
	uint32_t place; /* 1.. of place[] */
	struct rcc_mmsi ship;
	char text[RCC_CARRIED_TEXT_MAX + 1];
};
struct rcc_carried {
	uint32_t is_cut; /* 1: there was more than this has room for */
	uint32_t persons_count, place_count, need_count, ship_count, objection_count;
	struct rcc_carried_persons persons[RCC_CARRIED_PERSONS_MAX];
	struct rcc_carried_place place[RCC_CARRIED_PLACES_MAX];
	struct rcc_carried_need need[RCC_CARRIED_NEEDS_MAX];
	struct rcc_carried_ship ship[RCC_CARRIED_SHIPS_MAX];
	struct rcc_carried_objection objection[RCC_CARRIED_OBJECTIONS_MAX];
};

#endif
