/*
 * handover_side.h - one of two centres, for tests of handovers: two ships, a feed, a case, and another centre that speaks.
 */
#ifndef RCC_TEST_HANDOVER_SIDE_H
#define RCC_TEST_HANDOVER_SIDE_H

#include "core/duty.h"
#include "core/handover.h"
#include "order.h"
#include "rcc/units.h"

extern struct watch side_watch;
extern uint32_t side_peer; /* the other centre */

uint32_t side_enrol_centre(const char *name, uint32_t key, const char *endpoint, enum rcc_share share);
void side_start(void);
uint32_t side_order(uint32_t incident, enum rcc_handover_step step);
struct rcc_msg_id side_theirs(uint8_t number);
struct rcc_centre *side_begin_heard(struct rcc_msg_id handover, enum rcc_handover_step step);
uint32_t side_heard(struct rcc_msg_id handover, enum rcc_handover_step step);
uint32_t side_receipt(struct rcc_msg_id handover, enum rcc_refusal refusal);
const struct rcc_handover_state *side_newest(uint32_t incident);
enum rcc_incident_status side_status(uint32_t incident);
bool side_holds(uint32_t incident);
const char *side_told(void);
void side_assert_refused(enum rcc_refusal reason, const char *field);
void side_assert_owes(enum rcc_handover_step step);

#endif
