/*
 * order.h - what officers decide on a case, each in one line, for tests: said by the centre to a watch. Each returns the
 * number of events.
 */
#ifndef RCC_TEST_ORDER_H
#define RCC_TEST_ORDER_H

#include "watch.h"

uint32_t order_join(struct watch *watch, uint32_t alert, uint32_t incident, const char *reason);
/* Every alert of another incident. */
uint32_t order_join_all(struct watch *watch, uint32_t from, uint32_t incident, const char *reason);
uint32_t order_split(struct watch *watch, uint32_t alert, const char *reason);
uint32_t order_group(struct watch *watch, uint32_t incident, uint32_t parent, const char *reason);
uint32_t order_phase(struct watch *watch, uint32_t incident, enum rcc_phase phase, const char *reason);
/* Review in so many milliseconds from now. */
uint32_t order_suspend(struct watch *watch, uint32_t incident, int64_t review_ms, const char *reason);
uint32_t order_resume(struct watch *watch, uint32_t incident, const char *reason);
uint32_t order_close(struct watch *watch, uint32_t incident, enum rcc_outcome outcome, const char *reason);
/* What is 0 or not known stays as it is. */
uint32_t order_classify(struct watch *watch, uint32_t incident, struct rcc_pos pos, enum rcc_nature nature,
                        uint32_t persons, const char *reason);
/* A report that an officer types, into an incident or, with 0, wherever it belongs. */
uint32_t order_open(struct watch *watch, uint32_t incident, const struct rcc_alert *alert);

const struct rcc_incident *order_incident(const struct watch *watch, uint32_t incident);
const struct rcc_alert_state *order_alert(const struct watch *watch, uint32_t alert);

#endif
