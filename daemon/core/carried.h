/*
 * carried.h - what goes with a case to another centre, and what comes with one: where its persons are, what stands against its places
 * of safety, what is asked for. Who takes a case over counts nobody anew, and forgets no fear.
 */
#ifndef RCC_CORE_CARRIED_H
#define RCC_CORE_CARRIED_H

#include "core/core_internal.h"

/* As they stand now. */
void rcc_carried_of(const struct rcc_core *core, const struct rcc_incident *incident, struct rcc_carried *ret);
/* NULL if it can be true; else the field that cannot. */
const char *rcc_carried_wrong(const struct rcc_carried *carried);
/*
 * The case is ours now: what came with it becomes ours as if each had been told here, by the other centre. Of a case that counts
 * persons already (it has come back) the ships' numbers alone are taken, so that a difference shows.
 */
void rcc_carried_take(struct rcc_step *step, struct rcc_incident_id incident, struct rcc_peer_id from,
                      const struct rcc_carried *carried);

/*
 * What was found out in a case that becomes one with another of this centre: what stands against places, what masters object, what is asked
 * for. By whoever joins them; persons, reviews and orders go otherwise.
 */
void rcc_carried_found_of(const struct rcc_core *core, const struct rcc_incident *incident, struct rcc_carried *ret);
void rcc_carried_take_found(struct rcc_step *step, struct rcc_incident_id incident, const struct rcc_carried *carried);

/* ---- carried_ships.c: the ships of a case, parts of the three above ---- */

void rcc_carried_add_ships(const struct rcc_core *core, const struct rcc_incident *incident, struct rcc_carried *ret);
const char *rcc_carried_wrong_ship(const struct rcc_carried *carried);
/*
 * Answers stand here as typed ones, orders as given by voice: no message goes out, she has theirs. An order to a place against which
 * something stands is not taken: two officers here decide it anew.
 */
void rcc_carried_take_objections(struct rcc_step *step, struct rcc_incident_id incident, struct rcc_peer_id from,
                                 const struct rcc_carried *carried);
void rcc_carried_take_ships(struct rcc_step *step, struct rcc_incident_id incident, struct rcc_peer_id from,
                            const struct rcc_carried *carried);

#endif
