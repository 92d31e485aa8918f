/* crowd.h - a case with persons in it and two ships, for the tests of persons. */
#ifndef RCC_TEST_CROWD_H
#define RCC_TEST_CROWD_H

#include "core/duty.h"
#include "core/persons.h"
#include "order.h"

#define SHIP_A 200000001u
#define SHIP_B 200000002u
#define STRANGER 211000009u

extern struct watch crowd_watch;
extern const struct rcc_incident_id crowd_case;
/* Twenty-four persons, four families among them. */
extern const struct rcc_persons crowd_families;

/* A case of `persons` at risk, told by an officer, and two registered ships. */
void crowd_begin(uint32_t persons);
/* An officer's move between places that need no ship; the caller changes what it wants. */
struct rcc_move_persons *crowd_move(enum rcc_where from, uint32_t from_ship, enum rcc_where to, uint32_t to_ship);
struct rcc_survivors *crowd_survivors(uint32_t peer, uint32_t ship, struct rcc_persons aboard);
/* crowd_families go aboard ship A. */
void crowd_take_families(void);
void crowd_balance(uint32_t total, uint32_t at_risk, uint32_t aboard);
/* The newest line of this duty of this ship (0 = the centre): its state, 0 = there is none; is it open? */
enum rcc_duty_state crowd_state_of(enum rcc_duty_rule rule, struct rcc_mmsi ship);
bool crowd_is_open(enum rcc_duty_rule rule, struct rcc_mmsi ship);
/* Some time later, as nothing of this is said in the same moment: a ship answers; an officer's task, to be filled, or taken. */
void crowd_answer(uint32_t peer, enum rcc_answer_kind kind);
struct rcc_task *crowd_task(enum rcc_task_kind kind, uint32_t ship);
void crowd_take_task(enum rcc_task_kind kind, uint32_t ship);
/* As in a record of before: nobody closes it so today. */
void crowd_close_anyhow(uint32_t incident);

#endif
