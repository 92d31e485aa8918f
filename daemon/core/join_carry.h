/*
 * join_carry.h - what goes along when a case becomes one with another: who comes by voice, and what ships are ordered.
 *
 * Why:    the end of the one, as part of the other, would leave a requisitioned ship unbound, and the scene without its coordinator.
 *         She hears the order anew, as one of the case that goes on. Who coordinates there goes on; undoing the join takes no order back.
 */
#ifndef RCC_CORE_JOIN_CARRY_H
#define RCC_CORE_JOIN_CARRY_H

#include "core/core_internal.h"

uint32_t rcc_join_count_answers(const struct rcc_core *core, const struct rcc_incident *from,
                                const struct rcc_incident *into);
uint32_t rcc_join_count_orders(const struct rcc_core *core, const struct rcc_incident *from,
                               const struct rcc_incident *into);
/* Is this ship ordered to the case that goes on as well, by an order that goes along? */
bool rcc_join_is_ordered_on(const struct rcc_core *core, const struct rcc_incident *from,
                            const struct rcc_incident *into, struct rcc_mmsi ship);
/* Events that both take, at most. */
uint32_t rcc_join_count_carried(const struct rcc_core *core, const struct rcc_incident *from,
                                const struct rcc_incident *into);
void rcc_join_carry_answers(struct rcc_step *step, struct rcc_incident_id from, struct rcc_incident_id into);
/* After ships hear of the case that goes on, and before they hear that the other is over. */
void rcc_join_carry_orders(struct rcc_step *step, struct rcc_incident_id from, struct rcc_incident_id into);

#endif
