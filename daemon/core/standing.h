/*
 * standing.h - the orders that stand for one ship in a case: waited for, or taken on and neither declined, done nor ended.
 *
 * Why:   whoever joins a case to another, or takes one over, has what binds its ships; an order that is forgotten leaves a master who
 *        believes that he is bound, and a centre that does not know it (SOLAS V/33.2 to 33.4).
 */
#ifndef RCC_CORE_STANDING_H
#define RCC_CORE_STANDING_H

#include "core/duty.h"

struct rcc_standing_kind {
	uint32_t bit; /* RCC_CARRIED_ORDERS_* */
	enum rcc_duty_rule rule;
	enum rcc_task_kind kind;
};
#define RCC_STANDING_KINDS 3
extern const struct rcc_standing_kind rcc_standing_kind[RCC_STANDING_KINDS];

/* NULL: what is owed by this rule is no order. */
const struct rcc_standing_kind *rcc_standing_of(enum rcc_duty_rule rule);
bool rcc_standing_is(const struct rcc_core *core, const struct rcc_incident *incident, enum rcc_duty_rule rule,
                     struct rcc_mmsi ship);
/* And she has not answered it. Pre: it stands. */
bool rcc_standing_is_unanswered(const struct rcc_core *core, const struct rcc_incident *incident,
                                enum rcc_duty_rule rule, struct rcc_mmsi ship);
/* How often she reports, minutes; 0 = no timer runs. */
uint32_t rcc_standing_contact_min(const struct rcc_core *core, const struct rcc_incident *incident,
                                  struct rcc_mmsi ship);
/* The words of the latest order to her alone; "" = it was given by voice. Borrowed from the state. */
const char *rcc_standing_words(const struct rcc_core *core, const struct rcc_incident *incident, struct rcc_mmsi ship);

#endif
