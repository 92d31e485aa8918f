/*
 * duty.h - the duty ledger: who owes what to whom by which law, since when, until when, and what became of it.
 *
 * Why:    a duty that nobody sees is forgotten; one that is seen has a clock, an answer and evidence.
 * Order:  rules are the table of duties.def; events of the record open and settle lines (duty_follow.c), so that a replay
 *         recomputes the ledger. Only a clock that ran out and an officer's word are events of their own (DUTY_CHANGED).
 * Bounds: RCC_DUTIES_MAX lines in memory; those of closed cases leave first. One that finds no place is counted.
 */
#ifndef RCC_CORE_DUTY_H
#define RCC_CORE_DUTY_H

#include "core/state.h"

enum rcc_duty_debtor { RCC_DEBTOR_CENTRE = 1, RCC_DEBTOR_SHIP = 2 };

struct rcc_duty_rule_row {
	enum rcc_duty_rule rule;
	const char *word; /* "assist": as in scripts */
	const char *id;   /* "OB01" */
	enum rcc_duty_debtor debtor;
	const char *law, *what;
};
/* NULL for a number that is no rule. */
const struct rcc_duty_rule_row *rcc_duty_rule_find(uint32_t rule);

/* Is it still owed? */
static inline bool
rcc_duty_is_open(const struct rcc_duty *duty)
{
	return duty->state == RCC_DUTY_OPEN || duty->state == RCC_DUTY_ACKNOWLEDGED || duty->state == RCC_DUTY_OVERDUE;
}

const struct rcc_duty *rcc_duty_find(const struct rcc_core *core, struct rcc_duty_id id);
/* The line of this rule, ship (0 = the centre's own) and subject (0, or a need); NULL if there never was one. */
const struct rcc_duty *rcc_duty_of(const struct rcc_core *core, struct rcc_incident_id incident,
                                   enum rcc_duty_rule rule, struct rcc_mmsi ship, uint32_t subject);
/* Is she to comply with a requisition, or complies already? Such a ship stays when the others are released (SOLAS V/33.3). */
bool rcc_duty_is_requisitioned(const struct rcc_core *core, struct rcc_incident_id incident, struct rcc_mmsi ship);
/* Is somebody left to be found or saved, as far as anybody knows? */
bool rcc_duty_is_wanted(const struct rcc_core *core, const struct rcc_incident *incident);
/* The ship that has taken on to coordinate on scene, and has not said that she is done; 0 = none. */
struct rcc_mmsi rcc_duty_coordinator(const struct rcc_core *core, const struct rcc_incident *incident);
/* Walks the lines of an incident, newest first. */
static inline const struct rcc_duty *
rcc_duty_at(const struct rcc_core *core, uint32_t slot1)
{
	return slot1 == 0 ? NULL : &core->duty[slot1 - 1];
}

#endif
